"""When what a run decides is issued, and when its officers leave: drawn for a single run (private)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import attrs

from scotintegration.dates import FinancialYear
from scotintegration.officers import ChiefFinanceOfficer, ChiefOfficer
from scotintegration.simulation import draws
from scotintegration.simulation._drawn import Turn, turned
from scotintegration.simulation._inputs import MEETINGS
from scotintegration.simulation.dials import Dial
from scotintegration.simulation.scenario import Scenario

__all__ = ["SPECIAL_AFTER", "Delays", "Vacancy"]

SPECIAL_AFTER: Final = timedelta(days=14)
"""How long after a meeting without a quorum a special one is held."""

_LEAVING: Final[dict[str, type[ChiefOfficer | ChiefFinanceOfficer]]] = {
    "chief_officer_vacancy": ChiefOfficer,
    "finance_officer_vacancy": ChiefFinanceOfficer,
}
_USUAL: Final = 6  # days from 18 to 24 March


@attrs.frozen(kw_only=True)
class Vacancy:
    """
    A stretch of days on which nobody holds a post.

    Attributes:
        post: The kind of post.
        first: The first day.
        over: The first day on which somebody new is there.
    """

    post: type[ChiefOfficer | ChiefFinanceOfficer]
    first: date
    over: date


@attrs.frozen(kw_only=True)
class Delays:
    """
    What is late in a run.

    Attributes:
        decided: Days after 18 March on which a year's directions are decided, a year each.
        issued: Days from then to their issue, a year each.
        lags: Days from what each meeting decides to its issue, six a year.
        vacancies: Posts that fall vacant, in order of day.
    """

    decided: tuple[int, ...]
    issued: tuple[int, ...]
    lags: tuple[tuple[int, ...], ...]
    vacancies: tuple[Vacancy, ...]

    @classmethod
    def drawn(cls, scenario: Scenario, seed: int, partnership: str, run: int, years: Sequence[FinancialYear]) -> Delays:
        """Draw them for one run."""
        turn, dials = turned(seed, partnership, run, 1), scenario.dials
        found = (
            one for name in _LEAVING if getattr(scenario, name) != 0.0
            for one in _vacancies(name, turn, dials, seed, partnership, run, years)
        )  # fmt: skip
        lagged = scenario.lag != 0.0
        lags = [_days("lag", f"/{meeting}", turn, dials, years) for meeting in range(MEETINGS)]
        return cls(
            decided=tuple(_days("budget_late", "", turn, dials, years)),
            issued=tuple(_days("lag", "/year", turn, dials, years) if lagged else [_USUAL] * len(years)),
            lags=tuple(zip(*lags, strict=True)),
            vacancies=tuple(sorted(found, key=lambda one: one.first)),
        )


def _days(name: str, after: str, turn: Turn, dials: Mapping[str, Dial], years: Sequence[FinancialYear]) -> list[int]:
    """Give what a dial in days says, a year each, in whole days."""
    drawn = turn(f"{name}{after}", dials[name], [year.start_year for year in years])
    return [round(one) for one in drawn[0].tolist()]


def _vacancies(
    name: str,
    turn: Turn,
    dials: Mapping[str, Dial],
    seed: int,
    partnership: str,
    run: int,
    years: Sequence[FinancialYear],
) -> Iterator[Vacancy]:
    """Give the vacancies of one post: who leaves does so on any day of a year."""
    chances = turn(name, dials[name], [year.start_year for year in years])[0].tolist()
    until_filled = _days("vacancy_days", f"/{name}", turn, dials, years)
    ((block, row, end),) = draws.blocks(run, 1)
    for year, chance, days in zip(years, chances, until_filled, strict=True):
        leaves, when = draws.uniforms(
            seed, partnership, f"leaves/{name}", block=block, year=year.start_year, shape=(2,), start=row, stop=end
        )[0].tolist()
        if leaves < chance:
            first = year.start + timedelta(days=int(when * ((year.end - year.start).days + 1)))
            yield Vacancy(post=_LEAVING[name], first=first, over=first + timedelta(days=days))
