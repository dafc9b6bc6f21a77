"""Sums set aside once they are spent, payments to a lead council, and who answers for money."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.budgets import Budget, SetAside, SetAsideReport
from scotintegration.examples import EXAMPLES, example
from scotintegration.rules import ask
from scotintegration.rules._joint_example import joint_lead_agency
from scotintegration.rules.money import council_pays_lead_council
from scotintegration.rules.settling import accountable_officer, excess_reclaimed, reports_given, unused_reclaimed
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("large-hospital")
WHERE = "budgets['2026/27'].set_aside_reports"
MAY = (accountable_officer, excess_reclaimed, unused_reclaimed)


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def asked(*reports, complete=True, whole=True, **facts):
    """Ask for reports in one year."""
    held = SetAside(health_board=P.health_board.id, function="accident-emergency", amount="£9")
    facts = {"set_asides": [held], **facts}
    budget = Budget(year="2026/27", set_aside_reports=Listing(reports, complete=complete), **facts)
    return P.evolve(budgets=Listing([budget], complete=whole))


class TestReports:
    @given(st.integers(1, 28), st.integers(1, 28))
    def test_in_time(self, due, given):
        """A report is in time on its day, and late after it."""
        p = asked(SetAsideReport(due_on=f"2026-09-{due:02}", given_on=f"2026-09-{given:02}"))
        assert ("fail" if given > due else "pass") == ask(reports_given, p).outcome

    @pytest.mark.parametrize(("due", "expected"), [("2026-11-22", "pass"), ("2026-11-21", [("fail", WHERE)])])
    def test_outstanding(self, due, expected):
        """A report not given is missing from the day after it was due."""
        for day in (None, "2026-11-23"):
            assert expected == told(reports_given, asked(SetAsideReport(due_on=due, given_on=day)))

    @pytest.mark.parametrize(
        ("expected", "report"),
        [
            ("cannot tell", SetAsideReport(due_on=UNKNOWN, given_on="2026-07-01")),
            ("cannot tell", SetAsideReport(due_on="2026-07-01", given_on=UNKNOWN)),
            ("pass", SetAsideReport(due_on="2027-07-01", given_on=UNKNOWN)),
            ("pass", SetAsideReport(due_on=None, given_on=None)),
        ],
        ids=str,
    )
    def test_unknown(self, expected, report):
        """A day that decides has to be recorded; a report for which no day was set has none."""
        assert expected == ask(reports_given, asked(report)).outcome

    @pytest.mark.parametrize(
        ("expected", "facts"),
        [
            ([("cannot tell", WHERE)], {}),
            ([("cannot tell", WHERE)], {"set_asides": UNKNOWN}),
            ([("cannot tell", WHERE)], {"set_asides": (), "derived": True}),
            ("pass", {"set_asides": ()}),
        ],
        ids=str,
    )
    def test_not_recorded(self, expected, facts):
        """Where nothing was set aside no report was due; elsewhere the reports have to be recorded."""
        assert expected == told(reports_given, asked(complete=False, **facts))

    def test_other_years(self):
        """Other years that nobody recorded leave it open."""
        assert [("cannot tell", "budgets")] == told(reports_given, asked(whole=False))

    def test_not_applicable(self):
        """Where the council delegates to the Health Board nothing is set aside."""
        assert "not applicable" == ask(reports_given, example("lead-agency-to-board")).outcome


class TestLeadCouncil:
    def test_paid(self):
        """The council that joins pays the one that leads; what it does not pay is missing."""
        p = joint_lead_agency()
        assert "pass" == told(council_pays_lead_council, p)
        joins = p.local_authorities[1].id
        budgets = p.budgets.map(
            lambda one: attrs.evolve(one, payments=one.payments.where(lambda paid: paid.payer != joins))
        )
        (finding,) = ask(council_pays_lead_council, p.evolve(budgets=budgets))
        assert ("fail", "budgets['2026/27'].payments['gardening-assistance-2']") == (finding.outcome, finding.where)
        assert "£0.00 paid, £90,000.00 found by the method of the scheme" == finding.what
        unread = p.budgets.map(lambda one: attrs.evolve(one, determined=UNKNOWN))
        assert "cannot tell" == ask(council_pays_lead_council, p.evolve(budgets=unread)).outcome

    def test_not_applicable(self):
        """It is for joint schemes of lead agencies."""
        found = {ask(council_pays_lead_council, example(name)).outcome.value for name in EXAMPLES}
        assert {"not applicable"} == found


class TestExamples:
    @pytest.mark.parametrize("rule", MAY, ids=lambda rule: rule.id)
    def test_permissions(self, rule):
        """What the law allows is never amiss."""
        assert {"pass", "not applicable"} >= {told(rule, example(name)) for name in EXAMPLES}
        assert None is rule.failing()

    @pytest.mark.parametrize("rule", [reports_given, council_pays_lead_council], ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it."""
        assert "pass" == told(rule, rule.passing())
        assert "fail" == ask(rule, rule.failing()).outcome

    def test_real_areas(self):
        """Of real areas nothing is known, so nothing passes and nothing fails."""
        found = {ask(reports_given, p).outcome.value for p in scotland().partnerships}
        assert {"cannot tell"} == found - {"not applicable"}
