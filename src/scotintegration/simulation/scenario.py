"""Scenarios: what a simulation assumes, named and written down."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from scotintegration._shown import Shown
from scotintegration.errors import NotFoundError
from scotintegration.simulation.dials import Constant, Dial, dial_from_dict
from scotintegration.simulation.model_changes import ModelChange, in_order, on_different_days

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.schemes import Model

__all__ = ["Scenario"]

_MOST_SEATS: Final = 20


def _number(least: float, most: float) -> Callable[[object, attrs.Attribute[Any], Any], None]:
    """Make a validator for a finite number within bounds, or a dial of such; a bool is no number."""

    def check(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        name = f"Scenario.{attribute.name}"
        if isinstance(value, Dial):
            low, high = (end if math.isfinite(end) else value.middle for end in value.bounds)
            if not least <= low <= high <= most:
                raise ValueError(f"{name} must be from {least:g} to {most:g}, got {value.told('{:g}'.format)}")
            return
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TypeError(f"{name} must be a number, got {value!r}")
        if not math.isfinite(value) or not least <= value <= most:
            raise ValueError(f"{name} must be from {least:g} to {most:g}, got {value!r}")

    return check


def _dial(default: float, least: float, most: float) -> Any:
    """Make a field for a number within bounds or a dial that draws one."""
    return attrs.field(
        kw_only=True, default=default, validator=_number(least, most), metadata={"bounds": (least, most)}
    )


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

    A share is a number or a dial, such as ``normal(0.03, 0.01)``, that is drawn in every run.

    Attributes:
        name: What it is called.
        pressure: Growth of spending over budget a year, a share from -0.5 to 1; nil in the first year.
        volatility: Standard deviation of a month's spending over its budget, a share from 0 to 1.
        attendance: Probability that a voting member attends a meeting, 0 to 1.
        uplift: Growth of budgets a year beyond the last one recorded, a share from -0.5 to 1.
        reserve: General reserve at the start as a share of the first year's budget, 0 to 1, where none is recorded.
        savings_planned: Savings that the budget of a year counts on, as a share of it, 0 to 0.5, where none are
            recorded.
        savings_delivered: Share of the planned savings that is made, 0 to 2; the rest is spent as well, over the
            whole year.
        seats: Voting seats a side where none are recorded, 1 to 20.
        pinned: Whether the board is pinned to eight voters and a quorum of four with one of each side, which
            is not the law but makes runs comparable with other engines.
        changes: Changes of model, in order of day; see :meth:`change_model`.

    Raises:
        TypeError: If a number is none, or *seats* is not whole.
        ValueError: If a number is out of range, the name is blank, or two changes are on one day.

    Source: our choice of numbers; the board follows SSI 2014/285, art. 1(2) and sch. para. 3, unless *pinned*.

    >>> Scenario("harder", pressure=0.04).pressure
    0.04

    .. versionadded:: 0.1.0
    """

    name: str = attrs.field(validator=_name)
    pressure: float | Dial = _dial(0.02, -0.5, 1.0)
    volatility: float | Dial = _dial(0.05, 0.0, 1.0)
    attendance: float | Dial = _dial(0.85, 0.0, 1.0)
    uplift: float | Dial = _dial(0.0, -0.5, 1.0)
    reserve: float | Dial = _dial(0.02, 0.0, 1.0)
    savings_planned: float | Dial = _dial(0.0, 0.0, 0.5)
    savings_delivered: float | Dial = _dial(1.0, 0.0, 2.0)
    seats: int = attrs.field(kw_only=True, default=4, validator=_seats)
    pinned: bool = attrs.field(kw_only=True, default=False, validator=attrs.validators.instance_of(bool))
    changes: tuple[ModelChange, ...] = attrs.field(
        kw_only=True, default=(), converter=in_order, validator=on_different_days
    )

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

    def change_model(self, model: Model | str, *, on: date | str, given: Partnership | None = None) -> Scenario:
        """
        Let the area change to another model.

        A run closes one era and opens another: the functions and their money are carried over, an integration
        joint board starts without a reserve, and nothing else is there but what is given.

        Args:
            model: The letter of the model, ``"a"`` to ``"d"``.
            on: The day, a 1 April within the run and after its first day.
            given: The partnership of the new model as it stands that day, such as ``run.at(on).complete()`` gives.
                By default it has its bodies, an unfinished scheme and vacant posts.

        Returns:
            A new scenario with the change; this one is left as it is.

        Raises:
            TypeError: If *given* is no partnership.
            ValueError: If *model* is not one of the four, *on* is no 1 April or has a change already, or *given* is
                of another model.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1(4) and 47; 1 April only is our choice.

        >>> [str(one) for one in Scenario("move").change_model("a", on="2027-04-01").changes]
        ['model a from 2027-04-01']

        .. versionadded:: 0.1.0
        """
        return attrs.evolve(self, changes=(*self.changes, ModelChange(model, on=on, given=given)))

    @property
    def dials(self) -> dict[str, Dial]:
        """Every share by name, as a dial; a plain number is a constant without a source."""
        shares = {name: getattr(self, name) for name in bounds()}
        return {name: one if isinstance(one, Dial) else Constant(one) for name, one in shares.items()}

    @property
    def drawn(self) -> tuple[str, ...]:
        """Names of the shares that are drawn in every run."""
        return tuple(name for name, one in self.dials.items() if one.drawn)

    @property
    def sources(self) -> dict[str, str]:
        """Where the numbers of a share are from, for the shares that say so."""
        return {name: one.source for name, one in self.dials.items() if one.source}

    def told(self, name: str) -> str:
        """
        Say what a share is.

        Args:
            name: Its name.

        Returns:
            A percentage, or the distribution and how often it is drawn.

        Raises:
            NotFoundError: If there is no such share.

        Source: our choice.

        >>> from scotintegration.simulation.dials import normal
        >>> Scenario("x", pressure=normal(0.03, 0.01)).told("pressure")
        'a share drawn every year (normal with mean 3.0% and standard deviation 1.0%)'

        .. versionadded:: 0.1.0
        """
        dials = self.dials
        if name not in dials:
            raise NotFoundError.among("share", name, sorted(dials))
        one = dials[name]
        said = one.told(lambda share: f"{share:.1%}")
        return f"a share drawn every {one.per} ({said})" if one.drawn else said

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the scenario assumes without a source, a sentence each."""
        board = (
            "the board has eight voters and a quorum of four with one of each side, which is not the law"
            if self.pinned
            else f"where no seats are recorded a side has {self.seats}, and where no other voters are, one a group"
        )
        pressure = self.told("pressure")
        attendance = self.told("attendance") if "attendance" in self.drawn else f"{self.dials['attendance'].middle:.0%}"
        shares = {
            "pressure": f"spending grows {pressure} a year over budget",
            "volatility": f"a month's spending has a spread of {self.told('volatility')} of its budget",
            "attendance": f"a voting member attends with probability {attendance}",
            "uplift": f"budgets beyond the last recorded grow {self.told('uplift')} a year",
            "reserve": f"where no general reserve is recorded it starts at {self.told('reserve')} of the budget",
            "savings_planned": "where no savings are recorded the budget counts on savings of "
            f"{self.told('savings_planned')} of it",
            "savings_delivered": f"of the savings planned {self.told('savings_delivered')} are made",
        }
        if not {"pressure", "volatility"} & self.sources.keys():
            joined = f"{shares['pressure']}, with a monthly spread of {self.told('volatility')}"
            shares = {**shares, "pressure": joined}
            del shares["volatility"]
        usual = {"savings_planned": 0.0, "savings_delivered": 1.0}
        quiet = {*self.sources, *(name for name, share in usual.items() if getattr(self, name) == share)}
        return (
            *(sentence for name, sentence in shares.items() if name not in quiet),
            board,
            "the board meets on the last day of every second month from May, and issues what it decides that day",
            "the year's directions are decided on 18 March before it at a meeting with its quorum, issued on 24 March",
            "the board's own costs are left out",
            *(one.what for one in self.changes),
        )

    @property
    def settings(self) -> dict[str, str]:
        """Every field but the name, as text: a dial with its distribution and its numbers in full."""
        values = {field.name: getattr(self, field.name) for field in attrs.fields(type(self)) if field.name != "name"}
        told = {
            name: f"{value.told(repr)}, every {value.per}" if isinstance(value, Dial) else str(value)
            for name, value in values.items()
        }
        return {**told, "changes": "; ".join(map(str, self.changes)) or "none"}

    def to_dict(self) -> dict[str, object]:
        """
        Give the scenario as plain data.

        Returns:
            What JSON can write; :meth:`from_dict` reads it back.

        Source: our choice.

        >>> Scenario("x", seats=5).to_dict()["seats"]
        5

        .. versionadded:: 0.1.0
        """
        values = ((field.name, getattr(self, field.name)) for field in attrs.fields(type(self)))
        plain = {name: value.to_dict() if isinstance(value, Dial) else value for name, value in values}
        return {**plain, "changes": [one.to_dict() for one in self.changes]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Scenario:
        """
        Read a scenario from plain data.

        Args:
            data: What :meth:`to_dict` gave.

        Returns:
            The scenario.

        Raises:
            TypeError: If a field is of the wrong type, or there is no such field.
            ValueError: If a number is out of range.

        Source: our choice.

        >>> Scenario.from_dict(Scenario("x", seats=5).to_dict()) == Scenario("x", seats=5)
        True

        .. versionadded:: 0.1.0
        """
        fields: dict[str, Any] = {
            name: dial_from_dict(one) if isinstance(one, Mapping) else one for name, one in data.items()
        }
        return cls(**fields)


def bounds() -> dict[str, tuple[float, float]]:
    """Give the least and the most of every share of a scenario, by name."""
    return {one.name: one.metadata["bounds"] for one in attrs.fields(Scenario) if one.metadata}
