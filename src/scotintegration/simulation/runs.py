"""One run of a simulation, turned back into values: directions, steps, and the partnership on any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from scotintegration._fields import to_day
from scotintegration._shown import Shown
from scotintegration.budgets import ALL_FUNCTIONS, Budget, Determination, Payment, Reserve, SetAside
from scotintegration.citations import Citation, cite
from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction
from scotintegration.money import Money, total
from scotintegration.partnership import Partnership
from scotintegration.receipts import Receipt, digest_of
from scotintegration.registers import DirectionsRegister, State, Step, StepKind
from scotintegration.simulation import engine
from scotintegration.simulation._compile import Compiled, compile_inputs, meeting_days
from scotintegration.simulation.draws import STREAM_VERSION, whole_number
from scotintegration.simulation.scenario import Scenario
from scotintegration.tables import Table
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LifeStep", "Run", "YearResult", "simulate"]

SOURCES: Final = {1: "an underspend of the same arm", 2: "an underspend of the other arm", 3: "the general reserve"}
"""Where the money of a varied direction came from, or went."""

MOST_RUNS: Final = 2**62
"""The highest number that a run may have."""

_NOT_FORECAST: Final = "Illustrative: a simulation, not a forecast."


@attrs.frozen(kw_only=True)
class YearResult(Shown):
    """
    One financial year of a run.

    Attributes:
        year: The financial year.
        budget: What was directed on 1 April.
        spent: What was spent.
        directions: Directions issued and varied.
        deferred: Meetings that had no quorum and decided nothing.
        reserve: General reserve on 31 March.
        top_health_board: Additional payment by the Health Board to settle the year.
        top_council: Additional payment by the council to settle the year.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    year: FinancialYear
    budget: Money
    spent: Money
    directions: int
    deferred: int
    reserve: Money
    top_health_board: Money
    top_council: Money


@attrs.frozen(kw_only=True)
class LifeStep(Shown):
    """
    One step in the life of a simulated direction.

    Attributes:
        on: The day of the step.
        state: The state it brings.
        direction: Reference of the direction.
        citation: The provision behind the step, or the practice.
        what: What happened, in a sentence.

    Source:
        Its citation.

    .. versionadded:: 0.1.0
    """

    on: date
    state: State
    direction: str
    citation: Citation
    what: str

    def __str__(self) -> str:
        return f"{self.on.isoformat()}  {self.state.value:<10}  {self.direction}: {self.what} [{self.citation.printed}]"


_LIFE: Final = {
    State.DRAFTED: "asp 2014/9 s.26(1)",
    State.APPROVED: "SSI 2014/285 art.11",
    State.ISSUED: "asp 2014/9 s.27(5)(b)",
    State.IN_FORCE: "asp 2014/9 s.27(4)",
    State.VARIED: "asp 2014/9 s.27(5)(a)",
    State.EXPIRED: "end of the year it was given for",
}


def _numbers(value: Sequence[int] | np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(cell) for cell in row) for row in value)  # type: ignore[union-attr]


