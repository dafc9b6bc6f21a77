"""Rules about money out: what directions specify and state, what is paid under them, and whether it all balances."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction
from scotintegration.errors import UnknownFactError
from scotintegration.money import Money, total
from scotintegration.rules._engine import rule
from scotintegration.rules._reading import listed, not_all_directions, of_live, redrafted, settled, year_of
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = ["PER_DIRECTION", "authority_pays", "budget_balances", "specified_within"]

_PENNY: Final = Money(1)


def _pools(directions: Iterable[Direction]) -> Iterator[tuple[frozenset[str], tuple[Direction, ...]]]:
    """Put directions that share a function together, for one sum may be specified for several functions at once."""
    pools: list[tuple[frozenset[str], tuple[Direction, ...]]] = []
    for direction in directions:
        names = frozenset(direction.functions.items)
        linked = [pool for pool in pools if pool[0] & names]
        pools = [pool for pool in pools if pool not in linked]
        together = [one for pool in linked for one in pool[1]]
        pools.append((names.union(*(pool[0] for pool in linked)), (*together, direction)))
    return iter(sorted(pools, key=lambda pool: sorted(pool[0])))


def _within(p: Partnership, year: FinancialYear, directions: Iterable[Direction]) -> Iterator[Verdict]:
    """Compare what directions of one year specify with what is set aside for their functions."""
    specifying = [one for one in directions if one.specified is not None]
    if not specifying:
        return
    budget = settled(p, year)
    if isinstance(budget, str):
        yield cannot_tell(f"budgets[{str(year)!r}]", budget)
        return
    for names, together in _pools(specifying):
        where = f"functions[{listed(names)}]"
        amounts = [one.specified for one in together if one.specified is not None and one.specified is not UNKNOWN]
        specified = total(amounts)
        recorded = {one.function for one in budget.set_asides.items}
        held = total(one.amount for one in budget.set_asides.items if one.function in names)
        if not names or not all(one.functions.complete for one in together):
            yield cannot_tell(f"directions[{listed(one.id for one in together)}].functions", "which functions")
        elif not budget.set_asides.complete and not names <= recorded:
            yield cannot_tell(where, f"the sum set aside in {year}")
        elif specified > held:
            yield fail(
                where,
                f"{specified} specified by {listed(one.id for one in together)}, {held} set aside",
                mend=f"specify at most {held}, or agree a larger set-aside under the scheme",
            )
        elif len(amounts) < len(together):
            yield cannot_tell(where, "the sum that a direction specifies")


def _specified_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Compare what one direction specifies with what is set aside for its functions."""
    year = known(year_of(direction, p.as_at), f"the year of direction {direction.id!r}")
    yield from _within(p, year, [direction])


def _specifying_more(p: Partnership) -> Partnership:
    """Make a direction specify a penny more than was set aside."""
    held = p.money(p.as_at).set_aside
    return redrafted(p, lambda one: bool(one.specified), specified=held + _PENNY)


@rule(
    "PBJW-s28-specified-within",
    cites="2014 asp 9 s.28(2)",
    severity="interpretation",
    topic="money",
    models="acd",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="D.functions; D.specified_amount; set_asides.function; set_asides.amount",
    passes="large-hospital",
    fails=_specifying_more,
)
def specified_within(p: Partnership, on: date) -> Iterator[Verdict]:
    """Directions never specify more for a function than was set aside for it."""
    live = p.directions.in_force(on=on)
    by_year: dict[FinancialYear, list[Direction]] = {}
    for direction in live.items:
        year = year_of(direction, on)
        if year is not UNKNOWN:
            by_year.setdefault(year, []).append(direction)
        elif direction.specified is not None:
            yield cannot_tell(f"directions[{direction.id!r}].year", "the year of the sum it specifies")
    for year, directions in sorted(by_year.items()):
        yield from _within(p, year, directions)
    if not live.complete:
        yield not_all_directions(p)


def _is_replaced(p: Partnership, direction: Direction) -> bool:
    """Tell whether a later step ended a direction within its year, so that what follows it states the year's sum."""
    names = (direction.id, direction.full_reference)
    place = next((place for place, step in enumerate(p.directions.steps) if step.direction is direction), 0)
    year = year_of(direction, p.as_at)
    return any(
        step.target in names and not (isinstance(step.on, date) and year is not UNKNOWN and step.on > year.end)
        for step in p.directions.steps[place + 1 :]
    )


