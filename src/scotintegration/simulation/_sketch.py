"""Counts in fixed bins, for any number of runs: they add up the same in any order (private)."""

from __future__ import annotations

import math

import attrs
import numpy as np

from scotintegration.simulation._inputs import Counts, Pence

__all__ = ["RELATIVE_ERROR", "Sketch"]

_BITS = 8  # of a number that its bin keeps, after the first
_HALF = 1 << _BITS
_OFFSET = 1 << 15
_SPAN = 1 << 16  # bins of a cell

RELATIVE_ERROR = 1.0 / (2 * _HALF)
"""How far the middle of a bin is from any number in it, at most, as a share of the number."""


@attrs.frozen(eq=False)
class Sketch:
    """
    How many numbers of each cell fell in each bin.

    A bin holds the numbers that share their sign, their size in bits and their first nine bits; numbers below 512
    either side of 0 have a bin each. The bins are the same for everyone, so sketches merge by adding.

    Attributes:
        shape: Of the cells.
        bins: Numbers of bins with something in them, ascending, int64; those of the first cell come first.
        counts: What is in them, int64.
    """

    shape: tuple[int, ...]
    bins: Counts
    counts: Counts

    @classmethod
    def of(cls, values: Pence) -> Sketch:
        """Count whole numbers, shape ``(runs, ...cells)``, each nearer to 0 than 2**62."""
        shape = values.shape[1:]
        cells = np.arange(math.prod(shape), dtype=np.int64) * _SPAN + _OFFSET
        bins, counts = np.unique(_bin(values.reshape(len(values), -1)) + cells, return_counts=True)
        return cls(shape, bins, counts.astype(np.int64))

    def merge(self, other: Sketch) -> Sketch:
        """Add another of the same cells."""
        bins, place = np.unique(np.concatenate([self.bins, other.bins]), return_inverse=True)
        counts = np.zeros(len(bins), np.int64)
        np.add.at(counts, place, np.concatenate([self.counts, other.counts]))
        return Sketch(self.shape, bins, counts)

    def quantile(self, share: float) -> Pence:
        """Give, for each cell, the middle of the bin that holds the number of that rank."""
        found = np.zeros(math.prod(self.shape), np.int64)
        for cell in range(len(found)):
            bins, counts = self._cell(cell)
            place = np.searchsorted(np.cumsum(counts), rank(share, int(counts.sum())) + 1)
            found[cell] = _middle(int(bins[place]))
        return found.reshape(self.shape)

    def pick(self, column: int) -> Sketch:
        """Take one place of the first axis of the cells, which then has length 1."""
        width = math.prod(self.shape[1:]) * _SPAN
        start, stop = np.searchsorted(self.bins, [column * width, (column + 1) * width])
        return Sketch((1, *self.shape[1:]), self.bins[start:stop] - column * width, self.counts[start:stop])

    def _cell(self, cell: int) -> tuple[Counts, Counts]:
        start, stop = np.searchsorted(self.bins, [cell * _SPAN, (cell + 1) * _SPAN])
        return self.bins[start:stop] - cell * _SPAN - _OFFSET, self.counts[start:stop]


def rank(share: float, runs: int) -> int:
    """Give the place, from 0, of a quantile among so many sorted numbers: the first with that share up to it."""
    return min(runs - 1, max(0, math.ceil(share * runs) - 1))


def _bin(values: Pence) -> Counts:
    """Give the number of each value's bin, from -2**15 to 2**15 - 1, in the order of the values."""
    size = np.abs(values)
    bits = np.frexp(size.astype(np.float64))[1].astype(np.int64)
    bits -= (size >> np.maximum(bits - 1, 0)) == 0  # binary64 may have rounded up to the next power of two
    spare = np.maximum(bits - _BITS - 1, 0)
    found: Counts = np.sign(values) * ((spare << _BITS) + (size >> spare))
    return found


def _middle(number: int) -> int:
    """Give the middle of a bin."""
    size = abs(number)
    spare = max((size >> _BITS) - 1, 0)
    low = (size - (spare << _BITS)) << spare
    middle = low + ((1 << spare) - 1) // 2
    return middle if number >= 0 else -middle
