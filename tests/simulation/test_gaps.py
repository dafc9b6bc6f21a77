"""The unlawful days of a run."""

import os
import random
from datetime import date, timedelta
from functools import cache

import attrs
import pytest

from scotintegration.bodies import IJB, HealthBoard, LocalAuthority, Seats
from scotintegration.budgets import Budget, Payment, Reserve, SetAside
from scotintegration.dates import FinancialYear, Interval
from scotintegration.examples import EXAMPLES, example
from scotintegration.functions import DelegatedFunction
from scotintegration.ministers import ExemptionOrder
from scotintegration.money import Money
from scotintegration.officers import ChiefFinanceOfficer, ChiefOfficer, Holder
from scotintegration.partnership import Partnership
from scotintegration.risk_shares import originating_party_loan, proportional
from scotintegration.rules import RULES, Severity
from scotintegration.simulation import Scenario, lognormal, normal, simulate, uniform
from scotintegration.simulation.gaps import FOUNDING, SIMULATED
from scotintegration.simulation.groups import Group
from scotintegration.simulation.policies import RecoverShare, SplitBySpending

RUNS = 200 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 10
START, APRIL = date(2026, 4, 1), date(2027, 4, 1)
OF_MONEY = ("FIN-budget-identity", "PBJW-s28-specified-within")


@cache
def moved():
    """Simulate a lead agency that becomes a board."""
    scenario = Scenario("move").change_model("a", on=APRIL)
    return simulate(example("lead-agency-both-ways"), scenario, until="2027-06-30", seed=1)


def some_day(rng, first=date(2024, 4, 1), days=2000):
    """Draw a day."""
    return first + timedelta(days=rng.randrange(days))


def some_holders(rng, employer):
    """Draw who holds a post, on some of the days and perhaps on none."""
    day = some_day(rng, days=1200)
    until = rng.choice([None, day + timedelta(days=rng.randrange(900))])
    one = Holder(person="A", appointed_by=employer, start=day, until=until)
    return rng.choice([(), (one,), (one,)])


def some_partnership(rng):
    """Draw a partnership: an example, or one of any model with functions, money and holders of its own."""
    if rng.random() < 0.3:
        return example(rng.choice(EXAMPLES), as_at=START)
    nhs = HealthBoard("toy-nhs", name="NHS Toytown")
    councils = [LocalAuthority(f"toy-council-{n}", name=f"Council {n}") for n in range(rng.choice([1, 1, 2]))]
    model = rng.choice("aaabcd")
    p = Partnership.between(nhs, *councils, model=model, as_at=some_day(rng, START, 300))
    lead = councils[0].id
    functions, payments, held = [], [], []
    for n in range(rng.randint(2, 8)):
        delegator = rng.choice([nhs.id, *(one.id for one in councils)])
        if model in "bc":
            delegator = rng.choice(councils).id if model == "b" else nhs.id
        delegate = p.id if model == "a" else lead if delegator == nhs.id else nhs.id
        aside = model == "a" and delegator == nhs.id and rng.random() < 0.4
        functions.append(
            DelegatedFunction(
                id=f"function-{n}",
                name=f"function {n}",
                delegator=delegator,
                delegate=delegate,
                funding="set-aside" if aside else "payment",
                method="last year's sum",
            )
        )
        amount = Money(rng.randrange(10**9))
        if aside:
            held.append(SetAside(health_board=nhs.id, function=f"function-{n}", amount=amount))
        else:
            payments.append(Payment(payer=delegator, payee=delegate, function=f"function-{n}", amount=amount))
    payments.append(
        Payment(payer=functions[0].delegator, payee=functions[0].delegate, function="all-functions", amount=10**6)
    )
    reserves = [Reserve(kind="general", opening=Money(rng.randrange(10**8)))] if model == "a" else ()
    budget = Budget(year="2026/27", payments=payments, set_asides=held, reserves=reserves)
    orders = [
        ExemptionOrder(id="order", functions=["function-1"], start=some_day(rng)),
    ]
    posts = [
        attrs.evolve(post, holders=some_holders(rng, p.id))
        if isinstance(post, (ChiefOfficer, ChiefFinanceOfficer))
        else post
        for post in p.posts
    ]
    return p.evolve(
        scheme=attrs.evolve(p.scheme, functions=functions),
        budgets=[budget],
        posts=posts,
        exemption_orders=orders if rng.random() < 0.5 else (),
    )


