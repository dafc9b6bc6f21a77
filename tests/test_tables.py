"""Tables print, write and read as what they hold; cards show the fields of a value."""

import csv
import io
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import FEWER, partnerships

from scotintegration._bundled import table
from scotintegration._shown import Printed, Shown
from scotintegration.bodies import HealthBoard
from scotintegration.examples import EXAMPLES, example
from scotintegration.functions import catalogue
from scotintegration.network import Network
from scotintegration.tables import Table, card
from scotintegration.unknown import UNKNOWN, Listing

SEATS = Table("Seats", ["side", "seats"], [["council", 4], ["<board>", UNKNOWN], [None, True]], notes=["Sums & such."])
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)
CELLS = WORDS | st.integers() | st.booleans() | st.none() | st.just(UNKNOWN)


@st.composite
def tables(draw):
    columns = draw(st.lists(WORDS, min_size=1, max_size=3, unique=True))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns)), max_size=3))
    return Table(draw(WORDS), columns, rows, draw(st.lists(WORDS, max_size=2)))


def as_text(cell):
    return "" if cell is None else str(cell)


class TestLaws:
    @given(tables())
    def test_records(self, t):
        """A table is as long as its rows, and iterating gives them under their columns."""
        assert len(t.rows) == len(t)
        assert [dict(zip(t.columns, row, strict=True)) for row in t.rows] == t.to_records() == list(t)

    @given(tables())
    def test_csv(self, t):
        """What is written as CSV reads back as the text of every cell."""
        header, *rows = csv.reader(io.StringIO(t.to_csv()))
        assert list(t.columns) == header
        assert [list(map(as_text, row)) for row in t.rows] == rows

    @given(tables())
    def test_html(self, t):
        """The HTML is well formed, says what is in every cell, and has a caption and scoped headings."""
        root = ElementTree.fromstring(f"<div>{t.to_html()}</div>")
        assert t.caption == (root.find("table/caption").text or "")
        assert list(t.columns) == [one.text or "" for one in root.findall("table/thead/tr/th[@scope='col']")]
        assert [list(map(as_text, row)) for row in t.rows] == [
            [cell.text or "" for cell in row] for row in root.findall("table/tbody/tr")
        ]
        assert len(t.rows) == len(root.findall("table/tbody/tr/th[@scope='row']"))
        assert list(t.notes) == [one.text or "" for one in root.findall("ul/li")]
        assert t.to_html() == t._repr_html_()

    @given(tables())
    def test_text(self, t):
        """The text has the caption, a heading, a rule, a line a row and the notes, and no line ends in blanks."""
        lines = t.to_text().split("\n")
        assert 3 + len(t.rows) + len(t.notes) == len(lines)
        assert t.caption == lines[0]
        assert set(lines[2]) <= {"-", " "}
        assert all(line == line.rstrip() for line in lines[1 : 3 + len(t.rows)])
        assert str(t) == t.to_text()

    @given(tables())
    def test_frame(self, t):
        """A data frame has the same columns and cells, with what is unknown as a word."""
        frame = t.to_frame()
        assert list(t.columns) == list(frame.columns)
        assert len(t) == len(frame)
        assert [str(cell) for row in t.rows for cell in row if cell is UNKNOWN] == [
            frame.iloc[n, m] for n, row in enumerate(t.rows) for m, cell in enumerate(row) if cell is UNKNOWN
        ]


class TestTable:
    def test_printed(self):
        """Columns are as wide as what is in them."""
        expected = "Seats\nside     seats\n-------  -----\ncouncil  4\n<board>  unknown\n         True\nSums & such."
        assert expected.replace("seats\n-------  -----", "seats\n-------  -------") == str(SEATS)

    def test_long_cells(self):
        """One long cell does not push the other columns out of sight."""
        long = Table("Long", ["a", "b"], [["x" * 100, "y"]])
        assert ["-" * 60, "-"] == str(long).split("\n")[2].split("  ")
        assert "x" * 100 + "  y" == str(long).split("\n")[3]

    def test_escaped(self):
        """Nothing in a cell becomes markup."""
        assert "&lt;board&gt;" in SEATS.to_html()
        assert "<board>" not in SEATS.to_html()

    def test_written(self, tmp_path):
        """A path gets the same text that is returned, byte for byte."""
        for write, name in ((SEATS.to_csv, "seats.csv"), (SEATS.to_html, "seats.html")):
            text = write(tmp_path / name)
            assert text.encode() == (tmp_path / name).read_bytes()
            assert text == write()

    @pytest.mark.parametrize("rows", [[["council"]], [["council", 4, 5]], [["council", 4], []]])
    def test_uneven(self, rows):
        """A row has a cell for each column."""
        with pytest.raises(ValueError, match=r"row [01] has \d cells; expected one for each of \('side', 'seats'\)"):
            Table("Seats", ["side", "seats"], rows)

    @pytest.mark.parametrize("fields", [{"columns": "side"}, {"notes": "A note."}])
    def test_one_text(self, fields):
        """A text is not taken for a list of letters."""
        with pytest.raises(TypeError, match="put it in a list"):
            Table(**{"caption": "Seats", "columns": ["side"], "rows": [], **fields})

    def test_without_pandas(self, monkeypatch):
        """Without pandas there are no data frames, and the rest works."""
        monkeypatch.setitem(sys.modules, "pandas", None)
        with pytest.raises(ImportError):
            SEATS.to_frame()
        assert SEATS.to_csv()


