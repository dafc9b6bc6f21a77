"""Directions read from a table, as spreadsheets write one (private)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, Protocol

import attrs

from scotintegration._fields import ID, NONE, NOT_RECORDED, MaybeDate
from scotintegration._spreadsheets import (
    Cell,
    Faults,
    WrongCell,
    as_cell,
    decoded,
    folded,
    parts,
    records,
    to_day,
    to_text,
)
from scotintegration.bodies import HealthBoard, LocalAuthority
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction, Marker, Progress, full_reference
from scotintegration.errors import DateError, MoneyError, NotFoundError
from scotintegration.functions import DelegatedFunction, catalogue
from scotintegration.money import Money
from scotintegration.registers._fold import listed
from scotintegration.unknown import UNKNOWN, Listing

ENDINGS: Final[Mapping[str, str]] = {"varies": "vary", "supersedes": "supersede", "revokes": "revoke"}
"""Columns that name an earlier direction, with the kind of step they record."""

_FLAGS: Final = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_COUNCIL: Final = ("council", "councils", "local authority", "local authorities")
_HEALTH_BOARD: Final = ("health board",)
_BOTH: Final = ("both",)
_ALL: Final = re.compile(r"all (?:delegated )?functions(?: delegated by the (?P<by>council|health board))?")


class Parties(Protocol):
    """What is asked of a partnership: who may be directed, and to do what."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def health_board(self) -> HealthBoard: ...
    @property
    def local_authorities(self) -> tuple[LocalAuthority, ...]: ...
    @property
    def parties(self) -> tuple[HealthBoard | LocalAuthority, ...]: ...
    @property
    def functions(self) -> Listing[DelegatedFunction]: ...


@attrs.frozen
class Row:
    """
    A row of the table that could be read.

    Attributes:
        number: The number a spreadsheet gives it; the names of columns are row 1.
        direction: The direction.
        revoked_on: The day on which it was revoked.
        endings: Kinds of step, each with the full reference of the direction that it ends.
    """

    number: int
    direction: Direction
    revoked_on: MaybeDate
    endings: tuple[tuple[str, str], ...] = ()


def _reference(cell: str) -> str:
    tidy = " ".join(cell.split())
    if not ID.fullmatch(tidy):
        raise WrongCell("expected a reference that begins with a letter or figure, such as 'D-11' or 'HSCP.23.054'")
    return tidy


def _year(cell: str) -> FinancialYear:
    try:
        return FinancialYear.of(cell)
    except DateError:
        raise WrongCell("expected a financial year such as 2025/26") from None


def _money(cell: str) -> Money:
    try:
        amount = Money.of(cell)
    except MoneyError as error:
        raise WrongCell(f"expected {error.expected}") from None
    if amount.pence < 0:
        raise WrongCell("expected £0 or more")
    return amount


def _flag(cell: str) -> bool:
    if cell.casefold() not in _FLAGS:
        raise WrongCell("expected yes or no")
    return _FLAGS[cell.casefold()]


def _word(kind: type[Marker] | type[Progress]) -> Cell:
    """Read one of a few words."""
    words = [one.value for one in kind]

    def read(cell: str) -> Marker | Progress:
        if folded(cell) not in words:
            raise WrongCell(f"expected {' or '.join(map(repr, words))}")
        return kind(folded(cell))

    return read


def _references(cell: str) -> list[str]:
    return [_reference(part) for part in parts(cell)]


