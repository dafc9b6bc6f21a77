"""Chairs, vice-chairs and terms of office."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.dates import last_day_of_period
from scotintegration.examples import example
from scotintegration.officers import ChairPeriod, Member, Route
from scotintegration.rules import check
from scotintegration.unknown import UNKNOWN, Listing

TURNS = "IJBO-a4-chair-alternate"
PERIOD = "IJBO-a4-term"
VICE = "IJBO-a4-3-vice-other"
LIVED = "IJBO-chair-not-lived-exp"
TERM = "IJBO-a7-term"
OF_COUNCIL = "IJBO-a4-5-la-chair-eligible"
OF_NHS = "IJBO-a4-6-hb-chair-ned"
SECOND = "IJBO-a6-hb-second"
BOARD, COUNCIL, NHS = "strathallan-ijb", "strathallan-council", "nhs-glenmore"

days = st.dates(date(2014, 11, 28), date(2026, 11, 22))


def outcome(rule, p):
    """Ask one rule."""
    return check(p, rules=[rule])[rule].outcome.value


def findings(rule, p):
    """Give what one rule finds."""
    return check(p, rules=[rule])[rule].findings


def period(id, by, start, until=None, *, office="chair", member="councillor-1-2025", board=BOARD):
    """Make an appointing period; several appointers are separated by a plus sign."""
    appointers = by if by is UNKNOWN else by.split("+") if by else []
    return ChairPeriod(
        id=id, board=board, office=office, member=member, appointed_by=appointers, start=start, until=until
    )


def chaired(p, *periods, complete=True):
    """Let these be all appointing periods."""
    return p.evolve(chairs=Listing(periods, complete=complete))


def sitting(p, *members, complete=True):
    """Let these be all members."""
    return p.evolve(members=Listing(members, complete=complete))


@pytest.fixture
def p():
    return example("body-corporate")


EARLY = example("body-corporate").evolve(ijb=attrs.evolve(example("body-corporate").ijb, established_on="2014-11-28"))


class TestVacant:
    """Whether there is a chair at all."""

    @pytest.mark.parametrize(("rule", "name"), [(TURNS, "body-corporate"), (SECOND, "joint-board")])
    def test_nobody(self, rule, name):
        """That nobody was ever appointed is a breach, and a chair that fell vacant a warning."""
        p = example(name)
        none = p.evolve(chairs=())
        assert [("fail", "nobody was ever appointed chair by 2026-11-22")] == [
            (one.outcome, one.what) for one in findings(rule, none)
        ]
        assert "cannot tell" == outcome(rule, p.evolve(chairs=UNKNOWN))
        gone = p.evolve(chairs=p.chairs.where(lambda one: one.until < date(2026, 11, 22)))
        (finding,) = findings(rule, gone)
        assert ("warn", "nobody is chair on 2026-11-22") == (finding.outcome, finding.what)
        assert "let the constituent authority whose turn it is appoint a chair" == finding.mend
        assert [("chair-2023", "over")] == list(finding.considered)

    @pytest.mark.parametrize(("rule", "name"), [(TURNS, "body-corporate"), (SECOND, "joint-board")])
    def test_vacant(self, rule, name):
        """A period that runs with nobody in the chair is a warning too; one of which nobody recorded who is may be."""
        p = example(name)
        for member, expected in ((None, "warn"), (UNKNOWN, "pass")):
            chairs = [attrs.evolve(one, member=member) if one.id == "chair-2025" else one for one in p.chairs]
            assert expected == outcome(rule, p.evolve(chairs=chairs))
            if member is None:
                (finding,) = findings(rule, p.evolve(chairs=chairs))
                assert [("chair-2023", "over"), ("chair-2025", "vacant")] == list(finding.considered)
        assert "cannot tell" == outcome(rule, p.evolve(chairs=Listing(chairs[:0], complete=False)))

    def test_order(self, p):
        """Periods follow one another by their days, whatever their ids; one without a first day was before them."""
        first, second = (COUNCIL, "2020-01-01", "2022-12-31"), (NHS, "2023-01-01", "2025-12-31")
        for by, start in ((COUNCIL, "2017-01-01"), (COUNCIL, None), (NHS, "2017-01-01"), (NHS, None)):
            periods = (period("c", by, start, "2019-12-31"), period("b", *first), period("a", *second))
            assert "warn" == outcome(TURNS, chaired(p, *periods))

    def test_appointer_of_last(self, p):
        """Who appointed the chair of this period has to be known too."""
        periods = (period("a", NHS, "2023-01-01", "2025-12-31"), period("b", UNKNOWN, "2026-01-01"))
        assert "cannot tell" == outcome(TURNS, chaired(p, *periods))

    def test_to_come(self, p):
        """A chair to come is none yet; whether one sits of whom nobody recorded until when is left open."""
        assert "fail" == outcome(TURNS, chaired(p, period("a", NHS, "2027-01-01")))
        assert "pass" == outcome(TURNS, chaired(p, period("a", NHS, "2026-01-01", UNKNOWN)))

    def test_first_day(self, p):
        """A period that begins on the day, or began on none, is no longer to come."""
        assert "warn" == outcome(TURNS, chaired(p, period("a", NHS, "2026-11-22", member=None)))
        assert "warn" == outcome(TURNS, chaired(p, period("a", NHS, None, "2026-01-01")))

    def test_elsewhere(self, p):
        """Somebody who chaired a council was no chair of the board."""
        assert "fail" == outcome(TURNS, chaired(p, period("a", NHS, "2024-01-01", "2026-01-01", board=COUNCIL)))


class TestAlternate:
    @given(sides=st.lists(st.sampled_from([COUNCIL, NHS]), max_size=6))
    def test_last_two(self, sides):
        """The running period and the one before it are of different sides; older ones can no longer be mended."""
        starts = [date(2026 - len(sides) + number, 1, 1) for number in range(len(sides))]
        periods = [
            period(f"chair-{start.year}", side, start, date(start.year, 12, 31))
            for side, start in zip(sides, starts, strict=True)
        ]
        p = chaired(example("body-corporate"), *periods)
        again = len(sides) > 1 and sides[-1] == sides[-2]
        expected = "fail" if again or not sides else "warn"  # the last period ended last year
        assert expected == outcome(TURNS, p)
        assert ("fail" if again else "pass") == outcome(TURNS, p.at(starts[-1])) if sides else True

    def test_to_come(self, p):
        """A period that has not begun is not looked at before its first day."""
        periods = (period("a", NHS, "2024-01-01", "2026-12-31"), period("b", NHS, "2027-01-01", "2029-12-31"))
        turns = chaired(p, *periods)
        assert ("pass", "fail") == tuple(outcome(TURNS, turns.at(day)) for day in ("2026-12-31", "2027-01-01"))

    def test_vice_chairs(self, p):
        """Only chairs alternate by this rule."""
        periods = [period(f"v{year}", NHS, f"{year}-01-01", office="vice-chair") for year in (2020, 2023)]
        assert "pass" == outcome(TURNS, chaired(p, *periods, period("a", NHS, "2020-01-01")))

    def test_other_board(self, p):
        """The chair of another body is no chair of the board."""
        assert "pass" == outcome(
            TURNS, chaired(p, period("a", NHS, "2020-01-01"), period("b", NHS, "2023-01-01", board=NHS))
        )

    @pytest.mark.parametrize(
        ("until", "last", "expected"),
        [
            ("2023-12-31", None, "fail"),
            ("2023-06-30", None, "cannot tell"),
            (None, None, "cannot tell"),
            ("2023-12-31", "2026-11-21", "cannot tell"),
            ("2023-12-31", UNKNOWN, "cannot tell"),
        ],
    )
    def test_gaps(self, p, until, last, expected):
        """In a record with gaps only a period that runs, begun as the one before it ended, is the next for certain."""
        periods = (period("a", NHS, "2021-01-01", until), period("b", NHS, "2024-01-01", last))
        assert expected == outcome(TURNS, chaired(p, *periods, complete=False))

    def test_one_known(self, p):
        """Of one period, nobody can tell what was before it, unless there was none."""
        one = period("a", NHS, "2024-01-01")
        assert ("pass", "cannot tell") == tuple(
            outcome(TURNS, chaired(p, one, complete=whole)) for whole in (True, False)
        )

    def test_no_first_day(self, p):
        """A period from before the records is the first; one of an unrecorded day may be any."""
        old = period("old", NHS, None, "2023-12-31")
        assert "fail" == outcome(TURNS, chaired(p, old, period("b", NHS, "2024-01-01")))
        assert "cannot tell" == outcome(TURNS, chaired(p, old, period("b", NHS, UNKNOWN)))

    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [
            (UNKNOWN, NHS, "cannot tell"),
            ("", NHS, "cannot tell"),
            (f"{COUNCIL}+{NHS}", NHS, "fail"),
            (COUNCIL, NHS, "pass"),
        ],
    )
    def test_appointers(self, p, first, second, expected):
        """Who appointed decides, and a body that had a hand in both periods in a row is one too often."""
        periods = (period("a", first, "2021-01-01", "2023-12-31"), period("b", second, "2024-01-01"))
        assert expected == outcome(TURNS, chaired(p, *periods))

    def test_joint(self):
        """Joint boards have a rule of their own."""
        assert "not applicable" == outcome(TURNS, example("joint-board"))


class TestPeriod:
    @given(start=days, late=st.integers(-30, 30))
    def test_last_day(self, start, late):
        """A period may last up to the day before the third anniversary."""
        until = last_day_of_period(start, years=3) + timedelta(days=late)
        p = chaired(EARLY.at(start), period("a", NHS, start, until))
        assert ("pass" if late <= 0 else "fail") == outcome(PERIOD, p)

    @given(start=days)
    def test_no_end(self, start):
        """A period without an end is too long once three years are over."""
        last = last_day_of_period(start, years=3)
        p = chaired(EARLY, period("a", NHS, start))
        assert ("pass", "fail") == tuple(outcome(PERIOD, p.at(day)) for day in (last, last + timedelta(days=1)))

    def test_vice_chair(self, p):
        """The vice-chair is appointed for the same period."""
        assert "fail" == outcome(PERIOD, chaired(p, period("v", NHS, "2024-01-01", "2027-01-01", office="vice-chair")))

    def test_over(self, p):
        """A period that is over is not looked at."""
        assert "pass" == outcome(PERIOD, chaired(p, period("a", NHS, "2016-01-01", "2020-12-31")))

    def test_no_first_day(self, p):
        """Of a period from before the records nobody can tell how long it is."""
        assert "cannot tell" == outcome(PERIOD, chaired(p, period("a", NHS, None)))

    def test_known_in_part(self, p):
        """Where periods are known in part others may be too long."""
        assert "cannot tell" == outcome(PERIOD, chaired(p, complete=False))


class TestVice:
    def pair(self, p, chair, vice):
        """Let two bodies appoint chair and vice-chair."""
        return chaired(p, period("c", chair, "2025-01-01"), period("v", vice, "2025-01-01", office="vice-chair"))

    @pytest.mark.parametrize(
        ("chair", "vice", "expected"),
        [
            (NHS, COUNCIL, "pass"),
            (COUNCIL, NHS, "pass"),
            (NHS, NHS, "fail"),
            (COUNCIL, COUNCIL, "fail"),
            (COUNCIL, BOARD, "fail"),
            (BOARD, NHS, "fail"),
            (f"{COUNCIL}+{NHS}", NHS, "fail"),
            (UNKNOWN, NHS, "cannot tell"),
            (COUNCIL, "", "cannot tell"),
        ],
    )
    def test_table(self, p, chair, vice, expected):
        """The two are appointed by different sides, and each by a side."""
        assert expected == outcome(VICE, self.pair(p, chair, vice))

    def test_joint(self):
        """The councils of a joint board are one side."""
        p = example("three-authorities")
        one, other, _ = (council.id for council in p.local_authorities)

        def pair(chair, vice):
            return chaired(
                p,
                period("c", chair, "2025-01-01", board=p.id),
                period("v", vice, "2025-01-01", office="vice-chair", board=p.id),
            )

        assert ("pass", "fail") == (outcome(VICE, pair(one, p.health_board.id)), outcome(VICE, pair(one, other)))

    def test_no_vice(self, p):
        """A chair without a vice-chair is a warning; without a chair there is nothing to compare."""
        chair, vice = self.pair(p, COUNCIL, NHS).chairs
        assert "warn" == outcome(VICE, chaired(p, chair))
        assert "cannot tell" == outcome(VICE, chaired(p, chair, complete=False))
        assert "pass" == outcome(VICE, chaired(p, vice))
        assert "pass" == outcome(VICE, chaired(p))
        assert "warn" == outcome(VICE, chaired(p, chair, attrs.evolve(vice, member=None)))
        assert "pass" == outcome(VICE, chaired(p, chair, vice, attrs.evolve(vice, id="other", member=None)))

    def test_known_in_part(self, p):
        """Both are known though older periods are not."""
        both = self.pair(p, COUNCIL, NHS).chairs
        assert "pass" == outcome(VICE, chaired(p, *both, complete=False))

    def test_mend(self, p):
        """Where there is a chair and no vice-chair it is said what to do."""
        (finding,) = findings(VICE, chaired(p, period("now", COUNCIL, "2026-01-01")))
        assert "let the other side appoint one" == finding.mend


class TestLivedExperience:
    @pytest.mark.parametrize("route", Route)
    @pytest.mark.parametrize("office", ["chair", "vice-chair"])
    @pytest.mark.parametrize("day", ["2026-08-31", "2026-09-01"])
    def test_every_route(self, p, route, office, day):
        """Members of three groups never hold either office, whether they vote yet or not."""
        one = Member(id="one", board=BOARD, route=route, start="2025-01-01")
        asked = chaired(sitting(p, one), period("c", NHS, "2025-01-01", office=office, member="one")).at(day)
        assert ("fail" if route in (Route.THIRD, Route.USER, Route.CARER) else "pass") == outcome(LIVED, asked)

    @pytest.mark.parametrize(
        ("member", "complete", "expected"),
        [(None, True, "pass"), (UNKNOWN, True, "cannot tell"), ("gone", True, "pass"), ("gone", False, "cannot tell")],
    )
    def test_who(self, p, member, complete, expected):
        """Nobody in the chair breaks nothing; a member nobody recorded may be any."""
        asked = chaired(sitting(p, complete=complete), period("c", NHS, "2025-01-01", member=member))
        assert expected == outcome(LIVED, asked)

    def test_presiding(self, p):
        """To preside at one meeting is no appointment."""
        carer = next(one.id for one in p.current_members if one.route is Route.CARER)
        presided = p.evolve(meetings=p.meetings.map(lambda one: attrs.evolve(one, presiding=carer)))
        assert "pass" == outcome(LIVED, presided)


class TestEligible:
    def chair(self, p, by, route, *, office="chair", complete=True, **facts):
        """Let one member hold an office by somebody's appointment."""
        holder = Member(id="one", board=p.id, route=route, start=None, **facts)
        one = period("now", by, "2026-01-01", office=office, member="one", board=p.id)
        return sitting(chaired(p, one, complete=complete), holder, complete=complete)

    @pytest.mark.parametrize("office", ["chair", "vice-chair"])
    @pytest.mark.parametrize("route", [*Route])
    def test_council(self, p, office, route):
        """A council appoints a nominee, and its own."""
        for nominator, wanted in (
            (COUNCIL, "pass"),
            ("other-council", "fail"),
            (None, "fail"),
            (UNKNOWN, "cannot tell"),
        ):
            asked = self.chair(p, COUNCIL, route, office=office, nominated_by=nominator)
            assert (wanted if route is Route.LA else "fail") == outcome(OF_COUNCIL, asked)
            assert "pass" == outcome(OF_NHS, asked)

    @pytest.mark.parametrize("office", ["chair", "vice-chair"])
    @pytest.mark.parametrize("route", [*Route])
    def test_health_board(self, p, office, route):
        """The Health Board appoints a nominee who is a non-executive director."""
        for ned, wanted in ((True, "pass"), (False, "fail"), (None, "fail"), (UNKNOWN, "cannot tell")):
            asked = self.chair(p, NHS, route, office=office, nominated_by=NHS, is_ned=ned)
            assert (wanted if route is Route.HB else "fail") == outcome(OF_NHS, asked)
            assert "pass" == outcome(OF_COUNCIL, asked)

    def test_either_council(self):
        """Of a joint board each council appoints one of its own."""
        joint = example("joint-board")
        one, other = (council.id for council in joint.local_authorities)
        for nominator, wanted in ((one, "pass"), (other, "fail")):
            assert wanted == outcome(OF_COUNCIL, self.chair(joint, one, Route.LA, nominated_by=nominator))

    @pytest.mark.parametrize("by", [UNKNOWN, COUNCIL, NHS])
    @pytest.mark.parametrize("member", [UNKNOWN, "nobody", "one"])
    def test_cannot_tell(self, p, by, member):
        """Who appointed, and which member holds the office, have to be known."""
        known_member = Member(id="one", board=BOARD, route=Route.ADDITIONAL, start=None)
        asked = sitting(chaired(p, period("now", by, "2026-01-01", member=member)), known_member)
        for rule, own in ((OF_COUNCIL, COUNCIL), (OF_NHS, NHS)):
            known_case = "fail" if member == "one" else "cannot tell"
            expected = "cannot tell" if by is UNKNOWN else known_case if by == own else "pass"
            assert expected == outcome(rule, asked)

    @pytest.mark.parametrize("by", [UNKNOWN, COUNCIL, NHS])
    @pytest.mark.parametrize("rule", [OF_COUNCIL, OF_NHS])
    def test_vacant(self, p, rule, by):
        """An office that is vacant is held by nobody who might be unfit."""
        assert "pass" == outcome(rule, chaired(p, period("now", by, "2026-01-01", member=None)))

    @pytest.mark.parametrize("rule", [OF_COUNCIL, OF_NHS])
    def test_days(self, p, rule):
        """Only periods that run are looked at, and all of them are needed."""
        over = period("over", COUNCIL, "2024-01-01", "2026-11-21", member="unpaid-carer-2026")
        assert "pass" == outcome(rule, chaired(p, over))
        assert "cannot tell" == outcome(rule, chaired(p, complete=False))
        assert "not applicable" == outcome(rule, example("lead-agency-to-board"))

    def test_unknown_director(self, p):
        """Where it is not recorded what one member is, that is said at that member, and what is wrong is said too."""
        facts = {"board": BOARD, "start": None, "nominated_by": NHS}
        members = [Member(id=id, route=Route.HB, is_ned=ned, **facts) for id, ned in (("a", UNKNOWN), ("b", False))]
        periods = [
            period("chair", NHS, "2026-01-01", member="a"),
            period("vice", NHS, "2026-01-01", member="b", office="vice-chair"),
        ]
        said = {(one.outcome.value, one.where) for one in findings(OF_NHS, sitting(chaired(p, *periods), *members))}
        assert {("cannot tell", "members['a'].is_ned"), ("fail", "chairs['vice'].member")} == said

    def test_each_period(self, p):
        """That one office was filled by the other side says nothing of the next."""
        carer = Member(id="b", board=BOARD, route=Route.CARER, start=None)
        periods = [
            period("chair", COUNCIL, "2026-01-01", member="a"),
            period("vice", NHS, "2026-01-01", member="b", office="vice-chair"),
        ]
        council = Member(id="a", board=BOARD, route=Route.LA, start=None, nominated_by=COUNCIL)
        (finding,) = findings(OF_NHS, sitting(chaired(p, *periods), council, carer))
        assert "chairs['vice'].member" == finding.where

    @pytest.mark.parametrize(("by", "member", "field"), [(UNKNOWN, "one", "appointed_by"), (NHS, UNKNOWN, "member")])
    def test_where(self, p, by, member, field):
        """What is missing of a period is named at its place."""
        director = Member(id="one", board=BOARD, route=Route.HB, start=None, nominated_by=NHS, is_ned=True)
        (finding,) = findings(OF_NHS, sitting(chaired(p, period("now", by, "2026-01-01", member=member)), director))
        assert ("cannot tell", f"chairs['now'].{field}") == (finding.outcome, finding.where)


