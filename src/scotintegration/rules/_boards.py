"""What several rules ask about boards, and words they share (private)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

from scotintegration.errors import UnknownFactError
from scotintegration.rules._sharing import once
from scotintegration.rules._verdicts import Verdict, cannot_tell

if TYPE_CHECKING:
    from scotintegration.bodies import IJB
    from scotintegration.officers import Member, Route
    from scotintegration.partnership import Partnership
    from scotintegration.unknown import Listing

T = TypeVar("T")


def board_of(p: Partnership) -> IJB:
    """Give the integration joint board; a scheme that has none yet leaves a rule about it without an answer."""
    if p.ijb is None:
        raise UnknownFactError("the integration joint board of the scheme")
    return p.ijb


@once
def seated(p: Partnership, on: date) -> Listing[Member]:
    """
    List who sits on the integration joint board on a day, known in part where the record is.

    Somebody of whom it was not recorded from when may or may not sit that day, and is left out; nor does a rule then
    take the list for whole.
    """
    board = board_of(p)
    return p.members.where(lambda member: member.board == board.id and member.serves(on))


WHO_ELSE: Final = "who else sits on the board, and from when,"
"""What is missing where a list of members is known only in part."""


def rest(listing: Listing[T], where: str, what: str) -> Iterator[Verdict]:
    """Say that a collection known only in part may hold more, once what is known was looked at."""
    if not listing.complete:
        yield cannot_tell(where, f"{what} is not recorded")


def some(names: Iterable[str], most: int = 4) -> str:
    """List a few names and count the others."""
    listed = tuple(names)
    shown = listed if len(listed) <= most + 1 else listed[:most]
    more = len(listed) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def with_members(p: Partnership, chosen: Sequence[str], **changes: object) -> Partnership:
    """Give a copy in which some memberships, named by id, are changed."""
    changed = p.members.map(
        lambda member: attrs.evolve(member, **changes) if member.id in chosen else member  # type: ignore[arg-type]
    )
    return p.evolve(members=changed)


def sitting_by(p: Partnership, route: Route) -> tuple[str, ...]:
    """Name the memberships of a route on the day that governs, for examples."""
    return tuple(member.id for member in seated(p, p.as_at).items if member.route is route)
