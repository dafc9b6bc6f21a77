"""What several rules about schemes ask, and small changes that their examples make (private)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.functions import CHARGING, enactments
from scotintegration.unknown import known

if TYPE_CHECKING:
    from scotintegration.functions import DelegatedFunction
    from scotintegration.partnership import Partnership
    from scotintegration.schemes import Review
    from scotintegration.unknown import Listing, Unknown

PARTIES: Final = "local authority and Health Board"
"""Whose duty a scheme is."""


def councils_of(p: Partnership) -> tuple[str, ...]:
    """Give the ids of the councils, in order."""
    return tuple(council.id for council in p.local_authorities)


CLEAR: Final = (None, "", "no change", "change", "replace")
"""What a review may have decided, so that it is clear whether a change is needed; None and blank for nothing."""


def decided_by(review: Review) -> str | None | Unknown:
    """Give what a review decided, in the words of :class:`Review` whatever their case and blanks."""
    said = review.outcome
    return " ".join(said.split()).casefold() if isinstance(said, str) else said


def standing(p: Partnership, on: date) -> Listing[DelegatedFunction]:
    """List the functions that a scheme delegates or is yet to delegate: those whose delegation is not over."""
    return p.scheme.functions.where(
        lambda one: one.until is None or on <= known(one.until, f"the last day of {one.id!r}")
    )


@cache
def charging() -> Mapping[str, str]:
    """Give the charging functions by every id that the bundled table and the catalogue have for them."""
    twins = {one.id: f"{one.act} {one.provision}" for one in enactments().values()}
    return dict(CHARGING) | {id: name for id, name in twins.items() if name in CHARGING.values()}


def with_scheme(p: Partnership, **changes: object) -> Partnership:
    """Give a copy with some fields of the scheme changed."""
    return p.evolve(scheme=attrs.evolve(p.scheme, **changes))  # type: ignore[arg-type]


def with_function(p: Partnership, id: str, **changes: object) -> Partnership:
    """Give a copy with some fields of one function changed."""
    functions = p.scheme.functions.map(
        lambda one: attrs.evolve(one, **changes) if one.id == id else one  # type: ignore[arg-type]
    )
    return with_scheme(p, functions=functions)


def first_from(p: Partnership, *delegators: str) -> str:
    """Give the id of the first function that one of some bodies delegates."""
    return next(one.id for one in p.scheme.functions.items if one.delegator in delegators)
