"""The made-up partnerships and files."""

import csv
import pickle
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar

import attrs
import pytest

from scotintegration._examples.areas import CHILDREN_COST, COUNCIL_COST, MORRAN, NHS_COST
from scotintegration._examples.money import lots_of
from scotintegration._examples.variations import BUILDERS
from scotintegration.dates import FinancialYear
from scotintegration.errors import DateError, NotFoundError
from scotintegration.examples import ABOUT, EXAMPLES, SAMPLES, example, sample
from scotintegration.functions import catalogue, must_enactments, must_functions
from scotintegration.lifecycle import State, StepKind
from scotintegration.money import Money, total
from scotintegration.officers import Office, Route
from scotintegration.partnership import Partnership
from scotintegration.registers import DirectionsRegister
from scotintegration.schemes import Model, items_for
from scotintegration.unknown import UNKNOWN, Listing

YEARS = FinancialYear.between("2024/25", "2027/28")
DAYS = tuple(map(date.fromisoformat, ("2026-04-01", "2026-08-31", "2026-09-01", "2026-11-22", "2027-03-31")))
BOARDS = tuple(name for name in EXAMPLES if not name.startswith("lead-"))
LEADS = tuple(name for name in EXAMPLES if name.startswith("lead-"))
COLUMNS = [
    *("reference", "year", "decided_on", "issued_on", "effective_from", "ends_on", "review_on", "revoked_on"),
    *("varies", "revokes", "supersedes", "directed_to", "functions", "budget_pounds", "conditional_on"),
    *("title", "notes"),
]

each_example = pytest.mark.parametrize("name", EXAMPLES)
each_board = pytest.mark.parametrize("name", BOARDS)
each_lead = pytest.mark.parametrize("name", LEADS)


def inside(value: object, path: str = "p") -> Iterator[tuple[str, object]]:
    """Walk every value inside another, with the path to it."""
    yield path, value
    if isinstance(value, Listing | tuple):
        for number, item in enumerate(value):
            yield from inside(item, f"{path}[{number}]")
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from inside(getattr(value, field.name), f"{path}.{field.name}")


def sides(p: Partnership, on: date) -> tuple[str, str]:
    """Say by which route the chair and the vice-chair of a day sit."""
    routes = {one.id: one.route for one in p.members}
    periods = [p.chair_on(on, office) for office in (Office.CHAIR, Office.VICE_CHAIR)]
    return tuple(routes[one.member] for one in periods)


class TestNames:
    """Names of examples and samples."""

    def test_sorted(self):
        """Names are listed once each, in order, and each has a builder and a line."""
        assert sorted(set(EXAMPLES)) == list(EXAMPLES) == list(ABOUT) == list(BUILDERS)
        assert all(line.strip() and "\n" not in line for line in ABOUT.values())

    def test_documented(self):
        """Design names nine examples, and all of them are there."""
        assert {
            *("body-corporate", "joint-board", "large-hospital", "late-budget", "lead-agency-both-ways"),
            *("lead-agency-to-board", "short-notice", "three-authorities", "vacant-chief-officer"),
        } == set(EXAMPLES)

    def test_unknown(self):
        """An unknown name is refused with near ones."""
        with pytest.raises(NotFoundError, match="did you mean 'body-corporate'"):
            example("body-corperate")
        with pytest.raises(NotFoundError, match=r"did you mean 'directions\.csv'"):
            sample("direction.csv")

    @each_example
    def test_as_at(self, name):
        """The day asked for governs, and 22 November 2026 does where none is asked for."""
        assert date(2026, 11, 22) == example(name).as_at
        assert date(2026, 9, 1) == example(name, as_at="2026-09-01").as_at == example(name, as_at=DAYS[2]).law.as_at
        assert example(name, as_at="2026-11-22") == example(name)

    def test_no_day(self):
        """A day that is not of the calendar is refused."""
        with pytest.raises(DateError):
            example("body-corporate", as_at="2026-02-30")

    def test_kept(self):
        """A second call costs next to nothing, and gives the same value."""
        assert example("joint-board") is example("joint-board")


