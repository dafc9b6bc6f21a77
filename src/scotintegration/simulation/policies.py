"""Policies: how a board recovers and allocates, and how its partners respond, as functions of arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import attrs
import numpy as np

from scotintegration._shown import Shown
from scotintegration.errors import NotFoundError
from scotintegration.risk_shares import RiskShare, RiskShareKind, Share
from scotintegration.simulation._apportion import share
from scotintegration.simulation._inputs import MONTHS, Counts, Pence

__all__ = ["BY_SCHEME", "Policy", "Position", "RecoverShare", "SplitBySpending", "policy_from_dict", "shared_out"]

BY_SCHEME: Final = "scheme"
"""In place of a settlement: whatever the scheme of each partnership says."""


UNSAID: Final = (RiskShareKind.NEGOTIATED, RiskShareKind.HOST_BEARS)
"""Kinds of risk share that do not say who pays how much."""


@attrs.frozen(kw_only=True, eq=False)
class Position:
    """
    What a policy sees of some runs of one partnership; money is whole pence, int64.

    Attributes:
        year: Calendar year in which the financial year starts.
        month: 0 before the year, 1 for April to 12 for March.
        functions: Ids of the functions.
        arm: Who provides each, shape ``(functions,)``: 0 the Health Board, 1 a council.
        health_board: Id of the Health Board.
        budget_pence: What came in for each function, shape ``(runs, functions)``.
        amount_pence: What is directed for each, same shape.
        spent_pence: Spent since 1 April, same shape; before the year what was spent in the one before, or nothing.
        forecast_pence: What the year will come to at this pace, same shape.
        planned_pence: Reductions decided before that are still to come, same shape.
        reserve_pence: General reserve, shape ``(runs,)``.
        earmarked_pence: Earmarked reserve, same shape.
        short_pence: At the end of a year, what nothing else has met, same shape.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    year: int
    month: int
    functions: tuple[str, ...]
    arm: Counts
    health_board: str
    budget_pence: Pence
    amount_pence: Pence
    spent_pence: Pence
    forecast_pence: Pence
    planned_pence: Pence
    reserve_pence: Pence
    earmarked_pence: Pence
    short_pence: Pence


Policy: TypeAlias = Callable[[Position], Pence]
"""Gives pence, int64: reductions or amounts of shape ``(runs, functions)``, or payments of shape ``(runs, 2)``."""


