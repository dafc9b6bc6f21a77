"""Ensembles: the same question asked of many runs, and how sure the answer is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from datetime import date
from functools import cached_property, reduce
from importlib.util import find_spec
from os import PathLike, fspath
from statistics import NormalDist
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
from scotintegration.receipts import Receipt
from scotintegration.simulation._beyond import MORE
from scotintegration.simulation._chunks import LOGS, Part, Predicate, Settings, happened, work
from scotintegration.simulation._compile import Compiled, compile_inputs
from scotintegration.simulation._era_jobs import EraJob
from scotintegration.simulation._inputs import Floats, Pence
from scotintegration.simulation._jobs import Job
from scotintegration.simulation._kept import COUNTED, Summary, Years, fingerprint, known
from scotintegration.simulation._recipes import recipe_of
from scotintegration.simulation._year import FIELDS
from scotintegration.simulation.chances import Chance
from scotintegration.simulation.draws import STREAM_VERSION, whole_number
from scotintegration.simulation.eras import stretches
from scotintegration.simulation.executing import (
    Bar,
    Chunk,
    Failure,
    Outcome,
    Progress,
    cut,
    execute,
    show_progress,
)
from scotintegration.simulation.fans import Fan
from scotintegration.simulation.runs import MOST_RUNS, Run, simulate
from scotintegration.simulation.scenario import Scenario
from scotintegration.tables import Table

__all__ = ["Ensemble", "Years", "ensemble"]

_SHARES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
_MOST_BYTES: Final = 2**30
_NOT_FORECAST: Final = "Illustrative: a simulation, not a forecast."
_SHOWN: Final = ("budget", "spent", "overspend", "top_ups")


@attrs.frozen(kw_only=True, eq=False)
class Ensemble(Shown):
    """
    Many runs of a partnership, or of a network, under one scenario.

    Attributes:
        subject: The partnership or network.
        scenario: What was assumed.
        until: The last day.
        seed: The seed of the draws.
        years: The financial years that are finished by then.
        ids: Ids of the partnerships simulated.
        stretches: The runs that were tried: number of the first and how many, ascending.
        failures: Runs that could not be simulated, which count nowhere.
        stopped: What stopped it before all runs were tried; empty if nothing did.
        assumptions: What had to be assumed of the partnerships.

    Source: our choice of mechanism; the board follows SSI 2014/285, art. 1(2) and sch. para. 3.

    .. versionadded:: 0.1.0
    """

    subject: Partnership | Network = attrs.field(repr=False)
    scenario: Scenario
    until: date
    seed: int
    years: tuple[FinancialYear, ...]
    ids: tuple[str, ...]
    stretches: tuple[tuple[int, int], ...]
    failures: tuple[Failure, ...]
    stopped: str
    assumptions: tuple[str, ...] = attrs.field(repr=False)
    _kept: Years | Summary = attrs.field(alias="kept", repr=False)

    # -- what there is -------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._kept.runs) if isinstance(self._kept, Years) else self._kept.count

    @property
    def is_summary(self) -> bool:
        """Whether only counts, sums and bins were kept."""
        return isinstance(self._kept, Summary)

    @property
    def values(self) -> Years:
        """
        Every column as an array: ``ens.values.reserve`` has the axes runs and years.

        Raises:
            ValueError: If only a summary was kept.
        """
        if isinstance(self._kept, Summary):
            raise ValueError("a summary keeps no single runs; expected an ensemble with summary=False")
        return self._kept

    def column(self, name: str) -> Pence:
        """
        Give a column as an array.

        Args:
            name: One of allocated_late, budget, deferred, directions, earmarked, kept, overspend, repaid, reserve,
                spent, top_up_council, top_up_health_board and top_ups.

        Returns:
            Shape ``(runs, years)``, or ``(runs, years, partnerships)`` for a network: whole pence, or a count.

        Raises:
            NotFoundError: If there is no such column, with suggestions.
            ValueError: If only a summary was kept.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        known(name)
        return self.values.column(name)

    def run(self, number: int) -> Run:
        """
        Repeat one run with its register, steps and values on any day.

        Args:
            number: Its number, 0 or more, within this ensemble or not.

        Returns:
            What :func:`simulate` gives for the same seed and run.

        Raises:
            ValueError: If this is an ensemble of several partnerships; take one of them first.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        if isinstance(self.subject, Network):
            raise ValueError("a run is one partnership's; expected ens[area].run(number)")
        return simulate(self.subject, self.scenario, until=self.until, seed=self.seed, run=number)

    def __getitem__(self, area: str) -> Ensemble:
        """Give the ensemble of one partnership of a network, by its name or id."""
        if isinstance(self.subject, Partnership):
            raise TypeError(f"an ensemble of one partnership, {self.subject.name}, has no parts")
        p = self.subject[area]
        if p.id not in self.ids:
            raise NotFoundError.among("partnership", area, self.ids)
        said = tuple(one.removeprefix(f"{p.name}: ") for one in self.assumptions if one.startswith(f"{p.name}: "))
        kept = self._kept.pick(self.ids.index(p.id))
        return attrs.evolve(self, subject=p, ids=(p.id,), assumptions=said, kept=kept)

    # -- what it says --------------------------------------------------------------------------------------------

    def quantile(self, column: str, share: float) -> Pence:
        """
        Give a quantile of each year.

        Args:
            column: Name of the column.
            share: From 0 to 1.

        Returns:
            Shape ``(years,)``, or ``(years, partnerships)`` for a network: the smallest amount of any run that the
            share of runs does not exceed, exact; in a summary within 0.2% of it.

        Raises:
            NotFoundError: If there is no such column, with suggestions.
            ValueError: If *share* is out of range.

        Source: our choice: an amount that some run has, so pence stay whole.

        .. versionadded:: 0.1.0
        """
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"share must be from 0 to 1, got {share!r}")
        return self._kept.quantile(column, share)

    def mean(self, column: str) -> Floats:
        """
        Give the mean of each year.

        Args:
            column: Name of the column.

        Returns:
            Shape ``(years,)``, or ``(years, partnerships)`` for a network, float64.

        Raises:
            NotFoundError: If there is no such column, with suggestions.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self._kept.mean(column)

    def fan(self, column: str, shares: Sequence[float] = _SHARES) -> Fan:
        """
        Tabulate how a column spreads over the runs, year by year.

        Args:
            column: Name of the column.
            shares: Quantiles, each from 0 to 1.

        Returns:
            A table whose ``.plot(ax=)`` draws it.

        Raises:
            NotFoundError: If there is no such column, with suggestions.
            ValueError: If a share is out of range, or this is an ensemble of several partnerships.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        if isinstance(self.subject, Network):
            raise ValueError("a fan shows one partnership; expected ens[area].fan(column), or rank for all of them")
        ordered = tuple(sorted(shares))
        values = np.stack([self.quantile(column, share) for share in ordered], axis=1)
        years = tuple(map(str, self.years))
        caption = f"{self.subject.name}: {column.replace('_', ' ')} in {len(self):,} runs of {self.scenario.name!r}"
        return Fan(
            caption,
            ("year", *(f"{share:.0%}" for share in ordered)),
            [(year, *(_shown(column, cell) for cell in row)) for year, row in zip(years, values.tolist(), strict=True)],
            notes=self._notes,
            column=column,
            years=years,
            shares=ordered,
            values=values,
            money=column not in COUNTED,
        )

    def probability(self, event: Predicate | str, *, by: date | str | None = None, level: float = 0.95) -> Chance:
        """
        Tell in what share of the runs something happens, with the interval that so many runs allow.

        Args:
            event: A function of the columns, such as ``lambda years: years.reserve <= 0``, that tells of every run,
                or of every run and year, whether it is so; true in any year (and partnership) counts. Or the name
                of something that was watched for.
            by: A day; later years do not count. By default all years count.
            level: How sure the interval is meant to be.

        Returns:
            The share, its interval, and its bound where no run had it.

        Raises:
            NotFoundError: If nothing of that name was watched for.
            TypeError: If the function gives anything else.
            ValueError: If no year is finished by then, or a function is asked of a summary.

        Source:
            The interval of E. B. Wilson (1927); see :class:`Chance`.

        .. versionadded:: 0.1.0
        """
        count = len(self.years) if by is None else sum(year.end <= to_day(by) for year in self.years)
        if not count:
            end = self.years[0].end.isoformat()
            raise ValueError(f"by must be {end} or later, when the first year is finished, got {by!r}")
        if isinstance(event, str):
            watched = self._kept.hits if isinstance(self._kept, Summary) else {}
            if event not in watched:
                raise NotFoundError.among("thing watched for", event, sorted(watched))
            return Chance(hits=int(watched[event][count - 1]), runs=len(self), level=level, what=event)
        if isinstance(self._kept, Summary):
            raise ValueError(
                "a summary keeps no single runs to ask; expected summary=False, or watch={name: function} beforehand"
            )
        told = happened(event, self._kept.before(count))
        return Chance(hits=int(told.sum()), runs=len(self), level=level)

    def runs_for(self, column: str, half_width: Money | str | float, *, level: float = 0.95) -> int:
        """
        Tell how many runs make the mean of the last year sure enough.

        Args:
            column: Name of the column.
            half_width: What is to lie on either side of the mean, above 0: money, or a ``float`` in the column's unit.
            level: How sure, between 0 and 1.

        Returns:
            The fewest runs, judged by how much these differ; the largest of a network's.

        Raises:
            NotFoundError: If there is no such column, with suggestions.
            ValueError: If only a summary was kept, there are fewer than two runs, or a number is out of range.

        Source: our choice: the usual rule for a mean, (z s / w)**2. For a share ask :meth:`Chance.runs_for`.

        .. versionadded:: 0.1.0
        """
        values = self.column(column)
        if len(values) < 2:
            raise ValueError(f"how much runs differ takes two of them, got {len(values)}")
        wide = float(half_width) if isinstance(half_width, float) else float(Money.of(half_width).pence)
        if not wide > 0 or not 0.0 < level < 1.0:
            raise ValueError(f"half_width must be above 0 and level between 0 and 1, got {half_width!r} and {level!r}")
        spread = float(np.std(values[:, -1].astype(np.float64), axis=0, ddof=1).max())
        return max(1, math.ceil((NormalDist().inv_cdf((1.0 + level) / 2) * spread / wide) ** 2))

    def rank(self, column: str, *, most: int = 10, highest: bool = False) -> Table:
        """
        Order runs by what a column comes to in the last year; partnerships, in an ensemble of a network.

        Args:
            column: Name of the column.
            most: Rows of the table, 1 or more.
            highest: Whether to begin with the highest.

        Returns:
            Runs with their amounts, to look into by :meth:`run`; or partnerships with their 5, 50 and 95% quantiles,
            in order of the median.

        Raises:
            NotFoundError: If there is no such column, with suggestions.
            ValueError: If only a summary was kept of a partnership, or *most* is below 1.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        most = whole_number("most", most, 1)
        year, order = self.years[-1], "highest" if highest else "lowest"
        rows: list[tuple[Any, ...]]
        if isinstance(self.subject, Network):
            fives = [self.quantile(column, share)[-1] for share in (0.05, 0.5, 0.95)]
            keys = fives[1]
            columns: tuple[str, ...] = ("partnership", "5%", "50%", "95%")
            names = [self.subject[id].name for id in self.ids]
            rows = [(name, *(int(one[place]) for one in fives)) for place, name in enumerate(names)]
        else:
            keys, columns = self.column(column)[:, -1], ("run", str(year))
            rows = [(int(run), int(key)) for run, key in zip(self.values.runs, keys, strict=True)]
        places = np.argsort(-keys if highest else keys, kind="stable")[:most]
        shown = [(rows[place][0], *(_shown(column, cell) for cell in rows[place][1:])) for place in places]
        caption = f"{self.subject.name}: {order} {column.replace('_', ' ')} in {year}, {len(self):,} runs"
        return Table(caption, columns, shown, notes=self._notes)

    # -- putting together ----------------------------------------------------------------------------------------

    def merge(self, other: Ensemble) -> Ensemble:
        """
        Add other runs of the same partnerships, scenario and seed.

        Args:
            other: An ensemble of runs that this one has not tried.

        Returns:
            The ensemble of all; the same whatever is merged first.

        Raises:
            ValueError: If they differ in more than their runs, or share a run.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        for name in ("subject", "scenario", "until", "seed", "ids", "is_summary"):
            if getattr(self, name) != getattr(other, name):
                raise ValueError(f"merging needs ensembles that differ in their runs only; they differ in {name}")
        mine, theirs = self._kept, other._kept
        if isinstance(mine, Summary) and isinstance(theirs, Summary):
            if mine.hits.keys() != theirs.hits.keys():
                raise ValueError("merging needs ensembles that watched for the same; they differ in watch")
            kept: Years | Summary = mine.merge(theirs)
        else:
            kept = self.values.merge(other.values)
        return attrs.evolve(
            self,
            stretches=_stretches([*self.stretches, *other.stretches]),
            failures=tuple(sorted((*self.failures, *other.failures), key=lambda one: one.run)),
            stopped="; ".join(dict.fromkeys(one for one in (self.stopped, other.stopped) if one)),
            kept=kept,
        )

    def remade(self) -> Ensemble:
        """
        Simulate the same runs again.

        Returns:
            A new ensemble.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return again(self.subject, self.scenario, self.until, self.seed, self.stretches, self.is_summary)

    # -- what it was made with -----------------------------------------------------------------------------------

    @cached_property
    def digest(self) -> str:
        """Fingerprint of every result: 64 hexadecimal digits."""
        return fingerprint(self._kept)

    @property
    def receipt(self) -> Receipt:
        """What the ensemble was made with, enough to make it again."""
        many = isinstance(self.subject, Network)
        settings: dict[str, str | int | None] = dict(self.scenario.settings)
        settings["network" if many else "partnership"] = self.subject.name if many else self.ids[0]
        settings.update(
            scenario=self.scenario.name,
            until=self.until.isoformat(),
            runs=", ".join(f"{first} to {first + runs - 1}" for first, runs in self.stretches),
            failed=len(self.failures),
            stopped=self.stopped,
            keeps="a summary" if self.is_summary else "every year",
            stream=STREAM_VERSION,
            assumptions="; ".join(self.assumptions),
        )
        law = self.subject.as_at if isinstance(self.subject, Network) else self.subject.law.as_at
        return Receipt(
            of="ensemble",
            as_at=self.subject.as_at,
            law_as_at=law,
            settings=settings,
            seed=self.seed,
            digest=self.digest,
            result=self,
            recipe=recipe_of(
                self.subject,
                self.scenario,
                until=self.until.isoformat(),
                seed=self.seed,
                stretches=self.stretches,
                summary=self.is_summary,
            ),
        )

    # -- faces ---------------------------------------------------------------------------------------------------

    @property
    def _notes(self) -> tuple[str, ...]:
        said = [_NOT_FORECAST]
        if self.stopped:
            said.append(f"Stopped before all runs were tried: {self.stopped}.")
        if self.failures:
            failed = "1 run" if len(self.failures) == 1 else f"{len(self.failures):,} runs"
            said.append(f"{failed} could not be simulated and are left out: {self.failures[0]}.")
        return tuple(said)

    def to_table(self) -> Table:
        """
        Give one row a finished financial year; for a network one row a partnership.

        Returns:
            The reserve at 5, 50 and 95% of runs, and the medians of other columns.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        if isinstance(self.subject, Network):
            return self.rank("reserve", most=len(self.ids))
        columns = ("year", "reserve, 5%", "reserve, 50%", "reserve, 95%", *(name.replace("_", " ") for name in _SHOWN))
        cells = [self.quantile("reserve", share) for share in (0.05, 0.5, 0.95)]
        cells += [self.quantile(name, 0.5) for name in _SHOWN]
        rows = [(str(year), *(str(Money(int(one[y]))) for one in cells)) for y, year in enumerate(self.years)]
        caption = f"{self.subject.name}: {len(self):,} runs of {self.scenario.name!r}, seed {self.seed}"
        assumed = (f"Assumed: {sentence}." for sentence in (*self.assumptions, *self.scenario.assumptions))
        return Table(caption, columns, rows, notes=(*self._notes, *assumed))

    def to_text(self) -> str:
        """
        Give the ensemble as text.

        Returns:
            The table with what was assumed.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table().to_text()

    def __str__(self) -> str:
        return self.to_text()


