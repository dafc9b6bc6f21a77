"""Who may sit on a board: one seat each, groups of the area, stand-ins, additional members, disqualification."""

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.examples import example
from scotintegration.officers import (
    ChiefFinanceOfficer,
    ChiefSocialWorkOfficer,
    Disqualification,
    Ground,
    Holder,
    Member,
    Route,
)
from scotintegration.rules import ask
from scotintegration.rules.eligibility import (
    additional_members,
    appropriate_persons,
    disqualified,
    groups_of_the_area,
    one_seat_each,
    social_work_officer_of_a_council,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
JOINT = example("joint-board")
COUNCIL = "strathallan-council"
RULES = (additional_members, appropriate_persons, disqualified, groups_of_the_area, one_seat_each)
LIVED = (Route.THIRD, Route.USER, Route.CARER)


def member(id, route, p=P, **facts):
    """Make a member."""
    return Member(id=id, board=p.id, route=route, **{"start": "2026-01-01", "disqualifications": (), **facts})


def seats(*members, complete=True, p=P):
    """Let these be all members of a board."""
    return p.evolve(members=Listing(members, complete))


def outcome(rule, p):
    """Ask one rule."""
    return str(ask(rule, p).outcome)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
class TestEvery:
    def test_empty(self, rule):
        """A board without members breaks nothing here; one of which nothing is recorded leaves all open."""
        assert "pass" == outcome(rule, seats())
        assert "cannot tell" == outcome(rule, seats(complete=False))

    def test_where(self, rule):
        """Lead agencies are not asked, and of real areas nobody can tell."""
        assert "not applicable" == outcome(rule, example("lead-agency-to-board"))
        assert {"cannot tell", "not applicable"} == {outcome(rule, p) for p in scotland()}


class TestAppropriatePersons:
    @pytest.mark.parametrize(
        ("ned", "councillor", "expected"),
        [
            (False, True, "fail"),
            (None, True, "fail"),
            (True, True, "pass"),
            (False, False, "pass"),
            (False, None, "pass"),
            (UNKNOWN, False, "pass"),
            (True, UNKNOWN, "pass"),
            (UNKNOWN, True, "cannot tell"),
            (False, UNKNOWN, "cannot tell"),
            (UNKNOWN, UNKNOWN, "cannot tell"),
        ],
    )
    def test_table(self, ned, councillor, expected):
        """Only a nominee who is no non-executive director may not be a councillor."""
        p = seats(member("hb", Route.HB, is_ned=ned, is_councillor=councillor))
        assert expected == outcome(appropriate_persons, p)


class TestSocialWorkOfficer:
    holder = next(one.person for one in JOINT.members if one.route is Route.CSWO)

    def sits(self, *people, complete=True):
        """Seat chief social work officers."""
        members = [member(f"cswo-{n}", Route.CSWO, p=JOINT, person=person) for n, person in enumerate(people)]
        return seats(*members, complete=complete, p=JOINT)

    @pytest.mark.parametrize(
        ("people", "expected"),
        [
            (("officer Q",), "pass"),
            (("somebody",), "fail"),
            (("somebody", "officer Q"), "pass"),
            (("somebody", "another"), "fail"),
            ((UNKNOWN,), "cannot tell"),
            ((UNKNOWN, "officer Q"), "pass"),
            ((), "pass"),
        ],
    )
    def test_table(self, people, expected):
        """The officer of any of the councils will do; an empty seat is for another rule."""
        assert expected == outcome(social_work_officer_of_a_council, self.sits(*people))
        assert "pass" == outcome(social_work_officer_of_a_council, self.sits(self.holder))

    def test_known_in_part(self):
        """Another may sit whom nobody recorded; nor is it always recorded who holds the posts."""
        assert "cannot tell" == outcome(social_work_officer_of_a_council, self.sits("somebody", complete=False))
        assert "pass" == outcome(social_work_officer_of_a_council, self.sits(self.holder, complete=False))
        vague = self.sits("somebody").evolve(posts=UNKNOWN)
        assert "cannot tell" == outcome(social_work_officer_of_a_council, vague)
        vacant = self.sits("somebody").evolve(posts=())
        assert "fail" == outcome(social_work_officer_of_a_council, vacant)
        nobody = JOINT.posts.map(lambda post: attrs.evolve(post, holders=()))
        assert "fail" == outcome(social_work_officer_of_a_council, self.sits("somebody").evolve(posts=nobody))

    def test_empty(self):
        """While nobody sits as such, it does not matter what is recorded of the posts."""
        assert "pass" == outcome(social_work_officer_of_a_council, self.sits().evolve(posts=UNKNOWN))

    @pytest.mark.parametrize("person", ["somebody", UNKNOWN])
    def test_who_holds(self, person):
        """Where nobody recorded who holds a post, or that anybody does, it may be the member."""
        for holders in (UNKNOWN, [Holder(start="2020-01-01")]):
            posts = JOINT.posts.map(lambda post, holders=holders: attrs.evolve(post, holders=holders))
            assert "cannot tell" == outcome(social_work_officer_of_a_council, self.sits(person).evolve(posts=posts))

    @pytest.mark.parametrize(
        ("kind", "body"),
        [(ChiefSocialWorkOfficer, JOINT.id), (ChiefFinanceOfficer, "dunmorrow-council")],
    )
    def test_other_posts(self, kind, body):
        """An officer of no council will not do, nor will another officer of one of them."""
        post = kind("post", body=body, holders=[Holder(person="somebody", start="2020-01-01")])
        p = self.sits("somebody").evolve(posts=[*JOINT.posts, post])
        assert "fail" == outcome(social_work_officer_of_a_council, p)

    def test_one_council(self):
        """A board of one council is not asked."""
        assert "not applicable" == outcome(social_work_officer_of_a_council, P)


class TestArea:
    @pytest.mark.parametrize("route", LIVED)
    def test_table(self, route):
        """The group is in the area of the board; where nobody recorded where it is, nobody can tell."""
        for area, expected in ((COUNCIL, "pass"), ("other", "fail"), (None, "fail"), (UNKNOWN, "cannot tell")):
            assert expected == outcome(groups_of_the_area, seats(member("one", route, area=area)))

    @pytest.mark.parametrize(("area", "where"), [("another-council", "another-council"), (None, "no area")])
    def test_what(self, area, where):
        """It says in which area the group is."""
        (finding,) = ask(groups_of_the_area, seats(member("one", Route.USER, area=area)))
        assert f"the group of the member for service-user is in {where}" == finding.what

    @pytest.mark.parametrize("route", [route for route in Route if route not in LIVED])
    def test_others(self, route):
        """Nobody else is appointed for a group of the area, staff included."""
        assert "pass" == outcome(groups_of_the_area, seats(member("one", route, area="other")))

    def test_any_council(self):
        """Either council of a joint board is its area."""
        for council in JOINT.local_authorities:
            p = seats(member("one", Route.USER, p=JOINT, area=council.id), p=JOINT)
            assert "pass" == outcome(groups_of_the_area, p)


class TestOneSeatEach:
    @pytest.mark.parametrize("group", [Route.STAFF, *LIVED])
    @pytest.mark.parametrize("other", [*Route])
    def test_table(self, group, other):
        """A member for a group is no nominee, officer or clinician; the chief officer sits by another paragraph."""
        listed = {Route.LA, Route.HB, Route.CSWO, Route.S95, Route.GP, Route.NURSE, Route.DOCTOR}
        p = seats(member("one", group, person="A"), member("two", other, person="A"))
        assert ("fail" if other in listed else "pass") == outcome(one_seat_each, p)
        apart = seats(member("one", group, person="A"), member("two", other, person="B"))
        assert "pass" == outcome(one_seat_each, apart)

    def test_names(self):
        """Without names nobody can tell, unless somebody is known to sit twice."""
        nurse, staff = member("nurse", Route.NURSE, person="A"), member("staff", Route.STAFF, person=UNKNOWN)
        assert "cannot tell" == outcome(one_seat_each, seats(nurse, staff))
        vague = member("vague", Route.DOCTOR, person=UNKNOWN)
        assert "cannot tell" == outcome(one_seat_each, seats(vague, member("staff", Route.STAFF, person="B")))
        assert "fail" == outcome(one_seat_each, seats(nurse, vague, member("staff", Route.STAFF, person="A")))

    def test_joint(self):
        """The words for joint boards name another paragraph, so there it is a warning."""
        people = (member("one", Route.STAFF, p=JOINT, person="A"), member("two", Route.NURSE, p=JOINT, person="A"))
        assert "warn" == outcome(one_seat_each, seats(*people, p=JOINT))

    def test_days(self):
        """The ban came on 20 March 2015."""
        people = (
            member("one", Route.STAFF, person="A", start=None),
            member("two", Route.NURSE, person="A", start=None),
        )
        early = P.evolve(ijb=attrs.evolve(P.ijb, established_on="2015-01-01"))
        assert "not applicable" == outcome(one_seat_each, seats(*people, p=early).at("2015-03-19"))
        assert "fail" == outcome(one_seat_each, seats(*people, p=early).at("2015-03-20"))


class TestAdditional:
    @pytest.mark.parametrize(
        ("councillor", "ned", "expected"),
        [
            (True, False, "fail"),
            (False, True, "fail"),
            (True, UNKNOWN, "fail"),
            (False, None, "pass"),
            (UNKNOWN, False, "cannot tell"),
            (False, UNKNOWN, "cannot tell"),
        ],
    )
    def test_table(self, councillor, ned, expected):
        """An additional member is neither councillor nor non-executive director."""
        p = seats(member("one", Route.ADDITIONAL, is_councillor=councillor, is_ned=ned))
        assert expected == outcome(additional_members, p)


class TestDisqualified:
    def sits(self, *barred, complete=True, **facts):
        """Seat one member whom these disqualify."""
        return seats(member("one", Route.CARER, disqualifications=Listing(barred, complete), **facts))

    @pytest.mark.parametrize("ground", [ground for ground in Ground if ground is not Ground.SENTENCED])
    @given(start=st.dates(date(2026, 11, 1), date(2026, 12, 15)), days=st.integers(0, 20))
    def test_days(self, ground, start, days):
        """A ground bars from its first day to its last."""
        until = date.fromordinal(start.toordinal() + days)
        p = self.sits(Disqualification(ground=ground, start=start, until=until))
        assert ("fail" if start <= p.as_at <= until else "pass") == outcome(disqualified, p)

    @pytest.mark.parametrize(
        ("start", "expected"), [("2021-01-01", "fail"), ("2020-12-31", "pass"), ("2026-06-01", "fail"), (None, "pass")]
    )
    def test_sentence(self, start, expected):
        """A sentence more than five years before the appointment no longer bars."""
        assert expected == outcome(disqualified, self.sits(Disqualification(ground=Ground.SENTENCED, start=start)))

    def test_sentence_of_old_member(self):
        """Where the appointment reaches back before the record, any sentence recorded bars."""
        p = self.sits(Disqualification(ground=Ground.SENTENCED, start="2019-01-01"), start=None)
        assert "fail" == outcome(disqualified, p)

    def test_at_once(self):
        """A member who becomes disqualified is removed the same day."""
        barred = Disqualification(ground=Ground.SANCTIONED, start="2026-11-22")
        assert "pass" == outcome(disqualified, self.sits(barred, until="2026-11-22"))
        assert "fail" == outcome(disqualified, self.sits(barred, until="2026-11-23"))

    def test_unknown(self):
        """Without days, or with grounds known in part, nobody can tell; what is certain is said all the same."""
        vague = Disqualification(ground=Ground.INSOLVENT)
        sure = Disqualification(ground=Ground.STRUCK_OFF, start=None)
        assert "cannot tell" == outcome(disqualified, self.sits(vague))
        over = Disqualification(ground=Ground.INSOLVENT, until="2026-11-21")
        assert "pass" == outcome(disqualified, self.sits(over))
        open_end = Disqualification(ground=Ground.INSOLVENT, start="2026-01-01", until=UNKNOWN)
        assert "cannot tell" == outcome(disqualified, self.sits(open_end))
        assert "cannot tell" == outcome(disqualified, self.sits(complete=False))
        assert "fail" == outcome(disqualified, self.sits(vague, sure, complete=False))
