"""Rules about leaving a board, and about seats that stay empty (part 5B)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.bodies import Vacancy
from scotintegration.dates import add_months, last_day_of_period
from scotintegration.officers import EndReason, Route
from scotintegration.rules._boards import WHO_ELSE, board_of, rest, seated, sitting_by, with_members
from scotintegration.rules._engine import rule
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.officers import Holder
    from scotintegration.partnership import Partnership

__all__ = [
    "absent_member_removed",
    "decides_with_vacancies",
    "former_councillor",
    "nominee_withdrawn",
    "officer_does_not_resign",
    "officer_leaves_with_office",
    "vacancy_is_told",
]

_OFFICES: Final = {Route.CSWO: "ChiefSocialWorkOfficer", Route.S95: "ChiefFinanceOfficer"}
_MONTHS: Final = 6


def _in_office(p: Partnership, route: Route) -> Listing[Holder]:
    """List everybody who has held the office by which a member sits, of the board or of a council of it."""
    bodies = {board_of(p).id, *(council.id for council in p.local_authorities)}
    posts = p.posts.where(lambda post: post.kind == _OFFICES[route] and post.body in bodies)
    held = [one for post in posts.items for one in post.holders.items]
    return Listing(tuple(held), posts.complete and all(post.holders.complete for post in posts.items))


def _lingers(p: Partnership) -> Partnership:
    """Let the chief social work officer who sits have left office the day before, and another follow."""
    person = next(one.person for one in seated(p, p.as_at).items if one.route is Route.CSWO)
    posts = []
    for post in p.posts.items:
        holders = [
            attrs.evolve(one, until=p.as_at - timedelta(days=1)) if one.person == person else one
            for one in post.holders.items
        ]
        after = [
            attrs.evolve(one, person="successor", start=p.as_at, until=None) for one in holders if one.person == person
        ]
        posts.append(attrs.evolve(post, holders=[*holders, *after]))
    return p.evolve(posts=posts)


@rule(
    "IJBO-a7-2-ex-officio",
    cites="SSI 2014/285 art.7(2)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="integration joint board",
    fields="M.route; M.end; offices.holder; offices.end",
    passes="body-corporate",
    fails=_lingers,
)
def officer_leaves_with_office(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Who sits as chief social work officer or as the board's finance officer leaves the board on leaving that office.

    The chief officer has sat by a paragraph of its own since 2015, which this provision does not name.
    """
    sitting = seated(p, on).where(lambda member: member.route in _OFFICES)
    for member in sitting.items:
        where, held = f"members[{member.id!r}].until", _in_office(p, member.route)
        own = [one for one in held.items if member.person is not UNKNOWN and one.person == member.person]
        open_ended = [one for one in own if not (isinstance(one.until, date) and one.until < on)]
        if any(one.until is not UNKNOWN for one in open_ended):
            continue
        unsure = not held.complete or any(one.person is UNKNOWN for one in held.items)
        if member.person is UNKNOWN or open_ended or unsure:
            yield cannot_tell(where, "whether the member still holds the office is not recorded")
        elif own:
            last = max(one.until for one in own if isinstance(one.until, date))
            what = f"{member.person} left the office on {last.isoformat()} and still sits on {on.isoformat()}"
            yield fail(where, what, mend=f"end the membership on {last.isoformat()}")
    yield from rest(sitting, "members", WHO_ELSE)


def _resigns(p: Partnership) -> Partnership:
    going = sitting_by(p, Route.CSWO)
    gone = with_members(p, going, until=p.as_at - timedelta(days=1), end_reason=EndReason.RESIGNED)
    again = [
        attrs.evolve(one, id=f"{one.id}-again", start=p.as_at, until=None, end_reason=None)
        for one in gone.members
        if one.id in going
    ]
    return gone.evolve(members=[*gone.members, *again])


@rule(
    "IJBO-a9-3-no-resign",
    cites="SSI 2014/285 art.9(3)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    modality="must_not",
    duty_on="chief social work officer and the board's finance officer",
    fields="M.route; M.end_reason",
    passes="body-corporate",
    fails=_resigns,
)
def officer_does_not_resign(p: Partnership, on: date) -> Iterator[Verdict]:
    """Who sits as chief social work officer or as the board's finance officer does not resign from the board."""
    board = board_of(p).id
    officers = p.members.where(lambda member: member.board == board and member.route in _OFFICES)
    for member in officers.items:
        where, reason = f"members[{member.id!r}].end_reason", member.end_reason
        if member.until is None or (isinstance(member.until, date) and on <= member.until):
            continue
        if reason is UNKNOWN:
            yield cannot_tell(where, "why the membership ended is not recorded")
        elif reason is EndReason.RESIGNED and member.until is UNKNOWN:
            yield cannot_tell(f"members[{member.id!r}].until", "the day of the resignation is not recorded")
        elif reason is EndReason.RESIGNED:
            what = f"the {member.route.value} resigned with effect after {member.until}"
            yield fail(where, what, mend="treat the membership as lasting until the office ends")
    yield from rest(officers, "members", "who else has sat on the board")


