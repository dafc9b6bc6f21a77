"""What mends the days of a scheme: when it went, was approved and published, and when functions passed."""

from datetime import date

import attrs
import pytest

from scotintegration.accounts import AnnualAccounts
from scotintegration.bodies import HealthBoard, LocalAuthority, MonitoringCommittee
from scotintegration.budgets import Budget
from scotintegration.examples import example
from scotintegration.mends.scheme_days import EARLIER
from scotintegration.partnership import Partnership
from scotintegration.plans import StrategicPlan
from scotintegration.rules import check, find
from scotintegration.unknown import UNKNOWN, Listing

PASSED = "DAYS-delegation-by"
APPROVED = "PBJW-s7-approved-before-effect"
SUBMITTED = "PBJW-s7-submit-by"
CONSULTED = "PBJW-s6-consult"
REVISED = "PBJW-s46-4-consult"


def founded(as_at="2026-11-22", model="a"):
    """Found a partnership with nothing yet but its bodies."""
    council = LocalAuthority("toy-council", name="Toytown Council")
    return Partnership.between(HealthBoard("toy-nhs", name="NHS Toytown"), council, model=model, as_at=as_at)


def with_scheme(p, **changes):
    """Change fields of the scheme."""
    return p.evolve(scheme=attrs.evolve(p.scheme, **changes))


def mended(rule, p):
    """Mend a rule and tell that it is kept then."""
    after = find(rule).mended(p)
    assert [] == [str(one) for one in check(after, rules=[find(rule)]).findings]
    return after


def changed(before, after):
    """Name the fields of the scheme that differ, with their new values."""
    names = [field.name for field in attrs.fields(type(before.scheme))]
    new = {name: getattr(after.scheme, name) for name in names}
    return {name: value for name, value in new.items() if value != getattr(before.scheme, name)}


