"""Findings: what a rule says of a partnership, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from typing import TYPE_CHECKING

import attrs

from scotintegration._fields import to_maybe_day
from scotintegration._missing import MissingFact, fact_of, missing_fact
from scotintegration._shown import Shown
from scotintegration.citations import Citation
from scotintegration.errors import RuleError
from scotintegration.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.rules import Outcome, Rule, Severity

__all__ = ["Explanation", "Finding", "RuleResult", "Waiver"]


def _sentences(value: Iterable[Explanation]) -> tuple[Explanation, ...]:
    return tuple(value)


@attrs.frozen
class Explanation:
    """
    A tree of sentences that says why.

    Attributes:
        text: The sentence.
        because: The sentences it rests on.

    Source: our choice.

    >>> print(Explanation("no chief officer", [Explanation("the post is vacant")]).to_text())
    no chief officer
      - the post is vacant

    .. versionadded:: 0.1.0
    """

    text: str
    because: tuple[Explanation, ...] = attrs.field(default=(), converter=_sentences)

    def to_text(self, depth: int = 0) -> str:
        """
        Give the tree as indented text.

        Args:
            depth: How deep to begin, 0 or more.

        Returns:
            One line a sentence.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        bullet = "  " * depth + ("- " if depth else "")
        return "\n".join([bullet + self.text, *(one.to_text(depth + 1) for one in self.because)])

    def __str__(self) -> str:
        return self.to_text()

    def to_html(self) -> str:
        """
        Give the tree as nested lists.

        Returns:
            Static HTML.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        inner = "".join(f"<li>{one.to_html()}</li>" for one in self.because)
        return escape(self.text) + (f"<ul>{inner}</ul>" if inner else "")

    def _repr_html_(self) -> str:
        return f"<div>{self.to_html()}</div>"

    def to_dict(self) -> dict[str, object]:
        """
        Give the tree as plain data.

        Returns:
            ``text`` and ``because``, a list of the same.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return {"text": self.text, "because": [one.to_dict() for one in self.because]}

    def to_json(self) -> str:
        """
        Give the tree as JSON.

        Returns:
            Text, indented by two.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)


@attrs.frozen
class Waiver(Shown):
    """
    Leave to fail a rule for a while; the rule is still asked, and nobody waives statute.

    Attributes:
        rule: Id of the rule.
        subject: Id of the partnership; ``"*"`` for any.
        reason: Why.
        approved_by: Who approved it.
        expires: Last day it holds.

    Raises:
        ValueError: If a text is blank.

    Source: our choice. A waiver changes the outcome and the exit code, never whether anything is lawful.

    >>> Waiver("PBJW-s8-publish", subject="toy-ijb", reason="website moved", approved_by="the chair",
    ...        expires="2026-12-31").rule
    'PBJW-s8-publish'

    .. versionadded:: 0.1.0
    """

    rule: str
    subject: str = attrs.field(kw_only=True)
    reason: str = attrs.field(kw_only=True)
    approved_by: str = attrs.field(kw_only=True)
    expires: date = attrs.field(kw_only=True, converter=to_maybe_day)

    def __attrs_post_init__(self) -> None:
        for name in ("rule", "subject", "reason", "approved_by"):
            if not str(getattr(self, name)).strip():
                raise ValueError(f"Waiver.{name} must not be blank")
        if not isinstance(self.expires, date):
            raise TypeError(f"Waiver.expires must be a day, got {self.expires!r}")

    def covers(self, rule: str, subject: str, on: date) -> bool:
        """
        Tell whether the waiver holds for a rule, a partnership and a day.

        Args:
            rule: Id of the rule.
            subject: Id of the partnership.
            on: The day.

        Returns:
            True up to the day it expires, that day included.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.rule == rule and self.subject in ("*", subject) and on <= self.expires


