"""One run of a simulation, turned back into values: directions, steps, and the partnership on any day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration._fields import to_day
from scotintegration._shown import Shown
from scotintegration.directions import Direction
from scotintegration.errors import NotFoundError
from scotintegration.lifecycle import Life, State
from scotintegration.partnership import Partnership
from scotintegration.receipts import Receipt, digest_of
from scotintegration.registers import DirectionsRegister
from scotintegration.simulation._backwards import stood
from scotintegration.simulation._living import SOURCES, LifeStep, life_of, steps_of, told
from scotintegration.simulation._reasons import reasons
from scotintegration.simulation._recipes import recipe_of
from scotintegration.simulation.draws import STREAM_VERSION, whole_number
from scotintegration.simulation.eras import Era, YearResult, decided, stretches
from scotintegration.simulation.gaps import UnmetDuty, rules_of, table_of, unmet
from scotintegration.simulation.scenario import Scenario
from scotintegration.steps import Step
from scotintegration.tables import Table

if TYPE_CHECKING:
    from scotintegration.rules import Rule

__all__ = ["SOURCES", "LifeStep", "Run", "YearResult", "decided", "simulate"]

MOST_RUNS: Final = 2**62
"""The highest number that a run may have."""

_NOT_FORECAST: Final = "Illustrative: a simulation, not a forecast."
_STATES: Final = {state: number for number, state in enumerate(State)}


@attrs.frozen(kw_only=True)
class Run(Shown):
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
        eras: Its stretches of years, each under one model.

    Source: our choice of mechanism; the board follows SSI 2014/285, art. 1(2) and sch. para. 3.

    .. versionadded:: 0.1.0
    """

    partnership: Partnership = attrs.field(repr=False)
    scenario: Scenario
    until: date
    seed: int
    number: int
    years: tuple[YearResult, ...]
    varied: tuple[tuple[int, ...], ...] = attrs.field(repr=False)
    assumptions: tuple[str, ...] = attrs.field(repr=False)
    eras: tuple[Era, ...] = attrs.field(eq=False, repr=False)

    @property
    def start(self) -> date:
        """Its first day."""
        return self.eras[0].start

    def era(self, on: date | str) -> Era:
        """
        Give the era that a day falls in.

        Args:
            on: The day, from 1 April of the first year to the last day of the run.

        Returns:
            The era.

        Raises:
            ValueError: If the run does not reach the day.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.eras[self._place(to_day(on))]

    def _place(self, when: date) -> int:
        if not self.start <= when <= self.until:
            span = f"{self.start.isoformat()} to {self.until.isoformat()}"
            raise ValueError(f"on must be from {span}, got {when.isoformat()}")
        return next(place for place, era in enumerate(self.eras) if when <= era.end)

    # -- directions ----------------------------------------------------------------------------------------------

    @cached_property
    def register(self) -> DirectionsRegister:
        """Every direction issued and varied up to the last day, in order."""
        return DirectionsRegister(self.partnership.id, [step for steps in self._steps for step in steps])

    @cached_property
    def _steps(self) -> tuple[tuple[Step, ...], ...]:
        """What was directed in each era up to the last day, step by step."""
        return tuple(
            tuple(step for step in steps_of(era) if isinstance(step.on, date) and step.on <= self.until)
            for era in self.eras
        )

    @cached_property
    def _successors(self) -> dict[str, Direction]:
        return {one.varies: one for one in self.register.directions if isinstance(one.varies, str)}

    def lifecycle(self, about: str) -> Life:
        """
        Follow one direction through the life cycle, up to the last day of the run.

        Args:
            about: Its reference.

        Returns:
            Its moments; ``.to_mermaid()`` gives the state diagram with the path marked, ``.to_table()`` a table.

        Raises:
            NotFoundError: If there is no such direction.

        Source:
            The citation of each moment.

        .. versionadded:: 0.1.0
        """
        direction = self.register[about]
        return life_of(direction, self._successors.get(direction.id), self.until)

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
        found: list[LifeStep] = []
        for one in chosen:
            successor = self._successors.get(one.id)
            found += told(one, successor, life_of(one, successor, limit))
        order = {one.id: number for number, one in enumerate(chosen)}
        return tuple(sorted(found, key=lambda step: (step.on, order[step.direction], _STATES[step.state])))

    # -- the partnership on a day --------------------------------------------------------------------------------

    def at(self, on: date | str) -> Partnership:
        """
        Give the partnership as the run left it on a day.

        Args:
            on: The day, from 1 April of the first year to the last day of the run.

        Returns:
            A partnership whose register and budgets are those of the run, under the model and the law of the day,
            after the history recorded before it (left out where known only in part). Its meetings are known up to the
            first day of the run and not after, since a run keeps who had a quorum and not who was there. What is not
            simulated stands as it was. A later era knows the budgets and directions of its own years only.

        Raises:
            ValueError: If the run does not reach the day.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        when = to_day(on)
        place = self._place(when)
        return stood(self.eras[place], self._steps[place], when)

    # -- what is unlawful ----------------------------------------------------------------------------------------

    def rules_asked(self, on: date | str) -> tuple[Rule, ...]:
        """
        List the rules of which :meth:`gaps` speaks on a day.

        Args:
            on: The day, from 1 April of the first year to the last day of the run.

        Returns:
            :data:`scotintegration.simulation.gaps.SIMULATED`, and in an era that a change of model opened
            :data:`scotintegration.simulation.gaps.FOUNDING` as well.

        Raises:
            ValueError: If the run does not reach the day.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return rules_of(self.era(on))

    def gaps(self) -> tuple[UnmetDuty, ...]:
        """
        List the unlawful days of what is simulated, a duty and stretch of days each.

        Asked is what a run makes: money, directions and who holds the two posts; and after a change of model what
        the new era needs to begin with: its board or committee, members, officers, plan and approvals. The rules are
        those of :meth:`rules_asked`. Routine duties, such as the review of a plan, accounts, minutes and the renewal
        of terms, are taken to be done on time, and no rule about records that no run makes is asked.

        Returns:
            Stretches in order of day and rule.

        Source:
            The citation of each.

        .. versionadded:: 0.1.0
        """
        return self._gaps

    @cached_property
    def _gaps(self) -> tuple[UnmetDuty, ...]:
        return tuple(
            sorted(
                (
                    gap
                    for era, steps in zip(self.eras, self._steps, strict=True)
                    for gap in unmet(era, steps, self.until)
                ),
                key=lambda gap: (gap.first, gap.rule.id),
            )
        )

    def timeline(self) -> Table:
        """
        Show which duty is unmet on which days, and whose it is.

        Returns:
            One row a duty and stretch of days of :meth:`gaps`: days, whose duty, what the law asks, what was found,
            provision, rule.

        Source:
            The provision of each row.

        .. versionadded:: 0.1.0
        """
        return table_of(self._caption, self.start, self.until, self._gaps)

    # -- why -----------------------------------------------------------------------------------------------------

    def why(self, function: str, month: date | str) -> tuple[str, ...]:
        """
        Say what happened to the money of a function in a month, and under which provision.

        Args:
            function: Id of the function.
            month: A day of the month, or the month such as ``"2026-07"``.

        Returns:
            Lines: what was spent of what was directed, whether the board met and had its quorum, which sums it moved
            from where, and in March how the year was settled.

        Raises:
            NotFoundError: If no such function is delegated then.
            ValueError: If the run does not reach the month.

        Source:
            The provision in each line.

        .. versionadded:: 0.1.0
        """
        when = to_day(f"{month}-01" if isinstance(month, str) and month.count("-") == 1 else month)
        era = self.era(when)
        if function not in era.compiled.functions:
            raise NotFoundError.among("function", function, era.compiled.functions)
        return reasons(era, self.register, function, when, self.until)

    # -- faces ---------------------------------------------------------------------------------------------------

    @property
    def _caption(self) -> str:
        return f"{self.partnership.name}: scenario {self.scenario.name!r}, seed {self.seed}, run {self.number}"

    def to_table(self) -> Table:
        """
        Give one row a finished financial year.

        Returns:
            Columns year, budget, spent, directions, deferred, reserve, top-ups, what was kept.

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
                str(one.kept),
            )
            for one in self.years
        ]
        columns = (
            "year", "budget", "spent", "directions", "meetings without quorum", "general reserve",
            "extra from health board", "extra from council", "kept by lead agencies",
        )  # fmt: skip
        assumed = (f"Assumed: {sentence}." for sentence in (*self.assumptions, *self.scenario.assumptions))
        return Table(self._caption, columns, rows, notes=(_NOT_FORECAST, *assumed))

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
        return self.to_table()._repr_html_()

    @property
    def receipt(self) -> Receipt:
        """What the run was made with."""
        figures = [[row.directions, row.deferred, row.reserve.pence, row.spent.pence] for row in self.years]
        settings: dict[str, str | int | None] = dict(self.scenario.settings)
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
            recipe=recipe_of(
                self.partnership, self.scenario, until=self.until.isoformat(), seed=self.seed, run=self.number
            ),
        )


