"""Rules about what schemes say, item by item, and about acting as they say (part 5A)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.dates import add_months
from scotintegration.rules._boards import rest
from scotintegration.rules._engine import rule
from scotintegration.rules._records import as_recorded
from scotintegration.rules._schemes import PARTIES, with_scheme
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.bodies import Seats
    from scotintegration.partnership import Partnership

__all__ = ["acts_accordingly", "disputes", "financial_reports", "variances"]

_ACTS: Final = "ISR-reg2-3-act-accordingly"


def _one_nominee_more(p: Partnership) -> Partnership:
    """Let the scheme state one nominee of each party more than there are."""

    def more(one: Seats) -> Seats:
        assert isinstance(one.number, int)
        return attrs.evolve(one, number=one.number + 1)

    return with_scheme(p, nominees=p.scheme.nominees.map(more))


@rule(
    _ACTS,
    cites="SSI 2014/341 reg.2(3)",
    severity="statute",
    topic="scheme",
    in_force="2014-11-28",
    duty_on="local authority, Health Board and integration joint board or monitoring committee",
    fields="S.items; B.seats_la; B.seats_hb; B.chairs; C.members; reports",
    passes="body-corporate",
    fails=_one_nominee_more,
)
def acts_accordingly(p: Partnership, on: date) -> Iterator[Verdict]:
    """Nominees, the chair's term and the rhythm of financial reports are as the scheme says."""
    for stated in p.scheme.nominees.items:
        yield from _nominees(p, stated)
    yield from rest(p.scheme.nominees, "scheme.nominees", "how many nominees the scheme states")
    yield from _terms(p, on)
    what = "financial monitoring reports came as often as the scheme says"
    yield from as_recorded(p, _ACTS, what, "report as often as the scheme says")


def _nominees(p: Partnership, stated: Seats) -> Iterator[Verdict]:
    """Compare how many nominees a party has with how many the scheme states."""
    where, mend = f"scheme.nominees[{stated.nominator!r}]", "bring the number into line with the scheme, or revise it"
    if p.ijb is not None:
        actual = p.ijb.seats_of(stated.nominator)
        if UNKNOWN in (actual, stated.number) or None in (actual, stated.number):
            yield cannot_tell(where, f"how many seats {stated.nominator} has, or is to have")
        elif actual != stated.number:
            yield fail(where, f"{stated.number} in the scheme, {actual} on the board", mend=mend)
        return
    sitting = p.current_members
    nominated = sum(one.nominated_by == stated.nominator for one in sitting.items)
    if not isinstance(stated.number, int):
        yield cannot_tell(where, f"how many nominees of {stated.nominator} the scheme states")
    elif nominated > stated.number:
        yield fail(where, f"{stated.number} in the scheme, {nominated} on the committee", mend=mend)
    elif not sitting.complete or any(one.nominated_by is UNKNOWN for one in sitting.items):
        yield cannot_tell(where, f"how many nominees of {stated.nominator} sit on the committee")
    elif nominated < stated.number:
        yield warn(where, f"{stated.number} in the scheme, {nominated} on the committee", mend="fill what is vacant")


def _terms(p: Partnership, on: date) -> Iterator[Verdict]:
    """Find that somebody holds the chair or vice-chair for longer than the scheme says."""
    months = p.scheme.chair_term_months
    if months is None:
        return
    for one in p.chairs.items:
        where = f"chairs[{one.id!r}]"
        if months is UNKNOWN or UNKNOWN in (one.start, one.until):
            yield cannot_tell(where, "the term that the scheme states, or the days of this one")
        elif isinstance(one.start, date) and one.start <= on:
            last = add_months(one.start, months) - timedelta(days=1)
            end = one.until if isinstance(one.until, date) else on
            if end > last and on >= one.start:
                what = f"from {one.start.isoformat()} beyond {last.isoformat()}; the scheme says {months} months"
                yield fail(where, what, mend=f"end the period by {last.isoformat()}, or revise the scheme")
    yield from rest(p.chairs, "chairs", "who else was in the chair, and for how long,")


def _without(slug: str) -> Callable[[Partnership], Partnership]:
    """Leave an item out of the scheme: for examples."""
    return lambda p: with_scheme(p, items=[one for one in p.scheme.items.items if one != slug])


def _says(p: Partnership, slug: str, what: str) -> Iterator[Verdict]:
    """Find that a scheme leaves out one of the prescribed items."""
    items = p.scheme.items
    if slug in items.items:
        return
    if items.complete:
        yield fail("scheme.items", f"the scheme does not say {what}", mend=f"let the scheme say {what}")
    else:
        yield cannot_tell("scheme.items", f"whether the scheme says {what}")


@rule(
    "ISR-fin-report-freq",
    cites="SSI 2014/341 sch",
    severity="statute",
    topic="scheme",
    basis="evidence",
    in_force="2014-11-28",
    duty_on=PARTIES,
    entails=("ISR-items-complete",),
    fields="S.model; S.items.fin_report; S.set_aside_method",
    passes="body-corporate",
    fails=_without("fin-report"),
)
def financial_reports(p: Partnership, on: date) -> Iterator[Verdict]:
    """The scheme says how often financial reports are made and what is in them, sums set aside among it."""
    yield from _says(p, "fin-report", "how often financial monitoring reports are made and what is in them")


@rule(
    "ISR-variance",
    cites="SSI 2014/341 sch",
    severity="statute",
    topic="scheme",
    basis="evidence",
    in_force="2014-11-28",
    duty_on=PARTIES,
    entails=("ISR-items-complete",),
    fields="S.items.fin_variance",
    passes="body-corporate",
    fails=_without("fin-variance"),
)
def variances(p: Partnership, on: date) -> Iterator[Verdict]:
    """The scheme says what happens to an overspend or an underspend."""
    yield from _says(p, "fin-variance", "what happens to an overspend or underspend")


@rule(
    "ISR-dispute",
    cites="SSI 2014/341 sch",
    severity="statute",
    topic="scheme",
    basis="evidence",
    in_force="2014-11-28",
    duty_on=PARTIES,
    entails=("ISR-items-complete",),
    fields="S.items.dispute",
    passes="body-corporate",
    fails=_without("dispute"),
)
def disputes(p: Partnership, on: date) -> Iterator[Verdict]:
    """The scheme says how a dispute between the council and the Health Board is resolved."""
    yield from _says(p, "dispute", "how the council and the Health Board resolve a dispute")
