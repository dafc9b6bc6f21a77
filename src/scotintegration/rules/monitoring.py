"""Rules about who else sits on a monitoring committee, what it asks and reports, and whose each function is (5G)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.officers import Route
from scotintegration.rules._boards import rest, some
from scotintegration.rules._engine import rule
from scotintegration.rules._joint_example import joint_lead_agency
from scotintegration.rules._records import as_recorded, not_kept
from scotintegration.rules._schemes import standing
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.schemes import Model
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration.bodies import MonitoringCommittee
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership
    from scotintegration.unknown import Listing

__all__ = [
    "authority_of_each_function",
    "given_what_it_needs",
    "groups",
    "nominees_of_joint_committee",
    "one_seat_each",
    "recommendations_answered",
    "standing_orders",
]

_SIDES: Final = "local authority and health board"
_WHO_ELSE: Final = "who else sits on the committee, and from when,"
_ASSIST: Final = "PBJW-s43-5-assist"
_FEWEST: Final = 3

_EVERYBODY: Final = (Route.THIRD, Route.USER, Route.CARER)
_STAFF: Final = {
    Model.LA_TO_HB: (Route.HB_STAFF,),
    Model.HB_TO_LA: (Route.LA_STAFF,),
    Model.BOTH_WAYS: (Route.HB_STAFF, Route.LA_STAFF),
}
_GROUPS: Final = (Route.STAFF, Route.HB_STAFF, Route.LA_STAFF, *_EVERYBODY)

_BY_MODEL: Final = date(2015, 3, 20)
"""The day from which joint schemes too need only the staff of whoever leads."""

_HEADINGS: Final = (
    "adjournment",
    "calling of meetings",
    "conflict of interest",
    "minutes",
    "notice of meetings",
    "presiding",
    "quorum",
    "remote attendance",
)
"""What standing orders must deal with: an article, and each matter of the Schedule."""


def _committee(p: Partnership) -> MonitoringCommittee:
    """Give the committee; that there is one is asked by another rule."""
    return known(p.monitoring_committee or UNKNOWN, "the monitoring committee")


def _sitting(p: Partnership, on: date) -> Listing[Member]:
    board = _committee(p).id
    return p.members.where(lambda member: member.board == board and member.serves(on))


def _no_council_staff(p: Partnership) -> Partnership:
    return p.evolve(members=p.members.where(lambda member: member.route is not Route.LA_STAFF))


@rule(
    "IJMC-a3-groups",
    cites="SSI 2014/281 art.3(5)-(6), 4(6)-(7)",
    severity="statute",
    topic="lead agency",
    models="bcd",
    in_force="2014-11-28",
    duty_on="integration joint monitoring committee",
    fields="S.model; S.basis; C.members.route; t",
    passes="lead-agency-both-ways",
    fails=_no_council_staff,
)
def groups(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    The committee has appointed members for the staff of whoever leads, the third sector, service users and carers.

    A seat that fell empty is a vacancy, of which we only warn; a seat that nobody ever took is a breach.
    """
    both = p.scheme.is_joint and p.law.as_at < _BY_MODEL
    staff = _STAFF[Model.BOTH_WAYS if both else p.model]
    now = _sitting(p, on)
    for route in (*staff, *_EVERYBODY):
        if any(member.route is route for member in now.items):
            continue
        if not now.complete:
            yield cannot_tell("members", f"whether anybody sits for {route.value} is not recorded")
        elif any(one.route is route and isinstance(one.until, date) and one.until < on for one in p.members.items):
            what = f"the seat for {route.value} is vacant on {on.isoformat()}"
            yield warn("members", what, "appoint a successor")
        else:
            yield fail("members", f"nobody was ever appointed for {route.value}", mend="appoint a member")


def _councillor_for_carers(p: Partnership) -> Partnership:
    now = _sitting(p, p.as_at).items
    person = next(member.person for member in now if member.route is Route.LA)
    members = p.members.map(
        lambda one: attrs.evolve(one, person=person) if one in now and one.route is Route.CARER else one
    )
    return p.evolve(members=members)


