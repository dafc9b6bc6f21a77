"""Prices of another year: exact fractions, rounded once, never a float."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.dates import FinancialYear
from scotintegration.errors import UnknownFactError
from scotintegration.money import Money
from scotintegration.prices import at_prices_of, real_terms

AMOUNTS = st.integers(-(10**13), 10**13).map(Money)
INDICES = st.integers(1, 10**6).map(lambda n: Decimal(n) / 1000)


class TestLaws:
    @given(AMOUNTS, INDICES, INDICES)
    def test_nearest(self, amount, old, new):
        """No whole number of pence is nearer, and of two as near it is the even one."""
        found = at_prices_of("2026/27", amount, "2024/25", deflator={"2024/25": old, "2026/27": new})
        exact = amount.pence * Fraction(new) / Fraction(old)
        off = abs(found.pence - exact)
        assert off <= Fraction(1, 2)
        assert off < Fraction(1, 2) or found.pence % 2 == 0

    @given(AMOUNTS, INDICES, INDICES)
    def test_own_year(self, amount, old, new):
        """At the prices of its own year a sum is what it was."""
        deflator = {"2024/25": old, "2026/27": new}
        assert amount == at_prices_of("2024/25", amount, "2024/25", deflator=deflator)

    @given(st.dictionaries(st.sampled_from(["2024/25", "2025/26", "2026/27"]), AMOUNTS), INDICES)
    def test_each(self, amounts, index):
        """Several years are each year by itself, in order."""
        deflator = {"2024/25": 1, "2025/26": "1.02", "2026/27": index}
        found = real_terms(amounts, deflator=deflator, base="2025/26")
        assert sorted(found) == list(found)
        assert {
            FinancialYear(year): at_prices_of("2025/26", amount, year, deflator=deflator)
            for year, amount in amounts.items()
        } == found


class TestRefused:
    @pytest.mark.parametrize("wrong", [1.5, True, None, [1]])
    def test_type(self, wrong):
        """An index is text, Decimal or a whole number."""
        with pytest.raises(TypeError, match="a deflator has a number above 0 as str, Decimal or int for 2024/25"):
            real_terms({}, deflator={"2024/25": wrong}, base="2024/25") or at_prices_of(
                "2024/25", Money(1), "2024/25", deflator={"2024/25": wrong}
            )

    @pytest.mark.parametrize("wrong", ["", "a hundred", "NaN", "Infinity", 0, "-1"])
    def test_value(self, wrong):
        """An index is above 0."""
        with pytest.raises(ValueError, match="a deflator has a number above 0"):
            at_prices_of("2024/25", Money(1), "2024/25", deflator={"2024/25": wrong})

    def test_twice(self):
        """A year has one index, however it is written."""
        deflator = {"2024/25": 1, "2024-25": 1}
        with pytest.raises(ValueError, match="one index a year, got two for 2024/25"):
            at_prices_of("2024/25", Money(1), "2024/25", deflator=deflator)

    def test_missing(self):
        """A deflator that lacks a year says which."""
        with pytest.raises(UnknownFactError, match="the deflator of 2025/26"):
            real_terms({"2025/26": Money(1)}, deflator={"2024/25": 1}, base="2024/25")
