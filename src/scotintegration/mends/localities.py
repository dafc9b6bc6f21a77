"""Mends of localities: into how many a plan divides the area, where each zone lies, and arrangements for each."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import attrs

from scotintegration.mends._keeping import in_steps, more, whole
from scotintegration.mends._plans import each_standing, told, with_localities_told
from scotintegration.mends._table import mends
from scotintegration.plans import Locality
from scotintegration.rules._reading import standing_plans
from scotintegration.unknown import Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.plans import StrategicPlan

__all__ = ["divide_area", "put_zones_in_one_locality", "separate_localities"]


@mends("PBJW-s29-3-two-localities")
def divide_area(p: Partnership) -> Partnership:
    """Divide the area in the plan that stands into the fewest localities, those on record before others."""
    fewest = p.law.number("fewest localities")
    area = [one.id for one in p.localities.items]

    def divided(plan: StrategicPlan) -> StrategicPlan:
        named = plan.localities
        if len(named) >= fewest or (not named.complete and len({*area, *named.items}) >= fewest):
            return plan
        spare = [one for one in area if one not in named.items]
        numbered = (f"locality-{number}" for number in count(1))
        while len(spare) < fewest - len(named):
            spare.append(next(one for one in numbered if one not in {*area, *named.items}))
        return attrs.evolve(plan, localities=more(named, spare[: fewest - len(named)]))

    def each(p: Partnership) -> Partnership:
        return each_standing(p, divided)

    return in_steps(p, "PBJW-s29-3-two-localities", each, told, each)


@mends("PBJW-s29-3b-separate")
def separate_localities(p: Partnership) -> Partnership:
    """Set out in the plan that stands arrangements for each of its localities."""

    def separate(p: Partnership) -> Partnership:
        return each_standing(
            p, lambda plan: attrs.evolve(plan, by_locality=more(plan.by_locality, plan.localities.items))
        )

    return in_steps(p, "PBJW-s29-3b-separate", separate, told, with_localities_told, separate)


@mends("PBJW-s29-3-partition")
def put_zones_in_one_locality(p: Partnership) -> Partnership:
    """Put every small area in one locality: those in none where there are fewest, those in several in the first."""
    return in_steps(p, "PBJW-s29-3-partition", told, with_localities_told, _with_zones_told, _partitioned)


def _with_zones_told(p: Partnership) -> Partnership:
    """Take the small areas on record for all of them, and make a record of localities that a plan only names."""
    named = {id for plan in standing_plans(p, p.as_at).items for id in plan.localities.items}
    places = p.localities.map(lambda one: attrs.evolve(one, zones=whole(one.zones)) if one.id in named else one)
    fresh = sorted(named - {one.id for one in places.items})
    added = tuple(Locality(id, name=id.replace("-", " ").title(), zones=()) for id in fresh)
    councils = [attrs.evolve(council, zones=whole(council.zones)) for council in p.local_authorities]
    return p.evolve(localities=Listing((*places.items, *added), places.complete), local_authorities=councils)


def _partitioned(p: Partnership) -> Partnership:
    area = [zone for council in p.local_authorities for zone in council.zones.items]
    zones = {one.id: list(one.zones.items) for one in p.localities.items}
    for plan in standing_plans(p, p.as_at).items:
        seen: set[str] = set()
        for id in plan.localities.items:
            zones[id] = [zone for zone in zones[id] if zone not in seen]
            seen.update(zones[id])
        for zone in area:
            if zone not in seen:
                zones[min(plan.localities.items, key=lambda id: (len(zones[id]), id))].append(zone)
    return p.evolve(
        localities=p.localities.map(lambda one: attrs.evolve(one, zones=Listing(zones[one.id], one.zones.complete)))
    )
