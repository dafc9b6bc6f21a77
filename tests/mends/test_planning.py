"""What holds of every mend of plans and reports, whatever was forgotten."""

import pytest
from hypothesis import given
from tests.mends.papers import PLANNING, STATUTE, forgotten
from tests.partnerships import FEWER, partnerships

from scotintegration.examples import example

NAMES = ("body-corporate", "lead-agency-both-ways")


def opened(p):
    """List the rules of statute about plans and reports that a partnership leaves open."""
    return {rule.id for rule in STATUTE if rule.is_open(p)}


def check_mends(p, said=""):
    """Mend each rule that is open: it is kept then, and so is every rule of statute that was."""
    before = opened(p)
    for rule in PLANNING:
        if rule.is_open(p):
            mended = rule.mended(p)
            assert not rule.is_open(mended), f"{rule.id} is open after its mend; {said}"
            assert set() == opened(mended) - before, f"{rule.id} opens others; {said}"


class TestPlanning:
    @pytest.mark.parametrize("name", NAMES)
    def test_forgotten(self, name):
        """Each rule is kept after its mend, and no other is opened, whichever one fact was forgotten or is absent."""
        for said, p in forgotten(example(name)):
            check_mends(p, said)

    @FEWER
    @given(partnerships())
    def test_drawn(self, p):
        """Each rule is kept after its mend, and no other is opened, however much of a partnership is amiss."""
        check_mends(p)
