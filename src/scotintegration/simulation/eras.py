"""The eras of a run: stretches of years under one model, and what came of each year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Final

import attrs
import numpy as np

from scotintegration._shown import Shown
from scotintegration.dates import FinancialYear
from scotintegration.money import Money, total
from scotintegration.partnership import Partnership
from scotintegration.schemes import Model
from scotintegration.simulation import engine
from scotintegration.simulation._beyond import NOT_CARRIED, NOT_QUORATE, ORDINARY, SPECIAL, Beyond
from scotintegration.simulation._compile import Compiled, compile_inputs, meeting_days
from scotintegration.simulation._delays import SPECIAL_AFTER, Delays
from scotintegration.simulation._drawn import Base, Terms, Turn
from scotintegration.simulation._inputs import GROUPS, MEETINGS, Counts
from scotintegration.simulation._jobs import Job
from scotintegration.simulation._openings import as_board, host_of, opened
from scotintegration.simulation.model_changes import ModelChange
from scotintegration.simulation.scenario import Scenario

__all__ = ["Era", "YearResult"]

NIL: Final = Money(0)
_WENT: Final = {
    NOT_QUORATE: "without a quorum",
    ORDINARY: "with a quorum",
    SPECIAL: "with a quorum at a special meeting",
    NOT_CARRIED: "without a majority",
}


def decided(year: FinancialYear) -> tuple[date, date]:
    """Give the days on which the directions of a year are usually decided and issued."""
    return date(year.start.year, 3, 18), date(year.start.year, 3, 24)


@attrs.frozen(kw_only=True)
class YearResult(Shown):
    """
    One financial year of a run.

    Attributes:
        year: The financial year.
        budget: What was to be spent when the year began: what was directed, or paid between lead agencies.
        spent: What was spent under directions, or by lead agencies.
        directions: Directions issued and varied.
        deferred: Meetings that decided nothing, for want of a quorum or a majority.
        reserve: General reserve on 31 March; nil for lead agencies, who have none.
        top_health_board: What the Health Board paid beyond the budget to settle the year; as a lead agency, what
            its functions were overspent by.
        top_council: The same of the councils.
        kept: What lead agencies kept of the budget, or the Health Board of sums set aside that nobody directed.
        earmarked: Earmarked reserve on 31 March.
        allocated_late: What the Health Board added on 31 March.
        repaid_health_board: What was repaid to the Health Board of its loans.
        repaid_council: The same of the councils.

    Source: our choice; whoever hosts a function bears its variance in the year (finance guidance 3.1.4).

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
    kept: Money = NIL
    earmarked: Money = NIL
    allocated_late: Money = NIL
    repaid_health_board: Money = NIL
    repaid_council: Money = NIL


@attrs.frozen(kw_only=True, eq=False)
class _LaterBase(Base):
    """What is recorded of a partnership, of which an era has only the years after some."""

    skip: int

    def terms(self, scenario: Scenario, turn: Turn) -> Terms:
        """Give the terms of the later years; growth goes on from the first year of the run."""
        return super().terms(scenario, turn).after(self.skip)


@attrs.frozen(kw_only=True, eq=False)
class Stretch:
    """
    The years of a run under one model, before anything is drawn.

    Attributes:
        partnership: The partnership on its first day.
        change: The change of model that opened it; None for the first.
        first: The number of its first year in the run.
        compiled: Its years as arrays, every dial in its middle.
        derived: Whether its money goes back to figures that were worked out and not read.
    """

    partnership: Partnership
    change: ModelChange | None
    first: int
    compiled: Compiled
    derived: bool

    @property
    def directs(self) -> bool:
        """Whether a board gives directions; one that was opened with no members does not."""
        if self.partnership.ijb is None:
            return False
        return self.change is None or self.change.given is not None

    def played(self, seed: int, run: int) -> Era:
        """Simulate its years in one run."""
        p = self.partnership
        played = Job.of(seed, [p.id], [self.compiled]).play(run, 1, events=True, history=True)
        out, beyond = played.outputs, played.beyond
        assert out.events is not None
        assert out.history is not None
        compiled = self.compiled.drawn(seed, p.id, run)
        events = [(self.first + event[2], *event[3:]) for event in out.events.tolist()]
        return Era(
            partnership=p,
            change=self.change,
            first=self.first,
            directs=self.directs,
            compiled=compiled,
            history=out.history,
            varied=tuple(events),
            results=tuple(_results(self, compiled, out, out.history, beyond)),
            derived=self.derived,
            beyond=beyond,
            delays=Delays.drawn(compiled.scenario, seed, p.id, run, compiled.years),
        )


