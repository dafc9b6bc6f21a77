"""Codes of every vintage lead to each other."""

import sys
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration._bundled import table
from scotintegration.dates import Interval
from scotintegration.errors import DateError, NotFoundError
from scotintegration.scotland.codes import code_on, current, history, to_vintage

CODES = st.sampled_from([row["code"] for row in table("code_history")])
DAYS = st.dates(date(2010, 1, 1), date(2030, 1, 1))


class TestLaws:
    @given(CODES, DAYS)
    def test_current_is_kept(self, code, on):
        """The code of any day leads back to the code of now."""
        assert current(code) == current(code_on(code, on))

    @given(CODES, DAYS, DAYS)
    def test_day_decides(self, code, first, second):
        """Going by way of another day's code changes nothing."""
        assert code_on(code, second) == code_on(code_on(code, first), second)

    @given(CODES)
    def test_history(self, code):
        """Every code is in its own history, whose first code is the current one and the same for all of them."""
        line = history(code)
        assert code in {one.value for one in line}
        assert current(code) == line[0].value
        assert {line} == {history(one.value) for one in line}

    @given(CODES, DAYS)
    def test_one_dated_code(self, code, on):
        """Of codes whose days are known on both sides of a change, exactly one stands on a day."""
        dated = [one for one in history(code) if one.days != Interval(None, None)]
        assert len([one for one in dated if on in one.days]) == (1 if dated else 0)

    @given(st.lists(CODES), DAYS)
    def test_faces_agree(self, codes, on):
        """A list, a column and a table get the codes that each code gets alone."""
        alone = tuple(code_on(code, on) for code in codes)
        assert alone == to_vintage(codes, as_at=on)
        assert alone == tuple(to_vintage(pd.Series(codes, dtype=object), as_at=on))
        assert alone == tuple(to_vintage(pd.DataFrame({"area": codes}), "area", as_at=on)["area"])


class TestCodes:
    @pytest.mark.parametrize(
        ("old", "new", "first_day"),
        [
            ("S37000014", "S37000032", "2018-02-02"),
            ("S37000023", "S37000033", "2018-02-02"),
            ("S37000015", "S37000034", "2019-04-01"),
            ("S37000021", "S37000035", "2019-04-01"),
            ("S12000015", "S12000047", "2018-02-02"),
            ("S12000046", "S12000049", "2019-04-01"),
            ("S08000018", "S08000029", "2018-02-02"),
            ("S08000027", "S08000030", "2018-02-02"),
            ("S08000023", "S08000032", "2019-04-01"),
            ("S08000001", "S08000015", "2014-04-01"),
        ],
    )
    def test_change(self, old, new, first_day):
        """A code gives way on the first day of its successor, not a day sooner."""
        on = date.fromisoformat(first_day)
        assert (old, new) == (code_on(new, date.fromordinal(on.toordinal() - 1)), code_on(old, on))

    def test_long_history(self):
        """Glasgow City Council has gone by five codes, three of them on days that were not found."""
        line = history("S12000016")
        assert ["S12000049", "S12000046", "S12000043", "S12000037", "S12000016"] == [one.value for one in line]
        assert "S12000046" == code_on("S12000016", "2010-01-01")

    def test_tidied(self):
        """Case and spaces around a code do not matter."""
        assert "S37000034" == current(" s37000015 ")

    def test_unknown(self):
        """A code that nobody has gone by is not found, with near ones suggested."""
        with pytest.raises(NotFoundError, match="no code 'S3700034'; did you mean 'S37000034'"):
            current("S3700034")
        with pytest.raises(NotFoundError):
            to_vintage(["S37000034", "E09000001"], as_at="2020-01-01")

    def test_not_text(self):
        """A number is no code, and one code is no collection of them."""
        with pytest.raises(TypeError, match="a code is a str such as 'S37000034', got int 34"):
            history(34)
        with pytest.raises(TypeError, match="put it in a list"):
            to_vintage("S37000034", as_at="2020-01-01")

    def test_day(self):
        """A day that is none is refused, whatever the codes."""
        with pytest.raises(DateError):
            code_on("S37000034", "2020-02-30")
        with pytest.raises(DateError, match="as_at"):
            to_vintage([], as_at="yesterday")


class TestFrames:
    def test_table(self):
        """A table is copied: its other columns and its index stay, blanks stay blank, and the old one is unchanged."""
        frame = pd.DataFrame({"area": ["S37000015", None], "n": [1, 2]}, index=["x", "y"])
        moved = to_vintage(frame, "area", as_at="2019-04-01")
        assert ["S37000034"] == list(moved["area"].dropna())
        assert ([1, 2], ["x", "y"]) == (list(moved["n"]), list(moved.index))
        assert "S37000015" == frame["area"]["x"]

    def test_column(self):
        """A column keeps its index, its name and its blanks."""
        moved = to_vintage(pd.Series(["S37000034", None], index=[7, 8], name="area"), as_at="2019-03-31")
        assert ("S37000015", [7, 8], "area") == (moved[7], list(moved.index), moved.name)
        assert moved.isna()[8]

    def test_which_column(self):
        """The column of a table has to be named and to be there, and only a table has one."""
        frame = pd.DataFrame({"area": ["S37000015"]})
        with pytest.raises(ValueError, match="column must name"):
            to_vintage(frame, as_at="2019-04-01")
        with pytest.raises(NotFoundError, match="no column 'aera'; did you mean 'area'"):
            to_vintage(frame, "aera", as_at="2019-04-01")
        with pytest.raises(ValueError, match="column is for tables of pandas, got 'area' with a list"):
            to_vintage(["S37000015"], "area", as_at="2019-04-01")

    def test_without_pandas(self, monkeypatch):
        """Plain collections need no pandas."""
        monkeypatch.delitem(sys.modules, "pandas")
        assert ("S37000034",) == to_vintage(iter(["S37000015"]), as_at="2019-04-01")
