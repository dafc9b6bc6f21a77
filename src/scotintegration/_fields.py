"""Converters and validators that the values share (private)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache, wraps
from operator import lt
from typing import Any, Final, TypeAlias

import attrs

from scotintegration.citations import Source
from scotintegration.dates import FinancialYear, day
from scotintegration.errors import CitationError, DateError, MoneyError, UnknownFactError
from scotintegration.money import Money
from scotintegration.unknown import UNKNOWN, Listing, Unknown

MaybeText: TypeAlias = str | None | Unknown
MaybeDate: TypeAlias = date | None | Unknown
MaybeMoney: TypeAlias = Money | None | Unknown
MaybeFlag: TypeAlias = bool | None | Unknown
MaybeCount: TypeAlias = int | None | Unknown

Validator: TypeAlias = Callable[[object, "attrs.Attribute[Any]", Any], None]

NONE: Final[Listing[Any]] = Listing(())
NOT_RECORDED: Final[Listing[Any]] = Listing((), complete=False)

_NOTHING: Final = object()

ID: Final = re.compile(r"[A-Za-z0-9][^\s/|]*( [^\s/|]+)*(/[A-Za-z0-9][^\s/|]*( [^\s/|]+)*)*")


def _spot(instance: object, attribute: attrs.Attribute[Any]) -> str:
    return f"{type(instance).__name__}.{attribute.name}"


def named(cls: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Let converters name the field whose value they refuse; for ``attrs.frozen(field_transformer=named)``."""
    return [
        field if field.converter is None else field.evolve(converter=_naming(f"{cls.__name__}.{field.name}", field))
        for field in fields
    ]


def _naming(spot: str, field: attrs.Attribute[Any]) -> Callable[[Any], Any]:
    convert: Any = field.converter
    kept = _kept(field)
    words = [str(one.value) for one in convert] if isinstance(convert, type) and issubclass(convert, Enum) else []

    @wraps(convert, updated=())
    def converted(value: Any) -> Any:
        if value is kept:
            return value
        try:
            return convert(value)
        except UnknownFactError:
            raise UnknownFactError(spot) from None
        except (CitationError, DateError, MoneyError) as error:
            raise attrs.evolve(error, expected=f"{error.expected} ({spot})") from None
        except (TypeError, ValueError) as error:
            said = f" must be {' or '.join(map(repr, words))}, got {value!r}" if words else f": {error}"
            raise type(error)(f"{spot}{said}") from None

    return converted


def _kept(field: attrs.Attribute[Any]) -> object:
    """Give the default of a field where it needs no converting, as most fields are left at it; else nothing."""
    default: Any = field.default
    convert: Any = field.converter
    settled = default is None or isinstance(default, Unknown | Listing | Source)
    return default if settled and convert(default) is default else _NOTHING


def by(*names: str) -> Callable[[object], tuple[str, ...]]:
    """Order values by the text of some fields, None first; one that lacks them is left for a validator to refuse."""

    def key(value: object) -> tuple[str, ...]:
        found = (getattr(value, name, None) for name in names)
        return tuple("" if one is None else str(one) for one in found)

    return key


@lru_cache(maxsize=65536)
def is_id(text: str) -> bool:
    """Tell whether a text can be an id; the same ids are asked about again and again."""
    return ID.fullmatch(text) is not None


def an_id(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    """Refuse what cannot be an id: words in one or more parts, the parts separated by slashes."""
    if not isinstance(value, str):
        raise TypeError(f"{_spot(instance, attribute)} must be a str, got {value!r}")
    if not is_id(value):
        raise ValueError(f"{_spot(instance, attribute)} must be an id such as 'district-nursing', got {value!r}")


def maybe_id(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    """Accept None, UNKNOWN or an id."""
    if value is not None and value is not UNKNOWN:
        an_id(instance, attribute, value)


def ids(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    """Refuse a collection that holds anything but ids."""
    for item in value:
        if type(item) is not str or not is_id(item):
            an_id(instance, attribute, item)


def maybe_ids(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    """Accept None or a collection of ids."""
    if value is not None:
        ids(instance, attribute, value)


def a_text(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    """Refuse anything but text with something in it."""
    if not isinstance(value, str):
        raise TypeError(f"{_spot(instance, attribute)} must be a str, got {value!r}")
    if not value.strip():
        raise ValueError(f"{_spot(instance, attribute)} must not be blank, got {value!r}")


def one_of(*kinds: type) -> Validator:
    """Refuse a value of any other type, naming the field, the value and the types; a bool is no int."""
    names = " or ".join(kind.__name__ for kind in kinds)

    def check(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise TypeError(f"{_spot(instance, attribute)} must be {names}, got {value!r}")

    return check


def maybe(*kinds: type) -> Validator:
    """Accept None, UNKNOWN or a value of the types."""
    check = one_of(*kinds)

    def check_known(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        if value is not None and value is not UNKNOWN:
            check(instance, attribute, value)

    return check_known


def each(*kinds: type) -> Validator:
    """Refuse a collection that holds a value of any other type."""
    check = one_of(*kinds)

    def check_each(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        for item in value:
            check(instance, attribute, item)

    return check_each


def count(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    """Accept None, UNKNOWN or a whole number of 0 or more."""
    if value is None or value is UNKNOWN:
        return
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{_spot(instance, attribute)} must be a whole number, got {value!r}")
    if value < 0:
        raise ValueError(f"{_spot(instance, attribute)} must be 0 or more, got {value!r}")


def not_before(first: str) -> Validator:
    """Refuse a day before the day in field *first*, where both are known."""

    def check(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        start = getattr(instance, first)
        if isinstance(value, date) and isinstance(start, date) and value < start:
            raise ValueError(
                f"{_spot(instance, attribute)} must be on or after {first}, {start.isoformat()}, "
                f"got {value.isoformat()}"
            )

    return check


def to_day(value: date | str) -> date:
    """Convert a date or ISO text."""
    return day(value)


def to_maybe_day(value: date | str | None | Unknown) -> MaybeDate:
    """Convert a date or ISO text; None and UNKNOWN pass."""
    return value if value is None or value is UNKNOWN else day(value)


def to_year(value: FinancialYear | date | str) -> FinancialYear:
    """Convert what FinancialYear takes."""
    return FinancialYear.of(value)


def to_money(value: Money | str | int) -> Money:
    """Convert what Money takes."""
    return Money.of(value)


def to_maybe_money(value: Money | str | int | None | Unknown) -> MaybeMoney:
    """Convert what Money takes; None and UNKNOWN pass."""
    return value if value is None or value is UNKNOWN else Money.of(value)


def to_source(value: Source | Mapping[str, str] | None) -> Source:
    """Convert provenance by field; None is none."""
    return Source.of(value)


def to_ids(value: Iterable[str] | Unknown) -> Listing[str]:
    """Convert names to a sorted collection of ids, each named once."""
    listing: Listing[str] = Listing.of(value)
    items = listing.items
    try:
        if all(map(lt, items, items[1:])):
            return listing
    except TypeError:  # what is no text is left for a validator to refuse
        return Listing(tuple(sorted(set(items), key=str)), complete=listing.complete)
    return Listing(tuple(sorted(set(items))), complete=listing.complete)


def to_maybe_ids(value: Iterable[str] | None | Unknown) -> Listing[str] | None:
    """Convert names to a sorted collection of ids; None passes."""
    return None if value is None else to_ids(value)
