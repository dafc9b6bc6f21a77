"""Mends of performance reports: that one is published each year, who is given a copy, and what they set out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.dates import FinancialYear
from scotintegration.mends._keeping import in_steps, more, whole, with_day_passed, with_one_model
from scotintegration.mends._plans import is_replaced, told, with_localities_told
from scotintegration.mends._reports import each_published, is_due, last_day_for, published, spent, with_reports_told
from scotintegration.mends._table import mends, recorded
from scotintegration.mends.statements import stated_amount
from scotintegration.money import Money
from scotintegration.performance import MATTERS, PerformanceReport, Spending
from scotintegration.plans import outcomes
from scotintegration.rules._reading import standing_plans
from scotintegration.rules.consulting import FIRST_REPORT
from scotintegration.schemes import Model
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.performance import AnnualFinancialStatement
    from scotintegration.plans import StrategicPlan
    from scotintegration.schemes import Review

__all__ = [
    "assess_best_value",
    "assess_outcomes",
    "assess_principles",
    "check_proportions",
    "give_report_information",
    "publish_reports",
    "report_finances",
    "report_localities",
    "report_review",
    "send_copies",
]

_MOST_YEARS: Final = 5
_NOT_ASKED: Final = "no information was asked for to write the performance report"

_WHOLE: Final = Decimal(1)


# -- the reports themselves --------------------------------------------------------------------------------------


@mends("PBJW-s42-report")
def publish_reports(p: Partnership) -> Partnership:
    """Publish by 31 July the report of every year that ended since functions passed."""
    return in_steps(p, "PBJW-s42-report", with_day_passed, _published)


def _published(p: Partnership) -> Partnership:
    def in_time(report: PerformanceReport) -> PerformanceReport:
        due = last_day_for(report.year)
        late = not isinstance(report.published_on, date) or report.published_on > due
        return attrs.evolve(report, published_on=due) if late and is_due(p, report.year) else report

    there = [report.year for report in p.reports.items]
    years = [year for year in FinancialYear.between(FIRST_REPORT, p.as_at) if is_due(p, year) and year not in there]
    fresh = [PerformanceReport(year=year, published_on=last_day_for(year)) for year in years]
    return p.evolve(reports=Listing((*p.reports.map(in_time).items, *fresh), p.reports.complete))


@mends("PBJW-s42-4b-copies")
def send_copies(p: Partnership) -> Partnership:
    """Give a copy of each report to the parties or, under a lead agency, to the committee and the partner."""

    def sent(p: Partnership) -> Partnership:
        bodies = _given_copies(p)
        return each_published(p, lambda report: attrs.evolve(report, sent_to=more(report.sent_to, bodies)))

    return in_steps(p, "PBJW-s42-4b-copies", with_one_model, with_reports_told, sent)


def _given_copies(p: Partnership) -> list[str]:
    committee = [] if p.monitoring_committee is None or not p.model.is_lead_agency else [p.monitoring_committee.id]
    board = [] if p.model in (Model.LA_TO_HB, Model.BOTH_WAYS) else [p.health_board.id]
    councils = [] if p.model in (Model.HB_TO_LA, Model.BOTH_WAYS) else [one.id for one in p.local_authorities]
    return committee + board + councils


@mends("PBJW-s42-6-info")
def give_report_information(p: Partnership) -> Partnership:
    """Record that information asked for to write the performance report was given, or that none was asked for."""
    return in_steps(p, "PBJW-s42-6-info", with_one_model, recorded("PBJW-s42-6-info", _NOT_ASKED))


# -- what they set out -------------------------------------------------------------------------------------------


def _set_out(p: Partnership, *parts: str) -> Partnership:
    """Set out parts of the prescribed contents in each report."""
    return each_published(p, lambda report: attrs.evolve(report, contents=more(report.contents, parts)))


@mends("PR-r3b-principles")
def assess_principles(p: Partnership) -> Partnership:
    """Assess in each report how far the delivery principles were followed."""
    return in_steps(p, "PR-r3b-principles", with_reports_told, lambda p: _set_out(p, "principles"))


@mends("PR-r5-best-value")
def assess_best_value(p: Partnership) -> Partnership:
    """Assess in each report how far best value was achieved."""
    return in_steps(p, "PR-r5-best-value", with_reports_told, lambda p: _set_out(p, "best value"))


@mends("PR-r3-outcomes")
def assess_outcomes(p: Partnership) -> Partnership:
    """Assess in each report the nine outcomes, with indicators, beside the years before."""
    nine = [str(one.number) for one in outcomes()]

    def assessed(p: Partnership) -> Partnership:
        p = _set_out(p, "indicators")
        return each_published(p, lambda report: attrs.evolve(report, outcomes=more(report.outcomes, nine)))

    return in_steps(p, "PR-r3-outcomes", with_reports_told, assessed, with_day_passed, _compared)


def _compared(p: Partnership) -> Partnership:
    """Compare each report with the years before it: five, or as many as there were since functions passed."""
    passed = p.scheme.delegated_on

    def compared(report: PerformanceReport) -> PerformanceReport:
        since = FIRST_REPORT if passed is None or passed is UNKNOWN else max(FIRST_REPORT, FinancialYear.of(passed))
        needed = min(_MOST_YEARS, report.year - since)
        given = 0 if report.comparison_years in (None, UNKNOWN) else report.comparison_years
        return report if given >= needed else attrs.evolve(report, comparison_years=needed)

    return each_published(p, compared)


@mends("PR-r8-review")
def report_review(p: Partnership) -> Partnership:
    """Say in each report on a year in which the plan was reviewed why, what was decided and what was changed."""
    return in_steps(p, "PR-r8-review", with_reports_told, _on_reviews, _with_reviews_told, _on_reviews)


def _with_reviews_told(p: Partnership) -> Partnership:
    """Take plans and reviews on record for all of them; a review without a day waits for one."""

    def told_of(one: Review, gone: bool) -> Review:
        done, outcome = one.completed_on, one.outcome
        if done is UNKNOWN:
            done = one.decided_on if isinstance(one.decided_on, date) else None
        if outcome is UNKNOWN:
            outcome = None if done is None else "replace" if gone else "no change"
        return attrs.evolve(one, completed_on=done, outcome=outcome)

    def reviewed(plan: StrategicPlan) -> StrategicPlan:
        gone = is_replaced(p, plan)
        return attrs.evolve(plan, reviews=whole(plan.reviews.map(lambda one: told_of(one, gone))))

    return p.evolve(plans=whole(p.plans.map(reviewed)))


def _on_reviews(p: Partnership) -> Partnership:
    reviews = [review for plan in p.plans.items for review in plan.reviews.items]

    def said(report: PerformanceReport) -> PerformanceReport:
        done = [
            one.outcome for one in reviews if isinstance(one.completed_on, date) and one.completed_on in report.year
        ]
        parts = ["review reasons", "review decision"] if done else []
        if any(outcome not in ("no change", None, UNKNOWN) for outcome in done):
            parts.append("review changes")
        return attrs.evolve(report, contents=more(report.contents, parts))

    return each_published(p, said)


# -- money -------------------------------------------------------------------------------------------------------


def _share(report: PerformanceReport, amount: object) -> Decimal:
    """Give the proportion that an amount is of all money of the year, 0 where either is not stated."""
    if isinstance(amount, Money) and isinstance(report.total, Money) and report.total:
        return round(Decimal(amount.pence) / report.total.pence, 3)
    return Decimal(0)


def _amounts(
    report: PerformanceReport, given: Listing[Spending], wanted: Iterable[str], *, totals: bool
) -> Listing[Spending]:
    """State for each matter or locality the proportion and, for matters, the total: £0 where nothing is there."""

    def stated(one: Spending) -> Spending:
        amount = Money(0) if totals and not isinstance(one.amount, Money) else one.amount
        share = one.share if isinstance(one.share, Decimal) else _share(report, amount)
        return attrs.evolve(one, amount=amount, share=share)

    names = tuple(wanted)
    there = given.map(lambda one: stated(one) if one.on in names else one)
    named = [one.on for one in given.items]
    return more(there, [stated(Spending(on=name)) for name in names if name not in named])


@mends("PR-r4-finance")
def report_finances(p: Partnership) -> Partnership:
    """State in each report total and proportion for each matter, and how far spending went beyond the statement."""
    variance = (_with_variance, _with_statements_told, _with_variance)
    return in_steps(p, "PR-r4-finance", with_reports_told, _with_matters, *variance, with_day_passed, _compared)


def _with_matters(p: Partnership) -> Partnership:
    def stated(report: PerformanceReport) -> PerformanceReport:
        wanted = (*MATTERS, *report.key_groups.items)
        spending = _amounts(report, report.spending, wanted, totals=True)
        return attrs.evolve(report, spending=spending, key_groups=whole(report.key_groups))

    return each_published(p, stated)


def _with_variance(p: Partnership) -> Partnership:
    """State in each report by how much spending went beyond the statement of its year, where there is one."""
    intended = {one.year: one.amount for one in p.statements.items}

    def strayed(report: PerformanceReport) -> PerformanceReport:
        paid, amount = spent(report), intended.get(report.year)
        variance = None if report.variance is UNKNOWN else report.variance
        if paid is not None and isinstance(amount, Money) and paid - amount != (variance or Money(0)):
            variance = paid - amount
        return attrs.evolve(report, variance=variance)

    return each_published(p, strayed)


def _with_statements_told(p: Partnership) -> Partnership:
    """Take the statements on record for all of them, with an amount that agrees with the report of the year."""
    years = [report.year for report in published(p)]

    def told_of(one: AnnualFinancialStatement) -> AnnualFinancialStatement:
        unsure = one.amount is UNKNOWN and one.year in years
        return attrs.evolve(one, amount=stated_amount(p, one.year)) if unsure else one

    return p.evolve(statements=whole(p.statements.map(told_of)))


@mends("PR-r4-proportions")
def check_proportions(p: Partnership) -> Partnership:
    """Work the proportions of the five matters out again where they come to more than the whole."""
    return in_steps(p, "PR-r4-proportions", with_reports_told, _with_shares, _with_shares_in_proportion)


def _with_shares(p: Partnership) -> Partnership:
    def stated(report: PerformanceReport) -> PerformanceReport:
        return attrs.evolve(report, spending=_amounts(report, report.spending, MATTERS, totals=False))

    return each_published(p, stated)


def _with_shares_in_proportion(p: Partnership) -> Partnership:
    """Share one whole among the matters: by what was spent on each or, where that is not known, as it was shared."""

    def again(report: PerformanceReport) -> PerformanceReport:
        matters = [one for one in report.spending.items if one.on in MATTERS]
        shares = {one.on: one.share for one in matters if isinstance(one.share, Decimal)}
        if sum(shares.values()) <= _WHOLE:
            return report
        amounts = {one.on: Decimal(one.amount.pence) for one in matters if isinstance(one.amount, Money)}
        parts = amounts if len(amounts) == len(matters) and any(amounts.values()) else shares
        paid = report.total.pence if parts is amounts and isinstance(report.total, Money) else 0
        whole_of = max(sum(parts.values()), paid)
        return attrs.evolve(
            report,
            spending=report.spending.map(
                lambda one: attrs.evolve(one, share=round(parts[one.on] / whole_of, 3)) if one.on in parts else one
            ),
        )

    return each_published(p, again)


# -- localities --------------------------------------------------------------------------------------------------


@mends("PR-r6-localities")
def report_localities(p: Partnership) -> Partnership:
    """Assess in each report every locality of the plan, with its proportion of spending, beside the years before."""
    return in_steps(
        p,
        "PR-r6-localities",
        with_reports_told,
        _with_localities,
        told,
        _with_localities,
        _with_places_told,
        _with_localities,
        with_day_passed,
        _compared,
    )


def _with_places_told(p: Partnership) -> Partnership:
    """Take the localities on record for all that were named by plans at the end of years of which there is a report."""
    return with_localities_told(p, *(report.year.end for report in published(p)))


def _with_localities(p: Partnership) -> Partnership:
    def assessed(report: PerformanceReport) -> PerformanceReport:
        plans = standing_plans(p, report.year.end).items
        wanted = [locality for plan in plans for locality in plan.localities.items]
        spending = _amounts(report, report.spending_in, dict.fromkeys(wanted), totals=False)
        return attrs.evolve(report, spending_in=spending, localities=more(report.localities, wanted))

    return each_published(p, assessed)
