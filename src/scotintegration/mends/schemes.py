"""Mends of schemes: the model, who makes them, what they set out, and the board that comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.bodies import IJB, Seats
from scotintegration.dates import add_months
from scotintegration.lines import Layer
from scotintegration.mends._table import Change, mends, record, record_waiting, recorded, settled
from scotintegration.officers import ChiefOfficer
from scotintegration.rules import find
from scotintegration.rules._schemes import councils_of, with_scheme
from scotintegration.schemes import Basis, Model, items_for
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration._fields import MaybeCount
    from scotintegration.officers import ChairPeriod
    from scotintegration.partnership import Partnership
    from scotintegration.schemes import Arrangement

__all__ = [
    "acting_accordingly",
    "answering_to_both",
    "established_by",
    "established_by_order",
    "kept_too",
    "made_by_all",
    "made_under",
    "of_one_model",
    "setting_out",
    "with_area",
    "with_one_lead",
    "with_other_schemes",
    "without_agency",
]

_ACTS: Final = "ISR-reg2-3-act-accordingly"
_BASIS: Final = "PBJW-s2-single-or-joint"
_ITEMS: Final = "ISR-items-complete"
_LEAD: Final = "PBJW-s2-5-lead-authority"
_LISTED: Final = "PBJW-s1-3b-functions-listed"
_NEW: Final = "PBJW-s47-new-not-revised"
_OTHERS: Final = "PBJW-s2-6-cross-scheme"
_DAY: Final = timedelta(days=1)


def kept_too(before: Partnership, after: Partnership, *rules: str) -> Partnership:
    """Mend the rules that a change left open though they were kept, or did not apply, before it."""
    return settled(after, *(rule for rule in rules if not find(rule).is_open(before)))


# -- the model and the parties -----------------------------------------------------------------------------------


@mends("PBJW-s1-4-one-model")
def of_one_model(p: Partnership) -> Partnership:
    """Let the scheme name the model of the bodies that there are: a board, or else the roles of lead agencies."""
    leads = {role.body for role in p.lead_agencies}
    to_board, to_council = p.health_board.id in leads, bool(leads - {p.health_board.id})
    if p.ijb is not None:
        model = Model.BODY_CORPORATE
    elif not leads:
        model = next(iter(p.scheme.models), Model.BODY_CORPORATE)
    else:
        model = Model.BOTH_WAYS if to_board and to_council else Model.LA_TO_HB if to_board else Model.HB_TO_LA
    return with_scheme(p, models=[model])


@mends("PBJW-s1-2-joint-scheme")
def made_by_all(p: Partnership) -> Partnership:
    """Make the Health Board and every council parties to the scheme, and let no other have taken its place."""
    parties, ended = p.scheme.local_authorities, p.scheme.replaced_on
    changed = with_scheme(
        p,
        health_board=p.health_board.id,
        local_authorities=Listing((*parties.items, *councils_of(p)), parties.complete),
        replaced_on=ended if isinstance(ended, date) and ended > p.as_at else None,
    )
    return kept_too(p, changed, _BASIS, _NEW)


def with_area(p: Partnership) -> Partnership:
    """
    Let the area of the Health Board hold no councils but those known of, the parties among them.

    A scheme for the only council of an area is made under the provision for that.
    """
    area = p.health_board.local_authorities
    if area.complete:
        return p
    known = {*area.items, *p.scheme.local_authorities.items, *councils_of(p)}
    p = p.evolve(health_board=attrs.evolve(p.health_board, local_authorities=known))
    alone = len(known) == 1 and not p.scheme.is_joint
    return with_scheme(p, basis=Basis.SAME_AREA) if alone else p


@mends(_BASIS)
def made_under(p: Partnership) -> Partnership:
    """Make the scheme under the provision for as many councils as made it, once it is known which did."""
    parties = p.scheme.local_authorities
    changed = p
    if len({*p.health_board.local_authorities.items, *parties.items}) < 2:
        changed = with_area(p)
        if not find(_BASIS).is_open(changed):
            return changed
    if len(parties.items) < 2 and not (parties.items and parties.complete):
        changed = with_scheme(changed, local_authorities=[*parties.items, *councils_of(p)])
    single = len(changed.scheme.local_authorities.items) == 1
    changed = with_scheme(changed, basis=Basis.SINGLE if single else Basis.JOINT)
    return kept_too(p, changed, _NEW, _LEAD, _LISTED, _ITEMS)


@mends(_LEAD)
def with_one_lead(p: Partnership) -> Partnership:
    """Let the council that has the role of lead agency, or else the first that functions go to, lead the scheme."""
    councils = councils_of(p)
    receives = [role.body for role in p.lead_agencies] + [one.delegate for one in p.scheme.functions.items]
    lead = next((body for body in receives if body in councils), councils[0])
    return kept_too(p, with_scheme(p, lead_authority=lead), _LISTED)


@mends(_OTHERS)
def with_other_schemes(p: Partnership) -> Partnership:
    """Say which councils the Health Board's area holds and, where others are among them, that they were weighed."""
    changed = with_area(p)
    return recorded(_OTHERS)(changed) if find(_OTHERS).is_open(changed) else changed


def _ended(one: Arrangement, on: date) -> Arrangement | None:
    """End an arrangement the day before, unless it is over or still to come; None where it began that very day."""
    start = None if one.start is UNKNOWN else one.start
    if start is not None and start > on:
        return attrs.evolve(one, until=None if one.until is UNKNOWN else one.until)
    over = isinstance(one.until, date) and one.until < on
    if start == on:
        return None
    return attrs.evolve(one, start=start, until=one.until if over else on - _DAY)


