"""Duties that other Acts lay on boards and on lead agencies."""

import attrs
import pytest

from scotintegration.budgets import Budget, Charge
from scotintegration.examples import example
from scotintegration.rules import ask
from scotintegration.rules.responsibilities import (
    category_1_responder,
    charges_recovered,
    code_of_conduct,
    corporate_parent,
    equality,
    fairer_scotland,
    island_communities,
    rights_of_the_child,
    staffing,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
LEAD = example("lead-agency-both-ways")
COUNCIL = P.local_authorities[0].id
RECORDED = (code_of_conduct, equality, fairer_scotland, island_communities, rights_of_the_child, staffing)
MINE = (*RECORDED, category_1_responder, charges_recovered, corporate_parent)


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def board(p=P, **facts):
    """Change the board."""
    return p.evolve(ijb=attrs.evolve(p.ijb, **facts))


class TestResponder:
    @pytest.mark.parametrize(
        ("expected", "treated"), [("pass", True), ("fail", False), ("fail", None), ("cannot tell", UNKNOWN)]
    )
    def test_board(self, expected, treated):
        """A board is a Category 1 responder."""
        assert expected == ask(category_1_responder, board(category_1=treated)).outcome

    @pytest.mark.parametrize(("treated", "outcome"), [(False, "fail"), (UNKNOWN, "cannot tell")])
    def test_lead(self, treated, outcome):
        """So is every lead agency, each by itself."""
        first, other = LEAD.lead_agencies
        p = LEAD.evolve(lead_agencies=[attrs.evolve(first, category_1=treated), other])
        assert [(outcome, f"lead_agencies[{first.id!r}].category_1")] == told(category_1_responder, p)

    def test_in_force(self):
        """The duty began on 17 March 2021."""
        p = board(category_1=False)
        assert "not applicable" == told(category_1_responder, p.at("2021-03-16"))
        assert [("fail", "ijb.category_1")] == told(category_1_responder, p.at("2021-03-17"))

    def test_no_board(self):
        """A scheme for a board that is not there leaves it open."""
        assert "cannot tell" == ask(category_1_responder, LEAD.evolve(scheme=P.scheme)).outcome


def serving(age, *, complete=True, **facts):
    """Let one function be delegated to the board, for people of an age."""
    function = attrs.evolve(P.scheme.functions[0], age_scope=age)
    scheme = attrs.evolve(P.scheme, functions=Listing([function], complete=complete))
    return board(P.evolve(scheme=scheme), **facts)


class TestCorporateParent:
    @pytest.mark.parametrize(
        ("expected", "age", "parent"),
        [
            ("pass", "under_18", True),
            ("pass", "all", True),
            ("fail", "under_18", False),
            ("fail", "all", None),
            ("pass", "18_plus", False),
            ("cannot tell", "all", UNKNOWN),
            ("cannot tell", UNKNOWN, False),
            ("pass", "18_plus", UNKNOWN),
            ("pass", UNKNOWN, True),
        ],
    )
    def test_ages(self, expected, age, parent):
        """A board with a function for people under 18 is a corporate parent, another need not be."""
        assert expected == ask(corporate_parent, serving(age, corporate_parent=parent)).outcome

    def test_functions(self):
        """Other functions may be for people under 18, and one delegated elsewhere does not count."""
        p = serving("18_plus", complete=False, corporate_parent=False)
        assert [("cannot tell", "functions")] == told(corporate_parent, p)
        function = attrs.evolve(P.scheme.functions[0], age_scope="all", delegate=COUNCIL)
        p = board(P.evolve(scheme=attrs.evolve(P.scheme, functions=[function])), corporate_parent=False)
        assert "pass" == told(corporate_parent, p)


def charging(*charges, complete=True, whole=True, year="2026/27"):
    """Charge users in one year."""
    budget = Budget(year=year, charges=Listing(charges, complete=complete))
    return P.evolve(budgets=Listing([budget], complete=whole))


class TestCharges:
    where = "budgets['2026/27'].charges"

    @pytest.mark.parametrize(
        ("expected", "function", "by"),
        [
            ("pass", "care-at-home", COUNCIL),
            ("pass", "care-at-home", None),
            ("fail", "care-at-home", P.id),
            ("fail", "care-at-home", P.health_board.id),
            ("cannot tell", "care-at-home", UNKNOWN),
            ("pass", "district-nursing", P.id),
            ("pass", "unheard-of", P.id),
        ],
    )
    def test_by(self, expected, function, by):
        """The council recovers charges for what it delegated; charges of others are not looked at."""
        assert expected == ask(charges_recovered, charging(Charge(function=function, recovered_by=by))).outcome

    def test_cannot_tell(self):
        """Charges, functions and years that nobody recorded leave it open."""
        p = charging(Charge(function="care-at-home", recovered_by=P.id), complete=False, whole=False)
        assert [("fail", self.where), ("cannot tell", self.where), ("cannot tell", "budgets")] == told(
            charges_recovered, p
        )
        scheme = attrs.evolve(P.scheme, functions=Listing(P.scheme.functions.items, complete=False))
        p = charging(Charge(function="unheard-of", recovered_by=P.id)).evolve(scheme=scheme)
        assert [("cannot tell", self.where)] == told(charges_recovered, p)

    def test_to_come(self):
        """A year to come is not looked at before its first day."""
        p = charging(Charge(function="care-at-home", recovered_by=P.id), year="2027/28")
        assert "pass" == told(charges_recovered, p.at("2027-03-31"))
        assert "fail" == ask(charges_recovered, p.at("2027-04-01")).outcome


class TestRecorded:
    @pytest.mark.parametrize("rule", RECORDED, ids=lambda rule: rule.id)
    def test_records(self, rule):
        """Without a record nobody can tell."""
        assert [("cannot tell", "evidence")] == told(rule, P.evolve(evidence=()))

    def test_yearly(self):
        """Information on staffing is published each year: an old record says nothing of the last one."""
        assert "pass" == ask(staffing, P.at("2029-03-31")).outcome
        (finding,) = ask(staffing, P.at("2029-04-01"))
        assert "cannot tell" == finding.outcome
        assert "a record of 2028/29 that" in finding.what

    def test_code(self):
        """A duty of which the text was not read only warns."""
        assert "warn" == ask(code_of_conduct, code_of_conduct.failing()).outcome

    @pytest.mark.parametrize(
        ("rule", "first"),
        [(rights_of_the_child, "2024-07-16"), (staffing, "2024-04-01"), (fairer_scotland, "2018-04-01")],
        ids=lambda value: getattr(value, "id", value),
    )
    def test_in_force(self, rule, first):
        """A duty begins on its day."""
        broken = rule.failing().at(first)
        assert "not applicable" != ask(rule, broken).outcome
        before = broken.at("2018-03-31" if first == "2018-04-01" else "2024-03-31")
        assert "not applicable" == ask(rule, before).outcome


class TestExamples:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it."""
        assert "pass" == told(rule, rule.passing())
        assert ("fail" if rule.verified else "warn") == ask(rule, rule.failing()).outcome

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """Of real areas nothing is known, so nothing passes and nothing fails."""
        assert "cannot tell" in {ask(rule, p).outcome for p in scotland().partnerships}
        assert {"cannot tell", "not applicable"} >= {ask(rule, p).outcome.value for p in scotland().partnerships}
