"""Rules about reviewing strategic plans and replacing them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration.dates import add_years, last_day_of_period
from scotintegration.errors import UnknownFactError
from scotintegration.plans import ReplacementDirection
from scotintegration.rules._engine import rule
from scotintegration.rules._planning import NOT_TOLD, at, changed_plans, lacking, of_standing
from scotintegration.rules._reading import listed, standing_plans
from scotintegration.rules._schemes import decided_by
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.plans import StrategicPlan
    from scotintegration.schemes import Review

__all__ = [
    "complied_with_direction",
    "joint_direction",
    "plan_reviewed",
    "replacement_names_start",
    "review_need_not_replace",
    "reviewed_again",
]


# -- the three years ---------------------------------------------------------------------------------------------


def _first_never_reviewed(p: Partnership) -> Partnership:
    """Let the first plan stand, never reviewed."""
    return p.evolve(plans=[attrs.evolve(plan, replaced_on=None, reviews=()) for plan in p.plans if plan.is_first])


@rule(
    "PBJW-s37-3yr-review",
    cites="2014 asp 9 s.37(1), (10)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.period_clock_start; PL.reviews.completed_on",
    passes="body-corporate",
    fails=_first_never_reviewed,
)
def plan_reviewed(p: Partnership, on: date) -> Iterator[Verdict]:
    """The first plan is reviewed within three years of the day its period began."""
    yield from _of_periods(p, on, first=True)


def _replacement_never_reviewed(p: Partnership) -> Partnership:
    return changed_plans(p, start=add_years(p.as_at, -3), reviews=())


@rule(
    "PBJW-s37-clock-reset",
    cites="2014 asp 9 s.37(9)-(10)(b)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.reviews.decided_on; PL.reviews.outcome; PL.reviews.completed_on; PL.start",
    passes="body-corporate",
    fails=_replacement_never_reviewed,
)
def reviewed_again(p: Partnership, on: date) -> Iterator[Verdict]:
    """A plan is reviewed within three years of the day a new one began, and of each decision to keep it."""
    yield from _of_periods(p, on, first=False)


def _of_periods(p: Partnership, on: date, *, first: bool) -> Iterator[Verdict]:
    """Look at the first period of a plan that is the first or may be, or at every other period."""
    plans = standing_plans(p, on)
    if not plans.complete:
        yield cannot_tell("plans", NOT_TOLD)
    for plan in plans.items:
        replaces = plan.is_first is not UNKNOWN and not plan.is_first
        for number, verdict in _periods(p, plan, on):
            if first is (number == 0 and not replaces):
                yield verdict


def _periods(p: Partnership, plan: StrategicPlan, on: date) -> Iterator[tuple[int, Verdict]]:
    """Follow the clock of a plan from its start, and from each decision to keep it; each verdict with its period."""
    years = p.law.number("years between plan reviews")
    where, period = at(plan, "reviews"), 0
    try:
        clock = known(plan.start, f"the day the period of {plan.id!r} began")
        for review in (*plan.reviews.items, None):
            if clock is None:
                return
            last = last_day_of_period(clock, years=years)
            done = on if review is None else review.completed_on
            if done is None or (isinstance(done, date) and done < clock):
                continue
            if last >= on and (review is None or done is UNKNOWN):
                return
            done = known(done, "the day a review was done")
            if done <= last:
                period += 1
                clock = _kept_on(review, done, years, on)
                continue
            if last < on and not plan.reviews.complete:
                yield period, cannot_tell(where, f"whether it was reviewed by {last.isoformat()}")
            elif last < on:
                what = "not reviewed" if review is None or done > on else f"reviewed on {done.isoformat()}"
                what += f"; its period began on {clock.isoformat()}, so it was to be reviewed by {last.isoformat()}"
                mend = "review how effective it has been, and decide whether to replace it"
                yield period, fail(where, what, mend=mend)
            return
    except UnknownFactError as missing:
        yield period, cannot_tell(where, missing.what)


def _kept_on(review: Review | None, done: date, years: int, on: date) -> date | None:
    """Give the day of the decision to keep a plan; None where no new period began, or none that could have ended."""
    if review is None or decided_by(review) in (None, "replace") or last_day_of_period(done, years=years) >= on:
        return None
    known(review.outcome, f"what came of the review of {done.isoformat()}")
    return known(review.decided_on, f"the day that ended the review of {done.isoformat()}")


@rule(
    "PBJW-s37-review-not-replace",
    cites="2014 asp 9 s.37(3)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    modality="may",
    duty_on="integration authority",
    fields="PL.reviews.completed_on; PL.replaced_by",
    passes="body-corporate",
    fails=None,
)
def review_need_not_replace(p: Partnership, on: date) -> Iterator[Verdict]:
    """A plan that was reviewed may be kept, however old it is."""
    yield from ()


def _replacement_without_start(p: Partnership) -> Partnership:
    return changed_plans(p, start=None)


@rule(
    "PBJW-s37-9-start-day",
    cites="2014 asp 9 s.37(9)",
    severity="statute",
    topic="planning",
    basis="evidence",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.is_first; PL.start",
    passes="body-corporate",
    fails=_replacement_without_start,
)
def replacement_names_start(p: Partnership, on: date) -> Iterator[Verdict]:
    """A plan that replaces another names the day on which its period begins."""

    def named(plan: StrategicPlan) -> Iterator[Verdict]:
        if plan.start is UNKNOWN and plan.is_first is not UNKNOWN and plan.is_first:
            return
        if known(plan.start, f"the day the period of {plan.id!r} begins") is not None:
            return
        if not known(plan.is_first, f"whether {plan.id!r} is the first plan"):
            mend = "name in the plan the day on which its period begins"
            yield fail(at(plan, "start"), "it replaces another plan and names no day for its start", mend=mend)

    yield from of_standing(p, on, named, field="start")


# -- directions to replace ---------------------------------------------------------------------------------------


def _directed(p: Partnership, **changes: object) -> Partnership:
    """Let the constituent authorities direct the plan that stands to be replaced, in one respect amiss: an example."""
    whole: dict[str, object] = {
        "on": "2026-06-10",
        "given_by": [body.id for body in p.parties],
        "in_writing": True,
        "reasons": True,
        "prepare_by": "2027-03-20",
        "period_start": "2027-04-01",
    }
    direction = ReplacementDirection(id="replacement-2026", **{**whole, **changes})  # type: ignore[arg-type]
    return p.evolve(replacement_directions=[direction])


def _given_alone(p: Partnership) -> Partnership:
    return _directed(p, given_by=[p.health_board.id])


@rule(
    "PBJW-s38-joint",
    cites="2014 asp 9 s.38(2)-(4)",
    severity="statute",
    topic="planning",
    models="a",
    in_force="2014-09-22",
    duty_on="constituent authorities",
    fields="replacement_directions.from; replacement_directions.in_writing; replacement_directions.reasons; "
    "replacement_directions.prepare_by; replacement_directions.period_start; S.parties",
    passes="body-corporate",
    fails=_given_alone,
)
def joint_direction(p: Partnership, on: date) -> Iterator[Verdict]:
    """A direction to replace the plan is given by all constituent authorities, in writing, with reasons and days."""
    mend = "give the direction jointly and in writing, with reasons, a day to prepare by and a day to begin on"
    for one in p.replacement_directions.items:
        where = f"replacement_directions[{one.id!r}]"
        if isinstance(one.on, date) and one.on > on:
            continue
        try:
            missing = lacking([body.id for body in p.parties], one.given_by, "who gave the direction")
        except UnknownFactError as unknown:
            yield cannot_tell(f"{where}.given_by", unknown.what)
        else:
            if missing:
                yield fail(f"{where}.given_by", f"not given by {listed(missing)}", mend=mend)
        for field, said in _FORM.items():
            value = getattr(one, field)
            if value is UNKNOWN:
                yield cannot_tell(f"{where}.{field}", f"whether there is {said}")
            elif not value:
                yield fail(f"{where}.{field}", f"there is no {said.removeprefix('a ')}", mend=mend)
    if not p.replacement_directions.complete:
        yield cannot_tell("replacement_directions", "whether others were given")


_FORM = {
    "in_writing": "writing",
    "reasons": "a statement of reasons",
    "prepare_by": "a day by which to prepare the new plan",
    "period_start": "a day on which its period is to begin",
}


def _not_complied(p: Partnership) -> Partnership:
    return _directed(p, prepare_by="2026-10-30")


@rule(
    "PBJW-s38-6-comply",
    cites="2014 asp 9 s.38(5)-(6)",
    severity="statute",
    topic="planning",
    models="a",
    in_force="2014-09-22",
    duty_on="integration joint board",
    fields="replacement_directions.prepare_by; replacement_directions.substituted_prepare_by; PL.prepared_on",
    passes="body-corporate",
    fails=_not_complied,
)
def complied_with_direction(p: Partnership, on: date) -> Iterator[Verdict]:
    """A board directed to replace its plan does so by the day named, or by the day jointly put in its place."""
    for one in p.replacement_directions.items:
        where = f"replacement_directions[{one.id!r}]"
        try:
            yield from _late(p, one, where, on)
        except UnknownFactError as missing:
            yield cannot_tell(where, missing.what)
    if not p.replacement_directions.complete:
        yield cannot_tell("replacement_directions", "whether others were given")


def _late(p: Partnership, one: ReplacementDirection, where: str, on: date) -> Iterator[Verdict]:
    """Tell whether the plan that a direction asks for came in time."""
    moved = known(one.substituted_prepare_by, "whether another day was put in the place of the first")
    due = moved if moved is not None else known(one.prepare_by, "the day by which to prepare the new plan")
    if due is None or due >= on:
        return
    given = known(one.on, "the day the direction was given")

    def answers(plan: StrategicPlan) -> bool:
        finalised = known(plan.finalised_on, f"the day {plan.id!r} was finalised")
        return given is not None and finalised is not None and given <= finalised <= due

    if not p.plans.any(answers):
        what = f"no new plan was finalised by {due.isoformat()}"
        yield fail(where, what, mend="prepare the new plan, or ask the constituent authorities jointly for a later day")
