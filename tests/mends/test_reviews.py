"""What mends reviews of schemes and revised schemes."""

from datetime import date

import attrs
import pytest

from scotintegration.examples import example
from scotintegration.rules import check, find
from scotintegration.schemes import Review
from scotintegration.unknown import UNKNOWN, Listing

FIRST = "PBJW-s44-5yr-review"
LATER = "PBJW-s44-5b-next-clock"
DECIDED = "PBJW-s44-4-decide"
EFFECT = "PBJW-s46-approval-effect"
PUBLISHED = "PBJW-s46-8-publish"
NEW = "PBJW-s47-new-not-revised"


def with_scheme(**changes):
    """Change fields of a scheme approved on 1 June 2015."""
    p = example("body-corporate")
    return p.evolve(scheme=attrs.evolve(p.scheme, **changes))


def review(done, decided=UNKNOWN, outcome="no change"):
    """Write down a review."""
    return Review(completed_on=done, decided_on=decided, outcome=outcome)


def reviewed(rule, *reviews, complete=True, **changes):
    """Mend a rule and give the days of the reviews then: done and decided on."""
    p = with_scheme(reviews=Listing(reviews, complete), **changes)
    after = find(rule).mended(p)
    rules = [find(one) for one in (rule, LATER, DECIDED) if one == rule or not find(one).is_open(p)]
    assert [] == [str(one) for one in check(after, rules=rules).findings]
    return [(str(one.completed_on), str(one.decided_on)) for one in after.scheme.reviews]


def revised(rule, **changes):
    """Mend a rule of the one revision, and give the revision then."""
    p = with_scheme()
    one = attrs.evolve(p.scheme.revisions[0], **changes)
    after = find(rule).mended(with_scheme(revisions=[one]))
    assert [] == [str(one) for one in check(after, rules=[find(rule)]).findings]
    return after.scheme.revisions[0]


class TestReviews:
    """`reviewed_in_time`, `reviewed_again` and `decided`."""

    def test_added(self):
        """Without any review one is added, and those that follow from it."""
        days = ["2020-05-31", "2025-05-30"]
        assert [(day, day) for day in days] == reviewed(FIRST, revisions=())

    def test_moved(self):
        """One that was late was done on the last day."""
        late = review("2020-07-01", "2020-07-02")
        assert ("2020-05-31", "2020-07-02") == reviewed(FIRST, late, revisions=())[0]

    def test_dated(self):
        """One of a day not recorded was done by the last day, and by the day of its decision."""
        assert [("2019-05-02", "2019-05-02")] == reviewed(FIRST, review(UNKNOWN, "2019-05-02"), complete=False)
        assert [("2020-05-31", "2020-06-02")] == reviewed(FIRST, review(UNKNOWN, "2020-06-02"))

    def test_not_moved_where_needed(self):
        """One that a later period needs stays where it is, and one decided before the period is of no use."""
        late, early = review("2025-05-01", "2025-05-02"), review(UNKNOWN, "2015-01-02")
        revisions = with_scheme().scheme.revisions.map(lambda one: attrs.evolve(one, effect_on="2020-07-01"))
        days = reviewed(FIRST, early, late, revisions=revisions)
        assert [("2020-05-31", "2020-05-31"), ("2025-05-01", "2025-05-02"), ("unknown", "2015-01-02")] == days

    def test_no_approval(self):
        """A scheme that is not approved and has no effect needs no review."""
        p = with_scheme(approved_on=UNKNOWN, published_on=UNKNOWN, delegated_on=None)
        p = p.evolve(ijb=attrs.evolve(p.ijb, established_on=None))
        after = find(FIRST).mended(p)
        assert (None, p.scheme.reviews) == (after.scheme.approved_on, after.scheme.reviews)

    @pytest.mark.parametrize("decided", [None, "2021-05-01", "2030-01-01", "2022-06-01"])
    def test_going_on(self, decided):
        """A review that started no new period ended with no change, on its day unless it was decided on later."""
        days = reviewed(LATER, review("2022-05-01", decided, "replace"))
        assert ("2022-05-01", "2022-06-01" if decided == "2022-06-01" else "2022-05-01") == days[0]

    def test_unsure(self):
        """Days and words not recorded are filled in; what is to come is left as it is."""
        to_come = review("2027-05-01", None, UNKNOWN)
        days = reviewed(LATER, review("2020-02-01"), review("2024-02-01", None, UNKNOWN), review(UNKNOWN), to_come)
        wanted = [
            ("2020-02-01", "2020-02-01"),
            ("2024-02-01", "2024-02-01"),
            ("2027-05-01", "None"),
            ("unknown", "2026-11-22"),
        ]
        assert wanted == days

    def test_words(self):
        """Words that leave open what was decided are taken for no change, and stay where that does not matter."""
        p = with_scheme(reviews=[review("2020-02-01", "2020-02-01", "minor edits"), review("2025-01-31", "2025-01-31")])
        assert ["no change", "no change"] == [one.outcome for one in find(LATER).mended(p).scheme.reviews]
        only = with_scheme(reviews=[review("2020-02-01", UNKNOWN, "minor edits")], revisions=())
        assert ["minor edits"] == [one.outcome for one in find(DECIDED).mended(only).scheme.reviews][:1]

    def test_revision_of_no_day(self):
        """A revised scheme of no day recorded started no period."""
        p = with_scheme()
        one = attrs.evolve(p.scheme.revisions[0], effect_on=UNKNOWN, approved_on=UNKNOWN)
        after = find(LATER).mended(with_scheme(revisions=[one]))
        assert after.scheme.revisions[0].effect_on is None

    def test_decided(self):
        """Each review that is over ends with a decision; what was decided stays, and what is to come."""
        days = reviewed(DECIDED, review("2020-02-01", None, " "), review("2025-01-01", UNKNOWN, "replace"))
        assert [("2020-02-01", "2020-02-01"), ("2025-01-01", "2025-01-01")] == days
        to_come = [review("2027-02-01", None, None), review(None, None, None)]
        done = review("2025-01-01", "2025-01-02")
        days = reviewed(DECIDED, *to_come, done, complete=False)
        assert ["2025-01-02", "None", "None"] == sorted(day for _, day in days)


