"""Mends of rules about who sits on a board, and what holds of all mends about boards when facts are forgotten."""

from datetime import date, timedelta

import attrs
import pytest

from scotintegration.examples import example
from scotintegration.mends._table import table
from scotintegration.officers import ChairPeriod, Holder, Member, Route
from scotintegration.rules import RULES, Modality, find
from scotintegration.unknown import UNKNOWN, Listing

DIRECTORS, DOUBLE, NURSE = "IJBO-a3-4-hb-neds", "IJBO-a3-7A-no-double", "IJBO-a3-1-nurse"
CORE, GROUPS, SOCIAL = "IJBO-a3-1-core-members", "IJBO-a3-6-four-groups", "IJBO-a5-cswo-one"
NHS, COUNCIL = "nhs-glenmore", "strathallan-council"
DAY = date(2026, 11, 22)

PARTS = ("chairs", "chief_officers", "eligibility", "leaving", "membership", "professionals", "seats")
OURS = [
    rule
    for rule in RULES
    if rule.modality is not Modality.MAY and (rule.where.split(".")[2] in PARTS or rule.id == "CSWO-appointed")
]


def mended(rule, p):
    """Mend one rule and see that it is kept."""
    done = find(rule).mended(p)
    assert () == find(rule).verdicts(done)
    return done


def with_members(p, route, **changes):
    """Change everybody who sits by a route on the day."""
    now = {one.id for one in p.current_members if one.route is route}
    return p.evolve(members=p.members.map(lambda one: attrs.evolve(one, **changes) if one.id in now else one))


def sitting(p, route):
    """List who sits by a route."""
    return [one for one in p.current_members if one.route is route]


def forgotten(p, kind, field):
    """Forget a field of every value of a kind."""

    def without(value):
        return attrs.evolve(value, **{field: UNKNOWN})

    if kind is Holder:
        return p.evolve(posts=p.posts.map(lambda post: attrs.evolve(post, holders=post.holders.map(without))))
    if kind is ChairPeriod:
        return p.evolve(chairs=p.chairs.map(without))
    return p.evolve(members=p.members.map(without))


FIELDS = [
    (kind, field.name)
    for kind in (ChairPeriod, Holder, Member)
    for field in attrs.fields(kind)
    if field.name not in ("id", "board", "route", "office", "source")
]


class TestForgotten:
    @pytest.mark.parametrize("name", ["body-corporate", "joint-board"])
    @pytest.mark.parametrize(("kind", "field"), FIELDS, ids=lambda value: getattr(value, "__name__", value))
    def test_field(self, kind, field, name):
        """Whatever is forgotten of everybody, going through the rules once keeps them all."""
        p = forgotten(example(name).evolve(meetings=(), committees=()), kind, field)
        for rule in table():
            if find(rule) in OURS:
                p = mended(rule, p) if find(rule).is_open(p) else p
        assert [] == [rule.id for rule in OURS if rule.is_open(p)]

    @pytest.mark.parametrize("name", ["body-corporate", "joint-board"])
    @pytest.mark.parametrize("field", ["chairs", "members", "posts"])
    @pytest.mark.parametrize("share", [1, 2, 1000])
    def test_part(self, field, name, share):
        """Where only some of a collection are known, every rule can be mended."""
        p = example(name).evolve(meetings=(), committees=())
        p = p.evolve(**{field: Listing(getattr(p, field).items[::share], complete=False)})
        for rule in OURS:
            if rule.is_open(p):
                mended(rule.id, p)


