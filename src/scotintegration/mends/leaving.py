"""Mends of rules about leaving a board: terms that are over, offices left, and people who may not sit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.dates import last_day_of_period
from scotintegration.mends._holding import OFFICES, held, posts_of
from scotintegration.mends._sitting import began, ended, in_office, sitting_on, sure_of_all
from scotintegration.mends._terms import day_before, keeping, mends_of_board
from scotintegration.officers import Disqualification, EndReason, Route
from scotintegration.rules import Outcome, Rule
from scotintegration.rules._boards import board_of, with_members
from scotintegration.rules.eligibility import disqualified
from scotintegration.rules.leaving import officer_leaves_with_office
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

__all__ = [
    "do_not_resign",
    "leave_with_office",
    "leave_with_the_council",
    "remove_disqualified",
    "serve_for_a_term",
]

_SEATS: Final = ("IJBO-a3-1-core-members", "IJBO-a3-6-four-groups", "IJBO-a3-7B-co-member", "IJBO-a3-7A-no-double")
"""Rules that a seat falling empty, or somebody else taking it, may open."""


@mends_of_board("IJBO-a7-2-ex-officio")
def leave_with_office(p: Partnership) -> Partnership:
    """Let officers who left their office have left the board that day, and those of whom it is not sure hold it."""
    before, p = p, sure_of_all(p)
    for member in _found(p, officer_leaves_with_office, "until", Outcome.CANNOT_TELL):
        p = in_office(p, member)
    for member in _found(p, officer_leaves_with_office, "until", Outcome.FAIL):
        own = [one for _, one in held(posts_of(p, OFFICES[member.route][0])) if one.person == member.person]
        last = max(one.until for one in own if isinstance(one.until, date))
        p = ended(p, member, last, EndReason.OFFICE)
    return keeping(before, p, *_SEATS)


def _found(p: Partnership, rule: Rule, field: str, outcome: Outcome) -> list[Member]:
    """List the members of whom a rule says something about a field."""
    where = {verdict.where for verdict in rule.verdicts(p) if verdict.outcome is outcome}
    return [one for one in p.members.items if f"members[{one.id!r}].{field}" in where]


@mends_of_board("IJBO-a9-3-no-resign")
def do_not_resign(p: Partnership) -> Partnership:
    """Let officers whose membership ended have left with their office, and not by resigning."""
    board = board_of(p).id
    for member in p.members.items:
        over = member.until is UNKNOWN or (member.until is not None and member.until < p.as_at)
        resigned = member.end_reason in (UNKNOWN, EndReason.RESIGNED)
        if member.board == board and member.route in OFFICES and over and resigned:
            p = with_members(p, [member.id], end_reason=EndReason.OFFICE)
    return p.evolve(members=p.members.items)


@mends_of_board("IJBO-a10-4-ex-councillor")
def leave_with_the_council(p: Partnership) -> Partnership:
    """Let nominees of councils have left the board on their last day as councillors; of the others, none has come."""
    p = sure_of_all(p)
    for member in sitting_on(p, (Route.LA,)):
        last = member.councillor_until
        if last is UNKNOWN:
            p = with_members(p, [member.id], councillor_until=None)
        elif last is not None and last < p.as_at:
            p = ended(p, member, last, EndReason.NO_COUNCILLOR)
    return p


@mends_of_board("IJBO-a8-disqualified")
def remove_disqualified(p: Partnership) -> Partnership:
    """
    Let nobody who is disqualified sit on from the day that governs.

    What may disqualify and has no recorded day is taken to be over, and what is recorded for all there is.
    """
    before, p = p, sure_of_all(p)
    for member in _found(p, disqualified, "disqualifications", Outcome.CANNOT_TELL):
        p = with_members(p, [member.id], disqualifications=[_over(p, one) for one in member.disqualifications.items])
    for member in _found(p, disqualified, "disqualifications", Outcome.FAIL):
        p = ended(p, member, day_before(p), EndReason.DISQUALIFIED)
    return keeping(before, p, *_SEATS)


def _over(p: Partnership, one: Disqualification) -> Disqualification:
    """End, the day before the day that governs, what has an unknown day and is not sure to be over or to come."""
    start, until = one.start, one.until
    known = UNKNOWN not in (start, until)
    if known or (isinstance(until, date) and until < p.as_at) or (isinstance(start, date) and start > p.as_at):
        return one
    last = day_before(p)
    return attrs.evolve(one, until=max(last, start) if isinstance(start, date) else last)


@mends_of_board("IJBO-a7-term")
def serve_for_a_term(p: Partnership) -> Partnership:
    """
    Let terms end in time.

    A term that was over by the day that governs is taken to have been renewed: it begins later.
    """
    p, years = sure_of_all(p), p.law.number("years of a term")
    for member in sitting_on(p, (route for route in Route if route not in OFFICES)):
        start, until = member.start, member.until
        if not isinstance(start, date) or last_day_of_period(start, years=years) < p.as_at:
            start = min(p.as_at, began(p, member))
        last = last_day_of_period(start, years=years)
        if isinstance(until, date):
            until = min(until, last)
        p = with_members(p, [member.id], start=start, until=until)
    return p
