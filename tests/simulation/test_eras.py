"""Eras: what a change of model closes and opens, and lead agencies."""

import json
from datetime import date, timedelta
from functools import cache

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.bodies import Seats
from scotintegration.dates import FinancialYear
from scotintegration.differences import diff
from scotintegration.examples import example
from scotintegration.lines import Layer
from scotintegration.money import Money, total
from scotintegration.officers import ChiefSocialWorkOfficer
from scotintegration.rules._joint_example import joint_lead_agency
from scotintegration.scotland import scotland
from scotintegration.simulation import Group, Scenario, SplitBySpending, ensemble, normal, simulate, uniform
from scotintegration.simulation._era_jobs import EraJob
from scotintegration.simulation._jobs import Job
from scotintegration.simulation.eras import stretches

LEAD = "lead-agency-both-ways"
START, APRIL = date(2026, 4, 1), date(2027, 4, 1)
NIL = Money(0)
WAYS = [
    (name, letter)
    for name, letters in (
        ("body-corporate", "bcd"),
        ("joint-board", "bcd"),
        ("large-hospital", "bcd"),
        (LEAD, "abc"),
        ("lead-agency-to-board", "ad"),
        ("three-authorities", "bcd"),
    )
    for letter in letters
]
every_way = pytest.mark.parametrize(("name", "letter"), WAYS, ids=[f"{name}-{letter}" for name, letter in WAYS])


@cache
def moved(name=LEAD, letter="a", until="2028-09-30", seed=1, given=None, **dials):
    """Simulate a change of model."""
    scenario = Scenario("move", **dials).change_model(letter, on=APRIL, given=given)
    return simulate(example(name), scenario, until=until, seed=seed)


@cache
def unmoved(name=LEAD, until="2028-09-30", seed=1, **dials):
    """Simulate the same without the change."""
    return simulate(example(name), Scenario("move", **dials), until=until, seed=seed)


@cache
def furnished(on="2027-04-01"):
    """Give a new era a board with four seats a side."""
    opened = moved().at(APRIL)
    seats = [Seats(body.id, 4) for body in opened.parties]
    return opened.evolve(ijb=attrs.evolve(opened.ijb, seats=seats, established_on=on))


