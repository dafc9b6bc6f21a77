"""
The dials and policies that the reference year does not have, for one partnership at a time (private).

The engine simulates the year and asks here what meetings decide, with what directions begin, what a recovery plan
takes from spending and how a year is settled. With all dials off the answers are those of the reference year.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.risk_shares import RiskShare
from scotintegration.simulation._drawn import Terms
from scotintegration.simulation._inputs import MONTHS, Counts, Floats, Inputs, Pence
from scotintegration.simulation.policies import BY_SCHEME, Policy, Position, loan_years, named, settled
from scotintegration.simulation.scenario import Scenario

__all__ = ["MORE", "Beyond", "Board", "Held", "Plan", "attended"]

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


class Board:
    """
    What a board does otherwise than in the engine's year: reserves and loans between years, policies within one.

    Each run stands as a partnership of its own, so what the engine calls partnerships are runs here.
    """

    def __init__(self, inputs: Inputs, terms: Terms, held: Held, plan: Plan, first: int) -> None:
        """
        Begin before the first year.

        Args:
            inputs: Of the partnership.
            terms: Its dials.
            held: How meetings went, shape ``(runs, years, 6)``.
            plan: The policies.
            first: Number of the first run, for errors.
        """
        runs, years, functions = len(held), inputs.years, inputs.functions
        self._terms, self._held, self._plan, self._first = terms, held, plan, first
        self._arm = inputs.arm[0].astype(np.int64)
        self._earmarked = np.repeat(terms.opening_earmarked_pence, runs // len(terms.opening_earmarked_pence))
        self._loans: list[tuple[Pence, int, int]] = []  # lent by each side, over how many years, and how many are over
        self._last = np.zeros((runs, functions), np.int64)  # spent in the year before
        self._start = np.empty((runs, years, functions), np.int64)
        self._planned = np.zeros((runs, years, MONTHS, functions), np.int64)
        self._yearly = {name: np.zeros((runs, 1, years), np.int64) for name in MORE}

    def beyond(self) -> Beyond:
        """Give what there is beside the engine's results."""
        return Beyond(yearly=self._yearly, start_pence=self._start, planned_pence=self._planned, held=self._held)

    # -- what the engine asks ------------------------------------------------------------------------------------

    def carried(self, year: int) -> Flags:
        """Tell which meetings decide."""
        decides: Flags = np.isin(self._held[:, year].T, (ORDINARY, SPECIAL))
        return decides

    def allocated(self, year: int, spent: Pence, reserve: Pence) -> Pence:
        """Give what directions begin with."""
        rows = self._terms.budgets_pence[:, year]
        self._budget = np.ascontiguousarray(np.broadcast_to(rows, (len(reserve), rows.shape[-1])))
        self._spent, self._gross = spent.copy(), np.diff(spent, axis=0, prepend=0)
        self._less = np.zeros_like(self._gross)  # what is to be found in each month, and what is
        self._found = np.zeros_like(self._gross)
        amounts, ask = self._budget, self._plan.allocation
        if ask is not None:
            at = self._position(year, 0, amount_pence=amounts, spent_pence=self._last, reserve_pence=reserve)
            amounts = _answer(ask, at, amounts.shape)
            wrong = np.flatnonzero(amounts.sum(axis=1) != self._budget.sum(axis=1))
            if len(wrong):
                got, there = int(amounts[wrong[0]].sum()), int(self._budget[wrong[0]].sum())
                raise ValueError(f"{named(ask)} allocates {got} pence of {there}; expected all of them and no more")
        self._start[:, year] = amounts
        return amounts

    def recovered(self, year: int, month: int, forecast: Pence, amount: Pence, reserve: Pence) -> Pence | None:
        """Let a recovery plan spread what is to be found over the months to come; only part of it may be."""
        if self._plan.recovery is None or month == MONTHS:
            return None
        spent = self._spent[month - 1]
        at = self._position(
            year,
            month,
            amount_pence=amount,
            spent_pence=spent,
            forecast_pence=forecast,
            planned_pence=self._less[month:].sum(axis=0),
            reserve_pence=reserve,
        )
        asked = _answer(self._plan.recovery, at, self._budget.shape)
        asked = np.minimum(asked, np.maximum(forecast - spent, 0)) * self.carried(year)[month // 2 - 1][:, None]
        self._planned[:, year, month - 1] = asked
        kept = np.rint(asked * self._terms.more["compliance"][:, year][:, None]).astype(np.int64)
        if not asked.any():
            return None
        left = MONTHS - month
        for number in range(left):
            for whole, months in ((asked, self._less), (kept, self._found)):
                months[month + number] += whole * (number + 1) // left - whole * number // left
        gross = self._gross[month:]
        np.cumsum(gross - np.minimum(self._found[month:], np.maximum(gross, 0)), axis=0, out=self._spent[month:])
        self._spent[month:] += spent
        return self._spent

    def settled(self, year: int, over: Pence, amount: Pence, reserve: Pence) -> tuple[Pence, Pence, Pence]:
        """Meet what was overspent and repaid from reserves, general and earmarked, and the rest as the policy says."""
        rule, dials = self._plan.settlement, self._terms.more
        late = np.rint(self._budget.sum(axis=1) * dials["late_allocation"][:, year]).astype(np.int64)
        repaid = self._repaid(len(reserve))
        owed = over + repaid.sum(axis=1)
        reserve = reserve + late
        drawn = np.minimum(owed, reserve)
        reserve = reserve - drawn
        held_back = self._earmarked - np.rint(self._earmarked * dials["release"][:, year]).astype(np.int64)
        released = np.minimum(owed - drawn, self._earmarked - held_back)
        self._earmarked = self._earmarked - released
        short = owed - drawn - released
        self._last = self._spent[-1].copy()
        at = self._position(
            year, MONTHS, amount_pence=amount, spent_pence=self._last, reserve_pence=reserve, short_pence=short
        )
        tops = settled(rule, at)
        if rule is not None and not isinstance(rule, RiskShare):
            tops = _checked(rule, tops, (len(short), 2))
            reserve = reserve + tops.sum(axis=1) - short
            if (reserve < 0).any():
                raise ValueError(f"{named(rule)} leaves a year short; expected payments of all that it is short")
        if loan_years(rule):
            self._loans.append((tops, loan_years(rule), 0))
        net = late - repaid.sum(axis=1) + released
        for name, array in (
            ("earmarked_pence", self._earmarked),
            ("late_pence", late),
            ("repaid_health_board_pence", repaid[:, 0]),
            ("repaid_council_pence", repaid[:, 1]),
            ("net_pence", net),
        ):
            self._yearly[name][:, 0, year] = array
        return reserve, tops.T, net

    def _repaid(self, runs: int) -> Pence:
        """Pay a year's part of every loan back to who lent it."""
        repaid = np.zeros((runs, 2), np.int64)
        for number, (lent, years, over) in enumerate(self._loans):
            if over < years:
                repaid += lent // years + (over < lent % years)
                self._loans[number] = (lent, years, over + 1)
        return repaid

    def _position(self, year: int, month: int, **changes: Pence) -> Position:
        """Show a policy where the runs stand; what it does to the arrays moves nothing here."""
        none = np.zeros_like(self._budget)
        shown: dict[str, Pence] = {
            "budget_pence": self._budget,
            "forecast_pence": changes["spent_pence"],
            "planned_pence": none,
            "earmarked_pence": self._earmarked,
            "short_pence": none[:, 0],
            **changes,
        }
        return Position(
            year=self._plan.first_year + year,
            month=month,
            functions=self._plan.functions,
            arm=self._arm.copy(),
            health_board=self._plan.health_board,
            **{name: array.copy() for name, array in shown.items()},
        )


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
