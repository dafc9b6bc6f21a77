"""Strategic plans are reviewed in time, and replaced where that is directed."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.test_planning import plan, small, told

from scotintegration.dates import last_day_of_period
from scotintegration.examples import EXAMPLES, example
from scotintegration.plans import ReplacementDirection
from scotintegration.rules import ask
from scotintegration.rules.reviewing import (
    complied_with_direction,
    joint_direction,
    plan_reviewed,
    replacement_names_start,
    review_need_not_replace,
    reviewed_again,
)
from scotintegration.schemes import Review
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

MINE = (complied_with_direction, joint_direction, plan_reviewed, replacement_names_start, reviewed_again)
P = example("body-corporate")
PARTIES = [body.id for body in P.parties]


def directed(**fields):
    """Let the constituent authorities direct a replacement."""
    whole = {
        "on": "2026-06-10",
        "given_by": PARTIES,
        "in_writing": True,
        "reasons": True,
        "prepare_by": "2026-10-30",
        "period_start": "2027-04-01",
    }
    return ReplacementDirection(id="r", **{**whole, **fields})


def under(*directions, plans=(), complete=True):
    """Give a partnership these directions and plans."""
    given = Listing(directions, complete)
    return small(*plans).evolve(replacement_directions=given)


class TestLaws:
    @pytest.mark.parametrize("rule", [plan_reviewed, replacement_names_start, reviewed_again], ids=lambda rule: rule.id)
    def test_no_plan_known(self, rule):
        """Where no plan is known nothing can be told; where there is none nothing is wrong."""
        assert "cannot tell" == ask(rule, small(complete=False)).outcome
        assert "pass" == told(rule, small())
        assert "pass" == told(rule, small(plan(is_first=True)))

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_not_applicable(self, rule):
        """The day before the sections came into force there was no duty."""
        assert "not applicable" == told(rule, P.at("2014-09-21"))

    @pytest.mark.parametrize("rule", [joint_direction, complied_with_direction], ids=lambda rule: rule.id)
    def test_lead_agencies(self, rule):
        """Only a plan of an integration joint board can be directed to be replaced."""
        assert "not applicable" == told(rule, example("lead-agency-to-board"))

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """Of real areas nothing is known."""
        outcomes = {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}
        assert {"cannot tell"} == outcomes - {"not applicable"}
        assert {"pass"} == {ask(review_need_not_replace, p).outcome for p in scotland("2026-11-22").partnerships}

    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps the rules, as one plan takes another's place too."""
        for day in ("2024-04-01", "2025-03-31", "2025-04-01", "2028-03-31"):
            assert told(rule, example(name, as_at=day)) in ("pass", "not applicable")


