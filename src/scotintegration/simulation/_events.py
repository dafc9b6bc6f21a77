"""Directions varied in a stretch of runs, noted as they are and laid out in order when they are read."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.simulation._apportion import Pence
from scotintegration.simulation._inputs import MEETINGS, MONTHS, Counts, Floats
from scotintegration.simulation._room import Room
from scotintegration.simulation._slots import Slots

__all__ = ["EventLog", "Events", "Ledger"]

_SOURCES = 3
_RUNS = 32  # laid out at once, to fit a processor's cache
_KEY_BITS = 63
_FEW = 2**16  # events that there is room for to begin with


@attrs.frozen(eq=False)
class Events:
    """
    Directions varied in a stretch of runs of some partnerships, in order.

    Attributes:
        start: Number of the first partnership.
        first: Number of the first run.
        runs: How many runs.
        shifts: Where run, partnership, year, month and source begin in a key; function begins at 0.
        key: Of each event, ascending.
        old: Amount before it.
        new: Amount after it.
    """

    start: int
    first: int
    runs: int
    shifts: tuple[int, ...]
    key: Pence
    old: Floats
    new: Floats

    def columns(self, begin: int, end: int, room: Room) -> Pence:
        """Lay some of the events out, shape ``(8, events)``; they stay in the room until the next call."""
        key, above = self.key[begin:end], 63
        columns = room.ints("columns", 8, len(key))
        for column, shift in zip((0, 1, 2, 3, 7, 4), (*self.shifts, 0), strict=True):
            np.right_shift(key, shift, out=columns[column])
            columns[column] &= (1 << (above - shift)) - 1
            above = shift
        columns[0] += self.first
        columns[1] += self.start
        columns[5], columns[6] = self.old[begin:end], self.new[begin:end]
        return columns

    def edges(self) -> Counts:
        """Where each run's events begin, and where the last one's end."""
        return np.searchsorted(self.key, np.arange(self.runs + 1) << self.shifts[0])


class Ledger:
    """Where a stretch of runs notes the directions that it varies."""

    def __init__(self, slots: Slots, first: int, runs: int, room: Room) -> None:
        """Begin with no events."""
        inputs, partnerships = slots.inputs, len(slots.members)
        shifts, shift = [], inputs.functions.bit_length()
        for most in (_SOURCES, MONTHS, inputs.years, partnerships):
            shifts.append(shift)
            shift += most.bit_length()
        self._shifts = (shift, *reversed(shifts))
        most = slots.function.size * runs * inputs.years * MEETINGS * _SOURCES
        self._below = most.bit_length() if shift + runs.bit_length() + most.bit_length() < _KEY_BITS else 0
        self._start, self._first, self._runs, self._room = slots.start, first, runs, room
        key = slots.function[..., None] | (np.arange(partnerships)[:, None] << self._shifts[1])
        self._key = (key | (np.arange(runs) << self._shifts[0])).reshape(-1) << self._below
        self._count = 0
        self._noted = self._pages(max(_FEW, room.size("noted key")))

    def _pages(self, size: int) -> tuple[Pence, Floats, Floats]:
        """Give room for the keys of that many events, and for amounts before and after."""
        room = self._room
        return room.ints("noted key", size), room.floats("noted old", size), room.floats("noted new", size)

    def _page(self, begin: int) -> tuple[Pence, Floats, Floats]:
        """Give what is noted from one event on."""
        key, old, new = self._noted
        return key[begin : self._count], old[begin : self._count], new[begin : self._count]

    def note(self, slot: Counts, year: int, month: int, source: int) -> tuple[Floats, Floats]:
        """Note that directions of some slots are varied; give where to put the amounts before and after."""
        begin, self._count = self._count, self._count + len(slot)
        if self._count > len(self._noted[0]):
            full, self._noted = self._noted, self._pages(2 * self._count)
            for number, page in enumerate(self._noted):
                page[:begin] = full[number][:begin]
        key, old, new = self._page(begin)
        _, _, years, months, sources = self._shifts
        np.take(self._key, slot, out=key, mode="clip")
        key |= (year << years | month << months | source << sources) << self._below
        if self._below:
            key |= np.arange(begin, self._count)
        return old, new

    def events(self) -> Events:
        """Give all of them, by run, partnership, year, month, source and function: no two share all six."""
        key, old, new = self._page(0)
        whole = np.empty((3, len(key)), np.int64)  # in one stretch, as memory comes cheaper in large ones
        # Sorting the numbers themselves, each with its place below it, is quicker than sorting places by them.
        if self._below:
            key.sort()
            order = np.bitwise_and(key, (1 << self._below) - 1, out=self._room.ints("order", len(key)))
            np.right_shift(key, self._below, out=whole[0])
        else:
            order = np.argsort(key)
            np.take(key, order, out=whole[0], mode="clip")
        before, after = whole[1].view(np.float64), whole[2].view(np.float64)
        np.take(old, order, out=before, mode="clip")
        np.take(new, order, out=after, mode="clip")
        return Events(self._start, self._first, self._runs, self._shifts, whole[0], before, after)


@attrs.frozen(eq=False)
class EventLog:
    """
    Directions varied in every run, kept as they were noted and laid out when they are first read.

    Attributes:
        parts: Of all runs and partnerships, once each, in any order.
        first: Number of the first run.
        runs: How many runs.
    """

    parts: tuple[Events, ...] = attrs.field(repr=False)
    first: int
    runs: int

    def __len__(self) -> int:
        return sum(len(part.key) for part in self.parts)

    def __array__(self, dtype: npt.DTypeLike | None = None, copy: bool | None = None) -> npt.NDArray[Any]:
        """Give the table to NumPy."""
        return np.array(self.table, dtype) if copy else np.asarray(self.table, dtype)

    @cached_property
    def table(self) -> Pence:
        """All events by run and then in order, shape ``(events, 8)``."""
        groups = {start: number for number, start in enumerate(sorted({part.start for part in self.parts}))}
        counts = np.zeros((self.runs, len(groups)), np.int64)
        edges = [part.edges() for part in self.parts]
        for part, edge in zip(self.parts, edges, strict=True):
            begin = part.first - self.first
            counts[begin : begin + part.runs, groups[part.start]] = np.diff(edge)
        places = (np.cumsum(counts).reshape(counts.shape) - counts).T
        whole, room = np.empty((int(counts.sum()), 8), np.int64), Room()
        for part, edge in zip(self.parts, map(np.ndarray.tolist, edges), strict=True):
            to = places[groups[part.start], part.first - self.first :]
            for begin in range(0, part.runs, _RUNS):
                end = min(begin + _RUNS, part.runs)
                columns, low = part.columns(edge[begin], edge[end], room), edge[begin]
                for place, now, after in zip(
                    to[begin:end].tolist(), edge[begin:end], edge[begin + 1 : end + 1], strict=True
                ):
                    whole[place : place + after - now] = columns[:, now - low : after - low].T
        return whole
