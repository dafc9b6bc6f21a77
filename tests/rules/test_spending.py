"""What directions specify and state, what is paid under them, and whether a year balances."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.budgets import Budget, Payment, SetAside
from scotintegration.directions import Direction
from scotintegration.examples import example
from scotintegration.money import Money
from scotintegration.registers import DirectionsRegister
from scotintegration.rules import ask
from scotintegration.rules.spending import PER_DIRECTION, authority_pays, budget_balances, specified_within
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("large-hospital")
BOARD = example("body-corporate")
NHS, IJB = "nhs-westerbraes", "balnavaird-ijb"


def small(*directions, p=P, complete=True, **budget):
    """Give a partnership only these directions and the budget of the year asked about."""
    register = DirectionsRegister(p.id, strict=False, complete=complete)
    for direction in directions:
        register = register.issue(direction)
    return p.evolve(directions=register, budgets=[Budget(**{"year": "2026/27", **budget})])


def direction(id="D-1", *, functions=("frailty",), start="2026-04-01", **fields):
    """Draft a direction in force from the first day of the year."""
    return Direction(id, given_to=NHS, functions=functions, effective_from=start, in_writing=True, **fields)


def held(amount, function="frailty"):
    """Set a sum aside."""
    return SetAside(health_board=NHS, function=function, amount=amount)


def paid(amount, under="D-1", function="frailty"):
    """Pay under a direction."""
    return Payment(payer=IJB, payee=NHS, function=function, amount=amount, direction=under)


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


FRAILTY = "functions['frailty']"


class TestSpecified:
    @given(st.lists(st.integers(0, 100), min_size=1, max_size=4), st.integers(0, 300))
    def test_sum(self, parts, whole):
        """All directions of a year together specify no more than was set aside."""
        directions = [direction(f"D-{number}", specified=part) for number, part in enumerate(parts)]
        p = small(*directions, set_asides=[held(whole)])
        assert ("fail" if sum(parts) > whole else "pass") == ask(specified_within, p).outcome

    @given(st.permutations(["a", "b", "c"]))
    def test_together(self, names):
        """A sum for several functions is compared with what was set aside for them, in whatever order."""
        links = {"a": ["x", "y"], "b": ["y", "z"], "c": ["w"]}
        directions = [direction(name, functions=links[name], specified="£60") for name in names]
        sums = [held("£40", one) for one in "xyz"]
        assert "pass" == told(specified_within, small(*directions, set_asides=[*sums, held("£60", "w")]))
        where = "functions['x', 'y', 'z']"
        less = [held("£39", "x"), *sums[1:], held("£60", "w")]
        assert [("fail", where)] == told(specified_within, small(*directions, set_asides=less))

    def test_penny(self):
        """A penny too much fails, and the finding says by whom and how to mend it."""
        p = small(direction(specified="£9.01"), set_asides=[held("£9")])
        (finding,) = ask(specified_within, p)
        assert "£9.01 specified by 'D-1', £9.00 set aside" == finding.what
        assert finding.mend.startswith("specify at most £9.00")

    def test_nothing_set_aside(self):
        """What is specified where nothing is set aside is too much."""
        assert [("fail", FRAILTY)] == told(specified_within, small(direction(specified="£1")))
        assert [("cannot tell", FRAILTY)] == told(
            specified_within, small(direction(specified="£1"), set_asides=UNKNOWN)
        )

    def test_sure_in_spite_of_gaps(self):
        """Too much is too much, though another direction's sum is missing; within the sum it cannot be told."""
        gap = direction("D-2", specified=UNKNOWN)
        for amount, expected in (("£10", "fail"), ("£9", "cannot tell")):
            p = small(direction(specified=amount), gap, set_asides=[held("£9")])
            assert [(expected, FRAILTY)] == told(specified_within, p)

    def test_functions(self):
        """A sum for functions that are not all known cannot be compared."""
        where = "directions['D-1'].functions"
        for functions in ((), Listing.partial("frailty")):
            p = small(direction(functions=functions, specified="£9", words="beds"), set_asides=[held("£9")])
            assert [("cannot tell", where)] == told(specified_within, p)

    def test_years(self):
        """A direction of another year is compared with that year's money."""
        old = direction(specified="£9", start="2025-04-01")
        assert [("cannot tell", "budgets['2025/26']")] == told(specified_within, small(old, set_asides=[held("£9")]))
        undated = old.evolve(effective_from=None, year=None, issued_on="2026-05-01")
        assert "pass" == told(specified_within, small(undated, set_asides=[held("£9")]))
        unknown = old.evolve(year=UNKNOWN)
        assert [("cannot tell", "directions['D-1'].year")] == told(specified_within, small(unknown))
        assert "pass" == told(specified_within, small(unknown.evolve(specified=None)))

    def test_derived(self):
        """Sums worked out settle nothing."""
        p = small(direction(specified="£10"), set_asides=[held("£9")], derived=True)
        assert [("cannot tell", "budgets['2026/27']")] == told(specified_within, p)

    def test_register(self):
        """A register known in part leaves the rest open."""
        p = small(direction(specified="£9"), set_asides=[held("£9")], complete=False)
        assert [("cannot tell", "directions")] == told(specified_within, p)

    def test_models(self):
        """Model b has no sums set aside."""
        assert "not applicable" == told(specified_within, example("lead-agency-to-board"))

    def test_draft(self):
        """A draft is compared by itself."""
        p = small(set_asides=[held("£9")])
        asked = PER_DIRECTION[specified_within.id]
        draft = Direction("D-9", functions=["frailty"], specified="£9")
        assert [] == list(asked(p, draft))
        assert ["fail"] == [one.outcome for one in asked(p, draft.evolve(specified="£9.01"))]
        assert [] == list(asked(p, draft.evolve(specified=None)))

    def test_recorded_in_part(self):
        """Where sums are known in part, one that is recorded is compared all the same."""
        sums = Listing.partial(held("£9"))
        for amount, expected in (("£9", "pass"), ("£10", [("fail", FRAILTY)])):
            assert expected == told(specified_within, small(direction(specified=amount), set_asides=sums))
        other = direction(functions=["stroke"], specified="£9")
        assert [("cannot tell", "functions['stroke']")] == told(specified_within, small(other, set_asides=sums))

    def test_nothing_specified(self):
        """Where nothing is specified no budget is needed."""
        assert "pass" == told(specified_within, small(direction()).evolve(budgets=()))


