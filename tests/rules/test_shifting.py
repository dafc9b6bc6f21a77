"""Guidance on payments that change within a year."""

from datetime import timedelta

import attrs
import pytest

from scotintegration.budgets import Budget, Payment, Reserve
from scotintegration.directions import Direction
from scotintegration.examples import EXAMPLES, example
from scotintegration.lifecycle import StepKind
from scotintegration.registers import DirectionsRegister
from scotintegration.rules import ask
from scotintegration.rules.shifting import increase_matched, revised_on_change
from scotintegration.scotland import scotland
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
NHS, COUNCIL = P.health_board.id, P.local_authorities[0].id
MINE = (increase_matched, revised_on_change)
each_rule = pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
WHERE = "budgets['2026/27'].payments"


def paid(amount, before=None, *, on="2026-08-01", out=True, function="district-nursing", direction="D-2"):
    """Write a payment, by or to the board."""
    payer, payee = (P.id, NHS) if out else (NHS, P.id)
    changed = None if before is None else on
    behind = direction if out else None
    return Payment(
        payer=payer, payee=payee, function=function, amount=amount, direction=behind, changed_on=changed, before=before
    )


def small(*payments, reserves=(), complete=True, start="2026-08-01", **fields):
    """Give a partnership a year of payments, and a direction that began in August."""
    one = Direction("D-2", given_to=NHS, functions=["district-nursing"], effective_from=start)
    register = DirectionsRegister(P.id, [Step(kind=StepKind.ISSUE, direction=one, on=one.binds_from)])
    whole = {"year": "2026/27", "payments": Listing(payments, complete), "reserves": reserves}
    return P.evolve(directions=register, budgets=[Budget(**{**whole, **fields})])


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


