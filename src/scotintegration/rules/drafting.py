"""Rules about directions: in what form each is given, and what it must say about money."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from scotintegration.directions import Direction
from scotintegration.functions import Funding
from scotintegration.money import Money, total
from scotintegration.rules._engine import rule
from scotintegration.rules._reading import (
    any_direction,
    listed,
    of_each,
    of_live,
    redrafted,
    revocations,
    settled,
    spot,
    year_of,
)
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.rules.carrying_out import PER_DIRECTION as _OF_CARRYING_OUT
from scotintegration.rules.directing import PER_DIRECTION as _OF_DIRECTING
from scotintegration.rules.recording import PER_DIRECTION as _OF_RECORDING
from scotintegration.rules.revising import PER_DIRECTION as _OF_REVISING
from scotintegration.rules.spending import PER_DIRECTION as _OF_SPENDING
from scotintegration.rules.stating import PER_DIRECTION as _OF_STATING
from scotintegration.rules.varying import PER_DIRECTION as _OF_VARYING
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.functions import DelegatedFunction
    from scotintegration.partnership import Partnership

__all__ = [
    "PER_DIRECTION",
    "amount_set_aside_stated",
    "in_writing",
    "not_retrospective",
    "payment_stated",
    "use_stated",
]

Said: TypeAlias = Iterator[Verdict]


def _writing_of(p: Partnership, direction: Direction) -> Said:
    """Find that a direction is not in writing."""
    where = spot(direction, "in_writing")
    if direction.in_writing is UNKNOWN:
        yield cannot_tell(where, "whether it is in writing")
    elif not direction.in_writing:
        yield fail(where, "not in writing", mend="put it in writing")


def _said_aloud(p: Partnership) -> Partnership:
    return redrafted(p, any_direction, in_writing=False)


@rule(
    "PBJW-s27-writing",
    cites="2014 asp 9 s.27(5)(b)",
    severity="statute",
    topic="directions",
    basis="evidence",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="D.in_writing",
    passes="body-corporate",
    fails=_said_aloud,
)
def in_writing(p: Partnership, on: date) -> Said:
    """Every direction is in writing, one that only revokes another as well."""
    yield from of_live(p, _writing_of)
    papers = [step.direction for step, _ in revocations(p) if step.direction is not None]
    yield from of_each(p, papers, _writing_of)


def _ways(p: Partnership, function: DelegatedFunction) -> tuple[Funding, ...]:
    """Give how a function may be funded: both ways if nobody recorded it; nothing is set aside for a council's."""
    if function.delegator != p.health_board.id:
        return (Funding.PAYMENT,)
    return tuple(Funding) if function.funding is UNKNOWN else function.funding


def _named_functions(p: Partnership, direction: Direction) -> tuple[list[DelegatedFunction], bool]:
    """List the delegated functions that a direction names, and whether there may be more."""
    found = [one for one in p.scheme.functions.items if one.id in direction.functions.items]
    is_all = len(found) == len(direction.functions) or p.scheme.functions.complete
    return found, is_all and direction.functions.complete and direction.words in (None, "")


def _set_aside_of(p: Partnership, direction: Direction) -> Said:
    """Find that a direction for a function with a sum set aside does not state that sum, or states another."""
    if direction.is_bare_revocation:
        return
    where = spot(direction, "set_aside")
    named, is_all = _named_functions(p, direction)
    ways = {one.id: _ways(p, one) for one in named}
    held = [name for name, way in ways.items() if way == (Funding.SET_ASIDE,)]
    unclear = [name for name, way in ways.items() if len(way) > 1]
    recorded = _sum_held(p, direction, [*held, *unclear])
    if held and direction.set_aside is None:
        mend = f"state the {'whole amount' if recorded is None or unclear else recorded} set aside"
        yield fail(where, f"no amount set aside is stated for {listed(held)}", mend=mend)
    elif direction.set_aside is None and (unclear or not is_all):
        yield cannot_tell(where, f"whether a sum is set aside for {listed(unclear) or 'what its words stand for'}")
    elif direction.set_aside is UNKNOWN and (held or unclear or not is_all):
        yield cannot_tell(where, "the amount set aside that it states")
    elif isinstance(direction.set_aside, Money) and (held or unclear):
        if not is_all or recorded is None or (unclear and direction.set_aside != recorded):
            yield cannot_tell(where, "the sum set aside for its functions in its year")
        elif direction.set_aside != recorded:
            what = f"{direction.set_aside} stated, {recorded} set aside for {listed(held)}"
            yield fail(where, what, mend=f"state {recorded}, or set aside what is stated")


def _sum_held(p: Partnership, direction: Direction, functions: list[str]) -> Money | None:
    """Give what is recorded as set aside for functions in a direction's year; None where that cannot be told."""
    year = year_of(direction, p.as_at)
    budget = "" if year is UNKNOWN else settled(p, year)
    if isinstance(budget, str):
        return None
    recorded = [one for one in budget.set_asides.items if one.function in functions]
    if not budget.set_asides.complete and {one.function for one in recorded} != set(functions):
        return None
    return total(one.amount for one in recorded)


