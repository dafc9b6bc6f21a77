"""What changed between two reports, two partnerships and two networks."""

import re
from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import FEWER, partnerships

import scotintegration as si
from scotintegration.differences import ABSENT, diff
from scotintegration.differences._differing import _PARTS
from scotintegration.examples import EXAMPLES, example
from scotintegration.money import Money
from scotintegration.reports import DISCLAIMER
from scotintegration.rules import Outcome, Reform, cannot_tell, check, check_network, fail, rule, warn
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

    def test_heading(self):
        """The heading says the days of the law where one is not that of the facts, and the reform."""
        other = P.check(rules=[], law_as_at="2026-08-31")
        assert (
            "Strathallan as at 2026-11-22, law as at 2026-11-22 against Strathallan as at 2026-11-22, "
            "law as at 2026-08-31: 0 rules changed"
        ) == diff(P.check(rules=[]), other).to_table().caption
        reformed = P.check(rules=[], reform=Reform("five a side"))
        assert (
            "Strathallan as at 2026-11-22 against Strathallan as at 2026-11-22, under the reform 'five a side': "
            "0 rules changed"
        ) == diff(P.check(rules=[]), reformed).to_table().caption
        assert "2026-11-22 against Strathallan as at 2026-01-01: " in str(diff(P.check(), P.check(as_at="2026-01-01")))

    def test_why(self):
        """A row says why: what was found, or why the rule no longer applies."""
        old = made("TOY-1", fail("here", "amiss", mend="x"), until=LAST)
        before, after = (check(P, rules=[old], law_as_at=day) for day in (LAST, FIRST))
        (row,) = diff(before, after).to_table()
        assert ("fail", "not applicable") == (row["before"], row["after"])
        assert "not on 2026-09-01" in row["why"]
        (row,) = diff(after, before).to_table()
        assert "here: amiss" == row["why"]


def network(*partnerships, name="Toyland", as_at="2026-11-22"):
    """Make a network."""
    return si.Network(name=name, as_at=as_at, partnerships=partnerships)


class TestNetworks:
    BEFORE = network(P, example("joint-board"))
    AFTER = network(P, example("lead-agency-both-ways"))

    @given(reports, reports)
    def test_pairs(self, before, after):
        """What changed in a network is what changed in each of its partnerships."""
        one, other = (
            check_network(self.BEFORE, rules=[made(f"TOY-{n}", *SAYS[said]) for n, said in outcomes.items()])
            for outcomes in (before, after)
        )
        change = diff(one, other)
        assert bool(change) is any(diff(one[p.id], other[p.id]) for p in self.BEFORE)
        assert [pair.before.partnership for pair in change.pairs] == [
            p.id for p in self.BEFORE if diff(one[p.id], other[p.id])
        ]
        assert sum(len(pair.rules_changed) for pair in change.pairs) == len(change.to_table())
        assert set(change.citations) == {citation for pair in change.pairs for citation in pair.citations}

    def test_text(self):
        """The text names the partnerships that only one has, and each rule that changed with its partnership."""
        rules = [made("TOY-1", fail("here", "amiss", mend="x"), until=LAST)]
        change = diff(*(check_network(self.BEFORE, rules=rules, law_as_at=day) for day in (LAST, FIRST)))
        assert "Toyland as at 2026-11-22, law as at 2026-08-31 against Toyland as at 2026-11-22" in str(change)
        assert "2 partnerships changed" in change.to_table().caption
        assert "  Strathallan: TOY-1: fail -> not applicable: Nothing is amiss [s. 10(1)]" in str(change).split("\n")
        other = diff(*(check_network(net, rules=rules) for net in (self.BEFORE, self.AFTER)))
        assert ((), ("Invercairn and Dunmorrow",), ("Ardlarich",)) == (other.pairs, other.only_left, other.only_right)
        assert ["  Invercairn and Dunmorrow: here -> not here", "  Ardlarich: not here -> here"] == str(other).split(
            "\n"
        )[1:3]
        assert other
        assert "0 partnerships changed" in other._repr_html_()
        one = check_network(network(P), rules=rules, law_as_at=LAST)
        assert "1 partnership changed" in diff(one, check_network(network(P), rules=[])).to_text()
        assert not diff(one, one)

    def test_mixed(self):
        """The report of a network does not compare with that of a partnership."""
        with pytest.raises(TypeError, match="got a NetworkReport and a Report"):
            diff(check_network(self.BEFORE, rules=[]), check(P, rules=[]))


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


def sides(difference):
    """Give the changes of a difference without their provisions."""
    return [(one.path, one.before, one.after) for one in difference.changes]


CHANGED = P.evolve(
    scheme=attrs.evolve(P.scheme, delegated_on="2016-05-01"),
    localities=[*P.localities, si.Locality("isle", name="The Isle")],
    members=P.members.where(lambda one: one.id != "chief-officer-2025"),
    evidence=P.evidence.map(
        lambda one: attrs.evolve(one, met=UNKNOWN) if one.duty == "PBJW-s22-cooperate" and one.on.year == 2024 else one
    ),
)


