"""Differences: what changed between two reports, the changes first and the provisions beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from scotintegration._shown import Shown
from scotintegration.citations import Citation
from scotintegration.reports import DISCLAIMER, Report
from scotintegration.tables import Table

if TYPE_CHECKING:
    from scotintegration.findings import RuleResult

__all__ = ["ReportDifference", "RuleChange", "diff"]


@attrs.frozen(kw_only=True)
class RuleChange(Shown):
    """
    One rule whose answer changed.

    Attributes:
        before: What it said in the first report; None where it was not asked.
        after: What it said in the second report; None where it was not asked.

    Source:
        The citations of the rule.

    .. versionadded:: 0.1.0
    """

    before: RuleResult | None
    after: RuleResult | None

    @property
    def result(self) -> RuleResult:
        """The later of the two results."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def id(self) -> str:
        """Id of the rule."""
        return self.result.id

    @property
    def outcomes(self) -> tuple[str, str]:
        """The outcome before and after; ``"not asked"`` where it was not."""
        before, after = ("not asked" if one is None else one.outcome.value for one in (self.before, self.after))
        return before, after


@attrs.frozen(kw_only=True)
class ReportDifference:
    """
    What changed between two reports.

    Attributes:
        before: The first report.
        after: The second report.
        rules_changed: The rules whose outcome or findings changed, in order of id.

    Source:
        The citations of the rules.

    .. versionadded:: 0.1.0
    """

    before: Report
    after: Report
    rules_changed: tuple[RuleChange, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every provision of a rule that changed, once, in order."""
        found = {citation for change in self.rules_changed for citation in change.result.rule.citations}
        return tuple(sorted(found, key=str))

    def __bool__(self) -> bool:
        return bool(self.rules_changed)

    def to_table(self) -> Table:
        """
        Give one row a rule that changed.

        Returns:
            Columns rule, before, after, what it asks, provision, why.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows = []
        for change in self.rules_changed:
            rule = change.result.rule
            said = change.result.reason or "; ".join(f"{one.where}: {one.said}" for one in change.result.findings)
            cited = "; ".join(citation.printed for citation in rule.citations)
            rows.append((change.id, *change.outcomes, rule.title, cited, said))
        one, other = self.before, self.after
        caption = (
            f"{one.name} as at {one.as_at.isoformat()} against {other.name} as at {other.as_at.isoformat()}: "
            f"{len(rows)} {'rule' if len(rows) == 1 else 'rules'} changed"
        )
        columns = ("rule", "before", "after", "what it asks", "provision", "why")
        return Table(caption, columns, rows, notes=(DISCLAIMER,))

    def to_text(self) -> str:
        """
        Give the difference as text.

        Returns:
            A heading and a line a rule, with its provision.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        table = self.to_table()
        lines = [
            f"  {row['rule']}: {row['before']} -> {row['after']}: {row['what it asks']} [{row['provision']}]"
            for row in table
        ]
        return "\n".join([table.caption, *lines, DISCLAIMER])

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.to_table().to_html()


def diff(before: Report, after: Report) -> ReportDifference:
    """
    Tell what changed between two reports.

    Args:
        before: The first.
        after: The second.

    Returns:
        The rules whose outcome or findings changed.

    Raises:
        TypeError: If either is no report.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    for value in (before, after):
        if not isinstance(value, Report):
            raise TypeError(f"diff compares two reports of p.check(), got {value!r}")
    one = {result.id: result for result in before.results}
    other = {result.id: result for result in after.results}
    changed = []
    for id in sorted(one.keys() | other.keys()):
        change = RuleChange(before=one.get(id), after=other.get(id))
        if change.outcomes[0] != change.outcomes[1] or _said(change.before) != _said(change.after):
            changed.append(change)
    return ReportDifference(before=before, after=after, rules_changed=tuple(changed))


def _said(result: RuleResult | None) -> tuple[tuple[str, str], ...]:
    return () if result is None else tuple((one.where, one.what) for one in result.findings)
