"""One run turned back into values."""

import random
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.bodies import HealthBoard, LocalAuthority
from scotintegration.budgets import Budget, Payment, Reserve, SetAside
from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction
from scotintegration.errors import DateError, NotFoundError
from scotintegration.examples import example
from scotintegration.functions import DelegatedFunction
from scotintegration.lifecycle import LIFE_CYCLE, State
from scotintegration.money import Money, total
from scotintegration.partnership import Partnership
from scotintegration.registers import DirectionsRegister
from scotintegration.scotland import scotland
from scotintegration.simulation import Run, Scenario, engine, simulate
from scotintegration.simulation._compile import compile_inputs, meeting_days
from scotintegration.unknown import UNKNOWN

START, END = date(2026, 4, 1), date(2029, 3, 31)
BASE = Scenario("base")
FUNCTIONS = ("a-beds", "a-nursing", "b-homes", "b-visits")
BEGINS = [State.DRAFTED, State.APPROVED, State.ISSUED, State.IN_FORCE]


@cache
def toy():
    """Build a partnership of four functions, one of them with a sum set aside."""
    nhs, council = HealthBoard("toy-nhs", name="NHS Toytown"), LocalAuthority("toy-council", name="Toytown Council")
    p = Partnership.between(nhs, council, model="a", as_at="2026-11-22")
    whose = {name: nhs.id if name.startswith("a-") else council.id for name in FUNCTIONS}
    functions = [DelegatedFunction(id=id, name=id, delegator=who, delegate=p.id) for id, who in whose.items()]
    sums = dict(zip(FUNCTIONS, ("£300k", "£1.2m", "£2m", "£700k"), strict=True))
    budget = Budget(
        year="2026/27",
        payments=[Payment(payer=whose[id], payee=p.id, function=id, amount=sums[id]) for id in FUNCTIONS],
        set_asides=[SetAside(health_board=nhs.id, function="a-beds", amount="£900k")],
        reserves=[Reserve(kind="general", opening="£50k")],
    )
    earlier = attrs.evolve(budget, year="2025/26")
    return p.evolve(scheme=attrs.evolve(p.scheme, functions=functions), budgets=[earlier, budget])


@cache
def run(number=0, until=END, scenario=BASE):
    """Simulate one run of the toy partnership."""
    return simulate(toy(), scenario, until=until, seed=11, run=number)


@cache
def engine_says(runs=1, first=0, scenario=BASE, until=END, p=None):
    """Ask the engine for the same runs as arrays."""
    compiled = compile_inputs(p or toy(), scenario, until)
    return engine.simulate(
        compiled.inputs,
        [(p or toy()).id],
        seed=11,
        runs=runs,
        first=first,
        first_year=compiled.years[0].start_year,
        functions=[compiled.functions],
        events=True,
        history=True,
    )


def opening(made, y):
    """Give the reserve at the start of a year."""
    return made.years[y - 1].reserve if y else Money("£50k")


class TestConservation:
    @given(st.integers(0, 10**6), st.floats(-0.2, 0.2), st.floats(0, 1), st.floats(0, 1))
    def test_every_year(self, seed, pressure, volatility, attendance):
        """In every year reserve, budget and extra payments equal what was spent and what is left."""
        scenario = Scenario("x", pressure=pressure, volatility=volatility, attendance=attendance)
        made = simulate(toy(), scenario, until=END, seed=seed)
        for y, one in enumerate(made.years):
            extra = one.top_health_board + one.top_council
            assert opening(made, y) + one.budget + extra == one.spent + one.reserve
            assert one.reserve >= Money(0)

    @given(st.dates(START, END), st.integers(0, 3))
    def test_every_day(self, on, number):
        """On any day the money of every year so far balances, and no amount is below nothing."""
        p = run(number).at(on)
        years = [budget.year for budget in p.budgets if budget.year.start >= START]
        assert FinancialYear.between("2026/27", FinancialYear.of(on)) == tuple(years)
        for year in years:
            assert Money(0) == p.money(year).gap
            p.money(year).conserve()

    @pytest.mark.parametrize("area", ["body-corporate", "large-hospital", "three-authorities", "Glasgow City"])
    def test_whole_areas(self, area):
        """The same holds of examples, with sums set aside and several councils, and of a real area's money in."""
        p = scotland()[area] if " " in area else example(area)
        made = simulate(p, BASE, until="2028-03-31", seed=5)
        days = random.Random(area).sample(range(730), 4)
        for on in [*(START + timedelta(days=day) for day in days), date(2027, 3, 31), date(2028, 3, 31)]:
            assert Money(0) == made.at(on).money(FinancialYear.of(on)).gap

    @given(st.dates(START, END))
    def test_reserve(self, on):
        """On any day the reserve is what it was on 1 April less what meetings took, and never below nothing."""
        (reserve,) = run().at(on).budget(on).reserves
        assert reserve.closing >= Money(0)
        assert opening(run(), FinancialYear.of(on) - FinancialYear("2026/27")) == reserve.opening
        if on == FinancialYear.of(on).end:
            assert run().years[FinancialYear.of(on) - FinancialYear("2026/27")].reserve == reserve.closing


