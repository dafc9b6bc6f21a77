"""What a direction may vary, revoke or take the place of."""

import itertools

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.directions import Direction
from scotintegration.examples import EXAMPLES, example
from scotintegration.lifecycle import StepKind
from scotintegration.registers import DirectionsRegister
from scotintegration.rules import ask
from scotintegration.rules.varying import PER_DIRECTION, varies_its_own
from scotintegration.scotland import scotland
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN

P = example("body-corporate")
OLD = Direction("D-1", given_to="nhs-glenmore", functions=["respite"], effective_from="2026-04-01")
NEW = Direction("D-2", given_to="nhs-glenmore", functions=["respite"], effective_from="2026-05-01")
FIELDS = ("varies", "revokes", "supersedes")


def small(*directions, complete=True, steps=()):
    """Give a partnership these directions in the order recorded."""
    issued = [Step(kind=StepKind.ISSUE, direction=one, on=one.binds_from) for one in directions]
    return P.evolve(directions=DirectionsRegister(P.id, [*issued, *steps], strict=False, complete=complete))


def told(p):
    """Give what the rule says, as outcome and place."""
    result = ask(varies_its_own, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def drafted(draft, p):
    """Give what the rule says of a draft."""
    return [str(one.outcome) for one in PER_DIRECTION[varies_its_own.id](p, draft)]


class TestLaws:
    @given(st.dates(), st.dates(), st.sampled_from(FIELDS), st.sampled_from(["issued_on", "decided_on"]))
    def test_days(self, first, second, field, day):
        """A direction may end one that was given earlier or, where it was recorded earlier, on the same day."""
        old = OLD.evolve(**{day: first})
        new = NEW.evolve(**{day: second, field: "D-1"})
        expected = "pass" if first <= second else [("fail", f"directions['D-2'].{field}")]
        assert expected == told(small(old, new))

    @given(st.sampled_from([None, P.id, "another-ijb"]), st.sampled_from([None, P.id, "another-ijb"]))
    def test_issuers(self, mine, theirs):
        """A direction may end one of the same authority; one without an issuer is the register's."""
        p = small(OLD.evolve(issuer=theirs), NEW.evolve(issuer=mine, varies="D-1"))
        expected = "pass" if (mine or P.id) == (theirs or P.id) else [("fail", "directions['D-2'].varies")]
        assert expected == told(p)

    def test_alias(self):
        """A direction may end an earlier one by another name that it has."""
        assert "pass" == told(small(OLD.evolve(aliases=["D/1"]), NEW.evolve(revokes="D/1")))

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_quiet(self, name):
        """Every example keeps the rule, on days on which directions change and others."""
        for day in ("2024-10-01", "2025-10-01", "2026-10-01", "2028-03-31"):
            assert "pass" == ask(varies_its_own, example(name, as_at=day)).outcome

    def test_real_areas(self):
        """No real area is said to keep or break the rule."""
        assert {"cannot tell"} == {ask(varies_its_own, p).outcome for p in scotland("2026-11-22").partnerships}


class TestTargets:
    where = "directions['D-2'].varies"

    def test_missing(self):
        """What is not in a whole register is no direction of this authority; in part of one it cannot be told."""
        new = NEW.evolve(varies="D-9")
        assert [("fail", self.where)] == told(small(OLD, new))
        assert [("cannot tell", self.where), ("cannot tell", "directions")] == told(small(OLD, new, complete=False))
        assert [("fail", self.where)] == told(small(NEW.evolve(varies="D-2")))
        assert [("cannot tell", self.where)] == told(small(NEW.evolve(varies=UNKNOWN)))

    def test_order(self):
        """Where no days can be compared the order of the register decides."""
        old, new = OLD.evolve(effective_from=None, issued_on=None), NEW.evolve(varies="D-1", effective_from=None)
        p = small(old, new)
        assert [] == drafted(new, p)
        assert ["fail"] == drafted(new, small(new, old))
        assert [] == drafted(new, small(old))

    def test_unknown_days(self):
        """A day not recorded leaves it open whether the target is earlier, unless another day shows that it is."""
        old = OLD.evolve(issued_on=UNKNOWN)
        assert "pass" == told(small(old, NEW.evolve(varies="D-1")))
        late = old.evolve(effective_from="2026-06-01")
        assert [("cannot tell", self.where)] == told(small(late, NEW.evolve(varies="D-1")))
        undated = NEW.evolve(effective_from=None, issued_on=UNKNOWN, varies="D-1")
        assert ["cannot tell"] == drafted(undated, small(undated, OLD.evolve(effective_from=None)))
        assert [] == drafted(undated, small(OLD.evolve(effective_from=None), undated))

    def test_unknown_issuer(self):
        """An issuer not recorded leaves it open whose the target is; a target that is later fails all the same."""
        new = NEW.evolve(varies="D-1")
        assert [("cannot tell", self.where)] == told(small(OLD.evolve(issuer=UNKNOWN), new))
        later = OLD.evolve(issuer=UNKNOWN, effective_from="2026-07-01")
        assert [("fail", self.where)] == told(small(later, new))

    def test_several(self):
        """A reference used in several years is good if it can stand for an earlier direction of the authority."""
        older = OLD.evolve(effective_from="2025-04-01", issuer="another-ijb")
        assert "pass" == told(small(older, OLD, NEW.evolve(varies="D-1")))
        (finding,) = ask(varies_its_own, small(older, NEW.evolve(varies="D-1")))
        assert (("2025/26/D-1", "it was given by 'another-ijb', not by 'strathallan-ijb'"),) == finding.considered

    def test_every_kind(self):
        """A direction that varies one, revokes another and takes the place of a third is asked about each."""
        wrong = {field: f"D-{number}" for number, field in enumerate(FIELDS, 7)}
        assert [("fail", f"directions['D-2'].{field}") for field in FIELDS] == told(small(NEW.evolve(**wrong)))

    def test_ended(self):
        """A direction that is itself no longer in force is not asked any more."""
        new = NEW.evolve(varies="D-9", ends_on="2026-11-21")
        assert "pass" == told(small(new))
        assert [("fail", self.where)] == told(small(new).at("2026-11-21"))

    def test_one_of_two(self):
        """That one of two targets is good does not make the other so."""
        p = small(OLD, NEW.evolve(varies="D-1", revokes="D-9"))
        assert [("fail", "directions['D-2'].revokes")] == told(p)

    def test_considered(self):
        """Where one candidate is open, those that are not good are listed all the same."""
        older = OLD.evolve(effective_from="2025-04-01", issuer="another-ijb")
        (finding,) = ask(varies_its_own, small(older, OLD.evolve(issuer=UNKNOWN), NEW.evolve(varies="D-1")))
        wrong = ("2025/26/D-1", "it was given by 'another-ijb', not by 'strathallan-ijb'")
        assert ("cannot tell", (wrong,)) == (finding.outcome, finding.considered)


class TestRevocations:
    def test_paper(self):
        """A paper that only revokes is asked from the day it does so, or where that day is not known."""
        for day, expected in (("2026-11-22", "fail"), ("2026-11-23", "pass"), (UNKNOWN, "fail"), (None, "fail")):
            bare = Direction("D-2", revokes="D-9", effective_from=day)
            assert expected == ask(varies_its_own, small(bare)).outcome

    @pytest.mark.parametrize(
        ("expected", "on", "given"),
        [
            ("pass", "2026-04-01", "2026-04-01"),
            ("fail", "2026-03-31", "2026-04-01"),
            ("pass", "2026-11-23", "2026-12-01"),
            ("cannot tell", UNKNOWN, "2026-04-01"),
            ("cannot tell", "2026-03-31", UNKNOWN),
            ("pass", None, "2026-04-01"),
            ("pass", "2026-04-01", None),
        ],
    )
    def test_without_paper(self, expected, on, given):
        """A revocation without its paper comes no earlier than the direction that it revokes."""
        old = OLD.evolve(effective_from=None, issued_on=given)
        p = small(old, steps=[Step(kind=StepKind.REVOKE, target="D-1", on=on)])
        said = [outcome for outcome, where in told(p) if where == "directions['D-1']"] if told(p) != "pass" else []
        assert expected == (said[0] if said else "pass")

    def test_without_paper_by_decision(self):
        """A revocation before the decision fails though the day of issue is missing; before the first day it may."""
        for fields, expected in (
            ({"issued_on": UNKNOWN, "decided_on": "2026-04-02"}, "fail"),
            ({"issued_on": UNKNOWN, "decided_on": "2026-03-01"}, "cannot tell"),
            ({"issued_on": "2026-03-01", "effective_from": "2026-05-01"}, "pass"),
            ({"effective_from": "2026-05-01"}, "fail"),
            ({"effective_from": "2026-03-01", "issuer": "another-ijb"}, "fail"),
            ({"effective_from": "2026-03-01", "issuer": UNKNOWN}, "cannot tell"),
        ):
            old = OLD.evolve(**fields)
            p = small(old, steps=[Step(kind=StepKind.REVOKE, target=old.full_reference, on="2026-04-01")])
            said = [outcome for outcome, where in told(p) if where != "directions"] if told(p) != "pass" else []
            assert expected == (said[0] if said else "pass")

    def test_without_paper_or_target(self):
        """What is revoked is a direction of the authority, unless the register is known only in part."""
        steps = [Step(kind=StepKind.REVOKE, target="D-9", on="2026-04-01")]
        assert [("fail", "directions['D-9']")] == told(small(steps=steps))
        assert ("cannot tell", "directions['D-9']") in told(small(steps=steps, complete=False))

    def test_while_it_matters(self):
        """A revocation is asked about for as long as what it revokes would still have bound."""
        old = OLD.evolve(effective_from="2026-05-01", ends_on="2026-11-22")
        p = small(old, steps=[Step(kind=StepKind.REVOKE, target="D-1", on="2026-04-01")])
        assert [("fail", "directions['D-1']")] == told(p.at("2026-11-22"))
        assert "pass" == told(p.at("2026-11-23"))
        assert "pass" == told(p.at("2026-03-31"))

    def test_with_its_year(self):
        """A reference may have its year before it."""
        for reference in ("2026/27/D-1", "2026/27 D-1"):
            assert "pass" == told(small(OLD, NEW.evolve(varies=reference)))
        assert "fail" == ask(varies_its_own, small(OLD, NEW.evolve(varies="2025/26/D-1"))).outcome

    def test_rosewell(self):
        """A minute that revokes in August a direction that it dates in October is found out."""
        interim = Direction("Rosewell House interim direction", decided_on="2021-10-02", ends_on="2021-10-23")
        after = Direction(
            "HSCP.21.088 Appendix D",
            functions=["intermediate-care-beds"],
            decided_on="2021-08-24",
            effective_from="2021-10-23",
            revokes=interim.id,
        )
        p = small(interim, after).at("2021-10-23")
        (finding,) = ask(varies_its_own, p)
        assert "fail" == finding.outcome
        assert [(interim.full_reference, "its day is 2021-10-02, later than 2021-08-24")] == list(finding.considered)


class TestExamples:
    def test_behave(self):
        """One example keeps the rule and the other breaks it."""
        assert "pass" == ask(varies_its_own, varies_its_own.passing()).outcome
        assert "fail" == ask(varies_its_own, varies_its_own.failing()).outcome
        assert "not applicable" == ask(varies_its_own, P.at("2014-09-21")).outcome

    def test_all_orders(self):
        """Only what is named decides, not the order in which other directions were recorded."""
        other = attrs.evolve(OLD, id="D-3")
        for order in itertools.permutations([OLD, NEW.evolve(varies="D-1"), other]):
            assert "pass" == told(small(*order))
