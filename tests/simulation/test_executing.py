"""Chunks, executors, progress and interrupts."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.simulation.draws import BLOCK_RUNS
from scotintegration.simulation.executing import MOST_WAITING, Chunk, cut, execute, show_progress


def square(number):
    """Square a number, as work."""
    return number * number


def task(chunk):
    """Give the work of a chunk."""
    return square, (chunk.first,)


class TestCut:
    @given(st.integers(1, 4000), st.integers(0, 5000), st.integers(1, 3000), st.none() | st.integers(1, 900))
    def test_whole(self, partnerships, first, runs, chunk_runs):
        """Chunks hold every run once, in order, and none is empty or longer than asked for."""
        chunks = list(cut(partnerships, first, runs, chunk_runs))
        assert list(range(first, first + runs)) == [
            run for chunk in chunks for run in range(chunk.first, chunk.first + chunk.runs)
        ]
        assert all(1 <= chunk.runs <= (chunk_runs or 16384) for chunk in chunks)

    def test_blocks(self):
        """Chunks of whole blocks end where blocks end."""
        chunks = list(cut(1, 1000, 100_000))
        assert all((chunk.first + chunk.runs) % BLOCK_RUNS == 0 for chunk in chunks[:-1])

    def test_many_partnerships(self):
        """Many partnerships make short chunks, but not too short."""
        assert {64} == {chunk.runs for chunk in cut(3100, 0, 640)}


class TestExecute:
    @pytest.mark.parametrize("runs", [1, 3, 5 * MOST_WAITING])
    def test_all(self, runs):
        """Every piece is done once, here and on an executor, and the executor is left open."""
        here, there = [], []
        assert execute(task, cut(1, 0, runs, 1), lambda done: here.append((done.chunk, done.value))) is None
        with ThreadPoolExecutor(3) as pool:
            put = lambda done: there.append((done.chunk, done.value))  # noqa: E731
            assert execute(task, cut(1, 0, runs, 1), put, executor=pool) is None
            assert 4 == pool.submit(square, 2).result()
        assert [(Chunk(number, 1), number**2) for number in range(runs)] == here
        assert here == sorted(there, key=lambda one: one[0].first)

    def test_bounded(self):
        """Work is taken as it is needed: no more is given out than may wait."""
        taken, pending = [], []

        class Slow:
            def submit(self, function, *arguments):
                pending.append((Future(), function, arguments))
                if len(pending) == MOST_WAITING:
                    for future, work, given_ in pending:
                        future.set_result(work(*given_))
                if len(pending) > MOST_WAITING:
                    pending[-1][0].set_result(0)
                return pending[-1][0]

        def chunks():
            for chunk in cut(1, 0, 3 * MOST_WAITING, 1):
                taken.append(len(done))
                yield chunk

        done = []
        assert execute(task, chunks(), done.append, executor=Slow()) is None
        assert 3 * MOST_WAITING == len(done)
        assert all(number - count <= MOST_WAITING for number, count in enumerate(taken))

    def test_interrupt(self):
        """An interrupt is handed back, and what was put away before stays."""
        kept = []

        def put(done):
            if len(kept) == 2:
                raise KeyboardInterrupt
            kept.append(done.value)

        assert isinstance(execute(task, cut(1, 0, 9, 1), put), KeyboardInterrupt)
        assert [0, 1] == kept
        with ThreadPoolExecutor(1) as pool:
            assert isinstance(execute(task, cut(1, 0, 9, 1), put, executor=pool), KeyboardInterrupt)

    def test_broken(self):
        """Trouble of the executor is handed back."""
        with ThreadPoolExecutor(1) as pool:
            pass
        assert isinstance(execute(task, cut(1, 0, 2, 1), print, executor=pool), RuntimeError)


class TestProgress:
    def test_none(self):
        """Without anybody to tell, nothing is told."""
        assert show_progress(None)(1, 2) is None

    def test_function(self):
        """A function hears how many are done, of how many."""
        heard = []
        show_progress(lambda *told: heard.append(told))(3, 9)
        assert [(3, 9)] == heard

    def test_bar(self):
        """A bar is told the whole, and moved on by what is new."""

        class Bar:
            total = None
            moved = ()

            def update(self, n):
                self.moved = (*self.moved, n)

        bar = Bar()
        tell = show_progress(bar)
        tell(3, 9)
        tell(9, 9)
        assert (9, (3, 6)) == (bar.total, bar.moved)

    def test_never_breaks(self):
        """What a function raises is passed over, and it is not asked again."""
        asked = []

        def fails(done, total):
            asked.append(done)
            raise ValueError("no screen")

        tell = show_progress(fails)
        tell(1, 2)
        tell(2, 2)
        assert [1] == asked

    def test_interrupt(self):
        """An interrupt stays one."""

        def interrupt(done, total):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            show_progress(interrupt)(1, 2)
