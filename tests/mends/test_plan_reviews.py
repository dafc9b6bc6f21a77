"""Mends of reviews of plans and of directions to replace one."""

from datetime import date

import attrs
import pytest

from scotintegration.examples import example
from scotintegration.plans import ReplacementDirection
from scotintegration.rules import find
from scotintegration.schemes import Review
from scotintegration.unknown import UNKNOWN, Listing

DAY = date(2026, 11, 22)


def mended(rule, p):
    """Mend one rule."""
    return find(rule).mended(p)


def with_reviews(p, *reviews, start="2016-04-01", first=True):
    """Let one plan stand, with some reviews."""
    plan = attrs.evolve(p.plans[0], is_first=first, start=start, replaced_on=None, reviews=reviews)
    return p.evolve(plans=[plan])


def reviewed(p, rule="PBJW-s37-3yr-review"):
    """Mend a rule about reviews, and give them."""
    return mended(rule, p).plans[-1].reviews.items


def kept(day, decided=None):
    """Give a review that kept the plan."""
    return Review(completed_on=day, decided_on=decided or day, outcome="no change")


@pytest.fixture
def p():
    """Give an area whose plans are in order."""
    return example("body-corporate")


class TestReviewed:
    def test_never(self, p):
        """A plan is reviewed on the last day of each period; only days on which another hangs are decided."""
        expected = (kept("2019-03-31"), kept("2022-03-30"), attrs.evolve(kept("2025-03-29"), decided_on=UNKNOWN))
        assert expected == reviewed(with_reviews(p))

    def test_late(self, p):
        """A late review is put on the last day for it."""
        done = kept("2019-06-01"), kept("2022-03-01"), kept("2025-01-05")
        assert (attrs.evolve(done[0], completed_on="2019-03-31"), *done[1:]) == reviewed(with_reviews(p, *done))

    def test_no_day(self, p):
        """A review without a day was done on the last day for it, and kept the plan where nobody recorded that."""
        found = reviewed(with_reviews(p, Review(), start="2021-04-01", first=False), "PBJW-s37-clock-reset")
        assert (Review(completed_on="2024-03-31"),) == found
        assert kept("2019-03-31") == reviewed(with_reviews(p, Review()))[0]

    def test_not_done(self, p):
        """Reviews not done, of an earlier period, or to come are left, and what lacks is added."""
        idle = Review(completed_on=None), Review(completed_on="2020-01-05", outcome="no change")
        to_come = Review(completed_on="2027-01-05")
        found = reviewed(with_reviews(p, *idle, to_come, start="2021-04-01"))
        assert {*idle, to_come, Review(completed_on="2024-03-31", outcome="no change")} == set(found)

    def test_replace(self, p):
        """No review follows the decision to replace a plan."""
        late = Review(completed_on="2019-06-01", decided_on="2019-06-01", outcome="replace")
        assert (attrs.evolve(late, completed_on="2019-03-31"),) == reviewed(with_reviews(p, late))

    def test_without_start(self, p):
        """A plan without a start is not reviewed; one whose start nobody recorded began with functions."""
        both = [attrs.evolve(p.plans[-2], replaced_on=None, start=None), attrs.evolve(p.plans[-1], start=UNKNOWN)]
        found = mended("PBJW-s37-clock-reset", p.evolve(plans=both)).plans
        assert (both[0], p.plans[-1]) == (found[0], attrs.evolve(found[1], start=p.plans[-1].start))
        first = mended("PBJW-s37-3yr-review", with_reviews(p, start=UNKNOWN)).plans[0]
        assert p.scheme.delegated_on == first.start