CELLS: Final[Mapping[str, tuple[str, Cell]]] = {
    "year": ("year", _year),
    "decided_on": ("decided_on", to_day),
    "issued_on": ("issued_on", to_day),
    "effective_from": ("effective_from", to_day),
    "ends_on": ("ends_on", to_day),
    "review_on": ("review_on", to_day),
    "reviewed_on": ("reviewed_on", to_day),
    "varies": ("varies", _reference),
    "revokes": ("revokes", _reference),
    "supersedes": ("supersedes", _reference),
    "budget_pounds": ("payment", _money),
    "conditional_on": ("conditions", to_text),
    "title": ("title", to_text),
    "notes": ("notes", to_text),
    "in_writing": ("in_writing", _flag),
    "budget_in": ("budget_in", _reference),
    "complements": ("complements", _references),
    "aliases": ("aliases", _references),
    "agreed_with": ("agreed_with", _references),
    "condition_met_on": ("condition_met_on", to_day),
    "interim": ("interim", _flag),
    "mirrors": ("mirrors", _reference),
    "issued_by": ("issued_by", to_text),
    "marker": ("marker", _word(Marker)),
    "meeting": ("meeting", _reference),
    "monitoring": ("monitoring", to_text),
    "no_amount": ("no_amount", to_text),
    "outcomes": ("outcomes", to_text),
    "payment_method": ("payment_method", to_text),
    "plan_link": ("plan_link", to_text),
    "progress": ("progress", _word(Progress)),
    "report": ("report", to_text),
    "set_aside": ("set_aside", _money),
    "specified": ("specified", _money),
    "split": ("split", to_text),
    "text": ("text", to_text),
    "use": ("use", to_text),
}
"""The field that each column fills by itself, and how its cells are read."""

COLUMNS: Final = ("ijb", "reference", "revoked_on", "directed_to", "sent_to", "functions", "source_url", *CELLS)
"""Every column that is known."""


def tidied(reference: str) -> str:
    """Write a reference without the separators and capitals that drift from one minute to the next."""
    return re.sub(r"[\s./_-]+|\bapp(?:endix)?\b", "", reference.casefold())


def _with_aliases(row: Row, names: Iterable[str]) -> Row:
    """Note the other ways in which a direction is referred to."""
    fresh = sorted(set(names) - {row.direction.id})
    if not fresh:
        return row
    aliases = [*row.direction.aliases.items, *fresh]
    return attrs.evolve(row, direction=row.direction.evolve(aliases=aliases))


def _ours(columns: Mapping[str, str | None]) -> dict[str, str | None]:
    for theirs, ours in columns.items():
        if ours is not None and ours not in COLUMNS:
            near = NotFoundError.among("column", ours, COLUMNS)
            raise ValueError(f"columns={{{theirs!r}: {ours!r}}} leads nowhere: {near}")
    return dict(columns)


def _header(cells: list[str], columns: Mapping[str, str | None], faults: Faults) -> dict[str, tuple[int, str]]:
    """Find the place of each column, and the name that it has in the table."""
    places: dict[str, tuple[int, str]] = {}
    if len(cells) == 1 and re.search("[;\t]", cells[0]):
        faults.add(1, "expected commas between the names of columns", value=cells[0])
        return places
    for missing in [theirs for theirs in columns if theirs not in cells]:
        faults.add(1, f"columns= speaks of it: {NotFoundError.among('column', missing, cells)}", column=missing)
    for place, name in enumerate(cells):
        ours = columns.get(name, name)
        if not name or ours is None:
            continue
        if ours not in COLUMNS:
            faults.add(1, str(NotFoundError.among("column", name, COLUMNS)), column=name)
        elif ours in places:
            faults.add(1, f"second column {ours!r}; expected one", column=name)
        else:
            places[ours] = (place, name)
    if "reference" not in places:
        faults.add(1, "expected a column 'reference'")
    return places


