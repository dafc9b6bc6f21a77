"""What a receipt needs to make a simulation again, as JSON (private)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from scotintegration.law import PARAMETERS
from scotintegration.network import Network
from scotintegration.partnership import Partnership
from scotintegration.simulation.scenario import Scenario

if TYPE_CHECKING:
    from scotintegration.simulation.ensembles import Ensemble
    from scotintegration.simulation.runs import Run

__all__ = ["recipe_of", "remake"]


def recipe_of(
    subject: Partnership | Network,
    scenario: Scenario,
    *,
    until: str,
    seed: int,
    stretches: Sequence[tuple[int, int]] | None = None,
    run: int | None = None,
    summary: bool = False,
) -> str:
    """Write down a run, or the stretches of an ensemble; nothing where JSON has no form for it: a reform, a policy."""
    from scotintegration.interchange import dumps

    try:
        told, assumed = dumps(subject), scenario.to_dict()
    except TypeError:
        return ""
    if any(p.parameters != PARAMETERS for p in ([subject] if isinstance(subject, Partnership) else subject)):
        return ""
    recipe: dict[str, Any] = {
        "subject": json.loads(told),
        "scenario": assumed,
        "until": until,
        "seed": seed,
    }
    recipe |= {"stretches": stretches, "summary": summary} if run is None else {"run": run}
    return json.dumps(recipe, ensure_ascii=False, sort_keys=True)


def remake(recipe: Mapping[str, Any]) -> Ensemble | Run:
    """Simulate what is written down."""
    from scotintegration.interchange import loads
    from scotintegration.simulation.ensembles import again
    from scotintegration.simulation.runs import simulate

    subject = loads(json.dumps(recipe["subject"]))
    scenario = Scenario.from_dict(recipe["scenario"])
    until, seed = recipe["until"], recipe["seed"]
    if "run" in recipe:
        if not isinstance(subject, Partnership):
            raise TypeError(f"a run is that of a Partnership, got a {type(subject).__name__}")
        return simulate(subject, scenario, until=until, seed=seed, run=recipe["run"])
    if not isinstance(subject, (Partnership, Network)):
        raise TypeError(f"an ensemble is that of a Partnership or a Network, got a {type(subject).__name__}")
    return again(subject, scenario, until, seed, recipe["stretches"], recipe["summary"])
