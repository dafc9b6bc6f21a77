"""How a board comes to be, when functions pass, and what its chief officer is for."""

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.examples import EXAMPLES, example
from scotintegration.partnership import Partnership
from scotintegration.rules import ask
from scotintegration.rules.establishing import (
    agreed_responsibilities,
    established_by_order,
    functions_pass_on_the_day,
    somebody_stands_in,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
AGREED = "PBJW-s10-7-ministers"
PRESCRIBED = date(2016, 4, 1)


def outcome(rule, p):
    """Ask one rule."""
    return str(ask(rule, p).outcome)


def scheme(p=P, **facts):
    """Change facts of the scheme."""
    return p.evolve(scheme=attrs.evolve(p.scheme, **facts))


def names(day, p=P):
    """Let the first plan name a day."""
    return p.evolve(plans=p.plans.map(lambda one: attrs.evolve(one, delegation_day=day) if one.is_first else one))


class TestOrder:
    @pytest.mark.parametrize(
        ("order", "expected"), [("SSI 2015/88", "pass"), (None, "fail"), ("", "fail"), (UNKNOWN, "cannot tell")]
    )
    def test_table(self, order, expected):
        """A board exists by an order."""
        assert expected == outcome(established_by_order, P.evolve(ijb=attrs.evolve(P.ijb, order=order)))

    @pytest.mark.parametrize(
        ("order", "day", "expected"),
        [
            ("SSI 2015/88", None, ["fail"]),
            ("SSI 2015/88", UNKNOWN, ["cannot tell"]),
            (None, None, ["fail"]),
            (None, UNKNOWN, ["fail", "cannot tell"]),
            (UNKNOWN, None, ["cannot tell", "fail"]),
        ],
    )
    def test_day(self, order, day, expected):
        """It is established on a day; one that never was, and has members, breaks the rule."""
        p = P.evolve(ijb=attrs.evolve(P.ijb, order=order, established_on=day))
        assert expected == [str(one.outcome) for one in ask(established_by_order, p)]

    def test_where(self):
        """A scheme without a board yet leaves it open; lead agencies have none; every real board has an order."""
        assert "cannot tell" == outcome(established_by_order, P.evolve(id="x", ijb=None, members=(), chairs=(),
            posts=(), meetings=(), committees=(), budgets=(), standing_orders=None))  # fmt: skip
        assert "not applicable" == outcome(established_by_order, example("lead-agency-to-board"))
        assert {"pass", "not applicable"} == {outcome(established_by_order, p) for p in scotland()}
        new = Partnership.between(P.health_board, *P.local_authorities, model="a", as_at="2026-11-22")
        assert "fail" == outcome(established_by_order, new)


class TestDelegation:
    @given(st.dates(date(2015, 6, 1), date(2017, 3, 31)))
    def test_prescribed_day(self, passed):
        """Where no plan names a day, functions pass on the prescribed day and no other."""
        expected = "pass" if passed == PRESCRIBED else "fail"
        assert expected == outcome(functions_pass_on_the_day, scheme(delegated_on=passed))

    @given(st.dates(date(2015, 6, 1), date(2016, 3, 31)), st.dates(date(2015, 6, 1), date(2016, 5, 31)))
    def test_named_day(self, named, passed):
        """Where the first plan names an earlier day, functions pass on it."""
        expected = "pass" if passed == named else "fail"
        assert expected == outcome(functions_pass_on_the_day, names(named, scheme(delegated_on=passed)))

    def test_named_too_late(self):
        """A plan cannot name a day after the prescribed one."""
        assert "pass" == outcome(functions_pass_on_the_day, names("2016-04-02"))
        assert "fail" == outcome(functions_pass_on_the_day, names("2016-04-02", scheme(delegated_on="2016-04-02")))

    @pytest.mark.parametrize(("later", "expected"), [(None, "fail"), ("2015-09-01", "warn"), (UNKNOWN, "cannot tell")])
    @pytest.mark.parametrize("passed", ["2016-04-02", None])
    def test_substituted(self, passed, later, expected):
        """A later day for the scheme may have moved this day too: the Act does not say."""
        p = scheme(delegated_on=passed, substituted_day=later)
        assert expected == outcome(functions_pass_on_the_day, p)

    def test_not_yet(self):
        """Before the prescribed day functions need not have passed; from it on they have to."""
        for passed in (None, "2016-04-02"):
            p = scheme(delegated_on=passed)
            assert ("pass", "fail") == tuple(
                outcome(functions_pass_on_the_day, p.at(day)) for day in ("2016-03-31", "2016-04-01")
            )

    def test_later_scheme(self):
        """A scheme that took another's place has no such day; which it is has to be known."""
        late = {"delegated_on": "2021-04-01"}
        assert "pass" == outcome(functions_pass_on_the_day, scheme(replaces="old-scheme", **late))
        assert "cannot tell" == outcome(functions_pass_on_the_day, scheme(replaces=UNKNOWN, **late))

    def test_cannot_tell(self):
        """The days have to be known, and which plan came first."""
        assert "cannot tell" == outcome(functions_pass_on_the_day, scheme(delegated_on=UNKNOWN))
        assert "cannot tell" == outcome(functions_pass_on_the_day, names(UNKNOWN))
        assert "cannot tell" == outcome(functions_pass_on_the_day, P.evolve(plans=UNKNOWN))
        vague = P.evolve(plans=P.plans.map(lambda one: attrs.evolve(one, is_first=UNKNOWN)))
        assert "cannot tell" == outcome(functions_pass_on_the_day, vague)
        assert "pass" == outcome(functions_pass_on_the_day, P.evolve(plans=()))

    def test_where(self):
        """Every example keeps it, and of real areas nobody can tell."""
        assert {"pass"} == {outcome(functions_pass_on_the_day, example(name)) for name in EXAMPLES}
        assert {"cannot tell"} == {outcome(functions_pass_on_the_day, p) for p in scotland()}


class TestChiefOfficer:
    @pytest.mark.parametrize(("met", "expected"), [(True, "pass"), (False, "fail"), (UNKNOWN, "cannot tell")])
    def test_agreed(self, met, expected):
        """Ministers agreed, or did not, or nobody recorded it."""
        records = P.evidence.map(lambda one: attrs.evolve(one, met=met) if one.duty == AGREED else one)
        assert expected == outcome(agreed_responsibilities, P.evolve(evidence=records))

    def test_no_record(self):
        """Without a record by the day nobody can tell."""
        assert "cannot tell" == outcome(agreed_responsibilities, P.evolve(evidence=()))
        assert "not applicable" == outcome(agreed_responsibilities, P.at("2015-06-26"))
        later = P.evidence.map(lambda one: attrs.evolve(one, on="2026-11-23") if one.duty == AGREED else one)
        assert "cannot tell" == outcome(agreed_responsibilities, P.evolve(evidence=later))

    @pytest.mark.parametrize(
        ("items", "expected"),
        [
            (Listing(("co-interim",)), "pass"),
            (Listing(("co-interim",), complete=False), "pass"),
            (Listing(("co-line",)), "fail"),
            (Listing(("co-line",), complete=False), "cannot tell"),
        ],
    )
    def test_interim(self, items, expected):
        """The scheme says who stands in."""
        assert expected == outcome(somebody_stands_in, scheme(items=items))

    @pytest.mark.parametrize("rule", [agreed_responsibilities, somebody_stands_in], ids=lambda rule: rule.id)
    def test_where(self, rule):
        """Lead agencies are not asked, and of real areas nobody can tell."""
        assert "not applicable" == outcome(rule, example("lead-agency-to-board"))
        assert {"cannot tell", "not applicable"} == {outcome(rule, p) for p in scotland()}
