"""Adapter of the yardstick's workload S: it translates arguments and results, and does no work of its own."""

from __future__ import annotations

from typing import Any

import numpy as np
from peers.scenario import Outputs, Scenario

from scotintegration.simulation import engine

NAME = "scotintegration"
AVAILABLE = True
IMPORTS = ("import scotintegration",)

FIRST_YEAR = 2026


def _inputs(scn: Scenario) -> engine.Inputs:
    """Translate a scenario."""
    return engine.Inputs.reference(scn.B, scn.k, volatility=scn.sigma, attendance=scn.p)


def _fields(result: engine.Outputs | engine.Totals) -> dict[str, np.ndarray]:
    """Rename the five results."""
    return {
        "directions": result.directions,
        "deferred": result.deferred,
        "reserve": result.reserve_pence,
        "top_hb": result.top_health_board_pence,
        "top_c": result.top_council_pence,
    }


def sim_given(scn: Scenario, z: np.ndarray, u: np.ndarray, events: bool = False) -> Outputs:
    """Simulate with supplied draws."""
    result = engine.run(_inputs(scn), z, u, events=events)
    return Outputs(**_fields(result), events=result.events)


def sim_run(
    scn: Scenario,
    R: int,
    seed: int,
    first: int = 0,
    threads: int = 1,
    summary: bool = False,
    events: bool = False,
) -> Outputs | dict[str, np.ndarray]:
    """Simulate runs first .. first+R-1 with addressed draws."""
    ids = [f"p{partnership:04}" for partnership in range(scn.A)]
    address: dict[str, Any] = {"seed": seed, "runs": R, "first": first, "first_year": FIRST_YEAR, "threads": threads}
    if summary:
        return _fields(engine.simulate(_inputs(scn), ids, summary=True, **address))
    result = engine.simulate(_inputs(scn), ids, events=events, **address)
    return Outputs(**_fields(result), events=result.events)
