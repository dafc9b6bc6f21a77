"""Risk shares: who pays when an integration joint board overspends, in the order its scheme gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from scotintegration._choice import Choice
from scotintegration._fields import an_id, each, named, one_of, to_money, to_year
from scotintegration._shown import Shown
from scotintegration.bodies import Body
from scotintegration.dates import FinancialYear
from scotintegration.errors import UnknownFactError
from scotintegration.money import Money, not_negative, total
from scotintegration.tables import Table

__all__ = [
    "USUAL_ORDER",
    "Instalment",
    "Loan",
    "Remedy",
    "RiskShare",
    "RiskShareKind",
    "Share",
    "host_bears",
    "negotiated",
    "originating_party",
    "originating_party_loan",
    "proportional",
]


class Remedy(Choice):
    """
    What an integration authority turns to when it is to overspend.

    Source:
        SSI 2014/341, sch.: a scheme says what happens to an overspend; directions note of 2016, para. 3.4.

    >>> Remedy("other arm").name
    'OTHER_ARM'

    .. versionadded:: 0.1.0
    """

    SAME_ARM = "same arm"
    OTHER_ARM = "other arm"
    GENERAL_RESERVE = "general reserve"
    EARMARKED_RESERVE = "earmarked reserve"
    ADDITIONAL_PAYMENT = "additional payment"
    DISPUTE = "dispute resolution"


USUAL_ORDER: Final = tuple(Remedy)
"""The order of remedies of most schemes, for one whose own order was not recorded."""


class RiskShareKind(Choice):
    """
    How an additional payment is divided.

    Source: our choice. Each was seen in the practice of integration joint boards.

    >>> RiskShareKind("host bears").name
    'HOST_BEARS'

    .. versionadded:: 0.1.0
    """

    PROPORTIONAL = "proportional"
    ORIGINATING_PARTY = "originating party"
    ORIGINATING_PARTY_LOAN = "originating party, as a loan"
    NEGOTIATED = "negotiated"
    HOST_BEARS = "host bears"


@attrs.frozen(kw_only=True, field_transformer=named)
class Share(Shown):
    """
    The part of one body in an additional payment.

    Attributes:
        party: Id of the body.
        parts: Its parts, a whole number of 0 or more.

    Raises:
        TypeError: If *parts* is no whole number.
        ValueError: If *parts* is negative, or the id malformed.

    Source: our choice.

    >>> Share(party="nhs-a", parts=60).parts
    60

    .. versionadded:: 0.1.0
    """

    party: str = attrs.field(validator=an_id)
    parts: int = attrs.field(validator=[one_of(int), attrs.validators.ge(0)])


@attrs.frozen(kw_only=True, field_transformer=named)
class Instalment(Shown):
    """
    What is repaid of a loan in one year.

    Attributes:
        year: The financial year.
        amount: What is repaid in it, £0 or more.

    Raises:
        ValueError: If *amount* is negative.

    Source: our choice.

    >>> Instalment(year="2027/28", amount="£1").amount
    Money('£1.00')

    .. versionadded:: 0.1.0
    """

    year: FinancialYear = attrs.field(converter=to_year)
    amount: Money = attrs.field(converter=to_money, validator=not_negative)


@attrs.frozen(kw_only=True, field_transformer=named)
class Loan(Shown):
    """
    An additional payment that the integration authority repays in later years, without interest.

    Attributes:
        lender: Id of the body that pays.
        amount: What it pays, £0 or more.
        lent_in: The financial year in which it pays.
        years: Over how many years it is repaid, 1 or more; the first is the year after.

    Raises:
        TypeError: If *years* is no whole number.
        ValueError: If *amount* is negative, or *years* less than 1.

    Source: our choice. Schemes say how an additional payment is recovered; equal instalments are the usual way.

    >>> [str(one.amount) for one in Loan(lender="toy-council", amount="£1", lent_in="2026/27", years=3).instalments]
    ['£0.34', '£0.33', '£0.33']

    .. versionadded:: 0.1.0
    """

    lender: str = attrs.field(validator=an_id)
    amount: Money = attrs.field(converter=to_money, validator=not_negative)
    lent_in: FinancialYear = attrs.field(converter=to_year)
    years: int = attrs.field(validator=[one_of(int), attrs.validators.ge(1)])

    @property
    def instalments(self) -> tuple[Instalment, ...]:
        """What is repaid each year, in whole pence; it adds up to the loan, and odd pence are repaid first."""
        parts = self.amount.share([1] * self.years)
        return tuple(Instalment(year=self.lent_in + n, amount=part) for n, part in enumerate(parts, start=1))

    def outstanding(self, year: FinancialYear | str) -> Money:
        """
        Give what is left to repay at the end of a year.

        Args:
            year: The year, such as ``"2027/28"``.

        Returns:
            The loan less what was repaid by then; £0 before it was lent.

        Source: our choice.

        >>> Loan(lender="toy-council", amount="£3", lent_in="2026/27", years=3).outstanding("2027/28")
        Money('£2.00')

        .. versionadded:: 0.1.0
        """
        asked = FinancialYear.of(year)
        if asked < self.lent_in:
            return Money(0)
        return self.amount - total(one.amount for one in self.instalments if one.year <= asked)

    def to_table(self) -> Table:
        """
        Give the repayments as a table.

        Returns:
            One row a year.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        rows = [(str(one.year), str(one.amount), str(self.outstanding(one.year))) for one in self.instalments]
        caption = f"Repayment of {self.amount} lent by {self.lender} in {self.lent_in}"
        return Table(caption, ("year", "repaid", "outstanding"), rows)


