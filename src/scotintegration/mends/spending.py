"""Mends of money out: what directions specify and state, what is paid under them, and whether it all balances."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration._fields import MaybeMoney
from scotintegration.budgets import ALL_FUNCTIONS, Budget, Payment, Reserve, ReserveKind
from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction
from scotintegration.mends._budgets import (
    NIL,
    SUMS,
    add_payment,
    named_by,
    paid_under,
    set_aside_told,
    sum_held,
    whole,
    with_budget,
)
from scotintegration.mends._registers import clarified, corrected, in_force_told, with_year
from scotintegration.mends._table import mends
from scotintegration.mends.money import funded
from scotintegration.money import Money, total
from scotintegration.rules import find
from scotintegration.rules._reading import spot, year_of
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = ["authority_pays", "budget_balances", "specified_within", "within_budget"]

_PAYS: Final = "PBJW-s27-3-ia-pays"


def _by_year(p: Partnership) -> dict[FinancialYear, list[Direction]]:
    """List the directions in force by the year they belong to, which is settled."""
    found: dict[FinancialYear, list[Direction]] = {}
    for one in p.directions.in_force(on=p.as_at).items:
        year = year_of(one, p.as_at)
        assert year is not UNKNOWN
        found.setdefault(year, []).append(one)
    return found


def _years_told(p: Partnership) -> Partnership:
    """Settle which directions are in force, and to which year each belongs."""
    p = in_force_told(p)
    return corrected(p, p.directions.in_force(on=p.as_at).items, with_year)


def _sums_told(p: Partnership, directions: Iterable[Direction]) -> Partnership:
    """Settle sums that directions state: what was paid under them, and all that is set aside."""

    def told(one: Direction) -> Direction:
        payment = paid_under(p, one) if one.payment is UNKNOWN else one.payment
        return one.evolve(payment=payment, specified=sum_held(p, one) if one.specified is UNKNOWN else one.specified)

    return corrected(p, [one for one in directions if UNKNOWN in (one.payment, one.specified)], told)


# -- what is specified ---------------------------------------------------------------------------------------------


@mends("PBJW-s28-specified-within")
def specified_within(p: Partnership) -> Partnership:
    """Let directions specify no more than is set aside for their functions; those recorded last give way."""
    p = _years_told(p)
    live = [one for one in p.directions.in_force(on=p.as_at).items if one.specified is not None]
    p = clarified(p, [one for one in live if not (one.functions.items and one.functions.complete)])
    by_year = {year: [one for one in some if one.specified is not None] for year, some in _by_year(p).items()}
    years = [year for year, specifying in by_year.items() if specifying]
    p = set_aside_told(p, years)
    for year in years:
        for pool in _pools(by_year[year]):
            p = _within(p, year, pool)
    return p


def _pools(directions: Iterable[Direction]) -> list[list[Direction]]:
    """Put directions that share a function together, however far apart they stand."""
    pools: list[list[Direction]] = []
    for one in directions:
        names = set(one.functions.items)
        linked = [pool for pool in pools if any(names.intersection(other.functions.items) for other in pool)]
        pools = [pool for pool in pools if pool not in linked]
        pools.append([*(other for pool in linked for other in pool), one])
    return pools


def _within(p: Partnership, year: FinancialYear, pool: list[Direction]) -> Partnership:
    """Share what is set aside for the functions of some directions among them, as far as it goes."""
    names = {name for one in pool for name in one.functions.items}
    left = total(one.amount for one in p.budget(year).set_asides.items if one.function in names)
    for one in sorted(pool, key=lambda one: one.specified is UNKNOWN):
        specified = min(one.specified, left) if isinstance(one.specified, Money) else left
        left -= specified
        p = corrected(p, [one], lambda one, specified=specified: one.evolve(specified=specified))  # type: ignore[misc]
    return p


# -- what is paid --------------------------------------------------------------------------------------------------


@mends(_PAYS)
def authority_pays(p: Partnership) -> Partnership:
    """Pay what each direction states, or let it state what is paid under it where that is more or not recorded."""
    p = _years_told(p)
    spots = {verdict.where for verdict in find(_PAYS).verdicts(p)}
    for one in p.directions.in_force(on=p.as_at).items:
        if spot(one, "payment") in spots or f"directions[{one.id!r}]" in spots:
            p = _paid(p, one)
    return p


def _paid(p: Partnership, direction: Direction) -> Partnership:
    year = year_of(direction, p.as_at)
    assert year is not UNKNOWN
    if isinstance(direction.payment, Money):
        p = with_budget(p, year, lambda budget: _claimed(p, budget, direction))
    got = paid_under(p, direction)
    if not isinstance(direction.payment, Money) or got > direction.payment:
        return corrected(p, [direction], lambda one: one.evolve(payment=got))
    if got == direction.payment:
        return p
    missing = _payment(p, direction, direction.payment - got)
    return with_budget(p, year, lambda budget: add_payment(budget, missing))


def _claimed(p: Partnership, budget: Budget, direction: Direction) -> Budget:
    """Take payments for the functions of a direction, of which it is not recorded under which, to be under it."""

    def under(one: Payment) -> Payment:
        fits = one.payee in direction.given_to.items and one.function in direction.functions.items
        mine = fits and one.payer == p.authority_for(one.function) and one.direction is UNKNOWN
        return attrs.evolve(one, direction=direction.id) if mine else one

    return attrs.evolve(budget, payments=budget.payments.map(under))


def _payment(p: Partnership, direction: Direction, amount: Money) -> Payment:
    """Make a payment under a direction, for the first of its functions that is paid for."""
    paid, held = named_by(p, direction)
    function = next(iter([*paid, *held]), None)
    parties = [body.id for body in p.parties]
    payees = [one for one in direction.given_to.items if one in parties]
    name = ALL_FUNCTIONS if function is None else function.id
    to = next(iter(payees), p.health_board.id)
    return Payment(payer=p.authority_for(name), payee=to, function=name, amount=amount, direction=direction.id)


# -- the balance of a year -----------------------------------------------------------------------------------------


@mends("FIN-budget-identity")
def budget_balances(p: Partnership) -> Partnership:
    """Put by what is left of each year's money, and draw what is missing from reserves."""
    for year in [one.year for one in p.budgets.items if one.year.start <= p.as_at]:
        on = min(max(p.as_at, year.start), year.end)
        p = in_force_told(p, on)
        p = corrected(p, p.directions.in_force(on=on).items, with_year)
        p = _sums_told(p, [one for one in p.directions.in_force(on=on).items if year_of(one, on) == year])
        p = with_budget(p, year, _told)
        gap = p.money(year).gap
        p = with_budget(p, year, lambda budget, gap=gap: _balanced(budget, gap))  # type: ignore[misc]
    return p.evolve(budgets=attrs.evolve(p.budgets, complete=True))


