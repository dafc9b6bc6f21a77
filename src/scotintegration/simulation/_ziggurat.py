"""
Standard normals, each a function of one random word.

The area under the density is cut into 1,024 layers of equal size (Marsaglia and Tsang 2000). A word's
low ten bits choose the layer and its high 53 bits a place across it, which lies well under the curve
all but 4 times in 1,000. What else is needed then comes from the same word, mixed, so every normal
takes one word, and the word alone decides it.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
import numpy.typing as npt

from scotintegration.simulation._room import Room

__all__ = ["normals_from", "uniforms_from"]

Floats = npt.NDArray[np.float64]
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
_SCALE = _WIDTH[:-1] * 2.0**-52
_INNER = _WIDTH[1:].copy()  # within it, a layer lies under the curve altogether
_RISE = np.diff(_HEIGHT)
_LOW = np.uint64(_LAYERS - 1)
_UNIT = 2.0**-53
_GRAIN = 2.0**40  # the tail is rounded to this many steps, lest logarithms differ between machines


def normals_from(words: Words, out: Floats, room: Room) -> Floats:
    """
    Turn random words into standard normals, one into one.

    Args:
        words: Contiguous, uint64, of any shape.
        out: Contiguous, float64, same shape; filled.
        room: Where to work.

    Returns:
        *out*.
    """
    layer = np.bitwise_and(words, _LOW, out=room.words("layer", *words.shape)).view(np.int64)
    across = room.ints("across", *words.shape)
    np.right_shift(words.view(np.int64), 11, out=across)
    np.copyto(out, across)
    bound = across.view(np.float64)
    out *= np.take(_SCALE, layer, out=bound, mode="wrap")
    np.take(_INNER, layer, out=bound, mode="wrap")
    size = np.abs(out, out=layer.view(np.float64))
    refused = np.flatnonzero(np.greater_equal(size, bound, out=room.flags("refused", *words.shape)))
    if len(refused):
        out.reshape(-1)[refused] = _look_closer(words.reshape(-1)[refused], out.reshape(-1)[refused])
    return out


def _look_closer(words: Words, normal: Floats) -> Floats:
    """Keep the places that do lie under the curve, and find others for the rest."""
    layer = (words & _LOW).view(np.int64)
    mixed = _mixed(words)
    under = _HEIGHT[layer] + _RISE[layer] * uniforms_from(mixed) < np.exp(-0.5 * normal * normal)
    tail = np.flatnonzero(layer == 0)
    if len(tail):
        normal[tail] = np.copysign(_beyond(mixed[tail]), normal[tail])
        under[tail] = True
    again = np.flatnonzero(~under)
    if len(again):
        normal[again] = normals_from(_mixed(mixed[again]), np.empty(len(again)), Room())
    return normal


def _beyond(words: Words) -> Floats:
    """Draw from the tail (Marsaglia 1964)."""
    other = _mixed(words)
    chance, limit = 1.0 - uniforms_from(words), 1.0 - uniforms_from(other)  # never 0
    beyond: Floats = np.rint(np.log(chance) * (-_GRAIN / float(_TAIL))) / _GRAIN
    again = np.flatnonzero(-2.0 * np.log(limit) <= beyond * beyond)
    beyond += float(_TAIL)
    if len(again):
        beyond[again] = _beyond(_mixed(other[again]))
    return beyond


def uniforms_from(words: Words) -> Floats:
    """
    Turn random words into numbers uniform on [0, 1), one into one.

    Args:
        words: Uint64, of any shape.

    Returns:
        Same shape, float64: the high 53 bits of each word.
    """
    return (words >> np.uint64(11)) * _UNIT


def _mixed(words: Words) -> Words:
    """Make other words of words, by the mixing of SplitMix64 (Steele, Lea and Flood 2014)."""
    mixed = words + np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed
