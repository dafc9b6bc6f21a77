"""Days, financial years and periods: half-open inside, last days included outside."""

import copy
import pickle
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration import dates
from scotintegration.dates import (
    FinancialYear,
    Interval,
    add_months,
    add_years,
    clear_days,
    day,
    last_day_of_period,
    optional_day,
)
from scotintegration.errors import DateError, UnknownFactError
from scotintegration.unknown import UNKNOWN

ONE = timedelta(days=1)
DAYS = st.dates(date(1975, 1, 1), date(2100, 12, 31))
ANY_DAY = st.dates()
YEARS = st.integers(1974, 9998).map(FinancialYear)
BOUNDS = st.none() | st.dates(date(2016, 1, 1), date(2016, 3, 31))
INTERVALS = st.tuples(BOUNDS, BOUNDS).map(lambda b: Interval(*(b if None in b else sorted(b))))
NOON = datetime(2026, 11, 22, 12)


def days_of(interval):
    """The days of a quarter that are in a period, one by one."""
    return {d for d in (date(2015, 12, 1) + i * ONE for i in range(160)) if d in interval}


class TestDay:
    @given(ANY_DAY)
    def test_round_trip(self, d):
        """A day is read from itself and from its text."""
        assert d == day(d) == day(d.isoformat()) == optional_day(f" {d} ")

    @pytest.mark.parametrize(
        "text", ["", "2026", "2026-11", "22/11/2026", "20261122", "2026-W47-7", "26-11-22", "soon", "2026-11-22T00:00"]
    )
    def test_not_iso(self, text):
        """Days are written year first, with two figures for month and day."""
        with pytest.raises(DateError, match="expected start as yyyy-mm-dd, such as '2026-11-22'"):
            day(text, "start")

    @pytest.mark.parametrize(
        ("text", "there"),
        [
            ("2026-02-30", "2026-02 has 28 days"),
            ("2024-02-30", "2024-02 has 29 days"),
            ("2026-04-00", "2026-04 has 30 days"),
            ("2026-13-01", "months run from 01 to 12"),
            ("2026-00-10", "months run from 01 to 12"),
            ("0000-01-01", "years run from 0001 to 9999"),
        ],
    )
    def test_no_such_day(self, text, there):
        """A day that is not in the calendar is named, with what the calendar has."""
        with pytest.raises(DateError, match=f"cannot read '{text}'; expected date to be a day there is: {there}$"):
            day(text)

    def test_moments(self):
        """A moment is not a day."""
        with pytest.raises(TypeError, match=r"date must be a day without a time, got .*; use its \.date\(\)"):
            day(NOON)

    def test_kinds_of_date(self):
        """A value of a class of its own that is a date is one."""
        pretend = type("Pretend", (date,), {})(2026, 11, 22)
        assert pretend is day(pretend)

    def test_many(self, monkeypatch):
        """More days are read than are remembered."""
        monkeypatch.setattr(dates, "_READ", {})
        monkeypatch.setattr(dates, "_MOST_READ", 2)
        texts = ["2026-11-22", "2026-11-23", "2026-11-24", "2026-11-24", "2026-11-22"]
        assert texts == [str(day(text)) for text in texts]
        assert texts[:2] == list(dates._READ)

    @pytest.mark.parametrize("x", [None, 20261122, 1.5])
    def test_other_types(self, x):
        """A day is a date or a text."""
        with pytest.raises(TypeError, match="issued_on must be a date, or a str such as"):
            day(x, "issued_on")

    def test_optional(self):
        """None and UNKNOWN are answers too."""
        assert (None, UNKNOWN) == (optional_day(None), optional_day(UNKNOWN))


