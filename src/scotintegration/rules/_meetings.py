"""What several rules about meetings ask: which were held, who could vote, and what was decided (private)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.law import Law
from scotintegration.meetings import Meeting, Vote
from scotintegration.rules._boards import board_of, seated
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN, Listing, Unknown

if TYPE_CHECKING:
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

ORDER: Final = date(2014, 11, 28)
"""The day the Order came into force; no board met before it."""

_MANY: Final = 10**6
"""More votes than anybody counts."""


def held(p: Partnership, on: date) -> Listing[Meeting]:
    """List the meetings of the board up to a day, each of which has the law of its own day."""
    board = board_of(p).id
    return p.meetings.where(lambda meeting: meeting.board == board and ORDER <= meeting.on <= on)


def law_of(p: Partnership, meeting: Meeting) -> Law:
    """Give the law of the day of a meeting, unless the law of another day than that of the facts was asked for."""
    return p.law if p.law.as_at != p.as_at else Law(meeting.on, p.law.parameters)


def last_of(p: Partnership) -> Meeting:
    """Give the last meeting of the board that was held, for examples."""
    return max(held(p, p.as_at).items, key=lambda meeting: meeting.on)


def change_last(p: Partnership, **changes: object) -> Partnership:
    """Change the last meeting of the board that was held, for examples."""
    last = last_of(p).id
    meetings = p.meetings.map(
        lambda one: attrs.evolve(one, **changes) if one.id == last else one  # type: ignore[arg-type]
    )
    return p.evolve(meetings=meetings)


def voters_of(p: Partnership, on: date, law: Law) -> tuple[str, ...]:
    """Name the memberships of the board that may vote on a day."""
    return tuple(member.id for member in seated(p, on).items if law.votes(member))


@attrs.frozen
class Votes:
    """Votes one way: at least, at most, those that do not count, and those of them that nobody was there to cast."""

    least: int
    most: int
    void: tuple[str, ...]
    away: tuple[str, ...] = ()

    @property
    def considered(self) -> list[tuple[str, str]]:
        """The votes that do not count, each with the reason."""
        away = "neither there nor voted for by a proxy"
        return [(id, away if id in self.away else "not a voting member that day") for id in self.void]


def tally(ids: Listing[str], sitting: Listing[Member], law: Law, meeting: Meeting | None = None) -> Votes:
    """Count the votes of those who may vote, of those who sit and, if a meeting is named, were there or had a proxy."""
    members = {member.id: law.votes(member) for member in sitting.items}
    may = {id: members.get(id, False if sitting.complete else UNKNOWN) for id in ids.items}
    there = {id: True if meeting is None else cast_by(meeting, id) for id in ids.items}
    counted = [id for id in ids.items if may[id] is True and there[id] is True]
    void = tuple(id for id in ids.items if may[id] is False or there[id] is False)
    unsure = len(ids.items) - len(counted) - len(void)
    most = len(counted) + unsure if ids.complete else _MANY
    return Votes(len(counted), most, void, tuple(id for id in void if may[id] is not False))


def cast_by(meeting: Meeting, member: str) -> bool | Unknown:
    """Tell whether a member was at a meeting to vote, or a proxy voted in the member's place."""
    if member in meeting.present.items:
        return True
    voted = [proxy.voted for proxy in meeting.proxies.items if proxy.of == member]
    if any(one is not UNKNOWN and one for one in voted):
        return True
    return False if meeting.present.complete and meeting.proxies.complete and UNKNOWN not in voted else UNKNOWN


def decided(vote: Vote, where: str, yes: Votes, no: Votes, law: Law) -> Iterator[Verdict]:
    """Compare what the minute says came of a vote with the votes that count."""
    may_carry, may_fall = law.carried(yes.most, no.least), not law.carried(yes.least, no.most)
    if vote.carried is UNKNOWN:
        yield cannot_tell(where, f"whether {vote.about!r} was carried is not recorded")
    elif may_carry and may_fall:
        what = f"who voted on {vote.about!r}, or who of them may vote and was there, is not recorded"
        yield cannot_tell(where, what)
    elif bool(vote.carried) is not may_carry:
        said = "carried" if vote.carried else "not carried"
        yield fail(
            where,
            f"{vote.about!r}: {yes.least} for and {no.least} against on {law.as_at.isoformat()}, minuted as {said}",
            mend=f"minute it as {'not carried' if vote.carried else 'carried'}, or put it to the vote again",
            considered=[*yes.considered, *no.considered],
        )
