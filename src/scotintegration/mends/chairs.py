"""Mends of rules about chairs and vice-chairs."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.dates import last_day_of_period
from scotintegration.mends._sitting import seat, sitting_on
from scotintegration.mends._terms import day_before, earliest_start, fresh_id, keeping, mends_of_board, stands
from scotintegration.officers import ChairPeriod, Office, Route
from scotintegration.rules import find
from scotintegration.rules._boards import board_of, with_members
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

__all__ = [
    "appoint_directors",
    "appoint_nominees_of_councils",
    "appoint_nominees_only",
    "appoint_vice_of_other_side",
    "end_in_time",
    "take_turns",
]

_OF_WHO_PRESIDES: Final = "IJBO-sch4-preside"
_OF_VICE: Final = "IJBO-a4-3-vice-other"


# -- periods -----------------------------------------------------------------------------------------------------


def _of_board(p: Partnership, *offices: Office) -> list[ChairPeriod]:
    board = board_of(p).id
    return [one for one in p.chairs.items if one.board == board and one.office in (offices or tuple(Office))]


def _running(p: Partnership, *offices: Office) -> list[ChairPeriod]:
    return [one for one in _of_board(p, *offices) if stands(one, p.as_at)]


def _now(p: Partnership, id: str) -> ChairPeriod:
    return next(one for one in p.chairs.items if one.id == id)


def _period(p: Partnership, id: str, **changes: object) -> Partnership:
    chairs = p.chairs.map(lambda one: attrs.evolve(one, **changes) if one.id == id else one)  # type: ignore[arg-type]
    return p.evolve(chairs=chairs)


def _sure_of_chairs(p: Partnership) -> Partnership:
    """Settle from when and until when periods run of which that was not recorded; no others than those known do."""
    for one in _of_board(p):
        if one.start is UNKNOWN:
            p = _period(p, one.id, start=_start(p, one))
        if one.until is UNKNOWN:
            p = _period(p, one.id, until=_until(p, _now(p, one.id)))
    return p.evolve(chairs=p.chairs.items)


def _months(p: Partnership) -> int:
    """Give the longest period that the law allows or, if shorter, that the scheme states, in months."""
    longest, stated = 12 * p.law.number("years of an appointing period"), p.scheme.chair_term_months
    return min(longest, stated) if isinstance(stated, int) and stated > 0 else longest


def _start(p: Partnership, one: ChairPeriod) -> date:
    """Work out when a period began: after the one before it, and no day so early that it would be too long."""
    last = one.until if isinstance(one.until, date) else p.as_at
    ends = [other.until for other in _of_board(p, one.office) if isinstance(other.until, date) and other.until < last]
    return max([earliest_start(last, _months(p)), *(end + timedelta(days=1) for end in ends)])


def _until(p: Partnership, one: ChairPeriod) -> date | None:
    """Work out when a period ended: before the one after it, and in time; None where neither day has come."""
    first = one.start if isinstance(one.start, date) else date.min
    starts = [other.start for other in _of_board(p, one.office)]
    ends = [start - timedelta(days=1) for start in starts if isinstance(start, date) and first < start <= p.as_at]
    if isinstance(one.start, date):
        ends.append(last_day_of_period(one.start, months=_months(p)))
    last = min(ends, default=p.as_at)
    return last if last < p.as_at else None


@mends_of_board("IJBO-a4-term")
def end_in_time(p: Partnership) -> Partnership:
    """
    Let appointing periods end in time.

    One that was over by the day that governs is taken to be followed by another, and begins later.
    """
    p, years = _sure_of_chairs(p), p.law.number("years of an appointing period")
    for one in _running(p):
        start, until = one.start, one.until
        if not isinstance(start, date) or last_day_of_period(start, years=years) < p.as_at:
            start = min(p.as_at, _start(p, one))
        if isinstance(until, date):
            until = min(until, last_day_of_period(start, years=years))
        p = _period(p, one.id, start=start, until=until)
    return p


# -- sides -------------------------------------------------------------------------------------------------------


def _by_health_board(p: Partnership, one: ChairPeriod) -> bool | None:
    """Tell whether the Health Board, and not a council, made an appointment; None where that is not clear."""
    by, councils = set(one.appointed_by.items), {council.id for council in p.local_authorities}
    if not by or not (by <= {p.health_board.id} or by <= councils):
        return None
    return p.health_board.id in by


def _likely_by_health_board(p: Partnership, one: ChairPeriod) -> bool:
    """Tell whether the Health Board is to have appointed: it nominated the member, or a council appointed the other."""
    member = _member(p, one)
    if member is not None and member.route in (Route.LA, Route.HB):
        return member.route is Route.HB
    others = [_by_health_board(p, other) for other in _running(p) if other.office is not one.office]
    return False in others


def _member(p: Partnership, one: ChairPeriod) -> Member | None:
    return next((member for member in p.members.items if member.id == one.member), None)


def _appointed(p: Partnership, one: ChairPeriod, *, nhs: bool) -> Partnership:
    """Let a side make an appointment: the Health Board or a council, by default the one that nominated the member."""
    councils = [council.id for council in p.local_authorities]
    member = _member(p, one)
    nominees = [*([] if member is None else [member]), *sitting_on(p, (Route.LA,))]
    named = [one.nominated_by for one in nominees if one.nominated_by in councils]
    return _period(p, one.id, appointed_by=[p.health_board.id if nhs else [*named, *councils][0]])


def _held_by_nominee(p: Partnership, id: str) -> Partnership:
    """
    Let whoever is in the chair be one whom its appointer may put there.

    Whoever is there stays where facts not recorded may make the member fit; else it is whoever presided, or the first
    who may be, or a new nominee.
    """
    one = _now(p, id)
    if _by_health_board(p, one) is None:
        p = _appointed(p, one, nhs=_likely_by_health_board(p, one))
        one = _now(p, id)
    by, nhs = one.appointed_by.items, _by_health_board(p, one)
    route = Route.HB if nhs else Route.LA
    member = _member(p, one)
    if member is not None and member.route is route:
        if nhs and member.is_ned is UNKNOWN:
            return with_members(p, [member.id], is_ned=True)
        if not nhs and member.nominated_by is UNKNOWN:
            return with_members(p, [member.id], nominated_by=by[0])
    if member is not None and _fits(member, route, by):
        return p
    taken = {other.member for other in _running(p) if other.id != id}
    fit = [other for other in sitting_on(p, (route,)) if _fits(other, route, by) and other.id not in taken]
    if not fit:
        known = {other.id for other in p.members.items}
        p = seat(p, route, by[0])
        fit = [other for other in p.members.items if other.id not in known]
    presided = {meeting.presiding for meeting in p.meetings.items if stands(one, meeting.on)}
    chosen = min(fit, key=lambda other: other.id not in presided)
    return _period(p, id, member=chosen.id)


def _fits(member: Member, route: Route, by: tuple[str, ...]) -> bool:
    if member.route is not route:
        return False
    return member.is_ned is True if route is Route.HB else member.nominated_by in by


def _given_to(p: Partnership, id: str, *, nhs: bool) -> Partnership:
    """Let a side appoint one of its own."""
    return _held_by_nominee(_appointed(p, _now(p, id), nhs=nhs), id)


def _filled(p: Partnership, office: Office) -> Partnership:
    """Let somebody hold an office of which the periods that run are all vacant."""
    running = _running(p, office)
    if running and all(one.member is None for one in running):
        p = _held_by_nominee(p, running[-1].id)
    return p


# -- by turns ----------------------------------------------------------------------------------------------------


@mends_of_board("IJBO-a4-chair-alternate", "IJBO-a6-hb-second")
def take_turns(p: Partnership) -> Partnership:
    """
    Let the other side appoint the chair of the last period than the one that appointed the chair before.

    Where nobody is chair, somebody is from the day that governs: the one whose turn it is or, for the first period, a
    councillor unless the Health Board did not appoint the vice-chair. A period that runs and is vacant is filled.
    If the board has met in a period that still runs, that period ends and another begins, so that whoever presided
    was in the chair.
    """
    before, p = p, _sure_of_chairs(p)
    if not _running(p, Office.CHAIR):
        p = _with_chair(p)
    begun = [one for one in _of_board(p, Office.CHAIR) if not isinstance(one.start, date) or one.start <= p.as_at]
    pair = sorted(begun, key=lambda one: str(one.start or ""))[-2:]
    if len(pair) == 2:
        p = _by_turns(p, *pair)
    return keeping(before, _filled(p, Office.CHAIR), _OF_VICE, _OF_WHO_PRESIDES)


def _with_chair(p: Partnership) -> Partnership:
    """Let a period of a chair begin on the day that governs."""
    past = sorted(_of_board(p, Office.CHAIR), key=lambda one: str(one.start or ""))
    past = [one for one in past if not isinstance(one.start, date) or one.start <= p.as_at]
    id = fresh_id(Office.CHAIR.value, (one.id for one in p.chairs.items))
    last = last_day_of_period(p.as_at, months=_months(p))
    fresh = ChairPeriod(
        id=id, board=board_of(p).id, office=Office.CHAIR, member=None, appointed_by=(), start=p.as_at, until=last
    )
    was = _by_health_board(p, past[-1]) if past else not _likely_by_health_board(p, fresh)
    return _given_to(p.evolve(chairs=[*p.chairs.items, fresh]), id, nhs=was is False)


def _by_turns(p: Partnership, first: ChairPeriod, second: ChairPeriod) -> Partnership:
    was = _by_health_board(p, first)
    if was is None:
        now = _by_health_board(p, second)
        was = not (_likely_by_health_board(p, second) if now is None else now)
        p = _appointed(p, first, nhs=was)
    now = _by_health_board(p, second)
    if now is None:
        return _appointed(p, second, nhs=not was)
    return p if now is not was else _handed_over(p, second, nhs=not was)


def _handed_over(p: Partnership, one: ChairPeriod, *, nhs: bool) -> Partnership:
    """Let the other side appoint the chair, in a period of its own if the board has met in this one."""
    board = board_of(p).id
    met = any(meeting.board == board and meeting.on < p.as_at and stands(one, meeting.on) for meeting in p.meetings)
    if not met or not stands(one, p.as_at):
        return _given_to(p, one.id, nhs=nhs)
    fresh = attrs.evolve(one, id=fresh_id(one.office.value, (other.id for other in p.chairs.items)), start=p.as_at)
    p = _period(p, one.id, until=day_before(p))
    return _given_to(p.evolve(chairs=[*p.chairs.items, fresh]), fresh.id, nhs=nhs)


@mends_of_board("IJBO-a4-3-vice-other")
def appoint_vice_of_other_side(p: Partnership) -> Partnership:
    """Let the side that did not appoint the chair appoint the vice-chair, and appoint one if there is none."""
    before, p = p, _one_at_a_time(_sure_of_chairs(p))
    chairs, vices = _running(p, Office.CHAIR), _running(p, Office.VICE_CHAIR)
    if chairs and not vices:
        id = fresh_id(Office.VICE_CHAIR.value, (one.id for one in p.chairs.items))
        vices = [attrs.evolve(chairs[-1], id=id, office=Office.VICE_CHAIR, member=UNKNOWN, start=p.as_at)]
        p = p.evolve(chairs=[*p.chairs.items, *vices])
    for chair in chairs:
        for vice in vices:
            p = _opposed(p, chair, vice)
    return keeping(before, _filled(p, Office.VICE_CHAIR), _OF_WHO_PRESIDES)


def _one_at_a_time(p: Partnership) -> Partnership:
    """Let the period that began last be the only one of its office that runs; of two of one day the first goes."""
    for office in Office:
        running = sorted(_running(p, office), key=lambda one: str(one.start or ""))
        for one, following in pairwise(running):
            first = following.start
            if isinstance(first, date) and first != one.start:
                p = _period(p, one.id, until=first - timedelta(days=1))
            else:
                p = p.evolve(chairs=[other for other in p.chairs.items if other.id != one.id])
    return p


def _opposed(p: Partnership, chair: ChairPeriod, vice: ChairPeriod) -> Partnership:
    """Let the two sides appoint one of two each; an appointment that is clear stays."""
    first, other = _by_health_board(p, chair), _by_health_board(p, vice)
    if first is None:
        first = _likely_by_health_board(p, chair) if other is None else not other
        p = _given_to(p, chair.id, nhs=first)
    return p if other is not None and other is not first else _given_to(p, vice.id, nhs=not first)


# -- who they are ------------------------------------------------------------------------------------------------


@mends_of_board("IJBO-chair-not-lived-exp")
def appoint_nominees_only(p: Partnership) -> Partnership:
    """Let neither chair nor vice-chair be a member for the third sector, service users or carers."""
    return _fitting(p, "IJBO-chair-not-lived-exp")


@mends_of_board("IJBO-a4-5-la-chair-eligible")
def appoint_nominees_of_councils(p: Partnership) -> Partnership:
    """Let a chair or vice-chair whom a council appoints be one of its own nominees."""
    return _fitting(p, "IJBO-a4-5-la-chair-eligible")


@mends_of_board("IJBO-a4-6-hb-chair-ned")
def appoint_directors(p: Partnership) -> Partnership:
    """Let a chair or vice-chair whom the Health Board appoints be a non-executive director whom it nominated."""
    return _fitting(p, "IJBO-a4-6-hb-chair-ned")


def _fitting(p: Partnership, rule: str) -> Partnership:
    """Let those be fit for an office of whom a rule says something."""
    before, p = p, _sure_of_chairs(p)
    said = {verdict.where.partition("]")[0] for verdict in find(rule).verdicts(p)}
    for one in _running(p):
        if said & {f"chairs[{one.id!r}", f"members[{one.member!r}"}:
            p = _held_by_nominee(p, one.id)
    return keeping(before, p, _OF_WHO_PRESIDES)
