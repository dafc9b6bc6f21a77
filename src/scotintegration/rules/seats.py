"""Rules about how many voting seats each side of a board fills (part 5B)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration.bodies import Seats
from scotintegration.officers import Route
from scotintegration.rules._boards import board_of, seated
from scotintegration.rules._engine import rule
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.unknown import UNKNOWN, Listing, known

if TYPE_CHECKING:
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

__all__ = [
    "equal_seats",
    "equal_seats_of_joint_board",
    "greatest_number",
    "imposed_seats",
    "seats_of_each_council",
    "three_seats",
]


def _seated(p: Partnership, *numbers: int) -> Partnership:
    """Give the councils, in order, and then the Health Board other numbers of seats, as the scheme then says."""
    bodies = [*(council.id for council in p.local_authorities), p.health_board.id]
    seats = [Seats(body, number) for body, number in zip(bodies, numbers, strict=True)]
    return p.evolve(ijb=attrs.evolve(board_of(p), seats=seats), scheme=attrs.evolve(p.scheme, nominees=seats))


def _two_a_side(p: Partnership) -> Partnership:
    return _seated(p, 2, 2)


@rule(
    "IJBO-a3-3-min-three",
    cites="SSI 2014/285 art.3(3)(a)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    councils="one",
    duty_on="constituent authorities",
    entails=("IJBO-a3-3-greatest",),
    fields="S.basis; B.seats_la; B.seats_hb",
    passes="body-corporate",
    fails=_two_a_side,
)
def three_seats(p: Partnership, on: date) -> Iterator[Verdict]:
    """Council and Health Board have at least three voting seats each to fill."""
    yield from _at_least(p, [party.id for party in p.parties], p.law.number("fewest seats a side"))


def nominees_of(p: Partnership, body: str, members: Listing[Member]) -> Listing[Member]:
    """List those members of the board whom a council or the Health Board nominated; one council nominated them all."""
    route = Route.HB if body == p.health_board.id else Route.LA
    alone = route is Route.HB or len(p.local_authorities) == 1
    return members.where(
        lambda one: (
            one.board == board_of(p).id
            and one.route is route
            and (alone or known(one.nominated_by, f"who nominated {one.id!r}") == body)
        )
    )


def _nominated(p: Partnership, body: str, seats: int, on: date) -> Iterator[Verdict]:
    """
    Compare those in office whom a body nominated with the seats it has to fill.

    A seat that fell empty is a vacancy, of which the Order says that it invalidates nothing; that a body never
    nominated anybody is a breach.
    """
    now, ever = nominees_of(p, body, seated(p, on)), nominees_of(p, body, p.members)
    number, day = len(now.items), on.isoformat()
    fill = f"let {body} nominate {seats - number} more"
    if number > seats:
        what = f"{number} nominees of {body} sit on {day} for {seats} seats"
        yield fail("members", what, mend=f"let {body} withdraw {number - seats}, or agree on more seats for both sides")
    elif not now.complete or (not now.items and not ever.complete):
        yield cannot_tell("members", f"whom {body} nominated, and from when, is not recorded")
    elif number or any(isinstance(one.until, date) and one.until < on for one in ever.items):
        if number < seats:
            yield warn("members", f"{number} of {seats} seats of {body} are taken on {day}", mend=fill)
    elif seats:
        yield fail("members", f"{body} never nominated anybody, and has {seats} seats", mend=fill)


def _at_least(p: Partnership, bodies: Iterable[str], fewest: int) -> Iterator[Verdict]:
    for body in bodies:
        where, seats = f"ijb.seats[{body!r}]", board_of(p).seats_of(body)
        if seats is UNKNOWN:
            yield cannot_tell(where, "how many seats it fills is not recorded")
        elif seats < fewest:
            yield fail(where, f"it fills {seats} of at least {fewest}", mend=f"give {body} at least {fewest}")


def _one_seat_short(p: Partnership) -> Partnership:
    return _seated(p, 4, 3)


@rule(
    "IJBO-a3-3-equal",
    cites="SSI 2014/285 art.3(3)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    councils="one",
    duty_on="constituent authorities",
    entails=("IJBO-a3-3-greatest",),
    fields="S.basis; B.seats_la; B.seats_hb",
    passes="body-corporate",
    fails=_one_seat_short,
)
def equal_seats(p: Partnership, on: date) -> Iterator[Verdict]:
    """Council and Health Board have equal numbers of voting seats to fill."""
    yield from _as_many(p)


def _as_many(p: Partnership) -> Iterator[Verdict]:
    """Compare the seats of all councils with those of the Health Board; what is certain does not wait for the rest."""
    board = board_of(p)
    nhs, councils = board.seats_of(p.health_board.id), [board.seats_of(one.id) for one in p.local_authorities]
    least = sum(seats for seats in councils if seats is not UNKNOWN)
    settled = UNKNOWN not in councils
    if nhs is UNKNOWN or (not settled and least <= nhs):
        yield cannot_tell("ijb.seats", "how many seats each side fills is not recorded")
    elif least != nhs:
        what = f"{least if settled else f'{least} or more'} seats for councils, {nhs} for {p.health_board.id}"
        yield fail("ijb.seats", what, mend="give both sides the same number of seats")


def _five_agreed(p: Partnership) -> Partnership:
    return p.evolve(scheme=attrs.evolve(p.scheme, agreed_seats=5))


@rule(
    "IJBO-a3-3-greatest",
    cites="SSI 2014/285 art.3(3)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    councils="one",
    duty_on="constituent authorities",
    fields="S.basis; S.agreed_seats; S.la_specified_seats; B.seats_la; B.seats_hb",
    passes="body-corporate",
    fails=_five_agreed,
)
def greatest_number(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Each side fills as many seats as the greatest of three, the number agreed and the number the council imposed.

    Whether the council may impose that number is asked by another rule. Those in office count too: more nominees than
    seats break the rule, and so does a side that never nominated anybody; fewer are vacancies, and a warning.
    """
    agreed, imposed = p.scheme.agreed_seats, p.scheme.la_specified_seats
    fewest = p.law.number("fewest seats a side")
    greatest = max(fewest, *(number for number in (agreed, imposed) if number is not UNKNOWN and number is not None), 0)
    settled = UNKNOWN not in (agreed, imposed)
    for party in p.parties:
        where, seats = f"ijb.seats[{party.id!r}]", board_of(p).seats_of(party.id)
        if seats is UNKNOWN:
            yield cannot_tell(where, "how many seats it fills is not recorded")
        elif seats < greatest or (settled and seats != greatest):
            what = f"it fills {seats}; the greatest of {fewest}, agreed and imposed is {greatest}"
            yield fail(where, what, mend=f"give {party.id} {greatest} seats, or agree on another number")
        else:
            if not settled:
                yield cannot_tell("scheme.agreed_seats", "which number was agreed, or imposed, is not recorded")
            yield from _nominated(p, party.id, seats, on)


