"""Rules about who sits on a board, and who of them votes (part 5B)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from scotintegration.officers import Member, Route
from scotintegration.rules._boards import WHO_ELSE, board_of, rest, seated, sitting_by, with_members
from scotintegration.rules._engine import rule
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.unknown import Listing

__all__ = ["core_members", "councillors", "directors", "four_groups", "votes_before_2026", "votes_from_2026"]

_GROUPS: Final = (Route.STAFF, Route.THIRD, Route.USER, Route.CARER)


def _filled(p: Partnership, routes: Iterable[Route], on: date) -> Iterator[Verdict]:
    """
    Look for somebody in office by each route.

    A seat that fell empty is a vacancy, of which the Order says that it invalidates nothing; a seat that nobody
    ever took is a breach.
    """
    board, now = board_of(p), seated(p, on)
    for route in routes:
        if any(member.route is route for member in now.items):
            continue
        if not now.complete:
            yield cannot_tell("members", f"whether anybody sits as {route.value} is not recorded")
            continue
        others = [one for one in p.members.items if one.route is route and one.board == board.id]
        considered = [(one.id, _not_now(one, on)) for one in others]
        if any(isinstance(one.until, date) and one.until < on for one in others):
            what = f"the seat of the {route.value} is vacant on {on.isoformat()}"
            yield warn("members", what, mend="appoint a successor", considered=considered)
        else:
            what = f"nobody was ever appointed as {route.value}"
            yield fail("members", what, mend=f"appoint a member as {route.value}", considered=considered)


def _not_now(member: Member, on: date) -> str:
    over = isinstance(member.until, date) and member.until < on
    return f"left office on {member.until}" if over else f"takes office on {member.start}"


def _nobody_by(p: Partnership, route: Route) -> Partnership:
    return p.evolve(members=p.members.where(lambda member: member.route is not route))


def _no_practitioner(p: Partnership) -> Partnership:
    return _nobody_by(p, Route.GP)


@rule(
    "IJBO-a3-1-core-members",
    cites="SSI 2014/285 art.3(1), 5(2)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="integration joint board",
    fields="S.basis; M.route; M.start; M.end; t",
    passes="body-corporate",
    fails=_no_practitioner,
)
def core_members(p: Partnership, on: date) -> Iterator[Verdict]:
    """The officers and the three clinicians whom the Order names have taken their seats."""
    yield from _filled(p, p.law.routes("core routes"), on)


def _no_carer(p: Partnership) -> Partnership:
    return _nobody_by(p, Route.CARER)


@rule(
    "IJBO-a3-6-four-groups",
    cites="SSI 2014/285 art.3(6)-(7), 5(6)-(7)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="integration joint board",
    fields="M.route; M.start; M.end; B.established_on; t",
    passes="body-corporate",
    fails=_no_carer,
)
def four_groups(p: Partnership, on: date) -> Iterator[Verdict]:
    """The board has appointed a member for staff, the third sector, service users and unpaid carers each."""
    yield from _filled(p, _GROUPS, on)


def _an_officer_nominated(p: Partnership) -> Partnership:
    return with_members(p, sitting_by(p, Route.LA)[-1:], is_councillor=False)


@rule(
    "IJBO-a3-la-councillors",
    cites="SSI 2014/285 art.3(1)(a), 5(2)(a)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="local authority",
    fields="M.route; M.is_councillor; M.council",
    passes="body-corporate",
    fails=_an_officer_nominated,
)
def councillors(p: Partnership, on: date) -> Iterator[Verdict]:
    """Whoever a council nominates is one of its councillors."""
    nominees = seated(p, on).where(lambda member: member.route is Route.LA)
    for member in nominees.items:
        where = f"members[{member.id!r}].is_councillor"
        if member.is_councillor is UNKNOWN:
            yield cannot_tell(where, "whether the nominee is a councillor is not recorded")
        elif not member.is_councillor:
            what = f"nominated by {member.nominated_by}, and no councillor"
            yield fail(where, what, mend="nominate a councillor in this member's place")
    yield from rest(nominees, "members", WHO_ELSE)


def _executives(p: Partnership) -> Partnership:
    return with_members(p, sitting_by(p, Route.HB)[-1:], is_ned=False)


@rule(
    "IJBO-a3-4-hb-neds",
    cites="SSI 2014/285 art.3(4)-(5), 5(4)-(5)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    duty_on="Health Board",
    fields="M.route; M.is_ned; M.is_hb_member; M.is_councillor; B.ned_shortfall",
    passes="body-corporate",
    fails=_executives,
)
def directors(p: Partnership, on: date) -> Iterator[Verdict]:
    """The Health Board nominates non-executive directors or, if it has too few, two of them and members of its own."""
    nominees = seated(p, on).where(lambda member: member.route is Route.HB)
    unsure = [one for one in nominees.items if one.is_ned is UNKNOWN]
    others = [one for one in nominees.items if one.is_ned is not UNKNOWN and not one.is_ned]
    shortfall = board_of(p).ned_shortfall
    for member in unsure:
        what = "whether the nominee is a non-executive director is not recorded"
        yield cannot_tell(f"members[{member.id!r}].is_ned", what)
    if others and shortfall is not UNKNOWN and not shortfall:
        for member in others:
            yield fail(
                f"members[{member.id!r}].is_ned",
                f"nominated by {member.nominated_by}, no non-executive director, and no shortage declared",
                mend="nominate a non-executive director, or declare that there are too few of them",
            )
    elif others:
        yield from _in_a_shortfall(p, nominees, others, len(nominees) - len(others), len(unsure))
    yield from rest(nominees, "members", WHO_ELSE)


def _in_a_shortfall(
    p: Partnership, nominees: Listing[Member], others: Iterable[Member], most: int, unsure: int
) -> Iterator[Verdict]:
    """
    Look at nominees some of whom are no non-executive directors, where there may be too few of those.

    What breaks the rule for a shortage breaks it without one too, so it is reported even if nobody recorded whether
    there is a shortage.
    """
    fewest = p.law.number("fewest directors in a shortfall")
    if nominees.complete and most < fewest:
        mend = f"nominate at least {fewest} non-executive directors"
        yield fail("members", f"{most} non-executive directors nominated, at least {fewest} needed", mend=mend)
    elif most - unsure < fewest:
        yield cannot_tell("members", f"whether {fewest} nominees are non-executive directors is not recorded")
    for member in others:
        where = f"members[{member.id!r}]"
        if member.is_councillor is not UNKNOWN and member.is_councillor:
            yield fail(where, "no non-executive director, and a councillor", mend="nominate somebody else")
        elif member.is_hb_member is not UNKNOWN and not member.is_hb_member:
            yield fail(where, "neither director nor member of the Health Board", mend="nominate a member of it")
        elif UNKNOWN in (member.is_councillor, member.is_hb_member):
            yield cannot_tell(where, "whether the nominee is a councillor, or a member of the board, is not recorded")
    if board_of(p).ned_shortfall is UNKNOWN:
        yield cannot_tell("ijb.ned_shortfall", "whether too few non-executive directors were declared is not recorded")


def _as_recorded(p: Partnership, on: date) -> Iterator[Verdict]:
    """Compare whom the board's own record counts as voting with who may vote in law."""
    sitting = seated(p, on)
    for member in sitting.items:
        where, votes = f"members[{member.id!r}].recorded_voting", p.law.votes(member)
        if member.recorded_voting is UNKNOWN:
            yield cannot_tell(where, "whether the board counts the member as voting is not recorded")
        elif bool(member.recorded_voting) is not votes:
            recorded, lawful = ("voting", "does not vote") if member.recorded_voting else ("not voting", "votes")
            what = f"recorded as {recorded}; a member for {member.route.value} {lawful}"
            yield fail(where, what, mend=f"record the member as {'voting' if votes else 'not voting'}")
    yield from rest(sitting, "members", WHO_ELSE)