class TestRevisions:
    """`revisions_published`, `revisions_in_effect` and `revised_within`."""

    @pytest.mark.parametrize("out", [None, UNKNOWN, "2027-01-01"])
    def test_published(self, out):
        """One that is in effect was published on the day of it."""
        assert date(2018, 4, 1) == revised(PUBLISHED, published_on=out).published_on

    @pytest.mark.parametrize("rule", [PUBLISHED, EFFECT])
    def test_no_effect(self, rule):
        """One of no day recorded has no effect yet."""
        assert revised(rule, effect_on=UNKNOWN, published_on=UNKNOWN, approved_by=UNKNOWN).effect_on is None

    def test_left(self):
        """One that is lawful, or still to take effect, is left as it is beside one that is not."""
        one = with_scheme().scheme.revisions[0]
        late = attrs.evolve(one, id="late", published_on=None, approved_by=None)
        later = attrs.evolve(one, id="later", effect_on="2027-04-01", approved_by=None, published_on=None)
        for rule in (PUBLISHED, EFFECT):
            after = find(rule).mended(with_scheme(revisions=[late, later, one])).scheme.revisions
            assert [later, one] == list(after.items[1:])

    @pytest.mark.parametrize(
        ("sent", "approved", "wanted", "effect"),
        [
            (UNKNOWN, UNKNOWN, "2018-04-01", "2018-04-01"),
            (None, "2018-05-01", "2018-04-01", "2018-04-01"),
            ("2018-04-10", "2018-05-01", "2018-05-01", "2018-05-01"),
            ("2018-04-10", None, "2018-04-10", "2018-04-10"),
        ],
    )
    def test_approved(self, sent, approved, wanted, effect):
        """Approval is moved to the day of effect, or that day to approval where the paper went later."""
        one = revised(EFFECT, submitted_on=sent, approved_on=approved)
        assert (wanted, effect) == (one.approved_on.isoformat(), one.effect_on.isoformat())

    def test_changes_no_scheme(self):
        """One that names another model or other councils names none; what it names rightly stays."""
        council = with_scheme().scheme.local_authorities
        one = revised(NEW, model="b", local_authorities=council)
        assert (None, council) == (one.model, one.local_authorities)
        one = revised(NEW, model="a", local_authorities=["another"])
        assert ("a", None) == (one.model, one.local_authorities)

    def test_draft_may_say_anything(self):
        """A draft is left as it is beside one that is not."""
        one = with_scheme().scheme.revisions[0]
        days = {"submitted_on": None, "approved_on": None, "effect_on": None}
        draft, bad = attrs.evolve(one, id="draft", model="b", **days), attrs.evolve(one, model=UNKNOWN)
        assert draft == find(NEW).mended(with_scheme(revisions=[bad, draft])).scheme.revisions[0]