class TestRegister:
    @pytest.mark.parametrize("number", range(3))
    def test_replays(self, number):
        """On every meeting day the directions in force add up, function by function, to the engine's amounts."""
        made, amounts = run(number), engine_says(first=number).history.amount_pence[0, :, :, 0]
        for y in range(3):
            for meeting, on in enumerate(meeting_days(FinancialYear.of(START) + y)):
                live = made.register.in_force(on=on)
                assert len(FUNCTIONS) == len(live)
                for direction in live:
                    (function,) = direction.functions
                    sums = [one for one in (direction.payment, direction.specified) if one is not None]
                    assert amounts[y, 2 * meeting + 1, FUNCTIONS.index(function)] == total(sums).pence

    @pytest.mark.parametrize("number", range(3))
    def test_counts(self, number):
        """As many directions are issued and varied in a year as the engine counts."""
        made, counted = run(number), engine_says(first=number).directions[0, 0]
        for y, one in enumerate(made.years):
            of_year = [direction for direction in made.register if direction.year == one.year]
            assert counted[y] == one.directions == len(of_year)

    def test_strict(self):
        """Step by step the register of a run is one that a strict register takes."""
        p = toy()
        register = attrs.evolve(p.register, steps=())
        for direction in run().register:
            register = register.issue(direction)
        assert register == run().register
        assert register.strict

    def test_always_directed(self):
        """On every day of a run every function has one direction in force."""
        for on in (START + timedelta(days=day) for day in range(0, 1096, 7)):
            functions = [one for direction in run().register.in_force(on=on) for one in direction.functions]
            assert sorted(FUNCTIONS) == sorted(functions)
            assert not run().at(on).register.functions_without_direction(on=on)

    def test_within_set_aside(self):
        """A direction never specifies more than was set aside, and pays no less than nothing."""
        for direction in run().register:
            if direction.functions.items == ("a-beds",):
                assert Money("£900k") == direction.set_aside
                assert Money(0) <= direction.specified <= direction.set_aside
            else:
                assert (None, None) == (direction.set_aside, direction.specified)
            assert direction.payment >= Money(0)

    def test_written(self):
        """Every direction is in writing, to whoever provides the function, with its use; a variation says why."""
        for direction in run().register:
            (function,) = direction.functions
            assert direction.in_writing
            assert ("toy-nhs" if function.startswith("a-") else "toy-council",) == direction.given_to.items
            assert direction.use
            assert (direction.varies is None) is ("money from or to" not in direction.text)

    def test_valid(self):
        """Every direction is one that the constructor makes and keeps as it is."""
        for direction in run().register:
            again = attrs.evolve(direction)
            assert again == direction
            assert again.full_reference == direction.full_reference
            assert hash(again) == hash(direction)

    def test_unfinished(self):
        """A run that stops on the way has the same directions up to its last day."""
        until = date(2027, 10, 5)
        short = run(until=until)
        expected = [step for step in run().register.steps if step.on <= until]
        assert expected == list(short.register.steps)
        assert run().years[:1] == short.years


