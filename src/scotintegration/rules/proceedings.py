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
from scotintegration.rules._engine import rule
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
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.unknown import UNKNOWN, Listing, Unknown

if TYPE_CHECKING:
    from scotintegration._fields import MaybeText
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

__all__ = ["majority", "no_casting_vote", "notice", "quorum"]

_CHAIR: Final = r"\b(?:chair(?:person|man|woman)?|convenor|convener|(?:member|person|whoever) (?:presiding|presides))\b"
_DECIDES: Final = r"(?:(?:decide|determine|resolve|settle)[sd]?|breaks?|broke|ruled)\b"
_DECIDED: Final = r"\b(?:decided|determined|resolved|settled|broken|left|up) (?:by|to)"
_CASTING: Final = re.compile(
    rf"\b(?:casting|second|deciding) votes?\b|{_CHAIR} casts\b"
    rf"|{_CHAIR}(?: \w+){{0,3}} {_DECIDES}|{_DECIDED} (?:the )?{_CHAIR}"
    rf"|{_CHAIR}'?s?(?: \w+){{0,3}} (?:decision|determination|ruling|discretion|say|word)\b"
    rf"|\b(?:decision|determination|ruling|discretion|say|word) of (?:the )?{_CHAIR}"
    rf"|{_CHAIR}(?: \w+){{0,6}} (?:final|last|deciding) (?:decision|say|voice|word)\b"
    rf"|\b(?:lies|rests|stays) with (?:the )?{_CHAIR}|{_CHAIR}(?: \w+)? (?:rules|prevails)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:no|not|never|without|nor|nothing)\b(?! (?:majority|agree|consensus|be |decided|resolved))[^.;,]*\Z",
    re.IGNORECASE,
)
_OTHERWISE: Final = re.compile(r"\b(?:lots?|coin|adjourn\w*|refer\w*|defer\w*|next meeting|again)\b", re.IGNORECASE)
"""Words of other ways of resolving a tie, beside which it is not clear what a chair decides."""


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

    Abstentions are no votes. Nor does a vote count of a member who was away and for whom no proxy voted.
    """
    meetings = held(p, on)
    for meeting in meetings.items:
        sitting, law = seated(p, meeting.on), law_of(p, meeting)
        for number, vote in enumerate(meeting.votes.items):
            where = f"meetings[{meeting.id!r}].votes[{number}]"
            yes, no = (tally(ids, sitting, law, meeting) for ids in (vote.votes_for, vote.votes_against))
            yield from decided(vote, where, yes, no, law)
        yield from rest(meeting.votes, f"meetings[{meeting.id!r}].votes", "what else was put to the vote")
    yield from rest(meetings, "meetings", "whether the board met on other days")


def is_casting(text: MaybeText) -> bool | Unknown:
    """
    Tell whether by words about a tie one member decides it, as by a casting vote, and they do not deny just that.

    Of a chair who decides where the words name another way too, such as drawing lots, that cannot be told.
    """
    words = text.replace("\u2019", "'") if isinstance(text, str) else ""
    found = [one.group() for one in _CASTING.finditer(words) if not _DENIED.search(words[: one.end()])]
    if not found:
        return False
    return UNKNOWN if _OTHERWISE.search(words) and not any("vote" in one.casefold() for one in found) else True


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
    """
    No tie is resolved by a casting vote of one member or of some, nor do standing orders provide for it.

    Words by which the chair decides, whatever they call it, give one member a casting vote.
    """
    orders, mend = p.standing_orders, "resolve ties another way, such as by reference to both constituent authorities"
    if orders is UNKNOWN or (orders is not None and orders.tie_mechanism is UNKNOWN):
        yield cannot_tell("standing_orders.tie_mechanism", "how standing orders resolve a tie is not recorded")
    elif orders is not None and is_casting(orders.tie_mechanism) is not False:
        yield from _cast("standing_orders.tie_mechanism", "a tie is", orders.tie_mechanism, mend)
    meetings = held(p, on)
    for meeting in meetings.items:
        sitting, law = seated(p, meeting.on), law_of(p, meeting)
        for number, vote in enumerate(meeting.votes.items):
            where = f"meetings[{meeting.id!r}].votes[{number}].tie_resolved_by"
            yes, no = (tally(ids, sitting, law, meeting) for ids in (vote.votes_for, vote.votes_against))
            may_tie = yes.least <= no.most and no.least <= yes.most
            if is_casting(vote.tie_resolved_by) is not False:
                yield from _cast(where, f"the tie on {vote.about!r} was", vote.tie_resolved_by, mend)
            elif vote.tie_resolved_by is UNKNOWN and may_tie:
                yield cannot_tell(where, f"how a tie on {vote.about!r} was resolved is not recorded")
        yield from rest(meeting.votes, f"meetings[{meeting.id!r}].votes", "what else was put to the vote")
    yield from rest(meetings, "meetings", "whether the board met on other days")


def _cast(where: str, tie: str, words: MaybeText, mend: str) -> Iterator[Verdict]:
    """Report words by which one member resolves a tie, or may."""
    if is_casting(words) is UNKNOWN:
        yield cannot_tell(where, f"whether by {words!r} one member decides is not recorded")
    else:
        yield fail(where, f"{tie} resolved by {words}", mend=mend)


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
