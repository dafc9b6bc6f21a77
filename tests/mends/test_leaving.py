"""Mends of rules about leaving a board."""

from datetime import date

import attrs
import pytest

from scotintegration.examples import example
from scotintegration.officers import (
    ChiefSocialWorkOfficer,
    Disqualification,
    EndReason,
    Holder,
    Route,
)
from scotintegration.rules import find
from scotintegration.unknown import UNKNOWN, Listing

OFFICE, RESIGNED, COUNCILLOR = "IJBO-a7-2-ex-officio", "IJBO-a9-3-no-resign", "IJBO-a10-4-ex-councillor"
BARRED, TERM = "IJBO-a8-disqualified", "IJBO-a7-term"
DAY, EVE = date(2026, 11, 22), date(2026, 11, 21)


def mended(rule, p):
    """Mend one rule and see that it is kept."""
    done = find(rule).mended(p)
    assert () == find(rule).verdicts(done)
    return done


def with_member(id, p=None, **changes):
    """Change one membership."""
    p = example("body-corporate") if p is None else p
    return p.evolve(members=p.members.map(lambda one: attrs.evolve(one, **changes) if one.id == id else one))


def member(p, id):
    """Give a membership; None where there is none."""
    return next((one for one in p.members if one.id == id), None)


def social_work(*holders, complete=True):
    """Let some have been chief social work officer."""
    p = example("body-corporate")
    return p.evolve(
        posts=[
            attrs.evolve(one, holders=Listing(holders, complete)) if isinstance(one, ChiefSocialWorkOfficer) else one
            for one in p.posts
        ]
    )


class TestTermsNotRecorded:
    @pytest.mark.parametrize(
        ("wanted", "id", "field", "others"),
        [
            (date(2025, 5, 24), "nurse-2025", "start", {}),
            (date(2025, 5, 24), "chief-officer-2025", "start", {}),
            (date(2024, 1, 17), "chief-social-work-officer-2021", "start", {}),
            (date(2025, 7, 16), "councillor-1-2025", "start", {}),
            (DAY, "councillor-1-2027", "start", {}),
            (date(2025, 5, 23), "nurse-2023", "until", {}),
            (date(2026, 5, 23), "councillor-1-2023", "until", {"councillor_until": None}),
            (date(2024, 5, 5), "councillor-1-2023", "until", {"councillor_until": "2024-05-05"}),
            (None, "nurse-2025", "until", {}),
            (date(2025, 5, 23), "nurse-2023", "until", {"start": None}),
            (None, "chief-social-work-officer-2021", "until", {"start": None}),
            (None, "council-staff-2025", "until", {"start": UNKNOWN}),
        ],
    )
    def test_worked_out(self, wanted, id, field, others):
        """Days come from seats, meetings and the longest terms; none is so early that a term is too long."""
        p = mended("IJBO-voting-2026", with_member(id, **{field: UNKNOWN}, **others))
        assert wanted == getattr(member(p, id), field)


class TestOffice:
    def test_left(self):
        """A member who left the office leaves the board with it, and whoever holds it now takes the seat."""
        person = member(example("body-corporate"), "chief-social-work-officer-2021").person
        old = Holder(person=person, appointed_by="strathallan-council", start="2021-08-02", until="2026-11-18")
        new = Holder(person="Z", appointed_by="strathallan-council", start="2026-11-19")
        p = mended(OFFICE, social_work(old, new))
        gone = member(p, "chief-social-work-officer-2021")
        assert (date(2026, 11, 18), EndReason.OFFICE) == (gone.until, gone.end_reason)
        assert ["Z"] == [one.person for one in p.current_members if one.route is Route.CSWO]

    def test_still_there(self):
        """Of a member of whom nobody recorded until when the office was held, it is."""
        person = member(example("body-corporate"), "chief-social-work-officer-2021").person
        p = mended(OFFICE, social_work(Holder(person=person, start="2021-08-02", until=UNKNOWN)))
        assert [None] == [
            one.until for post in p.posts if post.kind == "ChiefSocialWorkOfficer" for one in post.holders
        ]

    def test_nobody_named(self):
        """Where nobody is named, one mark is for the member and the officer."""
        p = with_member("chief-social-work-officer-2021", social_work(Holder(start="2021-08-02")), person=UNKNOWN)
        done = mended(OFFICE, p)
        (post,) = [one for one in done.posts if one.kind == "ChiefSocialWorkOfficer"]
        assert post.holders[0].person == member(done, "chief-social-work-officer-2021").person == "member I"

    def test_only_the_member_named(self):
        """An officer whom nobody named is the member who sits by the office."""
        done = mended(OFFICE, social_work(Holder(start="2021-08-02")))
        (post,) = [one for one in done.posts if one.kind == "ChiefSocialWorkOfficer"]
        assert "member I" == post.holders[0].person

    def test_another_named(self):
        """If who held the office is known in part, whoever is sure to hold it sits."""
        p = social_work(Holder(person="Z", appointed_by="strathallan-council", start="2021-08-02"), complete=False)
        assert "Z" == member(mended(OFFICE, p), "chief-social-work-officer-2021").person


