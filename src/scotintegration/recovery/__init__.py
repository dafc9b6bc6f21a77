"""Recovery options: what can be done about a forecast overspend, priced, and the directions each needs varied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

import attrs

from scotintegration._choice import Choice
from scotintegration._shown import Shown
from scotintegration.budgets import Budget, Reserve, ReserveKind
from scotintegration.citations import Citation
from scotintegration.directions import Direction
from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.forecasts import Forecast
from scotintegration.money import Money, total
from scotintegration.risk_shares import Loan, Remedy
from scotintegration.tables import Table

__all__ = ["Move", "MoveKind", "RecoveryOption", "RecoveryOptions", "recovery_options"]

PARTIES: Final = "the parties"
"""Who pays where it is still to be agreed who does."""

_NIL: Final = Money(0)


class MoveKind(Choice):
    """
    Where the money of a move comes from.

    Source:
        Directions note of 2016, para. 3.4: what a payment gains, another loses, reserves give or a partner adds.

    >>> MoveKind("reserve").name
    'RESERVE'

    .. versionadded:: 0.1.0
    """

    FUNCTION = "function"
    RESERVE = "reserve"
    PARTY = "party"


def purpose_of(reserve: Reserve) -> str:
    """Name a reserve by its purpose; the general one has none."""
    return "general" if reserve.kind is ReserveKind.GENERAL else reserve.purpose or "earmarked"


@attrs.frozen(kw_only=True)
class Move(Shown):
    """
    Money moved to one function that overspends.

    Attributes:
        kind: Whether it comes from another function, a reserve or a party.
        from_id: Id of the function or the party; ``"general"``, or the purpose of an earmarked reserve.
        to_id: Id of the function that overspends.
        amount: How much, more than £0.
        recurring: Whether it is there again every year; a one-off move has to be found again.

    Source:
        Directions note of 2016, para. 3.4.

    .. versionadded:: 0.1.0
    """

    kind: MoveKind
    from_id: str
    to_id: str
    amount: Money
    recurring: bool = False

    def __str__(self) -> str:
        way = "recurring" if self.recurring else "one-off"
        return f"{self.amount} from {self.kind} {self.from_id!r} to {self.to_id!r}, {way}"


@attrs.frozen(kw_only=True, repr=False)
class RecoveryOption(Shown):
    """
    One way to meet a forecast overspend.

    Attributes:
        name: What it is called.
        remedy: The remedy it adds to the moves within the budget; None for a recovery plan, which takes several.
        citation: The provision or document behind it.
        forecast: The forecast it answers.
        moves: Where money goes, and from where.
        agree: Who must agree, by id or in words.
        by_scheme: Whether it is known to be the scheme's; False for one we list because the scheme is silent or was
            not read.
        loans: What is repaid in later years.
        missing: What was not recorded and would price it; None where it is priced.
        notes: What belongs under it, in sentences.

    Source:
        SSI 2014/341, sch.; directions note of 2016, para. 3.4.

    .. versionadded:: 0.1.0
    """

    name: str
    remedy: Remedy | None
    citation: Citation
    forecast: Forecast = attrs.field(repr=False)
    moves: tuple[Move, ...] = ()
    agree: tuple[str, ...] = ()
    by_scheme: bool = True
    loans: tuple[Loan, ...] = ()
    missing: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def covered(self) -> Money:
        """
        What of the overspend it covers.

        Raises:
            UnknownFactError: If what would price it was not recorded.
        """
        if self.missing is not None:
            raise UnknownFactError(self.missing)
        return total(move.amount for move in self.moves)

    @property
    def left(self) -> Money:
        """
        What of the overspend it leaves uncovered.

        Raises:
            UnknownFactError: If what would price it was not recorded.
        """
        return self.forecast.overspend - self.covered

    def _from(self, kind: MoveKind) -> Money:
        return total(move.amount for move in self.moves if move.kind is kind)

    @property
    def cut(self) -> Money:
        """What payments for other functions lose."""
        return self._from(MoveKind.FUNCTION)

    @property
    def drawn(self) -> Money:
        """What reserves give."""
        return self._from(MoveKind.RESERVE)

    @property
    def added(self) -> Money:
        """What parties pay in addition."""
        return self._from(MoveKind.PARTY)

    @property
    def recurring(self) -> Money:
        """What of it is there again every year."""
        return total(move.amount for move in self.moves if move.recurring)

    @property
    def one_off(self) -> Money:
        """What of it has to be found again next year."""
        return self.covered - self.recurring

    @property
    def balances(self) -> bool:
        """
        Whether money in is money out, to the penny, and no more is moved than there is.

        That is: what functions that overspend gain is what others lose, reserves give and parties add; none gains more
        than it overspends; no function loses more than it underspends; and what is covered and left is the overspend.

        Raises:
            UnknownFactError: If what would price it was not recorded.
        """
        gained: dict[str, Money] = {}
        lost: dict[str, Money] = {}
        for move in self.moves:
            gained[move.to_id] = gained.get(move.to_id, _NIL) + move.amount
            if move.kind is MoveKind.FUNCTION:
                lost[move.from_id] = lost.get(move.from_id, _NIL) + move.amount
        over, under = self.forecast.overspends, self.forecast.underspends
        return (
            total(gained.values()) == self.cut + self.drawn + self.added
            and self.covered + self.left == self.forecast.overspend
            and all(amount <= over.get(function, _NIL) for function, amount in gained.items())
            and all(amount <= under.get(function, _NIL) for function, amount in lost.items())
        )

    @property
    def changes(self) -> dict[str, Money]:
        """By how much the payment for each function changes, in order of id; they add up to what came from outside."""
        found: dict[str, Money] = {}
        for move in self.moves:
            found[move.to_id] = found.get(move.to_id, _NIL) + move.amount
            if move.kind is MoveKind.FUNCTION:
                found[move.from_id] = found.get(move.from_id, _NIL) - move.amount
        return dict(sorted(found.items()))

    # -- directions ----------------------------------------------------------------------------------------------

    def draft_directions(self, *, effective_from: date | str | None = None) -> tuple[Direction, ...]:
        """
        Draft the directions that the option needs: each varies the one in force whose payment changes.

        Args:
            effective_from: The first day they bind; by default the day that governs, or the first after it on which
                the year has begun and the direction has been in force for a day.

        Returns:
            Drafts in order of the directions that they vary, not yet decided or issued; none where no direction is in
            force between lead agencies, or nothing moves.

        Raises:
            NotFoundError: If no direction of an integration joint board is in force for a function.
            UnknownFactError: If the payment that a direction states was not recorded, or several state one.
            ValueError: If *effective_from* is not in the year or too soon, or no day of the year is left.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 and 27(1)(b) and (5)(a).

        .. versionadded:: 0.1.0
        """
        from scotintegration.recovery._drafts import draft_directions

        return draft_directions(self, effective_from)

    def budget_after(self, *, effective_from: date | str | None = None) -> Budget:
        """
        Give the budget of the year as the option leaves it.

        Args:
            effective_from: The first day of the varied directions, as for :meth:`draft_directions`.

        Returns:
            The budget: payments that change say from which day and what they were, reserves what was planned.

        Raises:
            NotFoundError: If no direction of an integration joint board is in force for a function.
            UnknownFactError: If it cannot be told how the option is priced, which payment changes, or who pays.
            ValueError: If *effective_from* is not in the year or too soon, or no day of the year is left.

        Source:
            Directions note of 2016, paras. 3.4 and 3.5.

        .. versionadded:: 0.1.0
        """
        from scotintegration.recovery._drafts import budget_after

        return budget_after(self, effective_from)

    # -- faces ---------------------------------------------------------------------------------------------------

    def to_table(self) -> Table:
        """
        Give the moves as a table.

        Returns:
            One row a move, and what is covered and left.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows = [
            (f"{one.kind}: {one.from_id}", one.to_id, str(one.amount), "recurring" if one.recurring else "one-off")
            for one in self.moves
        ]
        rows += [("covered", "", _told(self, "covered"), ""), ("left", "", _told(self, "left"), "")]
        return Table(f"{self.name} [{self.citation.printed}]", ("from", "to", "amount", "how"), rows, notes=self.notes)

    def __str__(self) -> str:
        return self.to_table().to_text()

    def __repr__(self) -> str:
        return f"<RecoveryOption {self.name!r}: {_told(self, 'covered')} covered, {_told(self, 'left')} left>"


