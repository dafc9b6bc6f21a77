"""Rules about what a scheme delegates, by whom and to whom, and what must be delegated (part 5A)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from scotintegration.functions import enactments, must_enactments, must_functions
from scotintegration.rules._boards import rest, some
from scotintegration.rules._engine import rule
from scotintegration.rules._joint_example import joint_lead_agency
from scotintegration.rules._schemes import (
    PARTIES,
    charging,
    councils_of,
    first_from,
    standing,
    with_function,
    with_scheme,
)
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.schemes import Model
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = [
    "council_must_list",
    "either_must_list",
    "functions_listed",
    "health_board_must_list",
    "lead_authority",
    "no_charging",
]


def _the_other_way(p: Partnership) -> Partnership:
    council = councils_of(p)[0]
    return with_function(p, first_from(p, council), delegator=p.health_board.id, delegate=council)


def _receivers(p: Partnership) -> dict[str, frozenset[str]]:
    """
    Give the bodies to which each body may delegate under the model of the scheme.

    Where a joint scheme of model c or d names no lead authority, any council may be it.
    """
    nhs, councils = p.health_board.id, councils_of(p)
    if p.model is Model.BODY_CORPORATE:
        return {body: frozenset({p.id}) for body in (nhs, *councils)}
    if p.model is Model.LA_TO_HB:
        return {council: frozenset({nhs}) for council in councils}
    named = p.scheme.lead_authority
    leads = frozenset({named} if p.scheme.is_joint and isinstance(named, str) else councils)
    up = frozenset({nhs} if p.model is Model.BOTH_WAYS else ())
    return {nhs: leads} | {council: (leads - {council}) | up for council in councils}


def _must_delegate(p: Partnership) -> dict[str, frozenset[str]]:
    """Give the bodies that must each delegate something, and to whom."""
    found = {} if p.model is Model.LA_TO_HB else _receivers(p)
    named = p.scheme.lead_authority
    if p.model.is_lead_agency and p.scheme.is_joint and isinstance(named, str):
        found |= {council: frozenset({named}) for council in found if council not in (named, p.health_board.id)}
    return {body: to for body, to in found.items() if to}


@rule(
    "PBJW-s1-3b-functions-listed",
    cites="2014 asp 9 s.1(3)(b), 2(5)",
    severity="statute",
    topic="scheme",
    in_force="2014-04-02",
    duty_on=PARTIES,
    entails=("PBJW-s25-2-ia-carries",),
    fields="S.model; S.basis; S.lead_authority; F.id; F.delegator; F.delegate",
    passes="lead-agency-to-board",
    fails=_the_other_way,
)
def functions_listed(p: Partnership, on: date) -> Iterator[Verdict]:
    """The scheme lists the functions to be delegated, each from and to a body that its model provides for."""
    functions, receivers = standing(p, on), _receivers(p)
    if not functions.items and functions.complete:
        yield fail("scheme.functions", "no function is listed", mend="list the functions that each body delegates")
        return
    for one in functions.items:
        if one.delegate not in receivers.get(one.delegator, ()):
            lawful = some(f"{body} to {', '.join(sorted(to))}" for body, to in receivers.items() if to)
            yield fail(
                f"functions[{one.id!r}]",
                f"delegated by {one.delegator} to {one.delegate} under model {p.model.letter}",
                mend=f"delegate it as the model provides: {lawful}",
            )
    for body, to in _must_delegate(p).items():
        if any(one.delegator == body and one.delegate in to for one in functions.items):
            continue
        what = f"{body} delegates nothing to {' or '.join(sorted(to))}"
        if functions.complete:
            yield fail("scheme.functions", what, mend=f"list at least one function that {body} delegates")
        else:
            yield cannot_tell("scheme.functions", f"whether {body} delegates anything is not recorded")
    yield from rest(functions, "scheme.functions", "what else the scheme delegates")
    if p.scheme.is_joint and p.model in (Model.HB_TO_LA, Model.BOTH_WAYS) and p.scheme.lead_authority is UNKNOWN:
        yield cannot_tell("scheme.lead_authority", "which council leads is not recorded")


def _charges(p: Partnership) -> Partnership:
    return with_scheme(p, enactments=[*p.scheme.enactments.items, "la-never-swsa1968-s87"])


@rule(
    "LAF-charging-not-delegable",
    cites="SSI 2014/345 reg.3",
    severity="statute",
    topic="scheme",
    in_force="2014-11-28",
    modality="must_not",
    duty_on="local authority",
    entails=("PBJW-s1-5-la-function-listed",),
    fields="F.delegator; F.enactment",
    passes="body-corporate",
    fails=_charges,
)
def no_charging(p: Partnership, on: date) -> Iterator[Verdict]:
    """No council delegates the power to charge for care."""
    barred = charging()
    for id in p.scheme.enactments.items:
        if id in barred:
            yield fail(
                f"scheme.enactments[{id!r}]",
                f"{barred[id]} is listed, which is about charging",
                mend="take it out of the scheme; charging stays with the council",
            )
    yield from rest(p.scheme.enactments, "scheme.enactments", "which other enactments the scheme lists")


def _council_missing(p: Partnership) -> tuple[str, ...]:
    """Name the enactments that councils must delegate and the scheme does not list, under any id of theirs."""
    known_ids = enactments()
    listed = {
        (known_ids[id].delegated_by, known_ids[id].act, known_ids[id].provision)
        for id in p.scheme.enactments.items
        if id in known_ids
    }
    return tuple(
        f"{one.act} {one.provision}"
        for one in must_enactments(p.law.as_at)
        if (one.delegated_by, one.act, one.provision) not in listed
    )


def _one_enactment_short(p: Partnership) -> Partnership:
    short = "la-must-aspa2007-s4"
    return with_scheme(p, enactments=[id for id in p.scheme.enactments.items if id != short])


@rule(
    "LAF-must-list",
    cites="2014 asp 9 s.1(7); SSI 2014/345",
    severity="statute",
    topic="scheme",
    models="ab",
    in_force="2014-11-28",
    duty_on="local authority",
    fields="S.model; S.functions; F.enactment; F.age_scope; LISTS.la_must; t",
    passes="body-corporate",
    fails=_one_enactment_short,
)
def council_must_list(p: Partnership, on: date) -> Iterator[Verdict]:
    """The council delegates every function that the regulations of the day oblige it to delegate for adults."""
    missing = _council_missing(p)
    if not missing:
        return
    if p.scheme.enactments.complete:
        what = f"{len(missing)} of {len(must_enactments(p.law.as_at))} not listed: {some(missing)}"
        yield fail("scheme.enactments", what, mend="delegate the functions of each, for people aged 18 and over")
    else:
        yield cannot_tell("scheme.enactments", f"whether the scheme lists {some(missing)} is not recorded")


def _health_board_gaps(p: Partnership, on: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the services that the Health Board must delegate and does not, and those nobody can tell of."""
    functions = standing(p, on)
    mine = {one.id: one for one in functions.items if one.delegator == p.health_board.id}
    missing, open_ = [], []
    for entry in must_functions():
        scope = mine[entry.id].age_scope if entry.id in mine else None
        if scope is UNKNOWN or (scope is None and not functions.complete):
            open_.append(entry.id)
        elif scope is None or not scope.covers_adults:
            missing.append(entry.id)
    return tuple(missing), tuple(open_)


