"""Counts in fixed bins."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.simulation._sketch import RELATIVE_ERROR, Sketch, rank

numbers = st.one_of(st.integers(-(2**61), 2**61), st.integers(-3000, 3000))
columns = st.lists(numbers, min_size=1, max_size=60)
shares = st.floats(0, 1)


def of(*cells):
    """Count numbers: a list a cell."""
    return Sketch.of(np.array(cells, np.int64).T)


def same(one, other):
    """Tell whether two sketches hold the same."""
    return one.bins.tolist() == other.bins.tolist() and one.counts.tolist() == other.counts.tolist()


class TestSketch:
    @given(columns, columns, columns)
    def test_merge(self, a, b, c):
        """Merging is the same in any grouping and any order, and the same as counting all at once."""
        a, b, c = of(a), of(b), of(c)
        assert same(a.merge(b).merge(c), a.merge(b.merge(c)))
        assert same(a.merge(b), b.merge(a))

    @given(columns, st.integers(0, 60))
    def test_parts(self, values, place):
        """Two parts of a column merge to the whole."""
        parts = [part for part in (values[:place], values[place:]) if part]
        whole = of(parts[0])
        for part in parts[1:]:
            whole = whole.merge(of(part))
        assert same(of(values), whole)

    @given(columns, shares)
    def test_quantile(self, values, share):
        """A quantile is within the stated error of the exact one, and exact near 0."""
        exact = sorted(values)[rank(share, len(values))]
        found = int(of(values).quantile(share)[0])
        assert abs(found - exact) <= abs(exact) * RELATIVE_ERROR
        if abs(exact) < 512:
            assert exact == found

    @given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=20), shares)
    def test_cells(self, pairs, share):
        """Cells do not mix."""
        left, right = zip(*pairs, strict=True)
        both = of(left, right)
        assert [int(of(left).quantile(share)[0]), int(of(right).quantile(share)[0])] == both.quantile(share).tolist()
        assert same(of(right), both.pick(1))

    @pytest.mark.parametrize("size", [2**53 - 1, 2**53, 2**54 - 1, 2**61 - 1, 2**61])
    def test_powers(self, size):
        """Numbers that binary64 rounds up are in the right bin."""
        assert size == pytest.approx(int(of([size]).quantile(0.5)[0]), rel=RELATIVE_ERROR)


class TestRank:
    @given(shares, st.integers(1, 1000))
    def test_rank(self, share, runs):
        """A quantile is the first of the sorted numbers with that share up to it."""
        place = rank(share, runs)
        assert 0 <= place < runs
        assert place == 0 or place / runs < share