def some_dials(rng, p):
    """Draw which dials and policies are on beside the usual ones, and how far they are turned."""
    some = {
        "groups": [Group("some", [f"function-{n}" for n in range(3)], pressure=0.1, volatility=uniform(0, 0.4))],
        "season": [1.5, 0.5, *[1] * 10],
        "special": rng.random(),
        "proxies": rng.random(),
        "support": rng.random(),
        "member_vacancies": rng.random(),
        "chief_officer_vacancy": rng.random(),
        "finance_officer_vacancy": rng.random(),
        "vacancy_days": lognormal(90, 1.0),
        "lag": rng.choice([rng.randrange(60), lognormal(6, 1.3)]),
        "budget_late": rng.choice([rng.randrange(250), uniform(0, 100)]),
        "late_allocation": rng.uniform(0, 0.05),
        "compliance": rng.random(),
        "set_aside_pressure": rng.uniform(0, 0.2),
        "hosted": rng.random(),
        "hosted_variance": normal(0.05, 0.02),
        "earmarked": rng.uniform(0, 0.1),
        "release": rng.random(),
        "recovery": RecoverShare(share=0.7, from_month=4),
        "allocation": SplitBySpending(),
        "settlement": rng.choice(
            ["scheme", originating_party_loan(2), proportional({p.health_board.id: 6, p.local_authorities[0].id: 4})]
        ),
    }
    return {name: value for name, value in some.items() if rng.random() < 0.5} if rng.random() < 0.7 else {}


def some_scenario(rng, p, until):
    """Draw what to assume: perhaps a change of model, perhaps with what makes the new era lawful."""
    scenario = Scenario(
        "random",
        pressure=rng.uniform(-0.1, 0.2),
        volatility=rng.uniform(0, 0.3),
        attendance=rng.random(),
        uplift=rng.uniform(-0.05, 0.1),
        seats=rng.randint(3, 6),
        **some_dials(rng, p),
    )
    letter = rng.choice([None, *"abcd"])
    if letter in (None, p.model.letter):
        return scenario
    move = scenario.change_model(letter, on=APRIL)
    try:
        opened = simulate(p, move, until=until, seed=1).at(APRIL)
    except ValueError:  # nothing that the new model could carry over
        return scenario
    if rng.random() < 0.7:
        return move
    if opened.ijb is None:
        return scenario.change_model(letter, on=APRIL, given=opened)
    there = IJB(
        opened.id,
        name="Board",
        established_on=some_day(rng, date(2027, 2, 1), 120),
        seats=[Seats(body.id, rng.randint(1, 4)) for body in opened.parties],
    )
    return scenario.change_model(letter, on=APRIL, given=opened.evolve(ijb=there))


class TestLaw:
    @pytest.mark.parametrize("seed", range(RUNS))
    def test_values(self, seed):
        """Turned back into values on any day, a run keeps the money rules and has just the unlawful days listed."""
        rng = random.Random(seed)
        p, until = some_partnership(rng), date(2028, 3, 31)
        run = simulate(p, some_scenario(rng, p, until), until=until, seed=rng.randrange(10**6), run=rng.randrange(500))
        gaps = run.gaps()
        edges = [day for gap in gaps for day in (gap.days.start, gap.days.end, gap.days.end - timedelta(days=1))]
        edges += [day for era in run.eras for vacancy in era.delays.vacancies for day in (vacancy.first, vacancy.over)]
        edges += [era.decided(y)[2] for era in run.eras for y in range(len(era.years))]
        days = [some_day(rng, START, 730) for _ in range(4)] + rng.sample(edges, min(8, len(edges)))
        for on in (one for one in (*days, START, APRIL, until) if one <= until):
            then = run.at(on)
            asked = run.rules_asked(on)
            report = then.check(rules=asked)
            found = {finding.rule for finding in report.unlawful}
            assert {gap.rule.id for gap in gaps if on in gap.days} == found
            assert not {rule.id for rule in asked if rule.topic == "money"} & found
            assert not [one for one in then.check(rules=OF_MONEY) if one.outcome == "fail"]
            for year in FinancialYear.between("2026/27", FinancialYear.of(on)):
                if any(budget.year == year for budget in then.budgets):
                    then.money(year).conserve()

    def test_every_day(self):
        """Day by day a run has the unlawful days listed."""
        run = moved()
        listed = run.gaps()
        for number in range((run.until - run.start).days + 1):
            on = run.start + timedelta(days=number)
            found = {finding.rule for finding in run.at(on).check(rules=run.rules_asked(on)).unlawful}
            assert {gap.rule.id for gap in listed if on in gap.days} == found


