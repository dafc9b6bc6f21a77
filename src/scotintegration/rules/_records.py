"""What rules ask that only a record can answer: whether somebody wrote down that a duty was kept (private)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration.dates import FinancialYear
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration._fields import MaybeDate
    from scotintegration.evidence import Evidence
    from scotintegration.partnership import Partnership
    from scotintegration.unknown import Listing


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


def as_recorded_yearly(p: Partnership, duty: str, what: str, mend: str) -> Iterator[Verdict]:
    """
    Ask whether a duty of every year was kept in the last financial year that is over.

    A record of that year, or one made since, speaks of it; an older one does not.
    """
    year, record = FinancialYear(FinancialYear.of(p.as_at).start_year - 1), latest(p, duty)
    if record is not None and not (isinstance(record.on, date) and record.on >= year.start):
        yield cannot_tell("evidence", f"a record of {year} that {what}")
    else:
        yield from as_recorded(p, duty, what, mend)


def as_recorded_each(
    p: Partnership, duty: str, what: str, mend: str, *, of: str, days: Listing[MaybeDate]
) -> Iterator[Verdict]:
    """
    Ask whether a duty of every plan or review was kept for the latest one.

    A record speaks of the one to whose day it is nearest. Where nobody recorded all days, only of a record made on the
    day that governs is it sure that it speaks of the latest.
    """
    record = latest(p, duty)
    made = None if record is None or record.met is UNKNOWN else record.on
    known_days = days.where(lambda one: (day := known(one, f"the day of {of}")) is not None and day <= p.as_at)
    done = sorted(one for one in known_days.items if isinstance(one, date))[-2:]
    nearer = done[0] + (done[1] - done[0]) / 2 if len(done) > 1 else None
    is_old = nearer is not None and isinstance(made, date) and made < nearer
    is_sure = (known_days.complete or made == p.as_at) and (nearer is None or isinstance(made, date))
    if record is not None and (is_old or not is_sure):
        yield cannot_tell("evidence", f"a record of {of} that {what}")
    else:
        yield from as_recorded(p, duty, what, mend)


def not_kept(duty: str) -> Callable[[Partnership], Partnership]:
    """Make every record of a duty say that it was not kept, for examples."""

    def change(p: Partnership) -> Partnership:
        records = p.evidence.map(lambda one: attrs.evolve(one, met=False) if one.duty == duty else one)
        return p.evolve(evidence=records)

    return change
