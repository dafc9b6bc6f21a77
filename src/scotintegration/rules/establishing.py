"""Rules about how a board comes to be, when functions pass, and what its chief officer is for (part 5B)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.rules._boards import board_of
from scotintegration.rules._engine import rule
from scotintegration.rules._records import as_recorded, not_kept
from scotintegration.rules._schemes import PARTIES, with_scheme
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration._fields import MaybeDate
    from scotintegration.partnership import Partnership

__all__ = [
    "agreed_responsibilities",
    "established_by_order",
    "functions_pass_on_the_day",
    "somebody_stands_in",
]

_AGREED: Final = "PBJW-s10-7-ministers"
_INTERIM: Final = "co-interim"

_PRESCRIBED: Final = date(2016, 4, 1)
"""The day on which functions were to pass where no plan named another: SSI 2014/284, reg. 3."""


def _without_an_order(p: Partnership) -> Partnership:
    return p.evolve(ijb=attrs.evolve(board_of(p), order=None))


@rule(
    "PBJW-s9-order",
    cites="2014 asp 9 s.9(2), 51(2)(b)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-09-22",
    basis="evidence",
    duty_on="Scottish Ministers",
    fields="S.model; B.order; B.established_on",
    passes="body-corporate",
    fails=_without_an_order,
)
def established_by_order(p: Partnership, on: date) -> Iterator[Verdict]:
    """An integration joint board exists by an order of the Scottish Ministers and in no other way."""
    order, day, mend = board_of(p).order, board_of(p).established_on, "ask the Scottish Ministers for an order"
    if order is UNKNOWN:
        yield cannot_tell("ijb.order", "the order that established the board is not recorded")
    elif not order:
        yield fail("ijb.order", "no order established the board", mend=mend)
    if day is UNKNOWN:
        yield cannot_tell("ijb.established_on", "the day on which the board was established is not recorded")
    elif day is None and (order is UNKNOWN or order):
        yield fail("ijb.established_on", "the board was established on no day", mend=f"{mend} that names the day")


def _a_month_late(p: Partnership) -> Partnership:
    return with_scheme(p, delegated_on="2016-05-01")


@rule(
    "DAYS-delegation-by",
    cites="2014 asp 9 s.9(3), 15(2); SSI 2014/284",
    severity="statute",
    topic="membership",
    in_force="2014-11-28",
    duty_on=PARTIES,
    fields="S.is_first; S.delegated_on; PL.delegation_day; S.substituted_day",
    passes="body-corporate",
    fails=_a_month_late,
)
def functions_pass_on_the_day(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Under a first scheme functions pass on the day that the first plan names, or else on 1 April 2016.

    Whether a later day for submitting the scheme moves this day too is not clear from the Act; we then only warn.
    """
    scheme = p.scheme
    passed = known(scheme.delegated_on, "the day functions passed")
    if on < _PRESCRIBED and (passed is None or passed > on):
        return
    if known(scheme.replaces, "whether it is the first scheme") is not None:
        return
    if passed is None or passed > _PRESCRIBED:
        yield from _late(passed, scheme.substituted_day)
        return
    named = _named(p)
    due = named if isinstance(named, date) and named < _PRESCRIBED else _PRESCRIBED
    if named is UNKNOWN:
        yield cannot_tell("plans", "the day that the first plan names for functions to pass is not recorded")
    elif passed != due:
        what = f"functions passed on {passed.isoformat()}, not on {due.isoformat()}"
        yield fail("scheme.delegated_on", what, mend="name the day in the first plan, and let functions pass on it")


def _late(passed: date | None, later: MaybeDate) -> Iterator[Verdict]:
    """Find that functions passed after the last day for it, unless Ministers put a later day for the scheme."""
    where = "scheme.delegated_on"
    said = "have not passed" if passed is None else f"passed on {passed.isoformat()}"
    what = f"functions {said}, and were to by {_PRESCRIBED.isoformat()}"
    if later is UNKNOWN:
        yield cannot_tell("scheme.substituted_day", "whether Ministers put a later day for the scheme is not recorded")
    elif later is None:
        yield fail(where, what, mend="let functions pass, or let Ministers act for want of a scheme")
    else:
        yield warn(where, f"{what}; Ministers put a later day, {later}, for the scheme", mend="ask what that day moved")


def _named(p: Partnership) -> MaybeDate:
    """Give the day that the first plan names for functions to pass; None where there is no plan or day."""
    firsts = [plan for plan in p.plans.items if plan.is_first is not UNKNOWN and plan.is_first]
    if firsts:
        return firsts[0].delegation_day
    return None if p.plans.complete and all(plan.is_first is not UNKNOWN for plan in p.plans.items) else UNKNOWN


@rule(
    _AGREED,
    cites="2014 asp 9 s.10(7)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-09-22",
    basis="evidence",
    duty_on="integration joint board",
    fields="B.co.responsibilities_agreed",
    passes="body-corporate",
    fails=not_kept(_AGREED),
)
def agreed_responsibilities(p: Partnership, on: date) -> Iterator[Verdict]:
    """The Scottish Ministers agreed to what the chief officer is responsible for."""
    what = "Ministers agreed to the chief officer's responsibilities"
    yield from as_recorded(p, _AGREED, what, "ask the Scottish Ministers to agree")


def _nobody_stands_in(p: Partnership) -> Partnership:
    return with_scheme(p, items=[slug for slug in p.scheme.items.items if slug != _INTERIM])


@rule(
    "ISR-co-interim",
    cites="SSI 2014/341 sch",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    basis="evidence",
    duty_on=PARTIES,
    entails=("ISR-items-complete",),
    fields="S.items.co_interim",
    passes="body-corporate",
    fails=_nobody_stands_in,
)
def somebody_stands_in(p: Partnership, on: date) -> Iterator[Verdict]:
    """The scheme says who stands in for the chief officer when the board asks for it."""
    if _INTERIM in p.scheme.items.items:
        return
    if p.scheme.items.complete:
        mend = "set out who stands in for the chief officer on the request of the board"
        yield fail("scheme.items", "nothing on who stands in for the chief officer", mend=mend)
    else:
        yield cannot_tell("scheme.items", "whether the scheme says who stands in for the chief officer is not recorded")