class TestGaps:
    def test_change(self):
        """A lead agency that becomes a board with nothing given lacks what a board needs, from the first day on."""
        gaps = moved().gaps()
        assert {Interval(APRIL, date(2027, 7, 1))} == {gap.days for gap in gaps}
        found = {gap.rule.id: gap for gap in gaps}
        assert {
            "FIN-s95-officer",
            "IJBO-a3-3-min-three",
            "PBJW-s10-chief-officer",
            "PBJW-s26-1-every-function",
            "PBJW-s29-plan-exists",
            "PBJW-s7-approved-before-effect",
            "PBJW-s9-order",
        } <= set(found)
        assert "integration joint board" == found["PBJW-s10-chief-officer"].owner
        assert "constituent authorities" == found["IJBO-a3-3-min-three"].owner

    def test_told(self):
        """Each says on which days, whose duty it is, what was found and under which provision, in a line."""
        for gap in moved().gaps():
            assert gap.citation
            assert gap.owner
            assert gap.first == gap.days.start
            assert all(part in str(gap) for part in (str(gap.days), gap.owner, gap.what, gap.citation.printed))

    def test_many(self):
        """Where much is found the line has the first three and says how many more there are."""
        (gap,) = [one for one in moved().gaps() if one.rule.id == "PBJW-s26-1-every-function"]
        assert 25 == len(gap.found)
        assert gap.what.endswith("; and 22 more")

    def test_vacancy(self):
        """A post that falls vacant within the run is a gap from that day on."""
        (gap,) = simulate(example("vacant-chief-officer"), Scenario("x"), until="2027-03-31", seed=1).gaps()
        assert Interval("2026-06-01", "2027-04-01") == gap.days
        assert "posts: nobody holds the post of chief officer" == gap.what

    @pytest.mark.parametrize("name", ["body-corporate", "large-hospital", "joint-board", "lead-agency-to-board"])
    def test_lawful(self, name):
        """A lawful partnership run forward has no unlawful day of what is simulated."""
        assert () == simulate(example(name), Scenario("x", attendance=0.4), until="2028-03-31", seed=1).gaps()

    def test_late_board(self):
        """What changes within an era ends one stretch and begins another."""
        opened = moved().at(APRIL)
        there = opened.evolve(
            posts=[
                attrs.evolve(post, holders=[Holder(person="A", appointed_by=opened.id, start="2027-05-10")])
                if isinstance(post, ChiefOfficer)
                else post
                for post in opened.posts
            ]
        )
        scenario = Scenario("move").change_model("a", on=APRIL, given=there)
        run = simulate(example("lead-agency-both-ways"), scenario, until="2027-06-30", seed=1)
        (gap,) = [one for one in run.gaps() if one.rule.id == "PBJW-s10-chief-officer"]
        assert Interval(APRIL, date(2027, 5, 10)) == gap.days

    def test_table(self):
        """The timeline has a row a duty and stretch, with whose duty it is and the provision."""
        table = moved().timeline()
        assert len(moved().gaps()) == len(table.rows)
        assert [gap.owner for gap in moved().gaps()] == [row["whose duty"] for row in table]
        assert "Ardlarich: scenario 'move', seed 1, run 0: duties unmet from 2026-04-01 to 2027-06-30" == table.caption
        assert any("Routine duties" in note for note in table.notes)


class TestRulesAsked:
    def test_statute(self):
        """Only rules of statute that can be broken are asked, each once."""
        rules = {rule.id: rule for rule in RULES}
        asked = [rules[id] for id in (*SIMULATED, *FOUNDING)]
        assert len(asked) == len(set(asked))
        assert {Severity.STATUTE} == {rule.severity for rule in asked}
        assert "may" not in {rule.modality for rule in asked}
        assert all(rule.duty_on for rule in asked)
        assert (list(SIMULATED), list(FOUNDING)) == (sorted(SIMULATED), sorted(FOUNDING))

    def test_no_records_that_no_run_makes(self):
        """No rule is asked about accounts, reviews, reports, meetings or terms."""
        topics = {rule.id: rule.fields for rule in RULES}
        for id in (*SIMULATED, *FOUNDING):
            words = "; ".join(topics[id])
            assert not any(word in words for word in ("accounts.", "reviews", "R.", "meetings.", "votes.", "minutes."))

    def test_founding(self):
        """What an authority begins with is asked of an era that a change opened, and of no other."""
        ids = [[rule.id for rule in moved().rules_asked(on)] for on in ("2027-03-31", "2027-04-01")]
        assert [list(SIMULATED), sorted((*SIMULATED, *FOUNDING))] == ids
