"""Money is whole pence: nothing is lost in printing, adding or sharing."""

import copy
import pickle
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.errors import MoneyError, UnknownFactError
from scotintegration.money import Money, not_negative, total
from scotintegration.unknown import UNKNOWN

PENCE = st.integers(-(10**15), 10**15) | st.integers()
MONEYS = PENCE.map(Money)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=6).filter(any)


class Index:
    """A whole number that is no int, as arrays have them."""

    def __index__(self):
        return 7


class TestLaws:
    @given(MONEYS)
    def test_round_trip(self, m):
        """What money prints makes the same money, in every way of printing it."""
        assert m == Money(str(m)) == Money(m.pounds) == Money(m.pence) == Money.of(m) == Money(m)
        assert m == eval(repr(m), {"Money": Money})
        assert m == pickle.loads(pickle.dumps(m)) == copy.deepcopy(m)
        assert hash(m) == hash(Money(m.pence))

    @given(MONEYS, MONEYS, MONEYS)
    def test_group(self, a, b, c):
        """Adding is associative and commutative, nothing changes nothing, and subtraction undoes it."""
        assert (a + b) + c == a + (b + c) == total([c, b, a]) == sum([a, b, c])
        assert a == a + Money(0) == a + b - b == Money(0) - (-a) == +a
        assert Money(0) == a - a == total([])
        assert abs(a) == max(a, -a)

    @given(MONEYS, st.integers(-50, 50))
    def test_times(self, m, n):
        """A multiple is a repeated sum."""
        assert m * n == n * m == total([m if n > 0 else -m] * abs(n))

    @given(PENCE, PENCE)
    def test_order(self, a, b):
        """Money is ordered, and equal, as its pence are."""
        assert ((a < b), (a <= b), (a == b)) == (Money(a) < Money(b), Money(a) <= Money(b), Money(a) == Money(b))
        assert bool(a) is bool(Money(a))

    @given(MONEYS, WEIGHTS)
    def test_share_conserves(self, m, weights):
        """Shares add up to the sum, each within a penny of its exact part, and nought gets nothing."""
        shares = m.share(weights)

        assert m == total(shares)
        for share, weight in zip(shares, weights, strict=True):
            assert abs(share.pence - Fraction(m.pence * weight, sum(weights))) < 1
            assert weight or not share

    @given(MONEYS, WEIGHTS)
    def test_share_mirrors(self, m, weights):
        """A debt is shared as a credit is."""
        assert tuple(-share for share in m.share(weights)) == (-m).share(weights)

    @given(
        MONEYS,
        st.dictionaries(st.text(max_size=3), st.integers(0, 9), min_size=1).filter(lambda d: any(d.values())),
        st.randoms(),
    )
    def test_share_by_name(self, m, weights, random):
        """Shares by name do not depend on the order of the names, and keep it."""
        names = list(weights)
        random.shuffle(names)
        shares = m.share({name: weights[name] for name in names})

        assert m.share(weights) == shares
        assert names == list(shares)
        assert m.share([weights[name] for name in sorted(weights)]) == tuple(shares[name] for name in sorted(weights))

    @given(MONEYS)
    def test_short_is_near(self, m):
        """The short form reads as money, within a twentieth of what it stands for or half a pound."""
        short = Money(m.short())

        assert abs((short - m).pence) <= max(50, abs(m.pence) // 19)


class TestReading:
    @pytest.mark.parametrize(
        ("expected", "text"),
        [
            (120_000_000, "£1.2m"),
            (125_000_001, "£1,250,000.01"),
            (-60_000_000, "-£0.6m"),
            (240_000_000, "+£2.4m"),
            (125_000, "1250"),
            (300_000, "£3k"),
            (110_000_000_000, "£1.1bn"),
            (-60, "-£0.60"),
            (10, "£0.1"),
            (120_000_000, " £1.2 million "),
            (120_000_000, "1.2M"),
            (1, "£0.010"),
            (1, "£0.00001k"),
            (0, "-£0"),
            (123_456, "£1.23456k"),
        ],
    )
    def test_texts(self, expected, text):
        """Pounds are read as people write them, exactly."""
        assert expected == Money(text).pence

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "£",
            "12.5p",
            "£1,25",
            "£12,50,000",
            "1,2500",
            "£1.",
            ".5",
            "£-5",
            "--5",
            "1e5",
            "£1.2mm",
            "five",
            "1 2",
            "\u0661",
        ],
    )
    def test_not_texts(self, text):
        """A text that is no sum of pounds is refused, with one that is."""
        with pytest.raises(MoneyError, match="expected pounds such as ") as caught:
            Money(text)
        assert text == caught.value.value

    @pytest.mark.parametrize("value", ["£0.001", "£1.234567k", Decimal("0.005"), Decimal("1.001"), Decimal("1e-9999")])
    def test_fractions_of_a_penny(self, value):
        """There is nothing smaller than a penny."""
        with pytest.raises(MoneyError, match="expected no fraction of a penny"):
            Money(value)

    @pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity", "1e99999"])
    def test_not_finite(self, value):
        """A Decimal must be a number, and not absurdly long."""
        with pytest.raises(MoneyError, match="a finite number of pounds"):
            Money(Decimal(value))

    def test_absurdly_long(self):
        """A text of thousands of figures is refused without being computed."""
        with pytest.raises(MoneyError):
            Money("9" * 5000)

    @pytest.mark.parametrize("value", [1.2, True, None, Fraction(1, 2), [1], b"1"], ids=repr)
    def test_wrong_types(self, value):
        """Binary fractions, truth values and the rest are refused, with what to use instead."""
        with pytest.raises(TypeError, match="a str or a Decimal of pounds, or an int of whole pence, got"):
            Money(value)

    def test_other_numbers(self):
        """A Decimal is pounds, a whole number of any type is pence, and an unknown sum is unknown."""
        assert 120 == Money(Decimal("1.2")).pence
        assert 0 == Money(Decimal("0e-9999")).pence
        assert 7 == Money(Index()).pence
        assert int is type(Money(Index()).pence)
        with pytest.raises(UnknownFactError):
            Money(UNKNOWN)


