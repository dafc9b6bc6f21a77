"""The days of a scheme: submitted, published, reviewed and revised."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.bodies import MINISTERS
from scotintegration.dates import add_years, last_day_of_period
from scotintegration.evidence import Evidence
from scotintegration.examples import EXAMPLES, example
from scotintegration.revisions import Revision
from scotintegration.rules import ask
from scotintegration.rules._schemes import with_scheme
from scotintegration.rules.scheme_clock import (
    PATIENCE,
    later_reviews,
    requests_heard,
    review_decided,
    revision_in_effect,
    revision_published,
    scheme_published,
    submitted_in_time,
)
from scotintegration.schemes import Review
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
MINE = (
    later_reviews,
    requests_heard,
    review_decided,
    revision_in_effect,
    revision_published,
    scheme_published,
    submitted_in_time,
)
OF_REVISIONS = (revision_in_effect, revision_published)
REVISED = "scheme.revisions['revised-2018']"
REVIEWS = [("fail", "scheme.reviews")]
OPEN = [("cannot tell", "scheme.reviews")]


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def outcome(rule, p):
    """Give the outcome alone."""
    return str(ask(rule, p).outcome)


def revised(**changes):
    """Change the one revision of the scheme."""
    return with_scheme(P, revisions=P.scheme.revisions.map(lambda one: attrs.evolve(one, **changes)))


def review(done, decided=None, said="no change"):
    """Write a review."""
    return Review(completed_on=done, decided_on=decided or done, outcome=said)


def clock(*reviews, revisions=()):
    """Give a partnership whose scheme had these reviews and revisions, whole."""
    return with_scheme(P, reviews=reviews, revisions=revisions)


class TestAll:
    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps these rules."""
        for day in ("2024-04-01", "2028-03-31"):
            assert "pass" == told(rule, example(name, as_at=day))

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """No real area is said to keep or break these rules."""
        assert {"cannot tell"} == {outcome(rule, p) for p in scotland("2026-11-22").partnerships}

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_not_applicable(self, rule):
        """The day before the law came into force nothing was asked."""
        assert "not applicable" == told(rule, P.at("2014-09-21"))

    @pytest.mark.parametrize("rule", OF_REVISIONS, ids=lambda rule: rule.id)
    def test_revisions_in_part(self, rule):
        """A scheme never revised keeps the rules; one whose revisions are not recorded may not."""
        assert "pass" == told(rule, with_scheme(P, revisions=()))
        assert [("cannot tell", "scheme.revisions")] == told(rule, with_scheme(P, revisions=UNKNOWN))


class TestSubmitted:
    late = (("fail", "scheme.submitted_on"),)

    @given(st.dates(date(2014, 11, 28), date(2016, 1, 1)))
    def test_first(self, sent):
        """A first scheme goes to Ministers on 31 March 2015 at the latest."""
        expected = "pass" if sent <= date(2015, 3, 31) else [*self.late]
        assert expected == told(submitted_in_time, with_scheme(P, submitted_on=sent))

    @pytest.mark.parametrize(("expected", "sent"), [("pass", "2015-06-30"), ("fail", "2015-07-01"), ("fail", None)])
    def test_later_day(self, expected, sent):
        """Ministers may put a later day, before which it is to be."""
        p = with_scheme(P, submitted_on=sent, substituted_day="2015-07-01")
        assert expected == outcome(submitted_in_time, p)
        assert "pass" == told(submitted_in_time, p.at("2015-06-30"))

    def test_not_due(self):
        """Until the day there is still time."""
        p = with_scheme(P, submitted_on=None)
        assert "pass" == told(submitted_in_time, p.at("2015-03-31"))
        (finding,) = ask(submitted_in_time, p.at("2015-04-01"))
        assert "it never went to Ministers; the day was to be before 2015-04-01" == finding.what

    def test_new_scheme(self):
        """A scheme that took the place of another has no prescribed day."""
        assert "pass" == told(submitted_in_time, with_scheme(P, replaces="scheme-of-2015", submitted_on="2027-01-01"))

    @pytest.mark.parametrize(
        "changes",
        [
            {"submitted_on": UNKNOWN},
            {"submitted_on": "2015-06-01", "replaces": UNKNOWN},
            {"submitted_on": "2015-06-01", "substituted_day": UNKNOWN},
        ],
        ids=str,
    )
    def test_cannot_tell(self, changes):
        """What is missing and decides is not guessed."""
        assert "cannot tell" == outcome(submitted_in_time, with_scheme(P, **changes))

    def test_enough(self):
        """A scheme sent in time was in time, whatever else nobody recorded."""
        p = with_scheme(P, submitted_on="2015-03-31", replaces=UNKNOWN, substituted_day=UNKNOWN)
        assert "pass" == told(submitted_in_time, p)


