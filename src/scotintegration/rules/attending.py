"""Rules about who attends meetings of boards, in whose place, and who presides (part 5C)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.errors import UnknownFactError
from scotintegration.meetings import Interest, Meeting, Proxy
from scotintegration.officers import Office, Route
from scotintegration.rules._boards import board_of, rest, seated, sitting_by
from scotintegration.rules._engine import rule
from scotintegration.rules._meetings import change_last, held, last_of, law_of
from scotintegration.rules._records import as_recorded, not_kept
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN, Listing, known

if TYPE_CHECKING:
    from scotintegration.law import Law
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

__all__ = [
    "interests_disclosed",
    "minutes_agreed",
    "no_proxy_presides",
    "presiding",
    "proxies_vote",
    "requisition",
    "standing_orders",
]

_OTHER_DAYS: Final = "whether the board met on other days"

_HEADINGS: Final = (
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
"""What standing orders must deal with: two paragraphs of the article, and each matter of the Schedule."""

_MINUTES: Final = "IJBO-sch6-minutes"

_INTERESTS: Final = date(2016, 2, 1)
"""The day from which a member decides on taking part."""


def _nothing_remote(p: Partnership) -> Partnership:
    orders = p.standing_orders
    headings = [one for one in orders.headings if one != "remote attendance"]  # type: ignore[union-attr]
    return p.evolve(standing_orders=attrs.evolve(orders, headings=headings))  # type: ignore[misc]


@rule(
    "IJBO-a18-so-exist",
    cites="SSI 2014/285 art.18(1)-(2)",
    severity="statute",
    topic="proceedings",
    models="a",
    in_force="2014-11-28",
    basis="evidence",
    duty_on="integration joint board",
    fields="B.standing_orders.headings",
    passes="body-corporate",
    fails=_nothing_remote,
)
def standing_orders(p: Partnership, on: date) -> Iterator[Verdict]:
    """The board has standing orders that deal with ties, remote attendance and each matter of the Schedule."""
    board = board_of(p)
    orders = known(p.standing_orders, "whether the board has standing orders")
    if orders is None:
        yield fail("standing_orders", f"{board.name} has no standing orders", mend="make standing orders")
        return
    if orders.tie_mechanism is UNKNOWN:
        yield cannot_tell("standing_orders.tie_mechanism", "how they resolve a tie is not recorded")
    elif not orders.tie_mechanism:
        mend = "amend the standing orders to say how a tie is resolved, other than by a casting vote"
        yield fail("standing_orders.tie_mechanism", "they do not say how a tie is resolved", mend=mend)
    found = {heading.casefold() for heading in orders.headings.items}
    missing = [heading for heading in _HEADINGS if heading not in found]
    if missing and orders.headings.complete:
        what, mend = f"nothing on {', '.join(missing)}", f"amend the standing orders to deal with {', '.join(missing)}"
        yield fail("standing_orders.headings", what, mend=mend)
    elif missing:
        yield cannot_tell("standing_orders.headings", f"whether they deal with {', '.join(missing)} is not recorded")


def _staff_proxy_votes(p: Partnership) -> Partnership:
    away = sitting_by(p, Route.STAFF)[0]
    proxy = Proxy(of=away, person="colleague", is_councillor=False, is_hb_member=False, voted=True)
    meeting = last_of(p)
    present = [id for id in meeting.present.items if id != away]
    return change_last(p, proxies=[*meeting.proxies.items, proxy], present=present)


@rule(
    "IJBO-a12-proxy-vote",
    cites="SSI 2014/285 art.12",
    severity="statute",
    topic="proceedings",
    models="a",
    in_force="2014-11-28",
    duty_on="integration joint board",
    fields="meetings.date; proxies.of; proxies.is_councillor; proxies.is_hb_member; proxies.voted; M.route",
    passes="body-corporate",
    fails=_staff_proxy_votes,
)
def proxies_vote(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    A proxy votes only in place of a voting member, and for a nominee only as a councillor or Health Board member.

    Since 1 September 2026 the law asks nothing of the proxies of members for the third sector, users and carers, who
    vote too.
    """
    meetings = held(p, on)
    for meeting in meetings.items:
        sitting, law = seated(p, meeting.on), law_of(p, meeting)
        for proxy in meeting.proxies.items:
            if proxy.voted is UNKNOWN or proxy.voted:
                yield from _may_vote(meeting, proxy, sitting, law)
        yield from rest(meeting.proxies, f"meetings[{meeting.id!r}].proxies", "who else attended as a proxy")
    yield from rest(meetings, "meetings", _OTHER_DAYS)


