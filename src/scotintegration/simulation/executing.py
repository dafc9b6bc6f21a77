"""Executing: runs cut into chunks, given to any executor, counted as they come back, and kept when one fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar

import attrs

from scotintegration._shown import Shown
from scotintegration.simulation.draws import BLOCK_RUNS

__all__ = ["Bar", "Chunk", "Failure", "Outcome", "Progress", "cut", "execute", "show_progress"]

T = TypeVar("T")

Progress: TypeAlias = Callable[[int, int], object]
"""Is called with the runs that are done and those that there are."""

CHUNK_COLUMNS: Final = 16384
"""Partnerships times runs of a chunk: a few tenths of a second of work, whose results fit a processor's cache."""

MOST_WAITING: Final = 64
"""Chunks given out and not yet put away, which bounds memory."""

_FEWEST_RUNS: Final = 64  # of a chunk of many partnerships, as turning to an address has its price


class Bar(Protocol):
    """A progress bar such as tqdm's."""

    total: Any

    def update(self, n: int) -> object:
        """Move on by so many."""


@attrs.frozen
class Chunk:
    """
    A stretch of runs.

    Attributes:
        first: Number of the first run.
        runs: How many.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    first: int
    runs: int


@attrs.frozen(kw_only=True)
class Failure(Shown):
    """
    A run that could not be simulated, with what is needed to look into it.

    Attributes:
        run: Its number.
        seed: The seed of its draws.
        partnerships: The partnerships that were simulated together.
        error: What went wrong, with the name of the error.
        state: What its dials had drawn, by partnership and dial, year by year.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    run: int
    seed: int
    partnerships: tuple[str, ...]
    error: str
    state: tuple[tuple[str, str, tuple[float, ...]], ...] = ()

    def __str__(self) -> str:
        return f"run {self.run} with seed {self.seed}: {self.error}"


def cut(partnerships: int, first: int, runs: int, chunk_runs: int | None = None) -> Iterator[Chunk]:
    """
    Cut runs into chunks, which end where blocks of draws end if they are longer than one.

    Args:
        partnerships: How many partnerships.
        first: Number of the first run.
        runs: How many runs.
        chunk_runs: Runs of a chunk; by default as many as make a few tenths of a second of work.

    Returns:
        Chunks in order.

    Source: our choice.

    >>> [(chunk.first, chunk.runs) for chunk in cut(1, 250, 20, chunk_runs=10)]
    [(250, 10), (260, 10)]

    .. versionadded:: 0.1.0
    """
    length = chunk_runs or max(_FEWEST_RUNS, CHUNK_COLUMNS // partnerships)
    if not chunk_runs and length > BLOCK_RUNS:
        length -= length % BLOCK_RUNS
    start, stop = first, first + runs
    while start < stop:
        whole = start - start % BLOCK_RUNS + length
        end = min(stop, whole if length % BLOCK_RUNS == 0 else start + length)
        yield Chunk(start, end - start)
        start = end


def show_progress(progress: Progress | Bar | None) -> Progress:
    """
    Make a callback that can break nothing.

    Args:
        progress: A function of the runs done and all runs, a bar that has ``total`` and ``update`` such as tqdm's,
            or None. Whatever it raises, it is not asked again, and the runs go on; an interrupt stays one.

    Returns:
        A function of the same two numbers.

    Source: our choice.

    >>> seen = []
    >>> show_progress(lambda done, total: seen.append(f"{done} of {total}"))(1, 2)
    >>> seen
    ['1 of 2']

    .. versionadded:: 0.1.0
    """
    state: dict[str, Any] = {"ask": progress, "done": 0}

    def tell(done: int, total: int) -> None:
        asked = state["ask"]
        if asked is None:
            return
        try:
            if hasattr(asked, "update"):
                asked.total = total
                asked.update(done - state["done"])
                state["done"] = done
            else:
                asked(done, total)
        except Exception:
            state["ask"] = None

    return tell


@attrs.frozen(kw_only=True)
class Outcome(Generic[T]):
    """
    What came of a piece of work.

    Attributes:
        chunk: The piece.
        value: What it gave.

    .. versionadded:: 0.1.0
    """

    chunk: Chunk
    value: T


def execute(
    task: Callable[[Chunk], tuple[Callable[..., T], tuple[Any, ...]]],
    work: Iterable[Chunk],
    put_away: Callable[[Outcome[T]], None],
    *,
    executor: Executor | None = None,
) -> BaseException | None:
    """
    Do every piece of work, in this process or on an executor, and put its results away as they come.

    Args:
        task: Gives for a chunk the function to call and its arguments, which other processes must be able to unpickle.
        work: The chunks; no more than `MOST_WAITING` are taken ahead.
        put_away: Takes what came of a chunk; in this process, one at a time, in any order.
        executor: Any executor of ``concurrent.futures``, or one that keeps its manners, such as
            ``dask.distributed.Client.get_executor()``. It is not shut down.

    Returns:
        None once all is done; what stopped it if it was stopped: an interrupt, or trouble of the executor. Whatever
        was put away until then is complete.

    Source: our choice.

    >>> found = []
    >>> task = lambda chunk: (pow, (chunk.first, 2))
    >>> execute(task, cut(1, 3, 2, chunk_runs=1), lambda done: found.append(done.value))
    >>> found
    [9, 16]

    .. versionadded:: 0.1.0
    """
    chunks = iter(work)
    pending: dict[Future[T], Chunk] = {}
    try:
        if executor is None:
            for chunk in chunks:
                function, arguments = task(chunk)
                put_away(Outcome(chunk=chunk, value=function(*arguments)))
            return None
        for chunk in islice(chunks, MOST_WAITING):
            function, arguments = task(chunk)
            pending[executor.submit(function, *arguments)] = chunk
        while pending:
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                put_away(Outcome(chunk=pending.pop(future), value=future.result()))
                for chunk in islice(chunks, 1):
                    function, arguments = task(chunk)
                    pending[executor.submit(function, *arguments)] = chunk
    except (Exception, KeyboardInterrupt) as error:
        for future in pending:
            future.cancel()
        return error
    return None
