"""Mends of the strategic planning group."""

from datetime import timedelta

import attrs
import pytest
from tests.mends.papers import with_members, with_scheme

from scotintegration.examples import example
from scotintegration.plans import PLANNING_GROUPS
from scotintegration.rules import find
from scotintegration.unknown import UNKNOWN, Listing


def mended(rule, p):
    """Mend one rule."""
    return find(rule).mended(p)


def seated(p, members):
    """Seat some members and no others."""
    return p.evolve(planning_group=attrs.evolve(p.planning_group, members=members))


@pytest.fixture
def p():
    """Give an area with a whole planning group."""
    return example("body-corporate")


class TestGroup:
    def test_set_up(self, p):
        """The group was set up the day before the first plan was finalised; the rest of it stays."""
        late = p.evolve(planning_group=attrs.evolve(p.planning_group, established_on="2016-09-01"))
        day = p.plans[0].finalised_on - timedelta(days=1)
        expected = attrs.evolve(p.planning_group, established_on=day)
        assert expected == mended("PBJW-s32-spg-exists", late).planning_group

    def test_not_recorded(self, p):
        """Of a group that nobody recorded the members stay unknown; where there was none it has none."""
        for group, complete in ((UNKNOWN, False), (None, True)):
            found = mended("PBJW-s32-spg-exists", p.evolve(planning_group=group)).planning_group
            assert Listing((), complete) == found.members


class TestNominees:
    RULE = "PBJW-s32-1a-nominees"

    def test_none(self, p):
        """A nominee of each party is seated, and of nobody else; no name is made up."""
        found = mended(self.RULE, p.evolve(planning_group=None)).planning_group.members
        assert {body.id for body in p.parties} == {one.nominated_by for one in found}
        assert {UNKNOWN} == {one.person for one in found}

    def test_lead_agency(self):
        """The party that is itself the integration authority nominates nobody."""
        p = example("lead-agency-to-board").evolve(planning_group=None)
        found = mended(self.RULE, p).planning_group.members
        assert [p.local_authorities[0].id] == [one.nominated_by for one in found]

    def test_not_recorded(self, p):
        """Where nobody recorded who nominated members, two of them are nominees and nobody is added."""
        unsure = with_members(p, nominated_by=UNKNOWN)
        found = mended(self.RULE, unsure).planning_group.members
        assert len(unsure.planning_group.members) == len(found)
        assert 2 == sum(one.nominated_by is not UNKNOWN for one in found)

    def test_not_needed_yet(self, p):
        """Before functions pass and a plan stands there need not be a group, once that day is known."""
        waiting = with_scheme(p.evolve(planning_group=None, plans=()), delegated_on=UNKNOWN)
        found = mended(self.RULE, waiting.at("2016-01-05"))
        assert found.planning_group is None


class TestGroups:
    RULE = "SPG-groups-12"

    def test_missing(self, p):
        """Only the groups that have nobody are seated."""
        members = [one for one in p.planning_group.members if one.group not in PLANNING_GROUPS[:2]]
        found = mended(self.RULE, seated(p, members)).planning_group.members
        assert set(PLANNING_GROUPS[:2]) == {one.group for one in found if one not in members}
        assert len(members) + 2 == len(found)

    def test_not_recorded(self, p):
        """Where nobody recorded for whom members speak they speak for the groups, and nobody is added."""
        found = mended(self.RULE, with_members(p, group=UNKNOWN)).planning_group.members
        assert len(p.planning_group.members) == len(found)

    def test_person_twice(self, p):
        """Nobody is known to speak for two groups; whoever does not speak for one is left alone."""
        found = mended(self.RULE, with_members(p, person="A")).planning_group.members
        assert ["A"] == [one.person for one in found if one.group and one.person is not UNKNOWN]
        assert {"A"} == {one.person for one in found if not one.group}


class TestLocalities:
    RULE = "PBJW-s32-7-locality-rep"

    def test_somebody_free(self, p):
        """Somebody who is neither a nominee nor speaks for a group speaks for the localities that nobody does."""
        silent = with_members(p, localities=())
        found = mended(self.RULE, silent).planning_group.members
        (speaker,) = [one for one in found if one.localities.items]
        assert (p.plans[-1].localities.items, None) == (speaker.localities.items, speaker.group)
        assert len(silent.planning_group.members) == len(found)

    def test_nobody_free(self, p):
        """Somebody is seated where all others are nominees or speak for groups."""
        members = [one for one in p.planning_group.members if not one.localities.items]
        found = mended(self.RULE, seated(p, members)).planning_group.members
        assert len(members) + 1 == len(found)

    def test_not_recorded(self, p):
        """Whoever is known in part to speak for localities speaks for those of the plan too."""
        found = mended(self.RULE, with_members(p, localities=UNKNOWN)).planning_group.members
        assert p.plans[-1].localities.items == found[0].localities.items

    def test_no_locality(self, p):
        """A group that nobody recorded is put on record where the plan names no locality to speak for."""
        plans = [*p.plans[:-1], attrs.evolve(p.plans[-1], localities=())]
        found = mended(self.RULE, p.evolve(plans=plans, planning_group=UNKNOWN))
        assert Listing.partial() == found.planning_group.members
