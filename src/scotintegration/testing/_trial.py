"""A register of ours kept beside somebody else's: what is done to both, and where they differ (private)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

import attrs

from scotintegration.directions import Direction
from scotintegration.lifecycle import Event, State, StepKind, follow
from scotintegration.registers import DirectionsRegister
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN

DAY: Final = timedelta(days=1)

BY_DAYS: Final = (Event.TAKE_EFFECT, Event.EXPIRE)
"""Events that nobody records: they follow from the days that a direction states."""

ENDINGS: Final = {Event.VARY: "varies", Event.SUPERSEDE: "supersedes", Event.REVOKE: "revokes"}
"""Events that are the act of a later direction, and the field in which it names the earlier one."""

_TOO_LATE: Final = (*ENDINGS, Event.EXTEND, Event.RESUME)
"""Events that real registers record of directions that have ended; they bring nothing back."""

_STEPS: Final = {kind.value for kind in StepKind}


def why(register: DirectionsRegister, reference: str, on: date) -> str:
    """Say in words in what state a direction is on a day, since when and by which provision."""
    paper = register[reference]
    if paper.is_bare_revocation:
        return f"it only revokes {paper.revokes!r}, and such a direction is never in force"
    past = [moment for moment in register.life(reference) if moment.on <= on]
    if not past:
        first = paper.binds_from
        return f"it takes effect on {first.isoformat()}" if isinstance(first, date) else "it is a draft"
    last = past[-1]
    since = next(moment.on for moment in past if moment.state is last.state)
    said = f"it is {last.state} since {since.isoformat()} [{last.citation.printed}]"
    if isinstance(paper.binds_from, date) and paper.binds_from > on:
        said += f", to take effect on {paper.binds_from.isoformat()}"
    return said


def difference(register: DirectionsRegister, got: Iterable[str], on: date) -> str:
    """Say which direction is wrongly in force, or wrongly not, on a day; nothing where none is."""
    found = set(got)
    live = [one.id for one in register.in_force(on=on)]
    for one in register:
        if (one.id in live) is not (one.id in found):
            wrong = ("is not in force", "must be") if one.id in live else ("is in force", "must not be")
            return f"direction {one.id!r} {wrong[0]} on {on.isoformat()} and {wrong[1]}: {why(register, one.id, on)}"
    unheard = sorted(found - set(live))
    return f"direction {unheard[0]!r} is in force on {on.isoformat()} and was never issued" if unheard else ""


def named(references: Iterable[str]) -> str:
    """List references in words."""
    return ", ".join(map(repr, sorted(references))) or "none"


@attrs.define(eq=False)
class Trial:
    """
    What was done so far, and our register of it.

    Attributes:
        register: Our register.
        today: The day on which the next thing is done.
        story: What was done, a line each.
        to_look_at: Days on which the two registers have still to be compared.
    """

    register: DirectionsRegister
    today: date
    story: list[str] = attrs.field(factory=list)
    to_look_at: set[date] = attrs.field(factory=set)
    _done: dict[str, date] = attrs.field(factory=dict)
    _states: dict[str, State] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.to_look_at.add(self.today)

    # -- what is so ----------------------------------------------------------------------------------------------

    @property
    def fresh(self) -> str:
        """A reference that is not taken yet."""
        return f"D-{len(self.register) + 1}"

    def state(self, reference: str) -> State:
        """Tell the state of a direction today."""
        if not self._states:
            self._states = {one.id: self.state_on(one.id, self.today) for one in self.register}
        return self._states[reference]

    def state_on(self, reference: str, on: date) -> State:
        """Tell the state of a direction on a day; every day is recorded here, so there is one."""
        found = self.register.state(reference, on=on)
        assert found is not UNKNOWN
        return found

    def last_day(self, reference: str) -> date | None:
        """Give the last day of a direction, with the extensions that came in time; None where no end is fixed."""
        last = self.register[reference].ends_on
        for step in self.register.steps:
            in_time = isinstance(step.on, date) and isinstance(last, date) and step.on <= last
            if step.kind is StepKind.EXTEND and step.target == reference and in_time:
                last = step.until
        assert last is not UNKNOWN
        return last

    def targets(self, event: Event) -> tuple[list[str], list[str]]:
        """
        List the directions to which an event may happen today.

        Returns:
            Those for whose state the life cycle has a row; and those that have ended, which stay as they are.
        """
        can, too_late = list[str](), list[str]()
        for one in self.register:
            state = self.state(one.id)
            if not self._fits(event, one):
                continue
            if follow(state, event) is not None:
                can.append(one.id)
            elif state.is_final and event in _TOO_LATE:
                too_late.append(one.id)
        return can, too_late

    def is_done_today(self, reference: str) -> bool:
        """Tell whether something of its own happened to a direction today: events of a day have a fixed order."""
        return self._done.get(reference) == self.today

    def has_story(self, reference: str) -> bool:
        """Tell whether more has happened to a direction than that it was recorded: it ends another, or was paused."""
        return reference in self._done or len(self.register.chain(reference)) > 1

    def _fits(self, event: Event, direction: Direction) -> bool:
        """Tell whether an event makes sense for a direction, whatever its state."""
        if direction.is_bare_revocation:
            return event is Event.REVOKE
        if event is Event.EXTEND:
            return direction.ends_on is not None
        paused = (step.target for step in self.register.steps if step.kind is StepKind.PAUSE)
        return event is not Event.RESUME or direction.id in paused

    def first_end(self, target: str, on: date) -> date:
        """
        Give the day on which a direction may be ended, a day asked for or later.

        One that ends another is not ended before it has done so: the law does not say what becomes of the other then.
        """
        paper = self.register[target]
        return max(on, paper.effective_from) if paper.targets and isinstance(paper.effective_from, date) else on

    # -- what is done --------------------------------------------------------------------------------------------

    def tell(self, what: str) -> None:
        """Add a line to the story."""
        self.story.append(f"{self.today.isoformat()}: {what}")

    def move_on(self, days: int) -> None:
        """Let days pass."""
        self.today += timedelta(days=days)
        self.to_look_at.add(self.today)
        self._states = {}

    def issue(self, direction: Direction) -> None:
        """Record a new direction."""
        self._now(self.register.issue(direction), direction.id)

    def rewrite(self, reference: str, **changes: object) -> Direction:
        """Give a direction as it would read after a change of what it states."""
        return self.register[reference].evolve(**changes)

    def put(self, direction: Direction) -> None:
        """Record that a direction reads otherwise now: a draft that is approved or issued, a condition that is met."""
        steps = []
        for step in self.register.steps:
            if step.direction is not None and step.direction.id == direction.id:
                on = step.on if step.kind is StepKind.AMEND else direction.binds_from
                step = attrs.evolve(step, direction=direction, on=on)
            steps.append(step)
        self._done[direction.id] = self.today
        self._now(attrs.evolve(self.register, steps=steps), direction.id)

    def record(self, event: Event, target: str, until: date | None = None) -> None:
        """Record that something happens to a direction today; an event that no step records changes nothing."""
        steps = self.register.steps
        if event.value in _STEPS:
            paper = self.rewrite(target) if event is Event.AMEND else None
            step = Step(kind=StepKind(event.value), target=target, on=self.today, until=until, direction=paper)
            steps = (*steps, step)
        self._done[target] = self.today
        self._now(attrs.evolve(self.register, steps=steps), target)

    def _now(self, register: DirectionsRegister, reference: str) -> None:
        """Go on with a register, and look at the days on which it changed."""
        self.register, self._states = register, {}
        for day in self._days_of({one.id for one in register.chain(reference)}):
            self.to_look_at |= {day - DAY, day, day + DAY}
        self.to_look_at.add(self.today)

    def _days_of(self, references: set[str]) -> Iterator[date]:
        """List the days on which something begins or ends for some directions, or is done to them."""
        stated = [(one.effective_from, one.ends_on) for one in self.register if one.id in references]
        stated += [(step.on, step.until) for step in self.register.steps if step.target in references]
        for days in stated:
            yield from (day for day in days if isinstance(day, date))
