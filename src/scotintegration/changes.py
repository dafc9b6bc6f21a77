"""Changes of the law: what changed on which day, by which instrument, and which rules it touches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration._fields import to_day
from scotintegration._shown import Shown
from scotintegration.citations import Citation, Instrument
from scotintegration.law import PARAMETERS, Parameter
from scotintegration.reports import DISCLAIMER
from scotintegration.rules import RULES, Rule, registry
from scotintegration.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LawChange", "LawChanges", "law_changes"]


@attrs.frozen(kw_only=True)
class LawChange(Shown):
    """
    One change of the law.

    Attributes:
        on: The first day of the new law.
        what: What changed, in a sentence.
        citation: The provision that made the change, or where the new law stands.
        rules: Ids of the rules it touches, those that depend on it included.

    Source:
        Its citation.

    .. versionadded:: 0.1.0
    """

    on: date
    what: str
    citation: Citation
    rules: tuple[str, ...]

    @property
    def instrument(self) -> Instrument | None:
        """The instrument that made the change; None where the citation is of a document."""
        return self.citation.instrument

    def __str__(self) -> str:
        return f"{self.on.isoformat()}: {self.what} [{self.citation.printed}]"


@attrs.frozen
class LawChanges(Shown):
    """
    Changes of the law in order of day.

    Attributes:
        changes: The changes.

    Source:
        The citation of each.

    .. versionadded:: 0.1.0
    """

    changes: tuple[LawChange, ...]

    def __iter__(self) -> Iterator[LawChange]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __getitem__(self, number: int) -> LawChange:
        return self.changes[number]

    def to_table(self) -> Table:
        """
        Give one row a change.

        Returns:
            Columns day, what changed, provision, rules.

        Source:
            The citation of each change.

        .. versionadded:: 0.1.0
        """
        rows = [(one.on.isoformat(), one.what, one.citation.printed, ", ".join(one.rules)) for one in self.changes]
        return Table("Changes of the law", ("day", "what changed", "provision", "rules"), rows, notes=(DISCLAIMER,))

    def __str__(self) -> str:
        return self.to_table().to_text()


def law_changes(*, between: tuple[date | str, date | str]) -> LawChanges:
    """
    List what changes in the law between two days.

    Args:
        between: Two days; a change counts if its day is after the first and not after the second.

    Returns:
        Changes of dated parameters, and rules that begin or end, in order of day, the parameters of a day first.

    Raises:
        ValueError: If the first day is after the second.

    Source:
        The instruments themselves, as the rules and the dated parameters cite them.

    >>> change = law_changes(between=("2026-08-31", "2026-09-01"))[0]
    >>> str(change.citation), "IJBO-sch3-quorum" in change.rules
    ('SSI 2025/405 art.2(2)', True)

    .. versionadded:: 0.1.0
    """
    after, until = (to_day(one) for one in between)
    if after > until:
        raise ValueError(f"between must begin before it ends, got {after.isoformat()} and {until.isoformat()}")
    found = [*_of_parameters(PARAMETERS), *_of_rules(RULES)]
    chosen = [one for one in found if after < one.on <= until]
    return LawChanges(tuple(sorted(chosen, key=lambda one: one.on)))


def _of_parameters(parameters: Iterable[Parameter]) -> Iterator[LawChange]:
    """Give the days on which a parameter took a new value."""
    earlier: dict[str, Parameter] = {}
    known = registry()
    for one in parameters:
        before = earlier.get(one.name)
        if before is not None and one.days.start is not None:
            what = f"{one.name}: {_said(before)} become {_said(one)}"
            citation = one.citation if one.amended_by is None else one.amended_by
            yield LawChange(
                on=one.days.start, what=what, citation=citation, rules=tuple(id for id in one.touches if id in known)
            )
        earlier[one.name] = one


def _said(parameter: Parameter) -> str:
    value = parameter.value
    return str(value) if isinstance(value, int) else ", ".join(value)


def _of_rules(rules: Iterable[Rule]) -> Iterator[LawChange]:
    """Give the days on which a rule begins, or has ended."""
    for rule in rules:
        for day, happens in ((rule.days.start, "begins"), (rule.days.end, "ends")):
            if day is not None:
                what = f"{happens}: {rule.title}"
                yield LawChange(on=day, what=what, citation=rule.citations[-1], rules=(rule.id,))
