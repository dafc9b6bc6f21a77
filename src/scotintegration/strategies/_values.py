"""Strategies for money, days, periods and ids, and what bounds them (private)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, TypeVar

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from scotintegration.dates import FinancialYear, Interval
from scotintegration.money import Money

FIRST_DAY: Final = date(2016, 4, 1)
"""The day by which functions had to be delegated."""

LAST_DAY: Final = date(2029, 3, 31)
MOST_PAID: Final = Money("£10m")

T = TypeVar("T")


def in_order(least: object, most: object, name: str) -> None:
    """Refuse bounds that nothing lies between."""
    if least > most:  # type: ignore[operator]
        raise InvalidArgument(f"min_{name}={least!r} is above max_{name}={most!r}; expected bounds in order")


def at_least(least: int, value: int, name: str) -> None:
    """Refuse a bound that is too low itself."""
    if value < least:
        raise InvalidArgument(f"{name}={value!r} is too low; expected {least} or more")


def either(given: st.SearchStrategy[T] | None, otherwise: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """Give the strategy handed in, or else our own."""
    return otherwise if given is None else given


@st.composite
def money(draw: st.DrawFn, *, min_value: Money = Money(0), max_value: Money = MOST_PAID) -> Money:
    """
    Draw a sum; shrinks towards £0.

    Args:
        draw: What Hypothesis hands in.
        min_value: The least.
        max_value: The most.

    Returns:
        Whole pence.

    Raises:
        InvalidArgument: If the bounds are out of order.

    Source: our choice.

    >>> from hypothesis import find
    >>> find(money(min_value=Money("£5")), bool)
    Money('£5.00')

    .. versionadded:: 0.1.0
    """
    in_order(min_value, max_value, "value")
    return Money(draw(st.integers(min_value.pence, max_value.pence)))


@st.composite
def days(draw: st.DrawFn, *, min_day: date = FIRST_DAY, max_day: date = LAST_DAY) -> date:
    """
    Draw a day; shrinks towards the first.

    Args:
        draw: What Hypothesis hands in.
        min_day: The first.
        max_day: The last.

    Returns:
        A day.

    Raises:
        InvalidArgument: If the bounds are out of order.

    Source: our choice. By default all the days on which functions have to be delegated, up to March 2029.

    >>> from hypothesis import find
    >>> find(days(), bool).isoformat()
    '2016-04-01'

    .. versionadded:: 0.1.0
    """
    in_order(min_day, max_day, "day")
    return min_day + timedelta(days=draw(st.integers(0, (max_day - min_day).days)))


@st.composite
def financial_years(
    draw: st.DrawFn,
    *,
    min_year: FinancialYear = FinancialYear.of("2016/17"),
    max_year: FinancialYear = FinancialYear.of("2028/29"),
) -> FinancialYear:
    """
    Draw a financial year; shrinks towards the first.

    Args:
        draw: What Hypothesis hands in.
        min_year: The first.
        max_year: The last.

    Returns:
        A year from 1 April to 31 March.

    Raises:
        InvalidArgument: If the bounds are out of order.

    Source: our choice.

    >>> from hypothesis import find
    >>> find(financial_years(), bool)
    FinancialYear('2016/17')

    .. versionadded:: 0.1.0
    """
    in_order(min_year, max_year, "year")
    return FinancialYear.of(draw(st.integers(min_year.start_year, max_year.start_year)))


@st.composite
def intervals(
    draw: st.DrawFn, *, min_day: date = FIRST_DAY, max_day: date = LAST_DAY, bounded: bool = False
) -> Interval:
    """
    Draw a period of a day or more; shrinks towards the first day.

    Args:
        draw: What Hypothesis hands in.
        min_day: The first day in it at the soonest.
        max_day: The last day in it at the latest.
        bounded: Whether both ends are fixed; otherwise either may be open.

    Returns:
        A period.

    Raises:
        InvalidArgument: If the bounds are out of order.

    Source: our choice.

    >>> from hypothesis import find
    >>> print(find(intervals(bounded=True), bool))
    2016-04-01

    .. versionadded:: 0.1.0
    """
    start = draw(days(min_day=min_day, max_day=max_day))
    last = draw(days(min_day=start, max_day=max_day))
    ends = st.just(False) if bounded else st.booleans()
    return Interval.through(None if draw(ends) else start, None if draw(ends) else last)


@st.composite
def function_ids(draw: st.DrawFn, *, min_words: int = 1, max_words: int = 3) -> str:
    """
    Draw the id of a function: words with hyphens between; shrinks to ``"a"``.

    Args:
        draw: What Hypothesis hands in.
        min_words: The fewest words, 1 or more.
        max_words: The most words.

    Returns:
        An id.

    Raises:
        InvalidArgument: If the bounds are out of order or below 1.

    Source: our choice. Any id will do; the catalogue of functions binds nobody's ids.

    >>> from hypothesis import find
    >>> find(function_ids(), bool)
    'a'

    .. versionadded:: 0.1.0
    """
    at_least(1, min_words, "min_words")
    in_order(min_words, max_words, "words")
    word = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)
    return "-".join(draw(st.lists(word, min_size=min_words, max_size=max_words)))
