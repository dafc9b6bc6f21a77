"""The table of mends: which change of values mends which rule, in the order in which they are made (private)."""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from scotintegration.errors import NotFoundError
from scotintegration.evidence import Evidence
from scotintegration.rules import find
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

Change: TypeAlias = "Callable[[Partnership], Partnership]"

SUBJECTS: Final = (
    "schemes",
    "scheme_days",
    "reviews",
    "enactments",
    "functions",
    "delegates",
    "seats",
    "posts",
    "leaving",
    "members",
    "chairs",
    "committees",
    "monitoring",
    "meetings",
    "plans",
    "localities",
    "plan_reviews",
    "planning_groups",
    "money",
    "directions",
    "drafts",
    "entries",
    "steps",
    "spending",
    "payments",
    "statements",
    "decisions",
    "reports",
    "accounts",
    "duties",
)
"""The modules of mends, in the order in which a partnership is completed."""

_MENDS: Final[dict[str, dict[str, Change]]] = {subject: {} for subject in SUBJECTS}


def mends(*rules: str) -> Callable[[Change], Change]:
    """
    Enter a change of values as the mend of rules.

    Args:
        rules: Ids of the rules that are kept after it.

    Returns:
        A decorator that gives the change back as it is.
    """

    def enter(change: Change) -> Change:
        _MENDS[_asking()].update((rule, change) for rule in rules)
        return change

    return enter


def _asking() -> str:
    """Name the module of mends that enters one, so that the order is the same whichever is imported first."""
    frames = (frame for frame, _ in traceback.walk_stack(None))
    names = (frame.f_globals["__name__"].rpartition(".")[2] for frame in frames)
    return str(next(name for name in names if name in _MENDS))


@cache
def table() -> dict[str, Change]:
    """Give every mend by the id of its rule, in the order in which they are made."""
    for subject in SUBJECTS:
        importlib.import_module(f"scotintegration.mends.{subject}")
    return {rule: change for subject in SUBJECTS for rule, change in _MENDS[subject].items()}


def mend_of(rule: str) -> Change:
    """
    Give the least change of values after which a partnership keeps a rule that is shipped.

    Args:
        rule: Id of the rule.

    Returns:
        A function of a partnership that does not keep the rule, or of which that cannot be told.

    Raises:
        NotFoundError: If no rule with that id has a mend.

    Source: our choice. What the change states has still to be made true.

    .. versionadded:: 0.1.0
    """
    if rule not in table():
        raise NotFoundError.among("rule with a mend", rule, tuple(table()))
    return table()[rule]


def settled(p: Partnership, *rules: str) -> Partnership:
    """Mend some rules, in order, as far as they are open: what another mend builds on."""
    for rule in rules:
        p = find(rule).mended(p)
    return p


def recorded(duty: str, nothing: str | None = None) -> Change:
    """
    Make a change that records on the day that governs that a duty is kept, as assumed.

    Other records stay; only one of that very day gives way.

    Args:
        duty: Id of the rule.
        nothing: Of a duty that waits for something to happen, the words for its not having happened. They are what
            is recorded while there is no record of the duty at all.

    Returns:
        A function of a partnership.
    """

    def change(p: Partnership) -> Partnership:
        others = p.evidence.where(lambda one: one.duty != duty or one.on != p.as_at)
        is_known = any(one.duty == duty for one in p.evidence.items)
        said = UNKNOWN if nothing is None or is_known else nothing
        fresh = Evidence(duty=duty, met=True, on=p.as_at, document=said, assumed=True)
        return p.evolve(evidence=Listing((*others.items, fresh), p.evidence.complete))

    return change


def record(*duties: str) -> None:
    """Enter, for duties that only a record can show to be kept, the change that records it."""
    for duty in duties:
        mends(duty)(recorded(duty))


def record_waiting(duties: Mapping[str, str]) -> None:
    """Enter the same for duties that wait for something, each with the words for its not having happened."""
    for duty, nothing in duties.items():
        mends(duty)(recorded(duty, nothing))