class TestSeats:
    def test_waiting(self):
        """Whoever may sit already does, and nobody else is seated."""
        p = with_members(example("body-corporate"), Route.NURSE, until=UNKNOWN)
        done = mended(CORE, p)
        assert ["nurse-2025"] == [one.id for one in sitting(done, Route.NURSE)]

    def test_nobody_waits(self):
        """If it turns out that nobody sits, somebody new does, with what the law asks and no more."""
        p = example("body-corporate")
        p = p.evolve(members=p.members.where(lambda one: one.route is not Route.NURSE or one.id == "nurse-2023"))
        p = p.evolve(members=[attrs.evolve(one, until=UNKNOWN) if one.id == "nurse-2023" else one for one in p.members])
        p = p.evolve(
            members=[attrs.evolve(one, start="2021-01-01") if one.id == "nurse-2023" else one for one in p.members]
        )
        (nurse,) = sitting(mended(CORE, p), Route.NURSE)
        wanted = Member(
            id="nurse",
            board=p.id,
            route="nurse",
            person="member U",
            start=DAY,
            recorded_voting=False,
            registered_nurse=True,
            employer=NHS,
            selected_by=NHS,
            disqualifications=(),
        )
        assert wanted == nurse

    def test_id_taken(self):
        """An id that is taken gets a number."""
        p = example("body-corporate").evolve(
            members=[Member(id="staff", board="strathallan-ijb", route="staff", start="2020-01-01", until="2020-02-01")]
        )
        assert ["staff-2"] == [one.id for one in sitting(mended(GROUPS, p), Route.STAFF)]


class TestNurse:
    @pytest.mark.parametrize(
        ("wanted", "employer", "contractors"),
        [
            ((NHS, ("dr-a",)), "dr-b", Listing(["dr-a"])),
            (("dr-b", ("dr-a", "dr-b")), "dr-b", Listing(["dr-a"], complete=False)),
            (("dr-a", ("dr-a",)), "dr-a", Listing(["dr-a"])),
            ((NHS, ()), None, Listing((), complete=False)),
        ],
    )
    def test_employer(self, wanted, employer, contractors):
        """Who may be a general medical contractor is one; any other employer gives place to the Health Board."""
        p = with_members(example("body-corporate"), Route.NURSE, employer=employer, registered_nurse=UNKNOWN)
        p = mended(NURSE, p.evolve(health_board=attrs.evolve(p.health_board, gms_contractors=contractors)))
        (nurse,) = sitting(p, Route.NURSE)
        assert wanted == (nurse.employer, p.health_board.gms_contractors.items)


class TestDirectors:
    @pytest.mark.parametrize(
        ("wanted", "shortfall"),
        [([True, True, True, True], False), ([True, True, False, False], True), ([True, True, False, False], UNKNOWN)],
    )
    def test_shortfall(self, wanted, shortfall):
        """Where directors may be too few, two will do, and the others are members and no councillors."""
        p = with_members(example("body-corporate"), Route.HB, is_ned=False, is_councillor=True, is_hb_member=UNKNOWN)
        p = mended(DIRECTORS, p.evolve(ijb=attrs.evolve(p.ijb, ned_shortfall=shortfall)))
        assert wanted == [one.is_ned for one in sitting(p, Route.HB)]
        assert () == find("IJBO-a1-appropriate-person").verdicts(p)

    def test_unknown(self):
        """Those of whom it was not recorded are directors, whatever is short."""
        p = with_members(example("body-corporate"), Route.HB, is_ned=UNKNOWN)
        p = mended(DIRECTORS, p.evolve(ijb=attrs.evolve(p.ijb, ned_shortfall=UNKNOWN)))
        assert {True} == {one.is_ned for one in sitting(p, Route.HB)}
        assert p.ijb.ned_shortfall is UNKNOWN


class TestPeople:
    def test_marks(self):
        """Everybody gets a mark of their own; officers get the name of whoever holds the office."""
        p = example("body-corporate")
        for route in (Route.LA, Route.CSWO, Route.CARER):
            p = with_members(p, route, person=UNKNOWN)
        done = mended(DOUBLE, p)
        people = [one.person for one in done.current_members]
        assert len(people) == len(set(people))
        assert "member I" == sitting(done, Route.CSWO)[0].person

    def test_nobody_for_groups(self):
        """Where nobody sits for a group, people stay unnamed."""
        p = with_members(example("body-corporate"), Route.NURSE, person=UNKNOWN)
        for route in (Route.STAFF, Route.THIRD, Route.USER, Route.CARER):
            p = p.evolve(members=p.members.where(lambda one, route=route: one.route is not route))
        done = mended(DOUBLE, p.evolve(members=Listing(p.members.items, complete=False)))
        assert UNKNOWN is sitting(done, Route.NURSE)[0].person

    def test_officer_of_a_council(self):
        """Nobody who sits as chief social work officer of a joint board may be left to doubt."""
        p = with_members(example("joint-board"), Route.CSWO, person=UNKNOWN)
        assert "member M" == sitting(mended(SOCIAL, p), Route.CSWO)[0].person
        other = with_members(p, Route.CSWO, person="somebody else")
        done = mended(SOCIAL, other)
        assert "member M" == sitting(done, Route.CSWO)[0].person
        (gone,) = [one for one in done.members if one.person == "somebody else"]
        assert DAY - timedelta(days=1) == gone.until
        nobody = p.evolve(members=Listing([one for one in p.members if one.route is not Route.CSWO], complete=False))
        assert [] == sitting(mended(SOCIAL, nobody), Route.CSWO)


