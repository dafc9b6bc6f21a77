"""Indicative budgets: derived, with what was really read in the source of each (private)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from scotintegration._bundled import table
from scotintegration.bodies import LocalAuthority
from scotintegration.budgets import ALL_FUNCTIONS, Budget, Payment, SetAside
from scotintegration.money import Money
from scotintegration.scotland._bodies import said
from scotintegration.unknown import UNKNOWN, Listing

_READ: Final[Mapping[str, str]] = {
    "total_budget_pounds": "total budget",
    "outturn_pounds": "outturn",
    "health_board_payment_pounds": "Health Board payment",
    "council_payment_pounds": "council payment",
    "set_aside_pounds": "sum set aside",
}
_PENCE: Final = 100


def _pounds(cell: str) -> Money:
    return Money(int(cell) * _PENCE)


@cache
def _by_authority() -> Mapping[str, tuple[Mapping[str, str], ...]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in table("indicative_budgets"):
        found.setdefault(row["gss_code"], []).append(row)
    return {code: tuple(rows) for code, rows in found.items()}


@cache
def _totals() -> Mapping[str, str]:
    """Say where each year's national total comes from."""
    return {
        row["financial_year"]: said(f"national total {row['total_basis']}", row["source"], row["notes"])
        for row in table("national_totals")
    }


@cache
def _read() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Say what was read of an area's real budget, by name and year; years without a derived one are left out."""
    return {(row["integration_authority"], row["financial_year"]): row for row in table("ijb_budgets")}


def _sources(row: Mapping[str, str]) -> dict[str, str]:
    sources = {
        "payments": said("derived, for examples only", row["method_note"]),
        "set_asides": said("derived, for examples only", row["method_note"]),
        "total": said(row["basis"], _totals()[row["financial_year"]]),
    }
    real = _read().get((row["name"], row["financial_year"]))
    if real is not None:
        read = [f"{words} £{int(real[field]):,}" for field, words in _READ.items() if real[field]]
        if read:
            sources["total"] += f"; read: {', '.join(read)}: {real['source_url']}"
        if real["year_end_reserves_pounds"]:
            reserves = int(real["year_end_reserves_pounds"])
            sources["reserves"] = f"read: £{reserves:,} at the year end: {real['source_url']}"
    return sources


def _budget(row: Mapping[str, str], *, health_board: str, councils: tuple[LocalAuthority, ...], ijb: bool) -> Budget:
    authority = row["gss_code"]
    payments: Listing[Payment] = Listing((), complete=False)
    set_asides: tuple[SetAside, ...] = ()
    if ijb:
        held = _pounds(row["set_aside_pounds"])
        shares = {health_board: _pounds(row["health_board_share_pounds"]) - held}
        weights = {council.id: council.population for council in councils if isinstance(council.population, int)}
        shares.update(_pounds(row["council_share_pounds"]).share(weights))
        payments = Listing(
            tuple(
                Payment(payer=payer, payee=authority, function=ALL_FUNCTIONS, amount=amount)
                for payer, amount in shares.items()
            )
        )
        set_asides = (SetAside(health_board=health_board, function=ALL_FUNCTIONS, amount=held),)
    return Budget(
        year=row["financial_year"],
        payments=payments,
        set_asides=set_asides,
        determined=UNKNOWN,
        reserves=UNKNOWN,
        hosted=UNKNOWN,
        own_costs=UNKNOWN,
        settlements=UNKNOWN,
        derived=True,
        total=_pounds(row["total_pounds"]),
        source=_sources(row),
    )


def budgets(authority: str, *, health_board: str, councils: tuple[LocalAuthority, ...], ijb: bool) -> Listing[Budget]:
    """
    List the derived budgets of an authority, a year each.

    The Health Board's payment is its share less the sum set aside; a joint board's councils share by population.
    How much lead agencies pay each other is not derived: such a budget has its total only.
    """
    made = (_budget(row, health_board=health_board, councils=councils, ijb=ijb) for row in _by_authority()[authority])
    return Listing(tuple(made), complete=False)
