"""Mends of annual financial statements, and of answers to recommendations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration.dates import FinancialYear
from scotintegration.mends._keeping import in_steps, more, whole, with_one_model
from scotintegration.mends._plans import changed, the_first, with_first
from scotintegration.mends._reports import each_published, spent, with_reports_told
from scotintegration.mends._table import mends
from scotintegration.money import Money
from scotintegration.performance import AnnualFinancialStatement
from scotintegration.rules.statements import INSPECTORS
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.performance import PerformanceReport, Recommendation

__all__ = ["answer_committee", "answer_inspections", "publish_statements", "state_amounts", "stated_amount"]


# -- financial statements ----------------------------------------------------------------------------------------


def stated_amount(p: Partnership, year: FinancialYear) -> Money:
    """Give what a statement of a year can have said: what was spent less what the report says went beyond it, or £0."""
    for report in p.reports.items:
        paid = spent(report) if report.year == year else None
        if paid is not None:
            beyond = report.variance if isinstance(report.variance, Money) else Money(0)
            return max(paid - beyond, Money(0))
    return Money(0)


def _plan_on(p: Partnership, day: date) -> str:
    """Give the id of the plan that a statement of a day is about: the one that stood, or else the first on record."""
    stood = [
        plan.id
        for plan in p.plans.items
        if isinstance(plan.finalised_on, date)
        and plan.finalised_on <= day
        and not (isinstance(plan.replaced_on, date) and plan.replaced_on <= day)
    ]
    return [*stood, *(plan.id for plan in p.plans.items), "strategic-plan"][0]


def _published(p: Partnership, year: FinancialYear, day: date) -> Partnership:
    """Publish the statement of a year on a day: that on record, or a new one."""
    if any(one.year == year for one in p.statements.items):
        return p.evolve(
            statements=p.statements.map(lambda one: attrs.evolve(one, published_on=day) if one.year == year else one)
        )
    amount, plan = stated_amount(p, year), _plan_on(p, day)
    fresh = AnnualFinancialStatement(year=year, published_on=day, amount=amount, plan=plan)
    return p.evolve(statements=Listing((*p.statements.items, fresh), p.statements.complete))


@mends("PBJW-s39-afs-yearly")
def publish_statements(p: Partnership) -> Partnership:
    """Publish a statement with the first plan, and one at the beginning of each later year that has none."""
    return in_steps(p, "PBJW-s39-afs-yearly", with_first, _with_publication_told, _with_first_statement, _yearly)


def _with_publication_told(p: Partnership) -> Partnership:
    """Say that the first plan was published on the day it was finalised, where nobody recorded it."""
    plan = the_first(p)
    if plan.published_on is not UNKNOWN:
        return p
    return changed(p, plan, published_on=plan.finalised_on if isinstance(plan.finalised_on, date) else None)


def _with_first_statement(p: Partnership) -> Partnership:
    plan = the_first(p)
    first = plan.published_on
    assert isinstance(first, date)
    if any(isinstance(one.published_on, date) and one.published_on <= first for one in p.statements.items):
        return p
    undated = [one.year for one in p.statements.items if one.published_on is UNKNOWN]
    begun = plan.start if isinstance(plan.start, date) else first
    return _published(p, min(undated, default=FinancialYear.of(max(begun, first))), first)


def _yearly(p: Partnership) -> Partnership:
    first = the_first(p).published_on
    assert isinstance(first, date)
    year = FinancialYear.of(first).next
    while year.end < p.as_at:
        days = {one.year: one.published_on for one in p.statements.items}
        covered = {
            of for one, day in days.items() if isinstance(day, date) and day <= p.as_at for of in (one, _year(day))
        }
        if year not in covered:
            p = _published(p, year, year.start)
        year = year.next
    return p


def _year(day: date) -> FinancialYear:
    return FinancialYear.of(day)


@mends("PBJW-s39-2-amount")
def state_amounts(p: Partnership) -> Partnership:
    """State in each published statement an amount and the plan."""

    def stated(p: Partnership) -> Partnership:
        return p.evolve(statements=p.statements.map(lambda one: _stated(p, one)))

    def all_told(p: Partnership) -> Partnership:
        return p.evolve(statements=whole(p.statements))

    return in_steps(p, "PBJW-s39-2-amount", stated, all_told)


def _stated(p: Partnership, one: AnnualFinancialStatement) -> AnnualFinancialStatement:
    day = one.published_on
    if day is UNKNOWN:
        day = one.year.start if one.year.start <= p.as_at else None
    if day is None or day > p.as_at:
        return attrs.evolve(one, published_on=day)
    amount = one.amount if isinstance(one.amount, Money) else stated_amount(p, one.year)
    plan = one.plan if isinstance(one.plan, str) else _plan_on(p, day)
    return attrs.evolve(one, published_on=day, amount=amount, plan=plan)


# -- recommendations ---------------------------------------------------------------------------------------------


@mends("PR-r7-inspection")
def answer_inspections(p: Partnership) -> Partnership:
    """List in each report what inspectors and auditors recommended in its year, with what was done."""

    def answered(p: Partnership) -> Partnership:
        return _answered(p, INSPECTORS)

    return in_steps(p, "PR-r7-inspection", with_reports_told, answered, _with_recommendations_told, answered)


@mends("PR-r9-ijmc")
def answer_committee(p: Partnership) -> Partnership:
    """List in each report what the monitoring committee recommended in its year, with the response."""

    def answered(p: Partnership) -> Partnership:
        return p if p.monitoring_committee is None else _answered(p, (p.monitoring_committee.id,))

    steps = (with_one_model, with_reports_told, answered, _with_recommendations_told, answered)
    return in_steps(p, "PR-r9-ijmc", *steps)


def _with_recommendations_told(p: Partnership) -> Partnership:
    """Take the recommendations on record for all of them; one is made in the year of the report that lists it."""

    def told(one: Recommendation) -> Recommendation:
        listing = [report.year.end for report in p.reports.items if one.id in report.recommendations.items]
        made = min([*listing, p.as_at]) if one.made_on is UNKNOWN else one.made_on
        return attrs.evolve(one, by="care-inspectorate" if one.by is UNKNOWN else one.by, made_on=made)

    return p.evolve(recommendations=whole(p.recommendations.map(told)))


def _answered(p: Partnership, bodies: tuple[str, ...]) -> Partnership:
    def answered(report: PerformanceReport) -> PerformanceReport:
        made = [
            one.id
            for one in p.recommendations.items
            if one.by in bodies and isinstance(one.made_on, date) and one.made_on in report.year
        ]
        return attrs.evolve(
            report, recommendations=more(report.recommendations, made), actions=more(report.actions, made)
        )

    return each_published(p, answered)
