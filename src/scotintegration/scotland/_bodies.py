"""The bodies of Scotland: boards, councils and integration joint boards, with a source per fact (private)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from scotintegration._bundled import table
from scotintegration.bodies import IJB, HealthBoard, LeadAgency, LocalAuthority, MonitoringCommittee, Seats
from scotintegration.scotland.codes import history
from scotintegration.unknown import UNKNOWN, Listing


def said(*parts: str) -> str:
    """Put the parts of a provenance together, leaving out blanks."""
    return "; ".join(part for part in parts if part)


@cache
def _code_sources() -> Mapping[str, str]:
    return {row["code"]: said(row["change_basis"], row["source"]) for row in table("code_history")}


@cache
def joined() -> Mapping[str, tuple[Mapping[str, str], ...]]:
    """Give the rows that join councils to each integration authority."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in table("integration_authority_councils"):
        found.setdefault(row["integration_authority_gss_code"], []).append(row)
    return {code: tuple(rows) for code, rows in found.items()}


@cache
def areas() -> Mapping[str, tuple[Mapping[str, str], ...]]:
    """Give the rows about the councils in the area of each Health Board: those of its integration authorities."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in table("integration_authorities"):
        found.setdefault(row["health_board_gss_code"], []).extend(joined()[row["gss_code"]])
    return {code: tuple(rows) for code, rows in found.items()}


def _area(health_board: str) -> tuple[list[str], str]:
    """List the councils in the area of a Health Board, and say where they come from."""
    rows = areas()[health_board]
    why = "derived: the councils of its integration authorities; every council of Scotland is in one"
    return [row["local_authority_gss_code"] for row in rows], said(why, *dict.fromkeys(row["source"] for row in rows))


@cache
def health_boards() -> Mapping[str, HealthBoard]:
    """Give the Health Boards by current code."""
    return {
        row["gss_code"]: HealthBoard(
            row["gss_code"],
            name=row["name"],
            local_authorities=_area(row["gss_code"])[0],
            codes=history(row["gss_code"]),
            source={
                "codes": _code_sources()[row["gss_code"]],
                "local_authorities": _area(row["gss_code"])[1],
                "name": row["source"],
            },
        )
        for row in table("health_boards")
    }


@cache
def local_authorities() -> Mapping[str, LocalAuthority]:
    """Give the councils by current code."""
    return {
        row["gss_code"]: LocalAuthority(
            row["gss_code"],
            name=row["official_name"],
            councillors=int(row["councillors_2022"]),
            population=int(row["population"]),
            codes=history(row["gss_code"]),
            source={
                "codes": _code_sources()[row["gss_code"]],
                "councillors": said(row["councillors_source"], row["notes"]),
                "name": row["source"],
                "population": row["population_source"],
            },
        )
        for row in table("local_authorities")
    }


def _seats(seats: Mapping[str, str], health_board: str, councils: tuple[str, ...]) -> Listing[Seats]:
    if not seats["health_board_members"]:
        return Listing((), complete=False)
    (council,) = councils  # a joint scheme divides the councils' seats, and no such division was read
    numbers = ((health_board, seats["health_board_members"]), (council, seats["council_members"]))
    return Listing(tuple(Seats(nominator, int(number)) for nominator, number in numbers))


def board(row: Mapping[str, str], seats: Mapping[str, str], councils: tuple[str, ...]) -> IJB:
    """Make an integration joint board of its row, the row about its voting members and its councils."""
    sources = {
        "codes": _code_sources()[row["gss_code"]],
        "established_on": said(row["established_source"], row["notes"]),
        "name": row["established_source"],
        "order": row["established_source"],
    }
    if seats["health_board_members"]:
        as_at = seats["as_at"] and f"as at {seats['as_at']}"
        sources["seats"] = said(seats["basis"].replace("_", " "), as_at, seats["source"], seats["notes"])
    return IJB(
        row["gss_code"],
        name=row["official_name"],
        established_on=row["established_on"],
        order=row["established_source"].partition(";")[0],
        seats=_seats(seats, row["health_board_gss_code"], councils),
        codes=history(row["gss_code"]),
        source=sources,
    )


def leads(row: Mapping[str, str], council: str) -> tuple[LeadAgency, ...]:
    """Make the two lead agency roles of an area where each body delegates to the other."""
    source = {"body": row["notes"], "name": row["official_name"]}
    return tuple(
        LeadAgency(f"{body.id}-lead", name=f"{body.name}, lead agency for {whom}", body=body.id, source=source)
        for body, whom in (
            (health_boards()[row["health_board_gss_code"]], "adult services"),
            (local_authorities()[council], "children’s services"),
        )
    )


def committee(row: Mapping[str, str]) -> MonitoringCommittee:
    """Make the monitoring committee of a lead agency area; when and how it was set up was not read."""
    return MonitoringCommittee(
        f"{row['gss_code']}-monitoring-committee",
        name=f"{row['name']} integration joint monitoring committee",
        established_on=UNKNOWN,
        established_jointly=UNKNOWN,
        source={"name": said("descriptive; the name in use was not read", row["notes"])},
    )
