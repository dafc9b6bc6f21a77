"""Rules about committees of boards, and about the contracts a board may make (part 5C)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.meetings import Committee, Meeting, Vote
from scotintegration.officers import Route
from scotintegration.rules._boards import board_of, rest, seated, sitting_by
from scotintegration.rules._engine import rule
from scotintegration.rules._meetings import ORDER, decided, law_of, tally
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

__all__ = ["committee_chair", "committee_parity", "committee_votes", "contracts"]

_OTHERS: Final = "whether the board has other committees"
_WHO: Final = "who else sits on the committee"


def _committees(p: Partnership) -> Listing[Committee]:
    board = board_of(p).id
    return p.committees.where(lambda one: one.board == board)


def _three_to_one(p: Partnership) -> Partnership:
    """Seat a third nominee of the council in place of one of the Health Board's, on the first committee."""
    first = _committees(p)[0]
    leaves = [id for id in sitting_by(p, Route.HB) if id in first.members.items][-1]
    joins = next(id for id in sitting_by(p, Route.LA) if id not in first.members.items)
    return _with_first(p, members=[joins, *(id for id in first.members.items if id != leaves)])


def _with_first(p: Partnership, **changes: object) -> Partnership:
    first = _committees(p)[0].id
    committees = p.committees.map(
        lambda one: attrs.evolve(one, **changes) if one.id == first else one  # type: ignore[arg-type]
    )
    return p.evolve(committees=committees)


