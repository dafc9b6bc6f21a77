"""Values as JSON: written the same every time, read back exactly or refused with every fault, and their schema."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Final, TypeVar, get_args, overload

from scotintegration._writing import write_text
from scotintegration.bodies import Body
from scotintegration.errors import Fault, LoadError, NotFoundError
from scotintegration.findings import Waiver
from scotintegration.interchange._records import TYPE, Catalogue, OneOf, Record
from scotintegration.interchange._shapes import Schema
from scotintegration.interchange._text import (
    MOST_BYTES,
    TOO_LONG,
    WRONG,
    Faults,
    Json,
    Pairs,
    parse,
    print_json,
    shown,
)
from scotintegration.network import Network
from scotintegration.partnership import Partnership
from scotintegration.registers import DirectionsRegister

__all__ = ["FORMAT", "dumps", "json_schema", "load", "loads", "save", "to_dict"]

FORMAT: Final = "1"
"""The version of the format; it grows when what was written before cannot be read any more."""

_VERSION: Final = "scotintegration"
_DOCUMENTS: Final = (Network, Partnership, DirectionsRegister)
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

T = TypeVar("T")


@cache
def _records() -> dict[str, Record]:
    return Catalogue((Network, Waiver, *get_args(Body))).records


def _record(kind: type) -> Record:
    record = _records().get(kind.__name__)
    if record is None or record.kind is not kind:
        expected = "Partnership, Network, Waiver or the class of a value in them"
        raise TypeError(f"no JSON for {kind.__name__!r}; expected {expected}")
    return record


def to_dict(value: object, *, redact: bool = False) -> dict[str, object]:
    """
    Give a value as plain data: dictionaries, lists, texts, whole numbers, flags and None.

    ``"type"`` names the class, and every field that is not at its default is there under its own name. Days are
    ISO texts, money is whole pence, a word of a closed list is that word, a citation its text, and a fact that
    nobody recorded is ``{"unknown": True}``. A collection is a list or, known only in part,
    ``{"items": [...], "complete": False}``.

    Args:
        value: A partnership, network, register, direction or other value that a partnership holds, or a waiver.
        redact: Whether to leave out the names of persons: they are then not known.

    Returns:
        A new dictionary, in the order in which the class declares its fields.

    Raises:
        TypeError: If *value* is of another class, or holds a value of a class of your own.

    Source: our choice.

    >>> from scotintegration.directions import Direction
    >>> to_dict(Direction("D-1", given_to="nhs-a", payment="£12.50", effective_from="2026-04-01"))["payment"]
    1250

    .. versionadded:: 0.1.0
    """
    return {**_record(type(value)).write(value, redact)}


def dumps(value: object, *, redact: bool = False) -> str:
    """
    Write a value as JSON; the same value gives the same text.

    Args:
        value: What :func:`to_dict` takes.
        redact: Whether to leave out the names of persons: they are then not known. Free texts stay as they are.

    Returns:
        The text, with two spaces a level. Before a partnership, a network or a register stands the version of the
        format.

    Raises:
        TypeError: If *value* is of another class, or holds a value of a class of your own.

    Source: our choice.

    >>> from scotintegration.directions import Direction
    >>> print(dumps(Direction("D-1", given_to="nhs-a", payment="£12.50")))
    {
      "type": "Direction",
      "id": "D-1",
      "given_to": [
        "nhs-a"
      ],
      "payment": 1250
    }

    .. versionadded:: 0.1.0
    """
    document = _record(type(value)).write(value, redact)
    version: dict[str, Json] = {_VERSION: FORMAT} if isinstance(value, _DOCUMENTS) else {}
    return print_json({**version, **document})


def save(value: object, path: str | os.PathLike[str], *, redact: bool = False) -> None:
    """
    Write a value to a JSON file, whole or not at all.

    Args:
        value: What :func:`to_dict` takes.
        path: The file; its folder must exist. An old file stays as it was until the new one is complete.
        redact: Whether to leave out the names of persons: they are then not known.

    Raises:
        TypeError: If *value* is of another class, or holds a value of a class of your own.
        ValueError: If its text is longer than :func:`load` reads; the old file then stays as it was.
        OSError: If the file cannot be written.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    text = f"{dumps(value, redact=redact)}\n"
    if (length := len(text) if text.isascii() else len(text.encode())) > MOST_BYTES:
        raise ValueError(
            f"a {type(value).__name__} of {length:,} bytes is too long to load again; expected at most "
            f"{MOST_BYTES // 2**20} MiB, such as a part of it"
        )
    write_text(path, text)


