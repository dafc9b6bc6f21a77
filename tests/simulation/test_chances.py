"""Shares of runs and their intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.simulation import Chance

counts = st.integers(1, 10**7).flatmap(lambda runs: st.tuples(st.integers(0, runs), st.just(runs)))
levels = st.floats(0.5, 0.999)


class TestChance:
    @given(counts, levels)
    def test_interval(self, count, level):
        """The interval holds the share and lies within 0 and 1."""
        chance = Chance(hits=count[0], runs=count[1], level=level)
        assert 0 <= chance.low <= chance.value <= chance.high <= 1
        assert chance.low < chance.high

    @given(counts, levels)
    def test_mirror(self, count, level):
        """What did not happen has the mirror image of the interval."""
        chance = Chance(hits=count[0], runs=count[1], level=level)
        other = Chance(hits=count[1] - count[0], runs=count[1], level=level)
        assert chance.low == pytest.approx(1 - other.high, abs=1e-9)

    def test_published(self):
        """The interval of 1 in 29 is that of R. G. Newcombe, Statistics in Medicine 17 (1998), table I."""
        chance = Chance(hits=1, runs=29)
        assert (0.0061, 0.1718) == (round(chance.low, 4), round(chance.high, 4))

    def test_bound(self):
        """Where no run of 300 had it, it is below 1% with 95% confidence; where every run had it, above 99%."""
        assert 0.00994 == pytest.approx(Chance(hits=0, runs=300).bound, abs=1e-5)
        assert 1 - Chance(hits=0, runs=300).bound == pytest.approx(Chance(hits=300, runs=300).bound)
        assert Chance(hits=1, runs=300).bound is None

    @given(counts, st.floats(0.001, 0.4))
    def test_enough(self, count, half):
        """So many runs make the interval narrow enough, and one fewer does not."""
        from scotintegration.simulation.chances import _score

        chance = Chance(hits=count[0], runs=count[1])
        enough = chance.runs_for(half)
        assert _score(chance.value, enough, 0.95)[1] <= half
        assert enough == 1 or _score(chance.value, enough - 1, 0.95)[1] > half

    def test_half_width(self):
        """Half of what lies between the ends is the margin that surveys quote."""
        assert 0.01 == pytest.approx(Chance(hits=4802, runs=9604).half_width, rel=0.001)

    def test_words(self):
        """The text names the level, the count and, at either end, the bound."""
        assert (
            "ran out: 100.0% (98.1% to 100.0% at 95%; 200 of 200 runs: with 95% confidence it is at least 98.5%)"
            == str(Chance(hits=200, runs=200, what="ran out"))
        )
        assert "33.3% (6.1% to 79.2% at 95%; 1 of 3 runs)" == str(Chance(hits=1, runs=3))
        assert "<table" in Chance(hits=1, runs=2)._repr_html_()

    @pytest.mark.parametrize("options", [{"hits": 3}, {"hits": -1}, {"runs": 0}, {"level": 1.0}, {"level": 0.0}])
    def test_refused(self, options):
        """Counts and levels that cannot be are refused."""
        with pytest.raises(ValueError, match=r"\S"):
            Chance(**{"hits": 0, "runs": 2, **options})

    @pytest.mark.parametrize("half", [0.0, 0.5, -1.0])
    def test_half_refused(self, half):
        """A half-width lies between 0 and one half."""
        with pytest.raises(ValueError, match=r"half_width must be between 0 and 0\.5"):
            Chance(hits=0, runs=2).runs_for(half)
