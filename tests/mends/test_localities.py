"""Mends of localities."""

import attrs
import pytest

from scotintegration.examples import example
from scotintegration.rules import find
from scotintegration.unknown import UNKNOWN, Listing


def mended(rule, p):
    """Mend one rule."""
    return find(rule).mended(p)


def with_last(p, **changes):
    """Change the plan that stands."""
    return p.evolve(plans=[*p.plans[:-1], attrs.evolve(p.plans[-1], **changes)])


@pytest.fixture
def p():
    """Give an area of four localities."""
    return example("body-corporate")


class TestDivideArea:
    RULE = "PBJW-s29-3-two-localities"

    def test_on_record(self, p):
        """The fewest localities on record are named, and everything about them is."""
        found = mended(self.RULE, with_last(p, localities=p.plans[-1].localities.items[-1:])).plans[-1]
        assert (p.plans[-1].localities[0], p.plans[-1].localities[-1]) == found.localities.items

    def test_new(self, p):
        """Without any on record they are numbered, past a number in use; what was kept of them stays kept."""
        bare = with_last(p.evolve(localities=()), localities=["locality-1"], by_locality=["locality-1"])
        found = mended(self.RULE, bare)
        assert ("locality-1", "locality-2") == found.plans[-1].localities.items
        assert ("locality-1", "locality-2") == found.plans[-1].by_locality.items

    def test_in_part(self, p):
        """Where a plan may name more, localities on record are enough; each plan is looked at alone."""
        unsure = with_last(p, localities=UNKNOWN)
        assert unsure is mended(self.RULE, unsure)
        both = [
            attrs.evolve(p.plans[-2], replaced_on=None, localities=()),
            attrs.evolve(p.plans[-1], localities=UNKNOWN),
        ]
        found = mended(self.RULE, p.evolve(plans=both)).plans
        assert [2, 0] == [len(plan.localities) for plan in found]


class TestPartition:
    RULE = "PBJW-s29-3-partition"

    def test_gap(self, p):
        """A small area in no locality is put where there are fewest, and nothing else changes."""
        first, *others = p.localities.items
        gap = attrs.evolve(first, zones=first.zones.items[1:])
        found = mended(self.RULE, p.evolve(localities=[gap, *others])).localities
        assert set(first.zones.items) == set(found[0].zones.items)
        assert tuple(others) == found[1:]

    def test_twice(self, p):
        """A small area in two localities stays in the first."""
        first, second, *others = p.localities.items
        twice = attrs.evolve(second, zones=[*second.zones.items, first.zones[0]])
        assert p.localities == mended(self.RULE, p.evolve(localities=[first, twice, *others])).localities

    def test_only_named(self, p):
        """A locality that a plan only names is put on record, with a share of the small areas."""
        found = mended(self.RULE, with_last(p.evolve(localities=()), localities=["locality-1", "locality-2"]))
        assert ["Locality 1", "Locality 2"] == [one.name for one in found.localities]
        zones = [len(one.zones) for one in found.localities]
        assert sum(len(council.zones) for council in p.local_authorities) == sum(zones)
        assert max(zones) - min(zones) <= 1

    def test_in_part(self, p):
        """Localities that a plan does not name are left known in part."""
        first, *others = [attrs.evolve(one, zones=Listing(one.zones.items, complete=False)) for one in p.localities]
        named = [one.id for one in others]
        found = mended(self.RULE, with_last(p.evolve(localities=[first, *others]), localities=named)).localities
        assert [False, True, True, True] == [one.zones.complete for one in found]