def _without_the_sum(p: Partnership) -> Partnership:
    return redrafted(p, lambda one: one.set_aside, set_aside=None)


@rule(
    "PBJW-s27-1a-set-aside-amount",
    cites="2014 asp 9 s.27(1)(a)",
    severity="statute",
    topic="directions",
    models="acd",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="F.funding; D.functions; D.set_aside_amount; set_asides.amount",
    passes="large-hospital",
    fails=_without_the_sum,
)
def amount_set_aside_stated(p: Partnership, on: date) -> Said:
    """A direction for a function with a sum set aside states the whole amount set aside, as it is recorded."""
    yield from of_live(p, _set_aside_of)


def _payment_of(p: Partnership, direction: Direction) -> Said:
    """Find that a direction for a function that is paid for states neither a payment nor how to find it."""
    if direction.is_bare_revocation or isinstance(direction.payment, Money):
        return
    method = direction.payment_method
    if isinstance(method, str) and method.strip():
        return
    where = spot(direction, "payment")
    named, is_all = _named_functions(p, direction)
    ways = {one.id: _ways(p, one) for one in named}
    paid = [name for name, way in ways.items() if Funding.SET_ASIDE not in way]
    unclear = not is_all or any(len(way) > 1 for way in ways.values())
    if (paid or unclear) and UNKNOWN in (direction.payment, method):
        yield cannot_tell(where, "the payment that it states, or how it is to be found")
    elif paid:
        mend = "state the payment, £0.00 if nothing is to be paid, or how it is to be found"
        yield fail(where, f"neither a payment nor a method is stated for {listed(paid)}", mend=mend)
    elif unclear:
        yield cannot_tell(where, "whether a function it is for is paid for")


def _without_a_payment(p: Partnership) -> Partnership:
    return redrafted(p, lambda one: one.payment, payment=None)


@rule(
    "PBJW-s27-1b-payment",
    cites="2014 asp 9 s.27(1)(b)",
    severity="statute",
    topic="directions",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="F.funding; D.functions; D.payment; D.payment_method",
    passes="body-corporate",
    fails=_without_a_payment,
)
def payment_stated(p: Partnership, on: date) -> Said:
    """A direction for a function without a sum set aside states the payment, or how it is to be found."""
    yield from of_live(p, _payment_of)


def _use_of(p: Partnership, direction: Direction) -> Said:
    """Find that a direction does not say how the money is to be used."""
    if direction.is_bare_revocation:
        return
    where = spot(direction, "use")
    if direction.use is UNKNOWN:
        yield cannot_tell(where, "how it says the money is to be used")
    elif direction.use is None or not direction.use.strip():
        yield fail(where, "it does not say how the money is to be used", mend="say how the money is to be used")


def _without_a_use(p: Partnership) -> Partnership:
    return redrafted(p, any_direction, use=None)


@rule(
    "PBJW-s27-1c-use",
    cites="2014 asp 9 s.27(1)(c)",
    severity="statute",
    topic="directions",
    basis="evidence",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="D.use",
    passes="body-corporate",
    fails=_without_a_use,
)
def use_stated(p: Partnership, on: date) -> Said:
    """Every direction says how the money is to be used."""
    yield from of_live(p, _use_of)


def _start_of(p: Partnership, direction: Direction) -> Said:
    """Find that a direction takes effect before the day it was decided."""
    decided, start = direction.decided_on, direction.binds_from
    where = spot(direction, "effective_from")
    if UNKNOWN in (decided, start):
        yield cannot_tell(where, "the day it was decided, or the day it takes effect")
    elif isinstance(decided, date) and isinstance(start, date) and start < decided:
        yield warn(
            where,
            f"it takes effect on {start.isoformat()} and was decided on {decided.isoformat()}",
            mend=f"let it take effect on {decided.isoformat()} or later, or say why it looks back",
        )


def _decided_late(p: Partnership) -> Partnership:
    live = p.directions.in_force(on=p.as_at)[0]
    assert isinstance(live.binds_from, date)
    return redrafted(p, any_direction, decided_on=live.binds_from + timedelta(days=30))


@rule(
    "GUID-D16-not-retrospective",
    cites="no source found",
    severity="guidance",
    topic="directions",
    in_force="2020-01-01",
    duty_on="integration authority",
    fields="D.starts_on; D.decided_on",
    verified=False,
    passes="body-corporate",
    fails=_decided_late,
)
def not_retrospective(p: Partnership, on: date) -> Said:
    """A direction does not take effect before the day it was decided."""
    yield from of_live(p, _start_of)


PER_DIRECTION: Final[Mapping[str, Callable[[Partnership, Direction], Said]]] = MappingProxyType(
    {
        **_OF_CARRYING_OUT,
        **_OF_DIRECTING,
        **_OF_RECORDING,
        **_OF_REVISING,
        **_OF_SPENDING,
        **_OF_STATING,
        **_OF_VARYING,
        in_writing.id: _writing_of,
        amount_set_aside_stated.id: _set_aside_of,
        payment_stated.id: _payment_of,
        use_stated.id: _use_of,
        not_retrospective.id: _start_of,
    }
)
"""What every rule that can be asked of a single direction, a draft too, asks of it, by id of the rule."""
