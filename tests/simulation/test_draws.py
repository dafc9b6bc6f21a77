"""Draws: an address decides them, and nothing else."""

import math
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.simulation import _ziggurat, draws
from scotintegration.simulation._room import Room

ADDRESS = {"seed": 7, "partnership": "S37000034", "purpose": "spending/frailty", "block": 3, "year": 2026}
NORMALS = [-1.1330923307314151, 1.4425552637839414, -0.062268171015753736, 1.7388220791734983]
UNIFORMS = [0.44254385179487987, 0.4581285258677681, 0.23610145960631335, 0.13102445724783873]

both = pytest.mark.parametrize("draw", [draws.normals, draws.uniforms], ids=lambda draw: draw.__name__)
texts = st.text(max_size=6)


class TestRows:
    @both
    @given(rows=st.tuples(st.integers(0, 256), st.integers(0, 256)).map(sorted), numbers=st.integers(0, 13))
    def test_alone(self, draw, rows, numbers):
        """Any rows of a block are the same drawn alone as drawn with the others."""
        start, stop = rows
        block = draw(**ADDRESS, shape=(numbers,))
        assert (256, numbers) == block.shape
        assert np.array_equal(block[start:stop], draw(**ADDRESS, shape=(numbers,), start=start, stop=stop))

    @both
    def test_shape(self, draw):
        """What a run needs may have any shape; its numbers are in the usual order."""
        assert np.array_equal(draw(**ADDRESS, shape=(12,)).reshape(256, 3, 4), draw(**ADDRESS, shape=(3, 4)))
        assert (256,) == draw(**ADDRESS).shape

    @given(st.integers(0, 2000), st.integers(0, 2000))
    def test_blocks(self, first, runs):
        """Blocks cover a stretch of runs once each, in order, and touch no block in vain."""
        found = list(draws.blocks(first, runs))
        assert list(range(first, first + runs)) == [
            256 * b + row for b, start, stop in found for row in range(start, stop)
        ]
        assert all(start < stop for _, start, stop in found)
        assert all(a + 1 == b for (a, *_), (b, *_) in pairwise(found))


class TestAddress:
    def test_law(self):
        """A uniform is a word of Philox at (block, year) under the key; a normal is half of one."""
        key = draws.stream_key(7, "S37000034", "spending/frailty")
        words = np.random.Philox(key=key, counter=[0, 0, 3, 2026]).random_raw(512)
        assert np.array_equal((words >> np.uint64(11)) * 2.0**-53, draws.uniforms(**ADDRESS, shape=(2,)).reshape(-1))
        halves = np.stack([words & np.uint64(2**32 - 1), words >> np.uint64(32)], axis=1).astype(np.uint32).reshape(-1)
        expected = _ziggurat.normals_from(halves, np.empty(1024), Room())
        assert np.array_equal(expected, draws.normals(**ADDRESS, shape=(4,)).reshape(-1))

    def test_version(self):
        """Version 1 gives these numbers, on every machine and for good."""
        assert 1 == draws.STREAM_VERSION
        assert [10399293995009635396, 3904275811232608678] == draws.stream_key(
            7, "S37000034", "spending/frailty"
        ).tolist()
        assert NORMALS == draws.normals(**ADDRESS, stop=4).tolist()
        assert UNIFORMS == draws.uniforms(**ADDRESS, stop=4).tolist()

    def test_apart(self):
        """Two addresses that differ anywhere share no number."""
        others = {"seed": 8, "partnership": "S37000035", "purpose": "spending/beds", "block": 4, "year": 2027}
        pairs = [(ADDRESS[name], others[name]) for name in ADDRESS]
        addresses = [dict(zip(ADDRESS, values, strict=True)) for values in product(*pairs)]
        drawn = np.concatenate([draws.uniforms(**address) for address in addresses])
        assert 32 * 256 == len(np.unique(drawn))

    @given(st.tuples(texts, texts), st.tuples(texts, texts))
    def test_texts(self, one, other):
        """Different texts have different keys, however they would run together."""
        assert (one == other) == np.array_equal(draws.stream_key(0, *one), draws.stream_key(0, *other))

    def test_dealer(self):
        """What a dealer dealt before does not matter."""
        keys = [draws.stream_key(7, "S37000034", purpose) for purpose in ("a", "b", "c")]
        dealer = draws.Dealer()
        together = dealer.bits(keys, np.empty((3, 5, 9), np.uint32), block=1, year=2, start=7)
        for key, expected in zip(reversed(keys), together[::-1], strict=True):
            assert np.array_equal(
                expected, dealer.bits([key], np.empty((1, 5, 9), np.uint32), block=1, year=2, start=7)[0]
            )

    @pytest.mark.parametrize("seed", [True, 1.0, "1", None, np.True_], ids=repr)
    def test_seed_type(self, seed):
        """A seed is a whole number."""
        with pytest.raises(TypeError, match=r"^seed is .*; expected a whole number, 0 or more$"):
            draws.stream_key(seed, "a", "b")

    @given(st.integers(0, 2**200))
    def test_seed_of_any_size(self, seed):
        """Seeds of any size are told apart, and may be numpy's."""
        assert not np.array_equal(draws.stream_key(seed, "a", "b"), draws.stream_key(seed + 1, "a", "b"))
        assert np.array_equal(draws.stream_key(np.int64(5), "a", "b"), draws.stream_key(5, "a", "b"))

    @both
    @pytest.mark.parametrize(
        ("name", "value", "expected"),
        [
            ("seed", -1, "seed is -1; expected a whole number, 0 or more"),
            ("block", -1, f"block is -1; expected a whole number, from 0 to {2**64 - 1}"),
            ("year", 2**64, f"year is {2**64}; expected a whole number, from 0 to {2**64 - 1}"),
            ("stop", 257, "stop is 257; expected a whole number, from 0 to 256"),
            ("start", 257, "start is 257; expected a whole number, from 0 to 256"),
            ("shape", (2, -1), "shape is -1; expected a whole number, 0 or more"),
        ],
    )
    def test_out_of_range(self, draw, name, value, expected):
        """A number out of range is named, with what would have been right."""
        with pytest.raises(ValueError, match=f"^{expected}$"):
            draw(**{**ADDRESS, name: value})

    @pytest.mark.parametrize("name", ["partnership", "purpose"])
    def test_text_type(self, name):
        """Ids and purposes are texts."""
        with pytest.raises(TypeError, match=f"^{name} is 5; expected a str$"):
            draws.normals(**{**ADDRESS, name: 5})


