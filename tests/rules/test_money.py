"""Payments and sums set aside, against what the method of the scheme yields."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.budgets import Budget, Determination, Payment, SetAside
from scotintegration.examples import example
from scotintegration.rules import ask, find
from scotintegration.rules.money import (
    council_pays,
    council_pays_health_board,
    health_board_funds_council,
    health_board_pays,
    health_board_sets_aside,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("large-hospital")
ADULTS = example("lead-agency-to-board")
BOTH = example("lead-agency-both-ways")
NHS, COUNCIL, IJB = "nhs-westerbraes", "balnavaird-council", "balnavaird-ijb"
CARE = next(one for one in P.functions if one.id == "care-at-home")
WARD = next(one for one in P.functions if one.id == "accident-emergency")
NURSES = next(one for one in P.functions if one.id == "district-nursing")

ALL = (council_pays, health_board_sets_aside, health_board_pays, council_pays_health_board, health_board_funds_council)


def small(p=P, *, functions=(CARE, WARD, NURSES), **budget):
    """Cut a partnership down to three functions and the budget of the year asked about."""
    fields = {"year": "2026/27", "determined": [found("care-at-home"), found("accident-emergency")], **budget}
    scheme = attrs.evolve(p.scheme, functions=functions)
    return p.evolve(scheme=scheme, budgets=[Budget(**fields)])


def found(function, amount="£100"):
    """Say what the method yields."""
    return Determination(function=function, amount=amount)


def paid(amount, function="care-at-home", payer=COUNCIL, payee=IJB):
    """Say what was paid."""
    return Payment(payer=payer, payee=payee, function=function, amount=amount)


def held(amount, function="accident-emergency"):
    """Say what was set aside."""
    return SetAside(health_board=NHS, function=function, amount=amount)


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


PAYMENT = "budgets['2026/27'].payments['care-at-home']"
HOLDING = "budgets['2026/27'].set_asides['accident-emergency']"


class TestLaws:
    @given(st.integers(0, 200), st.integers(0, 200))
    def test_less_fails(self, got, due):
        """A penny less than the method yields fails, as much passes, more is only worth a look."""
        p = small(functions=[CARE], determined=[found("care-at-home", due)], payments=[paid(got)])
        expected = "fail" if got < due else "pass" if got == due else "warn"
        assert expected == ask(council_pays, p).outcome

    @given(st.dictionaries(st.sampled_from(["care-homes", "respite", "day-services"]), st.integers(1, 500)))
    def test_other_functions(self, others):
        """Whatever is paid for other functions adds nothing to this one."""
        care = [one for one in P.functions if one.id == "care-at-home" or one.id in others]
        payments = [paid(99), *(paid(amount, function) for function, amount in others.items())]
        due = [found("care-at-home", 100), *(found(function, amount) for function, amount in others.items())]
        p = small(functions=care, determined=due, payments=payments)
        assert [("fail", PAYMENT)] == told(council_pays, p)

    @pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
    def test_missing_payments_never_fail(self, rule):
        """Where neither payments nor sums set aside are known, nobody is said to have paid too little."""
        for p in (P, ADULTS, BOTH):
            budgets = [attrs.evolve(one, payments=UNKNOWN, set_asides=UNKNOWN) for one in p.budgets]
            assert ask(rule, p.evolve(budgets=budgets)).outcome in ("cannot tell", "not applicable")

    @pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
    def test_derived_settles_nothing(self, rule):
        """Figures that were worked out settle nothing, whatever they say."""
        for p in (P, ADULTS, BOTH):
            budgets = [attrs.evolve(one, derived=True) for one in p.evolve(budgets=p.budgets).budgets]
            assert ask(rule, p.evolve(budgets=budgets)).outcome in ("cannot tell", "not applicable")

    @pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """No real area is said to have kept or broken a rule about its payments."""
        outcomes = {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}
        assert outcomes <= {"cannot tell", "not applicable"}


class TestPayments:
    def test_short(self):
        """A council that pays a penny less is told what is missing."""
        p = small(functions=[CARE], payments=[paid("£99.99")])
        (finding,) = ask(council_pays, p)
        assert PAYMENT == finding.where
        assert "£99.99 paid, £100.00 found by the method of the scheme" == finding.what
        assert "pay the £0.01 that is missing, or find the sum anew under the scheme" == finding.mend

    def test_more(self):
        """A council that pays a penny more is asked why."""
        (finding,) = ask(council_pays, small(functions=[CARE], payments=[paid("£100.01")]))
        assert ("warn", PAYMENT) == (finding.outcome, finding.where)
        assert "say why £0.01 more was paid than the method yields" == finding.mend

    def test_other_payers(self):
        """What another body pays, or pays to another, is not what the council owes."""
        p = small(functions=[CARE], payments=[paid("£100", payer=NHS), paid("£100", payee=NHS)])
        assert [("fail", PAYMENT)] == told(council_pays, p)

    def test_sum_for_all_functions(self):
        """A payment for no one function may hold what seems to be missing."""
        p = small(functions=[CARE], payments=[paid("£100", function="all-functions")])
        assert [("cannot tell", PAYMENT)] == told(council_pays, p)

    def test_nothing_found(self):
        """What the method yields has to be known."""
        p = small(functions=[CARE], determined=UNKNOWN, payments=[paid("£100")])
        assert [("cannot tell", PAYMENT)] == told(council_pays, p)

    def test_enough_is_known(self):
        """As much as the method yields is enough, whatever else was paid."""
        p = small(functions=[CARE], payments=Listing.partial(paid("£100")))
        assert "pass" == told(council_pays, p)

    def test_no_budget(self):
        """Without a budget of the year nothing can be told, and another year's is no help."""
        for budgets in ((), UNKNOWN, [Budget(year="2025/26")]):
            p = small().evolve(budgets=budgets)
            assert [("cannot tell", "budgets['2026/27']")] == told(council_pays, p)

    def test_more_functions(self):
        """A list of functions known in part leaves the rest open, and hides no breach."""
        p = small(functions=Listing.partial(CARE), payments=[paid("£1")])
        assert [("cannot tell", "functions"), ("fail", PAYMENT)] == told(council_pays, p)

    def test_nothing_delegated(self):
        """Where a council delegates nothing it owes nothing, with or without a budget."""
        assert "pass" == told(council_pays, small(functions=[WARD]).evolve(budgets=()))

    def test_health_board(self):
        """A Health Board pays for what it delegates without a sum set aside."""
        p = small(functions=[NURSES], determined=[found("district-nursing")])
        assert [("fail", "budgets['2026/27'].payments['district-nursing']")] == told(health_board_pays, p)
        budget = attrs.evolve(p.budgets[0], payments=[paid("£100", "district-nursing", NHS)])
        assert "pass" == told(health_board_pays, p.evolve(budgets=[budget]))

    def test_received_by_another(self):
        """Under a board money is paid to the board, whoever the scheme says receives the function."""
        astray = attrs.evolve(CARE, delegate=NHS)
        assert "pass" == told(council_pays, small(functions=[astray], payments=[paid("£100")]))

    @pytest.mark.parametrize("rule", [council_pays, health_board_pays, health_board_sets_aside], ids=lambda one: one.id)
    def test_boards_only(self, rule):
        """Section 14 is about boards."""
        assert "not applicable" == told(rule, BOTH)
        assert "not applicable" == told(rule, P.at("2014-09-21"))

    def test_in_the_law(self):
        """On the first day the section is in force the rule applies."""
        assert "not applicable" != told(council_pays, P.at("2014-09-22"))


