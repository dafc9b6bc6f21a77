"""What a gap list takes from the rules of topic directions (private)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from scotintegration.dates import Interval
from scotintegration.findings import Finding
from scotintegration.gap_list import GapItem, GapKind
from scotintegration.gap_list._days import cuts, stretches
from scotintegration.rules import Outcome, ask, find

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

_DELEGATED: Final = "PBJW-s26-function-delegated"

_EVERY_DAY: Final[Mapping[str, GapKind]] = MappingProxyType(
    {
        "PBJW-s27-writing": GapKind.NOT_IN_WRITING,
        "PBJW-s27-1a-set-aside-amount": GapKind.SHORT,
        "PBJW-s27-1b-payment": GapKind.SHORT,
        "PBJW-s27-1c-use": GapKind.SHORT,
        _DELEGATED: GapKind.OUTSIDE,
        "PBJW-s26-1-recipient": GapKind.RECIPIENT,
        "PBJW-s26-2-may": GapKind.RECIPIENT,
        "PBJW-s27-5a-vary-own": GapKind.NOT_ITS_OWN,
        "GUID-D16-not-retrospective": GapKind.DATES,
    }
)
"""Rules about directions in force on a day, and the kind of what they find."""

_DATES: Final = "GUID-D20-dates-sane"
_CHANGES: Final = "GUID-D18-change-without-direction"
_A_DAY: Final = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_A_CHANGE: Final = re.compile(r"service_changes\['(.+)'\]")


_QUESTIONS: Final[Mapping[GapKind, str]] = MappingProxyType(
    {
        GapKind.NOT_IN_WRITING: "whether it is in writing",
        GapKind.SHORT: "whether it says all that s. 27 asks",
        GapKind.OUTSIDE: "whether it is for delegated functions only",
        GapKind.RECIPIENT: "whether it is given only to those who may be directed",
        GapKind.NOT_ITS_OWN: "whether what it ends is an earlier direction of its own authority",
        GapKind.DATES: "whether its days are in order",
        GapKind.CHANGE: "whether a direction is behind it",
    }
)
"""What cannot be told, for each kind."""


class _Said(NamedTuple):
    """What rules say on a day, the day itself left out."""

    kind: GapKind
    rule: str
    where: str
    what: str
    mend: str
    certain: bool


def _kind(finding: Finding, kind: GapKind) -> GapKind:
    """Give the kind of a finding; a direction for no function at all says too little, and not too much."""
    return GapKind.SHORT if kind is GapKind.OUTSIDE and finding.what.startswith("it names no ") else kind


def _said(finding: Finding, kind: GapKind) -> _Said:
    certain = finding.outcome is not Outcome.CANNOT_TELL
    what = finding.what
    if finding.rule == _DELEGATED:  # which says the day that it was asked about
        what = what.replace(f" on {finding.on.isoformat()}", "")
    return _Said(_kind(finding, kind), finding.rule, finding.where, what, finding.mend, certain)


def _item(said: _Said, start: date | None, until: date | None) -> GapItem:
    rule = find(said.rule)
    what = said.what if said.certain else _QUESTIONS[said.kind]
    return GapItem(
        kind=said.kind,
        severity=rule.severity,
        where=said.where,
        what=what,
        start=start,
        until=until,
        mend=said.mend or f"record {said.what}",
        citations=rule.citations,
        rules=(rule.id,),
        certain=said.certain,
        settled_by="" if said.certain else said.what,
    )


def _of_every_day(p: Partnership, days: Interval) -> Iterator[GapItem]:
    """Find what is amiss with directions in force on the days asked about."""
    rules = {find(id): kind for id, kind in _EVERY_DAY.items()}
    bounds = [bound for rule in rules for bound in (rule.days.start, rule.days.end)]

    def said_of(on: date) -> Iterator[_Said]:
        then = p.at(on)
        for rule, kind in rules.items():
            yield from (_said(finding, kind) for finding in ask(rule, then))

    for said, start, until in stretches(cuts(p, days, bounds), said_of):
        yield _item(said, start, until)


def _of_dates(p: Partnership) -> Iterator[GapItem]:
    """Find days of the register that cannot be."""
    for finding in ask(find(_DATES), p):
        said = _said(finding, GapKind.REVOKED_BEFORE if finding.what.startswith("revoked on") else GapKind.DATES)
        told = sorted(map(date.fromisoformat, _A_DAY.findall(said.what))) if said.certain else []
        yield _item(said, *((told[0], told[-1]) if told else (None, None)))


def _of_changes(p: Partnership) -> Iterator[GapItem]:
    """Find changes of services with no direction behind them."""
    made = {change.id: change.on for change in p.service_changes.items}
    for finding in ask(find(_CHANGES), p):
        named = _A_CHANGE.match(finding.where)
        on = None if named is None else made[named[1]]
        yield _item(_said(finding, GapKind.CHANGE), on, None if on is None else p.as_at)


def _merged(items: Iterator[GapItem]) -> Iterator[GapItem]:
    """Make one item of those that several rules say alike."""
    found: dict[tuple[object, ...], GapItem] = {}
    for item in items:
        key = (item.kind, item.where, item.said, item.start, item.until, item.severity)
        other = found.get(key)
        if other is None:
            found[key] = item
        else:
            citations = tuple(dict.fromkeys((*other.citations, *item.citations)))
            found[key] = attrs.evolve(other, rules=(*other.rules, *item.rules), citations=citations)
    yield from found.values()


def of_rules(p: Partnership, days: Interval) -> Iterator[GapItem]:
    """Find what the rules of topic directions find."""
    assert days.last_day is not None
    last = p.at(days.last_day)
    yield from _merged(item for part in (_of_every_day(p, days), _of_dates(last), _of_changes(last)) for item in part)
