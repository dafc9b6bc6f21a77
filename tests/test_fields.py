"""The converters and validators that values share let through what a field may hold, and name what they refuse."""

import pickle
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration import _fields
from scotintegration.citations import NO_SOURCE, Source, cite
from scotintegration.dates import FinancialYear
from scotintegration.errors import CitationError, DateError, MoneyError, UnknownFactError
from scotintegration.money import Money
from scotintegration.unknown import UNKNOWN, Listing

DAY = date(2026, 4, 1)
WORDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.()&-]{0,5}( [A-Za-z0-9.()&-]{1,5}){0,2}", fullmatch=True)


def spot(name: str = "field") -> Any:
    """Give an attribute of a class to name in messages."""
    return attrs.fields(attrs.make_class("Thing", {name: attrs.field()}))[0]


class Thing:
    """What a message is about."""


def check(validator: Any, value: Any) -> None:
    """Run a validator on a value of the field Thing.field."""
    validator(Thing(), spot(), value)


class TestLaws:
    @given(st.lists(WORDS, min_size=1, max_size=3).map("/".join))
    def test_ids(self, text):
        """Words with single spaces between them, in parts with slashes between those, are an id."""
        check(_fields.an_id, text)
        check(_fields.maybe_id, text)
        check(_fields.ids, [text, text])

    @given(st.text(max_size=8), st.sampled_from(["", " ", "/", "|", "-", "\n", "a  b", "a/", "/a", "a|b", " a", "a "]))
    def test_not_ids(self, text, wrong):
        """Blanks at an end or side by side, empty parts and upright strokes make no id."""
        with pytest.raises(ValueError, match="must be an id"):
            check(_fields.an_id, wrong)
        assert (_fields.ID.fullmatch(text) is None) is (not self.reads(text))

    @staticmethod
    def reads(text: str) -> bool:
        """Say the same of an id in other words."""
        parts = text.split("/")
        return all(
            part[:1].isascii()
            and part[:1].isalnum()
            and "|" not in part
            and all(word and not any(letter.isspace() for letter in word) for word in part.split(" "))
            for part in parts
        )

    @given(st.lists(WORDS, max_size=5))
    def test_to_ids(self, names):
        """Ids are sorted, each named once, however they came; converting them again changes nothing."""
        once = _fields.to_ids(names)
        assert tuple(sorted(set(names))) == once.items
        assert once == _fields.to_ids(once) == _fields.to_ids(reversed(names)) == _fields.to_ids(set(names))
        assert Listing(once.items, complete=False) == _fields.to_ids(Listing(tuple(names), complete=False))

    @given(st.dates(), st.dates())
    def test_not_before(self, first, last):
        """A day is refused if, and only if, it is before the first."""
        thing = Thing()
        thing.start = first
        validator = _fields.not_before("start")
        if last < first:
            with pytest.raises(ValueError, match=f"on or after start, {first.isoformat()}, got {last.isoformat()}"):
                validator(thing, spot(), last)
        else:
            validator(thing, spot(), last)

    @given(st.integers())
    def test_count(self, number):
        """A count is a whole number of 0 or more."""
        if number < 0:
            with pytest.raises(ValueError, match="0 or more"):
                check(_fields.count, number)
        else:
            check(_fields.count, number)


class TestValidators:
    def test_pass(self):
        """None and UNKNOWN pass where a field may lack its fact."""
        maybe = [_fields.maybe_id, _fields.maybe(str), _fields.count, _fields.not_before("start")]
        thing = Thing()
        thing.start = None
        for validator in maybe:
            for nothing in (None, UNKNOWN):
                validator(thing, spot(), nothing)

    def test_not_before_unknown(self):
        """Nothing is before a day that was not recorded."""
        thing = Thing()
        thing.start = UNKNOWN
        _fields.not_before("start")(thing, spot(), DAY)

    def test_accepts(self):
        """A value of a named type passes, a bool only where bool is named."""
        check(_fields.one_of(str, int), 3)
        check(_fields.one_of(bool), True)
        check(_fields.maybe(int), 3)
        check(_fields.each(str), ["a", "b"])
        check(_fields.a_text, "a")

    @pytest.mark.parametrize(
        ("validator", "value", "error", "message"),
        [
            (_fields.an_id, 3, TypeError, "Thing.field must be a str, got 3"),
            (_fields.an_id, "", ValueError, "Thing.field must be an id such as 'district-nursing', got ''"),
            (_fields.maybe_id, "a b/", ValueError, "Thing.field must be an id such as 'district-nursing', got 'a b/'"),
            (_fields.ids, ["a", 3], TypeError, "Thing.field must be a str, got 3"),
            (_fields.a_text, 3, TypeError, "Thing.field must be a str, got 3"),
            (_fields.a_text, " ", ValueError, "Thing.field must not be blank, got ' '"),
            (_fields.one_of(str, int), 1.5, TypeError, "Thing.field must be str or int, got 1.5"),
            (_fields.one_of(int), True, TypeError, "Thing.field must be int, got True"),
            (_fields.maybe(bool), 1, TypeError, "Thing.field must be bool, got 1"),
            (_fields.each(str), ["a", None], TypeError, "Thing.field must be str, got None"),
            (_fields.count, 1.0, TypeError, "Thing.field must be a whole number, got 1.0"),
            (_fields.count, True, TypeError, "Thing.field must be a whole number, got True"),
            (_fields.count, -1, ValueError, "Thing.field must be 0 or more, got -1"),
        ],
    )
    def test_refuses(self, validator, value, error, message):
        """What is refused is named with its field, and with what would have been right."""
        with pytest.raises(error) as raised:
            check(validator, value)
        assert message == str(raised.value)


