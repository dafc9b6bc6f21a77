"""When a failure began and ended, and what falls due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.errors import NotFoundError
from scotintegration.examples import example
from scotintegration.rules import Outcome, find
from scotintegration.timelines import Timeline, ToDo, timeline, to_do

VACANT, BOARD = example("vacant-chief-officer"), example("body-corporate")
CO, REVIEW = "PBJW-s10-chief-officer", "PBJW-s37-clock-reset"


class TestTimeline:
    @given(st.dates(date(2026, 5, 1), date(2026, 7, 1)), st.integers(0, 60))
    def test_every_day(self, first, days):
        """Spells follow on from one another, leave no day out, and each day answers as its spell says."""
        last = first + timedelta(days=days)
        line = timeline(VACANT, find(CO), between=(first, last))
        assert (first, last) == (line.spells[0].start, line.spells[-1].until)
        for before, after in zip(line.spells, line.spells[1:], strict=False):
            assert before.until + timedelta(days=1) == after.start
        for spell in line:
            for on in {spell.start, spell.until}:
                assert spell.outcome is VACANT.at(on).check(rules=[CO])[CO].outcome

    def test_vacancy(self):
        """The post has been vacant since the day after its last holder left."""
        line = timeline(VACANT, CO, between=("2026-01-01", "2026-12-31"))
        (failure,) = line.failures
        assert (date(2026, 6, 1), date(2026, 12, 31)) == (failure.start, failure.until)
        assert ("posts: nobody holds the post of chief officer",) == failure.said
        assert [Outcome.PASS, Outcome.FAIL] == [one.outcome for one in line]
        assert len(line) == len(line.to_table())
        assert CO in str(line)
        assert all(str(one).startswith(one.start.isoformat()) for one in line)

    def test_law_of_each_day(self):
        """A rule that begins on a day does not apply before it."""
        line = timeline(BOARD, "IJBO-voting-2026", between=("2026-08-30", "2026-09-02"))
        assert [(Outcome.NOT_APPLICABLE, date(2026, 8, 31)), (Outcome.PASS, date(2026, 9, 2))] == [
            (one.outcome, one.until) for one in line
        ]
        assert isinstance(line, Timeline)

    def test_bad_input(self):
        """Days out of order, a stretch too long and an unknown rule are refused."""
        with pytest.raises(ValueError, match="between must begin before it ends, got 2026-01-02 and 2026-01-01"):
            timeline(BOARD, CO, between=("2026-01-02", "2026-01-01"))
        with pytest.raises(ValueError, match="between is 36525 days; expected at most 7320"):
            timeline(BOARD, CO, between=("2000-01-01", "2099-12-31"))
        with pytest.raises(NotFoundError, match="no rule 'PBJW'"):
            timeline(BOARD, "PBJW", between=("2026-01-01", "2026-01-02"))


class TestToDo:
    def test_falls_due(self):
        """What will be broken on the day is listed with its first day and its mend, and each is kept till then."""
        todo = to_do(BOARD, by="2028-10-01")
        assert REVIEW in {due.rule.id for due in todo}
        assert sorted(due.on for due in todo) == [due.on for due in todo]
        for due in todo:
            id = due.rule.id
            assert Outcome.FAIL is BOARD.at(due.on).check(rules=[id])[id].outcome
            assert Outcome.FAIL is not BOARD.at(due.on - timedelta(days=1)).check(rules=[id])[id].outcome
            assert due.mend
            assert due.mend in str(due)
        assert len(todo) == len(todo.to_table())
        assert "to do by 2028-10-01" in str(todo)
        assert isinstance(todo, ToDo)

    def test_broken_already(self):
        """What is broken already is no news."""
        assert () == to_do(VACANT, by="2026-12-31", rules=[find(CO)]).dues

    def test_bad_input(self):
        """A day that has passed is refused."""
        with pytest.raises(ValueError, match="by must be on or after 2026-11-22, got 2026-11-21"):
            to_do(BOARD, by="2026-11-21")