class TestFinancialYear:
    @given(YEARS)
    def test_round_trip(self, year):
        """What a year prints makes it again."""
        assert year == FinancialYear(str(year)) == FinancialYear.of(year) == FinancialYear(year)
        assert year == eval(repr(year), {"FinancialYear": FinancialYear})
        assert year == pickle.loads(pickle.dumps(year)) == copy.copy(year)
        assert year == FinancialYear.of(year.start) == FinancialYear.of(year.end) == FinancialYear(year.start_year)

    @given(DAYS)
    def test_every_day_has_one(self, d):
        """Every day is in its financial year and in no other."""
        year = FinancialYear.of(d)

        assert d in year
        assert d not in year.next
        assert d not in year.previous
        assert (d in year.interval, d in year.next.interval) == (True, False)

    @given(YEARS, YEARS)
    def test_order(self, a, b):
        """Years are in the order of their days, and differ by a number of years."""
        assert (a < b) is (a.start < b.start)
        assert b == a + (b - a)
        assert a == b - (b - a)

    @given(st.integers(1974, 2100), st.integers(0, 20))
    def test_between(self, first, more):
        """The years between two are consecutive, both of them in."""
        years = FinancialYear.between(first, first + more)

        assert tuple(FinancialYear(first) + i for i in range(more + 1)) == years
        assert () == FinancialYear.between(first + more + 1, first)
        assert all(a.end + ONE == b.start for a, b in pairwise(years))

    def test_examples(self):
        """A year runs from 1 April to 31 March and turns the century with two noughts."""
        year = FinancialYear("1999-00")

        assert ("1999/00", "FinancialYear('1999/00')") == (str(year), repr(year))
        assert (date(1999, 4, 1), date(2000, 3, 31)) == (year.start, year.end)
        assert (FinancialYear(2000), FinancialYear(1998)) == (year.next, year.previous)
        assert year == FinancialYear("1999/2000") == FinancialYear(" 1999\u201300 ")
        assert "2000-03-31" in year

    @pytest.mark.parametrize(
        "text", ["2025/27", "2025/25", "2025", "2025/2", "25/26", "2025-12", "2025/2027", "2025/1926", ""]
    )
    def test_not_a_year(self, text):
        """Two years that do not follow each other are not a financial year."""
        with pytest.raises(DateError, match="expected two years in a row, such as '2025/26'"):
            FinancialYear(text)

    @pytest.mark.parametrize("x", [1973, 9999, "1973/74", date(1974, 3, 31)])
    def test_out_of_range(self, x):
        """Years before councils were as they are, and after the calendar, are refused."""
        with pytest.raises(DateError, match="that starts in 1974 to 9998"):
            FinancialYear(x)

    @pytest.mark.parametrize("x", [True, 2025.0, None, NOON])
    def test_wrong_types(self, x):
        """A year is not read from a truth value, a fraction or a moment."""
        with pytest.raises(TypeError):
            FinancialYear.of(x)

    @pytest.mark.parametrize("ask", [lambda y: y + "1", lambda y: y - "1", lambda y: y < 2025, lambda y: 5 in y])
    def test_wrong_operands(self, ask):
        """Years add to whole numbers and compare with years."""
        with pytest.raises(TypeError):
            ask(FinancialYear(2025))

    def test_unknown_day(self):
        """Whether an unknown day is in a year cannot be told."""
        with pytest.raises(UnknownFactError, match="the day to look for"):
            UNKNOWN in FinancialYear(2025)  # noqa: B015


