"""Strategies for directions, registers and sums set aside (private)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from scotintegration.budgets import SetAside
from scotintegration.directions import Direction
from scotintegration.lifecycle import Event, follow
from scotintegration.money import Money
from scotintegration.registers import DirectionsRegister
from scotintegration.scopes import Scope
from scotintegration.strategies._values import (
    FIRST_DAY,
    LAST_DAY,
    MOST_PAID,
    at_least,
    days,
    either,
    function_ids,
    in_order,
    money,
)
from scotintegration.unknown import UNKNOWN, Listing

_LONGEST: Final = 1500
"""The most days between two acts, and the most that a direction lasts if it ends."""

_OWN_EVENTS: Final = (Event.EXTEND, Event.NOTE_PROGRESS, Event.PAUSE, Event.RESUME, Event.COMPLETE)
_ENDINGS: Final = {Event.VARY: "varies", Event.SUPERSEDE: "supersedes", Event.REVOKE: "revokes"}


def _from(first: date, max_day: date, most: int = _LONGEST) -> st.SearchStrategy[date]:
    """Draw a day on or after another, as often within the month as not."""
    soon, late = (days(min_day=first, max_day=min(max_day, first + timedelta(days=n))) for n in (30, most))
    return soon | late


@st.composite
def directions(
    draw: st.DrawFn,
    *,
    ids: st.SearchStrategy[str] | None = None,
    issuers: st.SearchStrategy[str] | None = None,
    recipients: st.SearchStrategy[str] | None = None,
    functions: st.SearchStrategy[str] | None = None,
    payments: st.SearchStrategy[Money] | None = None,
    min_day: date = FIRST_DAY,
    max_day: date = LAST_DAY,
    max_functions: int = 3,
) -> Direction:
    """
    Draw a direction that says all that the Act asks for.

    It is in writing, given to one body, for one function or more, with a payment and its use, decided and issued no
    later than the day it takes effect. It shrinks to one function, no money and no last day.

    Args:
        draw: What Hypothesis hands in.
        ids: References.
        issuers: Ids of the integration authority.
        recipients: Ids of the body that it is given to.
        functions: Ids of functions.
        payments: The payment.
        min_day: The first day on which it may be decided.
        max_day: The last day of which it may speak.
        max_functions: How many functions it is for at most, 1 or more.

    Returns:
        A direction.

    Raises:
        InvalidArgument: If the bounds are out of order, or *max_functions* is below 1.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 to 27.

    >>> from hypothesis import find
    >>> found = find(directions(), bool)
    >>> found.functions, found.payment, found.effective_from == found.decided_on
    (Listing('a'), Money('£0.00'), True)

    .. versionadded:: 0.1.0
    """
    at_least(1, max_functions, "max_functions")
    decided = draw(days(min_day=min_day, max_day=max_day))
    issued = draw(_from(decided, max_day))
    first = draw(_from(issued, max_day))
    names = st.lists(either(functions, function_ids()), min_size=1, max_size=max_functions, unique=True)
    return Direction(
        draw(either(ids, st.integers(1, 999).map("D-{}".format))),
        issuer=draw(either(issuers, st.just("toy-ijb"))),
        given_to=[draw(either(recipients, st.sampled_from(["toy-council", "toy-nhs"])))],
        functions=draw(names),
        text="carry out the functions named",
        payment=draw(either(payments, money())),
        use="to carry out the functions named",
        decided_on=decided,
        issued_on=issued,
        effective_from=first,
        ends_on=draw(st.none() | _from(first, max_day)),
        in_writing=True,
    )


@st.composite
def registers(
    draw: st.DrawFn,
    *,
    issuer: str = "toy-ijb",
    recipients: tuple[str, ...] = ("toy-council", "toy-nhs"),
    functions: tuple[str, ...] = ("care-at-home", "respite"),
    min_steps: int = 0,
    max_steps: int = 8,
    min_day: date = FIRST_DAY,
    max_day: date = LAST_DAY,
) -> DirectionsRegister:
    """
    Draw the history of a register in which every step is one that the life cycle has and statute allows.

    Directions are issued, varied, superseded, revoked, extended, paused, resumed, completed and reported on, one day
    after another or several a day. It shrinks to fewer steps. ``register.steps`` is the history itself.

    Args:
        draw: What Hypothesis hands in.
        issuer: Id of the integration authority.
        recipients: Ids of the bodies that it may direct.
        functions: Ids of the functions delegated to it.
        min_steps: The fewest steps, 0 or more.
        max_steps: The most steps.
        min_day: The day before which nothing happens.
        max_day: The last day of which anything speaks.

    Returns:
        A strict register with its scope, every day in it known.

    Raises:
        InvalidArgument: If the bounds are out of order, *min_steps* is negative, or there is nobody or nothing to
            direct.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 and 27(5).

    >>> from hypothesis import find
    >>> len(find(registers(), lambda register: bool(register.in_force(on="2020-01-01"))).steps)
    1

    .. versionadded:: 0.1.0
    """
    at_least(0, min_steps, "min_steps")
    in_order(min_steps, max_steps, "steps")
    in_order(min_day, max_day, "day")
    if not (recipients and functions):
        raise InvalidArgument(f"recipients={recipients!r}, functions={functions!r}; expected at least one of each")
    scope = Scope(recipients=recipients, functions=Listing(functions))
    register = DirectionsRegister(issuer, scope=scope)
    today = min_day
    for _ in range(draw(st.integers(min_steps, max_steps))):
        today = draw(_from(today, max_day, _LONGEST // 5))
        register = draw(_steps(register, today, max_day))
    return register


@st.composite
def _steps(draw: st.DrawFn, register: DirectionsRegister, today: date, max_day: date) -> DirectionsRegister:
    """Draw one more step of a register; shrinks to a new direction."""
    can = {
        event: [one.id for one in register if _may(register, event, one, today, max_day)]
        for event in (*_ENDINGS, *_OWN_EVENTS)
    }
    any_event = [Event.ISSUE, *(event for event, found in can.items() if found)]
    own = [event for event in any_event if event in _OWN_EVENTS]
    event = draw(st.sampled_from(any_event) | st.sampled_from(own) if own else st.sampled_from(any_event))
    scope = register.scope
    assert scope is not None
    if event is Event.ISSUE or event in _ENDINGS:
        paper = draw(
            directions(
                ids=st.just(f"D-{len(register) + 1}"),
                issuers=st.just(register.issuer),
                recipients=st.sampled_from(scope.recipients),
                functions=st.sampled_from(scope.functions.items),
                max_functions=len(scope.functions),
                min_day=today,
                max_day=max_day,
            )
        ).evolve(decided_on=today, issued_on=today)
        if event is Event.ISSUE:
            return register.issue(paper)
        target = draw(st.sampled_from(can[event]))
        if event is Event.REVOKE:
            return register.revoke(target, on=draw(days(min_day=today, max_day=max_day)))
        return register.issue(paper.evolve(**{_ENDINGS[event]: target}))
    target = draw(st.sampled_from(can[event]))
    if event is Event.EXTEND:
        last = register[target].ends_on
        assert isinstance(last, date)
        return register.extend(target, until=draw(days(min_day=last, max_day=max_day)), on=today)
    if event is Event.NOTE_PROGRESS:
        return register.note_progress(target, "in progress", on=today)
    does = {Event.PAUSE: register.pause, Event.RESUME: register.resume, Event.COMPLETE: register.complete_direction}
    return does[event](target, on=today)


def _may(register: DirectionsRegister, event: Event, one: Direction, today: date, max_day: date) -> bool:
    """Tell whether an event may happen to a direction today, and nothing else happened to it by itself that day."""
    state = register.state(one, on=today)
    if state is UNKNOWN or follow(state, event) is None:
        return False
    if event in _ENDINGS:
        return True
    if any(step.target == one.id and step.on == today for step in register.steps):
        return False
    extends = isinstance(one.ends_on, date) and one.ends_on < max_day
    return extends or event is not Event.EXTEND


@st.composite
def set_asides(
    draw: st.DrawFn, *, functions: st.SearchStrategy[str] | None = None, max_amount: Money = MOST_PAID
) -> tuple[SetAside, Direction]:
    """
    Draw a sum set aside and a direction that specifies no more than it; shrinks to £0.

    Args:
        draw: What Hypothesis hands in.
        functions: Ids of the function they are for.
        max_amount: The most that is set aside.

    Returns:
        The sum, held by the Health Board ``"toy-nhs"``, and the direction, given to it.

    Raises:
        InvalidArgument: If *max_amount* is negative.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14(3) and 28(2).

    >>> from hypothesis import find
    >>> held, direction = find(set_asides(), bool)
    >>> held.amount, direction.specified
    (Money('£0.00'), Money('£0.00'))

    .. versionadded:: 0.1.0
    """
    function = draw(either(functions, function_ids()))
    held = draw(money(max_value=max_amount))
    paper = draw(directions(functions=st.just(function), recipients=st.just("toy-nhs"), max_functions=1))
    paper = paper.evolve(payment=None, set_aside=held, specified=draw(money(max_value=held)))
    return SetAside(health_board="toy-nhs", function=function, amount=held), paper
