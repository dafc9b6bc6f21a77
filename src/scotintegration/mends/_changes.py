"""What a change of values adds or alters, a line a change with its value (private)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any, Final

from scotintegration.differences._value_changes import ABSENT, Change, compared, has_parts, key_fields, label, path_of
from scotintegration.rules._boards import some
from scotintegration.rules._saying import in_words
from scotintegration.unknown import UNKNOWN, Listing

FEW: Final = 3
"""How many lines, facts of a value or items of a list are shown before the rest are counted."""

_SAID: Final = {
    "added": ("adds", "corrects the record by adding"),
    "removed": ("takes out", "corrects the record by taking out"),
    "changed": ("sets", "corrects the record of"),
}
"""What is said of a change, and of one that puts the past otherwise."""


def told(changes: Iterable[Change], corrected: Container[str] = ()) -> tuple[str, ...]:
    """
    Say some changes with their values, and of those that put the past otherwise that they correct the record.

    Args:
        changes: The changes, in order.
        corrected: The paths of those that put the past otherwise.

    Returns:
        A line a change; one line for all texts that join, or leave, the same list.

    Source: our choice.
    """
    lines: dict[str, list[str]] = {}
    for change in changes:
        value = change.before if change.after is ABSENT else change.after
        said, around = _SAID[change.what][change.path in corrected], path_of(change.place[:-1])
        if change.place[-1] == "complete":
            lines[f"takes {around} for whole"] = []
        elif change.place[-1] == "order" and isinstance(value, tuple):
            lines[f"puts {around} in another order"] = []
        elif change.what == "changed":
            lines[f"{said} {change.path}"] = [f"{_short(change.before)} -> {_short(value)}"]
        elif isinstance(value, str):
            lines.setdefault(f"{said} {around}", []).append(value)
        else:
            lines[f"{said} {change.path}"] = [_short(value)]
    return tuple(": ".join(filter(None, (line, some(values, FEW)))) for line, values in lines.items())


def first(lines: tuple[str, ...]) -> Iterator[str]:
    """Give the first few of some lines, and how many there are besides."""
    more = len(lines) - FEW
    yield from lines if more <= 1 else lines[:FEW]
    if more > 1:
        yield f"and {more} changes more"


def _short(value: Any) -> str:
    """Say a value in a few words; of one that has facts of its own, the first few that are not as always."""
    if has_parts(value):
        facts = [
            f"{field.name.replace('_', ' ')} {_inner(found)}"
            for field in compared(value)
            if field.name != key_fields(value)[0] and not _is_blank(found := getattr(value, field.name), field.default)
        ]
        return some(facts, FEW) or label(value, 1)
    return _inner(value)


def _is_blank(value: object, default: object) -> bool:
    """Tell whether a fact says nothing: it is not recorded, none, empty, or what it is unless somebody says."""
    return value in (UNKNOWN, None, default) or (isinstance(value, Listing | tuple) and not tuple(value))


def _inner(value: Any) -> str:
    if value is UNKNOWN:
        return "not recorded"
    if isinstance(value, Listing | tuple):
        items = value.items if isinstance(value, Listing) else value
        if items:
            return some(map(_inner, items), FEW)
    return label(value, 1) if has_parts(value) else in_words(value)
