"""Mends of rules about monitoring committees: forgotten records, and what is left as it is."""

from datetime import date

import attrs
import pytest

from scotintegration.bodies import HealthBoard, LocalAuthority, MonitoringCommittee, MonitoringReport
from scotintegration.examples import example
from scotintegration.functions import DelegatedFunction
from scotintegration.lines import Line
from scotintegration.officers import ChairPeriod, Member, Route
from scotintegration.partnership import Partnership
from scotintegration.rules import RULES, Severity, check, find
from scotintegration.rules._schemes import with_scheme
from scotintegration.unknown import UNKNOWN, Listing

BEFORE, JOINT, ONE = "PBJW-s15-ijmc-before", "IJMC-a4-multi", "IJMC-a3-min"
DIRECTORS, CHAIR, DOUBLE, FINANCE = "IJMC-a3-hb-neds", "IJMC-a6-chair", "IJMC-a3-6A-no-double", "IJMC-a3-finance"
RESPONSE, EACH, NO_BOARD, GROUPS = "PBJW-s43-response", "PBJW-s59-d-joint", "PBJW-s15-no-ijmc-for-ijb", "IJMC-a3-groups"
OURS = (BEFORE, ONE, DIRECTORS, CHAIR, DOUBLE, FINANCE, RESPONSE, EACH, GROUPS, "IJMC-quorum", "IJMC-so")
STATUTE = [rule for rule in RULES if rule.severity is Severity.STATUTE]
LEADS = example("lead-agency-both-ways")
COMMITTEE = LEADS.monitoring_committee
NHS = LEADS.health_board.id


def mended(rule, p):
    """Mend one rule and see that it is kept."""
    done = find(rule).mended(p)
    assert () == find(rule).verdicts(done)
    return done


def founded(councils, model="d", as_at="2026-11-22"):
    """Found a partnership with nothing yet but its bodies."""
    bodies = [LocalAuthority(f"toy-{number}", name=f"Toytown {number} Council") for number in range(1, councils + 1)]
    return Partnership.between(HealthBoard("toy-nhs", name="NHS Toytown"), *bodies, model=model, as_at=as_at)


def sitting(p, *routes):
    """List who sits on the committee by some routes."""
    return [one for one in p.current_members if one.route in routes]


def with_nominees(*facts, **committee):
    """Let the Health Board have nominated nobody but members with some facts, one each."""
    others = [one for one in LEADS.members if one.route is not Route.HB]
    fresh = [
        Member(id=f"hb-{number}", board=COMMITTEE.id, route="health-board", start="2025-01-01", **fact)
        for number, fact in enumerate(facts)
    ]
    return LEADS.evolve(
        members=[*others, *fresh], monitoring_committee=attrs.evolve(COMMITTEE, **committee), chairs=(), meetings=()
    )


class TestForgotten:
    """Records of which something was forgotten."""

    @pytest.mark.parametrize("rule", OURS)
    @pytest.mark.parametrize("field", ["start", "until", "person", "is_ned", "nominated_by"])
    def test_members(self, rule, field):
        """A field of every member, and whether there are others."""
        members = LEADS.members.map(lambda one: attrs.evolve(one, **{field: UNKNOWN}))
        mended(rule, LEADS.evolve(members=Listing(members.items, complete=False)))

    @pytest.mark.parametrize("rule", OURS)
    @pytest.mark.parametrize("field", ["established_on", "established_jointly", "ned_shortfall", "reports"])
    def test_committee(self, rule, field):
        """A field of the committee."""
        mended(rule, LEADS.evolve(monitoring_committee=attrs.evolve(COMMITTEE, **{field: UNKNOWN})))

    @pytest.mark.parametrize("rule", OURS)
    @pytest.mark.parametrize("field", ["chairs", "meetings", "standing_orders", "members"])
    def test_all(self, rule, field):
        """All that there is of something."""
        mended(rule, LEADS.evolve(**{field: UNKNOWN}))

    @pytest.mark.parametrize("rule", OURS)
    def test_nothing_else_breaks(self, rule):
        """Where there is no committee, the mend of one rule breaks none that was kept for want of a committee."""
        p = LEADS.evolve(members=(), chairs=(), meetings=(), monitoring_committee=None)
        before = {finding.rule for finding in check(p, rules=STATUTE).unlawful}
        assert set() == {finding.rule for finding in check(mended(rule, p), rules=STATUTE).unlawful} - before


