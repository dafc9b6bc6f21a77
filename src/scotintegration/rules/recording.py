"""Rules of guidance on the life of a direction: who decided, who issued it to whom, and how it is followed up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from scotintegration.directions import Direction, Marker
from scotintegration.law import Law
from scotintegration.rules._boards import board_of, seated
from scotintegration.rules._engine import rule
from scotintegration.rules._reading import any_direction, listed, of_live, redrafted, spot
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration.meetings import Meeting
    from scotintegration.partnership import Partnership

__all__ = [
    "ISSUE_DAYS",
    "PER_DIRECTION",
    "cites_decision",
    "issued_by_officer",
    "linked_to_plan",
    "on_record",
    "report_marker",
    "review_not_missed",
    "reviewed_and_monitored",
]

ISSUE_DAYS: Final = 28
"""Days after the decision within which we expect a direction to be issued; guidance says promptly."""


def _written(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _asked(direction: Direction, field: str, what: str, mend: str) -> Iterator[Verdict]:
    """Warn that something was not written of a direction."""
    value, where = getattr(direction, field), spot(direction, field)
    if value is UNKNOWN:
        yield cannot_tell(where, what)
    elif value is None or (isinstance(value, str) and not value.strip()):
        yield warn(where, f"it does not say {what}", mend=mend)


# -- the decision ------------------------------------------------------------------------------------------------


def _record_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Find that the register does not say when a direction was decided, or to whom it is given."""
    where = spot(direction, "decided_on")
    if direction.decided_on is UNKNOWN:
        yield cannot_tell(where, "the day it was decided")
    elif direction.decided_on is None:
        yield fail(where, "the register does not say when it was decided", mend="enter the day it was decided")
    where = spot(direction, "given_to")
    if not direction.given_to.complete:
        yield cannot_tell(where, "everybody it is given to")
    elif not direction.given_to.items and not direction.is_bare_revocation:
        yield fail(where, "the register does not say to whom it is given", mend="enter to whom it is given")


def _not_entered(p: Partnership) -> Partnership:
    return redrafted(p, any_direction, decided_on=None)


@rule(
    "GUID-dir-record",
    cites="2014 asp 9 s.53; directions statutory guidance 1.3",
    severity="guidance",
    topic="directions",
    basis="evidence",
    in_force="2020-01-01",
    duty_on="integration authority",
    fields="D.log",
    passes="body-corporate",
    fails=_not_entered,
)
def on_record(p: Partnership, on: date) -> Iterator[Verdict]:
    """The register is a record of when each direction was decided and to whom it was given."""
    yield from of_live(p, _record_of)


def _meetings(p: Partnership, direction: Direction) -> list[Meeting]:
    """List the meetings of the board that a direction may cite: the one it names or, else, those of its day."""
    board = board_of(p).id
    own = [one for one in p.meetings.items if one.board == board]
    if direction.meeting is None:
        return [one for one in own if one.on == direction.decided_on]
    return [one for one in own if one.id == direction.meeting]


def _decision_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Find that a direction cites no decision, no report, or a meeting that was not quorate."""
    if direction.is_bare_revocation:
        return
    yield from _asked(direction, "report", "on which report the board decided", mend="name the report")
    yield from _asked(direction, "decided_on", "when the board decided", mend="name the meeting that decided")
    decided, where = direction.decided_on, spot(direction, "meeting")
    if not isinstance(decided, date):
        return
    if direction.meeting is UNKNOWN:
        yield cannot_tell(where, "the meeting that decided")
        return
    meetings = _meetings(p, direction)
    if not meetings and not p.meetings.complete:
        yield cannot_tell(where, f"whether the board met on {decided.isoformat()}")
    elif all(one.on != decided for one in meetings):
        what = f"decided on {decided.isoformat()}, and no such meeting of the board that day"
        yield warn(where, what, mend="name the meeting that decided")
    else:
        yield from _quorate(p, next(one for one in meetings if one.on == decided), where)


def _quorate(p: Partnership, meeting: Meeting, where: str) -> Iterator[Verdict]:
    """Find that too few voting members were at a meeting."""
    sitting, law = seated(p, meeting.on), Law(meeting.on, p.law.parameters)
    voters = {member.id for member in sitting.items if law.votes(member)}
    here, needed = len(voters.intersection(meeting.present.items)), law.quorum(len(voters))
    if not sitting.complete or (here < needed and not meeting.present.complete):
        yield cannot_tell(where, f"whether the meeting of {meeting.on.isoformat()} was quorate")
    elif here < needed:
        what = f"{here} of {len(voters)} voting members were at the meeting of {meeting.on.isoformat()}"
        yield warn(where, f"{what}, {needed} needed", mend="put the direction to a meeting that is quorate")


def _no_report(p: Partnership) -> Partnership:
    return redrafted(p, any_direction, meeting=None, report=None)


@rule(
    "GUID-D11-cites-decision",
    cites="2020 directions guidance",
    severity="guidance",
    topic="directions",
    models="a",
    in_force="2020-01-01",
    duty_on="integration joint board",
    fields="D.decided_on; D.report; meetings.date; meetings.quorate",
    verified=False,
    passes="body-corporate",
    fails=_no_report,
)
def cites_decision(p: Partnership, on: date) -> Iterator[Verdict]:
    """Every direction cites the report and the meeting of the board that decided it, which was quorate."""
    yield from of_live(p, _decision_of)


def _needed(p: Partnership, direction: Direction) -> Marker:
    """Give what a report that leads to a direction should say."""
    to = set(direction.given_to.items)
    board, councils = p.health_board.id in to, any(one.id in to for one in p.local_authorities)
    if board and councils:
        return Marker.BOTH
    return Marker.HEALTH_BOARD if board else Marker.COUNCIL if councils else Marker.NONE


def _marker_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Find that a report does not say to whom a direction is needed, or says otherwise."""
    if direction.is_bare_revocation:
        return
    mend = "let the report say none, council, health board or both"
    yield from _asked(direction, "marker", "what its report says of directions", mend=mend)
    if not isinstance(direction.marker, Marker):
        return
    where, needed = spot(direction, "marker"), _needed(p, direction)
    if not direction.given_to.complete and needed is not Marker.BOTH:
        yield cannot_tell(where, "everybody it is given to")
    elif direction.marker is not needed:
        what = f"its report says {direction.marker.value}, and it is given to {listed(direction.given_to.items)}"
        yield warn(where, what, mend=f"let the report say {needed.value}")


