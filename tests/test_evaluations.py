"""Self-evaluations count what was answered, tell what moved, and never take the unknown for an answer."""

import copy
import csv
import io
import pickle
from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import assert_refused, maybe, wrong

from scotintegration.errors import DuplicateError, NotFoundError
from scotintegration.evaluations import (
    ANSWERS,
    Movement,
    RatingChange,
    SelfEvaluation,
    SelfEvaluationDifference,
)
from scotintegration.proposals import Rating, Scale, proposal, proposals
from scotintegration.unknown import UNKNOWN, Listing

REFERENCES = [one.reference for one in proposals()]
STEPS = maybe(st.sampled_from(Scale))
DAYS = st.dates(date(2019, 3, 1), date(2026, 6, 30))
TEXTS = maybe(st.text("abc£'’ ", max_size=6).map(lambda text: f"x{text.strip()}y"))
ACTIONS = st.lists(st.text("abc", min_size=1, max_size=4).map(lambda text: f"do {text}"), max_size=2)
RATINGS = [
    Rating(
        "1(i)", "partly established", evidence="a day together", actions=["meet twice a year"], rated_on="2026-05-01"
    ),
    Rating("1(ii)", "established", evidence=None, document=None, actions=(), rated_on=None),
    Rating("4(iv)", "exemplary", document="paper 7", actions=Listing.partial("keep it so")),
    Rating("4(v)", None),
]
TOYTOWN = SelfEvaluation(partnership="toytown", on="2026-06-30", name="Toytown", ratings=Listing.partial(*RATINGS))


@st.composite
def ratings(draw, reference):
    """Draw a rating of one proposal."""
    return Rating(
        reference,
        draw(STEPS),
        evidence=draw(TEXTS),
        document=draw(TEXTS),
        actions=draw(ACTIONS | st.just(UNKNOWN)),
        rated_on=draw(maybe(DAYS)),
    )


@st.composite
def evaluations(draw, partnership="toytown", on=date(2026, 6, 30), every=False):
    """Draw a self-evaluation, complete or not."""
    references = REFERENCES if every else draw(st.lists(st.sampled_from(REFERENCES), max_size=6, unique=True))
    items = [draw(ratings(reference)) for reference in references]
    return SelfEvaluation(partnership=partnership, on=on, ratings=Listing(items, complete=draw(st.booleans())))


def evaluation(on="2026-06-30", complete=True, **steps):
    """Give a self-evaluation with steps for proposals under the fourth feature."""
    rated = [Rating(f"4-{number}", step) for number, step in steps.items()]
    return SelfEvaluation(partnership="toytown", on=on, ratings=Listing(rated, complete=complete))