class TestChange:
    @every_way
    def test_model(self, name, letter):
        """Up to the day before the area is of the old model, from the day on of the new one."""
        run = moved(name, letter)
        assert example(name).model is run.at(APRIL - timedelta(days=1)).model
        assert letter == run.at(APRIL).model.letter == run.at("2028-09-30").model.letter
        assert [START, APRIL] == [era.start for era in run.eras]
        assert run.era("2027-03-31").end == date(2027, 3, 31)

    @every_way
    def test_same_until_then(self, name, letter):
        """Until the day of the change the run is the one without it, to the penny and to the direction."""
        run, same = moved(name, letter), unmoved(name)
        assert same.years[0] == run.years[0]
        assert [event for event in same.varied if event[0] == 0] == [event for event in run.varied if event[0] == 0]
        for on in (START, date(2026, 11, 30), date(2027, 3, 23), date(2027, 3, 31)):
            before, after = same.at(on), run.at(on)
            kept = [one for one in before.directions if one.year == FinancialYear.of(START)]
            assert kept == [one for one in after.directions if one.year == FinancialYear.of(START)]
            assert before.evolve(directions=after.directions) == after

    @every_way
    def test_checked(self, name, letter):
        """Every rule can be asked of the new era, its money balances, and its graph gives it back."""
        for on in (APRIL, date(2028, 3, 31), date(2028, 9, 30)):
            p = moved(name, letter).at(on)
            assert p.check().results
            for budget in p.budgets:
                assert NIL == p.money(budget.year).gap
            assert p == type(p).from_graph(p.graph())

    @every_way
    def test_carried_over(self, name, letter):
        """Each function carried over keeps who delegates it and its money; nothing else is delegated."""
        run = moved(name, letter)
        before, after = run.at("2027-03-31"), run.at(APRIL)
        delegators = {one.id: one.delegator for one in before.functions}
        costs = {one.function: one.amount for one in unmoved(name).at(APRIL).budget("2027/28").determined}
        for one in after.functions:
            assert delegators[one.id] == one.delegator != one.delegate
            assert after.authority_for(one.id) == one.delegate
        sums = {one.function: one.amount for one in after.budget("2027/28").determined}
        assert {one.id for one in after.functions} == set(sums)
        assert {function: costs[function] for function in sums} == sums

    def test_nothing_else(self):
        """A new board has its posts vacant but the council's own, no members, no plan, no approval and no direction."""
        p = moved().at("2027-12-01")
        held = {type(post) for post in p.posts if post.holders.items}
        assert {ChiefSocialWorkOfficer} == held
        assert p.chief_officer.vacant
        for name in ("members", "chairs", "plans", "meetings", "directions", "reports", "evidence"):
            assert 0 == len(getattr(p, name))
        assert (None, None) == (p.scheme.approved_on, p.ijb.order)
        assert "scheme" == p.scheme.replaces != p.scheme.id
        assert p.id == p.ijb.id == example(LEAD).id

    def test_board_without_directions(self):
        """A board that directs nothing keeps what it is paid; its reserve opens at nil."""
        run = moved(until="2029-03-31")
        _, first, second = run.years
        (reserve,) = run.at(APRIL).budget("2027/28").reserves
        assert (NIL, first.budget) == (reserve.opening, reserve.movement)
        assert first.reserve == first.budget
        assert first.reserve + second.budget == second.reserve
        assert (NIL, 0) == (second.spent, second.directions)

    def test_sum_set_aside_and_not_directed(self):
        """A sum set aside stays with the Health Board where nobody directs it."""
        back = Scenario("back").change_model("d", on=APRIL).change_model("a", on="2028-04-01")
        run = simulate(example("large-hospital"), back, until="2029-03-31", seed=1)
        last = run.years[-1]
        assert total(one.amount for one in run.at("2028-10-01").budget("2028/29").set_asides) == last.kept > NIL
        assert last.budget == last.reserve + last.kept
        assert NIL == run.at("2028-10-01").money("2028/29").gap
        assert ["a", "d", "a"] == [era.model.letter for era in run.eras]

    def test_register(self):
        """The register of a run has the directions of its boards only, and each era its own."""
        run = moved("body-corporate", "d")
        assert {FinancialYear.of(START)} == {one.year for one in run.register}
        assert 0 == len(run.at("2027-12-01").directions)
        assert all(one.on < APRIL for one in run.steps() if one.state.value != "expired")

    def test_order(self):
        """Changes may be given in any order, and one after the last day is never reached."""
        late = Scenario("late").change_model("a", on="2029-04-01")
        run = simulate(example(LEAD), late, until="2028-03-31", seed=1)
        assert 1 == len(run.eras)
        assert simulate(example(LEAD), Scenario("late"), until="2028-03-31", seed=1).years == run.years