def _may_vote(meeting: Meeting, proxy: Proxy, sitting: Listing[Member], law: Law) -> Iterator[Verdict]:
    """Say why a proxy who voted could not; of one who may have voted, that this is not recorded."""
    where = f"meetings[{meeting.id!r}].proxies[{proxy.of!r}]"
    member = next((one for one in sitting.items if one.id == proxy.of), None)
    if member is None and not sitting.complete:
        yield cannot_tell(where, f"as what {proxy.of!r} sits is not recorded")
        return
    why, mend = "", "leave the vote out of the count, and put the matter to the vote again if it decided anything"
    if member is None:
        why = "nobody of that name sat on the board that day"
    elif not law.votes(member):
        why = f"a member for {member.route.value} has no vote on {meeting.on.isoformat()}"
    elif member.route in (Route.LA, Route.HB):
        is_fit, needed = (
            (proxy.is_councillor, "councillor")
            if member.route is Route.LA
            else (proxy.is_hb_member, "member of the Health Board")
        )
        if is_fit is UNKNOWN:
            yield cannot_tell(where, f"whether the proxy is a {needed} is not recorded")
        elif not is_fit:
            why, mend = f"the proxy is no {needed}", f"{mend}; send a {needed}"
    if why and proxy.voted is UNKNOWN:
        yield cannot_tell(where, f"whether the proxy voted is not recorded; {why}")
    elif why:
        yield fail(where, f"the proxy voted; {why}", mend=mend)


def _proxy_in_the_chair(p: Partnership) -> Partnership:
    meeting = last_of(p)
    away = str(meeting.presiding)
    proxy = Proxy(of=away, person="stand-in", is_councillor=True, is_hb_member=True, voted=False)
    present = [id for id in meeting.present.items if id != away]
    return change_last(p, proxies=[*meeting.proxies.items, proxy], present=present)


@rule(
    "IJBO-a12-proxy-preside",
    cites="SSI 2014/285 art.12(4), now (5)",
    severity="statute",
    topic="proceedings",
    models="a",
    in_force="2014-11-28",
    modality="must_not",
    duty_on="integration joint board",
    entails=("IJBO-sch4-preside",),
    fields="meetings.date; meetings.presiding; proxies.person",
    passes="body-corporate",
    fails=_proxy_in_the_chair,
)
def no_proxy_presides(p: Partnership, on: date) -> Iterator[Verdict]:
    """No proxy presides at a meeting of the board, in whosever place the proxy is there."""
    meetings = held(p, on)
    for meeting in meetings.items:
        where = f"meetings[{meeting.id!r}].presiding"
        proxies = {one.of for one in meeting.proxies.items}
        if meeting.presiding is None or meeting.presiding in meeting.present.items:
            continue
        if meeting.presiding is UNKNOWN and (proxies or not meeting.proxies.complete):
            yield cannot_tell(where, f"who presided on {meeting.on.isoformat()} is not recorded")
        elif meeting.presiding in proxies and meeting.present.complete:
            what = f"the proxy of {meeting.presiding!r} presided on {meeting.on.isoformat()}"
            yield fail(where, what, mend="let a voting member who is there preside")
        elif meeting.presiding in proxies or (meeting.presiding is not UNKNOWN and not meeting.proxies.complete):
            yield cannot_tell(where, f"whether {meeting.presiding!r} was there, or a proxy, is not recorded")
    yield from rest(meetings, "meetings", _OTHER_DAYS)


def _chief_officer_presides(p: Partnership) -> Partnership:
    return change_last(p, presiding=sitting_by(p, Route.CO)[0])


@rule(
    "IJBO-sch4-preside",
    cites="SSI 2014/285 sch para 4",
    severity="statute",
    topic="proceedings",
    models="a",
    in_force="2014-11-28",
    duty_on="integration joint board",
    fields="meetings.date; meetings.present; meetings.presiding; B.chairs.person; B.vices.person; M.route",
    passes="body-corporate",
    fails=_chief_officer_presides,
)
def presiding(p: Partnership, on: date) -> Iterator[Verdict]:
    """The chair presides, in the chair's absence the vice-chair, and where both are away another voting member."""
    meetings = held(p, on)
    for meeting in meetings.items:
        where = f"meetings[{meeting.id!r}].presiding"
        try:
            yield from _presided(p, meeting, where)
        except UnknownFactError as missing:
            yield cannot_tell(where, f"{missing.what} is not recorded")
    yield from rest(meetings, "meetings", _OTHER_DAYS)


def _in_office(p: Partnership, office: Office, on: date) -> Listing[str]:
    """Name the memberships of whoever holds an office on a day; nobody where it is vacant."""
    periods = p.chairs.where(lambda one: one.board == p.id and one.office is office and one.serves(on))
    members = [known(one.member, f"who was {office.value} on {on.isoformat()}") for one in periods.items]
    return Listing(tuple(one for one in members if one is not None), complete=periods.complete)


