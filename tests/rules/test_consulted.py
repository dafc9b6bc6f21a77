"""What is weighed and who is consulted before a scheme, or a revised one, goes to Ministers."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.evidence import Evidence
from scotintegration.examples import EXAMPLES, example
from scotintegration.partnership import Partnership
from scotintegration.revisions import CONSULTEES
from scotintegration.rules import ask
from scotintegration.rules._schemes import with_scheme
from scotintegration.rules.consulted import (
    other_schemes_weighed,
    principles_regarded,
    revision_consulted_on,
    scheme_consulted_on,
    views_taken_into_account,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("large-hospital")
OTHERS = ("glenorrin-council", "strathcarrow-council")
EVERYBODY = (*CONSULTEES, *OTHERS)
RECORDED = (other_schemes_weighed, principles_regarded, views_taken_into_account)
ASKED = (scheme_consulted_on, revision_consulted_on)
MINE = (*RECORDED, *ASKED)


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def area(p, councils):
    """Say which councils the area of the Health Board holds."""
    return p.evolve(health_board=attrs.evolve(p.health_board, local_authorities=councils))


def revised(**changes):
    """Change the one revision of the scheme."""
    return with_scheme(P, revisions=P.scheme.revisions.map(lambda one: attrs.evolve(one, **changes)))


def change(rule, **changes):
    """Change the scheme, or its revision, that a rule is about; and say where the rule looks."""
    if rule is scheme_consulted_on:
        return with_scheme(P, **changes), "scheme"
    return revised(**changes), "scheme.revisions['revised-2018']"


class TestAll:
    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps these rules."""
        for day in ("2024-04-01", "2028-03-31"):
            assert "pass" == told(rule, example(name, as_at=day))

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """No real area is said to keep or break these rules, but where there is no other scheme to weigh."""
        for p in scotland("2026-11-22").partnerships:
            others = len(p.health_board.local_authorities) > len(p.local_authorities)
            nothing = rule is other_schemes_weighed and not others
            assert ("pass" if nothing else "cannot tell") == ask(rule, p).outcome, p.id

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_not_applicable(self, rule):
        """The day before the law came into force nothing was asked."""
        assert "not applicable" == told(rule, P.at("2014-09-21"))


class TestRecords:
    @pytest.mark.parametrize("rule", RECORDED, ids=lambda rule: rule.id)
    @pytest.mark.parametrize(
        ("expected", "records"),
        [
            ("pass", [(True, "2015-02-20")]),
            ("fail", [(False, "2015-02-20")]),
            ("fail", [(True, "2015-02-20"), (False, "2016-02-20")]),
            ("pass", [(False, UNKNOWN), (True, "2016-02-20")]),
            ("pass", [(True, "2015-02-20"), (False, "2027-02-20")]),
            ("cannot tell", [(UNKNOWN, "2015-02-20")]),
            ("fail", [(None, "2015-02-20")]),
            ("cannot tell", [(True, "2027-02-20")]),
            ("cannot tell", []),
        ],
    )
    def test_latest(self, rule, expected, records):
        """The latest record by the day that governs decides."""
        p = P.evolve(evidence=[Evidence(duty=rule.id, met=met, on=on) for met, on in records])
        assert (expected if expected == "pass" else [(expected, "evidence")]) == told(rule, p)

    def test_one_scheme(self):
        """A Health Board of one council, or of those of the scheme, has no other scheme to weigh."""
        for name in ("body-corporate", "joint-board", "three-authorities"):
            assert "pass" == told(other_schemes_weighed, example(name).evolve(evidence=()))

    def test_councils_not_recorded(self):
        """Which schemes there are depends on the councils of the area."""
        p = area(P.evolve(evidence=()), Listing.partial("balnavaird-council"))
        assert [("cannot tell", "health_board.local_authorities")] == told(other_schemes_weighed, p)
        p = area(P.evolve(evidence=()), Listing.partial("glenorrin-council"))
        assert [("cannot tell", "evidence")] == told(other_schemes_weighed, p)