def _wrong_marker(p: Partnership) -> Partnership:
    return redrafted(p, any_direction, marker="none")


@rule(
    "GUID-D12-report-marker",
    cites="2020 directions guidance",
    severity="guidance",
    topic="directions",
    models="a",
    in_force="2020-01-01",
    duty_on="integration joint board",
    fields="reports.directions_marker; D.report; D.recipients",
    verified=False,
    passes="body-corporate",
    fails=_wrong_marker,
)
def report_marker(p: Partnership, on: date) -> Iterator[Verdict]:
    """The report behind a direction says to whom one is needed, and it is given to them."""
    yield from of_live(p, _marker_of)


# -- the issue ---------------------------------------------------------------------------------------------------


def _issue_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Find that a direction was issued by nobody in particular, not to everybody, or late."""
    if direction.is_bare_revocation:
        return
    mend = "let the chief officer, or one whom the board names, issue it"
    yield from _asked(direction, "issued_by", "which officer issued it", mend=mend)
    missing = [one for one in direction.given_to.items if one not in direction.sent_to.items]
    where = spot(direction, "sent_to")
    if missing and direction.sent_to.complete:
        what = f"not sent to the chief executive of {listed(missing)}"
        yield warn(where, what, mend="send it to the chief executive of everybody it is given to")
    elif missing or not (direction.given_to.complete and direction.sent_to.complete):
        yield cannot_tell(where, "everybody it is given to, or to whom it was sent")
    decided, issued = direction.decided_on, direction.issued_on
    where = spot(direction, "issued_on")
    if UNKNOWN in (decided, issued):
        yield cannot_tell(where, "the day it was decided, or the day it was issued")
    elif not isinstance(issued, date):
        yield warn(where, "it does not say when it was issued", mend="enter the day it was issued")
    elif isinstance(decided, date) and issued > decided + timedelta(days=ISSUE_DAYS):
        what = f"issued on {issued.isoformat()}, {(issued - decided).days} days after it was decided"
        yield warn(where, what, mend=f"issue directions within {ISSUE_DAYS} days of the decision")


def _sixty_days_late(p: Partnership) -> Partnership:
    live = next(iter(p.directions.in_force(on=p.as_at)))
    assert isinstance(live.issued_on, date)
    return redrafted(p, any_direction, decided_on=live.issued_on - timedelta(days=60))


@rule(
    "GUID-D13-issued-by-officer",
    cites="2020 directions guidance",
    severity="guidance",
    topic="directions",
    models="a",
    in_force="2020-01-01",
    duty_on="integration joint board",
    fields="D.issued_by; D.sent_to; D.issued_on; D.decided_on; settings.issue_days",
    verified=False,
    passes="body-corporate",
    fails=_sixty_days_late,
)
def issued_by_officer(p: Partnership, on: date) -> Iterator[Verdict]:
    """An officer issues every direction to the chief executives concerned within four weeks of the decision."""
    yield from of_live(p, _issue_of)


# -- afterwards --------------------------------------------------------------------------------------------------


def _follow_up_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Find that a direction has no day of review, or that nobody follows it up."""
    if direction.is_bare_revocation:
        return
    yield from _asked(direction, "review_on", "when it is reviewed", mend="set a day for its review")
    yield from _asked(direction, "monitoring", "how it is followed up", mend="say how it is followed up")


