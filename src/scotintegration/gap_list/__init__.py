"""The gap list: which delegated functions no direction covers, and which directions fall short, and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration._choice import Choice
from scotintegration._fields import to_day
from scotintegration._shown import Shown
from scotintegration.citations import Citation
from scotintegration.dates import Interval
from scotintegration.receipts import Receipt, digest_of
from scotintegration.reports import DISCLAIMER
from scotintegration.rules import Severity
from scotintegration.tables import Cell, Table
from scotintegration.unknown import Unknown

if TYPE_CHECKING:
    from os import PathLike

    from scotintegration.partnership import Partnership

__all__ = ["GapItem", "GapKind", "GapList", "gap_list"]

_COLUMNS: Final = ("kind", "where", "what", "from", "to", "certain", "what to do", "provision", "rules")
_SEVERITIES: Final = ("statute", "interpretation", "scheme", "guidance")


class GapKind(Choice):
    """
    What is amiss with a register of directions.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 to 28; the rest is guidance and practice.

    >>> GapKind("no direction").name
    'NO_DIRECTION'

    .. versionadded:: 0.1.0
    """

    NO_DIRECTION = "no direction"
    NOT_IN_WRITING = "not in writing"
    SHORT = "short of s. 27"
    OUTSIDE = "outside the scheme"
    RECIPIENT = "not to be directed"
    NOT_ITS_OWN = "no earlier direction of its own"
    NOTHING_TO_FOLLOW = "nothing to follow"
    OVERLAP = "overlap"
    DATES = "dates out of order"
    REVOKED_BEFORE = "revoked before it was given"
    CHANGE = "change with no direction"
    REFERENCE = "reference written otherwise"


@attrs.frozen(kw_only=True)
class GapItem(Shown):
    """
    One thing that is amiss, or of which that cannot be told.

    Attributes:
        kind: What sort of thing.
        severity: On what it rests.
        where: The spot, as a path into the partnership.
        what: What is amiss there.
        start: The first day, within the days asked about; None where it is no matter of days.
        until: The last day, within the days asked about; UNKNOWN where that was not recorded.
        mend: What would put it right.
        citations: The provisions it rests on.
        rules: Ids of the rules that say the same; none where no rule does.
        certain: Whether it is so; otherwise it cannot be told.
        settled_by: The facts that would settle it, where it cannot be told.

    Source:
        Its citations.

    .. versionadded:: 0.1.0
    """

    kind: GapKind
    severity: Severity
    where: str
    what: str
    start: date | None = None
    until: date | None | Unknown = None
    mend: str
    citations: tuple[Citation, ...]
    rules: tuple[str, ...] = ()
    certain: bool = True
    settled_by: str = ""

    @property
    def citation(self) -> Citation:
        """The first provision it rests on."""
        return self.citations[0]

    @property
    def said(self) -> str:
        """What is amiss, in words that stand alone: what cannot be told is said to be so, and why."""
        if self.certain:
            return self.what
        missing = "" if self.settled_by == self.what else f" (not recorded: {self.settled_by})"
        return f"cannot be told: {self.what}{missing}"

    @property
    def days(self) -> str:
        """Its days in words; blank where it is no matter of days."""
        if self.start is None:
            return ""
        if self.until == self.start:
            return self.start.isoformat()
        return f"{self.start.isoformat()} to {'a day not recorded' if isinstance(self.until, Unknown) else self.until}"

    def __str__(self) -> str:
        days = f", {self.days}" if self.days else ""
        return f"{self.kind.value}: {self.where}{days}: {self.said} [{self.citation.printed}]"


def _order(item: GapItem) -> tuple[bool, int, str, str, str, str]:
    start = "" if item.start is None else item.start.isoformat()
    return not item.certain, _SEVERITIES.index(item.severity.value), start, item.where, item.kind.value, item.what


def _in_order(items: tuple[GapItem, ...]) -> tuple[GapItem, ...]:
    return tuple(sorted(items, key=_order))


@attrs.frozen(kw_only=True)
class GapList(Shown):
    """
    What is amiss with the directions of a partnership on some days.

    Statute comes before guidance, then the first day decides, then where it is.

    Attributes:
        partnership: Id of the partnership.
        name: Name of its area.
        days: The days asked about.
        items: What was found, what is certain first, then by severity and day.
        kinds: The kinds looked for.

    Source:
        The citations of each item. Not legal advice.

    .. versionadded:: 0.1.0
    """

    partnership: str
    name: str
    days: Interval
    items: tuple[GapItem, ...] = attrs.field(converter=_in_order, repr=False)
    kinds: tuple[GapKind, ...] = tuple(GapKind)
    _subject: Partnership | None = attrs.field(default=None, alias="subject", eq=False, repr=False)

    def __iter__(self) -> Iterator[GapItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def of(self, *kinds: GapKind | str) -> GapList:
        """
        Keep the items of some kinds.

        Args:
            kinds: The kinds, such as ``"no direction"``.

        Returns:
            A list of these only.

        Raises:
            ValueError: If there is no such kind.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        wanted = tuple(GapKind(kind) for kind in kinds)
        kept = tuple(kind for kind in self.kinds if kind in wanted)
        return attrs.evolve(self, items=tuple(one for one in self.items if one.kind in kept), kinds=kept)

    @property
    def certain(self) -> tuple[GapItem, ...]:
        """The items that are so."""
        return tuple(item for item in self.items if item.certain)

    @property
    def cannot_tell(self) -> tuple[GapItem, ...]:
        """The items of which it cannot be told, each with the facts that would settle it."""
        return tuple(item for item in self.items if not item.certain)

    @property
    def counts(self) -> dict[str, int]:
        """How many items of each kind are so; a kind of which there are none is left out."""
        found = Counter(item.kind for item in self.certain)
        return {kind.value: found[kind] for kind in GapKind if found[kind]}

    @property
    def summary(self) -> str:
        """The answer in one line."""
        listed = ", ".join(f"{number} {kind}" for kind, number in self.counts.items())
        total, unknown = len(self.certain), len(self.cannot_tell)
        found = f"{total} found: {listed}" if total else "nothing found"
        return f"{found}; {unknown} cannot be told" if unknown else found

    @property
    def receipt(self) -> Receipt:
        """What the list was made with."""
        assert self.days.last_day is not None
        return Receipt(
            of="gap list",
            as_at=self.days.last_day,
            law_as_at=self.days.last_day,
            settings={
                "partnership": self.partnership,
                "days": str(self.days),
                "kinds": ", ".join(kind.value for kind in self.kinds),
            },
            digest=digest_of([list(row) for row in self._rows()]),
            result=self,
        )

    def remade(self) -> GapList:
        """
        Make the list again.

        Returns:
            The list of the same partnership, days and kinds.

        Raises:
            ValueError: If it was made without its partnership.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        if self._subject is None or self.days.start is None or self.days.last_day is None:
            raise ValueError("this list has no partnership to ask again; expected one of p.gap_list()")
        return gap_list(self._subject, between=(self.days.start, self.days.last_day)).of(*self.kinds)

    # -- faces ---------------------------------------------------------------------------------------------------

    def _rows(self) -> Iterator[tuple[Cell, ...]]:
        for one in self.items:
            start = None if one.start is None else one.start.isoformat()
            until = "not recorded" if isinstance(one.until, Unknown) else None if one.until is None else str(one.until)
            law = "; ".join(citation.printed for citation in one.citations)
            sure = "yes" if one.certain else "cannot be told"
            yield (one.kind.value, one.where, one.said, start, until, sure, one.mend, law, ", ".join(one.rules))

    def to_table(self) -> Table:
        """
        Give one row an item.

        Returns:
            Columns kind, where, what, first day, last day, whether it is certain, what to do, provision, rules.

        Source:
            The citations of each item.

        .. versionadded:: 0.1.0
        """
        return Table(f"{self.name}: gap list, {self.days}: {self.summary}", _COLUMNS, self._rows(), notes=(DISCLAIMER,))

    def to_text(self) -> str:
        """
        Give the list as text.

        Returns:
            The answer, then a line an item with its provision and what would mend it.

        Source:
            The citations of each item.

        .. versionadded:: 0.1.0
        """
        lines = [f"{self.name}: gap list, {self.days}: {self.summary}"]
        lines += [f"  {item}\n      to mend: {item.mend}" for item in self.items]
        return "\n".join([*lines, DISCLAIMER])

    def __str__(self) -> str:
        return self.to_text()

    def to_records(self) -> list[dict[str, Cell]]:
        """
        Give one dictionary an item.

        Returns:
            Keys are the columns of :meth:`to_table`.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table().to_records()

    def to_html(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give the list as accessible HTML, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            A table with caption and scoped headings, static and without script.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table().to_html(path)

    def to_csv(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give the list as CSV, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            The text, a row an item.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table().to_csv(path)


def gap_list(
    p: Partnership, *, on: date | str | None = None, between: tuple[date | str, date | str] | None = None
) -> GapList:
    """
    List what is amiss with the directions of a partnership.

    Days out of order, references written otherwise and changes of services made by the last day asked about are
    listed whatever the first; the rest is of the days asked about. Facts and law are taken as at each day.

    Args:
        p: The partnership.
        on: One day to ask about; by default the day that governs the partnership.
        between: The first and the last day to ask about, both asked.

    Returns:
        The functions with no direction, and the directions that fall short, each with its days, its provision and
        what would mend it; what was not recorded is told apart from what is absent.

    Raises:
        ValueError: If both *on* and *between* are given, or the first day is after the last.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 to 28, and the rules of topic directions.

    >>> from scotintegration.examples import example
    >>> print(gap_list(example("body-corporate")).summary)
    nothing found

    .. versionadded:: 0.1.0
    """
    from scotintegration.gap_list._days import of_days
    from scotintegration.gap_list._records import of_records
    from scotintegration.gap_list._rules import of_rules

    if between is None:
        first = last = p.as_at if on is None else to_day(on)
    elif on is None:
        first, last = (to_day(one) for one in between)
    else:
        raise ValueError("give either on= or between=, not both")
    days = Interval.through(first, last)
    items: list[GapItem] = []
    for source in (of_days, of_rules, of_records):
        items += source(p, days)
    return GapList(partnership=p.id, name=p.name, days=days, items=tuple(items), subject=p)
