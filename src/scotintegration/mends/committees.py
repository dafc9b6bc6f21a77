"""Mends of rules about the committees of a board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.mends._attending import (
    counted,
    in_turn,
    is_faulty,
    sure_on,
    sure_who_came,
    voting_at,
    with_meeting,
)
from scotintegration.mends._sitting import seat, sitting_on
from scotintegration.mends._table import mends, settled
from scotintegration.mends._terms import keeping
from scotintegration.officers import Route
from scotintegration.rules import find
from scotintegration.rules._boards import board_of, seated
from scotintegration.rules._meetings import law_of
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.meetings import Committee, Meeting, Vote
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

__all__ = ["balance_sides", "count_votes_of_members", "determine_chairs"]

_CHAIR: Final = "IJBO-a17-2-chair"
_PARITY: Final = "IJBO-a17-committee-parity"
_VOTES: Final = "IJBO-a17-4-committee-vote"
_SIDES: Final = (Route.LA, Route.HB)


def _of_board(p: Partnership) -> list[Committee]:
    board = board_of(p).id
    return [one for one in p.committees.items if one.board == board]


def _with(p: Partnership, committee: Committee, **changes: object) -> Partnership:
    """Change one committee."""
    fresh = attrs.evolve(committee, **changes)  # type: ignore[arg-type]
    return p.evolve(committees=p.committees.map(lambda one: fresh if one.id == committee.id else one))


# -- who sits on one ---------------------------------------------------------------------------------------------


@mends(_PARITY)
def balance_sides(p: Partnership) -> Partnership:
    """
    Let as many nominees of the Health Board as of the councils sit on each committee, and one of each at least.

    The smaller side gets more of the board's own members, first of all those whom the committee's record names; if
    there are too few of them, nominees of the greater side leave.
    """
    before, asked = p, find(_PARITY)
    p = p.evolve(committees=p.committees.items)
    for committee in _of_board(p):
        if asked.is_open(p.evolve(committees=[committee])):
            p = sure_on(p, board_of(p).id, p.as_at)
            p = _balanced(p, attrs.evolve(committee, members=committee.members.items))
    return keeping(before, p, _VOTES, _CHAIR)


def _balanced(p: Partnership, committee: Committee) -> Partnership:
    """Seat as many of one side as of the other."""
    for route in _SIDES:
        if not sitting_on(p, (route,)):
            nominator = p.health_board.id if route is Route.HB else p.local_authorities[0].id
            p = seat(p, route, nominator)
    named = {id for one in p.meetings.items if one.board == committee.id for id in one.present.items}
    sides = {
        route: sorted(
            sitting_on(p, (route,)), key=lambda one: (one.id not in committee.members.items, one.id not in named)
        )
        for route in _SIDES
    }
    now = {route: sum(one.id in committee.members.items for one in sides[route]) for route in _SIDES}
    number = min(max(1, *now.values()), *(len(members) for members in sides.values()))
    keep = {one.id for members in sides.values() for one in members[:number]}
    leave = {one.id for members in sides.values() for one in members[number:]}
    stay = [id for id in committee.members.items if id not in leave]
    return _with(p, committee, members=[*stay, *sorted(keep.difference(stay))])


@mends(_CHAIR)
def determine_chairs(p: Partnership) -> Partnership:
    """Let the board itself determine who chairs each of its committees: a voting member, where nobody does."""
    board, before = board_of(p).id, p
    p = p.evolve(committees=p.committees.items)
    for id in [one.id for one in _of_board(p) if one.chair is None]:
        if not _voting(p, _committee(p, id)):
            p = settled(p, _PARITY)
        committee = _committee(p, id)
        p = _with(p, committee, chair=_voting(p, committee)[0].id)
    for committee in _of_board(p):
        if committee.chair_set_by != board:
            p = _with(p, committee, chair_set_by=board)
    return keeping(before, p, _VOTES)


def _committee(p: Partnership, id: str) -> Committee:
    return next(one for one in p.committees.items if one.id == id)


def _voting(p: Partnership, committee: Committee) -> list[Member]:
    """List the nominees who are sure to sit on a committee on the day that governs."""
    return [one for one in sitting_on(p, _SIDES) if one.id in committee.members.items]


# -- what it decides ---------------------------------------------------------------------------------------------


@mends(_VOTES)
def count_votes_of_members(p: Partnership) -> Partnership:
    """
    Let the minutes say of each vote on functions what came of it by the votes of the committee's voting members.

    A vote of which nobody recorded that it was about functions, and that is not in order, was about something else.
    """
    p = p.evolve(committees=p.committees.items)

    def sure(p: Partnership, meeting: Meeting) -> Partnership:
        committee = _committee(p, meeting.board)
        p = _with(p, committee, members=committee.members.items)
        return sure_on(p, board_of(p).id, meeting.on)

    def minute(p: Partnership, meeting: Meeting) -> Partnership:
        law = law_of(p, meeting)
        members = _committee(p, meeting.board).members
        sitting = seated(p, meeting.on).where(lambda member: member.id in members.items)
        pool = voting_at(meeting, [one.id for one in sitting.items if law.votes(one)])

        def minuted(vote: Vote) -> Vote:
            if not is_faulty(p, _VOTES, meeting, vote):
                return vote
            elsewhere = vote.on_functions is UNKNOWN
            return attrs.evolve(vote, on_functions=False) if elsewhere else counted(meeting, vote, sitting, law, pool)

        return with_meeting(p, meeting.id, votes=[minuted(one) for one in meeting.votes.items])

    return in_turn(p, _VOTES, sure, sure_who_came, minute, sure_who_came)
