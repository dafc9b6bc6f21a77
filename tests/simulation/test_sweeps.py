"""Sweeps and sensitivity."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from scotintegration.errors import NotFoundError
from scotintegration.examples import example
from scotintegration.network import Network
from scotintegration.simulation import Scenario, ensemble, normal, sensitivity, sweep

BASE = Scenario("base")
KEPT = {"until": "2028-03-31", "runs": 30, "seed": 7}


def net():
    """Give a network of which one partnership has no board."""
    areas = [example(name) for name in ("body-corporate", "three-authorities", "lead-agency-to-board")]
    return Network(name="Three areas", as_at=areas[0].as_at, partnerships=areas)


def laid(over, subject=None, **options):
    """Lay out a sweep."""
    return sweep(subject or example("body-corporate"), BASE, over, **{**KEPT, **options})


class TestSweep:
    def test_size(self):
        """A sweep says its size before it runs."""
        found = laid({"pressure": [0.01, 0.02, 0.03], "attendance": [0.7, 0.9]}, net(), runs=1000)
        assert 6 * 1000 * 2 * 2 == found.size
        assert "6 scenarios x 1,000 runs x 2 partnerships x 2 years = 24,000 partnership-years" == str(found)
        assert "1 scenario x 1 run x 1 partnership x 2 years = 2 partnership-years" == str(laid({}, runs=1))
        assert "<table" in found._repr_html_()

    def test_every_combination(self):
        """Every combination is tried once, the last name changing fastest, and named after its values."""
        found = laid({"pressure": [0.01, normal(0.02, 0.01)], "attendance": [0.7, 0.9]})
        pairs = [(one.pressure, one.attendance) for one in found.scenarios]
        assert [(0.01, 0.7), (0.01, 0.9), (normal(0.02, 0.01), 0.7), (normal(0.02, 0.01), 0.9)] == pairs
        assert "base: pressure 1.0%, attendance 70.0%" == found.scenarios[0].name
        assert (BASE,) == laid({}).scenarios

    def test_run(self):
        """Each scenario has the ensemble it has alone."""
        found = laid({"pressure": [0.01, 0.05]}).run()
        alone = ensemble(example("body-corporate"), found.sweep.scenarios[1], summary=True, **KEPT)
        assert alone.digest == found.ensembles[1].digest
        table = found.table("spent")
        assert [one.name for one in found.sweep.scenarios] == [row["scenario"] for row in table]
        assert "reserve on 2028-03-31" in str(found)
        assert all(isinstance(row["50%"], int) for row in found.table("deferred"))

    def test_network(self):
        """A network has a row a partnership, and an executor changes nothing."""
        with ThreadPoolExecutor(2) as pool:
            found = laid({"pressure": [0.01]}, net()).run(executor=pool)
        assert 2 == len(found.to_table())
        assert laid({"pressure": [0.01]}, net()).run().ensembles[0].digest == found.ensembles[0].digest

    def test_interrupt(self):
        """An interrupt ends the sweep and keeps what there is."""

        def stop(done, total):
            raise KeyboardInterrupt

        found = laid({"pressure": [0.01, 0.02]}).run(progress=stop)
        assert 1 == len(found.ensembles)

    def test_refused(self):
        """Names, values and numbers of combinations that cannot be are refused before anything runs."""
        with pytest.raises(NotFoundError, match="pressure"):
            laid({"presure": [0.1]})
        with pytest.raises(NotFoundError):
            laid({"seats": [3]})
        with pytest.raises(ValueError, match=r"Scenario\.pressure must be"):
            laid({"pressure": [2.0]})
        for over, most in (({"pressure": []}, 9), ({"pressure": [0.01] * 10}, 9)):
            with pytest.raises(ValueError, match="a sweep has 1 to 9 combinations"):
                laid(over, most=most)
        with pytest.raises(NotFoundError):
            laid({"pressure": [0.1]}, runs=1).run().table("reserv")


class TestSensitivity:
    def ask(self, swings, **options):
        """Ask how much shares matter."""
        return sensitivity(example("body-corporate"), BASE, swings, **{**KEPT, **options})

    def test_order(self):
        """What matters most comes first; what changes nothing moves nothing."""
        table = self.ask({"uplift": (0.0, 0.0), "volatility": (0.04, 0.06), "pressure": (0.0, 0.05)}, column="spent")
        assert ["pressure", "volatility", "uplift"] == [row["share"] for row in table]
        assert ("£0.00", "£0.00") == (table.rows[2][3], table.rows[2][5])
        assert table.rows[0][3].startswith("-£")

    def test_counts(self):
        """Counts are no money."""
        table = self.ask({"attendance": (0.3, 0.85)}, column="deferred")
        assert table.rows[0][3].startswith("+")
        assert "+0.00" == table.rows[0][4]

    def test_network(self):
        """Partnerships of a network add up."""
        table = sensitivity(net(), BASE, {"pressure": (0.0, 0.05)}, column="spent", **KEPT)
        assert 1 == len(table)
        assert "one share at a time" in str(table)

    def test_refused(self):
        """Names that are not there are refused before anything runs."""
        with pytest.raises(NotFoundError):
            self.ask({"presure": (0.0, 0.1)})
        with pytest.raises(NotFoundError):
            self.ask({"pressure": (0.0, 0.1)}, column="reserv")
