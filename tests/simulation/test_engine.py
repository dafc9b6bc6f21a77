"""The array engine: it is the plain-Python year, whatever the shape, the pieces and the threads."""

import pickle
from concurrent.futures import ProcessPoolExecutor

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.simulation.reference import largest_remainder
from tests.simulation.reference import simulate as plainly

from scotintegration.errors import ConservationError
from scotintegration.simulation import _apportion, _events, _year, draws, engine
from scotintegration.simulation._room import Room
from scotintegration.simulation.engine import Inputs, run, share, simulate

YEARLY = ("directions", "deferred", "reserve_pence", "top_health_board_pence", "top_council_pence")
ARRAYS = ("budgets_pence", "growth", "arm", "voting_members", "quorum", "opening_reserve_pence")


@st.composite
def cases(draw, max_runs=3, max_partnerships=3):
    """Inputs of any small shape, with normals and uniforms."""
    years, partnerships = draw(st.integers(1, 2)), draw(st.integers(1, max_partnerships))
    functions, runs = draw(st.integers(1, 7)), draw(st.integers(1, max_runs))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    most = draw(st.sampled_from([20, 10_000, 10**9, 10**12]))
    rough = draw(st.booleans())  # whole numbers here and there make ties
    arm = rng.choice(
        np.array(draw(st.sampled_from([[0, 1], [0, 1, -1], [0], [1], [-1]])), np.int8), (partnerships, functions)
    )
    budgets = rng.integers(0, most + 1, (years, partnerships, functions)) * (arm >= 0)
    growth = rng.choice([0.5, 1.0, 1.5, 3.0], budgets.shape) if rough else rng.uniform(0.8, 1.2, budgets.shape)
    members = rng.integers(0, draw(st.integers(1, 5)), (years, 6, partnerships, 3))
    inputs = Inputs(
        budgets_pence=budgets // 12 * 12 if rough else budgets,
        growth=growth,
        volatility=draw(st.sampled_from([0.0, 0.05, 0.5, 1.0])),
        arm=arm,
        voting_members=members,
        quorum=rng.integers(0, 4, (years, 6, partnerships)),
        both_sides=draw(st.booleans()),
        attendance=draw(st.sampled_from([0.0, 0.5, 0.85, 1.0])),
        opening_reserve_pence=rng.integers(0, 2 * most, partnerships),
    )
    normals = rng.standard_normal((runs, years, 12, partnerships, functions))
    return inputs, normals, rng.random((runs, years, 6, partnerships, sum(inputs.seats)))


def reference_case(runs=1, years=3, partnerships=4, seed=1):
    """Inputs of the reference year, each function with its own growth, with normals and uniforms."""
    rng = np.random.default_rng(seed)
    budgets = rng.integers(500_000_000, 5_000_000_000, (partnerships, 20))
    growth = (1 + rng.uniform(-0.02, 0.06, budgets.shape)) ** np.arange(years)[:, None, None]
    inputs = Inputs.reference(budgets, growth)
    return (
        inputs,
        rng.standard_normal((runs, years, 12, partnerships, 20)),
        rng.random((runs, years, 6, partnerships, 8)),
    )


def ids(inputs):
    """Name the partnerships."""
    return [f"p{a}" for a in range(inputs.partnerships)]


def same(one, other, rows=slice(None), columns=slice(None)):
    """Whether the yearly results of some rows and columns of one are the other's."""
    return all(np.array_equal(getattr(one, name)[rows][:, columns], getattr(other, name)) for name in YEARLY)


def expect(boards, out):
    """Assert that an output has exactly the results, events and months of boards played plainly."""
    rows = np.array([[board.rows for board in row] for row in boards])
    assert np.array_equal(rows, np.stack([getattr(out, name) for name in YEARLY], axis=-1))
    events = [(r, a, *event) for r, row in enumerate(boards) for a, board in enumerate(row) for event in board.events]
    events.sort(key=lambda event: (*event[:4], event[7], event[4]))
    assert events == list(map(tuple, out.events.tolist()))
    years, functions = out.history.spent_pence.shape[1], out.history.spent_pence.shape[4]
    for r, row in enumerate(boards):
        for a, board in enumerate(row):
            for kept, which in ((out.history.spent_pence, 0), (out.history.amount_pence, 1)):
                months = [[month[which].get(f, 0) for f in range(functions)] for month in board.months]
                assert np.array_equal(np.reshape(months, (years, 12, functions)), kept[r, :, :, a])
            assert np.array_equal(np.reshape(board.meetings, (years, 6)), out.history.quorate[r, :, :, a])


