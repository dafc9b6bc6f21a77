"""What an integration authority may direct, and the functions for which it has given no direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

import attrs

from scotintegration._fields import NONE, ids, one_of, to_ids
from scotintegration._shown import Shown
from scotintegration.citations import Citation, cite
from scotintegration.dates import Interval
from scotintegration.tables import Table
from scotintegration.unknown import Listing

__all__ = ["Gap", "Gaps", "Scope", "Uncovered"]


ALWAYS: Final = Interval(None, None)


def _left(whole: Interval, taken: Iterable[Interval]) -> tuple[Interval, ...]:
    """Give what is left of a period once others are taken out of it."""
    left = [whole]
    for period in taken:
        left = [part for one in left for part in one.without(period)]
    return tuple(left)


def _recipients(value: Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise TypeError(f"Scope.recipients must be a collection of ids, got the text {value!r}")
    return tuple(value)


@attrs.frozen(kw_only=True)
class Scope(Shown):
    """
    What an integration authority may direct, and whom.

    Attributes:
        recipients: Ids of the bodies that may be directed.
        functions: Ids of the delegated functions.
        provision: Why only these may be directed.
        delegated: From and until when each function is delegated; None where they are at all times.
        exempt: Ids of functions for which Ministers ordered that no direction need be given, at all times.
        excused: The days on which an order of Ministers excuses a function, for each that one names.
        must: Whether each function must be directed, and not only may.
        names: Names to print by id of authority, body or function; never counts in equality.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26(1) to (2A) and 61.

    >>> Scope(recipients=("toy-council",), functions=Listing.of(["care-at-home"])).recipients
    ('toy-council',)

    .. versionadded:: 0.1.0
    """

    recipients: tuple[str, ...] = attrs.field(converter=_recipients, validator=ids)
    functions: Listing[str] = attrs.field(converter=to_ids, validator=ids)
    provision: Citation = attrs.field(
        factory=lambda: cite("asp 2014/9 s.26(1)"), validator=attrs.validators.instance_of(Citation)
    )
    delegated: Mapping[str, Interval] | None = attrs.field(default=None, eq=False)
    exempt: Listing[str] = attrs.field(default=NONE, converter=to_ids, validator=ids)
    excused: Mapping[str, tuple[Interval, ...]] = attrs.field(factory=dict, eq=False)
    must: bool = attrs.field(default=True, validator=one_of(bool))
    names: Mapping[str, str] = attrs.field(factory=dict, eq=False, repr=False)

    def days_due(self) -> dict[str, tuple[Interval, ...]]:
        """
        List the functions that must have a direction, each with the days on which it must.

        Returns:
            Function to days, in order of function; none where directing is only a power.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26(1) and (2) and 27(6).

        .. versionadded:: 0.1.0
        """
        if not self.must:
            return {}
        held = dict.fromkeys(self.functions.items, ALWAYS) if self.delegated is None else self.delegated
        return {
            function: _left(held[function], self.excused.get(function, ()))
            for function in sorted(held)
            if function not in self.exempt.items
        }

    def due(self, on: date) -> Listing[str]:
        """
        List the functions that must have a direction on a day.

        Args:
            on: The day.

        Returns:
            Ids of functions that are delegated that day and not exempt; none where directing is only a power.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26(1) and (2) and 27(6).

        .. versionadded:: 0.1.0
        """
        if not self.must:
            return Listing(())
        found = self.functions.items
        if self.delegated is not None:
            found = tuple(function for function, days in self.delegated.items() if on in days)
        asked = found
        if self.exempt.items:
            asked = tuple(function for function in found if function not in self.exempt.items)
        if self.excused:
            asked = tuple(one for one in asked if not any(on in days for days in self.excused.get(one, ())))
        return Listing(asked if self.exempt.complete else (), complete=self.functions.complete and self.exempt.complete)


@attrs.frozen(kw_only=True)
class Uncovered(Shown):
    """
    Delegated functions with no direction in force on a day.

    Attributes:
        functions: Their ids; known only in part where the register is.
        on: The day asked about.
        citation: The duty to direct.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 26(1).

    >>> len(Uncovered(functions=Listing.of(["respite"]), on=date(2026, 4, 1)))
    1

    .. versionadded:: 0.1.0
    """

    functions: Listing[str]
    on: date
    citation: Citation = attrs.field(factory=lambda: cite("asp 2014/9 s.26(1)"))

    def __iter__(self) -> Iterator[str]:
        return iter(self.functions)

    def __len__(self) -> int:
        return len(self.functions)

    def __bool__(self) -> bool:
        return bool(self.functions)


@attrs.frozen(kw_only=True)
class Gap(Shown):
    """
    A stretch of days on which a delegated function has no direction in force.

    Attributes:
        function: Id of the function.
        days: The days; an end that reaches beyond the stretch asked about is that of the stretch.
        citation: The duty to direct.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 26(1).

    >>> print(Gap(function="respite", days=Interval.of("2026-04")))
    respite: no direction 2026-04-01 to 2026-04-30 [s. 26(1)]

    .. versionadded:: 0.1.0
    """

    function: str
    days: Interval
    citation: Citation = attrs.field(factory=lambda: cite("asp 2014/9 s.26(1)"))

    def __str__(self) -> str:
        return f"{self.function}: no direction {self.days} [{self.citation.printed}]"


@attrs.frozen(kw_only=True)
class Gaps(Shown):
    """
    Stretches of days on which delegated functions have no direction in force.

    Attributes:
        gaps: The stretches, in order of function and day.
        days: The days asked about.
        complete: Whether these are all; where not, a fact that decides another was not recorded.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 26(1).

    .. versionadded:: 0.1.0
    """

    gaps: tuple[Gap, ...]
    days: Interval
    complete: bool = True

    def __iter__(self) -> Iterator[Gap]:
        return iter(self.gaps)

    def __len__(self) -> int:
        return len(self.gaps)

    def on(self, day: date) -> tuple[str, ...]:
        """
        List the functions without a direction on one of the days.

        Args:
            day: The day.

        Returns:
            Their ids, in order.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return tuple(gap.function for gap in self.gaps if day in gap.days)

    def to_table(self) -> Table:
        """
        Give one row a stretch.

        Returns:
            Columns function, from, to, days, provision.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows = [
            (one.function, str(one.days.start), str(one.days.last_day), one.days.days or 0, one.citation.printed)
            for one in self.gaps
        ]
        notes = () if self.complete else ("There may be more: a fact that decides it was not recorded.",)
        columns = ("function", "from", "to", "days", "provision")
        return Table(f"Functions with no direction, {self.days}", columns, rows, notes=notes)

    def __str__(self) -> str:
        return self.to_table().to_text()
