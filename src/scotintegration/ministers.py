"""What the Scottish Ministers tell bodies to do, and what they excuse them from: two different instruments."""

from __future__ import annotations

from datetime import date

import attrs

from scotintegration._fields import (
    MaybeDate,
    MaybeFlag,
    a_text,
    an_id,
    ids,
    maybe,
    named,
    not_before,
    to_ids,
    to_maybe_day,
    to_source,
)
from scotintegration._shown import Shown
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.dates import Interval
from scotintegration.unknown import UNKNOWN, Listing

__all__ = ["ExemptionOrder", "MinistersDirection"]


@attrs.frozen(kw_only=True, field_transformer=named)
class MinistersDirection(Shown):
    """
    A direction that the Scottish Ministers gave a body about its functions under the Act.

    Attributes:
        about: What the body is to do.
        in_writing: Whether it was given in writing.
        due_on: The last day for doing it; None where the direction names none.
        done_on: The day it was done; None until then.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If *about* is blank.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 52.

    >>> MinistersDirection(about="report on delays", in_writing=True, due_on="2026-06-30").due_on
    datetime.date(2026, 6, 30)

    .. versionadded:: 0.1.0
    """

    about: str = attrs.field(validator=a_text)
    in_writing: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    due_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    done_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)


@attrs.frozen(kw_only=True, field_transformer=named)
class ExemptionOrder(Shown):
    """
    An order of the Scottish Ministers that no direction need be given for some functions.

    It is not a direction of Ministers to a body (s. 52, :class:`MinistersDirection`), and binds nobody: it takes a
    duty away.

    Attributes:
        id: Its id within the partnership, such as its number.
        functions: Ids of the delegated functions that it names.
        start: The first day on which it is in force; None where it reaches back before anything recorded.
        until: The last day; None where it has no end.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed, or *until* is before *start*.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(6). No such order was found in anything read.

    >>> date(2026, 4, 1) in ExemptionOrder(id="made-up", functions=["respite"], start="2026-04-01").days
    True

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    functions: Listing[str] = attrs.field(converter=to_ids, validator=ids)
    start: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    until: MaybeDate = attrs.field(default=None, converter=to_maybe_day, validator=not_before("start"))
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "ExemptionOrder"

    @property
    def days(self) -> Interval:
        """The days on which it is in force, as far as they were recorded."""
        start, until = (one if isinstance(one, date) else None for one in (self.start, self.until))
        return Interval.through(start, until)
