"""What a finding says of the facts behind it, a sentence a fact (private)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

from scotintegration.dates import FinancialYear
from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.rules._saying import in_words
from scotintegration.rules._words import FACTS
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.directions import Direction
    from scotintegration.partnership import Partnership
    from scotintegration.registers import DirectionsRegister
    from scotintegration.rules._engine import Rule

_NAMED: Final = re.compile(r"^(\w+)\['([^']+)'\]")
"""How a path begins that leads into one item of a collection."""

_SAME: Final[Mapping[str, str]] = {"current_members": "members"}
"""Collections that hold part of another."""

_DAYS: Final[Mapping[str, str]] = {
    "accounts": "submitted_on",
    "chairs": "start",
    "decisions": "on",
    "evidence": "on",
    "meetings": "on",
    "members": "start",
    "reports": "published_on",
    "service_changes": "on",
    "statements": "published_on",
}
"""The field that says since when there is an item of a collection."""


def facts_of(rule: Rule, p: Partnership, where: str = "") -> Iterator[str]:
    """
    Say the facts that a rule reads, one sentence a fact.

    Args:
        rule: The rule.
        p: The partnership.
        where: The path of a finding: of a collection that it leads into, only the item that it names is said.

    Returns:
        Sentences in the order of the rule's fields; of what happened, nothing after the day that governs.

    Raises:
        NotFoundError: If the rule names a fact that the library has no word for.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    about = cast("Partnership", _About(p, where))
    for word in rule.fields:
        if word not in FACTS:
            raise NotFoundError.among("word for a fact", word, tuple(FACTS))
        label, read = FACTS[word]
        try:
            value = read(about)
        except UnknownFactError:
            value = UNKNOWN
        yield f"{label}: {in_words(value)}"


class _About:
    """A partnership as a finding looks at it: what its path names, and nothing that was still to come."""

    def __init__(self, p: Partnership, where: str) -> None:
        self._p = p
        named = _NAMED.match(where)
        self._collection, self._key = ("", "") if named is None else named.groups()

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._p, name)
        if name == "directions":
            return _Live(value, self._collection, self._key)
        collection = _SAME.get(name, name)
        if isinstance(value, Listing | tuple) and collection == self._collection:
            named = tuple(one for one in value if self._key in _keys(one))
            if named:
                return Listing(named) if isinstance(value, Listing) else named
        if isinstance(value, Listing):
            return Listing(tuple(one for one in value if not self._is_to_come(collection, one)), value.complete)
        return value

    def _is_to_come(self, collection: str, one: Any) -> bool:
        since = one.year.start if collection == "budgets" else getattr(one, _DAYS.get(collection, ""), None)
        return isinstance(since, date) and since > self._p.as_at


class _Live:
    """A register of which the directions that a path names are in force: by id, or those of a year."""

    def __init__(self, register: DirectionsRegister, collection: str, key: str) -> None:
        self._register, self._collection, self._key = register, collection, key

    def __getattr__(self, name: str) -> Any:
        return getattr(self._register, name)

    def in_force(self, *, on: date) -> Listing[Direction]:
        live = self._register.in_force(on=on)
        if self._collection == "budgets":
            return live.where(lambda one: not isinstance(one.year, FinancialYear) or str(one.year) == self._key)
        named = tuple(one for one in live if self._collection == "directions" and one.id == self._key)
        return Listing(named) if named else live


def _keys(one: object) -> set[str]:
    return {str(getattr(one, name, "")) for name in ("id", "year", "duty")}