@overload
def loads(text: str, *, kind: type[T]) -> T: ...
@overload
def loads(text: str, *, kind: None = None) -> object: ...
def loads(text: str, *, kind: type[T] | None = None) -> object:
    """
    Read a value from JSON; nothing in the text is run.

    What `dumps` wrote gives an equal value, provenance included. What people write may leave the version out.

    Args:
        text: The JSON of one value, with its ``"type"``.
        kind: The class that it must be of; by default any.

    Returns:
        The value.

    Raises:
        LoadError: If anything is wrong. It lists every fault with its place and what would have been right: a key
            that the class does not have or that stands twice, a fact of the wrong type, a value that the class
            refuses, a text over 512 MiB or more than 64 levels deep.
        TypeError: If *text* is not text, or *kind* a class whose values are not kept as JSON.

    Source: our choice.

    >>> loads('{"type": "Direction", "id": "D-1", "payment": 12.5}')
    Traceback (most recent call last):
    scotintegration.errors.LoadError: cannot load 'the text': 1 fault
    $.payment: '12.5': expected a whole number of pence, such as 1250 for £12.50

    .. versionadded:: 0.1.0
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, got {type(text).__name__}")
    return _loaded(text, "the text", kind)


@overload
def load(path: str | os.PathLike[str], *, kind: type[T]) -> T: ...
@overload
def load(path: str | os.PathLike[str], *, kind: None = None) -> object: ...
def load(path: str | os.PathLike[str], *, kind: type[T] | None = None) -> object:
    """
    Read a value from a JSON file, as :func:`loads` does.

    Args:
        path: The file, in UTF-8.
        kind: The class that it must be of; by default any.

    Returns:
        The value.

    Raises:
        LoadError: If anything is wrong with the file; it lists every fault.
        OSError: If the file cannot be opened.
        TypeError: If *kind* is a class whose values are not kept as JSON.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    with Path(path).open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise LoadError(str(path), (Fault("$", TOO_LONG),))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        odd = f"0x{data[error.start]:02x}"
        raise LoadError(str(path), (Fault(f"byte {error.start}", "expected text in UTF-8", odd),)) from None
    return _loaded(text, str(path), kind)


def _loaded(text: str, source: str, kind: type | None) -> object:
    records = _records() if kind is None else {kind.__name__: _record(kind)}
    faults = Faults()
    found = parse(text, faults)
    value = WRONG if found is WRONG else _read(found, records, faults)
    faults.raise_any(source)
    return value


def _read(found: object, records: dict[str, Record], faults: Faults) -> object:
    """Read the whole of a text: a value of one of the classes, perhaps after the version of the format."""
    if isinstance(found, Pairs) and _VERSION in found:
        version = found.pop(_VERSION)
        if version != FORMAT or _VERSION in found.twice:
            expected = f"expected the version of the format that this library reads, {FORMAT!r}"
            return faults.add(f"$.{_VERSION}", expected, shown(version))
    return OneOf(records).read(found, "$", faults)


def json_schema(name: str) -> Schema:
    """
    Give the JSON Schema of a class, for other tools to check with.

    It accepts what `dumps` writes, and refuses what `loads` refuses as far as a schema can say: not that a day does
    not exist, or that two facts contradict one another.

    Args:
        name: The class, such as ``"Direction"`` or ``"Partnership"``.

    Returns:
        A schema of draft 2020-12 that refers to nothing outside itself.

    Raises:
        NotFoundError: If there is no such class, with suggestions.

    Source: our choice; https://json-schema.org/draft/2020-12.

    >>> json_schema("Direction")["properties"]["ends_on"]
    {'anyOf': [{'$ref': '#/$defs/day'}, {'type': 'null'}, {'$ref': '#/$defs/unknown'}]}

    .. versionadded:: 0.1.0
    """
    records = _records()
    if name not in records:
        raise NotFoundError.among("type", name, sorted(records))
    defs: Schema = {}
    whole = records[name].definition(defs)
    properties, required = whole["properties"], whole["required"]
    assert isinstance(properties, dict)
    assert isinstance(required, list)
    return {
        "$schema": _DIALECT,
        "title": name,
        **whole,
        "properties": {_VERSION: {"const": FORMAT}, **properties},
        "required": [TYPE, *required],
        "$defs": {key: defs[key] for key in sorted(defs)},
    }
