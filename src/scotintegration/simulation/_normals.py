"""
Standard normals and uniforms, each made of random bits alone.

A normal takes 32 bits. The high 16 choose a strip of the line, 1/64 wide, and the low 16 a place
across it: each strip has as many of the 65,536 choices as fit under the density all the way across.
The choices left over, 1 in 100, stand for what lies between those rectangles and the curve, cut into
pieces of equal chance; the last of either side, beyond 4.4, are laid out value by value. The
distribution so made is nowhere further from the normal than 2 in 10 million, its mean is 0, and its
ends lie beyond 6. Nothing is ever refused and drawn again.

Values are odd multiples of 2**-22, and so are kept as whole numbers until they are multiplied. The
tables are reckoned with sums, products and quotients only, which are rounded alike on every machine.
"""

from __future__ import annotations

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.simulation._room import Room

__all__ = ["STEP", "normals_from", "places_from", "uniforms_from"]

Floats = npt.NDArray[np.float64]
Halves = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint64]

STEP = 2.0**-22
"""What a place is counted in."""

_STRIPS = 64  # to a standard deviation
_CELLS = 16  # to a strip, for the reckoning of what is left over
_REACH = 8  # standard deviations reckoned with
_CHOICES = 2**16
_PIECES = 64  # of equal chance to a choice left over, on either side
_TURNS = 2**15 // _PIECES  # values to such a piece
_TURN_BITS = _TURNS.bit_length() - 1
_LAST = 16  # pieces laid out value by value
_STRIDE = 2**14  # numbers worked on at once: their arrays fit a processor's nearest cache but one
_ACROSS, _ODD, _UNIT = np.uint32(16), np.uint32(1), np.float64(2.0**-53)


@attrs.frozen(eq=False)
class _Tables:
    """
    How 32 bits become a place.

    Attributes:
        choice: What the bits are combined with (exclusive or), by their high 16.
        kept: Bits from which the choices are left over.
        even: How many pieces of a side have their values spread evenly; the last have not.
        start: Where each piece of the positive side starts.
        width: How wide it is; 0 for the last.
        end: Values of the last pieces.
    """

    choice: Halves
    kept: np.uint32
    even: int
    start: Places
    width: Places
    end: Places

    @classmethod
    def reckoned(cls) -> _Tables:
        """Reckon them."""
        cells = _STRIPS * _CELLS
        height = _density(np.arange(2 * _REACH * cells + 1) / (2 * cells))
        chance = (height[:-1:2] + 4 * height[1::2] + height[2::2]) / (6 * cells)  # of each cell (Simpson)
        count = np.floor(height[2 * _CELLS :: 2 * _CELLS] * (_CHOICES // _STRIPS)).astype(np.int64)
        strip = np.repeat(np.arange(len(count)), count)
        both = np.stack([strip, -1 - strip], axis=1).reshape(-1)
        choice = np.zeros(_CHOICES, np.uint32)
        choice[: len(both)] = (both ^ np.arange(len(both))).astype(np.uint32) << _ACROSS

        rest = np.maximum(chance - np.repeat(count, _CELLS) / (_CHOICES * _CELLS), 0)
        pieces = (_CHOICES // 2 - len(strip)) * _PIECES
        even, values = pieces - _LAST, _LAST * _TURNS
        bound = _quantiles(rest, np.arange(even + 1) / pieces)
        end = _quantiles(rest, (even + (np.arange(values) + 0.5) / _TURNS) / pieces)
        start, width = (np.pad(part, (0, _LAST)).astype(np.int32) for part in (bound[:-1], np.diff(bound)))
        return cls(choice, np.uint32(len(both) << 16), even, start, width, (end + 1).astype(np.int32))


def _density(x: Floats) -> Floats:
    """Density of the normal, by a series for a small part of the exponent, squared ten times."""
    part = x * x * (-0.5 / 1024)
    term, power = np.ones_like(x), np.ones_like(x)
    for order in range(1, 12):
        term = term * part / order
        power = power + term
    for _ in range(10):
        power = power * power
    return power * 0.3989422804014327


def _quantiles(chance: Floats, wanted: Floats) -> npt.NDArray[np.int64]:
    """Even numbers of steps within which lie the shares *wanted* of all chance, told by cell."""
    until = np.cumsum(chance)
    share = wanted * until[-1]
    cell = np.searchsorted(until, share, side="right")
    across = (share - (until[cell] - chance[cell])) / chance[cell]
    places: npt.NDArray[np.int64] = 2 * np.rint((cell + across) * (1 / (2 * STEP * _STRIPS * _CELLS))).astype(np.int64)
    return places


_TABLES = _Tables.reckoned()


def places_from(halves: Halves, out: Places, room: Room) -> Places:
    """
    Turn halves of random words into the places of standard normals, one into one.

    Args:
        halves: Contiguous, uint32, of any shape; the lowest bit is not used.
        out: Contiguous, int32, same shape; filled.
        room: Where to work.

    Returns:
        *out*: standard normals in units of ``STEP``, all odd.
    """
    flat, place = halves.reshape(-1), out.reshape(-1)
    for start in range(0, len(flat), _STRIDE):
        piece = slice(start, start + _STRIDE)
        _place(flat[piece], place[piece], room)
    left = np.flatnonzero(np.greater_equal(flat, _TABLES.kept, out=room.flags("kept", len(flat))))
    if len(left):
        place[left] = _left_over(flat.take(left))
    return out


def _place(halves: Halves, out: Places, room: Room) -> None:
    """Find places in strips; those of choices left over are of no use."""
    number, bits = room.ints("number", len(halves)), out.view(np.uint32)
    np.copyto(number, np.right_shift(halves, _ACROSS, out=bits))
    np.take(_TABLES.choice, number, out=bits, mode="wrap")
    np.bitwise_xor(bits, halves, out=bits)
    np.bitwise_or(bits, _ODD, out=bits)


def _left_over(halves: Halves) -> Places:
    """Find places between the rectangles and the curve: a bit is the side, the others a piece and a value in it."""
    code = (halves - _TABLES.kept).view(np.int32)
    sign = -(code >> 1 & 1)
    code >>= 2
    piece = code >> _TURN_BITS
    code &= _TURNS - 1
    code *= _TABLES.width.take(piece)
    code >>= _TURN_BITS
    code |= 1
    code += _TABLES.start.take(piece)
    if int(piece.max()) >= _TABLES.even:
        last = np.flatnonzero(piece >= _TABLES.even)
        turn = (halves[last] - _TABLES.kept >> np.uint32(2)) - np.uint32(_TABLES.even * _TURNS)
        code[last] = _TABLES.end.take(turn)
    code ^= sign  # the negative, for -1, of a number that is odd
    code -= sign
    return code


def normals_from(halves: Halves, out: Floats, room: Room) -> Floats:
    """
    Turn halves of random words into standard normals, one into one.

    Args:
        halves: Contiguous, uint32, of any shape; the lowest bit is not used.
        out: Contiguous, float64, same shape; filled.
        room: Where to work.

    Returns:
        *out*.
    """
    return np.multiply(places_from(halves, room.halves("places", *halves.shape).view(np.int32), room), STEP, out=out)


def uniforms_from(words: Words) -> Floats:
    """
    Turn random words into numbers uniform on [0, 1), one into one.

    Args:
        words: Uint64, of any shape.

    Returns:
        Same shape, float64: the high 53 bits of each word.
    """
    uniform: Floats = (words >> np.uint64(11)) * _UNIT
    return uniform
