"""Fans: how a column spreads over the runs, year by year, as a table that can draw itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

from scotintegration.simulation._inputs import Pence
from scotintegration.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Fan"]


@attrs.frozen(kw_only=True)
class Fan(Table):
    """
    Quantiles of a column by financial year.

    Attributes:
        column: Name of the column.
        years: The financial years, as text.
        shares: The quantiles, ascending, each from 0 to 1.
        values: Shape ``(years, shares)``, int64: pence, or counts.
        money: Whether the values are pence.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    column: str
    years: tuple[str, ...]
    shares: tuple[float, ...]
    values: Pence = attrs.field(eq=attrs.cmp_using(eq=np.array_equal), repr=False)
    money: bool

    def plot(self, ax: Axes | None = None) -> Axes:
        """
        Draw the fan: bands between quantiles the same way from the middle, and a line for the median.

        Args:
            ax: Where to draw; by default a new figure.

        Returns:
            The axes drawn on.

        Raises:
            ImportError: If matplotlib is not installed (extra ``plot``).

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        import matplotlib.pyplot as plt

        if ax is None:
            _, ax = plt.subplots()
        values = self.values / (1e8 if self.money else 1.0)
        places = range(len(self.years))
        pairs = len(self.shares) // 2
        for number in range(pairs):
            low, high = self.shares[number], self.shares[-1 - number]
            ax.fill_between(
                places,
                values[:, number],
                values[:, -1 - number],
                color="tab:blue",
                alpha=0.2 + 0.2 * number / pairs,
                linewidth=0,
                label=f"{low:.0%} to {high:.0%} of runs",
            )
        if len(self.shares) % 2:
            ax.plot(places, values[:, pairs], color="tab:blue", marker="o", label=f"{self.shares[pairs]:.0%} of runs")
        ax.set_xticks(list(places), self.years)
        ax.set_xlabel("financial year")
        ax.set_ylabel(f"{self.column.replace('_', ' ')}{', £m' if self.money else ''}")
        ax.set_title(self.caption, fontsize="medium")
        ax.legend(fontsize="small")
        return ax
