"""Mends of rules about the committees of a board: forgotten records, and what is left as it is."""

import attrs
import pytest

from scotintegration.examples import example
from scotintegration.meetings import Vote
from scotintegration.officers import Route
from scotintegration.rules import find
from scotintegration.rules._boards import sitting_by
from scotintegration.unknown import UNKNOWN, Listing

PARITY, VOTES, CHAIR = "IJBO-a17-committee-parity", "IJBO-a17-4-committee-vote", "IJBO-a17-2-chair"
BOARD = example("body-corporate")
AUDIT = BOARD.committees[0]
COUNCILLORS, NOMINEES = sitting_by(BOARD, Route.LA), sitting_by(BOARD, Route.HB)


def mended(rule, p):
    """Mend one rule and see that it is kept."""
    done = find(rule).mended(p)
    assert () == find(rule).verdicts(done)
    return done


def with_audit(**changes):
    """Change the audit committee."""
    return BOARD.evolve(committees=[attrs.evolve(AUDIT, **changes)])


class TestForgotten:
    """Records of which something was forgotten."""

    @pytest.mark.parametrize("rule", [PARITY, VOTES, CHAIR])
    @pytest.mark.parametrize("field", ["members", "chair", "chair_set_by"])
    def test_committees(self, rule, field):
        """A field of the committee, and whether there are others."""
        p = with_audit(**{field: UNKNOWN})
        mended(rule, p.evolve(committees=Listing(p.committees.items, complete=False)))

    @pytest.mark.parametrize("rule", [PARITY, VOTES, CHAIR])
    @pytest.mark.parametrize("field", ["start", "until"])
    def test_terms(self, rule, field):
        """From when, or until when, anybody sat."""
        members = BOARD.members.map(lambda one: attrs.evolve(one, **{field: UNKNOWN}))
        mended(rule, BOARD.evolve(members=Listing(members.items, complete=False)))


class TestParity:
    """As many of one side as of the other."""

    def test_more_join(self):
        """The smaller side gets members, those first whom the committee's record names; the others stay."""
        p = mended(PARITY, with_audit(members=[*COUNCILLORS[:2], NOMINEES[0], "somebody"]))
        named = {id for one in BOARD.meetings if one.board == AUDIT.id for id in one.present.items}
        joined = set(p.committees[0].members.items) - {*COUNCILLORS[:2], NOMINEES[0], "somebody"}
        assert {next(id for id in NOMINEES[1:] if id in named)} == joined

    def test_some_leave(self):
        """Where the smaller side has no more members, those of the greater leave whom the record does not name."""
        going = BOARD.members.where(lambda one: one.id not in NOMINEES[1:])
        p = mended(PARITY, with_audit(members=[*COUNCILLORS[:3], NOMINEES[0]]).evolve(members=going))
        assert (COUNCILLORS[1], NOMINEES[0]) == p.committees[0].members.items

    def test_nobody_sits(self):
        """Where nobody of a side sits on the board, somebody is nominated."""
        p = mended(PARITY, with_audit(members=()).evolve(members=()))
        sides = [(one.route, one.nominated_by) for one in p.members.items]
        assert [(Route.LA, BOARD.local_authorities[0].id), (Route.HB, BOARD.health_board.id)] == sides


class TestChair:
    """Who chairs a committee."""

    def test_board_determines(self):
        """The board determines it, and the chair stays."""
        p = mended(CHAIR, with_audit(chair_set_by=None))
        assert [AUDIT] == list(p.committees)

    @pytest.mark.parametrize("members", [(COUNCILLORS[1], NOMINEES[1]), ()])
    def test_voting_member(self, members):
        """A voting member is in the chair where nobody was, once there are some."""
        p = mended(CHAIR, with_audit(chair=None, members=members))
        assert p.committees[0].chair in COUNCILLORS
        assert p.committees[0].chair in p.committees[0].members.items


class TestVotes:
    """What a committee decides."""

    def test_elsewhere(self):
        """A vote not in order was about something else, where that may be; one in order stays."""
        meeting = next(one for one in BOARD.meetings if one.board == AUDIT.id)
        wrong = Vote(about="a plan", votes_for=(), carried=True)
        p = BOARD.evolve(meetings=[attrs.evolve(meeting, votes=[wrong, *meeting.votes.items])])
        found = mended(VOTES, p).meetings[0].votes
        assert Listing([attrs.evolve(wrong, on_functions=False), *meeting.votes.items]) == found
