"""Rules about who makes a scheme with whom, and what only a new scheme can change (part 5A)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.citations import cite
from scotintegration.dates import day
from scotintegration.rules._boards import rest, some
from scotintegration.rules._engine import rule
from scotintegration.rules._schemes import PARTIES, councils_of, with_scheme
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.schemes import Arrangement, Basis, Model
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.revisions import Revision

__all__ = ["FIRST_DUE", "a_new_scheme", "joint_scheme", "no_agency", "single_or_joint"]

FIRST_DUE: Final = day("2015-04-01")
"""The prescribed day before which first schemes had to go to Ministers (SSI 2014/284, reg. 2)."""

ACT: Final = cite("asp 2014/9").instrument
AGENCY: Final = cite("1973 c.65 s.56")


def _without_the_health_board(p: Partnership) -> Partnership:
    return with_scheme(p, health_board="another-health-board")


@rule(
    "PBJW-s1-2-joint-scheme",
    cites="2014 asp 9 s.1(2), 2(2)",
    severity="statute",
    topic="scheme",
    in_force="2014-09-22",
    duty_on=PARTIES,
    fields="P.las; P.hb; S.parties; S.in_force_from; S.in_force_to; t",
    passes="body-corporate",
    fails=_without_the_health_board,
)
def joint_scheme(p: Partnership, on: date) -> Iterator[Verdict]:
    """Every council has one scheme that stands, made together with its Health Board."""
    if on < FIRST_DUE:
        return
    scheme = p.scheme
    if scheme.health_board != p.health_board.id:
        what = f"made with {scheme.health_board}, not with {p.health_board.id}"
        yield fail("scheme.health_board", what, mend=f"make the scheme together with {p.health_board.id}")
    for council in councils_of(p):
        if council in scheme.local_authorities.items:
            continue
        if scheme.local_authorities.complete:
            mend = "let every council make the scheme together with the Health Board"
            yield fail("scheme.local_authorities", f"{council} is no party to the scheme", mend=mend)
        else:
            yield cannot_tell("scheme.local_authorities", f"whether {council} is a party to the scheme")
    ended = scheme.replaced_on
    if ended is UNKNOWN:
        yield cannot_tell("scheme.replaced_on", "whether a new scheme took its place")
    elif ended is not None and ended <= on:
        what = f"a new scheme took its place on {ended.isoformat()}"
        yield fail("scheme.replaced_on", what, mend="record the scheme that stands now")


def _of_one_area(p: Partnership) -> Partnership:
    return with_scheme(p, basis="s.1(2)")


@rule(
    "PBJW-s2-single-or-joint",
    cites="2014 asp 9 s.2(2)-(4)",
    severity="statute",
    topic="scheme",
    in_force="2014-09-22",
    duty_on=PARTIES,
    fields="P.hb; P.hb_las; S.basis; S.parties",
    passes="large-hospital",
    fails=_of_one_area,
)
def single_or_joint(p: Partnership, on: date) -> Iterator[Verdict]:
    """A Health Board with several councils makes a scheme with one of them, or one scheme with several."""
    area, parties = p.health_board.local_authorities, p.scheme.local_authorities
    count = len({*area.items, *parties.items})
    if count < 2 and area.complete:
        return
    if count < 2:
        yield cannot_tell("health_board.local_authorities", "how many councils the Health Board's area holds")
        return
    lawful = Basis.SINGLE if len(parties.items) == 1 else Basis.JOINT
    if not parties.complete and len(parties.items) < 2:
        yield cannot_tell("scheme.local_authorities", "which councils made the scheme")
    elif not parties.items:
        yield fail("scheme.local_authorities", "no council made it", mend="make the scheme with one council or several")
    elif p.scheme.basis is not lawful:
        what = f"made under {p.scheme.basis.value} by {len(parties.items)} of {count} councils"
        yield fail("scheme.basis", what, mend=f"make it under {lawful.value}")


def _model_revised(p: Partnership) -> Partnership:
    other = Model.BODY_CORPORATE if p.model.is_lead_agency else Model.LA_TO_HB
    return with_scheme(p, revisions=p.scheme.revisions.map(lambda one: attrs.evolve(one, model=other.letter)))


def _has_gone(revision: Revision, on: date) -> bool | None:
    """Tell whether a revision went to Ministers, was approved or took effect by a day; None where nobody can."""
    days = (revision.submitted_on, revision.approved_on, revision.effect_on)
    if any(isinstance(one, date) and one <= on for one in days):
        return True
    return None if UNKNOWN in days else False


@rule(
    "PBJW-s47-new-not-revised",
    cites="2014 asp 9 s.47(2)-(3)",
    severity="statute",
    topic="scheme",
    in_force="2014-09-22",
    duty_on=PARTIES,
    fields="S.revisions.model; S.revisions.parties; S.model; S.parties; S.replaces",
    passes="lead-agency-to-board",
    fails=_model_revised,
)
def a_new_scheme(p: Partnership, on: date) -> Iterator[Verdict]:
    """Another model or other councils take a new scheme, not a revised one."""
    mend = "prepare a new scheme that takes the place of this one"
    for revision in p.scheme.revisions.items:
        where = f"scheme.revisions[{revision.id!r}]"
        gone = _has_gone(revision, on)
        if gone is False:
            continue
        for field, changed in (
            ("model", _other_model(p, revision)),
            ("local_authorities", _other_councils(p, revision)),
        ):
            if changed is None or (changed and gone is None):
                yield cannot_tell(f"{where}.{field}", "what it changes, or the day it went to Ministers")
            elif changed:
                yield fail(f"{where}.{field}", changed, mend=mend)
    yield from rest(p.scheme.revisions, "scheme.revisions", "how else the scheme was revised")


def _other_model(p: Partnership, revision: Revision) -> str | None:
    """Say which other model a revision names: nothing where none, None where nobody recorded it."""
    if revision.model is UNKNOWN:
        return None
    if revision.model is None or revision.model == p.model.letter:
        return ""
    return f"it turns model {p.model.letter} into model {revision.model}"


def _other_councils(p: Partnership, revision: Revision) -> str | None:
    """Say which other councils a revision names: nothing where none, None where nobody can tell."""
    named, parties = revision.local_authorities, p.scheme.local_authorities
    if named is None or (named.complete and parties.complete and named.items == parties.items):
        return ""
    new = set(named.items) - set(parties.items) if parties.complete else set()
    gone = set(parties.items) - set(named.items) if named.complete else set()
    if new or gone:
        return f"it changes the councils: {some(sorted(new | gone))}"
    return None


def _lets_another_act(p: Partnership) -> Partnership:
    council = councils_of(p)[0]
    agreed = Arrangement(from_la=council, to_la=f"{council}-2", function="asp 2014/9 s.44(2)", power="1973 c.65 s.56")
    return with_scheme(p, arrangements=[*p.scheme.arrangements.items, agreed])


@rule(
    "PBJW-s57-no-la-agency",
    cites="2014 asp 9 s.57",
    severity="statute",
    topic="scheme",
    in_force="2014-09-22",
    modality="must_not",
    duty_on="local authority",
    fields="arrangements.from_la; arrangements.to_la; arrangements.function; arrangements.power",
    passes="body-corporate",
    fails=_lets_another_act,
)
def no_agency(p: Partnership, on: date) -> Iterator[Verdict]:
    """No council lets another discharge, under the 1973 Act, a function that the 2014 Act gives it."""
    for one in p.scheme.arrangements.items:
        if one.function.instrument != ACT or one.power.instrument != AGENCY.instrument:
            continue
        if one.power.provision != AGENCY.provision or one.from_la == one.to_la:
            continue
        where = "scheme.arrangements"
        if one.start is UNKNOWN or one.until is UNKNOWN:
            yield cannot_tell(where, f"from and until when {one.to_la} acts for {one.from_la}")
        elif (one.start is None or one.start <= on) and (one.until is None or on <= one.until):
            what = f"{one.to_la} discharges {one.function.printed} for {one.from_la}"
            yield fail(where, what, mend=f"end the arrangement; {one.from_la} is to act itself")
    yield from rest(p.scheme.arrangements, "scheme.arrangements", "which other arrangements councils have")
