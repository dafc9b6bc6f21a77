"""Mends of how directions follow each other."""

import pytest
from tests.mends.registers import AS_AT, IJB, direction, issued, mended, paper, toy

from scotintegration.mends._registers import dated
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

OWN, ONE = "PBJW-s27-5a-vary-own", "GUID-D07-one-in-force"
AFTER, SANE = "GUID-D08-supersession-graph", "GUID-D20-dates-sane"
LATER = {"issued_on": "2026-08-20", "decided_on": "2026-08-18", "effective_from": "2026-09-01"}


def varied(target="D-1", **changes):
    """Vary a direction by a second."""
    return Step(
        kind="vary", direction=paper("D-2", varies=target, **{**LATER, **changes}), target=target, on="2026-09-01"
    )


class TestVariesItsOwn:
    """What a direction may vary or revoke."""

    def test_of_another(self):
        """An earlier direction that is said to be another authority's is the board's own."""
        p = toy(*issued(paper("D-1", issuer="another-ijb")), varied())
        assert toy(*issued(paper("D-1")), varied()) == mended(OWN, p)

    def test_by_another(self):
        """A direction of the board is varied by its own."""
        p = toy(*issued(paper("D-1")), varied(issuer="another-ijb"))
        assert toy(*issued(paper("D-1")), varied()) == mended(OWN, p)

    def test_no_such(self):
        """A direction that varies none of the register stands for itself."""
        after = mended(OWN, toy(varied("D-9")))
        assert toy(*issued(paper("D-2", **LATER))) == after

    def test_later_revocation(self):
        """A paper that revokes nothing it may revoke, and asks nothing else, is left out."""
        bare = paper("D-2", functions=[], revokes="D-1", issued_on="2026-03-01", decided_on="2026-03-01")
        bare = bare.evolve(effective_from="2026-09-01")
        steps = [*issued(paper("D-1")), Step(kind="revoke", direction=bare, target="D-1", on="2026-09-01")]
        assert toy(*issued(paper("D-1"))) == mended(OWN, toy(*steps))

    def test_other_end_stays(self):
        """What else a step ends it goes on ending."""
        fresh = paper("D-2", varies="D-1", supersedes="D-9", **LATER)
        step = Step(kind="vary", direction=fresh, target="D-1", on="2026-09-01")
        after = mended(OWN, toy(*issued(paper("D-1")), step))
        assert toy(*issued(paper("D-1")), varied()) == after

    @pytest.mark.parametrize(
        ("made", "on", "day"),
        [
            ({}, "2026-03-19", "2026-03-20"),
            ({}, UNKNOWN, AS_AT),
            ({"issued_on": UNKNOWN}, "2026-09-01", "2026-09-01"),
            ({"issued_on": UNKNOWN, "decided_on": UNKNOWN}, "2026-09-01", "2026-09-01"),
            ({"issuer": UNKNOWN}, "2026-09-01", "2026-09-01"),
        ],
    )
    def test_no_paper(self, made, on, day):
        """A revocation with no paper at hand comes no sooner than what it revokes."""
        steps = [*issued(paper("D-1", **made)), Step(kind="revoke", target="D-1", on=on)]
        assert [day] == [str(step.on) for step in mended(OWN, toy(*steps)).directions.steps[1:]]

    def test_nothing_revoked(self):
        """A revocation of no direction of the register is left out, and one that is in order stays."""
        steps = [*issued(paper("D-1")), Step(kind="revoke", target="D-1", on="2026-09-01")]
        lost = Step(kind="revoke", target="D-9", on="2026-09-01")
        assert toy(*steps) == mended(OWN, toy(*steps, lost))


class TestOneInForce:
    """Directions for the same purpose."""

    def test_complement(self):
        """The later says that it complements the earlier; one for another purpose, or body, is not touched."""
        papers = [paper("D-1"), paper("D-2"), paper("D-3", use="holidays"), paper("D-4", given_to="toy-nhs")]
        after = mended(ONE, toy(*issued(*papers)))
        assert [(), ("D-1",), (), ()] == [one.complements.items for one in after.directions]

    def test_part(self):
        """What is known of functions and recipients is taken to be all."""
        partial = paper("D-1", functions=Listing(["respite"], complete=False))
        assert toy(*issued(paper("D-1"))) == mended(ONE, toy(*issued(partial)))


