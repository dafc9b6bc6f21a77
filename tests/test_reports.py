"""Reports of one partnership and of many."""

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.errors import NotFoundError, UnlawfulError
from scotintegration.examples import EXAMPLES, example
from scotintegration.findings import Waiver
from scotintegration.network import Network
from scotintegration.receipts import LAW_READ_ON
from scotintegration.reports import DISCLAIMER
from scotintegration.rules import Outcome, cannot_tell, check, check_network, fail, rule, warn
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN

P = example("body-corporate")
NET = Network(name="Made-up areas", as_at=P.as_at, partnerships=[P, example("joint-board")])
SAYS = {
    Outcome.FAIL: [fail("a <spot>", "amiss & odd", mend="put it right, soon")],
    Outcome.WARN: [warn("here", 'odd "quote"'), warn("there", "odd too")],
    Outcome.CANNOT_TELL: [cannot_tell("here", "not recorded")],
    Outcome.PASS: [],
}
COLUMNS = ["rule", "outcome", "severity", "topic", "where", "what", "provision", "what to do"]
QUIET = ("pass", "not applicable")


def made(id, *verdicts, severity="statute", cites="asp 2014/9 s.10(1)", **options):
    """Make a rule that says what it is given."""

    def says(p, on):
        """Nothing is amiss."""
        yield from verdicts

    return rule(id, cites=cites, severity=severity, passes=P, fails=P, register=False, **options)(says)


def waiver(rule, expires=P.as_at, subject="*"):
    """Make a waiver."""
    return Waiver(rule, subject=subject, reason="a reason", approved_by="somebody", expires=expires)


EVERY = [made(f"TOY-{outcome.name}", *verdicts) for outcome, verdicts in SAYS.items()]
EVERY += [
    made("TOY-OTHERS", models="d"),
    made("TOY-WAIVED", *SAYS[Outcome.FAIL]),
    made("TOY-GUIDANCE", *SAYS[Outcome.FAIL], severity="guidance"),
]
FULL = check(P, rules=EVERY, waivers=[waiver("TOY-WAIVED")])

outcomes = st.dictionaries(st.integers(0, 9), st.sampled_from(list(SAYS)))


def report(outcomes, **options):
    """Make a report whose rules come to the outcomes given."""
    return check(P, rules=[made(f"TOY-{number}", *SAYS[one], **options) for number, one in outcomes.items()])


class Table(HTMLParser):
    """Reads the cells of an HTML table, and how often each tag opens and closes."""

    def __init__(self, html):
        super().__init__()
        self.rows, self.tags, self.open, self.text = [], [], [], {}
        self.feed(html)
        self.close()
        assert [] == self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        assert tag == self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] in ("th", "td"):
            self.rows[-1][-1] += data
        elif self.open:
            self.text[self.open[-1]] = self.text.get(self.open[-1], "") + data


