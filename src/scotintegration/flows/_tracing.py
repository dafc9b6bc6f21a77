"""Tracing one function's money from whoever funds it to whoever spends it (private)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from scotintegration._shown import Shown
from scotintegration.citations import Citation, cite
from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.lines import Layer, Line
from scotintegration.money import Money, total
from scotintegration.partnership._derived import payment_provision
from scotintegration.unknown import known

if TYPE_CHECKING:
    from scotintegration.directions import Direction
    from scotintegration.flows import Flows


@attrs.frozen(kw_only=True)
class FlowStep(Shown):
    """
    One step of a pound on its way.

    Attributes:
        from_id: Id of the body it leaves.
        to_id: Id of the body it reaches.
        amount: How much takes the step, in whole pence.
        kind: Payment, set-aside, hosting or direction.
        citation: The provision the step rests on.
        direction: Reference of the direction, for a step that one states.

    Source:
        The citation of each.

    .. versionadded:: 0.1.0
    """

    from_id: str
    to_id: str
    amount: Money
    kind: Layer
    citation: Citation
    direction: str | None = None

    def __str__(self) -> str:
        return f"{self.amount} {self.from_id} -> {self.to_id} ({self.kind}) [{self.citation.printed}]"


def trace(flows: Flows, function: str) -> tuple[FlowStep, ...]:
    """Give the steps of one function's money: in, late, for whom it is hosted, and out under directions."""
    lines = [
        line
        for line in flows.partnership.all_lines
        if line.year == flows.year and line.kind in (Layer.PAYMENT, Layer.SET_ASIDE)
    ]
    mine = [line for line in lines if getattr(line.value, "function", None) == function]
    late = [one for one in flows.budget.late_allocations.items if one.function == function]
    if not mine and not late:
        named = {str(getattr(line.value, "function", "")) for line in lines}
        raise NotFoundError.among("function with money", function, tuple(sorted(named)))
    ijb = flows.partnership.ijb
    steps = [_step(line) for line in mine if ijb is None or line.from_id != ijb.id]
    for one in late:
        to = flows.partnership.authority_for(function)
        provision = cite(payment_provision(flows.partnership, one.payer, to))
        steps.append(FlowStep(from_id=one.payer, to_id=to, amount=one.amount, kind=Layer.PAYMENT, citation=provision))
    steps += _hosted(flows, function)
    for direction in flows.directions:
        if function in direction.functions.items:
            steps += _directed(flows, direction, function)
    return tuple(steps)


def _step(line: Line) -> FlowStep:
    assert line.amount is not None
    return FlowStep(from_id=line.from_id, to_id=line.to_id, amount=line.amount, kind=line.kind, citation=line.citation)


def _hosted(flows: Flows, function: str) -> Iterator[FlowStep]:
    """Give each served authority's share of a hosted service, on its way to the host."""
    if not flows.budget.hosted.complete:
        raise UnknownFactError(f"the shares of hosted services in {flows.year}")
    for share in flows.budget.hosted.items:
        if share.function == function:
            yield FlowStep(
                from_id=share.served,
                to_id=share.host,
                amount=share.amount,
                kind=Layer.HOSTING,
                citation=cite("integration scheme: hosted services"),
            )


def budget_of(flows: Flows, direction: Direction) -> Direction:
    """Give the direction that states the money of one: itself, or the one that it names for a group."""
    if not isinstance(direction.budget_in, str):
        return direction
    named = [one for one in flows.directions if direction.budget_in in (one.id, one.full_reference)]
    return named[0] if len(named) == 1 else direction


def sums_of(flows: Flows, direction: Direction) -> tuple[Money, Money]:
    """Give what a direction itself states as payment and specifies; £0 where another states it for the group."""
    if budget_of(flows, direction) is not direction:
        return Money(0), Money(0)
    payment = known(direction.payment, f"the payment of direction {direction.id!r}")
    specified = known(direction.specified, f"the sum specified by direction {direction.id!r}")
    return payment or Money(0), specified or Money(0)


def _group(flows: Flows, direction: Direction) -> list[Direction]:
    """List the directions that share one stated sum."""
    states = budget_of(flows, direction)
    return [one for one in flows.directions if budget_of(flows, one) is states]


def _directed(flows: Flows, direction: Direction, function: str) -> list[FlowStep]:
    """Give what a direction moves for one function: payments made under it, else its own sums if it has one end."""
    states = budget_of(flows, direction)
    group = _group(flows, direction)
    payment, specified = sums_of(flows, states)
    under = (
        {direction.id} if function in states.functions.items and states is not direction else {direction.id, states.id}
    )
    paid = [
        (one.payee, one.amount)
        for one in flows.budget.payments.items
        if one.direction in under and one.function == function
    ]
    recipients = direction.given_to
    whole = recipients.complete and direction.functions.complete
    undivided = whole and len(group) == len(recipients) == len(direction.functions) == 1
    held = _held(flows, direction, specified) if whole and len(group) == 1 else None
    if not undivided and ((specified and held is None) or (payment and not paid)):
        raise UnknownFactError(_undivided(states, group))
    moved = paid or [(recipient, payment) for recipient in recipients.items]
    steps = [(recipient, amount, "asp 2014/9 s.27(3)") for recipient, amount in moved]
    if undivided and specified:
        steps += [(recipient, specified, "asp 2014/9 s.28(1)") for recipient in recipients.items]
    elif specified and held is not None:
        steps += [(body, amount, "asp 2014/9 s.28(1)") for body, name, amount in held if name == function]
    return [
        FlowStep(
            from_id=flows.partnership.authority_for(function),
            to_id=recipient,
            amount=amount,
            kind=Layer.DIRECTION,
            citation=cite(provision),
            direction=direction.id,
        )
        for recipient, amount, provision in steps
        if amount or not (paid or specified)
    ]


def _held(flows: Flows, direction: Direction, specified: Money) -> list[tuple[str, str, Money]] | None:
    """Divide a sum specified among functions and holders, where it is all that is set aside for the functions."""
    held = [
        (one.health_board, one.function, one.amount)
        for one in flows.budget.set_asides.items
        if one.function in direction.functions.items
    ]
    divides = flows.budget.set_asides.complete and total(amount for *_, amount in held) == specified
    return held if divides and all(body in direction.given_to.items for body, *_ in held) else None


def _undivided(direction: Direction, group: list[Direction]) -> str:
    """Say between what the money of a direction would have to be divided."""
    what = f"how direction {direction.id!r} divides its money"
    others = [one.id for one in group if one is not direction]
    if others:
        return f"{what} with {', '.join(map(repr, others))}"
    ends = direction.given_to.items if len(direction.given_to) > 1 else direction.functions.items
    return f"{what} among {', '.join(map(repr, ends))}" if len(ends) > 1 else what
