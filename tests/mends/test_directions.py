"""Mends of directions: that every function has one, to whom it is given, and what it may be for."""

import attrs
import pytest
from tests.mends.registers import (
    AS_AT,
    COUNCIL,
    NHS,
    direction,
    issued,
    mended,
    paper,
    toy,
    with_functions,
)

from scotintegration.directions import ServiceChange
from scotintegration.examples import example
from scotintegration.money import Money
from scotintegration.unknown import UNKNOWN, Listing

EVERY, OWN = "PBJW-s26-1-every-function", "PBJW-s26-function-delegated"
CHANGED = "GUID-D18-change-without-direction"


class TestEveryFunction:
    """A direction for every function."""

    def test_least(self):
        """Each body is given one direction, which says no more than it must."""
        given = mended(EVERY, toy()).directions.directions
        assert [(NHS,), (COUNCIL,)] == [one.given_to.items for one in given]
        assert [("frailty", "nursing"), ("respite",)] == [one.functions.items for one in given]
        assert [(Money(0), Money(0)), (Money(0), None)] == [(one.payment, one.set_aside) for one in given]
        assert {(AS_AT, True, None)} == {(str(one.effective_from), one.in_writing, one.text) for one in given}

    def test_others_stay(self):
        """A function that has a direction gets no other, and an id that is taken is not used again."""
        after = mended(EVERY, toy(*issued(paper(f"direction-to-{NHS}"))))
        assert [f"direction-to-{NHS}", f"direction-to-{NHS}-2"] == [one.id for one in after.directions]

    def test_not_passed(self):
        """Before functions pass nothing is directed, and only the list of them is taken to be whole."""
        p = toy()
        functions = attrs.evolve(p.scheme.functions, complete=False)
        p = p.evolve(scheme=attrs.evolve(p.scheme, functions=functions, delegated_on=None))
        assert () == mended(EVERY, p).directions.directions

    def test_exempt(self):
        """A function for which Ministers ordered that no direction is needed gets none."""
        after = mended(EVERY, toy().evolve(exempt_functions=["respite"]))
        assert [(NHS,)] == [one.given_to.items for one in after.directions]

    def test_of_nobody_here(self):
        """A function of a body that is no party is for the Health Board to carry out."""
        after = mended(EVERY, with_functions(toy(), "respite", delegator="made-up-body"))
        assert [(NHS,)] == [one.given_to.items for one in after.directions]


class TestFunctionsAreDelegated:
    """What a direction is for."""

    def test_another_authoritys(self):
        """A direction in force that is said to be another authority's is the board's own."""
        p = toy(*issued(paper("D-1", issuer="another-ijb")))
        assert toy(*issued(paper("D-1"))) == mended(OWN, p)

    def test_taken(self):
        """It has an id of its own where the board has a direction of that reference."""
        p = toy(*issued(paper("D-1"), paper("D-1", issuer="another-ijb")))
        assert ["D-1", "D-1-2"] == [one.id for one in mended(OWN, p).directions]

    def test_nothing_left(self):
        """A direction that is for no function delegated, and has none to take, is revoked."""
        p = toy(*issued(paper("D-1"), paper("D-2", functions=["parks"])))
        after = mended(OWN, p)
        assert ["revoked"] == [after.directions.state("D-2", on=AS_AT)]

    def test_takes_what_is_bare(self):
        """A direction that names no function takes those of its recipients that have none, and states their sums."""
        p = toy(*issued(paper("D-1", given_to=NHS, functions=[], words="hospital care", payment=None)))
        one = direction(mended(OWN, p), "D-1")
        assert (("frailty", "nursing"), None, Money(0), Money(0)) == (
            one.functions.items,
            one.words,
            one.payment,
            one.set_aside,
        )


class TestRecipients:
    """To whom a direction is given."""

    def test_parties_stay(self):
        """Those who are parties stay, and others are left out."""
        p = toy(*issued(paper("D-1", given_to=[COUNCIL, "made-up-charity"])))
        assert toy(*issued(paper("D-1"))) == mended("PBJW-s26-1-recipient", p)


class TestChangeHasDirection:
    """The direction behind a change of a service."""

    @pytest.mark.parametrize("said", [None, UNKNOWN, "D-2"])
    def test_found(self, said):
        """Where a direction asked for it, that is the one behind it."""
        change = ServiceChange(id="closed", function="respite", made_by=COUNCIL, on="2026-06-01", direction=said)
        after = mended(CHANGED, toy(*issued(paper("D-1"))).evolve(service_changes=[change]))
        assert ["D-1"] == [one.direction for one in after.service_changes]

    def test_undone(self):
        """A change that no direction asked for is undone; those that are in order, or to come, stay."""
        changes = [
            ServiceChange(id=id, function="respite", made_by=COUNCIL, on=on, direction=said)
            for id, on, said in (
                ("before", "2026-01-01", "D-1"),
                ("in-order", "2026-06-01", "D-1"),
                ("to-come", "2027-01-01", None),
            )
        ]
        p = toy(*issued(paper("D-1"))).evolve(service_changes=Listing(changes, complete=False))
        after = mended(CHANGED, p).service_changes
        assert (["in-order", "to-come"], True) == ([one.id for one in after.items], after.complete)

    def test_same_reference(self):
        """A reference that several years use has its year before it."""
        old = paper("D-1", issued_on="2025-03-20", decided_on="2025-03-18", effective_from="2025-04-01")
        change = ServiceChange(id="closed", function="respite", made_by=COUNCIL, on="2026-06-01", direction=None)
        after = mended(CHANGED, toy(*issued(old, paper("D-1"))).evolve(service_changes=[change]))
        assert ["2026/27/D-1"] == [one.direction for one in after.service_changes]


class TestNotRefused:
    """Compliance."""

    def test_refusal(self):
        """A refusal is taken back, and nothing is said to have been done."""
        p = toy(*issued(paper("D-1", progress="refused"), paper("D-2", progress="completed")))
        after = mended("PBJW-s27-4-comply", p)
        assert ["not begun", "completed"] == [one.progress for one in after.directions]


class TestLeadAgency:
    """Directions of lead agencies."""

    def test_role(self):
        """A direction given under the role of a lead agency is its own."""
        p = example("lead-agency-both-ways")
        role = p.lead_agencies[0]
        mine = [one.id for one in p.functions if one.delegate == role.body]
        other = next(one.id for one in p.functions if one.delegate != role.body)
        one = paper("D-1", issuer=role.id, given_to=p.health_board.id, functions=[mine[0], other])
        after = mended(OWN, p.evolve(directions=attrs.evolve(p.directions, steps=issued(one))))
        assert (role.id, (mine[0],)) == (
            direction(after, "D-1").issuer,
            direction(after, "D-1").functions.items,
        )
