"""Services that pages say are delegated, and services that one authority hosts for others (private)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Final

import attrs

from scotintegration._bundled import table
from scotintegration._fields import to_source
from scotintegration._shown import Shown
from scotintegration.bodies import HealthBoard
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.dates import Interval
from scotintegration.errors import NotFoundError
from scotintegration.functions import DelegatedFunction, catalogue
from scotintegration.scotland.codes import current
from scotintegration.unknown import UNKNOWN, Listing, Unknown

DATA_DAY: Final = date(2026, 11, 22)
"""The day by which every page and instrument behind the data had been read."""

FUNCTIONS: Final[Mapping[str, str]] = {
    "acute_hospital_all": "acute-all",
    "children_health": "children-community-health",
    "children_social_work": "children-social-work",
    "homelessness": "homelessness",
    "justice_social_work": "justice-social-work",
}
"""Optional services of the table, to functions of the catalogue."""

WEAK: Final = ("inferred_national_count", "inferred_plan_content", "inferred_predecessor")
"""Grounds too weak to say that a function was delegated on any one day."""


@attrs.frozen(kw_only=True)
class Extent:
    """How far one authority has one optional service, as far as anything read says."""

    authority: str
    service: str
    extent: str | Unknown
    as_at: Interval | Unknown
    basis: str
    source: str
    notes: str

    @property
    def is_delegated(self) -> bool:
        """Whether it is known to be delegated, in whole or in part."""
        return self.extent in ("full", "partial")

    @property
    def recorded_on(self) -> date | None:
        """The first day by which the record shows it; an undated page stands for the day of the data."""
        if self.basis in WEAK:
            return None
        return DATA_DAY if self.as_at is UNKNOWN else self.as_at.last_day

    @property
    def provenance(self) -> str:
        """Where it was read, and on what grounds."""
        when = "undated" if self.as_at is UNKNOWN else f"as at {self.as_at}"
        said = f"{self.extent} ({self.basis.replace('_', ' ')}, {when}): {self.source}"
        return f"{said}; {self.notes}" if self.notes else said


def known_period(cell: str) -> Interval | Unknown:
    """Read a day, month or year; a blank is not known."""
    return Interval.of(cell) if cell else UNKNOWN


@cache
def extents() -> Mapping[tuple[str, str], Extent]:
    """Give every row about optional services by code of the authority and name of the service."""
    return {
        (row["gss_code"], row["service"]): Extent(
            authority=row["gss_code"],
            service=row["service"],
            extent=row["extent"] or UNKNOWN,
            as_at=known_period(row["as_at"]),
            basis=row["basis"],
            source=row["source"],
            notes=row["notes"],
        )
        for row in table("delegated_services")
    }


def delegated(authority: str, *, health_board: str, council: str, ijb: bool) -> Iterator[DelegatedFunction]:
    """
    List the functions that something read says are delegated.

    Where a council leads (lead agency), what the Health Board delegates to it counts; what is the council's own
    is not delegated.
    """
    for service, function in FUNCTIONS.items():
        row, entry = extents()[authority, service], catalogue()[function]
        delegator = health_board if entry.delegated_by == "health_board" else council
        delegate = authority if ijb else council
        if not (row.is_delegated or (row.extent == "council_lead" and delegator != delegate)):
            continue
        yield DelegatedFunction(
            id=function,
            name=entry.name,
            delegator=delegator,
            delegate=delegate,
            age_scope=entry.age_scope,
            start=UNKNOWN,
            recorded_on=row.recorded_on,
            source={"age_scope": "the entry of the catalogue; the scheme was not read", "id": row.provenance},
        )


@attrs.frozen(kw_only=True)
class HostedService(Shown):
    """
    A service that one integration authority runs for others in the area of a Health Board.

    Attributes:
        health_board: Code of the Health Board.
        host: Code of the integration authority that runs it.
        name: What the service is called.
        served: Codes of the integration authorities it serves, the host among them.
        arrangement: ``"hosted"``, ``"lead_partnership"``, or ``"lead_decision"`` where the host decides for all.
        as_at: The period the source speaks of.
        source: Where each fact comes from, per field.

    Source:
        Bundled ``hosted_services.csv``, with a source per row; amounts were not read.

    >>> hosted_services("S08000019")[0].name
    'Healthcare at HMP and YOI Stirling'

    .. versionadded:: 0.1.0
    """

    health_board: str
    host: str
    name: str
    served: tuple[str, ...]
    arrangement: str
    as_at: Interval | Unknown
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)


@cache
def _hosted() -> tuple[HostedService, ...]:
    return tuple(
        HostedService(
            health_board=row["health_board_gss_code"],
            host=row["host_gss_code"],
            name=row["service"],
            served=tuple(sorted(row["served_gss_codes"].split(";"))),
            arrangement=row["arrangement"],
            as_at=known_period(row["as_at"]),
            source={"host": f"{row['source']}; {row['notes']}" if row["notes"] else row["source"]},
        )
        for row in sorted(table("hosted_services"), key=lambda row: (row["host_gss_code"], row["service"]))
    )


def hosted_services(health_board: HealthBoard | str | None = None) -> Listing[HostedService]:
    """
    List the services that were read to be hosted.

    Args:
        health_board: The Health Board, or any code it has gone by; None for all of Scotland.

    Returns:
        Services in order of host and name; known only in part, as most schemes were not read.

    Raises:
        NotFoundError: If there is no such Health Board; near ones are suggested.

    Source:
        Bundled ``hosted_services.csv``.

    >>> len(hosted_services("S08000027"))
    8

    .. versionadded:: 0.1.0
    """
    if health_board is None:
        return Listing(_hosted(), complete=False)
    board = current(health_board if isinstance(health_board, str) else health_board.id)
    boards = tuple(row["gss_code"] for row in table("health_boards"))
    if board not in boards:
        raise NotFoundError.among("Health Board", board, boards)
    return Listing(tuple(one for one in _hosted() if one.health_board == board), complete=False)
