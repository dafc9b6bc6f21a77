"""What the history of a register says of each direction (private)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Final, NamedTuple, TypeAlias

import attrs

from scotintegration._fields import MaybeDate
from scotintegration.directions import Direction, full_reference
from scotintegration.errors import DuplicateError
from scotintegration.lifecycle import LIFE_CYCLE, Event, Life, Moment, State, StepKind, follow
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Unknown

Happening: TypeAlias = tuple[int, int, Event]
"""A day as an ordinal, the rank of the event within the day, and the event."""

_NO_END: Final = date.max.toordinal() + 1
_DAYS_KEPT: Final = 16
"""For how many days an index keeps its answers."""

_RANK: Final = {event: rank for rank, event in enumerate(Event)}
_ENDING: Final = _RANK[Event.VARY]
"""The rank from which events of one day are taken to come together."""

_FIELDS: Final = {StepKind.VARY: "varies", StepKind.SUPERSEDE: "supersedes", StepKind.REVOKE: "revokes"}
"""The field in which a direction names the one that it ends so."""

_NOTED: Final = (Event.EXTEND, Event.NOTE_PROGRESS)
"""Events worth telling though they leave the state as it is."""


@cache
def _led_to(state: State, event: Event, conditional: bool, interim: bool) -> State:
    """Give the state that an event leads to; the same one where it changes nothing."""
    row = follow(state, event, conditional=conditional, interim=interim)
    return state if row is None else row.to


def earliest(direction: Direction, target: Direction | None = None) -> date:
    """
    Give a day before which a direction cannot have begun to bind.

    That is the first day it binds. Where that day was not recorded, it is the day of decision or of issue, the sooner
    of those that were; where neither was, the same is asked of the direction whose place it takes.
    """
    if isinstance(direction.binds_from, date):
        return direction.binds_from
    acts = [on for on in (direction.decided_on, direction.issued_on) if isinstance(on, date)]
    if acts or target is None:
        return min(acts, default=date.min)
    return earliest(target)


@attrs.define(eq=False)
class Entry:
    """
    A direction of a register, with all that is needed to tell its state.

    Attributes:
        direction: The direction, in its latest words.
        position: The place of its step in the history.
        earliest: A day before which it cannot have begun to bind.
        happened: What steps did to it, each with its day.
        undated: The same of steps whose day was not recorded, each with a day before which it cannot have been.
        extended: Days on which it was given a new last day, and that day.
        linked: Places of the directions it descends from and of those that descend from it.
    """

    direction: Direction
    position: int
    earliest: date = date.min
    happened: list[tuple[date, Event]] = attrs.field(factory=list)
    undated: list[tuple[date, Event]] = attrs.field(factory=list)
    extended: list[tuple[MaybeDate, MaybeDate]] = attrs.field(factory=list)
    linked: list[int] = attrs.field(factory=list)

    @property
    def last_day(self) -> MaybeDate:
        """The last day it binds, with the extensions that came in time; None where no end is fixed."""
        last = self.direction.ends_on
        if not self.extended:
            return last
        for on, until in sorted(self.extended, key=lambda one: one[0] if isinstance(one[0], date) else date.max):
            if not isinstance(on, date) or not isinstance(until, date) or last is UNKNOWN:
                return UNKNOWN
            if isinstance(last, date) and on <= last < until:
                last = until
        return last

    def lasts(self, on: date) -> bool:
        """Tell whether nothing that was recorded can have ended it before a day."""
        last = self.direction.ends_on
        nothing = not (self.happened or self.undated or self.extended)
        return nothing and (last is None or (isinstance(last, date) and on <= last))

    @property
    def outstanding(self) -> date | bool | Unknown:
        """The day before which a condition of it is not met; True where it never was, False where it has none."""
        if not isinstance(self.direction.conditions, str) or not self.direction.conditions.strip():
            return False
        met = self.direction.condition_met_on
        return True if met is None else met

    def events(self) -> tuple[list[Happening], list[Happening]]:
        """
        List what happens to it.

        Returns:
            Events by day and rank within the day; and those whose day was not recorded, each with a day before which
            it cannot have been.
        """
        paper, start, last = self.direction, self.direction.binds_from, self.last_day
        begins = Event.ISSUE if paper.is_bare_revocation else Event.TAKE_EFFECT
        soon = self.earliest.toordinal()
        dated = [(on.toordinal(), _RANK[event], event) for on, event in self.happened]
        vague = [(sooner.toordinal(), _RANK[event], event) for sooner, event in self.undated]
        facts = [(paper.decided_on, Event.APPROVE, 1), (paper.issued_on, Event.ISSUE, 1), (start, begins, soon)]
        if self.outstanding is not False:
            facts.append((paper.condition_met_on, Event.MEET_CONDITION, 1))
        for fact, event, sooner in facts:
            if isinstance(fact, date):
                dated.append((fact.toordinal(), _RANK[event], event))
            elif fact is UNKNOWN:
                vague.append((sooner, _RANK[event], event))
        if isinstance(last, date) and start is not None:
            dated.append((last.toordinal() + 1, _RANK[Event.EXPIRE], Event.EXPIRE))
        elif last is UNKNOWN and start is not None:
            stated = paper.ends_on
            least = stated.toordinal() if isinstance(stated, date) else soon
            vague.append((least + 1, _RANK[Event.EXPIRE], Event.EXPIRE))
        dated.sort()
        return dated, vague

    def after(self, state: State, event: Event, day: int) -> tuple[State, ...]:
        """List the states that an event of a day may lead to; the same one where it changes nothing."""
        outstanding = self.outstanding
        if isinstance(outstanding, date):
            outstanding = day < outstanding.toordinal()
        doubts = (False, True) if outstanding is UNKNOWN else (bool(outstanding),)
        interim = self.direction.interim is True
        return tuple(dict.fromkeys(_led_to(state, event, one, interim) for one in doubts))

    def possible(self, on: date, before: Event | None = None) -> set[State]:
        """
        List the states that it may be in on a day, by all that was recorded: one, if nothing is missing.

        The day is taken as a whole, or up to an event of it.
        """
        dated, vague = self.events()
        until = (on.toordinal(), len(Event) if before is None else _RANK[before])
        if not vague and self.outstanding is not UNKNOWN:
            life = list(self._followed([one for one in dated if one[:2] < until]))
            return {life[-1][2] if life else State.DRAFTED}
        found: set[tuple[State, int]] = {(State.DRAFTED, 0)}
        for day, rank, event in dated:
            if (day, rank) >= until:
                break
            found = self._fired(found, vague, (day, rank))
            found = {(to, fired) for state, fired in found for to in self.after(state, event, day)}
        return {state for state, _ in self._fired(found, vague, until)}

    def _fired(
        self, found: set[tuple[State, int]], vague: list[Happening], until: tuple[int, int]
    ) -> set[tuple[State, int]]:
        """Add the states reached if some events without a day had happened by a time; each happens once at most."""
        ahead = list(found)
        while ahead and vague:
            state, fired = ahead.pop()
            for number, (sooner, rank, event) in enumerate(vague):
                bit = 1 << number
                if fired & bit or (sooner, min(rank, _ENDING)) > (until[0], min(until[1], _ENDING)):
                    continue
                for to in self.after(state, event, until[0]):
                    step = (to, fired | bit)
                    if to is not state and step not in found:
                        found.add(step)
                        ahead.append(step)
        return found

    def life(self) -> Iterator[tuple[int, Event, State]] | None:
        """
        Tell what happened to it and what state that left it in; None where a day or a condition is not known.

        Days are ordinals.
        """
        dated, vague = self.events()
        return None if vague or self.outstanding is UNKNOWN else self._followed(dated)

    def _followed(self, dated: list[Happening]) -> Iterator[tuple[int, Event, State]]:
        """Follow events where nothing is in doubt: each that counts with its day, as an ordinal, and where it led."""
        state, interim, outstanding = State.DRAFTED, self.direction.interim is True, self.outstanding
        met = outstanding.toordinal() if isinstance(outstanding, date) else _NO_END if outstanding is True else 0
        for day, _, event in dated:
            to = _led_to(state, event, day < met, interim)
            if to is not state or event in _NOTED:
                yield day, event, to
            state = to

    def told(self) -> Life:
        """Tell what happened to it on days that were recorded, and what state that left it in, if it can be told."""
        moments = []
        for day, _, event in self.events()[0]:
            on = date.fromordinal(day)
            states = self.possible(on)
            rests_on = next((row.citation for row in LIFE_CYCLE if row.event is event and row.to in states), None)
            if rests_on is not None:
                state = next(iter(states)) if len(states) == 1 else UNKNOWN
                moments.append(Moment(on=on, event=event, state=state, citation=rests_on))
        return Life(reference=self.direction.full_reference, moments=tuple(moments), complete=self.life() is not None)

    @property
    def spans(self) -> list[tuple[int, int]] | None:
        """The stretches of days on which it binds, as ordinals, the last not in it; None where it cannot be told."""
        life = self.life()
        if life is None:
            return None
        found: list[tuple[int, int]] = []
        since: int | None = None
        for day, _, to in life:
            binds = to.binds
            if binds and since is None:
                since = day
            elif since is not None and not binds:
                found += [(since, day)] if since < day else []
                since = None
        return found if since is None else [*found, (since, _NO_END)]


class _Ending(NamedTuple):
    """A step that ends a direction: the step, the target's place, and that of the later direction, where it has one."""

    step: Step
    target: int
    by: int | None