def _told(budget: Budget) -> Budget:
    """Take what is recorded of a year's money to be all of it."""
    costs = NIL if budget.own_costs is UNKNOWN else budget.own_costs
    settlements = NIL if budget.settlements is UNKNOWN else budget.settlements
    read = whole(budget, *SUMS)
    return attrs.evolve(read, own_costs=costs, settlements=settlements)


def _balanced(budget: Budget, gap: Money) -> Budget:
    general = next((one for one in budget.reserves.items if one.kind is ReserveKind.GENERAL), None)
    if not gap:
        return budget
    if general is None:
        fresh = Reserve(kind="general", opening=max(-gap, NIL), movement=gap)
        return attrs.evolve(budget, reserves=(*budget.reserves.items, fresh))
    moved = attrs.evolve(general, movement=general.movement + gap)
    return attrs.evolve(budget, reserves=[moved if one is general else one for one in budget.reserves.items])


@mends("GUID-D06-within-budget")
def within_budget(p: Partnership) -> Partnership:
    """Let the directions of a year state no more than is there to direct; those recorded last give way."""
    p = _years_told(p)
    for year, directions in _by_year(p).items():
        p = _sums_told(p, directions)
        if any(one.payment or one.specified for one in _by_year(p)[year]):
            p = _afforded(p, year)
    return p


def _afforded(p: Partnership, year: FinancialYear) -> Partnership:
    if all(one.year != year for one in p.budgets.items):
        p = funded(p, year, p.functions.items)
    p = with_budget(p, year, lambda budget: whole(budget, *SUMS))
    drawn = total(-one.movement for one in p.budget(year).reserves.items if one.movement < NIL)
    found = {one.id: one for one in _by_year(p)[year]}
    over = total(map(_stated, found.values())) - p.money(year).resources - drawn
    unheld = [(one, _money(one.specified) - sum_held(p, one)) for one in found.values()]
    for one, most in (*unheld, *((one, _stated(one)) for one in reversed(found.values()))):
        less = max(min(over, most, _stated(found[one.id])), NIL)
        found[one.id] = _cut(found[one.id], less)
        over -= less
    return corrected(p, _by_year(p)[year], lambda one: found[one.id])


def _money(amount: MaybeMoney) -> Money:
    return amount if isinstance(amount, Money) else NIL


def _stated(direction: Direction) -> Money:
    return _money(direction.payment) + _money(direction.specified)


def _cut(direction: Direction, amount: Money) -> Direction:
    """Let a direction state less: of what it specifies first, and then as a payment."""
    less = min(amount, _money(direction.specified))
    if less:
        direction = direction.evolve(specified=_money(direction.specified) - less)
    if amount > less:
        direction = direction.evolve(payment=_money(direction.payment) - (amount - less))
    return direction
