"""Forecasts: how a year is to end, by function and by month, against its budget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration._choice import Choice
from scotintegration._shown import Shown
from scotintegration.dates import FinancialYear
from scotintegration.errors import UnknownFactError
from scotintegration.lines import Layer
from scotintegration.money import Money, total
from scotintegration.risk_shares import host_bears
from scotintegration.tables import Table
from scotintegration.unknown import known

if TYPE_CHECKING:
    from scotintegration.flows import Flows
    from scotintegration.partnership import Partnership
    from scotintegration.recovery import RecoveryOptions

__all__ = ["MONTHS", "Arm", "Forecast", "ForecastLine"]

MONTHS: Final = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
"""The months of a financial year, in order."""

_FLAT: Final = (1,) * len(MONTHS)
_NIL: Final = Money(0)


class Arm(Choice):
    """
    The side of a budget: functions that the Health Board delegated, or those of councils.

    Source:
        Directions note of 2016, para. 3.4, which speaks of either arm of the operational budget.

    >>> Arm("council").name
    'COUNCIL'

    .. versionadded:: 0.1.0
    """

    HEALTH_BOARD = "health board"
    COUNCIL = "council"


@attrs.frozen(kw_only=True)
class ForecastLine(Shown):
    """
    How the year is to end for one function.

    Attributes:
        function: Id of the delegated function.
        party: Id of the body that delegated it.
        arm: The arm of the budget it belongs to.
        budget: What is directed or set aside for it in the year.
        months: What is spent from April to March, 12 sums; those of months that are over are given, the others
            forecast.
        over: How many months are over.
        charged: What of the variance the integration authority bears or keeps.
        note: Why that is not all of it; blank where it is.

    Source: our choice.

    .. versionadded:: 0.1.0
    """

    function: str
    party: str
    arm: Arm
    budget: Money
    months: tuple[Money, ...]
    over: int
    charged: Money
    note: str = ""

    @property
    def outturn(self) -> Money:
        """What is spent in the whole year."""
        return total(self.months)

    @property
    def variance(self) -> Money:
        """Outturn less budget: more than nothing is an overspend."""
        return self.outturn - self.budget

    @property
    def run_rate(self) -> Money:
        """
        What was spent a month, on average, in the months that are over; half a penny goes to the even one.

        Raises:
            UnknownFactError: If no month is over.
        """
        if not self.over:
            raise UnknownFactError(f"spending by month on {self.function!r}")
        return Money(round(Fraction(total(self.months[: self.over]).pence, self.over)))


@attrs.frozen(kw_only=True, repr=False)
class Forecast(Shown):
    """
    How a year is to end, for the functions that somebody forecast; the others are taken to end on their budget.

    A variance of a sum set aside is not charged to the integration authority in the year, and a hosted service is
    charged to its host unless the scheme says otherwise.

    Attributes:
        flows: The money of the year.
        lines: One line a function, in order of id.

    Source:
        SSI 2014/341, sch.: a scheme says what happens to an overspend or underspend in the year and at its end.

    .. versionadded:: 0.1.0
    """

    flows: Flows = attrs.field(repr=False)
    lines: tuple[ForecastLine, ...]

    @classmethod
    def of(
        cls,
        flows: Flows,
        variances: Mapping[str, Money | str | int] | None = None,
        *,
        spent: Mapping[str, Iterable[Money | str | int]] | None = None,
        profile: Sequence[int] | None = None,
    ) -> Forecast:
        """
        Forecast the year's end from variances, from what was spent so far, or from both for different functions.

        Spending goes on at the run rate: what was spent, times the parts of the profile that are left over those that
        are over, rounded once to whole pence with half a penny to the even one, and then divided over the months left.

        Args:
            flows: The money of the year.
            variances: By function, what it is to overspend, or with a minus underspend, in the whole year.
            spent: By function, what was spent in April and in each month after it that is over: 1 to 12 sums.
            profile: What part of a year's spending falls in each month from April on: 12 whole numbers of 0 or more;
                by default as much in each.

        Returns:
            The forecast. Where neither variances nor spending are given, it is that of the spending recorded.

        Raises:
            UnknownFactError: If the budget or the delegator of a function, or all spending, was not recorded.
            NotFoundError: If no money of the year names a function.
            ValueError: If a function is named twice, months or profile are not of a year, or more is to be saved than
                is spent.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        weights = _profile(profile)
        if variances is None and spent is None:
            if not flows.budget.spending.items:
                raise UnknownFactError(f"spending by month in {flows.year}")
            spent = {one.function: one.months for one in flows.budget.spending.items if one.months}
        over = {function: tuple(map(Money.of, months)) for function, months in (spent or {}).items()}
        variances = variances or {}
        both = sorted(over.keys() & variances.keys())
        if both:
            raise ValueError(f"expected a variance or spending by month for each function, got both for {both!r}")
        lines = []
        for function in sorted(over.keys() | variances.keys()):
            budget = _budget(flows, function)
            if function in over:
                months = _projected(function, over[function], weights)
            else:
                outturn = budget + Money.of(variances[function])
                if outturn < _NIL:
                    raise ValueError(f"{function!r} cannot underspend by more than its budget, {budget}")
                months = outturn.share(weights)
            lines.append(_line(flows, function, budget, months, len(over.get(function, ()))))
        return cls(flows=flows, lines=tuple(lines))

    @property
    def year(self) -> FinancialYear:
        """The financial year."""
        return self.flows.year

    @property
    def partnership(self) -> Partnership:
        """The partnership."""
        return self.flows.partnership

    @property
    def budget(self) -> Money:
        """The budget of the functions forecast."""
        return total(line.budget for line in self.lines)

    @property
    def outturn(self) -> Money:
        """What is spent on them in the year."""
        return total(line.outturn for line in self.lines)

    @property
    def variance(self) -> Money:
        """Outturn less budget: more than nothing is an overspend."""
        return self.outturn - self.budget

    @property
    def overspends(self) -> dict[str, Money]:
        """What each function overspends at the authority's charge, in order of id."""
        return {line.function: line.charged for line in self.lines if line.charged > _NIL}

    @property
    def underspends(self) -> dict[str, Money]:
        """What each function underspends to the authority's good, in order of id."""
        return {line.function: -line.charged for line in self.lines if line.charged < _NIL}

    @property
    def overspend(self) -> Money:
        """All overspends together, before any underspend is set against them."""
        return total(self.overspends.values())

    @property
    def underspend(self) -> Money:
        """All underspends together."""
        return total(self.underspends.values())

    @property
    def net(self) -> Money:
        """Overspends less underspends: less than nothing is an underspend of the whole."""
        return self.overspend - self.underspend

    @property
    def not_charged(self) -> Money:
        """What of the variance others bear or keep: that of sums set aside, and of services others host."""
        return self.variance - self.net

    @property
    def by_arm(self) -> dict[str, Money]:
        """The net variance at the authority's charge of either arm: ``"health board"`` and ``"council"``."""
        return {arm.value: total(line.charged for line in self.lines if line.arm is arm) for arm in Arm}

    def __getitem__(self, function: str) -> ForecastLine:
        """
        Give the line of a function.

        Raises:
            KeyError: If the function was not forecast.
        """
        return {line.function: line for line in self.lines}[function]

    def recovery_options(
        self,
        *,
        keep: Money | str | int = 0,
        recurring: Iterable[str] = (),
        agreed: Mapping[str, Money | str | int] | None = None,
        loan_years: int = 3,
    ) -> RecoveryOptions:
        """
        List and price what can be done about the overspend; see :func:`scotintegration.recovery.recovery_options`.

        Args:
            keep: What of the general reserve is not to be drawn, £0 or more.
            recurring: Ids of functions whose underspend comes again every year.
            agreed: What the parties agreed to pay, by id, where that is negotiated.
            loan_years: Over how many years a loan would be repaid, where the scheme does not say.

        Returns:
            The options, a recovery plan first, the others in the order of the scheme.

        Raises:
            ValueError: If *keep* is negative, or what was agreed is not what is to be paid.

        Source:
            SSI 2014/341, sch.; directions note of 2016, para. 3.4.

        .. versionadded:: 0.1.0
        """
        from scotintegration.recovery import recovery_options

        return recovery_options(self, keep=keep, recurring=recurring, agreed=agreed, loan_years=loan_years)

    def to_table(self) -> Table:
        """
        Give the forecast by function.

        Returns:
            One row a function, and the total.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows = [
            (
                one.function,
                one.arm.value,
                str(one.budget),
                str(one.outturn),
                _signed(one.variance),
                _signed(one.charged),
            )
            for one in self.lines
        ]
        sums = (str(self.budget), str(self.outturn), _signed(self.variance), _signed(self.net))
        caption = f"{self.partnership.name}: forecast of {self.year}"
        columns = ("function", "arm", "budget", "outturn", "variance", "charged to the authority")
        notes = (
            "Functions not named are taken to end on their budget.",
            *(f"{line.function}: {line.note}." for line in self.lines if line.note),
        )
        return Table(caption, columns, [*rows, ("total", "", *sums)], notes=notes)

    def by_month(self) -> Table:
        """
        Give the forecast by month.

        Returns:
            One row a function, and the total; months that are over are as spent, the others forecast.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows = [(line.function, *map(str, line.months), str(line.outturn)) for line in self.lines]
        sums = [total(line.months[month] for line in self.lines) for month in range(len(MONTHS))]
        over = ", ".join(f"{line.function} {line.over}" for line in self.lines if line.over)
        notes = (f"Months that are over: {over}." if over else "No month is over: every sum is forecast.",)
        caption = f"{self.partnership.name}: forecast of {self.year} by month"
        rows.append(("total", *map(str, sums), str(self.outturn)))
        return Table(caption, ("function", *MONTHS, "year"), rows, notes=notes)

    def _repr_html_(self) -> str:
        return f"{self.to_table().to_html()}\n{self.by_month().to_html()}"

    def __str__(self) -> str:
        return self.to_table().to_text()

    def __repr__(self) -> str:
        return f"<Forecast of {self.partnership.name!r}, {self.year}: {_signed(self.net)}>"