def _shares(value: Iterable[Share]) -> tuple[Share, ...]:
    return tuple(sorted(value, key=lambda one: getattr(one, "party", "")))


@attrs.frozen(kw_only=True, field_transformer=named)
class RiskShare(Shown):
    """
    How an additional payment towards an overspend is divided, by the scheme or for want of one by agreement.

    Attributes:
        kind: Proportional, originating party, originating party as a loan, negotiated, or host bears.
        shares: The parts of each body, for a proportional one, in order of id.
        years: Over how many years a loan is repaid, 1 or more; None for the other kinds.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If a proportional one has no parts, two for one body or any other kind has some; or a loan has no
            years or any other kind has them.

    Source:
        SSI 2014/341, sch.: a scheme says what happens to an overspend, in the year and at its end.

    >>> proportional({"nhs-a": 60, "council-a": 40}).split({"nhs-a": Money("£2"), "council-a": Money("£3")})
    {'council-a': Money('£2.00'), 'nhs-a': Money('£3.00')}

    .. versionadded:: 0.1.0
    """

    kind: RiskShareKind = attrs.field(converter=RiskShareKind)
    shares: tuple[Share, ...] = attrs.field(default=(), converter=_shares, validator=each(Share))
    years: int | None = attrs.field(default=None, validator=one_of(int, type(None)))

    def __attrs_post_init__(self) -> None:
        parties = [one.party for one in self.shares]
        if len(set(parties)) < len(parties):
            raise ValueError(f"RiskShare.shares must have one share a body, got {parties!r}")
        if (self.kind is RiskShareKind.PROPORTIONAL) is not any(one.parts for one in self.shares):
            raise ValueError(f"RiskShare.shares must have parts where it is proportional only, got {self.shares!r}")
        is_loan = self.kind is RiskShareKind.ORIGINATING_PARTY_LOAN
        if is_loan is not (self.years is not None) or (self.years is not None and self.years < 1):
            raise ValueError(f"RiskShare.years must be 1 or more for a loan and None otherwise, got {self.years!r}")

    def split(
        self,
        overspends: Mapping[str, Money],
        *,
        host: str | None = None,
        agreed: Mapping[str, Money] | None = None,
    ) -> dict[str, Money]:
        """
        Divide an overspend among those who pay for it.

        Args:
            overspends: What the functions that each body delegated overspend, by id of the body.
            host: Id of the body that hosts the service, where the host bears it.
            agreed: What was agreed that each body pays, where it is negotiated.

        Returns:
            What each body pays, in order of id; it adds up to the overspend exactly. Odd pence go to the largest
            remainders, ties to the first name.

        Raises:
            UnknownFactError: If it is negotiated and nothing agreed, or nobody said who hosts.
            ValueError: If what was agreed does not add up to the overspend.

        Source:
            SSI 2014/341, sch.; the division of pence is our choice.

        >>> originating_party.split({"nhs-a": Money("£2")})
        {'nhs-a': Money('£2.00')}

        .. versionadded:: 0.1.0
        """
        due = total(overspends.values())
        if self.kind is RiskShareKind.PROPORTIONAL:
            return due.share({one.party: one.parts for one in self.shares})
        if self.kind is RiskShareKind.HOST_BEARS:
            if host is None:
                raise UnknownFactError("which body hosts the service")
            return {host: due}
        if self.kind is not RiskShareKind.NEGOTIATED:
            return {party: overspends[party] for party in sorted(overspends)}
        if agreed is None:
            raise UnknownFactError("what the parties agree to pay")
        if total(agreed.values()) != due:
            raise ValueError(f"agreed payments must add up to {due}, got {total(agreed.values())}")
        return {party: agreed[party] for party in sorted(agreed)}

    def loans(self, payments: Mapping[str, Money], year: FinancialYear | str) -> tuple[Loan, ...]:
        """
        Give the loans that additional payments are, where the scheme has them repaid.

        Args:
            payments: What each body pays, as :meth:`split` gives it.
            year: The year in which it pays.

        Returns:
            One loan a body that pays anything; none where nothing is to be repaid.

        Source:
            SSI 2014/341, sch.

        >>> [loan.lender for loan in originating_party_loan(5).loans({"toy-council": Money("£3.1m")}, "2018/19")]
        ['toy-council']

        .. versionadded:: 0.1.0
        """
        if self.years is None:
            return ()
        return tuple(
            Loan(lender=party, amount=amount, lent_in=year, years=self.years)
            for party, amount in sorted(payments.items())
            if amount
        )

    def __str__(self) -> str:
        if self.kind is RiskShareKind.PROPORTIONAL:
            return f"{self.kind.value}: {', '.join(f'{one.party} {one.parts}' for one in self.shares)}"
        if self.years is not None:
            return f"{self.kind.value} over {self.years} {'year' if self.years == 1 else 'years'}"
        return self.kind.value


