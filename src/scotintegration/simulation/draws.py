"""
Random draws that have an address, so that a run is the same run wherever it is repeated.

An address is (seed, partnership, purpose, block, year). The first three are hashed into the 128-bit
key of Philox 4x64; block and year are the two high words of its 256-bit counter, and the two low
words count within the address, so that no two addresses share a word. A block is 256 consecutive
runs, and a run is a row of its block: row *k* of what takes *n* numbers a run has numbers *k n* up to
*(k + 1) n* of the address. A uniform takes a word and a normal half a word, whatever comes out, so a
row is reached without drawing those before it. Neither how many runs are asked for, nor how they are
batched, nor which partnerships stand beside enters an address.
"""

from __future__ import annotations

import hashlib
import math
import operator
from collections.abc import Iterator, Sequence
from typing import Any, SupportsIndex, TypeVar

import numpy as np
import numpy.typing as npt

from scotintegration.simulation._room import Room
from scotintegration.simulation._ziggurat import normals_from, uniforms_from

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

BLOCK_RUNS = 256
"""Runs in a block."""

STREAM_VERSION = 1
"""Enters every key; changes whenever the same address would give other numbers."""

_WORD = 2**64
_COUNT_BITS = 256  # drawn for each step of the counter

Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.uint64]
Kind = TypeVar("Kind", np.uint32, np.uint64)


