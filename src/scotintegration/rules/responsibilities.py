"""Rules about duties that other Acts lay on boards and on lead agencies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.functions import AgeScope
from scotintegration.rules._boards import board_of, rest
from scotintegration.rules._engine import rule
from scotintegration.rules._records import as_recorded, as_recorded_yearly, not_kept
from scotintegration.rules._schemes import first_from, with_function
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.budgets import Charge
    from scotintegration.partnership import Partnership

__all__ = [
    "category_1_responder",
    "charges_recovered",
    "code_of_conduct",
    "corporate_parent",
    "equality",
    "fairer_scotland",
    "island_communities",
    "rights_of_the_child",
    "staffing",
]

_CODE: Final = "ETH-ijb-code"
_EQUALITY: Final = "EQ-specific"
_FAIRER: Final = "EQ-fairer"
_STAFFING: Final = "STAFF-s3-6"
_ISLANDS: Final = "ISL-s8-icia"
_RIGHTS: Final = "UNCRC-s6"


@rule(
    _CODE,
    cites="2000 asp 7 sch 3; SSI 2015/157 sch para 5",
    severity="statute",
    topic="other duties",
    models="a",
    basis="evidence",
    in_force="2015-04-01",
    duty_on="integration joint board",
    fields="B.code",
    verified=False,
    passes="body-corporate",
    fails=not_kept(_CODE),
)
def code_of_conduct(p: Partnership, on: date) -> Iterator[Verdict]:
    """The board has a code of conduct for its members."""
    yield from as_recorded(p, _CODE, "the board has a code of conduct", "make a code of conduct for members")


@rule(
    _EQUALITY,
    cites="SSI 2015/254 reg.4",
    severity="statute",
    topic="other duties",
    models="a",
    basis="evidence",
    in_force="2015-06-11",
    duty_on="integration joint board",
    fields="B.equality",
    passes="body-corporate",
    fails=not_kept(_EQUALITY),
)
def equality(p: Partnership, on: date) -> Iterator[Verdict]:
    """The board reports on mainstreaming equality and sets equality outcomes, as every listed authority does."""
    what = "the board mainstreams equality and sets equality outcomes"
    yield from as_recorded(p, _EQUALITY, what, "publish a mainstreaming report and equality outcomes")


@rule(
    _FAIRER,
    cites="SSI 2018/101 reg.2",
    severity="statute",
    topic="other duties",
    models="a",
    basis="evidence",
    in_force="2018-04-01",
    duty_on="integration joint board",
    fields="decisions.strategic; decisions.socioeconomic_regard",
    passes="body-corporate",
    fails=not_kept(_FAIRER),
)
def fairer_scotland(p: Partnership, on: date) -> Iterator[Verdict]:
    """Strategic decisions of the board have regard to reducing inequality that comes of social disadvantage."""
    what = "strategic decisions had regard to inequality that comes of social disadvantage"
    yield from as_recorded(p, _FAIRER, what, "assess strategic decisions for it, and record that it was done")


def _not_a_responder(p: Partnership) -> Partnership:
    return p.evolve(lead_agencies=[attrs.evolve(role, category_1=False) for role in p.lead_agencies])


@rule(
    "CCA-cat1",
    cites="SSI 2021/147 art.2",
    severity="statute",
    topic="other duties",
    in_force="2021-03-17",
    duty_on="integration authority",
    fields="S.model; IA.category1",
    passes="lead-agency-both-ways",
    fails=_not_a_responder,
)
def category_1_responder(p: Partnership, on: date) -> Iterator[Verdict]:
    """Every integration authority, lead agencies included, is treated as a Category 1 responder to emergencies."""
    authorities = [(f"lead_agencies[{role.id!r}]", role.name, role.category_1) for role in p.lead_agencies]
    if not p.model.is_lead_agency:
        ijb = board_of(p)
        authorities = [("ijb", ijb.name, ijb.category_1)]
    for where, name, treated in authorities:
        if treated is UNKNOWN:
            yield cannot_tell(f"{where}.category_1", f"whether {name} is treated as a Category 1 responder")
        elif not treated:
            what = f"{name} is not treated as a Category 1 responder"
            yield fail(f"{where}.category_1", what, mend="let it take up the duties of a Category 1 responder")


@rule(
    _STAFFING,
    cites="2019 asp 6 s.3(6)",
    severity="statute",
    topic="other duties",
    basis="evidence",
    in_force="2024-04-01",
    duty_on="local authority and integration authority",
    fields="staffing_reports.year; staffing_reports.published_on; staffing_reports.steps; staffing_reports.risks",
    passes="body-corporate",
    fails=not_kept(_STAFFING),
)
def staffing(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Each year the council and the authority publish what they did about staffing of care, and the risks they see.

    Each year needs a record of its own, of which the last that is over is looked at.
    """
    what = "the steps taken on staffing of care, and the risks, were published"
    yield from as_recorded_yearly(p, _STAFFING, what, "publish the information for the year")


