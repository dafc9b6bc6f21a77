"""Mends of rules about annual accounts: forgotten records, and what is left as it is."""

from datetime import date

import attrs
import pytest

from scotintegration.examples import example
from scotintegration.officers import ChiefFinanceOfficer
from scotintegration.rules import find
from scotintegration.unknown import UNKNOWN, Listing

SUBMITTED, CERTIFIED = "FIN-accounts-30-jun", "FIN-s95-certifies"
FIELDS = {
    SUBMITTED: "submitted_on",
    "FIN-accounts-31-aug": "considered_on",
    "FIN-accounts-30-sep": "approved_on",
    "FIN-accounts-31-oct": "published_on",
}
LAST = {
    SUBMITTED: date(2026, 6, 30),
    "FIN-accounts-31-aug": date(2026, 8, 31),
    "FIN-accounts-30-sep": date(2026, 9, 30),
    "FIN-accounts-31-oct": date(2026, 10, 31),
}
BOARD = example("body-corporate")


def mended(rule, p):
    """Mend one rule and see that it is kept."""
    done = find(rule).mended(p)
    assert () == find(rule).verdicts(done)
    return done


class TestSteps:
    """What is done with a year's accounts."""

    @pytest.mark.parametrize("rule", FIELDS)
    @pytest.mark.parametrize("complete", [True, False])
    def test_missing_years(self, rule, complete):
        """Accounts that are missing are made, each step done on its last day, and those on record stay."""
        one = BOARD.accounts[-1]
        p = mended(rule, BOARD.evolve(accounts=Listing([one], complete=complete)))
        assert one in p.accounts.items
        assert complete is p.accounts.complete
        assert () == find(CERTIFIED).verdicts(p) if complete else len(p.accounts) > 1

    @pytest.mark.parametrize("rule", FIELDS)
    def test_forgotten(self, rule):
        """A day nobody recorded is the last one for it."""
        accounts = BOARD.accounts.map(lambda one: attrs.evolve(one, **{FIELDS[rule]: UNKNOWN}))
        p = mended(rule, BOARD.evolve(accounts=accounts))
        assert LAST[rule] in [getattr(one, FIELDS[rule]) for one in p.accounts]


class TestEstablished:
    """From which year the board has accounts."""

    def test_worked_out(self):
        """The day it was established is settled as the rule about the scheme's approval asks."""
        p = mended(SUBMITTED, BOARD.evolve(ijb=attrs.evolve(BOARD.ijb, established_on=UNKNOWN)))
        assert date(2016, 4, 1) == p.ijb.established_on

    def test_not_yet(self):
        """Before any rule asks for a day, it was not established."""
        p = BOARD.at("2014-12-01")
        p = mended(SUBMITTED, p.evolve(ijb=attrs.evolve(p.ijb, established_on=UNKNOWN), accounts=()))
        assert p.ijb.established_on is None or p.ijb.established_on > p.as_at


class TestCertified:
    """Who certifies accounts."""

    def test_without_a_post(self):
        """The post is made where there is none, and only accounts at fault are changed."""
        posts = BOARD.posts.where(lambda one: not isinstance(one, ChiefFinanceOfficer))
        p = mended(CERTIFIED, BOARD.evolve(posts=posts, accounts=Listing(BOARD.accounts.items, complete=False)))
        assert BOARD.accounts == p.accounts
        assert ["chief-finance-officer"] == [one.id for one in p.posts if isinstance(one, ChiefFinanceOfficer)]
