"""JSON as text: read with bounds, keeping what a field will have to refuse, and the faults found in it (private)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final, TypeAlias

import attrs

from scotintegration.errors import Fault, LoadError

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

MOST_BYTES: Final = 512 * 2**20
"""Bytes of the longest text that is read: twice what a register of 100,000 directions takes."""
DEEPEST: Final = 64
TOO_LONG: Final = f"it is too long; expected at most {MOST_BYTES // 2**20} MiB"
MOST_FAULTS: Final = 1000
WRONG: Final = object()
"""What stands for a value that could not be read; the fault has been noted."""

_STRING: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_BRACKET: Final = re.compile(r"[][{}]")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONE: Final = re.compile("[\ud800-\udfff]")
_WIDEST: Final = 60


@attrs.frozen
class Odd:
    """A number that no field of ours takes, with the text that stood there."""

    text: str


class Pairs(dict[str, object]):
    """An object of a text, in its order, and the keys that stand in it more than once."""

    def __init__(self, pairs: Iterable[tuple[str, object]]) -> None:
        listed = list(pairs)
        super().__init__(listed)
        keys = [key for key, _ in listed]
        self.twice: Final = () if len(self) == len(keys) else tuple(key for key in self if keys.count(key) > 1)


@attrs.define
class Faults:
    """The faults found so far; what is wrong beyond the first thousand is only counted."""

    found: list[Fault] = attrs.field(factory=list)
    more: int = 0

    def add(self, path: str, message: str, value: str = "") -> object:
        """Note a fault, and give what stands for the value."""
        if len(self.found) < MOST_FAULTS:
            self.found.append(Fault(path, message, value))
        else:
            self.more += 1
        return WRONG

    def raise_any(self, source: str) -> None:
        """Raise the one error that lists them, if there are any."""
        if self.more:
            self.found.append(Fault("$", f"{self.more} more faults are not listed"))
        if self.found:
            raise LoadError(source, self.found)


def at_key(path: str, key: str) -> str:
    """Give the path of what stands under a key."""
    return f"{path}.{key}" if _NAME.fullmatch(key) else f"{path}[{_cut(key)!r}]"


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def shown(found: object) -> str:
    """Show in a few words what stands in a text."""
    if isinstance(found, str):
        return _cut(found) or '""'
    if isinstance(found, Odd):
        return _cut(found.text)
    if isinstance(found, list):
        return f"a list of {len(found)}"
    return "an object" if isinstance(found, dict) else json.dumps(found)


def _whole(text: str) -> object:
    """Read a whole number; one of thousands of figures is odd, for reading it takes too long."""
    try:
        return int(text)
    except ValueError:
        return Odd(text)


def _is_too_deep(text: str) -> bool:
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > DEEPEST:
            return True
    return False


def parse(text: str, faults: Faults) -> object:
    """Read a text into lists, `Pairs`, texts, whole numbers, flags, None and what is `Odd`."""
    if len(text) > MOST_BYTES:
        return faults.add("$", TOO_LONG)
    if _is_too_deep(text):
        return faults.add("$", f"lists and objects stand too deep in one another; expected at most {DEEPEST} levels")
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=Pairs,
            parse_float=Odd,
            parse_int=_whole,
            parse_constant=Odd,
        )
    except json.JSONDecodeError as error:
        said = f"{error.msg[:1].lower()}{error.msg[1:]}"
        return faults.add(f"line {error.lineno}, column {error.colno}", f"this is no JSON: {said}")


def print_json(document: Json) -> str:
    """Print a document, the same every time: two spaces a level, letters as they are, no line end at the end."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return _LONE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)  # half a letter cannot be written in UTF-8
