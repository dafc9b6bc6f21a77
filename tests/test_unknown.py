"""UNKNOWN answers nothing, and collections known in part answer no more than they know."""

import copy
import math
import operator
import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.errors import UnknownFactError
from scotintegration.money import Money
from scotintegration.unknown import UNKNOWN, Listing, Unknown, known

ITEMS = st.lists(st.integers(0, 9), max_size=5)
LISTINGS = st.builds(Listing, ITEMS, st.booleans())
PREDICATES = st.sampled_from([lambda n: n > 4, lambda n: n % 2 == 0, lambda n: True, lambda n: ""])


def asked(question, *of):
    """The answer, or UNKNOWN if there is none."""
    try:
        return question(*of)
    except UnknownFactError:
        return UNKNOWN


class TestUnknown:
    @pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x)), Unknown])
    def test_one_of_a_kind(self, again):
        """Every copy of UNKNOWN is UNKNOWN."""
        assert UNKNOWN is again(UNKNOWN)
        assert UNKNOWN is Unknown("unknown")

    def test_identity(self):
        """UNKNOWN equals itself alone, hashes, and has a plain text."""
        assert UNKNOWN == UNKNOWN
        assert UNKNOWN not in (None, False, 0, "", "unknown", "UNKNOWN", ())
        assert 1 == len({UNKNOWN, Unknown.UNKNOWN})
        assert ("UNKNOWN", "unknown", "unknown") == (repr(UNKNOWN), str(UNKNOWN), f"{UNKNOWN}")

    @pytest.mark.parametrize(
        "ask",
        [
            bool,
            abs,
            operator.neg,
            operator.pos,
            round,
            int,
            float,
            len,
            iter,
            list,
            operator.index,
            math.floor,
            operator.not_,
        ],
        ids=lambda f: f.__name__,
    )
    def test_no_answer(self, ask):
        """Its truth, size, number and items are not to be had."""
        with pytest.raises(UnknownFactError, match="cannot tell without a fact that nobody recorded"):
            ask(UNKNOWN)

    @pytest.mark.parametrize(
        "ask",
        [
            *(operator.lt, operator.le, operator.gt, operator.ge),
            *(operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod, divmod, pow),
        ],
        ids=lambda f: f.__name__,
    )
    @pytest.mark.parametrize("other", [3, 1.5, "x", date(2026, 11, 22), Money(3), None, UNKNOWN], ids=repr)
    def test_no_order_or_sum(self, ask, other):
        """It has no order, sum or product with anything, on either side."""
        with pytest.raises(UnknownFactError):
            ask(UNKNOWN, other)
        if not (isinstance(other, str) and ask in (operator.mod, operator.mul)):
            with pytest.raises(UnknownFactError):
                ask(other, UNKNOWN)

    @pytest.mark.parametrize(
        "ask", [lambda: 3 in UNKNOWN, lambda: UNKNOWN[0], lambda: round(UNKNOWN, 2), lambda: sum([1, UNKNOWN])]
    )
    def test_no_items(self, ask):
        """It neither holds a thing nor does not."""
        with pytest.raises(UnknownFactError):
            ask()


class TestKnown:
    @given(st.one_of(st.none(), st.booleans(), st.integers(), st.text()))
    def test_known(self, x):
        """A fact is returned as it is, none and nought included."""
        assert x is known(x, "it")

    def test_unknown(self):
        """A missing fact is named."""
        with pytest.raises(UnknownFactError, match="cannot tell without the quorum") as caught:
            known(UNKNOWN, "the quorum")
        assert "the quorum" == caught.value.what


