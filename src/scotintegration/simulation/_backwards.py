"""A run turned back into values: the partnership of an era as it stood on a day (private)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import attrs

from scotintegration.budgets import ALL_FUNCTIONS, Budget, Determination, Payment, Reserve, SetAside
from scotintegration.dates import FinancialYear
from scotintegration.functions import Funding
from scotintegration.in_year import LateAllocation, WindfallReturn
from scotintegration.money import Money, total
from scotintegration.officers import Post
from scotintegration.partnership import Partnership
from scotintegration.registers import DirectionsRegister
from scotintegration.simulation._delays import Vacancy
from scotintegration.simulation.eras import NIL, Era
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

__all__ = ["recorded", "stood"]


def stood(era: Era, steps: Iterable[Step], when: date) -> Partnership:
    """Give the partnership of an era as it stood on a day, from the steps of what the era directed."""
    p = era.partnership
    so_far = [step for step in steps if recorded(step) <= when]
    register = DirectionsRegister(p.id, (*_steps_before(p.directions, era.years[0]), *so_far))
    before = [budget for budget in p.budgets.items if budget.year < era.years[0]]
    own = [_budget(era, register, y, when) for y, year in enumerate(era.years) if year.start <= when]
    meetings = p.meetings.where(lambda meeting: meeting.on < era.start)
    nobody_meets = p.ijb is not None and not era.directs
    return p.evolve(
        as_at=when,
        law_as_at=None,
        budgets=attrs.evolve(p.budgets, items=(*before, *own)),
        directions=register,
        posts=_posts(era, when),
        meetings=attrs.evolve(meetings, complete=meetings.complete and nobody_meets),
    )


def _steps_before(register: DirectionsRegister, year: FinancialYear) -> Iterator[Step]:
    """List the steps of a register that speak of directions of earlier years; none where it is known only in part."""
    if not register.complete:
        return
    kept: set[str] = set()
    for step in register.steps:
        paper = step.direction
        if paper is None:
            if step.target in kept:
                yield step
        elif isinstance(paper.year, FinancialYear) and paper.year < year:
            kept |= {paper.id, paper.full_reference}
            yield step


def recorded(step: Step) -> date:
    """Give the day on which a step becomes known: that of the direction's issue."""
    assert step.direction is not None
    assert isinstance(step.direction.issued_on, date)
    return step.direction.issued_on


def _budget(era: Era, register: DirectionsRegister, y: int, when: date) -> Budget:
    """Give the budget of a year as it stood on a day, its reserve moved so far."""
    if not era.directs or when < era.decided(y)[2]:
        return _undirected(era, y, when)
    year, p, result = era.years[y], era.partnership, era.results[y]
    amounts = era.amounts(y)
    drawn = _drawn(era, y, when)
    payments = _paid_in(era, y)
    payments += [
        Payment(payer=p.id, payee=who, function=name, amount=one.payment, direction=one.id)
        for one in register.in_force(on=min(when, year.end))
        if one.year == year and isinstance(one.payment, Money)
        for name in one.functions
        for who in one.given_to
    ]
    opening, movement, settlements = era.opening(y), -drawn, NIL
    earmarked, late, returned = Reserve(kind="earmarked", opening=era.earmarked(y)), [], []
    if when >= year.end:
        settlements = result.spent - total(amounts) - drawn
        movement = result.reserve - opening
        earmarked = attrs.evolve(earmarked, movement=result.earmarked - earmarked.opening)
        if result.allocated_late:
            payer = p.health_board.id
            late = [LateAllocation(payer=payer, function=ALL_FUNCTIONS, amount=result.allocated_late, on=year.end)]
        repaid = ((p.health_board, result.repaid_health_board), (p.local_authorities[0], result.repaid_council))
        returned = [WindfallReturn(to=who.id, amount=amount) for who, amount in repaid if amount]
        tops = (
            (p.health_board.id, result.top_health_board),
            (p.local_authorities[0].id, result.top_council),
        )
        payments += [
            Payment(payer=who, payee=p.id, function=ALL_FUNCTIONS, amount=amount) for who, amount in tops if amount
        ]
    return Budget(
        year=year,
        set_on=era.decided(y)[0],
        determined=_determined(era, y),
        payments=payments,
        set_asides=_set_asides(era, y),
        reserves=[
            Reserve(kind="general", opening=opening, movement=movement),
            *([earmarked] if earmarked.opening else []),
        ],
        settlements=settlements,
        late_allocations=late,
        returned=returned,
        derived=era.derived,
    )