def simulate(partnership: Partnership, scenario: Scenario, *, until: date | str, seed: int, run: int = 0) -> Run:
    """
    Simulate one run of a partnership.

    Lead agencies pay one another for what is delegated, direct nothing and hold no reserve: whoever hosts a function
    bears its variance. A change of model in the scenario opens a new era on its day.

    Args:
        partnership: A partnership of any model with a payment recorded; the run starts on 1 April of the year that
            holds its day.
        scenario: What to assume.
        until: The last day; a financial year that it leaves unfinished gives no yearly result.
        seed: Seed of the draws, a whole number of 0 or more.
        run: The number of the run, 0 or more; it is the same run in any ensemble with that seed.

    Returns:
        The run, with its directions and the partnership on any day.

    Raises:
        TypeError: If *seed* or *run* is not a whole number.
        ValueError: If *until* is before the start, a number is negative, no money is recorded to start from, or a
            change of model cannot be made on its day.
        ConservationError: If a year does not balance.

    Source: our choice of mechanism; the board follows SSI 2014/285, art. 1(2) and sch. para. 3; lead agencies follow
        finance guidance 3.1.1 and 3.1.4.

    .. versionadded:: 0.1.0
    """
    for name, value, kind in (("partnership", partnership, Partnership), ("scenario", scenario, Scenario)):
        if not isinstance(value, kind):
            raise TypeError(f"{name} must be a {kind.__name__}, got {value!r}")
    last = to_day(until)
    number = whole_number("run", run, most=MOST_RUNS)
    seed = whole_number("seed", seed)
    eras = tuple(one.played(seed, number) for one in stretches(partnership, scenario, last))
    assumed = dict.fromkeys(sentence for era in eras for sentence in era.compiled.assumptions)
    return Run(
        partnership=partnership,
        scenario=scenario,
        until=last,
        seed=seed,
        number=number,
        years=tuple(one for era in eras for one in era.results if one.year.end <= last),
        varied=tuple(event for era in eras for event in era.varied if era.met(event[0] - era.first, event[1]) <= last),
        assumptions=tuple(assumed),
        eras=eras,
    )
