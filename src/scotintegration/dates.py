"""
Days, financial years, and periods between days.

Periods are half-open inside: the first day is in, the end is not. People write
last days, and those are in: say `Interval.through`. There is no clock here.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final, overload

import attrs

from scotintegration._shown import Printed
from scotintegration.errors import DateError
from scotintegration.unknown import UNKNOWN, Unknown, known

__all__ = [
    "FinancialYear",
    "Interval",
    "add_months",
    "add_years",
    "clear_days",
    "day",
    "last_day_of_period",
    "optional_day",
]

_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PARTIAL: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_YEARS: Final = re.compile(r"([0-9]{4})[/\u2013-]([0-9]{2}|[0-9]{4})")
_ONE: Final = timedelta(days=1)
_MONTHS: Final = 12
_FIRST_MONTH: Final = 4
_FIRST_YEAR: Final = 1974
_LAST_YEAR: Final = 9998
_A_YEAR: Final = "two years in a row, such as '2025/26'"
_A_PERIOD: Final = "'2016', '2016-04', '2016-04-01', '2025/26' or two days with 'to' between them"


_MOST_READ: Final = 20_000
_READ: Final[dict[str, date]] = {}
"""Days that were read from a text before: the same few are read again and again."""


def day(x: date | str, name: str = "date") -> date:
    """
    Read one day.

    Args:
        x: A date, or a text such as ``"2026-11-22"``.
        name: What the day is called in the error.

    Returns:
        The day.

    Raises:
        DateError: If the text is no day of the calendar, written yyyy-mm-dd.
        TypeError: If *x* has a time of day, or is neither a date nor a text.

    >>> day("2026-11-22")
    datetime.date(2026, 11, 22)
    >>> day("2026-02-30", "start")
    Traceback (most recent call last):
    scotintegration.errors.DateError: cannot read '2026-02-30'; expected start to be a day there is: 2026-02 has 28 days

    .. versionadded:: 0.1.0
    """
    if type(x) is date:
        return x
    if type(x) is str and x in _READ:
        return _READ[x]
    if isinstance(x, datetime):
        raise TypeError(f"{name} must be a day without a time, got {x!r}; use its .date()")
    if isinstance(x, date):
        return x
    if not isinstance(x, str):
        raise TypeError(f"{name} must be a date, or a str such as '2026-11-22', got {type(x).__name__} {x!r}")
    found = _DAY.fullmatch(x.strip())
    if found is None:
        raise DateError(x, f"{name} as yyyy-mm-dd, such as '2026-11-22'")
    on = _exists(x, name, *map(int, found.groups()))
    if len(_READ) < _MOST_READ:
        _READ[x] = on
    return on


def _exists(text: str, name: str, year: int, month: int = 1, on: int = 1) -> date:
    try:
        return date(year, month, on)
    except ValueError:
        raise DateError(text, f"{name} to be a day there is: {_calendar(year, month)}") from None


def _calendar(year: int, month: int) -> str:
    """Say which days there are, as far as a year and a month are in the calendar."""
    if year < date.min.year:
        return f"years run from 0001 to {date.max.year}"
    if not 1 <= month <= _MONTHS:
        return f"months run from 01 to {_MONTHS}"
    return f"{year:04}-{month:02} has {calendar.monthrange(year, month)[1]} days"


def optional_day(x: date | str | Unknown | None) -> date | Unknown | None:
    """
    Read one day, or none, or one that nobody recorded.

    Args:
        x: What `day` reads, ``None`` or `UNKNOWN`.

    Returns:
        The day, ``None`` or `UNKNOWN`.

    Raises:
        DateError: If the text is no day of the calendar, written yyyy-mm-dd.
        TypeError: If *x* has a time of day, or is of another type.

    >>> optional_day("2026-11-22"), optional_day(UNKNOWN), optional_day(None)
    (datetime.date(2026, 11, 22), UNKNOWN, None)

    .. versionadded:: 0.1.0
    """
    return x if x is None or x is UNKNOWN else day(x)


def _a_day(x: object) -> date:
    """The day asked about in ``x in period``."""
    return day(known(x, "the day to look for"))  # type: ignore[arg-type]


def _after(last: date) -> date | None:
    """The day after the last day; nothing comes after the last day there is."""
    return None if last == date.max else last + _ONE


def _start_year(x: FinancialYear | date | str | int) -> int:
    if isinstance(x, FinancialYear):
        return x.start_year
    if isinstance(x, date):
        on = day(x)
        year = on.year if on.month >= _FIRST_MONTH else on.year - 1
    elif isinstance(x, str):
        found = _YEARS.fullmatch(x.strip())
        if found is None or int(found[2]) != (int(found[1]) + 1) % 10 ** len(found[2]):
            raise DateError(x, _A_YEAR)
        year = int(found[1])
    elif type(x) is int:
        year = x
    else:
        raise TypeError(f"a financial year is read from a str such as '2025/26', got {type(x).__name__} {x!r}")
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise DateError(x, f"a financial year that starts in {_FIRST_YEAR} to {_LAST_YEAR}")
    return year


@attrs.frozen(order=True, repr=False, str=False)
class FinancialYear(Printed):
    """
    A financial year: 1 April to 31 March.

    Attributes:
        start_year: Year of its first day, 1974 to 9998. The constructor takes
            what `of` takes.

    Raises:
        DateError: If a text is not of two years in a row, or they are out of range.
        TypeError: If a date has a time of day, or the value is of another type.

    Source:
        Our choice: councils, health boards and integration joint boards account
        for 1 April to 31 March.

    >>> year = FinancialYear("1999/00")
    >>> print(year, year.next, year.end)
    1999/00 2000/01 2000-03-31
    >>> day("2000-03-31") in year
    True

    .. versionadded:: 0.1.0
    """

    start_year: int = attrs.field(converter=_start_year)

    @classmethod
    def of(cls, x: FinancialYear | date | str | int) -> FinancialYear:
        """
        Find the financial year of a day, or read it: the converter of fields.

        Args:
            x: A day, a text such as ``"2025/26"``, the year of its first day, or
                a financial year. Here ``"2011-12"`` is a year; for `Interval` it is a month.

        Returns:
            The financial year.

        Raises:
            DateError: If the text is not of two years in a row, or they are out of range.
            TypeError: If *x* has a time of day, or is of another type.

        >>> FinancialYear.of(day("2026-03-31")), FinancialYear.of("2025-26")
        (FinancialYear('2025/26'), FinancialYear('2025/26'))

        .. versionadded:: 0.1.0
        """
        return x if isinstance(x, FinancialYear) else cls(x)

    @classmethod
    def between(
        cls, a: FinancialYear | date | str | int, b: FinancialYear | date | str | int
    ) -> tuple[FinancialYear, ...]:
        """
        List the financial years from one to another, both of them in.

        Args:
            a: The first, as `of` reads it.
            b: The last, as `of` reads it.

        Returns:
            The years in order; none if *b* is before *a*.

        >>> print(*FinancialYear.between("2024/25", "2026/27"))
        2024/25 2025/26 2026/27

        .. versionadded:: 0.1.0
        """
        return tuple(map(cls, range(cls.of(a).start_year, cls.of(b).start_year + 1)))

    @property
    def start(self) -> date:
        """The first day, 1 April."""
        return date(self.start_year, _FIRST_MONTH, 1)

    @property
    def end(self) -> date:
        """The last day, 31 March."""
        return date(self.start_year + 1, 3, 31)

    @property
    def interval(self) -> Interval:
        """The days of the year."""
        return Interval.through(self.start, self.end)

    @property
    def next(self) -> FinancialYear:
        """The year after."""
        return self + 1

    @property
    def previous(self) -> FinancialYear:
        """The year before."""
        return self - 1

    def __str__(self) -> str:
        return f"{self.start_year}/{(self.start_year + 1) % 100:02}"

    def __repr__(self) -> str:
        return f"FinancialYear({str(self)!r})"

    def __contains__(self, x: object) -> bool:
        return self.start <= _a_day(x) <= self.end

    def __add__(self, years: int) -> FinancialYear:
        if type(years) is bool or not isinstance(years, int):
            return NotImplemented
        return FinancialYear(self.start_year + years)

    @overload
    def __sub__(self, other: int) -> FinancialYear: ...
    @overload
    def __sub__(self, other: FinancialYear) -> int: ...
    def __sub__(self, other: int | FinancialYear) -> FinancialYear | int:
        if isinstance(other, FinancialYear):
            return self.start_year - other.start_year
        if not isinstance(other, int):
            return NotImplemented
        return FinancialYear(self.start_year - other)


def _bound(x: date | str | None) -> date | None:
    return None if x is None else day(x)


@attrs.frozen(repr=False, str=False)
class Interval(Printed):
    """
    A period of days: the start is in, the end is not.

    Attributes:
        start: The first day, or ``None`` if there is no first day.
        end: The day after the last day, or ``None`` if there is no last day.

    Raises:
        DateError: If *end* is before *start*, or no day comes before it. A period
            that ends where it starts has no days, and is allowed.
        TypeError: If a bound has a time of day, or is neither a date nor a text.

    Source:
        Our choice: half-open periods join without gap or overlap.

    >>> april = Interval("2016-04-01", "2016-05-01")
    >>> print(april)
    2016-04-01 to 2016-04-30
    >>> april == Interval.of("2016-04") == Interval.through("2016-04-01", "2016-04-30")
    True

    .. versionadded:: 0.1.0
    """

    start: date | None = attrs.field(converter=_bound)
    end: date | None = attrs.field(converter=_bound)

    def __attrs_post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise DateError(self.end.isoformat(), f"an end on or after the start, {self.start}")
        if self.start is None and self.end == date.min:
            raise DateError(date.min.isoformat(), "an end with a day before it")

    @classmethod
    def of(cls, x: Interval | FinancialYear | date | str | tuple[date | str | None, date | str | None]) -> Interval:
        """
        Read a period: the converter of fields.

        Args:
            x: A partial date (``"2016"`` is the calendar year, ``"2016-04"`` the
                month, ``"2016-04-01"`` the day), a financial year, a date, what
                ``str`` prints of a period, or a start and an end as the
                constructor takes them.

        Returns:
            The period.

        Raises:
            DateError: If the text is no period.
            TypeError: If *x* has a time of day, or is of another type.

        >>> print(Interval.of("2016"), Interval.of("2016-02"), Interval.of("2016-02-29"), sep="; ")
        2016-01-01 to 2016-12-31; 2016-02-01 to 2016-02-29; 2016-02-29

        .. versionadded:: 0.1.0
        """
        if isinstance(x, Interval):
            return x
        if isinstance(x, FinancialYear):
            return x.interval
        if isinstance(x, date):
            return cls.through(x, x)
        if isinstance(x, str):
            return cls._read(x)
        if not isinstance(x, tuple):
            raise TypeError(f"a period is read from {_A_PERIOD}, got {type(x).__name__} {x!r}")
        start, end = x
        return cls(start, end)

    @classmethod
    def through(cls, first: date | str | None, last: date | str | None) -> Interval:
        """
        Make the period of two days, both of them in.

        Args:
            first: The first day, or ``None`` if there is no first day.
            last: The last day, or ``None`` if there is no last day.

        Returns:
            The period, of one day at least.

        Raises:
            DateError: If *last* is before *first*.

        >>> Interval.through("2016-04-01", "2016-04-30")
        Interval('2016-04-01', '2016-05-01')

        .. versionadded:: 0.1.0
        """
        start, final = _bound(first), _bound(last)
        if start is not None and final is not None and final < start:
            raise DateError(final.isoformat(), f"a last day on or after the first, {start}")
        return cls(start, None if final is None else _after(final))

    @classmethod
    def _read(cls, text: str) -> Interval:
        tidy = text.strip()
        if found := _PARTIAL.fullmatch(tidy):
            parts = [int(part) for part in found.groups() if part]
            first = _exists(text, "the period", *parts)
            lasts: tuple[Callable[[], date], ...] = (
                lambda: first.replace(month=12, day=31),
                lambda: first.replace(day=calendar.monthrange(first.year, first.month)[1]),
                lambda: first,
            )
            return cls.through(first, lasts[len(parts) - 1]())
        if _YEARS.fullmatch(tidy):
            return FinancialYear(tidy).interval
        words = tidy.split()
        match words:
            case ["always"]:
                return cls(None, None)
            case ["from", first_day]:
                return cls(day(first_day, "the first day"), None)
            case ["until", last_day]:
                return cls.through(None, day(last_day, "the last day"))
            case ["empty", "at", at]:
                return cls(day(at, "the bound"), day(at, "the bound"))
            case [first_day, "to", last_day]:
                return cls.through(day(first_day, "the first day"), day(last_day, "the last day"))
        raise DateError(text, _A_PERIOD)

    @property
    def empty(self) -> bool:
        """Whether no day is in it."""
        return self.start is not None and self.start == self.end

    @property
    def last_day(self) -> date | None:
        """The last day that is in it; ``None`` if there is no last day, or no day at all."""
        return None if self.end is None or self.empty else self.end - _ONE

    @property
    def days(self) -> int | None:
        """How many days are in it; ``None`` if a bound is missing."""
        return None if self.start is None or self.end is None else (self.end - self.start).days

    def __contains__(self, x: object) -> bool:
        on = x if type(x) is date else _a_day(x)
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)

    def overlaps(self, other: Interval) -> bool:
        """
        Say whether some day is in both periods.

        >>> Interval.of("2016").overlaps(Interval.of("2015/16"))
        True

        .. versionadded:: 0.1.0
        """
        return self.intersection(other) is not None

    def without(self, other: Interval) -> tuple[Interval, ...]:
        """
        Give what is left of the period once another is taken out of it.

        Args:
            other: The period to take out.

        Returns:
            No period, one or two, in order.

        >>> Interval.of("2016").without(Interval.of("2016-04"))
        (Interval('2016-01-01', '2016-04-01'), Interval('2016-05-01', '2017-01-01'))

        .. versionadded:: 0.1.0
        """
        if other.empty or not self.overlaps(other):
            return () if self.empty else (self,)
        before = other.start is not None and (self.start is None or self.start < other.start)
        after = other.end is not None and (self.end is None or other.end < self.end)
        left = (Interval(self.start, other.start),) if before else ()
        return (*left, Interval(other.end, self.end)) if after else left

    def intersection(self, other: Interval) -> Interval | None:
        """
        Find the days that are in both periods.

        Returns:
            Their period, or ``None`` if no day is in both.

        >>> print(Interval.of("2016").intersection(Interval.of("2015/16")))
        2016-01-01 to 2016-03-31

        .. versionadded:: 0.1.0
        """
        start = max((each.start for each in (self, other) if each.start is not None), default=None)
        end = min((each.end for each in (self, other) if each.end is not None), default=None)
        if start is not None and end is not None and end <= start:
            return None
        return Interval(start, end)

    def __str__(self) -> str:
        if self.empty:
            return f"empty at {self.start}"
        if self.start is None:
            return "always" if self.last_day is None else f"until {self.last_day}"
        if self.last_day is None:
            return f"from {self.start}"
        return f"{self.start}" if self.start == self.last_day else f"{self.start} to {self.last_day}"

    def __repr__(self) -> str:
        bounds = (None if bound is None else bound.isoformat() for bound in (self.start, self.end))
        return f"Interval({', '.join(map(repr, bounds))})"


def add_months(day: date, n: int) -> date:
    """
    Find the same day some months later, or the last of that month if it has no such day.

    Args:
        day: The day to count from.
        n: Months to add; negative to go back.

    Returns:
        The day.

    Raises:
        DateError: If the calendar has no such year.

    Source:
        Our choice: a month with fewer days answers with its last.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)

    .. versionadded:: 0.1.0
    """
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    if not date.min.year <= year <= date.max.year:
        raise DateError(f"{day} and {n} months", f"a day in the years {date.min.year} to {date.max.year}")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: date, n: int) -> date:
    """
    Find the same day some years later; 29 February becomes 28 in a year without one.

    Args:
        day: The day to count from.
        n: Years to add; negative to go back.

    Returns:
        The day.

    Raises:
        DateError: If the calendar has no such year.

    Source:
        Our choice: a month with fewer days answers with its last.

    >>> add_years(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)

    .. versionadded:: 0.1.0
    """
    return add_months(day, 12 * n)


def last_day_of_period(start: date, years: int = 0, months: int = 0) -> date:
    """
    Find the last day of a period of years or months beginning with a day.

    Args:
        start: The day it begins with.
        years: Whole years, 0 or more.
        months: Whole months on top of them, 0 or more; one month or more in all.

    Returns:
        The day before the anniversary. If the calendar has no such anniversary
        (29 February, or the 31st of a month of 30 days), the last day of that month.

    Raises:
        DateError: If the calendar has no such year.
        ValueError: If the period is shorter than a month.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 37(10) and 44(5): such a
        period includes the day it begins with, so the anniversary is outside it. What
        ends a period without an anniversary is our choice, for the Act is silent.

    >>> last_day_of_period(date(2016, 4, 1), years=3)
    datetime.date(2019, 3, 31)

    .. versionadded:: 0.1.0
    """
    length = 12 * years + months
    if years < 0 or months < 0 or length == 0:
        raise ValueError(f"a period must be of one month or more, got years={years!r}, months={months!r}")
    anniversary = add_months(start, length)
    return anniversary - _ONE if anniversary.day == start.day else anniversary


def clear_days(notice: date, meeting: date) -> int:
    """
    Count the whole days between a notice and a meeting, neither day included.

    Args:
        notice: The day on which the notice is available.
        meeting: The day of the meeting.

    Returns:
        Days strictly between; 0 if the meeting is the next day or before.

    Source:
        SSI 2014/285, sch, para 2: five clear days.

    >>> clear_days(date(2026, 11, 1), date(2026, 11, 7))
    5

    .. versionadded:: 0.1.0
    """
    return max((meeting - notice).days - 1, 0)
