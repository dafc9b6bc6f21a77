"""Mends of rules about the voting seats of each side of a board, and about seats that stay empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.bodies import Seats
from scotintegration.mends import schemes
from scotintegration.mends._sitting import ended, seat, sitting_on, sure_of_all
from scotintegration.mends._table import mends
from scotintegration.mends._terms import day_before, keeping, mends_of_board
from scotintegration.officers import EndReason, Route
from scotintegration.rules._boards import board_of, with_members
from scotintegration.rules.leaving import vacancy_is_told
from scotintegration.rules.seats import nominees_of
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.bodies import Vacancy
    from scotintegration.partnership import Partnership

__all__ = [
    "agree_on_seats",
    "agree_to_what_was_imposed",
    "established_on_a_day",
    "fill_as_many",
    "fill_as_many_of_joint_board",
    "tell_ministers",
]


def _filling(p: Partnership, numbers: Mapping[str, int]) -> Partnership:
    """Give bodies their numbers of seats, and let a scheme that states how many nominees they have state the same."""
    board, stated = board_of(p), p.scheme.nominees
    others = [seats for seats in board.seats.items if seats.nominator not in numbers]
    seats = Listing((*others, *(Seats(body, number) for body, number in numbers.items())), board.seats.complete)
    nominees = stated.map(
        lambda one: one if one.number is UNKNOWN else Seats(one.nominator, numbers.get(one.nominator, one.number))
    )
    return p.evolve(ijb=attrs.evolve(board, seats=seats), scheme=attrs.evolve(p.scheme, nominees=nominees))


def _recorded(p: Partnership, body: str) -> int | None:
    """Give how many seats a body fills or, where that is not recorded, how many nominees the scheme states it has."""
    seats = board_of(p).seats_of(body)
    stated = next((one.number for one in p.scheme.nominees.items if one.nominator == body), None)
    return seats if isinstance(seats, int) else stated if isinstance(stated, int) else None


def _greatest(p: Partnership) -> int:
    """Give the greatest of the fewest seats there may be, the number agreed and the number the council imposed."""
    named = [one for one in (p.scheme.agreed_seats, p.scheme.la_specified_seats) if isinstance(one, int)]
    return max(p.law.number("fewest seats a side"), *named, 0)


_MET: Final = ("IJBO-sch3-quorum", "IJBO-sch4-preside", "IJBO-a17-committee-parity")
"""Rules that somebody who takes a seat, or leaves one, may open."""


@mends("PBJW-s9-order")
def established_on_a_day(p: Partnership) -> Partnership:
    """
    Let an order, whose number is not known, establish the board.

    Where no day is recorded, it is the day on which functions passed, or the day that governs if they have not.
    """
    order, passed = board_of(p).order if p.ijb is not None else None, p.scheme.delegated_on
    if order is UNKNOWN or not order:
        p = schemes.established_by_order(p)
    if isinstance(board_of(p).established_on, date):
        return p
    day = min(passed, p.as_at) if isinstance(passed, date) else p.as_at
    return p.evolve(ijb=attrs.evolve(board_of(p), established_on=day))


# -- how many seats there are, and who takes them ----------------------------------------------------------------


@mends_of_board("IJBO-a3-3-min-three", "IJBO-a3-3-equal")
def fill_as_many(p: Partnership) -> Partnership:
    """Let both sides fill the greatest number of seats of those the law names; if not all are recorded, of any."""
    number = _greatest(p)
    if UNKNOWN in (p.scheme.agreed_seats, p.scheme.la_specified_seats):
        number = max(number, *(_recorded(p, party.id) or 0 for party in p.parties))
    return _filling(p, {party.id: number for party in p.parties})


@mends_of_board("IJBO-a3-3-greatest")
def agree_on_seats(p: Partnership) -> Partnership:
    """
    Let the two sides have agreed on as many seats as both fill; where they fill too few, let both fill enough.

    Somebody takes each seat that is empty, and whom a side nominated beyond its seats it withdraws.
    """
    seats = {board_of(p).seats_of(party.id) for party in p.parties}
    imposed = p.scheme.la_specified_seats
    least = max(p.law.number("fewest seats a side"), imposed if isinstance(imposed, int) else 0)
    if len(seats) > 1 or any(number is UNKNOWN or number < least for number in seats):
        p = fill_as_many(p)
    number = board_of(p).seats_of(p.health_board.id)
    scheme = p.scheme
    if number != _greatest(p) or scheme.agreed_seats is UNKNOWN:
        scheme = attrs.evolve(scheme, agreed_seats=None if number == least else number)
    if scheme.la_specified_seats is UNKNOWN:
        scheme = attrs.evolve(scheme, la_specified_seats=None)
    return _taken(p.evolve(scheme=scheme))


def _taken(p: Partnership) -> Partnership:
    """Let as many nominees of each side sit as it has seats: new ones take those that are empty."""
    before, p = p, sure_of_all(p)
    for member in sitting_on(p, (Route.LA,)):
        if member.nominated_by is UNKNOWN:
            emptiest = max(p.local_authorities, key=lambda one: _empty(p, one.id))
            p = with_members(p, [member.id], nominated_by=emptiest.id)
    in_use = {one.member for one in p.chairs.items} | {id for one in p.committees.items for id in one.members.items}
    for party in p.parties:
        for _ in range(_empty(p, party.id)):
            p = seat(p, Route.HB if party is p.health_board else Route.LA, party.id)
        sitting = nominees_of(p, party.id, Listing(sitting_on(p, (Route.LA, Route.HB)))).items
        surplus = sorted(sitting, key=lambda one: one.id in in_use)[: max(0, -_empty(p, party.id))]
        for member in surplus:
            p = ended(p, member, day_before(p), EndReason.WITHDRAWN)
    return keeping(before, p, *_MET)


def _empty(p: Partnership, body: str) -> int:
    """Count the seats of a body that are empty; less than none where more sit than it has seats."""
    seats = board_of(p).seats_of(body)
    assert isinstance(seats, int)
    return seats - len(nominees_of(p, body, Listing(sitting_on(p, (Route.LA, Route.HB)))).items)


@mends_of_board("IJBO-a3-3c-ten-percent")
def agree_to_what_was_imposed(p: Partnership) -> Partnership:
    """Let the Health Board have agreed to the seats that the council imposed; if none are recorded, it imposed none."""
    imposed = p.scheme.la_specified_seats
    changes = {"la_specified_seats": None} if imposed is UNKNOWN else {"agreed_seats": imposed}
    return p.evolve(scheme=attrs.evolve(p.scheme, **changes))


@mends_of_board("IJBO-a5-multi-min", "IJBO-a5-2b-equal")
def fill_as_many_of_joint_board(p: Partnership) -> Partnership:
    """
    Let councils fill as many seats as recorded, or the fewest they may, and the Health Board as many in all.

    Somebody takes each seat that is empty, and whom a side nominated beyond its seats it withdraws.
    """
    councils = [council.id for council in p.local_authorities]
    fewest = p.law.number(f"fewest seats of each of {'two' if len(councils) <= 2 else 'more'} councils")
    found = {council: max(fewest, _recorded(p, council) or 0) for council in councils}
    missing = [council for council in councils if _recorded(p, council) is None]
    rest = (_recorded(p, p.health_board.id) or 0) - sum(found.values())
    if missing and rest > 0:  # what is known of the Health Board says how many the councils have together
        found[missing[0]] += rest
    return _taken(_filling(p, {**found, p.health_board.id: sum(found.values())}))


@mends_of_board("IJBO-a13-4-six-months")
def tell_ministers(p: Partnership) -> Partnership:
    """Let the chair tell Ministers, on the day that governs, of each seat that may be vacant for over six months."""
    board = board_of(p)

    def told(one: Vacancy) -> Vacancy:
        alone = p.evolve(ijb=attrs.evolve(board, vacancies=[one]))
        return attrs.evolve(one, notified_on=p.as_at) if vacancy_is_told.is_open(alone) else one

    return p.evolve(ijb=attrs.evolve(board, vacancies=board.vacancies.map(told).items))
