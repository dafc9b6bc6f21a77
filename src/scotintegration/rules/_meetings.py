"""What several rules about meetings ask: which were held, who could vote, and what was decided (private)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.law import Law
from scotintegration.meetings import Meeting, Vote
from scotintegration.rules._boards import board_of, seated
from scotintegration.rules._engine import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN, Listing

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
    """Give the law of the day of a meeting, unless the law of another day was asked for."""
    return p.law if p.law_as_at is not None else Law(meeting.on, p.law.parameters)


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
    """Votes one way: at least, at most, and those that do not count."""

    least: int
    most: int
    void: tuple[str, ...]


def tally(ids: Listing[str], sitting: Listing[Member], law: Law) -> Votes:
    """Count the votes of those who may vote, of those who sit."""
    members = {member.id: law.votes(member) for member in sitting.items}
    counted = sum(members.get(id, False) for id in ids.items)
    unsure = 0 if sitting.complete else sum(id not in members for id in ids.items)
    void = tuple(id for id in ids.items if not members.get(id, not sitting.complete))
    return Votes(counted, counted + unsure if ids.complete else _MANY, void)


def decided(vote: Vote, where: str, yes: Votes, no: Votes, law: Law) -> Iterator[Verdict]:
    """Compare what the minute says came of a vote with the votes that count."""
    may_carry, may_fall = law.carried(yes.most, no.least), not law.carried(yes.least, no.most)
    if vote.carried is UNKNOWN:
        yield cannot_tell(where, f"whether {vote.about!r} was carried is not recorded")
    elif may_carry and may_fall:
        yield cannot_tell(where, f"who voted on {vote.about!r}, or who of them may vote, is not recorded")
    elif bool(vote.carried) is not may_carry:
        said = "carried" if vote.carried else "not carried"
        yield fail(
            where,
            f"{vote.about!r}: {yes.least} for and {no.least} against on {law.as_at.isoformat()}, minuted as {said}",
            mend=f"minute it as {'not carried' if vote.carried else 'carried'}, or put it to the vote again",
            considered=[(id, "not a voting member that day") for id in (*yes.void, *no.void)],
        )
