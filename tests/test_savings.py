"""Savings and underspends: planned and windfall, recurring and one-off, always adding up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import MONEYS, assert_refused, wrong

from scotintegration.errors import UnknownFactError
from scotintegration.money import Money, total
from scotintegration.savings import Saving, Savings, Underspend, divide_underspend
from scotintegration.unknown import UNKNOWN, Listing

ROTA = Saving(id="rota", function="care-at-home", planned="£3", delivered="£2", recurring=True)
SAVINGS = st.lists(
    st.builds(
        Saving,
        id=st.uuids().map(str),
        function=st.just("respite"),
        planned=MONEYS,
        delivered=MONEYS | st.none(),
        recurring=st.booleans(),
    ),
    max_size=5,
).map(Savings)


class TestLaws:
    @given(SAVINGS)
    def test_sums(self, savings):
        """Recurring and one-off savings are all savings; what is delivered and what is short is what was planned."""
        assert savings.planned == savings.recurring.planned + savings.one_off.planned
        assert savings.delivered == savings.recurring.delivered + savings.one_off.delivered
        assert savings.planned == savings.delivered + savings.short
        assert savings.to_find_again == savings.short + savings.one_off.delivered

    @given(MONEYS, MONEYS, st.integers(1, 100), st.integers(0, 100))
    def test_underspend(self, underspend, planned, a, b):
        """What is kept and what is returned is the underspend, and no more is kept than was planned."""
        end = divide_underspend(underspend, planned=planned, paid={"b": Money(b), "a": Money(a)})
        assert underspend == end.kept + end.windfall
        assert min(planned, underspend) == end.kept
        assert sorted(end.returned) == list(end.returned)


class TestUnknown:
    @pytest.mark.parametrize(
        ("what", "name", "saving"),
        [
            ("what saving 'x' delivered", "delivered", {}),
            ("what saving 'x' delivered", "short", {}),
            ("all savings of the year", "to_find_again", {"delivered": "£1"}),
        ],
    )
    def test_missing(self, what, name, saving):
        """A sum that hangs on what was not recorded says on what."""
        savings = Savings([Saving(id="x", function="respite", planned="£3", **saving)])
        with pytest.raises(UnknownFactError, match=what):
            getattr(savings, name)

    def test_in_part(self):
        """Nothing is added up where savings may be missing."""
        with pytest.raises(UnknownFactError, match="all savings of the year"):
            _ = Savings(Listing.partial(ROTA)).planned

    def test_table(self):
        """What is not recorded says so."""
        table = Savings([Saving(id="x", function="respite", planned="£3"), ROTA]).to_table()
        assert [
            ("x", "respite", "not recorded", "£3.00", "not recorded"),
            ("rota", "care-at-home", "recurring", "£3.00", "£2.00"),
            ("total, recurring", "", "", "not recorded", "not recorded"),
            ("total, one-off", "", "", "not recorded", "not recorded"),
            ("total, all", "", "", "£6.00", "not recorded"),
        ] == list(table.rows)

    def test_one_off(self):
        """A one-off saving of which nothing was delivered yet says nothing."""
        once = Saving(id="x", function="respite", planned="£3", delivered=None, recurring=False)
        assert ("x", "respite", "one-off", "£3.00", "£0.00") == Savings([once]).to_table().rows[0]
        assert "Saving" == once.kind


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        wrong(
            ROTA, id="id", function="id", planned="money", delivered="maybe money", recurring="flag", source="source"
        ),
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)

    def test_underspend(self):
        """Sums are £0 or more, and a windfall needs somebody to go back to."""
        with pytest.raises(ValueError, match="underspend must be £0 or more"):
            divide_underspend(Money(-1), planned=Money(0), paid={"a": Money(1)})
        with pytest.raises(ValueError, match="planned must be £0 or more"):
            divide_underspend(Money(1), planned=Money(-1), paid={"a": Money(1)})
        with pytest.raises(ValueError, match="weights must be 0 or more and not all 0"):
            divide_underspend(Money(1), planned=Money(0), paid={})
        with pytest.raises(ValueError, match="kept must be £0 or more"):
            Underspend(kept=-1, returned={})


class TestPrinted:
    def test_underspend(self):
        """The table says what is kept and what goes to whom."""
        end = divide_underspend(Money("£5"), planned=Money("£3"), paid={"nhs-a": Money(1)})
        assert [("kept: planned", "£3.00"), ("returned to nhs-a: windfall", "£2.00")] == list(end.to_table().rows)
        assert hash(end) == hash(Underspend(kept="£3", returned={"nhs-a": Money("£2")}))
        assert Money("£2") == total(end.returned.values())

    def test_unknown(self):
        """Whether a saving recurs may be unknown."""
        assert UNKNOWN is Saving(id="x", function="respite", planned="£3").recurring
