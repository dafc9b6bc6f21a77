"""Partnerships of which facts about directions and money were forgotten."""

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from scotintegration.bodies import HealthBoard, LocalAuthority
from scotintegration.budgets import Budget
from scotintegration.directions import Direction
from scotintegration.functions import DelegatedFunction
from scotintegration.partnership import Partnership
from scotintegration.rules import RULES, Modality, Severity, find
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

MODULES = (
    "carrying_out",
    "directing",
    "drafting",
    "money",
    "recording",
    "revising",
    "settling",
    "shifting",
    "spending",
    "stating",
    "varying",
)
ASKED = [rule for rule in RULES if rule.modality is not Modality.MAY and rule.where.split(".")[2] in MODULES]
STATUTE = [rule for rule in RULES if rule.severity is Severity.STATUTE]

_PARTIAL = object()


def mended(rule: str, p: Partnership) -> Partnership:
    """Mend a rule that is open, and see that it is kept after it."""
    asked = find(rule)
    assert asked.is_open(p), "nothing is left to mend"
    after = asked.mended(p)
    assert asked.not_applicable(after) is None
    assert [] == [f"{verdict.where}: {verdict.what}" for verdict in asked.verdicts(after)]
    return after


def with_steps(p: Partnership, *steps: Any) -> Partnership:
    """Give the register another history."""
    return p.evolve(directions=attrs.evolve(p.directions, steps=steps, strict=False))


def redrafted(p: Partnership, change: Callable[[Direction], Direction], *only: str) -> Partnership:
    """Change directions as if they had been drafted so: all, or some by id; each step keeps its own day."""
    steps = [
        attrs.evolve(step, direction=change(step.direction))
        if step.direction is not None and (not only or step.direction.id in only)
        else step
        for step in p.directions.steps
    ]
    return with_steps(p, *steps)


def drafted(p: Partnership, *only: str, **changes: Any) -> Partnership:
    """Change fields of directions."""
    return redrafted(p, lambda one: one.evolve(**changes), *only)


def with_functions(p: Partnership, *only: str, **changes: Any) -> Partnership:
    """Change fields of delegated functions: of all, or of some by id."""
    functions = p.scheme.functions.map(
        lambda one: attrs.evolve(one, **changes) if not only or one.id in only else one,
    )
    return p.evolve(scheme=attrs.evolve(p.scheme, functions=functions))


def with_budgets(p: Partnership, **changes: Any) -> Partnership:
    """Change fields of every budget."""
    return p.evolve(budgets=p.budgets.map(lambda one: attrs.evolve(one, **changes)))


def with_sums(p: Partnership, field: str, **changes: Any) -> Partnership:
    """Change fields of every sum of one kind."""
    return p.evolve(
        budgets=p.budgets.map(
            lambda one: attrs.evolve(one, **{field: getattr(one, field).map(lambda sum: attrs.evolve(sum, **changes))})
        )
    )


def direction(p: Partnership, id: str) -> Direction:
    """Find a direction."""
    return next(one for one in p.directions.directions if one.id == id)


def forgotten(p: Partnership) -> Iterator[tuple[str, Partnership]]:
    """Forget one thing after another of directions, functions and money."""
    for field in attrs.fields(Direction):
        if field.name not in ("id", "source"):
            yield f"direction {field.name}", redrafted(p, lambda one, name=field.name: _without(one, name))
    steps = p.directions.steps
    yield "days of steps", with_steps(p, *(attrs.evolve(one, on=UNKNOWN) for one in steps))
    for complete in (True, False):
        for some in ((), steps[: len(steps) // 2], steps):
            register = attrs.evolve(p.directions, steps=some, complete=complete)
            yield f"register of {len(some)}, {complete}", p.evolve(directions=register)
    for field in attrs.fields(DelegatedFunction):
        if field.name not in ("id", "name", "delegator", "delegate", "source"):
            yield f"function {field.name}", with_functions(p, **{field.name: UNKNOWN})
    yield "one way of funding", with_functions(p, funding="payment+set-aside")
    some = Listing(p.scheme.functions.items[::2], complete=False)
    yield "some functions", p.evolve(scheme=attrs.evolve(p.scheme, functions=some))
    for field in attrs.fields(Budget):
        if field.name not in ("year", "set_on", "derived", "total", "source"):
            yield f"budget {field.name}", with_budgets(p, **{field.name: UNKNOWN})
    yield "figures read", with_budgets(p, derived=True)
    yield "under which direction", with_sums(p, "payments", direction=UNKNOWN)
    yield "when payments changed", with_sums(p, "payments", changed_on=UNKNOWN, before=UNKNOWN)
    yield "what payments were", with_sums(p, "payments", before=UNKNOWN)
    yield "what was planned", with_sums(p, "reserves", planned=UNKNOWN)
    yield "reports given", with_sums(p, "set_aside_reports", given_on=UNKNOWN)
    yield "reports due", with_sums(p, "set_aside_reports", due_on=UNKNOWN)
    for budgets in (UNKNOWN, Listing(), attrs.evolve(p.budgets, complete=False)):
        yield f"budgets {budgets!r:.20}", p.evolve(budgets=budgets)
    for name in ("service_changes", "exempt_functions", "meetings", "members", "plans", "decisions", "evidence"):
        yield name, p.evolve(**{name: UNKNOWN})


def _without(direction: Direction, field: str) -> Direction:
    try:
        return direction.evolve(**{field: UNKNOWN})
    except (TypeError, ValueError):
        return direction


AS_AT = "2026-11-22"
NHS, COUNCIL, IJB = "toy-nhs", "toy-council", "toy-council-ijb"
YEAR = "2026/27"


def toy(*steps: Step, **budget: Any) -> Partnership:
    """Found a board to which a council delegates respite and a Health Board nursing and, with a set-aside, frailty."""
    p = Partnership.between(
        HealthBoard(NHS, name="NHS Toytown"), LocalAuthority(COUNCIL, name="Toytown Council"), model="a", as_at=AS_AT
    )
    functions = [
        DelegatedFunction(id=id, name=id.capitalize(), delegator=by, delegate=IJB, funding=funding)
        for id, by, funding in (
            ("frailty", NHS, "set-aside"),
            ("nursing", NHS, "payment"),
            ("respite", COUNCIL, "payment"),
        )
    ]
    budgets = [Budget(year=YEAR, **budget)] if budget else []
    scheme = attrs.evolve(p.scheme, functions=functions, delegated_on="2016-04-01")
    return with_steps(p.evolve(scheme=scheme, budgets=budgets), *steps)


def paper(id: str, **changes: Any) -> Direction:
    """Draft a direction for respite, in force since the year began."""
    said = {
        "issuer": IJB,
        "given_to": COUNCIL,
        "functions": ["respite"],
        "payment": "£0",
        "use": "short breaks",
        "in_writing": True,
        "issued_on": "2026-03-20",
        "decided_on": "2026-03-18",
        "effective_from": "2026-04-01",
    }
    return Direction(id, **{**said, **changes})


def issued(*papers: Direction) -> list[Step]:
    """Issue directions, each of which ends none."""
    return [Step(kind="issue", direction=one, on=one.binds_from) for one in papers]
