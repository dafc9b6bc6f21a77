"""Mends of payments that change within a year."""

import pytest
from tests.mends.registers import COUNCIL, IJB, YEAR, direction, issued, mended, paper, toy

from scotintegration.budgets import Payment
from scotintegration.money import Money
from scotintegration.unknown import UNKNOWN

REVISED, MATCHED = "GUID-D09-revise-on-change", "GUID-D10-increase-matched"


def out(amount="£9", said="D-1", **changes):
    """Pay the council for respite under a direction, more since June."""
    told = {"changed_on": "2026-06-01", "before": "£8", **changes}
    return Payment(
        **{"payer": IJB, "payee": COUNCIL, "function": "respite", "amount": amount, "direction": said, **told}
    )


class TestRevisedOnChange:
    """The direction behind a payment that changed."""

    def test_varied(self):
        """The direction is varied from the day of the first change under it, and what changed is paid under that."""
        steady = out("£1", function="nursing", changed_on=None, before=None)
        later = out("£2", function="frailty", changed_on="2026-07-01")
        p = toy(*issued(paper("D-1", payment="£12")), payments=[out(), steady, later])
        after = mended(REVISED, p)
        assert {"D-1-varied": Money("£12"), "D-1": Money("£12")} == {one.id: one.payment for one in after.directions}
        assert "2026-06-01" == str(direction(after, "D-1-varied").effective_from)
        assert {"respite": "D-1-varied", "frailty": "D-1-varied", "nursing": "D-1"} == {
            one.function: one.direction for one in after.budgets[0].payments
        }
        assert "PBJW-s27-3-ia-pays" not in {one.rule for one in after.check(topic="money").unlawful}

    def test_from_another_year(self):
        """One that runs on from an earlier year is varied by one that states what is paid in this."""
        old = paper("D-1", payment="£8", effective_from="2025-04-01")
        after = mended(REVISED, toy(*issued(old), payments=[out()]))
        assert (Money("£9"), YEAR) == (
            direction(after, "D-1-varied").payment,
            str(direction(after, "D-1-varied").year),
        )

    def test_began_later(self):
        """A payment changed as the direction behind it began, where that was within the year and later."""
        one = paper("D-1", payment="£9", effective_from="2026-08-01")
        after = mended(REVISED, toy(*issued(one), payments=[out()]))
        assert toy(*issued(one), payments=[out(changed_on="2026-08-01")]) == after

    def test_found(self):
        """A direction that was not recorded is the one in force for the function and the body."""
        one = paper("D-1", payment="£9", effective_from="2026-05-01")
        after = mended(REVISED, toy(*issued(one), payments=[out(said=UNKNOWN)]))
        assert toy(*issued(one), payments=[out()]) == after

    @pytest.mark.parametrize("steps", [[], issued(paper("D-1", ends_on="2026-05-01"))])
    def test_none_behind(self, steps):
        """With no direction in force behind it a payment is taken not to have changed."""
        after = mended(REVISED, toy(*steps, payments=[out()]))
        assert toy(*steps, payments=[out(changed_on=None, before=None)]) == after


class TestIncreaseMatched:
    """Where money for an increase comes from."""

    def test_no_reserve(self):
        """Without reserves what was paid before is put right."""
        steady = out("£1", function="nursing", changed_on=None, before=None)
        after = mended(MATCHED, toy(payments=[out(), steady]))
        assert toy(payments=[out(before="£9"), steady]) == after

    def test_to_come(self):
        """A change that is to come asks for nothing yet, though nobody recorded what another was before."""
        payments = [out(changed_on="2027-01-01"), out(said="D-2", before=UNKNOWN)]
        after = mended(MATCHED, toy(payments=payments))
        assert toy(payments=[payments[0], out(said="D-2", before="£9")]) == after
