"""A direction holds what was written, says what was not, and never changes in place."""

import copy
import pickle
from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import assert_refused, wrong

from scotintegration.bodies import HealthBoard, LocalAuthority
from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction, Marker, Progress, ServiceChange, full_reference
from scotintegration.errors import DateError, MoneyError
from scotintegration.money import Money
from scotintegration.unknown import UNKNOWN, Listing

NAMES = st.sampled_from(["D-1", "1.1", "HSCP.23.054 Appendix B", "HSCP/18/125", "2024/25 1.1"])
DAYS = st.dates(date(2016, 4, 1), date(2030, 3, 31))
NOTHING = st.sampled_from([None, UNKNOWN])
LISTINGS = st.builds(Listing, st.lists(st.sampled_from(["frailty", "respite"]), max_size=2), complete=st.booleans())
DIRECTIONS = st.builds(
    Direction,
    NAMES,
    issuer=NAMES | NOTHING,
    year=st.sampled_from(["2025/26", "1999/00"]) | NOTHING,
    title=st.text(max_size=3) | NOTHING,
    given_to=LISTINGS,
    functions=LISTINGS,
    words=st.text(max_size=3) | NOTHING,
    payment=st.integers(0, 9).map(Money) | NOTHING,
    decided_on=DAYS | NOTHING,
    issued_on=DAYS | NOTHING,
    effective_from=DAYS | NOTHING,
    varies=NAMES | NOTHING,
    revokes=NAMES | NOTHING,
    in_writing=st.booleans() | NOTHING,
    source=st.sampled_from([None, {"payment": "a minute"}]),
)


class TestLaws:
    @given(DIRECTIONS)
    def test_round_trip(self, direction):
        """A direction survives copying, pickling and being made again from its fields."""
        fields = {a.name: getattr(direction, a.name) for a in attrs.fields(Direction)}
        assert direction == direction.evolve() == direction.evolve(**fields) == Direction(**fields)
        assert direction == pickle.loads(pickle.dumps(direction)) == copy.deepcopy(direction)
        assert hash(direction) == hash(Direction(**fields))
        assert direction.source == pickle.loads(pickle.dumps(direction)).source

    @given(DIRECTIONS, DAYS)
    def test_evolve(self, direction, day):
        """A change shows in the copy, and in nothing else."""
        before = copy.deepcopy(direction)
        assert day == direction.evolve(review_on=day).review_on
        assert before == direction
        assert direction == direction.evolve(review_on=day).evolve(review_on=direction.review_on)

    @given(DAYS, DAYS, st.sampled_from([None, "1999/00"]))
    def test_year_follows(self, first, second, year):
        """A year taken from the first day follows it; one that was stated stays."""
        moved = Direction("D-1", year=year, effective_from=first).evolve(effective_from=second)
        assert (FinancialYear(year) if year else FinancialYear.of(second)) == moved.year

    @given(DIRECTIONS)
    def test_full_reference(self, direction):
        """A full reference names the year and the id, and is written in one way."""
        year, _, id = direction.full_reference.rpartition(direction.id)
        assert "" == id
        assert year == (f"{direction.year}/" if isinstance(direction.year, FinancialYear) else "undated/")
        assert direction.full_reference == full_reference(direction.full_reference)
        assert direction.full_reference == full_reference(f"{year[:-1]} {direction.id}")


