"""Puts the bundled tables together: thirty-one partnerships on shared bodies (private)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final

from scotintegration._bundled import table
from scotintegration.bodies import LocalAuthority
from scotintegration.network import Network
from scotintegration.officers import ChiefFinanceOfficer, ChiefOfficer, ChiefSocialWorkOfficer, Post
from scotintegration.partnership import Partnership
from scotintegration.plans import Locality
from scotintegration.schemes import Basis, IntegrationScheme
from scotintegration.scotland import _bodies, _budgets, _directions, _services
from scotintegration.scotland._bodies import said
from scotintegration.scotland._services import DATA_DAY
from scotintegration.scotland.codes import history
from scotintegration.unknown import UNKNOWN, Listing

NOT_THE_SCHEME: Final = "pages about services, named function by function; the scheme itself was not read"
_ENDED: Final = "ended"
_UNCHANGED: Final = "current_2023"


@cache
def _voting_members() -> Mapping[str, Mapping[str, str]]:
    return {row["gss_code"]: row for row in table("voting_members")}


@cache
def _locality_rows() -> Mapping[str, tuple[Mapping[str, str], ...]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in table("localities"):
        found.setdefault(row["gss_code"], []).append(row)
    return {code: tuple(rows) for code, rows in found.items()}


def short_id(name: str) -> str:
    """Make a local id of a name."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[’']", "", name.casefold())).strip("-")


def _localities(authority: str) -> Listing[Locality]:
    """List the localities that still stand; the whole of them where the later list changed nothing."""
    rows = _locality_rows()[authority]
    standing = [row for row in rows if not row["status"].startswith(_ENDED)]
    made = (
        Locality(
            short_id(row["locality_name"]),
            name=row["locality_name"],
            source={"name": said(f"as at {row['as_at']}", row["source"], row["notes"])},
        )
        for row in standing
    )
    return Listing(tuple(made), complete=all(row["status"] == _UNCHANGED for row in rows))


def _basis(row: Mapping[str, str], councils: tuple[LocalAuthority, ...]) -> tuple[Basis, str]:
    """Work out under which provision a scheme is made, and say how."""
    name = _bodies.health_boards()[row["health_board_gss_code"]].name
    if len(councils) > 1:
        return Basis.JOINT, "derived: one integration authority for several councils"
    if len(_bodies.areas()[row["health_board_gss_code"]]) == 1:
        return Basis.SAME_AREA, f"derived: the only council in the area of {name}"
    return Basis.SINGLE, f"derived: one of several councils in the area of {name}, with a scheme of its own"


def _scheme(row: Mapping[str, str], councils: tuple[LocalAuthority, ...]) -> IntegrationScheme:
    basis, why = _basis(row, councils)
    sources = {
        "basis": why,
        "functions": NOT_THE_SCHEME,
        "health_board": row["source"],
        "local_authorities": _bodies.joined()[row["gss_code"]][0]["source"],
        "models": said(row["established_source"], row["notes"]),
    }
    if row["scheme_approved_on"]:
        sources["approved_on"] = row["scheme_source"]
    if row["operational_from"]:
        sources["delegated_on"] = said(f"not read; reported to be at work from {row['operational_from']}", row["notes"])
    if row["scheme_revised_on"]:
        sources["reviews"] = f"not read; reported as revised {row['scheme_revised_on']}: {row['scheme_source']}"
    functions = _services.delegated(
        row["gss_code"],
        health_board=row["health_board_gss_code"],
        council=councils[0].id,
        ijb=row["model_letter"] == "a",
    )
    return IntegrationScheme(
        models=row["model_letter"],
        basis=basis,
        health_board=row["health_board_gss_code"],
        local_authorities=[council.id for council in councils],
        functions=Listing(tuple(functions), complete=False),
        enactments=UNKNOWN,
        conjoined=UNKNOWN,
        items=UNKNOWN,
        nominees=UNKNOWN,
        set_aside_method=UNKNOWN,
        agreed_seats=UNKNOWN,
        la_specified_seats=UNKNOWN,
        approved_on=row["scheme_approved_on"] or UNKNOWN,
        consulted=UNKNOWN,
        reviews=UNKNOWN,
        revisions=UNKNOWN,
        arrangements=UNKNOWN,
        source=sources,
    )


