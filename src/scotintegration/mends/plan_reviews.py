"""Mends of reviews of strategic plans, of the day a period begins, and of directions to replace a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration.dates import last_day_of_period
from scotintegration.mends._keeping import in_steps, more, whole, with_one_model
from scotintegration.mends._plans import each_standing, passed_on, told
from scotintegration.mends._table import mends, recorded
from scotintegration.schemes import Review
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.plans import ReplacementDirection, StrategicPlan

__all__ = [
    "ask_planning_group",
    "comply_with_direction",
    "direct_jointly",
    "name_start",
    "review_plan",
    "review_plan_again",
]


# -- the three years ---------------------------------------------------------------------------------------------


@mends("PBJW-s37-9-start-day")
def name_start(p: Partnership) -> Partnership:
    """Name in a plan that is not known to be the first the day on which its period began."""

    def named(plan: StrategicPlan) -> StrategicPlan:
        first = plan.is_first is not UNKNOWN and plan.is_first
        return plan if first or isinstance(plan.start, date) else attrs.evolve(plan, start=_start(p, plan))

    return in_steps(p, "PBJW-s37-9-start-day", told, lambda p: each_standing(p, named))


def _start(p: Partnership, plan: StrategicPlan) -> date:
    """Give the day a period began: functions passed, or the plan before was replaced, or this one was finalised."""
    finalised, passed = plan.finalised_on, passed_on(p)
    assert isinstance(finalised, date)
    if plan.is_first is not UNKNOWN and plan.is_first:
        return finalised if passed is None else passed
    days = [one.replaced_on for one in p.plans.items if isinstance(one.replaced_on, date)]
    return max((day for day in days if finalised <= day <= p.as_at), default=finalised)


@mends("PBJW-s37-3yr-review")
def review_plan(p: Partnership) -> Partnership:
    """Review the plan that stands on the last day for it, first and again, each time with the decision to keep it."""
    return _reviewed(p, "PBJW-s37-3yr-review")


@mends("PBJW-s37-clock-reset")
def review_plan_again(p: Partnership) -> Partnership:
    """Review the plan that stands on the last day for it, each time with the decision to keep it."""
    return _reviewed(p, "PBJW-s37-clock-reset")


def _reviewed(p: Partnership, rule: str) -> Partnership:
    years = p.law.number("years between plan reviews")

    def reviewed(plan: StrategicPlan) -> StrategicPlan:
        if plan.start is None:
            return plan
        start = _start(p, plan) if plan.start is UNKNOWN else plan.start
        reviews = attrs.evolve(plan.reviews, items=tuple(_on_time(plan.reviews.items, start, years, p.as_at)))
        return attrs.evolve(plan, start=start, reviews=reviews)

    return in_steps(p, rule, told, lambda p: each_standing(p, reviewed))


def _on_time(reviews: tuple[Review, ...], clock: date, years: int, on: date) -> Iterator[Review]:
    """Give reviews as they stand or, where one is late or its day unknown, on the last day for it; add what lacks."""
    waiting = list(reviews)
    while (last := last_day_of_period(clock, years)) < on:
        review = waiting.pop(0) if waiting else Review(completed_on=last, outcome="no change")
        done = review.completed_on
        if done is None or (isinstance(done, date) and done < clock):
            yield review
            continue
        if isinstance(done, date) and done > on:
            waiting.insert(0, review)
            review = Review(completed_on=last, outcome="no change")
        review = attrs.evolve(review, completed_on=min(done, last) if isinstance(done, date) and done <= on else last)
        review = _kept(review, years, on)
        yield review
        if review.outcome in (None, "replace") or review.decided_on is None or review.decided_on is UNKNOWN:
            break
        clock = review.decided_on
    yield from waiting


def _kept(review: Review, years: int, on: date) -> Review:
    """Decide on the day of a review to keep the plan, where another review hangs on that and nobody recorded it."""
    done = review.completed_on
    assert isinstance(done, date)
    if review.outcome in (None, "replace") or last_day_of_period(done, years) >= on:
        return review
    outcome = "no change" if review.outcome is UNKNOWN else review.outcome
    return attrs.evolve(review, outcome=outcome, decided_on=done if review.decided_on is UNKNOWN else review.decided_on)


@mends("PBJW-s37-2b-spg")
def ask_planning_group(p: Partnership) -> Partnership:
    """Record that the planning group was asked in a review or, while there was none, that no plan was reviewed."""
    done = [review.completed_on for plan in p.plans.items for review in plan.reviews.items]
    reviewed = any(day is UNKNOWN or (isinstance(day, date) and day <= p.as_at) for day in done)
    return recorded("PBJW-s37-2b-spg", None if reviewed else "no plan was reviewed")(p)


# -- directions to replace ---------------------------------------------------------------------------------------


@mends("PBJW-s38-joint")
def direct_jointly(p: Partnership) -> Partnership:
    """Let all constituent authorities have given a direction to replace the plan, with all that it must state."""
    parties = [body.id for body in p.parties]

    def whole_direction(one: ReplacementDirection) -> ReplacementDirection:
        if isinstance(one.on, date) and one.on > p.as_at:
            return one
        by = one.prepare_by if isinstance(one.prepare_by, date) else p.as_at
        start = one.period_start if isinstance(one.period_start, date) else by
        given = more(one.given_by, parties)
        return attrs.evolve(one, given_by=given, in_writing=True, reasons=True, prepare_by=by, period_start=start)

    def given(p: Partnership) -> Partnership:
        return p.evolve(replacement_directions=p.replacement_directions.map(whole_direction))

    return in_steps(p, "PBJW-s38-joint", with_one_model, given, _with_directions_told)


def _with_directions_told(p: Partnership) -> Partnership:
    """Take the directions on record for all that were given."""
    return p.evolve(replacement_directions=whole(p.replacement_directions))


@mends("PBJW-s38-6-comply")
def comply_with_direction(p: Partnership) -> Partnership:
    """Let a plan have answered a direction to replace one, or the day that governs be put for the day it names."""

    def answered(p: Partnership) -> Partnership:
        finalised = [plan.finalised_on for plan in p.plans.items]
        days = [day for day in finalised if isinstance(day, date)]
        return p.evolve(replacement_directions=p.replacement_directions.map(lambda one: _answered(one, days, p.as_at)))

    return in_steps(p, "PBJW-s38-6-comply", with_one_model, answered, _with_directions_told, told, answered)


def _answered(one: ReplacementDirection, days: list[date], on: date) -> ReplacementDirection:
    """Give a direction that is kept by a plan finalised in time or, where there is none, by a later day."""
    prepare = on if one.prepare_by is UNKNOWN and not isinstance(one.substituted_prepare_by, date) else one.prepare_by
    moved = None if one.substituted_prepare_by is UNKNOWN else one.substituted_prepare_by
    due = prepare if moved is None else moved
    if not isinstance(due, date) or due >= on:
        return attrs.evolve(one, prepare_by=prepare, substituted_prepare_by=moved)
    given = max((day for day in days if day <= due), default=UNKNOWN) if one.on is UNKNOWN else one.on
    in_time = isinstance(given, date) and any(given <= day <= due for day in days)
    return attrs.evolve(one, on=given, substituted_prepare_by=moved if in_time else on)
