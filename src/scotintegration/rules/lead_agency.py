"""Rules about lead agencies: the integration joint monitoring committee, who sits on it and how it meets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.bodies import MonitoringCommittee
from scotintegration.officers import Office, Route
from scotintegration.rules._engine import rule
from scotintegration.rules._reading import has_passed, listed
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.schemes import Model
from scotintegration.unknown import UNKNOWN, Listing, known

if TYPE_CHECKING:
    from scotintegration.meetings import Meeting
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

__all__ = [
    "casting_vote",
    "chair",
    "finance_officers",
    "health_board_nominees",
    "joint_board_needs_no_committee",
    "nominees",
    "quorum",
    "set_up_before",
]

NOMINATED: Final = (Route.LA, Route.HB)

_FEWEST: Final = 3
_FEWEST_NEDS: Final = 2
_SIDES: Final = {Route.LA: "councillors", Route.HB: "nominees of the Health Board"}
_OFFICERS: Final = {Route.HB_FINANCE: "the Health Board's director of finance", Route.S95: "a council's proper officer"}
_NEEDED: Final = {
    Model.LA_TO_HB: (Route.HB_FINANCE,),
    Model.HB_TO_LA: (Route.S95,),
    Model.BOTH_WAYS: (Route.HB_FINANCE, Route.S95),
}


# -- the committee itself ----------------------------------------------------------------------------------------


def _committee(p: Partnership, **changes: object) -> Partnership:
    assert p.monitoring_committee is not None
    return p.evolve(monitoring_committee=attrs.evolve(p.monitoring_committee, **changes))  # type: ignore[arg-type]


def _set_up_late(p: Partnership) -> Partnership:
    passed = p.scheme.delegated_on
    assert isinstance(passed, date)
    return _committee(p, established_on=passed)


@rule(
    "PBJW-s15-ijmc-before",
    cites="2014 asp 9 s.15(3)",
    severity="statute",
    topic="lead agency",
    models="bcd",
    in_force="2014-09-22",
    duty_on="local authority and health board",
    fields="C.established_on; S.delegated_on",
    passes="lead-agency-both-ways",
    fails=_set_up_late,
)
def set_up_before(p: Partnership, on: date) -> Iterator[Verdict]:
    """The council and the Health Board together set up a monitoring committee before functions pass."""
    committee = p.monitoring_committee
    if committee is not None and committee.established_jointly in (False, None):
        mend = "set the committee up together"
        yield fail("monitoring_committee.established_jointly", "not set up by both together", mend=mend)
    if not has_passed(p, on):
        return
    passed = p.scheme.delegated_on
    assert isinstance(passed, date)
    if committee is None:
        what = f"no committee, and functions passed on {passed.isoformat()}"
        yield fail("monitoring_committee", what, mend="set up a monitoring committee together")
        return
    if committee.established_jointly is UNKNOWN:
        yield cannot_tell("monitoring_committee.established_jointly", "whether both set it up together")
    where = "monitoring_committee.established_on"
    if committee.established_on is UNKNOWN:
        yield cannot_tell(where, "the day it was set up")
    elif committee.established_on is None or committee.established_on >= passed:
        day = committee.established_on
        what = f"{'not set up' if day is None else f'set up on {day}'}; functions passed on {passed.isoformat()}"
        yield fail(where, what, mend=f"set the committee up before {passed.isoformat()}, or let functions pass later")


def _committee_beside_a_board(p: Partnership) -> Partnership:
    return p.evolve(
        monitoring_committee=MonitoringCommittee(
            "made-up-ijmc", name="Made-up Integration Joint Monitoring Committee", established_on=p.as_at
        )
    )


@rule(
    "PBJW-s15-no-ijmc-for-ijb",
    cites="2014 asp 9 s.15(1)",
    severity="interpretation",
    topic="lead agency",
    in_force="2014-09-22",
    duty_on="local authority and health board",
    fields="C.established_on; S.model",
    passes="body-corporate",
    fails=_committee_beside_a_board,
)
def joint_board_needs_no_committee(p: Partnership, on: date) -> Iterator[Verdict]:
    """There is a monitoring committee only where there is a lead agency."""
    if p.monitoring_committee is not None and not p.model.is_lead_agency:
        what = f"{p.monitoring_committee.name} stands beside an integration joint board"
        yield fail("monitoring_committee", what, mend="wind the committee up: a board has none over it")


# -- who sits on it ----------------------------------------------------------------------------------------------


def _sitting(p: Partnership, on: date, *routes: Route) -> Listing[Member]:
    """List the members of the committee who sit in one of some ways on a day."""
    board = "" if p.monitoring_committee is None else p.monitoring_committee.id
    return p.members_on(on).where(lambda member: member.board == board and member.route in routes)


def _leaving(which: Callable[[Member], bool], *, keep: int = 0) -> Callable[[Partnership], Partnership]:
    """End the terms of members the day before the day that governs, all but the first few."""

    def change(p: Partnership) -> Partnership:
        going = [member.id for member in p.current_members if which(member)][keep:]
        last = p.as_at - timedelta(days=1)
        return p.evolve(members=[attrs.evolve(one, until=last) if one.id in going else one for one in p.members])

    return change


@rule(
    "IJMC-a3-min",
    cites="SSI 2014/281 art.3(1)(a)-(b)",
    severity="statute",
    topic="lead agency",
    models="bcd",
    councils="one",
    in_force="2014-11-28",
    duty_on="local authority and health board",
    fields="S.basis; C.members.route",
    passes="lead-agency-both-ways",
    fails=_leaving(lambda member: member.route is Route.LA, keep=2),
)
def nominees(p: Partnership, on: date) -> Iterator[Verdict]:
    """Three councillors or more and three nominees of the Health Board or more sit on the monitoring committee."""
    for route, side in _SIDES.items() if p.monitoring_committee is not None else ():
        sitting = _sitting(p, on, route)
        if len(sitting) >= _FEWEST:
            continue
        if not sitting.complete:
            yield cannot_tell("members", f"how many {side} sit on the committee")
        else:
            yield fail("members", f"{len(sitting)} {side}", mend=f"nominate {_FEWEST - len(sitting)} more")


def _too_few_directors(p: Partnership) -> Partnership:
    """Let all nominees of the Health Board but one be executives, though it lacks directors."""
    short = _committee(p, ned_shortfall=True)
    others = [member.id for member in _sitting(p, p.as_at, Route.HB)][1:]
    members = [attrs.evolve(one, is_ned=False) if one.id in others else one for one in p.members]
    return short.evolve(members=members)


@rule(
    "IJMC-a3-hb-neds",
    cites="SSI 2014/281 art.3(3)-(4), 4(4)-(5)",
    severity="statute",
    topic="lead agency",
    models="bcd",
    in_force="2014-11-28",
    duty_on="health board",
    fields="C.members.route; C.members.is_ned; C.members.is_hb_member; C.members.is_councillor; C.ned_shortfall",
    passes="lead-agency-both-ways",
    fails=_too_few_directors,
)
def health_board_nominees(p: Partnership, on: date) -> Iterator[Verdict]:
    """The Health Board's nominees are non-executive directors: two at least, where it declares that it lacks them."""
    committee = p.monitoring_committee
    if committee is None:
        return
    sitting = _sitting(p, on, Route.HB)
    directors = [member for member in sitting.items if member.is_ned not in (False, None, UNKNOWN)]
    unsure = [member for member in sitting.items if member.is_ned is UNKNOWN]
    others = [member for member in sitting.items if member not in directors and member not in unsure]
    for member in others:
        yield from _stands_in(member, committee)
    most = len(directors) + len(unsure)
    if others and sitting.complete and most < _FEWEST_NEDS:
        what = f"non-executive directors: {most} at most"
        yield fail("members", what, mend=f"nominate {_FEWEST_NEDS - most} more")
    elif not sitting.complete:
        yield cannot_tell("members", "every nominee of the Health Board")
    for member in unsure:
        if len(directors) < _FEWEST_NEDS or any(_stands_in(member, committee)):
            yield cannot_tell(f"members[{member.id!r}].is_ned", "whether this is a non-executive director")


