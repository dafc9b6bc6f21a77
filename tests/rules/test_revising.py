"""Guidance on how directions follow each other."""

from datetime import timedelta

import attrs
import pytest

from scotintegration.directions import Direction
from scotintegration.examples import EXAMPLES, example
from scotintegration.lifecycle import StepKind
from scotintegration.registers import DirectionsRegister
from scotintegration.rules import ask
from scotintegration.rules.revising import PER_DIRECTION, dates_sane, one_in_force, succession
from scotintegration.scotland import scotland
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
NHS, COUNCIL = P.health_board.id, P.local_authorities[0].id
MINE = (dates_sane, one_in_force, succession)
each_rule = pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)


def direction(id="D-1", **fields):
    """Write a direction in force from April."""
    whole = {"given_to": NHS, "functions": ["district-nursing"], "effective_from": "2026-04-01", "in_writing": True}
    return Direction(id, **{**whole, **fields})


def register(*directions):
    """Give a register into which directions were entered one after the other."""
    found = DirectionsRegister(P.id, strict=False)
    for one in directions:
        found = found.issue(one)
    return found


def small(*directions, complete=True):
    """Give a partnership a register that says no more than its papers do."""
    steps = [Step(kind=StepKind.ISSUE, direction=one, on=one.binds_from) for one in directions]
    return P.evolve(directions=DirectionsRegister(P.id, steps, strict=False, complete=complete))


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


class TestLaws:
    @each_rule
    def test_kept(self, rule):
        """One direction keeps every rule, and a register known in part leaves the rest open."""
        assert "pass" == told(rule, small(direction()))
        assert "pass" == told(rule, small())
        assert [("cannot tell", "directions")] == told(rule, small(direction(), complete=False))

    @each_rule
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it, or where nothing was verified warns."""
        assert "pass" == told(rule, rule.passing())
        assert ("fail" if rule.verified else "warn") == ask(rule, rule.failing()).outcome

    @each_rule
    def test_not_applicable(self, rule):
        """The day before there was no such guidance."""
        assert "not applicable" == told(rule, P.at(rule.days.start - timedelta(days=1)))

    @each_rule
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_quiet(self, rule, name):
        """Every example keeps the guidance, as directions are varied and revoked too."""
        for day in ("2024-04-01", "2025-10-01", "2026-06-30", "2026-07-01", "2026-10-01", "2028-03-31"):
            assert "pass" == told(rule, example(name, as_at=day))


class TestOneInForce:
    def test_pair(self):
        """Two directions for one function and recipient are one too many; others are not."""
        assert [("warn", "directions['D-2'].functions")] == told(one_in_force, small(direction(), direction("D-2")))
        for other in (
            direction("D-2", given_to=COUNCIL),
            direction("D-2", functions=["frailty"]),
            direction("D-2", complements=["D-1"]),
            direction("D-2", complements=["2026/27/D-1"]),
            direction("D-2", effective_from="2026-11-23"),
        ):
            assert "pass" == told(one_in_force, small(direction(), other))
        assert "pass" == told(one_in_force, small(direction(complements=["D-2"]), direction("D-2")))
        assert "pass" == told(one_in_force, P.evolve(directions=register(direction(), direction("D-2", varies="D-1"))))

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ("beds", "Beds ", "warn"),
            ("beds", "nurses", "pass"),
            ("beds", None, "warn"),
            ("beds", " ", "warn"),
            ("beds", UNKNOWN, "cannot tell"),
        ],
    )
    def test_purpose(self, one, other, expected):
        """What the money is for is the purpose, and two purposes may have two directions."""
        assert expected == ask(one_in_force, small(direction(use=one), direction("D-2", use=other))).outcome

    def test_missing(self):
        """Whether a direction complements another may not be recorded, nor all that it names."""
        p = small(direction(), direction("D-2", complements=UNKNOWN))
        assert [("cannot tell", "directions['D-2'].functions")] == told(one_in_force, p)
        for vague in ({"functions": Listing.partial("frailty")}, {"given_to": Listing.partial(NHS)}):
            assert [("cannot tell", "directions['D-1'].functions")] == told(one_in_force, small(direction(**vague)))

    def test_draft(self):
        """A draft is held against what is in force on the day it binds, but for what it ends."""
        asked = PER_DIRECTION[one_in_force.id]
        p = small(direction(ends_on="2026-12-31"))
        assert ["warn"] == [one.outcome for one in asked(p, direction("D-2", effective_from="2026-12-31"))]
        assert ["warn"] == [one.outcome for one in asked(p, direction("D-2", effective_from=None))]
        assert [] == list(asked(p, direction("D-2", effective_from="2027-01-01")))
        assert [] == list(asked(p, direction("D-2", varies="D-1")))
        assert [] == list(asked(p, direction()))
        assert [] == list(asked(p, Direction("D-2", revokes="D-1")))


class TestSuccession:
    def test_handed_over(self):
        """One direction ends as another takes its place, on the day that begins."""
        for field in ("varies", "supersedes"):
            two = direction("D-2", effective_from="2026-06-01", **{field: "D-1"})
            assert "pass" == told(succession, P.evolve(directions=register(direction(), two)))
            assert [("fail", f"directions['D-2'].{field}")] == told(succession, small(direction(), two))

    @pytest.mark.parametrize(
        ("ends_on", "expected"),
        [("2026-05-31", "pass"), ("2026-05-30", "fail"), (UNKNOWN, "cannot tell")],
    )
    def test_ran_out(self, ends_on, expected):
        """A direction may begin on the day after the other's last; a day later there is nothing to replace."""
        two = direction("D-2", effective_from="2026-06-01", supersedes="D-1")
        assert expected == ask(succession, small(direction(ends_on=ends_on), two)).outcome

    def test_never_begun(self):
        """To vary what is not yet in force is worth a look, and no more."""
        two = direction("D-2", varies="D-1")
        p = P.evolve(directions=register(direction(), two))
        assert [("warn", "directions['D-2'].varies")] == told(succession, p)

    def test_not_yet(self):
        """What takes place after the day asked about is not looked at."""
        two = direction("D-2", effective_from="2026-06-01", supersedes="D-9")
        assert "fail" == ask(succession, small(two).at("2026-06-01")).outcome
        assert "pass" == ask(succession, small(two).at("2026-05-31")).outcome

    def test_no_target(self):
        """There must be something whose place is taken, and where it is known in part there may be."""
        one = direction(varies="D-9")
        assert [("fail", "directions['D-1'].varies")] == told(succession, small(one))
        assert "cannot tell" == ask(succession, small(one, complete=False)).outcome
        assert "cannot tell" == ask(succession, small(direction(varies=UNKNOWN))).outcome

    def test_in_a_ring(self):
        """No two directions take the place of each other, also by way of a third."""
        two = direction(supersedes="D-2"), direction("D-2", supersedes="D-1")
        assert {"directions['D-1'].supersedes", "directions['D-2'].supersedes"} == {
            where for _, where in told(succession, small(*two))
        }
        three = (*(direction(f"D-{n}", varies=f"D-{n % 3 + 1}") for n in (1, 2, 3)), direction("D-4", varies="D-1"))
        outcomes = [outcome for outcome, _ in told(succession, small(*three))]
        assert ["fail"] * 3 == outcomes[:3]

    def test_days(self):
        """A draft without a day is not held against the other's days; one whose day is not recorded is left open."""
        asked = PER_DIRECTION[succession.id]
        p = small(direction())
        assert [] == list(asked(p, direction("D-2", effective_from=None, varies="D-1")))
        assert [] == list(asked(p, direction("D-2", effective_from="2027-01-01", varies="D-1")))
        unsure = direction("D-2", effective_from=UNKNOWN, varies="D-1")
        assert ["cannot tell"] == [one.outcome for one in asked(p, unsure)]

    def test_known_in_part(self):
        """A target that is not in a register known in part may be elsewhere in it."""
        p = small(direction("D-2", varies="D-1"), complete=False)
        assert ("cannot tell", "directions['D-2'].varies") in told(succession, p)


