"""Who sits on a board, and who of them votes."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.examples import example
from scotintegration.law import Law
from scotintegration.officers import Member, Route
from scotintegration.rules import check
from scotintegration.unknown import UNKNOWN, Listing

CORE = "IJBO-a3-1-core-members"
GROUPS = "IJBO-a3-6-four-groups"
COUNCILLORS = "IJBO-a3-la-councillors"
DIRECTORS = "IJBO-a3-4-hb-neds"
BEFORE = "IJBO-voting-pre2026"
AFTER = "IJBO-voting-2026"
BOARD = "strathallan-ijb"


def outcome(rule, p):
    """Ask one rule."""
    return check(p, rules=[rule])[rule].outcome.value


def said(rule, p):
    """Give what one rule finds."""
    return [finding.what for finding in check(p, rules=[rule])[rule].findings]


def board(p, **changes):
    """Change the board."""
    return p.evolve(ijb=attrs.evolve(p.ijb, **changes))


def without(p, route):
    """Take away every membership of a route."""
    return p.evolve(members=p.members.where(lambda member: member.route is not route))


def seats(p, *members, complete=True):
    """Let these be all members of the board."""
    return p.evolve(members=Listing(members, complete=complete))


def member(id, route, **facts):
    """Make a member of the board."""
    return Member(id=id, board=BOARD, route=route, **{"start": "2026-01-01", **facts})


@pytest.fixture
def p():
    return example("body-corporate")


class TestSeatsFilled:
    @pytest.mark.parametrize(
        ("rule", "route"),
        [
            *((CORE, route) for route in (Route.CSWO, Route.S95, Route.GP, Route.NURSE, Route.DOCTOR)),
            *((GROUPS, route) for route in (Route.STAFF, Route.THIRD, Route.USER, Route.CARER)),
        ],
    )
    @pytest.mark.parametrize("name", ["body-corporate", "joint-board"])
    def test_each_route(self, rule, route, name):
        """Each seat is asked for by one rule, and a seat nobody ever took is a breach."""
        p = without(example(name), route)
        assert [f"nobody was ever appointed as {route.value}"] == said(rule, p)
        assert "pass" == outcome(GROUPS if rule == CORE else CORE, p)

    @pytest.mark.parametrize("route", [Route.CO, Route.ADDITIONAL, Route.LA, Route.HB])
    def test_no_other(self, p, route):
        """No other route is asked for here."""
        assert ("pass", "pass") == tuple(outcome(rule, without(p, route)) for rule in (CORE, GROUPS))

    @given(last=st.dates(date(2026, 11, 1), date(2026, 12, 31)))
    def test_vacancy(self, last):
        """A seat that fell empty is a warning from the day after, for the law tolerates vacancies."""
        base = example("body-corporate")
        p = seats(base, *without(base, Route.GP).members, member("gp", Route.GP, until=last))
        assert ("pass" if last >= p.as_at else "warn") == outcome(CORE, p)

    def test_vacancy_of_a_group(self, p):
        """A carer who left leaves a vacancy too."""
        gone = seats(p, *without(p, Route.CARER).members, member("carer", Route.CARER, until="2026-06-30"))
        (finding,) = check(gone, rules=[GROUPS])[GROUPS].findings
        assert ("warn", (("carer", "left office on 2026-06-30"),)) == (finding.outcome, finding.considered)

    def test_to_come(self, p):
        """Somebody who takes office later has not filled the seat."""
        later = seats(p, *without(p, Route.GP).members, member("gp", Route.GP, start="2027-01-01"))
        (finding,) = check(later, rules=[CORE])[CORE].findings
        assert ("fail", (("gp", "takes office on 2027-01-01"),)) == (finding.outcome, finding.considered)

    def test_of_the_committee(self):
        """Members of a monitoring committee are none of a board, and lead agencies are not asked."""
        assert "not applicable" == outcome(CORE, example("lead-agency-to-board"))

    def test_before_establishment(self, p):
        """A board that is not established yet has no seats to fill."""
        empty = board(seats(p), established_on="2026-11-23")
        assert ("not applicable", "not applicable") == (outcome(CORE, empty), outcome(GROUPS, empty))
        assert ("fail", "fail") == (outcome(CORE, empty.at("2026-11-23")), outcome(GROUPS, empty.at("2026-11-23")))

    def test_chief_officer_until_2015(self, p):
        """Until 19 March 2015 the chief officer was among the officers listed."""
        early = board(p.evolve(members=p.members.map(lambda one: attrs.evolve(one, start=None))), established_on=None)
        assert "pass" == outcome(CORE, early.at("2015-03-19"))
        bare = without(early, Route.CO)
        assert ("fail", "pass") == tuple(outcome(CORE, bare.at(day)) for day in ("2015-03-19", "2015-03-20"))

    def test_law_has_routes(self):
        """The routes are a dated parameter; a number is no set of routes."""
        assert Route.CO not in Law("2026-11-22").routes("core routes")
        with pytest.raises(TypeError, match="'fewest seats a side' is not a set of routes, it is 3"):
            Law("2026-11-22").routes("fewest seats a side")

    def test_known_in_part(self, p):
        """Where members are known in part somebody may sit by the route, and nothing is said to be wrong."""
        some = seats(p, *without(p, Route.GP).members, complete=False)
        assert ["cannot tell"] == [one.outcome.value for one in check(some, rules=[CORE])[CORE].findings]


class TestCouncillors:
    @pytest.mark.parametrize(
        ("fact", "expected"), [(True, "pass"), (False, "fail"), (None, "fail"), (UNKNOWN, "cannot tell")]
    )
    @pytest.mark.parametrize("complete", [True, False])
    def test_table(self, p, fact, expected, complete):
        """A nominee of a council is a councillor."""
        one = member("la", Route.LA, nominated_by="strathallan-council", is_councillor=fact)
        wanted = "cannot tell" if expected == "pass" and not complete else expected
        assert wanted == outcome(COUNCILLORS, seats(p, one, complete=complete))

    def test_past(self, p):
        """Somebody out of office is not looked at."""
        assert "pass" == outcome(COUNCILLORS, seats(p, member("la", Route.LA, until="2026-11-21", is_councillor=False)))


NED = {"is_ned": True, "is_hb_member": True, "is_councillor": False}
EXECUTIVE = {"is_ned": False, "is_hb_member": True, "is_councillor": False}
OUTSIDER = {"is_ned": False, "is_hb_member": False, "is_councillor": False}
ON_COUNCIL = {"is_ned": False, "is_hb_member": True, "is_councillor": True}
ON_COUNCIL_NED = {"is_ned": True, "is_hb_member": True, "is_councillor": True}
PERHAPS = {"is_ned": UNKNOWN, "is_hb_member": True, "is_councillor": False}
VAGUE = {"is_ned": False, "is_hb_member": UNKNOWN, "is_councillor": UNKNOWN}


class TestDirectors:
    @pytest.mark.parametrize(
        ("nominees", "shortfall", "expected"),
        [
            ((NED, NED, NED), False, "pass"),
            ((NED, NED, NED), UNKNOWN, "pass"),
            ((NED, NED, ON_COUNCIL_NED), False, "pass"),
            ((NED, NED, EXECUTIVE), False, "fail"),
            ((NED, NED, EXECUTIVE), None, "fail"),
            ((NED, NED, EXECUTIVE), True, "pass"),
            ((NED, NED, EXECUTIVE), UNKNOWN, "cannot tell"),
            ((NED, EXECUTIVE, EXECUTIVE), True, "fail"),
            ((NED, EXECUTIVE, EXECUTIVE), UNKNOWN, "fail"),
            ((NED, NED, ON_COUNCIL), True, "fail"),
            ((NED, NED, OUTSIDER), True, "fail"),
            ((NED, NED, OUTSIDER), UNKNOWN, "fail"),
            ((NED, NED, VAGUE), True, "cannot tell"),
            ((NED, NED, PERHAPS), False, "cannot tell"),
            ((NED, PERHAPS, EXECUTIVE), True, "cannot tell"),
            ((NED, PERHAPS, EXECUTIVE), False, "fail"),
            ((NED,), False, "pass"),
        ],
    )
    def test_table(self, p, nominees, shortfall, expected):
        """All are non-executive directors or, if those are too few, two are and the rest sit on the Health Board."""
        sitting = [
            member(f"hb-{number}", Route.HB, nominated_by="nhs-glenmore", **facts)
            for number, facts in enumerate(nominees)
        ]
        assert expected == outcome(DIRECTORS, board(seats(p, *sitting), ned_shortfall=shortfall))

    def test_known_in_part(self, p):
        """Two directors may be among nominees nobody recorded."""
        sitting = [member("hb-1", Route.HB, **NED), member("hb-2", Route.HB, **EXECUTIVE)]
        changed = board(seats(p, *sitting, complete=False), ned_shortfall=True)
        assert "cannot tell" == outcome(DIRECTORS, changed)

    def test_declared(self):
        """An example has a shortage that was declared."""
        p = example("large-hospital")
        assert ("pass", "fail") == (outcome(DIRECTORS, p), outcome(DIRECTORS, board(p, ned_shortfall=False)))

    def test_where(self, p):
        """It is said of which nominee a fact is missing, and that there may be too few directors."""
        nominees = [
            member(f"hb-{number}", Route.HB, nominated_by="nhs-glenmore", **facts)
            for number, facts in enumerate((NED, PERHAPS, EXECUTIVE))
        ]
        report = check(board(seats(p, *nominees), ned_shortfall=True), rules=[DIRECTORS])
        assert ["members['hb-1'].is_ned", "members"] == [finding.where for finding in report.findings]


class TestVoting:
    @pytest.mark.parametrize("route", Route)
    @pytest.mark.parametrize("recorded", [True, False])
    def test_every_route(self, p, route, recorded):
        """The record is right if and only if it says what the law of the day says, for every route on both sides."""
        one = seats(p, member("one", route, recorded_voting=recorded))
        nominee = route in (Route.LA, Route.HB)
        lived = route in (Route.THIRD, Route.USER, Route.CARER)
        assert ("pass" if recorded is nominee else "fail") == outcome(BEFORE, one.at("2026-08-31"))
        assert ("pass" if recorded is (nominee or lived) else "fail") == outcome(AFTER, one.at("2026-09-01"))

    @given(day=st.dates(date(2014, 11, 28), date(2030, 1, 1)))
    def test_one_of_two(self, day):
        """One of the two rules applies on any day, and never both."""
        p = board(example("body-corporate"), established_on="2014-11-28").at(day)
        applies = [rule for rule in (BEFORE, AFTER) if outcome(rule, p) != "not applicable"]
        assert [BEFORE if day < date(2026, 9, 1) else AFTER] == applies

    def test_law_not_facts(self, p):
        """The day of the law decides, and the members are those of the day of the facts."""
        assert "pass" == outcome(AFTER, p)
        assert ["recorded as voting; a member for service-user does not vote"] == [
            what for what in said(BEFORE, p.at("2026-11-22", law_as_at="2026-08-31")) if "service-user" in what
        ]
        assert "fail" == outcome(AFTER, p.at("2026-08-31", law_as_at="2026-09-01"))

    def test_not_recorded_as_voting(self, p):
        """A voter whom the record leaves out is found, and how to mend it."""
        one = seats(p, member("one", Route.CARER, recorded_voting=False))
        (finding,) = check(one, rules=[AFTER])[AFTER].findings
        assert "recorded as not voting; a member for unpaid-carer votes" == finding.what
        assert "record the member as voting" == finding.mend

    def test_words(self):
        """Both rules speak of voting members."""
        p = example("body-corporate")
        assert all("voting member" in check(p, rules=[rule])[rule].rule.title for rule in (BEFORE, AFTER))

    def test_breach_and_gap(self, p):
        """A breach that is certain is reported beside what is not recorded."""
        both = seats(p, member("a", Route.STAFF, recorded_voting=True), member("b", Route.LA), complete=False)
        result = check(both, rules=[AFTER])[AFTER]
        assert ("fail", 3) == (result.outcome, len(result.findings))

    def test_not_seated(self, p):
        """A term that is over, or not begun, is not looked at."""
        yesterday, tomorrow = p.as_at - timedelta(days=1), p.as_at + timedelta(days=1)
        old = member("old", Route.STAFF, until=yesterday, recorded_voting=True)
        new = member("new", Route.STAFF, start=tomorrow, recorded_voting=True)
        assert "pass" == outcome(AFTER, seats(p, old, new))

    @pytest.mark.parametrize(("recorded", "right"), [(True, "not voting"), (False, "voting")])
    def test_mend(self, p, recorded, right):
        """What mends a wrong record is the right one."""
        one = seats(p, member("one", Route.STAFF if recorded else Route.LA, recorded_voting=recorded))
        (finding,) = check(one, rules=[AFTER])[AFTER].findings
        assert f"record the member as {right}" == finding.mend
