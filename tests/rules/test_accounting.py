"""Annual accounts of boards, their days and who certifies them."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.accounts import AnnualAccounts
from scotintegration.dates import FinancialYear
from scotintegration.evidence import Evidence
from scotintegration.examples import example
from scotintegration.rules import ask
from scotintegration.rules.accounting import (
    accounts_approved,
    accounts_certified,
    accounts_considered,
    accounts_published,
    accounts_submitted,
    best_value,
    governance_statement,
    internal_audit,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
YEAR = FinancialYear("2025/26")
DATED = {
    accounts_submitted: ("submitted_on", date(2026, 6, 30)),
    accounts_considered: ("considered_on", date(2026, 8, 31)),
    accounts_approved: ("approved_on", date(2026, 9, 30)),
    accounts_published: ("published_on", date(2026, 10, 31)),
}
RECORDED = (best_value, governance_statement, internal_audit)
MINE = (*DATED, accounts_certified, *RECORDED)
ONE = timedelta(days=1)

each_step = pytest.mark.parametrize(
    ("rule", "field", "last"), [(rule, *what) for rule, what in DATED.items()], ids=[rule.id for rule in DATED]
)


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def with_accounts(year=YEAR, **facts):
    """Change the accounts of a year."""
    return P.evolve(accounts=P.accounts.map(lambda one: attrs.evolve(one, **facts) if one.year == year else one))


def broken(rule):
    """Give what a rule says if it is broken: of an aim, that it needs a look."""
    return "warn" if rule is accounts_approved else "fail"


def spot(year, field):
    """Give the spot of a day of a year's accounts."""
    return f"accounts['{year}'].{field}"


class TestDays:
    @each_step
    @given(late=st.integers(-100, 20))
    def test_last_day(self, rule, field, last, late):
        """A step is in time on the last day, and late from the day after."""
        p = with_accounts(**{field: last + timedelta(days=late)})
        assert (broken(rule) if late > 0 else "pass") == ask(rule, p).outcome

    @each_step
    def test_not_done(self, rule, field, last):
        """What was not done is amiss from the day after the last, and what will be done is not done."""
        for done in (None, last + timedelta(days=300)):
            p = with_accounts(**{field: done})
            assert "pass" == told(rule, p.at(last))
            assert [(broken(rule), spot(YEAR, field))] == told(rule, p.at(last + ONE))

    @each_step
    def test_missing(self, rule, field, last):
        """Accounts that do not exist are missing, and those that nobody recorded are unknown, in one sentence."""
        known = P.accounts.where(lambda one: one.year != YEAR)
        assert [(broken(rule), spot(YEAR, field))] == told(rule, P.evolve(accounts=known))
        part = Listing(known.items, complete=False)
        (finding,) = ask(rule, P.evolve(accounts=part))
        assert ("cannot tell", "accounts") == (finding.outcome, finding.where)
        assert "accounts of 2025/26 were" in finding.what
        (finding,) = ask(rule, P.evolve(accounts=UNKNOWN))
        assert "accounts of 2015/16 to 2025/26 were" in finding.what

    @each_step
    def test_unknown_day(self, rule, field, last):
        """A day that nobody recorded leaves it open."""
        assert [("cannot tell", spot(YEAR, field))] == told(rule, with_accounts(**{field: UNKNOWN}))

    @each_step
    def test_founding(self, rule, field, last):
        """A board has accounts from the year in which it was established, and one that never was has none."""
        none = P.evolve(accounts=())
        first = none.evolve(ijb=attrs.evolve(P.ijb, established_on="2025-04-01"))
        assert [spot(YEAR, field)] == [finding.where for finding in ask(rule, first)]
        for on in ("2026-04-01", "2027-01-01", None):
            assert "pass" == told(rule, none.evolve(ijb=attrs.evolve(P.ijb, established_on=on)))
        unsure = P.evolve(ijb=attrs.evolve(P.ijb, established_on=UNKNOWN))
        assert [("cannot tell", "ijb.established_on")] == told(rule, unsure)
        known = unsure.evolve(accounts=[one for one in P.accounts if one.year != YEAR])
        assert [("fail", spot(YEAR, field)), ("cannot tell", "ijb.established_on")] == [
            (one if one != "warn" else "fail", where) for one, where in told(rule, known)
        ]
        early = AnnualAccounts(year="2013/14", **{field: None})
        assert [("cannot tell", "ijb.established_on")] == told(rule, unsure.evolve(accounts=[early]))

    @pytest.mark.parametrize(
        ("rule", "field", "last"),
        [
            (accounts_approved, "approved_on", date(2022, 11, 30)),
            (accounts_published, "published_on", date(2022, 12, 15)),
            (accounts_considered, "considered_on", date(2022, 8, 31)),
        ],
    )
    def test_2022(self, rule, field, last):
        """The accounts of 2021/22 had longer to be approved and published, and no longer to be considered."""
        year = FinancialYear("2021/22")
        assert "pass" == told(rule, with_accounts(year, **{field: last}))
        assert [(broken(rule), spot(year, field))] == told(rule, with_accounts(year, **{field: last + ONE}))

    @pytest.mark.parametrize("year", ["2019/20", "2020/21"])
    def test_unverified(self, year):
        """Late accounts of the two years of which the later day was not read are neither kept nor broken."""
        year = FinancialYear(year)
        for rule in (accounts_approved, accounts_published):
            field, _ = DATED[rule]
            late = date(year.end.year, 11, 20)
            assert [("cannot tell", spot(year, field))] == told(rule, with_accounts(year, **{field: late}))
            assert [(broken(rule), spot(year, field))] == told(rule, with_accounts(year, **{field: None}))


