"""Who sits on the planning group, and performance reports."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.dates import FinancialYear
from scotintegration.examples import EXAMPLES, example
from scotintegration.performance import PerformanceReport
from scotintegration.plans import PlanningMember, StrategicPlan, StrategicPlanningGroup
from scotintegration.rules import ask
from scotintegration.rules.consulting import (
    FIRST_REPORT,
    POSTPONED,
    locality_representatives,
    nominees,
    performance_reported,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
JOINT = example("joint-board")
ADULTS = example("lead-agency-to-board")
BOTH = example("lead-agency-both-ways")
NHS, COUNCIL = "nhs-glenmore", "strathallan-council"
MINE = (locality_representatives, nominees, performance_reported)


def seat(*nominators, localities=(), **fields):
    """Seat a person for each nominator, and one for localities."""
    members = [PlanningMember(person=str(one), nominated_by=one) for one in nominators]
    return StrategicPlanningGroup(members=[*members, PlanningMember(person="P", localities=localities)], **fields)


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def outcome(rule, p):
    """Give the outcome alone."""
    return str(ask(rule, p).outcome)


class TestNominees:
    @given(st.sets(st.sampled_from([NHS, COUNCIL, None])))
    def test_both_sides(self, nominators):
        """Under a board each side nominates somebody."""
        missing = {NHS, COUNCIL} - nominators
        assert len(missing) == len(ask(nominees, P.evolve(planning_group=seat(*nominators))).findings)

    def test_joint(self):
        """One nominee of several councils is enough for all of them."""
        group = seat("nhs-cairnwater", "dunmorrow-council")
        assert "pass" == told(nominees, JOINT.evolve(planning_group=group))
        (finding,) = ask(nominees, JOINT.evolve(planning_group=seat("nhs-cairnwater")))
        assert "nobody nominated by the councils together" == finding.what

    def test_lead_agencies(self):
        """The body that is itself the authority nominates nobody; where both are, nobody need."""
        assert "pass" == told(nominees, ADULTS.evolve(planning_group=seat("kinbrae-council")))
        assert "fail" == outcome(nominees, ADULTS.evolve(planning_group=seat("nhs-kinbrae")))
        flipped = ADULTS.evolve(scheme=attrs.evolve(ADULTS.scheme, models="c"))
        assert "pass" == told(nominees, flipped.evolve(planning_group=seat("nhs-kinbrae")))
        assert "fail" == outcome(nominees, flipped.evolve(planning_group=seat("kinbrae-council")))
        assert "not applicable" == told(nominees, BOTH)

    def test_no_group(self):
        """Without a group nobody is nominated, once there is something to plan for."""
        assert 2 == len(ask(nominees, P.evolve(planning_group=None)).findings)
        later = attrs.evolve(P.scheme, delegated_on="2027-04-01")
        assert "pass" == told(nominees, P.evolve(planning_group=None, plans=(), scheme=later))

    def test_cannot_tell(self):
        """Who nominated whom may not be recorded; one nominee is enough for certain."""
        assert "cannot tell" == outcome(nominees, P.evolve(planning_group=UNKNOWN))
        assert "cannot tell" == outcome(nominees, P.evolve(planning_group=seat(NHS, UNKNOWN)))
        partial = StrategicPlanningGroup(members=Listing.partial(PlanningMember(nominated_by=NHS)))
        assert [("cannot tell", "planning_group.members")] == told(nominees, P.evolve(planning_group=partial))
        assert "pass" == told(nominees, P.evolve(planning_group=seat(NHS, UNKNOWN, COUNCIL)))

    def test_before_functions_pass(self):
        """While a plan stands there is to be a group, whether functions have passed or not."""
        later = attrs.evolve(P.scheme, delegated_on="2027-04-01")
        findings = ask(nominees, P.evolve(planning_group=None, scheme=later)).findings
        expected = [f"nobody nominated by {side}" for side in ("the Health Board", "the council")]
        assert expected == [finding.what for finding in findings]


class TestLocalities:
    PLACES = ("east", "north", "west")

    def area(self, group, places=PLACES, **fields):
        """Give a partnership a plan for places, and a planning group."""
        plan = StrategicPlan(id="plan", start="2025-04-01", finalised_on="2025-03-12", localities=places)
        return P.evolve(**{"plans": [plan], "planning_group": group, **fields})

    @given(st.sets(st.sampled_from(PLACES)))
    def test_each(self, spoken):
        """Every locality has a person; one person may speak for several."""
        missing = sorted(set(self.PLACES) - spoken)
        expected = [("fail", f"localities[{one!r}]") for one in missing] or "pass"
        assert expected == told(locality_representatives, self.area(seat(localities=spoken)))

    def test_no_group(self):
        """Without a group nobody speaks for any of them."""
        assert 3 == len(ask(locality_representatives, self.area(None)).findings)

    def test_no_plan(self):
        """Before a plan stands nobody need be there."""
        assert "pass" == told(locality_representatives, self.area(seat(), plans=()))
        assert [("cannot tell", "plans")] == told(locality_representatives, self.area(seat(), plans=UNKNOWN))

    def test_cannot_tell(self):
        """Members and localities may be known in part, and what is known for certain is said."""
        east = [("cannot tell", "localities['east']")]
        some = Listing.partial("north", "west")
        assert east == told(locality_representatives, self.area(seat(localities=some)))
        part = StrategicPlanningGroup(members=Listing.partial(PlanningMember(localities=["north", "west"])))
        assert east == told(locality_representatives, self.area(part))
        p = self.area(seat(localities=["north"]), places=Listing.partial("east"))
        assert [("fail", "localities['east']"), ("cannot tell", "plans")] == told(locality_representatives, p)
        assert "cannot tell" == outcome(locality_representatives, self.area(UNKNOWN))

    def test_nothing_to_speak_for(self):
        """Where no plan stands it does not matter that nobody recorded the group."""
        assert "pass" == told(locality_representatives, self.area(UNKNOWN, plans=()))


class TestReports:
    def area(self, *reports, delegated_on="2024-09-01", complete=True):
        """Give a partnership its reports, and the day functions passed."""
        scheme = attrs.evolve(P.scheme, delegated_on=delegated_on)
        return P.evolve(scheme=scheme, reports=Listing(reports, complete))

    def report(self, published_on, year="2025/26"):
        """Publish a report."""
        return PerformanceReport(year=year, published_on=published_on)

    where = "reports['2025/26']"
    first = PerformanceReport(year="2024/25", published_on="2025-07-31")

    @given(st.dates(FinancialYear("2026/27").start, FinancialYear("2026/27").end))
    def test_last_day(self, published):
        """A report is out by 31 July, and not a day later."""
        p = self.area(self.first, self.report(published)).at("2027-04-01")
        expected = "pass" if (published.month, published.day) <= (7, 31) and published.year == 2026 else "fail"
        assert expected == outcome(performance_reported, p)

    def test_not_due(self):
        """On 31 July a report may still come out; the day after it is late."""
        for report in ((), (self.report(None),)):
            p = self.area(self.first, *report)
            assert "pass" == told(performance_reported, p.at("2026-07-31"))
            assert [("fail", self.where)] == told(performance_reported, p.at("2026-08-01"))

    def test_since_functions_passed(self):
        """The first report is of the year in which functions passed, and never of one before 2016/17."""
        p = self.area(delegated_on="2015-06-27")
        assert "pass" == told(performance_reported, p.at("2017-07-31"))
        assert [("fail", f"reports[{str(FIRST_REPORT)!r}]")] == told(performance_reported, p.at("2017-08-01"))
        assert "pass" == told(performance_reported, self.area(delegated_on="2026-04-01"))
        assert "pass" == told(performance_reported, self.area(delegated_on=None))

    def test_pandemic(self):
        """Reports of the pandemic years could be put off to days that were not verified."""
        for year in POSTPONED:
            p = self.area(self.report("2022-11-30", year), delegated_on=year.start)
            after = p.at(year.end.replace(month=12))
            assert [("cannot tell", f"reports[{str(year)!r}]")] == told(performance_reported, after)
        assert [FinancialYear("2019/20"), FinancialYear("2021/22")] == [POSTPONED[0], POSTPONED[-1]]

    def test_cannot_tell(self):
        """What was not recorded is named, a late report fails all the same."""
        assert [("cannot tell", self.where)] == told(performance_reported, self.area(self.first, self.report(UNKNOWN)))
        assert [("cannot tell", "reports")] == told(performance_reported, self.area(complete=False))
        late = self.report("2026-08-01")
        assert [("fail", self.where), ("cannot tell", "reports")] == told(
            performance_reported, self.area(late, complete=False)
        )
        assert [("fail", self.where), ("cannot tell", "scheme.delegated_on")] == told(
            performance_reported, self.area(late, delegated_on=UNKNOWN)
        )
        assert [("cannot tell", "scheme.delegated_on")] == told(
            performance_reported, self.area(delegated_on=UNKNOWN, complete=False)
        )


class TestExamples:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it."""
        assert "pass" == told(rule, rule.passing())
        assert "fail" == outcome(rule, rule.failing())
        assert "not applicable" == told(rule, P.at("2014-09-21"))

    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps these rules, the day after reports are due too."""
        for day in ("2024-04-01", "2025-08-01", "2026-08-01", "2028-03-31"):
            assert outcome(rule, example(name, as_at=day)) in ("pass", "not applicable")

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """No real area is said to keep or break these rules."""
        assert {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships} <= {"cannot tell", "not applicable"}
