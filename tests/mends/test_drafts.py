"""Mends of what a direction says: in what form it is given, what it asks for, and which sums it states."""

from tests.mends.registers import COUNCIL, IJB, NHS, YEAR, direction, issued, mended, paper, toy

from scotintegration.budgets import Payment, SetAside
from scotintegration.money import Money
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN

PAID, HELD = "PBJW-s27-1b-payment", "PBJW-s27-1a-set-aside-amount"
BREAKS = Payment(payer=IJB, payee=COUNCIL, function="respite", amount="£7", direction="D-1")


class TestInWriting:
    """The form of a direction."""

    def test_revocation(self):
        """A paper that only revokes another is put in writing too, and no other is touched."""
        bare = paper("D-2", functions=[], revokes="D-1", in_writing=False, effective_from="2026-09-01")
        steps = [*issued(paper("D-1")), Step(kind="revoke", direction=bare, target="D-1", on="2026-09-01")]
        after = mended("PBJW-s27-writing", toy(*steps))
        assert [True, True] == [one.in_writing for one in after.directions]


class TestPaymentStated:
    """The payment that a direction states."""

    def test_paid(self):
        """What was paid under it is what it states."""
        p = toy(*issued(paper("D-1", payment=None)), payments=[BREAKS])
        assert Money("£7") == direction(mended(PAID, p), "D-1").payment

    def test_not_paid(self):
        """It states £0.00 where nothing was paid under it."""
        assert toy(*issued(paper("D-1"))) == mended(PAID, toy(*issued(paper("D-1", payment=None))))

    def test_not_whole_scheme(self):
        """Where it names a function that the scheme may hold, the scheme is taken to be whole."""
        p = toy(*issued(paper("D-1", functions=["respite", "parks"], payment=UNKNOWN)))
        assert Money(0) == direction(mended(PAID, p), "D-1").payment


class TestSetAsideStated:
    """The amount set aside that a direction states."""

    def test_recorded(self):
        """What is recorded as set aside is what it states, and a payment that is right stays."""
        held = SetAside(health_board=NHS, function="frailty", amount="£50")
        one = paper("D-1", given_to=NHS, functions=["frailty", "nursing"], payment="£1", set_aside="£49")
        after = mended(HELD, toy(*issued(one), set_asides=[held]))
        assert toy(*issued(one.evolve(set_aside="£50")), set_asides=[held]) == after

    def test_last_year(self):
        """A direction of a year of which no budget is at hand states that nothing was set aside in it."""
        one = paper("D-1", given_to=NHS, functions=["frailty"], set_aside=UNKNOWN, effective_from="2025-04-01")
        after = mended(HELD, toy(*issued(one)))
        assert Money(0) == direction(after, "D-1").set_aside


class TestAmountAndKind:
    """Why a direction states no amount."""

    def test_elsewhere(self):
        """It says where the amount is stated, or how it is found, and no amount is made up."""
        rule = "GUID-D05-amount-and-kind"
        said = {"payment": None, "set_aside": None}
        papers = [paper("D-1", budget_in="D-9", **said), paper("D-2", payment_method="by bed days", **said)]
        after = mended(rule, toy(*issued(*papers)))
        assert ["the amount is stated in D-9", "the amount is found by the method that it states"] == [
            one.no_amount for one in after.directions
        ]


class TestContent:
    """What a direction asks for."""

    def test_words(self):
        """A direction that names functions in words asks for what they say."""
        p = toy(*issued(paper("D-1", functions=[], words="short breaks")))
        assert "Carry out short breaks" == direction(mended("GUID-dir-content", p), "D-1").text

    def test_names(self):
        """It asks for the functions by name."""
        p = toy(*issued(paper("D-1", text="  ", year=YEAR)))
        assert "Carry out Respite" == direction(mended("GUID-dir-content", p), "D-1").text
