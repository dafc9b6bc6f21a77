"""What statute forbids a step of a register to do (private)."""

from __future__ import annotations

from datetime import date
from typing import Final

from scotintegration._fields import NONE
from scotintegration.directions import Direction
from scotintegration.errors import NotFoundError, UnlawfulStepError
from scotintegration.lifecycle import StepKind
from scotintegration.registers._history import History
from scotintegration.scopes import Scope

_EARLIER: Final = "asp 2014/9 s.27(5)(a)"
_OF_DRAFTS: Final = (StepKind.RECOMMEND, StepKind.AMEND, StepKind.REJECT)
"""Steps that come before there is a direction."""


def forbidden(register: History, position: int) -> UnlawfulStepError | None:
    """Say why statute forbids a step of this register, if it does."""
    step = register.steps[position]
    direction = step.direction
    if direction is not None:
        if direction.in_writing in (None, False):
            what = f"direction {direction.id!r} is not in writing"
            return UnlawfulStepError(what, "in_writing=True", "asp 2014/9 s.27(5)(b)")
        if direction.issuer not in register._own_issuers:
            what = f"direction {direction.id!r} is issued by {direction.issuer!r}"
            return UnlawfulStepError(what, f"a direction of {register.issuer!r}", _EARLIER)
    if step.target is not None:
        for place in register._index.meant(step.target, position):
            target = register._index.entries[place]
            if target.direction.issuer not in register._own_issuers:
                what = f"{step.target!r} is a direction of {target.direction.issuer!r}"
                return UnlawfulStepError(what, f"an earlier direction of {register.issuer!r}", _EARLIER)
            since = None if step.kind in _OF_DRAFTS else _given(target.direction)
            if since is not None and isinstance(step.on, date) and step.on < since[1]:
                done = f"would end on {step.on.isoformat()}" if step.kind.ends else f"has a step, {step.kind.value!r},"
                done += "" if step.kind.ends else f" on {step.on.isoformat()}"
                what = f"{step.target!r} {done}, before it {since[0]} {since[1]}"
                return UnlawfulStepError(what, "a direction given by then", _EARLIER)
    return None if direction is None or register.scope is None else _outside(direction, register.scope)


def _given(direction: Direction) -> tuple[str, date] | None:
    """Tell since when there is a direction, by its issue, else its decision, else, if it has neither, its first day."""
    acts = [("was issued on", direction.issued_on), ("was decided on", direction.decided_on)]
    if (direction.issued_on, direction.decided_on) == (None, None):
        acts = [("binds on", direction.effective_from)]
    return next(((act, on) for act, on in acts if isinstance(on, date)), None)


def _outside(direction: Direction, scope: Scope) -> UnlawfulStepError | None:
    """Say how a direction reaches beyond what may be directed, if it does."""
    provision = str(scope.provision)
    recipients = f"one of {', '.join(map(repr, scope.recipients))}"
    if direction.given_to == NONE and not direction.is_bare_revocation:
        return UnlawfulStepError(f"direction {direction.id!r} is given to nobody", recipients, provision)
    for recipient in direction.given_to.items:
        if recipient not in scope.recipients:
            what = f"direction {direction.id!r} is given to {recipient!r}"
            return UnlawfulStepError(what, recipients, provision)
    for function in direction.functions.items:
        if scope.functions.complete and function not in scope.functions.items:
            near = NotFoundError.among("function", function, scope.functions.items).suggestions
            expected = (
                f"a delegated function such as {' or '.join(map(repr, near))}" if near else "a delegated function"
            )
            what = f"direction {direction.id!r} names {function!r}, which is not delegated"
            return UnlawfulStepError(what, expected, provision)
    return None