class TestPrinting:
    @pytest.mark.parametrize(
        ("expected", "pence"),
        [("£1,250,000.01", 125_000_001), ("-£0.60", -60), ("£0.00", 0), ("£0.05", 5)],
    )
    def test_str(self, expected, pence):
        """Money prints with its thousands parted, two figures of pence and its sign in front."""
        assert expected == str(Money(pence))
        assert f"Money({expected!r})" == repr(Money(pence))

    def test_format(self):
        """Money fits into columns."""
        assert "     £1.20|£1.20" == f"{Money(120):>10}|{Money(120)}"

    def test_pounds(self):
        """Pounds are exact, with two places."""
        assert "-1234.50" == str(Money(-123_450).pounds)

    @pytest.mark.parametrize(
        ("expected", "pence"),
        [
            ("£0", 49),
            ("£1", 50),
            ("£0", -49),
            ("-£950", -95_000),
            ("£1k", 99_950),
            ("£1.2k", 123_456),
            ("£1m", 99_995_000),
            ("£12.3m", 1_234_567_890),
            ("£1,234.6bn", 123_456_789_012_345),
        ],
    )
    def test_short(self, expected, pence):
        """Few figures are rounded to the nearest, and carried into the next unit."""
        assert expected == Money(pence).short()


class TestArithmetic:
    @pytest.mark.parametrize(
        "sum_",
        [
            lambda m: m + 1,
            lambda m: 1 + m,
            lambda m: False + m,
            lambda m: m - 1,
            lambda m: m * 1.5,
            lambda m: m * True,
            lambda m: m * m,
            lambda m: m / 2,
            lambda m: m // 2,
            lambda m: m < 1,
            lambda m: m >= 1,
        ],
    )
    def test_money_only(self, sum_):
        """Money adds to and compares with money only, and is not divided."""
        with pytest.raises(TypeError):
            sum_(Money(1))

    def test_equality(self):
        """No number equals money."""
        assert Money(1) != 1
        assert Money(0) != 0

    @pytest.mark.parametrize(
        "sum_", [lambda m: m + UNKNOWN, lambda m: UNKNOWN - m, lambda m: m < UNKNOWN, lambda m: m * UNKNOWN]
    )
    def test_unknown(self, sum_):
        """A sum with something unknown cannot be told."""
        with pytest.raises(UnknownFactError):
            sum_(Money(1))


class TestShare:
    def test_ties(self):
        """Odd pence go to the left, or to the first name in the alphabet."""
        assert (Money(1), Money(1), Money(0)) == Money(2).share((1, 1, 1))
        assert {"c": Money(0), "a": Money(1), "b": Money(1)} == Money(2).share({"c": 1, "a": 1, "b": 1})

    def test_largest_remainder(self):
        """The odd penny goes to the share that lost most."""
        assert (Money(2), Money(3)) == Money(5).share([9, 11])

    @pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], {}, {"a": 0}])
    def test_bad_weights(self, weights):
        """Weights are 0 or more, and one of them is more."""
        with pytest.raises(ValueError, match="weights must be 0 or more and not all 0, got"):
            Money(1).share(weights)

    @pytest.mark.parametrize("weights", [[0.5, 0.5], [True], ["1"]])
    def test_wrong_weights(self, weights):
        """Weights are whole numbers."""
        with pytest.raises(TypeError, match="weights must be whole numbers, got"):
            Money(1).share(weights)

    def test_other_weights(self):
        """Whole numbers of any type will do."""
        assert (Money(4), Money(4)) == Money(8).share([Index(), Index()])


class TestNotNegative:
    def test_field(self):
        """A field refuses less than nothing, and lets nothing, none and UNKNOWN pass."""

        @attrs.frozen
        class Payment:
            amount: object = attrs.field(validator=not_negative)

        for amount in (Money(0), Money(1), None, UNKNOWN):
            assert amount == Payment(amount).amount
        with pytest.raises(ValueError, match=r"^amount must be £0 or more, got Money\('-£0\.01'\)$"):
            Payment(Money(-1))
