"""Made-up partnerships and files to learn and to test with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Final

from scotintegration._examples.variations import BUILDERS
from scotintegration.errors import NotFoundError
from scotintegration.partnership import Partnership

__all__ = ["ABOUT", "EXAMPLES", "SAMPLES", "example", "sample"]

ABOUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "body-corporate": "one council and a Health Board with an integration joint board (model a)",
        "joint-board": "two councils that share one integration joint board (model a, s. 2(4))",
        "large-hospital": "a board with sums set aside for a hospital that serves three council areas (model a)",
        "late-budget": "body-corporate, but its budget of 2026/27 was set on 24 June 2026",
        "lead-agency-both-ways": "each body delegates to the other: adults one way, children the other (model d)",
        "lead-agency-to-board": "a council that delegates to its Health Board (model b)",
        "short-notice": "body-corporate, but notice of one meeting was available only three days before",
        "three-authorities": "three councils that share one board, with sums set aside (model a, s. 2(4))",
        "vacant-chief-officer": "body-corporate, but nobody has been chief officer since 31 May 2026",
    }
)
"""Each example in one line, by name."""

EXAMPLES: Final = tuple(ABOUT)
"""The names of the examples, in order."""

SAMPLES: Final = ("directions.csv",)
"""The names of the bundled sample files."""


@cache
def _built(name: str) -> Partnership:
    return BUILDERS[name]()


def example(name: str, *, as_at: date | str | None = None) -> Partnership:
    """
    Give a made-up partnership.

    Each is complete, with no fact missing, and lawful on every day from 1 April 2024 to 31 March 2028 unless its
    line in :data:`ABOUT` says otherwise. No area, body, person or sum in it is real.

    Args:
        name: One of :data:`EXAMPLES`.
        as_at: The day that governs every question; by default 22 November 2026.

    Returns:
        The partnership.

    Raises:
        NotFoundError: If there is no such example.
        DateError: If *as_at* is no day of the calendar.

    Source: our choice. Costs, members and meetings are of a common size and rhythm, and nobody's.

    >>> p = example("body-corporate")
    >>> p.name, p.model.letter, p.as_at.isoformat()
    ('Strathallan', 'a', '2026-11-22')

    .. versionadded:: 0.1.0
    """
    if name not in BUILDERS:
        raise NotFoundError.among("example", name, EXAMPLES)
    p = _built(name)
    return p if as_at is None else p.at(as_at)


def sample(file: str) -> Path:
    """
    Give the path of a bundled sample file.

    ``directions.csv`` is part of a register as a spreadsheet holds it, for the example ``body-corporate``.

    Args:
        file: One of :data:`SAMPLES`.

    Returns:
        Where the file lies; read it, do not write to it.

    Raises:
        NotFoundError: If there is no such file.

    Source: our choice. The columns are those of the bundled real directions.

    >>> sample("directions.csv").name
    'directions.csv'

    .. versionadded:: 0.1.0
    """
    if file not in SAMPLES:
        raise NotFoundError.among("sample file", file, SAMPLES)
    return Path(str(files("scotintegration").joinpath("samples", file)))
