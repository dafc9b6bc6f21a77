"""What changed between two reports."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.differences import diff
from scotintegration.examples import EXAMPLES, example
from scotintegration.reports import DISCLAIMER
from scotintegration.rules import Outcome, cannot_tell, check, fail, rule, warn
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN

P = example("body-corporate")
LAST, FIRST = "2026-08-31", "2026-09-01"
SAYS = {
    Outcome.FAIL: [fail("here", "amiss", mend="put it right")],
    Outcome.WARN: [warn("here", "odd")],
    Outcome.CANNOT_TELL: [cannot_tell("here", "not recorded")],
    Outcome.PASS: [],
}


def made(id, *verdicts, cites="asp 2014/9 s.10(1)", **options):
    """Make a rule that says what it is given."""

    def says(p, on):
        """Nothing is amiss."""
        yield from verdicts

    return rule(id, cites=cites, severity="statute", passes=P, fails=P, register=False, **options)(says)


def report(outcomes, cites="asp 2014/9 s.10(1)"):
    """Make a report whose rules come to the outcomes given."""
    rules = [made(f"TOY-{number}", *SAYS[one], cites=cites) for number, one in outcomes.items()]
    return check(P, rules=rules)


reports = st.dictionaries(st.integers(0, 6), st.sampled_from(list(SAYS)))


class TestLaws:
    @given(reports)
    def test_itself(self, outcomes):
        """A report differs from itself in nothing."""
        change = diff(report(outcomes), report(outcomes))
        assert ((), (), False) == (change.rules_changed, change.citations, bool(change))

    @given(reports, reports)
    def test_exactly_what_changed(self, before, after):
        """What changed is every rule whose answer differs or that was asked only once, in order."""
        change = diff(report(before), report(after))
        expected = sorted(n for n in before.keys() | after.keys() if before.get(n) != after.get(n))
        assert [f"TOY-{number}" for number in expected] == [one.id for one in change.rules_changed]
        assert bool(expected) is bool(change)
        told = [tuple("not asked" if n not in one else one[n].value for one in (before, after)) for n in expected]
        assert told == [one.outcomes for one in change.rules_changed]

    @given(reports, reports)
    def test_mirrored(self, before, after):
        """The other way round the same rules changed, from after to before."""
        there, back = diff(report(before), report(after)), diff(report(after), report(before))
        assert [one.outcomes for one in there.rules_changed] == [one.outcomes[::-1] for one in back.rules_changed]
        assert there.citations == back.citations

    @given(reports, reports)
    def test_faces_agree(self, before, after):
        """Table, text and HTML list the same rules."""
        change = diff(report(before), report(after))
        rows = change.to_table().to_records()
        assert [one.id for one in change.rules_changed] == [row["rule"] for row in rows]
        assert len(rows) + 2 == len(change.to_text().split("\n"))
        assert len(rows) == change._repr_html_().count('<th scope="row"')

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_every_example(self, name):
        """No example differs from itself."""
        assert not diff(example(name).check(), example(name).check())


class TestFindings:
    def test_same_outcome(self):
        """A rule that fails before and after for another reason has changed."""
        one, other = (check(P, rules=[made("TOY-1", fail("here", what, mend="x"))]) for what in ("a", "b"))
        assert [("fail", "fail")] == [change.outcomes for change in diff(one, other).rules_changed]

    def test_mend(self):
        """What would mend it is not part of what was found."""
        one, other = (check(P, rules=[made("TOY-1", fail("here", "a", mend=mend))]) for mend in ("x", "y"))
        assert not diff(one, other)

    def test_citations(self):
        """Every provision of a rule that changed is cited once, in order."""
        cites = "asp 2014/9 s.27(1), 26(1)"
        change = diff(
            report({0: Outcome.PASS, 1: Outcome.PASS}, cites), report({0: Outcome.FAIL, 1: Outcome.WARN}, cites)
        )
        assert ["asp 2014/9 s.26(1)", "asp 2014/9 s.27(1)"] == [str(one) for one in change.citations]

    def test_later_result(self):
        """A change stands for its later result, and for the earlier where there is no later."""
        came = diff(report({}), report({0: Outcome.FAIL})).rules_changed[0]
        went = diff(report({0: Outcome.FAIL}), report({})).rules_changed[0]
        assert came.result is came.after
        assert went.result is went.before

    def test_text(self):
        """The text has a heading, a line a rule with its provision, and the disclaimer."""
        change = diff(report({0: Outcome.PASS, 1: Outcome.PASS}), report({0: Outcome.FAIL}))
        assert [
            "Strathallan as at 2026-11-22 against Strathallan as at 2026-11-22: 2 rules changed",
            "  TOY-0: pass -> fail: Nothing is amiss [s. 10(1)]",
            "  TOY-1: pass -> not asked: Nothing is amiss [s. 10(1)]",
            DISCLAIMER,
        ] == str(change).split("\n")
        assert "1 rule changed" in diff(report({}), report({0: Outcome.FAIL})).to_text()

    def test_why(self):
        """A row says why: what was found, or why the rule no longer applies."""
        old = made("TOY-1", fail("here", "amiss", mend="x"), until=LAST)
        before, after = (check(P, rules=[old], law_as_at=day) for day in (LAST, FIRST))
        (row,) = diff(before, after).to_table()
        assert ("fail", "not applicable") == (row["before"], row["after"])
        assert "not on 2026-09-01" in row["why"]
        (row,) = diff(after, before).to_table()
        assert "here: amiss" == row["why"]

    @pytest.mark.parametrize("pair", [(P, None), ("report", P)], ids=["partnership", "text"])
    def test_only_reports(self, pair):
        """Nothing but reports is compared."""
        with pytest.raises(TypeError, match=r"diff compares two reports of p\.check\(\), got"):
            diff(*pair)
        with pytest.raises(TypeError, match=r"diff compares two reports of p\.check\(\), got"):
            diff(P.check(), pair[1])


class TestFirstOfSeptember:
    def test_real_area(self):
        """In a real area the membership rules that change on 1 September 2026 cite the order that changes them."""
        glasgow = scotland()["Glasgow City"]
        before, after = (glasgow.check("membership", as_at=day) for day in (LAST, FIRST))
        change = diff(before, after)
        assert any("/ssi/2025/405" in citation.url for citation in change.citations)
        assert "voting member" in change.to_text().lower()
        assert after.lawful is UNKNOWN
        assert after.cannot_tell
        assert () == after.unlawful

    def test_law_alone(self):
        """With the facts of one day and the law of two, what changed cites SSI 2025/405 or reads the law of the day."""
        change = diff(P.check(law_as_at=LAST), P.check(law_as_at=FIRST))
        assert change
        assert "SSI 2025/405" in {citation.instrument.id for citation in change.citations if citation.url}

    def test_days_before(self):
        """Between two days under one law an example answers the same but for what its facts change."""
        one, other = (P.check("lead agency", as_at=day) for day in ("2026-08-30", LAST))
        assert not diff(one, other)
