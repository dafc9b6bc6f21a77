"""Annual financial statements, and answers to recommendations."""

import pytest
from tests.rules.test_deciding import told

from scotintegration.examples import EXAMPLES, example
from scotintegration.performance import AnnualFinancialStatement, PerformanceReport, Recommendation
from scotintegration.plans import StrategicPlan
from scotintegration.rules import ask
from scotintegration.rules.statements import (
    INSPECTORS,
    committee_answered,
    inspections_answered,
    statement_states_amount,
    statements_yearly,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
LED = example("lead-agency-to-board")
MINE = (committee_answered, inspections_answered, statement_states_amount, statements_yearly)
FIRST = StrategicPlan(id="first", is_first=True, finalised_on="2024-03-14", published_on="2024-03-28")


def statement(year, published_on, **fields):
    """Write a financial statement."""
    return AnnualFinancialStatement(
        year=year, published_on=published_on, **{"amount": "£180m", "plan": "first", **fields}
    )


WHOLE = [
    statement("2024/25", "2024-03-28"),
    statement("2025/26", "2025-03-28"),
    statement("2026/27", "2026-03-27"),
]


def stating(*statements, plan=FIRST, complete=True):
    """Give a partnership these statements and a first plan."""
    return P.evolve(statements=Listing(statements, complete), plans=[plan])


def answering(*recommended, complete=True, base=P, **fields):
    """Give a partnership these recommendations, and a report on 2025/26."""
    report = PerformanceReport(year="2025/26", published_on="2026-07-28", **fields)
    return base.evolve(recommendations=Listing(recommended, complete), reports=[report])


def made(id="r", by="care-inspectorate", made_on="2025-11-05"):
    """Make a recommendation."""
    return Recommendation(id=id, by=by, made_on=made_on)


class TestLaws:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_not_applicable(self, rule):
        """The day before it came into force there was no duty."""
        assert "not applicable" == told(rule, LED.at("2014-09-21"))

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """Of real areas nothing is known."""
        outcomes = {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}
        assert {"cannot tell"} == outcomes - {"not applicable"}

    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps the rules."""
        for day in ("2024-04-01", "2028-03-31"):
            assert told(rule, example(name, as_at=day)) in ("pass", "not applicable")

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it."""
        assert "pass" == told(rule, rule.passing())
        assert "fail" == ask(rule, rule.failing()).outcome


class TestYearly:
    def test_kept(self):
        """One with the first plan and one of each year after is enough."""
        assert "pass" == told(statements_yearly, stating(*WHOLE))

    @pytest.mark.parametrize(("day", "expected"), [("2024-03-28", "pass"), ("2024-03-29", "fail")])
    def test_with_plan(self, day, expected):
        """The first is out when the first plan is."""
        p = stating(statement("2024/25", day), *WHOLE[1:])
        assert expected == ask(statements_yearly, p).outcome

    def test_missing(self):
        """A year that ends without one, and none published in it, is one too few; the running year has time yet."""
        p = stating(WHOLE[0])
        assert "pass" == told(statements_yearly, p.at("2026-03-31"))
        (finding,) = ask(statements_yearly, p.at("2026-04-01"))
        assert finding.what == "none of 2025/26, nor any published in it"
        assert "pass" == told(statements_yearly, stating(WHOLE[0], statement("2027/28", "2025-06-30")))

    @pytest.mark.parametrize("published", [None, "2026-11-23"])
    def test_not_out(self, published):
        """One that is not out counts for nothing."""
        p = stating(WHOLE[0], statement("2025/26", published))
        assert [("fail", "statements")] == told(statements_yearly, p)

    def test_partly_known(self):
        """Others, and when they were published, may be unknown."""
        assert [("cannot tell", "statements")] * 3 == told(statements_yearly, stating(complete=False))
        p = stating(WHOLE[0], statement("2025/26", UNKNOWN))
        assert [("cannot tell", "statements")] == told(statements_yearly, p)
        assert "pass" == told(statements_yearly, stating(*WHOLE, complete=False))

    def test_first_plan(self):
        """Until the first plan is out none is due; which it is and when it was out has to be known."""
        for fields, expected in (
            ({"published_on": None}, "pass"),
            ({"published_on": "2026-11-23"}, "pass"),
            ({"published_on": UNKNOWN}, "cannot tell"),
            ({"published_on": "2024-03-28", "is_first": UNKNOWN}, "cannot tell"),
            ({"published_on": "2024-03-28", "is_first": False}, "pass"),
        ):
            plan = StrategicPlan(**{"id": "first", "is_first": True, "finalised_on": "2024-03-14", **fields})
            assert expected == ask(statements_yearly, stating(plan=plan)).outcome


class TestAmount:
    @pytest.mark.parametrize("field", ["amount", "plan"])
    def test_stated(self, field):
        """Amount and plan are each stated."""
        where = f"statements['2026/27'].{field}"
        for value, expected in ((None, "fail"), (UNKNOWN, "cannot tell")):
            p = stating(statement("2026/27", "2026-03-27", **{field: value}))
            assert [(expected, where)] == told(statement_states_amount, p)

    @pytest.mark.parametrize(
        ("published", "expected"),
        [(None, "pass"), ("2026-11-23", "pass"), ("2026-11-22", "fail"), (UNKNOWN, "cannot tell")],
    )
    def test_published(self, published, expected):
        """One that is not out states nothing yet."""
        assert expected == ask(statement_states_amount, stating(statement("2026/27", published, amount=None))).outcome

    def test_partly_known(self):
        """There may be others."""
        assert [("cannot tell", "statements")] == told(statement_states_amount, stating(complete=False))

    def test_each(self):
        """That one is not out yet says nothing of the others."""
        coming, bare = statement("2025/26", None), statement("2026/27", "2026-03-27", amount=None)
        where = "statements['2026/27'].amount"
        assert [("fail", where)] == told(statement_states_amount, stating(coming, bare))


class TestRecommendations:
    @pytest.mark.parametrize("by", INSPECTORS)
    def test_paired(self, by):
        """Each recommendation is listed with what was done."""
        p = answering(made(by=by), recommendations=["r"], actions=["r"])
        assert "pass" == told(inspections_answered, p)
        p = answering(made(by=by), recommendations=["r"], actions=())
        assert [("fail", "reports['2025/26'].actions")] == told(inspections_answered, p)
        p = answering(made(by=by), recommendations=(), actions=["r"])
        assert [("fail", "reports['2025/26'].recommendations")] == told(inspections_answered, p)

    @pytest.mark.parametrize(
        "one",
        [made(made_on="2025-03-31"), made(made_on="2026-04-01"), made(made_on=None), made(by="another"), made(by=None)],
    )
    def test_not_caught(self, one):
        """Those of another year or body are not this report's matter."""
        assert "pass" == told(inspections_answered, answering(one, recommendations=(), actions=()))

    @pytest.mark.parametrize("one", [made(made_on=UNKNOWN), made(by=UNKNOWN)], ids=str)
    def test_cannot_tell(self, one):
        """Who made it, and when, may be unknown."""
        p = answering(one, recommendations=(), actions=())
        assert [("cannot tell", "recommendations")] == told(inspections_answered, p)

    def test_partly_known(self):
        """What was recommended, and what a report lists, may be unknown; what is known to be there is there."""
        p = answering(complete=False, recommendations=(), actions=())
        assert [("cannot tell", "recommendations")] == told(inspections_answered, p)
        assert [("cannot tell", "reports['2025/26']")] == told(inspections_answered, answering(made()))
        some = Listing(["r"], complete=False)
        assert "pass" == told(inspections_answered, answering(made(), recommendations=some, actions=some))

    def test_committee(self):
        """The monitoring committee's are answered too, where there is one."""
        committee = LED.monitoring_committee.id
        p = answering(made(by=committee), base=LED, recommendations=(), actions=())
        assert "fail" == ask(committee_answered, p).outcome
        assert "pass" == told(inspections_answered, p)
        assert "pass" == told(committee_answered, answering(made(), base=LED, recommendations=(), actions=()))
        assert "not applicable" == told(committee_answered, P)
        assert "pass" == told(committee_answered, p.evolve(monitoring_committee=None, members=(), chairs=()))
