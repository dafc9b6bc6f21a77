"""The nodes of a partnership's graph: which value stands where, and how to gather them again (private)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.accounts import AnnualAccounts
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
from scotintegration.directions import ServiceChange
from scotintegration.errors import GraphError
from scotintegration.evidence import Evidence
from scotintegration.functions import DelegatedFunction
from scotintegration.graphs import assemble
from scotintegration.lines import Line, LineBasis
from scotintegration.meetings import Committee, Meeting, StandingOrders
from scotintegration.ministers import ExemptionOrder
from scotintegration.officers import ChairPeriod, ChiefFinanceOfficer, ChiefOfficer, ChiefSocialWorkOfficer, Member
from scotintegration.performance import AnnualFinancialStatement, Decision, PerformanceReport, Recommendation
from scotintegration.plans import (
    Locality,
    Outcome,
    ReplacementDirection,
    StrategicPlan,
    StrategicPlanningGroup,
    outcomes,
)
from scotintegration.registers import DirectionsRegister
from scotintegration.schemes import IntegrationScheme
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    import networkx as nx

    from scotintegration.partnership import Partnership
    from scotintegration.partnership._record import Record

FOLDERS: Final[Mapping[type, str]] = {
    AnnualAccounts: "accounts",
    AnnualFinancialStatement: "statements",
    Budget: "budgets",
    ChairPeriod: "chairs",
    ChiefFinanceOfficer: "posts",
    ChiefOfficer: "posts",
    ChiefSocialWorkOfficer: "posts",
    Committee: "committees",
    Decision: "decisions",
    DelegatedFunction: "functions",
    Evidence: "evidence",
    ExemptionOrder: "exemption_orders",
    Locality: "localities",
    Meeting: "meetings",
    Member: "members",
    PerformanceReport: "reports",
    Recommendation: "recommendations",
    ReplacementDirection: "replacement_directions",
    ServiceChange: "service_changes",
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

_ATTRIBUTES: Final = ("id", "name", "as_at", "law_as_at", "parameters", "exempt_functions", "source")
"""Fields that the graph itself holds."""

LISTINGS: Final = tuple(sorted({*FOLDERS.values()} - {"functions"}))
"""Fields of a partnership that are collections."""


def local_id(value: object) -> str:
    """Give the short id of a local value."""
    if isinstance(value, Budget):
        return str(value.year).replace("/", "-")
    if isinstance(value, Evidence):
        return f"{value.duty}@{value.on.isoformat()}" if isinstance(value.on, date) else value.duty
    return str(getattr(value, "id", ""))  # a value of another type is left for a validator to refuse


def node_id(p: Record, value: object) -> str:
    """Give the id of the node at which a value of a partnership stands."""
    kind = type(value)
    if kind in FOLDERS:
        return f"{p.id}/{FOLDERS[kind]}/{local_id(value)}"
    if kind in SINGLES:
        return f"{p.id}/{SINGLES[kind].replace('_', '-')}"
    return str(getattr(value, "id"))  # noqa: B009


def nodes(p: Record) -> Iterator[tuple[str, object]]:
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
    for needed in (HealthBoard, IntegrationScheme):
        if (BODIES.get(needed) or SINGLES[needed]) not in fields:
            raise GraphError("the graph", f"it holds no {needed.__name__}", "one, as every partnership has")
    incomplete = graph.graph["incomplete"]
    for field, values in found.items():
        fields[field] = Listing(tuple(values), complete=field not in incomplete)
    return fields


def outside(node: str) -> OtherBody:
    """Give a body that only a line names."""
    return OtherBody(node, name=node, role="outside this partnership")


def build(p: Partnership) -> nx.MultiDiGraph[str]:
    """Build the frozen graph of a partnership, all dates."""
    fields = {name: getattr(p, name) for name in _ATTRIBUTES}
    incomplete = tuple(field for field in LISTINGS if not getattr(p, field).complete)
    unknown = tuple(field for field in SINGLES.values() if getattr(p, field) is UNKNOWN)
    return assemble(
        nodes(p),
        p.all_lines,
        outside=outside,
        **fields,
        incomplete=incomplete,
        unknown=unknown,
    )


def _line(line: Line) -> str:
    """Say in a few words what a line is."""
    return f"the line of the layer {line.kind} under {line.citation.printed}"


def rebuild(kind: type[Partnership], graph: nx.MultiDiGraph[str]) -> Partnership:
    """Turn the whole graph of a partnership back into it, and hold the derived lines against the values."""
    given = graph.graph
    lacks = not {*_ATTRIBUTES, "incomplete", "unknown"} <= given.keys()
    if lacks or given.get("is_view") or not graph.is_multigraph():
        raise GraphError("the graph", "it is a view of one, or not a partnership's", "the whole of p.graph()")
    fields = gather(graph)
    fields.update(dict.fromkeys(given["unknown"], UNKNOWN))
    fields.update({name: given[name] for name in _ATTRIBUTES})
    bare = kind(**fields)  # type: ignore[arg-type]
    expected = {(line.from_id, line.to_id, line.id): line for line in bare.all_lines}
    found: dict[tuple[str, str, str], object] = {
        (one, other, key): data.get("line") for one, other, key, data in graph.edges(keys=True, data=True)
    }
    asserted = [
        line
        for key, line in found.items()
        if key not in expected and isinstance(line, Line) and line.basis is LineBasis.ASSERTED
    ]
    rebuilt = attrs.evolve(bare, lines=asserted)
    expected.update({(line.from_id, line.to_id, line.id): line for line in asserted})
    for key in sorted(expected.keys() | found.keys(), key=str):
        if key not in expected or expected[key] != found.get(key):
            where = f"line {key[2]!r} from {key[0]!r} to {key[1]!r}"
            wrong = "it is missing" if key not in found else "it is not what the values imply"
            right = (
                f"{_line(expected[key])}, as the values imply" if key in expected else "no edge, or an asserted line"
            )
            raise GraphError(where, wrong, right)
    return rebuilt
