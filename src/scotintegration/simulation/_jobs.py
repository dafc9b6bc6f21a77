"""Runs of one partnership or many by number: the engine, with the dials of each run turned (private)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.simulation import draws, engine
from scotintegration.simulation._beyond import Beyond, Board, Plan, attended
from scotintegration.simulation._compile import Compiled
from scotintegration.simulation._drawn import Base, Terms, refuse_growth, turned
from scotintegration.simulation._inputs import GROUPS, MEETINGS, MONTHS, Counts, Floats, History, Inputs, Outputs, Pence
from scotintegration.simulation.scenario import Scenario

__all__ = ["Job", "Played", "yearly"]

_RUNS = 1024  # whose draws are made before they are used

_AS_GIVEN = (4, 0, 3, 1, 2)  # from years, partnerships, places, times, runs, as they lie best, to the engine's order

_BETWEEN = 0.5  # of the numbers that stand for those who attend, 0, and for the others, 1


@attrs.frozen(kw_only=True, eq=False)
class Played:
    """
    Results of some runs, with what they started from.

    Attributes:
        outputs: From the engine.
        budgets_pence: Each partnership's budget, shape ``(runs, partnerships, years)``; one row where runs agree.
        opening_pence: Reserve at the start, shape ``(runs, partnerships)``; one row where runs agree.
        beyond: What dials and policies beyond the reference year add; None where all are off.
    """

    outputs: Outputs
    budgets_pence: Pence
    opening_pence: Pence
    beyond: Beyond | None = None


@attrs.frozen(kw_only=True, eq=False)
class Job:
    """
    What to simulate, without anything that only people read.

    Attributes:
        seed: The seed.
        scenario: What is assumed.
        first_year: Calendar year in which the first financial year starts.
        ids: The partnerships.
        functions: Ids of each partnership's functions.
        bases: What is recorded of each.
        inputs: Of each, every dial in its middle.
        health_boards: Id of the Health Board of each.
    """

    seed: int
    scenario: Scenario
    first_year: int
    ids: tuple[str, ...]
    functions: tuple[tuple[str, ...], ...]
    bases: tuple[Base, ...]
    inputs: tuple[Inputs, ...]
    health_boards: tuple[str, ...]

    @classmethod
    def of(cls, seed: int, ids: Sequence[str], compiled: Sequence[Compiled]) -> Job:
        """Put partnerships side by side; all have the same years and scenario."""
        return cls(
            seed=seed,
            scenario=compiled[0].scenario,
            first_year=compiled[0].years[0].start_year,
            ids=tuple(ids),
            functions=tuple(one.functions for one in compiled),
            bases=tuple(one.base for one in compiled),
            inputs=tuple(one.inputs for one in compiled),
            health_boards=tuple(one.health_board for one in compiled),
        )

    @property
    def years(self) -> int:
        """How many financial years there are."""
        return self.inputs[0].years

    @property
    def more(self) -> bool:
        """Whether results have more than those of the engine."""
        return self.scenario.beyond

    def play(self, first: int, runs: int, *, events: bool = False, history: bool = False) -> Played:
        """Simulate runs *first* to *first* + *runs* - 1; history is kept of a single partnership only."""
        if self.scenario.turned:
            return _beside(
                [
                    _after(
                        [
                            self._turned(number, start, min(_RUNS, first + runs - start), events, history)
                            for start in range(first, first + runs, _RUNS)
                        ]
                    )
                    for number in range(len(self.ids))
                ]
            )
        inputs = _together(self.inputs)
        outputs = engine.simulate(
            inputs,
            self.ids,
            seed=self.seed,
            runs=runs,
            first=first,
            first_year=self.first_year,
            functions=self.functions,
            events=events,
            history=history,
        )
        return Played(
            outputs=outputs,
            budgets_pence=inputs.budgets_pence.sum(axis=2).T[None],
            opening_pence=inputs.opening_reserve_pence[None],
        )

    def _turned(self, number: int, first: int, runs: int, events: bool, history: bool) -> Played:
        """
        Simulate runs of one partnership whose dials differ.

        Spending is budget * (growth + volatility * z), so a number that already holds growth and volatility, given
        to the engine in place of z with a growth of 0 and a volatility of 1, is the same to the last bit. Where
        budgets or reserves differ too, each run stands as a partnership of its own in a single run.
        """
        id, given = self.ids[number], self.inputs[number]
        terms = self.bases[number].terms(self.scenario, turned(self.seed, id, first, runs))
        refuse_growth(terms.growth)
        normals = self._spending(number, first, runs, terms)
        budgets, opening = terms.budgets_pence, terms.opening_reserve_pence
        if self.scenario.beyond:
            return self._beyond(number, first, runs, terms, normals, events, history)
        uniforms = self._attendance(number, first, runs, terms)
        if len(budgets) == len(opening) == 1:
            inputs = attrs.evolve(
                given,
                budgets_pence=budgets[0][:, None],
                growth=np.zeros(given.growth.shape),
                volatility=1.0,
                attendance=_BETWEEN,
                opening_reserve_pence=opening,
            )
            outputs = _renumbered(engine.run(inputs, normals, uniforms, events=events, history=history), first)
        else:
            inputs = attrs.evolve(given, volatility=1.0, attendance=_BETWEEN)
            outputs = _run_apart(inputs, normals, uniforms, terms, first, events, history)
        return Played(outputs=outputs, budgets_pence=budgets.sum(axis=2)[:, None], opening_pence=opening[:, None])

    def _spending(self, number: int, first: int, runs: int, terms: Terms) -> Floats:
        """Draw the spending of each month as a share of the month's budget."""
        names = self.functions[number]
        season = np.array(self.scenario.season)[:, None] if self.scenario.season else None
        found = np.empty((self.years, 1, len(names), MONTHS, runs))
        for place, name in enumerate(names):
            for y in range(self.years):
                cells = found[y, 0, place]
                for rows, address in self._addresses(first, runs, y):
                    drawn = draws.normals(self.seed, self.ids[number], f"spending/{name}", shape=(MONTHS,), **address)
                    np.copyto(cells[:, rows], drawn.T)
                cells *= terms.volatility[:, y, place]
                cells += terms.growth[:, y, place] if season is None else terms.growth[:, y, place] * season
        return found.transpose(_AS_GIVEN)

    def _beyond(
        self, number: int, first: int, runs: int, terms: Terms, factors: Floats, events: bool, history: bool
    ) -> Played:
        """Simulate runs of one partnership with dials or policies that the engine's year does not have."""
        inputs = self.inputs[number]
        once = {name: np.broadcast_to(one, (runs, self.years)) for name, one in terms.more.items()}
        terms = attrs.evolve(terms, more=once)
        held = attended(inputs, terms, *self._drawn_seats(number, first, runs))
        plan = Plan.of(
            self.scenario, self.bases[number].risk_share, self.functions[number], self.health_boards[number],
            self.first_year,
        )  # fmt: skip
        board = Board(inputs, terms, held, plan, first)
        nobody = np.broadcast_to(0.0, (runs, self.years, MEETINGS, 1, sum(inputs.seats)))
        engines = attrs.evolve(inputs, volatility=1.0)
        outputs = _run_apart(engines, factors, nobody, terms, first, events, history=True, board=board)
        outputs = attrs.evolve(outputs, history=outputs.history if history else None)
        return Played(
            outputs=outputs,
            budgets_pence=terms.budgets_pence.sum(axis=2)[:, None],
            opening_pence=terms.opening_reserve_pence[:, None],
            beyond=board.beyond(),
        )

    def _drawn_seats(self, number: int, first: int, runs: int) -> tuple[dict[str, Floats], Counts, Counts]:
        """Draw what members do, for the dials that are on; and give the group and the number of each seat."""
        counts = self.inputs[number].seats
        groups = np.repeat(np.arange(len(GROUPS)), counts)
        seats = np.concatenate([np.arange(count) for count in counts])
        dials = (("vacant", "member_vacancies"), ("proxy", "proxies"), ("special", "special"))
        wanted = ["attendance", *(purpose for purpose, name in dials if getattr(self.scenario, name) != 0.0)]
        if self.scenario.support != 1.0:
            wanted.append("vote")

        def draw(purpose: str) -> Floats:
            found = np.empty((self.years, MEETINGS, runs))
            for y in range(self.years):
                for rows, address in self._addresses(first, runs, y):
                    drawn = draws.uniforms(self.seed, self.ids[number], purpose, shape=(MEETINGS,), **address)
                    found[y][:, rows] = drawn.T
            return found

        places = [f"{GROUPS[group]}/{seat}" for group, seat in zip(groups.tolist(), seats.tolist(), strict=True)]
        found = {
            name: np.stack([draw(f"{name}/{place}") for place in places], axis=1)
            if places
            else np.empty((self.years, 0, MEETINGS, runs))
            for name in wanted
        }
        if "special" in found:
            found["follows"] = draw("follows")
        return found, groups, seats

    def _attendance(self, number: int, first: int, runs: int, terms: Terms) -> Floats:
        """Draw who attends, as numbers either side of one half: 0 for those who do, 1 for the others."""
        many = zip(GROUPS, self.inputs[number].seats, strict=True)
        seats = [(group, seat) for group, count in many for seat in range(count)]
        found = np.empty((self.years, 1, len(seats), MEETINGS, runs))
        for place, (group, seat) in enumerate(seats):
            for y in range(self.years):
                cells = found[y, 0, place]
                for rows, address in self._addresses(first, runs, y):
                    drawn = draws.uniforms(
                        self.seed, self.ids[number], f"attendance/{group}/{seat}", shape=(MEETINGS,), **address
                    )
                    np.copyto(cells[:, rows], drawn.T)
                np.copyto(cells, cells >= terms.attendance[:, y])
        return found.transpose(_AS_GIVEN)

    def _addresses(self, first: int, runs: int, y: int) -> Iterator[tuple[slice, dict[str, int]]]:
        """List the blocks of a year: the rows of these runs, and where their draws lie."""
        done = 0
        for block, row, end in draws.blocks(first, runs):
            yield (
                slice(done, done + end - row),
                {"block": block, "year": self.first_year + y, "start": row, "stop": end},
            )
            done += end - row