class TestArea:
    def test_kept(self):
        """Groups in the area of the board stay; others become of the first council's area."""
        p = with_members(example("joint-board"), Route.CARER, area="another-council")
        p = with_members(p, Route.USER, area=p.local_authorities[1].id)
        done = mended("IJBO-a3-7-area", p)
        wanted = [one.id for one in p.local_authorities]
        assert wanted == [sitting(done, route)[0].area for route in (Route.CARER, Route.USER)]


class TestSomebodyElse:
    """Who is known not to be as the law asks gives place to somebody who is."""

    @pytest.mark.parametrize(
        ("rule", "route", "facts", "reason"),
        [
            ("IJBO-a3-la-councillors", Route.LA, {"is_councillor": False}, "withdrawal by the nominator"),
            (DIRECTORS, Route.HB, {"is_ned": False}, "withdrawal by the nominator"),
            ("IJBO-a3-1-doctor", Route.DOCTOR, {"provides_primary_care": True}, "end of term"),
            ("IJBO-a3-1-gp-listed", Route.GP, {"performers_list": None}, "end of term"),
            (NURSE, Route.NURSE, {"registered_nurse": False}, "end of term"),
            (NURSE, Route.NURSE, {"employer": "made-up-care-home"}, "end of term"),
            ("IJBO-a3-9-additional", Route.ADDITIONAL, {"is_ned": True}, "end of term"),
            ("IJBO-a3-7-area", Route.CARER, {"area": "another-council"}, "end of term"),
            (DOUBLE, Route.CARER, {"person": "member A"}, "end of term"),
        ],
    )
    def test_in_the_same_place(self, rule, route, facts, reason):
        """As many sit as before, for the same bodies, and those before are as they were, until the eve."""
        p = with_members(example("body-corporate"), route, **facts)
        done = mended(rule, p)
        was, now = sitting(p, route), sitting(done, route)
        assert sorted(str(one.nominated_by) for one in was) == sorted(str(one.nominated_by) for one in now)
        assert set() == {one.id for one in was} & {one.id for one in now}
        gone = {one.id: one for one in done.members}
        for one in was:
            left = attrs.evolve(one, until=DAY - timedelta(days=1), end_reason=reason)
            assert left == gone[one.id]

    def test_nominator_not_recorded(self):
        """Where nobody recorded who nominated a councillor, the successor is of the first council."""
        p = with_members(example("body-corporate"), Route.LA, is_councillor=False, nominated_by=UNKNOWN)
        assert {COUNCIL} == {one.nominated_by for one in sitting(mended("IJBO-a3-la-councillors", p), Route.LA)}

    def test_chair(self):
        """That the chair too gives place opens no rule that was kept."""
        p = with_members(example("body-corporate"), Route.HB, is_ned=False)
        p = p.evolve(meetings=(), ijb=attrs.evolve(p.ijb, ned_shortfall=False))
        before = {rule.id for rule in OURS if rule.is_open(p)}
        after = {rule.id for rule in OURS if rule.is_open(mended(DIRECTORS, p))}
        assert set() == after - before

    def test_allowed_in_a_shortfall(self):
        """In a shortfall, those who may be members of the Health Board and no councillors are."""
        p = with_members(example("body-corporate"), Route.HB, is_ned=False, is_councillor=UNKNOWN, is_hb_member=UNKNOWN)
        done = mended(DIRECTORS, p.evolve(ijb=attrs.evolve(p.ijb, ned_shortfall=True)))
        assert [(False, True)] * 2 == [
            (one.is_councillor, one.is_hb_member) for one in sitting(done, Route.HB) if not one.is_ned
        ]
