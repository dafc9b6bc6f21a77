"""
Dials: small descriptions of a number that a scenario assumes, fixed or drawn afresh in every run.

A drawn number has an address as every draw has: (seed, partnership, name of the dial, run, year). Another dial, or
another partnership, moves none of them.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Final, SupportsIndex

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration._choice import Choice
from scotintegration._shown import Shown
from scotintegration.errors import NotFoundError
from scotintegration.simulation import draws

__all__ = [
    "Constant",
    "Dial",
    "Lognormal",
    "Normal",
    "Observed",
    "Per",
    "Triangular",
    "Uniform",
    "constant",
    "dial_from_dict",
    "lognormal",
    "normal",
    "observed",
    "triangular",
    "uniform",
]

Floats = npt.NDArray[np.float64]

_WHOLE_RUN: Final = 0  # stands in an address for the year of what is drawn once a run
_DIGITS: Final = 12  # beyond them processors may differ in a logarithm


class Per(Choice):
    """How often a dial is drawn: once a year of a run, or once a run."""

    YEAR = "year"
    RUN = "run"


def _to_float(value: object) -> float:
    """Read a finite number; a truth value is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"a dial is made of numbers, got {value!r}")
    if not math.isfinite(value):
        raise ValueError(f"a dial is made of finite numbers, got {value!r}")
    return float(value)