class TestLaws:
    @given(evaluations())
    def test_counts(self, one):
        """Every proposal is counted once, under what was answered; the features add up to the whole."""
        assert 25 == sum(one.counts().values())
        assert ANSWERS == tuple(one.counts())
        assert one.counts() == {word: sum(one.counts(number)[word] for number in range(1, 7)) for word in ANSWERS}
        assert one.counts()["not yet established"] == [rating.step for rating in one.ratings].count(
            Scale.NOT_YET_ESTABLISHED
        )

    @given(evaluations())
    def test_absent(self, one):
        """A proposal without a rating is unrated if the list is complete, and unknown if it is not."""
        held = {rating.proposal for rating in one.ratings}
        expected = None if one.ratings.complete else UNKNOWN
        assert {expected} >= {one.step(reference) for reference in REFERENCES if reference not in held}
        assert REFERENCES == [rating.proposal for rating in one]

    @given(evaluations(every=True), st.randoms())
    def test_order(self, one, random):
        """The order in which ratings are given does not matter."""
        shuffled = random.sample(one.ratings.items, 25)
        assert one == attrs.evolve(one, ratings=Listing(shuffled, complete=one.ratings.complete))

    @given(evaluations(), evaluations(on=date(2026, 7, 31)))
    def test_movements(self, before, after):
        """Up one way is down the other, and nothing moves between a day and itself."""
        assert REFERENCES == [change.proposal for change in after.since(before).changes]
        back = {
            Movement.UP: Movement.DOWN,
            Movement.DOWN: Movement.UP,
            Movement.FIRST_RATED: Movement.NO_LONGER_RATED,
            Movement.NO_LONGER_RATED: Movement.FIRST_RATED,
        }
        for change in after.since(before).changes:
            turned = RatingChange(change.proposal, change.after, change.before)
            assert back.get(change.movement, change.movement) is turned.movement
        assert {Movement.SAME, Movement.CANNOT_TELL} >= {change.movement for change in before.since(before).changes}

    @given(evaluations())
    def test_faces(self, one):
        """Every face says the same of every proposal."""
        said = [str(row["step"]) for row in one.to_table()]
        assert said == [str(step) if step is not None else "not rated" for step in map(one.step, REFERENCES)]
        assert said == list(one.to_frame()["step"])
        for reference, answer in zip(REFERENCES, said, strict=True):
            assert f"  {reference:<6}  {answer} " in one.to_text()
        assert one.to_html() == one._repr_html_() == one.to_table().to_html()
        assert str(one) == one.to_text()

    def test_value(self):
        """Self-evaluations are values, and where their facts come from is no fact about them."""
        sourced = attrs.evolve(TOYTOWN, source={"on": "minute"})
        assert TOYTOWN == sourced == pickle.loads(pickle.dumps(TOYTOWN)) == copy.deepcopy(TOYTOWN)
        assert hash(TOYTOWN) == hash(sourced)
        assert "SelfEvaluation" == TOYTOWN.kind


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        wrong(TOYTOWN, partnership="id", on="day", ratings="values", name="text", source="source"),
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)

    def test_twice(self):
        """A proposal is rated once."""
        with pytest.raises(
            DuplicateError, match=r"second rating of proposal '4\(iv\)' in the self-evaluation of 'toyt"
        ):
            SelfEvaluation(
                partnership="toytown", on="2026-06-30", ratings=[Rating("4(iv)"), Rating("4-iv", "exemplary")]
            )

    def test_later(self):
        """A self-evaluation holds no rating of a later day."""
        rated = Rating("4(iv)", "established", rated_on="2026-07-01")
        with pytest.raises(
            ValueError, match=r"on or after the day on which 4\(iv\) was rated, 2026-07-01, got 2026-06-30"
        ):
            SelfEvaluation(partnership="toytown", on="2026-06-30", ratings=[rated])
        assert rated == SelfEvaluation(partnership="toytown", on="2026-07-01", ratings=[rated])["4(iv)"]

    def test_missing(self):
        """A proposal or a feature that does not exist is refused."""
        with pytest.raises(NotFoundError, match=r"no proposal '4\(vi\)'; did you mean"):
            TOYTOWN["4(vi)"]
        for feature in (0, 7, "4"):
            with pytest.raises(NotFoundError, match="no feature"):
                TOYTOWN.counts(feature)


class TestSelfEvaluation:
    def test_name(self):
        """A partnership without a name is called by its id."""
        assert "toytown" == SelfEvaluation(partnership="toytown", on="2026-06-30").name

    def test_bare(self):
        """Of a self-evaluation without ratings nothing is known; of one known to be empty, that nothing was rated."""
        bare = SelfEvaluation(partnership="toytown", on="2026-06-30")
        assert 25 == bare.counts()["unknown"]
        assert 25 == attrs.evolve(bare, ratings=[]).counts()["not rated"]

    def test_counts(self):
        """The counts of a feature name each answer."""
        expected = dict.fromkeys(ANSWERS, 0) | {"exemplary": 1, "not rated": 1, "unknown": 3}
        assert expected == TOYTOWN.counts(4)

    def test_rating(self):
        """A proposal gives its rating; one without, a rating of which nothing is known, or that there is none."""
        assert RATINGS[2] == TOYTOWN[proposal("4(iv)")]
        assert Rating("6(i)") == TOYTOWN["6(i)"]
        complete = attrs.evolve(TOYTOWN, ratings=RATINGS)
        unrated = Rating("6(i)", None, evidence=None, document=None, actions=(), rated_on=None)
        assert unrated == complete["6(i)"]

    def test_table(self):
        """A row shows what is known, blank where it is known to be absent, and says what is unknown."""
        rows = {row["reference"]: list(row.values())[3:] for row in TOYTOWN.to_table()}
        assert ["partly established", "a day together", UNKNOWN, "meet twice a year", "2026-05-01"] == rows["1(i)"]
        assert ["established", None, None, None, None] == rows["1(ii)"]
        assert ["exemplary", UNKNOWN, "paper 7", "keep it so; known in part", UNKNOWN] == rows["4(iv)"]
        assert ["not rated", *[UNKNOWN] * 4] == rows["4(v)"]
        assert [UNKNOWN] * 5 == rows["6(i)"]
        assert (
            "Self-evaluation of Toytown as at 2026-06-30: "
            "1 partly established; 1 established; 1 exemplary; 1 not rated; 21 unknown"
        ) == TOYTOWN.to_table().caption

    def test_by_feature(self):
        """Each feature has a row of counts."""
        rows = list(TOYTOWN.by_feature())
        assert ["1 Collaborative leadership and building relationships", 0, 1, 1, 0, 0, 1] == list(rows[0].values())
        assert [3, 6, 5, 5, 3, 3] == [sum(list(row.values())[1:]) for row in rows]

    def test_text(self):
        """The text goes feature by feature, and says that the words are ours."""
        lines = TOYTOWN.to_text().splitlines()
        assert 1 + 6 + 25 + 1 == len(lines)
        assert "4 Governance and accountability arrangements: 1 exemplary; 1 not rated; 3 unknown" in lines
        assert "  4(iv)   exemplary            Boards give clear directions to health boards and councils" in lines
        assert "Proposals of the review of progress of 2019-02-04, in our words." == lines[-1]

    def test_csv(self, tmp_path):
        """The file leaves blank what nobody recorded, and says none where there is none."""
        text = TOYTOWN.to_csv(tmp_path / "toytown.csv")
        assert text == (tmp_path / "toytown.csv").read_text(encoding="utf-8")
        rows = {row["reference"]: list(row.values())[4:] for row in csv.DictReader(io.StringIO(text))}
        assert ["partly established", "a day together", "", "meet twice a year", "2026-05-01"] == rows["1(i)"]
        assert ["established", "none", "none", "none", "none"] == rows["1(ii)"]
        assert ["exemplary", "", "paper 7", "keep it so", ""] == rows["4(iv)"]
        assert ["not rated", "", "", "", ""] == rows["4(v)"]
        assert [""] * 5 == rows["6(i)"]

    def test_html(self, tmp_path):
        """The HTML is written where a path is given."""
        assert TOYTOWN.to_html(tmp_path / "toytown.html") == (tmp_path / "toytown.html").read_text(encoding="utf-8")


