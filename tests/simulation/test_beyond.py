"""Years with the dials and policies that the reference year does not have."""

from datetime import date, timedelta
from functools import cache

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration._fields import NOT_RECORDED
from scotintegration.budgets import HostedShare, Reserve
from scotintegration.dates import FinancialYear
from scotintegration.differences import diff
from scotintegration.errors import ConservationError, LoadError
from scotintegration.examples import example
from scotintegration.officers import ChiefOfficer, Holder
from scotintegration.receipts import reproduce
from scotintegration.risk_shares import host_bears, originating_party, originating_party_loan, proportional
from scotintegration.simulation import (
    Group,
    RecoverShare,
    Scenario,
    SplitBySpending,
    ensemble,
    lognormal,
    normal,
    shared_out,
    simulate,
    uniform,
)
from scotintegration.simulation import _beyond as beyond
from scotintegration.simulation._backwards import _left
from scotintegration.simulation._compile import compile_inputs
from scotintegration.simulation._delays import Vacancy
from scotintegration.simulation._jobs import Job

END = date(2029, 3, 31)
RUNS = 60


@cache
def board():
    """Give an example with neither reserve nor savings recorded."""
    p = example("body-corporate")
    budgets = [attrs.evolve(one, reserves=NOT_RECORDED, savings=NOT_RECORDED) for one in p.budgets]
    return p.evolve(budgets=budgets)


def job(scenario, p=None, until=END):
    """Make a job of one partnership."""
    p = p or board()
    return Job.of(5, [p.id], [compile_inputs(p, scenario, until)])


def played(runs=RUNS, p=None, **dials):
    """Play some runs month by month."""
    return job(Scenario("x", **dials), p).play(0, runs, events=True, history=True)


def one(run=0, until=END, p=None, **dials):
    """Simulate one run."""
    return simulate(p or board(), Scenario("x", **dials), until=until, seed=5, run=run)


def plain(outputs):
    """Give results as lists."""
    arrays = attrs.asdict(outputs, recurse=False)
    months = attrs.asdict(arrays.pop("history"), recurse=False)
    return {name: np.asarray(value).tolist() for name, value in {**arrays, **months}.items()}


def spent(made):
    """Give what was spent in a year, shape (runs, years)."""
    return made.outputs.history.spent_pence[:, :, -1, 0].sum(axis=2)


class TestTheSameAsTheEngine:
    @given(st.floats(-0.05, 0.2), st.floats(0.0, 0.3), st.floats(0.0, 1.0), st.booleans(), st.sampled_from([0, 1020]))
    def test_off(self, pressure, volatility, attendance, pinned, first):
        """With every dial off a year is the engine's, to the penny, the month and the event."""
        scenario = Scenario("x", pressure=pressure, volatility=volatility, attendance=attendance, pinned=pinned)
        engine = job(scenario).play(first, 9, events=True, history=True)
        assert engine.beyond is None
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Scenario, "beyond", True)
            ours = job(scenario).play(first, 9, events=True, history=True)
        assert ours.beyond is not None
        assert plain(engine.outputs) == plain(ours.outputs)

    def test_quiet(self):
        """Neither events nor months are kept that nobody asked for."""
        made = job(Scenario("x", special=0.5)).play(0, 3)
        assert (None, None) == (made.outputs.events, made.outputs.history)

    def test_first_difference(self):
        """A dial moves no draw: what happens before the first day that it must differ is the same."""
        usual, other = (played(volatility=0.2, attendance=0.5, **dials) for dials in ({}, {"release": 0.5}))
        assert plain(usual.outputs) == plain(other.outputs)


