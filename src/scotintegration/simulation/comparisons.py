"""Comparisons of two runs and of two ensembles: from which day on they differ, and what made them."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from statistics import NormalDist
from typing import Any, Final

import attrs
import numpy as np

from scotintegration._shown import Shown
from scotintegration.dates import FinancialYear
from scotintegration.money import Money
from scotintegration.network import Network
from scotintegration.partnership import Partnership
from scotintegration.simulation._inputs import MONTHS, Floats, Pence
from scotintegration.simulation._sketch import rank
from scotintegration.simulation.ensembles import Ensemble
from scotintegration.simulation.eras import decided, stretches
from scotintegration.simulation.runs import Run
from scotintegration.simulation.scenario import Scenario
from scotintegration.tables import Table

__all__ = ["Divergence", "EnsembleDifference", "RunDifference", "between_ensembles", "between_runs"]

_MODEL: Final = "the model"
_START: Final = "the start"

_PAIRED: Final = "Paired: run by run, with the same draws in both."


@attrs.frozen(kw_only=True)
class Divergence(Shown):
    """
    The first day on which two runs differ.

    Attributes:
        on: The day.
        what: What differs on it, with both values.
        cause: What was set differently and makes them differ on that day.
        run: Number of the run.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    on: date
    what: str
    cause: str
    run: int

    def __str__(self) -> str:
        return f"{self.on.isoformat()} in run {self.run}: {self.what}; because of {self.cause}"