@attrs.frozen
class Value:
    """A value of every kind of field."""

    some_text: object
    hidden: object = attrs.field(default=None, repr=False)
    source: object = attrs.field(factory=dict, repr=False)


class TestCard:
    @pytest.mark.parametrize(
        ("expected", "value"),
        [
            ("none", None),
            ("yes", True),
            ("no", False),
            ("unknown", UNKNOWN),
            ("none", ()),
            ("none, yes", [None, True]),
            ("none", Listing()),
            ("not recorded", Listing(complete=False)),
            ("a, b", Listing(["a", "b"])),
            ("a; known in part", Listing.partial("a")),
            ("NHS A", HealthBoard("nhs-a", name="NHS A")),
            ("2026-11-22", date(2026, 11, 22)),
            ("5", 5),
            ("Value(some_text=5)", Value(5)),
        ],
    )
    def test_told(self, expected, value):
        """Each kind of field is told in words."""
        assert [("some text", expected, "")] == list(card(Value(value)).rows)

    def test_sources(self):
        """A field's source stands beside it, where the value keeps sources by field."""
        board = HealthBoard("nhs-a", name="NHS A", source={"name": "a book"})
        assert {"id": "", "name": "a book"} == {row[0]: row[2] for row in card(board).rows[:2]}
        assert all(not row[2] for row in card(catalogue()["district-nursing"]).rows)

    @pytest.mark.parametrize("value", [5, None, HealthBoard])
    def test_no_value(self, value):
        """Only instances of attrs classes have cards."""
        with pytest.raises(TypeError, match="a card shows an instance of an attrs class, got"):
            card(value)


class TestShown:
    def test_fields(self):
        """A notebook shows a value as the card of its fields."""
        board = HealthBoard("nhs-a", name="NHS A")
        assert isinstance(board, Shown)
        assert card(board).to_html() == board._repr_html_()

    def test_its_own(self):
        """A value that makes a table of its own is shown as that, under its picture where it has one."""
        p = example("body-corporate")
        assert p.to_table().to_html() == p._repr_html_()
        flows = p.money("2026/27")
        assert flows._repr_html_() == f"{flows.to_svg()}\n{flows.to_table().to_html()}"

    def test_printed(self):
        """A small value is shown as its text, escaped, with a link where it has an address."""

        class Word(Printed):
            def __str__(self):
                return "a < b"

        class Link(Word):
            url = "https://example.org/?a&b"

        assert "<span>a &lt; b</span>" == Word()._repr_html_()
        assert '<a href="https://example.org/?a&amp;b">a &lt; b</a>' == Link()._repr_html_()


class TestBundled:
    def test_rows(self):
        """A bundled table is read once, whole, and cannot be changed."""
        rows = table("indicators")
        assert rows is table("indicators")
        assert {"kind", "number", "slug", "text"} <= set(rows[0])
        with pytest.raises(TypeError):
            rows[0]["kind"] = "other"

    def test_every_cell(self):
        """No row of any bundled table has too few cells or too many."""
        folder = Path(table.__wrapped__.__globals__["__file__"]).parent / "scotland" / "data"
        names = [path.stem for path in folder.glob("*.csv")]
        assert names
        for name in names:
            for row in table(name):
                assert None not in row
                assert None not in row.values()


def facts(p):
    return {row["what"]: row["known"] for row in p.to_table()}