class _Table:
    """Reads the rows of one table."""

    def __init__(
        self,
        partnership: Parties | None,
        header: list[str],
        places: Mapping[str, tuple[int, str]],
        faults: Faults,
    ) -> None:
        self.partnership = partnership
        self.header = header
        self.places = places
        self.faults = faults
        self.not_recorded: dict[str, Any] = dict.fromkeys((field for field, _ in CELLS.values()), UNKNOWN)
        self.filling = [(column, *CELLS[column]) for column in places if column in CELLS]
        self.at_fault: list[str] = []  # references of rows that could not be read
        self.unread: list[tuple[int, dict[str, str]]] = []  # what such rows say of others
        self.recipients: dict[str, tuple[str, ...]] = {}
        self.functions: dict[str, set[str]] = {folded(id): {id} for id in catalogue()}
        for word in (*_COUNCIL, *_BOTH):
            self.recipients[word] = ("council",)
        for word in (*_HEALTH_BOARD, *_BOTH):
            self.recipients[word] = (*self.recipients.get(word, ()), "health_board")
        if partnership is not None:
            board, councils = partnership.health_board.id, tuple(body.id for body in partnership.local_authorities)
            self.recipients |= {body.id.casefold(): (body.id,) for body in partnership.parties}
            self.recipients |= {folded(body.name): (body.id,) for body in partnership.parties}
            self.recipients |= dict.fromkeys(_COUNCIL, councils) | dict.fromkeys(_HEALTH_BOARD, (board,))
            self.recipients |= dict.fromkeys(_BOTH, (board, *councils))
            for function in partnership.functions.items:
                for name in (function.id, function.name):
                    self.functions.setdefault(folded(name), set()).add(function.id)

    def cell(self, cells: list[str], column: str) -> str:
        """Give the text of a cell; nothing where there is none."""
        place = self.places[column][0] if column in self.places else len(cells)
        return cells[place] if place < len(cells) else ""

    def value(self, number: int, cells: list[str], column: str, read: Cell) -> Any:
        """Read a cell: blank is UNKNOWN, and "none" is nothing."""
        text = self.cell(cells, column)
        if not text or text.casefold() == "none":
            return UNKNOWN if not text else None
        try:
            return read(text)
        except WrongCell as error:
            self.faults.add(number, str(error), column=self.places[column][1], value=text)
            return UNKNOWN

    def given_to(self, cell: str) -> Listing[str]:
        """Find the bodies that are meant; what is none of the parties stays as it is written."""
        found: list[str] = []
        for part in parts(cell):
            ids = self.recipients.get(part.casefold()) or self.recipients.get(folded(part)) or (part,)
            if not all(map(ID.fullmatch, ids)):
                raise WrongCell("expected council, health_board, both, or ids of bodies with semicolons between them")
            found += ids
        return Listing(found)

    def named(self, cell: str) -> tuple[Listing[str], str | None]:
        """Find the functions that are meant, and the words for those that cannot be found."""
        found: set[str] = set()
        words: list[str] = []
        complete = True
        for part in parts(cell):
            every = _ALL.fullmatch(part.casefold())
            ids = self.functions.get(folded(part), set())
            if every and self.partnership is not None:
                delegators = self.recipients[every["by"] or "both"]
                delegated = self.partnership.functions
                found |= {function.id for function in delegated.items if function.delegator in delegators}
                complete = complete and delegated.complete
            elif len(ids) == 1:
                found |= ids
            else:
                words.append(part)
        return Listing(sorted(found), complete=complete and not words), "; ".join(words) or None

    def row(self, number: int, cells: list[str], issuer: str) -> Row | None:
        """Read one row; None where something in it is at fault."""
        before = len(self.faults)
        for place, cell in enumerate(cells):
            if cell and not (place < len(self.header) and self.header[place]):
                self.faults.add(number, "expected the name of a column above it in row 1", value=cell)
        reference = self.value(number, cells, "reference", _reference)
        if reference is None or not self.cell(cells, "reference"):
            self.faults.add(number, "expected a reference", column=self.places["reference"][1])
        fields = self.not_recorded.copy()
        for column, field, read in self.filling:
            fields[field] = self.value(number, cells, column, read)
        revoked_on: MaybeDate = self.value(number, cells, "revoked_on", to_day)
        given_to = self.value(number, cells, "directed_to", self.given_to)
        sent_to = self.value(number, cells, "sent_to", self.given_to)
        functions = self.value(number, cells, "functions", self.named)
        if isinstance(fields["effective_from"], date) and fields["year"] is UNKNOWN:
            fields["year"] = FinancialYear.of(fields["effective_from"])
        if functions is UNKNOWN:
            bare = isinstance(fields["revokes"], str) and fields["payment"] is UNKNOWN
            functions = (NONE, None) if bare else (NOT_RECORDED, UNKNOWN)
        if len(self.faults) > before:
            self.at_fault.append(str(reference))
            named = {column: fields[column] for column in ENDINGS if isinstance(fields[column], str)}
            self.unread.append((number, named))
            return None
        fields["given_to"], fields["sent_to"] = given_to, sent_to
        for name in ("agreed_with", "aliases", "complements"):
            if fields[name] is None or (name == "aliases" and fields[name] is UNKNOWN):
                fields[name] = NONE
        if fields["marker"] is None:  # the word of a report that needs no direction
            fields["marker"] = Marker.NONE
        fields["functions"], fields["words"] = functions or (NONE, None)
        address = self.cell(cells, "source_url")
        source = NO_SOURCE
        if address:
            shown = [name for name, value in fields.items() if value not in (UNKNOWN, NOT_RECORDED)]
            source = Source(dict.fromkeys(shown, address))
        return Row(number, Direction(reference, issuer=issuer, source=source, **fields), revoked_on)

    def linked(self, rows: list[Row]) -> tuple[Row, ...]:
        """Find the rows that other rows speak of."""
        by_id: dict[str, list[Row]] = {}
        by_full: dict[str, Row] = {}
        by_tidy: dict[str, list[Row]] = {}
        drifted: dict[str, set[str]] = {}
        for row in rows:
            by_id.setdefault(row.direction.id, []).append(row)
            for name in (row.direction.id, *row.direction.aliases.items):
                by_tidy.setdefault(tidied(name), []).append(row)
            first = by_full.setdefault(row.direction.full_reference, row)
            if first is not row:
                self.fault(row, "reference", f"stands in row {first.number} too; expected one row a year and reference")
        for number, named in self.unread:
            for column, text in named.items():
                there = text in by_id or full_reference(text) in by_full or tidied(text) in by_tidy
                if not there and not text.endswith(tuple(self.at_fault)):
                    self.missing(number, column, text, by_id)
        found = [attrs.evolve(row, endings=tuple(self.endings(row, by_id, by_full, by_tidy, drifted))) for row in rows]
        return tuple(_with_aliases(row, drifted.get(row.direction.full_reference, ())) for row in found)

    def endings(
        self,
        row: Row,
        by_id: Mapping[str, list[Row]],
        by_full: Mapping[str, Row],
        by_tidy: Mapping[str, list[Row]],
        drifted: dict[str, set[str]],
    ) -> Iterator[tuple[str, str]]:
        """Yield what a row does to others, leaving out what is at fault."""
        for column, kind in ENDINGS.items():
            text = getattr(row.direction, column)
            if not isinstance(text, str):
                continue
            meant = [one for one in by_id.get(text, ()) if one is not row]
            full = by_full.get(full_reference(text))
            if not meant and full is not None and full is not row:
                meant = [full]
            if not meant:
                meant = [one for one in by_tidy.get(tidied(text), ()) if one is not row]
                for one in meant if len(meant) == 1 else ():
                    drifted.setdefault(one.direction.full_reference, set()).add(text)
            if not meant and text.endswith(tuple(self.at_fault)):
                continue
            if not meant:
                self.missing(row.number, column, text, [id for id in by_id if id != row.direction.id])
            elif len(meant) > 1:
                several = listed(repr(one.direction.full_reference) for one in meant)
                self.fault(row, column, f"several rows have it; expected one of {several}")
            else:
                yield kind, meant[0].direction.full_reference

    def missing(self, number: int, column: str, text: str, known: Iterable[str]) -> None:
        """Note that a row speaks of a direction that has no row."""
        near = NotFoundError.among("other row", text, known)
        message = f"{near}; expected the reference of a row, which may be blank but for it"
        self.faults.add(number, message, column=self.places[column][1], value=text)

    def fault(self, row: Row, column: str, message: str) -> None:
        """Note a fault of a row that could be read."""
        value = row.direction.id if column == "reference" else getattr(row.direction, column)
        self.faults.add(row.number, message, column=self.places[column][1], value=value)


