"""Schemes: the model, the parties, the prescribed items and the reviews."""

import copy
import pickle
from itertools import product

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import FEWER, FUNCTIONS, assert_refused, functions, partnerships, wrong

from scotintegration.errors import DuplicateError, NotFoundError, UnknownFactError
from scotintegration.revisions import Revision
from scotintegration.schemes import ITEMS, Arrangement, Basis, IntegrationScheme, Model, Review, items_for
from scotintegration.unknown import UNKNOWN, Listing

SCHEME = IntegrationScheme(
    models="a", health_board="nhs-toytown", local_authorities=["toy-council"], source={"models": "scheme, part 1"}
)

ARRANGEMENT = Arrangement(
    from_la="toy-council", to_la="vale-council", function="asp 2014/9 s.44(2)", power="1973 c.65 s.56"
)


class TestLaws:
    @FEWER
    @given(partnerships())
    def test_value(self, p):
        """A scheme is a value, and where its facts come from is no fact about it."""
        scheme = p.scheme
        sourced = attrs.evolve(scheme, source={"models": "another book"})
        assert scheme == sourced == pickle.loads(pickle.dumps(scheme)) == copy.deepcopy(scheme)
        assert hash(scheme) == hash(sourced)

    @FEWER
    @given(partnerships(), st.randoms())
    def test_order(self, p, random):
        """The order of what a scheme lists does not matter."""
        fields = ("local_authorities", "functions", "items", "reviews", "enactments", "consulted", "revisions")
        shuffled = {}
        for field in fields:
            listing = getattr(p.scheme, field)
            shuffled[field] = Listing(tuple(random.sample(listing.items, len(listing))), listing.complete)
        assert p.scheme == attrs.evolve(p.scheme, **shuffled)

    @given(st.lists(st.sampled_from("abcd"), max_size=4))
    def test_models(self, letters):
        """A scheme has one model where it claims one, however it is written."""
        schemes = [attrs.evolve(SCHEME, models=given) for given in (letters, "+".join(letters) if letters else ())]
        assert schemes[0] == schemes[1]
        if len(set(letters)) == 1:
            assert Model(letters[0]) is schemes[0].model
        else:
            with pytest.raises(UnknownFactError, match=r"which one of the four models of s\.1\(4\)"):
                _ = schemes[0].model

    @pytest.mark.parametrize(("model", "basis"), list(product(Model, Basis)))
    def test_items(self, model, basis):
        """What a scheme must set out is sorted, part of the list, and never for the other kind of authority."""
        items = items_for(model, basis)
        other = "ijb" if model.is_lead_agency else "lead"
        assert sorted(items, key=lambda item: item.slug) == list(items)
        assert set(items) <= set(ITEMS)
        assert not [item for item in items if item.scope.startswith(other)]
        assert not [item for item in items if item.scope.endswith("-1" if basis is Basis.JOINT else "-n")]

    def test_every_item(self):
        """Every prescribed item is asked of some scheme, and slugs are unique."""
        asked = {item for model, basis in product(Model, Basis) for item in items_for(model, basis)}
        assert set(ITEMS) == asked
        assert len(ITEMS) == len({item.slug for item in ITEMS})


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        [
            *wrong(
                SCHEME,
                id="id",
                models=(None, 5, True, "e", "", "A", [1], "a+e", UNKNOWN),
                basis="word",
                health_board="id",
                local_authorities="ids",
                functions="values",
                enactments="ids",
                conjoined=(5, [5], [""], [None], [["toy-council"]]),
                items="ids",
                nominees="values",
                chair_term_months="maybe count",
                set_aside_method="maybe text",
                risk_share=(5, "proportional", True),
                hosted_risk_share=(5, "host bears", True),
                remedies=(5, "same arm", [5], ["a loan"], [None]),
                lead_authority="maybe id",
                agreed_seats="maybe count",
                la_specified_seats="maybe count",
                consulted="ids",
                consulted_on="maybe day",
                replaces="maybe id",
                substituted_day="maybe day",
                submitted_on="maybe day",
                approved_on="maybe day",
                published_on="maybe day",
                delegated_on="maybe day",
                reviews="values",
                revisions="values",
                replaced_on="maybe day",
                arrangements="values",
                source="source",
            ),
            *wrong(
                ARRANGEMENT,
                from_la="id",
                to_la="id",
                function=(None, UNKNOWN, 5, "", " "),
                power=(None, UNKNOWN, 5, "", " "),
                start="maybe day",
                until="maybe day",
            ),
            *wrong(Review(), completed_on="maybe day", decided_on="maybe day", outcome="maybe text"),
        ],
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)

    def test_days_of_an_arrangement(self):
        """An arrangement does not end before it begins."""
        with pytest.raises(ValueError, match=r"Arrangement\.until must be on or after start, 2026-04-01"):
            attrs.evolve(ARRANGEMENT, start="2026-04-01", until="2026-03-31")

    def test_revision_twice(self):
        """Two revisions of one id are refused."""
        with pytest.raises(DuplicateError, match="revised-2018"):
            attrs.evolve(SCHEME, revisions=[Revision(id="revised-2018"), Revision(id="revised-2018", model="a")])

    def test_no_such_item(self):
        """An item that no regulation prescribes is refused, with one that it does."""
        with pytest.raises(NotFoundError, match="no prescribed item 'disputes'; did you mean 'dispute'"):
            attrs.evolve(SCHEME, items=["disputes"])

    def test_no_such_model(self):
        """A letter that is no model is refused with those that are."""
        with pytest.raises(ValueError, match=r"one of the letters 'a', 'b', 'c' and 'd' of s\.1\(4\), got 'e'"):
            attrs.evolve(SCHEME, models="e")


