"""What happens to a budget within its year: spending, late allocations, and windfall given back."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from scotintegration._fields import MaybeDate, an_id, named, to_maybe_day, to_money
from scotintegration._shown import Shown
from scotintegration.money import Money, not_negative, total
from scotintegration.unknown import UNKNOWN

__all__ = ["LateAllocation", "MonthlySpending", "WindfallReturn"]


def _moneys(value: Iterable[Money | str | int]) -> tuple[Money, ...]:
    if isinstance(value, str):
        raise TypeError(f"months are a collection of sums, got the text {value!r}")
    return tuple(Money.of(one) for one in value)


@attrs.frozen(kw_only=True, field_transformer=named)
class MonthlySpending(Shown):
    """
    What was spent on one function, month by month.

    Attributes:
        function: Id of the delegated function.
        months: What was spent in April and in each month after it that is over, at most 12 sums; less than nothing
            where more came back than went out.

    Raises:
        ValueError: If there are more than 12 months, or the id is malformed.

    Source: our choice.

    >>> MonthlySpending(function="care-at-home", months=["£2m", "£2.1m"]).spent
    Money('£4,100,000.00')

    .. versionadded:: 0.1.0
    """

    function: str = attrs.field(validator=an_id)
    months: tuple[Money, ...] = attrs.field(converter=_moneys, validator=attrs.validators.max_len(12))

    @property
    def spent(self) -> Money:
        """What was spent so far."""
        return total(self.months)


@attrs.frozen(kw_only=True, field_transformer=named)
class LateAllocation(Shown):
    """
    Money that a council or Health Board adds to a year after its budget was set.

    Attributes:
        payer: Id of the body that pays.
        function: Id of the delegated function it is for.
        amount: What it adds to the payments of the year, £0 or more; it is not among those payments.
        on: The day it was allocated.

    Raises:
        ValueError: If *amount* is negative.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 14; SSI 2014/341, sch.: a scheme says how payments vary.

    >>> LateAllocation(payer="nhs-a", function="respite", amount="£4.7m", on="2027-02-26").amount
    Money('£4,700,000.00')

    .. versionadded:: 0.1.0
    """

    payer: str = attrs.field(validator=an_id)
    function: str = attrs.field(validator=an_id)
    amount: Money = attrs.field(converter=to_money, validator=not_negative)
    on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)


@attrs.frozen(kw_only=True, field_transformer=named)
class WindfallReturn(Shown):
    """
    What an integration authority gives back to one body at the end of a year.

    Attributes:
        to: Id of the council or Health Board.
        amount: What it gets back, £0 or more.

    Raises:
        ValueError: If *amount* is negative.

    Source:
        SSI 2014/341, sch.: a scheme says what happens to an underspend.

    >>> WindfallReturn(to="nhs-a", amount="£40").amount
    Money('£40.00')

    .. versionadded:: 0.1.0
    """

    to: str = attrs.field(validator=an_id)
    amount: Money = attrs.field(converter=to_money, validator=not_negative)
