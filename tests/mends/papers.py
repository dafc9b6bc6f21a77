"""Partnerships of which facts about plans and reports were forgotten or are known to be absent."""

from collections.abc import Iterator
from typing import Any

import attrs

from scotintegration.partnership import Partnership
from scotintegration.rules import RULES, Modality, Severity, Topic
from scotintegration.unknown import UNKNOWN, Listing

PLANNING = [rule for rule in RULES if rule.topic is Topic.PLANNING and rule.modality is not Modality.MAY]
STATUTE = [rule for rule in PLANNING if rule.severity is Severity.STATUTE]

_PAPERS = ("plans", "reports", "statements", "decisions", "recommendations", "localities")
_LEFT = ("id", "source", "year", "name")
_BLANKS = (UNKNOWN, None, Listing.partial(), Listing())


def with_papers(p: Partnership, papers: str, **changes: Any) -> Partnership:
    """Change every value of a collection."""
    return p.evolve(**{papers: getattr(p, papers).map(lambda one: attrs.evolve(one, **changes))})


def with_members(p: Partnership, **changes: Any) -> Partnership:
    """Change every member of the planning group."""
    group = p.planning_group
    members = group.members.map(lambda one: attrs.evolve(one, **changes))
    return p.evolve(planning_group=attrs.evolve(group, members=members))


def with_scheme(p: Partnership, **changes: Any) -> Partnership:
    """Change the scheme."""
    return p.evolve(scheme=attrs.evolve(p.scheme, **changes))


def forgotten(p: Partnership) -> Iterator[tuple[str, Partnership]]:
    """Forget one field after the other, of all values and of the first and last, and say which."""
    for papers in _PAPERS:
        items = getattr(p, papers).items
        yield f"{papers} not recorded", p.evolve(**{papers: UNKNOWN})
        yield f"no {papers}", p.evolve(**{papers: ()})
        yield f"{papers} known in part", p.evolve(**{papers: Listing(items, complete=False)})
        for name in (a.name for a in attrs.fields(type(items[0])) if a.name not in _LEFT):
            for blank in _BLANKS:
                try:
                    blanks = [attrs.evolve(one, **{name: blank}) for one in items]
                except (TypeError, ValueError):
                    continue  # a field that cannot be so
                said = f"{papers}.{name} = {blank!r}"
                yield said, p.evolve(**{papers: blanks})
                yield f"{said} first", p.evolve(**{papers: [blanks[0], *items[1:]]})
                yield f"{said} last", p.evolve(**{papers: [*items[:-1], blanks[-1]]})
    group = p.planning_group
    yield "planning group", p.evolve(planning_group=UNKNOWN)
    yield "no planning group", p.evolve(planning_group=None)
    for name in ("established_on", "members"):
        yield f"planning group {name}", p.evolve(planning_group=attrs.evolve(group, **{name: UNKNOWN}))
    for name in ("person", "nominated_by", "group", "localities"):
        yield f"members.{name}", with_members(p, **{name: UNKNOWN})
    for day in (UNKNOWN, None):
        yield f"functions passed {day}", with_scheme(p, delegated_on=day)
    yield "functions", with_scheme(p, functions=Listing(p.scheme.functions.items, complete=False))
    yield "two models", with_scheme(p, models="a+c")
    yield "zones", p.evolve(local_authorities=[attrs.evolve(one, zones=UNKNOWN) for one in p.local_authorities])