class TestResigned:
    @pytest.mark.parametrize(
        ("wanted", "until", "reason"),
        [
            (EndReason.OFFICE, EVE, EndReason.RESIGNED),
            (EndReason.OFFICE, UNKNOWN, UNKNOWN),
            (EndReason.TERM, EVE, EndReason.TERM),
            (UNKNOWN, None, UNKNOWN),
        ],
    )
    def test_with_office(self, wanted, until, reason):
        """Who resigned, or may have, left with the office; other reasons stay."""
        p = with_member("chief-finance-officer-2021", until=until, end_reason=reason)
        p = p.evolve(members=Listing(p.members.items, complete=False))
        assert wanted == member(mended(RESIGNED, p), "chief-finance-officer-2021").end_reason


class TestCouncillors:
    @pytest.mark.parametrize(
        ("wanted", "last"),
        [
            ((None, date(2027, 5, 5)), UNKNOWN),
            ((date(2026, 11, 20), date(2026, 11, 20)), "2026-11-20"),
            ((date(2025, 6, 1), date(2026, 11, 18)), "2025-06-01"),
        ],
    )
    def test_leave(self, wanted, last):
        """They leave on their last day as councillors, or when the record names them last."""
        one = member(mended(COUNCILLOR, with_member("councillor-4-2025", councillor_until=last)), "councillor-4-2025")
        assert wanted == (one.councillor_until, one.until)

    def test_never_sat(self):
        """A membership that begins on the day itself is taken back."""
        p = with_member("councillor-4-2025", start=DAY, councillor_until=EVE)
        assert member(mended(COUNCILLOR, p), "councillor-4-2025") is None


class TestDisqualified:
    def test_removed(self):
        """Whoever is disqualified leaves, and somebody else takes a seat that the law wants taken."""
        bar = Disqualification(ground="insolvency", start="2026-01-05")
        p = mended(BARRED, with_member("unpaid-carer-2026", start=None, disqualifications=[bar]))
        gone = member(p, "unpaid-carer-2026")
        assert (EVE, EndReason.DISQUALIFIED) == (gone.until, gone.end_reason)
        assert ["unpaid-carer"] == [one.id for one in p.current_members if one.route is Route.CARER]

    @pytest.mark.parametrize(
        ("wanted", "start", "until"),
        [
            (EVE, UNKNOWN, None),
            (EVE, "2026-01-05", UNKNOWN),
            (date(2026, 1, 5), UNKNOWN, "2026-01-05"),
            (UNKNOWN, "2026-12-05", UNKNOWN),
            (date(2026, 1, 5), "2026-01-04", "2026-01-05"),
        ],
    )
    def test_over(self, wanted, start, until):
        """What has an unknown day is over, unless it is to come; other days stay."""
        bar = Disqualification(ground="insolvency", start=start, until=until)
        p = with_member("unpaid-carer-2026", disqualifications=Listing([bar], complete=False))
        assert wanted == member(mended(BARRED, p), "unpaid-carer-2026").disqualifications[0].until

    def test_today(self):
        """What may disqualify from the day itself does."""
        bar = Disqualification(ground="insolvency", start=DAY, until=UNKNOWN)
        p = with_member("unpaid-carer-2026", disqualifications=[bar])
        assert EVE == member(mended(BARRED, p), "unpaid-carer-2026").until


class TestTerms:
    @pytest.mark.parametrize(
        ("wanted", "start", "until"),
        [
            ((date(2025, 5, 24), date(2028, 5, 23)), "2025-05-24", "2029-05-23"),
            ((date(2025, 5, 24), None), "2020-01-01", None),
            ((date(2025, 5, 24), date(2027, 5, 5)), None, "2027-05-05"),
            ((DAY, date(2029, 11, 21)), "2020-01-01", "2031-05-05"),
        ],
    )
    def test_in_time(self, wanted, start, until):
        """Terms end in time; one that was over was renewed, and begins later."""
        one = member(mended(TERM, with_member("nurse-2025", start=start, until=until)), "nurse-2025")
        assert wanted == (one.start, one.until)
