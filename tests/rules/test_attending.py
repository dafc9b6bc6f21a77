"""Who attends meetings of boards, in whose place, and who presides."""

from datetime import timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.dates import day
from scotintegration.examples import EXAMPLES, example
from scotintegration.meetings import Interest, Meeting, Proxy
from scotintegration.officers import ChairPeriod, Member, Route
from scotintegration.rules import ask
from scotintegration.rules.attending import (
    interests_disclosed,
    minutes_agreed,
    no_proxy_presides,
    presiding,
    proxies_vote,
    requisition,
    standing_orders,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
BOARD = P.id
AUGUST, OCTOBER = "2026-08-12", "2026-10-14"
LAST, FIRST = "2026-08-31", "2026-09-01"
MINE = (
    interests_disclosed,
    minutes_agreed,
    no_proxy_presides,
    presiding,
    proxies_vote,
    requisition,
    standing_orders,
)
SEATS = {
    "la-1": Route.LA,
    "la-2": Route.LA,
    "hb-1": Route.HB,
    "hb-2": Route.HB,
    "staff": Route.STAFF,
    "carer": Route.CARER,
    "co": Route.CO,
}
MEMBERS = [Member(id=id, board=BOARD, route=route, start="2025-01-01") for id, route in SEATS.items()]
CHAIRS = [
    ChairPeriod(id=office, board=BOARD, office=office, member=member, start="2025-01-01", until="2027-12-31")
    for office, member in (("chair", "la-1"), ("vice-chair", "hb-1"))
]


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def met(*meetings, members=MEMBERS, chairs=CHAIRS, complete=True):
    """Let a small board have met."""
    return P.evolve(members=members, chairs=chairs, meetings=Listing(meetings, complete=complete))


def meeting(on=OCTOBER, *, board=BOARD, **facts):
    """Make a meeting."""
    return Meeting(id=str(on), board=board, on=on, **{"proxies": (), "interests": (), **facts})


def proxy(of="la-2", *, voted=True, **facts):
    """Make a proxy."""
    return Proxy(of=of, person="stand-in", voted=voted, **facts)


class TestStandingOrders:
    where = "standing_orders.headings"

    @pytest.mark.parametrize("heading", list(P.standing_orders.headings))
    def test_each(self, heading):
        """Nothing that the law asks for may be left out, however it is written."""
        headings = list(P.standing_orders.headings)
        without = attrs.evolve(P.standing_orders, headings=[one for one in headings if one != heading])
        assert [("fail", self.where)] == told(standing_orders, P.evolve(standing_orders=without))
        more = attrs.evolve(P.standing_orders, headings=[*map(str.upper, headings), "petitions"])
        assert "pass" == told(standing_orders, P.evolve(standing_orders=more))

    @pytest.mark.parametrize(("tie", "expected"), [(None, "fail"), ("", "fail"), (UNKNOWN, "cannot tell")])
    def test_tie(self, tie, expected):
        """They say how a tie is resolved: a heading is not enough."""
        orders = attrs.evolve(P.standing_orders, tie_mechanism=tie)
        p = P.evolve(standing_orders=orders)
        assert [(expected, "standing_orders.tie_mechanism")] == told(standing_orders, p)

    def test_none(self):
        """A board without standing orders breaks the rule, from the day it is established."""
        p = P.evolve(standing_orders=None)
        assert [("fail", "standing_orders")] == told(standing_orders, p)
        assert "not applicable" == told(standing_orders, p.at("2015-06-26"))
        assert [("fail", "standing_orders")] == told(standing_orders, p.at("2015-06-27"))

    def test_cannot_tell(self):
        """Headings that nobody recorded may be there."""
        assert [("cannot tell", "standing_orders")] == told(standing_orders, P.evolve(standing_orders=UNKNOWN))
        part = attrs.evolve(P.standing_orders, headings=Listing.partial("quorum"))
        assert [("cannot tell", self.where)] == told(standing_orders, P.evolve(standing_orders=part))


class TestProxies:
    where = f"meetings['{OCTOBER}'].proxies['la-2']"

    @pytest.mark.parametrize(
        ("expected", "facts"),
        [
            ("pass", {"is_councillor": True}),
            ("fail", {"is_councillor": False}),
            ("fail", {"is_councillor": False, "is_hb_member": True}),
            ("cannot tell", {"is_councillor": UNKNOWN}),
            ("pass", {"is_councillor": False, "voted": False}),
            ("cannot tell", {"is_councillor": False, "voted": UNKNOWN}),
            ("pass", {"is_councillor": True, "voted": UNKNOWN}),
            ("pass", {"of": "hb-2", "is_hb_member": True}),
            ("fail", {"of": "hb-2", "is_hb_member": False, "is_councillor": True}),
            ("cannot tell", {"of": "hb-2", "is_hb_member": UNKNOWN}),
            ("fail", {"of": "staff", "is_councillor": True, "is_hb_member": True}),
            ("pass", {"of": "staff", "voted": False}),
            ("fail", {"of": "nobody"}),
        ],
        ids=str,
    )
    def test_votes(self, expected, facts):
        """A proxy of a nominee votes as a councillor or member of the Health Board, one of staff never."""
        assert expected == ask(proxies_vote, met(meeting(proxies=[proxy(**facts)]))).outcome

    @given(st.dates(day("2026-01-01"), day("2026-11-22")))
    def test_carers(self, on):
        """From 1 September 2026 the proxy of a carer votes, whoever it is; until then none does."""
        p = met(meeting(on.isoformat(), proxies=[proxy("carer")]))
        assert ("pass" if on.isoformat() >= FIRST else "fail") == ask(proxies_vote, p).outcome

    @pytest.mark.parametrize(("on", "expected"), [(LAST, "fail"), (FIRST, "pass")])
    def test_boundary(self, on, expected):
        """The day itself decides."""
        assert expected == ask(proxies_vote, met(meeting(on, proxies=[proxy("carer")]))).outcome

    def test_cannot_tell(self):
        """What was not recorded of meetings, proxies and members leaves the rule open."""
        some = Listing.partial(proxy(is_councillor=False))
        where = f"meetings['{OCTOBER}'].proxies"
        expected = [("fail", self.where), ("cannot tell", where), ("cannot tell", "meetings")]
        assert expected == told(proxies_vote, met(meeting(proxies=some), complete=False))
        p = met(meeting(proxies=[proxy("nobody")]), members=Listing.partial(*MEMBERS))
        assert [("cannot tell", f"{where}['nobody']")] == told(proxies_vote, p)


class TestProxyPresides:
    where = f"meetings['{OCTOBER}'].presiding"

    @pytest.mark.parametrize(
        ("expected", "facts"),
        [
            ("pass", {"presiding": "la-1", "present": ["la-1"]}),
            ("pass", {"presiding": "hb-1", "present": ["hb-1"], "proxies": [proxy("la-1")]}),
            ("pass", {"presiding": None}),
            ("pass", {"presiding": "la-1", "present": []}),
            ("fail", {"presiding": "la-1", "present": ["hb-1"], "proxies": [proxy("la-1")]}),
            ("fail", {"presiding": "carer", "present": ["hb-1"], "proxies": [proxy("carer", voted=False)]}),
            ("cannot tell", {"presiding": "la-1", "present": Listing.partial("hb-1"), "proxies": [proxy("la-1")]}),
            ("cannot tell", {"presiding": "la-1", "present": ["hb-1"], "proxies": UNKNOWN}),
            ("pass", {"presiding": UNKNOWN, "present": ["hb-1"]}),
            ("cannot tell", {"presiding": UNKNOWN, "proxies": [proxy()]}),
            ("cannot tell", {"presiding": UNKNOWN, "proxies": UNKNOWN}),
        ],
        ids=str,
    )
    def test_presides(self, expected, facts):
        """Whoever presides is there as a member and not for one."""
        p = met(meeting(**facts))
        assert expected == ask(no_proxy_presides, p).outcome
        if expected == "fail":
            assert "fail" == ask(presiding, p).outcome

    def test_other_meetings(self):
        """Meetings nobody recorded may have had another in the chair."""
        assert [("cannot tell", "meetings")] == told(no_proxy_presides, met(complete=False))

    @pytest.mark.parametrize("who", ["la-1", None])
    def test_proxies_unknown(self, who):
        """Where the member who presides was there, or nobody presided, it does not matter who else came as a proxy."""
        facts = {"presiding": who, "present": ["la-1"]}
        assert "pass" == told(no_proxy_presides, met(meeting(**facts, proxies=UNKNOWN)))


class TestPresiding:
    where = f"meetings['{OCTOBER}'].presiding"

    @pytest.mark.parametrize(
        ("expected", "who", "present"),
        [
            ("pass", "la-1", ["la-1", "hb-1"]),
            ("fail", "hb-1", ["la-1", "hb-1"]),
            ("pass", "hb-1", ["hb-1", "la-2"]),
            ("fail", "la-2", ["hb-1", "la-2"]),
            ("pass", "la-2", ["hb-2", "la-2"]),
            ("pass", "carer", ["hb-2", "carer"]),
            ("fail", "staff", ["hb-2", "staff"]),
            ("fail", "co", ["hb-2", "co"]),
            ("fail", "guest", ["hb-2", "guest"]),
            ("fail", "la-1", ["hb-2"]),
            ("fail", None, ["hb-2"]),
            ("cannot tell", UNKNOWN, ["hb-2"]),
            ("cannot tell", "la-1", Listing.partial("hb-2")),
            ("pass", "la-1", Listing.partial("la-1")),
            ("fail", "hb-1", Listing.partial("la-1", "hb-1")),
            ("cannot tell", "hb-1", Listing.partial("hb-1")),
            ("cannot tell", "la-2", Listing.partial("la-2")),
        ],
        ids=str,
    )
    def test_order(self, expected, who, present):
        """The chair comes first, then the vice-chair, then any voting member whom the others choose."""
        assert expected == ask(presiding, met(meeting(presiding=who, present=present))).outcome

    @pytest.mark.parametrize(("on", "expected"), [(LAST, "fail"), (FIRST, "pass")])
    def test_carer(self, on, expected):
        """From 1 September 2026 a carer is a voting member, and may be chosen."""
        assert expected == ask(presiding, met(meeting(on, presiding="carer", present=["carer"]))).outcome

    def test_vacant(self):
        """Where the office of chair is vacant that day, the vice-chair presides; a last day counts as served."""
        chairs = [attrs.evolve(CHAIRS[0], until=AUGUST), CHAIRS[1]]
        present = ["la-1", "hb-1"]
        meetings = [meeting(on, presiding="hb-1", present=present) for on in (AUGUST, "2026-08-13")]
        (finding,) = ask(presiding, met(*meetings, chairs=chairs))
        assert f"meetings['{AUGUST}'].presiding" == finding.where

    @pytest.mark.parametrize(
        "chairs",
        [
            UNKNOWN,
            [attrs.evolve(CHAIRS[0], member=UNKNOWN), CHAIRS[1]],
            [attrs.evolve(CHAIRS[0], start=UNKNOWN), CHAIRS[1]],
        ],
        ids=str,
    )
    def test_unknown_chair(self, chairs):
        """Who presides cannot be judged where nobody recorded who is in the chair."""
        p = met(meeting(presiding="hb-1", present=["hb-1"]), chairs=chairs)
        assert [("cannot tell", self.where)] == told(presiding, p)

    def test_unnamed_chair(self):
        """A period that nobody fills leaves the office vacant."""
        chairs = [attrs.evolve(CHAIRS[0], member=None), CHAIRS[1]]
        assert "pass" == told(presiding, met(meeting(presiding="hb-1", present=["hb-1"]), chairs=chairs))

    def test_unknown_member(self):
        """As what somebody sat may be missing from a list known in part."""
        p = met(meeting(presiding="la-9", present=["la-9"]), members=Listing.partial(*MEMBERS))
        assert [("cannot tell", self.where)] == told(presiding, p)
        assert [("cannot tell", "meetings")] == told(presiding, met(complete=False))

    def test_other_board(self):
        """Whoever chairs another body has no office here."""
        elsewhere = attrs.evolve(CHAIRS[0], id="elsewhere", board=P.health_board.id, member="la-2")
        for who, expected in (("la-1", "pass"), ("la-2", [("fail", self.where)])):
            p = met(meeting(presiding=who, present=["la-1", "la-2"]), chairs=[elsewhere, *CHAIRS])
            assert expected == told(presiding, p)


class TestInterests:
    where = f"meetings['{OCTOBER}'].interests['la-1']"

    @pytest.mark.parametrize(
        ("expected", "before", "decided"),
        [
            ("pass", True, "la-1"),
            ([("fail", "disclosed_before")], False, "la-1"),
            ([("fail", "disclosed_before")], None, "la-1"),
            ([("cannot tell", "disclosed_before")], UNKNOWN, "la-1"),
            ([("fail", "decided_by")], True, "hb-1"),
            ([("fail", "decided_by")], True, None),
            ([("cannot tell", "decided_by")], True, UNKNOWN),
            ([("fail", "disclosed_before"), ("fail", "decided_by")], False, "hb-1"),
        ],
    )
    def test_disclosed(self, expected, before, decided):
        """An interest is out before the business begins, and the member decides."""
        interest = Interest(member="la-1", about="a contract", disclosed_before=before, decided_by=decided)
        found = told(interests_disclosed, met(meeting(interests=[interest])))
        wanted = expected if expected == "pass" else [(one, f"{self.where}.{field}") for one, field in expected]
        assert wanted == found

    @pytest.mark.parametrize(("on", "expected"), [("2016-01-31", "pass"), ("2016-02-01", "fail")])
    def test_since(self, on, expected):
        """Meetings before 1 February 2016 are not looked at."""
        late = Interest(member="la-1", about="a contract", disclosed_before=False, decided_by="la-1")
        assert expected == ask(interests_disclosed, met(meeting(on, interests=[late]))).outcome

    def test_not_applicable(self):
        """Before its day the rule is not in force."""
        assert "not applicable" == ask(interests_disclosed, P.at("2016-01-31")).outcome

    def test_cannot_tell(self):
        """Interests and meetings nobody recorded leave it open."""
        expected = [("cannot tell", f"meetings['{OCTOBER}'].interests"), ("cannot tell", "meetings")]
        assert expected == told(interests_disclosed, met(meeting(interests=UNKNOWN), complete=False))

    @pytest.mark.parametrize(("by", "said"), [(None, "nobody"), ("hb-1", "'hb-1'")])
    def test_said(self, by, said):
        """A finding says who decided in the member's place."""
        interest = Interest(member="la-1", about="a contract", disclosed_before=True, decided_by=by)
        (finding,) = ask(interests_disclosed, met(meeting(interests=[interest])))
        assert f"{said} decided whether 'la-1' took part in 'a contract'" == finding.what


class TestMinutes:
    def test_recorded(self):
        """The record says whether minutes were agreed; without one nobody can tell."""
        assert "pass" == told(minutes_agreed, P)
        assert [("cannot tell", "evidence")] == told(minutes_agreed, P.evolve(evidence=()))
        assert [("cannot tell", "evidence")] == told(minutes_agreed, P.at(day("2024-01-17") - timedelta(days=1)))
        assert "pass" == told(minutes_agreed, P.at("2024-01-17"))


class TestExamples:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule, the other breaks it, and lead agencies are not caught."""
        assert "pass" == told(rule, rule.passing())
        assert rule.failing() is None or "fail" == ask(rule, rule.failing()).outcome
        assert "not applicable" == ask(rule, example("lead-agency-to-board")).outcome

    def test_permission(self):
        """A requisition is a right, so nothing is ever amiss."""
        assert {"pass", "not applicable"} == {told(requisition, example(name)) for name in EXAMPLES}

    @pytest.mark.parametrize("rule", [rule for rule in MINE if rule is not requisition], ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """Of real areas nothing is known, so nothing passes and nothing fails."""
        assert {"cannot tell", "not applicable"} == {ask(rule, p).outcome.value for p in scotland().partnerships}