def _shown(column: str, value: int) -> str | int:
    return value if column in COUNTED else str(Money(value))


def _stretches(pieces: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join stretches of runs that touch; those that share a run are refused."""
    found: list[tuple[int, int]] = []
    for first, runs in sorted(pieces):
        if found and first < sum(found[-1]):
            raise ValueError(f"run {first} is in both; expected ensembles of different runs")
        if found and first == sum(found[-1]):
            found[-1] = (found[-1][0], found[-1][1] + runs)
        else:
            found.append((first, runs))
    return tuple(found)


class _Rows:
    """Every year of every run, put in its place."""

    def __init__(self, job: Job | EraJob, first: int, runs: int, years: tuple[FinancialYear, ...]) -> None:
        self._first, self._job, self._years = first, job, years
        shape = (runs, len(job.ids), len(years))
        self._outputs = {name: np.empty(shape, kind) for name, kind in _fields(job).items()}
        rows = runs if _budgets_drawn(job.scenario) else 1
        self._budgets = np.empty((rows, *shape[1:]), np.int64)
        self._opening = np.empty((rows, len(job.ids)), np.int64)
        self._done = np.zeros(runs, np.bool_)

    def add(self, part: Part) -> None:
        """Copy a part, then mark it as there."""
        for one in part.years:
            rows = slice(int(one.runs[0]) - self._first, int(one.runs[-1]) + 1 - self._first)
            for name, kept in self._outputs.items():
                kept[rows] = one.outputs[name]
            few = rows if len(self._budgets) > 1 else slice(None)
            self._budgets[few], self._opening[few] = one.budgets_pence, one.opening_pence
            self._done[rows] = True

    def result(self) -> Years | None:
        """Give the runs that are there."""
        if not self._done.any():
            return None
        rows: Any = slice(None) if self._done.all() else self._done
        few = rows if len(self._budgets) > 1 else slice(None)
        return Years(
            years=self._years,
            runs=self._first + np.flatnonzero(self._done),
            ids=self._job.ids,
            one=len(self._job.ids) == 1,
            outputs={name: array[rows] for name, array in self._outputs.items()},
            budgets_pence=self._budgets[few],
            opening_pence=self._opening[few],
        )


class _Sums:
    """Counts, sums and bins, merged as they come."""

    def __init__(self) -> None:
        self._found: Summary | None = None

    def add(self, part: Part) -> None:
        """Merge a part."""
        if part.summary is not None:
            self._found = part.summary if self._found is None else self._found.merge(part.summary)

    def result(self) -> Summary | None:
        """Give the whole."""
        return self._found


def _fields(job: Job | EraJob) -> dict[str, type[np.generic]]:
    """Give what is kept of a year of a partnership, and how."""
    return FIELDS | dict.fromkeys(MORE if job.more else (), np.int64)


def _budgets_drawn(scenario: Scenario) -> bool:
    return bool({"uplift", "reserve"}.intersection(scenario.drawn))


def _to_do(
    subject: Partnership | Network, scenario: Scenario, until: date, seed: int
) -> tuple[Job | EraJob, tuple[FinancialYear, ...], tuple[str, ...]]:
    """Give the work, the years it simulates, and what was assumed."""
    if isinstance(subject, Partnership):
        if scenario.changes or subject.ijb is None:
            made = tuple(stretches(subject, scenario, until))
            eras = EraJob(seed=seed, scenario=scenario, partnership=subject, stretches=made)
            simulated = tuple(year for one in made for year in one.compiled.years)
            return eras, simulated, tuple(dict.fromkeys(said for one in made for said in one.compiled.assumptions))
        one = compile_inputs(subject, scenario, until)
        return Job.of(seed, [subject.id], [one]), one.years, one.assumptions
    if scenario.changes:
        raise ValueError(
            f"scenario {scenario.name!r} changes the model, which {subject.name} does not do as one; expected one of "
            "its partnerships"
        )
    found = list(_compiled(subject, scenario, until))
    inputs = {id: one for id, one, _ in found if one is not None}
    if not inputs:
        raise ValueError(f"no partnership of {subject.name} has an integration joint board to give directions")
    said = tuple(sentence for _, _, sentences in found for sentence in sentences)
    return Job.of(seed, tuple(inputs), tuple(inputs.values())), next(iter(inputs.values())).years, said


def _compiled(
    subject: Network, scenario: Scenario, until: date
) -> Iterator[tuple[str, Compiled | None, tuple[str, ...]]]:
    """Compile each partnership of a network, and say what was assumed; those without a board are left out."""
    for p in subject:
        if p.ijb is None:
            yield p.id, None, (f"{p.name}: left out, as it has no integration joint board to give directions",)
        else:
            one = compile_inputs(p, scenario, until)
            yield p.id, one, tuple(f"{p.name}: {sentence}" for sentence in one.assumptions)


def ensemble(
    subject: Partnership | Network,
    scenario: Scenario,
    *,
    until: date | str,
    runs: int,
    seed: int,
    first: int = 0,
    summary: bool = False,
    watch: Mapping[str, Predicate] | None = None,
    max_bytes: int | None = _MOST_BYTES,
    executor: Executor | None = None,
    chunk_runs: int | None = None,
    progress: Progress | Bar | None = None,
    log: str | PathLike[str] | None = None,
    log_as: str = "jsonl",
) -> Ensemble:
    """
    Simulate many runs of a partnership, or of every partnership of a network that has a board.

    A run is the same run whatever stands beside it: run *k* of an ensemble is ``simulate(..., run=k)``, and neither
    chunks, threads, processes nor executors change a penny.

    Args:
        subject: A partnership of any model with a payment recorded, or a network, of which those with a board are
            simulated. A scenario that changes the model is for a partnership.
        scenario: What to assume.
        until: The last day; a financial year that it leaves unfinished is left out.
        runs: How many runs, 1 or more.
        seed: Seed of the draws, a whole number of 0 or more.
        first: Number of the first run, 0 or more.
        summary: Whether to keep counts, sums and fixed bins only, which take the same room for any number of runs.
        watch: What a summary counts, by name: functions as :meth:`Ensemble.probability` takes them. Other processes
            must be able to unpickle them.
        max_bytes: Most that the yearly results may take; None for no limit.
        executor: Where to simulate: any executor of ``concurrent.futures``, or
            ``dask.distributed.Client.get_executor()``. By default here. It is not shut down.
        chunk_runs: Runs given out at a time; by default as many as make a few tenths of a second of work.
        progress: A function of the runs done and all runs, or a bar that has ``total`` and ``update``. What it
            raises is passed over.
        log: A folder, which must exist, for the log of every direction varied, a file a chunk. Its days are those of
            ordinary meetings, whenever a decision is issued.
        log_as: ``"jsonl"`` for JSON Lines, ``"parquet"`` for Parquet, which needs the extra of that name.

    Returns:
        The ensemble. A run that fails is in its `failures`; one that was interrupted has what was done until then,
        and says so in `stopped`.

    Raises:
        ImportError: If the log is to be Parquet, and pyarrow is not there.
        TypeError: If an argument has the wrong type.
        ValueError: If a number is out of range, there is no such log, no financial year is finished by *until*, a
            network is to change its model, the yearly results would take more than *max_bytes*, something is watched
            for without a summary, or no run can be simulated.

    Source: our choice of mechanism; the board follows SSI 2014/285, art. 1(2) and sch. para. 3.

    >>> from scotintegration.examples import example
    >>> ens = ensemble(example("body-corporate"), Scenario("base"), until="2028-03-31", runs=20, seed=7)
    >>> len(ens), ens.values.axes, ens.column("reserve").shape
    (20, ('runs', 'years'), (20, 2))

    .. versionadded:: 0.1.0
    """
    if not isinstance(subject, (Partnership, Network)):
        raise TypeError(f"subject must be a Partnership or a Network, got {subject!r}")
    if not isinstance(scenario, Scenario):
        raise TypeError(f"scenario must be a Scenario, got {scenario!r}")
    runs, seed = whole_number("runs", runs, 1, MOST_RUNS), whole_number("seed", seed)
    first = whole_number("first", first, most=MOST_RUNS)
    chunk_runs = None if chunk_runs is None else whole_number("chunk_runs", chunk_runs, 1)
    if watch and not summary:
        raise ValueError("watch counts things in a summary; expected summary=True, or probability(function) afterwards")
    if log_as not in LOGS:
        raise ValueError(f"log_as must be {' or '.join(map(repr, LOGS))}, got {log_as!r}")
    if log is not None and log_as == "parquet" and find_spec("pyarrow") is None:
        raise ImportError("a log as Parquet needs pyarrow: pip install 'scotintegration[parquet]'")
    last = to_day(until)
    job, simulated, assumed = _to_do(subject, scenario, last, seed)
    years = tuple(year for year in simulated if year.end <= last)
    if not years:
        end = simulated[0].end.isoformat()
        raise ValueError(f"until must be {end} or later, when the first year is finished, got {last.isoformat()}")
    if not summary and max_bytes is not None:
        _refuse_size(job, runs, len(years), max_bytes)
    store = _Sums() if summary else _Rows(job, first, runs, years)
    folder = None if log is None else fspath(log)
    settings = Settings(years=years, summary=summary, watch=dict(watch or {}), log=folder, log_as=log_as)
    tell = show_progress(progress)
    tried: list[tuple[int, int]] = []
    failures: list[Failure] = []

    def put_away(outcome: Outcome[Part]) -> None:
        store.add(outcome.value)
        failures.extend(outcome.value.failures)
        tried.append((outcome.chunk.first, outcome.chunk.runs))
        tell(sum(count for _, count in tried), runs)

    def task(chunk: Chunk) -> tuple[Any, tuple[Any, ...]]:
        return work, (job, chunk, settings)

    stop = execute(task, cut(len(job.ids), first, runs, chunk_runs), put_away, executor=executor)
    if stop is not None and (not tried or (executor is None and isinstance(stop, Exception))):
        raise stop
    failures.sort(key=lambda one: one.run)
    kept = store.result()
    if kept is None:
        raise ValueError(f"none of {len(failures)} runs could be simulated: {failures[0]}")
    return Ensemble(
        subject=subject,
        scenario=scenario,
        until=last,
        seed=seed,
        years=years,
        ids=job.ids,
        stretches=_stretches(tried),
        failures=tuple(failures),
        stopped="" if stop is None else f"{type(stop).__name__} {stop}".strip(),
        assumptions=assumed,
        kept=kept,
    )


def again(
    subject: Partnership | Network,
    scenario: Scenario,
    until: date | str,
    seed: int,
    stretches: Sequence[Sequence[int]],
    summary: bool,
) -> Ensemble:
    """Simulate stretches of runs, and put them together."""
    parts = [
        ensemble(subject, scenario, until=until, runs=runs, seed=seed, first=first, summary=summary, max_bytes=None)
        for first, runs in stretches
    ]
    return reduce(Ensemble.merge, parts)


def _refuse_size(job: Job | EraJob, runs: int, years: int, max_bytes: int) -> None:
    """Refuse yearly results that take more room than allowed."""
    each = sum(np.dtype(kind).itemsize for kind in _fields(job).values()) + 8 * _budgets_drawn(job.scenario)
    size = each * runs * len(job.ids) * years
    if size > max_bytes:
        many = "1 partnership" if len(job.ids) == 1 else f"{len(job.ids):,} partnerships"
        raise ValueError(
            f"{runs:,} runs of {many} over {years} years take {size:,} bytes, more than max_bytes={max_bytes:,}; "
            "expected fewer runs, summary=True, or a higher max_bytes"
        )
