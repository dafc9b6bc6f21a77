"""
The simulated year over arrays: spending, meetings, virement, reserve and settlement, to the penny.

``run`` takes draws that somebody made; ``simulate`` draws its own, by address, in pieces that fit a
processor's cache. Both give the same results for the same draws, whatever the pieces.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import nullcontext
from itertools import pairwise
from typing import Literal, SupportsIndex, overload

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.simulation._apportion import share
from scotintegration.simulation._events import EventLog, Events
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
from scotintegration.simulation._normals import STEP, places_from
from scotintegration.simulation._room import Room
from scotintegration.simulation._slots import Slots
from scotintegration.simulation._year import FIELDS, Course, Flags, Piece, simulate_piece
from scotintegration.simulation.draws import BLOCK_RUNS, Bits, Dealer, blocks, stream_key, whole_number

__all__ = ["GROUPS", "MEETINGS", "MONTHS", "History", "Inputs", "Outputs", "Totals", "run", "share", "simulate"]

_COLUMNS = 4096  # partnerships times runs in a piece: its arrays then fit a processor's cache
_LOGGED_COLUMNS = 2048  # the same where events are noted beside them
_SHARED_COLUMNS = 16384  # the same for several threads, which would hinder one another in short steps
_SENT_COLUMNS = 1024  # fewest in a piece that is worth sending to a worker
_SENT_PIECES = 8  # of a simulation that has few columns, so that each of a few workers has its share
_MOST_NORMAL = 40.0
_BENCHES: list[tuple[Room, Dealer]] = []  # free to work at; nothing is read from them that was not written anew


def run(
    inputs: Inputs,
    normals: Floats,
    uniforms: Floats,
    *,
    events: bool = False,
    history: bool = False,
    course: Course | None = None,
) -> Outputs:
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
        course: What boards do otherwise than in the reference year: of a single run, with *history*.

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
    whole = [(0, inputs.partnerships, 0, runs)]
    for start, stop, first, count in _pieces(inputs, 0, runs, _COLUMNS) if course is None else whole:
        stretch = slice(first, first + count)
        given = _Given(normals[stretch], uniforms[stretch], inputs.seats)
        slots = Slots.of(inputs, start, stop)
        rows.add(simulate_piece(slots, given, first, count, room, events=events, history=history, course=course))
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
    executor: Executor | None = ...,
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
    executor: Executor | None = ...,
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
    executor: Executor | None = None,
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
        threads: How many threads share the work, 1 or more. They rarely gain, as the steps of the
            work are short; an executor of processes does better.
        executor: Whose workers do the work instead, such as a ``ProcessPoolExecutor``, which is
            left open.

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
    work = _Work(inputs, _Streams.of(inputs, ids, seed, functions), first_year, events, history, summary)
    whole = _Sums(inputs, runs) if summary else _Rows(inputs, first, runs, events=events, history=history)
    most = _LOGGED_COLUMNS if events else _COLUMNS
    if executor is not None:
        most = min(most, max(_SENT_COLUMNS, inputs.partnerships * runs // _SENT_PIECES))
    elif threads > 1:
        most = min(_SHARED_COLUMNS, max(most, inputs.partnerships * runs // (2 * threads)))
    pieces = _pieces(inputs, first, runs, most)
    with ThreadPoolExecutor(threads) if threads > 1 and executor is None else nullcontext(executor) as pool:
        for piece in map(work.play, pieces) if pool is None else pool.map(work.play, pieces):
            whole.add(piece)
    return whole.result()


def _pieces(inputs: Inputs, first: int, runs: int, columns: int) -> Iterator[tuple[int, int, int, int]]:
    """Cut the work up: from and to which partnership, the first of their runs and how many."""
    most = columns // min(runs, columns // 4)
    count = -(-inputs.partnerships // most)
    edges = [inputs.partnerships * edge // count for edge in range(count + 1)]
    for start, stop in pairwise(edges):
        length = max(1, columns // (BLOCK_RUNS * (stop - start))) * BLOCK_RUNS
        begin = first
        while begin < first + runs:
            end = min(first + runs, begin - begin % BLOCK_RUNS + length)
            yield start, stop, begin, end - begin
            begin = end


@attrs.frozen(eq=False)
class _Work:
    """What every piece of a simulation has in common; it can be sent to another process."""

    inputs: Inputs
    streams: _Streams
    first_year: int
    events: bool
    history: bool
    summary: bool

    def play(self, piece: tuple[int, int, int, int]) -> Piece:
        """Simulate a piece; of a summary only the sums are given back."""
        start, stop, first, runs = piece
        try:
            room, dealer = _BENCHES.pop()
        except IndexError:
            room, dealer = Room(), Dealer()
        draws = _Addressed(self.streams, self.first_year, first, runs, room, dealer)
        slots = Slots.of(self.inputs, start, stop)
        played = simulate_piece(slots, draws, first, runs, room, events=self.events, history=self.history)
        _BENCHES.append((room, dealer))
        return played.summed() if self.summary else played


class _Given:
    """Draws that somebody gave, for some runs."""

    def __init__(self, normals: Floats, uniforms: Floats, seats: tuple[int, ...]) -> None:
        self._normals, self._uniforms = normals, uniforms
        self._from = [sum(seats[:group]) for group in range(len(seats))]

    def spread(self, year: int, partnerships: range, functions: Counts, volatility: float, out: Floats) -> None:
        drawn: Floats = self._normals[:, year, :, partnerships.start : partnerships.stop][..., functions]
        np.multiply(drawn.transpose(3, 1, 2, 0), volatility, out=out)

    def attend(self, year: int, partnerships: range, group: int, seats: int, attendance: float) -> Flags:
        start = self._from[group]
        drawn = self._uniforms[:, year, :, partnerships.start : partnerships.stop, start : start + seats]
        present: Flags = np.ascontiguousarray(drawn.transpose(3, 1, 2, 0)) < attendance
        return present


@attrs.frozen
class _Streams:
    """
    Which streams a simulation draws from.

    Attributes:
        seed: Of all of them.
        ids: Ids of partnerships.
        functions: Names of each partnership's functions, by number.
    """

    seed: int
    ids: tuple[str, ...]
    functions: tuple[dict[int, str], ...]

    @classmethod
    def of(cls, inputs: Inputs, ids: Sequence[str], seed: int, functions: Sequence[Sequence[str]] | None) -> _Streams:
        """Check the names."""
        if len(ids) != inputs.partnerships or len(set(ids)) < len(ids):
            raise ValueError(f"ids is {list(ids)!r}; expected {inputs.partnerships} ids, all different")
        has = inputs.arm >= 0
        if functions is None:
            functions = [[str(position) for position in range(count)] for count in has.sum(axis=1)]
        if len(functions) != inputs.partnerships:
            raise ValueError(f"functions names {len(functions)} partnerships; expected {inputs.partnerships}")
        named = []
        for partnership, names, places in zip(ids, functions, has, strict=True):
            numbers = np.flatnonzero(places).tolist()
            if len(names) != len(numbers) or len(set(names)) < len(names):
                raise ValueError(
                    f"functions of {partnership!r} are {list(names)!r}; expected {len(numbers)} names, all different"
                )
            named.append(dict(zip(numbers, names, strict=True)))
        return cls(seed, tuple(ids), tuple(named))

    def spending(self, partnership: int, function: int) -> bytes:
        """Key of a function's spending."""
        return stream_key(self.seed, self.ids[partnership], f"spending/{self.functions[partnership][function]}")

    def seat(self, partnership: int, group: int, seat: int) -> bytes:
        """Key of a member's attendance."""
        return stream_key(self.seed, self.ids[partnership], f"attendance/{GROUPS[group]}/{seat}")


