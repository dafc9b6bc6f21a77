"""The annual review of directions: what stood, what was issued, what ended, and what is late or outdated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration._annex_pages import page
from scotintegration._shown import Shown
from scotintegration.dates import FinancialYear
from scotintegration.lifecycle import State
from scotintegration.tables import Cell, Table

if TYPE_CHECKING:
    from os import PathLike

    from scotintegration.receipts import Receipt
    from scotintegration.registers import DirectionsRegister

__all__ = ["DirectionsReview", "Remark", "Reviewed", "Turnover"]

ENDINGS: Final = (State.VARIED, State.SUPERSEDED, State.REVOKED, State.COMPLETED, State.EXPIRED)
"""The ways in which a direction that was issued ends, in the order in which they are shown."""

NOT_RECORDED: Final = "not recorded"

_TWICE: Final = "A direction given to two bodies counts once in the total, and once for each of them."
_SEVERAL: Final = "A direction for several functions counts once in the total, and once for each of them."
_STANDS: Final = (
    "A direction stands from the day it is issued or, if that is sooner, the day it binds; "
    "one whose last day is 31 March ends with the year."
)
_BARE: Final = "What only revokes another direction is not counted as a direction."
_IN_PART: Final = "The register is known only in part: there may be more."


@attrs.frozen(kw_only=True)
class Turnover(Shown):
    """
    How many directions stood, were issued and ended in a year, of one body or one function.

    Attributes:
        of: Name or id of the body or the function.
        opening: How many were brought forward on 1 April.
        issued: How many were issued in the year.
        ended: How many ended in the year.
        closing: How many were carried forward after 31 March.

    Source: our choice. Opening + issued - ended = closing.

    >>> Turnover(of="toy-council", opening=2, issued=3, ended=1, closing=4).balances
    True

    .. versionadded:: 0.1.0
    """

    of: str
    opening: int
    issued: int
    ended: int
    closing: int

    @property
    def balances(self) -> bool:
        """Whether opening + issued - ended = closing."""
        return self.opening + self.issued - self.ended == self.closing


@attrs.frozen(kw_only=True)
class Remark(Shown):
    """
    Something that a review says of one direction.

    Attributes:
        reference: The direction, its year before its reference.
        title: Its title; blank where it has none.
        what: What is to be said of it.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    reference: str
    title: str
    what: str

    def __str__(self) -> str:
        return f"{self.reference}: {self.what}"


