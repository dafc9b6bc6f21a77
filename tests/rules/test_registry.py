"""A walk over every rule that is shipped: its row in the rulebook, its examples, and what it says."""

import csv
import re
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest

from scotintegration.citations import citations
from scotintegration.dates import Interval
from scotintegration.errors import UnknownFactError
from scotintegration.examples import EXAMPLES, example
from scotintegration.findings import Finding
from scotintegration.partnership import Partnership
from scotintegration.rules import FACTS, RULES, Modality, Outcome, Rule, Severity, Topic, check, facts_of

# Columns of the rulebook that this library was written from: one row a rule, in its order, texts verbatim. It has
# more rows than there are rules yet. Citations are of instruments on legislation.gov.uk, read up to November 2026.
RULEBOOK = Path(__file__).with_name("rulebook.csv")

TOPICS = {
    "5A": Topic.SCHEME,
    "5B": Topic.MEMBERSHIP,
    "5C": Topic.PROCEEDINGS,
    "5D": Topic.MONEY,
    "5E": Topic.DIRECTIONS,
    "5F": Topic.PLANNING,
    "5G": Topic.LEAD_AGENCY,
    "5H": Topic.OTHER_DUTIES,
}
FEWEST = 40
ENGINE_WORDS = re.compile(
    r"\brule id\b|\bverdicts?\b|\bseverity\b|\boutcome\b|\bcannot tell\b"
    r"|\b(?:Listing|Interval|Money|Direction|Member|FinancialYear|Finding|Partnership)\("
    r"|\bUNKNOWN\b|\bNone\b|\bTrue\b|\bFalse\b|datetime|<[A-Za-z]+[ .:]"
)

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
every_breakable = pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.modality is not Modality.MAY], ids=lambda rule: rule.id
)
every_example = pytest.mark.parametrize("name", EXAMPLES)


@cache
def rulebook() -> dict[str, dict[str, str]]:
    """Read the rulebook by id."""
    with RULEBOOK.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@cache
def failing(rule: Rule) -> Partnership:
    """Give the example that breaks a rule."""
    p = rule.failing()
    assert p is not None
    return p


@cache
def broken(rule: Rule) -> tuple[Finding, ...]:
    """Give what a rule says is wrong with the example that breaks it."""
    result = check(failing(rule), rules=[rule])[rule.id]
    return tuple(finding for finding in result if finding.outcome is Outcome.FAIL)


class TestRulebook:
    """What a rule declares is what its row says."""

    def test_enough(self):
        """Every part of the rulebook has rules, and together there are enough of them."""
        assert set(Topic) == {rule.topic for rule in RULES}
        assert len(RULES) >= FEWEST

    def test_order(self):
        """Rules stand once each, in order of id."""
        assert sorted({rule.id for rule in RULES}) == [rule.id for rule in RULES]

    @every_rule
    def test_row(self, rule):
        """Part, citation, days, modality, severity, models, basis and facts of a rule are those of its row."""
        row = rulebook()[rule.id]
        assert {
            "topic": TOPICS[row["part"]],
            "citations": citations(row["citation"]),
            "days": Interval.through(row["in_force_from"] or None, row["in_force_to"] or None),
            "modality": row["modality"],
            "severity": row["severity"],
            "models": row["models"],
            "basis": row["kind"],
            "fields": row["fields"],
        } == {
            "topic": rule.topic,
            "citations": rule.citations,
            "days": rule.days,
            "modality": rule.modality,
            "severity": rule.severity,
            "models": ";".join(model.letter for model in rule.models),
            "basis": rule.basis,
            "fields": "; ".join(rule.fields),
        }

    @every_rule
    def test_says_what_it_asks(self, rule):
        """A title is one sentence without a full stop, and a duty has an owner."""
        assert rule.title.strip() == rule.title != ""
        assert not rule.title.endswith(".")
        assert rule.modality is Modality.MAY or rule.duty_on.strip()

    @every_rule
    def test_law_is_addressed(self, rule):
        """A rule of statute has the address of every provision; guidance named beside one may have none."""
        if rule.severity is Severity.STATUTE:
            assert rule.citation.url
            assert [] == [one.printed for one in rule.citations if one.instrument is not None and not one.url]

    @every_rule
    def test_entails(self, rule):
        """What a rule entails is shipped, and is another rule."""
        assert set() == set(rule.entails) - {other.id for other in RULES if other is not rule}