class TestGiven:
    def test_lawful_board(self):
        """An area that comes back to the lawful board it had has no unlawful day from then on."""
        there = example("body-corporate", as_at="2025-04-01")
        scenario = Scenario("back").change_model("d", on="2026-04-01").change_model("a", on=APRIL, given=there)
        run = simulate(there, scenario, until="2028-03-31", seed=1)
        assert {"d"} == {run.era(gap.first).model.letter for gap in run.gaps()}
        assert {APRIL} == {gap.days.end for gap in run.gaps()}
        for on in (APRIL, date(2027, 12, 1)):
            assert () == run.at(on).check(only="statute").unlawful
        assert there.members == run.at(APRIL).members
        assert {FinancialYear.of(APRIL)} == {budget.year for budget in run.at(APRIL).budgets}

    def test_lawful_lead_agencies(self):
        """Lead agencies that are given what completes them have no unlawful day."""
        ready = moved("body-corporate", "d").at(APRIL).complete(say=None)
        run = moved("body-corporate", "d", given=ready)
        assert () == run.gaps()
        for on in (APRIL, date(2027, 12, 1)):
            assert () == run.at(on).check(only="statute").unlawful

    def test_board_directs(self):
        """A board that is given its members meets, directs, and settles the year from its reserve and its partners."""
        run = moved(given=furnished())
        _, year = run.years
        assert year.directions > len(run.at(APRIL).functions)
        assert NIL == run.at(APRIL).budget("2027/28").reserves[0].opening
        extra = year.top_health_board + year.top_council
        assert year.budget + extra == year.spent + year.reserve
        first = run.register.directions[0]
        assert (APRIL, APRIL, APRIL) == (first.decided_on, first.issued_on, first.effective_from)

    def test_board_there_in_time(self):
        """A board established before 18 March directs its first year as any other."""
        first = moved(given=furnished("2027-02-01")).register.directions[0]
        assert (date(2027, 3, 18), date(2027, 3, 24), APRIL) == (
            first.decided_on,
            first.issued_on,
            first.effective_from,
        )

    def test_board_late(self):
        """A board established after its first day directs from that day on, and money balances before and after."""
        run = moved(given=furnished("2027-06-15"))
        for on in (date(2027, 4, 1), date(2027, 6, 14), date(2027, 6, 15), date(2027, 7, 31), date(2028, 3, 31)):
            assert NIL == run.at(on).money("2027/28").gap
        assert 0 == len(run.at("2027-06-14").directions)
        assert run.at("2027-06-15").directions.in_force(on="2027-06-15").items
        (bare,) = [gap for gap in run.gaps() if gap.rule.id == "PBJW-s26-1-every-function"]
        assert (date(2027, 4, 1), date(2027, 6, 15)) == (bare.days.start, bare.days.end)
        assert run.why("care-at-home", "2027-05")

    def test_spending_is_that_of_the_functions(self):
        """What the functions carried over spend is the same under either model: draws are by address."""
        lead, ours = unmoved().eras[0], moved(given=furnished()).eras[1]
        for name in ("care-at-home", "camhs"):
            here = ours.history.spent_pence[0, 0, :, 0, ours.compiled.functions.index(name)]
            there = lead.history.spent_pence[0, 1, :, 0, lead.compiled.functions.index(name)]
            assert np.array_equal(there, here)

    def test_another_area(self):
        """A partnership of other bodies, or with another id, is refused."""
        given = furnished()
        with pytest.raises(
            ValueError, match=r"^the partnership given from 2027-04-01 has id 'strathallan-ijb'; expected"
        ):
            moved(given=example("body-corporate"))
        renamed = attrs.evolve(given.health_board, id="nhs-elsewhere")
        functions = [
            attrs.evolve(one, delegator="nhs-elsewhere") if one.delegator == given.health_board.id else one
            for one in given.scheme.functions
        ]
        scheme = attrs.evolve(given.scheme, health_board="nhs-elsewhere", functions=functions)
        fewer = type(given)(
            id=given.id,
            name=given.name,
            as_at=given.as_at,
            health_board=renamed,
            local_authorities=given.local_authorities,
            ijb=attrs.evolve(given.ijb, seats=()),
            scheme=scheme,
        )
        with pytest.raises(ValueError, match=r"has parties \['nhs-elsewhere', 'ardlarich-council'\]; expected"):
            moved(given=fewer)


class TestRefused:
    def test_too_soon(self):
        """A change on the first day of the run, or before it, is refused with the first day that would do."""
        for on in ("2026-04-01", "2025-04-01"):
            with pytest.raises(ValueError, match=rf"expected 2027-04-01 or a later 1 April, got {on}$"):
                simulate(example("body-corporate"), Scenario("x").change_model("d", on=on), until="2028-03-31", seed=1)

    def test_same_model(self):
        """A change to the model that there is already is refused with the others."""
        with pytest.raises(ValueError, match=r"^Strathallan is of model a already; expected one of b, c, d$"):
            moved("body-corporate", "a")

    def test_nothing_left(self):
        """A model under which nothing would be delegated is refused, unless it is given what is."""
        with pytest.raises(
            ValueError, match="Kinbrae delegates nothing that model c could carry over; expected given="
        ):
            moved("lead-agency-to-board", "c")

    def test_no_money(self):
        """An area of which no payment was recorded is refused, as there is nothing to simulate."""
        with pytest.raises(
            ValueError, match="Highland has no payment recorded that 2026/27 could start from; expected"
        ):
            simulate(scotland()["Highland"], Scenario("x"), until="2027-03-31", seed=1)


