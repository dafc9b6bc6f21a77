"""Runs by number of a partnership whose model changes, or that lead agencies run, as arrays (private)."""

from __future__ import annotations

from functools import cached_property

import attrs
import numpy as np

from scotintegration.partnership import Partnership
from scotintegration.simulation._beyond import MORE, Beyond
from scotintegration.simulation._drawn import turned
from scotintegration.simulation._inputs import Outputs, Pence
from scotintegration.simulation._jobs import Job, Played
from scotintegration.simulation.eras import Stretch, host_of_function
from scotintegration.simulation.scenario import Scenario

__all__ = ["EraJob"]

_RUNS = 1024  # whose months are held at a time


@attrs.frozen(kw_only=True, eq=False)
class EraJob:
    """
    What to simulate of one partnership, stretch by stretch; it answers as a `Job` does.

    Attributes:
        seed: The seed.
        scenario: What is assumed.
        partnership: The partnership.
        stretches: Its years under each model.
    """

    seed: int
    scenario: Scenario
    partnership: Partnership
    stretches: tuple[Stretch, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of the partnership."""
        return (self.partnership.id,)

    @property
    def first_year(self) -> int:
        """Calendar year in which the first financial year starts."""
        return self.stretches[0].compiled.years[0].start_year

    @property
    def years(self) -> int:
        """How many financial years there are."""
        return sum(len(one.compiled.years) for one in self.stretches)

    @property
    def more(self) -> bool:
        """Whether results have more than those of the engine; here always."""
        return True

    @cached_property
    def functions(self) -> tuple[tuple[str, ...], ...]:
        """Ids of all functions that are delegated in any stretch."""
        return (tuple(dict.fromkeys(name for one in self.stretches for name in one.compiled.functions)),)

    def play(self, first: int, runs: int, *, events: bool = False) -> Played:
        """Simulate runs *first* to *first* + *runs* - 1."""
        parts = [
            self._some(start, min(_RUNS, first + runs - start), events) for start in range(first, first + runs, _RUNS)
        ]
        names = parts[0].keys()
        whole = {name: np.concatenate([part[name] for part in parts]) for name in names}
        budgets, opening = whole.pop("budgets"), whole.pop("opening")
        logged = whole.pop("events")
        more = {name: whole.pop(name)[:, None] for name in MORE}
        outputs = Outputs(
            first=first,
            directions=whole["directions"].astype(np.int16)[:, None],
            deferred=whole["deferred"].astype(np.int8)[:, None],
            reserve_pence=whole["reserve"][:, None],
            top_health_board_pence=whole["top_health_board"][:, None],
            top_council_pence=whole["top_council"][:, None],
            events=logged if events else None,
        )
        nothing = np.zeros((0, 0, 0), np.int64)
        beyond = Beyond(
            yearly=more, start_pence=nothing, planned_pence=nothing[..., None], held=nothing.astype(np.int8)
        )
        same = bool((budgets == budgets[:1]).all() and (opening == opening[:1]).all())
        rows = slice(1) if same else slice(None)
        return Played(
            outputs=outputs, budgets_pence=budgets[rows, None], opening_pence=opening[rows, None], beyond=beyond
        )

    def _some(self, first: int, runs: int, events: bool) -> dict[str, Pence]:
        """Put the years of all stretches after one another, shape ``(runs, years)``."""
        parts = [_settled(one, self.seed, first, runs) for one in self.stretches]
        found = {name: np.concatenate([part[name] for part in parts], axis=1) for name in parts[0] if name[0] != "_"}
        opening = parts[0]["_opening"]
        before = np.concatenate([opening[:, None], found["reserve"][:, :-1]], axis=1)
        tops = found["top_health_board"] + found["top_council"]
        found["net_pence"] = found.pop("spent") - (found["budgets"] + tops + before - found["reserve"])
        logged = [self._logged(one, part["_events"]) for one, part in zip(self.stretches, parts, strict=True)]
        rows = np.concatenate(logged) if events else logged[0][:0]
        return {**found, "opening": opening, "events": rows[np.argsort(rows[:, 0], kind="stable")]}

    def _logged(self, stretch: Stretch, events: Pence) -> Pence:
        """Number the years from the first of the run, and functions among all there are."""
        places = np.array([self.functions[0].index(name) for name in stretch.compiled.functions])
        told = events.copy()
        told[:, 2] += stretch.first
        told[:, 4] = places[events[:, 4]]
        return told


def _settled(stretch: Stretch, seed: int, first: int, runs: int) -> dict[str, Pence]:
    """Settle every year of a stretch by its model, shape ``(runs, years)``, as a single run does."""
    p, compiled = stretch.partnership, stretch.compiled
    played = Job.of(seed, [p.id], [compiled]).play(first, runs, events=True, history=not stretch.directs)
    out = played.outputs
    assert out.events is not None
    years = out.reserve_pence.shape[2]
    nil = np.zeros((runs, years), np.int64)
    budgets = np.broadcast_to(played.budgets_pence[:, 0], (runs, years))
    opening = np.broadcast_to(played.opening_pence[:, 0], (runs,))
    found = {
        "budgets": budgets, "directions": nil, "deferred": nil, "top_health_board": nil, "top_council": nil,
        "_events": out.events, "_opening": opening, **dict.fromkeys(MORE, nil),
    }  # fmt: skip
    found.pop("net_pence")
    if stretch.directs:
        reserve, tops = out.reserve_pence[:, 0], (out.top_health_board_pence[:, 0], out.top_council_pence[:, 0])
        before = np.concatenate([opening[:, None], reserve[:, :-1]], axis=1)
        more = {} if played.beyond is None else {name: one[:, 0] for name, one in played.beyond.yearly.items()}
        kept = {name: one for name, one in more.items() if name in found}
        if played.beyond is None:
            kept["earmarked_pence"] = nil + compiled.earmarked_pence
        return {
            **found,
            **kept,
            "directions": out.directions[:, 0].astype(np.int64),
            "deferred": out.deferred[:, 0].astype(np.int64),
            "reserve": reserve,
            "top_health_board": tops[0],
            "top_council": tops[1],
            "spent": budgets + tops[0] + tops[1] + before - reserve + more.get("net_pence", 0),
        }
    terms = compiled.base.terms(compiled.scenario, turned(seed, p.id, first, runs))
    if p.ijb is not None:
        held = np.broadcast_to(terms.held_pence.sum(axis=2), (runs, years))
        return {**found, "reserve": np.cumsum(budgets - held, axis=1), "spent": nil, "kept_pence": held}
    assert out.history is not None
    over = out.history.spent_pence[:, :, -1, 0] - terms.budgets_pence
    ids = [body.id for body in p.parties]
    hosts = np.array([ids.index(host_of_function(p, compiled, f)) for f in range(len(compiled.functions))])
    borne = np.stack([over[:, :, hosts == body].sum(axis=2) for body in range(len(ids))])
    health = ids.index(p.health_board.id)
    paid = np.maximum(borne, 0)
    return {
        **found,
        "reserve": nil,
        "top_health_board": paid[health],
        "top_council": paid.sum(axis=0) - paid[health],
        "kept_pence": np.maximum(-borne, 0).sum(axis=0),
        "spent": budgets + borne.sum(axis=0),
    }
