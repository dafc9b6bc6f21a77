"""Performance reports, annual financial statements, decisions outside the plan, and recommendations made."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

import attrs

from scotintegration._fields import (
    NOT_RECORDED,
    MaybeCount,
    MaybeDate,
    MaybeFlag,
    MaybeMoney,
    MaybeText,
    an_id,
    by,
    count,
    each,
    ids,
    maybe,
    maybe_id,
    named,
    to_ids,
    to_maybe_day,
    to_maybe_money,
    to_source,
    to_year,
)
from scotintegration._shown import Shown
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.dates import FinancialYear
from scotintegration.unknown import UNKNOWN, Listing, Unknown

__all__ = [
    "MATTERS",
    "AnnualFinancialStatement",
    "Decision",
    "PerformanceReport",
    "Recommendation",
    "Spending",
]

MaybeShare: TypeAlias = Decimal | None | Unknown

MATTERS: Final = (
    "hospital inpatient care",
    "other health care",
    "care homes and adult placement",
    "support for unpaid carers",
    "other social care",
)
"""The five matters of SSI 2014/326, reg. 4(2)(a) to (e), in our words."""


def _share(value: Decimal | str | int | None | Unknown) -> MaybeShare:
    """Convert a share such as "0.12"; None and UNKNOWN pass."""
    if value is None or value is UNKNOWN:
        return value
    if isinstance(value, bool) or not isinstance(value, (Decimal, str, int)):
        raise TypeError(f"must be a share such as '0.12', got {value!r}")
    try:
        share = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"must be a share such as '0.12', got {value!r}") from None
    if not share.is_finite() or share < 0:
        raise ValueError(f"must be a share of 0 or more, got {value!r}")
    return share


@attrs.frozen(kw_only=True, field_transformer=named)
class Spending(Shown):
    """
    What a performance report says was spent on one matter, or in one locality.

    Attributes:
        on: One of :data:`MATTERS`, a key care group, or the id of a locality.
        amount: The total spent; None where the report does not say.
        share: The proportion of all money paid or set aside, 0 or more; None where the report does not say.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If *on* is blank, or *share* is negative or no number.

    Source:
        SSI 2014/326, regs. 4(1) and 6.

    >>> Spending(on="other social care", amount="£61m", share="0.31").share
    Decimal('0.31')

    .. versionadded:: 0.1.0
    """

    on: str = attrs.field(validator=an_id)
    amount: MaybeMoney = attrs.field(default=UNKNOWN, converter=to_maybe_money)
    share: MaybeShare = attrs.field(default=UNKNOWN, converter=_share)


def _spending(value: Iterable[Spending] | Unknown) -> Listing[Spending]:
    return Listing.of(value).sorted(by("on", "amount", "share"))


@attrs.frozen(kw_only=True, field_transformer=named)
class PerformanceReport(Shown):
    """
    An annual performance report, and what it sets out.

    Attributes:
        year: The reporting year, 1 April to 31 March.
        published_on: The day it was published; None until then.
        sent_to: Ids of the bodies that were given a copy.
        contents: What else it sets out, such as ``"indicators"``, ``"principles"``, ``"best value"``,
            ``"review reasons"``, ``"review decision"``, ``"review changes"`` and ``"reasons for decisions"``.
        outcomes: Numbers of the national outcomes it assesses, as ``"1"`` to ``"9"``.
        comparison_years: With how many years before it compares, 0 or more.
        decisions: How many significant decisions outside the plan it counts; None where it does not say.
        total: All money paid to the integration authority or set aside for it in the year.
        reserves_drawn: What it says was met from reserves.
        spending: What was spent on each matter and key care group.
        key_groups: Key care groups to which the plan gives spending of their own.
        variance: By how much it says spending went beyond the annual financial statement, negative where it fell
            short; None where it does not say.
        localities: Ids of the localities it assesses.
        spending_in: What was spent in each locality.
        recommendations: Ids of the recommendations it lists.
        actions: Ids of the recommendations with the action taken or the response given.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed or a number is negative.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 42; SSI 2014/326.

    >>> PerformanceReport(year="2025/26", published_on="2026-07-30").id
    'performance-report-2025-26'

    .. versionadded:: 0.1.0
    """

    year: FinancialYear = attrs.field(converter=to_year)
    published_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    sent_to: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    contents: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    outcomes: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    comparison_years: MaybeCount = attrs.field(default=UNKNOWN, validator=count)
    decisions: MaybeCount = attrs.field(default=UNKNOWN, validator=count)
    total: MaybeMoney = attrs.field(default=UNKNOWN, converter=to_maybe_money)
    reserves_drawn: MaybeMoney = attrs.field(default=UNKNOWN, converter=to_maybe_money)
    spending: Listing[Spending] = attrs.field(default=NOT_RECORDED, converter=_spending, validator=each(Spending))
    key_groups: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    variance: MaybeMoney = attrs.field(default=UNKNOWN, converter=to_maybe_money)
    localities: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    spending_in: Listing[Spending] = attrs.field(default=NOT_RECORDED, converter=_spending, validator=each(Spending))
    recommendations: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    actions: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def id(self) -> str:
        """Its id within the partnership."""
        return f"performance-report-{str(self.year).replace('/', '-')}"

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "PerformanceReport"


@attrs.frozen(kw_only=True, field_transformer=named)
class AnnualFinancialStatement(Shown):
    """
    An annual financial statement: what an integration authority intends to spend to carry out its plan.

    Attributes:
        year: The year it speaks of, 1 April to 31 March.
        published_on: The day it was published; None until then.
        amount: The total it intends to spend; None where the statement does not say.
        plan: Id of the strategic plan it is about; None where it names none.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 39.

    >>> AnnualFinancialStatement(year="2026/27", published_on="2026-03-27", amount="£182m").id
    'annual-financial-statement-2026-27'

    .. versionadded:: 0.1.0
    """

    year: FinancialYear = attrs.field(converter=to_year)
    published_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    amount: MaybeMoney = attrs.field(default=UNKNOWN, converter=to_maybe_money)
    plan: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def id(self) -> str:
        """Its id within the partnership."""
        return f"annual-financial-statement-{str(self.year).replace('/', '-')}"

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "AnnualFinancialStatement"


@attrs.frozen(kw_only=True, field_transformer=named)
class Decision(Shown):
    """
    A decision about services that the integration authority judged to matter much, to users or to a locality.

    Attributes:
        id: Its id within the partnership.
        on: The day it was taken; None while it is only proposed.
        significant: Whether the authority judged that it would significantly affect services.
        outside_plan: Whether it was taken otherwise than under the strategic plan.
        spg_views: Whether the views of the strategic planning group were sought.
        users_involved: Whether users of the service were involved and consulted.
        locality: Id of the locality whose services it was judged to affect significantly; None where it affects none.
        groups_involved: Prescribed groups that were involved and consulted.
        residents_involved: Whether residents of the locality were involved and consulted.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 36 and 41.

    >>> Decision(id="day-hospital", on="2026-09-16", significant=True, outside_plan=True).locality
    UNKNOWN

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    significant: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    outside_plan: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    spg_views: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    users_involved: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    locality: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    groups_involved: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    residents_involved: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "Decision"


@attrs.frozen(kw_only=True, field_transformer=named)
class Recommendation(Shown):
    """
    A recommendation made to an integration authority by those who look over it.

    Attributes:
        id: Its id within the partnership.
        by: Id of the body that made it: an inspecting or auditing body, or the monitoring committee.
        made_on: The day it was made.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 43; SSI 2014/326, regs. 7 and 9.

    >>> Recommendation(id="inspection-1", by="care-inspectorate", made_on="2025-11-05").by
    'care-inspectorate'

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    by: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    made_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "Recommendation"
