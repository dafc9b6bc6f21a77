"""Performance reports, financial statements, decisions and recommendations of the made-up areas (private)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

import attrs

from scotintegration._examples.areas import FIRST, Area, cost
from scotintegration._examples.papers import PLAN_YEARS
from scotintegration.dates import FinancialYear
from scotintegration.money import Money, total
from scotintegration.performance import (
    MATTERS,
    AnnualFinancialStatement,
    Decision,
    PerformanceReport,
    Recommendation,
    Spending,
)
from scotintegration.plans import CONSULTEES, Locality

REPORT_YEARS: Final = FinancialYear.between("2016/17", "2026/27")

STATEMENT_YEARS: Final = FinancialYear.between("2016/17", "2028/29")

SPENT: Final[Mapping[str, int]] = MappingProxyType(
    dict(zip(MATTERS, (50_400, 83_700, 36_900, 1_800, 48_200), strict=True))
)
"""What each matter of a performance report cost in the first year of money, in thousands of pounds."""

AVAILABLE: Final = 223_600
"""What was paid or set aside in that year, in thousands of pounds."""

CONTENTS: Final = (
    "best value",
    "indicators",
    "principles",
    "reasons for decisions",
    "review changes",
    "review decision",
    "review reasons",
)


def reports_of(
    area: Area, copies: Iterable[str], localities: Sequence[Locality], recommended: Sequence[Recommendation]
) -> Iterator[PerformanceReport]:
    """Publish a performance report before the end of each July, with all that it has to set out."""
    decided = [one.on for one in decisions_of(localities) if one.outside_plan]
    sent = tuple(copies)
    for year in REPORT_YEARS:
        paid = cost(AVAILABLE, max(year, FIRST), parts=area.size)
        spent = {matter: cost(amount, max(year, FIRST), parts=area.size) for matter, amount in SPENT.items()}
        places = [_spent(one.id, Money(paid.pence // len(localities) // 100 * 98), paid) for one in localities]
        listed = [one.id for one in recommended if isinstance(one.made_on, date) and one.made_on in year]
        yield PerformanceReport(
            year=year,
            published_on=date(year.end.year, 7, 28),
            sent_to=sent,
            contents=CONTENTS,
            outcomes=[str(number) for number in range(1, 10)],
            comparison_years=min(year - REPORT_YEARS[0], 5),
            decisions=sum(on in year for on in decided if isinstance(on, date)),
            total=paid,
            reserves_drawn=0,
            spending=[_spent(matter, amount, paid) for matter, amount in spent.items()],
            key_groups=(),
            variance=total(spent.values()) - paid,
            localities=[one.id for one in localities],
            spending_in=places,
            recommendations=listed,
            actions=listed,
        )


def _spent(on: str, amount: Money, paid: Money) -> Spending:
    return Spending(on=on, amount=amount, share=round(Decimal(amount.pence) / paid.pence, 3))


def statements_of(area: Area) -> Iterator[AnnualFinancialStatement]:
    """Publish a statement each March of what is to be spent in the year that follows."""
    for year in STATEMENT_YEARS:
        plan = max(first for first in PLAN_YEARS if first <= year.start.year)
        amount = cost(AVAILABLE, max(year, FIRST), parts=area.size)
        published = date(year.start.year, 3, 28)
        yield AnnualFinancialStatement(year=year, published_on=published, amount=amount, plan=f"plan-{plan}")


def decisions_of(localities: Sequence[Locality]) -> tuple[Decision, ...]:
    """Take two decisions that matter: one outside the plan, and one that affects a locality."""
    asked = Decision(
        id="day-hospital",
        on="2024-09-18",
        significant=True,
        outside_plan=True,
        spg_views=True,
        users_involved=True,
        locality=None,
        groups_involved=CONSULTEES,
        residents_involved=True,
    )
    place = localities[0].id
    return asked, attrs.evolve(asked, id="health-centre", on="2025-05-21", outside_plan=False, locality=place)


def recommendations_of(committee: str | None) -> tuple[Recommendation, ...]:
    """Give what an inspection recommended and, under lead agencies, what the monitoring committee did."""
    inspected = Recommendation(id="inspection-2023", by="care-inspectorate", made_on="2023-11-08")
    if committee is None:
        return (inspected,)
    return (inspected, Recommendation(id="committee-2024", by=committee, made_on="2024-05-15"))
