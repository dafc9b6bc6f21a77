"""What rules ask that only a record can answer: whether somebody wrote down that a duty was kept (private)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration.rules._engine import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.evidence import Evidence
    from scotintegration.partnership import Partnership


def latest(p: Partnership, duty: str) -> Evidence | None:
    """Give the latest record of a duty by the day that governs; one without a day comes first."""
    records = [
        one for one in p.evidence.items if one.duty == duty and not (isinstance(one.on, date) and one.on > p.as_at)
    ]
    return max(records, key=lambda one: one.on.isoformat() if isinstance(one.on, date) else "", default=None)


def as_recorded(p: Partnership, duty: str, what: str, mend: str) -> Iterator[Verdict]:
    """Ask the latest record of a duty whether it was kept; *what* says what was done if so."""
    record = latest(p, duty)
    if record is None or record.met is UNKNOWN:
        yield cannot_tell("evidence", f"a record that {what}")
    elif not record.met:
        when = f" of {record.on.isoformat()}" if isinstance(record.on, date) else ""
        yield fail("evidence", f"the latest record{when} does not say that {what}", mend=mend)


def not_kept(duty: str) -> Callable[[Partnership], Partnership]:
    """Make every record of a duty say that it was not kept, for examples."""

    def change(p: Partnership) -> Partnership:
        records = p.evidence.map(lambda one: attrs.evolve(one, met=False) if one.duty == duty else one)
        return p.evolve(evidence=records)

    return change