class TestFaces:
    @given(outcomes)
    def test_agree(self, outcomes):
        """Records, CSV, JSON and data frame hold the same rows, and text and HTML those with findings."""
        made = report(outcomes)
        records = made.to_records()
        assert records == json.loads(made.to_json())["records"]
        cells = [{name: row[name] for name in COLUMNS} for row in records]
        assert cells == made.to_frame().to_dict("records") == list(csv.DictReader(io.StringIO(made.to_csv())))
        loud = [row for row in records if row["outcome"] not in QUIET]
        assert [[row[name] for name in COLUMNS] for row in loud] == Table(made.to_html()).rows[1:]
        lines = [line for line in made.to_text().split("\n") if line.startswith("  ") and "to mend:" not in line]
        for line, row in zip(lines, loud, strict=True):
            assert f"  {row['outcome']:<11}  {row['rule']}: {row['where']}: {row['what']} [{row['provision']}]" == line
        mends = re.findall("to mend: (.*)", made.to_text())
        assert [row["what to do"] for row in loud if row["what to do"]] == mends

    @given(outcomes)
    def test_every_finding_once(self, outcomes):
        """Every finding stands in the records once, and every quiet rule has one row."""
        made = report(outcomes)
        loud = [row for row in made.to_records() if row["where"]]
        assert sorted((one.rule, one.where, one.what) for one in made.findings) == sorted(
            (row["rule"], row["where"], row["what"]) for row in loud
        )
        assert len(made.findings) + made.counts.get("pass", 0) == len(made.to_records())

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_examples(self, name):
        """The report of an example is the same bytes each time, and lists every rule."""
        one, other = example(name).check(), example(name).check()
        assert one.to_json() == other.to_json()
        assert str(one) == str(other)
        assert {result.id for result in one} == {row["rule"] for row in one.to_records()}

    def test_order(self):
        """Breaches stand first, then what is waived, cannot be told, warns, is kept, and is for others."""
        shown = [row["outcome"] for row in FULL.to_records()]
        assert ["fail", "fail", "waived", "cannot tell", "warn", "warn", "pass", "not applicable"] == shown
        assert ["TOY-FAIL", "TOY-GUIDANCE"] == [row["rule"] for row in FULL.to_records()[:2]]

    def test_quiet_rows(self):
        """A rule that is kept says so, and one that is for others says why."""
        rows = {row["rule"]: row for row in FULL.to_records()}
        assert "nothing found" == rows["TOY-PASS"]["what"]
        assert "it is for model d, not a" == rows["TOY-OTHERS"]["what"]
        assert P.name == rows["TOY-PASS"]["partnership"]

    def test_html(self):
        """The HTML has a caption and scoped headings, and no script, style or address in it."""
        html = FULL.to_html()
        table = Table(html)
        assert FULL.summary in table.text["caption"]
        assert DISCLAIMER in table.text["li"]
        scopes = [attributes.get("scope") for tag, attributes in table.tags if tag == "th"]
        assert ["col"] * len(COLUMNS) + ["row"] * (len(table.rows) - 1) == scopes
        assert {"table", "caption", "thead", "tbody", "tr", "th", "td", "ul", "li"} == {tag for tag, _ in table.tags}
        assert "a &lt;spot&gt;" in html
        assert html == FULL._repr_html_()

    def test_text(self):
        """The text begins with the answer and ends with the counts and the disclaimer."""
        lines = FULL.to_text().split("\n")
        assert f"Strathallan as at 2026-11-22: {FULL.summary}" == lines[0]
        counts = "2 fail, 1 waived, 1 cannot tell, 1 warn, 1 pass, 1 not applicable"
        assert f"{counts}. {DISCLAIMER}" == lines[-1]
        assert LAW_READ_ON.isoformat() in DISCLAIMER
        assert str(FULL) == FULL.to_text()

    def test_other_law(self):
        """A report under the law of another day says so."""
        assert "2026-11-22, law as at 2026-09-01: " in str(P.check(rules=[], law_as_at="2026-09-01"))

    def test_files(self, tmp_path):
        """What is written to a file is what is given."""
        for name in ("html", "csv", "json"):
            for one in (FULL, NET.check("money")):
                path = tmp_path / f"report.{name}"
                assert getattr(one, f"to_{name}")(path) == path.read_bytes().decode()


