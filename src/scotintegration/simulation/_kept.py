"""What an ensemble keeps of its runs: every year of each, or counts and sums only (private)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.dates import FinancialYear
from scotintegration.errors import NotFoundError
from scotintegration.simulation._inputs import Floats, Pence
from scotintegration.simulation._jobs import Played, yearly
from scotintegration.simulation._sketch import Sketch, rank

__all__ = ["COLUMNS", "COUNTED", "Summary", "Years", "fingerprint", "known"]

COLUMNS: Final = (
    "allocated_late",
    "budget",
    "deferred",
    "directions",
    "earmarked",
    "kept",
    "overspend",
    "repaid",
    "reserve",
    "spent",
    "top_up_council",
    "top_up_health_board",
    "top_ups",
)
"""Named columns of an ensemble."""

COUNTED: Final = ("deferred", "directions")
"""The columns that are no money."""

_USUAL: Final = tuple(name for name in COLUMNS if name not in ("allocated_late", "earmarked", "kept", "repaid"))


@attrs.frozen(kw_only=True, eq=False)
class Years:
    """
    Yearly results of many runs, as arrays under names.

    Every column has the axes runs and years, in this order, and in an ensemble of a network partnerships after them.
    Money is whole pence, int64.

    Attributes:
        years: The financial years.
        runs: Numbers of the runs, ascending, int64.
        ids: Ids of the partnerships.
        one: Whether there is a single partnership, which then has no axis.
        outputs: The engine's results, shape ``(runs, partnerships, years)``.
        budgets_pence: Budgets, same shape, or with a single row where runs agree.
        opening_pence: Reserves at the start, shape ``(runs, partnerships)``, or with a single row.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    years: tuple[FinancialYear, ...]
    runs: npt.NDArray[np.int64]
    ids: tuple[str, ...]
    one: bool
    outputs: Mapping[str, npt.NDArray[Any]]
    budgets_pence: Pence
    opening_pence: Pence

    @classmethod
    def of(cls, played: Played, years: tuple[FinancialYear, ...], ids: tuple[str, ...], first: int) -> Years:
        """Name what the engine gave for runs *first* up."""
        outputs = yearly(played.outputs) | dict({} if played.beyond is None else played.beyond.yearly)
        runs = np.arange(first, first + len(outputs["reserve_pence"]))
        return cls(
            years=years,
            runs=runs,
            ids=ids,
            one=len(ids) == 1,
            outputs=outputs,
            budgets_pence=played.budgets_pence,
            opening_pence=played.opening_pence,
        )

    @property
    def axes(self) -> tuple[str, ...]:
        """Names of the axes of every column."""
        return ("runs", "years") if self.one else ("runs", "years", "partnerships")

    @property
    def directions(self) -> Pence:
        """Directions issued and varied."""
        return self._turned(self.outputs["directions"])

    @property
    def deferred(self) -> Pence:
        """Meetings that decided nothing, for want of a quorum or a majority."""
        return self._turned(self.outputs["deferred"])

    @property
    def reserve(self) -> Pence:
        """General reserve on 31 March, in pence."""
        return self._turned(self.outputs["reserve_pence"])

    @property
    def top_up_health_board(self) -> Pence:
        """Additional payment by the Health Board to settle the year, in pence."""
        return self._turned(self.outputs["top_health_board_pence"])

    @property
    def top_up_council(self) -> Pence:
        """Additional payment by the council to settle the year, in pence."""
        return self._turned(self.outputs["top_council_pence"])

    @property
    def top_ups(self) -> Pence:
        """Both additional payments, in pence."""
        return self._turned(self._extra())

    @property
    def allocated_late(self) -> Pence:
        """What the Health Board added on 31 March, in pence; 0 where no dial or policy beyond the usual is on."""
        return self._turned(self._more("late_pence"))

    @property
    def earmarked(self) -> Pence:
        """Earmarked reserve on 31 March, in pence; 0 where no dial or policy beyond the usual is on."""
        return self._turned(self._more("earmarked_pence"))

    @property
    def kept(self) -> Pence:
        """What lead agencies kept of the budget, or the Health Board where nobody directed, in pence; else 0."""
        return self._turned(self._more("kept_pence"))

    @property
    def repaid(self) -> Pence:
        """What was repaid of loans, in pence; 0 where no dial or policy beyond the usual is on."""
        return self._turned(self._more("repaid_health_board_pence") + self._more("repaid_council_pence"))

    @property
    def budget(self) -> Pence:
        """What was directed on 1 April, in pence."""
        return self._turned(np.broadcast_to(self.budgets_pence, self.outputs["reserve_pence"].shape))

    @property
    def spent(self) -> Pence:
        """What was spent, in pence."""
        return self._turned(self._used())

    @property
    def overspend(self) -> Pence:
        """What was spent beyond the budget, in pence; 0 where nothing was."""
        return self._turned(np.maximum(self._used() - self.budgets_pence, 0))

    def column(self, name: str) -> Pence:
        """
        Give a column by its name.

        Args:
            name: Its name.

        Returns:
            The array, its axes as in `axes`.

        Raises:
            NotFoundError: If there is no such column, with suggestions.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        known(name)
        column: Pence = getattr(self, name)
        return column

    def before(self, count: int) -> Years:
        """Keep the first so many years."""
        outputs = {name: array[:, :, :count] for name, array in self.outputs.items()}
        return attrs.evolve(
            self, years=self.years[:count], outputs=outputs, budgets_pence=self.budgets_pence[:, :, :count]
        )

    def pick(self, place: int) -> Years:
        """Keep one partnership."""
        rows = slice(place, place + 1)
        return attrs.evolve(
            self,
            ids=self.ids[rows],
            one=True,
            outputs={name: np.ascontiguousarray(array[:, rows]) for name, array in self.outputs.items()},
            budgets_pence=self.budgets_pence[:, rows],
            opening_pence=self.opening_pence[:, rows],
        )

    def merge(self, other: Years) -> Years:
        """Add other runs of the same; runs stay in order of number."""
        runs = np.concatenate([self.runs, other.runs])
        order = np.argsort(runs, kind="stable")

        def both(mine: npt.NDArray[Any], others: npt.NDArray[Any]) -> npt.NDArray[Any]:
            if len(mine) == len(others) == 1 and np.array_equal(mine, others):
                return mine
            rows = [np.broadcast_to(mine, (len(self.runs), *mine.shape[1:]))]
            rows.append(np.broadcast_to(others, (len(other.runs), *others.shape[1:])))
            joined: npt.NDArray[Any] = np.concatenate(rows)[order]
            return joined

        outputs = {name: np.concatenate([one, other.outputs[name]])[order] for name, one in self.outputs.items()}
        return attrs.evolve(
            self,
            runs=runs[order],
            outputs=outputs,
            budgets_pence=both(self.budgets_pence, other.budgets_pence),
            opening_pence=both(self.opening_pence, other.opening_pence),
        )

    def quantile(self, name: str, share: float) -> Pence:
        """Give a quantile of each year, shape ``(years,)`` or ``(years, partnerships)``: the exact amount of a run."""
        values, place = self.column(name), rank(share, len(self.runs))
        return np.asarray(np.partition(values, place, axis=0)[place])

    def mean(self, name: str) -> Floats:
        """Give the mean of each year."""
        whole = self.column(name).astype(object).sum(axis=0)
        return np.asarray(whole / len(self.runs), dtype=np.float64)

    def update(self, found: Any) -> None:
        """Feed a fingerprint."""
        found.update(self.runs.astype("<i8").tobytes())
        for name, array in sorted(self.outputs.items()):
            found.update(f"{name}/{array.shape}".encode())
            found.update(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes())

    def _more(self, name: str) -> Pence:
        """Give a result that only some scenarios have."""
        found: Pence = self.outputs.get(name, np.zeros_like(self.outputs["reserve_pence"]))
        return found

    def _extra(self) -> Pence:
        extra: Pence = self.outputs["top_health_board_pence"] + self.outputs["top_council_pence"]
        return extra

    def _used(self) -> Pence:
        """Everything received and not in reserve was spent: what is received and used balances to the penny."""
        reserve = self.outputs["reserve_pence"]
        used: Pence = self.budgets_pence + self._extra() - reserve
        if "net_pence" in self.outputs:
            used += self.outputs["net_pence"]
        used[:, :, 0] += self.opening_pence
        used[:, :, 1:] += reserve[:, :, :-1]
        return used

    def _turned(self, array: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return array[:, 0] if self.one else array.transpose(0, 2, 1)


def known(name: str) -> None:
    """Refuse a column that is not there."""
    if name not in COLUMNS:
        raise NotFoundError.among("column", name, COLUMNS)


@attrs.frozen(kw_only=True, eq=False)
class _Column:
    """One column: its sums (whole numbers of Python), ends and bins, of shape ``(partnerships, years)``."""

    sums: npt.NDArray[np.object_]
    least: Pence
    most: Pence
    bins: Sketch

    @classmethod
    def of(cls, values: Pence) -> _Column:
        """Sum up values of shape ``(runs, partnerships, years)``."""
        whole = values.astype(np.int64, copy=False)
        return cls(
            sums=whole.sum(axis=0).astype(object), least=whole.min(axis=0), most=whole.max(axis=0),
            bins=Sketch.of(whole),
        )  # fmt: skip

    def merge(self, other: _Column) -> _Column:
        """Add other runs."""
        return _Column(
            sums=self.sums + other.sums,
            least=np.minimum(self.least, other.least),
            most=np.maximum(self.most, other.most),
            bins=self.bins.merge(other.bins),
        )

    def pick(self, place: int) -> _Column:
        """Keep one partnership."""
        rows = slice(place, place + 1)
        return _Column(sums=self.sums[rows], least=self.least[rows], most=self.most[rows], bins=self.bins.pick(place))


@attrs.frozen(kw_only=True, eq=False)
class Summary:
    """
    Counts, sums, ends and fixed bins of every column: as large for a million runs as for a thousand.

    Attributes:
        ids: Ids of the partnerships.
        one: Whether there is a single partnership.
        count: How many runs.
        columns: The columns.
        hits: For each thing watched for, in how many runs it had happened by the end of each year, shape
            ``(years,)``.
    """

    ids: tuple[str, ...]
    one: bool
    count: int
    columns: Mapping[str, _Column]
    hits: Mapping[str, npt.NDArray[np.int64]]

    @classmethod
    def of(cls, years: Years, hits: Mapping[str, npt.NDArray[np.int64]]) -> Summary:
        """Sum up."""
        apart = attrs.evolve(years, one=False)
        names = COLUMNS if "net_pence" in years.outputs else _USUAL
        columns = {name: _Column.of(apart.column(name).transpose(0, 2, 1)) for name in names}
        return cls(ids=years.ids, one=years.one, count=len(years.runs), columns=columns, hits=dict(hits))

    def merge(self, other: Summary) -> Summary:
        """Add other runs of the same partnerships: the same in any order and any grouping."""
        return attrs.evolve(
            self,
            count=self.count + other.count,
            columns={name: one.merge(other.columns[name]) for name, one in self.columns.items()},
            hits={name: one + other.hits[name] for name, one in self.hits.items()},
        )

    def pick(self, place: int) -> Summary:
        """Keep one partnership; what was watched for was watched for in all of them, and is left out."""
        return attrs.evolve(
            self,
            ids=self.ids[place : place + 1],
            one=True,
            columns={name: one.pick(place) for name, one in self.columns.items()},
            hits={},
        )

    def quantile(self, name: str, share: float) -> Pence:
        """Give a quantile of each year, shape ``(years,)`` or ``(years, partnerships)``, within the width of a bin."""
        known(name)
        if name not in self.columns:
            return np.zeros_like(self.quantile("reserve", share))
        column = self.columns[name]
        found = column.bins.quantile(share).clip(column.least, column.most)
        return self._turned(found)

    def mean(self, name: str) -> Floats:
        """Give the mean of each year."""
        known(name)
        if name not in self.columns:
            return np.zeros_like(self.mean("reserve"))
        return self._turned(np.asarray(self.columns[name].sums / self.count, dtype=np.float64))

    def update(self, found: Any) -> None:
        """Feed a fingerprint."""
        found.update(f"{self.count}".encode())
        for name, column in sorted(self.columns.items()):
            found.update(f"{name}/{column.sums.tolist()}".encode())
            for array in (column.least, column.most, column.bins.bins, column.bins.counts):
                found.update(array.astype("<i8").tobytes())

    def _turned(self, array: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return array[0] if self.one else array.T


def fingerprint(kept: Years | Summary) -> str:
    """Give 64 hexadecimal digits: SHA-256 over everything kept."""
    found = hashlib.sha256()
    kept.update(found)
    return found.hexdigest()