class TestPublished:
    @given(st.integers(0, 800))
    def test_patience(self, days):
        """Within a year of the day it is only a warning that nothing was published."""
        approved = date(2024, 2, 28)
        p = with_scheme(P, approved_on=approved, published_on=None).at(approved + timedelta(days=days))
        late = p.as_at >= add_years(approved, PATIENCE)
        assert ("pass" if days == 0 else "fail" if late else "warn") == outcome(scheme_published, p)

    @pytest.mark.parametrize(
        ("expected", "published"),
        [
            ("pass", "2015-06-15"),
            ("pass", "2015-06-01"),
            ("fail", "2015-05-31"),
            ("fail", "2026-11-23"),
            ("cannot tell", UNKNOWN),
        ],
    )
    def test_scheme(self, expected, published):
        """A scheme is published on the day of approval or later; an earlier paper is another."""
        where = "scheme.published_on"
        wanted = expected if expected == "pass" else [(expected, where)]
        assert wanted == told(scheme_published, with_scheme(P, published_on=published))

    @pytest.mark.parametrize(
        ("expected", "approved"), [("pass", None), ("pass", "2026-11-22"), ("cannot tell", UNKNOWN)]
    )
    def test_not_approved(self, expected, approved):
        """Until it is approved nothing need be published."""
        assert expected == outcome(scheme_published, with_scheme(P, approved_on=approved, published_on=None))

    @pytest.mark.parametrize(
        ("expected", "changes"),
        [
            ("pass", {"published_on": "2018-04-08"}),
            ("pass", {"published_on": "2018-03-01"}),
            ("fail", {"published_on": None}),
            ("cannot tell", {"published_on": UNKNOWN}),
            ("cannot tell", {"effect_on": UNKNOWN}),
            ("pass", {"effect_on": None, "published_on": None}),
        ],
        ids=str,
    )
    def test_revision(self, expected, changes):
        """A revision may be out before it takes effect."""
        wanted = expected if expected == "pass" else [(expected, f"{REVISED}.published_on")]
        assert wanted == told(revision_published, revised(**changes))


class TestEffect:
    @pytest.mark.parametrize(
        ("field", "expected", "changes"),
        [
            ("effect_set_by", "fail", {"effect_set_by": "strathallan-council"}),
            ("effect_set_by", "fail", {"effect_set_by": None}),
            ("effect_set_by", "cannot tell", {"effect_set_by": UNKNOWN}),
            ("approved_by", "fail", {"approved_by": "nhs-glenmore"}),
            ("approved_by", "cannot tell", {"approved_by": UNKNOWN}),
            ("approved_on", "fail", {"approved_on": None}),
            ("approved_on", "fail", {"approved_on": "2018-04-02"}),
            ("approved_on", "cannot tell", {"approved_on": UNKNOWN}),
        ],
    )
    def test_ministers(self, field, expected, changes):
        """Ministers approve, and Ministers name the day."""
        assert [(expected, f"{REVISED}.{field}")] == told(revision_in_effect, revised(**changes))

    def test_same_day(self):
        """Approval on the day of effect is in time."""
        assert "pass" == told(revision_in_effect, revised(approved_on="2018-04-01"))

    def test_not_yet(self):
        """What has not taken effect needs nothing yet."""
        blank = {"approved_by": None, "approved_on": None, "effect_set_by": None}
        assert "pass" == told(revision_in_effect, revised(**blank, effect_on=None))
        assert "pass" == told(revision_in_effect, revised(**blank, effect_on="2026-11-23"))
        assert "fail" == outcome(revision_in_effect, revised(**blank, effect_on="2026-11-22"))

    def test_day_not_recorded(self):
        """Of a day that nobody recorded nothing is certain."""
        fields = [f"{REVISED}.{field}" for field in ("approved_by", "effect_set_by", "approved_on")]
        assert [("cannot tell", field) for field in fields] == told(revision_in_effect, revised(effect_on=UNKNOWN))


