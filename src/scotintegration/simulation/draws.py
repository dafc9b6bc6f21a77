"""
Random draws that have an address, so that a run is the same run wherever it is repeated.

An address is (seed, partnership, purpose, block, year), hashed into the 192 bits that SFC64 starts
from. A block is 1,024 consecutive runs, in sixteen sheets. Of what takes *m* numbers a run, number *n* of
run *r* of sheet *s* is number 64 (*m s* + *n*) + *r* of the address: the runs of a sheet lie side by
side, and a block is drawn up to the last sheet wanted. A uniform takes a word and a normal half a
word, whatever comes out; each number of a sheet takes whole words. Neither how many runs are asked
for, nor how they are batched, nor which partnerships stand beside enters an address.
"""

from __future__ import annotations

import hashlib
import math
import operator
import struct
from collections.abc import Iterator, Sequence
from typing import Any, SupportsIndex, TypeVar

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.simulation._normals import normals_from, uniforms_from
from scotintegration.simulation._room import Room

__all__ = [
    "BLOCK_RUNS",
    "STREAM_VERSION",
    "Dealer",
    "blocks",
    "normals",
    "stream_key",
    "uniforms",
    "whole_number",
]

BLOCK_RUNS = 1024
"""Runs in a block."""

STREAM_VERSION = 2
"""Enters every key; changes whenever the same address would give other numbers."""

_SHEET_RUNS = 64  # a block is drawn in sheets, up to the last one wanted
_WORD = 2**64
_ADDRESS, _COUNTER = struct.Struct("<QQ"), struct.pack("<Q", 1)
_WORDS = np.dtype("<u8")
_LAID_OUT = {np.dtype(np.uint64): (1, _WORDS), np.dtype(np.uint32): (2, np.dtype("<u4"))}  # numbers in a word

Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.uint64]
Bits = TypeVar("Bits", np.uint32, np.uint64)


def stream_key(seed: SupportsIndex, partnership: str, purpose: str) -> bytes:
    """
    Key of the stream that belongs to a seed, a partnership and a purpose.

    Args:
        seed: Whole number, 0 or more, of any size.
        partnership: Id of the partnership.
        purpose: What the numbers are for, such as ``"spending/frailty"``.

    Returns:
        256 bits of BLAKE2b over the stream version, the seed and the two texts,
        each text preceded by its length.

    Raises:
        TypeError: If *seed* is no whole number, or a text is no ``str``.
        ValueError: If *seed* is negative.

    Source:
        Our choice: a hash that is the same on every machine and in every Python,
        unlike ``hash()``; lengths keep ("a", "bc") and ("ab", "c") apart.

    >>> stream_key(7, "S37000034", "spending/frailty").hex()[:16]
    'ff1d7a1668cac3d7'

    .. versionadded:: 0.1.0
    """
    texts = []
    for name, text in (("partnership", partnership), ("purpose", purpose)):
        if not isinstance(text, str):
            raise TypeError(f"{name} is {text!r}; expected a str")
        texts.append(f"{len(text)}:{text}")
    address = f"{STREAM_VERSION}/{whole_number('seed', seed)}/{'/'.join(texts)}"
    return hashlib.blake2b(address.encode("utf-8", "surrogatepass"), digest_size=32).digest()


def blocks(first: int, runs: int) -> Iterator[tuple[int, int, int]]:
    """
    Blocks that a stretch of runs touches, with the rows it needs of each.

    Args:
        first: Number of the first run, 0 or more.
        runs: How many runs, 0 or more.

    Returns:
        For each block, in order: its number, the first row needed, and the row
        after the last.

    Raises:
        TypeError: If an argument is no whole number.
        ValueError: If an argument is negative.

    >>> list(blocks(10, 11)), list(blocks(1020, 10))
    ([(0, 10, 21)], [(0, 1020, 1024), (1, 0, 6)])

    .. versionadded:: 0.1.0
    """
    run = whole_number("first", first)
    stop = run + whole_number("runs", runs)
    while run < stop:
        block, row = divmod(run, BLOCK_RUNS)
        end = min(BLOCK_RUNS, row + stop - run)
        yield block, row, end
        run += end - row


