"""Reports: what every rule said, of one partnership or of many."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration._writing import write_text
from scotintegration.citations import Citation
from scotintegration.dates import add_years
from scotintegration.errors import NotFoundError, UnlawfulError
from scotintegration.findings import Finding, RuleResult, Waiver, lawful
from scotintegration.receipts import LAW_READ_ON, Receipt, digest_of
from scotintegration.tables import Cell, Table
from scotintegration.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd

    from scotintegration._missing import MissingFact
    from scotintegration.partnership import Partnership
    from scotintegration.timelines import Timeline

__all__ = ["DISCLAIMER", "NetworkReport", "Report"]

DISCLAIMER: Final = f"Not legal advice. Law read on {LAW_READ_ON.isoformat()}."

_COLUMNS: Final = ("rule", "outcome", "severity", "topic", "where", "what", "provision", "what to do")
_TOLD_ONE_BY_ONE: Final = 12  # findings that cannot be told; of more of them the facts are told instead
_FACTS_TOLD: Final = 20
_SHOWN_FIRST: Final = ("fail", "waived", "cannot tell", "warn", "pass", "not applicable")


def _in_order(results: tuple[RuleResult, ...]) -> tuple[RuleResult, ...]:
    return tuple(sorted(results, key=lambda result: (_SHOWN_FIRST.index(result.outcome.value), result.id)))


def _rows(results: tuple[RuleResult, ...]) -> Iterator[tuple[str, ...]]:
    """Give a row a finding, and one for a rule that found nothing."""
    for result in _in_order(results):
        rule = result.rule
        base = (rule.id, result.outcome.value, rule.severity.value, rule.topic.value)
        for finding in result.findings:
            outcome = finding.outcome.value
            yield (rule.id, outcome, *base[2:], finding.where, finding.said, finding.provision, finding.mend)
        if not result.findings:
            said = result.reason or "nothing found"
            yield (*base, "", said, rule.citation.printed, "")


def _is_idle(result: RuleResult) -> bool:
    """Tell whether a rule only permits something, so that there is nothing to keep."""
    return result.rule.modality.value == "may" and not result.findings


def _verdict(report: Report) -> str:
    """Sum up rules of statute, duties and bans, or others where none of statute was asked."""
    statute = [one for one in report.results if one.severity.value == "statute"]
    if not statute:
        return _of_others(report.results)
    asked = [one for one in statute if one.outcome.value != "not applicable"]
    if not asked:
        return "no rule of statute that was asked applies"
    bound = [one for one in asked if not _is_idle(one)]
    if report.lawful is UNKNOWN:
        unknown = sum(one.would_be.value == "cannot tell" for one in bound)
        return f"no breach found; {unknown} of {len(bound)} cannot be told"
    if report.lawful:
        if not bound:
            return "lawful: what was asked of statute only permits"
        rules = "the one rule" if len(bound) == 1 else f"every one of {len(bound)} rules"
        return f"lawful: {rules} of statute asked is kept"
    return f"not lawful: {_counted(len(report.unlawful), 'breach', 'breaches')} of statute"


def _of_others(results: tuple[RuleResult, ...]) -> str:
    """Sum up rules none of which is statute: they make nothing lawful or unlawful."""
    bound = [one for one in results if one.outcome.value != "not applicable" and not _is_idle(one)]
    kinds = ", ".join(dict.fromkeys(one.severity.value for one in results)) or "statute"
    if not bound:
        return f"no rule of {kinds} that was asked applies"
    found = Counter(one.would_be.value for one in bound)
    said = (("fail", "broken"), ("cannot tell", "cannot be told"), ("warn", "to be looked at"), ("pass", "kept"))
    told = ", ".join(f"{found[outcome]} {words}" for outcome, words in said if found[outcome])
    return f"no rule of statute was asked; of {_counted(len(bound), 'rule', 'rules')} of {kinds}: {told}"


def _about(report: Report | NetworkReport, *, with_law: bool = False) -> str:
    law = f", law as at {report.law_as_at.isoformat()}" if with_law or report.law_as_at != report.as_at else ""
    reform = f", under the reform {report.reform!r}" if report.reform else ""
    return f"{report.name} as at {report.as_at.isoformat()}{law}{reform}"


def _said_of_waivers(over: Iterable[Waiver], unused: Iterable[Waiver], reports: tuple[Report, ...]) -> tuple[str, ...]:
    """Say which waivers are over and which excused nothing, and what may be mistyped in these."""
    from scotintegration.rules import registry

    asked = {report.partnership for report in reports}
    rules = {*registry(), *(result.id for report in reports for result in report.results)}
    said = [f"waiver of {one.rule} expired on {one.expires.isoformat()}" for one in over]
    for one in unused:
        why = ""
        if one.rule not in rules:
            near = NotFoundError.among("rule", one.rule, tuple(sorted(rules))).suggestions
            why = f": there is no such rule{f'; did you mean {near[0]!r}?' if near else ''}"
        elif one.subject not in ("*", *asked):
            why = f": {one.subject!r} was not asked"
        said.append(f"waiver of {one.rule} excused nothing{why}")
    return tuple(said)


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _tally(counts: dict[str, int], permissions: int) -> str:
    """Say how many rules came to each outcome, and how many permissions stand apart."""
    told = ", ".join(f"{number} {outcome}" for outcome, number in counts.items()) or "no duty or ban"
    return f"{told}; {_counted(permissions, 'permission', 'permissions')} apart" if permissions else told


@attrs.frozen(kw_only=True)
class Report:
    """
    What every rule asked said of one partnership.

    Attributes:
        partnership: Id of the partnership.
        name: Name of its area.
        as_at: The day of the facts.
        law_as_at: The day of the law.
        results: One result a rule, in order of id.
        waivers: The waivers handed in.
        reform: Name of the reform under which the rules were asked; blank under the law as it is.

    Source:
        The citations of the rules. Not legal advice.

    .. versionadded:: 0.1.0
    """

    partnership: str
    name: str
    as_at: date
    law_as_at: date
    results: tuple[RuleResult, ...] = attrs.field(repr=False)
    waivers: tuple[Waiver, ...] = ()
    reform: str = ""
    _subject: Partnership | None = attrs.field(default=None, alias="subject", eq=False, repr=False)

    def __getitem__(self, rule: str) -> RuleResult:
        """
        Give what one rule said.

        Raises:
            NotFoundError: If the rule was not asked.
        """
        for result in self.results:
            if result.id == rule:
                return result
        raise NotFoundError.among("rule in this report", rule, tuple(result.id for result in self.results))

    def __len__(self) -> int:
        return len(self.results)

    def __iter__(self) -> Iterator[RuleResult]:
        return iter(self.results)

    # -- answers -------------------------------------------------------------------------------------------------

    @property
    def lawful(self) -> bool | Unknown:
        """True, False, or UNKNOWN where no breach of statute was found but not all can be told, or none applies."""
        return lawful(self.results)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found, in order of rule."""
        return tuple(finding for result in self.results for finding in result.findings)

    @property
    def unlawful(self) -> tuple[Finding, ...]:
        """Failures of severity statute, waived ones included."""
        broken = [result for result in self.results if result.would_be.value == "fail"]
        return tuple(
            finding
            for result in broken
            if result.severity.value == "statute"
            for finding in result.findings
            if finding.outcome.value in ("fail", "waived")
        )

    def _of(self, outcome: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.outcome.value == outcome)

    @property
    def failures(self) -> tuple[Finding, ...]:
        """Failures of any severity that nobody waived."""
        return self._of("fail")

    @property
    def cannot_tell(self) -> tuple[Finding, ...]:
        """What cannot be told, each with the fact that would settle it."""
        return self._of("cannot tell")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What needs a look though nothing is unlawful."""
        return self._of("warn")

    @property
    def expired_waivers(self) -> tuple[Waiver, ...]:
        """Waivers whose last day has passed."""
        return tuple(waiver for waiver in self.waivers if waiver.expires < self.as_at)

    @property
    def unused_waivers(self) -> tuple[Waiver, ...]:
        """Waivers that hold and excused nothing."""
        used = {(result.id) for result in self.results if result.outcome.value == "waived"}
        live = (waiver for waiver in self.waivers if waiver.expires >= self.as_at)
        return tuple(
            waiver for waiver in live if waiver.rule not in used or waiver.subject not in ("*", self.partnership)
        )

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every provision cited by a finding, once, in order."""
        return tuple(sorted({citation for finding in self.findings for citation in finding.citations}, key=str))

    @property
    def summary(self) -> str:
        """The answer in one line, of duties and bans; what statute only permits does not count."""
        return _verdict(self)

    @property
    def permissions(self) -> tuple[RuleResult, ...]:
        """Rules that only permit something: nothing keeps or breaks them, and they guard against a false alarm."""
        return tuple(result for result in self.results if _is_idle(result))

    @property
    def counts(self) -> dict[str, int]:
        """How many duties and bans came to each outcome; :attr:`permissions` stand apart."""
        found = Counter(result.outcome.value for result in self.results if not _is_idle(result))
        return {outcome: found[outcome] for outcome in _SHOWN_FIRST if found[outcome]}

    def to_settle(self) -> Table:
        """
        List the facts that are not recorded and would settle what cannot be told.

        Returns:
            One row a fact: where it belongs, what it is, how many rules and which wait for it; those for which most
            rules wait come first.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        waiting: dict[tuple[str, str], tuple[MissingFact, dict[str, None]]] = {}
        for finding in self.cannot_tell:
            missing = finding.missing
            waiting.setdefault(missing.key, (missing, {}))[1][finding.rule] = None
        ordered = sorted(waiting.values(), key=lambda pair: (-len(pair[1]), pair[0]))
        rows = [(missing.place, missing.fact, len(rules), ", ".join(rules)) for missing, rules in ordered]
        number = "1 fact" if len(rows) == 1 else f"{len(rows)} facts"
        caption = f"{self.name} as at {self.as_at.isoformat()}: {number} that would settle what cannot be told"
        columns = ("where", "what is not recorded", "rules", "which")
        return Table(caption, columns, rows, notes=(DISCLAIMER,))

    def timeline(self, rule: str, *, between: tuple[date | str, date | str] | None = None) -> Timeline:
        """
        Tell when a failure of a rule began and ended.

        Args:
            rule: Id of the rule.
            between: The first and the last day to ask about; by default a year each side of the day of the report.

        Returns:
            The answers of the rule on every day, facts and law as at each.

        Raises:
            NotFoundError: If the rule was not asked.
            ValueError: If the report was made without its partnership, or the days are out of order.

        Source:
            The citations of the rule.

        .. versionadded:: 0.1.0
        """
        from scotintegration.timelines import timeline

        if self._subject is None:
            raise ValueError("this report has no partnership to ask again; expected one of p.check()")
        around = (add_years(self.as_at, -1), add_years(self.as_at, 1))
        return timeline(self._subject, self[rule].rule, between=around if between is None else between)

    def raise_if_unlawful(self) -> None:
        """
        Raise if statute is broken.

        Raises:
            UnlawfulError: With every breach in it.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        if self.unlawful:
            raise UnlawfulError(self.name, tuple(str(finding) for finding in self.unlawful))

    @cached_property
    def receipt(self) -> Receipt:
        """What the report was made with."""
        said = [(one.id, one.outcome.value, [finding.as_told for finding in one.findings]) for one in self.results]
        settings: dict[str, str | int | None] = {
            "partnership": self.partnership,
            "rules": len(self.results),
            "waivers": len(self.waivers),
        }
        if self.reform:
            settings["reform"] = self.reform
        return Receipt(
            of="check",
            as_at=self.as_at,
            law_as_at=self.law_as_at,
            settings=settings,
            digest=digest_of(said),
        )

    # -- faces ---------------------------------------------------------------------------------------------------

    def about(self, *, with_law: bool = False) -> str:
        """
        Say of what, as at which day, under which law and which reform the report is.

        Args:
            with_law: Whether to say the day of the law though it is that of the facts.

        Returns:
            A phrase, such as ``"Strathallan as at 2026-11-22"``.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return _about(self, with_law=with_law)

    @property
    def _heading(self) -> str:
        return f"{self.about()}: {self.summary}"

    @property
    def _of_waivers(self) -> tuple[str, ...]:
        """What is to be said of waivers that are over, and of those that excused nothing."""
        return _said_of_waivers(self.expired_waivers, self.unused_waivers, (self,)) if self.waivers else ()

    def to_table(self, *, every: bool = False) -> Table:
        """
        Give the report as a table.

        Args:
            every: Whether to list rules that are kept or do not apply too.

        Returns:
            One row a finding, breaches first.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        quiet = ("pass", "not applicable")
        results = tuple(one for one in self.results if every or one.outcome.value not in quiet)
        counts = _tally(self.counts, len(self.permissions))
        return Table(self._heading, _COLUMNS, _rows(results), notes=(*self._of_waivers, f"{counts}.", DISCLAIMER))

    def to_text(self) -> str:
        """
        Give the report as text.

        Returns:
            The answer, then a line a finding with its provision and what would mend it. Of more than a dozen
            findings that cannot be told, a line for each of the facts for which most rules wait.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        lines = [self._heading]
        for result in self._told:
            for finding in result.findings:
                mend = f"\n      to mend: {finding.mend}" if finding.mend else ""
                lines.append(f"  {finding.outcome.value:<11}  {finding}{mend}")
        if self._tells_facts:
            facts = self._most_awaited
            lines.append(f"  {facts.caption}:")
            lines += [f"  {number:>5}  {where}: {fact}" for where, fact, number, _ in facts.rows]
            lines += [f"         {note}" for note in facts.notes]
        lines += [f"  {sentence}" for sentence in self._of_waivers]
        counts = _tally(self.counts, len(self.permissions))
        return "\n".join([*lines, f"{counts}. {DISCLAIMER}"])

    def __str__(self) -> str:
        return self.to_text()

    def to_html(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give the report as accessible HTML, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            A table with caption and scoped headings, static and without script.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table().to_html(path)

    def _repr_html_(self) -> str:
        if not self._tells_facts:
            return self.to_table()._repr_html_()
        whole, facts, told = self.to_table(), self._most_awaited, self._told
        facts = attrs.evolve(facts, notes=(*facts.notes, *whole.notes))
        if not told:
            return attrs.evolve(facts, caption=f"{whole.caption}. {facts.caption}").to_html()
        return f"{attrs.evolve(whole, rows=_rows(told), notes=()).to_html()}\n{facts.to_html()}"

    @property
    def _tells_facts(self) -> bool:
        """Whether so much cannot be told that the facts that would settle it are told instead."""
        return len(self.cannot_tell) > _TOLD_ONE_BY_ONE

    @property
    def _told(self) -> tuple[RuleResult, ...]:
        """The results with the findings that are told one by one."""
        left_out = "cannot tell" if self._tells_facts else ""
        kept = (
            attrs.evolve(one, findings=tuple(finding for finding in one.findings if finding.outcome.value != left_out))
            for one in _in_order(self.results)
        )
        return tuple(one for one in kept if one.findings)

    @property
    def _most_awaited(self) -> Table:
        """The facts for which most rules wait."""
        facts = self.to_settle()
        rules = _counted(len({finding.rule for finding in self.cannot_tell}), "rule", "rules")
        more = len(facts) - _FACTS_TOLD
        notes = (f"and {more} more facts, which to_settle() lists",) if more > 0 else ()
        caption = f"{rules} cannot be told; how many wait for each fact that is not recorded"
        return attrs.evolve(facts, caption=caption, rows=facts.rows[:_FACTS_TOLD], notes=notes)

    def to_records(self) -> list[dict[str, object]]:
        """
        Give one dictionary a finding, and one for each rule that found nothing.

        Returns:
            Keys are the columns of :meth:`to_table`, with the partnership first.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return [{"partnership": self.name, **row} for row in self.to_table(every=True).to_records()]

    def to_frame(self) -> pd.DataFrame:
        """
        Give the report as a pandas data frame, one row a finding or quiet rule.

        Returns:
            The columns of :meth:`to_table`.

        Raises:
            ImportError: If pandas is not installed (extra ``frames``).

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table(every=True).to_frame()

    def to_csv(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give the report as CSV, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            The text.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table(every=True).to_csv(path)

    def to_json(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give the report as JSON, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            The text: the answer, what is to be said of waivers, the receipt and the records.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        answer = None if self.lawful is UNKNOWN else self.lawful
        data = {
            "partnership": self.partnership,
            "name": self.name,
            "lawful": answer,
            "summary": self.summary,
            "waivers": list(self._of_waivers),
            "receipt": self.receipt.to_dict(),
            "records": self.to_records(),
        }
        text = json.dumps(data, indent=2, ensure_ascii=False)
        if path is not None:
            write_text(path, text)
        return text


@attrs.frozen(kw_only=True)
class NetworkReport:
    """
    Reports of every partnership of a network.

    Attributes:
        name: Name of the network.
        as_at: The day of the facts.
        law_as_at: The day of the law.
        reports: One report a partnership, in order of id.
        waivers: The waivers handed in.
        reform: Name of the reform under which the rules were asked; blank under the law as it is.

    Source:
        The citations of the rules. Not legal advice.

    .. versionadded:: 0.1.0
    """

    name: str
    as_at: date
    law_as_at: date
    reports: tuple[Report, ...] = attrs.field(repr=False)
    waivers: tuple[Waiver, ...] = ()
    reform: str = ""

    def __getitem__(self, area: str) -> Report:
        """
        Give the report of one partnership by its name or id.

        Raises:
            NotFoundError: If there is none.
        """
        for report in self.reports:
            if area in (report.partnership, report.name):
                return report
        raise NotFoundError.among("area", area, tuple(report.name for report in self.reports))

    def __iter__(self) -> Iterator[Report]:
        return iter(self.reports)

    def __len__(self) -> int:
        return len(self.reports)

    @property
    def lawful(self) -> bool | Unknown:
        """False where any partnership breaks statute, UNKNOWN where something cannot be told, else True."""
        return lawful(result for report in self.reports for result in report.results)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found, in order of partnership and rule."""
        return tuple(finding for report in self.reports for finding in report.findings)

    @property
    def unlawful(self) -> tuple[Finding, ...]:
        """Failures of severity statute."""
        return tuple(finding for report in self.reports for finding in report.unlawful)

    @property
    def expired_waivers(self) -> tuple[Waiver, ...]:
        """Waivers whose last day has passed."""
        return tuple(waiver for waiver in self.waivers if waiver.expires < self.as_at)

    @property
    def unused_waivers(self) -> tuple[Waiver, ...]:
        """Waivers that hold and excused nothing in any partnership."""
        live = (waiver for waiver in self.waivers if waiver.expires >= self.as_at)
        return tuple(waiver for waiver in live if all(waiver in report.unused_waivers for report in self.reports))

    @property
    def _of_waivers(self) -> tuple[str, ...]:
        return _said_of_waivers(self.expired_waivers, self.unused_waivers, self.reports) if self.waivers else ()

    def about(self, *, with_law: bool = False) -> str:
        """
        Say of what, as at which day, under which law and which reform the report is.

        Args:
            with_law: Whether to say the day of the law though it is that of the facts.

        Returns:
            A phrase, such as ``"Scotland as at 2026-11-22"``.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return _about(self, with_law=with_law)

    @property
    def receipt(self) -> Receipt:
        """What the report was made with."""
        digests = [report.receipt.digest for report in self.reports]
        settings: dict[str, str | int | None] = {
            "network": self.name,
            "partnerships": len(self.reports),
            "waivers": len(self.waivers),
        }
        if self.reform:
            settings["reform"] = self.reform
        return Receipt(
            of="check",
            as_at=self.as_at,
            law_as_at=self.law_as_at,
            settings=settings,
            digest=digest_of(digests),
        )

    def by_partnership(self) -> Table:
        """
        Give one row a partnership and rule.

        Returns:
            Columns partnership, id, rule, outcome, severity, topic, provision, findings.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows = [
            (
                report.name,
                report.partnership,
                result.id,
                result.outcome.value,
                result.severity.value,
                result.rule.topic.value,
                result.citation.printed,
                len(result.findings),
            )
            for report in self.reports
            for result in report.results
        ]
        columns = ("partnership", "id", "rule", "outcome", "severity", "topic", "provision", "findings")
        return Table(f"{self.about()}, by rule", columns, rows, notes=(*self._of_waivers, DISCLAIMER))

    def to_table(self) -> Table:
        """
        Give one row a partnership with the number of duties and bans of each outcome, and of permissions apart.

        Returns:
            A table, in order of id.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows: list[tuple[Cell, ...]] = [
            (
                report.name,
                report.summary,
                *(report.counts.get(outcome, 0) for outcome in _SHOWN_FIRST),
                len(report.permissions),
            )
            for report in self.reports
        ]
        columns = ("partnership", "answer", *_SHOWN_FIRST, "permissions")
        return Table(self.about(), columns, rows, notes=(*self._of_waivers, DISCLAIMER))

    def to_frame(self) -> pd.DataFrame:
        """
        Give :meth:`by_partnership` as a pandas data frame.

        Returns:
            One row a partnership and rule.

        Raises:
            ImportError: If pandas is not installed (extra ``frames``).

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.by_partnership().to_frame()

    def to_text(self) -> str:
        """
        Give the report as text.

        Returns:
            A line a partnership.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table().to_text()

    def __str__(self) -> str:
        return self.to_text()

    def to_html(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give the report as accessible HTML, a row a partnership, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            A table with caption and scoped headings, static and without script.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table().to_html(path)

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_csv(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give :meth:`by_partnership` as CSV, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            The text.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.by_partnership().to_csv(path)

    def to_json(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give the report as JSON, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            The text: what is to be said of waivers, the receipt and every report.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        data = {
            "name": self.name,
            "waivers": list(self._of_waivers),
            "receipt": self.receipt.to_dict(),
            "reports": [json.loads(report.to_json()) for report in self.reports],
        }
        text = json.dumps(data, indent=2, ensure_ascii=False)
        if path is not None:
            write_text(path, text)
        return text
