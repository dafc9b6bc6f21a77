"""Differences of reports, partnerships and networks: the changes first and the provisions beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

import attrs

from scotintegration._shown import Shown
from scotintegration.citations import Citation
from scotintegration.differences._as_code import as_code
from scotintegration.differences._differing import (
    NetworkDifference,
    Only,
    PartnershipDifference,
    between_networks,
    between_partnerships,
)
from scotintegration.differences._value_changes import ABSENT, Change
from scotintegration.network import Network
from scotintegration.partnership import Partnership
from scotintegration.reports import DISCLAIMER, NetworkReport, Report
from scotintegration.tables import Cell, Table

if TYPE_CHECKING:
    from scotintegration.findings import RuleResult
    from scotintegration.simulation import Ensemble, Run
    from scotintegration.simulation.comparisons import EnsembleDifference, RunDifference

__all__ = [
    "ABSENT",
    "Change",
    "NetworkDifference",
    "NetworkReportDifference",
    "Only",
    "PartnershipDifference",
    "ReportDifference",
    "RuleChange",
    "as_code",
    "diff",
]


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
        caption = f"{_between(self.before, self.after)}: {len(rows)} {'rule' if len(rows) == 1 else 'rules'} changed"
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
        return self.to_table()._repr_html_()


@attrs.frozen(kw_only=True)
class NetworkReportDifference:
    """
    What changed between two reports of networks.

    Attributes:
        before: The first report.
        after: The second report.
        pairs: The difference of each partnership that both have and whose answers changed, in order of id.
        only_left: Names of the partnerships that only the first has.
        only_right: Names of the partnerships that only the second has.

    Source:
        The citations of the rules.

    .. versionadded:: 0.1.0
    """

    before: NetworkReport
    after: NetworkReport
    pairs: tuple[ReportDifference, ...]
    only_left: tuple[str, ...] = ()
    only_right: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every provision of a rule that changed, once, in order."""
        return tuple(sorted({citation for pair in self.pairs for citation in pair.citations}, key=str))

    def __bool__(self) -> bool:
        return bool(self.pairs or self.only_left or self.only_right)

    def to_table(self) -> Table:
        """
        Give one row a partnership that only one has, and one a rule that changed in a partnership that both have.

        Returns:
            Columns partnership, rule, before, after, what it asks, provision, why.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows: list[tuple[Cell, ...]] = [(name, "", "here", "not here", "", "", "") for name in self.only_left]
        rows += [(name, "", "not here", "here", "", "", "") for name in self.only_right]
        rows += [(pair.after.name, *row) for pair in self.pairs for row in pair.to_table().rows]
        changed = f"{len(self.pairs)} {'partnership' if len(self.pairs) == 1 else 'partnerships'} changed"
        columns = ("partnership", "rule", "before", "after", "what it asks", "provision", "why")
        return Table(f"{_between(self.before, self.after)}: {changed}", columns, rows, notes=(DISCLAIMER,))

    def to_text(self) -> str:
        """
        Give the difference as text.

        Returns:
            A heading and a line a partnership or rule.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        table = self.to_table()
        lines = []
        for row in table:
            what = f": {row['rule']}" if row["rule"] else ""
            asks = f": {row['what it asks']} [{row['provision']}]" if row["rule"] else ""
            lines.append(f"  {row['partnership']}{what}: {row['before']} -> {row['after']}{asks}")
        return "\n".join([table.caption, *lines, DISCLAIMER])

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()


def _between(before: Report | NetworkReport, after: Report | NetworkReport) -> str:
    """Name two reports, with the days of their law where one of these is not that of the facts."""
    with_law = any(one.law_as_at != one.as_at for one in (before, after))
    return f"{before.about(with_law=with_law)} against {after.about(with_law=with_law)}"