@attrs.frozen(kw_only=True)
class RunDifference(Shown):
    """
    Two runs side by side.

    Attributes:
        before: The first.
        after: The second.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    before: Run
    after: Run

    @cached_property
    def first_divergence(self) -> Divergence | None:
        """The first day on which they differ, up to the earlier of their last days; None if there is none."""
        last = min(self.before.until, self.after.until)
        one, other = (attrs.evolve(_Told.of(run), until=last) for run in (self.before, self.after))
        found = _first(one, other)
        if found is None:
            return None
        on, what = found
        apart = one.apart_from(other)
        alone = [said for said, changed in apart.items() if (_first(one, changed) or (None,))[0] == on]
        return Divergence(on=on, what=what, cause="; ".join(alone or apart), run=self.after.number)

    def __bool__(self) -> bool:
        return self.first_divergence is not None

    def to_table(self) -> Table:
        """
        Give one row a year that both have finished.

        Returns:
            Reserve and spending of both, and by how much the second is higher.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows = [
            (
                str(one.year),
                *map(str, (one.reserve, other.reserve, other.reserve - one.reserve)),
                *map(str, (one.spent, other.spent, other.spent - one.spent)),
            )
            for one in self.before.years
            for other in self.after.years
            if one.year == other.year
        ]
        columns = ("year", "reserve", "against", "more by", "spent", "against ", "more by ")
        first = self.first_divergence
        note = "They do not differ." if first is None else f"They differ from {first}."
        caption = f"{self.before.scenario.name!r} against {self.after.scenario.name!r}"
        return Table(caption, columns, rows, notes=(note,))

    def to_text(self) -> str:
        """
        Give the difference as text.

        Returns:
            The table, and from which day they differ.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table().to_text()

    def __str__(self) -> str:
        return self.to_text()


@attrs.frozen(kw_only=True)
class EnsembleDifference(Shown):
    """
    Two ensembles side by side, run by run: what one scenario changes, and not what chance does.

    Attributes:
        before: The first.
        after: The second, of the same partnerships, seed and last day.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    before: Ensemble
    after: Ensemble

    @cached_property
    def _places(self) -> tuple[Pence, Pence, Pence]:
        """Numbers of the runs that both have, and their rows in each."""
        runs, rows, others = np.intersect1d(self.before.values.runs, self.after.values.runs, return_indices=True)
        return runs, rows, others

    @property
    def runs(self) -> Pence:
        """Numbers of the runs that both have."""
        return self._places[0]

    def column(self, name: str) -> Pence:
        """
        Give by how much the second is higher, run by run.

        Args:
            name: Name of the column.

        Returns:
            Shape ``(runs, years)``, or ``(runs, years, partnerships)`` for a network, in pence or as a count.

        Raises:
            NotFoundError: If there is no such column, with suggestions.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        _, rows, others = self._places
        one, other = (ens.column(name).astype(np.int64, copy=False) for ens in (self.before, self.after))
        return np.asarray(other[others] - one[rows])

    def mean(self, name: str, *, level: float = 0.95) -> tuple[Floats, Floats, Floats]:
        """
        Give the mean difference of each year with its interval.

        Args:
            name: Name of the column.
            level: How sure the interval is meant to be, between 0 and 1.

        Returns:
            Lower end, mean and upper end, each of shape ``(years,)`` or ``(years, partnerships)``.

        Raises:
            NotFoundError: If there is no such column, with suggestions.
            ValueError: If *level* is out of range.

        Source: our choice: the usual interval of a mean of pairs.

        .. versionadded:: 0.1.0
        """
        if not 0.0 < level < 1.0:
            raise ValueError(f"level must be between 0 and 1, got {level!r}")
        found = self.column(name).astype(np.float64)
        spread = found.std(axis=0, ddof=1) if len(found) > 1 else np.full(found.shape[1:], np.inf)
        half = NormalDist().inv_cdf((1.0 + level) / 2) * spread / np.sqrt(len(found))
        middle = found.mean(axis=0)
        return np.asarray(middle - half), np.asarray(middle), np.asarray(middle + half)

    def quantile(self, name: str, share: float) -> Pence:
        """
        Give a quantile of the differences of each year.

        Args:
            name: Name of the column.
            share: From 0 to 1.

        Returns:
            Shape ``(years,)`` or ``(years, partnerships)``.

        Raises:
            NotFoundError: If there is no such column, with suggestions.
            ValueError: If *share* is out of range.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"share must be from 0 to 1, got {share!r}")
        values = self.column(name)
        return np.asarray(np.sort(values, axis=0)[rank(share, len(values))])

    @cached_property
    def first_divergence(self) -> Divergence | None:
        """The first day on which the lowest run of those that part first does; None if no year of any run differs."""
        names = ("budget", "spent", "reserve", "directions", "deferred", "top_ups")
        differs = np.any([self.column(name) != 0 for name in names], axis=0)
        by_year = differs.reshape(*differs.shape[:2], -1)
        if not by_year.any():
            return None
        y = int(np.flatnonzero(by_year.any(axis=(0, 2)))[0])
        place, partnership = np.argwhere(by_year[:, y])[0]
        one, other = self.before, self.after
        if isinstance(one.subject, Network):
            one, other = one[one.ids[partnership]], other[one.ids[partnership]]
        number = int(self.runs[place])
        return RunDifference(before=one.run(number), after=other.run(number)).first_divergence

    def __bool__(self) -> bool:
        return self.first_divergence is not None

    def to_table(self) -> Table:
        """
        Give one row a year, and a partnership where there are several.

        Returns:
            By how much reserve, spending and additional payments of the second are higher: the mean with its
            interval.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        names = ("reserve", "spent", "top_ups")
        ends = {name: [np.atleast_2d(part.T) for part in self.mean(name)] for name in names}
        rows = []
        for place, id in enumerate(self.before.ids):
            for y, year in enumerate(self.before.years):
                cells = ["{1} ({0} to {2})".format(*(_money(part[place, y]) for part in ends[name])) for name in names]
                rows.append((id, str(year), *cells))
        caption = (
            f"{self.after.scenario.name!r} less {self.before.scenario.name!r}: mean of {len(self.runs):,} pairs of runs"
        )
        columns = ("partnership", "year", *(name.replace("_", " ") for name in names))
        first = self.first_divergence
        note = "They do not differ." if first is None else f"They differ from {first}."
        return Table(caption, columns, rows, notes=(_PAIRED, note))

    def to_text(self) -> str:
        """
        Give the difference as text.

        Returns:
            The table, and from which day they differ.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table().to_text()

    def __str__(self) -> str:
        return self.to_text()


def _money(pence: float) -> str:
    return str(Money(round(pence))) if np.isfinite(pence) else "not known"


def between_runs(before: Run, after: Run) -> RunDifference:
    """
    Compare two runs.

    Args:
        before: The first.
        after: The second.

    Returns:
        Their difference.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    return RunDifference(before=before, after=after)


def between_ensembles(before: Ensemble, after: Ensemble) -> EnsembleDifference:
    """
    Compare two ensembles run by run.

    Args:
        before: The first.
        after: The second.

    Returns:
        Their difference.

    Raises:
        ValueError: If runs cannot be paired: seeds, years or partnerships differ, no run is in both, or only a
            summary was kept.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    for name in ("seed", "years", "ids"):
        one, other = getattr(before, name), getattr(after, name)
        if one != other:
            raise ValueError(f"runs are paired by their draws; expected the same {name}, got {one!r} and {other!r}")
    found = EnsembleDifference(before=before, after=after)
    if not len(found.runs):
        raise ValueError("runs are paired by number; expected ensembles with runs in common")
    return found


