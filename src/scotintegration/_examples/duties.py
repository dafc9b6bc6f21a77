"""Records that the duties were kept of which nothing else is written down (private)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import attrs

from scotintegration._examples.papers import PLAN_YEARS
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
            "PBJW-s2-6-cross-scheme",
            "PBJW-s3-regard",
            "PBJW-s6-3-account",
        ),
    ),
    Record(
        "integration scheme",
        date(2015, 6, 12),
        ("PBJW-s45-2-request",),
    ),
    Record("integration scheme", date(2015, 6, 12), ("PBJW-s10-7-ministers",), "a"),
    *(Record("review of the scheme", day, ("PBJW-s44-4-decide",)) for day in (date(2020, 3, 18), date(2025, 2, 19))),
    Record(
        "minutes of the board",
        date(2024, 1, 17),
        ("IJBO-sch6-minutes",),
        "a",
    ),
    Record("minutes of the committee", date(2024, 1, 17), ("PBJW-s43-5-assist",), "bcd"),
    Record(
        "annual governance statement",
        date(2023, 6, 21),
        ("BV-ijb", "FIN-governance-statement", "FIN-internal-audit"),
        "a",
        yearly=True,
    ),
    Record("log of directions", date(2024, 3, 20), ("PBJW-s26-3-info", "PBJW-s40-regard"), yearly=True),
    *(
        Record(
            f"strategic plan of {year} and the papers behind it",
            date(year, 3, 14),
            ("PBJW-s30-3-other-ias", "PBJW-s33-7-account"),
        )
        for year in PLAN_YEARS
    ),
    Record("papers on the strategic plan", date(2024, 3, 20), ("PBJW-s34-info",), "abc"),
    *(Record("review of the strategic plan", date(year, 2, 21), ("PBJW-s37-2b-spg",)) for year in PLAN_YEARS[1:]),
    Record(
        "papers on the strategic plan",
        date(2024, 3, 20),
        (
            "GUID-locality-gp",
            "GUID-plan-eqia",
            "GUID-plan-housing",
            "GUID-plan-mtfp",
        ),
    ),
    Record("annual performance report", date(2023, 7, 28), ("PBJW-s42-6-info",), "abc", yearly=True),
    Record(
        "statement of compliance",
        date(2024, 3, 20),
        (
            "PBJW-s22-cooperate",
            "PBJW-s53-guidance",
        ),
    ),
    Record(
        "statement of compliance",
        date(2024, 3, 20),
        ("EQ-fairer", "EQ-specific", "ETH-ijb-code", "ISL-s8-icia"),
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