class TestEnsembles:
    SCENARIOS = (
        Scenario("x"),
        Scenario("y", pressure=normal(0.03, 0.02), uplift=uniform(0.0, 0.02), attendance=0.5),
        Scenario("z", late_allocation=0.01, earmarked=0.02, allocation=SplitBySpending(), special=0.5),
    )

    @staticmethod
    def columns(run):
        """Give the years of a run by column."""
        return {
            "budget": [year.budget.pence for year in run.years],
            "spent": [year.spent.pence for year in run.years],
            "reserve": [year.reserve.pence for year in run.years],
            "directions": [year.directions for year in run.years],
            "deferred": [year.deferred for year in run.years],
            "top_up_health_board": [year.top_health_board.pence for year in run.years],
            "top_up_council": [year.top_council.pence for year in run.years],
            "kept": [year.kept.pence for year in run.years],
            "earmarked": [year.earmarked.pence for year in run.years],
            "allocated_late": [year.allocated_late.pence for year in run.years],
        }

    @pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
    @pytest.mark.parametrize(
        ("name", "letter"),
        [
            (LEAD, None),
            (LEAD, "a"),
            ("lead-agency-to-board", "a"),
            ("body-corporate", "d"),
            ("joint-board", "b"),
        ],
    )
    def test_same_run(self, scenario, name, letter):
        """Run k of an ensemble is run k alone, to the penny, whatever happens to the model."""
        p = example(name)
        moved = scenario if letter is None else scenario.change_model(letter, on=APRIL)
        ens = ensemble(p, moved, until="2029-03-31", runs=30, seed=4, first=1010, chunk_runs=16)
        for number in (1010, 1024, 1039):
            run = simulate(p, moved, until="2029-03-31", seed=4, run=number)
            told = self.columns(run)
            assert told == {name: ens.column(name)[number - 1010].tolist() for name in told}
        assert ens.run(1039) == run
        assert ens.receipt.verify()

    @pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
    def test_given(self, scenario, tmp_path):
        """The same where the new board is given, and the log has what it varied in its own years."""
        move = scenario.change_model("a", on=APRIL, given=furnished())
        ens = ensemble(example(LEAD), move, until="2029-03-31", runs=3, seed=4, log=tmp_path)
        (path,) = tmp_path.iterdir()
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for number in range(3):
            run = simulate(example(LEAD), move, until="2029-03-31", seed=4, run=number)
            told = self.columns(run)
            assert told == {name: ens.column(name)[number].tolist() for name in told}
            assert [step.direction.functions.items[0] for step in run.register.steps if step.target] == [
                line["function"] for line in lines if line["run"] == number
            ]
        assert lines

    def test_log(self, tmp_path):
        """The log has what was directed under either model, by the names of the functions."""
        p = example("body-corporate")
        move = Scenario("x").change_model("d", on="2028-04-01")
        ensemble(p, move, until="2029-03-31", runs=4, seed=1, log=tmp_path)
        (path,) = tmp_path.iterdir()
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for number in range(4):
            run = simulate(p, move, until="2029-03-31", seed=1, run=number)
            steps = [step for step in run.register.steps if step.target]
            assert [(step.on.isoformat(), step.direction.functions.items[0]) for step in steps] == [
                (line["on"], line["function"]) for line in lines if line["run"] == number
            ]

    def test_failure(self, monkeypatch):
        """A run that fails is kept with its seed and state, and the others are what they were."""
        home = Group("home", ["care-at-home"], pressure=normal(0.03, 0.01), volatility=0.1)
        scenario = Scenario("x", pressure=normal(0.03, 0.01), groups=[home])
        play, move = EraJob.play, scenario.change_model("d", on=APRIL)
        whole = ensemble(example("body-corporate"), move, until="2029-03-31", runs=5, seed=1)

        def fails(self, first, runs, *, events=False):
            """Fail in run 3."""
            if first <= 3 < first + runs:
                raise RuntimeError("it went wrong")
            return play(self, first, runs, events=events)

        monkeypatch.setattr(EraJob, "play", fails)
        found = ensemble(example("body-corporate"), move, until="2029-03-31", runs=5, seed=1)
        (failure,) = found.failures
        assert (3, 1) == (failure.run, failure.seed)
        assert ["pressure", "pressure/home"] == [name for _, name, _ in failure.state]
        assert 3 == len(failure.state[0][2])
        assert whole.column("spent")[[0, 1, 2, 4]].tolist() == found.column("spent").tolist()

    def test_diff(self):
        """What a change of model does is asked of pairs of runs: nothing before the day, and the day is said."""
        p = example("body-corporate")
        usual = ensemble(p, Scenario("x"), until="2029-03-31", runs=20, seed=1)
        moved = ensemble(p, Scenario("x").change_model("d", on=APRIL), until="2029-03-31", runs=20, seed=1)
        found = diff(usual, moved)
        assert not found.column("spent")[:, 0].any()
        assert APRIL == found.first_divergence.on
        assert "changes" in found.first_divergence.cause

    def test_summary(self):
        """A summary of many, in chunks, has the mean of every year."""
        p = example(LEAD)
        summed, kept = (
            ensemble(p, Scenario("x"), until="2028-03-31", runs=1100, seed=1, summary=one) for one in (True, False)
        )
        assert summed.mean("kept").tolist() == kept.mean("kept").tolist()
        assert (kept.mean("kept") > 0).all()


