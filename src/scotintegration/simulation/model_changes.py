"""Changes of model in a scenario: to which model, on which 1 April, and what there is by then."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import attrs

from scotintegration._fields import one_of, to_day
from scotintegration._shown import Shown
from scotintegration.partnership import Partnership
from scotintegration.schemes import Model

__all__ = ["ModelChange"]


def _model(value: Model | str) -> Model:
    try:
        return Model(value)
    except ValueError:
        raise ValueError(f"model must be one of the letters 'a', 'b', 'c' and 'd' of s.1(4), got {value!r}") from None


def _first_of_april(instance: object, attribute: attrs.Attribute[Any], value: date) -> None:
    if (value.month, value.day) != (4, 1):
        near = [date(value.year + (value > date(value.year, 4, 1)) + back, 4, 1).isoformat() for back in (-1, 0)]
        raise ValueError(f"a model changes on 1 April only; expected {' or '.join(near)}, got {value.isoformat()}")


def _of_model(instance: ModelChange, attribute: attrs.Attribute[Any], value: Partnership | None) -> None:
    one_of(Partnership, type(None))(instance, attribute, value)
    if value is not None and value.scheme.models != (instance.model,):
        letters = "+".join(model.letter for model in value.scheme.models)
        raise ValueError(f"given must be a partnership of model {instance.model.letter}, got one of model {letters}")


@attrs.frozen
class ModelChange(Shown):
    """
    A change of an area to another model.

    Attributes:
        model: The model that it changes to.
        on: The day, a 1 April.
        given: The partnership of the new model as it stands that day: its bodies, officers, members, plans and
            approvals. Its budgets and directions are left aside, since a run makes its own. None for one with
            nothing yet but its bodies, an unfinished scheme and vacant posts.

    Raises:
        TypeError: If *given* is no partnership.
        ValueError: If *model* is not one of the four, *on* is no 1 April, or *given* is of another model.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1(4) and 47; 1 April only is our choice, as budgets
        are of whole years.

    >>> str(ModelChange("a", on="2027-04-01"))
    'model a from 2027-04-01'

    .. versionadded:: 0.1.0
    """

    model: Model = attrs.field(converter=_model)
    on: date = attrs.field(kw_only=True, converter=to_day, validator=_first_of_april)
    given: Partnership | None = attrs.field(kw_only=True, default=None, validator=_of_model, repr=False)

    @property
    def what(self) -> str:
        """What it assumes, in a sentence without its full stop."""
        day = self.on.isoformat()
        if self.given is not None:
            return f"from {day} the area is of model {self.model.letter}, its bodies and approvals as given"
        return (
            f"from {day} the area is of model {self.model.letter}, with its functions and money carried over, "
            "vacant posts, no members, no plan and no approval"
        )

    def __str__(self) -> str:
        return f"model {self.model.letter} from {self.on.isoformat()}{'' if self.given is None else ', as given'}"

    def to_dict(self) -> dict[str, object]:
        """
        Give the change as plain data.

        Returns:
            What JSON can write; :meth:`from_dict` reads it back.

        Source: our choice.

        >>> ModelChange("a", on="2027-04-01").to_dict()
        {'model': 'a', 'on': '2027-04-01', 'given': None}

        .. versionadded:: 0.1.0
        """
        from scotintegration.interchange import dumps

        given = None if self.given is None else json.loads(dumps(self.given))
        return {"model": self.model.letter, "on": self.on.isoformat(), "given": given}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ModelChange:
        """
        Read a change from plain data.

        Args:
            data: What :meth:`to_dict` gave.

        Returns:
            The change.

        Raises:
            LoadError: If *given* is not a partnership as this library writes it.
            ValueError: If a field is not as it has to be.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        from scotintegration.interchange import loads

        given = data.get("given")
        read = None if given is None else loads(json.dumps(given), kind=Partnership)
        return cls(data["model"], on=data["on"], given=read)


def in_order(changes: Iterable[ModelChange | Mapping[str, Any]]) -> tuple[ModelChange, ...]:
    """Put changes in order of day; each may be plain data."""
    read = (one if isinstance(one, ModelChange) else ModelChange.from_dict(one) for one in changes)
    return tuple(sorted(read, key=lambda one: one.on))


def on_different_days(instance: object, attribute: attrs.Attribute[Any], value: tuple[ModelChange, ...]) -> None:
    """Refuse two changes on one day."""
    days = [one.on for one in value]
    for day in days:
        if days.count(day) > 1:
            raise ValueError(f"a model changes once a day; expected one change on {day.isoformat()}, got two")
