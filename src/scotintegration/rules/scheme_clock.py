"""Rules about the days of a scheme: when it is submitted, published, reviewed and revised (part 5A)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from scotintegration.bodies import MINISTERS
from scotintegration.dates import add_years, last_day_of_period
from scotintegration.rules._boards import rest
from scotintegration.rules._engine import rule
from scotintegration.rules._records import as_recorded, as_recorded_each, not_kept
from scotintegration.rules._schemes import CLEAR, PARTIES, councils_of, decided_by, with_scheme
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.rules.parties import FIRST_DUE
from scotintegration.schemes import Review
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration._fields import MaybeDate
    from scotintegration.partnership import Partnership
    from scotintegration.revisions import Revision

__all__ = [
    "PATIENCE",
    "later_reviews",
    "requests_heard",
    "review_decided",
    "revision_in_effect",
    "revision_published",
    "scheme_published",
    "submitted_in_time",
]

PATIENCE: Final = 1
"""The years after which what is to be published as soon as practicable counts as late; the Act sets no limit."""

_DECIDES: Final = "PBJW-s44-4-decide"
_REQUESTS: Final = "PBJW-s45-2-request"
_KEPT: Final = "no change"
_UNDATED: Final = "a decision of a day not recorded"


# -- submitting and publishing -----------------------------------------------------------------------------------


def _late(p: Partnership) -> Partnership:
    return with_scheme(p, submitted_on="2015-06-01")


@rule(
    "PBJW-s7-submit-by",
    cites="2014 asp 9 s.7(1); SSI 2014/284 reg.2",
    severity="statute",
    topic="scheme",
    in_force="2014-11-28",
    duty_on=PARTIES,
    fields="S.is_first; S.submitted_on; S.substituted_day",
    passes="body-corporate",
    fails=_late,
)
def submitted_in_time(p: Partnership, on: date) -> Iterator[Verdict]:
    """A first scheme goes to Ministers before 1 April 2015, or before the later day that they put in its place."""
    scheme = p.scheme
    sent = scheme.submitted_on
    if on < FIRST_DUE or (isinstance(sent, date) and sent < FIRST_DUE):
        return
    if known(scheme.replaces, "whether it is the first scheme") is not None:
        return
    later = known(scheme.substituted_day, "whether Ministers put a later day for submitting it")
    due = later or FIRST_DUE
    if on < due:
        return
    sent = known(sent, "the day the scheme went to Ministers")
    if sent is None or sent >= due:
        what = "it never went to Ministers" if sent is None else f"it went to Ministers on {sent.isoformat()}"
        mend = "ask Ministers for a later day, or let them act for want of a scheme"
        yield fail("scheme.submitted_on", f"{what}; the day was to be before {due.isoformat()}", mend=mend)


def _out(where: str, since: MaybeDate, published: MaybeDate, on: date, *, early: bool) -> Iterator[Verdict]:
    """
    Find that what is to be published as soon as practicable is not out.

    *early* lets it have been out before the day that starts the duty.
    """
    if since is None or (isinstance(since, date) and since >= on):
        return
    if published is UNKNOWN or since is UNKNOWN:
        yield cannot_tell(where, "whether it was published, or the day from which it was to be")
        return
    day = since.isoformat()
    if published is None or published > on:
        said = warn if on < add_years(since, PATIENCE) else fail
        yield said(where, f"due as soon as practicable after {day}, and not published", mend="publish it")
    elif published < since and not early:
        what = f"published on {published.isoformat()}, before its day, {day}"
        yield fail(where, what, mend="publish it as it was approved")


def _scheme_unpublished(p: Partnership) -> Partnership:
    return with_scheme(p, published_on=None)


@rule(
    "PBJW-s8-publish",
    cites="2014 asp 9 s.8",
    severity="statute",
    topic="scheme",
    basis="evidence",
    in_force="2014-09-22",
    duty_on=PARTIES,
    fields="S.approved_on; S.published_on",
    passes="body-corporate",
    fails=_scheme_unpublished,
)
def scheme_published(p: Partnership, on: date) -> Iterator[Verdict]:
    """A scheme is published as soon as practicable once it is approved."""
    yield from _out("scheme.published_on", p.scheme.approved_on, p.scheme.published_on, on, early=False)


def _revised(p: Partnership, **changes: object) -> Partnership:
    """Change every revision."""
    changed = p.scheme.revisions.map(lambda one: attrs.evolve(one, **changes))  # type: ignore[arg-type]
    return with_scheme(p, revisions=changed)


def _revision_unpublished(p: Partnership) -> Partnership:
    return _revised(p, published_on=None)


@rule(
    "PBJW-s46-8-publish",
    cites="2014 asp 9 s.46(8)",
    severity="statute",
    topic="scheme",
    basis="evidence",
    in_force="2014-09-22",
    duty_on=PARTIES,
    fields="S.revisions.effect_on; S.revisions.published_on",
    passes="body-corporate",
    fails=_revision_unpublished,
)
def revision_published(p: Partnership, on: date) -> Iterator[Verdict]:
    """A revised scheme is published as soon as practicable once it has taken effect."""
    for one in p.scheme.revisions.items:
        where = f"scheme.revisions[{one.id!r}].published_on"
        yield from _out(where, one.effect_on, one.published_on, on, early=True)
    yield from rest(p.scheme.revisions, "scheme.revisions", "how else the scheme was revised")


def _day_of_their_own(p: Partnership) -> Partnership:
    return _revised(p, effect_set_by=councils_of(p)[0])


@rule(
    "PBJW-s46-approval-effect",
    cites="2014 asp 9 s.46(6)-(7)",
    severity="statute",
    topic="scheme",
    in_force="2014-09-22",
    duty_on=PARTIES,
    fields="S.revisions.approved_by; S.revisions.approved_on; S.revisions.effect_on; S.revisions.effect_set_by",
    passes="body-corporate",
    fails=_day_of_their_own,
)
def revision_in_effect(p: Partnership, on: date) -> Iterator[Verdict]:
    """A revised scheme takes effect only once Ministers approve it, on a day that they name."""
    for one in p.scheme.revisions.items:
        yield from _effect(one, on)
    yield from rest(p.scheme.revisions, "scheme.revisions", "how else the scheme was revised")


def _effect(one: Revision, on: date) -> Iterator[Verdict]:
    """Find that a revised scheme took effect without Ministers."""
    where = f"scheme.revisions[{one.id!r}]"
    effect, mend = one.effect_on, "let Ministers approve it and name the day on which it takes effect"
    if effect is None or (isinstance(effect, date) and effect > on):
        return
    for field, who, verb in (
        ("approved_by", one.approved_by, "approved"),
        ("effect_set_by", one.effect_set_by, "given its day"),
    ):
        if who is UNKNOWN or effect is UNKNOWN:
            yield cannot_tell(f"{where}.{field}", f"by whom it was {verb}, or the day it takes effect")
        elif who != MINISTERS.id:
            yield fail(f"{where}.{field}", f"{verb} by {who or 'nobody'}, not by Ministers", mend=mend)
    approved = one.approved_on
    if approved is UNKNOWN or effect is UNKNOWN:
        yield cannot_tell(f"{where}.approved_on", "the day it was approved, or the day it takes effect")
    elif approved is None or approved > effect:
        what = "not approved" if approved is None else f"approved on {approved.isoformat()}"
        yield fail(f"{where}.approved_on", f"{what}, and in effect from {effect.isoformat()}", mend=mend)


# -- reviews -----------------------------------------------------------------------------------------------------


def _decision_of(review: Review, on: date) -> Iterator[Verdict]:
    """Find that a review ended without a decision."""
    done = review.completed_on
    if done is None or (isinstance(done, date) and done > on):
        return
    said = "a review" if done is UNKNOWN else f"the review of {done.isoformat()}"
    if UNKNOWN in (review.outcome, review.decided_on):
        yield cannot_tell("scheme.reviews", f"what came of {said}, and when")
    elif review.decided_on is None or not str(review.outcome or "").strip():
        if done is UNKNOWN:
            yield cannot_tell("scheme.reviews", "the day of a review that led to no decision")
        else:
            mend = "decide whether any change is needed, and record the decision"
            yield fail("scheme.reviews", f"{said} led to no decision", mend=mend)


def _undecided(p: Partnership) -> Partnership:
    *earlier, last = p.scheme.reviews.items
    return with_scheme(p, reviews=[*earlier, attrs.evolve(last, outcome=None, decided_on=None)])


@rule(
    _DECIDES,
    cites="2014 asp 9 s.44(4), 45(5)",
    severity="statute",
    topic="scheme",
    basis="evidence",
    in_force="2014-09-22",
    duty_on=PARTIES,
    fields="S.reviews.decision; S.reviews.consulted",
    passes="body-corporate",
    fails=_undecided,
)
def review_decided(p: Partnership, on: date) -> Iterator[Verdict]:
    """A review of the scheme ends, after consultation, with a decision whether any change is needed."""
    for review in p.scheme.reviews.items:
        yield from _decision_of(review, on)
    if any(isinstance(one.completed_on, date) and one.completed_on <= on for one in p.scheme.reviews.items):
        what = "people were consulted in the review of the scheme"
        mend = "consult before it is decided whether any change is needed"
        days = p.scheme.reviews.map(
            lambda one: one.decided_on if isinstance(one.decided_on, date) else one.completed_on
        )
        yield from as_recorded_each(p, _DECIDES, what, mend, of="the latest review", days=days)
    yield from rest(p.scheme.reviews, "scheme.reviews", "which other reviews were done")


@rule(
    _REQUESTS,
    cites="2014 asp 9 s.45(2)",
    severity="statute",
    topic="scheme",
    basis="evidence",
    in_force="2014-09-22",
    duty_on=PARTIES,
    fields="S.requests.by; S.requests.review",
    passes="body-corporate",
    fails=not_kept(_REQUESTS),
)
def requests_heard(p: Partnership, on: date) -> Iterator[Verdict]:
    """Whenever a council or the Health Board asks for it, the scheme is reviewed together."""
    what = "every request for a review led to one"
    yield from as_recorded(p, _REQUESTS, what, "carry out the review that was asked for")


class Start(NamedTuple):
    """A day from which another five years run, or the earliest that it can be."""

    day: date | None
    sure: bool
    why: str


def _starts(p: Partnership, on: date) -> tuple[Start, ...]:
    """List what ended a review: decisions that no change is needed, and days on which a revision took effect."""
    found = []
    for review in p.scheme.reviews.items:
        said = decided_by(review)
        if said not in CLEAR or (said == _KEPT and review.decided_on is UNKNOWN):
            done = review.decided_on if isinstance(review.decided_on, date) else review.completed_on
            why = _UNDATED if said in (UNKNOWN, _KEPT) else f"a review that ended with {review.outcome!r}"
            found.append(Start(done if isinstance(done, date) else None, False, why))
        elif said == _KEPT and isinstance(review.decided_on, date):
            found.append(Start(review.decided_on, True, "the decision that no change is needed"))
    for one in p.scheme.revisions.items:
        if one.effect_on is UNKNOWN:
            approved = one.approved_on if isinstance(one.approved_on, date) else None
            found.append(Start(approved, False, "a revision in effect from a day not recorded"))
        elif one.effect_on is not None:
            found.append(Start(one.effect_on, True, "the day a revision took effect"))
    return tuple(one for one in found if one.day is None or one.day <= on)


def _a_day_late(p: Partnership) -> Partnership:
    """Let the review after a decision be done on the fifth anniversary of it."""
    reviews = [
        Review(completed_on="2019-05-13", decided_on="2019-06-03", outcome=_KEPT),
        Review(completed_on="2024-06-03", decided_on="2024-06-24", outcome=_KEPT),
    ]
    return with_scheme(p, reviews=reviews)


@rule(
    "PBJW-s44-5b-next-clock",
    cites="2014 asp 9 s.44(5)(b)",
    severity="statute",
    topic="scheme",
    in_force="2014-09-22",
    duty_on=PARTIES,
    fields="S.reviews.outcome; S.reviews.decided_on; S.reviews.completed_on; S.revisions.effect_on",
    passes="body-corporate",
    fails=_a_day_late,
)
def later_reviews(p: Partnership, on: date) -> Iterator[Verdict]:
    """Each later review is done before five years are over from the decision, or the revision, that ended the last."""
    years = p.law.number("years between scheme reviews")
    starts = _starts(p, on)
    in_full = p.scheme.reviews.complete and p.scheme.revisions.complete
    unclear = not in_full or any(one.completed_on is UNKNOWN for one in p.scheme.reviews.items)
    unclear = unclear or any(not one.sure for one in starts)
    done = [one.completed_on for one in p.scheme.reviews.items if isinstance(one.completed_on, date)]
    certain = sorted({one.day: one for one in starts if one.sure and one.day is not None}.items())
    for start, because in certain:
        last = last_day_of_period(start, years=years)
        if on <= last or any(start < other <= last for other, _ in certain):
            continue
        where, considered = (
            "scheme.reviews",
            [(f"review of {one.isoformat()}", "not within the five years") for one in done],
        )
        if any(start < one <= last for one in done):
            if not unclear and not any(other > start for other, _ in certain):
                what = f"the review after {start.isoformat()} led to no revision, and started no new period"
                yield warn(where, what, mend="decide what is to follow, so that it is known when to review again")
        elif unclear:
            yield cannot_tell(where, f"whether a review was done by {last.isoformat()}")
        else:
            what = f"no review from {start.isoformat()}, {because.why}, to {last.isoformat()}"
            yield fail(where, what, mend="review the scheme now, and record the day", considered=considered)
    if not in_full:
        yield cannot_tell("scheme.reviews", "which other reviews and revisions there were")
    for one in starts:
        if not one.sure and (one.day is None or on > last_day_of_period(one.day, years=years)):
            yield cannot_tell("scheme.reviews", f"when the five years began after {one.why}")
