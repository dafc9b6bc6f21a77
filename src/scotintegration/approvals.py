"""Approval: whether the meeting that decided on a direction approved it, by the law of that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from scotintegration._choice import Choice
from scotintegration._tabled import Tabled
from scotintegration.citations import Citation, cite
from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction
from scotintegration.findings import Explanation
from scotintegration.lifecycle import StepKind
from scotintegration.meetings import Meeting, Vote
from scotintegration.reports import DISCLAIMER
from scotintegration.rules._boards import seated
from scotintegration.rules._meetings import ORDER, law_of, tally
from scotintegration.tables import Table
from scotintegration.unknown import UNKNOWN, Listing, Unknown

if TYPE_CHECKING:
    from scotintegration.law import Law
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

__all__ = ["Approval", "Resolution", "approval"]

Reference: TypeAlias = "Direction | str | tuple[FinancialYear | date | str | None, str]"
"""A direction, its reference, or its year and reference."""


class Resolution(Choice):
    """
    What came of a direction at the meeting that it was put to.

    Source:
        SSI 2014/285, arts. 11 and 18(2)(a) and sch. para. 3; that words are sent back is practice.

    >>> Resolution("not approved").name
    'NOT_APPROVED'

    .. versionadded:: 0.1.0
    """

    APPROVED = "approved"
    AMENDED = "amended"
    REJECTED = "rejected"
    NOT_APPROVED = "not approved"


_ANY: Final = tuple(Resolution)
_CITATIONS: Final = ("SSI 2014/285 art.11", "SSI 2014/285 art.18(2)", "SSI 2014/285 sch para 3")


@attrs.frozen(kw_only=True)
class Approval(Tabled):
    """
    Whether a direction was approved, and why.

    Attributes:
        direction: The direction.
        possible: What may have come of it, by all that is recorded: one, if nothing is missing.
        why: The reason, in a sentence.
        meeting: The meeting that decided; None where there was none, or it was not recorded.
        as_at: The day of the facts.
        law_as_at: The day of the law: that of the meeting, unless another was asked for.
        missing: The facts that would settle it.
        grounds: What was looked at: the law, the quorum, the votes.

    Source:
        SSI 2014/285, arts. 11 and 18 and sch. para. 3, as they stood on the day of the meeting.

    .. versionadded:: 0.1.0
    """

    direction: Direction
    possible: tuple[Resolution, ...]
    why: str
    meeting: Meeting | None
    as_at: date
    law_as_at: date
    missing: tuple[str, ...] = ()
    grounds: tuple[Explanation, ...] = attrs.field(default=(), repr=False)

    @property
    def outcome(self) -> Resolution | Unknown:
        """What came of it; UNKNOWN where a fact is missing."""
        return self.possible[0] if len(self.possible) == 1 else UNKNOWN

    @property
    def approved(self) -> bool | Unknown:
        """Whether it was approved; False as well where only the reason why not is unknown."""
        if Resolution.APPROVED not in self.possible:
            return False
        return True if len(self.possible) == 1 else UNKNOWN

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The provisions that decide."""
        return tuple(cite(text) for text in _CITATIONS)

    def explain(self) -> Explanation:
        """
        Say why: the law of the day, the quorum, the votes, and what would settle it.

        Returns:
            A tree of sentences.

        Source:
            SSI 2014/285, arts. 11 and 18 and sch. para. 3.

        .. versionadded:: 0.1.0
        """
        parts = list(self.grounds)
        if self.missing:
            parts.append(Explanation("what would settle it", [Explanation(one) for one in self.missing]))
        return Explanation(f"direction {self.direction.id!r}: {self._said}: {self.why}", parts)

    @property
    def _said(self) -> str:
        if self.outcome is not UNKNOWN:
            return str(self.outcome)
        return "not approved" if self.approved is not UNKNOWN else "it cannot be told whether it was approved"

    def to_table(self) -> Table:
        """
        Give it as a table.

        Returns:
            What came of the direction, why, at which meeting, under the law of which day, and what is not recorded.

        Source:
            SSI 2014/285, arts. 11 and 18 and sch. para. 3.

        .. versionadded:: 0.1.0
        """
        rows = [
            ("outcome", self._said),
            ("why", self.why),
            ("meeting", "" if self.meeting is None else self.meeting.id),
            ("law as at", self.law_as_at.isoformat()),
            ("provisions", "; ".join(one.printed for one in self.citations)),
            ("not recorded", "; ".join(self.missing)),
        ]
        return Table(f"Approval of direction {self.direction.id!r}", ("what", "answer"), rows, notes=(DISCLAIMER,))


