"""Meetings, votes, standing orders and committees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from scotintegration._fields import (
    NONE,
    NOT_RECORDED,
    MaybeDate,
    MaybeFlag,
    MaybeText,
    a_text,
    an_id,
    each,
    ids,
    maybe,
    maybe_id,
    named,
    to_day,
    to_ids,
    to_maybe_day,
    to_source,
)
from scotintegration._shown import Shown
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.unknown import UNKNOWN, Listing, Unknown

__all__ = ["Committee", "Meeting", "StandingOrders", "Vote"]


@attrs.frozen(kw_only=True, field_transformer=named)
class Vote(Shown):
    """
    One vote at a meeting.

    Attributes:
        about: What was put to the vote.
        votes_for: Ids of the memberships that voted for it.
        votes_against: Ids of the memberships that voted against it.
        carried: Whether the minute says that it was carried.
        tie_resolved_by: How a tie was resolved, such as ``"casting vote"`` or ``"refer back"``; None where none was.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If a membership voted both ways.

    Source:
        SSI 2014/285, arts. 11 and 18(2)(a); SSI 2014/281, art. 11.

    >>> Vote(about="the budget", votes_for=["la-1", "hb-1"], votes_against=["hb-2"], carried=True).carried
    True

    .. versionadded:: 0.1.0
    """

    about: str = attrs.field(validator=a_text)
    votes_for: Listing[str] = attrs.field(converter=to_ids, validator=ids)
    votes_against: Listing[str] = attrs.field(default=NONE, converter=to_ids, validator=ids)
    carried: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    tie_resolved_by: MaybeText = attrs.field(default=None, validator=maybe(str))

    def __attrs_post_init__(self) -> None:
        both = sorted(set(self.votes_for.items) & set(self.votes_against.items))
        if both:
            raise ValueError(f"Vote {self.about!r}: {both!r} voted for and against; expected one or the other")


def _votes(value: Iterable[Vote] | Unknown) -> Listing[Vote]:
    return Listing.of(value)


@attrs.frozen(kw_only=True, field_transformer=named)
class Meeting(Shown):
    """
    A meeting of an integration joint board or a monitoring committee.

    Attributes:
        id: Its id within the partnership.
        board: Id of the board or committee.
        on: The day it met.
        notice_available_on: The day notice of it was made available to members.
        present: Ids of the memberships that attended.
        presiding: Id of the membership that presided.
        votes: What was put to the vote, in order.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.

    Source:
        SSI 2014/285, art. 18 and sch.; SSI 2014/281, art. 14 and sch.

    >>> Meeting(id="2026-06-24", board="toy-ijb", on="2026-06-24", present=["la-1"]).on
    datetime.date(2026, 6, 24)

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    board: str = attrs.field(validator=an_id)
    on: date = attrs.field(converter=to_day)
    notice_available_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    present: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    presiding: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    votes: Listing[Vote] = attrs.field(default=NONE, converter=_votes, validator=each(Vote))
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "Meeting"


@attrs.frozen(kw_only=True, field_transformer=named)
class StandingOrders(Shown):
    """
    The standing orders of a board or committee.

    Attributes:
        id: Their id within the partnership.
        board: Id of the board or committee.
        headings: What they deal with.
        tie_mechanism: How they resolve a tie, such as ``"refer back"`` or ``"casting vote"``.
        source: Where each fact comes from, per field.

    Source:
        SSI 2014/285, art. 18; SSI 2014/281, art. 14.

    >>> StandingOrders(id="standing-orders", board="toy-ijb", tie_mechanism="refer back").tie_mechanism
    'refer back'

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(default="standing-orders", validator=an_id)
    board: str = attrs.field(validator=an_id)
    headings: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    tie_mechanism: MaybeText = attrs.field(default=UNKNOWN, validator=maybe(str))
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "StandingOrders"


@attrs.frozen(kw_only=True, field_transformer=named)
class Committee(Shown):
    """
    A committee of an integration joint board.

    Attributes:
        id: Its id within the partnership.
        name: Its name.
        board: Id of the board.
        members: Ids of the memberships of the board that sit on it.
        chair: Id of the membership in the chair.
        source: Where each fact comes from, per field.

    Source:
        SSI 2014/285, art. 17.

    >>> Committee(id="audit", name="Audit committee", board="toy-ijb", members=["la-1", "hb-1"]).kind
    'Committee'

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    name: str = attrs.field(validator=a_text)
    board: str = attrs.field(validator=an_id)
    members: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    chair: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "Committee"