class _Addressed:
    """Draws by address, for some runs."""

    def __init__(self, streams: _Streams, first_year: int, first: int, runs: int, room: Room, dealer: Dealer) -> None:
        self._streams, self._first_year, self._room, self._dealer = streams, first_year, room, dealer
        self._runs = runs
        self._keys: dict[tuple[int, ...], bytes] = {}
        self._parts: list[tuple[int, int, slice]] = []  # block, first row of it, and which of these runs they are
        done = 0
        for block, row, end in blocks(first, runs):
            self._parts.append((block, row, slice(done, done + end - row)))
            done += end - row

    def spread(self, year: int, partnerships: range, functions: Counts, volatility: float, out: Floats) -> None:
        halves = self._room.halves("halves", *out.shape)
        for number, found in zip(functions.tolist(), halves, strict=True):
            for place, partnership in enumerate(partnerships):
                self._deal(self._key(self._streams.spending, partnership, number), found[:, place], year)
        places = self._room.halves("places", *out.shape).view(np.int32)
        # A step is a power of two, so this is rounded as the volatility times the normal is.
        np.copyto(out, places_from(halves, places, self._room))
        out *= volatility * STEP

    def attend(self, year: int, partnerships: range, group: int, seats: int, attendance: float) -> Flags:
        words = self._room.words("words", seats, MEETINGS, len(partnerships), self._runs)
        for seat, found in enumerate(words):
            for place, partnership in enumerate(partnerships):
                self._deal(self._key(self._streams.seat, partnership, group, seat), found[:, place], year)
        words >>= np.uint64(11)  # these 53 bits are the uniform
        return words < np.uint64(math.ceil(attendance * 2.0**53))

    def _key(self, named: Callable[..., bytes], *place: int) -> bytes:
        """Key of a stream, remembered from year to year."""
        key = self._keys.get(place)
        if key is None:
            key = self._keys[place] = named(*place)
        return key

    def _deal(self, key: bytes, out: npt.NDArray[Bits], year: int) -> None:
        """Draw for all of these runs."""
        for block, row, part in self._parts:
            self._dealer.fill(key, out[:, part], block=block, year=self._first_year + year, start=row)


class _Rows:
    """Results of every run, put together from pieces."""

    def __init__(self, inputs: Inputs, first: int, runs: int, *, events: bool, history: bool) -> None:
        years, partnerships, functions = inputs.budgets_pence.shape
        self._first, self._runs = first, runs
        self._yearly = {name: np.empty((runs, partnerships, years), kind) for name, kind in FIELDS.items()}
        self._log: list[Events] | None = [] if events else None
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
        if self._log is not None and piece.events is not None:
            self._log.append(piece.events)
        if self._history is not None and piece.history is not None:
            self._history.spent_pence[rows, :, :, columns] = piece.history.spent_pence
            self._history.amount_pence[rows, :, :, columns] = piece.history.amount_pence
            self._history.quorate[rows, :, :, columns] = piece.history.quorate

    def result(self) -> Outputs:
        """Give the whole, its events in order."""
        events = None if self._log is None else EventLog(tuple(self._log), self._first, self._runs)
        return Outputs(first=self._first, **self._yearly, events=events, history=self._history)


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
