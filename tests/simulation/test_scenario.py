"""Scenarios."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.simulation import Scenario

BOUNDS = {
    "pressure": (-0.5, 1.0),
    "volatility": (0.0, 1.0),
    "attendance": (0.0, 1.0),
    "uplift": (-0.5, 1.0),
    "reserve": (0.0, 1.0),
}
each_share = pytest.mark.parametrize("name", BOUNDS)


class TestNumbers:
    @given(st.sampled_from(sorted(BOUNDS)), st.floats())
    def test_bounds(self, name, value):
        """A share is kept where it is finite and within its bounds, and refused with them where it is not."""
        least, most = BOUNDS[name]
        if least <= value <= most:
            assert value == getattr(Scenario("x", **{name: value}), name)
        else:
            expected = rf"^Scenario\.{name} must be from {least:g} to {most:g}, got "
            with pytest.raises(ValueError, match=expected):
                Scenario("x", **{name: value})

    @each_share
    def test_ends(self, name):
        """Both bounds are within."""
        for bound in BOUNDS[name]:
            assert bound == getattr(Scenario("x", **{name: bound}), name)

    @each_share
    @pytest.mark.parametrize("value", [True, "0.5", None, 0.5j], ids=repr)
    def test_no_number(self, name, value):
        """A share is a number, and a truth value is none."""
        with pytest.raises(TypeError, match=rf"^Scenario\.{name} must be a number, got "):
            Scenario("x", **{name: value})

    @given(st.integers())
    def test_seats(self, value):
        """A side has 1 to 20 seats."""
        if 1 <= value <= 20:
            assert value == Scenario("x", seats=value).seats
        else:
            with pytest.raises(ValueError, match=rf"^Scenario\.seats must be from 1 to 20, got {value}$"):
                Scenario("x", seats=value)

    @pytest.mark.parametrize("value", [4.5, 4.0, True, "4", None], ids=repr)
    def test_half_a_seat(self, value):
        """Seats are whole."""
        with pytest.raises(TypeError, match=r"^Scenario\.seats must be a whole number, got "):
            Scenario("x", seats=value)


class TestScenario:
    @pytest.mark.parametrize("name", ["", "  ", None, 3], ids=repr)
    def test_name(self, name):
        """A scenario has a name."""
        with pytest.raises(ValueError, match=r"^Scenario\.name must be text, got "):
            Scenario(name)

    def test_pinned(self):
        """Pinned is yes or no."""
        with pytest.raises(TypeError, match="'pinned' must be"):
            Scenario("x", pinned=1)

    def test_reference(self):
        """The reference scenario is the usual one with a pinned board."""
        assert Scenario("reference", pinned=True) == Scenario.reference()

    def test_frozen(self):
        """What is assumed does not change."""
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            Scenario("x").pressure = 0.1


class TestAssumptions:
    def test_numbers(self):
        """Every number is said in a sentence."""
        numbers = {"pressure": 0.013, "volatility": 0.027, "attendance": 0.91, "uplift": 0.034, "reserve": 0.046}
        said = " ".join(Scenario("x", **numbers, seats=7).assumptions)
        for text in ("1.3% a year over", "2.7%", "91%", "3.4% a year", "4.6% of the budget", "a side has 7"):
            assert text in said

    def test_pinned(self):
        """A pinned board is said not to be the law."""
        pinned, lawful = (" ".join(Scenario("x", pinned=pinned).assumptions) for pinned in (True, False))
        assert "a quorum of four with one of each side, which is not the law" in pinned
        assert "not the law" not in lawful
