"""What holds of every mend: it mends its rule and breaks no other."""

from functools import cache

import pytest

from scotintegration.bodies import HealthBoard, LocalAuthority
from scotintegration.partnership import Partnership
from scotintegration.rules import RULES, Modality, Severity, check

DAY = "2026-11-22"
MENDED = [rule for rule in RULES if rule.modality is not Modality.MAY]
STATUTE = [rule for rule in RULES if rule.severity is Severity.STATUTE]
every_rule = pytest.mark.parametrize("rule", MENDED, ids=lambda rule: rule.id)


@cache
def founded(model: str, councils: int = 1) -> Partnership:
    """Found a partnership with nothing yet but its bodies."""
    bodies = [
        LocalAuthority(f"toy-council-{number}", name=f"Toytown {number} Council", councillors=30)
        for number in range(1, councils + 1)
    ]
    return Partnership.between(HealthBoard("toy-nhs", name="NHS Toytown"), *bodies, model=model, as_at=DAY)


FOUNDED = [("a", 1), ("a", 2), ("b", 1), ("c", 1), ("c", 2), ("d", 1), ("d", 2)]


def broken(p: Partnership) -> set[str]:
    """List the rules of statute that a partnership breaks."""
    return {finding.rule for finding in check(p, rules=STATUTE).unlawful}


class TestMend:
    """A mend, rule by rule."""

    @every_rule
    def test_mends(self, rule):
        """It makes the example that breaks a rule keep it."""
        mended = rule.mended(rule.failing())
        assert [] == [str(finding) for finding in check(mended, rules=[rule]).findings]

    @every_rule
    def test_breaks_nothing(self, rule):
        """It breaks no statute that was kept."""
        p = rule.failing()
        assert set() == broken(rule.mended(p)) - broken(p)

    @every_rule
    @pytest.mark.parametrize(("model", "councils"), FOUNDED)
    def test_mends_what_was_just_founded(self, rule, model, councils):
        """It makes a partnership with nothing yet but its bodies keep a rule that applies to it."""
        mended = rule.mended(founded(model, councils))
        assert [] == [str(finding) for finding in check(mended, rules=[rule]).findings]

    @every_rule
    def test_leaves_what_is_kept(self, rule):
        """It leaves alone what keeps the rule."""
        p = rule.passing()
        assert p is rule.mended(p)