def _signed(amount: Money) -> str:
    return f"+{amount}" if amount > _NIL else str(amount)


def _profile(profile: Sequence[int] | None) -> tuple[int, ...]:
    weights = _FLAT if profile is None else tuple(profile)
    if len(weights) != len(MONTHS):
        raise ValueError(f"a profile has {len(MONTHS)} whole numbers, April to March, got {len(weights)}")
    Money(0).share(weights)  # refuses what are no weights
    return weights


def _projected(function: str, spent: tuple[Money, ...], weights: tuple[int, ...]) -> tuple[Money, ...]:
    """Give spending by month: as it was, and on at the run rate."""
    over = len(spent)
    if not 1 <= over <= len(MONTHS):
        raise ValueError(f"spending on {function!r} must be of 1 to {len(MONTHS)} months, got {over}")
    ahead = weights[over:]
    if not any(ahead):
        return (*spent, *(_NIL for _ in ahead))
    done = sum(weights[:over])
    if not done:
        raise ValueError(f"the profile has nothing in the {over} months that are over, so there is no run rate")
    rest = Money(round(Fraction(total(spent).pence * sum(ahead), done)))
    return (*spent, *rest.share(ahead))


def _party(flows: Flows, function: str) -> str:
    """Give the body that delegated a function: as the scheme says, else the one that pays or holds money for it."""
    for one in flows.partnership.scheme.functions.items:
        if one.id == function:
            return one.delegator
    ijb = flows.partnership.ijb
    funders = {
        *(one.payer for one in flows.budget.payments.items if one.function == function),
        *(one.payer for one in flows.budget.late_allocations.items if one.function == function),
        *(one.health_board for one in flows.budget.set_asides.items if one.function == function),
    } - ({ijb.id} if ijb is not None else set())
    if len(funders) != 1:
        raise UnknownFactError(f"which body delegated {function!r}")
    return funders.pop()


