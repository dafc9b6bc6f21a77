"""Sums set aside in one year: by which method, how much, what directions specify of it, and what was used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from scotintegration._shown import Shown
from scotintegration.dates import FinancialYear
from scotintegration.money import Money, total
from scotintegration.tables import Table
from scotintegration.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scotintegration.flows import Flows

__all__ = ["SetAsideRow", "SetAsideTable", "SetAsideTotal"]


@attrs.frozen(kw_only=True)
class SetAsideTotal(Shown):
    """
    What all sums set aside come to.

    Attributes:
        set_aside: What the Health Board sets aside.
        specified: What directions specify of it.
        used: What was used.

    Each is UNKNOWN where a part of it was not recorded.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14(3), 19(2) and 28.

    .. versionadded:: 0.1.0
    """

    set_aside: Money | Unknown
    specified: Money | Unknown
    used: Money | Unknown


@attrs.frozen(kw_only=True)
class SetAsideRow(SetAsideTotal):
    """
    The sum set aside for one function.

    Attributes:
        function: Id of the delegated function.
        method: How the scheme finds the sum; None where it says nothing.
        set_aside: What the Health Board sets aside.
        specified: What directions specify of it.
        used: What was used.

    Each sum is UNKNOWN where it was not recorded.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1(3)(d), 14(3), 19(2) and 28.

    .. versionadded:: 0.1.0
    """

    function: str
    method: str | None | Unknown

    @property
    def unused(self) -> Money | Unknown:
        """What was specified and not used so far; at the year's end the authority may reclaim it. Less is an excess."""
        if isinstance(self.specified, Money) and isinstance(self.used, Money):
            return self.specified - self.used
        return UNKNOWN


@attrs.frozen(repr=False)
class SetAsideTable(Shown):
    """
    Sums set aside in one financial year.

    Attributes:
        flows: The money of the year.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1(3)(d), 14(3), 19(2) and 28.

    .. versionadded:: 0.1.0
    """

    flows: Flows = attrs.field(repr=False)

    @property
    def year(self) -> FinancialYear:
        """The financial year."""
        return self.flows.year

    @property
    def rows(self) -> tuple[SetAsideRow, ...]:
        """One row a function with a sum set aside or specified, in order of id."""
        budget, scheme = self.flows.budget, self.flows.partnership.scheme
        methods = {one.id: one.method for one in scheme.functions.items}
        rows = []
        for function, held, specified in self.flows.set_aside_and_specified():
            method = methods.get(function)
            used = [one.used for one in budget.set_asides.items if one.function == function]
            rows.append(
                SetAsideRow(
                    function=function,
                    method=scheme.set_aside_method if method is None else method,
                    set_aside=held,
                    specified=specified,
                    used=_sum(used) if used else Money(0) if budget.set_asides.complete else UNKNOWN,
                )
            )
        return tuple(rows)

    @property
    def total(self) -> SetAsideTotal:
        """What all of them come to; a sum of which a part was not recorded is UNKNOWN."""
        rows, complete = self.rows, self.flows.budget.set_asides.complete
        held, used = _sum([row.set_aside for row in rows]), _sum([row.used for row in rows])
        return SetAsideTotal(
            set_aside=held if complete else UNKNOWN,
            specified=_sum([row.specified for row in rows]),
            used=used if complete else UNKNOWN,
        )

    def __iter__(self) -> Iterator[SetAsideRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_table(self) -> Table:
        """
        Give the sums as a table.

        Returns:
            One row a function and the total; what is not recorded says so.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14(3), 19(2) and 28.

        .. versionadded:: 0.1.0
        """
        rows = [(row.function, _method(row.method), *_said(row)) for row in self.rows]
        caption = f"{self.flows.partnership.name}: sums set aside in {self.year}"
        columns = ("function", "scheme method", "set aside", "specified in directions", "used")
        notes = () if self.flows.budget.set_asides.complete else ("Known only in part.",)
        return Table(caption, columns, [*rows, ("total", "", *_said(self.total))], notes=notes)

    def __str__(self) -> str:
        return self.to_table().to_text()

    def __repr__(self) -> str:
        return f"<SetAsideTable of {self.flows.partnership.name!r}, {self.year}>"


def _sum(amounts: Iterable[Money | None | Unknown]) -> Money | Unknown:
    sums = tuple(amounts)
    return UNKNOWN if UNKNOWN in sums else total(amount for amount in sums if isinstance(amount, Money))


def _method(method: str | None | Unknown) -> str:
    if method is UNKNOWN:
        return "not recorded"
    return "none" if method is None else str(method)


def _said(sums: SetAsideTotal) -> tuple[str, ...]:
    amounts = (sums.set_aside, sums.specified, sums.used)
    return tuple("not recorded" if amount is UNKNOWN else str(amount) for amount in amounts)
