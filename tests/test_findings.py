"""Findings, waivers and explanations."""

import json
from datetime import date
from html.parser import HTMLParser

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scotintegration as si
from scotintegration.errors import DateError, RuleError
from scotintegration.examples import example
from scotintegration.findings import Explanation, Waiver
from scotintegration.rules import RULES, Modality, ask, cannot_tell, facts_of, fail, rule, warn
from scotintegration.scotland import scotland

P = example("body-corporate")
ODD = "a <b> & 'c'"

trees = st.recursive(
    st.builds(Explanation, st.text("ab <&", min_size=1, max_size=5)),
    lambda inner: st.builds(Explanation, st.text("ab <&", min_size=1, max_size=5), st.lists(inner, max_size=3)),
    max_leaves=10,
)


def waiver(**options):
    """Make a waiver."""
    given_options = {
        "subject": P.id,
        "reason": "the website moved",
        "approved_by": "the chair",
        "expires": "2026-12-31",
    }
    return Waiver(**{"rule": "TOY-1", **given_options, **options})


def found(verdict, *, cites="asp 2014/9 s.10(1)", fields="", **options):
    """Give what a rule finds that says one thing."""

    def says(p, on):
        """Nothing is amiss."""
        yield verdict

    made = rule("TOY-1", cites=cites, severity="statute", passes=P, fails=P, register=False, fields=fields, **options)(
        says
    )
    (finding,) = ask(made, P)
    return made, finding


def count(tree):
    """Count the sentences of an explanation."""
    return 1 + sum(map(count, tree.because))


def texts(tree):
    """List the sentences of an explanation from the top down."""
    yield tree.text
    for one in tree.because:
        yield from texts(one)


class Text(HTMLParser):
    """Reads the text of HTML, and how often each tag opens and closes."""

    def __init__(self, html):
        super().__init__()
        self.data, self.open = "", []
        self.tags = []
        self.feed(html)
        self.close()

    def handle_data(self, data):
        self.data += data

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag == self.open.pop()


class TestExplanation:
    @given(trees)
    def test_faces_agree(self, tree):
        """Text, HTML, plain data and JSON hold the same sentences."""
        assert count(tree) == len(tree.to_text().split("\n"))
        assert "".join(texts(tree)) == Text(tree.to_html()).data
        assert tree.to_dict() == json.loads(tree.to_json())
        assert tree == build(tree.to_dict())

    @given(trees)
    def test_html_is_closed(self, tree):
        """Every tag of the HTML is closed, and none is a script."""
        html = Text(tree._repr_html_())
        assert [] == html.open
        assert {"div"} <= set(html.tags) <= {"div", "ul", "li"}

    def test_text(self):
        """What a sentence rests on is set in below it."""
        tree = Explanation("a", [Explanation("b", [Explanation("c")]), Explanation("d")])
        assert "a\n  - b\n    - c\n  - d" == tree.to_text() == str(tree)
        assert "  - b\n    - c" == tree.because[0].to_text(1)
        assert "a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul>" == tree.to_html()

    def test_letters(self):
        """JSON keeps pounds and letters as they are."""
        assert '"text": "£5"' in Explanation("£5").to_json()


def build(data):
    """Turn the plain data of an explanation back into it."""
    return Explanation(data["text"], [build(one) for one in data["because"]])


class TestWaiver:
    @given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    def test_last_day(self, on, expires):
        """A waiver holds up to its last day, that day included."""
        assert (on <= expires) is waiver(expires=expires).covers("TOY-1", P.id, on)

    def test_whom(self):
        """A waiver is for one rule, and for one partnership or for any."""
        on = P.as_at
        assert [True, False, False] == [
            waiver().covers(rule, subject, on) for rule, subject in (("TOY-1", P.id), ("TOY-2", P.id), ("TOY-1", "x"))
        ]
        assert waiver(subject="*").covers("TOY-1", "x", on)

    @pytest.mark.parametrize("field", ["rule", "subject", "reason", "approved_by"])
    @pytest.mark.parametrize("blank", ["", "  "])
    def test_blank(self, field, blank):
        """Rule, subject, reason and name are not left blank."""
        with pytest.raises(ValueError, match=rf"^Waiver\.{field} must not be blank$"):
            waiver(**{field: blank})

    def test_expires(self):
        """A waiver has a last day."""
        with pytest.raises(TypeError, match=r"^Waiver\.expires must be a day, got None$"):
            waiver(expires=None)
        with pytest.raises(DateError):
            waiver(expires="next year")


