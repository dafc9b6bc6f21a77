"""Mends of rules about the annual accounts of a board."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.accounts import AnnualAccounts
from scotintegration.mends._holding import of_board
from scotintegration.mends._table import mends, record, settled
from scotintegration.mends._terms import keeping
from scotintegration.officers import ChiefFinanceOfficer
from scotintegration.rules import accounting, find
from scotintegration.rules._boards import board_of
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.dates import FinancialYear
    from scotintegration.mends._table import Change
    from scotintegration.partnership import Partnership

__all__ = ["certify"]

_CERTIFIED: Final = "FIN-s95-certifies"
_OFFICER: Final = "FIN-s95-officer"
_APPROVED: Final = "PBJW-s7-approved-before-effect"

_STEPS: Final = {
    "FIN-accounts-30-jun": accounting._SUBMITTED,
    "FIN-accounts-31-aug": accounting._CONSIDERED,
    "FIN-accounts-30-sep": accounting._APPROVED,
    "FIN-accounts-31-oct": accounting._PUBLISHED,
}
"""The steps on the way of a year's accounts, by the rule that asks for each."""


def _in_time(step: accounting._Step) -> Change:
    """Make a change that lets a step be done, on its last day, for every year for which it was not done in time."""

    def change(p: Partnership) -> Partnership:
        before, p = p, _with_day_established(p)
        for year in accounting._years_due(p, p.as_at, step):
            p = _done(p, year, step.field, step.last_day(year))
        return keeping(before, p, _CERTIFIED)

    return change


def _done(p: Partnership, year: FinancialYear, field: str, last: date) -> Partnership:
    """Let a step of a year's accounts be done by its last day; accounts that are not on record are made."""
    found = next((one for one in p.accounts.items if one.year == year), AnnualAccounts(year=year))
    done = getattr(found, field)
    if isinstance(done, date) and done <= last:
        return p
    others = [one for one in p.accounts.items if one.year != year]
    fresh = attrs.evolve(found, **{field: last})  # type: ignore[arg-type]
    return p.evolve(accounts=Listing((*others, fresh), p.accounts.complete))


def _with_day_established(p: Partnership) -> Partnership:
    """Settle when the board was established, as the rule asks that the scheme was approved by then."""
    return settled(p, _APPROVED) if board_of(p).established_on is UNKNOWN else p


for _rule, _step in _STEPS.items():
    mends(_rule)(_in_time(_step))
del _rule, _step


@mends(_CERTIFIED)
def certify(p: Partnership) -> Partnership:
    """Let the chief finance officer of the board have certified all accounts that went to the auditor."""
    if not of_board(p, ChiefFinanceOfficer):
        p = settled(p, _OFFICER)
    officer = of_board(p, ChiefFinanceOfficer)[0].id
    asked = find(_CERTIFIED)

    def certified(one: AnnualAccounts) -> AnnualAccounts:
        is_open = asked.is_open(p.evolve(accounts=[one]))
        return attrs.evolve(one, certified_by=officer) if is_open else one

    return p.evolve(accounts=p.accounts.map(certified).items)


record("BV-ijb", "FIN-governance-statement", "FIN-internal-audit")
