"""Revised schemes, and whom the law says to consult on a scheme."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from scotintegration._fields import (
    NONE,
    MaybeDate,
    MaybeText,
    an_id,
    ids,
    maybe,
    maybe_id,
    maybe_ids,
    named,
    not_before,
    to_ids,
    to_maybe_day,
    to_maybe_ids,
    to_source,
)
from scotintegration._shown import Shown
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.unknown import UNKNOWN, Listing

__all__ = ["CONSULTEES", "Revision"]

CONSULTEES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "health-carers": "carers of users of health care",
        "health-professionals": "health professionals",
        "health-providers-commercial": "commercial providers of health care",
        "health-providers-non-commercial": "non-commercial providers of health care",
        "health-users": "users of health care",
        "housing-providers": "non-commercial providers of social housing",
        "other-staff": "staff of the Health Board and the council who belong to neither profession",
        "social-care-carers": "carers of users of social care",
        "social-care-professionals": "social care professionals",
        "social-care-providers-commercial": "commercial providers of social care",
        "social-care-providers-non-commercial": "non-commercial providers of social care",
        "social-care-users": "users of social care",
        "third-sector": "third sector bodies",
    }
)
"""The thirteen groups to consult on a scheme, by short name (SSI 2014/283)."""


def _letter(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    """Accept None, UNKNOWN or the letter of a model."""
    maybe(str)(instance, attribute, value)
    if isinstance(value, str) and (len(value) != 1 or value not in "abcd"):
        raise ValueError(f"Revision.model must be one of the letters 'a', 'b', 'c' and 'd' of s.1(4), got {value!r}")


@attrs.frozen(kw_only=True, field_transformer=named)
class Revision(Shown):
    """
    A revised scheme, from the draft to the day it takes effect.

    Attributes:
        id: Its id within the scheme.
        consulted: Short names of the groups consulted (:data:`CONSULTEES`), and ids of other councils.
        consulted_on: The day the consultation was over.
        submitted_on: The day it went to Ministers; None while it is a draft.
        approved_by: Id of who approved it; None where nobody did.
        approved_on: The day it was approved.
        effect_on: The day it takes effect; None where no day was named.
        effect_set_by: Id of who named that day.
        published_on: The day it was published.
        model: Letter of the model that it names; None where it leaves the model as it was.
        local_authorities: Ids of the councils that it names; None where it leaves them as they were.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If *model* is not one of the four letters, *approved_on* is before *submitted_on*, or an id
            is malformed.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 46.

    >>> Revision(id="2018", effect_on="2018-04-01").effect_on.isoformat()
    '2018-04-01'

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    consulted: Listing[str] = attrs.field(default=NONE, converter=to_ids, validator=ids)
    consulted_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    submitted_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    approved_by: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    approved_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day, validator=not_before("submitted_on"))
    effect_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    effect_set_by: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    published_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    model: MaybeText = attrs.field(default=None, validator=_letter)
    local_authorities: Listing[str] | None = attrs.field(default=None, converter=to_maybe_ids, validator=maybe_ids)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)
