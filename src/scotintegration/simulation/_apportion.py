"""Sharing whole pence exactly, many shares at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from scotintegration.simulation._room import Room

__all__ = ["MOST_FUNCTIONS", "MOST_PENCE", "apportion", "precedence", "share", "shares_of"]

MOST_PENCE = 10**13
"""Largest sum of money that the arrays take: £100bn."""

MOST_FUNCTIONS = 900
"""Most shares of one sum: remainders times functions stay below 2**63."""

_NETWORK_FUNCTIONS = 32  # more rows than this, or fewer columns than the next, are sorted by numpy
_NETWORK_COLUMNS = 128

_CERTAIN = 2.0**44  # beyond it quotients in binary64 are not fine enough to tell remainders apart

Floats = npt.NDArray[np.float64]
Pence = npt.NDArray[np.int64]


def _comparisons(count: int) -> tuple[tuple[int, int], ...]:
    """Pairs of places to compare, in order, so that *count* values end up sorted (Batcher 1968)."""
    top = 1 << max(0, (count - 1).bit_length() - 1)
    pairs = []
    step = top if count > 1 else 0
    while step:
        far, offset, gap = top, 0, step
        while True:
            pairs += [(i, i + gap) for i in range(count - gap) if i & step == offset]
            if far == step:
                break
            gap, offset, far = far - step, step, far >> 1
        step >>= 1
    return tuple(pairs)


_NETWORKS = tuple(_comparisons(count) for count in range(_NETWORK_FUNCTIONS + 1))


def share(total_pence: Pence, weights: Pence) -> Pence:
    """
    Split each total in proportion to its weights without losing a penny.

    Args:
        total_pence: Shape ``(runs,)``, int64, each from 0 to 10**13.
        weights: Shape ``(runs, functions)``, int64, each from 0 to 10**13, no row all 0;
            at most 900 functions.

    Returns:
        Shape ``(runs, functions)``, int64; row *i* sums to ``total_pence[i]``
        exactly. Odd pence go to the largest remainders, ties to the left.

    Raises:
        ValueError: If a shape, a dtype or an amount is not as described.

    Source:
        Our choice: largest remainder (Hare quota), which keeps every share
        within one penny of proportion.

    >>> share(np.array([100]), np.array([[1, 1, 1]]))
    array([[34, 33, 33]])

    .. versionadded:: 0.1.0
    """
    if weights.ndim != 2 or total_pence.shape != weights.shape[:1]:
        got = f"total_pence has shape {total_pence.shape}, weights {weights.shape}"
        raise ValueError(f"{got}; expected (runs,) and (runs, functions)")
    if weights.shape[1] > MOST_FUNCTIONS:
        raise ValueError(f"weights has {weights.shape[1]} functions; expected at most {MOST_FUNCTIONS}")
    for name, array in (("total_pence", total_pence), ("weights", weights)):
        if array.dtype != np.int64:
            raise ValueError(f"{name} has dtype {array.dtype}; expected int64")
        if array.size and not 0 <= array.min() <= array.max() <= MOST_PENCE:
            extreme = array.min() if array.min() < 0 else array.max()
            raise ValueError(f"{name} holds {extreme}; expected 0 to {MOST_PENCE}")
    whole = weights.sum(axis=1)
    if not whole.all():
        row = int(np.flatnonzero(whole == 0)[0])
        raise ValueError(f"weights has nothing but 0 in row {row}; expected a weight to share by")
    columns = np.ascontiguousarray(weights.T)
    return np.ascontiguousarray(apportion(total_pence, columns, whole, precedence(len(columns)), Room()).T)


def precedence(functions: int) -> Pence:
    """Rank in a tie, shape ``(functions, 1)``: the first has the highest."""
    return np.arange(functions - 1, -1, -1, dtype=np.int64)[:, None]


def apportion(total: Pence, weights: Pence, whole: Pence, rank: Pence, room: Room) -> Pence:
    """
    Largest remainders down the columns, without checks.

    Args:
        total: Shape ``(columns,)``, from 0 to 3 * 10**15, and 0 where every weight is 0.
        weights: Shape ``(functions, columns)``, from 0.
        whole: Shape ``(columns,)``; sums of the weights, or 1 where that is 0.
        rank: Shape ``(functions, columns)`` or ``(functions, 1)``: 0 up to functions - 1,
            each once in a column. Equal remainders go to the higher rank.
        room: Where to work; the result stays in it until the next call.

    Returns:
        Shape ``(functions, columns)``; each column sums to its total.

    Products wrap around 2**64. The quotient in binary64 is out by less than one
    either way, so the true remainder lies within one ``whole`` of 0 to ``whole``
    and wrapping arithmetic gives it exactly; read as unsigned, a remainder below
    0 is huge, so one comparison finds the quotients that need mending.
    """
    shape = weights.shape
    shares = room.floats("shares", *shape)
    quotient, rest, flags = room.ints("quotient", *shape), room.ints("rest", *shape), room.flags("flags", *shape)
    np.copyto(shares, weights)
    shares *= total / whole
    np.copyto(quotient, shares, casting="unsafe")
    np.multiply(weights, total, out=rest)
    rest -= np.multiply(quotient, whole, out=shares.view(np.int64))
    amiss = np.flatnonzero(np.greater_equal(rest.view(np.uint64), whole.view(np.uint64), out=flags))
    if len(amiss):
        by = np.where(rest.reshape(-1)[amiss] < 0, np.int64(-1), np.int64(1))
        quotient.reshape(-1)[amiss] += by
        rest.reshape(-1)[amiss] -= by * whole[amiss % len(whole)]
    odd = total - quotient.sum(axis=0)
    rest *= len(weights)
    rest += rank
    quotient += np.greater_equal(rest, _least_served(rest, odd, room), out=flags)
    return quotient


def shares_of(total: Floats, weights: Floats, whole: Floats, rank: Pence, room: Room) -> Floats:
    """
    Largest remainders down the columns, of whole numbers in binary64, without checks.

    Args:
        total: Shape ``(columns,)``, from 0 to *whole*, and 0 where every weight is 0.
        weights: Shape ``(functions, columns)``, from 0.
        whole: Shape ``(columns,)``; sums of the weights, or 1 or more where that is 0.
        rank: As for ``apportion``.
        room: Where to work; the result stays in it until the next call.

    Returns:
        Shape ``(functions, columns)``; the same shares as ``apportion`` gives.

    A quotient in binary64 is out by at most ``total`` * 2**-52, and its remainder in binary32 by
    2**-25 more. Where the last remainder to be served is further than that above the next, a sum
    halfway between the two lifts just the right quotients over the next whole number; one that
    had come out on the wrong side of a whole number is lifted, or not, accordingly. The few
    columns whose remainders lie closer, and all of a total too large, are shared in int64.
    """
    functions, columns = weights.shape
    most = float(total.max())
    if most > _CERTAIN:
        return _exactly(total, weights, whole, rank, room)
    quotient = np.multiply(weights, total / whole, out=room.floats("quotient", *weights.shape))
    shares = np.floor(quotient, out=room.floats("shares", *weights.shape))
    ordered = room.halves("ordered", functions + 4, columns).view(np.float32)
    np.subtract(quotient, shares, out=ordered[:functions], casting="same_kind")
    ordered[functions], ordered[functions + 1] = np.inf, -np.inf
    place = functions - (total - shares.sum(axis=0)).astype(np.int64)
    held = _sorted(ordered.view(np.int32), functions)  # from 0 up, bits are in the order of the numbers
    across, flat = np.arange(columns), ordered.reshape(-1)
    served = flat.take(held[place] * columns + across).astype(np.float64)
    unserved = flat.take(held[place - 1] * columns + across).astype(np.float64)
    quotient += 1 - ((served + unserved) * 0.5).clip(0, 1)
    np.floor(quotient, out=shares)
    doubtful = np.flatnonzero(served - unserved <= most * 2.0**-50 + 2.0**-22)
    if len(doubtful):
        some = rank if rank.shape[1] == 1 else rank[:, doubtful]
        shares[:, doubtful] = _exactly(total[doubtful], weights[:, doubtful], whole[doubtful], some, Room())
    return shares


def _exactly(total: Floats, weights: Floats, whole: Floats, rank: Pence, room: Room) -> Floats:
    """Share in int64."""
    kind = np.int64
    return apportion(total.astype(kind), weights.astype(kind), whole.astype(kind), rank, room).astype(np.float64)


def _least_served(rest: Pence, odd: Pence, room: Room) -> Pence:
    """Smallest of the *odd* largest values of each column; beyond all values where odd is 0."""
    functions, columns = rest.shape
    ordered = room.ints("ordered", functions + 3, columns)
    ordered[functions] = np.iinfo(np.int64).max
    ordered[:functions] = rest
    place = _sorted(ordered, functions)[functions - odd]
    place *= columns
    place += np.arange(columns)
    least: Pence = ordered.reshape(-1).take(place)
    return least


def _sorted(ordered: npt.NDArray[Any], functions: int) -> Pence:
    """
    Sort the first rows upwards in every column, and tell which row each rank has ended up in.

    Whole rows are compared, two at a time. Each comparison leaves the smaller and the larger
    values in the two rows that were free, at first the last, and the rows compared are free then.
    """
    if ordered.shape[1] < _NETWORK_COLUMNS or functions > _NETWORK_FUNCTIONS:
        ordered[:functions].sort(axis=0)
        return np.arange(len(ordered) - 2)
    rows, held = list(ordered), list(range(len(ordered)))
    for low, high in _NETWORKS[functions]:
        a, b, c, d = held[low], held[high], held[-1], held[-2]
        np.minimum(rows[a], rows[b], out=rows[c])
        np.maximum(rows[a], rows[b], out=rows[d])
        held[low], held[high], held[-1], held[-2] = c, d, a, b
    return np.array(held[:-2])
