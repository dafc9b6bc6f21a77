"""Rules about integration schemes: the model, methods of finding money, what is set out, approval and review (5A)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration.dates import last_day_of_period
from scotintegration.errors import UnknownFactError
from scotintegration.lines import Layer
from scotintegration.rules._boards import board_of, rest, some
from scotintegration.rules._engine import rule
from scotintegration.rules._schemes import PARTIES, councils_of, first_from, standing, with_function, with_scheme
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.schemes import Review, items_for
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = [
    "approved_before_effect",
    "five_year_review",
    "items_complete",
    "line_to_both",
    "no_council_set_aside",
    "one_model",
    "payment_method",
    "set_aside_method",
]


def _of_two_models(p: Partnership) -> Partnership:
    return with_scheme(p, models="a+c")


@rule(
    "PBJW-s1-4-one-model",
    cites="2014 asp 9 s.1(3)(a), (4)",
    severity="statute",
    topic="scheme",
    in_force="2014-04-02",
    duty_on=PARTIES,
    fields="S.model",
    passes="body-corporate",
    fails=_of_two_models,
)
def one_model(p: Partnership, on: date) -> Iterator[Verdict]:
    """The scheme uses exactly one of the four models."""
    models = p.scheme.models
    if len(models) != 1:
        named = " and ".join(model.letter for model in models) or "none"
        yield fail("scheme.models", f"models named: {named}", mend="name one model, of the letters a to d")


def _no_method_of_set_aside(p: Partnership) -> Partnership:
    return with_scheme(p, set_aside_method=None)


@rule(
    "PBJW-s1-3d-set-aside-method",
    cites="2014 asp 9 s.1(3)(d), (14)",
    severity="statute",
    topic="scheme",
    models="acd",
    in_force="2014-04-02",
    duty_on=PARTIES,
    fields="F.delegator; F.in_hospital; F.hospital_in_hb_area; F.la_areas; F.deemed_out; S.set_aside_method",
    passes="large-hospital",
    fails=_no_method_of_set_aside,
)
def set_aside_method(p: Partnership, on: date) -> Iterator[Verdict]:
    """The scheme says how sums set aside are found where hospital services serve several council areas."""
    method = p.scheme.set_aside_method
    if isinstance(method, str) and method.strip():
        return
    functions = standing(p, on)
    for one in functions.items:
        where = f"functions[{one.id!r}]"
        try:
            caught = one.delegator == p.health_board.id and one.needs_set_aside_method
        except UnknownFactError as missing:
            yield cannot_tell(where, f"{missing.what} is not recorded")
            continue
        if caught and method is UNKNOWN:
            yield cannot_tell("scheme.set_aside_method", "how the scheme finds sums set aside is not recorded")
        elif caught:
            yield fail(
                where,
                f"hospital service for {one.la_areas} council areas, and the scheme has no method for sums set aside",
                mend="set out a method of finding the sum, or record that the Health Board pays for it instead",
            )
    yield from rest(functions, "scheme.functions", "what else the scheme delegates")


def _no_method_of_payment(p: Partnership) -> Partnership:
    return with_function(p, first_from(p, *councils_of(p)), method=None)


@rule(
    "PBJW-s1-3e-payment-method",
    cites="2014 asp 9 s.1(3)(e)",
    severity="statute",
    topic="scheme",
    in_force="2014-04-02",
    duty_on=PARTIES,
    fields="F.id; F.funding; S.payment_method",
    passes="body-corporate",
    fails=_no_method_of_payment,
)
def payment_method(p: Partnership, on: date) -> Iterator[Verdict]:
    """The scheme says how the payment is found for every function that no sum is set aside for."""
    functions = standing(p, on)
    for one in functions.items:
        where = f"functions[{one.id!r}].method"
        if one.method is not UNKNOWN and (one.method or "").strip():
            continue
        if one.funding is UNKNOWN:
            yield cannot_tell(where, "how it is funded, and the method of finding its payment, are not recorded")
        elif one.is_set_aside:
            continue
        elif one.method is UNKNOWN:
            yield cannot_tell(where, "the method of finding its payment is not recorded")
        else:
            yield fail(where, "no method of finding its payment", mend="set out in the scheme how it is found")
    yield from rest(functions, "scheme.functions", "what else the scheme delegates")


def _council_sets_aside(p: Partnership) -> Partnership:
    return with_function(p, first_from(p, *councils_of(p)), funding="set-aside")


@rule(
    "PBJW-s1-14-no-la-set-aside",
    cites="2014 asp 9 s.1(14), 14(2)",
    severity="statute",
    topic="scheme",
    in_force="2014-04-02",
    modality="must_not",
    duty_on=PARTIES,
    fields="F.delegator; F.funding",
    passes="body-corporate",
    fails=_council_sets_aside,
)
def no_council_set_aside(p: Partnership, on: date) -> Iterator[Verdict]:
    """No sum is set aside for a function that a council delegates."""
    functions = standing(p, on)
    for one in functions.items:
        if one.delegator not in councils_of(p):
            continue
        if one.funding is UNKNOWN:
            yield cannot_tell(f"functions[{one.id!r}].funding", "how it is funded is not recorded")
        elif one.is_set_aside:
            what = f"delegated by {one.delegator}, with a sum set aside"
            yield fail(f"functions[{one.id!r}].funding", what, mend=f"let {one.delegator} pay for it instead")
    yield from rest(functions, "scheme.functions", "what else the scheme delegates")


def _no_risk(p: Partnership) -> Partnership:
    return with_scheme(p, items=[slug for slug in p.scheme.items.items if slug != "risk"])


@rule(
    "ISR-items-complete",
    cites="SSI 2014/341 reg.2(1)",
    severity="statute",
    topic="scheme",
    in_force="2014-11-28",
    duty_on=PARTIES,
    fields="S.model; S.basis; S.items",
    passes="body-corporate",
    fails=_no_risk,
)
def items_complete(p: Partnership, on: date) -> Iterator[Verdict]:
    """The scheme sets out every prescribed item that is relevant to its model."""
    scheme = p.scheme
    missing = [item for item in items_for(p.model, scheme.basis) if item.slug not in scheme.items.items]
    if missing and scheme.items.complete:
        what = f"not set out: {some(item.slug for item in missing)}"
        yield fail("scheme.items", what, mend=f"set out {'; '.join(item.content for item in missing)}")
    elif missing:
        slugs = some(item.slug for item in missing)
        yield cannot_tell("scheme.items", f"whether the scheme sets out {slugs} is not recorded")


def _line_to_one(p: Partnership) -> Partnership:
    posts = p.posts.map(
        lambda post: attrs.evolve(post, answers_to=[p.health_board.id]) if post.kind == "ChiefOfficer" else post
    )
    return p.evolve(posts=posts)


@rule(
    "ISR-co-line-both",
    cites="SSI 2014/341 sch",
    severity="statute",
    topic="scheme",
    models="a",
    in_force="2014-11-28",
    duty_on=PARTIES,
    fields="S.items.co_line; lines; S.parties",
    passes="body-corporate",
    fails=_line_to_one,
)
def line_to_both(p: Partnership, on: date) -> Iterator[Verdict]:
    """Line management makes the chief officer accountable to each constituent authority."""
    post = known(p.chief_officer, "the post of chief officer")
    if post is None:
        yield fail("posts", "there is no post of chief officer", mend="create it, with a line to each party")
        return
    node, heard = p.node_id(post.post), post.post.answers_to
    asserted = {
        line.to_id for line in p.lines if line.kind is Layer.ACCOUNTABILITY and line.from_id == node and on in line.days
    }
    where = f"posts[{post.post.id!r}].answers_to"
    missing = [party.id for party in p.parties if party.id not in {*heard.items, *asserted}]
    if missing and heard.complete:
        yield fail(where, f"no line to {some(missing)}", mend=f"make the chief officer answer to {some(missing)} too")
    elif missing:
        yield cannot_tell(where, f"whether the chief officer answers to {some(missing)} is not recorded")


def _reviewed_a_day_late(p: Partnership) -> Partnership:
    return with_scheme(p, approved_on="2015-06-01", reviews=[Review(completed_on="2020-06-01", outcome="no change")])


@rule(
    "PBJW-s44-5yr-review",
    cites="2014 asp 9 s.44(2), (5)(a)",
    severity="statute",
    topic="scheme",
    in_force="2014-09-22",
    duty_on=PARTIES,
    fields="S.approved_on; S.reviews.completed_on",
    passes="body-corporate",
    fails=_reviewed_a_day_late,
)
def five_year_review(p: Partnership, on: date) -> Iterator[Verdict]:
    """The scheme is reviewed before five years from its approval are over."""
    approved = known(p.scheme.approved_on, "the day Ministers approved the scheme")
    if approved is None:
        return
    last = last_day_of_period(approved, years=p.law.number("years between scheme reviews"))
    reviews = p.scheme.reviews
    if on <= last or any(
        isinstance(one.completed_on, date) and approved <= one.completed_on <= last for one in reviews.items
    ):
        return
    if not reviews.complete or any(one.completed_on is UNKNOWN for one in reviews.items):
        yield cannot_tell("scheme.reviews", f"whether a review was done by {last.isoformat()} is not recorded")
        return
    done = [one.completed_on.isoformat() for one in reviews.items if isinstance(one.completed_on, date)]
    yield fail(
        "scheme.reviews",
        f"approved on {approved.isoformat()}, no review by {last.isoformat()}",
        mend="review the scheme now and record the day the review is done",
        considered=[(f"review of {day}", "done after the five years") for day in done],
    )


def _established_first(p: Partnership) -> Partnership:
    return p.evolve(ijb=attrs.evolve(board_of(p), established_on="2015-05-31"))


@rule(
    "PBJW-s7-approved-before-effect",
    cites="2014 asp 9 ss.7, 9(1), 15(1)",
    severity="statute",
    topic="scheme",
    in_force="2014-09-22",
    duty_on=PARTIES,
    fields="S.approved_on; B.established_on; S.delegated_on",
    passes="body-corporate",
    fails=_established_first,
)
def approved_before_effect(p: Partnership, on: date) -> Iterator[Verdict]:
    """No board is established and nothing is delegated before Ministers approve the scheme."""
    approved = p.scheme.approved_on
    effects = [("scheme.delegated_on", "functions passed", p.scheme.delegated_on)]
    if p.ijb is not None:
        effects.append(("ijb.established_on", "the board was established", p.ijb.established_on))
    for where, what, when in effects:
        if when is None or (isinstance(when, date) and when > on):
            continue
        if when is UNKNOWN or approved is UNKNOWN:
            yield cannot_tell(where, f"the day {what}, or the day Ministers approved the scheme, is not recorded")
        elif approved is None or when < approved:
            said = "nobody approved the scheme" if approved is None else f"approval came on {approved.isoformat()}"
            mend = "correct the day, or begin again once the scheme is approved"
            yield fail(where, f"{what} on {when.isoformat()}, {said}", mend=mend)