def proportional(shares: Mapping[Body, int] | Mapping[str, int]) -> RiskShare:
    """
    Give the risk share by which bodies pay in fixed proportion.

    Args:
        shares: Parts of each body, or its id: whole numbers of 0 or more, not all 0.

    Returns:
        The risk share.

    Raises:
        TypeError: If parts are no whole number.
        ValueError: If parts are negative, or all of them 0.

    Source: our choice. In 2024/25 one board's partners paid about 60 and 40 parts in a hundred.

    >>> str(proportional({"nhs-a": 60, "council-a": 40}))
    'proportional: council-a 40, nhs-a 60'

    .. versionadded:: 0.1.0
    """
    return RiskShare(
        kind=RiskShareKind.PROPORTIONAL,
        shares=[
            Share(party=party if isinstance(party, str) else party.id, parts=parts) for party, parts in shares.items()
        ],
    )


def originating_party_loan(years: int) -> RiskShare:
    """
    Give the risk share by which each body lends what its own functions overspend.

    Args:
        years: Over how many years it is repaid, 1 or more.

    Returns:
        The risk share.

    Raises:
        TypeError: If *years* is no whole number.
        ValueError: If *years* is less than 1.

    Source: our choice. One council lent its board £3.1m of 2018/19 so.

    >>> str(originating_party_loan(5))
    'originating party, as a loan over 5 years'

    .. versionadded:: 0.1.0
    """
    return RiskShare(kind=RiskShareKind.ORIGINATING_PARTY_LOAN, years=years)


originating_party: Final = RiskShare(kind=RiskShareKind.ORIGINATING_PARTY)
"""Each body pays what the functions that it delegated overspend, and nothing is repaid."""

negotiated: Final = RiskShare(kind=RiskShareKind.NEGOTIATED)
"""The parties agree each time who pays what."""

host_bears: Final = RiskShare(kind=RiskShareKind.HOST_BEARS)
"""Whoever hosts a service pays what it overspends, and keeps what it underspends."""
