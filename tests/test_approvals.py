"""Approval: what the meeting that decided made of a direction, by the law of its day, and what is not recorded."""

import pickle
from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.approvals import Approval, Resolution, approval
from scotintegration.directions import Direction
from scotintegration.errors import NotFoundError
from scotintegration.examples import example
from scotintegration.law import Law
from scotintegration.lifecycle import StepKind
from scotintegration.meetings import Meeting, Vote
from scotintegration.registers import DirectionsRegister
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

BOARD = example("body-corporate")
BEFORE, AFTER = date(2026, 8, 31), date(2026, 9, 1)
DAYS = st.sampled_from([BEFORE, AFTER])
DRAFT = Direction("D-1", year="2026/27", meeting="m")


def seats(on):
    """Name who sits on the board on a day, and who of them may vote by the law of it."""
    sitting = [one for one in BOARD.members.items if one.board == BOARD.id and one.serves(on)]
    return [one.id for one in sitting], [one.id for one in sitting if Law(on).votes(one)]


def vote(votes_for=(), votes_against=(), *, about="the directions", direction="D-1", **fields):
    """Give a vote on the draft."""
    return Vote(about=about, votes_for=votes_for, votes_against=votes_against, direction=direction, **fields)


def held(*votes, on=AFTER, present=None, id="m", board=BOARD.id, **fields):
    """Give a meeting; by default everybody who sits on the board is there."""
    here = seats(on)[0] if present is None else present
    return Meeting(id=id, board=board, on=on, present=here, votes=votes, **fields)


def with_meetings(*meetings, complete=True, **changes):
    """Give a partnership with these meetings and no directions but the draft."""
    register = DirectionsRegister(BOARD.id, strict=False)
    return BOARD.evolve(meetings=Listing(meetings, complete=complete), **{"directions": register, **changes})


def asked(*meetings, draft=DRAFT, complete=True, **changes):
    """Ask what became of the draft."""
    return approval(with_meetings(*meetings, complete=complete, **changes), draft)


@st.composite
def meetings(draw, on):
    """Draw a meeting and one vote on the draft at it, some of the votes of people who have none."""
    sitting, _ = seats(on)
    present = draw(st.lists(st.sampled_from(sitting), unique=True))
    cast = {one: draw(st.sampled_from(["for", "against", None])) for one in sitting}
    sides = [[one for one, side in cast.items() if side == wanted] for wanted in ("for", "against")]
    return held(vote(*sides, carried=draw(st.sampled_from([True, False, UNKNOWN]))), on=on, present=present)


class TestLaws:
    @given(st.data(), DAYS)
    def test_law(self, data, on):
        """A direction is approved if the law of the day finds a quorum and finds the vote carried, and only then."""
        meeting = data.draw(meetings(on))
        _, voters = seats(on)
        law, ballot = Law(on), meeting.votes[0]
        quorate = len(set(voters) & set(meeting.present)) >= law.quorum(len(voters))
        counted = [len(set(voters) & set(side)) for side in (ballot.votes_for, ballot.votes_against)]
        expected = "not approved" if not quorate else "approved" if law.carried(*counted) else "rejected"
        assert expected == asked(meeting).outcome
        assert on == asked(meeting).law_as_at

    @given(st.data(), DAYS)
    def test_learning(self, data, on):
        """Learning who was there, who voted and who sits never turns an answer round."""
        meeting = data.draw(meetings(on))
        ballot = meeting.votes[0]
        hidden = {
            name: Listing(data.draw(st.lists(st.sampled_from(known.items), unique=True)) if known else (), False)
            for name, known in (("votes_for", ballot.votes_for), ("votes_against", ballot.votes_against))
            if data.draw(st.booleans())
        }
        vague = attrs.evolve(meeting, votes=Listing([attrs.evolve(ballot, **hidden)], data.draw(st.booleans())))
        if data.draw(st.booleans()):
            some = data.draw(st.lists(st.sampled_from(meeting.present.items), unique=True)) if meeting.present else ()
            vague = attrs.evolve(vague, present=Listing(some, False))
        gone = data.draw(st.lists(st.sampled_from(BOARD.members.items), unique_by=lambda one: one.id, max_size=4))
        members = BOARD.members.where(lambda one: one not in gone)
        if gone or data.draw(st.booleans()):
            members = Listing(members.items, complete=False)
        told, full = asked(vague, complete=data.draw(st.booleans()), members=members), asked(meeting)
        assert full.outcome in told.possible
        assert told.approved in (UNKNOWN, full.approved)

    @given(st.data(), DAYS)
    def test_explained(self, data, on):
        """Whatever is not known, some fact is named that would settle it; what is known needs none."""
        told = asked(data.draw(meetings(on)), complete=data.draw(st.booleans()))
        assert (told.outcome is UNKNOWN) is bool(told.missing)
        assert told == pickle.loads(pickle.dumps(told))
        assert told.why in told.explain().to_text()
        assert told.why in told.to_text()


