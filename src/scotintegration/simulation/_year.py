"""One stretch of runs of a few partnerships, from 1 April of the first year to the last 31 March."""

from __future__ import annotations

from typing import Any, Protocol

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.errors import ConservationError
from scotintegration.simulation._apportion import Pence, apportion, precedence
from scotintegration.simulation._inputs import GROUPS, MEETINGS, MONTHS, Counts, Floats, History
from scotintegration.simulation._room import Room
from scotintegration.simulation._slots import Slots, Terms

__all__ = ["FIELDS", "Draws", "Piece", "simulate_piece"]

FIELDS: dict[str, type[np.generic]] = {
    "directions": np.int16,
    "deferred": np.int8,
    "reserve_pence": np.int64,
    "top_health_board_pence": np.int64,
    "top_council_pence": np.int64,
}
"""Yearly results and how they are held."""

SAME_ARM, OTHER_ARM, RESERVE = 1, 2, 3

_MOSTLY = 0.6  # share of columns with business from which picking them out costs more than it saves


class Draws(Protocol):
    """Where a stretch of runs gets its random numbers."""

    def normals(self, year: int, partnership: int, functions: Counts) -> Floats:
        """Give standard normals of shape ``(functions, 12, runs)``."""

    def uniforms(self, year: int, partnership: int, group: int, seats: int) -> Floats:
        """Give uniforms of shape ``(seats, 6, runs)``."""


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
        events: Directions varied, in no particular order.
        history: Month by month, if kept.
    """

    start: int
    partnerships: int
    first: int
    runs: int
    yearly: dict[str, npt.NDArray[Any]]
    events: list[Pence]
    history: History | None


def simulate_piece(
    slots: Slots, draws: Draws, first: int, runs: int, room: Room, *, events: bool = False, history: bool = False
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

    Returns:
        The results.

    Raises:
        ConservationError: If a partnership's year does not balance in some run.
    """
    stretch = _Stretch(slots, draws, first, runs, room, events, history)
    for year in range(slots.inputs.years):
        stretch.play(year)
    return stretch.piece


