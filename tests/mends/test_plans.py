"""Mends of strategic plans: that one stands, what it covers, how it was prepared, and that it is published."""

from datetime import date

import attrs
import pytest
from tests.mends.papers import with_papers, with_scheme

from scotintegration.examples import example
from scotintegration.plans import StrategicPlan
from scotintegration.rules import find
from scotintegration.unknown import UNKNOWN, Listing

DAY = date(2026, 11, 22)


def mended(rule, p):
    """Mend one rule."""
    return find(rule).mended(p)


def with_last(p, **changes):
    """Change the plan that stands."""
    return p.evolve(plans=[*p.plans[:-1], attrs.evolve(p.plans[-1], **changes)])


@pytest.fixture
def p():
    """Give an area whose plans are in order."""
    return example("body-corporate")


class TestLetAPlanStand:
    RULE = "PBJW-s29-plan-exists"

    def test_draft(self, p):
        """A draft is finalised, on the day its period begins at the latest."""
        plan = mended(self.RULE, with_last(p, finalised_on=None, published_on=None)).plans[-1]
        assert plan.start == plan.finalised_on

    def test_replaced(self, p):
        """Without a draft the plan that was replaced last goes on standing, finalised as it was."""
        earlier = p.plans[:-1]
        assert (*earlier[:-1], attrs.evolve(earlier[-1], replaced_on=None)) == mended(
            self.RULE, p.evolve(plans=earlier)
        ).plans.items

    def test_replaced_draft(self, p):
        """A plan that was replaced and never finalised is finalised."""
        plan = attrs.evolve(p.plans[-1], finalised_on=None, published_on=None, replaced_on="2026-01-05")
        (found,) = mended(self.RULE, p.evolve(plans=[plan])).plans
        assert (plan.start, None) == (found.finalised_on, found.replaced_on)

    def test_none(self, p):
        """Without any plan a first one stands, finalised the day before functions passed, with all that it needs."""
        (plan,) = mended(self.RULE, p.evolve(plans=())).plans
        assert (True, date(2016, 3, 31)) == (plan.is_first, plan.finalised_on)
        assert {function.id for function in p.functions} == set(plan.functions.items)
        assert [date(2019, 3, 31), date(2022, 3, 30), date(2025, 3, 29)] == [
            review.completed_on for review in plan.reviews
        ]

    def test_day_in_the_plan(self, p):
        """A first plan says that it names no day exactly where that day decides when functions were to pass."""
        none = p.evolve(plans=())
        assert mended(self.RULE, none).plans[0].delegation_day is None
        assert mended(self.RULE, with_scheme(none, replaces="old-scheme")).plans[0].delegation_day is UNKNOWN
        early = mended(self.RULE, with_scheme(none, delegated_on="2016-03-20")).plans[0]
        assert date(2016, 3, 20) == early.delegation_day

    def test_not_before_functions_pass(self, p):
        """No plan is added where the day functions pass is yet to come."""
        waiting = with_scheme(p.evolve(plans=()), delegated_on="2027-04-01")
        assert waiting is mended(self.RULE, waiting)


class TestFirstPlan:
    def test_finalised(self, p):
        """The first plan was finalised before functions passed, and before it was published."""
        rule = find("PBJW-s29-5-first-before-start")
        assert p.plans[0].published_on == rule.mended(rule.failing()).plans[0].finalised_on
        unpublished = attrs.evolve(rule.failing().plans[0], published_on=None)
        found = rule.mended(p.evolve(plans=[unpublished, *p.plans[1:]])).plans[0]
        assert date(2016, 3, 31) == found.finalised_on

    def test_which(self, p):
        """The earliest plan was the first, where nobody recorded it; nothing else changes."""
        unsure = with_papers(p, "plans", is_first=UNKNOWN)
        expected = [attrs.evolve(unsure.plans[0], is_first=True), *unsure.plans[1:]]
        assert tuple(expected) == mended("PBJW-s32-spg-exists", unsure).plans.items

    def test_not_on_record(self, p):
        """Where the earliest plan on record was not the first, none on record was."""
        later = [attrs.evolve(p.plans[1], is_first=False), attrs.evolve(p.plans[2], is_first=UNKNOWN)]
        found = mended("PBJW-s39-afs-yearly", p.evolve(plans=Listing(later, complete=False)))
        assert [False, False] == [plan.is_first for plan in found.plans]
        assert found.plans.complete

    def test_names_day(self):
        """The first plan names the day on which functions passed early."""
        rule = find("PBJW-s29-4-names-day")
        assert date(2016, 3, 20) == rule.mended(rule.failing()).plans[0].delegation_day


