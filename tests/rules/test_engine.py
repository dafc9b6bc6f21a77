"""What a rule is, how it is registered, and what it answers."""

import copy
import itertools
import pickle
from datetime import date, timedelta
from functools import partial

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.dates import Interval
from scotintegration.errors import CitationError, DateError, NotFoundError, RuleError, UnknownFactError
from scotintegration.examples import example
from scotintegration.rules import (
    RULES,
    Basis,
    Modality,
    Outcome,
    Severity,
    Topic,
    Verdict,
    _engine,
    cannot_tell,
    fail,
    find,
    registry,
    rule,
    shipped,
    warn,
)
from scotintegration.schemes import Model
from scotintegration.unknown import UNKNOWN

GOOD = example("body-corporate")
BAD = example("vacant-chief-officer")
JOINT = example("joint-board")
LEAD = example("lead-agency-both-ways")
ONE = timedelta(days=1)

OF = {
    Outcome.FAIL: fail("here", "amiss", mend="put it right"),
    Outcome.CANNOT_TELL: cannot_tell("here", "not recorded"),
    Outcome.WARN: warn("here", "odd"),
}


def seated(p, on):
    """Somebody is chief officer."""
    if p.chief_officer.vacant:
        yield fail("chief_officer", "the post is vacant", mend="appoint somebody")


def make(check=seated, id="TOY-1", **options):
    """Make a rule that is not registered unless asked to be."""
    given_options = {"cites": "asp 2014/9 s.10(1)", "severity": "statute", "passes": GOOD, "fails": BAD}
    return rule(id, **{"register": False, **given_options, **options})(check)


def saying(*verdicts):
    """Make a check that says what it is given, whatever it is asked of."""

    def check(p, on):
        """Say what it is given."""
        yield from verdicts

    return check


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch):
    monkeypatch.setattr(_engine, "_REGISTRY", dict(_engine._REGISTRY))


