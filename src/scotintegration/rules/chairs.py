"""Rules about chairs and vice-chairs, and about terms of office (part 5B)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.dates import last_day_of_period
from scotintegration.officers import ChairPeriod, Office, Route
from scotintegration.rules._boards import WHO_ELSE, board_of, rest, seated, sitting_by, with_members
from scotintegration.rules._engine import rule
from scotintegration.rules._verdicts import Outcome, Verdict, cannot_tell, fail, warn
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership
    from scotintegration.unknown import Listing

__all__ = [
    "appointing_period",
    "chair_of_a_council",
    "chair_of_the_health_board",
    "chairs_alternate",
    "every_second_period",
    "no_lived_experience",
    "term_of_member",
    "vice_of_other_side",
]

_LIVED_EXPERIENCE: Final = (Route.THIRD, Route.USER, Route.CARER)
_EX_OFFICIO: Final = (Route.CSWO, Route.S95)


def _in_being(p: Partnership, on: date) -> Listing[ChairPeriod]:
    """List the appointing periods of the board, of chair and vice-chair, that cover a day."""
    board = board_of(p)
    return p.chairs.where(lambda one: one.board == board.id and one.serves(on))


def _now(p: Partnership, office: Office) -> ChairPeriod:
    return next(one for one in _in_being(p, p.as_at).items if one.office is office)


def _period(p: Partnership, id: str, **changes: object) -> Partnership:
    chairs = p.chairs.map(lambda one: attrs.evolve(one, **changes) if one.id == id else one)  # type: ignore[arg-type]
    return p.evolve(chairs=chairs)


def _chair_kept(p: Partnership) -> Partnership:
    """Let the side that appointed the chair before appoint again, and the other the vice-chair, before any meeting."""
    chair, vice = _now(p, Office.CHAIR), _now(p, Office.VICE_CHAIR)
    swapped = _period(p, chair.id, member=vice.member, appointed_by=vice.appointed_by)
    return _period(swapped, vice.id, member=chair.member, appointed_by=chair.appointed_by).evolve(meetings=())


@rule(
    "IJBO-a4-chair-alternate",
    cites="SSI 2014/285 art.4(2)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    councils="one",
    duty_on="constituent authorities",
    fields="S.basis; B.chairs.appointed_by; B.chairs.period_start",
    passes="body-corporate",
    fails=_chair_kept,
)
def chairs_alternate(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Council and Health Board appoint the chair by turns, in the period that runs and the one before it.

    Another person in the chair within a period begins no new period. That nobody was ever appointed breaks the rule;
    a chair that fell vacant is a warning.
    """
    yield from _in_the_chair(p, on)
    pair = _last_two(p, on)
    if not isinstance(pair, tuple):
        yield from pair
        return
    before, now = pair
    where = f"chairs[{now.id!r}].appointed_by"
    again = sorted(set(before.appointed_by.items) & set(now.appointed_by.items))
    if again:
        yield fail(
            where,
            f"{' and '.join(again)} appointed the chair in {before.id} and again in {now.id}",
            mend="let the other constituent authority appoint the chair of this period",
        )
    elif not (before.appointed_by.items and now.appointed_by.items):
        yield cannot_tell(where, f"who appointed the chair in {before.id} or in {now.id} is not recorded")


def _in_the_chair(p: Partnership, on: date) -> Iterator[Verdict]:
    """Say that nobody is chair, where that is sure: none ever was, or the last period is over or vacant."""
    running = _in_being(p, on).where(lambda one: one.office is Office.CHAIR)
    if not running.complete or any(one.member is not None for one in running.items):
        return
    board, day, mend = board_of(p).id, on.isoformat(), "let the constituent authority whose turn it is appoint a chair"
    before = [
        (one.id, "vacant" if one in running.items else "over")
        for one in p.chairs.items
        if one.board == board and one.office is Office.CHAIR and not _later(one, on)
    ]
    if before:
        yield warn("chairs", f"nobody is chair on {day}", mend=mend, considered=before)
    else:
        yield fail("chairs", f"nobody was ever appointed chair by {day}", mend=mend)


def _later(one: ChairPeriod, on: date) -> bool:
    return isinstance(one.start, date) and one.start > on