class TestDates:
    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"issued_on": "2026-05-01"}, "fail"),
            ({"issued_on": "2026-04-30"}, "pass"),
            ({"decided_on": "2026-05-01"}, "fail"),
            ({"decided_on": "2026-05-01", "issued_on": UNKNOWN}, "fail"),
            ({"decided_on": UNKNOWN, "issued_on": "2026-05-01"}, "fail"),
            ({"decided_on": UNKNOWN}, "cannot tell"),
            ({"issued_on": UNKNOWN}, "cannot tell"),
            ({"issued_on": "2026-04-01", "ends_on": UNKNOWN}, "cannot tell"),
            ({"ends_on": None, "issued_on": UNKNOWN}, "pass"),
            ({}, "pass"),
        ],
    )
    def test_ends(self, fields, expected):
        """A direction does not end before it was made, by its issue or else by its decision."""
        assert expected == ask(dates_sane, small(direction(**{"ends_on": "2026-04-30", **fields}))).outcome

    @pytest.mark.parametrize(
        ("fields", "on", "expected"),
        [
            ({"issued_on": "2026-06-01"}, "2026-06-01", "pass"),
            ({"issued_on": "2026-06-01"}, "2026-05-31", "fail"),
            ({"issued_on": "2026-06-01"}, UNKNOWN, "cannot tell"),
            ({"issued_on": "2026-06-01"}, None, "pass"),
            ({"issued_on": UNKNOWN}, "2026-06-01", "cannot tell"),
            ({}, "2026-03-01", "pass"),
        ],
    )
    def test_revoked(self, fields, on, expected):
        """A direction is not revoked before it was made."""
        step = Step(kind=StepKind.REVOKE, target="D-1", on=on)
        p = small(direction(**fields))
        p = p.evolve(directions=attrs.evolve(p.directions, steps=[*p.directions.steps, step]))
        assert expected == ask(dates_sane, p).outcome


class TestRealAreas:
    @each_rule
    def test_nothing_false(self, rule):
        """Of no real area can anything be told of its directions, but for the slip in a minute of one."""
        told_of = {p.name: ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}
        assert {"cannot tell", "warn", "fail"} >= set(told_of.values())
        assert {"Aberdeen City"} >= {name for name, outcome in told_of.items() if outcome != "cannot tell"}
