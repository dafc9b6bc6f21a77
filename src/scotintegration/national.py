"""Self-evaluations of many partnerships, counted proposal by proposal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from scotintegration._fields import a_text, an_id, each, named, to_day
from scotintegration._tabled import Tabled
from scotintegration.errors import DuplicateError, NotFoundError
from scotintegration.evaluations import SelfEvaluation
from scotintegration.evaluations import _csv as _evaluation_csv
from scotintegration.evaluations._tables import ANSWERS, HEADS, counted, head, notes
from scotintegration.proposals import Proposal, proposals
from scotintegration.tables import Cell, Table
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["NationalSelfEvaluation"]


def _to_evaluations(value: Iterable[SelfEvaluation]) -> tuple[SelfEvaluation, ...]:
    return tuple(sorted(value, key=lambda one: str(getattr(one, "partnership", ""))))


def _to_names(value: Mapping[str, str] | Iterable[str]) -> dict[str, str]:
    if isinstance(value, str):
        raise TypeError(f"a collection of ids was expected, got the text {value!r}; put it in a list")
    return dict(value) if isinstance(value, Mapping) else {id: id for id in value}


def _names(instance: object, attribute: attrs.Attribute[Any], value: Mapping[Any, Any]) -> None:
    for id, name in value.items():
        an_id(instance, attribute, id)
        a_text(instance, attribute, name)


@attrs.frozen(kw_only=True, field_transformer=named)
class NationalSelfEvaluation(Tabled):
    """
    Self-evaluations of many partnerships, one of each.

    Attributes:
        evaluations: The self-evaluations, in order of partnership.
        partnerships: Name of every partnership by id, or the ids alone; those with a self-evaluation are added. One
            without is counted as unknown.

    Raises:
        DuplicateError: If a partnership has two self-evaluations.
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed or a name is blank.

    Source: our choice. A partnership that nobody heard from is not one that has established nothing.

    >>> from scotintegration.proposals import Rating
    >>> toytown = SelfEvaluation(partnership="toytown", on="2026-06-30", ratings=[Rating("4(iv)", "established")])
    >>> national = NationalSelfEvaluation(evaluations=[toytown], partnerships=["toytown", "vale"])
    >>> {answer: number for answer, number in national.counts("4(iv)").items() if number}
    {'established': 1, 'unknown': 1}

    .. versionadded:: 0.1.0
    """

    evaluations: tuple[SelfEvaluation, ...] = attrs.field(converter=_to_evaluations, validator=each(SelfEvaluation))
    partnerships: Mapping[str, str] = attrs.field(
        factory=dict, converter=_to_names, validator=_names, hash=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        names: dict[str, str] = {}
        for one in self.evaluations:
            if one.partnership in names:
                raise DuplicateError("self-evaluation of partnership", one.partnership, "the national table")
            names[one.partnership] = one.name
        object.__setattr__(self, "partnerships", dict(sorted({**names, **self.partnerships}.items())))

    @classmethod
    def from_csv(
        cls,
        path: str | PathLike[str],
        *,
        on: date | str | None = None,
        network: _evaluation_csv.Areas | None = None,
        columns: Mapping[str, str | None] | None = None,
        complete: bool = True,
    ) -> NationalSelfEvaluation:
        r"""
        Read self-evaluations of many partnerships from one table as spreadsheets write it.

        The columns are those of :meth:`SelfEvaluation.from_csv`; every row names its partnership.

        Args:
            path: The file.
            on: The day as at which they stand; by default the last day in *rated_on* of each.
            network: Finds the id of each partnership by any of its names; its other partnerships are unknown.
            columns: Our name for each column of the file that is called something else; None for one to pass over.
            complete: Whether a proposal without a row is known to be unrated by that partnership.

        Returns:
            The self-evaluations.

        Raises:
            DateError: If *on* is no day.
            LoadError: If anything cannot be read; it lists every fault, and nothing is half loaded.
            OSError: If the file cannot be opened.
            ValueError: If *columns* leads to a column that is not ours.

        Source: our choice.

        >>> from pathlib import Path
        >>> text = "partnership,reference,step\nToytown,4(iv),established\nVale,4(iv),\n"
        >>> _ = Path("national.csv").write_text(text)
        >>> len(NationalSelfEvaluation.from_csv("national.csv", on="2026-06-30"))
        2

        .. versionadded:: 0.1.0
        """
        day = None if on is None else to_day(on)
        found = _evaluation_csv.read_all(path, on=day, network=network, columns=columns, complete=complete)
        names = {} if network is None else {area.id: area.name for area in network.partnerships}
        return cls(
            evaluations=[SelfEvaluation(**attrs.asdict(group, recurse=False)) for group in found], partnerships=names
        )

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "NationalSelfEvaluation"

    # -- answers -------------------------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[SelfEvaluation]:
        return iter(self.evaluations)

    def __len__(self) -> int:
        return len(self.evaluations)

    def __getitem__(self, partnership: str) -> SelfEvaluation:
        """
        Give the self-evaluation of a partnership, by its id or its name.

        Raises:
            NotFoundError: If there is none, with suggestions.
        """
        for one in self.evaluations:
            if partnership in (one.partnership, one.name):
                return one
        raise NotFoundError.among("self-evaluation of", partnership, [one.name for one in self.evaluations])

    def counts(self, reference: str | Proposal) -> dict[str, int]:
        """
        Count the partnerships by what they answered on a proposal.

        Args:
            reference: The proposal, such as ``"4(iv)"``.

        Returns:
            A number for each of :data:`ANSWERS`; they add up to the number of partnerships.

        Raises:
            NotFoundError: If there is no such proposal, with suggestions.

        Source: our choice. What is not known is counted apart.

        .. versionadded:: 0.1.0
        """
        silent = len(self.partnerships) - len(self.evaluations)
        return counted([one.step(reference) for one in self.evaluations] + [UNKNOWN] * silent)

    # -- faces ---------------------------------------------------------------------------------------------------

    @property
    def _caption(self) -> str:
        told = f"Self-evaluations of {len(self.evaluations)} of {len(self.partnerships)} partnerships"
        days = sorted({one.on.isoformat() for one in self.evaluations})
        return f"{told} as at {' to '.join(dict.fromkeys((days[0], days[-1])))}" if days else told

    def to_table(self) -> Table:
        """
        Give one row a proposal, in order.

        Returns:
            Columns reference, feature, proposal, and the number of partnerships for each of :data:`ANSWERS`.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows: list[tuple[Cell, ...]] = [(*head(one), *self.counts(one).values()) for one in proposals()]
        return Table(self._caption, (*HEADS, *ANSWERS), rows, notes=notes())

    def by_partnership(self) -> Table:
        """
        Give one row a partnership, in order of id.

        Returns:
            Columns partnership, as at, and the number of proposals for each of :data:`ANSWERS`.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        held = {one.partnership: one for one in self.evaluations}
        rows: list[tuple[Cell, ...]] = []
        for id, name in self.partnerships.items():
            one = held.get(id)
            day: Cell = UNKNOWN if one is None else one.on.isoformat()
            counts = counted([UNKNOWN] * len(proposals())) if one is None else one.counts()
            rows.append((name, day, *counts.values()))
        return Table(self._caption, ("partnership", "as at", *ANSWERS), rows, notes=notes())
