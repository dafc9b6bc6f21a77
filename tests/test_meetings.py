"""Meetings, votes, standing orders and committees."""

import copy
import pickle
from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import assert_refused, wrong

from scotintegration.meetings import Committee, Interest, Meeting, Proxy, StandingOrders, Vote
from scotintegration.unknown import UNKNOWN, Listing

VOTE = Vote(about="the budget", votes_for=["la-1", "hb-1"], votes_against=["hb-2"], carried=True)
MEETING = Meeting(id="2026-06-24", board="toy-ijb", on="2026-06-24", present=["la-1"], votes=[VOTE])
ORDERS = StandingOrders(board="toy-ijb", tie_mechanism="refer back")
COMMITTEE = Committee(id="audit", name="Audit committee", board="toy-ijb", members=["la-1", "hb-1"])
PROXY = Proxy(of="la-2", person="B", is_councillor=True, is_hb_member=False, voted=True)
INTEREST = Interest(member="la-1", about="the budget", disclosed_before=True, decided_by="la-1")
SEATS = st.lists(st.sampled_from(["hb-1", "hb-2", "la-1", "la-2"]), unique=True)


class TestLaws:
    @pytest.mark.parametrize("value", [MEETING, ORDERS, COMMITTEE], ids=lambda value: value.kind)
    def test_value(self, value):
        """All of these are values, and where their facts come from is no fact about them."""
        sourced = attrs.evolve(value, source={"id": "another book"})
        assert value == sourced == pickle.loads(pickle.dumps(value)) == copy.deepcopy(value)
        assert hash(value) == hash(sourced)
        assert type(value).__name__ == value.kind

    @given(SEATS, SEATS, st.randoms())
    def test_vote(self, votes_for, votes_against, random):
        """Nobody votes both ways; beyond that the order of names does not matter."""
        if set(votes_for) & set(votes_against):
            with pytest.raises(ValueError, match="voted for and against"):
                Vote(about="the plan", votes_for=votes_for, votes_against=votes_against)
        else:
            one = Vote(about="the plan", votes_for=votes_for, votes_against=votes_against)
            assert one == Vote(
                about="the plan",
                votes_for=random.sample(votes_for, len(votes_for)),
                votes_against=Listing(random.sample(votes_against, len(votes_against))),
            )


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        [
            *wrong(
                VOTE,
                about="text",
                votes_for="ids",
                votes_against="ids",
                carried="flag",
                tie_resolved_by="maybe text",
                on_functions="flag",
                direction=(5, [5], "", [""], [None], [["2026-052"]]),
            ),
            *wrong(PROXY, of="id", person="maybe text", is_councillor="flag", is_hb_member="flag", voted="flag"),
            *wrong(INTEREST, member="id", about="text", disclosed_before="flag", decided_by="maybe id"),
            *wrong(
                MEETING,
                id="id",
                board="id",
                on="day",
                notice_available_on="maybe day",
                present="ids",
                presiding="maybe id",
                votes="values",
                proxies="values",
                interests="values",
                agreed=(5, [5], "", [""], [None], [["2026-052"]]),
                source="source",
            ),
            *wrong(ORDERS, id="id", board="id", headings="ids", tie_mechanism="maybe text", source="source"),
            *wrong(
                COMMITTEE,
                id="id",
                name="text",
                board="id",
                members="ids",
                chair="maybe id",
                chair_set_by="maybe id",
                source="source",
            ),
        ],
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)


class TestMeeting:
    def test_votes_keep_their_order(self):
        """Votes stay in the order in which they were taken."""
        later = Vote(about="an amendment", votes_for=["la-1"])
        assert (VOTE, later) == attrs.evolve(MEETING, votes=[VOTE, later]).votes.items

    @pytest.mark.parametrize(
        ("field", "one", "key"),
        [("proxies", PROXY, "of"), ("interests", INTEREST, "member")],
        ids=["proxy", "interest"],
    )
    def test_order(self, field, one, key):
        """The order in which proxies and interests are given does not matter, and none are known until recorded."""
        given = [one, attrs.evolve(one, **{key: "hb-1"})]
        assert attrs.evolve(MEETING, **{field: given}) == attrs.evolve(MEETING, **{field: given[::-1]})
        assert not getattr(MEETING, field).complete

    def test_not_recorded(self):
        """Who was there, who presided and when notice went out are unknown until they are recorded."""
        bare = Meeting(id="m", board="toy-ijb", on=date(2026, 6, 24))
        assert (False, UNKNOWN, UNKNOWN) == (bare.present.complete, bare.presiding, bare.notice_available_on)
        assert UNKNOWN is Vote(about="the plan", votes_for=[]).carried
