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
    by,
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

__all__ = ["Committee", "Interest", "Meeting", "Proxy", "StandingOrders", "Vote"]


def _one_or_more(value: Iterable[str] | str | Unknown) -> Listing[str]:
    """Convert one id or several to a sorted collection of ids."""
    return to_ids((value,) if isinstance(value, str) else value)


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
        on_functions: Whether it was about the carrying out of functions, which at a committee decides who may vote.
        direction: Ids of the directions that were put to it, with the year before them where that is needed.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If a membership voted both ways, or an id is malformed.

    Source:
        SSI 2014/285, arts. 11, 17(4) and 18(2)(a); SSI 2014/281, art. 11.

    >>> Vote(about="the budget", votes_for=["la-1", "hb-1"], votes_against=["hb-2"], carried=True).carried
    True

    .. versionadded:: 0.1.0
    """

    about: str = attrs.field(validator=a_text)
    votes_for: Listing[str] = attrs.field(converter=to_ids, validator=ids)
    votes_against: Listing[str] = attrs.field(default=NONE, converter=to_ids, validator=ids)
    carried: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    tie_resolved_by: MaybeText = attrs.field(default=None, validator=maybe(str))
    on_functions: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    direction: Listing[str] = attrs.field(default=NONE, converter=_one_or_more, validator=ids)

    def __attrs_post_init__(self) -> None:
        both = sorted(set(self.votes_for.items) & set(self.votes_against.items))
        if both:
            raise ValueError(f"Vote {self.about!r}: {both!r} voted for and against; expected one or the other")


def _votes(value: Iterable[Vote] | Unknown) -> Listing[Vote]:
    return Listing.of(value)


@attrs.frozen(kw_only=True, field_transformer=named)
class Proxy(Shown):
    """
    Somebody who attends a meeting in place of a member who is away.

    Attributes:
        of: Id of the membership of the member who is away.
        person: A name or other mark of the proxy.
        is_councillor: Whether the proxy is a councillor of the council that nominated the member.
        is_hb_member: Whether the proxy is a member of the Health Board.
        voted: Whether the proxy took part in a vote.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.

    Source:
        SSI 2014/285, art. 12; SSI 2014/281, art. 12.

    >>> Proxy(of="la-2", person="councillor B", is_councillor=True, is_hb_member=False, voted=True).of
    'la-2'

    .. versionadded:: 0.1.0
    """

    of: str = attrs.field(validator=an_id)
    person: MaybeText = attrs.field(default=UNKNOWN, validator=maybe(str))
    is_councillor: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    is_hb_member: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    voted: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))


def _proxies(value: Iterable[Proxy] | Unknown) -> Listing[Proxy]:
    return Listing.of(value).sorted(by("of", "person"))


@attrs.frozen(kw_only=True, field_transformer=named)
class Interest(Shown):
    """
    An interest that a member thought should be disclosed at a meeting.

    Attributes:
        member: Id of the membership of the member who has it.
        about: The business it bears on.
        disclosed_before: Whether it was disclosed before the business was discussed.
        decided_by: Id of the membership of whoever decided whether the member took part; None where nobody did.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed or *about* is blank.

    Source:
        SSI 2014/285, sch. para. 5, as substituted by SSI 2015/432.

    >>> Interest(member="la-1", about="care homes", disclosed_before=True, decided_by="la-1").about
    'care homes'

    .. versionadded:: 0.1.0
    """

    member: str = attrs.field(validator=an_id)
    about: str = attrs.field(validator=a_text)
    disclosed_before: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    decided_by: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)


def _interests(value: Iterable[Interest] | Unknown) -> Listing[Interest]:
    return Listing.of(value).sorted(by("member", "about"))


@attrs.frozen(kw_only=True, field_transformer=named)
class Meeting(Shown):
    """
    A meeting of an integration joint board, of one of its committees, or of a monitoring committee.

    Attributes:
        id: Its id within the partnership.
        board: Id of the board or committee; of a committee of a board, its id within the partnership.
        on: The day it met.
        notice_available_on: The day notice of it was made available to members.
        present: Ids of the memberships that attended.
        presiding: Id of the membership that presided; of a member who was away, whose proxy did.
        votes: What was put to the vote, in order.
        proxies: Who attended in place of members who were away.
        interests: Interests that members thought should be disclosed.
        agreed: Ids of the directions that the minute says were agreed without a vote.
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
    proxies: Listing[Proxy] = attrs.field(default=NOT_RECORDED, converter=_proxies, validator=each(Proxy))
    interests: Listing[Interest] = attrs.field(default=NOT_RECORDED, converter=_interests, validator=each(Interest))
    agreed: Listing[str] = attrs.field(default=NONE, converter=_one_or_more, validator=ids)
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
        headings: What they deal with: ``"adjournment"``, ``"calling of meetings"``, ``"conflict of interest"``,
            ``"dispute resolution"``, ``"minutes"``, ``"notice of meetings"``, ``"presiding"``, ``"quorum"`` and
            ``"remote attendance"`` are those that the law asks for.
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
        chair: Id of the membership in the chair; None where there is none.
        chair_set_by: Id of the body that determined who chairs it; None where nobody did.
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
    chair_set_by: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "Committee"
