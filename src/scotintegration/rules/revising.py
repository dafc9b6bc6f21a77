"""Rules of guidance on how directions follow each other: one at a time, in order, and on days that can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.directions import Direction
from scotintegration.errors import UnknownFactError
from scotintegration.lifecycle import State, StepKind
from scotintegration.rules._engine import rule
from scotintegration.rules._reading import meant_by, not_all_directions, of_each, redrafted, spot
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = [
    "PER_DIRECTION",
    "dates_sane",
    "one_in_force",
    "succession",
]

_DAY: Final = timedelta(days=1)
_BEFORE_FORCE: Final = (State.DRAFTED, State.APPROVED, State.ISSUED)


def _shared(direction: Direction, other: Direction) -> set[tuple[str, str]]:
    """List the functions, each with a recipient, that two directions share."""
    functions = set(direction.functions.items) & set(other.functions.items)
    recipients = set(direction.given_to.items) & set(other.given_to.items)
    return {(function, recipient) for function in functions for recipient in recipients}


def _declared(direction: Direction, other: Direction) -> bool:
    return bool({other.id, other.full_reference} & set(direction.complements.items))


def _beside(direction: Direction, others: Iterable[Direction]) -> Iterator[Verdict]:
    """Find others in force that govern the same thing for the same purpose, and are not said to complement it."""
    where = spot(direction, "functions")
    for other in others:
        shared = sorted(_shared(direction, other))
        if not shared or _declared(direction, other) or _declared(other, direction):
            continue
        uses = [one.use if one.use is UNKNOWN else (one.use or "").strip().casefold() for one in (direction, other)]
        if UNKNOWN not in uses and all(uses) and uses[0] != uses[1]:
            continue
        if UNKNOWN in uses or not (direction.complements.complete and other.complements.complete):
            yield cannot_tell(where, f"whether {other.id!r} stands beside it for another purpose")
            continue
        function, recipient = shared[0]
        what = f"{direction.id!r} and {other.id!r} both tell {recipient!r} how to carry out {function!r}"
        yield warn(where, what, mend="let one take the place of the other, or say that they complement each other")


def _beside_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Find directions in force beside one that it neither ends nor complements."""
    if direction.is_bare_revocation:
        return
    start = direction.binds_from
    on = start if isinstance(start, date) and start > p.as_at else p.as_at
    live = p.directions.in_force(on=on)
    ended = [one for reference in direction.targets for one in meant_by(p, reference)]
    others = [one for one in live.items if one not in ended and one.full_reference != direction.full_reference]
    yield from _beside(direction, others)


def _doubled(p: Partnership) -> Partnership:
    """Give a direction in force a second time, for no money, and no word that the two belong together."""
    live = p.directions.in_force(on=p.as_at)[0]
    again = live.evolve(
        id=f"{live.id}-again",
        payment=None if live.payment is None else "£0",
        set_aside=live.set_aside,
        specified=None,
        varies=None,
        supersedes=None,
    )
    step = Step(kind=StepKind.ISSUE, direction=again, on=again.binds_from)
    return p.evolve(directions=attrs.evolve(p.directions, steps=[*p.directions.steps, step], strict=False))


@rule(
    "GUID-D07-one-in-force",
    cites="2016 directions note para 3.1",
    severity="guidance",
    topic="directions",
    in_force="2016-03-01",
    duty_on="integration authority",
    fields="D.functions; D.recipients; D.purpose; D.issued_on; D.ended_on; D.complements; t",
    verified=False,
    passes="body-corporate",
    fails=_doubled,
)
def one_in_force(p: Partnership, on: date) -> Iterator[Verdict]:
    """One direction at a time tells a body how to carry out a function for a purpose, unless two are complementary."""
    live = p.directions.in_force(on=on)
    seen: dict[tuple[str, str], list[Direction]] = {}
    for direction in live.items:
        pairs = [(one, to) for one in direction.functions.items for to in direction.given_to.items]
        near = {other.full_reference: other for pair in pairs for other in seen.get(pair, ())}
        yield from _beside(direction, near.values())
        for pair in pairs:
            seen.setdefault(pair, []).append(direction)
        if not (direction.functions.complete and direction.given_to.complete):
            yield cannot_tell(spot(direction, "functions"), "all that it names, and everybody it is given to")
    if not live.complete:
        yield not_all_directions(p)


def _comes_back(p: Partnership, direction: Direction, target: Direction) -> bool:
    """Tell whether a direction that one takes the place of takes, in its turn, the place of it."""
    seen: list[str] = []
    ahead = [target]
    while ahead:
        one = ahead.pop()
        if one.full_reference == direction.full_reference:
            return True
        if one.full_reference not in seen:
            seen.append(one.full_reference)
            references = [name for name in (one.varies, one.supersedes) if isinstance(name, str)]
            ahead += [other for name in references for other in meant_by(p, name) if other is not one]
    return False


