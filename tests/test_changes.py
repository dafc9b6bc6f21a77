"""What changes in the law, and which rules it touches."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.changes import LawChanges, law_changes
from scotintegration.errors import DateError
from scotintegration.examples import EXAMPLES, example
from scotintegration.law import PARAMETERS
from scotintegration.rules import RULES

FIRST, LAST = date(2014, 1, 1), date(2030, 1, 1)
DAYS = st.dates(FIRST, LAST)


class TestLaws:
    @given(DAYS, DAYS, DAYS)
    def test_adds_up(self, one, two, three):
        """What changes between two days is what changes up to a day between them and after it."""
        a, b, c = sorted((one, two, three))
        whole = law_changes(between=(a, c)).changes
        assert whole == (*law_changes(between=(a, b)), *law_changes(between=(b, c)))

    @given(DAYS)
    def test_nothing(self, day):
        """Nothing changes between a day and itself."""
        assert 0 == len(law_changes(between=(day, day)))

    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("day", sorted({one.days.start for one in PARAMETERS if one.touches}))
    def test_touched(self, name, day):
        """A rule that answers otherwise under the law of the day before is among those that the change touches."""
        p = example(name)
        touched = {id for one in law_changes(between=(day - timedelta(days=1), day)) for id in one.rules}
        before, after = p.check(law_as_at=day - timedelta(days=1)), p.check(law_as_at=day)
        for rule in RULES:
            said = [(one.outcome, [(f.where, f.what) for f in one]) for one in (before[rule.id], after[rule.id])]
            assert said[0] == said[1] or rule.id in touched

    def test_every_rule(self):
        """Every rule that begins on a day begins among the changes of that day."""
        begun = {(one.on, id) for one in law_changes(between=(FIRST, LAST)) for id in one.rules}
        assert {(rule.days.start, rule.id) for rule in RULES if rule.days.start is not None} <= begun


class TestExamples:
    def test_september_2026(self):
        """On 1 September 2026 the voting members change, by SSI 2025/405, and quorum and majority with them."""
        changes = law_changes(between=("2026-08-31", "2026-09-01"))
        (voting,) = [one for one in changes if one.what.startswith("voting routes")]
        assert ("SSI 2025/405", date(2026, 9, 1)) == (voting.instrument.id, voting.on)
        assert {"IJBO-voting-2026", "IJBO-sch3-quorum", "IJBO-a11-majority"} <= set(voting.rules)
        assert "health-board, local-authority become health-board, local-authority, third-sector" in str(voting)
        assert {"IJBO-voting-pre2026"} == {id for one in changes if one.what.startswith("ends:") for id in one.rules}
        assert changes[0] in tuple(changes)
        assert all(one.citation.printed in str(changes) for one in changes)

    def test_number(self):
        """A parameter that is a number would say so; those of today have had one number each."""
        numbers = [one for one in PARAMETERS if isinstance(one.value, int)]
        assert len({one.name for one in numbers}) == len(numbers)

    def test_order(self):
        """The first day must not be after the second."""
        with pytest.raises(ValueError, match="between must begin before it ends, got 2026-09-02 and 2026-09-01"):
            law_changes(between=("2026-09-02", "2026-09-01"))
        with pytest.raises(DateError, match="soon"):
            law_changes(between=("soon", "2026-09-01"))

    def test_table(self):
        """The table has a row a change, in order of day."""
        table = law_changes(between=("2014-01-01", "2016-01-01")).to_table()
        days = [row["day"] for row in table]
        assert sorted(days) == days
        assert len(days) > 20
        assert () == LawChanges(()).to_table().rows
