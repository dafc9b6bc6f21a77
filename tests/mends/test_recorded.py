"""What a mend records of a duty that only a record can show to be kept."""

import subprocess
import sys

import attrs
import pytest

from scotintegration.evidence import Evidence
from scotintegration.examples import example
from scotintegration.mends._table import recorded, table
from scotintegration.rules import find
from scotintegration.schemes import Review
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
DUTY = "PBJW-s26-3-info"
LATER = ("BV-ijb", "FIN-governance-statement", "FIN-internal-audit", DUTY, "PBJW-s40-regard", "PBJW-s42-6-info")


class TestRecorded:
    """`recorded`."""

    @pytest.mark.parametrize("rule", [*LATER, "STAFF-s3-6", "PBJW-s3-regard", "EQ-fairer"])
    def test_only_adds(self, rule):
        """Every record that there is stays, a later one too."""
        p = find(rule).failing()
        after = find(rule).mended(p)
        fresh = Evidence(duty=rule, met=True, on=p.as_at, assumed=True)
        assert {*map(str, p.evidence), str(fresh)} == set(map(str, after.evidence))

    def test_of_the_day(self):
        """A record of that very day gives way."""
        p = P.evolve(evidence=[Evidence(duty=DUTY, met=False, on=P.as_at)])
        after = recorded(DUTY)(p)
        assert [Evidence(duty=DUTY, met=True, on=P.as_at, assumed=True)] == list(after.evidence)

    @pytest.mark.parametrize("complete", [True, False])
    def test_as_whole(self, complete):
        """The records stay as complete as they were."""
        assert complete is recorded(DUTY)(P.evolve(evidence=Listing((), complete))).evidence.complete

    @pytest.mark.parametrize(
        "rule", [DUTY, "PBJW-s34-info", "PBJW-s42-6-info", "PBJW-s45-2-request", "PBJW-s43-5-assist"]
    )
    def test_nothing_happened(self, rule):
        """Where nothing is on record of a duty that waits for a request, it is recorded that there was none."""
        p = example("lead-agency-to-board") if rule == "PBJW-s43-5-assist" else P
        bare = p.evolve(evidence=())
        (record,) = find(rule).mended(bare).evidence
        assert any(word in record.document for word in ("no ", "nobody", "nothing"))
        (_, other) = (
            find(rule).mended(bare.evolve(evidence=[attrs.evolve(record, met=False, on="2020-01-01")])).evidence
        )
        assert UNKNOWN is other.document


class TestReviewOfPlan:
    """`ask_planning_group`."""

    @pytest.mark.parametrize(
        ("reviews", "wanted"),
        [
            ((), "no plan was reviewed"),
            ((Review(completed_on=None),), "no plan was reviewed"),
            ((Review(completed_on="2027-01-01"),), "no plan was reviewed"),
            ((Review(completed_on="2026-01-01"),), UNKNOWN),
            ((Review(),), UNKNOWN),
        ],
    )
    def test_whether_there_was_one(self, reviews, wanted):
        """It is recorded that there was no review only where none is on record."""
        plan = attrs.evolve(P.plans[-1], reviews=reviews)
        after = find("PBJW-s37-2b-spg").mended(P.evolve(plans=[plan], evidence=()))
        assert [wanted] == [record.document for record in after.evidence]


class TestTable:
    """`table`."""

    def test_order(self):
        """The order of mends does not hang on which module was imported first."""
        code = "import scotintegration.mends.{}; from scotintegration.mends._table import table; print(*table())"
        orders = [
            subprocess.run([sys.executable, "-c", code.format(name)], capture_output=True, text=True, check=True).stdout
            for name in ("accounts", "schemes")
        ]
        assert list(table()) == orders[0].split() == orders[1].split()
