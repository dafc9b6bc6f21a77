"""Annual accounts carry the days of their steps, and who certified them."""

import copy
import pickle

import attrs
import pytest
from tests.partnerships import assert_refused, wrong

from scotintegration.accounts import AnnualAccounts
from scotintegration.unknown import UNKNOWN

ACCOUNTS = AnnualAccounts(
    year="2025/26",
    submitted_on="2026-06-24",
    considered_on="2026-08-19",
    approved_on="2026-09-23",
    published_on="2026-10-14",
    certified_by="chief-finance-officer",
)


class TestLaws:
    def test_value(self):
        """Accounts are a value, and where their facts come from is no fact about them."""
        sourced = attrs.evolve(ACCOUNTS, source={"approved_on": "minute 4"})
        assert ACCOUNTS == sourced == pickle.loads(pickle.dumps(ACCOUNTS)) == copy.deepcopy(ACCOUNTS)
        assert hash(ACCOUNTS) == hash(sourced)


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        wrong(
            ACCOUNTS,
            year="year",
            submitted_on="maybe day",
            considered_on="maybe day",
            approved_on="maybe day",
            published_on="maybe day",
            certified_by="maybe id",
            source="source",
        ),
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)


class TestAccounts:
    def test_named(self):
        """Accounts go by their year."""
        assert ("accounts-2025-26", "AnnualAccounts") == (ACCOUNTS.id, ACCOUNTS.kind)

    def test_not_recorded(self):
        """What accounts do not say is unknown, not left undone."""
        bare = AnnualAccounts(year="2025/26")
        days = (bare.submitted_on, bare.considered_on, bare.approved_on, bare.published_on)
        assert {UNKNOWN} == {*days, bare.certified_by}
