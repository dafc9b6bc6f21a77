"""Facts in words (private)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from scotintegration.money import Money
from scotintegration.unknown import Listing

_MOST: Final = 12
"""How many values of one fact a sentence lists before it counts the rest."""


class Labelled(NamedTuple):
    """One value and what it belongs to."""

    label: str
    value: object


def in_words(value: object) -> str:
    """Say a value in words that a reader of the record would use."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, Labelled):
        return f"{value.label}: {in_words(value.value)}"
    if isinstance(value, Listing):
        listed = _listed(value.items)
        return listed if value.complete else f"{listed}; known in part" if value.items else "not recorded"
    if isinstance(value, (tuple, list)):
        return _listed(value)
    return str(getattr(value, "person", value))


def name_of(person: object) -> str:
    """Name a person, as far as anybody recorded who it is."""
    return person if isinstance(person, str) else "somebody unnamed"


def _listed(values: Iterable[object]) -> str:
    parts = [in_words(value) for value in values]
    more = len(parts) - _MOST
    shown = ", ".join(parts[:_MOST]) or "none"
    return f"{shown} and {more} more" if more > 0 else shown
