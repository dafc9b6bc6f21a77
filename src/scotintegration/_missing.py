"""Where a fact that is missing would be recorded, as far as the words for it tell (private)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership


class MissingFact(NamedTuple):
    """A fact that is missing: the path under which to record it, and whether nothing else stands there."""

    place: str
    fact: str
    is_alone: bool

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other facts: its path, and its words where several facts stand under the path."""
        return self.place, "" if self.is_alone else self.fact


_REGISTER: Final = "the whole register"
_IN_FORCE: Final = "the directions in force on "
"""What cannot be told for want of the whole register, where that is not at hand."""

_PLACES: Final[Mapping[str, str]] = {
    "the date of the meeting": "meetings",
    "the day Ministers approved the scheme": "scheme.approved_on",
    "the day functions passed": "scheme.delegated_on",
    "the day the planning group was set up": "planning_group.established_on",
    "the day the scheme went to Ministers": "scheme.submitted_on",
    "the integration joint board of the scheme": "ijb",
    "the planning group": "planning_group",
    "the post of chief officer": "posts",
    "the rest of what is delegated": "scheme.functions",
    "the standing orders": "standing_orders",
    "the strategic planning group": "planning_group",
    _REGISTER: "directions",
    "what else the scheme delegates": "scheme.functions",
    "whether Ministers put a later day for submitting it": "scheme.substituted_day",
    "whether it is the first scheme": "scheme.replaces",
    "whether the board has standing orders": "standing_orders",
    "whether the committee has standing orders": "standing_orders",
    "whether there is a strategic planning group": "planning_group",
    "which council leads": "scheme.lead_authority",
    "which one of the four models of s.1(4) the scheme uses": "scheme.models",
    "which plan stands": "plans",
    "which plan was the first": "plans",
    "who chairs the committee": "chairs",
}
"""The path of each fact whose words are always the same."""

_ID: Final = "'(?P<id>[^']+)'"
_PATTERNS: Final = tuple(
    (re.compile(pattern), place)
    for pattern, place in (
        (f"the day {_ID} was finalised", "plans[{!r}].finalised_on"),
        (f"the day {_ID} was published", "plans[{!r}].published_on"),
        (f"the day the period of {_ID} beg[ai]ns?", "plans[{!r}].start"),
        (f"whether {_ID} was replaced", "plans[{!r}].replaced_on"),
        (f"whether {_ID} is the first plan", "plans[{!r}].is_first"),
        (f"how {_ID} is funded", "functions[{!r}].funding"),
        (f"the payment of direction {_ID}", "directions[{!r}].payment"),
        ("the budget of (?P<id>[0-9/]+)", "budgets[{!r}]"),
        ("the payments of (?P<id>[0-9/]+)", "budgets[{!r}].payments"),
        ("the reserves of (?P<id>[0-9/]+)", "budgets[{!r}].reserves"),
        ("the directions in force on (?P<id>[0-9-]+)", "directions"),
    )
)
"""The path of each fact that is of something with an id or a year."""

_SAME: Final[Mapping[str, str]] = {
    "the planning group": "the strategic planning group",
    "what else the scheme delegates": "the rest of what is delegated",
    "whether there is a strategic planning group": "the strategic planning group",
}
"""One way to say a fact, where there are several."""


def place_of(fact: str) -> str | None:
    """Give the path of a missing fact; None where its words do not tell."""
    place = _PLACES.get(fact)
    if place is not None:
        return place
    for pattern, found in _PATTERNS:
        named = pattern.fullmatch(fact)
        if named is not None:
            return found.format(named["id"])
    return None


def fact_of(what: str) -> str | None:
    """Give the bare fact that a finding says is missing; None where it says so in words of its own."""
    for end in (", is not recorded", " is not recorded", ", are not recorded", " are not recorded"):
        if what.endswith(end):
            return what.removesuffix(end)
    return None if "not recorded" in what else what


def missing_fact(p: Partnership, where: str, what: str) -> MissingFact:
    """Tell which fact would settle a finding, and where it is to be recorded."""
    bare = fact_of(what)
    place = where if bare is None else place_of(bare) or where
    fact = what if bare is None else _SAME.get(bare, bare)
    if fact.startswith(_IN_FORCE) and not p.directions.complete:
        fact = _REGISTER
    return MissingFact(place, fact, value_at(p, place) is UNKNOWN)


_STEP: Final = re.compile(r"\.?([a-z_0-9]+)(?:\['([^']+)'\])?")


def value_at(p: Partnership, path: str) -> object:
    """Read what stands at a path; None where nothing can be told to stand there."""
    value: object = p
    at = 0
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            return None
        at = step.end()
        name, key = step.groups()
        value = getattr(value, name, None)
        if key is not None:
            value = next((one for one in _items(value) if key in _names(one)), None)
    return value


def _items(value: object) -> Iterable[object]:
    return value.items if isinstance(value, Listing) else value if isinstance(value, tuple) else ()


def _names(one: object) -> tuple[str, ...]:
    return tuple(str(getattr(one, name)) for name in ("id", "year", "nominator") if hasattr(one, name))