class TestDecided:
    DONE = Evidence(duty=review_decided.id, met=True, on="2020-03-18")

    def test_no_review(self):
        """Without a review there is nothing to decide, and no record is asked for."""
        assert "pass" == told(review_decided, clock().evolve(evidence=()))
        assert "pass" == told(review_decided, clock(review(None), review("2027-01-01")).evolve(evidence=()))

    @pytest.mark.parametrize(
        ("expected", "one"),
        [
            ("pass", Review(completed_on="2020-02-12", decided_on="2020-03-18", outcome="change")),
            (REVIEWS, Review(completed_on="2020-02-12", decided_on="2020-03-18", outcome=None)),
            (REVIEWS, Review(completed_on="2020-02-12", decided_on="2020-03-18", outcome=" ")),
            (REVIEWS, Review(completed_on="2020-02-12", decided_on=None, outcome="no change")),
            (OPEN, Review(completed_on="2020-02-12", decided_on=UNKNOWN, outcome="no change")),
            (OPEN, Review(completed_on="2020-02-12", decided_on="2020-03-18", outcome=UNKNOWN)),
        ],
    )
    def test_decision(self, expected, one):
        """A review ends with a decision on a day."""
        assert expected == told(review_decided, clock(one).evolve(evidence=[self.DONE]))

    def test_day_not_recorded(self):
        """A review of a day that nobody recorded may be still to come."""
        assert OPEN == told(review_decided, clock(Review(decided_on=None, outcome=None)))
        assert "pass" == told(review_decided, clock(Review(decided_on="2020-03-18", outcome="no change")))

    @pytest.mark.parametrize(("expected", "met"), [("pass", True), ("fail", False), ("cannot tell", UNKNOWN)])
    def test_consulted(self, expected, met):
        """That people were consulted is on record or not."""
        p = P.evolve(evidence=[attrs.evolve(self.DONE, met=met, on="2025-02-19")])
        assert (expected if expected == "pass" else [(expected, "evidence")]) == told(review_decided, p)

    @pytest.mark.parametrize(("expected", "day"), [("cannot tell", "2020-03-18"), ("pass", "2025-01-22")])
    def test_each_review(self, expected, day):
        """A record of the review before says nothing of the latest one, once that is decided."""
        before = P.at("2025-02-18").evolve(evidence=[self.DONE])
        assert "pass" == told(review_decided, before)
        p = P.evolve(evidence=[attrs.evolve(self.DONE, on=day)])
        assert (expected if expected == "pass" else [(expected, "evidence")]) == told(review_decided, p)

    def test_in_part(self):
        """Reviews may be known in part."""
        assert OPEN == told(review_decided, with_scheme(P, reviews=UNKNOWN))

    def test_said(self):
        """A finding says which review led to no decision."""
        review = Review(completed_on="2020-05-13", decided_on=None, outcome=None)
        (finding,) = ask(review_decided, with_scheme(P, reviews=[review]))
        assert "the review of 2020-05-13 led to no decision" == finding.what


class TestRequests:
    @pytest.mark.parametrize(("expected", "met"), [("pass", True), ("fail", False), ("cannot tell", UNKNOWN)])
    def test_record(self, expected, met):
        """That requests led to reviews is on record or not."""
        p = P.evolve(evidence=[Evidence(duty=requests_heard.id, met=met, on="2020-03-18")])
        assert (expected if expected == "pass" else [(expected, "evidence")]) == told(requests_heard, p)


