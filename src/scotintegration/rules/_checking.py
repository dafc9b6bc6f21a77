"""Asking rules of partnerships (private)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.findings import Finding, RuleResult, Waiver
from scotintegration.reports import NetworkReport, Report
from scotintegration.rules._engine import Rule, find
from scotintegration.rules._reforms import Reform
from scotintegration.rules._sharing import sharing
from scotintegration.rules._verdicts import Outcome, Severity, Topic, Verdict, cannot_tell, worst

if TYPE_CHECKING:
    from scotintegration.network import Network
    from scotintegration.partnership import Partnership


def _named(rules: Iterable[Rule | str] | Rule | str) -> tuple[Rule, ...]:
    """Give rules, of which some or one alone may be named by id."""
    asked = (rules,) if isinstance(rules, (str, Rule)) else tuple(rules)
    for one in asked:
        if not isinstance(one, (str, Rule)):
            raise TypeError(f"rules holds {one!r}; expected a Rule or the id of one")
    return tuple(find(one) if isinstance(one, str) else one for one in asked)


def _held(waivers: Iterable[Waiver] | Waiver) -> tuple[Waiver, ...]:
    """Give waivers, of which there may be one alone."""
    held = (waivers,) if isinstance(waivers, Waiver) else tuple(waivers)
    for one in held:
        if not isinstance(one, Waiver):
            raise TypeError(f"waivers holds {one!r}; expected a Waiver")
    return held


def _under(reform: Reform | None, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return rules if reform is None else reform.rules(rules)


def _chosen(rules: tuple[Rule, ...], topic: str | None, only: str | Iterable[str] | None) -> tuple[Rule, ...]:
    known = tuple(one.value for one in Topic)
    if topic is not None and topic not in known:
        raise NotFoundError.among("topic", topic, known)
    severities = tuple(one.value for one in Severity)
    wanted = severities if only is None else (only,) if isinstance(only, str) else tuple(only)
    for severity in wanted:
        if severity not in severities:
            raise NotFoundError.among("severity", severity, severities)
    found = {rule.id: rule for rule in rules}
    return tuple(
        rule for _, rule in sorted(found.items()) if (topic is None or rule.topic == topic) and rule.severity in wanted
    )


@lru_cache(maxsize=1024)
def _passed(rule: Rule) -> RuleResult:
    """Give the result of a rule that found nothing, the same for every partnership."""
    return RuleResult(rule=rule, outcome=Outcome.PASS, would_be=Outcome.PASS)


def ask(rule: Rule, p: Partnership, waivers: Iterable[Waiver] = ()) -> RuleResult:
    """Ask one rule of a partnership, as at its day and bound to its law."""
    try:
        reason = rule.not_applicable(p)
    except UnknownFactError as missing:
        said: tuple[Verdict, ...] = (cannot_tell("scheme.models", f"{missing.what} is not recorded"),)
    else:
        if reason is not None:
            outcome = Outcome.NOT_APPLICABLE
            return RuleResult(rule=rule, outcome=outcome, would_be=outcome, reason=reason)
        said = rule.verdicts(p)
        if not said:
            return _passed(rule)
    would_be = worst(said)
    waived = would_be is Outcome.FAIL and any(waiver.covers(rule.id, p.id, p.as_at) for waiver in waivers)
    findings = tuple(
        Finding(
            rule=rule.id,
            outcome=Outcome.WAIVED if waived and verdict.outcome is Outcome.FAIL else verdict.outcome,
            severity=rule.severity,
            where=verdict.where,
            what=verdict.what,
            mend=verdict.mend,
            citations=rule.citations,
            partnership=p.id,
            on=p.as_at,
            considered=verdict.considered,
            made_by=rule,
            found_in=p,
        )
        for verdict in said
    )
    outcome = Outcome.WAIVED if waived else would_be
    return RuleResult(rule=rule, outcome=outcome, would_be=would_be, findings=findings)


def check(
    p: Partnership,
    topic: str | None = None,
    *,
    only: str | Iterable[str] | None = None,
    as_at: date | str | None = None,
    law_as_at: date | str | None = None,
    rules: Iterable[Rule | str] | Rule | str | None = None,
    waivers: Iterable[Waiver] | Waiver = (),
    reform: Reform | None = None,
) -> Report:
    """
    Ask rules of a partnership.

    Args:
        p: The partnership.
        topic: Only rules of one topic, such as ``"membership"``.
        only: Only rules of a severity, or of several.
        as_at: The day of the facts, and of the law unless *law_as_at* is given; by default the partnership's own.
        law_as_at: The day of the law.
        rules: The rules to ask, or their ids, or one alone; by default all that are shipped.
        waivers: Leave to fail rules for a while, or one alone.
        reform: A change of the law to ask about as if it were made; what only it brings about names it.

    Returns:
        A report with a result for every rule asked.

    Raises:
        NotFoundError: If there is no such topic, severity or rule.
        TypeError: If a rule or a waiver is of another type.

    Source:
        The citations of the rules.

    .. versionadded:: 0.1.0
    """
    from scotintegration.rules import RULES

    moved = p
    if as_at is not None or law_as_at is not None:
        moved = p.at(p.as_at if as_at is None else as_at, law_as_at=law_as_at)
    named, held = _named(RULES if rules is None else rules), _held(waivers)
    chosen = _chosen(_under(reform, named), topic, only)
    return _report(moved, chosen, held, reform, {} if reform is None else {rule.id: rule for rule in named})


def _report(
    p: Partnership, chosen: Iterable[Rule], waivers: tuple[Waiver, ...], reform: Reform | None, now: Mapping[str, Rule]
) -> Report:
    """Ask rules of a partnership as at its day, working out once what several of them need."""
    if reform is None:
        with sharing():
            results = tuple(ask(rule, p, waivers) for rule in chosen)
    else:
        as_it_is, p = p, p.under(reform.parameters)
        with sharing():
            found = [ask(rule, p, waivers) for rule in chosen]
        with sharing():
            results = tuple(_marked(one, now.get(one.id), as_it_is, waivers, reform.name) for one in found)
    return Report(
        partnership=p.id,
        name=p.name,
        as_at=p.as_at,
        law_as_at=p.law.as_at,
        results=results,
        waivers=waivers,
        reform="" if reform is None else reform.name,
        subject=p,
    )


def _marked(
    result: RuleResult, rule: Rule | None, p: Partnership, waivers: tuple[Waiver, ...], reform: str
) -> RuleResult:
    """Name a reform in what is not found under the law as it is, and in all that a rule of other days finds."""
    if not result.findings and not result.reason:
        return result
    before = ask(rule, p, waivers) if rule is result.rule else None
    held = set() if before is None else {(one.outcome, one.where, one.what) for one in before}
    findings = tuple(
        one if (one.outcome, one.where, one.what) in held else attrs.evolve(one, reform=reform)
        for one in result.findings
    )
    is_new = bool(result.reason) and (before is None or before.reason != result.reason)
    reason = f"{result.reason}, under the reform {reform!r}" if is_new else result.reason
    return attrs.evolve(result, findings=findings, reason=reason)


def check_network(
    net: Network,
    topic: str | None = None,
    *,
    only: str | Iterable[str] | None = None,
    as_at: date | str | None = None,
    law_as_at: date | str | None = None,
    rules: Iterable[Rule | str] | Rule | str | None = None,
    waivers: Iterable[Waiver] | Waiver = (),
    reform: Reform | None = None,
) -> NetworkReport:
    """
    Ask rules of every partnership of a network.

    Args:
        net: The network.
        topic: Only rules of one topic.
        only: Only rules of a severity, or of several.
        as_at: The day of the facts, and of the law unless *law_as_at* is given; by default the network's own.
        law_as_at: The day of the law.
        rules: The rules to ask, or their ids, or one alone; by default all that are shipped.
        waivers: Leave to fail rules for a while, or one alone.
        reform: A change of the law to ask about as if it were made; what only it brings about names it.

    Returns:
        One report a partnership, together.

    Raises:
        NotFoundError: If there is no such topic, severity or rule.
        TypeError: If a rule or a waiver is of another type.

    Source:
        The citations of the rules.

    .. versionadded:: 0.1.0
    """
    from scotintegration.rules import RULES

    moved = net
    if as_at is not None or law_as_at is not None:
        moved = net.at(net.as_at if as_at is None else as_at, law_as_at=law_as_at)
    named, held = _named(RULES if rules is None else rules), _held(waivers)
    chosen = _chosen(_under(reform, named), topic, only)
    now = {} if reform is None else {rule.id: rule for rule in named}
    reports = tuple(_report(p, chosen, held, reform, now) for p in moved.partnerships)
    return NetworkReport(
        name=moved.name,
        as_at=moved.as_at,
        law_as_at=reports[0].law_as_at if reports else moved.as_at,
        reports=reports,
        waivers=held,
        reform="" if reform is None else reform.name,
    )