class TestSuccession:
    """Directions that take the place of others."""

    def test_ends(self):
        """A direction that stays in force though another takes its place ends as that begins."""
        fresh = paper("D-2", varies="D-1", **LATER)
        p = toy(*issued(paper("D-1"), fresh))
        assert toy(*issued(paper("D-1")), varied()) == mended(AFTER, p)

    def test_ends_beside(self):
        """It does so beside what the step ends already."""
        old = paper("D-0")
        fresh = paper("D-2", varies="D-1", supersedes="D-0", **LATER)
        step = Step(kind="supersede", direction=fresh, target="D-0", on="2026-09-01")
        after = mended(AFTER, toy(*issued(old, paper("D-1")), step))
        assert ["varied", "superseded"] == [after.directions.state(one, on=AS_AT) for one in ("D-1", "D-0")]

    def test_not_uncovered(self):
        """It does not end where a function would have no direction then: the later stands for itself."""
        fresh = paper("D-2", varies="D-1", functions=["nursing"], given_to="toy-nhs", **LATER)
        after = mended(AFTER, toy(*issued(paper("D-1"), fresh)))
        assert None is direction(after, "D-2").varies

    def test_never_in_force(self):
        """One that was not yet in force is revoked."""
        p = toy(*issued(paper("D-1", effective_from="2026-10-01")), varied())
        after = mended(AFTER, p)
        assert (None, "D-1") == (direction(after, "D-2").varies, direction(after, "D-2").revokes)
        assert "revoked" == after.directions.state("D-1", on=AS_AT)

    def test_each_other(self):
        """Of two that take each other's place, and were never in force before, neither names the other twice."""
        one, other = paper("D-1", supersedes="D-2"), paper("D-2", supersedes="D-1", **LATER)
        after = mended(AFTER, toy(*issued(one, other)))
        assert [None] == [direction(after, "D-1").supersedes]

    def test_revokes_already(self):
        """One that revokes a direction already no longer names a second that was not in force."""
        fresh = paper("D-2", varies="D-1", revokes="D-0", **LATER)
        steps = [*issued(paper("D-0"), paper("D-1", effective_from="2026-10-01"))]
        step = Step(kind="vary", direction=fresh, target="D-1", on="2026-09-01")
        after = mended(AFTER, toy(*steps, step))
        assert (None, "D-0") == (direction(after, "D-2").varies, direction(after, "D-2").revokes)

    def test_no_day(self):
        """A draft with no day yet that names no direction of the register stands for itself."""
        draft = paper("D-2", varies="D-2-before", issued_on=None, effective_from=None)
        assert None is direction(mended(AFTER, toy(*issued(draft))), "D-2").varies

    def test_draft_of_itself(self):
        """Two drafts with no day that take each other's place no longer do."""
        days = {"issued_on": None, "effective_from": None}
        drafts = [paper("D-1", supersedes="D-2", **days), paper("D-2", supersedes="D-1", **days)]
        after = mended(AFTER, toy(*issued(*drafts)))
        assert [None, "D-1"] == [one.supersedes for one in after.directions]


class TestDatesSane:
    """The last days of directions."""

    def test_ends_after(self):
        """A direction that ends before it was issued ends that day."""
        p = toy(*issued(paper("D-1", issued_on="2026-08-20", ends_on="2026-05-01")))
        assert "2026-08-20" == str(direction(mended(SANE, p), "D-1").ends_on)

    def test_no_days(self):
        """One of which nobody recorded when it was issued was issued as it began."""
        p = toy(*issued(paper("D-1", issued_on=UNKNOWN, decided_on=None, ends_on="2026-05-01")))
        assert "2026-04-01" == str(direction(mended(SANE, p), "D-1").issued_on)

    def test_decided(self):
        """One that was never issued ends no sooner than it was decided."""
        p = toy(*issued(paper("D-1", issued_on=None, decided_on="2026-08-18", ends_on="2026-05-01")))
        assert "2026-08-18" == str(direction(mended(SANE, p), "D-1").ends_on)

    def test_revoked(self):
        """The day of a revocation is put right, and none other."""
        steps = [*issued(paper("D-1", issued_on=None)), Step(kind="revoke", target="D-1", on="2026-03-01")]
        after = mended(SANE, toy(*steps))
        assert ["2026-04-01", "2026-03-18"] == [str(step.on) for step in after.directions.steps]


class TestDated:
    """Days that nobody recorded."""

    @pytest.mark.parametrize(
        ("said", "day"),
        [
            ({"issued_on": UNKNOWN, "decided_on": UNKNOWN}, "2026-04-01"),
            ({"issued_on": UNKNOWN, "decided_on": UNKNOWN, "year": UNKNOWN}, AS_AT),
            ({"ends_on": "2026-03-01"}, "2026-03-01"),
            ({}, "2026-04-01"),
        ],
    )
    def test_first(self, said, day):
        """A direction binds from its year, or from when it was made, if later; and not from after its last day."""
        one = paper("D-1", **{"year": "2026/27", "effective_from": UNKNOWN, **said})
        step = Step(kind="issue", direction=one, on=UNKNOWN)
        after = dated(toy(step), [one])
        assert [(day, day)] == [(str(one.on), str(one.direction.effective_from)) for one in after.directions.steps]

    def test_issue(self):
        """Where a direction states no such day it is the day of issue."""
        one = paper("D-1", year="2026/27", effective_from=None, issued_on=UNKNOWN)
        after = dated(toy(Step(kind="issue", direction=one, on=UNKNOWN)), [one])
        assert ["2026-04-01"] == [str(one.issued_on) for one in after.directions]

    def test_ends(self):
        """A step ends its target with its paper, where that stands in another step too, or on the day that governs."""
        fresh = paper("D-2", revokes="D-1", **LATER)
        steps = [*issued(paper("D-1"), paper("D-0"), fresh)]
        ends = [Step(kind="revoke", target=one, on=UNKNOWN) for one in ("D-1", "D-0")]
        p = toy(*steps, *ends)
        after = dated(p, p.directions.directions)
        assert ["2026-09-01", AS_AT] == [str(step.on) for step in after.directions.steps[3:]]
        assert IJB == after.directions.issuer