def _posts(authority: str, councils: tuple[LocalAuthority, ...], *, ijb: bool) -> list[Post]:
    """Make the posts the law requires; who holds them, and to whom else they answer, was not read."""
    posts: list[Post] = [
        ChiefSocialWorkOfficer(f"chief-social-work-officer-{council.id}", body=council.id, holders=UNKNOWN)
        for council in councils
    ]
    if ijb:
        posts.append(ChiefOfficer("chief-officer", body=authority, holders=UNKNOWN))
        posts.append(ChiefFinanceOfficer("chief-finance-officer", body=authority, holders=UNKNOWN))
    return posts


def _partnership(row: Mapping[str, str]) -> Partnership:
    authority, health_board = row["gss_code"], row["health_board_gss_code"]
    seats = _voting_members()[authority]
    councils = tuple(
        _bodies.local_authorities()[joined["local_authority_gss_code"]] for joined in _bodies.joined()[authority]
    )
    ids = tuple(council.id for council in councils)
    ijb = row["model_letter"] == "a"
    sources = {"name": row["source"]}
    term = seats["chair_term_months"] and f"term of {seats['chair_term_months']} months"
    first = seats["first_chair_from"] and f"first chair from the {seats['first_chair_from']}"
    if chairs := said(term, seats["chair_rotation"], first):
        sources["chairs"] = said("no names read", chairs, seats["source"], seats["notes"])
    return Partnership(
        id=authority,
        name=row["name"],
        as_at=DATA_DAY,
        health_board=_bodies.health_boards()[health_board],
        local_authorities=councils,
        ijb=_bodies.board(row, seats, ids) if ijb else None,
        lead_agencies=() if ijb else _bodies.leads(row, ids[0]),
        monitoring_committee=None if ijb else _bodies.committee(row),
        scheme=_scheme(row, councils),
        posts=_posts(authority, councils, ijb=ijb),
        members=UNKNOWN,
        chairs=UNKNOWN,
        budgets=_budgets.budgets(authority, health_board=health_board, councils=councils, ijb=ijb),
        accounts=UNKNOWN,
        plans=UNKNOWN,
        localities=_localities(authority),
        planning_group=UNKNOWN,
        reports=UNKNOWN,
        statements=UNKNOWN,
        decisions=UNKNOWN,
        recommendations=UNKNOWN,
        replacement_directions=UNKNOWN,
        meetings=UNKNOWN,
        standing_orders=UNKNOWN,
        committees=UNKNOWN,
        directions=_directions.register(authority, row["name"], health_board=health_board, councils=ids),
        service_changes=UNKNOWN,
        exempt_functions=UNKNOWN,
        evidence=UNKNOWN,
        source=sources,
    )


@cache
def _aliases() -> Mapping[str, str]:
    """Give every other name and code of an area, to the current code of its integration authority."""
    councils = {row["gss_code"]: row for row in table("local_authorities")}
    boards = {row["gss_code"]: row for row in table("health_boards")}
    found: dict[str, str] = {}
    for row in table("integration_authorities"):
        authority, health_board = row["gss_code"], row["health_board_gss_code"]
        names = [row["official_name"], row["partnership_name"]]
        names += [code.value for code in history(authority)]
        for joined in _bodies.joined()[authority]:
            council = councils[joined["local_authority_gss_code"]]
            names += [council["name"], council["official_name"]]
            names += [code.value for code in history(council["gss_code"])]
        if len(_bodies.areas()[health_board]) == 1:
            names += [boards[health_board]["name"], boards[health_board]["short_name"]]
        found.update(dict.fromkeys(names, authority))
    return found


@cache
def base() -> Network:
    """Give all of Scotland as at the day of the data."""
    return Network(
        name="Scotland",
        as_at=DATA_DAY,
        partnerships=[_partnership(row) for row in table("integration_authorities")],
        aliases=_aliases(),
    )


def as_at(day: date) -> Network:
    """Give all of Scotland asked about a day, sharing nothing that could be changed."""
    made = base()
    return Network(
        name=made.name,
        as_at=day,
        partnerships=[p.at(day) for p in made.partnerships],
        aliases=dict(made.aliases),
    )