class TestSetAside:
    def test_less(self):
        """A Health Board that sets aside too little fails, and too much is worth a look."""
        assert [("fail", HOLDING)] == told(health_board_sets_aside, small(functions=[WARD], set_asides=[held("£99")]))
        assert "pass" == told(health_board_sets_aside, small(functions=[WARD], set_asides=[held("£100")]))
        assert [("warn", HOLDING)] == told(health_board_sets_aside, small(functions=[WARD], set_asides=[held("£101")]))

    def test_nothing(self):
        """Nothing set aside is less than the method yields."""
        assert [("fail", HOLDING)] == told(health_board_sets_aside, small(functions=[WARD]))

    def test_known_in_part(self):
        """A sum that may stand in the rest of the record cannot be told."""
        assert [("cannot tell", HOLDING)] == told(health_board_sets_aside, small(functions=[WARD], set_asides=UNKNOWN))

    @pytest.mark.parametrize("funding", [UNKNOWN, "payment+set-aside"])
    @pytest.mark.parametrize("rule", [health_board_sets_aside, health_board_pays], ids=lambda rule: rule.id)
    def test_funding(self, rule, funding):
        """Where it is not clear how a function is funded nothing can be told."""
        p = small(functions=[attrs.evolve(WARD, funding=funding)])
        assert [("cannot tell", "functions['accident-emergency'].funding")] == told(rule, p)

    @pytest.mark.parametrize("rule", [health_board_sets_aside, health_board_pays], ids=lambda rule: rule.id)
    def test_no_funding(self, rule):
        """Where the scheme has no method at all that is the scheme's fault, not the payer's."""
        assert "pass" == told(rule, small(functions=[attrs.evolve(WARD, funding=())]))


class TestLeadAgencies:
    def test_to_health_board(self):
        """A council that pays its Health Board nothing for a function fails."""
        budgets = [attrs.evolve(one, payments=()) for one in ADULTS.budgets]
        assert len(ADULTS.functions) == len(told(council_pays_health_board, ADULTS.evolve(budgets=budgets)))
        assert "pass" == told(council_pays_health_board, BOTH)
        assert "not applicable" == told(council_pays_health_board, P)

    def test_to_council(self):
        """A Health Board pays or sets aside for what it delegates to a council."""
        child = attrs.evolve(WARD, delegator="nhs-ardlarich", delegate="ardlarich-council")
        scheme = attrs.evolve(BOTH.scheme, functions=[child])
        for amount, expected in (("£100", "pass"), ("£99", [("fail", HOLDING)])):
            sums = [SetAside(health_board="nhs-ardlarich", function=child.id, amount=amount)]
            budget = Budget(year="2026/27", determined=[found(child.id)], set_asides=sums)
            assert expected == told(health_board_funds_council, BOTH.evolve(scheme=scheme, budgets=[budget]))
        assert "not applicable" == told(health_board_funds_council, ADULTS)

    def test_funding(self):
        """How a function for a council is funded has to be known."""
        child = attrs.evolve(WARD, delegator="nhs-ardlarich", delegate="ardlarich-council", funding=UNKNOWN)
        p = BOTH.evolve(scheme=attrs.evolve(BOTH.scheme, functions=[child]))
        assert [("cannot tell", "functions['accident-emergency'].funding")] == told(health_board_funds_council, p)


class TestExamples:
    @pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """The example that keeps a rule passes, and the one that breaks it lacks one penny."""
        assert "pass" == ask(rule, rule.passing()).outcome
        (finding,) = ask(rule, rule.failing())
        assert "fail" == finding.outcome
        assert "£0.01" in finding.mend
        assert rule is find(rule.id)
