"""Tells Hypothesis how to draw our values, once Hypothesis itself is loaded (private)."""

from __future__ import annotations

from importlib import import_module
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

DRAWN: Final = {
    "budgets.SetAside": "set_asides",
    "dates.FinancialYear": "financial_years",
    "dates.Interval": "intervals",
    "directions.Direction": "directions",
    "money.Money": "money",
    "partnership.Partnership": "partnerships",
    "registers.DirectionsRegister": "registers",
}
"""Classes whose constructors refuse what Hypothesis would make of their fields, and the strategy for each."""


def register() -> None:
    """Register a strategy for each class; the strategies themselves are loaded when one is first drawn from."""
    from hypothesis import strategies as st

    for name, strategy in DRAWN.items():
        module, _, kind = name.partition(".")
        drawn = getattr(import_module(f"scotintegration.{module}"), kind)
        st.register_type_strategy(drawn, _Strategy(strategy))


class _Strategy:
    """Gives the strategy for a class when it is asked for."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, _: type) -> SearchStrategy[Any]:
        """Give the strategy; that for a sum set aside comes without its direction."""
        made: SearchStrategy[Any] = getattr(import_module("scotintegration.strategies"), self.name)()
        return made.map(itemgetter(0)) if self.name == "set_asides" else made