class TestEvery:
    """Laws that hold for every example."""

    @each_example
    def test_round_trip(self, name):
        """The graph of an example turns back into it."""
        p = example(name)
        assert p == Partnership.from_graph(p.graph())

    @each_example
    def test_pickle(self, name):
        """An example pickles."""
        p = example(name)
        assert p == pickle.loads(pickle.dumps(p))

    @each_example
    def test_same_again(self, name):
        """Building it again gives an equal value."""
        assert BUILDERS[name]() == example(name)

    @each_example
    def test_complete(self, name):
        """Nothing inside is unknown, and no collection is known only in part."""
        values = list(inside(example(name)))
        assert 5_000 < len(values)
        assert [] == [path for path, value in values if value is UNKNOWN]
        assert [] == [path for path, value in values if isinstance(value, Listing) and not value.complete]

    @each_example
    def test_made_up(self, name):
        """No body has the code of a real one."""
        p = example(name)
        assert all(one.id.islower() and not one.id[1:].isdigit() for one in (*p.parties, p.board))

    @each_example
    @pytest.mark.parametrize("on", DAYS)
    def test_conserves(self, name, on):
        """Every year's money adds up to the penny on every day, but while the late budget has no directions."""
        p = example(name, as_at=on)
        for year in YEARS:
            if name == "late-budget" and year == YEARS[2] and on < date(2026, 7, 1):
                assert Money(0) != p.money(year).gap
            else:
                p.money(year).conserve()
            assert 0 == total(p.money(year).balances().values()).pence
            assert p.money(year).resources == p.budget(year).total

    @each_example
    def test_common_size(self, name):
        """Money is of a common size, and grows."""
        resources = [example(name).money(year).resources for year in YEARS]
        assert sorted(resources) == resources
        assert Money("£150m") < resources[0] < resources[-1] < Money("£400m")

    @each_example
    def test_determined(self, name):
        """What is paid or set aside for a function is what the method of the scheme yields."""
        p = example(name)
        for budget in p.budgets:
            paid = {one.function: one.amount for one in budget.payments if one.payer != p.id}
            held = {one.function: one.amount for one in budget.set_asides}
            assert paid | held == {one.function: one.amount for one in budget.determined}
            assert set(paid) & set(held) == set()
            assert {one.id for one in p.functions} == {*paid, *held}

    @each_example
    def test_scheme(self, name):
        """A scheme sets out every prescribed item and every enactment a council must delegate."""
        scheme = example(name).scheme
        assert {item.slug for item in items_for(scheme.model, scheme.basis)} == set(scheme.items)
        assert {entry.id for entry in must_enactments(DAYS[0])} <= set(scheme.enactments)

    @each_example
    def test_plans_meet(self, name):
        """Plans follow one another without a gap, each reviewed within three years."""
        plans = example(name).plans
        for one, other in pairwise(plans):
            assert other.start == one.replaced_on
            assert one.reviews[0].completed_on < other.start
            assert 3 == other.start.year - one.start.year
        assert plans[-1].replaced_on is None

    @each_example
    def test_planning_group(self, name):
        """The planning group seats twelve groups, a person for each locality, and nominees of the parties."""
        p = example(name)
        assert 12 == len({one.group for one in p.planning_group.members if one.group is not None})
        assert {one.id for one in p.localities} == {at for one in p.planning_group.members for at in one.localities}
        nominators = {one.nominated_by for one in p.planning_group.members} - {None}
        assert nominators <= {body.id for body in p.parties}
        assert {council.id for council in p.local_authorities} <= nominators

    @each_example
    @pytest.mark.parametrize("on", DAYS)
    def test_table(self, name, on):
        """Everybody sits once, and every chair and vice-chair is a sitting nominee of another side."""
        p = example(name, as_at=on)
        people = [one.person for one in p.current_members]
        assert len(set(people)) == len(people)
        sitting = {one.id for one in p.current_members}
        assert {p.chair_on(on).member, p.chair_on(on, "vice-chair").member} <= sitting
        assert {Route.HB, Route.LA} == set(sides(p, on))

    @each_example
    def test_chairs_alternate(self, name):
        """Chair and vice-chair change sides with each period, none longer than three years."""
        p = example(name)
        starts = sorted({one.start for one in p.chairs})
        assert 3 == len(starts)
        assert all(sides(p, one) == sides(p, other)[::-1] for one, other in pairwise(starts))
        assert all(one.until - one.start < timedelta(days=3 * 365) for one in p.chairs)

    @each_example
    def test_meetings(self, name):
        """Every meeting has a quorum, a sitting chair and eight days' notice, but for the one the name says."""
        p = example(name)
        committees = {one.id for one in p.committees}
        for meeting in p.meetings.where(lambda one: one.board not in committees):
            there = p.at(meeting.on)
            sitting = {one.id for one in there.current_members}
            voters = {one.id for one in there.current_members if one.recorded_voting}
            assert set(meeting.present) < sitting
            assert len(voters & set(meeting.present)) >= there.law.quorum(len(voters))
            assert meeting.presiding == there.chair_on(meeting.on).member
            short = name == "short-notice" and meeting.on == date(2026, 9, 16)
            assert timedelta(days=3 if short else 8) == meeting.on - meeting.notice_available_on
            for vote in meeting.votes:
                assert {*vote.votes_for, *vote.votes_against} <= voters
                assert vote.carried == there.law.carried(len(vote.votes_for), len(vote.votes_against))

    @each_example
    def test_notice(self, name):
        """An ordinary meeting is held every other month from 2024 to March 2027."""
        days = [one.on for one in example(name).meetings if one.on.month % 2]
        assert 20 == len(days)
        assert all(day.weekday() == 2 for day in days)


