"""Tests of the steps of a register."""

from datetime import date

import pytest

from scotintegration.directions import Direction, Progress
from scotintegration.lifecycle import StepKind
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN

WORDS = " or ".join(repr(kind.value) for kind in StepKind)


class TestStep:
    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"kind": "vary"}, "a step of kind 'vary' must name the direction it is about, got target=None"),
            ({"kind": "issue"}, "a step of kind 'issue' must have a direction and no target, got no direction"),
            (
                {"kind": "issue", "direction": Direction("D-1"), "target": "D-0"},
                "a step of kind 'issue' must have a direction and no target, got target='D-0'",
            ),
            ({"kind": "cancel"}, f"Step.kind must be {WORDS}, got 'cancel'"),
            (
                {"kind": "extend", "target": "D-1"},
                "a step has until= if it is an extension, got kind 'extend', None",
            ),
            (
                {"kind": "pause", "target": "D-1", "until": date(2026, 4, 1)},
                "a step has until= if it is an extension, got kind 'pause', datetime.date(2026, 4, 1)",
            ),
        ],
    )
    def test_refuses(self, fields, message):
        """A step says what it does and to what."""
        with pytest.raises(ValueError, match=r"step|Step\.kind") as raised:
            Step(**fields)
        assert message == str(raised.value)

    def test_types(self):
        """A step holds a direction, a day and a word of progress."""
        with pytest.raises(TypeError, match=r"Step\.direction must be Direction or NoneType, got 'D-1'"):
            Step(kind="issue", direction="D-1")
        assert date(2026, 4, 1) == Step(kind="revoke", target="D-1", on="2026-04-01").on
        assert Progress.REFUSED is Step(kind="note progress", target="D-1", progress="refused").progress

    def test_ends(self):
        """Only the acts of later directions end one."""
        assert ["vary", "supersede", "revoke"] == [kind.value for kind in StepKind if kind.ends]

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"recorded_on": "2026-05-01", "on": "2026-04-01"}, date(2026, 5, 1)),
            ({"recorded_on": UNKNOWN, "on": "2026-04-01"}, UNKNOWN),
            ({"on": "2026-04-01"}, date(2026, 4, 1)),
            ({"on": UNKNOWN}, UNKNOWN),
            ({"on": None}, UNKNOWN),
        ],
    )
    def test_known_from(self, fields, expected):
        """A step was known from the day it was entered or, if that is not told, the day of the act."""
        assert expected == Step(kind="revoke", target="D-1", **fields).known_from

    def test_known_from_paper(self):
        """A direction was known when it was issued, else when it was decided, though it binds later."""
        paper = Direction("D-1", decided_on="2026-03-01", issued_on="2026-03-05", effective_from="2026-04-01")
        assert date(2026, 3, 5) == Step(kind="issue", direction=paper, on="2026-04-01").known_from
        unsent = paper.evolve(issued_on=UNKNOWN)
        assert date(2026, 3, 1) == Step(kind="issue", direction=unsent, on="2026-04-01").known_from
