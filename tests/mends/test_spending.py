"""Mends of money out: what directions specify and state, what is paid under them, and whether it all balances."""

import pytest
from tests.mends.registers import COUNCIL, IJB, NHS, direction, issued, mended, paper, toy, with_functions

from scotintegration.budgets import ALL_FUNCTIONS, Payment, Reserve, SetAside
from scotintegration.money import Money
from scotintegration.unknown import UNKNOWN

PAYS, WITHIN = "PBJW-s27-3-ia-pays", "PBJW-s28-specified-within"
BALANCE, AFFORDED = "FIN-budget-identity", "GUID-D06-within-budget"
HELD = SetAside(health_board=NHS, function="frailty", amount="£50")
IN = Payment(payer=COUNCIL, payee=IJB, function="respite", amount="£40")


def out(amount, said="D-1", **changes):
    """Pay the council for respite under a direction."""
    return Payment(
        **{"payer": IJB, "payee": COUNCIL, "function": "respite", "amount": amount, "direction": said, **changes}
    )


def frail(id, **changes):
    """Direct the Health Board for frailty."""
    return paper(id, **{"given_to": NHS, "functions": ["frailty"], "payment": None, "set_aside": "£50", **changes})


class TestAuthorityPays:
    """What is paid under a direction."""

    def test_missing(self):
        """What is missing is paid beside what is."""
        one = paper("D-1", payment="£9")
        after = mended(PAYS, toy(*issued(one), payments=[out("£4")]))
        assert toy(*issued(one), payments=[out("£9")]) == after

    def test_more(self):
        """A direction states what was paid, where that is more."""
        after = mended(PAYS, toy(*issued(paper("D-1", payment="£9")), payments=[out("£10")]))
        assert toy(*issued(paper("D-1", payment="£10")), payments=[out("£10")]) == after

    def test_not_said_under_which(self):
        """A payment of which it was not recorded under which direction was made under the one it fits."""
        p = toy(*issued(paper("D-1", payment="£9")), payments=[out("£9", UNKNOWN)])
        assert [out("£9")] == list(mended(PAYS, p).budgets[0].payments)

    def test_not_recorded(self):
        """A sum that was not recorded is what was paid; one that was paid is not touched."""
        papers = [paper("D-1", payment=UNKNOWN), paper("D-2", payment="£3")]
        after = mended(PAYS, toy(*issued(*papers), payments=[out("£5"), out("£3", "D-2")]))
        assert [Money("£5"), Money("£3")] == [one.payment for one in after.directions]

    def test_for_no_function(self):
        """A direction for no function known is paid for all of them together, to the Health Board if to nobody else."""
        p = toy(*issued(paper("D-1", payment="£9", functions=["parks"], given_to=["made-up-charity"])))
        (paid,) = mended(PAYS, p).budgets[0].payments
        assert (ALL_FUNCTIONS, NHS) == (paid.function, paid.payee)


class TestSpecifiedWithin:
    """What directions specify."""

    def test_shared(self):
        """Directions that share a function share what is set aside; those recorded last give way."""
        papers = [frail("D-1", specified="£30"), frail("D-2", specified="£30"), frail("D-3", specified=UNKNOWN)]
        after = mended(WITHIN, toy(*issued(*papers), set_asides=[HELD]))
        assert [Money("£30"), Money("£20"), Money(0)] == [one.specified for one in after.directions]

    def test_elsewhere(self):
        """What is specified for another function is not touched, nor is a direction that specifies nothing."""
        more = SetAside(health_board=NHS, function="nursing", amount="£9")
        papers = [
            frail("D-1", specified=UNKNOWN),
            frail("D-2", functions=["nursing"], specified="£9"),
            paper("D-3"),
            paper("D-4", effective_from="2025-04-01"),
        ]
        p = with_functions(toy(*issued(*papers), set_asides=[HELD, more]), "nursing", funding="set-aside")
        after = mended(WITHIN, p)
        assert [Money("£50"), Money("£9"), None, None] == [one.specified for one in after.directions]


class TestBudgetBalances:
    """The balance of a year."""

    @pytest.mark.parametrize(("costs", "opening", "moved"), [("£30", "£0", "£10"), ("£50", "£10", "-£10")])
    def test_no_reserve(self, costs, opening, moved):
        """Where there is no reserve one is made of what is left, or of what is missing."""
        (reserve,) = mended(BALANCE, toy(payments=[IN], own_costs=costs)).budgets[0].reserves
        assert (Money.of(opening), Money.of(moved)) == (reserve.opening, reserve.movement)

    def test_reserve(self):
        """What is left goes to the general reserve, and no other is touched."""
        reserves = [Reserve(kind="general", opening="£5"), Reserve(kind="earmarked", opening="£2", purpose="winter")]
        after = mended(BALANCE, toy(payments=[IN], own_costs="£30", reserves=reserves)).budgets[0].reserves
        assert [("earmarked", Money(0)), ("general", Money("£10"))] == [(one.kind, one.movement) for one in after]


class TestWithinBudget:
    """What there is to direct."""

    def test_specified_first(self):
        """What is specified beyond what is set aside is cut before anything else."""
        papers = [frail("D-1", specified="£60"), paper("D-2", payment="£40")]
        after = mended(AFFORDED, toy(*issued(*papers), payments=[IN], set_asides=[HELD]))
        assert (Money("£50"), Money("£40")) == (direction(after, "D-1").specified, direction(after, "D-2").payment)

    def test_last_first(self):
        """Then directions recorded last give way to those before."""
        papers = [
            paper("D-0", payment="£10", effective_from="2025-04-01"),
            paper("D-1", payment="£30"),
            paper("D-2", payment="£30"),
        ]
        reserve = Reserve(kind="general", opening="£5", movement="-£5")
        after = mended(AFFORDED, toy(*issued(*papers), payments=[IN], reserves=[reserve]))
        assert [Money("£10"), Money("£30"), Money("£15")] == [one.payment for one in after.directions]

    def test_nothing_stated(self):
        """Where nothing is stated no budget is made."""
        after = mended(AFFORDED, toy(*issued(paper("D-1", payment=UNKNOWN))))
        assert (Money(0), ()) == (direction(after, "D-1").payment, after.budgets.items)