class TestAnswers:
    def test_parts(self):
        """Findings are sorted by what they come to; failures leave out what is waived, breaches of statute do not."""
        assert ["TOY-FAIL", "TOY-GUIDANCE"] == [one.rule for one in FULL.failures]
        assert ["TOY-FAIL", "TOY-WAIVED"] == [one.rule for one in FULL.unlawful]
        assert ["TOY-CANNOT_TELL"] == [one.rule for one in FULL.cannot_tell]
        assert ["TOY-WARN", "TOY-WARN"] == [one.rule for one in FULL.warnings]
        assert FULL.findings == tuple(finding for result in FULL for finding in result)

    def test_mixed(self):
        """Of a rule that fails only the failures are unlawful, not what it warns of."""
        mixed = check(P, rules=[made("TOY-1", *SAYS[Outcome.WARN], *SAYS[Outcome.FAIL])])
        assert ["fail"] == [one.outcome for one in mixed.unlawful]

    def test_by_rule(self):
        """A rule is asked for by its id; one that was not asked is not there."""
        assert "fail" == FULL["TOY-FAIL"].outcome
        with pytest.raises(NotFoundError, match="no rule in this report 'TOY-FALI'; did you mean 'TOY-FAIL'"):
            FULL["TOY-FALI"]

    def test_lawful(self):
        """Only statute counts: False, UNKNOWN or True."""
        answers = {
            outcome: [report({1: outcome}, severity=severity).lawful for severity in ("statute", "guidance")]
            for outcome in SAYS
        }
        assert {
            Outcome.FAIL: [False, UNKNOWN],
            Outcome.WARN: [True, UNKNOWN],
            Outcome.CANNOT_TELL: [UNKNOWN, UNKNOWN],
            Outcome.PASS: [True, UNKNOWN],
        } == answers

    def test_nothing_asked(self):
        """Where no rule of statute was asked that applies, nobody can say that it is lawful."""
        p = example("body-corporate")
        for nothing in (p.check("lead agency"), p.check(rules=[]), p.check(law_as_at="2010-01-01")):
            assert UNKNOWN is nothing.lawful
            assert nothing.summary == "no rule of statute that was asked applies"
        assert "no rule of guidance that was asked applies" == p.check(only="guidance", law_as_at="2010-01-01").summary

    def test_not_of_statute(self):
        """Where no rule of statute was asked, the others are counted by what they come to."""
        kept = check(P, rules=[made("TOY-1", severity="guidance")])
        assert "no rule of statute was asked; of 1 rule of guidance: 1 kept" == kept.summary
        rules = [made(f"TOY-{one.name}", *SAYS[one], severity="guidance") for one in SAYS]
        mixed = check(P, rules=[*rules, made("TOY-X", *SAYS[Outcome.FAIL], severity="scheme")])
        told = "2 broken, 1 cannot be told, 1 to be looked at, 1 kept"
        assert f"no rule of statute was asked; of 5 rules of guidance, scheme: {told}" == mixed.summary

    def test_permissions(self):
        """A rule that only permits is no rule kept: it stands apart from the counts, and is there to be seen."""
        permits = made("TOY-MAY", modality="may")
        alone = check(P, rules=[permits])
        assert ((True, {}), ["TOY-MAY"]) == ((alone.lawful, alone.counts), [one.id for one in alone.permissions])
        assert "lawful: what was asked of statute only permits" == alone.summary
        assert f"no duty or ban; 1 permission apart. {DISCLAIMER}" == alone.to_text().split("\n")[-1]
        both = check(P, rules=[permits, made("TOY-MAY-2", modality="may"), made("TOY-1")])
        assert "lawful: the one rule of statute asked is kept" == both.summary
        assert f"1 pass; 2 permissions apart. {DISCLAIMER}" == both.to_text().split("\n")[-1]
        assert "1 pass; 2 permissions apart." in both.to_table().notes
        open_ = check(P, rules=[made("TOY-MAY", *SAYS[Outcome.CANNOT_TELL], modality="may"), made("TOY-1")])
        assert ("no breach found; 1 of 2 cannot be told", ()) == (open_.summary, open_.permissions)

    def test_real_area(self):
        """Of a real area only duties and bans are counted: Fife keeps fewer than ten rules for all that is recorded."""
        fife = scotland(as_at="2026-11-22")["Fife"].check()
        assert all(one.rule.modality.value == "may" for one in fife.permissions)
        assert len(fife.results) == sum(fife.counts.values()) + len(fife.permissions)
        assert 0 < fife.counts["pass"] < 10

    def test_to_settle(self):
        """A fact that is missing is one row, however many rules say it and in whatever words, under its own path."""
        table = scotland(as_at="2026-11-22")["Fife"].check().to_settle()
        rows = {(row["where"], row["what is not recorded"]): row for row in table}
        assert len(rows) == len(table)
        (passed,) = [row for row in table if row["where"] == "scheme.delegated_on"]
        assert ("the day functions passed", True) == (passed["what is not recorded"], passed["rules"] > 4)
        assert ("directions", "the whole register") == next(iter(rows))
        assert not any("recorded" in row["what is not recorded"] for row in table)
        one = check(P, rules=[made("TOY-1", cannot_tell("here", "a fact"))]).to_settle()
        assert "1 fact that would settle" in one.caption

    def test_most_awaited(self):
        """Where much cannot be told the facts that settle most of it are told, and every other finding one by one."""
        fife = scotland(as_at="2026-11-22")["Fife"].check()
        heading, about, *lines = fife.to_text().split("\n")
        awaited = fife.to_settle()
        assert heading == f"Fife as at 2026-11-22: {fife.summary}"
        assert about.startswith(f"  {len({one.rule for one in fife.cannot_tell})} rules cannot be told")
        assert [f"  {row['rules']:>5}  {row['where']}: {row['what is not recorded']}" for row in awaited][:20] == lines[
            :20
        ]
        assert f"and {len(awaited) - 20} more facts" in lines[20]
        html = Table(fife._repr_html_())
        assert fife.summary in html.text["caption"]
        assert 21 == len(html.rows)
        told = Table(fife.to_html())
        assert len(told.rows) > len(fife.cannot_tell)

    def test_awaited_beside_others(self):
        """What fails or warns is told first, also of a rule of which something else cannot be told."""
        doubts = [cannot_tell(f"members['m-{number}']", "a fact") for number in range(12)]
        report = check(
            P, rules=[made("TOY-1", *doubts, warn("here", "odd")), made("TOY-2", fail("there", "wrong", "mend it"))]
        )
        assert 12 == len(report.cannot_tell)
        assert 14 == sum(line.startswith(("  fail", "  warn", "  cannot")) for line in report.to_text().split("\n"))
        report = check(
            P,
            rules=[
                made("TOY-1", *doubts, *doubts[:1], warn("here", "odd")),
                made("TOY-2", fail("there", "no", "mend it")),
            ],
        )
        lines = report.to_text().split("\n")
        assert [lines[1].split()[0], lines[3].split()[0]] == ["fail", "warn"]
        assert "  1 rule cannot be told; how many wait for each fact that is not recorded:" == lines[4]
        assert 2 == report._repr_html_().count("<table")
        assert "odd" in report._repr_html_()
        assert "more facts" not in report.to_text()

    def test_timeline(self):
        """A report tells when a failure began, on its own partnership; one made by hand has none to ask."""
        vacant = example("vacant-chief-officer").check()
        line = vacant.timeline("PBJW-s10-chief-officer")
        assert date(2026, 6, 1) == line.failures[0].start
        assert date(2025, 11, 22) == line.spells[0].start
        short = vacant.timeline("PBJW-s10-chief-officer", between=("2026-05-31", "2026-06-01"))
        assert 2 == len(short)
        with pytest.raises(ValueError, match="this report has no partnership to ask again"):
            attrs.evolve(vacant, subject=None).timeline("PBJW-s10-chief-officer")

    def test_summary(self):
        """The summary gives the answer in a line, counting rules of statute that were asked."""
        assert [
            "lawful: the one rule of statute asked is kept",
            "no breach found; 2 of 3 cannot be told",
            "not lawful: 1 breach of statute",
            "not lawful: 2 breaches of statute",
        ] == [
            report(dict(enumerate(outcomes))).summary
            for outcomes in (
                [Outcome.PASS],
                [Outcome.CANNOT_TELL, Outcome.PASS, Outcome.CANNOT_TELL],
                [Outcome.FAIL, Outcome.CANNOT_TELL],
                [Outcome.FAIL, Outcome.FAIL],
            )
        ]
        others = check(P, rules=[made("TOY-1", models="d"), made("TOY-2", severity="guidance"), made("TOY-3")])
        assert "lawful: the one rule of statute asked is kept" == others.summary

    def test_raise(self):
        """A report that breaks statute raises with every breach; any other does not."""
        with pytest.raises(UnlawfulError) as caught:
            FULL.raise_if_unlawful()
        assert tuple(map(str, FULL.unlawful)) == caught.value.findings
        assert "'Strathallan' is unlawful: 2 findings" == str(caught.value).split("\n")[0]
        report({1: Outcome.CANNOT_TELL, 2: Outcome.WARN}).raise_if_unlawful()

    def test_citations(self):
        """Every provision behind a finding is cited once; rules that found nothing are not."""
        rules = [
            made("TOY-1", *SAYS[Outcome.WARN], cites="asp 2014/9 s.27(1), 26(1)"),
            made("TOY-2", *SAYS[Outcome.WARN], cites="asp 2014/9 s.26(1)"),
            made("TOY-3", cites="asp 2014/9 s.44(2)"),
        ]
        assert ["asp 2014/9 s.26(1)", "asp 2014/9 s.27(1)"] == [str(one) for one in check(P, rules=rules).citations]

    def test_size(self):
        """A report is as long as the rules that were asked."""
        assert len(EVERY) == len(FULL) == len(list(FULL)) == sum(FULL.counts.values())


