"""What the tables of self-evaluations share (private)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from scotintegration.proposals import MaybeStep, Proposal, Scale, proposals
from scotintegration.tables import Cell
from scotintegration.unknown import UNKNOWN, Unknown

ANSWERS: Final = (*(step.value for step in Scale), "not rated", "unknown")
"""What a partnership may have answered: one of the four steps, nothing, or nobody recorded what."""

HEADS: Final = ("reference", "feature", "proposal")


def answer(step: MaybeStep) -> str:
    """Say what was answered."""
    return "not rated" if step is None else str(step)


def cell(step: MaybeStep) -> Cell:
    """Give what was answered as a cell of a table."""
    return UNKNOWN if isinstance(step, Unknown) else answer(step)


def counted(steps: Iterable[MaybeStep]) -> dict[str, int]:
    """Count the answers, none left out."""
    found = Counter(map(answer, steps))
    return {word: found[word] for word in ANSWERS}


def said(counts: Mapping[str, int]) -> str:
    """Say the counts that are not 0."""
    return "; ".join(f"{number} {word}" for word, number in counts.items() if number)


def head(one: Proposal) -> tuple[str, str, str]:
    """Give the cells with which the row of a proposal begins."""
    return one.reference, f"{one.feature_number} {one.feature}", one.text


def notes() -> tuple[str, ...]:
    """Give what stands under every table."""
    (day,) = {one.published_on for one in proposals()}
    return (f"Proposals of the review of progress of {day.isoformat()}, in our words.",)
