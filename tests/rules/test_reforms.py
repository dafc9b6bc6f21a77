"""Tests of reforms: rules added, taken away and moved, and parameters of the law changed."""

import pytest

import scotintegration as si
from scotintegration.citations import cite
from scotintegration.dates import Interval
from scotintegration.errors import DateError, DuplicateError, NotFoundError
from scotintegration.examples import EXAMPLES, example
from scotintegration.law import PARAMETERS, Law
from scotintegration.rules import RULES, Outcome, Reform, fail, rule

SEATS = "fewest seats a side"
EQUAL = "IJBO-a3-3-equal"
MIN_THREE = "IJBO-a3-3-min-three"


def one_locality(p):
    """Leave one locality."""
    return p.evolve(localities=p.localities.items[:1])


@rule(
    "REFORM-TEST",
    cites="a white paper cl.1",
    severity="scheme",
    passes="body-corporate",
    fails=one_locality,
    register=False,
)
def many_localities(p, on):
    """There is more than one locality."""
    if len(p.localities) < 2:
        yield fail("localities", "one", mend="divide it")


class TestLaws:
    """What holds of every reform."""

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_nothing(self, name):
        """A reform that changes nothing changes no answer."""
        p = example(name)
        assert p.check().results == p.check(reform=Reform("nothing")).results

    def test_order(self):
        """The order in which different rules are changed does not matter."""
        one = Reform("r").remove(EQUAL).redate(MIN_THREE, until="2027-03-31")
        other = Reform("r").redate(MIN_THREE, until="2027-03-31").remove(EQUAL)
        assert one == other
        assert [(a.id, a.days) for a in one.rules()] == [(a.id, a.days) for a in other.rules()]

    def test_same_object(self):
        """Its methods leave it as it is."""
        reform = Reform("r")
        reform.remove(EQUAL).set(SEATS, 4, in_force="2027-04-01").add(many_localities)
        assert Reform("r") == reform

    @pytest.mark.parametrize("on", ["2014-11-27", "2014-11-28", "2027-03-31", "2027-04-01", "2028-03-31", "2028-04-01"])
    def test_one_value_a_day(self, on):
        """On every day a parameter has the value of the law or that of the reform, and one only."""
        reform = Reform("r").set(SEATS, 4, in_force="2027-04-01", until="2028-03-31")
        day = Law(on).as_at
        now = [one.value for one in reform.parameters if one.name == SEATS and day in one.days]
        assert ([] if on == "2014-11-27" else [4 if str(si.FinancialYear.of(day)) == "2027/28" else 3]) == now

    def test_every_other_parameter(self):
        """Other parameters stay."""
        reform = Reform("r").set(SEATS, 4, in_force="2027-04-01")
        assert [one for one in PARAMETERS if one.name != SEATS] == [
            one for one in reform.parameters if one.name != SEATS
        ]


class TestRules:
    """What it does to rules."""

    def test_add(self):
        """A rule that it adds reports."""
        p = one_locality(example("body-corporate"))
        report = p.check(reform=Reform("many").add(many_localities))
        assert Outcome.FAIL is report["REFORM-TEST"].outcome
        assert len(RULES) + 1 == len(report)
        assert "under the reform 'many'" in report.to_text()
        assert "many" == dict(report.receipt.settings)["reform"]

    def test_remove(self):
        """A rule that it takes away is not asked."""
        report = example("body-corporate").check(reform=Reform("r").remove(EQUAL))
        assert EQUAL not in {result.id for result in report}
        assert len(RULES) - 1 == len(report)

    def test_redate(self):
        """A rule that it moves is asked on its new days only."""
        reform = Reform("r").redate(EQUAL, in_force="2027-04-01")
        p = example("body-corporate")
        assert Outcome.NOT_APPLICABLE is p.check(reform=reform)[EQUAL].outcome
        assert Outcome.PASS is p.check(reform=reform, as_at="2027-04-01")[EQUAL].outcome

    def test_redate_end(self):
        """The day that is not given stays, and the last redating counts."""
        reform = Reform("r").redate(EQUAL, until="2026-12-31").redate(EQUAL, until="2027-03-31")
        assert ((EQUAL, Interval("2014-11-28", "2027-04-01")),) == reform.redated

    def test_network(self):
        """It is asked of a whole network too."""
        p = one_locality(example("body-corporate"))
        net = si.Network(name="Toyland", as_at="2026-11-22", partnerships=[p])
        report = net.check(reform=Reform("many").add(many_localities))
        assert Outcome.FAIL is report[p.name]["REFORM-TEST"].outcome
        assert "many" == dict(report.receipt.settings)["reform"]
        assert "many" == report.reform


