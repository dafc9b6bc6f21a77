"""From a partnership to arrays."""

from datetime import date

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.bodies import HealthBoard, LocalAuthority, Seats
from scotintegration.budgets import ALL_FUNCTIONS, Budget, Payment, Reserve, SetAside
from scotintegration.dates import FinancialYear
from scotintegration.examples import EXAMPLES, example
from scotintegration.functions import DelegatedFunction, catalogue
from scotintegration.law import Law
from scotintegration.money import Money, total
from scotintegration.officers import Member
from scotintegration.partnership import Partnership
from scotintegration.scotland import scotland
from scotintegration.simulation import Scenario
from scotintegration.simulation._compile import compile_inputs, meeting_days
from scotintegration.simulation.engine import Inputs
from scotintegration.unknown import UNKNOWN, Listing

NHS = HealthBoard("toy-nhs", name="NHS Toytown")
COUNCIL = LocalAuthority("toy-council", name="Toytown Council")
SECOND = LocalAuthority("toy-second", name="Second Council")
BASE = Scenario("base")
BOARDS = [name for name in EXAMPLES if not name.startswith("lead-")]
NET = scotland()
AREAS = [p.name for p in NET if p.ijb is not None]
END = date(2027, 3, 31)

amounts = st.integers(0, 10**11).map(Money)


def toy(*, budgets=(), councils=(COUNCIL,), functions=("a-1", "a-2", "b-1", "b-2"), as_at="2026-11-22", **changes):
    """Build a partnership whose functions a-* are the Health Board's and whose others are the first council's."""
    p = Partnership.between(NHS, *councils, model="a", as_at=as_at)
    delegated = [
        DelegatedFunction(id=id, name=id, delegator=NHS.id if id.startswith("a-") else councils[0].id, delegate=p.id)
        for id in functions
    ]
    return p.evolve(scheme=attrs.evolve(p.scheme, functions=delegated), budgets=budgets, **changes)


def paid(function, amount, payer=NHS.id, payee="toy-council-ijb"):
    """Make a payment to the board."""
    return Payment(payer=payer, payee=payee, function=function, amount=amount)


def held(function, amount):
    """Make a sum set aside."""
    return SetAside(health_board=NHS.id, function=function, amount=amount)


def budget(*payments, year="2026/27", **options):
    """Make a budget."""
    return Budget(year=year, payments=payments, **options)


def pence(p, scenario=BASE, until=END, y=0):
    """Give what each function has in a year, by name."""
    compiled = compile_inputs(p, scenario, until)
    return dict(zip(compiled.functions, compiled.inputs.budgets_pence[y, 0].tolist(), strict=True))


class TestMeetings:
    @pytest.mark.parametrize("year", ["2023/24", "2026/27"])
    def test_days(self, year):
        """A board meets six times, on the last day of every second month, the last time on the last day of the year."""
        days = meeting_days(FinancialYear(year))
        assert [5, 7, 9, 11, 1, 3] == [day.month for day in days]
        assert sorted(days) == list(days)
        assert all(day in FinancialYear(year).interval for day in days)
        assert FinancialYear(year).end == days[-1]


class TestConservation:
    @given(st.dictionaries(st.sampled_from(["a-1", "b-2", ALL_FUNCTIONS, "unlisted"]), amounts, min_size=1))
    def test_nothing_is_lost(self, sums):
        """Whatever money is for, all of it reaches some function, to the penny."""
        payments = [
            paid(function, amount, payer) for payer in (NHS.id, COUNCIL.id) for function, amount in sums.items()
        ]
        asides = [held(function, amount) for function, amount in sums.items()]
        p = toy(budgets=[budget(*payments, set_asides=asides)])
        assert 3 * sum(amount.pence for amount in sums.values()) == sum(pence(p).values())

    @given(amounts, amounts)
    def test_by_side(self, health, social):
        """A sum for all functions stays on the side that pays it."""
        p = toy(budgets=[budget(paid(ALL_FUNCTIONS, health), paid(ALL_FUNCTIONS, social, COUNCIL.id))])
        found = pence(p)
        assert health.pence == found["a-1"] + found["a-2"]
        assert social.pence == found["b-1"] + found["b-2"]
        assert 1 >= abs(found["a-1"] - found["a-2"])

    @pytest.mark.parametrize("area", AREAS)
    def test_real_areas(self, area):
        """Every function of a real area has money, and together they have the derived budget, side by side."""
        p = NET[area]
        last = p.budgets[-1]
        compiled = compile_inputs(p, BASE, END)
        found = compiled.inputs.budgets_pence[0, 0]
        assert (found > 0).all()
        assert last.total.pence == found.sum()
        assert last.derived
        by_council = total(one.amount for one in last.payments if one.payer != p.health_board.id)
        assert by_council.pence == found[compiled.inputs.arm[0] == 1].sum()
        assert total(one.amount for one in last.set_asides) == total(compiled.set_aside[0])

    @pytest.mark.parametrize("name", BOARDS)
    def test_examples(self, name):
        """The functions of an example have what was paid and set aside for each in each year."""
        p = example(name)
        compiled = compile_inputs(p, BASE, date(2028, 3, 31))
        assert p.functions.map(lambda one: one.id).items == compiled.functions
        assert p.functions.map(lambda one: one.delegator).items == compiled.providers
        for y, year in enumerate(compiled.years):
            money = p.budget(year)
            for f, function in enumerate(compiled.functions):
                aside = total(one.amount for one in money.set_asides if one.function == function)
                into = total(one.amount for one in money.payments if (one.payee, one.function) == (p.id, function))
                assert aside == compiled.set_aside[y][f]
                assert (aside + into).pence == compiled.inputs.budgets_pence[y, 0, f]