def _run_apart(
    inputs: Inputs,
    normals: Floats,
    uniforms: Floats,
    terms: Terms,
    first: int,
    events: bool,
    history: bool,
    board: Board | None = None,
) -> Outputs:
    """Run each run as a partnership of its own, and turn the two axes round."""
    runs, budgets = len(normals), terms.budgets_pence
    apart = attrs.evolve(
        inputs,
        budgets_pence=np.broadcast_to(budgets, (runs, *budgets.shape[1:])).transpose(1, 0, 2),
        growth=np.zeros((inputs.years, runs, inputs.functions)),
        arm=np.tile(inputs.arm, (runs, 1)),
        voting_members=np.tile(inputs.voting_members, (1, 1, runs, 1)),
        quorum=np.tile(inputs.quorum, (1, 1, runs)),
        opening_reserve_pence=np.broadcast_to(terms.opening_reserve_pence, runs),
    )
    given = normals.swapaxes(0, 3), uniforms.swapaxes(0, 3)
    out = engine.run(apart, *given, events=events, history=history, course=board)
    changes: dict[str, Any] = {name: array.swapaxes(0, 1) for name, array in yearly(out).items()}
    if out.events is not None:
        changes["events"] = out.events[:, [1, 0, *range(2, 8)]] + np.array([first, *[0] * 7])
    if out.history is not None:
        monthly = attrs.asdict(out.history, recurse=False).items()
        changes["history"] = History(**{name: array.swapaxes(0, 3) for name, array in monthly})
    return attrs.evolve(out, first=first, **changes)


