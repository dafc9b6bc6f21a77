"""Mends of rules about who sits on a board, and what the law asks of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.mends._sitting import (
    GROUPS,
    LIVED,
    PROFESSIONALS,
    ended,
    facts_of,
    in_office,
    person_for,
    seat,
    sitting_on,
    sure_of,
    sure_of_all,
    unsure,
)
from scotintegration.mends._terms import day_before, fresh_mark, keeping, mends_of_board
from scotintegration.officers import EndReason, Route
from scotintegration.rules._boards import board_of, with_members
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

__all__ = [
    "choose_by_health_board",
    "count_votes",
    "employ_doctor",
    "employ_nurse",
    "list_practitioner",
    "nominate_councillors",
    "nominate_directors",
    "one_person_a_seat",
    "represent_groups",
    "represent_groups_of_the_area",
    "seat_additional_members",
    "seat_core_members",
    "seat_social_work_officer_of_a_council",
]


# -- seats that are to be taken ----------------------------------------------------------------------------------


@mends_of_board("IJBO-a3-1-core-members")
def seat_core_members(p: Partnership) -> Partnership:
    """Let the officers and clinicians whom the Order names sit."""
    return _taken(p, p.law.routes("core routes"))


@mends_of_board("IJBO-a3-6-four-groups")
def represent_groups(p: Partnership) -> Partnership:
    """Let a member for staff, the third sector, service users and unpaid carers each sit."""
    return _taken(p, GROUPS)


def _taken(p: Partnership, routes: Iterable[Route]) -> Partnership:
    """Let somebody sit by each route by which nobody does: whoever may already, or else somebody new."""
    for route in routes:
        if not sitting_on(p, (route,)):
            p = sure_of(p, unsure(p, (route,)))
        if not sitting_on(p, (route,)):
            p = seat(p, route)
    return p


# -- what the law asks of those who sit --------------------------------------------------------------------------


_CHAIRED: Final = ("IJBO-a4-5-la-chair-eligible", "IJBO-a4-6-hb-chair-ned", "IJBO-a17-committee-parity")
"""Rules that somebody else in the place of a member may open."""


def _succeeded(p: Partnership, members: Iterable[Member], **facts: object) -> Partnership:
    """Let somebody else, as the law asks, sit in the place of each of some members from the day that governs."""
    before = p
    for member in members:
        sides = {Route.LA: p.local_authorities[0].id, Route.HB: p.health_board.id}
        nominator = member.nominated_by if isinstance(member.nominated_by, str) else sides.get(member.route)
        reason = EndReason.WITHDRAWN if member.route in sides else EndReason.TERM
        p = ended(p, member, day_before(p), reason)
        there = {one.id for one in p.members.items}
        p = seat(p, member.route, nominator)
        p = with_members(p, [one.id for one in p.members.items if one.id not in there], **facts)
    return keeping(before, p, *_CHAIRED)


def _as_asked(p: Partnership, routes: Iterable[Route], *fields: str) -> Partnership:
    """
    Let everybody who sits by some routes be as the law asks.

    Facts that nobody recorded are stated; whoever is known to be otherwise gives place to somebody else.
    """
    p = sure_of_all(p)
    for member in sitting_on(p, routes):
        facts = facts_of(p, member.route)
        values = {field: getattr(member, field) for field in fields}
        if any(value is not UNKNOWN and not _is(value, facts[field]) for field, value in values.items()):
            p = _succeeded(p, [member])
        else:
            p = with_members(p, [member.id], **{field: facts[field] for field in fields if values[field] is UNKNOWN})
    return p


def _stated(p: Partnership, routes: Iterable[Route], *fields: str) -> Partnership:
    """State, of everybody who sits by some routes, those facts that the law asks and that are not as it asks."""
    p = sure_of_all(p)
    for member in sitting_on(p, routes):
        facts = facts_of(p, member.route)
        wrong = {field: facts[field] for field in fields if not _is(getattr(member, field), facts[field])}
        p = with_members(p, [member.id], **wrong)
    return p


def _is(value: object, wanted: object) -> bool:
    """Tell whether a fact is as wanted; of yes and no, none is no."""
    if value is UNKNOWN or not isinstance(wanted, bool):
        return value == wanted
    return bool(value) is wanted


@mends_of_board("IJBO-a3-la-councillors")
def nominate_councillors(p: Partnership) -> Partnership:
    """Let everybody whom a council nominated be one of its councillors."""
    return _as_asked(p, (Route.LA,), "is_councillor")


@mends_of_board("IJBO-a3-9-additional")
def seat_additional_members(p: Partnership) -> Partnership:
    """Let no additional member be a councillor or a non-executive director."""
    return _as_asked(p, (Route.ADDITIONAL,), "is_councillor", "is_ned")


@mends_of_board("IJBO-a3-1-gp-listed")
def list_practitioner(p: Partnership) -> Partnership:
    """Let the general practitioner be on the list of the Health Board."""
    return _as_asked(p, (Route.GP,), "performers_list")


@mends_of_board("IJBO-a3-1-doctor")
def employ_doctor(p: Partnership) -> Partnership:
    """Let the doctor be registered, employed by the Health Board, and provide no primary medical services."""
    return _as_asked(p, (Route.DOCTOR,), "registered_doctor", "provides_primary_care", "employer")


@mends_of_board("IJBO-a3-2-hb-determines")
def choose_by_health_board(p: Partnership) -> Partnership:
    """Let the Health Board have chosen the general practitioner, the nurse and the doctor."""
    return _stated(p, PROFESSIONALS, "selected_by")


@mends_of_board("IJBO-voting-pre2026", "IJBO-voting-2026")
def count_votes(p: Partnership) -> Partnership:
    """Let the board count as voting those who may vote, and nobody else."""
    return _stated(p, tuple(Route), "recorded_voting")


@mends_of_board("IJBO-a3-1-nurse")
def employ_nurse(p: Partnership) -> Partnership:
    """
    Let the nurse be registered, and employed by the Health Board or by one of its general medical contractors.

    An employer who may be such a contractor is taken for one.
    """
    p = _as_asked(p, (Route.NURSE,), "registered_nurse")
    for member in sitting_on(p, (Route.NURSE,)):
        contractors = p.health_board.gms_contractors
        if member.employer == p.health_board.id or member.employer in contractors.items:
            continue
        if isinstance(member.employer, str) and not contractors.complete:
            more = Listing((*contractors.items, member.employer), complete=False)
            p = p.evolve(health_board=attrs.evolve(p.health_board, gms_contractors=more))
        else:
            unknown = member.employer is UNKNOWN
            p = with_members(p, [member.id], employer=p.health_board.id) if unknown else _succeeded(p, [member])
    return p


@mends_of_board("IJBO-a3-7-area")
def represent_groups_of_the_area(p: Partnership) -> Partnership:
    """Let members for the third sector, service users and carers be appointed for groups in the area of the board."""
    p, councils = sure_of_all(p), {council.id for council in p.local_authorities}
    for member in sitting_on(p, LIVED):
        if member.area is UNKNOWN:
            p = with_members(p, [member.id], area=facts_of(p, member.route)["area"])
        elif member.area not in councils:
            p = _succeeded(p, [member])
    return p


@mends_of_board("IJBO-a3-4-hb-neds", "IJBO-a1-appropriate-person")
def nominate_directors(p: Partnership) -> Partnership:
    """
    Let those whom the Health Board nominated be non-executive directors.

    Whoever is none gives place to somebody else. Where it has declared that it has too few of them, or may have, two
    will do: the others are members of the Health Board and no councillors.
    """
    p = sure_of_all(p)
    for member in sitting_on(p, (Route.HB,)):
        if member.is_ned is UNKNOWN:
            p = with_members(p, [member.id], is_ned=True)
    nominees = sitting_on(p, (Route.HB,))
    others = [one for one in nominees if not one.is_ned]
    shortfall = board_of(p).ned_shortfall
    if not others or (shortfall is not UNKNOWN and not shortfall):
        return _succeeded(p, others)
    p = p.evolve(ijb=attrs.evolve(board_of(p), ned_shortfall=True))
    missing = max(0, p.law.number("fewest directors in a shortfall") - (len(nominees) - len(others)))
    p = _succeeded(p, others[:missing])
    allowed = {"is_councillor": False, "is_hb_member": True}
    for member in others[missing:]:
        if any(getattr(member, field) not in (UNKNOWN, wanted) for field, wanted in allowed.items()):
            p = _succeeded(p, [member], is_ned=False, **allowed)
        else:
            p = with_members(p, [member.id], **allowed)
    return p


# -- who they are ------------------------------------------------------------------------------------------------


@mends_of_board("IJBO-a3-7A-no-double")
def one_person_a_seat(p: Partnership) -> Partnership:
    """Let members for the four groups be people who sit in no other way; people not recorded get marks of their own."""
    p = sure_of_all(p)
    listed = (Route.LA, Route.HB, *p.law.routes("core routes"))
    for member in sitting_on(p, listed) if sitting_on(p, GROUPS) else ():
        if member.person is UNKNOWN:
            p, person = person_for(p, member.route)
            p = with_members(p, [member.id], person=person)
    taken = {one.person for one in sitting_on(p, listed)}
    for member in sitting_on(p, GROUPS):
        if member.person is UNKNOWN:
            p = with_members(p, [member.id], person=fresh_mark(p))
        elif member.person in taken:
            p = _succeeded(p, [member])
    return p


@mends_of_board("IJBO-a5-cswo-one")
def seat_social_work_officer_of_a_council(p: Partnership) -> Partnership:
    """Let the chief social work officer of one of the councils sit on a joint board as such."""
    before, p = p, sure_of_all(p)
    for member in sitting_on(p, (Route.CSWO,))[:1]:
        after = in_office(p, member)
        stays = member.person in (UNKNOWN, *(one.person for one in sitting_on(after, (Route.CSWO,))))
        p = after if stays else seat(ended(p, member, day_before(p), EndReason.OFFICE), Route.CSWO)
    return keeping(before, p, "IJBO-a3-7A-no-double")