class TestTwoPartnerships:
    @FEWER
    @given(partnerships())
    def test_itself(self, p):
        """A partnership differs from itself in nothing, whatever its sources."""
        difference = diff(p, p.evolve(source={"name": "elsewhere"}))
        assert (False, (), ()) == (bool(difference), difference.changes, difference.citations)
        assert ((), ()) == (difference.only_left.kinds, difference.only_right.kinds)
        assert not difference.only_left

    @FEWER
    @given(partnerships(), partnerships())
    def test_mirrored(self, p, q):
        """The other way round the same differs, from right to left; and something does where they are not equal."""
        there, back = diff(p, q), diff(q, p)
        assert [(path, after, before) for path, before, after in sides(there)] == sides(back)
        assert [one.citations for one in there.changes] == [one.citations for one in back.changes]
        assert (there.only_left, there.only_right) == (back.only_right, back.only_left)
        assert (there.ended, there.begun) == (back.begun, back.ended)
        assert (p != q) is bool(there)
        assert there.citations == back.citations

    @FEWER
    @given(partnerships(), partnerships())
    def test_faces_agree(self, p, q):
        """Table, text and CSV have a row a change and a line, the notebook the first sixty."""
        change = diff(p, q)
        lines = (*change.only_left.lines, *change.only_right.lines, *change.ended, *change.begun)
        assert len(change.changes) + len(lines) == len(change.to_table(every=True)) >= len(change.to_table())
        assert change.to_table(every=True).to_csv() == change.to_csv()
        assert min(60, len(change.to_table())) == change._repr_html_().count('<th scope="row"')

    def test_text(self):
        """Scheme and bodies come first and money last, of each part what was added first; each with its provisions."""
        difference = diff(P, CHANGED)
        assert [
            "Strathallan as at 2026-11-22 against Strathallan as at 2026-11-22: 1 added, 1 removed, 2 changed",
            "  changed: scheme.delegated_on: 2016-04-01 -> 2016-05-01 [s. 29(1); s. 29(4); s. 29(5); s. 7; s. 9(3)]",
            "  removed: members['chief-officer-2025']: Member chief-officer-2025 [SSI 2014/285 art. 3(7B)]",
            "  added: localities['isle']: Locality isle",
            "  changed: evidence['PBJW-s22-cooperate@2024-03-20'].met: yes -> not recorded [s. 22]",
        ] == str(difference).split("\n")[:5]

    def test_values(self):
        """Values of the graph that one side lacks are there with their kinds, and so are its lines."""
        difference = diff(P, CHANGED)
        assert [P.members.where(lambda one: one.id == "chief-officer-2025")[0]] == list(difference.only_left.values)
        assert ("Member", "membership") == difference.only_left.kinds
        assert ("Locality",) == difference.only_right.kinds
        assert ABSENT is difference.changes[0].before or ABSENT is difference.changes[1].before

    def test_money(self):
        """Changes of a year's money are summed up by payer, but for a few; every one is a row where that is asked."""
        year, payer = P.budgets[0].year, P.health_board.id
        held = [one for one in P.budgets[0].payments if one.payer == payer]
        left = P.budgets[0].payments.where(lambda one: one.payer != payer)
        q = P.evolve(budgets=[attrs.evolve(P.budgets[0], payments=left), *P.budgets[1:]])
        total = sum((one.amount for one in held), Money(0))
        (row,) = diff(q, P).to_table().rows[:1]
        where = f"budgets[{str(year)!r}].payments from {payer}"
        assert ("added", where, "", f"{len(held)} values, {total} in all") == row[:4]
        assert f"  removed: {where}: {len(held)} values, {total} in all" in str(diff(P, q))
        every = diff(q, P).to_table(every=True)
        assert len(held) == sum(row["where"].startswith("budgets") for row in every)
        assert f"Payment {held[0].function}, {held[0].amount}" in {row["after"] for row in every}
        more = attrs.evolve(
            P.budgets[0], payments=[attrs.evolve(one, amount=Money(1)) for one in P.budgets[0].payments]
        )
        changed = diff(P, P.evolve(budgets=[more, *P.budgets[1:]])).to_table().rows
        assert ("changed", where, f"{len(held)} values, {total} in all", f"{len(held)} values, £0.26 in all") in [
            row[:4] for row in changed
        ]

    def test_order(self):
        """A table begins with scheme and bodies and ends with budgets and lines."""
        difference = diff(example("lead-agency-both-ways"), P)
        rows = [row for row in difference.to_table() if not row["change"].startswith("line")]
        parts = list(dict.fromkeys(re.split(r"[.\[]", row["where"])[0] for row in rows))
        assert ["id", "name", "scheme"] == parts[:3]
        assert parts.index("ijb") < parts.index("posts") < parts.index("members") < parts.index("functions")
        assert ["accounts", "budgets"] == parts[-2:]
        assert {field.name for field in attrs.fields(type(P)) if field.eq} <= set(_PARTS)

    def test_models(self):
        """A lead agency has a committee that watches it, a body corporate has a board and its chief officer."""
        difference = diff(example("lead-agency-both-ways"), example("body-corporate"))
        left, right = set(difference.only_left.kinds), set(difference.only_right.kinds)
        assert {"LeadAgency", "MonitoringCommittee"} <= left - right
        assert {"ChiefFinanceOfficer", "ChiefOfficer", "Direction", "IJB"} <= right - left
        assert f"<PartnershipDifference {difference._between}, {len(difference.changes)} changes>" == repr(difference)

    def test_moved(self):
        """Two days of one partnership differ in the day alone, and in the lines that hold on them."""
        difference = diff(P.at("2026-03-31"), P.at("2026-04-01"))
        assert [("as_at", date(2026, 3, 31), date(2026, 4, 1))] == sides(difference)
        assert {"2025/26"} == {str(line.year) for line in difference.ended if line.kind == "payment"}
        assert {"2026/27"} == {str(line.year) for line in difference.begun if line.kind == "payment"}
        assert not difference.only_left
        assert {"changed", "line begun", "line ended"} == {row["change"] for row in difference.to_table()}
        assert "1 change>" in repr(difference)

    def test_notebook(self):
        """A notebook shows sixty rows and says how many more there are."""
        shown = diff(example("lead-agency-both-ways"), P)._repr_html_()
        assert 60 == shown.count('<th scope="row"')
        assert "more: see to_csv()" in shown

    def test_cells(self):
        """Nothing recorded, nothing there, yes, no, and long texts are told apart."""
        q = P.evolve(
            ijb=attrs.evolve(P.ijb, category_1=False, order=None),
            standing_orders=UNKNOWN,
            scheme=attrs.evolve(P.scheme, models="a+b", set_aside_method="so " * 99),
        )
        cells = {row["where"]: (row["before"], row["after"]) for row in diff(P, q).to_table()}
        assert ("yes", "no") == cells["ijb.category_1"]
        assert "none" == cells["ijb.order"][1]
        assert ("a", "a, b") == cells["scheme.models"]
        assert ("StandingOrders standing-orders", "not recorded") == cells["standing_orders"]
        assert 100 == len(cells["scheme.set_aside_method"][1])
        q = P.evolve(scheme=attrs.evolve(P.scheme, conjoined=UNKNOWN, models=()))
        r = P.evolve(scheme=attrs.evolve(P.scheme, conjoined=None))
        cells = {row["where"]: (row["before"], row["after"]) for row in diff(q, r).to_table()}
        assert {"scheme.conjoined": ("not recorded", "none"), "scheme.models": ("none", "a")} == cells
        q = P.evolve(scheme=attrs.evolve(P.scheme, conjoined=()))
        assert [("none", "none")] == [(row["before"], row["after"]) for row in diff(q, r).to_table()]

    @pytest.mark.parametrize("other", [None, "report", network(P), P.check(only="guidance")], ids=str)
    def test_mixed(self, other):
        """Two of different kinds are refused with what would be right."""
        for pair in ((P, other), (other, P), (other, None)):
            with pytest.raises(
                TypeError, match=r"two reports of p\.check\(\), partnerships, networks, runs or ensembles, got a "
            ):
                diff(*pair)


