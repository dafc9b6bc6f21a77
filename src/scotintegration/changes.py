"""Changes of the law: what changed on which day, by which instrument, and which rules it touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration._fields import to_day
from scotintegration._shown import Shown
from scotintegration.citations import Citation, Instrument, cite
from scotintegration.functions import Enactment, enactments
from scotintegration.law import PARAMETERS, Parameter
from scotintegration.reports import DISCLAIMER
from scotintegration.rules import RULES, Rule, Severity, registry
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
        citation: The provision that made the change where that is known, or else where the law stands.
        rules: Ids of the rules it touches, those that depend on it included.
        rests_on: On what it rests: ``"statute"``, or what else the rule that begins or ends rests on.

    Source:
        Its citation.

    .. versionadded:: 0.1.0
    """

    on: date
    what: str
    citation: Citation
    rules: tuple[str, ...]
    rests_on: str = Severity.STATUTE.value

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
        changes: The changes of statute.
        beside: Rules that begin or end and rest on no statute: on guidance, on a reading of the law or on a scheme.

    Source:
        The citation of each.

    .. versionadded:: 0.1.0
    """

    changes: tuple[LawChange, ...]
    beside: tuple[LawChange, ...] = ()

    def __iter__(self) -> Iterator[LawChange]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __getitem__(self, number: int) -> LawChange:
        return self.changes[number]

    def to_table(self) -> Table:
        """
        Give one row a change of statute, and after them one a rule that rests on something else, which is marked.

        Returns:
            Columns day, what changed, provision, rules.

        Source:
            The citation of each change.

        .. versionadded:: 0.1.0
        """
        rows = [
            (
                one.on.isoformat(),
                one.what if one.rests_on == Severity.STATUTE else f"({one.rests_on}, not statute) {one.what}",
                one.citation.printed,
                ", ".join(one.rules),
            )
            for one in (*self.changes, *self.beside)
        ]
        return Table("Changes of the law", ("day", "what changed", "provision", "rules"), rows, notes=(DISCLAIMER,))

    def __str__(self) -> str:
        return self.to_table().to_text()


def law_changes(*, between: tuple[date | str, date | str]) -> LawChanges:
    """
    List what changes in the law between two days.

    Args:
        between: Two days; a change counts if its day is after the first and not after the second.

    Returns:
        Changes of dated parameters, of the lists of what must and may be delegated, and rules of statute that begin or
        end, in order of day, the parameters of a day first; rules that rest on something else are beside them. A rule
        begins on the first day on which it is asked, which may be that of its instrument and not of its provision.

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
    dated = [*_of_parameters(PARAMETERS), *_of_enactments(enactments().values())]
    made_by = {(one.on, id): one.citation for one in dated for id in one.rules}
    found = [*dated, *_of_rules(RULES, {**made_by, **_BROUGHT_BY})]
    chosen = sorted((one for one in found if after < one.on <= until), key=lambda one: one.on)
    statute = tuple(one for one in chosen if one.rests_on == Severity.STATUTE)
    return LawChanges(statute, tuple(one for one in chosen if one.rests_on != Severity.STATUTE))


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


_LISTS: Final[Mapping[tuple[str, bool], tuple[str, tuple[str, ...]]]] = MappingProxyType(
    {
        ("local_authority", True): ("a council must delegate", ("LAF-carers-dated", "LAF-must-list")),
        ("local_authority", False): ("a council may delegate", ("PBJW-s1-5-la-function-listed",)),
        ("health_board", True): ("a Health Board must delegate", ("HBF-must-list",)),
        ("health_board", False): ("a Health Board may delegate", ("PBJW-s1-6-hb-function-prescribed",)),
    }
)
"""What each list is of, and the rules that read it."""


def _of_enactments(entries: Iterable[Enactment]) -> Iterator[LawChange]:
    """Give the days on which an instrument added entries to a list of functions or took some off."""
    found: dict[tuple[date, str, str, str, bool], list[str]] = {}
    for one in entries:
        joins = one.start if one.until is None else None
        leaves = None if one.until is None else one.until + timedelta(days=1)
        for on, happens in ((joins, "joins"), (leaves, "leaves")):
            if on is not None and one.amended_by:
                key = (on, happens, one.amended_by, one.delegated_by, one.must)
                found.setdefault(key, []).append(f"{one.act} {one.provision}")
    for (on, happens, instrument, by, must), named in sorted(found.items()):
        of, rules = _LISTS[by, must]
        what = f"{', '.join(sorted(named))} {happens if len(named) == 1 else happens[:-1]} what {of}"
        yield LawChange(on=on, what=what, citation=cite(instrument.removesuffix(".")), rules=rules)


_BROUGHT_BY: Final[Mapping[tuple[date, str], Citation]] = MappingProxyType(
    {
        (date(2015, 3, 20), "IJBO-a3-7A-no-double"): cite("SSI 2015/66"),
        (date(2015, 3, 20), "IJMC-a3-6A-no-double"): cite("SSI 2015/66"),
        (date(2016, 2, 1), "IJBO-sch5-interest"): cite("SSI 2015/432"),
        (date(2026, 1, 7), "PBJW-s53A-ethical"): cite("asp 2025/9 s.18"),
    }
)
"""Instruments that inserted or replaced a provision which a rule cites where it now stands."""


def _of_rules(rules: Iterable[Rule], made_by: Mapping[tuple[date, str], Citation]) -> Iterator[LawChange]:
    """Give the days on which a rule begins, or has ended, by what made the change where that is known."""
    for rule in rules:
        for day, happens in ((rule.days.start, "begins"), (rule.days.end, "ends")):
            if day is not None:
                what = f"{happens}: {rule.title}"
                citation = made_by.get((day, rule.id), rule.citation)
                yield LawChange(on=day, what=what, citation=citation, rules=(rule.id,), rests_on=rule.severity.value)