def _last_two(p: Partnership, on: date) -> tuple[ChairPeriod, ChairPeriod] | list[Verdict]:
    """Give the last two periods of a chair that began by a day; where that is not sure, what is missing."""
    board = board_of(p).id
    begun = p.chairs.where(lambda one: one.board == board and one.office is Office.CHAIR and _begun(one, on))
    periods = begun.sorted(lambda one: str(one.start or "")).items[-2:]
    if len(periods) < 2:
        return list(rest(begun, "chairs", "who appointed the chairs"))
    before, now = periods
    if not begun.complete and not _follows(before, now, on):
        what = f"whether another period lies between {before.id} and {now.id} is not recorded"
        return [cannot_tell("chairs", what)]
    return before, now


def _begun(one: ChairPeriod, on: date) -> bool:
    start = known(one.start, f"the first day of {one.id!r}")
    return start is None or start <= on


def _follows(before: ChairPeriod, now: ChairPeriod, on: date) -> bool:
    """Tell whether two periods are sure to be the running one and the one just before it."""
    ends = before.until
    return (
        isinstance(ends, date) and now.start == ends + timedelta(days=1) and now.until is not UNKNOWN and now.serves(on)
    )


@rule(
    "IJBO-a6-hb-second",
    cites="SSI 2014/285 art.6(3)-(4)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    councils="several",
    duty_on="constituent authorities",
    fields="S.basis; B.chairs.appointed_by; B.chairs.period_start",
    passes="joint-board",
    fails=_chair_kept,
)
def every_second_period(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    The Health Board appoints the chair of a joint board in every second period, and one of the councils between.

    That nobody was ever appointed breaks the rule; a chair that fell vacant is a warning.
    """
    yield from _in_the_chair(p, on)
    pair = _last_two(p, on)
    if not isinstance(pair, tuple):
        yield from pair
        return
    nhs = p.health_board.id
    appointed = [set(one.appointed_by.items) for one in pair]
    if not all(appointed):
        what = f"who appointed the chair in {pair[0].id} or in {pair[1].id} is not recorded"
        yield cannot_tell(f"chairs[{pair[1].id!r}].appointed_by", what)
    elif [nhs in by for by in appointed].count(True) != 1:
        by = " and then ".join(" with ".join(sorted(one)) for one in appointed)
        mend = "let a council appoint the chair of this period" if nhs in appointed[1] else f"let {nhs} appoint"
        yield fail(f"chairs[{pair[1].id!r}].appointed_by", f"the chair was appointed by {by}", mend=mend)


def _four_years(p: Partnership) -> Partnership:
    now = _now(p, Office.CHAIR)
    assert isinstance(now.start, date)
    longer = p.evolve(scheme=attrs.evolve(p.scheme, chair_term_months=48))
    return _period(longer, now.id, until=last_day_of_period(now.start, years=4))


@rule(
    "IJBO-a4-term",
    cites="SSI 2014/285 art.4(1), 6(1)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="constituent authorities",
    fields="B.chairs.period_start; B.chairs.period_end",
    passes="body-corporate",
    fails=_four_years,
)
def appointing_period(p: Partnership, on: date) -> Iterator[Verdict]:
    """The appointing periods of chair and vice-chair that run are of three years at most."""
    years = p.law.number("years of an appointing period")
    periods = _in_being(p, on)
    for one in periods.items:
        yield from _term(one, f"chairs[{one.id!r}]", years, on)
    yield from rest(periods, "chairs", "the first or last day of an appointing period")


def _term(one: ChairPeriod | Member, where: str, years: int, on: date) -> Iterator[Verdict]:
    """Compare a term with its greatest length; one that has no end is too long once that length is over."""
    if not isinstance(one.start, date):
        yield cannot_tell(f"{where}.start", "the first day is not recorded")
        return
    last = last_day_of_period(one.start, years=years)
    ends = one.until if isinstance(one.until, date) else None
    if (ends or on) > last:
        yield fail(
            f"{where}.until",
            f"from {one.start.isoformat()} to {ends or 'no fixed day'}, more than {years} years",
            mend=f"end it on {last.isoformat()} at the latest; a new one may follow",
        )


def _vice_of_the_same_side(p: Partnership) -> Partnership:
    chair, vice = _now(p, Office.CHAIR), _now(p, Office.VICE_CHAIR)
    seats = [id for id in sitting_by(p, Route.HB) if id != chair.member]
    return _period(p, vice.id, appointed_by=chair.appointed_by, member=seats[0])


@rule(
    "IJBO-a4-3-vice-other",
    cites="SSI 2014/285 art.4(3), 6(5)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="constituent authorities",
    fields="B.chairs.appointed_by; B.vices.appointed_by",
    passes="body-corporate",
    fails=_vice_of_the_same_side,
)
def vice_of_other_side(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    The vice-chair is appointed by the side that did not appoint the chair: councils on one, Health Board on the other.

    The text for joint boards is loose about which council appoints; any council is its side here.
    """
    periods = _in_being(p, on)
    chairs = [one for one in periods.items if one.office is Office.CHAIR]
    vices = [one for one in periods.items if one.office is Office.VICE_CHAIR]
    for chair in chairs:
        for vice in vices:
            yield from _other_side(p, chair, vice)
    if not periods.complete and not (chairs and vices):
        yield cannot_tell("chairs", "who is chair, or vice-chair, is not recorded")
    elif chairs and all(one.member is None for one in vices):
        yield warn("chairs", f"nobody is vice-chair on {on.isoformat()}", mend="let the other side appoint one")


def _other_side(p: Partnership, chair: ChairPeriod, vice: ChairPeriod) -> Iterator[Verdict]:
    nhs, councils = {p.health_board.id}, {council.id for council in p.local_authorities}
    one, other = set(chair.appointed_by.items), set(vice.appointed_by.items)
    where = f"chairs[{vice.id!r}].appointed_by"
    if not (one and other):
        yield cannot_tell(where, "who appointed the chair, or the vice-chair, is not recorded")
    elif not ((one <= nhs and other <= councils) or (one <= councils and other <= nhs)):
        what = f"chair appointed by {' and '.join(sorted(one))}, vice-chair by {' and '.join(sorted(other))}"
        yield fail(where, what, mend="let the side that did not appoint the chair appoint the vice-chair")


def _carer_is_vice(p: Partnership) -> Partnership:
    return _period(p, _now(p, Office.VICE_CHAIR).id, member=sitting_by(p, Route.CARER)[0])


@rule(
    "IJBO-chair-not-lived-exp",
    cites="SSI 2014/285 art.4(5)-(6), 6(7)-(8) (unamended 2026)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    modality="must_not",
    duty_on="constituent authorities",
    entails=("IJBO-a4-5-la-chair-eligible",),
    fields="B.chairs.person; B.vices.person; M.person; M.route",
    passes="body-corporate",
    fails=_carer_is_vice,
)
def no_lived_experience(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Neither chair nor vice-chair is a member for the third sector, service users or carers, even if that member votes.

    Such a member may preside at one meeting that both chair and vice-chair miss; that is no appointment.
    """
    periods = _in_being(p, on)
    for one in periods.items:
        where = f"chairs[{one.id!r}].member"
        member = next((member for member in p.members.items if member.id == one.member), None)
        if member is not None and member.route in _LIVED_EXPERIENCE:
            what = f"{member.id} is {one.office.value}, a member for {member.route.value}"
            yield fail(where, what, mend="appoint a councillor or a non-executive director who was nominated")
        elif member is None and (one.member is UNKNOWN or (one.member is not None and not p.members.complete)):
            yield cannot_tell(where, f"which member is {one.office.value} is not recorded")
    yield from rest(periods, "chairs", "who is chair, or vice-chair,")


def _holders_of_office(p: Partnership, on: date) -> Iterator[tuple[ChairPeriod, Member | None]]:
    """Give the periods that run and are not vacant, each with its member; None where nobody recorded which."""
    for one in _in_being(p, on).items:
        if one.member is not None:
            yield one, next((member for member in p.members.items if member.id == one.member), None)


def _unsure_of(p: Partnership, one: ChairPeriod) -> Verdict:
    where = f"chairs[{one.id!r}]"
    if not one.appointed_by.items:
        return cannot_tell(f"{where}.appointed_by", f"who appointed the {one.office.value} is not recorded")
    return cannot_tell(f"{where}.member", f"which member is {one.office.value} is not recorded")


def _additional_vice(p: Partnership) -> Partnership:
    return _period(p, _now(p, Office.VICE_CHAIR).id, member=sitting_by(p, Route.ADDITIONAL)[0])


@rule(
    "IJBO-a4-5-la-chair-eligible",
    cites="SSI 2014/285 art.4(5), 6(7)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="local authority",
    fields="B.chairs.person; B.chairs.appointed_by; B.vices.person; M.person; M.route; M.nominated_by",
    passes="body-corporate",
    fails=_additional_vice,
)
def chair_of_a_council(p: Partnership, on: date) -> Iterator[Verdict]:
    """A chair or vice-chair whom a council appoints is one of its own nominees."""
    for one, member in _holders_of_office(p, on):
        appointers = [council.id for council in p.local_authorities if council.id in one.appointed_by.items]
        if member is None or not one.appointed_by.items:
            if appointers or not one.appointed_by.items:
                yield _unsure_of(p, one)
        elif appointers and (member.route is not Route.LA or member.nominated_by not in (*appointers, UNKNOWN)):
            by = f", nominated by {member.nominated_by}" if isinstance(member.nominated_by, str) else ""
            what = f"{member.id} sits for {member.route.value}{by}"
            mend = f"let {' or '.join(appointers)} appoint one of its own nominees"
            yield fail(f"chairs[{one.id!r}].member", what, mend=mend)
        elif appointers and member.nominated_by is UNKNOWN:
            yield cannot_tell(f"members[{member.id!r}].nominated_by", "which council nominated the member")
    yield from rest(_in_being(p, on), "chairs", "who is chair, or vice-chair,")


def _executive_in_the_chair(p: Partnership) -> Partnership:
    nhs = p.health_board.id
    one = next(one for one in _in_being(p, p.as_at).items if nhs in one.appointed_by.items)
    executive = next(
        member for member in seated(p, p.as_at).items if member.route is Route.HB and member.is_ned is False
    )
    return _period(p, one.id, member=executive.id).evolve(meetings=())


@rule(
    "IJBO-a4-6-hb-chair-ned",
    cites="SSI 2014/285 art.4(6), 6(8)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="Health Board",
    fields="B.chairs.person; B.chairs.appointed_by; B.vices.person; M.person; M.route; M.is_ned",
    passes="large-hospital",
    fails=_executive_in_the_chair,
)
def chair_of_the_health_board(p: Partnership, on: date) -> Iterator[Verdict]:
    """A chair or vice-chair whom the Health Board appoints is a nominee of its own and a non-executive director."""
    nhs = p.health_board.id
    for one, member in _holders_of_office(p, on):
        by = one.appointed_by.items
        if by and nhs not in by:
            continue
        if member is None or not by:
            yield _unsure_of(p, one)
        elif member.route is not Route.HB or (member.is_ned is not UNKNOWN and not member.is_ned):
            what = f"{member.id} sits for {member.route.value}, not as a nominated non-executive director"
            mend = f"let {nhs} appoint a non-executive director whom it nominated"
            yield fail(f"chairs[{one.id!r}].member", what, mend=mend)
        elif member.is_ned is UNKNOWN:
            what = "whether the member is a non-executive director is not recorded"
            yield cannot_tell(f"members[{member.id!r}].is_ned", what)
    yield from rest(_in_being(p, on), "chairs", "who is chair, or vice-chair,")


def _nurse_for_five_years(p: Partnership) -> Partnership:
    nurse = sitting_by(p, Route.NURSE)
    start = next(member.start for member in p.members.items if member.id in nurse)
    assert isinstance(start, date)
    return with_members(p, nurse, until=last_day_of_period(start, years=5))


@rule(
    "IJBO-a7-term",
    cites="SSI 2014/285 art.7(1)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="constituent authorities",
    fields="M.route; M.start; M.end",
    passes="body-corporate",
    fails=_nurse_for_five_years,
)
def term_of_member(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Nobody sits for a term of more than three years, which may be renewed; two officers sit while in office.

    The chief officer has sat by a paragraph of its own since 2015, which the exception for officers does not name;
    we take that for an oversight and only warn.
    """
    years = p.law.number("years of a term")
    sitting = seated(p, on)
    for member in sitting.items:
        if member.route in _EX_OFFICIO:
            continue
        for verdict in _term(member, f"members[{member.id!r}]", years, on):
            softened = member.route is Route.CO and verdict.outcome is Outcome.FAIL
            yield warn(verdict.where, verdict.what, verdict.mend) if softened else verdict
    yield from rest(sitting, "members", WHO_ELSE)