class TestBoards:
    """Laws of the examples with an integration joint board."""

    @each_board
    def test_functions(self, name):
        """All 26 services and every service of the councils are delegated to the board."""
        p = example(name)
        assert {entry.id for entry in must_functions()} | set(COUNCIL_COST) <= {one.id for one in p.functions}
        assert {p.ijb.id} == {one.delegate for one in p.functions}
        assert {body.id for body in p.parties} == {one.delegator for one in p.functions}

    @each_board
    def test_covered(self, name):
        """Every function has a direction on every day from April 2024 to March 2028."""
        register = example(name).register
        turns = {one.effective_from for one in register} | {YEARS[0].start, YEARS[-1].end}
        days = turns | {day - timedelta(days=1) for day in turns if day > YEARS[0].start}
        assert all(not register.functions_without_direction(on=day) for day in days)

    @each_board
    def test_one_direction(self, name):
        """On every day one direction, and no more, speaks of a function; it is given to whoever delegated it."""
        p = example(name)
        delegator = {one.id: one.delegator for one in p.functions}
        for day in (*DAYS, YEARS[0].start, YEARS[-1].end):
            live = [(function, one) for one in p.register.in_force(on=day) for function in one.functions]
            assert len(delegator) == len(live)
            assert all((delegator[function],) == one.given_to.items for function, one in live)

    @each_board
    def test_lawful_steps(self, name):
        """A strict register takes every step again, in the same order, and becomes the same register."""
        p = example(name)
        register = attrs.evolve(p.register, steps=())
        for step in p.directions.steps:
            if step.direction.is_bare_revocation:
                register = register.revoke(step.target, on=step.on, direction=step.direction)
            else:
                register = register.issue(step.direction)
        assert p.directions == register

    @each_board
    def test_chains(self, name):
        """Some directions are varied, one is superseded, and one is revoked and replaced."""
        register = example(name).directions
        kinds = [step.kind for step in register.steps]
        assert {StepKind.ISSUE, StepKind.VARY, StepKind.SUPERSEDE, StepKind.REVOKE} == set(kinds)
        bare = next(one for one in register if one.is_bare_revocation)
        assert State.REVOKED is register.state(bare.revokes, on=bare.effective_from)
        assert any(
            one.functions == register[bare.revokes].functions for one in register.in_force(on=bare.effective_from)
        )

    @each_board
    def test_papers(self, name):
        """Every direction is in writing, decided at a meeting that was held, and issued before it binds."""
        p = example(name)
        held = {one.id: one.on for one in p.meetings}
        for one in p.directions:
            assert one.in_writing
            assert all([one.use, one.title, one.text, one.plan_link])
            assert held[one.meeting] == one.decided_on <= one.issued_on < one.effective_from
            assert one.is_bare_revocation or one.outcomes
            assert one.is_bare_revocation or (one.payment is None) == (one.specified is not None)
            assert one.specified == one.set_aside

    @each_board
    def test_paid_out(self, name):
        """The board pays what its directions of the end of the year state, never more than came in for a function."""
        p = example(name)
        for year in YEARS:
            out = [one for one in p.budget(year).payments if one.payer == p.ijb.id]
            came = {one.function: one.amount for one in p.budget(year).payments if one.payee == p.ijb.id}
            assert all(one.amount <= came[one.function] for one in out)
            for direction in p.register.in_force(on=year.end):
                paid = total(one.amount for one in out if one.direction == direction.id)
                assert paid == (direction.payment or Money(0))

    @each_board
    def test_reserves(self, name):
        """Each reserve opens where the year before closed, and never runs dry."""
        budgets = example(name).budgets
        for one, other in pairwise(budgets):
            assert [reserve.closing for reserve in one.reserves] == [reserve.opening for reserve in other.reserves]
        assert all(reserve.closing > Money("£1m") for budget in budgets for reserve in budget.reserves)

    @each_board
    def test_voting(self, name):
        """The record of who votes is right before and after 1 September 2026."""
        for day in DAYS:
            p = example(name, as_at=day)
            assert all(p.law.votes(one) == one.recorded_voting for one in p.current_members)

    @each_board
    def test_seats(self, name):
        """Both sides fill all their seats."""
        p = example(name)
        for body in p.parties:
            nominees = [one for one in p.current_members if one.nominated_by == body.id]
            assert p.ijb.seats_of(body.id) == len(nominees)
        councils = sum(p.ijb.seats_of(council.id) for council in p.local_authorities)
        assert p.ijb.seats_of(p.health_board.id) == councils == p.scheme.agreed_seats

    @each_board
    def test_committee(self, name):
        """The audit committee has two voting members of each side on every day."""
        p = example(name)
        for day in DAYS:
            sitting = [one for one in p.members_on(day) if one.id in p.committees[0].members]
            assert [Route.LA] * 2 + [Route.HB] * 2 == [one.route for one in sitting]


