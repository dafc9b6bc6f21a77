"""Self-evaluations read from a table, as spreadsheets write one (private)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, Protocol

import attrs

from scotintegration._fields import ID, NONE, NOT_RECORDED
from scotintegration._spreadsheets import Cell, Faults, WrongCell, decoded, folded, records, to_day, to_text
from scotintegration.errors import NotFoundError
from scotintegration.proposals import Proposal, Rating, Scale, proposal
from scotintegration.unknown import UNKNOWN, Listing


class Area(Protocol):
    """What is asked of a partnership."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class Areas(Protocol):
    """What is asked of a network: its partnerships, and which of them a name means."""

    @property
    def partnerships(self) -> Iterable[Area]: ...
    def __getitem__(self, area: str, /) -> Area: ...


@attrs.frozen
class Group:
    """The rows of one partnership, as the fields of its self-evaluation."""

    partnership: str
    name: str
    on: date
    ratings: Listing[Rating]


def _proposal(cell: str) -> Proposal:
    try:
        return proposal(cell)
    except NotFoundError as error:
        raise WrongCell(f"{error}; expected a reference such as '4(iv)'") from None


def _step(cell: str) -> Scale | None:
    word = folded(cell)
    if word == "not rated":
        return None
    if word not in list(Scale):
        raise WrongCell(f"expected {' or '.join(repr(one.value) for one in Scale)}")
    return Scale(word)


def _actions(cell: str) -> tuple[str, ...]:
    found = tuple(" ".join(part.split()) for part in re.split(r"[;\n]", cell) if part.strip())
    if not found:
        raise WrongCell("expected actions, with semicolons between them")
    return found


CELLS: Final[Mapping[str, Cell]] = {
    "step": _step,
    "evidence": to_text,
    "document": to_text,
    "actions": _actions,
    "rated_on": to_day,
}
"""The fields of a rating, and how their cells are read."""

PASSED_OVER: Final = ("feature", "proposal")
"""Columns that tell people what the catalogue tells us."""

COLUMNS: Final = ("partnership", "reference", *PASSED_OVER, *CELLS)
"""Every column that is known."""


def _places(header: list[str], columns: Mapping[str, str | None], faults: Faults, *needed: str) -> dict[str, int]:
    """Find the place of each column."""
    places: dict[str, int] = {}
    for missing in [theirs for theirs in columns if theirs not in header]:
        faults.add(1, f"columns= speaks of it: {NotFoundError.among('column', missing, header)}", column=missing)
    for place, name in enumerate(header):
        ours = columns.get(name, folded(name).replace(" ", "_"))
        if not ours:
            continue
        if ours not in COLUMNS:
            faults.add(1, str(NotFoundError.among("column", name, COLUMNS)), column=name)
        elif ours in places:
            faults.add(1, f"second column {ours!r}; expected one", column=name)
        else:
            places[ours] = place
    for name in needed:
        if name not in places:
            faults.add(1, f"expected a column {name!r}")
    return places


class _Table:
    """Reads the rows of one table."""

    def __init__(self, header: list[str], places: Mapping[str, int], on: date | None, faults: Faults) -> None:
        self.header, self.places, self.on, self.faults = header, places, on, faults

    def cell(self, cells: list[str], column: str) -> str:
        """Give the text of a cell; nothing where there is none."""
        place = self.places.get(column, len(cells))
        return cells[place] if place < len(cells) else ""

    def fault(self, number: int, message: str, column: str, value: str = "") -> None:
        """Note what is wrong with a cell."""
        self.faults.add(number, message, column=self.header[self.places[column]], value=value)

    def value(self, number: int, cells: list[str], column: str, read: Cell) -> Any:
        """Read a cell: blank is UNKNOWN, and "none" is nothing."""
        text = self.cell(cells, column)
        if not text or text.casefold() == "none":
            return UNKNOWN if not text else None
        try:
            return read(text)
        except WrongCell as error:
            self.fault(number, str(error), column, text)
            return UNKNOWN

    def rating(self, number: int, cells: list[str]) -> Rating | None:
        """Read one row; None where something in it is at fault."""
        before = len(self.faults)
        for place, cell in enumerate(cells):
            if cell and not (place < len(self.header) and self.header[place]):
                self.faults.add(number, "expected the name of a column above it in row 1", value=cell)
        about = self.value(number, cells, "reference", _proposal)
        if about is None or not self.cell(cells, "reference"):
            self.fault(number, "expected a reference such as '4(iv)'", "reference")
        fields = {column: self.value(number, cells, column, read) for column, read in CELLS.items()}
        fields["actions"] = {UNKNOWN: NOT_RECORDED, None: NONE}.get(fields["actions"], fields["actions"])
        rated_on = fields["rated_on"]
        if self.on is not None and isinstance(rated_on, date) and rated_on > self.on:
            message = f"expected a day on or before that of the self-evaluation, {self.on.isoformat()}"
            self.fault(number, message, "rated_on", self.cell(cells, "rated_on"))
        return None if len(self.faults) > before else Rating(about, **fields)

    def area(self, number: int, cells: list[str], network: Areas | None) -> tuple[str, str] | None:
        """Find the id and the name of the partnership that a row is about; None where that is at fault."""
        name = " ".join(self.cell(cells, "partnership").split())
        if not ID.fullmatch(name):
            self.fault(number, "expected the name or id of a partnership", "partnership", name)
        elif network is None:
            return name, name
        else:
            try:
                found = network[name]
                return found.id, found.name
            except (LookupError, ValueError) as error:
                self.fault(number, str(error), "partnership", name)
        return None

    def group(self, id: str, name: str, rows: list[tuple[int, list[str]]], *, complete: bool) -> Group | None:
        """Read the rows of one partnership; None where something in them is at fault."""
        before = len(self.faults)
        first: dict[str, int] = {}
        ratings: list[Rating] = []
        for number, cells in rows:
            rating = self.rating(number, cells)
            if rating is None:
                continue
            ratings.append(rating)
            if first.setdefault(rating.proposal, number) != number:
                message = f"stands in row {first[rating.proposal]} too; expected one row a partnership and proposal"
                self.fault(number, message, "reference", rating.proposal)
        if len(self.faults) > before:
            return None
        days = [rating.rated_on for rating in ratings if isinstance(rating.rated_on, date)]
        on = self.on if self.on is not None else max(days, default=None)
        if on is None:
            wrong = f"nothing says on which day {name!r} rated itself; expected a day in 'rated_on', or on="
            self.faults.add(rows[0][0] if rows else 1, wrong)
            return None
        return Group(id, name, on, Listing(ratings, complete=complete))


