"""Memory that the steps of a simulation work in."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

__all__ = ["Room"]


class Room:
    """
    Arrays to work in, kept so that a step of a simulation asks the system for none.

    A name always means the same stretch of memory: what was under it is overwritten.

    >>> Room().ints("rest", 2, 3).shape
    (2, 3)
    """

    def __init__(self) -> None:
        """Begin with no arrays."""
        self._kept: dict[str, npt.NDArray[np.int64]] = {}

    def size(self, name: str) -> int:
        """Tell how many 64-bit numbers there is room for under a name."""
        kept = self._kept.get(name)
        return 0 if kept is None else kept.size

    def ints(self, name: str, *shape: int) -> npt.NDArray[np.int64]:
        """Give an int64 array of a shape, holding anything."""
        size = math.prod(shape)
        kept = self._kept.get(name)
        if kept is None or kept.size < size:
            kept = self._kept[name] = np.empty(size, np.int64)
        return kept[:size].reshape(shape)

    def floats(self, name: str, *shape: int) -> npt.NDArray[np.float64]:
        """Give a float64 array of a shape, holding anything."""
        return self.ints(name, *shape).view(np.float64)

    def words(self, name: str, *shape: int) -> npt.NDArray[np.uint64]:
        """Give a uint64 array of a shape, holding anything."""
        return self.ints(name, *shape).view(np.uint64)

    def halves(self, name: str, *shape: int) -> npt.NDArray[np.uint32]:
        """Give a uint32 array of a shape, holding anything."""
        size = math.prod(shape)
        return self.ints(name, -(-size // 2)).view(np.uint32)[:size].reshape(shape)

    def flags(self, name: str, *shape: int) -> npt.NDArray[np.bool_]:
        """Give a bool array of a shape, holding anything."""
        size = math.prod(shape)
        return self.ints(name, -(-size // 8)).view(np.bool_)[:size].reshape(shape)