class TestLaterReviews:
    def test_rulebook(self):
        """After a decision on 3 June 2019 a review is in time on 2 June 2024, and too late the day after."""
        first = review("2019-05-13", "2019-06-03")
        for done, expected in (("2024-06-02", "pass"), ("2024-06-03", REVIEWS)):
            assert expected == told(later_reviews, clock(first, review(done)))

    @given(st.dates(date(2015, 6, 2), date(2020, 6, 1)), st.integers(-300, 300), st.booleans())
    def test_last_day(self, start, late, by_revision):
        """Five years run from a decision that no change is needed, and from the day of a revision alike."""
        last = last_day_of_period(start, years=5)
        after = review(last + timedelta(days=late))
        if by_revision:
            p = clock(after, revisions=[Revision(id="one", effect_on=start)])
        else:
            p = clock(review(start), after)
        assert ("pass" if late <= 0 else "fail") == outcome(later_reviews, p.at(last + timedelta(days=301)))

    def test_not_due(self):
        """No review is due while the five years run."""
        p = clock(review("2019-06-03"))
        assert ("pass", "fail") == tuple(outcome(later_reviews, p.at(day)) for day in ("2024-06-02", "2024-06-03"))

    def test_never(self):
        """Without a first decision or revision no later period runs."""
        assert "pass" == told(later_reviews, clock())

    def test_revision_restarts(self):
        """A revision in between starts the five years anew, a revision to come does not."""
        one = Revision(id="one", effect_on="2023-04-01")
        assert "pass" == told(later_reviews, clock(review("2019-06-03"), revisions=[one]))
        to_come = attrs.evolve(one, effect_on="2027-04-01")
        assert REVIEWS == told(later_reviews, clock(review("2019-06-03"), revisions=[to_come]))
        none = attrs.evolve(one, effect_on=None)
        assert REVIEWS == told(later_reviews, clock(review("2019-06-03"), revisions=[none]))

    def test_led_to_nothing(self):
        """A review that found a change necessary and led to none starts no new period."""
        p = clock(review("2019-06-03"), review("2023-02-01", said="change"))
        assert "pass" == told(later_reviews, p.at("2024-06-02"))
        assert [("warn", "scheme.reviews")] == told(later_reviews, p)
        follows = with_scheme(p, revisions=[Revision(id="one", effect_on="2025-04-01")])
        assert "pass" == told(later_reviews, follows)

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            *((said, "fail") for said in ("no change", "No change", " NO  CHANGE ")),
            *((said, "pass") for said in ("Replace", "Change", "", None)),
            *((said, "cannot tell") for said in ("No change needed", "none", "minor edits", UNKNOWN)),
        ],
    )
    def test_words(self, said, expected):
        """Case and blanks do not matter, and of other words nobody can tell what was decided."""
        p = clock(Review(completed_on="2019-05-01", decided_on="2019-06-01", outcome=said))
        assert expected == outcome(later_reviews, p)

    def test_other_words(self):
        """Words that leave it open are named."""
        (finding,) = ask(later_reviews, clock(review("2019-06-01", said="none")))
        assert "when the five years began after a review that ended with 'none'" == finding.what

    def test_considered(self):
        """Reviews that do not count are named."""
        (finding,) = ask(later_reviews, clock(review("2019-06-03"), review("2024-08-01", said="change")))
        assert ("review of 2024-08-01", "not within the five years") in finding.considered

    @pytest.mark.parametrize(
        "reviews",
        [
            UNKNOWN,
            Listing.partial(review("2019-06-03")),
            [review("2019-06-03"), Review(outcome="change", decided_on="2024-01-01")],
            [Review(completed_on="2019-06-03", decided_on=UNKNOWN, outcome="no change")],
            [Review(completed_on="2019-06-03", decided_on="2019-06-03", outcome=UNKNOWN)],
            [Review(decided_on=UNKNOWN, outcome="no change")],
        ],
        ids=str,
    )
    def test_cannot_tell(self, reviews):
        """What is missing and decides is not guessed."""
        p = with_scheme(P, reviews=reviews, revisions=())
        assert {"cannot tell"} == {outcome for outcome, _ in told(later_reviews, p)}

    @pytest.mark.parametrize(
        ("expected", "changes"),
        [
            ("cannot tell", {"effect_on": UNKNOWN}),
            ("cannot tell", {"effect_on": UNKNOWN, "approved_on": "2019-06-01"}),
            ("pass", {"effect_on": UNKNOWN, "approved_on": "2024-06-01"}),
            ("pass", {"effect_on": UNKNOWN, "approved_on": "2027-06-01"}),
        ],
        ids=str,
    )
    def test_revision_not_recorded(self, expected, changes):
        """A revision approved less than five years ago cannot call for a review yet."""
        assert expected == outcome(later_reviews, clock(revisions=[Revision(id="one", **changes)]))

    def test_missing_and_not_needed(self):
        """A review whose decision is not recorded does no harm until five years are over."""
        young = Review(completed_on="2024-01-22", decided_on=UNKNOWN, outcome="no change")
        assert "pass" == told(later_reviews, clock(review("2019-06-03"), young))
        decided = Review(completed_on="2019-01-22", decided_on="2024-01-22", outcome=UNKNOWN)
        assert "pass" == told(later_reviews, clock(decided))

    def test_in_part_and_in_time(self):
        """A list known in part leaves the rest open only."""
        part = with_scheme(P, reviews=Listing(P.scheme.reviews.items, complete=False))
        assert OPEN == told(later_reviews, part)
        assert OPEN == told(later_reviews, with_scheme(P, revisions=Listing.partial(*P.scheme.revisions.items)))

    def test_ministers(self):
        """The revision of the example is one that Ministers made effective."""
        assert {MINISTERS.id} == {one.effect_set_by for one in P.scheme.revisions}
