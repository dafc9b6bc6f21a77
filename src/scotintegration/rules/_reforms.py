"""Reforms: rules added, taken away or moved to other days, and dated parameters changed (private)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from scotintegration._fields import a_text, each, named
from scotintegration._shown import Shown
from scotintegration.citations import cite
from scotintegration.dates import Interval, day
from scotintegration.errors import DuplicateError, NotFoundError
from scotintegration.law import PARAMETERS, Parameter
from scotintegration.officers import Route
from scotintegration.rules._engine import Rule
from scotintegration.tables import Table

__all__ = ["Reform"]


_FOLLOWS: Final = dict.fromkeys(("IJBO-voting-pre2026", "IJBO-voting-2026"), "voting routes")
"""Rules each of which asks what a parameter of the law says on its days, with the parameter."""


def _parameters(value: Iterable[Parameter]) -> tuple[Parameter, ...]:
    return tuple(value)


@attrs.frozen(field_transformer=named)
class Reform(Shown):
    """
    A change of the law that somebody proposes, to be asked about as if it were made.

    A rule that it adds reports; what the library itself works out, such as a quorum, it changes through the dated
    parameters of the law.

    Attributes:
        name: What it is called.
        added: Rules that it adds.
        removed: Ids of rules that it takes away.
        redated: Ids of rules, each with the days on which it is in force instead.
        parameters: The dated parameters of the law under it.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If *name* is blank, or a rule is redated that follows a parameter of the law from day to day.

    Source: our choice. Law that changes is dated parameters or rules in force on some days only.

    >>> reform = Reform("fewer on a side").set("fewest seats a side", 2, in_force="2027-04-01")
    >>> reform.removed, reform.remove("IJBO-a3-3-equal").removed
    ((), ('IJBO-a3-3-equal',))

    .. versionadded:: 0.1.0
    """

    name: str = attrs.field(validator=a_text)
    added: tuple[Rule, ...] = attrs.field(kw_only=True, default=(), validator=each(Rule))
    removed: tuple[str, ...] = attrs.field(kw_only=True, default=())
    redated: tuple[tuple[str, Interval], ...] = attrs.field(kw_only=True, default=())
    parameters: tuple[Parameter, ...] = attrs.field(
        kw_only=True, default=PARAMETERS, converter=_parameters, validator=each(Parameter), repr=False
    )

    def __attrs_post_init__(self) -> None:
        for id, _ in self.redated:
            if id in _FOLLOWS:
                name = _FOLLOWS[id]
                raise ValueError(f"redate({id!r}) would leave who votes as it is; change it with set({name!r}, ...)")

    def add(self, *rules: Rule) -> Reform:
        """
        Add rules.

        Args:
            rules: Rules made with :func:`scotintegration.rules.rule`, registered or not.

        Returns:
            A new reform.

        Raises:
            TypeError: If one is no rule.
            DuplicateError: If the reform adds a rule of that id already.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        held = [one.id for one in self.added]
        for one in rules:
            if not isinstance(one, Rule):
                raise TypeError(f"a reform adds a Rule, got {one!r}; make one with the decorator si.rule")
            if one.id in held:
                raise DuplicateError("rule", one.id, f"the reform {self.name!r}")
            held.append(one.id)
        return attrs.evolve(self, added=(*self.added, *rules))

    def remove(self, *ids: str) -> Reform:
        """
        Take rules away.

        Args:
            ids: Ids of rules that are shipped.

        Returns:
            A new reform.

        Raises:
            NotFoundError: If no rule that is shipped has the id.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return attrs.evolve(self, removed=(*self.removed, *(_shipped(id).id for id in ids)))

    def redate(self, id: str, *, in_force: date | str | None = None, until: date | str | None = None) -> Reform:
        """
        Move a rule to other days.

        Args:
            id: Id of a rule that is shipped.
            in_force: First day it is in force; by default the day it has now, or none.
            until: Last day it is in force; by default the day it has now, or none.

        Returns:
            A new reform; a rule redated before is redated anew.

        Raises:
            NotFoundError: If no rule that is shipped has the id.
            DateError: If *until* is before the first day.
            ValueError: If no day is given, or what the rule asks follows a parameter of the law from day to day, which
                :meth:`set` changes.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        if in_force is None and until is None:
            raise ValueError(f"redate({id!r}) needs in_force= or until=, got neither")
        now = _shipped(id).days
        days = Interval.through(now.start if in_force is None else in_force, now.last_day if until is None else until)
        others = tuple(pair for pair in self.redated if pair[0] != id)
        return attrs.evolve(self, redated=(*others, (id, days)))

    def set(
        self,
        parameter: str,
        value: int | Iterable[Route | str],
        *,
        in_force: date | str,
        until: date | str | None = None,
        cites: str | None = None,
    ) -> Reform:
        """
        Change a dated parameter of the law from a day on.

        Args:
            parameter: Its name, as in :data:`scotintegration.law.PARAMETERS`.
            value: A whole number, or routes, as the parameter has them now.
            in_force: First day of the new value; the old one ends the day before.
            until: Last day of the new value; the old one is in force again after it.
            cites: The provision that would make the change; by default the reform by its name.

        Returns:
            A new reform.

        Raises:
            NotFoundError: If there is no such parameter.
            TypeError: If the value is of another kind than that of the law.
            ValueError: If the value is a negative number.
            DateError: If *until* is before *in_force*.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        names = tuple(dict.fromkeys(one.name for one in self.parameters))
        if parameter not in names:
            raise NotFoundError.among("parameter of the law", parameter, names)
        days = Interval.through(day(in_force), until)
        kept: list[Parameter] = []
        for one in self.parameters:
            if one.name != parameter:
                kept.append(one)
                continue
            if isinstance(one.value, int) is not isinstance(value, int) or isinstance(value, bool):
                expected = "a whole number" if isinstance(one.value, int) else "routes"
                raise TypeError(f"parameter {parameter!r} is {expected}, got {value!r}")
            if isinstance(value, int) and value < 0:
                raise ValueError(f"parameter {parameter!r} must be 0 or more, got {value!r}")
            kept += [attrs.evolve(one, days=part) for part in one.days.without(days)]
        found = value if isinstance(value, int) else tuple(Route(one) for one in value)
        fresh = Parameter(name=parameter, value=found, days=days, citation=cite(cites or f"reform {self.name!r}"))
        return attrs.evolve(self, parameters=(*kept, fresh))

    def rules(self, base: Iterable[Rule] | None = None) -> tuple[Rule, ...]:
        """
        Give the rules that there are under the reform.

        Args:
            base: The rules that there are without it; by default those that are shipped.

        Returns:
            Rules in order of id.

        Raises:
            DuplicateError: If a rule that it adds has the id of one that stays.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        days = dict(self.redated)
        found = {
            one.id: attrs.evolve(one, days=days[one.id]) if one.id in days else one
            for one in (_every() if base is None else base)
            if one.id not in self.removed
        }
        for one in self.added:
            if one.id in found:
                raise DuplicateError("rule", one.id, f"the rules that stay under the reform {self.name!r}")
            found[one.id] = one
        return tuple(found[id] for id in sorted(found))

    def to_table(self) -> Table:
        """
        Give what it changes as a table.

        Returns:
            One row a change: what, of which rule or parameter, and how.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows = [("adds", one.id, f"{one.title} ({one.days})") for one in self.added]
        rows += [("takes away", id, _shipped(id).title) for id in self.removed]
        rows += [("redates", id, f"in force {days}, not {_shipped(id).days}") for id, days in self.redated]
        fresh = [one for one in self.parameters if one not in PARAMETERS and one.citation.printed.startswith("reform")]
        rows += [("sets", one.name, f"{one.value} ({one.days})") for one in fresh]
        return Table(f"Reform: {self.name}", ("change", "of", "how"), rows)

    def __str__(self) -> str:
        return self.to_table().to_text()


def _every() -> tuple[Rule, ...]:
    from scotintegration.rules import RULES

    return RULES


def _shipped(id: str) -> Rule:
    found = {rule.id: rule for rule in _every()}
    if id not in found:
        raise NotFoundError.among("rule", id, tuple(found))
    return found[id]