# -- which meeting -----------------------------------------------------------------------------------------------


def approval(p: Partnership, direction: Reference) -> Approval:
    """
    Tell whether the meeting that decided on a direction approved it, by the law of that day.

    That is the meeting that the direction names or, where it names none, that of the day on which it was decided.
    It approves a direction if at least half of the voting members are there and more of their votes are for it than
    against, or if the minute says that it was agreed without a vote. Nothing is inferred from a meeting, or a vote,
    that nobody recorded.

    Args:
        p: The partnership, as at the day that governs.
        direction: The direction, its reference, or its year and reference.

    Returns:
        What came of it, with the reason and the facts that are missing.

    Raises:
        NotFoundError: If no direction has the reference.
        ValueError: If directions of several years have it.

    Source:
        SSI 2014/285, arts. 11 and 18 and sch. para. 3; from 1 September 2026 with art. 1(2) as substituted by
        SSI 2025/405.

    >>> from scotintegration.examples import example
    >>> approval(example("body-corporate"), "2026-001").missing
    ('a vote on it at the meeting of 2026-03-18, or that it was agreed without one',)

    .. versionadded:: 0.1.0
    """
    paper = direction if isinstance(direction, Direction) else p.register[direction]
    if p.ijb is None:
        why = "the authority is no integration joint board, and the Order on their proceedings is not for it"
        return _open(p, paper, why, "how the authority decided")
    if paper.meeting is UNKNOWN:
        return _open(p, paper, "the meeting that decided is not recorded", "the meeting that decided")
    if paper.meeting is not None:
        return _at_named(p, paper, str(paper.meeting))
    return _on_its_day(p, paper)


def _at_named(p: Partnership, paper: Direction, name: str) -> Approval:
    """Look at the meeting that a direction names."""
    meeting = next((one for one in p.meetings.items if one.id == name), None)
    if meeting is None:
        return _open(p, paper, f"it names the meeting {name!r}, which nobody recorded", f"the meeting {name!r}")
    if meeting.board != p.id:
        why = f"it was put to a meeting of {meeting.board!r}, which is not the board"
        return _open(p, paper, why, f"whether the board let {meeting.board!r} decide")
    return _judged(p, paper, meeting)


def _on_its_day(p: Partnership, paper: Direction) -> Approval:
    """Look at the meetings of the day on which a direction was decided, where it names none."""
    on = paper.decided_on
    if on is UNKNOWN:
        return _open(p, paper, "the day it was decided is not recorded", "the day it was decided")
    if on is None:
        return _undecided(p, paper)
    if on > p.as_at:
        return _to_come(p, paper, on, None)
    day = on.isoformat()
    same = [one for one in p.meetings.items if one.board == p.id and one.on == on]
    if not same:
        return _open(p, paper, f"nobody recorded a meeting of the board on {day}", f"the meeting of the board on {day}")
    found = [_judged(p, paper, one) for one in same]
    carried = next((one for one in found if one.approved is not UNKNOWN and one.approved), None)
    if carried is not None or (len(found) == 1 and p.meetings.complete):
        return carried or found[0]
    missing = dict.fromkeys([f"which meeting of {day} decided", *(fact for one in found for fact in one.missing)])
    return _open(p, paper, f"the board may have met more than once on {day}", *missing)


def _undecided(p: Partnership, paper: Direction) -> Approval:
    """Say that nothing was decided on a direction that names neither meeting nor day, but for what its steps say."""
    acts = _acts(p, paper)
    kind, on = acts[-1] if acts else (None, p.as_at)
    if kind is None:
        possible, why = Resolution.NOT_APPROVED, "it names neither a meeting nor a day on which it was decided"
    else:
        possible = Resolution.REJECTED if kind is StepKind.REJECT else Resolution.AMENDED
        why = f"the register says so on {on.isoformat()}"
    return Approval(direction=paper, possible=(possible,), why=why, meeting=None, as_at=p.as_at, law_as_at=p.law.as_at)


