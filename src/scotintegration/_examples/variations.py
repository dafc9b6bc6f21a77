"""Examples that differ from a lawful one in what their name says (private)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

import attrs

from scotintegration._examples.areas import (
    ARDLARICH,
    BALNAVAIRD,
    CAIRNWATER,
    KINBRAE,
    MORRAN,
    STRATHALLAN,
    YEARS,
)
from scotintegration._examples.board import board_partnership
from scotintegration._examples.lead import lead_partnership
from scotintegration._examples.money import Season
from scotintegration.dates import FinancialYear
from scotintegration.partnership import Partnership
from scotintegration.schemes import Model

LEFT: Final = date(2026, 5, 31)
"""The last day of the chief officer whose post then falls vacant."""

LATE: Final = date(2026, 6, 24)
"""The day of the special meeting that sets the late budget."""

LATE_START: Final = date(2026, 7, 1)

SHORT: Final = date(2026, 9, 16)
"""The meeting of which notice was too late."""


def vacant_chief_officer() -> Partnership:
    """Leave the post of chief officer vacant from June 2026, and the seat with it."""
    return board_partnership(STRATHALLAN, chief_until=LEFT)


def late_budget() -> Partnership:
    """Set the budget of 2026/27 in June; the directions of the year before run on until July."""
    late = FinancialYear("2026/27")
    seasons = [Season.usual(year) for year in YEARS]
    for number, season in enumerate(seasons):
        if season.year == late.previous:
            seasons[number] = attrs.evolve(season, ends_on=None)
        elif season.year == late:
            seasons[number] = attrs.evolve(season, start=LATE_START, decided_on=LATE, follows=True)
    return board_partnership(STRATHALLAN, seasons=seasons, special=[LATE])


def short_notice() -> Partnership:
    """Give three days' notice of one meeting."""
    p = board_partnership(STRATHALLAN)
    meetings = [
        attrs.evolve(one, notice_available_on=SHORT - timedelta(days=3)) if one.on == SHORT else one
        for one in p.meetings
    ]
    return p.evolve(meetings=meetings)


BUILDERS: Final[Mapping[str, Callable[[], Partnership]]] = MappingProxyType(
    {
        "body-corporate": lambda: board_partnership(STRATHALLAN),
        "joint-board": lambda: board_partnership(CAIRNWATER),
        "large-hospital": lambda: board_partnership(BALNAVAIRD),
        "late-budget": late_budget,
        "lead-agency-both-ways": lambda: lead_partnership(ARDLARICH, Model.BOTH_WAYS),
        "lead-agency-to-board": lambda: lead_partnership(KINBRAE, Model.LA_TO_HB),
        "short-notice": short_notice,
        "three-authorities": lambda: board_partnership(MORRAN),
        "vacant-chief-officer": vacant_chief_officer,
    }
)
"""How each example is built, by name."""
