"""Who holds the posts: making sure of it, and filling them (private)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from scotintegration.mends._table import settled
from scotintegration.mends._terms import day_before, fresh_mark, stands
from scotintegration.officers import ChiefFinanceOfficer, ChiefOfficer, ChiefSocialWorkOfficer, Holder, Post, Route
from scotintegration.rules._boards import board_of
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

Held: TypeAlias = "tuple[Post, Holder]"

OFFICES: Final[Mapping[Route, tuple[type[Post], str]]] = MappingProxyType(
    {
        Route.CSWO: (ChiefSocialWorkOfficer, "CSWO-appointed"),
        Route.S95: (ChiefFinanceOfficer, "FIN-s95-officer"),
    }
)
"""The offices by which members sit: each with its kind of post, and the rule that somebody holds it."""


def posts_of(p: Partnership, kind: type[Post]) -> list[Post]:
    """List the posts of a kind of the board and of the councils."""
    bodies = {board_of(p).id, *(council.id for council in p.local_authorities)}
    return [post for post in p.posts.items if isinstance(post, kind) and post.body in bodies]


def of_board(p: Partnership, kind: type[Post]) -> list[Post]:
    """List the posts of a kind of the board alone."""
    return [post for post in posts_of(p, kind) if post.body == board_of(p).id]


def held(posts: Iterable[Post]) -> list[Held]:
    """List everybody who has held some posts, each with the post."""
    return [(post, one) for post in posts for one in post.holders.items]


def with_post(p: Partnership, post: Post) -> Partnership:
    """Put a post in the place of the one with its id, or beside the others."""
    others = [one for one in p.posts.items if one.id != post.id]
    return p.evolve(posts=Listing((*others, post), p.posts.complete))


def with_holder(p: Partnership, pair: Held, **changes: object) -> Partnership:
    """Change one person's time in a post."""
    post, changed = pair
    holders = post.holders.map(
        lambda one: attrs.evolve(one, **changes) if one is changed else one  # type: ignore[arg-type]
    )
    return with_post(p, attrs.evolve(post, holders=holders))


def left(p: Partnership, pair: Held) -> Partnership:
    """End one person's time in a post the day before the day that governs; take back one that begins on it."""
    post, gone = pair
    if isinstance(gone.start, date) and gone.start > day_before(p):
        return with_post(p, attrs.evolve(post, holders=post.holders.where(lambda one: one is not gone)))
    return with_holder(p, pair, until=day_before(p))


def serving(p: Partnership, pair: Held) -> Partnership:
    """Make sure that somebody of whom nobody recorded from when, or until when, is in post."""
    one = pair[1]
    return with_holder(
        p,
        pair,
        start=p.as_at if one.start is UNKNOWN else one.start,
        until=None if one.until is UNKNOWN else one.until,
    )


def filled(p: Partnership, posts: Iterable[Post], new: Post, fresh: Holder) -> Partnership:
    """
    Let somebody hold one of some posts that nobody is sure to hold.

    Whoever may be in post already is; else a new holder takes the first of the posts or, if there is none, a new post.
    """
    there = list(posts)
    unsure = [pair for pair in held(there) if stands(pair[1], p.as_at) is None]
    if unsure:
        return serving(p, unsure[-1])
    post = there[0] if there else new
    return with_post(p, attrs.evolve(post, holders=Listing((*post.holders.items, fresh), post.holders.complete)))


def chiefs(p: Partnership, *, appointed: bool) -> list[Held]:
    """List who is sure to be chief officer on the day that governs, or to be so by appointment."""
    pairs = [pair for pair in held(of_board(p, ChiefOfficer)) if stands(pair[1], p.as_at)]
    return [pair for pair in pairs if not appointed or pair[1].interim in (None, False)]


def sure_of_chief_officer(p: Partnership) -> Partnership:
    """Make sure who is chief officer: of those of whom it is not sure, one at most, for there can be one only."""
    while unsure := [pair for pair in held(of_board(p, ChiefOfficer)) if stands(pair[1], p.as_at) is None]:
        gone = unsure[-1][1].interim is True or chiefs(p, appointed=True)
        p = left(p, unsure[-1]) if gone else serving(p, unsure[-1])
    while unclear := [pair for pair in chiefs(p, appointed=False) if pair[1].interim is UNKNOWN]:
        p = with_holder(p, unclear[-1], interim=bool(chiefs(p, appointed=True)))
    return p


def whole_posts(p: Partnership, kind: type[Post]) -> Partnership:
    """Take what is known of the posts of a kind of the board, and of their holders, for all there is."""
    for post in of_board(p, kind):
        p = with_post(p, attrs.evolve(post, holders=post.holders.items))
    return p.evolve(posts=p.posts.items)


def office_holders(p: Partnership, route: Route) -> list[Held]:
    """List who is in the office by which a member sits, of the board or of a council of it."""
    found = [(post, post.holder(p.as_at)) for post in posts_of(p, OFFICES[route][0])]
    return [(post, one) for post, one in found if isinstance(one, Holder)]


def office_holder(p: Partnership, route: Route) -> tuple[Partnership, str]:
    """Give who holds the office by which a member sits, marked if nobody recorded who, once somebody holds it."""
    p = settled(p, OFFICES[route][1])
    pairs = office_holders(p, route)
    for _, one in pairs:
        if isinstance(one.person, str):
            return p, one.person
    mark = fresh_mark(p)
    return with_holder(p, pairs[0], person=mark), mark