class TestParameters:
    """What it does to the parameters of the law."""

    def test_seats(self):
        """A rule that reads a parameter answers by the new value, from its first day."""
        reform = Reform("five a side").set(SEATS, 5, in_force="2027-04-01")
        p = example("body-corporate")
        assert Outcome.PASS is p.check(reform=reform)[MIN_THREE].outcome
        failed = p.check(reform=reform, as_at="2027-04-01")[MIN_THREE]
        assert Outcome.FAIL is failed.outcome
        assert Outcome.PASS is p.check(as_at="2027-04-01")[MIN_THREE].outcome

    def test_routes(self):
        """Routes can be given by their words."""
        reform = Reform("r").set("voting routes", ["health-board", "local-authority"], in_force="2027-04-01")
        law = Law("2027-04-01", reform.parameters)
        assert {"health-board", "local-authority"} == {route.value for route in law.voting_routes}

    def test_cites(self):
        """The provision is the reform's name unless one is given."""
        reform = (
            Reform("r").set(SEATS, 4, in_force="2027-04-01").set(SEATS, 5, in_force="2028-04-01", cites="a bill cl.2")
        )
        assert [cite("reform 'r'"), cite("a bill cl.2")] == [one.citation for one in reform.parameters[-2:]]

    def test_at(self):
        """A partnership keeps the parameters when it is asked about another day."""
        reform = Reform("r").set(SEATS, 5, in_force="2027-04-01")
        p = example("body-corporate").under(reform.parameters)
        assert 5 == p.at("2027-04-01").law.number(SEATS)
        assert si.Partnership.from_graph(p.graph()).parameters == reform.parameters

    def test_timeline(self):
        """The timeline of a report is asked under its reform."""
        reform = Reform("r").set(SEATS, 5, in_force="2027-04-01")
        report = example("body-corporate").check(reform=reform)
        spells = report.timeline(MIN_THREE, between=("2027-03-30", "2027-04-02")).failures
        assert ["2027-04-01"] == [spell.start.isoformat() for spell in spells]


class TestRefused:
    """What it refuses."""

    def test_not_a_rule(self):
        """It adds rules only."""
        with pytest.raises(TypeError, match="adds a Rule"):
            Reform("r").add("x")

    def test_twice(self):
        """No rule is added twice, nor beside one that stays."""
        with pytest.raises(DuplicateError):
            Reform("r").add(many_localities, many_localities)
        shipped = next(iter(RULES))
        with pytest.raises(DuplicateError, match="that stay"):
            Reform("r").add(shipped).rules()

    @pytest.mark.parametrize(
        "change", [lambda r: r.remove("NO-SUCH"), lambda r: r.redate("NO-SUCH", until="2027-01-01")]
    )
    def test_unknown_rule(self, change):
        """A rule that it changes is shipped."""
        with pytest.raises(NotFoundError):
            change(Reform("r"))

    def test_no_day(self):
        """Redating needs a day, and days in order."""
        with pytest.raises(ValueError, match="needs in_force= or until="):
            Reform("r").redate(EQUAL)
        with pytest.raises(DateError):
            Reform("r").redate(EQUAL, in_force="2027-04-01", until="2026-04-01")

    @pytest.mark.parametrize("id", ["IJBO-voting-pre2026", "IJBO-voting-2026"])
    def test_follows_a_parameter(self, id):
        """Who votes is moved by the parameter, from which quorum and votes follow too, and not by the rule alone."""
        with pytest.raises(ValueError, match=r"set\('voting routes', \.\.\.\)"):
            Reform("r").redate(id, until="2027-03-31")
        with pytest.raises(ValueError, match="would leave who votes as it is"):
            Reform("r", redated=((id, Interval.through("2027-04-01", None)),))
        later = Reform("r").set("voting routes", ["health-board", "local-authority"], in_force="2026-09-01")
        assert "fail" == example("body-corporate").check(reform=later)["IJBO-voting-2026"].outcome

    def test_unknown_parameter(self):
        """A parameter is one of the law's."""
        with pytest.raises(NotFoundError):
            Reform("r").set("fewest seats", 2, in_force="2027-04-01")

    @pytest.mark.parametrize(("name", "value"), [(SEATS, ["nurse"]), (SEATS, True), ("voting routes", 3)])
    def test_other_kind(self, name, value):
        """A value is of the kind that the law has."""
        with pytest.raises(TypeError, match="parameter"):
            Reform("r").set(name, value, in_force="2027-04-01")

    @pytest.mark.parametrize("value", [-1, -5])
    def test_negative(self, value):
        """A number is 0 or more."""
        with pytest.raises(ValueError, match=f"parameter 'fewest seats a side' must be 0 or more, got {value}"):
            Reform("r").set(SEATS, value, in_force="2027-04-01")
        assert 0 == Reform("r").set(SEATS, 0, in_force="2027-04-01").parameters[-1].value


