"""Making a partnership lawful by the least that the law asks for (private)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration._shown import Shown
from scotintegration.citations import Citation, Source
from scotintegration.differences import Change, PartnershipDifference, as_code, diff
from scotintegration.errors import RuleError
from scotintegration.mends._changes import first, told
from scotintegration.mends._past import corrects
from scotintegration.mends._table import table
from scotintegration.reports import DISCLAIMER
from scotintegration.rules import Modality, Outcome, Rule, Severity, ask, find
from scotintegration.tables import Table

if TYPE_CHECKING:
    from scotintegration.evidence import Evidence
    from scotintegration.partnership import Partnership

MOST_ROUNDS: Final = 4
"""How often the rules are gone through; a mend may open a rule that stands before it."""

_OPEN: Final = (Outcome.FAIL, Outcome.CANNOT_TELL)


@attrs.frozen(kw_only=True)
class Mend(Shown):
    """
    One change of values, made so that a rule is kept.

    Attributes:
        rule: The rule.
        found: What the rule said before the change.
        record: The partnership as it is on record, before any change.
        before: The partnership before the change.
        after: The partnership after it.

    Source:
        The citations of the rule. What the change states has still to be made true; what is over is not mended.

    >>> from scotintegration.examples import example
    >>> p = example("body-corporate")
    >>> (mend,) = completion(p.evolve(scheme=attrs.evolve(p.scheme, delegated_on="2016-05-01")))
    >>> mend.rule.id, mend.changed, mend.corrects_the_past
    ('DAYS-delegation-by', ('corrects the record of scheme.delegated_on: 2016-05-01 -> 2016-04-01',), True)

    .. versionadded:: 0.1.0
    """

    rule: Rule
    found: str
    record: Partnership = attrs.field(repr=False)
    before: Partnership = attrs.field(repr=False)
    after: Partnership = attrs.field(repr=False)

    @property
    def citation(self) -> Citation:
        """The first provision of the rule."""
        return self.rule.citation

    @cached_property
    def difference(self) -> PartnershipDifference:
        """What the change adds, takes away and alters."""
        return diff(self.before, self.after)

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """What it adds, takes out, sets or corrects, each with its path and its value."""
        return told(self.difference.changes, {one.path for one in self.corrected})

    @cached_property
    def corrected(self) -> tuple[Change, ...]:
        """The changes that put otherwise what the record says of the time before the day that governs."""
        on, changes = self.before.as_at, self.difference.changes
        if self.before is not self.record and any(corrects(one, on) for one in changes):
            recorded = {one.path for one in diff(self.record, self.after).changes if corrects(one, on)}
            changes = tuple(one for one in changes if one.path in recorded)
        return tuple(one for one in changes if corrects(one, on))

    @property
    def corrects_the_past(self) -> bool:
        """
        Whether it says how the record of the past would have to read for the rule to be kept.

        Where that record is right nothing mends the past. What nobody had recorded is filled in and corrects nothing.
        """
        return bool(self.corrected)

    @property
    def code(self) -> str:
        """The change as Python that turns the partnership ``p`` into :attr:`after`."""
        return as_code(self.before, self.after)

    def __str__(self) -> str:
        return f"{self.rule.title} [{self.citation.printed}]: {self.found}"


@attrs.frozen(kw_only=True)
class Completion(Shown):
    """
    How a partnership was made lawful: what was added and why.

    Attributes:
        before: The partnership as it was.
        after: The partnership that keeps every rule of statute.
        mends: The changes, in the order made.

    Source:
        The citations of the rules. What the changes state has still to be made true.

    .. versionadded:: 0.1.0
    """

    before: Partnership = attrs.field(repr=False)
    after: Partnership = attrs.field(repr=False)
    mends: tuple[Mend, ...]

    def __iter__(self) -> Iterator[Mend]:
        return iter(self.mends)

    def __len__(self) -> int:
        return len(self.mends)

    @cached_property
    def difference(self) -> PartnershipDifference:
        """What all changes together add, take away and alter."""
        return diff(self.before, self.after)

    @property
    def code(self) -> str:
        """All changes together as Python that turns the partnership ``p`` into :attr:`after`."""
        return as_code(self.before, self.after)

    @property
    def assumed(self) -> tuple[Change, ...]:
        """Everything that was added or altered, with its path: nobody recorded it, and it has still to be made true."""
        return self.difference.changes

    @cached_property
    def corrected(self) -> tuple[Change, ...]:
        """Those of the changes that put otherwise what the record says of the time before the day that governs."""
        return tuple(one for one in self.assumed if corrects(one, self.before.as_at))

    @property
    def records(self) -> tuple[Evidence, ...]:
        """The records among what was added: each is marked as assumed, for nobody made it."""
        return tuple(one for one in self.after.evidence.items if one.assumed and one not in self.before.evidence.items)

    def to_table(self) -> Table:
        """
        Give one row a change.

        Returns:
            Columns rule, what the law asks, provision, what was found, what was changed: the first few paths and
            values of each.

        Source:
            The citations of the rules.

        .. versionadded:: 0.1.0
        """
        rows = [
            (one.rule.id, one.rule.title, one.citation.printed, one.found, "; ".join(first(one.changed)))
            for one in self.mends
        ]
        columns = ("rule", "what the law asks", "provision", "what was found", "what was changed")
        counted = f"{len(rows)} {'change makes' if len(rows) == 1 else 'changes make'} it lawful"
        caption = f"{self.before.name} as at {self.before.as_at.isoformat()}: {counted if rows else 'lawful as it is'}"
        return Table(caption, columns, rows, notes=(*self._notes, DISCLAIMER))

    @property
    def _notes(self) -> Iterator[str]:
        """What is to be said of the changes as a whole."""
        if self.assumed:
            values, records = len(self.assumed), len(self.records)
            among = f", {records} {'record' if records == 1 else 'records'} of evidence among them" if records else ""
            said = "Everything that was added or altered is assumed, and has still to be made true"
            yield f"{said}: {values} {'fact' if values == 1 else 'facts'}{among}."
        if self.corrected:
            number = "1 of them corrects" if len(self.corrected) == 1 else f"{len(self.corrected)} of them correct"
            yield f"{number} the record of the past; where that record is right, nothing mends the past."

    def to_text(self) -> str:
        """
        Give the changes as text.

        Returns:
            A heading and a line a change, with its provision and what was found; under it the first few facts that
            it adds, takes out, sets or corrects; and what is assumed.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        shown = self.to_table()
        lines = [line for one in self.mends for line in (f"  {one}", *(f"    {said}" for said in first(one.changed)))]
        return "\n".join([shown.caption, *lines, *shown.notes])

    def __str__(self) -> str:
        return self.to_text()


