"""Self-evaluations of one partnership against the 25 proposals, and what moved between two of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration._choice import Choice
from scotintegration._fields import NOT_RECORDED, a_text, an_id, each, named, one_of, to_day, to_source
from scotintegration._shown import Shown
from scotintegration._tabled import Tabled
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.errors import DuplicateError, NotFoundError
from scotintegration.evaluations import _csv as _evaluation_csv
from scotintegration.evaluations._tables import ANSWERS, HEADS, answer, cell, counted, head, notes, said
from scotintegration.proposals import MaybeStep, Proposal, Rating, proposal, proposals
from scotintegration.tables import Cell, Table
from scotintegration.unknown import UNKNOWN, Listing, Unknown

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["ANSWERS", "Movement", "RatingChange", "SelfEvaluation", "SelfEvaluationDifference"]


def _place(rating: object) -> int:
    """Give the place of a rating among the proposals; what is no rating is left for a validator to refuse."""
    about = getattr(rating, "proposal", None)
    return next((place for place, one in enumerate(proposals()) if one.reference == about), 0)


def _to_ratings(value: Iterable[Rating] | Unknown) -> Listing[Rating]:
    return Listing.of(value).sorted(_place)


@attrs.frozen(kw_only=True, field_transformer=named)
class SelfEvaluation(Tabled):
    """
    How a partnership rates itself on the 25 proposals, as at a day.

    Iterating gives a rating for each proposal in order. Where none is held, it is unrated (None) if *ratings* is
    complete, and UNKNOWN if it is known in part.

    Attributes:
        partnership: Id of the partnership.
        on: The day as at which it stands.
        ratings: The ratings, one a proposal at most, in order of the proposals.
        name: Name of the partnership; by default its id.
        source: Where each fact comes from, per field.

    Raises:
        DuplicateError: If a proposal is rated twice.
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed, a name is blank, or a proposal was rated after *on*.

    Source:
        The self-evaluation that followed the review of progress of February 2019, as we know it.

    >>> evaluation = SelfEvaluation(
    ...     partnership="toytown", on="2026-06-30", ratings=Listing.partial(Rating("4(iv)", "established"))
    ... )
    >>> evaluation.step("4(iv)"), evaluation.step("4(v)")
    (<Scale.ESTABLISHED: 'established'>, UNKNOWN)

    .. versionadded:: 0.1.0
    """

    partnership: str = attrs.field(validator=an_id)
    on: date = attrs.field(converter=to_day)
    ratings: Listing[Rating] = attrs.field(default=NOT_RECORDED, converter=_to_ratings, validator=each(Rating))
    name: str = attrs.field(validator=a_text)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @name.default
    def _id(self) -> str:
        return self.partnership

    def __attrs_post_init__(self) -> None:
        seen: set[str] = set()
        for rating in self.ratings.items:
            if rating.proposal in seen:
                where = f"the self-evaluation of {self.partnership!r} on {self.on.isoformat()}"
                raise DuplicateError("rating of proposal", rating.proposal, where)
            seen.add(rating.proposal)
            if isinstance(rating.rated_on, date) and rating.rated_on > self.on:
                raise ValueError(
                    f"SelfEvaluation.on must be on or after the day on which {rating.proposal} was rated, "
                    f"{rating.rated_on.isoformat()}, got {self.on.isoformat()}"
                )

    @classmethod
    def from_csv(
        cls,
        path: str | PathLike[str],
        *,
        partnership: str | None = None,
        on: date | str | None = None,
        columns: Mapping[str, str | None] | None = None,
        complete: bool = True,
    ) -> SelfEvaluation:
        r"""
        Read the self-evaluation of one partnership from a table as spreadsheets write it: CSV in UTF-8.

        A blank cell, or a column that is not there, is UNKNOWN; a cell with the word ``none`` is known to be empty.
        Days are written 2026-11-22 or 22/11/2026. Rows may stand in any order. Capitals do not matter in the names of
        columns and steps.

        ===========  ================================================================================================
        column       holds
        ===========  ================================================================================================
        partnership  name or id of the partnership; rows of others are passed over where *partnership* is given
        reference    number of the proposal, such as ``4(iv)`` or ``4-iv``; every row has one
        step         one of the four, or ``not rated``
        evidence     what the rating rests on
        document     where that can be read
        actions      what is to be done, with semicolons between
        rated_on     the day
        ===========  ================================================================================================

        The columns *feature* and *proposal* may be there for people to read, and are passed over.

        Args:
            path: The file.
            partnership: Its name or id; needed where the table has no such column, or several partnerships.
            on: The day as at which it stands; by default the last day in *rated_on*.
            columns: Our name for each column of the file that is called something else; None for one to pass over.
            complete: Whether a proposal without a row is known to be unrated.

        Returns:
            The self-evaluation.

        Raises:
            DateError: If *on* is no day.
            LoadError: If anything cannot be read; it lists every fault, and nothing is half loaded.
            OSError: If the file cannot be opened.
            ValueError: If *partnership* is no name, or *columns* leads to a column that is not ours.

        Source: our choice.

        >>> from pathlib import Path
        >>> _ = Path("ratings.csv").write_text("reference,step,rated_on\n4(iv),Established,30/06/2026\n")
        >>> SelfEvaluation.from_csv("ratings.csv", partnership="toytown").step("4(iv)")
        <Scale.ESTABLISHED: 'established'>

        .. versionadded:: 0.1.0
        """
        day = None if on is None else to_day(on)
        found = _evaluation_csv.read_one(path, partnership=partnership, on=day, columns=columns, complete=complete)
        return cls(**attrs.asdict(found, recurse=False))

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "SelfEvaluation"

    # -- answers -------------------------------------------------------------------------------------------------

    def __getitem__(self, reference: str | Proposal) -> Rating:
        """
        Give the rating of a proposal.

        Raises:
            NotFoundError: If there is no such proposal, with suggestions.
        """
        sought = proposal(reference).reference
        for rating in self.ratings.items:
            if rating.proposal == sought:
                return rating
        if self.ratings.complete:
            return Rating(sought, None, evidence=None, document=None, actions=(), rated_on=None)
        return Rating(sought)

    def __iter__(self) -> Iterator[Rating]:
        return (self[one] for one in proposals())

    def step(self, reference: str | Proposal) -> MaybeStep:
        """
        Give the step of a proposal.

        Args:
            reference: The proposal, such as ``"4(iv)"``.

        Returns:
            The step; None if it is known to be unrated; UNKNOWN if nobody recorded it.

        Raises:
            NotFoundError: If there is no such proposal, with suggestions.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self[reference].step

    def counts(self, feature: int | None = None) -> dict[str, int]:
        """
        Count the proposals by what was answered.

        Args:
            feature: Only the proposals of one feature, 1 to 6.

        Returns:
            A number for each of :data:`ANSWERS`; they add up to the number of proposals.

        Raises:
            NotFoundError: If there is no such feature.

        Source: our choice. What is not known is counted apart.

        >>> SelfEvaluation(partnership="toytown", on="2026-06-30").counts(feature=1)["unknown"]
        3

        .. versionadded:: 0.1.0
        """
        known = sorted({one.feature_number for one in proposals()})
        if feature is not None and feature not in known:
            raise NotFoundError("feature", str(feature), map(str, known))
        return counted(self.step(one) for one in proposals() if feature in (None, one.feature_number))

    def since(self, earlier: SelfEvaluation) -> SelfEvaluationDifference:
        """
        Tell what moved since an earlier self-evaluation of the same partnership.

        Args:
            earlier: The earlier one.

        Returns:
            The change of every proposal.

        Raises:
            TypeError: If *earlier* is no self-evaluation.
            ValueError: If it is of another partnership, or of a later day.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return SelfEvaluationDifference(before=earlier, after=self)

    # -- faces ---------------------------------------------------------------------------------------------------

    @property
    def _caption(self) -> str:
        return f"Self-evaluation of {self.name} as at {self.on.isoformat()}: {said(self.counts())}"

    def to_table(self) -> Table:
        """
        Give one row a proposal, in order.

        Returns:
            Columns reference, feature, proposal, step, evidence, document, actions, rated on.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows = []
        for one, rating in zip(proposals(), self, strict=True):
            actions: Cell = "; ".join(rating.actions.items) or None
            if not rating.actions.complete:
                actions = UNKNOWN if actions is None else f"{actions}; known in part"
            cells = (cell(rating.step), rating.evidence, rating.document, actions, _day_cell(rating))
            rows.append((*head(one), *cells))
        columns = (*HEADS, "step", "evidence", "document", "actions", "rated on")
        return Table(self._caption, columns, rows, notes=notes())

    def by_feature(self) -> Table:
        """
        Give one row a feature.

        Returns:
            Columns feature and each of :data:`ANSWERS`.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        features = {one.feature_number: f"{one.feature_number} {one.feature}" for one in proposals()}
        rows: list[tuple[Cell, ...]] = [
            (heading, *self.counts(number).values()) for number, heading in features.items()
        ]
        return Table(self._caption, ("feature", *ANSWERS), rows, notes=notes())

    def to_text(self) -> str:
        """
        Give it as plain text, feature by feature.

        Returns:
            A heading, a line a feature with its counts, and below it a line a proposal.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        lines = [self._caption]
        width = max(map(len, ANSWERS))
        last = 0
        for one in proposals():
            if one.feature_number != last:
                last = one.feature_number
                lines.append(f"{last} {one.feature}: {said(self.counts(last))}")
            lines.append(f"  {one.reference:<6}  {answer(self.step(one)):<{width}}  {one.text}")
        return "\n".join([*lines, *notes()])

    def to_csv(self, path: str | PathLike[str] | None = None) -> str:
        """
        Give one row a proposal as CSV that :meth:`from_csv` reads, and write it where a path is given.

        Of a self-evaluation without ratings this is a form to fill in.

        Args:
            path: Where to write it.

        Returns:
            The text, with a header row; what nobody recorded is blank, and what is known to be absent is ``none``.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows: list[tuple[Cell, ...]] = []
        for one, rating in zip(proposals(), self, strict=True):
            actions = "; ".join(rating.actions.items) or (None if rating.actions.complete else UNKNOWN)
            cells = (cell(rating.step), rating.evidence, rating.document, actions, _day_cell(rating))
            rows.append((self.partnership, *head(one), *map(_written, cells)))
        columns = ("partnership", *HEADS, "step", "evidence", "document", "actions", "rated_on")
        return Table(self._caption, columns, rows).to_csv(path)


def _day_cell(rating: Rating) -> Cell:
    return rating.rated_on.isoformat() if isinstance(rating.rated_on, date) else rating.rated_on


def _written(value: Cell) -> Cell:
    """Give a cell as a spreadsheet holds it: blank where nobody recorded anything."""
    return "none" if value is None else "" if isinstance(value, Unknown) else value


class Movement(Choice):
    """
    How the rating of a proposal moved between two days.

    Source: our choice. Where either is not known, nobody can tell.

    .. versionadded:: 0.1.0
    """

    UP = "up"
    DOWN = "down"
    FIRST_RATED = "first rated"
    NO_LONGER_RATED = "no longer rated"
    SAME = "same"
    CANNOT_TELL = "cannot tell"


@attrs.frozen
class RatingChange(Shown):
    """
    The rating of one proposal on two days.

    Attributes:
        proposal: Reference of the proposal.
        before: The step on the first day; None if unrated.
        after: The step on the second day; None if unrated.

    Source: our choice.

    >>> from scotintegration.proposals import Scale
    >>> RatingChange("4(iv)", Scale.ESTABLISHED, Scale.PARTLY_ESTABLISHED).movement.value
    'down'

    .. versionadded:: 0.1.0
    """

    proposal: str
    before: MaybeStep
    after: MaybeStep

    @property
    def movement(self) -> Movement:
        """How it moved."""
        if isinstance(self.before, Unknown) or isinstance(self.after, Unknown):
            return Movement.CANNOT_TELL
        if self.before == self.after:
            return Movement.SAME
        if self.before is None or self.after is None:
            return Movement.FIRST_RATED if self.before is None else Movement.NO_LONGER_RATED
        return Movement.UP if self.after > self.before else Movement.DOWN


@attrs.frozen(kw_only=True)
class SelfEvaluationDifference(Tabled):
    """
    What moved between two self-evaluations of one partnership.

    Attributes:
        before: The earlier one.
        after: The later one.

    Raises:
        TypeError: If either is no self-evaluation.
        ValueError: If they are of two partnerships, or *after* is of an earlier day.

    Source: our choice.

    >>> before = SelfEvaluation(partnership="toytown", on="2025-06-30", ratings=[Rating("4(iv)", "established")])
    >>> after = SelfEvaluation(partnership="toytown", on="2026-06-30", ratings=[Rating("4(iv)", "exemplary")])
    >>> [change.proposal for change in after.since(before).up]
    ['4(iv)']

    .. versionadded:: 0.1.0
    """

    before: SelfEvaluation = attrs.field(validator=one_of(SelfEvaluation))
    after: SelfEvaluation = attrs.field(validator=one_of(SelfEvaluation))

    def __attrs_post_init__(self) -> None:
        one, other = self.before, self.after
        if one.partnership != other.partnership:
            raise ValueError(f"before and after must be of one partnership, got {one.partnership!r} and {other.name!r}")
        if other.on < one.on:
            raise ValueError(
                f"after must be of {one.on.isoformat()}, the day of before, or later, got {other.on.isoformat()}"
            )

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "SelfEvaluationDifference"

    @property
    def changes(self) -> tuple[RatingChange, ...]:
        """Every proposal on the two days, in order."""
        return tuple(RatingChange(one.reference, self.before.step(one), self.after.step(one)) for one in proposals())

    def of(self, movement: Movement | str) -> tuple[RatingChange, ...]:
        """
        Give the proposals that moved in one way.

        Args:
            movement: The way, such as ``"first rated"``.

        Returns:
            Their changes, in order.

        Raises:
            ValueError: If there is no such way.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        sought = Movement(movement)
        return tuple(change for change in self.changes if change.movement is sought)

    @property
    def up(self) -> tuple[RatingChange, ...]:
        """The proposals that moved to a higher step."""
        return self.of(Movement.UP)

    @property
    def down(self) -> tuple[RatingChange, ...]:
        """The proposals that moved to a lower step."""
        return self.of(Movement.DOWN)

    def _table(self, movements: Iterable[Movement]) -> Table:
        kept = set(movements)
        rows = [
            (*head(proposal(one.proposal)), cell(one.before), cell(one.after), one.movement.value)
            for one in self.changes
            if one.movement in kept
        ]
        days = f"from {self.before.on.isoformat()} to {self.after.on.isoformat()}"
        counts = Counter(one.movement for one in self.changes)
        told = said({movement.value: counts[movement] for movement in Movement})
        caption = f"Self-evaluation of {self.after.name} {days}: {told}"
        return Table(caption, (*HEADS, "before", "after", "movement"), rows, notes=notes())

    def to_table(self) -> Table:
        """
        Give one row a proposal that moved.

        Returns:
            Columns reference, feature, proposal, before, after, movement; the rest are counted in the caption.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self._table(set(Movement) - {Movement.SAME, Movement.CANNOT_TELL})

    def _whole(self) -> Table:
        return self._table(Movement)
