"""Mends of decisions that matter, and of how many a performance report counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration.mends._keeping import in_steps, more, whole, with_one_model
from scotintegration.mends._reports import each_published, with_reports_told
from scotintegration.mends._table import mends
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.dates import FinancialYear
    from scotintegration.partnership import Partnership
    from scotintegration.performance import Decision, PerformanceReport

__all__ = ["ask_before_deciding", "consult_locality", "count_decisions"]


def _each(p: Partnership, change: Callable[[Decision], Decision]) -> Partnership:
    return p.evolve(decisions=p.decisions.map(change))


def _with_decisions_told(p: Partnership) -> Partnership:
    """Take the decisions on record for all of them, and under the plan those that nobody judged or counted."""

    def told(one: Decision) -> Decision:
        flags = {"outside_plan": one.outside_plan, "significant": one.significant}
        unsure = [name for name, flag in flags.items() if flag is UNKNOWN]
        if not unsure or any(flag is not UNKNOWN and not flag for flag in flags.values()):
            return one
        if _is_counted(p, one):
            return attrs.evolve(one, outside_plan=True, significant=True)
        return attrs.evolve(one, **{unsure[0]: False})  # type: ignore[arg-type]

    p = _each(p, told)
    return p.evolve(decisions=whole(p.decisions))


def _is_outside(one: Decision) -> bool:
    """Tell whether a decision is known to be significant and outside the plan."""
    return (one.significant, one.outside_plan) == (True, True)


def _is_counted(p: Partnership, one: Decision) -> bool:
    """Tell whether the report of its year counts more decisions outside the plan than are known."""
    for report in p.reports.items:
        if isinstance(one.on, date) and one.on in report.year and isinstance(report.decisions, int):
            return report.decisions > _number(p, report.year)
    return False


def _number(p: Partnership, year: FinancialYear) -> int:
    """Count the decisions of a year that are known to be significant and outside the plan."""
    days = [one.on for one in p.decisions.items if _is_outside(one)]
    return sum(isinstance(day, date) and day in year for day in days)


def _is_taken(p: Partnership, one: Decision) -> bool:
    return not (isinstance(one.on, date) and one.on > p.as_at)


@mends("PBJW-s36-significant")
def ask_before_deciding(p: Partnership) -> Partnership:
    """Ask the planning group and users before each significant decision outside the plan."""

    def asked(one: Decision) -> Decision:
        must = _is_outside(one) and _is_taken(p, one)
        return attrs.evolve(one, spg_views=True, users_involved=True) if must else one

    def all_asked(p: Partnership) -> Partnership:
        return _each(p, asked)

    return in_steps(p, "PBJW-s36-significant", with_one_model, all_asked, _with_decisions_told, all_asked)


@mends("PBJW-s41-locality-consult")
def consult_locality(p: Partnership) -> Partnership:
    """Consult the residents before each decision that affects a locality much."""

    def consulted(one: Decision) -> Decision:
        heard = one.groups_involved.items or (one.residents_involved is not UNKNOWN and one.residents_involved)
        if heard or one.locality is None or not _is_taken(p, one):
            return one
        if one.locality is UNKNOWN:
            return attrs.evolve(one, locality=None)
        return attrs.evolve(one, residents_involved=True)

    def all_told(p: Partnership) -> Partnership:
        return p.evolve(decisions=whole(p.decisions))

    return in_steps(p, "PBJW-s41-locality-consult", lambda p: _each(p, consulted), all_told)


@mends("PR-r3c-s36-count")
def count_decisions(p: Partnership) -> Partnership:
    """Count in each report the significant decisions outside the plan of its year, and give the reasons for them."""

    def with_days(p: Partnership) -> Partnership:
        return _each(p, lambda one: attrs.evolve(one, on=p.as_at) if one.on is UNKNOWN and _is_outside(one) else one)

    def counted(p: Partnership) -> Partnership:
        def with_count(report: PerformanceReport) -> PerformanceReport:
            number = _number(p, report.year)
            if not number:
                stated = report.decisions if report.decisions in (None, UNKNOWN) else 0
                return attrs.evolve(report, decisions=stated)
            return attrs.evolve(report, decisions=number, contents=more(report.contents, ["reasons for decisions"]))

        return each_published(p, with_count)

    steps = (with_one_model, with_reports_told, _with_decisions_told, with_days, counted)
    return in_steps(p, "PR-r3c-s36-count", *steps)