class TestLeadAgencies:
    @given(st.integers(0, 10**6), st.floats(-0.2, 0.2), st.floats(0, 1))
    def test_conserved(self, seed, pressure, volatility):
        """In every year budget and what hosts bear are what was spent and what hosts keep; there is no reserve."""
        scenario = Scenario("x", pressure=pressure, volatility=volatility)
        run = simulate(example(LEAD), scenario, until="2028-03-31", seed=seed)
        for year in run.years:
            assert year.budget + year.top_health_board + year.top_council == year.spent + year.kept
            assert (NIL, 0, 0) == (year.reserve, year.directions, year.deferred)

    @given(st.dates(START, date(2028, 9, 30)), st.sampled_from([LEAD, "lead-agency-to-board"]))
    def test_every_day(self, on, name):
        """On any day the money between lead agencies balances, and every rule about it is kept."""
        p = unmoved(name).at(on)
        year = FinancialYear.of(on)
        assert NIL == p.money(year).gap
        assert () == p.check("money").unlawful
        assert p.budget(year).payments.items
        assert not p.budget(year).reserves.items

    def test_between_lead_agencies(self):
        """Whoever delegates pays whoever hosts, as recorded, and nobody directs."""
        p = unmoved().at("2026-12-01")
        recorded = {
            (one.payer, one.payee, one.function): one.amount for one in example(LEAD).budget("2026/27").payments
        }
        assert recorded == {(one.payer, one.payee, one.function): one.amount for one in p.budget("2026/27").payments}
        assert 0 == len(unmoved().register)
        assert () == unmoved().steps()
        kinds = {line.kind for line in p.all_lines}
        assert Layer.PAYMENT in kinds
        assert Layer.DIRECTION not in kinds

    def test_host_bears(self):
        """Each host bears by how much the functions delegated to it strayed, and no other body does."""
        run = unmoved(pressure=0.1)
        (era,) = run.eras
        year = run.years[1]
        over = {"nhs-ardlarich": 0, "ardlarich-council": 0}
        for f in range(len(era.compiled.functions)):
            spent = int(era.history.spent_pence[0, 1, -1, 0, f])
            over[era.host(f)] += spent - era.amounts(1)[f].pence
        assert (Money(over["nhs-ardlarich"]), Money(over["ardlarich-council"])) == (
            year.top_health_board,
            year.top_council,
        )

    def test_joint(self):
        """So it is in a joint scheme, where one council leads and another pays it."""
        p = joint_lead_agency()
        run = simulate(p, Scenario("x"), until="2027-03-31", seed=1)
        then = run.at("2026-12-01")
        assert NIL == then.money("2026/27").gap
        assert () == then.check("money").unlawful
        recorded = {(one.payer, one.payee, one.function): one.amount for one in p.budget("2026/27").payments}
        assert recorded == {(one.payer, one.payee, one.function): one.amount for one in then.budget("2026/27").payments}

    @pytest.mark.parametrize("number", [0, 3, 300])
    def test_same_draws(self, number):
        """A run alone draws as the run of its number among others does."""
        p = example(LEAD)
        (stretch,) = stretches(p, Scenario("x"), date(2028, 3, 31))
        out = Job.of(5, [p.id], [stretch.compiled]).play(number - number % 3, 4, history=True).outputs
        alone = simulate(p, Scenario("x"), until="2028-03-31", seed=5, run=number).eras[0]
        assert np.array_equal(out.history.spent_pence[number % 3], alone.history.spent_pence[0])

    def test_drawn_dials(self):
        """Dials that are drawn are drawn in a later era too, the same for a year as without the change."""
        from scotintegration.simulation import normal, triangular

        dials = {
            "pressure": normal(0.03, 0.01),
            "uplift": normal(0.02, 0.01),
            "savings_delivered": triangular(0.6, 0.8, 1),
        }
        run, same = moved(until="2029-03-31", **dials), unmoved(until="2029-03-31", **dials)
        assert [one.budget for one in same.years] == [one.budget for one in run.years]
        assert same.years[0] == run.years[0]

    def test_table(self):
        """The table says what lead agencies kept."""
        run = unmoved()
        assert [str(one.kept) for one in run.years] == [row["kept by lead agencies"] for row in run.to_table()]

    def test_assumes(self):
        """Nothing is assumed about the reserve or the voters of a board that is not there."""
        assert ("the budget of 2028/29 is that of 2027/28 with 0.0% a year added",) == unmoved().assumptions

    def test_same_again(self):
        """A run made again is the same run, whatever its eras."""
        scenario = Scenario("move").change_model("a", on=APRIL)
        again = simulate(example(LEAD), scenario, until="2028-09-30", seed=1)
        assert moved() == again
        assert moved().receipt == again.receipt
        assert moved().receipt.digest != unmoved().receipt.digest
