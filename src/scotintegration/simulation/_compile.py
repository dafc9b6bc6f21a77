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
from scotintegration.law import PARAMETERS, Law
from scotintegration.money import Money, total
from scotintegration.officers import Route
from scotintegration.risk_shares import RiskShare
from scotintegration.simulation._drawn import Base, Terms, middle, turned
from scotintegration.simulation._inputs import MOST_GROWTH
from scotintegration.simulation.engine import MEETINGS, Inputs
from scotintegration.simulation.policies import BY_SCHEME, UNSAID
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.simulation.scenario import Scenario

_SIDES: Final = (Route.HB, Route.LA)
_PINNED: Final = ((4, 4, 0), 4)


@attrs.frozen(kw_only=True)
class Compiled:
    """
    A partnership as a simulation sees it, and what had to be assumed to see it so.

    The inputs have every dial in its middle; `drawn` gives those of one run.
    """

    inputs: Inputs
    years: tuple[FinancialYear, ...]
    functions: tuple[str, ...]
    providers: tuple[str, ...]
    set_aside: tuple[tuple[Money, ...], ...]
    assumptions: tuple[str, ...]
    base: Base
    scenario: Scenario
    health_board: str
    earmarked_pence: int

    def drawn(self, seed: int, partnership: str, run: int) -> Compiled:
        """Give the budgets and the reserve of one run."""
        terms = self.base.terms(self.scenario, turned(seed, partnership, run, 1))
        inputs = attrs.evolve(
            self.inputs,
            budgets_pence=terms.budgets_pence[0][:, None],
            opening_reserve_pence=terms.opening_reserve_pence,
        )
        earmarked = int(terms.opening_earmarked_pence[0])
        return attrs.evolve(self, inputs=inputs, set_aside=_held(terms), earmarked_pence=earmarked)


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


def compile_inputs(p: Partnership, scenario: Scenario, until: date, *, opening_pence: int | None = None) -> Compiled:
    """
    Compile a partnership with an integration joint board for the years from its own to that of *until*.

    A reserve at the start that is given counts in place of what is recorded.
    """
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
    base = _base(p, scenario, years, providers, assumed)
    if opening_pence is not None:
        base = attrs.evolve(base, opening_reserve_pence=opening_pence, opening_earmarked_pence=0)
    terms = base.terms(scenario, middle)
    if terms.growth.max() > MOST_GROWTH:
        raise ValueError(
            f"a pressure of {scenario.told('pressure')} a year over {len(years)} years multiplies spending by more "
            f"than {MOST_GROWTH:g}; expected a lower pressure or an earlier until"
        )
    voters, quorum = _board(p, scenario, years, assumed)
    if base.opening_reserve_pence is None:
        share = scenario.told("reserve")
        assumed.append(f"its general reserve starts at {share} of the budget, as none is recorded")
    dials = scenario.dials
    inputs = Inputs(
        budgets_pence=terms.budgets_pence[0][:, None],
        growth=terms.growth[0][:, None],
        volatility=dials["volatility"].middle,
        arm=np.array([[0 if who == p.health_board.id else 1 for who in providers.values()]], dtype=np.int8),
        voting_members=voters,
        quorum=quorum,
        both_sides=scenario.pinned,
        attendance=dials["attendance"].middle,
        opening_reserve_pence=terms.opening_reserve_pence,
    )
    return Compiled(
        inputs=inputs,
        years=years,
        functions=tuple(providers),
        providers=tuple(providers.values()),
        set_aside=_held(terms),
        assumptions=tuple(assumed),
        base=base,
        scenario=scenario,
        health_board=p.health_board.id,
        earmarked_pence=int(terms.opening_earmarked_pence[0]),
    )


def _held(terms: Terms) -> tuple[tuple[Money, ...], ...]:
    return tuple(tuple(map(Money, row)) for row in terms.held_pence[0].tolist())


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


