"""Which provisions stand behind a change: those of lines, and those of rules that read the fact (private)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from scotintegration.budgets import HostedShare, Payment, SetAside
from scotintegration.citations import Citation
from scotintegration.differences._value_changes import Change, Item
from scotintegration.directions import Direction
from scotintegration.evidence import Evidence
from scotintegration.functions import DelegatedFunction
from scotintegration.lines import Line
from scotintegration.partnership import _nodes
from scotintegration.steps import Step
from scotintegration.unknown import Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.rules import Rule

_OWN_NAMES: Final = (
    (re.compile(r"^functions(?=\[)"), "scheme.functions"),
    (re.compile(r"^current_members"), "members"),
    (re.compile(r"^directions\.in_force\[\]"), "directions.steps[].direction"),
    (re.compile(r"^ijb\.seats_of"), "ijb.seats[].number"),
)
"""How questions that the facts of rules are read by, other than fields, are called by their fields."""

_NOT_BY_FIELD: Final = ("as_at", "chairs[", "evidence[", "posts[")
"""Where the same field means different things to different rules, so that its name does not tell which read it."""


_CARRIED: Final = (DelegatedFunction, Direction, HostedShare, Payment, SetAside)
"""Values that lines carry."""


class Traced:
    """Something that only remembers how it was reached, and so tells which field a reading ends at."""

    complete = True

    def __init__(self, path: str) -> None:
        self._path = path

    def __getattr__(self, name: str) -> Traced:
        return self if name == "items" else Traced(f"{self._path}.{name}".removeprefix("."))

    def __iter__(self) -> Iterator[Traced]:
        yield Traced(self._path if self._path.endswith("]") else f"{self._path}[]")

    def map(self, function: Callable[[Traced], object]) -> tuple[object, ...]:
        return tuple(function(one) for one in self)

    def __call__(self, *_args: object, **_options: object) -> Traced:
        return self

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash(self._path)

    def __contains__(self, item: object) -> bool:
        return True

    def __str__(self) -> str:
        return self._path


def ends(value: object) -> Iterator[str]:
    """List the fields that a reading ends at."""
    if isinstance(value, Traced):
        path = str(value)
        for pattern, name in _OWN_NAMES:
            path = pattern.sub(name, path)
        parties = ("health_board", "local_authorities[]") if path.startswith("parties[]") else ("",)
        yield from (f"{party}{path.removeprefix('parties[]')}" for party in parties)
    elif isinstance(value, Listing | tuple):
        for one in value:
            yield from ends(one)


@cache
def readers() -> Mapping[str, tuple[Rule, ...]]:
    """List the rules that read each field, by its path without labels, such as ``"plans[].start"``."""
    from scotintegration.rules import FACTS, RULES

    found: dict[str, list[Rule]] = {}
    root: Any = Traced("")
    for rule in RULES:
        for word in rule.fields:
            read = FACTS[word][1]
            for path in sorted(set(ends(read(root)))):
                if not path.startswith(_NOT_BY_FIELD):
                    found.setdefault(path, []).append(rule)
    return MappingProxyType({path: tuple(rules) for path, rules in sorted(found.items())})


class Provisions:
    """The provisions behind whatever changes between two partnerships."""

    def __init__(self, *sides: Partnership) -> None:
        """Note which lines touch which node, and which carry which value."""
        self._sides = sides
        self._models = {model for p in sides for model in p.scheme.models}
        self._touching: list[dict[str, set[Citation]]] = []
        self._carrying: list[dict[object, set[Citation]]] = []
        for p in sides:
            touching: dict[str, set[Citation]] = {}
            carrying: dict[object, set[Citation]] = {}
            for line in p.all_lines:
                for end in (line.from_id, line.to_id):
                    touching.setdefault(end, set()).add(line.citation)
                if line.value is not None:
                    carrying.setdefault(line.value, set()).add(line.citation)
            self._touching.append(touching)
            self._carrying.append(carrying)

    def of(self, change: Change) -> tuple[Citation, ...]:
        """Cite the lines that touch the value that changed, or else the rules that read the fact, in order."""
        for pair in reversed(change.owners):
            found = {
                citation
                for number, one in enumerate(pair)
                for citation in (*self._touched(number, one), *self._carried(number, one))
            }
            if found:
                return tuple(sorted(found))
        return tuple(sorted(self._duties(change) or self._read(change)))

    def _touched(self, number: int, value: object) -> set[Citation]:
        if type(value) not in _nodes.FOLDERS:
            return set()
        return self._touching[number].get(_nodes.node_id(self._sides[number], value), set())

    def _carried(self, number: int, value: object) -> set[Citation]:
        if isinstance(value, Line):
            return {value.citation}
        if isinstance(value, Step):
            value = value.direction
        return self._carrying[number].get(value, set()) if isinstance(value, _CARRIED) else set()

    def _duties(self, change: Change) -> set[Citation]:
        """Cite the duty that a record of evidence speaks to."""
        from scotintegration.rules import RULES

        duties = {one.duty for pair in change.owners for one in pair if isinstance(one, Evidence)}
        return {rule.citation for rule in RULES if rule.id in duties}

    def _read(self, change: Change) -> set[Citation]:
        parts = ("[]" if isinstance(part, Item) else f".{part}" for part in change.place)
        place = "".join(parts).removeprefix(".")
        return {
            rule.citation
            for path, rules in readers().items()
            if place == path or place.startswith(f"{path}[")
            for rule in rules
            if self._models.intersection(rule.models)
        }
