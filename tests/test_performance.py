"""Performance reports, financial statements, decisions and recommendations."""

import copy
import math
import pickle
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import assert_refused, maybe, wrong

from scotintegration.performance import (
    MATTERS,
    AnnualFinancialStatement,
    Decision,
    PerformanceReport,
    Recommendation,
    Spending,
)
from scotintegration.unknown import UNKNOWN, Listing

SPENDING = Spending(on="other social care", amount="£61m", share="0.31")
REPORT = PerformanceReport(year="2025/26", published_on="2026-07-30", spending=[SPENDING])
STATEMENT = AnnualFinancialStatement(year="2026/27", published_on="2026-03-27", amount="£182m")
DECISION = Decision(id="day-hospital", on="2026-09-16", significant=True)
RECOMMENDATION = Recommendation(id="inspection-1", by="care-inspectorate", made_on="2025-11-05")
VALUES = (REPORT, STATEMENT, DECISION, RECOMMENDATION)
SHARES = (1.5, math.nan, True, "half", "NaN", "-0.1", Decimal(-1), Decimal("Infinity"), [1])


class TestLaws:
    @pytest.mark.parametrize("value", VALUES, ids=lambda value: value.kind)
    def test_value(self, value):
        """All of these are values, and where their facts come from is no fact about them."""
        sourced = attrs.evolve(value, source={"id": "another book"})
        assert value == sourced == pickle.loads(pickle.dumps(value)) == copy.deepcopy(value)
        assert hash(value) == hash(sourced)
        assert type(value).__name__ == value.kind

    @given(st.lists(maybe(st.sampled_from(["0.1", "0.25"])), max_size=4), st.randoms())
    def test_order_of_spending(self, shares, random):
        """The order in which spending is given does not matter."""
        given_ = [Spending(on=matter, share=share) for matter, share in zip(MATTERS, shares, strict=False)]
        shuffled = random.sample(given_, len(given_))
        assert attrs.evolve(REPORT, spending=given_) == attrs.evolve(REPORT, spending=shuffled)


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        [
            *wrong(SPENDING, on="id", amount="maybe signed money", share=SHARES),
            *wrong(
                REPORT,
                year="year",
                published_on="maybe day",
                sent_to="ids",
                contents="ids",
                outcomes="ids",
                comparison_years="maybe count",
                decisions="maybe count",
                total="maybe signed money",
                reserves_drawn="maybe signed money",
                spending="values",
                key_groups="ids",
                variance="maybe signed money",
                localities="ids",
                spending_in="values",
                recommendations="ids",
                actions="ids",
                source="source",
            ),
            *wrong(
                STATEMENT,
                year="year",
                published_on="maybe day",
                amount="maybe signed money",
                plan="maybe id",
                source="source",
            ),
            *wrong(
                DECISION,
                id="id",
                on="maybe day",
                significant="flag",
                outside_plan="flag",
                spg_views="flag",
                users_involved="flag",
                locality="maybe id",
                groups_involved="ids",
                residents_involved="flag",
                source="source",
            ),
            *wrong(RECOMMENDATION, id="id", by="maybe id", made_on="maybe day", source="source"),
        ],
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)


class TestReport:
    def test_id(self):
        """A report and a statement are known by their year."""
        assert "performance-report-2025-26" == REPORT.id
        assert "annual-financial-statement-2026-27" == STATEMENT.id

    def test_not_recorded(self):
        """A bare report says nothing of what it sets out."""
        bare = PerformanceReport(year="2025/26")
        assert Listing((), complete=False) == bare.contents == bare.spending == bare.sent_to
        assert UNKNOWN is bare.variance is bare.decisions is bare.comparison_years

    @pytest.mark.parametrize("share", ["0.31", Decimal("0.31"), 0, 1, None, UNKNOWN], ids=str)
    def test_share(self, share):
        """A share is a Decimal, read from a Decimal, text or a whole number; it may be absent or unknown."""
        got = Spending(on="other social care", share=share).share
        assert got is share if share is None or share is UNKNOWN else Decimal(share) == got