def yearly(out: Outputs) -> dict[str, npt.NDArray[Any]]:
    """Give the yearly results by name, each of shape ``(runs, partnerships, years)``."""
    arrays = attrs.asdict(out, recurse=False).items()
    return {name: value for name, value in arrays if isinstance(value, np.ndarray) and name != "log"}


def _together(inputs: Sequence[Inputs]) -> Inputs:
    """Put partnerships beside one another; those with fewer functions get places without one."""
    if len(inputs) == 1:
        return inputs[0]
    most = max(one.functions for one in inputs)

    def wide(name: str, fill: int) -> npt.NDArray[Any]:
        arrays = [getattr(one, name) for one in inputs]
        spare = [(0, 0)] * (arrays[0].ndim - 1)
        padded = [np.pad(one, (*spare, (0, most - one.shape[-1])), constant_values=fill) for one in arrays]
        return np.concatenate(padded, axis=-2)

    return attrs.evolve(
        inputs[0],
        budgets_pence=wide("budgets_pence", 0),
        growth=wide("growth", 0),
        arm=wide("arm", -1),
        voting_members=np.concatenate([one.voting_members for one in inputs], axis=2),
        quorum=np.concatenate([one.quorum for one in inputs], axis=2),
        opening_reserve_pence=np.concatenate([one.opening_reserve_pence for one in inputs]),
    )