class TestSpending:
    def test_group(self):
        """A group's functions grow and vary by its own numbers, and no others do."""
        usual = played()
        group = Group("home", ["care-at-home", "no-such-function"], pressure=0.1, volatility=0.0)
        ours = played(groups=[group])
        place = job(Scenario("x")).functions[0].index("care-at-home")
        before, after = (made.outputs.history.spent_pence[..., 0, :] for made in (usual, ours))
        np.testing.assert_array_equal(np.delete(before, place, axis=3), np.delete(after, place, axis=3))
        budget = int(job(Scenario("x")).inputs[0].budgets_pence[1, 0, place])
        assert np.abs(after[:, 1, -1, place] - budget * 1.1).max() <= 12

    def test_drawn_group(self):
        """What a group draws, it draws by its own name."""
        group = Group("home", ["care-at-home"], pressure=normal(0.05, 0.02), volatility=uniform(0.0, 0.1))
        made = played(groups=[group])
        assert len(set(spent(made)[:, 1].tolist())) == RUNS

    def test_half_a_group(self):
        """A group that says one of the two has the scenario's other."""
        names = ["care-at-home"]
        both, growth, spread = (
            spent(played(runs=3, groups=[Group("home", names, **shares)])).tolist()
            for shares in ({"pressure": 0.1, "volatility": 0.05}, {"pressure": 0.1}, {"volatility": 0.05})
        )
        assert both == growth
        assert spread == spent(played(runs=3)).tolist()

    def test_season(self):
        """Months have their season, and the year without chance comes to the same."""
        season = [1.3, 0.7, *[1.0] * 10]
        usual, ours = played(volatility=0.0, runs=1), played(volatility=0.0, runs=1, season=season)
        before, after = (made.outputs.history.spent_pence[0, 0, :, 0].sum(axis=1) for made in (usual, ours))
        assert abs(int(after[0]) - 1.3 * int(before[0])) < 100
        assert abs(int(after[-1]) - int(before[-1])) < 100

    def test_set_aside(self):
        """What is used beyond the sums set aside is spent on their functions only."""
        p = example("large-hospital")
        made, usual = (played(p=p, volatility=0.0, runs=1, set_aside_pressure=extra) for extra in (0.1, 0.0))
        held = sum(money.pence for money in compile_inputs(p, Scenario("x"), END).set_aside[0])
        assert held > 0
        assert abs(int(spent(made)[0, 0] - spent(usual)[0, 0]) - held * 0.1) < 1000

    def test_hosted(self):
        """A host's charge falls on what the Health Board delegates, by the share that is assumed or recorded."""
        usual, assumed = played(volatility=0.0, runs=1), played(volatility=0.0, runs=1, hosted=0.2, hosted_variance=0.1)
        inputs = job(Scenario("x")).inputs[0]
        health = int(inputs.budgets_pence[0, 0, inputs.arm[0] == 0].sum())
        assert abs(int(spent(assumed)[0, 0] - spent(usual)[0, 0]) - health * 0.02) < 1000
        name = job(Scenario("x")).functions[0][0]
        shares = [
            HostedShare(host="elsewhere", served=board().id, function=name, amount="£1m"),
            HostedShare(host="elsewhere", served=board().id, function="no-such-function", amount="£1m"),
        ]
        p = board().evolve(budgets=[attrs.evolve(budget, hosted=shares) for budget in board().budgets])
        recorded = played(p=p, volatility=0.0, runs=1, hosted=0.2, hosted_variance=0.1)
        assert abs(int(spent(recorded)[0, 0] - spent(usual)[0, 0]) - 10**7) < 100


