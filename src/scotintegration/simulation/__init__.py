"""Simulation: how an integration joint board directs, varies and settles over the years, in one run or many."""

from scotintegration.simulation.chances import Chance
from scotintegration.simulation.comparisons import Divergence, EnsembleDifference, RunDifference
from scotintegration.simulation.dials import (
    Dial,
    constant,
    lognormal,
    normal,
    observed,
    triangular,
    uniform,
)
from scotintegration.simulation.ensembles import Ensemble, Years, ensemble
from scotintegration.simulation.eras import Era
from scotintegration.simulation.executing import Failure
from scotintegration.simulation.fans import Fan
from scotintegration.simulation.gaps import UnmetDuty
from scotintegration.simulation.groups import Group
from scotintegration.simulation.model_changes import ModelChange
from scotintegration.simulation.policies import BY_SCHEME, Policy, Position, RecoverShare, SplitBySpending, shared_out
from scotintegration.simulation.runs import LifeStep, Run, YearResult, simulate
from scotintegration.simulation.scenario import Scenario
from scotintegration.simulation.sweeps import Sweep, SweepResult, sensitivity, sweep

__all__ = [
    "BY_SCHEME",
    "Chance",
    "Dial",
    "Divergence",
    "Ensemble",
    "EnsembleDifference",
    "Era",
    "Failure",
    "Fan",
    "Group",
    "LifeStep",
    "ModelChange",
    "Policy",
    "Position",
    "RecoverShare",
    "Run",
    "RunDifference",
    "Scenario",
    "SplitBySpending",
    "Sweep",
    "SweepResult",
    "UnmetDuty",
    "YearResult",
    "Years",
    "constant",
    "ensemble",
    "lognormal",
    "normal",
    "observed",
    "sensitivity",
    "shared_out",
    "simulate",
    "sweep",
    "triangular",
    "uniform",
]