class TestIntervalLaws:
    @given(INTERVALS)
    def test_round_trip(self, interval):
        """What a period prints makes it again."""
        assert (
            interval
            == Interval.of(str(interval))
            == Interval.of(interval)
            == Interval.of((interval.start, interval.end))
        )
        assert interval == eval(repr(interval), {"Interval": Interval})
        assert interval == pickle.loads(pickle.dumps(interval)) == copy.deepcopy(interval)
        assert hash(interval) == hash(copy.copy(interval))

    @given(st.tuples(ANY_DAY, ANY_DAY).map(sorted))
    def test_through(self, days):
        """Both days are in, and nothing beside them, up to the last day there is."""
        first, last = days
        interval = Interval.through(first, last)

        assert first in interval
        assert last in interval
        assert first == date.min or first - ONE not in interval
        assert last == date.max or last + ONE not in interval
        assert interval.last_day in (last, None)
        assert interval == Interval.of(str(interval))

    @given(INTERVALS)
    def test_days_are_counted(self, interval):
        """A bounded period has as many days as there are days in it, and an empty one has none."""
        if interval.days is not None:
            assert interval.days == len(days_of(interval))
            assert interval.empty is (interval.days == 0)
            assert interval.last_day == max(days_of(interval), default=None)

    @given(INTERVALS, INTERVALS)
    def test_intersection_is_of_sets(self, a, b):
        """The intersection holds the days of both, in either order."""
        both = a.intersection(b)

        assert both == b.intersection(a)
        assert (days_of(a) & days_of(b)) == (set() if both is None else days_of(both))
        assert a.overlaps(b) is b.overlaps(a) is (both is not None)

    @given(INTERVALS)
    def test_intersection_with_itself(self, interval):
        """A period with a day overlaps itself, one without does not."""
        assert (None if interval.empty else interval) == interval.intersection(interval)
        assert (None if interval.empty else interval) == interval.intersection(Interval(None, None))


class TestInterval:
    @pytest.mark.parametrize(
        ("expected", "x"),
        [
            ("2016-01-01 to 2016-12-31", "2016"),
            ("2016-02-01 to 2016-02-29", "2016-02"),
            ("2015-02-01 to 2015-02-28", " 2015-02 "),
            ("2016-04-01", "2016-04-01"),
            ("2016-04-01", date(2016, 4, 1)),
            ("2016-04-01 to 2017-03-31", FinancialYear(2016)),
            ("2016-04-01 to 2017-03-31", "2016/17"),
            ("2011-12-01 to 2011-12-31", "2011-12"),
            ("2016-04-01 to 2016-04-30", (date(2016, 4, 1), "2016-05-01")),
            ("from 2026-09-01", ("2026-09-01", None)),
            ("until 2026-08-31", (None, "2026-09-01")),
            ("always", (None, None)),
            ("always", "always"),
            ("empty at 2026-09-01", "empty at 2026-09-01"),
            ("from 9999-01-01", "9999"),
        ],
    )
    def test_of(self, expected, x):
        """Partial dates, days, years and bounds are periods."""
        assert expected == str(Interval.of(x))

    @pytest.mark.parametrize("text", ["", "16", "2016-4", "now", "2016 to 2017 to 2018", "since 2016-01-01"])
    def test_not_a_period(self, text):
        """A text that is no period is refused, with those that are."""
        with pytest.raises(DateError, match="expected '2016', '2016-04'"):
            Interval.of(text)

    @pytest.mark.parametrize("text", ["2016-13", "2016-02-30", "0000", "from 2016-02-30", "2016-01-01 to 2016-01-32"])
    def test_no_such_day(self, text):
        """A period needs days of the calendar."""
        with pytest.raises(DateError, match="to be a day there is: "):
            Interval.of(text)

    @pytest.mark.parametrize("x", [None, 2016, NOON, ["2016-01-01", None], (NOON, None)])
    def test_wrong_types(self, x):
        """A period is not read from a number, a list or a moment."""
        with pytest.raises(TypeError):
            Interval.of(x)

    def test_backwards(self):
        """A period does not end before it starts, and no day comes before the first there is."""
        with pytest.raises(DateError, match="expected an end on or after the start, 2016-04-02"):
            Interval("2016-04-02", "2016-04-01")
        with pytest.raises(DateError, match="expected a last day on or after the first, 2016-04-02"):
            Interval.through("2016-04-02", "2016-04-01")
        with pytest.raises(DateError, match="expected an end with a day before it"):
            Interval(None, date.min)

    def test_empty(self):
        """A period that ends where it starts has no days."""
        nothing = Interval("2016-04-01", "2016-04-01")

        assert (True, 0, None) == (nothing.empty, nothing.days, nothing.last_day)
        assert "2016-04-01" not in nothing
        assert not Interval(None, None).empty

    def test_no_last_day(self):
        """Through no last day is for ever, and so is through the last day there is."""
        assert (
            Interval("2016-04-01", None)
            == Interval.through("2016-04-01", None)
            == Interval.through("2016-04-01", date.max)
        )
        assert Interval("2016-04-01", None).days is None

    def test_unknown_day(self):
        """Whether an unknown day is in a period cannot be told."""
        with pytest.raises(UnknownFactError):
            UNKNOWN in Interval(None, None)  # noqa: B015