class TestSteps:
    def test_order(self):
        """Steps are in order of day, none after the last."""
        steps = run().steps()
        assert all(one.on <= other.on for one, other in pairwise(steps))
        assert steps[-1].on <= END

    def test_begins(self):
        """Every direction is drafted, approved, issued and in force in that order, and ends at most once."""
        for direction in run().register:
            states = [step.state for step in run().steps(about=direction.id)]
            assert BEGINS == states[:4]
            assert states[4:] in ([], [State.VARIED], [State.EXPIRED])

    def test_all(self):
        """All steps are those of each direction."""
        steps = run().steps()
        each = [step for direction in run().register for step in run().steps(about=direction.id)]
        assert len(steps) == len(each)
        assert set(steps) == set(each)

    def test_same_day(self):
        """On one day directions stand in the order recorded, the tenth version after the ninth."""
        made = simulate(example("body-corporate"), BASE, until="2027-03-31", seed=3)
        order = {direction.id: number for number, direction in enumerate(made.register)}
        assert any(name.endswith("/v10") for name in order)
        for one, other in pairwise(made.steps()):
            assert (one.on, order[one.direction]) <= (other.on, order[other.direction])

    def test_agree_with_register(self):
        """A step says the state that the register has on its day."""
        for step in random.Random(3).sample(run().steps(), 60):
            if step.state in (State.IN_FORCE, State.VARIED, State.EXPIRED):
                later = [one for one in run().steps(about=step.direction) if one.on == step.on]
                assert later[-1].state == run().register.state(step.direction, on=step.on)

    def test_before(self):
        """Steps before a day are those of the days before it, whatever way the day is written."""
        steps = run().steps()
        day = date(2027, 9, 30)
        assert (
            tuple(step for step in steps if step.on < day)
            == run().steps(before=day)
            == run().steps(before="2027-09-30")
        )
        assert steps == run().steps(before="2040-01-01")
        assert () == run().steps(before="2026-03-18")

    def test_cited(self):
        """Every step rests on a provision, that of the published life cycle, and says what happened in a line."""
        provisions = {(row.to, row.citation) for row in LIFE_CYCLE}
        for step in run().steps()[:80] + run().steps()[-80:]:
            assert step.citation.url
            assert step.state is State.DRAFTED or (step.state, step.citation) in provisions
            assert f"{step.on}  {step.state.value:<10}  {step.direction}: {step.what} [{step.citation.printed}]" == str(
                step
            )

    def test_sums(self):
        """A draft says what it is for."""
        first = run().register.directions[0]
        assert f"drafted for {first.payment + first.specified}" == run().steps(about=first.id)[0].what

    def test_unknown(self):
        """A direction that is not there is refused with near ones."""
        with pytest.raises(NotFoundError, match="no direction '2026-27/a-bed'; did you mean '2026-27/a-beds"):
            run().steps(about="2026-27/a-bed")


class TestLifecycle:
    def test_path(self):
        """The state diagram marks the states that the direction went through, and no others."""
        for direction in random.Random(5).sample(run().register.directions, 20):
            text = run().lifecycle(direction.id).to_mermaid()
            assert text.startswith("stateDiagram-v2")
            marked = {line.split()[1] for line in text.splitlines() if line.endswith(" visited")}
            states = {step.state.name.lower() for step in run().steps(about=direction.id)}
            assert states == marked

    def test_moments(self):
        """Its moments are the steps after the draft, and the last leaves it as the register has it."""
        for direction in run().register:
            life, steps = run().lifecycle(direction.id), run().steps(about=direction.id)
            told = [(step.on, step.state, step.citation) for step in steps[1:]]
            assert told == [(one.on, one.state, one.citation) for one in life]
            assert life.moments[-1].state == run().register.state(direction, on=END)

    def test_same_as_register(self):
        """Where no two things happen on one day, it is the life that the register tells."""
        for direction in run().register:
            mine, told = run().lifecycle(direction.id), run().register.life(direction.id)
            days = [one.on for one in told]
            if len(set(days)) == len(days) and told.moments[-1].on <= END and direction.varies is None:
                assert told.moments == mine.moments

    def test_faces(self):
        """It is a value with a table."""
        life = run().lifecycle(run().register.directions[0].id)
        assert len(life) == len(life.to_table().rows)

    def test_unknown(self):
        """A direction that is not there is refused with near ones."""
        with pytest.raises(NotFoundError, match="did you mean '2026-27/a-beds"):
            run().lifecycle("2026-27/a-bed")


