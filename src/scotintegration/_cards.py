"""One-page summaries of partnerships and networks: what is known, and what is not (private)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from scotintegration.errors import UnknownFactError
from scotintegration.money import Money
from scotintegration.tables import Cell, Table
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.accountability import BoundPost
    from scotintegration.bodies import IJB
    from scotintegration.network import Network
    from scotintegration.partnership import Partnership
    from scotintegration.unknown import Unknown

_NOT_RECORDED = "not recorded"


def _post(post: BoundPost | None | Unknown) -> str:
    if post is UNKNOWN:
        return _NOT_RECORDED
    if post is None:
        return "no such post"
    holder = post.holder
    if holder is UNKNOWN:
        return "post exists; holder not recorded"
    if holder is None:
        return "vacant"
    return f"held by {holder.person}" if isinstance(holder.person, str) else "held; the name is not recorded"


def _number(listing: Listing[object], noun: str) -> str:
    if not listing.complete and not listing.items:
        return _NOT_RECORDED
    things = noun if len(listing) == 1 else f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"
    return f"{len(listing)} {things}{'' if listing.complete else ' known; the list is not complete'}"


def _model(p: Partnership) -> str:
    try:
        return f"({p.model.letter}) {p.model.description}"
    except UnknownFactError:
        return "/".join(model.letter for model in p.scheme.models) or _NOT_RECORDED


def _seats(p: Partnership, board: IJB) -> str:
    return ", ".join(
        f"{body.name} {_NOT_RECORDED if (seats := board.seats_of(body.id)) is UNKNOWN else seats}" for body in p.parties
    )


def _money(p: Partnership) -> str:
    if not p.budgets.items:
        return _NOT_RECORDED if not p.budgets.complete else "none"
    last = p.budgets.items[-1]
    first = p.budgets.items[0]
    years = str(last.year) if first is last else f"{first.year} to {last.year}"
    if last.derived:
        return f"{years}, derived from national totals and illustrative; {last.year}: {_sum(last.total)}"
    try:
        return f"{years}; {last.year}: {p.money(last.year).resources}"
    except UnknownFactError:
        return f"{years}; {last.year}: {_NOT_RECORDED}"


def _sum(amount: Money | None | Unknown) -> str:
    return str(amount) if isinstance(amount, Money) else _NOT_RECORDED


def _day(on: date | None | Unknown) -> str:
    if on is UNKNOWN:
        return _NOT_RECORDED
    return "none" if on is None else on.isoformat()


def partnership_card(p: Partnership) -> Table:
    """Sum a partnership up as at its day."""
    live = p.directions.in_force(on=p.as_at)
    rows: list[tuple[Cell, ...]] = [
        ("integration authority", f"{p.id} ({p.name})"),
        ("model", _model(p)),
        ("Health Board", p.health_board.name),
        ("councils", ", ".join(body.name for body in p.local_authorities)),
        ("board", "none" if p.ijb is None else p.ijb.name),
    ]
    if p.ijb is not None:
        rows += [
            ("established on", _day(p.ijb.established_on)),
            ("voting seats", _seats(p, p.ijb)),
            ("chief officer", _post(p.chief_officer)),
            ("chief finance officer", _post(p.chief_finance_officer)),
        ]
    if p.monitoring_committee is not None:
        rows.append(("monitoring committee", p.monitoring_committee.name))
    rows += [("lead agency", role.name) for role in p.lead_agencies]
    rows += [
        ("members in office", _number(p.current_members, "member")),
        ("functions delegated", _number(p.functions, "function")),
        ("localities", _number(p.localities, "locality")),
        ("strategic plans", _number(p.plans, "plan")),
        ("budgets", _money(p)),
        ("directions in force", _number(live, "direction")),
        ("lines on the graph", len(p.all_lines)),
    ]
    caption = f"{p.name} integration authority, as at {p.as_at.isoformat()}"
    return Table(caption, ("what", "known"), [(what, str(known)) for what, known in rows])


def network_card(net: Network) -> Table:
    """Sum a network up as at its day."""
    letters = Counter(_model(p) for p in net.partnerships)
    everything = net.partnerships
    rows: list[tuple[str, str]] = [
        ("Health Boards", str(len(net.health_boards))),
        ("councils", str(len(net.local_authorities))),
        ("integration authorities", str(len(net.integration_authorities))),
        *((f"model {model}", str(number)) for model, number in sorted(letters.items())),
        ("joint schemes", ", ".join(p.name for p in everything if p.scheme.is_joint) or "none"),
        ("localities known", str(sum(len(p.localities) for p in everything))),
    ]
    for what, known in (
        ("voting seats recorded", sum(p.ijb is not None and bool(p.ijb.seats.items) for p in everything)),
        ("members recorded", sum(p.members.complete for p in everything)),
        ("functions listed whole", sum(p.scheme.functions.complete for p in everything)),
        ("directions recorded, in part", sum(len(p.directions) > 0 for p in everything)),
        ("budgets read, not derived", sum(any(not b.derived for b in p.budgets.items) for p in everything)),
    ):
        rows.append((what, f"{known} of {len(everything)} authorities"))
    caption = f"{net.name}, as at {net.as_at.isoformat()}"
    return Table(caption, ("what", "known"), rows, notes=("What was not read is unknown, never no.",))
