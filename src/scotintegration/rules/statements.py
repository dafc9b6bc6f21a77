"""Rules about annual financial statements, and about answers to recommendations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.dates import FinancialYear
from scotintegration.rules._engine import rule
from scotintegration.rules._planning import changed_reports, first_plan, lacking, of_report, of_reports
from scotintegration.rules._reading import listed
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.performance import AnnualFinancialStatement, PerformanceReport

__all__ = ["INSPECTORS", "committee_answered", "inspections_answered", "statement_states_amount", "statements_yearly"]

INSPECTORS: Final = (
    "accounts-commission",
    "audit-scotland",
    "care-inspectorate",
    "healthcare-improvement-scotland",
)
"""Ids of the bodies whose recommendations a report answers: SSI 2014/326, reg. 7."""


# -- financial statements ----------------------------------------------------------------------------------------


def _year_left_out(p: Partnership) -> Partnership:
    """Leave out the statement of a year, and the one published in it."""
    lost = FinancialYear.between("2019/20", "2020/21")
    return p.evolve(statements=[one for one in p.statements if one.year not in lost])


@rule(
    "PBJW-s39-afs-yearly",
    cites="2014 asp 9 s.39(1)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="AFS.published_on; AFS.year; PL.is_first; PL.published_on",
    passes="body-corporate",
    fails=_year_left_out,
)
def statements_yearly(p: Partnership, on: date) -> Iterator[Verdict]:
    """An annual financial statement goes with the first plan, and at least one is published in each later year."""
    plan = first_plan(p)
    if plan is None:
        return
    first = known(plan.published_on, f"the day {plan.id!r} was published")
    if first is None or first > on:
        return
    unsure = not p.statements.complete or any(one.published_on is UNKNOWN for one in p.statements.items)
    published = [one for one in p.statements.items if isinstance(one.published_on, date) and one.published_on <= on]
    days = [one.published_on for one in published if isinstance(one.published_on, date)]
    if not any(day <= first for day in days):
        if unsure:
            yield cannot_tell("statements", "whether one was published with the first plan")
        else:
            what = f"none by {first.isoformat()}, when the first plan was published"
            yield fail("statements", what, mend="publish a financial statement with the first plan")
    covered = {one.year for one in published} | {FinancialYear.of(day) for day in days}
    year = FinancialYear.of(first).next
    while year.end < on:
        if year not in covered:
            if unsure:
                yield cannot_tell("statements", f"whether one was published in {year}")
            else:
                what = f"none of {year}, nor any published in it"
                yield fail("statements", what, mend="publish a financial statement each year")
        year = year.next


def _nothing_stated(p: Partnership) -> Partnership:
    return p.evolve(statements=p.statements.map(lambda one: attrs.evolve(one, amount=None)))


@rule(
    "PBJW-s39-2-amount",
    cites="2014 asp 9 s.39(2)",
    severity="statute",
    topic="planning",
    basis="evidence",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="AFS.amount; AFS.plan",
    passes="body-corporate",
    fails=_nothing_stated,
)
def statement_states_amount(p: Partnership, on: date) -> Iterator[Verdict]:
    """A financial statement gives the amount that is to be spent to carry out the plan, and names the plan."""
    for one in p.statements.items:
        if one.published_on is None or (one.published_on is not UNKNOWN and one.published_on > on):
            continue
        yield from _stated(one)
    if not p.statements.complete:
        yield cannot_tell("statements", "the other financial statements")


def _stated(one: AnnualFinancialStatement) -> Iterator[Verdict]:
    said = {"amount": "the amount to be spent", "plan": "the plan it is to carry out"}
    for field, what in said.items():
        where, value = f"statements[{str(one.year)!r}].{field}", getattr(one, field)
        if one.published_on is UNKNOWN or value is UNKNOWN:
            yield cannot_tell(where, f"whether it was published and states {what}")
        elif value is None:
            yield fail(where, f"it does not state {what}", mend="state the total to be spent to carry out the plan")


# -- recommendations ---------------------------------------------------------------------------------------------


def _answered(p: Partnership, on: date, bodies: tuple[str, ...]) -> Iterator[Verdict]:
    """Ask whether each report lists the recommendations that some bodies made in its year, and what was done."""

    def answered(report: PerformanceReport) -> Iterator[Verdict]:
        made = p.recommendations.where(
            lambda one: (
                not (isinstance(one.made_on, date) and one.made_on not in report.year)
                and known(one.by, f"who made {one.id!r}") in bodies
                and known(one.made_on, f"the day of {one.id!r}") is not None
            )
        )
        wanted = [one.id for one in made.items]
        for field, said in (("recommendations", "not listed"), ("actions", "listed without what was done")):
            missing = lacking(wanted, getattr(report, field), f"what the report of {report.year} answers")
            if missing:
                mend = "list each recommendation with the action taken"
                yield fail(of_report(report, field), f"{listed(missing)} {said}", mend=mend)
        if not made.complete:
            yield cannot_tell("recommendations", f"the recommendations made in {report.year}")

    yield from of_reports(p, on, answered)


def _listed_only(p: Partnership) -> Partnership:
    return changed_reports(p, actions=[one.id for one in p.recommendations if one.by not in INSPECTORS])


@rule(
    "PR-r7-inspection",
    cites="SSI 2014/326 reg.7",
    severity="statute",
    topic="planning",
    in_force="2014-12-20",
    duty_on="integration authority",
    fields="R.recommendations; R.actions; inspections.recommendations",
    passes="body-corporate",
    fails=_listed_only,
)
def inspections_answered(p: Partnership, on: date) -> Iterator[Verdict]:
    """A report lists what inspectors and auditors recommended in its year, and what was done about each."""
    yield from _answered(p, on, INSPECTORS)


def _committee_left_out(p: Partnership) -> Partnership:
    ids = [one.id for one in p.recommendations if one.by in INSPECTORS]
    return changed_reports(p, recommendations=ids, actions=ids)


@rule(
    "PR-r9-ijmc",
    cites="SSI 2014/326 reg.9",
    severity="statute",
    topic="planning",
    models="bcd",
    in_force="2014-12-20",
    duty_on="integration authority",
    fields="C.reports.recommendations; R.ijmc_recommendations; R.ijmc_responses; R.year",
    passes="lead-agency-to-board",
    fails=_committee_left_out,
)
def committee_answered(p: Partnership, on: date) -> Iterator[Verdict]:
    """A report lists what the monitoring committee recommended in its year, and the response to each."""
    if p.monitoring_committee is not None:
        yield from _answered(p, on, (p.monitoring_committee.id,))