@attrs.frozen(kw_only=True)
class Run:
    """
    One run of a simulation.

    Attributes:
        partnership: The partnership it started from.
        scenario: What it assumed.
        until: Its last day.
        seed: The seed of its draws.
        number: Its number in any ensemble with that seed, 0 or more.
        years: A result a finished financial year.
        varied: Directions varied: year, month (1 April to 12 March), function, old and new amount in pence, source.
        assumptions: What had to be assumed.

    Source: our choice of mechanism; the board follows SSI 2014/285, art. 1(2) and sch. para. 3.

    .. versionadded:: 0.1.0
    """

    partnership: Partnership = attrs.field(repr=False)
    scenario: Scenario
    until: date
    seed: int
    number: int
    years: tuple[YearResult, ...]
    varied: tuple[tuple[int, ...], ...] = attrs.field(converter=_numbers, repr=False)
    assumptions: tuple[str, ...] = attrs.field(repr=False)
    _compiled: Compiled = attrs.field(alias="compiled", eq=False, repr=False)
    _all: tuple[YearResult, ...] = attrs.field(alias="every_year", eq=False, repr=False)

    # -- directions ----------------------------------------------------------------------------------------------

    @cached_property
    def register(self) -> DirectionsRegister:
        """Every direction issued and varied up to the last day, in order."""
        steps: list[Step] = []
        for y, year in enumerate(self._compiled.years):
            current: dict[int, Direction] = {}
            for f in range(len(self._compiled.functions)):
                amount = Money(int(self._compiled.inputs.budgets_pence[y, 0, f]))
                decided, issued = _decided(year)
                direction = self._direction(y, f, amount, 0, decided, issued, year.start)
                current[f] = direction
                steps.append(Step(kind=StepKind.ISSUE, direction=direction, on=year.start))
            days = meeting_days(year)
            versions = dict.fromkeys(current, 0)
            for _, month, f, _, new, source in (event for event in self.varied if event[0] == y):
                on = days[month // 2 - 1]
                versions[f] += 1
                old = current[f]
                changed = self._direction(y, f, Money(new), versions[f], on, on, on, source=source, varies=old.id)
                current[f] = changed
                steps.append(Step(kind=StepKind.VARY, direction=changed, target=old.id, on=on))
        kept = tuple(step for step in steps if isinstance(step.on, date) and step.on <= self.until)
        return DirectionsRegister(self.partnership.id, kept)

    def _direction(
        self, y: int, f: int, amount: Money, version: int, decided: date, issued: date, start: date, *,
        source: int = 0, varies: str | None = None,
    ) -> Direction:  # fmt: skip
        year, function = self._compiled.years[y], self._compiled.functions[f]
        held = self._compiled.set_aside[y][f]
        specified = min(amount, held) if held else None
        name = f"{str(year).replace('/', '-')}/{function}"
        use = f"deliver {function} in line with the strategic plan"
        return Direction(
            name if not version else f"{name}/v{version}",
            issuer=self.partnership.id,
            year=year,
            given_to=self._compiled.providers[f],
            functions=[function],
            text=f"carry out {function}"
            if not version
            else f"carry out {function}; money from or to {SOURCES[source]}",
            payment=amount if specified is None else (amount - specified) or None,
            set_aside=held or None,
            specified=specified,
            use=use,
            decided_on=decided,
            issued_on=issued,
            effective_from=start,
            ends_on=year.end,
            varies=varies,
            in_writing=True,
            meeting=UNKNOWN,  # from here on, what a run does not model
            report=UNKNOWN,
            marker=UNKNOWN,
            issued_by=UNKNOWN,
            sent_to=UNKNOWN,
            monitoring=UNKNOWN,
            review_on=UNKNOWN,
            plan_link=UNKNOWN,
            outcomes=UNKNOWN,
        )

    def steps(self, *, about: str | None = None, before: date | str | None = None) -> tuple[LifeStep, ...]:
        """
        Tell the life of the directions, step by step.

        Args:
            about: Only one direction, by its reference.
            before: Only steps before a day.

        Returns:
            Steps in order of day.

        Raises:
            NotFoundError: If there is no such direction.

        Source:
            The citation of each.

        .. versionadded:: 0.1.0
        """
        chosen = self.register.directions if about is None else (self.register[about],)
        limit = self.until if before is None else min(self.until, to_day(before) - timedelta(days=1))
        found = [step for one in chosen for step in self._life(one) if step.on <= limit]
        order = {one.id: number for number, one in enumerate(self.register)}
        states = list(State)
        return tuple(sorted(found, key=lambda step: (step.on, order[step.direction], states.index(step.state))))

    def _life(self, direction: Direction) -> Iterator[LifeStep]:
        assert isinstance(direction.decided_on, date)
        assert isinstance(direction.issued_on, date)
        assert isinstance(direction.effective_from, date)
        assert isinstance(direction.ends_on, date)
        sums = (direction.payment, direction.specified)
        money = total(one for one in sums if isinstance(one, Money))
        told = [
            (direction.decided_on, State.DRAFTED, f"drafted for {money}"),
            (direction.decided_on, State.APPROVED, "approved by the board"),
            (direction.issued_on, State.ISSUED, f"issued to {', '.join(direction.given_to)}"),
            (direction.effective_from, State.IN_FORCE, "binds its recipient"),
        ]
        successor = self._successors.get(direction.id)
        if successor is not None:
            assert isinstance(successor.effective_from, date)
            told.append((successor.effective_from, State.VARIED, f"varied by {successor.id}"))
        else:
            told.append((direction.ends_on + timedelta(days=1), State.EXPIRED, "its year is over"))
        for on, state, what in told:
            yield LifeStep(on=on, state=state, direction=direction.id, citation=cite(_LIFE[state]), what=what)

    @cached_property
    def _successors(self) -> dict[str, Direction]:
        return {one.varies: one for one in self.register.directions if isinstance(one.varies, str)}

    # -- the partnership on a day --------------------------------------------------------------------------------

    def at(self, on: date | str) -> Partnership:
        """
        Give the partnership as the run left it on a day.

        Args:
            on: The day, from 1 April of the first year to the last day of the run.

        Returns:
            A partnership whose register and budgets are those of the run, under the law of the day, after the
            history recorded before it (left out where known only in part). Its meetings are known up to the first
            day of the run and not after, since a run keeps who had a quorum and not who was there. What is not
            simulated stands as it was.

        Raises:
            ValueError: If the run does not reach the day.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        when = to_day(on)
        first = self._compiled.years[0].start
        if not first <= when <= self.until:
            raise ValueError(f"on must be from {first.isoformat()} to {self.until.isoformat()}, got {when.isoformat()}")
        start = self._compiled.years[0]
        budgets = [budget for budget in self.partnership.budgets.items if budget.year < start]
        budgets += [self._budget(y, when) for y, year in enumerate(self._compiled.years) if year.start <= when]
        known = attrs.evolve(self.partnership.budgets, items=tuple(budgets))
        so_far = (step for step in self.register.steps if _recorded(step) <= when)
        history = _steps_before(self.partnership.directions, start)
        register = DirectionsRegister(self.partnership.id, (*history, *so_far))
        meetings = self.partnership.meetings.where(lambda meeting: meeting.on < start.start)
        return self.partnership.evolve(
            as_at=when,
            law_as_at=None,
            budgets=known,
            directions=register,
            meetings=attrs.evolve(meetings, complete=False),
        )

    def _budget(self, y: int, when: date) -> Budget:
        """Give the budget of a year as it stood on a day, its reserve moved so far."""
        year, functions = self._compiled.years[y], self._compiled.functions
        held, providers = self._compiled.set_aside[y], self._compiled.providers
        amounts = [Money(int(pence)) for pence in self._compiled.inputs.budgets_pence[y, 0]]
        payments = [
            Payment(payer=who, payee=self.partnership.id, function=name, amount=amount - aside)
            for name, who, amount, aside in zip(functions, providers, amounts, held, strict=True)
        ]
        payments += [
            Payment(payer=self.partnership.id, payee=who, function=name, amount=one.payment, direction=one.id)
            for one in self.register.in_force(on=min(when, year.end))
            if one.year == year and isinstance(one.payment, Money)
            for name in one.functions
            for who in one.given_to
        ]
        asides = [
            SetAside(health_board=self.partnership.health_board.id, function=name, amount=aside)
            for name, aside in zip(functions, held, strict=True)
            if aside
        ]
        drawn = self._drawn(y, when)
        opening = self._opening(y)
        result = self._all[y]
        settlements = Money(0)
        movement = -drawn
        if when >= year.end:
            closing = result.spent
            directed = total(amounts) + drawn
            settlements = closing - directed
            movement = result.reserve - opening
            tops = ((self.partnership.health_board.id, result.top_health_board), (self._council, result.top_council))
            payments += [
                Payment(payer=who, payee=self.partnership.id, function=ALL_FUNCTIONS, amount=amount)
                for who, amount in tops
                if amount
            ]
        derived = any(budget.derived for budget in self.partnership.budgets.items)
        return Budget(
            year=year,
            set_on=_decided(year)[0],
            determined=[
                Determination(function=name, amount=amount) for name, amount in zip(functions, amounts, strict=True)
            ],
            payments=payments,
            set_asides=asides,
            reserves=[Reserve(kind="general", opening=opening, movement=movement)],
            settlements=settlements,
            derived=derived,
        )

    @property
    def _council(self) -> str:
        return self.partnership.local_authorities[0].id

    def _opening(self, y: int) -> Money:
        return self._all[y - 1].reserve if y else Money(int(self._compiled.inputs.opening_reserve_pence[0]))

    def _drawn(self, y: int, when: date) -> Money:
        """Add up what meetings of a year took from the reserve up to a day."""
        days = meeting_days(self._compiled.years[y])
        return total(
            Money(new - old)
            for year, month, _, old, new, source in self.varied
            if year == y and source == 3 and days[month // 2 - 1] <= when
        )

    # -- faces ---------------------------------------------------------------------------------------------------

    def to_table(self) -> Table:
        """
        Give one row a finished financial year.

        Returns:
            Columns year, budget, spent, directions, deferred, reserve, top-ups.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows = [
            (
                str(one.year),
                str(one.budget),
                str(one.spent),
                one.directions,
                one.deferred,
                str(one.reserve),
                str(one.top_health_board),
                str(one.top_council),
            )
            for one in self.years
        ]
        columns = (
            "year", "budget", "spent", "directions", "meetings without quorum", "general reserve",
            "extra from health board", "extra from council",
        )  # fmt: skip
        caption = f"{self.partnership.name}: scenario {self.scenario.name!r}, seed {self.seed}, run {self.number}"
        assumed = (f"Assumed: {sentence}." for sentence in (*self.assumptions, *self.scenario.assumptions))
        return Table(caption, columns, rows, notes=(_NOT_FORECAST, *assumed))

    def to_text(self) -> str:
        """
        Give the run as text.

        Returns:
            The table with what was assumed.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table().to_text()

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.to_table().to_html()

    @property
    def receipt(self) -> Receipt:
        """What the run was made with."""
        figures = [[row.directions, row.deferred, row.reserve.pence, row.spent.pence] for row in self.years]
        settings: dict[str, str | int | None] = {
            name: str(value) for name, value in attrs.asdict(self.scenario).items() if name != "name"
        }
        settings.update(
            partnership=self.partnership.id,
            scenario=self.scenario.name,
            until=self.until.isoformat(),
            run=self.number,
            stream=STREAM_VERSION,
            assumptions="; ".join(self.assumptions),
        )
        return Receipt(
            of="simulation",
            as_at=self.partnership.as_at,
            law_as_at=self.partnership.law.as_at,
            settings=settings,
            seed=self.seed,
            digest=digest_of([figures, [list(event) for event in self.varied]]),
        )


def _decided(year: FinancialYear) -> tuple[date, date]:
    """Give the days on which the year's directions are decided and issued."""
    return date(year.start.year, 3, 18), date(year.start.year, 3, 24)


def _steps_before(register: DirectionsRegister, year: FinancialYear) -> Iterator[Step]:
    """List the steps of a register that speak of directions of earlier years; none where it is known only in part."""
    if not register.complete:
        return
    kept: set[str] = set()
    for step in register.steps:
        paper = step.direction
        if paper is None:
            if step.target in kept:
                yield step
        elif isinstance(paper.year, FinancialYear) and paper.year < year:
            kept |= {paper.id, paper.full_reference}
            yield step


def _recorded(step: Step) -> date:
    """Give the day on which a step becomes known: that of the direction's issue."""
    assert step.direction is not None
    assert isinstance(step.direction.issued_on, date)
    return step.direction.issued_on


def simulate(partnership: Partnership, scenario: Scenario, *, until: date | str, seed: int, run: int = 0) -> Run:
    """
    Simulate one run of a partnership.

    Args:
        partnership: A partnership with an integration joint board; the run starts on 1 April of the year that
            holds its day.
        scenario: What to assume.
        until: The last day; a financial year that it leaves unfinished gives no yearly result.
        seed: Seed of the draws, a whole number of 0 or more.
        run: The number of the run, 0 or more; it is the same run in any ensemble with that seed.

    Returns:
        The run, with its directions and the partnership on any day.

    Raises:
        TypeError: If *seed* or *run* is not a whole number.
        ValueError: If *until* is before the start, a number is negative, or there is no integration joint board.
        ConservationError: If a year does not balance.

    Source: our choice of mechanism; the board follows SSI 2014/285, art. 1(2) and sch. para. 3.

    .. versionadded:: 0.1.0
    """
    for name, value, kind in (("partnership", partnership, Partnership), ("scenario", scenario, Scenario)):
        if not isinstance(value, kind):
            raise TypeError(f"{name} must be a {kind.__name__}, got {value!r}")
    last = to_day(until)
    number = whole_number("run", run, most=MOST_RUNS)
    compiled = compile_inputs(partnership, scenario, last)
    out = engine.simulate(
        compiled.inputs,
        [partnership.id],
        seed=seed,
        runs=1,
        first=number,
        first_year=compiled.years[0].start_year,
        functions=[compiled.functions],
        events=True,
        history=True,
    )
    assert out.history is not None
    assert out.events is not None
    every = tuple(_year(compiled, out, out.history, y) for y in range(len(compiled.years)))
    done = tuple(one for one in every if one.year.end <= last)
    days = [meeting_days(year) for year in compiled.years]
    events = [event[2:] for event in out.events.tolist() if days[event[2]][event[3] // 2 - 1] <= last]
    return Run(
        partnership=partnership,
        scenario=scenario,
        until=last,
        seed=int(seed),
        number=number,
        years=done,
        varied=events,
        assumptions=compiled.assumptions,
        compiled=compiled,
        every_year=every,
    )


def _year(compiled: Compiled, out: engine.Outputs, history: engine.History, y: int) -> YearResult:
    return YearResult(
        year=compiled.years[y],
        budget=Money(int(compiled.inputs.budgets_pence[y, 0].sum())),
        spent=Money(int(history.spent_pence[0, y, -1, 0].sum())),
        directions=int(out.directions[0, 0, y]),
        deferred=int(out.deferred[0, 0, y]),
        reserve=Money(int(out.reserve_pence[0, 0, y])),
        top_health_board=Money(int(out.top_health_board_pence[0, 0, y])),
        top_council=Money(int(out.top_council_pence[0, 0, y])),
    )