class TestSummaries:
    @FEWER
    @given(partnerships())
    def test_never_fails(self, p):
        """Whatever is known of a partnership and whatever is not, it sums itself up."""
        found = facts(p)
        assert f"{p.id} (Toytown)" == found["integration authority"]
        assert p.to_text() == str(p)
        assert all(isinstance(known, str) and known for known in found.values())
        assert ("voting seats" in found) is (p.ijb is not None)

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_examples(self, name):
        """Nothing is missing from an example."""
        assert not [known for known in facts(example(name)).values() if "record" in known or "unknown" in known]

    def test_vacancy(self):
        """A vacancy is told from a post that is not there, and from one whose holder was not recorded."""
        p = example("body-corporate")
        post = p.chief_officer.post
        for expected, posts in (
            ("vacant", [attrs.evolve(post, holders=())]),
            ("no such post", []),
            ("not recorded", UNKNOWN),
            ("post exists; holder not recorded", [attrs.evolve(post, holders=UNKNOWN)]),
            (
                "held; the name is not recorded",
                [attrs.evolve(post, holders=[attrs.evolve(post.holders[0], person=UNKNOWN, until=None)])],
            ),
            ("held by A", [attrs.evolve(post, holders=[attrs.evolve(post.holders[0], person="A", until=None)])]),
        ):
            assert expected == facts(p.evolve(posts=posts))["chief officer"]

    def test_established(self):
        """The day of establishment is a day, known to be absent, or not recorded."""
        p = example("body-corporate")
        for expected, on in (("2015-06-27", "2015-06-27"), ("none", None), ("not recorded", UNKNOWN)):
            assert expected == facts(p.evolve(ijb=attrs.evolve(p.ijb, established_on=on)))["established on"]

    def test_model(self):
        """A scheme that claims two models shows their letters, one that claims none shows that."""
        p = example("body-corporate")
        for expected, models in (("(a) body corporate", "a"), ("a/c", "a+c"), ("not recorded", ())):
            assert expected == facts(p.evolve(scheme=attrs.evolve(p.scheme, models=models)))["model"]

    def test_budgets(self):
        """Budgets show their years and the last sum, if it is known."""
        p = example("body-corporate")
        last = p.budgets[-1]
        for expected, budgets in (
            ("none", []),
            ("not recorded", UNKNOWN),
            ("2026/27 to 2027/28; 2027/28: £322,476,456.00", p.budgets[-2:]),
            ("2027/28; 2027/28: not recorded", [attrs.evolve(last, payments=UNKNOWN)]),
            (
                "2027/28, derived from national totals and illustrative; 2027/28: £5.00",
                [attrs.evolve(last, derived=True, total="£5")],
            ),
            (
                "2027/28, derived from national totals and illustrative; 2027/28: not recorded",
                [attrs.evolve(last, derived=True, total=UNKNOWN)],
            ),
        ):
            assert expected == facts(p.evolve(budgets=budgets))["budgets"]

    def test_in_part(self):
        """A list known in part says so, one not recorded too."""
        p = example("body-corporate")
        one = p.localities[0]
        for expected, localities in (
            ("1 locality", [one]),
            ("1 locality known; the list is not complete", Listing.partial(one)),
            ("not recorded", UNKNOWN),
            ("0 localities", []),
        ):
            assert expected == facts(p.evolve(localities=localities))["localities"]

    def test_network(self):
        """A network counts its bodies, its models and what is known of them."""
        net = Network(
            name="Toyland",
            as_at="2026-11-22",
            partnerships=[example(name) for name in ("body-corporate", "joint-board", "lead-agency-to-board")],
        )
        found = facts(net)
        assert ("3", "4", "3") == (found["Health Boards"], found["councils"], found["integration authorities"])
        assert "Invercairn and Dunmorrow" == found["joint schemes"]
        assert ("2", "1") == (
            found["model (a) body corporate"],
            found["model (b) the council delegates to the Health Board"],
        )
        assert "2 of 3 authorities" == found["voting seats recorded"]
        assert "none" == facts(Network(name="Empty", as_at="2026-11-22", partnerships=[]))["joint schemes"]


class TestBounded:
    def test_long(self):
        """A notebook shows the first rows of a long table and says how many more there are; a file has them all."""
        table = Table("long", ("n",), [(n,) for n in range(1000)], notes=("as is",))
        assert 300 == len(table.shown())
        assert "700 more rows: see to_csv() or to_html()." in table._repr_html_()
        assert "as is" in table._repr_html_()
        assert 1001 == table.to_html().count("<tr>")
        short = Table("short", ("n",), [(1,)])
        assert short is short.shown()
