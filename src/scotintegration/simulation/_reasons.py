"""Why the money of a function moved in a month, in lines with the provision behind each (private)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from typing import Final

from scotintegration.citations import cite
from scotintegration.directions import Direction
from scotintegration.money import Money
from scotintegration.registers import DirectionsRegister
from scotintegration.simulation._living import SOURCES
from scotintegration.simulation.eras import NIL, Era
from scotintegration.simulation.policies import BY_SCHEME, named

__all__ = ["reasons"]

_MONTHS: Final = 12
_VARY: Final = "asp 2014/9 s.27(5)(a)"
_QUORUM: Final = "SSI 2014/285 sch para 3"
_VARIANCE: Final = "SSI 2014/341 sch"
_DIRECT: Final = "asp 2014/9 s.26(1)"
_MAJORITY: Final = "SSI 2014/285 art.11"
_PAYS: Final = "asp 2014/9 s.14(4)"
_HOST: Final = "finance guidance 3.1.4"
_NEEDS: Final = {1: "others of the same arm in need", 2: "others of the other arm in need"}
"""Where the money of a direction that was cut went."""


def reasons(era: Era, register: DirectionsRegister, function: str, when: date, until: date) -> tuple[str, ...]:
    """Say what happened to the money of a function in the month of a day."""
    return tuple(_lines(era, register, function, when, until))


def _cited(provision: str) -> str:
    return f" [{cite(provision).printed}]"


def _lines(era: Era, register: DirectionsRegister, function: str, when: date, until: date) -> Iterator[str]:
    f = era.compiled.functions.index(function)
    y = next(y for y, year in enumerate(era.years) if when in year)
    month = (when.month - 4) % _MONTHS + 1
    spent = [Money(int(pence)) for pence in era.history.spent_pence[0, y, :month, 0, f]]
    amount = Money(int(era.history.amount_pence[0, y, month - 1, 0, f]))
    budget = era.amounts(y)[f]
    this = spent[-1] - (spent[-2] if month > 1 else NIL)
    paid = "directed" if era.directs else "paid"
    yield f"{function}, {calendar.month_name[when.month]} {when.year}: {this} spent, {spent[-1]} since 1 April"
    yield f"{amount} is {paid} for the year, {budget} when it began"
    if era.directs and budget != era.paid(y)[f]:
        by = named(era.compiled.scenario.allocation)
        yield f"{era.paid(y)[f]} was paid in for it; the board allocates {by}{_cited(_DIRECT)}"
    if not era.directs:
        yield from _not_directed(era, y, f, month, spent[-1] - budget)
        return
    if month % 2:
        return
    made, on = era.made(y, month), era.met(y, month)
    if on > until:
        yield f"{on.isoformat()}: the board meets after the last day of the run"
        return
    went = era.went(y, month)
    if went == "without a majority":
        yield f"{made.isoformat()}: the board met with its quorum, and what was put had no majority{_cited(_MAJORITY)}"
    elif not era.history.quorate[0, y, month // 2 - 1, 0]:
        yield f"{made.isoformat()}: the meeting had no quorum and decided nothing{_cited(_QUORUM)}"
    else:
        special = ", at a special meeting" if went.endswith("special meeting") else ""
        yield f"{made.isoformat()}: the board met with its quorum{special}{_cited(_QUORUM)}"
        if on > made:
            yield f"{on.isoformat()}: what it decided is issued{_cited(_DIRECT)}"
        yield from _moved(era, register, y, f, on)
        yield from _planned(era, y, month, f)
    if month == _MONTHS:
        yield from _settled(era, y, spent[-1] - amount)


def _not_directed(era: Era, y: int, f: int, month: int, over: Money) -> Iterator[str]:
    """Say who bears what was spent where no board directs."""
    if era.partnership.ijb is not None:
        yield f"no direction is given, so the board pays nothing out and whoever delegated carries on{_cited(_DIRECT)}"
        return
    yield f"{era.host(f)} hosts it, and bears what it spends beyond that or keeps what is left{_cited(_HOST)}"
    if month == _MONTHS:
        yield f"{era.years[y].end.isoformat()}: {_strayed(over)} for the year"


def _strayed(over: Money) -> str:
    return f"{abs(over)} {'over' if over > NIL else 'under'}" if over else "neither over nor under"


def _moved(era: Era, register: DirectionsRegister, y: int, f: int, on: date) -> Iterator[str]:
    """Tell each sum that the meeting moved, from or to where, and which direction it varied."""
    of_year = [event for event in era.varied if (event[0], event[2]) == (y + era.first, f)]
    events = [event for event in of_year if era.met(y, event[1]) == on]
    changed: list[Direction] = [
        one
        for one in register.history(era.compiled.functions[f])
        if isinstance(one.varies, str) and one.effective_from == on
    ]
    if not events:
        yield f"{on.isoformat()}: its forecast called for no change, or nothing was left to move"
    for (*_, old, new, source), direction in zip(events, changed, strict=True):
        where = f"from {SOURCES[source]}" if new > old else f"to {_NEEDS[source]}"
        yield f"{on.isoformat()}: {Money(abs(new - old))} {where}"
        yield f"{direction.id} varies {direction.varies} from {Money(old)} to {Money(new)}{_cited(_VARY)}"


def _planned(era: Era, y: int, month: int, f: int) -> Iterator[str]:
    """Tell by how much a recovery plan has a function spend less, and whose plan it is."""
    less = NIL if era.beyond is None else Money(int(era.beyond.planned_pence[0, y, month - 1, f]))
    if less:
        by = named(era.compiled.scenario.recovery)
        yield f"{era.made(y, month).isoformat()}: {less} less to be spent by 31 March, by {by}{_cited(_VARIANCE)}"


def _settled(era: Era, y: int, over: Money) -> Iterator[str]:
    """Tell how the year of all functions together was settled."""
    result, day = era.results[y], era.years[y].end.isoformat()
    yield f"{day}: {_strayed(over)} against what was directed for it"
    moved = result.reserve - era.opening(y)
    if moved:
        way = f"{moved} added to" if moved > NIL else f"{-moved} taken from"
        yield f"{day}: over the year {way} the general reserve, all functions together{_cited(_VARIANCE)}"
    if result.allocated_late:
        late = result.allocated_late
        yield f"{day}: {late} allocated late by the Health Board, all functions together{_cited(_PAYS)}"
    released = era.earmarked(y) - result.earmarked
    if released:
        yield f"{day}: {released} released from the earmarked reserve, all functions together{_cited(_VARIANCE)}"
    rule = era.compiled.scenario.settlement
    by = "" if rule is None else f", by {named(rule) if rule != BY_SCHEME else 'the risk share of the scheme'}"
    for name, extra in (("the Health Board", result.top_health_board), ("the councils", result.top_council)):
        if extra:
            yield f"{day}: {extra} more from {name} to settle the year{by}, all functions together{_cited(_VARIANCE)}"
    for name, repaid in (("the Health Board", result.repaid_health_board), ("the councils", result.repaid_council)):
        if repaid:
            yield f"{day}: {repaid} of earlier loans repaid to {name}{_cited(_VARIANCE)}"
