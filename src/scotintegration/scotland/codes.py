"""Statistical codes of Health Boards, councils and integration authorities, and how they succeed each other."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, overload

from scotintegration._bundled import table
from scotintegration.bodies import Code
from scotintegration.dates import Interval, day
from scotintegration.errors import NotFoundError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["code_on", "current", "history", "to_vintage"]


@cache
def _histories() -> Mapping[str, tuple[Code, ...]]:
    """Give the whole line of succession of every code, newest first."""
    rows = {row["code"]: row for row in table("code_history")}
    before = {row["successor"]: code for code, row in rows.items() if row["successor"]}
    found: dict[str, tuple[Code, ...]] = {}
    for newest in (code for code, row in rows.items() if not row["successor"]):
        line = [newest]
        while line[-1] in before:
            line.append(before[line[-1]])
        days = [Interval.through(rows[code]["valid_from"] or None, rows[code]["valid_to"] or None) for code in line]
        found.update(dict.fromkeys(line, tuple(map(Code, line, days))))
    return found


def _line(code: object) -> tuple[Code, ...]:
    if not isinstance(code, str):
        raise TypeError(f"a code is a str such as 'S37000034', got {type(code).__name__} {code!r}")
    sought = code.strip().upper()
    if sought not in _histories():
        raise NotFoundError.among("code", code, tuple(_histories()))
    return _histories()[sought]


def history(code: str) -> tuple[Code, ...]:
    """
    List every code that a body has gone by.

    Args:
        code: Any of them; case and spaces around it do not matter.

    Returns:
        The codes, newest first. A side of their days that has no bound is open, or was not found.

    Raises:
        NotFoundError: If nobody has gone by the code; near ones are suggested.
        TypeError: If *code* is not text.

    Source:
        Scottish Government statistical geography codes (bundled ``code_history.csv``).

    >>> [f"{code.value} {code.days}" for code in history("S37000015")]
    ['S37000034 from 2019-04-01', 'S37000015 until 2019-03-31']

    .. versionadded:: 0.1.0
    """
    return _line(code)


def current(code: str) -> str:
    """
    Give the code that a body has now.

    Args:
        code: Any code it has gone by.

    Returns:
        Its newest code.

    Raises:
        NotFoundError: If nobody has gone by the code; near ones are suggested.
        TypeError: If *code* is not text.

    Source:
        Scottish Government statistical geography codes (bundled ``code_history.csv``).

    >>> current("S12000015")
    'S12000047'

    .. versionadded:: 0.1.0
    """
    return history(code)[0].value


def code_on(code: str, on: date | str) -> str:
    """
    Give the code that a body had on a day.

    Args:
        code: Any code it has gone by.
        on: The day asked about.

    Returns:
        The newest of its codes that may have stood on the day. Where the day a code began was not found, it is
        taken to reach back before anything recorded.

    Raises:
        NotFoundError: If nobody has gone by the code; near ones are suggested.
        TypeError: If *code* is not text.
        DateError: If *on* is no day of the calendar.

    Source:
        SSI 2017/430 for 2 February 2018; SSI 2018/308 for 1 April 2019 (bundled ``code_history.csv``).

    >>> code_on("S12000049", "2019-03-31"), code_on("S12000046", "2019-04-01")
    ('S12000046', 'S12000049')

    .. versionadded:: 0.1.0
    """
    return _code_on(code, day(on))


def _code_on(code: object, on: date) -> str:
    return next(one.value for one in _line(code) if on in one.days)


@overload
def to_vintage(codes: pd.DataFrame, column: str, *, as_at: date | str) -> pd.DataFrame: ...
@overload
def to_vintage(  # type: ignore[overload-overlap]
    codes: pd.Series[str], column: None = None, *, as_at: date | str
) -> pd.Series[str]: ...
@overload
def to_vintage(codes: Iterable[str], column: None = None, *, as_at: date | str) -> tuple[str, ...]: ...
def to_vintage(
    codes: pd.DataFrame | pd.Series[str] | Iterable[str], column: str | None = None, *, as_at: date | str
) -> pd.DataFrame | pd.Series[str] | tuple[str, ...]:
    """
    Turn codes of any vintage, mixed ones too, into those of one day.

    Args:
        codes: A pandas table or column, or any collection of codes; pandas need not be installed for the last.
        column: The column of a table that holds the codes.
        as_at: The day whose codes are wanted.

    Returns:
        What was given, with other codes: a new table or column, where blanks stay blank, or a tuple. Areas are
        matched as wholes, so the few houses that changed council with the codes are not told apart.

    Raises:
        NotFoundError: If nobody has gone by a code, or the table has no such column; near ones are suggested.
        TypeError: If a code is not text, or *codes* is one text.
        ValueError: If *column* is missing for a table, or given without one.
        DateError: If *as_at* is no day of the calendar.

    Source:
        SSI 2017/430 for 2 February 2018; SSI 2018/308 for 1 April 2019 (bundled ``code_history.csv``).

    >>> to_vintage(["S37000014", "S37000034"], as_at="2018-02-02")
    ('S37000032', 'S37000015')

    .. versionadded:: 0.1.0
    """
    on = day(as_at, "as_at")
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(codes, pandas.DataFrame):
        if column is None:
            raise ValueError("column must name the column that holds the codes, got None")
        if column not in codes.columns:
            raise NotFoundError.among("column", column, tuple(map(str, codes.columns)))
        moved: pd.DataFrame = codes.copy()
        moved[column] = codes[column].map(lambda code: _code_on(code, on), na_action="ignore")
        return moved
    if column is not None:
        raise ValueError(f"column is for tables of pandas, got {column!r} with a {type(codes).__name__}")
    if pandas is not None and isinstance(codes, pandas.Series):
        renamed: pd.Series[str] = codes.map(lambda code: _code_on(code, on), na_action="ignore")
        return renamed
    if isinstance(codes, str):
        raise TypeError(f"a collection of codes was expected, got the text {codes!r}; put it in a list")
    return tuple(_code_on(code, on) for code in codes)
