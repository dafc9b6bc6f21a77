"""Answers over time: when a failure began and ended, and what falls due by a day to come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration._fields import to_day
from scotintegration._shown import Shown
from scotintegration.reports import DISCLAIMER
from scotintegration.rules import RULES, Outcome, Rule, ask, find
from scotintegration.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scotintegration.findings import Finding, RuleResult
    from scotintegration.partnership import Partnership

__all__ = ["Due", "Spell", "Timeline", "ToDo", "timeline", "to_do"]

MOST_DAYS: Final = 20 * 366
"""The longest stretch that is asked day by day."""

_MOST_ALIKE: Final = 3
"""How many like things that fall due on one day are each a row of their own."""

_FIGURES: Final = re.compile("[0-9]+")


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
        on: The first day of the breach, if nothing is done.
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
        broken: Ids of the rules that are broken already and for a while yet; only what more will be broken is listed.
        cannot_tell: Ids of the rules of which it cannot be told whether they will be kept.

    Source:
        The citations of each rule.

    .. versionadded:: 0.1.0
    """

    partnership: str
    by: date
    dues: tuple[Due, ...]
    broken: tuple[str, ...] = ()
    cannot_tell: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Due]:
        return iter(self.dues)

    def __len__(self) -> int:
        return len(self.dues)

    def to_table(self) -> Table:
        """
        Give one row a thing that falls due; more than three of a rule, a day and a mend are one row with their number.

        Returns:
            Columns day, rule, what will be found, what to do, provision.

        Source:
            The citations of each rule.

        .. versionadded:: 0.1.0
        """
        alike: dict[tuple[date, str, str], list[Due]] = {}
        for due in self.dues:
            alike.setdefault((due.on, due.rule.id, due.mend), []).append(due)
        shown = [(due, "") for dues in alike.values() if len(dues) <= _MOST_ALIKE for due in dues]
        shown += [(dues[0], f"; and {len(dues) - 1} more") for dues in alike.values() if len(dues) > _MOST_ALIKE]
        rows = [
            (one.on.isoformat(), one.rule.id, f"{one.what}{more}", one.mend, one.rule.citation.printed)
            for one, more in sorted(shown, key=lambda pair: (pair[0].on, pair[0].rule.id, pair[0].what))
        ]
        columns = ("broken from", "rule", "what will be found", "what to do before", "provision")
        notes = [f"Broken already: {', '.join(self.broken)}."] if self.broken else []
        if self.cannot_tell:
            several = "1 rule" if len(self.cannot_tell) == 1 else f"{len(self.cannot_tell)} rules"
            asks = f"p.at({self.by.isoformat()!r}).check().to_settle()"
            notes.append(f"Of {several} it cannot be told: {asks} lists the facts.")
        caption = f"{self.partnership}: to do by {self.by.isoformat()}"
        return Table(caption, columns, rows, notes=(*notes, DISCLAIMER))

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


def to_do(p: Partnership, *, by: date | str, rules: Iterable[Rule | str] | Rule | str | None = None) -> ToDo:
    """
    List what will be broken by a day to come, if nothing is done, and is not broken now.

    Each breach counts by itself: of a rule that is broken now, what more will be broken is listed. Every rule is asked
    on the day to come and on the first of each month before it, and a breach is followed back from there day by day;
    one that comes and goes between two such days is not seen.

    Args:
        p: The partnership, as at today.
        by: The day to come.
        rules: The rules to ask, or one alone; by default all that are shipped.

    Returns:
        A to-do list in order of the first day of each breach, with the rules that are broken already and those that
        cannot be told.

    Raises:
        ValueError: If *by* is before the day that governs the partnership, or more than twenty years after it.

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
    days = (last - p.as_at).days
    if days > MOST_DAYS:
        raise ValueError(f"by is {days} days away; expected at most {MOST_DAYS}")
    asked = (rules,) if isinstance(rules, str | Rule) else RULES if rules is None else tuple(rules)
    dues: list[Due] = []
    untold: list[str] = []
    threads: dict[Rule, list[_Breach]] = {}
    chosen = tuple(dict.fromkeys(find(one) if isinstance(one, str) else one for one in asked))
    for number in range(days + 1):
        on = last - timedelta(days=number)
        looks = number == 0 or (on.day == 1 and on > p.as_at)
        then = p.at(on) if looks or threads else p
        for rule in chosen if looks else tuple(threads):
            result = ask(rule, then)
            if number == 0 and result.outcome is Outcome.CANNOT_TELL:
                untold.append(rule.id)
            found = _broken(result)
            held, begun = _followed(threads.pop(rule, []), found, on)
            dues += [_due(rule, one.first, one.since) for one in begun]
            held += [_Breach(first=one, since=on, alike=one, alike_since=on) for one in found if looks]
            if held:
                threads[rule] = held
    for rule, held in threads.items():
        dues += [_due(rule, one.alike, one.alike_since) for one in held if one.alike_since > p.as_at]
    return ToDo(
        partnership=p.name,
        by=last,
        dues=tuple(sorted(dues, key=lambda due: (due.on, due.rule.id, due.what))),
        broken=tuple(sorted(rule.id for rule in threads)),
        cannot_tell=tuple(sorted(untold)),
    )


@attrs.frozen(kw_only=True)
class _Breach:
    """One breach, followed back from a day to come as far as it lasts, and as far as its words stay alike."""

    first: Finding
    since: date
    alike: Finding
    alike_since: date


def _broken(result: RuleResult) -> list[Finding]:
    return [one for one in result if one.outcome is Outcome.FAIL]


def _words(finding: Finding) -> tuple[str, str]:
    """Give where and what was found, with every figure alike: days and numbers differ from day to day."""
    return finding.where, _FIGURES.sub("0", finding.what)


def _followed(held: list[_Breach], found: list[Finding], on: date) -> tuple[list[_Breach], list[_Breach]]:
    """
    Follow breaches back to the day before: give those that were there, by words or else by place, and the others.

    What was found loses those that were there.
    """
    followed: list[_Breach] = []
    keys: tuple[Callable[[Finding], object], ...] = (_words, attrgetter("where"))
    for key in keys:
        begun: list[_Breach] = []
        for one in held:
            same = next((other for other in found if key(other) == key(one.first)), None)
            if same is None:
                begun.append(one)
                continue
            found.remove(same)
            lasts = one.alike_since == one.since and _words(same) == _words(one.alike)
            alike, alike_since = (same, on) if lasts else (one.alike, one.alike_since)
            followed.append(_Breach(first=same, since=on, alike=alike, alike_since=alike_since))
        held = begun
    return followed, held


def _due(rule: Rule, finding: Finding, on: date) -> Due:
    return Due(on=on, rule=rule, what=f"{finding.where}: {finding.what}", mend=finding.mend)
