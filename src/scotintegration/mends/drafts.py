"""Mends of what a direction says: in what form it is given, what it asks for, and which sums it states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scotintegration.directions import Direction
from scotintegration.mends._budgets import funding_told, named_by, set_aside_told, sum_held, with_sums
from scotintegration.mends._registers import (
    clarified,
    corrected,
    faulty,
    in_force_told,
    redrafting,
    with_decision,
    with_year,
)
from scotintegration.mends._table import mends
from scotintegration.mends.delegates import delegation_told
from scotintegration.mends.directions import USE
from scotintegration.money import Money
from scotintegration.rules._reading import revocations, year_of
from scotintegration.rules.stating import is_written
from scotintegration.unknown import known

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = ["amount_set_aside_stated", "content", "in_writing", "payment_stated"]

_WRITING: Final = "PBJW-s27-writing"
_HELD: Final = "PBJW-s27-1a-set-aside-amount"
_PAID: Final = "PBJW-s27-1b-payment"
_CONTENT: Final = "GUID-dir-content"


# -- form ----------------------------------------------------------------------------------------------------------


@mends(_WRITING)
def in_writing(p: Partnership) -> Partnership:
    """Put every direction in writing, one that only revokes another as well."""
    p = in_force_told(p)
    papers = [step.direction for step, _ in revocations(p)]
    spoken = [one for one in papers if one is not None and one.in_writing is not True]
    return corrected(p, [*faulty(p, _WRITING), *spoken], lambda one: one.evolve(in_writing=True))


mends("GUID-D16-not-retrospective")(redrafting("GUID-D16-not-retrospective", with_decision))


# -- sums ----------------------------------------------------------------------------------------------------------


def _funding_of(p: Partnership, rule: str) -> Partnership:
    """Settle the functions and the funding of what the directions are for of which a rule says anything."""
    p = in_force_told(p)
    p = clarified(p, faulty(p, rule))
    names = {name for one in faulty(p, rule) for name in one.functions.items}
    if not names <= {one.id for one in p.scheme.functions.items}:
        p = delegation_told(p)
    return funding_told(p, names)


@mends(_HELD)
def amount_set_aside_stated(p: Partnership) -> Partnership:
    """Let every direction for a function with a sum set aside state the whole sum, as it is recorded."""
    p = _funding_of(p, _HELD)
    if not faulty(p, _HELD):
        return p
    p = corrected(p, faulty(p, _HELD), with_year)
    years = [known(year_of(one, p.as_at), "the year, which was settled") for one in faulty(p, _HELD)]
    p = set_aside_told(p, years)
    return corrected(p, faulty(p, _HELD), lambda one: one.evolve(set_aside=sum_held(p, one)))


@mends(_PAID)
def payment_stated(p: Partnership) -> Partnership:
    """Let every direction for a function that is paid for state what was paid under it, £0.00 if nothing was."""
    p = _funding_of(p, _PAID)
    return corrected(p, faulty(p, _PAID), lambda one: with_sums(p, one))


def _with_use(p: Partnership, direction: Direction) -> Direction:
    return direction.evolve(use=USE)


mends("PBJW-s27-1c-use")(redrafting("PBJW-s27-1c-use", _with_use))


def _with_reason(p: Partnership, direction: Direction) -> Direction:
    """Say why a direction states no amount, if it says where else it is found; otherwise let it state what is due."""
    if is_written(direction.budget_in):
        return direction.evolve(no_amount=f"the amount is stated in {direction.budget_in}")
    if is_written(direction.payment_method):
        return direction.evolve(no_amount="the amount is found by the method that it states")
    return with_sums(p, direction)


mends("GUID-D05-amount-and-kind")(redrafting("GUID-D05-amount-and-kind", _with_reason))


# -- content -------------------------------------------------------------------------------------------------------


@mends(_CONTENT)
def content(p: Partnership) -> Partnership:
    """Let every direction name its functions, the service it asks for, and the money that goes with it."""
    p = in_force_told(p)
    p = clarified(p, [one for one in faulty(p, _CONTENT) if not one.functions.items and not is_written(one.words)])
    return corrected(p, faulty(p, _CONTENT), lambda one: _with_content(p, one))


def _with_content(p: Partnership, direction: Direction) -> Direction:
    said = (direction.payment_method, direction.no_amount, direction.budget_in)
    sums = (direction.payment, direction.set_aside, direction.specified)
    is_funded = any(isinstance(one, Money) for one in sums) or any(map(is_written, said))
    changed = direction if is_funded else with_sums(p, direction)
    if is_written(direction.text):
        return changed
    names = {one.id: one.name for group in named_by(p, direction) for one in group}
    work = [names.get(name, name) for name in direction.functions.items] or [str(direction.words)]
    return changed.evolve(text=f"Carry out {'; '.join(work)}")