def _to_come(p: Partnership, paper: Direction, on: date, meeting: Meeting | None) -> Approval:
    return Approval(
        direction=paper,
        possible=(Resolution.NOT_APPROVED,),
        why=f"the meeting of {on.isoformat()} is still to come on {p.as_at.isoformat()}",
        meeting=meeting,
        as_at=p.as_at,
        law_as_at=p.law.as_at,
    )


def _open(p: Partnership, paper: Direction, why: str, *missing: str) -> Approval:
    return Approval(
        direction=paper,
        possible=_ANY,
        why=why,
        meeting=None,
        as_at=p.as_at,
        law_as_at=p.law.as_at,
        missing=missing,
    )


def _acts(p: Partnership, paper: Direction) -> list[tuple[StepKind, date]]:
    """List the steps by which a meeting sent a direction back or decided against it, with their days, in order."""
    names = (paper.id, paper.full_reference)
    found = [
        (step.kind, step.on)
        for step in p.directions.steps
        if step.kind in (StepKind.AMEND, StepKind.REJECT) and step.target in names
    ]
    days = [(kind, on) for kind, on in found if isinstance(on, date) and on <= p.as_at]
    return sorted(days, key=lambda act: act[1])


# -- what the meeting decided ------------------------------------------------------------------------------------


def _judged(p: Partnership, paper: Direction, meeting: Meeting) -> Approval:
    """Tell what a meeting of the board decided on a direction, by the law of its day."""
    on = meeting.on
    if on > p.as_at:
        return _to_come(p, paper, on, meeting)
    law, sitting = law_of(p, meeting), seated(p, on)
    quorate, attendance = _is_quorate(meeting, sitting, law)
    carried, votes, fact = _is_carried(p, paper, meeting, sitting, law)
    may_decide = quorate is UNKNOWN or quorate
    possible = _made_of_it(p, paper, on, carried) if may_decide else []
    possible += [] if quorate is not UNKNOWN and quorate else [Resolution.NOT_APPROVED]
    missing = [] if quorate is not UNKNOWN else [f"who sat on the board on {on.isoformat()}, and who was there"]
    missing += [fact] if may_decide and fact else []
    if on < ORDER:
        possible, missing = list(Resolution), [f"the law by which the board decided on {on.isoformat()}"]
    told = f"{attendance}; {votes.text}" if may_decide else attendance
    return Approval(
        direction=paper,
        possible=tuple(possible),
        why=f"on {on.isoformat()} {told}",
        meeting=meeting,
        as_at=p.as_at,
        law_as_at=law.as_at,
        missing=tuple(missing),
        grounds=(*_law(law), *_days(paper, meeting), Explanation(attendance, [_present(meeting)]), votes),
    )


def _made_of_it(p: Partnership, paper: Direction, on: date, carried: bool | Unknown) -> list[Resolution]:
    """List what a quorate meeting may have made of a direction."""
    if carried is UNKNOWN:
        return [Resolution.APPROVED, Resolution.AMENDED, Resolution.REJECTED]
    if carried:
        return [Resolution.APPROVED]
    acts = {kind for kind, day in _acts(p, paper) if day == on}
    return [Resolution.AMENDED if acts == {StepKind.AMEND} else Resolution.REJECTED]


def _law(law: Law) -> list[Explanation]:
    """Say what the law of a day asks; nothing before the Order."""
    routes = [one for one in law.parameters if one.name == "voting routes" and law.as_at in one.days]
    voting = [
        Explanation(
            f"{one.citation.printed}{'' if one.amended_by is None else f', as amended by {one.amended_by.printed}'}: "
            f"members by the routes {', '.join(route.value for route in law.voting_routes)} vote"
        )
        for one in routes
    ]
    asked = (
        (_CITATIONS[2], "half of the voting members are a quorum"),
        (_CITATIONS[0], "a vote is carried by more votes of voting members for it than against"),
        (_CITATIONS[1], "nobody casts a second vote to break a tie"),
    )
    rest = [Explanation(f"{cite(text).printed}: {what}") for text, what in asked]
    return [Explanation(f"the law as at {law.as_at.isoformat()}", [*voting, *rest])]


