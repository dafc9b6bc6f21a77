"""Dials."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.errors import NotFoundError
from scotintegration.simulation import Scenario, constant, lognormal, normal, observed, triangular, uniform
from scotintegration.simulation.dials import dial_from_dict
from scotintegration.simulation.scenario import bounds

DIALS = [
    constant(0.02, source="a table"),
    lognormal(0.05, 0.4),
    normal(0.03, 0.01, per="run"),
    observed([0.01, 0.02, 0.06]),
    triangular(0.1, 0.2, 0.4),
    triangular(0.1, 0.1, 0.4),
    triangular(0.1, 0.4, 0.4),
    triangular(0.3, 0.3, 0.3),
    uniform(0.1, 0.3, source="a survey"),
]
each_dial = pytest.mark.parametrize("dial", DIALS, ids=str)
YEARS = [2026, 2027]


def drawn(dial, first=0, runs=600, name="pressure", years=YEARS, partnership="x", seed=5):
    """Draw a dial."""
    return dial.draw(seed, partnership, name, first=first, runs=runs, years=years)


class TestDraws:
    @each_dial
    @given(st.integers(0, 599), st.integers(1, 300))
    def test_address(self, dial, first, runs):
        """A number belongs to its run and year, whatever is drawn beside it."""
        runs = min(runs, 600 - first)
        np.testing.assert_array_equal(drawn(dial)[first : first + runs], drawn(dial, first, runs))
        np.testing.assert_array_equal(drawn(dial)[:, 1:], drawn(dial, years=[2027]))

    @each_dial
    def test_shape_of_the_distribution(self, dial):
        """Many draws have the mean that the dial says, and lie within its bounds."""
        values = drawn(dial, runs=20_000)
        assert (20_000, 2) == values.shape
        low, high = dial.bounds
        assert low - 1e-12 <= values.min() <= values.max() <= high + 1e-12
        error = 5 * values.std() / math.sqrt(20_000) + 1e-12
        assert dial.middle == pytest.approx(values.mean(), abs=error)

    def test_apart(self):
        """Name, partnership, seed and year each give other numbers."""
        dial = uniform(0.0, 1.0)
        others = [drawn(dial, name="uplift"), drawn(dial, partnership="y"), drawn(dial, seed=6), drawn(dial)[:, ::-1]]
        assert not any((other == drawn(dial)).any() for other in others)

    def test_per_run(self):
        """A dial that is drawn once a run is the same in every year of it, and another in the next run."""
        values = drawn(normal(0.03, 0.01, per="run"))
        np.testing.assert_array_equal(values[:, 0], values[:, 1])
        assert 600 == len(np.unique(values[:, 0]))

    def test_median(self):
        """Half of what a lognormal dial draws is below its median."""
        assert 0.05 == pytest.approx(float(np.median(drawn(lognormal(0.05, 0.4), runs=20_000))), rel=0.02)

    def test_observed(self):
        """What was seen twice is drawn twice as often."""
        values = drawn(observed([0.1, 0.2, 0.2]), runs=9_000)
        assert 2 / 3 == pytest.approx((values == 0.2).mean(), abs=0.02)


class TestNumbers:
    @pytest.mark.parametrize(
        "make",
        [
            lambda: normal(0.1, -0.1),
            lambda: normal(math.nan, 0.1),
            lambda: lognormal(0.0, 0.1),
            lambda: lognormal(0.1, -1.0),
            lambda: uniform(0.2, 0.1),
            lambda: uniform(0.2, math.inf),
            lambda: triangular(0.2, 0.1, 0.3),
            lambda: triangular(0.2, 0.4, 0.3),
            lambda: observed([]),
            lambda: constant(math.inf),
            lambda: normal(0.1, 0.1, per="month"),
        ],
    )
    def test_refused(self, make):
        """Numbers that make no distribution are refused."""
        with pytest.raises(ValueError, match=r"\S"):
            make()

    @pytest.mark.parametrize("value", [True, "0.1", None])
    def test_no_number(self, value):
        """A dial is made of numbers."""
        with pytest.raises(TypeError, match="a dial is made of numbers, got "):
            constant(value)
        with pytest.raises(TypeError, match="a dial is made of numbers, got "):
            observed([value])

    @pytest.mark.parametrize("source", [" ", None, 3])
    def test_source(self, source):
        """A source is a text with something in it, or empty."""
        with pytest.raises(TypeError, match="source must be a text"):
            constant(0.1, source=source)


class TestPlainData:
    @each_dial
    def test_round_trip(self, dial):
        """Plain data give the same dial."""
        assert dial == dial_from_dict(dial.to_dict())

    def test_unknown(self):
        """A kind that is not there is refused with those that are."""
        with pytest.raises(NotFoundError, match="norma"):
            dial_from_dict({"dial": "norma", "mean": 0.1, "spread": 0.1})
        with pytest.raises(NotFoundError):
            dial_from_dict({})

    @each_dial
    def test_scenario(self, dial):
        """A scenario with a dial reads back from plain data."""
        scenario = Scenario("x", reserve=dial, seats=5)
        assert scenario == Scenario.from_dict(scenario.to_dict())


class TestInScenarios:
    @each_dial
    def test_told(self, dial):
        """Every dial says what it is, in the scenario's settings and in HTML."""
        scenario = Scenario("x", reserve=dial)
        assert scenario.told("reserve") == (
            f"a share drawn every {dial.per} ({dial.told('{:.1%}'.format)})" if dial.drawn else "2.0%"
        )
        assert scenario.settings["reserve"].endswith(f"every {dial.per}")
        assert "<table" in dial._repr_html_()

    @pytest.mark.parametrize("name", sorted(bounds()))
    def test_bounds(self, name):
        """A dial whose ends are beyond those of the share is refused; one without ends needs its middle within."""
        least, most = bounds()[name]
        assert Scenario("x", **{name: uniform(least, most)}).dials[name].middle == (least + most) / 2
        assert Scenario("x", **{name: normal(most, 1.0)}).drawn == (name,)
        for dial in (
            uniform(least, most + 0.1),
            uniform(least - 0.1, most),
            normal(most + 0.1, 1.0),
            constant(most + 9.0),
        ):
            with pytest.raises(ValueError, match=rf"^Scenario\.{name} must be from {least:g} to {most:g}, got "):
                Scenario("x", **{name: dial})

    def test_told_unknown(self):
        """A share that is not there is refused with those that are."""
        with pytest.raises(NotFoundError, match="pressure"):
            Scenario("x").told("presure")

    def test_sources(self):
        """A number with a source is no assumption; one without is said to be one."""
        sourced = Scenario(
            "x",
            pressure=normal(0.03, 0.01, source="survey, table 2"),
            savings_delivered=uniform(0.6, 1.0, source="accounts, note 5"),
        )
        assert {"pressure": "survey, table 2", "savings_delivered": "accounts, note 5"} == sourced.sources
        said = " ".join(sourced.assumptions)
        assert "spending grows" not in said
        assert "a month's spending has a spread of 5.0% of its budget" in said
        assert "of the savings planned" not in said

    def test_savings(self):
        """Savings are said to be assumed where they are not at their usual values."""
        said = " ".join(Scenario("x", savings_planned=0.03, savings_delivered=0.8).assumptions)
        assert "the budget counts on savings of 3.0% of it" in said
        assert "of the savings planned 80.0% are made" in said
        assert "savings" not in " ".join(Scenario("x").assumptions)

    def test_attendance(self):
        """A drawn attendance is said to be drawn."""
        assert "with probability a share drawn every year" in " ".join(
            Scenario("x", attendance=uniform(0.8, 0.9)).assumptions
        )
