"""What the history of a register says of each direction (private)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import attrs

from scotintegration.directions import Direction, State, Step, StepKind, full_reference
from scotintegration.errors import DuplicateError
from scotintegration.unknown import UNKNOWN

ENDED_BY: Final = {StepKind.VARY: State.VARIED, StepKind.SUPERSEDE: State.SUPERSEDED, StepKind.REVOKE: State.REVOKED}
_RANK: Final = {state: rank for rank, state in enumerate(State)}


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
        direction: The direction.
        position: The place of its step in the history.
        earliest: A day before which it cannot have begun to bind.
        endings: Days on which steps end it, and the states they leave it in.
        undated: The same of steps whose day was not recorded, each with a day before which it cannot have been.
        linked: Places of the directions it descends from and of those that descend from it.
    """

    direction: Direction
    position: int
    earliest: date = date.min
    endings: list[tuple[date, int, State]] = attrs.field(factory=list)
    undated: list[tuple[date, State]] = attrs.field(factory=list)
    linked: list[int] = attrs.field(factory=list)

    def possible(self, on: date) -> set[State]:
        """List the states that it may be in on a day, by all that was recorded: one, if nothing is missing."""
        start, last = self.direction.binds_from, self.direction.ends_on
        ended = min((ending for ending in self.endings if ending[0] <= on), default=None)
        over = on if ended is None else ended[0]
        expired = isinstance(last, date) and last < over and start is not None
        if isinstance(last, date) and expired:
            over = last
        found = {state for sooner, state in self.undated if sooner <= over}
        if expired:
            return {State.EXPIRED, *found}
        if last is UNKNOWN and start is not None and self.earliest < over:
            found.add(State.EXPIRED)
        if ended is not None:
            return {ended[2], *found}
        if isinstance(start, date) and start <= on:
            return {self.standing, *found}
        if start is UNKNOWN and self.earliest <= on:
            found.add(self.standing)
        return found | self._before(on)

    @property
    def standing(self) -> State:
        """The state once it binds; a bare revocation has done its work and is never in force."""
        return State.ISSUED if self.direction.is_bare_revocation else State.IN_FORCE

    def _before(self, on: date) -> set[State]:
        """List the states that it may be in before it binds."""
        found: set[State] = set()
        for fact, state in ((self.direction.issued_on, State.ISSUED), (self.direction.decided_on, State.APPROVED)):
            if isinstance(fact, date) and fact <= on:
                return {state, *found}
            if fact is UNKNOWN:
                found.add(state)
        return {State.DRAFTED, *found}


@attrs.frozen(eq=False)
class Index:
    """
    The directions of a register, and where to find them.

    Attributes:
        entries: One a direction, in the order recorded.
        by_id: Places of those with a reference.
        by_full: Places of those with a year and reference; several only where another authority's are among them.
        by_function: Places of those that name a function.
    """

    entries: list[Entry] = attrs.field(factory=list)
    by_id: dict[str, list[int]] = attrs.field(factory=dict)
    by_full: dict[str, list[int]] = attrs.field(factory=dict)
    by_function: dict[str, list[int]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, steps: Sequence[Step], issuer: str) -> Index:
        """Build the index, refusing a second direction of one authority, year and reference."""
        index = cls()
        seen: set[tuple[str, str]] = set()
        for position, step in enumerate(steps):
            if step.direction is not None:
                by = step.direction.issuer if isinstance(step.direction.issuer, str) else issuer
                full = step.direction.full_reference
                if (by, full) in seen:
                    year = full.removesuffix(f"/{step.direction.id}")
                    raise DuplicateError("direction", step.direction.id, f"the register of {by}, year {year}")
                seen.add((by, full))
                index._enter(step.direction, position)
        for place in range(len(index.entries)):
            index._descend(place)
        own = {entry.position: place for place, entry in enumerate(index.entries)}
        for position, step in enumerate(steps):
            if step.target is not None:
                index._end(step.target, step, position, own.get(position))
        return index

    def _enter(self, direction: Direction, position: int) -> None:
        place = len(self.entries)
        self.entries.append(Entry(direction, position))
        self.by_id.setdefault(direction.id, []).append(place)
        self.by_full.setdefault(direction.full_reference, []).append(place)
        for function in direction.functions.items:
            self.by_function.setdefault(function, []).append(place)

    def _descend(self, place: int) -> None:
        """Link a direction with those that it names."""
        entry = self.entries[place]
        target = None
        for reference in entry.direction.targets:
            meant = self.meant(reference, entry.position, entry.direction)
            if len(meant) == 1:
                self._join(place, meant[0])
                target = target or self.entries[meant[0]].direction
        entry.earliest = earliest(entry.direction, target)

    def _end(self, reference: str, step: Step, position: int, by: int | None) -> None:
        """Note what a step ends."""
        meant = self.meant(reference, position, step.direction)
        if len(meant) > 1:
            raise self.ambiguous(reference, meant)
        for place in meant:  # none where the target is not in this register
            state = ENDED_BY[step.kind]
            if isinstance(step.on, date):
                self.entries[place].endings.append((step.on, _RANK[state], state))
            elif step.on is UNKNOWN:
                sooner = date.min if by is None else self.entries[by].earliest
                self.entries[place].undated.append((sooner, state))
            if by is not None:
                self._join(by, place)

    def _join(self, one: int, other: int) -> None:
        self.entries[one].linked.append(other)
        self.entries[other].linked.append(one)

    def places(self, reference: str) -> list[int]:
        """Find the directions with a reference, which may have its year before it."""
        return self.by_id.get(reference) or self.by_full.get(full_reference(reference), [])

    def meant(self, reference: str, position: int, own: Direction | None) -> list[int]:
        """
        List the directions that a reference in a step may mean; a direction never speaks of itself.

        Those recorded before the step are meant or, where there is none, the first recorded after it. So nothing
        recorded later changes what a reference means.
        """
        others = [place for place in self.by_id.get(reference, ()) if self.entries[place].direction is not own]
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
            return ValueError(f"reference {reference!r} is used in {_listed(years)}; expected {expected}")
        issuers = _listed(repr(one.issuer) for one in found)
        return ValueError(f"reference {reference!r} is used by {issuers}; expected the direction itself")


def _listed(items: Iterable[str]) -> str:
    *others, last = items
    return f"{', '.join(others)} and {last}"
