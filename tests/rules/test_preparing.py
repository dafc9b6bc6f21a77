"""How a strategic plan is prepared: in time, for every locality, with the planning group, step by step."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.test_planning import plan, small, told

from scotintegration.examples import EXAMPLES, example
from scotintegration.plans import CONSULTEES, PLANNING_GROUPS, Locality, PlanningMember, StrategicPlanningGroup
from scotintegration.rules import ask
from scotintegration.rules.preparing import (
    early_delegation_named,
    first_plan_in_time,
    group_before_plan,
    localities_divide_area,
    planning_groups,
    second_draft_recipients,
    separate_arrangements,
    statement_of_steps,
    steps_of_preparation,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
ABOUT_FIRST = (early_delegation_named, first_plan_in_time, group_before_plan)
ABOUT_STANDING = (
    localities_divide_area,
    second_draft_recipients,
    separate_arrangements,
    statement_of_steps,
    steps_of_preparation,
)
STEPS = {"proposals_on": "2024-09-09", "draft1_on": "2024-10-14", "draft2_on": "2024-11-25"}
MINE = (*ABOUT_FIRST, *ABOUT_STANDING, planning_groups)


def first(**fields):
    """Write a first plan, finalised before functions passed."""
    whole = {"is_first": True, "start": "2016-04-01", "finalised_on": "2016-03-14", "published_on": "2016-03-28"}
    return plan("first", **{**whole, **fields})


def group(*members, complete=True, **fields):
    """Give a partnership a planning group."""
    return StrategicPlanningGroup(members=Listing(members, complete), **{"established_on": "2015-08-19", **fields})


def speakers(*groups):
    """Seat a person for each of some groups."""
    return [PlanningMember(person=f"speaker for {one}", group=one) for one in groups]


class TestLaws:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_not_applicable(self, rule):
        """The day before it came into force there was no duty."""
        assert "not applicable" == told(rule, P.at("2014-09-21"))

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """Of real areas nothing is known."""
        assert {"cannot tell"} == {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}

    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps the rules, as one plan takes another's place too."""
        for day in ("2024-04-01", "2025-03-31", "2025-04-01", "2028-03-31"):
            assert "pass" == told(rule, example(name, as_at=day))

    @pytest.mark.parametrize("rule", ABOUT_STANDING, ids=lambda rule: rule.id)
    def test_no_plan_known(self, rule):
        """Where no plan is known nothing can be told; where there is none nothing is wrong."""
        assert [("cannot tell", "plans")] == told(rule, small(complete=False))
        assert "pass" == told(rule, small())

    @pytest.mark.parametrize("rule", ABOUT_FIRST, ids=lambda rule: rule.id)
    def test_no_first_plan_known(self, rule):
        """Which plan is the first is never inferred."""
        assert "cannot tell" == ask(rule, small(plan(is_first=UNKNOWN), delegated_on="2016-03-20")).outcome
        assert "pass" == told(rule, small(plan(is_first=False), delegated_on="2016-03-20"))


class TestFirstPlan:
    where = "plans['first'].finalised_on"

    @pytest.mark.parametrize(
        ("finalised", "expected"),
        [
            ("2016-03-31", "pass"),
            ("2016-04-01", [("fail", where)]),
            (None, [("fail", where)]),
            (UNKNOWN, [("cannot tell", where)]),
        ],
        ids=str,
    )
    def test_days(self, finalised, expected):
        """It is finalised by the day before functions pass."""
        assert expected == told(first_plan_in_time, small(first(finalised_on=finalised)))

    @pytest.mark.parametrize(
        ("passed", "expected"), [("2026-11-23", "pass"), ("2016-03-14", "fail"), (UNKNOWN, "cannot tell")], ids=str
    )
    def test_functions(self, passed, expected):
        """Until functions pass nothing is late; when they passed has to be known."""
        assert expected == ask(first_plan_in_time, small(first(), delegated_on=passed)).outcome

    @pytest.mark.parametrize(
        ("passed", "named", "expected"),
        [
            ("2016-04-01", None, "pass"),
            ("2016-03-31", "2016-03-31", "pass"),
            ("2016-03-31", "2016-03-30", "fail"),
            ("2016-03-31", None, "fail"),
            ("2016-03-31", UNKNOWN, "cannot tell"),
            ("2026-11-23", None, "pass"),
        ],
        ids=str,
    )
    def test_named(self, passed, named, expected):
        """It names the day on which functions pass, where that is before the prescribed day."""
        p = small(first(delegation_day=named), delegated_on=passed)
        assert expected == ask(early_delegation_named, p).outcome

    @pytest.mark.parametrize(
        ("established", "expected"),
        [
            ("2016-03-13", "pass"),
            ("2016-03-14", [("fail", "planning_group.established_on")]),
            (None, [("fail", "planning_group.established_on")]),
            (UNKNOWN, [("cannot tell", "planning_group.established_on")]),
        ],
        ids=str,
    )
    def test_group(self, established, expected):
        """The planning group is there before it."""
        p = small(first()).evolve(planning_group=group(established_on=established))
        assert expected == told(group_before_plan, p)

    def test_no_group(self):
        """Without a planning group there is nobody to prepare a plan with; until there is a plan, none is missed."""
        p = small(first())
        assert [("fail", "planning_group")] == told(group_before_plan, p.evolve(planning_group=None))
        assert "cannot tell" == ask(group_before_plan, p.evolve(planning_group=UNKNOWN)).outcome
        for finalised in (None, "2026-11-23"):
            p = small(first(finalised_on=finalised)).evolve(planning_group=None)
            assert "pass" == told(group_before_plan, p)

    def test_before_functions_pass(self):
        """A first plan may be a draft until the day functions pass."""
        p = small(first(finalised_on=None), delegated_on="2026-11-23")
        assert "pass" == told(first_plan_in_time, p)
        assert [("fail", self.where)] == told(first_plan_in_time, p.at("2026-11-23"))


