"""Committees of boards, and contracts."""

import attrs
import pytest

from scotintegration.examples import EXAMPLES, example
from scotintegration.meetings import Committee, Meeting, Vote
from scotintegration.officers import Member, Route
from scotintegration.rules import ask
from scotintegration.rules.committees import committee_chair, committee_parity, committee_votes, contracts
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
BOARD = P.id
OCTOBER = "2026-10-14"
MINE = (committee_chair, committee_parity, committee_votes, contracts)


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def people(route, number, **facts):
    """Make members of one route."""
    return [
        Member(id=f"{route.name.lower()}-{one}", board=BOARD, route=route, **{"start": "2025-01-01", **facts})
        for one in range(1, number + 1)
    ]


MEMBERS = [*people(Route.LA, 4), *people(Route.HB, 4), *people(Route.CARER, 2), *people(Route.STAFF, 2)]


def seats(councils, health_board, others=()):
    """Name so many for either side."""
    return [*(f"la-{n + 1}" for n in range(councils)), *(f"hb-{n + 1}" for n in range(health_board)), *others]


def sitting(members, *meetings, board=BOARD, people=MEMBERS, complete=True, **facts):
    """Let a board have one committee."""
    facts = {"chair": "la-1", "chair_set_by": BOARD, **facts}
    audit = Committee(id="audit", name="Audit", board=board, members=members, **facts)
    return P.evolve(members=people, committees=Listing([audit], complete=complete), meetings=meetings)


class TestParity:
    where = "committees['audit'].members"

    @pytest.mark.parametrize("councils", range(4))
    @pytest.mark.parametrize("health_board", range(4))
    @pytest.mark.parametrize("others", [(), ("carer-1", "carer-2", "staff-1")], ids=len)
    def test_equal(self, councils, health_board, others):
        """Sides are equal and not empty, whoever else sits there."""
        p = sitting(seats(councils, health_board, others))
        expected = "pass" if councils == health_board > 0 else [("fail", self.where)]
        assert expected == told(committee_parity, p)

    @pytest.mark.parametrize(("on", "expected"), [("2026-11-21", "pass"), ("2026-11-22", "warn")])
    def test_vacancy(self, on, expected):
        """Sides that were equal until somebody left are a warning from the day after the last."""
        members = [attrs.evolve(one, until="2026-11-21") if one.id == "hb-2" else one for one in MEMBERS]
        p = sitting(seats(2, 2), people=members)
        assert expected == ask(committee_parity, p.at(on)).outcome

    def test_never_equal(self):
        """Sides that never were equal are no vacancy."""
        members = [attrs.evolve(one, until="2026-11-21") if one.id == "hb-1" else one for one in MEMBERS]
        assert [("fail", self.where)] == told(committee_parity, sitting(seats(3, 2), people=members))

    def test_unknown_start(self):
        """Of whom it is not recorded from when they sit, nobody can say that they do."""
        members = [attrs.evolve(one, start=UNKNOWN) if one.id == "hb-1" else one for one in MEMBERS]
        assert [("cannot tell", self.where)] == told(committee_parity, sitting(seats(2, 2), people=members))

    def test_cannot_tell(self):
        """Members and committees that nobody recorded leave it open."""
        assert [("cannot tell", self.where)] == told(committee_parity, sitting(Listing.partial("la-1", "hb-1")))
        expected = [("fail", self.where), ("cannot tell", "committees")]
        assert expected == told(committee_parity, sitting(seats(2, 1), complete=False))

    def test_another_board(self):
        """A committee of another body is not looked at."""
        assert "pass" == told(committee_parity, sitting(seats(2, 1), board="elsewhere"))


def vote(votes_for, against=(), *, carried=True, on_functions=True):
    """Let a committee put something to the vote."""
    one = Vote(about="care", votes_for=votes_for, votes_against=against, carried=carried, on_functions=on_functions)
    here = [*one.votes_for.items, *one.votes_against.items]
    return Meeting(id="m", board="audit", on=OCTOBER, votes=[one], present=here, proxies=())


