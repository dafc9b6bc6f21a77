"""Rules about directions: which functions need one, to whom it is given, and what it may be for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from scotintegration.directions import Direction
from scotintegration.errors import UnknownFactError
from scotintegration.rules._engine import rule
from scotintegration.rules._reading import (
    any_direction,
    has_passed,
    listed,
    not_all_directions,
    of_live,
    redrafted,
    spot,
)
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.schemes import Model
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration.functions import DelegatedFunction
    from scotintegration.partnership import Partnership

__all__ = [
    "PER_DIRECTION",
    "every_function",
    "functions_are_delegated",
    "lead_agency_may_direct",
    "recipients",
]

Said: TypeAlias = Iterator[Verdict]


# -- every function has a direction ------------------------------------------------------------------------------


def _uncovered(p: Partnership) -> Partnership:
    """Revoke a direction in force on the day that governs, and put nothing in its place."""
    live = p.directions.in_force(on=p.as_at)[0]
    return p.evolve(directions=p.directions.revoke(live.id, on=p.as_at))


@rule(
    "PBJW-s26-1-every-function",
    cites="2014 asp 9 s.26(1)",
    severity="statute",
    topic="directions",
    models="a",
    in_force="2014-09-22",
    duty_on="integration joint board",
    fields="S.functions; D.functions; D.status; D.issued_on; D.ended_on; orders.s27_6_functions; t",
    passes="body-corporate",
    fails=_uncovered,
)
def every_function(p: Partnership, on: date) -> Said:
    """Every delegated function has a direction in force, unless an order lets the board give none for it."""
    live = p.directions.in_force(on=on)
    covered = {function for direction in live.items for function in direction.functions.items}
    excused = p.excused(on)
    bare = [one for one in p.functions.items if one.id not in covered and one.id not in excused.items]
    vague = [one for one in live.items if not one.functions.complete or one.words is UNKNOWN or one.words]
    if not p.functions.complete:
        yield cannot_tell("functions", "the rest of what is delegated")
    if not bare or (p.scheme.delegated_on is not UNKNOWN and not has_passed(p, on)):
        return
    for function in bare:
        where = f"functions[{function.id!r}]"
        named = [(one.id, f"it is {p.directions.state(one, on=on)}") for one in p.directions.history(function.id)]
        if not live.complete:
            yield cannot_tell(where, not_all_directions(p).what, considered=named)
        elif vague:
            named += [(one.id, "it is not clear which functions it names") for one in vague]
            yield cannot_tell(where, "which functions a direction is for", considered=named)
        elif not excused.complete:
            yield cannot_tell(where, "whether an order lets the board give no direction for it", considered=named)
        else:
            yield fail(
                where,
                f"no direction in force on {on.isoformat()}",
                mend=f"give a direction to {listed(body.id for body in p.parties)}, or one of them, to carry it out",
                considered=named,
            )


# -- to whom, and for what ---------------------------------------------------------------------------------------


def _recipients_of(p: Partnership, direction: Direction) -> Said:
    """Find a recipient who is not a party to the scheme, or that there is none."""
    parties = [body.id for body in p.parties]
    where = spot(direction, "given_to")
    one_of = f"give it to one or more of {listed(parties)}"
    for recipient in direction.given_to.items:
        if recipient not in parties:
            yield fail(where, f"given to {recipient!r}, which is no constituent authority", mend=one_of)
    if not direction.given_to.complete:
        yield cannot_tell(where, "everybody it is given to")
    elif not direction.given_to.items and not direction.is_bare_revocation:
        yield fail(where, "given to nobody", mend=one_of)


def _to_a_charity(p: Partnership) -> Partnership:
    return redrafted(p, any_direction, given_to=["made-up-charity"])


@rule(
    "PBJW-s26-1-recipient",
    cites="2014 asp 9 s.26(1), 61",
    severity="statute",
    topic="directions",
    models="a",
    in_force="2014-09-22",
    duty_on="integration joint board",
    fields="D.recipients; S.parties",
    passes="body-corporate",
    fails=_to_a_charity,
)
def recipients(p: Partnership, on: date) -> Said:
    """Every direction is given to a constituent authority of the board, and to nobody else."""
    yield from of_live(p, _recipients_of)


def _lead_recipients_of(p: Partnership, direction: Direction) -> Said:
    """Find a recipient whom a lead agency has no leave to direct."""
    parties = {body.id for body in p.parties}
    named = [one for one in p.scheme.functions.items if one.id in direction.functions.items]
    may = {one.delegator for one in named} if named and p.model is Model.BOTH_WAYS else parties
    for recipient in direction.given_to.items:
        if recipient not in may:
            yield warn(
                spot(direction, "given_to"),
                f"given to {recipient!r}, whom the authority has no leave to direct",
                mend=f"give it to {listed(may)}, or make an agreement of another kind",
            )


@rule(
    "PBJW-s26-2-may",
    cites="2014 asp 9 s.26(2), (2A)",
    severity="statute",
    topic="directions",
    models="bcd",
    in_force="2014-09-22",
    modality="may",
    duty_on="integration authority",
    fields="S.model; D.recipients; F.delegator; S.parties",
    passes="lead-agency-both-ways",
    fails=None,
)
def lead_agency_may_direct(p: Partnership, on: date) -> Said:
    """A lead agency may direct the body that delegated to it, and need not."""
    yield from of_live(p, _lead_recipients_of)


def _issuer(p: Partnership, direction: Direction) -> str:
    return known(direction.issuer, f"who issued {direction.id!r}") or p.directions.issuer


def _is_delegated_to(p: Partnership, function: DelegatedFunction, issuer: str) -> bool:
    """Tell whether an issuer is the authority of a function; a lead agency goes by its body, its role or the area."""
    if p.ijb is not None:
        return function.delegate == issuer
    roles = {role.id for role in p.lead_agencies if role.body == function.delegate}
    return issuer in {function.delegate, p.id, *roles}


def _functions_of(p: Partnership, direction: Direction) -> Said:
    """Find a function that is not delegated to whoever directs it, or that none is named."""
    if direction.is_bare_revocation:
        return
    where = spot(direction, "functions")
    start = direction.binds_from
    on = start if isinstance(start, date) and start > p.as_at else p.as_at
    functions = {one.id: one for one in p.scheme.functions.items}
    for name in direction.functions.items:
        if name in functions:
            try:
                yield from _named(p, direction, functions[name], on)
            except UnknownFactError as missing:
                yield cannot_tell(where, missing.what)
        elif p.scheme.functions.complete:
            mend = "leave it out, or add it to the scheme by a revised scheme"
            yield fail(where, f"{name!r} is not delegated", mend=mend)
        else:
            yield cannot_tell(where, f"whether {name!r} is delegated")
    if not direction.functions.complete or direction.words is UNKNOWN or direction.words:
        yield cannot_tell(where, "which delegated functions its words stand for")
    elif not direction.functions.items:
        yield fail(where, "it names no delegated function", mend="name the delegated functions that it is for")


def _named(p: Partnership, direction: Direction, function: DelegatedFunction, on: date) -> Said:
    """Find that a function is not delegated on a day, or not to whoever directs it."""
    where = spot(direction, "functions")
    if not function.is_delegated(on):
        mend = "leave it out, or delegate it by a revised scheme"
        yield fail(where, f"{function.id!r} is not delegated on {on.isoformat()}", mend=mend)
    elif not _is_delegated_to(p, function, issuer := _issuer(p, direction)):
        what = f"{function.id!r} is delegated to {function.delegate!r}, not to {issuer!r}"
        yield fail(where, what, mend=f"leave it to {function.delegate!r} to direct")


def _beyond_the_scheme(p: Partnership) -> Partnership:
    live = p.directions.in_force(on=p.as_at)[0]
    return redrafted(p, any_direction, functions=[*live.functions, "housing-allocation"])


@rule(
    "PBJW-s26-function-delegated",
    cites="2014 asp 9 s.26",
    severity="statute",
    topic="directions",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="D.functions; S.functions; F.ia; D.issuer",
    passes="body-corporate",
    fails=_beyond_the_scheme,
)
def functions_are_delegated(p: Partnership, on: date) -> Said:
    """A direction is only for functions delegated to the authority that gives it."""
    yield from of_live(p, _functions_of)


PER_DIRECTION: Final[Mapping[str, Callable[[Partnership, Direction], Said]]] = MappingProxyType(
    {
        recipients.id: _recipients_of,
        lead_agency_may_direct.id: _lead_recipients_of,
        functions_are_delegated.id: _functions_of,
    }
)
"""What these rules ask of a single direction, a draft too, by id of the rule."""
