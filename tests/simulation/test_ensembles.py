"""Ensembles."""

import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from multiprocessing import get_context

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scotintegration
from scotintegration.errors import NotFoundError
from scotintegration.examples import example
from scotintegration.network import Network
from scotintegration.risk_shares import originating_party_loan
from scotintegration.simulation import (
    Group,
    RecoverShare,
    Scenario,
    SplitBySpending,
    ensemble,
    lognormal,
    normal,
    observed,
    simulate,
    triangular,
    uniform,
)
from scotintegration.simulation._jobs import Job
from scotintegration.simulation._kept import COLUMNS
from scotintegration.simulation._sketch import RELATIVE_ERROR

END = "2029-03-31"
BASE = Scenario("base")
OUTLOOK = Scenario("outlook", pressure=normal(0.03, 0.01), savings_delivered=triangular(0.6, 0.8, 1.0))
UPLIFTED = Scenario("uplifted", uplift=normal(0.02, 0.02), attendance=uniform(0.5, 0.9))
EVERYTHING = Scenario(
    "everything",
    groups=[Group("home", ["care-at-home"], pressure=normal(0.04, 0.01), volatility=0.1)],
    season=[1.2, 0.8, *[1.0] * 10],
    uplift=uniform(0.0, 0.02),
    attendance=uniform(0.3, 0.7),
    special=0.5,
    proxies=0.2,
    support=0.7,
    member_vacancies=0.1,
    chief_officer_vacancy=0.3,
    finance_officer_vacancy=0.3,
    vacancy_days=lognormal(60, 0.5),
    lag=lognormal(6, 1.3),
    budget_late=uniform(0, 60),
    late_allocation=uniform(0.0, 0.01),
    compliance=uniform(0.3, 1.0),
    set_aside_pressure=0.05,
    hosted=0.1,
    hosted_variance=normal(0.02, 0.02),
    earmarked=0.01,
    release=0.5,
    recovery=RecoverShare(share=0.4),
    allocation=SplitBySpending(share=0.5),
    settlement=originating_party_loan(2),
)
each_scenario = pytest.mark.parametrize("scenario", [BASE, OUTLOOK, UPLIFTED, EVERYTHING], ids=lambda one: one.name)
RUNS = 700


@cache
def board():
    """Give one partnership."""
    return example("body-corporate")


@cache
def net():
    """Give three partnerships, one of them without a board."""
    areas = [board(), example("three-authorities"), example("lead-agency-to-board")]
    return Network(name="Three areas", as_at=board().as_at, partnerships=areas)


def made(scenario=BASE, subject=None, runs=40, seed=7, **options):
    """Make an ensemble."""
    return ensemble(subject or board(), scenario, until=options.pop("until", END), runs=runs, seed=seed, **options)


@cache
def whole(scenario=BASE):
    """Make a larger one."""
    return made(scenario, runs=RUNS)


def ran_out(years):
    """Tell whether the reserve is gone."""
    return years.reserve <= 0


def deferred(years):
    """Tell whether a meeting was deferred."""
    return years.deferred > 0


class TestOneRun:
    @each_scenario
    @pytest.mark.parametrize("number", [0, 17, 699])
    def test_same_run(self, scenario, number):
        """Run k alone equals run k of the ensemble, to the penny."""
        run = simulate(board(), scenario, until=END, seed=7, run=number)
        assert run == whole(scenario).run(number)
        values = whole(scenario).values
        told = {
            "budget": [year.budget.pence for year in run.years],
            "spent": [year.spent.pence for year in run.years],
            "reserve": [year.reserve.pence for year in run.years],
            "directions": [year.directions for year in run.years],
            "deferred": [year.deferred for year in run.years],
            "top_up_health_board": [year.top_health_board.pence for year in run.years],
            "top_up_council": [year.top_council.pence for year in run.years],
            "top_ups": [(year.top_health_board + year.top_council).pence for year in run.years],
            "overspend": [max(0, (year.spent - year.budget).pence) for year in run.years],
            "earmarked": [year.earmarked.pence if scenario.beyond else 0 for year in run.years],
            "allocated_late": [year.allocated_late.pence for year in run.years],
            "kept": [year.kept.pence for year in run.years],
            "repaid": [(year.repaid_health_board + year.repaid_council).pence for year in run.years],
        }
        assert sorted(COLUMNS) == sorted(told)
        assert told == {name: values.column(name)[number].tolist() for name in told}

    @each_scenario
    def test_register(self, scenario):
        """A run of the ensemble has its register, and on any day its money balances."""
        run = whole(scenario).run(3)
        assert "£0.00" == str(run.at("2028-12-24").money("2028/29").gap)
        assert "£0.00" == str(run.at(END).money("2028/29").gap)


