"""Mends of the functions that a scheme delegates: by whom, to whom, for whom and with what money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.functions import (
    AgeScope,
    CatalogueFunction,
    DelegatedFunction,
    Funding,
    catalogue,
    must_functions,
)
from scotintegration.mends._table import mends, settled
from scotintegration.mends.enactments import council_complete, missing_of_council
from scotintegration.mends.schemes import with_one_lead
from scotintegration.rules._schemes import councils_of, standing, with_scheme
from scotintegration.schemes import Model
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = [
    "METHOD",
    "delegated_as_provided",
    "either_complete",
    "funded_in_one_way",
    "health_board_complete",
    "paid_by_councils",
    "with_payment_methods",
    "with_set_aside_method",
]

METHOD: Final = "what the council and the Health Board agree for the year"
"""How a scheme that has to be assumed finds a payment or a sum set aside."""

_LEAD: Final = "PBJW-s2-5-lead-authority"
_LISTED: Final = "PBJW-s1-3b-functions-listed"
_VALUES_OF_A_FUNCTION: Final = 5
"""What a function brings with it: itself, a sum found and one paid, a place in the plan, and a direction."""


# -- from whom to whom -------------------------------------------------------------------------------------------


def _receivers(p: Partnership) -> dict[str, tuple[str, ...]]:
    """Give the bodies to which each body may delegate, the one to be preferred first."""
    nhs, councils = p.health_board.id, councils_of(p)
    if p.model is Model.BODY_CORPORATE:
        return dict.fromkeys((nhs, *councils), (p.id,))
    if p.model is Model.LA_TO_HB:
        return dict.fromkeys(councils, (nhs,))
    named = p.scheme.lead_authority
    lead = named if p.scheme.is_joint and isinstance(named, str) else councils[0]
    up = (nhs,) if p.model is Model.BOTH_WAYS else ()
    return {nhs: (lead,)} | {council: up if council == lead else (lead, *up) for council in councils}


def _led(p: Partnership) -> Partnership:
    """Let a council lead a joint scheme that delegates to councils."""
    p = settled(p, _LEAD)
    leaderless = p.scheme.is_joint and not isinstance(p.scheme.lead_authority, str)
    return with_one_lead(p) if leaderless and p.model in (Model.HB_TO_LA, Model.BOTH_WAYS) else p


def _givers(p: Partnership) -> dict[str, str]:
    """Give the bodies that may delegate something, each with the one to which it is to."""
    receivers = _receivers(p)
    return {body: to[0] for body, to in receivers.items() if to}


def _needed(p: Partnership) -> dict[str, str]:
    """Give the bodies that must each delegate something; where all go to the Health Board, one that does is enough."""
    givers = _givers(p)
    if p.model is not Model.LA_TO_HB:
        return givers
    return {} if standing(p, p.as_at).items else dict(list(givers.items())[:1])


def _with_functions(p: Partnership, *functions: DelegatedFunction, complete: bool | None = None) -> Partnership:
    """Give a copy with other functions."""
    whole = p.scheme.functions.complete if complete is None else complete
    return with_scheme(p, functions=Listing(functions, whole))


def _known_in_full(p: Partnership) -> Partnership:
    """Let the functions known of be all there are, and none of them be over where nobody recorded it."""
    going = [attrs.evolve(one, until=None) if one.until is UNKNOWN else one for one in p.scheme.functions.items]
    return _with_functions(p, *going, complete=True)


def _new_id(p: Partnership, entry: CatalogueFunction, body: str) -> str:
    """Name a function as the catalogue does, unless another has that name."""
    taken = {one.id for one in p.scheme.functions.items}
    return next(id for id in (entry.id, f"{entry.id}-{body}", f"{entry.id}-of-{body}") if id not in taken)


def _delegated(p: Partnership, entry: CatalogueFunction, id: str, delegator: str, delegate: str) -> DelegatedFunction:
    """Delegate a function of the catalogue, for a payment; from the day that functions pass, if that is to come."""
    passed = p.scheme.delegated_on
    return DelegatedFunction(
        id=id,
        name=entry.name if id == entry.id else f"{entry.name} ({p.body(delegator).name})",
        delegator=delegator,
        delegate=delegate,
        funding=Funding.PAYMENT,
        method=METHOD,
        start=passed if isinstance(passed, date) and passed > p.as_at else None,
    )


def _redirected(p: Partnership, one: DelegatedFunction) -> DelegatedFunction:
    """Let a function go from and to bodies that the model provides for."""
    receivers, givers = _receivers(p), _givers(p)
    if one.delegate in receivers.get(one.delegator, ()):
        return one
    if one.delegator in receivers.get(one.delegate, ()):
        return attrs.evolve(one, delegator=one.delegate, delegate=one.delegator)
    giver = one.delegator if one.delegator in givers else next(iter(givers))
    return attrs.evolve(one, delegator=giver, delegate=givers[giver])


def _entries(p: Partnership, body: str) -> Iterator[CatalogueFunction]:
    """List what a body must delegate wherever it delegates all it must, services outside hospital first."""
    side = "health_board" if body == p.health_board.id else "local_authority"
    must = [entry for entry in catalogue().values() if entry.must and entry.delegated_by == side]
    yield from sorted(must, key=lambda entry: entry.in_hospital)


@mends(_LISTED)
def delegated_as_provided(p: Partnership) -> Partnership:
    """Let each body delegate at least one function, and none but to a body that the model provides for."""
    p = _known_in_full(_led(p))
    stands = {one.id for one in standing(p, p.as_at).items}
    p = _with_functions(p, *(_redirected(p, one) if one.id in stands else one for one in p.scheme.functions.items))
    for body, to in _needed(p).items():
        mine = [one for one in standing(p, p.as_at).items if one.delegator == body]
        if not any(one.delegate == to for one in mine):
            entry = next(_entries(p, body))
            fresh = _delegated(p, entry, _new_id(p, entry, body), body, to)
            p = _with_functions(p, *p.scheme.functions.items, fresh)
    return p


# -- what must be delegated --------------------------------------------------------------------------------------


def _serving_adults(p: Partnership, entry: CatalogueFunction) -> Partnership:
    """Let the Health Board delegate a service for adults, under its id in the catalogue."""
    nhs, to = p.health_board.id, _receivers(p)[p.health_board.id]
    functions = {one.id: one for one in p.scheme.functions.items}
    one = functions.get(entry.id)
    if one is None:
        functions[entry.id] = _delegated(p, entry, entry.id, nhs, to[0])
    else:
        scope = one.age_scope
        functions[entry.id] = attrs.evolve(
            one,
            delegator=nhs,
            delegate=one.delegate if one.delegate in to else to[0],
            age_scope=AgeScope.ADULTS if scope is UNKNOWN else scope if scope.covers_adults else AgeScope.ALL,
            until=None if one not in standing(p, p.as_at).items else one.until,
        )
    return _with_functions(p, *functions.values())


def _gaps(p: Partnership) -> list[CatalogueFunction]:
    """List the services that the Health Board is not known to delegate for adults."""
    mine = {one.id: one.age_scope for one in standing(p, p.as_at).items if one.delegator == p.health_board.id}
    scopes = {entry.id: mine.get(entry.id, UNKNOWN) for entry in must_functions()}
    return [
        entry
        for entry in must_functions()
        if not isinstance(scopes[entry.id], AgeScope) or scopes[entry.id] is AgeScope.CHILDREN
    ]


@mends("HBF-must-list")
def health_board_complete(p: Partnership) -> Partnership:
    """Let the Health Board delegate for adults every service that it must."""
    p = _led(p)
    for entry in _gaps(p):
        p = _serving_adults(p, entry)
    return p


@mends("PBJW-s1-9-model-d-either")
def either_complete(p: Partnership) -> Partnership:
    """Complete what the council must delegate, or what the Health Board must where that adds less."""
    there = {one.id for one in p.scheme.functions.items}
    adds = sum(1 if entry.id in there else _VALUES_OF_A_FUNCTION for entry in _gaps(p))
    return health_board_complete(p) if adds < len(missing_of_council(p)) else council_complete(p)


# -- money -------------------------------------------------------------------------------------------------------


def _is_known(method: object) -> bool:
    """Tell whether a method is written down."""
    return isinstance(method, str) and bool(method.strip())


def _paid_for(one: DelegatedFunction) -> DelegatedFunction:
    """Let a function be paid for, with a method of finding the payment."""
    return attrs.evolve(one, funding=Funding.PAYMENT, method=one.method if _is_known(one.method) else METHOD)


def _held(p: Partnership, one: DelegatedFunction) -> bool:
    """Tell whether the Health Board sets a sum aside for a function in some budget."""
    return one.delegator == p.health_board.id and any(
        one.id == sum_.function for budget in p.budgets.items for sum_ in budget.set_asides.items
    )


def _in_one_way(p: Partnership, one: DelegatedFunction) -> DelegatedFunction:
    """Let a function be funded in one way: as in the budgets, by payment where they do not tell."""
    if one.funding is not UNKNOWN and len(one.funding) == 1:
        return one
    return attrs.evolve(one, funding=Funding.SET_ASIDE) if _held(p, one) else _paid_for(one)


@mends("PBJW-s1-3de-exclusive")
def funded_in_one_way(p: Partnership) -> Partnership:
    """Let each function be paid for, or have a sum set aside."""
    p = _known_in_full(p)
    return _with_functions(p, *(_in_one_way(p, one) for one in p.scheme.functions.items))


@mends("PBJW-s1-14-no-la-set-aside")
def paid_by_councils(p: Partnership) -> Partnership:
    """Let councils pay for what they delegate."""
    p = _known_in_full(p)
    councils = councils_of(p)
    return _with_functions(
        p,
        *(
            _paid_for(one) if one.delegator in councils and one.funding != (Funding.PAYMENT,) else one
            for one in p.scheme.functions.items
        ),
    )


@mends("PBJW-s1-3e-payment-method")
def with_payment_methods(p: Partnership) -> Partnership:
    """Let the scheme say how each payment is found."""
    p = _known_in_full(p)
    return _with_functions(p, *map(_with_method, p.scheme.functions.items))


def _with_method(one: DelegatedFunction) -> DelegatedFunction:
    """Give a function a method of finding its payment, unless a sum is set aside for it."""
    needed = not _is_known(one.method) and (one.funding is UNKNOWN or not one.is_set_aside)
    return attrs.evolve(one, method=METHOD) if needed else one


@mends("PBJW-s1-3d-set-aside-method")
def with_set_aside_method(p: Partnership) -> Partnership:
    """Let the scheme say how sums set aside are found."""
    return with_scheme(p, set_aside_method=METHOD)