def _paid_under(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Compare what a direction states with the payments made under it."""
    where = f"directions[{direction.id!r}].payment"
    stated = known(direction.payment, "the payment it states")
    if not stated or _is_replaced(p, direction):
        return
    year = known(year_of(direction, p.as_at), "the year it belongs to")
    budget = settled(p, year)
    if isinstance(budget, str):
        yield cannot_tell(where, budget)
        return
    out = [one for one in budget.payments.items if one.direction is not None]
    line = {one.id for one in p.directions.chain(direction) if one.year == year}
    got = total(one.amount for one in out if one.direction in line)
    what = f"{got} paid under it in {year}, {stated} stated"
    if got < stated and (not budget.payments.complete or not out or any(one.direction is UNKNOWN for one in out)):
        yield cannot_tell(where, f"whether more than {got} was paid under it in {year}")
    elif got < stated:
        yield fail(where, what, mend=f"pay the {stated - got} that is missing, or vary the direction")
    elif got > stated:
        yield warn(where, what, mend="vary the direction so that it states what is paid")


def _paying_less(p: Partnership) -> Partnership:
    """Leave out a payment made under a direction in force."""
    year = FinancialYear.of(p.as_at)
    paid = [one for one in p.directions.in_force(on=p.as_at) if one.year == year and one.payment]
    live = next(one for one in paid if not _is_replaced(p, one))
    budgets = [
        attrs.evolve(budget, payments=[one for one in budget.payments if one.direction != live.id])
        if budget.year == year
        else budget
        for budget in p.budgets
    ]
    return p.evolve(budgets=budgets)


@rule(
    "PBJW-s27-3-ia-pays",
    cites="2014 asp 9 s.27(3)",
    severity="statute",
    topic="money",
    models="abcd",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="D.id; D.payment; D.recipients; payments.direction; payments.amount",
    passes="body-corporate",
    fails=_paying_less,
)
def authority_pays(p: Partnership, on: date) -> Iterator[Verdict]:
    """The integration authority makes the payments that its directions state."""
    yield from of_live(p, _paid_under)


def _losing_a_penny(p: Partnership) -> Partnership:
    """Let the board's own costs be a penny more than what is left for them."""
    year = FinancialYear.of(p.as_at)
    budgets = [
        attrs.evolve(budget, own_costs=p.money(year).own_costs + _PENNY) if budget.year == year else budget
        for budget in p.budgets
    ]
    return p.evolve(budgets=budgets)


@rule(
    "FIN-budget-identity",
    cites="2014 asp 9 ss.14, 27, 39",
    severity="interpretation",
    topic="money",
    models="a",
    in_force="2014-09-22",
    duty_on="integration joint board",
    fields="payments.amount; set_asides.amount; D.payment; D.specified_amount; B.own_costs; reclaims.amount; "
    "reserves.change",
    passes="body-corporate",
    fails=_losing_a_penny,
)
def budget_balances(p: Partnership, on: date) -> Iterator[Verdict]:
    """In every year begun, money in and set aside equals money directed, kept, put by and settled."""
    begun = [budget for budget in p.budgets.items if budget.year.start <= on]
    for budget in begun:
        where = f"budgets[{str(budget.year)!r}]"
        flows = p.money(budget.year)
        try:
            gap = flows.gap
        except UnknownFactError as missing:
            yield cannot_tell(where, missing.what)
            continue
        if budget.derived:
            yield cannot_tell(where, str(settled(p, budget.year)))
        elif gap:
            yield fail(
                where,
                f"{flows.resources} came in or was set aside; {flows.directed} directed, {flows.own_costs} own costs, "
                f"{flows.reserve_movement} moved to reserves, {flows.settlements} settled; {abs(gap)} "
                f"{'is left over' if gap > Money(0) else 'too much is spent'}",
                mend="vary a direction, or record what became of the difference",
            )
    year = FinancialYear.of(on)
    if not p.budgets.complete and all(budget.year != year for budget in begun):
        yield cannot_tell(f"budgets[{str(year)!r}]", f"the budget of {year}")


PER_DIRECTION: Final[Mapping[str, Callable[[Partnership, Direction], Iterator[Verdict]]]] = MappingProxyType(
    {specified_within.id: _specified_of}
)
"""What rules of money ask of a single direction, a draft too, by id of the rule."""
