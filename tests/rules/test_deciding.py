"""Decisions that matter, outside the plan or to a locality, and how reports count them."""

import attrs
import pytest

from scotintegration.examples import EXAMPLES, example
from scotintegration.performance import Decision, PerformanceReport
from scotintegration.rules import ask
from scotintegration.rules.deciding import (
    decisions_counted,
    locality_consulted,
    no_plan_duty_for_both,
    significant_decisions,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
MINE = (decisions_counted, locality_consulted, significant_decisions)
ASKED = {"spg_views": True, "users_involved": True, "groups_involved": ["third sector bodies"]}


def decision(id="closure", **fields):
    """Write a decision outside the plan that was put to everybody."""
    whole = {"on": "2025-05-21", "significant": True, "outside_plan": True, "locality": None, **ASKED}
    return Decision(id=id, **{**whole, "residents_involved": True, **fields})


def taken(*decisions, complete=True, reports=()):
    """Give a partnership these decisions and reports."""
    return P.evolve(decisions=Listing(decisions, complete), reports=reports)


def report(**fields):
    """Write a report that counts one decision."""
    whole = {"published_on": "2026-07-28", "decisions": 1, "contents": ["reasons for decisions"]}
    return PerformanceReport(year="2025/26", **{**whole, **fields})


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


class TestLaws:
    @pytest.mark.parametrize("rule", [*MINE, no_plan_duty_for_both], ids=lambda rule: rule.id)
    def test_not_applicable(self, rule):
        """The day before it came into force there was no duty."""
        assert "not applicable" == told(rule, P.at("2014-09-21"))

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """Of real areas nothing is known."""
        outcomes = {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}
        assert {"cannot tell"} == outcomes - {"not applicable"}

    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps the rules."""
        for day in ("2024-04-01", "2024-09-18", "2025-05-21", "2028-03-31"):
            assert told(rule, example(name, as_at=day)) in ("pass", "not applicable")

    @pytest.mark.parametrize("rule", [significant_decisions, decisions_counted], ids=lambda rule: rule.id)
    def test_both_ways(self, rule):
        """Where each delegates to the other the duty does not apply, and a guard says so."""
        p = example("lead-agency-both-ways")
        unasked = p.evolve(decisions=[decision(spg_views=False, users_involved=False)])
        assert "not applicable" == told(rule, unasked)
        assert "pass" == told(no_plan_duty_for_both, unasked)
        assert "not applicable" == told(no_plan_duty_for_both, p.at("2014-11-27"))


class TestSignificant:
    where = "decisions['closure']"

    @pytest.mark.parametrize("field", ["spg_views", "users_involved"])
    def test_asked(self, field):
        """Planning group and users are each asked."""
        assert "pass" == told(significant_decisions, taken(decision()))
        spot = f"{self.where}.{field}"
        assert [("fail", spot)] == told(significant_decisions, taken(decision(**{field: False})))
        assert [("fail", spot)] == told(significant_decisions, taken(decision(**{field: None})))
        assert [("cannot tell", spot)] == told(significant_decisions, taken(decision(**{field: UNKNOWN})))

    @pytest.mark.parametrize(
        "fields",
        [
            {"significant": False},
            {"outside_plan": False},
            {"significant": UNKNOWN, "outside_plan": False},
            {"significant": False, "outside_plan": UNKNOWN},
            {"on": "2026-11-23"},
        ],
        ids=str,
    )
    def test_not_caught(self, fields):
        """A decision under the plan, or judged less than significant, or yet to come, is not caught."""
        assert "pass" == told(significant_decisions, taken(decision(spg_views=False, **fields)))

    @pytest.mark.parametrize("fields", [{"significant": UNKNOWN}, {"outside_plan": UNKNOWN}], ids=str)
    def test_cannot_tell(self, fields):
        """Significance is the authority's own judgement, so it has to be recorded."""
        assert [("cannot tell", "decisions")] == told(significant_decisions, taken(decision(**fields)))
        assert [("cannot tell", "decisions")] == told(significant_decisions, taken(decision(), complete=False))

    @pytest.mark.parametrize("day", [None, UNKNOWN, "2026-11-22"])
    def test_proposed(self, day):
        """A decision proposed, or of a day unknown, is caught."""
        assert "fail" == ask(significant_decisions, taken(decision(on=day, spg_views=False))).outcome


class TestLocality:
    where = "decisions['closure']"

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"groups_involved": (), "residents_involved": False}, "fail"),
            ({"groups_involved": (), "residents_involved": None}, "fail"),
            ({"residents_involved": False}, "pass"),
            ({"groups_involved": ()}, "pass"),
            ({"groups_involved": UNKNOWN, "residents_involved": False}, "cannot tell"),
            ({"groups_involved": (), "residents_involved": UNKNOWN}, "cannot tell"),
            ({"groups_involved": Listing(["a"], complete=False), "residents_involved": UNKNOWN}, "pass"),
        ],
        ids=str,
    )
    def test_consulted(self, fields, expected):
        """Somebody is consulted; whom is for the authority to judge."""
        result = told(locality_consulted, taken(decision(locality="north", **fields)))
        assert (expected if expected == "pass" else [(expected, self.where)]) == result

    def test_not_caught(self):
        """A decision that affects no locality, or is yet to come, is not caught; whether it does may be unknown."""
        nobody = {"groups_involved": (), "residents_involved": False}
        assert "pass" == told(locality_consulted, taken(decision(**nobody)))
        assert "pass" == told(locality_consulted, taken(decision(locality="north", on="2026-11-23", **nobody)))
        assert [("cannot tell", f"{self.where}.locality")] == told(
            locality_consulted, taken(decision(locality=UNKNOWN, **nobody))
        )
        assert [("cannot tell", "decisions")] == told(locality_consulted, taken(complete=False))
        assert "not applicable" == told(locality_consulted, P.at("2014-11-27"))


