"""Mends of strategic plans: that one stands, what it covers, how it was prepared, and that it is published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.mends._keeping import in_steps, more, whole, with_day_passed, with_one_model
from scotintegration.mends._plans import (
    changed,
    dated,
    each_standing,
    finalised_by,
    is_replaced,
    lately,
    passed_on,
    the_first,
    told,
    with_first,
)
from scotintegration.mends._table import mends, record, recorded, settled
from scotintegration.plans import CONSULTEES, StrategicPlan, outcomes
from scotintegration.rules._reading import standing_plans
from scotintegration.rules._schemes import with_scheme
from scotintegration.rules.preparing import PRESCRIBED
from scotintegration.schemes import Model
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.functions import DelegatedFunction
    from scotintegration.partnership import Partnership

__all__ = [
    "finalise_first_plan",
    "give_planning_information",
    "let_a_plan_stand",
    "make_arrangements",
    "name_day_in_first_plan",
    "name_outcomes",
    "publish_plan",
    "publish_statement",
    "send_second_draft",
    "take_steps",
]


# -- a plan ------------------------------------------------------------------------------------------------------


@mends("PBJW-s29-plan-exists")
def let_a_plan_stand(p: Partnership) -> Partnership:
    """Let a plan stand: a draft, else the last that was replaced, else a first plan."""
    return in_steps(p, "PBJW-s29-plan-exists", with_day_passed, dated, _with_a_plan)


def _with_a_plan(p: Partnership) -> Partnership:
    plans = p.plans.items
    if not plans:
        return p.evolve(plans=Listing((_first_plan(p),), p.plans.complete))
    drafts = [plan for plan in plans if not is_replaced(p, plan)]
    chosen = max(drafts, key=lately) if drafts else max(plans, key=lambda plan: str(plan.replaced_on))
    kept = attrs.evolve(chosen, replaced_on=chosen.replaced_on if drafts else None)
    done = isinstance(chosen.finalised_on, date) and chosen.finalised_on <= p.as_at
    finalised = chosen.finalised_on if done else finalised_by(p, kept)
    return changed(p, chosen, replaced_on=kept.replaced_on, finalised_on=finalised)


def _first_plan(p: Partnership) -> StrategicPlan:
    """Make a first plan of which nothing else is recorded yet."""
    on_the_day = passed_on(p) == PRESCRIBED and p.scheme.replaces is None
    plan = StrategicPlan(id="strategic-plan", is_first=True, delegation_day=None if on_the_day else UNKNOWN)
    return attrs.evolve(plan, finalised_on=finalised_by(p, plan))


@mends("PBJW-s29-5-first-before-start")
def finalise_first_plan(p: Partnership) -> Partnership:
    """Let the first plan have been finalised on the last day before functions passed."""

    def finalised(p: Partnership) -> Partnership:
        plan = the_first(p)
        return changed(p, plan, finalised_on=finalised_by(p, plan))

    return in_steps(p, "PBJW-s29-5-first-before-start", with_day_passed, with_first, finalised)


@mends("PBJW-s29-4-names-day")
def name_day_in_first_plan(p: Partnership) -> Partnership:
    """Name in the first plan the day on which functions passed."""

    def named(p: Partnership) -> Partnership:
        return changed(p, the_first(p), delegation_day=p.scheme.delegated_on)

    return in_steps(p, "PBJW-s29-4-names-day", with_day_passed, with_first, named)


# -- what it covers ----------------------------------------------------------------------------------------------


@mends("PBJW-s29-2a-arrangements")
def make_arrangements(p: Partnership) -> Partnership:
    """Make arrangements in the plan that stands for every function delegated."""
    steps = (_covered, _with_functions_told, told, _with_functions_told, _covered)
    return in_steps(p, "PBJW-s29-2a-arrangements", *steps)


def _covered(p: Partnership) -> Partnership:
    """Name in the first plan that stands the functions that none of them names."""
    plans = standing_plans(p, p.as_at).items
    covered = {function for plan in plans for function in plan.functions.items}
    missing = [function.id for function in p.functions.items if function.id not in covered]
    return changed(p, plans[0], functions=more(plans[0].functions, missing)) if plans else p


def _with_functions_told(p: Partnership) -> Partnership:
    """Take the functions that the scheme is known to delegate for all of them, delegated since functions passed."""

    def told_of(one: DelegatedFunction) -> DelegatedFunction:
        shown = one.start is not UNKNOWN or (isinstance(one.recorded_on, date) and one.recorded_on <= p.as_at)
        return attrs.evolve(one, start=one.start if shown else None, until=None if one.until is UNKNOWN else one.until)

    if not standing_plans(p, p.as_at).items or p.functions.complete:
        return p
    return with_scheme(p, functions=whole(p.scheme.functions.map(told_of)))


@mends("PBJW-s29-2b-outcomes")
def name_outcomes(p: Partnership) -> Partnership:
    """Name the nine outcomes in the plan that stands."""
    nine = [str(one.number) for one in outcomes()]

    def named(p: Partnership) -> Partnership:
        return each_standing(p, lambda plan: attrs.evolve(plan, outcomes=more(plan.outcomes, nine)))

    return in_steps(p, "PBJW-s29-2b-outcomes", told, named)


# -- how it was prepared -----------------------------------------------------------------------------------------

_STEPS: Final = ("proposals_on", "draft1_on", "draft2_on")


@mends("PBJW-s33-sequence")
def take_steps(p: Partnership) -> Partnership:
    """Take every step before a plan in its order, each as late as what is on record lets it be."""
    return in_steps(p, "PBJW-s33-sequence", told, lambda p: each_standing(p, _stepwise))


def _stepwise(plan: StrategicPlan) -> StrategicPlan:
    """Keep as many days of steps as are in order; a step without one is taken on the day of the next."""
    days: dict[str, object] = {}
    following: object = plan.finalised_on
    kept = _in_order(plan)
    for step in reversed(_STEPS):
        following = days[step] = kept.get(step, following)
    return attrs.evolve(plan, **days)  # type: ignore[arg-type]


def _in_order(plan: StrategicPlan) -> Mapping[str, date]:
    """Give the most days of steps that are in order, of several choices that with the later steps."""
    known = [(step, day) for step in reversed(_STEPS) if isinstance(day := getattr(plan, step), date)]
    final = plan.finalised_on
    assert isinstance(final, date)
    for number in range(len(known), 0, -1):
        for chosen in combinations(known, number):
            if all(later >= earlier for later, earlier in pairwise([final, *(day for _, day in chosen)])):
                return dict(chosen)
    return {}


@mends("PBJW-s33-5-recipients")
def send_second_draft(p: Partnership) -> Partnership:
    """Send the second draft of the plan that stands to those who are to have it and had not."""

    def sent(p: Partnership) -> Partnership:
        wanted = [*_consulted(p), *CONSULTEES]
        return each_standing(p, lambda plan: attrs.evolve(plan, draft2_sent_to=more(plan.draft2_sent_to, wanted)))

    return in_steps(p, "PBJW-s33-5-recipients", with_one_model, told, sent)


def _consulted(p: Partnership) -> list[str]:
    """List the parties to which a second draft goes: those that are not themselves the integration authority."""
    board = [] if p.model in (Model.LA_TO_HB, Model.BOTH_WAYS) else [p.health_board.id]
    councils = [] if p.model in (Model.HB_TO_LA, Model.BOTH_WAYS) else [one.id for one in p.local_authorities]
    return board + councils


# -- publishing --------------------------------------------------------------------------------------------------


@mends("PBJW-s35-publish")
def publish_plan(p: Partnership) -> Partnership:
    """Publish the plan that stands on the day it was finalised, or later with its statement."""
    return in_steps(p, "PBJW-s35-publish", told, lambda p: each_standing(p, lambda plan: _published(plan, p.as_at)))


def _published(plan: StrategicPlan, on: date) -> StrategicPlan:
    finalised, published, stated = plan.finalised_on, plan.published_on, plan.statement_published_on
    assert isinstance(finalised, date)
    out = finalised <= published <= on if isinstance(published, date) else published is None and finalised == on
    late = isinstance(stated, date) and finalised <= stated <= on
    return plan if out else attrs.evolve(plan, published_on=stated if late else finalised)


@mends("PBJW-s35-2-statement")
def publish_statement(p: Partnership) -> Partnership:
    """Publish with the plan that stands a statement of what was done to prepare it."""

    def stated(plan: StrategicPlan) -> StrategicPlan:
        published, day = plan.published_on, plan.statement_published_on
        is_out = isinstance(published, date) and published <= p.as_at
        with_it = isinstance(day, date) and isinstance(published, date) and day <= published
        return attrs.evolve(plan, statement_published_on=published) if is_out and not with_it else plan

    def with_plan_dated(p: Partnership) -> Partnership:
        plans = standing_plans(p, p.as_at).items
        return settled(p, "PBJW-s35-publish") if any(plan.published_on is UNKNOWN for plan in plans) else p

    return in_steps(p, "PBJW-s35-2-statement", told, with_plan_dated, lambda p: each_standing(p, stated))


# -- what only a record can tell ---------------------------------------------------------------------------------

record("GUID-locality-gp", "GUID-plan-eqia", "GUID-plan-housing", "GUID-plan-mtfp")
record("PBJW-s30-3-other-ias", "PBJW-s33-7-account")

_NOT_ASKED: Final = "no information was asked for to prepare the plan"


@mends("PBJW-s34-info")
def give_planning_information(p: Partnership) -> Partnership:
    """Record that information asked for to prepare the plan was given, or that none was asked for."""
    return in_steps(p, "PBJW-s34-info", with_one_model, recorded("PBJW-s34-info", _NOT_ASKED))
