"""The directions in force on a day can be printed, and are still a listing like any other."""

import csv
import io
import pickle
from datetime import date

import attrs
import pytest

import scotintegration as si
from scotintegration.directions import Direction
from scotintegration.registers import DirectionsRegister
from scotintegration.registers._standing import StandingDirections
from scotintegration.unknown import UNKNOWN, Listing

ON = date(2026, 11, 22)


def standing(*directions, complete=True):
    """Give directions as what is in force on a day."""
    register = DirectionsRegister("toy-ijb", strict=False, complete=complete)
    for one in directions:
        register = register.issue(one)
    return StandingDirections(items=register.directions, complete=complete, on=ON, register=register)


@pytest.fixture
def live():
    """Give two directions."""
    first = Direction(
        "D-1",
        title="Short breaks",
        given_to="toy-council",
        functions=["respite"],
        payment="£5",
        specified="£4",
        effective_from="2026-04-01",
        ends_on="2027-03-31",
    )
    rest = {"given_to": UNKNOWN, "words": "beds", "effective_from": "2026-04-01", "ends_on": UNKNOWN}
    return standing(first, Direction("D-2", payment=UNKNOWN, functions=Listing(["frailty"], False), **rest))


class TestListing:
    def test_equality(self, live):
        """It is equal to any listing of the same directions, whichever stands on the left, and survives pickling."""
        plain = Listing(live.items)
        assert plain == live == plain
        assert hash(plain) == hash(live)
        assert live != Listing(live.items, False)
        assert live != live.items
        assert live == pickle.loads(pickle.dumps(live))
        assert repr(plain) == repr(live)


class TestFaces:
    def test_table(self, live):
        """A row a direction says what it is, to whom, for what, with which money, from when to when."""
        table = live.to_table()
        assert "Directions of toy-ijb in force on 2026-11-22: 2" == table.caption
        money = "payment £5.00, specified £4.00"
        assert [
            ("2026/27/D-1", "Short breaks", "toy-council", "respite", money, "2026-04-01", "2027-03-31", ""),
            ("2026/27/D-2", "", "not recorded", "frailty, beds", "not recorded", "2026-04-01", "not recorded", ""),
        ] == list(table.rows)
        assert table.to_text() == live.to_text()

    def test_no_money(self):
        """Where no money is stated, why is."""
        (row,) = standing(Direction("D-1", no_amount="money follows", effective_from="2026-04-01")).to_table()
        assert "money follows" == row["money"]

    def test_extended(self):
        """The last day is the one it was extended to."""
        live = standing(Direction("D-1", effective_from="2026-04-01", ends_on="2026-12-31"))
        register = live.register.extend("D-1", until="2027-06-30", on="2026-11-01")
        (row,) = StandingDirections(items=register.directions, on=ON, register=register).to_table()
        assert "2027-06-30" == row["last day"]

    def test_in_part(self):
        """What is known only in part says so."""
        live = standing(complete=False)
        assert ("Known only in part: there may be more.",) == live.to_table().notes
        assert "0 known to be in force; there may be more." in live.to_html()

    def test_page(self, live, tmp_path):
        """As HTML it is a whole page, in a notebook its table; the CSV has the rows."""
        text = live.to_html(tmp_path / "live.html")
        assert text == (tmp_path / "live.html").read_text(encoding="utf-8")
        assert '<html lang="en-GB">' in text
        assert "<p>2 in force.</p>" in text
        assert "footer>" not in text
        assert live.to_table().to_html() == live._repr_html_()
        rows = csv.DictReader(io.StringIO(live.to_csv(tmp_path / "live.csv")))
        assert live.to_table().to_records() == list(rows)

    def test_days_stay_whole(self, live):
        """A day is not broken over two lines."""
        assert 3 == live.to_html().count(';white-space:nowrap">')
        assert live.to_html().count("2026-04-01</td>") == 2

    def test_example(self):
        """Every direction in force in an example has a row."""
        p = si.example("body-corporate")
        items = p.register.in_force(on=ON).items
        live = StandingDirections(items=items, on=ON, register=p.register)
        assert len(items) == len(live.to_table())


class TestNames:
    def test_as_a_board_prints_it(self):
        """The register of a partnership prints the names of bodies and functions, and a register alone its ids."""
        p = si.example("body-corporate")
        page = p.register.in_force(on=p.as_at).to_html()
        assert p.ijb.name in page
        assert p.ijb.id not in page
        assert "NHS Glenmore" in page
        assert p.ijb.id in attrs.evolve(p.register, scope=None).in_force(on=p.as_at).to_html()
        review = p.register.review("2026/27")
        assert (p.ijb.name, "NHS Glenmore") == (review.name, review.bodies[0].of)
        assert "Here" == p.register.review("2026/27", names={p.id: "Here"}).name
        assert review.receipt.verify()
