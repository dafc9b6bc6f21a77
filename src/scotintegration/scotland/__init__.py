"""
Scotland as public sources show it: 14 Health Boards, 32 councils and 31 integration authorities.

The tables lie in the folder ``data`` beside this file, and its README says where they
come from, under which licence, and what is not known. A blank there is `UNKNOWN`
here, and every fact has its source: ``body.source["population"]``.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from scotintegration.dates import day
from scotintegration.network import Network
from scotintegration.scotland._loader import as_at as _as_at
from scotintegration.scotland._services import DATA_DAY, HostedService, hosted_services

__all__ = ["DATA_DAY", "FIRST_DAY", "HostedService", "hosted_services", "scotland"]

FIRST_DAY: Final = date(2014, 4, 1)
"""The first day that can be asked about: today's Health Boards got their codes on it."""


def scotland(as_at: date | str | None = None) -> Network:
    """
    Give every integration authority of Scotland, with the bodies that they share.

    Partnerships are the same on every day, and their ids are always the current codes: on a day before an
    integration joint board was established it is there, and its *established_on* says that it is still to come.
    The code of a day is ``p.code(day)``. Facts without dates, such as populations, seats and localities, are those
    last read, and a day after that of the data shows what was last known. ``scotland(as_at=x)`` equals
    ``scotland().at(x)``.

    No scheme was read. ``p.scheme.functions`` therefore holds only those functions that a page says are delegated,
    and is known only in part; what the law requires every scheme to delegate is listed by
    :func:`scotintegration.functions.must_functions` and :func:`scotintegration.functions.must_enactments`.
    Budgets are derived, by population, and say so: the money of all functions together under one name,
    :data:`scotintegration.budgets.ALL_FUNCTIONS`. Figures that were really read stand in
    ``p.budget(year).source["total"]``.

    Args:
        as_at: The day that governs every question; by default the day of the data, 22 November 2026.

    Returns:
        A network of 31 partnerships; equal, and never the same one, each time it is asked for.

    Raises:
        ValueError: If *as_at* is before :data:`FIRST_DAY`, or no day of the calendar.

    Source:
        The bundled tables, with a source per cell. 30 areas are body corporate and Highland is a lead agency,
        paragraph (d) of s. 1(4) of the 2014 Act by derivation: each of its two bodies delegates to the other.

    >>> net = scotland()
    >>> len(net.health_boards), len(net.local_authorities), len(net.integration_authorities)
    (14, 32, 31)
    >>> net["glasgow"].code(day("2019-03-31")), net["glasgow"].id
    ('S37000015', 'S37000034')

    .. versionadded:: 0.1.0
    """
    on = DATA_DAY if as_at is None else day(as_at, "as_at")
    if on < FIRST_DAY:
        raise ValueError(f"as_at must be on or after {FIRST_DAY.isoformat()}, the first day of the data, got {on}")
    return _as_at(on)