def _forgotten(p: Partnership) -> Partnership:
    return redrafted(p, any_direction, review_on=None, monitoring=None)


@rule(
    "GUID-D14-review-and-monitoring",
    cites="2020 directions guidance",
    severity="guidance",
    topic="directions",
    basis="evidence",
    in_force="2020-01-01",
    duty_on="integration authority",
    fields="D.review_on; D.monitoring",
    verified=False,
    passes="body-corporate",
    fails=_forgotten,
)
def reviewed_and_monitored(p: Partnership, on: date) -> Iterator[Verdict]:
    """Every direction says when it is reviewed and how it is followed up."""
    yield from of_live(p, _follow_up_of)


def _review_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Find that the day of a review has passed without an entry."""
    due, entered = direction.review_on, direction.reviewed_on
    where = spot(direction, "reviewed_on")
    if due is UNKNOWN:
        yield cannot_tell(where, "the day it is to be reviewed")
    elif due is None or due >= p.as_at:
        return
    elif entered is UNKNOWN:
        yield cannot_tell(where, f"whether the review of {due.isoformat()} was entered")
    elif entered is None or entered > p.as_at:
        what = f"to be reviewed on {due.isoformat()}, and nothing entered by {p.as_at.isoformat()}"
        yield warn(where, what, mend="review it, and enter what came of it")


def _review_missed(p: Partnership) -> Partnership:
    return redrafted(p, any_direction, review_on=p.as_at - timedelta(days=1), reviewed_on=None)


@rule(
    "GUID-D15-review-not-missed",
    cites="2020 directions guidance",
    severity="guidance",
    topic="directions",
    in_force="2020-01-01",
    duty_on="integration authority",
    fields="D.review_on; D.log; t",
    verified=False,
    passes="body-corporate",
    fails=_review_missed,
)
def review_not_missed(p: Partnership, on: date) -> Iterator[Verdict]:
    """Every review of a direction whose day has passed is entered in the register."""
    yield from of_live(p, _review_of)


def _link_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Find that a direction has no link to the plan or an outcome, and that nobody was involved in its stead."""
    links = (direction.plan_link, direction.outcomes)
    if direction.is_bare_revocation or any(map(_written, links)):
        return
    where = spot(direction, "plan_link")
    if UNKNOWN in links:
        yield cannot_tell(where, "the aim of the plan, or the outcomes, that it serves")
        return
    decided = known(direction.decided_on, "the day it was decided")
    same = [one for one in p.decisions.items if decided is not None and decided == one.on]
    facts = [(one.outside_plan, one.significant, one.spg_views, one.users_involved) for one in same]
    if any(UNKNOWN not in one and all(one) for one in facts):
        return
    doubtful = any(UNKNOWN in one and all(fact is UNKNOWN or fact for fact in one) for one in facts)
    if doubtful or not p.decisions.complete:
        yield cannot_tell(where, "whether it was decided outside the plan, with those concerned involved")
    else:
        what = "it names no aim of the plan and no outcomes, and nothing shows that those concerned were involved"
        yield fail(where, what, mend="name the aim or the outcomes that it serves")


def _unlinked(p: Partnership) -> Partnership:
    return redrafted(p, any_direction, plan_link=None, outcomes=None)


@rule(
    "GUID-D17-linked-to-plan",
    cites="SSI 2014/326 reg.3(c); 2014 asp 9 s.36",
    severity="guidance",
    topic="directions",
    models="abc",
    basis="evidence",
    in_force="2014-12-20",
    duty_on="integration authority",
    fields="D.plan_objective; D.outcomes; decisions.outside_plan; decisions.significant; decisions.spg_views; "
    "decisions.users_involved",
    passes="body-corporate",
    fails=_unlinked,
)
def linked_to_plan(p: Partnership, on: date) -> Iterator[Verdict]:
    """Every direction serves an aim of the plan or national outcomes, or was decided with those concerned."""
    yield from of_live(p, _link_of)


PER_DIRECTION: Final[Mapping[str, Callable[[Partnership, Direction], Iterator[Verdict]]]] = MappingProxyType(
    {
        on_record.id: _record_of,
        cites_decision.id: _decision_of,
        report_marker.id: _marker_of,
        issued_by_officer.id: _issue_of,
        reviewed_and_monitored.id: _follow_up_of,
        review_not_missed.id: _review_of,
        linked_to_plan.id: _link_of,
    }
)
"""What these rules ask of a single direction, a draft too, by id of the rule."""
