"""What differs between two values, fact by fact, and how to bring it about (private)."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

import attrs

from scotintegration._shown import Shown
from scotintegration.citations import Citation, Instrument
from scotintegration.dates import FinancialYear, Interval
from scotintegration.money import Money
from scotintegration.unknown import Listing


class Absent(enum.Enum):
    """The type of ABSENT, which is its only value."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"

    def __str__(self) -> str:
        return "absent"

    def __bool__(self) -> bool:
        return False


ABSENT: Final = Absent.ABSENT
"""What stands on the side of a change where there is no such item; None and UNKNOWN are facts."""


@attrs.frozen
class Item:
    """One item of a collection: what tells it from the others, and where it comes on the side that has it."""

    key: str
    position: int = attrs.field(eq=False)


Place: TypeAlias = tuple[str | Item, ...]

_WHOLE: Final = (Money, FinancialYear, Interval, Citation, Instrument, Listing)
"""Classes whose values are one fact."""

_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "AnnualAccounts": ("year",),
    "AnnualFinancialStatement": ("year",),
    "Arrangement": ("function", "from_la", "to_la"),
    "Budget": ("year",),
    "Charge": ("function", "recovered_by"),
    "Code": ("value",),
    "Determination": ("function",),
    "Disqualification": ("ground",),
    "Evidence": ("duty", "on"),
    "Holder": ("person", "start"),
    "HostedShare": ("function", "served", "host"),
    "Interest": ("member", "about"),
    "LateAllocation": ("function", "payer", "on", "amount"),
    "Line": ("id", "from_id", "to_id"),
    "MinistersDirection": ("about",),
    "MonitoringReport": ("on",),
    "MonthlySpending": ("function",),
    "Payment": ("function", "payee", "payer", "direction"),
    "PerformanceReport": ("year",),
    "PlanningMember": ("person", "group", "nominated_by"),
    "Proxy": ("of", "person"),
    "Reserve": ("kind", "purpose"),
    "Review": ("completed_on",),
    "Seats": ("nominator",),
    "SetAside": ("function", "health_board"),
    "SetAsideReport": ("due_on",),
    "Share": ("party",),
    "Spending": ("on",),
    "Step": ("reference", "year", "kind", "on"),
    "Vacancy": ("nominator", "start"),
    "Vote": ("about",),
    "WindfallReturn": ("to",),
}
"""What tells the items of a kind apart, by class; as many of the fields count as are needed. Others have an id."""


@attrs.frozen(kw_only=True)
class Change(Shown):
    """
    One fact that differs.

    Attributes:
        path: Where it stands, such as ``"members['nurse-2025'].until"``.
        before: What it is on the left; ABSENT where the left has no such item.
        after: What it is on the right; ABSENT where the right has no such item.
        citations: Provisions of the lines that touch the value, or of the rules that read the fact; none where
            neither can be told.

    Source:
        The provisions of lines and rules.

    .. versionadded:: 0.1.0
    """

    path: str
    before: object
    after: object
    citations: tuple[Citation, ...] = ()
    place: Place = attrs.field(default=(), eq=False, repr=False)
    owners: tuple[tuple[object, object], ...] = attrs.field(default=(), eq=False, repr=False)

    @property
    def what(self) -> str:
        """Whether it was ``"added"``, ``"removed"`` or ``"changed"``."""
        return "added" if self.before is ABSENT else "removed" if self.after is ABSENT else "changed"


def compared(value: Any) -> list[attrs.Attribute[Any]]:
    """List the fields of a value that count in equality."""
    return [field for field in attrs.fields(type(value)) if field.eq]


def has_parts(value: object) -> bool:
    """Tell whether a value is made of facts and is not one itself."""
    return attrs.has(type(value)) and not isinstance(value, _WHOLE)


def is_collection(value: object) -> bool:
    """Tell whether a value is a collection whose items are facts of their own; any other tuple is one fact."""
    return isinstance(value, Listing) or (isinstance(value, tuple) and all(map(has_parts, value)))


def items_of(value: Any) -> tuple[Any, ...]:
    """List the items of a collection."""
    return value.items if isinstance(value, Listing) else value


def key_fields(value: object) -> tuple[str, ...]:
    """Name the fields that may be needed to tell a value from others of its kind."""
    return _KEYS.get(type(value).__name__, ("id",))


def read(value: Any, name: str) -> object:
    """Read a field; a step has the reference and the year of its direction, or says what it ends."""
    if type(value).__name__ != "Step" or name not in ("reference", "year"):
        return getattr(value, name)
    if value.direction is None:
        return f"{value.kind} {value.target}" if name == "reference" else None
    return value.direction.id if name == "reference" else value.direction.year


def label(value: object, many: int) -> str:
    """Tell a value from others by its first so many key fields, the first of them last; a text is its own label."""
    if not has_parts(value):
        return str(value)
    found = [str(one) for one in (read(value, name) for name in key_fields(value)[:many]) if one is not None]
    return "@".join(found) if type(value).__name__ == "Evidence" else "/".join(reversed(found))


def depth(*sides: Iterable[object]) -> int:
    """Tell how many key fields it takes to tell the items of each side apart; all there are, where none do."""
    deepest = max((len(key_fields(one)) for side in sides for one in side if has_parts(one)), default=1)
    for many in range(1, deepest):
        labels = [[label(one, many) for one in side] for side in sides]
        if all(len(set(side)) == len(side) and "" not in side for side in labels):
            return many
    return deepest