class TestChange:
    def test_september(self):
        """The votes of unpaid carers, users and the third sector count from 1 September 2026."""
        for expected, on in (("rejected", BEFORE), ("approved", AFTER)):
            sitting, _ = seats(on)
            new = [one for one in sitting if one.startswith(("unpaid", "service-user", "third"))]
            told = asked(held(vote(new, ["councillor-1-2025"]), on=on))
            assert 3 == len(new)
            assert expected == told.outcome
            assert (on == BEFORE) is ("not a voting member that day" in told.explain().to_text())
            assert (on == AFTER) is ("as amended by SSI 2025/405" in told.explain().to_text())

    def test_quorum(self):
        """Half of eight were enough until then; afterwards half of all who vote."""
        for expected, on in (("approved", BEFORE), ("not approved", AFTER)):
            four = [one for one in seats(on)[0] if one.startswith("councillor")]
            assert 4 == len(four)
            assert expected == asked(held(vote(four), on=on, present=four)).outcome

    def test_law_as_at(self):
        """Where the law of another day is asked for, that decides."""
        four = [one for one in seats(AFTER)[0] if one.startswith("councillor")]
        p = with_meetings(held(vote(four), present=four)).at("2026-11-22", law_as_at=BEFORE)
        assert "approved" == approval(p, DRAFT).outcome
        assert BEFORE == approval(p, DRAFT).law_as_at


class TestMeeting:
    def test_reference(self):
        """A direction of the register is found by its reference, or by its year and reference."""
        for given_as in ("2026-001", ("2026/27", "2026-001"), "2026/27/2026-001", BOARD.directions["2026-001"]):
            assert "2026-001" == approval(BOARD, given_as).direction.id
            assert BOARD.approval(given_as) == approval(BOARD, given_as)
        with pytest.raises(NotFoundError):
            approval(BOARD, "2026-9999")

    @pytest.mark.parametrize(
        ("fact", "draft"),
        [
            ("the meeting 'm'", DRAFT),
            ("the meeting that decided", DRAFT.evolve(meeting=UNKNOWN, decided_on=AFTER)),
            ("the day it was decided", DRAFT.evolve(meeting=None, decided_on=UNKNOWN)),
            ("the meeting of the board on 2026-09-01", DRAFT.evolve(meeting=None, decided_on=AFTER)),
        ],
    )
    def test_nobody_recorded(self, fact, draft):
        """A meeting that nobody recorded is unknown, and never unlawful."""
        for complete in (True, False):
            told = asked(draft=draft, complete=complete)
            assert UNKNOWN is told.outcome is told.approved
            assert (fact,) == told.missing
            assert fact in told.explain().to_text()

    def test_not_put(self):
        """What was put to no meeting is not approved, nor is what a meeting to come will decide."""
        assert "not approved" == asked(draft=DRAFT.evolve(meeting=None)).outcome
        assert "not approved" == asked(draft=DRAFT.evolve(meeting=None, decided_on="2026-12-16")).outcome
        assert "not approved" == asked(held(vote(["councillor-1-2025"]), on=date(2026, 12, 16))).outcome

    def test_its_day(self):
        """Where no meeting is named, the only one of the day is meant; of several, one that carried it."""
        draft = DRAFT.evolve(meeting=None, decided_on=AFTER)
        voters = seats(AFTER)[1]
        yes, no = held(vote(voters)), held(vote((), voters), id="n")
        assert "approved" == asked(yes, draft=draft).outcome == asked(no, yes, draft=draft, complete=False).outcome
        assert "rejected" == asked(no, draft=draft).outcome
        for told in (asked(no, draft=draft, complete=False), asked(no, held(id="o"), draft=draft)):
            assert UNKNOWN is told.outcome
            assert "which meeting of 2026-09-01 decided" in told.missing

    def test_another_day(self):
        """A meeting that is named decides, though the direction gives another day; the difference is told."""
        told = asked(held(vote(seats(AFTER)[1])), draft=DRAFT.evolve(decided_on=BEFORE))
        assert "approved" == told.outcome
        assert "it says that it was decided on 2026-08-31" in told.explain().to_text()
        same = asked(held(vote(seats(AFTER)[1])), draft=DRAFT.evolve(decided_on=AFTER))
        assert "it says that it was decided" not in same.explain().to_text()

    def test_committee(self):
        """Whether a committee may decide is for the board to say."""
        told = asked(held(vote(seats(AFTER)[1]), board="audit-committee"))
        assert ("whether the board let 'audit-committee' decide",) == told.missing

    def test_before_the_order(self):
        """Before the Order nothing tells how a board decided."""
        told = asked(held(vote(["councillor-1-2025"]), on=date(2014, 11, 27)))
        assert ("the law by which the board decided on 2014-11-27",) == told.missing
        assert tuple(Resolution) == told.possible

    def test_lead_agency(self):
        """How a lead agency decides is not in this Order."""
        assert ("how the authority decided",) == approval(example("lead-agency-to-board"), DRAFT).missing