class TestRun:
    @given(cases())
    def test_plain(self, case):
        """Arrays, events and months are those of the year in plain Python, bit for bit."""
        expect(plainly(*case), run(*case, events=True, history=True))

    @pytest.mark.parametrize("mostly", [-1.0, 0.6, 1.0])
    def test_reference(self, mostly, monkeypatch):
        """The reference year too, whether few columns of arms have business or most."""
        monkeypatch.setattr(_year, "_MOSTLY", mostly)
        case = reference_case(runs=3)
        case[2][0] += 0.6  # thin attendance: meetings are deferred
        boards, out = plainly(*case), run(*case, events=True, history=True)
        expect(boards, out)
        assert out.deferred[0].any()
        assert {1, 2, 3} == set(out.events[:, 7].tolist())
        assert out.top_council_pence.any()

    @given(cases())
    def test_conservation(self, case):
        """In every run, partnership and year: what comes in is what is spent and what is left."""
        inputs, out = case[0], run(*case, history=True)
        closing = out.reserve_pence
        opening = np.concatenate(
            [np.broadcast_to(inputs.opening_reserve_pence[:, None], closing[..., :1].shape), closing[..., :-1]], axis=2
        )
        budgets = inputs.budgets_pence.sum(axis=2).T
        spent = out.history.spent_pence[:, :, -1].sum(axis=3).transpose(0, 2, 1)
        received = opening + budgets + out.top_health_board_pence + out.top_council_pence
        assert np.array_equal(received, spent + closing)
        assert (closing >= 0).all()

    @given(cases())
    def test_replay(self, case):
        """Events replayed from the budgets give the amounts of every month, and the count of directions."""
        inputs, out = case[0], run(*case, events=True, history=True)
        amounts = {}
        functions = (inputs.arm >= 0).sum(axis=1)
        count = np.broadcast_to(functions[:, None], out.directions.shape[1:]) + np.zeros_like(out.directions)
        for r, a, y, m, f, old, new, _ in out.events.tolist():
            assert amounts.get((r, y, a, f), inputs.budgets_pence[y, a, f]) == old != new
            amounts[r, y, a, f] = new
            count[r, a, y] += 1
            later = [event for event in out.events.tolist() if event[:5] == [r, a, y, m, f]][-1]
            assert later[6] == out.history.amount_pence[r, y, m - 1, a, f]
        last = np.broadcast_to(inputs.budgets_pence, (len(out.directions), *inputs.budgets_pence.shape)).copy()
        for place, new in amounts.items():
            last[place] = new
        assert np.array_equal(last, out.history.amount_pence[:, :, -1])
        assert np.array_equal(count, out.directions)

    @given(cases(), st.randoms(use_true_random=False))
    def test_order(self, case, random):
        """The order of partnerships does not matter."""
        inputs, normals, uniforms = case
        order = random.sample(range(inputs.partnerships), inputs.partnerships)
        axes = {"budgets_pence": 1, "growth": 1, "arm": 0, "voting_members": 2, "quorum": 2, "opening_reserve_pence": 0}
        changed = attrs.evolve(inputs, **{name: getattr(inputs, name).take(order, axis) for name, axis in axes.items()})
        assert same(run(*case), run(changed, normals[:, :, :, order], uniforms[:, :, :, order]), columns=order)

    @given(cases(), st.data())
    def test_padding(self, case, data):
        """Places for no function, wherever they are, change nothing but the numbers of places."""
        inputs, normals, uniforms = case
        places = sorted(data.draw(st.sets(st.integers(0, 9), min_size=inputs.functions, max_size=inputs.functions)))

        def spread(array, fill):
            wide = np.full((*array.shape[:-1], 10), fill, array.dtype)
            wide[..., places] = array
            return wide

        padded = attrs.evolve(
            inputs,
            budgets_pence=spread(inputs.budgets_pence, 0),
            growth=spread(inputs.growth, 1.0),
            arm=spread(inputs.arm, -1),
        )
        out, wide = run(*case, events=True), run(padded, spread(normals, 3.0), uniforms, events=True)
        assert same(out, wide)
        moved = out.events.copy()
        moved[:, 4] = np.array(places)[moved[:, 4]]
        assert np.array_equal(moved, wide.events)

    @given(cases(), st.integers(0, 1))
    def test_nil_budgets(self, case, arm):
        """A function without a budget has its one direction a year and no other part in anything."""
        inputs, normals, uniforms = case
        wider = attrs.evolve(
            inputs,
            budgets_pence=np.pad(inputs.budgets_pence, ((0, 0), (0, 0), (0, 1))),
            growth=np.pad(inputs.growth, ((0, 0), (0, 0), (0, 1))),
            arm=np.pad(inputs.arm, ((0, 0), (0, 1)), constant_values=arm),
        )
        out = run(*case)
        counted = attrs.evolve(out, directions=out.directions + np.int16(1))
        assert same(counted, run(wider, np.pad(normals, ((0, 0),) * 4 + ((0, 1),)), uniforms))

    def test_ties_over_arms(self):
        """Of equal needs the reserve's odd penny goes to the first function, whosever arm it is."""
        inputs = Inputs.reference(np.full((1, 4), 1200), np.full((1, 1, 4), 1.5), volatility=0.0)
        inputs = attrs.evolve(inputs, arm=[[1, 0, 1, 0]], opening_reserve_pence=[2])
        out = run(inputs, np.zeros((1, 1, 12, 1, 4)), np.zeros((1, 1, 6, 1, 8)), events=True)
        assert [[0, 0, 0, 2, 0, 1200, 1201, 3], [0, 0, 0, 2, 1, 1200, 1201, 3]] == out.events.tolist()

    def test_largest(self):
        """Sums up to £100bn in hundreds of functions are exact."""
        rng = np.random.default_rng(5)
        budgets = rng.multinomial(10**13, rng.dirichlet(np.ones(300)), 1)
        inputs = attrs.evolve(Inputs.reference(budgets, np.full((2, 1, 300), 3.0)), volatility=1.0)
        case = (inputs, np.clip(rng.standard_normal((2, 2, 12, 1, 300)) * 20, -40, 40), np.zeros((2, 2, 6, 1, 8)))
        expect(plainly(*case), run(*case, events=True, history=True))

    def test_events_are_optional(self):
        """Neither events nor history are kept unless asked for; without events asked for there may be none."""
        case = reference_case(years=1, partnerships=1)
        out = run(*case)
        assert (None, None) == (out.events, out.history)
        never = run(attrs.evolve(case[0], attendance=0.0), *case[1:], events=True)
        assert (0, 8) == never.events.shape
        assert (6 == never.deferred).all()

    def test_types(self):
        """Results are held in these types, runs first, then partnerships, then years."""
        out = run(*reference_case(runs=2))
        assert [np.int16, np.int8, np.int64, np.int64, np.int64] == [getattr(out, name).dtype for name in YEARLY]
        assert {(2, 4, 3)} == {getattr(out, name).shape for name in YEARLY}

    @pytest.mark.parametrize(
        ("normals", "uniforms", "expected"),
        [
            (
                np.zeros((1, 1, 12, 1, 3)),
                None,
                "normals is float64 of shape (1, 1, 12, 1, 3); expected float64 of shape (1, ",
            ),
            (
                np.zeros((0, 1, 12, 1, 20)),
                None,
                "normals is float64 of shape (0, 1, 12, 1, 20); expected float64 of shape (1, ",
            ),
            (np.zeros(()), None, "normals is float64 of shape (); expected float64 of shape (1, 1, 12, 1, 20)"),
            (np.zeros((1, 1, 12, 1, 20), int), None, "normals is int64 of shape"),
            (np.full((1, 1, 12, 1, 20), np.nan), None, "normals holds nan; expected -40.0 to 40.0"),
            (np.full((1, 1, 12, 1, 20), 41.0), None, "normals holds 41.0; expected -40.0 to 40.0"),
            (
                None,
                np.zeros((1, 1, 6, 1, 9)),
                "uniforms is float64 of shape (1, 1, 6, 1, 9); expected float64 of shape (1, ",
            ),
            (None, np.full((1, 1, 6, 1, 8), -0.1), "uniforms holds -0.1; expected 0.0 to inf"),
        ],
    )
    def test_refused(self, normals, uniforms, expected):
        """Draws of another shape, or impossible, are refused."""
        inputs, good, even = reference_case(years=1, partnerships=1)
        with pytest.raises(ValueError) as refused:  # noqa: PT011 - the text is compared below
            run(inputs, good if normals is None else normals, even if uniforms is None else uniforms)
        assert str(refused.value).startswith(expected)

    def test_unbalanced(self, monkeypatch):
        """A penny lost anywhere stops the simulation, which says where."""

        def losing(total, weights, whole, rank, room):
            return sharing(total, weights, whole, rank, room) - (2 == len(weights))

        sharing = _year.apportion
        monkeypatch.setattr(_year, "apportion", losing)
        inputs, normals, uniforms = reference_case(runs=2, partnerships=2)
        with pytest.raises(ConservationError) as lost:
            run(attrs.evolve(inputs, growth=inputs.growth * 2), normals, uniforms)
        assert "partnership 0 in year 0 of run 0" == lost.value.where
        assert 2 == lost.value.right_pence - lost.value.left_pence