def _succession_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Find that a direction takes the place of one that was not in force, or that stays in force."""
    for field in ("varies", "supersedes"):
        reference, where = getattr(direction, field), spot(direction, field)
        if reference is UNKNOWN:
            yield cannot_tell(where, "which direction it takes the place of")
        elif reference is not None:
            yield from _follows(p, direction, reference, where)


def _follows(p: Partnership, direction: Direction, reference: str, where: str) -> Iterator[Verdict]:
    targets = [one for one in meant_by(p, reference) if one is not direction]
    if not targets:
        if p.directions.complete:
            yield fail(where, f"there is no direction {reference!r}", mend="name a direction of the register")
        else:
            yield cannot_tell(where, f"whether there is a direction {reference!r}")
        return
    target, start = targets[-1], direction.binds_from
    if _comes_back(p, direction, target):
        mend = "let the later take the place of the earlier only"
        yield fail(where, f"{direction.id!r} and {reference!r} take the place of each other", mend=mend)
        return
    if not isinstance(start, date):
        yield from [] if start is None else [cannot_tell(where, "the day it takes effect")]
        return
    before = p.directions.state(target, on=start - _DAY)
    now = p.directions.state(target, on=start)
    eve = (start - _DAY).isoformat()
    if before is UNKNOWN or now is UNKNOWN:
        yield cannot_tell(where, f"the state of {reference!r} on {start.isoformat()} and the day before")
    elif before in _BEFORE_FORCE:
        yield warn(where, f"{reference!r} was {before} on {eve}, and never in force", mend="revoke it instead")
    elif before is not State.IN_FORCE:
        mend = "give the direction for itself, or name the one that was in force"
        yield fail(where, f"{reference!r} was {before} on {eve}", mend=mend)
    elif now is State.IN_FORCE and any(one is direction for one in p.directions.directions):
        mend = f"let {reference!r} end on {start.isoformat()}"
        yield fail(where, f"{reference!r} stays in force on {start.isoformat()}", mend=mend)


def _after_its_end(p: Partnership) -> Partnership:
    """Let a direction in force say that it takes the place of one that ran out long before."""
    return redrafted(p, lambda one: not one.targets, supersedes=p.directions.directions[0].full_reference)


@rule(
    "GUID-D08-supersession-graph",
    cites="2016 directions note para 3.1",
    severity="guidance",
    topic="directions",
    in_force="2016-03-01",
    duty_on="integration authority",
    fields="D.id; D.supersedes; D.issued_on; D.starts_on; D.ended_on",
    passes="body-corporate",
    fails=_after_its_end,
)
def succession(p: Partnership, on: date) -> Iterator[Verdict]:
    """A direction that takes the place of another finds it in force and ends it, and no two replace each other."""
    begun = [one for one in p.directions.directions if not (isinstance(one.binds_from, date) and one.binds_from > on)]
    yield from of_each(p, begun, _succession_of)
    if not p.directions.complete:
        yield cannot_tell("directions", "the whole register")


def _made(direction: Direction) -> date | None:
    """Give the day a direction was made, UNKNOWN days raising: the day of issue, or else of decision."""
    issued = direction.issued_on if isinstance(direction.issued_on, date) else None
    if issued is not None:
        return issued
    decided = known(direction.decided_on, f"the day {direction.id!r} was decided")
    return decided if decided is not None else known(direction.issued_on, f"the day {direction.id!r} was issued")


def _dates_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Find that a direction ends before it was made."""
    if direction.ends_on is None:
        return
    where = spot(direction, "ends_on")
    last = known(direction.ends_on, f"the last day of {direction.id!r}")
    made = _made(direction)
    if made is not None and last < made:
        what = f"it ends on {last.isoformat()} and was made on {made.isoformat()}"
        yield fail(where, what, mend="put right the day that is wrong")


def _revoked_before(p: Partnership, step: Step) -> Iterator[Verdict]:
    """Find that a step revokes a direction that was not yet made."""
    assert step.target is not None
    for target in meant_by(p, step.target):
        made = _made(target)
        if made is None:
            continue
        on = known(step.on, f"the day {target.id!r} was revoked")
        if on is not None and on < made:
            what = f"revoked on {on.isoformat()} and made on {made.isoformat()}"
            yield fail(f"directions[{target.id!r}]", what, mend="put right the day that is wrong")


def _revoked_too_soon(p: Partnership) -> Partnership:
    """Record that a direction that has run out was revoked on the eve of its making."""
    old = p.directions.directions[0]
    assert isinstance(old.issued_on, date)
    step = Step(kind=StepKind.REVOKE, target=old.full_reference, on=old.issued_on - _DAY)
    return p.evolve(directions=attrs.evolve(p.directions, steps=[*p.directions.steps, step], strict=False))


@rule(
    "GUID-D20-dates-sane",
    cites="practice: Aberdeen City minute",
    severity="guidance",
    topic="directions",
    in_force="2014-09-22",
    modality="must_not",
    duty_on="integration authority",
    fields="D.issued_on; D.ended_on",
    passes="body-corporate",
    fails=_revoked_too_soon,
)
def dates_sane(p: Partnership, on: date) -> Iterator[Verdict]:
    """No direction is revoked, or ends, before it was made."""
    yield from of_each(p, p.directions.directions, _dates_of)
    for step in p.directions.steps:
        if step.kind is not StepKind.REVOKE:
            continue
        try:
            yield from _revoked_before(p, step)
        except UnknownFactError as missing:
            yield cannot_tell(f"directions[{step.target!r}]", missing.what)
    if not p.directions.complete:
        yield cannot_tell("directions", "the whole register")


PER_DIRECTION: Final[Mapping[str, Callable[[Partnership, Direction], Iterator[Verdict]]]] = MappingProxyType(
    {one_in_force.id: _beside_of, succession.id: _succession_of, dates_sane.id: _dates_of}
)
"""What these rules ask of a single direction, a draft too, by id of the rule."""
