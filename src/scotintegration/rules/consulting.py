"""Rules about who sits on the planning group, and about performance reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.dates import FinancialYear, add_months
from scotintegration.errors import UnknownFactError
from scotintegration.rules._engine import rule
from scotintegration.rules._planning import planners
from scotintegration.rules._reading import standing_plans
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.schemes import Model
from scotintegration.unknown import UNKNOWN, Listing, known

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.performance import PerformanceReport
    from scotintegration.plans import PlanningMember

__all__ = ["FIRST_REPORT", "POSTPONED", "locality_representatives", "nominees", "performance_reported"]

FIRST_REPORT: Final = FinancialYear("2016/17")
"""The first reporting year: it begins with the prescribed day, 1 April 2016."""

POSTPONED: Final = FinancialYear.between("2019/20", "2021/22")
"""Years whose reports could be put off in the pandemic, until days that were not verified."""

_MONTHS: Final = 4


# -- the planning group ------------------------------------------------------------------------------------------


def _has_nominee(members: Listing[PlanningMember], bodies: tuple[str, ...]) -> bool:
    return members.any(lambda member: known(member.nominated_by, "who nominated a member") in bodies)


def _without_nominees_of_councils(p: Partnership) -> Partnership:
    group = known(p.planning_group, "the planning group")
    assert group is not None
    councils = [council.id for council in p.local_authorities]
    members = [
        attrs.evolve(member, nominated_by=None) if member.nominated_by in councils else member
        for member in group.members
    ]
    return p.evolve(planning_group=attrs.evolve(group, members=members))


@rule(
    "PBJW-s32-1a-nominees",
    cites="2014 asp 9 s.32(1)(a)-(c)",
    severity="statute",
    topic="planning",
    models="abc",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="S.model; G.members.nominated_by",
    passes="body-corporate",
    fails=_without_nominees_of_councils,
)
def nominees(p: Partnership, on: date) -> Iterator[Verdict]:
    """The planning group has a nominee of each party but the one that is itself the integration authority."""
    members = planners(p, on)
    if members is None:
        return
    councils = tuple(council.id for council in p.local_authorities)
    sides = {
        "the Health Board": ((p.health_board.id,), Model.LA_TO_HB),
        "the council" if len(councils) == 1 else "the councils together": (councils, Model.HB_TO_LA),
    }
    for side, (bodies, leads) in sides.items():
        if p.model is leads:
            continue
        try:
            if not _has_nominee(members, bodies):
                yield fail("planning_group.members", f"nobody nominated by {side}", mend=f"seat a nominee of {side}")
        except UnknownFactError:
            yield cannot_tell("planning_group.members", f"whether somebody was nominated by {side}")


def _without_a_person_for_one(p: Partnership) -> Partnership:
    group = known(p.planning_group, "the planning group")
    assert group is not None
    lost = standing_plans(p, p.as_at)[0].localities[0]
    members = [
        attrs.evolve(member, localities=[one for one in member.localities if one != lost]) for member in group.members
    ]
    return p.evolve(planning_group=attrs.evolve(group, members=members))


@rule(
    "PBJW-s32-7-locality-rep",
    cites="2014 asp 9 s.32(7), (9)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="G.members.localities; PL.localities; t",
    passes="body-corporate",
    fails=_without_a_person_for_one,
)
def locality_representatives(p: Partnership, on: date) -> Iterator[Verdict]:
    """While a plan stands the planning group has a person for every locality, who may speak for several."""
    plans = standing_plans(p, on)
    members = planners(p, on) if plans.items else None
    if members is not None:
        spoken = {locality for member in members.items for locality in member.localities.items}
        is_all = members.complete and all(member.localities.complete for member in members.items)
        for locality in sorted({locality for plan in plans.items for locality in plan.localities.items} - spoken):
            where = f"localities[{locality!r}]"
            if is_all:
                yield fail(where, "nobody on the planning group speaks for it", mend="seat a person for it")
            else:
                yield cannot_tell(where, "whether somebody on the planning group speaks for it")
    if not plans.complete or not all(plan.localities.complete for plan in plans.items):
        yield cannot_tell("plans", "into which localities the plan that stands divides the area")


# -- performance reports -----------------------------------------------------------------------------------------


def _due(year: FinancialYear) -> date:
    """Give the last day on which the report of a year may be published: 31 July."""
    return add_months(year.end, _MONTHS)


def _late(p: Partnership) -> Partnership:
    years = FinancialYear.between(FIRST_REPORT, p.as_at)
    last = max(year for year in years if _due(year) < p.as_at)
    reports = [
        attrs.evolve(report, published_on=add_months(_due(last), 1)) if report.year == last else report
        for report in p.reports
    ]
    return p.evolve(reports=reports)


@rule(
    "PBJW-s42-report",
    cites="2014 asp 9 s.42(1), (4)(a)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="R.year_end; R.published_on",
    passes="body-corporate",
    fails=_late,
)
def performance_reported(p: Partnership, on: date) -> Iterator[Verdict]:
    """A performance report is published by 31 July for every year ended since functions passed."""
    reports = {report.year: report for report in p.reports.items}
    passed = p.scheme.delegated_on
    if passed is None:
        return
    begun = min(reports, default=None) if passed is UNKNOWN else FinancialYear.of(passed)
    missing: list[str] = []
    for year in () if begun is None else FinancialYear.between(max(begun, FIRST_REPORT), on):
        if _due(year) >= on:
            continue
        report = reports.get(year)
        if report is None and (passed is UNKNOWN or not p.reports.complete):
            missing.append(str(year))
        else:
            yield from _published(year, report, on)
    if passed is UNKNOWN:
        yield cannot_tell("scheme.delegated_on", "the day functions passed")
    elif missing:
        yield cannot_tell("reports", f"whether a report of {', '.join(missing)} was published")


def _published(year: FinancialYear, report: PerformanceReport | None, on: date) -> Iterator[Verdict]:
    """Find that a report came out late or not at all."""
    where = f"reports[{str(year)!r}]"
    published = None if report is None else report.published_on
    if published is UNKNOWN:
        yield cannot_tell(where, "the day it was published")
    elif published is None or published > _due(year):
        what = "no report" if report is None else "not published" if published is None else f"published on {published}"
        due = f"it was to be published by {_due(year).isoformat()}"
        if year in POSTPONED:
            yield cannot_tell(where, f"until when it could be put off in the pandemic: {what}, and {due} otherwise")
        else:
            yield fail(where, f"{what}; {due}", mend="publish it, and the next within four months of the year's end")
