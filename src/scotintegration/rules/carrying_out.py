"""Rules about carrying functions out: by which authority, under which direction, and by whom besides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.directions import Direction, Progress, ServiceChange
from scotintegration.errors import UnknownFactError
from scotintegration.rules._engine import rule
from scotintegration.rules._reading import any_direction, listed, meant_by, of_live, redrafted, spot
from scotintegration.rules._records import as_recorded, not_kept
from scotintegration.rules._schemes import with_scheme
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration.functions import DelegatedFunction
    from scotintegration.partnership import Partnership

__all__ = [
    "PER_DIRECTION",
    "answers_requests",
    "change_has_direction",
    "complied_with",
    "may_be_split",
    "not_exclusive",
    "one_authority",
    "regard_to_principles",
]

_INFO: Final = "PBJW-s26-3-info"
_REGARD: Final = "PBJW-s40-regard"


# -- records -----------------------------------------------------------------------------------------------------


@rule(
    _INFO,
    cites="2014 asp 9 s.26(3)",
    severity="statute",
    topic="directions",
    basis="evidence",
    in_force="2014-09-22",
    duty_on="council or health board that may be directed",
    fields="info_requests.section; info_requests.to; info_requests.answered_on",
    passes="body-corporate",
    fails=not_kept(_INFO),
)
def answers_requests(p: Partnership, on: date) -> Iterator[Verdict]:
    """Whoever may be directed gives the authority the information that it reasonably asks for beforehand."""
    yield from as_recorded(p, _INFO, "requests for information were answered", "answer the request")


@rule(
    _REGARD,
    cites="2014 asp 9 s.40",
    severity="statute",
    topic="directions",
    basis="evidence",
    in_force="2014-09-22",
    duty_on="whoever carries out an integration function",
    fields="decisions.regard_principles; decisions.regard_outcomes",
    passes="body-corporate",
    fails=not_kept(_REGARD),
)
def regard_to_principles(p: Partnership, on: date) -> Iterator[Verdict]:
    """Whoever carries out a delegated function has regard to the delivery principles and the national outcomes."""
    what = "regard was had to the delivery principles and the national outcomes"
    yield from as_recorded(p, _REGARD, what, "consider them, and record that it was done")


# -- by whom -----------------------------------------------------------------------------------------------------


@rule(
    "PBJW-s26-5-split",
    cites="2014 asp 9 s.26(4)-(5)",
    severity="statute",
    topic="directions",
    in_force="2014-09-22",
    modality="may",
    duty_on="integration authority",
    fields="D.recipients; D.split",
    passes="body-corporate",
    fails=None,
)
def may_be_split(p: Partnership, on: date) -> Iterator[Verdict]:
    """A direction may be given to several bodies at once, and may say how they divide the work."""
    yield from ()


@rule(
    "PBJW-s25-4-not-exclusive",
    cites="2014 asp 9 s.25(4)",
    severity="statute",
    topic="directions",
    in_force="2014-09-22",
    modality="may",
    duty_on="local authority and Health Board",
    fields="F.delegator; F.carried_out_by",
    passes="body-corporate",
    fails=None,
)
def not_exclusive(p: Partnership, on: date) -> Iterator[Verdict]:
    """Whoever delegated a function may still carry it out."""
    yield from ()


def _authorities(p: Partnership) -> set[str]:
    """List the bodies to which a scheme can delegate: its board, or its lead agencies."""
    return {role.body for role in p.lead_agencies} if p.ijb is None else {p.ijb.id}


def _delegated_twice(p: Partnership) -> Partnership:
    """Delegate a function to a second body under the same name, in the year that is being looked at."""
    one = next(one for one in p.scheme.functions if one.is_delegated(p.as_at))
    again = attrs.evolve(one, id=f"{one.id}-again", delegate=one.delegator)
    plans = [attrs.evolve(plan, functions=[*plan.functions, again.id]) for plan in p.plans]
    return with_scheme(p, functions=[*p.scheme.functions, again]).evolve(plans=plans)


@rule(
    "PBJW-s25-2-ia-carries",
    cites="2014 asp 9 s.25(2)",
    severity="statute",
    topic="directions",
    in_force="2014-09-22",
    duty_on="integration authority",
    entails=("PBJW-s1-3b-functions-listed",),
    fields="F.id; F.ia; S.model",
    passes="lead-agency-both-ways",
    fails=_delegated_twice,
)
def one_authority(p: Partnership, on: date) -> Iterator[Verdict]:
    """Every delegated function is carried out by exactly one integration authority of the scheme."""
    authorities = _authorities(p)
    found: dict[tuple[str, str], list[DelegatedFunction]] = {}
    for function in p.scheme.functions.items:
        where = f"functions[{function.id!r}].delegate"
        try:
            if not function.is_delegated(on):
                continue
        except UnknownFactError as missing:
            yield cannot_tell(where, missing.what)
            continue
        if function.delegate not in authorities:
            what = f"delegated to {function.delegate!r}, which is no integration authority of the scheme"
            yield fail(where, what, mend=f"delegate it to {listed(authorities) or 'an integration authority'}")
        found.setdefault((function.name.casefold(), function.delegator), []).append(function)
    for same in found.values():
        delegates = {one.delegate for one in same}
        if len(delegates) > 1:
            what = f"{same[0].name!r} of {same[0].delegator!r} is delegated to {listed(delegates)}"
            yield fail(f"functions[{same[-1].id!r}].delegate", what, mend="delegate it to one of them")
    if not p.scheme.functions.complete:
        yield cannot_tell("functions", "the rest of what is delegated")


def _progress_of(p: Partnership, direction: Direction) -> Iterator[Verdict]:
    """Find that a direction was refused."""
    where = spot(direction, "progress")
    if direction.progress is UNKNOWN:
        yield cannot_tell(where, "how far whoever was directed has come")
    elif direction.progress is Progress.REFUSED:
        what = f"refused by {listed(direction.given_to.items) or 'whoever was directed'}"
        yield fail(where, what, mend="carry it out, or agree that the authority varies it")


def _refused(p: Partnership) -> Partnership:
    return redrafted(p, any_direction, progress="refused")


@rule(
    "PBJW-s27-4-comply",
    cites="2014 asp 9 s.27(4)",
    severity="statute",
    topic="directions",
    in_force="2014-09-22",
    duty_on="council or health board that is directed",
    fields="D.status",
    passes="body-corporate",
    fails=_refused,
)
def complied_with(p: Partnership, on: date) -> Iterator[Verdict]:
    """Nobody refuses to comply with a direction."""
    yield from of_live(p, _progress_of)


# -- changes of services -----------------------------------------------------------------------------------------


def _behind(p: Partnership, change: ServiceChange) -> Iterator[tuple[Direction, str, bool]]:
    """List the directions that may be behind a change, each with why it is not and whether that is sure."""
    assert isinstance(change.direction, str)
    for one in meant_by(p, change.direction):
        day = one.binds_from if one.issued_on is None else one.issued_on
        if change.function not in one.functions.items:
            yield one, f"it does not name {change.function!r}", one.functions.complete and not one.words
        elif change.made_by not in one.given_to.items:
            yield one, f"it is not given to {change.made_by!r}", one.given_to.complete
        elif not isinstance(day, date):
            yield one, "it is not recorded when it was issued", day is None
        else:
            late = f"it was issued on {day.isoformat()}" if day > change.on else ""
            yield one, late, True


def _unasked(p: Partnership) -> Partnership:
    change = ServiceChange(
        id="closed", function=p.functions[0].id, made_by=p.functions[0].delegator, on=p.as_at, direction=None
    )
    return p.evolve(service_changes=[*p.service_changes, change])


@rule(
    "GUID-D18-change-without-direction",
    cites="practice: Scottish Borders, Teviot day service",
    severity="guidance",
    topic="directions",
    models="a",
    in_force="2014-09-22",
    modality="must_not",
    duty_on="local authority and Health Board",
    fields="service_changes.function; service_changes.made_by; service_changes.date; D.functions; D.issued_on",
    verified=False,
    passes="body-corporate",
    fails=_unasked,
)
def change_has_direction(p: Partnership, on: date) -> Iterator[Verdict]:
    """No council or Health Board changes a service under a delegated function without a direction behind it."""
    for change in p.service_changes.items:
        if change.on > on:
            continue
        where = f"service_changes[{change.id!r}]"
        said = f"{change.made_by!r} changed a service under {change.function!r} on {change.on.isoformat()}"
        mend = "give a direction for the change, or undo it"
        if change.direction is UNKNOWN:
            yield cannot_tell(f"{where}.direction", "the direction behind the change")
        elif change.direction is None:
            yield warn(where, f"{said} with no direction behind it", mend=mend)
        else:
            behind = list(_behind(p, change))
            if any(not why for _, why, _ in behind):
                continue
            rejected = [(one.full_reference, why) for one, why, _ in behind]
            if not all(sure for _, _, sure in behind) or (not behind and not p.directions.complete):
                yield cannot_tell(where, f"whether {change.direction!r} is behind it", considered=rejected)
            else:
                yield warn(where, f"{said}; {change.direction!r} did not ask for it", mend=mend, considered=rejected)
    if not p.service_changes.complete:
        yield cannot_tell("service_changes", "whether services were changed")


PER_DIRECTION: Final[Mapping[str, Callable[[Partnership, Direction], Iterator[Verdict]]]] = MappingProxyType(
    {complied_with.id: _progress_of}
)
"""What these rules ask of a single direction, a draft too, by id of the rule."""
