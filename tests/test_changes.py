"""What changes in the law, and which rules it touches."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.changes import LawChanges, law_changes
from scotintegration.errors import DateError
from scotintegration.examples import EXAMPLES, example
from scotintegration.functions import must_enactments
from scotintegration.law import PARAMETERS
from scotintegration.rules import RULES

FIRST, LAST = date(2014, 1, 1), date(2030, 1, 1)
DAYS = st.dates(FIRST, LAST)
BY_LIST = {one.citation for one in law_changes(between=(FIRST, LAST)) if " what a " in one.what}


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

    def test_statute_only(self):
        """Changes are of statute; a rule that rests on guidance, a reading or a scheme is beside them, and marked."""
        changes = law_changes(between=(FIRST, LAST))
        severities = {rule.id: rule.severity.value for rule in RULES}
        for one in changes:
            assert "statute" == one.rests_on
            assert not one.what.startswith(("begins:", "ends:")) or {"statute"} == {severities[id] for id in one.rules}
        for one in changes.beside:
            (id,) = one.rules
            assert "statute" != one.rests_on == severities[id]
            assert f"({one.rests_on}, not statute) {one.what}" in {row["what changed"] for row in changes.to_table()}
        assert any(rule.severity.value == "guidance" for rule in RULES)

    def test_citation(self):
        """A rule is cited to what changed the law for it that day where known, or else to its first provision."""
        changes = law_changes(between=(FIRST, LAST))
        made = {(one.on, id): one.citation for one in changes if ": " in one.what for id in one.rules}
        for one in changes:
            if one.what.startswith(("begins:", "ends:")):
                (rule,) = [rule for rule in RULES if rule.id == one.rules[0]]
                assert one.citation in {rule.citation, made.get((one.on, rule.id)), *BY_LIST}

    @pytest.mark.parametrize(
        ("rule", "day", "instrument"),
        [
            ("IJBO-a3-7A-no-double", "2015-03-20", "SSI 2015/66"),
            ("IJMC-a3-6A-no-double", "2015-03-20", "SSI 2015/66"),
            ("IJBO-sch5-interest", "2016-02-01", "SSI 2015/432"),
            ("PBJW-s53A-ethical", "2026-01-07", "asp 2025/9"),
            ("IJBO-voting-2026", "2026-09-01", "SSI 2025/405"),
            ("IJBO-voting-pre2026", "2026-09-01", "SSI 2025/405"),
        ],
    )
    def test_amended(self, rule, day, instrument):
        """A rule that an amendment brought, or ended, is of the instrument that made it."""
        on = date.fromisoformat(day)
        (one,) = [one for one in law_changes(between=(on - timedelta(days=1), on)) if (rule,) == one.rules]
        assert (on, instrument) == (one.on, one.instrument.id)

    def test_lists(self):
        """What must be delegated differs on two days only if an entry joined or left between them."""
        days = {one.on for one in law_changes(between=(FIRST, LAST)) if " what a council must delegate" in one.what}
        listed = {
            day: [one.id for one in must_enactments(day)]
            for day in (date(2015, 1, 1) + timedelta(days=n) for n in range(1500))
        }
        for day, ids in listed.items():
            before = listed.get(day - timedelta(days=1), ids)
            assert (ids != before) is (day in days)

    def test_every_rule(self):
        """Every rule that begins on a day begins among the changes of that day, or beside them."""
        changes = law_changes(between=(FIRST, LAST))
        begun = {(one.on, id) for one in (*changes, *changes.beside) for id in one.rules}
        assert {(rule.days.start, rule.id) for rule in RULES if rule.days.start is not None} <= begun


class TestExamples:
    def test_carers(self):
        """The Carers Act entries joined the list of musts on two days, and others left it on a third."""
        changes = law_changes(between=("2017-05-01", "2018-04-01"))
        told = [(one.on.isoformat(), str(one.citation), one.rules) for one in changes if "council must" in one.what]
        rules = ("LAF-carers-dated", "LAF-must-list")
        assert [
            ("2017-06-16", "SSI 2017/190", rules),
            ("2017-12-13", "SSI 2017/449", rules),
            ("2018-04-01", "SSI 2017/449", rules),
        ] == told
        (joined,) = [one for one in changes if one.on == date(2017, 6, 16) and "council must" in one.what]
        assert "Carers (Scotland) Act 2016 s. 21 joins what a council must delegate" == joined.what

    def test_september_2026(self):
        """On 1 September 2026 the voting members change, by SSI 2025/405, and quorum and majority with them."""
        changes = law_changes(between=("2026-08-31", "2026-09-01"))
        (voting,) = [one for one in changes if one.what.startswith("voting routes")]
        assert ("SSI 2025/405", date(2026, 9, 1)) == (voting.instrument.id, voting.on)
        assert {"IJBO-voting-2026", "IJBO-sch3-quorum", "IJBO-a11-majority"} <= set(voting.rules)
        assert "health-board, local-authority become health-board, local-authority, third-sector" in str(voting)
        (ended,) = [one for one in changes if one.what.startswith("ends:")]
        assert (("IJBO-voting-pre2026",), "SSI 2025/405 art.2(2)") == (ended.rules, str(ended.citation))
        assert changes[0] in tuple(changes)
        assert all(one.citation.printed in str(changes) for one in changes)

    def test_chief_social_work_officer(self):
        """The duty to have a chief social work officer is that of the Act of 1968, not of the guidance on it."""
        (one,) = [one for one in law_changes(between=(FIRST, LAST)) if one.rules == ("CSWO-appointed",)]
        assert "1968 c. 49 s. 3" == one.citation.printed

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
        """The table has a row a change, in order of day, and then one a rule beside them."""
        changes = law_changes(between=("2014-01-01", "2016-01-01"))
        days = [row["day"] for row in changes.to_table()]
        assert sorted(days[: len(changes)]) == days[: len(changes)]
        assert len(changes) + len(changes.beside) == len(days)
        assert len(days) > 20
        assert () == LawChanges(()).to_table().rows
