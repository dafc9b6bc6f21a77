"""Records that the duties were kept of which nothing else is written down (private)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import attrs

from scotintegration.evidence import Evidence
from scotintegration.schemes import Model


@attrs.frozen
class Record:
    """Duties shown by one document: which, on what day or day of each year, and under which models."""

    document: str
    on: date
    duties: tuple[str, ...]
    models: str = "abcd"
    yearly: bool = False


RECORDS: Final = (
    Record(
        "report of the consultation on the scheme",
        date(2015, 2, 20),
        (
            "ISR-reg2-3-act-accordingly",
            "PBJW-s1-2-joint-scheme",
            "PBJW-s1-5-la-function-listed",
            "PBJW-s1-6-hb-function-prescribed",
            "PBJW-s2-6-cross-scheme",
            "PBJW-s2-single-or-joint",
            "PBJW-s3-regard",
            "PBJW-s6-3-account",
            "PBJW-s6-consult",
            "PBJW-s7-submit-by",
        ),
    ),
    Record(
        "integration scheme",
        date(2015, 6, 12),
        (
            "DAYS-delegation-by",
            "ISR-dispute",
            "ISR-fin-report-freq",
            "ISR-variance",
            "PBJW-s45-2-request",
            "PBJW-s46-4-consult",
            "PBJW-s46-8-publish",
            "PBJW-s46-approval-effect",
            "PBJW-s47-new-not-revised",
            "PBJW-s57-no-la-agency",
            "PBJW-s8-publish",
        ),
    ),
    Record("integration scheme", date(2015, 6, 12), ("ISR-co-interim", "PBJW-s10-7-ministers", "PBJW-s9-order"), "a"),
    Record(
        "list of functions carried out in conjunction",
        date(2015, 6, 12),
        ("PBJW-s1-13-conjoined-delegable", "PBJW-s1-3c-conjoined-lead-only"),
        "bcd",
    ),
    Record("list of functions and who received each", date(2015, 6, 12), ("PBJW-s59-d-joint",), "d"),
    Record("review of the scheme", date(2020, 3, 18), ("PBJW-s44-4-decide",)),
    Record(
        "register of members",
        date(2023, 5, 24),
        (
            "IJBO-a10-4-ex-councillor",
            "IJBO-a13-4-six-months",
            "IJBO-a3-1-doctor",
            "IJBO-a3-1-gp-listed",
            "IJBO-a3-1-nurse",
            "IJBO-a3-2-hb-determines",
            "IJBO-a3-7-area",
            "IJBO-a7-2-ex-officio",
            "IJBO-a8-disqualified",
            "IJBO-a9-3-no-resign",
        ),
        "a",
    ),
    Record(
        "minutes of the board",
        date(2024, 1, 17),
        (
            "IJBO-a12-proxy-preside",
            "IJBO-a12-proxy-vote",
            "IJBO-a17-2-chair",
            "IJBO-a17-4-committee-vote",
            "IJBO-a18-so-exist",
            "IJBO-sch5-interest",
            "IJBO-sch6-minutes",
        ),
        "a",
    ),
    Record("standing orders of the committee", date(2016, 1, 20), ("IJMC-so",), "bcd"),
    Record("minutes of the committee", date(2024, 1, 17), ("PBJW-s43-5-assist", "PBJW-s43-response"), "bcd"),
    Record("reports of the Health Board on sums set aside", date(2024, 1, 17), ("PBJW-s28-5-report",), "acd"),
    Record("unaudited accounts", date(2023, 6, 21), ("FIN-accounts-30-jun", "FIN-s95-certifies"), "a", yearly=True),
    Record("unaudited accounts", date(2023, 8, 23), ("FIN-accounts-31-aug",), "a", yearly=True),
    Record("audited accounts", date(2023, 9, 20), ("FIN-accounts-30-sep",), "a", yearly=True),
    Record("audited accounts", date(2023, 10, 11), ("FIN-accounts-31-oct",), "a", yearly=True),
    Record(
        "annual governance statement",
        date(2023, 6, 21),
        ("BV-ijb", "FIN-governance-statement", "FIN-internal-audit"),
        "a",
        yearly=True,
    ),
    Record("log of directions", date(2024, 3, 20), ("PBJW-s26-3-info", "PBJW-s40-regard"), yearly=True),
    Record(
        "log of directions",
        date(2024, 3, 20),
        (
            "GUID-D05-amount-and-kind",
            "GUID-D06-within-budget",
            "GUID-D07-one-in-force",
            "GUID-D09-revise-on-change",
            "GUID-D10-increase-matched",
            "GUID-D11-cites-decision",
            "GUID-D12-report-marker",
            "GUID-D13-issued-by-officer",
            "GUID-D14-review-and-monitoring",
            "GUID-D15-review-not-missed",
            "GUID-D17-linked-to-plan",
            "GUID-D18-change-without-direction",
            "GUID-dir-content",
            "GUID-dir-record",
        ),
        yearly=True,
    ),
    Record(
        "strategic plan of 2016 and the papers behind it",
        date(2016, 3, 14),
        (
            "PBJW-s29-3-partition",
            "PBJW-s29-3b-separate",
            "PBJW-s29-4-names-day",
            "PBJW-s29-5-first-before-start",
            "PBJW-s30-3-other-ias",
            "PBJW-s32-spg-exists",
            "PBJW-s33-5-recipients",
            "PBJW-s33-7-account",
            "PBJW-s33-sequence",
            "PBJW-s35-2-statement",
            "PBJW-s37-9-start-day",
            "SPG-groups-12",
        ),
    ),
    Record("papers on the strategic plan", date(2024, 3, 20), ("PBJW-s34-info", "PBJW-s36-significant"), "abc"),
    Record("replacement of the strategic plan", date(2024, 3, 20), ("PBJW-s38-6-comply", "PBJW-s38-joint"), "a"),
    Record("review of the strategic plan", date(2022, 2, 21), ("PBJW-s37-2b-spg",)),
    Record(
        "papers on the strategic plan",
        date(2024, 3, 20),
        (
            "GUID-locality-gp",
            "GUID-plan-eqia",
            "GUID-plan-housing",
            "GUID-plan-mtfp",
            "PBJW-s41-locality-consult",
        ),
    ),
    Record("annual financial statement", date(2024, 3, 20), ("PBJW-s39-2-amount", "PBJW-s39-afs-yearly"), yearly=True),
    Record(
        "annual performance report",
        date(2023, 7, 28),
        (
            "PBJW-s42-4b-copies",
            "PR-r3-outcomes",
            "PR-r3b-principles",
            "PR-r4-finance",
            "PR-r4-proportions",
            "PR-r5-best-value",
            "PR-r6-localities",
            "PR-r7-inspection",
            "PR-r8-review",
        ),
        yearly=True,
    ),
    Record("annual performance report", date(2023, 7, 28), ("PBJW-s42-6-info", "PR-r3c-s36-count"), "abc", yearly=True),
    Record("annual performance report", date(2023, 7, 28), ("PR-r9-ijmc",), "bcd", yearly=True),
    Record(
        "statement of compliance",
        date(2024, 3, 20),
        (
            "CCA-cat1",
            "DUTY-charging-la",
            "PBJW-s22-cooperate",
            "PBJW-s52-comply",
            "PBJW-s53-guidance",
        ),
    ),
    Record(
        "statement of compliance",
        date(2024, 3, 20),
        ("CYP-corporate-parent", "EQ-fairer", "EQ-specific", "ETH-ijb-code", "ISL-s8-icia"),
        "a",
    ),
    Record("yearly information on staffing", date(2024, 4, 1), ("STAFF-s3-6",), yearly=True),
    Record("statement on children's rights", date(2024, 7, 16), ("UNCRC-s6",)),
    Record("statement on ethical commissioning", date(2026, 1, 7), ("PBJW-s53A-ethical",)),
)
"""What each area can show, in order of subject."""

LAST_YEAR: Final = 2027


def evidence_of(model: Model) -> Iterator[Evidence]:
    """Give the records of an area of a model; yearly ones have one a year to 2027."""
    for record in RECORDS:
        if model.letter not in record.models:
            continue
        for year in range(record.on.year, LAST_YEAR + 1 if record.yearly else record.on.year + 1):
            for duty in record.duties:
                yield Evidence(duty=duty, met=True, on=record.on.replace(year=year), document=record.document)
