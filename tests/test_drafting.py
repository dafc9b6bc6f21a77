"""Drafting: what a draft holds, what is asked of one direction, and the changes that mend it."""

import pickle
from datetime import date
from functools import cache

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.partnerships import FEWER, partnerships

from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction
from scotintegration.drafting import DirectionReport, check_direction, draft_direction
from scotintegration.errors import DuplicateError, NotFoundError, UnlawfulStepError
from scotintegration.examples import EXAMPLES, example
from scotintegration.findings import Waiver
from scotintegration.lifecycle import StepKind
from scotintegration.money import Money
from scotintegration.registers import DirectionsRegister
from scotintegration.rules import RULES, Outcome, Reform, cannot_tell, fail, find, rule
from scotintegration.rules.drafting import PER_DIRECTION
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

BOARD = example("body-corporate")
NURSES, WARD = "district-nursing", "accident-emergency"
HELD = example("large-hospital")
READY = {
    "payment": "£1,250,000",
    "use": "Employ 24 WTE district nurses",
    "in_writing": True,
    "text": "Visit people at home in the evening too",
    "decided_on": "2026-09-16",
    "report": "paper 7",
    "marker": "health board",
    "issued_on": "2026-09-18",
    "issued_by": "chief officer",
    "sent_to": "nhs-glenmore",
    "effective_from": "2026-12-01",
    "monitoring": "report to each meeting",
    "review_on": "2027-01-31",
    "plan_link": "aim 2",
}
FIELDS = ("payment", "use", "in_writing", "text", "decided_on", "report", "marker", "plan_link", "review_on")


@rule(
    "TOY-SCHEME-drafting-title",
    cites="Toytown integration scheme cl. 8",
    severity="scheme",
    passes=BOARD,
    fails=BOARD.evolve(directions=BOARD.directions.issue(Direction("D-9", in_writing=True, given_to="nhs-glenmore"))),
    register=False,
)
def titled(p, on):
    """Every direction has a title."""
    for one in p.directions:
        if one.title is None:
            yield fail(f"directions[{one.id!r}].title", "no title", mend="give it a title")
    if not p.directions.complete:
        yield cannot_tell("directions", "the whole register")
        yield cannot_tell("directions['elsewhere']", "whether it has a title")


def in_december(p):
    """Let the draft bind in December 2026."""
    *others, step = p.directions.steps
    paper = step.direction.evolve(effective_from="2026-12-01", ends_on="2026-12-31", year="2026/27")
    steps = [*others, attrs.evolve(step, direction=paper, on="2026-12-01")]
    return p.evolve(directions=attrs.evolve(p.directions, steps=steps))


@rule(
    "TOY-SCHEME-drafting-soon",
    cites="Toytown integration scheme cl. 9",
    severity="scheme",
    passes=BOARD,
    fails=BOARD,
    mends=in_december,
    register=False,
)
def soon(p, on):
    """No direction that ends in February begins then."""
    for one in p.directions:
        if str(one.ends_on) == "2027-02-28" or str(one.effective_from) == "2027-02-01":
            yield fail(f"directions[{one.id!r}]", "too late", mend="let it bind in December")


@cache
def starts(name):
    """Pair each direction of an example with the day from which it binds."""
    return [(one, one.binds_from) for one in example(name).directions.directions]


def draft(p=BOARD, functions=(NURSES,), **fields):
    """Draft a direction to the Health Board."""
    return draft_direction(p, given_to=p.health_board, functions=functions, **fields)


def pinpoints(report):
    """List the provisions of the breaches of statute."""
    return {one.citation.pinpoint for one in report.unlawful}


def said(result):
    """Give where and what a rule found."""
    return [(one.outcome.value, one.where, one.what) for one in result]


