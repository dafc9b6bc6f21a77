"""A year's money is kept apart by kind, in whole pence, and never negative where it cannot be."""

import copy
import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import MONEYS, assert_refused, budgets, wrong

from scotintegration.budgets import (
    ALL_FUNCTIONS,
    Budget,
    Charge,
    Determination,
    HostedShare,
    Payment,
    Reserve,
    ReserveKind,
    SetAside,
    SetAsideReport,
)
from scotintegration.dates import FinancialYear
from scotintegration.in_year import LateAllocation, MonthlySpending, WindfallReturn
from scotintegration.money import Money
from scotintegration.savings import Saving
from scotintegration.unknown import UNKNOWN, Listing

PAYMENT = Payment(payer="toy-council", payee="toy-ijb", function="care-at-home", amount="£40")
HELD = SetAside(health_board="nhs-toytown", function="frailty", amount="£50")
RESERVE = Reserve(kind="general", opening="£2m", movement="-£0.5m")
SHARE = HostedShare(host="toy-ijb", served="vale-ijb", function="continence", amount="£5")
FOUND = Determination(function="care-at-home", amount="£40")
CHARGE = Charge(function="care-at-home", recovered_by="toy-council")
REPORT = SetAsideReport(due_on="2026-07-31", given_on="2026-07-29")
SPENT = MonthlySpending(function="care-at-home", months=["£3", "-£1"])
LATE = LateAllocation(payer="nhs-toytown", function="respite", amount="£4", on="2027-02-26")
SAVED = Saving(id="rota", function="care-at-home", planned="£3")
BACK = WindfallReturn(to="toy-council", amount="£2")
BUDGET = Budget(year="2026/27")
BUDGETS = budgets(
    FinancialYear("2026/27"),
    payers=("nhs-toytown", "toy-council"),
    authorities=("toy-ijb",),
    ijb=True,
    references=("D-1", "D-2"),
)
LISTED = ("determined", "payments", "set_asides", "reserves", "hosted", "charges", "set_aside_reports", "savings")


class TestLaws:
    @given(BUDGETS)
    def test_value(self, budget):
        """A budget is a value, and where its facts come from is no fact about it."""
        sourced = attrs.evolve(budget, source={"total": "another book"})
        assert budget == sourced == pickle.loads(pickle.dumps(budget)) == copy.deepcopy(budget)
        assert hash(budget) == hash(sourced)

    @given(BUDGETS, st.randoms())
    def test_order(self, budget, random):
        """The order of what a budget lists does not matter."""
        shuffled = {}
        for field in LISTED:
            listing = getattr(budget, field)
            shuffled[field] = Listing(tuple(random.sample(listing.items, len(listing))), listing.complete)
        assert budget == attrs.evolve(budget, **shuffled)

    @given(MONEYS, st.integers(-(10**11), 10**11))
    def test_reserve(self, opening, pence):
        """A reserve closes with what it opened with and what the year moved."""
        reserve = Reserve(kind="earmarked", opening=opening, movement=pence, purpose="winter")
        assert opening + Money(pence) == reserve.closing


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        [
            *wrong(
                PAYMENT,
                payer="id",
                payee="id",
                function="id",
                amount="money",
                direction="maybe id",
                changed_on="maybe day",
                before="maybe money",
            ),
            *wrong(HELD, health_board="id", function="id", amount="money", used="maybe money"),
            *wrong(
                RESERVE,
                kind="word",
                opening="money",
                movement="signed money",
                purpose=(None, UNKNOWN, True, 5),
                planned="maybe signed money",
            ),
            *wrong(SHARE, host="id", served="id", function="id", amount="money"),
            *wrong(FOUND, function="id", amount="money"),
            *wrong(CHARGE, function="id", recovered_by="maybe id"),
            *wrong(REPORT, due_on="maybe day", given_on="maybe day"),
            *wrong(
                BUDGET,
                year="year",
                set_on="maybe day",
                determined="values",
                payments="values",
                set_asides="values",
                reserves="values",
                hosted="values",
                charges="values",
                set_aside_reports="values",
                own_costs="maybe money",
                settlements="maybe signed money",
                derived="bool",
                total="maybe money",
                spending="values",
                late_allocations="values",
                savings="values",
                returned="values",
                source="source",
            ),
        ],
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("determined", FOUND),
            ("payments", PAYMENT),
            ("payments", attrs.evolve(PAYMENT, direction=UNKNOWN)),
            ("set_asides", HELD),
            ("hosted", SHARE),
            ("returned", BACK),
        ],
    )
    def test_twice(self, field, value):
        """Two sums between the same bodies for the same function are one sum, and not both written down."""
        again = attrs.evolve(value, amount="£1")
        with pytest.raises(ValueError, match=rf"^Budget\.{field} of 2026/27 has two sums for '.*'; expected one$"):
            attrs.evolve(BUDGET, **{field: [value, again]})

    @pytest.mark.parametrize(("field", "value"), [("savings", SAVED), ("spending", SPENT)])
    def test_one_each(self, field, value):
        """A saving has one entry, and so has the spending on a function."""
        with pytest.raises(ValueError, match=rf"^Budget\.{field} of 2026/27 has two sums for '.*'; expected one$"):
            attrs.evolve(BUDGET, **{field: [value, value]})

    def test_two_late(self):
        """Two late allocations of one day and one sum are two."""
        assert 2 == len(attrs.evolve(BUDGET, late_allocations=[LATE, LATE]).late_allocations)

    def test_two_directions(self):
        """Payments for one function under two directions are two payments."""
        payments = [attrs.evolve(PAYMENT, direction=direction) for direction in (None, "D-1", "D-2")]
        assert 3 == len(attrs.evolve(BUDGET, payments=payments).payments)


class TestBudget:
    def test_nothing_read(self):
        """What a budget does not say is unknown, or nothing where nothing is the rule."""
        assert UNKNOWN is BUDGET.set_on
        assert (False, True, True) == (
            BUDGET.determined.complete,
            BUDGET.payments.complete,
            BUDGET.reserves.complete,
        )
        assert (Money(0), Money(0), None) == (BUDGET.own_costs, BUDGET.settlements, BUDGET.total)

    def test_all_functions(self):
        """Money without a split by function is for all of them together."""
        assert "all-functions" == attrs.evolve(PAYMENT, function=ALL_FUNCTIONS).function

    def test_reserve_kinds(self):
        """There are two pots, and earmarked reserves come first in a list."""
        given = [RESERVE, Reserve(kind="earmarked", opening=0, purpose="winter")]
        assert ["earmarked", "general"] == [one.kind for one in attrs.evolve(BUDGET, reserves=given).reserves]
        assert {ReserveKind.GENERAL, ReserveKind.EARMARKED} == set(ReserveKind)