def _whose(
    rows: list[tuple[int, list[str]]], table: _Table, partnership: Parties | None, issuer: str | None
) -> tuple[str, list[tuple[int, list[str]]]]:
    """Tell whose register it is, and keep the rows of that authority."""
    if partnership is None and issuer is None and ("ijb" not in table.places or not rows):
        raise ValueError("from_csv cannot tell whose directions these are; expected partnership= or issuer=")
    if "ijb" not in table.places:
        return partnership.id if partnership is not None else str(issuer), rows
    column = table.places["ijb"][1]
    names: dict[str, str] = {}
    for number, cells in rows:
        name = " ".join(table.cell(cells, "ijb").split())
        if not ID.fullmatch(name):
            table.faults.add(number, "expected the name or id of the integration authority", column=column, value=name)
        names.setdefault(folded(name), name)
    asked = [issuer] if issuer is not None else [] if partnership is None else [partnership.id, partnership.name]
    if not asked and len(names) > 1:
        wrong = f"directions of {listed(map(repr, names.values()))}; expected issuer= with one of them"
        table.faults.add(1, wrong, column=column)
        return "unknown", []
    wanted = {folded(name) for name in asked} or names
    kept = [(number, cells) for number, cells in rows if folded(table.cell(cells, "ijb")) in wanted]
    if rows and not kept:
        near = NotFoundError.among("authority", asked[-1], names.values())
        table.faults.add(1, f"no row is of it: {near}", column=column)
    if partnership is not None:
        return partnership.id, kept
    return issuer if issuer is not None else next(filter(ID.fullmatch, names.values()), "unknown"), kept