class TestSecond:
    joint = example("joint-board")
    sides = ("dunmorrow-council", "invercairn-council", "nhs-cairnwater")

    @pytest.mark.parametrize("before", sides)
    @pytest.mark.parametrize("now", sides)
    def test_table(self, before, now):
        """Of two periods in a row the Health Board appoints in one; which council appoints in the other is open."""
        periods = (
            period("a", before, "2024-01-01", "2025-12-31", board=self.joint.id),
            period("b", now, "2026-01-01", "2027-12-31", board=self.joint.id),
        )
        expected = "pass" if [before, now].count("nhs-cairnwater") == 1 else "fail"
        assert expected == outcome(SECOND, chaired(self.joint, *periods))
        assert expected == outcome(SECOND, chaired(self.joint, *periods, complete=False))

    def test_gaps(self):
        """One period has none before it; who appointed, and every period, have to be known."""
        first = period("a", UNKNOWN, "2024-01-01", "2025-06-30", board=self.joint.id)
        second = period("b", "nhs-cairnwater", "2026-01-01", "2027-12-31", board=self.joint.id)
        assert "pass" == outcome(SECOND, chaired(self.joint, second))
        assert "cannot tell" == outcome(SECOND, chaired(self.joint, second, complete=False))
        assert "cannot tell" == outcome(SECOND, chaired(self.joint, first, second))
        assert "cannot tell" == outcome(SECOND, chaired(self.joint, first, second, complete=False))

    def test_one_council(self, p):
        """A board of one council has another rule."""
        assert "not applicable" == outcome(SECOND, p)

    def test_mend(self):
        """Whoever did not appoint the chair of the period before is to appoint the next."""
        p = example("joint-board")
        nhs, council = p.health_board.id, p.local_authorities[0].id
        for by, mend in ((nhs, "let a council appoint the chair of this period"), (council, f"let {nhs} appoint")):
            periods = [
                period(f"chair-{year}", by, f"{year}-01-01", f"{year}-12-31", board=p.id) for year in (2025, 2026)
            ]
            (finding,) = findings(SECOND, chaired(p, *periods))
            assert mend == finding.mend


