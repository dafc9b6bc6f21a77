"""The national table counts every partnership, and those that nobody heard from apart."""

import copy
import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import assert_refused, wrong
from tests.test_evaluations import evaluations

from scotintegration.errors import DuplicateError, NotFoundError
from scotintegration.evaluations import ANSWERS, SelfEvaluation
from scotintegration.national import NationalSelfEvaluation
from scotintegration.proposals import Rating, Scale, proposals
from scotintegration.unknown import UNKNOWN, Listing

TOYTOWN = SelfEvaluation(
    partnership="toytown",
    name="Toytown",
    on="2026-06-30",
    ratings=Listing.partial(Rating("4(iv)", "established"), Rating("4(v)", "not yet established")),
)
VALE = SelfEvaluation(partnership="vale", on="2026-03-31", ratings=[Rating("4(iv)", "established")])
NATIONAL = NationalSelfEvaluation(evaluations=[VALE, TOYTOWN], partnerships={"isles": "The Isles"})


@st.composite
def nationals(draw):
    """Draw the self-evaluations of some of five partnerships."""
    ids = [f"area-{number}" for number in range(5)]
    heard = draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))
    return NationalSelfEvaluation(evaluations=[draw(evaluations(id)) for id in heard], partnerships=ids)


class TestLaws:
    @given(nationals())
    def test_counts(self, national):
        """Every partnership is counted once on every proposal; the two tables have the same sums."""
        for one in proposals():
            counts = national.counts(one)
            assert 5 == sum(counts.values())
            assert counts["unknown"] >= 5 - len(national)
            said = [evaluation.step(one) for evaluation in national]
            assert counts["not yet established"] == said.count(Scale.NOT_YET_ESTABLISHED)
        for word in ANSWERS:
            by_proposal = sum(row[word] for row in national.to_table())
            assert by_proposal == sum(row[word] for row in national.by_partnership())

    @given(nationals(), st.randoms())
    def test_order(self, national, random):
        """The order in which self-evaluations are given does not matter."""
        shuffled = random.sample(national.evaluations, len(national))
        assert national == attrs.evolve(national, evaluations=shuffled)

    def test_value(self):
        """It is a value."""
        assert NATIONAL == pickle.loads(pickle.dumps(NATIONAL)) == copy.deepcopy(NATIONAL) == attrs.evolve(NATIONAL)
        assert hash(NATIONAL) == hash(attrs.evolve(NATIONAL))
        assert NATIONAL != attrs.evolve(NATIONAL, partnerships=["isles", "highlands"])
        assert "NationalSelfEvaluation" == NATIONAL.kind


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        wrong(
            NATIONAL,
            evaluations=(5, "toytown", [5], [None]),
            partnerships=(5, "toytown", [5], [""], [None], {"toytown": ""}, {"toytown": 5}, {"": "Toytown"}),
        ),
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)

    def test_twice(self):
        """A partnership has one self-evaluation; two days are compared instead."""
        with pytest.raises(DuplicateError, match="second self-evaluation of partnership 'vale'"):
            NationalSelfEvaluation(evaluations=[VALE, attrs.evolve(VALE, on="2026-06-30")])


class TestNational:
    def test_partnerships(self):
        """Those with a self-evaluation are among the partnerships, and a name given for one is kept."""
        assert {"isles": "The Isles", "toytown": "Toytown", "vale": "vale"} == NATIONAL.partnerships
        named = attrs.evolve(NATIONAL, partnerships={"vale": "Vale"})
        assert {"toytown": "Toytown", "vale": "Vale"} == named.partnerships

    def test_reached(self):
        """A self-evaluation is reached by id or name, and a name that is not there gets suggestions."""
        assert TOYTOWN == NATIONAL["toytown"] == NATIONAL["Toytown"]
        assert [TOYTOWN, VALE] == list(NATIONAL)
        with pytest.raises(NotFoundError, match="no self-evaluation of 'Toytow'; did you mean 'Toytown'"):
            NATIONAL["Toytow"]

    def test_table(self):
        """Each proposal has a row; what is not known is never taken for not yet established."""
        rows = {row["reference"]: tuple(row.values())[3:] for row in NATIONAL.to_table()}
        assert 25 == len(rows)
        assert (0, 0, 2, 0, 0, 1) == rows["4(iv)"]
        assert (1, 0, 0, 0, 1, 1) == rows["4(v)"]
        assert (0, 0, 0, 0, 1, 2) == rows["1(i)"]
        assert "Self-evaluations of 2 of 3 partnerships as at 2026-03-31 to 2026-06-30" == NATIONAL.to_table().caption

    def test_by_partnership(self):
        """Each partnership has a row; one that nobody heard from is unknown throughout."""
        assert [
            ("The Isles", UNKNOWN, 0, 0, 0, 0, 0, 25),
            ("Toytown", "2026-06-30", 1, 0, 1, 0, 0, 23),
            ("vale", "2026-03-31", 0, 0, 1, 0, 24, 0),
        ] == list(NATIONAL.by_partnership().rows)

    def test_caption(self):
        """One day is said once, and where there is none, none is said."""
        alone = NationalSelfEvaluation(evaluations=[VALE])
        assert "Self-evaluations of 1 of 1 partnerships as at 2026-03-31" == alone.to_table().caption
        nobody = NationalSelfEvaluation(evaluations=[], partnerships=["vale"])
        assert "Self-evaluations of 0 of 1 partnerships" == nobody.to_table().caption
        assert 1 == nobody.counts("4(iv)")["unknown"]

    def test_faces(self, tmp_path):
        """Every face shows the table."""
        table = NATIONAL.to_table()
        assert table.to_text() == NATIONAL.to_text() == str(NATIONAL)
        assert table.to_html() == NATIONAL.to_html() == NATIONAL._repr_html_()
        assert table.to_csv() == NATIONAL.to_csv(tmp_path / "national.csv")
        assert table.to_frame().equals(NATIONAL.to_frame())
