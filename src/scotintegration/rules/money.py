"""Rules about money in: what councils and Health Boards pay or set aside, as the scheme's method finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from scotintegration.dates import FinancialYear
from scotintegration.errors import UnknownFactError
from scotintegration.functions import Funding
from scotintegration.money import Money, total
from scotintegration.rules._engine import rule
from scotintegration.rules._joint_example import joint_lead_agency
from scotintegration.rules._reading import settled
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.unknown import known

if TYPE_CHECKING:
    from scotintegration.budgets import Budget
    from scotintegration.functions import DelegatedFunction
    from scotintegration.partnership import Partnership

__all__ = [
    "council_pays",
    "council_pays_health_board",
    "council_pays_lead_council",
    "health_board_funds_council",
    "health_board_pays",
    "health_board_sets_aside",
]

Owed: TypeAlias = "Callable[[Partnership, DelegatedFunction], bool]"

_PENNY: Final = Money(1)


def _is_council(p: Partnership, body: str) -> bool:
    return any(council.id == body for council in p.local_authorities)


def _is_funded(function: DelegatedFunction, funding: Funding) -> bool:
    """Tell whether the scheme funds a function in one way; one that is funded both ways cannot be told."""
    ways = known(function.funding, f"how {function.id!r} is funded")
    if len(ways) > 1:
        raise UnknownFactError(f"which of payment and set-aside {function.id!r} has, for the scheme says both")
    return funding in ways


def _from_council(p: Partnership, function: DelegatedFunction) -> bool:
    return _is_council(p, function.delegator)


def _held_by_health_board(p: Partnership, function: DelegatedFunction) -> bool:
    return function.delegator == p.health_board.id and _is_funded(function, Funding.SET_ASIDE)


def _paid_by_health_board(p: Partnership, function: DelegatedFunction) -> bool:
    return function.delegator == p.health_board.id and _is_funded(function, Funding.PAYMENT)


def _to_health_board(p: Partnership, function: DelegatedFunction) -> bool:
    return _is_council(p, function.delegator) and function.delegate == p.health_board.id


def _to_council(p: Partnership, function: DelegatedFunction) -> bool:
    if function.delegator != p.health_board.id or not _is_council(p, function.delegate):
        return False
    return _is_funded(function, Funding.SET_ASIDE) or _is_funded(function, Funding.PAYMENT)


def _to_lead_council(p: Partnership, function: DelegatedFunction) -> bool:
    """Tell whether one council delegates a function to another, which leads."""
    return (
        _is_council(p, function.delegator)
        and _is_council(p, function.delegate)
        and function.delegator != function.delegate
    )


def _funded_as_found(p: Partnership, on: date, owed: Owed) -> Iterator[Verdict]:
    """Compare, for each function owed for, the sum of the year of a day with what the scheme's method yields."""
    due: list[DelegatedFunction] = []
    for function in p.functions.items:
        try:
            due += [function] if owed(p, function) else []
        except UnknownFactError as missing:
            yield cannot_tell(f"functions[{function.id!r}].funding", missing.what)
    if not p.functions.complete:
        yield cannot_tell("functions", "the rest of what is delegated")
    if not due:
        return
    year = FinancialYear.of(on)
    budget = settled(p, year)
    if isinstance(budget, str):
        yield cannot_tell(f"budgets[{str(year)!r}]", budget)
        return
    for function in due:
        yield from _compared(p, budget, function)


def _compared(p: Partnership, budget: Budget, function: DelegatedFunction) -> Iterator[Verdict]:
    held = function.delegator == p.health_board.id and _is_funded(function, Funding.SET_ASIDE)
    where = f"budgets[{str(budget.year)!r}].{'set_asides' if held else 'payments'}[{function.id!r}]"
    found = next((one.amount for one in budget.determined.items if one.function == function.id), None)
    if found is None:
        yield cannot_tell(where, "the amount that the scheme's method yields")
        return
    got, is_all = _set_aside(budget, function) if held else _paid(p, budget, function)
    done, do = ("set aside", "set aside") if held else ("paid", "pay")
    what = f"{got} {done}, {found} found by the method of the scheme"
    if got < found and not is_all:
        yield cannot_tell(where, f"whether more than {got} was {done}")
    elif got < found:
        yield fail(where, what, mend=f"{do} the {found - got} that is missing, or find the sum anew under the scheme")
    elif got > found:
        yield warn(where, what, mend=f"say why {got - found} more was {done} than the method yields")


def _set_aside(budget: Budget, function: DelegatedFunction) -> tuple[Money, bool]:
    held = total(one.amount for one in budget.set_asides.items if one.function == function.id)
    return held, budget.set_asides.complete


