"""Rules of guidance on what a direction says: functions, service and money, and that the money is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction
from scotintegration.errors import UnknownFactError
from scotintegration.money import Money, total
from scotintegration.rules._engine import rule
from scotintegration.rules._reading import listed, not_all_directions, of_live, redrafted, settled, spot, year_of
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = ["PER_DIRECTION", "amount_and_kind", "content", "within_budget"]

_PENNY: Final = Money(1)


def is_written(value: object) -> bool:
    """Tell whether a text was written."""
    return isinstance(value, str) and bool(value.strip())


def _sums(direction: Direction) -> tuple[object, ...]:
    return (direction.payment, direction.set_aside, direction.specified)


def _content_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Find that a direction names no function, no service or no money."""
    if direction.is_bare_revocation:
        return
    if not direction.functions.items and not is_written(direction.words):
        where = spot(direction, "functions")
        if not direction.functions.complete or direction.words is UNKNOWN:
            yield cannot_tell(where, "which functions it names")
        else:
            yield fail(where, "it names no function", mend="name the functions that it is for")
    where = spot(direction, "text")
    if direction.text is UNKNOWN:
        yield cannot_tell(where, "which service it asks for")
    elif not is_written(direction.text):
        yield fail(where, "it names no service", mend="say which service is to be provided")
    said = (direction.payment_method, direction.no_amount, direction.budget_in)
    if any(isinstance(one, Money) for one in _sums(direction)) or any(map(is_written, said)):
        return
    where = spot(direction, "payment")
    if UNKNOWN in (*_sums(direction), *said):
        yield cannot_tell(where, "the money that it gives")
    else:
        yield fail(where, "it gives no budget", mend="state the money that goes with it, or where that is stated")


def _without_money(p: Partnership) -> Partnership:
    return redrafted(p, lambda one: one.payment, payment=None)


@rule(
    "GUID-dir-content",
    cites="2014 asp 9 s.53; directions guidance 2.1-2.3",
    severity="guidance",
    topic="directions",
    in_force="2020-01-01",
    duty_on="integration authority",
    entails=("PBJW-s27-1b-payment",),
    fields="D.functions; D.service; D.budget",
    passes="body-corporate",
    fails=_without_money,
)
def content(p: Partnership, on: date) -> Iterator[Verdict]:
    """Every direction names the functions it is for, the service it asks for and the money that goes with it."""
    yield from of_live(p, _content_of)


def _amount_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Find that a direction states no amount, and not why; each amount is stated under its own name."""
    sums = _sums(direction)
    if direction.is_bare_revocation or any(isinstance(one, Money) for one in sums):
        return
    if is_written(direction.no_amount):
        return
    where = spot(direction, "payment")
    mend = "state the amount as a payment or as set aside, or say why there is none"
    if is_written(direction.budget_in):
        yield warn(where, f"no amount is stated but in {direction.budget_in!r}", mend=mend)
    elif is_written(direction.payment_method):
        yield warn(where, "no amount is stated, only how a payment is to be found", mend=mend)
    elif UNKNOWN in (*sums, direction.no_amount, direction.budget_in, direction.payment_method):
        yield cannot_tell(where, "the amount that it states, or why it states none")
    else:
        yield fail(where, "no amount is stated, and no reason given", mend=mend)


@rule(
    "GUID-D05-amount-and-kind",
    cites="2016 directions note para 2.3",
    severity="guidance",
    topic="directions",
    in_force="2016-03-01",
    duty_on="integration authority",
    entails=("PBJW-s27-1b-payment",),
    fields="D.amount; D.funding; D.no_amount_reason; D.refers_to",
    passes="body-corporate",
    fails=_without_money,
)
def amount_and_kind(p: Partnership, on: date) -> Iterator[Verdict]:
    """Every direction states an amount as a payment or as set aside, or says why it states none."""
    yield from of_live(p, _amount_of)


def _stated(directions: Iterable[Direction]) -> tuple[Money, bool]:
    """Add up what directions state as payments and specify from sums set aside; tell whether that is all."""
    sums = [one for direction in directions for one in (direction.payment, direction.specified)]
    return total(one for one in sums if isinstance(one, Money)), UNKNOWN not in sums


def _held(p: Partnership, year: FinancialYear) -> Money:
    """Give what an authority controls in a year: what comes in or is set aside, and what it draws from reserves."""
    reserves = p.budget(year).reserves
    if not reserves.complete:
        raise UnknownFactError(f"the reserves of {year}")
    return p.money(year).resources + total(-one.movement for one in reserves if one.movement < Money(0))


def _afforded(p: Partnership, year: FinancialYear, directions: list[Direction]) -> Iterator[Verdict]:
    """Compare what directions of one year state with what the authority controls in it."""
    stated, is_all = _stated(directions)
    where = f"budgets[{str(year)!r}]"
    if not stated and is_all:
        return
    budget = settled(p, year)
    if isinstance(budget, str):
        yield cannot_tell(where, budget)
        return
    try:
        held = _held(p, year)
    except UnknownFactError as missing:
        yield cannot_tell(where, missing.what)
        return
    if stated > held:
        recipients = {recipient for one in directions for recipient in one.given_to.items}
        what = f"{stated} directed to {listed(recipients) or 'nobody'}, {held} to direct"
        yield fail(where, what, mend=f"direct at most {held}, or find the {stated - held} that is missing")
    elif not is_all:
        yield cannot_tell(where, "a sum that a direction states")


def _afforded_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Compare what one direction states with what the authority controls in its year."""
    yield from _afforded(p, known(year_of(direction, p.as_at), f"the year of {direction.id!r}"), [direction])


def _beyond_means(p: Partnership) -> Partnership:
    return redrafted(p, lambda one: bool(one.specified), specified=p.money(p.as_at).resources + _PENNY)


@rule(
    "GUID-D06-within-budget",
    cites="2016 directions note paras 2.3, 2.6; finance guidance 2.1.2",
    severity="guidance",
    topic="directions",
    in_force="2016-03-01",
    duty_on="integration authority",
    fields="D.recipients; D.functions; D.payment; D.specified_amount; budget.by_function",
    passes="large-hospital",
    fails=_beyond_means,
)
def within_budget(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Directions of a year state no more than the authority controls in it.

    Money may be moved from one function to another, so the year is looked at as a whole. That what is directed,
    kept and put by comes to the budget is asked by a rule of money.
    """
    live = p.directions.in_force(on=on)
    by_year: dict[FinancialYear, list[Direction]] = {}
    for direction in live.items:
        year = year_of(direction, on)
        if year is not UNKNOWN:
            by_year.setdefault(year, []).append(direction)
        elif direction.payment is not None or direction.specified is not None:
            yield cannot_tell(spot(direction, "year"), "the year of the money that it states")
    for year, directions in sorted(by_year.items()):
        yield from _afforded(p, year, directions)
    if not live.complete:
        yield not_all_directions(p)


PER_DIRECTION: Final[Mapping[str, Callable[[Partnership, Direction], Iterator[Verdict]]]] = MappingProxyType(
    {content.id: _content_of, amount_and_kind.id: _amount_of, within_budget.id: _afforded_of}
)
"""What these rules ask of a single direction, a draft too, by id of the rule."""
