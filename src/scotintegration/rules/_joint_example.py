"""A joint scheme of lead agencies, as no other example has one, for the rules about such schemes (private)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.budgets import Budget, Determination, Payment
from scotintegration.functions import DelegatedFunction
from scotintegration.money import Money
from scotintegration.officers import ChiefSocialWorkOfficer
from scotintegration.rules._schemes import with_scheme

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

_COST: Final = Money("£90,000")


def joint_lead_agency() -> Partnership:
    """Let a second council join the example in which each body delegates to the other, and the first council lead."""
    from scotintegration.examples import example

    p = example("lead-agency-both-ways")
    lead = p.local_authorities[0]
    joins = attrs.evolve(lead, id=f"{lead.id}-2", name=f"Second {lead.name}")
    function = DelegatedFunction(
        id="gardening-assistance-2",
        name=f"Gardening assistance for disabled and older people ({joins.name})",
        delegator=joins.id,
        delegate=lead.id,
        funding="payment",
        method="the actual cost",
        in_hospital=False,
        start=p.scheme.delegated_on,
    )
    joint = with_scheme(
        p,
        basis="s.2(4)",
        local_authorities=[lead.id, joins.id],
        lead_authority=lead.id,
        items=[*(slug for slug in p.scheme.items.items if slug != "gov-ijmc-1"), "gov-ijmc-n"],
        functions=[*p.scheme.functions.items, function],
    )
    posts = [
        attrs.evolve(
            post,
            id=f"{post.id}-2",
            body=joins.id,
            holders=post.holders.map(lambda one: attrs.evolve(one, appointed_by=joins.id, employer=joins.id)),
        )
        for post in p.posts.items
        if isinstance(post, ChiefSocialWorkOfficer)
    ]
    return joint.evolve(
        health_board=attrs.evolve(p.health_board, local_authorities=[lead.id, joins.id]),
        local_authorities=[lead, joins],
        posts=[*p.posts.items, *posts],
        chairs=p.chairs.map(lambda one: attrs.evolve(one, appointed_by=[*one.appointed_by.items, joins.id])),
        plans=p.plans.map(lambda plan: attrs.evolve(plan, functions=[*plan.functions.items, function.id])),
        budgets=p.budgets.map(lambda budget: _with(budget, function)),
    )


def _with(budget: Budget, function: DelegatedFunction) -> Budget:
    """Add what a function costs in a year to what is paid and spent."""
    paid = Payment(payer=function.delegator, payee=function.delegate, function=function.id, amount=_COST)
    assert isinstance(budget.own_costs, Money)
    assert isinstance(budget.total, Money)
    return attrs.evolve(
        budget,
        determined=[*budget.determined.items, Determination(function=function.id, amount=_COST)],
        payments=[*budget.payments.items, paid],
        own_costs=budget.own_costs + _COST,
        total=budget.total + _COST,
    )