@pytest.mark.parametrize("rule", ASKED, ids=lambda rule: rule.id)
class TestConsulted:
    @given(missing=st.sets(st.sampled_from(EVERYBODY), min_size=1, max_size=4))
    def test_everybody(self, rule, missing):
        """Whoever of the thirteen groups and the other councils was left out is named."""
        p, where = change(rule, consulted=set(EVERYBODY) - missing)
        (finding,) = ask(rule, p)
        assert ("fail", f"{where}.consulted") == (finding.outcome, finding.where)
        assert finding.what.startswith(f"{len(missing)} of 15 not consulted")
        assert all(CONSULTEES.get(one, one) in finding.what for one in missing)

    def test_more(self, rule):
        """Others may be consulted as well."""
        p, _ = change(rule, consulted=[*EVERYBODY, "the-islands-trust"])
        assert "pass" == told(rule, p)

    @pytest.mark.parametrize(
        ("expected", "over"),
        [
            ("pass", "2015-02-20"),
            ("fail", "2018-02-28"),
            ("fail", None),
            ("cannot tell", UNKNOWN),
        ],
    )
    def test_in_time(self, rule, expected, over):
        """The consultation is over before the scheme goes to Ministers."""
        p, where = change(rule, consulted_on=over)
        assert (expected if expected == "pass" else [(expected, f"{where}.consulted_on")]) == told(rule, p)

    def test_last_day(self, rule):
        """It may be over on the day itself, and not on the day after."""
        sent = "2018-01-24"
        for over, expected in (("2018-01-24", "pass"), ("2018-01-25", "fail")):
            p, _ = change(rule, submitted_on=sent, consulted_on=over)
            assert expected == ask(rule, p).outcome

    def test_not_sent(self, rule):
        """Until it goes to Ministers people may still be consulted."""
        for sent in (None, "2026-11-23"):
            p, _ = change(rule, submitted_on=sent, approved_on=None, consulted=(), consulted_on=None)
            assert "pass" == told(rule, p)
        assert "fail" == ask(rule, change(rule, submitted_on="2026-11-22", approved_on=None, consulted=())[0]).outcome

    def test_day_not_recorded(self, rule):
        """Of a scheme that was approved it is certain that it had gone to Ministers."""
        p, where = change(rule, submitted_on=UNKNOWN)
        assert [("cannot tell", f"{where}.submitted_on")] == told(rule, p)
        p, where = change(rule, submitted_on=UNKNOWN, consulted=CONSULTEES)
        assert [("fail", f"{where}.consulted"), ("cannot tell", f"{where}.submitted_on")] == told(rule, p)
        p, where = change(rule, submitted_on=UNKNOWN, consulted_on="2018-03-01")
        assert [("fail", f"{where}.consulted_on")] == told(rule, p)
        p, where = change(rule, submitted_on=UNKNOWN, approved_on=UNKNOWN)
        assert [("cannot tell", f"{where}.submitted_on")] == told(rule, p)

    def test_in_part(self, rule):
        """Those consulted, and the councils of the area, may be known in part."""
        p, where = change(rule, consulted=Listing.partial(*OTHERS))
        assert [("cannot tell", f"{where}.consulted")] == told(rule, p)
        p, where = change(rule, consulted=CONSULTEES)
        assert [("cannot tell", "health_board.local_authorities")] == told(rule, area(p, UNKNOWN))
        part = Listing.partial("glenorrin-council")
        expected = [("fail", f"{where}.consulted"), ("cannot tell", "health_board.local_authorities")]
        assert expected == told(rule, area(p, part))

    @pytest.mark.parametrize(
        ("over", "said"), [(None, "no consultation was held"), ("2027-01-01", "over on 2027-01-01")]
    )
    def test_said(self, rule, over, said):
        """A finding says when the consultation was over, if there was one."""
        p, where = change(rule, consulted_on=over)
        (finding,) = [one for one in ask(rule, p) if one.where == f"{where}.consulted_on"]
        assert finding.what.startswith(f"{said}, and the scheme had gone by ")


class TestRevisions:
    def test_none(self):
        """A scheme never revised keeps the rule; one whose revisions are not recorded may not."""
        assert "pass" == told(revision_consulted_on, with_scheme(P, revisions=()))
        assert [("cannot tell", "scheme.revisions")] == told(revision_consulted_on, with_scheme(P, revisions=UNKNOWN))

    def test_new_partnership(self):
        """Of a scheme that was only begun nobody can tell when it goes to Ministers."""
        bare = Partnership.between(P.health_board, *P.local_authorities, model="a", as_at="2026-11-22")
        assert [("cannot tell", "scheme.submitted_on")] == told(scheme_consulted_on, bare)
        assert "pass" == told(revision_consulted_on, bare)