@attrs.frozen(eq=False)
class Index:
    """
    The directions of a register, and where to find them.

    Attributes:
        entries: One a direction, in the order recorded.
        by_id: Places of those with a reference.
        by_full: Places of those with a year and reference; several only where another authority's are among them.
        by_function: Places of those that name a function.
        spans: Stretches of days on which a direction binds, as ordinals, each with its place.
        unsure: Places of those of which it cannot be told on every day.
        known: Answers already given, by day.
    """

    entries: list[Entry] = attrs.field(factory=list)
    by_id: dict[str, list[int]] = attrs.field(factory=dict)
    by_full: dict[str, list[int]] = attrs.field(factory=dict)
    by_function: dict[str, list[int]] = attrs.field(factory=dict)
    spans: list[tuple[int, int, int]] = attrs.field(factory=list)
    unsure: list[int] = attrs.field(factory=list)
    known: dict[date, tuple[tuple[int, ...], tuple[int, ...]]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, steps: Sequence[Step], issuer: str) -> Index:
        """Build the index, refusing a second direction of one authority, year and reference."""
        index = cls()
        seen: set[tuple[str, str]] = set()
        for position, step in enumerate(steps):
            if step.direction is not None and step.kind is not StepKind.AMEND:
                by = step.direction.issuer if isinstance(step.direction.issuer, str) else issuer
                full = step.direction.full_reference
                if (by, full) in seen:
                    year = full.removesuffix(f"/{step.direction.id}")
                    raise DuplicateError("direction", step.direction.id, f"the register of {by}, year {year}")
                seen.add((by, full))
                index._enter(step.direction, position)
        for place in range(len(index.entries)):
            index._descend(place)
        index._happen(steps)
        for place, entry in enumerate(index.entries):
            spans = entry.spans
            if spans is None:
                index.unsure.append(place)
            else:
                index.spans.extend((start, over, place) for start, over in spans)
        return index

    def live(self, on: date) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Give the places of the directions in force on a day, and of those of which that cannot be told."""
        if on not in self.known:
            if len(self.known) >= _DAYS_KEPT:
                self.known.clear()
            at = on.toordinal()
            found = [place for start, over, place in self.spans if start <= at < over]
            doubtful: list[int] = []
            for place in self.unsure:
                bind = [state.binds for state in self.entries[place].possible(on)]
                if any(bind):
                    (found if all(bind) else doubtful).append(place)
            self.known[on] = tuple(sorted(found)), tuple(doubtful)
        return self.known[on]

    def _enter(self, direction: Direction, position: int) -> None:
        place = len(self.entries)
        self.entries.append(Entry(direction, position))
        self._list(place, direction)

    def _list(self, place: int, direction: Direction) -> None:
        """Note by what a direction is found."""
        for name in dict.fromkeys((direction.id, *direction.aliases.items)):
            self.by_id.setdefault(name, []).append(place)
        self.by_full.setdefault(direction.full_reference, []).append(place)
        for function in direction.functions.items:
            self.by_function.setdefault(function, []).append(place)

    def _descend(self, place: int) -> None:
        """Link a direction with those that it names."""
        entry = self.entries[place]
        target = None
        for reference in entry.direction.targets:
            meant = self.meant(reference, entry.position)
            if len(meant) == 1:
                self._join(place, meant[0])
                target = target or self.entries[meant[0]].direction
        entry.earliest = earliest(entry.direction, target)

    def _happen(self, steps: Sequence[Step]) -> None:
        """Note what each step does to the direction that it is about."""
        own = {entry.position: place for place, entry in enumerate(self.entries)}
        amended: list[tuple[int, Step]] = []
        endings: list[_Ending] = []
        said = [[entry.direction] for entry in self.entries]
        latest: int | None = None
        for position, step in enumerate(steps):
            meant = [] if step.target is None else self.meant(step.target, position)
            if len(meant) > 1:
                raise self.ambiguous(str(step.target), meant)
            by = own.get(position)
            if step.direction is not None:
                latest = meant[0] if step.kind is StepKind.AMEND and meant else by
            for place in meant:  # none where the target is not in this register
                entry = self.entries[place]
                if by is not None:
                    self._join(by, place)
                if step.kind.ends:
                    if by is None and latest is not None:  # the paper may stand in a step before
                        told = any(place in self._ended(latest, one, step.kind) for one in said[latest])
                        by = latest if told else None
                    endings.append(_Ending(step, place, by))
                    continue
                if step.kind is StepKind.EXTEND:
                    entry.extended.append((step.on, step.until))
                if step.kind is StepKind.AMEND and step.direction is not None:
                    said[place].append(step.direction)
                    amended.append((place, step))
                if isinstance(step.on, date):
                    entry.happened.append((step.on, step.kind.event))
                elif step.on is UNKNOWN:
                    entry.undated.append((date.min, step.kind.event))
        for place, step in amended:
            self._reword(place, step)
        if amended:
            self._find_again()
        self._end(endings, said)

    def _ended(self, place: int, paper: Direction, kind: StepKind) -> list[int]:
        """List what a direction, in some words of it, says that it ends in some way."""
        reference = getattr(paper, _FIELDS[kind])
        return self.meant(reference, self.entries[place].position) if isinstance(reference, str) else []

    def _reword(self, place: int, step: Step) -> None:
        """Give a draft its new words; what is no draft any more keeps those it has."""
        entry = self.entries[place]
        before = entry.possible(step.on, Event.AMEND) if isinstance(step.on, date) else {State.DRAFTED}
        assert step.direction is not None
        if any(follow(state, Event.AMEND) for state in before):
            entry.direction = step.direction
            entry.earliest = earliest(step.direction)

    def _find_again(self) -> None:
        """Find directions by the words that they have now."""
        for found in (self.by_id, self.by_full, self.by_function):
            found.clear()
        for place, entry in enumerate(self.entries):
            self._list(place, entry.direction)

    def _end(self, endings: Iterable[_Ending], said: Sequence[Sequence[Direction]]) -> None:
        """
        Let later directions end earlier ones: each with its first day, or on the day that a revocation gives.

        What never takes effect ends nothing: a draft that was rejected, a direction whose condition was never met,
        one that had ended before. So endings are taken in the order of their days.
        """
        dated: list[tuple[date, int, _Ending]] = []
        for number, ending in enumerate(endings):
            on, sooner = self._bites(ending, said)
            if isinstance(on, date):
                dated.append((on, number, ending))
            elif on is UNKNOWN:
                self.entries[ending.target].undated.append((sooner, ending.step.kind.event))
        for on, _, ending in sorted(dated, key=lambda one: one[:2]):
            entry, event = self.entries[ending.target], ending.step.kind.event
            by = None if ending.by is None else self.entries[ending.by]
            states = set() if by is None or by.lasts(on) else by.possible(on, Event.EXTEND)
            over = [state for state in states if state.is_final]
            if len(over) < len(states) or not states:
                (entry.undated if over else entry.happened).append((on, event))

    def _bites(self, ending: _Ending, said: Sequence[Sequence[Direction]]) -> tuple[MaybeDate, date]:
        """Give the day on which a step ends its target, None if never; and a day before which it cannot be."""
        on, by = ending.step.on, ending.by
        if by is None:
            return on, date.min
        entry = self.entries[by]
        if len(said[by]) > 1 and ending.target not in self._ended(by, entry.direction, ending.step.kind):
            return None, date.min  # its words are others now, and do not say so
        if on not in [one.binds_from for one in said[by]]:
            return on, entry.earliest
        on, waits, sooner = entry.direction.binds_from, entry.outstanding, entry.earliest
        if waits is False or on is None:
            return on, sooner
        if isinstance(waits, date):
            return (max(on, waits) if isinstance(on, date) else on), max(sooner, waits)
        return (None if waits is True else UNKNOWN), (on if isinstance(on, date) else sooner)

    def _join(self, one: int, other: int) -> None:
        self.entries[one].linked.append(other)
        self.entries[other].linked.append(one)

    def places(self, reference: str) -> list[int]:
        """Find the directions with a reference, which may have its year before it."""
        return self.by_id.get(reference) or self.by_full.get(full_reference(reference), [])

    def meant(self, reference: str, position: int) -> list[int]:
        """
        List the directions that a reference in a step may mean; the direction of that step never speaks of itself.

        Those recorded before the step are meant or, where there is none, the first recorded after it. So nothing
        recorded later changes what a reference means.
        """
        others = [place for place in self.by_id.get(reference, ()) if self.entries[place].position != position]
        others = others or self.by_full.get(full_reference(reference), [])
        earlier = [place for place in others if self.entries[place].position < position]
        later = [place for place in others if self.entries[place].position > position]
        return earlier or later[:1]

    def kin(self, place: int) -> list[int]:
        """List the places of all that a direction descends from, of all that descend from it, and its own."""
        found, ahead = {place}, [place]
        while ahead:
            fresh = set(self.entries[ahead.pop()].linked) - found
            found |= fresh
            ahead += fresh
        return sorted(found)

    def name(self, place: int, other: Direction | None) -> str:
        """Give the shortest reference that means a direction, also beside another that is about to be recorded."""
        direction = self.entries[place].direction
        shared = len(self.by_id[direction.id]) > 1 or (other is not None and other.id == direction.id)
        return direction.full_reference if shared else direction.id

    def ambiguous(self, reference: str, meant: Iterable[int]) -> ValueError:
        """Make the error for a reference that means several directions."""
        found = [self.entries[place].direction for place in meant]
        years = list(dict.fromkeys(one.full_reference.removesuffix(f"/{one.id}") for one in found))
        if len(years) > 1:
            expected = f"one with its year, such as {(years[-1], found[-1].id)!r}"
            return ValueError(f"reference {reference!r} is used in {listed(years)}; expected {expected}")
        issuers = listed(repr(one.issuer) for one in found)
        return ValueError(f"reference {reference!r} is used by {issuers}; expected the direction itself")


def listed(items: Iterable[str]) -> str:
    """Write several items as one says them."""
    *others, last = items
    return f"{', '.join(others)} and {last}"