class TestCounted:
    where = "reports['2025/26'].decisions"

    @pytest.mark.parametrize(
        ("number", "stated", "expected"),
        [
            (0, 0, "pass"),
            (0, None, "pass"),
            (0, UNKNOWN, "pass"),
            (0, 1, "fail"),
            (2, 2, "pass"),
            (2, 1, "fail"),
            (2, 3, "fail"),
            (2, None, "fail"),
            (2, UNKNOWN, "cannot tell"),
        ],
    )
    def test_number(self, number, stated, expected):
        """The number is that of the year's decisions; where there are none it may be left out."""
        decisions = [decision(f"d{one}") for one in range(number)]
        others = [
            decision("before", on="2025-03-31"),
            decision("proposed", on=None),
            decision("under", outside_plan=False),
        ]
        p = taken(*decisions, *others, reports=[report(decisions=stated)])
        assert expected == ask(decisions_counted, p).outcome

    @pytest.mark.parametrize(
        ("day", "number"), [("2025-03-31", 0), ("2025-04-01", 1), ("2026-03-31", 1), ("2026-04-01", 0)]
    )
    def test_days(self, day, number):
        """The year is from 1 April to 31 March."""
        assert "pass" == told(decisions_counted, taken(decision(on=day), reports=[report(decisions=number)]))

    def test_partly_known(self):
        """There may be more decisions, but no fewer than are known."""
        p = taken(decision(), complete=False, reports=[report()])
        assert [("cannot tell", "decisions")] == told(decisions_counted, p)
        assert [("fail", self.where)] == told(decisions_counted, p.evolve(reports=[report(decisions=0)]))
        p = taken(decision(on=UNKNOWN), reports=[report()])
        assert [("cannot tell", "decisions")] == told(decisions_counted, p)

    def test_reasons(self):
        """The reasons are given where there is a decision."""
        where = "reports['2025/26'].contents"
        assert [("fail", where)] == told(decisions_counted, taken(decision(), reports=[report(contents=())]))
        assert [("cannot tell", where)] == told(
            decisions_counted, taken(decision(), reports=[report(contents=UNKNOWN)])
        )
        assert "pass" == told(decisions_counted, taken(reports=[report(decisions=0, contents=())]))

    def test_reports(self):
        """Only published reports are looked at, and which those are may be unknown."""
        for day, expected in ((None, "pass"), ("2026-11-23", "pass"), ("2026-11-22", "fail"), (UNKNOWN, "cannot tell")):
            p = taken(decision(), reports=[report(published_on=day, decisions=None)])
            assert expected == ask(decisions_counted, p).outcome
        p = taken(decision(), reports=Listing([report()], complete=False))
        assert [("cannot tell", "reports")] == told(decisions_counted, p)
        assert "not applicable" == told(decisions_counted, P.at("2014-12-19"))


class TestExamples:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it."""
        assert "pass" == told(rule, rule.passing())
        assert "fail" == ask(rule, rule.failing()).outcome
        assert attrs.evolve(P) == rule.passing()
