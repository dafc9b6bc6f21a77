"""From a partnership to arrays: budgets, arms, voters and reserve, with what had to be assumed (private)."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from scotintegration.budgets import Budget, ReserveKind
from scotintegration.dates import FinancialYear
from scotintegration.functions import catalogue
from scotintegration.law import Law
from scotintegration.money import Money, total
from scotintegration.officers import Route
from scotintegration.simulation._inputs import MOST_GROWTH
from scotintegration.simulation.engine import MEETINGS, Inputs
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.simulation.scenario import Scenario

_SIDES: Final = (Route.HB, Route.LA)
_PINNED: Final = ((4, 4, 0), 4)


@attrs.frozen(kw_only=True)
class Compiled:
    """A partnership as a simulation sees it, and what had to be assumed to see it so."""

    inputs: Inputs
    years: tuple[FinancialYear, ...]
    functions: tuple[str, ...]
    providers: tuple[str, ...]
    set_aside: tuple[tuple[Money, ...], ...]
    assumptions: tuple[str, ...]


@attrs.frozen(kw_only=True)
class _Shares:
    """One year's money by function: what is paid and what is set aside."""

    paid: dict[str, Money]
    held: dict[str, Money]


def meeting_days(year: FinancialYear) -> tuple[date, ...]:
    """List the days on which a simulated board meets: the last of May, July, September, November, January, March."""
    days = []
    for month in (5, 7, 9, 11, 1, 3):
        when = year.start.year + (month < 4)
        days.append(date(when, month, calendar.monthrange(when, month)[1]))
    return tuple(days)


def compile_inputs(p: Partnership, scenario: Scenario, until: date) -> Compiled:
    """Compile a partnership with an integration joint board for the years from its own to that of *until*."""
    if p.ijb is None:
        raise ValueError(
            f"{p.name} has no integration joint board to give directions; expected a partnership of model a"
        )
    first = FinancialYear.of(p.as_at)
    if until < first.start:
        raise ValueError(f"until must be on or after {first.start.isoformat()}, got {until.isoformat()}")
    years = FinancialYear.between(first, FinancialYear.of(until))
    assumed: list[str] = []
    providers = _providers(p, assumed)
    shares = _years(p, scenario, years, providers, assumed)
    names = tuple(providers)
    budgets = np.array(
        [[[(s.paid.get(n, Money(0)) + s.held.get(n, Money(0))).pence for n in names]] for s in shares], dtype=np.int64
    )
    if (1.0 + scenario.pressure) ** (len(years) - 1) > MOST_GROWTH:
        raise ValueError(
            f"a pressure of {scenario.pressure:.1%} a year over {len(years)} years multiplies spending by more than "
            f"{MOST_GROWTH:g}; expected a lower pressure or an earlier until"
        )
    growth = np.empty(budgets.shape)
    for number in range(len(years)):
        growth[number] = (1.0 + scenario.pressure) ** number
    voters, quorum = _board(p, scenario, years, assumed)
    inputs = Inputs(
        budgets_pence=budgets,
        growth=growth,
        volatility=scenario.volatility,
        arm=np.array([[0 if providers[name] == p.health_board.id else 1 for name in names]], dtype=np.int8),
        voting_members=voters,
        quorum=quorum,
        both_sides=scenario.pinned,
        attendance=scenario.attendance,
        opening_reserve_pence=np.array([_reserve(p, scenario, years[0], budgets[0, 0].sum(), assumed)]),
    )
    return Compiled(
        inputs=inputs,
        years=years,
        functions=names,
        providers=tuple(providers.values()),
        set_aside=tuple(tuple(s.held.get(name, Money(0)) for name in names) for s in shares),
        assumptions=tuple(assumed),
    )


def _providers(p: Partnership, assumed: list[str]) -> dict[str, str]:
    """Give who provides each function, in order of id; the catalogue's where the scheme's list is not known whole."""
    if p.functions.complete and p.functions.items:
        return {function.id: function.delegator for function in p.functions.items}
    assumed.append("its functions are those the law says must be delegated, as its scheme was not read")
    council = p.local_authorities[0].id
    if p.scheme.is_joint:
        assumed.append(f"{p.local_authorities[0].name} alone provides what the councils delegate")
    must = [one for one in catalogue().values() if one.must]
    found = {one.id: p.health_board.id if one.delegated_by == "health_board" else council for one in must}
    return dict(sorted(found.items()))


