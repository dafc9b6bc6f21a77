"""Risk shares: every penny of an overspend is paid by somebody, and every penny lent is repaid."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import MONEYS, assert_refused, wrong

from scotintegration.bodies import HealthBoard
from scotintegration.dates import FinancialYear
from scotintegration.errors import UnknownFactError
from scotintegration.money import Money, total
from scotintegration.risk_shares import (
    Instalment,
    Loan,
    RiskShare,
    RiskShareKind,
    Share,
    host_bears,
    negotiated,
    originating_party,
    originating_party_loan,
    proportional,
)

NHS, COUNCIL = "nhs-toytown", "toy-council"
LOAN = Loan(lender=COUNCIL, amount="£3.1m", lent_in="2018/19", years=4)
OVERSPENDS = st.dictionaries(st.sampled_from([NHS, COUNCIL, "vale-council"]), MONEYS, max_size=3)
SHARES = st.dictionaries(st.sampled_from([NHS, COUNCIL]), st.integers(1, 100), min_size=1).map(proportional)
RULES = SHARES | st.sampled_from([originating_party, originating_party_loan(5), host_bears])


class TestLaws:
    @given(RULES, OVERSPENDS)
    def test_split(self, rule, overspends):
        """Whoever pays, together they pay the overspend exactly."""
        paid = rule.split(overspends, host="toy-ijb")
        assert total(overspends.values()) == total(paid.values())
        assert sorted(paid) == list(paid)

    @given(MONEYS, st.integers(1, 30))
    def test_instalments(self, amount, years):
        """Instalments add up to the loan, differ by a penny at most, and end with nothing outstanding."""
        loan = Loan(lender=COUNCIL, amount=amount, lent_in="2026/27", years=years)
        parts = [one.amount for one in loan.instalments]
        assert amount == total(parts)
        assert max(parts) - min(parts) <= Money(1)
        assert [FinancialYear("2026/27") + n for n in range(1, years + 1)] == [one.year for one in loan.instalments]
        assert Money(0) == loan.outstanding(loan.instalments[-1].year)
        assert amount == loan.outstanding("2026/27")

    @given(OVERSPENDS)
    def test_loans(self, overspends):
        """Only a risk share that says so lends, and it lends what is paid."""
        rule = originating_party_loan(3)
        assert total(overspends.values()) == total(one.amount for one in rule.loans(overspends, "2026/27"))
        assert () == originating_party.loans(overspends, "2026/27")

    @given(st.dictionaries(st.sampled_from([NHS, COUNCIL]), MONEYS))
    def test_negotiated(self, agreed):
        """What was agreed is paid, if it is the overspend."""
        due = {NHS: total(agreed.values())}
        assert agreed == negotiated.split(due, agreed=agreed)
        with pytest.raises(ValueError, match="agreed payments must add up to"):
            negotiated.split({NHS: due[NHS] + Money(1)}, agreed=agreed)


class TestSplit:
    def test_proportional(self):
        """Sixty and forty parts of £10.45m; a body may be given for its id."""
        shares = proportional({HealthBoard(NHS, name="NHS Toytown"): 60})
        assert {NHS: Money("£2")} == shares.split({COUNCIL: Money("£2")})
        paid = proportional({NHS: 60, COUNCIL: 40}).split({NHS: Money("£10.45m")})
        assert {COUNCIL: Money("£4.18m"), NHS: Money("£6.27m")} == paid

    def test_missing(self):
        """What was not agreed, and who hosts, is not made up."""
        with pytest.raises(UnknownFactError, match="what the parties agree to pay"):
            negotiated.split({NHS: Money(1)})
        with pytest.raises(UnknownFactError, match="which body hosts the service"):
            host_bears.split({NHS: Money(1)})


class TestLoan:
    def test_outstanding(self):
        """Nothing is outstanding before a loan is lent."""
        assert Money(0) == LOAN.outstanding("2017/18")
        assert Money("£1.55m") == LOAN.outstanding("2020/21")

    def test_table(self):
        """The table has a row a year."""
        assert [("2019/20", "£775,000.00", "£2,325,000.00")] == list(LOAN.to_table().rows[:1])


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        [
            *wrong(LOAN, lender="id", amount="money", lent_in="year", years=(None, 0, -1, 1.5, True, "3")),
            *wrong(Share(party=NHS, parts=1), party="id", parts=(None, -1, 1.5, True, "3")),
            *wrong(Instalment(year="2026/27", amount=1), year="year", amount="money"),
            *wrong(proportional({NHS: 1}), kind="word", shares=(5, [5], [None]), years=(1.5, True, "3", 3)),
        ],
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)

    @pytest.mark.parametrize(
        ("field", "make"),
        [
            ("shares", lambda: proportional({})),
            ("shares", lambda: proportional({NHS: 0})),
            ("shares", lambda: attrs.evolve(host_bears, shares=[Share(party=NHS, parts=1)])),
            ("shares", lambda: RiskShare(kind="proportional", shares=[Share(party=NHS, parts=1)] * 2)),
            ("years", lambda: originating_party_loan(0)),
            ("years", lambda: RiskShare(kind="originating party, as a loan")),
        ],
    )
    def test_kind(self, field, make):
        """Parts belong to a proportional share and years to a loan, and to no other."""
        with pytest.raises(ValueError, match=rf"RiskShare\.{field} must"):
            make()


class TestPrinted:
    def test_text(self):
        """Each says in a few words what it is."""
        assert f"proportional: {NHS} 60, {COUNCIL} 40" == str(proportional({NHS: 60, COUNCIL: 40}))
        assert "originating party, as a loan over 1 year" == str(originating_party_loan(1))
        assert "host bears" == str(host_bears) == RiskShareKind.HOST_BEARS.value
