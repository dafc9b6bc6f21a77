"""Rules about plans and reports of which only a record can tell whether they were kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from scotintegration.rules._engine import rule
from scotintegration.rules._records import as_recorded, as_recorded_each, not_kept
from scotintegration.rules._verdicts import Verdict
from scotintegration.unknown import Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = [
    "housing_contribution",
    "impact_assessed",
    "linked_to_money",
    "natural_localities",
    "planning_information",
    "regard_to_other_plans",
    "report_information",
    "views_on_review",
    "views_taken_into_account",
]


def _of_latest_plan(p: Partnership, duty: str, what: str, mend: str) -> Iterator[Verdict]:
    """Ask whether a duty of every plan was kept for the latest one."""
    days = p.plans.map(lambda plan: plan.finalised_on)
    yield from as_recorded_each(p, duty, what, mend, of="the latest plan", days=days)


@rule(
    "PBJW-s30-3-other-ias",
    cites="2014 asp 9 s.30(3)-(4)",
    severity="statute",
    topic="planning",
    basis="evidence",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.effects; PL.period_start; PL.period_end",
    passes="body-corporate",
    fails=not_kept("PBJW-s30-3-other-ias"),
)
def regard_to_other_plans(p: Partnership, on: date) -> Iterator[Verdict]:
    """Those who prepare a plan have regard to its effect on the plans of other integration authorities."""
    what = "regard was had to the effect on other integration authorities' plans"
    mend = "consider what the plan does to services of other areas, and record it"
    yield from _of_latest_plan(p, "PBJW-s30-3-other-ias", what, mend)


@rule(
    "PBJW-s33-7-account",
    cites="2014 asp 9 s.33(7)",
    severity="statute",
    topic="planning",
    basis="evidence",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.views_considered",
    passes="body-corporate",
    fails=not_kept("PBJW-s33-7-account"),
)
def views_taken_into_account(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Views on the plan are taken into account at each step of its preparation.

    Each plan needs a record of its own.
    """
    what = "views on the plan were taken into account"
    mend = "take the views into account, and record what came of them"
    yield from _of_latest_plan(p, "PBJW-s33-7-account", what, mend)


@rule(
    "PBJW-s34-info",
    cites="2014 asp 9 s.34",
    severity="statute",
    topic="planning",
    models="abc",
    basis="evidence",
    in_force="2014-09-22",
    duty_on="constituent authority or partner",
    fields="info_requests.section; info_requests.to; info_requests.answered_on",
    passes="body-corporate",
    fails=not_kept("PBJW-s34-info"),
)
def planning_information(p: Partnership, on: date) -> Iterator[Verdict]:
    """Those who made the scheme give the integration authority what it asks for to prepare its plan."""
    what = "information asked for to prepare the plan was given"
    mend = "give the integration authority the information"
    yield from as_recorded(p, "PBJW-s34-info", what, mend)


@rule(
    "PBJW-s37-2b-spg",
    cites="2014 asp 9 s.37(2)(b)",
    severity="statute",
    topic="planning",
    basis="evidence",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.reviews.spg_views_effectiveness; PL.reviews.spg_views_replacement",
    passes="body-corporate",
    fails=not_kept("PBJW-s37-2b-spg"),
)
def views_on_review(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    A review of the plan seeks the planning group's views on how effective it is and whether to replace it.

    Each review needs a record of its own.
    """
    what = "the planning group was asked about the plan's effect and about replacing it"
    mend = "ask the planning group both questions"
    days = Listing(
        tuple(one.completed_on for plan in p.plans.items for one in plan.reviews.items),
        p.plans.complete and all(plan.reviews.complete for plan in p.plans.items),
    )
    yield from as_recorded_each(p, "PBJW-s37-2b-spg", what, mend, of="the latest review", days=days)


@rule(
    "PBJW-s42-6-info",
    cites="2014 asp 9 s.42(6)-(7)",
    severity="statute",
    topic="planning",
    models="abc",
    basis="evidence",
    in_force="2014-09-22",
    duty_on="constituent authority or partner",
    fields="info_requests.section; info_requests.to; info_requests.answered_on",
    passes="body-corporate",
    fails=not_kept("PBJW-s42-6-info"),
)
def report_information(p: Partnership, on: date) -> Iterator[Verdict]:
    """Those who made the scheme give the integration authority what it asks for to write its performance report."""
    what = "information asked for to write the performance report was given"
    mend = "give the integration authority the information"
    yield from as_recorded(p, "PBJW-s42-6-info", what, mend)


@rule(
    "GUID-plan-eqia",
    cites="2014 asp 9 s.53; strategic plans statutory guidance (2nd edition) Annex C",
    severity="guidance",
    topic="planning",
    basis="evidence",
    in_force="2024-01-01",
    duty_on="integration authority",
    fields="PL.impact_assessments",
    passes="body-corporate",
    fails=not_kept("GUID-plan-eqia"),
)
def impact_assessed(p: Partnership, on: date) -> Iterator[Verdict]:
    """Assessments of the plan's impact, on equality and otherwise, are ready to be published with it."""
    what = "impact assessments were ready to be published with the plan"
    mend = "assess the impact of the plan, and publish the assessments with it"
    yield from _of_latest_plan(p, "GUID-plan-eqia", what, mend)


@rule(
    "GUID-plan-mtfp",
    cites="2014 asp 9 s.53; strategic plans statutory guidance (2nd edition); finance guidance 4.1.2",
    severity="guidance",
    topic="planning",
    basis="evidence",
    in_force="2024-01-01",
    duty_on="integration authority",
    fields="PL.financial_plan",
    passes="body-corporate",
    fails=not_kept("GUID-plan-mtfp"),
)
def linked_to_money(p: Partnership, on: date) -> Iterator[Verdict]:
    """The plan is linked to a financial plan of some three years that covers sums set aside too."""
    what = "the plan was linked to a financial plan for the medium term"
    mend = "link the plan to a financial plan that covers sums set aside"
    yield from _of_latest_plan(p, "GUID-plan-mtfp", what, mend)


@rule(
    "GUID-plan-housing",
    cites="2014 asp 9 s.53; strategic plans statutory guidance (2nd edition)",
    severity="guidance",
    topic="planning",
    basis="evidence",
    in_force="2024-01-01",
    duty_on="integration authority",
    fields="PL.housing_statement",
    passes="body-corporate",
    fails=not_kept("GUID-plan-housing"),
)
def housing_contribution(p: Partnership, on: date) -> Iterator[Verdict]:
    """The plan has a statement of what housing contributes."""
    what = "a housing contribution statement was completed"
    mend = "complete a housing contribution statement"
    yield from _of_latest_plan(p, "GUID-plan-housing", what, mend)


@rule(
    "GUID-locality-gp",
    cites="2014 asp 9 s.53; localities guidance 6.2",
    severity="guidance",
    topic="planning",
    basis="evidence",
    in_force="2015-07-03",
    duty_on="integration authority",
    fields="localities.basis",
    passes="body-corporate",
    fails=not_kept("GUID-locality-gp"),
)
def natural_localities(p: Partnership, on: date) -> Iterator[Verdict]:
    """Localities follow natural communities and the clusters of general practices."""
    what = "localities follow natural communities and clusters of general practices"
    mend = "draw the localities with the communities and practices in them"
    yield from as_recorded(p, "GUID-locality-gp", what, mend)