class TestLeads:
    """Laws of the examples with a lead agency."""

    @each_lead
    def test_bodies(self, name):
        """There is a monitoring committee and no board, chief officer or direction."""
        p = example(name)
        assert p.ijb is None
        assert p.chief_officer is None
        assert 0 == len(p.directions)
        assert p.monitoring_committee.established_on < p.scheme.delegated_on

    @each_lead
    def test_payments(self, name):
        """Whoever delegates a function pays whoever receives it."""
        p = example(name)
        ways = {one.id: (one.delegator, one.delegate) for one in p.functions}
        for budget in p.budgets:
            assert all((one.payer, one.payee) == ways[one.function] for one in budget.payments)

    def test_both_ways(self):
        """Under model d the council delegates services for adults and the Health Board those for children."""
        p = example("lead-agency-both-ways")
        assert Model.BOTH_WAYS is p.model
        assert set(CHILDREN_COST) == {one.id for one in p.functions if one.delegator == p.health_board.id}
        assert 2 == len(p.lead_agencies)

    def test_one_way(self):
        """Under model b only the council delegates, and the committee has no section 95 officer."""
        p = example("lead-agency-to-board")
        assert Model.LA_TO_HB is p.model
        assert {p.local_authorities[0].id} == {one.delegator for one in p.functions}
        assert {Route.S95, Route.LA_STAFF} & {one.route for one in p.members} == set()


class TestEach:
    """What the names say."""

    def test_body_corporate(self):
        """Its hospital serves one council area only, so every function is paid for."""
        p = example("body-corporate")
        assert {"district-nursing", "pharmaceutical-services", "care-at-home"} <= {one.id for one in p.functions}
        assert not any(one.is_set_aside or one.needs_set_aside_method for one in p.functions)
        assert p.scheme.set_aside_method is None
        assert Money(0) == p.money("2026/27").set_aside
        assert "s.14(4)" == p.money("2026/27").trace("district-nursing")[0].citation.pinpoint

    def test_joint_board(self):
        """Two councils delegate to one board."""
        p = example("joint-board")
        assert (2, True) == (len(p.local_authorities), p.scheme.is_joint)

    def test_three_authorities(self):
        """Three councils delegate to one board, and each appoints the chair in turn."""
        p = example("three-authorities")
        assert (3, True) == (len(p.local_authorities), p.scheme.is_joint)
        assert 4 == len({body for one in p.chairs for body in one.appointed_by})

    @pytest.mark.parametrize("name", ["large-hospital", "three-authorities"])
    def test_set_aside(self, name):
        """Sums are set aside for the shared hospital, and directions use all of each."""
        p = example(name)
        held = {one.id for one in p.functions if one.is_set_aside}
        assert "accident-emergency" in held
        assert held == {one.id for one in p.functions if one.needs_set_aside_method}
        rows = p.money("2026/27").set_aside_and_specified()
        assert held == {function for function, _, _ in rows}
        assert all(sum_ == specified > Money(0) for _, sum_, specified in rows)

    def test_large_hospital(self):
        """One of its Health Board's nominees is no non-executive director, and the board declared the lack."""
        p = example("large-hospital")
        assert p.ijb.ned_shortfall is True
        assert [True, True, False] == [one.is_ned for one in p.current_members if one.route is Route.HB]

    def test_vacant_chief_officer(self):
        """The chief officer leaves on 31 May 2026, and so does the seat; somebody else then issues directions."""
        p, usual = example("vacant-chief-officer"), example("body-corporate")
        assert not p.at("2026-05-31").chief_officer.vacant
        assert p.at("2026-06-01").chief_officer.vacant
        assert [] == [one for one in p.current_members if one.route is Route.CO]
        officer = {one.id: one.issued_by for one in p.directions}
        by_chief = {one.issued_by for one in p.directions if one.issued_on <= date(2026, 5, 31)}
        by_other = {one.issued_by for one in p.directions if one.issued_on > date(2026, 5, 31)}
        assert ({"chief officer"}, {"chief finance officer"}) == (by_chief, by_other)
        steps = [
            attrs.evolve(step, direction=step.direction.evolve(issued_by=officer[step.direction.id]))
            for step in usual.directions.steps
        ]
        assert steps == list(p.directions.steps)
        same = {"posts": usual.posts, "members": usual.members, "meetings": usual.meetings}
        assert usual == p.evolve(**same, directions=usual.directions)

    def test_late_budget(self):
        """The budget of 2026/27 is set in June, and directions of the year before run on until July."""
        p = example("late-budget")
        assert ["2026/27"] == [str(budget.year) for budget in p.budgets if budget.set_on >= budget.year.start]
        before = p.register.in_force(on="2026-06-30")
        assert {FinancialYear("2025/26")} == {one.year for one in before}
        assert all(State.SUPERSEDED is p.register.state(one.id, on="2026-07-01") for one in before)

    def test_short_notice(self):
        """Notice of one meeting alone differs."""
        p, usual = example("short-notice"), example("body-corporate")
        assert usual == p.evolve(meetings=usual.meetings)
        assert 1 == sum(one != other for one, other in zip(p.meetings, usual.meetings, strict=True))

    def test_costs(self):
        """Every function of the tables of costs is one of the catalogue, and none that must be delegated is missing."""
        musts = {entry.id for entry in catalogue().values() if entry.must}
        assert musts == {*NHS_COST, *COUNCIL_COST}
        assert set(CHILDREN_COST) < set(catalogue())

    def test_lots(self):
        """A joint board directs by care group, but one by one where sums are set aside."""
        p = example("three-authorities")
        lots = lots_of(MORRAN, YEARS[0])
        assert {one.id for one in p.functions} == {function for lot in lots for function in lot.paid}
        assert all(1 == len(lot.paid) for lot in lots if lot.held is not None)
        assert any(5 < len(lot.paid) for lot in lots)