def _renumbered(out: Outputs, first: int) -> Outputs:
    """Number runs from *first* instead of from 0."""
    events = None if out.events is None else out.events + np.array([first, *[0] * 7])
    return attrs.evolve(out, first=first, events=events)


def _after(played: Sequence[Played]) -> Played:
    """Put the results of neighbouring runs together."""
    outs = [one.outputs for one in played]
    changes: dict[str, Any] = {name: np.concatenate([getattr(one, name) for one in outs]) for name in yearly(outs[0])}
    if outs[0].events is not None:
        changes["events"] = np.concatenate([one.events for one in outs if one.events is not None])
    if outs[0].history is not None:
        kept = [attrs.asdict(one.history, recurse=False) for one in outs if one.history is not None]
        changes["history"] = History(**{name: np.concatenate([one[name] for one in kept]) for name in kept[0]})
    extra = [one.beyond for one in played if one.beyond is not None]
    return Played(
        outputs=attrs.evolve(outs[0], **changes),
        budgets_pence=_rows([one.budgets_pence for one in played], outs),
        opening_pence=_rows([one.opening_pence for one in played], outs),
        beyond=_joined(extra, 0) if extra else None,
    )


def _joined(extra: Sequence[Beyond], axis: int) -> Beyond:
    """Put what there is beside together, by runs or by partnerships; months are those of the first."""
    yearly = {name: np.concatenate([one.yearly[name] for one in extra], axis=axis) for name in extra[0].yearly}
    return attrs.evolve(extra[0], yearly=yearly)


def _rows(amounts: Sequence[Pence], outs: Sequence[Outputs]) -> Pence:
    """Give a row a run, or a single row where runs agree."""
    if all(np.array_equal(one, amounts[0]) and len(one) == 1 for one in amounts):
        return amounts[0]
    runs = [len(one.reserve_pence) for one in outs]
    return np.concatenate(
        [np.broadcast_to(one, (many, *one.shape[1:])) for one, many in zip(amounts, runs, strict=True)]
    )


def _beside(played: Sequence[Played]) -> Played:
    """Put the results of partnerships beside one another."""
    if len(played) == 1:
        return played[0]
    outs = [one.outputs for one in played]
    changes: dict[str, Any] = {
        name: np.concatenate([getattr(one, name) for one in outs], axis=1) for name in yearly(outs[0])
    }
    if outs[0].events is not None:
        found = np.concatenate(
            [one.events + np.array([0, number, *[0] * 6]) for number, one in enumerate(outs) if one.events is not None]
        )
        changes["events"] = found[np.lexsort((found[:, 1], found[:, 0]))]
    rows = len(outs[0].reserve_pence)
    extra = [one.beyond for one in played if one.beyond is not None]

    def columns(amounts: Sequence[Pence]) -> Pence:
        many = rows if any(len(one) > 1 for one in amounts) else 1
        return np.concatenate([np.broadcast_to(one, (many, *one.shape[1:])) for one in amounts], axis=1)

    return Played(
        outputs=attrs.evolve(outs[0], **changes),
        budgets_pence=columns([one.budgets_pence for one in played]),
        opening_pence=columns([one.opening_pence for one in played]),
        beyond=_joined(extra, 1) if extra else None,
    )