class TestDivision:
    where = "plans['plan'].localities"

    def area(self, zones=("1", "2", "3"), *, whole=True, **localities):
        """Give an area these small areas, and its localities theirs."""
        council = attrs.evolve(P.local_authorities[0], zones=Listing(zones, whole))
        places = [Locality(name, name=name, zones=some) for name, some in localities.items()]
        return small(plan(), localities=places).evolve(local_authorities=[council])

    @given(st.lists(st.sampled_from(["north", "south", "both", "none"]), min_size=1, max_size=6))
    def test_partition(self, parts):
        """Each small area is in one locality."""
        zones = [str(number) for number in range(len(parts))]
        north = [zone for zone, part in zip(zones, parts, strict=True) if part in ("north", "both")]
        south = [zone for zone, part in zip(zones, parts, strict=True) if part in ("south", "both")]
        findings = told(localities_divide_area, self.area(zones, north=north, south=south))
        wrong = ("both" in parts) + ("none" in parts)
        assert ([("fail", self.where)] * wrong or "pass") == findings

    def test_partly_known(self):
        """Of what localities and area are made up may be unknown; an overlap that is known is one."""
        assert [("cannot tell", self.where)] == told(localities_divide_area, self.area(north=["1"], south=UNKNOWN))
        assert [("cannot tell", self.where)] == told(localities_divide_area, self.area(north=["1"]))
        half = Listing(["1"], complete=False)
        assert [("fail", self.where), ("cannot tell", self.where)] == told(
            localities_divide_area, self.area(north=half, south=half)
        )
        p = self.area(whole=False, north=["1", "2"], south=["3"])
        assert [("cannot tell", "local_authorities")] == told(localities_divide_area, p)


class TestSeparate:
    where = "plans['plan'].by_locality"

    @pytest.mark.parametrize(
        ("given_", "expected"),
        [
            (["north", "south"], "pass"),
            (["north"], "fail"),
            ((), "fail"),
            (UNKNOWN, "cannot tell"),
            (Listing(["north", "south"], complete=False), "pass"),
        ],
        ids=str,
    )
    def test_each(self, given_, expected):
        """Each locality has arrangements of its own."""
        result = told(separate_arrangements, small(plan(by_locality=given_)))
        assert (expected if expected == "pass" else [(expected, self.where)]) == result

    def test_localities_not_known(self):
        """There may be other localities."""
        p = small(plan(localities=Listing(["north"], complete=False), by_locality=["north"]))
        assert [("cannot tell", "plans['plan'].localities")] == told(separate_arrangements, p)


class TestGroups:
    where = "planning_group.members"

    @given(st.sets(st.sampled_from(PLANNING_GROUPS)), st.booleans())
    def test_twelve(self, missing, complete):
        """Each of the twelve has somebody."""
        seats = speakers(*(one for one in PLANNING_GROUPS if one not in missing))
        p = small(plan()).evolve(planning_group=group(*seats, complete=complete))
        expected = "pass" if not missing else "fail" if complete else "cannot tell"
        assert expected == ask(planning_groups, p).outcome

    def test_unsure(self):
        """For whom a member speaks may be unknown."""
        seats = [*speakers(*PLANNING_GROUPS[1:]), PlanningMember(person="X", group=UNKNOWN)]
        (finding,) = ask(planning_groups, small(plan()).evolve(planning_group=group(*seats)))
        assert ("cannot tell", self.where) == (finding.outcome, finding.where)

    def test_shared(self):
        """One person for two groups is looked at: the text does not allow it in terms."""
        seats = [
            PlanningMember(person="X" if number < 2 else UNKNOWN, group=one)
            for number, one in enumerate(PLANNING_GROUPS)
        ]
        assert [("warn", self.where)] == told(planning_groups, small(plan()).evolve(planning_group=group(*seats)))

    def test_no_group(self):
        """A group is needed once there is a plan or functions have passed."""
        p = small(plan()).evolve(planning_group=None)
        assert [("fail", self.where)] == told(planning_groups, p)
        assert "pass" == told(planning_groups, small(delegated_on=None).evolve(planning_group=None))
        assert "cannot tell" == ask(planning_groups, p.evolve(planning_group=UNKNOWN)).outcome
        assert "not applicable" == told(planning_groups, p.at("2014-12-11"))