@attrs.frozen(kw_only=True)
class Reviewed(Shown):
    """
    One direction of a review, as plain text and flags.

    Attributes:
        reference: The direction, its year before its reference.
        title: Its title; blank where it has none.
        given_to: Names or ids of those it is given to, ``"not recorded"`` among them where they may be more.
        functions: Names or ids of its functions, ``"not recorded"`` among them where they may be more.
        decided_on: The day it was decided, as text; ``"not recorded"`` where that is not known.
        issued_on: The day it was issued, likewise.
        effective_from: The first day it binds, likewise.
        ends_on: Its last day, likewise.
        opening: Whether it was brought forward on 1 April.
        issued: Whether it was issued in the year.
        ended_as: How it ended in the year; blank where it did not.
        closing: Whether it was carried forward after 31 March.
        counted: Whether this could be told; one that is not counted has False for each.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    reference: str
    title: str
    given_to: tuple[str, ...]
    functions: tuple[str, ...]
    decided_on: str
    issued_on: str
    effective_from: str
    ends_on: str
    opening: bool
    issued: bool
    ended_as: str
    closing: bool
    counted: bool

    @property
    def ended(self) -> bool:
        """Whether it ended in the year."""
        return bool(self.ended_as)


@attrs.frozen(kw_only=True)
class DirectionsReview(Shown):
    """
    What became of the directions of an integration authority in a financial year.

    A direction stands from the day it is issued or, if that is sooner, the day it binds, until it has ended; one
    whose last day is 31 March ends with the year. A draft that a meeting rejected was never issued, and is not
    counted. Directions of which it cannot be told whether they stood are counted apart, and never guessed.

    Attributes:
        issuer: Id of the integration authority.
        name: Its name; the id where no name was given.
        year: The financial year.
        opening: How many directions were brought forward on 1 April.
        issued: How many were issued in the year.
        ended_as: How many ended in the year, by how they ended.
        closing: How many stood on 31 March.
        rejected: How many drafts were rejected in the year; they are not counted elsewhere.
        revocations: How many acts that only revoke were issued in the year; they are not counted elsewhere.
        bodies: The same counts by body given them.
        functions: The same counts by function.
        directions: The directions counted, or of which it cannot be told, in the order recorded.
        late: Directions issued in the year late after their decision, or in effect before they were issued.
        outdated: Directions whose review is overdue, that ended and were not replaced, or that are old.
        unknown: What cannot be told, with the fact that is missing.
        complete: Whether the register holds every direction.

    Source: Statutory guidance on directions, January 2020: the log is checked for outdated directions and reviewed.

    .. versionadded:: 0.1.0
    """

    issuer: str
    name: str
    year: FinancialYear
    opening: int
    issued: int
    ended_as: tuple[tuple[str, int], ...]
    closing: int
    rejected: int
    revocations: int
    bodies: tuple[Turnover, ...]
    functions: tuple[Turnover, ...]
    directions: tuple[Reviewed, ...] = attrs.field(repr=False)
    late: tuple[Remark, ...]
    outdated: tuple[Remark, ...]
    unknown: tuple[Remark, ...] = attrs.field(repr=False)
    complete: bool = True
    _register: DirectionsRegister = attrs.field(alias="register", eq=False, repr=False)
    _names: Mapping[str, str] = attrs.field(alias="names", factory=dict, eq=False, repr=False)

    @classmethod
    def of(
        cls, register: DirectionsRegister, year: FinancialYear, *, names: Mapping[str, str] | None = None
    ) -> DirectionsReview:
        """
        Review a financial year of a register.

        Args:
            register: The register, as it stands; one :meth:`as_known_at` a day is reviewed as it stood then.
            year: The year.
            names: Names to print by id of authority, body or function; an id without one is printed itself.

        Returns:
            The review.

        Source: Statutory guidance on directions, January 2020. What is late is our reading of promptly, four weeks.

        .. versionadded:: 0.1.0
        """
        from scotintegration.annual_reviews._counting import counted
        from scotintegration.rules.recording import ISSUE_DAYS

        return counted(register, year, dict(names or {}), issue_days=ISSUE_DAYS)

    # -- counts --------------------------------------------------------------------------------------------------

    def _ended(self, how: str) -> int:
        return dict(self.ended_as).get(how, 0)

    @property
    def ended(self) -> int:
        """How many directions ended in the year."""
        return sum(number for _, number in self.ended_as)

    @property
    def varied(self) -> int:
        """How many were varied."""
        return self._ended("varied")

    @property
    def superseded(self) -> int:
        """How many gave place to another."""
        return self._ended("superseded")

    @property
    def revoked(self) -> int:
        """How many were revoked."""
        return self._ended("revoked")

    @property
    def completed(self) -> int:
        """How many were carried out."""
        return self._ended("completed")

    @property
    def expired(self) -> int:
        """How many ran out."""
        return self._ended("expired")

    @property
    def summary(self) -> str:
        """The counts in one line."""
        sums = f"{self.opening} opening + {self.issued} issued - {self.ended} ended = {self.closing} closing"
        not_told = sum(not one.counted for one in self.directions)
        return f"{sums}; {not_told} cannot be told" if not_told else sums

    # -- tables --------------------------------------------------------------------------------------------------

    @property
    def _notes(self) -> tuple[str, ...]:
        return (_STANDS, _BARE, *(() if self.complete else (_IN_PART,)))

    def to_table(self) -> Table:
        """
        Give the counts as a table.

        Returns:
            One row a line of the account: opening, issued, each way of ending, closing; then what is counted apart.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows: list[tuple[Cell, ...]] = [
            (f"Brought forward from {self.year.previous}", self.opening),
            ("Issued in the year", self.issued),
            *((f"Ended: {how}", -number) for how, number in self.ended_as),
            (f"Carried forward to {self.year.next}", self.closing),
            ("Apart: directions of which this cannot be told", sum(not one.counted for one in self.directions)),
            ("Apart: drafts rejected at a meeting, never issued", self.rejected),
            ("Apart: acts that only revoke", self.revocations),
        ]
        caption = f"Directions of {self.name} in {self.year}: {self.summary}"
        return Table(caption, ("what", "directions"), rows, notes=self._notes)

    def by_body(self) -> Table:
        """
        Give the counts of each body that was directed.

        Returns:
            Columns body, opening, issued, ended, closing.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return _turnovers(f"Directions in {self.year} by body", "body", self.bodies, _TWICE)

    def by_function(self) -> Table:
        """
        Give the counts of each function.

        Returns:
            Columns function, opening, issued, ended, closing.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return _turnovers(f"Directions in {self.year} by function", "function", self.functions, _SEVERAL)

    def _listed(self, caption: str, rows: tuple[Reviewed, ...]) -> Table:
        columns = ("direction", "title", "given to", "decided", "issued", "takes effect", "last day", "ended as")
        return Table(
            caption,
            columns,
            [
                (
                    one.reference, one.title, ", ".join(one.given_to), one.decided_on, one.issued_on,
                    one.effective_from, one.ends_on, one.ended_as,
                )
                for one in rows
            ],
        )  # fmt: skip

    def to_tables(self) -> dict[str, Table]:
        """
        Give every table of the review.

        Returns:
            Heading to table, in the order of the annex.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        year, all_of = self.year, self.directions
        lists = {
            "Issued in the year": tuple(one for one in all_of if one.issued),
            "Ended in the year": tuple(one for one in all_of if one.ended),
            "Carried forward": tuple(one for one in all_of if one.closing),
        }
        remarks = {"Late": self.late, "Outdated": self.outdated, "Cannot be told": self.unknown}
        return {
            "Summary": self.to_table(),
            "By body": self.by_body(),
            "By function": self.by_function(),
            **{head: self._listed(f"{head}, {year}: {len(rows)}", rows) for head, rows in lists.items()},
            **{
                head: Table(
                    f"{head}, {year}: {len(rows)}",
                    ("direction", "title", "what"),
                    [(one.reference, one.title, one.what) for one in rows],
                )
                for head, rows in remarks.items()
            },
        }

    def to_text(self) -> str:
        """
        Give the review as text.

        Returns:
            The tables that are not empty, one under the other.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return "\n\n".join(table.to_text() for table in self.to_tables().values() if len(table))

    def __str__(self) -> str:
        return self.to_text()

    def to_html(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give the review as a page to print, an annex to a board paper, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            A whole HTML page in British English with headings, captions and scoped headings, without script.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        made = f"How this was made: {'; '.join(self.receipt.to_text().splitlines())}."
        title = f"{self.name}: review of directions, {self.year}"
        return page(title, self.summary, self.to_tables(), made=made, path=path)

    def _repr_html_(self) -> str:
        return "\n".join(table.to_html() for table in self.to_tables().values() if len(table))

    def to_records(self) -> list[dict[str, Cell]]:
        """
        Give one dictionary a direction.

        Returns:
            Keys are the columns of :meth:`to_csv`.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self._by_direction().to_records()

    def to_csv(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give the review as CSV, a row a direction, and write it where a path is given.

        Args:
            path: Where to write it.

        Returns:
            The text; the columns *opening*, *issued*, *ended* and *closing* add up to the counts, and a row that is
            not counted has them blank.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self._by_direction().to_csv(path)

    def _by_direction(self) -> Table:
        said = [
            {reference: "; ".join(one.what for one in remarks if one.reference == reference) for reference in names}
            for remarks in (self.late, self.outdated, self.unknown)
            for names in [{one.reference for one in remarks}]
        ]
        rows: list[tuple[Cell, ...]] = []
        for one in self.directions:
            flags = (one.opening, one.issued, one.ended, one.closing)
            counts = [int(flag) if one.counted else None for flag in flags]
            days = (one.decided_on, one.issued_on, one.effective_from, one.ends_on)
            who = ("; ".join(one.given_to), "; ".join(one.functions))
            remarks = (of.get(one.reference, "") for of in said)
            rows.append((str(self.year), one.reference, one.title, *who, *days, *counts, one.ended_as, *remarks))
        columns = (
            "year", "direction", "title", "given to", "functions", "decided", "issued on", "takes effect", "last day",
            "opening", "issued", "ended", "closing", "ended as", "late", "outdated", "cannot be told",
        )  # fmt: skip
        return Table(f"Directions of {self.name} in {self.year}", columns, rows)

    # -- receipt -------------------------------------------------------------------------------------------------

    def remade(self) -> DirectionsReview:
        """
        Make the review again of the same register.

        Returns:
            A review of the same year.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self._register.review(self.year, names=self._names)

    @property
    def receipt(self) -> Receipt:
        """What the review was made with; ``receipt.verify()`` makes it again."""
        from scotintegration.receipts import Receipt, digest_of

        counts = [self.opening, self.issued, [list(one) for one in self.ended_as], self.closing]
        apart = [self.rejected, self.revocations, self.complete, self.name, self.issuer]
        rows = (self.bodies, self.functions, self.directions, self.late, self.outdated, self.unknown)
        listed = [[attrs.astuple(one) for one in group] for group in rows]
        settings: dict[str, str | int | None] = {
            "issuer": self.issuer,
            "year": str(self.year),
            "steps": len(self._register.steps),
            "register": digest_of([repr(step) for step in self._register.steps])[:16],
        }
        return Receipt(
            of="review of directions",
            as_at=self.year.end,
            law_as_at=self.year.end,
            settings=settings,
            digest=digest_of([counts, apart, listed]),
            result=self,
        )


def _turnovers(caption: str, what: str, rows: tuple[Turnover, ...], note: str) -> Table:
    cells = [(one.of, one.opening, one.issued, one.ended, one.closing) for one in rows]
    return Table(caption, (what, "opening", "issued", "ended", "closing"), cells, notes=(note,))
