"""Mends of what is delegated, and to which integration authority."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration.mends._table import mends
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.functions import DelegatedFunction
    from scotintegration.partnership import Partnership

__all__ = ["delegated_once", "delegation_told"]


def delegation_told(p: Partnership, names: Collection[str] | None = None) -> Partnership:
    """
    Settle what is delegated on the day that governs.

    A function whose first day was not recorded is taken to be delegated by then, one whose last day was not recorded
    to be delegated still.

    Args:
        p: The partnership.
        names: Ids of the functions to settle; by default all, and the list is then taken to be whole.

    Returns:
        A partnership of which it can be told.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    functions = p.scheme.functions.map(lambda one: _shown(p, one) if names is None or one.id in names else one)
    if names is None:
        functions = attrs.evolve(functions, complete=True)
    return p if functions == p.scheme.functions else p.evolve(scheme=attrs.evolve(p.scheme, functions=functions))


def _shown(p: Partnership, function: DelegatedFunction) -> DelegatedFunction:
    until = None if function.until is UNKNOWN else function.until
    shown = isinstance(function.recorded_on, date) and function.recorded_on <= p.as_at
    recorded = p.as_at if function.start is UNKNOWN and not shown else function.recorded_on
    return attrs.evolve(function, until=until, recorded_on=recorded)


@mends("PBJW-s25-2-ia-carries")
def delegated_once(p: Partnership) -> Partnership:
    """Delegate every function to one integration authority of the scheme, the other side's where both lead."""
    p = delegation_told(p)
    twins: dict[tuple[str, str], list[DelegatedFunction]] = {}
    for one in p.functions.items:
        twins.setdefault((one.name.casefold(), one.delegator), []).append(one)
    delegates = {one.id: _delegate(p, same) or one.delegate for same in twins.values() for one in same}
    functions = p.scheme.functions.map(lambda one: attrs.evolve(one, delegate=delegates.get(one.id, one.delegate)))
    return p.evolve(scheme=attrs.evolve(p.scheme, functions=functions))


def _delegate(p: Partnership, same: list[DelegatedFunction]) -> str | None:
    """Choose to whom a function is delegated, once under one name or several times: as it is, if that is right."""
    bodies = sorted({role.body for role in p.lead_agencies}) if p.ijb is None else [p.ijb.id]
    found = list(dict.fromkeys(one.delegate for one in same if one.delegate in bodies))
    others = [body for body in bodies if body != same[0].delegator]
    right = [body for body in found if body in others]
    return next(iter(found if len(found) == 1 else right or found or others or bodies), None)