class TestReviewed:
    where = "plans['plan'].reviews"

    @given(st.dates(date(2015, 1, 1), date(2020, 12, 31)), st.integers(-40, 40))
    def test_clock(self, start, days):
        """A plan is to be reviewed by the day before the third anniversary of its start, and not a day later."""
        last = last_day_of_period(start, years=3)
        done = last + timedelta(days=days)
        reviewed = plan(start=start, finalised_on=start, published_on=start, reviews=[Review(completed_on=done)])
        p = small(attrs.evolve(reviewed, reviews=[Review(completed_on=done, outcome="replace")]))
        after = max(last, done) + timedelta(days=1)
        assert ("pass" if done <= last else "fail") == ask(plan_reviewed, p.at(after)).outcome
        assert "pass" == told(plan_reviewed, p.at(last))

    def test_rulebook(self):
        """A period from 1 April 2016 was reviewed in time on 20 March 2019, and too late on 1 April 2019."""
        for done, expected in (("2019-03-20", "pass"), ("2019-04-01", [("fail", self.where)])):
            old = plan(start="2016-04-01", finalised_on="2016-03-12", reviews=[Review(completed_on=done)])
            assert expected == told(plan_reviewed, small(old).at("2019-04-01"))

    def test_never(self):
        """A plan never reviewed is in order on the last day, and not on the day after."""
        p = small(plan(start="2023-11-22"))
        assert "pass" == told(plan_reviewed, p.at("2026-11-21"))
        (finding,) = ask(plan_reviewed, p.at("2026-11-22"))
        assert finding.what.startswith("not reviewed; its period began on 2023-11-22")
        assert "pass" == told(plan_reviewed, small(plan(start="2027-04-01")))

    def test_kept(self):
        """A plan that was kept is to be reviewed again within three years of the decision, which is another rule."""
        first = Review(completed_on="2019-03-20", decided_on="2019-04-10", outcome="no change")
        old = plan(start="2016-04-01", finalised_on="2016-03-12", reviews=[first])
        p = small(old)
        assert "pass" == told(reviewed_again, p.at("2022-04-09"))
        assert [("fail", self.where)] == told(reviewed_again, p.at("2022-04-10"))
        assert "pass" == told(plan_reviewed, p.at("2022-04-10"))
        again = [first, Review(completed_on="2022-04-09", decided_on="2022-04-09", outcome="no change")]
        assert "pass" == told(reviewed_again, small(attrs.evolve(old, reviews=again)).at("2025-04-08"))

    def test_not_done(self):
        """Reviews that were never done, or belong to an earlier period, do not count."""
        for review in (Review(completed_on=None), Review(completed_on="2016-01-01")):
            old = plan(start="2016-04-01", finalised_on="2016-03-12", reviews=[review])
            assert [("fail", self.where)] == told(plan_reviewed, small(old))

    def test_still_to_come(self):
        """A review to come is none yet."""
        coming = Review(completed_on="2019-06-01")
        old = plan(start="2016-04-01", finalised_on="2016-03-12", reviews=[coming])
        assert "pass" == told(plan_reviewed, small(old).at("2019-03-31"))
        (finding,) = ask(plan_reviewed, small(old).at("2019-05-01"))
        assert finding.what.startswith("not reviewed;")
        (finding,) = ask(plan_reviewed, small(old).at("2019-06-01"))
        assert finding.what.startswith("reviewed on 2019-06-01;")

    @pytest.mark.parametrize(
        "fields",
        [
            {"reviews": UNKNOWN},
            {"reviews": Listing.partial(Review(completed_on="2020-01-01"))},
            {"reviews": [Review(completed_on=UNKNOWN)]},
            {"start": UNKNOWN},
        ],
        ids=str,
    )
    @pytest.mark.parametrize("is_first", [True, UNKNOWN, False])
    def test_cannot_tell(self, fields, is_first):
        """What is missing, and decides, is named by the rule on the period concerned."""
        old = plan(**{"start": "2016-04-01", "finalised_on": "2016-03-12", "is_first": is_first, **fields})
        rules = (plan_reviewed, reviewed_again) if is_first is not False else (reviewed_again, plan_reviewed)
        assert [("cannot tell", self.where)] == told(rules[0], small(old))
        assert "pass" == told(rules[1], small(old))

    @pytest.mark.parametrize(
        "review",
        [
            Review(completed_on="2019-03-20", outcome=UNKNOWN),
            Review(completed_on="2019-03-20", outcome="no change", decided_on=UNKNOWN),
        ],
        ids=str,
    )
    def test_next_period_not_known(self, review):
        """When a later period began is no matter of the first."""
        old = plan(start="2016-04-01", finalised_on="2016-03-12", reviews=[review])
        assert "pass" == told(plan_reviewed, small(old))
        assert [("cannot tell", self.where)] == told(reviewed_again, small(old))

    @pytest.mark.parametrize(("done", "expected"), [("2025-03-31", "pass"), ("2025-04-01", "fail")])
    def test_new_plan(self, done, expected):
        """A plan that replaced another from 1 April 2022 is to be reviewed by 31 March 2025."""
        new = plan(is_first=False, start="2022-04-01", finalised_on="2022-03-12", reviews=[Review(completed_on=done)])
        new = attrs.evolve(new, reviews=[Review(completed_on=done, decided_on=done, outcome="replace")])
        assert expected == ask(reviewed_again, small(new)).outcome
        assert "pass" == told(plan_reviewed, small(new))

    def test_missing_and_not_needed(self):
        """What is missing and decides nothing yet does no harm."""
        for fields in (
            {"reviews": UNKNOWN},
            {"reviews": [Review(completed_on=UNKNOWN)]},
            {"reviews": [Review(completed_on="2026-01-01")]},
        ):
            assert "pass" == told(plan_reviewed, small(plan(**fields)))

    @pytest.mark.parametrize(
        "review",
        [
            Review(completed_on="2019-03-20", outcome=None),
            Review(completed_on="2019-03-20", outcome="replace"),
            Review(completed_on="2019-03-20", outcome=" Replace"),
            Review(completed_on="2019-03-20", outcome="no change", decided_on=None),
        ],
        ids=str,
    )
    def test_no_new_period(self, review):
        """Without a decision to keep the plan no new period begins."""
        old = plan(start="2016-04-01", finalised_on="2016-03-12", reviews=[review])
        assert "pass" == told(plan_reviewed, small(old))

    def test_no_start(self):
        """A plan known to have no start has no clock."""
        assert "pass" == told(plan_reviewed, small(plan(start=None)))

    def test_need_not_replace(self):
        """An old plan that was reviewed and kept breaks nothing."""
        kept = Review(completed_on="2024-05-01", decided_on="2024-05-20", outcome="no change")
        old = plan(start="2021-06-01", finalised_on="2021-05-01", reviews=[kept])
        p = small(attrs.evolve(old, published_on="2021-05-10"))
        assert "pass" == told(review_need_not_replace, p)
        assert {"pass"} == {ask(rule, p).outcome for rule in (plan_reviewed, reviewed_again)}

    def test_to_be_replaced(self):
        """A plan that a review decided to replace is not reviewed again."""
        last = Review(completed_on="2019-03-20", decided_on="2019-04-10", outcome="replace")
        old = plan(start="2016-04-01", finalised_on="2016-03-12", reviews=[last])
        assert "pass" == told(reviewed_again, small(old).at("2022-04-10"))

    def test_nothing_decided(self):
        """A review of which nothing came begins no new period."""
        last = Review(completed_on="2019-03-20", decided_on="2019-04-10", outcome=None)
        old = plan(start="2016-04-01", finalised_on="2016-03-12", reviews=[last])
        assert "pass" == told(reviewed_again, small(old).at("2022-04-10"))


