"""Who makes a scheme with whom, and what only a new scheme can change."""

import attrs
import pytest

from scotintegration.examples import EXAMPLES, example
from scotintegration.rules import ask
from scotintegration.rules._schemes import with_scheme
from scotintegration.rules.parties import a_new_scheme, joint_scheme, no_agency, single_or_joint
from scotintegration.schemes import Arrangement
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("large-hospital")
JOINT = example("joint-board")
LEAD = example("lead-agency-to-board")
MINE = (a_new_scheme, joint_scheme, no_agency, single_or_joint)
REVISED = "scheme.revisions['revised-2018']"


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def area(p, councils):
    """Say which councils the area of the Health Board holds."""
    return p.evolve(health_board=attrs.evolve(p.health_board, local_authorities=councils))


def revised(p, **changes):
    """Change the one revision of the scheme."""
    return with_scheme(p, revisions=p.scheme.revisions.map(lambda one: attrs.evolve(one, **changes)))


class TestAll:
    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps these rules."""
        for day in ("2024-04-01", "2028-03-31"):
            assert "pass" == told(rule, example(name, as_at=day))

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """Of real areas it is known who made the scheme with whom, and nothing else is told."""
        told_ = {"pass" if rule is single_or_joint else "cannot tell"}
        assert told_ == {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships}

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_not_applicable(self, rule):
        """The day before the law came into force nothing was asked."""
        assert "not applicable" == told(rule, P.at("2014-09-21"))
        assert "not applicable" != told(rule, P.at("2014-09-22"))


class TestJointScheme:
    def test_health_board(self):
        """A scheme is made with the Health Board of the area."""
        p = with_scheme(P, health_board="nhs-elsewhere")
        assert [("fail", "scheme.health_board")] == told(joint_scheme, p)

    def test_councils(self):
        """A council that is no party is named; it may be one where the parties are known in part."""
        p = with_scheme(JOINT, local_authorities=["dunmorrow-council"])
        (finding,) = ask(joint_scheme, p)
        assert ("fail", "invercairn-council is no party to the scheme") == (finding.outcome, finding.what)
        p = with_scheme(JOINT, local_authorities=Listing.partial("dunmorrow-council"))
        assert [("cannot tell", "scheme.local_authorities")] == told(joint_scheme, p)

    def test_first_day(self):
        """Nothing is amiss before the day by which schemes had to be submitted."""
        p = with_scheme(P, health_board="nhs-elsewhere")
        assert ("pass", "fail") == tuple(ask(joint_scheme, p.at(day)).outcome for day in ("2015-03-31", "2015-04-01"))

    @pytest.mark.parametrize(
        ("expected", "ended"),
        [("pass", None), ("pass", "2026-11-23"), ("fail", "2026-11-22"), ("cannot tell", UNKNOWN)],
    )
    def test_replaced(self, expected, ended):
        """A scheme stands until the day before another takes its place."""
        where = "scheme.replaced_on"
        assert (expected if expected == "pass" else [(expected, where)]) == told(
            joint_scheme, with_scheme(P, replaced_on=ended)
        )


class TestSingleOrJoint:
    COUNCILS = ("balnavaird-council", "glenorrin-council")

    @pytest.mark.parametrize(
        ("expected", "basis", "parties"),
        [
            ("pass", "s.2(3)", COUNCILS[:1]),
            ("pass", "s.2(4)", COUNCILS),
            ([("fail", "scheme.basis")], "s.1(2)", COUNCILS[:1]),
            ([("fail", "scheme.basis")], "s.1(2)", COUNCILS),
            ([("fail", "scheme.basis")], "s.2(4)", COUNCILS[:1]),
            ([("fail", "scheme.basis")], "s.2(3)", COUNCILS),
            ([("fail", "scheme.local_authorities")], "s.2(3)", ()),
            ([("cannot tell", "scheme.local_authorities")], "s.2(3)", Listing.partial(COUNCILS[0])),
            ([("cannot tell", "scheme.local_authorities")], "s.2(3)", UNKNOWN),
            ("pass", "s.2(4)", Listing.partial(*COUNCILS)),
        ],
    )
    def test_several(self, expected, basis, parties):
        """Where the area holds several councils, one makes a scheme by itself or several make one together."""
        assert expected == told(single_or_joint, with_scheme(P, basis=basis, local_authorities=parties))

    def test_one(self):
        """Where the area holds one council there is no choice."""
        for basis in ("s.1(2)", "s.2(3)", "s.2(4)"):
            p = with_scheme(example("body-corporate"), basis=basis)
            assert "pass" == told(single_or_joint, p)
        assert [("cannot tell", "health_board.local_authorities")] == told(single_or_joint, area(p, UNKNOWN))

    def test_two_for_sure(self):
        """Two councils are enough to know, whichever others the area holds."""
        p = area(with_scheme(P, basis="s.1(2)"), Listing.partial(*self.COUNCILS))
        assert [("fail", "scheme.basis")] == told(single_or_joint, p)
        assert "pass" == told(single_or_joint, area(JOINT, UNKNOWN))


class TestNewScheme:
    def test_model(self):
        """A revision does not turn one model into another."""
        (finding,) = ask(a_new_scheme, revised(LEAD, model="a"))
        assert ("fail", f"{REVISED}.model") == (finding.outcome, finding.where)
        assert "it turns model b into model a" == finding.what
        assert "pass" == told(a_new_scheme, revised(LEAD, model="b"))
        assert [("cannot tell", f"{REVISED}.model")] == told(a_new_scheme, revised(LEAD, model=UNKNOWN))

    @pytest.mark.parametrize(
        ("expected", "named"),
        [
            ("pass", ["dunmorrow-council", "invercairn-council"]),
            ("fail", ["dunmorrow-council"]),
            ("fail", ["dunmorrow-council", "invercairn-council", "kinbrae-council"]),
            ("fail", Listing.partial("kinbrae-council")),
            ("cannot tell", Listing.partial("dunmorrow-council")),
            ("cannot tell", Listing.partial("dunmorrow-council", "invercairn-council")),
            ("cannot tell", UNKNOWN),
        ],
    )
    def test_councils(self, expected, named):
        """A revision neither adds a council nor lets one go."""
        wanted = expected if expected == "pass" else [(expected, f"{REVISED}.local_authorities")]
        assert wanted == told(a_new_scheme, revised(JOINT, local_authorities=named))

    def test_parties_in_part(self):
        """Where the parties are known in part, a council that is certain and left out is still certain."""
        part = with_scheme(JOINT, local_authorities=Listing.partial("dunmorrow-council"))
        for named, expected in (
            (["kinbrae-council"], "fail"),
            (["dunmorrow-council", "kinbrae-council"], "cannot tell"),
            (["dunmorrow-council"], "cannot tell"),
        ):
            assert expected == ask(a_new_scheme, revised(part, local_authorities=named)).outcome

    def test_which_councils(self):
        """It names those who join and those who leave."""
        (finding,) = ask(a_new_scheme, revised(JOINT, local_authorities=["dunmorrow-council", "kinbrae-council"]))
        assert "it changes the councils: invercairn-council, kinbrae-council" == finding.what

    def test_drafts(self):
        """A draft changes nothing until it goes to Ministers."""
        days = {"submitted_on": None, "approved_on": None, "effect_on": None}
        assert "pass" == told(a_new_scheme, revised(LEAD, model="a", **days))
        assert "pass" == told(a_new_scheme, revised(LEAD, model="a").at("2018-01-23"))
        assert "fail" == ask(a_new_scheme, revised(LEAD, model="a").at("2018-01-24")).outcome
        unsure = revised(LEAD, model="a", **days | {"submitted_on": UNKNOWN})
        assert [("cannot tell", f"{REVISED}.model")] == told(a_new_scheme, unsure)
        assert "pass" == told(a_new_scheme, revised(LEAD, **days | {"submitted_on": UNKNOWN}))

    def test_in_part(self):
        """Revisions may be known in part."""
        assert [("cannot tell", "scheme.revisions")] == told(a_new_scheme, with_scheme(P, revisions=UNKNOWN))


class TestAgency:
    ONE = Arrangement(
        from_la="balnavaird-council",
        to_la="glenorrin-council",
        function="asp 2014/9 s.44(2)",
        power="1973 c.65 s.56(1)",
        start="2026-04-01",
        until="2026-11-22",
    )

    def arranged(self, **changes):
        """Give a partnership with one arrangement."""
        return with_scheme(P, arrangements=[attrs.evolve(self.ONE, **changes)])

    @pytest.mark.parametrize(
        "changes",
        [
            {"function": "1968 c.49 s.12"},
            {"function": "a standing order of the council"},
            {"power": "1973 c.65 s.57"},
            {"power": "2003 asp 1 s.20"},
            {"to_la": "balnavaird-council"},
        ],
        ids=str,
    )
    def test_not_caught(self, changes):
        """Functions of other Acts, other powers and a council's own work are not caught."""
        assert "pass" == told(no_agency, self.arranged(**changes))

    @pytest.mark.parametrize(
        ("expected", "day"),
        [("pass", "2026-03-31"), ("fail", "2026-04-01"), ("fail", "2026-11-22"), ("pass", "2026-11-23")],
    )
    def test_days(self, expected, day):
        """An arrangement counts from its first day to its last."""
        assert expected == ask(no_agency, self.arranged().at(day)).outcome

    def test_open(self):
        """An arrangement without bounds counts always; of one with days not recorded nobody can tell."""
        assert [("fail", "scheme.arrangements")] == told(no_agency, self.arranged(start=None, until=None))
        for field in ("start", "until"):
            p = self.arranged(**{field: UNKNOWN})
            assert [("cannot tell", "scheme.arrangements")] == told(no_agency, p)
        assert [("cannot tell", "scheme.arrangements")] == told(no_agency, with_scheme(P, arrangements=UNKNOWN))
