"""Groups of functions whose spending grows or varies in a way of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from scotintegration._shown import Shown
from scotintegration.simulation.dials import Constant, Dial, dial_from_dict

__all__ = ["Group"]


def _ids(value: Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise TypeError(f"functions are a collection of ids, got the text {value!r}")
    return tuple(value)


def _text(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"Group.name must be text, got {value!r}")


@attrs.frozen
class Group(Shown):
    """
    Functions whose spending grows or varies in a way of its own.

    Attributes:
        name: What they are called.
        functions: Ids of the functions; those that a partnership does not have are passed over.
        pressure: Growth of their spending over budget a year, a share from -0.5 to 1; None as in the scenario.
        volatility: Standard deviation of their month's spending over its budget, 0 to 1; None as in the scenario.

    Raises:
        TypeError: If a share is no number.
        ValueError: If the name is blank, or a scenario is given a share out of range.

    Source: our choice; prescribing and packages of care are named most often where a board overspends.

    >>> Group("prescribing", ["general-medical-services"], pressure=0.06).pressure
    0.06

    .. versionadded:: 0.1.0
    """

    name: str = attrs.field(validator=_text)
    functions: tuple[str, ...] = attrs.field(converter=_ids)
    pressure: float | Dial | None = attrs.field(kw_only=True, default=None)
    volatility: float | Dial | None = attrs.field(kw_only=True, default=None)

    @property
    def dials(self) -> dict[str, Dial]:
        """What it says of its own, by the name of the share, as dials."""
        said = {"pressure": self.pressure, "volatility": self.volatility}
        return {name: one if isinstance(one, Dial) else Constant(one) for name, one in said.items() if one is not None}

    def to_dict(self) -> dict[str, object]:
        """
        Give the group as plain data.

        Returns:
            What JSON can write; :meth:`from_dict` reads it back.

        Source: our choice.

        >>> Group("beds", ["frailty"], volatility=0.1).to_dict()["volatility"]
        0.1

        .. versionadded:: 0.1.0
        """
        shares = {"pressure": self.pressure, "volatility": self.volatility}
        plain = {name: one.to_dict() if isinstance(one, Dial) else one for name, one in shares.items()}
        return {"name": self.name, "functions": list(self.functions), **plain}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Group:
        """
        Read a group from plain data.

        Args:
            data: What :meth:`to_dict` gave.

        Returns:
            The group.

        Raises:
            TypeError: If a field is of the wrong type, or there is no such field.

        Source: our choice.

        >>> beds = Group("beds", ["frailty"], volatility=0.1)
        >>> Group.from_dict(beds.to_dict()) == beds
        True

        .. versionadded:: 0.1.0
        """
        fields: dict[str, Any] = {
            name: dial_from_dict(one) if isinstance(one, Mapping) else one for name, one in data.items()
        }
        return cls(**fields)