class TestSetUp:
    """Setting the committee up, and winding it up."""

    def test_day_before(self):
        """It is set up the day before functions pass, and not moved where it was set up before that."""
        p = LEADS.evolve(members=(), chairs=(), meetings=(), monitoring_committee=None)
        assert date(2016, 3, 31) == mended(BEFORE, p).monitoring_committee.established_on
        assert LEADS == mended(
            BEFORE, LEADS.evolve(monitoring_committee=attrs.evolve(COMMITTEE, established_jointly=UNKNOWN))
        )

    @pytest.mark.parametrize(("as_at", "day"), [("2014-10-01", date(2014, 10, 1)), ("2026-11-22", date(2026, 11, 21))])
    def test_just_founded(self, as_at, day):
        """Where nobody recorded when functions pass, that is settled first; before a rule asks, they have not."""
        p = mended(BEFORE, with_scheme(founded(1, as_at=as_at), delegated_on=UNKNOWN))
        assert day == p.monitoring_committee.established_on

    def test_day_left_open(self):
        """A committee set up for the sake of another rule has no day while nobody knows when functions pass."""
        p = mended(RESPONSE, with_scheme(founded(1), delegated_on=UNKNOWN))
        assert p.monitoring_committee.established_on is UNKNOWN

    def test_wound_up(self):
        """Whatever was of a committee beside a board goes with it."""
        board = example("body-corporate")
        member = Member(id="user", board="ijmc", route="service-user")
        chair = ChairPeriod(id="chair-of-ijmc", board="ijmc", office="chair", member="user")
        line = Line(from_id=board.id, to_id="ijmc", kind="oversight", citation="asp 2014/9 s.43")
        p = board.evolve(
            monitoring_committee=MonitoringCommittee("ijmc", name="Committee"),
            members=[*board.members, member],
            chairs=[*board.chairs, chair],
            lines=[line],
        )
        assert board == mended(NO_BOARD, p)

    def test_one_model(self):
        """Where a scheme claims several models, that is settled first; the committee of a lead agency stays."""
        p = with_scheme(LEADS, models="a+d")
        assert mended(NO_BOARD, p).monitoring_committee in (None, COMMITTEE)


class TestNominees:
    """Nominees of councils and of the Health Board."""

    def test_as_many_as_needed(self):
        """Those who sit stay, and no more join than are needed."""
        one = sitting(LEADS, Route.LA)[0]
        p = LEADS.evolve(members=[one, *(other for other in LEADS.members if other.route is not Route.LA)])
        found = sitting(mended(ONE, p), Route.LA)
        assert len(found) == 3
        assert one in found

    def test_councils_in_turn(self):
        """Of two councils each nominates in its turn."""
        found = sitting(mended(JOINT, founded(2)), Route.LA)
        assert ["toy-1", "toy-1", "toy-2"] == sorted(one.nominated_by for one in found)

    def test_one_of_each(self):
        """Of four councils each nominates one; a councillor of whom nobody recorded which did counts for one."""
        p = mended("IJMC-a3-groups", founded(4))
        board = p.monitoring_committee.id
        unnamed = Member(id="councillor-x", board=board, route="local-authority", nominated_by=UNKNOWN, start=p.as_at)
        named = attrs.evolve(unnamed, id="councillor-y", nominated_by="toy-2")
        others = [one for one in p.members if one.route is not Route.LA]
        found = sitting(mended(JOINT, p.evolve(members=[*others, unnamed, named], chairs=())), Route.LA)
        assert ["toy-1", "toy-2", "toy-3", "toy-4"] == sorted(one.nominated_by for one in found)

    @pytest.mark.parametrize(
        ("shortfall", "facts", "wanted"),
        [
            (UNKNOWN, [True, UNKNOWN, UNKNOWN], [True, True, True]),
            (False, [True, True, False], [True, True, True]),
            (True, [False, False, True], [False, True, True]),
            (UNKNOWN, [False, True, True], [False, True, True]),
        ],
    )
    def test_directors(self, shortfall, facts, wanted):
        """Directors are nominated, where there are too few of them two."""
        p = mended(DIRECTORS, with_nominees(*({"is_ned": fact} for fact in facts), ned_shortfall=shortfall))
        found = sitting(p, Route.HB)
        assert wanted == [one.is_ned for one in found]
        assert [None if is_ned else (False, True) for is_ned in wanted] == [
            None if one.is_ned else (one.is_councillor, one.is_hb_member) for one in found
        ]

    def test_in_the_same_place(self):
        """Whoever is known to be no director stays what he is, until the eve, and the Health Board sends another."""
        was = with_nominees(*({"is_ned": fact} for fact in (True, True, False)), ned_shortfall=False)
        p = mended(DIRECTORS, was)
        (gone,) = [one for one in p.members if one.id == "hb-2"]
        assert (False, "2026-11-21") == (gone.is_ned, str(gone.until))
        (fresh,) = [one for one in sitting(p, Route.HB) if one.id not in {other.id for other in was.members}]
        assert (NHS, LEADS.as_at, True) == (fresh.nominated_by, fresh.start, fresh.is_ned)

    def test_person(self):
        """Somebody else sits for a group in the place of whoever sits in another way, and only where needed."""
        twice = sitting(LEADS, Route.CARER)[0]
        other = sitting(LEADS, Route.LA)[0]
        members = LEADS.members.map(lambda one: attrs.evolve(one, person=other.person) if one is twice else one)
        p = mended(DOUBLE, LEADS.evolve(members=members))
        now = {one.id: one for one in p.members}
        changed = [one.id for one in LEADS.members if one != now.pop(one.id)]
        assert [twice.id] == changed
        (fresh,) = now.values()
        assert (Route.CARER, LEADS.as_at) == (fresh.route, fresh.start)

    def test_person_not_recorded(self):
        """A member for a group whom nobody named gets a mark, and stays."""
        carer = sitting(LEADS, Route.CARER)[0]
        members = LEADS.members.map(lambda one: attrs.evolve(one, person=UNKNOWN) if one is carer else one)
        p = mended(DOUBLE, LEADS.evolve(members=members))
        assert [one.id for one in LEADS.members] == [one.id for one in p.members]