def _checked(columns: Mapping[str, str | None]) -> Mapping[str, str | None]:
    for theirs, ours in columns.items():
        if ours is not None and ours not in COLUMNS:
            near = NotFoundError.among("column", ours, COLUMNS)
            raise ValueError(f"columns={{{theirs!r}: {ours!r}}} leads nowhere: {near}")
    return columns


def _opened(
    path: str | os.PathLike[str], columns: Mapping[str, str | None] | None, on: date | None, *needed: str
) -> tuple[_Table, list[tuple[int, list[str]]]]:
    """Read the names of the columns, and the rows below them; without the columns needed, nothing more is read."""
    renamed = _checked(columns or {})
    faults = Faults()
    rows = list(records(decoded(path, faults), faults))
    if not rows:
        if not len(faults):
            faults.add(1, "expected the names of columns")
        faults.raise_if_any(str(path))
    (_, header), *body = rows
    places = _places(header, renamed, faults, *needed)
    if not set(needed) <= set(places):
        faults.raise_if_any(str(path))
    return _Table(header, places, on, faults), body


def read_one(
    path: str | os.PathLike[str],
    *,
    partnership: str | None,
    on: date | None,
    columns: Mapping[str, str | None] | None,
    complete: bool,
) -> Group:
    """Read the self-evaluation of one partnership, passing over the rows of others."""
    if partnership is not None and not ID.fullmatch(partnership):
        raise ValueError(f"partnership must be an id or a name, such as 'S37000034' or 'Fife', got {partnership!r}")
    needed = ("reference",) if partnership is not None else ("partnership", "reference")
    table, rows = _opened(path, columns, on, *needed)
    id, kept = partnership, rows
    if "partnership" in table.places:
        areas = {number: table.area(number, cells, None) for number, cells in rows}
        names: dict[str, str] = {}
        for each in filter(None, areas.values()):
            names.setdefault(folded(each[0]), each[0])
        if id is None:
            id = next(iter(names.values()), None)
            if id is None or len(names) > 1:
                table.faults.add(1, f"rows of {len(names)} partnerships; expected one, or partnership= with its name")
        elif rows and folded(id) not in names:
            table.faults.add(1, f"no row is of it: {NotFoundError.among('partnership', id, names.values())}")
        wanted = folded(id or "")
        kept = [(number, cells) for number, cells in rows if (area := areas[number]) and folded(area[0]) == wanted]
    group = table.group(str(id), str(id), kept, complete=complete)
    table.faults.raise_if_any(str(path))
    assert group is not None
    return group


def read_all(
    path: str | os.PathLike[str],
    *,
    on: date | None,
    network: Areas | None,
    columns: Mapping[str, str | None] | None,
    complete: bool,
) -> tuple[Group, ...]:
    """Read the self-evaluations of every partnership in the table."""
    table, rows = _opened(path, columns, on, "partnership", "reference")
    found: dict[str, tuple[str, str, list[tuple[int, list[str]]]]] = {}
    for number, cells in rows:
        area = table.area(number, cells, network)
        if area is not None:
            found.setdefault(folded(area[0]), (*area, []))[2].append((number, cells))
    groups = [table.group(*one, complete=complete) for one in found.values()]
    table.faults.raise_if_any(str(path))
    return tuple(group for group in groups if group is not None)