class TestMeetings:
    @staticmethod
    def quorate(**dials):
        """Give the share of meetings that decided."""
        return float(played(runs=300, **dials).outputs.history.quorate.mean())

    def test_attendance(self):
        """Proxies and special meetings bring a quorum more often, vacancies and lost votes less."""
        usual = self.quorate(attendance=0.45)
        assert self.quorate(attendance=0.45, proxies=0.4) > usual + 0.1
        assert self.quorate(attendance=0.45, special=1.0) > usual + 0.1
        assert self.quorate(attendance=0.45, support=0.5) < usual - 0.1
        assert 0.0 == self.quorate(support=0.0)
        assert self.quorate(member_vacancies=0.9) < self.quorate()

    def test_vacant_seats(self):
        """A quorum is half of the seats that are filled; with nobody at all there is none."""
        assert 0.0 == self.quorate(member_vacancies=1.0, attendance=1.0)
        assert self.quorate(member_vacancies=0.5, attendance=1.0) > 0.99
        assert self.quorate(member_vacancies=0.5, attendance=1.0, pinned=True) < 1.0

    def test_last_meeting(self):
        """No special meeting follows the one on 31 March."""
        held = played(runs=300, attendance=0.4, special=1.0).beyond.held
        assert (held[:, :, :-1] == beyond.SPECIAL).any()
        assert not (held[:, :, -1] == beyond.SPECIAL).any()

    def test_lost_votes_are_deferred(self):
        """A meeting that decides nothing counts as one."""
        assert [6, 6, 6] == [year.deferred for year in one(support=0.0).years]

    def test_nobody_on_the_board(self):
        """A board that was opened without members decides nothing, whatever dials are on."""
        p = example("lead-agency-both-ways", as_at="2026-04-01")
        scenario = Scenario("x", special=1.0, proxies=1.0, member_vacancies=0.5, support=0.9).change_model(
            "a", on="2027-04-01"
        )
        run = simulate(p, scenario, until="2028-03-31", seed=1)
        assert 0 == len(run.register.directions)

    def test_reform(self):
        """A reform of who votes moves the quorum of a run."""
        p = board()
        before = [one for one in p.parameters if one.name != "voting routes" or one.amended_by is None]
        always = [
            attrs.evolve(one, days=attrs.evolve(one.days, end=None)) if one.name == "voting routes" else one
            for one in before
        ]
        usual = compile_inputs(p, Scenario("x"), END).inputs.quorum
        ours = compile_inputs(p.under(always), Scenario("x"), END).inputs.quorum
        assert (ours[1:] < usual[1:]).all()
        before, after = one(attendance=0.5), one(p=p.under(always), attendance=0.5)
        assert "the law is not that in force: voting routes" in "; ".join(after.assumptions)
        found = diff(before, after).first_divergence
        assert "the law that is assumed" == found.cause
        assert found.on >= date(2026, 9, 1)
        assert any("lacks" in said for said in one(p=p.under(p.parameters[:-1])).assumptions)


