"""Rules about the chief officer and the officer responsible for a board's finances (part 5B)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.officers import Holder, Route
from scotintegration.rules._boards import board_of, rest, seated, some
from scotintegration.rules._engine import rule
from scotintegration.rules._saying import name_of
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail, warn
from scotintegration.unknown import UNKNOWN, Listing, known

if TYPE_CHECKING:
    from scotintegration.officers import Post
    from scotintegration.partnership import Partnership

__all__ = [
    "chief_officer",
    "chief_officer_is_member",
    "chief_officer_of_boards_only",
    "consulted",
    "finance_officer",
    "seconded",
]


_WHO: Final = "who holds the post of chief officer, and from when,"


def _holders(p: Partnership, kind: str, on: date) -> Listing[tuple[Post, Holder]]:
    """List who holds a kind of post of the board on a day, each with the post."""
    board = board_of(p)
    found: list[tuple[Post, Holder]] = []
    complete = p.posts.complete
    for post in p.posts.items:
        if post.kind == kind and post.body == board.id:
            serving = post.holders.where(lambda one: one.serves(on))
            complete = complete and serving.complete
            found += [(post, one) for one in serving.items]
    return Listing(tuple(found), complete)


def _appointed(p: Partnership, on: date) -> Listing[tuple[Post, Holder]]:
    """List who holds the post of chief officer by appointment, and not only in somebody's absence."""
    return _holders(p, "ChiefOfficer", on).where(
        lambda pair: not known(pair[1].interim, "whether the chief officer only stands in")
    )


def _where(pair: tuple[Post, Holder], attribute: str) -> str:
    return f"posts[{pair[0].id!r}].holder.{attribute}"


def _chief(p: Partnership, **changes: object) -> Partnership:
    """Change who holds the post of chief officer."""
    return p.evolve(
        posts=p.posts.map(
            lambda post: (
                attrs.evolve(
                    post,
                    holders=post.holders.map(lambda one: attrs.evolve(one, **changes)),  # type: ignore[arg-type]
                )
                if post.kind == "ChiefOfficer"
                else post
            )
        )
    )


def _council_appoints(p: Partnership) -> Partnership:
    return _chief(p, appointed_by=p.local_authorities[0].id)


@rule(
    "PBJW-s10-chief-officer",
    cites="2014 asp 9 s.10(1)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-09-22",
    duty_on="integration joint board",
    fields="B.co.person; B.co.appointed_by; t",
    passes="body-corporate",
    fails=_council_appoints,
)
def chief_officer(p: Partnership, on: date) -> Iterator[Verdict]:
    """The board has one chief officer, whom it appointed."""
    board = board_of(p).id
    serving, appointed = _holders(p, "ChiefOfficer", on), _appointed(p, on)
    if len(appointed) > 1:
        names = some(name_of(one.person) for _, one in appointed.items)
        yield fail("posts", f"{len(appointed)} chief officers at once: {names}", mend="end all terms but one")
    for pair in appointed.items:
        by = pair[1].appointed_by
        if by is UNKNOWN:
            yield cannot_tell(_where(pair, "appointed_by"), "who appointed the chief officer is not recorded")
        elif by != board:
            what = f"appointed by {by}, not by {board}" if by else "appointed by nobody"
            yield fail(_where(pair, "appointed_by"), what, mend=f"let {board} make the appointment")
    if appointed.items:
        return
    if serving.items and appointed.complete:
        names = some(name_of(one.person) for _, one in serving.items)
        yield warn("posts", f"{names} stands in and nobody holds the post", mend="appoint a chief officer")
    elif not appointed.complete:
        yield cannot_tell("posts", f"{_WHO} is not recorded")
    else:
        yield fail(
            "posts",
            f"nobody holds the post of chief officer on {on.isoformat()}",
            mend="let the board appoint a chief officer, or ask the constituent authorities for one to stand in",
            considered=_others(p, "ChiefOfficer", on),
        )


def _others(p: Partnership, kind: str, on: date) -> Iterator[tuple[str, str]]:
    """Name who has held or will hold a kind of post, and why that does not count on a day."""
    for post in p.posts.items:
        for one in post.holders.items if post.kind == kind else ():
            over = isinstance(one.until, date) and one.until < on
            yield name_of(one.person), f"in post until {one.until}" if over else f"in post from {one.start}"


def _employed_by_the_board(p: Partnership) -> Partnership:
    return _chief(p, employer=board_of(p).id, seconded=False)


