"""Who else sits on a monitoring committee, how it works, what it reports, and whose each function is."""

from datetime import timedelta

import attrs
import pytest

from scotintegration.bodies import MonitoringReport
from scotintegration.examples import example
from scotintegration.meetings import StandingOrders
from scotintegration.officers import Member, Route
from scotintegration.rules import ask
from scotintegration.rules._joint_example import joint_lead_agency
from scotintegration.rules.monitoring import (
    authority_of_each_function,
    given_what_it_needs,
    groups,
    nominees_of_joint_committee,
    one_seat_each,
    recommendations_answered,
    standing_orders,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("lead-agency-both-ways")
JOINT = joint_lead_agency()
IJMC, NHS, COUNCIL = "ardlarich-ijmc", "nhs-ardlarich", "ardlarich-council"
EVERYBODY = (Route.THIRD, Route.USER, Route.CARER)
RULES = (
    authority_of_each_function,
    given_what_it_needs,
    groups,
    nominees_of_joint_committee,
    one_seat_each,
    recommendations_answered,
    standing_orders,
)


def member(id, route, **facts):
    """Make a member."""
    return Member(id=id, board=IJMC, route=route, **{"start": None, "person": id, **facts})


def seats(*members, complete=True, p=P, **scheme):
    """Let these be all members of the committee."""
    return p.evolve(members=Listing(members, complete), chairs=(), meetings=(), scheme=attrs.evolve(p.scheme, **scheme))


def committee(**facts):
    """Change facts of the committee."""
    return P.evolve(monitoring_committee=attrs.evolve(P.monitoring_committee, **facts))


def outcome(rule, p):
    """Ask one rule."""
    return str(ask(rule, p).outcome)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
class TestWhere:
    def test_boards(self, rule):
        """Boards have no such committee, and of real areas nobody can tell."""
        assert "not applicable" == outcome(rule, example("body-corporate"))
        assert {"cannot tell", "not applicable"} >= {outcome(rule, p) for p in scotland()}

    def test_no_committee(self, rule):
        """That there is a committee is asked by another rule."""
        none = P.evolve(monitoring_committee=None, members=(), chairs=(), meetings=())
        asked = dict.fromkeys((authority_of_each_function, given_what_it_needs, standing_orders), "pass")
        joint = {nominees_of_joint_committee: "not applicable"}
        assert {**asked, **joint}.get(rule, "cannot tell") == outcome(rule, none)


class TestGroups:
    @pytest.mark.parametrize(
        ("model", "joint", "day", "staff"),
        [
            ("b", False, "2026-11-22", {Route.HB_STAFF}),
            ("c", False, "2026-11-22", {Route.LA_STAFF}),
            ("d", False, "2026-11-22", {Route.HB_STAFF, Route.LA_STAFF}),
            ("b", False, "2015-03-19", {Route.HB_STAFF}),
            ("b", True, "2015-03-19", {Route.HB_STAFF, Route.LA_STAFF}),
            ("c", True, "2015-03-19", {Route.HB_STAFF, Route.LA_STAFF}),
            ("b", True, "2015-03-20", {Route.HB_STAFF}),
            ("c", True, "2015-03-20", {Route.LA_STAFF}),
        ],
    )
    def test_table(self, model, joint, day, staff):
        """The model says whose staff sit; until 19 March 2015 a joint scheme needed the staff of both."""
        early = attrs.evolve(P.monitoring_committee, established_on="2015-01-01")
        p = P.evolve(monitoring_committee=early)
        needed = {*staff, *EVERYBODY}
        for missing in (None, Route.HB_STAFF, Route.LA_STAFF, *EVERYBODY):
            every = (Route.HB_STAFF, Route.LA_STAFF, *EVERYBODY)
            people = [member(route.value, route) for route in every if route is not missing]
            asked = seats(*people, p=p, models=model, basis="s.2(4)" if joint else "s.2(3)").at(day)
            assert ("fail" if missing in needed else "pass") == outcome(groups, asked)

    def test_vacancy(self):
        """A seat that fell empty is a vacancy from the day after."""
        people = [member(route.value, route) for route in (Route.HB_STAFF, Route.LA_STAFF, Route.THIRD, Route.USER)]
        p = seats(*people, member("carer", Route.CARER, until="2026-11-22"))
        assert ("pass", "warn") == (outcome(groups, p), outcome(groups, p.at("2026-11-23")))

    def test_known_in_part(self):
        """Who is not recorded may sit; a committee not set up yet has nobody."""
        assert "cannot tell" == outcome(groups, seats(complete=False))
        assert "not applicable" == outcome(groups, seats().at("2015-09-15"))
        assert "fail" == outcome(groups, seats().at("2015-09-16"))


class TestOneSeatEach:
    @pytest.mark.parametrize("group", [Route.HB_STAFF, Route.LA_STAFF, *EVERYBODY])
    @pytest.mark.parametrize("other", [*Route])
    def test_table(self, group, other):
        """A member for a group is no nominee, officer or clinician; two groups may share a member."""
        shared = {Route.STAFF, Route.HB_STAFF, Route.LA_STAFF, *EVERYBODY}
        p = seats(member("one", group, person="A"), member("two", other, person="A"))
        assert ("pass" if other in shared else "fail") == outcome(one_seat_each, p)

    def test_names(self):
        """Without names nobody can tell; the last day of a term counts."""
        gp = member("gp", Route.GP, person="A", until="2026-11-22")
        assert "cannot tell" == outcome(one_seat_each, seats(gp, member("one", Route.USER, person=UNKNOWN)))
        vague = member("vague", Route.NURSE, person=UNKNOWN)
        assert "cannot tell" == outcome(one_seat_each, seats(vague, member("one", Route.USER)))
        twice = seats(gp, vague, member("one", Route.USER, person="A"))
        assert ("fail", "cannot tell") == (
            outcome(one_seat_each, twice),
            outcome(one_seat_each, twice.at("2026-11-23")),
        )
        assert "cannot tell" == outcome(one_seat_each, seats(complete=False))

    def test_days(self):
        """The ban came on 20 March 2015."""
        early = committee(established_on="2015-01-01")
        p = seats(member("one", Route.USER, person="A"), member("two", Route.GP, person="A"), p=early)
        assert ("not applicable", "fail") == tuple(outcome(one_seat_each, p.at(f"2015-03-{day}")) for day in (19, 20))


class TestJointCommittee:
    def sits(self, councillors, directors, complete=True):
        """Seat councillors, each with a nominator, and nominees of the Health Board."""
        people = [member(f"la-{n}", Route.LA, nominated_by=by) for n, by in enumerate(councillors)]
        people += [member(f"hb-{n}", Route.HB) for n in range(directors)]
        return seats(*people, complete=complete, p=JOINT)

    @pytest.mark.parametrize("councillors", range(5))
    @pytest.mark.parametrize("directors", range(5))
    def test_few_councils(self, councillors, directors):
        """Up to three councils send three councillors between them, beside three of the Health Board."""
        expected = "pass" if min(councillors, directors) >= 3 else "fail"
        p = self.sits([COUNCIL] * councillors, directors)
        assert expected == outcome(nominees_of_joint_committee, p)
        part = self.sits([COUNCIL] * councillors, directors, complete=False)
        assert {"pass": "pass", "fail": "cannot tell"}[expected] == outcome(nominees_of_joint_committee, part)

    @pytest.mark.parametrize(
        ("nominators", "complete", "expected"),
        [
            ("1234", True, "pass"),
            ("123", True, "fail"),
            ("1123", True, "fail"),
            ("123?", True, "cannot tell"),
            ("12?", True, "fail"),
            ("123", False, "cannot tell"),
            ("1234", False, "pass"),
        ],
    )
    def test_four_councils(self, nominators, complete, expected):
        """Each of four councils sends one."""
        councils = [attrs.evolve(P.local_authorities[0], id=f"council-{n}", name=f"Council {n}") for n in "1234"]
        given = [UNKNOWN if one == "?" else f"council-{one}" for one in nominators]
        base = self.sits(given, 3, complete)
        ids = [one.id for one in councils]
        four = base.evolve(
            local_authorities=councils, posts=(), budgets=(), scheme=attrs.evolve(base.scheme, local_authorities=ids)
        )
        assert expected == outcome(nominees_of_joint_committee, four)

    def test_one_council(self):
        """A committee of one council has another rule."""
        assert "not applicable" == outcome(nominees_of_joint_committee, P)


class TestStandingOrders:
    @pytest.mark.parametrize("heading", P.standing_orders.headings)
    @pytest.mark.parametrize("complete", [True, False])
    def test_each(self, heading, complete):
        """Each heading is asked for, but for a way out of ties, which the casting vote is."""
        left = [one.upper() for one in P.standing_orders.headings if one != heading]
        p = P.evolve(standing_orders=StandingOrders(board=IJMC, headings=Listing(left, complete)))
        expected = "pass" if heading == "dispute resolution" else "fail" if complete else "cannot tell"
        assert expected == outcome(standing_orders, p)

    def test_none(self):
        """A committee that is set up has standing orders."""
        none = P.evolve(standing_orders=None)
        assert "fail" == outcome(standing_orders, none)
        assert "not applicable" == outcome(standing_orders, none.at("2015-09-15"))
        assert "cannot tell" == outcome(standing_orders, P.evolve(standing_orders=UNKNOWN))


class TestReports:
    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({}, "pass"),
            ({"response_in_writing": False}, "fail"),
            ({"response_in_writing": None}, "warn"),
            ({"response_in_writing": UNKNOWN}, "cannot tell"),
            ({"response_in_writing": False, "recommendations": False}, "pass"),
            ({"response_in_writing": False, "recommendations": UNKNOWN}, "cannot tell"),
            ({"response_in_writing": True, "recommendations": UNKNOWN, "on": UNKNOWN}, "pass"),
            ({"response_in_writing": False, "on": UNKNOWN}, "cannot tell"),
            ({"response_in_writing": False, "on": None}, "fail"),
            ({"response_in_writing": False, "on": P.as_at}, "fail"),
            ({"response_in_writing": False, "on": P.as_at + timedelta(days=1)}, "pass"),
        ],
    )
    def test_table(self, facts, expected):
        """Recommendations are answered in writing, by no fixed day."""
        usual = {"on": "2026-03-18", "recommendations": True, "response_in_writing": True}
        report = MonitoringReport(**{**usual, **facts})
        assert expected == outcome(recommendations_answered, committee(reports=[report]))
        part = committee(reports=Listing([report], complete=False))
        assert ("fail" if expected == "fail" else "cannot tell") == outcome(recommendations_answered, part)

    def test_each(self):
        """That one report was answered says nothing of the next."""
        usual = {"recommendations": True, "on": "2026-03-18"}
        reports = [MonitoringReport(**usual, response_in_writing=True)]
        reports += [MonitoringReport(**{**usual, "on": "2026-04-18"}, response_in_writing=False)]
        (finding,) = ask(recommendations_answered, committee(reports=reports))
        assert "monitoring_committee.reports[2026-04-18]" == finding.where


