"""Rules about other duties: social work officers, guidance, cooperation, and what Ministers direct (part 5H)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.officers import ChiefSocialWorkOfficer
from scotintegration.rules._boards import board_of, rest
from scotintegration.rules._engine import rule
from scotintegration.rules._records import as_recorded, latest, not_kept
from scotintegration.rules._saying import name_of
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.schemes import Basis
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.bodies import IJB, HealthBoard, LocalAuthority
    from scotintegration.ministers import MinistersDirection
    from scotintegration.officers import Holder
    from scotintegration.partnership import Partnership

__all__ = [
    "chief_social_work_officers",
    "cooperation",
    "default_power",
    "ethical_commissioning",
    "information_sharing",
    "ministers_directions",
    "officers_of_partners",
    "regard_to_guidance",
]

_COOPERATION: Final = "PBJW-s22-cooperate"
_ETHICAL: Final = "PBJW-s53A-ethical"
_GUIDANCE: Final = "PBJW-s53-guidance"


def _appointed_by_another(p: Partnership) -> Partnership:
    """Let the integration authority appoint the chief social work officers."""
    posts = [
        attrs.evolve(post, holders=[attrs.evolve(one, appointed_by=p.id) for one in post.holders])
        if isinstance(post, ChiefSocialWorkOfficer)
        else post
        for post in p.posts
    ]
    return p.evolve(posts=posts)


@rule(
    "CSWO-appointed",
    cites="1968 c.49 s.3; CSWO guidance para 8",
    severity="statute",
    topic="other duties",
    in_force="2014-09-22",
    duty_on="local authority",
    fields="LA.cswo; LA.cswo_appointed_by",
    passes="body-corporate",
    fails=_appointed_by_another,
)
def chief_social_work_officers(p: Partnership, on: date) -> Iterator[Verdict]:
    """Each council has a chief social work officer, whom it appointed itself."""
    for council in p.local_authorities:
        bound = p.chief_social_work_officer(council.id)
        if bound is UNKNOWN:
            yield cannot_tell("posts", f"whether {council.name} has a chief social work officer")
            continue
        where = "posts" if bound is None else f"posts[{bound.post.id!r}]"
        holder = None if bound is None else bound.holder
        if holder is UNKNOWN:
            yield cannot_tell(where, f"who is chief social work officer of {council.name}")
        elif holder is None:
            held = () if bound is None else bound.post.holders.items
            what = f"{council.name} has no chief social work officer on {on.isoformat()}"
            considered = [_former(one, on) for one in held]
            yield fail(where, what, mend="let the council appoint one", considered=considered)
        elif holder.appointed_by is UNKNOWN:
            yield cannot_tell(f"{where}.appointed_by", f"who appointed {name_of(holder.person)}")
        elif holder.appointed_by != council.id:
            by = "nobody" if holder.appointed_by is None else repr(holder.appointed_by)
            what = f"{name_of(holder.person)} was appointed by {by}, not by {council.name}"
            yield fail(f"{where}.appointed_by", what, mend="let the council appoint: it cannot delegate that")


def _former(holder: Holder, on: date) -> tuple[str, str]:
    """Say why somebody who holds or held a post is not in it on a day."""
    if isinstance(holder.until, date) and holder.until < on:
        return name_of(holder.person), f"left on {holder.until.isoformat()}"
    return name_of(holder.person), f"begins on {holder.start}"


def _without_regard(p: Partnership) -> Partnership:
    return p.evolve(evidence=[attrs.evolve(one, met=False) if one.duty == _GUIDANCE else one for one in p.evidence])


@rule(
    _GUIDANCE,
    cites="2014 asp 9 s.53",
    severity="statute",
    topic="other duties",
    basis="evidence",
    in_force="2014-04-02",
    duty_on="local authority, health board, integration joint board and monitoring committee",
    fields="guidance.id; guidance.regard",
    passes="body-corporate",
    fails=_without_regard,
)
def regard_to_guidance(p: Partnership, on: date) -> Iterator[Verdict]:
    """The bodies of the partnership have regard to the guidance of the Scottish Ministers."""
    record = latest(p, _GUIDANCE)
    if record is None or record.met is UNKNOWN:
        yield cannot_tell("evidence", "a record that regard was had to guidance")
    elif not record.met:
        yield fail(
            "evidence", "no regard was had to guidance", mend="consider the guidance, and record that it was done"
        )


@rule(
    _COOPERATION,
    cites="2014 asp 9 s.22",
    severity="statute",
    topic="other duties",
    basis="evidence",
    in_force="2014-09-22",
    duty_on="local authority and Health Board",
    fields="P.hb_las; P.cooperation",
    passes="large-hospital",
    fails=not_kept(_COOPERATION),
)
def cooperation(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Councils that share a Health Board cooperate with it, and with each other, over facilities and resources.

    The duty is for schemes made under s. 2(3) or (4).
    """
    if p.scheme.basis is not Basis.SAME_AREA:
        what = "the bodies cooperate over facilities and resources"
        yield from as_recorded(p, _COOPERATION, what, "agree on how they are used, and record it")


