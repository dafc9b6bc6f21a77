"""Rules about sums set aside once they are spent: reports, and what may be reclaimed; and who answers for money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration.rules._boards import rest
from scotintegration.rules._engine import rule
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.budgets import Budget
    from scotintegration.partnership import Partnership

__all__ = ["accountable_officer", "excess_reclaimed", "reports_given", "unused_reclaimed"]


@rule(
    "PBJW-s28-3-unused",
    cites="2014 asp 9 s.28(3)",
    severity="statute",
    topic="money",
    models="acd",
    in_force="2014-09-22",
    modality="may",
    duty_on="integration authority",
    fields="D.id; D.specified_amount; set_asides.used; reclaims.by; reclaims.amount",
    passes="large-hospital",
    fails=None,
)
def unused_reclaimed(p: Partnership, on: date) -> Iterator[Verdict]:
    """An authority may reclaim what is left of a sum that it specified to be used."""
    yield from ()


@rule(
    "PBJW-s28-4-excess",
    cites="2014 asp 9 s.28(4)",
    severity="statute",
    topic="money",
    models="acd",
    in_force="2014-09-22",
    modality="may",
    duty_on="Health Board",
    fields="D.id; D.specified_amount; set_asides.used; reclaims.by; reclaims.amount",
    passes="large-hospital",
    fails=None,
)
def excess_reclaimed(p: Partnership, on: date) -> Iterator[Verdict]:
    """A Health Board may reclaim what it used beyond a sum that the authority specified."""
    yield from ()


def _last_report_missing(p: Partnership) -> Partnership:
    due = [one.due_on for budget in p.budgets for one in budget.set_aside_reports]
    last = max(day for day in due if isinstance(day, date) and day < p.as_at)
    budgets = p.budgets.map(
        lambda budget: attrs.evolve(
            budget,
            set_aside_reports=budget.set_aside_reports.map(
                lambda one: attrs.evolve(one, given_on=None) if one.due_on == last else one
            ),
        )
    )
    return p.evolve(budgets=budgets)


@rule(
    "PBJW-s28-5-report",
    cites="2014 asp 9 s.28(5)-(6)",
    severity="statute",
    topic="money",
    models="acd",
    in_force="2014-09-22",
    duty_on="Health Board",
    fields="set_asides.reports_due; set_asides.reports_given",
    passes="large-hospital",
    fails=_last_report_missing,
)
def reports_given(p: Partnership, on: date) -> Iterator[Verdict]:
    """The Health Board reports on how it uses sums set aside whenever the authority asked it to."""
    for budget in p.budgets.items:
        yield from _reported(budget, on)
    yield from rest(p.budgets, "budgets", "whether sums were set aside in other years")


def _reported(budget: Budget, on: date) -> Iterator[Verdict]:
    where = f"budgets[{str(budget.year)!r}].set_aside_reports"
    mend = "give the report, and the others at the times asked for"
    for one in budget.set_aside_reports.items:
        if one.due_on is None or (isinstance(one.due_on, date) and one.due_on >= on):
            continue
        if one.due_on is UNKNOWN or one.given_on is UNKNOWN:
            yield cannot_tell(where, "the day a report was asked for, or given, is not recorded")
        elif one.given_on is None or one.given_on > on:
            yield fail(where, f"the report due on {one.due_on.isoformat()} was not given", mend=mend)
        elif one.given_on > one.due_on:
            what = f"the report due on {one.due_on.isoformat()} was given on {one.given_on.isoformat()}"
            yield fail(where, what, mend=mend)
    if not budget.set_aside_reports.complete and (
        budget.derived or budget.set_asides.items or not budget.set_asides.complete
    ):
        yield cannot_tell(where, f"which reports were asked for in {budget.year} is not recorded")


@rule(
    "PFA-hb-accountable",
    cites="2000 asp 1 s.15(3)",
    severity="statute",
    topic="money",
    in_force="2014-09-22",
    modality="may",
    duty_on="Scottish Administration",
    fields="HB.accountable_officer; HB.staff; B.co.person",
    passes="body-corporate",
    fails=None,
)
def accountable_officer(p: Partnership, on: date) -> Iterator[Verdict]:
    """A Health Board may have an accountable officer, who answers to the Scottish Parliament for its money."""
    yield from ()
