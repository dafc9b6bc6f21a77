"""The directions in force on a day, as a listing that can be printed (private)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration._annex_pages import page
from scotintegration.directions import Direction
from scotintegration.money import Money
from scotintegration.tables import Table
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from os import PathLike

    from scotintegration.registers._history import History

_IN_PART = "Known only in part: there may be more."


def _directions(value: Iterable[Direction]) -> tuple[Direction, ...]:
    return tuple(value)


def _cell(fact: object) -> str:
    return "not recorded" if fact is UNKNOWN else "" if fact is None else str(fact)


def _named(listing: Listing[str], names: Mapping[str, str], words: object = None) -> str:
    told = [*(names.get(id, id) for id in listing.items), *([words] if isinstance(words, str) and words else [])]
    return ", ".join(told if told or listing.complete else ["not recorded"])


def _money(one: Direction) -> str:
    sums = {"payment": one.payment, "set aside": one.set_aside, "specified": one.specified}
    told = [f"{what} {amount}" for what, amount in sums.items() if isinstance(amount, Money)]
    missing = UNKNOWN if UNKNOWN in sums.values() else one.no_amount
    return ", ".join(told) or _cell(missing)


@attrs.frozen(repr=False, eq=False)
class StandingDirections(Listing[Direction]):
    """
    The directions in force on a day.

    It is equal to any listing of the same directions.

    Attributes:
        items: The directions, in the order recorded.
        complete: Whether nothing else is in force.
        on: The day.
        register: The register that they are of.
    """

    items: tuple[Direction, ...] = attrs.field(kw_only=True, default=(), converter=_directions)
    on: date = attrs.field(kw_only=True)
    register: History = attrs.field(kw_only=True)

    @property
    def _names(self) -> Mapping[str, str]:
        return {} if self.register.scope is None else self.register.scope.names

    @property
    def _whose(self) -> str:
        return self._names.get(self.register.issuer, self.register.issuer)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Listing):
            return NotImplemented
        return (self.items, self.complete) == (other.items, other.complete)

    def __hash__(self) -> int:
        return hash(Listing(self.items, self.complete))

    def to_table(self) -> Table:
        """Give one row a direction: reference, title, to whom, for what, money, first and last day, review."""
        columns = ("direction", "title", "given to", "functions", "money", "in force from", "last day", "review")
        rows = [
            (
                one.full_reference,
                _cell(one.title),
                _named(one.given_to, self._names),
                _named(one.functions, self._names, one.words),
                _money(one),
                _cell(one.binds_from),
                _cell(self.register._entry(one).last_day),
                _cell(one.review_on),
            )
            for one in self.items
        ]
        caption = f"Directions of {self._whose} in force on {self.on.isoformat()}: {len(rows)}"
        return Table(caption, columns, rows, notes=() if self.complete else (_IN_PART,))

    def to_text(self) -> str:
        """Give the table as text."""
        return self.to_table().to_text()

    def to_csv(self, path: str | PathLike[str] | None = None) -> str:
        """Give the table as CSV, and write it where a path is given."""
        return self.to_table().to_csv(path)

    def to_html(self, path: str | PathLike[str] | None = None) -> str:
        """Give a whole page to print, an annex to a board paper, and write it where a path is given."""
        title = f"{self._whose}: directions in force on {self.on.isoformat()}"
        summary = f"{len(self)} in force" if self.complete else f"{len(self)} known to be in force; there may be more"
        return page(title, summary, {"In force": self.to_table()}, path=path)

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()