def stream_key(seed: SupportsIndex, partnership: str, purpose: str) -> Words:
    """
    Key of the stream that belongs to a seed, a partnership and a purpose.

    Args:
        seed: Whole number, 0 or more, of any size.
        partnership: Id of the partnership.
        purpose: What the numbers are for, such as ``"spending/frailty"``.

    Returns:
        Shape ``(2,)``, uint64: 128 bits of BLAKE2b over the stream version,
        the seed and the two texts, each text preceded by its length.

    Raises:
        TypeError: If *seed* is no whole number, or a text is no ``str``.
        ValueError: If *seed* is negative.

    Source:
        Our choice: a hash that is the same on every machine and in every Python,
        unlike ``hash()``; lengths keep ("a", "bc") and ("ab", "c") apart.

    >>> stream_key(7, "S37000034", "spending/frailty")
    array([10399293995009635396,  3904275811232608678], dtype=uint64)

    .. versionadded:: 0.1.0
    """
    texts = []
    for name, text in (("partnership", partnership), ("purpose", purpose)):
        if not isinstance(text, str):
            raise TypeError(f"{name} is {text!r}; expected a str")
        texts.append(f"{len(text)}:{text}")
    address = f"{STREAM_VERSION}/{whole_number('seed', seed)}/{'/'.join(texts)}"
    digest = hashlib.blake2b(address.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return np.frombuffer(digest, dtype="<u8").astype(np.uint64)


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

    >>> list(blocks(10, 11)), list(blocks(250, 10))
    ([(0, 10, 21)], [(0, 250, 256), (1, 0, 4)])

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

    >>> dealer, keys = Dealer(), [stream_key(7, "S37000034", "spending/frailty")]
    >>> block = dealer.bits(keys, np.empty((1, 12, 256), np.uint32), block=0, year=2026)
    >>> rows = dealer.bits(keys, np.empty((1, 12, 5), np.uint32), block=0, year=2026, start=10)
    >>> bool((rows == block[..., 10:15]).all())
    True

    .. versionadded:: 0.1.0
    """

    def __init__(self) -> None:
        """Make the generator; no address is set until something is drawn."""
        self._philox, self._room = np.random.Philox(key=0), Room()
        self._state: Any = self._philox.state

    def bits(
        self, keys: Sequence[Words], out: npt.NDArray[Kind], *, block: int, year: int, start: int = 0
    ) -> npt.NDArray[Kind]:
        """
        Draw the random bits of some rows of a block, from several streams.

        Args:
            keys: From ``stream_key``, one for each stream.
            out: Shape ``(streams, numbers, rows)``, uint64 for whole words or uint32 for
                halves, the low half first; filled. Rows are last here, as
                arithmetic over runs likes it.
            block: Number of the block, from 0 to 2**64 - 1.
            year: Calendar year in which the financial year starts, from 0 to 2**64 - 1.
            start: First row wanted, from 0.

        Returns:
            *out*.

        Source:
            Our choice: Philox 4x64 with ten rounds (Salmon et al. 2011), whose words
            NumPy keeps the same between versions.

        .. versionadded:: 0.1.0
        """
        _, numbers, rows = out.shape
        place, skipped = divmod(start * numbers, _COUNT_BITS // (8 * out.itemsize))
        count = -(-(skipped + rows * numbers) * out.itemsize // 8)
        address = {"counter": np.array([place, 0, block, year], np.uint64)}
        self._state["state"] = address
        words = self._room.words("words", len(keys), count)
        for key, row in zip(keys, words, strict=True):
            address["key"] = key
            self._philox.state = self._state
            row[...] = self._philox.random_raw(count)
        drawn = words.astype("<u8", copy=False).view(out.dtype.newbyteorder("<"))
        drawn = drawn[:, skipped : skipped + rows * numbers].reshape(len(keys), rows, numbers)
        np.copyto(out, drawn.transpose(0, 2, 1))
        return out


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
        block: Number of the block, from 0; block *b* holds runs 256 *b* to 256 *b* + 255.
        year: Calendar year in which the financial year starts, such as 2026.
        shape: Shape of what one run needs.
        start: First row of the block that is wanted, 0 to 256.
        stop: Row after the last that is wanted, *start* to 256.

    Returns:
        Shape ``(stop - start, *shape)``, float64; by default ``(256, *shape)``.

    Raises:
        TypeError: If a number is not whole, or a text is no ``str``.
        ValueError: If a number is out of range.

    Source:
        Our choice: a ziggurat of our own, because NumPy may change what its
        generators make of their words. A normal has 32 random bits.

    >>> normals(7, "S37000034", "spending/frailty", block=0, year=2026, stop=2).round(3)
    array([0.162, 0.072])

    .. versionadded:: 0.1.0
    """
    halves = _rows(np.uint32, seed, partnership, purpose, block, year, shape, start, stop)
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
        block: Number of the block, from 0; block *b* holds runs 256 *b* to 256 *b* + 255.
        year: Calendar year in which the financial year starts, such as 2026.
        shape: Shape of what one run needs.
        start: First row of the block that is wanted, 0 to 256.
        stop: Row after the last that is wanted, *start* to 256.

    Returns:
        Shape ``(stop - start, *shape)``, float64; by default ``(256, *shape)``.

    Raises:
        TypeError: If a number is not whole, or a text is no ``str``.
        ValueError: If a number is out of range.

    Source:
        Our choice: the high 53 bits of a word, as is usual.

    >>> uniforms(7, "S37000034", "attendance/council/0", block=0, year=2026, stop=2).round(3)
    array([0.018, 0.048])

    .. versionadded:: 0.1.0
    """
    return uniforms_from(_rows(np.uint64, seed, partnership, purpose, block, year, shape, start, stop))


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


def _rows(
    kind: type[Kind],
    seed: SupportsIndex,
    partnership: str,
    purpose: str,
    block: int,
    year: int,
    shape: Sequence[int],
    start: int,
    stop: int,
) -> npt.NDArray[Kind]:
    """Bits of the rows asked for, shape ``(rows, *shape)``."""
    key = stream_key(seed, partnership, purpose)
    block, year = whole_number("block", block, most=_WORD - 1), whole_number("year", year, most=_WORD - 1)
    sizes = [whole_number("shape", size) for size in shape]
    stop = whole_number("stop", stop, most=BLOCK_RUNS)
    start, each = whole_number("start", start, most=stop), math.prod(sizes)
    bits = Dealer().bits([key], np.empty((1, each, stop - start), kind), block=block, year=year, start=start)
    return np.ascontiguousarray(bits[0].T).reshape(stop - start, *sizes)