class TestPassing:
    """`passing_functions`."""

    def test_founded_today(self):
        """Functions of what is founded today pass today, under a scheme that took the place of another."""
        p = founded()
        assert {"replaces": EARLIER, "delegated_on": p.as_at} == changed(p, mended(PASSED, p))

    def test_founded_in_time(self):
        """What is founded before the last day has that day before it, and need not be told to be the first."""
        p = founded("2015-06-01")
        assert {"delegated_on": date(2016, 4, 1)} == changed(p, mended(PASSED, p))

    def test_first_of_its_area(self):
        """A scheme approved in time is taken for the first, and functions passed on the last day for it."""
        p = with_scheme(founded(), approved_on="2015-06-01")
        assert {"replaces": None, "delegated_on": date(2016, 4, 1)} == changed(p, mended(PASSED, p))

    @pytest.mark.parametrize("model", ["a", "b"])
    @pytest.mark.parametrize("shown_by", ["body", "budgets", "accounts"])
    def test_shown_to_be_first(self, model, shown_by):
        """A scheme is the first where a body was set up, or a year begun with a budget or accounts, by the last day."""
        for day, year, is_first in [("2016-04-01", "2016/17", True), ("2016-04-02", "2017/18", False)]:
            p = founded(model=model)
            if shown_by == "accounts":
                p = p.evolve(accounts=[AnnualAccounts(year=year)])
            elif shown_by == "budgets":
                p = p.evolve(budgets=[Budget(year=year, derived=True)])
            elif model == "a":
                p = p.evolve(ijb=attrs.evolve(p.ijb, established_on=day))
            else:
                name = "Toytown Integration Joint Monitoring Committee"
                p = p.evolve(monitoring_committee=MonitoringCommittee("toy-ijmc", name=name, established_on=day))
            if shown_by == "body" and model == "b" and is_first:
                p = p.evolve(monitoring_committee=attrs.evolve(p.monitoring_committee, established_on="2016-03-31"))
            wanted = {"replaces": None, "delegated_on": date(2016, 4, 1)}
            assert (wanted if is_first else {"replaces": EARLIER, "delegated_on": p.as_at}) == changed(
                p, mended(PASSED, p)
            )

    @pytest.mark.parametrize(("passed", "replaces"), [("2016-04-01", None), ("2016-05-01", EARLIER), (None, EARLIER)])
    def test_whether_first(self, passed, replaces):
        """Of a day that is known only whether the scheme was the first is filled in."""
        p = with_scheme(founded(), delegated_on=passed)
        assert {"replaces": replaces} == changed(p, mended(PASSED, p))

    def test_known_replacement(self):
        """Where it is known which scheme it replaced, that stands and functions pass today."""
        p = with_scheme(founded(), replaces="of-2016", delegated_on=UNKNOWN)
        assert {"delegated_on": p.as_at} == changed(p, mended(PASSED, p))

    @pytest.mark.parametrize(
        ("finalised_on", "passed"), [("2016-03-31", "2016-04-01"), ("2016-04-01", "2016-05-01"), (None, "2016-04-01")]
    )
    def test_plan_comes_first(self, finalised_on, passed):
        """Functions that passed late pass on the last day, unless the plan was late too: then a scheme was before."""
        plan = StrategicPlan(id="first", is_first=True, delegation_day=None, finalised_on=finalised_on)
        p = with_scheme(founded().evolve(plans=[plan]), replaces=None, delegated_on="2016-05-01")
        after = mended(PASSED, p).scheme
        assert (passed, passed > "2016-04-30") == (after.delegated_on.isoformat(), after.replaces == EARLIER)

    def test_committee_comes_first(self):
        """Nor do functions pass before the monitoring committee was set up."""
        p = example("lead-agency-to-board")
        committee = attrs.evolve(p.monitoring_committee, established_on="2016-04-10")
        p = with_scheme(p.evolve(monitoring_committee=committee), delegated_on="2016-05-01")
        assert {"replaces": EARLIER} == changed(p, mended(PASSED, p))

    @pytest.mark.parametrize("passed", ["2015-10-01", "2016-04-01"])
    def test_plan_names_the_day(self, passed):
        """The first plan, or the earliest that may be it, names the day on which functions passed."""
        late = StrategicPlan(id="late", finalised_on="2019-04-01")
        for first in (UNKNOWN, True):
            plan = StrategicPlan(id="plan", is_first=first, delegation_day="2015-12-01", finalised_on="2015-03-01")
            p = with_scheme(founded().evolve(plans=[plan, late]), replaces=None, delegated_on=passed)
            after = mended(PASSED, p)
            assert p.scheme == after.scheme
            assert (None if passed > "2016" else date.fromisoformat(passed)) == after.plans[1].delegation_day
            assert late == after.plans[0]

    def test_no_plan_names_it(self):
        """Where no plan can have named a day, none did, and functions passed on the last day."""
        late = StrategicPlan(id="late", finalised_on="2019-04-01")
        draft = StrategicPlan(id="later", is_first=False)
        p = with_scheme(founded(), replaces=None, delegated_on="2015-10-01").evolve(plans=Listing.partial(late, draft))
        after = mended(PASSED, p)
        assert {"delegated_on": date(2016, 4, 1)} == changed(p, after)
        assert [False, False] == [plan.is_first for plan in after.plans]


class TestApproved:
    """`approved` and `published`."""

    def test_not_before_published(self):
        """A day of approval not recorded is the latest that effect and publication allow."""
        for missing in (UNKNOWN, None):
            p = with_scheme(example("body-corporate"), approved_on=missing)
            assert {"approved_on": date(2015, 6, 12)} == changed(p, mended(APPROVED, p))

    def test_day_of_establishment(self):
        """A board of no day recorded was established when functions passed, and not before approval."""
        p = example("body-corporate")
        p = p.evolve(ijb=attrs.evolve(p.ijb, established_on=UNKNOWN))
        assert date(2016, 4, 1) == mended(APPROVED, p).ijb.established_on
        later = with_scheme(p, approved_on="2016-05-01", delegated_on="2016-06-01")
        assert date(2016, 6, 1) == mended(APPROVED, later).ijb.established_on

    def test_nothing_in_effect(self):
        """What has had no effect yet was not approved yet, and need not be published."""
        p = founded("2015-01-10")
        after = mended("PBJW-s8-publish", p)
        assert {"approved_on": None, "delegated_on": date(2016, 4, 1)} == changed(p, after)

    def test_published_when_approved(self):
        """Where only publication is missing, it is of the day of approval."""
        p = with_scheme(example("body-corporate"), published_on="2015-05-01")
        assert {"published_on": date(2015, 6, 1)} == changed(p, mended("PBJW-s8-publish", p))

    def test_due_today(self):
        """What is approved today need not be out today."""
        p = founded()
        assert {"approved_on": p.as_at, "delegated_on": p.as_at, "replaces": EARLIER} == changed(
            p, mended("PBJW-s8-publish", p)
        )


