"""Members, chairs, posts and meetings of the made-up boards and committees (private)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Final

import attrs

from scotintegration._examples.areas import Area
from scotintegration.meetings import Committee, Interest, Meeting, Proxy, Vote
from scotintegration.officers import (
    ChairPeriod,
    ChiefFinanceOfficer,
    ChiefOfficer,
    ChiefSocialWorkOfficer,
    EndReason,
    Holder,
    Member,
    Office,
    Post,
    Route,
)

TERMS: Final = (
    (date(2023, 5, 24), date(2025, 5, 23)),
    (date(2025, 5, 24), date(2027, 5, 5)),
    (date(2027, 5, 6), date(2029, 5, 5)),
)
"""Terms of two years, the second of which ends the day before the councils are elected anew."""

CHANGE: Final = date(2026, 9, 1)
"""The day from which more members vote."""

IN_OFFICE: Final = date(2021, 8, 2)
"""The day officers took up their posts."""

NOTICE: Final = timedelta(days=8)


@cache
def meeting_days() -> tuple[date, ...]:
    """List the days of ordinary meetings: the third Wednesday of every other month."""
    firsts = [date(year, month, 1) for year in range(2024, 2028) for month in (1, 3, 5, 7, 9, 11)]
    found = tuple(first + timedelta(days=(2 - first.weekday()) % 7 + 14) for first in firsts)
    return tuple(day for day in found if day < date(2027, 4, 1))


def meeting_before(on: date) -> date:
    """Give the last ordinary meeting before a day."""
    return max(day for day in meeting_days() if day < on)


@attrs.frozen(kw_only=True)
class Seat:
    """One place at the table: its id, how its holders come to it, who nominates, and the mark of who sits there."""

    id: str
    route: Route
    nominator: str | None
    person: str
    ned: bool = False


OFFICERS: Final = (Route.CSWO, Route.S95)
"""Who sits for as long as they are in office."""

LIVED: Final = (Route.THIRD, Route.USER, Route.CARER)
"""Whose members vote on a board from the day of the change."""

BOARD: Final = (
    ("chief-social-work-officer", Route.CSWO),
    ("chief-finance-officer", Route.S95),
    ("general-practitioner", Route.GP),
    ("nurse", Route.NURSE),
    ("doctor", Route.DOCTOR),
    ("council-staff", Route.STAFF),
    ("health-staff", Route.STAFF),
    ("third-sector", Route.THIRD),
    ("service-user", Route.USER),
    ("unpaid-carer", Route.CARER),
    ("chief-officer", Route.CO),
    ("housing-associations", Route.ADDITIONAL),
)
COMMITTEE: Final = (
    ("chief-social-work-officer", Route.CSWO),
    ("section-95-officer", Route.S95),
    ("director-of-finance", Route.HB_FINANCE),
    ("general-practitioner", Route.GP),
    ("nurse", Route.NURSE),
    ("doctor", Route.DOCTOR),
    ("health-staff", Route.HB_STAFF),
    ("council-staff", Route.LA_STAFF),
    ("third-sector", Route.THIRD),
    ("service-user", Route.USER),
    ("unpaid-carer", Route.CARER),
)


def mark(number: int) -> str:
    """Give the mark of the person of a number: member A, B and so on, then member AA."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return f"member {letters[number % 26] * (number // 26 + 1)}"


def seats_of(area: Area, others: Iterable[tuple[str, Route]]) -> tuple[Seat, ...]:
    """Set out the table: nominees of the councils, of the Health Board, and everybody else."""
    people = map(mark, count())
    numbers = count(1)
    nominees = [
        Seat(id=f"councillor-{next(numbers)}", route=Route.LA, nominator=council.id, person=next(people))
        for council in area.bodies
        for _ in range(area.seats)
    ]
    nominees += [
        Seat(
            id=f"health-board-{number}",
            route=Route.HB,
            nominator=area.health_board.id,
            person=next(people),
            ned=number <= area.neds,
        )
        for number in range(1, area.nhs_seats + 1)
    ]
    rest = [Seat(id=slot, route=route, nominator=None, person=next(people)) for slot, route in others]
    return (*nominees, *rest)


def members_of(
    area: Area, board: str, seats: Iterable[Seat], *, everybody_votes: bool, chief_until: date | None = None
) -> Iterator[Member]:
    """Give the memberships of each seat, term after term; the chief officer's last until the post is left."""
    for seat in seats:
        if seat.route in OFFICERS:
            yield _member(area, board, seat, IN_OFFICE, None, voting=everybody_votes)
            continue
        last = chief_until if seat.route is Route.CO and chief_until else TERMS[-1][1]
        for start, until in ((start, min(until, last)) for start, until in TERMS if start <= last):
            if seat.route in LIVED and start < CHANGE <= until and not everybody_votes:
                yield _member(area, board, seat, start, CHANGE - timedelta(days=1), voting=False)
                yield _member(area, board, seat, CHANGE, until, voting=True)
            else:
                votes = seat.route in (Route.LA, Route.HB) or (seat.route in LIVED and start >= CHANGE)
                yield _member(area, board, seat, start, until, voting=votes or everybody_votes)


def membership(seat: str, start: date) -> str:
    """Name the membership of a seat by the year it begins."""
    return f"{seat}-{start.year}"


def _member(area: Area, board: str, seat: Seat, start: date, until: date | None, *, voting: bool) -> Member:
    elected = seat.route is Route.LA and start >= TERMS[-1][0]
    former = seat.route is Route.LA and not elected
    professional = seat.route in (Route.GP, Route.NURSE, Route.DOCTOR)
    return Member(
        id=membership(seat.id, start),
        board=board,
        route=seat.route,
        person=f"{seat.person}, elected {start.year}" if elected else seat.person,
        nominated_by=seat.nominator,
        start=start,
        until=until,
        recorded_voting=voting,
        is_councillor=seat.route is Route.LA,
        is_ned=seat.ned,
        is_hb_member=seat.route is Route.HB,
        councillor_until=TERMS[1][1] if former else None,
        performers_list=area.health_board.id if seat.route is Route.GP else None,
        registered_nurse=seat.route is Route.NURSE,
        registered_doctor=seat.route in (Route.GP, Route.DOCTOR),
        provides_primary_care=seat.route is Route.GP,
        employer=area.health_board.id if seat.route in (Route.NURSE, Route.DOCTOR) else None,
        selected_by=area.health_board.id if professional else None,
        area=area.bodies[0].id if seat.route in LIVED else None,
        disqualifications=(),
        end_reason=None if until is None else EndReason.TERM,
    )


def chairs_of(area: Area, board: str, seats: Sequence[Seat], *, together: bool) -> Iterator[ChairPeriod]:
    """
    Give chairs and vice-chairs, a councillor and a member of the Health Board by turns.

    Each council of several has its turn. *together* makes every appointment one of both sides.
    """
    councillors = [next(seat for seat in seats if seat.nominator == council.id) for council in area.bodies]
    nhs = next(seat for seat in seats if seat.route is Route.HB)
    both = [area.health_board.id, *(council.id for council in area.bodies)]
    for number, (start, until) in enumerate(TERMS):
        councillor = councillors[number % len(councillors)]
        pair = (councillor, nhs) if number % 2 == 0 else (nhs, councillor)
        for office, seat in zip((Office.CHAIR, Office.VICE_CHAIR), pair, strict=True):
            yield ChairPeriod(
                id=f"{office.value}-{start.year}",
                board=board,
                office=office,
                member=membership(seat.id, start),
                appointed_by=both if together else [str(seat.nominator)],
                start=start,
                until=until,
            )


def holder(
    person: str,
    by: str,
    *,
    employer: str,
    until: date | None = None,
    seconded: bool = False,
    consulted: Iterable[str] = (),
) -> Holder:
    """Put one person in a post."""
    return Holder(
        person=person,
        appointed_by=by,
        appointed_on=IN_OFFICE - timedelta(days=45),
        start=IN_OFFICE,
        until=until,
        employer=employer,
        seconded=seconded,
        interim=False,
        consulted=consulted,
    )


def posts_of(area: Area, ijb: str, seats: Iterable[Seat], *, chief_until: date | None = None) -> list[Post]:
    """Fill the posts of a board and of its councils."""
    people = {seat.route: seat.person for seat in seats}
    parties = [area.health_board.id, *(council.id for council in area.bodies)]
    chief = holder(people[Route.CO], ijb, employer=parties[0], until=chief_until, seconded=True, consulted=parties)
    finance = holder(people[Route.S95], ijb, employer=parties[1], seconded=True, consulted=parties)
    return [
        ChiefOfficer("chief-officer", body=ijb, holders=[chief], answers_to=parties),
        ChiefFinanceOfficer("chief-finance-officer", body=ijb, holders=[finance], answers_to=()),
        *social_work(area, people[Route.CSWO]),
    ]


def social_work(area: Area, member: str) -> Iterator[ChiefSocialWorkOfficer]:
    """Fill each council's post of chief social work officer; that of the first council sits on the board."""
    for number, council in enumerate(area.bodies):
        person = member if number == 0 else f"officer {chr(ord('P') + number)}"
        yield ChiefSocialWorkOfficer(
            f"chief-social-work-officer-{council.id}" if len(area.bodies) > 1 else "chief-social-work-officer",
            body=council.id,
            holders=[holder(person, council.id, employer=council.id)],
            answers_to=(),
        )


def meetings_of(
    board: str, members: Sequence[Member], chairs: Iterable[ChairPeriod], days: Iterable[date]
) -> Iterator[Meeting]:
    """Hold meetings: the chair presides, one other member in turn is away, and some business is put to the vote."""
    in_chair = [one for one in chairs if one.office is Office.CHAIR]
    for number, on in enumerate(sorted(days)):
        chair = next(str(one.member) for one in in_chair if one.serves(on))
        serving = [one for one in members if one.serves(on)]
        away = [one for one in serving if one.id != chair][number * 5 % (len(serving) - 1)]
        present = [one for one in serving if one is not away]
        yield Meeting(
            id=on.isoformat(),
            board=board,
            on=on,
            notice_available_on=on - NOTICE,
            present=[one.id for one in present],
            presiding=chair,
            votes=_votes(on, [one.id for one in present if one.recorded_voting]),
            proxies=_proxies(away),
            interests=_interests(on, present[-1].id),
        )


def _proxies(away: Member) -> Iterator[Proxy]:
    """Send somebody in place of a nominee who is away, to listen."""
    if away.route in (Route.LA, Route.HB):
        yield Proxy(
            of=away.id,
            person=f"proxy of {away.person}",
            is_councillor=away.is_councillor,
            is_hb_member=away.is_hb_member,
            voted=False,
        )


def _interests(on: date, member: str) -> Iterator[Interest]:
    """Let a member disclose an interest each September."""
    if on.month == 9:
        yield Interest(member=member, about="changes to the directions", disclosed_before=True, decided_by=member)


def _votes(on: date, voters: Sequence[str]) -> Iterator[Vote]:
    """Put the budget to the vote each March, and the autumn's changes each September."""
    about = {3: "the budget of the coming year and its directions", 9: "changes to the directions of the year"}
    if on.month in about:
        against = voters[:1] if on.month == 3 else ()
        yield Vote(
            about=about[on.month],
            votes_for=voters[len(against) :],
            votes_against=against,
            carried=True,
            on_functions=True,
        )


def audit_committee(area: Area, board: str, members: Iterable[Member]) -> Committee:
    """Set up an audit committee: two nominees of the councils and two of the Health Board, in every term."""
    places = ("councillor-2", "councillor-3", "health-board-2", "health-board-3")
    return Committee(
        id="audit-committee",
        name=f"Audit committee of {area.name}",
        board=board,
        members=[one.id for one in members if one.id.rpartition("-")[0] in places],
        chair=membership("councillor-2", TERMS[1][0]),
        chair_set_by=board,
    )


def committee_meetings(committee: Committee) -> Iterator[Meeting]:
    """Let a committee meet each June and report on how functions were carried out, a member voting against."""
    for on in (date(year, 6, 10) for year in (2024, 2025, 2026)):
        start = max(first for first, _ in TERMS if first <= on)
        serving = [one for one in committee.members if one.endswith(f"-{start.year}")]
        vote = Vote(
            about="the report on how functions were carried out",
            votes_for=serving[1:],
            votes_against=serving[:1],
            carried=True,
            on_functions=True,
        )
        yield Meeting(
            id=f"{committee.id}-{on.isoformat()}",
            board=committee.id,
            on=on,
            notice_available_on=on - NOTICE,
            present=serving,
            presiding=serving[0],
            votes=[vote],
            proxies=(),
            interests=(),
        )
