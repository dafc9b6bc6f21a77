"""Tables: rows under named columns, as text, HTML, CSV and data frames."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from scotintegration._writing import write_text
from scotintegration.unknown import Listing, Unknown

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd

__all__ = ["Cell", "Table", "card"]

Cell: TypeAlias = str | int | float | bool | None | Unknown
_WIDEST: Final = 60

_MOST_SHOWN: Final = 300
"""How many rows of a table a notebook shows."""

_TABLE: Final = "border-collapse:collapse;text-align:left;margin:0.5em 0"
_CAPTION: Final = "text-align:left;font-weight:bold;padding:0 0 0.4em 0"
_CELL: Final = "text-align:left;vertical-align:top;padding:0.2em 1.2em 0.2em 0;border-bottom:1px solid #ccc"
_NUMBER: Final = _CELL.replace("text-align:left", "text-align:right")
_NOTES: Final = "margin:0.2em 0;padding-left:1.2em;font-size:90%"
_NUMERIC: Final = re.compile(r"[-+]?£?[\d,]+(\.\d+)?%?")


def _rows(value: Iterable[Iterable[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(row) for row in value)


def _columns(value: Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise TypeError(f"columns and notes are collections of texts, got the text {value!r}; put it in a list")
    return tuple(value)


def _cell(column: int, text: str) -> str:
    """Give a cell as HTML: the first heads its row, and numbers stand to the right."""
    if column == 0:
        return f'<th scope="row" style="{_CELL}">{escape(text)}</th>'
    return f'<td style="{_NUMBER if _NUMERIC.fullmatch(text) else _CELL}">{escape(text)}</td>'


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


@attrs.frozen
class Table:
    """
    Rows under named columns.

    Attributes:
        caption: What the table shows, in a sentence.
        columns: Names of the columns.
        rows: Rows, each with one cell a column.
        notes: Sentences that belong under the table.

    Raises:
        TypeError: If *columns* or *notes* is one text.
        ValueError: If a row has more or fewer cells than there are columns.

    Source: our choice.

    >>> print(Table("Seats", ["side", "seats"], [["council", 4], ["health board", 4]]))
    Seats
    side          seats
    ------------  -----
    council       4
    health board  4

    .. versionadded:: 0.1.0
    """

    caption: str
    columns: tuple[str, ...] = attrs.field(converter=_columns)
    rows: tuple[tuple[Cell, ...], ...] = attrs.field(converter=_rows)
    notes: tuple[str, ...] = attrs.field(default=(), converter=_columns)

    def __attrs_post_init__(self) -> None:
        for number, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells; expected one for each of {self.columns!r}")

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Mapping[str, Cell]]:
        return iter(self.to_records())

    def to_records(self) -> list[dict[str, Cell]]:
        """
        Give the rows as dictionaries.

        Returns:
            One dictionary a row, column to cell.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_text(self) -> str:
        """
        Give the table as plain text.

        Returns:
            Caption, heading, rows and notes; a cell longer than 60 characters is wrapped nowhere, only padded less.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        lines = [self.columns, *([_text(cell) for cell in row] for row in self.rows)]
        widths = [min(_WIDEST, max(len(line[n]) for line in lines)) for n in range(len(self.columns))]
        printed = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
        printed.insert(1, "  ".join("-" * width for width in widths))
        return "\n".join([self.caption, *(line.rstrip() for line in printed), *self.notes])

    def __str__(self) -> str:
        return self.to_text()

    def to_html(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give the table as accessible HTML, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            A ``<table>`` with caption and scoped headings, static and without script.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        head = "".join(f'<th scope="col" style="{_CELL}">{escape(column)}</th>' for column in self.columns)
        body = "\n".join(
            "<tr>" + "".join(_cell(n, _text(cell)) for n, cell in enumerate(row)) + "</tr>" for row in self.rows
        )
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        html = (
            f'<table style="{_TABLE}">\n<caption style="{_CAPTION}">{escape(self.caption)}</caption>\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
        )
        html += f'\n<ul style="{_NOTES}">{notes}</ul>' if notes else ""
        if path is not None:
            write_text(path, html)
        return html

    def _repr_html_(self) -> str:
        """Give the table as a notebook shows it: the rows beyond a few hundred are counted, not shown."""
        return self.shown().to_html()

    def shown(self) -> Table:
        """
        Give the table as a notebook shows it.

        Returns:
            This table; of one longer than 300 rows the first 300, and a note of how many more there are.

        Source: our choice. A page that a browser cannot draw helps nobody.

        .. versionadded:: 0.1.0
        """
        more = len(self) - _MOST_SHOWN
        if more <= 0:
            return self
        notes = (f"{more} more rows: see to_csv() or to_html().", *self.notes)
        return Table(self.caption, self.columns, self.rows[:_MOST_SHOWN], notes=notes)

    def to_csv(self, path: str | PathLike[str] | None = None) -> str:
        r"""
        Give the table as CSV, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            The text, with ``\n`` line ends and a header row; a blank cell is an absent value.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_text(cell) for cell in row] for row in self.rows)
        if path is not None:
            write_text(path, out.getvalue())
        return out.getvalue()

    def to_frame(self) -> pd.DataFrame:
        """
        Give the table as a pandas data frame.

        Returns:
            One column a column, one row a row; UNKNOWN stays the text ``"unknown"``.

        Raises:
            ImportError: If pandas is not installed (extra ``frames``).

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        import pandas as pd

        plain = [[str(cell) if isinstance(cell, Unknown) else cell for cell in row] for row in self.rows]
        return pd.DataFrame(plain, columns=list(self.columns))


def _told(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (tuple, list)):
        return ", ".join(map(_told, value)) or "none"
    if isinstance(value, Listing):
        listed = ", ".join(map(_told, value.items))
        if value.complete:
            return listed or "none"
        return f"{listed}; known in part" if listed else "not recorded"
    name = getattr(value, "name", None) if attrs.has(type(value)) else None
    return name if isinstance(name, str) else str(value)


def card(value: object) -> Table:
    """
    Lay the fields of a value out as a table.

    Args:
        value: An instance of an attrs class.

    Returns:
        One row a field that its repr shows, with the field's source where it has one.

    Raises:
        TypeError: If *value* is no such instance.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    kind = type(value)
    if not attrs.has(kind):
        raise TypeError(f"a card shows an instance of an attrs class, got {value!r}")
    given = getattr(value, "source", {})
    source = given if isinstance(given, Mapping) else {}
    rows = [
        (field.name.replace("_", " "), _told(getattr(value, field.name)), str(source.get(field.name, "")))
        for field in attrs.fields(kind)
        if field.repr
    ]
    return Table(kind.__name__, ("field", "value", "source"), rows)