class TestLaws:
    @each_rule
    def test_kept(self, rule):
        """Payments that stay as they were need nothing."""
        assert "pass" == told(rule, small(paid("£5"), paid("£9", out=False)))
        assert "pass" == told(rule, P.evolve(budgets=()))

    @each_rule
    def test_missing(self, rule):
        """Budgets that are missing, worked out or known in part leave it open."""
        assert [("cannot tell", "budgets['2026/27']")] == told(rule, P.evolve(budgets=UNKNOWN))
        assert [("cannot tell", WHERE)] == told(rule, small(derived=True))
        assert [("cannot tell", WHERE)] == told(rule, small(complete=False))
        unsure = attrs.evolve(paid("£5"), changed_on=UNKNOWN)
        assert "cannot tell" == ask(rule, small(unsure)).outcome

    @each_rule
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it."""
        assert "pass" == told(rule, rule.passing())
        assert "fail" == ask(rule, rule.failing()).outcome

    @each_rule
    def test_not_applicable(self, rule):
        """The day before there was no such guidance."""
        assert "not applicable" == told(rule, P.at(rule.days.start - timedelta(days=1)))

    @each_rule
    def test_real_areas(self, rule):
        """Figures of real areas were worked out and settle nothing."""
        assert {"cannot tell"} == {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}

    @each_rule
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_quiet(self, rule, name):
        """Every example keeps the guidance, before and after payments change."""
        for day in ("2024-04-01", "2024-09-30", "2024-10-01", "2025-12-01", "2026-08-01", "2028-03-31"):
            assert "pass" == told(rule, example(name, as_at=day))

    def test_lead_agency(self):
        """Under a lead agency only what a direction states is paid out."""
        p = example("lead-agency-both-ways")
        budget = p.budget("2026/27")
        first, *others = budget.payments
        more = attrs.evolve(first, changed_on="2026-08-01", before="£1")
        changed = p.evolve(budgets=[attrs.evolve(budget, payments=[more, *others])])
        assert {"pass"} == {ask(rule, changed).outcome for rule in MINE}


class TestRevised:
    @pytest.mark.parametrize(
        ("on", "start", "as_at", "expected"),
        [
            ("2026-08-01", "2026-08-01", "2026-11-22", "pass"),
            ("2026-07-31", "2026-08-01", "2026-11-22", "fail"),
            ("2026-08-01", "2026-04-01", "2026-11-22", "fail"),
            ("2026-08-01", "2026-04-02", "2026-11-22", "pass"),
            ("2026-08-01", UNKNOWN, "2026-11-22", "cannot tell"),
            ("2026-08-01", None, "2026-11-22", "fail"),
            ("2026-11-22", "2026-04-01", "2026-11-22", "fail"),
            ("2026-11-23", "2026-04-01", "2026-11-22", "pass"),
        ],
    )
    def test_days(self, on, start, as_at, expected):
        """The direction behind a payment that changes began within the year, and by the day of the change."""
        p = small(paid("£5", "£4", on=on), start=start).at(as_at)
        assert expected == ask(revised_on_change, p).outcome

    @pytest.mark.parametrize(
        ("direction", "expected"), [(None, "fail"), (UNKNOWN, "cannot tell"), ("D-9", "fail"), ("D-2", "pass")]
    )
    def test_behind(self, direction, expected):
        """A payment that changes has a direction behind it."""
        assert expected == ask(revised_on_change, small(paid("£5", "£4", direction=direction))).outcome

    def test_another_may_be_missing(self):
        """A direction that is not in a register known in part may have been revised."""
        p = small(paid("£5", "£4", direction="D-9"))
        p = p.evolve(directions=attrs.evolve(p.directions, complete=False))
        assert "cannot tell" == ask(revised_on_change, p).outcome

    def test_money_in(self):
        """What partners pay in needs no direction."""
        assert "pass" == told(revised_on_change, small(paid("£5", "£4", out=False)))


class TestMatched:
    def test_sum(self):
        """A rise of £5 is matched by a cut of £3 and £2 from reserves, and by a penny less it is not."""
        rise, cut = paid("£15", "£10"), paid("£7", "£10", function="frailty")
        drawn = Reserve(kind="general", opening="£9", movement="-£2", planned="£0")
        assert "pass" == told(increase_matched, small(rise, cut, reserves=[drawn]))
        less = attrs.evolve(drawn, movement="-£1.99")
        assert [("fail", WHERE)] == told(increase_matched, small(rise, cut, reserves=[less]))
        assert [("fail", WHERE)] == told(increase_matched, small(rise, cut))
        added = paid("£2", "£0", out=False)
        assert "pass" == told(increase_matched, small(rise, cut, added))

    def test_fall(self):
        """What falls on the whole needs no match."""
        assert "pass" == told(increase_matched, small(paid("£5", "£9")))

    def test_later(self):
        """A change counts from its day."""
        p = small(paid("£5", "£4"))
        assert "pass" == told(increase_matched, p.at("2026-07-31"))
        assert [("fail", WHERE)] == told(increase_matched, p.at("2026-08-01"))

    def test_open(self):
        """More payments or reserves than are known may match a rise, and a plan not recorded leaves it open."""
        rise = paid("£5", "£4")
        assert [("cannot tell", WHERE)] * 2 == told(increase_matched, small(rise, complete=False))
        assert [("cannot tell", WHERE)] == told(increase_matched, small(rise, reserves=UNKNOWN))
        unsure = Reserve(kind="general", opening="£9", movement="-£2", planned=UNKNOWN)
        assert "cannot tell" == ask(increase_matched, small(rise, reserves=[unsure])).outcome
        as_planned = Reserve(kind="general", opening="£9", movement="-£2")
        assert "fail" == ask(increase_matched, small(rise, reserves=[as_planned])).outcome

    def test_before(self):
        """Without the amount of the beginning of the year it is open by how much a payment rose, or it did not."""
        assert "cannot tell" == ask(increase_matched, small(attrs.evolve(paid("£5", "£4"), before=UNKNOWN))).outcome
        assert "pass" == ask(increase_matched, small(attrs.evolve(paid("£5", "£4"), before=None))).outcome

    def test_sources_together(self):
        """What partners add and what is drawn from reserves count together, and what is put by counts against them."""
        rise, added = paid("£15", "£10"), paid("£3", "£0", out=False)
        for movement, expected in (("-£2", "pass"), ("-£1.99", [("fail", WHERE)]), ("£2", [("fail", WHERE)])):
            reserve = Reserve(kind="general", opening="£9", movement=movement, planned="£0")
            assert expected == told(increase_matched, small(rise, added, reserves=[reserve]))

    def test_level(self):
        """Where one payment rises by what another falls nothing need be added."""
        kept = Reserve(kind="general", opening="£9", movement="£2", planned="£0")
        fallen = paid("£4", "£5", function="frailty")
        assert "pass" == told(increase_matched, small(paid("£6", "£5"), fallen, reserves=[kept]))