class Colour(StrEnum):
    """Words, for a field that holds one of them."""

    RED = "red"
    BLUE = "blue"


@attrs.frozen(field_transformer=_fields.named)
class Named:
    """Fields of which some convert what they are given."""

    plain: object = None
    on: date = attrs.field(default=DAY, converter=_fields.to_day)
    sum: Money = attrs.field(default=0, converter=_fields.to_money)
    law: object = attrs.field(default="asp 2014/9 s.1", converter=cite)
    ids: Listing[str] = attrs.field(default=(), converter=_fields.to_ids)
    colour: Colour = attrs.field(default="red", converter=Colour)
    sure: bool = attrs.field(default=True, converter=bool)


class TestNamed:
    def test_converts(self):
        """A converter that names its field converts as it did."""
        one = Named(plain=3, on="2026-04-01", sum="£1", ids=["b", "a"], colour="blue")
        assert (3, DAY, Money(100), Listing(["a", "b"]), Colour.BLUE) == (
            one.plain,
            one.on,
            one.sum,
            one.ids,
            one.colour,
        )

    @pytest.mark.parametrize(
        ("fields", "error", "message"),
        [
            ({"on": "soon"}, DateError, "expected date as yyyy-mm-dd, such as '2026-11-22' (Named.on)"),
            ({"sum": "1.005"}, MoneyError, "expected no fraction of a penny (Named.sum)"),
            ({"law": ""}, CitationError, "(Named.law)"),
            ({"ids": "a"}, TypeError, "Named.ids: a collection was expected, got the text 'a'; put it in a list"),
            ({"colour": "green"}, ValueError, "Named.colour must be 'red' or 'blue', got 'green'"),
            ({"sure": UNKNOWN}, UnknownFactError, "cannot tell without Named.sure"),
        ],
    )
    def test_refuses(self, fields, error, message):
        """What a converter refuses is named with its field."""
        with pytest.raises(error) as raised:
            Named(**fields)
        assert str(raised.value).endswith(message)

    def test_by(self):
        """Values are ordered by the text of some fields, nothing first."""
        days = [Named(on="2026-04-02"), Named(plain="b"), Named(plain="a"), 3]
        assert [3, days[1], days[2], days[0]] == sorted(days, key=_fields.by("on"))
        assert [days[0], 3, days[2], days[1]] == sorted(days, key=_fields.by("plain"))


class TestConverters:
    def test_days(self):
        """Days are read from ISO text; None and UNKNOWN pass where a fact may be lacking."""
        assert DAY == _fields.to_day("2026-04-01") == _fields.to_maybe_day("2026-04-01") == _fields.to_maybe_day(DAY)
        assert _fields.to_maybe_day(None) is None
        assert _fields.to_maybe_day(UNKNOWN) is UNKNOWN
        with pytest.raises(DateError):
            _fields.to_maybe_day("01/04/2026")
        with pytest.raises(TypeError):
            _fields.to_day(datetime(2026, 4, 1))

    def test_money(self):
        """Money is read from text or pence; None and UNKNOWN pass where a fact may be lacking."""
        assert (
            Money(100) == _fields.to_money("£1") == _fields.to_maybe_money(100) == _fields.to_maybe_money(Money("£1"))
        )
        assert _fields.to_maybe_money(None) is None
        assert _fields.to_maybe_money(UNKNOWN) is UNKNOWN
        with pytest.raises(MoneyError):
            _fields.to_maybe_money("a lot")

    def test_year(self):
        """A financial year is read from a day or a text."""
        assert FinancialYear("2026/27") == _fields.to_year(DAY) == _fields.to_year("2026/27")

    def test_source(self):
        """Provenance is a mapping by field, or none."""
        assert NO_SOURCE == _fields.to_source(None)
        assert Source({"name": "a register"}) == _fields.to_source({"name": "a register"})

    def test_ids(self):
        """A text is no collection of ids, and what was not recorded is incomplete."""
        assert _fields.NOT_RECORDED == _fields.to_ids(UNKNOWN)
        with pytest.raises(TypeError, match="put it in a list"):
            _fields.to_ids("frailty")
        assert (1, "b") == _fields.to_ids(["b", 1, "b"]).items  # a validator refuses it by its place

    def test_nothing(self):
        """Nothing and nothing recorded are two things, and stay so."""
        assert _fields.NONE != _fields.NOT_RECORDED
        assert _fields.NONE == pickle.loads(pickle.dumps(_fields.NONE))
