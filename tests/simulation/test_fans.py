"""Fans that draw themselves."""

import matplotlib as mpl
import pytest

mpl.use("Agg")

from matplotlib import pyplot as plt

from scotintegration.examples import example
from scotintegration.simulation import Scenario, ensemble


@pytest.fixture(autouse=True)
def close():
    """Close every figure after a test."""
    yield
    plt.close("all")


def ens():
    """Make a small ensemble."""
    return ensemble(example("body-corporate"), Scenario("base"), until="2028-03-31", runs=20, seed=7)


class TestPlot:
    def test_bands(self):
        """Five quantiles make two bands and a median, over the years, in millions of pounds."""
        fan = ens().fan("spent")
        ax = fan.plot()
        assert (2, 1) == (len(ax.collections), len(ax.lines))
        assert ["2026/27", "2027/28"] == [label.get_text() for label in ax.get_xticklabels()]
        assert ("financial year", "spent, £m") == (ax.get_xlabel(), ax.get_ylabel())
        assert fan.caption == ax.get_title()
        assert (fan.values[:, 2] / 1e8).tolist() == ax.lines[0].get_ydata().tolist()
        told = [text.get_text() for text in ax.get_legend().get_texts()]
        assert ["5% to 95% of runs", "25% to 75% of runs", "50% of runs"] == told

    def test_given_axes(self):
        """It draws where it is told to, and gives that back."""
        _, (left, right) = plt.subplots(1, 2)
        assert right is ens().fan("deferred", [0.1, 0.9]).plot(ax=right)
        assert (1, 0, 0) == (len(right.collections), len(right.lines), len(left.collections))
        assert "deferred" == right.get_ylabel()


class TestTable:
    def test_equal(self):
        """The same ensemble has the same fan; another column has another."""
        assert ens().fan("spent") == ens().fan("spent")
        assert ens().fan("spent") != ens().fan("reserve")
        assert "<caption" in ens().fan("spent").to_html()
