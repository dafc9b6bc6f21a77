"""
Standard normals, each a function of 32 random bits.

The area under the density is cut into 1,024 layers of equal size (Marsaglia and Tsang 2000). The low
ten bits choose the layer and the high 22 a place across it, which lies well under the curve all but 4
times in 1,000. What else is needed then comes from the same bits, mixed, so every normal takes 32
bits, and they alone decide it. Neighbouring values are at most four millionths apart.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
import numpy.typing as npt

from scotintegration.simulation._room import Room

__all__ = ["normals_from", "uniforms_from"]

Floats = npt.NDArray[np.float64]
Halves = npt.NDArray[np.uint32]
Words = npt.NDArray[np.uint64]

_LAYERS = 1024
_TAIL = Decimal("4.03884984610950452271")  # where the lowest layer's tail begins
_AREA = Decimal("0.00122632464635308807289")  # of each layer, that tail included


def _layers() -> tuple[Floats, Floats]:
    """
    Widths of the layers from the lowest up, and the density at each width.

    Reckoned in decimal, whose logarithms are rounded alike on every machine.
    """
    with localcontext() as context:
        context.prec = 20
        height = (-_TAIL * _TAIL / 2).exp()
        widths, heights = [_AREA / height, _TAIL], [Decimal(0), height]
        for _ in range(_LAYERS - 2):
            height += _AREA / widths[-1]
            widths.append((-2 * height.ln()).sqrt())
            heights.append(height)
    return np.array([*map(float, widths), 0.0]), np.array([*map(float, heights), 1.0])


_WIDTH, _HEIGHT = _layers()
_SCALE = _WIDTH[:-1] * 2.0**-22
_INNER = _WIDTH[1:].copy()  # within it, a layer lies under the curve altogether
_RISE = np.diff(_HEIGHT)
_LOW = np.uint32(_LAYERS - 1)
_STRIDE = 2**14  # numbers worked on at once: their arrays fit a processor's nearest cache but one
_UNIT, _PART = np.float64(2.0**-53), np.float64(2.0**-32)
_GRAIN = 2.0**40  # steps to 1 that logarithms are rounded to, lest they differ between machines
_ONE, _HALF, _LOWER = np.uint64(1), np.uint64(32), np.uint64(2**32 - 1)


def normals_from(halves: Halves, out: Floats, room: Room) -> Floats:
    """
    Turn halves of random words into standard normals, one into one.

    Args:
        halves: Contiguous, uint32, of any shape.
        out: Contiguous, float64, same shape; filled.
        room: Where to work.

    Returns:
        *out*.
    """
    flat, normal = halves.reshape(-1), out.reshape(-1)
    outside = room.flags("outside", len(flat))
    for start in range(0, len(flat), _STRIDE):
        piece = slice(start, start + _STRIDE)
        _cross(flat[piece], normal[piece], outside[piece], room)
    refused = np.flatnonzero(outside)
    if len(refused):
        normal[refused] = _look_closer(flat[refused], normal[refused])
    return out


def _cross(halves: Halves, out: Floats, outside: npt.NDArray[np.bool_], room: Room) -> None:
    """Find places across layers, and whether each is outside what lies well under the curve."""
    count = len(halves)
    layer, bound, across = room.ints("layer", count), room.floats("bound", count), room.halves("across", count)
    np.copyto(layer, np.bitwise_and(halves, _LOW, out=across))
    signed = np.right_shift(halves.view(np.int32), 9, out=across.view(np.int32))
    signed |= 1  # odd numbers lie evenly about 0
    np.copyto(out, signed)
    out *= np.take(_SCALE, layer, out=bound, mode="wrap")
    np.take(_INNER, layer, out=bound, mode="wrap")
    np.greater_equal(np.abs(out, out=layer.view(np.float64)), bound, out=outside)


def _look_closer(halves: Halves, normal: Floats) -> Floats:
    """Keep the places that do lie under the curve, and find others for the rest."""
    layer = halves & _LOW
    words = _mixed(halves.astype(np.uint64))
    under = _HEIGHT[layer] + _RISE[layer] * uniforms_from(words) < np.exp(-0.5 * normal * normal)
    tail = np.flatnonzero(layer == 0)
    if len(tail):
        normal[tail] = np.copysign(_beyond(words[tail]), normal[tail])
        under[tail] = True
    other = np.flatnonzero(~under)
    if len(other):
        normal[other] = _anew(words[other])
    return normal


def _anew(words: Words) -> Floats:
    """Draw from the whole curve (Box and Muller 1958)."""
    length, turn = _two(_mixed(words))
    return np.rint(np.sqrt(-2.0 * np.log(length)) * np.cos(turn * (2.0 * np.pi)) * _GRAIN) / _GRAIN


def _beyond(words: Words) -> Floats:
    """Draw from the tail (Marsaglia 1964)."""
    mixed = _mixed(words)
    chance, limit = _two(mixed)
    beyond: Floats = np.rint(np.log(chance) * (-_GRAIN / float(_TAIL))) / _GRAIN
    again = np.flatnonzero(-2.0 * np.log(limit) <= beyond * beyond)
    beyond += float(_TAIL)
    if len(again):
        beyond[again] = _beyond(mixed[again])
    return beyond


def _two(words: Words) -> tuple[Floats, Floats]:
    """Make two numbers uniform on (0, 1] of each word."""
    high: Floats = ((words >> _HALF) + _ONE) * _PART
    low: Floats = ((words & _LOWER) + _ONE) * _PART
    return high, low


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


def _mixed(words: Words) -> Words:
    """Make other words of words, by the mixing of SplitMix64 (Steele, Lea and Flood 2014)."""
    mixed = words + np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed
