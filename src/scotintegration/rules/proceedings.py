"""Rules about meetings of boards: quorum, majorities, ties and notice (part 5C)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.dates import clear_days
from scotintegration.law import Law
from scotintegration.meetings import Meeting, Vote
from scotintegration.rules._boards import rest, seated
from scotintegration.rules._engine import Verdict, cannot_tell, fail, rule, warn
from scotintegration.rules._meetings import (
    ORDER,
    change_last,
    decided,
    held,
    last_of,
    law_of,
    tally,
    voters_of,
)
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration._fields import MaybeText
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

__all__ = ["majority", "no_casting_vote", "notice", "quorum"]

_CASTING: Final = re.compile(r"\b(?:casting|second) votes?\b|\bchair(?:person|man|woman)? casts\b", re.IGNORECASE)
_DENIED: Final = re.compile(r"\b(?:no|not|never|without|nor)\b[^.;,]*\Z", re.IGNORECASE)


def _one_voter_short(p: Partnership) -> Partnership:
    meeting = last_of(p)
    law = law_of(p, meeting)
    voters = voters_of(p, meeting.on, law)
    absent = voters[law.quorum(len(voters)) - 1 :]
    return change_last(p, present=[id for id in meeting.present.items if id not in absent])


@rule(
    "IJBO-sch3-quorum",
    cites="SSI 2014/285 sch para 3; art.18(2)(c)",
    severity="statute",
    topic="proceedings",
    models="a",
    in_force="2014-11-28",
    duty_on="integration joint board",
    fields="meetings.date; meetings.present; M.route; M.start; M.end",
    passes="body-corporate",
    fails=_one_voter_short,
)
def quorum(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    At every meeting at least one voting member in two is present, of those in office on the day of the meeting.

    The text does not say whether an empty seat counts. People in post are counted here, each by the law of the day
    of the meeting.
    """
    meetings = held(p, on)
    for meeting in meetings.items:
        yield from _quorate(meeting, seated(p, meeting.on), law_of(p, meeting))
    yield from rest(meetings, "meetings", "whether the board met on other days")


def _quorate(meeting: Meeting, sitting: Listing[Member], law: Law) -> Iterator[Verdict]:
    voters = [member.id for member in sitting.items if law.votes(member)]
    here = [id for id in meeting.present.items if id in voters]
    needed = law.quorum(len(voters))  # the fewest, if more people may sit than are recorded
    strangers = set(meeting.present.items) - {member.id for member in sitting.items}
    if sitting.complete and len(here) >= needed:
        return
    where = f"meetings[{meeting.id!r}].present"
    if meeting.present.complete and len(here) < needed and (sitting.complete or not strangers):
        yield fail(
            where,
            f"{len(here)} of {len(voters)} voting members present, {needed} needed on {meeting.on.isoformat()}",
            mend="put the business to a meeting at which enough voting members are present",
            considered=[(id, "not a voting member that day") for id in meeting.present.items if id not in voters],
        )
    else:
        yield cannot_tell(where, f"who attended on {meeting.on.isoformat()}, or who sat that day, is not recorded")


def _tie_carried(p: Partnership) -> Partnership:
    meeting = last_of(p)
    voters = [id for id in voters_of(p, meeting.on, law_of(p, meeting)) if id in meeting.present.items]
    half = len(voters) // 2
    tie = Vote(about="a plan", votes_for=voters[:half], votes_against=voters[half : 2 * half], carried=True)
    return change_last(p, votes=[*meeting.votes.items, tie])


