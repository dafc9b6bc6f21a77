"""Changes to a year's money that several mends make (private)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.budgets import Budget, Payment, SetAside
from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction
from scotintegration.functions import Funding
from scotintegration.mends._table import settled
from scotintegration.money import Money, total
from scotintegration.rules._reading import year_of
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.functions import DelegatedFunction
    from scotintegration.partnership import Partnership

NIL: Final = Money(0)
SUMS: Final = ("late_allocations", "payments", "reserves", "returned", "set_asides")
"""The collections of a budget whose sums make up a year's money."""


# -- budgets -----------------------------------------------------------------------------------------------------


def with_budget(p: Partnership, year: FinancialYear, change: Callable[[Budget], Budget]) -> Partnership:
    """
    Change the budget of a year.

    Where there is none, one with nothing in it is made first. Figures that were worked out are taken as if read.
    """
    if all(one.year != year for one in p.budgets.items):
        fresh = Budget(year=year, determined=(), charges=(), set_aside_reports=())
        p = p.evolve(budgets=attrs.evolve(p.budgets, items=(*p.budgets.items, fresh)))
    return p.evolve(
        budgets=p.budgets.map(lambda one: change(attrs.evolve(one, derived=False)) if one.year == year else one)
    )


def whole(budget: Budget, *fields: str) -> Budget:
    """Take collections of a budget to be whole."""
    return attrs.evolve(budget, **{name: getattr(budget, name).items for name in fields})


def set_aside_told(p: Partnership, years: Collection[FinancialYear]) -> Partnership:
    """Settle which sums are set aside in some years: those recorded, else those due, and no others."""
    told = [one.year for one in p.budgets.items if one.set_asides.complete and not one.derived]
    if not set(years) <= set(told):
        p = settled(p, "PBJW-s14-3-hb-set-aside", "PBJW-s19-hb-to-la")
    for year in years:
        p = with_budget(p, year, lambda one: whole(one, "set_asides"))
    return p


def add_payment(budget: Budget, payment: Payment) -> Budget:
    """Add a payment to what is paid already from one body to another for the same function and direction."""

    def same(one: Payment) -> bool:
        key = (one.payer, one.payee, one.function, one.direction)
        return key == (payment.payer, payment.payee, payment.function, payment.direction)

    paid = total(one.amount for one in budget.payments.items if same(one))
    fresh = next((one for one in budget.payments.items if same(one)), payment)
    others = budget.payments.where(lambda one: not same(one))
    more = attrs.evolve(fresh, amount=paid + payment.amount)
    return attrs.evolve(budget, payments=attrs.evolve(others, items=(*others.items, more)))


def add_set_aside(budget: Budget, held: SetAside) -> Budget:
    """Add to what is set aside for a function."""
    key = (held.health_board, held.function)
    same = [one for one in budget.set_asides.items if (one.health_board, one.function) == key]
    others = tuple(one for one in budget.set_asides.items if one not in same)
    more = attrs.evolve(held, amount=held.amount + total(one.amount for one in same))
    return attrs.evolve(budget, set_asides=attrs.evolve(budget.set_asides, items=(*others, more)))


# -- funding -----------------------------------------------------------------------------------------------------


def one_way(p: Partnership, function: DelegatedFunction) -> DelegatedFunction:
    """Settle whether a function is paid for or has a sum set aside: as s. 1(3)(d) asks, or as budgets show."""
    if function.delegator != p.health_board.id or (function.funding is not UNKNOWN and len(function.funding) == 1):
        return function
    facts = (function.in_hospital, function.hospital_in_hb_area, function.la_areas, function.deemed_out)
    due = UNKNOWN not in facts and function.needs_set_aside_method
    shown = any(one.function == function.id for budget in p.budgets.items for one in budget.set_asides.items)
    return attrs.evolve(function, funding=Funding.SET_ASIDE if due or shown else Funding.PAYMENT)


def funding_told(p: Partnership, names: Collection[str]) -> Partnership:
    """Settle how each of some functions is funded."""
    functions = p.scheme.functions.map(lambda one: one_way(p, one) if one.id in names else one)
    return p.evolve(scheme=attrs.evolve(p.scheme, functions=functions))


def is_held(p: Partnership, function: DelegatedFunction) -> bool:
    """Tell whether a sum is set aside for a function whose funding is settled; never for a council's."""
    return function.delegator == p.health_board.id and function.funding == (Funding.SET_ASIDE,)


# -- under directions --------------------------------------------------------------------------------------------


def paid_under(p: Partnership, direction: Direction) -> Money:
    """Give what was paid in its year under a direction and those it descends from or that descend from it."""
    year = year_of(direction, p.as_at)
    line = {one.id for one in p.directions.chain(direction) if one.year == year}
    payments = [one for budget in p.budgets.items if budget.year == year for one in budget.payments.items]
    return total(one.amount for one in payments if one.direction in line)


def named_by(p: Partnership, direction: Direction) -> tuple[list[DelegatedFunction], list[DelegatedFunction]]:
    """List the functions a direction names: those that are paid for, and those with a sum set aside."""
    named = [one for one in p.scheme.functions.items if one.id in direction.functions.items]
    return [one for one in named if not is_held(p, one)], [one for one in named if is_held(p, one)]


def sum_held(p: Partnership, direction: Direction) -> Money:
    """Give what is recorded as set aside in its year for the functions of a direction."""
    year = year_of(direction, p.as_at)
    names = {one.id for one in named_by(p, direction)[1]}
    sums = [one for budget in p.budgets.items if budget.year == year for one in budget.set_asides.items]
    return total(one.amount for one in sums if one.function in names)


def with_sums(p: Partnership, direction: Direction) -> Direction:
    """Let a direction state the sums that it leaves out: what was paid under it or set aside, £0.00 if nothing was."""
    paid, held = named_by(p, direction)
    changes: dict[str, object] = {}
    if (paid or not held) and not isinstance(direction.payment, Money):
        changes["payment"] = paid_under(p, direction)
    if held and not isinstance(direction.set_aside, Money):
        changes["set_aside"] = sum_held(p, direction)
    return direction.evolve(**changes)
