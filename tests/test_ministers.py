"""Tests of what Ministers tell bodies to do, and what they excuse them from."""

from datetime import date

import pytest

from scotintegration.examples import example
from scotintegration.ministers import ExemptionOrder
from scotintegration.partnership import Partnership
from scotintegration.rules import Outcome
from scotintegration.unknown import UNKNOWN, Listing

EVERY = "PBJW-s26-1-every-function"


def order(**fields):
    return ExemptionOrder(**{"id": "order-1", "functions": ["respite"], "start": "2026-12-01", **fields})


class TestExemptionOrder:
    def test_days(self):
        """It is in force from its first day to its last, both included; a day not recorded is no bound."""
        held = order(until="2026-12-31").days
        assert [False, True, True, False] == [
            day in held for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1))
        ]
        assert date(1990, 1, 1) in order(start=UNKNOWN).days
        assert date(1990, 1, 1) in order(start=None).days
        assert "ExemptionOrder" == order().kind

    def test_refuses(self):
        """Its last day is not before its first."""
        with pytest.raises(ValueError, match="until"):
            order(until="2026-11-30")

    def test_excuses(self):
        """While it is in force no direction need be given for its functions, and on other days one must."""
        p = example("body-corporate")
        live = next(one for one in p.directions.in_force(on=p.as_at) if "respite" in one.functions.items)
        gone = p.evolve(directions=p.directions.revoke(live, on="2026-11-25"), exemption_orders=[order()])
        assert Outcome.FAIL is gone.check(as_at="2026-11-30")[EVERY].outcome
        assert Outcome.PASS is gone.check(as_at="2026-12-01")[EVERY].outcome
        assert ["respite"] == list(gone.register.functions_without_direction(on="2026-11-30"))
        assert [] == list(gone.register.functions_without_direction(on="2026-12-01"))
        (gap,) = gone.register.gaps("2026-11-01", "2026-12-31")
        assert ("respite", date(2026, 11, 25), date(2026, 11, 30)) == (gap.function, gap.days.start, gap.days.last_day)
        assert Partnership.from_graph(gone.graph()) == gone

    def test_known_in_part(self):
        """Orders known only in part leave it open whether one excuses."""
        p = example("body-corporate").evolve(exemption_orders=Listing((order(),), complete=False))
        assert Listing(("respite",), complete=False) == p.excused(date(2026, 12, 1))
        assert not p.register.gaps("2026-12-01", "2026-12-02").complete
