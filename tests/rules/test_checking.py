"""Asking rules of partnerships and of networks."""

import random
from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.examples import EXAMPLES, example
from scotintegration.findings import Waiver
from scotintegration.network import Network
from scotintegration.rules import RULES, Outcome, Reform, Severity, Topic, ask, cannot_tell, check, fail, rule, warn
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN

P = example("body-corporate")
NET = Network(name="Made-up areas", as_at=P.as_at, partnerships=[P, example("joint-board")])

FAILS = fail("here", "amiss", mend="put it right")
WARNS = warn("here", "odd")
OPEN = cannot_tell("here", "not recorded")
SAYS = {Outcome.FAIL: [FAILS], Outcome.WARN: [WARNS], Outcome.CANNOT_TELL: [OPEN], Outcome.PASS: []}


def made(id, *verdicts, severity="statute", **options):
    """Make a rule that says what it is given."""

    def says(p, on):
        """Nothing is amiss."""
        yield from verdicts

    return rule(id, cites="asp 2014/9 s.10(1)", severity=severity, passes=P, fails=P, register=False, **options)(says)


def missing(p, on):
    """Nothing is missing."""
    yield WARNS
    raise UnknownFactError("a fact")


MISSING = rule("TOY-M", cites="asp 2014/9 s.1", severity="statute", passes=P, fails=P, register=False)(missing)


def waiver(rule="TOY-1", **options):
    """Make a waiver that holds for anybody."""
    return Waiver(
        rule, **{"subject": "*", "reason": "a reason", "approved_by": "somebody", "expires": P.as_at, **options}
    )


outcomes = st.lists(st.sampled_from(list(SAYS)), max_size=6)
severities = st.lists(st.sampled_from(list(Severity)), min_size=6, max_size=6)


class TestLaws:
    @given(outcomes, severities)
    def test_lawful(self, outcomes, severities):
        """Lawful is False where statute is broken, UNKNOWN where it cannot be told or nothing was asked, else True."""
        rules = [
            made(f"TOY-{number}", *SAYS[outcome], severity=severity)
            for number, (outcome, severity) in enumerate(zip(outcomes, severities, strict=False))
        ]
        statute = {outcome for outcome, one in zip(outcomes, rules, strict=True) if one.severity == "statute"}
        doubt = Outcome.CANNOT_TELL in statute or not statute
        expected = False if Outcome.FAIL in statute else UNKNOWN if doubt else True
        assert expected is check(P, rules=rules).lawful

    @given(outcomes, st.sets(st.integers(0, 5)))
    def test_waivers_change_outcomes_only(self, outcomes, waived):
        """A waiver turns a failure into what is waived, and changes neither lawful nor what would be."""
        rules = [made(f"TOY-{number}", *SAYS[outcome]) for number, outcome in enumerate(outcomes)]
        before = check(P, rules=rules)
        after = check(P, rules=rules, waivers=[waiver(f"TOY-{number}") for number in waived])
        assert before.lawful is after.lawful
        assert [one.outcome for one in before] == [one.would_be for one in before] == [one.would_be for one in after]
        for number, outcome in enumerate(outcomes):
            covered = number in waived and outcome is Outcome.FAIL
            assert (Outcome.WAIVED if covered else outcome) is after[f"TOY-{number}"].outcome

    @given(st.permutations(range(4)))
    def test_order_does_not_matter(self, order):
        """Results stand in order of id, in whatever order the rules are given."""
        rules = [made(f"TOY-{number}", FAILS) for number in range(4)]
        assert check(P, rules=rules) == check(P, rules=[rules[number] for number in order])

    def test_alone_and_together(self):
        """A rule answers the same whether it is asked alone or with every other."""
        report = P.check()
        for one in random.Random(1).sample(RULES, 10):
            assert report[one.id] == P.check(rules=[one])[one.id]

    def test_again(self):
        """Asked again, the same rules say the same, to the last byte."""
        assert P.check() == P.check()
        assert P.check().to_json() == P.check().to_json()


