"""Revised schemes, and the groups to consult."""

import copy
import pickle

import attrs
import pytest
from tests.partnerships import assert_refused, wrong

from scotintegration.functions import EXCEPTED, enactments
from scotintegration.revisions import CONSULTEES, Revision
from scotintegration.unknown import UNKNOWN, Listing

REVISION = Revision(
    id="revised-2018",
    consulted=CONSULTEES,
    submitted_on="2018-01-24",
    effect_on="2018-04-01",
    source={"effect_on": "letter"},
)


class TestLaws:
    def test_value(self):
        """A revision is a value, and where its facts come from is no fact about it."""
        sourced = attrs.evolve(REVISION, source={"effect_on": "another letter"})
        assert REVISION == sourced == pickle.loads(pickle.dumps(REVISION)) == copy.deepcopy(REVISION)
        assert hash(REVISION) == hash(sourced)

    def test_order(self):
        """The order of those consulted does not matter."""
        assert REVISION == attrs.evolve(REVISION, consulted=reversed(tuple(CONSULTEES)))

    @pytest.mark.parametrize(
        ("good", "field", "values"),
        [
            *wrong(
                REVISION,
                id="id",
                consulted="ids",
                consulted_on="maybe day",
                submitted_on="maybe day",
                approved_by="maybe id",
                approved_on=("", "2026-02-30", 20260130, True, "2018-01-23"),
                effect_on="maybe day",
                effect_set_by="maybe id",
                published_on="maybe day",
                model=(True, 5, "", "e", "ab", "A"),
                local_authorities=(5, [5], [""], [None]),
                source="source",
            )
        ],
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)

    @pytest.mark.parametrize("model", ["a", "b", "c", "d", None, UNKNOWN])
    def test_model(self, model):
        """A revision names one of the four models, or none."""
        assert model is attrs.evolve(REVISION, model=model).model

    def test_councils(self):
        """A revision that leaves the councils as they were is not one without councils."""
        given = [attrs.evolve(REVISION, local_authorities=one).local_authorities for one in (None, (), UNKNOWN)]
        assert [None, Listing(()), Listing((), complete=False)] == given


class TestLists:
    def test_thirteen(self):
        """The regulations name thirteen groups."""
        assert 13 == len(CONSULTEES) == len(set(CONSULTEES.values()))
        assert sorted(CONSULTEES) == list(CONSULTEES)

    def test_excepted(self):
        """A section that a Health Board may not delegate is of an Act that is on the list as a whole."""
        acts = {one.act for one in enactments().values() if one.provision == "all functions"}
        assert acts >= {name.rpartition(" s. ")[0] for name in EXCEPTED.values()}
        assert "National Health Service (Scotland) Act 1978 s. 2(7)" == EXCEPTED["hb-never-nhsa1978-s2-7"]
        assert 15 == len(EXCEPTED)
        assert set() == set(EXCEPTED) & set(enactments())
