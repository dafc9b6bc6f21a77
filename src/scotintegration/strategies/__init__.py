"""Hypothesis strategies: values as the law allows them, each built to fit and never thrown away."""

from __future__ import annotations

from scotintegration.strategies._directions import directions, registers, set_asides
from scotintegration.strategies._partnerships import partnerships, unlawful_partnerships
from scotintegration.strategies._values import days, financial_years, function_ids, intervals, money

__all__ = [
    "days",
    "directions",
    "financial_years",
    "function_ids",
    "intervals",
    "money",
    "partnerships",
    "registers",
    "set_asides",
    "unlawful_partnerships",
]