class TestSharing:
    def test_second_council(self):
        """What a second council pays for all functions goes to functions of councils."""
        p = toy(councils=(COUNCIL, SECOND), budgets=[budget(paid(ALL_FUNCTIONS, "£5", SECOND.id))])
        assert {"a-1": 0, "a-2": 0, "b-1": 250, "b-2": 250} == pence(p)

    def test_own_functions_first(self):
        """A council with functions of its own pays for those."""
        p = toy(councils=(COUNCIL, SECOND), budgets=[budget(paid(ALL_FUNCTIONS, "£5", SECOND.id))])
        other = DelegatedFunction(id="c-1", name="c", delegator=SECOND.id, delegate=p.id)
        p = p.evolve(scheme=attrs.evolve(p.scheme, functions=[*p.scheme.functions, other]))
        assert {"a-1": 0, "a-2": 0, "b-1": 0, "b-2": 0, "c-1": 500} == pence(p)

    def test_nobody_on_that_side(self):
        """Where a side has no function its money is shared over all."""
        p = toy(functions=("b-1", "b-2"), budgets=[budget(paid(ALL_FUNCTIONS, "£5"))])
        assert {"b-1": 250, "b-2": 250} == pence(p)

    def test_set_aside_for_hospital(self):
        """A sum set aside for all functions is for those carried out in hospital, where any is."""
        (hospital, *_) = [one.id for one in catalogue().values() if one.in_hospital]
        p = toy(functions=(hospital, "a-1"), budgets=[budget(set_asides=[held(ALL_FUNCTIONS, "£5")])])
        assert {hospital: 500, "a-1": 0} == pence(p)
        p = toy(budgets=[budget(set_asides=[held(ALL_FUNCTIONS, "£8")])])
        assert {"a-1": 200, "a-2": 200, "b-1": 200, "b-2": 200} == pence(p)

    def test_payments_out(self):
        """What the board pays out is not income."""
        p = toy(budgets=[budget(paid("a-1", "£5"), paid("a-1", "£3", "toy-council-ijb", NHS.id))])
        assert 500 == pence(p)["a-1"]