class TestSteps:
    def test_ordered(self):
        """The steps may fall on one day, in their order."""
        assert "pass" == told(steps_of_preparation, small(plan(**STEPS)))
        assert "pass" == told(steps_of_preparation, small(plan(**dict.fromkeys(STEPS, "2025-03-12"))))

    @pytest.mark.parametrize("field", STEPS)
    def test_missing(self, field):
        """Each step is needed, and its day may be unknown."""
        where = f"plans['plan'].{field}"
        assert [("fail", where)] == told(steps_of_preparation, small(plan(**{**STEPS, field: None})))
        assert [("cannot tell", where)] == told(steps_of_preparation, small(plan(**{**STEPS, field: UNKNOWN})))

    @pytest.mark.parametrize(
        ("field", "day", "where"),
        [
            ("proposals_on", "2024-10-15", "draft1_on"),
            ("draft1_on", "2024-11-26", "draft2_on"),
            ("draft2_on", "2025-03-13", "finalised_on"),
        ],
    )
    def test_late(self, field, day, where):
        """A step taken after the next is out of order, even where another day is unknown."""
        p = small(plan(**{**STEPS, field: day}))
        assert [("fail", f"plans['plan'].{where}")] == told(steps_of_preparation, p)
        p = small(plan(draft1_on=UNKNOWN, draft2_on="2024-09-08", proposals_on="2024-09-09"))
        assert "fail" == ask(steps_of_preparation, p).outcome


class TestRecipients:
    where = "plans['plan'].draft2_sent_to"

    @pytest.mark.parametrize("name", ["body-corporate", "joint-board", "lead-agency-to-board", "lead-agency-both-ways"])
    def test_bodies(self, name):
        """All constituent authorities have the draft of a board, the partner that of one lead agency."""
        p = example(name)
        (standing,) = (one for one in p.plans if one.replaced_on is None)
        councils = [one.id for one in p.local_authorities]
        named = {"a": [p.health_board.id, *councils], "b": councils, "d": []}[p.model.letter]
        assert {*named, *CONSULTEES} == set(standing.draft2_sent_to)
        for lost in (*named, *CONSULTEES):
            sent = [one for one in standing.draft2_sent_to if one != lost]
            (finding,) = ask(second_draft_recipients, p.evolve(plans=[attrs.evolve(standing, draft2_sent_to=sent)]))
            assert "fail" == finding.outcome
            assert repr(lost) in finding.what

    def test_to_council(self):
        """Where a Health Board delegates to a council, the Health Board has it."""
        p = small(plan(draft2_sent_to=[P.health_board.id, *CONSULTEES]))
        led = p.evolve(scheme=attrs.evolve(p.scheme, models="c"))
        assert "pass" == told(second_draft_recipients, led)
        assert [("fail", self.where)] == told(second_draft_recipients, p)

    def test_partly_known(self):
        """Who else had it may be unknown; who is known to be enough is enough."""
        everybody = [P.health_board.id, "strathallan-council", *CONSULTEES]
        for some, expected in ((everybody, "pass"), (everybody[1:], [("cannot tell", self.where)])):
            p = small(plan(draft2_sent_to=Listing(some, complete=False)))
            assert expected == told(second_draft_recipients, p)

    def test_day(self):
        """The groups were prescribed on 28 November 2014."""
        assert "not applicable" == told(second_draft_recipients, P.at("2014-11-27"))


class TestStatement:
    where = "plans['plan'].statement_published_on"

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2025-03-22", "pass"),
            ("2025-03-21", "pass"),
            ("2025-03-23", "fail"),
            (None, "fail"),
            (UNKNOWN, "cannot tell"),
        ],
        ids=str,
    )
    def test_days(self, day, expected):
        """It is out when the plan is."""
        result = told(statement_of_steps, small(plan(statement_published_on=day)))
        assert (expected if expected == "pass" else [(expected, self.where)]) == result

    @pytest.mark.parametrize(("day", "expected"), [(None, "pass"), ("2026-11-23", "pass"), (UNKNOWN, "cannot tell")])
    def test_plan_not_out(self, day, expected):
        """Until the plan is out there need be no statement."""
        p = small(plan(published_on=day, statement_published_on=None))
        assert expected == ask(statement_of_steps, p).outcome


class TestExamples:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it."""
        assert "pass" == told(rule, rule.passing())
        assert "fail" == ask(rule, rule.failing()).outcome
