"""Lines are typed and cited, and cannot be built without a provision."""

import pickle

import attrs
import pytest
from hypothesis import given
from tests.partnerships import DAYS, FEWER, assert_refused, partnerships, wrong

from scotintegration.budgets import Payment
from scotintegration.citations import cite
from scotintegration.dates import FinancialYear, Interval
from scotintegration.errors import CitationError
from scotintegration.lines import ALWAYS, Layer, Line, LineBasis
from scotintegration.money import Money
from scotintegration.unknown import UNKNOWN

LINE = Line(from_id="toy-ijb", to_id="scottish-ministers", kind="accountability", citation="asp 2014/9 s.52")


class TestLaws:
    @FEWER
    @given(partnerships())
    def test_every_line(self, p):
        """Every line is a value, has a citation, belongs to one layer and is known by its ends and its id."""
        for line in p.all_lines:
            assert line == pickle.loads(pickle.dumps(line))
            assert line.citation == cite(str(line.citation))
            assert line.kind is line.layer
            assert (line.from_id, line.to_id, line.id) == line.order
        assert len(p.all_lines) == len({line.order for line in p.all_lines})
        assert sorted(p.all_lines, key=lambda line: line.order) == list(p.all_lines)

    @given(DAYS)
    def test_always(self, on):
        """A line without days holds on every day."""
        assert on in LINE.days
        assert ALWAYS is LINE.days


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        wrong(
            LINE,
            from_id="id",
            to_id="id",
            kind="word",
            citation=(None, UNKNOWN, 5, True, ""),
            basis="word",
            about=(None, UNKNOWN, 5, True),
            days="days",
            year=(2026, "2026/27", 1.5, True, UNKNOWN),
            amount=(5, 1.5, "£5", True, UNKNOWN),
            value=(5, "care-at-home", True, UNKNOWN),
            id="text",
        ),
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)

    def test_no_citation(self):
        """A line without a citation cannot be built."""
        with pytest.raises(TypeError, match="citation"):
            Line(from_id="toy-ijb", to_id="scottish-ministers", kind="accountability")
        with pytest.raises(CitationError, match=r"Line\.citation"):
            attrs.evolve(LINE, citation=" ")


class TestLine:
    @pytest.mark.parametrize(
        ("expected", "fields"),
        [
            ("payment", {}),
            ("payment/care-at-home", {"about": "care-at-home"}),
            ("payment/2026/27", {"year": FinancialYear("2026/27")}),
            ("payment/2026/27/care-at-home", {"year": FinancialYear("2026/27"), "about": "care-at-home"}),
            ("own", {"id": "own"}),
        ],
    )
    def test_id(self, expected, fields):
        """A line's id is made of what it is, its year and what it is about, unless it is given one."""
        line = Line(from_id="toy-council", to_id="toy-ijb", kind="payment", citation="asp 2014/9 s.14(2)", **fields)
        assert expected == line.id

    def test_value(self):
        """A line carries its money and what stands behind it."""
        payment = Payment(payer="toy-council", payee="toy-ijb", function="respite", amount="£5")
        line = Line(
            from_id="toy-council",
            to_id="toy-ijb",
            kind=Layer.PAYMENT,
            citation=cite("asp 2014/9 s.14(2)"),
            amount=payment.amount,
            value=payment,
            days=Interval.of("2026"),
        )
        assert (Money("£5"), payment) == (line.amount, line.value)
        assert LineBasis.ASSERTED is line.basis