class TestNamed:
    """What only it brings about names it."""

    P = example("body-corporate")

    def test_parameter(self):
        """What a parameter of the reform breaks names the reform, in every face and in its explanation."""
        reform = Reform("five a side").set(SEATS, 5, in_force="2026-01-01")
        report = self.P.check(rules=[MIN_THREE], reform=reform)
        for finding in report.findings:
            assert "five a side" == finding.reform
            assert str(finding).endswith(" [SSI 2014/285 art. 3(3)(a), under the reform 'five a side']")
            assert "law as at 2026-11-22, under the reform 'five a side'" in finding.explain().to_text()
        assert {"SSI 2014/285 art. 3(3)(a), under the reform 'five a side'"} == {
            row["provision"] for row in report.to_table()
        }

    def test_found_anyway(self):
        """What is found under the law as it is does not name the reform."""
        vacant = example("vacant-chief-officer")
        reform = Reform("five a side").set(SEATS, 5, in_force="2026-01-01")
        (finding,) = vacant.check(rules=["PBJW-s10-chief-officer"], reform=reform).findings
        assert "" == finding.reform
        assert "reform" not in str(finding) + finding.explain().to_text()

    def test_days(self):
        """Where the days of a rule come from the reform, what it finds and why it does not apply name it."""
        id = "PBJW-s10-chief-officer"
        vacant = example("vacant-chief-officer")
        (finding,) = vacant.check(rules=[id], reform=Reform("r").redate(id, in_force="2020-01-01")).findings
        assert "in force from 2020-01-01; law as at 2026-11-22, under the reform 'r'" in finding.explain().to_text()
        result = vacant.check(rules=[id], reform=Reform("r").redate(id, in_force="2030-01-01"))[id]
        assert "it is in force from 2030-01-01, not on 2026-11-22, under the reform 'r'" == result.reason
        other = self.P.check("lead agency", reform=Reform("r").redate(id, in_force="2030-01-01"))
        assert not any("reform" in one.reason for one in other)

    def test_added(self):
        """What a rule of the reform finds names it, in a network too."""
        net = si.Network(name="one", as_at=self.P.as_at, partnerships=[one_locality(self.P)])
        (finding,) = net.check(rules=[], reform=Reform("many").add(many_localities)).findings
        assert "many" == finding.reform

    def test_receipt(self):
        """A receipt tells the same answers, whoever brought them about."""
        report = self.P.check(rules=[MIN_THREE], reform=Reform("five").set(SEATS, 5, in_force="2026-01-01"))
        assert report.receipt.verify(report)


class TestFaces:
    """How it is shown."""

    def test_table(self):
        """It says what it changes."""
        reform = (
            Reform("all")
            .add(many_localities)
            .remove(EQUAL)
            .redate(MIN_THREE, until="2027-03-31")
            .set(SEATS, 4, in_force="2027-04-01")
        )
        assert ["adds", "takes away", "redates", "sets"] == [row["change"] for row in reform.to_table()]
        assert "Reform: all" in str(reform)
        assert "<table" in reform._repr_html_()