@rule(
    _ISLANDS,
    cites="2018 asp 12 s.8(1), (4)",
    severity="statute",
    topic="other duties",
    models="a",
    basis="evidence",
    in_force="2018-10-05",
    duty_on="integration joint board",
    fields="decisions.island_effect; decisions.icia; decisions.icia_reasons",
    passes="body-corporate",
    fails=not_kept(_ISLANDS),
)
def island_communities(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    What bears on an island community quite unlike elsewhere is assessed for its impact, or reasons why not are given.

    The day from which the section applies was not read; the day given is the earliest possible.
    """
    what = "an island communities impact assessment was made where one was due, or reasons were published"
    yield from as_recorded(p, _ISLANDS, what, "make the assessment, or publish the reasons for making none")


@rule(
    _RIGHTS,
    cites="2024 asp 1 s.6(1)-(2)",
    severity="statute",
    topic="other duties",
    modality="must_not",
    basis="evidence",
    in_force="2024-07-16",
    duty_on="integration authority",
    fields="F.enactment; F.age_scope; decisions.child_rights_assessed",
    passes="body-corporate",
    fails=not_kept(_RIGHTS),
)
def rights_of_the_child(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    No act under an Act or instrument of the Scottish Parliament is incompatible with the rights of the child.

    Functions that an Act of the United Kingdom confers, such as those of 1968, 1978 and 1995, are outside the duty.
    """
    what = "decisions on functions were assessed against the rights of the child"
    yield from as_recorded(p, _RIGHTS, what, "assess decisions that bear on children, and record that it was done")


def _no_parent(p: Partnership) -> Partnership:
    """Delegate a service for all ages, and let the board not be treated as a corporate parent."""
    for_all = with_function(p, first_from(p, p.health_board.id), age_scope="all")
    return for_all.evolve(ijb=attrs.evolve(board_of(p), corporate_parent=False))


@rule(
    "CYP-corporate-parent",
    cites="2014 asp 8 sch 4 para 25; SSI 2015/157 sch para 13(5)",
    severity="statute",
    topic="other duties",
    models="a",
    in_force="2015-04-01",
    duty_on="integration joint board",
    fields="F.age_scope; F.delegate; B.corporate_parent",
    passes="body-corporate",
    fails=_no_parent,
)
def corporate_parent(p: Partnership, on: date) -> Iterator[Verdict]:
    """A board to which a function for people under 18 is delegated is treated as a corporate parent."""
    ijb, where = board_of(p), "ijb.corporate_parent"
    if ijb.corporate_parent is not UNKNOWN and ijb.corporate_parent:
        return
    given = [one for one in p.functions.items if one.delegate == ijb.id]
    young = [one.id for one in given if one.age_scope in (AgeScope.CHILDREN, AgeScope.ALL)]
    if young and ijb.corporate_parent is not UNKNOWN:
        what = f"{ijb.name} is not treated as one, and {young[0]!r} is delegated to it for people under 18"
        yield fail(where, what, mend="let it take up the duties of a corporate parent")
    elif young:
        yield cannot_tell(where, f"whether {ijb.name} is treated as a corporate parent is not recorded")
    elif not p.functions.complete or any(one.age_scope is UNKNOWN for one in given):
        yield cannot_tell("functions", "whether a function for people under 18 is delegated is not recorded")


def _board_charges(p: Partnership) -> Partnership:
    budgets = p.budgets.map(
        lambda budget: attrs.evolve(
            budget, charges=budget.charges.map(lambda one: attrs.evolve(one, recovered_by=board_of(p).id))
        )
    )
    return p.evolve(budgets=budgets)


@rule(
    "DUTY-charging-la",
    cites="1968 c.49 s.87(1C)-(1D); SSI 2015/157 sch para 1(4)",
    severity="statute",
    topic="other duties",
    in_force="2015-04-01",
    duty_on="local authority",
    fields="charges.recovered_by; charges.service; F.delegator",
    passes="body-corporate",
    fails=_board_charges,
)
def charges_recovered(p: Partnership, on: date) -> Iterator[Verdict]:
    """Charges for social care are recovered by the council that delegated it, whoever secures the service."""
    delegators = {one.id: one.delegator for one in p.scheme.functions.items}
    councils = {council.id for council in p.local_authorities}
    for budget in p.budgets.items:
        if budget.year.start > on:
            continue
        where = f"budgets[{str(budget.year)!r}].charges"
        for charge in budget.charges.items:
            if charge.function not in delegators and not p.scheme.functions.complete:
                yield cannot_tell(where, f"who delegated {charge.function!r} is not recorded")
            elif delegators.get(charge.function) in councils:
                yield from _recovered(charge, delegators[charge.function], where)
        yield from rest(budget.charges, where, "for what else users are charged")
    yield from rest(p.budgets, "budgets", "for what users were charged in other years")


def _recovered(charge: Charge, council: str, where: str) -> Iterator[Verdict]:
    if charge.recovered_by is UNKNOWN:
        yield cannot_tell(where, f"who recovers the charges for {charge.function!r} is not recorded")
    elif charge.recovered_by is not None and charge.recovered_by != council:
        what = f"{charge.recovered_by!r} recovers the charges for {charge.function!r}, which {council!r} delegated"
        yield fail(where, what, mend=f"let {council!r} recover them")