class TestDelays:
    def test_lag(self):
        """A decision is issued days after it is made, by the end of its year, and none before the one it varies."""
        run = one(lag=20.0, volatility=0.2)
        varied = [direction for direction in run.register.directions if direction.varies]
        assert varied
        for direction in varied:
            late = (direction.issued_on - direction.decided_on).days
            assert late == 20 or direction.issued_on == direction.year.end
        first = next(iter(run.register.directions))
        assert (date(2026, 3, 18), date(2026, 4, 7), date(2026, 4, 7)) == (
            first.decided_on, first.issued_on, first.effective_from,
        )  # fmt: skip
        assert [] == [gap for gap in one(lag=14.0).gaps() if gap.rule.id == "PBJW-s26-1-every-function"]
        (gap,) = [one for one in run.gaps() if one.first == date(2026, 4, 1)]
        assert ("PBJW-s26-1-every-function", date(2026, 4, 7)) == (gap.rule.id, gap.days.end)

    @given(st.integers(0, 500))
    def test_heavy_tail(self, run):
        """However long one takes, directions replay in order and money balances."""
        made = one(run=run, lag=lognormal(6, 1.3), special=0.5, attendance=0.5, volatility=0.2)
        days = [step.on for step in made.register.steps if step.target]
        assert days == sorted(days)
        for on in (date(2026, 12, 1), date(2027, 3, 31), END):
            for year in FinancialYear.between("2026/27", FinancialYear.of(on)):
                assert "£0.00" == str(made.at(on).money(year).gap)

    def test_tail(self):
        """The lag that facts suggest has its median, and a tenth or more of it lies beyond a month."""
        drawn = lognormal(6, 1.3).draw(1, "x", "lag/0", first=0, runs=20_000, years=[2026])
        assert 5.8 < np.median(drawn) < 6.2
        assert 0.10 < (drawn > 31).mean() < 0.12

    def test_late_budget(self):
        """Until a late budget is decided no direction is in force, and the days are a gap."""
        run = one(budget_late=183.0, until=date(2027, 3, 31))
        (gap,) = [one for one in run.gaps() if one.rule.id == "PBJW-s26-1-every-function"]
        assert (date(2026, 4, 1), date(2026, 9, 23)) == (gap.days.start, gap.days.end)
        assert not run.at("2026-09-01").directions.in_force(on="2026-09-01")
        assert run.at("2026-09-24").directions.in_force(on="2026-09-24")
        assert "£0.00" == str(run.at("2026-09-01").money("2026/27").gap)

    def test_officers(self):
        """Whoever leaves a post leaves it vacant until it is filled, and the days are a gap."""
        run = one(chief_officer_vacancy=1.0, finance_officer_vacancy=1.0, vacancy_days=40.0, until=date(2027, 3, 31))
        for id in ("PBJW-s10-chief-officer", "FIN-s95-officer"):
            (gap,) = [one for one in run.gaps() if one.rule.id == id]
            assert (gap.days.end - gap.days.start).days == 40 or gap.days.end == date(2027, 4, 1)
            assert not run.at(gap.first - timedelta(days=1)).chief_officer.vacant or id == "FIN-s95-officer"
        assert () == one(until=date(2027, 3, 31)).gaps()

    def test_officer_who_is_not_there(self):
        """Nobody leaves a post that nobody holds, and nobody is put into it."""
        p = example("vacant-chief-officer")
        run = simulate(p, Scenario("x", chief_officer_vacancy=1.0, vacancy_days=0.0), until="2029-03-31", seed=1)
        assert run.at("2028-12-31").chief_officer.vacant

    def test_whoever_comes_within_a_vacancy(self):
        """Whoever would come while a post is vacant comes when it is filled, and who came after it stays as it was."""
        first, over = date(2027, 5, 1), date(2027, 8, 1)
        vacancy = Vacancy(post=ChiefOfficer, first=first, over=over)
        for start, said in (
            (first, [(over, None)]),
            (date(2027, 6, 1), [(over, None)]),
            (date(2027, 9, 1), [(date(2027, 9, 1), None)]),
            (date(2027, 1, 1), [(date(2027, 1, 1), date(2027, 4, 30)), (over, None)]),
        ):
            post = ChiefOfficer("co", body="x", answers_to=(), holders=[Holder(person="A", start=start)])
            left = _left(post, vacancy, date(2027, 12, 1))
            assert said == [(one.start, one.until) for one in left.holders]
        before = Holder(person="A", start=date(2026, 1, 1), until=date(2027, 6, 1))
        left = _left(ChiefOfficer("co", body="x", answers_to=(), holders=[before]), vacancy, date(2027, 12, 1))
        assert [(date(2026, 1, 1), date(2027, 4, 30))] == [(one.start, one.until) for one in left.holders]


