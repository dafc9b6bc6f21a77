"""Money end to end: what comes in, what is set aside, what is directed, and what is left."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration._shown import Shown
from scotintegration.budgets import ReserveKind
from scotintegration.citations import Citation, cite
from scotintegration.dates import FinancialYear
from scotintegration.errors import ConservationError, NotFoundError, UnknownFactError
from scotintegration.lines import Layer, Line
from scotintegration.money import Money, total
from scotintegration.tables import Table
from scotintegration.unknown import UNKNOWN, Unknown, known

if TYPE_CHECKING:
    from scotintegration.budgets import Budget
    from scotintegration.directions import Direction
    from scotintegration.partnership import Partnership

__all__ = ["FlowStep", "Flows"]


@attrs.frozen(kw_only=True)
class FlowStep(Shown):
    """
    One step of a pound on its way.

    Attributes:
        from_id: Id of the body it leaves.
        to_id: Id of the body it reaches.
        amount: How much takes the step, in whole pence.
        kind: Payment, set-aside or direction.
        citation: The provision the step rests on.
        direction: Reference of the direction, for a step that one states.

    Source:
        The citation of each.

    .. versionadded:: 0.1.0
    """

    from_id: str
    to_id: str
    amount: Money
    kind: Layer
    citation: Citation
    direction: str | None = None

    def __str__(self) -> str:
        return f"{self.amount} {self.from_id} -> {self.to_id} ({self.kind}) [{self.citation.printed}]"


@attrs.frozen(kw_only=True, repr=False)
class Flows(Shown):
    """
    The money of one partnership in one financial year.

    Attributes:
        partnership: The partnership.
        budget: The budget of the year.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14, 18, 19, 27 and 28.

    .. versionadded:: 0.1.0
    """

    partnership: Partnership = attrs.field(repr=False)
    budget: Budget = attrs.field(repr=False)

    @property
    def year(self) -> FinancialYear:
        """The financial year."""
        return self.budget.year

    @property
    def payments_in(self) -> Money:
        """
        What councils and the Health Board pay to the integration authority.

        Raises:
            UnknownFactError: If payments are known only in part.
        """
        payments = self.budget.payments
        if not payments.complete:
            raise UnknownFactError(f"the payments of {self.year}")
        ijb = self.partnership.ijb
        return total(one.amount for one in payments if ijb is None or one.payer != ijb.id)

    @property
    def set_aside(self) -> Money:
        """
        What the Health Board sets aside.

        Raises:
            UnknownFactError: If sums set aside are known only in part.
        """
        if not self.budget.set_asides.complete:
            raise UnknownFactError(f"the sums set aside for {self.year}")
        return total(one.amount for one in self.budget.set_asides)

    @property
    def resources(self) -> Money:
        """Payments in and sums set aside together."""
        return self.payments_in + self.set_aside

    @property
    def directions(self) -> tuple[Direction, ...]:
        """
        The directions of the year that stand on its last day, or on the day that governs if that is sooner.

        A direction that names no year belongs to the year in which it begins to bind.

        Raises:
            UnknownFactError: If the register is known only in part, or the year of a direction was not recorded.
        """
        on = min(max(self.partnership.as_at, self.year.start), self.year.end)
        live = self.partnership.directions.in_force(on=on)
        if not live.complete:
            raise UnknownFactError(f"the directions in force on {on.isoformat()}")
        return tuple(one for one in live if self._year_of(one) == self.year)

    def _year_of(self, direction: Direction) -> FinancialYear:
        year = known(direction.year, f"the year of direction {direction.id!r}")
        if year is not None:
            return year
        first = direction.binds_from
        assert isinstance(first, date)  # it is in force
        return FinancialYear.of(first)

    @property
    def directed(self) -> Money:
        """
        What directions state as payments or specify from sums set aside.

        Raises:
            UnknownFactError: If a direction's sum was not recorded.
        """
        return total(amount for one in self.directions for amount in self._sums(one))

    def _sums(self, direction: Direction) -> tuple[Money, Money]:
        payment = known(direction.payment, f"the payment of direction {direction.id!r}")
        specified = known(direction.specified, f"the sum specified by direction {direction.id!r}")
        return payment or Money(0), specified or Money(0)

    @property
    def retained(self) -> Money:
        """What is not directed: own costs, movement of reserves and settlements."""
        return self.resources - self.directed

    @property
    def reserve_movement(self) -> Money:
        """
        What the year adds to reserves, or draws from them.

        Raises:
            UnknownFactError: If reserves are known only in part.
        """
        if not self.budget.reserves.complete:
            raise UnknownFactError(f"the reserves of {self.year}")
        return total(one.movement for one in self.budget.reserves)

    @property
    def general_reserve(self) -> Money:
        """
        The general reserve on 1 April.

        Raises:
            UnknownFactError: If reserves are known only in part.
        """
        if not self.budget.reserves.complete:
            raise UnknownFactError(f"the reserves of {self.year}")
        return total(one.opening for one in self.budget.reserves if one.kind is ReserveKind.GENERAL)

    @property
    def own_costs(self) -> Money:
        """
        What the integration authority spends on itself.

        Raises:
            UnknownFactError: If that was not recorded.
        """
        return known(self.budget.own_costs, f"the authority's own costs in {self.year}") or Money(0)

    @property
    def settlements(self) -> Money:
        """
        Set-aside money reclaimed by the authority, less what the Health Board reclaimed.

        Raises:
            UnknownFactError: If that was not recorded.
        """
        return known(self.budget.settlements, f"the set-aside settlements of {self.year}") or Money(0)

    @property
    def gap(self) -> Money:
        """
        What is left of the identity: £0 where the year's money balances.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14, 27, 28(3) to (4) and 39, read together.
        """
        return self.retained - self.own_costs - self.reserve_movement - self.settlements

    def conserve(self) -> None:
        """
        Raise if money was created or lost.

        Raises:
            ConservationError: If resources differ from what was directed, kept and settled.

        Source: our choice. Whole pence, exactly.

        .. versionadded:: 0.1.0
        """
        if self.gap:
            right = self.resources - self.gap
            raise ConservationError(f"{self.partnership.id} in {self.year}", self.resources.pence, right.pence)

    def set_aside_and_specified(self) -> tuple[tuple[str, Money | Unknown, Money | Unknown], ...]:
        """
        Put the sum set aside for each function beside what directions specify of it.

        Returns:
            Function, sum held and sum specified, in order of function; UNKNOWN where not recorded.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14(3) and 28(2).

        .. versionadded:: 0.1.0
        """
        held = {one.function: one.amount for one in self.budget.set_asides.items}
        specified: dict[str, Money | Unknown] = {}
        for direction in self.directions:
            if direction.specified is None:
                continue
            for function in direction.functions.items:
                so_far = specified.get(function, Money(0))
                several = len(direction.functions) > 1 or not direction.functions.complete
                if direction.specified is UNKNOWN or so_far is UNKNOWN or several:
                    specified[function] = UNKNOWN
                else:
                    specified[function] = so_far + direction.specified
        missing: Money | Unknown = Money(0) if self.budget.set_asides.complete else UNKNOWN
        return tuple(
            (function, held.get(function, missing), specified.get(function, Money(0)))
            for function in sorted(held.keys() | specified.keys())
        )

    def trace(self, function: str) -> tuple[FlowStep, ...]:
        """
        Follow the money of one function from whoever funds it to whoever spends it.

        Args:
            function: Id of a delegated function.

        Returns:
            Steps in order: into the integration authority, or set aside for it, then out under directions.

        Raises:
            NotFoundError: If no money of the year names the function.
            UnknownFactError: If a direction's sum, or how it divides among functions or recipients, was not recorded.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14, 18, 19, 26 and 27(3).

        .. versionadded:: 0.1.0
        """
        lines = [
            line
            for line in self.partnership.all_lines
            if line.year == self.year and line.kind in (Layer.PAYMENT, Layer.SET_ASIDE)
        ]
        mine = [line for line in lines if getattr(line.value, "function", None) == function]
        if not mine:
            named = {str(getattr(line.value, "function", "")) for line in lines}
            raise NotFoundError.among("function with money", function, tuple(sorted(named)))
        ijb = self.partnership.ijb
        steps = [self._step(line) for line in mine if ijb is None or line.from_id != ijb.id]
        for direction in self.directions:
            if function in direction.functions.items:
                steps += self._directed(direction, function)
        return tuple(steps)

    def _directed(self, direction: Direction, function: str) -> list[FlowStep]:
        """Give what a direction moves for one function: payments made under it, else its own sums if it has one end."""
        payment, specified = self._sums(direction)
        recipients = direction.given_to
        paid = [
            (one.payee, one.amount)
            for one in self.budget.payments.items
            if one.direction == direction.id and one.function == function
        ]
        undivided = recipients.complete and direction.functions.complete
        undivided &= len(recipients) == len(direction.functions) == 1
        if not undivided and (specified or (payment and not paid)):
            raise UnknownFactError(f"how direction {direction.id!r} divides its money")
        moved = paid or [(recipient, payment) for recipient in recipients.items]
        steps = [(recipient, amount, "asp 2014/9 s.27(3)") for recipient, amount in moved]
        if specified:
            steps += [(recipient, specified, "asp 2014/9 s.28(1)") for recipient in recipients.items]
        return [
            FlowStep(
                from_id=self.partnership.authority_for(function),
                to_id=recipient,
                amount=amount,
                kind=Layer.DIRECTION,
                citation=cite(provision),
                direction=direction.id,
            )
            for recipient, amount, provision in steps
            if amount or not (paid or specified)
        ]

    @property
    def _is_ijb(self) -> bool:
        return self.partnership.ijb is not None

    def _step(self, line: Line) -> FlowStep:
        assert line.amount is not None
        return FlowStep(
            from_id=line.from_id, to_id=line.to_id, amount=line.amount, kind=line.kind, citation=line.citation
        )

    def balances(self) -> dict[str, Money]:
        """
        Give what each body holds of the year's money after every payment and direction.

        Returns:
            Body id to what reached it less what left it, in order of id; all of them add up to £0.

        Source: our choice. A pound that leaves one node reaches another.

        .. versionadded:: 0.1.0
        """
        held: dict[str, Money] = {}
        for line in self.partnership.all_lines:
            if line.year == self.year and line.kind is Layer.PAYMENT and line.amount is not None:
                held[line.from_id] = held.get(line.from_id, Money(0)) - line.amount
                held[line.to_id] = held.get(line.to_id, Money(0)) + line.amount
        return dict(sorted(held.items()))

    def to_table(self) -> Table:
        """
        Give the money of the year as a table.

        Returns:
            One row an amount, in legal order, with the provision behind it; what is not recorded says so.

        Source:
            The provision of each row.

        .. versionadded:: 0.1.0
        """
        rows = [
            (what, provision, _amount(self, name))
            for what, provision, name in (
                ("payments in", "s. 14(2) and (4)" if self._is_ijb else "ss. 18 and 19", "payments_in"),
                ("set aside", "s. 14(3)" if self._is_ijb else "s. 19(2)", "set_aside"),
                ("resources", "", "resources"),
                ("directed", "ss. 26 to 28", "directed"),
                ("retained", "", "retained"),
                ("of that, the authority's own costs", "", "own_costs"),
                ("of that, added to reserves", "", "reserve_movement"),
                ("of that, settlements", "s. 28(3) and (4)", "settlements"),
                ("left over", "", "gap"),
            )
        ]
        notes = ("Derived from national totals, illustrative.",) if self.budget.derived else ()
        caption = f"{self.partnership.name}: money of {self.year}"
        return Table(caption, ("what", "provision", "amount"), rows, notes=notes)

    def __str__(self) -> str:
        return self.to_table().to_text()

    def __repr__(self) -> str:
        return f"<Flows of {self.partnership.name!r}, {self.year}>"


def _amount(flows: Flows, name: str) -> str:
    try:
        return str(getattr(flows, name))
    except UnknownFactError:
        return "not recorded"
