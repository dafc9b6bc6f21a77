"""Evidence: the record that a duty was kept by having done something."""

from __future__ import annotations

import attrs

from scotintegration._fields import (
    MaybeDate,
    MaybeFlag,
    MaybeText,
    a_text,
    maybe,
    named,
    one_of,
    to_maybe_day,
    to_source,
)
from scotintegration._shown import Shown
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.unknown import UNKNOWN

__all__ = ["Evidence"]


@attrs.frozen(kw_only=True, field_transformer=named)
class Evidence(Shown):
    """
    A record that somebody did, or did not do, what a duty asks.

    Attributes:
        duty: Id of the rule whose duty it speaks to.
        met: Whether the duty was kept.
        on: The day of the act or of the document.
        document: Where it can be read.
        assumed: Whether the library assumed it for an example and nobody recorded it.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If *duty* is blank.

    Source: our choice. Some duties can be seen to be kept only by what was recorded.

    >>> Evidence(duty="PBJW-s8-publish", met=True, on="2026-04-14").met
    True

    .. versionadded:: 0.1.0
    """

    duty: str = attrs.field(validator=a_text)
    met: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    document: MaybeText = attrs.field(default=UNKNOWN, validator=maybe(str))
    assumed: bool = attrs.field(default=False, validator=one_of(bool))
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)
