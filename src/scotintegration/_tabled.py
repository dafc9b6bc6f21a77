"""Values that are shown and written as a table (private)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from scotintegration._shown import Shown
from scotintegration.tables import Table

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd


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
