"""Mends of the days of a scheme: consultation, submission, approval and publication, and when functions pass."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

from scotintegration.mends._table import mends
from scotintegration.mends.schemes import established_by, kept_too, with_area
from scotintegration.revisions import CONSULTEES, Revision
from scotintegration.rules import find
from scotintegration.rules._schemes import with_scheme
from scotintegration.rules.parties import FIRST_DUE
from scotintegration.rules.preparing import PRESCRIBED
from scotintegration.schemes import IntegrationScheme
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration._fields import MaybeDate
    from scotintegration.partnership import Partnership
    from scotintegration.plans import StrategicPlan

__all__ = [
    "EARLIER",
    "approved",
    "asked",
    "passing_functions",
    "published",
    "revision_asked",
    "submitted",
    "with_decision",
]

EARLIER: Final = "earlier-scheme"
"""The id of a scheme that has to be assumed: the one whose place the scheme took."""

_DAY: Final = timedelta(days=1)
_CONSULTED: Final = "PBJW-s6-consult"
_PASSED: Final = "DAYS-delegation-by"
_PUBLISHED: Final = "PBJW-s8-publish"
_SUBMITTED: Final = "PBJW-s7-submit-by"


def _dates(*days: MaybeDate) -> tuple[date, ...]:
    """Keep the days that are known."""
    return tuple(one for one in days if isinstance(one, date))


# -- when functions pass -----------------------------------------------------------------------------------------


def _firsts(p: Partnership) -> list[StrategicPlan]:
    """List the plans known to be the first."""
    return [plan for plan in p.plans.items if plan.is_first is not UNKNOWN and plan.is_first]


def _due(p: Partnership) -> date:
    """Give the day on which functions of a first scheme pass: what the first plan names, or else the last day."""
    return min((*_dates(*(plan.delegation_day for plan in _firsts(p))), PRESCRIBED))


def _looks_first(p: Partnership) -> bool:
    """
    Tell whether the days that are known make the scheme the first of its area.

    They do where it was sent, approved or in effect, a body set up, or a year begun with a budget or accounts, by the
    last day for functions to pass.
    """
    scheme, board, committee = p.scheme, p.ijb, p.monitoring_committee
    bodies = (one.established_on for one in (board, committee) if one is not None)
    years = [*(one.year for one in p.budgets.items), *(one.year for one in p.accounts.items)]
    begun = (year.start for year in years)
    days = _dates(scheme.submitted_on, scheme.approved_on, scheme.delegated_on, *bodies, *begun)
    return any(one <= PRESCRIBED for one in days)


def _has_to_wait(p: Partnership) -> bool:
    """Tell whether what comes before functions pass was done too late for them to pass on their day."""
    committee, due = p.monitoring_committee, _due(p)
    before = _dates(*(plan.finalised_on for plan in _firsts(p)), committee.established_on if committee else None)
    return any(one >= due for one in before) or any(one > due for one in _dates(p.scheme.approved_on))


def _is_first(p: Partnership) -> bool:
    """Tell whether to take the scheme for the first of its area."""
    replaces, passed = p.scheme.replaces, p.scheme.delegated_on
    if isinstance(passed, date) and passed <= PRESCRIBED:
        return True
    if replaces is UNKNOWN and not (passed is UNKNOWN and _looks_first(p)):
        return False
    return not isinstance(replaces, str) and not _has_to_wait(p)


@mends(_PASSED)
def passing_functions(p: Partnership) -> Partnership:
    """
    Let functions pass on the day that the first plan names, or else on the last day for it.

    Where nothing shows that the scheme was there by then, it took the place of an earlier one, and they pass today.
    """
    replaces, passed = p.scheme.replaces, p.scheme.delegated_on
    if passed is UNKNOWN and p.as_at < PRESCRIBED:
        return with_scheme(p, delegated_on=PRESCRIBED)
    if not _is_first(p):
        earlier = replaces if isinstance(replaces, str) else EARLIER
        return with_scheme(p, replaces=earlier, delegated_on=p.as_at if passed is UNKNOWN else passed)
    in_time = isinstance(passed, date) and passed <= PRESCRIBED
    changed = with_scheme(p, replaces=None, delegated_on=passed if in_time else _due(p))
    return _naming_the_day(changed) if find(_PASSED).is_open(changed) else changed


def _naming_the_day(p: Partnership) -> Partnership:
    """Let the first plan name the day on which functions passed; without such a plan they passed on the last day."""
    passed = p.scheme.delegated_on
    assert isinstance(passed, date)
    fits = [
        plan
        for plan in p.plans.items
        if plan.is_first is UNKNOWN and not any(one >= passed for one in _dates(plan.finalised_on))
    ]
    plan = next(iter((*_firsts(p), *sorted(fits, key=lambda plan: str(plan.finalised_on)))), None)
    if plan is not None:
        named = attrs.evolve(plan, is_first=True, delegation_day=passed if passed < PRESCRIBED else None)
        return p.evolve(plans=p.plans.map(lambda one: named if one is plan else one))
    later = [attrs.evolve(one, is_first=False) if one.is_first is UNKNOWN else one for one in p.plans.items]
    return with_scheme(p.evolve(plans=later), delegated_on=PRESCRIBED)


# -- approval and publication ------------------------------------------------------------------------------------


def _effects(p: Partnership) -> tuple[date, ...]:
    """List the days, so far, on which the scheme took effect."""
    established = p.ijb.established_on if p.ijb else None
    return tuple(one for one in _dates(p.scheme.delegated_on, established) if one <= p.as_at)


@mends("PBJW-s7-approved-before-effect")
def approved(p: Partnership) -> Partnership:
    """Let Ministers approve the scheme by the first day on which it took effect."""
    changed = passing_functions(p) if p.scheme.delegated_on is UNKNOWN else p
    if changed.ijb is not None and changed.ijb.established_on is UNKNOWN:
        changed = changed.evolve(ijb=attrs.evolve(changed.ijb, established_on=established_by(changed)))
    effects, day = _effects(changed), changed.scheme.approved_on
    if effects and not (isinstance(day, date) and day <= min(effects)):
        known = () if isinstance(day, date) else _dates(changed.scheme.published_on)
        changed = with_scheme(changed, approved_on=min((*effects, *known)))
    return kept_too(p, changed, "PBJW-s44-5yr-review")


def with_decision(p: Partnership) -> Partnership:
    """Say when Ministers approved the scheme, if nobody recorded it: by the day it took effect, or else not yet."""
    if p.scheme.approved_on is not UNKNOWN:
        return p
    p = approved(p)
    return with_scheme(p, approved_on=None) if p.scheme.approved_on is UNKNOWN else p


@mends(_PUBLISHED)
def published(p: Partnership) -> Partnership:
    """Publish the scheme on the day of its approval, where that day is over."""
    p = with_decision(p)
    return with_scheme(p, published_on=p.scheme.approved_on) if find(_PUBLISHED).is_open(p) else p


# -- consultation and submission ---------------------------------------------------------------------------------


def _may_be_first(p: Partnership) -> bool:
    """Tell whether a scheme may have had to go to Ministers by the day for first schemes."""
    replaces = p.scheme.replaces
    return replaces is None or (replaces is UNKNOWN and (_looks_first(p) or p.as_at < PRESCRIBED))


def _last_to_send(p: Partnership) -> date:
    """Give the latest day on which a scheme not known to have gone to Ministers can have gone."""
    due = FIRST_DUE - _DAY if _may_be_first(p) else p.as_at
    return min((p.as_at, due, *_dates(p.scheme.approved_on)))


@mends(_SUBMITTED)
def submitted(p: Partnership) -> Partnership:
    """Let a first scheme go to Ministers in time, or let them put a later day; else it took an earlier one's place."""
    sent = p.scheme.submitted_on
    if sent is UNKNOWN and _may_be_first(p):
        return with_scheme(p, submitted_on=_last_to_send(p))
    if p.scheme.replaces is UNKNOWN and not _looks_first(p):
        return with_scheme(p, replaces=EARLIER)
    changed = with_scheme(p, replaces=None)
    if not find(_SUBMITTED).is_open(changed):
        return changed
    return with_scheme(changed, substituted_day=(sent if isinstance(sent, date) else p.as_at) + _DAY)