class TestExamples:
    """The two examples of a rule behave."""

    @every_rule
    def test_passes(self, rule):
        """The example that keeps a rule is caught by it and passes."""
        p = rule.passing()
        assert rule.not_applicable(p) is None
        assert () == rule.verdicts(p)

    @every_breakable
    def test_fails(self, rule):
        """The example that breaks a rule fails it."""
        result = check(failing(rule), rules=[rule])[rule.id]
        wanted = Outcome.FAIL if rule.verified else Outcome.WARN
        assert wanted is result.outcome, [str(finding) for finding in result]

    @every_breakable
    def test_fails_nothing_else(self, rule):
        """The example that breaks a rule breaks no statute but that rule and what it entails."""
        report = check(failing(rule), only="statute")
        own = {rule.id} if rule.severity is Severity.STATUTE and rule.verified else set()
        statute = {other.id for other in RULES if other.severity is Severity.STATUTE}
        assert own | (set(rule.entails) & statute) == {finding.rule for finding in report.unlawful}

    @every_breakable
    def test_fails_for_sure(self, rule):
        """Of the example that breaks it a rule leaves nothing open."""
        assert [] == [str(finding) for finding in check(failing(rule), rules=[rule]).cannot_tell]

    @every_example
    def test_answered(self, name):
        """Every example answers every rule."""
        report = example(name).check()
        assert len(RULES) == len(report)
        assert [] == [str(finding) for finding in report.cannot_tell]

    @pytest.mark.parametrize(
        "rule", [rule for rule in RULES if rule.modality is Modality.MAY], ids=lambda rule: rule.id
    )
    def test_permissions(self, rule):
        """A permission finds nothing in any example, and nothing amiss in one that breaks another rule."""
        assert rule.failing() is None
        for name in EXAMPLES:
            assert () == check(example(name), rules=[rule])[rule.id].findings
        for other in RULES:
            if other.modality is not Modality.MAY:
                report = check(failing(other), rules=[rule])
                assert () == (*report.failures, *report.warnings)


class TestFacts:
    """The words of the rulebook for facts."""

    @every_rule
    def test_words(self, rule):
        """Every fact that a rule reads has a meaning and a place."""
        assert [] == [word for word in rule.fields if word not in FACTS]

    @every_example
    def test_read(self, name):
        """Every fact can be read of every example, or is not recorded."""
        p = example(name)
        for label, read in FACTS.values():
            assert label == label.strip() != ""
            with suppress(UnknownFactError):
                read(p)


class TestFindings:
    """What a rule says explains itself."""

    @every_breakable
    def test_mend(self, rule):
        """Every failure says where and what, and what would mend it."""
        for finding in broken(rule):
            assert all(text.strip() for text in (finding.where, finding.what, finding.mend)), str(finding)
            assert not finding.mend.endswith(".")

    @every_breakable
    def test_explains(self, rule):
        """An explanation holds the provision, every fact read of what the finding is about, and the mend."""
        for finding in broken(rule):
            said = finding.explain().to_text()
            assert finding.what in said
            assert f"what would mend it: {finding.mend}" in said
            assert all(citation.printed in said for citation in rule.citations)
            assert all(sentence in said for sentence in facts_of(rule, failing(rule), finding.where))

    @every_breakable
    def test_plain_words(self, rule):
        """An explanation is free of the words of the machinery and of raw values."""
        for finding in broken(rule):
            said = finding.explain().to_text()
            assert rule.id not in said.removeprefix(finding.where)
            assert [] == ENGINE_WORDS.findall(said), said

    @every_breakable
    def test_again(self, rule):
        """Asked again, a rule says the same in the same order."""
        assert rule.verdicts(failing(rule)) == rule.verdicts(failing(rule))
