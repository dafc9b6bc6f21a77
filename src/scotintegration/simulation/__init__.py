"""Simulation: how an integration joint board directs, varies and settles over the years."""

from scotintegration.simulation.runs import LifeStep, Run, YearResult, simulate
from scotintegration.simulation.scenario import Scenario

__all__ = ["LifeStep", "Run", "Scenario", "YearResult", "simulate"]
