"""
The simulated year over arrays: spending, meetings, virement, reserve and settlement, to the penny.

``run`` takes draws that somebody made; ``simulate`` draws its own, by address, in pieces that fit a
processor's cache. Both give the same results for the same draws, whatever the pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from itertools import pairwise
from typing import Literal, SupportsIndex, overload

import numpy as np
import numpy.typing as npt

from scotintegration.simulation._apportion import Pence, share
from scotintegration.simulation._inputs import (
    GROUPS,
    MEETINGS,
    MONTHS,
    Counts,
    Floats,
    History,
    Inputs,
    Outputs,
    Totals,
    within,
)
from scotintegration.simulation._room import Room
from scotintegration.simulation._slots import Slots, Words
from scotintegration.simulation._year import FIELDS, Piece, simulate_piece
from scotintegration.simulation._ziggurat import normals_from, uniforms_from
from scotintegration.simulation.draws import BLOCK_RUNS, Dealer, Kind, blocks, stream_key, whole_number

__all__ = ["GROUPS", "MEETINGS", "MONTHS", "History", "Inputs", "Outputs", "Totals", "run", "share", "simulate"]

_COLUMNS = 2048  # partnerships times runs in a piece: its arrays then fit a processor's cache
_SHARED_COLUMNS = 16384  # the same for several threads, which would hinder one another in short steps
_MOST_NORMAL = 40.0


def run(inputs: Inputs, normals: Floats, uniforms: Floats, *, events: bool = False, history: bool = False) -> Outputs:
    """
    Simulate with draws that are given.

    Args:
        inputs: What to simulate.
        normals: Standard normals of one run or more, shape ``(runs, years, 12, partnerships, functions)``,
            float64, each from -40 to 40. Places without a function are not read.
        uniforms: Shape ``(runs, years, 6, partnerships, members)``, float64, each 0 or more: a
            member attends whose number is below ``inputs.attendance``. Members are the seats of
            the Health Board, then of the council, then of the others, as many of each as
            ``inputs.seats``; a group with fewer at a meeting has the first of its seats.
        events: Whether to log every direction varied.
        history: Whether to keep every month.

    Returns:
        Results of runs 0 up.

    Raises:
        ValueError: If an array has another shape or dtype, or an impossible number.
        ConservationError: If a year does not balance.

    Source:
        Our choice of mechanism; quorum: SSI 2014/285 sch. para 3.

    >>> inputs = Inputs.reference(np.full((1, 2), 1200), np.array([[[1.5, 1.0]]]))
    >>> out = run(inputs, np.zeros((1, 1, 12, 1, 2)), np.zeros((1, 1, 6, 1, 8)), events=True)
    >>> out.events
    array([[   0,    0,    0,    2,    0, 1200, 1248,    3]])
    >>> out.top_health_board_pence, out.top_council_pence, out.reserve_pence
    (array([[[276]]]), array([[[276]]]), array([[[0]]]))

    .. versionadded:: 0.1.0
    """
    years, partnerships = inputs.years, inputs.partnerships
    runs = max(1, *normals.shape[:1], 1)
    for name, array, shape in (
        ("normals", normals, (runs, years, MONTHS, partnerships, inputs.functions)),
        ("uniforms", uniforms, (runs, years, MEETINGS, partnerships, sum(inputs.seats))),
    ):
        if array.dtype != np.float64 or array.shape != shape:
            raise ValueError(f"{name} is {array.dtype} of shape {array.shape}; expected float64 of shape {shape}")
    within("normals", normals, -_MOST_NORMAL, _MOST_NORMAL)
    within("uniforms", uniforms, 0.0, np.inf)
    rows, room = _Rows(inputs, 0, runs, events=events, history=history), Room()
    for slots, first, count in _pieces(inputs, 0, runs):
        stretch = slice(first, first + count)
        given = _Given(normals[stretch], uniforms[stretch], inputs.seats)
        rows.add(simulate_piece(slots, given, first, count, room, events=events, history=history))
    return rows.result()


@overload
def simulate(
    inputs: Inputs,
    ids: Sequence[str],
    *,
    seed: SupportsIndex,
    runs: int,
    first_year: int,
    first: int = ...,
    functions: Sequence[Sequence[str]] | None = ...,
    events: bool = ...,
    history: bool = ...,
    summary: Literal[False] = ...,
    threads: int = ...,
) -> Outputs: ...


@overload
def simulate(
    inputs: Inputs,
    ids: Sequence[str],
    *,
    seed: SupportsIndex,
    runs: int,
    first_year: int,
    first: int = ...,
    functions: Sequence[Sequence[str]] | None = ...,
    events: bool = ...,
    history: bool = ...,
    summary: Literal[True],
    threads: int = ...,
) -> Totals: ...


def simulate(
    inputs: Inputs,
    ids: Sequence[str],
    *,
    seed: SupportsIndex,
    runs: int,
    first_year: int,
    first: int = 0,
    functions: Sequence[Sequence[str]] | None = None,
    events: bool = False,
    history: bool = False,
    summary: bool = False,
    threads: int = 1,
) -> Outputs | Totals:
    """
    Simulate runs with draws addressed by seed, partnership, function or seat, run and year.

    A run's numbers are the same in every call that has the same seed, ids and year, however many
    runs, partnerships, functions or members stand beside.

    Args:
        inputs: What to simulate.
        ids: Id of each partnership, all different.
        seed: Whole number, 0 or more.
        runs: How many runs, 1 or more.
        first_year: Calendar year in which the first financial year starts, 0 or more.
        first: Number of the first run, 0 or more.
        functions: Names of each partnership's functions, in the order of its places with a
            function, all different within a partnership. Without them a function is
            addressed by its position: ``"0"``, ``"1"`` and so on.
        events: Whether to log every direction varied; not in a summary.
        history: Whether to keep every month; not in a summary.
        summary: Whether to keep sums over runs only.
        threads: How many threads share the work, 1 or more. Two gain a little; to use more
            processors, give stretches of runs to processes, by *first* and *runs*.

    Returns:
        Results of every run, or their sums.

    Raises:
        TypeError: If a number is not whole.
        ValueError: If a number is out of range, ids or functions do not match the inputs, or
            a summary is asked to keep events or history.
        ConservationError: If a year does not balance.

    >>> inputs = Inputs.reference(np.full((1, 20), 10**9), np.ones((2, 1, 20)))
    >>> three = simulate(inputs, ["S37000034"], seed=7, runs=3, first_year=2026)
    >>> alone = simulate(inputs, ["S37000034"], seed=7, first=2, runs=1, first_year=2026)
    >>> bool((three.reserve_pence[2] == alone.reserve_pence[0]).all())
    True

    .. versionadded:: 0.1.0
    """
    runs, first = whole_number("runs", runs, least=1), whole_number("first", first)
    threads, first_year = whole_number("threads", threads, least=1), whole_number("first_year", first_year)
    seed = whole_number("seed", seed)
    if summary and (events or history):
        raise ValueError("a summary keeps neither events nor history; expected events=False and history=False")
    streams = _Streams(inputs, ids, seed, functions)
    benches: list[tuple[Room, Dealer]] = []

    def play(work: tuple[Slots, int, int]) -> Piece:
        slots, start, count = work
        room, dealer = benches.pop() if benches else (Room(), Dealer())
        addressed = _Addressed(streams, first_year, start, count, room, dealer)
        piece = simulate_piece(slots, addressed, start, count, room, events=events, history=history)
        benches.append((room, dealer))
        return piece

    whole = _Sums(inputs, runs) if summary else _Rows(inputs, first, runs, events=events, history=history)
    work = _pieces(inputs, first, runs, threads)
    with ThreadPoolExecutor(threads) if threads > 1 else nullcontext() as pool:
        for piece in map(play, work) if pool is None else pool.map(play, work):
            whole.add(piece)
    return whole.result()


def _pieces(inputs: Inputs, first: int, runs: int, threads: int = 1) -> Iterator[tuple[Slots, int, int]]:
    """Cut the work up: neighbouring partnerships, the first of their runs and how many."""
    columns = _COLUMNS
    if threads > 1:
        columns = min(_SHARED_COLUMNS, max(_COLUMNS, inputs.partnerships * runs // (2 * threads)))
    most = columns // min(runs, columns // 4)
    count = -(-inputs.partnerships // most)
    edges = [inputs.partnerships * edge // count for edge in range(count + 1)]
    for start, stop in pairwise(edges):
        slots = Slots.of(inputs, start, stop)
        length = max(1, columns // (BLOCK_RUNS * (stop - start))) * BLOCK_RUNS
        begin = first
        while begin < first + runs:
            end = min(first + runs, begin - begin % BLOCK_RUNS + length)
            yield slots, begin, end - begin
            begin = end


class _Given:
    """Draws that somebody gave, for some runs."""

    def __init__(self, normals: Floats, uniforms: Floats, seats: tuple[int, ...]) -> None:
        self._normals, self._uniforms = normals, uniforms
        self._from = [sum(seats[:group]) for group in range(len(seats))]

    def normals(self, year: int, partnership: int, functions: Counts) -> Floats:
        drawn: Floats = self._normals[:, year, :, partnership][..., functions]
        return drawn.transpose(2, 1, 0)

    def uniforms(self, year: int, partnership: int, group: int, seats: int) -> Floats:
        start = self._from[group]
        return self._uniforms[:, year, :, partnership, start : start + seats].transpose(2, 1, 0)


class _Streams:
    """Keys of every stream that a simulation draws from."""

    def __init__(
        self, inputs: Inputs, ids: Sequence[str], seed: SupportsIndex, functions: Sequence[Sequence[str]] | None
    ) -> None:
        if len(ids) != inputs.partnerships or len(set(ids)) < len(ids):
            raise ValueError(f"ids is {list(ids)!r}; expected {inputs.partnerships} ids, all different")
        has = inputs.arm >= 0
        if functions is None:
            functions = [[str(position) for position in range(count)] for count in has.sum(axis=1)]
        if len(functions) != inputs.partnerships:
            raise ValueError(f"functions names {len(functions)} partnerships; expected {inputs.partnerships}")
        self.functions: list[dict[int, Words]] = []
        self.seats: list[list[list[Words]]] = []
        for partnership, names, places in zip(ids, functions, has, strict=True):
            numbers = np.flatnonzero(places).tolist()
            if len(names) != len(numbers) or len(set(names)) < len(names):
                raise ValueError(
                    f"functions of {partnership!r} are {list(names)!r}; expected {len(numbers)} names, all different"
                )
            self.functions.append(
                {n: stream_key(seed, partnership, f"spending/{name}") for n, name in zip(numbers, names, strict=True)}
            )
            self.seats.append(
                [
                    [stream_key(seed, partnership, f"attendance/{group}/{seat}") for seat in range(count)]
                    for group, count in zip(GROUPS, inputs.seats, strict=True)
                ]
            )


class _Addressed:
    """Draws by address, for some runs."""

    def __init__(self, streams: _Streams, first_year: int, first: int, runs: int, room: Room, dealer: Dealer) -> None:
        self._streams, self._first_year, self._room, self._dealer = streams, first_year, room, dealer
        self._runs, self._blocks = runs, list(blocks(first, runs))

    def normals(self, year: int, partnership: int, functions: Counts) -> Floats:
        keys = [self._streams.functions[partnership][number] for number in functions.tolist()]
        halves = self._room.halves("halves", len(keys), MONTHS, self._runs)
        drawn = self._room.floats("normals", *halves.shape)
        return normals_from(self._deal(keys, halves, year), drawn, self._room)

    def uniforms(self, year: int, partnership: int, group: int, seats: int) -> Floats:
        keys = self._streams.seats[partnership][group][:seats]
        return uniforms_from(self._deal(keys, self._room.words("words", seats, MEETINGS, self._runs), year))

    def _deal(self, keys: list[Words], out: npt.NDArray[Kind], year: int) -> npt.NDArray[Kind]:
        """Draw the rows of these runs from each stream."""
        done = 0
        for block, row, end in self._blocks:
            rows = out[..., done : done + end - row]
            self._dealer.bits(keys, rows, block=block, year=self._first_year + year, start=row)
            done += end - row
        return out


class _Rows:
    """Results of every run, put together from pieces."""

    def __init__(self, inputs: Inputs, first: int, runs: int, *, events: bool, history: bool) -> None:
        years, partnerships, functions = inputs.budgets_pence.shape
        self._first, self._shape = first, inputs.budgets_pence.shape
        self._yearly = {name: np.empty((runs, partnerships, years), kind) for name, kind in FIELDS.items()}
        self._log: list[Pence] | None = [np.empty((0, 8), np.int64)] if events else None
        monthly = (runs, years, MONTHS, partnerships, functions)
        self._history = (
            History(
                spent_pence=np.empty(monthly, np.int64),
                amount_pence=np.empty(monthly, np.int64),
                quorate=np.empty((runs, years, MEETINGS, partnerships), np.bool_),
            )
            if history
            else None
        )

    def add(self, piece: Piece) -> None:
        """Put a piece in its place."""
        rows = slice(piece.first - self._first, piece.first - self._first + piece.runs)
        columns = slice(piece.start, piece.start + piece.partnerships)
        for name, kept in self._yearly.items():
            kept[rows, columns] = piece.yearly[name].transpose(2, 0, 1)
        if self._log is not None:
            self._log += piece.events
        if self._history is not None and piece.history is not None:
            self._history.spent_pence[rows, :, :, columns] = piece.history.spent_pence
            self._history.amount_pence[rows, :, :, columns] = piece.history.amount_pence
            self._history.quorate[rows, :, :, columns] = piece.history.quorate

    def result(self) -> Outputs:
        """Give the whole, its events sorted."""
        events = None if self._log is None else self._sorted(np.concatenate(self._log))
        return Outputs(first=self._first, **self._yearly, events=events, history=self._history)

    def _sorted(self, events: Pence) -> Pence:
        """Sort by run, partnership, year, month, source and function: no two events share all six."""
        years, partnerships, functions = self._shape
        place = events[:, 0] - self._first
        for column, size in ((1, partnerships), (2, years), (3, MONTHS + 1), (7, 4), (4, functions)):
            place = place * size + events[:, column]
        return events[np.argsort(place)]


class _Sums:
    """Sums over runs, put together from pieces."""

    def __init__(self, inputs: Inputs, runs: int) -> None:
        self._runs = runs
        self._yearly = {name: np.zeros((inputs.partnerships, inputs.years), np.int64) for name in FIELDS}

    def add(self, piece: Piece) -> None:
        """Add a piece in."""
        for name, kept in self._yearly.items():
            kept[piece.start : piece.start + piece.partnerships] += piece.yearly[name].sum(axis=2, dtype=np.int64)

    def result(self) -> Totals:
        """Give the sums."""
        return Totals(runs=self._runs, **self._yearly)