class TestSimulate:
    @given(cases(max_runs=1), st.integers(0, 2100), st.integers(1, 4), st.integers(2000, 2050))
    def test_addresses(self, case, first, runs, first_year):
        """A simulation is a run with the draws of its addresses."""
        inputs = case[0]
        normals = np.zeros((runs, inputs.years, 12, inputs.partnerships, inputs.functions))
        uniforms = np.ones((runs, inputs.years, 6, inputs.partnerships, sum(inputs.seats)))
        seats = [
            f"attendance/{group}/{i}" for group, n in zip(engine.GROUPS, inputs.seats, strict=True) for i in range(n)
        ]
        for a, partnership in enumerate(ids(inputs)):
            for y in range(inputs.years):

                def rows(draw, purpose, shape, partnership=partnership, year=first_year + y):
                    return np.concatenate(
                        [
                            draw(9, partnership, purpose, block=b, year=year, shape=shape, start=row, stop=end)
                            for b, row, end in draws.blocks(first, runs)
                        ]
                    )

                for position, f in enumerate(np.flatnonzero(inputs.arm[a] >= 0)):
                    normals[:, y, :, a, f] = rows(draws.normals, f"spending/{position}", (12,))
                for seat, purpose in enumerate(seats):
                    uniforms[:, y, :, a, seat] = rows(draws.uniforms, purpose, (6,))
        found = simulate(inputs, ids(inputs), seed=9, runs=runs, first=first, first_year=first_year, history=True)
        expected = run(inputs, normals, uniforms, history=True)
        assert same(expected, found)
        assert np.array_equal(expected.history.amount_pence, found.history.amount_pence)
        assert first == found.first

    @pytest.mark.parametrize("columns", [4, 600, 4096])
    @pytest.mark.parametrize("threads", [1, 3])
    def test_pieces(self, columns, threads, monkeypatch):
        """Neither pieces nor threads nor where a stretch begins matter."""
        inputs = reference_case(years=2, partnerships=3)[0]
        common = {"seed": 3, "first_year": 2026, "events": True, "history": True}
        whole = simulate(inputs, ids(inputs), runs=1100, **common)
        monkeypatch.setattr(engine, "_COLUMNS", columns)
        monkeypatch.setattr(engine, "_LOGGED_COLUMNS", columns)
        part = simulate(inputs, ids(inputs), first=1000, runs=40, threads=threads, **common)
        assert same(whole, part, rows=slice(1000, 1040))
        assert np.array_equal(whole.events[(whole.events[:, 0] >= 1000) & (whole.events[:, 0] < 1040)], part.events)
        for name in ("spent_pence", "amount_pence", "quorate"):
            assert np.array_equal(getattr(whole.history, name)[1000:1040], getattr(part.history, name))

    @pytest.mark.parametrize("columns", [1024, 4096])
    def test_executor(self, columns, monkeypatch):
        """Nor does it matter whether other processes do the work; a summary and events come back too."""
        monkeypatch.setattr(engine, "_SENT_COLUMNS", columns)
        inputs = reference_case(years=2, partnerships=5)[0]
        common = {"seed": 3, "first_year": 2026, "runs": 300}
        with ProcessPoolExecutor(2) as pool:
            apart = simulate(inputs, ids(inputs), events=True, executor=pool, **common)
            sums = simulate(inputs, ids(inputs), summary=True, executor=pool, **common)
        here = simulate(inputs, ids(inputs), events=True, **common)
        assert same(here, apart)
        assert np.array_equal(here.events, apart.events)
        assert np.array_equal(sums.reserve_pence, here.reserve_pence.sum(axis=0))

    def test_buffers(self):
        """What numpy is told of its buffers is taken back, whether all goes well or not."""
        before = np.getbufsize()
        inputs = reference_case(years=1, partnerships=1)[0]
        simulate(inputs, ids(inputs), seed=1, runs=200, first_year=2026)
        assert before == np.getbufsize()
        short = _year._short_buffers(512)
        short.__enter__()
        assert 512 == np.getbufsize()
        assert not short.__exit__(ValueError, ValueError(), None)
        assert before == np.getbufsize()

    @pytest.mark.parametrize("sources", [3, 2**40])
    def test_events_in_order(self, sources, monkeypatch):
        """Events are sorted however little room their numbers leave."""
        monkeypatch.setattr(_events, "_SOURCES", sources)
        inputs = attrs.evolve(reference_case(years=2)[0], arm=np.tile([1, 0], (4, 10)).astype(np.int8))
        events = simulate(inputs, ids(inputs), seed=3, first_year=2026, runs=130, events=True).events
        rows = list(map(tuple, events[:, [0, 1, 2, 3, 7, 4]].tolist()))
        assert sorted(set(rows)) == rows
        assert 130 * 4 * 2 < len(rows)

    def test_log(self):
        """The log says how many events there are, and lays out the same table, once, however it is asked."""
        inputs = reference_case(years=2)[0]
        out = simulate(inputs, ids(inputs), seed=3, first_year=2026, runs=40, events=True)
        sent = pickle.loads(pickle.dumps(out.log))
        assert len(out.log) == len(sent) == len(out.events) > 0
        assert out.events is out.events is out.log.table
        copied = np.array(out.log)
        assert not np.shares_memory(copied, out.events)
        assert np.array_equal(copied, out.events)
        assert np.array_equal(sent.table, out.events)
        assert np.asarray(out.log, float).dtype == np.float64
        assert repr(out.log) == "EventLog(first=0, runs=40)"

    def test_alone(self):
        """A run alone is the same run, events and all."""
        inputs = reference_case(years=2, partnerships=2)[0]
        common = {"seed": 5, "first_year": 2026, "events": True}
        together = simulate(inputs, ids(inputs), runs=1100, **common)
        for number in (0, 1, 255, 256, 599, 1023, 1024, 1099):
            alone = simulate(inputs, ids(inputs), first=number, runs=1, **common)
            assert same(together, alone, rows=slice(number, number + 1))
            assert np.array_equal(together.events[together.events[:, 0] == number], alone.events)

    def test_beside(self):
        """A partnership's runs do not depend on those beside it, nor a function's draws on others."""
        inputs = reference_case(years=1)[0]
        common = {"seed": 3, "first_year": 2026, "runs": 5, "history": True}
        every = simulate(inputs, ids(inputs), **common)
        axes = {"budgets_pence": 1, "growth": 1, "arm": 0, "voting_members": 2, "quorum": 2, "opening_reserve_pence": 0}
        alone = attrs.evolve(inputs, **{name: getattr(inputs, name).take([2], axis) for name, axis in axes.items()})
        names = [f"f{f}" for f in range(20)]
        assert same(every, simulate(alone, ["p2"], **common), columns=slice(2, 3))
        fewer = attrs.evolve(
            alone, budgets_pence=alone.budgets_pence[..., 1:], growth=alone.growth[..., 1:], arm=alone.arm[:, 1:]
        )
        one = simulate(alone, ["p2"], functions=[names], **common)
        other = simulate(fewer, ["p2"], functions=[names[1:]], **common)
        assert np.array_equal(one.history.spent_pence[..., 1:], other.history.spent_pence)
        assert np.array_equal(one.history.quorate, other.history.quorate)

    def test_more_voters(self):
        """A third group of voters changes no draw of the other two, nor a month's spending."""
        inputs = reference_case(years=2)[0]
        members = inputs.voting_members.copy()
        members[0, 3:, :, 2] = members[1, :, :, 2] = 3
        quorum = -(-members.sum(axis=3) // 2)
        common = {"seed": 3, "first_year": 2026, "runs": 50, "history": True}
        before = simulate(inputs, ids(inputs), **common).history
        after = simulate(attrs.evolve(inputs, voting_members=members, quorum=quorum), ids(inputs), **common).history
        assert np.array_equal(before.spent_pence, after.spent_pence)
        assert np.array_equal(before.quorate[:, 0, :3], after.quorate[:, 0, :3])
        assert not np.array_equal(before.quorate, after.quorate)

    @pytest.mark.parametrize("threads", [1, 2])
    def test_summary(self, threads):
        """A summary is the sums over runs."""
        inputs = reference_case(years=2)[0]
        common = {"seed": 3, "first_year": 2026, "runs": 300, "threads": threads}
        rows, sums = simulate(inputs, ids(inputs), **common), simulate(inputs, ids(inputs), summary=True, **common)
        assert 300 == sums.runs
        for name in YEARLY:
            assert np.array_equal(getattr(rows, name).sum(axis=0, dtype=np.int64), getattr(sums, name))

    @pytest.mark.parametrize(
        ("changes", "error", "expected"),
        [
            ({"seed": -1}, ValueError, "seed is -1; expected a whole number, 0 or more"),
            ({"seed": 1.5}, TypeError, "seed is 1.5; expected a whole number, 0 or more"),
            ({"runs": 0}, ValueError, "runs is 0; expected a whole number, 1 or more"),
            ({"first": -1}, ValueError, "first is -1; expected a whole number, 0 or more"),
            ({"threads": 0}, ValueError, "threads is 0; expected a whole number, 1 or more"),
            ({"first_year": True}, TypeError, "first_year is True; expected a whole number, 0 or more"),
            ({"ids": ["a"]}, ValueError, "ids is ['a']; expected 2 ids, all different"),
            ({"ids": ["a", "a"]}, ValueError, "ids is ['a', 'a']; expected 2 ids, all different"),
            ({"functions": [["f"]]}, ValueError, "functions names 1 partnerships; expected 2"),
            (
                {"functions": [["f", "f"], ["g", "h"]]},
                ValueError,
                "functions of 'a' are ['f', 'f']; expected 2 names, all different",
            ),
            (
                {"summary": True, "events": True},
                ValueError,
                "a summary keeps neither events nor history; expected events=False and history=False",
            ),
        ],
    )
    def test_refused(self, changes, error, expected):
        """A bad argument is named, with what would have been right."""
        inputs = Inputs.reference(np.full((2, 2), 100), np.ones((1, 2, 2)))
        arguments = {"ids": ["a", "b"], "seed": 1, "runs": 1, "first_year": 2026, **changes}
        with pytest.raises(error) as refused:
            simulate(inputs, **arguments)
        assert expected == str(refused.value)


class TestInputs:
    def test_reference(self):
        """The reference has eight voters, a quorum of four with one of each side, and a reserve of 2%."""
        inputs = Inputs.reference(np.array([[1000, 2050, 3000]]), np.ones((2, 1, 3)), volatility=0.1, attendance=0.9)
        assert (2, 1, 3, (4, 4, 0)) == (inputs.years, inputs.partnerships, inputs.functions, inputs.seats)
        assert [[0, 1, 1]] == inputs.arm.tolist()
        assert [121] == inputs.opening_reserve_pence.tolist()
        assert {4} == set(inputs.quorum.reshape(-1).tolist())
        assert (True, 0.1, 0.9) == (inputs.both_sides, inputs.volatility, inputs.attendance)

    def test_reference_refused(self):
        """Growth must match the budgets."""
        with pytest.raises(ValueError, match=r"budgets_pence has shape \(1, 3\), growth \(2, 1, 2\); expected"):
            Inputs.reference(np.ones((1, 3), int), np.ones((2, 1, 2)))

    def test_equal(self):
        """Inputs are equal when their arrays hold the same numbers."""
        inputs = reference_case()[0]
        assert inputs == reference_case()[0]
        assert inputs != attrs.evolve(inputs, growth=inputs.growth * 2)

    def test_closed(self):
        """Arrays are copied, and closed to writing."""
        budgets = np.full((1, 2), 100)
        inputs = Inputs.reference(budgets, np.ones((1, 1, 2)))
        budgets[...] = 0
        assert [[[100, 100]]] == inputs.budgets_pence.tolist()
        for name in ARRAYS:
            with pytest.raises(ValueError, match="read-only"):
                getattr(inputs, name)[...] = 0

    def test_plain_numbers(self):
        """Lists do as well as arrays, if their numbers fit."""
        inputs = reference_case(years=1, partnerships=1)[0]
        assert inputs == attrs.evolve(inputs, **{name: getattr(inputs, name).tolist() for name in ARRAYS})
        with pytest.raises(ValueError, match=r"^arm has dtype int64; expected int8$"):
            attrs.evolve(inputs, arm=[[257] * 20])

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            (
                {"budgets_pence": np.ones((1, 2))},
                "budgets_pence has shape (1, 2); expected (years, partnerships, functions), none",
            ),
            ({"budgets_pence": np.ones((0, 1, 2), int)}, "budgets_pence has shape (0, 1, 2); expected (years, "),
            ({"budgets_pence": np.zeros((1, 1, 901), int)}, "budgets_pence has 901 functions; expected at most 900"),
            ({"budgets_pence": np.ones((1, 1, 2))}, "budgets_pence has dtype float64; expected int64"),
            ({"budgets_pence": np.array([[[-1, 2]]])}, "budgets_pence holds -1; expected 0 to 10000000000000"),
            (
                {"budgets_pence": np.array([[[10**13, 1]]])},
                "budgets_pence of a partnership in a year holds 10000000000001; expected 0 to 10000000000000",
            ),
            ({"growth": np.ones((1, 1, 3))}, "growth has shape (1, 1, 3); expected (1, 1, 2)"),
            ({"growth": np.full((1, 1, 2), np.inf)}, "growth holds inf; expected 0.0 to 10.0"),
            ({"volatility": 1.1}, "volatility holds 1.1; expected 0.0 to 1.0"),
            ({"volatility": float("nan")}, "volatility holds nan; expected 0.0 to 1.0"),
            ({"arm": np.array([[0, 1]])}, "arm has dtype int64; expected int8"),
            ({"arm": np.array([[0, 2]], np.int8)}, "arm holds 2; expected -1 to 1"),
            (
                {"arm": np.array([[0, -1]], np.int8)},
                "budgets_pence has money where arm is -1; expected 0 there, as arm -1 is no function",
            ),
            ({"voting_members": np.full((1, 6, 1, 3), 101)}, "voting_members holds 101; expected 0 to 100"),
            (
                {"voting_members": np.ones((1, 6, 1, 2), int)},
                "voting_members has shape (1, 6, 1, 2); expected (1, 6, 1, 3)",
            ),
            ({"quorum": np.full((1, 6, 1), -1)}, "quorum holds -1; expected 0 to 300"),
            ({"attendance": -0.1}, "attendance holds -0.1; expected 0.0 to 1.0"),
            ({"opening_reserve_pence": np.array([-1])}, "opening_reserve_pence holds -1; expected 0 to 10000000000000"),
        ],
    )
    def test_refused(self, changes, expected):
        """What cannot be simulated is refused, with what would have been right."""
        inputs = Inputs.reference(np.full((1, 2), 100), np.ones((1, 1, 2)))
        with pytest.raises(ValueError) as refused:  # noqa: PT011 - the text is compared below
            attrs.evolve(inputs, **changes)
        assert str(refused.value).startswith(expected)


