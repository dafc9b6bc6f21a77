"""The rule about what a direction may vary or revoke."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.directions import Direction
from scotintegration.lifecycle import StepKind
from scotintegration.rules._engine import rule
from scotintegration.rules._reading import meant_by, of_each, of_live, revocations, spot
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = ["PER_DIRECTION", "varies_its_own"]

_NAMES: Final = (("varies", "varies"), ("revokes", "revokes"), ("supersedes", "takes the place of"))
_DAYS: Final = ("issued_on", "decided_on", "effective_from")


def _trouble(p: Partnership, direction: Direction, target: Direction) -> str | Unknown:
    """Say why one direction may not end another: nothing where it may, UNKNOWN where it cannot be told."""
    mine, theirs = (one.issuer if one.issuer is not None else p.directions.issuer for one in (direction, target))
    if UNKNOWN not in (mine, theirs) and mine != theirs:
        return f"it was given by {theirs!r}, not by {mine!r}"
    later = _is_later(p, direction, target)
    return UNKNOWN if later == "" and UNKNOWN in (mine, theirs) else later


def _is_later(p: Partnership, direction: Direction, target: Direction) -> str | Unknown:
    """Compare the days of two directions: those of issue, else of decision, else of effect; else their places."""
    unsure = False
    for field in _DAYS:
        mine, theirs = getattr(direction, field), getattr(target, field)
        if isinstance(mine, date) and isinstance(theirs, date):
            if mine == theirs:
                break
            if mine > theirs:
                return ""
            return UNKNOWN if unsure else f"its day is {theirs.isoformat()}, later than {mine.isoformat()}"
        unsure = unsure or UNKNOWN in (mine, theirs)
    register = p.directions.directions
    if direction not in register or register.index(target) < register.index(direction):
        return ""
    return UNKNOWN if unsure else "it was recorded later"


def _targets_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Find that a direction ends one that is not an earlier one of the same authority."""
    for field, verb in _NAMES:
        reference = getattr(direction, field)
        where = spot(direction, field)
        if reference is None:
            continue
        if reference is UNKNOWN:
            yield cannot_tell(where, f"which direction it {verb}")
            continue
        candidates = [one for one in meant_by(p, reference) if one is not direction]
        troubles = [(one, _trouble(p, direction, one)) for one in candidates]
        if any(trouble == "" for _, trouble in troubles):
            continue
        wrong = [(one.full_reference, trouble) for one, trouble in troubles if trouble is not UNKNOWN]
        if len(wrong) < len(troubles) or (not troubles and not p.directions.complete):
            yield cannot_tell(where, f"who gave {reference!r}, and when", considered=wrong)
        else:
            yield fail(
                where,
                f"it {verb} {reference!r}, which is no earlier direction of the same authority",
                mend="name an earlier direction of the same authority, or give a direction of its own",
                considered=wrong,
            )


def _without_paper(p: Partnership, step: Step, reference: str) -> Iterator[Verdict]:
    """Find that a revocation recorded without its paper ends no earlier direction of the authority."""
    where = f"directions[{reference!r}]"
    meant = meant_by(p, reference)
    mend = "put right which direction was revoked, or when"
    if not meant and p.directions.complete:
        yield fail(where, "revoked, and no direction of this authority", mend=mend)
    elif not meant:
        yield cannot_tell(where, "who gave it, and when")
    for target in meant:
        acts = (target.issued_on, target.decided_on)
        days = (target.effective_from,) if acts == (None, None) else acts
        late = [day for day in days if isinstance(day, date) and isinstance(step.on, date) and step.on < day]
        if target.issuer not in (None, UNKNOWN, p.directions.issuer):
            yield fail(where, f"revoked, and given by {target.issuer!r}", mend=mend)
        elif late:
            yield fail(where, f"revoked on {step.on}, before its day, {late[0].isoformat()}", mend=mend)
        elif UNKNOWN in (target.issuer, step.on, *days):
            yield cannot_tell(where, "who gave it, the day it was given, or the day it was revoked")


def _another_authoritys(p: Partnership) -> Partnership:
    """Let a direction in force vary one that another authority gave."""
    live = p.directions.in_force(on=p.as_at)[0]
    other = live.evolve(id=f"{live.id}-of-another", issuer="another-authority")
    steps = [Step(kind=StepKind.ISSUE, direction=other)]
    for step in p.directions.steps:
        if step.direction is live:
            paper = live.evolve(varies=other.id)
            steps.append(Step(kind=StepKind.VARY, direction=paper, target=other.id, on=live.binds_from))
        else:
            steps.append(step)
    return p.evolve(directions=attrs.evolve(p.directions, steps=steps, strict=False))


@rule(
    "PBJW-s27-5a-vary-own",
    cites="2014 asp 9 s.27(5)(a)",
    severity="statute",
    topic="directions",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="D.issuer; D.supersedes; D.issued_on",
    passes="body-corporate",
    fails=_another_authoritys,
)
def varies_its_own(p: Partnership, on: date) -> Iterator[Verdict]:
    """A direction varies or revokes only an earlier direction of the same authority."""
    yield from of_live(p, _targets_of)
    for step, reference in revocations(p):
        if step.direction is None:
            yield from _without_paper(p, step, reference)
        else:
            yield from of_each(p, [step.direction], _targets_of)


PER_DIRECTION: Final[Mapping[str, Callable[[Partnership, Direction], Iterator[Verdict]]]] = MappingProxyType(
    {varies_its_own.id: _targets_of}
)
"""What the rule asks of a single direction, a draft too, by its id."""
