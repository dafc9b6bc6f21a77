"""The table of sums set aside: what is not recorded is never nothing."""

import attrs
import pytest
from tests.test_flows import directed, held

from scotintegration.budgets import Budget
from scotintegration.examples import EXAMPLES, example
from scotintegration.money import Money, total
from scotintegration.unknown import UNKNOWN, Listing


class TestLaws:
    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("year", ["2025/26", "2026/27"])
    def test_total(self, name, year):
        """The total is that of the money of the year, and of the rows."""
        p = example(name)
        table = p.set_aside(year)
        assert p.money(year).set_aside == table.total.set_aside == total(row.set_aside for row in table)
        assert total(row.specified for row in table) == table.total.specified
        assert total(row.used for row in table) == table.total.used
        assert len(table.rows) == len(table)

    def test_unused(self):
        """What was specified is what was used and what was not."""
        for row in example("large-hospital").set_aside("2026/27"):
            assert row.specified == row.used + row.unused


class TestUnknown:
    def table(self, *directions, **fields):
        return directed(*directions, budget=Budget(year="2026/27", **fields)).partnership.set_aside("2026/27")

    def test_used(self):
        """Use that was not recorded leaves the total unknown, and not the sum set aside."""
        table = self.table(set_asides=[held(50), attrs.evolve(held(20, "stroke"), used=5)])
        assert (Money(70), Money(0), UNKNOWN) == attrs.astuple(table.total, recurse=False)
        assert [UNKNOWN, Money(5)] == [row.used for row in table]
        assert [UNKNOWN, Money(-5)] == [row.unused for row in table]
        assert ("total", "", "£0.70", "£0.00", "not recorded") == table.to_table().rows[-1]

    def test_in_part(self):
        """Where sums may be missing no total is known."""
        table = self.table({"functions": ["frailty"], "specified": 7}, set_asides=Listing.partial())
        assert (UNKNOWN, Money(7), UNKNOWN) == attrs.astuple(table.total, recurse=False)
        assert ("Known only in part.",) == table.to_table().notes
        assert "not recorded" in str(table)

    def test_nothing_held(self):
        """A function for which nothing is set aside used nothing of it."""
        table = self.table({"functions": ["frailty"], "specified": 7})
        assert (Money(0), Money(7), Money(0)) == attrs.astuple(table.total, recurse=False)

    @pytest.mark.parametrize(("said", "method"), [("not recorded", UNKNOWN), ("none", None), ("bed days", "bed days")])
    def test_method(self, said, method):
        """The method is that of the function, or of the scheme, or is not known."""
        flows = directed(budget=Budget(year="2026/27", set_asides=[held(50)]))
        scheme = attrs.evolve(flows.partnership.scheme, set_aside_method=method)
        table = flows.partnership.evolve(scheme=scheme).set_aside("2026/27")
        assert said == table.to_table().rows[0][1]


class TestPrinted:
    def test_columns(self):
        """The table has a row a function, under the words of the issue."""
        table = example("large-hospital").set_aside("2026/27")
        columns = ("function", "scheme method", "set aside", "specified in directions", "used")
        assert columns == table.to_table().columns
        assert "<SetAsideTable of 'Balnavaird', 2026/27>" == repr(table)
        assert "2026/27" == str(table.year)
