"""Rules about strategic plans: that one stands, what it covers, and that it is published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from scotintegration.dates import add_months
from scotintegration.plans import outcomes
from scotintegration.rules._engine import rule
from scotintegration.rules._planning import NOT_TOLD, changed_plans
from scotintegration.rules._reading import has_passed, is_standing, listed, standing_plans
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.plans import StrategicPlan

__all__ = [
    "arrangements_for_every_function",
    "named_outcomes",
    "plan_published",
    "plan_stands",
    "two_localities",
]


def _without_a_plan(p: Partnership) -> Partnership:
    return p.evolve(plans=[plan for plan in p.plans if not is_standing(plan, p.as_at)])


def _rejected(plan: StrategicPlan, on: date) -> str:
    """Say why a plan does not stand."""
    if isinstance(plan.replaced_on, date) and plan.replaced_on <= on:
        return f"it was replaced on {plan.replaced_on.isoformat()}"
    if isinstance(plan.finalised_on, date):
        return f"it is finalised on {plan.finalised_on.isoformat()}"
    return "it is a draft" if plan.finalised_on is None else "it is not recorded when it was finalised"


@rule(
    "PBJW-s29-plan-exists",
    cites="2014 asp 9 s.29(1)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="S.delegated_on; PL.finalised_on; PL.replaced_by; t",
    passes="body-corporate",
    fails=_without_a_plan,
)
def plan_stands(p: Partnership, on: date) -> Iterator[Verdict]:
    """Once functions have passed there is a finalised plan, which stands until another takes its place."""
    plans = standing_plans(p, on)
    if plans.items:
        return
    considered = [(plan.id, _rejected(plan, on)) for plan in p.plans.items]
    if not has_passed(p, on):
        return
    if plans.complete:
        mend = "prepare and finalise a strategic plan"
        yield fail("plans", f"no plan stands on {on.isoformat()}", mend=mend, considered=considered)
    else:
        yield cannot_tell("plans", "whether a finalised plan stands", considered=considered)


def _one_function_short(p: Partnership) -> Partnership:
    return changed_plans(p, functions=standing_plans(p, p.as_at)[0].functions[1:])


@rule(
    "PBJW-s29-2a-arrangements",
    cites="2014 asp 9 s.29(2)(a)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.functions; S.functions; S.conjoined; S.model",
    passes="body-corporate",
    fails=_one_function_short,
)
def arrangements_for_every_function(p: Partnership, on: date) -> Iterator[Verdict]:
    """The plan that stands sets out arrangements for every delegated function."""
    plans = standing_plans(p, on)
    covered = {function for plan in plans.items for function in plan.functions.items}
    is_all = plans.complete and all(plan.functions.complete for plan in plans.items)
    missing = [function.id for function in p.functions.items if function.id not in covered]
    if not plans.items:
        yield from [] if plans.complete else [cannot_tell("plans", NOT_TOLD)]
        return
    where = f"plans[{plans[0].id!r}].functions"
    if missing and not is_all:
        yield cannot_tell(where, f"whether it covers {listed(missing)}")
    elif missing:
        yield fail(where, f"nothing for {listed(missing)}", mend="set out arrangements for them")
    if not p.functions.complete:
        yield cannot_tell("functions", "the rest of what is delegated")


def _without_outcomes(p: Partnership) -> Partnership:
    return changed_plans(p, outcomes=())


@rule(
    "PBJW-s29-2b-outcomes",
    cites="2014 asp 9 s.29(2)(b)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.outcomes",
    passes="body-corporate",
    fails=_without_outcomes,
)
def named_outcomes(p: Partnership, on: date) -> Iterator[Verdict]:
    """The plan that stands says how it contributes to the national health and wellbeing outcomes."""
    plans = standing_plans(p, on)
    if not plans.complete:
        yield cannot_tell("plans", NOT_TOLD)
    for plan in plans.items:
        where = f"plans[{plan.id!r}].outcomes"
        missing = [str(one.number) for one in outcomes() if str(one.number) not in plan.outcomes.items]
        if not missing:
            continue
        if not plan.outcomes.complete:
            yield cannot_tell(where, f"whether it names outcomes {', '.join(missing)}")
        elif len(missing) == len(outcomes()):
            yield fail(where, "it names none of the nine outcomes", mend="say how the plan contributes to them")
        else:
            what = f"it does not name outcomes {', '.join(missing)}; that all nine must be named is our reading"
            yield warn(where, what, mend="say how the plan contributes to them, or why it does not")


def _undivided(p: Partnership) -> Partnership:
    return changed_plans(p, localities=standing_plans(p, p.as_at)[0].localities[:1])


@rule(
    "PBJW-s29-3-two-localities",
    cites="2014 asp 9 s.29(3)(a), 68(3)(b)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.localities; S.basis",
    passes="body-corporate",
    fails=_undivided,
)
def two_localities(p: Partnership, on: date) -> Iterator[Verdict]:
    """The plan that stands divides the area, of all the councils together, into two or more localities."""
    fewest = p.law.number("fewest localities")
    plans = standing_plans(p, on)
    area = {one.id for one in p.localities.items}
    divisions = {f"plans[{plan.id!r}].localities": plan.localities for plan in plans.items}
    if not plans.complete:
        divisions["plans"] = Listing((), complete=False)
    for where, named in divisions.items():
        if named.complete and len(named) < fewest:
            yield fail(where, f"{len(named)} named", mend=f"divide the area into {fewest} or more")
        elif not named.complete and len(area.union(named.items)) < fewest:
            yield cannot_tell(where, "into how many localities the area is divided")


GRACE_MONTHS: Final = 3
"""How long a plan may stay unpublished before that is more than a warning: our choice, as the Act fixes no day."""


def _unpublished(p: Partnership) -> Partnership:
    return changed_plans(p, published_on=None)


@rule(
    "PBJW-s35-publish",
    cites="2014 asp 9 s.35(1)",
    severity="statute",
    topic="planning",
    basis="evidence",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.finalised_on; PL.published_on",
    passes="body-corporate",
    fails=_unpublished,
)
def plan_published(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    The plan that stands was published once it was finalised.

    The Act sets no day but says as soon as practicable; three months without publication are our reading of too long.
    """
    plans = standing_plans(p, on)
    if not plans.complete:
        yield cannot_tell("plans", NOT_TOLD)
    for plan in plans.items:
        where = f"plans[{plan.id!r}].published_on"
        finalised, published = plan.finalised_on, plan.published_on
        assert isinstance(finalised, date)
        if published is UNKNOWN:
            yield cannot_tell(where, "whether it was published")
        elif published is not None and published < finalised:
            what = f"published on {published.isoformat()}, before it was finalised on {finalised.isoformat()}"
            yield fail(where, what, mend="publish it as it was finalised")
        elif (published is None or published > on) and finalised < on:
            what = f"finalised on {finalised.isoformat()} and not published"
            say = warn if on <= add_months(finalised, GRACE_MONTHS) else fail
            yield say(where, what, mend="publish it as soon as practicable")