def _is_held(flows: Flows, function: str) -> bool:
    return any(one.function == function for one in flows.budget.set_asides.items)


def _budget(flows: Flows, function: str) -> Money:
    """Give what there is to spend on a function: what is set aside, what is directed, or what a lead agency is paid."""
    steps = flows.trace(function)
    if _is_held(flows, function):
        return total(step.amount for step in steps if step.kind is Layer.SET_ASIDE)
    if not flows.budget.payments.complete:
        raise UnknownFactError(f"the payments of {flows.year}")
    kind = Layer.PAYMENT if flows.partnership.ijb is None else Layer.DIRECTION
    return total(step.amount for step in steps if step.kind is kind)


def _line(flows: Flows, function: str, budget: Money, months: tuple[Money, ...], over: int) -> ForecastLine:
    party = _party(flows, function)
    charged, note = _charged(flows, function, total(months) - budget)
    arm = Arm.HEALTH_BOARD if party == flows.partnership.health_board.id else Arm.COUNCIL
    return ForecastLine(
        function=function, party=party, arm=arm, budget=budget, months=months, over=over, charged=charged, note=note
    )


def _charged(flows: Flows, function: str, variance: Money) -> tuple[Money, str]:
    """Give what of a variance the authority bears or keeps, and why that is not all."""
    p = flows.partnership
    if _is_held(flows, function):
        return _NIL, "set aside, so its variance is not charged to the authority in the year"
    hosts = {one.host for one in flows.budget.hosted.items if one.function == function}
    if not hosts:
        return variance, ""
    if len(hosts) > 1:
        raise UnknownFactError(f"which of {', '.join(map(repr, sorted(hosts)))} hosts {function!r}")
    host, mine = hosts.pop(), {p.id, p.authority_for(function)}
    rule = known(p.scheme.hosted_risk_share, "how the scheme shares the overspend of a hosted service") or host_bears
    mine_of = rule.split({host: variance}, host=host)
    charged = total(amount for body, amount in mine_of.items() if body in mine)
    return charged, "" if charged == variance else f"hosted by {host}: {rule}"