@rule(
    "IJBO-a17-committee-parity",
    cites="SSI 2014/285 art.17(3)",
    severity="statute",
    topic="proceedings",
    models="a",
    in_force="2014-11-28",
    duty_on="integration joint board",
    fields="committees.members; M.route",
    passes="body-corporate",
    fails=_three_to_one,
)
def committee_parity(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Voting members sit on every committee, as many for the Health Board as for the councils.

    Voting members for the third sector, service users and carers count for neither side. A place that fell empty is
    a warning only: sides that were equal until somebody left are unequal by a vacancy.
    """
    committees = _committees(p)
    for committee in committees.items:
        where = f"committees[{committee.id!r}].members"
        sitting = _sitting_on(p, committee, on)
        sides = _sides(sitting.items)
        if not sitting.complete:
            yield cannot_tell(where, f"{_WHO} is not recorded")
        elif sides[0] != sides[1] or not all(sides):
            what = f"{sides[0]} for the councils and {sides[1]} for the Health Board on {on.isoformat()}"
            mend = "appoint as many nominees of the Health Board as of the councils"
            say = warn if _were_equal(p, committee, on) else fail
            yield say(where, what, mend=mend)
    yield from rest(committees, "committees", _OTHERS)


def _sitting_on(p: Partnership, committee: Committee, on: date) -> Listing[Member]:
    """List who sits on a committee on a day, as members of the board that day."""
    sitting = seated(p, on).where(lambda member: member.id in committee.members.items)
    return Listing(sitting.items, complete=sitting.complete and committee.members.complete)


def _sides(members: tuple[Member, ...]) -> tuple[int, int]:
    routes = [member.route for member in members]
    return routes.count(Route.LA), routes.count(Route.HB)


def _were_equal(p: Partnership, committee: Committee, on: date) -> bool:
    """Tell whether the two sides of a committee had the same number of places: the most that ever sat at once."""
    listed = [one for one in p.members.items if one.id in committee.members.items]
    days = {on, *(one.start for one in listed if isinstance(one.start, date) and one.start <= on)}
    sides = [_sides(_sitting_on(p, committee, day).items) for day in days]
    councils, health_board = max(one for one, _ in sides), max(other for _, other in sides)
    return councils == health_board > 0


def _officers_decide(p: Partnership) -> Partnership:
    """Let two members without a vote carry a report against the committee's voting members."""
    committee = _committees(p)[0]
    serving = [one.id for one in _sitting_on(p, committee, p.as_at).items]
    officers = [*sitting_by(p, Route.CSWO), *sitting_by(p, Route.S95)]
    vote = Vote(
        about="how functions are carried out",
        votes_for=[serving[0], *officers],
        votes_against=serving[1:3],
        carried=True,
        on_functions=True,
    )
    meeting = Meeting(
        id=f"{committee.id}-{p.as_at.isoformat()}",
        board=committee.id,
        on=p.as_at,
        notice_available_on=date.fromordinal(p.as_at.toordinal() - 8),
        present=[*serving, *officers],
        presiding=serving[0],
        votes=[vote],
        proxies=(),
        interests=(),
    )
    return p.evolve(meetings=[*p.meetings, meeting])


@rule(
    "IJBO-a17-4-committee-vote",
    cites="SSI 2014/285 art.17(4)",
    severity="statute",
    topic="proceedings",
    models="a",
    in_force="2014-11-28",
    duty_on="integration joint board",
    fields="committees.members; votes.for; votes.against; votes.carried; M.route; meetings.date",
    passes="body-corporate",
    fails=_officers_decide,
)
def committee_votes(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    What a committee decides about functions is carried by the votes of its voting members alone.

    A majority is taken as one of the votes that they cast, as at the board itself; the words may mean one of all of
    them. Votes about anything else are not looked at.
    """
    committees = _committees(p)
    for committee in committees.items:
        meetings = p.meetings.where(
            lambda meeting, id=committee.id: meeting.board == id and ORDER <= meeting.on <= on  # type: ignore[misc]
        )
        for meeting in meetings.items:
            yield from _decided_by_members(p, committee, meeting)
        yield from rest(meetings, "meetings", f"whether {committee.id!r} met on other days")
    yield from rest(committees, "committees", _OTHERS)


def _decided_by_members(p: Partnership, committee: Committee, meeting: Meeting) -> Iterator[Verdict]:
    sitting, law = _sitting_on(p, committee, meeting.on), law_of(p, meeting)
    for number, vote in enumerate(meeting.votes.items):
        where = f"meetings[{meeting.id!r}].votes[{number}]"
        yes, no = (tally(ids, sitting, law, meeting) for ids in (vote.votes_for, vote.votes_against))
        said = list(decided(vote, where, yes, no, law))
        if vote.on_functions is not UNKNOWN:
            yield from said if vote.on_functions else ()
        elif said:
            yield cannot_tell(where, f"whether {vote.about!r} was about the carrying out of functions")
    yield from rest(meeting.votes, f"meetings[{meeting.id!r}].votes", "what else was put to the vote")


def _chosen_by_another(p: Partnership) -> Partnership:
    return _with_first(p, chair_set_by=p.health_board.id)


@rule(
    "IJBO-a17-2-chair",
    cites="SSI 2014/285 art.17(2)",
    severity="statute",
    topic="proceedings",
    models="a",
    in_force="2014-11-28",
    basis="evidence",
    duty_on="integration joint board",
    fields="committees.chair; committees.chair_set_by",
    passes="body-corporate",
    fails=_chosen_by_another,
)
def committee_chair(p: Partnership, on: date) -> Iterator[Verdict]:
    """The board itself determines who chairs each of its committees."""
    board, committees = board_of(p).id, _committees(p)
    for committee in committees.items:
        where = f"committees[{committee.id!r}].chair"
        if committee.chair is None:
            yield fail(where, "nobody is in the chair", mend="let the board determine who chairs it")
        elif committee.chair_set_by is UNKNOWN:
            yield cannot_tell(f"{where}_set_by", "who determined the chair is not recorded")
        elif committee.chair_set_by != board:
            by = "nobody" if committee.chair_set_by is None else repr(committee.chair_set_by)
            yield fail(f"{where}_set_by", f"determined by {by}", mend="let the board determine who chairs it")
    yield from rest(committees, "committees", _OTHERS)


@rule(
    "IJBO-a19-contract",
    cites="SSI 2014/285 art.19",
    severity="interpretation",
    topic="proceedings",
    models="a",
    in_force="2014-11-28",
    modality="may",
    duty_on="integration joint board",
    fields="contracts.supplied_to; contracts.purpose",
    passes="body-corporate",
    fails=None,
)
def contracts(p: Partnership, on: date) -> Iterator[Verdict]:
    """A board may contract for goods and services that it needs itself for its own functions."""
    yield from ()