def _base(
    p: Partnership, scenario: Scenario, years: tuple[FinancialYear, ...], providers: dict[str, str], assumed: list[str]
) -> Base:
    """Split each year's money over the functions, and say which years are rolled forward from which."""
    recorded = {budget.year: budget for budget in p.budgets.items}
    before = [year for year in sorted(recorded) if year <= years[0]]
    if not before:
        raise ValueError(f"{p.name} has no budget for {years[0]} or before; expected one to start from")
    last = recorded[before[-1]]
    if last.derived:
        assumed.append(
            f"illustrative: a budget derived from national totals ({last.year}), split equally over the functions "
            "of each side"
        )
    names = tuple(providers)
    rolled: dict[FinancialYear, list[FinancialYear]] = {}
    shares: list[_Shares] = []
    origins: list[int] = []
    planned: list[dict[str, Money] | None] = []
    hosted: list[dict[str, Money]] = []
    for year in years:
        budget = recorded.get(year)
        if budget is not None:
            last = budget
        else:
            rolled.setdefault(last.year, []).append(year)
        shares.append(_split(p, last, providers))
        hosted.append(_hosted(p, last, providers))
        origins.append(last.year.start_year)
        planned.append(None if budget is None else _planned(budget, providers))
    for origin, grown in rolled.items():
        span = str(grown[0]) if len(grown) == 1 else f"{grown[0]} to {grown[-1]}"
        assumed.append(f"the budget of {span} is that of {origin} with {scenario.told('uplift')} a year added")
    return Base(
        first_year=years[0].start_year,
        recorded=tuple(origins),
        paid_pence=_pence(names, [share.paid for share in shares]),
        held_pence=_pence(names, [share.held for share in shares]),
        savings_pence=_pence(names, [one or {} for one in planned]),
        savings_known=np.array([one is not None for one in planned]),
        opening_reserve_pence=_reserve(p, years[0], ReserveKind.GENERAL),
        opening_earmarked_pence=_reserve(p, years[0], ReserveKind.EARMARKED),
        names=names,
        health=np.array([who == p.health_board.id for who in providers.values()]),
        hosted_pence=_pence(names, [one or {} for one in hosted]) if any(hosted) else None,
        risk_share=_risk_share(p, scenario, assumed),
    )


def _risk_share(p: Partnership, scenario: Scenario, assumed: list[str]) -> RiskShare | None:
    """Give what the scheme says about who pays, where the scenario asks; refuse to share with any but its parties."""
    rule = p.scheme.risk_share if scenario.settlement == BY_SCHEME else scenario.settlement
    if isinstance(rule, RiskShare):
        strangers = sorted({one.party for one in rule.shares} - {body.id for body in p.parties})
        if strangers:
            named = ", ".join(map(repr, strangers))
            raise ValueError(f"an overspend of {p.name} cannot be shared with {named}; expected parties of its scheme")
    if scenario.settlement != BY_SCHEME:
        return None
    if isinstance(rule, RiskShare) and rule.kind not in UNSAID:
        return rule
    said = f"has an overspend {rule.kind.value}" if isinstance(rule, RiskShare) else "names no risk share that is known"
    assumed.append(f"its scheme {said}, so partners pay in proportion to their payments")
    return None


def _pence(names: tuple[str, ...], amounts: list[dict[str, Money]]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Put amounts by function, a dictionary a year, into an array of years and functions."""
    return np.array([[one.get(name, Money(0)).pence for name in names] for one in amounts], dtype=np.int64)


def _planned(budget: Budget, providers: dict[str, str]) -> dict[str, Money] | None:
    """Give the savings that a budget plans in each function; None where they are not all recorded."""
    if not budget.savings.complete:
        return None
    planned: dict[str, Money] = {}
    for saving in budget.savings.items:
        _add(planned, saving.function, saving.planned, providers, ())
    return planned


def _hosted(p: Partnership, budget: Budget, providers: dict[str, str]) -> dict[str, Money]:
    """Give the shares of what others host for the partnership, by function."""
    found: dict[str, Money] = {}
    for one in budget.hosted.items:
        if one.served == p.id and one.function in providers:
            _add(found, one.function, one.amount, providers, ())
    return found


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
    if p.parameters != PARAMETERS:
        changed = dict.fromkeys(f"{one.name} {one.days}" for one in p.parameters if one not in PARAMETERS)
        assumed.append(f"the law is not that in force: {'; '.join(changed) or 'it lacks some of its parameters'}")
    if not scenario.pinned and not p.members.complete:
        assumed.append(f"its members are not recorded, so seats count where known and {scenario.seats} a side else")
    return voters, quorum


def _voters(p: Partnership, scenario: Scenario, on: date) -> tuple[tuple[int, int, int], int]:
    assert p.ijb is not None
    law = Law(on, p.parameters)
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


def _reserve(p: Partnership, year: FinancialYear, kind: ReserveKind) -> int | None:
    """Give a reserve at the start, in pence; None where it is not recorded."""
    for one in p.budgets.items:
        if one.year == year and one.reserves.complete:
            return total(r.opening for r in one.reserves.items if r.kind is kind).pence
    return None
