"""
Money in whole pence: parse, print, add and share without losing a penny.

Amounts are never binary fractions. A text or a `decimal.Decimal` is pounds, an
``int`` is pence, and whatever is not a whole number of pence is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from operator import index
from typing import Final, SupportsIndex, TypeVar, overload

import attrs

from scotintegration._shown import Printed
from scotintegration.errors import MoneyError
from scotintegration.unknown import Unknown

__all__ = ["Money", "not_negative", "total"]

_TEXT: Final = re.compile(
    r"(?P<sign>[+-]?)£?(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<part>[0-9]+))?"
    r"(?: ?(?P<unit>k|m|bn|thousand|million|billion))?",
    re.IGNORECASE,
)
_UNITS: Final[dict[str, int]] = {
    "": 1,
    **{"k": 10**3, "m": 10**6, "bn": 10**9},
    **{"thousand": 10**3, "million": 10**6, "billion": 10**9},
}
_SHORT: Final = (("", 1), ("k", 10**3), ("m", 10**6), ("bn", 10**9))
_LONGEST: Final = 1000
_SHAPE: Final = "pounds such as '£1.2m', '£1,250,000.01' or '-£0.60'"
_PENNY: Final = "no fraction of a penny"


def _from_text(text: str) -> int:
    found = _TEXT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        raise MoneyError(text[:_LONGEST], _SHAPE)
    part = found["part"] or ""
    digits = int(found["whole"].replace(",", "") + part)
    scale: int = 10 ** len(part)
    pence, rest = divmod(digits * 100 * _UNITS[(found["unit"] or "").lower()], scale)
    if rest:
        raise MoneyError(text, _PENNY)
    return -pence if found["sign"] == "-" else pence


def _from_decimal(pounds: Decimal) -> int:
    if not pounds.is_finite() or pounds.adjusted() > _LONGEST:
        raise MoneyError(pounds, f"a finite number of pounds, of up to {_LONGEST} figures")
    if not pounds:
        return 0
    if pounds.adjusted() < -2:
        raise MoneyError(pounds, _PENNY)
    over, under = pounds.as_integer_ratio()
    pence, rest = divmod(over * 100, under)
    if rest:
        raise MoneyError(pounds, _PENNY)
    return pence


def _pence(value: Money | str | Decimal | SupportsIndex) -> int:
    if isinstance(value, Money):
        return value.pence
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, Decimal):
        return _from_decimal(value)
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        got = f"{type(value).__name__} {value!r}"
        raise TypeError(f"money is read from a str or a Decimal of pounds, or an int of whole pence, got {got}")
    return index(value)


@attrs.frozen(order=True, repr=False, str=False)
class Money(Printed):
    """
    A sum of money in whole pence, of either sign.

    Made from a text in pounds (``"£1.2m"``, ``"£1,250,000.01"``, ``"1250"``), a
    `decimal.Decimal` in pounds, or an ``int`` in pence. Sums add to, and compare
    with, other sums only; they are multiplied by whole numbers, and divided by
    `share` alone. A sum of nothing is false.

    Attributes:
        pence: Whole pence.

    Raises:
        MoneyError: If the value is not a whole number of pence.
        TypeError: If it is a ``float``, a ``bool`` or anything else.

    Source:
        Our choice: binary fractions lose pennies, and sums that are to balance cannot.

    >>> Money("£1.2m") - Money("£0.99")
    Money('£1,199,999.01')
    >>> Money(1250), Money("1250")
    (Money('£12.50'), Money('£1,250.00'))
    >>> Money("£0.005")
    Traceback (most recent call last):
    scotintegration.errors.MoneyError: cannot read '£0.005' as money; expected no fraction of a penny

    .. versionadded:: 0.1.0
    """

    pence: int = attrs.field(converter=_pence)

    @classmethod
    def of(cls, x: Money | str | Decimal | SupportsIndex) -> Money:
        """
        Make money of what is there: the converter of fields.

        Args:
            x: Money, a text or a Decimal of pounds, or whole pence.

        Returns:
            The sum.

        Raises:
            MoneyError: If the value is not a whole number of pence.
            TypeError: If it is a ``float``, a ``bool`` or anything else.

        >>> Money.of("-£0.6m")
        Money('-£600,000.00')

        .. versionadded:: 0.1.0
        """
        return x if isinstance(x, Money) else cls(x)

    @property
    def pounds(self) -> Decimal:
        """
        The exact sum in pounds.

        >>> Money("£1.2m").pounds
        Decimal('1200000.00')

        .. versionadded:: 0.1.0
        """
        digits = tuple(map(int, str(abs(self.pence))))
        return Decimal((int(self.pence < 0), digits, -2))

    def __str__(self) -> str:
        pounds, pence = divmod(abs(self.pence), 100)
        return f"{'-' if self.pence < 0 else ''}£{pounds:,}.{pence:02}"

    def __repr__(self) -> str:
        return f"Money({str(self)!r})"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __bool__(self) -> bool:
        return self.pence != 0

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.pence + other.pence)

    def __radd__(self, other: int) -> Money:
        # sum() starts from 0, the one number that is also a sum of money
        return self if type(other) is int and other == 0 else NotImplemented

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.pence - other.pence)

    def __neg__(self) -> Money:
        return Money(-self.pence)

    def __pos__(self) -> Money:
        return self

    def __abs__(self) -> Money:
        return Money(abs(self.pence))

    def __mul__(self, times: int) -> Money:
        if type(times) is not int:
            return NotImplemented
        return Money(self.pence * times)

    __rmul__ = __mul__

    def short(self) -> str:
        """
        Print the sum in a few figures, for a picture.

        Returns:
            Pounds, thousands, millions or billions, rounded half away from nought.

        >>> [Money(text).short() for text in ("£1,249,999", "-£3,000", "£999.99", "£0.49")]
        ['£1.2m', '-£3k', '£1k', '£0']

        .. versionadded:: 0.1.0
        """
        size = abs(self.pence)
        tenths, unit = 0, ""
        for unit, pounds in _SHORT:
            step = 100 * pounds if not unit else 10 * pounds
            tenths = (2 * size + step) // (2 * step) * (1 if unit else 10)
            if tenths < 10_000:
                break
        whole, tenth = divmod(tenths, 10)
        sign = "-" if self.pence < 0 and tenths else ""
        return f"{sign}£{whole:,}{f'.{tenth}' if tenth else ''}{unit}"

    @overload
    def share(self, weights: Mapping[str, int]) -> dict[str, Money]: ...
    @overload
    def share(self, weights: Sequence[int]) -> tuple[Money, ...]: ...
    def share(self, weights: Mapping[str, int] | Sequence[int]) -> dict[str, Money] | tuple[Money, ...]:
        """
        Split the sum in proportion to weights without losing a penny.

        Args:
            weights: Whole numbers of 0 or more, not all 0; by name or in order.

        Returns:
            The shares, under the same names or in the same order; they add up to
            the sum exactly. Odd pence go to the largest remainders, ties to the
            first name in the alphabet, or to the left. A negative sum is split as
            the positive one is.

        Raises:
            TypeError: If a weight is not a whole number.
            ValueError: If a weight is negative, or all are 0, or there are none.

        Source:
            Our choice: largest remainder, for it is exact and favours nobody.

        >>> Money("£1").share([1, 1, 1])
        (Money('£0.34'), Money('£0.33'), Money('£0.33'))
        >>> Money("£0.01").share({"west": 1, "east": 1})
        {'west': Money('£0.00'), 'east': Money('£0.01')}

        .. versionadded:: 0.1.0
        """
        if not isinstance(weights, Mapping):
            return self._share(weights)
        names = sorted(weights)
        shares = dict(zip(names, self._share([weights[name] for name in names]), strict=True))
        return {name: shares[name] for name in weights}

    def _share(self, weights: Iterable[int]) -> tuple[Money, ...]:
        whole = tuple(weights)
        for weight in whole:
            if isinstance(weight, bool) or not hasattr(weight, "__index__"):
                raise TypeError(f"weights must be whole numbers, got {weight!r}")
        exact = tuple(map(index, whole))
        if min(exact, default=0) < 0 or not any(exact):
            raise ValueError(f"weights must be 0 or more and not all 0, got {exact!r}")
        size, sign = abs(self.pence), -1 if self.pence < 0 else 1
        parts = [divmod(size * weight, sum(exact)) for weight in exact]
        odd = size - sum(floor for floor, _ in parts)
        ranked = sorted(range(len(parts)), key=lambda i: -parts[i][1])
        favoured = frozenset(ranked[:odd])
        return tuple(Money(sign * (floor + (i in favoured))) for i, (floor, _) in enumerate(parts))


_Amount = TypeVar("_Amount", bound=Money | Unknown | None)


def not_negative(instance: object, attribute: attrs.Attribute[_Amount], value: _Amount) -> None:
    """
    Refuse a negative sum: an attrs validator, which lets ``None`` and `UNKNOWN` pass.

    Args:
        instance: The value under construction.
        attribute: The field.
        value: What is to go into it.

    Raises:
        ValueError: If *value* is less than £0.

    >>> @attrs.frozen
    ... class SetAside:
    ...     amount: Money = attrs.field(converter=Money.of, validator=not_negative)
    >>> SetAside("-£0.01")
    Traceback (most recent call last):
    ValueError: amount must be £0 or more, got Money('-£0.01')

    .. versionadded:: 0.1.0
    """
    if isinstance(value, Money) and value.pence < 0:
        raise ValueError(f"{attribute.name} must be £0 or more, got {value!r}")


def total(moneys: Iterable[Money]) -> Money:
    """
    Add sums up; no sums make £0.

    >>> total([Money("£1.50"), Money("-£0.50")])
    Money('£1.00')

    .. versionadded:: 0.1.0
    """
    return sum(moneys, start=Money(0))