class TestWhy:
    def test_every_month(self):
        """Every month of every function has its lines: spending adds up, and each direction varied is in one."""
        made = run(scenario=Scenario("hard", pressure=0.2))
        said = []
        for number in range(36):
            month = f"{2026 + (number + 3) // 12}-{(number + 3) % 12 + 1:02}"
            for function in FUNCTIONS:
                lines = made.why(function, month)
                assert lines[0].startswith(f"{function}, ")
                said += lines
        varied = [one.id for one in made.register if one.varies is not None]
        assert len(varied) == sum(" varies " in line for line in said)
        for id in varied:
            assert 1 == sum(line.startswith(f"{id} varies ") for line in said)

    def test_lines(self):
        """A month with a meeting says what was spent, who met, what moved from where, and under which provision."""
        first = next(one for one in run().register if one.varies is not None)
        function, on = first.functions.items[0], first.effective_from
        lines = run().why(function, on)
        assert lines == run().why(function, f"{on:%Y-%m}")
        assert f"{on}: the board met with its quorum [SSI 2014/285 sch para 3]" == lines[2]
        assert any(f"{first.id} varies {first.varies} from " in one and one.endswith("[s. 27(5)(a)]") for one in lines)

    def test_no_meeting(self):
        """A month without a meeting says what was spent of what."""
        lines = run().why("a-beds", "2026-04")
        spent = Money(int(engine_says().history.spent_pence[0, 0, 0, 0, 0]))
        assert f"a-beds, April 2026: {spent} spent, {spent} since 1 April" == lines[0]
        assert 2 == len(lines)
        assert lines[1] == "£1,200,000.00 is directed for the year, £1,200,000.00 when it began"

    def test_no_quorum(self):
        """A meeting to which too few came says so."""
        nobody = simulate(example("body-corporate"), Scenario("nobody", attendance=0.0), until=START, seed=1)
        lines = attrs.evolve(nobody, until=END).why("care-at-home", "2026-05")
        assert "2026-05-31: the meeting had no quorum and decided nothing [SSI 2014/285 sch para 3]" == lines[-1]

    def test_no_change(self):
        """A meeting that moved nothing says so."""
        quiet = run(scenario=Scenario("quiet", volatility=0.0, pressure=0.0))
        assert "no change" in quiet.why("a-beds", "2026-05")[-1]

    def test_settled(self):
        """In March it says how the year was settled: from the reserve, and by whom; or that nothing was left open."""
        hard = run(scenario=Scenario("hard", pressure=0.3))
        year = hard.years[2]
        said = "\n".join(hard.why("b-homes", "2029-03"))
        assert f"{year.top_health_board} more from the Health Board" in said
        assert f"{year.top_council} more from the councils" in said
        assert " over against what was directed for it" in said
        assert "taken from the general reserve" in "\n".join(hard.why("b-homes", "2028-03"))
        easy = run(scenario=Scenario("easy", pressure=-0.2))
        assert "added to the general reserve" in "\n".join(easy.why("b-homes", "2028-03"))
        assert " under against what was directed for it" in "\n".join(easy.why("b-homes", "2028-03"))
        quiet = run(scenario=Scenario("quiet", volatility=0.0, pressure=0.0)).why("a-beds", "2027-03")
        assert "2027-03-31: neither over nor under against what was directed for it" == quiet[-1]

    def test_lead_agencies(self):
        """Between lead agencies it says who hosts a function, and in March by how much it strayed."""
        made = simulate(example("lead-agency-both-ways"), BASE, until="2027-03-31", seed=1)
        april, march = made.why("care-at-home", "2026-04"), made.why("care-at-home", "2027-03")
        assert april[2].startswith("nhs-ardlarich hosts it")
        assert april[2].endswith("[finance guidance 3.1.4]")
        assert march[3].endswith(" for the year")

    def test_no_directions(self):
        """A board that has given no direction pays nothing out, and it says so."""
        move = Scenario("move").change_model("a", on="2027-04-01")
        made = simulate(example("lead-agency-both-ways"), move, until="2027-06-30", seed=1)
        assert made.why("care-at-home", "2027-04")[-1].startswith("no direction is given")

    def test_unfinished(self):
        """A meeting after the last day of the run has not been."""
        short = run(until=date(2026, 5, 30))
        assert "2026-05-31: the board meets after the last day of the run" == short.why("a-beds", "2026-05")[-1]

    def test_refused(self):
        """A function that is not delegated, and a month that the run does not reach, are refused."""
        with pytest.raises(NotFoundError, match="no function 'a-bed'; did you mean 'a-beds'"):
            run().why("a-bed", "2026-05")
        with pytest.raises(ValueError, match="on must be from 2026-04-01 to 2029-03-31, got 2029-04-01"):
            run().why("a-beds", "2029-04")


