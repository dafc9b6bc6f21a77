"""The register of directions: an append-only history, and what it says of any day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration._fields import MaybeDate, an_id, each, maybe_id, one_of, to_maybe_day
from scotintegration.citations import Citation, cite
from scotintegration.dates import day
from scotintegration.directions import Direction
from scotintegration.errors import DuplicateError, NotFoundError, UnlawfulStepError
from scotintegration.unknown import UNKNOWN, Listing, Unknown

if TYPE_CHECKING:
    pass

__all__ = ["DirectionsRegister", "Scope", "State", "Step", "StepKind", "Uncovered"]


class StepKind(StrEnum):
    """
    What a step of a register does.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26(1) and 27(5)(a).

    >>> StepKind("revoke").name
    'REVOKE'

    .. versionadded:: 0.1.0
    """

    ISSUE = "issue"
    VARY = "vary"
    SUPERSEDE = "supersede"
    REVOKE = "revoke"


class State(StrEnum):
    """
    The state of a direction on a day.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 and 27(5); the rest is practice.

    >>> State.IN_FORCE == "in force"
    True

    .. versionadded:: 0.1.0
    """

    DRAFTED = "drafted"
    APPROVED = "approved"
    ISSUED = "issued"
    IN_FORCE = "in force"
    VARIED = "varied"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    EXPIRED = "expired"


_ENDED_BY: Final = {StepKind.VARY: State.VARIED, StepKind.SUPERSEDE: State.SUPERSEDED, StepKind.REVOKE: State.REVOKED}


@attrs.frozen(kw_only=True)
class Step:
    """
    One entry of a register, never changed once made.

    Attributes:
        kind: What it does.
        direction: The new direction; None for a revocation recorded without its paper.
        target: Reference of the earlier direction that it ends; None for an issue.
        on: The day it takes effect.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5).

    >>> Step(kind="revoke", target="D-1", on="2026-08-24").kind
    <StepKind.REVOKE: 'revoke'>

    .. versionadded:: 0.1.0
    """

    kind: StepKind = attrs.field(converter=StepKind)
    direction: Direction | None = attrs.field(default=None, validator=one_of(Direction, type(None)))
    target: str | None = attrs.field(default=None, validator=maybe_id)
    on: MaybeDate = attrs.field(default=None, converter=to_maybe_day)


@attrs.frozen(kw_only=True)
class Scope:
    """
    What an integration authority may direct, and whom.

    Attributes:
        recipients: Ids of the bodies that may be directed.
        functions: Ids of the delegated functions.
        provision: Why only these may be directed.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26(1) to (2A) and 61.

    >>> Scope(recipients=("toy-council",), functions=Listing.of(["care-at-home"])).recipients
    ('toy-council',)

    .. versionadded:: 0.1.0
    """

    recipients: tuple[str, ...]
    functions: Listing[str]
    provision: Citation = attrs.field(factory=lambda: cite("asp 2014/9 s.26(1)"))


@attrs.frozen(kw_only=True)
class Uncovered:
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


def _steps(value: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(value)


@attrs.frozen
class DirectionsRegister:
    """
    Every direction of one integration authority, in the order recorded.

    Attributes:
        issuer: Id of the integration authority.
        steps: The history; each method that adds to it returns a new register.
        complete: Whether every direction is here; where not, what is missing cannot be told.
        strict: Whether a step that statute forbids is refused; otherwise it is recorded, for rules to report.
        scope: What may be directed and whom; a partnership binds its own. Never counts in equality.

    Raises:
        DuplicateError: If two directions share a reference and a year.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 to 28.

    >>> register = DirectionsRegister("toy-ijb").issue(
    ...     Direction("D-1", given_to="toy-council", functions=["respite"], effective_from="2026-04-01",
    ...               in_writing=True))
    >>> register.state("D-1", on="2026-04-01")
    <State.IN_FORCE: 'in force'>

    .. versionadded:: 0.1.0
    """

    issuer: str = attrs.field(validator=an_id)
    steps: tuple[Step, ...] = attrs.field(default=(), converter=_steps, validator=each(Step))
    complete: bool = attrs.field(kw_only=True, default=True, validator=one_of(bool))
    strict: bool = attrs.field(kw_only=True, default=True, validator=one_of(bool), eq=False)
    scope: Scope | None = attrs.field(kw_only=True, default=None, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        seen: set[tuple[str, str]] = set()
        for direction in self.directions:
            key = (direction.id, str(direction.year))
            if key in seen:
                raise DuplicateError("direction", direction.id, f"the register of {self.issuer}, year {direction.year}")
            seen.add(key)

    # -- reading -------------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "DirectionsRegister"

    @cached_property
    def directions(self) -> tuple[Direction, ...]:
        """Every direction, in the order recorded."""
        return tuple(step.direction for step in self.steps if step.direction is not None)

    @cached_property
    def _by_reference(self) -> dict[str, tuple[Direction, ...]]:
        found: dict[str, tuple[Direction, ...]] = {}
        for direction in self.directions:
            found[direction.id] = (*found.get(direction.id, ()), direction)
        return found

    @cached_property
    def _endings(self) -> dict[str, tuple[Step, ...]]:
        found: dict[str, tuple[Step, ...]] = {}
        for step in self.steps:
            if step.target is not None:
                found[step.target] = (*found.get(step.target, ()), step)
        return found

    def __iter__(self) -> Iterator[Direction]:
        return iter(self.directions)

    def __len__(self) -> int:
        return len(self.directions)

    def __getitem__(self, reference: str) -> Direction:
        """
        Give a direction by its reference.

        Raises:
            NotFoundError: If no direction has it.
            ValueError: If directions of several years have it.
        """
        found = self._by_reference.get(reference, ())
        if not found:
            raise NotFoundError.among("direction", reference, tuple(self._by_reference))
        if len(found) > 1:
            years = ", ".join(str(direction.year) for direction in found)
            raise ValueError(f"reference {reference!r} is used in {years}; expected one that is used once")
        return found[0]

    def state(self, reference: str, *, on: date | str) -> State | Unknown:
        """
        Tell the state of a direction on a day.

        Args:
            reference: Its reference.
            on: The day asked about.

        Returns:
            The state; UNKNOWN where a day that decides it was not recorded.

        Raises:
            NotFoundError: If no direction has the reference.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a): a direction stands until a later one
            varies or revokes it.

        .. versionadded:: 0.1.0
        """
        return self._state(self[reference], day(on))

    def _state(self, direction: Direction, on: date) -> State | Unknown:
        start = direction.binds_from
        endings = [step for step in self._endings.get(direction.id, ()) if step.on is not UNKNOWN]
        ended = [step for step in endings if step.on is None or (isinstance(step.on, date) and step.on <= on)]
        if ended:
            first = min(ended, key=lambda step: (str(step.on or ""), list(StepKind).index(step.kind)))
            expired = isinstance(direction.ends_on, date) and direction.ends_on < (
                first.on if isinstance(first.on, date) else on
            )
            return State.EXPIRED if expired else _ENDED_BY[first.kind]
        if isinstance(direction.ends_on, date) and direction.ends_on < on:
            return State.EXPIRED
        if start is UNKNOWN or len(endings) < len(self._endings.get(direction.id, ())):
            return UNKNOWN
        if isinstance(start, date) and start <= on:
            return UNKNOWN if direction.ends_on is UNKNOWN else State.IN_FORCE
        for fact, state in ((direction.issued_on, State.ISSUED), (direction.decided_on, State.APPROVED)):
            if fact is UNKNOWN:
                return UNKNOWN
            if isinstance(fact, date) and fact <= on:
                return state
        return State.DRAFTED

    def in_force(self, *, on: date | str) -> Listing[Direction]:
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
        states = [(one, self._state(one, when)) for one in self.directions if not one.is_bare_revocation]
        found = tuple(one for one, state in states if state is State.IN_FORCE)
        return Listing(found, complete=self.complete and all(state is not UNKNOWN for _, state in states))

    def history(self, function: str) -> tuple[Direction, ...]:
        """
        List every direction that names a function.

        Args:
            function: Id of the delegated function.

        Returns:
            Directions in the order recorded.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return tuple(one for one in self.directions if function in one.functions.items)

    def chain(self, reference: str) -> tuple[Direction, ...]:
        """
        Follow a direction back to the first it descends from and on to the last that descends from it.

        Args:
            reference: Its reference.

        Returns:
            Directions in the order recorded, the one asked about among them.

        Raises:
            NotFoundError: If no direction has the reference.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a).

        .. versionadded:: 0.1.0
        """
        linked = {self[reference].id}
        grown = True
        while grown:
            grown = False
            for one in self.directions:
                group = {one.id, *one.targets}
                if group & linked and not group <= linked:
                    linked |= group
                    grown = True
        return tuple(one for one in self.directions if one.id in linked)

    def functions_without_direction(self, *, on: date | str) -> Uncovered:
        """
        List the delegated functions with no direction in force on a day.

        Args:
            on: The day asked about.

        Returns:
            Ids of functions in order; known only in part where the register or the list of functions is.

        Raises:
            ValueError: If the register has no scope, so that what is delegated is not known to it.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 26(1).

        .. versionadded:: 0.1.0
        """
        if self.scope is None:
            raise ValueError("this register has no scope; expected that of a partnership, as in p.register")
        when = day(on)
        live = self.in_force(on=when)
        covered = {function for one in live.items for function in one.functions.items}
        bare = tuple(function for function in self.scope.functions.items if function not in covered)
        if not live.complete:
            return Uncovered(functions=Listing((), complete=False), on=when)
        return Uncovered(functions=Listing(bare, complete=self.scope.functions.complete), on=when)

    # -- adding --------------------------------------------------------------------------------------------------

    def issue(self, direction: Direction) -> DirectionsRegister:
        """
        Record a direction that is given; one that varies, revokes or supersedes another ends it.

        Args:
            direction: The direction; its issuer is this register's where it names none.

        Returns:
            A new register.

        Raises:
            UnlawfulStepError: If the register is strict and statute forbids the step.
            DuplicateError: If the reference is taken in that year.
            NotFoundError: If it speaks of a direction that is not here.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 and 27.

        .. versionadded:: 0.1.0
        """
        given = direction.evolve(issuer=self.issuer) if direction.issuer is None else direction
        named = (
            (StepKind.VARY, given.varies),
            (StepKind.SUPERSEDE, given.supersedes),
            (StepKind.REVOKE, given.revokes),
        )
        endings = [(kind, target) for kind, target in named if isinstance(target, str)]
        kind, target = endings[0] if endings else (StepKind.ISSUE, None)
        steps = [Step(kind=kind, direction=given, target=target, on=given.binds_from)]
        steps += [Step(kind=kind, target=target, on=given.binds_from) for kind, target in endings[1:]]
        return self._add(*steps)

    def vary(self, target: str, direction: Direction) -> DirectionsRegister:
        """
        Record a direction that varies an earlier one, which ends on the day the new one binds.

        Args:
            target: Reference of the earlier direction.
            direction: The direction that takes its place.

        Returns:
            A new register.

        Raises:
            UnlawfulStepError: If the register is strict and statute forbids the step.
            NotFoundError: If there is no direction *target*.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a).

        .. versionadded:: 0.1.0
        """
        return self.issue(direction.evolve(varies=self[target].id))

    def supersede(self, target: str, direction: Direction) -> DirectionsRegister:
        """
        Record a direction that takes the place of an earlier one.

        Args:
            target: Reference of the earlier direction.
            direction: The direction that takes its place.

        Returns:
            A new register.

        Raises:
            UnlawfulStepError: If the register is strict and statute forbids the step.
            NotFoundError: If there is no direction *target*.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a).

        .. versionadded:: 0.1.0
        """
        return self.issue(direction.evolve(supersedes=self[target].id))

    def revoke(self, target: str, *, on: date | str, direction: Direction | None = None) -> DirectionsRegister:
        """
        Record that an earlier direction is revoked.

        Args:
            target: Reference of the earlier direction.
            on: The day on which it stops.
            direction: The revoking direction, where its paper is at hand.

        Returns:
            A new register.

        Raises:
            UnlawfulStepError: If the register is strict and statute forbids the step.
            NotFoundError: If there is no direction *target*.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a).

        .. versionadded:: 0.1.0
        """
        paper = None if direction is None else direction.evolve(revokes=self[target].id)
        if paper is not None and paper.issuer is None:
            paper = paper.evolve(issuer=self.issuer)
        return self._add(Step(kind=StepKind.REVOKE, direction=paper, target=self[target].id, on=day(on)))

    def _add(self, *steps: Step) -> DirectionsRegister:
        for step in steps:
            if step.target is not None and step.target not in self._by_reference:
                raise NotFoundError.among("direction", step.target, tuple(self._by_reference))
            if self.strict:
                self._refuse(step)
        return attrs.evolve(self, steps=(*self.steps, *steps))

    def _refuse(self, step: Step) -> None:
        """Raise if statute forbids a step."""
        direction = step.direction
        if direction is not None and direction.in_writing in (None, False):
            raise UnlawfulStepError(
                f"direction {direction.id!r} is not in writing", "in_writing=True", "asp 2014/9 s.27(5)(b)"
            )
        if direction is not None and direction.issuer is not UNKNOWN and direction.issuer != self.issuer:
            raise UnlawfulStepError(
                f"direction {direction.id!r} is issued by {direction.issuer!r}",
                f"a direction of {self.issuer!r}; only the authority that gave a direction varies or revokes it",
                "asp 2014/9 s.27(5)(a)",
            )
        if step.target is not None:
            given = self[step.target].binds_from
            if isinstance(step.on, date) and isinstance(given, date) and step.on < given:
                raise UnlawfulStepError(
                    f"{step.target!r} would end on {step.on.isoformat()}, before it binds on {given.isoformat()}",
                    "an earlier direction",
                    "asp 2014/9 s.27(5)(a)",
                )
        if direction is not None and self.scope is not None:
            self._refuse_outside(direction, self.scope)

    def _refuse_outside(self, direction: Direction, scope: Scope) -> None:
        """Raise if a direction reaches beyond what may be directed."""
        if not direction.is_bare_revocation and direction.given_to.complete and not direction.given_to.items:
            raise UnlawfulStepError(
                f"direction {direction.id!r} is given to nobody",
                f"one of {', '.join(map(repr, scope.recipients))}",
                str(scope.provision),
            )
        for recipient in direction.given_to.items:
            if recipient not in scope.recipients:
                raise UnlawfulStepError(
                    f"direction {direction.id!r} is given to {recipient!r}",
                    f"one of {', '.join(map(repr, scope.recipients))}",
                    str(scope.provision),
                )
        for function in direction.functions.items:
            if scope.functions.complete and function not in scope.functions.items:
                near = NotFoundError.among("delegated function", function, scope.functions.items)
                raise UnlawfulStepError(
                    f"direction {direction.id!r} names {function!r}, which is not delegated",
                    str(near),
                    str(scope.provision),
                )
