"""Which changes add to a record, and which correct what it says of the past (private)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from scotintegration.dates import FinancialYear
from scotintegration.differences._value_changes import ABSENT, Change
from scotintegration.unknown import UNKNOWN, Listing

_Done: TypeAlias = tuple[str, frozenset[str]]

_ALL: Final[frozenset[str]] = frozenset()
_DONE: Final[Mapping[str, _Done]] = MappingProxyType(
    {
        "AnnualAccounts": ("year", _ALL),
        "AnnualFinancialStatement": ("published_on", _ALL),
        "Budget": ("year", _ALL),
        "ChairPeriod": ("start", frozenset({"appointed_by", "member"})),
        "Decision": ("on", _ALL),
        "Direction": ("issued_on", _ALL),
        "Evidence": ("on", _ALL),
        "Holder": ("start", frozenset({"appointed_by", "consulted", "person"})),
        "IntegrationScheme": ("submitted_on", frozenset({"consulted"})),
        "Meeting": ("on", _ALL),
        "Member": ("start", frozenset({"person", "selected_by"})),
        "MonitoringReport": ("on", _ALL),
        "PerformanceReport": ("published_on", _ALL),
        "Review": ("completed_on", _ALL),
        "Revision": ("submitted_on", _ALL),
        "Step": ("on", _ALL),
        "StrategicPlan": ("finalised_on", _ALL),
    }
)
"""What is over and done: by class, the field that says when, and those of its fields that were settled then."""

_EVE: Final = timedelta(days=1)


def corrects(change: Change, on: date) -> bool:
    """
    Tell whether a change alters what the record says of the time before a day.

    What nobody recorded is filled in and corrects nothing; nor does ending a term on the eve of the day.

    Args:
        change: One fact that differs.
        on: The day.

    Returns:
        True where a fact that was known is put otherwise, and it is a day before *on* or about something done by then.

    Source: our choice.
    """
    if change.before is UNKNOWN or change.place[-1] in ("complete", "order") or not _was_known(change):
        return False
    days = [one for one in (change.before, change.after) if isinstance(one, date)]
    if days:
        ends_now = change.place[-1] == "until" and change.after == on - _EVE and not _is_before(change.before, on)
        return any(one < on for one in days) and not ends_now
    fields = {part for part in change.place if isinstance(part, str)}
    sides = (new if old is ABSENT else old for old, new in change.owners)
    return any(_was_done(one, fields, on) for one in sides)


def _was_known(change: Change) -> bool:
    """Tell whether the record said something else: of an item that is new, that it had them all."""
    if isinstance(change.before, Listing):
        return change.before.complete
    if change.before is not ABSENT:
        return True
    owner, field = change.owners[-2][0], change.place[-2]
    listing = getattr(owner, str(field))
    return bool(getattr(listing, "complete", True))


def _was_done(one: Any, fields: set[str], on: date) -> bool:
    """Tell whether something was done before a day, and a change of some fields puts that otherwise."""
    field, settled = _DONE.get(type(one).__name__, ("", _ALL))
    if not field or (settled and not settled & fields):
        return False
    return _is_before(getattr(one, field), on)


def _is_before(when: object, on: date) -> bool:
    """Tell whether a day, or the end of a financial year, is known to be before a day."""
    day = when.end if isinstance(when, FinancialYear) else when
    return isinstance(day, date) and day < on