class TestVotes:
    where = "meetings['m'].votes[0]"

    @pytest.mark.parametrize(
        ("expected", "put"),
        [
            ("pass", vote(["la-1", "la-2", "hb-1"], ["hb-2"])),
            ("fail", vote(["la-1", "staff-1", "staff-2"], ["hb-1", "hb-2"])),
            ("fail", vote(["la-1", "la-3"], ["hb-1"])),
            ("pass", vote(["la-1", "carer-1"], ["hb-1"])),
            ("fail", vote(["la-1"], ["hb-1"])),
            ("pass", vote(["la-1"], ["hb-1"], carried=False)),
            ("fail", vote(["la-1", "la-2"], ["hb-1"], carried=False)),
            ("pass", vote(["staff-1", "staff-2"], ["la-1"], on_functions=False)),
            ("pass", vote(["la-1", "staff-1"], ["hb-1"], on_functions=None)),
            ("cannot tell", vote(["la-1", "staff-1"], ["hb-1"], on_functions=UNKNOWN)),
            ("pass", vote(["la-1", "la-2"], ["hb-1"], on_functions=UNKNOWN)),
            ("cannot tell", vote(["la-1", "la-2"], ["hb-1"], carried=UNKNOWN)),
            ("cannot tell", vote(Listing.partial("la-1"), ["hb-1"])),
        ],
        ids=str,
    )
    def test_counts(self, expected, put):
        """Only the committee's own voting members carry a decision about functions."""
        p = sitting(seats(2, 2, ["carer-1", "staff-1"]), put)
        assert expected == ask(committee_votes, p).outcome

    def test_away(self):
        """The vote of a member who was away counts for nothing."""
        put = attrs.evolve(vote(["la-1", "la-2"], ["hb-1"]), present=["la-1", "hb-1"])
        assert [("fail", self.where)] == told(committee_votes, sitting(seats(2, 2), put))

    def test_before_carers_voted(self):
        """On 31 August 2026 the vote of a carer counts for nothing."""
        put = attrs.evolve(vote(["la-1", "carer-1"], ["hb-1"]), on="2026-08-31")
        assert [("fail", self.where)] == told(committee_votes, sitting(seats(2, 2, ["carer-1"]), put))

    def test_cannot_tell(self):
        """Members, votes, meetings and committees that nobody recorded leave it open."""
        put = attrs.evolve(vote(["la-1"]), votes=UNKNOWN)
        p = sitting(seats(2, 2), complete=False).evolve(meetings=Listing.partial(put))
        expected = [("cannot tell", "meetings['m'].votes"), ("cannot tell", "meetings"), ("cannot tell", "committees")]
        assert expected == told(committee_votes, p)
        p = sitting(Listing.partial("la-1", "hb-1"), vote(["la-1", "la-9"], ["hb-1"]))
        assert [("cannot tell", self.where)] == told(committee_votes, p)

    def test_to_come(self):
        """A meeting to come is not looked at."""
        p = sitting(seats(2, 2), vote(["staff-1"], ["la-1"])).at("2026-10-13")
        assert "pass" == told(committee_votes, p)


class TestChair:
    @pytest.mark.parametrize(
        ("expected", "facts"),
        [
            ("pass", {}),
            ("pass", {"chair": UNKNOWN}),
            ([("fail", "chair")], {"chair": None}),
            ([("fail", "chair_set_by")], {"chair_set_by": None}),
            ([("fail", "chair_set_by")], {"chair_set_by": "nhs-glenmore"}),
            ([("cannot tell", "chair_set_by")], {"chair_set_by": UNKNOWN}),
        ],
        ids=str,
    )
    def test_chair(self, expected, facts):
        """The board says who is in the chair."""
        wanted = expected if expected == "pass" else [(one, f"committees['audit'].{field}") for one, field in expected]
        assert wanted == told(committee_chair, sitting(seats(2, 2), **facts))

    def test_cannot_tell(self):
        """There may be committees that nobody recorded."""
        assert [("cannot tell", "committees")] == told(committee_chair, sitting(seats(2, 2), complete=False))


class TestExamples:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule, the other breaks it, and lead agencies are not caught."""
        assert "pass" == told(rule, rule.passing())
        assert rule.failing() is None or "fail" == ask(rule, rule.failing()).outcome
        assert "not applicable" == ask(rule, example("lead-agency-to-board")).outcome

    def test_permission(self):
        """A board may contract, so nothing is ever amiss."""
        assert {"pass", "not applicable"} == {told(contracts, example(name)) for name in EXAMPLES}

    @pytest.mark.parametrize("rule", [rule for rule in MINE if rule is not contracts], ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """Of real areas nothing is known, so nothing passes and nothing fails."""
        assert {"cannot tell", "not applicable"} == {ask(rule, p).outcome.value for p in scotland().partnerships}
