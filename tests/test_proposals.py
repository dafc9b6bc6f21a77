"""The proposals are those of the bundled table, the scale has an order, and ratings refuse what is none."""

import copy
import pickle
from datetime import date
from itertools import combinations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import assert_refused, wrong

from scotintegration._bundled import table
from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.proposals import Rating, Scale, proposal, proposals
from scotintegration.tables import card
from scotintegration.unknown import UNKNOWN, Listing

RATING = Rating(
    "4(iv)",
    "partly established",
    evidence="directions follow every meeting",
    document="paper 7 of 24 June 2026",
    actions=["agree a policy on directions"],
    rated_on="2026-06-30",
)
STEPS = st.sampled_from(Scale)


class TestLaws:
    @given(STEPS, STEPS)
    def test_order(self, one, other):
        """Steps compare as their numbers do, whether or not one of them is written as text."""
        for a, b in ((one, other), (one, other.value), (one.value, other)):
            compared = (a < b, a <= b, a > b, a >= b, a == b)
            x, y = one.number, other.number
            assert (x < y, x <= y, x > y, x >= y, x == y) == compared

    @given(
        st.sampled_from(proposals()),
        st.sampled_from(["{}({})", "{}-{}", "{}.{}", "{}{}", " {} ( {} ) "]),
        st.booleans(),
    )
    def test_reference(self, one, form, capitals):
        """However its number is written, a proposal is found."""
        text = form.format(*one.id.split("-"))
        assert one == proposal(text.upper() if capitals else text) == proposal(one)

    def test_value(self):
        """Proposals and ratings are values, and where their facts come from is no fact about them."""
        for value in (proposals()[0], RATING):
            sourced = attrs.evolve(value, source={"text": "another book"})
            assert value == sourced == pickle.loads(pickle.dumps(value)) == copy.deepcopy(value)
            assert hash(value) == hash(sourced)
            assert type(value).__name__ == value.kind


class TestScale:
    def test_words(self):
        """There are four steps, in order."""
        assert ["not yet established", "partly established", "established", "exemplary"] == sorted(Scale)
        assert [1, 2, 3, 4] == [step.number for step in Scale]
        assert all(one < other for one, other in combinations(Scale, 2))

    def test_refused(self):
        """A step has no order beside anything else: another word, a number, or a fact that nobody recorded."""
        ways = [lambda a, b: a < b, lambda a, b: a <= b, lambda a, b: a > b, lambda a, b: a >= b]
        for other, error in (("superb", ValueError), (3, TypeError), (None, TypeError), (UNKNOWN, UnknownFactError)):
            for way in ways:
                with pytest.raises(error):
                    way(Scale.ESTABLISHED, other)


class TestProposals:
    def test_table(self):
        """Every row of the bundled table is a proposal, in order."""
        assert [
            (row["proposal_id"], row["reference"], row["feature"], row["proposal"]) for row in table("msg_proposals")
        ] == [(one.id, one.reference, one.feature, one.text) for one in proposals()]
        assert 25 == len({one.id for one in proposals()})
        assert {date(2019, 2, 4)} == {one.published_on for one in proposals()}

    def test_read(self):
        """The headings were read where the source says, and the wording of the proposals was not."""
        assert {(True, False)} == {(one.feature_read, one.text_read) for one in proposals()}
        for one in proposals():
            assert all(address.startswith("https://") and address in one.source["feature"] for address in one.addresses)
            assert "our words; the wording of the report was not read" == one.source["text"]
            assert one.source["feature"] == one.source["published_on"]

    def test_shown(self):
        """A proposal prints its number and text, and shows its fields."""
        assert "4(v) Coherent clinical and care governance" == str(proposal("4(v)"))
        assert {"field": "reference", "value": "4(v)", "source": ""} in list(card(proposal("4(v)")))

    def test_missing(self):
        """A number that no proposal has is refused with those most like it; what is no text is of the wrong type."""
        for reference in ("4(vi)", "7(i)", "0(i)", "directions", "", "4", "(iv)", "4(iv) and 4(v)"):
            with pytest.raises(NotFoundError, match="no proposal") as caught:
                proposal(reference)
            assert reference == caught.value.name
        with pytest.raises(NotFoundError, match=r"did you mean '4\(v\)', '4\(i\)' or '4\(iv\)'\?"):
            proposal("4(vi)")
        for value in (None, 4, UNKNOWN, ("4", "iv")):
            with pytest.raises(TypeError, match=r"a str such as '4\(iv\)'"):
                proposal(value)


class TestRating:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        wrong(
            RATING,
            proposal="id",
            step=(True, 5, "", "superb", "Established", ["established"]),
            evidence=(True, 5, b"A", "", " "),
            document=(True, 5, b"A", "", " "),
            actions=(5, "agree a policy", [5], [""], [None]),
            rated_on="maybe day",
            source="source",
        ),
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)

    def test_not_recorded(self):
        """Of a bare rating nothing is known; unrated is something else, and known."""
        bare = Rating("4(iv)")
        assert UNKNOWN is bare.step is bare.evidence is bare.document is bare.rated_on
        assert Listing((), complete=False) == bare.actions
        assert None is Rating("4(iv)", None).step
        assert bare != Rating("4(iv)", None)

    def test_proposal(self):
        """A rating keeps the reference, however it was given."""
        assert {"4(iv)"} == {Rating(given).proposal for given in ("4-iv", "4 (IV)", proposal("4(iv)"))}