def _share(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0.0 < value <= 1.0:
        raise ValueError(f"{type(instance).__name__}.{attribute.name} must be above 0 and at most 1, got {value!r}")


def _month(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MONTHS:
        raise ValueError(f"{type(instance).__name__}.{attribute.name} must be from 1 to {MONTHS}, got {value!r}")


@attrs.frozen(kw_only=True)
class RecoverShare(Shown):
    """
    A recovery plan: from a month on, each function that is forecast to overspend is to spend less.

    Attributes:
        share: What part of the forecast overspend is to be found, above 0 and at most 1.
        from_month: The first month whose meeting may decide it, 1 for April to 12 for March.

    Raises:
        ValueError: If a number is out of range.

    Source: our choice; boards met a forecast overspend with a recovery plan in the autumn.

    >>> print(RecoverShare(share=0.5))
    a recovery plan for 50% of the forecast overspend from month 6 on

    .. versionadded:: 0.1.0
    """

    share: float = attrs.field(default=1.0, validator=_share)
    from_month: int = attrs.field(default=6, validator=_month)

    def __call__(self, at: Position) -> Pence:
        """Give the reductions that a meeting decides."""
        if at.month < self.from_month:
            return np.zeros_like(at.spent_pence)
        over = np.maximum(at.forecast_pence - at.planned_pence - at.amount_pence, 0)
        found: Pence = np.rint(over * self.share).astype(np.int64)
        return found

    def __str__(self) -> str:
        return f"a recovery plan for {self.share:.0%} of the forecast overspend from month {self.from_month} on"


@attrs.frozen(kw_only=True)
class SplitBySpending(Shown):
    """
    An allocation: each side's money is divided by what its functions spent in the year before.

    Attributes:
        share: What part of the money is divided so, above 0 and at most 1; the rest goes where it was paid in for.

    Raises:
        ValueError: If the share is out of range.

    Source: our choice.

    >>> print(SplitBySpending())
    100% of each side's money by what its functions spent the year before

    .. versionadded:: 0.1.0
    """

    share: float = attrs.field(default=1.0, validator=_share)

    def __call__(self, at: Position) -> Pence:
        """Give the amounts that directions begin with."""
        amounts = at.budget_pence.copy()
        for side in (0, 1):
            places = np.flatnonzero(at.arm == side)
            moved = np.floor(amounts[:, places] * self.share).astype(np.int64)
            amounts[:, places] += shared_out(moved.sum(axis=1), np.maximum(at.spent_pence[:, places], 0), moved) - moved
        return amounts

    def __str__(self) -> str:
        return f"{self.share:.0%} of each side's money by what its functions spent the year before"


def shared_out(total_pence: Pence, weights: Pence, otherwise: Pence) -> Pence:
    """
    Split sums by weights without losing a penny, and by other weights in runs where there are none.

    Args:
        total_pence: Shape ``(runs,)``, each from 0.
        weights: Shape ``(runs, parts)``, each from 0.
        otherwise: Same shape, for the runs where all weights are 0.

    Returns:
        Shape ``(runs, parts)``; nothing where there is nothing to split.

    Source: our choice: largest remainder, as everywhere.

    >>> shared_out(np.array([3, 5]), np.array([[1, 2], [0, 0]]), np.array([[1, 1], [4, 1]]))
    array([[1, 2],
           [4, 1]])

    .. versionadded:: 0.1.0
    """
    by = np.where((weights.sum(axis=1) > 0)[:, None], weights, otherwise)
    found = np.zeros(by.shape, np.int64)
    rows = np.flatnonzero((total_pence > 0) & (by.sum(axis=1) > 0))
    if len(rows):
        found[rows] = share(total_pence[rows], np.ascontiguousarray(by[rows]))
    return found


def settled(rule: RiskShare | Policy | None, at: Position) -> Pence:
    """Give what the Health Board and the councils pay of what a year is short, shape ``(runs, 2)``."""
    payments = np.stack([at.budget_pence[:, at.arm == side].sum(axis=1) for side in (0, 1)], axis=1)
    if rule is None:
        return shared_out(at.short_pence, payments, np.ones_like(payments))
    if not isinstance(rule, RiskShare):
        return rule(at)
    if rule.kind is RiskShareKind.PROPORTIONAL:
        mine = sum(one.parts for one in rule.shares if one.party == at.health_board)
        parts = np.array([[mine, sum(one.parts for one in rule.shares) - mine]], np.int64)
        return shared_out(at.short_pence, np.broadcast_to(parts, payments.shape), payments)
    over = np.maximum(at.spent_pence - at.amount_pence, 0)
    by_side = np.stack([over[:, at.arm == side].sum(axis=1) for side in (0, 1)], axis=1)
    return shared_out(at.short_pence, by_side, payments)


def loan_years(rule: RiskShare | Policy | None) -> int:
    """Tell over how many years additional payments are repaid; 0 where they are not."""
    years = rule.years if isinstance(rule, RiskShare) else getattr(rule, "loan_years", None)
    return years or 0


def named(policy: object) -> str:
    """Say what a policy is: its own words, or the name of a function."""
    return getattr(policy, "__qualname__", None) or str(policy)


def check_policy(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Refuse what cannot be asked."""
    if value is not None and not callable(value):
        raise TypeError(f"Scenario.{attribute.name} must be a function of a Position, got {value!r}")


def check_settlement(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Refuse what settles nothing, and risk shares that say too little to be simulated."""
    if value in (None, BY_SCHEME) or (callable(value) and not isinstance(value, RiskShare)):
        return
    if not isinstance(value, RiskShare):
        raise TypeError(
            f"Scenario.settlement must be a RiskShare, {BY_SCHEME!r} or a function of a Position, got {value!r}"
        )
    if value.kind in UNSAID:
        raise ValueError(
            f"Scenario.settlement cannot be {value.kind.value!r}, which does not say who pays how much; expected a "
            "function of a Position that does"
        )


_KINDS: Final[dict[str, Any]] = {"recover-share": RecoverShare, "split-by-spending": SplitBySpending}


def policy_to_dict(policy: object) -> object:
    """Give a policy as plain data; one of somebody's own has none."""
    if policy is None or isinstance(policy, str):
        return policy
    if isinstance(policy, RiskShare):
        parts = {one.party: one.parts for one in policy.shares}
        return {"policy": "risk-share", "kind": policy.kind.value, "shares": parts, "years": policy.years}
    if isinstance(policy, (RecoverShare, SplitBySpending)):
        kinds = {kind: name for name, kind in _KINDS.items()}
        return {"policy": kinds[type(policy)], **attrs.asdict(policy)}
    raise TypeError(f"{named(policy)!r} is a policy of your own, which JSON has no form for")


def policy_from_dict(data: object) -> Any:
    """
    Read a policy from plain data; what is none is given back as it is.

    Args:
        data: What a scenario's ``to_dict`` gave for it.

    Returns:
        The policy.

    Raises:
        NotFoundError: If there is no such kind of policy.
        TypeError: If a field is missing or one too many.
        ValueError: If a number is out of range.

    Source: our choice.

    >>> policy_from_dict({"policy": "recover-share", "share": 0.5, "from_month": 8})
    RecoverShare(share=0.5, from_month=8)

    .. versionadded:: 0.1.0
    """
    if not isinstance(data, Mapping):
        return data
    fields = dict(data)
    name = str(fields.pop("policy", ""))
    if name == "risk-share":
        fields["shares"] = [Share(party=party, parts=parts) for party, parts in fields["shares"].items()]
        return RiskShare(**fields)
    if name not in _KINDS:
        raise NotFoundError.among("policy", name, ["risk-share", *_KINDS])
    return _KINDS[name](**fields)