class TestMoney:
    @given(st.integers(0, 2000), st.floats(0.0, 0.1), st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.integers(1, 4))
    def test_conserved(self, number, earmarked, release, compliance, years):
        """Whatever comes in is spent, kept, or paid back; to the penny."""
        run = one(
            run=number,
            pressure=0.06,
            earmarked=earmarked,
            release=release,
            compliance=compliance,
            late_allocation=0.01,
            recovery=RecoverShare(),
            settlement=originating_party_loan(years),
        )
        general, other = run.eras[0].opening(0), run.eras[0].earmarked(0)
        for year in run.years:
            came = year.budget + year.top_health_board + year.top_council + year.allocated_late + general + other
            gone = year.spent + year.reserve + year.earmarked + year.repaid_health_board + year.repaid_council
            assert came == gone
            general, other = year.reserve, year.earmarked

    def test_late_allocation(self):
        """What is allocated late comes on 31 March and goes to the reserve."""
        run, usual = one(late_allocation=0.01, pressure=-0.02), one(pressure=-0.02)
        year = run.years[0]
        assert abs(year.allocated_late.pence - year.budget.pence / 100) < 1
        assert year.reserve == usual.years[0].reserve + year.allocated_late
        assert [year.allocated_late] == [one.amount for one in run.at("2027-03-31").budget("2026/27").late_allocations]
        assert () == run.at("2027-03-30").budget("2026/27").late_allocations.items

    def test_earmarked(self):
        """The earmarked reserve is kept, and released only as far as consent goes."""
        kept, released = (one(pressure=0.1, earmarked=0.02, release=share) for share in (0.0, 0.5))
        assert kept.years[-1].earmarked == kept.eras[0].earmarked(0)
        half = released.eras[0].earmarked(0).pence
        kept_back = [half, half - round(half / 2)]
        kept_back.append(kept_back[1] - round(kept_back[1] / 2))
        assert kept_back == [year.earmarked.pence for year in released.years]
        pots = {pot.kind.value: pot.closing for pot in released.at("2028-03-31").budget("2027/28").reserves}
        assert released.years[1].earmarked == pots["earmarked"]

    def test_recorded_earmarked(self):
        """An earmarked reserve that is recorded stays there in a run."""
        pots = [Reserve(kind="general", opening="£1m"), Reserve(kind="earmarked", opening="£3m", purpose="x")]
        p = board().evolve(budgets=[attrs.evolve(budget, reserves=pots) for budget in board().budgets])
        (found,) = [
            pot for pot in one(p=p).at("2027-03-31").budget("2026/27").reserves if pot.kind.value == "earmarked"
        ]
        assert "£3,000,000.00" == str(found.closing)
        assert 300_000_000 == one(p=p, special=0.1).years[0].earmarked.pence

    def test_shares(self):
        """Who pays follows the risk share: by parts, or by whose functions overspent."""
        nhs, council = board().health_board.id, board().local_authorities[0].id
        parts = one(pressure=0.1, settlement=proportional({nhs: 3, council: 1})).years[-1]
        assert abs(parts.top_health_board.pence - 3 * parts.top_council.pence) <= 3
        p = example("large-hospital")
        dials = {"pressure": 0.0, "volatility": 0.0, "set_aside_pressure": 0.5}
        mine = one(p=p, settlement=originating_party, **dials).years[-1]
        assert mine.top_health_board.pence > 0 == mine.top_council.pence

    def test_scheme(self):
        """The scheme's own risk share counts where the scenario says so; without one, payments do."""
        rule = originating_party_loan(2)
        p = board().evolve(scheme=attrs.evolve(board().scheme, risk_share=rule))
        assert one(p=p, pressure=0.1, settlement=rule).years == one(p=p, pressure=0.1, settlement="scheme").years
        bare = board().evolve(scheme=attrs.evolve(board().scheme, risk_share=None))
        usual = one(p=bare, pressure=0.1)
        assert usual.years == one(p=bare, pressure=0.1, settlement="scheme").years

    def test_strangers(self):
        """An overspend is shared among the parties of a scheme, and with nobody else."""
        with pytest.raises(ValueError, match="cannot be shared with 'nhs-elsewhere'; expected parties of its scheme"):
            one(settlement=proportional({"nhs-elsewhere": 1}))

    def test_scheme_that_does_not_say(self):
        """What a scheme leaves open is assumed, and said to be."""
        p = board().evolve(scheme=attrs.evolve(board().scheme, risk_share=host_bears))
        run = one(p=p, pressure=0.1, settlement="scheme")
        assert "its scheme has an overspend host bears, so partners pay in proportion" in "; ".join(run.assumptions)
        assert run.years == one(pressure=0.1).years

    def test_loans(self):
        """A loan is repaid in equal parts from the year after, and then no more."""
        run = one(until=date(2031, 3, 31), groups=[], pressure=0.1, settlement=originating_party_loan(2))
        lent = [year.top_council.pence for year in run.years]
        repaid = [year.repaid_council.pence for year in run.years]
        assert 0 == repaid[0]
        for year in range(1, len(lent)):
            due = sum(
                lent[before] // 2 + (year - before - 1 < lent[before] % 2)
                for before in range(year)
                if year - before <= 2
            )
            assert due == repaid[year]
        back = run.at("2029-03-31").budget("2028/29").returned
        assert repaid[2] in [one.amount.pence for one in back]

    def test_balance(self, monkeypatch):
        """A year that does not balance is refused."""
        monkeypatch.setattr(beyond, "settled", lambda rule, at: np.ones((len(at.short_pence), 2), np.int64))
        with pytest.raises(ConservationError, match="year 0 of run 0"):
            played(runs=1, special=0.1)


