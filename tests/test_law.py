"""The law as at a date: who votes, what is a quorum, what is carried."""

import pickle
from datetime import date, timedelta
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import FEWER, WRONG, assert_refused, partnerships

from scotintegration.citations import Citation
from scotintegration.errors import NotFoundError
from scotintegration.law import PARAMETERS, Law, Parameter
from scotintegration.officers import Member, Route
from scotintegration.unknown import UNKNOWN

ONE = timedelta(days=1)
CHANGE = date(2026, 9, 1)
FIRST = date(2014, 11, 28)
NAMES = sorted({one.name for one in PARAMETERS})
NOMINATED = {Route.HB, Route.LA}
JOINED = {Route.THIRD, Route.USER, Route.CARER}
LAWS = st.dates(date(2010, 1, 1), date(2040, 1, 1)).map(Law)
COUNTS = st.integers(0, 200)


def member(route):
    return Member(id="member-1", board="toy-ijb", route=route)


class TestLaws:
    @given(LAWS)
    def test_value(self, law):
        """The law of a day is a value."""
        assert law == Law(law.as_at.isoformat()) == pickle.loads(pickle.dumps(law))

    @given(LAWS)
    def test_voting_routes_change_once(self, law):
        """Nobody votes before there are boards, nominees vote from then on, three more routes from 1 September 2026."""
        expected = set() if law.as_at < FIRST else NOMINATED if law.as_at < CHANGE else NOMINATED | JOINED
        assert expected == set(law.voting_routes)
        assert expected == {route for route in Route if law.votes(member(route))}

    @FEWER
    @given(partnerships(), LAWS)
    def test_entitled(self, p, law):
        """Who is entitled to vote is exactly who votes, in the order given."""
        entitled = law.entitled(p.members)
        assert entitled == tuple(one for one in p.members if law.votes(one))

    def test_quorum(self):
        """A quorum is half of the voting members, and with an odd one the greater half."""
        for voting_members in range(201):
            quorum = Law(CHANGE).quorum(voting_members)
            assert (voting_members + 1) // 2 == quorum
            assert 2 * quorum >= voting_members
            assert quorum == 0 or 2 * (quorum - 1) < voting_members

    @given(LAWS, COUNTS, COUNTS)
    def test_majority(self, law, votes_for, votes_against):
        """More votes for than against carry; a tie never does, and never two opposite motions."""
        assert (votes_for > votes_against) is law.carried(votes_for, votes_against)
        assert law.carried(votes_for, votes_for) is False
        assert not (law.carried(votes_for, votes_against) and law.carried(votes_against, votes_for))

    @pytest.mark.parametrize("name", NAMES)
    def test_one_value_a_day(self, name):
        """The values of a parameter follow one another without gap or overlap, each cited, the later with its cause."""
        values = [one for one in PARAMETERS if one.name == name]
        for one, other in pairwise(values):
            assert one.days.end == other.days.start
            assert one.value != other.value
        assert None is values[-1].days.end
        assert [True] + [False] * (len(values) - 1) == [one.amended_by is None for one in values]
        assert all(isinstance(one, Parameter) and isinstance(one.citation, Citation) for one in values)

    @given(LAWS, st.sampled_from(NAMES))
    def test_typed(self, law, name):
        """A parameter in force is a number or a set of routes, and is refused as the other."""
        try:
            parameter = law.parameter(name)
        except NotFoundError:
            assert not any(one.name == name and law.as_at in one.days for one in PARAMETERS)
            return
        assert law.as_at in parameter.days
        if isinstance(parameter.value, int):
            assert parameter.value == law.number(name)
            with pytest.raises(TypeError, match="is not a set of routes, it is"):
                law.routes(name)
        else:
            assert parameter.value == law.routes(name)
            with pytest.raises(TypeError, match="is not a number, it is"):
                law.number(name)


class TestRefused:
    def test_field(self):
        """The law is that of a day and made of parameters."""
        assert_refused(Law(CHANGE), "as_at", WRONG["day"])
        assert_refused(Law(CHANGE), "parameters", (5, None, UNKNOWN, "voting routes", [5]))

    @pytest.mark.parametrize("voting_members", [-1, -200])
    def test_fewer_than_none(self, voting_members):
        """There is no quorum of fewer than no members."""
        with pytest.raises(ValueError, match="voting_members must be 0 or more, got -"):
            Law(CHANGE).quorum(voting_members)

    @pytest.mark.parametrize("value", [True, 2.5, "8", None])
    def test_no_number(self, value):
        """Members and votes are counted in whole numbers."""
        with pytest.raises(TypeError, match=r"voting_members must be a whole number, got"):
            Law(CHANGE).quorum(value)
        with pytest.raises(TypeError, match=r"votes_for must be a whole number, got"):
            Law(CHANGE).carried(value, 1)
        with pytest.raises(TypeError, match=r"votes_against must be a whole number, got"):
            Law(CHANGE).carried(1, value)

    def test_fewer_votes_than_none(self):
        """Nobody casts fewer than no votes."""
        with pytest.raises(ValueError, match="votes_against must be 0 or more, got -1"):
            Law(CHANGE).carried(1, -1)


class TestChanges:
    @pytest.mark.parametrize("route", sorted(JOINED))
    def test_september_2026(self, route):
        """The third sector, service users and unpaid carers vote from 1 September 2026, and not the day before."""
        assert (False, True) == tuple(Law(on).votes(member(route)) for on in (CHANGE - ONE, CHANGE))

    def test_instrument(self):
        """The change cites what made it."""
        assert "SSI 2025/405 art.2(2)" == str(Law(CHANGE).parameter("voting routes").amended_by)
        assert None is Law(CHANGE - ONE).parameter("voting routes").amended_by

    def test_chief_officer_left_the_core(self):
        """A chief officer was among the core members until 19 March 2015."""
        assert (True, False) == tuple(Route.CO in Law(on).routes("core routes") for on in ("2015-03-19", "2015-03-20"))

    def test_half_of_more(self):
        """With three more voting members a board of eight needs six and not four."""
        assert (4, 6) == (Law(CHANGE - ONE).quorum(8), Law(CHANGE).quorum(11))


class TestParameters:
    def test_numbers(self):
        """The numbers of the Order and of the Act are there."""
        law = Law(CHANGE)
        expected = {
            "fewest seats a side": 3,
            "years of a term": 3,
            "clear days of notice": 5,
            "years between plan reviews": 3,
            "years between scheme reviews": 5,
            "fewest localities": 2,
        }
        assert expected == {name: law.number(name) for name in expected}

    def test_near_miss(self):
        """A name that is not there suggests one that is, and says on which day it was looked for."""
        with pytest.raises(
            NotFoundError, match="no parameter of the law of 2026-09-01 'voting route'; did you mean 'voting routes'"
        ):
            Law(CHANGE).parameter("voting route")

    def test_reform(self):
        """A reform hands in parameters of its own; what is not among them is not the law."""
        everybody = attrs.evolve(PARAMETERS[1], value=tuple(Route))
        assert Law(CHANGE, (everybody,)).votes(member(Route.CO))
        assert () == Law(CHANGE, ()).voting_routes
        with pytest.raises(TypeError, match="parameter 'voting routes' is not a set of routes, it is 5"):
            _ = Law(CHANGE, (attrs.evolve(everybody, value=5),)).voting_routes