def _user_votes_early(p: Partnership) -> Partnership:
    return with_members(p, sitting_by(p, Route.USER), recorded_voting=True)


@rule(
    "IJBO-voting-pre2026",
    cites="SSI 2014/285 art.1(2) as made",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    until="2026-08-31",
    duty_on="integration joint board",
    fields="M.route; M.voting; t",
    passes="body-corporate",
    fails=_user_votes_early,
    examples_at="2026-08-31",
)
def votes_before_2026(p: Partnership, on: date) -> Iterator[Verdict]:
    """Every nominee of a council or Health Board counts as a voting member, and nobody else does."""
    yield from _as_recorded(p, on)


def _staff_vote(p: Partnership) -> Partnership:
    return with_members(p, sitting_by(p, Route.STAFF)[:1], recorded_voting=True)


@rule(
    "IJBO-voting-2026",
    cites="SSI 2014/285 art.1(2) as substituted by SSI 2025/405 art.2(2)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2026-09-01",
    duty_on="integration joint board",
    fields="M.route; M.voting; t",
    passes="body-corporate",
    fails=_staff_vote,
)
def votes_from_2026(p: Partnership, on: date) -> Iterator[Verdict]:
    """Nominees and members for the third sector, service users and carers each count as a voting member, no others."""
    yield from _as_recorded(p, on)
