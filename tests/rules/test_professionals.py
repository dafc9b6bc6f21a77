"""The clinicians on a board: what makes them eligible, and who chooses them."""

import attrs
import pytest

from scotintegration.examples import example
from scotintegration.officers import Member
from scotintegration.rules import ask
from scotintegration.rules.professionals import chosen_by_health_board, doctor, nurse, practitioner_is_listed
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
NHS, BOARD = "nhs-glenmore", "strathallan-ijb"
RULES = (practitioner_is_listed, nurse, doctor, chosen_by_health_board)
GP = {"route": "general-practitioner", "performers_list": NHS, "selected_by": NHS}
NURSE = {"route": "nurse", "registered_nurse": True, "employer": NHS, "selected_by": NHS}
DOCTOR = {
    "route": "doctor",
    "registered_doctor": True,
    "employer": NHS,
    "provides_primary_care": False,
    "selected_by": NHS,
}


def seats(*members, complete=True, contractors=()):
    """Let these be all members of the board."""
    nhs = attrs.evolve(P.health_board, gms_contractors=contractors)
    return P.evolve(members=Listing(members, complete), health_board=nhs)


def one(facts, **changes):
    """Make a member."""
    return Member(**{"id": "one", "board": BOARD, "start": "2026-01-01", **facts, **changes})


def outcome(rule, p):
    """Ask one rule."""
    return str(ask(rule, p).outcome)


class TestFacts:
    @pytest.mark.parametrize(
        ("rule", "facts", "field", "good", "bad"),
        [
            (practitioner_is_listed, GP, "performers_list", NHS, ("nhs-cairnwater", None)),
            (nurse, NURSE, "registered_nurse", True, (False, None)),
            (nurse, NURSE, "employer", NHS, ("care-home", None)),
            (doctor, DOCTOR, "registered_doctor", True, (False, None)),
            (doctor, DOCTOR, "employer", NHS, ("strathallan-council", None)),
            (doctor, DOCTOR, "provides_primary_care", False, (True,)),
            (chosen_by_health_board, GP, "selected_by", NHS, ("strathallan-council", BOARD, None)),
            (chosen_by_health_board, NURSE, "selected_by", NHS, ("strathallan-council",)),
            (chosen_by_health_board, DOCTOR, "selected_by", NHS, ("strathallan-council",)),
        ],
    )
    def test_field(self, rule, facts, field, good, bad):
        """Each fact that an article asks for decides alone; without it nobody can tell."""
        assert "pass" == outcome(rule, seats(one(facts, **{field: good})))
        for value in bad:
            assert "fail" == outcome(rule, seats(one(facts, **{field: value})))
        assert "cannot tell" == outcome(rule, seats(one(facts, **{field: UNKNOWN})))

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
    def test_only_who_sits(self, rule):
        """Nobody out of office is looked at; an empty board breaks nothing here; a record in part leaves it open."""
        gone = [one(facts, performers_list=None, employer=None, selected_by=None, id=facts["route"], until="2026-11-21")
                for facts in (GP, NURSE, DOCTOR)]  # fmt: skip
        assert "pass" == outcome(rule, seats(*gone))
        assert "fail" == outcome(rule, seats(*gone).at("2026-11-21"))
        assert "pass" == outcome(rule, seats())
        assert "cannot tell" == outcome(rule, seats(complete=False))

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
    def test_where(self, rule):
        """Lead agencies are not asked, and of real areas nobody can tell."""
        assert "not applicable" == outcome(rule, example("lead-agency-to-board"))
        assert {"cannot tell", "not applicable"} == {outcome(rule, p) for p in scotland()}

    @pytest.mark.parametrize(("employer", "said"), [("care-home", "care-home"), (None, "nobody")])
    def test_employer(self, employer, said):
        """A finding names who employs the doctor."""
        (finding,) = ask(doctor, seats(one(DOCTOR, employer=employer)))
        assert ("members['one'].employer", f"employed by {said}") == (finding.where, finding.what)

    @pytest.mark.parametrize(
        ("rule", "facts"),
        [
            (practitioner_is_listed, {"performers_list": UNKNOWN}),
            (nurse, {"registered_nurse": UNKNOWN, "employer": UNKNOWN}),
            (doctor, {"registered_doctor": UNKNOWN, "provides_primary_care": UNKNOWN, "employer": UNKNOWN}),
            (chosen_by_health_board, {"selected_by": UNKNOWN}),
        ],
    )
    def test_every_gap(self, rule, facts):
        """Each fact that is missing is named at its place."""
        whole = {practitioner_is_listed: GP, nurse: NURSE, doctor: DOCTOR, chosen_by_health_board: GP}[rule]
        found = ask(rule, seats(one(whole, **facts))).findings
        assert [("cannot tell", f"members['one'].{fact}") for fact in facts] == [
            (finding.outcome, finding.where) for finding in found
        ]


class TestContractors:
    @pytest.mark.parametrize(
        ("contractors", "employer", "expected"),
        [
            (Listing(("practice",)), "practice", "pass"),
            (Listing(("practice",)), "care-home", "fail"),
            (Listing(("practice",), complete=False), "practice", "pass"),
            (Listing(("practice",), complete=False), "care-home", "cannot tell"),
            (Listing((), complete=False), None, "fail"),
        ],
    )
    def test_table(self, contractors, employer, expected):
        """A nurse may be employed by a contractor; a doctor may not."""
        p = seats(one(NURSE, employer=employer), contractors=contractors)
        assert expected == outcome(nurse, p)
        assert "fail" == outcome(doctor, seats(one(DOCTOR, employer=employer), contractors=contractors))
