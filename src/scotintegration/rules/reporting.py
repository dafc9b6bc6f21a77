"""Rules about performance reports: who is given a copy, and what they set out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from scotintegration.dates import FinancialYear
from scotintegration.money import total
from scotintegration.performance import MATTERS, Spending
from scotintegration.plans import outcomes
from scotintegration.rules._engine import rule
from scotintegration.rules._planning import at, changed_reports, lacking, of_report, of_reports
from scotintegration.rules._reading import listed, standing_plans
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.rules.consulting import FIRST_REPORT
from scotintegration.schemes import Model
from scotintegration.unknown import UNKNOWN, Listing, known

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.performance import PerformanceReport

__all__ = [
    "best_value_assessed",
    "copies_sent",
    "finances_reported",
    "localities_reported",
    "outcomes_assessed",
    "principles_assessed",
    "proportions_add_up",
    "review_reported",
]

_MOST_YEARS: Final = 5


def _years_before(p: Partnership, report: PerformanceReport) -> int:
    """Count the years with which a report has to compare: five, or all since functions passed."""
    years = report.year - FIRST_REPORT
    if years <= 0:
        return 0
    passed = known(p.scheme.delegated_on, "the day functions passed")
    since = years if passed is None else report.year - FinancialYear.of(passed)
    return max(0, min(_MOST_YEARS, years, since))


def _compared(p: Partnership, report: PerformanceReport) -> Iterator[Verdict]:
    """Ask whether a report compares its year with enough years before it."""
    where = of_report(report, "comparison_years")
    if report.comparison_years is not UNKNOWN and (report.comparison_years or 0) >= _MOST_YEARS:
        return
    needed = _years_before(p, report)
    if not needed:
        return
    if report.comparison_years is UNKNOWN:
        yield cannot_tell(where, f"with how many years the report of {report.year} compares")
    elif (report.comparison_years or 0) < needed:
        what = f"compared with {report.comparison_years or 0} of {needed} years before it"
        yield fail(where, what, mend=f"compare with the {needed} years before it")


def _without_hospital_board(p: Partnership) -> Partnership:
    return changed_reports(p, sent_to=[council.id for council in p.local_authorities])


@rule(
    "PBJW-s42-4b-copies",
    cites="2014 asp 9 s.42(4)(b), (5)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="S.model; R.sent_to; S.parties",
    passes="body-corporate",
    fails=_without_hospital_board,
)
def copies_sent(p: Partnership, on: date) -> Iterator[Verdict]:
    """A copy of each report goes to the bodies that made the scheme, or to the monitoring committee and the partner."""
    councils = [council.id for council in p.local_authorities]
    committee = [] if p.monitoring_committee is None else [p.monitoring_committee.id]
    bodies = {
        Model.BODY_CORPORATE: [p.health_board.id, *councils],
        Model.LA_TO_HB: [*committee, *councils],
        Model.HB_TO_LA: [*committee, p.health_board.id],
        Model.BOTH_WAYS: committee,
    }[p.model]

    def sent(report: PerformanceReport) -> Iterator[Verdict]:
        missing = lacking(bodies, report.sent_to, f"who was given the report of {report.year}")
        if missing:
            what = f"no copy for {listed(missing)}"
            yield fail(of_report(report, "sent_to"), what, mend="give each of them a copy")

    yield from of_reports(p, on, sent)


def _without_indicators(p: Partnership) -> Partnership:
    return changed_reports(p, contents=[one for one in p.reports[0].contents if one != "indicators"])


@rule(
    "PR-r3-outcomes",
    cites="SSI 2014/326 reg.3(a)",
    severity="statute",
    topic="planning",
    in_force="2014-12-20",
    duty_on="integration authority",
    fields="R.outcomes; R.indicators; R.comparison_years; R.year",
    passes="body-corporate",
    fails=_without_indicators,
)
def outcomes_assessed(p: Partnership, on: date) -> Iterator[Verdict]:
    """A report assesses what was done for the outcomes, with indicators and the five years before it."""

    def assessed(report: PerformanceReport) -> Iterator[Verdict]:
        yield from _compared(p, report)
        yield from _set_out(report, "indicators", "no indicators", "report performance against key indicators")
        where, mend = of_report(report, "outcomes"), "assess what plan and spending did for each outcome"
        missing = lacking([str(one.number) for one in outcomes()], report.outcomes, "which outcomes it assesses")
        if len(missing) == len(outcomes()):
            yield fail(where, "none of the nine outcomes is assessed", mend=mend)
        elif missing:
            what = f"outcomes {', '.join(missing)} not assessed; that all nine must be is our reading"
            yield warn(where, what, mend=mend)

    yield from of_reports(p, on, assessed)


def _set_out(report: PerformanceReport, part: str, what: str, mend: str) -> Iterator[Verdict]:
    """Ask whether a report sets out a part of its prescribed contents."""
    where = of_report(report, "contents")
    if part in report.contents.items:
        return
    if report.contents.complete:
        yield fail(where, what, mend=mend)
    else:
        yield cannot_tell(where, f"whether the report of {report.year} sets out {part}")


def _without_principles(p: Partnership) -> Partnership:
    return changed_reports(p, contents=[one for one in p.reports[0].contents if one != "principles"])


@rule(
    "PR-r3b-principles",
    cites="SSI 2014/326 reg.3(b)",
    severity="statute",
    topic="planning",
    basis="evidence",
    in_force="2014-12-20",
    duty_on="integration authority",
    fields="R.principles",
    passes="body-corporate",
    fails=_without_principles,
)
def principles_assessed(p: Partnership, on: date) -> Iterator[Verdict]:
    """A report assesses how far the delivery principles were followed."""
    what, mend = "no assessment of the delivery principles", "assess how far the principles were followed"
    yield from of_reports(p, on, lambda report: _set_out(report, "principles", what, mend))


def _without_best_value(p: Partnership) -> Partnership:
    return changed_reports(p, contents=[one for one in p.reports[0].contents if one != "best value"])


@rule(
    "PR-r5-best-value",
    cites="SSI 2014/326 reg.5",
    severity="statute",
    topic="planning",
    basis="evidence",
    in_force="2014-12-20",
    duty_on="integration authority",
    fields="R.best_value",
    passes="body-corporate",
    fails=_without_best_value,
)
def best_value_assessed(p: Partnership, on: date) -> Iterator[Verdict]:
    """A report assesses how far planning and carrying out functions gave best value."""
    what, mend = "no assessment of best value", "assess how far best value was achieved, and how"
    yield from of_reports(p, on, lambda report: _set_out(report, "best value", what, mend))


def _without_carers(p: Partnership) -> Partnership:
    spending = p.reports[0].spending.where(lambda one: one.on != MATTERS[3])
    return changed_reports(p, spending=spending)


@rule(
    "PR-r4-finance",
    cites="SSI 2014/326 reg.4(1)-(3)",
    severity="statute",
    topic="planning",
    in_force="2014-12-20",
    duty_on="integration authority",
    fields="R.spend_by_matter; R.share_by_matter; R.key_groups; R.variance; AFS.amount; R.comparison_years",
    passes="body-corporate",
    fails=_without_carers,
)
def finances_reported(p: Partnership, on: date) -> Iterator[Verdict]:
    """A report gives total and proportion for each matter, how far spending strayed from the statement, and years."""

    def reported(report: PerformanceReport) -> Iterator[Verdict]:
        yield from _compared(p, report)
        wanted = (*MATTERS, *report.key_groups.items)
        yield from _amounts(report, wanted, report.spending, "spending")
        if not report.key_groups.complete:
            yield cannot_tell(of_report(report, "key_groups"), "the other key care groups")
        yield from _variance(p, report)

    yield from of_reports(p, on, reported)


def _amounts(
    report: PerformanceReport, wanted: tuple[str, ...], given: Listing[Spending], field: str
) -> Iterator[Verdict]:
    """Ask for the total and the proportion of each matter or locality; for localities the proportion only."""
    where = of_report(report, field)
    by_name = {one.on: one for one in given.items}
    parts = ("amount", "share") if field == "spending" else ("share",)
    for name in wanted:
        if name not in by_name:
            if given.complete:
                yield fail(where, f"no spending on {name!r}", mend="give what was spent and its share of the whole")
            else:
                yield cannot_tell(where, f"what was spent on {name!r}")
            continue
        for part in parts:
            value = getattr(by_name[name], part)
            said = "total" if part == "amount" else "proportion"
            if value is UNKNOWN:
                yield cannot_tell(where, f"the {said} for {name!r}")
            elif value is None:
                yield fail(where, f"no {said} for {name!r}", mend="give what was spent and its share of the whole")


def _variance(p: Partnership, report: PerformanceReport) -> Iterator[Verdict]:
    """Ask whether a report says how far what was spent strayed from the financial statement of its year."""
    if report.variance is UNKNOWN:
        yield cannot_tell(of_report(report, "variance"), "whether it compares spending with the financial statement")
        return
    stated = [one for one in p.statements.items if one.year == report.year]
    if not stated:
        if not p.statements.complete:
            yield cannot_tell("statements", f"the financial statement of {report.year}")
        return
    intended = known(stated[-1].amount, f"the amount of the financial statement of {report.year}")
    amounts = [one.amount for one in report.spending.items if one.on in MATTERS]
    if intended is None or len(amounts) < len(MATTERS) or None in amounts:
        return
    spent = total(known(one, "what was spent") for one in amounts if one is not None)
    strayed = spent - intended
    where, mend = of_report(report, "variance"), "say by how much, and why, spending strayed from the statement"
    if strayed and report.variance is None:
        yield fail(where, f"{spent} spent, {intended} intended, and nothing said of it", mend=mend)
    elif report.variance is not None and report.variance != strayed:
        what = f"{report.variance} stated; {spent} spent and {intended} intended make {strayed}"
        yield warn(where, what, mend=mend)


def _more_than_there_was(p: Partnership) -> Partnership:
    return changed_reports(p, spending=[Spending(on=matter, amount="£1m", share="0.24") for matter in MATTERS])


@rule(
    "PR-r4-proportions",
    cites="SSI 2014/326 reg.4(1)(b)",
    severity="interpretation",
    topic="planning",
    in_force="2014-12-20",
    duty_on="integration authority",
    fields="R.share_by_matter; R.total_paid_or_set_aside; R.reserves_drawn",
    verified=False,
    passes="body-corporate",
    fails=_more_than_there_was,
)
def proportions_add_up(p: Partnership, on: date) -> Iterator[Verdict]:
    """The proportions for the five matters come to no more than the whole and what reserves added to it."""

    def add_up(report: PerformanceReport) -> Iterator[Verdict]:
        shares = {one.on: one.share for one in report.spending.items if one.on in MATTERS}
        summed = sum((one for one in shares.values() if isinstance(one, Decimal)), Decimal(0))
        if summed <= _ROUNDED:
            missing = UNKNOWN in shares.values() or (len(shares) < len(MATTERS) and not report.spending.complete)
            if missing:
                yield cannot_tell(of_report(report, "spending"), "the other proportions")
            return
        drawn = known(report.reserves_drawn, "what was drawn from reserves")
        paid = known(report.total, "what was paid or set aside in the year")
        extra = Decimal(drawn.pence) / paid.pence if drawn and paid else Decimal(0)
        if summed > _ROUNDED + extra:
            what = f"the five proportions come to {summed}"
            yield fail(of_report(report, "spending"), what, mend="check them against money paid or set aside")

    yield from of_reports(p, on, add_up)


_ROUNDED: Final = Decimal("1.005")
"""The whole, and half a hundredth for proportions that were rounded."""


def _one_locality_left_out(p: Partnership) -> Partnership:
    return changed_reports(p, localities=p.reports[0].localities[1:])


@rule(
    "PR-r6-localities",
    cites="SSI 2014/326 reg.6",
    severity="statute",
    topic="planning",
    in_force="2014-12-20",
    duty_on="integration authority",
    fields="R.localities; R.share_by_locality; PL.localities; R.comparison_years",
    passes="body-corporate",
    fails=_one_locality_left_out,
)
def localities_reported(p: Partnership, on: date) -> Iterator[Verdict]:
    """A report assesses each locality of the plan, with its proportion of spending and the years before."""

    def reported(report: PerformanceReport) -> Iterator[Verdict]:
        yield from _compared(p, report)
        plans = standing_plans(p, report.year.end)
        for plan in plans.items:
            wanted = plan.localities.items
            yield from _amounts(report, wanted, report.spending_in, "spending_in")
            missing = lacking(wanted, report.localities, f"which localities the report of {report.year} assesses")
            if missing:
                what = f"{listed(missing)} not assessed"
                yield fail(of_report(report, "localities"), what, mend="assess each locality of the plan")
            if not plan.localities.complete:
                yield cannot_tell(at(plan, "localities"), "the other localities of the plan")
        if not plans.complete:
            yield cannot_tell("plans", f"which plan stood at the end of {report.year}")

    yield from of_reports(p, on, reported)


def _silent_on_review(p: Partnership) -> Partnership:
    return changed_reports(p, contents=[one for one in p.reports[0].contents if not one.startswith("review")])


@rule(
    "PR-r8-review",
    cites="SSI 2014/326 reg.8",
    severity="statute",
    topic="planning",
    basis="evidence",
    in_force="2014-12-20",
    duty_on="integration authority",
    fields="PL.reviews.completed_on; R.year; R.review_reasons; R.review_outcome; R.review_changes",
    passes="body-corporate",
    fails=_silent_on_review,
)
def review_reported(p: Partnership, on: date) -> Iterator[Verdict]:
    """A report on a year in which the plan was reviewed says why, what was decided, and what was changed."""

    def reported(report: PerformanceReport) -> Iterator[Verdict]:
        reviews = [review for plan in p.plans.items for review in plan.reviews.items]
        in_year = [one for one in reviews if isinstance(one.completed_on, date) and one.completed_on in report.year]
        parts = ["reasons", "decision"] if in_year else []
        if any(one.outcome not in ("no change", None) for one in in_year if one.outcome is not UNKNOWN):
            parts.append("changes")
        for part in parts:
            what, mend = f"nothing on the {part} of the review", "say why the plan was reviewed and what came of it"
            yield from _set_out(report, f"review {part}", what, mend)
        whole = p.plans.complete and all(plan.reviews.complete for plan in p.plans.items)
        told = {f"review {part}" for part in ("reasons", "decision", "changes")} <= set(report.contents.items)
        if not told and (not whole or any(UNKNOWN in (one.completed_on, one.outcome) for one in reviews)):
            yield cannot_tell("plans", f"whether and how the plan was reviewed in {report.year}")

    yield from of_reports(p, on, reported)