class TestDistribution:
    def test_normal(self):
        """Bits spread evenly give the normal distribution, tails included."""
        halves = np.arange(2**22, dtype=np.uint32) * np.uint32(2654435769)
        normal = np.sort(_ziggurat.normals_from(halves, np.empty(2**22), Room()))
        at = np.linspace(-4.5, 4.5, 181)
        expected = np.array([0.5 * math.erfc(-x / math.sqrt(2)) for x in at])
        found = np.searchsorted(normal, at) / 2**22
        error = np.sqrt(expected * (1 - expected) / 2**22)
        assert (np.abs(found - expected) < 4.5 * error).all()
        assert abs(normal.mean()) < 4.5 / 2**11
        assert abs(normal.var() - 1) < 4.5 * math.sqrt(2) / 2**11

    def test_tail(self):
        """Beyond the lowest layer the normal's own tail goes on."""
        start = float(_ziggurat._TAIL)
        drawn = _ziggurat._beyond(np.random.Philox(key=1).random_raw(2**17))
        assert drawn.min() >= start
        for x in (4.2, 4.5, 5.0):
            expected = math.erfc(x / math.sqrt(2)) / math.erfc(start / math.sqrt(2))
            assert abs((drawn > x).mean() - expected) < 4.5 * math.sqrt(expected / 2**17)

    def test_uncorrelated(self):
        """Neighbouring runs, months, blocks and purposes have nothing in common."""
        drawn = np.stack(
            [draws.normals(7, "a", str(p), block=b, year=1, shape=(12,)) for b in range(4) for p in range(4)]
        )
        drawn = drawn.reshape(4, 4, 256, 12)
        for axis, size in enumerate(drawn.shape):
            one, other = np.take(drawn, range(size - 1), axis), np.take(drawn, range(1, size), axis)
            assert abs((one * other).mean()) < 4.5 / math.sqrt(one.size)

    def test_uniform(self):
        """Uniforms are at least 0 and below 1, and even."""
        ends = _ziggurat.uniforms_from(np.array([0, 2**64 - 1], np.uint64))
        assert [0.0, 1 - 2.0**-53] == ends.tolist()
        drawn = draws.uniforms(**ADDRESS, shape=(64,))
        counts = np.histogram(drawn, 16, (0, 1))[0]
        assert ((counts - 1024) ** 2 / 1024).sum() < 50  # chi-squared, 15 degrees of freedom