def keep_everything(at):
    """Ask for nothing."""
    return np.zeros_like(at.spent_pence)


def council_pays(at):
    """Let the council pay what is short."""
    return np.stack([np.zeros_like(at.short_pence), at.short_pence], axis=1)


def nobody_pays(at):
    """Let nobody pay."""
    return np.zeros((len(at.short_pence), 2), np.int64)


class TestPolicies:
    def test_recovery(self):
        """A plan has functions spend less from the month after it, as far as it is carried out."""
        usual, none, half, whole = (
            spent(played(pressure=0.06, **dials))
            for dials in (
                {},
                {"recovery": RecoverShare(), "compliance": 0.0},
                {"recovery": RecoverShare(), "compliance": 0.5},
                {"recovery": RecoverShare()},
            )
        )
        np.testing.assert_array_equal(usual, none)
        assert (whole[:, 1] <= half[:, 1]).all()
        assert whole[:, 1].mean() < half[:, 1].mean() < usual[:, 1].mean()

    def test_plan_needs_a_decision(self):
        """A board that decides nothing plans nothing."""
        made = played(pressure=0.1, support=0.0, recovery=RecoverShare())
        assert not made.beyond.planned_pence.any()

    def test_nothing_below_nothing(self):
        """No function is made to spend less than nothing."""
        made = played(pressure=0.5, volatility=0.0, recovery=lambda at: at.forecast_pence * 2)
        assert np.diff(made.outputs.history.spent_pence[..., 0, :], axis=2).min() >= 0

    def test_allocation(self):
        """Directions begin with what the policy allocates; what is paid in stays what it is."""
        run = one(allocation=SplitBySpending(), volatility=0.3)
        era = run.eras[0]
        assert era.paid(0) == era.amounts(0)
        assert era.paid(1) != era.amounts(1)
        assert sum(money.pence for money in era.paid(1)) == sum(money.pence for money in era.amounts(1))
        then = run.at("2027-04-02")
        assert "£0.00" == str(then.money("2027/28").gap)
        assert then.check("money").lawful

    def test_settlement(self):
        """Who settles may be a function of one's own."""
        year = one(pressure=0.1, settlement=council_pays).years[-1]
        assert year.top_council.pence > 0 == year.top_health_board.pence

    @pytest.mark.parametrize(
        ("error", "message", "dials"),
        [
            (TypeError, "gives int64 of shape", {"recovery": lambda at: 0}),
            (TypeError, "gives int64 of shape", {"recovery": lambda at: at.spent_pence * 0.5}),
            (ValueError, "pence; expected 0 or more", {"recovery": lambda at: -np.ones_like(at.spent_pence)}),
            (ValueError, "expected all of them and no more", {"allocation": keep_everything}),
            (ValueError, "leaves a year short", {"settlement": nobody_pays, "pressure": 0.1}),
        ],
    )
    def test_refused(self, error, message, dials):
        """A policy that gives anything else is named, and refused."""
        with pytest.raises(error, match=message):
            played(**dials)

    def test_looks_only(self):
        """What a policy does to the arrays that it is shown moves nothing."""

        def scribble(at):
            """Write over everything."""
            for array in (at.budget_pence, at.amount_pence, at.spent_pence, at.reserve_pence, at.arm):
                array[...] = 0
            return np.zeros_like(at.spent_pence)

        assert plain(played().outputs) == plain(played(recovery=scribble).outputs)

    @given(
        st.lists(
            st.tuples(st.integers(0, 10**9), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)), min_size=1
        )
    )
    def test_shared_out(self, rows):
        """Nothing is lost or made, and nothing goes where there is no weight."""
        totals, weights = np.array([row[0] for row in rows]), np.array([row[1:] for row in rows])
        found = shared_out(totals, weights, np.zeros_like(weights))
        assert (found.sum(axis=1) == np.where(weights.sum(axis=1) > 0, totals, 0)).all()
        assert not found[weights == 0].any()

    def test_words(self):
        """Each says what it is, in words."""
        assert "100% of each side's money by what its functions spent the year before" == str(SplitBySpending())
        said = " ".join(Scenario("x", recovery=keep_everything, settlement="scheme").assumptions)
        assert "the board recovers by keep_everything" in said
        assert "paid by the risk share of its scheme" in said

    @pytest.mark.parametrize("make", [RecoverShare, SplitBySpending])
    @pytest.mark.parametrize("share", [0.0, 1.1, True, "1"], ids=repr)
    def test_share(self, make, share):
        """A share is above 0 and at most 1."""
        with pytest.raises(ValueError, match=r"\.share must be above 0 and at most 1, got "):
            make(share=share)

    @pytest.mark.parametrize("month", [0, 13, True, 4.0], ids=repr)
    def test_month(self, month):
        """A month is one of twelve."""
        with pytest.raises(ValueError, match=r"\.from_month must be from 1 to 12, got "):
            RecoverShare(from_month=month)


