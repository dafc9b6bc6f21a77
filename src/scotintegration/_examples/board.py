"""The made-up integration joint boards (private)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scotintegration._examples.areas import YEARS, Area
from scotintegration._examples.delegation import scheme_of
from scotintegration._examples.duties import evidence_of
from scotintegration._examples.money import Book, Season
from scotintegration._examples.papers import (
    localities_of,
    planning_group,
    plans_of,
    reports_of,
    standing_orders,
)
from scotintegration._examples.people import (
    BOARD,
    audit_committee,
    chairs_of,
    meeting_days,
    meetings_of,
    members_of,
    posts_of,
    seats_of,
)
from scotintegration.bodies import IJB, Seats
from scotintegration.partnership import Partnership
from scotintegration.schemes import Model

AS_AT = date(2026, 11, 22)
"""The day on which every example is asked about unless somebody says otherwise."""


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
    members = tuple(members_of(ijb, seats, everybody_votes=False, chief_until=chief_until))
    chairs = tuple(chairs_of(area, ijb, seats, together=False))
    localities = localities_of(area)
    directed = tuple(seasons or map(Season.usual, YEARS))
    book = Book(area=area, ijb=ijb, names={one.id: one.name for one in scheme.functions})
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
        ),
        scheme=scheme,
        posts=posts_of(area, ijb, seats, chief_until=chief_until),
        members=members,
        chairs=chairs,
        budgets=[book.budget(season) for season in directed],
        plans=plans_of([one.id for one in scheme.functions], localities),
        localities=localities,
        planning_group=planning_group(area, Model.BODY_CORPORATE, localities),
        reports=reports_of(),
        meetings=meetings_of(ijb, members, chairs, [*meeting_days(), *special]),
        standing_orders=standing_orders(ijb, "refer back"),
        committees=[audit_committee(area, ijb, members)],
        directions=book.register(),
        evidence=evidence_of(Model.BODY_CORPORATE),
        source={"name": "made up"},
    )
