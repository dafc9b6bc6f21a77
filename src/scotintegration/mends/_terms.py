"""What several mends ask about terms of office, ids and rules that are kept (private)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import chain, count
from typing import TYPE_CHECKING, Final

from scotintegration.dates import add_months, last_day_of_period
from scotintegration.errors import UnknownFactError
from scotintegration.mends._table import Change, mends, settled
from scotintegration.rules import find

if TYPE_CHECKING:
    from scotintegration.meetings import Meeting
    from scotintegration.officers import ChairPeriod, Holder, Member
    from scotintegration.partnership import Partnership

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def mends_of_board(*rules: str) -> Callable[[Change], Change]:
    """
    Enter a change of values as the mend of rules about an integration joint board.

    Where it is not clear that there is to be a board, or none is there yet, that is mended first.

    Args:
        rules: Ids of the rules that are kept after it.

    Returns:
        A decorator that gives the change back as it is.
    """

    def enter(change: Change) -> Change:
        def with_board(p: Partnership) -> Partnership:
            if p.ijb is None or len(p.scheme.models) != 1:
                p = settled(p, "PBJW-s1-4-one-model", *(() if p.ijb is not None else ("PBJW-s9-order",)))
                if not any(find(rule).is_open(p) for rule in rules):
                    return p
            return change(p)

        mends(*rules)(with_board)
        return change

    return enter


def stands(term: Holder | Member | ChairPeriod, on: date) -> bool | None:
    """Tell whether a term covers a day; None where a day that decides it was not recorded."""
    try:
        return term.serves(on)
    except UnknownFactError:
        return None


def day_before(p: Partnership) -> date:
    """Give the day before the day that governs."""
    return p.as_at - timedelta(days=1)


def earliest_start(last: date, months: int) -> date:
    """Give the first day with which a term of some months can begin that ends on a day."""
    start = add_months(last + timedelta(days=1), -months)
    return start + timedelta(days=last_day_of_period(start, months=months) < last)


def seen(p: Partnership, member: str) -> list[date]:
    """List the days, up to the one that governs, of meetings of which the record names a membership."""
    return sorted(one.on for one in p.meetings.items if one.on <= p.as_at and member in _named(one))


def _named(meeting: Meeting) -> Iterator[object]:
    """Name every membership that the record of a meeting names."""
    yield meeting.presiding
    yield from meeting.present.items
    yield from (proxy.of for proxy in meeting.proxies.items)
    yield from (interest.member for interest in meeting.interests.items)
    yield from chain.from_iterable((*vote.votes_for.items, *vote.votes_against.items) for vote in meeting.votes.items)


def fresh_id(wanted: str, taken: Iterable[str]) -> str:
    """Give an id that is not taken: the one wanted, or it with the first free number after it."""
    held = set(taken)
    names = chain((wanted,), (f"{wanted}-{number}" for number in count(2)))
    return next(name for name in names if name not in held)


def fresh_mark(p: Partnership) -> str:
    """Give a mark for a person that nobody recorded has yet: member A, B and so on, then member AA."""
    taken = {one.person for one in p.members.items}
    taken |= {one.person for post in p.posts.items for one in post.holders.items}
    marks = (f"member {_LETTERS[number % 26] * (number // 26 + 1)}" for number in count())
    return next(mark for mark in marks if mark not in taken)


def keeping(before: Partnership, after: Partnership, *rules: str) -> Partnership:
    """Mend again, after a change, those of some rules that were kept before it."""
    return settled(after, *(rule for rule in rules if not find(rule).is_open(before)))
