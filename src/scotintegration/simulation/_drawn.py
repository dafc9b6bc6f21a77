"""What the dials of a scenario make of a partnership: its terms in each of some runs (private)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.simulation._inputs import MOST_GROWTH, Floats, Pence
from scotintegration.simulation.dials import Dial
from scotintegration.simulation.scenario import Scenario, bounds

__all__ = ["Base", "Terms", "Turn", "middle", "refuse_growth", "turned"]

_MOST = 2.0**62

Turn: TypeAlias = Callable[[str, Dial, Sequence[int]], Floats]
"""Gives what a dial says in some calendar years, shape ``(runs, years)``, or ``(1, years)`` where runs agree."""


def middle(name: str, dial: Dial, years: Sequence[int]) -> Floats:
    """Take the middle of a dial, as if there were one run."""
    return np.full((1, len(years)), dial.middle)


def turned(seed: int, partnership: str, first: int, runs: int) -> Turn:
    """Draw dials for some runs; what lies beyond the bounds of a share is held at the bound."""
    ends = bounds()

    def turn(name: str, dial: Dial, years: Sequence[int]) -> Floats:
        if not dial.drawn:
            return middle(name, dial, years)
        return dial.draw(seed, partnership, name, first=first, runs=runs, years=years).clip(*ends[name])

    return turn


@attrs.frozen(kw_only=True, eq=False)
class Terms:
    """
    A partnership's terms; each array has one row a run, or a single row where the runs agree.

    Attributes:
        budgets_pence: Shape ``(runs, years, functions)``, int64.
        held_pence: Of it set aside, same shape.
        growth: Spending over budget, chance aside, shape ``(runs, years, functions)``, from 0.
        volatility: Standard deviation of a month's spending over its budget, shape ``(runs, years)``.
        attendance: Probability that a voting member attends, shape ``(runs, years)``.
        opening_reserve_pence: Shape ``(runs,)``.
    """

    budgets_pence: Pence
    held_pence: Pence
    growth: Floats
    volatility: Floats
    attendance: Floats
    opening_reserve_pence: Pence


@attrs.frozen(kw_only=True, eq=False)
class Base:
    """
    What is recorded of a partnership, before a scenario says anything.

    Attributes:
        first_year: Calendar year in which the first financial year starts.
        recorded: Calendar year of the budget that each year's comes from: its own, or the last before it.
        paid_pence: Paid for each function in that budget, shape ``(years, functions)``, int64.
        held_pence: Set aside for each function in that budget, same shape.
        savings_pence: Savings planned in each function, same shape.
        savings_known: Whether the budget of the year itself says what savings are planned, shape ``(years,)``.
        opening_reserve_pence: General reserve at the start; None where it is not recorded.
    """

    first_year: int
    recorded: tuple[int, ...]
    paid_pence: Pence
    held_pence: Pence
    savings_pence: Pence
    savings_known: npt.NDArray[np.bool_]
    opening_reserve_pence: int | None

    def terms(self, scenario: Scenario, turn: Turn) -> Terms:
        """Give the terms under a scenario, as its dials are turned."""
        dials = scenario.dials
        years = range(self.first_year, self.first_year + len(self.recorded))

        def share(name: str) -> Floats:
            return turn(name, dials[name], years)

        def compound(name: str, start: int, stop: int) -> Floats:
            """Multiply up the growth of the years after *start* up to *stop*, shape ``(runs,)``."""
            dial = dials[name]
            if not dial.drawn:
                return np.array([(1.0 + dial.middle) ** (stop - start)])
            factor = np.ones(1)
            for rate in turn(name, dial, range(start + 1, stop + 1)).T:  # one by one: a product's order is its own
                factor = factor * (1.0 + rate)
            return factor

        factors = [compound("uplift", start, year) for start, year in zip(self.recorded, years, strict=True)]
        uplift = _columns(factors)[..., None]
        held = _pence(self.held_pence * uplift)
        budgets = _pence(self.paid_pence * uplift) + held
        growth = _columns([compound("pressure", self.first_year, year) for year in years])[..., None]
        planned = np.where(
            self.savings_known[:, None],
            self.savings_pence / np.maximum(budgets, 1) * (budgets > 0),
            share("savings_planned")[..., None],
        )
        growth = np.maximum(growth + planned * (1.0 - share("savings_delivered"))[..., None], 0.0)
        opening = (
            _pence(budgets[:, 0].sum(axis=-1) * share("reserve")[:, 0])
            if self.opening_reserve_pence is None
            else np.array([self.opening_reserve_pence])
        )
        return Terms(
            budgets_pence=budgets,
            held_pence=held,
            growth=np.broadcast_to(growth, (len(growth), *self.paid_pence.shape)),
            volatility=share("volatility"),
            attendance=share("attendance"),
            opening_reserve_pence=opening,
        )


def refuse_growth(growth: Floats) -> None:
    """Refuse spending that is too many times the budget."""
    if growth.max() > MOST_GROWTH:
        raise ValueError(
            f"pressure and savings that fail make spending {growth.max():.1f} times the budget; "
            f"expected at most {MOST_GROWTH:g}: a lower pressure, or an earlier until"
        )


def _columns(rows: Sequence[Floats]) -> Floats:
    """Put a row a year beside one another, shape ``(runs, years)``."""
    return np.stack(np.broadcast_arrays(*rows), axis=1)


def _pence(amounts: Floats) -> Pence:
    """Round to whole pence, half to even; what no array of pence holds becomes too much for any budget."""
    return np.minimum(np.rint(amounts), _MOST).astype(np.int64)
