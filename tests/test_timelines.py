"""When a failure began and ended, and what falls due."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.errors import NotFoundError
from scotintegration.examples import example
from scotintegration.officers import ChiefOfficer, Holder
from scotintegration.rules import Outcome, fail, find, rule
from scotintegration.timelines import Timeline, ToDo, timeline, to_do
from scotintegration.unknown import UNKNOWN

VACANT, BOARD = example("vacant-chief-officer"), example("body-corporate")
CO, REVIEW, JUNE = "PBJW-s10-chief-officer", "PBJW-s37-clock-reset", "FIN-accounts-30-jun"


def said(p, rule, on):
    """List what a rule finds broken on a day."""
    found = p.at(on).check(rules=[rule])[rule.id]
    return [f"{one.where}: {one.what}" for one in found if one.outcome is Outcome.FAIL]


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
            assert due.what in said(BOARD, due.rule, due.on)
            assert due.what not in said(BOARD, due.rule, due.on - timedelta(days=1))
            assert due.mend
            assert due.mend in str(due)
        assert "to do by 2028-10-01" in str(todo)
        assert isinstance(todo, ToDo)

    @pytest.mark.parametrize("by", ["2028-10-01", "2029-12-31"])
    def test_whatever_the_day(self, by):
        """The accounts of 2027/28 are due by 30 June 2028, however far ahead one asks; those of each year count."""
        found = [(due.on.isoformat(), due.what[:19]) for due in to_do(BOARD, by=by, rules="FIN-accounts-30-jun")]
        years = [("2028-07-01", "accounts['2027/28']"), ("2029-07-01", "accounts['2028/29']")]
        assert years[: len(found)] == found
        assert (2 if by > "2029" else 1) == len(found)

    def test_beside_what_is_broken(self):
        """What more of a rule will be broken is listed though the rule is broken already, which is said."""
        published = BOARD.accounts.map(
            lambda one: attrs.evolve(one, published_on="2025-11-20") if str(one.year) == "2024/25" else one
        )
        todo = to_do(BOARD.evolve(accounts=published), by="2028-12-31", rules=["FIN-accounts-31-oct"])
        assert [("2028-11-01", "accounts['2027/28']")] == [(due.on.isoformat(), due.what[:19]) for due in todo]
        assert ("FIN-accounts-31-oct",) == todo.broken
        assert "Broken already: FIN-accounts-31-oct." in str(todo)

    def test_many_alike(self):
        """Directions that end on one day are one row with their number, and each a thing to do."""
        todo = to_do(BOARD, by="2028-04-01", rules="PBJW-s26-1-every-function")
        assert {date(2028, 4, 1)} == {due.on for due in todo}
        assert len(BOARD.functions) == len(todo)
        (row,) = todo.to_table()
        assert row["what will be found"].endswith(f"; and {len(todo) - 1} more")

    def test_cannot_tell(self):
        """Where it cannot be told whether rules will be kept that is said, with where to ask for the facts."""
        blank = BOARD.evolve(accounts=UNKNOWN)
        one = to_do(blank, by="2028-10-01", rules=["FIN-accounts-31-oct"])
        assert ((), ("FIN-accounts-31-oct",)) == (one.dues, one.cannot_tell)
        assert "Of 1 rule it cannot be told: p.at('2028-10-01').check().to_settle() lists the facts." in str(one)
        assert "Of 2 rules it" in str(to_do(blank, by="2028-10-01", rules=[find("FIN-accounts-31-oct"), JUNE]))

    @pytest.mark.parametrize(
        ("expected", "words"),
        [
            ([], {1: ["a 1"], 3: ["a 2"]}),
            ([(2, "b")], {1: ["a"], 2: ["a", "b"]}),
            ([(2, "a")], {2: ["a"], 4: ["a, b"]}),
            ([(3, "a, b")], {1: ["a"], 3: ["a, b"]}),
            ([(4, "a")], {1: ["a"], 2: [], 4: ["a"]}),
            ([(2, "b"), (4, "a")], {2: ["b"], 4: ["a", "b"]}),
            ([], {1: [], 2: ["a"], 4: []}),
            ([(4, "c")], {1: ["a"], 3: ["b"], 4: ["c"]}),
        ],
    )
    def test_from_day_to_day(self, expected, words):
        """Breaches are told apart by their words but for figures, and else by place; each counts from its first day."""

        def check(p, on):
            """Nothing is said."""
            days = [day for day in words if day <= on.day]
            return [fail("here", what, mend="m") for what in words[max(days)]] if days else []

        made = rule("TOY", cites="asp 2014/9 s.1", severity="statute", passes=BOARD, fails=BOARD, register=False)(check)
        todo = to_do(BOARD.at("2027-03-01"), by="2027-03-05", rules=made)
        assert expected == [(due.on.day, due.what.removeprefix("here: ")) for due in todo]

    def test_over_before_the_day(self):
        """What is over by itself before the day counts too: votes not recorded of members whose terms end in 2027."""
        stay = ["third-sector-2025", "service-user-2025", "unpaid-carer-2025"]
        after, before = ["third-sector-2026", "service-user-2026", "unpaid-carer-2026"], BOARD.at("2026-08-15")
        members = before.members.where(lambda one: one.id not in after).map(
            lambda one: attrs.evolve(one, until="2027-05-05", end_reason=None) if one.id in stay else one
        )
        todo = to_do(before.evolve(members=members), by="2027-12-31", rules="IJBO-voting-2026")
        assert [(date(2026, 9, 1), f"members['{id}']") for id in sorted(stay)] == [
            (due.on, due.what.partition(".")[0]) for due in todo
        ]
        assert () == todo.broken

    def test_broken_for_a_while(self):
        """What is broken now, and over before the day, is broken already."""
        later = Holder(person="A", start="2027-03-15", interim=False, appointed_by=BOARD.id)
        holders = BOARD.posts.map(
            lambda one: attrs.evolve(one, holders=[later]) if isinstance(one, ChiefOfficer) else one
        )
        todo = to_do(BOARD.evolve(posts=holders), by="2027-06-30", rules=CO)
        assert ((), (CO,)) == (todo.dues, todo.broken)

    def test_broken_already(self):
        """What is broken already is no news."""
        assert () == to_do(VACANT, by="2026-12-31", rules=[find(CO)]).dues

    def test_bad_input(self):
        """A day that has passed is refused."""
        with pytest.raises(ValueError, match="by must be on or after 2026-11-22, got 2026-11-21"):
            to_do(BOARD, by="2026-11-21")
        with pytest.raises(ValueError, match="by is 26702 days away; expected at most 7320"):
            to_do(BOARD, by="2099-12-31")
