"""The register of directions: an append-only history, and what it says of any day."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Final, Protocol, TypeAlias

import attrs

from scotintegration import _register_csv
from scotintegration._fields import NONE, MaybeDate, an_id, each, ids, one_of, to_ids
from scotintegration._register_fold import Entry, Index
from scotintegration._shown import Shown
from scotintegration.citations import Citation, cite
from scotintegration.dates import FinancialYear, Interval, day
from scotintegration.directions import Direction, State, Step, StepKind
from scotintegration.errors import Fault, LoadError, NotFoundError, UnlawfulStepError
from scotintegration.tables import Table
from scotintegration.unknown import UNKNOWN, Listing, Unknown

__all__ = ["DirectionsRegister", "Scope", "State", "Step", "StepKind", "Uncovered"]


def _recipients(value: Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise TypeError(f"Scope.recipients must be a collection of ids, got the text {value!r}")
    return tuple(value)


@attrs.frozen(kw_only=True)
class Scope(Shown):
    """
    What an integration authority may direct, and whom.

    Attributes:
        recipients: Ids of the bodies that may be directed.
        functions: Ids of the delegated functions.
        provision: Why only these may be directed.
        delegated: From and until when each function is delegated; None where they are at all times.
        exempt: Ids of functions for which Ministers ordered that no direction need be given.
        must: Whether each function must be directed, and not only may.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26(1) to (2A) and 61.

    >>> Scope(recipients=("toy-council",), functions=Listing.of(["care-at-home"])).recipients
    ('toy-council',)

    .. versionadded:: 0.1.0
    """

    recipients: tuple[str, ...] = attrs.field(converter=_recipients, validator=ids)
    functions: Listing[str] = attrs.field(converter=to_ids, validator=ids)
    provision: Citation = attrs.field(
        factory=lambda: cite("asp 2014/9 s.26(1)"), validator=attrs.validators.instance_of(Citation)
    )
    delegated: Mapping[str, Interval] | None = attrs.field(default=None, eq=False)
    exempt: Listing[str] = attrs.field(default=NONE, converter=to_ids, validator=ids)
    must: bool = attrs.field(default=True, validator=one_of(bool))

    def due(self, on: date) -> Listing[str]:
        """
        List the functions that must have a direction on a day.

        Args:
            on: The day.

        Returns:
            Ids of functions that are delegated that day and not exempt; none where directing is only a power.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26(1) and (2) and 27(6).

        .. versionadded:: 0.1.0
        """
        if not self.must:
            return Listing(())
        found = self.functions.items
        if self.delegated is not None:
            found = tuple(function for function, days in self.delegated.items() if on in days)
        asked = tuple(function for function in found if function not in self.exempt.items)
        return Listing(asked if self.exempt.complete else (), complete=self.functions.complete and self.exempt.complete)


@attrs.frozen(kw_only=True)
class Uncovered(Shown):
    """
    Delegated functions with no direction in force on a day.

    Attributes:
        functions: Their ids; known only in part where the register is.
        on: The day asked about.
        citation: The duty to direct.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 26(1).

    >>> len(Uncovered(functions=Listing.of(["respite"]), on=date(2026, 4, 1)))
    1

    .. versionadded:: 0.1.0
    """

    functions: Listing[str]
    on: date
    citation: Citation = attrs.field(factory=lambda: cite("asp 2014/9 s.26(1)"))

    def __iter__(self) -> Iterator[str]:
        return iter(self.functions)

    def __len__(self) -> int:
        return len(self.functions)

    def __bool__(self) -> bool:
        return bool(self.functions)


_EARLIER: Final = "asp 2014/9 s.27(5)(a)"

_Year: TypeAlias = FinancialYear | date | str | int | None | Unknown
_Reference: TypeAlias = str | tuple[_Year, str] | Direction


class _Partnership(_register_csv.Parties, Protocol):
    @property
    def register(self) -> DirectionsRegister: ...


def _steps(value: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(value)


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
class DirectionsRegister(Shown):
    """
    Every direction of one integration authority, in the order recorded.

    A direction is found by its reference or, as many authorities begin numbering anew every year, by its year and
    reference: ``register["D-1"]``, ``register[("2025/26", "1.1")]``, ``register["2025/26/1.1"]``.

    A variation or a supersession ends its target on the day the new direction binds, a revocation on its own day. A
    direction whose last day had passed by then has expired, and nothing that has ended begins again. A step whose day
    was not recorded is taken to come no sooner than its direction was decided or issued.

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

    issuer: str = attrs.field(validator=an_id)
    steps: tuple[Step, ...] = attrs.field(default=(), converter=_steps, validator=each(Step))
    complete: bool = attrs.field(kw_only=True, default=True, validator=one_of(bool))
    strict: bool = attrs.field(kw_only=True, default=True, validator=one_of(bool), eq=False)
    scope: Scope | None = attrs.field(
        kw_only=True, default=None, validator=one_of(Scope, type(None)), eq=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        self._index  # noqa: B018 (building it finds references that two directions share)

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
        complements         references of directions beside which it stands, with semicolons between
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
                if (error := register._forbidden(position)) is not None
            ]
            if refused:
                refused.sort(key=lambda found: found[0])
                raise LoadError(str(path), (Fault(f"row {number}", str(error)) for number, error in refused))
        return register

    # -- reading -------------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "DirectionsRegister"

    @cached_property
    def directions(self) -> tuple[Direction, ...]:
        """Every direction, in the order recorded."""
        return tuple(step.direction for step in self.steps if step.direction is not None)

    @cached_property
    def _index(self) -> Index:
        return Index.of(self.steps, self.issuer)

    def __iter__(self) -> Iterator[Direction]:
        return iter(self.directions)

    def __len__(self) -> int:
        return len(self.directions)

    def __getitem__(self, reference: str | tuple[_Year, str] | Direction) -> Direction:
        """
        Give a direction by its reference, by its year and reference, or as it stands here if it is one.

        Raises:
            NotFoundError: If no direction has it.
            ValueError: If directions of several years have it.
        """
        return self._entry(reference).direction

    def _entry(self, reference: _Reference) -> Entry:
        return self._index.entries[self._place(reference)]

    def _place(self, reference: _Reference) -> int:
        if isinstance(reference, str):
            asked, found = reference, self._index.places(reference)
        elif isinstance(reference, Direction):
            asked = reference.full_reference
            own, same = reference.issuer in self._own_issuers, self._index.by_full.get(asked, [])
            issuers = [self._index.entries[place].direction.issuer for place in same]
            found = [
                place
                for place, issuer in zip(same, issuers, strict=True)
                if issuer == reference.issuer or (own and issuer in self._own_issuers)
            ]
        else:
            year, id = reference
            label = "undated" if year is None or year is UNKNOWN else str(FinancialYear.of(year))
            asked = f"{label}/{id}"
            found = self._index.by_full.get(asked, [])
        if not found:
            known = self._index.by_id if isinstance(reference, str) else self._index.by_full
            raise NotFoundError.among("direction", asked, known)
        if len(found) > 1:
            raise self._index.ambiguous(asked, found)
        return found[0]

    def state(self, reference: str | tuple[_Year, str] | Direction, *, on: date | str) -> State | Unknown:
        """
        Tell the state of a direction on a day.

        Args:
            reference: Its reference, its year and reference, or the direction.
            on: The day asked about.

        Returns:
            The state; UNKNOWN where a day that decides it was not recorded.

        Raises:
            NotFoundError: If no direction has the reference.
            ValueError: If directions of several years have it.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a): a direction stands until a later one
            varies or revokes it.

        .. versionadded:: 0.1.0
        """
        states = self._entry(reference).possible(day(on))
        return next(iter(states)) if len(states) == 1 else UNKNOWN

    def in_force(self, *, on: date | str) -> Listing[Direction]:
        """
        List the directions in force on a day.

        Args:
            on: The day asked about.

        Returns:
            Directions in the order recorded; known only in part where the register is, or where a day that
            decides was not recorded. A bare revocation is never in force.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a).

        .. versionadded:: 0.1.0
        """
        live, doubtful = self._live(day(on))
        return Listing(live, complete=self.complete and not doubtful)

    def _live(self, on: date) -> tuple[tuple[Direction, ...], tuple[Direction, ...]]:
        """Give the directions that are in force, and those of which it cannot be told."""
        live: list[Direction] = []
        doubtful: list[Direction] = []
        for entry in self._index.entries:
            states = entry.possible(on)
            if State.IN_FORCE in states:
                (live if len(states) == 1 else doubtful).append(entry.direction)
        return tuple(live), tuple(doubtful)

    def history(self, function: str) -> tuple[Direction, ...]:
        """
        List every direction that names a function.

        Args:
            function: Id of the delegated function.

        Returns:
            Directions in the order recorded; those whose functions are known in words only are not among them.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return tuple(self._index.entries[place].direction for place in self._index.by_function.get(function, ()))

    def chain(self, reference: str | tuple[_Year, str] | Direction) -> tuple[Direction, ...]:
        """
        Follow a direction back to the first it descends from and on to the last that descends from it.

        Args:
            reference: Its reference, its year and reference, or the direction.

        Returns:
            Directions in the order recorded, the one asked about among them.

        Raises:
            NotFoundError: If no direction has the reference.
            ValueError: If directions of several years have it.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5)(a).

        .. versionadded:: 0.1.0
        """
        return tuple(self._index.entries[place].direction for place in self._index.kin(self._place(reference)))

    def functions_without_direction(self, *, on: date | str) -> Uncovered:
        """
        List the delegated functions with no direction in force on a day.

        Args:
            on: The day asked about.

        Returns:
            Ids of functions in order, those of which it is certain; known only in part where another may be among
            them, because the register, the days of a direction or the functions it names are not all known.

        Raises:
            ValueError: If the register has no scope, so that what is delegated is not known to it.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 26(1).

        .. versionadded:: 0.1.0
        """
        if self.scope is None:
            raise ValueError("this register has no scope; expected that of a partnership, as in p.register")
        when = day(on)
        live, doubtful = ([one for one in group if one.issuer in self._own_issuers] for group in self._live(when))
        covered = {function for one in live for function in one.functions.items}
        maybe = {function for one in doubtful for function in one.functions.items}
        vague = not self.complete or not all(one.functions.complete for one in (*live, *doubtful))
        due = self.scope.due(when)
        bare = [function for function in due.items if function not in covered]
        told = [] if vague else [function for function in bare if function not in maybe]
        listed = Listing(told, complete=due.complete and told == bare)
        return Uncovered(functions=listed, on=when, citation=self.scope.provision)

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

    def vary(self, target: str | tuple[_Year, str] | Direction, direction: Direction) -> DirectionsRegister:
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

    def supersede(self, target: str | tuple[_Year, str] | Direction, direction: Direction) -> DirectionsRegister:
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
        target: str | tuple[_Year, str] | Direction,
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

    def _own(self, direction: Direction) -> Direction:
        return direction.evolve(issuer=self.issuer) if direction.issuer is None else direction

    def _name(self, target: _Reference, direction: Direction | None) -> str:
        return self._index.name(self._place(target), direction)

    def _add(self, steps: tuple[Step, ...]) -> DirectionsRegister:
        grown = attrs.evolve(self, steps=(*self.steps, *steps))
        if self.strict:
            for position in range(len(self.steps), len(grown.steps)):
                error = grown._forbidden(position)
                if error is not None:
                    raise error
        return grown

    def _forbidden(self, position: int) -> UnlawfulStepError | None:
        """Say why statute forbids a step of this register, if it does."""
        step = self.steps[position]
        direction = step.direction
        if direction is not None:
            if direction.in_writing in (None, False):
                what = f"direction {direction.id!r} is not in writing"
                return UnlawfulStepError(what, "in_writing=True", "asp 2014/9 s.27(5)(b)")
            if direction.issuer not in self._own_issuers:
                what = f"direction {direction.id!r} is issued by {direction.issuer!r}"
                return UnlawfulStepError(what, f"a direction of {self.issuer!r}", _EARLIER)
        if step.target is not None:
            for place in self._index.meant(step.target, position, direction):
                target = self._index.entries[place]
                if target.direction.issuer not in self._own_issuers:
                    what = f"{step.target!r} is a direction of {target.direction.issuer!r}"
                    return UnlawfulStepError(what, f"an earlier direction of {self.issuer!r}", _EARLIER)
                since = _given(target.direction)
                if since is not None and isinstance(step.on, date) and step.on < since[1]:
                    what = f"{step.target!r} would end on {step.on.isoformat()}, before it {since[0]} {since[1]}"
                    return UnlawfulStepError(what, "a direction given by then", _EARLIER)
        return None if direction is None or self.scope is None else _outside(direction, self.scope)

    @property
    def _own_issuers(self) -> tuple[str | None | Unknown, ...]:
        """What the issuer of a direction of this authority may be recorded as."""
        return (self.issuer, None, UNKNOWN)


def _given(direction: Direction) -> tuple[str, date] | None:
    """Tell since when there is a direction, by its issue, else its decision, else the day it binds."""
    acts = (
        ("was issued on", direction.issued_on),
        ("was decided on", direction.decided_on),
        ("binds on", direction.effective_from),
    )
    return next(((act, on) for act, on in acts if isinstance(on, date)), None)


def _targets(direction: Direction) -> list[tuple[StepKind, str]]:
    """List what a direction says that it does to others."""
    named = (
        (StepKind.VARY, direction.varies),
        (StepKind.SUPERSEDE, direction.supersedes),
        (StepKind.REVOKE, direction.revokes),
    )
    return [(kind, target) for kind, target in named if isinstance(target, str)]


def _outside(direction: Direction, scope: Scope) -> UnlawfulStepError | None:
    """Say how a direction reaches beyond what may be directed, if it does."""
    provision = str(scope.provision)
    recipients = f"one of {', '.join(map(repr, scope.recipients))}"
    if direction.given_to == NONE and not direction.is_bare_revocation:
        return UnlawfulStepError(f"direction {direction.id!r} is given to nobody", recipients, provision)
    for recipient in direction.given_to.items:
        if recipient not in scope.recipients:
            what = f"direction {direction.id!r} is given to {recipient!r}"
            return UnlawfulStepError(what, recipients, provision)
    for function in direction.functions.items:
        if scope.functions.complete and function not in scope.functions.items:
            near = NotFoundError.among("function", function, scope.functions.items).suggestions
            expected = (
                f"a delegated function such as {' or '.join(map(repr, near))}" if near else "a delegated function"
            )
            what = f"direction {direction.id!r} names {function!r}, which is not delegated"
            return UnlawfulStepError(what, expected, provision)
    return None