class TestWaivers:
    def test_reported(self):
        """Waivers that are over and waivers that excused nothing are reported in every face."""
        waivers = [
            waiver("TOY-FAIL"),
            waiver("TOY-PASS"),
            waiver("TOY-OLD", expires="2026-11-21"),
            waiver("TOY-FAIL", subject="another-ijb"),
            waiver("TOY-GUIDANCE", subject=P.id),
        ]
        made = check(P, rules=EVERY, waivers=waivers)
        assert (waivers[2],) == made.expired_waivers
        assert (waivers[1], waivers[3]) == made.unused_waivers
        said = [
            "waiver of TOY-OLD expired on 2026-11-21",
            "waiver of TOY-PASS excused nothing",
            "waiver of TOY-FAIL excused nothing: 'another-ijb' was not asked",
        ]
        assert said == [line.strip() for line in str(made).split("\n") if line.startswith("  waiver ")]
        assert said == list(made.to_table().notes[:3])
        assert said == json.loads(made.to_json())["waivers"]

    @pytest.mark.parametrize(
        ("id", "end"), [("PBJW-s10-chief-oficer", "; did you mean 'PBJW-s10-chief-officer'?"), ("nobody at all", "")]
    )
    def test_mistyped(self, id, end):
        """A waiver of a rule that there is not says so, and which may have been meant; one not asked is just unused."""
        said = str(check(P, rules=EVERY, waivers=[waiver(id)]))
        assert f"  waiver of {id} excused nothing: there is no such rule{end}\n" in said
        assert "  waiver of BV-ijb excused nothing\n" in str(check(P, rules=EVERY, waivers=waiver("BV-ijb")))

    def test_none(self):
        """Where nobody waived anything nothing is said of it."""
        made = check(P, rules=EVERY)
        assert ((), ()) == (made.expired_waivers, made.unused_waivers)
        assert "waiver" not in str(made)

    def test_nobody_waives_statute(self):
        """A waived breach of statute is unlawful all the same."""
        made = check(P, rules=EVERY[:1], waivers=[waiver("TOY-FAIL")])
        assert made.lawful is False
        assert "waived" == made["TOY-FAIL"].outcome
        assert "not lawful: 1 breach of statute" == made.summary


