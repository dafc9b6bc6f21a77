"""Answers over time: when a failure began and ended, and what falls due by a day to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration._fields import to_day
from scotintegration._shown import Shown
from scotintegration.reports import DISCLAIMER
from scotintegration.rules import RULES, Outcome, Rule, ask, find
from scotintegration.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scotintegration.partnership import Partnership

__all__ = ["Due", "Spell", "Timeline", "ToDo", "timeline", "to_do"]

MOST_DAYS: Final = 20 * 366
"""The longest stretch that is asked day by day."""


@attrs.frozen(kw_only=True)
class Spell(Shown):
    """
    Days on end on which a rule gave one answer.

    Attributes:
        start: The first of them.
        until: The last of them.
        outcome: The answer.
        said: What was found on the first of them.

    Source:
        The citations of the rule.

    .. versionadded:: 0.1.0
    """

    start: date
    until: date
    outcome: Outcome
    said: tuple[str, ...]

    def __str__(self) -> str:
        found = f": {'; '.join(self.said)}" if self.said else ""
        return f"{self.start.isoformat()} to {self.until.isoformat()}  {self.outcome.value}{found}"


@attrs.frozen(kw_only=True)
class Timeline(Shown):
    """
    The answers of one rule over a stretch of days.

    Attributes:
        rule: The rule.
        partnership: Id of the partnership.
        spells: Spells in order, which leave no day out.

    Source:
        The citations of the rule.

    .. versionadded:: 0.1.0
    """

    rule: Rule = attrs.field(repr=False)
    partnership: str
    spells: tuple[Spell, ...]

    @property
    def failures(self) -> tuple[Spell, ...]:
        """The spells on which the rule failed."""
        return tuple(spell for spell in self.spells if spell.outcome is Outcome.FAIL)

    def __iter__(self) -> Iterator[Spell]:
        return iter(self.spells)

    def __len__(self) -> int:
        return len(self.spells)

    def to_table(self) -> Table:
        """
        Give one row a spell.

        Returns:
            Columns first day, last day, answer, what was found.

        Source:
            The citations of the rule.

        .. versionadded:: 0.1.0
        """
        rows = [
            (one.start.isoformat(), one.until.isoformat(), one.outcome.value, "; ".join(one.said))
            for one in self.spells
        ]
        caption = f"{self.rule.id} [{self.rule.citation.printed}]: {self.rule.title}"
        return Table(caption, ("from", "to", "answer", "what was found"), rows, notes=(DISCLAIMER,))

    def __str__(self) -> str:
        return self.to_table().to_text()


@attrs.frozen(kw_only=True)
class Due(Shown):
    """
    One thing that falls due.

    Attributes:
        on: The first day on which the rule is broken, if nothing is done.
        rule: The rule.
        what: What will be found.
        mend: What would keep it.

    Source:
        The citations of the rule.

    .. versionadded:: 0.1.0
    """

    on: date
    rule: Rule = attrs.field(repr=False)
    what: str
    mend: str

    def __str__(self) -> str:
        return f"before {self.on.isoformat()}: {self.mend or self.what} [{self.rule.citation.printed}]"


@attrs.frozen(kw_only=True)
class ToDo(Shown):
    """
    What falls due between the day that governs a partnership and a day to come.

    Attributes:
        partnership: Name of the partnership.
        by: The day to come.
        dues: What falls due, in order of day.

    Source:
        The citations of each rule.

    .. versionadded:: 0.1.0
    """

    partnership: str
    by: date
    dues: tuple[Due, ...]

    def __iter__(self) -> Iterator[Due]:
        return iter(self.dues)

    def __len__(self) -> int:
        return len(self.dues)

    def to_table(self) -> Table:
        """
        Give one row a thing that falls due.

        Returns:
            Columns day, rule, what will be found, what to do, provision.

        Source:
            The citations of each rule.

        .. versionadded:: 0.1.0
        """
        rows = [(one.on.isoformat(), one.rule.id, one.what, one.mend, one.rule.citation.printed) for one in self.dues]
        columns = ("broken from", "rule", "what will be found", "what to do before", "provision")
        return Table(f"{self.partnership}: to do by {self.by.isoformat()}", columns, rows, notes=(DISCLAIMER,))

    def __str__(self) -> str:
        return self.to_table().to_text()


def timeline(p: Partnership, rule: Rule | str, *, between: tuple[date | str, date | str]) -> Timeline:
    """
    Ask one rule on every day of a stretch, facts and law as at each day.

    Args:
        p: The partnership.
        rule: The rule, or its id.
        between: The first and the last day, both asked.

    Returns:
        Spells of one answer and one set of findings, in order.

    Raises:
        NotFoundError: If there is no such rule.
        ValueError: If the first day is after the last, or the stretch is longer than twenty years.

    Source:
        The citations of the rule.

    >>> from scotintegration.examples import example
    >>> vacant = example("vacant-chief-officer")
    >>> [str(one) for one in timeline(vacant, "PBJW-s10-chief-officer", between=("2026-05-30", "2026-06-02"))]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['2026-05-30 to 2026-05-31  pass',
     '2026-06-01 to 2026-06-02  fail: posts: nobody holds the post of chief officer']

    .. versionadded:: 0.1.0
    """
    first, last = (to_day(one) for one in between)
    if first > last:
        raise ValueError(f"between must begin before it ends, got {first.isoformat()} and {last.isoformat()}")
    days = (last - first).days + 1
    if days > MOST_DAYS:
        raise ValueError(f"between is {days} days; expected at most {MOST_DAYS}")
    chosen = find(rule) if isinstance(rule, str) else rule
    spells: list[Spell] = []
    for number in range(days):
        on = first + timedelta(days=number)
        result = ask(chosen, p.at(on))
        said = tuple(f"{one.where}: {one.said.replace(f' on {on.isoformat()}', '')}" for one in result)
        if spells and (spells[-1].outcome, spells[-1].said) == (result.outcome, said):
            spells[-1] = attrs.evolve(spells[-1], until=on)
        else:
            spells.append(Spell(start=on, until=on, outcome=result.outcome, said=said))
    return Timeline(rule=chosen, partnership=p.id, spells=tuple(spells))


def to_do(p: Partnership, *, by: date | str, rules: Iterable[Rule | str] | None = None) -> ToDo:
    """
    List what will be broken on a day to come, if nothing is done, and is not broken now.

    Args:
        p: The partnership, as at today.
        by: The day to come.
        rules: The rules to ask; by default all that are shipped.

    Returns:
        A to-do list in order of the first day on which each rule is broken.

    Raises:
        ValueError: If *by* is before the day that governs the partnership.

    Source:
        The citations of the rules.

    >>> from scotintegration.examples import example
    >>> [due.rule.id for due in to_do(example("body-corporate"), by="2028-04-01", rules=["PBJW-s37-clock-reset"])]
    ['PBJW-s37-clock-reset']

    .. versionadded:: 0.1.0
    """
    last = to_day(by)
    if last < p.as_at:
        raise ValueError(f"by must be on or after {p.as_at.isoformat()}, got {last.isoformat()}")
    dues: list[Due] = []
    then = p.at(last)
    for one in RULES if rules is None else rules:
        rule = find(one) if isinstance(one, str) else one
        if ask(rule, then).outcome is Outcome.FAIL and ask(rule, p).outcome is not Outcome.FAIL:
            began = timeline(p, rule, between=(p.as_at, last)).failures[-1].start
            finding = next(found for found in ask(rule, p.at(began)) if found.outcome is Outcome.FAIL)
            what = f"{finding.where}: {finding.what}"
            dues.append(Due(on=began, rule=rule, what=what, mend=finding.mend))
    return ToDo(partnership=p.name, by=last, dues=tuple(sorted(dues, key=lambda due: (due.on, due.rule.id))))
