"""Real directions, as far as minutes and pages show them (private)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from scotintegration._bundled import table
from scotintegration.directions import Direction
from scotintegration.functions import catalogue
from scotintegration.money import Money
from scotintegration.registers import DirectionsRegister
from scotintegration.unknown import UNKNOWN, Listing, Unknown

_DATES = ("decided_on", "issued_on", "effective_from", "ends_on", "review_on")
_TARGETS = ("varies", "revokes", "supersedes")


@cache
def _by_area() -> Mapping[str, tuple[Mapping[str, str], ...]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in table("directions_real"):
        found.setdefault(row["ijb"], []).append(row)
    return {area: tuple(rows) for area, rows in found.items()}


def functions_named(words: str) -> Listing[str]:
    """Give the functions that words name exactly as the catalogue does; in part where some words do not."""
    names = {name.casefold(): entry.id for entry in catalogue().values() for name in (entry.id, entry.name)}
    found = [names.get(part.strip().casefold()) for part in words.split(";")]
    return Listing(tuple(id for id in found if id is not None), complete=None not in found)


def _given_to(cell: str, *, health_board: str, councils: tuple[str, ...]) -> tuple[str, ...] | Unknown:
    return {"both": (health_board, *councils), "council": councils, "health_board": (health_board,)}.get(cell, UNKNOWN)


def _year(row: Mapping[str, str]) -> str | None | Unknown:
    """Give the year as written; where there is none, that of the first day it binds, if known."""
    return row["year"] or (None if row["effective_from"] else UNKNOWN)


def _direction(row: Mapping[str, str], *, issuer: str, health_board: str, councils: tuple[str, ...]) -> Direction:
    functions = functions_named(row["functions"])
    unread = (
        *("split", "text", "use", "outcomes", "plan_link", "meeting", "payment_method", "set_aside", "specified"),
        *("condition_met_on", "interim"),
    )
    facts: dict[str, Any] = {field: row[field] or UNKNOWN for field in (*_DATES, *_TARGETS)}
    known = [field for field in (*_DATES, *_TARGETS, "notes", "year") if row[field]]
    known += ["conditions"] if row["conditional_on"] else []
    return Direction(
        row["reference"],
        issuer=issuer,
        year=_year(row),
        given_to=_given_to(row["directed_to"], health_board=health_board, councils=councils),
        functions=functions,
        words=None if functions.complete else row["functions"],
        title=row["title"],
        payment=Money(int(row["budget_pounds"]) * 100) if row["budget_pounds"] else UNKNOWN,
        conditions=row["conditional_on"] or UNKNOWN,
        in_writing=UNKNOWN,
        notes=row["notes"] or None,
        source=dict.fromkeys(["given_to", "id", "issuer", "payment", "title", "words", *known], row["source_url"]),
        **facts,
        **dict.fromkeys(unread, UNKNOWN),
    )


def register(authority: str, area: str, *, health_board: str, councils: tuple[str, ...]) -> DirectionsRegister:
    """Make the register of an authority: whatever was read, in the order of the table, and never the whole."""
    made = DirectionsRegister(authority, complete=False, strict=False)
    rows = _by_area().get(area, ())
    revoked = {row["reference"]: row["revoked_on"] for row in rows if row["revoked_on"]}
    for row in rows:
        paper = _direction(row, issuer=authority, health_board=health_board, councils=councils)
        on = revoked.pop(row["revokes"], None)  # the day of its own that a revocation has
        made = made.issue(paper) if on is None else made.revoke(row["revokes"], on=on, direction=paper)
    for reference, on in revoked.items():
        made = made.revoke(reference, on=on)
    return made