class TestChair:
    """Who chairs the committee."""

    def test_may_be_in_the_chair(self):
        """Whoever may be in the chair is."""
        now = LEADS.chair_on(LEADS.as_at)
        unsure = attrs.evolve(now, start=UNKNOWN, until=UNKNOWN, appointed_by=Listing.partial(NHS))
        p = mended(CHAIR, LEADS.evolve(chairs=[unsure]))
        wanted = attrs.evolve(now, start=LEADS.as_at, until=None)
        assert [(wanted.member, wanted.start)] == [(one.member, one.start) for one in p.chairs]

    def test_member_may_sit(self):
        """A nominee in the chair who may sit does."""
        now = LEADS.chair_on(LEADS.as_at)
        members = LEADS.members.map(lambda one: attrs.evolve(one, until=UNKNOWN) if one.id == now.member else one)
        assert LEADS.chairs == mended(CHAIR, LEADS.evolve(members=members)).chairs


class TestReports:
    """What the committee recommended."""

    def test_answered(self):
        """Only what was to be answered is."""
        reports = [
            MonitoringReport(on="2025-11-19", recommendations=True, response_in_writing=None),
            MonitoringReport(on="2025-12-19", recommendations=False, response_in_writing=UNKNOWN),
        ]
        p = LEADS.evolve(monitoring_committee=attrs.evolve(COMMITTEE, reports=Listing.partial(*reports)))
        found = mended(RESPONSE, p).monitoring_committee.reports
        assert Listing([attrs.evolve(reports[0], response_in_writing=True), reports[1]]) == found


class TestFunctions:
    """Whose each function is."""

    def test_lead_added(self):
        """Whoever received a function leads, and is a Category 1 responder where all were."""
        p = LEADS.evolve(lead_agencies=[one for one in LEADS.lead_agencies if one.body != NHS])
        found = mended(EACH, p)
        assert [one.body for one in LEADS.lead_agencies] == [one.body for one in found.lead_agencies]
        assert () == find("CCA-cat1").verdicts(found)

    def test_functions_known(self):
        """The functions known are all there are, none is over, and none went to a stranger."""
        functions = [
            attrs.evolve(LEADS.scheme.functions[0], until=UNKNOWN),
            *LEADS.scheme.functions.items[1:],
            DelegatedFunction(id="gardening", name="Gardening", delegator=NHS, delegate="stranger"),
        ]
        p = mended(EACH, with_scheme(LEADS, functions=Listing(functions, complete=False)))
        assert LEADS.lead_agencies == p.lead_agencies
        assert p.scheme.functions.complete
        assert {NHS, LEADS.local_authorities[0].id} == {one.delegate for one in p.scheme.functions}
