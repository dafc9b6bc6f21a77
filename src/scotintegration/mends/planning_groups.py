"""Mends of the strategic planning group: that there is one, and who sits on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration.mends._keeping import in_steps, more, with_day_passed, with_one_model
from scotintegration.mends._plans import DAY, the_first, told, with_first, with_first_finalised, with_localities_told
from scotintegration.mends._table import mends
from scotintegration.plans import PLANNING_GROUPS, PlanningMember, StrategicPlanningGroup
from scotintegration.rules._reading import standing_plans
from scotintegration.schemes import Model
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = ["seat_for_localities", "seat_groups", "seat_nominees", "set_up_planning_group"]


# -- the group itself --------------------------------------------------------------------------------------------


@mends("PBJW-s32-spg-exists")
def set_up_planning_group(p: Partnership) -> Partnership:
    """Set the planning group up the day before the first plan was finalised."""

    def set_up(p: Partnership) -> Partnership:
        finalised = the_first(p).finalised_on
        assert isinstance(finalised, date)
        return p.evolve(planning_group=attrs.evolve(_group(p), established_on=finalised - DAY))

    return in_steps(p, "PBJW-s32-spg-exists", with_first, with_first_finalised, set_up)


def _group(p: Partnership) -> StrategicPlanningGroup:
    """Give the planning group, a new one where there is none; of one that nobody recorded the members are unknown."""
    if isinstance(p.planning_group, StrategicPlanningGroup):
        return p.planning_group
    return StrategicPlanningGroup(members=UNKNOWN if p.planning_group is UNKNOWN else ())


def _seated(p: Partnership, members: Listing[PlanningMember]) -> Partnership:
    return p.evolve(planning_group=attrs.evolve(_group(p), members=members))


def _if_needed(p: Partnership) -> Partnership:
    """Find out whether functions have passed, where that decides whether there has to be a group."""
    settled = p.planning_group is not None or standing_plans(p, p.as_at).items
    return p if settled else with_day_passed(p)


def _chosen(
    members: Listing[PlanningMember], which: Callable[[PlanningMember], object], **changes: object
) -> Listing[PlanningMember]:
    """Change the first member of whom something holds, or else seat one more."""
    first = next((one for one in members.items if which(one)), None)
    if first is None:
        return more(members, [PlanningMember(**changes)])  # type: ignore[arg-type]
    fresh = attrs.evolve(first, **changes)  # type: ignore[arg-type]
    return members.map(lambda one: fresh if one is first else one)


# -- who sits on it ----------------------------------------------------------------------------------------------


@mends("PBJW-s32-1a-nominees")
def seat_nominees(p: Partnership) -> Partnership:
    """Seat a nominee of each party that has none, where somebody is not already there whose nominator is unknown."""
    return in_steps(p, "PBJW-s32-1a-nominees", with_one_model, _if_needed, _with_nominees)


def _with_nominees(p: Partnership) -> Partnership:
    members = _group(p).members
    councils = [council.id for council in p.local_authorities]
    for leads, bodies in ((Model.LA_TO_HB, [p.health_board.id]), (Model.HB_TO_LA, councils)):
        if p.model is not leads and not any(one.nominated_by in bodies for one in members.items):
            members = _chosen(members, lambda one: one.nominated_by is UNKNOWN, nominated_by=bodies[0])
    return _seated(p, members)


@mends("SPG-groups-12")
def seat_groups(p: Partnership) -> Partnership:
    """Seat a person for each prescribed group that has none, and let nobody be known to speak for two."""
    return in_steps(p, "SPG-groups-12", _if_needed, _with_groups, _with_a_person_each)


def _with_groups(p: Partnership) -> Partnership:
    members = _group(p).members
    for group in PLANNING_GROUPS:
        if all(one.group != group for one in members.items):
            members = _chosen(members, lambda one: one.group is UNKNOWN, group=group)
    return _seated(p, members)


def _with_a_person_each(p: Partnership) -> Partnership:
    speaking: Counter[str] = Counter()

    def alone(one: PlanningMember) -> PlanningMember:
        if not isinstance(one.person, str) or one.group not in PLANNING_GROUPS:
            return one
        speaking[one.person] += 1
        return one if speaking[one.person] == 1 else attrs.evolve(one, person=UNKNOWN)

    return _seated(p, _group(p).members.map(alone))


@mends("PBJW-s32-7-locality-rep")
def seat_for_localities(p: Partnership) -> Partnership:
    """Let one person speak for the localities of the plan that stands for which nobody does."""
    return in_steps(p, "PBJW-s32-7-locality-rep", _spoken_for, told, with_localities_told, _spoken_for)


def _spoken_for(p: Partnership) -> Partnership:
    members = _group(p).members
    spoken = {locality for member in members.items for locality in member.localities.items}
    wanted = {locality for plan in standing_plans(p, p.as_at).items for locality in plan.localities.items}
    missing = sorted(wanted - spoken)
    if not missing:
        return _seated(p, members)
    unsure = next((one for one in members.items if not one.localities.complete), None)
    free = next((one for one in members.items if one.group is None and one.nominated_by is None), None)
    speaker = unsure or free
    if speaker is None:
        return _seated(p, more(members, [PlanningMember(localities=missing)]))
    fresh = attrs.evolve(speaker, localities=more(speaker.localities, missing))
    return _seated(p, members.map(lambda one: fresh if one is speaker else one))
