"""Guidance on the life of a direction: decided, issued, followed up and reviewed."""

from datetime import date, timedelta

import attrs
import pytest

from scotintegration.directions import Direction
from scotintegration.examples import EXAMPLES, example
from scotintegration.lifecycle import StepKind
from scotintegration.registers import DirectionsRegister
from scotintegration.rules import ask
from scotintegration.rules.recording import (
    ISSUE_DAYS,
    PER_DIRECTION,
    cites_decision,
    issued_by_officer,
    linked_to_plan,
    on_record,
    report_marker,
    review_not_missed,
    reviewed_and_monitored,
)
from scotintegration.scotland import scotland
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
NHS, COUNCIL = P.health_board.id, P.local_authorities[0].id
DECIDED = date(2026, 3, 18)
NOMINATED = ("local-authority", "health-board")
MINE = (
    cites_decision,
    issued_by_officer,
    linked_to_plan,
    on_record,
    report_marker,
    review_not_missed,
    reviewed_and_monitored,
)
each_rule = pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)


def direction(id="D-1", **fields):
    """Write a direction that keeps every rule."""
    whole = {
        "given_to": NHS,
        "sent_to": NHS,
        "functions": ["district-nursing"],
        "decided_on": DECIDED,
        "meeting": DECIDED.isoformat(),
        "report": "paper 1",
        "marker": "health board",
        "issued_on": "2026-03-20",
        "issued_by": "chief officer",
        "effective_from": "2026-04-01",
        "monitoring": "report to each meeting",
        "review_on": "2027-01-31",
        "plan_link": "aim 1",
    }
    return Direction(id, **{**whole, **fields})


def small(*directions, complete=True, p=P, **fields):
    """Give a partnership these directions."""
    steps = [Step(kind=StepKind.ISSUE, direction=one, on=one.binds_from) for one in directions]
    return p.evolve(directions=DirectionsRegister(p.id, steps, strict=False, complete=complete), **fields)


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def said(rule, **fields):
    """Give what a rule says of one direction."""
    return ask(rule, small(direction(**fields))).outcome


