"""How often something happened in a number of runs, and how sure that makes anyone."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import SupportsIndex

import attrs

from scotintegration._shown import Shown
from scotintegration.simulation.draws import whole_number

__all__ = ["Chance"]


def _level(instance: object, attribute: attrs.Attribute[float], value: float) -> None:
    if not 0.0 < value < 1.0:
        raise ValueError(f"level must be between 0 and 1, got {value!r}")


def _to_runs(value: SupportsIndex) -> int:
    return whole_number("runs", value, 1)


@attrs.frozen(kw_only=True)
class Chance(Shown):
    """
    The share of runs in which something happened, with its interval.

    Attributes:
        hits: Runs in which it happened, 0 to *runs*.
        runs: Runs looked at, 1 or more.
        level: How sure the interval is meant to be, between 0 and 1.
        what: What happened, in a few words.

    Raises:
        ValueError: If a number is out of range.

    Source:
        Our choice: the score interval (E. B. Wilson, Journal of the American Statistical Association 22 (1927)
        209-212), which stays within 0 and 1 and is right for rare events too.

    >>> chance = Chance(hits=3, runs=200)
    >>> print(chance)
    1.5% (0.5% to 4.3% at 95%; 3 of 200 runs)
    >>> print(Chance(hits=0, runs=200))
    0.0% (0.0% to 1.9% at 95%; 0 of 200 runs: with 95% confidence it is at most 1.5%)

    .. versionadded:: 0.1.0
    """

    hits: int = attrs.field(converter=int)
    runs: int = attrs.field(converter=_to_runs)
    level: float = attrs.field(default=0.95, validator=_level)
    what: str = ""

    @hits.validator
    def _within(self, attribute: attrs.Attribute[int], value: int) -> None:
        whole_number("hits", value, most=self.runs)

    @property
    def value(self) -> float:
        """The share itself."""
        return self.hits / self.runs

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        middle, half = _score(self.value, self.runs, self.level)
        return min(self.value, max(0.0, middle - half)) if self.hits else 0.0

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        middle, half = _score(self.value, self.runs, self.level)
        return max(self.value, min(1.0, middle + half)) if self.hits < self.runs else 1.0

    @property
    def half_width(self) -> float:
        """Half of what lies between the ends."""
        return (self.high - self.low) / 2

    @property
    def bound(self) -> float | None:
        """What it is at most, at the level, where no run had it; at least, where every run had it; else None."""
        if self.hits == 0:
            return float(-math.expm1(math.log1p(-self.level) / self.runs))
        return (1.0 - self.level) ** (1.0 / self.runs) if self.hits == self.runs else None

    def runs_for(self, half_width: float) -> int:
        """
        Tell how many runs make the interval narrow enough, if the share stays what it is.

        Args:
            half_width: What is to lie on either side, between 0 and 0.5.

        Returns:
            The fewest runs.

        Raises:
            ValueError: If *half_width* is out of range.

        Source: our choice: the same interval, turned round.

        >>> Chance(hits=3, runs=200).runs_for(0.01)
        620

        .. versionadded:: 0.1.0
        """
        if not 0.0 < half_width < 0.5:
            raise ValueError(f"half_width must be between 0 and 0.5, got {half_width!r}")
        few, enough = 0, 1
        while _score(self.value, enough, self.level)[1] > half_width:
            few, enough = enough, 2 * enough
        while enough - few > 1:
            half = (few + enough) // 2
            few, enough = (half, enough) if _score(self.value, half, self.level)[1] > half_width else (few, half)
        return enough

    def __str__(self) -> str:
        said = f"{self.low:.1%} to {self.high:.1%} at {self.level:.0%}; {self.hits:,} of {self.runs:,} runs"
        if self.bound is not None:
            said += (
                f": with {self.level:.0%} confidence it is at {'most' if not self.hits else 'least'} {self.bound:.1%}"
            )
        return f"{f'{self.what}: ' if self.what else ''}{self.value:.1%} ({said})"


def _score(share: float, runs: int, level: float) -> tuple[float, float]:
    """Give the middle of the score interval and half its width."""
    z = NormalDist().inv_cdf((1.0 + level) / 2)
    scale = 1.0 + z * z / runs
    middle = (share + z * z / (2 * runs)) / scale
    half = z / scale * math.sqrt(share * (1.0 - share) / runs + z * z / (4 * runs * runs))
    return middle, half
