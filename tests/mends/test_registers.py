"""What holds of the mends of directions and money, whatever was forgotten."""

import pytest
from tests.mends.registers import ASKED, forgotten

from scotintegration.examples import example
from scotintegration.rules import Severity, check

FORGOTTEN = dict(forgotten(example("large-hospital")))
STATUTE = [rule for rule in ASKED if rule.severity is Severity.STATUTE]


class TestForgotten:
    """A fact that nobody recorded."""

    @pytest.mark.parametrize("what", FORGOTTEN)
    def test_mends(self, what):
        """Whatever was forgotten, each rule of directions and money is kept after its mend, and none of them broken."""
        p = FORGOTTEN[what]
        kept = [rule for rule in STATUTE if not rule.is_open(p)]
        for rule in ASKED:
            mended = rule.mended(p)
            findings = () if rule.not_applicable(mended) else rule.verdicts(mended)
            assert [] == [f"{rule.id}: {one.where}: {one.what}" for one in findings]
            assert () == (() if mended is p else check(mended, rules=kept).unlawful)