class TestSameAgain:
    def test_equal(self):
        """A run made again is the same run, with the same register, steps and receipt."""
        again = simulate(toy(), BASE, until="2029-03-31", seed=11, run=0)
        assert run() == again
        assert run().register == again.register
        assert run().steps() == again.steps()
        assert run().receipt == again.receipt
        assert str(run()) == str(again)

    @pytest.mark.parametrize("number", [0, 3, 7])
    def test_member_of_ensemble(self, number):
        """A run alone is the run of its number in an ensemble with that seed."""
        out, made = engine_says(runs=8), run(number)
        figures = [
            (
                int(out.directions[number, 0, y]),
                int(out.deferred[number, 0, y]),
                int(out.reserve_pence[number, 0, y]),
                int(out.top_health_board_pence[number, 0, y]),
                int(out.top_council_pence[number, 0, y]),
                int(out.history.spent_pence[number, y, -1, 0].sum()),
            )
            for y in range(3)
        ]
        assert figures == [
            (
                one.directions,
                one.deferred,
                one.reserve.pence,
                one.top_health_board.pence,
                one.top_council.pence,
                one.spent.pence,
            )
            for one in made.years
        ]
        assert out.events[out.events[:, 0] == number][:, 2:].tolist() == [list(event) for event in made.varied]

    def test_differs(self):
        """Another number, seed or scenario is another run."""
        others = [run(1), simulate(toy(), BASE, until=END, seed=12), run(scenario=Scenario("base", pressure=0.03))]
        assert 4 == len({one.receipt.digest for one in (run(), *others)})
        assert all(run() != other for other in others)

    def test_first_year_does_not_move(self):
        """Growth over budget begins in the second year, so the first year of two scenarios is the same."""
        harder = run(scenario=Scenario("harder", pressure=0.08))
        assert run().years[0] == harder.years[0]
        assert run().years[2] != harder.years[2]

    def test_law_moves_results(self):
        """A board that must have six of eleven is put off more often than one that must have four of eight."""
        scenario = Scenario("x", attendance=0.5)
        p = example("body-corporate")
        before, after = (
            compile_inputs(p.at(day), scenario, date(int(day[:4]) + 1, 3, 31)) for day in ("2025-04-01", "2027-04-01")
        )
        assert ([4] * 6, [6] * 6) == (before.inputs.quorum.ravel().tolist(), after.inputs.quorum.ravel().tolist())
        put_off = [
            engine.simulate(one.inputs, [p.id], seed=1, runs=400, first_year=2026, summary=True).deferred.sum()
            for one in (before, after)
        ]
        assert put_off[0] < put_off[1]


