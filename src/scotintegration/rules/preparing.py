"""Rules about how a strategic plan is prepared: when, for which localities, with whose help, and what goes with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.plans import CONSULTEES, PLANNING_GROUPS
from scotintegration.rules._engine import rule
from scotintegration.rules._planning import at, changed_first, changed_plans, first_plan, lacking, of_standing, planners
from scotintegration.rules._reading import has_passed, listed
from scotintegration.rules._schemes import with_scheme
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.schemes import Model
from scotintegration.unknown import UNKNOWN, Listing, known

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.plans import StrategicPlan

__all__ = [
    "PRESCRIBED",
    "early_delegation_named",
    "first_plan_in_time",
    "group_before_plan",
    "localities_divide_area",
    "planning_groups",
    "second_draft_recipients",
    "separate_arrangements",
    "statement_of_steps",
    "steps_of_preparation",
]

PRESCRIBED: Final = date(2016, 4, 1)
"""The prescribed day by which functions were to pass: SSI 2014/284, reg. 3."""


# -- the first plan ----------------------------------------------------------------------------------------------


def _prepared_late(p: Partnership) -> Partnership:
    return changed_first(p, finalised_on=p.scheme.delegated_on)


@rule(
    "PBJW-s29-5-first-before-start",
    cites="2014 asp 9 s.29(5)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.is_first; PL.prepared_on; S.delegated_on",
    passes="body-corporate",
    fails=_prepared_late,
)
def first_plan_in_time(p: Partnership, on: date) -> Iterator[Verdict]:
    """The first plan is finalised before the day on which functions pass."""
    if not has_passed(p, on):
        return
    passed, plan = known(p.scheme.delegated_on, "the day functions passed"), first_plan(p)
    if plan is None or passed is None:
        return
    finalised = known(plan.finalised_on, f"the day {plan.id!r} was finalised")
    if finalised is None or finalised >= passed:
        said = "not finalised" if finalised is None else f"finalised on {finalised.isoformat()}"
        what = f"{said}; functions passed on {passed.isoformat()}"
        yield fail(at(plan, "finalised_on"), what, mend="let functions pass only after the first plan is finalised")


def _passed_early(p: Partnership) -> Partnership:
    return with_scheme(p, delegated_on="2016-03-20")


@rule(
    "PBJW-s29-4-names-day",
    cites="2014 asp 9 s.29(4)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    entails=("DAYS-delegation-by",),
    fields="PL.is_first; PL.delegation_day; S.delegated_on",
    passes="body-corporate",
    fails=_passed_early,
)
def early_delegation_named(p: Partnership, on: date) -> Iterator[Verdict]:
    """Where functions pass before the prescribed day, the first plan names the day."""
    if not has_passed(p, on):
        return
    passed = known(p.scheme.delegated_on, "the day functions passed")
    if passed is None or passed >= PRESCRIBED:
        return
    plan = first_plan(p)
    if plan is None:
        return
    named = known(plan.delegation_day, f"the day that {plan.id!r} names")
    if named != passed:
        said = "no day named" if named is None else f"{named.isoformat()} named"
        what = f"{said}; functions passed on {passed.isoformat()}, before {PRESCRIBED.isoformat()}"
        yield fail(at(plan, "delegation_day"), what, mend="name in the first plan the day on which functions pass")


def _group_too_late(p: Partnership) -> Partnership:
    group, plan = known(p.planning_group, "the planning group"), first_plan(p)
    assert group is not None
    assert plan is not None
    return p.evolve(planning_group=attrs.evolve(group, established_on=plan.finalised_on))


@rule(
    "PBJW-s32-spg-exists",
    cites="2014 asp 9 s.32(1)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="G.established_on; PL.is_first; PL.prepared_on",
    passes="body-corporate",
    fails=_group_too_late,
)
def group_before_plan(p: Partnership, on: date) -> Iterator[Verdict]:
    """The strategic planning group is set up before the first plan is finalised."""
    plan = first_plan(p)
    if plan is None:
        return
    finalised = known(plan.finalised_on, f"the day {plan.id!r} was finalised")
    if finalised is None or finalised > on:
        return
    group = known(p.planning_group, "whether there is a strategic planning group")
    established = None if group is None else known(group.established_on, "the day the planning group was set up")
    if established is None or established >= finalised:
        said = "no planning group was set up" if established is None else f"set up on {established.isoformat()}"
        where = "planning_group" if group is None else "planning_group.established_on"
        what = f"{said}; the first plan was finalised on {finalised.isoformat()}"
        yield fail(where, what, mend="set up the planning group first, and prepare the plan with it")


# -- localities --------------------------------------------------------------------------------------------------


def _with_a_gap(p: Partnership) -> Partnership:
    first = p.localities[0]
    return p.evolve(localities=[attrs.evolve(first, zones=first.zones[1:]), *p.localities[1:]])


@rule(
    "PBJW-s29-3-partition",
    cites='2014 asp 9 s.29(3)(a) "dividing"',
    severity="interpretation",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.localities; localities.area; P.area",
    passes="body-corporate",
    fails=_with_a_gap,
)
def localities_divide_area(p: Partnership, on: date) -> Iterator[Verdict]:
    """The localities of the plan that stands cover the whole area, and none overlaps another."""

    def divided(plan: StrategicPlan) -> Iterator[Verdict]:
        where = at(plan, "localities")
        places = [one for one in p.localities.items if one.id in plan.localities.items]
        counted = Counter(zone for place in places for zone in place.zones.items)
        twice = [zone for zone, times in counted.items() if times > 1]
        if twice:
            yield fail(where, f"in more than one locality: {listed(twice)}", mend="put each in one locality only")
        whole = plan.localities.complete and len(places) == len(plan.localities.items)
        if not whole or not all(place.zones.complete for place in places):
            yield cannot_tell(where, "of which small areas each locality is made up")
            return
        area = [zone for council in p.local_authorities for zone in council.zones.items]
        gap = [zone for zone in area if zone not in counted]
        if gap:
            yield fail(where, f"in no locality: {listed(gap)}", mend="put each in a locality")
        if not all(council.zones.complete for council in p.local_authorities):
            yield cannot_tell("local_authorities", "of which small areas the area is made up")

    yield from of_standing(p, on, divided)


def _one_generic_text(p: Partnership) -> Partnership:
    return changed_plans(p, by_locality=())


@rule(
    "PBJW-s29-3b-separate",
    cites="2014 asp 9 s.29(3)(b)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.localities; PL.by_locality",
    passes="body-corporate",
    fails=_one_generic_text,
)
def separate_arrangements(p: Partnership, on: date) -> Iterator[Verdict]:
    """The plan that stands sets out arrangements for each locality apart from those for the others."""

    def separate(plan: StrategicPlan) -> Iterator[Verdict]:
        where = at(plan, "by_locality")
        missing = lacking(plan.localities.items, plan.by_locality, "for which localities it sets out arrangements")
        if missing:
            yield fail(where, f"nothing of its own for {listed(missing)}", mend="set out arrangements for each")
        if not plan.localities.complete:
            yield cannot_tell(at(plan, "localities"), "the other localities of the plan")

    yield from of_standing(p, on, separate, field="by_locality")


# -- the group ---------------------------------------------------------------------------------------------------


def _without_social_housing(p: Partnership) -> Partnership:
    group = known(p.planning_group, "the planning group")
    assert group is not None
    members = [one for one in group.members if one.group != "non-commercial providers of social housing"]
    return p.evolve(planning_group=attrs.evolve(group, members=members))


@rule(
    "SPG-groups-12",
    cites="2014 asp 9 s.32(1)(d); SSI 2014/308",
    severity="statute",
    topic="planning",
    in_force="2014-12-12",
    duty_on="integration authority",
    fields="G.members.group; G.members.person",
    passes="body-corporate",
    fails=_without_social_housing,
)
def planning_groups(p: Partnership, on: date) -> Iterator[Verdict]:
    """The planning group has a person for each of the twelve prescribed groups."""
    members = planners(p, on)
    if members is None:
        return
    where = "planning_group.members"
    groups = Listing(
        tuple(one.group for one in members.items if isinstance(one.group, str)),
        members.complete and all(one.group is not UNKNOWN for one in members.items),
    )
    missing = [one for one in PLANNING_GROUPS if one not in groups.items]
    if missing and not groups.complete:
        yield cannot_tell(where, "for which groups the members speak is not recorded")
    elif missing:
        yield fail(where, f"nobody for {listed(missing)}", mend="seat a person for each of them")
    people = Counter(
        one.person for one in members.items if isinstance(one.person, str) and one.group in PLANNING_GROUPS
    )
    for person, times in people.items():
        if times > 1:
            what = f"{person} speaks for {times} groups; the text does not say that one person may"
            yield warn(where, what, mend="seat a person for each group")


# -- steps -------------------------------------------------------------------------------------------------------


def _without_second_draft(p: Partnership) -> Partnership:
    return changed_plans(p, draft2_on=None)


@rule(
    "PBJW-s33-sequence",
    cites="2014 asp 9 s.33(2)-(4)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.proposals_on; PL.draft1_on; PL.draft2_on; PL.finalised_on",
    passes="body-corporate",
    fails=_without_second_draft,
)
def steps_of_preparation(p: Partnership, on: date) -> Iterator[Verdict]:
    """Proposals, a first draft and a second draft are put out in that order before the plan is finalised."""

    def ordered(plan: StrategicPlan) -> Iterator[Verdict]:
        steps = {
            "proposals_on": ("proposals to the planning group", plan.proposals_on),
            "draft1_on": ("a first draft to the planning group", plan.draft1_on),
            "draft2_on": ("a second draft to those to be consulted", plan.draft2_on),
            "finalised_on": ("the final plan", plan.finalised_on),
        }
        for field, (step, day) in steps.items():
            if day is None:
                yield fail(at(plan, field), f"no {step.removeprefix('a ')}", mend="take every step in its order")
            elif day is UNKNOWN:
                yield cannot_tell(at(plan, field), f"the day of {step}")
        dated = [(field, *step) for field, step in steps.items() if isinstance(step[1], date)]
        for (_, earlier, first), (field, later, second) in pairwise(dated):
            assert isinstance(first, date)
            assert isinstance(second, date)
            if second < first:
                what = f"{later} on {second.isoformat()}, before {earlier} on {first.isoformat()}"
                yield fail(at(plan, field), what, mend="take every step in its order")

    yield from of_standing(p, on, ordered)


def _second_draft_not_to_board(p: Partnership) -> Partnership:
    return changed_plans(p, draft2_sent_to=[council.id for council in p.local_authorities] + list(CONSULTEES))


@rule(
    "PBJW-s33-5-recipients",
    cites="2014 asp 9 s.33(5); SSI 2014/283 reg.3",
    severity="statute",
    topic="planning",
    in_force="2014-11-28",
    duty_on="integration authority",
    fields="S.model; PL.draft2_sent_to; S.parties",
    passes="body-corporate",
    fails=_second_draft_not_to_board,
)
def second_draft_recipients(p: Partnership, on: date) -> Iterator[Verdict]:
    """The second draft goes to the thirteen groups and to the bodies that the model names."""
    councils = [council.id for council in p.local_authorities]
    bodies = {
        Model.BODY_CORPORATE: [p.health_board.id, *councils],
        Model.LA_TO_HB: councils,
        Model.HB_TO_LA: [p.health_board.id],
        Model.BOTH_WAYS: [],
    }[p.model]

    def sent(plan: StrategicPlan) -> Iterator[Verdict]:
        missing = lacking([*bodies, *CONSULTEES], plan.draft2_sent_to, "to whom the second draft was sent")
        if missing:
            what = f"the second draft was not sent to {listed(missing)}"
            yield fail(at(plan, "draft2_sent_to"), what, mend="send them the second draft and hear their views")

    yield from of_standing(p, on, sent, field="draft2_sent_to")


def _statement_later(p: Partnership) -> Partnership:
    return changed_plans(p, statement_published_on=p.as_at)


@rule(
    "PBJW-s35-2-statement",
    cites="2014 asp 9 s.35(2)",
    severity="statute",
    topic="planning",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="PL.published_on; PL.statement_published_on",
    passes="body-corporate",
    fails=_statement_later,
)
def statement_of_steps(p: Partnership, on: date) -> Iterator[Verdict]:
    """With the plan the authority publishes a statement of what it did to prepare it."""

    def stated(plan: StrategicPlan) -> Iterator[Verdict]:
        published = known(plan.published_on, f"the day {plan.id!r} was published")
        if published is None or published > on:
            return
        where, mend = at(plan, "statement_published_on"), "publish the statement together with the plan"
        day = known(plan.statement_published_on, "the day the statement was published")
        if day is None or day > published:
            said = "not published" if day is None else f"published on {day.isoformat()}"
            yield fail(where, f"statement {said}; the plan was published on {published.isoformat()}", mend=mend)

    yield from of_standing(p, on, stated, field="statement_published_on")