class TestVote:
    def test_none(self):
        """Without a vote on it nothing is inferred, unless the minute says that it was agreed without one."""
        others = vote(seats(AFTER)[1], direction=())
        told = asked(held(others))
        assert UNKNOWN is told.outcome is told.approved
        assert ("a vote on it at the meeting of 2026-09-01, or that it was agreed without one",) == told.missing
        for name in ("D-1", ["2026/27/D-1", "D-2"]):
            assert "approved" == asked(held(others, agreed=name)).outcome
        assert "not approved" == asked(held(others, present=[])).outcome

    def test_several(self):
        """Lost once and carried later, it is approved; where more votes may have been on it, a loss decides nothing."""
        lost, won = vote((), seats(AFTER)[1]), vote(seats(AFTER)[1], direction=["2026/27/D-1"])
        assert "approved" == asked(held(lost, won)).outcome
        assert "rejected" == asked(held(lost)).outcome
        for meeting in (
            held(lost, vote((), direction=UNKNOWN)),
            attrs.evolve(held(), votes=Listing([lost], complete=False)),
            held(lost, agreed=UNKNOWN),
        ):
            assert UNKNOWN is asked(meeting).outcome

    def test_not_told(self):
        """Where it is not recorded who voted, or who was there, it cannot be told; a lost vote is lost all the same."""
        voters = seats(AFTER)[1]
        told = asked(held(vote(UNKNOWN, carried=True)))
        assert ("who voted on it at the meeting of 2026-09-01, and who of them may vote",) == told.missing
        told = asked(held(vote(voters), present=UNKNOWN))
        assert ("who sat on the board on 2026-09-01, and who was there",) == told.missing
        assert (Resolution.APPROVED, Resolution.NOT_APPROVED) == told.possible
        told = asked(held(vote((), voters), present=UNKNOWN))
        assert UNKNOWN is told.outcome
        assert told.approved is False
        assert "outcome       not approved" in told.to_text()

    def test_minute(self):
        """What the minute makes of a vote is told where it differs from what the votes come to."""
        voters = seats(AFTER)[1]
        for written in (True, False, UNKNOWN, None):
            told = asked(held(vote(voters[:2], voters[2:4], carried=written)))
            assert "rejected" == told.outcome
            assert (written is True) is ("the minute says otherwise" in told.explain().to_text())
        told = asked(held(vote(voters, carried=False)))
        assert "approved" == told.outcome
        assert "the minute says otherwise: not carried" in told.explain().to_text()


class TestSteps:
    def steps(self, *acts):
        """Give a register with the draft and what was done to it."""
        first = Step(kind=StepKind.ISSUE, direction=DRAFT)
        return DirectionsRegister(
            BOARD.id, [first, *(Step(kind=kind, target="D-1", on=on) for kind, on in acts)], strict=False
        )

    @pytest.mark.parametrize(
        ("expected", "acts"),
        [
            ("amended", [(StepKind.AMEND, AFTER)]),
            ("rejected", [(StepKind.REJECT, AFTER)]),
            ("rejected", [(StepKind.AMEND, AFTER), (StepKind.REJECT, AFTER)]),
            (UNKNOWN, [(StepKind.REJECT, BEFORE)]),
            (UNKNOWN, [(StepKind.RECOMMEND, AFTER)]),
            (UNKNOWN, [(StepKind.REJECT, UNKNOWN)]),
        ],
    )
    def test_meeting(self, expected, acts):
        """The register tells what a meeting without a vote on it made of it, if the step is of that day."""
        assert expected == asked(held(), directions=self.steps(*acts)).outcome

    def test_carried(self):
        """What was amended and then carried is approved; what was amended and lost is amended."""
        steps, voters = self.steps((StepKind.AMEND, AFTER)), seats(AFTER)[1]
        assert "approved" == asked(held(vote(voters)), directions=steps).outcome
        assert "amended" == asked(held(vote((), voters)), directions=steps).outcome

    def test_no_meeting(self):
        """Where it names no meeting, the last step of the register tells."""
        draft = DRAFT.evolve(meeting=None)
        for expected, acts in (
            ("rejected", [(StepKind.AMEND, BEFORE), (StepKind.REJECT, AFTER)]),
            ("amended", [(StepKind.AMEND, AFTER)]),
            ("not approved", [(StepKind.REJECT, date(2026, 12, 16))]),
        ):
            assert expected == asked(draft=draft, directions=self.steps(*acts)).outcome


class TestShown:
    def test_faces(self):
        """It is shown as a table, with the provisions that decide."""
        told = asked(held(vote(seats(AFTER)[1])))
        assert isinstance(told, Approval)
        assert "SSI 2014/285 art. 11; SSI 2014/285 art. 18(2); SSI 2014/285 sch para 3" in str(told)
        assert told._repr_html_() == told.to_html()
        assert {"art.11", "art.18(2)", "sch para 3"} == {one.pinpoint for one in told.citations}

    def test_attendance(self):
        """Who was there is told, and that others may have been, or that nobody was."""
        assert "recorded as present: nobody" in asked(held(present=[])).explain().to_text()
        assert "councillor-1-2025, and perhaps others" in str(
            asked(held(present=Listing(["councillor-1-2025"], False))).explain()
        )