def _one_service_short(p: Partnership) -> Partnership:
    return with_function(p, "district-nursing", age_scope="under_18")


@rule(
    "HBF-must-list",
    cites="2014 asp 9 s.1(8); SSI 2014/344 Schs 2-3",
    severity="statute",
    topic="scheme",
    models="ac",
    in_force="2014-11-28",
    duty_on="Health Board",
    fields="S.model; S.services; F.age_scope; LISTS.hb_must_services; t",
    passes="body-corporate",
    fails=_one_service_short,
)
def health_board_must_list(p: Partnership, on: date) -> Iterator[Verdict]:
    """The Health Board delegates, for adults, its functions in all the services that the regulations list."""
    missing, open_ = _health_board_gaps(p, on)
    if missing:
        what = f"{len(missing)} of {len(must_functions())} services not delegated for adults: {some(missing)}"
        yield fail("scheme.functions", what, mend="delegate each for people aged 18 and over, under its catalogue id")
    if open_:
        yield cannot_tell("scheme.functions", f"whether {some(open_)} are delegated for adults is not recorded")


@rule(
    "PBJW-s1-9-model-d-either",
    cites="2014 asp 9 s.1(9)",
    severity="statute",
    topic="scheme",
    models="d",
    in_force="2014-04-02",
    duty_on=PARTIES,
    fields="S.model; S.functions; S.services; LISTS.la_must; LISTS.hb_must_services; t",
    passes="lead-agency-both-ways",
    fails=_one_enactment_short,
)
def either_must_list(p: Partnership, on: date) -> Iterator[Verdict]:
    """Where each side delegates to the other, one of them at least delegates all that it would have to for adults."""
    council, (nhs, open_) = _council_missing(p), _health_board_gaps(p, on)
    if not council or not (nhs or open_):
        return
    what = f"council: {some(council, 2)}; Health Board: {some((*nhs, *open_), 2)}"
    if nhs and p.scheme.enactments.complete:
        mend = "complete the list of the council, or that of the Health Board"
        yield fail("scheme.functions", f"neither list is complete; {what}", mend=mend)
    else:
        yield cannot_tell("scheme.functions", f"whether these are delegated is not recorded; {what}")


def _nobody_leads(p: Partnership) -> Partnership:
    return with_scheme(p, lead_authority=None)


@rule(
    "PBJW-s2-5-lead-authority",
    cites="2014 asp 9 s.2(5)",
    severity="statute",
    topic="scheme",
    models="cd",
    in_force="2014-09-22",
    councils="several",
    duty_on=PARTIES,
    fields="S.basis; S.model; S.lead_authority; S.parties",
    passes=joint_lead_agency,
    fails=_nobody_leads,
)
def lead_authority(p: Partnership, on: date) -> Iterator[Verdict]:
    """A joint scheme that delegates to councils names the one council that leads."""
    lead = known(p.scheme.lead_authority, "which council leads")
    if lead not in councils_of(p):
        what = "no council is named to lead" if lead is None else f"{lead} is to lead and is no council of the scheme"
        yield fail("scheme.lead_authority", what, mend=f"name one of {' and '.join(councils_of(p))}")
