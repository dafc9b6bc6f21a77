"""Annual accounts of an integration joint board, from the unaudited accounts to their publication."""

from __future__ import annotations

import attrs

from scotintegration._fields import MaybeDate, MaybeText, maybe_id, named, to_maybe_day, to_source, to_year
from scotintegration._shown import Shown
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.dates import FinancialYear
from scotintegration.unknown import UNKNOWN

__all__ = ["AnnualAccounts"]


@attrs.frozen(kw_only=True, field_transformer=named)
class AnnualAccounts(Shown):
    """
    The annual accounts of an integration joint board for one financial year.

    Attributes:
        year: The financial year.
        submitted_on: The day the unaudited accounts went to the auditor; None until then.
        considered_on: The day the board considered the unaudited accounts; None until then.
        approved_on: The day the audited accounts were approved for signature; None until then.
        published_on: The day the audited accounts were published; None until then.
        certified_by: Id of the post whose holder certified them; None where nobody did.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.
        DateError: If a day or a year is malformed.

    Source:
        SSI 2014/200, regs. 8, 10 and 11; Local Government (Scotland) Act 1973, s. 106(1)(bb).

    >>> AnnualAccounts(year="2025/26", submitted_on="2026-06-24").id
    'accounts-2025-26'

    .. versionadded:: 0.1.0
    """

    year: FinancialYear = attrs.field(converter=to_year)
    submitted_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    considered_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    approved_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    published_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    certified_by: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def id(self) -> str:
        """Its id within the partnership."""
        return f"accounts-{str(self.year).replace('/', '-')}"

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "AnnualAccounts"
