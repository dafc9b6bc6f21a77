"""What a gap list finds day by day: functions with no direction, endings with nothing to follow, overlaps (private)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from scotintegration.dates import Interval
from scotintegration.directions import Direction
from scotintegration.gap_list import GapItem, GapKind
from scotintegration.lifecycle import Event
from scotintegration.registers._fold import Entry
from scotintegration.rules import Severity, find
from scotintegration.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.registers import DirectionsRegister

_DAY: Final = timedelta(days=1)
_BARE: Final = "PBJW-s26-1-every-function"
_DOUBLE: Final = "GUID-D07-one-in-force"

Key = TypeVar("Key", bound=Hashable)


def cuts(p: Partnership, days: Interval, extra: Iterable[date | None] = ()) -> list[tuple[date, date]]:
    """Cut days into stretches within which nothing that a register says changes: first and last day of each."""
    assert days.start is not None
    assert days.end is not None
    register = p.register
    assert register.scope is not None
    found: set[date | None] = {days.start, *extra}
    for entry in register._index.entries:
        dated, vague = entry.events()
        found |= {date.fromordinal(day) for day, _, _ in (*dated, *vague)}
        found |= {on for on in (entry.earliest, entry.outstanding) if isinstance(on, date)}
    held = [] if register.scope.delegated is None else [*register.scope.delegated.values()]
    for one in (*held, *(day for some in register.scope.excused.values() for day in some)):
        found |= {one.start, one.end}
    firsts = sorted(one for one in found if one is not None and one in days)
    return [(first, after - _DAY) for first, after in zip(firsts, [*firsts[1:], days.end], strict=True)]


def stretches(
    pieces: Iterable[tuple[date, date]], said_of: Callable[[date], Iterable[Key]]
) -> Iterator[tuple[Key, date, date]]:
    """Join what is said of pieces, one after the other, into the stretches on which each thing is said."""
    going: dict[Key, tuple[date, date]] = {}
    for first, last in pieces:
        now = dict.fromkeys(said_of(first))
        for key in [one for one in going if one not in now]:
            yield key, *going.pop(key)
        going.update({key: (going.get(key, (first, last))[0], last) for key in now})
    for key, (first, last) in going.items():
        yield key, first, last


def listed(names: Iterable[str]) -> str:
    """Write names in one line, in the order given; many are counted."""
    found = [repr(name) for name in names]
    return ", ".join(found) if len(found) < 4 else f"{', '.join(found[:2])} and {len(found) - 2} others"


def parts(direction: Direction) -> dict[str, str]:
    """Give what a direction is for: ids of functions and pieces of its words, as written, by a form to compare."""
    words = direction.words if isinstance(direction.words, str) else ""
    pieces = [piece.strip() for piece in words.split(";")]
    return {name: name for name in direction.functions.items} | {one.casefold(): one for one in pieces if one}


def is_vague(direction: Direction) -> bool:
    """Tell whether a direction may be for functions that it does not name by id."""
    return not direction.functions.complete or direction.words is UNKNOWN or bool(direction.words)


class _Cover(NamedTuple):
    """What stands behind something on a day: whether a direction does, which may, and what else is not known."""

    sure: bool
    named: tuple[Direction, ...]
    vague: tuple[Direction, ...]


class _Days:
    """The register of a partnership, asked about the days of a gap list."""

    def __init__(self, p: Partnership, days: Interval) -> None:
        self.p = p
        self.register: DirectionsRegister = p.register
        self.days = days
        self.pieces = cuts(p, days)
        assert self.register.scope is not None
        self.scope = self.register.scope
        self.due = self.scope.days_due()
        self.recipients = listed(self.scope.recipients)

    def own(self, directions: Iterable[Direction]) -> Iterator[Direction]:
        """Keep the directions of the authority itself."""
        return (one for one in directions if one.issuer in self.register._own_issuers)

    def cover(self, name: str, on: date) -> _Cover:
        """Look for directions behind a function, or behind a service known by words, on a day."""
        live, doubtful = (tuple(self.own(group)) for group in self.register._live(on))
        vague = [one for one in (*live, *doubtful) if is_vague(one) and name not in parts(one)]
        return _Cover(
            any(name in parts(one) for one in live),
            tuple(one for one in doubtful if name in parts(one)),
            tuple(vague),
        )

    def facts(self, cover: _Cover) -> list[str]:
        """List the facts that would settle whether a direction stands behind something."""
        found = [f"the day {one.id!r} {'takes effect' if one.binds_from is UNKNOWN else 'ends'}" for one in cover.named]
        if cover.vague:
            found.append(f"which functions {listed(one.id for one in cover.vague)} would be for, and when")
        if not self.register.complete:
            found.append("the rest of the register")
        if not self.scope.exempt.complete:
            found.append("whether an order of Ministers lets the authority give none")
        return found

    # -- functions with no direction -----------------------------------------------------------------------------

    def bare(self, on: date) -> Iterator[tuple[str, tuple[str, ...]]]:
        """List functions without a direction on a day, each with the facts that would settle it; none if certain."""
        told = self.register.functions_without_direction(on=on).functions
        covered = {name for one in self.own(self.register.in_force(on=on)) for name in one.functions.items}
        yield from ((function, ()) for function in told.items)
        for function, held in self.due.items():
            if function not in told.items and function not in covered and any(on in days for days in held):
                yield function, tuple(self.facts(self.cover(function, on)))
        if not self.scope.functions.complete and self.scope.must:
            yield "", ("the rest of what is delegated",)

    def no_direction(self) -> Iterator[GapItem]:
        """Find the functions with no direction."""
        rule = find(_BARE)
        for (function, facts), start, until in stretches(self.pieces, self.bare):
            give = f"give a direction to {self.recipients}, or one of them, in force from {start.isoformat()}"
            yield GapItem(
                kind=GapKind.NO_DIRECTION,
                severity=rule.severity,
                where=f"functions[{function!r}]" if function else "functions",
                what="no direction in force" if function else "a delegated function with no direction in force",
                start=start,
                until=until,
                mend=f"record {'; '.join(facts)}" if facts else give,
                citations=(self.scope.provision,),
                rules=(_BARE,),
                certain=not facts,
                settled_by="; ".join(facts),
            )

    # -- endings with nothing to follow --------------------------------------------------------------------------

    def endings(self, entry: Entry) -> Iterator[tuple[date, str, list[str]]]:
        """List the days from which a direction no longer stands, how it ended, and what is not sure of that."""
        paper = entry.direction
        revoked = {on for on, event in entry.happened if event is Event.REVOKE}
        given = [on for on in (paper.issued_on, paper.decided_on) if isinstance(on, date)]
        for on in sorted({date.fromordinal(day) for day, _, _ in entry.events()[0]}):
            now = entry.possible(on)
            if on not in self.days or on == date.min or not all(state.is_final for state in now):
                continue
            how = next(iter(now)).value if len(now) == 1 else "ended"
            bound = [state.binds for state in entry.possible(on - _DAY)]
            if all(bound):
                yield on, how, []
            elif any(bound):
                yield on, how, [f"whether {paper.id!r} was in force until then"]
            elif on in revoked and given and on < min(given):
                yield on, how, [f"the day {paper.id!r} was given"]

    def to_follow(self) -> Iterator[GapItem]:
        """Find the directions that end with nothing to follow for what they were for."""
        if not self.scope.must:
            return
        for entry in self.register._index.entries:
            paper = entry.direction
            if paper.is_bare_revocation or not any(self.own([paper])):
                continue
            for on, how, unsure in self.endings(entry):
                for name, written in parts(paper).items():
                    duty = self.of_duty(paper, name, written, on)
                    if duty is not None:
                        yield from self.unfollowed(paper, name, written, on, how, [*unsure, *duty])

    def of_duty(self, paper: Direction, name: str, written: str, on: date) -> list[str] | None:
        """List what is not known of the duty to direct what a direction was for; None where there is no duty."""
        if name not in paper.functions.items:
            return [f"which function {written!r} stands for"]
        if name in self.due:
            return [] if any(on in days for days in self.due[name]) else None
        if name in self.scope.exempt.items or self.scope.functions.complete:
            return None
        return [f"whether {name!r} is delegated"]

    def unfollowed(
        self, paper: Direction, name: str, written: str, on: date, how: str, facts: list[str]
    ) -> Iterator[GapItem]:
        """Find that nothing follows a direction for one thing that it was for, and until when."""
        cover = self.cover(name, on)
        if cover.sure:
            return
        facts = [*facts, *self.facts(cover)]
        assert self.days.last_day is not None
        until: date | Unknown = UNKNOWN if cover.named else self.days.last_day
        mend = f"give a direction for {written!r} that takes effect on {on.isoformat()}"
        for first, _ in self.pieces:
            if first > on and self.cover(name, first).sure:
                until = first - _DAY
                mend = f"let {paper.id!r} stand until the direction of {first.isoformat()} takes effect"
                break
        yield GapItem(
            kind=GapKind.NOTHING_TO_FOLLOW,
            severity=Severity.STATUTE,
            where=f"directions[{paper.id!r}]",
            what=f"{how}, with nothing in force for {written!r} from {on.isoformat()}",
            start=on,
            until=until,
            mend=f"if so, {mend}" if facts else mend,
            citations=(self.scope.provision,),
            rules=(_BARE,) if name in self.due else (),
            certain=not facts,
            settled_by="; ".join(dict.fromkeys(facts)),
        )

    # -- overlaps ------------------------------------------------------------------------------------------------

    def doubled(self, on: date) -> Iterator[tuple[str, str, str]]:
        """List pairs of directions that both govern one thing on a day: the later, the words, and what is not known."""
        live = self.register.in_force(on=on)
        seen: dict[tuple[str, str], list[Direction]] = {}
        for one in self.own(live):
            pairs = [(name, to) for name in one.functions.items for to in one.given_to.items]
            met = {other.full_reference: (other, pair) for pair in reversed(pairs) for other in seen.get(pair, ())}
            for other, (function, recipient) in met.values():
                if not _belong_together(one, other):
                    yield one.id, f"with {other.id!r} for {function!r}, to {recipient!r}", _purposes(one, other)
            for pair in pairs:
                seen.setdefault(pair, []).append(one)
        if not live.complete:
            whole = self.register.complete
            yield "", "", "a day that decides which are in force" if whole else "the rest of the register"

    def overlaps(self) -> Iterator[GapItem]:
        """Find directions in force at once for the same function and recipient."""
        rule = find(_DOUBLE)
        for (reference, beside, unsure), start, until in stretches(self.pieces, self.doubled):
            yield GapItem(
                kind=GapKind.OVERLAP,
                severity=rule.severity,
                where=f"directions[{reference!r}].functions" if reference else "directions",
                what=f"in force at once {beside}" if beside else "two directions in force at once for the same",
                start=start,
                until=until,
                mend=f"record {unsure}" if unsure
                else "let one take the place of the other, or say that they complement each other",
                citations=rule.citations,
                rules=(rule.id,),
                certain=not unsure,
                settled_by=unsure,
            )  # fmt: skip


def _names_of(direction: Direction) -> set[str]:
    """Give every name by which a direction is known."""
    return {direction.id, direction.full_reference, *direction.aliases.items}


def _belong_together(one: Direction, other: Direction) -> bool:
    """Tell whether two directions may stand at once: they complement, vary or share the money of one another."""
    for first, second in ((one, other), (other, one)):
        named = {*first.complements.items, *first.targets}
        if isinstance(first.budget_in, str):
            named.add(first.budget_in)
        if named & _names_of(second):
            return True
    if isinstance(one.budget_in, str) and one.budget_in == other.budget_in:
        return True
    uses = [one.use, other.use]
    return all(isinstance(use, str) and use.strip() for use in uses) and _plain(one.use) != _plain(other.use)


def _plain(use: object) -> str:
    return str(use).strip().casefold()


def _purposes(one: Direction, other: Direction) -> str:
    """Say what is not known of how two directions stand to each other; blank where all is."""
    if UNKNOWN in (one.use, other.use):
        return f"what the money of {one.id!r} and of {other.id!r} is for"
    if not (one.complements.complete and other.complements.complete):
        return f"whether {one.id!r} and {other.id!r} complement each other"
    return "" if UNKNOWN not in (one.budget_in, other.budget_in) else "whether one states the money of the other"


def of_days(p: Partnership, days: Interval) -> Iterator[GapItem]:
    """Find what is amiss day by day."""
    asked = _Days(p, days)
    yield from asked.no_direction()
    yield from asked.to_follow()
    yield from asked.overlaps()
