"""Two runs, and two ensembles, side by side."""

from datetime import date

import attrs
import numpy as np
import pytest

from scotintegration import diff
from scotintegration.budgets import Reserve
from scotintegration.errors import NotFoundError
from scotintegration.examples import example
from scotintegration.network import Network
from scotintegration.simulation import Scenario, ensemble, normal, simulate

END = "2029-03-31"
BASE = Scenario("base")
HARDER = Scenario("harder", pressure=0.04)


def run(scenario=BASE, subject=None, seed=7, number=0, until=END):
    """Make a run."""
    return simulate(subject or example("body-corporate"), scenario, until=until, seed=seed, run=number)


def made(scenario=BASE, subject=None, runs=20, seed=7, until=END, **options):
    """Make an ensemble."""
    return ensemble(subject or example("body-corporate"), scenario, until=until, runs=runs, seed=seed, **options)


CHANGES = {  # what is set, and the first day on which it must tell
    "pressure": ({"pressure": 0.04}, date(2027, 4, 30)),
    "volatility": ({"volatility": 0.06}, date(2026, 4, 30)),
    "uplift": ({"uplift": 0.01}, date(2028, 3, 18)),
    "savings_delivered": ({"savings_delivered": 0.5}, date(2026, 4, 30)),
    "drawn": ({"pressure": normal(0.02, 0.01)}, date(2027, 4, 30)),
}


class TestFirstDivergence:
    @pytest.mark.parametrize("name", sorted(CHANGES))
    @pytest.mark.parametrize("number", [0, 300])
    def test_day(self, name, number):
        """Two scenarios are identical until the first day on which they must differ, and that day has its cause."""
        options, on = CHANGES[name]
        found = diff(run(number=number), run(Scenario("other", **options), number=number)).first_divergence
        assert (on, number) == (found.on, found.run)
        assert found.cause.startswith(f"{next(iter(options))}: ")
        assert ";" not in found.cause

    def test_same(self):
        """The same run does not differ from itself, nor from one that ends earlier."""
        assert diff(run(), run()).first_divergence is None
        assert not diff(run(), run(until="2027-06-30"))
        assert "They do not differ." in str(diff(run(), run()))

    def test_not_a_cause(self):
        """Of several things set differently only those are named that tell on that day."""
        found = diff(run(), run(Scenario("other", pressure=0.04, volatility=0.06, uplift=0.01))).first_divergence
        assert "volatility: 0.05 against 0.06" == found.cause

    def test_several_causes(self):
        """Several things that each tell on that day are all named."""
        found = diff(run(), run(Scenario("other", savings_delivered=0.5, volatility=0.06))).first_divergence
        assert "volatility: 0.05 against 0.06; savings_delivered: 1.0 against 0.5" == found.cause

    def test_attendance(self):
        """Attendance tells at the first meeting that has its quorum in one run only."""
        found = diff(run(), run(Scenario("other", attendance=0.3))).first_divergence
        assert "the meeting: with a quorum against without a quorum" == found.what
        assert "attendance: 0.85 against 0.3" == found.cause

    def test_draws(self):
        """Another seed or run tells in the first month."""
        for other, cause in ((run(seed=8), "seed: 7 against 8"), (run(number=1), "run: 0 against 1")):
            found = diff(run(), other).first_divergence
            assert (date(2026, 4, 30), cause) == (found.on, found.cause)

    def test_partnership(self):
        """Other facts tell from the start; so do other functions."""
        p = example("body-corporate")
        poor = [attrs.evolve(one, reserves=[Reserve(kind="general", opening="£1")]) for one in p.budgets]
        poorer = p.evolve(budgets=poor)
        found = diff(run(), run(subject=poorer)).first_divergence
        assert (date(2026, 4, 1), "what is recorded of the partnership") == (found.on, found.cause)
        assert found.what.startswith("the general reserve: £")
        other = diff(run(), run(subject=example("three-authorities"))).first_divergence
        assert "they start on different days or with different functions" == other.what

    def test_change_of_model(self):
        """A change of model tells on its day, unless something else does before; the same change is none."""
        moved = BASE.change_model("d", on="2028-04-01")
        found = diff(run(), run(moved)).first_divergence
        assert (date(2028, 4, 1), "one changes its model and the other does not") == (found.on, found.what)
        assert "changes: none against model d from 2028-04-01" == found.cause
        assert date(2027, 4, 30) == diff(run(), run(HARDER.change_model("d", on="2028-04-01"))).first_divergence.on
        assert diff(run(moved), run(moved)).first_divergence is None
        assert diff(run(until="2028-03-31"), run(moved, until="2028-03-31")).first_divergence is None

    def test_after_a_change_of_model(self):
        """What differs only after the same change is found by the first direction that one run alone has."""
        lead = example("lead-agency-both-ways", as_at="2026-04-01")
        one, other = (
            run(scenario.change_model("a", on="2027-04-01"), subject=lead)
            for scenario in (BASE, Scenario("x", uplift=0.05))
        )
        found = diff(one, other).first_divergence
        assert ("uplift: 0.0 against 0.05", 3) == (found.cause, found.on.month)
        assert diff(one, one).first_divergence is None

    def test_faces(self):
        """Text names both scenarios, the day and the cause."""
        text = str(diff(run(), run(HARDER)))
        assert "'base' against 'harder'" in text
        assert "They differ from 2027-04-30 in run 0: spending on " in text
        assert "because of pressure: 0.02 against 0.04" in text
        assert "<table" in diff(run(), run(HARDER))._repr_html_()