class TestDirection:
    def test_omitted(self):
        """Fields left out are nothing, not unknown, and the year comes from the first day."""
        draft = Direction("D-1")
        empty = ("agreed_with", "aliases", "complements", "functions", "given_to", "sent_to")
        given_up = {"id": "D-1", **dict.fromkeys(empty, Listing(()))}
        for a in attrs.fields(Direction):
            if a.name != "source":
                assert given_up.get(a.name) == getattr(draft, a.name), a.name
        assert FinancialYear("2026/27") == Direction("D-1", effective_from="2027-03-31").year
        assert "Direction" == draft.kind

    @pytest.mark.parametrize(
        ("given_to", "expected"),
        [
            (None, Listing(())),
            (UNKNOWN, Listing((), complete=False)),
            ("toy-nhs", Listing(["toy-nhs"])),
            (HealthBoard("toy-nhs", name="NHS Toytown"), Listing(["toy-nhs"])),
            (["toy-nhs", LocalAuthority("toy-council", name="Toytown")], Listing(["toy-council", "toy-nhs"])),
            (Listing.partial("toy-nhs"), Listing.partial("toy-nhs")),
        ],
    )
    def test_given_to(self, given_to, expected):
        """A direction is given to bodies or their ids, one or several, and what is incomplete stays so."""
        assert expected == Direction("D-1", given_to=given_to).given_to

    def test_binds_from(self):
        """A direction binds from the day it states, or else from its issue."""
        assert date(2026, 4, 1) == Direction("D-1", issued_on="2026-03-01", effective_from="2026-04-01").binds_from
        assert date(2026, 3, 1) == Direction("D-1", issued_on="2026-03-01").binds_from
        assert Direction("D-1", issued_on="2026-03-01", effective_from=UNKNOWN).binds_from is UNKNOWN
        assert Direction("D-1").binds_from is None

    def test_targets(self):
        """Targets are the references that were written."""
        assert ("a", "b", "c") == Direction("D-1", varies="a", revokes="b", supersedes="c").targets
        assert () == Direction("D-1", varies=UNKNOWN).targets

    def test_bare_revocation(self):
        """Only what revokes, and names no function in ids or words, asks nothing of its own."""
        assert Direction("D-2", revokes="D-1").is_bare_revocation
        assert Direction("D-2", revokes="D-1", words="").is_bare_revocation
        assert not Direction("D-2", revokes="D-1", functions=["respite"]).is_bare_revocation
        assert not Direction("D-2", revokes="D-1", functions=UNKNOWN).is_bare_revocation
        assert not Direction("D-2", revokes="D-1", words="beds").is_bare_revocation
        assert not Direction("D-2", revokes="D-1", words=UNKNOWN).is_bare_revocation
        assert not Direction("D-2", revokes=UNKNOWN).is_bare_revocation
        assert not Direction("D-2", varies="D-1").is_bare_revocation

    @pytest.mark.parametrize(
        ("fields", "error", "message"),
        [
            ({"id": "a  b"}, ValueError, "Direction.id must be an id such as 'district-nursing', got 'a  b'"),
            ({"given_to": 3}, TypeError, "Direction.given_to must be a str, got 3"),
            ({"given_to": [3]}, TypeError, "Direction.given_to must be a str, got 3"),
            (
                {"functions": "a"},
                TypeError,
                "Direction.functions: a collection was expected, got the text 'a'; put it in a list",
            ),
            ({"payment": "-£0.01"}, ValueError, "payment must be £0 or more, got Money('-£0.01')"),
            ({"payment": "lots"}, MoneyError, None),
            ({"year": "2025/27"}, DateError, None),
            ({"in_writing": "yes"}, TypeError, "Direction.in_writing must be bool, got 'yes'"),
        ],
    )
    def test_refuses(self, fields, error, message):
        """What no world contains is refused, and named."""
        with pytest.raises(error) as raised:
            Direction(**{"id": "D-1", **fields})
        assert message in (None, str(raised.value))

    def test_evolve_refuses(self):
        """A field that is not there is refused, with one like it or with all of them."""
        with pytest.raises(TypeError, match=r"^a Direction has no field 'vary'; expected 'varies'$"):
            Direction("D-1").evolve(vary="D-0")
        with pytest.raises(TypeError, match="no field 'zzz'; expected 'id' or 'issuer' or"):
            Direction("D-1").evolve(zzz=1)


class TestWords:
    @pytest.mark.parametrize(("field", "kind"), [("marker", Marker), ("progress", Progress)])
    def test_words(self, field, kind):
        """A word is one of few, or nothing, or not known."""
        for word in (*kind, None, UNKNOWN):
            assert word is getattr(Direction("D-1", **{field: word}), field)
        assert all(word is getattr(Direction("D-1", **{field: word.value}), field) for word in kind)
        with pytest.raises(ValueError, match="some other word"):
            Direction("D-1", **{field: "some other word"})


class TestServiceChange:
    CHANGE = ServiceChange(id="closed", function="day-services", made_by="toy-council", on="2026-06-01")

    @pytest.mark.parametrize(
        ("good", "field", "values"),
        wrong(
            CHANGE,
            id="id",
            function="id",
            made_by="id",
            on="day",
            what="maybe text",
            direction="maybe id",
            source="source",
        ),
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)

    def test_omitted(self):
        """What was changed and the direction behind it are not known unless somebody says so."""
        assert self.CHANGE.what is UNKNOWN
        assert self.CHANGE.direction is UNKNOWN
        assert "ServiceChange" == self.CHANGE.kind
