"""Prices: what sums of several years come to at the prices of one, by a deflator somebody supplies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TypeAlias

from scotintegration.dates import FinancialYear
from scotintegration.errors import UnknownFactError
from scotintegration.money import Money

__all__ = ["Deflator", "at_prices_of", "real_terms"]

_Year: TypeAlias = FinancialYear | date | str
Deflator: TypeAlias = Mapping[FinancialYear, Decimal | str | int] | Mapping[str, Decimal | str | int]
"""An index of prices: a number above 0 a financial year, as text, Decimal or whole number."""


def _index(value: object, year: FinancialYear) -> Fraction:
    expected = f"a number above 0 as str, Decimal or int for {year}"
    if isinstance(value, bool) or not isinstance(value, Decimal | str | int):
        raise TypeError(f"a deflator has {expected}, got {type(value).__name__} {value!r}")
    try:
        found = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"a deflator has {expected}, got {value!r}") from None
    if not found.is_finite() or found <= 0:
        raise ValueError(f"a deflator has {expected}, got {value!r}")
    return Fraction(found)


def _indices(deflator: Deflator) -> dict[FinancialYear, Fraction]:
    found: dict[FinancialYear, Fraction] = {}
    for name, value in deflator.items():
        year = FinancialYear.of(name)
        if year in found:
            raise ValueError(f"a deflator has one index a year, got two for {year}")
        found[year] = _index(value, year)
    return found


def at_prices_of(base: _Year, amount: Money, year: _Year, *, deflator: Deflator) -> Money:
    """
    Give what a sum of one year comes to at the prices of another.

    Args:
        base: The year whose prices are asked for.
        amount: The sum.
        year: The year it belongs to.
        deflator: The index of prices by year, such as the GDP deflators that HM Treasury publishes; none is bundled.

    Returns:
        The sum times the index of *base* over that of *year*, in whole pence; half a penny goes to the even one.

    Raises:
        UnknownFactError: If the deflator lacks either year.
        TypeError: If an index is a ``float`` or of another type.
        ValueError: If an index is not above 0, or a year has two.

    Source: our choice. Exact fractions, rounded once, half to even, so that no sum leans upwards.

    >>> at_prices_of("2024/25", Money("£103"), "2025/26", deflator={"2024/25": "100", "2025/26": "103"})
    Money('£100.00')

    .. versionadded:: 0.1.0
    """
    indices = _indices(deflator)
    old, new = FinancialYear.of(year), FinancialYear.of(base)
    for one in (old, new):
        if one not in indices:
            raise UnknownFactError(f"the deflator of {one}")
    return Money(round(amount.pence * indices[new] / indices[old]))


def real_terms(amounts: Mapping[_Year, Money], *, deflator: Deflator, base: _Year) -> dict[FinancialYear, Money]:
    """
    Give sums of several years at the prices of one.

    Args:
        amounts: The sums by financial year.
        deflator: The index of prices by year.
        base: The year whose prices are asked for.

    Returns:
        The sums in order of year, each in whole pence; half a penny goes to the even one. Sums that added up before
        may, once each is rounded, differ from their total by pence.

    Raises:
        UnknownFactError: If the deflator lacks a year.
        TypeError: If an index is a ``float`` or of another type.
        ValueError: If an index is not above 0, or a year has two.

    Source: our choice. Exact fractions, rounded once, half to even.

    >>> index = {"2024/25": "100", "2025/26": "104"}
    >>> real_terms({"2024/25": Money("£50"), "2025/26": Money("£52")}, deflator=index, base="2024/25")
    {FinancialYear('2024/25'): Money('£50.00'), FinancialYear('2025/26'): Money('£50.00')}

    .. versionadded:: 0.1.0
    """
    named = {FinancialYear.of(year): amount for year, amount in amounts.items()}
    return {year: at_prices_of(base, named[year], year, deflator=deflator) for year in sorted(named)}
