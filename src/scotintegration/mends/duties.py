"""Mends of rules about other duties: what Ministers direct, charges, emergencies, and children in care."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.mends._table import mends, record
from scotintegration.rules._boards import board_of
from scotintegration.rules._schemes import with_scheme
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.bodies import IJB, HealthBoard, LocalAuthority
    from scotintegration.budgets import Budget, Charge
    from scotintegration.ministers import MinistersDirection
    from scotintegration.partnership import Partnership

__all__ = ["be_corporate_parent", "be_responder", "comply", "recover_charges"]

_CHARGES: Final = "DUTY-charging-la"

record(
    "PBJW-s22-cooperate",
    "PBJW-s53-guidance",
    "PBJW-s53A-ethical",
    "EQ-fairer",
    "EQ-specific",
    "ETH-ijb-code",
    "ISL-s8-icia",
    "STAFF-s3-6",
    "UNCRC-s6",
)


@mends("PBJW-s52-comply")
def comply(p: Partnership) -> Partnership:
    """
    Let each body have done, on the last day for it, what Ministers directed in writing.

    Of a direction whose last day nobody recorded we take it that it names none; those known are all there are.
    """
    p = p.evolve(health_board=_complying(p, p.health_board))
    p = p.evolve(local_authorities=[_complying(p, council) for council in p.local_authorities])
    return p if p.ijb is None else p.evolve(ijb=_complying(p, p.ijb))


def _complying(p: Partnership, body: HealthBoard | LocalAuthority | IJB) -> HealthBoard | LocalAuthority | IJB:
    done = body.ministers_directions.map(lambda one: _done(p, one))
    return attrs.evolve(body, ministers_directions=done.items)


def _done(p: Partnership, one: MinistersDirection) -> MinistersDirection:
    """Let what a direction asks be done, unless it is done, not due, or not in writing."""
    due, done, written = one.due_on, one.done_on, one.in_writing
    is_done = isinstance(done, date) and done <= p.as_at
    if is_done or due is None or (written is not UNKNOWN and not written):
        return one
    if due is UNKNOWN:
        return attrs.evolve(one, due_on=None)
    return one if due >= p.as_at else attrs.evolve(one, done_on=due)


@mends("CCA-cat1")
def be_responder(p: Partnership) -> Partnership:
    """Let every integration authority be treated as a Category 1 responder to emergencies."""
    if p.model.is_lead_agency:
        return p.evolve(lead_agencies=[attrs.evolve(role, category_1=True) for role in p.lead_agencies])
    return p.evolve(ijb=attrs.evolve(board_of(p), category_1=True))


@mends("CYP-corporate-parent")
def be_corporate_parent(p: Partnership) -> Partnership:
    """Let the board be treated as a corporate parent."""
    return p.evolve(ijb=attrs.evolve(board_of(p), corporate_parent=True))


@mends(_CHARGES)
def recover_charges(p: Partnership) -> Partnership:
    """
    Let charges for social care be recovered by the council that delegated it.

    Charges, budgets and, where a charge is for none of them, functions that are known are all there are.
    """
    delegators = {one.id: one.delegator for one in p.scheme.functions.items}
    councils = {council.id for council in p.local_authorities}
    asked = [budget for budget in p.budgets.items if budget.year.start <= p.as_at]
    if any(charge.function not in delegators for budget in asked for charge in budget.charges.items):
        p = with_scheme(p, functions=p.scheme.functions.items)

    def recovered(charge: Charge) -> Charge:
        council = delegators.get(charge.function)
        if council not in councils or charge.recovered_by in (None, council):
            return charge
        return attrs.evolve(charge, recovered_by=council)

    def settled(budget: Budget) -> Budget:
        return attrs.evolve(budget, charges=budget.charges.map(recovered).items) if budget in asked else budget

    return p.evolve(budgets=p.budgets.map(settled).items)