class TestWhy:
    def test_lines(self):
        """Every month of every function is told: which policy, which amounts, which provision."""
        dials = {
            "pressure": 0.1,
            "volatility": 0.2,
            "attendance": 0.5,
            "special": 0.9,
            "support": 0.6,
            "lag": 10.0,
            "late_allocation": 0.001,
            "earmarked": 0.01,
            "release": 0.5,
            "compliance": 0.3,
            "recovery": RecoverShare(),
            "allocation": SplitBySpending(),
            "settlement": originating_party_loan(1),
        }
        months = [*(f"2028-{month:02}" for month in range(4, 13)), "2029-01", "2029-02", "2029-03"]
        runs = [one(run=number, **dials) for number in range(3, 8)]
        names = runs[0].eras[0].compiled.functions
        said = "\n".join(line for run in runs for name in names for month in months for line in run.why(name, month))
        for text in (
            "at a special meeting [SSI 2014/285 sch para 3]",
            "what was put had no majority [SSI 2014/285 art. 11]",
            "what it decided is issued [s. 26(1)]",
            "less to be spent by 31 March, by a recovery plan for 100%",
            "was paid in for it; the board allocates 100% of each side's money",
            "allocated late by the Health Board",
            "released from the earmarked reserve",
            "to settle the year, by originating party, as a loan over 1 year",
            "of earlier loans repaid to the councils",
        ):
            assert text in said

    def test_scheme(self):
        """The scheme's risk share is named as that."""
        lines = one(pressure=0.1, settlement="scheme").why("care-at-home", "2029-03")
        assert any("by the risk share of the scheme" in line for line in lines)