class TestWhichStand:
    def test_replaced(self, p):
        """A plan of which nobody recorded whether it was replaced gave way to the next."""
        found = mended("PBJW-s29-2b-outcomes", with_papers(p, "plans", replaced_on=UNKNOWN)).plans
        assert [date(2019, 4, 1), date(2022, 4, 1), date(2025, 4, 1), None] == [plan.replaced_on for plan in found]

    def test_replaced_without_start(self, p):
        """Where the next plan names no start the one before gave way when that was finalised."""
        plans = [attrs.evolve(plan, replaced_on=UNKNOWN, start=None) for plan in p.plans[-2:]]
        found = mended("PBJW-s29-2b-outcomes", p.evolve(plans=plans)).plans
        assert p.plans[-1].finalised_on == found[0].replaced_on

    def test_draft(self, p):
        """A plan that nothing shows to be final stays a draft while another stands."""
        draft = StrategicPlan(id="plan-2027", is_first=False, published_on=None)
        found = mended("PBJW-s29-2b-outcomes", p.evolve(plans=[*p.plans, draft]))
        assert found.plans[-1].finalised_on is None
        assert p.plans.items == found.plans[:-1]

    def test_only_one(self, p):
        """A plan that nothing shows to be final stands where functions have passed and no other can."""
        alone = StrategicPlan(id="plan-2027", is_first=False, start="2026-04-01", published_on=None)
        found = mended("PBJW-s29-2b-outcomes", p.evolve(plans=[alone]))
        assert date(2026, 4, 1) == found.plans[0].finalised_on


class TestMakeArrangements:
    RULE = "PBJW-s29-2a-arrangements"

    def test_missing(self, p):
        """Only functions that no plan covers are added, and what is known in part stays so."""
        functions = Listing(p.plans[-1].functions.items[2:], complete=False)
        found = mended(self.RULE, with_last(p, functions=functions)).plans[-1].functions
        assert set(p.plans[-1].functions.items) == set(found.items)
        assert not found.complete

    def test_functions_not_told(self, p):
        """Functions of which nobody recorded from when until when go with the day functions passed."""
        functions = [attrs.evolve(one, start=UNKNOWN, until=UNKNOWN, recorded_on=None) for one in p.scheme.functions]
        found = mended(self.RULE, with_scheme(p, functions=Listing(functions, complete=False)))
        assert {(None, None)} == {(one.start, one.until) for one in found.scheme.functions}
        assert p.plans == found.plans


class TestTakeSteps:
    RULE = "PBJW-s33-sequence"

    def test_missing(self, p):
        """A step without a day is taken on the day of the next."""
        plan = p.plans[-1]
        found = mended(self.RULE, with_last(p, draft1_on=None)).plans[-1]
        assert attrs.evolve(plan, draft1_on=plan.draft2_on) == found

    def test_least(self, p):
        """As many days as can be are left as they are."""
        plan = p.plans[-1]
        found = mended(self.RULE, with_last(p, draft2_on="2010-01-01")).plans[-1]
        assert attrs.evolve(plan, draft2_on=plan.finalised_on) == found

    def test_all_late(self, p):
        """Days after the plan was finalised give way to the day it was."""
        late = {"proposals_on": "2026-01-01", "draft1_on": "2026-01-02", "draft2_on": "2026-01-03"}
        found = mended(self.RULE, with_last(p, **late)).plans[-1]
        assert {found.finalised_on} == {found.proposals_on, found.draft1_on, found.draft2_on}


class TestPublish:
    def test_with_statement(self, p):
        """A plan is published with its statement, where that has a day, or else when it was finalised."""
        plan = p.plans[-1]
        assert plan == mended("PBJW-s35-publish", with_last(p, published_on=None)).plans[-1]
        neither = with_last(p, published_on=None, statement_published_on=None)
        assert plan.finalised_on == mended("PBJW-s35-publish", neither).plans[-1].published_on

    def test_statement(self, p):
        """A statement without its plan is published with it, both on the day the plan was finalised."""
        plan = p.plans[-1]
        found = mended("PBJW-s35-2-statement", with_last(p, published_on=UNKNOWN, statement_published_on=None))
        assert (
            attrs.evolve(plan, published_on=plan.finalised_on, statement_published_on=plan.finalised_on)
            == found.plans[-1]
        )

    def test_kept(self, p):
        """Of two plans that stand only the one at fault is changed."""
        both = [attrs.evolve(p.plans[-2], replaced_on=None), attrs.evolve(p.plans[-1], published_on=None)]
        found = mended("PBJW-s35-publish", p.evolve(plans=both)).plans
        assert (both[0], p.plans[-1]) == found.items
