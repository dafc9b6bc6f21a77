"""Rules about the professionals on a board: which they are, and who chooses them (part 5B)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from scotintegration.officers import Route
from scotintegration.rules._boards import WHO_ELSE, rest, seated, sitting_by, with_members
from scotintegration.rules._engine import rule
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

__all__ = ["chosen_by_health_board", "doctor", "nurse", "practitioner_is_listed"]

_PROFESSIONALS: Final = (Route.GP, Route.NURSE, Route.DOCTOR)


def _where(member: Member, field: str) -> str:
    return f"members[{member.id!r}].{field}"


def _flag(member: Member, field: str, wanted: bool, what: str) -> Iterator[Verdict]:
    """Compare a fact of yes or no about a member with what it should be."""
    value = getattr(member, field)
    if value is UNKNOWN:
        yield cannot_tell(_where(member, field), f"whether the member {what} is not recorded")
    elif bool(value) is not wanted:
        said = f"does what is barred: {what}" if value else f"fails to be one who {what}"
        yield fail(_where(member, field), f"the member for {member.route.value} {said}", mend=_MEND)


_MEND: Final = "let the Health Board choose somebody else, who meets the description"


def _retired(p: Partnership) -> Partnership:
    return with_members(p, sitting_by(p, Route.GP), performers_list=None)


@rule(
    "IJBO-a3-1-gp-listed",
    cites="SSI 2014/285 art.3(1)(f), 5(2)(f)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="Health Board",
    fields="M.route; M.performers_list; P.hb",
    passes="body-corporate",
    fails=_retired,
)
def practitioner_is_listed(p: Partnership, on: date) -> Iterator[Verdict]:
    """The general practitioner is on the Health Board's own list of those who perform primary medical services."""
    sitting = seated(p, on).where(lambda member: member.route is Route.GP)
    for member in sitting.items:
        where, held = _where(member, "performers_list"), member.performers_list
        if held is UNKNOWN:
            yield cannot_tell(where, "on whose list of performers the practitioner is is not recorded")
        elif held != p.health_board.id:
            yield fail(where, f"on {'no list' if held is None else f'the list of {held}'}", mend=_MEND)
    yield from rest(sitting, "members", WHO_ELSE)


def _of_a_care_home(p: Partnership) -> Partnership:
    return with_members(p, sitting_by(p, Route.NURSE), employer="made-up-care-home")


@rule(
    "IJBO-a3-1-nurse",
    cites="SSI 2014/285 art.3(1)(g), 5(2)(g)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="Health Board",
    fields="M.route; M.registered_nurse; M.employer; P.hb; P.gms_contractors",
    passes="body-corporate",
    fails=_of_a_care_home,
)
def nurse(p: Partnership, on: date) -> Iterator[Verdict]:
    """The nurse is registered, and employed by the Health Board or by one of its general medical contractors."""
    sitting = seated(p, on).where(lambda member: member.route is Route.NURSE)
    contractors = p.health_board.gms_contractors
    for member in sitting.items:
        yield from _flag(member, "registered_nurse", True, "is a registered nurse")
        where, employer = _where(member, "employer"), member.employer
        if employer is UNKNOWN:
            yield cannot_tell(where, "who employs the nurse is not recorded")
        elif employer == p.health_board.id or employer in contractors.items:
            continue
        elif employer is not None and not contractors.complete:
            yield cannot_tell(where, f"whether {employer} has a contract for general medical services is not recorded")
        else:
            yield fail(where, f"employed by {employer or 'nobody'}", mend=_MEND)
    yield from rest(sitting, "members", WHO_ELSE)


def _in_general_practice(p: Partnership) -> Partnership:
    return with_members(p, sitting_by(p, Route.DOCTOR), provides_primary_care=True)


@rule(
    "IJBO-a3-1-doctor",
    cites="SSI 2014/285 art.3(1)(h), 5(2)(h)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="Health Board",
    fields="M.route; M.registered_doctor; M.employer; M.provides_primary_care; P.hb",
    passes="body-corporate",
    fails=_in_general_practice,
)
def doctor(p: Partnership, on: date) -> Iterator[Verdict]:
    """The doctor is registered, employed by the Health Board, and provides no primary medical services."""
    sitting = seated(p, on).where(lambda member: member.route is Route.DOCTOR)
    for member in sitting.items:
        yield from _flag(member, "registered_doctor", True, "is a registered medical practitioner")
        yield from _flag(member, "provides_primary_care", False, "provides primary medical services")
        where, employer = _where(member, "employer"), member.employer
        if employer is UNKNOWN:
            yield cannot_tell(where, "who employs the doctor is not recorded")
        elif employer != p.health_board.id:
            yield fail(where, f"employed by {employer or 'nobody'}", mend=_MEND)
    yield from rest(sitting, "members", WHO_ELSE)


def _chosen_by_the_council(p: Partnership) -> Partnership:
    return with_members(p, sitting_by(p, Route.NURSE), selected_by=p.local_authorities[0].id)


@rule(
    "IJBO-a3-2-hb-determines",
    cites="SSI 2014/285 art.3(2), 5(3)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="Health Board",
    fields="M.route; M.selected_by; P.hb",
    passes="body-corporate",
    fails=_chosen_by_the_council,
)
def chosen_by_health_board(p: Partnership, on: date) -> Iterator[Verdict]:
    """The Health Board, and nobody else, chooses the general practitioner, the nurse and the doctor."""
    sitting = seated(p, on).where(lambda member: member.route in _PROFESSIONALS)
    for member in sitting.items:
        where, chooser = _where(member, "selected_by"), member.selected_by
        if chooser is UNKNOWN:
            yield cannot_tell(where, "who chose the member is not recorded")
        elif chooser != p.health_board.id:
            what = f"the member for {member.route.value} was chosen by {chooser or 'nobody'}"
            yield fail(where, what, mend=f"let {p.health_board.id} decide who sits")
    yield from rest(sitting, "members", WHO_ELSE)
