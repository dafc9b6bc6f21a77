"""Runs by number, their dials turned."""

from datetime import date
from functools import cache

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration._fields import NOT_RECORDED
from scotintegration.examples import example
from scotintegration.savings import Saving
from scotintegration.simulation import Scenario, constant, engine, lognormal, normal, observed, triangular, uniform
from scotintegration.simulation._compile import compile_inputs
from scotintegration.simulation._drawn import turned
from scotintegration.simulation._jobs import Job

END = date(2029, 3, 31)
STILL = {  # a dial that draws, and draws what the number says
    "pressure": uniform(0.02, 0.02),
    "volatility": observed([0.05]),
    "attendance": triangular(0.85, 0.85, 0.85),
    "uplift": uniform(0.0, 0.0, per="run"),
    "reserve": normal(0.02, 0.0),
    "savings_planned": uniform(0.0, 0.0),
    "savings_delivered": normal(1.0, 0.0, per="run"),
}


@cache
def board():
    """Give an example with neither reserve nor savings recorded."""
    p = example("body-corporate")
    budgets = [attrs.evolve(one, reserves=NOT_RECORDED, savings=NOT_RECORDED) for one in p.budgets]
    return p.evolve(budgets=budgets)


def job(scenario, *others, until=END, seed=5):
    """Make a job of one partnership or more."""
    many = (board(), *others)
    return Job.of(seed, [p.id for p in many], [compile_inputs(p, scenario, until) for p in many])


def plain(played):
    """Give everything that was played, as lists."""
    arrays = attrs.asdict(played.outputs, recurse=False)
    history, arrays["log"] = arrays.pop("history"), played.outputs.events
    told = {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in arrays.items()}
    if history is not None:
        told |= {name: value.tolist() for name, value in attrs.asdict(history, recurse=False).items()}
    return told


class TestTheSameAsNumbers:
    @pytest.mark.parametrize("name", sorted(STILL))
    def test_every_dial(self, name):
        """A dial that draws what a number says gives the number's results to the bit, events and months included."""
        same = Scenario("x", **{name: STILL[name]})
        number = job(Scenario("x")).play(250, 12, events=True, history=True)
        dial = job(same).play(250, 12, events=True, history=True)
        assert plain(number) == plain(dial)
        assert (number.budgets_pence == dial.budgets_pence).all()
        assert (number.opening_pence == dial.opening_pence).all()

    @pytest.mark.parametrize("name", ["pressure", "uplift"])
    def test_quiet(self, name):
        """The same without events and months."""
        assert plain(job(Scenario("x")).play(3, 4)) == plain(job(Scenario("x", **{name: STILL[name]})).play(3, 4))

    def test_constant(self):
        """A constant is a number."""
        assert plain(job(Scenario("x")).play(0, 3)) == plain(job(Scenario("x", pressure=constant(0.02))).play(0, 3))
        assert () == Scenario("x", pressure=constant(0.02)).drawn


DRAWN = [
    {"pressure": normal(0.03, 0.01), "savings_planned": uniform(0.0, 0.04), "savings_delivered": uniform(0.5, 1.2)},
    {"uplift": normal(0.01, 0.02), "reserve": uniform(0.0, 0.04), "attendance": uniform(0.4, 0.9)},
    {"volatility": lognormal(0.05, 0.3), "reserve": uniform(0.0, 0.04, per="run")},
]
each_drawn = pytest.mark.parametrize("dials", DRAWN, ids=[0, 1, 2])


