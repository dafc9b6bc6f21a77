"""Rules about plans and reports that only a record answers."""

import attrs
import pytest

from scotintegration.evidence import Evidence
from scotintegration.examples import EXAMPLES, example
from scotintegration.rules import ask, find
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

IDS = (
    "GUID-locality-gp",
    "GUID-plan-eqia",
    "GUID-plan-housing",
    "GUID-plan-mtfp",
    "PBJW-s30-3-other-ias",
    "PBJW-s33-7-account",
    "PBJW-s34-info",
    "PBJW-s37-2b-spg",
    "PBJW-s42-6-info",
)
NOT_BOTH_WAYS = ("PBJW-s34-info", "PBJW-s42-6-info")
P = example("body-corporate")

OF_PLAN = [("2025-03-14", "pass"), ("2022-03-14", "cannot tell"), ("2024-03-20", "pass")]
EACH = {
    **dict.fromkeys(("GUID-plan-eqia", "GUID-plan-housing", "GUID-plan-mtfp"), OF_PLAN),
    **dict.fromkeys(("PBJW-s30-3-other-ias", "PBJW-s33-7-account"), OF_PLAN),
    "PBJW-s37-2b-spg": [("2025-01-17", "pass"), ("2022-02-21", "cannot tell"), ("2023-08-01", "pass")],
}
"""Duties of each plan or review: days of a record, and whether it is of the latest one."""

every = pytest.mark.parametrize("id", IDS)


def with_records(id, *records):
    """Give the example only these records of a duty."""
    others = [one for one in P.evidence if one.duty != id]
    return P.evolve(evidence=[*others, *(Evidence(duty=id, on=on, met=met) for on, met in records)])


class TestEach:
    """Duties of every plan, and of every review of a plan."""

    @pytest.mark.parametrize("id", EACH)
    def test_nearest(self, id):
        """A record is of the plan or review to whose day it is nearest, and says nothing of a later one."""
        for day, expected in EACH[id]:
            assert expected == ask(find(id), with_records(id, (day, True))).outcome
        assert "cannot tell" == ask(find(id), with_records(id, (UNKNOWN, True))).outcome

    @pytest.mark.parametrize("id", EACH)
    def test_only_one(self, id):
        """Of a first plan, or a first review, any record speaks; so it does where there is none."""
        for day in (UNKNOWN, "2015-01-01"):
            p = with_records(id, (day, True))
            assert "pass" == ask(find(id), p.evolve(plans=p.plans.items[:1])).outcome
            assert "pass" == ask(find(id), p.evolve(plans=())).outcome


@every
class TestLaws:
    def test_met(self, id):
        """The latest record on or before the day decides."""
        rule = find(id)
        p = with_records(id, ("2024-05-01", False), ("2026-05-01", True), ("2026-11-23", False))
        assert "fail" == ask(rule, p.at("2026-04-30")).outcome
        assert "pass" == ask(rule, p).outcome
        assert "fail" == ask(rule, p.at("2026-11-23")).outcome

    @pytest.mark.parametrize("records", [[], [("2026-05-01", UNKNOWN)], [("2026-11-23", True)]], ids=str)
    def test_cannot_tell(self, id, records):
        """Without a record by the day nobody can tell."""
        assert "cannot tell" == ask(find(id), with_records(id, *records)).outcome

    def test_real_areas(self, id):
        """Of real areas nothing is known."""
        outcomes = {ask(find(id), p).outcome for p in scotland("2026-11-22").partnerships}
        assert {"cannot tell"} == outcomes - {"not applicable"}

    def test_not_applicable(self, id):
        """Before its first day a rule does not apply, and some do not name an authority of both bodies."""
        first = find(id).days.start
        assert "not applicable" == ask(find(id), P.at(first.replace(year=first.year - 1))).outcome
        both = ask(find(id), example("lead-agency-both-ways")).outcome
        assert ("not applicable" if id in NOT_BOTH_WAYS else "pass") == both

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_quiet(self, id, name):
        """Every example keeps the rules."""
        for day in ("2024-04-01", "2028-03-31"):
            assert ask(find(id), example(name, as_at=day)).outcome in ("pass", "not applicable")

    @pytest.mark.parametrize("record", ["2025-03-14", "2024-01-01", UNKNOWN], ids=str)
    def test_days_not_known(self, id, record):
        """Where plans and reviews are known in part, only a record of the day itself is of the latest for sure."""
        p = with_records(id, (record, True)).evolve(plans=Listing(P.plans.items, complete=False))
        each = id in EACH
        assert ("cannot tell" if each else "pass") == ask(find(id), p).outcome
        today = p.evolve(evidence=[Evidence(duty=id, on="2026-11-22", met=True)])
        assert "pass" == ask(find(id), today).outcome

    def test_behave(self, id):
        """One example keeps a rule and the other breaks it, and says so once."""
        (finding,) = ask(find(id), find(id).failing())
        assert "fail" == finding.outcome
        assert "evidence" == finding.where
        assert attrs.evolve(P) == find(id).passing()
