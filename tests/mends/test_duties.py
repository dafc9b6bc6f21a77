"""Mends of rules about other duties: forgotten records, and what is left as it is."""

import attrs
import pytest

from scotintegration.bodies import MinistersDirection
from scotintegration.examples import example
from scotintegration.rules import find
from scotintegration.rules._schemes import with_scheme
from scotintegration.unknown import UNKNOWN, Listing

COMPLY, CHARGES, RESPONDERS, PARENT = "PBJW-s52-comply", "DUTY-charging-la", "CCA-cat1", "CYP-corporate-parent"
BOARD, LEADS = example("body-corporate"), example("lead-agency-both-ways")


def mended(rule, p):
    """Mend one rule and see that it is kept."""
    done = find(rule).mended(p)
    assert () == find(rule).verdicts(done)
    return done


class TestMinisters:
    """What Ministers directed."""

    @pytest.mark.parametrize(
        ("facts", "wanted"),
        [
            ({"due_on": "2025-01-31", "done_on": None, "in_writing": True}, {"done_on": "2025-01-31"}),
            ({"due_on": "2025-01-31", "done_on": UNKNOWN, "in_writing": UNKNOWN}, {"done_on": "2025-01-31"}),
            ({"due_on": UNKNOWN, "done_on": None, "in_writing": True}, {"due_on": None}),
            ({"due_on": None, "done_on": None, "in_writing": True}, {}),
            ({"due_on": "2027-01-31", "done_on": None, "in_writing": True}, {}),
            ({"due_on": "2025-01-31", "done_on": None, "in_writing": False}, {}),
            ({"due_on": UNKNOWN, "done_on": "2025-01-31", "in_writing": True}, {}),
        ],
    )
    def test_done(self, facts, wanted):
        """What was due is done on its last day, and nothing else changes."""
        one = MinistersDirection(about="report on delays", **facts)
        ijb = attrs.evolve(BOARD.ijb, ministers_directions=Listing.partial(one))
        found = mended(COMPLY, BOARD.evolve(ijb=ijb)).ijb.ministers_directions
        assert Listing([attrs.evolve(one, **wanted)]) == found

    def test_without_a_board(self):
        """Where there is no board, the council and the Health Board comply."""
        council = attrs.evolve(LEADS.local_authorities[0], ministers_directions=UNKNOWN)
        p = mended(COMPLY, LEADS.evolve(local_authorities=[council]))
        assert Listing() == p.local_authorities[0].ministers_directions


class TestCharges:
    """Who recovers charges."""

    def test_recovered(self):
        """The council that delegated the service recovers them, in years that have begun."""
        other = attrs.evolve(BOARD.budgets[0].charges[0], recovered_by=UNKNOWN)
        budgets = BOARD.budgets.map(lambda one: attrs.evolve(one, charges=Listing.partial(other)))
        p = mended(CHARGES, BOARD.evolve(budgets=Listing(budgets.items, complete=False)))
        assert p.budgets.complete
        assert BOARD.budgets[0] == p.budgets[0]

    def test_year_to_come(self):
        """A year to come is left as it is."""
        budgets = BOARD.budgets.map(lambda one: attrs.evolve(one, charges=UNKNOWN))
        last = budgets[-1]
        p = mended(CHARGES, BOARD.evolve(budgets=budgets).at(last.year.previous.end))
        assert last == p.budgets[-1]

    def test_no_function(self):
        """A charge for no function that is known is for none that was delegated."""
        stray = attrs.evolve(BOARD.budgets[0].charges[0], function="gardening", recovered_by=UNKNOWN)
        budgets = BOARD.budgets.map(lambda one: attrs.evolve(one, charges=[stray]))
        functions = Listing(BOARD.scheme.functions.items, complete=False)
        p = mended(CHARGES, with_scheme(BOARD.evolve(budgets=budgets), functions=functions))
        assert p.scheme.functions.complete
        assert stray == p.budgets[0].charges[0]


class TestStanding:
    """How authorities are treated."""

    @pytest.mark.parametrize("flag", [UNKNOWN, False])
    def test_responders(self, flag):
        """Every lead agency is a Category 1 responder."""
        p = LEADS.evolve(lead_agencies=[attrs.evolve(one, category_1=flag) for one in LEADS.lead_agencies])
        assert mended(RESPONDERS, p) == LEADS

    def test_parent(self):
        """A board that may have functions for children is a corporate parent."""
        scheme = attrs.evolve(BOARD.scheme, functions=Listing(BOARD.scheme.functions.items, complete=False))
        p = BOARD.evolve(scheme=scheme, ijb=attrs.evolve(BOARD.ijb, corporate_parent=UNKNOWN))
        assert BOARD.ijb == mended(PARENT, p).ijb


class TestRecords:
    """Records of duties kept."""

    @pytest.mark.parametrize("rule", ["PBJW-s53-guidance", "EQ-specific", "BV-ijb", "IJBO-sch6-minutes"])
    def test_assumed(self, rule):
        """A record that is missing is added for the day that governs, marked as assumed."""
        p = mended(rule, BOARD.evolve(evidence=UNKNOWN))
        assert [(rule, True, BOARD.as_at)] == [(one.duty, one.assumed, one.on) for one in p.evidence.items]
