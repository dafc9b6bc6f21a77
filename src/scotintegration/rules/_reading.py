"""What several rules read of a partnership: what has passed, what stands, and what is in force (private)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction, full_reference
from scotintegration.errors import UnknownFactError
from scotintegration.lifecycle import StepKind
from scotintegration.rules._verdicts import Verdict, cannot_tell
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing, Unknown, known

if TYPE_CHECKING:
    from scotintegration.budgets import Budget
    from scotintegration.partnership import Partnership
    from scotintegration.plans import StrategicPlan


def listed(ids: Iterable[str]) -> str:
    """Write ids in one line, in order."""
    return ", ".join(map(repr, sorted(ids)))


def spot(direction: Direction, field: str) -> str:
    """Write where a field of a direction is found."""
    return f"directions[{direction.id!r}].{field}"


def any_direction(direction: Direction) -> bool:
    """Tell whether a direction does more than revoke another."""
    return not direction.is_bare_revocation


def has_passed(p: Partnership, on: date) -> bool:
    """Tell whether functions had passed to the integration authority by a day; the day is never inferred."""
    passed = known(p.scheme.delegated_on, "the day functions passed")
    return passed is not None and passed <= on


def is_standing(plan: StrategicPlan, on: date) -> bool:
    """Tell whether a plan was finalised by a day and no new one had taken its place."""
    finalised = known(plan.finalised_on, f"the day {plan.id!r} was finalised")
    if finalised is None or finalised > on:
        return False
    replaced = known(plan.replaced_on, f"whether {plan.id!r} was replaced")
    return replaced is None or replaced > on


def standing_plans(p: Partnership, on: date) -> Listing[StrategicPlan]:
    """List the plans that stand on a day, known only in part where the record is."""
    return p.plans.where(lambda plan: is_standing(plan, on))


def year_of(direction: Direction, on: date) -> FinancialYear | Unknown:
    """Give the year a direction belongs to; one not dated yet belongs to that of the day asked about."""
    if direction.year is not None:
        return direction.year
    start = direction.binds_from
    return UNKNOWN if start is UNKNOWN else FinancialYear.of(on if start is None else start)


def settled(p: Partnership, year: FinancialYear) -> Budget | str:
    """Give the budget of a year, or say why none settles anything: it is missing, or its figures were worked out."""
    for budget in p.budgets.items:
        if budget.year == year:
            return f"the figures of {year}: those at hand were worked out, not read" if budget.derived else budget
    return f"the budget of {year}"


def of_each(
    p: Partnership,
    directions: Iterable[Direction],
    ask: Callable[[Partnership, Direction], Iterator[Verdict]],
) -> Iterator[Verdict]:
    """Ask something of each direction; what is missing for one does not hide what is known of another."""
    for direction in directions:
        try:
            yield from ask(p, direction)
        except UnknownFactError as missing:
            yield cannot_tell(f"directions[{direction.id!r}]", missing.what)


def of_live(p: Partnership, ask: Callable[[Partnership, Direction], Iterator[Verdict]]) -> Iterator[Verdict]:
    """Ask something of each direction in force on the day that governs."""
    live = p.directions.in_force(on=p.as_at)
    yield from of_each(p, live.items, ask)
    if not live.complete:
        yield not_all_directions(p)


def meant_by(p: Partnership, reference: str) -> list[Direction]:
    """List the directions that a reference may mean, with its year before it or without, or by another name."""
    full = full_reference(reference)
    return [
        one
        for one in p.directions.directions
        if one.id == reference or one.full_reference == full or reference in one.aliases.items
    ]


def revocations(p: Partnership) -> Iterator[tuple[Step, str]]:
    """List the steps that only revoke, each with its target, from their day until the target would have ended."""
    for step in p.directions.steps:
        paper = step.direction
        reference = step.target if paper is None else paper.revokes
        only = step.kind is StepKind.REVOKE if paper is None else paper.is_bare_revocation
        if not only or not isinstance(reference, str) or (isinstance(step.on, date) and step.on > p.as_at):
            continue
        lasts = [one.ends_on for one in meant_by(p, reference)]
        if not lasts or any(not isinstance(last, date) or last >= p.as_at for last in lasts):
            yield step, reference


def not_all_directions(p: Partnership) -> Verdict:
    """Say that directions in force on the day that governs may be missing."""
    what = "a day that decides which directions are in force" if p.directions.complete else "the whole register"
    return cannot_tell("directions", what)


def redrafted(p: Partnership, which: Callable[[Direction], object], **changes: object) -> Partnership:
    """Change the first direction in force of which something holds, as if it had been drafted so: for examples."""
    live = next(one for one in p.directions.in_force(on=p.as_at) if which(one))
    changed = live.evolve(**changes)
    steps = [attrs.evolve(step, direction=changed) if step.direction is live else step for step in p.directions.steps]
    return p.evolve(directions=attrs.evolve(p.directions, steps=steps, strict=False))
