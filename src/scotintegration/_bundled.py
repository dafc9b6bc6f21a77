"""The bundled tables, read as they stand (private)."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Read a bundled table: one read-only mapping a row, every cell the text that stands there."""
    text = files("scotintegration").joinpath("scotland", "data", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(MappingProxyType(row) for row in csv.DictReader(StringIO(text)))
