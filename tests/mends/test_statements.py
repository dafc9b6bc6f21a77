"""Mends of annual financial statements, and of answers to recommendations."""

from datetime import date

import attrs
import pytest
from tests.mends.papers import with_papers

from scotintegration.dates import FinancialYear
from scotintegration.examples import example
from scotintegration.mends.statements import stated_amount
from scotintegration.money import Money
from scotintegration.rules import find
from scotintegration.unknown import UNKNOWN, Listing

YEAR = FinancialYear("2019/20")


def mended(rule, p):
    """Mend one rule."""
    return find(rule).mended(p)


@pytest.fixture
def p():
    """Give an area whose statements and reports are in order."""
    return example("body-corporate")


class TestStatements:
    def test_amount(self, p):
        """An amount is what was spent less what went beyond it; without a report that says so it is nothing."""
        statement = next(one for one in p.statements if one.year == YEAR)
        assert statement.amount == stated_amount(p, YEAR)
        assert Money(0) == stated_amount(p, FinancialYear("2030/31"))
        assert Money(0) == stated_amount(with_papers(p, "reports", spending=()), YEAR)
        report = next(one for one in p.reports if one.year == YEAR)
        spent = sum(one.amount.pence for one in report.spending)
        assert Money(spent) == stated_amount(with_papers(p, "reports", variance=None), YEAR)

    def test_left_out(self):
        """The year that lacks a statement gets one at its beginning, and only that."""
        rule = find("PBJW-s39-afs-yearly")
        p = rule.failing()
        (fresh,) = set(rule.mended(p).statements.items) - set(p.statements.items)
        assert (YEAR, date(2019, 4, 1), "plan-2019") == (fresh.year, fresh.published_on, fresh.plan)

    def test_none(self, p):
        """The first goes with the first plan and speaks of the year in which its period begins."""
        found = mended("PBJW-s39-afs-yearly", p.evolve(statements=())).statements
        assert (FinancialYear("2016/17"), p.plans[0].published_on) == (found[0].year, found[0].published_on)
        assert list(FinancialYear.between("2016/17", "2025/26")) == [one.year for one in found]

    def test_without_start(self, p):
        """A first plan without a start counts from the day it was published."""
        plans = [attrs.evolve(p.plans[0], start=None), *p.plans[1:]]
        found = mended("PBJW-s39-afs-yearly", p.evolve(plans=plans, statements=()))
        assert FinancialYear("2015/16") == found.statements[0].year

    def test_not_dated(self, p):
        """Statements on record without a day are dated before any is added."""
        found = mended("PBJW-s39-afs-yearly", with_papers(p, "statements", published_on=UNKNOWN)).statements
        assert len(p.statements) == len(found)
        assert p.plans[0].published_on == found[0].published_on

    def test_no_plan(self, p):
        """A statement where no plan is on record names the one that there would be."""
        bare = with_papers(p.evolve(plans=()), "statements", plan=None)
        assert {"strategic-plan"} == {
            one.plan for one in mended("PBJW-s39-2-amount", bare).statements if one.published_on <= p.as_at
        }

    def test_to_come(self, p):
        """A statement without a day, of a year to come, is not published yet."""
        found = mended("PBJW-s39-2-amount", with_papers(p, "statements", published_on=UNKNOWN)).statements
        assert (date(2026, 4, 1), None) == (found[-3].published_on, found[-1].published_on)


class TestRecommendations:
    def test_listed(self):
        """What was recommended in the year of a report is listed in it with what was done, and in no other."""
        rule = find("PR-r7-inspection")
        assert rule.passing().reports == rule.mended(rule.failing()).reports

    def test_committee(self):
        """What the monitoring committee recommended is listed too."""
        rule = find("PR-r9-ijmc")
        broken = rule.failing()
        year = FinancialYear("2024/25")
        wanted = {one.id for one in broken.recommendations if one.made_on in year}
        for before, report in zip(broken.reports, rule.mended(broken).reports, strict=True):
            added = wanted if report.year == year else set()
            assert {*before.recommendations.items, *added} == set(report.recommendations.items)
            assert {*before.actions.items, *added} == set(report.actions.items)

    def test_no_committee(self):
        """A lead agency without a committee has nothing to list."""
        p = example("lead-agency-to-board").evolve(reports=UNKNOWN, monitoring_committee=None, members=(), chairs=())
        assert not find("PR-r9-ijmc").is_open(p)

    def test_not_recorded(self, p):
        """A recommendation without author and day was made in the year whose report lists it, else on the day."""
        year = FinancialYear("2023/24")
        unsure = with_papers(p, "recommendations", by=UNKNOWN, made_on=UNKNOWN)
        assert year.end == mended("PR-r7-inspection", unsure).recommendations[0].made_on
        silent = with_papers(unsure, "reports", recommendations=(), actions=())
        (found,) = mended("PR-r7-inspection", silent).recommendations
        assert (p.as_at, "care-inspectorate") == (found.made_on, found.by)

    def test_in_part(self, p):
        """Recommendations on record are taken for all of them."""
        unsure = p.evolve(recommendations=Listing(p.recommendations.items, complete=False))
        assert p == mended("PR-r7-inspection", unsure)
