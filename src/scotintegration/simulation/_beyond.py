"""
Years with the dials and policies that the reference year does not have, one partnership at a time (private).

With all of them off a year is that of the engine, to the penny and the event; a test holds the two together. Arrays
have the axes runs and functions, and are int64 throughout.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.errors import ConservationError
from scotintegration.risk_shares import RiskShare
from scotintegration.simulation._drawn import Terms
from scotintegration.simulation._inputs import MONTHS, Counts, Floats, History, Inputs, Outputs, Pence
from scotintegration.simulation.policies import BY_SCHEME, Policy, Position, loan_years, named, settled, shared_out
from scotintegration.simulation.scenario import Scenario

__all__ = ["MORE", "Beyond", "Held", "Plan", "attended", "play"]

MORE: Final = (
    "earmarked_pence",
    "kept_pence",
    "late_pence",
    "net_pence",
    "repaid_council_pence",
    "repaid_health_board_pence",
)
"""Yearly results beside those of the engine."""

NOT_QUORATE: Final = 0
ORDINARY: Final = 1
SPECIAL: Final = 2
NOT_CARRIED: Final = 3
"""How a meeting went."""

_ARMS: Final = (0, 1)

Held = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]


@attrs.frozen(kw_only=True, eq=False)
class Beyond:
    """
    What a year has beside the engine's results.

    Attributes:
        yearly: The results named in `MORE`, each of shape ``(runs, partnerships, years)``: the earmarked reserve on 31
            March, what was allocated late, what was repaid of loans, and by how much that came to more than it took
            beside budgets, additional payments, spending and the general reserve.
        start_pence: What directions began with, shape ``(runs, years, functions)``.
        planned_pence: Reductions that meetings decided, shape ``(runs, years, 12, functions)``.
        held: How meetings went, shape ``(runs, years, 6)``.
    """

    yearly: Mapping[str, Pence]
    start_pence: Pence
    planned_pence: Pence
    held: Held


@attrs.frozen(kw_only=True, eq=False)
class Plan:
    """Who decides what: the policies of a scenario as they stand for one partnership."""

    recovery: Policy | None
    allocation: Policy | None
    settlement: RiskShare | Policy | None
    functions: tuple[str, ...]
    health_board: str
    first_year: int

    @classmethod
    def of(
        cls, scenario: Scenario, scheme: RiskShare | None, functions: tuple[str, ...], health_board: str, year: int
    ) -> Plan:
        """Take a scenario's; what the scheme says counts where the scenario says so."""
        by = scenario.settlement
        return cls(
            recovery=scenario.recovery,
            allocation=scenario.allocation,
            settlement=scheme if isinstance(by, str) and by == BY_SCHEME else by,  # type: ignore[arg-type]
            functions=functions,
            health_board=health_board,
            first_year=year,
        )