class TestTerm:
    def seat(self, p, route, start, until=None):
        """Let one member sit."""
        return sitting(p, Member(id="one", board=BOARD, route=route, start=start, until=until))

    @given(start=days, late=st.integers(-30, 30), route=st.sampled_from(sorted(Route)))
    def test_last_day(self, start, late, route):
        """A term may last up to the day before the third anniversary, but for two officers."""
        until = last_day_of_period(start, years=3) + timedelta(days=late)
        p = self.seat(EARLY.at(start), route, start, until)
        exempt = route in (Route.CSWO, Route.S95)
        expected = "pass" if exempt or late <= 0 else "warn" if route is Route.CO else "fail"
        assert expected == outcome(TERM, p)

    def test_no_end(self, p):
        """A term without an end is too long once three years are over."""
        p = self.seat(p, Route.GP, "2023-11-22")
        assert ("pass", "fail") == (outcome(TERM, p.at("2026-11-21")), outcome(TERM, p))
        assert "from 2023-11-22 to no fixed day, more than 3 years" == findings(TERM, p)[0].what

    def test_renewed(self, p):
        """A term that is renewed begins anew."""
        terms = [
            Member(
                id="gp-1", board=BOARD, route="general-practitioner", person="G", start="2021-01-01", until="2023-12-31"
            ),
            Member(
                id="gp-2", board=BOARD, route="general-practitioner", person="G", start="2024-01-01", until="2026-12-31"
            ),
        ]
        assert "pass" == outcome(TERM, sitting(p, *terms))

    def test_chief_officer(self, p):
        """The chief officer is not named by the exception, and the doubt is a warning; a gap stays a gap."""
        (finding,) = findings(TERM, self.seat(p, Route.CO, "2020-01-01"))
        assert ("warn", "members['one'].until") == (finding.outcome, finding.where)
        assert "cannot tell" == outcome(TERM, self.seat(p, Route.CO, None))

    def test_no_first_day(self, p):
        """Of a term from before the records nobody can tell how long it is."""
        assert "cannot tell" == outcome(TERM, self.seat(p, Route.GP, None))
        assert "pass" == outcome(TERM, self.seat(p, Route.CSWO, None))