class TestModel:
    @pytest.mark.parametrize(
        ("letter", "description", "is_lead_agency"),
        [
            ("a", "body corporate", False),
            ("b", "the council delegates to the Health Board", True),
            ("c", "the Health Board delegates to the council", True),
            ("d", "each delegates to the other", True),
        ],
    )
    def test_letters(self, letter, description, is_lead_agency):
        """The four models are the four paragraphs of s. 1(4)."""
        model = Model(letter)
        assert (letter, description, is_lead_agency) == (model.letter, model.description, model.is_lead_agency)
        assert f"asp 2014/9 s.1(4)({letter})" == str(model.citation)


class TestScheme:
    def test_parties(self):
        """The Health Board comes first, then the councils in order."""
        joint = attrs.evolve(SCHEME, local_authorities=["vale-council", "toy-council"], basis=Basis.JOINT)
        assert ("nhs-toytown", "toy-council", "vale-council") == joint.parties
        assert (True, False) == (joint.is_joint, SCHEME.is_joint)

    def test_items_for_one(self):
        """A board of one council sets out the chair's first appointment, a joint board the membership by council."""
        assert {"gov-ijb-1"} == {item.slug for item in items_for(Model("a"), Basis.SAME_AREA)} - {
            item.slug for item in items_for(Model("a"), Basis.JOINT)
        }

    def test_conjoined(self):
        """No list of functions in conjunction, an empty one and one that nobody recorded are three things."""
        lists = [attrs.evolve(SCHEME, conjoined=given).conjoined for given in (None, (), UNKNOWN)]
        assert [None, Listing(()), Listing((), complete=False)] == lists

    @given(functions(FUNCTIONS[0], "nhs-toytown", "toy-ijb"))
    def test_functions_in_part(self, function):
        """A list of functions that is not complete stays so."""
        scheme = attrs.evolve(SCHEME, functions=Listing.partial(function))
        assert Listing.partial(function) == scheme.functions
        assert Listing(complete=False) == attrs.evolve(SCHEME, functions=UNKNOWN).functions