def _paid(p: Partnership, budget: Budget, function: DelegatedFunction) -> tuple[Money, bool]:
    """Give what the delegator paid for a function, and whether that is all: a payment for no one function may add."""
    payee = function.delegate if p.ijb is None else p.ijb.id
    mine = [one for one in budget.payments.items if (one.payer, one.payee) == (function.delegator, payee)]
    names = {one.id for one in p.scheme.functions.items}
    is_all = budget.payments.complete and all(one.function in names for one in mine)
    return total(one.amount for one in mine if one.function == function.id), is_all


def _finding_more(owed: Owed) -> Callable[[Partnership], Partnership]:
    """Make the scheme's method yield a penny more than was paid or set aside for the first function owed for."""

    def change(p: Partnership) -> Partnership:
        year = FinancialYear.of(p.as_at)
        first = next(function.id for function in p.functions if owed(p, function))
        budgets = [
            attrs.evolve(
                budget,
                determined=[
                    attrs.evolve(one, amount=one.amount + _PENNY) if one.function == first else one
                    for one in budget.determined
                ],
            )
            if budget.year == year
            else budget
            for budget in p.budgets
        ]
        return p.evolve(budgets=budgets)

    return change


@rule(
    "PBJW-s14-2-la-pays",
    cites="2014 asp 9 s.14(2)",
    severity="statute",
    topic="money",
    models="a",
    in_force="2014-09-22",
    duty_on="local authority",
    fields="payments.payer; payments.payee; payments.function; payments.amount; S.method_amounts",
    passes="body-corporate",
    fails=_finding_more(_from_council),
)
def council_pays(p: Partnership, on: date) -> Iterator[Verdict]:
    """Each council pays the board what the scheme's method yields for every function it delegates."""
    yield from _funded_as_found(p, on, _from_council)


@rule(
    "PBJW-s14-3-hb-set-aside",
    cites="2014 asp 9 s.14(3)",
    severity="statute",
    topic="money",
    models="a",
    in_force="2014-09-22",
    duty_on="health board",
    fields="set_asides.function; set_asides.amount; S.method_amounts; F.funding",
    passes="large-hospital",
    fails=_finding_more(_held_by_health_board),
)
def health_board_sets_aside(p: Partnership, on: date) -> Iterator[Verdict]:
    """The Health Board sets aside what the scheme's method yields for every function funded in that way."""
    yield from _funded_as_found(p, on, _held_by_health_board)


@rule(
    "PBJW-s14-4-hb-pays",
    cites="2014 asp 9 s.14(4)",
    severity="statute",
    topic="money",
    models="a",
    in_force="2014-09-22",
    duty_on="health board",
    fields="payments.payer; payments.payee; payments.function; payments.amount; S.method_amounts; F.funding",
    passes="body-corporate",
    fails=_finding_more(_paid_by_health_board),
)
def health_board_pays(p: Partnership, on: date) -> Iterator[Verdict]:
    """The Health Board pays the board what the scheme's method yields for every function it delegates for payment."""
    yield from _funded_as_found(p, on, _paid_by_health_board)


@rule(
    "PBJW-s18-la-to-hb",
    cites="2014 asp 9 s.18(2)",
    severity="statute",
    topic="money",
    models="bd",
    in_force="2014-09-22",
    duty_on="local authority",
    fields="S.model; payments.payer; payments.payee; payments.function; payments.amount; S.method_amounts",
    passes="lead-agency-to-board",
    fails=_finding_more(_to_health_board),
)
def council_pays_health_board(p: Partnership, on: date) -> Iterator[Verdict]:
    """The council pays the Health Board what the scheme's method yields for every function delegated to it."""
    yield from _funded_as_found(p, on, _to_health_board)


@rule(
    "PBJW-s19-hb-to-la",
    cites="2014 asp 9 s.19(2)-(3)",
    severity="statute",
    topic="money",
    models="cd",
    in_force="2014-09-22",
    duty_on="health board",
    fields="S.model; payments.payer; payments.payee; payments.function; payments.amount; set_asides.function; "
    "set_asides.amount; S.method_amounts; F.funding",
    passes="lead-agency-both-ways",
    fails=_finding_more(_to_council),
)
def health_board_funds_council(p: Partnership, on: date) -> Iterator[Verdict]:
    """The Health Board pays or sets aside what the scheme's method yields for every function delegated to a council."""
    yield from _funded_as_found(p, on, _to_council)


@rule(
    "PBJW-s19-4-las-to-lead",
    cites="2014 asp 9 s.19(4)",
    severity="statute",
    topic="money",
    models="cd",
    councils="several",
    in_force="2014-09-22",
    duty_on="local authority",
    fields="S.basis; S.model; S.lead_authority; payments.payer; payments.payee; payments.function; payments.amount",
    passes=joint_lead_agency,
    fails=_finding_more(_to_lead_council),
)
def council_pays_lead_council(p: Partnership, on: date) -> Iterator[Verdict]:
    """In a joint scheme each other council pays the council that leads what the scheme's method yields."""
    yield from _funded_as_found(p, on, _to_lead_council)
