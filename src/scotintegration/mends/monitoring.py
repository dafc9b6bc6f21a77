"""Mends of rules about the monitoring committee of a lead agency, and about whose each function is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.bodies import LeadAgency
from scotintegration.meetings import StandingOrders
from scotintegration.mends._attending import sure_on
from scotintegration.mends._sitting import ended
from scotintegration.mends._table import mends, record_waiting, settled
from scotintegration.mends._terms import day_before, fresh_id, fresh_mark, stands
from scotintegration.mends._watching import (
    committee_of,
    filled_by,
    keeping_committee,
    of_committee,
    seat_on_committee,
    sitting_on_committee,
    sure_by,
    with_committee,
)
from scotintegration.mends.meetings import with_headings
from scotintegration.officers import ChairPeriod, EndReason, Office, Route
from scotintegration.rules import find, lead_agency, monitoring
from scotintegration.rules._boards import with_members
from scotintegration.rules._schemes import standing, with_scheme
from scotintegration.schemes import Model
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.bodies import MonitoringReport
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

__all__ = [
    "adopt_standing_orders",
    "answer_recommendations",
    "appoint_chair",
    "appoint_groups",
    "lead_for_each_function",
    "nominate",
    "nominate_directors",
    "nominate_for_joint_committee",
    "one_person_a_seat",
    "seat_finance_officers",
    "set_up_before",
    "wind_up",
]

_BEFORE: Final = "PBJW-s15-ijmc-before"
_CHAIR: Final = "IJMC-a6-chair"
_DIRECTORS: Final = "IJMC-a3-hb-neds"
_DOUBLE: Final = "IJMC-a3-6A-no-double"
_NOMINEES: Final = ("IJMC-a3-min", "IJMC-a4-multi")
_RESPONDERS: Final = "CCA-cat1"
_RESPONSE: Final = "PBJW-s43-response"

record_waiting({"PBJW-s43-5-assist": "the monitoring committee asked for nothing"})


# -- the committee itself ----------------------------------------------------------------------------------------


@mends(_BEFORE)
def set_up_before(p: Partnership) -> Partnership:
    """Let both sides together have set the committee up, the day before functions passed at the latest."""
    before, p = p, settled(p, "DAYS-delegation-by") if p.scheme.delegated_on is UNKNOWN else p
    p = with_scheme(p, delegated_on=None) if p.scheme.delegated_on is UNKNOWN else p
    p = with_committee(p)
    committee, passed = committee_of(p), p.scheme.delegated_on
    day = committee.established_on
    if isinstance(passed, date) and passed <= p.as_at and not (isinstance(day, date) and day < passed):
        day = passed - timedelta(days=1)
    joint = attrs.evolve(committee, established_on=day, established_jointly=True)
    return keeping_committee(before, p.evolve(monitoring_committee=joint))


@mends("PBJW-s15-no-ijmc-for-ijb")
def wind_up(p: Partnership) -> Partnership:
    """Let no monitoring committee, nor anybody on it, stand beside an integration joint board."""
    p = settled(p, "PBJW-s1-4-one-model")
    if p.model.is_lead_agency:
        return p
    id = committee_of(p).id
    return p.evolve(
        monitoring_committee=None,
        members=p.members.where(lambda one: one.board != id),
        chairs=p.chairs.where(lambda one: one.board != id),
        meetings=p.meetings.where(lambda one: one.board != id),
        lines=[one for one in p.lines if id not in (one.from_id, one.to_id)],
    )


@mends("IJMC-so")
def adopt_standing_orders(p: Partnership) -> Partnership:
    """Let the committee have standing orders that deal with every matter that the law asks for."""
    before, orders = p, p.standing_orders
    if orders is None or orders is UNKNOWN:
        p = with_committee(p)
        orders = StandingOrders(board=committee_of(p).id, headings=())
    return keeping_committee(before, p.evolve(standing_orders=with_headings(orders, monitoring._HEADINGS)))


@mends(_RESPONSE)
def answer_recommendations(p: Partnership) -> Partnership:
    """Let the authority have answered in writing what the committee recommended, or may have; there was no more."""
    before, p = p, with_committee(p)
    committee, asked = committee_of(p), find(_RESPONSE)

    def answered(one: MonitoringReport) -> MonitoringReport:
        alone = attrs.evolve(committee, reports=[one])
        is_open = asked.is_open(p.evolve(monitoring_committee=alone))
        return attrs.evolve(one, response_in_writing=True) if is_open else one

    after = p.evolve(monitoring_committee=attrs.evolve(committee, reports=committee.reports.map(answered).items))
    return keeping_committee(before, after)


# -- who sits on it ----------------------------------------------------------------------------------------------


@mends("IJMC-a3-min")
def nominate(p: Partnership) -> Partnership:
    """Let three councillors and three nominees of the Health Board sit."""
    before = p
    for route in lead_agency.NOMINATED:
        p = filled_by(p, route, lead_agency._FEWEST)
    return keeping_committee(before, p, _DOUBLE)


@mends("IJMC-a4-multi")
def nominate_for_joint_committee(p: Partnership) -> Partnership:
    """
    Let three councillors, or of more than three councils one each, sit beside three nominees of the Health Board.

    A councillor of whom nobody recorded who nominated is taken for one of a council that has none yet.
    """
    before, p = p, with_committee(p)
    councils = [council.id for council in p.local_authorities]
    if len(councils) > lead_agency._FEWEST:
        p = _one_of_each(p, councils)
    else:
        p = filled_by(p, Route.LA, lead_agency._FEWEST)
    p = filled_by(p, Route.HB, lead_agency._FEWEST)
    return keeping_committee(before, p, _DOUBLE)


def _one_of_each(p: Partnership, councils: list[str]) -> Partnership:
    """Let a councillor of each council sit."""
    p = sure_by(p, Route.LA)
    for council in councils:
        now = sitting_on_committee(p, (Route.LA,))
        unnamed = [one.id for one in now if one.nominated_by is UNKNOWN]
        if council in [one.nominated_by for one in now]:
            continue
        p = with_members(p, unnamed[:1], nominated_by=council) if unnamed else seat_on_committee(p, Route.LA, council)
    return p


@mends(_DIRECTORS)
def nominate_directors(p: Partnership) -> Partnership:
    """
    Let those whom the Health Board nominated be non-executive directors.

    Whoever is none gives place to somebody else. Where it has declared that it has too few of them, or may have, two
    will do: the others are members of the Health Board and no councillors.
    """
    return keeping_committee(p, _with_directors(sure_on(p, committee_of(p).id, p.as_at)), _DOUBLE)


def _with_directors(p: Partnership) -> Partnership:
    p = with_members(p, [one.id for one in _nominees(p) if one.is_ned is UNKNOWN], is_ned=True)
    others = [one for one in _nominees(p) if not one.is_ned]
    committee = committee_of(p)
    if not others:
        return p
    if committee.ned_shortfall is UNKNOWN:
        p = p.evolve(monitoring_committee=attrs.evolve(committee, ned_shortfall=True))
    elif not committee.ned_shortfall:
        return _succeeded(p, others)
    missing = max(0, lead_agency._FEWEST_NEDS - (len(_nominees(p)) - len(others)))
    p = _succeeded(p, others[:missing])
    return with_members(p, [one.id for one in others[missing:]], is_councillor=False, is_hb_member=True)


def _succeeded(p: Partnership, members: list[Member]) -> Partnership:
    """Let somebody else sit in the place of each of some members from the day that governs."""
    for member in members:
        is_nominee = member.route is Route.HB
        p = ended(p, member, day_before(p), EndReason.WITHDRAWN if is_nominee else EndReason.TERM)
        p = seat_on_committee(p, member.route, p.health_board.id if is_nominee else None)
    return p


def _nominees(p: Partnership) -> list[Member]:
    return sitting_on_committee(p, (Route.HB,))


@mends("IJMC-a3-finance")
def seat_finance_officers(p: Partnership) -> Partnership:
    """Let the finance officer of whoever leads sit."""
    before = p
    for route in lead_agency._NEEDED[p.model]:
        p = filled_by(p, route, 1)
    return keeping_committee(before, p, _DOUBLE)


@mends("IJMC-a3-groups")
def appoint_groups(p: Partnership) -> Partnership:
    """Let a member each sit for the staff of whoever leads, the third sector, service users and unpaid carers."""
    before, p = p, with_committee(p)
    both = p.scheme.is_joint and p.law.as_at < monitoring._BY_MODEL
    for route in (*monitoring._STAFF[Model.BOTH_WAYS if both else p.model], *monitoring._EVERYBODY):
        p = filled_by(p, route, 1)
    return keeping_committee(before, p, _DOUBLE)


@mends(_DOUBLE)
def one_person_a_seat(p: Partnership) -> Partnership:
    """Let members for groups be people who sit in no other way; people not recorded get marks."""
    before, p = p, with_committee(p)
    p = sure_on(p, committee_of(p).id, p.as_at)
    everybody = sitting_on_committee(p)
    groups = [one for one in everybody if one.route in monitoring._GROUPS]
    others = [one for one in everybody if one not in groups]
    for member in others if groups else ():
        if member.person is UNKNOWN:
            p = with_members(p, [member.id], person=fresh_mark(p))
    taken = {one.person for one in others}
    for member in groups:
        if member.person is UNKNOWN:
            p = with_members(p, [member.id], person=fresh_mark(p))
        elif member.person in taken:
            p = _succeeded(p, [member])
    return keeping_committee(before, p)


# -- who is in the chair -----------------------------------------------------------------------------------------


@mends(_CHAIR)
def appoint_chair(p: Partnership) -> Partnership:
    """
    Let a nominated member be in the chair, appointed by both sides together.

    Whoever may be in the chair is; else the first of the nominated members.
    """
    before = p
    if p.chair_on(p.as_at) is UNKNOWN:
        p = _sure_of_chair(p)
    period = p.chair_on(p.as_at)
    if not isinstance(period, ChairPeriod):
        period = ChairPeriod(
            id=fresh_id("chair", (one.id for one in p.chairs.items)),
            board=committee_of(p).id,
            office=Office.CHAIR,
            start=p.as_at,
            until=None,
            appointed_by=(),
        )
        p = p.evolve(chairs=Listing((*p.chairs.items, period), p.chairs.complete))
    unsure = [one for one in of_committee(p) if one.id == period.member and stands(one, p.as_at) is None]
    p = sure_by(p, unsure[0].route) if unsure else p
    p, nominated = _nominated(p)
    by = period.appointed_by
    joint = attrs.evolve(
        period,
        member=period.member if period.member in nominated else nominated[0],
        appointed_by=Listing((*by.items, *(one.id for one in p.parties if one.id not in by.items)), by.complete),
    )
    p = p.evolve(chairs=p.chairs.map(lambda one: joint if one.id == period.id else one))
    return keeping_committee(before, p, _DOUBLE)


def _sure_of_chair(p: Partnership) -> Partnership:
    """Let the last who may be in the chair be so from the day that governs, and for as long as nobody knows better."""
    unsure = [one for one in p.chairs.items if one.office is Office.CHAIR and stands(one, p.as_at) is None][-1:]
    chairs = p.chairs.map(
        lambda one: (
            attrs.evolve(
                one,
                start=p.as_at if one.start is UNKNOWN else one.start,
                until=None if one.until is UNKNOWN else one.until,
            )
            if one in unsure
            else one
        )
    )
    return p.evolve(chairs=chairs)


def _nominated(p: Partnership) -> tuple[Partnership, list[str]]:
    """List the nominated members who are sure to sit, once there are some."""
    for rule in _NOMINEES:
        if not sitting_on_committee(p, lead_agency.NOMINATED):
            p = settled(p, rule)
    return p, [one.id for one in sitting_on_committee(p, lead_agency.NOMINATED)]


# -- whose each function is --------------------------------------------------------------------------------------


@mends("PBJW-s59-d-joint")
def lead_for_each_function(p: Partnership) -> Partnership:
    """Let whoever received a function lead; the functions known are all there are, and none of them is over."""
    before = p
    if not standing(p, p.as_at).complete:
        functions = [attrs.evolve(one, until=None) if one.until is UNKNOWN else one for one in p.scheme.functions.items]
        p = with_scheme(p, functions=functions)
    if {one.delegate for one in standing(p, p.as_at).items} - {one.id for one in p.parties}:
        p = settled(p, "PBJW-s1-3b-functions-listed")
    leads = {one.body for one in p.lead_agencies}
    for body in sorted({one.delegate for one in standing(p, p.as_at).items} - leads):
        role = LeadAgency(f"{body}-lead", name=f"{p.body(body).name} as lead agency", body=body, category_1=True)
        p = p.evolve(lead_agencies=[*p.lead_agencies, role])
    return p if find(_RESPONDERS).is_open(before) else settled(p, _RESPONDERS)
