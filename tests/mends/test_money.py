"""Mends of money in: what councils and Health Boards pay or set aside, and the reports on it."""

from tests.mends.registers import COUNCIL, IJB, NHS, YEAR, issued, mended, paper, toy, with_functions

from scotintegration.budgets import Determination, Payment, SetAside, SetAsideReport
from scotintegration.money import Money
from scotintegration.unknown import UNKNOWN, Listing

COUNCIL_PAYS, BOARD_PAYS, HELD = "PBJW-s14-2-la-pays", "PBJW-s14-4-hb-pays", "PBJW-s14-3-hb-set-aside"
FOUND = [Determination(function=one, amount="£40") for one in ("frailty", "nursing", "respite")]


def paid(amount, **changes):
    """Let the council pay for respite."""
    return Payment(**{"payer": COUNCIL, "payee": IJB, "function": "respite", "amount": amount, **changes})


class TestFunded:
    """What is paid, or set aside."""

    def test_nothing_known(self):
        """Where nothing is known the year has a budget that finds £0.00, and in which nothing is paid."""
        (budget,) = mended(COUNCIL_PAYS, toy()).budgets
        assert (YEAR, (), ()) == (str(budget.year), budget.payments.items, budget.set_asides.items)
        assert [Determination(function="respite", amount=Money(0))] == list(budget.determined)

    def test_missing(self):
        """What is missing is paid, and other payments are not touched."""
        before = toy(determined=FOUND, payments=[paid("£39")])
        assert toy(determined=FOUND, payments=[paid("£40")]) == mended(COUNCIL_PAYS, before)

    def test_more(self):
        """Where more was paid than the method yields the sum is found anew."""
        fresh = [*FOUND[:2], Determination(function="respite", amount="£41")]
        before = toy(determined=FOUND, payments=[paid("£41")])
        assert toy(determined=fresh, payments=[paid("£41")]) == mended(COUNCIL_PAYS, before)

    def test_as_stated(self):
        """What the method yields, where it is not recorded, is what directions of the year state."""
        old = paper("D-0", payment="£7", effective_from="2025-04-01")
        p = toy(*issued(old, paper("D-1", payment="£5"), paper("D-2", payment="£4")))
        (budget,) = mended(COUNCIL_PAYS, p).budgets
        assert [Money("£9")] == [one.amount for one in budget.determined]

    def test_set_aside(self):
        """What is set aside is stated by directions, where these stated the whole sum before."""
        one = paper("D-1", given_to=NHS, functions=["frailty"], payment=None, set_aside="£39")
        held = SetAside(health_board=NHS, function="frailty", amount="£39")
        after = mended(HELD, toy(*issued(one), determined=FOUND, set_asides=[held]))
        assert [Money("£40")] == [one.amount for one in after.budgets[0].set_asides]
        assert [Money("£40")] == [one.set_aside for one in after.directions]

    def test_funding(self):
        """A function of which nobody recorded it has a sum set aside if s. 1(14) asks for it, or one is recorded."""
        facts = {"in_hospital": True, "hospital_in_hb_area": True, "la_areas": 2, "deemed_out": False}
        held = SetAside(health_board=NHS, function="nursing", amount="£1")
        p = with_functions(toy(set_asides=[held]), funding=UNKNOWN)
        after = mended(BOARD_PAYS, with_functions(p, "frailty", **facts))
        assert [("set-aside",), ("set-aside",), UNKNOWN] == [one.funding for one in after.functions]

    def test_none_due(self):
        """Where nobody is owed anything no budget is made."""
        after = mended(HELD, with_functions(toy(), "frailty", "nursing", funding=UNKNOWN))
        assert () == after.budgets.items


class TestReportsGiven:
    """Reports on sums set aside."""

    def test_given(self):
        """A report that is late or missing was given on its day; those in time, or to come, stay."""
        days = [
            ("2026-05-01", "2026-04-30"),
            ("2026-06-01", "2026-06-02"),
            ("2026-07-01", None),
            ("2027-01-01", None),
            (UNKNOWN, "2026-08-01"),
            (UNKNOWN, UNKNOWN),
            (None, None),
        ]
        reports = [SetAsideReport(due_on=due, given_on=given) for due, given in days]
        after = mended("PBJW-s28-5-report", toy(set_aside_reports=reports)).budgets[0].set_aside_reports
        assert {"2026-04-30", "2026-06-01", "2026-07-01", "2026-08-01", "None"} == {
            str(one.given_on) for one in after if one.due_on is not None
        }

    def test_whole(self):
        """Reports of years in which nothing was set aside may stay known in part."""
        p = toy(set_aside_reports=UNKNOWN)
        after = mended("PBJW-s28-5-report", p.evolve(budgets=Listing(p.budgets.items, complete=False)))
        assert (False, True) == (after.budgets[0].set_aside_reports.complete, after.budgets.complete)
