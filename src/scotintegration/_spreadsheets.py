"""Cells as spreadsheets write them, and every fault in them by row and column (private)."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeAlias

from scotintegration.dates import day
from scotintegration.errors import DateError, Fault, LoadError
from scotintegration.unknown import UNKNOWN

LARGEST: Final = 64 * 2**20
"""Bytes of the largest file that is read."""

_DAY: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")

Cell: TypeAlias = Callable[[str], Any]


class WrongCell(Exception):  # noqa: N818
    """A cell cannot be read; the text says what would have been right."""


def to_text(cell: str) -> str:
    """Read a cell as it stands."""
    return cell


def to_day(cell: str) -> date:
    """Read a day, written year first or as dd/mm/yyyy."""
    found = _DAY.fullmatch(cell)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else day(cell)
    except (DateError, ValueError):
        raise WrongCell("expected a day such as 2026-11-22 or 22/11/2026") from None


def folded(text: str) -> str:
    """Write a name without capitals, underscores and spare blanks."""
    return " ".join(text.replace("_", " ").split()).casefold()


def parts(cell: str) -> list[str]:
    """Read the names between the semicolons of a cell."""
    found = [" ".join(part.split()) for part in cell.split(";")]
    if not all(found):
        raise WrongCell("expected names, with semicolons between them")
    return found


def _is_missing(value: object) -> bool:
    """Tell whether a cell is what a data frame puts for one that is missing: no number, no time, or neither."""
    return type(value).__name__ == "NAType" or (isinstance(value, float | Decimal | datetime) and value != value)


def as_cell(value: object) -> str:
    """Write a cell as a spreadsheet would; what is not recorded is blank."""
    if value is None or value is UNKNOWN or _is_missing(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, (list, tuple)):
        return "; ".join(map(as_cell, value))
    return str(value).strip()


class Faults:
    """Faults gathered on the way, raised in the order of the text."""

    def __init__(self) -> None:
        self._found: list[tuple[int, Fault]] = []

    def add(self, row: int, message: str, *, column: str = "", value: str = "") -> None:
        path = f"row {row}, column {column!r}" if column else f"row {row}"
        self._found.append((row, Fault(path, message, value)))

    def __len__(self) -> int:
        return len(self._found)

    def raise_if_any(self, source: str) -> None:
        if self._found:
            raise LoadError(source, (fault for _, fault in sorted(self._found, key=lambda found: found[0])))


def decoded(path: str | os.PathLike[str], faults: Faults) -> str:
    """Read the text of a file, as spreadsheets save it."""
    with Path(path).open("rb") as file:
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        faults.add(1, f"the file is too large; expected at most {LARGEST:,} bytes")
        return ""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.add(line, "expected text in UTF-8; spreadsheets save it as 'CSV UTF-8'")
        return ""


def records(text: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Yield every row that is not blank, with its number and its cells without blanks around them."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            tidy = [cell.strip() for cell in cells]
            if any(tidy) or number == 1:
                yield number, tidy
    except csv.Error as error:
        faults.add(number + 1, f"expected cells between commas, with both quotation marks where there is one ({error})")
