"""Mends of money in: what councils and Health Boards pay or set aside, and the reports on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.budgets import Budget, Determination, Payment, SetAside, SetAsideReport
from scotintegration.dates import FinancialYear
from scotintegration.mends._budgets import (
    NIL,
    add_payment,
    add_set_aside,
    funding_told,
    is_held,
    named_by,
    whole,
    with_budget,
)
from scotintegration.mends._table import Change, mends, settled
from scotintegration.mends.delegates import delegation_told
from scotintegration.money import Money, total
from scotintegration.rules import find
from scotintegration.rules._reading import year_of
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.functions import DelegatedFunction
    from scotintegration.partnership import Partnership

__all__ = ["funded", "reports_given"]

_STATED: Final = "PBJW-s27-1a-set-aside-amount"


# -- whose functions -----------------------------------------------------------------------------------------------


def _is_council(p: Partnership, body: str) -> bool:
    return any(council.id == body for council in p.local_authorities)


def _from_council(p: Partnership, function: DelegatedFunction) -> bool:
    return _is_council(p, function.delegator)


def _held(p: Partnership, function: DelegatedFunction) -> bool:
    return is_held(p, function)


def _paid_by_health_board(p: Partnership, function: DelegatedFunction) -> bool:
    return function.delegator == p.health_board.id and not is_held(p, function)


def _to_health_board(p: Partnership, function: DelegatedFunction) -> bool:
    return _is_council(p, function.delegator) and function.delegate == p.health_board.id


def _to_council(p: Partnership, function: DelegatedFunction) -> bool:
    return function.delegator == p.health_board.id and _is_council(p, function.delegate)


def _to_lead_council(p: Partnership, function: DelegatedFunction) -> bool:
    return (
        _is_council(p, function.delegator)
        and _is_council(p, function.delegate)
        and function.delegator != function.delegate
    )


# -- what is found and paid ----------------------------------------------------------------------------------------


def _funding_as_found(owed: Callable[[Partnership, DelegatedFunction], bool], *, decided_by: bool) -> Change:
    """
    Make a change that pays or sets aside, for functions owed for, what the scheme's method yields.

    Where the record does not show what the method yields, it is what was paid or set aside, else what directions
    state, else £0.00. Where more was paid than it yields, it is found anew.
    """

    def change(p: Partnership) -> Partnership:
        told = delegation_told(p)
        if decided_by:
            nhs = told.health_board.id
            told = funding_told(told, [one.id for one in told.functions.items if one.delegator == nhs])
        due = [one for one in told.functions.items if owed(told, one)]
        if not due:
            return told
        paid = funded(told, FinancialYear.of(p.as_at), due)
        return paid if find(_STATED).is_open(told) else settled(paid, _STATED)

    return change


def funded(p: Partnership, year: FinancialYear, due: Iterable[DelegatedFunction]) -> Partnership:
    """
    Pay or set aside, for functions owed for, what the scheme's method yields for a year.

    Args:
        p: The partnership.
        year: The year.
        due: The functions owed for.

    Returns:
        A partnership whose budget of the year has a sum for each of them.

    Source: our choice. What the record does not show is as directions state it, or £0.00.

    .. versionadded:: 0.1.0
    """
    return with_budget(p, year, lambda budget: _funded(p, budget, due))


def _funded(p: Partnership, budget: Budget, due: Iterable[DelegatedFunction]) -> Budget:
    stated = _stated(p, budget.year)
    for function in due:
        got = total(one.amount for one in _in(p, budget, function))
        known = next((one.amount for one in budget.determined.items if one.function == function.id), None)
        found = max(got, stated.get(function.id, NIL) if known is None else known)
        others = tuple(one for one in budget.determined.items if one.function != function.id)
        fresh = Determination(function=function.id, amount=found)
        budget = attrs.evolve(budget, determined=attrs.evolve(budget.determined, items=(*others, fresh)))
        if found > got:
            budget = _more(p, budget, function, found - got)
    return budget


def _payee(p: Partnership, function: DelegatedFunction) -> str:
    return function.delegate if p.ijb is None else p.ijb.id


def _in(p: Partnership, budget: Budget, function: DelegatedFunction) -> Iterator[Payment | SetAside]:
    """List what its delegator pays or sets aside for a function."""
    if is_held(p, function):
        yield from (one for one in budget.set_asides.items if one.function == function.id)
        return
    way = (function.delegator, _payee(p, function), function.id)
    yield from (one for one in budget.payments.items if (one.payer, one.payee, one.function) == way)


def _more(p: Partnership, budget: Budget, function: DelegatedFunction, amount: Money) -> Budget:
    """Let the delegator of a function pay or set aside more for it."""
    if is_held(p, function):
        held = SetAside(health_board=function.delegator, function=function.id, amount=amount)
        return add_set_aside(budget, held)
    payee = _payee(p, function)
    return add_payment(budget, Payment(payer=function.delegator, payee=payee, function=function.id, amount=amount))


def _stated(p: Partnership, year: FinancialYear) -> dict[str, Money]:
    """
    Give what directions in force state for a year; a sum for several functions together stands at the first.

    What several state as payments adds up; as set aside each of them states the whole.
    """
    found: dict[str, Money] = {}
    for direction in p.directions.in_force(on=p.as_at).items:
        if year_of(direction, p.as_at) != year:
            continue
        paid, held = named_by(p, direction)
        if paid and isinstance(direction.payment, Money):
            found[paid[0].id] = found.get(paid[0].id, NIL) + direction.payment
        if held and isinstance(direction.set_aside, Money):
            found[held[0].id] = max(found.get(held[0].id, NIL), direction.set_aside)
    return found


mends("PBJW-s14-2-la-pays")(_funding_as_found(_from_council, decided_by=False))
mends("PBJW-s14-3-hb-set-aside")(_funding_as_found(_held, decided_by=True))
mends("PBJW-s14-4-hb-pays")(_funding_as_found(_paid_by_health_board, decided_by=True))
mends("PBJW-s18-la-to-hb")(_funding_as_found(_to_health_board, decided_by=False))
mends("PBJW-s19-hb-to-la")(_funding_as_found(_to_council, decided_by=True))
mends("PBJW-s19-4-las-to-lead")(_funding_as_found(_to_lead_council, decided_by=False))


# -- reports -------------------------------------------------------------------------------------------------------


@mends("PBJW-s28-5-report")
def reports_given(p: Partnership) -> Partnership:
    """Give every report on sums set aside that is due, on the day it was due; none but those recorded was asked for."""
    budgets = p.budgets.map(lambda budget: _reported(budget, p.as_at))
    return p.evolve(budgets=attrs.evolve(budgets, complete=True))


def _reported(budget: Budget, on: date) -> Budget:
    reports = attrs.evolve(budget, set_aside_reports=budget.set_aside_reports.map(lambda one: _given(one, on)))
    silent = budget.set_asides.complete and not budget.set_asides.items and not budget.derived
    return reports if silent else whole(reports, "set_aside_reports")


def _given(report: SetAsideReport, on: date) -> SetAsideReport:
    """Settle when a report was due, and let it be given in time."""
    if report.due_on is UNKNOWN:
        given = report.given_on if isinstance(report.given_on, date) else None
        report = attrs.evolve(report, due_on=given)
    due, given_on = report.due_on, report.given_on
    if not isinstance(due, date) or due >= on or (isinstance(given_on, date) and given_on <= due):
        return report
    return attrs.evolve(report, given_on=due)
