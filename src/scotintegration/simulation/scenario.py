"""Scenarios: what a simulation assumes, named and written down."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import attrs

from scotintegration._shown import Shown

__all__ = ["Scenario"]

_MOST_SEATS: Final = 20


def _number(least: float, most: float) -> Callable[[object, attrs.Attribute[Any], Any], None]:
    """Make a validator for a finite number within bounds; a bool is no number."""

    def check(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TypeError(f"Scenario.{attribute.name} must be a number, got {value!r}")
        if not math.isfinite(value) or not least <= value <= most:
            raise ValueError(f"Scenario.{attribute.name} must be from {least:g} to {most:g}, got {value!r}")

    return check


def _seats(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"Scenario.seats must be a whole number, got {value!r}")
    if not 1 <= value <= _MOST_SEATS:
        raise ValueError(f"Scenario.seats must be from 1 to {_MOST_SEATS}, got {value!r}")


def _name(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"Scenario.name must be text, got {value!r}")


@attrs.frozen
class Scenario(Shown):
    """
    What a simulation assumes; each default is an assumption, not an estimate.

    Attributes:
        name: What it is called.
        pressure: Growth of spending over budget a year, a share from -0.5 to 1; nil in the first year.
        volatility: Standard deviation of a month's spending over its budget, a share from 0 to 1.
        attendance: Probability that a voting member attends a meeting, 0 to 1.
        uplift: Growth of budgets a year beyond the last one recorded, a share from -0.5 to 1.
        reserve: General reserve at the start as a share of the first year's budget, 0 to 1, where none is recorded.
        seats: Voting seats a side where none are recorded, 1 to 20.
        pinned: Whether the board is pinned to eight voters and a quorum of four with one of each side, which
            is not the law but makes runs comparable with other engines.

    Raises:
        TypeError: If a number is none, or *seats* is not whole.
        ValueError: If a number is out of range, or the name is blank.

    Source: our choice of numbers; the board follows SSI 2014/285, art. 1(2) and sch. para. 3, unless *pinned*.

    >>> Scenario("harder", pressure=0.04).pressure
    0.04

    .. versionadded:: 0.1.0
    """

    name: str = attrs.field(validator=_name)
    pressure: float = attrs.field(kw_only=True, default=0.02, validator=_number(-0.5, 1.0))
    volatility: float = attrs.field(kw_only=True, default=0.05, validator=_number(0.0, 1.0))
    attendance: float = attrs.field(kw_only=True, default=0.85, validator=_number(0.0, 1.0))
    uplift: float = attrs.field(kw_only=True, default=0.0, validator=_number(-0.5, 1.0))
    reserve: float = attrs.field(kw_only=True, default=0.02, validator=_number(0.0, 1.0))
    seats: int = attrs.field(kw_only=True, default=4, validator=_seats)
    pinned: bool = attrs.field(kw_only=True, default=False, validator=attrs.validators.instance_of(bool))

    @classmethod
    def reference(cls) -> Scenario:
        """
        Give the reference scenario, whose board is pinned.

        Returns:
            Growth of 2% a year, volatility of 5%, attendance of 85%, a reserve of 2%, eight voters of whom
            four must attend with one of each side. That quorum is not the law.

        Source: our choice, for comparison with other engines.

        >>> Scenario.reference().pinned
        True

        .. versionadded:: 0.1.0
        """
        return cls("reference", pinned=True)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the scenario assumes without a source, a sentence each."""
        board = (
            "the board has eight voters and a quorum of four with one of each side, which is not the law"
            if self.pinned
            else f"where no seats are recorded a side has {self.seats}, and where no other voters are, one a group"
        )
        return (
            f"spending grows {self.pressure:.1%} a year over budget, with a monthly spread of {self.volatility:.1%}",
            f"a voting member attends with probability {self.attendance:.0%}",
            f"budgets beyond the last recorded grow {self.uplift:.1%} a year",
            f"where no general reserve is recorded it starts at {self.reserve:.1%} of the budget",
            board,
            "the board meets on the last day of every second month from May, and issues what it decides that day",
            "the year's directions are decided on 18 March before it at a meeting with its quorum, issued on 24 March",
            "the board's own costs are left out",
        )