@attrs.frozen(kw_only=True, eq=False)
class Era:
    """
    A stretch of years of a run under one model.

    Attributes:
        partnership: The partnership on its first day: that of the run, or what a change of model opened with.
        change: The change of model that opened it; None for the first.
        first: The number of its first year in the run.
        directs: Whether a board gives directions in it.
        compiled: Its years as arrays, as drawn.
        history: What happened month by month.
        varied: Directions varied: year in the run, month, function, old and new amount in pence, source.
        results: A result a year, a year that the run leaves unfinished among them.
        derived: Whether its money goes back to figures that were worked out and not read.
        beyond: What dials and policies add that the reference year does not have; None where all are off.
        delays: What is late in it, and which posts fall vacant.

    Source: our choice; a model changes with a new scheme (Public Bodies (Joint Working) (Scotland) Act 2014, s. 47).

    .. versionadded:: 0.1.0
    """

    partnership: Partnership
    change: ModelChange | None
    first: int
    directs: bool
    compiled: Compiled
    history: engine.History
    varied: tuple[tuple[int, ...], ...]
    results: tuple[YearResult, ...]
    derived: bool
    beyond: Beyond | None
    delays: Delays

    @property
    def model(self) -> Model:
        """The model of all its years."""
        return self.partnership.model

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """Its financial years."""
        return self.compiled.years

    @property
    def start(self) -> date:
        """Its first day."""
        return self.years[0].start

    @property
    def end(self) -> date:
        """The last day of its last year."""
        return self.years[-1].end

    def decided(self, y: int) -> tuple[date, date, date]:
        """
        Give the days on which a year's directions are decided, issued and begin to bind.

        Args:
            y: The number of the year in the era.

        Returns:
            18 March, 24 March and 1 April, or later where the scenario has delays, but by 31 March of the year; for the
            first year of a board that is not there by 18 March, no day before it is established, or before the first
            of the era if that is later.

        Source: our choice; a board exists from the day that its order names (2014 Act, s. 9).

        .. versionadded:: 0.1.0
        """
        return self._days[y][0]

    @cached_property
    def _days(self) -> tuple[tuple[tuple[date, date, date], tuple[date, ...]], ...]:
        """The days of directions and of what meetings decide, a year each."""
        return tuple(self._days_of(y) for y in range(len(self.years)))

    def _days_of(self, y: int) -> tuple[tuple[date, date, date], tuple[date, ...]]:
        year, board = self.years[y], self.partnership.ijb
        made = min(decided(year)[0] + timedelta(days=self.delays.decided[y]), year.end)
        issued = min(made + timedelta(days=self.delays.issued[y]), year.end)
        days = (made, issued, max(issued, year.start))
        there = None if board is None or self.change is None or y else board.established_on
        if isinstance(there, date) and there > decided(year)[0]:
            day = max(there, self.start)
            days = (max(made, day), max(issued, day), max(issued, day))
        return days, tuple(self._effective(y, days[2]))

    def _effective(self, y: int, begins: date) -> Iterator[date]:
        """Give when what each meeting decides takes effect: none before the one that it varies, all within the year."""
        latest = begins
        for meeting, lag in enumerate(self.delays.lags[y]):
            on = min(self._held_on[y][meeting] + timedelta(days=lag), self.years[y].end)
            on = max(on, latest)
            if self.history.quorate[0, y, meeting, 0]:
                latest = on
            yield on

    @cached_property
    def _held_on(self) -> tuple[tuple[date, ...], ...]:
        """The days of meetings, or of the special ones that followed them, six a year."""
        special = None if self.beyond is None else (self.beyond.held[0] == SPECIAL).tolist()
        return tuple(
            tuple(
                on + (SPECIAL_AFTER if special is not None and special[y][meeting] else timedelta())
                for meeting, on in enumerate(meeting_days(year))
            )
            for y, year in enumerate(self.years)
        )

    def made(self, y: int, month: int) -> date:
        """
        Give the day on which a meeting decided.

        Args:
            y: The number of the year in the era.
            month: The month, 1 April to 12 March, an even one.

        Returns:
            The last day of the month, or of the special meeting two weeks after; if directions were not decided then,
            the day on which they are.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return min(max(self._held_on[y][month // 2 - 1], self.decided(y)[0]), self.met(y, month))

    def went(self, y: int, month: int) -> str:
        """
        Say how a meeting went.

        Args:
            y: The number of the year in the era.
            month: The month, 1 April to 12 March, an even one.

        Returns:
            With a quorum, without one, with one at a special meeting, or without a majority.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        if self.beyond is not None:
            return _WENT[int(self.beyond.held[0, y, month // 2 - 1])]
        return _WENT[int(self.history.quorate[0, y, month // 2 - 1, 0])]

    def met(self, y: int, month: int) -> date:
        """
        Give the day on which what a meeting decided takes effect.

        Args:
            y: The number of the year in the era.
            month: The month, 1 April to 12 March, an even one.

        Returns:
            The last day of the month, or later where the scenario has delays or the meeting was a special one, but
            by 31 March; or the day on which directions begin to bind if that is later.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self._days[y][1][month // 2 - 1]

    def opening(self, y: int) -> Money:
        """
        Give the general reserve on 1 April.

        Args:
            y: The number of the year in the era.

        Returns:
            What the year before left; at the start of an era that a change opened, nil.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.results[y - 1].reserve if y else Money(int(self.compiled.inputs.opening_reserve_pence[0]))

    def amounts(self, y: int) -> tuple[Money, ...]:
        """
        Give what is directed for each function when a year begins, the sum set aside among it.

        Args:
            y: The number of the year in the era.

        Returns:
            A sum a function, in order: what came in for it, unless the scenario allocates otherwise.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        if self.beyond is None or not self.directs:
            return self.paid(y)
        return tuple(map(Money, self.beyond.start_pence[0, y].tolist()))

    def paid(self, y: int) -> tuple[Money, ...]:
        """
        Give what is paid or set aside for each function for a year.

        Args:
            y: The number of the year in the era.

        Returns:
            A sum a function, in order.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return tuple(Money(int(pence)) for pence in self.compiled.inputs.budgets_pence[y, 0])

    def earmarked(self, y: int) -> Money:
        """
        Give the earmarked reserve on 1 April.

        Args:
            y: The number of the year in the era.

        Returns:
            What the year before left.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.results[y - 1].earmarked if y else Money(int(self.compiled.earmarked_pence))

    def host(self, function: int) -> str:
        """
        Give the body that a function was delegated to.

        Args:
            function: The number of the function.

        Returns:
            The id of the board, or of the lead agency.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 1(4).

        .. versionadded:: 0.1.0
        """
        return host_of_function(self.partnership, self.compiled, function)


def host_of_function(p: Partnership, compiled: Compiled, function: int) -> str:
    """Give the body that a function of an era was delegated to, by the number of the function."""
    found = _host(p, compiled, function)
    assert found is not None
    return found


def _host(p: Partnership, compiled: Compiled, function: int) -> str | None:
    """Give the body that a function was delegated to: as its scheme lists it, else as the model provides."""
    listed = {one.id: one.delegate for one in p.functions.items}
    name = compiled.functions[function]
    return listed.get(name) or host_of(p, p.model, compiled.providers[function])


def stretches(p: Partnership, scenario: Scenario, last: date) -> tuple[Stretch, ...]:
    """
    Cut a run into stretches of one model, from 1 April of the first year to the last day.

    Args:
        p: The partnership.
        scenario: What to assume.
        last: The last day of the run.

    Returns:
        One stretch more than changes of model by the last day.

    Raises:
        ValueError: If the run ends before it begins, a change is not after its first day, or there is no money to
            simulate.

    Source: our choice.
    """
    start = FinancialYear.of(p.as_at).start
    changes = [change for change in scenario.changes if change.on <= last]
    if changes and changes[0].on <= start:
        later = date(start.year + 1, 4, 1).isoformat()
        raise ValueError(
            f"a model must change after the first day of the run, {start.isoformat()}; expected {later} or a later "
            f"1 April, got {changes[0].on.isoformat()}"
        )
    quiet = attrs.evolve(scenario, changes=())
    ends = [*(change.on - timedelta(days=1) for change in changes), last]
    found = [_stretch(p, p, None, quiet, ends[0])]
    for change, end in zip(changes, ends[1:], strict=True):
        found.append(_stretch(p, opened(found[-1].partnership, change), change, quiet, end))
    return tuple(found)


def _stretch(p: Partnership, era: Partnership, change: ModelChange | None, scenario: Scenario, end: date) -> Stretch:
    """Compile one stretch, with the money that is recorded of the partnership at the start of the run."""
    derived = any(budget.derived for budget in p.budgets.items)
    if change is None and era.ijb is not None:
        whole = compile_inputs(era, scenario, end)
        return Stretch(partnership=era, change=None, first=0, compiled=whole, derived=derived)
    compiled = compile_inputs(as_board(p, era), scenario, end, opening_pence=0)
    if not compiled.base.paid_pence.any() and not compiled.base.held_pence.any():
        raise ValueError(
            f"{p.name} has no payment recorded that {compiled.years[0]} could start from; expected what is paid for "
            "each delegated function"
        )
    first = 0 if change is None else FinancialYear.of(change.on) - compiled.years[0]
    directs = era.ijb is not None and change is not None and change.given is not None
    later = _from(compiled, era, first, directs)
    return Stretch(partnership=era, change=change, first=first, compiled=later, derived=derived)


def _from(compiled: Compiled, era: Partnership, skip: int, directs: bool) -> Compiled:
    """Give the later years of what was compiled, and only the functions that the era delegates."""
    kept = [f for f in range(len(compiled.functions)) if _host(era, compiled, f) is not None]
    base = compiled.base
    given = {field.name: getattr(base, field.name) for field in attrs.fields(Base)}
    for name in ("paid_pence", "held_pence", "savings_pence"):
        given[name] = given[name][:, kept]
    given["names"] = tuple(base.names[f] for f in kept)
    given["health"] = base.health[kept]
    given["hosted_pence"] = None if base.hosted_pence is None else base.hosted_pence[:, kept]
    inputs = compiled.inputs
    voters, quorum = inputs.voting_members[skip:], inputs.quorum[skip:]
    if not directs:
        voters, quorum = _nobody(len(voters))
    return attrs.evolve(
        compiled,
        inputs=attrs.evolve(
            inputs,
            budgets_pence=inputs.budgets_pence[skip:, :, kept],
            growth=inputs.growth[skip:, :, kept],
            arm=inputs.arm[:, kept],
            voting_members=voters,
            quorum=quorum,
        ),
        years=compiled.years[skip:],
        functions=tuple(compiled.functions[f] for f in kept),
        providers=tuple(compiled.providers[f] for f in kept),
        set_aside=tuple(tuple(row[f] for f in kept) for row in compiled.set_aside[skip:]),
        base=_LaterBase(**given, skip=skip),
    )


def _nobody(years: int) -> tuple[Counts, Counts]:
    """Give the voters and the quorum of meetings to which nobody comes, so that nothing is directed or varied."""
    return np.zeros((years, MEETINGS, 1, len(GROUPS)), np.int64), np.ones((years, MEETINGS, 1), np.int64)


def _results(
    stretch: Stretch, compiled: Compiled, out: engine.Outputs, history: engine.History, beyond: Beyond | None
) -> Iterator[YearResult]:
    """Settle every year by the model: from the reserve and by extra payments, by whoever hosts, or not at all."""
    reserve = NIL
    for y, year in enumerate(compiled.years):
        budgets = compiled.inputs.budgets_pence[y, 0]
        spent = history.spent_pence[0, y, -1, 0]
        budget = Money(int(budgets.sum()))
        if stretch.directs:
            yield YearResult(
                year=year,
                budget=budget,
                spent=Money(int(spent.sum())),
                directions=int(out.directions[0, 0, y]),
                deferred=int(out.deferred[0, 0, y]),
                reserve=Money(int(out.reserve_pence[0, 0, y])),
                top_health_board=Money(int(out.top_health_board_pence[0, 0, y])),
                top_council=Money(int(out.top_council_pence[0, 0, y])),
                earmarked=Money(compiled.earmarked_pence) if beyond is None else _money(beyond, "earmarked_pence", y),
                allocated_late=NIL if beyond is None else _money(beyond, "late_pence", y),
                repaid_health_board=NIL if beyond is None else _money(beyond, "repaid_health_board_pence", y),
                repaid_council=NIL if beyond is None else _money(beyond, "repaid_council_pence", y),
            )
        elif stretch.partnership.ijb is None:
            yield _hosted(stretch.partnership, compiled, y, budget, (spent - budgets).tolist())
        else:
            held = total(compiled.set_aside[y])
            reserve += budget - held
            yield YearResult(
                year=year,
                budget=budget,
                spent=NIL,
                directions=0,
                deferred=0,
                reserve=reserve,
                top_health_board=NIL,
                top_council=NIL,
                kept=held,
            )


def _money(beyond: Beyond, name: str, y: int) -> Money:
    return Money(int(beyond.yearly[name][0, 0, y]))


def _hosted(p: Partnership, compiled: Compiled, y: int, budget: Money, over: list[int]) -> YearResult:
    """Settle a year of lead agencies: each bears, or keeps, by how much the functions that it hosts strayed."""
    borne = {body.id: NIL for body in p.parties}
    for f, pence in enumerate(over):
        borne[host_of_function(p, compiled, f)] += Money(pence)
    return YearResult(
        year=compiled.years[y],
        budget=budget,
        spent=budget + total(borne.values()),
        directions=0,
        deferred=0,
        reserve=NIL,
        top_health_board=max(borne[p.health_board.id], NIL),
        top_council=total(max(borne[body.id], NIL) for body in p.local_authorities),
        kept=total(max(-one, NIL) for one in borne.values()),
    )
