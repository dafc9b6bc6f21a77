"""Mends of what a register enters of a direction: who decided and issued it, and how it is followed up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction, Marker
from scotintegration.law import Law
from scotintegration.meetings import Meeting
from scotintegration.mends._registers import corrected, faulty, in_force_told, redrafting, with_decision
from scotintegration.mends._table import mends, settled
from scotintegration.rules._boards import board_of, seated
from scotintegration.rules._reading import standing_plans
from scotintegration.rules.recording import ISSUE_DAYS
from scotintegration.rules.stating import is_written
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = ["cites_decision"]

_DECISION: Final = "GUID-D11-cites-decision"


# -- the decision --------------------------------------------------------------------------------------------------


def _on_record(p: Partnership, direction: Direction) -> Direction:
    """Enter the day a direction was decided, and to whom it is given: to those who delegated, if to nobody."""
    if not isinstance(direction.decided_on, date):
        direction = with_decision(p, direction)
    named = {one.delegator for one in p.scheme.functions.items if one.id in direction.functions.items}
    return direction.evolve(given_to=direction.given_to.items or sorted(named) or p.health_board.id)


mends("GUID-dir-record")(redrafting("GUID-dir-record", _on_record))


@mends(_DECISION)
def cites_decision(p: Partnership) -> Partnership:
    """Let directions cite the report and the last quorate meeting before them; one is held where there was none."""
    p = settled(in_force_told(p), "IJBO-sch3-quorum")
    for one in faulty(p, _DECISION):
        if not is_written(one.report):
            fresh = one.evolve(report=f"report on {one.id}")
            p = corrected(p, [one], lambda _, fresh=fresh: fresh)  # type: ignore[misc]
    for one in faulty(p, _DECISION):
        dated = with_decision(p, one)
        assert isinstance(dated.decided_on, date)
        before = [meeting for meeting in p.meetings.items if _may_decide(p, meeting, dated.decided_on)]
        if not before:
            before = [_meeting(p, dated.decided_on)]
            p = p.evolve(meetings=attrs.evolve(p.meetings, items=(*p.meetings.items, before[0])))
        decided = one.decided_on
        last = max(before, key=lambda meeting, decided=decided: (meeting.on == decided, meeting.on))  # type: ignore[misc]
        fresh = one.evolve(decided_on=last.on, meeting=last.id)
        p = corrected(p, [one], lambda _, fresh=fresh: fresh)  # type: ignore[misc]
    return p


def _may_decide(p: Partnership, meeting: Meeting, last: date) -> bool:
    """Tell whether a meeting of the board was held by a day, and was quorate."""
    if meeting.board != board_of(p).id or meeting.on > last:
        return False
    voters = _voters(p, meeting.on)
    return len(set(voters).intersection(meeting.present.items)) >= p.law.quorum(len(voters))


def _voters(p: Partnership, on: date) -> tuple[str, ...]:
    law = Law(on, p.law.parameters)
    return tuple(member.id for member in seated(p, on).items if law.votes(member))


def _meeting(p: Partnership, on: date) -> Meeting:
    """Hold a meeting of the board at which every voting member was, of which there was notice in time."""
    notice = on - timedelta(days=p.law.number("clear days of notice") + 1)
    present = _voters(p, on)
    chairs = [one.member for one in p.chairs.items if one.office == "chair" and one.member in present]
    taken = {one.id for one in p.meetings.items}
    return Meeting(
        id=next(id for id in (on.isoformat(), f"board-of-{on.isoformat()}") if id not in taken),
        board=board_of(p).id,
        on=on,
        notice_available_on=notice,
        present=present,
        presiding=next(iter(chairs), UNKNOWN),
        proxies=(),
        interests=(),
    )


# -- the report and the issue --------------------------------------------------------------------------------------


def _with_marker(p: Partnership, direction: Direction) -> Direction:
    """Let the report say of a direction to whom it is given."""
    to = direction.given_to.items
    board, councils = p.health_board.id in to, any(one.id in to for one in p.local_authorities)
    lead = Marker.HEALTH_BOARD if board else Marker.COUNCIL if councils else Marker.NONE
    return direction.evolve(given_to=to, marker=Marker.BOTH if board and councils else lead)


mends("GUID-D12-report-marker")(redrafting("GUID-D12-report-marker", _with_marker))


def _issued(p: Partnership, direction: Direction) -> Direction:
    """Let the chief officer issue a direction in time to everybody to whom it is given."""
    sent = dict.fromkeys((*direction.sent_to.items, *direction.given_to.items))
    by = direction.issued_by if is_written(direction.issued_by) else "chief officer"
    given = direction.evolve(given_to=direction.given_to.items, sent_to=tuple(sent), issued_by=by)
    if given.decided_on is UNKNOWN:
        given = with_decision(p, given)
    decided, issued = given.decided_on, given.issued_on
    if not isinstance(issued, date):
        return given.evolve(issued_on=decided if isinstance(decided, date) else given.binds_from)
    earliest = issued - timedelta(days=ISSUE_DAYS)
    if not isinstance(decided, date) or decided >= earliest:
        return given
    named = with_decision(p, given)
    assert isinstance(named.decided_on, date)
    return given.evolve(decided_on=max(earliest, named.decided_on))


mends("GUID-D13-issued-by-officer")(redrafting("GUID-D13-issued-by-officer", _issued))


# -- afterwards ----------------------------------------------------------------------------------------------------


def _review_day(p: Partnership, direction: Direction) -> date:
    """Give the day of a review that nobody set: the last of the direction, or of the year that governs."""
    last = direction.ends_on
    return last if isinstance(last, date) else FinancialYear.of(p.as_at).end


def _followed_up(p: Partnership, direction: Direction) -> Direction:
    """Set a day for the review of a direction, and say how it is followed up."""
    if not isinstance(direction.review_on, date):
        direction = direction.evolve(review_on=_review_day(p, direction))
    if not is_written(direction.monitoring):
        direction = direction.evolve(monitoring="reports to the integration authority")
    return direction


mends("GUID-D14-review-and-monitoring")(redrafting("GUID-D14-review-and-monitoring", _followed_up))


def _reviewed(p: Partnership, direction: Direction) -> Direction:
    """Enter on the day that governs the review of a direction that is due."""
    if direction.review_on is UNKNOWN:
        return direction.evolve(review_on=_review_day(p, direction))
    return direction.evolve(reviewed_on=p.as_at)


mends("GUID-D15-review-not-missed")(redrafting("GUID-D15-review-not-missed", _reviewed))


def _linked(p: Partnership, direction: Direction) -> Direction:
    """Link a direction with the plan that stands."""
    plans = standing_plans(p, p.as_at).items
    return direction.evolve(plan_link=plans[-1].id if plans else "the strategic plan")


mends("GUID-D17-linked-to-plan")(redrafting("GUID-D17-linked-to-plan", _linked))
