"""The register of directions: an append-only history, and what it says of any day."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date
from typing import TYPE_CHECKING, Protocol

import attrs

from scotintegration._fields import MaybeDate
from scotintegration.dates import FinancialYear, day
from scotintegration.directions import Direction, Progress
from scotintegration.errors import Fault, LoadError
from scotintegration.lifecycle import StepKind
from scotintegration.registers import _csv as _register_csv
from scotintegration.registers._history import History, Reference
from scotintegration.registers._strict import forbidden
from scotintegration.scopes import Scope
from scotintegration.steps import Step
from scotintegration.tables import Table

if TYPE_CHECKING:
    from scotintegration.annual_reviews import DirectionsReview

__all__ = ["DirectionsRegister"]


class _Partnership(_register_csv.Parties, Protocol):
    @property
    def register(self) -> DirectionsRegister: ...


def _recorded(direction: Direction, endings: Iterable[tuple[StepKind, str, MaybeDate]]) -> tuple[Step, ...]:
    """Give the steps that record a direction and what it ends; the first that takes effect with it has its paper."""
    binds = direction.binds_from
    rest = list(endings)
    main = next((ending for ending in rest if ending[2] == binds), None)
    if main is None:
        first = Step(kind=StepKind.ISSUE, direction=direction, on=binds)
    else:
        rest.remove(main)
        first = Step(kind=main[0], direction=direction, target=main[1], on=binds)
    return (first, *(Step(kind=kind, target=target, on=on) for kind, target, on in rest))


@attrs.frozen
class DirectionsRegister(History):
    """
    Every direction of one integration authority, in the order recorded.

    A direction is found by its reference or, as many authorities begin numbering anew every year, by its year and
    reference: ``register["D-1"]``, ``register[("2025/26", "1.1")]``, ``register["2025/26/1.1"]``.

    A variation or a supersession ends its target on the day the new direction binds, a revocation on its own day. A
    direction that never takes effect ends nothing: a draft that was rejected, one whose condition is not met, or one
    that ended before its first day. A direction whose last day had passed by then has expired, and nothing that has
    ended begins again. A step whose day was not recorded is taken to come no sooner than its direction was decided or
    issued.

    A strict register refuses a direction that is not in writing, that another authority gave, that is given to anybody
    but a body it may direct, or that is for a function not delegated; and a step that ends a direction of another
    authority, or one that was not yet given. What was not recorded is never refused.

    Attributes:
        issuer: Id of the integration authority.
        steps: The history; each method that adds to it returns a new register.
        complete: Whether every direction is here; where not, what is missing cannot be told.
        strict: Whether to refuse to add a step that statute forbids; otherwise it is recorded, for rules to report.
        scope: What may be directed and whom; a partnership binds its own. Never counts in equality.

    Raises:
        DuplicateError: If two directions share a reference and a year.
        ValueError: If a step speaks of a direction by a reference that several years use.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 to 28.

    >>> register = DirectionsRegister("toy-ijb").issue(
    ...     Direction("D-1", given_to="toy-council", functions=["respite"], effective_from="2026-04-01",
    ...               in_writing=True))
    >>> register.state("D-1", on="2026-04-01")
    <State.IN_FORCE: 'in force'>
    >>> register.revoke("D-1", on="2026-09-01").state("D-1", on="2026-09-01")
    <State.REVOKED: 'revoked'>

    .. versionadded:: 0.1.0
    """

    @classmethod
    def from_csv(
        cls,
        path: str | os.PathLike[str],
        *,
        partnership: _Partnership | None = None,
        issuer: str | None = None,
        columns: Mapping[str, str | None] | None = None,
        strict: bool = False,
        complete: bool = True,
    ) -> DirectionsRegister:
        r"""
        Read a register from a table as spreadsheets write it: CSV in UTF-8, a row for each direction.

        A blank cell, or a column that is not there, is UNKNOWN; a cell with the word ``none`` is known to be empty.
        Days are written 2026-11-22 or 22/11/2026. Rows may stand in any order.

        ==================  =======================================================================================
        column              holds
        ==================  =======================================================================================
        reference           the direction's reference; every row has one
        year                financial year; where blank, that of *effective_from*
        decided_on          and *issued_on*, *effective_from*, *ends_on*, *review_on*, *reviewed_on*: a day
        revoked_on          the day on which the direction of this row was revoked
        varies              and *revokes*, *supersedes*: reference of another row, if need be ``2025/26/1.1``
        directed_to         ``council``, ``health_board``, ``both``, or names or ids of bodies, with semicolons between
        functions           names or ids of functions, with semicolons between, or ``all delegated functions``; what
                            is neither is kept as words. A row that revokes another and has neither functions nor
                            budget asks nothing else
        budget_pounds       the payment; money like ``£1,250,000.01``
        conditional_on      what it is conditional on
        title, notes        text
        ijb                 name or id of the authority; rows of others than *issuer* are passed over
        source_url          where the facts of the row come from
        in_writing          ``yes`` or ``no``
        set_aside           and *specified*: money
        text                and *issued_by*, *meeting*, *monitoring*, *no_amount*, *outcomes*, *payment_method*,
                            *plan_link*, *report*, *split*, *use*: as in Direction
        budget_in           the reference of the direction that states the money
        complements         and *aliases*, *agreed_with*: references of directions beside which it stands, others by
                            which it is known, ids of authorities that agreed it; with semicolons between
        condition_met_on    the day on which what it is conditional on came about
        interim             ``yes`` or ``no``: whether it stands in until another
        mirrors             the direction of another authority that it mirrors
        sent_to             as *directed_to*: whose chief executives it was sent to
        marker              ``none``, ``council``, ``health board`` or ``both``, as the report says
        progress            ``not begun``, ``in progress``, ``completed`` or ``refused``
        ==================  =======================================================================================

        Args:
            path: The file.
            partnership: The partnership whose register it is: it gives the authority's id, and resolves recipients and
                functions. The register is bound to its scope.
            issuer: The authority as the column *ijb* names it; by default the partnership's id or name. Without a
                partnership it is also the authority's id.
            columns: Our name for each column of the file that is called something else; None for one to pass over.
            strict: Whether a step that statute forbids is a fault too.
            complete: Whether the file holds every direction of the authority.

        Returns:
            The register.

        Raises:
            LoadError: If anything cannot be read; it lists every fault, and nothing is half loaded.
            OSError: If the file cannot be opened.
            ValueError: If neither the file nor the arguments say whose directions they are, or *columns* leads to a
                column that is not ours.

        Source: our choice. The columns are those that real directions fill.

        >>> from pathlib import Path
        >>> _ = Path("directions.csv").write_text("reference,effective_from,ends_on\nD-1,01/04/2026,none")
        >>> DirectionsRegister.from_csv("directions.csv", issuer="toy-ijb").state("D-1", on="2026-04-01")
        <State.IN_FORCE: 'in force'>

        .. versionadded:: 0.1.0
        """
        id, rows = _register_csv.read(path, partnership=partnership, issuer=issuer, columns=columns)
        return cls._of_rows(id, rows, str(path), partnership, strict=strict, complete=complete)

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Mapping[str, object]],
        *,
        partnership: _Partnership | None = None,
        issuer: str | None = None,
        columns: Mapping[str, str | None] | None = None,
        strict: bool = False,
        complete: bool = True,
    ) -> DirectionsRegister:
        """
        Read a register from rows, each a mapping of column to cell, as a database or a data frame gives them.

        The columns are those of :meth:`from_csv`. A cell may be text, a number, a day or None; None and a missing
        column are UNKNOWN.

        Args:
            rows: The rows; the first is number 2, as in a table with names of columns above it.
            partnership: The partnership whose register it is.
            issuer: The authority as the column *ijb* names it; by default the partnership's id or name.
            columns: Our name for each column that is called something else; None for one to pass over.
            strict: Whether a step that statute forbids is a fault too.
            complete: Whether the rows are every direction of the authority.

        Returns:
            The register.

        Raises:
            LoadError: If anything cannot be read; it lists every fault, and nothing is half loaded.
            ValueError: If nothing says whose directions they are, or *columns* leads to a column that is not ours.

        Source: our choice.

        >>> rows = [{"reference": "D-1", "effective_from": date(2026, 4, 1), "ends_on": "none"}]
        >>> DirectionsRegister.from_rows(rows, issuer="toy-ijb").state("D-1", on="2026-04-01")
        <State.IN_FORCE: 'in force'>

        .. versionadded:: 0.1.0
        """
        id, found = _register_csv.read_rows(rows, partnership=partnership, issuer=issuer, columns=columns)
        return cls._of_rows(id, found, "the rows", partnership, strict=strict, complete=complete)

    @classmethod
    def _of_rows(
        cls,
        id: str,
        rows: tuple[_register_csv.Row, ...],
        source: str,
        partnership: _Partnership | None,
        *,
        strict: bool,
        complete: bool,
    ) -> DirectionsRegister:
        """Make the register of rows that could be read."""
        by_full = {row.direction.full_reference: row for row in rows}
        shared = len(by_full) > len({row.direction.id for row in rows})
        numbers: list[int] = []
        steps: list[Step] = []
        revoked: set[str] = set()
        for row in rows:
            endings: list[tuple[StepKind, str, MaybeDate]] = []
            for kind, full in row.endings:
                on, target = row.direction.binds_from, by_full[full]
                if kind == StepKind.REVOKE:
                    revoked.add(full)
                    on = target.revoked_on if isinstance(target.revoked_on, date) else on
                endings.append((StepKind(kind), full if shared else target.direction.id, on))
            fresh = _recorded(row.direction, endings)
            numbers += [row.number] * len(fresh)
            steps += fresh
        for full, row in by_full.items():
            if isinstance(row.revoked_on, date) and full not in revoked:
                numbers.append(row.number)
                steps.append(Step(kind=StepKind.REVOKE, target=full if shared else row.direction.id, on=row.revoked_on))
        scope = None if partnership is None else partnership.register.scope
        register = cls(id, tuple(steps), complete=complete, strict=strict, scope=scope)
        if strict:
            refused = [
                (number, error)
                for position, number in enumerate(numbers)
                if (error := forbidden(register, position)) is not None
            ]
            if refused:
                refused.sort(key=lambda found: found[0])
                raise LoadError(source, (Fault(f"row {number}", str(error)) for number, error in refused))
        return register

    def save(self, path: str | os.PathLike[str], *, redact: bool = False) -> None:
        """
        Write it to a JSON file, whole or not at all; see :func:`scotintegration.interchange.save`.

        Args:
            path: The file.
            redact: Whether to leave out the names of persons: they are then not known.

        Raises:
            OSError: If the file cannot be written.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        from scotintegration.interchange import save

        save(self, path, redact=redact)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> DirectionsRegister:
        """
        Read a register from a JSON file; see :func:`scotintegration.interchange.load`.

        Args:
            path: The file.

        Returns:
            The register.

        Raises:
            LoadError: If anything is wrong with the file, with every fault.
            OSError: If the file cannot be opened.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        from scotintegration.interchange import load

        return load(path, kind=DirectionsRegister)

    # -- reading -------------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "DirectionsRegister"

    def within(self, scope: Scope) -> DirectionsRegister:
        """
        Give the same register, bound to what may be directed and whom.

        Args:
            scope: What may be directed and whom.

        Returns:
            A register with the same history.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 and 61.

        .. versionadded:: 0.1.0
        """
        bound = copy(self)
        for name, value in (("scope", scope), ("_index", self._index)):  # what the history says stays as it is
            object.__setattr__(bound, name, value)
        return bound

    def to_table(self) -> Table:
        """
        Give the history as a table.

        Returns:
            One row a step, in the order recorded.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows = []
        for step in self.steps:
            paper = step.direction
            on = "" if step.on is None else str(step.on)
            if paper is None:
                rows.append(("", step.kind.value, step.target or "", on, "", "", ""))
                continue
            sums = (one for one in (paper.payment, paper.specified) if one is not None)
            rows.append(
                (
                    paper.full_reference,
                    step.kind.value,
                    step.target or "",
                    on,
                    ", ".join(paper.given_to.items),
                    ", ".join(paper.functions.items) or ("" if paper.words is None else str(paper.words)),
                    " and ".join(dict.fromkeys(map(str, sums))),
                )
            )
        columns = ("direction", "step", "of", "takes effect", "given to", "functions", "money")
        notes = () if self.complete else ("Known only in part.",)
        return Table(f"Directions of {self.issuer}", columns, rows, notes=notes)

    def __str__(self) -> str:
        return self.to_table().to_text()

    # -- adding --------------------------------------------------------------------------------------------------

    def issue(self, direction: Direction) -> DirectionsRegister:
        """
        Record a direction that is given; one that varies, revokes or supersedes another ends it.

        Args:
            direction: The direction; its issuer is this register's where it names none.

        Returns:
            A new register.

        Raises:
            UnlawfulStepError: If the register is strict and statute forbids the step.
            DuplicateError: If the reference is taken in that year.
            NotFoundError: If it speaks of a direction that is not here.
            ValueError: If it speaks of a direction by a reference that several years use.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 and 27.

        .. versionadded:: 0.1.0
        """
        given = self._own(direction)
        endings = [(kind, self._name(target, given), given.binds_from) for kind, target in _targets(given)]
        return self._add(_recorded(given, endings))

    def vary(self, target: Reference, direction: Direction) -> DirectionsRegister:
        """
        Record a direction that varies an earlier one, which ends on the day the new one binds.

        Args:
            target: Reference of the earlier direction, its year and reference, or the direction.
            direction: The direction that takes its place.

        Returns:
            A new register.

        Raises:
            UnlawfulStepError: If the register is strict and statute forbids the step.
            DuplicateError: If the reference is taken in that year.
            NotFoundError: If there is no direction *target*.
            ValueError: If directions of several years have the reference *target*.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a).

        .. versionadded:: 0.1.0
        """
        return self.issue(direction.evolve(varies=self._name(target, direction)))

    def supersede(self, target: Reference, direction: Direction) -> DirectionsRegister:
        """
        Record a direction that takes the place of an earlier one.

        Args:
            target: Reference of the earlier direction, its year and reference, or the direction.
            direction: The direction that takes its place.

        Returns:
            A new register.

        Raises:
            UnlawfulStepError: If the register is strict and statute forbids the step.
            DuplicateError: If the reference is taken in that year.
            NotFoundError: If there is no direction *target*.
            ValueError: If directions of several years have the reference *target*.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a).

        .. versionadded:: 0.1.0
        """
        return self.issue(direction.evolve(supersedes=self._name(target, direction)))

    def revoke(
        self,
        target: Reference,
        *,
        on: date | str,
        direction: Direction | None = None,
    ) -> DirectionsRegister:
        """
        Record that an earlier direction is revoked.

        Args:
            target: Reference of the earlier direction, its year and reference, or the direction.
            on: The day on which it stops.
            direction: The revoking direction, where its paper is at hand; it binds from *on* where it states no day.

        Returns:
            A new register.

        Raises:
            UnlawfulStepError: If the register is strict and statute forbids the step.
            DuplicateError: If the reference is taken in that year.
            NotFoundError: If there is no direction *target*.
            ValueError: If directions of several years have the reference *target*.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a).

        .. versionadded:: 0.1.0
        """
        when = day(on)
        name = self._name(target, direction)
        if direction is None:
            return self._add((Step(kind=StepKind.REVOKE, target=name, on=when),))
        paper = self._own(direction.evolve(revokes=name))
        if paper.binds_from is None:
            paper = paper.evolve(effective_from=when)
        days = {StepKind.REVOKE: when}
        endings = [
            (kind, self._name(other, paper), days.get(kind, paper.binds_from)) for kind, other in _targets(paper)
        ]
        return self._add(_recorded(paper, endings))

    def extend(
        self,
        target: Reference,
        *,
        until: date | str,
        on: date | str,
        note: str | None = None,
        recorded_on: date | str | None = None,
    ) -> DirectionsRegister:
        """
        Record that a direction is given a later last day; one whose last day has passed by then is not revived.

        Args:
            target: Reference of the direction, its year and reference, or the direction.
            until: Its new last day.
            on: The day it was extended.
            note: Why, or by whom.
            recorded_on: The day it was entered, where that is another.

        Returns:
            A new register.

        Raises:
            NotFoundError: If there is no such direction.
            ValueError: If directions of several years have the reference, or it has no last day to move.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a).

        .. versionadded:: 0.1.0
        """
        found = self[target]
        if found.ends_on is None:
            raise ValueError(f"direction {found.id!r} has no last day; expected one that ends")
        return self._about(StepKind.EXTEND, target, on=on, until=until, note=note, recorded_on=recorded_on)

    def complete_direction(
        self,
        target: Reference,
        *,
        on: date | str,
        document: str | None = None,
        note: str | None = None,
        recorded_on: date | str | None = None,
    ) -> DirectionsRegister:
        """
        Record that a direction was carried out.

        Args:
            target: Reference of the direction, its year and reference, or the direction.
            on: The day it was completed.
            document: Where the evidence can be read.
            note: What was reported.
            recorded_on: The day it was entered, where that is another.

        Returns:
            A new register.

        Raises:
            NotFoundError: If there is no such direction.
            ValueError: If directions of several years have the reference.

        Source: Statutory guidance on directions, January 2020: the log is used to follow implementation.

        .. versionadded:: 0.1.0
        """
        return self._about(
            StepKind.COMPLETE,
            target,
            on=on,
            progress=Progress.COMPLETED,
            document=document,
            note=note,
            recorded_on=recorded_on,
        )

    def note_progress(
        self,
        target: Reference,
        progress: Progress | str,
        *,
        on: date | str,
        note: str | None = None,
        document: str | None = None,
        recorded_on: date | str | None = None,
    ) -> DirectionsRegister:
        """
        Record how far whoever was directed has come.

        Args:
            target: Reference of the direction, its year and reference, or the direction.
            progress: How far they have come.
            on: The day of the report.
            note: What was reported.
            document: Where the evidence can be read.
            recorded_on: The day it was entered, where that is another.

        Returns:
            A new register.

        Raises:
            NotFoundError: If there is no such direction.
            ValueError: If directions of several years have the reference, or *progress* is not one of
                :class:`scotintegration.directions.Progress`.

        Source: Statutory guidance on directions, January 2020: the log is used to follow implementation.

        .. versionadded:: 0.1.0
        """
        kind = StepKind.NOTE_PROGRESS
        return self._about(
            kind, target, on=on, progress=progress, note=note, document=document, recorded_on=recorded_on
        )

    def pause(self, target: Reference, *, on: date | str, note: str | None = None) -> DirectionsRegister:
        """
        Record that a direction is not to be carried out for a while, as while a court looks at it.

        Args:
            target: Reference of the direction, its year and reference, or the direction.
            on: The day it stops to bind.
            note: Why.

        Returns:
            A new register.

        Raises:
            NotFoundError: If there is no such direction.
            ValueError: If directions of several years have the reference.

        Source: Practice: a proposal paused on notice of judicial review, March 2024.

        .. versionadded:: 0.1.0
        """
        return self._about(StepKind.PAUSE, target, on=on, note=note)

    def resume(self, target: Reference, *, on: date | str, note: str | None = None) -> DirectionsRegister:
        """
        Record that a direction that was paused binds again.

        Args:
            target: Reference of the direction, its year and reference, or the direction.
            on: The day it binds again.
            note: Why.

        Returns:
            A new register.

        Raises:
            NotFoundError: If there is no such direction.
            ValueError: If directions of several years have the reference.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self._about(StepKind.RESUME, target, on=on, note=note)

    def recommend(self, target: Reference, *, on: date | str, note: str | None = None) -> DirectionsRegister:
        """
        Record that a report put a draft to the authority.

        Args:
            target: Reference of the draft, its year and reference, or the draft.
            on: The day of the report.
            note: Which report.

        Returns:
            A new register.

        Raises:
            NotFoundError: If there is no such direction.
            ValueError: If directions of several years have the reference.

        Source: Statutory guidance on directions, January 2020: every report says whether a direction is needed.

        .. versionadded:: 0.1.0
        """
        return self._about(StepKind.RECOMMEND, target, on=on, note=note)

    def amend(
        self, target: Reference, direction: Direction, *, on: date | str, note: str | None = None
    ) -> DirectionsRegister:
        """
        Record that a meeting asked for other words of a draft, which it then has.

        What the new words vary, revoke or supersede ends with them, and what they no longer do does not. One that is
        no draft any more on that day keeps its words: only a later direction changes it.

        Args:
            target: Reference of the draft, its year and reference, or the draft.
            direction: The draft in its new words, under the same year and reference.
            on: The day of the meeting.
            note: What was asked for.

        Returns:
            A new register.

        Raises:
            UnlawfulStepError: If the register is strict and statute forbids the direction in its new words.
            NotFoundError: If there is no such direction.
            ValueError: If directions of several years have the reference, or the new words have another.

        Source: Practice: recommendations amended at the meeting.

        .. versionadded:: 0.1.0
        """
        paper, held = self._own(direction), self[target]
        if paper.full_reference != held.full_reference:
            raise ValueError(
                f"an amended draft keeps its reference {held.full_reference!r}, got {paper.full_reference!r}"
            )
        grown = self._about(StepKind.AMEND, target, on=on, direction=paper, note=note)
        fresh = [ending for ending in _targets(paper) if ending not in _targets(held)]
        steps = [Step(kind=kind, target=self._name(other, paper), on=paper.binds_from) for kind, other in fresh]
        return grown._add(tuple(steps)) if steps else grown

    def reject(self, target: Reference, *, on: date | str, note: str | None = None) -> DirectionsRegister:
        """
        Record that a meeting decided against a draft.

        Args:
            target: Reference of the draft, its year and reference, or the draft.
            on: The day of the meeting.
            note: Why.

        Returns:
            A new register.

        Raises:
            NotFoundError: If there is no such direction.
            ValueError: If directions of several years have the reference.

        Source:
            SSI 2014/285, art. 11.

        .. versionadded:: 0.1.0
        """
        return self._about(StepKind.REJECT, target, on=on, note=note)

    def _about(self, kind: StepKind, target: Reference, *, on: date | str, **facts: object) -> DirectionsRegister:
        """Add a step about a direction that is here."""
        return self._add((Step(kind=kind, target=self._name(target, None), on=day(on), **facts),))  # type: ignore[arg-type]

    def _own(self, direction: Direction) -> Direction:
        return direction.evolve(issuer=self.issuer) if direction.issuer is None else direction

    def _name(self, target: Reference, direction: Direction | None) -> str:
        return self._index.name(self._place(target), direction)

    def _add(self, steps: tuple[Step, ...]) -> DirectionsRegister:
        grown = attrs.evolve(self, steps=(*self.steps, *steps))
        if self.strict:
            for position in range(len(self.steps), len(grown.steps)):
                error = forbidden(grown, position)
                if error is not None:
                    raise error
        return grown

    # -- the year ------------------------------------------------------------------------------------------------

    def review(self, year: FinancialYear | date | str, *, names: Mapping[str, str] | None = None) -> DirectionsReview:
        """
        Review a financial year: what stood, what was issued, what ended, and what is late or outdated.

        Args:
            year: The year, such as ``"2026/27"``.
            names: Names to print by id of authority, body or function, before those of the partnership whose register
                it is; an id without one is printed itself.

        Returns:
            The review, by all that the register holds; ask it of :meth:`as_known_at` a day for how it stood then.

        Source: Statutory guidance on directions, January 2020: the log is reviewed from time to time.

        .. versionadded:: 0.1.0
        """
        from scotintegration.annual_reviews import DirectionsReview

        known = {} if self.scope is None else self.scope.names
        return DirectionsReview.of(self, FinancialYear.of(year), names={**known, **(names or {})})


def _targets(direction: Direction) -> list[tuple[StepKind, str]]:
    """List what a direction says that it does to others."""
    named = (
        (StepKind.VARY, direction.varies),
        (StepKind.SUPERSEDE, direction.supersedes),
        (StepKind.REVOKE, direction.revokes),
    )
    return [(kind, target) for kind, target in named if isinstance(target, str)]