def _stands_in(member: Member, committee: MonitoringCommittee) -> Iterator[Verdict]:
    """Find that somebody who is no non-executive director may not be nominated."""
    where = f"members[{member.id!r}]"
    if member.is_councillor not in (False, None, UNKNOWN):
        mend = "nominate somebody who is no councillor"
        yield fail(where, "no non-executive director, and a councillor", mend=mend)
    elif member.is_hb_member in (False, None):
        yield fail(where, "no member of the Health Board", mend="nominate one of its members")
    elif committee.ned_shortfall in (False, None):
        mend = "nominate a non-executive director, or declare that there are too few"
        yield fail(where, "no non-executive director, and no shortfall declared", mend=mend)
    elif UNKNOWN in (committee.ned_shortfall, member.is_councillor, member.is_hb_member):
        yield cannot_tell(where, "whether somebody who is no non-executive director may be nominated")


@rule(
    "IJMC-a3-finance",
    cites="SSI 2014/281 art.3(1)(d)-(f), 4(2)(d)-(f)",
    severity="statute",
    topic="lead agency",
    models="bcd",
    in_force="2014-11-28",
    duty_on="local authority and health board",
    fields="S.model; C.members.route",
    passes="lead-agency-both-ways",
    fails=_leaving(lambda member: member.route is Route.S95),
)
def finance_officers(p: Partnership, on: date) -> Iterator[Verdict]:
    """The finance officer of whoever leads sits on the monitoring committee; of both, where both lead."""
    for route in _NEEDED[p.model] if p.monitoring_committee is not None else ():
        sitting = _sitting(p, on, route)
        if not sitting.items and not sitting.complete:
            yield cannot_tell("members", f"whether {_OFFICERS[route]} sits on the committee")
        elif not sitting.items:
            yield fail("members", f"{_OFFICERS[route]} does not sit", mend=f"let {_OFFICERS[route]} sit")


