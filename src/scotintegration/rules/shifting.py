"""Rules of guidance on payments that change within a year: with a direction, and with money from somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.budgets import Budget, Payment
from scotintegration.dates import FinancialYear
from scotintegration.errors import UnknownFactError
from scotintegration.money import Money, total
from scotintegration.rules._engine import rule
from scotintegration.rules._reading import meant_by
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = ["increase_matched", "revised_on_change"]

_PENNY: Final = Money(1)


def _is_out(p: Partnership, payment: Payment) -> bool:
    """Tell whether a payment is one that the authority makes under its directions."""
    return payment.direction is not None if p.ijb is None else payment.payer == p.ijb.id


def _changed_by(payment: Payment, on: date) -> bool:
    day = known(payment.changed_on, f"whether the payment for {payment.function!r} changed within the year")
    return day is not None and day <= on


def _spot(budget: Budget, payment: Payment) -> str:
    return f"budgets[{str(budget.year)!r}].payments[{payment.function!r}]"


def _begun(p: Partnership, on: date) -> Iterator[Budget | Verdict]:
    """List the budgets of years begun that were read in full, and what is missing of others."""
    begun = [budget for budget in p.budgets.items if budget.year.start <= on]
    year = FinancialYear.of(on)
    for budget in begun:
        where = f"budgets[{str(budget.year)!r}].payments"
        if budget.derived:
            yield cannot_tell(where, f"the payments of {budget.year}: those at hand were worked out, not read")
            continue
        yield budget
        if not budget.payments.complete:
            yield cannot_tell(where, f"all payments of {budget.year}")
    if not p.budgets.complete and all(budget.year != year for budget in begun):
        yield cannot_tell(f"budgets[{str(year)!r}]", f"the budget of {year}")


def _revised(p: Partnership, budget: Budget, payment: Payment, changed: date) -> Iterator[Verdict]:
    """Find that no direction was revised as a payment changed."""
    where = _spot(budget, payment)
    said = f"changed on {changed.isoformat()}"
    mend = "vary the direction that states it from the day it changes"
    if payment.direction is UNKNOWN:
        yield cannot_tell(where, "the direction behind it")
        return
    meant = [] if payment.direction is None else meant_by(p, payment.direction)
    starts = [one.binds_from for one in meant]
    if any(isinstance(one, date) and budget.year.start < one <= changed for one in starts):
        return
    if UNKNOWN in starts or (payment.direction is not None and not meant and not p.directions.complete):
        yield cannot_tell(where, f"since when {payment.direction!r} binds")
        return
    considered = [
        (one.full_reference, f"it binds from {start.isoformat()}" if isinstance(start, date) else "it has no day")
        for one, start in zip(meant, starts, strict=True)
    ]
    yield fail(where, f"{said}, and no direction was revised for it", mend=mend, considered=considered)


def _moved(p: Partnership, *, by: Money, others: Money) -> Partnership:
    """Let a payment under a direction of the whole year change in its second month."""
    year = FinancialYear.of(p.as_at)
    old = {one.id for one in p.directions if one.binds_from == year.start}
    budget = p.budget(year)
    first = next(one for one in budget.payments if one.direction in old and one.changed_on is None)
    day = year.start + timedelta(days=30)
    changed = attrs.evolve(first, changed_on=day, before=first.amount - by)
    payments = [changed if one is first else one for one in budget.payments]
    reserves = [
        attrs.evolve(one, planned=one.movement + others) if number == 0 else one
        for number, one in enumerate(budget.reserves)
    ]
    new = attrs.evolve(budget, payments=payments, reserves=reserves)
    return p.evolve(budgets=[new if one is budget else one for one in p.budgets])


def _not_revised(p: Partnership) -> Partnership:
    return _moved(p, by=_PENNY, others=_PENNY)


@rule(
    "GUID-D09-revise-on-change",
    cites="2016 directions note paras 3.4-3.5",
    severity="guidance",
    topic="directions",
    in_force="2016-03-01",
    duty_on="integration authority",
    fields="payments.amount; payments.changed_on; D.supersedes; D.issued_on",
    passes="body-corporate",
    fails=_not_revised,
)
def revised_on_change(p: Partnership, on: date) -> Iterator[Verdict]:
    """Whatever payment changes within a year, the direction that states it was revised by the day it changed."""
    for budget in _begun(p, on):
        if isinstance(budget, Verdict):
            yield budget
            continue
        for payment in budget.payments.items:
            if payment.changed_on is None or not _is_out(p, payment):
                continue
            if payment.changed_on is UNKNOWN:
                yield cannot_tell(_spot(budget, payment), "whether it changed within the year")
            elif payment.changed_on <= on:
                yield from _revised(p, budget, payment, payment.changed_on)


def _rise(payments: Iterable[Payment]) -> Money:
    """Give by how much payments rose in all, or fell if less than nothing."""
    return total(one.amount - _amount_before(one) for one in payments)


def _amount_before(payment: Payment) -> Money:
    before = known(payment.before, f"what the payment for {payment.function!r} was at first")
    return payment.amount if before is None else before


def _unmatched(p: Partnership, budget: Budget, on: date) -> Iterator[Verdict]:
    changed = [one for one in budget.payments.items if _changed_by(one, on)]
    rise = _rise(one for one in changed if _is_out(p, one))
    if rise <= Money(0):
        return
    added = _rise(one for one in changed if not _is_out(p, one))
    drawn = Money(0)
    for reserve in budget.reserves.items:
        planned = known(reserve.planned, f"what the {reserve.kind} reserve of {budget.year} was to add or draw")
        drawn += Money(0) if planned is None else planned - reserve.movement
    where = f"budgets[{str(budget.year)!r}].payments"
    if rise > added + drawn and not (budget.payments.complete and budget.reserves.complete):
        yield cannot_tell(where, f"where the {rise} by which payments rose came from")
    elif rise > added + drawn:
        what = f"payments rose by {rise} more than others fell; {drawn} more drawn from reserves, {added} added"
        yield fail(where, what, mend="cut another payment, draw on reserves, or agree more money with a partner")


def _out_of_nowhere(p: Partnership) -> Partnership:
    return _moved(p, by=_PENNY, others=Money(0))


@rule(
    "GUID-D10-increase-matched",
    cites="2016 directions note para 3.4",
    severity="guidance",
    topic="directions",
    in_force="2016-03-01",
    duty_on="integration authority",
    fields="payments.amount; payments.changed_on; reserves.change; partner_additions.amount",
    passes="body-corporate",
    fails=_out_of_nowhere,
)
def increase_matched(p: Partnership, on: date) -> Iterator[Verdict]:
    """What a payment gains within a year, another loses, reserves give or a partner adds."""
    for budget in _begun(p, on):
        if isinstance(budget, Verdict):
            yield budget
            continue
        try:
            yield from _unmatched(p, budget, on)
        except UnknownFactError as missing:
            yield cannot_tell(f"budgets[{str(budget.year)!r}].payments", missing.what)