def _days(paper: Direction, meeting: Meeting) -> Iterable[Explanation]:
    """Say that a direction gives another day than that of the meeting that it names."""
    if isinstance(paper.decided_on, date) and paper.decided_on != meeting.on:
        said = f"it says that it was decided on {paper.decided_on.isoformat()}"
        yield Explanation(f"{said}, and the meeting that it names was on {meeting.on.isoformat()}")


def _present(meeting: Meeting) -> Explanation:
    names = ", ".join(meeting.present.items) or "nobody"
    return Explanation(f"recorded as present: {names}{'' if meeting.present.complete else ', and perhaps others'}")


def _is_quorate(meeting: Meeting, sitting: Listing[Member], law: Law) -> tuple[bool | Unknown, str]:
    """Tell whether enough voting members were there, and say how many were."""
    voters = [member.id for member in sitting.items if law.votes(member)]
    here, needed = len(set(voters).intersection(meeting.present.items)), law.quorum(len(voters))
    strangers = set(meeting.present.items) - {member.id for member in sitting.items}
    said = f"{here} of {len(voters)} voting members were present, {needed} needed"
    if sitting.complete and here >= needed:
        return True, said
    if meeting.present.complete and here < needed and (sitting.complete or not strangers):
        return False, said
    return UNKNOWN, f"it is not recorded whether enough voting members were present: {said}, of those recorded"


def _is_carried(
    p: Partnership, paper: Direction, meeting: Meeting, sitting: Listing[Member], law: Law
) -> tuple[bool | Unknown, Explanation, str]:
    """Tell whether a direction was carried; say what the votes were, and which fact would settle it."""
    names, day = {paper.id, paper.full_reference}, meeting.on.isoformat()
    counted = [_counted(one, sitting, law) for one in meeting.votes.items if names & set(one.direction.items)]
    parts = [part for _, part in counted]
    if any(result is not UNKNOWN and result for result, _ in counted):
        return True, Explanation("a vote on it was carried", parts), ""
    if names & set(meeting.agreed.items):
        return True, Explanation("the minute says that it was agreed without a vote", parts), ""
    if any(result is UNKNOWN for result, _ in counted):
        said = Explanation("it is not recorded how the vote on it went", parts)
        return UNKNOWN, said, f"who voted on it at the meeting of {day}, and who of them may vote"
    whole = meeting.votes.complete and meeting.agreed.complete and all(one.direction.complete for one in meeting.votes)
    if whole and (counted or any(on == meeting.on for _, on in _acts(p, paper))):
        lost = "the vote on it was not carried" if counted else "the register says that it was not approved"
        return False, Explanation(lost, parts), ""
    fact = f"a vote on it at the meeting of {day}, or that it was agreed without one"
    return UNKNOWN, Explanation("no vote on it is recorded, nor that it was agreed without one", parts), fact


def _counted(vote: Vote, sitting: Listing[Member], law: Law) -> tuple[bool | Unknown, Explanation]:
    """Count one vote by the law of its day, and say what the minute makes of it."""
    yes, no = tally(vote.votes_for, sitting, law), tally(vote.votes_against, sitting, law)
    may_carry, may_fall = law.carried(yes.most, no.least), not law.carried(yes.least, no.most)
    result = UNKNOWN if may_carry and may_fall else may_carry
    word = "it cannot be told whether it was carried" if result is UNKNOWN else "carried" if result else "not carried"
    parts = [Explanation(f"{id}: not a voting member that day") for id in (*yes.void, *no.void)]
    minuted = vote.carried
    if minuted is not UNKNOWN and minuted is not None and result is not UNKNOWN and minuted is not result:
        parts.append(Explanation(f"the minute says otherwise: {'carried' if minuted else 'not carried'}"))
    return result, Explanation(f"{vote.about!r}: {yes.least} for and {no.least} against, {word}", parts)
