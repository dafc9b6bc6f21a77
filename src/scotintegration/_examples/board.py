"""The made-up integration joint boards (private)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scotintegration._examples.areas import YEARS, Area
from scotintegration._examples.delegation import scheme_of
from scotintegration._examples.duties import evidence_of
from scotintegration._examples.money import Book, Season
from scotintegration._examples.papers import (
    accounts_of,
    localities_of,
    planning_group,
    plans_of,
    standing_orders,
)
from scotintegration._examples.people import (
    BOARD,
    audit_committee,
    chairs_of,
    committee_meetings,
    meeting_days,
    meetings_of,
    members_of,
    posts_of,
    seats_of,
)
from scotintegration._examples.reporting import decisions_of, recommendations_of, reports_of, statements_of
from scotintegration.bodies import IJB, Seats
from scotintegration.ministers import MinistersDirection
from scotintegration.partnership import Partnership
from scotintegration.schemes import Model

AS_AT = date(2026, 11, 22)
"""The day on which every example is asked about unless somebody says otherwise."""

TO_THE_BOARD = MinistersDirection(
    about="report what keeps people in hospital who are ready to leave",
    in_writing=True,
    due_on="2024-12-31",
    done_on="2024-03-20",
)
"""What the Scottish Ministers directed every board to do."""


def board_partnership(
    area: Area,
    *,
    seasons: Iterable[Season] | None = None,
    special: Iterable[date] = (),
    chief_until: date | None = None,
) -> Partnership:
    """Build a partnership with an integration joint board, its money and its directions."""
    ijb = f"{area.short}-ijb"
    scheme = scheme_of(area, Model.BODY_CORPORATE, ijb)
    seats = seats_of(area, BOARD)
    members = tuple(members_of(area, ijb, seats, everybody_votes=False, chief_until=chief_until))
    chairs = tuple(chairs_of(area, ijb, seats, together=False))
    localities = localities_of(area)
    recommended = recommendations_of(None)
    audit = audit_committee(area, ijb, members)
    directed = tuple(seasons or map(Season.usual, YEARS))
    book = Book(area=area, ijb=ijb, names={one.id: one.name for one in scheme.functions}, chief_until=chief_until)
    for season in directed:
        book.write(season)
    return Partnership(
        id=ijb,
        name=area.name,
        as_at=AS_AT,
        health_board=area.health_board,
        local_authorities=area.bodies,
        ijb=IJB(
            ijb,
            name=f"{area.name} Integration Joint Board",
            established_on="2015-06-27",
            order=f"made-up order establishing {area.name} Integration Joint Board",
            seats=[
                Seats(area.health_board.id, area.nhs_seats),
                *(Seats(council.id, area.seats) for council in area.bodies),
            ],
            ned_shortfall=area.neds < area.nhs_seats,
            s10_5_order=False,
            vacancies=(),
            category_1=True,
            corporate_parent=True,
            ministers_directions=[TO_THE_BOARD],
        ),
        scheme=scheme,
        posts=posts_of(area, ijb, seats, chief_until=chief_until),
        members=members,
        chairs=chairs,
        budgets=[book.budget(season) for season in directed],
        accounts=accounts_of(),
        plans=plans_of(area, Model.BODY_CORPORATE, [one.id for one in scheme.functions], localities),
        localities=localities,
        planning_group=planning_group(area, Model.BODY_CORPORATE, localities),
        reports=reports_of(area, [area.health_board.id, *(one.id for one in area.bodies)], localities, recommended),
        statements=statements_of(area),
        decisions=decisions_of(localities),
        recommendations=recommended,
        meetings=[*meetings_of(ijb, members, chairs, [*meeting_days(), *special]), *committee_meetings(audit)],
        standing_orders=standing_orders(ijb, "refer back"),
        committees=[audit],
        directions=book.register(),
        evidence=evidence_of(Model.BODY_CORPORATE),
        source={"name": "made up"},
    )