@rule(
    "PBJW-s51-default",
    cites="2014 asp 9 s.51",
    severity="statute",
    topic="other duties",
    models="a",
    in_force="2014-09-22",
    modality="may",
    duty_on="Scottish Ministers",
    fields="S.submitted_on; S.substituted_day; S.resubmit_by; S.refusals; orders.s51_on",
    passes="body-corporate",
    fails=None,
)
def default_power(p: Partnership, on: date) -> Iterator[Verdict]:
    """Ministers may establish a board without a scheme where a day was missed or a second scheme refused."""
    yield from ()


def _left_undone(p: Partnership) -> Partnership:
    ijb = board_of(p)
    directions = ijb.ministers_directions.map(lambda one: attrs.evolve(one, done_on=None))
    return p.evolve(ijb=attrs.evolve(ijb, ministers_directions=directions))


@rule(
    "PBJW-s52-comply",
    cites="2014 asp 9 s.52(4)-(5)",
    severity="statute",
    topic="other duties",
    in_force="2014-09-22",
    duty_on="local authority, Health Board and integration joint board",
    fields="ministers_directions.in_writing; ministers_directions.to; ministers_directions.due_on; "
    "ministers_directions.done_on; t",
    passes="body-corporate",
    fails=_left_undone,
)
def ministers_directions(p: Partnership, on: date) -> Iterator[Verdict]:
    """What the Scottish Ministers directed in writing is done by the day that they set."""
    bodies: list[tuple[str, IJB | HealthBoard | LocalAuthority]] = [("health_board", p.health_board)]
    bodies += [(f"local_authorities[{council.id!r}]", council) for council in p.local_authorities]
    bodies += [] if p.ijb is None else [("ijb", p.ijb)]
    for spot, body in bodies:
        where = f"{spot}.ministers_directions"
        for direction in body.ministers_directions.items:
            yield from _complied(direction, where, body.name, on)
        yield from rest(body.ministers_directions, where, f"what else Ministers directed {body.name} to do")


def _complied(direction: MinistersDirection, where: str, body: str, on: date) -> Iterator[Verdict]:
    due, done, written = direction.due_on, direction.done_on, direction.in_writing
    if due is None or (due is not UNKNOWN and due >= on):
        return
    if (done is not None and done is not UNKNOWN and done <= on) or (written is not UNKNOWN and not written):
        return
    if UNKNOWN in (due, done, written):
        yield cannot_tell(where, f"whether {body} was to {direction.about} by now, and did")
    else:
        what = f"{body} was to {direction.about} by {due} and has not"
        yield fail(where, what, mend="do what the direction says")


@rule(
    _ETHICAL,
    cites="2014 asp 9 s.53A",
    severity="statute",
    topic="other duties",
    basis="evidence",
    in_force="2026-01-07",
    duty_on="Scottish Ministers; then whoever must have regard to guidance",
    fields="guidance.id; guidance.issued_on; guidance.regard",
    passes="body-corporate",
    fails=not_kept(_ETHICAL),
)
def ethical_commissioning(p: Partnership, on: date) -> Iterator[Verdict]:
    """Once Ministers issue guidance on ethical commissioning, the bodies of the partnership have regard to it."""
    what = "regard was had to the guidance on ethical commissioning"
    yield from as_recorded(p, _ETHICAL, what, "consider the guidance, and record that it was done")


@rule(
    "PBJW-s49-sharing",
    cites="2014 asp 9 s.49(3)-(5)",
    severity="statute",
    topic="other duties",
    in_force="2014-04-02",
    modality="may",
    duty_on="local authority, Health Board and integration joint board",
    fields="sharing.from; sharing.to; sharing.purpose",
    passes="body-corporate",
    fails=None,
)
def information_sharing(p: Partnership, on: date) -> Iterator[Verdict]:
    """Councils, the Health Board and the board may share information for schemes, plans and delegated functions."""
    yield from ()


@rule(
    "PBJW-s23-officer-swap",
    cites="2014 asp 9 s.23; SSI 2014/282",
    severity="statute",
    topic="other duties",
    in_force="2014-11-28",
    modality="may",
    duty_on="local authority and Health Board",
    fields="officers.body; officers.function; officers.meets_3_2; officers.meets_3_2_a_i_iii_iv_b",
    passes="body-corporate",
    fails=None,
)
def officers_of_partners(p: Partnership, on: date) -> Iterator[Verdict]:
    """A qualified officer of a partner may act as a council officer in protecting adults."""
    yield from ()
