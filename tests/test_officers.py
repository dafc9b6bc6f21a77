"""Posts outlive their holders, terms include their last day, and what was not recorded stays unknown."""

import copy
import pickle
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import DAYS, assert_refused, terms, wrong

from scotintegration.errors import UnknownFactError
from scotintegration.officers import (
    ChairPeriod,
    ChiefFinanceOfficer,
    ChiefOfficer,
    ChiefSocialWorkOfficer,
    Disqualification,
    EndReason,
    Holder,
    Member,
    Office,
    Route,
)
from scotintegration.unknown import UNKNOWN, Listing

ONE = timedelta(days=1)
TODAY = date(2026, 11, 22)
HOLDER = Holder(person="A", start="2024-04-01", until="2026-03-31", source={"person": "minute 4"})
MEMBER = Member(id="carer-1", board="toy-ijb", route="unpaid-carer", source={"route": "minute 4"})
CHAIR = ChairPeriod(id="chair-1", board="toy-ijb", office="chair", start="2025-04-01", until="2028-03-31")
POST = ChiefOfficer("chief-officer", body="toy-ijb", holders=[HOLDER])
BARRED = Disqualification(ground="insolvency", start="2026-03-02")
VALUES = (
    HOLDER,
    MEMBER,
    CHAIR,
    POST,
    ChiefFinanceOfficer("chief-finance-officer", body="toy-ijb"),
    ChiefSocialWorkOfficer("chief-social-work-officer", body="toy-council"),
)

HOLDERS = st.builds(
    lambda term, person: Holder(person=person, **term), terms(), st.sampled_from(["A", "B", None, UNKNOWN])
)


def member(**term):
    return attrs.evolve(MEMBER, **term)


def chair(**term):
    return attrs.evolve(CHAIR, **{"until": None, **term})


def holder(**term):
    return Holder(**term)


class TestLaws:
    @pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
    def test_value(self, value):
        """All of these are values, and where their facts come from is no fact about them."""
        sourced = attrs.evolve(value, source={"id": "another book"})
        assert value == sourced == pickle.loads(pickle.dumps(value)) == copy.deepcopy(value)
        assert hash(value) == hash(sourced)

    @pytest.mark.parametrize("make", [holder, member, chair])
    @given(first=DAYS, second=DAYS)
    def test_both_ends_count(self, make, first, second):
        """A term holds on its first day and its last, and on no day outside."""
        start, until = sorted((first, second))
        term = make(start=start, until=until)
        assert (False, True, True, False) == tuple(term.serves(on) for on in (start - ONE, start, until, until + ONE))

    @pytest.mark.parametrize("make", [holder, member, chair])
    @given(on=DAYS)
    def test_open_ends(self, make, on):
        """A term without a first day reaches back for ever, one without a last day goes on."""
        assert make(start=None, until=None).serves(on)
        assert make(start=on, until=None).serves(on + ONE)
        assert make(start=None, until=on).serves(on - ONE)

    @pytest.mark.parametrize("make", [holder, member, chair])
    @given(on=DAYS)
    def test_unknown_ends(self, make, on):
        """An unknown day stops an answer only where it decides."""
        assert not make(start=UNKNOWN, until=on).serves(on + ONE)
        assert not make(start=on, until=UNKNOWN).serves(on - ONE)
        for term in (
            make(start=UNKNOWN, until=None),
            make(start=UNKNOWN, until=on),
            make(start=on, until=UNKNOWN),
            make(start=UNKNOWN, until=UNKNOWN),
        ):
            with pytest.raises(UnknownFactError, match="the day a term begins or ends"):
                term.serves(on)

    @given(st.lists(HOLDERS, max_size=4), st.randoms(), st.booleans())
    def test_order_of_holders(self, holders, random, complete):
        """The order in which holders are given does not matter."""
        one, other = (
            ChiefOfficer("chief-officer", body="toy-ijb", holders=Listing(some, complete))
            for some in (holders, random.sample(holders, len(holders)))
        )
        assert one == other
        assert one.holder(TODAY) == other.holder(TODAY)

    @given(st.lists(HOLDERS, max_size=4), st.booleans(), DAYS)
    def test_holder(self, holders, complete, on):
        """Whoever serves that day is the holder; a vacancy is certain only where every term is known."""
        post = ChiefOfficer("chief-officer", body="toy-ijb", holders=Listing(holders, complete))
        found = post.holder(on)
        if found is None:
            assert complete
            assert not any(one.serves(on) for one in holders)
        elif found is not UNKNOWN:
            assert found in holders
            assert not (isinstance(found.start, date) and found.start > on)
            assert not (isinstance(found.until, date) and found.until < on)


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        [
            *wrong(
                HOLDER,
                person="maybe text",
                appointed_by="maybe id",
                appointed_on="maybe day",
                start=("", "2026-02-30", 5, "2026-04-01"),
                until=("", "2026-02-30", 5, "2024-03-31"),
                employer="maybe id",
                seconded="flag",
                interim="flag",
                consulted="ids",
                source="source",
            ),
            *wrong(POST, id="id", body="id", holders="values", answers_to="ids", source="source"),
            *wrong(VALUES[4], id="id", body="id", holders="values", answers_to="ids", source="source"),
            *wrong(VALUES[5], id="id", body="id", holders="values", answers_to="ids", source="source"),
            *wrong(
                MEMBER,
                id="id",
                board="id",
                route="word",
                person="maybe text",
                nominated_by="maybe id",
                start="maybe day",
                until="maybe day",
                recorded_voting="flag",
                is_councillor="flag",
                is_ned="flag",
                is_hb_member="flag",
                councillor_until="maybe day",
                performers_list="maybe id",
                registered_nurse="flag",
                registered_doctor="flag",
                provides_primary_care="flag",
                employer="maybe id",
                selected_by="maybe id",
                area="maybe id",
                disqualifications="values",
                end_reason=(True, 5, "", "nothing of the kind"),
                source="source",
            ),
            *wrong(BARRED, ground="word", start="maybe day", until=("", "2026-02-30", 5, "2026-03-01")),
            *wrong(
                CHAIR,
                id="id",
                board="id",
                office="word",
                member="maybe id",
                appointed_by="ids",
                start="maybe day",
                until=("", "2026-02-30", 5, "2025-03-31"),
                source="source",
            ),
        ],
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)

    def test_words(self):
        """A route that is none is refused with those there are."""
        with pytest.raises(ValueError, match=r"^Member\.route must be one of|'unpaid-carer'.*got 'carer'$"):
            member(route="carer")


