"""Mends of directions: that every function has one, to whom it is given, and what it may be for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.directions import Direction, Progress, ServiceChange
from scotintegration.lifecycle import StepKind
from scotintegration.mends._budgets import NIL, funding_told, named_by, sum_held
from scotintegration.mends._registers import (
    bare,
    clarified,
    corrected,
    faulty,
    in_force_told,
    redrafting,
    reference,
    renamed,
    unused,
    with_steps,
)
from scotintegration.mends._table import mends, record, record_waiting, settled
from scotintegration.mends.delegates import delegation_told
from scotintegration.rules._reading import has_passed, meant_by
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from scotintegration.functions import DelegatedFunction
    from scotintegration.partnership import Partnership

__all__ = ["USE", "change_has_direction", "every_function", "functions_are_delegated"]

USE: Final = "to carry out the functions that it names"
"""How a direction that does not say it is taken to say that money is to be used."""

_RECIPIENT: Final = "PBJW-s26-1-recipient"
_DELEGATED: Final = "PBJW-s26-function-delegated"

record("PBJW-s40-regard")
record_waiting({"PBJW-s26-3-info": "nobody was asked for information before a direction"})


# -- every function has a direction --------------------------------------------------------------------------------


@mends("PBJW-s26-1-every-function")
def every_function(p: Partnership) -> Partnership:
    """Give each body one direction for all of its functions that have none, from the day that governs."""
    p = delegation_told(p)
    if p.scheme.delegated_on is not UNKNOWN and not has_passed(p, p.as_at):
        return p
    p = clarified(in_force_told(p))
    p = funding_told(p, [one.id for one in _left(p)])
    left: dict[str, list[DelegatedFunction]] = {}
    for function in _left(p):
        left.setdefault(_body(p, function), []).append(function)
    for body, functions in left.items():
        p = _given(p, body, functions)
    return p


def _left(p: Partnership) -> list[DelegatedFunction]:
    return [one for one in bare(p) if one.id not in p.excused(p.as_at).items]


def _body(p: Partnership, function: DelegatedFunction) -> str:
    """Choose who carries a function out: whoever delegated it, if that is a party to the scheme."""
    parties = [body.id for body in p.parties]
    return function.delegator if function.delegator in parties else p.health_board.id


def _given(p: Partnership, body: str, functions: list[DelegatedFunction]) -> Partnership:
    """Give a direction that says no more than it must: no payment, and what is set aside already."""
    names = [one.id for one in functions]
    draft = Direction(
        unused(p, f"direction-to-{body}"),
        issuer=p.id,
        given_to=body,
        functions=names,
        use=USE,
        effective_from=p.as_at,
        in_writing=True,
    )
    paid, held = named_by(p, draft)
    if held:
        p = settled(p, "PBJW-s14-3-hb-set-aside")
    full = draft.evolve(payment=NIL if paid else None, set_aside=sum_held(p, draft) if held else None)
    return with_steps(p, [*p.directions.steps, Step(kind=StepKind.ISSUE, direction=full, on=p.as_at)])


# -- to whom, and for what -----------------------------------------------------------------------------------------


def _to_parties(p: Partnership, direction: Direction) -> Direction:
    """Give a direction to those of its recipients who are parties or, if none is, to those who delegated."""
    parties = [body.id for body in p.parties]
    to = [one for one in direction.given_to.items if one in parties]
    named = [one for one in p.scheme.functions.items if one.id in direction.functions.items]
    return direction.evolve(given_to=to or sorted({_body(p, one) for one in named}) or p.health_board.id)


mends(_RECIPIENT)(redrafting(_RECIPIENT, _to_parties))


@mends(_DELEGATED)
def functions_are_delegated(p: Partnership) -> Partnership:
    """Let directions in force be for functions delegated to whoever gives them, and for nothing else."""
    p = in_force_told(p)
    p = delegation_told(p, {name for one in faulty(p, _DELEGATED) for name in one.functions.items})
    for one in faulty(p, _DELEGATED):
        issuer = p.directions.issuer if one.issuer is None else one.issuer
        own = one
        if not _delegated_to(p, issuer).intersection(one.functions.items):
            own = _own(p, one)
            p = corrected(p, [one], lambda _, own=own: own)  # type: ignore[misc]
            issuer = p.id
        may = _delegated_to(p, issuer)
        p = renamed(p, own, [name for name in own.functions.items if name in may])
    return p


def _delegated_to(p: Partnership, issuer: str | Unknown) -> set[str]:
    """List the functions that an issuer may direct; a lead agency goes by its body, its role or the area."""
    roles = {role.id: role.body for role in p.lead_agencies}
    is_area = p.ijb is None and issuer == p.id
    bodies = {issuer, roles.get(str(issuer))}
    return {one.id for one in p.functions.items if is_area or one.delegate in bodies}


def _own(p: Partnership, direction: Direction) -> Direction:
    """Let a direction be one of the authority itself, under an id of its own if another has its reference."""
    taken = [one for one in meant_by(p, direction.full_reference) if one is not direction]
    id = unused(p, direction.id) if taken else direction.id
    return direction.evolve(id=id, issuer=p.id)


# -- carrying out --------------------------------------------------------------------------------------------------


def _not_refused(p: Partnership, direction: Direction) -> Direction:
    """Take back a refusal; a direction of which nothing is recorded has had no report."""
    return direction.evolve(progress=None if direction.progress is UNKNOWN else Progress.NOT_BEGUN)


mends("PBJW-s27-4-comply")(redrafting("PBJW-s27-4-comply", _not_refused))


@mends("GUID-D18-change-without-direction")
def change_has_direction(p: Partnership) -> Partnership:
    """Put the direction behind every change of a service, and undo a change that none asked for."""
    kept = []
    for change in p.service_changes.items:
        asked = [one for one in p.directions.directions if _asks(one, change)]
        named = [] if not isinstance(change.direction, str) else meant_by(p, change.direction)
        if change.on > p.as_at or any(one in asked for one in named):
            kept.append(change)
        elif asked:
            kept.append(attrs.evolve(change, direction=reference(p, asked[-1])))
    return p.evolve(service_changes=kept)


def _asks(direction: Direction, change: ServiceChange) -> bool:
    """Tell whether a direction is for the function of a change, given by its day to whoever made it."""
    day = direction.binds_from if direction.issued_on is None else direction.issued_on
    if change.function not in direction.functions.items or change.made_by not in direction.given_to.items:
        return False
    return isinstance(day, date) and day <= change.on