class TestStartDay:
    where = "plans['plan'].start"

    @pytest.mark.parametrize(
        ("is_first", "start", "expected"),
        [
            (False, "2025-04-01", "pass"),
            (UNKNOWN, "2025-04-01", "pass"),
            (True, None, "pass"),
            (True, UNKNOWN, "pass"),
            (False, None, "fail"),
            (False, UNKNOWN, "cannot tell"),
            (UNKNOWN, None, "cannot tell"),
            (UNKNOWN, UNKNOWN, "cannot tell"),
        ],
        ids=str,
    )
    def test_start(self, is_first, start, expected):
        """A plan that replaces another names its first day."""
        result = told(replacement_names_start, small(plan(is_first=is_first, start=start)))
        assert (expected if expected == "pass" else [(expected, self.where)]) == result


class TestJoint:
    where = "replacement_directions['r']"

    def test_kept(self):
        """A direction of all of them, in writing, with reasons and both days, is in order."""
        assert "pass" == told(joint_direction, under(directed()))
        assert "pass" == told(joint_direction, under())

    @pytest.mark.parametrize("body", PARTIES)
    def test_alone(self, body):
        """A direction of one of them alone is none."""
        assert [("fail", f"{self.where}.given_by")] == told(joint_direction, under(directed(given_by=[body])))

    @pytest.mark.parametrize("field", ["in_writing", "reasons", "prepare_by", "period_start"])
    def test_form(self, field):
        """Each part of the form is needed, and each may be unknown."""
        spot = f"{self.where}.{field}"
        assert [("fail", spot)] == told(joint_direction, under(directed(**{field: None})))
        assert [("cannot tell", spot)] == told(joint_direction, under(directed(**{field: UNKNOWN})))

    def test_partly_known(self):
        """Who else gave it, and what else was given, may be unknown."""
        some = Listing(PARTIES[:1], complete=False)
        assert [("cannot tell", f"{self.where}.given_by")] == told(joint_direction, under(directed(given_by=some)))
        p = under(directed(), complete=False)
        assert [("cannot tell", "replacement_directions")] == told(joint_direction, p)

    def test_still_to_come(self):
        """A direction yet to be given is none."""
        late = directed(on="2026-11-23", reasons=False)
        assert "pass" == told(joint_direction, under(late))
        assert "fail" == ask(joint_direction, under(attrs.evolve(late, on="2026-11-22"))).outcome


class TestComplied:
    where = "replacement_directions['r']"

    @pytest.mark.parametrize(
        ("finalised", "expected"),
        [
            ("2026-06-09", "fail"),
            ("2026-06-10", "pass"),
            ("2026-10-30", "pass"),
            ("2026-10-31", "fail"),
            (None, "fail"),
            (UNKNOWN, "cannot tell"),
        ],
        ids=str,
    )
    def test_days(self, finalised, expected):
        """The new plan is finalised from the day of the direction to the day it names."""
        p = under(directed(), plans=[plan("new", finalised_on=finalised)])
        result = told(complied_with_direction, p)
        assert (expected if expected == "pass" else [(expected, self.where)]) == result

    def test_not_due(self):
        """On the day it names, and where another day was put in its place or none is named, nothing is late."""
        assert "pass" == told(complied_with_direction, under(directed()).at("2026-10-30"))
        assert "fail" == ask(complied_with_direction, under(directed()).at("2026-10-31")).outcome
        assert "pass" == told(complied_with_direction, under(directed(substituted_prepare_by="2026-12-18")))
        assert "pass" == told(complied_with_direction, under(directed(prepare_by=None)))

    @pytest.mark.parametrize("field", ["on", "prepare_by", "substituted_prepare_by"])
    def test_not_known(self, field):
        """Each day that decides may be unknown."""
        p = under(directed(**{field: UNKNOWN}), plans=[plan("new", finalised_on="2026-07-01")])
        assert [("cannot tell", self.where)] == told(complied_with_direction, p)

    def test_partly_known(self):
        """Other directions, and other plans, may be unknown."""
        p = under(complete=False)
        assert [("cannot tell", "replacement_directions")] == told(complied_with_direction, p)
        p = small(complete=False).evolve(replacement_directions=[directed()])
        assert [("cannot tell", self.where)] == told(complied_with_direction, p)
        assert [("fail", self.where)] == told(complied_with_direction, under(directed(on=None), plans=[plan()]))
