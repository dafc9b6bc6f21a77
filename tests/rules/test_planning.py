"""Strategic plans: that one stands, what it covers, and that it is published."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.examples import EXAMPLES, example
from scotintegration.plans import Locality, StrategicPlan
from scotintegration.rules import ask
from scotintegration.rules.planning import (
    arrangements_for_every_function,
    named_outcomes,
    plan_published,
    plan_stands,
    two_localities,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
FUNCTIONS = tuple(one.id for one in P.functions)
MINE = (
    arrangements_for_every_function,
    named_outcomes,
    plan_published,
    plan_stands,
    two_localities,
)


def plan(id="plan", **fields):
    """Write a plan that keeps every rule."""
    whole = {
        "start": "2025-04-01",
        "finalised_on": "2025-03-12",
        "published_on": "2025-03-22",
        "functions": FUNCTIONS,
        "outcomes": [str(number) for number in range(1, 10)],
        "localities": ["north", "south"],
    }
    return StrategicPlan(id=id, **{**whole, **fields})


def small(*plans, complete=True, localities=(), delegated_on="2016-04-01"):
    """Give a partnership these plans and localities."""
    scheme = attrs.evolve(P.scheme, delegated_on=delegated_on)
    return P.evolve(plans=Listing(plans, complete), localities=localities, scheme=scheme)


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


class TestLaws:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_kept(self, rule):
        """A whole plan keeps every rule, and a list of plans known in part leaves no more than other plans open."""
        assert "pass" == told(rule, small(plan()))
        assert ask(rule, small(plan(), complete=False)).outcome in ("pass", "cannot tell")

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_no_plan_known(self, rule):
        """Where no plan is known nothing can be told; where there is none only that is wrong."""
        assert "cannot tell" == ask(rule, small(complete=False)).outcome
        assert ("fail" if rule is plan_stands else "pass") == ask(rule, small()).outcome

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_not_applicable(self, rule):
        """The day before the sections came into force there was no duty."""
        assert "not applicable" == told(rule, P.at("2014-09-21"))

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """No real area breaks a rule about plans; that it has localities is all that is known."""
        outcomes = {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}
        assert outcomes == ({"pass"} if rule is two_localities else {"cannot tell"})

    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps the rules about plans, as one plan takes another's place too."""
        for day in ("2024-04-01", "2025-03-31", "2025-04-01", "2028-03-31"):
            assert "pass" == told(rule, example(name, as_at=day))


class TestPlanStands:
    def test_days(self):
        """A plan stands from the day it is finalised to the day before another takes its place."""
        p = small(plan(finalised_on="2026-01-10", replaced_on="2026-12-01"))
        for day, expected in (
            ("2026-01-09", "fail"),
            ("2026-01-10", "pass"),
            ("2026-11-30", "pass"),
            ("2026-12-01", "fail"),
        ):
            assert expected == ask(plan_stands, p.at(day)).outcome

    def test_considered(self):
        """Plans that do not stand are listed with the reason."""
        (finding,) = ask(
            plan_stands,
            small(
                plan("draft", finalised_on=None),
                plan("later", finalised_on="2027-01-01"),
                plan("old", replaced_on="2026-01-01"),
            ),
        )
        assert (
            ("draft", "it is a draft"),
            ("later", "it is finalised on 2027-01-01"),
            ("old", "it was replaced on 2026-01-01"),
        ) == finding.considered

    def test_not_recorded(self):
        """A plan of which the days are not recorded may stand."""
        for odd in (plan(finalised_on=UNKNOWN), plan(replaced_on=UNKNOWN)):
            assert [("cannot tell", "plans")] == told(plan_stands, small(odd))
        (finding,) = ask(plan_stands, small(plan(finalised_on=UNKNOWN)))
        assert (("plan", "it is not recorded when it was finalised"),) == finding.considered

    def test_before_functions_pass(self):
        """Until functions pass there need be no plan; when they pass has to be known."""
        for day, expected in (("2026-11-22", "fail"), ("2026-11-23", "pass"), (None, "pass"), (UNKNOWN, "cannot tell")):
            assert expected == ask(plan_stands, small(delegated_on=day)).outcome
        assert "pass" == told(plan_stands, small(plan(), delegated_on=UNKNOWN))

    def test_replaced_later(self):
        """A plan that is to be finalised, and later replaced, is said to be not finalised yet."""
        (finding,) = ask(plan_stands, small(plan(finalised_on="2027-01-01", replaced_on="2030-01-01")))
        assert (("plan", "it is finalised on 2027-01-01"),) == finding.considered