def _told(option: RecoveryOption, name: str) -> str:
    try:
        return str(getattr(option, name))
    except UnknownFactError:
        return "not recorded"


@attrs.frozen(repr=False)
class RecoveryOptions(Shown):
    """
    What can be done about one forecast overspend.

    First a recovery plan: what the authority can do by itself, each remedy in its turn in the order of the scheme,
    taking what those before it left. Then the remedies one by one as alternatives, in the same order: each moves
    forecast underspends as far as that comes before it, and meets the rest from its own source alone. Dispute
    resolution is last, priced at what the recovery plan leaves to the parties.

    Attributes:
        forecast: The forecast.
        options: The options in order.
        by_scheme: Whether the order is that of the scheme; where the scheme's was not recorded it is the usual one.

    Source:
        SSI 2014/341, sch.; directions note of 2016, para. 3.4.

    .. versionadded:: 0.1.0
    """

    forecast: Forecast
    options: tuple[RecoveryOption, ...]
    by_scheme: bool

    def __iter__(self) -> Iterator[RecoveryOption]:
        return iter(self.options)

    def __len__(self) -> int:
        return len(self.options)

    def __getitem__(self, place: int | str) -> RecoveryOption:
        """
        Give an option by its place or its name.

        Raises:
            IndexError: If there are not so many.
            NotFoundError: If none has the name.
        """
        if not isinstance(place, str):
            return self.options[place]
        for option in self.options:
            if option.name == place:
                return option
        raise NotFoundError.among("recovery option", place, tuple(option.name for option in self.options))

    def to_table(self) -> Table:
        """
        Give the options as a table.

        Returns:
            One row an option, with what it covers and leaves, and who must agree.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows = [
            (
                option.name,
                option.citation.printed,
                *(_told(option, name) for name in ("covered", "left", "recurring")),
                "; ".join(option.agree),
                "yes" if option.by_scheme else "no",
            )
            for option in self.options
        ]
        columns = ("option", "provision", "covers", "leaves", "recurring", "who must agree", "by the scheme")
        p = self.forecast.partnership
        caption = f"{p.name}: options for an overspend of {self.forecast.overspend} in {self.forecast.year}"
        order = "" if self.by_scheme else "The scheme's own order was not recorded: this is the usual one."
        said = "The recovery plan takes remedies in turn; each other option is an alternative to the rest."
        notes = dict.fromkeys(note for option in self.options for note in option.notes)
        return Table(caption, columns, rows, notes=tuple(filter(None, (said, order, *notes))))

    def __str__(self) -> str:
        return self.to_table().to_text()

    def __repr__(self) -> str:
        return f"<RecoveryOptions: {', '.join(option.name for option in self.options)}>"


def recovery_options(
    forecast: Forecast,
    *,
    keep: Money | str | int = 0,
    recurring: Iterable[str] = (),
    agreed: Mapping[str, Money | str | int] | None = None,
    loan_years: int = 3,
) -> RecoveryOptions:
    """
    List and price what can be done about a forecast overspend.

    Under a lead agency the variance of the year is its host's, and there are neither reserves nor arms: whoever carries
    the function out bears it.

    Args:
        forecast: The forecast.
        keep: What of the general reserve is not to be drawn, £0 or more.
        recurring: Ids of functions whose underspend comes again every year, as that of a recurring saving.
        agreed: What the parties agreed to pay, by id, where that is negotiated.
        loan_years: Over how many years a loan would be repaid, where the scheme does not say.

    Returns:
        The options, a recovery plan first, the others in the order of the scheme, dispute resolution last. Where the
        scheme names no risk share, or that was not recorded, each is offered and said not to be the scheme's.

    Raises:
        ValueError: If *keep* is negative, or what was agreed is not what is to be paid.

    Source:
        SSI 2014/341, sch.: a scheme says what happens to an overspend and how disputes are resolved; directions note of
        2016, para. 3.4, and practice: recovery plan, the other arm, reserves, additional payments.

    .. versionadded:: 0.1.0
    """
    from scotintegration.recovery._pricing import Pricing

    floor = Money.of(keep)
    if floor < _NIL:
        raise ValueError(f"keep must be £0 or more, got {floor!r}")
    paid = None if agreed is None else {party: Money.of(amount) for party, amount in agreed.items()}
    return Pricing(forecast, frozenset(recurring), floor, paid, loan_years).options()