class TestCounting:
    @given(DAYS, st.integers(-600, 600))
    def test_months(self, d, n):
        """Months later is the month it should be, on the same day or the last."""
        later = add_months(d, n)

        assert d.year * 12 + d.month + n == later.year * 12 + later.month
        assert later.day == d.day or (later.day < d.day and (later + ONE).day == 1)

    @given(DAYS, st.integers(-50, 50))
    def test_years(self, d, n):
        """A year is twelve months."""
        assert add_months(d, 12 * n) == add_years(d, n)

    @given(DAYS, st.integers(0, 9), st.integers(1, 24))
    def test_period(self, start, years, months):
        """A period ends the day before its anniversary, or on the last day of a month without one."""
        last = last_day_of_period(start, years, months)
        anniversary = add_months(start, 12 * years + months)

        assert last == (anniversary - ONE if anniversary.day == start.day else anniversary)
        assert anniversary.day == start.day or (last + ONE).day == 1

    @given(DAYS, st.integers(1, 12), st.integers(1, 12))
    def test_periods_of_whole_months_join(self, d, n, m):
        """From the first of a month, one period follows another without gap or overlap."""
        start = d.replace(day=1)
        middle = last_day_of_period(start, months=n) + ONE

        assert last_day_of_period(start, months=n + m) == last_day_of_period(middle, months=m)

    @pytest.mark.parametrize(
        ("expected", "start", "length"),
        [
            (date(2019, 3, 31), date(2016, 4, 1), {"years": 3}),
            (date(2020, 2, 27), date(2015, 2, 28), {"years": 5}),
            (date(2017, 2, 28), date(2016, 2, 29), {"years": 1}),
            (date(2020, 2, 28), date(2016, 2, 29), {"years": 4}),
            (date(2026, 2, 28), date(2026, 1, 31), {"months": 1}),
            (date(2027, 2, 28), date(2026, 9, 1), {"months": 6}),
        ],
    )
    def test_period_examples(self, expected, start, length):
        """The day a period begins with is in it, so the anniversary is not."""
        assert expected == last_day_of_period(start, **length)

    @pytest.mark.parametrize("length", [{}, {"years": -1}, {"months": -1}, {"years": 1, "months": -1}])
    def test_no_period(self, length):
        """A period is of one month or more."""
        with pytest.raises(ValueError, match="a period must be of one month or more, got years="):
            last_day_of_period(date(2016, 4, 1), **length)

    @pytest.mark.parametrize(("d", "n"), [(date(9999, 1, 1), 1), (date(1, 1, 1), -1)])
    def test_out_of_calendar(self, d, n):
        """The calendar ends."""
        with pytest.raises(DateError, match="a day in the years 1 to 9999"):
            add_years(d, n)

    @given(DAYS, st.integers(1, 400))
    def test_clear_days(self, notice, n):
        """Clear days are the days strictly between."""
        assert n - 1 == clear_days(notice, notice + n * ONE) == Interval(notice + ONE, notice + n * ONE).days

    @pytest.mark.parametrize("gap", [0, -1, -30])
    def test_no_clear_days(self, gap):
        """Notice on the day or after it gives no clear day."""
        assert 0 == clear_days(date(2026, 11, 7), date(2026, 11, 7) + gap * ONE)
