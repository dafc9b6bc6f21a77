"""Who sits on a board: making sure of it, seating somebody, and ending a membership (private)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from scotintegration.dates import last_day_of_period
from scotintegration.mends._holding import OFFICES, chiefs, held, office_holder, office_holders, posts_of, with_holder
from scotintegration.mends._table import settled
from scotintegration.mends._terms import day_before, earliest_start, fresh_id, fresh_mark, seen, stands
from scotintegration.officers import EndReason, Member, Route
from scotintegration.rules._boards import board_of, seated, with_members
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

LIVED: Final = (Route.THIRD, Route.USER, Route.CARER)
GROUPS: Final = (Route.STAFF, *LIVED)
PROFESSIONALS: Final = (Route.GP, Route.NURSE, Route.DOCTOR)
_ONE_SEAT: Final = (*OFFICES, *PROFESSIONALS, Route.CO)
"""Routes by which one member sits at a time."""


def facts_of(p: Partnership, route: Route) -> dict[str, object]:
    """Give the facts that the law asks of whoever sits by a route."""
    nhs, area = p.health_board.id, p.local_authorities[0].id
    facts: dict[Route, dict[str, object]] = {
        Route.LA: {"is_councillor": True, "councillor_until": None},
        Route.HB: {"is_ned": True},
        Route.GP: {"performers_list": nhs, "selected_by": nhs},
        Route.NURSE: {"registered_nurse": True, "employer": nhs, "selected_by": nhs},
        Route.DOCTOR: {
            "registered_doctor": True,
            "provides_primary_care": False,
            "employer": nhs,
            "selected_by": nhs,
        },
        **{lived: {"area": area} for lived in LIVED},
        Route.ADDITIONAL: {"is_councillor": False, "is_ned": False},
    }
    return {**facts.get(route, {}), "recorded_voting": route in p.law.voting_routes}


def sitting_on(p: Partnership, routes: Iterable[Route]) -> list[Member]:
    """List who is sure to sit by some routes on the day that governs."""
    among = tuple(routes)
    return [member for member in seated(p, p.as_at).items if member.route in among]


def seat(p: Partnership, route: Route, nominator: str | None = None) -> Partnership:
    """Let somebody sit by a route from the day that governs, with the facts that the law asks of that route."""
    p, person = person_for(p, route)
    wanted = {Route.LA: "councillor", Route.HB: "non-executive-director"}.get(route, route.value)
    fresh = Member(
        id=fresh_id(wanted, (one.id for one in p.members.items)),
        board=board_of(p).id,
        route=route,
        person=person,
        nominated_by=nominator,
        start=p.as_at,
        disqualifications=(),
        **facts_of(p, route),  # type: ignore[arg-type]
    )
    return p.evolve(members=Listing((*p.members.items, fresh), p.members.complete))


def person_for(p: Partnership, route: Route) -> tuple[Partnership, str]:
    """
    Give a mark of whoever is to sit by a route: for an office who holds it, for the others somebody new.

    No two seats may be one person's, so that who sits cannot stay open.
    """
    if route in OFFICES:
        return office_holder(p, route)
    named = [one.person for _, one in chiefs(p, appointed=False) if route is Route.CO and isinstance(one.person, str)]
    return p, named[0] if named else fresh_mark(p)


def unsure(p: Partnership, routes: Iterable[Route] = tuple(Route)) -> list[Member]:
    """List whom nobody can tell to sit on the board or not."""
    board, among = board_of(p).id, tuple(routes)
    return [
        one for one in p.members.items if one.board == board and one.route in among and stands(one, p.as_at) is None
    ]


def sure_of(p: Partnership, members: Iterable[Member]) -> Partnership:
    """Settle from when and until when members sit of whom that was not recorded."""
    for one in members:
        start = began(p, one) if one.start is UNKNOWN else one.start
        until = _until(p, one) if one.until is UNKNOWN else one.until
        p = with_members(p, [one.id], start=start, until=until)
    return p


def sure_of_all(p: Partnership) -> Partnership:
    """Settle who sits on the board, and take the members that are known for all there are."""
    p = sure_of(p, unsure(p))
    return p.evolve(members=p.members.items)


def began(p: Partnership, member: Member) -> date:
    """
    Work out from when somebody sits of whom nobody recorded it.

    It is the day after a predecessor left a seat of which there is one; else the first day of a meeting of which the
    record names the member, or the day that governs. No day is so early that the term would be too long.
    """
    last = member.until if isinstance(member.until, date) else p.as_at
    days = [
        one.until + timedelta(days=1)
        for one in p.members.items
        if one.board == member.board and one.route is member.route and member.route in _ONE_SEAT
        if isinstance(one.until, date) and one.until < last
    ]
    first = max(days, default=min([*seen(p, member.id), p.as_at]))
    return first if member.route in OFFICES else max(first, earliest_start(last, 12 * _years(p)))


def _until(p: Partnership, member: Member) -> date | None:
    """
    Work out until when somebody sat whose last day nobody recorded.

    It is the day before a successor took a seat of which there is one, the last day of the longest term, or the last
    day as a councillor, whichever came first; if none of them came, the member still sits.
    """
    if member.start is UNKNOWN:
        return None
    first = member.start if isinstance(member.start, date) else date.min
    ends = [
        one.start - timedelta(days=1)
        for one in p.members.items
        if one.board == member.board and one.route is member.route and member.route in _ONE_SEAT
        if isinstance(one.start, date) and one.start > first
    ]
    if member.start is not None and member.route not in (*OFFICES, Route.CO):
        ends.append(last_day_of_period(first, years=_years(p)))
    if isinstance(member.councillor_until, date):
        ends.append(max(first, member.councillor_until))
    last = min(ends, default=p.as_at)
    return last if last < p.as_at else None


def _years(p: Partnership) -> int:
    return p.law.number("years of a term")


def ended(p: Partnership, member: Member, last: date, reason: EndReason) -> Partnership:
    """
    End a membership on a day or, if the record names the member at a later meeting, on the day of that meeting.

    It ends the day before the day that governs at the latest; one that begins on that day is taken back.
    """
    if isinstance(member.start, date) and member.start > day_before(p):
        return p.evolve(members=p.members.where(lambda one: one.id != member.id))
    days = [last, *seen(p, member.id), *([member.start] if isinstance(member.start, date) else [])]
    return with_members(p, [member.id], until=min(day_before(p), max(days)), end_reason=reason)


def in_office(p: Partnership, member: Member) -> Partnership:
    """
    Let a member be in the office by which the member sits.

    Of somebody who held the office and of whom nobody recorded until when, we take it that it is still so. Where
    nobody recorded who holds the office it is the member; otherwise whoever does is.
    """
    own = [pair for pair in held(posts_of(p, OFFICES[member.route][0])) if pair[1].person == member.person]
    open_ended = [pair for pair in own if pair[1].until is UNKNOWN and stands(pair[1], p.as_at) is None]
    if isinstance(member.person, str) and open_ended:
        return with_holder(p, open_ended[-1], until=None)
    p = settled(p, OFFICES[member.route][1])
    unnamed = [pair for pair in office_holders(p, member.route) if not isinstance(pair[1].person, str)]
    if isinstance(member.person, str) and unnamed:
        return with_holder(p, unnamed[0], person=member.person)
    p, person = office_holder(p, member.route)
    return with_members(p, [member.id], person=person)