def keyed(items: Iterable[object], many: int) -> dict[str, tuple[int, Any]]:
    """Give each item with its position under its label; a label met before has its number after it."""
    found: dict[str, tuple[int, Any]] = {}
    times: dict[str, int] = {}
    for position, one in enumerate(items):
        name = label(one, many)
        times[name] = times.get(name, 0) + 1
        found[name if times[name] == 1 else f"{name}#{times[name]}"] = position, one
    return found


def same_order(field: attrs.Attribute[Any], one: Any, other: Any, many: int) -> bool:
    """Tell whether items kept in their order, with new ones after them, come to stand as they do on both sides."""
    left, right = keyed(items_of(one), many), keyed(items_of(other), many)
    convert: Callable[[Any], Any] = field.converter  # type: ignore[assignment]
    for old, new, wanted in ((left, right, other), (right, left, one)):
        merged = [new[key][1] for key in old if key in new] + [new[key][1] for key in new if key not in old]
        if items_of(convert(merged)) != items_of(wanted):
            return False
    return True


def walk(one: Any, other: Any, place: Place = (), owners: tuple[Any, ...] = ()) -> Iterator[Change]:
    """List what differs between two values of one class, in the order of their fields."""
    pairs = (*owners, (one, other))
    for field in compared(one):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if left != right:
            yield from _within(field, left, right, (*place, field.name), pairs)


def _change(place: Place, before: object, after: object, owners: tuple[Any, ...]) -> Change:
    return Change(path=path_of(place), before=before, after=after, place=place, owners=owners)


def _within(
    field: attrs.Attribute[Any], left: Any, right: Any, place: Place, owners: tuple[Any, ...]
) -> Iterator[Change]:
    if type(left) is not type(right):
        yield _change(place, left, right, owners)
    elif is_collection(left) and is_collection(right):
        yield from _items(field, left, right, place, owners)
    elif has_parts(left):
        yield from walk(left, right, place, owners)
    else:
        yield _change(place, left, right, owners)


def _items(
    field: attrs.Attribute[Any], left: Any, right: Any, place: Place, owners: tuple[Any, ...]
) -> Iterator[Change]:
    many = depth(items_of(left), items_of(right))
    olds, news = keyed(items_of(left), many), keyed(items_of(right), many)
    for key in {**olds, **news}:
        position = (olds.get(key) or news[key])[0]
        spot = (*place, Item(key, position))
        old, new = (side[key][1] if key in side else ABSENT for side in (olds, news))
        if old is ABSENT or new is ABSENT or (old != new and type(old) is not type(new)):
            yield _change(spot, old, new, (*owners, (old, new)))
        elif old != new:
            yield from walk(old, new, spot, owners)
    if not same_order(field, left, right, many):
        yield _change((*place, "order"), tuple(olds), tuple(news), owners)
    if isinstance(left, Listing) and left.complete is not right.complete:
        yield _change((*place, "complete"), left.complete, right.complete, owners)


def path_of(place: Place) -> str:
    """Write where a fact stands, as findings do: delegated functions and directions by themselves."""
    match place:
        case ("scheme", "functions", Item() as one, *rest):
            place = ("functions", one, *rest)
        case ("directions", "steps", Item() as one, "direction", first, *rest):
            place = ("directions", one, first, *rest)
    parts = [f"[{part.key!r}]" if isinstance(part, Item) else f".{part}" for part in place]
    return "".join(parts).removeprefix(".")


# -- bringing it about -------------------------------------------------------------------------------------------


def apply(value: Any, changes: Iterable[Change]) -> Any:
    """Bring changes about: those of two values, applied to the first, give the second."""
    return _applied(value, [(change.place, change) for change in changes])


def _applied(value: Any, changes: list[tuple[Place, Change]]) -> Any:
    fields: dict[str, list[tuple[Place, Change]]] = {}
    for place, change in changes:
        assert isinstance(place[0], str)
        fields.setdefault(place[0], []).append((place[1:], change))
    new = {name: _field(getattr(value, name), found) for name, found in fields.items()}
    return attrs.evolve(value, **new)


def _field(value: Any, changes: list[tuple[Place, Change]]) -> Any:
    if not changes[0][0]:
        return changes[0][1].after
    return _collection(value, changes) if is_collection(value) else _applied(value, changes)


def _collection(value: Any, changes: list[tuple[Place, Change]]) -> Any:
    kept: dict[int, Any] = dict(enumerate(items_of(value)))
    inner: dict[int, list[tuple[Place, Change]]] = {}
    added: dict[int, tuple[str, Any]] = {}
    order: Any = None
    complete = getattr(value, "complete", True)
    for (first, *rest), change in changes:
        if isinstance(first, str):
            order = change if first == "order" else order
            complete = change.after if first == "complete" else complete
            continue
        if rest:
            inner.setdefault(first.position, []).append((tuple(rest), change))
        elif change.before is ABSENT:
            added[first.position] = first.key, change.after
        else:
            kept[first.position] = change.after
    for position, found in inner.items():
        kept[position] = _applied(kept[position], found)
    merged = [one for one in kept.values() if one is not ABSENT] + [one for _, (_, one) in sorted(added.items())]
    if order is not None:
        known = {order.before[position]: one for position, one in kept.items()} | dict(added.values())
        merged = [known[key] for key in order.after]
    return Listing(tuple(merged), complete) if isinstance(value, Listing) else tuple(merged)