class TestDraws:
    @each_drawn
    @given(st.integers(0, 1300), st.integers(1, 40))
    def test_alone(self, dials, first, runs):
        """A run is the same run in any stretch."""
        made = job(Scenario("x", **dials))
        whole = _whole(tuple(sorted(dials)))
        part = made.play(first, runs)
        for name in ("directions", "deferred", "reserve_pence", "top_health_board_pence"):
            np.testing.assert_array_equal(
                getattr(whole.outputs, name)[first : first + runs], getattr(part.outputs, name)
            )

    @each_drawn
    def test_beside(self, dials):
        """A run is the same run beside another partnership, events included."""
        other = example("three-authorities")
        alone = job(Scenario("x", **dials)).play(7, 5, events=True)
        both = job(Scenario("x", **dials), other).play(7, 5, events=True)
        assert (alone.outputs.reserve_pence == both.outputs.reserve_pence[:, :1]).all()
        mine = both.outputs.events[both.outputs.events[:, 1] == 0]
        assert alone.outputs.events.tolist() == mine.tolist()
        assert sorted(both.outputs.events[:, :2].tolist()) == both.outputs.events[:, :2].tolist()

    def test_beside_numbers(self):
        """The same where nothing is drawn, and where the others have more functions."""
        other = example("three-authorities")
        alone, both = job(Scenario("x")).play(7, 5), job(Scenario("x"), other).play(7, 5)
        assert (alone.outputs.reserve_pence == both.outputs.reserve_pence[:, :1]).all()
        assert (alone.budgets_pence == both.budgets_pence[:, :1]).all()

    @each_drawn
    def test_another_dial(self, dials):
        """Another dial moves no draw of the first ones."""
        more = {**dials, "volatility": uniform(0.01, 0.02), "attendance": uniform(0.1, 0.2), "uplift": uniform(0, 0.1)}
        for name, dial in dials.items():
            one, other = (
                turned(5, "x", 3, 9)(name, Scenario("x", **{**set_, name: dial}).dials[name], [2026, 2027])
                for set_ in (dials, more)
            )
            np.testing.assert_array_equal(one, other)

    def test_held(self):
        """What is drawn beyond the bounds of a share is held at the bound."""
        values = turned(5, "x", 0, 500)("attendance", normal(0.9, 0.5), [2026])
        assert (0.0, 1.0) == (values.min(), values.max())

    def test_first_year(self):
        """Pressure is nil in the first year, so dials of it change nothing there."""
        one = job(Scenario("x")).play(0, 20).outputs
        other = job(Scenario("x", pressure=uniform(0.05, 0.3))).play(0, 20).outputs
        assert (one.reserve_pence[:, :, 0] == other.reserve_pence[:, :, 0]).all()
        assert (one.top_council_pence != other.top_council_pence).any()


@cache
def _whole(names):
    (dials,) = (one for one in DRAWN if tuple(sorted(one)) == names)
    return job(Scenario("x", **dials)).play(0, 1340)


class TestSavings:
    def spent(self, p, **options):
        """Give what a calm year costs."""
        scenario = Scenario("x", volatility=0.0, **options)
        made = Job.of(5, [p.id], [compile_inputs(p, scenario, date(2027, 3, 31))]).play(0, 1, history=True)
        return made.outputs.history.spent_pence[0, 0, -1, 0]

    def test_share(self):
        """What is planned and not made is spent on top of the budget."""
        usual, short = self.spent(board()), self.spent(board(), savings_planned=0.1, savings_delivered=0.4)
        np.testing.assert_allclose(usual * 1.06, short, rtol=1e-6)

    def test_more_than_planned(self):
        """Savings beyond the plan are not spent."""
        usual, more = self.spent(board()), self.spent(board(), savings_planned=0.1, savings_delivered=1.5)
        np.testing.assert_allclose(usual * 0.95, more, rtol=1e-6)

    def test_recorded(self):
        """Recorded savings come before the assumed share, in the function that they are planned for."""
        p = board()
        name = sorted(one.id for one in p.functions)[3]
        budgets = [attrs.evolve(one, savings=[Saving(id="rota", function=name, planned="£100k")]) for one in p.budgets]
        recorded = p.evolve(budgets=budgets)
        usual, short = self.spent(recorded), self.spent(recorded, savings_planned=0.1, savings_delivered=0.25)
        place = 3
        assert 75_000_00 == pytest.approx(int(short[place] - usual[place]), abs=10)
        assert (np.delete(short, place) == np.delete(usual, place)).all()
        assert (self.spent(recorded) == self.spent(board())).all()


class TestRefusals:
    def test_growth(self):
        """A run whose spending would be more than ten times its budget is refused with what would be right."""
        made = job(Scenario("x", pressure=observed([0.0, 1.0])), until=date(2031, 3, 31))
        with pytest.raises(ValueError, match="expected at most 10: a lower pressure, or an earlier until"):
            made.play(0, 50)

    def test_budget(self):
        """A budget that grows beyond every array is refused, not wrapped."""
        with pytest.raises(ValueError, match="budgets_pence"):
            compile_inputs(board(), Scenario("x", uplift=1.0), date(2080, 3, 31))


class TestEngine:
    def test_plain(self):
        """Without dials a job is the engine."""
        made = job(Scenario("x"))
        out = engine.simulate(
            made.inputs[0], made.ids, seed=5, runs=4, first=9, first_year=2026, functions=made.functions, events=True
        )
        assert out.events.tolist() == made.play(9, 4, events=True).outputs.events.tolist()
