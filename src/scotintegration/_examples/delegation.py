"""What is delegated, and the schemes that delegate it (private)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from scotintegration._examples.areas import CHILDREN_COST, COUNCIL_COST, NHS_COST, Area
from scotintegration.bodies import MINISTERS, Seats
from scotintegration.functions import DelegatedFunction, catalogue, enactments
from scotintegration.revisions import CONSULTEES, Revision
from scotintegration.risk_shares import USUAL_ORDER
from scotintegration.schemes import IntegrationScheme, Model, Review, items_for

DELEGATED_ON: Final = date(2016, 4, 1)

PAID: Final = "last year's payment, plus the agreed uplift for pay and prices, less the savings both sides agreed"
HELD: Final = "bed days and attendances of the area's residents over three years, at the hospital's average cost"


CONJOINED: Final[Mapping[Model, tuple[str, ...] | None]] = MappingProxyType(
    {
        Model.BODY_CORPORATE: None,
        Model.LA_TO_HB: ("hb-may-nhsa1978",),
        Model.BOTH_WAYS: ("hb-may-pra2011", "la-may-csa1995-s19"),
    }
)
"""The recipients' own functions that are carried out in conjunction under each model."""


def consulted_of(area: Area) -> tuple[str, ...]:
    """Name whom to consult on a scheme: every prescribed group, and the councils of the area that have another."""
    own = {council.id for council in area.bodies}
    return (*CONSULTEES, *(id for id in area.health_board.local_authorities.items if id not in own))


def id_of(area: Area, council: str, service: str) -> str:
    """Name a council's function: the first council's has the id of the catalogue, the others' their own."""
    first = area.bodies[0].id
    return service if council == first else f"{service}-{council.removesuffix('-council')}"


def service_of(area: Area, function: str) -> str:
    """Name the service of the catalogue that a function of any council belongs to."""
    for council in area.bodies[1:]:
        function = function.removesuffix(f"-{council.id.removesuffix('-council')}")
    return function


def nhs_functions(area: Area, delegate: str, services: Iterable[str]) -> Iterator[DelegatedFunction]:
    """Write down the functions of the Health Board."""
    for service in services:
        entry = catalogue()[service]
        held = service in area.set_aside
        shared = entry.in_hospital and entry.set_aside_candidate
        yield DelegatedFunction(
            id=service,
            name=entry.name,
            delegator=area.health_board.id,
            delegate=delegate,
            age_scope=entry.age_scope,
            funding="set-aside" if held else "payment",
            method=HELD if held else PAID,
            in_hospital=entry.in_hospital,
            hospital_in_hb_area=entry.in_hospital,
            la_areas=area.hospital_areas if shared else 1,
            deemed_out=service in area.deemed_out,
            start=DELEGATED_ON,
        )


def council_functions(area: Area, delegate: str) -> Iterator[DelegatedFunction]:
    """Write down the functions of every council."""
    for council in area.bodies:
        for service in COUNCIL_COST:
            entry = catalogue()[service]
            own = id_of(area, council.id, service)
            yield DelegatedFunction(
                id=own,
                name=entry.name if own == service else f"{entry.name} ({council.name})",
                delegator=council.id,
                delegate=delegate,
                age_scope=entry.age_scope,
                funding="payment",
                method=PAID,
                in_hospital=False,
                hospital_in_hb_area=False,
                la_areas=1,
                deemed_out=False,
                start=DELEGATED_ON,
            )


def functions_of(area: Area, model: Model, delegate: str) -> tuple[DelegatedFunction, ...]:
    """Write down what a scheme delegates: to a board, or from the council to the Health Board, or both ways."""
    if model is Model.BODY_CORPORATE:
        return (*nhs_functions(area, delegate, NHS_COST), *council_functions(area, delegate))
    children = nhs_functions(area, area.bodies[0].id, CHILDREN_COST) if model is Model.BOTH_WAYS else ()
    return (*council_functions(area, delegate), *children)


def scheme_of(area: Area, model: Model, delegate: str) -> IntegrationScheme:
    """Write a scheme, approved in 2015, revised once and reviewed twice since."""
    functions = functions_of(area, model, delegate)
    delegators = {"health_board" if one.delegator == area.health_board.id else "local_authority" for one in functions}
    listed = [
        entry.id
        for entry in enactments().values()
        if entry.must
        and entry.until is None
        and entry.delegated_by in delegators
        and (model is Model.BODY_CORPORATE or entry.delegated_by == "local_authority")
    ]
    if model is Model.BOTH_WAYS:
        listed += ["hb-may-mha2003", "hb-may-nhsa1978"]
    return IntegrationScheme(
        models=model,
        basis=area.basis,
        health_board=area.health_board.id,
        local_authorities=[council.id for council in area.bodies],
        functions=functions,
        enactments=listed,
        conjoined=CONJOINED[model],
        items=[item.slug for item in items_for(model, area.basis)],
        nominees=[
            Seats(area.health_board.id, area.nhs_seats),
            *(Seats(council.id, area.seats) for council in area.bodies),
        ],
        chair_term_months=24,
        set_aside_method=HELD if area.set_aside else None,
        risk_share=area.risk_share,
        remedies=() if model.is_lead_agency else USUAL_ORDER,
        lead_authority=None,
        agreed_seats=area.nhs_seats,
        la_specified_seats=None,
        consulted=consulted_of(area),
        consulted_on="2015-02-20",
        replaces=None,
        substituted_day=None,
        submitted_on="2015-02-27",
        approved_on="2015-06-01",
        published_on="2015-06-12",
        delegated_on=DELEGATED_ON,
        reviews=[
            Review(completed_on="2020-02-12", decided_on="2020-03-18", outcome="no change"),
            Review(completed_on="2025-01-22", decided_on="2025-02-19", outcome="no change"),
        ],
        revisions=[
            Revision(
                id="revised-2018",
                consulted=consulted_of(area),
                consulted_on="2017-12-15",
                submitted_on="2018-01-24",
                approved_by=MINISTERS.id,
                approved_on="2018-02-28",
                effect_on="2018-04-01",
                effect_set_by=MINISTERS.id,
                published_on="2018-04-06",
            )
        ],
        replaced_on=None,
        arrangements=(),
    )
