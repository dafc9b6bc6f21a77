"""Directions: what an integration authority tells a council or a Health Board to do, and with what money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import attrs

from scotintegration._fields import (
    NONE,
    MaybeDate,
    MaybeFlag,
    MaybeMoney,
    MaybeText,
    an_id,
    ids,
    maybe,
    maybe_id,
    not_before,
    to_ids,
    to_maybe_day,
    to_maybe_money,
    to_source,
)
from scotintegration.bodies import Body
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.dates import FinancialYear
from scotintegration.money import not_negative
from scotintegration.unknown import UNKNOWN, Listing, Unknown

__all__ = ["Direction"]


def _year(value: FinancialYear | date | str | None | Unknown) -> FinancialYear | None | Unknown:
    return value if value is None or value is UNKNOWN else FinancialYear.of(value)


def _given_to(value: Iterable[object] | Body | str | None | Unknown) -> Listing[str]:
    return to_ids(value) if value is UNKNOWN else to_ids(_id_of(one) for one in _several(value))


def _several(value: Iterable[object] | object) -> Iterable[object]:
    if value is None:
        return ()
    return value if isinstance(value, Iterable) and not isinstance(value, str) else (value,)


def _id_of(recipient: object) -> str:
    """Give the id of a body, or the id itself."""
    return recipient if isinstance(recipient, str) else str(getattr(recipient, "id", recipient))


@attrs.frozen
class Direction:
    """
    A direction of an integration authority.

    A field left out is None: whoever drafts has not written it. UNKNOWN means that it was written and the record
    read does not show it.

    Attributes:
        id: Its reference, unique per issuer and year.
        issuer: Id of the integration authority; a register fills in its own.
        year: The financial year it belongs to; by default that of *effective_from*.
        given_to: Ids of the bodies it is given to.
        split: How the work is divided, where it is given to several.
        functions: Ids of the delegated functions it is for.
        words: The words used for functions where they do not resolve to ids.
        text: What is to be done.
        payment: The payment it states, £0 or more.
        payment_method: How the payment is to be found, where no sum is stated.
        set_aside: The amount set aside that it states, £0 or more.
        specified: How much of the sum set aside is to be used, £0 or more.
        use: How the money is to be used.
        outcomes: What it is to achieve.
        plan_link: The part of the strategic plan it carries out.
        decided_on: The day the authority decided.
        meeting: Id of the meeting that decided.
        issued_on: The day it was issued.
        effective_from: The first day on which it binds.
        ends_on: The last day on which it binds; None where no end is fixed.
        review_on: The day it is to be reviewed.
        varies: Reference of the direction it varies.
        revokes: Reference of the direction it revokes.
        supersedes: Reference of the direction it takes the place of.
        conditions: What it is conditional on.
        in_writing: Whether it is in writing.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an amount is negative, an id malformed, or *ends_on* is before *effective_from*.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 to 28.

    >>> Direction("D-1", given_to="nhs-a", functions=["frailty"], specified="£9", use="beds").specified
    Money('£9.00')

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    issuer: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe_id)
    year: FinancialYear | None | Unknown = attrs.field(kw_only=True, default=None, converter=_year)
    given_to: Listing[str] = attrs.field(kw_only=True, default=NONE, converter=_given_to, validator=ids)
    split: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    functions: Listing[str] = attrs.field(kw_only=True, default=NONE, converter=to_ids, validator=ids)
    words: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    text: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    payment: MaybeMoney = attrs.field(kw_only=True, default=None, converter=to_maybe_money, validator=not_negative)
    payment_method: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    set_aside: MaybeMoney = attrs.field(kw_only=True, default=None, converter=to_maybe_money, validator=not_negative)
    specified: MaybeMoney = attrs.field(kw_only=True, default=None, converter=to_maybe_money, validator=not_negative)
    use: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    outcomes: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    plan_link: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    decided_on: MaybeDate = attrs.field(kw_only=True, default=None, converter=to_maybe_day)
    meeting: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe_id)
    issued_on: MaybeDate = attrs.field(kw_only=True, default=None, converter=to_maybe_day)
    effective_from: MaybeDate = attrs.field(kw_only=True, default=None, converter=to_maybe_day)
    ends_on: MaybeDate = attrs.field(
        kw_only=True, default=None, converter=to_maybe_day, validator=not_before("effective_from")
    )
    review_on: MaybeDate = attrs.field(kw_only=True, default=None, converter=to_maybe_day)
    varies: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe_id)
    revokes: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe_id)
    supersedes: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe_id)
    conditions: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    in_writing: MaybeFlag = attrs.field(kw_only=True, default=None, validator=maybe(bool))
    source: Source = attrs.field(kw_only=True, default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.year is None and isinstance(self.effective_from, date):
            object.__setattr__(self, "year", FinancialYear.of(self.effective_from))

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "Direction"

    @property
    def targets(self) -> tuple[str, ...]:
        """References of the earlier directions it varies, revokes or takes the place of."""
        named = (self.varies, self.revokes, self.supersedes)
        return tuple(reference for reference in named if isinstance(reference, str))

    @property
    def is_bare_revocation(self) -> bool:
        """Whether it only ends another direction and asks nothing of its own."""
        return isinstance(self.revokes, str) and self.functions.complete and not self.functions.items and not self.words

    @property
    def binds_from(self) -> date | None | Unknown:
        """The first day it binds: *effective_from*, or where that is not stated the day of issue."""
        return self.issued_on if self.effective_from is None else self.effective_from

    def evolve(self, **changes: object) -> Direction:
        """
        Give a copy with some fields changed.

        Args:
            changes: New values by field.

        Returns:
            A new direction; this one is left as it is.

        Raises:
            TypeError: If a field is not one of a direction's.

        Source: our choice. Values never change in place.

        >>> Direction("D-1").evolve(use="beds").use
        'beds'

        .. versionadded:: 0.1.0
        """
        fields: Mapping[str, object] = {a.name: getattr(self, a.name) for a in attrs.fields(Direction)}
        unknown = sorted(set(changes) - set(fields))
        if unknown:
            raise TypeError(f"a Direction has no field {unknown[0]!r}; it has {', '.join(fields)}")
        return attrs.evolve(self, **changes)  # type: ignore[arg-type]
