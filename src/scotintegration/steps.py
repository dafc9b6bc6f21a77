"""The steps of a register: what was done to a direction, on which day, and when that was entered."""

from __future__ import annotations

from datetime import date

import attrs

from scotintegration._fields import MaybeDate, MaybeText, maybe, maybe_id, named, one_of, to_maybe_day
from scotintegration._shown import Shown
from scotintegration.directions import Direction, Progress
from scotintegration.lifecycle import StepKind
from scotintegration.unknown import UNKNOWN, Unknown

__all__ = ["Step"]


def _progress(value: Progress | str | None | Unknown) -> Progress | None | Unknown:
    return value if value is None or value is UNKNOWN else Progress(value)


@attrs.frozen(kw_only=True, field_transformer=named)
class Step(Shown):
    """
    One entry of a register, never changed once made.

    Attributes:
        kind: What it does.
        direction: The new direction; the draft in its new words for one that was amended; None where the paper of
            the step is not at hand, or stands in the step before.
        target: Reference of the direction that it is about, with the year before it (``"2025/26/1.1"``) where that
            is needed; None for an issue.
        on: The day it takes effect; None for a draft that has no day yet, and so has no effect.
        until: The new last day, for an extension.
        progress: How far whoever was directed has come, for a note of progress or a completion.
        note: What was reported.
        document: Where the evidence of it can be read.
        recorded_on: The day it was entered in the register; None where it was entered on the day of the act.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an issue has no direction or names a target, any other step names no target, or a last day
            is given for anything but an extension.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(5).

    >>> Step(kind="revoke", target="D-1", on="2026-08-24").kind
    <StepKind.REVOKE: 'revoke'>

    .. versionadded:: 0.1.0
    """

    kind: StepKind = attrs.field(converter=StepKind)
    direction: Direction | None = attrs.field(default=None, validator=one_of(Direction, type(None)))
    target: str | None = attrs.field(default=None, validator=maybe_id)
    on: MaybeDate = attrs.field(default=None, converter=to_maybe_day)
    until: MaybeDate = attrs.field(default=None, converter=to_maybe_day)
    progress: Progress | None | Unknown = attrs.field(default=None, converter=_progress)
    note: MaybeText = attrs.field(default=None, validator=maybe(str))
    document: MaybeText = attrs.field(default=None, validator=maybe(str))
    recorded_on: MaybeDate = attrs.field(default=None, converter=to_maybe_day)

    def __attrs_post_init__(self) -> None:
        if self.kind is not StepKind.ISSUE and self.target is None:
            raise ValueError(f"a step of kind {self.kind.value!r} must name the direction it is about, got target=None")
        if self.kind is StepKind.ISSUE and (self.direction is None or self.target is not None):
            got = "no direction" if self.direction is None else f"target={self.target!r}"
            raise ValueError(f"a step of kind 'issue' must have a direction and no target, got {got}")
        if (self.until is not None) is not (self.kind is StepKind.EXTEND):
            raise ValueError(f"a step has until= if it is an extension, got kind {self.kind.value!r}, {self.until!r}")

    @property
    def known_from(self) -> MaybeDate:
        """The first day on which the register showed it; UNKNOWN where neither that day nor the act's was recorded."""
        if self.recorded_on is not None:
            return self.recorded_on
        paper = self.direction
        acts = () if paper is None else (paper.issued_on, paper.decided_on)
        return next((on for on in (*acts, self.on) if isinstance(on, date)), UNKNOWN)
