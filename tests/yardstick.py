"""Adapter of the yardstick: it translates arguments and results, and does no work of its own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from typing import Any

import attrs
import numpy as np
from peers.scenario import Outputs, Scenario

import scotintegration as si
from scotintegration.accountability import Accountability
from scotintegration.dates import add_years
from scotintegration.graphs import assemble
from scotintegration.officers import Route
from scotintegration.rules import once
from scotintegration.simulation import engine
from scotintegration.steps import Step

NAME = "scotintegration"
AVAILABLE = True
IMPORTS = ("import scotintegration",)

FIRST_YEAR = 2026


def _inputs(scn: Scenario) -> engine.Inputs:
    """Translate a scenario."""
    return engine.Inputs.reference(scn.B, scn.k, volatility=scn.sigma, attendance=scn.p)


@cache
def _workers(number: int) -> ProcessPoolExecutor:
    """Keep a pool of processes open, as somebody who simulates often would."""
    return ProcessPoolExecutor(number)


def _fields(result: engine.Outputs | engine.Totals) -> dict[str, np.ndarray]:
    """Rename the five results."""
    return {
        "directions": result.directions,
        "deferred": result.deferred,
        "reserve": result.reserve_pence,
        "top_hb": result.top_health_board_pence,
        "top_c": result.top_council_pence,
    }


def sim_given(scn: Scenario, z: np.ndarray, u: np.ndarray, events: bool = False) -> Outputs:
    """Simulate with supplied draws."""
    result = engine.run(_inputs(scn), z, u, events=events)
    return Outputs(**_fields(result), events=result.events)


def sim_run(
    scn: Scenario,
    R: int,
    seed: int,
    first: int = 0,
    threads: int = 1,
    summary: bool = False,
    events: bool = False,
) -> Outputs | dict[str, np.ndarray]:
    """Simulate runs first .. first+R-1 with addressed draws, by processes if more than one core is asked for."""
    ids = [f"p{partnership:04}" for partnership in range(scn.A)]
    executor = _workers(threads) if threads > 1 else None
    address: dict[str, Any] = {
        "seed": seed, "runs": R, "first": first, "first_year": FIRST_YEAR, "executor": executor,
    }  # fmt: skip
    if summary:
        return _fields(engine.simulate(_inputs(scn), ids, summary=True, **address))
    result = engine.simulate(_inputs(scn), ids, events=events, **address)
    return Outputs(**_fields(result), events=result.log)


# -- workload C ------------------------------------------------------------------------------------------------------

SCOPE = tuple(f"R{number:02}" for number in range(1, 15))

ROUTES = {
    "chief_social_work_officer": Route.CSWO,
    "general_practitioner": Route.GP,
    "nurse": Route.NURSE,
    "medical_practitioner": Route.DOCTOR,
    "health_board_staff": Route.HB_STAFF,
    "council_staff": Route.LA_STAFF,
    "third_sector": Route.THIRD,
    "service_user": Route.USER,
    "unpaid_carer": Route.CARER,
}
SIDES = {"health_board": Route.HB, "council": Route.LA}
POSTS = {"chief_officer": si.ChiefOfficer, "chief_finance_officer": si.ChiefFinanceOfficer}
SYNTHETIC = si.cite("synthetic register of the yardstick")
SPECIFICATION = "yardstick specification C2"


def _money(pence: int) -> si.Money | None:
    """Translate a sum; less than nothing is a sum that no world contains, so none is stated."""
    return si.Money(pence) if pence >= 0 else None


def _partnership(record: dict[str, Any], ministers: str, as_of: str) -> si.Partnership:
    """Translate one record."""
    ijb, board, council = record["ijb"], record["health_board"], record["council"]
    places = {ministers: "scottish-ministers"}
    places.update({x["id"]: f"{ijb}/posts/{x['id']}" for x in record["officers"]})
    places.update({x["id"]: f"{ijb}/localities/{x['id']}" for x in record["localities"]})
    sides = {"health_board": board, "council": council}
    voting = [
        si.Member(id=x["id"], board=ijb, route=SIDES[x["side"]], nominated_by=sides[x["side"]], start=None)
        for x in record["voting"]
    ]
    others = [si.Member(id=x["id"], board=ijb, route=ROUTES[x["role"]], start=None) for x in record["non_voting"]]
    steps = si.DirectionsRegister(ijb, strict=False)
    directions = [
        Step(
            kind="issue",
            on="2025-04-01",
            direction=si.Direction(
                x["id"],
                issuer=ijb,
                given_to=[x["addressee"]],
                functions=[x["function"]],
                payment=_money(x["amount"]),
                use=x["use"],
                effective_from="2025-04-01",
                ends_on=None if x["in_force"] else "2025-12-31",
                in_writing=True,
            ),
        )
        for x in record["directions"]
    ]
    return si.Partnership(
        id=ijb,
        name=record["id"],
        as_at=as_of,
        health_board=si.HealthBoard(board, name=board),
        local_authorities=[si.LocalAuthority(council, name=council)],
        ijb=si.IJB(ijb, name=ijb),
        scheme=si.IntegrationScheme(
            models="a",
            health_board=board,
            local_authorities=[council],
            functions=[
                si.DelegatedFunction(
                    id=x["code"],
                    name=x["code"],
                    delegator=board if x["arm"] == "health_board" else council,
                    delegate=ijb,
                )
                for x in record["functions"]
            ],
        ),
        posts=[POSTS[x["role"]](x["id"], body=ijb) for x in record["officers"]],
        members=[*voting, *others],
        chairs=[
            si.ChairPeriod(id=office, board=ijb, office=office, member=record[key], start=None, until=None)
            for office, key in (("chair", "chair"), ("vice-chair", "vice_chair"))
        ],
        budgets=[si.Budget(year="2026/27", total=record["budget"])],
        localities=[si.Locality(x["id"], name=x["id"]) for x in record["localities"]],
        plans=[
            si.StrategicPlan(id=record["plan"]["id"], reviews=[si.Review(completed_on=record["plan"]["reviewed"])])
        ],
        directions=attrs.evolve(steps, steps=tuple(directions)),
        lines=[
            si.Line(
                from_id=places.get(one, one), to_id=places.get(other, other), kind="accountability",
                citation=SYNTHETIC, about="synthetic",
            )
            for one, other in record["accountable_to"]
        ],
    )  # fmt: skip


def _fourteen() -> list[si.Rule]:
    """State the fourteen rules over the library's own model; *where* is the subject."""
    made: list[si.Rule] = []

    def ask(number: str, check: Any) -> None:
        check.__doc__ = f"Rule {number} of the specification."
        made.append(
            si.rule(number, cites=SPECIFICATION, severity="scheme", passes="", fails=lambda p: p, register=False)(check)
        )

    def find(where: str, what: str) -> Any:
        return si.fail(where, what, "see the specification")

    def posts(kind: type) -> Any:
        def check(p: si.Partnership, on: date) -> Iterator[Any]:
            number = sum(isinstance(post, kind) for post in p.posts)
            if number != 1:
                yield find(p.name, f"{number} posts")

        return check

    def sides(p: si.Partnership, on: date) -> Iterator[Any]:
        routes = [member.route for member in p.current_members]
        board, council = routes.count(Route.HB), routes.count(Route.LA)
        if board != council or min(board, council) < 3:
            yield find(p.name, f"{board} and {council} voting members")

    def roles(p: si.Partnership, on: date) -> Iterator[Any]:
        held = {member.route for member in p.current_members}
        for role, route in ROUTES.items():
            if route not in held:
                yield find(role, "nobody")

    def localities(p: si.Partnership, on: date) -> Iterator[Any]:
        if len(p.localities) < p.law.number("fewest localities"):
            yield find(p.name, f"{len(p.localities)} localities")

    def uncovered(p: si.Partnership, on: date) -> Iterator[Any]:
        for function in p.register.functions_without_direction(on=on):
            yield find(function, "no direction")

    def addressees(p: si.Partnership, on: date) -> Iterator[Any]:
        known = {body.id for body in p.constituent_authorities}
        for direction in p.directions:
            if not known.issuperset(direction.given_to):
                yield find(direction.id, f"given to {', '.join(direction.given_to)}")

    def delegated(p: si.Partnership, on: date) -> Iterator[Any]:
        known = {function.id for function in p.functions}
        for direction in p.directions:
            if not known.issuperset(direction.functions):
                yield find(direction.id, f"names {', '.join(direction.functions)}")

    def stated(p: si.Partnership, on: date) -> Iterator[Any]:
        for direction in p.directions:
            if direction.payment is None or not direction.use.strip():
                yield find(direction.id, "money or use is not stated")

    def within_budget(p: si.Partnership, on: date) -> Iterator[Any]:
        live = p.directions.in_force(on=on)
        paid = sum(direction.payment.pence for direction in live if direction.payment is not None)
        if paid > p.budget("2026/27").total.pence:
            yield find(p.name, f"{si.Money(paid)} directed")

    def reviewed(p: si.Partnership, on: date) -> Iterator[Any]:
        earliest = add_years(on, -p.law.number("years between plan reviews"))
        for plan in p.plans:
            if all(review.completed_on < earliest for review in plan.reviews):
                yield find(p.name, "the plan is overdue for review")

    def chairs(p: si.Partnership, on: date) -> Iterator[Any]:
        route = {member.id: member.route for member in p.members}
        if len({route[period.member] for period in p.chairs}) < len(p.chairs):
            yield find(p.name, "chair and vice-chair are of one side")

    @once
    def structure(p: si.Partnership) -> Any:
        values = [
            *((body.id, body) for body in p.bodies),
            *((p.node_id(one), one) for one in (*p.localities, *p.posts)),
        ]
        return Accountability(assemble(values, p.lines, outside=str))

    def heard(p: si.Partnership, on: date) -> Iterator[Any]:
        places = {p.node_id(locality): locality.id for locality in p.localities}
        own = {p.id, *(body.id for body in p.constituent_authorities), *places}
        for node in structure(p).orphans():
            if node in own:
                yield find(places.get(node, node), "no path to Ministers")

    def acyclic(p: si.Partnership, on: date) -> Iterator[Any]:
        if structure(p).loops():
            yield find(p.name, "a loop")

    for number, check in zip(
        SCOPE,
        (
            posts(si.ChiefOfficer), posts(si.ChiefFinanceOfficer), sides, roles, localities, uncovered, addressees,
            delegated, stated, within_budget, reviewed, chairs, heard, acyclic,
        ),
        strict=True,
    ):  # fmt: skip
        ask(number, check)
    return made


FOURTEEN = _fourteen()


def check_load(register: dict[str, Any]) -> si.Network:
    """Translate neutral records to a network."""
    return si.Network(
        name="yardstick",
        as_at=register["as_of"],
        partnerships=[
            _partnership(record, register["ministers"], register["as_of"]) for record in register["partnerships"]
        ],
    )


def _found(report: Any) -> set[tuple[str, str, str]]:
    return {(report.name, finding.rule, finding.where) for finding in report.findings}


def check_all(loaded: si.Network) -> set[tuple[str, str, str]]:
    """Ask the fourteen rules of everything loaded."""
    return set().union(*(_found(report) for report in loaded.check(rules=FOURTEEN)))


def check_warm(loaded: si.Network, i: int) -> set[tuple[str, str, str]]:
    """Ask the fourteen rules of partnership number *i*."""
    return _found(loaded.partnerships[i].check(rules=FOURTEEN))