def _presided(p: Partnership, meeting: Meeting, where: str) -> Iterator[Verdict]:
    on, mend = meeting.on.isoformat(), "let the chair preside or, if away, the vice-chair"
    who = known(meeting.presiding, f"who presided on {on}")
    if who is None:
        yield fail(where, f"nobody presided on {on}", mend=mend)
        return
    if who not in meeting.present.items:
        known(meeting.present.complete or UNKNOWN, f"whether {who!r} attended on {on}")
        yield fail(where, f"{who!r} presided on {on} and did not attend", mend=mend)
        return
    for office in (Office.CHAIR, Office.VICE_CHAIR):
        holders = _in_office(p, office, meeting.on)
        if who in holders.items:
            return
        here = [one for one in holders.items if one in meeting.present.items]
        if here:
            yield fail(where, f"{who!r} presided on {on}; the {office.value}, {here[0]!r}, was there", mend=mend)
            return
        known(holders.complete or UNKNOWN, f"who was {office.value} on {on}")
        known(not holders.items or meeting.present.complete or UNKNOWN, f"whether the {office.value} attended on {on}")
    sitting = seated(p, meeting.on)
    member = next((one for one in sitting.items if one.id == who), None)
    if member is None:
        known(sitting.complete or UNKNOWN, f"as what {who!r} sat on {on}")
    if member is None or not law_of(p, meeting).votes(member):
        what = f"{who!r}, who presided on {on}, is not a voting member"
        yield fail(where, what, mend="let the voting members who are there choose one of themselves")


@rule(
    "IJBO-sch1-requisition",
    cites="SSI 2014/285 sch para 1(3)-(5)",
    severity="statute",
    topic="proceedings",
    models="a",
    in_force="2014-11-28",
    modality="may",
    duty_on="voting members",
    fields="requisitions.signatories; requisitions.presented_on; requisitions.chair_called_on; "
    "requisitions.meeting_business; requisitions.business; M.route; M.start; M.end",
    passes="body-corporate",
    fails=None,
)
def requisition(p: Partnership, on: date) -> Iterator[Verdict]:
    """Two voting members in three may ask for a meeting, and call it themselves if the chair does not within a week."""
    yield from ()


def _disclosed_too_late(p: Partnership) -> Partnership:
    member = last_of(p).present.items[0]
    late = Interest(member=member, about="a contract", disclosed_before=False, decided_by=member)
    return change_last(p, interests=[late])


@rule(
    "IJBO-sch5-interest",
    cites="SSI 2014/285 sch para 5, SSI 2015/432",
    severity="statute",
    topic="proceedings",
    models="a",
    in_force="2016-02-01",
    duty_on="members of the integration joint board",
    fields="interests.disclosed_at; interests.discussion_at; interests.participation_decided_by; meetings.date",
    passes="body-corporate",
    fails=_disclosed_too_late,
)
def interests_disclosed(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    An interest is disclosed before what it bears on is discussed, and the member who has it decides on taking part.

    Meetings before 1 February 2016 followed another wording.
    """
    meetings = held(p, on).where(lambda meeting: meeting.on >= _INTERESTS)
    for meeting in meetings.items:
        for interest in meeting.interests.items:
            where = f"meetings[{meeting.id!r}].interests[{interest.member!r}]"
            if interest.disclosed_before is UNKNOWN:
                yield cannot_tell(f"{where}.disclosed_before", f"when it was disclosed on {interest.about!r}")
            elif not interest.disclosed_before:
                what = f"disclosed only after {interest.about!r} was discussed on {meeting.on.isoformat()}"
                yield fail(f"{where}.disclosed_before", what, mend="disclose an interest before the business begins")
            if interest.decided_by is UNKNOWN:
                yield cannot_tell(f"{where}.decided_by", f"who decided on taking part in {interest.about!r}")
            elif interest.decided_by != interest.member:
                by = "nobody" if interest.decided_by is None else repr(interest.decided_by)
                what = f"{by} decided whether {interest.member!r} took part in {interest.about!r}"
                yield fail(f"{where}.decided_by", what, mend="let the member who has the interest decide")
        yield from rest(meeting.interests, f"meetings[{meeting.id!r}].interests", "what other interests there were")
    yield from rest(meetings, "meetings", _OTHER_DAYS)


@rule(
    _MINUTES,
    cites="SSI 2014/285 sch para 6",
    severity="statute",
    topic="proceedings",
    models="a",
    in_force="2014-11-28",
    basis="evidence",
    duty_on="integration joint board",
    fields="minutes.attendance; minutes.agreed_on; minutes.signed_by",
    passes="body-corporate",
    fails=not_kept(_MINUTES),
)
def minutes_agreed(p: Partnership, on: date) -> Iterator[Verdict]:
    """Attendance is recorded, and minutes are agreed at the next meeting and signed by whoever presides there."""
    what = "minutes name who attended, and were agreed and signed"
    mend = "record attendance, and put the minutes to the next meeting to be agreed and signed"
    yield from as_recorded(p, _MINUTES, what, mend)
