"""Which plans stand and which was the first: what mends about plans have to settle before the rest (private)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.errors import UnknownFactError
from scotintegration.mends._keeping import whole
from scotintegration.mends._table import settled
from scotintegration.rules._planning import first_plan
from scotintegration.rules._reading import standing_plans
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.plans import StrategicPlan

DAY: Final = timedelta(days=1)


def changed(p: Partnership, plan: StrategicPlan, **changes: object) -> Partnership:
    """Change one plan."""
    fresh = attrs.evolve(plan, **changes)  # type: ignore[arg-type]
    return p.evolve(plans=p.plans.map(lambda one: fresh if one.id == plan.id else one))


def each_standing(p: Partnership, change: Callable[[StrategicPlan], StrategicPlan]) -> Partnership:
    """Change every plan that stands on the day that governs."""
    live = [plan.id for plan in standing_plans(p, p.as_at).items]
    return p.evolve(plans=p.plans.map(lambda plan: change(plan) if plan.id in live else plan))


def passed_on(p: Partnership) -> date | None:
    """Give the day functions passed, None where they have not yet or that is not recorded."""
    day = p.scheme.delegated_on
    return day if isinstance(day, date) and day <= p.as_at else None


def is_replaced(p: Partnership, plan: StrategicPlan) -> bool:
    """Tell whether a plan is known to have been replaced by the day that governs."""
    return isinstance(plan.replaced_on, date) and plan.replaced_on <= p.as_at


def lately(plan: StrategicPlan) -> tuple[str, str]:
    """Order plans by the day their periods begin."""
    return (plan.start.isoformat() if isinstance(plan.start, date) else "", plan.id)


def finalised_by(p: Partnership, plan: StrategicPlan) -> date:
    """Give the latest day on which a plan can have been finalised: a first one, before functions passed."""
    days = [one for one in (plan.published_on, plan.replaced_on, plan.start) if isinstance(one, date)]
    passed = passed_on(p)
    if passed is not None and (plan.is_first is UNKNOWN or plan.is_first):
        days.append(passed - DAY)
    return min([p.as_at, *days])


def _is_final(p: Partnership, plan: StrategicPlan) -> bool:
    """Tell whether something that came after shows that a plan was finalised."""
    first = plan.is_first is not UNKNOWN and plan.is_first and passed_on(p) is not None
    later = any(isinstance(day, date) and day <= p.as_at for day in (plan.published_on, plan.replaced_on))
    return first or later or bool(plan.reviews.items)


def dated(p: Partnership) -> Partnership:
    """
    Date the plans of which nobody recorded whether they stand.

    Of those without a day on which they were finalised, the ones stay drafts that nothing shows to be more, unless
    functions have passed and no other plan can stand.
    """
    unsure = [plan for plan in p.plans.items if plan.finalised_on is UNKNOWN]
    final = [plan for plan in unsure if _is_final(p, plan)]
    for plan in unsure:
        p = changed(p, plan, finalised_on=finalised_by(p, plan) if plan in final else None)
    for plan in p.plans.items:
        if plan.replaced_on is UNKNOWN:
            p = changed(p, plan, replaced_on=_replaced_on(p, plan))
    drafts = [plan for plan in unsure if plan not in final and not is_replaced(p, plan)]
    if drafts and p.scheme.delegated_on is not None and not standing_plans(p, p.as_at).items:
        last = next(plan for plan in p.plans.items if plan.id == max(drafts, key=lately).id)
        p = changed(p, last, finalised_on=finalised_by(p, last))
    return p


def _replaced_on(p: Partnership, plan: StrategicPlan) -> date | None:
    """Give the day on which the next plan that was finalised took the place of a plan, None where there is none."""
    later = [
        (one.finalised_on, one.start)
        for one in p.plans.items
        if isinstance(one.finalised_on, date)
        and isinstance(plan.finalised_on, date)
        and plan.finalised_on < one.finalised_on <= p.as_at
    ]
    if not later:
        return None
    finalised, start = min(later, key=lambda days: days[0])
    return start if isinstance(start, date) and finalised <= start <= p.as_at else finalised


def told(p: Partnership) -> Partnership:
    """Tell which plans stand: those on record, and no others."""
    p = dated(p)
    return p.evolve(plans=whole(p.plans))


def with_localities_told(p: Partnership, *days: date) -> Partnership:
    """
    Take the localities that plans are known to name for all of them.

    Asked of the plans that stand on some days, by default on the day that governs; where the plan that stands now
    names too few, it divides the area.
    """
    live = {plan.id for day in days or (p.as_at,) for plan in standing_plans(p, day).items}
    told_of = p.plans.map(
        lambda plan: attrs.evolve(plan, localities=whole(plan.localities)) if plan.id in live else plan
    )
    p = p.evolve(plans=told_of)
    return settled(p, "PBJW-s29-3-two-localities")


def with_first(p: Partnership) -> Partnership:
    """Tell which plan was the first: the earliest on record, unless a record says that it was not."""
    if not _first_is_open(p):
        return p
    earliest = min(p.plans.items, key=lately, default=None)
    if earliest is not None and earliest.is_first is UNKNOWN:
        return changed(p, earliest, is_first=True)
    for plan in p.plans.items:
        if plan.is_first is UNKNOWN:
            p = changed(p, plan, is_first=False)
    return p.evolve(plans=whole(p.plans))


def _first_is_open(p: Partnership) -> bool:
    """Tell whether the record leaves open which plan was the first."""
    try:
        first_plan(p)
    except UnknownFactError:
        return True
    return False


def the_first(p: Partnership) -> StrategicPlan:
    """Give the first plan where there is one and it is known."""
    plan = first_plan(p)
    assert plan is not None
    return plan


def with_first_finalised(p: Partnership) -> Partnership:
    """Say when the first plan was finalised, where nobody recorded it."""
    plan = the_first(p)
    return dated(p) if plan.finalised_on is UNKNOWN else p