# -- how it meets ------------------------------------------------------------------------------------------------


def _user_in_the_chair(p: Partnership) -> Partnership:
    user = _sitting(p, p.as_at, Route.USER)[0]
    now = p.chair_on(p.as_at)
    return p.evolve(chairs=[attrs.evolve(one, member=user.id) if one == now else one for one in p.chairs])


@rule(
    "IJMC-a6-chair",
    cites="SSI 2014/281 art.6",
    severity="statute",
    topic="lead agency",
    models="bcd",
    in_force="2014-11-28",
    duty_on="local authority and health board",
    fields="C.chair; C.chair_appointed_by; C.members.person; C.members.route",
    passes="lead-agency-both-ways",
    fails=_user_in_the_chair,
)
def chair(p: Partnership, on: date) -> Iterator[Verdict]:
    """The chair of the monitoring committee is a nominated member, appointed by both sides together."""
    if p.monitoring_committee is None:
        return
    period = known(p.chair_on(on, Office.CHAIR), "who chairs the committee")
    if period is None:
        yield fail("chairs", f"nobody in the chair on {on.isoformat()}", mend="appoint a chair together")
        return
    where = f"chairs[{period.id!r}]"
    absent = [body.id for body in p.parties if body.id not in period.appointed_by.items]
    if absent and period.appointed_by.complete:
        mend = f"let {listed(absent)} join in the appointment"
        yield fail(f"{where}.appointed_by", f"appointed without {listed(absent)}", mend=mend)
    elif absent:
        yield cannot_tell(f"{where}.appointed_by", f"whether {listed(absent)} joined in the appointment")
    nominated = _sitting(p, on, *NOMINATED)
    if period.member is UNKNOWN:
        yield cannot_tell(f"{where}.member", "who chairs the committee")
    elif all(member.id != period.member for member in nominated.items):
        named = [member for member in p.members.items if member.id == period.member]
        if nominated.complete or any(member.route not in NOMINATED for member in named):
            what = f"{period.member!r} is no nominee of a council or of the Health Board who sits on {on.isoformat()}"
            yield fail(f"{where}.member", what, mend="appoint one of the nominated members")
        else:
            yield cannot_tell(f"{where}.member", f"whether {period.member!r} is a nominated member")


def _one_present(p: Partnership) -> Partnership:
    held = max(meeting.on for meeting in p.meetings if meeting.on <= p.as_at)
    meetings = [
        attrs.evolve(one, present=[one.presiding]) if one.on == held else one  # type: ignore[list-item]
        for one in p.meetings
    ]
    return p.evolve(meetings=meetings)


@rule(
    "IJMC-quorum",
    cites="SSI 2014/281 sch para 3; art.14(2)(b)",
    severity="statute",
    topic="lead agency",
    models="bcd",
    in_force="2014-11-28",
    duty_on="integration joint monitoring committee",
    fields="meetings.present; C.members.route",
    passes="lead-agency-both-ways",
    fails=_one_present,
)
def quorum(p: Partnership, on: date) -> Iterator[Verdict]:
    """Half of the nominated members or more are present whenever the monitoring committee meets."""
    committee = p.monitoring_committee
    for meeting in p.meetings.items if committee is not None else ():
        if meeting.on <= on and committee is not None and meeting.board == committee.id:
            yield from _present(p, meeting)
    if committee is not None and not p.meetings.complete:
        yield cannot_tell("meetings", "every meeting of the committee")


def _present(p: Partnership, meeting: Meeting) -> Iterator[Verdict]:
    """Find that fewer than half of the nominated members came to a meeting."""
    where = f"meetings[{meeting.id!r}].present"
    nominated = _sitting(p, meeting.on, *NOMINATED)
    sure = {member.id for member in nominated.items if member.start is not UNKNOWN}
    is_all = nominated.complete and len(sure) == len(nominated)
    came = sure.intersection(meeting.present.items)
    others = {member.id for member in p.members.items if member.route not in NOMINATED}
    doubtful = set() if is_all else set(meeting.present.items) - sure - others
    enough = 2 * len(came) >= len(sure)
    if is_all and enough:
        return
    what = f"{len(came)} of {len(sure)} nominated members present"
    if enough or doubtful or not meeting.present.complete:
        yield cannot_tell(where, f"whether half of the nominated members were present: {what}, as far as is known")
    else:
        yield fail(where, what, mend=f"take the business again with {-(-len(sure) // 2)} of them or more")


@rule(
    "IJMC-a11-casting",
    cites="SSI 2014/281 art.11",
    severity="statute",
    topic="lead agency",
    models="bcd",
    in_force="2014-11-28",
    modality="may",
    duty_on="integration joint monitoring committee",
    fields="votes.for; votes.against; votes.carried; votes.tie_resolved_by; meetings.presiding",
    passes="lead-agency-both-ways",
    fails=None,
)
def casting_vote(p: Partnership, on: date) -> Iterator[Verdict]:
    """Whoever presides at the monitoring committee may resolve a tie by a casting vote."""
    yield from ()
