"""The work of one chunk, wherever it is done: play its runs, find those that fail, sum up, write the log (private)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.dates import FinancialYear
from scotintegration.simulation._compile import meeting_days
from scotintegration.simulation._era_jobs import EraJob
from scotintegration.simulation._inputs import Pence
from scotintegration.simulation._jobs import Job
from scotintegration.simulation._kept import Summary, Years
from scotintegration.simulation.executing import Chunk, Failure, cut
from scotintegration.simulation.runs import SOURCES

__all__ = ["LOGS", "Part", "Predicate", "Settings", "happened", "work"]

Predicate: TypeAlias = Callable[[Years], npt.NDArray[np.bool_]]
"""Tells of every run, or of every run and year, whether something is so."""

LOGS: Final = ("jsonl", "parquet")
"""Kinds of log: JSON Lines, or Parquet with the extra of that name."""

_LOG: Final = "events-{first:012d}-{last:012d}.{kind}"
_LOGGED: Final = 512  # partnerships times runs whose events are held at a time


@attrs.frozen(kw_only=True)
class Settings:
    """
    What to do with the runs of a chunk.

    Attributes:
        years: The financial years that are finished.
        summary: Whether to sum up.
        watch: What to watch for, by name.
        log: Folder for the log of events; None for no log.
        log_as: The kind of log, one of `LOGS`.
    """

    years: tuple[FinancialYear, ...]
    summary: bool
    watch: Mapping[str, Predicate]
    log: str | None
    log_as: str = "jsonl"


@attrs.frozen(kw_only=True, eq=False)
class Part:
    """
    What came of a chunk.

    Attributes:
        years: Every year of the runs that could be simulated, stretch by stretch; none in a summary.
        summary: Their sum, in a summary, unless there are none.
        failures: The others.
    """

    years: tuple[Years, ...]
    summary: Summary | None
    failures: tuple[Failure, ...]


def work(job: Job | EraJob, chunk: Chunk, settings: Settings) -> Part:
    """Simulate a chunk; a run that fails is found by halving and leaves the others as they are."""
    found: list[Years] = []
    failures: list[Failure] = []
    waiting = [chunk]
    if settings.log is not None:
        few = max(1, _LOGGED // len(job.ids))
        waiting = list(cut(len(job.ids), chunk.first, chunk.runs, few))[::-1]
    with _log(job, chunk, settings) as write:
        while waiting:
            stretch = waiting.pop()
            try:
                played = job.play(stretch.first, stretch.runs, events=settings.log is not None)
            except Exception as error:
                if stretch.runs == 1:
                    failures.append(_failure(job, stretch.first, error))
                else:
                    half = stretch.runs // 2
                    waiting += [Chunk(stretch.first + half, stretch.runs - half), Chunk(stretch.first, half)]
                continue
            found.append(Years.of(played, settings.years, job.ids, stretch.first).before(len(settings.years)))
            if played.outputs.events is not None:
                write(played.outputs.events)
    if not settings.summary:
        return Part(years=tuple(found), summary=None, failures=tuple(failures))
    summary: Summary | None = None
    for one in found:
        summed = Summary.of(one, {name: _hits(predicate, one) for name, predicate in settings.watch.items()})
        summary = summed if summary is None else summary.merge(summed)
    return Part(years=(), summary=summary, failures=tuple(failures))


def happened(predicate: Predicate, years: Years) -> npt.NDArray[np.bool_]:
    """Tell of each run whether something was so in any year, or partnership, that there is."""
    found = np.asarray(predicate(years))
    if found.dtype != np.bool_ or found.shape[:1] != years.runs.shape:
        got = f"{found.dtype} of shape {found.shape}"
        raise TypeError(f"a predicate gives bool with {len(years.runs)} runs as its first axis, got {got}")
    return np.asarray(found.reshape(len(found), -1).any(axis=1))


def _hits(predicate: Predicate, years: Years) -> npt.NDArray[np.int64]:
    """Count the runs in which something was so by the end of each year."""
    return np.array([int(happened(predicate, years.before(count + 1)).sum()) for count in range(len(years.years))])


def _failure(job: Job | EraJob, run: int, error: Exception) -> Failure:
    years = range(job.first_year, job.first_year + job.years)
    state = tuple(
        (id, name, tuple(dial.draw(job.seed, id, name, first=run, runs=1, years=years)[0].tolist()))
        for id in job.ids
        for name, dial in (
            *job.scenario.dials.items(),
            *((f"{name}/{group.name}", one) for group in job.scenario.groups for name, one in group.dials.items()),
        )
        if dial.drawn
    )
    said = f"{type(error).__name__}: {error}"
    return Failure(run=run, seed=job.seed, partnerships=job.ids, error=said, state=state)


@contextmanager
def _log(job: Job | EraJob, chunk: Chunk, settings: Settings) -> Iterator[Callable[[Pence], object]]:
    """Open the log of a chunk, which takes its name when it is whole."""
    if settings.log is None:
        yield lambda events: None
        return
    name = _LOG.format(first=chunk.first, last=chunk.first + chunk.runs - 1, kind=settings.log_as)
    path = Path(settings.log, name)
    unfinished = path.with_suffix(".unfinished")
    as_parquet = settings.log_as == "parquet"
    with (_parquet if as_parquet else _lines)(unfinished, _Names.of(job, settings.years)) as write:
        yield write
    unfinished.replace(path)


@attrs.frozen(kw_only=True)
class _Names:
    """What the numbers of an event stand for."""

    days: tuple[tuple[date, ...], ...]
    ids: tuple[str, ...]
    functions: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, job: Job | EraJob, years: tuple[FinancialYear, ...]) -> _Names:
        return cls(days=tuple(meeting_days(year) for year in years), ids=job.ids, functions=job.functions)


@contextmanager
def _lines(path: Path, names: _Names) -> Iterator[Callable[[Pence], object]]:
    """Write the events of finished years as JSON, a line each."""
    ids = [json.dumps(id, ensure_ascii=False) for id in names.ids]
    functions = [[json.dumps(name, ensure_ascii=False) for name in some] for some in names.functions]
    money = {source: json.dumps(said) for source, said in SOURCES.items()}

    def told(events: Pence) -> Iterator[str]:
        for run, partnership, year, month, function, old, new, source in events.tolist():
            if year < len(names.days):
                yield (
                    f'{{"run": {run}, "partnership": {ids[partnership]}, "on": "{names.days[year][month // 2 - 1]}", '
                    f'"function": {functions[partnership][function]}, "old_pence": {old}, "new_pence": {new}, '
                    f'"money": {money[source]}}}\n'
                )

    with path.open("w", encoding="utf-8", newline="\n") as file:
        yield lambda events: file.writelines(told(events))


@contextmanager
def _parquet(path: Path, names: _Names) -> Iterator[Callable[[Pence], object]]:
    """Write the events of finished years as columns of the same names."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema(
        [
            ("run", pa.int64()), ("partnership", pa.string()), ("on", pa.date32()), ("function", pa.string()),
            ("old_pence", pa.int64()), ("new_pence", pa.int64()), ("money", pa.string()),
        ]
    )  # fmt: skip
    with parquet.ParquetWriter(str(path), schema) as writer:

        def write(events: Pence) -> None:
            some = events[events[:, 2] < len(names.days)]
            columns = [
                some[:, 0],
                [names.ids[place] for place in some[:, 1].tolist()],
                [names.days[year][month // 2 - 1] for year, month in some[:, 2:4].tolist()],
                [names.functions[place][function] for place, function in some[:, [1, 4]].tolist()],
                some[:, 5],
                some[:, 6],
                [SOURCES[source] for source in some[:, 7].tolist()],
            ]
            arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
            writer.write_table(pa.table(arrays, schema=schema))

        yield write
