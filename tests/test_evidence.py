"""Evidence says whether a duty was kept, and whether anybody recorded it."""

import pickle

import attrs
import pytest
from tests.partnerships import assert_refused, wrong

from scotintegration.evidence import Evidence
from scotintegration.unknown import UNKNOWN

KEPT = Evidence(duty="PBJW-s8-publish", met=True, on="2026-04-14", source={"met": "minute 4"})


class TestLaws:
    def test_value(self):
        """Evidence is a value, and where it comes from is no part of it."""
        assert KEPT == attrs.evolve(KEPT, source=None) == pickle.loads(pickle.dumps(KEPT))
        assert hash(KEPT) == hash(attrs.evolve(KEPT, source=None))


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        wrong(KEPT, duty="text", met="flag", on="maybe day", document="maybe text", assumed="bool", source="source"),
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)


class TestEvidence:
    def test_not_recorded(self):
        """Evidence that says no more than its duty is unknown, not breached, and nobody assumed it."""
        bare = Evidence(duty="PBJW-s8-publish")
        assert (UNKNOWN, UNKNOWN, UNKNOWN, False) == (bare.met, bare.on, bare.document, bare.assumed)
