"""Rules about what is weighed, and who is consulted, before a scheme or a revised scheme goes to Ministers (5A)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.revisions import CONSULTEES
from scotintegration.rules._boards import rest, some
from scotintegration.rules._engine import rule
from scotintegration.rules._records import as_recorded, not_kept
from scotintegration.rules._schemes import PARTIES, with_scheme
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration._fields import MaybeDate
    from scotintegration.partnership import Partnership
    from scotintegration.revisions import Revision
    from scotintegration.schemes import IntegrationScheme

__all__ = [
    "other_schemes_weighed",
    "principles_regarded",
    "revision_consulted_on",
    "scheme_consulted_on",
    "views_taken_into_account",
]

_OTHER_SCHEMES: Final = "PBJW-s2-6-cross-scheme"
_REGARD: Final = "PBJW-s3-regard"
_VIEWS: Final = "PBJW-s6-3-account"


def _others(p: Partnership) -> tuple[str, ...]:
    """Name the councils of the Health Board's area that are no party to the scheme."""
    return tuple(id for id in p.health_board.local_authorities.items if id not in p.scheme.local_authorities.items)


def _asked(p: Partnership, paper: IntegrationScheme | Revision, where: str, on: date) -> Iterator[Verdict]:
    """Find that a scheme went to Ministers though somebody was not consulted, or not in time."""
    sent = paper.submitted_on
    if sent is UNKNOWN and isinstance(paper.approved_on, date):
        sent = paper.approved_on  # it went to them no later
    if sent is None or (isinstance(sent, date) and sent > on):
        return
    if sent is UNKNOWN:
        yield cannot_tell(f"{where}.submitted_on", "the day it went to Ministers")
        return
    wanted = dict(CONSULTEES) | {id: id for id in _others(p)}
    missing = [words for id, words in wanted.items() if id not in paper.consulted.items]
    if missing and paper.consulted.complete:
        what = f"{len(missing)} of {len(wanted)} not consulted: {some(missing)}"
        yield fail(f"{where}.consulted", what, mend="consult them, and take their views into account")
    elif missing:
        yield cannot_tell(f"{where}.consulted", f"whether {some(missing)} were consulted")
    yield from _in_time(paper.consulted_on, paper.submitted_on, sent, where)
    yield from rest(p.health_board.local_authorities, "health_board.local_authorities", "which other councils it has")


def _in_time(over: MaybeDate, submitted: MaybeDate, sent: date, where: str) -> Iterator[Verdict]:
    """Find that a consultation was over only after the scheme had gone to Ministers."""
    if over is UNKNOWN:
        yield cannot_tell(f"{where}.consulted_on", "the day the consultation was over")
    elif over is None or over > sent:
        what = "no consultation was held" if over is None else f"over on {over.isoformat()}"
        mend = "consult before the scheme goes to Ministers"
        yield fail(f"{where}.consulted_on", f"{what}, and the scheme had gone by {sent.isoformat()}", mend=mend)
    elif submitted is UNKNOWN:
        yield cannot_tell(f"{where}.submitted_on", "the day it went to Ministers")


@rule(
    _OTHER_SCHEMES,
    cites="2014 asp 9 s.2(6)",
    severity="statute",
    topic="scheme",
    basis="evidence",
    in_force="2014-09-22",
    duty_on=PARTIES,
    fields="P.hb_las; S.considered_schemes",
    passes="large-hospital",
    fails=not_kept(_OTHER_SCHEMES),
)
def other_schemes_weighed(p: Partnership, on: date) -> Iterator[Verdict]:
    """Where the Health Board has other schemes, they and what all of them mean for it were taken into account."""
    if _others(p):
        what = "other schemes, and their effect on the Health Board, were taken into account"
        mend = "weigh the other schemes of the Health Board, and record that it was done"
        yield from as_recorded(p, _OTHER_SCHEMES, what, mend)
    else:
        yield from rest(p.health_board.local_authorities, "health_board.local_authorities", "which councils it has")


@rule(
    _REGARD,
    cites="2014 asp 9 s.3(2)",
    severity="statute",
    topic="scheme",
    basis="evidence",
    in_force="2014-09-22",
    duty_on=PARTIES,
    fields="S.regard_principles; S.regard_outcomes",
    passes="body-corporate",
    fails=not_kept(_REGARD),
)
def principles_regarded(p: Partnership, on: date) -> Iterator[Verdict]:
    """Whoever prepares a scheme has regard to the planning principles and to the national outcomes."""
    what = "regard was had to the planning principles and the national outcomes"
    yield from as_recorded(p, _REGARD, what, "consider the principles and outcomes, and record that it was done")


def _without_carers(p: Partnership) -> Partnership:
    return with_scheme(p, consulted=[id for id in p.scheme.consulted.items if not id.endswith("-carers")])


@rule(
    "PBJW-s6-consult",
    cites="2014 asp 9 s.6(2); SSI 2014/283 reg.2",
    severity="statute",
    topic="scheme",
    in_force="2014-11-28",
    duty_on=PARTIES,
    fields="S.consulted; S.submitted_on; P.hb_las; S.parties",
    passes="large-hospital",
    fails=_without_carers,
)
def scheme_consulted_on(p: Partnership, on: date) -> Iterator[Verdict]:
    """Before a scheme goes to Ministers thirteen groups and the Health Board's other councils are consulted."""
    yield from _asked(p, p.scheme, "scheme", on)


@rule(
    _VIEWS,
    cites="2014 asp 9 s.6(3)",
    severity="statute",
    topic="scheme",
    basis="evidence",
    in_force="2014-09-22",
    duty_on=PARTIES,
    fields="S.views_considered",
    passes="body-corporate",
    fails=not_kept(_VIEWS),
)
def views_taken_into_account(p: Partnership, on: date) -> Iterator[Verdict]:
    """What people said in the consultation was taken into account when the scheme was finalised."""
    what = "the views expressed were taken into account"
    yield from as_recorded(p, _VIEWS, what, "take the views into account, and record that it was done")


def _consulted_late(p: Partnership) -> Partnership:
    """Let the consultation on each revision end the day after it went to Ministers."""

    def late(one: Revision) -> Revision:
        assert isinstance(one.submitted_on, date)
        return attrs.evolve(one, consulted_on=one.submitted_on + timedelta(days=1))

    return with_scheme(p, revisions=p.scheme.revisions.map(late))


@rule(
    "PBJW-s46-4-consult",
    cites="2014 asp 9 s.46(4)-(5); SSI 2014/283 reg.2",
    severity="statute",
    topic="scheme",
    in_force="2014-11-28",
    duty_on=PARTIES,
    fields="S.revisions.consulted; S.revisions.submitted_on; P.hb_las",
    passes="large-hospital",
    fails=_consulted_late,
)
def revision_consulted_on(p: Partnership, on: date) -> Iterator[Verdict]:
    """Before a revised scheme goes to Ministers the same groups and councils are consulted on it."""
    for revision in p.scheme.revisions.items:
        yield from _asked(p, revision, f"scheme.revisions[{revision.id!r}]", on)
    yield from rest(p.scheme.revisions, "scheme.revisions", "how else the scheme was revised")