def _undirected(era: Era, y: int, when: date) -> Budget:
    """Give the budget of a year of lead agencies, who spend what they are paid, or of a board without directions."""
    amounts = era.paid(y)
    held = total(era.compiled.set_aside[y])
    set_on = era.decided(y)[0]
    leads = era.partnership.ijb is None
    paid = total(amounts) - held
    return Budget(
        year=era.years[y],
        set_on=set_on if set_on <= when else None,
        determined=_determined(era, y),
        payments=_paid_in(era, y),
        set_asides=_set_asides(era, y),
        reserves=() if leads else [Reserve(kind="general", opening=era.opening(y), movement=paid)],
        settlements=NIL if leads else held,
        own_costs=total(amounts) if leads else NIL,
        derived=era.derived,
    )


def _determined(era: Era, y: int) -> list[Determination]:
    """Give what the scheme's method yields: what is set aside, or paid, as the scheme funds the function."""
    ways = {one.id: one.funding for one in era.partnership.functions.items}
    found = []
    for name, amount, held in zip(era.compiled.functions, era.paid(y), era.compiled.set_aside[y], strict=True):
        funding = ways.get(name, UNKNOWN)
        if funding == (Funding.SET_ASIDE,):
            amount = held
        elif funding == (Funding.PAYMENT,):
            amount -= held
        found.append(Determination(function=name, amount=amount))
    return found


def _paid_in(era: Era, y: int) -> list[Payment]:
    """List what whoever delegated a function pays for it, beyond what is set aside, to whoever received it."""
    held = era.compiled.set_aside[y]
    return [
        Payment(payer=era.compiled.providers[f], payee=era.host(f), function=name, amount=amount - held[f])
        for f, (name, amount) in enumerate(zip(era.compiled.functions, era.paid(y), strict=True))
    ]


def _set_asides(era: Era, y: int) -> list[SetAside]:
    return [
        SetAside(health_board=era.partnership.health_board.id, function=name, amount=aside)
        for name, aside in zip(era.compiled.functions, era.compiled.set_aside[y], strict=True)
        if aside
    ]


def _drawn(era: Era, y: int, when: date) -> Money:
    """Add up what meetings of a year took from the reserve up to a day."""
    return total(
        Money(new - old)
        for year, month, _, old, new, source in era.varied
        if year - era.first == y and source == 3 and era.met(y, month) <= when
    )


def _posts(era: Era, when: date) -> Listing[Post]:
    """Give the posts as they are held by a day: who leaves does so, and somebody new comes when the post is filled."""
    posts = era.partnership.posts
    for vacancy in era.delays.vacancies:
        if vacancy.first <= when:
            posts = Listing(tuple(_left(post, vacancy, when) for post in posts.items), posts.complete)
    return posts


def _left(post: Post, vacancy: Vacancy, when: date) -> Post:
    """Let whoever serves on the first day of a vacancy of the post have left the day before."""
    if not isinstance(post, vacancy.post):
        return post
    holders = []
    for one in post.holders.items:
        start, until = one.start, one.until
        if (isinstance(start, date) and start > vacancy.over) or (isinstance(until, date) and until < vacancy.first):
            holders.append(one)
            continue
        if not isinstance(start, date) or start < vacancy.first:
            holders.append(attrs.evolve(one, until=vacancy.first - timedelta(days=1)))
        if vacancy.over <= when and not (isinstance(until, date) and until < vacancy.over):
            holders.append(attrs.evolve(one, person=UNKNOWN, start=vacancy.over, appointed_on=UNKNOWN))
    return attrs.evolve(post, holders=attrs.evolve(post.holders, items=tuple(holders)))
