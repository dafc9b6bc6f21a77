"""The monitoring committee of a lead agency: setting it up, and who sits on it (private)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from scotintegration.bodies import MonitoringCommittee
from scotintegration.mends._sitting import sure_of
from scotintegration.mends._table import settled
from scotintegration.mends._terms import fresh_id, fresh_mark, keeping, stands
from scotintegration.officers import Member, Route
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

_ASKED_OF_ONE: Final = (
    "IJMC-a3-min",
    "IJMC-a3-hb-neds",
    "IJMC-a3-finance",
    "IJMC-a6-chair",
    "IJMC-quorum",
    "PBJW-s42-4b-copies",
    "PR-r9-ijmc",
)
"""Rules that ask nothing while there is no committee."""

_ACTS: Final = "ISR-reg2-3-act-accordingly"

_SEATS: Final = ("IJMC-a3-groups", "IJMC-a4-multi")
"""Rules that cannot be told while there is no committee, and are broken while nobody sits on one."""

_IDS: Final = {Route.LA: "councillor", Route.HB: "non-executive-director"}


def committee_of(p: Partnership) -> MonitoringCommittee:
    """Give the committee of a partnership that has one."""
    assert p.monitoring_committee is not None
    return p.monitoring_committee


def with_committee(p: Partnership) -> Partnership:
    """
    Set up a monitoring committee, where there is none, on the last day before functions pass.

    Where nobody recorded when they pass, the day is left open.
    """
    if p.monitoring_committee is not None:
        return p
    passed = p.scheme.delegated_on
    day = min(p.as_at, passed - timedelta(days=1)) if isinstance(passed, date) else p.as_at
    committee = MonitoringCommittee(
        fresh_id(f"{p.local_authorities[0].id}-ijmc", (body.id for body in p.bodies)),
        name=f"{p.name} Integration Joint Monitoring Committee",
        established_on=UNKNOWN if passed is UNKNOWN else day,
        established_jointly=True,
        reports=(),
    )
    return p.evolve(monitoring_committee=committee)


def keeping_committee(before: Partnership, after: Partnership, *rules: str) -> Partnership:
    """Mend again rules that were kept; of a committee that was set up just now, everybody is let sit who has to."""
    after = keeping(before, after, *_ASKED_OF_ONE)
    if before.monitoring_committee is None:
        after = settled(after, *_SEATS)
    return keeping(before, after, *_SEATS, *rules, _ACTS)


# -- who sits on it ----------------------------------------------------------------------------------------------


def of_committee(p: Partnership, routes: Iterable[Route] = tuple(Route)) -> list[Member]:
    """List everybody who sat, sits or is to sit on the committee by some routes."""
    board, among = committee_of(p).id, tuple(routes)
    return [one for one in p.members.items if one.board == board and one.route in among]


def sitting_on_committee(p: Partnership, routes: Iterable[Route] = tuple(Route)) -> list[Member]:
    """List who is sure to sit on the committee by some routes on the day that governs."""
    return [one for one in of_committee(p, routes) if stands(one, p.as_at)]


def seat_on_committee(p: Partnership, route: Route, nominator: str | None = None) -> Partnership:
    """Let somebody new sit on the committee by a route from the day that governs."""
    fresh = Member(
        id=fresh_id(_IDS.get(route, route.value), (one.id for one in p.members.items)),
        board=committee_of(p).id,
        route=route,
        person=fresh_mark(p),
        nominated_by=nominator,
        start=p.as_at,
        is_ned=True if route is Route.HB else UNKNOWN,
    )
    return p.evolve(members=Listing((*p.members.items, fresh), p.members.complete))


def sure_by(p: Partnership, route: Route) -> Partnership:
    """Settle who sits by a route, where it is not sure: whoever may sit does."""
    return sure_of(p, [one for one in of_committee(p, (route,)) if stands(one, p.as_at) is None])


def filled_by(p: Partnership, route: Route, number: int) -> Partnership:
    """Let as many sit by a route as the law asks for, by nominators in turn: whoever may already, then others."""
    if len(sitting_on_committee(p, (route,))) < number:
        p = sure_by(p, route)
    while len(now := sitting_on_committee(p, (route,))) < number:
        bodies = {Route.LA: [one.id for one in p.local_authorities], Route.HB: [p.health_board.id]}.get(route, [None])
        sent = [one.nominated_by for one in now]
        p = seat_on_committee(p, route, min(bodies, key=sent.count))
    return p