@rule(
    "IJMC-a3-6A-no-double",
    cites="SSI 2014/281 art.3(6A), 4(7A)",
    severity="statute",
    topic="lead agency",
    models="bcd",
    in_force="2015-03-20",
    modality="must_not",
    duty_on="integration joint monitoring committee",
    fields="C.members.person; C.members.route",
    passes="lead-agency-both-ways",
    fails=_councillor_for_carers,
)
def one_seat_each(p: Partnership, on: date) -> Iterator[Verdict]:
    """A member for a group of staff, the third sector, users or carers is no nominee, officer or clinician as well."""
    sitting = _sitting(p, on)
    others = [member for member in sitting.items if member.route not in _GROUPS]
    for member in (one for one in sitting.items if one.route in _GROUPS):
        where = f"members[{member.id!r}].person"
        twice = [one for one in others if member.person is not UNKNOWN and one.person == member.person]
        if twice:
            what = f"{member.person} sits for {member.route.value} and as {some(one.route.value for one in twice)}"
            yield fail(where, what, mend="appoint somebody else for the group")
        elif UNKNOWN in (member.person, *(one.person for one in others)):
            yield cannot_tell(where, "whether the member sits in another way too is not recorded")
    yield from rest(sitting, "members", _WHO_ELSE)


def _two_councillors(p: Partnership) -> Partnership:
    going = [member.id for member in _sitting(p, p.as_at).items if member.route is Route.LA][2:]
    last = p.as_at - timedelta(days=1)
    return p.evolve(members=p.members.map(lambda one: attrs.evolve(one, until=last) if one.id in going else one))


@rule(
    "IJMC-a4-multi",
    cites="SSI 2014/281 art.4(2)(a)-(b)",
    severity="statute",
    topic="lead agency",
    models="bcd",
    in_force="2014-11-28",
    councils="several",
    duty_on=_SIDES,
    fields="S.basis; S.parties; C.members.route; C.members.council",
    passes=joint_lead_agency,
    fails=_two_councillors,
)
def nominees_of_joint_committee(p: Partnership, on: date) -> Iterator[Verdict]:
    """Three councillors, or one of each of more than three councils, sit beside three nominees of the Health Board."""
    sitting = _sitting(p, on)
    councillors = sitting.where(lambda member: member.route is Route.LA)
    sides = {"councillors": len(councillors)}
    sides["nominees of the Health Board"] = sum(member.route is Route.HB for member in sitting.items)
    councils = [council.id for council in p.local_authorities]
    if len(councils) > _FEWEST:
        del sides["councillors"]
        nominators = [member.nominated_by for member in councillors.items]
        missing = [council for council in councils if council not in nominators]
        if missing and sitting.complete and nominators.count(UNKNOWN) < len(missing):
            yield fail("members", f"no councillor of {some(missing)}", mend=f"let {some(missing)} nominate one each")
        elif missing:
            yield cannot_tell("members", f"whether a councillor of {some(missing)} sits is not recorded")
    for side, number in sides.items():
        if number < _FEWEST and sitting.complete:
            yield fail("members", f"{number} {side}", mend=f"nominate {_FEWEST - number} more")
        elif number < _FEWEST:
            yield cannot_tell("members", f"how many {side} sit on the committee is not recorded")


# -- how it works ------------------------------------------------------------------------------------------------


def _nothing_remote(p: Partnership) -> Partnership:
    orders = known(p.standing_orders, "the standing orders")
    assert orders is not None
    headings = orders.headings.where(lambda heading: heading != "remote attendance")
    return p.evolve(standing_orders=attrs.evolve(orders, headings=headings))


@rule(
    "IJMC-so",
    cites="SSI 2014/281 art.14",
    severity="statute",
    topic="lead agency",
    models="bcd",
    in_force="2014-11-28",
    basis="evidence",
    duty_on="integration joint monitoring committee",
    fields="C.standing_orders.headings",
    passes="lead-agency-both-ways",
    fails=_nothing_remote,
)
def standing_orders(p: Partnership, on: date) -> Iterator[Verdict]:
    """The committee has standing orders that deal with remote attendance and with each matter of the Schedule."""
    orders = known(p.standing_orders, "whether the committee has standing orders")
    if orders is None:
        yield fail("standing_orders", "the committee has no standing orders", mend="make standing orders")
        return
    found = {heading.casefold() for heading in orders.headings.items}
    missing = ", ".join(heading for heading in _HEADINGS if heading not in found)
    if missing and orders.headings.complete:
        yield fail("standing_orders.headings", f"nothing on {missing}", mend=f"deal with {missing} in them")
    elif missing:
        yield cannot_tell("standing_orders.headings", f"whether they deal with {missing} is not recorded")


