"""How a rule comes to be kept step by step, and what several mends about plans and reports do (private)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from scotintegration.mends._table import settled
from scotintegration.rules import RULES, Modality, Severity, Topic, find
from scotintegration.rules._schemes import with_scheme
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

Step: TypeAlias = "Callable[[Partnership], Partnership]"

T = TypeVar("T")

_PLANNING: Final = tuple(
    rule
    for rule in RULES
    if rule.topic is Topic.PLANNING and rule.severity is Severity.STATUTE and rule.modality is not Modality.MAY
)
"""The rules of statute about plans and reports."""


def in_steps(p: Partnership, rule: str, *steps: Step) -> Partnership:
    """
    Take steps towards a rule, each only while it is open.

    What the steps add may be asked about by other rules of statute about plans and reports: those that were kept
    before are kept afterwards.
    """
    asked, before = find(rule), p
    for step in steps:
        if asked.is_open(p):
            p = step(p)
    for other in _PLANNING:
        if other is not asked and other.is_open(p) and not other.is_open(before):
            p = other.mended(p)
    return p


def with_one_model(p: Partnership) -> Partnership:
    """Name one model in the scheme, where it names several or none."""
    return p if len(p.scheme.models) == 1 else settled(p, "PBJW-s1-4-one-model")


def with_day_passed(p: Partnership) -> Partnership:
    """Record the day functions passed; where no rule asks for one yet, that they have not."""
    if p.scheme.delegated_on is UNKNOWN:
        p = settled(p, "DAYS-delegation-by")
    return with_scheme(p, delegated_on=None) if p.scheme.delegated_on is UNKNOWN else p


def more(listing: Listing[T], wanted: Iterable[T]) -> Listing[T]:
    """Add to a collection what it lacks; it stays as complete as it was."""
    return Listing((*listing.items, *(one for one in wanted if one not in listing.items)), listing.complete)


def whole(listing: Listing[T]) -> Listing[T]:
    """Take a collection for complete."""
    return Listing(listing.items)