class TestAsk:
    def test_missing_fact_stops_nothing(self):
        """A missing fact is what one rule cannot tell, and the rules after it are asked."""
        report = check(P, rules=[MISSING, made("TOY-Z", FAILS), made("TOY-A")])
        assert ["pass", "cannot tell", "fail"] == [one.outcome.value for one in report]
        assert ["odd", "a fact is not recorded"] == [one.what for one in report["TOY-M"]]

    def test_model_unknown(self):
        """Where the model decides whether a rule is for somebody and is not known, nobody can tell."""
        both = P.evolve(scheme=attrs.evolve(P.scheme, models="a+c"))
        result = ask(made("TOY-1", FAILS, models="a"), both)
        assert Outcome.CANNOT_TELL is result.outcome
        assert ["scheme.models"] == [one.where for one in result]
        assert Outcome.FAIL is ask(made("TOY-1", FAILS), both).outcome

    def test_not_applicable(self):
        """A rule that is for others is not asked, and says why."""
        result = ask(made("TOY-1", FAILS, models="d"), P)
        assert (Outcome.NOT_APPLICABLE, Outcome.NOT_APPLICABLE) == (result.outcome, result.would_be)
        assert ("it is for model d, not a", ()) == (result.reason, result.findings)

    def test_finding(self):
        """A finding carries the rule, the provision, the partnership and the day."""
        one = made("TOY-1", fail("here", "amiss", mend="put it right", considered=[("this", "for that")]))
        (found,) = ask(one, P)
        assert ("TOY-1", "fail", "statute", "here", "amiss", "put it right") == (
            found.rule,
            found.outcome,
            found.severity,
            found.where,
            found.what,
            found.mend,
        )
        assert (one.citations, P.id, P.as_at, (("this", "for that"),)) == (
            found.citations,
            found.partnership,
            found.on,
            found.considered,
        )

    def test_waived(self):
        """Of a rule that is waived the failures are, and what else it says is not."""
        result = ask(made("TOY-1", WARNS, FAILS, OPEN), P, [waiver()])
        assert ("waived", "fail") == (result.outcome, result.would_be)
        assert ["warn", "waived", "cannot tell"] == [one.outcome for one in result]

    @pytest.mark.parametrize(
        "options", [{"subject": "another-ijb"}, {"rule": "TOY-2"}, {"expires": date(2026, 11, 21)}], ids=str
    )
    def test_not_waived(self, options):
        """A waiver of another rule, for somebody else or over by the day changes nothing."""
        assert Outcome.FAIL is ask(made("TOY-1", FAILS), P, [waiver(**options)]).outcome

    def test_only_failures_are_waived(self):
        """What cannot be told and what only needs a look is not waived."""
        for verdict in (OPEN, WARNS):
            assert verdict.outcome is ask(made("TOY-1", verdict), P, [waiver()]).outcome


class TestOptions:
    def test_all(self):
        """By default every shipped rule is asked, on the day of the partnership."""
        report = P.check()
        assert [one.id for one in RULES] == [one.id for one in report]
        assert (P.as_at, P.as_at, P.id, P.name) == (report.as_at, report.law_as_at, report.partnership, report.name)

    @pytest.mark.parametrize("topic", list(Topic))
    def test_topic(self, topic):
        """A topic leaves its rules only."""
        assert {one.id for one in RULES if one.topic is topic} == {one.id for one in P.check(topic.value)}

    def test_topic_unknown(self):
        """A topic that is not there is refused with near ones."""
        with pytest.raises(NotFoundError, match=r"no topic 'membersip'; did you mean 'membership'\?"):
            P.check("membersip")

    @pytest.mark.parametrize(
        ("expected", "only"),
        [({"statute"}, "statute"), ({"guidance"}, Severity.GUIDANCE), ({"guidance", "scheme"}, ["guidance", "scheme"])],
    )
    def test_only(self, expected, only):
        """A severity, or several, leave their rules only."""
        rules = [made(f"TOY-{severity}", severity=severity) for severity in Severity]
        assert expected == {one.severity.value for one in check(P, rules=rules, only=only)}

    def test_only_unknown(self):
        """A severity that is not there is refused."""
        with pytest.raises(NotFoundError, match="no severity 'law'; known are 'statute'"):
            P.check(only="law")

    def test_rules(self):
        """Rules are named by id, or handed in; one named twice is asked once."""
        own = made("TOY-1", FAILS)
        report = P.check(rules=[own, RULES[0].id, RULES[0]])
        assert sorted(["TOY-1", RULES[0].id]) == [one.id for one in report]
        assert 0 == len(P.check(rules=[]))
        with pytest.raises(NotFoundError, match="no rule 'TOY-9'"):
            P.check(rules=["TOY-9"])

    def test_days(self):
        """The day of the facts governs the law too, unless the law has a day of its own."""
        days = [
            (report.as_at.isoformat(), report.law_as_at.isoformat())
            for report in (
                P.check(rules=[], as_at="2026-08-31"),
                P.check(rules=[], law_as_at="2026-09-01"),
                P.check(rules=[], as_at="2026-08-31", law_as_at=date(2026, 9, 1)),
                P.at("2026-08-31", law_as_at="2026-09-01").check(rules=[]),
            )
        ]
        assert [
            ("2026-08-31", "2026-08-31"),
            ("2026-11-22", "2026-09-01"),
            ("2026-08-31", "2026-09-01"),
            ("2026-08-31", "2026-09-01"),
        ] == days

    def test_law_of_its_day(self):
        """A rule is asked while the law of the day has it."""
        new = made("TOY-1", FAILS, in_force="2026-09-01")
        answers = [P.check(rules=[new], law_as_at=day)["TOY-1"].outcome for day in ("2026-08-31", "2026-09-01")]
        assert ["not applicable", "fail"] == answers

    def test_no_such_option(self):
        """An option that checking does not take is refused."""
        with pytest.raises(TypeError, match="strict"):
            P.check(strict=True)


