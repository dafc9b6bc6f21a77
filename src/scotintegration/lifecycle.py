"""The life of a direction: its states, what happens to it, and what follows, as one table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

import attrs

from scotintegration._choice import Choice
from scotintegration._shown import Shown
from scotintegration.citations import Citation, cite
from scotintegration.tables import Table
from scotintegration.unknown import Unknown

__all__ = ["LIFE_CYCLE", "Event", "Life", "Moment", "State", "StepKind", "Transition", "follow", "mermaid", "to_table"]


class State(Choice):
    """
    The state of a direction on a day.

    A revocation that asks nothing else is never in force: once it has taken effect it stays issued.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 and 27(5); the rest is practice.

    >>> State.IN_FORCE == "in force", State("interim").binds
    (True, True)

    .. versionadded:: 0.1.0
    """

    DRAFTED = "drafted"
    RECOMMENDED = "recommended"
    APPROVED = "approved"
    ISSUED = "issued"
    CONDITIONAL = "conditional"
    IN_FORCE = "in force"
    INTERIM = "interim"
    PAUSED = "paused"
    REJECTED = "rejected"
    VARIED = "varied"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    EXPIRED = "expired"
    COMPLETED = "completed"

    @property
    def binds(self) -> bool:
        """Whether whoever was directed must carry it out."""
        return self in (State.IN_FORCE, State.INTERIM)

    @property
    def is_final(self) -> bool:
        """Whether nothing that has ended so begins again."""
        return self in _FINAL


_FINAL: Final = (State.REJECTED, State.VARIED, State.SUPERSEDED, State.REVOKED, State.EXPIRED, State.COMPLETED)


class Event(Choice):
    """
    What happens to a direction, in the order in which the events of one day are taken.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 and 27(5); the rest is practice.

    >>> Event("take effect").name
    'TAKE_EFFECT'

    .. versionadded:: 0.1.0
    """

    RECOMMEND = "recommend"
    AMEND = "amend"
    REJECT = "reject"
    APPROVE = "approve"
    ISSUE = "issue"
    MEET_CONDITION = "meet condition"
    TAKE_EFFECT = "take effect"
    EXTEND = "extend"
    NOTE_PROGRESS = "note progress"
    EXPIRE = "expire"
    PAUSE = "pause"
    RESUME = "resume"
    COMPLETE = "complete"
    VARY = "vary"
    SUPERSEDE = "supersede"
    REVOKE = "revoke"


class StepKind(Choice):
    """
    What a step of a register records; the other events follow from the days that a direction states.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26(1) and 27(5)(a); the rest is practice.

    >>> StepKind("revoke").name
    'REVOKE'

    .. versionadded:: 0.1.0
    """

    ISSUE = "issue"
    VARY = "vary"
    SUPERSEDE = "supersede"
    REVOKE = "revoke"
    RECOMMEND = "recommend"
    AMEND = "amend"
    REJECT = "reject"
    EXTEND = "extend"
    NOTE_PROGRESS = "note progress"
    PAUSE = "pause"
    RESUME = "resume"
    COMPLETE = "complete"

    @property
    def event(self) -> Event:
        """What happens to the direction that the step is about."""
        return Event(self.value)

    @property
    def ends(self) -> bool:
        """Whether it is the act of a later direction that ends the one it names."""
        return self in (StepKind.VARY, StepKind.SUPERSEDE, StepKind.REVOKE)


@attrs.frozen
class Transition(Shown):
    """
    One row of the life cycle.

    Attributes:
        state: The state before.
        event: What happens.
        to: The state after.
        guard: What must hold for it; blank where nothing need.
        citation: What it rests on.

    Source:
        The citation.

    .. versionadded:: 0.1.0
    """

    state: State
    event: Event
    to: State
    guard: str
    citation: Citation

    def __str__(self) -> str:
        guard = f", if {self.guard}" if self.guard else ""
        return f"{self.state.value} -> {self.event.value} -> {self.to.value}{guard} [{self.citation.printed}]"


_OPEN: Final = (State.DRAFTED, State.RECOMMENDED)
_BEFORE: Final = (State.DRAFTED, State.RECOMMENDED, State.APPROVED, State.ISSUED)
_BINDING: Final = (State.IN_FORCE, State.INTERIM)
_LIVING: Final = (*_BEFORE, State.CONDITIONAL, *_BINDING, State.PAUSED)

_ACT: Final = "asp 2014/9 "
_MEETING: Final = "SSI 2014/285 art.11"
_GUIDANCE: Final = "Statutory guidance on directions, January 2020"
_PRACTICE: Final = "Practice seen in minutes and decision notices, 2018 to 2025"

_DRAFTING: Final = "the meeting asks for other words"
_QUORATE: Final = "it is carried at a quorate meeting, under the law of that day"
_LAWFUL: Final = "it is in writing, for functions delegated, and given to bodies that may be directed"
_NOT_BEFORE: Final = "its first day has come"
_OUTSTANDING: Final = "its first day has come and a condition is not met"
_STANDS_IN: Final = "its first day has come and it stands in until another"
_OWN: Final = "the later direction is of the same integration authority"
_IN_TIME: Final = "its last day has not passed"

_ROWS: Final[tuple[tuple[tuple[State, ...], Event, State | None, str, str], ...]] = (
    ((State.DRAFTED,), Event.RECOMMEND, State.RECOMMENDED, "a report puts it to the authority", _GUIDANCE),
    (_OPEN, Event.AMEND, State.DRAFTED, _DRAFTING, _PRACTICE),
    (_OPEN, Event.REJECT, State.REJECTED, "the meeting decides against it", _MEETING),
    (_OPEN, Event.APPROVE, State.APPROVED, _QUORATE, _MEETING),
    ((*_OPEN, State.APPROVED), Event.ISSUE, State.ISSUED, _LAWFUL, _ACT + "s.26(1)"),
    (_BEFORE, Event.TAKE_EFFECT, State.IN_FORCE, _NOT_BEFORE, _ACT + "s.26(1)"),
    (_BEFORE, Event.TAKE_EFFECT, State.INTERIM, _STANDS_IN, _PRACTICE),
    (_BEFORE, Event.TAKE_EFFECT, State.CONDITIONAL, _OUTSTANDING, _PRACTICE),
    ((State.CONDITIONAL,), Event.MEET_CONDITION, State.IN_FORCE, "", _PRACTICE),
    ((*_BEFORE, State.CONDITIONAL, *_BINDING, State.PAUSED), Event.EXTEND, None, _IN_TIME, _ACT + "s.27(5)(a)"),
    ((*_BINDING, State.PAUSED), Event.NOTE_PROGRESS, None, "", _GUIDANCE),
    (_BINDING, Event.PAUSE, State.PAUSED, "", _PRACTICE),
    ((State.PAUSED,), Event.RESUME, State.IN_FORCE, "", _PRACTICE),
    ((*_BINDING, State.PAUSED), Event.COMPLETE, State.COMPLETED, "evidence shows that it was carried out", _GUIDANCE),
    (_LIVING, Event.EXPIRE, State.EXPIRED, "its last day has passed", _ACT + "s.26(1)"),
    (_LIVING, Event.VARY, State.VARIED, _OWN, _ACT + "s.27(5)(a)"),
    (_LIVING, Event.SUPERSEDE, State.SUPERSEDED, _OWN, _ACT + "s.27(5)(a)"),
    (_LIVING, Event.REVOKE, State.REVOKED, _OWN, _ACT + "s.27(5)(a)"),
)
"""Rows with the same event, outcome, guard and provision written once; None leaves the state as it is."""


def _rows() -> Iterator[Transition]:
    for states, event, to, guard, provision in _ROWS:
        for state in states:
            yield Transition(state, event, to or state, guard, cite(provision))


LIFE_CYCLE: Final[tuple[Transition, ...]] = tuple(_rows())
"""Every step that the life of a direction can take; what is not in it changes nothing."""


@cache
def _by_step() -> dict[tuple[State, Event], tuple[Transition, ...]]:
    found: dict[tuple[State, Event], tuple[Transition, ...]] = {}
    for row in LIFE_CYCLE:
        found[row.state, row.event] = (*found.get((row.state, row.event), ()), row)
    return found


@attrs.frozen(kw_only=True)
class Moment(Shown):
    """
    One thing that happened to a direction, and the state that it left it in.

    Attributes:
        on: The day.
        event: What happened.
        state: The state after; UNKNOWN where a day that was not recorded decides it.
        citation: What it rests on.

    Source:
        The citation.

    .. versionadded:: 0.1.0
    """

    on: date
    event: Event
    state: State | Unknown
    citation: Citation

    def __str__(self) -> str:
        return f"{self.on.isoformat()}: {self.event.value} -> {self.state} [{self.citation.printed}]"


@attrs.frozen(kw_only=True)
class Life(Shown):
    """
    The life of one direction, as far as its days were recorded.

    Attributes:
        reference: The direction, its year before its reference.
        moments: What happened to it, in order of day.
        complete: Whether every day that decides its state was recorded.

    Source:
        The citation of each moment.

    .. versionadded:: 0.1.0
    """

    reference: str
    moments: tuple[Moment, ...]
    complete: bool = True

    def __iter__(self) -> Iterator[Moment]:
        return iter(self.moments)

    def __len__(self) -> int:
        return len(self.moments)

    def to_table(self) -> Table:
        """
        Give one row a moment.

        Returns:
            Columns day, what happened, state after, provision.

        Source:
            The citation of each moment.

        .. versionadded:: 0.1.0
        """
        rows = [(one.on.isoformat(), one.event.value, str(one.state), one.citation.printed) for one in self.moments]
        notes = () if self.complete else ("A day that decides its state was not recorded.",)
        columns = ("day", "what", "state after", "provision")
        return Table(f"The life of direction {self.reference}", columns, rows, notes=notes)

    def to_mermaid(self) -> str:
        """
        Give the life cycle as the text of a state diagram, the path of this direction marked.

        Returns:
            Text that begins with ``stateDiagram-v2``.

        Source: our choice of notation (Mermaid).

        .. versionadded:: 0.1.0
        """
        return mermaid((State.DRAFTED, *(one.state for one in self.moments if isinstance(one.state, State))))

    def __str__(self) -> str:
        return self.to_table().to_text()


def follow(state: State, event: Event, *, conditional: bool = False, interim: bool = False) -> Transition | None:
    """
    Give the row of the life cycle that an event takes in a state.

    Args:
        state: The state before.
        event: What happens.
        conditional: Whether a condition of the direction is not met.
        interim: Whether the direction stands in until another.

    Returns:
        The row; None where the event changes nothing in that state.

    Source:
        The citation of each row.

    >>> follow(State.ISSUED, Event.TAKE_EFFECT).to, follow(State.ISSUED, Event.TAKE_EFFECT, conditional=True).to
    (<State.IN_FORCE: 'in force'>, <State.CONDITIONAL: 'conditional'>)
    >>> follow(State.REVOKED, Event.RESUME) is None
    True

    .. versionadded:: 0.1.0
    """
    rows = _by_step().get((state, event), ())
    if len(rows) < 2:
        return rows[0] if rows else None
    guard = _OUTSTANDING if conditional else _STANDS_IN if interim else _NOT_BEFORE
    return next(row for row in rows if row.guard == guard)


def to_table() -> Table:
    """
    Give the life cycle as a table.

    Returns:
        One row a transition: state, event, next state, what must hold, provision.

    Source:
        The citation of each row.

    .. versionadded:: 0.1.0
    """
    rows = [(one.state.value, one.event.value, one.to.value, one.guard, one.citation.printed) for one in LIFE_CYCLE]
    return Table("The life of a direction", ("state", "event", "next state", "if", "provision"), rows)


def mermaid(visited: tuple[State, ...] = ()) -> str:
    """
    Give the life cycle as the text of a state diagram.

    Args:
        visited: States to mark as visited.

    Returns:
        Text that begins with ``stateDiagram-v2``; what leads from state to state alike is one arrow.

    Source: our choice of notation (Mermaid).

    >>> print(mermaid().splitlines()[0])
    stateDiagram-v2

    .. versionadded:: 0.1.0
    """
    names = {state: state.name.lower() for state in State}
    lines = ["stateDiagram-v2", *(f'    state "{state.value}" as {names[state]}' for state in State)]
    lines.append(f"    [*] --> {names[State.DRAFTED]}")
    arrows: dict[tuple[State, State], list[str]] = {}
    for row in LIFE_CYCLE:
        if row.state is not row.to:
            arrows.setdefault((row.state, row.to), []).append(row.event.value)
    lines += [f"    {names[one]} --> {names[to]}: {' or '.join(events)}" for (one, to), events in arrows.items()]
    lines += [f"    {names[state]} --> [*]" for state in State if state.is_final]
    if visited:
        lines.append("    classDef visited font-weight:bold,stroke-width:3px")
        lines += [f"    class {names[state]} visited" for state in dict.fromkeys(visited)]
    return "\n".join(lines)
