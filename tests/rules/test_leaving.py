"""Leaving a board, with an office or a council seat, and seats that stay empty."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.bodies import Vacancy
from scotintegration.examples import EXAMPLES, example
from scotintegration.officers import ChiefFinanceOfficer, ChiefSocialWorkOfficer, EndReason, Holder, Member, Route
from scotintegration.rules import ask
from scotintegration.rules.leaving import (
    absent_member_removed,
    decides_with_vacancies,
    former_councillor,
    nominee_withdrawn,
    officer_does_not_resign,
    officer_leaves_with_office,
    vacancy_is_told,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
JOINT = example("joint-board")
COUNCIL, NHS = "strathallan-council", "nhs-glenmore"
TODAY, ONE = P.as_at, timedelta(days=1)
RULES = (former_councillor, officer_does_not_resign, officer_leaves_with_office, vacancy_is_told)
PERMISSIONS = (absent_member_removed, decides_with_vacancies, nominee_withdrawn)


def member(id, route, **facts):
    """Make a member."""
    return Member(id=id, board=P.id, route=route, **{"start": "2026-01-01", **facts})


def seats(*members, complete=True):
    """Let these be all members of the board."""
    return P.evolve(members=Listing(members, complete))


def outcome(rule, p):
    """Ask one rule."""
    return str(ask(rule, p).outcome)


class TestEvery:
    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
    def test_where(self, rule):
        """Lead agencies are not asked, and of real areas nobody can tell."""
        assert "not applicable" == outcome(rule, example("lead-agency-to-board"))
        assert {"cannot tell", "not applicable"} == {outcome(rule, p) for p in scotland()}

    @pytest.mark.parametrize("rule", RULES[:3], ids=lambda rule: rule.id)
    def test_empty(self, rule):
        """A board without members breaks nothing here; one of which nothing is recorded leaves all open."""
        assert "pass" == outcome(rule, seats())
        assert "cannot tell" == outcome(rule, seats(complete=False))

    @pytest.mark.parametrize("rule", PERMISSIONS, ids=lambda rule: rule.id)
    def test_permissions(self, rule):
        """What the board or a nominator may do is never amiss, nor is deciding while seats are empty."""
        assert {"pass", "not applicable"} == {outcome(rule, example(name)) for name in EXAMPLES}
        removed = member("one", Route.LA, until="2026-11-20", end_reason=EndReason.ABSENCE)
        withdrawn = member("two", Route.HB, until="2026-11-20", end_reason=EndReason.WITHDRAWN)
        assert "pass" == outcome(rule, seats(removed, withdrawn))
        assert "pass" == outcome(rule, seats())


@pytest.mark.parametrize(
    ("route", "kind", "body"),
    [(Route.CSWO, ChiefSocialWorkOfficer, COUNCIL), (Route.S95, ChiefFinanceOfficer, P.id)],
)
class TestOffice:
    def sits(self, route, kind, body, *holders, person="A", complete=True):
        """Seat an officer, and record who has held the post."""
        post = kind("post", body=body, holders=Listing(holders, complete))
        return seats(member("one", route, person=person)).evolve(posts=[post])

    @given(last=st.dates(TODAY - 5 * ONE, TODAY + 5 * ONE))
    def test_last_day(self, route, kind, body, last):
        """Whoever leaves the office leaves the board with it: the last day in office is the last on the board."""
        p = self.sits(route, kind, body, Holder(person="A", start=None, until=last))
        assert ("pass" if last >= TODAY else "fail") == outcome(officer_leaves_with_office, p)

    def test_back_in_office(self, route, kind, body):
        """Somebody who came back to the office holds it."""
        first = Holder(person="A", start=None, until="2020-01-01")
        p = self.sits(route, kind, body, first, Holder(person="A", start="2026-01-01"))
        assert "pass" == outcome(officer_leaves_with_office, p)

    def test_never_in_office(self, route, kind, body):
        """Somebody who never held the office is no matter of leaving it."""
        p = self.sits(route, kind, body, Holder(person="B", start=None))
        assert "pass" == outcome(officer_leaves_with_office, p)

    def test_cannot_tell(self, route, kind, body):
        """Without names or days, or every holder, nobody can tell."""
        gone = Holder(person="A", start=None, until="2020-01-01")
        for p in (
            self.sits(route, kind, body, gone, person=UNKNOWN),
            self.sits(route, kind, body, gone, complete=False),
            self.sits(route, kind, body, gone, Holder(person=UNKNOWN, start=None)),
            self.sits(route, kind, body, Holder(person="A", start=None, until=UNKNOWN)),
            self.sits(route, kind, body).evolve(posts=UNKNOWN),
        ):
            assert "cannot tell" == outcome(officer_leaves_with_office, p)

    @pytest.mark.parametrize(
        ("until", "reason", "expected"),
        [
            ("2026-11-21", EndReason.RESIGNED, "fail"),
            ("2026-11-22", EndReason.RESIGNED, "pass"),
            ("2026-11-21", EndReason.OFFICE, "pass"),
            ("2026-11-21", UNKNOWN, "cannot tell"),
            (UNKNOWN, EndReason.RESIGNED, "cannot tell"),
            (None, UNKNOWN, "pass"),
        ],
    )
    def test_resignation(self, route, kind, body, until, reason, expected):
        """An officer who sits by office does not resign; others may."""
        assert expected == outcome(officer_does_not_resign, seats(member("one", route, until=until, end_reason=reason)))
        other = seats(member("one", Route.NURSE, until=until, end_reason=reason))
        assert "pass" == outcome(officer_does_not_resign, other)

    def test_other_post(self, route, kind, body):
        """Who held another post, or the like post of another body, has not left this office."""
        gone = [Holder(person="A", start=None, until="2020-01-01")]
        other = ChiefFinanceOfficer if kind is ChiefSocialWorkOfficer else ChiefSocialWorkOfficer
        for post in (kind("post", body=NHS, holders=gone), other("post", body=body, holders=gone)):
            p = seats(member("one", route, person="A")).evolve(posts=[post])
            assert "pass" == outcome(officer_leaves_with_office, p)


class TestFormerCouncillor:
    @given(last=st.dates(TODAY - 5 * ONE, TODAY + 5 * ONE))
    def test_last_day(self, last):
        """A nominee sits on the last day as a councillor, and not on the day after."""
        p = seats(member("one", Route.LA, councillor_until=last))
        assert ("pass" if last >= TODAY else "fail") == outcome(former_councillor, p)

    def test_others(self):
        """Nobody else is a member for being a councillor; a councillor in office stays."""
        assert "pass" == outcome(former_councillor, seats(member("one", Route.HB, councillor_until="2020-01-01")))
        assert "pass" == outcome(former_councillor, seats(member("one", Route.LA, councillor_until=None)))
        assert "cannot tell" == outcome(former_councillor, seats(member("one", Route.LA)))

    def test_same_day(self):
        """Both ended on the day of the election."""
        p = seats(member("one", Route.LA, start=None, until="2022-05-05", councillor_until="2022-05-05"))
        assert ("pass", "pass") == tuple(outcome(former_councillor, p.at(day)) for day in ("2022-05-05", "2022-05-06"))


class TestVacancy:
    def vacant(self, complete=True, **facts):
        """Let one seat be vacant."""
        vacancy = Vacancy(**{"nominator": COUNCIL, "start": "2026-01-01", "notified_on": None, **facts})
        return P.evolve(ijb=attrs.evolve(P.ijb, vacancies=Listing([vacancy], complete)))

    @pytest.mark.parametrize("nominator", [COUNCIL, NHS])
    def test_six_months(self, nominator):
        """Six months end the day before the day of the same number; from that day on Ministers are to know."""
        p = self.vacant(nominator=nominator, start="2026-05-22")
        assert ("pass", "fail") == tuple(outcome(vacancy_is_told, p.at(day)) for day in ("2026-11-21", "2026-11-22"))

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({"notified_on": "2026-11-22"}, "pass"),
            ({"notified_on": "2026-11-23"}, "fail"),
            ({"notified_on": UNKNOWN}, "cannot tell"),
            ({"until": "2026-11-21"}, "pass"),
            ({"until": "2026-11-22"}, "fail"),
            ({"until": UNKNOWN}, "cannot tell"),
            ({"start": UNKNOWN}, "cannot tell"),
            ({"start": UNKNOWN, "notified_on": "2026-06-01"}, "pass"),
            ({"start": None}, "fail"),
            ({"start": "2026-10-01", "until": UNKNOWN, "notified_on": UNKNOWN}, "pass"),
            ({"nominator": P.id}, "pass"),
        ],
    )
    def test_table(self, facts, expected):
        """What runs, for how long, and who was told decides; a seat that no authority fills is none of these."""
        assert expected == outcome(vacancy_is_told, self.vacant(**facts))

    def test_known_in_part(self):
        """More seats may be vacant than were recorded; what is certain is said."""
        assert "cannot tell" == outcome(vacancy_is_told, self.vacant(complete=False, notified_on=date(2026, 7, 1)))
        assert "fail" == outcome(vacancy_is_told, self.vacant(complete=False))

    def test_each(self):
        """That Ministers were told of one seat says nothing of the next."""
        told = self.vacant(nominator=NHS, notified_on="2026-03-01").ijb.vacancies.items
        both = [*told, *self.vacant().ijb.vacancies.items]
        p = P.evolve(ijb=attrs.evolve(P.ijb, vacancies=both))
        (finding,) = ask(vacancy_is_told, p)
        assert f"ijb.vacancies[{COUNCIL!r}]" == finding.where

    def test_joint(self):
        """Joint boards make their own arrangements."""
        assert "not applicable" == outcome(vacancy_is_told, JOINT)

    @pytest.mark.parametrize(("start", "said"), [("2026-01-01", "2026-01-01"), (None, "a day long past")])
    def test_since(self, start, said):
        """A finding says since when the seat is vacant."""
        (finding,) = ask(vacancy_is_told, self.vacant(start=start))
        assert f"a seat of {COUNCIL} is vacant from {said}; Ministers were not told" == finding.what
