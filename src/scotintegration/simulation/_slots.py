"""
Where functions lie in memory while they are simulated.

Functions lie in slots: ``(places, arms, partnerships, runs)``, runs last. Read as
``(places, arms * partnerships * runs)`` each column is one arm of one partnership in one run; read as
``(places * arms, partnerships * runs)`` it is the whole partnership. The same memory serves both, so
a transfer within an arm and one between arms are the same arithmetic on columns.
"""

from __future__ import annotations

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.simulation._apportion import Pence, precedence
from scotintegration.simulation._inputs import MONTHS, Counts, Floats, Inputs

__all__ = ["Slots", "Terms"]

Words = npt.NDArray[np.uint64]


@attrs.frozen(eq=False)
class Terms:
    """What one year fixes: each month's budget by partnership and function, the rest in slots with one run."""

    monthly: Floats
    budget: Pence
    limit: Words
    due: tuple[Floats, ...]
    to_come: tuple[Floats, ...]
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
        function: Function number in each slot, shape ``(places, 2, partnerships)``.
        rank: Precedence of a slot in a tie over the whole partnership, shape
            ``(places * 2, partnerships)``.
        terms: Year by year.
    """

    inputs: Inputs
    start: int
    members: tuple[Counts, ...]
    split: tuple[int, ...]
    function: Counts
    rank: Counts
    terms: tuple[Terms, ...]

    @property
    def places(self) -> int:
        """Slots of an arm."""
        return len(self.function)

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
        return cls(
            inputs,
            start,
            tuple(np.concatenate(pair) for pair in sides),
            tuple(len(pair[0]) for pair in sides),
            function,
            rank,
            tuple(cls._terms(inputs.budgets_pence[year, start:stop], function) for year in range(inputs.years)),
        )

    @staticmethod
    def _terms(budgets: Pence, function: Counts) -> Terms:
        """Put a year's budgets, shape ``(partnerships, functions)``, into slots."""
        padded = np.pad(budgets, ((0, 0), (0, 1)))
        budget = padded[np.arange(len(budgets)), function][..., None]
        due = [budget * month // MONTHS for month in range(2, MONTHS + 1, 2)]
        profile = budgets[..., None] * np.arange(MONTHS + 1) // MONTHS
        return Terms(
            np.diff(profile).astype(np.float64),
            budget,
            (budget // 100).view(np.uint64),
            tuple(np.maximum(sum_due, 1).astype(np.float64) for sum_due in due),
            tuple((budget - sum_due).astype(np.float64) for sum_due in due),
            budget.sum(axis=0)[..., 0],
        )
