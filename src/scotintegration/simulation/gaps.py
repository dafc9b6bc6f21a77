"""The unlawful days of a run: which duty was unmet, on which days, and whose it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final

import attrs

from scotintegration._shown import Shown
from scotintegration.citations import Citation
from scotintegration.dates import FinancialYear, Interval
from scotintegration.reports import DISCLAIMER, Report
from scotintegration.rules import Rule, check, find
from scotintegration.simulation._backwards import recorded, stood
from scotintegration.simulation.eras import Era
from scotintegration.steps import Step
from scotintegration.tables import Table
from scotintegration.unknown import Listing

__all__ = ["FOUNDING", "SIMULATED", "UnmetDuty"]

SIMULATED: Final[tuple[str, ...]] = (
    "CSWO-appointed",
    "FIN-s95-officer",
    "PBJW-s10-chief-officer",
    "PBJW-s14-2-la-pays",
    "PBJW-s14-3-hb-set-aside",
    "PBJW-s14-4-hb-pays",
    "PBJW-s18-la-to-hb",
    "PBJW-s19-4-las-to-lead",
    "PBJW-s19-hb-to-la",
    "PBJW-s25-2-ia-carries",
    "PBJW-s26-1-every-function",
    "PBJW-s26-1-recipient",
    "PBJW-s26-function-delegated",
    "PBJW-s27-1a-set-aside-amount",
    "PBJW-s27-1b-payment",
    "PBJW-s27-1c-use",
    "PBJW-s27-3-ia-pays",
    "PBJW-s27-5a-vary-own",
    "PBJW-s27-writing",
)
"""Ids of the rules of statute that are asked on every day: of money, directions and who holds the posts."""

FOUNDING: Final[tuple[str, ...]] = (
    "HBF-must-list",
    "IJBO-a18-so-exist",
    "IJBO-a3-1-core-members",
    "IJBO-a3-3-equal",
    "IJBO-a3-3-greatest",
    "IJBO-a3-3-min-three",
    "IJBO-a3-6-four-groups",
    "IJBO-a5-2b-equal",
    "IJBO-a5-multi-min",
    "IJMC-a3-finance",
    "IJMC-a3-groups",
    "IJMC-a3-min",
    "IJMC-a4-multi",
    "IJMC-a6-chair",
    "IJMC-so",
    "ISR-co-interim",
    "ISR-co-line-both",
    "ISR-dispute",
    "ISR-fin-report-freq",
    "ISR-items-complete",
    "ISR-variance",
    "LAF-must-list",
    "PBJW-s1-3b-functions-listed",
    "PBJW-s1-3d-set-aside-method",
    "PBJW-s1-3e-payment-method",
    "PBJW-s1-4-one-model",
    "PBJW-s1-9-model-d-either",
    "PBJW-s15-ijmc-before",
    "PBJW-s2-5-lead-authority",
    "PBJW-s29-plan-exists",
    "PBJW-s32-1a-nominees",
    "PBJW-s7-approved-before-effect",
    "PBJW-s9-order",
    "SPG-groups-12",
)
"""Ids of the rules asked besides in an era that a change of model opened: of what the new authority begins with."""

_MOST_SAID: Final = 3


@attrs.frozen(kw_only=True)
class UnmetDuty(Shown):
    """
    A stretch of days of a run on which a duty of statute was unmet in one way.

    Attributes:
        rule: The rule.
        days: The days.
        found: What was found, each with where.

    Source:
        The citations of the rule.

    .. versionadded:: 0.1.0
    """

    rule: Rule
    days: Interval
    found: tuple[str, ...]

    @property
    def citation(self) -> Citation:
        """The first provision of the rule."""
        return self.rule.citation

    @property
    def owner(self) -> str:
        """Whose duty it is."""
        return self.rule.duty_on

    @property
    def what(self) -> str:
        """What was found, in a line: the first of it, and how much more."""
        more = len(self.found) - _MOST_SAID
        return "; ".join(self.found[:_MOST_SAID]) + (f"; and {more} more" if more > 0 else "")

    @property
    def first(self) -> date:
        """The first of the days."""
        assert self.days.start is not None
        return self.days.start

    def __str__(self) -> str:
        return f"{self.days}  {self.owner}: {self.rule.title}: {self.what} [{self.citation.printed}]"


@cache
def _found(ids: tuple[str, ...]) -> tuple[Rule, ...]:
    return tuple(map(find, ids))


def rules_of(era: Era) -> tuple[Rule, ...]:
    """List the rules that are asked in an era."""
    return _found(SIMULATED if era.change is None else tuple(sorted((*SIMULATED, *FOUNDING))))


@attrs.frozen
class _Said:
    """What a finding says, as it stands and without the day that was asked about."""

    whole: str
    dayless: str

    def like(self, other: _Said) -> _Said | None:
        """Give what both say; None where they differ in more than the day asked about."""
        if self.whole == other.whole:
            return self
        return _Said(self.dayless, self.dayless) if self.dayless == other.dayless else None


def unmet(era: Era, steps: Sequence[Step], until: date) -> Iterator[UnmetDuty]:
    """List the duties unmet in an era and the days, by asking on every day on which an answer may change."""
    rules, last = rules_of(era), min(era.end, until)
    begun: dict[Rule, tuple[date, tuple[_Said, ...]]] = {}
    for when in _change_points(era, steps, rules, last):
        now = _said(check(stood(era, steps, when), rules=rules))
        for rule in rules:
            since, before = begun.pop(rule, (when, ()))
            found = now.get(rule, ())
            same = _same(before, found)
            if same:
                begun[rule] = (since, same)
                continue
            if before:
                yield _duty(rule, since, when, before)
            if found:
                begun[rule] = (when, found)
    for rule, (since, found) in begun.items():
        yield _duty(rule, since, last + timedelta(days=1), found)


def _duty(rule: Rule, since: date, over: date, found: tuple[_Said, ...]) -> UnmetDuty:
    return UnmetDuty(rule=rule, days=Interval(since, over), found=tuple(one.whole for one in found))


def _same(before: tuple[_Said, ...], found: tuple[_Said, ...]) -> tuple[_Said, ...]:
    """Give what was found both times; nothing where it is not the same."""
    if len(before) != len(found):
        return ()
    both = [one.like(other) for one, other in zip(before, found, strict=True)]
    return tuple(one for one in both if one is not None) if None not in both else ()


def _said(report: Report) -> dict[Rule, tuple[_Said, ...]]:
    """Give what each rule that fails has found."""
    said: dict[Rule, tuple[_Said, ...]] = {}
    dated = f" on {report.as_at.isoformat()}"
    for finding in report.unlawful:
        rule = find(finding.rule)
        what = f"{finding.where}: {finding.said}"
        said[rule] = (*said.get(rule, ()), _Said(what, what.replace(dated, "")))
    return said


def _change_points(era: Era, steps: Iterable[Step], rules: Iterable[Rule], last: date) -> list[date]:
    """List the days of an era on which an answer may change, its first day first."""
    found = {era.start}
    found.update(day for one in era.delays.vacancies for day in (one.first, one.over))
    for y, year in enumerate(era.years):
        found |= {year.start, year.end, *era.decided(y), *(era.met(y, month) for month in range(2, 13, 2))}
    found.update(one for step in steps for one in (step.on, recorded(step)) if isinstance(one, date))
    p = era.partnership
    periods = [*(rule.days for rule in rules), *(one.days for one in p.parameters)]
    found.update(end for one in periods for end in (one.start, one.end) if end is not None)
    facts = (p.ijb, p.monitoring_committee, p.scheme, p.posts, p.members, p.chairs, p.plans, p.planning_group)
    for fact in (*facts, p.standing_orders, p.exemption_orders, p.directions.steps):
        for one in _dates(fact):
            found |= {one, one + timedelta(days=1)}
    return sorted(one for one in found if era.start <= one <= last)


def _dates(value: object) -> Iterator[date]:
    """Find every day within a value."""
    if isinstance(value, date):
        yield value
    elif isinstance(value, Listing):
        yield from _dates(value.items)
    elif isinstance(value, FinancialYear):
        yield value.start
    elif isinstance(value, tuple):
        for one in value:
            yield from _dates(one)
    else:
        for field in getattr(type(value), "__attrs_attrs__", ()):
            if field.eq:
                yield from _dates(getattr(value, field.name))


def table_of(caption: str, first: date, last: date, gaps: Iterable[UnmetDuty]) -> Table:
    """Show one row a duty and stretch of days."""
    rows = [(str(one.days), one.owner, one.rule.title, one.what, one.citation.printed, one.rule.id) for one in gaps]
    asked = "Routine duties are taken to be done on time; rules about records that no run makes are not asked."
    return Table(
        f"{caption}: duties unmet from {first.isoformat()} to {last.isoformat()}",
        ("days", "whose duty", "what the law asks", "what was found", "provision", "rule"),
        rows,
        notes=(asked, DISCLAIMER),
    )
