"""Changes to a register of directions that several mends make (private)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

import attrs

from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction
from scotintegration.lifecycle import StepKind
from scotintegration.mends._budgets import named_by, sum_held, with_sums
from scotintegration.rules._reading import meant_by, of_each
from scotintegration.rules.drafting import PER_DIRECTION
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration._fields import MaybeDate
    from scotintegration.functions import DelegatedFunction
    from scotintegration.mends._table import Change
    from scotintegration.partnership import Partnership


# -- writing -----------------------------------------------------------------------------------------------------


def with_steps(p: Partnership, steps: Collection[Step]) -> Partnership:
    """Give a copy with another history of its register."""
    return p.evolve(directions=attrs.evolve(p.directions, steps=tuple(steps)))


def corrected(p: Partnership, which: Collection[Direction], redraft: Callable[[Direction], Direction]) -> Partnership:
    """Correct what is recorded of some directions; a step that takes effect with its paper goes on doing so."""
    steps = []
    for step in p.directions.steps:
        paper = step.direction
        if paper is None or paper not in which:
            steps.append(step)
            continue
        fresh = redraft(paper)
        on = fresh.binds_from if step.on == paper.binds_from else step.on
        steps.append(attrs.evolve(step, direction=fresh, on=on))
    return with_steps(p, steps)


def redrafting(rule: str, redraft: Callable[[Partnership, Direction], Direction]) -> Change:
    """Make a change that redrafts each direction in force of which a rule says anything."""

    def change(p: Partnership) -> Partnership:
        told = in_force_told(p)
        return corrected(told, faulty(told, rule), lambda one: redraft(told, one))

    return change


def faulty(p: Partnership, rule: str) -> list[Direction]:
    """List the directions in force of which a rule says anything."""
    ask = PER_DIRECTION[rule]
    return [one for one in p.directions.in_force(on=p.as_at).items if any(of_each(p, [one], ask))]


def revoked(p: Partnership, directions: Collection[Direction]) -> Partnership:
    """Revoke directions from the day that governs."""
    ends = [Step(kind=StepKind.REVOKE, target=reference(p, one), on=p.as_at) for one in directions]
    return with_steps(p, [*p.directions.steps, *ends])


def reference(p: Partnership, direction: Direction) -> str:
    """Give the shortest reference that means one direction only."""
    same = [one for one in p.directions.directions if one.id == direction.id]
    return direction.id if len(same) == 1 else direction.full_reference


def unused(p: Partnership, id: str) -> str:
    """Give an id that no direction has: the one asked for or, where that is taken, the same with a number."""
    taken = {one.id for one in p.directions.directions}
    return next(one for one in (id if n == 1 else f"{id}-{n}" for n in count(1)) if one not in taken)


# -- what is in force ----------------------------------------------------------------------------------------------


def in_force_told(p: Partnership, on: date | None = None) -> Partnership:
    """
    Settle which directions are in force on a day, by default the one that governs.

    The register is taken to be whole. A direction whose days were not recorded is taken to bind from the day it was
    issued, and to stand until a step ends it.
    """
    when = p.as_at if on is None else on
    if p.directions.in_force(on=when).complete:
        return p
    p = p.evolve(directions=attrs.evolve(p.directions, complete=True))
    return dated(p, [one for one in p.directions.directions if p.directions.state(one, on=when) is UNKNOWN])


def dated(p: Partnership, directions: Collection[Direction]) -> Partnership:
    """Settle the first and last days of directions, and the days of the steps that end them."""

    def ends(step: Step) -> bool:
        meant = () if step.target is None else meant_by(p, step.target)
        return step.on is UNKNOWN and any(one in directions for one in meant)

    papers = [step.direction for step in p.directions.steps if step.direction is not None and ends(step)]
    undated = [step.on is UNKNOWN and ends(step) for step in p.directions.steps]
    p = corrected(p, [*directions, *papers], lambda one: _with_days(p, one))
    steps = [
        attrs.evolve(step, on=_day_of(p, step)) if is_undated and step.on is UNKNOWN else step
        for step, is_undated in zip(p.directions.steps, undated, strict=True)
    ]
    return with_steps(p, steps)


def _with_days(p: Partnership, direction: Direction) -> Direction:
    if direction.ends_on is UNKNOWN:
        direction = direction.evolve(ends_on=None)
    if direction.binds_from is not UNKNOWN:
        return direction
    days = [one for one in (direction.decided_on, direction.issued_on) if isinstance(one, date)]
    days += [direction.year.start] if isinstance(direction.year, FinancialYear) else []
    first = max(days, default=p.as_at)
    if isinstance(direction.ends_on, date):
        first = min(first, direction.ends_on)
    if direction.effective_from is None:
        return direction.evolve(issued_on=first)
    return direction.evolve(effective_from=first)


def _day_of(p: Partnership, step: Step) -> MaybeDate:
    """Work out when a step took effect: with its paper or, where none is at hand, on the day that governs."""
    if step.direction is not None:
        return step.direction.binds_from
    papers = [one.binds_from for one in p.directions.directions if step.target in one.targets]
    targets = meant_by(p, step.target or "")
    made = [on for one in targets for on in (one.issued_on, one.decided_on, one.binds_from) if isinstance(on, date)]
    return next((one for one in papers if isinstance(one, date)), max([p.as_at, *made]))


def with_year(direction: Direction) -> Direction:
    """Settle the year of a direction in force: that of the day from which it binds."""
    start = direction.binds_from
    assert isinstance(start, date)  # it is in force
    return direction.evolve(year=FinancialYear.of(start)) if direction.year is UNKNOWN else direction


# -- what is named -------------------------------------------------------------------------------------------------


def bare(p: Partnership) -> list[DelegatedFunction]:
    """List the delegated functions that no direction in force names."""
    named = {name for one in p.directions.in_force(on=p.as_at).items for name in one.functions.items}
    return [one for one in p.functions.items if one.id not in named]


def clarified(p: Partnership, which: Collection[Direction] | None = None) -> Partnership:
    """
    Settle which functions directions in force are for, by default all of them.

    Words that stand for no function known are dropped. A direction that then names none takes those of its recipients
    that no other direction names.
    """
    for one in p.directions.in_force(on=p.as_at).items if which is None else which:
        if not (one.functions.complete and one.words in (None, "") and one.functions.items):
            p = renamed(p, one, one.functions.items)
    return p


def renamed(p: Partnership, direction: Direction, names: Collection[str]) -> Partnership:
    """
    Let a direction be for some functions, and for no others.

    Without any it takes those of its recipients that no other direction names, and states their sums; where there is
    none of these either it is revoked, for it asks nothing.
    """
    if names:
        return corrected(p, [direction], lambda one: one.evolve(functions=tuple(names), words=None))
    left = [one.id for one in bare(p) if one.delegator in direction.given_to.items]
    if not left:
        return revoked(p, [direction])
    paid = with_sums(p, direction.evolve(functions=left, words=None))
    held = sum_held(p, paid) if named_by(p, paid)[1] else paid.set_aside
    return corrected(p, [direction], lambda _: paid.evolve(set_aside=held))


# -- when it was decided -------------------------------------------------------------------------------------------


def with_decision(p: Partnership, direction: Direction) -> Direction:
    """Let a direction be decided by the meeting that it names or, if that came later or is not named, when issued."""
    days = [one for one in (direction.issued_on, direction.binds_from) if isinstance(one, date)]
    last = min(days, default=p.as_at)
    named = [one.on for one in p.meetings.items if one.id == direction.meeting and one.on <= last]
    return direction.evolve(decided_on=next(iter(named), last))
