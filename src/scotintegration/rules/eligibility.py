"""Rules about who may sit on a board: groups, additional members, stand-ins and disqualification (part 5B)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from scotintegration.dates import add_years
from scotintegration.officers import ChiefSocialWorkOfficer, Disqualification, Ground, Route
from scotintegration.rules._boards import WHO_ELSE, rest, seated, sitting_by, some, with_members
from scotintegration.rules._engine import rule
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

__all__ = [
    "additional_members",
    "appropriate_persons",
    "disqualified",
    "groups_of_the_area",
    "one_seat_each",
    "social_work_officer_of_a_council",
]

_GROUPS: Final = (Route.STAFF, Route.THIRD, Route.USER, Route.CARER)
_OF_THE_AREA: Final = (Route.THIRD, Route.USER, Route.CARER)
_SENTENCE_COUNTS: Final = 5


def _councillor_stands_in(p: Partnership) -> Partnership:
    return with_members(p, sitting_by(p, Route.HB)[-1:], is_ned=False, is_councillor=True)


@rule(
    "IJBO-a1-appropriate-person",
    cites="SSI 2014/285 art.1(2)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    modality="must_not",
    duty_on="Health Board",
    entails=("IJBO-a3-4-hb-neds",),
    fields="M.route; M.is_ned; M.is_councillor; B.ned_shortfall",
    passes="body-corporate",
    fails=_councillor_stands_in,
)
def appropriate_persons(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Whoever takes a seat of the Health Board for want of non-executive directors is no councillor.

    A councillor who is a non-executive director of the Health Board is not caught.
    """
    nominees = seated(p, on).where(lambda member: member.route is Route.HB)
    for member in nominees.items:
        where = f"members[{member.id!r}]"
        if (member.is_ned is not UNKNOWN and member.is_ned) or not (
            member.is_councillor is UNKNOWN or member.is_councillor
        ):
            continue
        if UNKNOWN in (member.is_ned, member.is_councillor):
            what = "whether the nominee is a non-executive director, or a councillor, is not recorded"
            yield cannot_tell(where, what)
        else:
            what = "no non-executive director, and a councillor"
            yield fail(where, what, mend="nominate a member of the Health Board who is no councillor")
    yield from rest(nominees, "members", WHO_ELSE)


def _of_no_council(p: Partnership) -> Partnership:
    return with_members(p, sitting_by(p, Route.CSWO), person="somebody else")