class TestAssistance:
    @pytest.mark.parametrize(("met", "expected"), [(True, "pass"), (False, "fail"), (UNKNOWN, "cannot tell")])
    def test_table(self, met, expected):
        """The committee was given what it needs, or was not, or nobody recorded it."""
        records = P.evidence.map(lambda one: attrs.evolve(one, met=met) if one.duty == given_what_it_needs.id else one)
        assert expected == outcome(given_what_it_needs, P.evolve(evidence=records))
        assert "cannot tell" == outcome(given_what_it_needs, P.evolve(evidence=()))


class TestAuthority:
    def test_both(self):
        """Each body is the authority of what it received."""
        assert "pass" == outcome(authority_of_each_function, P)
        for body in (NHS, COUNCIL):
            one = P.evolve(lead_agencies=[lead for lead in P.lead_agencies if lead.body != body])
            assert "fail" == outcome(authority_of_each_function, one)
        assert "fail" == outcome(authority_of_each_function, P.evolve(lead_agencies=()))

    def test_known_in_part(self):
        """More may be delegated than was recorded; what is certain is said."""
        part = P.evolve(scheme=attrs.evolve(P.scheme, functions=Listing(P.scheme.functions.items, complete=False)))
        assert "cannot tell" == outcome(authority_of_each_function, part)
        assert "fail" == outcome(authority_of_each_function, part.evolve(lead_agencies=()))

    def test_one_way(self):
        """Where only one body delegates there is one authority."""
        assert "not applicable" == outcome(authority_of_each_function, example("lead-agency-to-board"))