class TestHolder:
    def post(self, *holders, complete=True):
        return ChiefOfficer("chief-officer", body="toy-ijb", holders=Listing(holders, complete))

    def test_vacancy(self):
        """Nobody after the last day of the last holder is a vacancy, unless holders are missing from the record."""
        assert None is self.post(HOLDER).holder(TODAY)
        assert None is self.post().holder(TODAY)
        assert UNKNOWN is self.post(HOLDER, complete=False).holder(TODAY)

    def test_start_not_recorded(self):
        """Somebody recorded as the holder, whose first day was not, holds the post until a last day."""
        kept = Holder(person="B", until="2026-11-22")
        assert kept is self.post(kept).holder(TODAY)
        assert None is self.post(kept).holder(TODAY + ONE)

    def test_end_not_recorded(self):
        """Whether somebody whose last day was not recorded still holds the post, nobody knows."""
        for start in (UNKNOWN, date(2024, 4, 1)):
            assert UNKNOWN is self.post(Holder(person="B", start=start, until=UNKNOWN)).holder(TODAY)

    def test_latest(self):
        """Of two who overlap, the one who came later holds the post, however far back the first goes."""
        first, second = Holder(person="A", start=None), Holder(person="B", start="2026-11-01")
        assert second is self.post(second, first).holder(TODAY)
        assert ("A", "B") == tuple(one.person for one in self.post(second, first).holders)

    def test_interim(self):
        """The last day of one and the first of the next may be the same."""
        one, other = Holder(person="A", start=None, until=TODAY), Holder(person="B", start=TODAY, interim=True)
        assert other is self.post(one, other).holder(TODAY)
        assert one is self.post(one, other).holder(TODAY - ONE)


class TestNames:
    def test_kind(self):
        """A post knows its kind."""
        assert ("ChiefOfficer", "ChiefFinanceOfficer", "ChiefSocialWorkOfficer") == tuple(
            value.kind for value in VALUES[3:]
        )

    def test_words(self):
        """Routes and offices are words."""
        assert "unpaid-carer" == Route.CARER
        assert EndReason.RESIGNED is member(end_reason="resignation").end_reason
        assert "insolvency" == BARRED.ground
        assert "insolvency from 2026-03-02" == str(BARRED)
        assert Office.VICE_CHAIR is Office("vice-chair")
