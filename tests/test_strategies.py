"""Tests of the published strategies: all they draw is lawful, and a failure shrinks to the least."""

import re
import tomllib
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from scotintegration import _drawn_types
from scotintegration.budgets import SetAside
from scotintegration.dates import FinancialYear, Interval
from scotintegration.directions import Direction
from scotintegration.lifecycle import Event, State, follow
from scotintegration.money import Money
from scotintegration.partnership import Partnership
from scotintegration.registers import DirectionsRegister
from scotintegration.rules import RULES, Severity
from scotintegration.strategies import (
    days,
    directions,
    financial_years,
    function_ids,
    intervals,
    money,
    partnerships,
    registers,
    set_asides,
    unlawful_partnerships,
)
from scotintegration.strategies._partnerships import ONLY_WARN
from scotintegration.testing import assert_conserved, assert_lawful, assert_round_trip, assert_unlawful
from scotintegration.unknown import UNKNOWN

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 22)
ONE_DAY = {"min_day": DAY, "max_day": DAY}
FEWER = settings(max_examples=max(10, settings.default.max_examples // 2))
"""For laws that draw whole partnerships."""

QUICKLY = settings(max_examples=200, database=None, suppress_health_check=list(HealthCheck))


BREAKABLE = [one for one in RULES if one.severity is Severity.STATUTE and one.fails is not None]


def least(strategy, wanted=bool):
    """Give the least that a strategy shrinks to."""
    return find(strategy, wanted, settings=QUICKLY)


class TestValues:
    @given(money(min_value=Money(5), max_value=Money(7)), financial_years(), function_ids(min_words=2, max_words=2))
    def test_bounds(self, amount, year, id):
        """What is drawn lies within its bounds."""
        assert Money(5) <= amount <= Money(7)
        assert FinancialYear.of("2016/17") <= year <= FinancialYear.of("2028/29")
        assert 1 == id.count("-")

    @given(intervals(min_day=DAY), intervals(bounded=True))
    def test_intervals(self, one, bounded):
        """A period has a day in it, and open ends only where they are asked for."""
        assert not one.empty
        assert one.start is None or one.start >= DAY
        assert bounded.start <= bounded.last_day

    def test_least(self):
        """Every value shrinks to the first or smallest."""
        assert Money(0) == least(money(), lambda _: True)
        assert date(2016, 4, 1) == least(days())
        assert FinancialYear.of("2016/17") == least(financial_years())
        assert "a" == least(function_ids())

    @pytest.mark.parametrize(
        ("strategy", "said"),
        [
            (money(min_value=Money(2), max_value=Money(1)), "min_value=Money('£0.02') is above max_value"),
            (days(min_day=DAY, max_day=date(2020, 1, 1)), "min_day=datetime.date(2026, 11, 22) is above max_day"),
            (financial_years(min_year=FinancialYear.of("2030/31")), "min_year=FinancialYear('2030/31') is above"),
            (function_ids(min_words=0), "min_words=0 is too low; expected 1 or more"),
            (function_ids(min_words=4), "min_words=4 is above max_words=3"),
            (directions(max_functions=0), "max_functions=0 is too low"),
            (directions(min_day=DAY, max_day=date(2020, 1, 1)), "min_day="),
            (registers(min_steps=-1), "min_steps=-1 is too low; expected 0 or more"),
            (registers(min_steps=9), "min_steps=9 is above max_steps=8"),
            (registers(min_day=DAY, max_day=date(2020, 1, 1)), "min_day="),
            (registers(recipients=()), "recipients=(), functions=('care-at-home', 'respite'); expected at least one"),
            (set_asides(max_amount=Money(-1)), "max_value=Money('-£0.01')"),
            (partnerships(min_councils=0), "min_councils=0 is too low"),
            (partnerships(min_councils=4), "min_councils=4 is above max_councils=3"),
            (unlawful_partnerships(rule="nonsense"), "rule='nonsense' is none that can be broken"),
            (unlawful_partnerships(rule="PBJW-s26-2-may"), "rule='PBJW-s26-2-may' is none"),
        ],
    )
    def test_refused(self, strategy, said):
        """A bad argument is refused when it is drawn from, and named."""
        with pytest.raises(InvalidArgument, match=re.escape(said)):
            find(strategy, bool)


class TestDirections:
    @given(directions(**ONE_DAY), directions())
    def test_lawful(self, narrow, paper):
        """A strict register takes it, and its acts are in order."""
        assert 1 == len(DirectionsRegister("toy-ijb").issue(paper))
        acts = [paper.decided_on, paper.issued_on, paper.effective_from]
        assert acts == sorted(acts)
        assert paper.ends_on is None or paper.ends_on >= paper.effective_from
        assert {DAY} == {narrow.decided_on, narrow.issued_on, narrow.effective_from}
        assert_round_trip(paper)

    @given(
        directions(
            ids=st.just("1.1"),
            issuers=st.just("our-ijb"),
            recipients=st.just("our-nhs"),
            functions=st.just("respite"),
            payments=st.just(Money(9)),
        )
    )
    def test_given(self, paper):
        """What is handed in is what it says."""
        assert ("1.1", "our-ijb", Money(9)) == (paper.id, paper.issuer, paper.payment)
        assert (("our-nhs",), ("respite",)) == (paper.given_to.items, paper.functions.items)

    def test_least(self):
        """It shrinks to one function, no money and no last day."""
        paper = least(directions())
        assert (("a",), Money(0), None) == (paper.functions.items, paper.payment, paper.ends_on)

    @given(set_asides(functions=st.just("frailty")))
    def test_set_aside(self, pair):
        """A direction specifies no more than is held, for the same function and given to whoever holds it."""
        held, paper = pair
        assert Money(0) <= paper.specified <= held.amount == paper.set_aside
        assert (held.function,) == paper.functions.items
        assert (held.health_board,) == paper.given_to.items


class TestRegisters:
    @given(registers())
    def test_known(self, register):
        """Every day is known, and every step is one that a strict register takes."""
        assert register.strict
        for one in register:
            assert register.state(one, on=DAY) is not UNKNOWN
            assert register.life(one).complete
        assert_round_trip(register)

    @given(registers(min_steps=3, max_steps=5))
    def test_steps(self, register):
        """The number of steps lies within its bounds, and each changes something of what was recorded before."""
        assert 3 <= len(register.steps) <= 5

    @given(registers(**ONE_DAY))
    def test_one_day(self, register):
        """A whole history fits into one day."""
        assert all(step.on == DAY for step in register.steps)

    @pytest.mark.parametrize(
        "event",
        [Event.RESUME, *(event for event in Event if follow(State.IN_FORCE, event) and event is not Event.EXPIRE)],
    )
    def test_every_event(self, event):
        """Every event that the methods of a register record of what was issued happens."""
        seldom = settings(max_examples=3000, phases=[Phase.generate], database=None)
        find(registers(), lambda register: any(step.kind.event is event for step in register.steps), settings=seldom)

    @given(registers())
    def test_no_drafts(self, register):
        """What happens to a draft is no part of a register that was drawn."""
        drafts = {Event.RECOMMEND, Event.AMEND, Event.REJECT}
        assert drafts.isdisjoint(step.kind.event for step in register.steps)


class TestPartnerships:
    @FEWER
    @given(partnerships())
    def test_lawful(self, p):
        """Published partnerships keep every rule of statute, with nothing left untold, and no penny is lost."""
        assert_lawful(p.check(only="statute"))
        assert_conserved(p)

    @FEWER
    @given(partnerships(models=st.just("d"), max_councils=1, amounts=st.just(Money(7)), **ONE_DAY))
    def test_given(self, p):
        """What is handed in is what it has."""
        assert ("d", 1, DAY) == (p.model.letter, len(p.local_authorities), p.as_at)
        assert {Money(7)} >= {one.amount for one in p.budgets.items[0].payments}

    @given(partnerships(min_day=date(2015, 1, 1), max_day=date(2015, 1, 1)))
    @settings(FEWER, max_examples=10)
    def test_before(self, p):
        """Before functions had to be delegated there may be none, and no money."""
        assert_lawful(p.check(only="statute"))

    def test_smallest(self):
        """A failure shrinks to an integration joint board of one council, and no money."""
        p = least(partnerships(**ONE_DAY))
        assert ("a", 1) == (p.model.letter, len(p.local_authorities))
        assert {Money(0)} >= {one.amount for one in p.budgets.items[0].payments}

    @FEWER
    @given(st.data())
    def test_unlawful(self, data):
        """An unlawful partnership breaks the rule that was asked for, and nothing but what fails with it."""
        rule = data.draw(st.sampled_from(BREAKABLE))
        report = data.draw(unlawful_partnerships(rule=rule.id)).check(only="statute")
        if rule.id in ONLY_WARN:
            assert "warn" == report[rule.id].outcome
        else:
            assert_unlawful(report, rule.id)
        assert {finding.rule for finding in report.unlawful} <= {rule.id, *rule.entails}

    @settings(max_examples=5)
    @given(unlawful_partnerships())
    def test_any_unlawful(self, p):
        """Without a rule any of statute may be broken."""
        assert p.check(only="statute").lawful is False

    def test_only_warn(self):
        """Of the rules of statute that can be broken two only warn."""
        found = [one.id for one in BREAKABLE if one.failing().check(rules=[one])[one.id].would_be == "warn"]
        assert ONLY_WARN == tuple(sorted(found))

    def test_guidance(self):
        """A rule that is not of statute can be asked for too."""
        p = least(unlawful_partnerships(rule="GUID-D07-one-in-force"))
        assert "warn" == p.check()["GUID-D07-one-in-force"].outcome


class TestFromType:
    @pytest.mark.parametrize(
        "kind", [Direction, DirectionsRegister, FinancialYear, Interval, Money, Partnership, SetAside]
    )
    def test_drawn(self, kind):
        """Hypothesis draws our values by their class once the entry point has run."""
        _drawn_types.register()

        @settings(max_examples=5)
        @given(st.from_type(kind))
        def look(value):
            assert isinstance(value, kind)

        look()

    def test_entry_point(self):
        """The entry point of the package is the function that registers them."""
        assert set(_drawn_types.DRAWN.values()) <= set(import_module("scotintegration.strategies").__all__)
        if not (ROOT / "pyproject.toml").exists():
            pytest.skip("only beside the project's file")
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        module, _, name = project["entry-points"]["hypothesis"]["scotintegration"].partition(":")
        assert getattr(import_module(module), name) is _drawn_types.register
