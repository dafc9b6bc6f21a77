"""Tables and cards."""

import csv
import io
from html.parser import HTMLParser

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.examples import example
from scotintegration.tables import Table, card
from scotintegration.unknown import UNKNOWN, Listing

cells = st.text("ab ,\"'<&é£\n") | st.integers() | st.booleans() | st.none() | st.just(UNKNOWN)
names = st.lists(st.text("ab <&", min_size=1, max_size=4), min_size=1, max_size=4, unique=True)


@st.composite
def tables(draw):
    """Draw a table of any cells."""
    columns = draw(names)
    row = st.lists(cells, min_size=len(columns), max_size=len(columns))
    return Table(draw(st.text("ab <&")), columns, draw(st.lists(row, max_size=4)), draw(st.lists(st.text("ab <&"))))


class Reader(HTMLParser):
    """Reads the cells, caption and notes of an HTML table."""

    def __init__(self, html):
        super().__init__()
        self.rows, self.open, self.texts, self.scopes = [], [], [], []
        self.feed(html)
        self.close()
        assert [] == self.open

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
            self.scopes.append(dict(attrs).get("scope"))
        if tag in ("caption", "li"):
            self.texts.append("")

    def handle_endtag(self, tag):
        assert tag == self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] in ("th", "td"):
            self.rows[-1][-1] += data
        elif self.open and self.open[-1] in ("caption", "li"):
            self.texts[-1] += data


def printed(table):
    """Give the cells of a table as they are printed."""
    return [["" if cell is None else str(cell) for cell in row] for row in table.rows]


class TestFaces:
    @given(tables())
    def test_csv(self, table):
        """CSV holds every cell, and a blank one where nothing stands."""
        rows = list(csv.reader(io.StringIO(table.to_csv(), newline="")))
        assert [list(table.columns), *printed(table)] == [row or [""] for row in rows]

    @given(tables())
    def test_html(self, table):
        """HTML holds every cell under a heading with its scope, with caption and notes, every tag closed."""
        html = Reader(table.to_html())
        assert [list(table.columns), *printed(table)] == html.rows
        assert [table.caption, *table.notes] == html.texts
        row = ["row", *[None] * (len(table.columns) - 1)]
        assert ["col"] * len(table.columns) + row * len(table) == html.scopes
        assert table.to_html() == table._repr_html_()

    @given(tables())
    def test_records(self, table):
        """Records hold every cell under the name of its column."""
        assert [tuple(record.values()) for record in table] == list(table.rows)
        assert all(tuple(record) == table.columns for record in table.to_records())
        assert len(table) == len(table.to_records())

    @given(tables())
    def test_frame(self, table):
        """A data frame has the rows and columns, and says unknown in a word."""
        frame = table.to_frame()
        assert (list(table.columns), len(table)) == (list(frame.columns), len(frame))
        for column, name in enumerate(table.columns):
            for row, value in enumerate(frame[name]):
                assert (table.rows[row][column] is UNKNOWN) <= (value == "unknown")

    def test_text(self):
        """Text has caption, headings, a rule, rows without trailing blanks, and notes."""
        table = Table("Seats", ["side", "n"], [["council", 4], [UNKNOWN, None]], notes=["A note."])
        lines = ["Seats", "side     n", "-------  -", "council  4", "unknown", "A note."]
        assert lines == table.to_text().split("\n") == str(table).split("\n")

    def test_wide(self):
        """A long cell widens its column up to 60 characters and is never cut."""
        lines = Table("", ["a", "b"], [["x" * 70, 1], ["y", 2]]).to_text().split("\n")
        assert ["-" * 60 + "  -", "x" * 70 + "  1", "y" + " " * 61 + "2"] == lines[2:]

    def test_files(self, tmp_path):
        """What is written is what is given, the same bytes on any system."""
        table = Table("é", ["a"], [["£"]])
        for name in ("csv", "html"):
            assert getattr(table, f"to_{name}")(tmp_path / "x") == (tmp_path / "x").read_bytes().decode("utf-8")

    def test_numbers(self):
        """In HTML numbers stand to the right, but for what heads a row; texts that only begin like one do not."""
        cells = [1, "£1,200.00", "-£3", "4.5%", "2026/27", "", True, "1"]
        html = Table("x", list("abcdefgh"), [cells]).to_html()
        assert [True, True, True, False, False, False, True] == [
            "text-align:right" in cell for cell in html.split("<td")[1:]
        ]

    @pytest.mark.parametrize("names", [{"columns": "ab"}, {"columns": ["a"], "notes": "A note."}], ids=str)
    def test_one_text(self, names):
        """One text is no collection of columns or notes."""
        with pytest.raises(TypeError, match=r"columns and notes are collections of texts, got the text '.+'; put it"):
            Table("x", rows=[], **names)

    @pytest.mark.parametrize("row", [[1], [1, 2, 3]], ids=str)
    def test_ragged(self, row):
        """Every row has a cell for each column."""
        with pytest.raises(ValueError, match=rf"^row 1 has {len(row)} cells; expected one for each of \('a', 'b'\)$"):
            Table("x", ["a", "b"], [[1, 2], row])


@attrs.frozen
class Named:
    """A value with a name."""

    name: object


@attrs.frozen
class Thing:
    """A value with fields of every kind."""

    first_field: object
    hidden: object = attrs.field(default=1, repr=False)


class TestCard:
    @pytest.mark.parametrize(
        ("expected", "value"),
        [
            ("none", None),
            ("yes", True),
            ("no", False),
            ("3", 3),
            ("unknown", UNKNOWN),
            ("a, none, yes", ("a", None, True)),
            ("a", ["a"]),
            ("none", ()),
            ("none", Listing(())),
            ("a, b", Listing(["a", "b"])),
            ("a; known in part", Listing.partial("a")),
            ("not recorded", Listing((), complete=False)),
            ("NHS Toytown", Named("NHS Toytown")),
            ("Named(name=3)", Named(3)),
            ("Thing(first_field=3)", Thing(3)),
        ],
        ids=repr,
    )
    def test_told(self, expected, value):
        """Each field is told in plain words, and one that a repr hides is left out."""
        assert [{"field": "first field", "value": expected, "source": ""}] == card(Thing(value)).to_records()

    def test_sources(self):
        """A field has its source beside it."""
        board = example("body-corporate").health_board
        shown = card(board)
        assert "HealthBoard" == shown.caption
        assert {row["field"]: row["source"] for row in shown}["name"] == str(board.source["name"]) != ""

    def test_other_source(self):
        """A field called source that holds no sources is a field like any other."""

        @attrs.frozen
        class Report:
            source: str

        assert [("source", "a paper", "")] == list(card(Report("a paper")).rows)

    def test_no_value(self):
        """Only values have cards."""
        with pytest.raises(TypeError, match=r"^a card shows an instance of an attrs class, got 'Fife'$"):
            card("Fife")
