"""What schemes say item by item, and acting as they say."""

import attrs
import pytest

from scotintegration.bodies import Seats
from scotintegration.dates import add_months
from scotintegration.evidence import Evidence
from scotintegration.examples import EXAMPLES, example
from scotintegration.rules import ask
from scotintegration.rules._schemes import with_scheme
from scotintegration.rules.prescribed_items import acts_accordingly, disputes, financial_reports, variances
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
LEAD = example("lead-agency-to-board")
ITEMS = {"dispute": disputes, "fin-report": financial_reports, "fin-variance": variances}
MINE = (acts_accordingly, *ITEMS.values())
COUNCIL, NHS = "strathallan-council", "nhs-glenmore"


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


class TestAll:
    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps these rules."""
        for day in ("2024-04-01", "2025-05-24", "2026-06-01", "2028-03-31"):
            assert "pass" == told(rule, example(name, as_at=day))

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """No real area is said to keep or break these rules."""
        assert {"cannot tell"} == {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_not_applicable(self, rule):
        """The day before the regulations came into force nothing was asked."""
        assert "not applicable" == told(rule, P.at("2014-11-27"))


@pytest.mark.parametrize("slug", ITEMS)
class TestItems:
    def test_left_out(self, slug):
        """A scheme that leaves the item out breaks its rule and no other."""
        for name in ("body-corporate", "lead-agency-both-ways"):
            p = example(name)
            short = with_scheme(p, items=[one for one in p.scheme.items.items if one != slug])
            assert {slug} == {other for other, rule in ITEMS.items() if "fail" == ask(rule, short).outcome}

    def test_in_part(self, slug):
        """One item that is known is enough; of others nobody can tell."""
        p = with_scheme(P, items=Listing.partial(slug))
        for other, rule in ITEMS.items():
            assert ("pass" if other == slug else [("cannot tell", "scheme.items")]) == told(rule, p)


class TestNominees:
    def stated(self, p, **numbers):
        """Give a partnership whose scheme states these numbers, by the first word of a body's id."""
        bodies = {body.id.partition("-")[0]: body.id for body in p.parties}
        return with_scheme(p, nominees=[Seats(bodies[word], number) for word, number in numbers.items()])

    @pytest.mark.parametrize(("expected", "number"), [("fail", 3), ("pass", 4), ("fail", 5), ("cannot tell", UNKNOWN)])
    def test_board(self, expected, number):
        """As many seats as the scheme says, neither more nor fewer."""
        where = f"scheme.nominees[{COUNCIL!r}]"
        wanted = expected if expected == "pass" else [(expected, where)]
        assert wanted == told(acts_accordingly, self.stated(P, nhs=4, strathallan=number))

    def test_seats_not_recorded(self):
        """Seats of the board may not be recorded."""
        p = P.evolve(ijb=attrs.evolve(P.ijb, seats=[Seats(NHS, 4)]))
        assert "pass" == told(acts_accordingly, self.stated(p, nhs=4))
        p = P.evolve(ijb=attrs.evolve(P.ijb, seats=UNKNOWN))
        assert "cannot tell" == ask(acts_accordingly, p).outcome

    @pytest.mark.parametrize(
        ("expected", "number"), [("fail", 3), ("pass", 4), ("warn", 5), ("cannot tell", UNKNOWN), ("cannot tell", None)]
    )
    def test_committee(self, expected, number):
        """On a committee one nominee fewer may be a vacancy, and one more is too many."""
        where = "scheme.nominees['kinbrae-council']"
        wanted = expected if expected == "pass" else [(expected, where)]
        assert wanted == told(acts_accordingly, self.stated(LEAD, kinbrae=number))

    def test_committee_in_part(self):
        """Members known in part may be too many for certain, and never too few."""
        part = LEAD.evolve(members=Listing(LEAD.members.items, complete=False))
        outcomes = [ask(acts_accordingly, self.stated(part, kinbrae=number)).outcome for number in (3, 4, 5)]
        assert ["fail", "cannot tell", "cannot tell"] == outcomes
        nobody = LEAD.evolve(members=LEAD.members.map(lambda one: attrs.evolve(one, nominated_by=UNKNOWN)))
        assert "cannot tell" == ask(acts_accordingly, self.stated(nobody, kinbrae=4)).outcome

    def test_in_part(self):
        """What the scheme states may be known in part."""
        p = with_scheme(P, nominees=Listing(P.scheme.nominees.items, complete=False))
        assert [("cannot tell", "scheme.nominees")] == told(acts_accordingly, p)


class TestTerms:
    where = "chairs['chair-2025']"

    def until(self, day, **changes):
        """Let the chair of today serve to a day."""
        chairs = P.chairs.map(lambda one: attrs.evolve(one, until=day, **changes) if one.id == "chair-2025" else one)
        return P.evolve(chairs=chairs)

    @pytest.mark.parametrize(
        ("expected", "last"),
        [("pass", "2026-12-31"), ("pass", "2027-05-23"), ("fail", "2027-05-24"), ("cannot tell", UNKNOWN)],
    )
    def test_months(self, expected, last):
        """A period of 24 months from 24 May 2025 is over on 23 May 2027."""
        wanted = expected if expected == "pass" else [(expected, self.where)]
        assert wanted == told(acts_accordingly, self.until(last))

    def test_open(self):
        """A period without a last day is too long once the months are over."""
        later = [one for one in P.chairs.items if one.start.year < 2027]
        p = self.until(None)
        p = p.evolve(chairs=[one for one in p.chairs.items if one.id in {other.id for other in later}])
        assert "pass" == told(acts_accordingly, p.at("2027-05-23"))
        assert [("fail", self.where)] == told(acts_accordingly, p.at("2027-05-24"))

    def test_to_come(self):
        """A period that has not begun is not looked at."""
        start = add_months(P.as_at, 1)
        assert "pass" == told(acts_accordingly, self.until("2031-12-31", start=start))

    def test_scheme(self):
        """A scheme may state no term, or nobody recorded it."""
        assert "pass" == told(acts_accordingly, with_scheme(self.until("2029-05-23"), chair_term_months=None))
        assert "cannot tell" == ask(acts_accordingly, with_scheme(P, chair_term_months=UNKNOWN)).outcome

    def test_in_part(self):
        """Chairs may be known in part."""
        p = P.evolve(chairs=Listing(P.chairs.items, complete=False))
        assert [("cannot tell", "chairs")] == told(acts_accordingly, p)


class TestReports:
    @pytest.mark.parametrize(
        ("expected", "met"), [("pass", True), ([("fail", "evidence")], False), ([("cannot tell", "evidence")], UNKNOWN)]
    )
    def test_record(self, expected, met):
        """That reports came as often as stated is on record or not."""
        p = P.evolve(evidence=[Evidence(duty=acts_accordingly.id, met=met, on="2026-04-01")])
        assert expected == told(acts_accordingly, p)
