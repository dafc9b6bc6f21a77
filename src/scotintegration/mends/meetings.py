"""Mends of rules about meetings: notice, quorum, who presides, votes, proxies and standing orders."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.meetings import StandingOrders
from scotintegration.mends._attending import (
    attended,
    counted,
    in_turn,
    is_faulty,
    sure_on,
    sure_who_came,
    voting_at,
    with_meeting,
)
from scotintegration.mends._table import mends, record, settled
from scotintegration.mends._terms import keeping, stands
from scotintegration.mends._watching import keeping_committee
from scotintegration.mends.chairs import end_in_time
from scotintegration.officers import Office, Route
from scotintegration.rules import attending, find
from scotintegration.rules._boards import board_of, seated
from scotintegration.rules._meetings import law_of, tally, voters_of
from scotintegration.rules.lead_agency import NOMINATED
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scotintegration.law import Law
    from scotintegration.meetings import Interest, Meeting, Proxy, Vote
    from scotintegration.officers import ChairPeriod, Member
    from scotintegration.partnership import Partnership

__all__ = [
    "adopt_standing_orders",
    "attend",
    "attend_committee",
    "count_votes_of_board",
    "disclose_before",
    "give_notice",
    "preside",
    "preside_in_person",
    "refer_ties_back",
    "vote_as_proxies",
]

TIE: Final = "refer back"
"""How a tie is resolved where nobody recorded how."""

_ORDERS: Final = "IJBO-a18-so-exist"
_CASTING: Final = "IJBO-a18-no-casting"
_INTERESTS: Final = "IJBO-sch5-interest"
_MAJORITY: Final = "IJBO-a11-majority"
_NOTICE: Final = "IJBO-sch2-notice"
_PRESIDES: Final = "IJBO-sch4-preside"
_PROXIES: Final = "IJBO-a12-proxy-vote"
_PROXY_PRESIDES: Final = "IJBO-a12-proxy-preside"
_QUORUM: Final = "IJBO-sch3-quorum"
_QUORUM_OF_COMMITTEE: Final = "IJMC-quorum"
_ELIGIBLE: Final = ("IJBO-a4-5-la-chair-eligible", "IJBO-a4-6-hb-chair-ned")
_OF_CHAIRS: Final = (
    "IJBO-a4-term",
    "IJBO-a4-3-vice-other",
    "IJBO-a4-chair-alternate",
    "IJBO-a6-hb-second",
    "IJBO-chair-not-lived-exp",
    *_ELIGIBLE,
)
"""Rules that settling who was in the chair may open."""


# -- standing orders ---------------------------------------------------------------------------------------------


def with_headings(orders: StandingOrders, headings: Iterable[str]) -> StandingOrders:
    """Let standing orders deal with some matters too."""
    found = {heading.casefold() for heading in orders.headings.items}
    more = [heading for heading in headings if heading not in found]
    return attrs.evolve(orders, headings=Listing((*orders.headings.items, *more), orders.headings.complete))


@mends(_ORDERS)
def adopt_standing_orders(p: Partnership) -> Partnership:
    """Let the board have standing orders that deal with every matter that the law asks for."""
    orders = p.standing_orders
    if orders is None or orders is UNKNOWN:
        orders = StandingOrders(board=board_of(p).id, headings=(), tie_mechanism=TIE)
    elif orders.tie_mechanism is UNKNOWN or not orders.tie_mechanism:
        orders = attrs.evolve(orders, tie_mechanism=TIE)
    return p.evolve(standing_orders=with_headings(orders, attending._HEADINGS))


@mends(_CASTING)
def refer_ties_back(p: Partnership) -> Partnership:
    """Let no tie be resolved by a casting vote: standing orders refer ties back, and so was every tie there was."""
    orders = p.standing_orders
    if orders is UNKNOWN:
        p = settled(p, _ORDERS)
    elif orders is not None and find(_CASTING).is_open(p.evolve(meetings=())):
        p = p.evolve(standing_orders=attrs.evolve(orders, tie_mechanism=TIE))

    def refer(p: Partnership, meeting: Meeting) -> Partnership:
        sitting, law = seated(p, meeting.on), law_of(p, meeting)
        votes = [
            _referred(meeting, one, sitting, law) if is_faulty(p, _CASTING, meeting, one) else one
            for one in meeting.votes.items
        ]
        return with_meeting(p, meeting.id, votes=votes)

    return in_turn(p, _CASTING, refer)


def _referred(meeting: Meeting, vote: Vote, sitting: Listing[Member], law: Law) -> Vote:
    """Say that a vote was referred back, or, unless it is sure to have been a tie, that it was none."""
    yes, no = (tally(ids, sitting, law, meeting) for ids in (vote.votes_for, vote.votes_against))
    is_tie = {yes.least, yes.most} == {no.least, no.most} == {yes.least}
    return attrs.evolve(vote, tie_resolved_by=TIE if is_tie else None)


record("IJBO-sch6-minutes")


# -- notice and quorum -------------------------------------------------------------------------------------------


@mends(_NOTICE)
def give_notice(p: Partnership) -> Partnership:
    """Let notice of each meeting have been available on the last day that leaves enough clear days."""

    def notify(p: Partnership, meeting: Meeting) -> Partnership:
        clear = law_of(p, meeting).number("clear days of notice")
        return with_meeting(p, meeting.id, notice_available_on=meeting.on - timedelta(days=clear + 1))

    return in_turn(p, _NOTICE, notify)


@mends(_QUORUM)
def attend(p: Partnership) -> Partnership:
    """Let as many more voting members have attended each meeting of the board as make a quorum."""

    def come(p: Partnership, meeting: Meeting) -> Partnership:
        law = law_of(p, meeting)
        voters = voters_of(p, meeting.on, law)
        return attended(p, meeting, voters, law.quorum(len(voters)))

    return keeping(p, in_turn(p, _QUORUM, _sure, come), _PRESIDES)


@mends(_QUORUM_OF_COMMITTEE)
def attend_committee(p: Partnership) -> Partnership:
    """Let as many more nominated members have attended each meeting of the monitoring committee as are half of them."""

    def come(p: Partnership, meeting: Meeting) -> Partnership:
        sitting = [
            one.id
            for one in p.members.items
            if one.board == meeting.board and one.route in NOMINATED and stands(one, meeting.on)
        ]
        return attended(p, meeting, sitting, -(-len(sitting) // 2))

    return keeping_committee(p, in_turn(p, _QUORUM_OF_COMMITTEE, _sure, come))


def _sure(p: Partnership, meeting: Meeting) -> Partnership:
    """Settle who sat on the day of a meeting."""
    return sure_on(p, meeting.board, meeting.on)


# -- who presides ------------------------------------------------------------------------------------------------


@mends(_PRESIDES)
def preside(p: Partnership) -> Partnership:
    """
    Let the chair have presided at each meeting or, where the chair was away, the vice-chair or a voting member.

    Whoever is recorded to have presided was there, where nobody recorded all who were. A meeting of a board on which
    nobody sat who could preside is struck out.
    """
    return keeping(p, in_turn(p, _PRESIDES, *_PRESIDING), *_OF_CHAIRS)


@mends(_PROXY_PRESIDES)
def preside_in_person(p: Partnership) -> Partnership:
    """Let somebody who was there have presided at each meeting at which a proxy did, or may have."""
    return keeping(p, in_turn(p, _PROXY_PRESIDES, *_PRESIDING), *_OF_CHAIRS)


def _represented(meeting: Meeting) -> set[str]:
    return {proxy.of for proxy in meeting.proxies.items}


def _there(p: Partnership, meeting: Meeting) -> Partnership:
    """Let whoever presided have been there, where that may be and nobody stood in."""
    who, present = meeting.presiding, meeting.present
    if not isinstance(who, str) or present.complete or who in (*present.items, *_represented(meeting)):
        return p
    return with_meeting(p, meeting.id, present=Listing((*present.items, who), complete=False))


def _by_chair(p: Partnership, meeting: Meeting) -> Partnership:
    """Let the chair have presided who is sure to have been there or, if nobody recorded who presided, may have been."""
    present, away = meeting.present, _represented(meeting)
    may_come = meeting.presiding is UNKNOWN and not present.complete
    for one in _periods(p, Office.CHAIR, meeting):
        if one.member in present.items:
            return with_meeting(p, meeting.id, presiding=one.member)
        if isinstance(one.member, str) and may_come and one.member not in away:
            came = Listing((*present.items, one.member), complete=False)
            return with_meeting(p, meeting.id, presiding=one.member, present=came)
    return p


def _periods(p: Partnership, office: Office, meeting: Meeting) -> list[ChairPeriod]:
    return [one for one in p.chairs.items if one.board == p.id and one.office is office and stands(one, meeting.on)]


def _sure_of_chair(p: Partnership, meeting: Meeting) -> Partnership:
    """Settle who was chair and vice-chair on the day of a meeting: whoever presided, if nobody recorded who it was."""
    p = end_in_time(p)
    for office in Office:
        for one in _periods(p, office, meeting):
            if one.member is UNKNOWN:
                p = _named(p, one, meeting)
    return p


def _named(p: Partnership, period: ChairPeriod, meeting: Meeting) -> Partnership:
    """Name the member of a period: whoever presided, if appointed as a nominee, or else whom other rules ask for."""
    by = period.appointed_by.items
    fits = [
        one.id
        for one in seated(p, meeting.on).items
        if one.id == meeting.presiding and one.route in (Route.LA, Route.HB) and (one.nominated_by in by or not by)
    ]
    if not fits and stands(period, p.as_at):
        p = settled(p, *_ELIGIBLE)
    chairs = p.chairs.map(
        lambda one: (
            attrs.evolve(one, member=fits[0] if fits else None)
            if one.id == period.id and one.member is UNKNOWN
            else one
        )
    )
    return p.evolve(chairs=chairs)


def _choose(p: Partnership, meeting: Meeting) -> Partnership:
    """Choose who presided, of those who were there or, where not all of them are recorded, may have been."""
    present, away = meeting.present, _represented(meeting)
    chairs, vices = (
        [one.member for one in _periods(p, office, meeting) if isinstance(one.member, str)]
        for office in (Office.CHAIR, Office.VICE_CHAIR)
    )
    voters = voters_of(p, meeting.on, law_of(p, meeting))
    here = [id for id in (*chairs, *vices) if id in present.items]
    first = [id for id in voters if id in present.items and id == meeting.presiding]
    perhaps = [id for id in (*chairs, *vices) if not present.complete and id not in away]
    others = sorted(voters, key=lambda id: (id not in present.items, id in away))
    candidates = [*here, *first, *perhaps, *others]
    if not candidates:
        return p.evolve(meetings=p.meetings.where(lambda one: one.id != meeting.id))
    who = candidates[0]
    came = present.items if who in present.items else (*present.items, who)
    return with_meeting(p, meeting.id, presiding=who, present=Listing(came, present.complete or who not in chairs))


_PRESIDING: Final = (_there, _by_chair, _sure, _sure_of_chair, _choose)
"""The steps towards a lawful presider, the least change first."""


# -- votes, proxies and interests --------------------------------------------------------------------------------


@mends(_MAJORITY)
def count_votes_of_board(p: Partnership) -> Partnership:
    """Let the minutes say of each vote of the board what came of it by the votes that count."""

    def minute(p: Partnership, meeting: Meeting) -> Partnership:
        sitting, law = seated(p, meeting.on), law_of(p, meeting)
        pool = voting_at(meeting, voters_of(p, meeting.on, law))
        votes = [
            counted(meeting, one, sitting, law, pool) if is_faulty(p, _MAJORITY, meeting, one) else one
            for one in meeting.votes.items
        ]
        return with_meeting(p, meeting.id, votes=votes)

    return in_turn(p, _MAJORITY, _sure, sure_who_came, minute, sure_who_came)


@mends(_PROXIES)
def vote_as_proxies(p: Partnership) -> Partnership:
    """Let no proxy have voted who could not; one who voted for a nominee, and may have been fit to, was."""

    def admit(p: Partnership, meeting: Meeting) -> Partnership:
        sitting, law = {one.id: one for one in seated(p, meeting.on).items}, law_of(p, meeting)
        return with_meeting(
            p, meeting.id, proxies=[_admitted(one, sitting.get(one.of), law) for one in meeting.proxies.items]
        )

    def sure(p: Partnership, meeting: Meeting) -> Partnership:
        known = {one.id for one in seated(p, meeting.on).items}
        unsure = any(one.voted is True and one.of not in known for one in meeting.proxies.items)
        return _sure(p, meeting) if unsure else p

    return in_turn(p, _PROXIES, sure, admit)


def _admitted(proxy: Proxy, member: Member | None, law: Law) -> Proxy:
    """Let a proxy not have voted who could not, and have been fit to vote who did and may have been."""
    fitness = {Route.LA: "is_councillor", Route.HB: "is_hb_member"}
    field = None if member is None else fitness.get(member.route)
    if member is None or not law.votes(member):
        return attrs.evolve(proxy, voted=False)
    if field is None or getattr(proxy, field) is True:
        return proxy
    if proxy.voted is True and getattr(proxy, field) is UNKNOWN:
        return attrs.evolve(proxy, **{field: True})  # type: ignore[arg-type]
    return attrs.evolve(proxy, voted=False)


@mends(_INTERESTS)
def disclose_before(p: Partnership) -> Partnership:
    """Let each interest have been disclosed before the business began, and whoever had it decide on taking part."""

    def disclosed(one: Interest) -> Interest:
        return attrs.evolve(one, disclosed_before=True, decided_by=one.member)

    def disclose(p: Partnership, meeting: Meeting) -> Partnership:
        return with_meeting(p, meeting.id, interests=meeting.interests.map(disclosed).items)

    return in_turn(p, _INTERESTS, disclose)