def _a_seat_too_many(p: Partnership) -> Partnership:
    council = attrs.evolve(p.local_authorities[0], councillors=39)
    return p.evolve(local_authorities=[council], scheme=attrs.evolve(p.scheme, la_specified_seats=4, agreed_seats=None))


@rule(
    "IJBO-a3-3c-ten-percent",
    cites="SSI 2014/285 art.3(3)(c)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    councils="one",
    modality="must_not",
    duty_on="local authority",
    fields="S.basis; S.la_specified_seats; S.agreed_seats; LA.size",
    passes="body-corporate",
    fails=_a_seat_too_many,
)
def imposed_seats(p: Partnership, on: date) -> Iterator[Verdict]:
    """The council imposes no more seats than a tenth of its own members; the two sides may agree on more."""
    imposed, council, percent = p.scheme.la_specified_seats, p.local_authorities[0], "percentage a council may impose"
    agreed = p.scheme.agreed_seats
    if imposed is None:
        return
    if isinstance(imposed, int) and imposed <= max(
        p.law.number("fewest seats a side"), agreed if isinstance(agreed, int) else 0
    ):
        return  # the least there may be, or what both agreed to
    where, size = "scheme.la_specified_seats", council.councillors
    if imposed is UNKNOWN:
        yield cannot_tell(where, "whether the council imposed a number of seats is not recorded")
    elif size is UNKNOWN or size is None:
        yield cannot_tell(f"local_authorities[{council.id!r}].councillors", "the size of the council is not recorded")
    elif imposed * 100 > size * p.law.number(percent) and agreed is UNKNOWN:
        yield cannot_tell("scheme.agreed_seats", "whether the Health Board agreed to the number is not recorded")
    elif imposed * 100 > size * p.law.number(percent):
        most = size * p.law.number(percent) // 100
        what = f"{imposed} seats imposed by a council of {size}"
        yield fail(where, what, mend=f"impose at most {most}, or let the Health Board agree to the number")


def _one_councillor_of_the_second(p: Partnership) -> Partnership:
    return _seated(p, 5, 1, 6)


@rule(
    "IJBO-a5-multi-min",
    cites="SSI 2014/285 art.5(2)(a)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    councils="several",
    duty_on="constituent authorities",
    fields="S.basis; S.parties; B.seats_by_la",
    passes="joint-board",
    fails=_one_councillor_of_the_second,
)
def seats_of_each_council(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Each council of a joint board fills the fewest seats allowed or more: two if there are two councils, else one.

    Those in office count too: more nominees than seats break the rule, and so does a council that never nominated
    anybody; fewer are vacancies, and a warning.
    """
    several = "two" if len(p.local_authorities) <= 2 else "more"
    fewest = p.law.number(f"fewest seats of each of {several} councils")
    for council in p.local_authorities:
        yield from _at_least(p, [council.id], fewest)
        seats = board_of(p).seats_of(council.id)
        if seats is not UNKNOWN and seats >= fewest:
            yield from _nominated(p, council.id, seats, on)


def _fewer_of_the_health_board(p: Partnership) -> Partnership:
    return _seated(p, 3, 3, 4)


@rule(
    "IJBO-a5-2b-equal",
    cites="SSI 2014/285 art.5(2)(b)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-11-28",
    councils="several",
    duty_on="constituent authorities",
    fields="S.basis; B.seats_by_la; B.seats_hb",
    passes="joint-board",
    fails=_fewer_of_the_health_board,
)
def equal_seats_of_joint_board(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    The Health Board fills as many seats of a joint board as all the councils together.

    Its nominees in office count too, as those of the councils do.
    """
    said = list(_as_many(p))
    yield from said
    seats = board_of(p).seats_of(p.health_board.id)
    if not said and seats is not UNKNOWN:
        yield from _nominated(p, p.health_board.id, seats, on)
