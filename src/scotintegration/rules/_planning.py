"""What several rules about plans and reports ask, and small changes that their examples make (private)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.errors import UnknownFactError
from scotintegration.rules._reading import has_passed, is_standing, standing_plans
from scotintegration.rules._verdicts import Verdict, cannot_tell
from scotintegration.unknown import UNKNOWN, Listing, known

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.performance import PerformanceReport
    from scotintegration.plans import PlanningMember, StrategicPlan

NOT_TOLD: Final = "which plan stands"


def changed_plans(p: Partnership, **changes: object) -> Partnership:
    """Change the plans that stand: for examples."""
    plans = [
        attrs.evolve(plan, **changes) if is_standing(plan, p.as_at) else plan  # type: ignore[arg-type]
        for plan in p.plans
    ]
    return p.evolve(plans=plans)


def changed_first(p: Partnership, **changes: object) -> Partnership:
    """Change the first plan: for examples."""
    plans = [attrs.evolve(plan, **changes) if plan.is_first else plan for plan in p.plans]  # type: ignore[arg-type]
    return p.evolve(plans=plans)


def changed_reports(p: Partnership, **changes: object) -> Partnership:
    """Change every performance report: for examples."""
    return p.evolve(reports=p.reports.map(lambda one: attrs.evolve(one, **changes)))  # type: ignore[arg-type]


def first_plan(p: Partnership) -> StrategicPlan | None:
    """Give the first plan, None where there is none; which it is, is never inferred."""
    firsts = p.plans.where(lambda plan: known(plan.is_first, f"whether {plan.id!r} is the first plan"))
    if not firsts.items and not firsts.complete:
        raise UnknownFactError("which plan was the first")
    return firsts.items[0] if firsts.items else None


def of_standing(
    p: Partnership, on: date, ask: Callable[[StrategicPlan], Iterable[Verdict]], *, field: str = ""
) -> Iterator[Verdict]:
    """Ask something of each plan that stands; what is missing for one does not hide what is known of another."""
    plans = standing_plans(p, on)
    for plan in plans.items:
        try:
            yield from ask(plan)
        except UnknownFactError as missing:
            yield cannot_tell(at(plan, field), missing.what)
    if not plans.complete:
        yield cannot_tell("plans", NOT_TOLD)


def at(plan: StrategicPlan, field: str) -> str:
    """Write where a field of a plan is found."""
    return f"plans[{plan.id!r}].{field}"


def of_reports(p: Partnership, on: date, ask: Callable[[PerformanceReport], Iterable[Verdict]]) -> Iterator[Verdict]:
    """Ask something of each report published by a day."""
    for report in p.reports.items:
        where = f"reports[{str(report.year)!r}]"
        if report.published_on is UNKNOWN:
            yield cannot_tell(f"{where}.published_on", "whether and when it was published")
        elif report.published_on is not None and report.published_on <= on:
            try:
                yield from ask(report)
            except UnknownFactError as missing:
                yield cannot_tell(where, missing.what)
    if not p.reports.complete:
        yield cannot_tell("reports", "the other reports that were published")


def of_report(report: PerformanceReport, field: str) -> str:
    """Write where a field of a report is found."""
    return f"reports[{str(report.year)!r}].{field}"


def lacking(wanted: Iterable[str], given: Listing[str], what: str) -> list[str]:
    """List what a collection lacks; where it is known in part and lacks something, nobody can tell."""
    missing = [one for one in wanted if one not in given.items]
    if missing and not given.complete:
        raise UnknownFactError(what)
    return missing


def planners(p: Partnership, on: date) -> Listing[PlanningMember] | None:
    """List the members of the planning group; None where there is no need of one yet."""
    group = known(p.planning_group, "the strategic planning group")
    if group is not None:
        return group.members
    plans = standing_plans(p, on)
    needed = bool(plans.items) or has_passed(p, on)
    return Listing(()) if needed else None
