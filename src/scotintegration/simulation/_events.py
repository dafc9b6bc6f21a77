"""Directions varied in a stretch of runs, noted as they are and put in order at the end."""

from __future__ import annotations

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.simulation._apportion import Pence
from scotintegration.simulation._inputs import MONTHS, Counts, Floats
from scotintegration.simulation._slots import Slots

__all__ = ["Events", "Ledger", "in_order"]

_SOURCES = 3
_RUNS = 32  # laid out at once, to fit a processor's cache


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

    def columns(self, begin: int, end: int) -> Pence:
        """Lay some of the events out, shape ``(8, events)``."""
        key, above = self.key[begin:end], 63
        columns = np.empty((8, len(key)), np.int64)
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

    def __init__(self, slots: Slots, first: int, runs: int) -> None:
        """Begin with no events."""
        inputs, partnerships = slots.inputs, len(slots.members)
        shifts, shift = [], inputs.functions.bit_length()
        for most in (_SOURCES, MONTHS, inputs.years, partnerships):
            shifts.append(shift)
            shift += most.bit_length()
        self._shifts = (shift, *reversed(shifts))
        self._bits = shift + runs.bit_length()
        self._start, self._first, self._runs = slots.start, first, runs
        key = slots.function[..., None] | (np.arange(partnerships)[:, None] << self._shifts[1])
        self._key = (key | (np.arange(runs) << self._shifts[0])).reshape(-1)
        self._noted: list[tuple[Pence, Floats, Floats]] = []

    def note(self, slot: Counts, year: int, month: int, source: int, old: Floats, new: Floats) -> None:
        """Note the amounts of some slots before and after."""
        _, _, years, months, sources = self._shifts
        self._noted.append((self._key.take(slot) | (year << years | month << months | source << sources), old, new))

    def events(self) -> Events:
        """Give all of them, by run, partnership, year, month, source and function: no two share all six."""
        nothing = (np.empty(0, np.int64), np.empty(0), np.empty(0))
        key, old, new = map(np.concatenate, zip(nothing, *self._noted, strict=True))
        # Sorting the numbers themselves, each with its place below it, is quicker than sorting places by them.
        below = len(key).bit_length()
        if self._bits + below < 63:
            ordered = np.sort(key << below | np.arange(len(key)))
            order, key = ordered & ((1 << below) - 1), ordered >> below
        else:
            order = np.argsort(key)
            key = key[order]
        return Events(self._start, self._first, self._runs, self._shifts, key, old.take(order), new.take(order))


def in_order(parts: list[Events], first: int, runs: int) -> npt.NDArray[np.int64]:
    """
    Put the events of all stretches together, by run and then as they are; the list is used up.

    Args:
        parts: Of all runs and partnerships, once each, in any order.
        first: Number of the first run.
        runs: How many runs.

    Returns:
        Shape ``(events, 8)``.
    """
    groups = {start: number for number, start in enumerate(sorted({part.start for part in parts}))}
    counts = np.zeros((runs, len(groups)), np.int64)
    edges = [part.edges() for part in parts]
    for part, edge in zip(parts, edges, strict=True):
        begin = part.first - first
        counts[begin : begin + part.runs, groups[part.start]] = np.diff(edge)
    places = (np.cumsum(counts).reshape(counts.shape) - counts).T
    whole = np.empty((int(counts.sum()), 8), np.int64)
    while parts:
        part, edge = parts.pop(), edges.pop().tolist()
        to = places[groups[part.start], part.first - first :]
        for begin in range(0, part.runs, _RUNS):
            end = min(begin + _RUNS, part.runs)
            columns, low = part.columns(edge[begin], edge[end]), edge[begin]
            for place, now, after in zip(
                to[begin:end].tolist(), edge[begin:end], edge[begin + 1 : end + 1], strict=True
            ):
                whole[place : place + after - now] = columns[:, now - low : after - low].T
    return whole
