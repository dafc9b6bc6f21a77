"""The 25 proposals of the review of progress of 2019, the scale of four steps, and ratings on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, Final, TypeAlias

import attrs

from scotintegration._bundled import table
from scotintegration._choice import Choice
from scotintegration._fields import (
    NOT_RECORDED,
    MaybeDate,
    MaybeText,
    a_text,
    named,
    to_maybe_day,
    to_source,
)
from scotintegration._shown import Shown
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.dates import day
from scotintegration.errors import NotFoundError
from scotintegration.unknown import UNKNOWN, Listing, Unknown

__all__ = ["Proposal", "Rating", "Scale", "proposal", "proposals"]

_REFERENCE: Final = re.compile(r"([0-9]+)\s*[-.(]?\s*([ivx]+)\s*\)?")
_WORDING: Final = "our words; the wording of the report was not read"


class Scale(Choice):
    """
    The four steps on which a partnership rates itself, in order: a later one is greater.

    ``number`` is 1 for the first step and 4 for the last. A text is compared as the step it names.

    Source:
        The self-evaluation that followed the review of progress of February 2019, as we know it; the pages of its
        template that give the scale were not read.

    >>> Scale.ESTABLISHED > Scale.NOT_YET_ESTABLISHED, Scale.EXEMPLARY.number
    (True, 4)

    .. versionadded:: 0.1.0
    """

    NOT_YET_ESTABLISHED = "not yet established"
    PARTLY_ESTABLISHED = "partly established"
    ESTABLISHED = "established"
    EXEMPLARY = "exemplary"

    @property
    def number(self) -> int:
        """Its place among the four, from 1."""
        return list(Scale).index(self) + 1

    def __lt__(self, other: object) -> bool:
        return self.number < Scale(other).number if isinstance(other, str) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.number <= Scale(other).number if isinstance(other, str) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.number > Scale(other).number if isinstance(other, str) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.number >= Scale(other).number if isinstance(other, str) else NotImplemented


MaybeStep: TypeAlias = Scale | None | Unknown


@attrs.frozen(kw_only=True)
class Proposal(Shown):
    """
    One of the 25 proposals of the review of progress.

    Attributes:
        id: Its id, such as ``"4-iv"``.
        reference: How the report numbers it, such as ``"4(iv)"``.
        feature_number: Number of the feature it belongs to, 1 to 6.
        feature: Heading of that feature.
        text: What it proposes, in our words.
        published_on: The day the report was published.
        feature_read: Whether the heading was read where *source* says.
        text_read: Whether the wording of the proposal was read there.
        addresses: Where the report and papers about it are.
        source: Where each fact comes from, per field.

    Source:
        Ministerial Strategic Group for Health and Community Care, review of progress with integration, February 2019
        (bundled ``msg_proposals.csv``).

    >>> proposal("4(iv)").feature
    'Governance and accountability arrangements'

    .. versionadded:: 0.1.0
    """

    id: str
    reference: str
    feature_number: int
    feature: str
    text: str
    published_on: date
    feature_read: bool
    text_read: bool
    addresses: tuple[str, ...]
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "Proposal"

    def __str__(self) -> str:
        return f"{self.reference} {self.text}"


@cache
def proposals() -> tuple[Proposal, ...]:
    """
    Give the 25 proposals of the review of progress in order.

    Returns:
        Three proposals under the first feature, then six, five, five, three and three.

    Source:
        Ministerial Strategic Group for Health and Community Care, review of progress with integration, February 2019
        (bundled ``msg_proposals.csv``). Headings and count were read; the texts are ours.

    >>> [one.reference for one in proposals() if one.feature_number == 1]
    ['1(i)', '1(ii)', '1(iii)']

    .. versionadded:: 0.1.0
    """
    found = []
    for row in table("msg_proposals"):
        read = {"feature": row["feature_verified"] == "read", "text": row["proposal_verified"] == "read"}
        addresses = tuple(row["source_url"].split(";"))
        where = "; ".join(addresses)
        found.append(
            Proposal(
                id=row["proposal_id"],
                reference=row["reference"],
                feature_number=int(row["feature_number"]),
                feature=row["feature"],
                text=row["proposal"],
                published_on=day(row["published_on"]),
                feature_read=read["feature"],
                text_read=read["text"],
                addresses=addresses,
                source={field: where if read.get(field, True) else _WORDING for field in (*read, "published_on")},
            )
        )
    return tuple(found)


@cache
def _by_parts() -> dict[tuple[str, ...], Proposal]:
    return {tuple(one.id.split("-")): one for one in proposals()}


def proposal(reference: str | Proposal) -> Proposal:
    """
    Give a proposal by its number in the report.

    Args:
        reference: Such as ``"4(iv)"``, ``"4 (IV)"``, ``"4.iv"`` or ``"4-iv"``; or a proposal.

    Returns:
        The proposal.

    Raises:
        NotFoundError: If there is no such proposal, with suggestions.
        TypeError: If *reference* is no text.

    Source: our choice. Papers write the numbers in all these ways.

    >>> proposal("4-iv").text
    'Boards give clear directions to health boards and councils'
    >>> proposal("4(vi)")
    Traceback (most recent call last):
    scotintegration.errors.NotFoundError: no proposal '4(vi)'; did you mean '4(v)', '4(i)' or '4(iv)'?

    .. versionadded:: 0.1.0
    """
    if isinstance(reference, Proposal):
        reference = reference.reference
    if not isinstance(reference, str):
        raise TypeError(f"a proposal is named by a str such as '4(iv)', got {reference!r}")
    parts = _REFERENCE.fullmatch(reference.strip().casefold())
    found = _by_parts().get(parts.groups()) if parts else None
    if found is None:
        raise NotFoundError.among("proposal", reference, [one.reference for one in proposals()])
    return found


def _to_reference(value: str | Proposal) -> str:
    return proposal(value).reference


def _to_step(value: Scale | str | None | Unknown) -> MaybeStep:
    return value if value is None or isinstance(value, Unknown) else Scale(value)


def _to_actions(value: Iterable[str] | Unknown) -> Listing[str]:
    return Listing.of(value)


def _texts(instance: object, attribute: attrs.Attribute[Any], value: Listing[Any]) -> None:
    for item in value:
        a_text(instance, attribute, item)


def _maybe_text(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if value is not None and value is not UNKNOWN:
        a_text(instance, attribute, value)


@attrs.frozen(field_transformer=named)
class Rating(Shown):
    """
    How a partnership rates itself on one proposal.

    Attributes:
        proposal: Reference of the proposal, such as ``"4(iv)"``.
        step: The step; None where the partnership is known to have left it unrated.
        evidence: What the rating rests on; None where nothing is given.
        document: Where the evidence can be read; None where nowhere is given.
        actions: What the partnership means to do about it.
        rated_on: The day it was rated; None where it was not.
        source: Where each fact comes from, per field.

    Raises:
        NotFoundError: If there is no such proposal, with suggestions.
        TypeError: If a field has the wrong type.
        ValueError: If *step* is none of the four, a text is blank, or *rated_on* is no day.

    Source: our choice. A step that nobody recorded is UNKNOWN, and never "not yet established".

    >>> Rating("4-iv", "partly established", actions=["agree a policy on directions"]).proposal
    '4(iv)'

    .. versionadded:: 0.1.0
    """

    proposal: str = attrs.field(converter=_to_reference)
    step: MaybeStep = attrs.field(default=UNKNOWN, converter=_to_step)
    evidence: MaybeText = attrs.field(default=UNKNOWN, kw_only=True, validator=_maybe_text)
    document: MaybeText = attrs.field(default=UNKNOWN, kw_only=True, validator=_maybe_text)
    actions: Listing[str] = attrs.field(default=NOT_RECORDED, kw_only=True, converter=_to_actions, validator=_texts)
    rated_on: MaybeDate = attrs.field(default=UNKNOWN, kw_only=True, converter=to_maybe_day)
    source: Source = attrs.field(default=NO_SOURCE, kw_only=True, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "Rating"