class TestNetworks:
    def test_each(self):
        """A network is asked what each of its partnerships is."""
        rules, waivers = [made("TOY-1", FAILS), made("TOY-2")], [waiver(subject=P.id)]
        report = NET.check(only="statute", rules=iter(rules), waivers=iter(waivers))
        expected = [p.check(only="statute", rules=rules, waivers=waivers) for p in NET]
        assert tuple(expected) == report.reports
        assert (NET.name, NET.as_at, NET.as_at) == (report.name, report.as_at, report.law_as_at)

    def test_topic(self):
        """A network takes the same options as a partnership."""
        assert {"money"} == {result.rule.topic for report in NET.check("money") for result in report}

    def test_days(self):
        """The days asked for govern every partnership."""
        report = NET.check(rules=[], as_at="2026-08-31", law_as_at="2026-09-01")
        days = {(one.as_at.isoformat(), one.law_as_at.isoformat()) for one in (report, *report)}
        assert {("2026-08-31", "2026-09-01")} == days
        moved = NET.check(rules=[], law_as_at="2026-09-01")
        assert (NET.as_at, date(2026, 9, 1)) == (moved.as_at, moved.law_as_at)

    def test_nobody(self):
        """A network without partnerships is asked nothing, on its own day."""
        report = Network(name="Nowhere", as_at="2026-11-22", partnerships=[]).check()
        assert (0, UNKNOWN, date(2026, 11, 22)) == (len(report), report.lawful, report.law_as_at)

    def test_law_of_another_day(self):
        """A network that was bound to the law of another day is asked under it, unless a day is named."""
        bound = NET.at(P.as_at, law_as_at="2026-08-31")
        assert {date(2026, 8, 31)} == {report.law_as_at for report in bound.check().reports}
        assert {P.as_at} == {report.law_as_at for report in bound.check(as_at=P.as_at).reports}


class TestExamples:
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_lawful_unless_named(self, name):
        """An example breaks and bends nothing but what its name says."""
        report = example(name).check()
        amiss = {
            "short-notice": ["IJBO-sch2-notice"],
            "vacant-chief-officer": ["PBJW-s10-chief-officer"],
        }.get(name, [])
        assert amiss == [finding.rule for finding in (*report.failures, *report.warnings)]
        assert (name != "vacant-chief-officer") is report.lawful


class TestOneRule:
    def test_alone(self):
        """One rule may be asked by its id or as it is, and what is neither is refused."""
        p = example("body-corporate")
        alone = p.check(rules="PBJW-s10-chief-officer")
        assert ["PBJW-s10-chief-officer"] == [one.id for one in alone]
        assert alone == p.check(rules=alone.results[0].rule) == p.check(rules=["PBJW-s10-chief-officer"])
        assert ["PBJW-s10-chief-officer"] == [
            one.id
            for one in Network(name="one", as_at=p.as_at, partnerships=[p])
            .check(rules="PBJW-s10-chief-officer")
            .reports[0]
        ]
        with pytest.raises(TypeError, match="rules holds 3; expected a Rule or the id of one"):
            p.check(rules=[3])

    def test_one_waiver(self):
        """A waiver alone is taken for waivers of that one; anything else is refused."""
        p = example("body-corporate")
        held = waiver("TOY-1")
        assert "waived" == check(p, rules=[made("TOY-1", FAILS)], waivers=held)["TOY-1"].outcome
        assert (held,) == Network(name="one", as_at=p.as_at, partnerships=[p]).check(rules=[], waivers=held).waivers
        with pytest.raises(TypeError, match="waivers holds 'BV-ijb'; expected a Waiver"):
            p.check(waivers=["BV-ijb"])

    def test_reform(self):
        """What comes of a reform names it: what a rule finds, and why it does not apply."""
        vacant, id = example("vacant-chief-officer"), "PBJW-s10-chief-officer"
        for day, found, reason in (
            ("2020-01-01", ["later"], ""),
            ("2030-01-01", [], "it is in force from 2030-01-01, not on 2026-11-22, under the reform 'later'"),
        ):
            (result,) = vacant.check(rules=[id], reform=Reform("later").redate(id, in_force=day))
            assert (found, reason) == ([one.reform for one in result], result.reason)

    @pytest.mark.parametrize("day", ["", 0])
    def test_no_day(self, day):
        """A day that is none is refused, and not taken for the day of the facts."""
        with pytest.raises((ValueError, TypeError)):
            example("body-corporate").check(as_at=day)
        with pytest.raises((ValueError, TypeError)):
            scotland().check(as_at=day)

    def test_no_topic(self):
        """A topic that is no text is refused with the topics there are."""
        with pytest.raises(NotFoundError, match="no topic '3'; known are 'scheme'"):
            example("body-corporate").check(3)