class TestYears:
    def test_from_the_day(self):
        """Years run from that of the partnership's day to that of the last day, unfinished ones included."""
        p = toy(budgets=[budget(paid("a-1", "£5"))])
        assert (FinancialYear("2026/27"), FinancialYear("2027/28")) == compile_inputs(p, BASE, date(2027, 4, 1)).years
        with pytest.raises(ValueError, match=r"^until must be on or after 2026-04-01, got 2026-03-31$"):
            compile_inputs(p, BASE, date(2026, 3, 31))

    def test_roll_forward(self):
        """A year without a budget has that of the last year before it, grown year by year, and says so."""
        years = [budget(paid("a-1", "£100"), year="2025/26"), budget(paid("a-1", "£200"), year="2028/29")]
        p, scenario = toy(budgets=years), Scenario("x", uplift=0.1)
        compiled = compile_inputs(p, scenario, date(2030, 3, 31))
        assert [11_000, 12_100, 20_000, 22_000] == compiled.inputs.budgets_pence[:, 0, 0].tolist()
        assert [
            "the budget of 2026/27 to 2027/28 is that of 2025/26 with 10.0% a year added",
            "the budget of 2029/30 is that of 2028/29 with 10.0% a year added",
        ] == [one for one in compiled.assumptions if one.startswith("the budget of ")]

    def test_set_aside_grows(self):
        """Sums set aside are rolled forward with the rest."""
        p = toy(budgets=[budget(paid("a-1", "£5"), set_asides=[held("a-1", "£10")])])
        compiled = compile_inputs(p, Scenario("x", uplift=0.5), date(2028, 3, 31))
        assert [Money("£10"), Money("£15")] == [year[0] for year in compiled.set_aside]

    @pytest.mark.parametrize("budgets", [[], [budget(paid("a-1", "£5"), year="2027/28")]], ids=["none", "later"])
    def test_no_budget(self, budgets):
        """A run needs a budget to start from."""
        with pytest.raises(
            ValueError, match=r"^Toytown has no budget for 2026/27 or before; expected one to start from$"
        ):
            compile_inputs(toy(budgets=budgets), BASE, END)

    def test_growth(self):
        """Spending grows over budget from the second year on, the same for every function."""
        p = toy(budgets=[budget(paid("a-1", "£5"))])
        growth = compile_inputs(p, Scenario("x", pressure=0.1), date(2029, 3, 31)).inputs.growth
        assert (3, 1, 4) == growth.shape
        assert np.allclose(np.array([1.0, 1.1, 1.21])[:, None, None], growth, rtol=1e-15, atol=0)

    def test_no_board(self):
        """Only an integration joint board gives the directions that are simulated."""
        with pytest.raises(ValueError, match="Ardlarich has no integration joint board to give directions; expected"):
            compile_inputs(example("lead-agency-both-ways"), BASE, END)


class TestAssumed:
    def test_nothing(self):
        """Of an example nothing has to be assumed."""
        assert () == compile_inputs(example("body-corporate"), BASE, END).assumptions

    def test_real_area(self):
        """Of a real area everything that no source gives is said to be assumed."""
        said = "; ".join(compile_inputs(NET["Clackmannanshire and Stirling"], BASE, END).assumptions)
        for text in (
            "its functions are those the law says must be delegated",
            "Clackmannanshire Council alone provides what the councils delegate",
            "illustrative: a budget derived from national totals (2025/26)",
            "the budget of 2026/27 is that of 2025/26",
            "its members are not recorded",
            "its general reserve starts at 2.0% of the budget",
        ):
            assert text in said
        assert "alone provides" not in "; ".join(compile_inputs(NET["Fife"], BASE, END).assumptions)

    def test_catalogue(self):
        """Where a scheme was not read its functions are all those that must be delegated, each with its provider."""
        p = toy(budgets=[budget(paid(ALL_FUNCTIONS, "£5"))])
        for functions in (Listing(p.scheme.functions.items, complete=False), Listing(())):
            compiled = compile_inputs(p.evolve(scheme=attrs.evolve(p.scheme, functions=functions)), BASE, END)
            must = {one.id: one.delegated_by for one in catalogue().values() if one.must}
            assert sorted(must) == list(compiled.functions)
            whose = {"health_board": NHS.id, "local_authority": COUNCIL.id}
            assert [whose[must[name]] for name in compiled.functions] == list(compiled.providers)


class TestReserve:
    def test_recorded(self):
        """A recorded general reserve is where the run starts; earmarked money is not."""
        reserves = [
            Reserve(kind="general", opening="£7", movement="£1"),
            Reserve(kind="earmarked", opening="£9", purpose="winter"),
        ]
        p = toy(budgets=[budget(paid("a-1", "£500"), reserves=reserves)])
        assert [700] == compile_inputs(p, BASE, END).inputs.opening_reserve_pence.tolist()

    def test_none(self):
        """A reserve known to be none is nothing, and not assumed."""
        compiled = compile_inputs(toy(budgets=[budget(paid("a-1", "£500"))]), BASE, END)
        assert [0] == compiled.inputs.opening_reserve_pence.tolist()
        assert not any("reserve" in one for one in compiled.assumptions)

    @pytest.mark.parametrize("year", ["2025/26", "2026/27"])
    def test_not_recorded(self, year):
        """Where none is recorded for the first year it is a share of the year's budget."""
        p = toy(budgets=[budget(paid("a-1", "£500"), year=year, reserves=UNKNOWN if year == "2026/27" else ())])
        compiled = compile_inputs(p, Scenario("x", reserve=0.03), END)
        assert [1500] == compiled.inputs.opening_reserve_pence.tolist()
        assert "its general reserve starts at 3.0% of the budget, as none is recorded" in compiled.assumptions


