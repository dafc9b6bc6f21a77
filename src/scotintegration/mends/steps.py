"""Mends of how directions follow each other: what each varies or revokes, one at a time, on days that can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.directions import Direction
from scotintegration.lifecycle import State, StepKind
from scotintegration.mends._registers import (
    bare,
    corrected,
    dated,
    in_force_told,
    reference,
    with_decision,
    with_steps,
)
from scotintegration.mends._table import mends
from scotintegration.rules._reading import meant_by, of_each, revocations
from scotintegration.rules.drafting import PER_DIRECTION
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = ["dates_sane", "one_in_force", "succession", "varies_its_own"]

_OWN: Final = "PBJW-s27-5a-vary-own"
_ONE: Final = "GUID-D07-one-in-force"
_AFTER: Final = "GUID-D08-supersession-graph"
_KINDS: Final = {StepKind.VARY: "varies", StepKind.REVOKE: "revokes", StepKind.SUPERSEDE: "supersedes"}
_DAY: Final = timedelta(days=1)
_BEFORE_FORCE: Final = (State.DRAFTED, State.APPROVED, State.ISSUED)


def _at_fault(p: Partnership, direction: Direction, rule: str) -> set[str]:
    """List the fields of a direction of which a rule says anything."""
    said = of_each(p, [direction], PER_DIRECTION[rule])
    return {verdict.where.rpartition(".")[2] for verdict in said}


def _cleared(p: Partnership, direction: Direction, field: str) -> Partnership:
    """
    Let a direction stand for itself: it no longer says that it ends another, nor does its step end one.

    Where what it says was not recorded, what its step ends is what it says. One that did nothing but revoke is left
    out, for it asks nothing else.
    """
    steps = []
    for step in p.directions.steps:
        ends = _KINDS.get(step.kind) == field
        if step.direction != direction:
            steps.append(step)
        elif getattr(direction, field) is UNKNOWN:
            said = direction.evolve(**{field: step.target if ends else None})
            steps.append(attrs.evolve(step, direction=said))
        elif field != "revokes" or not direction.is_bare_revocation:
            kind, target = (StepKind.ISSUE, None) if ends else (step.kind, step.target)
            steps.append(attrs.evolve(step, direction=direction.evolve(**{field: None}), kind=kind, target=target))
    return with_steps(p, steps)


def _made(p: Partnership, direction: Direction) -> Direction:
    """Settle the days on which a direction was decided and issued, of which nobody recorded one."""
    if direction.issued_on is UNKNOWN:
        acts = (direction.decided_on, direction.effective_from, p.as_at)
        direction = direction.evolve(issued_on=next(one for one in acts if isinstance(one, date)))
    return with_decision(p, direction) if direction.decided_on is UNKNOWN else direction


def _acts(direction: Direction) -> list[date]:
    """List the days on which a direction was issued and decided or, where it has neither, from which it binds."""
    acts = [one for one in (direction.issued_on, direction.decided_on) if isinstance(one, date)]
    return acts or [one for one in (direction.binds_from,) if isinstance(one, date)]


# -- its own -------------------------------------------------------------------------------------------------------


@mends(_OWN)
def varies_its_own(p: Partnership) -> Partnership:
    """
    Let every direction vary or revoke only earlier ones of the same authority.

    A direction in the register that is said to be another authority's is taken to be this one's. A direction that
    names none that it may end stands for itself.
    """
    p = _of_one_authority(in_force_told(p))
    wrong = [(one, field) for one in _asked(p) for field in sorted(_at_fault(p, one, _OWN))]
    while wrong:
        p = _cleared(p, *wrong[0])  # which may let another stand again, with trouble of its own
        wrong = [(one, field) for one in _asked(p) for field in sorted(_at_fault(p, one, _OWN))]
    p = _revoked_after(p)
    none = [step for step, reference in revocations(p) if step.direction is None and not meant_by(p, reference)]
    return with_steps(p, [step for step in p.directions.steps if all(step is not one for one in none)])


def _asked(p: Partnership) -> list[Direction]:
    """List the directions that the rule looks at: those in force, and papers that only revoke."""
    papers = [step.direction for step, _ in revocations(p) if step.direction is not None]
    return [*p.directions.in_force(on=p.as_at).items, *papers]


def _of_one_authority(p: Partnership) -> Partnership:
    """Let directions that end each other be of one authority, where the register has one of that reference only."""
    own = p.directions.issuer
    pairs = [(one, target) for one in _asked(p) for name in one.targets for target in meant_by(p, name)]
    bare = [(None, target) for step, name in revocations(p) if step.direction is None for target in meant_by(p, name)]
    strangers = []
    for one, other in [*pairs, *bare]:
        by = [own if one is None or one.issuer is None else one.issuer, own if other.issuer is None else other.issuer]
        if by[0] != by[1] or UNKNOWN in by:
            strangers += [paper for paper, issuer in zip((one, other), by, strict=True) if issuer != own]
    alone = [one for one in strangers if one is not None and len(meant_by(p, one.full_reference)) == 1]
    return corrected(p, alone, lambda one: one.evolve(issuer=own))


def _revoked_after(p: Partnership) -> Partnership:
    """Let directions be revoked no sooner than they were given, where no paper is at hand."""
    silent = [(step, name) for step, name in revocations(p) if step.direction is None]
    targets = [target for _, name in silent for target in meant_by(p, name)]
    p = corrected(p, targets, lambda one: _made(p, one))
    return _steps_after(p, [step for step, _ in silent])


def _steps_after(p: Partnership, which: list[Step]) -> Partnership:
    """Put the day of each of some steps no sooner than the days on which its target was made."""
    steps = []
    for step in p.directions.steps:
        made = [day for one in meant_by(p, step.target or "") for day in _acts(one)]
        if step in which and made and isinstance(step.on, date):
            step = attrs.evolve(step, on=max(step.on, *made))
        elif step in which and step.on is UNKNOWN:
            step = attrs.evolve(step, on=max(p.as_at, *made, date.min))
        steps.append(step)
    return with_steps(p, steps)


# -- one at a time -------------------------------------------------------------------------------------------------


@mends(_ONE)
def one_in_force(p: Partnership) -> Partnership:
    """Say of directions that tell a body the same that they complement each other, the later of the earlier."""
    p = in_force_told(p)
    p = corrected(
        p,
        p.directions.in_force(on=p.as_at).items,
        lambda one: one.evolve(functions=one.functions.items, given_to=one.given_to.items),
    )
    live = p.directions.in_force(on=p.as_at).items
    for place, one in enumerate(live):
        same = [reference(p, other) for other in live[:place] if _tell_the_same(one, other)]
        if same:
            named = attrs.evolve(one.complements, items=(*one.complements.items, *same))
            p = corrected(p, [one], lambda one, named=named: one.evolve(complements=named))  # type: ignore[misc]
    return p


def _tell_the_same(one: Direction, other: Direction) -> bool:
    """Tell whether two directions are for the same purpose, as far as is known, and neither names the other."""
    shared = all(
        set(getattr(one, field).items) & set(getattr(other, field).items) for field in ("functions", "given_to")
    )
    pairs = ((one, other), (other, one))
    declared = any({mine.id, mine.full_reference} & set(theirs.complements.items) for mine, theirs in pairs)
    uses = [use.strip().casefold() if isinstance(use, str) else "" for use in (one.use, other.use)]
    return shared and not declared and (not all(uses) or uses[0] == uses[1])


# -- in order ------------------------------------------------------------------------------------------------------


@mends(_AFTER)
def succession(p: Partnership) -> Partnership:
    """
    Let a direction that takes the place of another find it in force and end it.

    One that was not yet in force is revoked instead; one that had ended already is no longer named.
    """
    p = p.evolve(directions=attrs.evolve(p.directions, complete=True))
    for place, one in enumerate(p.directions.directions):
        if not (isinstance(one.binds_from, date) and one.binds_from > p.as_at):
            for field in ("varies", "supersedes"):
                p = _linked(p, place, field)
    return p


def _linked(p: Partnership, place: int, field: str) -> Partnership:
    """Settle one thing that a direction says it does to another."""
    one = p.directions.directions[place]
    if field not in _at_fault(p, one, _AFTER):
        return p
    targets = [target for target in meant_by(p, str(getattr(one, field))) if target is not one]
    for mended in _ways(p, place, field, targets[-1:]):
        if field not in _at_fault(mended, mended.directions.directions[place], _AFTER):
            return mended
    return _cleared(p, one, field)


def _ways(p: Partnership, place: int, field: str, targets: list[Direction]) -> Iterator[Partnership]:
    """Give what may settle it without leaving the target unnamed, the least first."""
    for target in targets:
        told = dated(p, [p.directions.directions[place], target])
        yield told
        one = told.directions.directions[place]
        start, name = one.binds_from, str(getattr(one, field))
        if not isinstance(start, date):
            return
        eve = told.directions.state(reference(told, target), on=start - _DAY)
        if eve is State.IN_FORCE:
            ended = _ending(told, one, field, name, start)
            if len(bare(ended)) == len(bare(told)):
                yield ended
        elif eve in _BEFORE_FORCE and one.revokes is None:
            yield _revoking(told, one, field, name)


def _ending(p: Partnership, one: Direction, field: str, name: str, start: date) -> Partnership:
    """Let the direction that another says it replaces end as that begins."""
    kind = next(kind for kind, said in _KINDS.items() if said == field)
    steps = list(p.directions.steps)
    place = next(place for place, step in enumerate(steps) if step.direction == one)
    if steps[place].kind is StepKind.ISSUE:
        steps[place] = attrs.evolve(steps[place], kind=kind, target=name, on=start)
    else:
        steps.insert(place + 1, Step(kind=kind, target=name, on=start))
    return with_steps(p, steps)


def _revoking(p: Partnership, one: Direction, field: str, name: str) -> Partnership:
    """Let a direction revoke another that it said it varied or replaced."""
    meant = one.evolve(**{field: None, "revokes": name})
    steps = [
        attrs.evolve(step, direction=meant, kind=StepKind.REVOKE if _KINDS.get(step.kind) == field else step.kind)
        if step.direction == one
        else step
        for step in p.directions.steps
    ]
    return with_steps(p, steps)


# -- on days that can be -------------------------------------------------------------------------------------------


@mends("GUID-D20-dates-sane")
def dates_sane(p: Partnership) -> Partnership:
    """Let no direction end, or be revoked, before it was made: the day of its end is put right."""
    p = p.evolve(directions=attrs.evolve(p.directions, complete=True))
    wrong = [one for one in p.directions.directions if _at_fault(p, one, "GUID-D20-dates-sane")]
    p = corrected(p, wrong, lambda one: _ended_after(p, one))
    revoking = [step for step in p.directions.steps if step.kind is StepKind.REVOKE]
    targets = [target for step in revoking for target in meant_by(p, step.target or "")]
    targets = [one for one in targets if not isinstance(one.issued_on, date)]
    p = corrected(p, targets, lambda one: _made(p, one))
    return _steps_after(p, revoking)


def _ended_after(p: Partnership, direction: Direction) -> Direction:
    """Let a direction end no sooner than it was made; one whose end was not recorded has none."""
    if direction.ends_on is UNKNOWN:
        return direction.evolve(ends_on=None)
    told = _made(p, direction)
    issued, last = told.issued_on, told.ends_on
    made = issued if isinstance(issued, date) else told.decided_on
    return told.evolve(ends_on=max(made, last)) if isinstance(made, date) and isinstance(last, date) else told
