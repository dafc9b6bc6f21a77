"""Mends of performance reports."""

from decimal import Decimal

import attrs
import pytest
from tests.mends.papers import STATUTE, with_papers, with_scheme

from scotintegration.dates import FinancialYear
from scotintegration.examples import example
from scotintegration.money import Money
from scotintegration.performance import MATTERS, Spending
from scotintegration.rules import find
from scotintegration.schemes import Review
from scotintegration.unknown import UNKNOWN, Listing

YEAR = FinancialYear("2023/24")


def mended(rule, p):
    """Mend one rule."""
    return find(rule).mended(p)


def of(p, year=YEAR):
    """Give the report of a year."""
    return next(one for one in p.reports if one.year == year)


@pytest.fixture
def p():
    """Give an area whose reports are in order."""
    return example("body-corporate")


class TestPublished:
    RULE = "PBJW-s42-report"

    def test_late(self, p):
        """A late report was published on the last day for it, and nothing else changes."""
        late = with_papers(p, "reports", published_on="2026-08-15")
        found = mended(self.RULE, late)
        assert attrs.evolve(of(p), published_on="2024-07-31") == of(found)
        assert late.reports[-1] == found.reports[-1]

    def test_none(self, p):
        """A report is added for each year since functions passed, with all that it has to set out."""
        found = mended(self.RULE, p.evolve(reports=()))
        assert list(FinancialYear.between("2016/17", "2025/26")) == [one.year for one in found.reports]
        assert [] == [rule.id for rule in STATUTE if rule.is_open(found)]

    def test_not_due(self, p):
        """Without functions there is no report, once that is known."""
        waiting = with_scheme(p.evolve(reports=()), delegated_on=None)
        assert waiting is mended(self.RULE, waiting)


class TestCompared:
    def test_as_many_as_there_were(self, p):
        """A report compares with five years, or with as many as there were."""
        found = mended("PR-r3-outcomes", with_papers(p, "reports", comparison_years=0)).reports
        assert [0, 1, 2, 3, 4, 5, 5, 5, 5, 5] == [one.comparison_years for one in found[:10]]

    def test_functions_passed_later(self, p):
        """It compares with no year before functions passed."""
        later = with_scheme(with_papers(p, "reports", comparison_years=UNKNOWN), delegated_on="2019-04-01")
        assert 4 == of(mended("PR-r3-outcomes", later)).comparison_years


class TestReviews:
    RULE = "PR-r8-review"

    def unsure(self, p, **changes):
        """Forget something of each review, and what reports say of them."""
        plans = p.plans.map(
            lambda plan: attrs.evolve(plan, reviews=plan.reviews.map(lambda one: attrs.evolve(one, **changes)))
        )
        return with_papers(p.evolve(plans=plans), "reports", contents=["indicators"])

    def test_outcome(self, p):
        """A plan that was replaced was reviewed to that end, and one that stands to be kept."""
        found = mended(self.RULE, self.unsure(p, outcome=UNKNOWN))
        assert {"replace"} == {one.outcome for plan in found.plans for one in plan.reviews}
        assert {"review changes", "review decision", "review reasons"} < set(
            of(found, FinancialYear("2018/19")).contents.items
        )
        plan = attrs.evolve(p.plans[-1], reviews=[Review(completed_on="2025-06-01")])
        kept = self.unsure(p.evolve(plans=[plan]), outcome=UNKNOWN)
        assert "no change" == mended(self.RULE, kept).plans[0].reviews[0].outcome

    def test_day(self, p):
        """A review without a day was done when it was decided on, or is yet to be done."""
        found = mended(self.RULE, self.unsure(p, completed_on=UNKNOWN)).plans
        assert {one.decided_on for plan in found for one in plan.reviews} == {
            one.completed_on for plan in found for one in plan.reviews
        }
        found = mended(self.RULE, self.unsure(p, completed_on=UNKNOWN, decided_on=UNKNOWN, outcome=UNKNOWN)).plans
        assert {(None, None)} == {(one.completed_on, one.outcome) for plan in found for one in plan.reviews}


class TestFinances:
    RULE = "PR-r4-finance"

    def test_missing(self, p):
        """A matter that is missing cost nothing; the others are left, and the variance agrees again."""
        rule = find(self.RULE)
        broken = rule.failing()
        found = of(rule.mended(broken))
        assert set(of(broken).spending.items) < set(found.spending.items)
        (fresh,) = set(found.spending.items) - set(of(broken).spending.items)
        assert Spending(on=MATTERS[3], amount=0, share=0) == fresh

    def test_shares(self, p):
        """A proportion that nobody recorded follows from the amounts."""
        spending = of(p).spending.map(lambda one: attrs.evolve(one, share=UNKNOWN))
        report = attrs.evolve(of(p), spending=spending)
        assert of(p) == of(mended(self.RULE, p.evolve(reports=[report])))

    def test_statement(self, p):
        """An amount that nobody recorded is what agrees with the report; nothing else changes."""
        assert p.reports == mended(self.RULE, with_papers(p, "statements", amount=UNKNOWN)).reports
        unsure = with_papers(p, "reports", variance=UNKNOWN)
        assert p.reports[:10] == mended(self.RULE, unsure).reports[:10]

    def test_no_statement(self, p):
        """Without a statement of the year nothing need be said of it."""
        found = mended(self.RULE, with_papers(p.evolve(statements=()), "reports", variance=UNKNOWN))
        assert of(found).variance is None


class TestProportions:
    RULE = "PR-r4-proportions"

    def shared(self, p, *, amount="£1m", **changes):
        """Let five matters come to more than the whole."""
        spending = [Spending(on=matter, amount=amount, share="0.24") for matter in MATTERS]
        return p.evolve(reports=[attrs.evolve(of(p), spending=spending, **changes)])

    @pytest.mark.parametrize(
        ("amount", "total", "share"),
        [
            ("£1m", "£10m", "0.1"),
            ("£1m", "£4m", "0.2"),
            ("£1m", UNKNOWN, "0.2"),
            (UNKNOWN, "£10m", "0.2"),
            (0, "£10m", "0.2"),
        ],
        ids=str,
    )
    def test_again(self, p, amount, total, share):
        """Proportions are worked out again from the amounts or, without any, cut to the whole."""
        found = of(mended(self.RULE, self.shared(p, amount=amount, total=total)))
        assert {Decimal(share)} == {one.share for one in found.spending}

    def test_others(self, p):
        """Reports whose proportions come to the whole are left, and so is what is not one of the five matters."""
        report = self.shared(p).reports[0]
        group = Spending(on="frailty", amount="£1m", share="0.5")
        extra = attrs.evolve(report, spending=[*report.spending, group])
        others = [one for one in p.reports if one.year != YEAR]
        found = mended(self.RULE, p.evolve(reports=[*others, extra]))
        assert others == [one for one in found.reports if one.year != YEAR]
        assert group in of(found).spending.items

    def test_not_recorded(self, p):
        """A proportion that nobody recorded is nothing where the money of the year is not known."""
        spending = [Spending(on=matter, amount=Money(5)) for matter in MATTERS]
        report = attrs.evolve(of(p), spending=Listing(spending, complete=False), total=UNKNOWN)
        found = of(mended(self.RULE, p.evolve(reports=[report])))
        assert {Decimal(0)} == {one.share for one in found.spending}