def _years(
    p: Partnership, scenario: Scenario, years: tuple[FinancialYear, ...], providers: dict[str, str], assumed: list[str]
) -> list[_Shares]:
    """Split each year's money over the functions, and roll the last recorded year forward."""
    recorded = {budget.year: budget for budget in p.budgets.items}
    shares: list[_Shares] = []
    before = [year for year in sorted(recorded) if year <= years[0]]
    if not before:
        raise ValueError(f"{p.name} has no budget for {years[0]} or before; expected one to start from")
    last = recorded[before[-1]]
    if last.derived:
        assumed.append(
            f"illustrative: a budget derived from national totals ({last.year}), split equally over the functions "
            "of each side"
        )
    rolled: dict[FinancialYear, list[FinancialYear]] = {}
    for year in years:
        budget = recorded.get(year)
        if budget is not None:
            last = budget
            shares.append(_split(p, budget, providers))
            continue
        gap = year.start_year - last.year.start_year
        rolled.setdefault(last.year, []).append(year)
        shares.append(_grown(_split(p, last, providers), (1.0 + scenario.uplift) ** gap))
    for base, grown in rolled.items():
        span = str(grown[0]) if len(grown) == 1 else f"{grown[0]} to {grown[-1]}"
        assumed.append(f"the budget of {span} is that of {base} with {scenario.uplift:.1%} a year added")
    return shares


def _split(p: Partnership, budget: Budget, providers: dict[str, str]) -> _Shares:
    """Give the money of each function; a sum for all functions of a side is shared out equally over them."""
    nhs = p.health_board.id
    paid: dict[str, Money] = {}
    held: dict[str, Money] = {}
    for payment in budget.payments.items:
        if payment.payee == p.id:
            own = [name for name, who in providers.items() if who == payment.payer]
            side = [name for name, who in providers.items() if nhs not in (who, payment.payer)]
            _add(paid, payment.function, payment.amount, providers, own or side)
    hospital = [name for name in providers if name in catalogue() and catalogue()[name].in_hospital]
    for sum_held in budget.set_asides.items:
        _add(held, sum_held.function, sum_held.amount, providers, hospital)
    return _Shares(paid=paid, held=held)


def _add(
    into: dict[str, Money], function: str, amount: Money, providers: dict[str, str], sharers: Iterable[str]
) -> None:
    """Add a sum to its function; one for all functions, or for one that is not listed, is shared out equally."""
    weights = {function: 1} if function in providers else dict.fromkeys(sharers, 1) or dict.fromkeys(providers, 1)
    for name, part in amount.share(weights).items():
        into[name] = into.get(name, Money(0)) + part


def _grown(shares: _Shares, factor: float) -> _Shares:
    def grow(amounts: dict[str, Money]) -> dict[str, Money]:
        return {name: Money(round(amount.pence * factor)) for name, amount in amounts.items()}

    return _Shares(paid=grow(shares.paid), held=grow(shares.held))


def _board(
    p: Partnership, scenario: Scenario, years: tuple[FinancialYear, ...], assumed: list[str]
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int64]], np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:
    """Count the voters of each group and the quorum at every meeting, by the law of its day."""
    voters = np.empty((len(years), MEETINGS, 1, 3), dtype=np.int64)
    quorum = np.empty((len(years), MEETINGS, 1), dtype=np.int64)
    for y, year in enumerate(years):
        for j, when in enumerate(meeting_days(year)):
            counts, enough = _PINNED if scenario.pinned else _voters(p, scenario, when)
            voters[y, j, 0] = counts
            quorum[y, j, 0] = enough
    if not scenario.pinned and not p.members.complete:
        assumed.append(f"its members are not recorded, so seats count where known and {scenario.seats} a side else")
    return voters, quorum


def _voters(p: Partnership, scenario: Scenario, on: date) -> tuple[tuple[int, int, int], int]:
    assert p.ijb is not None
    law = Law(on)
    board = p.ijb

    def seats(ids: list[str]) -> int:
        numbers = [board.seats_of(id) for id in ids]
        return sum(scenario.seats if number is UNKNOWN else number for number in numbers)

    sides = (seats([p.health_board.id]), seats([body.id for body in p.local_authorities]))
    others = [route for route in law.voting_routes if route not in _SIDES]
    members = p.members_on(on)
    counted = sum(member.route in others for member in members.items) if members.complete else len(others)
    counts = (*sides, counted)
    return counts, law.quorum(sum(counts))


def _reserve(p: Partnership, scenario: Scenario, year: FinancialYear, budget: int, assumed: list[str]) -> int:
    """Give the general reserve at the start, in pence."""
    for one in p.budgets.items:
        if one.year == year and one.reserves.complete:
            return total(r.opening for r in one.reserves.items if r.kind is ReserveKind.GENERAL).pence
    assumed.append(f"its general reserve starts at {scenario.reserve:.1%} of the budget, as none is recorded")
    return round(int(budget) * scenario.reserve)