class TestReceipt:
    def test_settings(self):
        """A receipt names the days, what was asked, and a fingerprint of the answer."""
        receipt = FULL.receipt
        assert ("check", P.as_at, P.as_at) == (receipt.of, receipt.as_at, receipt.law_as_at)
        assert {"partnership": P.id, "rules": len(EVERY), "waivers": 1} == dict(receipt.settings)

    def test_digest(self):
        """Equal answers have equal fingerprints, different ones do not."""
        again = check(P, rules=EVERY, waivers=[waiver("TOY-WAIVED")])
        assert FULL.receipt.digest == again.receipt.digest
        others = [check(P, rules=EVERY), check(P, rules=EVERY[:-1], waivers=FULL.waivers)]
        assert 3 == len({one.receipt.digest for one in (FULL, *others)})

    def test_in_json(self):
        """The JSON carries the answer and the receipt; UNKNOWN is null."""
        data = json.loads(FULL.to_json())
        assert (P.id, P.name, False, FULL.summary) == (
            data["partnership"],
            data["name"],
            data["lawful"],
            data["summary"],
        )
        assert FULL.receipt.to_dict() == data["receipt"]
        assert json.loads(report({1: Outcome.CANNOT_TELL}).to_json())["lawful"] is None


class TestNetworkReport:
    REPORT = check_network(NET, rules=EVERY, waivers=[waiver("TOY-WAIVED")])

    def test_by_area(self):
        """The report of one partnership is found by name or id."""
        assert (P.name, P.name) == (self.REPORT[P.name].name, self.REPORT[P.id].name)
        with pytest.raises(NotFoundError, match="no area 'Strathalan'; did you mean 'Strathallan'"):
            self.REPORT["Strathalan"]

    def test_together(self):
        """What is found in a network is what is found in each of its partnerships."""
        assert list(self.REPORT) == list(self.REPORT.reports)
        assert 2 == len(self.REPORT)
        assert tuple(one for report in self.REPORT for one in report.findings) == self.REPORT.findings
        assert tuple(one for report in self.REPORT for one in report.unlawful) == self.REPORT.unlawful

    @pytest.mark.parametrize(
        ("expected", "outcome"), [(False, Outcome.FAIL), (UNKNOWN, Outcome.CANNOT_TELL), (True, Outcome.WARN)]
    )
    def test_lawful(self, expected, outcome):
        """One breach anywhere is a breach, and one gap a gap."""
        here = made("TOY-1", *SAYS[outcome], councils="one")
        assert expected is check_network(NET, rules=[here]).lawful

    def test_faces_agree(self):
        """Table, CSV, JSON and data frame hold every rule of every partnership."""
        rows = self.REPORT.by_partnership().to_records()
        assert len(NET) * len(EVERY) == len(rows) == len(self.REPORT.to_frame())
        assert [{key: str(cell) for key, cell in row.items()} for row in rows] == list(
            csv.DictReader(io.StringIO(self.REPORT.to_csv()))
        )
        data = json.loads(self.REPORT.to_json())
        assert [json.loads(report.to_json()) for report in self.REPORT] == data["reports"]
        assert (NET.name, self.REPORT.receipt.to_dict()) == (data["name"], data["receipt"])
        for row in rows:
            result = self.REPORT[row["id"]][row["rule"]]
            assert (result.outcome, len(result.findings)) == (row["outcome"], row["findings"])

    def test_page(self):
        """The page has a row a partnership with the number of duties and bans of each outcome."""
        table = self.REPORT.to_table()
        assert [report.name for report in self.REPORT] == [row["partnership"] for row in table]
        for row, report in zip(table, self.REPORT, strict=True):
            assert report.summary == row["answer"]
            assert report.counts == {name: row[name] for name in report.counts}
        assert table.to_text() == self.REPORT.to_text() == str(self.REPORT)
        html = self.REPORT.to_html()
        assert html == self.REPORT._repr_html_()
        assert ["Made-up areas as at 2026-11-22"] == [Table(html).text["caption"]]
        assert len(NET) + 1 == len(Table(html).rows)

    def test_waivers(self):
        """Waivers that are over and those that excused nothing anywhere are reported in every face."""
        waivers = [
            waiver("TOY-WAIVED", subject=P.id),
            waiver("TOY-PASS"),
            waiver("TOY-WAIVED", expires="2026-11-21"),
            waiver("TOY-FAIL", subject="another-ijb"),
        ]
        made = check_network(NET, rules=EVERY, waivers=waivers)
        assert ((waivers[2],), (waivers[1], waivers[3])) == (made.expired_waivers, made.unused_waivers)
        said = [
            "waiver of TOY-WAIVED expired on 2026-11-21",
            "waiver of TOY-PASS excused nothing",
            "waiver of TOY-FAIL excused nothing: 'another-ijb' was not asked",
        ]
        assert said == list(made.to_table().notes[:3]) == list(made.by_partnership().notes[:3])
        assert said == json.loads(made.to_json())["waivers"]
        assert all(one in str(made) for one in said)

    def test_other_law(self):
        """A network under the law of another day says so."""
        made = check_network(NET, rules=[], law_as_at="2026-09-01")
        assert "Made-up areas as at 2026-11-22, law as at 2026-09-01" == made.to_table().caption == made.about()

    def test_pivot(self):
        """The data frame pivots by partnership and outcome."""
        frame = self.REPORT.to_frame()
        counts = frame.pivot_table(index="partnership", columns="outcome", values="rule", aggfunc="count")
        assert 2 == counts.loc[P.name, "fail"]

    def test_receipt(self):
        """The receipt counts the partnerships, and its fingerprint is of every report."""
        assert {"network": NET.name, "partnerships": 2, "waivers": 1} == dict(self.REPORT.receipt.settings)
        assert self.REPORT.receipt.digest != check_network(NET, rules=EVERY).receipt.digest
