"""Mends of rules about the chief officer, the finance officer and the chief social work officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scotintegration.accountability import BoundPost
from scotintegration.mends._holding import (
    chiefs,
    filled,
    left,
    of_board,
    sure_of_chief_officer,
    whole_posts,
    with_holder,
)
from scotintegration.mends._sitting import seat, sitting_on, sure_of, unsure
from scotintegration.mends._table import mends
from scotintegration.mends._terms import fresh_id, keeping, mends_of_board
from scotintegration.officers import ChiefFinanceOfficer, ChiefOfficer, ChiefSocialWorkOfficer, Holder, Route
from scotintegration.rules._boards import board_of, with_members
from scotintegration.unknown import Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = [
    "appoint_chief_officer",
    "appoint_chief_social_work_officers",
    "appoint_finance_officer",
    "consult",
    "seat_chief_officer",
    "second",
]

_OF_CHIEF_OFFICER: Final = ("PBJW-s10-secondment", "PBJW-s10-6-consult", "IJBO-a3-7B-co-member")
_OF_OFFICES: Final = ("IJBO-a7-2-ex-officio", "IJBO-a5-cswo-one")


def _post_id(p: Partnership, wanted: str) -> str:
    return fresh_id(wanted, (post.id for post in p.posts.items))


@mends_of_board("PBJW-s10-chief-officer")
def appoint_chief_officer(p: Partnership) -> Partnership:
    """
    Let the board have one chief officer whom it appointed.

    Of several the one whom the board appointed stays, or whoever came last; where there is none, whoever may be in
    post is, or stands in, or else somebody is appointed.
    """
    before, board = p, board_of(p).id
    if not chiefs(p, appointed=True):
        p = _with_a_chief_officer(sure_of_chief_officer(p), board)
    while len(several := chiefs(p, appointed=True)) > 1:
        p = left(p, min(several, key=lambda pair: (pair[1].appointed_by == board, str(pair[1].start or ""))))
    for pair in chiefs(p, appointed=True):
        p = with_holder(p, pair, appointed_by=board)
    return keeping(before, p, *_OF_CHIEF_OFFICER)


def _with_a_chief_officer(p: Partnership, board: str) -> Partnership:
    """Appoint whoever stands in or, if nobody does, somebody new, unless there is a chief officer by now."""
    if chiefs(p, appointed=True):
        return p
    standing_in = chiefs(p, appointed=False)
    if standing_in:
        return with_holder(p, standing_in[-1], interim=False)
    post = ChiefOfficer(_post_id(p, "chief-officer"), body=board)
    return filled(p, of_board(p, ChiefOfficer), post, Holder(start=p.as_at))


@mends_of_board("PBJW-s10-secondment")
def second(p: Partnership) -> Partnership:
    """Let a constituent authority employ the chief officer, by default the Health Board, and second the officer."""
    parties = [party.id for party in p.parties]
    p = _all_chief_officers(p)
    for pair in chiefs(p, appointed=True):
        one = pair[1]
        employer = one.employer if one.employer in parties else parties[0]
        p = with_holder(p, pair, employer=employer, seconded=True)
    return p


@mends_of_board("PBJW-s10-6-consult")
def consult(p: Partnership) -> Partnership:
    """Let each constituent authority have been consulted before the chief officer was appointed."""
    p = _all_chief_officers(p)
    for pair in chiefs(p, appointed=True):
        asked = pair[1].consulted
        everybody = [*asked.items, *(party.id for party in p.parties)]
        p = with_holder(p, pair, consulted=Listing(tuple(everybody), asked.complete))
    return p


def _all_chief_officers(p: Partnership) -> Partnership:
    """Make sure who is chief officer, and take that for all there is to know."""
    return whole_posts(sure_of_chief_officer(p), ChiefOfficer)


@mends_of_board("IJBO-a3-7B-co-member")
def seat_chief_officer(p: Partnership) -> Partnership:
    """
    Let whoever is chief officer sit on the board.

    Whoever may sit as chief officer does; somebody else who sits as chief officer gives place.
    """
    p = _all_chief_officers(p)
    for _, holder in chiefs(p, appointed=False):
        if not _sits(p, holder):
            p = sure_of(p, unsure(p, (Route.CO,)))
        if not _sits(p, holder):
            p = _seated(p, holder)
    return p


def _sits(p: Partnership, holder: Holder) -> bool:
    """Tell whether somebody sits, by name or, where a name is not recorded, as chief officer."""
    named = isinstance(holder.person, str)
    everybody = sitting_on(p, tuple(Route))
    by_office = [one for one in everybody if one.route is Route.CO]
    return (named and any(one.person == holder.person for one in everybody)) or any(
        not named or not isinstance(one.person, str) for one in by_office
    )


def _seated(p: Partnership, holder: Holder) -> Partnership:
    """Give the seat of the chief officer to its holder, or a new one if nobody sits there but another chief officer."""
    officers, ids = {one.person for _, one in chiefs(p, appointed=False)}, {one.id for one in p.members.items}
    others = [one for one in sitting_on(p, (Route.CO,)) if one.person not in officers]
    if not others:
        p = seat(p, Route.CO)
        others = [one for one in p.members.items if one.id not in ids]
    return with_members(p, [others[0].id], person=holder.person)


@mends_of_board("FIN-s95-officer")
def appoint_finance_officer(p: Partnership) -> Partnership:
    """Let somebody be responsible for the finances of the board: whoever may be already, or else somebody new."""
    post = ChiefFinanceOfficer(_post_id(p, "chief-finance-officer"), body=board_of(p).id)
    after = filled(p, of_board(p, ChiefFinanceOfficer), post, Holder(start=p.as_at))
    return keeping(p, after, *_OF_OFFICES)


@mends("CSWO-appointed")
def appoint_chief_social_work_officers(p: Partnership) -> Partnership:
    """Let each council have a chief social work officer whom it appointed itself."""
    before = p
    for council in p.local_authorities:
        bound = p.chief_social_work_officer(council.id)
        if not isinstance(bound, BoundPost) or not isinstance(bound.holder, Holder):
            there = [bound.post] if isinstance(bound, BoundPost) else []
            wanted = f"chief-social-work-officer-{council.id}"
            post = ChiefSocialWorkOfficer(_post_id(p, wanted), body=council.id)
            p = filled(p, there, post, Holder(start=p.as_at))
            bound = p.chief_social_work_officer(council.id)
        assert isinstance(bound, BoundPost)
        assert isinstance(bound.holder, Holder)
        p = with_holder(p, (bound.post, bound.holder), appointed_by=council.id)
    return keeping(before, p, *_OF_OFFICES)
