"""The record of a decision on directions: the front of the report, and the minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration._fields import MaybeDate, MaybeText
from scotintegration._tabled import Tabled
from scotintegration.approvals import Reference
from scotintegration.directions import Direction, Marker
from scotintegration.drafting import check_direction, is_same
from scotintegration.money import Money
from scotintegration.reports import DISCLAIMER
from scotintegration.rules import find
from scotintegration.tables import Table
from scotintegration.unknown import UNKNOWN, Listing, Unknown

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = ["DecisionRecord", "decision_record"]


@attrs.frozen(kw_only=True)
class DecisionRecord(Tabled):
    """
    What goes on the front of the report on directions, and into the minute.

    Attributes:
        partnership: Name of the area.
        authority: Id of the integration authority.
        meeting: Id of the meeting that decides; None where none is named.
        on: The day it meets.
        report: Reference of the report; None where none is named.
        directions: The directions that the report leads to.
        marker_needed: To whom directions are needed, by those to whom they are given.
        marker_stated: What the report says; None where it says nothing, or not the same of each direction.
        to_issue: The officer who is to issue them; None where nobody is named.
        recommendations: What the report asks the authority to decide, in sentences.
        missing: What is still to be settled, each with its provision.

    Source:
        Statutory guidance on directions, January 2020, not read; the words of the marker are those of reports in
        practice.

    .. versionadded:: 0.1.0
    """

    partnership: str
    authority: str
    meeting: MaybeText
    on: MaybeDate
    report: MaybeText
    directions: tuple[Direction, ...]
    marker_needed: Marker | Unknown
    marker_stated: Marker | None | Unknown
    to_issue: MaybeText
    recommendations: tuple[str, ...]
    missing: tuple[str, ...]

    def to_table(self) -> Table:
        """
        Give the record as a table.

        Returns:
            One row a fact, then one a recommendation and one a thing that is missing.

        Source:
            Statutory guidance on directions, January 2020, not read.

        .. versionadded:: 0.1.0
        """
        facts = (
            ("meeting", self.meeting),
            ("day", self.on),
            ("report", self.report),
            ("directions", ", ".join(one.id for one in self.directions)),
            ("direction needed to", self.marker_needed),
            ("the report says", self.marker_stated),
            ("to be issued by", self.to_issue),
        )
        rows = [(name, "" if value is None else str(value)) for name, value in facts]
        rows += [(f"recommendation {number}", one) for number, one in enumerate(self.recommendations, 1)]
        rows += [("still missing", one) for one in self.missing]
        caption = f"Decision on directions, {self.partnership}"
        return Table(caption, ("what", "entry"), rows, notes=(DISCLAIMER,))


def decision_record(p: Partnership, direction: Reference) -> DecisionRecord:
    """
    Write the record of the decision on a direction, and on the others that the same report leads to.

    Args:
        p: The partnership.
        direction: The direction, its reference, or its year and reference.

    Returns:
        The record, with what is still missing.

    Raises:
        DuplicateError: If another direction of its year has the reference.
        NotFoundError: If no direction has the reference.
        ValueError: If directions of several years have it.

    Source:
        Statutory guidance on directions, January 2020, not read: decision, report, marker, and the officer who issues.

    >>> from scotintegration.examples import example
    >>> p = example("body-corporate")
    >>> decision_record(p, p.draft_direction(given_to=p.parties, functions=["care-at-home"])).marker_needed
    <Marker.BOTH: 'both'>

    .. versionadded:: 0.1.0
    """
    paper = direction if isinstance(direction, Direction) else p.directions[direction]
    papers = [paper]
    if isinstance(paper.report, str):
        held = p.directions.directions
        papers += [one for one in held if one.report == paper.report and not is_same(one, paper)]
    meeting, on = _meeting_of(p, paper)
    needed, stated = _marker(p, papers), _stated(papers)
    officer = _officer(p, papers)
    body = "the board" if p.ijb is not None else "the authority"
    return DecisionRecord(
        partnership=p.name,
        authority=p.id,
        meeting=meeting,
        on=on,
        report=paper.report,
        directions=tuple(papers),
        marker_needed=needed,
        marker_stated=stated,
        to_issue=officer,
        recommendations=tuple(_recommended(p, papers, body, officer)),
        missing=tuple(_missing(p, papers, (meeting, on, needed, stated, officer))),
    )


def _meeting_of(p: Partnership, paper: Direction) -> tuple[MaybeText, MaybeDate]:
    """Give the meeting that decides and its day, each read off the other where only one is written."""
    meeting, on = paper.meeting, paper.decided_on
    for one in p.meetings.items:
        if one.id == meeting and on is None:
            on = one.on
        if meeting is None and one.board == p.id and one.on == on:
            meeting = one.id
    return meeting, on


def _marker(p: Partnership, papers: Iterable[Direction]) -> Marker | Unknown:
    """Tell to whom directions are needed, by those to whom they are given."""
    to = {recipient for one in papers for recipient in one.given_to.items}
    board, council = p.health_board.id in to, any(one.id in to for one in p.local_authorities)
    if board and council:
        return Marker.BOTH
    if not all(one.given_to.complete for one in papers):
        return UNKNOWN
    return Marker.HEALTH_BOARD if board else Marker.COUNCIL if council else Marker.NONE


def _stated(papers: Iterable[Direction]) -> Marker | None | Unknown:
    """Give the marker of the report, where it is the same for every direction."""
    stated = {one.marker for one in papers}
    return stated.pop() if len(stated) == 1 else UNKNOWN if UNKNOWN in stated else None


def _officer(p: Partnership, papers: Iterable[Direction]) -> MaybeText:
    """Name the officer who is to issue directions: the one they name or, for a board, its chief officer."""
    named = {one.issued_by for one in papers} - {None}
    if len(named) == 1:
        return named.pop()
    if named:
        return UNKNOWN if UNKNOWN in named else None
    post = p.chief_officer
    holder = post if post is None or post is UNKNOWN else post.holder
    return holder if holder is None or holder is UNKNOWN else "chief officer"


def _recommended(p: Partnership, papers: Iterable[Direction], body: str, officer: MaybeText) -> Iterator[str]:
    """Say what the report asks the authority to decide."""
    names = {body.id: body.name for body in p.parties}
    functions = {one.id: one.name for one in p.scheme.functions.items}
    for one in papers:
        to = _joined(names, one.given_to)
        work = _joined(functions, one.functions) or (one.words if isinstance(one.words, str) else "")
        said = (
            f"That {body} approve direction {one.id}" + (f", to {to}" if to else "") + (f", for {work}" if work else "")
        )
        for field, verb in (("varies", "varies"), ("revokes", "revokes"), ("supersedes", "takes the place of")):
            target = getattr(one, field)
            said += f"; it {verb} direction {target}" if isinstance(target, str) else ""
        sums = (("pays", one.payment), ("states as set aside", one.set_aside), ("specifies", one.specified))
        said += "".join(f"; it {verb} {amount}" for verb, amount in sums if isinstance(amount, Money))
        start = one.binds_from
        yield said + (f"; it takes effect on {start.isoformat()}" if isinstance(start, date) else "") + "."
    to = _joined(names, Listing(sorted({to for one in papers for to in one.given_to.items})))
    if to:
        who = f"the {officer}" if isinstance(officer, str) else f"an officer whom {body} names"
        yield f"That {who} issue what is approved, in writing, to {to}."


def _joined(names: dict[str, str], ids: Listing[str]) -> str:
    return ", ".join(names.get(id, id) for id in ids.items)


def _missing(
    p: Partnership,
    papers: Iterable[Direction],
    settled: tuple[MaybeText, MaybeDate, Marker | Unknown, Marker | None | Unknown, MaybeText],
) -> Iterator[str]:
    """Say what is still to be settled: on the front of the report first, then in each direction."""
    meeting, on, needed, stated, officer = settled
    paper = next(iter(papers))
    decision, front, issue = (
        find(id).citation.printed
        for id in ("GUID-D11-cites-decision", "GUID-D12-report-marker", "GUID-D13-issued-by-officer")
    )
    written = (
        (meeting, "the meeting that decides", decision),
        (on, "the day of the meeting", decision),
        (paper.report, "the reference of the report", decision),
        (stated, "what the report says of directions on its front, the same for each", front),
        (officer, "the officer who is to issue what is approved", issue),
    )
    for value, what, provision in written:
        if value is None or value is UNKNOWN or not str(value).strip():
            yield f"{what} [{provision}]"
    if needed is UNKNOWN:
        yield f"everybody to whom a direction is given [{front}]"
    elif isinstance(stated, Marker) and stated is not needed:
        yield f"the report says {stated.value}, and {needed.value} is needed [{front}]"
    for one in papers:
        for finding in check_direction(p, one, only="statute").findings:
            yield f"direction {one.id}: {finding.said} [{finding.citation.printed}]"
