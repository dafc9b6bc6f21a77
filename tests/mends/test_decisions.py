"""Mends of decisions that matter."""

import pytest
from tests.mends.papers import with_papers

from scotintegration.dates import FinancialYear
from scotintegration.examples import example
from scotintegration.rules import find
from scotintegration.unknown import UNKNOWN

YEAR = FinancialYear("2024/25")


def mended(rule, p):
    """Mend one rule."""
    return find(rule).mended(p)


def counts(p):
    """List how many decisions reports count, by year, where any."""
    return {str(one.year): one.decisions for one in p.reports if one.decisions}


@pytest.fixture
def p():
    """Give an area with a decision outside the plan, and one that affects a locality."""
    return example("body-corporate")


class TestDecisions:
    def test_asked(self, p):
        """Planning group and users are asked only about the decision outside the plan."""
        silent = with_papers(p, "decisions", spg_views=False, users_involved=UNKNOWN)
        found = {
            one.id: (one.spg_views, one.users_involved) for one in mended("PBJW-s36-significant", silent).decisions
        }
        assert {"day-hospital": (True, True), "health-centre": (False, UNKNOWN)} == found

    def test_to_come(self, p):
        """Of a decision to come nothing is asked yet."""
        silent = with_papers(p, "decisions", on="2027-01-05", spg_views=False, residents_involved=False)
        for rule in ("PBJW-s36-significant", "PBJW-s41-locality-consult"):
            assert silent is mended(rule, silent)

    @pytest.mark.parametrize("field", ["significant", "outside_plan"])
    def test_not_judged(self, p, field):
        """A decision that nobody judged is outside the plan where its report counts it, and else not."""
        unsure = with_papers(p, "decisions", **{field: UNKNOWN})
        first = next(one for one in mended("PBJW-s36-significant", unsure).decisions if one.id == "day-hospital")
        assert next(one for one in p.decisions if one.id == "day-hospital") == first
        uncounted = with_papers(unsure, "reports", decisions=0)
        for one in mended("PBJW-s36-significant", uncounted).decisions:
            assert (True, True) != (one.significant, one.outside_plan)

    def test_locality(self, p):
        """Residents are consulted on what affects a locality; what nobody judged affects none."""
        silent = with_papers(p, "decisions", groups_involved=(), residents_involved=False)
        found = {one.id: one.residents_involved for one in mended("PBJW-s41-locality-consult", silent).decisions}
        assert {"day-hospital": False, "health-centre": True} == found
        unsure = with_papers(silent, "decisions", locality=UNKNOWN)
        assert {None} == {one.locality for one in mended("PBJW-s41-locality-consult", unsure).decisions}


class TestCount:
    RULE = "PR-r3c-s36-count"

    def test_counted(self, p):
        """A report counts the decisions of its year, with reasons, and a wrong count of none becomes none."""
        published = [one for one in p.reports if one.published_on <= p.as_at]
        found = mended(self.RULE, with_papers(p, "reports", decisions=3)).reports
        assert published == list(found[: len(published)])

    def test_silent(self, p):
        """Where nothing was decided a report may be silent."""
        found = mended(self.RULE, with_papers(p, "reports", decisions=None, contents=()))
        assert {str(YEAR): 1} == counts(found)
        assert {None, 1} == {one.decisions for one in found.reports}

    def test_without_day(self, p):
        """A decision without a day was taken on the day that governs, and no report counts it."""
        found = mended(self.RULE, with_papers(p, "decisions", on=UNKNOWN))
        assert {} == counts(found)
        outside = next(one for one in found.decisions if one.outside_plan)
        assert p.as_at == outside.on
