"""What differs between two partnerships or two networks (private)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from scotintegration._shown import Shown
from scotintegration.budgets import Payment
from scotintegration.citations import Citation
from scotintegration.differences._provisions import Provisions
from scotintegration.differences._value_changes import ABSENT, Change, has_parts, key_fields, label, path_of, read, walk
from scotintegration.directions import Direction
from scotintegration.lines import Line
from scotintegration.money import Money
from scotintegration.network import Network
from scotintegration.partnership import Partnership, _nodes
from scotintegration.steps import Step
from scotintegration.tables import Cell, Table
from scotintegration.unknown import UNKNOWN, Listing, Unknown

if TYPE_CHECKING:
    from os import PathLike

_SHOWN: Final = 60
"""How many rows a notebook shows."""
_LONGEST: Final = 100
"""How much of a text a table shows."""
_STANDING: Final = {Direction, *_nodes.FOLDERS, *_nodes.SINGLES, *_nodes.BODIES, *_nodes.BODY_TUPLES}
"""Classes whose values stand at nodes of the graph."""
_COLUMNS: Final = ("change", "where", "before", "after", "provision")
_Row: TypeAlias = "tuple[Cell, ...]"

_WHATS: Final = ("added", "removed", "changed")
_PARTS: Final = (
    *("id", "name", "as_at", "scheme", "health_board", "local_authorities", "ijb", "lead_agencies"),
    *("monitoring_committee", "posts", "members", "chairs", "functions", "standing_orders", "committees", "meetings"),
    *("plans", "localities", "planning_group", "directions", "service_changes", "exempt_functions"),
    *("exemption_orders", "reports", "statements", "decisions", "recommendations", "replacement_directions"),
    *("evidence", "lines", "accounts", "budgets"),
)
"""The parts of a partnership in the order in which a table lists what differs: money last."""
_MOST_ALIKE: Final = 3
"""How many changes of a kind in one collection of a budget are each a row of their own."""
_IN_BUDGET: Final = 3
"""How many steps lead into a collection of a budget: the budgets, the year, the collection."""


class _Told:
    """The faces of a difference, made from its table."""

    __slots__ = ()

    if TYPE_CHECKING:

        def to_table(self, *, every: bool = False) -> Table: ...

    def to_text(self) -> str:
        """
        Give the difference as text.

        Returns:
            A heading and a line a row of :meth:`to_table`, with its provisions.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        table = self.to_table()
        lines = []
        for row in table:
            change, where, before, after, provision = (str(row[column]) for column in _COLUMNS)
            sides = {"added": after, "removed": before}.get(change, f"{before} -> {after}" if after else before)
            partnership = f"{row['partnership']}: " if row.get("partnership") else ""
            lines.append(f"  {partnership}{change}: {where}: {sides}{f' [{provision}]' if provision else ''}")
        return "\n".join([table.caption, *lines])

    def __str__(self) -> str:
        return self.to_text()

    def to_csv(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give :meth:`to_table` as CSV with every change a row of its own, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            The text, with a header row.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table(every=True).to_csv(path)

    def _repr_html_(self) -> str:
        table = self.to_table()
        more = len(table) - _SHOWN
        notes = (f"{more} more: see to_csv()",) if more > 0 else ()
        return Table(table.caption, table.columns, table.rows[:_SHOWN], notes).to_html()


@attrs.frozen(kw_only=True)
class Only(Shown):
    """
    What only one side of a difference has.

    Attributes:
        values: Bodies, posts, members, functions, directions and other values of the graph; of networks,
            partnerships and bodies.
        lines: Lines of the graph, of any day.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    values: tuple[object, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Names of the classes of these values and of the layers of these lines, in order."""
        return tuple(
            sorted({*(type(value).__name__ for value in self.values), *(line.kind.value for line in self.lines)})
        )

    def __bool__(self) -> bool:
        return bool(self.values or self.lines)


@attrs.frozen(kw_only=True, repr=False, str=False)
class PartnershipDifference(_Told):
    """
    What differs between two partnerships. Sources never count, nor does the day of the law.

    Attributes:
        before: The first, on the left.
        after: The second, on the right.
        changes: The facts that differ, in order of path.

    Source:
        The provisions of lines and rules.

    .. versionadded:: 0.1.0
    """

    before: Partnership
    after: Partnership
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __repr__(self) -> str:
        return f"<PartnershipDifference {self._between}, {_counted(len(self.changes), 'change')}>"

    @property
    def _between(self) -> str:
        return f"{_dated(self.before)} against {_dated(self.after)}"

    @cached_property
    def _lines(self) -> tuple[dict[tuple[str, str, str], Line], dict[tuple[str, str, str], Line]]:
        """The lines of each side by their ends and ids, the partnership's own id left out."""
        left, right = ({_key(p, line): line for line in p.all_lines} for p in (self.before, self.after))
        return left, right

    @cached_property
    def only_left(self) -> Only:
        """What only the first has."""
        left, right = self._lines
        values = (value for change in self.changes for value in _standing(change.before))
        return Only(values=tuple(values), lines=tuple(line for key, line in left.items() if key not in right))

    @cached_property
    def only_right(self) -> Only:
        """What only the second has."""
        left, right = self._lines
        values = (value for change in self.changes for value in _standing(change.after))
        return Only(values=tuple(values), lines=tuple(line for key, line in right.items() if key not in left))

    @cached_property
    def ended(self) -> tuple[Line, ...]:
        """Lines that both have and that hold on the day of the first but not on that of the second."""
        left, right = self._lines
        return _held(left, self.before, right, self.after)

    @cached_property
    def begun(self) -> tuple[Line, ...]:
        """Lines that both have and that hold on the day of the second but not on that of the first."""
        left, right = self._lines
        return _held(right, self.after, left, self.before)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every provision behind a change or a line, once, in order."""
        lines = (*self.only_left.lines, *self.only_right.lines, *self.ended, *self.begun)
        cited = {citation for change in self.changes for citation in change.citations}
        return tuple(sorted(cited | {line.citation for line in lines}))

    def to_table(self, *, every: bool = False) -> Table:
        """
        Give one row a change: scheme and bodies first, budgets last, then lines.

        Of each part what was added comes first, then what was removed, then what changed.

        Args:
            every: Whether each change of a budget is a row of its own; by default more than three of a kind in one
                collection of a year are one row, with their number and what they come to.

        Returns:
            Columns change, where, before, after, provision.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        groups: dict[tuple[object, ...], list[Change]] = {}
        for change in sorted(self.changes, key=_rank):
            groups.setdefault((change.path,) if every else _alike(change), []).append(change)
        rows: list[_Row] = []
        for found in groups.values():
            rows += [_summed(found)] if len(found) > _MOST_ALIKE else [_row(one) for one in found]
        came = self.only_right.lines
        gone = self.only_left.lines
        for what, lines in (
            ("line added", came),
            ("line removed", gone),
            ("line begun", self.begun),
            ("line ended", self.ended),
        ):
            for line in lines:
                about = ", ".join(str(part) for part in (line.kind.value, line.about, line.year) if part)
                rows.append((what, f"{line.from_id} to {line.to_id}", about, "", line.citation.printed))
        counts = [sum(change.what == what for change in self.changes) for what in _WHATS]
        caption = f"{self._between}: {counts[0]} added, {counts[1]} removed, {counts[2]} changed"
        return Table(caption, _COLUMNS, rows)


@attrs.frozen(kw_only=True, repr=False, str=False)
class NetworkDifference(_Told):
    """
    What differs between two networks. Sources and aliases never count.

    Attributes:
        before: The first, on the left.
        after: The second, on the right.
        changes: Facts of the network itself that differ: its name and its day.
        pairs: The difference of each partnership that both have and that differs, in order of id.

    Source:
        The provisions of lines and rules.

    .. versionadded:: 0.1.0
    """

    before: Network
    after: Network
    changes: tuple[Change, ...]
    pairs: tuple[PartnershipDifference, ...]

    def __bool__(self) -> bool:
        return bool(self.changes or self.pairs or self.only_left or self.only_right)

    def __repr__(self) -> str:
        return f"<NetworkDifference {self._between}, {_counted(len(self.pairs), 'partnership')} changed>"

    @property
    def _between(self) -> str:
        return f"{_dated(self.before)} against {_dated(self.after)}"

    @cached_property
    def only_left(self) -> Only:
        """The partnerships and the bodies that only the first has."""
        return Only(values=_lacking(self.before, self.after))

    @cached_property
    def only_right(self) -> Only:
        """The partnerships and the bodies that only the second has."""
        return Only(values=_lacking(self.after, self.before))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every provision behind a change of a partnership, once, in order."""
        return tuple(sorted({citation for pair in self.pairs for citation in pair.citations}))

    def to_table(self, *, every: bool = False) -> Table:
        """
        Give one row a partnership or body that only one has, and one a change of a partnership that both have.

        Args:
            every: Whether each change of a budget is a row of its own, as in the table of a partnership.

        Returns:
            Columns partnership, change, where, before, after, provision.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows: list[_Row] = []
        for what, only in (("added", self.only_right), ("removed", self.only_left)):
            for value in only.values:
                sides = ("", _said(value)) if what == "added" else (_said(value), "")
                rows.append(("", what, str(getattr(value, "id")), *sides, ""))  # noqa: B009
        rows += [("", one.what, one.path, _said(one.before), _said(one.after), "") for one in self.changes]
        rows += [(pair.after.name, *row) for pair in self.pairs for row in pair.to_table(every=every).rows]
        caption = (
            f"{self._between}: {_counted(len(self.only_right.values), 'value')} added, {len(self.only_left.values)} "
            f"removed, {_counted(len(self.pairs), 'partnership')} changed"
        )
        return Table(caption, ("partnership", *_COLUMNS), rows)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _dated(value: Partnership | Network) -> str:
    return f"{value.name} as at {value.as_at.isoformat()}"


def _key(p: Partnership, line: Line) -> tuple[str, str, str]:
    """Tell a line from others by its ends and id, with nothing for the partnership's own id."""
    one, other = (
        end.removeprefix(p.id) if end == p.id or end.startswith(f"{p.id}/") else end
        for end in (line.from_id, line.to_id)
    )
    return one, other, line.id


def _held(
    one: dict[tuple[str, str, str], Line], p: Partnership, other: dict[tuple[str, str, str], Line], q: Partnership
) -> tuple[Line, ...]:
    """List the lines of both that hold on the day of one and not on that of the other."""
    return tuple(
        line for key, line in one.items() if key in other and p.as_at in line.days and q.as_at not in other[key].days
    )


def _standing(side: object) -> tuple[object, ...]:
    """Give what a change puts on a node of its own on one side: the value, or the direction of a step."""
    value = side.direction if isinstance(side, Step) else side
    return (value,) if type(value) in _STANDING else ()


def _lacking(one: Network, other: Network) -> tuple[object, ...]:
    """List the partnerships and bodies of one network whose ids the other has not."""
    areas, bodies = ({value.id for value in found} for found in (other.partnerships, other.bodies))
    return (
        *(p for p in one.partnerships if p.id not in areas),
        *(body for body in one.bodies if body.id not in bodies),
    )


def _said(value: object) -> str:
    """Say one side of a change in a cell."""
    if value is None:
        return "none"
    if isinstance(value, Unknown):
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        said = ", ".join(map(str, value)) or "none"
    elif isinstance(value, Listing):
        said = ", ".join(map(_said, value.items)) or ("none" if value.complete else "not recorded")
    elif has_parts(value):
        said = _named(value)
    else:
        said = str(value)
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def _named(value: object) -> str:
    """Name a value that has parts, by what tells it from others and, if it has one, by its amount."""
    kind, first = type(value).__name__, key_fields(value)[0]
    if read(value, first) is UNKNOWN:
        return f"{kind}, {first.replace('_', ' ')} not recorded"
    amount = getattr(value, "amount", None)
    return f"{kind} {label(value, 1)}".rstrip() + (f", {amount}" if isinstance(amount, Money) else "")


def _rank(change: Change) -> tuple[int, int, str]:
    """Order changes by the part of the partnership, then by what happened, then by path."""
    parts = [part for part in change.place if isinstance(part, str)]
    part = "functions" if parts[:2] == ["scheme", "functions"] else parts[0]
    return _PARTS.index(part), _WHATS.index(change.what), change.path


def _alike(change: Change) -> tuple[object, ...]:
    """Tell which changes one row may sum up: those of a kind in one collection of a year's budget."""
    is_of_budget = change.place[0] == "budgets" and len(change.place) > _IN_BUDGET
    return (change.what, *change.place[:_IN_BUDGET], _payer(change)) if is_of_budget else (change.path,)


def _payer(change: Change) -> str:
    """Name who pays what changed; blank where it is no payment."""
    sides = (change.before, change.after, *change.owners[-1])
    return next((f" from {one.payer}" for one in sides if isinstance(one, Payment)), "")


def _row(change: Change) -> _Row:
    before, after = ("" if one is ABSENT else _said(one) for one in (change.before, change.after))
    return change.what, change.path, before, after, _cited(change.citations)


def _summed(found: list[Change]) -> _Row:
    """Give one row for several changes of a kind: how many there are, and what their amounts come to."""
    what, path = found[0].what, f"{path_of(found[0].place[:_IN_BUDGET])}{_payer(found[0])}"
    before, after = (_come_to([getattr(one, side) for one in found]) for side in ("before", "after"))
    return what, path, before, after, _cited(sorted({citation for one in found for citation in one.citations}))


def _come_to(side: list[object]) -> str:
    values = [one for one in side if one is not ABSENT]
    if not values:
        return ""
    amounts = [one if isinstance(one, Money) else getattr(one, "amount", None) for one in values]
    known = [one for one in amounts if isinstance(one, Money)]
    total = f", {sum(known, Money(0))} in all" if len(known) == len(values) else ""
    return f"{len(values)} values{total}"


def _cited(found: Iterable[Citation]) -> str:
    return "; ".join(citation.printed for citation in found)


def between_partnerships(before: Partnership, after: Partnership) -> PartnershipDifference:
    """Tell what differs between two partnerships."""
    found = sorted(walk(before, after), key=lambda change: change.path)
    if found:
        provisions = Provisions(before, after)
        found = [attrs.evolve(change, citations=provisions.of(change)) for change in found]
    return PartnershipDifference(before=before, after=after, changes=tuple(found))


def between_networks(before: Network, after: Network) -> NetworkDifference:
    """Tell what differs between two networks."""
    changes = tuple(
        Change(path=name, before=getattr(before, name), after=getattr(after, name), place=(name,))
        for name in ("as_at", "name")
        if getattr(before, name) != getattr(after, name)
    )
    there = {p.id: p for p in after.partnerships}
    pairs = [between_partnerships(p, there[p.id]) for p in before.partnerships if p.id in there]
    return NetworkDifference(before=before, after=after, changes=changes, pairs=tuple(filter(None, pairs)))
