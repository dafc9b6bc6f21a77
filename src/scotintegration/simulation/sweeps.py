"""Sweeps: many scenarios asked the same question, and how much each of their numbers matters."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from datetime import date
from math import prod
from typing import Any, Final

import attrs
import numpy as np

from scotintegration._fields import to_day
from scotintegration._shown import Shown
from scotintegration.dates import FinancialYear
from scotintegration.errors import NotFoundError
from scotintegration.money import Money
from scotintegration.network import Network
from scotintegration.partnership import Partnership
from scotintegration.simulation._kept import COUNTED, known
from scotintegration.simulation.dials import Dial
from scotintegration.simulation.draws import whole_number
from scotintegration.simulation.ensembles import Ensemble, ensemble
from scotintegration.simulation.executing import Bar, Progress
from scotintegration.simulation.scenario import Scenario, bounds
from scotintegration.tables import Table

__all__ = ["Sweep", "SweepResult", "sensitivity", "sweep"]

_SHARES: Final = (0.05, 0.5, 0.95)


@attrs.frozen(kw_only=True)
class Sweep(Shown):
    """
    Scenarios to be simulated, which says how much work they are before any is done.

    Attributes:
        subject: The partnership or network.
        scenarios: Every combination, the last name changing fastest.
        until: The last day.
        runs: Runs of each scenario.
        seed: The seed, the same for all, so that runs pair.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    subject: Partnership | Network = attrs.field(repr=False)
    scenarios: tuple[Scenario, ...]
    until: date
    runs: int
    seed: int

    @property
    def partnerships(self) -> int:
        """How many partnerships are simulated."""
        if isinstance(self.subject, Partnership):
            return 1
        return sum(p.ijb is not None for p in self.subject)

    @property
    def years(self) -> int:
        """How many financial years are simulated."""
        start = FinancialYear.of(self.subject.as_at)
        return FinancialYear.of(self.until) - start + 1

    @property
    def size(self) -> int:
        """Years of partnerships to simulate: scenarios times runs times partnerships times years."""
        return len(self.scenarios) * self.runs * self.partnerships * self.years

    def __str__(self) -> str:
        parts = [
            _many(len(self.scenarios), "scenario"),
            _many(self.runs, "run"),
            _many(self.partnerships, "partnership"),
            _many(self.years, "year"),
        ]
        return f"{' x '.join(parts)} = {self.size:,} partnership-years"

    def run(self, *, executor: Executor | None = None, progress: Progress | Bar | None = None) -> SweepResult:
        """
        Simulate every scenario and keep its summary.

        Args:
            executor: Where to simulate; by default here.
            progress: As :func:`ensemble` takes it, asked about each scenario in turn.

        Returns:
            An ensemble a scenario, in order. After an interrupt those begun so far.

        Raises:
            ValueError: If a scenario cannot be simulated.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        found: list[Ensemble] = []
        for scenario in self.scenarios:
            made = ensemble(
                self.subject, scenario, until=self.until, runs=self.runs, seed=self.seed, summary=True,
                executor=executor, progress=progress,
            )  # fmt: skip
            found.append(made)
            if made.stopped:
                break
        return SweepResult(sweep=self, ensembles=tuple(found))


@attrs.frozen(kw_only=True)
class SweepResult(Shown):
    """
    What came of a sweep.

    Attributes:
        sweep: The sweep.
        ensembles: A summary a scenario, in order.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    sweep: Sweep
    ensembles: tuple[Ensemble, ...] = attrs.field(repr=False)

    def table(self, column: str = "reserve") -> Table:
        """
        Give one row a scenario, and a partnership where there are several.

        Args:
            column: Name of the column.

        Returns:
            The column at 5, 50 and 95% of runs in the last year.

        Raises:
            NotFoundError: If there is no such column, with suggestions.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        known(column)
        rows = []
        for one in self.ensembles:
            cells = np.stack([np.atleast_1d(one.quantile(column, share)[-1]) for share in _SHARES], axis=1)
            for id, row in zip(one.ids, cells.tolist(), strict=True):
                rows.append((one.scenario.name, id, *(_shown(column, cell) for cell in row)))
        until = self.sweep.until.isoformat()
        caption = f"{self.sweep.subject.name}: {column.replace('_', ' ')} on {until}, {self.sweep}"
        return Table(caption, ("scenario", "partnership", *(f"{share:.0%}" for share in _SHARES)), rows)

    def to_table(self) -> Table:
        """
        Give the table of reserves.

        Returns:
            One row a scenario, and a partnership where there are several.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.table()

    def __str__(self) -> str:
        return self.to_table().to_text()


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _shown(column: str, value: int) -> str | int:
    return value if column in COUNTED else str(Money(value))


