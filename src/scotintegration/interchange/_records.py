"""The classes of values as JSON objects, found from their own fields (private)."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from types import NoneType, SimpleNamespace, UnionType
from typing import Any, Final, Union, cast, get_args, get_origin, get_type_hints

import attrs

from scotintegration._fields import ID, a_text, an_id, count, ids, maybe_id, maybe_ids
from scotintegration.citations import Citation, Source
from scotintegration.interchange._shapes import (
    LEAVES,
    REFUSALS,
    Either,
    Leaf,
    Maybe,
    Named,
    Partial,
    Provision,
    Schema,
    Several,
    Shape,
    Text,
    Whole,
    Word,
    once,
    suggest,
    whole,
)
from scotintegration.interchange._text import WRONG, Faults, Json, Pairs, at_key, shown
from scotintegration.money import not_negative
from scotintegration.unknown import UNKNOWN, Listing, Unknown

TYPE: Final = "type"

PERSONS: Final = ("accountable_officer", "issued_by", "person")
"""Fields that may name a person."""

_TEXTS: Final[Mapping[object, str]] = {
    **dict.fromkeys((an_id, ids, maybe_id, maybe_ids), whole(ID.pattern)),
    a_text: r"\S",
}
_NOT_NEGATIVE: Final = (count, not_negative)


@attrs.define(eq=False)
class Field:
    """One field of a class, and how it is written."""

    attribute: attrs.Attribute[Any]
    shape: Shape

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.attribute.name

    @property
    def required(self) -> bool:
        """Whether it has no default."""
        return self.attribute.default is attrs.NOTHING

    def default(self, instance: object) -> object:
        """Give the default, as the constructor would set it."""
        given: Any = self.attribute.default
        if isinstance(given, attrs.Factory):  # type: ignore[arg-type]
            given = given.factory(instance) if given.takes_self else given.factory()
        return self.convert(given)

    def convert(self, value: object) -> object:
        """Convert a value as the constructor would."""
        convert = cast("Callable[[object], object] | None", self.attribute.converter)
        return value if convert is None else convert(value)

    @cached_property
    def _constant(self) -> tuple[object, Json]:
        """The default that is the same for every instance, as it is and as it is written."""
        value = self.default(None)
        return value, self.shape.write(value, False)

    def is_default(self, instance: object, value: object, written: Callable[[], Json]) -> bool:
        """Tell whether leaving the field out says the same, to the last detail that is written."""
        if self.required:
            return False
        given: Any = self.attribute.default
        if isinstance(given, attrs.Factory) and given.takes_self:  # type: ignore[arg-type]
            return written() == self.shape.write(self.default(instance), False)
        default, plain = self._constant
        return value is default or written() == plain


@attrs.define(eq=False)
class Record(Shape):
    """A class of values: an object whose ``"type"`` names it, with its fields in the order declared."""

    kind: type[Any]
    fields: tuple[Field, ...] = ()

    @property
    def name(self) -> str:
        """The name of the class."""
        return self.kind.__name__

    def write(self, value: object, redact: bool) -> dict[str, Json]:
        """Give the fields that are not at their default."""
        if type(value) is not self.kind:
            raise TypeError(f"cannot write {value!r} as a {self.name}; expected an instance of {self.name} itself")
        document: dict[str, Json] = {TYPE: self.name}
        for field in self.fields:
            fact = getattr(value, field.name)
            if redact:
                fact = self._redacted(field.name, fact)
            found: list[Json] = []

            def written(field: Field = field, fact: object = fact, found: list[Json] = found) -> Json:
                if not found:
                    found.append(field.shape.write(fact, redact))
                return found[0]

            if not field.is_default(value, fact, written):
                document[field.name] = written()
        return document

    def _redacted(self, name: str, fact: Any) -> object:
        """Leave out the name of a person, and where it was found."""
        if name in PERSONS and isinstance(fact, str):
            return UNKNOWN
        if isinstance(fact, Source):
            return Source({name: text for name, text in fact.items() if name not in PERSONS})
        return fact

    def read(self, found: object, path: str, faults: Faults) -> object:
        """Accept an object of this type, each key once and no other keys."""
        if not isinstance(found, Pairs):
            return faults.add(path, f"expected an object of type {self.name!r}", shown(found))
        said = found.get(TYPE, self.name)
        if said != self.name:
            return faults.add(at_key(path, TYPE), f"expected {self.name!r}", shown(said))
        known = {field.name: field for field in self.fields}
        values: dict[str, object] = {}
        for key, item in found.items():
            if key in found.twice:
                once(path, key, faults)
                values[key] = WRONG
            elif field := known.get(key):
                values[key] = field.shape.read(item, at_key(path, key), faults)
            elif key != TYPE:
                expected = suggest(key, list(known), "one of its fields")
                values[key] = faults.add(at_key(path, key), f"{self.name} has no field {key!r}; expected {expected}")
        for field in self.fields:
            if field.required and field.name not in found:
                values[field.name] = faults.add(at_key(path, field.name), f"is missing; {self.name} needs it")
        if any(value is WRONG for value in values.values()):
            return WRONG
        return self._made(values, found, path, faults)

    def _made(self, values: dict[str, object], found: Pairs, path: str, faults: Faults) -> object:
        try:
            return self.kind(**values)
        except REFUSALS as error:
            refused = list(self._refused(values))
            for name, message in refused:
                faults.add(at_key(path, name), message, shown(found.get(name)))
            return WRONG if refused else faults.add(path, str(error))

    def _refused(self, values: dict[str, object]) -> Iterator[tuple[str, str]]:
        """Ask every field by itself what it refuses, for a constructor says only the first."""
        blank = object.__new__(self.kind)
        for field in self.fields:
            try:
                value = field.convert(values[field.name]) if field.name in values else field.default(blank)
            except REFUSALS as error:
                yield field.name, str(error)
                return
            object.__setattr__(blank, field.name, value)
        for field in self.fields:
            if field.name in values and field.attribute.validator is not None:
                try:
                    field.attribute.validator(blank, field.attribute, getattr(blank, field.name))
                except REFUSALS as error:
                    yield field.name, str(error)

    def definition(self, defs: Schema) -> Schema:
        """Describe the object."""
        properties: Schema = {TYPE: {"const": self.name}}
        properties.update((field.name, field.shape.schema(defs)) for field in self.fields)
        return {
            "type": "object",
            "description": inspect.cleandoc(self.kind.__doc__ or "").partition("\n")[0],
            "properties": properties,
            "required": [field.name for field in self.fields if field.required],
            "additionalProperties": False,
        }

    def schema(self, defs: Schema) -> Schema:
        """Refer to the definition."""
        if self.name not in defs:
            defs[self.name] = {}  # named before it is described, for a class may lead back to itself
            defs[self.name] = self.definition(defs)
        return {"$ref": f"#/$defs/{self.name}"}


@attrs.frozen
class OneOf(Shape):
    """A value of one of several classes, told apart by ``"type"``."""

    records: Mapping[str, Record]

    def write(self, value: object, redact: bool) -> Json:
        """Write it as its own class does."""
        record = self.records.get(type(value).__name__)
        if record is None:
            raise TypeError(f"cannot write {value!r}; expected an instance of {' or '.join(self.records)} itself")
        return record.write(value, redact)

    def read(self, found: object, path: str, faults: Faults) -> object:
        """Read it as the class that it names does."""
        if not isinstance(found, Pairs):
            return faults.add(path, f"expected an object with a {TYPE!r}", shown(found))
        name = found.get(TYPE)
        if isinstance(name, str) and name in self.records:
            return self.records[name].read(found, path, faults)
        expected = f"expected one of {', '.join(map(repr, self.records))}"
        if TYPE not in found:
            return faults.add(at_key(path, TYPE), f"is missing; {expected}")
        near = suggest(name, list(self.records), "") if isinstance(name, str) else ""
        said = f"there is no such type; did you mean {near}?" if near else expected
        return faults.add(at_key(path, TYPE), said, shown(name))

    def schema(self, defs: Schema) -> Schema:
        """Describe each class, its name required."""
        return {"anyOf": [{**record.schema(defs), "required": [TYPE]} for record in self.records.values()]}


class Catalogue:
    """Every class that can be written, by name: those given and all that their fields hold."""

    def __init__(self, kinds: Iterable[type]) -> None:
        self.records: Final[dict[str, Record]] = {}
        for kind in kinds:
            self._record(kind)

    def _record(self, kind: type) -> Record:
        if kind.__name__ not in self.records:
            made = self.records[kind.__name__] = Record(kind)
            made.fields = tuple(
                Field(attribute, self._shape(_hint(kind, attribute.name), attribute.validator))
                for attribute in attrs.fields(kind)
            )
        return self.records[kind.__name__]

    def _shape(self, hint: Any, validator: object) -> Shape:
        """Give the way to write a type; what its validator asks goes into the schema."""
        origin, args = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            kinds = [kind for kind in args if kind not in (NoneType, Unknown)]
            inner = self._shape(kinds[0], validator) if len(kinds) == 1 else self._several(kinds, validator)
            none, unknown = NoneType in args, Unknown in args
            return Maybe(inner, none, unknown) if none or unknown else inner
        if origin is not None and issubclass(origin, Listing):
            return Partial(self._shape(args[0], validator))
        if origin is tuple:
            return Several(self._shape(args[0], validator))
        if origin is not None and issubclass(origin, Mapping):
            return Named(self._shape(args[1], None))
        if hint is Source:
            return Named(Text())
        if hint is Citation:
            return Provision(self._record(Citation))
        leaf = LEAVES.get(hint)
        if isinstance(leaf, Text):
            return Text(_TEXTS.get(validator, ""))
        if isinstance(leaf, Whole) and validator in _NOT_NEGATIVE:
            return attrs.evolve(leaf, least=0)
        if leaf is not None:
            return leaf
        if issubclass(hint, StrEnum):
            return Word(hint)
        return self._record(hint)

    def _several(self, kinds: Sequence[Any], validator: object) -> Shape:
        """Give the way to write one of several types: by class, or as JSON tells them apart."""
        if all(attrs.has(kind) for kind in kinds):
            return OneOf({kind.__name__: self._record(kind) for kind in kinds})
        shapes = {get_origin(kind) or kind: self._shape(kind, validator) for kind in kinds}
        return Either(cast("dict[type, Leaf]", shapes))


def _hint(kind: type, name: str) -> object:
    """Resolve the type of one field where the class that declares it stands."""
    declared = next(base for base in kind.__mro__ if name in inspect.get_annotations(base))
    alone = SimpleNamespace(__annotations__={name: inspect.get_annotations(declared)[name]})
    return get_type_hints(alone, vars(sys.modules[declared.__module__]))[name]