class TestLaws:
    @each_rule
    def test_kept(self, rule):
        """A direction that says everything keeps every rule, and a register known in part leaves the rest open."""
        assert "pass" == told(rule, small(direction()))
        assert "pass" == told(rule, small())
        assert [("cannot tell", "directions")] == told(rule, small(direction(), complete=False))

    @each_rule
    def test_unknown(self, rule):
        """What was not recorded is never held against anybody."""
        names = ("decided_on", "meeting", "report", "marker", "issued_on", "issued_by", "monitoring", "review_on")
        names += ("plan_link", "outcomes", "given_to", "sent_to")
        blank = direction(**dict.fromkeys(names, UNKNOWN))
        assert {"cannot tell"} == {outcome for outcome, _ in told(rule, small(blank))}

    @each_rule
    def test_bare_revocation(self, rule):
        """A paper that only revokes need not say what a direction says."""
        bare = Direction("D-2", revokes="D-1", decided_on=DECIDED, given_to=NHS)
        assert [] == list(PER_DIRECTION[rule.id](P, bare))

    @each_rule
    def test_not_applicable(self, rule):
        """The day before the guidance there was none."""
        assert "not applicable" == told(rule, P.at(rule.days.start - timedelta(days=1)))

    @each_rule
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it, or where nothing was verified warns."""
        assert "pass" == told(rule, rule.passing())
        assert ("fail" if rule.verified else "warn") == ask(rule, rule.failing()).outcome

    @each_rule
    def test_real_areas(self, rule):
        """Of no real area can it be told that it keeps or breaks a rule on how directions are recorded."""
        assert {"cannot tell", "not applicable"} >= {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_quiet(self, name):
        """Every example keeps the guidance, on the day of a review and the day after too."""
        for day in ("2024-04-01", "2025-01-31", "2025-02-01", "2026-08-01", "2026-11-22", "2028-03-31"):
            p = example(name, as_at=day)
            assert {"pass", "not applicable"} >= {ask(rule, p).outcome for rule in MINE}


class TestOnRecord:
    def test_said(self):
        """A register says when a direction was decided, and to whom it is given."""
        assert [("fail", "directions['D-1'].decided_on")] == told(on_record, small(direction(decided_on=None)))
        assert [("fail", "directions['D-1'].given_to")] == told(on_record, small(direction(given_to=None)))

    def test_in_part(self):
        """To whom else a direction is given may not be recorded."""
        p = small(direction(given_to=Listing.partial(NHS)))
        assert [("cannot tell", "directions['D-1'].given_to")] == told(on_record, p)


class TestCitesDecision:
    def test_meeting(self):
        """A meeting of that day is found by its id or by the day, and must be one of the board."""
        assert "pass" == said(cites_decision, meeting=None)
        assert "warn" == said(cites_decision, decided_on="2026-03-19")
        assert "warn" == said(cites_decision, decided_on="2026-03-19", meeting=None)
        assert "warn" == said(cites_decision, meeting="another")
        assert "cannot tell" == said(cites_decision, meeting=UNKNOWN)
        elsewhere = P.meetings.map(lambda one: attrs.evolve(one, board=NHS))
        assert "warn" == ask(cites_decision, small(direction(), meetings=elsewhere)).outcome

    def test_some_meetings(self):
        """Where meetings are known in part another may have decided."""
        p = small(direction(), meetings=Listing((), complete=False))
        assert [("cannot tell", "directions['D-1'].meeting")] == told(cites_decision, p)

    @pytest.mark.parametrize(
        ("present", "expected"),
        [(-1, "pass"), (0, "warn"), (UNKNOWN, "cannot tell")],
    )
    def test_quorate(self, present, expected):
        """Nobody at a meeting is no quorum; whom nobody recorded may have been there."""
        meetings = [
            one if present == -1 else attrs.evolve(one, present=UNKNOWN if present is UNKNOWN else [])
            for one in P.meetings
        ]
        assert expected == ask(cites_decision, small(direction(), meetings=meetings)).outcome

    def test_some_members(self):
        """Where members are known in part it is not known how many make a quorum."""
        p = small(direction(), members=Listing(P.members.items, complete=False))
        assert "cannot tell" == ask(cites_decision, p).outcome

    def test_nothing_cited(self):
        """A direction that cites neither report nor day is told both."""
        places = [where for _, where in told(cites_decision, small(direction(report=" ", decided_on=None)))]
        assert ["directions['D-1'].report", "directions['D-1'].decided_on"] == places

    def test_only_voters(self):
        """Members who do not vote make no quorum, however many come."""
        voters = {one.id for one in P.members if one.recorded_voting}
        others = {one.id for one in P.members} - voters
        meetings = [attrs.evolve(one, present=others) for one in P.meetings]
        assert len(others) >= len(voters) / 2
        assert "warn" == ask(cites_decision, small(direction(), meetings=meetings)).outcome

    def test_just_enough(self):
        """Half of those who vote are a quorum, and one fewer is none."""
        (meeting,) = (one for one in P.meetings if one.on == DECIDED and one.board == P.id)
        voters = sorted(one.id for one in P.members if one.serves(DECIDED) and one.route.value in NOMINATED)
        half = (len(voters) + 1) // 2
        for number, expected in ((half, "pass"), (half - 1, "warn")):
            p = small(direction(), meetings=[attrs.evolve(meeting, present=voters[:number])])
            assert expected == ask(cites_decision, p).outcome


class TestReportMarker:
    @pytest.mark.parametrize(
        ("given_to", "right"),
        [(NHS, "health board"), (COUNCIL, "council"), ([NHS, COUNCIL], "both"), (None, "none"), ("a-charity", "none")],
    )
    def test_agrees(self, given_to, right):
        """A marker agrees with whom the direction is given to."""
        for marker in ("none", "council", "health board", "both"):
            expected = "pass" if marker == right else "warn"
            assert expected == said(report_marker, given_to=given_to, marker=marker)
        assert "warn" == said(report_marker, given_to=given_to, marker=None)

    def test_some_recipients(self):
        """Another recipient may explain a marker, but not once both are there."""
        assert "cannot tell" == said(report_marker, given_to=Listing.partial(NHS), marker="both")
        assert "pass" == said(report_marker, given_to=Listing.partial(NHS, COUNCIL), marker="both")


class TestIssuedByOfficer:
    def test_days(self):
        """The last day of four weeks is in time and the day after is not."""
        for days, expected in ((6, "pass"), (ISSUE_DAYS, "pass"), (ISSUE_DAYS + 1, "warn"), (60, "warn")):
            assert expected == said(issued_by_officer, issued_on=DECIDED + timedelta(days=days))
        assert "pass" == said(issued_by_officer, decided_on=None)
        assert "warn" == said(issued_by_officer, issued_on=None)

    def test_by_whom_and_to_whom(self):
        """An officer issues it to the chief executive of everybody it is given to."""
        assert "warn" == said(issued_by_officer, issued_by=None)
        assert "warn" == said(issued_by_officer, given_to=[NHS, COUNCIL])
        assert "cannot tell" == said(issued_by_officer, given_to=[NHS, COUNCIL], sent_to=Listing.partial(NHS))
        assert "cannot tell" == said(issued_by_officer, given_to=Listing.partial(NHS))


class TestReviews:
    @pytest.mark.parametrize(("field", "value"), [("review_on", None), ("monitoring", None), ("monitoring", " ")])
    def test_both(self, field, value):
        """A direction has a day of review and somebody who follows it up."""
        assert [("warn", f"directions['D-1'].{field}")] == told(
            reviewed_and_monitored, small(direction(**{field: value}))
        )

    def test_days(self):
        """A review may be entered on any day from which it counts; the day itself has not passed."""
        for due, entered, expected in (
            ("2026-11-22", None, "pass"),
            ("2026-11-21", None, "warn"),
            ("2026-11-21", "2026-11-22", "pass"),
            ("2026-11-21", "2026-11-23", "warn"),
            ("2026-11-21", UNKNOWN, "cannot tell"),
            (None, None, "pass"),
        ):
            assert expected == said(review_not_missed, review_on=due, reviewed_on=entered)

    def test_where(self):
        """What is missing of a review is named at its place."""
        where = "directions['D-1'].reviewed_on"
        assert [("cannot tell", where)] == told(review_not_missed, small(direction(review_on=UNKNOWN)))


class TestLinked:
    def test_either(self):
        """An aim or an outcome is a link."""
        assert "pass" == said(linked_to_plan, plan_link=None, outcomes="outcome 2")
        assert "fail" == said(linked_to_plan, plan_link=None)
        assert "fail" == said(linked_to_plan, plan_link=None, decided_on=None)

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({}, "pass"),
            ({"users_involved": False}, "fail"),
            ({"users_involved": UNKNOWN}, "cannot tell"),
            ({"users_involved": UNKNOWN, "spg_views": False}, "fail"),
            ({"on": "2026-03-17"}, "fail"),
        ],
    )
    def test_involved(self, facts, expected):
        """A significant decision outside the plan has no link, and those concerned were involved in it."""
        whole = {"on": DECIDED, "significant": True, "outside_plan": True, "spg_views": True, "users_involved": True}
        decision = attrs.evolve(P.decisions[0], **{**whole, **facts})
        p = small(direction(plan_link=None), decisions=[decision])
        assert expected == ask(linked_to_plan, p).outcome

    def test_some_decisions(self):
        """Where decisions are known in part nothing can be told."""
        p = small(direction(plan_link=None), decisions=UNKNOWN)
        assert "cannot tell" == ask(linked_to_plan, p).outcome