class TestDifference:
    BEFORE = evaluation("2025-06-30", i="established", ii="established", iii="exemplary", iv=None, v=UNKNOWN)
    AFTER = evaluation(
        "2026-06-30", i="exemplary", ii="established", iii="not yet established", iv="established", v="established"
    )

    def test_movement(self):
        """Steps move up or down, start, end, or stay; with an unknown on either side nobody can tell."""
        difference = self.AFTER.since(self.BEFORE)
        assert ["up", "same", "down", "first rated", "cannot tell"] == [
            change.movement.value for change in difference.changes if change.proposal.startswith("4")
        ]
        assert ["4(i)"] == [change.proposal for change in difference.up]
        assert ["4(iii)"] == [change.proposal for change in difference.down]
        assert "no longer rated" == RatingChange("4(iv)", Scale.ESTABLISHED, None).movement
        assert "cannot tell" == RatingChange("4(iv)", Scale.ESTABLISHED, UNKNOWN).movement

    def test_unknown(self):
        """Unknown on both days is no sign that nothing moved."""
        bare = SelfEvaluation(partnership="toytown", on="2026-06-30")
        assert 25 == len(bare.since(bare).of("cannot tell"))

    def test_of(self):
        """There are six ways to move, and no other."""
        with pytest.raises(ValueError, match="'sideways' is no Movement; expected one of 'up', 'down'"):
            self.AFTER.since(self.BEFORE).of("sideways")

    def test_table(self):
        """The table shows what moved, and the file and the data frame show every proposal."""
        difference = self.AFTER.since(self.BEFORE)
        assert ["4(i)", "4(iii)", "4(iv)"] == [row["reference"] for row in difference.to_table()]
        assert ("not rated", "established", "first rated") == difference.to_table().rows[2][3:]
        assert (
            "Self-evaluation of toytown from 2025-06-30 to 2026-06-30: "
            "1 up; 1 down; 1 first rated; 21 same; 1 cannot tell"
        ) == difference.to_table().caption
        assert 25 == len(difference.to_frame())
        assert 26 == len(difference.to_csv().splitlines())
        assert difference.to_table().to_text() == difference.to_text() == str(difference)
        assert difference.to_html() == difference._repr_html_()
        assert "SelfEvaluationDifference" == difference.kind

    def test_refused(self):
        """Two self-evaluations of one partnership are compared, the earlier first."""
        other = attrs.evolve(self.BEFORE, partnership="vale")
        with pytest.raises(ValueError, match="must be of one partnership, got 'vale' and 'toytown'"):
            self.AFTER.since(other)
        with pytest.raises(
            ValueError, match="after must be of 2026-06-30, the day of before, or later, got 2025-06-30"
        ):
            self.BEFORE.since(self.AFTER)
        for value in (None, RATINGS[0], "toytown"):
            with pytest.raises(TypeError, match=r"SelfEvaluationDifference\.before must be SelfEvaluation"):
                self.AFTER.since(value)
        with pytest.raises(TypeError, match=r"SelfEvaluationDifference\.after must be SelfEvaluation"):
            SelfEvaluationDifference(before=self.BEFORE, after=None)
