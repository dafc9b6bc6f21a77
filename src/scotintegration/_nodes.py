"""The nodes of a partnership's graph: which value stands where, and how to gather them again (private)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from scotintegration.bodies import (
    IJB,
    Electorate,
    HealthBoard,
    LeadAgency,
    LocalAuthority,
    MonitoringCommittee,
    OtherBody,
    ScottishMinisters,
)
from scotintegration.budgets import Budget
from scotintegration.errors import GraphError
from scotintegration.evidence import Evidence
from scotintegration.functions import DelegatedFunction
from scotintegration.meetings import Committee, Meeting, StandingOrders
from scotintegration.officers import ChairPeriod, ChiefFinanceOfficer, ChiefOfficer, ChiefSocialWorkOfficer, Member
from scotintegration.plans import Locality, Outcome, PerformanceReport, StrategicPlan, StrategicPlanningGroup, outcomes
from scotintegration.registers import DirectionsRegister
from scotintegration.schemes import IntegrationScheme
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    import networkx as nx

    from scotintegration.partnership import Partnership

FOLDERS: Final[Mapping[type, str]] = {
    Budget: "budgets",
    ChairPeriod: "chairs",
    ChiefFinanceOfficer: "posts",
    ChiefOfficer: "posts",
    ChiefSocialWorkOfficer: "posts",
    Committee: "committees",
    DelegatedFunction: "functions",
    Evidence: "evidence",
    Locality: "localities",
    Meeting: "meetings",
    Member: "members",
    PerformanceReport: "reports",
    StrategicPlan: "plans",
}
"""The folder of each kind of local value, which for all but functions is also the field that holds it."""

SINGLES: Final[Mapping[type, str]] = {
    DirectionsRegister: "directions",
    IntegrationScheme: "scheme",
    StandingOrders: "standing_orders",
    StrategicPlanningGroup: "planning_group",
}
"""The field of each kind of value of which there is one."""

BODIES: Final[Mapping[type, str]] = {
    HealthBoard: "health_board",
    IJB: "ijb",
    MonitoringCommittee: "monitoring_committee",
}
BODY_TUPLES: Final[Mapping[type, str]] = {LeadAgency: "lead_agencies", LocalAuthority: "local_authorities"}
NOT_READ_BACK: Final = (DelegatedFunction, Electorate, OtherBody, Outcome, ScottishMinisters)
"""Nodes that follow from others."""

LISTINGS: Final = tuple(sorted({*FOLDERS.values()} - {"functions"}))
"""Fields of a partnership that are collections."""


def local_id(value: object) -> str:
    """Give the short id of a local value."""
    if isinstance(value, Budget):
        return str(value.year).replace("/", "-")
    if isinstance(value, Evidence):
        return f"{value.duty}@{value.on.isoformat()}" if isinstance(value.on, date) else value.duty
    return str(getattr(value, "id"))  # noqa: B009


def node_id(p: Partnership, value: object) -> str:
    """Give the id of the node at which a value of a partnership stands."""
    kind = type(value)
    if kind in FOLDERS:
        return f"{p.id}/{FOLDERS[kind]}/{local_id(value)}"
    if kind in SINGLES:
        return f"{p.id}/{SINGLES[kind].replace('_', '-')}"
    return str(getattr(value, "id"))  # noqa: B009


def nodes(p: Partnership) -> Iterator[tuple[str, object]]:
    """List every node of a partnership's graph with its value, bodies first."""
    for body in p.bodies:
        yield body.id, body
    for outcome in outcomes():
        yield outcome.id, outcome
    for field in sorted(SINGLES.values()):
        value = getattr(p, field)
        if value is not None and value is not UNKNOWN:
            yield node_id(p, value), value
    for field in LISTINGS:
        for value in getattr(p, field).items:
            yield node_id(p, value), value
    for function in p.scheme.functions.items:
        yield node_id(p, function), function


def gather(graph: nx.MultiDiGraph[str]) -> dict[str, object]:
    """Collect the fields of a partnership from the nodes of its graph."""
    fields: dict[str, object] = {"lead_agencies": [], "local_authorities": []}
    found: dict[str, list[object]] = {field: [] for field in LISTINGS}
    for node, attributes in graph.nodes(data=True):
        if "value" not in attributes:
            raise GraphError(f"node {node!r}", "it holds no value", "a value under the key 'value'")
        value = attributes["value"]
        kind = type(value)
        if kind in BODY_TUPLES:
            held = fields[BODY_TUPLES[kind]]
            assert isinstance(held, list)
            held.append(value)
        elif kind in BODIES or kind in SINGLES:
            fields[BODIES.get(kind) or SINGLES[kind]] = value
        elif kind in NOT_READ_BACK:
            continue
        elif kind in FOLDERS:
            found[FOLDERS[kind]].append(value)
        else:
            raise GraphError(f"node {node!r}", f"it holds a {kind.__name__}", "a value of this library")
    incomplete = graph.graph.get("incomplete", ())
    for field, values in found.items():
        fields[field] = Listing(tuple(values), complete=field not in incomplete)
    return fields