@rule(
    "PBJW-s10-secondment",
    cites="2014 asp 9 s.10(2)-(4)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-09-22",
    duty_on="integration joint board",
    fields="B.co.employer; B.co.seconded; B.co.s10_5_order; S.parties",
    passes="body-corporate",
    fails=_employed_by_the_board,
)
def seconded(p: Partnership, on: date) -> Iterator[Verdict]:
    """The chief officer is employed by a constituent authority and seconded to the board, unless an order says not."""
    ordered = board_of(p).s10_5_order
    if ordered is not UNKNOWN and ordered:
        return
    parties = [party.id for party in p.parties]
    appointed = _appointed(p, on)
    for pair in appointed.items:
        employer, is_seconded = pair[1].employer, pair[1].seconded
        breaches = [
            *([f"employed by {employer or 'nobody'}"] if employer is not UNKNOWN and employer not in parties else []),
            *(["not seconded"] if is_seconded is not UNKNOWN and not is_seconded else []),
        ]
        if breaches and ordered is UNKNOWN:
            what = "whether an order lets the board employ its own chief officer is not recorded"
            yield cannot_tell("ijb.s10_5_order", what)
        elif breaches:
            yield fail(
                _where(pair, "employer"),
                " and ".join(breaches),
                mend=f"let {' or '.join(parties)} employ the chief officer and second the officer to the board",
            )
        elif UNKNOWN in (employer, is_seconded):
            what = "who employs the chief officer, or whether the officer is seconded, is not recorded"
            yield cannot_tell(_where(pair, "employer"), what)
    yield from rest(appointed, "posts", _WHO)


def _council_not_asked(p: Partnership) -> Partnership:
    return _chief(p, consulted=[p.health_board.id])


@rule(
    "PBJW-s10-6-consult",
    cites="2014 asp 9 s.10(6)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-09-22",
    duty_on="integration joint board",
    fields="B.co.consulted; B.co.consulted_on; B.co.appointed_on; S.parties",
    passes="body-corporate",
    fails=_council_not_asked,
)
def consulted(p: Partnership, on: date) -> Iterator[Verdict]:
    """Each constituent authority was consulted before the chief officer was appointed, every council by itself."""
    appointed = _appointed(p, on)
    for pair in appointed.items:
        asked = pair[1].consulted
        missing = [party.id for party in p.parties if party.id not in asked.items]
        if missing and asked.complete:
            what = f"{some(missing)} not consulted before the appointment"
            yield fail(_where(pair, "consulted"), what, mend=f"consult {some(missing)} and decide again")
        elif missing:
            yield cannot_tell(_where(pair, "consulted"), f"whether {some(missing)} was consulted is not recorded")
    yield from rest(appointed, "posts", _WHO)


@rule(
    "PBJW-s10-ijb-only",
    cites="2014 asp 9 s.10",
    severity="statute",
    topic="membership",
    models="bcd",
    in_force="2014-09-22",
    modality="may",
    fields="S.model; B.co.person",
    passes="lead-agency-to-board",
    fails=None,
)
def chief_officer_of_boards_only(p: Partnership, on: date) -> Iterator[Verdict]:
    """A partnership of lead agencies need not have a chief officer."""
    yield from ()


def _no_finance_officer(p: Partnership) -> Partnership:
    return p.evolve(
        posts=p.posts.map(lambda post: attrs.evolve(post, holders=()) if post.kind == "ChiefFinanceOfficer" else post)
    )


@rule(
    "FIN-s95-officer",
    cites="1973 c.65 ss.95, 106(1)(bb); 2014 asp 9 s.13",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2014-09-22",
    duty_on="integration joint board",
    fields="B.s95; t",
    passes="body-corporate",
    fails=_no_finance_officer,
)
def finance_officer(p: Partnership, on: date) -> Iterator[Verdict]:
    """The board has an officer of its own who is responsible for its finances."""
    serving = _holders(p, "ChiefFinanceOfficer", on)
    if serving.items:
        return
    if serving.complete:
        yield fail(
            "posts",
            f"nobody is responsible for the board's finances on {on.isoformat()}",
            mend="let the board designate a proper officer",
            considered=_others(p, "ChiefFinanceOfficer", on),
        )
    else:
        yield cannot_tell("posts", "who is responsible for the board's finances, and from when, is not recorded")


def _chief_officer_sits_nowhere(p: Partnership) -> Partnership:
    return p.evolve(members=p.members.where(lambda member: member.route is not Route.CO))


@rule(
    "IJBO-a3-7B-co-member",
    cites="SSI 2014/285 art.3(7B), 5(7B)",
    severity="statute",
    topic="membership",
    models="a",
    in_force="2015-03-20",
    duty_on="integration joint board",
    fields="B.co.person; M.person; M.route; t",
    passes="body-corporate",
    fails=_chief_officer_sits_nowhere,
)
def chief_officer_is_member(p: Partnership, on: date) -> Iterator[Verdict]:
    """Whoever is chief officer is a member of the board."""
    serving, members = _holders(p, "ChiefOfficer", on), seated(p, on)
    for _, holder in serving.items:
        named = isinstance(holder.person, str)
        same = [one for one in members.items if named and one.person == holder.person]
        by_office = [one for one in members.items if one.route is Route.CO]
        if same or any(not named or not isinstance(one.person, str) for one in by_office):
            continue
        if members.complete:
            yield fail(
                "members",
                f"{name_of(holder.person)} is chief officer and no member of the board",
                mend="record the chief officer as a member of the board",
                considered=[(one.id, f"sits as chief officer, but is {one.person}") for one in by_office],
            )
        else:
            yield cannot_tell("members", "whether the chief officer sits on the board is not recorded")
    yield from rest(serving, "posts", _WHO)