@rule(
    "IJBO-a11-majority",
    cites="SSI 2014/285 art.11, 12",
    severity="statute",
    topic="proceedings",
    models="a",
    in_force="2014-11-28",
    duty_on="integration joint board",
    fields="meetings.date; votes.for; votes.against; votes.carried; M.route; proxies.of",
    passes="body-corporate",
    fails=_tie_carried,
)
def majority(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    What is put to the vote is carried if more than half of the votes cast by a voting member each are for it.

    Abstentions are no votes. A vote recorded for a member who was away is taken for that of a proxy.
    """
    meetings = held(p, on)
    for meeting in meetings.items:
        sitting, law = seated(p, meeting.on), law_of(p, meeting)
        for number, vote in enumerate(meeting.votes.items):
            where = f"meetings[{meeting.id!r}].votes[{number}]"
            yield from decided(
                vote, where, tally(vote.votes_for, sitting, law), tally(vote.votes_against, sitting, law), law
            )
        yield from rest(meeting.votes, f"meetings[{meeting.id!r}].votes", "what else was put to the vote")
    yield from rest(meetings, "meetings", "whether the board met on other days")


def _is_casting(text: MaybeText) -> bool:
    """Tell whether words about a tie speak of a casting vote, and not of there being none."""
    found = _CASTING.search(text) if isinstance(text, str) else None
    return found is not None and not _DENIED.search(found.string[: found.start()])


def _chair_casts(p: Partnership) -> Partnership:
    return p.evolve(standing_orders=attrs.evolve(p.standing_orders, tie_mechanism="casting vote"))  # type: ignore[misc]


@rule(
    "IJBO-a18-no-casting",
    cites="SSI 2014/285 art.18(2)(a)",
    severity="statute",
    topic="proceedings",
    models="a",
    in_force="2014-11-28",
    modality="must_not",
    duty_on="integration joint board",
    fields="B.standing_orders.tie_mechanism; votes.tie_resolved_by",
    passes="body-corporate",
    fails=_chair_casts,
)
def no_casting_vote(p: Partnership, on: date) -> Iterator[Verdict]:
    """No tie is resolved by a casting vote of one member or of some, nor do standing orders provide for it."""
    orders, mend = p.standing_orders, "resolve ties another way, such as by reference to both constituent authorities"
    if orders is UNKNOWN or (orders is not None and orders.tie_mechanism is UNKNOWN):
        yield cannot_tell("standing_orders.tie_mechanism", "how standing orders resolve a tie is not recorded")
    elif orders is not None and _is_casting(orders.tie_mechanism):
        yield fail("standing_orders.tie_mechanism", f"a tie is resolved by {orders.tie_mechanism}", mend=mend)
    meetings = held(p, on)
    for meeting in meetings.items:
        sitting, law = seated(p, meeting.on), law_of(p, meeting)
        for number, vote in enumerate(meeting.votes.items):
            where = f"meetings[{meeting.id!r}].votes[{number}].tie_resolved_by"
            yes, no = tally(vote.votes_for, sitting, law), tally(vote.votes_against, sitting, law)
            may_tie = yes.least <= no.most and no.least <= yes.most
            if _is_casting(vote.tie_resolved_by):
                yield fail(where, f"the tie on {vote.about!r} was resolved by {vote.tie_resolved_by}", mend=mend)
            elif vote.tie_resolved_by is UNKNOWN and may_tie:
                yield cannot_tell(where, f"how a tie on {vote.about!r} was resolved is not recorded")
        yield from rest(meeting.votes, f"meetings[{meeting.id!r}].votes", "what else was put to the vote")
    yield from rest(meetings, "meetings", "whether the board met on other days")


def _no_notice(p: Partnership) -> Partnership:
    return change_last(p, notice_available_on=None)


@rule(
    "IJBO-sch2-notice",
    cites="SSI 2014/285 sch para 2",
    severity="statute",
    topic="proceedings",
    models="a",
    in_force="2014-11-28",
    duty_on="integration joint board",
    fields="meetings.date; meetings.notice_available_on",
    passes="body-corporate",
    fails=_no_notice,
)
def notice(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Notice of every meeting of the board or a committee is available five clear days before.

    Late notice is a warning only, for a second sub-paragraph keeps valid what the meeting did; a meeting of which
    nobody was told before its day breaks the duty.
    """
    meetings = p.meetings.where(lambda meeting: ORDER <= meeting.on <= on)
    for meeting in meetings.items:
        where = f"meetings[{meeting.id!r}].notice_available_on"
        needed = law_of(p, meeting).number("clear days of notice")
        given, day = meeting.notice_available_on, meeting.on.isoformat()
        mend = f"send notice so that it is available {needed + 1} days before a meeting at the latest"
        if given is UNKNOWN:
            yield cannot_tell(where, f"when notice of the meeting on {day} was available is not recorded")
        elif given is None or given >= meeting.on:
            told = "no notice" if given is None else f"notice on {given.isoformat()}, too late,"
            yield fail(where, f"{told} of the meeting on {day}", mend=mend)
        elif clear_days(given, meeting.on) < needed:
            clear = clear_days(given, meeting.on)
            yield warn(where, f"clear days of notice of the meeting on {day}: {clear}, {needed} needed", mend=mend)
    yield from rest(meetings, "meetings", "whether there were other meetings")
