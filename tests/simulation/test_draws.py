"""Draws: an address decides them, and nothing else."""

import hashlib
import math
import struct
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.simulation import _normals, draws
from scotintegration.simulation._room import Room

ADDRESS = {"seed": 7, "partnership": "S37000034", "purpose": "spending/frailty", "block": 3, "year": 2026}
KEY = "ff1d7a1668cac3d7c4610111f79b79250206187086f00393efe6aa1f6e252e9c"
NORMALS = [-0.9933884143829346, -1.2802340984344482, 0.06441283226013184, -1.046802282333374]
UNIFORMS = [0.7927103426016494, 0.7000580544262508, 0.176689235841882, 0.4301864720170042]

both = pytest.mark.parametrize("draw", [draws.normals, draws.uniforms], ids=lambda draw: draw.__name__)
texts = st.text(max_size=6)


class TestRows:
    @both
    @given(rows=st.tuples(st.integers(0, 1024), st.integers(0, 1024)).map(sorted), numbers=st.integers(0, 13))
    def test_alone(self, draw, rows, numbers):
        """Any rows of a block are the same drawn alone as drawn with the others."""
        start, stop = rows
        block = draw(**ADDRESS, shape=(numbers,))
        assert (1024, numbers) == block.shape
        assert np.array_equal(block[start:stop], draw(**ADDRESS, shape=(numbers,), start=start, stop=stop))

    @both
    def test_shape(self, draw):
        """What a run needs may have any shape; its numbers are in the usual order."""
        assert np.array_equal(draw(**ADDRESS, shape=(12,)).reshape(1024, 3, 4), draw(**ADDRESS, shape=(3, 4)))
        assert (1024,) == draw(**ADDRESS).shape

    @given(st.integers(0, 5000), st.integers(0, 5000))
    def test_blocks(self, first, runs):
        """Blocks cover a stretch of runs once each, in order, and touch no block in vain."""
        found = list(draws.blocks(first, runs))
        assert list(range(first, first + runs)) == [
            1024 * b + row for b, start, stop in found for row in range(start, stop)
        ]
        assert all(start < stop for _, start, stop in found)
        assert all(a + 1 == b for (a, *_), (b, *_) in pairwise(found))