class TestArrangements:
    where = "plans['plan'].functions"

    @given(st.sets(st.sampled_from(FUNCTIONS), min_size=1, max_size=5))
    def test_missing(self, missing):
        """A plan covers every delegated function, and those it leaves out are named."""
        (finding,) = ask(arrangements_for_every_function, small(plan(functions=set(FUNCTIONS) - missing)))
        assert "fail" == finding.outcome
        assert all(repr(one) in finding.what for one in missing)

    def test_cannot_tell(self):
        """What a plan covers, and what is delegated, may be known in part."""
        partial = Listing(FUNCTIONS[1:], complete=False)
        assert [("cannot tell", self.where)] == told(arrangements_for_every_function, small(plan(functions=partial)))
        assert "pass" == told(arrangements_for_every_function, small(plan(functions=Listing(FUNCTIONS, False))))
        p = small(plan())
        scheme = attrs.evolve(p.scheme, functions=Listing(p.scheme.functions.items, complete=False))
        assert [("cannot tell", "functions")] == told(arrangements_for_every_function, p.evolve(scheme=scheme))


class TestOutcomes:
    where = "plans['plan'].outcomes"

    def test_nine(self):
        """A plan that names no outcome fails; that all nine must be named is our reading, so one less is a warning."""
        assert [("fail", self.where)] == told(named_outcomes, small(plan(outcomes=())))
        assert [("warn", self.where)] == told(named_outcomes, small(plan(outcomes=["1", "2", "3"])))
        assert [("cannot tell", self.where)] == told(named_outcomes, small(plan(outcomes=UNKNOWN)))


class TestLocalities:
    where = "plans['plan'].localities"

    @given(st.sets(st.sampled_from("abcdef")), st.booleans(), st.sets(st.sampled_from("abcdef")))
    def test_two(self, named, complete, area):
        """Two are enough, known in the plan or of the area; fewer fail only where the plan is known."""
        p = small(
            plan(localities=Listing(named, complete)), localities=[Locality(one, name=one.upper()) for one in area]
        )
        enough = len(named) >= 2 or (not complete and len(named | area) >= 2)
        expected = "pass" if enough else "fail" if complete else "cannot tell"
        assert expected == ask(two_localities, p).outcome

    def test_area(self):
        """Localities of the area are enough where no plan is known."""
        two = [Locality("north", name="North"), Locality("south", name="South")]
        assert "pass" == told(two_localities, small(complete=False, localities=two))
        assert [("cannot tell", "plans")] == told(two_localities, small(complete=False, localities=two[:1]))


class TestPublished:
    where = "plans['plan'].published_on"

    @pytest.mark.parametrize(
        ("expected", "published"),
        [
            ("pass", "2026-11-21"),
            ("warn", "2026-12-01"),
            ("fail", "2026-11-20"),
            ("warn", None),
            ("cannot tell", UNKNOWN),
        ],
    )
    def test_published(self, expected, published):
        """A plan is published once it is finalised; a draft that was published is another paper."""
        p = small(plan(finalised_on="2026-11-21", published_on=published))
        assert expected == ask(plan_published, p).outcome

    @pytest.mark.parametrize(("on", "expected"), [("2027-02-21", "warn"), ("2027-02-22", "fail")])
    def test_too_long(self, on, expected):
        """Three months without publication are too long."""
        p = small(plan(finalised_on="2026-11-21", published_on=None)).at(on)
        assert expected == ask(plan_published, p).outcome

    def test_the_same_day(self):
        """On the day it is finalised a plan need not be out yet."""
        assert "pass" == told(plan_published, small(plan(finalised_on="2026-11-22", published_on=None)))


class TestExamples:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it."""
        assert "pass" == told(rule, rule.passing())
        assert "fail" == ask(rule, rule.failing()).outcome
