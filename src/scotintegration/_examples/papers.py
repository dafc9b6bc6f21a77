"""Plans, localities, the planning group, reports and standing orders of the made-up areas (private)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from scotintegration._examples.areas import Area
from scotintegration.dates import FinancialYear
from scotintegration.meetings import StandingOrders
from scotintegration.plans import Locality, PerformanceReport, PlanningMember, StrategicPlan, StrategicPlanningGroup
from scotintegration.schemes import Model, Review

PLAN_YEARS: Final = (2016, 2019, 2022, 2025)
"""The years on whose 1 April a new strategic plan begins."""

REPORT_YEARS: Final = FinancialYear.between("2016/17", "2026/27")

GROUPS: Final = (
    "health professionals",
    "users of health care",
    "carers of users of health care",
    "commercial providers of health care",
    "non-commercial providers of health care",
    "social care professionals",
    "users of social care",
    "carers of users of social care",
    "commercial providers of social care",
    "non-commercial providers of social care",
    "non-commercial providers of social housing",
    "third sector bodies",
)
"""The twelve groups of SSI 2014/308, in our words."""

HEADINGS: Final = (
    "adjournment",
    "calling of meetings",
    "conflict of interest",
    "dispute resolution",
    "minutes",
    "notice of meetings",
    "presiding",
    "quorum",
    "remote attendance",
)

QUARTERS: Final = ("east", "north", "south", "west")


def localities_of(area: Area) -> tuple[Locality, ...]:
    """Divide an area into four localities, or a joint one into two for each council."""
    if len(area.bodies) == 1:
        return tuple(Locality(f"{area.short}-{part}", name=f"{area.name} {part.title()}") for part in QUARTERS)
    return tuple(
        Locality(f"{council.id.removesuffix('-council')}-{part}", name=f"{_place(council.name)} {part.title()}")
        for council in area.bodies
        for part in ("north", "south")
    )


def _place(council: str) -> str:
    return council.removesuffix(" Council")


def plans_of(functions: Sequence[str], localities: Iterable[Locality]) -> Iterator[StrategicPlan]:
    """Give the plans, each reviewed and replaced within three years; the last still stands."""
    places = [one.id for one in localities]
    for year in PLAN_YEARS:
        last = year == PLAN_YEARS[-1]
        review = Review(completed_on=date(year + 3, 1, 17), decided_on=date(year + 3, 2, 21), outcome="replace")
        yield StrategicPlan(
            id=f"plan-{year}",
            start=date(year, 4, 1),
            finalised_on=date(year, 3, 14),
            published_on=date(year, 3, 28),
            replaced_on=None if last else date(year + 3, 4, 1),
            functions=functions,
            outcomes=[str(number) for number in range(1, 10)],
            localities=places,
            reviews=() if last else [review],
        )


def planning_group(area: Area, model: Model, localities: Iterable[Locality]) -> StrategicPlanningGroup:
    """Seat a planning group: nominees of the parties, a person for each group and one for each locality."""
    nominators = [] if model is Model.LA_TO_HB else [area.health_board.id]
    nominators += [council.id for council in area.bodies]
    people = [
        *(PlanningMember(person=f"nominee of {body}", nominated_by=body) for body in nominators),
        *(PlanningMember(person=f"planner {number}", group=group) for number, group in enumerate(GROUPS, 1)),
        *(PlanningMember(person=f"resident of {one.name}", localities=[one.id]) for one in localities),
    ]
    return StrategicPlanningGroup(established_on="2015-08-19", members=people)


def reports_of() -> Iterator[PerformanceReport]:
    """Publish a performance report before the end of each July."""
    for year in REPORT_YEARS:
        yield PerformanceReport(year=year, published_on=date(year.end.year, 7, 28))


def standing_orders(board: str, tie: str) -> StandingOrders:
    """Make standing orders with every heading that the law asks for."""
    return StandingOrders(board=board, headings=HEADINGS, tie_mechanism=tie)
