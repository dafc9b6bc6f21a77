"""Guidance on what a direction says: functions, service and money."""

from datetime import timedelta

import attrs
import pytest

from scotintegration.budgets import Budget, Payment, Reserve, SetAside
from scotintegration.directions import Direction
from scotintegration.examples import EXAMPLES, example
from scotintegration.lifecycle import StepKind
from scotintegration.registers import DirectionsRegister
from scotintegration.rules import ask
from scotintegration.rules.stating import PER_DIRECTION, amount_and_kind, content, within_budget
from scotintegration.scotland import scotland
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
NHS, COUNCIL = P.health_board.id, P.local_authorities[0].id
MINE = (amount_and_kind, content, within_budget)
each_rule = pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)


def direction(id="D-1", **fields):
    """Write a direction that keeps every rule."""
    whole = {
        "given_to": NHS,
        "functions": ["district-nursing"],
        "text": "visit people at home",
        "payment": "£40",
        "effective_from": "2026-04-01",
    }
    return Direction(id, **{**whole, **fields})


def budget(**fields):
    """Write a budget of £100 and a £5 draw on reserves."""
    paid = [Payment(payer=NHS, payee=P.id, function="district-nursing", amount="£60")]
    held = [SetAside(health_board=NHS, function="accident-emergency", amount="£40")]
    reserves = [Reserve(kind="general", opening="£9", movement="-£5")]
    reserves += [Reserve(kind="earmarked", opening="£9", movement="£2")]
    return Budget(**{"year": "2026/27", "payments": paid, "set_asides": held, "reserves": reserves, **fields})


def small(*directions, complete=True, budgets=None):
    """Give a partnership these directions and £105 to direct."""
    steps = [Step(kind=StepKind.ISSUE, direction=one, on=one.binds_from) for one in directions]
    register = DirectionsRegister(P.id, steps, strict=False, complete=complete)
    return P.evolve(directions=register, budgets=[budget()] if budgets is None else budgets)


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def said(rule, **fields):
    """Give what a rule says of one direction."""
    return ask(rule, small(direction(**fields))).outcome


class TestLaws:
    @each_rule
    def test_kept(self, rule):
        """A direction that says everything keeps every rule, and a register known in part leaves the rest open."""
        assert "pass" == told(rule, small(direction()))
        assert "pass" == told(rule, small())
        assert [("cannot tell", "directions")] == told(rule, small(direction(), complete=False))

    @each_rule
    def test_bare_revocation(self, rule):
        """A paper that only revokes need not say what a direction says."""
        bare = Direction("D-2", revokes="D-1", effective_from="2026-05-01")
        assert [] == list(PER_DIRECTION[rule.id](P, bare))

    @each_rule
    def test_behave(self, rule):
        """One example keeps a rule and the other breaks it."""
        assert "pass" == told(rule, rule.passing())
        assert "fail" == ask(rule, rule.failing()).outcome

    @each_rule
    def test_not_applicable(self, rule):
        """The day before the guidance there was none."""
        assert "not applicable" == told(rule, P.at(rule.days.start - timedelta(days=1)))

    @each_rule
    def test_real_areas(self, rule):
        """No real area breaks or keeps a rule on what directions say; where lead agencies direct, nothing is told."""
        assert {"cannot tell"} == {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_quiet(self, name):
        """Every example keeps the guidance."""
        for day in ("2024-04-01", "2025-10-01", "2026-06-30", "2026-08-01", "2026-11-22", "2028-03-31"):
            p = example(name, as_at=day)
            assert {"pass"} == {ask(rule, p).outcome for rule in MINE}


class TestContent:
    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"functions": (), "words": "all that is delegated"}, "pass"),
            ({"functions": ()}, "fail"),
            ({"functions": (), "words": UNKNOWN}, "cannot tell"),
            ({"functions": UNKNOWN}, "cannot tell"),
            ({"text": None}, "fail"),
            ({"text": " "}, "fail"),
            ({"text": UNKNOWN}, "cannot tell"),
            ({"payment": None}, "fail"),
            ({"payment": UNKNOWN}, "cannot tell"),
            ({"payment": None, "payment_method": "as last year"}, "pass"),
            ({"payment": None, "no_amount": "costs nothing"}, "pass"),
            ({"payment": None, "budget_in": "D-0"}, "pass"),
            ({"payment": None, "set_aside": "£3"}, "pass"),
        ],
    )
    def test_said(self, fields, expected):
        """A direction names functions, a service and money."""
        assert expected == said(content, **fields)


