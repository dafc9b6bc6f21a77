"""Mends of reviews of schemes, and of revised schemes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.bodies import MINISTERS
from scotintegration.dates import last_day_of_period
from scotintegration.mends._table import mends, recorded
from scotintegration.mends.scheme_days import with_decision
from scotintegration.mends.schemes import kept_too
from scotintegration.rules import find
from scotintegration.rules._schemes import CLEAR, decided_by, with_scheme
from scotintegration.schemes import Review
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.revisions import Revision

__all__ = [
    "decided",
    "reviewed_again",
    "reviewed_in_time",
    "revised_within",
    "revisions_in_effect",
    "revisions_published",
]

_DECIDES: Final = "PBJW-s44-4-decide"
_LATER: Final = "PBJW-s44-5b-next-clock"
_NEW: Final = "PBJW-s47-new-not-revised"
_REVIEWED: Final = "PBJW-s44-5yr-review"

_KEPT: Final = "no change"


# -- reviews -----------------------------------------------------------------------------------------------------


def _last_day(p: Partnership, start: date) -> date:
    """Give the last day for a review after a day."""
    return last_day_of_period(start, years=p.law.number("years between scheme reviews"))


def _starts(p: Partnership) -> list[date]:
    """List the days so far from which another five years run, in order."""
    ends = [one.decided_on for one in p.scheme.reviews.items if decided_by(one) == _KEPT]
    days = (*ends, *(one.effect_on for one in p.scheme.revisions.items))
    return sorted({one for one in days if isinstance(one, date) and one <= p.as_at})


def _reviewed_within(p: Partnership, start: date, last: date) -> Partnership:
    """
    Let a review be done in a period.

    One of a day not recorded was done on its last day, or else the first that was done later, unless another period
    may need it where it is; without either, a review that ended with no change is added.
    """
    reviews, starts = p.scheme.reviews, _starts(p)
    for one in reviews.items:
        done, decided_on = one.completed_on, one.decided_on
        if done is UNKNOWN and not (isinstance(decided_on, date) and decided_on <= start):
            day = min(last, decided_on) if isinstance(decided_on, date) else last
        elif isinstance(done, date) and last < done and not any(last <= other < done for other in starts):
            day = last
        else:
            continue
        moved = attrs.evolve(one, completed_on=day)
        others = [other for other in reviews.items if other is not one]
        return with_scheme(p, reviews=Listing((*others, moved), reviews.complete))
    fresh = Review(completed_on=last, decided_on=last, outcome=_KEPT)
    return with_scheme(p, reviews=Listing((*reviews.items, fresh), reviews.complete))


@mends(_REVIEWED)
def reviewed_in_time(p: Partnership) -> Partnership:
    """Let the scheme be reviewed by the end of the five years from its approval."""
    changed = with_decision(p)
    day = changed.scheme.approved_on
    if isinstance(day, date) and find(_REVIEWED).is_open(changed):
        changed = _reviewed_within(changed, day, _last_day(p, day))
    return kept_too(p, changed, _LATER, _DECIDES)


def _is_unsure(p: Partnership, one: Review) -> bool:
    """Tell whether a review may have ended with no change: in words that leave it open, or on a day not recorded."""
    said = decided_by(one)
    if said in CLEAR and not (said == _KEPT and one.decided_on is UNKNOWN):
        return False
    days = [day for day in (one.decided_on, one.completed_on) if isinstance(day, date)]
    return not days or days[0] <= p.as_at


def _with_decision(p: Partnership, one: Review, *, in_clear_words: bool = False) -> Review:
    """Let a review end with a decision: of no change, on the day it was done, as far as neither was recorded."""
    done = one.completed_on if isinstance(one.completed_on, date) and one.completed_on <= p.as_at else p.as_at
    said = one.outcome if isinstance(one.outcome, str) and one.outcome.strip() else _KEPT
    said = _KEPT if in_clear_words and decided_by(one) not in CLEAR else said
    return attrs.evolve(one, outcome=said, decided_on=one.decided_on if isinstance(one.decided_on, date) else done)


def _going_on(p: Partnership, start: date, last: date) -> Partnership:
    """Let the last review in a period end with no change, so that another five years begin."""
    done = [
        (one.completed_on, place)
        for place, one in enumerate(p.scheme.reviews.items)
        if isinstance(one.completed_on, date) and start < one.completed_on <= last
    ]
    if not done:
        return _reviewed_within(p, start, last)
    day, place = max(done)
    reviews = list(p.scheme.reviews.items)
    decided_on = reviews[place].decided_on
    fits = isinstance(decided_on, date) and day <= decided_on <= p.as_at
    reviews[place] = attrs.evolve(reviews[place], outcome=_KEPT, decided_on=decided_on if fits else day)
    return with_scheme(p, reviews=reviews)


@mends(_LATER)
def reviewed_again(p: Partnership) -> Partnership:
    """Let the scheme be reviewed in every five years that began with a decision or a revision."""
    reviews = [
        _with_decision(p, one, in_clear_words=True) if _is_unsure(p, one) else one for one in p.scheme.reviews.items
    ]
    revisions = [
        attrs.evolve(one, effect_on=None) if one.effect_on is UNKNOWN else one for one in p.scheme.revisions.items
    ]
    changed = with_scheme(p, reviews=reviews, revisions=revisions)
    while find(_LATER).is_open(changed):
        changed = _going_on(changed, *_first_gap(changed))
    return kept_too(p, changed, _DECIDES)


def _first_gap(p: Partnership) -> tuple[date, date]:
    """Give the first period that has no review, or none from which another one began."""
    starts = _starts(p)
    done = [one.completed_on for one in p.scheme.reviews.items if isinstance(one.completed_on, date)]
    periods = [(one, _last_day(p, one)) for one in starts]
    return next(
        (start, last)
        for start, last in periods
        if last < p.as_at
        and not any(start < one <= last for one in starts)
        and (start == starts[-1] or not any(start < one <= last for one in done))
    )


@mends(_DECIDES)
def decided(p: Partnership) -> Partnership:
    """Let every review end with a decision, and record that people were consulted on it."""
    reviews = [
        one
        if one.completed_on is None or (isinstance(one.completed_on, date) and one.completed_on > p.as_at)
        else _with_decision(p, one)
        for one in p.scheme.reviews.items
    ]
    changed = with_scheme(p, reviews=reviews)
    changed = recorded(_DECIDES)(changed) if find(_DECIDES).is_open(changed) else changed
    return kept_too(p, changed, _LATER)


# -- revised schemes ---------------------------------------------------------------------------------------------


def _out(p: Partnership, one: Revision) -> Revision:
    """Publish a revised scheme on the day it takes effect; one of a day not recorded has no effect yet."""
    effect, out = one.effect_on, one.published_on
    if not isinstance(effect, date):
        return attrs.evolve(one, effect_on=None)
    late = effect < p.as_at and not (isinstance(out, date) and out <= p.as_at)
    return attrs.evolve(one, published_on=effect) if late else one


@mends("PBJW-s46-8-publish")
def revisions_published(p: Partnership) -> Partnership:
    """Publish each revised scheme that is in effect."""
    return with_scheme(p, revisions=[_out(p, one) for one in p.scheme.revisions.items])


def _lawful(p: Partnership, one: Revision) -> Revision:
    """Let Ministers approve a revised scheme by the day it takes effect; one of no day recorded has no effect yet."""
    effect, day, sent = one.effect_on, one.approved_on, one.submitted_on
    if not isinstance(effect, date):
        return attrs.evolve(one, effect_on=None)
    if effect > p.as_at:
        return one
    by: dict[str, str] = {"approved_by": MINISTERS.id, "effect_set_by": MINISTERS.id}
    if isinstance(day, date) and day <= effect:
        return attrs.evolve(one, **by)  # type: ignore[arg-type]
    if isinstance(sent, date) and sent > effect:
        day = max(day, sent) if isinstance(day, date) else sent
        return attrs.evolve(one, approved_on=day, effect_on=day, **by)  # type: ignore[arg-type]
    return attrs.evolve(one, approved_on=effect, **by)  # type: ignore[arg-type]


@mends("PBJW-s46-approval-effect")
def revisions_in_effect(p: Partnership) -> Partnership:
    """Let Ministers approve each revised scheme in effect, and name its day."""
    changed = with_scheme(p, revisions=[_lawful(p, one) for one in p.scheme.revisions.items])
    return kept_too(p, changed, _LATER)


def _as_it_was(p: Partnership, one: Revision) -> Revision:
    """Let a revised scheme change neither the model nor the councils."""
    if not find(_NEW).is_open(with_scheme(p, revisions=[one])):
        return one
    named, parties = one.local_authorities, p.scheme.local_authorities
    same = named is not None and named.complete and parties.complete and named.items == parties.items
    model = one.model if one.model == p.model.letter else None
    return attrs.evolve(one, model=model, local_authorities=named if same else None)


@mends(_NEW)
def revised_within(p: Partnership) -> Partnership:
    """Let no revised scheme change the model or the councils."""
    return with_scheme(p, revisions=[_as_it_was(p, one) for one in p.scheme.revisions.items])