@attrs.frozen(kw_only=True)
class Finding(Shown):
    """
    One thing that a rule found in a partnership.

    Attributes:
        rule: Id of the rule.
        outcome: Fail, warn, waived or cannot tell.
        severity: That of the rule.
        where: The spot, as a path into the partnership.
        what: What was found there.
        mend: What would put it right.
        citations: The provisions of the rule.
        partnership: Id of the partnership.
        on: The day of the facts.
        considered: Candidates that were looked at and set aside, each with the reason.
        reform: Name of the reform that brings it about; blank where the law as it is does.

    Source:
        Its citations.

    .. versionadded:: 0.1.0
    """

    rule: str
    outcome: Outcome
    severity: Severity
    where: str
    what: str
    mend: str
    citations: tuple[Citation, ...]
    partnership: str
    on: date
    considered: tuple[tuple[str, str], ...] = ()
    reform: str = ""
    _rule: Rule = attrs.field(alias="made_by", eq=False, repr=False)
    _subject: Partnership = attrs.field(alias="found_in", eq=False, repr=False)

    @property
    def citation(self) -> Citation:
        """The first provision of the rule."""
        return self.citations[0]

    @property
    def provision(self) -> str:
        """The first provision as it is printed and, where a reform brings the finding about, the reform."""
        return f"{self.citation.printed}{self._under}"

    @property
    def _under(self) -> str:
        return f", under the reform {self.reform!r}" if self.reform else ""

    @property
    def missing(self) -> MissingFact:
        """The fact that would settle it, where it cannot be told, and the path under which to record it."""
        return missing_fact(self._subject, self.where, self.what)

    @property
    def said(self) -> str:
        """What was found, in words that stand alone: a missing fact is said to be missing."""
        fact = fact_of(self.what) if self.outcome.value == "cannot tell" else None
        return self.what if fact is None else f"not recorded: {fact}"

    @property
    def as_told(self) -> str:
        """The finding as text, whoever brings it about: the same with or without the name of a reform."""
        return f"{self.rule}: {self.where}: {self.said} [{self.citation.printed}]"

    def __str__(self) -> str:
        return f"{self.rule}: {self.where}: {self.said} [{self.provision}]"

    def mended(self) -> Partnership:
        """
        Give the partnership that keeps the rule, by the least change of values.

        What the change states has still to be made true; records that it adds are marked as assumed. Of what is over
        it says how the record would have to read: where the record is right, nothing mends the past.

        Returns:
            The partnership in which it was found, changed.

        Raises:
            RuleError: If no change of values that mends it is known.

        Source:
            Its citations.

        .. versionadded:: 0.1.0
        """
        return self._rule.mended(self._subject)

    @property
    def code(self) -> str:
        """
        The change that mends it, as Python that turns the partnership ``p`` into :meth:`mended`.

        Of what is over, such as a day that was missed, the code says how the record of the past would have to read for
        the rule to be kept. Where that record is right nothing mends the past: see
        :attr:`scotintegration.mends.Mend.corrects_the_past`. Blank where no change of values that mends it is known.
        """
        from scotintegration.differences import as_code

        try:
            return as_code(self._subject, self.mended())
        except RuleError:
            return ""

    def explain(self) -> Explanation:
        """
        Say why: the provision, the facts used, what was set aside, and what would mend it.

        Returns:
            A tree of sentences.

        Source:
            Its citations.

        .. versionadded:: 0.1.0
        """
        from scotintegration.rules import facts_of

        law = [
            Explanation(f"{citation.printed}: {citation.url}" if citation.url else citation.printed)
            for citation in self.citations
        ]
        days = f"in force {self._rule.days}; law as at {self._subject.law.as_at.isoformat()}"
        law.append(Explanation(f"{days}{self._under}"))
        parts = [Explanation(f"the law asks: {self._rule.title}", law)]
        facts = [Explanation(sentence) for sentence in facts_of(self._rule, self._subject, self.where)]
        if facts:
            parts.append(Explanation(f"the facts, as at {self.on.isoformat()}", facts))
        if self.considered:
            aside = [Explanation(f"{candidate}: {reason}") for candidate, reason in self.considered]
            parts.append(Explanation("looked at and set aside", aside))
        if self.mend:
            parts.append(Explanation(f"what would mend it: {self.mend}"))
        return Explanation(f"{self.where}: {self.said}", parts)


@attrs.frozen(kw_only=True)
class RuleResult(Shown):
    """
    What one rule said of one partnership.

    Attributes:
        rule: The rule.
        outcome: The outcome, after waivers.
        would_be: The outcome had nobody waived anything.
        findings: What it found, in the order found.
        reason: Why it does not apply, where it does not.

    Source:
        The citations of the rule.

    .. versionadded:: 0.1.0
    """

    rule: Rule
    outcome: Outcome
    would_be: Outcome
    findings: tuple[Finding, ...] = ()
    reason: str = ""

    @property
    def id(self) -> str:
        """Id of the rule."""
        return self.rule.id

    @property
    def severity(self) -> Severity:
        """Severity of the rule."""
        return self.rule.severity

    @property
    def citation(self) -> Citation:
        """First provision of the rule."""
        return self.rule.citation

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)


def lawful(results: Iterable[RuleResult]) -> bool | Unknown:
    """Say whether results of statute amount to lawful, unlawful or unknown; a waiver does not matter."""
    outcomes = {result.would_be.value for result in results if result.severity.value == "statute"}
    outcomes.discard("not applicable")
    if "fail" in outcomes:
        return False
    return UNKNOWN if "cannot tell" in outcomes or not outcomes else True
