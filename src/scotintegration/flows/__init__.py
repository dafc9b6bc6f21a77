"""Money end to end: what comes in, what is set aside, what is directed, and what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration._fields import NONE
from scotintegration._shown import Shown
from scotintegration.budgets import Budget, Reserve, ReserveKind
from scotintegration.dates import FinancialYear
from scotintegration.errors import ConservationError, UnknownFactError
from scotintegration.flows._tracing import FlowStep, sums_of, trace
from scotintegration.in_year import WindfallReturn
from scotintegration.lines import Layer
from scotintegration.money import Money, total
from scotintegration.prices import Deflator, at_prices_of
from scotintegration.savings import Savings, Underspend, divide_underspend
from scotintegration.tables import Table
from scotintegration.unknown import UNKNOWN, Unknown, known

if TYPE_CHECKING:
    from scotintegration.directions import Direction
    from scotintegration.forecasts import Forecast
    from scotintegration.partnership import Partnership

__all__ = ["FlowStep", "Flows"]


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
        paid = total(one.amount for one in payments if ijb is None or one.payer != ijb.id)
        return paid + self.late_allocations

    @property
    def late_allocations(self) -> Money:
        """
        What councils and the Health Board added after the budget was set; it is among the payments in.

        Raises:
            UnknownFactError: If late allocations are known only in part.
        """
        if not self.budget.late_allocations.complete:
            raise UnknownFactError(f"the late allocations of {self.year}")
        return total(one.amount for one in self.budget.late_allocations)

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
        What directions state as payments or specify from sums set aside; one sum for a group of them counts once.

        Raises:
            UnknownFactError: If a direction's sum was not recorded.
        """
        return total(amount for one in self.directions for amount in sums_of(self, one))

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
        What the Health Board reclaimed of sums set aside, less what the authority reclaimed.

        Raises:
            UnknownFactError: If that was not recorded.
        """
        return known(self.budget.settlements, f"the set-aside settlements of {self.year}") or Money(0)

    @property
    def returned(self) -> Money:
        """
        Windfall given back to councils and the Health Board.

        Raises:
            UnknownFactError: If that is known only in part.
        """
        if not self.budget.returned.complete:
            raise UnknownFactError(f"what was returned of {self.year}")
        return total(one.amount for one in self.budget.returned)

    @property
    def savings(self) -> Savings:
        """The savings planned for the year, recurring and one-off."""
        return Savings(self.budget.savings)

    @property
    def gap(self) -> Money:
        """
        What is left of the identity: £0 where the year's money balances.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14, 27, 28(3) to (4) and 39, read together.
        """
        return self.retained - self.own_costs - self.reserve_movement - self.settlements - self.returned

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
        held: dict[str, Money] = {}
        for one in self.budget.set_asides.items:
            held[one.function] = held.get(one.function, Money(0)) + one.amount
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
            Steps in order: into the integration authority, or set aside for it; each served authority's share of a
            hosted service to its host; then out under directions.

        Raises:
            NotFoundError: If no money of the year names the function.
            UnknownFactError: If a direction's sum, how it divides among functions, recipients or the directions that
                share it, or the shares of hosted services were not recorded.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14, 18, 19, 26 and 27(3).

        .. versionadded:: 0.1.0
        """
        return trace(self, function)

    @property
    def _is_ijb(self) -> bool:
        return self.partnership.ijb is not None

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
        for one in self.budget.late_allocations.items:
            to = self.partnership.authority_for(one.function)
            held[one.payer] = held.get(one.payer, Money(0)) - one.amount
            held[to] = held.get(to, Money(0)) + one.amount
        return dict(sorted(held.items()))

    # -- the year as it goes -------------------------------------------------------------------------------------

    def forecast(
        self,
        variances: Mapping[str, Money | str | int] | None = None,
        *,
        spent: Mapping[str, Iterable[Money | str | int]] | None = None,
        profile: Sequence[int] | None = None,
    ) -> Forecast:
        """
        Forecast the year's end; see :meth:`scotintegration.forecasts.Forecast.of`.

        Args:
            variances: By function, what it is to overspend, or with a minus underspend, in the whole year.
            spent: By function, what was spent in April and in each month after it that is over.
            profile: What part of a year's spending falls in each month from April on: 12 whole numbers; by default
                as much in each.

        Returns:
            The forecast; functions not named are taken to end on their budget. Where neither variances nor spending
            are given, it is that of the spending recorded in the budget.

        Raises:
            UnknownFactError: If the budget of a function, or all spending, was not recorded.
            NotFoundError: If no money of the year names a function.
            ValueError: If a function is named twice, months or profile are not of a year, or more is to be saved than
                is spent.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        from scotintegration.forecasts import Forecast

        return Forecast.of(self, variances, spent=spent, profile=profile)

    def year_end(self, *, planned: Money | str | int = 0) -> Underspend:
        """
        Say what becomes of what is left over: planned underspend is kept, windfall returned.

        Args:
            planned: How much of it management planned; £0 or more.

        Returns:
            What is kept, and what goes back to each body in proportion to what it paid in.

        Raises:
            UnknownFactError: If what is left over cannot be told.
            ValueError: If too much was spent, *planned* is negative, or nobody paid in what is left over.

        Source:
            SSI 2014/341, sch.: a scheme says what happens to an underspend; this is what schemes say in practice.

        .. versionadded:: 0.1.0
        """
        ijb = self.partnership.ijb
        paid: dict[str, Money] = {}
        sums = [(one.payer, one.amount) for one in self.budget.payments.items]
        sums += [(one.payer, one.amount) for one in self.budget.late_allocations.items]
        for payer, amount in sums:
            if ijb is None or payer != ijb.id:
                paid[payer] = paid.get(payer, Money(0)) + amount
        return divide_underspend(self.gap, planned=Money.of(planned), paid=paid)

    def close(self, *, planned: Money | str | int = 0) -> Budget:
        """
        Close the year: what is left over is put by or returned, and what is missing drawn from the general reserve.

        Args:
            planned: How much of what is left over management planned, and so keeps; £0 or more.

        Returns:
            The budget with the movement of its general reserve and what is returned; nothing is left over in it.

        Raises:
            UnknownFactError: If what is left over cannot be told.
            ValueError: If *planned* is negative, or nobody paid in what is left over.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14, 27, 28(3) to (4) and 39, read together; SSI
            2014/341, sch.

        .. versionadded:: 0.1.0
        """
        gap = self.gap
        if gap < Money(0):
            return _moved(self.budget, gap)
        end = self.year_end(planned=planned)
        back = {one.to: one.amount for one in self.budget.returned.items}
        for party, amount in end.returned.items():
            back[party] = back.get(party, Money(0)) + amount
        returned = [WindfallReturn(to=party, amount=amount) for party, amount in back.items()]
        return attrs.evolve(_moved(self.budget, end.kept), returned=returned)

    def real_terms(self, deflator: Deflator, *, base: FinancialYear | str) -> Table:
        """
        Give the money of the year at the prices of another.

        Args:
            deflator: The index of prices by year, above 0, as text, Decimal or whole number; none is bundled.
            base: The year whose prices are asked for.

        Returns:
            The table of the year with a column of real terms. Each amount is rounded by itself to whole pence, half a
            penny to the even one, so rows may differ from their total by pence.

        Raises:
            UnknownFactError: If the deflator lacks a year.
            TypeError: If an index is a ``float`` or of another type.
            ValueError: If an index is not above 0, or a year has two.

        Source: our choice. Exact fractions, rounded once, half to even.

        .. versionadded:: 0.1.0
        """
        target = FinancialYear.of(base)
        nominal = self.to_table()
        rows = [
            (*row, _amount(self, name, lambda sum_: at_prices_of(target, sum_, self.year, deflator=deflator)))
            for row, (_, _, name) in zip(nominal.rows, self._rows(), strict=True)
        ]
        at_prices_of(target, Money(0), self.year, deflator=deflator)
        return attrs.evolve(nominal, columns=(*nominal.columns, f"at prices of {target}"), rows=rows)

    # -- faces ---------------------------------------------------------------------------------------------------

    def _rows(self) -> tuple[tuple[str, str, str], ...]:
        """What each row of the table is called, its provision, and the property it shows."""
        rows = [
            ("payments in", "s. 14(2) and (4)" if self._is_ijb else "ss. 18 and 19", "payments_in"),
            ("set aside", "s. 14(3)" if self._is_ijb else "s. 19(2)", "set_aside"),
            ("resources", "", "resources"),
            ("directed", "ss. 26 to 28", "directed"),
            ("retained", "", "retained"),
            ("of that, the authority's own costs", "", "own_costs"),
            ("of that, added to reserves", "", "reserve_movement"),
            ("of that, settlements", "s. 28(3) and (4)", "settlements"),
            ("left over", "", "gap"),
        ]
        if self.budget.late_allocations != NONE:
            rows.insert(1, ("of that, allocated late", "", "late_allocations"))
        if self.budget.returned != NONE:
            rows.insert(-1, ("of that, returned", "", "returned"))
        return tuple(rows)

    def to_table(self) -> Table:
        """
        Give the money of the year as a table.

        Returns:
            One row an amount, in legal order, with the provision behind it; what is not recorded says so.

        Source:
            The provision of each row.

        .. versionadded:: 0.1.0
        """
        rows = [(what, provision, _amount(self, name)) for what, provision, name in self._rows()]
        notes = ("Derived from national totals, illustrative.",) if self.budget.derived else ()
        caption = f"{self.partnership.name}: money of {self.year}"
        return Table(caption, ("what", "provision", "amount"), rows, notes=notes)

    def to_svg(self) -> str:
        """
        Draw the money of the year: what comes in, in legal order, and where it goes.

        Returns:
            A static SVG with a title and a description, the same text every time; :meth:`to_table` is its twin.

        Source:
            The provisions that stand in it.

        .. versionadded:: 0.1.0
        """
        from scotintegration.pictures import money_diagram

        return money_diagram(self)

    def _repr_html_(self) -> str:
        return f"{self.to_svg()}\n{self.to_table().to_html()}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Give what a notebook shows: the picture with its table, the picture alone, and text."""
        return {"text/html": self._repr_html_(), "image/svg+xml": self.to_svg(), "text/plain": str(self)}

    def __str__(self) -> str:
        return self.to_table().to_text()

    def __repr__(self) -> str:
        return f"<Flows of {self.partnership.name!r}, {self.year}>"


def _amount(flows: Flows, name: str, view: Callable[[Money], Money] = lambda amount: amount) -> str:
    try:
        amount = getattr(flows, name)
    except UnknownFactError:
        return "not recorded"
    return str(view(amount))


def _moved(budget: Budget, amount: Money) -> Budget:
    """Add to the general reserve of a year, or draw on it; a year without one gets one that opened at nothing."""
    reserves = list(budget.reserves.items)
    place = next((n for n, one in enumerate(reserves) if one.kind is ReserveKind.GENERAL), None)
    if place is None:
        reserves.append(Reserve(kind=ReserveKind.GENERAL, opening=Money(0), movement=amount))
    else:
        one = reserves[place]
        planned = one.movement if one.planned is None else one.planned
        reserves[place] = attrs.evolve(one, movement=one.movement + amount, planned=planned)
    return attrs.evolve(budget, reserves=reserves)