def _floats(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(_to_float(value) for value in values)


def _to_source(value: object) -> str:
    if not isinstance(value, str) or (value and not value.strip()):
        raise TypeError(f"source must be a text that says where the numbers are from, got {value!r}")
    return value


@attrs.frozen(kw_only=True)
class Dial(Shown, ABC):
    """
    A number that a scenario assumes.

    Attributes:
        per: ``"year"``: drawn afresh each year of a run; ``"run"``: once, and the same in all its years.
        source: Where its numbers are from, as a text; empty for an assumption.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    per: Per = attrs.field(default=Per.YEAR, converter=Per)
    source: str = attrs.field(default="", converter=_to_source)

    drawn: ClassVar[bool] = True
    """Whether runs differ in it."""

    @property
    @abstractmethod
    def middle(self) -> float:
        """The mean of what is drawn."""

    @property
    @abstractmethod
    def bounds(self) -> tuple[float, float]:
        """The least and the most that may be drawn; infinite where there is no end."""

    @abstractmethod
    def told(self, show: Callable[[float], str] = str) -> str:
        """Say what it is, each number as *show* writes it."""

    @abstractmethod
    def _values(self, take: Callable[[Callable[..., Floats]], Floats]) -> Floats:
        """Turn standard draws into its own; *take* asks a function of `draws` for them."""

    def draw(
        self, seed: SupportsIndex, partnership: str, name: str, *, first: int, runs: int, years: Sequence[int]
    ) -> Floats:
        """
        Draw it for some runs and years.

        Args:
            seed: Whole number, 0 or more.
            partnership: Id of the partnership.
            name: Name of the dial.
            first: Number of the first run, 0 or more.
            runs: How many runs.
            years: Calendar years in which the financial years start.

        Returns:
            Shape ``(runs, years)``, float64.

        Source: our choice: a number of its own address, so that no other dial moves it.

        >>> normal(0.03, 0.01).draw(7, "S37000034", "pressure", first=0, runs=2, years=[2026]).shape
        (2, 1)

        .. versionadded:: 0.1.0
        """
        once = self.per is Per.RUN
        asked = [_WHOLE_RUN] if once else years

        def take(kind: Callable[..., Floats]) -> Floats:
            out = np.empty((runs, len(asked)))
            for column, year in enumerate(asked):
                done = 0
                for block, row, end in draws.blocks(first, runs):
                    rows = slice(done, done + end - row)
                    out[rows, column] = kind(
                        seed, partnership, f"dial/{name}", block=block, year=year, start=row, stop=end
                    )
                    done += end - row
            return out

        values = self._values(take).round(_DIGITS)
        return np.repeat(values, len(years), axis=1) if once else values

    def to_dict(self) -> dict[str, object]:
        """
        Give the dial as plain data.

        Returns:
            What JSON can write; :func:`dial_from_dict` reads it back.

        Source: our choice.

        >>> constant(0.02).to_dict()
        {'dial': 'constant', 'per': 'year', 'source': '', 'value': 0.02}

        .. versionadded:: 0.1.0
        """
        fields = attrs.asdict(self, value_serializer=lambda _, __, value: str(value) if value is self.per else value)
        return {"dial": type(self).__name__.lower(), **dict(sorted(fields.items()))}


@attrs.frozen
class Constant(Dial):
    """
    A number that is the same in every run; :func:`constant` makes one.

    Attributes:
        value: The number.

    Raises:
        TypeError: If it is no number.
        ValueError: If it is not finite.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    value: float = attrs.field(converter=_to_float)

    drawn: ClassVar[bool] = False

    @property
    def middle(self) -> float:
        """The number."""
        return self.value

    @property
    def bounds(self) -> tuple[float, float]:
        """The number twice."""
        return self.value, self.value

    def told(self, show: Callable[[float], str] = str) -> str:
        """Say the number."""
        return show(self.value)

    def _values(self, take: Callable[[Callable[..., Floats]], Floats]) -> Floats:
        return np.full(take(draws.uniforms).shape, self.value)


@attrs.frozen
class Normal(Dial):
    """
    A number drawn from a normal distribution; :func:`normal` makes one.

    Attributes:
        mean: Its mean.
        spread: Its standard deviation, 0 or more.

    Raises:
        TypeError: If one is no number.
        ValueError: If one is not finite, or the spread below 0.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    mean: float = attrs.field(converter=_to_float)
    spread: float = attrs.field(converter=_to_float, validator=attrs.validators.ge(0))

    @property
    def middle(self) -> float:
        """The mean."""
        return self.mean

    @property
    def bounds(self) -> tuple[float, float]:
        """No ends."""
        return -math.inf, math.inf

    def told(self, show: Callable[[float], str] = str) -> str:
        """Say the mean and the spread."""
        return f"normal with mean {show(self.mean)} and standard deviation {show(self.spread)}"

    def _values(self, take: Callable[[Callable[..., Floats]], Floats]) -> Floats:
        values: Floats = take(draws.normals) * self.spread + self.mean
        return values


@attrs.frozen
class Lognormal(Dial):
    """
    A number above 0 with a long upper tail; :func:`lognormal` makes one.

    Attributes:
        median: Its median, above 0.
        spread: Standard deviation of its natural logarithm, 0 or more.

    Raises:
        TypeError: If one is no number.
        ValueError: If one is not finite or out of range.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    median: float = attrs.field(converter=_to_float, validator=attrs.validators.gt(0))
    spread: float = attrs.field(converter=_to_float, validator=attrs.validators.ge(0))

    @property
    def middle(self) -> float:
        """The mean."""
        return self.median * math.exp(self.spread**2 / 2)

    @property
    def bounds(self) -> tuple[float, float]:
        """From 0, without end."""
        return 0.0, math.inf

    def told(self, show: Callable[[float], str] = str) -> str:
        """Say the median and the spread."""
        return f"lognormal with median {show(self.median)} and a spread of its logarithm of {self.spread:g}"

    def _values(self, take: Callable[[Callable[..., Floats]], Floats]) -> Floats:
        values: Floats = np.exp(take(draws.normals) * self.spread) * self.median
        return values


@attrs.frozen
class Uniform(Dial):
    """
    A number anywhere between two others; :func:`uniform` makes one.

    Attributes:
        low: The least.
        high: The most, *low* or more.

    Raises:
        TypeError: If one is no number.
        ValueError: If one is not finite, or *high* below *low*.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    low: float = attrs.field(converter=_to_float)
    high: float = attrs.field(converter=_to_float)

    def __attrs_post_init__(self) -> None:
        if self.high < self.low:
            raise ValueError(f"a uniform dial goes from low to high, got {self.low:g} and {self.high:g}")

    @property
    def middle(self) -> float:
        """Half-way."""
        return (self.low + self.high) / 2

    @property
    def bounds(self) -> tuple[float, float]:
        """Its two numbers."""
        return self.low, self.high

    def told(self, show: Callable[[float], str] = str) -> str:
        """Say the two numbers."""
        return f"uniform from {show(self.low)} to {show(self.high)}"

    def _values(self, take: Callable[[Callable[..., Floats]], Floats]) -> Floats:
        values: Floats = take(draws.uniforms) * (self.high - self.low) + self.low
        return values


@attrs.frozen
class Triangular(Dial):
    """
    A number between two others, most likely near a third; :func:`triangular` makes one.

    Attributes:
        low: The least.
        mode: The likeliest, from *low* to *high*.
        high: The most.

    Raises:
        TypeError: If one is no number.
        ValueError: If one is not finite, or they are not in order.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    low: float = attrs.field(converter=_to_float)
    mode: float = attrs.field(converter=_to_float)
    high: float = attrs.field(converter=_to_float)

    def __attrs_post_init__(self) -> None:
        if not self.low <= self.mode <= self.high:
            got = f"{self.low:g}, {self.mode:g} and {self.high:g}"
            raise ValueError(f"a triangular dial has low, mode and high in this order, got {got}")

    @property
    def middle(self) -> float:
        """A third of the sum of its numbers."""
        return (self.low + self.mode + self.high) / 3

    @property
    def bounds(self) -> tuple[float, float]:
        """Its least and its most."""
        return self.low, self.high

    def told(self, show: Callable[[float], str] = str) -> str:
        """Say the three numbers."""
        return f"triangular from {show(self.low)} over {show(self.mode)} to {show(self.high)}"

    def _values(self, take: Callable[[Callable[..., Floats]], Floats]) -> Floats:
        u, whole = take(draws.uniforms), self.high - self.low
        below, above = self.mode - self.low, self.high - self.mode
        rising, falling = self.low + np.sqrt(u * whole * below), self.high - np.sqrt((1.0 - u) * whole * above)
        return np.where(u * whole < below, rising, falling)


@attrs.frozen
class Observed(Dial):
    """
    A number that was seen before, each as likely as the others; :func:`observed` makes one.

    Attributes:
        values: The numbers, one or more; one that stands twice is twice as likely.

    Raises:
        TypeError: If one is no number.
        ValueError: If one is not finite, or there is none.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    values: tuple[float, ...] = attrs.field(converter=_floats, validator=attrs.validators.min_len(1))

    @property
    def middle(self) -> float:
        """The mean of the numbers."""
        return math.fsum(self.values) / len(self.values)

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most of them."""
        return min(self.values), max(self.values)

    def told(self, show: Callable[[float], str] = str) -> str:
        """Say how many there are, and their ends."""
        least, most = self.bounds
        return f"one of {len(self.values)} observed from {show(least)} to {show(most)}"

    def _values(self, take: Callable[[Callable[..., Floats]], Floats]) -> Floats:
        places = (take(draws.uniforms) * len(self.values)).astype(np.int64)
        return np.array(self.values)[places]


def constant(value: float, *, source: str = "") -> Constant:
    """
    Give a number that is the same in every run, with its source.

    Args:
        value: The number.
        source: Where it is from; empty for an assumption.

    Returns:
        The dial.

    Raises:
        TypeError: If it is no number.
        ValueError: If it is not finite.

    Source: our choice.

    >>> constant(0.02, source="annual accounts 2024/25, note 5").middle
    0.02

    .. versionadded:: 0.1.0
    """
    return Constant(value, source=source)


def normal(mean: float, spread: float, *, per: Per | str = Per.YEAR, source: str = "") -> Normal:
    """
    Describe a number drawn from a normal distribution.

    Args:
        mean: Its mean.
        spread: Its standard deviation, 0 or more.
        per: ``"year"`` to draw it afresh each year, ``"run"`` to draw it once a run.
        source: Where the numbers are from; empty for an assumption.

    Returns:
        The dial. A scenario holds what is drawn beyond the bounds of a dial at the bound.

    Raises:
        TypeError: If one is no number.
        ValueError: If one is not finite, or the spread below 0.

    Source: our choice.

    >>> print(normal(0.03, 0.01).told())
    normal with mean 0.03 and standard deviation 0.01

    .. versionadded:: 0.1.0
    """
    return Normal(mean, spread, per=per, source=source)


def lognormal(median: float, spread: float, *, per: Per | str = Per.YEAR, source: str = "") -> Lognormal:
    """
    Describe a number above 0 with a long upper tail.

    Args:
        median: Its median, above 0.
        spread: Standard deviation of its natural logarithm, 0 or more.
        per: ``"year"`` to draw it afresh each year, ``"run"`` to draw it once a run.
        source: Where the numbers are from; empty for an assumption.

    Returns:
        The dial.

    Raises:
        TypeError: If one is no number.
        ValueError: If one is not finite or out of range.

    Source: our choice.

    >>> lognormal(0.05, 0.4).bounds
    (0.0, inf)

    .. versionadded:: 0.1.0
    """
    return Lognormal(median, spread, per=per, source=source)


def uniform(low: float, high: float, *, per: Per | str = Per.YEAR, source: str = "") -> Uniform:
    """
    Describe a number anywhere between two others.

    Args:
        low: The least.
        high: The most, *low* or more.
        per: ``"year"`` to draw it afresh each year, ``"run"`` to draw it once a run.
        source: Where the numbers are from; empty for an assumption.

    Returns:
        The dial.

    Raises:
        TypeError: If one is no number.
        ValueError: If one is not finite, or *high* below *low*.

    Source: our choice.

    >>> uniform(0.01, 0.03).middle
    0.02

    .. versionadded:: 0.1.0
    """
    return Uniform(low, high, per=per, source=source)


def triangular(low: float, mode: float, high: float, *, per: Per | str = Per.YEAR, source: str = "") -> Triangular:
    """
    Describe a number between two others, most likely near a third.

    Args:
        low: The least.
        mode: The likeliest, from *low* to *high*.
        high: The most.
        per: ``"year"`` to draw it afresh each year, ``"run"`` to draw it once a run.
        source: Where the numbers are from; empty for an assumption.

    Returns:
        The dial.

    Raises:
        TypeError: If one is no number.
        ValueError: If one is not finite, or they are not in order.

    Source: our choice.

    >>> triangular(0.5, 1.0, 1.5).middle
    1.0

    .. versionadded:: 0.1.0
    """
    return Triangular(low, mode, high, per=per, source=source)


def observed(values: Sequence[float], *, per: Per | str = Per.YEAR, source: str = "") -> Observed:
    """
    Describe a number that is one of those seen before.

    Args:
        values: The numbers, one or more; one that stands twice is twice as likely.
        per: ``"year"`` to draw it afresh each year, ``"run"`` to draw it once a run.
        source: Where the numbers are from; empty for an assumption.

    Returns:
        The dial.

    Raises:
        TypeError: If one is no number.
        ValueError: If one is not finite, or there is none.

    Source: our choice.

    >>> observed([0.01, 0.02, 0.06]).bounds
    (0.01, 0.06)

    .. versionadded:: 0.1.0
    """
    return Observed(values, per=per, source=source)


_KINDS: Final[dict[str, type[Dial]]] = {
    kind.__name__.lower(): kind for kind in (Constant, Lognormal, Normal, Observed, Triangular, Uniform)
}


def dial_from_dict(data: Mapping[str, Any]) -> Dial:
    """
    Read a dial from plain data.

    Args:
        data: What :meth:`Dial.to_dict` gave.

    Returns:
        The dial.

    Raises:
        NotFoundError: If there is no such kind of dial.
        TypeError: If a field is missing or one too many.
        ValueError: If a number is out of range.

    Source: our choice.

    >>> dial_from_dict(uniform(0.1, 0.2).to_dict()) == uniform(0.1, 0.2)
    True

    .. versionadded:: 0.1.0
    """
    fields = dict(data)
    name = str(fields.pop("dial", ""))
    if name not in _KINDS:
        raise NotFoundError.among("dial", name, sorted(_KINDS))
    return _KINDS[name](**fields)