@attrs.frozen(kw_only=True)
class _Told:
    """What a run follows from."""

    partnership: Partnership
    scenario: Scenario
    until: date
    seed: int
    number: int

    @classmethod
    def of(cls, run: Run) -> _Told:
        """Take it from a run."""
        return cls(
            partnership=run.partnership,
            scenario=run.scenario,
            until=run.until,
            seed=run.seed,
            number=run.number,
        )

    def apart_from(self, other: _Told) -> dict[str, _Told]:
        """Change one thing at a time to what it is in another, under what the change is called."""
        told: dict[str, _Told] = {}
        if self.partnership != other.partnership:
            told["what is recorded of the partnership"] = attrs.evolve(self, partnership=other.partnership)
        if self.partnership.parameters != other.partnership.parameters:
            reformed = self.partnership.under(other.partnership.parameters)
            told["the law that is assumed"] = attrs.evolve(self, partnership=reformed)
        for name, mine in self.scenario.settings.items():
            theirs = other.scenario.settings[name]
            if mine != theirs:
                change: dict[str, Any] = {name: getattr(other.scenario, name)}
                told[f"{name}: {mine} against {theirs}"] = attrs.evolve(
                    self, scenario=attrs.evolve(self.scenario, **change)
                )
        if self.seed != other.seed:
            told[f"seed: {self.seed} against {other.seed}"] = attrs.evolve(self, seed=other.seed)
        if self.number != other.number:
            told[f"run: {self.number} against {other.number}"] = attrs.evolve(self, number=other.number)
        return told

    def days(self) -> Iterator[tuple[date, str, object]]:
        """Tell the run day by day: when, what, and its value, as text where somebody is to read it."""
        for stretch in stretches(self.partnership, self.scenario, self.until):
            era = stretch.played(self.seed, self.number)
            start, functions = era.compiled.years[0].start, era.compiled.functions
            yield start, _MODEL, f"model {era.partnership.model.letter}"
            yield start, _START, functions
            yield start, "the general reserve", Money(int(era.compiled.inputs.opening_reserve_pence[0]))
            for y, year in enumerate(era.compiled.years):
                budgets = era.compiled.inputs.budgets_pence[y, 0].tolist()
                for name, pence in zip(functions, budgets, strict=True):
                    yield decided(year)[0], f"the money of {year} for {name}", Money(pence)
                yield decided(year)[0], f"when directions of {year} bind", era.decided(y)[2].isoformat()
                for name, amount in zip(functions, era.amounts(y), strict=True):
                    yield decided(year)[0], f"the first direction of {year} for {name}", amount
                for m in range(MONTHS):
                    end = _month_end(year, m)
                    spent = era.history.spent_pence[0, y, m, 0].tolist()
                    for name, pence in zip(functions, spent, strict=True):
                        yield end, f"spending on {name} in {year} so far", Money(pence)
                    if m % 2:
                        yield end, "the meeting", era.went(y, m + 1)
                        yield end, f"when what it decides takes effect in {year}", era.met(y, m + 1).isoformat()
                        amounts = era.history.amount_pence[0, y, m, 0].tolist()
                        for name, pence in zip(functions, amounts, strict=True):
                            yield end, f"the direction of {year} for {name}", Money(pence)
                result = era.results[y]
                extra = result.top_health_board + result.top_council
                yield year.end, "the general reserve", result.reserve
                yield year.end, "the earmarked reserve", result.earmarked
                yield year.end, "additional payments", extra


def _month_end(year: FinancialYear, month: int) -> date:
    """Give the last day of a month, 0 for April."""
    number = (month + 3) % 12 + 1
    when = year.start.year + (number < 4)
    return date(when, number, calendar.monthrange(when, number)[1])


def _first(one: _Told, other: _Told) -> tuple[date, str] | None:
    """Find the first thing in which two runs of the same last day differ."""
    for (on, what, mine), (when, instead, theirs) in zip(one.days(), other.days(), strict=False):
        if what != instead:  # one goes on under its model, the other does not
            return (on if what == _MODEL else when), "one changes its model and the other does not"
        if min(on, when) > one.until:
            return None
        if (on, mine) != (when, theirs):
            if what == _START:
                return min(on, when), "they start on different days or with different functions"
            return on, f"{what}: {mine} against {theirs}"
    return None