class TestPairs:
    def test_column(self):
        """Differences are those of each run, and nil while the scenarios agree."""
        found = diff(made(), made(HARDER))
        assert (made(HARDER).column("spent") - made().column("spent")).tolist() == found.column("spent").tolist()
        assert not found.column("spent")[:, 0].any()
        assert found.column("spent")[:, 1:].all()
        assert list(range(20)) == found.runs.tolist()

    def test_common_runs(self):
        """Only runs that both have are paired."""
        found = diff(made(first=5), made(HARDER, runs=10))
        assert [5, 6, 7, 8, 9] == found.runs.tolist()
        assert (made(HARDER).column("spent") - made().column("spent"))[5:10].tolist() == found.column("spent").tolist()

    def test_less_chance(self):
        """Pairs tell the difference of two scenarios far more closely than either tells its own mean."""
        low, middle, high = diff(made(runs=200), made(HARDER, runs=200)).mean("spent")
        alone = made(runs=200).column("spent")[:, 1].std() / np.sqrt(200)
        assert low[1] < middle[1] < high[1]
        assert high[1] - low[1] < alone / 10
        assert np.isinf(diff(made(runs=1), made(HARDER, runs=1)).mean("spent")[2]).all()
        assert "not known" in str(diff(made(runs=1), made(HARDER, runs=1)))

    def test_quantile(self):
        """The median of differences is that of a run."""
        found = diff(made(), made(HARDER))
        assert np.sort(found.column("spent"), axis=0)[9].tolist() == found.quantile("spent", 0.5).tolist()

    def test_first(self):
        """The first day of any run is that of the run that tells it."""
        found = diff(made(), made(HARDER))
        assert diff(run(), run(HARDER)).first_divergence == found.first_divergence
        assert bool(found)
        assert not diff(made(), made())
        assert "They do not differ." in str(diff(made(), made()))

    def test_network(self):
        """In a network the first partnership to part tells it."""
        areas = [example("body-corporate"), example("three-authorities")]
        net = Network(name="Two areas", as_at=areas[0].as_at, partnerships=areas)
        found = diff(made(subject=net), made(HARDER, net))
        assert (20, 3, 2) == found.column("spent").shape
        assert date(2027, 4, 30) == found.first_divergence.on
        assert 6 == len(found.to_table())

    def test_faces(self):
        """The table has a row a year, and says that it is paired."""
        found = diff(made(), made(HARDER))
        assert ["2026/27", "2027/28", "2028/29"] == [row["year"] for row in found.to_table()]
        assert "'harder' less 'base': mean of 20 pairs of runs" in str(found)
        assert "Paired" in str(found)

    @pytest.mark.parametrize("other", [{"seed": 8}, {"until": "2028-03-31"}, {"subject": example("three-authorities")}])
    def test_no_pairs(self, other):
        """Runs of another seed, span or place are no pairs."""
        with pytest.raises(ValueError, match="runs are paired by their draws; expected the same "):
            diff(made(), made(**other))

    def test_no_common_run(self):
        """Without a run in common there are no pairs, and a summary has none."""
        with pytest.raises(ValueError, match="expected ensembles with runs in common"):
            diff(made(), made(first=20))
        with pytest.raises(ValueError, match="a summary keeps no single runs"):
            diff(made(), made(summary=True))

    def test_refused(self):
        """Shares, levels and columns that are not there are refused, and so are two kinds."""
        found = diff(made(), made(HARDER))
        with pytest.raises(ValueError, match="share must be"):
            found.quantile("spent", 2.0)
        with pytest.raises(ValueError, match="level must be"):
            found.mean("spent", level=1.0)
        with pytest.raises(NotFoundError):
            found.column("spend")
        with pytest.raises(TypeError, match="runs or ensembles, got a Run and a Ensemble"):
            diff(run(), made())
        with pytest.raises(TypeError, match="got a Scenario and a Scenario"):
            diff(BASE, HARDER)