class TestSubmitted:
    """`submitted`."""

    @pytest.mark.parametrize(
        ("facts", "wanted"),
        [
            ({}, {"replaces": EARLIER}),
            ({"approved_on": "2015-06-01"}, {"submitted_on": date(2015, 3, 31)}),
            ({"approved_on": "2015-02-01"}, {"submitted_on": date(2015, 2, 1)}),
            ({"replaces": None}, {"submitted_on": date(2015, 3, 31)}),
            ({"submitted_on": "2015-05-01"}, {"replaces": None, "substituted_day": date(2015, 5, 2)}),
            ({"submitted_on": None}, {"replaces": EARLIER}),
            ({"submitted_on": "2015-05-01", "substituted_day": "2015-06-01"}, {"replaces": None}),
            (
                {"submitted_on": "2015-07-01", "substituted_day": "2015-06-01"},
                {"replaces": None, "substituted_day": date(2015, 7, 2)},
            ),
            ({"submitted_on": "2016-07-01", "substituted_day": "2015-06-01"}, {"replaces": EARLIER}),
            ({"replaces": None, "submitted_on": None}, {"substituted_day": date(2026, 11, 23)}),
            ({"replaces": None, "submitted_on": "2015-05-01"}, {"substituted_day": date(2015, 5, 2)}),
            (
                {"replaces": None, "submitted_on": "2015-07-01", "substituted_day": "2015-06-01"},
                {"substituted_day": date(2015, 7, 2)},
            ),
            (
                {
                    "replaces": None,
                    "submitted_on": "2015-07-01",
                    "substituted_day": None,
                    "consulted_on": "2015-04-15",
                },
                {"substituted_day": date(2015, 7, 2)},
            ),
        ],
    )
    def test_least(self, facts, wanted):
        """It changes what is at fault or not recorded: of a scheme that went late, the day that Ministers put."""
        p = with_scheme(founded(), **facts)
        assert wanted == changed(p, mended(SUBMITTED, p))


class TestConsulted:
    """`asked` and `revision_asked`."""

    def test_draft(self):
        """A scheme that need not have gone by now has not gone, and nobody had to be consulted."""
        p = founded("2014-12-01")
        after = mended(CONSULTED, p)
        assert (None, ()) == (after.scheme.submitted_on, after.scheme.consulted.items)

    def test_of_those_who_were_asked(self):
        """Those who were consulted stay, and the day too if it was early enough."""
        p = example("large-hospital")
        short = with_scheme(p, consulted=Listing.partial("third-sector", "somebody-else"))
        after = mended(CONSULTED, short).scheme
        assert {*p.scheme.consulted, "somebody-else"} == set(after.consulted.items)
        assert p.scheme.consulted_on == after.consulted_on

    @pytest.mark.parametrize("missing", [UNKNOWN, None, "2016-01-01"])
    def test_in_time(self, missing):
        """A consultation that was too late was over on the day the scheme went to Ministers."""
        p = with_scheme(example("body-corporate"), consulted_on=missing)
        assert {"consulted_on": p.scheme.submitted_on} == changed(p, mended(CONSULTED, p))

    def test_day_it_went(self):
        """A scheme whose day is missing went no later than it was approved and than first schemes were to."""
        p = with_scheme(example("body-corporate"), submitted_on=UNKNOWN)
        assert {"submitted_on": date(2015, 3, 31)} == changed(p, mended(CONSULTED, p))

    def test_revision_in_draft(self):
        """A revised scheme without days is a draft, and one to come need not have been consulted on."""
        p = example("body-corporate")
        one = p.scheme.revisions[0]
        days = {"submitted_on": UNKNOWN, "approved_on": None, "effect_on": None, "consulted": ()}
        draft = attrs.evolve(one, id="draft", **days)
        to_come = attrs.evolve(draft, id="to-come", submitted_on="2027-01-01")
        after = mended(REVISED, with_scheme(p, revisions=[draft, to_come])).scheme.revisions
        assert [attrs.evolve(draft, submitted_on=None), to_come] == list(after)

    def test_revision_that_went(self):
        """One of a day not recorded went no later than it was approved or took effect."""
        p = example("body-corporate")
        one = attrs.evolve(p.scheme.revisions[0], submitted_on=UNKNOWN)
        after = mended(REVISED, with_scheme(p, revisions=[one])).scheme.revisions[0]
        assert one.approved_on == after.submitted_on