class TestSamples:
    """The bundled sample files."""

    def rows(self) -> list[dict[str, str]]:
        with sample("directions.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @pytest.mark.parametrize("file", SAMPLES)
    def test_there(self, file):
        """Every sample is a file."""
        assert sample(file).is_file()

    def test_columns(self):
        """The columns are those of the real directions, without the area and the address."""
        rows = self.rows()
        assert 25 <= len(rows) <= 40
        assert all(COLUMNS == list(row) for row in rows)

    def test_functions(self):
        """Functions are delegated ones, and each direction goes to whoever delegated them."""
        p = example("body-corporate")
        side = {one.id: "health_board" if one.delegator == p.health_board.id else "council" for one in p.functions}
        for row in self.rows():
            named = [one for one in row["functions"].split("; ") if one]
            assert row["directed_to"] in {"both", *(side[one] for one in named)} or row["revokes"]

    def test_in_force(self):
        """Read as a register, some directions stand in November 2026, some ended, and some functions have none."""
        p = example("body-corporate")
        register = DirectionsRegister.from_csv(sample("directions.csv"), partnership=p)
        states = {one.id: register.state(one.id, on="2026-11-22") for one in register}
        ended = {State.EXPIRED, State.REVOKED, State.SUPERSEDED, State.VARIED}
        assert {State.APPROVED, State.IN_FORCE, State.ISSUED} | ended == set(states.values())
        live = register.in_force(on="2026-11-22")
        assert live.complete
        assert {one.id for one in live} < set(states)
        uncovered = register.functions_without_direction(on="2026-11-22").functions
        assert uncovered.complete
        assert 5 < len(uncovered) < len(p.functions) - 20


class TestRules:
    """What the rules say of each example."""

    EXPECTED: ClassVar = {
        "late-budget": {"FIN-budget-identity": (date(2026, 4, 1), date(2026, 6, 30))},
        "short-notice": {"IJBO-sch2-notice": (date(2026, 9, 16), date.max)},
        "vacant-chief-officer": {"PBJW-s10-chief-officer": (date(2026, 6, 1), date.max)},
    }
    """Rules that do not pass, with the first and the last day on which they do not."""

    @each_example
    @pytest.mark.parametrize("on", [YEARS[0].start, *DAYS, YEARS[-1].end])
    def test_as_named(self, name, on):
        """Only what the name says fails, and nothing cannot be told."""
        report = example(name, as_at=on).check()
        found = {one.rule.id for one in report.results if one.outcome not in ("pass", "not applicable")}
        assert {id for id, (first, last) in self.EXPECTED.get(name, {}).items() if first <= on <= last} == found