class TestAt:
    def test_first_day(self):
        """On the first day the year's directions are in force and nothing is varied."""
        p = run().at(START)
        assert START == p.as_at == p.law.as_at
        assert {str(one.year) for one in p.budgets} == {"2025/26", "2026/27"}
        assert [f"2026-27/{name}" for name in FUNCTIONS] == [one.id for one in p.directions]

    def test_next_year_is_known_in_march(self):
        """The next year's directions are in the register from the day of issue on, and not yet in force."""
        before, after = (run().at(day).directions for day in ("2027-03-23", "2027-03-24"))
        assert len(FUNCTIONS) == len(after) - len(before)
        assert "issued" == after.state("2027-28/b-homes", on="2027-03-24")

    def test_determined(self):
        """What was determined for a year is what the run started from."""
        (first,) = [one for one in run().at(END).budgets if str(one.year) == "2026/27"]
        amounts = {one.function: one.amount for one in first.determined}
        assert Money("£1.2m") == amounts["a-beds"]
        assert total(amounts.values()) == run().years[0].budget
        assert not first.derived

    def test_derived(self):
        """Money that was derived stays so."""
        made = simulate(scotland()["Fife"], BASE, until="2027-03-31", seed=1)
        assert made.at(START).budget("2026/27").derived

    def test_extra_payments(self):
        """What bodies pay to settle a year is in it from its last day on, and not before."""
        hard = run(scenario=Scenario("hard", pressure=0.3))
        last = hard.years[-1]
        assert last.top_health_board + last.top_council > Money(0)
        day = last.year.end
        extra = hard.at(day).money(day).payments_in - hard.at(day - timedelta(days=1)).money(day).payments_in
        assert last.top_health_board + last.top_council == extra

    def test_rest_stands(self):
        """What is not simulated stands as it was."""
        p = example("body-corporate")
        later = simulate(p, BASE, until="2027-03-31", seed=1).at("2026-12-01")
        for name in ("members", "posts", "plans", "scheme", "evidence"):
            assert getattr(p, name) == getattr(later, name)

    def test_law_follows(self):
        """The law is that of the day, whatever law the partnership was asked about."""
        p = toy().at("2026-11-22", law_as_at="2026-08-31")
        assert date(2026, 12, 1) == simulate(p, BASE, until=END, seed=11).at("2026-12-01").law.as_at

    def test_checked(self):
        """Every rule can be asked of a run on any day, and a lawful example stays free of breaches."""
        made = simulate(example("body-corporate"), BASE, until="2028-03-31", seed=2)
        for on in ("2026-04-01", "2026-09-01", "2027-03-31", "2027-04-01", "2028-03-31"):
            assert () == made.at(on).check(only="statute").unlawful

    @pytest.mark.parametrize("on", ["2026-03-31", "2029-04-01"])
    def test_outside(self, on):
        """A day that the run does not reach is refused."""
        with pytest.raises(ValueError, match=rf"^on must be from 2026-04-01 to 2029-03-31, got {on}$"):
            run().at(on)


class TestRules:
    @pytest.mark.parametrize("name", ["body-corporate", "large-hospital", "joint-board", "three-authorities"])
    @pytest.mark.parametrize("day", ["2026-04-01", "2027-03-31", "2027-04-01"])
    def test_lawful(self, name, day):
        """A lawful partnership run forward stays free of breaches as long as its routine papers reach."""
        then = simulate(example(name), BASE, until=END, seed=1).at(day)
        assert () == then.check().unlawful
        for topic in ("scheme", "membership", "directions", "planning"):
            assert True is then.check(topic, only="statute").lawful

    def test_meetings_are_not_made_up(self):
        """A run keeps who had a quorum and not who was there, so rules about its meetings cannot tell."""
        p = example("body-corporate")
        empty = simulate(p, Scenario("nobody comes", attendance=0.0), until=END, seed=1)
        assert 6 == empty.years[0].deferred
        then = empty.at("2027-03-31")
        assert {False} == {one.on >= START for one in then.meetings}
        assert UNKNOWN is then.check("proceedings", only="statute").lawful

    def test_earlier_directions(self):
        """Directions of years before the run stay in the register, and what ended them with them."""
        p = example("body-corporate")
        run = simulate(p, BASE, until=END, seed=1)
        register = run.at("2026-12-01").directions
        before = [one.id for one in p.directions if one.year < FinancialYear.of(START)]
        assert before == [one.id for one in register][: len(before)]
        assert len(before) > len(FUNCTIONS)
        for id in before:
            assert p.directions.state(id, on="2026-03-31") is register.state(id, on="2026-03-31")

    def test_history(self):
        """A revocation without its paper is kept with what it ended, or left out with it; a part-known past is left."""
        given = {"given_to": "toy-nhs", "functions": ["a-beds"], "payment": "£1", "use": "beds", "in_writing": True}
        past = DirectionsRegister(toy().id)
        past = past.issue(Direction("old", effective_from="2025-04-01", **given)).revoke("old", on="2025-05-01")
        past = past.issue(Direction("new", effective_from="2026-04-01", **given)).revoke("new", on="2026-05-01")
        run = simulate(toy().evolve(directions=past), BASE, until=END, seed=1)
        assert past.steps[:2] == run.at(START).directions.steps[:2]
        assert past.steps[2:] != run.at(END).directions.steps[2:4]
        part = simulate(toy().evolve(directions=attrs.evolve(past, complete=False)), BASE, until=END, seed=1)
        assert run.at(START).directions.steps[2:] == part.at(START).directions.steps

    def test_paid_out(self):
        """What a direction states is paid out to its recipient, and nothing else is."""
        then = simulate(toy(), BASE, until=END, seed=4).at("2027-01-15")
        paid = {one.direction: one.amount for one in then.budget("2026/27").payments if one.payer == then.id}
        stated = {one.id: one.payment for one in then.directions.in_force(on="2027-01-15") if one.payment is not None}
        assert stated == paid