class TestCertified:
    where = spot(YEAR, "certified_by")

    @pytest.mark.parametrize(
        ("expected", "facts"),
        [
            ("pass", {}),
            ("fail", {"certified_by": "chief-officer"}),
            ("fail", {"certified_by": "chief-social-work-officer"}),
            ("fail", {"certified_by": None}),
            ("cannot tell", {"certified_by": UNKNOWN}),
            ("cannot tell", {"certified_by": "chief-officer", "submitted_on": UNKNOWN}),
            ("pass", {"submitted_on": UNKNOWN}),
            ("pass", {"certified_by": None, "submitted_on": None}),
            ("pass", {"certified_by": None, "submitted_on": "2026-11-23"}),
            ("fail", {"certified_by": None, "submitted_on": "2026-11-22"}),
        ],
        ids=str,
    )
    def test_by(self, expected, facts):
        """Accounts that went to the auditor were certified by the board's own finance officer."""
        assert expected == ask(accounts_certified, with_accounts(**facts)).outcome

    def test_years(self):
        """Accounts from before the Regulations are not looked at, and there may be others."""
        old = AnnualAccounts(year="2013/14", submitted_on="2014-06-30", certified_by=None)
        assert [("cannot tell", "accounts")] == told(accounts_certified, P.evolve(accounts=Listing.partial(old)))

    def test_unknown_posts(self):
        """A post that nobody recorded may be that of the finance officer; nobody is none."""
        p = P.evolve(posts=UNKNOWN)
        assert {"cannot tell"} == {finding.outcome.value for finding in ask(accounts_certified, p)}
        p = with_accounts(certified_by=None).evolve(posts=UNKNOWN)
        assert "fail" in {finding.outcome.value for finding in ask(accounts_certified, p)}

    @pytest.mark.parametrize(("by", "said"), [(None, "by nobody"), ("chief-officer", "by 'chief-officer'")])
    def test_said(self, by, said):
        """A finding says by whom accounts were certified."""
        (finding,) = ask(accounts_certified, with_accounts(certified_by=by))
        assert f"the accounts of 2025/26 were certified {said}" == finding.what


class TestExamples:
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_behave(self, rule):
        """One example keeps a rule, the other breaks it, and lead agencies are not caught."""
        assert "pass" == told(rule, rule.passing())
        assert broken(rule) == ask(rule, rule.failing()).outcome
        assert "not applicable" == ask(rule, example("lead-agency-to-board")).outcome

    @pytest.mark.parametrize("rule", RECORDED, ids=lambda rule: rule.id)
    def test_records(self, rule):
        """Without a record nobody can tell."""
        assert [("cannot tell", "evidence")] == told(rule, P.evolve(evidence=()))

    @pytest.mark.parametrize(
        ("days", "met", "expected"),
        [
            (["2025-03-31"], True, "cannot tell"),
            (["2025-03-31"], False, "cannot tell"),
            (["2025-04-01"], True, "pass"),
            (["2025-04-01"], False, "fail"),
            (["2025-03-31", "2026-11-22"], True, "pass"),
            ([UNKNOWN], True, "cannot tell"),
            (["2026-04-01"], UNKNOWN, "cannot tell"),
        ],
    )
    def test_yearly(self, days, met, expected):
        """The governance statement needs a record of the last year that is over, or one made since."""
        records = [Evidence(duty="FIN-governance-statement", met=met, on=on) for on in days]
        assert expected == ask(governance_statement, P.evolve(evidence=records)).outcome

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """Of real areas nothing is known, so nothing passes and nothing fails."""
        assert {"cannot tell", "not applicable"} == {ask(rule, p).outcome.value for p in scotland().partnerships}