class TestPaid:
    @given(st.integers(1, 50), st.lists(st.integers(0, 50), max_size=3))
    def test_sum(self, stated, parts):
        """What was paid under a direction is what it states: less fails, more is worth a look."""
        other = direction("D-2", payment=1)
        payments = [paid(part, function=f"f-{number}") for number, part in enumerate(parts)]
        p = small(direction(payment=stated), other, payments=[*payments, paid(1, "D-2")])
        got = sum(parts)
        expected = "fail" if got < stated else "pass" if got == stated else "warn"
        assert expected == ask(authority_pays, p).outcome

    def test_replaced(self):
        """A direction that another took the place of within the year is judged by the other."""
        p = small(direction(payment="£5"), direction("D-2", payment="£4", start="2026-10-01", varies="D-1"))
        paid_up = p.evolve(budgets=[Budget(year="2026/27", payments=[paid("£4", "D-2")])])
        assert "pass" == told(authority_pays, paid_up)
        assert "pass" == told(authority_pays, paid_up.at("2026-09-30"))

    def test_replaced_later(self):
        """A direction whose place another takes in the next year is judged itself, whatever reference they share."""
        after = direction("D-1", payment="£4", start="2027-04-01", supersedes="2026/27/D-1")
        for amount, expected in (("£5", "pass"), ("£4", [("fail", "directions['D-1'].payment")])):
            p = small(direction(payment="£5"), after, payments=[paid(amount)])
            assert expected == told(authority_pays, p)
        changed = direction("D-2", payment="£4", start="2026-10-01", varies="2026/27/D-1")
        p = small(direction(payment="£5"), changed, payments=[paid("£4", "D-2")])
        assert "pass" == told(authority_pays, p.at("2026-09-30"))

    def test_cannot_tell(self):
        """Without the sum, the year, the budget or any payment out nothing can be told."""
        where = "directions['D-1'].payment"
        assert [("cannot tell", "directions['D-1']")] == told(authority_pays, small(direction(payment=UNKNOWN)))
        assert [("cannot tell", "directions['D-1']")] == told(
            authority_pays, small(direction(payment="£5", year=UNKNOWN))
        )
        assert [("cannot tell", where)] == told(authority_pays, small(direction(payment="£5"), year="2025/26"))
        assert [("cannot tell", where)] == told(authority_pays, small(direction(payment="£5")))
        for payments in (Listing.partial(paid("£4")), [paid("£4"), paid("£9", UNKNOWN)]):
            assert [("cannot tell", where)] == told(authority_pays, small(direction(payment="£5"), payments=payments))

    def test_nothing_stated(self):
        """A direction that states a method or nothing is not judged by sums."""
        for fields in ({}, {"payment": "£0"}, {"payment_method": "cost"}):
            assert "pass" == told(authority_pays, small(direction(**fields)))

    def test_not_applicable(self):
        """The day before the section came into force nobody had to pay."""
        assert "not applicable" == told(authority_pays, P.at("2014-09-21"))

    def test_mend(self):
        """A mend names what is missing."""
        (finding,) = ask(authority_pays, small(direction(payment="£5"), payments=[paid("£2")]))
        assert "pay the £3.00 that is missing, or vary the direction" == finding.mend