class TestShare:
    @given(
        st.lists(st.integers(0, 10**13) | st.integers(0, 5), min_size=1, max_size=40).filter(any),
        st.integers(0, 10**13) | st.integers(0, 50),
    )
    def test_plain(self, weights, total):
        """A split is the largest remainder's, in whole numbers of any size."""
        assert [largest_remainder(total, weights)] == share(np.array([total]), np.array([weights])).tolist()

    @given(st.integers(0, 2**32), st.sampled_from([1, 2, 3, 10, 31, 32, 33]), st.sampled_from([3, 10**6, 10**13]))
    def test_laws(self, seed, functions, most):
        """Shares sum exactly, and each is within a penny of proportion, however many are split at once."""
        rng = np.random.default_rng(seed)
        weights = rng.integers(0, most + 1, (150, functions))
        weights[:, rng.integers(functions)] += weights.sum(axis=1) == 0
        totals = rng.integers(0, most + 1, 150)
        shares = share(totals, weights)
        assert np.array_equal(totals, shares.sum(axis=1))
        assert [
            largest_remainder(t, w) for t, w in zip(totals.tolist(), weights.tolist(), strict=True)
        ] == shares.tolist()
        for total, row, parts in zip(totals.tolist(), weights.tolist(), shares.tolist(), strict=True):
            assert all(
                abs(part * sum(row) - total * weight) < sum(row) for part, weight in zip(parts, row, strict=True)
            )

    def test_ties(self):
        """Of equal remainders the left has the odd penny."""
        assert [[34, 33, 33], [1, 1, 0], [0, 1, 0]] == share(
            np.array([100, 2, 1]), np.array([[1, 1, 1], [5, 5, 5], [0, 7, 7]])
        ).tolist()

    @pytest.mark.parametrize("runs", [0, 1])
    def test_shape(self, runs):
        """One row of shares for each total."""
        assert (runs, 2) == share(np.zeros(runs, int), np.ones((runs, 2), int)).shape

    @pytest.mark.parametrize(
        ("totals", "weights", "expected"),
        [
            (
                np.array([1]),
                np.array([1]),
                "total_pence has shape (1,), weights (1,); expected (runs,) and (runs, functions)",
            ),
            (
                np.array([1, 2]),
                np.array([[1]]),
                "total_pence has shape (2,), weights (1, 1); expected (runs,) and (runs, functions)",
            ),
            (np.array([1.0]), np.array([[1]]), "total_pence has dtype float64; expected int64"),
            (np.array([1]), np.array([[-1]]), "weights holds -1; expected 0 to 10000000000000"),
            (np.array([10**13 + 1]), np.array([[1]]), "total_pence holds 10000000000001; expected 0 to 10000000000000"),
            (
                np.array([1, 1]),
                np.array([[1], [0]]),
                "weights has nothing but 0 in row 1; expected a weight to share by",
            ),
            (np.array([1]), np.ones((1, 901), int), "weights has 901 functions; expected at most 900"),
        ],
    )
    def test_refused(self, totals, weights, expected):
        """What cannot be shared is refused, with what would have been right."""
        with pytest.raises(ValueError) as refused:  # noqa: PT011 - the text is compared below
            share(totals, weights)
        assert expected == str(refused.value)