class TestCutting:
    @each_scenario
    @given(st.integers(0, 690), st.integers(1, 60), st.none() | st.integers(1, 50))
    def test_chunks(self, scenario, first, runs, chunk_runs):
        """Chunks and stretches change nothing."""
        runs = min(runs, RUNS - first)
        part = made(scenario, runs=runs, first=first, chunk_runs=chunk_runs)
        assert list(range(first, first + runs)) == part.values.runs.tolist()
        for name in COLUMNS:
            np.testing.assert_array_equal(whole(scenario).column(name)[first : first + runs], part.column(name))

    @each_scenario
    @pytest.mark.parametrize("summary", [False, True], ids=["years", "summary"])
    def test_executors(self, scenario, summary):
        """Threads and processes give the same fingerprint."""
        here = made(scenario, runs=300, summary=summary)
        with ThreadPoolExecutor(3) as threads, ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
            for executor in (threads, processes):
                there = made(scenario, runs=300, summary=summary, executor=executor, chunk_runs=64)
                assert here.digest == there.digest

    @pytest.mark.slow
    def test_dask(self):
        """A cluster of two processes gives the same fingerprint, and keeps what it is told to watch for."""
        distributed = pytest.importorskip("distributed")
        with (
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            executor = client.get_executor()
            for scenario in (BASE, OUTLOOK, EVERYTHING):
                there = made(scenario, runs=RUNS, executor=executor, chunk_runs=128)
                assert whole(scenario).digest == there.digest
            there = made(OUTLOOK, runs=300, executor=executor, chunk_runs=64, summary=True, watch={"out": ran_out})
            assert made(OUTLOOK, runs=300, summary=True).digest == there.digest
            assert whole_chance(300) == there.probability("out").hits

    def test_hash_seed(self):
        """The hash seed changes nothing."""
        code = (
            "import scotintegration as si; p = si.example('body-corporate'); "
            "s = si.Scenario('outlook', pressure=si.normal(0.03, 0.01)); "
            "print(si.ensemble(p, s, until='2027-03-31', runs=5, seed=1).digest)"
        )
        source = os.path.dirname(os.path.dirname(scotintegration.__file__))
        told = {
            subprocess.run(
                [sys.executable, "-c", code],
                capture_output=True,
                text=True,
                check=True,
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": source},
            ).stdout
            for seed in ("0", "1", "4242")
        }
        assert 1 == len(told)

    def test_order_of_bodies(self):
        """The order in which functions, members and budgets are listed changes nothing."""
        p = board()
        turned = p.evolve(
            scheme=attrs.evolve(p.scheme, functions=list(reversed(list(p.functions)))),
            budgets=list(reversed(list(p.budgets))),
            members=list(reversed(list(p.members))),
        )
        assert made(OUTLOOK).digest == made(OUTLOOK, turned).digest


def whole_chance(runs):
    """Count the runs in which the reserve is gone at some year's end."""
    return int((whole(OUTLOOK).column("reserve")[:runs] <= 0).any(axis=1).sum())


class TestNetworks:
    @each_scenario
    def test_beside(self, scenario):
        """A partnership beside others has the runs it has alone, and those without a board are left out."""
        both = made(scenario, net())
        assert ("runs", "years", "partnerships") == both.values.axes
        assert (40, 3, 2) == both.column("spent").shape
        for p in (board(), example("three-authorities")):
            assert made(scenario, p).digest == both[p.id].digest
            assert made(scenario, p).assumptions == both[p.id].assumptions
        assert any("left out, as it has no integration joint board" in one for one in both.assumptions)

    def test_summary(self):
        """The same in a summary, and a name finds its partnership."""
        both = made(OUTLOOK, net(), summary=True)
        alone = made(OUTLOOK, summary=True)
        assert alone.digest == both[board().name].digest
        assert (alone.mean("spent") == both.mean("spent")[:, both.ids.index(board().id)]).all()

    def test_run(self):
        """A run is one partnership's."""
        both = made(BASE, net())
        assert simulate(board(), BASE, until=END, seed=7, run=4) == both[board().id].run(4)
        with pytest.raises(ValueError, match=r"expected ens\[area\].run"):
            both.run(4)
        with pytest.raises(ValueError, match=r"expected ens\[area\].fan"):
            both.fan("reserve")

    def test_parts(self):
        """A partnership without a board has no part, and an ensemble of one has none at all."""
        both = made(BASE, net())
        lead = example("lead-agency-to-board")
        with pytest.raises(NotFoundError):
            both[lead.id]
        with pytest.raises(TypeError, match="has no parts"):
            made()["x"]

    def test_nobody(self):
        """A network without any board cannot be simulated."""
        lead = Network(name="Lead", as_at=board().as_at, partnerships=[example("lead-agency-to-board")])
        with pytest.raises(ValueError, match="no partnership of Lead has an integration joint board"):
            made(BASE, lead)

    def test_rank(self):
        """Partnerships are ranked by their medians."""
        both = made(BASE, net())
        table = both.rank("spent", highest=True)
        medians = both.quantile("spent", 0.5)[-1]
        assert [net()[both.ids[place]].name for place in np.argsort(-medians)] == [row["partnership"] for row in table]
        assert "partnership" in both.to_text()

    def test_probability(self):
        """Something happens in a network where it happens anywhere."""
        both = made(BASE, net())
        parts = [both[id].values.reserve <= 0 for id in both.ids]
        assert int(np.any(parts, axis=(0, 2)).sum()) == both.probability(ran_out).hits


class TestMerging:
    @pytest.mark.parametrize("summary", [False, True], ids=["years", "summary"])
    @each_scenario
    def test_associative(self, scenario, summary):
        """Merging is the same in any grouping and any order, and the same as simulating all at once."""
        a, b, c = (made(scenario, runs=10, first=first, summary=summary) for first in (0, 10, 20))
        at_once = made(scenario, runs=30, summary=summary)
        for merged in (a.merge(b).merge(c), a.merge(b.merge(c)), c.merge(a).merge(b)):
            assert at_once.digest == merged.digest
            assert ((0, 30),) == merged.stretches
            assert 30 == len(merged)

    def test_one_by_one(self):
        """Single runs merge too, whose budgets are drawn."""
        a, b = (made(UPLIFTED, runs=1, first=first) for first in (0, 1))
        assert made(UPLIFTED, runs=2).digest == a.merge(b).digest
        assert made(UPLIFTED, runs=2).column("spent").tolist() == a.merge(b).column("spent").tolist()

    def test_apart(self):
        """Stretches with a gap stay apart."""
        assert ((0, 5), (9, 3)) == made(runs=5).merge(made(runs=3, first=9)).stretches

    @pytest.mark.parametrize(
        "options",
        [
            {"seed": 8},
            {"scenario": OUTLOOK},
            {"until": "2028-03-31"},
            {"summary": True},
            {"subject": example("three-authorities")},
        ],
    )
    def test_different(self, options):
        """Only ensembles that differ in their runs merge."""
        with pytest.raises(ValueError, match="they differ in "):
            made(runs=2).merge(made(**{"runs": 2, "first": 2, **options}))

    def test_watch(self):
        """Summaries merge that watched for the same."""
        one, other = (made(runs=5, first=first, summary=True, watch={"out": ran_out}) for first in (0, 5))
        assert made(runs=10).probability(ran_out).hits == one.merge(other).probability("out").hits
        with pytest.raises(ValueError, match="they differ in watch"):
            one.merge(made(runs=5, first=5, summary=True))

    def test_overlap(self):
        """A run counts once."""
        with pytest.raises(ValueError, match="run 3 is in both"):
            made(runs=5).merge(made(runs=5, first=3))


class TestAnswers:
    @given(st.floats(0, 1), st.sampled_from(COLUMNS))
    def test_quantile(self, share, column):
        """A quantile is the amount of a run: at least the share of runs have it or less, and fewer have less."""
        found, values = whole().quantile(column, share), whole().column(column)
        assert ((values <= found).mean(axis=0) >= share - 1e-9).all()
        assert ((values < found).mean(axis=0) <= share + 1e-9).all()

    @each_scenario
    def test_summary(self, scenario):
        """A summary has the same means, and quantiles within its bins."""
        few = made(scenario, runs=RUNS, summary=True)
        for column in COLUMNS:
            assert whole(scenario).mean(column).tolist() == few.mean(column).tolist()
            for share in (0.0, 0.05, 0.5, 1.0):
                exact, found = whole(scenario).quantile(column, share), few.quantile(column, share)
                assert (np.abs(exact - found) <= RELATIVE_ERROR * np.abs(exact) + 1).all()

    def test_fan(self):
        """A fan has a row a year and ascending quantiles, exact as pence and printed as money or as counts."""
        fan = whole(OUTLOOK).fan("reserve", [0.95, 0.05])
        assert ("year", "5%", "95%") == fan.columns
        assert ["2026/27", "2027/28", "2028/29"] == [row["year"] for row in fan]
        assert (fan.values[:, 0] <= fan.values[:, 1]).all()
        assert str(fan).startswith("Strathallan: reserve in 700 runs of 'outlook'")
        assert all(isinstance(cell, int) for row in whole().fan("deferred").rows for cell in row[1:])

    def test_probability(self):
        """The chance is the share of runs, its interval holds it, and it does not fall as years are added."""
        chances = [whole(OUTLOOK).probability(ran_out, by=day) for day in ("2027-03-31", "2028-06-30", END)]
        values = whole(OUTLOOK).column("reserve")
        assert [(values[:, :count] <= 0).any(axis=1).mean() for count in (1, 2, 3)] == [one.value for one in chances]
        assert chances[2] == whole(OUTLOOK).probability(ran_out)
        assert chances[0].value <= chances[1].value <= chances[2].value
        assert whole(OUTLOOK).probability(ran_out, level=0.5).high < chances[2].high or chances[2].hits == RUNS

    def test_one_answer_a_run(self):
        """A function may tell of every run instead of every year."""
        chance = whole().probability(lambda years: years.spent.sum(axis=1) > years.budget.sum(axis=1))
        assert 0 < chance.hits <= RUNS

    @pytest.mark.parametrize(
        "answer", [lambda years: years.reserve, lambda years: True, lambda years: ran_out(years)[1:]]
    )
    def test_wrong_answer(self, answer):
        """A function tells yes or no of every run."""
        with pytest.raises(TypeError, match="a predicate gives bool with 700 runs as its first axis"):
            whole().probability(answer)

    def test_too_early(self):
        """No year is finished before the first."""
        with pytest.raises(ValueError, match="by must be 2027-03-31 or later"):
            whole().probability(ran_out, by="2027-03-30")

    def test_watch(self):
        """What was watched for is counted by year in a summary, as if every run had been kept."""
        few = made(OUTLOOK, runs=200, summary=True, watch={"out": ran_out, "deferred": deferred}, chunk_runs=64)
        every = made(OUTLOOK, runs=200)
        for name, event in (("out", ran_out), ("deferred", deferred)):
            for by in ("2027-03-31", "2028-03-31", None):
                assert every.probability(event, by=by).hits == few.probability(name, by=by).hits
        with pytest.raises(NotFoundError, match="deferred"):
            few.probability("deferrred")
        with pytest.raises(NotFoundError):
            every.probability("out")

    def test_summary_refuses(self):
        """A summary answers nothing about single runs."""
        few = made(runs=3, summary=True)
        with pytest.raises(ValueError, match="a summary keeps no single runs to ask"):
            few.probability(ran_out)
        for ask in (few.column, few.rank, lambda name: few.runs_for(name, 1.0)):
            with pytest.raises(ValueError, match="a summary keeps no single runs"):
                ask("reserve")

    def test_rank(self):
        """Runs are ranked by the last year, lowest or highest first, and ties by number."""
        values = whole().column("spent")[:, -1]
        assert np.argsort(values, kind="stable")[:10].tolist() == [row["run"] for row in whole().rank("spent")]
        (row,) = whole().rank("spent", most=1, highest=True)
        assert values.max() == values[row["run"]]
        assert 5 == len(whole().rank("deferred", most=5))

    def test_runs_for(self):
        """Half the width takes four times the runs, and money reads as money."""
        wide, half = (whole().runs_for("spent", f"£{width}") for width in (10_000, 5_000))
        assert 4 == pytest.approx(half / wide, rel=0.01)
        assert wide == whole().runs_for("spent", 1_000_000.0)
        assert 1 == whole().runs_for("budget", "£1")
        assert whole().runs_for("deferred", 0.1) > 1

    @pytest.mark.parametrize("options", [{"half_width": 0.0}, {"half_width": -1.0}, {"half_width": 1.0, "level": 1.0}])
    def test_runs_for_refused(self, options):
        """Widths and levels that make no sense are refused, and so is one run."""
        with pytest.raises(ValueError, match="half_width must be above 0 and level between 0 and 1"):
            whole().runs_for("spent", **options)
        with pytest.raises(ValueError, match="takes two of them, got 1"):
            made(runs=1).runs_for("spent", 1.0)

    @pytest.mark.parametrize(
        "ask",
        [
            lambda e: e.column("reserv"),
            lambda e: e.mean("reserv"),
            lambda e: e.quantile("reserv", 0.5),
            lambda e: made(runs=1, summary=True).mean("reserv"),
            lambda e: made(runs=1, summary=True).quantile("reserv", 0.5),
        ],
    )
    def test_unknown_column(self, ask):
        """A column that is not there is refused with a suggestion."""
        with pytest.raises(NotFoundError, match="reserve"):
            ask(made(runs=2))

    def test_share_refused(self):
        """A share is from 0 to 1."""
        with pytest.raises(ValueError, match="share must be from 0 to 1"):
            made(runs=2).quantile("reserve", 1.5)

    def test_unfinished_year(self):
        """A year that is left unfinished is left out."""
        short = made(until="2028-06-30", runs=20)
        assert [str(year) for year in short.years] == ["2026/27", "2027/28"]
        assert whole().column("spent")[:20, :2].tolist() == short.column("spent").tolist()

    def test_faces(self):
        """Text and HTML say that it is no forecast, and what was assumed."""
        text = str(made(OUTLOOK))
        assert "Illustrative: a simulation, not a forecast." in text
        assert "Assumed: spending grows a share drawn every year" in text
        assert "<caption" in made()._repr_html_()
        assert "Illustrative" in str(made(summary=True))


class TestArguments:
    @pytest.mark.parametrize(
        "options",
        [{"runs": 0}, {"seed": -1}, {"first": -1}, {"chunk_runs": 0}, {"until": "2026-12-31"}, {"until": "2020-12-31"}],
    )
    def test_refused(self, options):
        """Numbers and days that cannot be are refused."""
        with pytest.raises(ValueError, match=r"\S"):
            made(**options)

    def test_types(self):
        """The subject is a partnership or a network, and the scenario a scenario."""
        with pytest.raises(TypeError, match="subject must be a Partnership or a Network"):
            ensemble("glasgow", BASE, until=END, runs=1, seed=1)
        with pytest.raises(TypeError, match="scenario must be a Scenario"):
            ensemble(board(), "base", until=END, runs=1, seed=1)

    def test_change_of_model(self):
        """A network does not change its model as one."""
        with pytest.raises(ValueError, match="which Three areas does not do as one; expected one of its partnerships"):
            made(BASE.change_model("d", on="2027-04-01"), net())

    def test_watch_without_summary(self):
        """Watching is for summaries."""
        with pytest.raises(ValueError, match="expected summary=True"):
            made(watch={"out": ran_out})

    def test_size(self):
        """Too large an ensemble is refused before it starts, with its size; a summary is not."""
        expected = "1,000,000 runs of 1 partnership over 3 years take 81,000,000 bytes, more than max_bytes=9"
        with pytest.raises(ValueError, match=expected):
            made(runs=10**6, max_bytes=9)
        with pytest.raises(ValueError, match="5 runs of 2 partnerships over 3 years take 1,050 bytes"):
            made(UPLIFTED, net(), runs=5, max_bytes=9)
        assert 5 == len(made(runs=5, max_bytes=9, summary=True)) == len(made(runs=5, max_bytes=None))

    def test_bounded(self):
        """A summary takes the same room for ten times the runs, but for a few more bins."""
        few, many = (len(pickle.dumps(made(runs=runs, summary=True)._kept)) for runs in (500, 5000))
        assert many < 3 * few


class Fails:
    """Lets some runs fail."""

    def __init__(self, monkeypatch, numbers):
        """Fail whenever one of the runs is played."""
        play = Job.play

        def fails(job, first, runs, **options):
            for number in numbers:
                if first <= number < first + runs:
                    raise RuntimeError(f"run {number} went wrong")
            return play(job, first, runs, **options)

        monkeypatch.setattr(Job, "play", fails)


class TestFailures:
    @pytest.mark.parametrize("summary", [False, True], ids=["years", "summary"])
    def test_kept(self, monkeypatch, summary):
        """A run that fails is kept with its seed and state, and the others are what they were."""
        numbers = [3, 11, 39]
        before = whole(OUTLOOK)
        Fails(monkeypatch, numbers)
        found = made(OUTLOOK, summary=summary, chunk_runs=16)
        assert numbers == [one.run for one in found.failures]
        assert 37 == len(found)
        assert "run 3 with seed 7: RuntimeError: run 3 went wrong" == str(found.failures[0])
        assert "3 runs could not be simulated and are left out: run 3" in str(found)
        ((id, name, values), _) = found.failures[0].state
        assert (board().id, "pressure") == (id, name)
        drawn = OUTLOOK.pressure.draw(7, board().id, "pressure", first=3, runs=1, years=[2026, 2027, 2028])
        assert drawn[0].tolist() == list(values)
        if not summary:
            rows = [run for run in range(40) if run not in numbers]
            assert rows == found.values.runs.tolist()
            assert before.column("spent")[rows].tolist() == found.column("spent").tolist()
            assert before.values.runs[rows].tolist() == list(found.values.runs)

    def test_drawn_budgets(self, monkeypatch):
        """The same where each run has its own budget."""
        before = whole(UPLIFTED)
        Fails(monkeypatch, [2])
        found = made(UPLIFTED, runs=5)
        assert before.column("budget")[[0, 1, 3, 4]].tolist() == found.column("budget").tolist()
        assert "1 run could not be simulated" in str(found)

    def test_of_a_dial(self):
        """A dial that draws what cannot be simulated fails the run and no other."""
        wild = Scenario("wild", pressure=observed([0.02, 1.0]))
        found = made(wild, until="2032-03-31", runs=200)
        assert 0 < len(found.failures) < 100
        assert all("expected at most 10" in one.error for one in found.failures)
        assert 200 == len(found) + len(found.failures)

    @pytest.mark.parametrize("summary", [False, True], ids=["years", "summary"])
    def test_all(self, monkeypatch, summary):
        """If every run fails, that is said."""
        Fails(monkeypatch, range(5))
        with pytest.raises(ValueError, match="none of 5 runs could be simulated: run 0 with seed 7: RuntimeError"):
            made(runs=5, summary=summary)

    @pytest.mark.parametrize("summary", [False, True], ids=["years", "summary"])
    def test_chunk(self, monkeypatch, summary):
        """A chunk of which every run fails loses no other chunk."""
        Fails(monkeypatch, [0, 1])
        assert 4 == len(made(runs=6, chunk_runs=2, summary=summary))


class TestStopping:
    def stop_after(self, runs, error=KeyboardInterrupt):
        """Give a callback that stops once so many are done."""

        def stop(done, total):
            if done >= runs:
                raise error

        return stop

    @each_scenario
    def test_interrupt(self, scenario):
        """An interrupt keeps what is done, and says so."""
        found = made(scenario, chunk_runs=8, progress=self.stop_after(24))
        assert 24 == len(found)
        assert ((0, 24),) == found.stretches
        assert "KeyboardInterrupt" == found.stopped
        assert "Stopped before all runs were tried: KeyboardInterrupt." in str(found)
        assert made(scenario, runs=24).digest == found.digest == found.remade().digest
        rest = made(scenario, first=24, runs=16)
        assert made(scenario).digest == found.merge(rest).digest

    def test_at_once(self):
        """Interrupted before anything is done, there is nothing to give."""

        class Interrupts:
            def submit(self, *arguments):
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            made(executor=Interrupts())

    def test_broken_executor(self):
        """An executor that breaks keeps what is done; one that does nothing raises."""

        class Breaks(ThreadPoolExecutor):
            left = 70

            def submit(self, *arguments):
                self.left -= 1
                if self.left < 0:
                    raise RuntimeError("out of order")
                return super().submit(*arguments)

        with Breaks(1) as pool:
            found = made(executor=pool, chunk_runs=1, runs=200)
        assert "RuntimeError out of order" == found.stopped
        assert 0 < len(found) < 200
        with ThreadPoolExecutor(1) as pool:
            pass
        with pytest.raises(RuntimeError, match="shutdown"):
            made(executor=pool)

    def test_own_mistake(self):
        """A mistake in what is watched for is raised, not counted as a failing run."""
        with pytest.raises(AttributeError, match="reserv"):
            made(summary=True, watch={"x": lambda years: years.reserv <= 0}, chunk_runs=8)

    def test_progress(self):
        """Progress goes up to the whole, and what it raises changes nothing."""
        heard = []
        made(chunk_runs=16, progress=lambda *told: heard.append(told))
        assert [(16, 40), (32, 40), (40, 40)] == heard
        assert made().digest == made(chunk_runs=16, progress=self.stop_after(1, ValueError)).digest


class TestLog:
    @each_scenario
    def test_events(self, scenario, tmp_path):
        """The log has every direction varied in a finished year, as each run has, a file a chunk."""
        made(scenario, runs=12, chunk_runs=5, log=tmp_path, until="2028-06-30")
        names = sorted(path.name for path in tmp_path.iterdir())
        assert ["events-000000000000-000000000004.jsonl", "events-000000000005-000000000009.jsonl"] == names[:2]
        assert 3 == len(names)
        lines = [json.loads(line) for name in names for line in (tmp_path / name).read_text("utf-8").splitlines()]
        for number in (0, 7, 11):
            run = simulate(board(), scenario, until="2028-03-31", seed=7, run=number)
            mine = [line for line in lines if line["run"] == number]
            assert [(old, new) for *_, old, new, _ in run.varied] == [
                (one["old_pence"], one["new_pence"]) for one in mine
            ]
            steps = [step for step in run.register.steps if step.target]
            if scenario.lag == 0.0:
                assert [step.on.isoformat() for step in steps] == [one["on"] for one in mine]
            assert [step.direction.functions.items for step in steps] == [(one["function"],) for one in mine]
        assert {board().id} == {line["partnership"] for line in lines}

    def test_parquet(self, tmp_path):
        """As Parquet it has the same rows as in JSON Lines."""
        parquet = pytest.importorskip("pyarrow.parquet")
        made(OUTLOOK, net(), runs=12, chunk_runs=5, log=tmp_path, until="2028-06-30")
        made(OUTLOOK, net(), runs=12, chunk_runs=5, log=tmp_path, log_as="parquet", until="2028-06-30")
        for path in sorted(tmp_path.glob("*.jsonl")):
            rows = parquet.read_table(path.with_suffix(".parquet")).to_pylist()
            told = [{**row, "on": row["on"].isoformat()} for row in rows]
            assert [json.loads(line) for line in path.read_text("utf-8").splitlines()] == told
            assert told
        assert [] == list(tmp_path.glob("*.unfinished"))

    def test_refused(self, tmp_path, monkeypatch):
        """Another kind of log is refused, and Parquet where its extra is not there, before anything runs."""
        with pytest.raises(ValueError, match="log_as must be 'jsonl' or 'parquet', got 'csv'"):
            made(log=tmp_path, log_as="csv")
        monkeypatch.setattr("scotintegration.simulation.ensembles.find_spec", lambda name: None)
        with pytest.raises(ImportError, match=r"pip install 'scotintegration\[parquet\]'"):
            made(log=tmp_path, log_as="parquet")


class TestAgain:
    @each_scenario
    @pytest.mark.parametrize("summary", [False, True], ids=["years", "summary"])
    def test_receipt(self, scenario, summary):
        """A receipt verifies, and holds versions, days, data, seed and settings."""
        found = made(scenario, runs=10, summary=summary)
        receipt = found.receipt
        assert receipt.verify()
        assert (7, found.digest) == (receipt.seed, receipt.digest)
        settings = dict(receipt.settings)
        assert ("0 to 9", scenario.name, END) == (settings["runs"], settings["scenario"], settings["until"])

    def test_digest(self):
        """Another seed, scenario or number of runs has another fingerprint."""
        digests = {made().digest, made(seed=8).digest, made(OUTLOOK).digest, made(runs=39).digest, made(first=1).digest}
        digests.add(made(summary=True).digest)
        assert 6 == len(digests)