class Dealer:
    """
    One generator that is turned to address after address.

    Turning a generator is several times quicker than making one. A dealer belongs to one thread;
    what it deals depends on the address alone, never on what it dealt before.

    >>> dealer, key = Dealer(), stream_key(7, "S37000034", "spending/frailty")
    >>> block, rows = np.empty((12, 1024), np.uint32), np.empty((12, 5), np.uint32)
    >>> dealer.fill(key, block, block=0, year=2026)
    >>> dealer.fill(key, rows, block=0, year=2026, start=300)
    >>> bool((rows == block[:, 300:305]).all())
    True

    .. versionadded:: 0.1.0
    """

    def __init__(self) -> None:
        """Make the generator; no address is set until something is drawn."""
        self._generator = np.random.SFC64(0)
        self._state: Any = self._generator.state
        self._inner = self._state["state"]

    def fill(self, key: bytes, out: npt.NDArray[Bits], *, block: int, year: int, start: int = 0) -> None:
        """
        Draw for some runs of a block.

        Args:
            key: From ``stream_key``.
            out: Shape ``(numbers, runs)``, uint64 for whole words or uint32 for halves, the low half
                first; filled. Runs are last here, as arithmetic over runs likes it.
            block: Number of the block, from 0 to 2**64 - 1.
            year: Calendar year in which the financial year starts, from 0 to 2**64 - 1.
            start: First run wanted of the block, from 0.

        Source:
            Our choice: SFC64 (Doty-Humphrey 2014), whose words NumPy keeps the same
            between versions. It is the quickest that NumPy has, and two addresses
            that start it from 192 bits of a cryptographic hash do not meet.

        .. versionadded:: 0.1.0
        """
        numbers, runs = out.shape
        each, low_first = _LAID_OUT[out.dtype]
        sheets, lines = -(-(start + runs) // _SHEET_RUNS), -(-numbers // each)
        address = hashlib.blake2b(key + _ADDRESS.pack(block, year), digest_size=24).digest() + _COUNTER
        self._inner["state"] = np.frombuffer(address, _WORDS)
        self._generator.state = self._state
        raw = self._generator.random_raw(sheets * lines * _SHEET_RUNS)
        bits = raw.astype(_WORDS, copy=False).view(low_first).reshape(sheets, lines * each, _SHEET_RUNS)
        if numbers < lines * each:
            bits = bits[:, :numbers]
        drawn = bits.transpose(1, 0, 2)
        if runs == sheets * _SHEET_RUNS:
            out.reshape(drawn.shape)[...] = drawn
        else:
            out[...] = drawn.reshape(numbers, sheets * _SHEET_RUNS)[:, start : start + runs]


def normals(
    seed: SupportsIndex,
    partnership: str,
    purpose: str,
    *,
    block: int,
    year: int,
    shape: Sequence[int] = (),
    start: int = 0,
    stop: int = BLOCK_RUNS,
) -> Floats:
    """
    Draw standard normals for runs of one block in one financial year.

    Args:
        seed: Whole number, 0 or more.
        partnership: Id of the partnership.
        purpose: What the numbers are for.
        block: Number of the block, from 0; block *b* holds runs 1024 *b* to 1024 *b* + 1023.
        year: Calendar year in which the financial year starts, such as 2026.
        shape: Shape of what one run needs.
        start: First row of the block that is wanted, 0 to 1024.
        stop: Row after the last that is wanted, *start* to 1024.

    Returns:
        Shape ``(stop - start, *shape)``, float64; by default ``(1024, *shape)``.

    Raises:
        TypeError: If a number is not whole, or a text is no ``str``.
        ValueError: If a number is out of range.

    Source:
        Our choice: strips and pieces of our own, because NumPy may change what its
        generators make of their words. A normal has 32 random bits.

    >>> normals(7, "S37000034", "spending/frailty", block=0, year=2026, stop=2).round(3)
    array([ 0.945, -0.057])

    .. versionadded:: 0.1.0
    """
    address = _Address.of(seed, partnership, purpose, block, year, shape, start, stop)
    halves = address.rows(np.uint32)
    return normals_from(halves, np.empty(halves.shape), Room())


def uniforms(
    seed: SupportsIndex,
    partnership: str,
    purpose: str,
    *,
    block: int,
    year: int,
    shape: Sequence[int] = (),
    start: int = 0,
    stop: int = BLOCK_RUNS,
) -> Floats:
    """
    Draw uniforms on [0, 1) for runs of one block in one financial year.

    Args:
        seed: Whole number, 0 or more.
        partnership: Id of the partnership.
        purpose: What the numbers are for.
        block: Number of the block, from 0; block *b* holds runs 1024 *b* to 1024 *b* + 1023.
        year: Calendar year in which the financial year starts, such as 2026.
        shape: Shape of what one run needs.
        start: First row of the block that is wanted, 0 to 1024.
        stop: Row after the last that is wanted, *start* to 1024.

    Returns:
        Shape ``(stop - start, *shape)``, float64; by default ``(1024, *shape)``.

    Raises:
        TypeError: If a number is not whole, or a text is no ``str``.
        ValueError: If a number is out of range.

    Source:
        Our choice: the high 53 bits of a word, as is usual.

    >>> uniforms(7, "S37000034", "attendance/council/0", block=0, year=2026, stop=2).round(3)
    array([0.842, 0.429])

    .. versionadded:: 0.1.0
    """
    address = _Address.of(seed, partnership, purpose, block, year, shape, start, stop)
    return uniforms_from(address.rows(np.uint64))


def whole_number(name: str, value: SupportsIndex, least: int = 0, most: int | None = None) -> int:
    """
    Read a whole number within bounds, refusing ``bool``, ``float`` and text.

    Args:
        name: What the message calls it.
        value: What was given.
        least: Smallest number allowed.
        most: Largest number allowed; none by default.

    Returns:
        The number, as ``int``.

    Raises:
        TypeError: If *value* is no whole number.
        ValueError: If it is out of bounds.

    >>> whole_number("runs", np.int64(3))
    3

    .. versionadded:: 0.1.0
    """
    bounds = f"{least} or more" if most is None else f"from {least} to {most}"
    if isinstance(value, bool) or not hasattr(type(value), "__index__"):
        raise TypeError(f"{name} is {value!r}; expected a whole number, {bounds}")
    number = operator.index(value)
    if number < least or (most is not None and number > most):
        raise ValueError(f"{name} is {number}; expected a whole number, {bounds}")
    return number


@attrs.frozen
class _Address:
    """Where the numbers of some rows of a block are, checked."""

    key: bytes
    block: int
    year: int
    shape: tuple[int, ...]
    start: int
    stop: int

    @classmethod
    def of(
        cls,
        seed: SupportsIndex,
        partnership: str,
        purpose: str,
        block: int,
        year: int,
        shape: Sequence[int],
        start: int,
        stop: int,
    ) -> _Address:
        """Check what was asked for."""
        key = stream_key(seed, partnership, purpose)
        block, year = whole_number("block", block, most=_WORD - 1), whole_number("year", year, most=_WORD - 1)
        sizes = tuple(whole_number("shape", size) for size in shape)
        stop = whole_number("stop", stop, most=BLOCK_RUNS)
        return cls(key, block, year, sizes, whole_number("start", start, most=stop), stop)

    def rows(self, kind: type[Bits]) -> npt.NDArray[Bits]:
        """Draw the rows asked for, shape ``(rows, *shape)``."""
        bits = np.empty((math.prod(self.shape), self.stop - self.start), kind)
        Dealer().fill(self.key, bits, block=self.block, year=self.year, start=self.start)
        return np.ascontiguousarray(bits.T).reshape(self.stop - self.start, *self.shape)
