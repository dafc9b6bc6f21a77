"""Plans, localities, planning groups, reports and the nine outcomes."""

import copy
import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import assert_refused, maybe, wrong

from scotintegration.plans import (
    CONSULTEES,
    PLANNING_GROUPS,
    Locality,
    PlanningMember,
    ReplacementDirection,
    StrategicPlan,
    StrategicPlanningGroup,
    outcomes,
)
from scotintegration.schemes import Review
from scotintegration.unknown import UNKNOWN, Listing

NORTH = Locality("north", name="Toytown North", source={"name": "plan, p. 3"})
PLAN = StrategicPlan(id="plan-2025", start="2025-04-01", reviews=[Review(completed_on="2026-01-01")])
PERSON = PlanningMember(person="P", nominated_by="toy-council")
GROUP = StrategicPlanningGroup(members=[PERSON])
DIRECTION = ReplacementDirection(id="replace-1", on="2026-06-10", given_by=["nhs-toytown"])
VALUES = (NORTH, PLAN, GROUP, DIRECTION)
PEOPLE = st.builds(
    PlanningMember,
    person=maybe(st.sampled_from("PQ")),
    nominated_by=maybe(st.just("toy-council")),
    group=maybe(st.just("users")),
)


class TestLaws:
    @pytest.mark.parametrize("value", VALUES, ids=lambda value: value.kind)
    def test_value(self, value):
        """All of these are values, and where their facts come from is no fact about them."""
        sourced = attrs.evolve(value, source={"id": "another book"})
        assert value == sourced == pickle.loads(pickle.dumps(value)) == copy.deepcopy(value)
        assert hash(value) == hash(sourced)
        assert type(value).__name__ == value.kind

    @given(st.lists(PEOPLE, max_size=4), st.randoms(), st.booleans())
    def test_order_of_members(self, people, random, complete):
        """The order in which members are given does not matter."""
        one, other = (
            StrategicPlanningGroup(members=Listing(some, complete))
            for some in (people, random.sample(people, len(people)))
        )
        assert one == other

    @given(st.lists(st.sampled_from([None, UNKNOWN, "2025-01-01", "2026-01-01"]), max_size=4), st.randoms())
    def test_order_of_reviews(self, days, random):
        """The order in which reviews are given does not matter."""
        reviews = [Review(completed_on=day, outcome=outcome) for day in days for outcome in ("replace", None)]
        shuffled = random.sample(reviews, len(reviews))
        assert attrs.evolve(PLAN, reviews=reviews) == attrs.evolve(PLAN, reviews=shuffled)


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        [
            *wrong(NORTH, id="id", name="text", zones="ids", source="source"),
            *wrong(
                PLAN,
                id="id",
                is_first="flag",
                start="maybe day",
                delegation_day="maybe day",
                proposals_on="maybe day",
                draft1_on="maybe day",
                draft2_on="maybe day",
                draft2_sent_to="ids",
                finalised_on="maybe day",
                published_on="maybe day",
                statement_published_on="maybe day",
                replaced_on="maybe day",
                functions="ids",
                outcomes="ids",
                localities="ids",
                by_locality="ids",
                reviews="values",
                source="source",
            ),
            *wrong(PERSON, person="maybe text", nominated_by="maybe id", group="maybe text", localities="ids"),
            *wrong(GROUP, id="id", established_on="maybe day", members="values", source="source"),
            *wrong(
                DIRECTION,
                id="id",
                on="maybe day",
                given_by="ids",
                in_writing="flag",
                reasons="flag",
                prepare_by="maybe day",
                substituted_prepare_by="maybe day",
                period_start="maybe day",
                source="source",
            ),
        ],
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)


class TestOutcomes:
    def test_nine(self):
        """There are nine, numbered, and each cites the Schedule that prescribes it."""
        assert [f"outcome-{number}" for number in range(1, 10)] == [one.id for one in outcomes()]
        assert {"SSI 2014/343 sch"} == {str(one.citation) for one in outcomes()}
        assert {"Outcome"} == {one.kind for one in outcomes()}
        assert all(one.text and one.name for one in outcomes())


class TestGroups:
    def test_numbers(self):
        """Twelve groups have a person on the planning group, and thirteen are consulted."""
        assert (12, 13) == (len(set(PLANNING_GROUPS)), len(set(CONSULTEES)))
        assert set(PLANNING_GROUPS) < set(CONSULTEES)