def _unanswered(p: Partnership) -> Partnership:
    committee = _committee(p)
    reports = committee.reports.map(lambda one: attrs.evolve(one, response_in_writing=False))
    return p.evolve(monitoring_committee=attrs.evolve(committee, reports=reports))


@rule(
    "PBJW-s43-response",
    cites="2014 asp 9 s.43(3)(c)",
    severity="statute",
    topic="lead agency",
    models="bcd",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="C.reports.recommendations; C.reports.response_in_writing",
    passes="lead-agency-both-ways",
    fails=_unanswered,
)
def recommendations_answered(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    The authority answers in writing what a report of the monitoring committee recommends.

    The Act names no day for the answer: while none is in we warn, and where it is known that none comes we fail.
    """
    reports = _committee(p).reports
    for one in reports.items:
        day = one.on.isoformat() if isinstance(one.on, date) else "undated"
        where = f"monitoring_committee.reports[{day}]"
        answer = one.response_in_writing
        advises = one.recommendations is UNKNOWN or one.recommendations
        if not advises or (isinstance(one.on, date) and one.on > on) or (answer is not UNKNOWN and answer):
            continue
        if UNKNOWN in (one.recommendations, answer, one.on):
            what = "whether it recommends anything, or was answered in writing, is not recorded"
            yield cannot_tell(where, what)
        elif answer is None:
            yield warn(where, "its recommendations are not answered yet", "answer them in writing")
        else:
            yield fail(where, "its recommendations were not answered in writing", mend="answer them in writing")
    yield from rest(reports, "monitoring_committee.reports", "what else the committee reported")


@rule(
    _ASSIST,
    cites="2014 asp 9 s.43(5)",
    severity="statute",
    topic="lead agency",
    models="bcd",
    in_force="2014-09-22",
    basis="evidence",
    duty_on=_SIDES,
    fields="info_requests.section; info_requests.to; info_requests.answered_on",
    passes="lead-agency-both-ways",
    fails=not_kept(_ASSIST),
)
def given_what_it_needs(p: Partnership, on: date) -> Iterator[Verdict]:
    """Council and Health Board give the monitoring committee the information and help that it reasonably needs."""
    what = "the committee was given the information and help it asked for"
    yield from as_recorded(p, _ASSIST, what, "give the committee what it asked for")


def _one_authority(p: Partnership) -> Partnership:
    return p.evolve(lead_agencies=[one for one in p.lead_agencies if one.body == p.health_board.id])


@rule(
    "PBJW-s59-d-joint",
    cites="2014 asp 9 s.59(d)",
    severity="statute",
    topic="lead agency",
    models="d",
    in_force="2014-11-28",
    duty_on=_SIDES,
    entails=("PBJW-s25-2-ia-carries",),
    fields="S.model; F.id; F.delegate; query.section",
    passes="lead-agency-both-ways",
    fails=_one_authority,
)
def authority_of_each_function(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Where each body delegates to the other, whoever received a function is its authority for directing and operating.

    Elsewhere, as for the plan and the performance report, both are the authority together.
    """
    leads, functions = {lead.body for lead in p.lead_agencies}, standing(p, on)
    astray = [one for one in functions.items if one.delegate not in leads]
    for body in sorted({one.delegate for one in astray}):
        number = sum(one.delegate == body for one in astray)
        what = f"{body} received {number} functions and is no lead agency: {' and '.join(sorted(leads)) or 'nobody'} is"
        yield fail("lead_agencies", what, mend=f"make {body} the authority of the functions that it received")
    yield from rest(functions, "scheme.functions", "what else the scheme delegates")
