"""What a new era starts with: bodies of the new model, and the functions carried over (private)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from scotintegration.bodies import IJB, HealthBoard, LeadAgency, LocalAuthority
from scotintegration.budgets import ALL_FUNCTIONS, Budget
from scotintegration.functions import DelegatedFunction
from scotintegration.officers import ChiefFinanceOfficer, ChiefOfficer, ChiefSocialWorkOfficer
from scotintegration.partnership import Partnership
from scotintegration.registers import DirectionsRegister
from scotintegration.schemes import IntegrationScheme, Model
from scotintegration.unknown import Listing

if TYPE_CHECKING:
    from scotintegration.simulation.model_changes import ModelChange

__all__ = ["as_board", "host_of", "opened"]


def lead_council(p: Partnership) -> str:
    """Give the council that leads under models c and d: the one that the scheme names, else the first by id."""
    named = p.scheme.lead_authority
    return named if isinstance(named, str) else p.local_authorities[0].id


def host_of(p: Partnership, model: Model, delegator: str) -> str | None:
    """
    Give the body that receives what a council or Health Board delegates.

    Args:
        p: The partnership.
        model: The model.
        delegator: Id of the council or Health Board.

    Returns:
        The id of the board, or of the lead agency; None where the model delegates nothing of that body.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1(4) and 2(4) and (5).
    """
    lead = lead_council(p)
    if model is Model.BODY_CORPORATE:
        return p.id
    if delegator == p.health_board.id:
        return None if model is Model.LA_TO_HB else lead
    if model is Model.HB_TO_LA:
        return None if delegator == lead else lead
    return p.health_board.id


def opened(before: Partnership, change: ModelChange) -> Partnership:
    """
    Give the partnership that a change of model opens with.

    Args:
        before: The partnership of the model before.
        change: The change.

    Returns:
        The partnership that is given, or one with its bodies, an unfinished scheme and vacant posts; with neither
        budgets nor directions.

    Raises:
        ValueError: If the model is the one before, the partnership that is given is of other bodies, or nothing is
            delegated under the new model.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1(4), 9, 15 and 47.
    """
    if before.model is change.model:
        others = ", ".join(model.letter for model in Model if model is not change.model)
        raise ValueError(f"{before.name} is of model {change.model.letter} already; expected one of {others}")
    if change.given is not None:
        return _given(before, change, change.given)
    functions = before.functions.items
    carried = list(_carried(before, change.model, functions))
    if not carried and functions:
        raise ValueError(
            f"{before.name} delegates nothing that model {change.model.letter} could carry over; expected given= with "
            "what is to be delegated"
        )
    return Partnership(
        id=before.id,
        name=before.name,
        as_at=change.on,
        health_board=before.health_board,
        local_authorities=before.local_authorities,
        scheme=_scheme(before, change, Listing(tuple(carried), complete=before.functions.complete)),
        parameters=before.parameters,
        source={"scheme": f"assumed: {change}"},
        **_bodies(before, change),  # type: ignore[arg-type]
    )


def _given(before: Partnership, change: ModelChange, given: Partnership) -> Partnership:
    """Take the partnership that is given, without its budgets and directions."""
    for name, new, old in (
        ("id", given.id, before.id),
        ("parties", [one.id for one in given.parties], [one.id for one in before.parties]),
    ):
        if new != old:
            raise ValueError(f"the partnership given from {change.on.isoformat()} has {name} {new!r}; expected {old!r}")
    return given.evolve(as_at=change.on, law_as_at=None, budgets=(), directions=DirectionsRegister(given.id))


def _carried(before: Partnership, model: Model, functions: Iterable[DelegatedFunction]) -> Iterator[DelegatedFunction]:
    """Give the functions that the new model delegates, each to whoever receives it."""
    for one in functions:
        host = host_of(before, model, one.delegator)
        if host is not None:
            yield attrs.evolve(one, delegate=host, start=None, until=None)


def _scheme(before: Partnership, change: ModelChange, functions: Listing[DelegatedFunction]) -> IntegrationScheme:
    """Give the scheme that takes the place of the one before: its functions, and nothing agreed or approved yet."""
    old, several = before.scheme, len(before.local_authorities) > 1
    leads = several and change.model in (Model.HB_TO_LA, Model.BOTH_WAYS)
    return IntegrationScheme(
        id=f"scheme-{change.on.year}",
        models=change.model,
        basis=old.basis,
        health_board=old.health_board,
        local_authorities=old.local_authorities,
        functions=functions,
        enactments=old.enactments,
        conjoined=() if change.model.is_lead_agency else None,
        lead_authority=lead_council(before) if leads else None,
        replaces=old.id,
        chair_term_months=None,
        risk_share=None,
        remedies=(),
        agreed_seats=None,
        consulted_on=None,
        substituted_day=None,
        submitted_on=None,
        approved_on=None,
        published_on=None,
        delegated_on=change.on,
        replaced_on=None,
    )


def _bodies(before: Partnership, change: ModelChange) -> dict[str, object]:
    """Give the board or the lead agencies, and the posts: vacant, but for those that councils have anyway."""
    social_work = [post for post in before.posts.items if isinstance(post, ChiefSocialWorkOfficer)]
    if change.model.is_lead_agency:
        return {"lead_agencies": [_lead(body) for body in _leading(before, change.model)], "posts": social_work}
    return {
        "ijb": IJB(
            before.id,
            name=f"{before.name} Integration Joint Board",
            order=None,
            established_on=change.on,
            seats=(),
            vacancies=(),
        ),
        "posts": [
            ChiefOfficer("chief-officer", body=before.id, answers_to=()),
            ChiefFinanceOfficer("chief-finance-officer", body=before.id, answers_to=()),
            *social_work,
        ],
    }


def _lead(body: HealthBoard | LocalAuthority) -> LeadAgency:
    return LeadAgency(f"{body.id}-lead", name=f"{body.name} as lead agency", body=body.id)


def _leading(before: Partnership, model: Model) -> list[HealthBoard | LocalAuthority]:
    ids = {Model.LA_TO_HB: [before.health_board.id], Model.HB_TO_LA: [lead_council(before)]}
    leads = ids.get(model, [before.health_board.id, lead_council(before)])
    return [body for body in before.parties if body.id in leads]


def as_board(p: Partnership, era: Partnership) -> Partnership:
    """
    Give the partnership that compiles as an era does: its functions and voters, with the money recorded before.

    Args:
        p: The partnership that a run starts from, whose budgets count.
        era: The partnership of the era.

    Returns:
        A partnership of model a as at the day of *p*, to which whoever delegates a function pays its money.

    Source: our choice.
    """
    delegated = era.functions.map(lambda one: attrs.evolve(one, delegate=p.id, start=None, until=None))
    named = {one.id for one in delegated.items}
    known = delegated.complete and delegated.items

    def is_carried(function: str) -> bool:
        return not known or function in named or function == ALL_FUNCTIONS

    return Partnership(
        id=p.id,
        name=p.name,
        as_at=p.as_at,
        health_board=p.health_board,
        local_authorities=p.local_authorities,
        ijb=IJB(p.id, name=p.name, seats=()) if era.ijb is None else era.ijb,
        scheme=attrs.evolve(era.scheme, models=Model.BODY_CORPORATE, functions=delegated),
        members=() if era.ijb is None else era.members,
        budgets=p.budgets.map(lambda budget: _paid_in(p, budget, is_carried)),
    )


def _paid_in(p: Partnership, budget: Budget, is_carried: Callable[[str], bool]) -> Budget:
    """Give a year's budget with what is paid to the integration authority and set aside, and nothing else."""
    paid = budget.payments.where(lambda one: one.payer != p.id and is_carried(one.function))
    return Budget(
        year=budget.year,
        payments=paid.map(lambda one: attrs.evolve(one, payee=p.id, direction=None)),
        set_asides=budget.set_asides.where(lambda one: is_carried(one.function)),
        savings=budget.savings.where(lambda one: is_carried(one.function)),
        derived=budget.derived,
    )