class TestVerdicts:
    def test_three(self):
        """A check can fail, warn or be unable to tell; only a failure needs a mend."""
        considered = [("the deputy", "never appointed")]
        assert (
            Verdict(
                outcome=Outcome.FAIL, where="a", what="b", mend="c", considered=(("the deputy", "never appointed"),)
            ),
            Verdict(outcome=Outcome.WARN, where="a", what="b"),
            Verdict(outcome=Outcome.WARN, where="a", what="b", mend="c"),
            Verdict(outcome=Outcome.CANNOT_TELL, where="a", what="b"),
        ) == (fail("a", "b", "c", considered=considered), warn("a", "b"), warn("a", "b", "c"), cannot_tell("a", "b"))

    @given(st.lists(st.sampled_from(list(OF))))
    def test_worst(self, outcomes):
        """The outcome is the worst verdict: failing outranks not telling, which outranks warning; none is a pass."""
        order = [Outcome.PASS, Outcome.WARN, Outcome.CANNOT_TELL, Outcome.FAIL]
        worst = max(outcomes, key=order.index, default=Outcome.PASS)
        assert worst is _engine.worst(OF[outcome] for outcome in outcomes)

    @given(st.permutations(list(OF.values())))
    def test_worst_in_any_order(self, verdicts):
        """The order in which a check speaks does not matter."""
        assert Outcome.FAIL is _engine.worst(verdicts)

    def test_missing_fact(self):
        """A missing fact is one thing that cannot be told, and what was found before it stands."""

        def check(p, on):
            """Something is recorded."""
            yield OF[Outcome.WARN]
            raise UnknownFactError("the name of the chair")

        made = make(check, topic="membership")
        assert (OF[Outcome.WARN], cannot_tell("membership", "the name of the chair is not recorded")) == made.verdicts(
            GOOD
        )

    def test_mended(self):
        """A rule of one's own brings its mend, which is asked for only where something is open."""
        broken = make(saying(OF[Outcome.FAIL]), mends=lambda p: p.evolve(name="Mended"))
        assert "Mended" == broken.mended(GOOD).name
        kept = make(saying(), mends=lambda p: p.evolve(name="Mended"))
        assert GOOD is kept.mended(GOOD)
        with pytest.raises(RuleError, match="no change of values that mends it is known"):
            make(saying(OF[Outcome.FAIL])).mended(GOOD)
        shipped_one = find("PBJW-s8-publish")
        assert () == shipped_one.verdicts(shipped_one.mended(shipped_one.failing()))

    def test_other_errors(self):
        """A mistake in a check is not taken for a missing fact."""

        def check(p, on):
            """Nothing is divided by nothing."""
            yield fail("x", str(1 // 0), mend="do not")

        with pytest.raises(ZeroDivisionError):
            make(check).verdicts(GOOD)

    def test_not_verified(self):
        """A rule whose text was not read against the source warns where another would fail."""
        made = make(saying(*OF.values()), verified=False)
        assert [Outcome.WARN, Outcome.CANNOT_TELL, Outcome.WARN] == [one.outcome for one in made.verdicts(GOOD)]
        assert "put it right" == made.verdicts(GOOD)[0].mend

    def test_day(self):
        """A check is asked about the day of the facts."""
        asked = []

        def check(p, on):
            """Nothing."""
            asked.append((on, p.law.as_at))
            return ()

        make(check).verdicts(GOOD.at("2026-08-31", law_as_at="2026-09-01"))
        assert [(date(2026, 8, 31), date(2026, 9, 1))] == asked


class TestRule:
    def test_defaults(self):
        """A rule is a computed duty of any model on any day, read against the source, unless it says otherwise."""
        made = make()
        assert (
            tuple(Model),
            None,
            Interval(None, None),
            Modality.MUST,
            Basis.COMPUTED,
            Topic.OTHER_DUTIES,
            "",
            (),
            (),
            True,
        ) == (
            made.models,
            made.councils,
            made.days,
            made.modality,
            made.basis,
            made.topic,
            made.duty_on,
            made.entails,
            made.fields,
            made.verified,
        )

    def test_words(self):
        """What is declared is kept."""
        made = make(
            severity="guidance",
            topic="lead agency",
            models="db",
            in_force="2015-04-01",
            until="2026-08-31",
            modality="must_not",
            basis="evidence",
            councils="several",
            duty_on="council",
            entails=["TOY-2"],
            fields=" t;  S.model;",
        )
        assert (Severity.GUIDANCE, Topic.LEAD_AGENCY) == (made.severity, made.topic)
        assert (Model.LA_TO_HB, Model.BOTH_WAYS) == made.models
        assert Interval.through("2015-04-01", "2026-08-31") == made.days
        assert (Modality.MUST_NOT, Basis.EVIDENCE, "several") == (made.modality, made.basis, made.councils)
        assert ("council", ("TOY-2",), ("t", "S.model")) == (made.duty_on, made.entails, made.fields)
        assert Interval.of("2026") == make(in_force=Interval.of("2026")).days

    def test_citations(self):
        """Several provisions give several citations, the first being the citation."""
        made = make(cites="asp 2014/9 s.10(1), 10(2)")
        assert ["s.10(1)", "s.10(2)"] == [one.pinpoint for one in made.citations]
        assert made.citations[0] is made.citation

    def test_title(self):
        """The title is the first sentence of the docstring on one line, without its full stop."""

        def check(p, on):
            """
            Somebody is
            chief officer.

            This is about vacancies.
            """

        assert "Somebody is chief officer" == make(check).title

    def test_where(self):
        """A rule remembers where its check is, whatever kind of callable that is."""

        class Callable:
            """Nothing."""

            def __call__(self, p, on):
                return ()

        assert f"{__name__}.seated" == make().where
        assert f"{__name__}.TOY-1" == make(Callable()).where
        assert "functools.TOY-1" == make(partial(seated)).where

    @pytest.mark.parametrize(
        ("error", "options"),
        [
            (ValueError, {"severity": "law"}),
            (ValueError, {"topic": "cash"}),
            (ValueError, {"modality": "shall"}),
            (ValueError, {"basis": "guess"}),
            (ValueError, {"models": "ae"}),
            (ValueError, {"models": ""}),
            (ValueError, {"councils": "two"}),
            (CitationError, {"cites": ""}),
            (DateError, {"in_force": "2026-02-30"}),
            (DateError, {"examples_at": "soon"}),
            (DateError, {"in_force": "2026-04-01", "until": "2026-03-31"}),
        ],
        ids=str,
    )
    def test_bad_words(self, error, options):
        """A word that is none of those known is refused."""
        with pytest.raises(error):
            make(**options)

    def test_no_docstring(self):
        """A check that does not say what it asks is refused."""

        def check(p, on):
            return ()

        with pytest.raises(RuleError, match="'TOY-1': its check has no docstring; expected one sentence"):
            make(check)

    def test_no_failing_example(self):
        """Only a permission may do without an example that breaks it."""
        assert make(fails=None, modality="may").failing() is None
        with pytest.raises(RuleError, match="it has no failing example; expected one, unless its modality is 'may'"):
            make(fails=None)

    def test_repr(self):
        """A rule is shown without its check and examples, which are long."""
        assert not any(word in repr(make()) for word in ("check=", "passes=", "fails="))


class TestExamples:
    def test_forms(self):
        """Examples are partnerships, names, or a change to the one that passes."""
        assert (GOOD, BAD) == (make().passing(), make().failing())
        assert GOOD == make(passes="body-corporate").passing()
        changed = make(passes="body-corporate", fails=lambda p: p.evolve(posts=[])).failing()
        assert GOOD.evolve(posts=[]) == changed

    def test_day(self):
        """Examples are looked at on their own day, or on the day that the rule names."""
        made = make(examples_at="2026-09-01")
        assert [date(2026, 9, 1)] * 2 == [made.passing().as_at, made.failing().as_at]
        changed = make(passes="body-corporate", fails=lambda p: p.evolve(posts=[]), examples_at="2026-09-01")
        assert [date(2026, 9, 1)] * 2 == [changed.passing().as_at, changed.failing().as_at]
        assert GOOD.as_at == make().passing().as_at


class TestApplicable:
    def test_everywhere(self):
        """A rule of all models and days always applies."""
        assert [None] * 3 == [make().not_applicable(p) for p in (GOOD, JOINT, LEAD)]

    def test_days(self):
        """A rule is asked while the law of the day has it, whatever the day of the facts."""
        made = make(in_force="2026-09-01")
        late = GOOD.at("2026-08-31")
        assert "it is in force from 2026-09-01, not on 2026-08-31" == made.not_applicable(late)
        assert made.not_applicable(late.at("2026-08-31", law_as_at="2026-09-01")) is None
        assert made.not_applicable(late.at("2026-09-01", law_as_at="2026-08-31")) is not None

    def test_models(self):
        """A rule of some models is not for the others."""
        assert "it is for model b, d, not a" == make(models="bd").not_applicable(GOOD)
        assert make(models="bd").not_applicable(LEAD) is None

    def test_councils(self):
        """A rule may be for schemes of one council, or for joint ones."""
        one, several = make(councils="one"), make(councils="several")
        assert [None, "it is for schemes of one council"] == [one.not_applicable(p) for p in (GOOD, JOINT)]
        assert ["it is for joint schemes", None] == [several.not_applicable(p) for p in (GOOD, JOINT)]

    def test_model_unknown(self):
        """Where a scheme claims several models nobody can tell whether a rule of some is for it."""
        both = GOOD.evolve(scheme=attrs.evolve(GOOD.scheme, models="a+c"))
        assert make().not_applicable(both) is None
        with pytest.raises(UnknownFactError):
            make(models="a").not_applicable(both)

    @pytest.mark.parametrize("topic", ["membership", "proceedings"])
    def test_board_to_come(self, topic):
        """Of members and meetings of a board nothing is asked before the day on which it is established."""
        first = GOOD.ijb.established_on
        about = make(topic=topic, cites="SSI 2014/285 art.3; a scheme")
        assert f"its board is established on {first.isoformat()}" == about.not_applicable(GOOD.at(first - ONE))
        assert about.not_applicable(GOOD.at(first)) is None
        assert about.not_applicable(LEAD) is None

    def test_committee_to_come(self):
        """A rule that cites the Order on monitoring committees waits for the committee."""
        first = LEAD.monitoring_committee.established_on
        about = make(cites="a scheme; SSI 2014/281 art.4")
        assert f"its board is established on {first.isoformat()}" == about.not_applicable(LEAD.at(first - ONE))
        assert about.not_applicable(LEAD.at(first)) is None
        assert about.not_applicable(GOOD) is None
        unknown = attrs.evolve(LEAD.monitoring_committee, established_on=UNKNOWN)
        assert about.not_applicable(LEAD.evolve(monitoring_committee=unknown)) is None
        assert make(cites="a scheme; SSI 2014/285 art.4").not_applicable(LEAD.at(first - ONE)) is None


class TestRegistering:
    def test_kept(self):
        """A registered rule is found by its id; one that is not registered is not."""
        made = make(register=True)
        make(id="TOY-2")
        assert made is find("TOY-1") is registry()["TOY-1"]
        assert "TOY-2" not in registry()

    def test_listed(self):
        """The registry is in order of id, holds every shipped rule, and is the caller's own."""
        listed = registry()
        assert sorted(listed) == list(listed)
        assert {one.id for one in RULES} <= set(listed)
        listed.clear()
        assert registry()

    def test_unknown(self):
        """A rule that is not there is refused with near ones."""
        make(register=True)
        with pytest.raises(NotFoundError, match=r"no rule 'TOY-l'; did you mean 'TOY-1'\?"):
            find("TOY-l")

    def test_again_from_the_same_place(self):
        """A cell that is run again replaces its rule."""
        first, second = (make(register=True, severity=severity) for severity in ("statute", "guidance"))
        assert first is not second is find("TOY-1")

    def test_again_from_elsewhere(self):
        """A rule from elsewhere does not take an id."""
        made = make(register=True)

        def check(p, on):
            """Somebody is chief officer."""
            yield from seated(p, on)

        with pytest.raises(RuleError, match=rf"it is registered already, from {made.where}; expected an id of its own"):
            make(check, register=True)
        assert made is find("TOY-1")

    def test_shipped_is_fixed(self):
        """What is registered later is not shipped, and a shipped id is taken."""
        make(register=True)
        assert "TOY-1" not in {one.id for one in RULES}
        with pytest.raises(RuleError, match="it is registered already, from scotintegration"):
            make(id=RULES[0].id, register=True)

    @pytest.mark.parametrize(
        ("message", "check", "options"),
        [
            (r"its example passes= gives 'fail' \(chief_officer: the post is vacant\); expected 'pass'", seated, {
                "passes": BAD}),
            (r"its example fails= gives 'pass' \(nothing\); expected 'fail'", seated, {"fails": GOOD}),
            (r"its example fails= gives 'pass' \(nothing\)", seated, {"fails": lambda p: p}),
            (r"its example passes= gives 'warn' \(here: odd\)", saying(OF[Outcome.WARN]), {}),
            (r"its example passes= gives 'cannot tell' \(here: not recorded\)", saying(OF[Outcome.CANNOT_TELL]), {}),
            (r"its example passes= is not caught: it is for model b, not a; expected one that is", seated, {
                "models": "b"}),
            (r"its example fails= gives 'warn'", seated, {"verified": False}),
            (r"its example fails= is not caught: it is for schemes of one council", seated, {
                "councils": "one", "fails": JOINT}),
        ],
    )  # fmt: skip
    def test_misbehaving(self, message, check, options):
        """A rule whose examples do not behave is refused."""
        with pytest.raises(RuleError, match=message):
            make(check, register=True, **options)
        assert "TOY-1" not in registry()

    def test_permission(self):
        """A permission is tried on the example that keeps it, and has no other."""

        def check(p, on):
            """Anything may be done."""
            return ()

        assert make(check, register=True, modality="may", fails=None) is find("TOY-1")

    def test_shipped_rules_are_tried_by_tests(self, monkeypatch):
        """A rule of the library itself is registered untried, so that importing it costs nothing."""
        check = saying(OF[Outcome.FAIL])
        monkeypatch.setattr(check, "__module__", "scotintegration.rules.made_up")
        assert make(check, register=True) is find("TOY-1")

    def test_unwell_example(self):
        """An example that asks for something that is not there is refused as what it is."""
        with pytest.raises(NotFoundError, match="no example 'body-corprate'; did you mean 'body-corporate'"):
            make(register=True, passes="body-corprate")


class TestShipped:
    def test_from_modules(self):
        """Rules are listed once each in order of id, whatever else a module holds."""

        class Module:
            """A module."""

        second, first = make(id="TOY-2"), make(id="TOY-1")
        Module.b, Module.a, Module.again, Module.other = second, first, first, "text"
        assert [first, second] == list(shipped([Module]))
        for order in itertools.permutations([Module, Module]):
            assert [first, second] == list(shipped(order))

    def test_unknown_is_no_verdict(self):
        """UNKNOWN where a fact should be is one thing that cannot be told."""

        def check(p, on):
            """Something is more than nothing."""
            if UNKNOWN > 0:
                yield OF[Outcome.FAIL]

        (only,) = make(check).verdicts(GOOD)
        assert Outcome.CANNOT_TELL is only.outcome


class TestCopies:
    def test_shipped(self):
        """A registered rule is copied and pickled as itself, and so are the reports that hold it."""
        p = example("vacant-chief-officer")
        for one in RULES[:20]:
            assert one is pickle.loads(pickle.dumps(one))
            assert one is copy.copy(one)
            assert one is copy.deepcopy(one)
        report = p.check("membership")
        assert report == pickle.loads(pickle.dumps(report))
        assert report == copy.deepcopy(report)

    def test_unregistered(self):
        """A rule that is not registered is copied field by field."""

        @rule("TOY-COPY", cites="toy scheme cl.1", severity="scheme", passes="", fails=lambda p: p, register=False)
        def toy(p, on):
            """Nothing is asked."""
            return ()

        assert copy.copy(toy) is not toy
        assert "TOY-COPY" == copy.copy(toy).id