class TestTwoNetworks:
    @FEWER
    @given(partnerships(), partnerships())
    def test_laws(self, p, q):
        """A network differs from itself in nothing, and the other way round in the same."""
        one, other = network(p), network(q)
        there, back = diff(one, other), diff(other, one)
        assert not diff(one, one)
        assert (one != other) is bool(there) is bool(back)
        assert (there.only_left, there.only_right) == (back.only_right, back.only_left)
        assert [sides(pair) for pair in there.pairs] == [
            [(path, after, before) for path, before, after in sides(pair)] for pair in back.pairs
        ]
        assert there.citations == back.citations

    def test_pairs(self):
        """Each partnership that both have and that differs is compared; the others and their bodies are listed."""
        lead = example("lead-agency-to-board")
        difference = diff(network(P, lead), network(CHANGED, name="Toyshire"))
        (pair,) = difference.pairs
        assert (P, CHANGED) == (pair.before, pair.after)
        assert lead == difference.only_left.values[0]
        assert {"Partnership", "HealthBoard", "LocalAuthority"} <= set(difference.only_left.kinds)
        assert not difference.only_right
        assert [("name", "Toyland", "Toyshire")] == sides(difference)
        assert "1 partnership changed>" in repr(difference)
        text = difference.to_text().split("\n")
        assert text[0].startswith("Toyland as at 2026-11-22 against Toyshire as at 2026-11-22: 0 values added, ")
        assert f"  removed: {lead.id}: Partnership {lead.id}" == text[1]
        assert "  changed: name: Toyland -> Toyshire" in text
        assert any(line.startswith("  Strathallan: added: localities['isle']") for line in text)
        assert len(difference.only_left.values) + 1 + len(pair.to_table()) == len(difference.to_table())
        came = diff(network(CHANGED), network(P, lead)).to_table()
        assert "added" == came.to_records()[0]["change"]

    def test_days(self):
        """Two days of Scotland differ in the day."""
        net = si.scotland(as_at="2026-11-22")
        difference = diff(net, net.at("2026-08-31"))
        assert ["as_at"] == [change.path for change in difference.changes]
        assert len(net) == len(difference.pairs)
