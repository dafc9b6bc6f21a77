"""Which days of which functions no direction covers (private)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, TypeAlias

from scotintegration.dates import Interval
from scotintegration.registers._fold import Entry, Index
from scotintegration.scopes import Gap, Gaps, Scope
from scotintegration.unknown import Unknown

Span: TypeAlias = tuple[int, int]
"""Days as ordinals, the last not among them."""

_NO_END: Final = date.max.toordinal() + 1


def merged(spans: Iterable[Span]) -> list[Span]:
    """Join spans that touch or overlap, in order."""
    found: list[Span] = []
    for start, over in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], over))
        else:
            found.append((start, over))
    return found


def without(whole: Iterable[Span], taken: list[Span]) -> list[Span]:
    """Give what is left of spans once others, merged, are taken out of them."""
    left: list[Span] = []
    for start, over in whole:
        at = start
        for first, last in taken:
            if last <= at or over <= first:
                continue
            left += [(at, first)] if at < first else []
            at = max(at, last)
        left += [(at, over)] if at < over else []
    return left


def _span(days: Interval, window: Span) -> Iterator[Span]:
    """Give the days of a period that are within a window, if any."""
    start = window[0] if days.start is None else max(window[0], days.start.toordinal())
    over = window[1] if days.end is None else min(window[1], days.end.toordinal())
    if start < over:
        yield start, over


def _doubt(entry: Entry) -> Span:
    """Give the days on which a direction of which that cannot be told may be in force."""
    return entry.earliest.toordinal(), _NO_END


def uncovered(
    scope: Scope, index: Index, issuers: tuple[str | None | Unknown, ...], complete: bool, days: Interval
) -> Gaps:
    """Find the stretches of days on which functions that must be directed have no direction in force."""
    assert days.start is not None
    assert days.end is not None
    window = (days.start.toordinal(), days.end.toordinal())
    own = [entry.direction.issuer in issuers for entry in index.entries]
    covered: dict[str, list[Span]] = {}
    vague: list[Span] = []
    for start, over, place in index.spans:
        if own[place] and start < window[1] and window[0] < over:
            functions = index.entries[place].direction.functions
            vague += [] if functions.complete else [(start, over)]
            for function in functions.items:
                covered.setdefault(function, []).append((start, over))
    doubtful: dict[str, list[Span]] = {}
    for place in index.unsure:
        entry = index.entries[place]
        vague += [] if entry.direction.functions.complete or not own[place] else [_doubt(entry)]
        for function in entry.direction.functions.items if own[place] else ():
            doubtful.setdefault(function, []).append(_doubt(entry))
    told, sure = [], complete and scope.functions.complete and scope.exempt.complete
    for function, held in scope.days_due().items():
        spans = [one for days_held in held for one in _span(days_held, window)]
        bare = without(spans, merged(covered.get(function, ())))
        certain = without(bare, merged([*doubtful.get(function, ()), *vague])) if complete else []
        sure = sure and certain == bare
        told += [Gap(function=function, days=_days(span), citation=scope.provision) for span in certain]
    return Gaps(gaps=tuple(told) if scope.exempt.complete else (), days=days, complete=sure)


def _days(span: Span) -> Interval:
    return Interval(date.fromordinal(span[0]), date.fromordinal(span[1]))
