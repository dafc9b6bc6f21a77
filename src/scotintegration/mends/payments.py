"""Mends of payments that change within a year: each with a direction, and with money from somewhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration.budgets import Budget, Payment, ReserveKind
from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction
from scotintegration.lifecycle import State, StepKind
from scotintegration.mends._budgets import NIL, whole, with_budget
from scotintegration.mends._registers import reference, unused, with_steps
from scotintegration.mends._table import mends
from scotintegration.money import Money, total
from scotintegration.rules._reading import meant_by
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = ["increase_matched", "revised_on_change"]


def _is_out(p: Partnership, payment: Payment) -> bool:
    """Tell whether a payment is one that the authority makes under its directions."""
    return payment.direction is not None if p.ijb is None else payment.payer == p.ijb.id


def _begun(p: Partnership) -> list[FinancialYear]:
    return [one.year for one in p.budgets.items if one.year.start <= p.as_at]


def _told(p: Partnership) -> Partnership:
    """Take the payments recorded of years begun to be all of them, and unchanged where no change is recorded."""
    for year in _begun(p):
        p = with_budget(p, year, lambda budget: _unchanged(whole(budget, "payments")))
    return p.evolve(budgets=attrs.evolve(p.budgets, complete=True))


def _unchanged(budget: Budget) -> Budget:
    payments = budget.payments.map(lambda one: _still(one) if one.changed_on is UNKNOWN else one)
    return attrs.evolve(budget, payments=payments)


def _still(payment: Payment) -> Payment:
    return attrs.evolve(payment, changed_on=None, before=None)


def _changed(p: Partnership, budget: Budget) -> list[Payment]:
    """List the payments of a year that had changed by the day that governs."""
    return [one for one in budget.payments.items if isinstance(one.changed_on, date) and one.changed_on <= p.as_at]


# -- with a direction ----------------------------------------------------------------------------------------------


@mends("GUID-D09-revise-on-change")
def revised_on_change(p: Partnership) -> Partnership:
    """
    Vary the direction behind each payment that changed within a year, from the day of the first change under it.

    Where the direction began within the year, but later, the payment is taken to have changed as it began. A payment
    with no direction in force behind it is taken not to have changed.
    """
    p = _told(p)
    for year in _begun(p):
        changed = [one for one in _changed(p, p.budget(year)) if _is_out(p, one)]
        for payment in sorted(changed, key=lambda one: str(one.changed_on)):
            if payment in p.budget(year).payments.items and not _is_revised(p, year, payment):
                p = _revised(p, year, payment)
    return p


def _is_revised(p: Partnership, year: FinancialYear, payment: Payment) -> bool:
    """Tell whether a direction behind a payment began within the year, by the day the payment changed."""
    assert isinstance(payment.changed_on, date)
    meant = meant_by(p, payment.direction) if isinstance(payment.direction, str) else []
    starts = [one.binds_from for one in meant]
    return any(isinstance(one, date) and year.start < one <= payment.changed_on for one in starts)


def _revised(p: Partnership, year: FinancialYear, payment: Payment) -> Partnership:
    behind = _behind(p, payment)
    start = None if behind is None else behind.binds_from
    changed = payment.changed_on
    if behind is None or not isinstance(start, date) or not isinstance(changed, date):
        return _replaced(p, year, payment, _still(payment))
    if year.start < start <= min(p.as_at, year.end):
        on = max(start, changed)
        return _replaced(p, year, payment, attrs.evolve(payment, direction=reference(p, behind), changed_on=on))
    if p.directions.state(behind, on=changed) is not State.IN_FORCE or _is_ended(p, behind):
        return _replaced(p, year, payment, _still(payment))
    return _varied(p, year, behind, changed)


def _behind(p: Partnership, payment: Payment) -> Direction | None:
    """Find the direction behind a payment: the one it names or, else, one in force for its function and its payee."""
    if isinstance(payment.direction, str):
        return next(iter(meant_by(p, payment.direction)), None)
    live = p.directions.in_force(on=p.as_at).items
    fits = (one for one in live if payment.function in one.functions.items and payment.payee in one.given_to.items)
    return next(fits, None)


def _is_ended(p: Partnership, direction: Direction) -> bool:
    return any(step.target in (direction.id, direction.full_reference) for step in p.directions.steps)


def _replaced(p: Partnership, year: FinancialYear, payment: Payment, fresh: Payment) -> Partnership:
    def change(budget: Budget) -> Budget:
        return attrs.evolve(budget, payments=budget.payments.map(lambda one: fresh if one == payment else one))

    return with_budget(p, year, change)


def _varied(p: Partnership, year: FinancialYear, direction: Direction, on: date) -> Partnership:
    """Vary a direction from a day by one that says the same, and put what is paid under it under that."""
    named = reference(p, direction)
    paper = direction.evolve(
        id=unused(p, f"{direction.id}-varied"), varies=named, supersedes=None, revokes=None, effective_from=on
    )
    kept = direction.year == year

    def under(one: Payment) -> Payment:
        mine = one.direction in (direction.id, direction.full_reference)
        return attrs.evolve(one, direction=paper.id) if mine and not (kept and one.changed_on is None) else one

    p = with_budget(p, year, lambda budget: attrs.evolve(budget, payments=budget.payments.map(under)))
    paid = total(one.amount for one in p.budget(year).payments.items if one.direction == paper.id)
    if not kept and isinstance(paper.payment, Money):
        paper = paper.evolve(payment=paid)
    return with_steps(p, [*p.directions.steps, Step(kind=StepKind.VARY, direction=paper, target=named, on=on)])


# -- with money from somewhere -------------------------------------------------------------------------------------


@mends("GUID-D10-increase-matched")
def increase_matched(p: Partnership) -> Partnership:
    """Let reserves be planned to give less than they did, by what payments gained and nothing else shows."""
    told = _told(p)
    begun = _begun(told)
    budgets = told.budgets.map(lambda one: _matched(told, _amounts_told(told, one)) if one.year in begun else one)
    return told.evolve(budgets=budgets)


def _amounts_told(p: Partnership, budget: Budget) -> Budget:
    """Take amounts not recorded to be as they were: payments before they changed, and reserves as planned."""
    payments = budget.payments.map(lambda one: attrs.evolve(one, before=one.amount) if one.before is UNKNOWN else one)
    reserves = budget.reserves.map(lambda one: attrs.evolve(one, planned=None) if one.planned is UNKNOWN else one)
    return whole(attrs.evolve(budget, payments=payments, reserves=reserves), "reserves")


def _matched(p: Partnership, budget: Budget) -> Budget:
    changed = _changed(p, budget)
    rise = total(_rise(one) for one in changed if _is_out(p, one))
    added = total(_rise(one) for one in changed if not _is_out(p, one))
    drawn = total(one.planned - one.movement for one in budget.reserves.items if isinstance(one.planned, Money))
    if rise <= max(NIL, added + drawn):
        return budget
    missing = rise - added - drawn
    general = next((one for one in budget.reserves.items if one.kind is ReserveKind.GENERAL), None)
    if general is not None:
        before = general.planned if isinstance(general.planned, Money) else general.movement
        planned = attrs.evolve(general, planned=before + missing)
        return attrs.evolve(budget, reserves=[planned if one is general else one for one in budget.reserves.items])
    first = next(one for one in changed if _is_out(p, one) and _rise(one) > NIL)
    less = attrs.evolve(first, before=first.amount - _rise(first) + missing)
    return attrs.evolve(budget, payments=[less if one is first else one for one in budget.payments.items])


def _rise(payment: Payment) -> Money:
    return payment.amount - payment.before if isinstance(payment.before, Money) else NIL
