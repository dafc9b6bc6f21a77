"""What the tables of self-evaluations share (private)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from scotintegration._shown import Shown
from scotintegration.proposals import MaybeStep, Proposal, Scale, proposals
from scotintegration.tables import Cell, Table
from scotintegration.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd

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


class Tabled(Shown, ABC):
    """A value that is shown and written as a table."""

    __slots__ = ()

    @abstractmethod
    def to_table(self) -> Table:
        """Give the table that a notebook shows."""

    def _whole(self) -> Table:
        """Give every row."""
        return self.to_table()

    def to_text(self) -> str:
        """
        Give it as plain text.

        Returns:
            The table that a notebook shows, as text.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table().to_text()

    def __str__(self) -> str:
        return self.to_text()

    def to_html(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give it as accessible HTML, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            The table that a notebook shows, static and without script.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table().to_html(path)

    def to_csv(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give every row as CSV, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            The text, with a header row.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self._whole().to_csv(path)

    def to_frame(self) -> pd.DataFrame:
        """
        Give every row as a pandas data frame.

        Returns:
            One row a row of the table; UNKNOWN is the text ``"unknown"``.

        Raises:
            ImportError: If pandas is not installed (extra ``frames``).

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self._whole().to_frame()
