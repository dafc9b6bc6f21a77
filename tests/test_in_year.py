"""What happens within a year is kept in whole pence, and never negative where it cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import MONEYS, assert_refused, wrong

from scotintegration.in_year import LateAllocation, MonthlySpending, WindfallReturn
from scotintegration.money import total

SPENT = MonthlySpending(function="care-at-home", months=["£3", "-£1"])
LATE = LateAllocation(payer="nhs-toytown", function="respite", amount="£4", on="2027-02-26")
BACK = WindfallReturn(to="toy-council", amount="£2")


class TestLaws:
    @given(st.lists(MONEYS, max_size=12))
    def test_spent(self, months):
        """What was spent is what every month has spent."""
        assert total(months) == MonthlySpending(function="respite", months=months).spent


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        [
            *wrong(SPENT, function="id", months=(5, "£3", [None], ["£0.005"], ["£1"] * 13)),
            *wrong(LATE, payer="id", function="id", amount="money", on="maybe day"),
            *wrong(BACK, to="id", amount="money"),
        ],
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)
