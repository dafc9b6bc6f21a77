"""What a register of directions says of any day, read off its history (private)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Self, TypeAlias

import attrs

from scotintegration._fields import an_id, each, one_of
from scotintegration._shown import Shown
from scotintegration.dates import FinancialYear, Interval, day
from scotintegration.directions import Direction
from scotintegration.errors import NotFoundError
from scotintegration.lifecycle import Life, State, StepKind
from scotintegration.registers._cover import uncovered
from scotintegration.registers._fold import Entry, Index
from scotintegration.registers._standing import StandingDirections
from scotintegration.scopes import Gaps, Scope, Uncovered
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing, Unknown

Year: TypeAlias = FinancialYear | date | str | int | None | Unknown
Reference: TypeAlias = "str | tuple[Year, str] | Direction"


def _steps(value: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(value)


@attrs.frozen
class History(Shown):
    """The fields of a register and the questions it answers; the register itself documents the fields."""

    issuer: str = attrs.field(validator=an_id)
    steps: tuple[Step, ...] = attrs.field(default=(), converter=_steps, validator=each(Step))
    complete: bool = attrs.field(kw_only=True, default=True, validator=one_of(bool))
    strict: bool = attrs.field(kw_only=True, default=True, validator=one_of(bool), eq=False)
    scope: Scope | None = attrs.field(
        kw_only=True, default=None, validator=one_of(Scope, type(None)), eq=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        self._index  # noqa: B018 (building it finds references that two directions share)

    @cached_property
    def directions(self) -> tuple[Direction, ...]:
        """Every direction, in the order recorded."""
        return tuple(entry.direction for entry in self._index.entries)

    @cached_property
    def _index(self) -> Index:
        return Index.of(self.steps, self.issuer)

    def __iter__(self) -> Iterator[Direction]:
        return iter(self.directions)

    def __len__(self) -> int:
        return len(self.directions)

    def __getitem__(self, reference: Reference) -> Direction:
        """
        Give a direction by its reference, by its year and reference, or as it stands here if it is one.

        Raises:
            NotFoundError: If no direction has it.
            ValueError: If directions of several years have it.
        """
        return self._entry(reference).direction

    def _entry(self, reference: Reference) -> Entry:
        return self._index.entries[self._place(reference)]

    def _place(self, reference: Reference) -> int:
        if isinstance(reference, str):
            asked, found = reference, self._index.places(reference)
        elif isinstance(reference, Direction):
            asked = reference.full_reference
            own, same = reference.issuer in self._own_issuers, self._index.by_full.get(asked, [])
            issuers = [self._index.entries[place].direction.issuer for place in same]
            found = [
                place
                for place, issuer in zip(same, issuers, strict=True)
                if issuer == reference.issuer or (own and issuer in self._own_issuers)
            ]
        else:
            year, id = reference
            label = "undated" if year is None or year is UNKNOWN else str(FinancialYear.of(year))
            asked = f"{label}/{id}"
            found = self._index.by_full.get(asked, [])
        if not found:
            known = self._index.by_id if isinstance(reference, str) else self._index.by_full
            raise NotFoundError.among("direction", asked, known)
        if len(found) > 1:
            raise self._index.ambiguous(asked, found)
        return found[0]

    def state(self, reference: Reference, *, on: date | str) -> State | Unknown:
        """
        Tell the state of a direction on a day.

        Args:
            reference: Its reference, its year and reference, or the direction.
            on: The day asked about.

        Returns:
            The state; UNKNOWN where a day that decides it was not recorded.

        Raises:
            NotFoundError: If no direction has the reference.
            ValueError: If directions of several years have it.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a): a direction stands until a later one
            varies or revokes it.

        .. versionadded:: 0.1.0
        """
        states = self._entry(reference).possible(day(on))
        return next(iter(states)) if len(states) == 1 else UNKNOWN

    def in_force(self, *, on: date | str) -> StandingDirections:
        """
        List the directions in force on a day.

        Args:
            on: The day asked about.

        Returns:
            Directions in the order recorded; known only in part where the register is, or where a day that
            decides was not recorded. A bare revocation is never in force.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a).

        .. versionadded:: 0.1.0
        """
        when = day(on)
        live, doubtful = self._live(when)
        return StandingDirections(items=live, complete=self.complete and not doubtful, on=when, register=self)

    def _live(self, on: date) -> tuple[tuple[Direction, ...], tuple[Direction, ...]]:
        """Give the directions that are in force, and those of which it cannot be told."""
        entries = self._index.entries
        live, doubtful = (tuple(entries[place].direction for place in places) for places in self._index.live(on))
        return live, doubtful

    def history(self, function: str) -> tuple[Direction, ...]:
        """
        List every direction that names a function.

        Args:
            function: Id of the delegated function.

        Returns:
            Directions in the order recorded; those whose functions are known in words only are not among them.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return tuple(self._index.entries[place].direction for place in self._index.by_function.get(function, ()))

    def chain(self, reference: Reference) -> tuple[Direction, ...]:
        """
        Follow a direction back to the first it descends from and on to the last that descends from it.

        Args:
            reference: Its reference, its year and reference, or the direction.

        Returns:
            Directions in the order recorded, the one asked about among them.

        Raises:
            NotFoundError: If no direction has the reference.
            ValueError: If directions of several years have it.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a).

        .. versionadded:: 0.1.0
        """
        return tuple(self._index.entries[place].direction for place in self._index.kin(self._place(reference)))

    def life(self, reference: Reference) -> Life:
        """
        Tell the life of a direction, one moment after another.

        Args:
            reference: Its reference, its year and reference, or the direction.

        Returns:
            The moments whose day was recorded, each with the state it left the direction in.

        Raises:
            NotFoundError: If no direction has the reference.
            ValueError: If directions of several years have it.

        Source:
            The citation of each moment.

        .. versionadded:: 0.1.0
        """
        return self._entry(reference).told()

    def progress(self, reference: Reference) -> tuple[Step, ...]:
        """
        List the notes of progress on a direction, and its completion.

        Args:
            reference: Its reference, its year and reference, or the direction.

        Returns:
            Steps in the order recorded.

        Raises:
            NotFoundError: If no direction has the reference.
            ValueError: If directions of several years have it.

        Source: Statutory guidance on directions, January 2020.

        .. versionadded:: 0.1.0
        """
        place = self._place(reference)
        kinds = (StepKind.NOTE_PROGRESS, StepKind.COMPLETE)
        return tuple(
            step
            for position, step in enumerate(self.steps)
            if step.kind in kinds and step.target is not None and place in self._index.meant(step.target, position)
        )

    def group(self, reference: Reference) -> tuple[Direction, ...]:
        """
        List the directions whose money a direction states for them all, as a heading with its lettered directions.

        Args:
            reference: Reference of the direction that states the money, its year and reference, or the direction.

        Returns:
            Directions in the order recorded, without the one asked about.

        Raises:
            NotFoundError: If no direction has the reference.
            ValueError: If directions of several years have it.

        Source: Practice: one amount over several lettered directions.

        .. versionadded:: 0.1.0
        """
        place = self._place(reference)
        return tuple(
            entry.direction
            for entry in self._index.entries
            if isinstance(entry.direction.budget_in, str)
            and place in self._index.meant(entry.direction.budget_in, entry.position)
        )

    def as_known_at(self, on: date | str) -> Self:
        """
        Give the register as it stood in the book on a day, whatever was entered later.

        Args:
            on: The day.

        Returns:
            A register of the steps entered by then; it is known only in part where the day of a step was not recorded.

        Source: our choice. When something was entered is apart from when it took effect.

        .. versionadded:: 0.1.0
        """
        when = day(on)
        known = [(step, step.known_from) for step in self.steps]
        kept = tuple(step for step, entered in known if isinstance(entered, date) and entered <= when)
        vague = any(not isinstance(entered, date) for _, entered in known)
        return attrs.evolve(self, steps=kept, complete=self.complete and not vague)

    def gaps(self, start: date | str, end: date | str) -> Gaps:
        """
        List the stretches of days on which delegated functions have no direction in force.

        Args:
            start: The first day asked about.
            end: The last day asked about.

        Returns:
            Stretches of which it is certain, in order of function and day; where another may be among them, the
            result says that it is not complete.

        Raises:
            ValueError: If the register has no scope, or the days are out of order.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26(1) and 27(6).

        .. versionadded:: 0.1.0
        """
        return uncovered(self._scope, self._index, self._own_issuers, self.complete, Interval.through(start, end))

    @property
    def _scope(self) -> Scope:
        if self.scope is None:
            raise ValueError("this register has no scope; expected that of a partnership, as in p.register")
        return self.scope

    def functions_without_direction(self, *, on: date | str) -> Uncovered:
        """
        List the delegated functions with no direction in force on a day.

        Args:
            on: The day asked about.

        Returns:
            Ids of functions in order, those of which it is certain; known only in part where another may be among
            them, because the register, the days of a direction or the functions it names are not all known.

        Raises:
            ValueError: If the register has no scope, so that what is delegated is not known to it.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 26(1).

        .. versionadded:: 0.1.0
        """
        scope = self._scope
        when = day(on)
        issuers = self._own_issuers
        live, doubtful = ([one.functions for one in group if one.issuer in issuers] for group in self._live(when))
        covered = {function for named in live for function in named.items}
        maybe = {function for named in doubtful for function in named.items}
        vague = not (self.complete and all(named.complete for named in (*live, *doubtful)))
        due = scope.due(when)
        bare = [function for function in due.items if function not in covered]
        told = [] if vague else [function for function in bare if function not in maybe]
        listed = Listing(told, complete=due.complete and told == bare)
        return Uncovered(functions=listed, on=when, citation=scope.provision)

    @property
    def _own_issuers(self) -> tuple[str | None | Unknown, ...]:
        """What the issuer of a direction of this authority may be recorded as."""
        return (self.issuer, None, UNKNOWN)