@mends("PBJW-s57-no-la-agency")
def without_agency(p: Partnership) -> Partnership:
    """End the arrangements by which one council discharges what the Act asks of another."""
    rule, kept = find("PBJW-s57-no-la-agency"), []
    for one in p.scheme.arrangements.items:
        alone = with_scheme(p, arrangements=[one])
        ended = _ended(one, p.as_at) if rule.is_open(alone) else one
        kept += [] if ended is None else [ended]
    return with_scheme(p, arrangements=kept)


# -- what a scheme sets out, and that it was done ----------------------------------------------------------------

_SAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ISR-co-interim": "co-interim",
        "ISR-dispute": "dispute",
        "ISR-fin-report-freq": "fin-report",
        "ISR-variance": "fin-variance",
    }
)
"""The one prescribed item that each of these rules asks for."""


def _with_items(p: Partnership, *slugs: str) -> Partnership:
    """Add prescribed items to those that the scheme sets out."""
    items = p.scheme.items
    return with_scheme(p, items=Listing((*items.items, *slugs), items.complete))


def _saying(slug: str) -> Change:
    """Make a change that lets the scheme set out one prescribed item."""
    return lambda p: _with_items(p, slug)


for _rule, _slug in _SAID.items():
    mends(_rule)(_saying(_slug))
del _rule, _slug


@mends(_ITEMS)
def setting_out(p: Partnership) -> Partnership:
    """Let the scheme set out every prescribed item that is relevant to its model."""
    return _with_items(p, *(item.slug for item in items_for(p.model, p.scheme.basis)))


record("PBJW-s3-regard", "PBJW-s6-3-account", "PBJW-s10-7-ministers")
record_waiting({"PBJW-s45-2-request": "nobody asked for a review of the scheme"})


# -- the board and its chief officer -----------------------------------------------------------------------------


@mends("PBJW-s9-order")
def established_by_order(p: Partnership) -> Partnership:
    """Let an order, whose number is not known, establish the board on a day."""
    board = p.ijb
    if board is None:
        name = f"{p.name} Integration Joint Board"
        board = IJB(p.id, name=name, order=None, established_on=None, seats=(), vacancies=())
    order, day = board.order, board.established_on
    if day is UNKNOWN:
        p = settled(p, "DAYS-delegation-by")
    return p.evolve(
        ijb=attrs.evolve(
            board,
            order=order if isinstance(order, str) and order else "an order of the Scottish Ministers",
            established_on=day if isinstance(day, date) else established_by(p),
        )
    )


def established_by(p: Partnership) -> date:
    """Give the latest day on which the board can have been established: when functions passed, or that governs."""
    passed, day = p.scheme.delegated_on, p.scheme.approved_on
    latest = min(passed, p.as_at) if isinstance(passed, date) else p.as_at
    return max(latest, day) if isinstance(day, date) else latest


@mends("ISR-co-line-both")
def answering_to_both(p: Partnership) -> Partnership:
    """Let the chief officer answer to the Health Board and to every council."""
    post = p.chief_officer
    if post is None or post is UNKNOWN:
        if p.ijb is None:
            p = settled(p, "PBJW-s9-order")
        fresh = ChiefOfficer("chief-officer", body=p.id, answers_to=[party.id for party in p.parties])
        return p.evolve(posts=Listing((*p.posts.items, fresh), p.posts.complete))
    node, heard = p.node_id(post.post), post.post.answers_to
    said = {
        line.to_id
        for line in p.lines
        if line.kind is Layer.ACCOUNTABILITY and line.from_id == node and p.as_at in line.days
    }
    missing = [party.id for party in p.parties if party.id not in said]
    told = attrs.evolve(post.post, answers_to=Listing((*heard.items, *missing), heard.complete))
    return p.evolve(posts=p.posts.map(lambda one: told if one is post.post else one))


@mends(_ACTS)
def acting_accordingly(p: Partnership) -> Partnership:
    """Let the scheme state the nominees and the term of the chair that there are, and record that reports came."""
    stated = [_as_they_are(p, one) for one in p.scheme.nominees.items]
    changed = with_scheme(p, nominees=[one for one in stated if one is not None], chair_term_months=_longest_term(p))
    return recorded(_ACTS)(changed) if find(_ACTS).is_open(changed) else changed


def _as_they_are(p: Partnership, stated: Seats) -> Seats | None:
    """Give as many nominees of a party as there are; none where that is not known."""
    if p.ijb is not None:
        actual = p.ijb.seats_of(stated.nominator)
        return None if actual is UNKNOWN else Seats(stated.nominator, actual)
    sitting = p.current_members
    if not sitting.complete or any(one.nominated_by is UNKNOWN for one in sitting.items):
        return None
    return Seats(stated.nominator, sum(one.nominated_by == stated.nominator for one in sitting.items))


def _longest_term(p: Partnership) -> MaybeCount:
    """Give the term of the chair that the scheme states, lengthened as needed; None where nobody can tell."""
    months = p.scheme.chair_term_months
    if p.chairs.complete and not p.chairs.items:
        return months
    if not isinstance(months, int) or not p.chairs.complete:
        return None
    for one in p.chairs.items:
        if UNKNOWN in (one.start, one.until):
            return None
        if isinstance(one.start, date) and one.start <= p.as_at:
            months = _covering(one, one.start, months, p.as_at)
    return months


def _covering(one: ChairPeriod, start: date, months: int, on: date) -> int:
    """Lengthen a term until it covers a period."""
    end = one.until if isinstance(one.until, date) else on
    while add_months(start, months) <= end:
        months += 1
    return months