def attended(inputs: Inputs, terms: Terms, drawn: Mapping[str, Floats], groups: Counts, seats: Counts) -> Held:
    """
    Tell how each meeting went.

    Args:
        inputs: Of one partnership.
        terms: Its dials.
        drawn: Uniforms by purpose, each of shape ``(years, seats, 6, runs)``: ``attendance`` and, where their dials are
            on, ``vacant``, ``proxy``, ``vote`` and ``special``, and ``follows`` of shape ``(years, 6, runs)``.
        groups: The group of each seat.
        seats: The number of each seat within its group.

    Returns:
        Shape ``(runs, years, 6)``.
    """

    def dial(name: str) -> Floats:
        return terms.more[name].T[:, None, None, :]

    entitled = seats[None, :, None] < inputs.voting_members[:, :, 0].transpose(0, 2, 1)[:, groups]
    quorum = inputs.quorum[:, :, 0, None]
    filled: Flags = np.broadcast_to(entitled[..., None], drawn["attendance"].shape)
    if "vacant" in drawn:
        filled = filled & (drawn["vacant"] >= dial("member_vacancies"))
        if not inputs.both_sides:  # not a board that is pinned
            quorum = np.where((entitled.sum(axis=1) > 0)[..., None], -(-filled.sum(axis=1) // 2), quorum)
    likely = terms.attendance.T[:, None, None, :]

    def present(purpose: str) -> Flags:
        there: Flags = filled & (drawn[purpose] < likely)
        return there | (filled & (drawn["proxy"] < dial("proxies"))) if "proxy" in drawn else there

    def enough(there: Flags) -> Flags:
        held: Flags = there.sum(axis=1) >= np.maximum(quorum, 1)
        if inputs.both_sides:
            held &= there[:, groups == 0].any(axis=1) & there[:, groups == 1].any(axis=1)
        return held

    there = present("attendance")
    held = np.where(enough(there), ORDINARY, NOT_QUORATE)
    if "special" in drawn:
        again = present("special")
        follows = drawn["follows"] < terms.more["special"].T[:, None, :]
        follows[:, -1] = False  # 31 March is the last day that a year's directions can change
        second = follows & (held == NOT_QUORATE) & enough(again)
        held = np.where(second, SPECIAL, held)
        there = np.where(second[:, None], again, there)
    if "vote" in drawn:
        ayes = (there & (drawn["vote"] < dial("support"))).sum(axis=1)
        held = np.where((held > NOT_QUORATE) & (2 * ayes <= there.sum(axis=1)), NOT_CARRIED, held)
    return np.ascontiguousarray(held.transpose(2, 0, 1).astype(np.int8))


def play(
    inputs: Inputs, terms: Terms, factors: Floats, held: Held, plan: Plan, first: int, *, events: bool
) -> tuple[Outputs, Beyond]:
    """
    Simulate runs of one partnership.

    Args:
        inputs: Of the partnership.
        terms: Its dials.
        factors: Spending of each month over the month's budget, shape ``(runs, years, 12, functions)``.
        held: How meetings went.
        plan: The policies.
        first: Number of the first run.
        events: Whether to log directions varied.

    Returns:
        Results with months, and what there is beside.

    Raises:
        ConservationError: If a year does not balance.
        TypeError: If a policy gives no whole pence of the right shape.
        ValueError: If a policy gives less than nothing, or an allocation has another total than the budget.
    """
    return _Board(inputs, terms, factors, held, plan, first, events).played()


class _Board:
    """State of the runs: reserves and loans between years, amounts and spending within one."""

    def __init__(
        self, inputs: Inputs, terms: Terms, factors: Floats, held: Held, plan: Plan, first: int, events: bool
    ) -> None:
        runs, years, _, functions = factors.shape
        self.inputs, self.terms, self.factors, self.held, self.plan, self.first = (
            inputs, terms, factors, held, plan, first,
        )  # fmt: skip
        self.arm = inputs.arm[0].astype(np.int64)
        self.reserve = np.repeat(terms.opening_reserve_pence, runs // len(terms.opening_reserve_pence))
        self.earmarked = np.repeat(terms.opening_earmarked_pence, runs // len(terms.opening_earmarked_pence))
        self.loans: list[tuple[Pence, int, int]] = []  # lent by each side, over how many years, and how many are over
        self.spent = np.zeros((runs, functions), np.int64)
        self.year = 0
        self.events: list[Pence] | None = [] if events else None
        self.varied = np.zeros((runs, years), np.int64)
        monthly = (runs, years, MONTHS, 1, functions)
        self.history = History(
            spent_pence=np.empty(monthly, np.int64),
            amount_pence=np.empty(monthly, np.int64),
            quorate=(((held == ORDINARY) | (held == SPECIAL))[..., None]),
        )
        self.start = np.empty((runs, years, functions), np.int64)
        self.planned = np.zeros((runs, years, MONTHS, functions), np.int64)
        self.yearly = {
            name: np.empty((runs, 1, years), np.int64)
            for name in ("reserve_pence", "top_health_board_pence", "top_council_pence", *MORE)
        }

    def played(self) -> tuple[Outputs, Beyond]:
        """Simulate every year."""
        for year in range(self.factors.shape[1]):
            self.year = year
            self._play()
        gone = (self.held == NOT_QUORATE) | (self.held == NOT_CARRIED)
        outputs = Outputs(
            first=self.first,
            directions=(self.varied + self.factors.shape[-1]).astype(np.int16)[:, None],
            deferred=gone.sum(axis=2).astype(np.int8)[:, None],
            reserve_pence=self.yearly["reserve_pence"],
            top_health_board_pence=self.yearly["top_health_board_pence"],
            top_council_pence=self.yearly["top_council_pence"],
            events=None if self.events is None else _ordered(self.events),
            history=self.history,
        )
        beyond = Beyond(
            yearly={name: self.yearly[name] for name in MORE},
            start_pence=self.start,
            planned_pence=self.planned,
            held=self.held,
        )
        return outputs, beyond

    # -- a year --------------------------------------------------------------------------------------------------

    def _play(self) -> None:
        runs = len(self.reserve)
        rows = self.terms.budgets_pence[:, self.year]
        self.budget = np.ascontiguousarray(np.broadcast_to(rows, (runs, rows.shape[-1])))
        opening, earmarked = self.reserve.copy(), self.earmarked.copy()
        self.amount = self.budget
        self.amount = self._allocated()
        self.start[:, self.year] = self.amount
        self.spent = np.zeros_like(self.budget)
        less = np.zeros((MONTHS, *self.budget.shape), np.int64)  # what is to be found in each month, and what is
        found = np.zeros_like(less)
        due = np.zeros_like(self.budget)
        for month in range(1, MONTHS + 1):
            before, due = due, self.budget * month // MONTHS
            gross = np.rint((due - before) * self.factors[:, self.year, month - 1]).astype(np.int64)
            self.spent += gross - np.minimum(found[month - 1], np.maximum(gross, 0))
            self.history.spent_pence[:, self.year, month - 1, 0] = self.spent
            if month % 2 == 0:
                decides = self.history.quorate[:, self.year, month // 2 - 1, 0]
                forecast = self._forecast(due)
                self._vary(month, forecast, decides)
                if self.plan.recovery is not None and month < MONTHS:
                    self._recover(month, forecast, decides, less, found)
            self.history.amount_pence[:, self.year, month - 1, 0] = self.amount
        self._settle(opening, earmarked)

    def _position(self, month: int, **changes: Pence) -> Position:
        """Show a policy where the runs stand; what it does to the arrays moves nothing here."""
        none = np.zeros_like(self.budget)
        shown: dict[str, Pence] = {
            "budget_pence": self.budget,
            "amount_pence": self.amount,
            "spent_pence": self.spent,
            "forecast_pence": self.spent,
            "planned_pence": none,
            "reserve_pence": self.reserve,
            "earmarked_pence": self.earmarked,
            "short_pence": none[:, 0],
            **changes,
        }
        return Position(
            year=self.plan.first_year + self.year,
            month=month,
            functions=self.plan.functions,
            arm=self.arm.copy(),
            health_board=self.plan.health_board,
            **{name: array.copy() for name, array in shown.items()},
        )

    def _allocated(self) -> Pence:
        """Give what directions begin with."""
        ask = self.plan.allocation
        if ask is None:
            return self.budget.copy()
        amounts = _answer(ask, self._position(0), self.budget.shape)
        wrong = np.flatnonzero(amounts.sum(axis=1) != self.budget.sum(axis=1))
        if len(wrong):
            got, there = int(amounts[wrong[0]].sum()), int(self.budget[wrong[0]].sum())
            raise ValueError(f"{named(ask)} allocates {got} pence of {there}; expected all of them and no more")
        return amounts

    def _forecast(self, due: Pence) -> Pence:
        """Say what the year will come to at the pace so far."""
        pace = self.spent.astype(np.float64) / np.maximum(due, 1)
        return self.spent + np.rint((self.budget - due) * pace).astype(np.int64)

    def _vary(self, month: int, forecast: Pence, decides: Flags) -> None:
        """Vary directions by the forecasts where a meeting decides: within an arm, between arms, from the reserve."""
        gap = np.where(decides[:, None], forecast - self.amount, 0)
        need, spare = np.where(gap > self.budget // 100, gap, 0), np.maximum(-gap, 0)
        for to, fro, source in ((0, 0, 1), (1, 1, 1), (0, 1, 2), (1, 0, 2)):
            wanted, offered = np.where(self.arm == to, need, 0), np.where(self.arm == fro, spare, 0)
            moved = np.minimum(wanted.sum(axis=1), offered.sum(axis=1))
            given, taken = (shared_out(moved, one, np.zeros_like(one)) for one in (wanted, offered))
            self._note(month, given, taken, source)
            need, spare = need - given, spare - taken
        moved = np.minimum(need.sum(axis=1), self.reserve)
        given = shared_out(moved, need, np.zeros_like(need))
        self._note(month, given, np.zeros_like(given), 3)
        self.reserve = self.reserve - moved

    def _note(self, month: int, given: Pence, taken: Pence, source: int) -> None:
        """Change amounts, and note every direction that is varied."""
        new, changed = self.amount + given - taken, (given > 0) | (taken > 0)
        self.varied[:, self.year] += changed.sum(axis=1)
        if self.events is not None:
            run, function = np.nonzero(changed)
            rows = np.zeros((len(run), 8), np.int64)
            rows[:, 0], rows[:, 2], rows[:, 3], rows[:, 4] = self.first + run, self.year, month, function
            rows[:, 5], rows[:, 6], rows[:, 7] = self.amount[changed], new[changed], source
            self.events.append(rows)
        self.amount = new

    def _recover(self, month: int, forecast: Pence, decides: Flags, less: Pence, found: Pence) -> None:
        """Let a recovery plan spread what is to be found over the months to come; only part of it may be."""
        assert self.plan.recovery is not None
        asked = _answer(
            self.plan.recovery,
            self._position(month, forecast_pence=forecast, planned_pence=less[month:].sum(axis=0)),
            self.budget.shape,
        )
        asked = np.minimum(asked, np.maximum(forecast - self.spent, 0)) * decides[:, None]
        self.planned[:, self.year, month - 1] = asked
        kept = np.rint(asked * self.terms.more["compliance"][:, self.year][:, None]).astype(np.int64)
        left = MONTHS - month
        for number in range(left):
            for whole, months in ((asked, less), (kept, found)):
                months[month + number] += whole * (number + 1) // left - whole * number // left

    def _settle(self, opening: Pence, earmarked: Pence) -> None:
        """Settle the year, check that no penny was made or lost, and store its results."""
        year, received = self.year, self.budget.sum(axis=1)
        gap = self.amount - self.spent
        late = np.rint(received * self.terms.more["late_allocation"][:, year]).astype(np.int64)
        repaid = np.zeros((len(self.reserve), 2), np.int64)
        for number, (lent, years, over) in enumerate(self.loans):
            if over < years:
                repaid += lent // years + (over < lent % years)
                self.loans[number] = (lent, years, over + 1)
        owed = np.maximum(-gap, 0).sum(axis=1) + repaid.sum(axis=1)
        self.reserve = self.reserve + np.maximum(gap, 0).sum(axis=1) + late
        drawn = np.minimum(owed, self.reserve)
        self.reserve = self.reserve - drawn
        held_back = self.earmarked - np.rint(self.earmarked * self.terms.more["release"][:, year]).astype(np.int64)
        released = np.minimum(owed - drawn, self.earmarked - held_back)
        self.earmarked = self.earmarked - released
        short = owed - drawn - released
        rule = self.plan.settlement
        tops = settled(rule, self._position(MONTHS, short_pence=short))
        if rule is not None and not isinstance(rule, RiskShare):
            tops = _checked(rule, tops, (len(short), 2))
            self.reserve = self.reserve + tops.sum(axis=1) - short
            if (self.reserve < 0).any():
                raise ValueError(f"{named(rule)} leaves a year short; expected payments of all that it is short")
        if loan_years(rule):
            self.loans.append((tops, loan_years(rule), 0))
        net = late - repaid.sum(axis=1) + earmarked - self.earmarked
        came = opening + received + tops.sum(axis=1) + net
        went = self.spent.sum(axis=1) + self.reserve
        wrong = np.flatnonzero(came != went)
        if len(wrong):
            where = f"year {year} of run {self.first + wrong[0]}"
            raise ConservationError(where, int(came[wrong[0]]), int(went[wrong[0]]))
        for name, array in (
            ("reserve_pence", self.reserve),
            ("top_health_board_pence", tops[:, 0]),
            ("top_council_pence", tops[:, 1]),
            ("earmarked_pence", self.earmarked),
            ("kept_pence", np.zeros_like(late)),
            ("late_pence", late),
            ("repaid_health_board_pence", repaid[:, 0]),
            ("repaid_council_pence", repaid[:, 1]),
            ("net_pence", net),
        ):
            self.yearly[name][:, 0, year] = array


def _ordered(parts: list[Pence]) -> Pence:
    """Put events in order of run, year, month, source and function."""
    events = np.concatenate([np.empty((0, 8), np.int64), *parts])
    ordered: Pence = events[np.lexsort((events[:, 4], events[:, 7], events[:, 3], events[:, 2], events[:, 0]))]
    return ordered


def _answer(policy: Policy, at: Position, shape: tuple[int, ...]) -> Pence:
    return _checked(policy, policy(at), shape)


def _checked(policy: Policy, answer: object, shape: tuple[int, ...]) -> Pence:
    """Refuse an answer that is not whole pence of a shape, or less than nothing."""
    if not isinstance(answer, np.ndarray) or answer.dtype != np.int64 or answer.shape != shape:
        got = f"{answer.dtype} of shape {answer.shape}" if isinstance(answer, np.ndarray) else repr(answer)
        raise TypeError(f"{named(policy)} gives int64 of shape {shape}, got {got}")
    if (answer < 0).any():
        raise ValueError(f"{named(policy)} gives {int(answer.min())} pence; expected 0 or more")
    return answer