class TestAddress:
    @pytest.mark.parametrize("sheet", range(16))
    def test_law(self, sheet):
        """A uniform is a word of SFC64 started from the hash of key, block and year; a normal is half of one."""
        address = draws.stream_key(7, "S37000034", "spending/frailty") + struct.pack("<QQ", 3, 2026)
        words = np.frombuffer(hashlib.blake2b(address, digest_size=24).digest(), "<u8").tolist()
        sfc = np.random.SFC64(0)
        sfc.state = sfc.state | {"state": {"state": np.array([*words, 1], np.uint64)}}
        words = sfc.random_raw(16 * 2 * 64).reshape(16, 2, 64)[sheet]
        rows = {"start": 64 * sheet, "stop": 64 * sheet + 64}
        uniforms = (words >> np.uint64(11)) * 2.0**-53
        assert np.array_equal(uniforms.T, draws.uniforms(**ADDRESS, shape=(2,), **rows))
        halves = np.stack([words & np.uint64(2**32 - 1), words >> np.uint64(32)], axis=-1).astype(np.uint32)
        expected = _normals.normals_from(halves, np.empty((2, 64, 2)), Room()).reshape(4, 64)
        assert np.array_equal(expected.T, draws.normals(**ADDRESS, shape=(4,), **rows))

    def test_version(self):
        """Version 2 gives these numbers, on every machine and for good."""
        assert 2 == draws.STREAM_VERSION
        assert KEY == draws.stream_key(7, "S37000034", "spending/frailty").hex()
        assert NORMALS == draws.normals(**ADDRESS, stop=4).tolist()
        assert UNIFORMS == draws.uniforms(**ADDRESS, stop=4).tolist()

    def test_apart(self):
        """Two addresses that differ anywhere share no number."""
        others = {"seed": 8, "partnership": "S37000035", "purpose": "spending/beds", "block": 4, "year": 2027}
        pairs = [(ADDRESS[name], others[name]) for name in ADDRESS]
        addresses = [dict(zip(ADDRESS, values, strict=True)) for values in product(*pairs)]
        drawn = np.concatenate([draws.uniforms(**address) for address in addresses])
        assert 32 * 1024 == len(np.unique(drawn))

    @given(st.tuples(texts, texts), st.tuples(texts, texts))
    def test_texts(self, one, other):
        """Different texts have different keys, however they would run together."""
        assert (one == other) == (draws.stream_key(0, *one) == draws.stream_key(0, *other))

    @pytest.mark.parametrize("kind", [np.uint32, np.uint64])
    @pytest.mark.parametrize(("start", "runs"), [(7, 9), (0, 64), (64, 64), (0, 1024), (500, 524)])
    def test_dealer(self, kind, start, runs):
        """What a dealer dealt before does not matter."""
        keys = [draws.stream_key(7, "S37000034", purpose) for purpose in ("a", "b", "c")]
        dealer = draws.Dealer()
        together = np.empty((3, 5, runs), kind)
        for key, out in zip(keys, together, strict=True):
            dealer.fill(key, out, block=1, year=2, start=start)
        for key, expected in zip(reversed(keys), together[::-1], strict=True):
            alone, whole = np.empty((5, runs), kind), np.empty((5, 1024), kind)
            dealer.fill(key, alone, block=1, year=2, start=start)
            draws.Dealer().fill(key, whole, block=1, year=2)
            assert np.array_equal(expected, alone)
            assert np.array_equal(expected, whole[:, start : start + runs])

    @pytest.mark.parametrize("seed", [True, 1.0, "1", None, np.True_], ids=repr)
    def test_seed_type(self, seed):
        """A seed is a whole number."""
        with pytest.raises(TypeError, match=r"^seed is .*; expected a whole number, 0 or more$"):
            draws.stream_key(seed, "a", "b")

    @given(st.integers(0, 2**200))
    def test_seed_of_any_size(self, seed):
        """Seeds of any size are told apart, and may be numpy's."""
        assert draws.stream_key(seed, "a", "b") != draws.stream_key(seed + 1, "a", "b")
        assert draws.stream_key(np.int64(5), "a", "b") == draws.stream_key(5, "a", "b")

    @both
    @pytest.mark.parametrize(
        ("name", "value", "expected"),
        [
            ("seed", -1, "seed is -1; expected a whole number, 0 or more"),
            ("block", -1, f"block is -1; expected a whole number, from 0 to {2**64 - 1}"),
            ("year", 2**64, f"year is {2**64}; expected a whole number, from 0 to {2**64 - 1}"),
            ("stop", 1025, "stop is 1025; expected a whole number, from 0 to 1024"),
            ("start", 1025, "start is 1025; expected a whole number, from 0 to 1024"),
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


def below(x):
    """Give the chance that a normal is at most each of some numbers."""
    return np.array([0.5 * math.erfc(-one / math.sqrt(2)) for one in np.ravel(x)])


def laid_out():
    """Give every stretch of the line that bits are laid out over evenly: its ends and its chance, from below."""
    tables = _normals._TABLES
    choices = np.arange(int(tables.kept) >> 16)
    strip = (tables.choice[: len(choices)] >> np.uint32(16)).astype(np.int64) ^ choices
    strip = np.where(strip >= 2**15, strip - 2**16, strip)
    each = 2.0**-32
    start, width = (part[: tables.even].astype(np.int64) for part in (tables.start, tables.width))
    assert 0 < width.min()
    assert 512 * width.max() < 2**31
    pieces = np.stack([start, start + width, np.full(len(start), 512)])
    last = np.stack([tables.end - 1, tables.end + 1, np.ones(len(tables.end))])
    upper = np.concatenate([pieces, last], axis=1)
    lower = np.stack([-upper[1], -upper[0], upper[2]])
    parts = np.stack([strip * 2.0**16, (strip + 1) * 2.0**16, np.full(len(strip), 2.0**16)])
    halves = np.concatenate([upper, lower], axis=1)
    halves[2] *= 2  # the lowest bit is not used
    return np.concatenate([parts, halves], axis=1) * np.array([[_normals.STEP], [_normals.STEP], [each]])


class TestDistribution:
    def test_exactly(self):
        """The distribution of all 2**32 values is nowhere further from the normal than 2 in 10 million."""
        begin, end, chance = laid_out()
        assert 1.0 == chance.sum()
        at = np.linspace(-6, 6, 4001)
        found = np.array([(chance * ((x - begin) / (end - begin)).clip(0, 1)).sum() for x in at])
        assert np.abs(found - below(at)).max() < 2e-7
        middle, width = (begin + end) / 2, end - begin
        assert abs((chance * middle).sum()) < 1e-12
        assert abs((chance * (middle**2 + width**2 / 12)).sum() - 1) < 1e-6

    def test_tail(self):
        """Far out the chance is the normal's own, to a hundredth."""
        begin, end, chance = laid_out()
        for x in (4.0, 4.5, 5.0, 5.5):
            found = (chance * ((end - x) / (end - begin)).clip(0, 1)).sum()
            assert abs(found / below(-x)[0] - 1) < 0.01

    @given(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=50))
    def test_places(self, bits):
        """Bits lead to a place in their stretch, which is odd, and the lowest bit does not matter."""
        halves = np.array([*bits, 2**32 - 1, 2**32 - 2, 2**32 - 3], np.uint32)
        places = _normals.places_from(halves, np.empty(len(halves), np.int32), Room())
        assert (places & 1).all()
        assert np.array_equal(places, _normals.places_from(halves ^ np.uint32(1), np.empty_like(places), Room()))
        assert (np.abs(places * _normals.STEP) < 6.3).all()
        assert places[-1] == -places[-3] == _normals._TABLES.end[-1]

    def test_symmetric(self):
        """Of the bits that are not in a strip, half are the negatives of the others."""
        kept = np.arange(int(_normals._TABLES.kept), 2**32, 2, dtype=np.uint32)
        places = np.sort(_normals.places_from(kept, np.empty(len(kept), np.int32), Room()))
        assert np.array_equal(places, -places[::-1])

    def test_normal(self):
        """Bits spread evenly give the normal distribution."""
        halves = np.arange(2**22, dtype=np.uint32) * np.uint32(2654435769)
        normal = np.sort(_normals.normals_from(halves, np.empty(2**22), Room()))
        at = np.linspace(-4.5, 4.5, 181)
        expected, found = below(at), np.searchsorted(normal, at) / 2**22
        error = np.sqrt(expected * (1 - expected) / 2**22)
        assert (np.abs(found - expected) < 4.5 * error).all()
        assert abs(normal.mean()) < 4.5 / 2**11
        assert abs(normal.var() - 1) < 4.5 * math.sqrt(2) / 2**11

    def test_uncorrelated(self):
        """Neighbouring runs, months, blocks and purposes have nothing in common."""
        drawn = np.stack(
            [draws.normals(7, "a", str(p), block=b, year=1, shape=(12,)) for b in range(4) for p in range(4)]
        )
        drawn = drawn.reshape(4, 4, 1024, 12)
        for axis, size in enumerate(drawn.shape):
            one, other = np.take(drawn, range(size - 1), axis), np.take(drawn, range(1, size), axis)
            assert abs((one * other).mean()) < 4.5 / math.sqrt(one.size)

    def test_uniform(self):
        """Uniforms are at least 0 and below 1, and even."""
        ends = _normals.uniforms_from(np.array([0, 2**64 - 1], np.uint64))
        assert [0.0, 1 - 2.0**-53] == ends.tolist()
        drawn = draws.uniforms(**ADDRESS, shape=(64,))
        counts = np.histogram(drawn, 16, (0, 1))[0]
        assert ((counts - 4096) ** 2 / 4096).sum() < 50  # chi-squared, 15 degrees of freedom