def _consultees(p: Partnership) -> list[str]:
    """List whom to consult: every prescribed group, and the other councils of the Health Board's area."""
    parties = p.scheme.local_authorities.items
    return [*CONSULTEES, *(id for id in p.health_board.local_authorities.items if id not in parties)]


Paper = TypeVar("Paper", IntegrationScheme, Revision)


def _consulted(p: Partnership, paper: Paper) -> Paper:
    """Let everybody be consulted on a paper before it went to Ministers, if it went."""
    sent, over = paper.submitted_on, paper.consulted_on
    if not isinstance(sent, date) or sent > p.as_at:
        return paper
    return attrs.evolve(
        paper,
        consulted=Listing((*paper.consulted.items, *_consultees(p)), paper.consulted.complete),
        consulted_on=over if isinstance(over, date) and over <= sent else sent,
    )


@mends(_CONSULTED)
def asked(p: Partnership) -> Partnership:
    """Let everybody be consulted before the scheme went to Ministers, once it is known when it did."""
    if p.scheme.submitted_on is UNKNOWN:
        p = with_decision(p)
        waits = p.scheme.approved_on is None and (p.as_at < FIRST_DUE or not _may_be_first(p))
        p = with_scheme(p, submitted_on=None if waits else _last_to_send(p))
    if not find(_CONSULTED).is_open(p):
        return p
    p = with_area(p)
    return p.evolve(scheme=_consulted(p, p.scheme))


def _gone(one: Revision) -> Revision:
    """Give a revised scheme the latest day on which it can have gone to Ministers, none where it may be a draft."""
    if one.submitted_on is not UNKNOWN:
        return one
    return attrs.evolve(one, submitted_on=min(_dates(one.approved_on, one.effect_on), default=None))


@mends("PBJW-s46-4-consult")
def revision_asked(p: Partnership) -> Partnership:
    """Let everybody be consulted on each revised scheme before it went to Ministers; one without days is a draft."""
    sent = [_gone(one) for one in p.scheme.revisions.items]
    if any(isinstance(one.submitted_on, date) and one.submitted_on <= p.as_at for one in sent):
        p = with_area(p)
    return with_scheme(p, revisions=[_consulted(p, one) for one in sent])
