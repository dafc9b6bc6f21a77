"""
One stretch of runs of a few partnerships, from 1 April of the first year to the last 31 March.

Within a year, pence are held in binary64 as whole numbers. ``Inputs`` keeps every sum met below
3 * 10**15, and whole numbers are exact up to 2**53, so nothing is rounded but where the specification
says so; numpy works on them several times faster than on int64 where quotients are taken. What is
carried from year to year, and every result, is int64.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, Protocol

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.errors import ConservationError
from scotintegration.simulation._apportion import Pence, apportion, precedence, shares_of
from scotintegration.simulation._events import Events, Ledger
from scotintegration.simulation._inputs import GROUPS, MEETINGS, MONTHS, Counts, Floats, History
from scotintegration.simulation._room import Room
from scotintegration.simulation._slots import Slots, Terms

__all__ = ["FIELDS", "Course", "Draws", "Piece", "simulate_piece"]

FIELDS: dict[str, type[np.generic]] = {
    "directions": np.int16,
    "deferred": np.int8,
    "reserve_pence": np.int64,
    "top_health_board_pence": np.int64,
    "top_council_pence": np.int64,
}
"""Yearly results and how they are held."""

SAME_ARM, OTHER_ARM, RESERVE = 1, 2, 3

Flags = npt.NDArray[np.bool_]

_STRIDE = 2**16  # months of functions and runs worked on at once
_SHORT, _LONG = 128, 1024  # numbers that a buffer holds, at least and at most
_MOSTLY = 0.6  # share of columns with business from which picking them out costs more than it saves


class Draws(Protocol):
    """Where a stretch of runs gets its random numbers."""

    def spread(self, year: int, partnerships: range, functions: Counts, volatility: float, out: Floats) -> None:
        """Fill *out*, shape ``(functions, 12, partnerships, runs)``, with standard normals times the volatility."""

    def attend(self, year: int, partnerships: range, group: int, seats: int, attendance: float) -> Flags:
        """Tell whose uniform is below the attendance, shape ``(seats, 6, partnerships, runs)``."""


class Course(Protocol):
    """
    What boards do otherwise than in the reference year, in one run each.

    Money is whole pence, int64: of functions in shape ``(partnerships, functions)``, of boards ``(partnerships,)``.
    """

    def carried(self, year: int) -> Flags:
        """Tell which meetings decide, shape ``(6, partnerships)``."""

    def allocated(self, year: int, spent: Pence, reserve: Pence) -> Pence:
        """Give what directions begin with; *spent* is what will be by the end of each month, as things stand."""

    def recovered(self, year: int, month: int, forecast: Pence, amount: Pence, reserve: Pence) -> Pence | None:
        """Give what will be spent by the end of each month once a meeting was held; None where that is as before."""

    def settled(self, year: int, over: Pence, amount: Pence, reserve: Pence) -> tuple[Pence, Pence, Pence]:
        """Give the reserve after a year, what either side pays to settle it, and what else came in, net."""


@attrs.frozen(eq=False)
class Piece:
    """
    Results of a stretch of runs.

    Attributes:
        start: Number of the first partnership.
        partnerships: How many there are.
        first: Number of the first run.
        runs: How many there are.
        yearly: The arrays of ``FIELDS``, each of shape ``(partnerships, years, runs)``.
        events: Directions varied, if kept.
        history: Month by month, if kept.
    """

    start: int
    partnerships: int
    first: int
    runs: int
    yearly: dict[str, npt.NDArray[Any]]
    events: Events | None
    history: History | None

    def summed(self) -> Piece:
        """Give the sums over runs, as one run."""
        yearly = {name: kept.sum(axis=2, keepdims=True, dtype=np.int64) for name, kept in self.yearly.items()}
        return attrs.evolve(self, yearly=yearly)


def simulate_piece(
    slots: Slots,
    draws: Draws,
    first: int,
    runs: int,
    room: Room,
    *,
    events: bool = False,
    history: bool = False,
    course: Course | None = None,
) -> Piece:
    """
    Simulate some runs of the partnerships laid out.

    Args:
        slots: The partnerships.
        draws: Their random numbers.
        first: Number of the first run, for events and errors.
        runs: How many runs, 1 or more.
        room: Where to work.
        events: Whether to log directions varied.
        history: Whether to keep every month.
        course: What the boards do otherwise, where they do; of one run, with every month kept.

    Returns:
        The results.

    Raises:
        ConservationError: If a partnership's year does not balance in some run.
    """
    stretch = _Stretch(slots, draws, first, runs, room, events, history, course)
    with _short_buffers(runs):
        for year in range(slots.inputs.years):
            stretch.play(year)
    if stretch.ledger is None:
        return stretch.piece
    return attrs.evolve(stretch.piece, events=stretch.ledger.events())


@contextmanager
def _short_buffers(runs: int) -> Iterator[None]:
    """
    Let numpy work on rows of these runs where they lie.

    It copies rows shorter than its buffer into the buffer first, and a number that goes
    with a whole row as often as the row is long, which takes longer than the arithmetic.
    """
    before = np.getbufsize()
    if runs >= _SHORT:
        np.setbufsize(min(runs, _LONG) // 16 * 16)
    try:
        yield
    finally:
        np.setbufsize(before)


class _Stretch:
    """State of the stretch: the reserve between years, amounts and spending within one."""

    def __init__(
        self,
        slots: Slots,
        draws: Draws,
        first: int,
        runs: int,
        room: Room,
        events: bool,
        history: bool,
        course: Course | None,
    ) -> None:
        self.course = course
        self.slots, self.draws, self.first, self.runs, self.room = slots, draws, first, runs, room
        self.ledger = Ledger(slots, first, runs, room) if events else None
        places, arms, partnerships = slots.function.shape
        years = slots.inputs.years
        self.shape = (places, arms, partnerships, runs)
        self.columns = partnerships * runs
        self.rank = precedence(places)
        self.amount = room.floats("amount", *self.shape)
        self.outlook = room.floats("outlook", MEETINGS, *self.shape)
        self.outlook[...] = 0
        self.closing = room.floats("closing", *self.shape)
        self.gap = self.closing
        self.left = room.floats("left", *self.shape)
        opening = slots.inputs.opening_reserve_pence[slots.start : slots.start + partnerships]
        self.reserve = np.repeat(opening, runs)
        self.varied = np.zeros(arms * self.columns, np.int16)
        yearly, monthly = (partnerships, years, runs), (runs, years, MONTHS, partnerships, slots.inputs.functions)
        kept = (
            History(
                spent_pence=np.zeros(monthly, np.int64),
                amount_pence=np.zeros(monthly, np.int64),
                quorate=np.empty((runs, years, MEETINGS, partnerships), np.bool_),
            )
            if history
            else None
        )
        arrays = {name: np.empty(yearly, kind) for name, kind in FIELDS.items()}
        self.piece = Piece(slots.start, partnerships, first, runs, arrays, None, kept)

    def play(self, year: int) -> None:
        """Simulate one financial year."""
        terms = self.slots.terms[year]
        quorate = self._spend_and_attend(year)
        opening = self.reserve.copy()
        self.amount[...] = terms.budget if self.course is None else self._allocated(self.course, year)
        self.varied[...] = 0
        for meeting, outlook in enumerate(self.outlook):
            self._keep_month(year, 2 * meeting)
            forecast = None if self.course is None else self.slots.by_function(outlook)
            self._meet(terms, year, 2 * meeting + 2, outlook, quorate[meeting])
            if self.course is not None and forecast is not None:
                self._recover(self.course, terms, year, meeting, forecast)
            self._keep_month(year, 2 * meeting + 1)
        self._close(terms, year, opening)
        self.piece.yearly["deferred"][:, year] = np.add.reduce(~quorate, axis=0, dtype=np.int8)
        if self.piece.history is not None:
            self.piece.history.quorate[:, year] = quorate.transpose(2, 0, 1)

    def _spend_and_attend(self, year: int) -> Flags:
        """Draw the year: fill ``outlook``, and tell which meetings are quorate, shape ``(6, partnerships, runs)``."""
        inputs, runs = self.slots.inputs, self.runs
        partnerships = len(self.slots.members)
        present = np.zeros((len(GROUPS), MEETINGS, partnerships, runs), np.int16)
        for start, stop in self.slots.alike:
            functions, split = self.slots.members[start], self.slots.split[start]
            for side, ours in enumerate((functions[:split], functions[split:])):
                self._spend(year, slice(start, stop), side, ours)
            if self.course is not None:
                continue
            numbers = range(self.slots.start + start, self.slots.start + stop)
            for group in range(len(GROUPS)):
                entitled = inputs.voting_members[year, :, numbers.start : numbers.stop, group]
                seats = int(entitled.max())
                if seats:
                    attends = self.draws.attend(year, numbers, group, seats, inputs.attendance)
                    if (entitled < seats).any():
                        attends &= (np.arange(seats)[:, None, None] < entitled)[..., None]
                    present[group, :, start:stop] = _count(attends)
        if self.course is not None:
            return self.course.carried(year)[..., None]
        stop = self.slots.start + partnerships
        quorate: Flags = present.sum(axis=0) >= inputs.quorum[year, :, self.slots.start : stop, None]
        if inputs.both_sides:
            quorate &= (present[0] > 0) & (present[1] > 0)
        return quorate

    def _spend(self, year: int, places: slice, side: int, functions: Counts) -> None:
        """Turn normals into the spending of one arm of some partnerships, and that into a forecast for each meeting."""
        inputs, terms = self.slots.inputs, self.slots.terms[year]
        numbers = range(self.slots.start + places.start, self.slots.start + places.stop)
        growth = inputs.growth[year, numbers.start : numbers.stop].T
        stride = max(1, _STRIDE // (MONTHS * len(numbers) * self.runs))
        for start in range(0, len(functions), stride):
            some = functions[start : start + stride]
            spend = self.room.floats("spend", len(some), MONTHS, len(numbers), self.runs)
            self.draws.spread(year, numbers, some, inputs.volatility, spend)
            spend += growth[some, None, :, None]
            spend *= terms.monthly[some, :, places, None]
            np.rint(spend, out=spend)
            if self.piece.history is not None:
                by_run = np.cumsum(spend, axis=1).transpose(3, 1, 2, 0)
                self.piece.history.spent_pence[:, year, :, places][..., some] = by_run
            by_month = spend.transpose(1, 0, 2, 3)
            spent = self.room.floats("spent", MEETINGS, len(some), len(numbers), self.runs)
            np.add(by_month[::2], by_month[1::2], out=spent)
            for before, after in pairwise(spent):
                after += before
            forecast = spend.reshape(-1)[: spent.size].reshape(spent.shape)
            np.divide(spent, terms.due[:, some, places, None], out=forecast)
            forecast *= terms.to_come[:, some, places, None]
            np.rint(forecast, out=forecast)
            np.add(forecast, spent, out=self.outlook[:, start : start + len(some), side, places])

    def _allocated(self, course: Course, year: int) -> Floats:
        """Lay out what directions begin with."""
        assert self.piece.history is not None
        return self.slots.laid_out(course.allocated(year, self.piece.history.spent_pence[0, year], self.reserve))

    def _recover(self, course: Course, terms: Terms, year: int, meeting: int, forecast: Pence) -> None:
        """Let a recovery plan change what will be spent, and with it the forecasts of the meetings to come."""
        assert self.piece.history is not None
        amount = self.slots.by_function(self.amount)
        spent = course.recovered(year, 2 * meeting + 2, forecast, amount, self.reserve)
        if spent is None:
            return
        self.piece.history.spent_pence[0, year] = spent
        for later in range(meeting + 1, MEETINGS):
            so_far = spent[2 * later + 1]
            to_come = np.rint(so_far / terms.due[later].T * terms.to_come[later].T)
            self.outlook[later] = self.slots.laid_out(so_far + to_come)

    def _meet(self, terms: Terms, year: int, month: int, outlook: Floats, quorate: Flags) -> None:
        """Vary directions by the forecasts, in every quorate run."""
        gap = self.gap = np.subtract(outlook, self.amount, out=outlook if month < MONTHS else self.closing)
        # What lies from 0 to the limit needs nothing and spares nothing.
        business = np.greater(gap, terms.limit, out=self.room.flags("flags", *self.shape))
        business |= np.less(gap, 0, out=self.room.flags("spare", *self.shape))
        business &= quorate
        gap *= business

        by_arm = gap.reshape(self.slots.places, -1)
        both, net = np.abs(by_arm, out=self.left.reshape(by_arm.shape)).sum(axis=0), by_arm.sum(axis=0)
        need, spare = (both + net) * 0.5, (both - net) * 0.5
        within = np.minimum(need, spare)
        lacking, offered = (need - within).reshape(2, -1), (spare - within).reshape(2, -1)
        between = np.minimum(lacking, offered[::-1])
        wanted = (lacking - between).sum(axis=0)
        granted = np.minimum(wanted, self.reserve)
        if not any(len(_busy(moved)) for moved in (granted, within, between)):
            return
        self.amount += gap  # now the sum that each function must come to; less what is still amiss, it is the amount
        self._within_arms(year, month, within, need, spare)
        self._between_arms(year, month, between, lacking, offered)
        self._from_reserve(year, month, granted, wanted)
        self.amount -= self.gap

    def _within_arms(self, year: int, month: int, moved: Floats, need: Floats, spare: Floats) -> None:
        """Stage 1: what an arm's functions can spare goes to those of the same arm in need."""
        gap = self.gap.reshape(self.slots.places, -1)
        busy = _busy(moved)
        net, whole = need - spare, np.maximum(need, spare)
        if len(busy) > _MOSTLY * len(moved):
            left = self._settle(gap, moved, net, whole)
            self._vary(gap, left, slice(None), year, month, SAME_ARM)
            gap[...] = left
        elif len(busy):
            part = gap.take(busy, axis=1)
            left = self._settle(part, moved[busy], net[busy], whole[busy])
            self._vary(part, left, busy, year, month, SAME_ARM)
            gap[:, busy] = left

    def _between_arms(self, year: int, month: int, moved: Floats, lacking: Floats, offered: Floats) -> None:
        """Stage 2: what one arm can still spare goes to the other."""
        total = moved[0] + moved[1]
        busy = _busy(total)
        if not len(busy):
            return
        gap = self.gap.reshape(self.slots.places, -1)
        net = lacking - offered
        council = np.abs(net[1, busy]) > np.abs(net[0, busy])
        greater = busy + self.columns * council  # shared out; the other arm's column moves whole
        lesser = busy + self.columns * ~council
        part, most = gap.take(greater, axis=1), net.reshape(-1)[greater]
        left = self._settle(part, total[busy], most, np.abs(most))
        self._vary(part, left, greater, year, month, OTHER_ARM)
        gap[:, greater] = left
        self._vary(gap.take(lesser, axis=1), 0, lesser, year, month, OTHER_ARM)
        gap[:, lesser] = 0

    def _from_reserve(self, year: int, month: int, moved: Floats, need: Floats) -> None:
        """Stage 3: the general reserve meets what need is left, as far as it goes."""
        busy = _busy(moved)
        if not len(busy):
            return
        gap = self.gap.reshape(-1, self.columns)
        part = gap.take(busy, axis=1)
        left = np.minimum(part, 0)
        some = np.flatnonzero(moved[busy] < need[busy])
        if len(some):
            columns = busy[some]
            weights = np.maximum(part[:, some], 0)
            rank = self.slots.rank[:, columns // self.runs]
            left[:, some] += weights - shares_of(moved[columns], weights, need[columns], rank, self.room)
        self._vary(part, left, busy, year, month, RESERVE)
        gap[:, busy] = left
        self.reserve -= moved.astype(np.int64)

    def _settle(self, gap: Floats, moved: Floats, net: Floats, whole: Floats) -> Floats:
        """
        What is left of each column's needs (above 0) and spares (below 0) once a sum has moved.

        The lesser of a column's two sides moves whole, so only the greater is
        shared out, and only of the greater is anything left.
        """
        sign = np.sign(net)
        weights = np.multiply(gap, sign, out=self.left.reshape(-1)[: gap.size].reshape(gap.shape))
        np.maximum(weights, 0, out=weights)
        weights -= shares_of(moved * np.abs(sign), weights, np.maximum(whole, 1), self.rank, self.room)
        weights *= sign
        return weights

    def _vary(self, gap: Floats, left: Floats | int, columns: Any, year: int, month: int, source: int) -> None:
        """Count the directions varied where a gap is not what it was, and note them if asked to."""
        changed = np.not_equal(gap, left, out=self.room.flags("flags", *gap.shape))
        self.varied[columns] += _count(changed)
        if self.ledger is None:
            return
        found = np.flatnonzero(changed)
        slot = found
        if gap.size < self.gap.size:
            row = found // gap.shape[1]
            slot = row * (self.gap.size // len(gap)) + columns.take(found - row * gap.shape[1])
        amount = self.amount.reshape(-1).take(slot)
        old, new = self.ledger.note(slot, year, month, source)
        np.take(gap, found, out=old, mode="clip")
        np.subtract(amount, old, out=old)
        np.subtract(amount, left if isinstance(left, int) else left.take(found), out=new)

    def _keep_month(self, year: int, month: int) -> None:
        """Copy the amounts at a month's end to the history, if it is kept."""
        if self.piece.history is None:
            return
        for start, stop in self.slots.alike:
            functions, split = self.slots.members[start], self.slots.split[start]
            arms = (self.amount[:split, 0, start:stop], self.amount[: len(functions) - split, 1, start:stop])
            by_run = np.concatenate(arms).transpose(2, 1, 0)
            self.piece.history.amount_pence[:, year, month, start:stop][..., functions] = by_run

    def _close(self, terms: Terms, year: int, opening: Pence) -> None:
        """Settle the year, check that no penny was made or lost, and store its results."""
        partnerships, runs = len(self.slots.members), self.runs
        spent = self.outlook[-1]  # nothing is to come after the last meeting
        gap = np.subtract(self.amount, spent, out=self.closing).reshape(-1, self.columns)
        net = gap.sum(axis=0).astype(np.int64)
        over = -np.minimum(gap, 0, out=gap).sum(axis=0).astype(np.int64)
        self.reserve += net + over
        received = opening + np.repeat(terms.payment.sum(axis=0), runs)
        if self.course is None:
            top = self._settled(terms, over)
        else:
            amount = self.slots.by_function(self.amount)
            self.reserve, top, beside = self.course.settled(year, over, amount, self.reserve)
            received += beside
        received += top.sum(axis=0)
        used = spent.reshape(-1, self.columns).sum(axis=0).astype(np.int64) + self.reserve
        self._balance(received, used, year)
        issued = np.array([len(functions) for functions in self.slots.members], np.int16)
        varied = self.varied.reshape(2, partnerships, runs).sum(axis=0, dtype=np.int16)
        yearly = self.piece.yearly
        yearly["directions"][:, year] = varied + issued[:, None]
        yearly["reserve_pence"][:, year] = self.reserve.reshape(partnerships, runs)
        yearly["top_health_board_pence"][:, year] = top[0].reshape(partnerships, runs)
        yearly["top_council_pence"][:, year] = top[1].reshape(partnerships, runs)

    def _settled(self, terms: Terms, over: Pence) -> Pence:
        """Meet what was overspent from the reserve; give what either side pays of the rest, by what they paid in."""
        drawn = np.minimum(over, self.reserve)
        self.reserve -= drawn
        short = over - drawn
        top = np.zeros((2, self.columns), np.int64)
        busy = np.flatnonzero(short)
        if len(busy):
            payment = terms.payment[:, busy // self.runs]
            top[:, busy] = apportion(short[busy], payment, payment.sum(axis=0), precedence(2), self.room)
        return top

    def _balance(self, received: Pence, used: Pence, year: int) -> None:
        """Refuse to go on if a partnership's year does not balance."""
        if not np.array_equal(received, used):
            column = int(np.flatnonzero(received != used)[0])
            partnership, run = divmod(column, self.runs)
            where = f"partnership {self.slots.start + partnership} in year {year} of run {self.first + run}"
            raise ConservationError(where, int(received[column]), int(used[column]))


def _busy(moved: Floats) -> Counts:
    """List where a sum moves; numpy looks through flags the quickest."""
    return np.flatnonzero(moved > 0)


def _count(flags: Flags) -> npt.NDArray[np.int16]:
    """Count what is true down the first axis."""
    narrow = np.int8 if len(flags) < 128 else np.int16  # a bool is a byte, and bytes are added the quickest
    count: npt.NDArray[np.int16] = np.add.reduce(flags.view(np.int8), axis=0, dtype=narrow).astype(np.int16)
    return count
