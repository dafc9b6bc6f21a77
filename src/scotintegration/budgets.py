"""A year's money: payments, sums set aside, reserves and shares of hosted services."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Final

import attrs

from scotintegration._choice import Choice
from scotintegration._fields import (
    NONE,
    NOT_RECORDED,
    MaybeDate,
    MaybeMoney,
    MaybeText,
    an_id,
    by,
    each,
    maybe_id,
    named,
    one_of,
    to_maybe_day,
    to_maybe_money,
    to_money,
    to_source,
    to_year,
)
from scotintegration._shown import Shown
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.dates import FinancialYear
from scotintegration.in_year import LateAllocation, MonthlySpending, WindfallReturn
from scotintegration.money import Money, not_negative
from scotintegration.savings import Saving
from scotintegration.unknown import UNKNOWN, Listing, Unknown

__all__ = [
    "ALL_FUNCTIONS",
    "Budget",
    "Charge",
    "Determination",
    "HostedShare",
    "Payment",
    "Reserve",
    "ReserveKind",
    "SetAside",
    "SetAsideReport",
]


ALL_FUNCTIONS: Final = "all-functions"
"""What money is for where no split by function was read: every delegated function together."""


@attrs.frozen(kw_only=True, field_transformer=named)
class Payment(Shown):
    """
    Money that one body pays another for a delegated function.

    Attributes:
        payer: Id of the body that pays.
        payee: Id of the body that is paid.
        function: Id of the delegated function it is for.
        amount: For the financial year of the budget it belongs to, £0 or more.
        direction: Id of the direction that states it, for a payment out of an integration authority.
        changed_on: The day within the year on which the amount last changed; None where it did not.
        before: What it was when the year began, £0 or more; None where it did not change.

    Raises:
        ValueError: If *amount* or *before* is negative.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14(2), 14(4), 18, 19 and 27(3).

    >>> Payment(payer="toy-council", payee="toy-ijb", function="care-at-home", amount="£40").amount
    Money('£40.00')

    .. versionadded:: 0.1.0
    """

    payer: str = attrs.field(validator=an_id)
    payee: str = attrs.field(validator=an_id)
    function: str = attrs.field(validator=an_id)
    amount: Money = attrs.field(converter=to_money, validator=not_negative)
    direction: MaybeText = attrs.field(default=None, validator=maybe_id)
    changed_on: MaybeDate = attrs.field(default=None, converter=to_maybe_day)
    before: MaybeMoney = attrs.field(default=None, converter=to_maybe_money, validator=not_negative)


@attrs.frozen(kw_only=True, field_transformer=named)
class SetAside(Shown):
    """
    Money a Health Board holds, which an integration joint board directs.

    Attributes:
        health_board: Id of the Health Board that holds it.
        function: Id of the delegated function it is for.
        amount: For the financial year of the budget it belongs to, £0 or more.
        used: What was used of it so far, £0 or more; UNKNOWN until it is told.

    Raises:
        ValueError: If *amount* or *used* is negative.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14(3), 19(2) and 28.

    >>> SetAside(health_board="nhs-a", function="frailty", amount="£50")
    SetAside(health_board='nhs-a', function='frailty', amount=Money('£50.00'), used=UNKNOWN)

    .. versionadded:: 0.1.0
    """

    health_board: str = attrs.field(validator=an_id)
    function: str = attrs.field(validator=an_id)
    amount: Money = attrs.field(converter=to_money, validator=not_negative)
    used: MaybeMoney = attrs.field(default=UNKNOWN, converter=to_maybe_money, validator=not_negative)


class ReserveKind(Choice):
    """
    The two pots of a board's reserves.

    Source:
        Local Government (Scotland) Act 1973, s. 106; LASAAC guidance on earmarked balances.

    >>> ReserveKind("earmarked").name
    'EARMARKED'

    .. versionadded:: 0.1.0
    """

    GENERAL = "general"
    EARMARKED = "earmarked"


@attrs.frozen(kw_only=True, field_transformer=named)
class Reserve(Shown):
    """
    A reserve of an integration joint board over one financial year.

    Attributes:
        kind: General, or earmarked for a purpose.
        opening: Balance on 1 April, £0 or more.
        movement: What the year adds (positive) or draws (negative).
        purpose: What an earmarked reserve is for.
        planned: What the year was to add or draw when its budget was set; None where nothing changed.

    Raises:
        ValueError: If *opening* is negative.

    Source:
        Local Government (Scotland) Act 1973, s. 106 (a board is a local government body for its accounts).

    >>> Reserve(kind="general", opening="£2m", movement="-£0.5m").closing
    Money('£1,500,000.00')

    .. versionadded:: 0.1.0
    """

    kind: ReserveKind = attrs.field(converter=ReserveKind)
    opening: Money = attrs.field(converter=to_money, validator=not_negative)
    movement: Money = attrs.field(default=Money(0), converter=to_money)
    purpose: str = attrs.field(default="", validator=one_of(str))
    planned: MaybeMoney = attrs.field(default=None, converter=to_maybe_money)

    @property
    def closing(self) -> Money:
        """The balance on 31 March."""
        return self.opening + self.movement


@attrs.frozen(kw_only=True, field_transformer=named)
class HostedShare(Shown):
    """
    One authority's share of a service that another hosts for it.

    Attributes:
        host: Id of the integration authority that runs the service.
        served: Id of the integration authority whose residents it serves.
        function: Id of the delegated function.
        amount: For the financial year of the budget it belongs to, £0 or more.

    Raises:
        ValueError: If *amount* is negative.

    Source: our choice. Hosting is arranged by schemes; no provision of the Act names it.

    >>> HostedShare(host="S37000003", served="S37000007", function="continence", amount="£5").amount
    Money('£5.00')

    .. versionadded:: 0.1.0
    """

    host: str = attrs.field(validator=an_id)
    served: str = attrs.field(validator=an_id)
    function: str = attrs.field(validator=an_id)
    amount: Money = attrs.field(converter=to_money, validator=not_negative)


@attrs.frozen(kw_only=True, field_transformer=named)
class Determination(Shown):
    """
    The amount that the method of the scheme yields for one function.

    Attributes:
        function: Id of the delegated function.
        amount: For the financial year of the budget it belongs to, £0 or more.

    Raises:
        ValueError: If *amount* is negative.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1(3)(d) and (e) and 14(2) to (4).

    >>> Determination(function="care-at-home", amount="£40").amount
    Money('£40.00')

    .. versionadded:: 0.1.0
    """

    function: str = attrs.field(validator=an_id)
    amount: Money = attrs.field(converter=to_money, validator=not_negative)


@attrs.frozen(kw_only=True, field_transformer=named)
class SetAsideReport(Shown):
    """
    A report of a Health Board on how the sums set aside are used, as the integration authority asked for it.

    Attributes:
        due_on: The day by which the integration authority asked for it.
        given_on: The day it was given; None until then.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 28(5) and (6).

    >>> SetAsideReport(due_on="2026-07-31", given_on="2026-07-29").given_on
    datetime.date(2026, 7, 29)

    .. versionadded:: 0.1.0
    """

    due_on: MaybeDate = attrs.field(converter=to_maybe_day)
    given_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)


@attrs.frozen(kw_only=True, field_transformer=named)
class Charge(Shown):
    """
    A charge to users for a social care service, and who recovers it.

    Attributes:
        function: Id of the delegated function under which the service is provided.
        recovered_by: Id of the body that recovers it.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.

    Source:
        Social Work (Scotland) Act 1968, s. 87(1C) and (1D); SSI 2015/157, sch. para. 1(4).

    >>> Charge(function="care-at-home", recovered_by="toy-council").recovered_by
    'toy-council'

    .. versionadded:: 0.1.0
    """

    function: str = attrs.field(validator=an_id)
    recovered_by: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)


_SAME: Final[Mapping[str, Callable[[object], tuple[str, ...]]]] = {
    "determined": by("function"),
    "hosted": by("host", "served", "function"),
    "payments": by("payer", "payee", "function", "direction"),
    "returned": by("to"),
    "savings": by("id"),
    "set_asides": by("health_board", "function"),
    "spending": by("function"),
}
"""What tells the sums of each field of a budget apart."""


def _payments(value: Iterable[Payment] | Unknown) -> Listing[Payment]:
    return Listing.of(value).sorted(_SAME["payments"])


def _set_asides(value: Iterable[SetAside] | Unknown) -> Listing[SetAside]:
    return Listing.of(value).sorted(_SAME["set_asides"])


def _determinations(value: Iterable[Determination] | Unknown) -> Listing[Determination]:
    return Listing.of(value).sorted(_SAME["determined"])


def _reserves(value: Iterable[Reserve] | Unknown) -> Listing[Reserve]:
    return Listing.of(value).sorted(by("kind", "purpose", "opening", "movement"))


def _charges(value: Iterable[Charge] | Unknown) -> Listing[Charge]:
    return Listing.of(value).sorted(by("function", "recovered_by"))


def _set_aside_reports(value: Iterable[SetAsideReport] | Unknown) -> Listing[SetAsideReport]:
    return Listing.of(value).sorted(by("due_on", "given_on"))


def _hosted(value: Iterable[HostedShare] | Unknown) -> Listing[HostedShare]:
    return Listing.of(value).sorted(_SAME["hosted"])


def _spending(value: Iterable[MonthlySpending] | Unknown) -> Listing[MonthlySpending]:
    return Listing.of(value).sorted(_SAME["spending"])


def _late(value: Iterable[LateAllocation] | Unknown) -> Listing[LateAllocation]:
    return Listing.of(value).sorted(by("payer", "function", "on", "amount"))


def _saved(value: Iterable[Saving] | Unknown) -> Listing[Saving]:
    return Listing.of(value).sorted(_SAME["savings"])


def _returned(value: Iterable[WindfallReturn] | Unknown) -> Listing[WindfallReturn]:
    return Listing.of(value).sorted(_SAME["returned"])


@attrs.frozen(kw_only=True, field_transformer=named)
class Budget(Shown):
    """
    The money of one partnership in one financial year, as a whole.

    Attributes:
        year: The financial year.
        set_on: The day it was set.
        determined: What the scheme's method yields per function.
        payments: Payments made for the year, in and out.
        set_asides: Sums set aside for the year.
        reserves: Reserves of the integration joint board.
        hosted: Shares of hosted services.
        charges: Charges to users of social care, and who recovers them.
        set_aside_reports: Reports on sums set aside that the integration authority asked the Health Board for.
        own_costs: What the integration authority spends on itself, £0 or more.
        settlements: What the Health Board reclaimed for use beyond what was specified (s. 28(4)), less what the
            authority reclaimed as not used (s. 28(3)); below nothing where the authority got money back.
        derived: Whether the figures were worked out and not read; derived figures never settle a rule.
        total: The year's total where no more than that is known, £0 or more.
        spending: What was spent on each function so far, month by month.
        late_allocations: Money added to the payments of the year after the budget was set.
        savings: Savings planned for the year.
        returned: Windfall given back to councils and the Health Board at the year's end.
        source: Where each fact comes from, per field.

    Raises:
        ValueError: If an amount is negative that cannot be, or one sum is split into two that nothing tells apart.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14, 18, 19, 27(3) and 28(3) to (6).

    >>> Budget(year="2026/27", set_on="2026-03-27").year.start
    datetime.date(2026, 4, 1)

    .. versionadded:: 0.1.0
    """

    year: FinancialYear = attrs.field(converter=to_year)
    set_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    determined: Listing[Determination] = attrs.field(
        default=NOT_RECORDED, converter=_determinations, validator=each(Determination)
    )
    payments: Listing[Payment] = attrs.field(default=NONE, converter=_payments, validator=each(Payment))
    set_asides: Listing[SetAside] = attrs.field(default=NONE, converter=_set_asides, validator=each(SetAside))
    reserves: Listing[Reserve] = attrs.field(default=NONE, converter=_reserves, validator=each(Reserve))
    hosted: Listing[HostedShare] = attrs.field(default=NONE, converter=_hosted, validator=each(HostedShare))
    charges: Listing[Charge] = attrs.field(default=NOT_RECORDED, converter=_charges, validator=each(Charge))
    set_aside_reports: Listing[SetAsideReport] = attrs.field(
        default=NOT_RECORDED, converter=_set_aside_reports, validator=each(SetAsideReport)
    )
    own_costs: MaybeMoney = attrs.field(default=Money(0), converter=to_maybe_money, validator=not_negative)
    settlements: MaybeMoney = attrs.field(default=Money(0), converter=to_maybe_money)
    derived: bool = attrs.field(default=False, validator=one_of(bool))
    total: MaybeMoney = attrs.field(default=None, converter=to_maybe_money, validator=not_negative)
    spending: Listing[MonthlySpending] = attrs.field(
        default=NOT_RECORDED, converter=_spending, validator=each(MonthlySpending)
    )
    late_allocations: Listing[LateAllocation] = attrs.field(
        default=NONE, converter=_late, validator=each(LateAllocation)
    )
    savings: Listing[Saving] = attrs.field(default=NOT_RECORDED, converter=_saved, validator=each(Saving))
    returned: Listing[WindfallReturn] = attrs.field(default=NONE, converter=_returned, validator=each(WindfallReturn))
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        for field, key in _SAME.items():
            names = [key(one) for one in getattr(self, field).items]
            for one, other in pairwise(names):
                if one == other:
                    what = ", ".join(filter(None, one))
                    raise ValueError(f"Budget.{field} of {self.year} has two sums for {what!r}; expected one")
