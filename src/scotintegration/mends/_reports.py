"""Which performance reports were published: what mends about them have to settle before the rest (private)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.dates import FinancialYear, add_months
from scotintegration.mends._keeping import whole
from scotintegration.money import Money, total
from scotintegration.performance import MATTERS
from scotintegration.rules.consulting import FIRST_REPORT
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.performance import PerformanceReport

_MONTHS: Final = 4


def last_day_for(year: FinancialYear) -> date:
    """Give the last day on which the report of a year may be published: 31 July."""
    return add_months(year.end, _MONTHS)


def is_due(p: Partnership, year: FinancialYear) -> bool:
    """Tell whether the report of a year was to be published, as far as functions are known to have passed."""
    passed = p.scheme.delegated_on
    begun = passed is UNKNOWN or (passed is not None and FinancialYear.of(passed) <= year)
    return begun and year >= FIRST_REPORT and last_day_for(year) < p.as_at


def published(p: Partnership) -> list[PerformanceReport]:
    """List the reports published by the day that governs."""
    return [one for one in p.reports.items if isinstance(one.published_on, date) and one.published_on <= p.as_at]


def each_published(p: Partnership, change: Callable[[PerformanceReport], PerformanceReport]) -> Partnership:
    """Change every report published by the day that governs."""
    years = [report.year for report in published(p)]
    return p.evolve(reports=p.reports.map(lambda one: change(one) if one.year in years else one))


def with_reports_told(p: Partnership) -> Partnership:
    """Take the reports on record for all of them, published on the last day for it where they were due."""

    def told(report: PerformanceReport) -> PerformanceReport:
        if report.published_on is not UNKNOWN:
            return report
        return attrs.evolve(report, published_on=last_day_for(report.year) if is_due(p, report.year) else None)

    return p.evolve(reports=whole(p.reports.map(told)))


def spent(report: PerformanceReport) -> Money | None:
    """Give what a report says was spent on the five matters together, None where it does not say."""
    amounts = [one.amount for one in report.spending.items if one.on in MATTERS]
    stated = [amount for amount in amounts if isinstance(amount, Money)]
    return total(stated) if len(stated) == len(amounts) == len(MATTERS) else None