class TestStart:
    def test_named(self, p):
        """A plan that replaced another began when that was replaced."""
        unnamed = p.evolve(plans=[*p.plans[:-1], attrs.evolve(p.plans[-1], start=None)])
        assert p.plans == mended("PBJW-s37-9-start-day", unnamed).plans

    def test_alone(self, p):
        """A plan before which there is none on record began when it was finalised; a first plan need not say."""
        first = attrs.evolve(p.plans[0], start=None, replaced_on=None, reviews=())
        other = attrs.evolve(p.plans[-1], start=None)
        found = mended("PBJW-s37-9-start-day", p.evolve(plans=[first, other])).plans
        assert [None, other.finalised_on] == [plan.start for plan in found]

    def test_functions_have_not_passed(self, p):
        """A first plan whose start nobody recorded began when it was finalised, where functions have not passed."""
        waiting = with_reviews(p, start=UNKNOWN)
        waiting = waiting.evolve(scheme=attrs.evolve(p.scheme, delegated_on=None))
        assert p.plans[0].finalised_on == mended("PBJW-s37-3yr-review", waiting).plans[0].start


class TestDirections:
    def given(self, p, **changes):
        """Let the plan be directed to be replaced."""
        whole = {
            "on": "2025-01-10",
            "given_by": [body.id for body in p.parties],
            "in_writing": True,
            "reasons": True,
            "prepare_by": "2025-03-31",
            "period_start": "2025-04-01",
        }
        return p.evolve(replacement_directions=[ReplacementDirection(id="replace", **{**whole, **changes})])

    @pytest.mark.parametrize(
        "changes",
        [{"given_by": ()}, {"given_by": UNKNOWN}, {"in_writing": False}, {"reasons": UNKNOWN}],
        ids=str,
    )
    def test_jointly(self, p, changes):
        """What a direction lacks is put right and nothing else."""
        (found,) = mended("PBJW-s38-joint", self.given(p, **changes)).replacement_directions
        expected = self.given(p).replacement_directions[0]
        assert attrs.evolve(expected, given_by=Listing(found.given_by.items, found.given_by.complete)) == found
        assert set(expected.given_by.items) == set(found.given_by.items)

    def test_days(self, p):
        """Days that it does not name are the day that governs, or that by which to prepare."""
        (found,) = mended("PBJW-s38-joint", self.given(p, prepare_by=None, period_start=UNKNOWN)).replacement_directions
        assert (DAY, DAY) == (found.prepare_by, found.period_start)

    def test_to_come(self, p):
        """A direction to come is left; the record is taken for whole."""
        to_come = self.given(p, on="2027-01-05", reasons=False)
        unsure = to_come.evolve(replacement_directions=Listing(to_come.replacement_directions.items, complete=False))
        for rule in ("PBJW-s38-joint", "PBJW-s38-6-comply"):
            assert mended(rule, unsure).replacement_directions.complete
        assert to_come.replacement_directions == mended("PBJW-s38-joint", unsure).replacement_directions

    def test_answered(self, p):
        """A direction of which nobody recorded the day was given when a plan answered it."""
        found = mended("PBJW-s38-6-comply", self.given(p, on=UNKNOWN))
        assert p.plans[-1].finalised_on == found.replacement_directions[0].on

    @pytest.mark.parametrize(
        ("changes", "prepare", "moved"),
        [
            ({"on": "2025-06-10", "prepare_by": "2026-03-31"}, date(2026, 3, 31), DAY),
            ({"on": UNKNOWN, "prepare_by": "2015-01-31"}, date(2015, 1, 31), DAY),
            ({"prepare_by": UNKNOWN}, DAY, None),
            ({"prepare_by": None, "substituted_prepare_by": UNKNOWN}, None, None),
            ({"prepare_by": UNKNOWN, "on": "2025-06-10", "substituted_prepare_by": "2026-01-31"}, UNKNOWN, DAY),
        ],
        ids=str,
    )
    def test_later_day(self, p, changes, prepare, moved):
        """A direction that no plan answered is due on the day that governs."""
        (found,) = mended("PBJW-s38-6-comply", self.given(p, **changes)).replacement_directions
        assert (prepare, moved) == (found.prepare_by, found.substituted_prepare_by)
