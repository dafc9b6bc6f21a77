"""Changes to the record of meetings that several mends make (private)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from scotintegration.meetings import Proxy
from scotintegration.mends._holding import OFFICES
from scotintegration.mends._sitting import sure_of
from scotintegration.mends._terms import earliest_start, seen, stands
from scotintegration.officers import Route
from scotintegration.rules import find
from scotintegration.rules._boards import seated, with_members
from scotintegration.rules._meetings import cast_by, law_of, tally
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.law import Law
    from scotintegration.meetings import Meeting, Vote
    from scotintegration.officers import Member
    from scotintegration.partnership import Partnership

FIT: Final = {Route.LA: "is_councillor", Route.HB: "is_hb_member"}
"""What a proxy of a nominee has to be, by the route of the nominee."""

Step: TypeAlias = "Callable[[Partnership, Meeting], Partnership]"


def with_meeting(p: Partnership, id: str, **changes: object) -> Partnership:
    """Change one meeting."""
    meetings = p.meetings.map(
        lambda one: attrs.evolve(one, **changes) if one.id == id else one  # type: ignore[arg-type]
    )
    return p.evolve(meetings=meetings)


def in_turn(p: Partnership, rule: str, *steps: Step) -> Partnership:
    """
    Mend a rule at each meeting, the meetings that are known being all there were.

    Each step is taken at every meeting at which the rule is still open, before the next one is.
    """
    asked, p = find(rule), p.evolve(meetings=p.meetings.items)
    for step in steps:
        for id in [one.id for one in p.meetings.items]:
            meeting = next(one for one in p.meetings.items if one.id == id)
            if asked.is_open(p.evolve(meetings=[meeting])):
                p = step(p, meeting)
    return p


def sure_on(p: Partnership, board: str, on: date) -> Partnership:
    """Settle who sat on a board or committee on a day, and take the members that are known for all there are."""
    for one in [one for one in p.members.items if one.board == board and stands(one, on) is None]:
        if one.start is UNKNOWN and isinstance(one.until, date) and one.until < p.as_at:
            p = with_members(p, [one.id], start=_began_earlier(p, one, one.until))
        else:
            p = sure_of(p, [one])
    return p.evolve(members=p.members.items)


def _began_earlier(p: Partnership, member: Member, last: date) -> date:
    """Work out from when somebody sat who has left: from the first meeting that names the member, or the last day."""
    first = min([*seen(p, member.id), last])
    return first if member.route in OFFICES else max(first, earliest_start(last, 12 * p.law.number("years of a term")))


def attended(p: Partnership, meeting: Meeting, entitled: Sequence[str], needed: int) -> Partnership:
    """Let as many of those entitled attend a meeting as are needed: rather those nobody stood in for, or presided."""
    missing = [id for id in entitled if id not in meeting.present.items]
    represented = {proxy.of for proxy in meeting.proxies.items}
    in_chair = {one.member for one in p.chairs.items}
    missing.sort(key=lambda id: (id in represented, id in in_chair))
    lacking = max(0, needed - (len(entitled) - len(missing)))
    present = Listing((*meeting.present.items, *missing[:lacking]), meeting.present.complete)
    return with_meeting(p, meeting.id, present=present)


# -- votes -------------------------------------------------------------------------------------------------------


def is_faulty(p: Partnership, rule: str, meeting: Meeting, vote: Vote) -> bool:
    """Tell whether a rule about votes is open at one vote of a meeting."""
    return find(rule).is_open(p.evolve(meetings=[attrs.evolve(meeting, votes=[vote])]))


def sure_who_came(p: Partnership, meeting: Meeting) -> Partnership:
    """
    Let whoever voted have been there, as far as not all who were are recorded, or else a proxy have voted instead.

    Where all who were there are recorded, a proxy of whom nobody recorded whether they voted did.
    """
    law = law_of(p, meeting)
    voters = {one.id: one for one in seated(p, meeting.on).items if law.votes(one)}
    for vote in meeting.votes.items:
        for id in (*vote.votes_for.items, *vote.votes_against.items):
            if id in voters and cast_by(meeting, id) is UNKNOWN:
                meeting = _came(meeting, voters[id])
    return with_meeting(p, meeting.id, present=meeting.present, proxies=meeting.proxies)


def _came(meeting: Meeting, member: Member) -> Meeting:
    """Let a member have been at a meeting or, if that cannot be, have had a proxy there who voted, and could."""
    if not meeting.present.complete:
        return attrs.evolve(meeting, present=Listing((*meeting.present.items, member.id), complete=False))
    fit = {field: True for route, field in FIT.items() if member.route is route}
    proxies = meeting.proxies
    if not any(one.of == member.id for one in proxies.items):
        fresh = Proxy(of=member.id, voted=True, **fit)  # type: ignore[arg-type]
        return attrs.evolve(meeting, proxies=Listing((*proxies.items, fresh), proxies.complete))
    return attrs.evolve(
        meeting,
        proxies=proxies.map(
            lambda one: attrs.evolve(one, voted=True, **fit) if one.of == member.id else one  # type: ignore[arg-type]
        ),
    )


def counted(meeting: Meeting, vote: Vote, sitting: Listing[Member], law: Law, pool: Iterable[str]) -> Vote:
    """
    Let what the minute says came of a vote agree with the votes that count.

    Where it is not recorded who voted, only as many voted so as it takes; where it is, the minute gives way.
    """
    yes, no, pool = vote.votes_for, vote.votes_against, tuple(pool)
    meeting = attrs.evolve(meeting, present=Listing((*meeting.present.items, *pool), meeting.present.complete))
    ahead = tally(yes, sitting, law, meeting).least - tally(no, sitting, law, meeting).least
    if vote.carried is not UNKNOWN:
        silent = [id for id in pool if id not in (*yes.items, *no.items)]
        if vote.carried and not yes.complete:
            yes = Listing((*yes.items, *silent[: max(0, 1 - ahead)]))
        elif not vote.carried and not no.complete:
            no = Listing((*no.items, *silent[: max(0, ahead)]))
    whole = attrs.evolve(vote, votes_for=yes.items, votes_against=no.items)
    votes_for, votes_against = (tally(ids, sitting, law, meeting) for ids in (whole.votes_for, whole.votes_against))
    carried = law.carried(votes_for.least, votes_against.least)
    agrees = vote.carried is not UNKNOWN and bool(vote.carried) is carried
    return whole if agrees else attrs.evolve(whole, carried=carried)


def voting_at(meeting: Meeting, voters: Iterable[str]) -> list[str]:
    """List who of those who may vote can have voted at a meeting, those first who are known to have been there."""
    may = list(voters)
    here = [id for id in may if id in meeting.present.items]
    return here if meeting.present.complete else [*here, *(id for id in may if id not in here)]
