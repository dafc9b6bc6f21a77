"""Plans, localities, the planning group, accounts and standing orders of the made-up areas (private)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from scotintegration._examples.areas import Area
from scotintegration.accounts import AnnualAccounts
from scotintegration.dates import FinancialYear
from scotintegration.meetings import StandingOrders
from scotintegration.plans import (
    CONSULTEES,
    PLANNING_GROUPS,
    Locality,
    PlanningMember,
    StrategicPlan,
    StrategicPlanningGroup,
)
from scotintegration.schemes import Model, Review

PLAN_YEARS: Final = (2016, 2019, 2022, 2025)
"""The years on whose 1 April a new strategic plan begins."""

ACCOUNT_YEARS: Final = FinancialYear.between("2015/16", "2026/27")

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
    alone = len(area.bodies) == 1
    parts = QUARTERS if alone else ("north", "south")
    return tuple(
        Locality(
            f"{council.id.removesuffix('-council')}-{part}",
            name=f"{area.name if alone else _place(council.name)} {part.title()}",
            zones=council.zones.items[number :: len(parts)],
        )
        for council in area.bodies
        for number, part in enumerate(parts)
    )


def _place(council: str) -> str:
    return council.removesuffix(" Council")


def plans_of(
    area: Area, model: Model, functions: Sequence[str], localities: Iterable[Locality]
) -> Iterator[StrategicPlan]:
    """Give the plans, each reviewed and replaced within three years; the last still stands."""
    places = [one.id for one in localities]
    partners = [] if model is Model.BOTH_WAYS else [council.id for council in area.bodies]
    if model is Model.BODY_CORPORATE:
        partners.append(area.health_board.id)
    for year in PLAN_YEARS:
        last = year == PLAN_YEARS[-1]
        review = Review(completed_on=date(year + 3, 1, 17), decided_on=date(year + 3, 2, 21), outcome="replace")
        yield StrategicPlan(
            id=f"plan-{year}",
            is_first=year == PLAN_YEARS[0],
            start=date(year, 4, 1),
            delegation_day=None,
            proposals_on=date(year - 1, 9, 9),
            draft1_on=date(year - 1, 10, 14),
            draft2_on=date(year - 1, 11, 25),
            draft2_sent_to=[*partners, *CONSULTEES],
            finalised_on=date(year, 3, 14),
            published_on=date(year, 3, 28),
            statement_published_on=date(year, 3, 28),
            replaced_on=None if last else date(year + 3, 4, 1),
            functions=functions,
            outcomes=[str(number) for number in range(1, 10)],
            localities=places,
            by_locality=places,
            reviews=() if last else [review],
        )


def planning_group(area: Area, model: Model, localities: Iterable[Locality]) -> StrategicPlanningGroup:
    """Seat a planning group: nominees of the parties, a person for each group and one for each locality."""
    nominators = [] if model is Model.LA_TO_HB else [area.health_board.id]
    nominators += [council.id for council in area.bodies]
    people = [
        *(PlanningMember(person=f"nominee of {body}", nominated_by=body) for body in nominators),
        *(PlanningMember(person=f"planner {number}", group=group) for number, group in enumerate(PLANNING_GROUPS, 1)),
        *(PlanningMember(person=f"resident of {one.name}", localities=[one.id]) for one in localities),
    ]
    return StrategicPlanningGroup(established_on="2015-08-19", members=people)


def accounts_of() -> Iterator[AnnualAccounts]:
    """Give each year's accounts, from the first of the board: unaudited in June, published in October."""
    for year in ACCOUNT_YEARS:
        after = year.end.year
        yield AnnualAccounts(
            year=year,
            submitted_on=date(after, 6, 21),
            considered_on=date(after, 8, 23),
            approved_on=date(after, 9, 20),
            published_on=date(after, 10, 11),
            certified_by="chief-finance-officer",
        )


def standing_orders(board: str, tie: str) -> StandingOrders:
    """Make standing orders with every heading that the law asks for."""
    return StandingOrders(board=board, headings=HEADINGS, tie_mechanism=tie)
