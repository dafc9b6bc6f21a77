"""The directions that a recovery option needs varied, and the budget as it leaves it (private)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.budgets import Budget, Payment, Reserve
from scotintegration.dates import day
from scotintegration.directions import Direction
from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.flows._tracing import budget_of
from scotintegration.money import Money
from scotintegration.recovery import PARTIES, Move, MoveKind, RecoveryOption, purpose_of
from scotintegration.unknown import known

if TYPE_CHECKING:
    from scotintegration.flows import Flows

_NIL: Final = Money(0)
_DAY: Final = timedelta(days=1)

_OF_ITS_LIFE: Final = (
    "condition_met_on",
    "decided_on",
    "issued_by",
    "issued_on",
    "meeting",
    "mirrors",
    "progress",
    "report",
    "reviewed_on",
    "revokes",
    "supersedes",
)
"""Fields that tell of the life of a direction, and so are blank in a draft that varies it."""


def draft_directions(option: RecoveryOption, effective_from: date | str | None) -> tuple[Direction, ...]:
    """Vary each direction whose payment changes."""
    flows = option.forecast.flows
    register = flows.partnership.directions
    bare = [one.id for one in register.directions]
    taken = set(bare)
    drafts = []
    for direction, change in varied(option):
        paid = known(direction.payment, f"the payment of direction {direction.id!r}")
        if paid is None:
            raise UnknownFactError(f"the payment of direction {direction.id!r}")
        if paid + change < _NIL:
            raise ValueError(f"direction {direction.id!r} states {paid}, which cannot fall by {-change}")
        id = next(name for n in range(2, 1000) if (name := f"{direction.id}-v{n}") not in taken)
        taken.add(id)
        drafts.append(
            direction.evolve(
                **dict.fromkeys(_OF_ITS_LIFE),
                aliases=(),
                sent_to=(),
                id=id,
                varies=direction.full_reference if bare.count(direction.id) > 1 else direction.id,
                payment=paid + change,
                effective_from=_first_day(flows, direction, effective_from),
                year=flows.year,
                notes=f"Drafted to meet a forecast overspend: {option.name}.",
            )
        )
    return tuple(drafts)


def varied(option: RecoveryOption) -> list[tuple[Direction, Money]]:
    """List the directions whose payment changes, each with its change, in the order recorded."""
    flows = option.forecast.flows
    found: dict[str, tuple[Direction, Money]] = {}
    for function, change in option.changes.items():
        direction = _stating(flows, function)
        if direction is not None:
            before = found.get(direction.full_reference, (direction, _NIL))[1]
            found[direction.full_reference] = (direction, before + change)
    return [found[one.full_reference] for one in flows.directions if one.full_reference in found]


def budget_after(option: RecoveryOption, effective_from: date | str | None) -> Budget:
    """Change the payments and reserves of the year as an option does."""
    _ = option.covered
    flows = option.forecast.flows
    made = draft_directions(option, effective_from)
    drafts = {old.id: one.id for (old, _), one in zip(varied(option), made, strict=True)}
    payments = list(flows.budget.payments.items)
    on = max((one.effective_from for one in made if isinstance(one.effective_from, date)), default=None)
    for function, change in option.changes.items():
        old = _stating(flows, function)
        if old is None:
            continue
        place = _payment(payments, function, old)
        payments[place] = _more(payments[place], change, on)
    for place, payment in enumerate(payments):
        if isinstance(payment.direction, str) and payment.direction in drafts:
            payments[place] = attrs.evolve(payment, direction=drafts[payment.direction])
    if flows.partnership.ijb is not None:
        for move in option.moves:
            if move.kind is MoveKind.PARTY:
                _pay_in(payments, move, flows.partnership.ijb.id, on)
    return attrs.evolve(flows.budget, payments=payments, reserves=_drawn(flows.budget, option.moves))


def _stating(flows: Flows, function: str) -> Direction | None:
    """Give the direction that states the payment for a function; None where lead agencies have given none."""
    found = [one for one in flows.directions if function in one.functions.items]
    states: dict[str, Direction] = {}
    for one in found:
        group = budget_of(flows, one)
        if group.payment is not None or len(found) == 1:
            states[group.full_reference] = group
    if not states and flows.partnership.ijb is None:
        return None
    if not states:
        named = tuple(sorted({name for one in flows.directions for name in one.functions.items}))
        raise NotFoundError.among("direction with a payment for function", function, named)
    if len(states) > 1:
        raise UnknownFactError(f"which of {', '.join(map(repr, sorted(states)))} states the payment for {function!r}")
    return next(iter(states.values()))


def _first_day(flows: Flows, direction: Direction, asked: date | str | None) -> date:
    """Give the first day on which a direction can be varied, or the day asked for if it is not too soon."""
    start = known(direction.binds_from, f"since when direction {direction.id!r} binds")
    assert start is not None  # it is in force
    soonest = max(flows.year.start, start + _DAY)
    on = max(soonest, flows.partnership.as_at) if asked is None else day(asked, "effective_from")
    last = flows.year.end if not isinstance(direction.ends_on, date) else min(flows.year.end, direction.ends_on)
    if not soonest <= on <= last:
        span = f"a day from {soonest.isoformat()} to {last.isoformat()}"
        raise ValueError(f"direction {direction.id!r} cannot be varied from {on.isoformat()}; expected {span}")
    return on


def _payment(payments: list[Payment], function: str, direction: Direction) -> int:
    """Find the payment for a function under a direction."""
    for place, one in enumerate(payments):
        if one.function == function and one.direction == direction.id:
            return place
    raise UnknownFactError(f"what is paid for {function!r} under direction {direction.id!r}")


def _more(payment: Payment, change: Money, on: date | None) -> Payment:
    """Change a payment within the year, keeping what it was when the year began."""
    before = payment.amount if payment.before is None else payment.before
    return attrs.evolve(payment, amount=payment.amount + change, changed_on=on, before=before)


def _pay_in(payments: list[Payment], move: Move, ijb: str, on: date | None) -> None:
    """Add what a party pays to its payment for the function, or make one."""
    if move.from_id == PARTIES:
        raise UnknownFactError("what the parties agree to pay")
    for place, one in enumerate(payments):
        if (one.payer, one.payee, one.function) == (move.from_id, ijb, move.to_id):
            payments[place] = _more(one, move.amount, on)
            return
    fresh = Payment(payer=move.from_id, payee=ijb, function=move.to_id, amount=_NIL)
    payments.append(_more(fresh, move.amount, on))


def _drawn(budget: Budget, moves: Iterable[Move]) -> list[Reserve]:
    """Draw on the reserves of a year what moves take from them."""
    due: dict[str, Money] = {}
    for move in moves:
        if move.kind is MoveKind.RESERVE:
            due[move.from_id] = due.get(move.from_id, _NIL) + move.amount
    reserves = []
    for one in budget.reserves.items:
        taken = min(due.get(purpose_of(one), _NIL), max(one.closing, _NIL))
        if taken:
            due[purpose_of(one)] -= taken
            planned = one.movement if one.planned is None else one.planned
            one = attrs.evolve(one, movement=one.movement - taken, planned=planned)
        reserves.append(one)
    return reserves