def read(
    path: str | os.PathLike[str],
    *,
    partnership: Parties | None,
    issuer: str | None,
    columns: Mapping[str, str | None] | None,
) -> tuple[str, tuple[Row, ...]]:
    """Read the directions of one integration authority: its id, and a row for each direction."""
    faults = Faults()
    rows = list(records(decoded(path, faults), faults))
    return _understood(rows, str(path), faults, partnership, issuer, columns)


def read_rows(
    rows: Iterable[Mapping[str, object]],
    *,
    partnership: Parties | None,
    issuer: str | None,
    columns: Mapping[str, str | None] | None,
) -> tuple[str, tuple[Row, ...]]:
    """Read the same from rows, each a mapping of column to cell."""
    faults = Faults()
    listed = list(rows)
    for number, row in enumerate(listed, start=2):
        given: object = row
        if not isinstance(given, Mapping) or not all(isinstance(name, str) for name in given):
            faults.add(number, "expected a mapping of the names of columns to cells", value=repr(row))
    faults.raise_if_any("the rows")
    header = list(dict.fromkeys(name for row in listed for name in row)) or ["reference"]
    body = [(number, [as_cell(row.get(name)) for name in header]) for number, row in enumerate(listed, start=2)]
    return _understood([(1, header), *body], "the rows", faults, partnership, issuer, columns)


def _understood(
    rows: list[tuple[int, list[str]]],
    source: str,
    faults: Faults,
    partnership: Parties | None,
    issuer: str | None,
    columns: Mapping[str, str | None] | None,
) -> tuple[str, tuple[Row, ...]]:
    """Read rows of text, the first of which names the columns."""
    if issuer is not None and not ID.fullmatch(issuer):
        raise ValueError(f"issuer must be an id or a name, such as 'S37000034' or 'Fife', got {issuer!r}")
    renamed = _ours(columns or {})
    if not rows:
        if not len(faults):
            faults.add(1, "expected the names of columns")
        faults.raise_if_any(source)
    (_, header), *body = rows
    table = _Table(partnership, header, _header(header, renamed, faults), faults)
    id, kept = _whose(body, table, partnership, issuer)
    if "reference" not in table.places:
        faults.raise_if_any(source)
    found = [row for number, cells in kept if (row := table.row(number, cells, id)) is not None]
    linked = table.linked(found)
    faults.raise_if_any(source)
    return id, linked
