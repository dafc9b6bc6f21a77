"""What the dials of a scenario make of a partnership: its terms in each of some runs (private)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.risk_shares import RiskShare
from scotintegration.simulation._inputs import MOST_GROWTH, Floats, Pence
from scotintegration.simulation.dials import Dial
from scotintegration.simulation.scenario import IN_YEAR, Scenario, bounds

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
        least, most = ends[name.partition("/")[0]]  # a dial of a group, or of one decision, has its name after a slash
        return dial.draw(seed, partnership, name, first=first, runs=runs, years=years).clip(least, most)

    return turn


@attrs.frozen(kw_only=True, eq=False)
class Terms:
    """
    A partnership's terms; each array has one row a run, or a single row where the runs agree.

    Attributes:
        budgets_pence: Shape ``(runs, years, functions)``, int64.
        held_pence: Of it set aside, same shape.
        growth: Spending over budget, chance aside, shape ``(runs, years, functions)``, from 0.
        volatility: Standard deviation of a month's spending over its budget, same shape.
        attendance: Probability that a voting member attends, shape ``(runs, years)``.
        opening_reserve_pence: Shape ``(runs,)``.
        opening_earmarked_pence: Shape ``(runs,)``.
        more: What the dials of `IN_YEAR` say, by name, each of shape ``(runs, years)``.
    """

    budgets_pence: Pence
    held_pence: Pence
    growth: Floats
    volatility: Floats
    attendance: Floats
    opening_reserve_pence: Pence
    opening_earmarked_pence: Pence
    more: Mapping[str, Floats]

    def after(self, skip: int) -> Terms:
        """Give the terms of the years after some."""
        return attrs.evolve(
            self,
            budgets_pence=self.budgets_pence[:, skip:],
            held_pence=self.held_pence[:, skip:],
            growth=self.growth[:, skip:],
            volatility=self.volatility[:, skip:],
            attendance=self.attendance[:, skip:],
            more={name: one[:, skip:] for name, one in self.more.items()},
        )


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
        opening_earmarked_pence: Earmarked reserve at the start; None where it is not recorded.
        names: Ids of the functions.
        health: Whether the Health Board delegates each, shape ``(functions,)``.
        hosted_pence: Shares of services that others host, shape ``(years, functions)``; None where none is recorded.
        risk_share: What the scheme says about who pays; None where it says nothing, or is not read.
    """

    first_year: int
    recorded: tuple[int, ...]
    paid_pence: Pence
    held_pence: Pence
    savings_pence: Pence
    savings_known: npt.NDArray[np.bool_]
    opening_reserve_pence: int | None
    opening_earmarked_pence: int | None
    names: tuple[str, ...]
    health: npt.NDArray[np.bool_]
    hosted_pence: Pence | None
    risk_share: RiskShare | None

    def terms(self, scenario: Scenario, turn: Turn) -> Terms:
        """Give the terms under a scenario, as its dials are turned."""
        dials = scenario.dials
        years = range(self.first_year, self.first_year + len(self.recorded))

        def share(name: str) -> Floats:
            return turn(name, dials[name], years)

        def compound(name: str, start: int, stop: int, own: Dial | None = None) -> Floats:
            """Multiply up the growth of the years after *start* up to *stop*, shape ``(runs,)``."""
            dial = own or dials[name]
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
        volatility = share("volatility")[..., None]
        for group in scenario.groups:
            ours = np.array([name in group.functions for name in self.names])
            own = group.dials
            if "pressure" in own:
                called = f"pressure/{group.name}"
                rows = [compound(called, self.first_year, year, own["pressure"]) for year in years]
                growth = np.where(ours, _columns(rows)[..., None], growth)
            if "volatility" in own:
                spread = turn(f"volatility/{group.name}", own["volatility"], years)
                volatility = np.where(ours, spread[..., None], volatility)
        planned = np.where(
            self.savings_known[:, None],
            self.savings_pence / np.maximum(budgets, 1) * (budgets > 0),
            share("savings_planned")[..., None],
        )
        growth = growth + planned * (1.0 - share("savings_delivered"))[..., None]
        if scenario.set_aside_pressure != 0.0:
            growth = growth + held / np.maximum(budgets, 1) * share("set_aside_pressure")[..., None]
        if scenario.hosted_variance != 0.0:
            growth = growth + self._hosted(budgets, share("hosted")) * share("hosted_variance")[..., None]
        growth = np.maximum(growth, 0.0)

        def opening(name: str, recorded: int | None) -> Pence:
            """Give a reserve at the start: what is recorded, or a share of the first year's budget."""
            if recorded is not None:
                return np.array([recorded])
            return _pence(budgets[:, 0].sum(axis=-1) * share(name)[:, 0])

        return Terms(
            budgets_pence=budgets,
            held_pence=held,
            growth=np.broadcast_to(growth, (len(growth), *self.paid_pence.shape)),
            volatility=np.broadcast_to(volatility, (len(volatility), *self.paid_pence.shape)),
            attendance=share("attendance"),
            opening_reserve_pence=opening("reserve", self.opening_reserve_pence),
            opening_earmarked_pence=opening("earmarked", self.opening_earmarked_pence),
            more={name: share(name) for name in IN_YEAR} if scenario.beyond else {},
        )

    def _hosted(self, budgets: Pence, share: Floats) -> Floats:
        """Give the part of each function that others host, shape ``(runs, years, functions)``."""
        if self.hosted_pence is None:
            return share[..., None] * self.health
        return np.minimum(self.hosted_pence / np.maximum(budgets, 1), 1.0)


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
