"""Rules of governance, each cited to the law, and asking them."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Final

from scotintegration.rules._checking import ask, check, check_network
from scotintegration.rules._engine import Rule, find, registry, rule, shipped
from scotintegration.rules._facts import facts_of
from scotintegration.rules._reforms import Reform
from scotintegration.rules._sharing import once
from scotintegration.rules._verdicts import Basis, Modality, Outcome, Severity, Topic, Verdict, cannot_tell, fail, warn
from scotintegration.rules._words import FACTS

__all__ = [
    "FACTS",
    "RULES",
    "Basis",
    "Modality",
    "Outcome",
    "Reform",
    "Rule",
    "Severity",
    "Topic",
    "Verdict",
    "ask",
    "cannot_tell",
    "check",
    "check_network",
    "facts_of",
    "fail",
    "find",
    "once",
    "registry",
    "rule",
    "shipped",
    "warn",
]

RULES: Final[tuple[Rule, ...]] = tuple(
    shipped(
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
        if not module.name.startswith("_")
    )
)
"""Every rule shipped, in order of id."""
