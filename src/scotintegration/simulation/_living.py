"""What a run directed: the register of an era, and the life of each direction (private)."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import date, timedelta
from typing import Final

import attrs

from scotintegration._shown import Shown
from scotintegration.citations import Citation, cite
from scotintegration.directions import Direction
from scotintegration.lifecycle import Event, Life, Moment, State, StepKind, follow
from scotintegration.money import Money, total
from scotintegration.simulation.eras import Era
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN

__all__ = ["SOURCES", "LifeStep", "life_of", "steps_of", "told"]

SOURCES: Final = {1: "an underspend of the same arm", 2: "an underspend of the other arm", 3: "the general reserve"}
"""Where the money of a varied direction came from, or went."""

_DRAFTED: Final = "asp 2014/9 s.26(1)"


@attrs.frozen(kw_only=True)
class LifeStep(Shown):
    """
    One step in the life of a simulated direction.

    Attributes:
        on: The day of the step.
        state: The state it brings.
        direction: Reference of the direction.
        citation: What it rests on, as in :data:`scotintegration.lifecycle.LIFE_CYCLE`.
        what: What happened, in a sentence.

    Source:
        Its citation.

    .. versionadded:: 0.1.0
    """

    on: date
    state: State
    direction: str
    citation: Citation
    what: str

    def __str__(self) -> str:
        return f"{self.on.isoformat()}  {self.state.value:<10}  {self.direction}: {self.what} [{self.citation.printed}]"


def steps_of(era: Era) -> Iterator[Step]:
    """List the steps of the register of an era, in order; none where nobody directs."""
    if not era.directs:
        return
    for y, amounts in enumerate(map(era.amounts, range(len(era.years)))):
        days = era.decided(y)
        current = [_direction(era, y, f, amount, days) for f, amount in enumerate(amounts)]
        for direction in current:
            yield Step(kind=StepKind.ISSUE, direction=direction, on=days[2])
        versions = [0] * len(current)
        for _, month, f, _, new, source in (event for event in era.varied if event[0] - era.first == y):
            on = era.met(y, month)
            versions[f] += 1
            old = current[f]
            made = era.made(y, month)
            changed = _varied(era, y, f, old, Money(new), made, on, version=versions[f], source=source)
            current[f] = changed
            yield Step(kind=StepKind.VARY, direction=changed, target=old.id, on=on)


def _direction(era: Era, y: int, f: int, amount: Money, days: tuple[date, date, date]) -> Direction:
    """Write a direction for one function, decided, issued and to bind on three days."""
    year, function = era.years[y], era.compiled.functions[f]
    held = era.compiled.set_aside[y][f]
    payment, specified = _divided(amount, held)
    return Direction(
        f"{str(year).replace('/', '-')}/{function}",
        issuer=era.partnership.id,
        year=year,
        given_to=era.compiled.providers[f],
        functions=[function],
        text=f"carry out {function}",
        payment=payment,
        set_aside=held or None,
        specified=specified,
        use=f"deliver {function} in line with the strategic plan",
        decided_on=days[0],
        issued_on=days[1],
        effective_from=days[2],
        ends_on=year.end,
        in_writing=True,
        meeting=UNKNOWN,  # from here on, what a run does not model
        report=UNKNOWN,
        marker=UNKNOWN,
        issued_by=UNKNOWN,
        sent_to=UNKNOWN,
        monitoring=UNKNOWN,
        review_on=UNKNOWN,
        plan_link=UNKNOWN,
        outcomes=UNKNOWN,
    )


def _divided(amount: Money, held: Money) -> tuple[Money | None, Money | None]:
    """Give what of an amount is paid, and what is specified of a sum set aside."""
    if not held:
        return amount, None
    specified = min(amount, held)
    return (amount - specified) or None, specified


def _varied(
    era: Era, y: int, f: int, old: Direction, amount: Money, made: date, on: date, *, version: int, source: int
) -> Direction:
    """Write the variation of a direction: a copy of it in which each field that differs is set, already valid."""
    payment, specified = _divided(amount, era.compiled.set_aside[y][f])
    function = era.compiled.functions[f]
    changed = copy(old)
    for name, value in (
        ("id", f"{str(era.years[y]).replace('/', '-')}/{function}/v{version}"),
        ("text", f"carry out {function}; money from or to {SOURCES[source]}"),
        ("payment", payment),
        ("specified", specified),
        ("decided_on", made),
        ("issued_on", on),
        ("effective_from", on),
        ("varies", old.id),
    ):
        object.__setattr__(changed, name, value)
    return changed


def life_of(direction: Direction, successor: Direction | None, until: date) -> Life:
    """Follow a simulated direction through the published life cycle, up to a day."""
    happened = [
        (direction.decided_on, Event.APPROVE),
        (direction.issued_on, Event.ISSUE),
        (direction.effective_from, Event.TAKE_EFFECT),
    ]
    if successor is not None:
        happened.append((successor.effective_from, Event.VARY))
    else:
        assert isinstance(direction.ends_on, date)
        happened.append((direction.ends_on + timedelta(days=1), Event.EXPIRE))
    state, moments = State.DRAFTED, []
    for on, event in happened:
        row = follow(state, event)
        assert isinstance(on, date)
        assert row is not None
        state = row.to
        if on <= until:
            moments.append(Moment(on=on, event=event, state=state, citation=row.citation))
    return Life(reference=direction.full_reference, moments=tuple(moments))


def told(direction: Direction, successor: Direction | None, life: Life) -> Iterator[LifeStep]:
    """Tell the life of a direction step by step, from its draft on."""
    money = total(one for one in (direction.payment, direction.specified) if isinstance(one, Money))
    said = {
        Event.APPROVE: "approved by the board",
        Event.ISSUE: f"issued to {', '.join(direction.given_to)}",
        Event.TAKE_EFFECT: "binds its recipient",
        Event.VARY: "" if successor is None else f"varied by {successor.id}",
        Event.EXPIRE: "its year is over",
    }
    for moment in life:
        assert isinstance(moment.state, State)
        if moment.event is Event.APPROVE:
            yield LifeStep(
                on=moment.on,
                state=State.DRAFTED,
                direction=direction.id,
                citation=cite(_DRAFTED),
                what=f"drafted for {money}",
            )
        yield LifeStep(
            on=moment.on,
            state=moment.state,
            direction=direction.id,
            citation=moment.citation,
            what=said[moment.event],
        )