class TestLaws:
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_in_force(self, name):
        """Every direction of every example is lawful on its first day, and the whole check finds the same of it."""
        p = example(name)
        reports = [(one, check_direction(p, one)) for one, _ in starts(name)]
        assert {True} >= {report.lawful for _, report in reports}
        assert [report.as_at for _, report in reports] == [start for _, start in starts(name)]
        for one, report in reports[:: max(1, len(reports) // 4)]:
            whole = p.check(as_at=report.as_at)
            for result in report:
                spot = f"directions[{one.id!r}]"
                assert said(result) == [found for found in said(whole[result.id]) if found[1].startswith(spot)]

    @pytest.mark.parametrize("id", sorted(PER_DIRECTION))
    def test_faulty(self, id):
        """What a rule finds at a direction of the example that breaks it, it finds when asked of that direction."""
        p = find(id).failing()
        if p is None:
            return
        for one in p.directions.in_force(on=p.as_at).items[:3]:
            report = check_direction(p, one, rules=id)
            whole = said(p.check(as_at=report.as_at, rules=id)[id])
            spot = f"directions[{one.id!r}]"
            assert {found for found in whole if found[1].startswith(spot)} <= set(said(report[id]))

    @FEWER
    @given(st.data(), partnerships(models="a"))
    def test_strict(self, data, p):
        """What a strict register refuses to issue is never called lawful."""
        names = [one.id for one in p.scheme.functions.items] or ["care-at-home"]
        earlier = [one.full_reference for one in p.directions.directions] or ["2026/27/none"]
        paper = draft_direction(
            p,
            given_to=data.draw(st.sampled_from(["nhs-toytown", "toy-council", "elsewhere"])),
            functions=data.draw(st.lists(st.sampled_from([*names, "lighthouses"]), unique=True)),
            strict=False,
            in_writing=data.draw(st.sampled_from([True, False, None, UNKNOWN])),
            revokes=data.draw(st.sampled_from([None, *earlier])),
            payment="£1",
            use="beds",
        )
        report = check_direction(p, paper, only="statute")
        assert pickle.loads(pickle.dumps(report)).summary == report.summary
        register = attrs.evolve(p.register, strict=True)
        try:
            register.issue(paper.evolve(issued_on=report.as_at, effective_from=report.as_at))
        except (UnlawfulStepError, NotFoundError):
            assert report.lawful is not True

    @given(st.data())
    def test_learning(self, data):
        """Learning what a draft says never turns an answer round."""
        full = draft(**{name: value for name, value in READY.items() if data.draw(st.booleans())})
        hidden = data.draw(st.lists(st.sampled_from(FIELDS), unique=True))
        vague = full.evolve(**dict.fromkeys(hidden, UNKNOWN))
        one, other = check_direction(BOARD, vague), check_direction(BOARD, full)
        assert one.lawful in (UNKNOWN, other.lawful)
        for result in one:
            if result.outcome in (Outcome.FAIL, Outcome.PASS) and result.id not in ("GUID-D16-not-retrospective",):
                assert result.outcome == other[result.id].outcome

    @settings(max_examples=12)
    @given(st.data())
    def test_mended(self, data):
        """The change that mends a finding leaves nothing of it; with all of them the draft is lawful."""
        p = data.draw(st.sampled_from([HELD, example("joint-board"), example("lead-agency-to-board")]))
        fields = {name: READY[name] for name in data.draw(st.lists(st.sampled_from(FIELDS), unique=True))}
        paper = draft(p, [data.draw(st.sampled_from([one.id for one in p.functions]))], **fields)
        for _ in range(2):
            report = check_direction(p, paper)
            for finding in report.findings:
                changes = report.change(finding)
                left = check_direction(p, report.direction.evolve(**changes), rules=finding.rule).findings
                assert not changes or finding.where not in [one.where for one in left]
                paper = paper.evolve(**changes)
        assert check_direction(p, paper).lawful


class TestDraft:
    def test_unwritten(self):
        """Nothing is filled in that was not said, neither for a function that is paid for nor for a sum set aside."""
        for p, function in ((BOARD, NURSES), (HELD, WARD)):
            paper = draft(p, [function])
            assert p.id == paper.issuer
            assert (p.health_board.id,) == paper.given_to.items
            assert (function,) == paper.functions.items
            assert Direction(paper.id, issuer=p.id, given_to=p.health_board, functions=[function]) == paper
            assert BOARD.draft_direction(given_to=BOARD.health_board, functions=[NURSES]) == draft()

    def test_given(self):
        """Bodies and functions may be values or ids, and other fields are those of a direction."""
        paper = draft_direction(BOARD, given_to=BOARD.parties, functions=[BOARD.functions[0], NURSES], payment="£5")
        assert {body.id for body in BOARD.parties} == set(paper.given_to)
        assert {BOARD.functions[0].id, NURSES} == set(paper.functions)
        assert Money("£5") == paper.payment
        assert "X" == draft(id="X").id
        with pytest.raises(TypeError, match="a Direction has no field 'paymnet'; expected 'payment'"):
            draft(paymnet="£5")

    def test_typing_error(self):
        """A body, a function or a direction that is not here is refused with what is near it, unless asked for."""
        for fields, near in (
            ({"functions": ["district-nursin"]}, "no function delegated on 2026-11-22 'district-nursin'; did you mean"),
            ({"given_to": "nhs-glenmor"}, "did you mean 'nhs-glenmore'"),
            ({"varies": "2026-0011"}, "no direction '2026-0011'"),
        ):
            asked = {"given_to": BOARD.health_board, "functions": [NURSES], **fields}
            with pytest.raises(NotFoundError, match=near):
                draft_direction(BOARD, **asked)
            paper = draft_direction(BOARD, **asked, strict=False)
            assert check_direction(BOARD, paper.evolve(payment="£1", use="beds", in_writing=True)).lawful is False
        assert "2026-001" == draft(varies="2026-001").varies

    def test_known_in_part(self):
        """What is known only in part refuses nothing."""
        scheme = attrs.evolve(BOARD.scheme, functions=Listing(BOARD.scheme.functions.items, complete=False))
        p = BOARD.evolve(scheme=scheme, directions=attrs.evolve(BOARD.directions, complete=False))
        assert ("anything",) == draft(p, ["anything"]).functions.items
        assert "2027-999" == draft(p, varies="2027-999").varies

    def test_day(self):
        """A function must be delegated on the day on which the direction takes effect."""
        gone = BOARD.scheme.functions.map(
            lambda one: attrs.evolve(one, until="2026-12-31") if one.id == NURSES else one
        )
        p = BOARD.evolve(scheme=attrs.evolve(BOARD.scheme, functions=gone))
        assert (NURSES,) == draft(p, effective_from="2026-12-31").functions.items
        with pytest.raises(NotFoundError, match="no function delegated on 2027-01-01"):
            draft(p, effective_from="2027-01-01")


class TestReference:
    def register(self, *ids):
        """Give a partnership whose register has directions with these years and references."""
        steps = [
            Step(kind=StepKind.ISSUE, direction=Direction(id, year=year, aliases=["2027-003"])) for year, id in ids
        ]
        return BOARD.evolve(directions=DirectionsRegister(BOARD.id, steps, strict=False))

    @pytest.mark.parametrize(
        ("expected", "ids"),
        [
            ("1", []),
            ("1", [("2026/27", "a title only")]),
            ("2026-053", [("2026/27", "2026-052"), ("2027/28", "2027-001")]),
            ("2026-001", [("2025/26", "2025-052")]),
            ("D12", [("2026/27", "D9"), ("2026/27", "D11"), ("2026/27", "D10")]),
            ("1.3", [("2026/27", "1.1"), ("2026/27", "1.2"), ("2026/27", "by title")]),
            ("2.1", [("2026/27", "1.4"), ("2026/27", "2.0")]),
            ("8", [(None, "7")]),
            ("100", [("2026/27", "99")]),
        ],
    )
    def test_next(self, expected, ids):
        """The next number of the year is taken, written as the last one is."""
        assert expected == draft(self.register(*ids)).id

    def test_year(self):
        """The year is that of the draft, and an alias is not free either."""
        p = self.register(("2026/27", "2026-052"), ("2027/28", "2027-002"))
        assert "2027-004" == draft(p, effective_from="2027-04-01").id == draft(p, year="2027/28").id
        assert "2026-053" == draft(p, year=UNKNOWN).id
        assert "2027-004" == draft(p, decided_on="2027-04-01").id

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_free(self, name):
        """The reference is free: it can be issued."""
        p = example(name)
        paper = draft(p, functions=[p.functions[0].id], in_writing=True, effective_from="2026-12-01")
        assert paper.id not in {one.id for one in p.directions}
        assert paper.id in {one.id for one in p.register.issue(paper)}


class TestCheck:
    def test_statute(self):
        """A draft that says nothing lacks the payment, the use and the writing; with them it is lawful."""
        paper = draft()
        report = BOARD.check_direction(paper)
        assert {"s.27(1)(b)", "s.27(1)(c)", "s.27(5)(b)"} == pinpoints(report)
        assert all(one.mend for one in report.unlawful)
        ready = paper.evolve(payment="£1,250,000", use="Employ 24 WTE district nurses", in_writing=True)
        report = check_direction(BOARD, ready)
        assert report.lawful is True
        assert {"guidance"} == {one.severity.value for one in report.findings}
        whole = ready.evolve(**READY, complements=[one.id for one in BOARD.directions.history(NURSES)])
        assert () == check_direction(BOARD, whole).findings

    def test_set_aside(self):
        """A draft for a sum set aside lacks the amount set aside."""
        (finding,) = [one for one in check_direction(HELD, draft(HELD, [WARD])).unlawful if "(1)(a)" in str(one)]
        assert "set aside" in finding.explain().to_text()

    def test_rules(self):
        """Asked are the rules about single directions; another that is shipped is left out, one's own is narrowed."""
        assert set(PER_DIRECTION) == {one.id for one in check_direction(BOARD, draft())}
        assert {"PBJW-s27-writing"} == {
            one.id for one in check_direction(BOARD, draft(), rules=["PBJW-s27-writing", "PBJW-s26-1-every-function"])
        }
        assert {"PBJW-s27-writing"} == {one.id for one in check_direction(BOARD, draft(), rules="PBJW-s27-writing")}
        assert UNKNOWN is check_direction(BOARD, draft(), rules="PBJW-s26-1-every-function").lawful
        report = check_direction(BOARD, draft(), rules=[*RULES, titled])
        assert {*PER_DIRECTION, titled.id} == {one.id for one in report}
        assert titled is report[titled.id].rule is report[titled.id].findings[0]._rule
        assert {"statute"} == {one.severity.value for one in check_direction(BOARD, draft(), only="statute")}

    def test_own(self):
        """Of a rule of one's own what it finds at this direction is kept, and what cannot be told of the whole."""
        untitled = Direction("D-8", given_to="nhs-glenmore", functions=[NURSES], in_writing=True)
        p = BOARD.evolve(directions=attrs.evolve(BOARD.directions.issue(untitled), complete=False))
        paper = draft(p)
        report = check_direction(p, paper, rules=titled)
        assert [f"directions[{paper.id!r}].title", "directions"] == [one.where for one in report.findings]
        assert ["directions"] == [
            one.where for one in check_direction(p, paper.evolve(title="Nurses"), rules=titled).findings
        ]
        assert {} == report.change(report.findings[0])
        assert "" == report.to_do().to_records()[0]["as code"]

    def test_waiver(self):
        """Leave to fail a rule changes the outcome, and never whether it is lawful."""
        held = Waiver("PBJW-s27-writing", subject="*", reason="r", approved_by="a", expires="2027-01-01")
        report = check_direction(BOARD, draft(), waivers=[held])
        assert ("waived", "fail") == (report["PBJW-s27-writing"].outcome, report["PBJW-s27-writing"].would_be)
        assert report.lawful is False
        assert (held,) == report.waivers

    def test_reform(self):
        """Under a reform rules go and come, and the report says so."""
        reform = Reform("plain").remove("PBJW-s27-writing").add(titled)
        report = check_direction(BOARD, draft(), reform=reform)
        assert {*PER_DIRECTION, titled.id} - {"PBJW-s27-writing"} == {one.id for one in report}
        assert "under the reform 'plain'" in str(report)

    def test_missing(self):
        """A reference that is not there is refused."""
        with pytest.raises(NotFoundError):
            check_direction(BOARD, "2026-9999")
        assert "2026-001" == check_direction(BOARD, ("2026/27", "2026-001")).direction.id


class TestDay:
    def test_effective(self):
        """Facts and law are those of the day on which it takes effect, else of the day that governs."""
        for expected, fields in (
            ("2026-11-22", {}),
            ("2026-11-22", {"ends_on": "2026-06-30"}),
            ("2027-01-01", {"effective_from": "2027-01-01"}),
            ("2026-12-16", {"decided_on": "2026-12-16"}),
            ("2026-11-22", {"decided_on": "2026-10-01"}),
            ("2026-12-20", {"issued_on": "2026-12-20"}),
            ("2026-11-22", {"effective_from": UNKNOWN}),
        ):
            report = check_direction(BOARD, draft(**fields))
            assert (expected, expected) == (str(report.as_at), str(report.law_as_at))

    def test_law_as_at(self):
        """The law of another day, once asked for, stays; before the guidance of 2020 it is not asked."""
        report = check_direction(BOARD.at("2026-11-22", law_as_at="2019-12-31"), draft())
        assert "2019-12-31" == str(report.law_as_at)
        assert "not applicable" == report["GUID-dir-content"].outcome
        assert "law as at 2019-12-31" in str(report)


class TestEarlier:
    @pytest.mark.parametrize("field", ["varies", "revokes", "supersedes"])
    def test_own(self, field):
        """A draft may end an earlier direction of its authority, though that is still to bind."""
        later = Direction("D-1", issued_on="2026-10-01", effective_from="2028-04-01", in_writing=True)
        p = BOARD.evolve(directions=attrs.evolve(BOARD.directions, strict=False).issue(later))
        for expected, target in (("pass", "2026-001"), ("pass", "D-1"), ("fail", "2027-001")):
            paper = draft(p, payment="£1", use="beds", in_writing=True, **{field: target})
            assert expected == check_direction(p, paper)["PBJW-s27-5a-vary-own"].outcome

    def test_ended(self):
        """What it ends is no longer beside it, and is ended in the partnership in which its findings are found."""
        live = next(one for one in BOARD.directions.history(NURSES) if one in BOARD.directions.in_force(on=BOARD.as_at))
        beside, instead = draft(), draft(supersedes=live.id)
        assert "warn" == check_direction(BOARD, beside)["GUID-D07-one-in-force"].outcome
        report = check_direction(BOARD, instead)
        assert "pass" == report["GUID-D07-one-in-force"].outcome
        world = report.findings[0]._subject
        assert ("superseded", "in force") == tuple(
            world.directions.state(one, on=world.as_at) for one in (live.id, instead.id)
        )

    def test_strangers(self):
        """A target that is not there, or is another authority's, and a draft of another issuer, are unlawful."""
        other = Direction("X-1", issuer="elsewhere-ijb", effective_from="2026-04-01", in_writing=True)
        p = BOARD.evolve(directions=attrs.evolve(BOARD.directions, strict=False).issue(other))
        for fields in ({"varies": "2026-999"}, {"varies": "X-1"}, {"issuer": "elsewhere-ijb"}):
            paper = draft(p, payment="£1", use="beds", in_writing=True, strict=False, **fields)
            assert check_direction(p, paper).lawful is False

    def test_several_years(self):
        """A target whose reference several years use is judged by each of them."""
        steps = [
            Step(
                kind=StepKind.ISSUE, direction=Direction("1", year=year, in_writing=True, issued_on=f"{year[:4]}-04-01")
            )
            for year in ("2025/26", "2026/27")
        ]
        p = BOARD.evolve(directions=DirectionsRegister(BOARD.id, steps))
        paper = draft(p, varies="1", strict=False, payment="£1", use="beds", in_writing=True)
        assert "pass" == check_direction(p, paper)["PBJW-s27-5a-vary-own"].outcome
        with pytest.raises(ValueError, match="2025/26"):
            draft(p, varies="1")


class TestTaken:
    def test_duplicate(self):
        """Other words under the reference of a direction that was given are refused."""
        given_one = BOARD.directions["2026-001"]
        with pytest.raises(DuplicateError, match="second direction '2026-001'"):
            check_direction(BOARD, given_one.evolve(use="something else"))
        assert check_direction(BOARD, given_one.evolve(issuer=None)).lawful
        undated = Direction("D-1", given_to="nhs-glenmore")
        p = BOARD.evolve(directions=attrs.evolve(BOARD.directions, strict=False).issue(undated.evolve(issuer=UNKNOWN)))
        assert "s.27(5)(b)" in pinpoints(check_direction(p, "D-1"))

    def test_draft_of_the_register(self):
        """A draft that the register has may be put in other words, which are then judged in its place."""
        paper = draft(effective_from="2026-12-01", year="2026/27")
        step = Step(kind=StepKind.ISSUE, direction=paper, on=paper.binds_from)
        p = BOARD.evolve(directions=attrs.evolve(BOARD.directions, steps=[*BOARD.directions.steps, step], strict=False))
        assert {"s.27(1)(b)", "s.27(1)(c)", "s.27(5)(b)"} == pinpoints(check_direction(p, paper))
        report = check_direction(p, paper.evolve(**READY | {"effective_from": "2026-12-02", "plan_link": None}))
        assert report.lawful is True
        world = report.findings[0]._subject.directions
        assert "2026-12-02" == str(world[paper.id].binds_from) == str(world.steps[-1].on)
        assert len(world) == len(p.directions)


class TestToDo:
    def test_change(self):
        """The change of a finding is the smallest of the draft's own fields after which it is gone."""
        report = check_direction(BOARD, draft())
        changes = {one.where.rpartition(".")[2]: report.change(one) for one in report.findings}
        assert {"in_writing": True} == changes["in_writing"]
        assert {"payment": Money(0)} == changes["payment"]
        assert all(len(one) == 1 for one in changes.values())

    def test_table(self):
        """Each missing item stands beside its provision and the change as code, breaches of statute first."""
        report = check_direction(BOARD, draft())
        rows = report.to_do().to_records()
        assert len(report.findings) == len(rows)
        assert ["s. 27(1)(b)", "s. 27(1)(c)", "s. 27(5)(b)"] == [one["provision"] for one in rows[:3]]
        assert "draft.evolve(in_writing=True)" == rows[2]["as code"]
        for row in rows:
            made = eval(row["as code"], {"draft": report.direction})
            left = check_direction(BOARD, made).findings
            assert (row["where"], row["what is missing"]) not in [(one.where, one.said) for one in left]
        assert "What a change states has still to be made true." in str(report.to_do())

    def test_elsewhere(self):
        """What no change of the draft's own fields mends is a change of the partnership, or nothing is known."""
        scheme = attrs.evolve(
            BOARD.scheme,
            functions=BOARD.scheme.functions.map(
                lambda one: attrs.evolve(one, funding=UNKNOWN) if one.id == NURSES else one
            ),
        )
        p = BOARD.evolve(scheme=scheme)
        report = check_direction(p, draft(p, set_aside=UNKNOWN, **READY), rules="PBJW-s27-1a-set-aside-amount")
        (finding,) = report.findings
        assert {} == report.change(finding)
        assert report.to_do().to_records()[0]["as code"].startswith("p.evolve(")

    def test_gone(self):
        """Where the mend leaves the direction out, there is no change of its own fields."""
        paper = Direction("D-9", issuer=BOARD.id, revokes="2026-9999", in_writing=True, effective_from="2026-11-01")
        report = check_direction(BOARD, paper, rules="PBJW-s27-5a-vary-own")
        assert [{}] == [report.change(one) for one in report.findings]

    def test_together(self):
        """Where no field does it alone, all that the mend changes are changed together."""
        paper = draft(effective_from="2027-02-01", ends_on="2027-02-28")
        report = check_direction(BOARD, paper, rules=soon)
        changes = {"effective_from": date(2026, 12, 1), "ends_on": date(2026, 12, 31)}
        assert [changes] == [report.change(one) for one in report.findings]
        assert () == check_direction(BOARD, paper.evolve(**changes), rules=soon).findings

    def test_faces(self):
        """It is a report as any other, and says of which direction."""
        report = check_direction(BOARD, draft())
        assert isinstance(report, DirectionReport)
        assert report.to_text().startswith(f"Direction {draft().id!r}, Strathallan, as at 2026-11-22: not lawful: 3")
        assert "<table" in report._repr_html_()
        assert report.summary in report.to_json()
        assert FinancialYear.of(report.as_at) == report.findings[0]._subject.directions[draft().id].year