@overload
def diff(before: Report, after: Report) -> ReportDifference: ...
@overload
def diff(before: NetworkReport, after: NetworkReport) -> NetworkReportDifference: ...
@overload
def diff(before: Partnership, after: Partnership) -> PartnershipDifference: ...
@overload
def diff(before: Network, after: Network) -> NetworkDifference: ...
@overload
def diff(before: Run, after: Run) -> RunDifference: ...
@overload
def diff(before: Ensemble, after: Ensemble) -> EnsembleDifference: ...
def diff(
    before: Report | NetworkReport | Partnership | Network | Run | Ensemble,
    after: Report | NetworkReport | Partnership | Network | Run | Ensemble,
) -> (
    ReportDifference
    | NetworkReportDifference
    | PartnershipDifference
    | NetworkDifference
    | RunDifference
    | EnsembleDifference
):
    """
    Tell what changed between two reports, partnerships, networks, runs or ensembles.

    Args:
        before: The first.
        after: The second, of the same kind.

    Returns:
        For reports the rules whose outcome or findings changed, for those of networks by partnership; for partnerships
        the facts and lines that differ; for networks the partnerships and bodies that only one has, and the difference
        of every other partnership; for runs the first day on which they differ and its cause; for ensembles the
        differences of runs in pairs.

    Raises:
        ValueError: If two ensembles have no runs that pair.
        TypeError: If they are not two of a kind, or of another kind.

    Source: our choice.

    >>> from scotintegration.bodies import HealthBoard, LocalAuthority
    >>> p = Partnership.between(HealthBoard("toy-nhs", name="NHS Toytown"),
    ...                         LocalAuthority("toy-council", name="Toytown Council"), model="a", as_at="2026-11-22")
    >>> print(diff(p, p.evolve(scheme=attrs.evolve(p.scheme, delegated_on="2026-04-01"), name="Toyville")))
    Toytown as at 2026-11-22 against Toyville as at 2026-11-22: 0 added, 0 removed, 2 changed
      changed: name: Toytown -> Toyville
      changed: scheme.delegated_on: not recorded -> 2026-04-01 [...]

    .. versionadded:: 0.1.0
    """
    if isinstance(before, Report) and isinstance(after, Report):
        return _of_reports(before, after)
    if isinstance(before, NetworkReport) and isinstance(after, NetworkReport):
        return _of_network_reports(before, after)
    if isinstance(before, Partnership) and isinstance(after, Partnership):
        return between_partnerships(before, after)
    if isinstance(before, Network) and isinstance(after, Network):
        return between_networks(before, after)
    if type(before) is type(after) and type(before).__module__.startswith("scotintegration.simulation."):
        from scotintegration.simulation import Ensemble, Run, comparisons

        if isinstance(before, Run) and isinstance(after, Run):
            return comparisons.between_runs(before, after)
        if isinstance(before, Ensemble) and isinstance(after, Ensemble):
            return comparisons.between_ensembles(before, after)
    got = " and ".join(f"a {type(one).__name__}" for one in (before, after))
    raise TypeError(f"diff compares two reports of p.check(), partnerships, networks, runs or ensembles, got {got}")


def _of_reports(before: Report, after: Report) -> ReportDifference:
    one = {result.id: result for result in before.results}
    other = {result.id: result for result in after.results}
    changed = []
    for id in sorted(one.keys() | other.keys()):
        change = RuleChange(before=one.get(id), after=other.get(id))
        if change.outcomes[0] != change.outcomes[1] or _found(change.before) != _found(change.after):
            changed.append(change)
    return ReportDifference(before=before, after=after, rules_changed=tuple(changed))


def _of_network_reports(before: NetworkReport, after: NetworkReport) -> NetworkReportDifference:
    one = {report.partnership: report for report in before}
    other = {report.partnership: report for report in after}
    pairs = [_of_reports(report, other[id]) for id, report in one.items() if id in other]
    return NetworkReportDifference(
        before=before,
        after=after,
        pairs=tuple(filter(None, pairs)),
        only_left=tuple(report.name for id, report in one.items() if id not in other),
        only_right=tuple(report.name for id, report in other.items() if id not in one),
    )


def _found(result: RuleResult | None) -> tuple[tuple[str, str], ...]:
    return () if result is None else tuple((one.where, one.what) for one in result.findings)
