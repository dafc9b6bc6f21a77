"""Mends of what a register enters of a direction."""

import attrs
import pytest
from tests.mends.registers import AS_AT, COUNCIL, IJB, NHS, direction, drafted, issued, mended, paper, toy

from scotintegration.examples import example
from scotintegration.meetings import Meeting
from scotintegration.unknown import UNKNOWN, Listing

RECORD, DECISION, MARKER = "GUID-dir-record", "GUID-D11-cites-decision", "GUID-D12-report-marker"
ISSUED, FOLLOWED, REVIEWED = (
    "GUID-D13-issued-by-officer",
    "GUID-D14-review-and-monitoring",
    "GUID-D15-review-not-missed",
)
LINKED = "GUID-D17-linked-to-plan"


def meeting(on, **changes):
    """Hold a meeting of the board, which has no members yet."""
    return Meeting(**{"id": f"of-{on}", "board": IJB, "on": on, "present": (), **changes})


class TestOnRecord:
    """The record of a decision."""

    def test_recipients(self):
        """A direction that is given to nobody is given to whoever delegated, or else to the Health Board."""
        papers = [paper("D-1", given_to=[]), paper("D-2", given_to=[], functions=[], words="all")]
        after = mended(RECORD, toy(*issued(*papers)))
        assert [(COUNCIL,), (NHS,)] == [one.given_to.items for one in after.directions]

    def test_decided(self):
        """It was decided by the meeting that it names, unless that came later; else when it was issued."""
        papers = [
            paper(f"D-{number}", decided_on=None, meeting=named)
            for number, named in enumerate(("of-2026-03-18", "of-2026-06-01", None))
        ]
        p = toy(*issued(*papers)).evolve(meetings=[meeting("2026-03-18"), meeting("2026-06-01")])
        after = mended(RECORD, p)
        assert ["2026-03-18", "2026-03-20", "2026-03-20"] == [str(one.decided_on) for one in after.directions]


class TestCitesDecision:
    """The meeting that decided."""

    def test_held(self):
        """The last meeting of the board before the issue decided, and the report is named."""
        meetings = [
            meeting("2026-03-01"),
            meeting("2026-03-10"),
            meeting("2026-03-15", board="audit-committee"),
            meeting("2026-06-01"),
        ]
        p = toy(*issued(paper("D-1"))).evolve(meetings=meetings)
        one = direction(mended(DECISION, p), "D-1")
        assert ("of-2026-03-10", "2026-03-10", "report on D-1") == (one.meeting, str(one.decided_on), one.report)

    def test_on_its_day(self):
        """The meeting of the day it was decided is preferred to a later one."""
        p = toy(*issued(paper("D-1", report="paper 1", meeting=UNKNOWN)))
        after = mended(DECISION, p.evolve(meetings=[meeting("2026-03-18"), meeting("2026-03-19")]))
        assert "of-2026-03-18" == direction(after, "D-1").meeting

    def test_none(self):
        """Where there was no meeting one is held, with notice and a quorum, under an id that is not taken."""
        p = example("body-corporate")
        other = meeting("2015-01-01", id="2026-03-20", board="audit-committee", notice_available_on="2014-12-01")
        p = p.evolve(meetings=[other])
        after = mended(DECISION, p)
        held = [one for one in after.meetings if one.board == p.ijb.id]
        assert "board-of-2026-03-20" in {one.id for one in held}
        rules = ("IJBO-sch3-quorum", "IJBO-sch2-notice", "IJBO-sch4-preside")
        assert [] == [str(finding) for finding in after.check(rules=rules).findings]


class TestWithMarker:
    """What the report says on its front."""

    @pytest.mark.parametrize(
        ("to", "said"),
        [([NHS, COUNCIL], "both"), ([NHS], "health board"), ([COUNCIL], "council"), (["made-up-charity"], "none")],
    )
    def test_marker(self, to, said):
        """It names those to whom the direction is given."""
        after = mended(MARKER, toy(*issued(paper("D-1", given_to=to))))
        assert said == direction(after, "D-1").marker


class TestIssued:
    """The issue of a direction."""

    @pytest.mark.parametrize(
        ("said", "issued_on", "decided_on"),
        [
            ({"issued_on": None}, "2026-03-18", "2026-03-18"),
            ({"issued_on": None, "decided_on": None}, "2026-04-01", "None"),
            ({"decided_on": UNKNOWN}, "2026-03-20", "2026-03-20"),
            ({"decided_on": "2026-01-01"}, "2026-03-20", "2026-03-20"),
            ({"decided_on": None}, "2026-03-20", "None"),
            ({"decided_on": "2026-01-01", "meeting": "of-2026-01-02"}, "2026-03-20", "2026-02-20"),
        ],
    )
    def test_days(self, said, issued_on, decided_on):
        """It is issued within four weeks of the decision, to everybody, by an officer."""
        p = toy(*issued(paper("D-1", **said))).evolve(meetings=[meeting("2026-01-02")])
        one = direction(mended(ISSUED, p), "D-1")
        assert (issued_on, decided_on) == (str(one.issued_on), str(one.decided_on))
        assert ((COUNCIL,), "chief officer") == (one.sent_to.items, one.issued_by)


class TestFollowedUp:
    """The review of a direction."""

    @pytest.mark.parametrize(("ends", "day"), [("2026-12-31", "2026-12-31"), (None, "2027-03-31")])
    def test_day(self, ends, day):
        """It is reviewed on its last day or, if it has none, at the end of the year; what is set stays."""
        papers = [paper("D-1", ends_on=ends, monitoring="by the board"), paper("D-2", review_on="2026-12-01")]
        after = mended(FOLLOWED, toy(*issued(*papers)))
        assert [(day, "by the board"), ("2026-12-01", "reports to the integration authority")] == [
            (str(one.review_on), one.monitoring) for one in after.directions
        ]

    def test_entered(self):
        """A review that is due is entered on the day that governs; one whose day was forgotten is to come."""
        papers = [paper("D-1", review_on="2026-10-01"), paper("D-2", review_on=UNKNOWN)]
        after = mended(REVIEWED, toy(*issued(*papers)))
        assert [AS_AT, "None"] == [str(one.reviewed_on) for one in after.directions]


class TestLinked:
    """The link with the plan."""

    def test_no_plan(self):
        """Where no plan stands it is the strategic plan, whichever comes to be."""
        after = mended(LINKED, toy(*issued(paper("D-1"))))
        assert "the strategic plan" == direction(after, "D-1").plan_link

    def test_plan(self):
        """Otherwise it is the plan that stands, for directions that had no link."""
        p = example("body-corporate")
        first, second = [one.id for one in p.directions.in_force(on=p.as_at)][:2]
        after = mended(LINKED, drafted(p, first, plan_link=None, outcomes=None))
        assert direction(after, first).plan_link in {plan.id for plan in p.plans}
        assert direction(p, second) == direction(after, second)


def test_part():
    """Who got a direction may be known in part, and is then taken to be all."""
    one = paper("D-1", sent_to=Listing([COUNCIL], complete=False), issued_by="chief officer")
    after = mended(ISSUED, toy(*issued(one)))
    assert [attrs.evolve(one, sent_to=[COUNCIL])] == list(after.directions)