class TestSharesOf:
    @given(
        st.integers(0, 2**32),
        st.sampled_from([1, 2, 10, 20, 33]),
        st.sampled_from([3, 50, 10**6, 10**9, 10**13]),
        st.sampled_from([1, 7, 200]),
        st.booleans(),
    )
    def test_apportion(self, seed, functions, most, columns, apart):
        """Shares reckoned in binary64 are those in whole numbers, ties and near ties included."""
        rng = np.random.default_rng(seed)
        weights = rng.integers(0, most + 1, (functions, columns))
        weights[:, ::3] = rng.integers(0, 4, weights[:, ::3].shape) * (most // 3)
        whole = weights.sum(axis=0)
        total = np.minimum(rng.integers(0, most * functions + 1, columns), whole)
        total[::5] = whole[::5]
        rank = _apportion.precedence(functions)
        if apart:
            rank = rng.permuted(np.repeat(rank, columns, axis=1), axis=0)
        expected = _apportion.apportion(total, weights, np.maximum(whole, 1), rank, Room())
        floats = (array.astype(float) for array in (total, weights, np.maximum(whole, 1)))
        assert np.array_equal(expected, _apportion.shares_of(*floats, rank, Room()))

    @pytest.mark.parametrize("by", [-1, 0, 1])
    def test_near_whole(self, by):
        """Quotients a hair's breadth from a whole number come out right."""
        base = 2**43
        weights = np.array([[base + by], [base], [base - by], [1]])
        whole = weights.sum(axis=0)
        for total in (base, 2 * base, 2 * base + 1, 3 * base - 1, 3 * base):
            given = np.array([total])
            rank = _apportion.precedence(4)
            expected = _apportion.apportion(given, weights, whole, rank, Room())
            floats = (array.astype(float) for array in (given, weights, whole))
            assert np.array_equal(expected, _apportion.shares_of(*floats, rank, Room()))
