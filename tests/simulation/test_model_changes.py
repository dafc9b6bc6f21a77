"""Changes of model in a scenario."""

import pickle
import re
from datetime import date
from functools import cache

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.examples import example
from scotintegration.schemes import Model
from scotintegration.simulation import Scenario
from scotintegration.simulation.model_changes import ModelChange

APRIL = "2027-04-01"


@cache
def board():
    """Give a partnership of model a."""
    return example("body-corporate")


class TestModelChange:
    @given(st.sampled_from(Model), st.integers(2016, 2040))
    def test_round_trip(self, model, year):
        """A change is the same after a trip through plain data or a pickle."""
        change = ModelChange(model, on=date(year, 4, 1))
        assert change == ModelChange.from_dict(change.to_dict()) == pickle.loads(pickle.dumps(change))

    def test_given_round_trip(self):
        """So is one with a partnership given."""
        change = ModelChange("a", on=APRIL, given=board())
        assert change == ModelChange.from_dict(change.to_dict())
        assert "model a from 2027-04-01, as given" == str(change)

    @given(st.dates(date(2016, 1, 1), date(2040, 12, 31)).filter(lambda day: (day.month, day.day) != (4, 1)))
    def test_first_of_april_only(self, day):
        """On any other day it is refused, with the 1 April before it and after it."""
        with pytest.raises(ValueError, match=r"^a model changes on 1 April only; expected ") as refused:
            ModelChange("a", on=day)
        before, after = map(date.fromisoformat, re.findall(r"\d{4}-04-01", str(refused.value))[:2])
        assert before < day < after
        assert after.year - before.year == 1

    @pytest.mark.parametrize("letter", ["e", "A", "a+c", "", None])
    def test_no_model(self, letter):
        """A model is one of four letters."""
        with pytest.raises(ValueError, match=r"model must be one of the letters 'a', 'b', 'c' and 'd' of s\.1\(4\)"):
            ModelChange(letter, on=APRIL)

    def test_given_of_another_model(self):
        """A partnership that is given is of the model that it is given for."""
        expected = "given must be a partnership of model d, got one of model a"
        with pytest.raises(ValueError, match=f"^{expected}$"):
            ModelChange("d", on=APRIL, given=board())
        with pytest.raises(TypeError, match="given"):
            ModelChange("a", on=APRIL, given="Strathallan")

    def test_what(self):
        """What it assumes says what is there and what is not."""
        assert "vacant posts, no members" in ModelChange("a", on=APRIL).what
        assert ModelChange("a", on=APRIL, given=board()).what.endswith("as given")


class TestScenario:
    def test_change_model(self):
        """A scenario is left as it is; the new one has its changes in order of day, whoever was named first."""
        base = Scenario("x")
        later_first = base.change_model("d", on="2029-04-01").change_model("a", on=APRIL)
        sooner_first = base.change_model("a", on=APRIL).change_model("d", on="2029-04-01")
        assert () == base.changes
        assert later_first == sooner_first
        assert ["model a from 2027-04-01", "model d from 2029-04-01"] == [str(one) for one in later_first.changes]

    def test_round_trip(self):
        """A scenario with changes is the same after a trip through plain data."""
        scenario = Scenario("x", pressure=0.03).change_model("a", on=APRIL).change_model("d", on="2028-04-01")
        assert scenario == Scenario.from_dict(scenario.to_dict())
        assert Scenario("x") == Scenario.from_dict(Scenario("x").to_dict())

    def test_said(self):
        """Changes stand in its settings and its assumptions."""
        scenario = Scenario("x").change_model("a", on=APRIL)
        assert "model a from 2027-04-01" == scenario.settings["changes"]
        assert "none" == Scenario("x").settings["changes"]
        assert scenario.changes[0].what == scenario.assumptions[-1]
        assert Scenario("x").assumptions == scenario.assumptions[:-1]

    def test_once_a_day(self):
        """Two changes on one day are refused."""
        with pytest.raises(
            ValueError, match=r"^a model changes once a day; expected one change on 2027-04-01, got two$"
        ):
            Scenario("x").change_model("a", on=APRIL).change_model("d", on=APRIL)

    @pytest.mark.parametrize("on", ["2027-04-02", "2027-03-31", "2027-10-01"])
    def test_refused(self, on):
        """A scenario refuses what a change refuses."""
        with pytest.raises(ValueError, match=r"^a model changes on 1 April only; expected "):
            Scenario("x").change_model("a", on=on)

    def test_changes_only(self):
        """Nothing else of the scenario is moved by a change."""
        scenario = Scenario("x", seats=6, attendance=0.7)
        assert scenario == attrs.evolve(scenario.change_model("a", on=APRIL), changes=())
