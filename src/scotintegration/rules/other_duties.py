"""Rules about other duties: chief social work officers, and regard to guidance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.officers import ChiefSocialWorkOfficer
from scotintegration.rules._engine import Verdict, cannot_tell, fail, rule
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.evidence import Evidence
    from scotintegration.officers import Holder
    from scotintegration.partnership import Partnership

__all__ = ["chief_social_work_officers", "regard_to_guidance"]

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
            yield cannot_tell(f"{where}.appointed_by", f"who appointed {holder.person}")
        elif holder.appointed_by != council.id:
            by = "nobody" if holder.appointed_by is None else repr(holder.appointed_by)
            what = f"{holder.person} was appointed by {by}, not by {council.name}"
            yield fail(f"{where}.appointed_by", what, mend="let the council appoint: it cannot delegate that")


def _former(holder: Holder, on: date) -> tuple[str, str]:
    """Say why somebody who holds or held a post is not in it on a day."""
    if isinstance(holder.until, date) and holder.until < on:
        return str(holder.person), f"left on {holder.until.isoformat()}"
    return str(holder.person), f"begins on {holder.start}"


def _latest(p: Partnership, duty: str) -> Evidence | None:
    """Give the latest record of a duty by the day that governs; one without a day comes first."""
    records = [
        one for one in p.evidence.items if one.duty == duty and not (isinstance(one.on, date) and one.on > p.as_at)
    ]
    return max(records, key=lambda one: one.on.isoformat() if isinstance(one.on, date) else "", default=None)


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
    record = _latest(p, _GUIDANCE)
    if record is None or record.met is UNKNOWN:
        yield cannot_tell("evidence", "a record that regard was had to guidance")
    elif not record.met:
        yield fail(
            "evidence", "no regard was had to guidance", mend="consider the guidance, and record that it was done"
        )