class TestAmount:
    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"payment": "£0"}, "pass"),
            ({"payment": None, "set_aside": "£3"}, "pass"),
            ({"payment": None, "no_amount": "costs nothing"}, "pass"),
            ({"payment": None, "no_amount": " "}, "fail"),
            ({"payment": None}, "fail"),
            ({"payment": None, "budget_in": "D-0"}, "warn"),
            ({"payment": None, "payment_method": "as last year"}, "warn"),
            ({"payment": UNKNOWN}, "cannot tell"),
            ({"payment": None, "no_amount": UNKNOWN}, "cannot tell"),
        ],
    )
    def test_said(self, fields, expected):
        """A direction states an amount, or why it states none; where it points elsewhere is only worth a look."""
        assert expected == said(amount_and_kind, **fields)


class TestWithinBudget:
    def test_boundary(self):
        """All that is controlled may be directed, and not a penny more, by one direction or by several."""
        assert "pass" == said(within_budget, payment="£65", specified="£40")
        assert "fail" == said(within_budget, payment="£65.01", specified="£40")
        two = direction(), direction("D-2", payment="£65", given_to=COUNCIL)
        assert "pass" == told(within_budget, small(*two))
        three = direction("D-3", payment="£0.01", given_to=None)
        (finding,) = ask(within_budget, small(*two, three))
        assert f"£105.01 directed to {NHS!r}, {COUNCIL!r}, £105.00 to direct" == finding.what

    def test_draft(self):
        """A draft is looked at by itself."""
        asked = PER_DIRECTION[within_budget.id]
        p = small(direction(payment="£100"))
        assert [] == list(asked(p, direction("D-2", payment="£105")))
        assert ["fail"] == [one.outcome for one in asked(p, direction("D-2", payment="£106", given_to=None))]

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"payment": UNKNOWN}, "cannot tell"),
            ({"payment": UNKNOWN, "specified": "£106"}, "fail"),
            ({"effective_from": "2026-04-01", "year": UNKNOWN}, "cannot tell"),
            ({"effective_from": "2026-04-01", "year": UNKNOWN, "payment": None}, "pass"),
            ({"effective_from": "2026-04-01", "year": UNKNOWN, "payment": None, "specified": "£1"}, "cannot tell"),
        ],
    )
    def test_missing(self, fields, expected):
        """What is known may be too much already; a sum or a year that is not leaves the rest open."""
        assert expected == said(within_budget, **fields)

    @pytest.mark.parametrize(
        "budgets",
        [
            [],
            [attrs.evolve(budget(), derived=True)],
            [attrs.evolve(budget(), payments=UNKNOWN)],
            [attrs.evolve(budget(), reserves=Listing((), complete=False))],
        ],
    )
    def test_budget(self, budgets):
        """Without a budget that was read in full nothing can be compared."""
        assert "cannot tell" == ask(within_budget, small(direction(), budgets=budgets)).outcome
        assert "pass" == ask(within_budget, small(direction(payment="£0"), budgets=budgets)).outcome

    def test_incomplete(self):
        """What the year holds may not be recorded, or what its reserves did."""
        for fields in ({"payments": UNKNOWN}, {"reserves": UNKNOWN}):
            p = small(direction(payment="£106"), budgets=[budget(**fields)])
            assert [("cannot tell", "budgets['2026/27']")] == told(within_budget, p)

    def test_year(self):
        """A direction of an unknown year is named."""
        p = small(direction(year=UNKNOWN))
        assert [("cannot tell", "directions['D-1'].year")] == told(within_budget, p)
