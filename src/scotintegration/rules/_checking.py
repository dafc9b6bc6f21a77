"""Asking rules of partnerships (private)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.findings import Finding, RuleResult, Waiver
from scotintegration.reports import NetworkReport, Report
from scotintegration.rules._engine import Outcome, Rule, Severity, Topic, Verdict, cannot_tell, find, worst

if TYPE_CHECKING:
    from scotintegration.network import Network
    from scotintegration.partnership import Partnership


def _chosen(
    rules: Iterable[Rule | str] | Rule | str, topic: str | None, only: str | Iterable[str] | None
) -> tuple[Rule, ...]:
    known = tuple(one.value for one in Topic)
    if topic is not None and topic not in known:
        raise NotFoundError.among("topic", topic, known)
    severities = tuple(one.value for one in Severity)
    wanted = severities if only is None else (only,) if isinstance(only, str) else tuple(only)
    for severity in wanted:
        if severity not in severities:
            raise NotFoundError.among("severity", severity, severities)
    asked = (rules,) if isinstance(rules, (str, Rule)) else tuple(rules)
    for one in asked:
        if not isinstance(one, (str, Rule)):
            raise TypeError(f"rules holds {one!r}; expected a Rule or the id of one")
    found = {rule.id: rule for rule in (find(one) if isinstance(one, str) else one for one in asked)}
    return tuple(
        rule for _, rule in sorted(found.items()) if (topic is None or rule.topic == topic) and rule.severity in wanted
    )


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
    waivers: Iterable[Waiver] = (),
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
        waivers: Leave to fail rules for a while.

    Returns:
        A report with a result for every rule asked.

    Raises:
        NotFoundError: If there is no such topic, severity or rule.

    Source:
        The citations of the rules.

    .. versionadded:: 0.1.0
    """
    from scotintegration.rules import RULES

    moved = p
    if as_at is not None or law_as_at is not None:
        moved = p.at(p.as_at if as_at is None else as_at, law_as_at=law_as_at)
    held = tuple(waivers)
    chosen = _chosen(RULES if rules is None else rules, topic, only)
    return Report(
        partnership=moved.id,
        name=moved.name,
        as_at=moved.as_at,
        law_as_at=moved.law.as_at,
        results=tuple(ask(rule, moved, held) for rule in chosen),
        waivers=held,
        subject=moved,
    )


def check_network(
    net: Network,
    topic: str | None = None,
    *,
    only: str | Iterable[str] | None = None,
    as_at: date | str | None = None,
    law_as_at: date | str | None = None,
    rules: Iterable[Rule | str] | Rule | str | None = None,
    waivers: Iterable[Waiver] = (),
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
        waivers: Leave to fail rules for a while.

    Returns:
        One report a partnership, together.

    Raises:
        NotFoundError: If there is no such topic, severity or rule.

    Source:
        The citations of the rules.

    .. versionadded:: 0.1.0
    """
    moved = net
    if as_at is not None or law_as_at is not None:
        moved = net.at(net.as_at if as_at is None else as_at, law_as_at=law_as_at)
    asked = rules if rules is None or isinstance(rules, (str, Rule)) else tuple(rules)
    held = tuple(waivers)
    reports = tuple(check(p, topic, only=only, rules=asked, waivers=held) for p in moved.partnerships)
    law = reports[0].law_as_at if reports else moved.as_at
    return NetworkReport(name=moved.name, as_at=moved.as_at, law_as_at=law, reports=reports)