class TestFinding:
    def test_text(self):
        """A finding prints rule, spot, what was found and the provision."""
        _, finding = found(fail("localities", "1 locality", mend="divide the area"), cites="asp 2014/9 s.29(3)(a)")
        assert "TOY-1: localities: 1 locality [s. 29(3)(a)]" == str(finding)
        assert finding.citations[0] is finding.citation

    def test_equality(self):
        """Findings are equal by what they say."""
        verdict = fail("a", "b", mend="c")
        assert found(verdict)[1] == found(verdict)[1] != found(fail("a", "b", mend="d"))[1]

    def test_explain(self):
        """An explanation has the provision with its address and days, the facts, what was set aside, and the mend."""
        verdict = fail("members", "too few", mend="nominate", considered=[("the deputy", "never appointed")])
        made, finding = found(verdict, cites="asp 2014/9 s.10(1); a scheme", fields="S.model; t", in_force="2014-09-22")
        tree = finding.explain()
        assert "members: too few" == tree.text
        law, facts, aside, mend = tree.because
        assert ("the law asks: Nothing is amiss", "what would mend it: nominate") == (law.text, mend.text)
        assert [
            "s. 10(1): https://www.legislation.gov.uk/asp/2014/9/section/10/1",
            "a scheme",
            "in force from 2014-09-22; law as at 2026-11-22",
        ] == [one.text for one in law.because]
        assert "the facts, as at 2026-11-22" == facts.text
        assert list(facts_of(made, P)) == [one.text for one in facts.because]
        assert ("looked at and set aside", "the deputy: never appointed") == (aside.text, aside.because[0].text)

    def test_explain_little(self):
        """Where no facts are named, nothing was set aside and nothing is to mend, nothing is said of them."""
        _, finding = found(warn("members", ODD))
        assert ["the law asks: Nothing is amiss"] == [one.text for one in finding.explain().because]
        assert "a &lt;b&gt; &amp; &#x27;c&#x27;" in finding.explain().to_html()

    def test_shown(self):
        """A notebook shows a finding and a waiver as tables with headings."""
        for value in (found(warn("members", ODD))[1], waiver()):
            html = Text(value._repr_html_())
            assert [] == html.open
            assert {"caption", "th"} <= set(html.tags)


class TestRuleResult:
    def test_reads_through(self):
        """A result gives what its rule declares and goes through what was found."""
        made, finding = found(warn("a", "b"))
        result = ask(made, P)
        assert ("TOY-1", "statute", made.citation) == (result.id, result.severity, result.citation)
        assert [finding] == list(result)

    def test_frozen(self):
        """What was found does not change."""
        _, finding = found(warn("a", "b"))
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            finding.what = "c"


class TestSaid:
    def test_missing_fact(self):
        """A fact that is missing is said to be missing, once."""
        p = scotland()["Fife"]
        texts = [finding.said for finding in p.check().cannot_tell]
        assert texts
        assert all(1 == text.count("not recorded") for text in texts)
        assert all(text.startswith("not recorded: ") for text in texts)
        assert all(finding.said in str(finding) for finding in p.check().cannot_tell)

    def test_own_words(self):
        """What says in words of its own that something is not recorded is left alone."""
        _, finding = found(cannot_tell("here", "it was not recorded then"))
        assert "it was not recorded then" == finding.said

    def test_breach(self):
        """A breach is said as it was found."""
        (finding,) = example("vacant-chief-officer").check().unlawful
        assert finding.what == finding.said


class TestMended:
    BROKEN = tuple(rule for rule in RULES if rule.modality is not Modality.MAY)

    @pytest.mark.parametrize("rule", BROKEN, ids=lambda rule: rule.id)
    def test_code(self, rule):
        """The code of every failure, run, makes the partnership in which the rule is kept."""
        p = rule.failing()
        finding = p.check(rules=[rule]).findings[0]
        made = eval(finding.code, {"p": p, "si": si, "attrs": attrs})
        assert made == finding.mended()
        assert () == made.check(rules=[rule]).findings

    def test_none_known(self):
        """A rule of one's own may have no mend: then there is no code, and asking for the mend says so."""
        _, finding = found(fail("members", ODD, mend="nominate a member"))
        assert "" == finding.code
        with pytest.raises(RuleError, match="no change of values that mends it is known; expected mends= with one"):
            finding.mended()

    def test_own(self):
        """A rule of one's own may bring its mend."""

        def renamed(p):
            return p.evolve(name="Toytown")

        @rule(
            "TOY-NAMED",
            cites="our scheme cl.1",
            severity="scheme",
            passes=renamed(P),
            fails=lambda p: p.evolve(name="Elsewhere"),
            mends=renamed,
            register=False,
        )
        def named(p, on):
            """The area is called Toytown."""
            if p.name != "Toytown":
                yield fail("name", p.name, mend="call it Toytown")

        p = P.evolve(name="Elsewhere")
        (finding,) = p.check(rules=[named]).findings
        assert "p.evolve(name='Toytown')" == finding.code
        assert "Toytown" == finding.mended().name
        kept = renamed(P)
        assert kept is named.mended(kept)