class TestBoard:
    def test_law_of_the_day(self):
        """The order of 1 September 2026 moves voters and quorum from the meeting after it on."""
        inputs = compile_inputs(example("body-corporate"), BASE, date(2028, 3, 31)).inputs
        assert [[4, 4, 0]] * 2 + [[4, 4, 3]] * 10 == inputs.voting_members.reshape(-1, 3).tolist()
        assert [4] * 2 + [6] * 10 == inputs.quorum.ravel().tolist()
        assert not inputs.both_sides

    def test_not_the_day_of_the_question(self):
        """The law is that of each meeting, whatever day of the law was asked about."""
        p = example("body-corporate")
        pinned = p.at(p.as_at, law_as_at="2026-08-31")
        assert compile_inputs(p, BASE, END).inputs == compile_inputs(pinned, BASE, END).inputs

    @pytest.mark.parametrize("name", BOARDS)
    def test_half(self, name):
        """A quorum is half of all voting members at every meeting."""
        inputs = compile_inputs(example(name), BASE, date(2028, 3, 31)).inputs
        expected = [Law(END).quorum(int(voters)) for voters in inputs.voting_members.sum(axis=3).ravel()]
        assert expected == inputs.quorum.ravel().tolist()

    def test_seats_not_recorded(self):
        """Where seats are not recorded a side has as many as the scenario says, and each new group one voter."""
        p = toy(budgets=[budget(paid("a-1", "£5"))], members=UNKNOWN)
        p = p.evolve(ijb=attrs.evolve(p.ijb, seats=UNKNOWN))
        compiled = compile_inputs(p, Scenario("x", seats=5), END)
        assert [[5, 5, 0]] * 2 + [[5, 5, 3]] * 4 == compiled.inputs.voting_members[0, :, 0].tolist()
        assert "its members are not recorded, so seats count where known and 5 a side else" in compiled.assumptions

    def test_seats_recorded(self):
        """Recorded seats count, council by council, and recorded members of the groups that came to vote."""
        p = toy(councils=(COUNCIL, SECOND), budgets=[budget(paid("a-1", "£5"))])
        p = p.evolve(
            ijb=attrs.evolve(p.ijb, seats=[Seats(NHS.id, 6), Seats(COUNCIL.id, 3), Seats(SECOND.id, 2)]),
            members=[
                Member(id="carer", board=p.id, route="unpaid-carer", start="2026-10-01"),
                Member(id="user", board=p.id, route="service-user", start=None),
                Member(id="nurse", board=p.id, route="nurse", start=None),
            ],
        )
        inputs = compile_inputs(p, BASE, END).inputs
        assert [[6, 5, 0]] * 2 + [[6, 5, 1]] + [[6, 5, 2]] * 3 == inputs.voting_members[0, :, 0].tolist()
        assert [6, 6, 6, 7, 7, 7] == inputs.quorum[0, :, 0].tolist()


class TestReference:
    @given(st.lists(st.integers(0, 10**10), min_size=2, max_size=8).filter(lambda sums: len(sums) % 2 == 0))
    def test_equal(self, hundreds):
        """The reference scenario gives the arrays of the reference year, to the last bit."""
        half = len(hundreds) // 2
        names = [f"a-{n}" for n in range(half)] + [f"b-{n}" for n in range(half)]
        payments = [
            paid(name, Money(100 * sum_), NHS.id if name.startswith("a-") else COUNCIL.id)
            for name, sum_ in zip(names, hundreds, strict=True)
        ]
        p = toy(functions=names, budgets=[budget(*payments, reserves=UNKNOWN)])
        compiled = compile_inputs(p, Scenario.reference(), date(2029, 3, 31))
        growth = np.broadcast_to(np.array([1.0, 1.02, 1.02**2])[:, None, None], (3, 1, len(names)))
        assert Inputs.reference(100 * np.array([hundreds]), growth) == compiled.inputs

    def test_pinned(self):
        """A pinned board has eight voters and a quorum of four with one of each side, before and after the order."""
        inputs = compile_inputs(example("large-hospital"), Scenario.reference(), END).inputs
        assert [[4, 4, 0]] * 6 == inputs.voting_members[0, :, 0].tolist()
        assert [4] * 6 == inputs.quorum[0, :, 0].tolist()
        assert inputs.both_sides


class TestTooMuchPressure:
    def test_named(self):
        """Pressure that multiplies spending beyond reason is refused by its own name."""
        p = example("body-corporate")
        with pytest.raises(ValueError, match=r"a pressure of 50.0% a year over 20 years multiplies spending by more"):
            compile_inputs(p, Scenario("far", pressure=0.5), date(2046, 3, 31))