class _Stretch:
    """State of the stretch: the reserve between years, amounts and spending within one."""

    def __init__(
        self, slots: Slots, draws: Draws, first: int, runs: int, room: Room, events: bool, history: bool
    ) -> None:
        self.slots, self.draws, self.first, self.runs, self.room = slots, draws, first, runs, room
        self.keeps_events = events
        places, arms, partnerships = slots.function.shape
        years = slots.inputs.years
        self.shape = (places, arms, partnerships, runs)
        self.columns = partnerships * runs
        self.rank = precedence(places)
        self.amount = room.ints("amount", *self.shape)
        self.spent = room.ints("spent", *self.shape)
        self.gap = room.ints("gap", *self.shape)
        self.step = 1 if history else MONTHS // MEETINGS  # months put together
        self.outlay = room.ints("outlay", MONTHS // self.step, *self.shape)
        self.outlay[...] = 0
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
        self.piece = Piece(slots.start, partnerships, first, runs, arrays, [], kept)

    def play(self, year: int) -> None:
        """Simulate one financial year."""
        terms = self.slots.terms[year]
        quorate = self._spend_and_attend(year)
        opening = self.reserve.copy()
        self.amount[...] = terms.budget
        self.spent[...] = 0
        self.varied[...] = 0
        for month, outlay in zip(range(self.step, MONTHS + 1, self.step), self.outlay, strict=True):
            self.spent += outlay
            if month % 2 == 0:
                self._meet(terms, year, month, quorate[month // 2 - 1])
            if self.piece.history is not None:
                self._keep_month(self.piece.history, year, month)
        self._close(terms, year, opening)
        self.piece.yearly["deferred"][:, year] = np.add.reduce(~quorate, axis=0, dtype=np.int8)
        if self.piece.history is not None:
            self.piece.history.quorate[:, year] = quorate.transpose(2, 0, 1)

    def _spend_and_attend(self, year: int) -> npt.NDArray[np.bool_]:
        """Draw the year: fill ``outlay``, and tell which meetings are quorate, shape ``(6, partnerships, runs)``."""
        inputs, runs = self.slots.inputs, self.runs
        partnerships = len(self.slots.members)
        present = np.zeros((len(GROUPS), MEETINGS, partnerships, runs), np.int16)
        for place, functions in enumerate(self.slots.members):
            number = self.slots.start + place
            self._spend(year, place, functions)
            for group in range(len(GROUPS)):
                entitled = inputs.voting_members[year, :, number, group]
                seats = int(entitled.max())
                if seats:
                    attends = self.draws.uniforms(year, number, group, seats) < inputs.attendance
                    if (entitled < seats).any():
                        attends &= (np.arange(seats)[:, None] < entitled)[..., None]
                    present[group, :, place] = np.add.reduce(attends, axis=0, dtype=np.int16)
        stop = self.slots.start + partnerships
        quorate: npt.NDArray[np.bool_] = present.sum(axis=0) >= inputs.quorum[year, :, self.slots.start : stop, None]
        if inputs.both_sides:
            quorate &= (present[0] > 0) & (present[1] > 0)
        return quorate

    def _spend(self, year: int, place: int, functions: Counts) -> None:
        """Turn normals into each month's spending of one partnership."""
        if not len(functions):
            return
        inputs, number, room = self.slots.inputs, self.slots.start + place, self.room
        spend = room.floats("spend", len(functions), MONTHS, self.runs)
        np.multiply(self.draws.normals(year, number, functions), inputs.volatility, out=spend)
        spend += inputs.growth[year, number, functions][:, None, None]
        spend *= self.slots.terms[year].monthly[place, functions][..., None]
        np.rint(spend, out=spend)
        if self.step > 1:
            pairs = room.floats("pairs", len(functions), MEETINGS, self.runs)
            spend = np.add(spend[:, ::2], spend[:, 1::2], out=pairs)
        by_step, split = spend.transpose(1, 0, 2), self.slots.split[place]
        np.copyto(self.outlay[:, :split, 0, place], by_step[:, :split], casting="unsafe")
        np.copyto(self.outlay[:, : len(functions) - split, 1, place], by_step[:, split:], casting="unsafe")

    def _meet(self, terms: Terms, year: int, month: int, quorate: npt.NDArray[np.bool_]) -> None:
        """Forecast the outturn and vary directions, in every quorate run."""
        gap, meeting = self.gap, month // 2 - 1
        forecast = self.room.floats("forecast", *self.shape)
        np.copyto(forecast, self.spent)
        forecast /= terms.due[meeting]
        forecast *= terms.to_come[meeting]
        np.rint(forecast, out=forecast)
        np.copyto(gap, forecast, casting="unsafe")
        gap += self.spent
        gap -= self.amount
        # Read as unsigned, a shortfall below 0 is beyond every limit; what lies within it needs and spares nothing.
        gap *= np.greater(gap.view(np.uint64), terms.limit, out=self.room.flags("flags", *self.shape))
        idle = np.flatnonzero(~quorate)
        if len(idle):
            gap.reshape(-1, 2, self.columns)[:, :, idle] = 0

        by_arm = gap.reshape(self.slots.places, -1)
        need = np.maximum(by_arm, 0, out=self.room.ints("shares", *by_arm.shape)).sum(axis=0)
        spare = need - by_arm.sum(axis=0)
        self.amount += gap  # now the sum that each function must come to; less what is still amiss, it is the amount
        self._within_arms(year, month, need, spare)
        need, spare = need.reshape(2, -1), spare.reshape(2, -1)
        self._between_arms(year, month, need, spare)
        self._from_reserve(year, month, need.sum(axis=0))
        self.amount -= gap

    def _within_arms(self, year: int, month: int, need: Pence, spare: Pence) -> None:
        """Stage 1: what an arm's functions can spare goes to those of the same arm in need."""
        gap = self.gap.reshape(self.slots.places, -1)
        moved = np.minimum(need, spare)
        busy: Any = np.flatnonzero(moved)
        if len(busy) > _MOSTLY * len(moved):
            left = self._settle(gap, moved, need - spare)
            self._vary(gap, left, slice(None), year, month, SAME_ARM)
            gap[...] = left
        elif len(busy):
            part = gap.take(busy, axis=1)
            left = self._settle(part, moved[busy], (need - spare)[busy])
            self._vary(part, left, busy, year, month, SAME_ARM)
            gap[:, busy] = left
        need -= moved
        spare -= moved

    def _between_arms(self, year: int, month: int, need: Pence, spare: Pence) -> None:
        """Stage 2: what one arm can still spare goes to the other."""
        moved = np.minimum(need, spare[::-1])
        total = moved[0] + moved[1]
        busy = np.flatnonzero(total)
        if not len(busy):
            return
        gap = self.gap.reshape(self.slots.places, -1)
        net = need - spare
        council = np.abs(net[1, busy]) > np.abs(net[0, busy])
        greater = busy + self.columns * council  # shared out; the other arm's column moves whole
        lesser = busy + self.columns * ~council
        part = gap.take(greater, axis=1)
        left = self._settle(part, total[busy], net.reshape(-1)[greater])
        self._vary(part, left, greater, year, month, OTHER_ARM)
        gap[:, greater] = left
        self._vary(gap.take(lesser, axis=1), 0, lesser, year, month, OTHER_ARM)
        gap[:, lesser] = 0
        need -= moved

    def _from_reserve(self, year: int, month: int, need: Pence) -> None:
        """Stage 3: the general reserve meets what need is left, as far as it goes."""
        moved = np.minimum(need, self.reserve)
        busy = np.flatnonzero(moved)
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
            left[:, some] += weights - apportion(moved[columns], weights, need[columns], rank, self.room)
        self._vary(part, left, busy, year, month, RESERVE)
        gap[:, busy] = left
        self.reserve -= moved

    def _settle(self, gap: Pence, moved: Pence, net: Pence) -> Pence:
        """
        What is left of each column's needs (above 0) and spares (below 0) once a sum has moved.

        The lesser of a column's two sides moves whole, so only the greater is
        shared out, and only of the greater is anything left.
        """
        sign = np.sign(net)
        weights = np.multiply(gap, sign, out=self.room.ints("weights", *gap.shape))
        np.maximum(weights, 0, out=weights)
        whole = np.maximum(weights.sum(axis=0), 1)
        part = apportion(np.where(sign == 0, 0, moved), weights, whole, self.rank, self.room)
        weights -= part
        weights *= sign
        return weights

    def _vary(self, gap: Pence, left: Pence | int, columns: Any, year: int, month: int, source: int) -> None:
        """Count the directions varied where a gap is not what it was, and note them if asked to."""
        changed = np.not_equal(gap, left, out=self.room.flags("flags", *gap.shape))
        self.varied[columns] += np.add.reduce(changed, axis=0, dtype=np.int16)
        if self.keeps_events:
            row, column = np.nonzero(changed)
            width = self.gap.size // len(gap)
            slot = row * width + np.arange(width)[columns][column]
            place, arm, partnership, run = np.unravel_index(slot, self.shape)
            event = np.empty((len(slot), 8), np.int64)
            event[:, 0] = self.first + run
            event[:, 1] = self.slots.start + partnership
            event[:, 2], event[:, 3] = year, month
            event[:, 4] = self.slots.function[place, arm, partnership]
            event[:, 5] = self.amount.reshape(-1)[slot] - gap[row, column]
            event[:, 6] = self.amount.reshape(-1)[slot] - np.broadcast_to(left, gap.shape)[row, column]
            event[:, 7] = source
            self.piece.events.append(event)

    def _keep_month(self, history: History, year: int, month: int) -> None:
        """Copy the month's end to the history."""
        for kept, now in ((history.spent_pence, self.spent), (history.amount_pence, self.amount)):
            for place, functions in enumerate(self.slots.members):
                split = self.slots.split[place]
                arms = (now[:split, 0, place], now[: len(functions) - split, 1, place])
                kept[:, year, month - 1, place][:, functions] = np.concatenate(arms).T

    def _close(self, terms: Terms, year: int, opening: Pence) -> None:
        """Settle the year, check that no penny was made or lost, and store its results."""
        partnerships, runs = len(self.slots.members), self.runs
        gap = np.subtract(self.amount, self.spent, out=self.gap).reshape(-1, self.columns)
        net = gap.sum(axis=0)
        over = -np.minimum(gap, 0, out=gap).sum(axis=0)
        self.reserve += net + over
        drawn = np.minimum(over, self.reserve)
        self.reserve -= drawn
        short = over - drawn
        top = np.zeros((2, self.columns), np.int64)
        busy = np.flatnonzero(short)
        if len(busy):
            payment = terms.payment[:, busy // runs]
            top[:, busy] = apportion(short[busy], payment, payment.sum(axis=0), precedence(2), self.room)
        received = opening + np.repeat(terms.payment.sum(axis=0), runs) + top.sum(axis=0)
        used = self.spent.reshape(-1, self.columns).sum(axis=0) + self.reserve
        self._balance(received, used, year)
        issued = np.array([len(functions) for functions in self.slots.members], np.int16)
        varied = self.varied.reshape(2, partnerships, runs).sum(axis=0, dtype=np.int16)
        yearly = self.piece.yearly
        yearly["directions"][:, year] = varied + issued[:, None]
        yearly["reserve_pence"][:, year] = self.reserve.reshape(partnerships, runs)
        yearly["top_health_board_pence"][:, year] = top[0].reshape(partnerships, runs)
        yearly["top_council_pence"][:, year] = top[1].reshape(partnerships, runs)

    def _balance(self, received: Pence, used: Pence, year: int) -> None:
        """Refuse to go on if a partnership's year does not balance."""
        if not np.array_equal(received, used):
            column = int(np.flatnonzero(received != used)[0])
            partnership, run = divmod(column, self.runs)
            where = f"partnership {self.slots.start + partnership} in year {year} of run {self.first + run}"
            raise ConservationError(where, int(received[column]), int(used[column]))