def completion(p: Partnership) -> Completion:
    """
    Make a partnership lawful by the least that the law asks for, and tell how.

    The rules of statute are gone through in an order in which each builds on those before; one that is broken, or
    of which it cannot be told, is mended by its own change of values. Nothing is tried and taken back. All that
    is added or altered is assumed and has still to be made true: :attr:`Completion.assumed` lists it, records say so
    themselves, and the source of each field that changed names the rules it was changed for. A change that
    :attr:`Mend.corrects_the_past` says how the record would have to read.

    Args:
        p: The partnership.

    Returns:
        The partnership before and after, and the changes between.

    Raises:
        RuleError: If a rule of statute stays open whatever is changed.

    Source:
        The citations of the rules.

    >>> from scotintegration.examples import example
    >>> done = completion(example("vacant-chief-officer"))
    >>> [mend.rule.id for mend in done], done.after.check(only="statute").lawful
    (['PBJW-s10-chief-officer'], True)

    .. versionadded:: 0.1.0
    """
    asked = _in_order()
    now, mends = p, list[Mend]()
    for _ in range(MOST_ROUNDS):
        made = len(mends)
        for rule in asked:
            result = ask(rule, now)
            if result.would_be in _OPEN:
                finding = result.findings[0]
                after = rule.mended(now)
                found = f"{finding.where}: {finding.said}"
                mends.append(Mend(rule=rule, found=found, record=p, before=now, after=after))
                now = after
        if len(mends) == made:
            break
    still = [rule.id for rule in asked if ask(rule, now).would_be in _OPEN]
    if still:
        raise RuleError(still[0], f"it stays open in {p.name} whatever is changed", "a partnership that can keep it")
    return Completion(before=p, after=_with_source(p, now, mends), mends=tuple(mends))


@cache
def _in_order() -> tuple[Rule, ...]:
    """List the rules of statute as they are mended: one that entails another comes before it."""
    rules = {id: find(id) for id in table()}
    causes: dict[str, list[str]] = {id: [] for id in rules}
    for id, rule in rules.items():
        for entailed in rule.entails:
            causes.setdefault(entailed, []).append(id)
    found: dict[str, Rule] = {}
    begun: set[str] = set()

    def visit(id: str) -> None:
        begun.add(id)
        for cause in causes[id]:
            if cause not in begun:
                visit(cause)
        found.setdefault(id, rules[id])

    for id in rules:
        if id not in begun:
            visit(id)
    statute = (rule for rule in found.values() if rule.severity is Severity.STATUTE)
    return tuple(rule for rule in statute if rule.modality is not Modality.MAY)


def _with_source(p: Partnership, now: Partnership, mends: list[Mend]) -> Partnership:
    """Say of each field that was changed for which rules it was."""
    fields: dict[str, list[str]] = {}
    for mend in mends:
        for field in attrs.fields(type(p)):
            if field.eq and getattr(mend.before, field.name) != getattr(mend.after, field.name):
                fields.setdefault(field.name, []).append(mend.rule.id)
    said = {name: f"assumed, so as to keep {', '.join(dict.fromkeys(rules))}" for name, rules in fields.items()}
    return now.evolve(source=Source({**now.source, **said})) if said else now