def _with(scenario: Scenario, name: str, value: object) -> Scenario:
    """Change one share."""
    changed: dict[str, Any] = {name: value}
    return attrs.evolve(scenario, **changed)


def _named(name: str) -> None:
    if name not in bounds():
        raise NotFoundError.among("share of a scenario", name, sorted(bounds()))


def sweep(
    subject: Partnership | Network,
    scenario: Scenario,
    over: Mapping[str, Sequence[float | Dial]],
    *,
    until: date | str,
    runs: int,
    seed: int,
    most: int = 10_000,
) -> Sweep:
    """
    Lay out every combination of some values of a scenario's shares, without simulating any.

    Args:
        subject: The partnership or network.
        scenario: What all have in common.
        over: Values to try, by name of the share: numbers or dials.
        until: The last day.
        runs: Runs of each combination, 1 or more.
        seed: Seed of the draws, a whole number of 0 or more.
        most: Most combinations allowed.

    Returns:
        The sweep: print it for its size, then call its ``run``.

    Raises:
        NotFoundError: If a scenario has no such share, with suggestions.
        TypeError: If a value is no number and no dial.
        ValueError: If a value is out of range, there is none, or there are more than *most* combinations.

    Source: our choice.

    >>> from scotintegration.examples import example
    >>> print(sweep(example("body-corporate"), Scenario("base"), {"pressure": [0.02, 0.03, 0.04]},
    ...             until="2029-03-31", runs=1000, seed=1))
    3 scenarios x 1,000 runs x 1 partnership x 3 years = 9,000 partnership-years

    .. versionadded:: 0.1.0
    """
    for name in over:
        _named(name)
    count = prod(len(values) for values in over.values())
    if not 1 <= count <= most:
        raise ValueError(f"a sweep has 1 to {most:,} combinations, got {count:,}")
    made = []
    for values in itertools.product(*over.values()):
        chosen: dict[str, Any] = dict(zip(over, values, strict=True))
        changed = attrs.evolve(scenario, **chosen)
        said = ", ".join(f"{name} {changed.told(name)}" for name in chosen)
        made.append(attrs.evolve(changed, name=f"{scenario.name}: {said}" if said else scenario.name))
    return Sweep(
        subject=subject,
        scenarios=tuple(made),
        until=to_day(until),
        runs=whole_number("runs", runs, 1),
        seed=whole_number("seed", seed),
    )


def sensitivity(
    subject: Partnership | Network,
    scenario: Scenario,
    swings: Mapping[str, tuple[float, float]],
    *,
    until: date | str,
    runs: int,
    seed: int,
    column: str = "reserve",
    executor: Executor | None = None,
) -> Table:
    """
    Tell how much each share of a scenario matters, one at a time.

    Args:
        subject: The partnership or network.
        scenario: What the others stay at.
        swings: By name of the share, a low and a high value.
        until: The last day.
        runs: Runs of each scenario, 1 or more; all have the same draws.
        seed: Seed of the draws, a whole number of 0 or more.
        column: What to look at, in the last year; summed over the partnerships of a network.
        executor: Where to simulate; by default here.

    Returns:
        One row a share: its two values and how far each moves the mean from that of the scenario; what matters most
        first.

    Raises:
        NotFoundError: If there is no such share or column, with suggestions.
        TypeError: If a value is no number.
        ValueError: If a value is out of range.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    known(column)
    for name in swings:
        _named(name)

    def mean(changed: Scenario) -> float:
        made = ensemble(subject, changed, until=until, runs=runs, seed=seed, summary=True, executor=executor)
        return float(np.sum(made.mean(column)[-1]))

    base = mean(scenario)
    found = []
    for name, ends in swings.items():
        low, high = (_with(scenario, name, end) for end in ends)
        effects = (mean(low) - base, mean(high) - base)
        found.append((abs(effects[1] - effects[0]), name, low.told(name), high.told(name), effects))
    found.sort(key=lambda row: -row[0])

    def told(pence: float) -> str:
        return f"{pence:+.2f}" if column in COUNTED else str(Money(round(pence)))

    rows = [
        (name.replace("_", " "), low, high, *(told(effect) for effect in effects), told(reach))
        for reach, name, low, high, effects in found
    ]
    columns = ("share", "low", "high", "change at low", "change at high", "reach")
    middle = f"{base:.2f}" if column in COUNTED else str(Money(round(base)))
    caption = (
        f"{subject.name}: what moves the mean {column.replace('_', ' ')} of {middle} "
        f"in {_many(runs, 'run')} of {scenario.name!r}, one share at a time"
    )
    return Table(caption, columns, rows)