def _lost_the_election(p: Partnership) -> Partnership:
    return with_members(p, sitting_by(p, Route.LA)[-1:], councillor_until=p.as_at - timedelta(days=1))


@rule(
    "IJBO-a10-4-ex-councillor",
    cites="SSI 2014/285 art.10(4)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="local authority",
    fields="M.route; M.end; M.councillor_until",
    passes="body-corporate",
    fails=_lost_the_election,
)
def former_councillor(p: Partnership, on: date) -> Iterator[Verdict]:
    """A nominee of a council leaves the board on the day on which being a councillor ends, at the latest."""
    sitting = seated(p, on).where(lambda member: member.route is Route.LA)
    for member in sitting.items:
        where, last = f"members[{member.id!r}]", member.councillor_until
        if last is UNKNOWN:
            yield cannot_tell(f"{where}.councillor_until", "the last day as a councillor is not recorded")
        elif isinstance(last, date) and last < on:
            what = f"a councillor until {last.isoformat()}, and still a member on {on.isoformat()}"
            yield fail(f"{where}.until", what, mend=f"end the membership on {last.isoformat()}, and nominate another")
    yield from rest(sitting, "members", WHO_ELSE)


@rule(
    "IJBO-a10-1-absence",
    cites="SSI 2014/285 art.10(1)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    modality="may",
    duty_on="integration joint board",
    fields="removals.ground; removals.absences; removals.notice_on; removals.effect_on",
    passes="body-corporate",
    fails=None,
)
def absent_member_removed(p: Partnership, on: date) -> Iterator[Verdict]:
    """The board may remove a member who missed three meetings running without leave, at a month's notice."""
    yield from ()


@rule(
    "IJBO-a10-5-withdraw",
    cites="SSI 2014/285 art.10(5)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    modality="may",
    duty_on="constituent authorities",
    fields="removals.ground; removals.by; removals.notice_to; removals.notice_on; removals.effect_on; M.nominated_by",
    passes="body-corporate",
    fails=None,
)
def nominee_withdrawn(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Who nominated a member may withdraw that member, at a month's written notice to the member and to the board.

    Members for the third sector, service users and carers have no nominator.
    """
    yield from ()


def _untold_for_eight_months(p: Partnership) -> Partnership:
    vacancy = Vacancy(nominator=p.local_authorities[0].id, start=add_months(p.as_at, -8), notified_on=None)
    return p.evolve(ijb=attrs.evolve(board_of(p), vacancies=[vacancy]))


@rule(
    "IJBO-a13-4-six-months",
    cites="SSI 2014/285 art.13(4)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    councils="one",
    duty_on="chair of the integration joint board",
    fields="S.basis; vacancies.route; vacancies.start; vacancies.end; vacancies.notified_on; t",
    passes="body-corporate",
    fails=_untold_for_eight_months,
)
def vacancy_is_told(p: Partnership, on: date) -> Iterator[Verdict]:
    """Where a seat of the council or the Health Board is vacant for over six months, the chair tells Ministers why."""
    vacancies, parties = board_of(p).vacancies, [party.id for party in p.parties]
    for one in vacancies.items:
        over = isinstance(one.until, date) and one.until < on
        if over or one.nominator not in parties or (isinstance(one.start, date) and not _long(one.start, on)):
            continue
        where = f"ijb.vacancies[{one.nominator!r}]"
        if isinstance(one.notified_on, date) and one.notified_on <= on:
            continue
        if UNKNOWN in (one.start, one.until, one.notified_on):
            yield cannot_tell(where, "how long the seat is vacant, or whether Ministers were told, is not recorded")
        else:
            what = f"a seat of {one.nominator} is vacant from {one.start or 'a day long past'}; Ministers were not told"
            yield fail(where, what, mend="let the chair write to the Scottish Ministers with the reasons")
    yield from rest(vacancies, "ijb.vacancies", "which seats are vacant, and from when,")


def _long(start: date, on: date) -> bool:
    return on > last_day_of_period(start, months=_MONTHS)


@rule(
    "IJBO-a15-vacancy-valid",
    cites="SSI 2014/285 art.15",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    modality="may",
    duty_on="integration joint board",
    fields="M.route; M.end; meetings.date",
    passes="body-corporate",
    fails=None,
)
def decides_with_vacancies(p: Partnership, on: date) -> Iterator[Verdict]:
    """The board may decide while seats are vacant: no vacancy takes away from what it decided."""
    yield from ()
