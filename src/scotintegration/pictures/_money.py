"""The money of a year as a picture: what comes in, in legal order, and where it goes (private)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.citations import cite
from scotintegration.errors import UnknownFactError
from scotintegration.flows._tracing import sums_of
from scotintegration.money import Money, total
from scotintegration.partnership._derived import payment_provision
from scotintegration.pictures._svg import PALE, bar, fitted, group, picture, ribbon, words

if TYPE_CHECKING:
    from scotintegration.flows import Flows

_NIL: Final = Money(0)
_MOST: Final = 12
"""How many bars a column has at most; the smallest beyond that are drawn as one."""

_WIDTH: Final = 960
_TOP: Final = 104
_TALL: Final = 340
"""How tall the bars of a column are together."""
_SLOT: Final = 48
_GAP: Final = 10
_UNKNOWN: Final = 30
_LEFT: Final = 252
_MIDDLE: Final = 468
_RIGHT: Final = 690
_BAR: Final = 18
_LABEL: Final = 236

PAID: Final = "#0072b2"
HELD: Final = "#c77700"
OWN: Final = "#6e6e6e"
PUT_BY: Final = "#a3487a"
SETTLED: Final = "#8a5a00"
BACK: Final = "#2b7bba"
ODD: Final = "#b00020"


@attrs.frozen(kw_only=True)
class _Node:
    """One bar: whose money it is, how much, and under which provision; None is an amount not recorded."""

    name: str
    verb: str
    amount: Money | None
    colour: str
    provision: str = ""
    dashed: bool = False

    @property
    def said(self) -> str:
        """The line under the name."""
        amount = "not recorded" if self.amount is None else self.amount.short()
        return " ".join(filter(None, (self.verb, amount, f"[{self.provision}]" if self.provision else "")))

    @property
    def in_full(self) -> str:
        """The same in one sentence, to the penny."""
        amount = "not recorded" if self.amount is None else str(self.amount)
        under = f"under {self.provision}" if self.provision else ""
        return " ".join(filter(None, (self.name, self.verb, amount, under)))


def _known(ask: Callable[[], Money]) -> Money | None:
    try:
        return ask()
    except UnknownFactError:
        return None


def _name(flows: Flows, id: str) -> str:
    return next((body.name for body in flows.partnership.bodies if body.id == id), id)


def _fewer(nodes: list[_Node]) -> list[_Node]:
    """Draw the smallest bars as one where there are more than a picture holds."""
    if len(nodes) <= _MOST:
        return nodes
    small = sorted(nodes, key=lambda node: node.amount.pence if node.amount else 0)[: len(nodes) - _MOST + 1]
    rest = [node for node in nodes if node not in small]
    amount = total(node.amount for node in small if node.amount)
    return [*rest, _Node(name=f"{len(small)} others", verb="together", amount=amount, colour=OWN)]


def _paid_in(flows: Flows) -> Iterator[_Node]:
    """Give what each body pays in or sets aside, in the order of the provisions."""
    p = flows.partnership
    ijb = p.ijb
    sums: dict[tuple[str, str], Money] = {}
    for one in flows.budget.payments.items:
        if ijb is None or one.payer != ijb.id:
            key = (cite(payment_provision(p, one.payer, one.payee)).printed, one.payer)
            sums[key] = sums.get(key, _NIL) + one.amount
    for late in flows.budget.late_allocations.items:
        to = p.authority_for(late.function)
        key = (cite(payment_provision(p, late.payer, to)).printed, late.payer)
        sums[key] = sums.get(key, _NIL) + late.amount
    nodes = [
        _Node(name=_name(flows, payer), verb="pays", amount=amount, colour=PAID, provision=provision)
        for (provision, payer), amount in sums.items()
    ]
    if _known(lambda: flows.payments_in) is None:
        nodes.append(_Node(name="Payments in", verb="", amount=None, colour=PAID))
    held = _known(lambda: flows.set_aside)
    if held is None or held:
        provision = "s. 19(2)" if ijb is None else "s. 14(3)"
        name = p.health_board.name
        nodes.append(_Node(name=name, verb="sets aside", amount=held, colour=HELD, provision=provision, dashed=True))
    yield from sorted(nodes, key=lambda node: (node.provision, node.name))


def _kept(flows: Flows) -> Iterator[_Node]:
    """Give what is neither paid in nor directed: own costs and movements, the latter of either sign."""
    yield _Node(name="Own costs", verb="", amount=_known(lambda: flows.own_costs), colour=OWN)
    moved = _known(lambda: flows.reserve_movement)
    verb = "" if moved is None else "drawn" if moved < _NIL else "added"
    yield _Node(name="Reserves", verb=verb, amount=moved, colour=PUT_BY)
    settled = _known(lambda: flows.settlements)
    yield _Node(name="Settlements", verb="", amount=settled, colour=SETTLED, provision="s. 28(3) and (4)")
    yield _Node(name="Returned", verb="windfall", amount=_known(lambda: flows.returned), colour=BACK)
    gap = _known(lambda: flows.gap)
    name = "Not covered" if gap is not None and gap < _NIL else "Left over"
    yield _Node(name=name, verb="", amount=gap, colour=ODD)


def _directed(flows: Flows) -> Iterator[_Node]:
    """Give what directions pay and specify, by whom they are given to."""
    paid: dict[str, Money] = {}
    specified: dict[str, Money] = {}
    try:
        for direction in flows.directions:
            payment, held = sums_of(flows, direction)
            names = " and ".join(_name(flows, id) for id in direction.given_to.items) or "nobody"
            paid[names] = paid.get(names, _NIL) + payment
            specified[names] = specified.get(names, _NIL) + held
    except UnknownFactError:
        yield _Node(name="Directions", verb="", amount=None, colour=PAID, provision="ss. 26 to 28")
        return
    for names, amount in sorted(paid.items()):
        yield _Node(name=names, verb="is paid", amount=amount, colour=PAID, provision="s. 27(3)")
    for names, amount in sorted(specified.items()):
        verb, provision = "from set aside", "s. 28(1)"
        yield _Node(name=names, verb=verb, amount=amount, colour=HELD, provision=provision, dashed=True)


def _received(flows: Flows) -> Iterator[_Node]:
    """Give what each lead agency receives, or directs of what is set aside."""
    sums: dict[str, Money] = {}
    for payment in flows.budget.payments.items:
        sums[payment.payee] = sums.get(payment.payee, _NIL) + payment.amount
    more = [(one.function, one.amount) for one in flows.budget.late_allocations.items]
    more += [(one.function, one.amount) for one in flows.budget.set_asides.items]
    for function, amount in more:
        to = flows.partnership.authority_for(function)
        sums[to] = sums.get(to, _NIL) + amount
    for body, amount in sorted(sums.items()):
        yield _Node(name=_name(flows, body), verb="receives", amount=amount, colour=PAID, provision="s. 25(2)")


def _columns(flows: Flows) -> tuple[list[_Node], list[_Node]]:
    """Give the bars on either side; what is less than nothing stands on the other side."""
    into, out = list(_paid_in(flows)), list(_received(flows) if flows.partnership.ijb is None else _directed(flows))
    for node in _kept(flows) if flows.partnership.ijb is not None else ():
        if node.amount is not None and node.amount < _NIL:
            into.append(attrs.evolve(node, amount=-node.amount))
        else:
            out.append(node)
    return tuple(_fewer([node for node in side if node.amount != _NIL]) for side in (into, out))  # type: ignore[return-value]


@attrs.frozen
class _Placed:
    """A bar and where it stands."""

    node: _Node
    y: int
    height: int


def _placed(nodes: Iterable[_Node], whole: Money) -> list[_Placed]:
    """Put bars below each other, each as tall as its amount and with room for its label."""
    placed, y = [], _TOP
    for node in nodes:
        pence = 0 if node.amount is None else node.amount.pence
        height = _UNKNOWN if node.amount is None else max(2, _TALL * pence // whole.pence)
        slot = max(height, _SLOT)
        placed.append(_Placed(node, y + (slot - height) // 2, height))
        y += slot + _GAP
    return placed


def _bottom(placed: Iterable[_Placed]) -> int:
    return max((max(one.y + one.height, one.y + one.height // 2 + _SLOT // 2) for one in placed), default=_TOP)


def _drawn(one: _Placed, x: int, *, to_right: bool) -> str:
    """Draw a bar with its label beside it."""
    node, middle = one.node, one.y + one.height // 2
    edge, anchor = (x + _BAR + 8, "start") if to_right else (x - 8, "end")
    dashed = node.dashed or node.amount is None
    return group(
        node.in_full,
        (
            bar(x, one.y, _BAR, one.height, node.colour, dashed=dashed),
            words(fitted(node.name, _LABEL, 13), edge, middle - 3, anchor=anchor, bold=True),
            words(fitted(node.said, _LABEL, 12), edge, middle + 13, size=12, anchor=anchor),
        ),
    )


def _ribbons(placed: list[_Placed], x: int, middle: int, start: int, *, to_right: bool) -> Iterator[str]:
    """Draw the bands between one column and the bar in the middle, in order."""
    y = start
    for one in placed:
        ends = (middle + _BAR, y, x, one.y) if to_right else (x + _BAR, one.y, middle, y)
        dashed = one.node.dashed or one.node.amount is None
        yield ribbon(*ends, one.height, one.node.colour, dashed=dashed)
        y += one.height


def money_diagram(flows: Flows) -> str:
    """
    Draw the money of one year: what comes in, in the order of the provisions, and where it goes.

    A bar is as tall as its amount, but never less than two dots. Money set aside is dashed, for the Health Board holds
    it; so is an amount that is not recorded. The table of the year is the picture's twin and has every penny.

    Args:
        flows: The money of the year.

    Returns:
        A static SVG of at most 12 bars a side, with a title and a description, the same text every time.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14, 18, 19, 25(2), 26 to 28; the provisions stand in it.

    >>> from scotintegration.examples import example
    >>> money_diagram(example("body-corporate").money("2026/27")).startswith("<svg ")
    True

    .. versionadded:: 0.1.0
    """
    p = flows.partnership
    left, right = _columns(flows)
    sides = [total(node.amount for node in side if node.amount is not None) for side in (left, right)]
    whole = max(*sides, Money(1))
    into, out = _placed(left, whole), _placed(right, whole)
    heights = [sum(one.height for one in side) for side in (into, out)]
    tall = max(*heights, 2)
    bottom = max(_bottom(into), _bottom(out), _TOP + 64 + tall)
    start = max(_TOP + 64, (_TOP + bottom - tall) // 2)
    name = "Lead agencies" if p.ijb is None else p.ijb.name
    amount = _known(lambda: flows.resources)
    resources = "resources not recorded" if amount is None else f"resources {amount.short()}"
    centre = _MIDDLE + _BAR // 2
    title = f"{p.name}: money of {flows.year}"
    note = (
        "Derived from national totals, illustrative." if flows.budget.derived else "Dashed: set aside, or not recorded."
    )
    parts = [
        words(fitted(title, _WIDTH - 48, 18), 24, 34, size=18, bold=True),
        words("1  Paid in and set aside", _LEFT + _BAR, 72, anchor="end", ink=PALE),
        words("2  Integration authority", centre, 72, anchor="middle", ink=PALE),
        words("3  Directed, spent and kept", _RIGHT, 72, ink=PALE),
        *_ribbons(into, _LEFT, _MIDDLE, start, to_right=False),
        *_ribbons(out, _RIGHT, _MIDDLE, start, to_right=True),
        group(
            f"{name}: {'resources not recorded' if amount is None else f'resources {amount}'}",
            (
                bar(_MIDDLE, start, _BAR, tall, "#333333"),
                words(fitted(name, 300, 13), centre, 94, anchor="middle", bold=True),
                words(resources, centre, 110, size=12, anchor="middle"),
            ),
        ),
        *(_drawn(one, _LEFT, to_right=False) for one in into),
        *(_drawn(one, _RIGHT, to_right=True) for one in out),
        words(note, 24, bottom + 34, size=12, ink=PALE),
    ]
    told = "; ".join(one.node.in_full for one in (*into, *out)) or "no money"
    id = re.sub("[^A-Za-z0-9-]+", "-", f"money-{p.id}-{flows.year}")
    return picture(id, title, f"What comes in and where it goes: {told}.", _WIDTH, bottom + 52, parts)