class TestListingLaws:
    @given(LISTINGS)
    def test_same_again(self, listing):
        """Copies and pickles are equal, and hash alike."""
        for other in (
            copy.copy(listing),
            copy.deepcopy(listing),
            pickle.loads(pickle.dumps(listing)),
            Listing.of(listing),
        ):
            assert listing == other
            assert hash(listing) == hash(other)

    @given(LISTINGS)
    def test_round_trip(self, listing):
        """What a listing prints makes it again."""
        assert listing == eval(repr(listing).replace("Listing(", "made(", 1), {"made": made})

    @given(ITEMS)
    def test_complete_is_a_tuple(self, items):
        """A complete listing answers as a tuple does."""
        listing = Listing.of(items)

        assert tuple(items) == tuple(listing) == listing.items == listing[:]
        assert len(items) == len(listing)
        assert bool(items) is bool(listing)
        assert list(reversed(items)) == list(reversed(listing))
        assert [n in items for n in range(10)] == [n in listing for n in range(10)]
        assert items == [listing[i] for i in range(len(items))]

    @given(ITEMS, ITEMS, PREDICATES)
    def test_partial_never_disagrees(self, items, more, predicate):
        """Whatever a partial listing answers, the complete one answers too."""
        part, whole = Listing.partial(*items), Listing([*items, *more])
        questions = [
            lambda listing: listing.any(predicate),
            lambda listing: listing.all(predicate),
            lambda listing: listing.count(predicate),
            lambda listing: 3 in listing,
            bool,
        ]
        for question in questions:
            answer = asked(question, part)
            assert answer is UNKNOWN or answer == question(whole)

    @given(ITEMS, PREDICATES)
    def test_complete_questions(self, items, predicate):
        """Of a complete listing, any, all, count, where and map answer as the built-ins do."""
        listing = Listing(items)

        assert any(map(predicate, items)) is listing.any(predicate)
        assert all(map(predicate, items)) is listing.all(predicate)
        assert len(listing.where(predicate)) == listing.count(predicate)
        assert Listing(filter(predicate, items)) == listing.where(predicate)
        assert Listing(map(str, items)) == listing.map(str)
        assert Listing(sorted(items, reverse=True)) == listing.sorted(lambda n: -n)

    @given(LISTINGS, PREDICATES)
    def test_completeness_is_kept(self, listing, predicate):
        """A part of a part, and a part in another order, is a part."""
        parts = (listing.where(predicate), listing.map(str), listing.sorted(abs))

        assert {listing.complete} == {part.complete for part in parts}

    @given(st.lists(st.sampled_from([True, False, UNKNOWN]), max_size=4), st.booleans())
    def test_three_values(self, truths, complete):
        """Any is true of one true item, false of all false ones, and otherwise cannot tell; all mirrors it."""
        listing = Listing(truths, complete)
        some = True if True in truths else False if complete and UNKNOWN not in truths else UNKNOWN
        every = False if False in truths else True if complete and UNKNOWN not in truths else UNKNOWN

        assert some is asked(lambda: listing.any(lambda truth: truth))
        assert every is asked(lambda: listing.all(lambda truth: truth))


def made(*items, complete=True):
    """What the repr of a listing says, as a call."""
    return Listing(items, complete)


class TestListing:
    def test_of(self):
        """UNKNOWN makes an empty, incomplete listing; an iterable makes a complete one."""
        assert Listing((), False) == Listing.of(UNKNOWN)
        assert Listing(("a", "b")) == Listing.of(iter("ab"))
        assert Listing() == Listing.of([])
        assert Listing.of([]) != Listing.of(UNKNOWN)

    @pytest.mark.parametrize("text", ["councillors", b"councillors"])
    def test_text_is_refused(self, text):
        """A text is not a collection of its letters."""
        with pytest.raises(TypeError, match="a collection was expected, got the text"):
            Listing.of(text)

    def test_sets_are_sorted(self):
        """A set is put in order, whether or not its items have one."""
        assert (2, 10, 30) == Listing({30, 2, 10}).items
        assert ("'a'", "1") == Listing({"a", 1}).map(repr).items

    def test_partial_cannot_tell(self):
        """Absence from an incomplete listing is not a fact."""
        part = Listing.partial(1)

        assert 1 in part
        assert part
        for question in (lambda: 2 in part, lambda: bool(Listing.partial()), lambda: part.any(lambda n: n > 1)):
            with pytest.raises(UnknownFactError, match="the rest of a collection known only in part"):
                question()

    def test_first_undecided_is_named(self):
        """If no item decides, the error is the first one that a predicate raised."""
        ages = Listing([{"name": "a"}, {"name": "b"}])

        with pytest.raises(UnknownFactError, match="the age of a"):
            ages.any(lambda person: known(person.get("age", UNKNOWN), f"the age of {person['name']}"))

    def test_where_leaves_out_what_it_cannot_tell(self):
        """An item of which a predicate cannot tell is left out, and the result is incomplete."""
        assert Listing.partial(3) == Listing([1, UNKNOWN, 3]).where(lambda n: n > 1)

    def test_undecided_count(self):
        """A count needs every answer."""
        with pytest.raises(UnknownFactError):
            Listing([1, UNKNOWN]).count(lambda n: n > 0)

    def test_repr(self):
        """A listing prints its items, and whether there may be more."""
        assert "Listing('a', 'b')" == repr(Listing(["a", "b"]))
        assert "Listing('a', complete=False)" == repr(Listing.partial("a"))

    def test_index(self):
        """An item is had by its place, items by a slice."""
        assert "b" == Listing(["a", "b", "c"])[1]
        assert ("a", "b") == Listing(["a", "b", "c"])[:2]
        with pytest.raises(IndexError):
            Listing([])[0]


class TestComplete:
    def test_only_a_truth_value(self):
        """Whether a listing is complete is yes or no, and nothing that passes for it."""
        with pytest.raises(TypeError, match="'complete' must be"):
            Listing((1,), complete="no")