class TestScenario:
    def test_assumed(self):
        """What is turned on is an assumption unless it has its source, and what is off is not spoken of."""
        quiet = " ".join(Scenario("x").assumptions)
        assert not any(word in quiet for word in ("special", "proxy", "chief officer", "earmarked", "late", "months"))
        sourced = lognormal(6, 1.3, source="directions in practice, section 5")
        loud = Scenario(
            "x",
            lag=sourced,
            special=0.5,
            chief_officer_vacancy=0.1,
            season=[1.0] * 12,
            groups=[
                Group("home", ["care-at-home"], pressure=0.04, volatility=normal(0.1, 0.01, source="accounts")),
            ],
        )
        said = " ".join(loud.assumptions)
        for text in ("probability 50.0%", "after 90 days", "the pressure of home is 4.0%", "months from April is 1, 1"):
            assert text in said
        assert "volatility of home" not in said
        assert {"lag": "directions in practice, section 5", "volatility of home": "accounts"} == loud.sources
        assert "drawn for every decision (lognormal with median 6 days" in loud.told("lag")
        assert "a time drawn every year (uniform from 1 days to 2 days)" == Scenario(
            "x", vacancy_days=uniform(1, 2)
        ).told("vacancy_days")

    @pytest.mark.parametrize(
        ("error", "message", "fields"),
        [
            (ValueError, "twelve numbers", {"season": [1.0] * 11}),
            (ValueError, "twelve numbers", {"season": [-1.0, 3.0, *[1.0] * 10]}),
            (TypeError, "made of numbers", {"season": ["1"] * 12}),
            (TypeError, "made of Group", {"groups": ["care-at-home"]}),
            (ValueError, "each name once", {"groups": [Group("a", ["x"]), Group("a", ["y"])]}),
            (ValueError, "each function once", {"groups": [Group("a", ["x"]), Group("b", ["x"])]}),
            (ValueError, "pressure must be from", {"groups": [Group("a", ["x"], pressure=2.0)]}),
            (TypeError, "must be a function of a Position", {"recovery": 0.5}),
            (TypeError, "must be a RiskShare, 'scheme' or a function", {"settlement": 7}),
            (TypeError, "must be a RiskShare, 'scheme' or a function", {"settlement": "the scheme"}),
            (ValueError, "does not say who pays how much", {"settlement": host_bears}),
        ],
    )
    def test_refused(self, error, message, fields):
        """What cannot be simulated is refused, with what can."""
        with pytest.raises(error, match=message):
            Scenario("x", **fields)

    def test_group(self):
        """A group has a name, and functions that are a collection."""
        with pytest.raises(ValueError, match="must be text"):
            Group(" ", ["x"])
        with pytest.raises(TypeError, match="got the text"):
            Group("a", "care-at-home")

    def test_round_trip(self, tmp_path):
        """A scenario is read back as it was written; a policy of one's own has no form, and no recipe."""
        scenario = Scenario(
            "x",
            groups=[Group("a", ["x"], pressure=normal(0.1, 0.1)), Group("b", ["y"], volatility=0.2)],
            season=[1.0] * 12,
            recovery=RecoverShare(from_month=8),
            allocation=SplitBySpending(share=0.5),
            settlement=proportional({"a": 1, "b": 2}),
        )
        assert scenario == Scenario.from_dict(scenario.to_dict())
        loan = Scenario("x", settlement=originating_party_loan(3))
        assert loan == Scenario.from_dict(loan.to_dict())
        with pytest.raises(TypeError, match="'keep_everything' is a policy of your own"):
            Scenario("x", recovery=keep_everything).to_dict()
        with pytest.raises(LookupError, match="no policy 'magic'"):
            Scenario("x", recovery={"policy": "magic"})
        receipt = one(recovery=keep_everything).receipt
        assert "" == receipt.recipe
        receipt.save(tmp_path / "receipt.json")
        with pytest.raises(LoadError, match="a file holds no policy, law or value of your own"):
            reproduce(tmp_path / "receipt.json")
        assert one(recovery=keep_everything).receipt.verify(one(recovery=keep_everything))

    def test_reform(self):
        """A reform has no recipe either, since it is no part of the file."""
        p = board().under(board().parameters[:-1])
        assert "" == ensemble(p, Scenario("x"), until=END, runs=1, seed=1).receipt.recipe
        assert ensemble(board(), Scenario("x"), until=END, runs=1, seed=1).receipt.recipe


class TestSummary:
    def test_columns(self):
        """A summary has the columns beside the usual ones, and nothing in them where no dial is on."""
        scenario = Scenario("x", late_allocation=0.01, earmarked=0.01)
        summed, kept = (
            ensemble(board(), scenario, until=END, runs=30, seed=1, summary=summary) for summary in (True, False)
        )
        for name in ("allocated_late", "earmarked", "repaid"):
            np.testing.assert_allclose(summed.mean(name), kept.mean(name))
            np.testing.assert_allclose(summed.quantile(name, 0.5), kept.quantile(name, 0.5), rtol=0.01)
        quiet = ensemble(board(), Scenario("x"), until=END, runs=3, seed=1, summary=True)
        assert [0, 0, 0] == quiet.mean("earmarked").tolist() == quiet.quantile("earmarked", 0.5).tolist()
