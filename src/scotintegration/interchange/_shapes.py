"""How each type of fact is written in JSON, read back and described by a schema (private)."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeAlias

import attrs

from scotintegration.citations import Citation, cite
from scotintegration.dates import FinancialYear, Interval, day
from scotintegration.errors import NotFoundError
from scotintegration.interchange._text import WRONG, Faults, Json, Pairs, at_key, shown
from scotintegration.money import Money
from scotintegration.unknown import UNKNOWN, Listing

Schema: TypeAlias = dict[str, Json]

REFUSALS: Final = (TypeError, ValueError, LookupError)
"""What constructors and converters raise at a value."""

_DAY: Final = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_YEAR: Final = "[0-9]{4}/[0-9]{2}"
_SHARE: Final = r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?"
_PERIOD: Final = (
    f"always|from {_DAY}|until {_DAY}|empty at {_DAY}|{_DAY}( to {_DAY})?|[0-9]{{4}}(-(0[1-9]|1[0-2]))?|{_YEAR}"
)


class Shape(ABC):
    """One way to write facts."""

    @abstractmethod
    def write(self, value: Any, redact: bool) -> Json:
        """Give a value as JSON, names of persons left out if so asked."""

    @abstractmethod
    def read(self, found: object, path: str, faults: Faults) -> object:
        """Give the value of what stands in a text; where it is none, note the fault and give `WRONG`."""

    @abstractmethod
    def schema(self, defs: Schema) -> Schema:
        """Describe what is read; what several fields share goes to the definitions."""


def _shared(defs: Schema, name: str, schema: Schema) -> Schema:
    defs.setdefault(name, schema)
    return {"$ref": f"#/$defs/{name}"}


def whole(pattern: str) -> str:
    """Give a pattern for a whole text."""
    return f"^({pattern})$"


class Leaf(Shape):
    """A fact without parts, of which a text holds one type."""

    expected: str

    def refuse(self, found: object, path: str, faults: Faults) -> object:
        """Note that something else stands there."""
        return faults.add(path, f"expected {self.expected}", shown(found))


@attrs.frozen
class Text(Leaf):
    """Text; the pattern is that which a validator holds it to."""

    pattern: str = ""
    expected = "text"

    def write(self, value: str, redact: bool) -> Json:
        """Give the text."""
        return str(value)

    def read(self, found: object, path: str, faults: Faults) -> object:
        """Accept any text; a validator knows more."""
        return found if isinstance(found, str) else self.refuse(found, path, faults)

    def schema(self, defs: Schema) -> Schema:
        """Describe text."""
        return {"type": "string", "pattern": self.pattern} if self.pattern else {"type": "string"}


class Flag(Leaf):
    """Yes or no."""

    expected = "true or false"

    def write(self, value: bool, redact: bool) -> Json:
        """Give the flag."""
        return value

    def read(self, found: object, path: str, faults: Faults) -> object:
        """Accept true and false only."""
        return found if isinstance(found, bool) else self.refuse(found, path, faults)

    def schema(self, defs: Schema) -> Schema:
        """Describe a flag."""
        return {"type": "boolean"}


@attrs.frozen
class Whole(Leaf):
    """A whole number; money is one of pence."""

    of: Callable[[int], object] = int
    to: Callable[[Any], int] = int
    expected: str = "a whole number"
    least: int | None = None

    def write(self, value: Any, redact: bool) -> Json:
        """Give the number."""
        return self.to(value)

    def read(self, found: object, path: str, faults: Faults) -> object:
        """Accept a number written without a point or an exponent."""
        if isinstance(found, int) and not isinstance(found, bool):
            return self.of(found)
        return self.refuse(found, path, faults)

    def schema(self, defs: Schema) -> Schema:
        """Describe a whole number."""
        return {"type": "integer"} if self.least is None else {"type": "integer", "minimum": self.least}


@attrs.frozen
class Coded(Leaf):
    """A fact written as text of one pattern, under a name that schemas share."""

    name: str
    expected: str
    pattern: str
    of: Callable[[str], object]
    to: Callable[[Any], str] = str

    def write(self, value: Any, redact: bool) -> Json:
        """Give the text."""
        return self.to(value)

    def read(self, found: object, path: str, faults: Faults) -> object:
        """Accept text of the pattern that can be read."""
        if not isinstance(found, str) or not re.fullmatch(self.pattern, found, re.ASCII):
            return self.refuse(found, path, faults)
        try:
            return self.of(found)
        except REFUSALS as error:
            return faults.add(path, str(error), shown(found))

    def schema(self, defs: Schema) -> Schema:
        """Describe the text."""
        return _shared(
            defs, self.name, {"type": "string", "pattern": whole(self.pattern), "description": self.expected}
        )


@attrs.frozen
class Word(Leaf):
    """One word of a closed list."""

    kind: type[StrEnum]

    @property
    def words(self) -> list[str]:
        """The words, in order."""
        return [one.value for one in self.kind]

    def write(self, value: StrEnum, redact: bool) -> Json:
        """Give the word."""
        return value.value

    def read(self, found: object, path: str, faults: Faults) -> object:
        """Accept one of the words."""
        if isinstance(found, str) and found in self.words:
            return self.kind(found)
        return faults.add(path, f"expected one of {', '.join(map(repr, self.words))}", shown(found))

    def schema(self, defs: Schema) -> Schema:
        """List the words."""
        return _shared(defs, self.kind.__name__, {"type": "string", "enum": [*self.words]})


def is_exact(citation: Citation) -> bool:
    """Tell whether the text of a citation reads back as the same, title and day of reading included."""
    try:
        again = cite(citation.text)
    except ValueError:
        return False
    if again != citation:
        return False
    one, other = again.instrument, citation.instrument
    return one is None or other is None or (one.title, one.read_on) == (other.title, other.read_on)


@attrs.frozen
class Provision(Leaf):
    """A citation: its text or, where that would not read back as the same, an object of its parts."""

    parts: Shape
    expected = "a citation such as 'asp 2014/9 s.26(1)'"

    def write(self, value: Citation, redact: bool) -> Json:
        """Give the text if it is exact."""
        return value.text if is_exact(value) else self.parts.write(value, redact)

    def read(self, found: object, path: str, faults: Faults) -> object:
        """Accept what can be cited, and the parts."""
        if isinstance(found, dict):
            return self.parts.read(found, path, faults)
        if not isinstance(found, str):
            return self.refuse(found, path, faults)
        try:
            return cite(found)
        except ValueError as error:
            return faults.add(path, str(error), shown(found))

    def schema(self, defs: Schema) -> Schema:
        """Describe the text and the parts."""
        text: Schema = {"type": "string", "pattern": r"\S", "description": self.expected}
        return _shared(defs, "citation", {"anyOf": [text, self.parts.schema(defs)]})


def read_items(inner: Shape, found: list[object], path: str, faults: Faults) -> object:
    """Read every item of a list, so that the faults of all are noted."""
    items = tuple(inner.read(item, f"{path}[{number}]", faults) for number, item in enumerate(found))
    return WRONG if any(item is WRONG for item in items) else items


@attrs.frozen
class Several(Leaf):
    """A tuple, as a list."""

    inner: Shape
    expected = "a list"

    def write(self, value: tuple[object, ...], redact: bool) -> Json:
        """Give the items in order."""
        return [self.inner.write(item, redact) for item in value]

    def read(self, found: object, path: str, faults: Faults) -> object:
        """Accept a list; one text, where texts are meant, is a list of one."""
        if isinstance(found, str) and isinstance(self.inner, Text):
            return (found,)
        if not isinstance(found, list):
            return self.refuse(found, path, faults)
        return read_items(self.inner, found, path, faults)

    def schema(self, defs: Schema) -> Schema:
        """Describe a list, and the one text that may stand for it."""
        item = self.inner.schema(defs)
        listed: Schema = {"type": "array", "items": item}
        return {"anyOf": [listed, item]} if isinstance(self.inner, Text) else listed


@attrs.frozen
class Partial(Leaf):
    """A collection that may be known only in part: a list, or an object that says whether it is complete."""

    inner: Shape
    expected = 'a list, or an object of just "items" and "complete"'

    def write(self, value: Listing[object], redact: bool) -> Json:
        """Give the items, and that there may be more where there may."""
        items = Several(self.inner).write(value.items, redact)
        return items if value.complete else {"items": items, "complete": False}

    def read(self, found: object, path: str, faults: Faults) -> object:
        """Accept a list, or both keys."""
        if not isinstance(found, Pairs):
            return Several(self.inner).read(found, path, faults)
        if set(found) != {"items", "complete"} or found.twice:
            return self.refuse(found, path, faults)
        items = Several(self.inner).read(found["items"], f"{path}.items", faults)
        complete = Flag().read(found["complete"], f"{path}.complete", faults)
        return WRONG if items is WRONG or complete is WRONG else Listing(items, complete)  # type: ignore[arg-type]

    def schema(self, defs: Schema) -> Schema:
        """Describe the list and the object."""
        items = Several(self.inner).schema(defs)
        part: Schema = {
            "type": "object",
            "properties": {"items": items, "complete": {"type": "boolean"}},
            "required": ["items", "complete"],
            "additionalProperties": False,
        }
        return {"anyOf": [items, part]}


@attrs.frozen
class Named(Leaf):
    """Facts by name, in the order of the names."""

    inner: Shape
    expected = "an object"

    def write(self, value: Mapping[str, object], redact: bool) -> Json:
        """Give the facts."""
        return {name: self.inner.write(value[name], redact) for name in sorted(value)}

    def read(self, found: object, path: str, faults: Faults) -> object:
        """Accept an object, each key once."""
        if not isinstance(found, Pairs):
            return self.refuse(found, path, faults)
        for key in found.twice:
            once(path, key, faults)
        facts = {key: self.inner.read(item, at_key(path, key), faults) for key, item in found.items()}
        return WRONG if found.twice or any(fact is WRONG for fact in facts.values()) else facts

    def schema(self, defs: Schema) -> Schema:
        """Describe an object with any keys."""
        return {"type": "object", "additionalProperties": self.inner.schema(defs)}


def once(path: str, key: str, faults: Faults) -> None:
    """Note that a key stands more than once."""
    faults.add(at_key(path, key), "stands more than once; expected each key once")


_UNKNOWN: Final[Schema] = {
    "type": "object",
    "properties": {"unknown": {"const": True}},
    "required": ["unknown"],
    "additionalProperties": False,
}


def _is_unknown(found: Pairs) -> bool:
    return list(found) == ["unknown"] and found["unknown"] is True and not found.twice


@attrs.frozen
class Maybe(Shape):
    """A fact that may be known to be absent (null), or not be known."""

    inner: Shape
    none: bool
    unknown: bool

    def write(self, value: object, redact: bool) -> Json:
        """Give null, ``{"unknown": true}`` or the fact."""
        if value is None:
            return None
        return {"unknown": True} if value is UNKNOWN else self.inner.write(value, redact)

    def read(self, found: object, path: str, faults: Faults) -> object:
        """Accept what may stand for no fact, or the fact."""
        if found is None and self.none:
            return None
        if self.unknown and isinstance(found, Pairs) and _is_unknown(found):
            return UNKNOWN
        return self.inner.read(found, path, faults)

    def schema(self, defs: Schema) -> Schema:
        """Describe all that may stand there."""
        kinds: list[Json] = [self.inner.schema(defs)]
        if self.none:
            kinds.append({"type": "null"})
        if self.unknown:
            kinds.append(_shared(defs, "unknown", {**_UNKNOWN}))
        return {"anyOf": kinds}


@attrs.frozen
class Either(Shape):
    """A fact of one of several types, which JSON tells apart."""

    kinds: Mapping[type, Leaf]

    def write(self, value: object, redact: bool) -> Json:
        """Write it as its type is written."""
        return next(shape for kind, shape in self.kinds.items() if isinstance(value, kind)).write(value, redact)

    def read(self, found: object, path: str, faults: Faults) -> object:
        """Accept what one of them accepts; else say what is wrong inside, or what is expected."""
        for shape in self.kinds.values():
            apart = Faults()
            value = shape.read(found, path, apart)
            if value is not WRONG:
                return value
            if any(fault.path != path for fault in apart.found):
                for fault in apart.found:
                    faults.add(fault.path, fault.message, fault.value)
                return WRONG
        expected = " or ".join(shape.expected for shape in self.kinds.values())
        return faults.add(path, f"expected {expected}", shown(found))

    def schema(self, defs: Schema) -> Schema:
        """Describe each."""
        return {"anyOf": [shape.schema(defs) for shape in self.kinds.values()]}


def suggest(name: str, known: list[str], otherwise: str) -> str:
    """Say what was meant, as far as can be told."""
    near = NotFoundError.among("", name, known).suggestions
    return " or ".join(map(repr, near)) or otherwise


LEAVES: Final[Mapping[type, Shape]] = {
    str: Text(),
    bool: Flag(),
    int: Whole(),
    Money: Whole(Money, lambda money: money.pence, "a whole number of pence, such as 1250 for £12.50"),
    date: Coded("day", "a day as yyyy-mm-dd, such as '2026-11-22'", _DAY, day, date.isoformat),
    FinancialYear: Coded("financial_year", "two years in a row, such as '2025/26'", _YEAR, FinancialYear),
    Interval: Coded("period", "days such as '2016-04-01 to 2017-03-31', 'from 2016-04-01'", _PERIOD, Interval.of),
    Decimal: Coded("share", "a decimal fraction as text, such as '0.31'", _SHARE, Decimal),
}
"""Facts without parts, by type."""
