"""Savings: planned and delivered, recurring and one-off; and what of an underspend is kept or returned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from scotintegration._fields import (
    MaybeFlag,
    MaybeMoney,
    an_id,
    maybe,
    named,
    to_maybe_money,
    to_money,
    to_source,
)
from scotintegration._shown import Shown
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.errors import UnknownFactError
from scotintegration.money import Money, not_negative, total
from scotintegration.tables import Table
from scotintegration.unknown import UNKNOWN, Listing, known

__all__ = ["Saving", "Savings", "Underspend", "divide_underspend"]


@attrs.frozen(kw_only=True, field_transformer=named)
class Saving(Shown):
    """
    One saving that an integration authority plans for a year.

    Attributes:
        id: Its id within the budget.
        function: Id of the delegated function in which it is made.
        planned: What it is to save in the year, £0 or more.
        delivered: What it saved so far, £0 or more; UNKNOWN until it is told.
        recurring: Whether it saves as much in every later year; a one-off saving has to be found again.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an amount is negative, or an id malformed.

    Source: our choice. Boards report savings so.

    >>> Saving(id="rota", function="care-at-home", planned="£300k", recurring=True).delivered
    UNKNOWN

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    function: str = attrs.field(validator=an_id)
    planned: Money = attrs.field(converter=to_money, validator=not_negative)
    delivered: MaybeMoney = attrs.field(default=UNKNOWN, converter=to_maybe_money, validator=not_negative)
    recurring: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "Saving"


def _savings(value: Iterable[Saving]) -> Listing[Saving]:
    return Listing.of(value)


@attrs.frozen
class Savings(Shown):
    """
    The savings of one year together.

    Attributes:
        items: The savings.

    Source: our choice.

    >>> both = Savings([Saving(id="a", function="respite", planned="£2", delivered="£2", recurring=True),
    ...                 Saving(id="b", function="respite", planned="£3", delivered="£1", recurring=False)])
    >>> both.planned, both.short, both.to_find_again
    (Money('£5.00'), Money('£2.00'), Money('£3.00'))

    .. versionadded:: 0.1.0
    """

    items: Listing[Saving] = attrs.field(converter=_savings)

    def _all(self) -> tuple[Saving, ...]:
        if not self.items.complete:
            raise UnknownFactError("all savings of the year")
        return self.items.items

    @property
    def planned(self) -> Money:
        """
        What all of them are to save.

        Raises:
            UnknownFactError: If savings are known only in part.
        """
        return total(one.planned for one in self._all())

    @property
    def delivered(self) -> Money:
        """
        What all of them saved.

        Raises:
            UnknownFactError: If that was not recorded of one.
        """
        return total(_delivered(one) for one in self._all())

    @property
    def short(self) -> Money:
        """What was planned and not delivered; less than nothing where more was."""
        return self.planned - self.delivered

    @property
    def recurring(self) -> Savings:
        """Those that save as much in every later year; one of which that is not known leaves the list incomplete."""
        return Savings(self.items.where(_recurs))

    @property
    def one_off(self) -> Savings:
        """Those that have to be found again; one of which that is not known leaves the list incomplete."""
        return Savings(self.items.where(lambda one: not _recurs(one)))

    @property
    def to_find_again(self) -> Money:
        """
        What the next year begins short of: all that was planned, less what recurring savings delivered.

        Raises:
            UnknownFactError: If what a saving delivered, or whether it recurs, was not recorded.
        """
        return self.planned - self.recurring.delivered

    def to_table(self) -> Table:
        """
        Give the savings as a table.

        Returns:
            One row a saving, and the totals of those that recur, of one-off ones and of all.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows: list[tuple[str, ...]] = [
            (one.id, one.function, _kind(one), str(one.planned), _said(one.delivered)) for one in self.items.items
        ]
        for what, some in (("recurring", self.recurring), ("one-off", self.one_off), ("all", self)):
            rows.append((f"total, {what}", "", "", *(_told(some, name) for name in ("planned", "delivered"))))
        return Table("Savings", ("saving", "function", "kind", "planned", "delivered"), rows)


def _delivered(one: Saving) -> Money:
    return known(one.delivered, f"what saving {one.id!r} delivered") or Money(0)


def _recurs(one: Saving) -> bool:
    return bool(known(one.recurring, f"whether saving {one.id!r} recurs"))


def _kind(one: Saving) -> str:
    if one.recurring is UNKNOWN:
        return "not recorded"
    return "recurring" if one.recurring else "one-off"


def _said(amount: MaybeMoney) -> str:
    if amount is UNKNOWN:
        return "not recorded"
    return str(Money(0) if amount is None else amount)


def _told(some: Savings, name: str) -> str:
    try:
        return str(getattr(some, name))
    except UnknownFactError:
        return "not recorded"


def _in_order(parts: Mapping[str, Money]) -> Mapping[str, Money]:
    return dict(sorted(parts.items()))


@attrs.frozen(kw_only=True, field_transformer=named)
class Underspend(Shown):
    """
    What becomes of an underspend at the end of a year.

    Attributes:
        kept: What the integration authority keeps, for it came of what was planned; £0 or more.
        returned: What goes back to each body, a windfall, by id of the body.

    Raises:
        ValueError: If *kept* is negative.

    Source:
        SSI 2014/341, sch.: a scheme says what happens to an underspend; that a planned one is kept and a windfall
        returned in proportion is what schemes say in practice.

    >>> Underspend(kept="£2", returned={"nhs-a": Money("£1")}).windfall
    Money('£1.00')

    .. versionadded:: 0.1.0
    """

    kept: Money = attrs.field(converter=to_money, validator=not_negative)
    returned: Mapping[str, Money] = attrs.field(hash=False, converter=_in_order)

    @property
    def windfall(self) -> Money:
        """All that is returned."""
        return total(self.returned.values())

    def to_table(self) -> Table:
        """
        Give it as a table.

        Returns:
            One row for what is kept, and one a body that gets something back.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows = [("kept: planned", str(self.kept))]
        rows += [(f"returned to {party}: windfall", str(amount)) for party, amount in self.returned.items()]
        return Table("Underspend", ("what", "amount"), rows)


def divide_underspend(underspend: Money, *, planned: Money, paid: Mapping[str, Money]) -> Underspend:
    """
    Divide an underspend into what is kept and what goes back to those who paid.

    Args:
        underspend: The whole, £0 or more.
        planned: How much of it management planned, £0 or more; what is more than the underspend does not count.
        paid: What each body paid in for the year, £0 or more; the windfall is returned in that proportion.

    Returns:
        What is kept and what is returned; together the underspend exactly.

    Raises:
        ValueError: If a sum is negative, or there is a windfall and nobody paid anything.

    Source:
        SSI 2014/341, sch.; the division of pence is that of :meth:`scotintegration.Money.share`.

    >>> divide_underspend(Money("£5"), planned=Money("£3"), paid={"nhs-a": Money("£3"), "council-a": Money("£1")})
    Underspend(kept=Money('£3.00'), returned={'council-a': Money('£0.50'), 'nhs-a': Money('£1.50')})

    .. versionadded:: 0.1.0
    """
    for what, amount in (("underspend", underspend), ("planned", planned)):
        if amount < Money(0):
            raise ValueError(f"{what} must be £0 or more, got {amount!r}")
    kept = min(planned, underspend)
    windfall = underspend - kept
    if not windfall:
        return Underspend(kept=kept, returned={})
    return Underspend(kept=kept, returned=windfall.share({party: amount.pence for party, amount in paid.items()}))