class TestBalance:
    @given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(-(10**9), 10**9))
    def test_identity(self, came, own, moved):
        """A year balances when what came in is directed, kept, moved or settled, and only then."""
        out = came - own - moved
        budget = attrs.evolve(
            BOARD.budgets[2],
            payments=[Payment(payer="strathallan-council", payee=BOARD.id, function="respite", amount=came)],
            reserves=[attrs.evolve(BOARD.budgets[2].reserves[0], movement=moved)],
            own_costs=own,
            settlements=out,
        )
        p = BOARD.evolve(budgets=[budget], directions=DirectionsRegister(BOARD.id))
        assert "pass" == told(budget_balances, p)
        wrong = p.evolve(budgets=[attrs.evolve(budget, settlements=out + 1)])
        assert [("fail", "budgets['2026/27']")] == told(budget_balances, wrong)

    def test_words(self):
        """What is left over and what is spent too much are told apart."""
        budget = BOARD.budgets[2]
        for own, words in ((Money(0), "is left over"), (budget.own_costs * 2, "too much is spent")):
            p = BOARD.evolve(budgets=[attrs.evolve(budget, own_costs=own)])
            (finding,) = ask(budget_balances, p)
            assert words in finding.what

    def test_every_year_begun(self):
        """A year that has not begun is not judged, one that is over is."""
        wrong = [attrs.evolve(one, own_costs="£1") for one in BOARD.budgets]
        p = BOARD.evolve(budgets=wrong)
        assert 3 == len(ask(budget_balances, p).findings)
        assert 1 == len(ask(budget_balances, p.at("2025-03-31")).findings)
        assert 2 == len(ask(budget_balances, p.at("2025-04-01")).findings)

    def test_cannot_tell(self):
        """What is missing, or worked out, is named."""
        here = "budgets['2026/27']"
        budget = BOARD.budgets[2]
        for change in ({"own_costs": UNKNOWN}, {"payments": UNKNOWN}, {"derived": True, "own_costs": "£1"}):
            p = BOARD.evolve(budgets=[attrs.evolve(budget, **change)])
            assert [("cannot tell", here)] == told(budget_balances, p)
        assert [("cannot tell", here)] == told(budget_balances, BOARD.evolve(budgets=UNKNOWN))
        assert "pass" == told(budget_balances, BOARD.evolve(budgets=()))
        assert "pass" == told(budget_balances, BOARD.evolve(budgets=Listing(BOARD.budgets.items, False)))

    def test_boards_only(self):
        """Lead agencies have no such identity."""
        assert "not applicable" == told(budget_balances, example("lead-agency-both-ways"))

    def test_penny(self):
        """A penny left over is said to be left over."""
        budget = BOARD.budgets[2]
        p = BOARD.evolve(budgets=[attrs.evolve(budget, own_costs=budget.own_costs - Money(1))])
        (finding,) = ask(budget_balances, p)
        assert "£0.01 is left over" in finding.what


class TestExamples:
    @pytest.mark.parametrize("rule", [authority_pays, budget_balances, specified_within], ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it."""
        assert "pass" == told(rule, rule.passing())
        assert "fail" == ask(rule, rule.failing()).outcome

    @pytest.mark.parametrize("rule", [authority_pays, budget_balances, specified_within], ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """No real area is said to keep or break a rule about its money."""
        outcomes = {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}
        assert outcomes <= {"cannot tell", "not applicable"}
