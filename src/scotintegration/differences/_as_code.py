"""A change of a partnership written as Python code (private)."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias

import attrs

from scotintegration.citations import Citation
from scotintegration.dates import FinancialYear, Interval
from scotintegration.differences._value_changes import (
    compared,
    has_parts,
    is_collection,
    items_of,
    key_fields,
    keyed,
    label,
)
from scotintegration.directions import Direction
from scotintegration.money import Money
from scotintegration.partnership import Partnership
from scotintegration.steps import Step
from scotintegration.unknown import Listing, Unknown

WIDTH: Final = 100
_MOST: Final = 4
"""How many different changes to items of one collection are written as changes."""

_NAMES: Final = ("one", "part", "detail", "item")
"""What the items of a collection are called, and of a collection inside it."""


@attrs.frozen
class Group:
    """Code in brackets, which can be broken into a line a part."""

    opening: str
    parts: tuple[Code, ...]
    closing: str


Code: TypeAlias = "str | Group | tuple[Code, ...]"


# -- laying out --------------------------------------------------------------------------------------------------


def flat(code: Code) -> str:
    """Write code in one line."""
    if isinstance(code, str):
        return code
    if isinstance(code, tuple):
        return "".join(map(flat, code))
    return f"{code.opening}{', '.join(map(flat, code.parts))}{code.closing}"


def laid_out(code: Code, indent: int = 0, *, broken: bool = False) -> str:
    """Write code in lines of about 100 columns; *broken* breaks even what would fit."""
    line = flat(code)
    if isinstance(code, str) or (not broken and indent + len(line) <= WIDTH):
        return line
    if isinstance(code, tuple):
        return _joined(code, indent)
    inner = indent + 4
    lines = [f"{' ' * inner}{laid_out(part, inner)}," for part in code.parts]
    return "\n".join([code.opening, *lines, f"{' ' * indent}{code.closing}"])


def _joined(parts: tuple[Code, ...], indent: int) -> str:
    """Write parts that follow each other, the longest of them broken until all lines fit."""
    written = [flat(part) for part in parts]
    open_to = sorted((n for n, part in enumerate(parts) if not isinstance(part, str)), key=lambda n: len(written[n]))
    while open_to and max(map(len, f"{' ' * indent}{''.join(written)}".split("\n"))) > WIDTH:
        place = open_to.pop()
        written[place] = laid_out(parts[place], indent, broken=True)
    return "".join(written)


# -- values ------------------------------------------------------------------------------------------------------


def literal(value: object, *, converted: bool = False) -> Code:
    """
    Write a value as the code that makes it.

    Args:
        value: The value.
        converted: Whether it goes to where texts are read as what they stand for.
    """
    if isinstance(value, Unknown):
        return "si.UNKNOWN"
    if isinstance(value, enum.Enum):
        return repr(value.value)
    if isinstance(value, Listing):
        return _listing([literal(one) for one in value.items], value.complete)
    if isinstance(value, tuple):
        return Group("[", tuple(literal(one) for one in value), "]")
    if has_parts(value):
        return _constructed(value)
    text, maker = _text(value)
    return repr(text) if converted or not maker else f"{maker}({text!r})"


def _text(value: object) -> tuple[object, str]:
    """Give the text of a value and what reads it; nothing, where the value is written as it is."""
    if isinstance(value, date):
        return value.isoformat(), "si.dates.day"
    if isinstance(value, Money):
        return str(value), "si.Money"
    if isinstance(value, FinancialYear):
        return str(value), "si.FinancialYear"
    if isinstance(value, Interval):
        return str(value), "si.Interval.of"
    if isinstance(value, Citation):
        return value.text, "si.cite"
    if isinstance(value, Decimal):
        return str(value), ""
    return value, ""


def _listing(items: list[Code], complete: bool) -> Code:
    if not complete and not items:
        return "si.UNKNOWN"
    held = Group("[", tuple(items), "]")
    return held if complete else Group("si.Listing(", (held, "complete=False"), ")")


def _default(field: attrs.Attribute[Any], value: object) -> object:
    """Give what a field is where nothing is said."""
    given: Any = field.default
    if isinstance(given, attrs.Factory):  # type: ignore[arg-type]
        given = given.factory(value) if given.takes_self else given.factory()
    return given


def _constructed(value: Any) -> Code:
    parts: list[Code] = []
    for field in compared(value):
        found = getattr(value, field.name)
        if _default(field, value) == found or _follows(value, field.name):
            continue
        said = literal(found, converted=field.converter is not None)
        parts.append((f"{field.name}=" if field.kw_only else "", said))
    return Group(f"si.{type(value).__name__}(", tuple(parts), ")")


def _follows(value: object, name: str) -> bool:
    """Tell whether a direction finds its year by itself."""
    if name != "year" or not isinstance(value, Direction) or not isinstance(value.effective_from, date):
        return False
    return value.year == FinancialYear.of(value.effective_from)


# -- changes -----------------------------------------------------------------------------------------------------


def as_code(before: Partnership, after: Partnership) -> str:
    """
    Write the change of one partnership into another as Python code.

    Args:
        before: What the code calls ``p``.
        after: What the code gives.

    Returns:
        An expression that needs ``import scotintegration as si`` and, where it says so, ``import attrs``. It leaves
        sources as they are, and what it adds has none.

    Raises:
        TypeError: If either is no partnership.

    Source: our choice.

    >>> import attrs
    >>> from scotintegration.bodies import HealthBoard, LocalAuthority
    >>> p = Partnership.between(HealthBoard("toy-nhs", name="NHS Toytown"),
    ...                         LocalAuthority("toy-council", name="Toytown Council"), model="a", as_at="2026-11-22")
    >>> print(as_code(p, p.evolve(scheme=attrs.evolve(p.scheme, delegated_on="2026-04-01"))))
    p.evolve(scheme=attrs.evolve(p.scheme, delegated_on='2026-04-01'))

    .. versionadded:: 0.1.0
    """
    for value in (before, after):
        if not isinstance(value, Partnership):
            raise TypeError(f"as_code writes the change of one partnership into another, got {value!r}")
    changes = _changed_fields(before, after, "p", 0)
    if before.law_as_at != after.law_as_at:
        changes.append(("law_as_at=", literal(after.law_as_at, converted=True)))
    return laid_out(Group("p.evolve(", tuple(changes), ")")) if changes else "p"


def _changed_fields(before: object, after: object, name: str, level: int) -> list[Code]:
    changes: list[Code] = []
    for field in compared(after):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            changes.append((f"{field.name}=", _changed(field, old, new, f"{name}.{field.name}", level)))
    return changes


def _changed(field: attrs.Attribute[Any], old: Any, new: Any, name: str, level: int) -> Code:
    """Write the new value of a field by way of the old one; by itself where that is shorter and loses no source."""
    whole = literal(new, converted=field.converter is not None)
    if type(old) is not type(new):
        return whole
    if is_collection(old) and is_collection(new):
        edited = _edited(field, old, new, name, level)
        bare = not any(map(has_parts, items_of(old)))
        return whole if edited is None or (bare and len(flat(whole)) <= len(flat(edited))) else edited
    return _evolved(old, new, name, level) if has_parts(old) else whole


def _evolved(old: object, new: object, name: str, level: int) -> Code:
    if type(old) is not type(new):
        return literal(new)
    return Group("attrs.evolve(", (name, *_changed_fields(old, new, name, level)), ")")


def _edited(field: attrs.Attribute[Any], old: Any, new: Any, name: str, level: int) -> Code | None:
    """Write a collection by way of the old one: items left out, then items changed, then items added."""
    many = _telling(items_of(old))
    if many is None:
        return None
    olds, news = ({key: one for key, (_, one) in keyed(items_of(side), many).items()} for side in (old, new))
    edits = _edits([(one, news[key]) for key, one in olds.items() if key in news], _NAMES[level], level)
    if len(edits) > _MOST:  # made anew, those that change are easier to read
        olds = {key: one for key, one in olds.items() if key not in news or one == news[key]}
        edits = []
    kept = {key: news[key] for key in olds if key in news}
    fresh = {key: one for key, one in news.items() if key not in kept}
    convert: Any = field.converter
    if not kept or items_of(convert([*kept.values(), *fresh.values()])) != items_of(new):
        return None
    gone = [one for key, (_, one) in keyed(items_of(old), many).items() if key not in kept]
    listing = isinstance(new, Listing)
    code: Code = name
    if gone:
        code = _picked(code, _NAMES[level], _which(gone, many, _NAMES[level], negated=True), listing)
    for edit, found in edits:
        asked = "" if len(found) == len(kept) else f" if {_which(found, many, _NAMES[level])} else {_NAMES[level]}"
        code = _mapped(code, _NAMES[level], (edit, asked), listing)
    complete = getattr(new, "complete", True)
    if not fresh and getattr(old, "complete", True) is complete:
        return code
    return _listing([("*", code), *map(literal, fresh.values())], complete)


def _edits(pairs: list[tuple[Any, Any]], name: str, level: int) -> list[tuple[Code, list[Any]]]:
    """Write what becomes of items, once for all of which the same becomes."""
    alike: dict[str, tuple[Code, list[Any]]] = {}
    for one, other in pairs:
        if one != other:
            edit = _evolved(one, other, name, level + 1)
            alike.setdefault(flat(edit), (edit, []))[1].append(one)
    return list(alike.values())


def _mapped(code: Code, name: str, edit: Code, listing: bool) -> Code:
    if listing:
        return (code, Group(".map(", ((f"lambda {name}: ", edit),), ")"))
    return ("[", edit, f" for {name} in ", code, "]")


def _picked(code: Code, name: str, asked: str, listing: bool) -> Code:
    if listing:
        return (code, Group(".where(", (f"lambda {name}: {asked}",), ")"))
    return (f"[{name} for {name} in ", code, f" if {asked}]")


def _telling(items: tuple[Any, ...]) -> int | None:
    """Tell how many key fields tell the items apart; None where all of them do not."""
    most = max((len(key_fields(one)) for one in items if has_parts(one)), default=1)
    for many in range(1, most + 1):
        if len({label(one, many) for one in items}) == len(items):
            return many
    return None


def _which(items: list[Any], many: int, name: str, *, negated: bool = False) -> str:
    """Write the question whether an item is one of some, or none of them."""
    questions = [_question(one, many, name) for one in items]
    subjects = {subject for question in questions for subject, _, _ in question}
    if len(subjects) == 1 and all(relation == "==" for question in questions for _, relation, _ in question):
        (subject,), texts = subjects, [text for ((_, _, text),) in questions]
        if len(texts) == 1:
            return f"{subject} {'!=' if negated else '=='} {texts[0]}"
        return f"{subject} {'not in' if negated else 'in'} ({', '.join(texts)})"
    joined = [" and ".join(" ".join(part) for part in question) for question in questions]
    asked = joined[0] if len(joined) == 1 else " or ".join(f"({one})" for one in joined)
    return f"not ({asked})" if negated else asked


def _question(value: Any, many: int, name: str) -> list[tuple[str, str, str]]:
    """Ask for what tells an item from others: what to look at, how, and the answer."""
    if not has_parts(value):
        return [(name, "==", repr(value))]
    if isinstance(value, Step):
        return [*_step(value, many, name), *(_asked(value, key, name) for key in key_fields(value)[2:many])]
    return [_asked(value, key, name) for key in key_fields(value)[:many]]


def _step(step: Step, many: int, name: str) -> Iterator[tuple[str, str, str]]:
    if step.direction is None:
        yield f"{name}.direction", "is", "None"
        yield f"{name}.kind", "==", repr(step.kind.value)
        yield f"{name}.target", "==", repr(step.target)
        return
    yield f"{name}.direction", "is not", "None"
    yield from (_asked(step.direction, key, f"{name}.direction") for key in ("id", "year")[:many])


def _asked(value: Any, key: str, name: str) -> tuple[str, str, str]:
    found = getattr(value, key)
    if found is None or isinstance(found, Unknown):
        return f"{name}.{key}", "is", flat(literal(found))
    if isinstance(found, date | FinancialYear | Citation):
        return f"str({name}.{key})", "==", repr(str(found))
    return f"{name}.{key}", "==", flat(literal(found))