@rule(
    "IJBO-a5-cswo-one",
    cites="SSI 2014/285 art.5(2)(c)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    councils="several",
    duty_on="constituent authorities",
    fields="S.basis; M.route; M.council; S.parties",
    passes="joint-board",
    fails=_of_no_council,
)
def social_work_officer_of_a_council(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Whoever sits on a joint board as chief social work officer is that of one of its councils.

    That the seat is filled at all is asked by the rule about the officers and clinicians.
    """
    sitting = seated(p, on).where(lambda member: member.route is Route.CSWO)
    councils = {council.id for council in p.local_authorities}
    posts = p.posts.where(lambda post: isinstance(post, ChiefSocialWorkOfficer) and post.body in councils)
    officers = [post.holder(on) for post in posts.items]
    named = {one.person for one in officers if one is not None and one is not UNKNOWN}
    whole = posts.complete and UNKNOWN not in (*officers, *named)
    people = [member.person for member in sitting.items]
    if any(isinstance(person, str) and person in named for person in people):
        return
    if people and (UNKNOWN in people or not whole):
        what = "whether the member is chief social work officer of one of the councils is not recorded"
        yield cannot_tell("members", what)
    elif people and sitting.complete:
        what = f"{some(map(str, people))} is chief social work officer of none of {some(sorted(councils))}"
        yield fail("members", what, mend="let the chief social work officer of one of the councils sit")
    yield from rest(sitting, "members", WHO_ELSE)


def _cares_elsewhere(p: Partnership) -> Partnership:
    return with_members(p, sitting_by(p, Route.CARER), area="another-council")


@rule(
    "IJBO-a3-7-area",
    cites="SSI 2014/285 art.3(7)(b)-(d), 5(7)(b)-(d)",
    severity="interpretation",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="integration joint board",
    fields="M.route; M.area; P.las",
    passes="body-corporate",
    fails=_cares_elsewhere,
)
def groups_of_the_area(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Members for the third sector, service users and carers are appointed for groups in the area of the board.

    The Order describes the group and not the member, so this is a reading of it.
    """
    sitting = seated(p, on).where(lambda member: member.route in _OF_THE_AREA)
    councils = [council.id for council in p.local_authorities]
    for member in sitting.items:
        where = f"members[{member.id!r}].area"
        if member.area is UNKNOWN:
            yield cannot_tell(where, "in which area the group of the member is is not recorded")
        elif member.area not in councils:
            what = f"the group of the member for {member.route.value} is in {member.area or 'no area'}"
            yield fail(where, what, mend=f"appoint somebody for a group in the area of {' or '.join(councils)}")
    yield from rest(sitting, "members", WHO_ELSE)


def _nurse_for_staff(p: Partnership) -> Partnership:
    nurse = sitting_by(p, Route.NURSE)
    person = next(member.person for member in p.members.items if member.id in nurse)
    return with_members(p, sitting_by(p, Route.STAFF)[:1], person=person)


@rule(
    "IJBO-a3-7A-no-double",
    cites="SSI 2014/285 art.3(7A)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2015-03-20",
    modality="must_not",
    duty_on="integration joint board",
    fields="M.person; M.route",
    passes="body-corporate",
    fails=_nurse_for_staff,
)
def one_seat_each(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    A member for staff, the third sector, service users or carers sits in no other way that the Order lists.

    For joint boards the Order names the wrong paragraph; there we only warn.
    """
    listed = (Route.LA, Route.HB, *p.law.routes("core routes"))
    sitting = seated(p, on)
    others = [member for member in sitting.items if member.route in listed]
    for member in (one for one in sitting.items if one.route in _GROUPS):
        where = f"members[{member.id!r}].person"
        twice = [one for one in others if member.person is not UNKNOWN and one.person == member.person]
        if twice:
            what = f"{member.person} sits for {member.route.value} and as {some(one.route.value for one in twice)}"
            mend = "appoint somebody else for the group"
            yield (warn if p.scheme.is_joint else fail)(where, what, mend)
        elif member.person is UNKNOWN or any(one.person is UNKNOWN for one in others):
            yield cannot_tell(where, "whether the member sits in another way too is not recorded")
    yield from rest(sitting, "members", WHO_ELSE)


def _councillor_besides(p: Partnership) -> Partnership:
    return with_members(p, sitting_by(p, Route.ADDITIONAL), is_councillor=True)


@rule(
    "IJBO-a3-9-additional",
    cites="SSI 2014/285 art.3(9), 5(9)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    modality="must_not",
    duty_on="integration joint board",
    fields="M.route; M.is_councillor; M.is_ned",
    passes="body-corporate",
    fails=_councillor_besides,
)
def additional_members(p: Partnership, on: date) -> Iterator[Verdict]:
    """No additional member is a councillor or a non-executive director."""
    sitting = seated(p, on).where(lambda member: member.route is Route.ADDITIONAL)
    for member in sitting.items:
        facts = {"a councillor": member.is_councillor, "a non-executive director": member.is_ned}
        barred = [what for what, fact in facts.items() if fact is not UNKNOWN and fact]
        if barred:
            what = f"the additional member is {' and '.join(barred)}"
            yield fail(f"members[{member.id!r}]", what, mend="appoint somebody who is neither")
        elif UNKNOWN in facts.values():
            what = "whether the additional member is a councillor or a director is not recorded"
            yield cannot_tell(f"members[{member.id!r}]", what)
    yield from rest(sitting, "members", WHO_ELSE)


def _sequestrated(p: Partnership) -> Partnership:
    barred = Disqualification(ground=Ground.INSOLVENT, start=add_years(p.as_at, -1))
    return with_members(p, sitting_by(p, Route.CARER), disqualifications=[barred])


@rule(
    "IJBO-a8-disqualified",
    cites="SSI 2014/285 art.8",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    modality="must_not",
    duty_on="integration joint board",
    fields="M.flags; M.start; M.end; t",
    passes="body-corporate",
    fails=_sequestrated,
)
def disqualified(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Nobody who is disqualified sits on the board; one who becomes so is removed the same day.

    A sentence counts only if it was passed less than five years before the appointment, or after it.
    """
    sitting = seated(p, on)
    for member in sitting.items:
        where = f"members[{member.id!r}].disqualifications"
        answers = [_bars(one, member, on) for one in member.disqualifications.items]
        barred = [one for one, answer in zip(member.disqualifications.items, answers, strict=True) if answer]
        if barred:
            yield fail(where, some(map(str, barred)), mend="remove the member from the board at once")
        elif None in answers or not member.disqualifications.complete:
            yield cannot_tell(where, "what may disqualify the member, and from when, is not recorded")
    yield from rest(sitting, "members", WHO_ELSE)


def _bars(one: Disqualification, member: Member, on: date) -> bool | None:
    """Tell whether a ground bars a member on a day; None where a day that decides it was not recorded."""
    if isinstance(one.start, date) and on < one.start:
        return False
    if isinstance(one.until, date) and one.until < on:
        return False
    if one.start is UNKNOWN or one.until is UNKNOWN:
        return None
    if one.start is None:
        return one.ground is not Ground.SENTENCED
    if one.start == on == member.until:
        return False  # removed the day it happened
    if one.ground is Ground.SENTENCED and isinstance(member.start, date):
        return one.start >= add_years(member.start, -_SENTENCE_COUNTS)
    return True