class TestFaces:
    def test_table(self):
        """The table has a row a finished year, what was assumed, and that it is no forecast."""
        table = run().to_table()
        assert [str(one.year) for one in run().years] == [row["year"] for row in table]
        assert [one.directions for one in run().years] == [row["directions"] for row in table]
        assert "Illustrative: a simulation, not a forecast." == table.notes[0]
        assumed = (*run().assumptions, *BASE.assumptions)
        assert [f"Assumed: {sentence}." for sentence in assumed] == list(table.notes[1:])
        assert "Toytown: scenario 'base', seed 11, run 0" == table.caption
        assert table.to_text() == run().to_text() == str(run())
        assert table.to_html() == run()._repr_html_()

    def test_receipt(self):
        """The receipt names every setting, the seed and what was assumed, and its fingerprint is of the results."""
        receipt = run(3).receipt
        settings = dict(receipt.settings)
        assert ("simulation", 11, toy().as_at) == (receipt.of, receipt.seed, receipt.as_at)
        assert {
            "partnership": toy().id,
            "scenario": "base",
            "until": "2029-03-31",
            "run": 3,
        }.items() <= settings.items()
        assert {field.name for field in attrs.fields(Scenario)} - {"name"} <= set(settings)
        assert "; ".join(run(3).assumptions) == settings["assumptions"]
        assert "seed 11" in str(receipt)

    def test_values(self):
        """A run is a value: frozen, equal by what it says, and shown by its question."""
        assert isinstance(run(), Run)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            run().seed = 3
        assert repr(run()).startswith("Run(scenario=Scenario(name='base'")


class TestBadArguments:
    @pytest.mark.parametrize(
        ("error", "message", "options"),
        [
            (TypeError, "partnership must be a Partnership, got 'Fife'", {"partnership": "Fife"}),
            (TypeError, "scenario must be a Scenario, got 'base'", {"scenario": "base"}),
            (TypeError, "seed", {"seed": 1.5}),
            (TypeError, "run", {"run": "0"}),
            (ValueError, "seed", {"seed": -1}),
            (ValueError, "run", {"run": -1}),
            (ValueError, "until must be on or after 2026-04-01, got 2026-03-31", {"until": "2026-03-31"}),
            (DateError, "cannot read 'soon'", {"until": "soon"}),
        ],
    )
    def test_refused(self, error, message, options):
        """An argument that makes no sense is refused by name."""
        given_options = {"partnership": toy(), "scenario": BASE, "until": END, "seed": 1, **options}
        p, scenario = given_options.pop("partnership"), given_options.pop("scenario")
        with pytest.raises(error, match=message):
            simulate(p, scenario, **given_options)

    def test_seed_is_asked_for(self):
        """No seed is taken for granted."""
        with pytest.raises(TypeError, match="seed"):
            simulate(toy(), BASE, until=END)
