"""For test suites: assertions, and a state machine that tries out a register of directions."""

from __future__ import annotations

from scotintegration.testing._assertions import (
    assert_conserved,
    assert_in_force,
    assert_lawful,
    assert_round_trip,
    assert_unlawful,
)
from scotintegration.testing._machine import DirectionsMachine

__all__ = [
    "DirectionsMachine",
    "assert_conserved",
    "assert_in_force",
    "assert_lawful",
    "assert_round_trip",
    "assert_unlawful",
]
