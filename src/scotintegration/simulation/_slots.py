"""
Where functions lie in memory while they are simulated.

Functions lie in slots: ``(places, arms, partnerships, runs)``, runs last. Read as
``(places, arms * partnerships * runs)`` each column is one arm of one partnership in one run; read as
``(places * arms, partnerships * runs)`` it is the whole partnership. The same memory serves both, so
a transfer within an arm and one between arms are the same arithmetic on columns.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TypeVar

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.simulation._apportion import Pence, precedence
from scotintegration.simulation._inputs import MONTHS, Counts, Floats, Inputs

__all__ = ["Slots", "Terms"]

Number = TypeVar("Number", bound=np.generic)


@attrs.frozen(eq=False)
class Terms:
    """
    What one year fixes, in pence.

    Attributes:
        monthly: Each month's budget, shape ``(functions, 12, partnerships)``.
        budget: In slots, with one run.
        limit: Shortfalls up to it are let be; in slots, with one run.
        due: Budget up to each meeting, at least 1, shape ``(6, functions, partnerships)``.
        to_come: Budget after it, same shape.
        payment: Of each arm, shape ``(2, partnerships)``.
    """

    monthly: Floats
    budget: Floats
    limit: Floats
    due: Floats
    to_come: Floats
    payment: Pence


@attrs.frozen(eq=False)
class Slots:
    """
    Where the functions of neighbouring partnerships lie, and what each year fixes for them.

    Attributes:
        inputs: What it was made from.
        start: Number of the first partnership.
        members: Function numbers of each partnership, those of arm 0 first.
        split: How many functions of each partnership are of arm 0.
        alike: From and to which partnerships, counted from the first, neighbours have the same members.
        function: Function number in each slot, shape ``(places, 2, partnerships)``.
        rank: Precedence of a slot in a tie over the whole partnership, shape
            ``(places * 2, partnerships)``.
        terms: Year by year.
    """

    inputs: Inputs
    start: int
    members: tuple[Counts, ...]
    split: tuple[int, ...]
    alike: tuple[tuple[int, int], ...]
    function: Counts
    rank: Counts
    terms: tuple[Terms, ...]

    @property
    def places(self) -> int:
        """Slots of an arm."""
        return len(self.function)

    def laid_out(self, by_function: Pence | Floats) -> Floats:
        """Put amounts of shape ``(partnerships, functions)`` into slots, for one run."""
        return _in_slots(by_function, self.function).astype(np.float64)

    def by_function(self, slots: Floats) -> Pence:
        """Give what lies in the slots of one run by function, shape ``(partnerships, functions)``."""
        found = np.zeros((len(self.members), self.inputs.functions + 1), np.int64)
        found[np.arange(len(self.members)), self.function] = slots[..., 0]
        return found[:, :-1]

    @classmethod
    def of(cls, inputs: Inputs, start: int, stop: int) -> Slots:
        """Lay out partnerships *start* to *stop* - 1."""
        arm = inputs.arm[start:stop]
        sides = [[np.flatnonzero(row == side) for side in (0, 1)] for row in arm]
        places = max(1, *(len(side) for pair in sides for side in pair))
        function = np.full((places, 2, len(arm)), inputs.functions)
        for partnership, pair in enumerate(sides):
            for side, numbers in enumerate(pair):
                function[: len(numbers), side, partnership] = numbers
        flat = function.reshape(places * 2, len(arm))
        rank = precedence(places * 2)[np.argsort(np.argsort(flat, axis=0, kind="stable"), axis=0, kind="stable"), 0]
        edges = [0, *(np.flatnonzero((arm[1:] != arm[:-1]).any(axis=1)) + 1).tolist(), len(arm)]
        return cls(
            inputs,
            start,
            tuple(np.concatenate(pair) for pair in sides),
            tuple(len(pair[0]) for pair in sides),
            tuple(pairwise(edges)),
            function,
            rank,
            tuple(cls._terms(inputs.budgets_pence[year, start:stop], function) for year in range(inputs.years)),
        )

    @staticmethod
    def _terms(budgets: Pence, function: Counts) -> Terms:
        """Put a year's budgets, shape ``(partnerships, functions)``, into slots."""
        budget = _in_slots(budgets, function)
        profile = budgets[..., None] * np.arange(MONTHS + 1) // MONTHS
        due = profile[..., 2::2].transpose(2, 1, 0)
        return Terms(
            np.diff(profile).astype(np.float64).transpose(1, 2, 0),
            budget.astype(np.float64),
            (budget // 100).astype(np.float64),
            np.maximum(due, 1).astype(np.float64),
            (budgets.T - due).astype(np.float64),
            budget.sum(axis=0)[..., 0],
        )


def _in_slots(by_function: npt.NDArray[Number], function: Counts) -> npt.NDArray[Number]:
    padded = np.pad(by_function, ((0, 0), (0, 1)))
    slots: npt.NDArray[Number] = padded[np.arange(len(by_function)), function][..., None]
    return slots
