"""Strategic plans, directions to replace them, localities, the planning group and the nine outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

import attrs

from scotintegration._bundled import table
from scotintegration._fields import (
    NONE,
    NOT_RECORDED,
    MaybeDate,
    MaybeFlag,
    MaybeText,
    a_text,
    an_id,
    by,
    each,
    ids,
    maybe,
    maybe_id,
    named,
    to_ids,
    to_maybe_day,
    to_source,
)
from scotintegration._shown import Shown
from scotintegration.citations import NO_SOURCE, Citation, Source, cite
from scotintegration.schemes import Review
from scotintegration.unknown import UNKNOWN, Listing, Unknown

__all__ = [
    "CONSULTEES",
    "PLANNING_GROUPS",
    "Locality",
    "Outcome",
    "PlanningMember",
    "ReplacementDirection",
    "StrategicPlan",
    "StrategicPlanningGroup",
    "outcomes",
]


PLANNING_GROUPS: Final = (
    "health professionals",
    "users of health care",
    "carers of users of health care",
    "commercial providers of health care",
    "non-commercial providers of health care",
    "social care professionals",
    "users of social care",
    "carers of users of social care",
    "commercial providers of social care",
    "non-commercial providers of social care",
    "non-commercial providers of social housing",
    "third sector bodies",
)
"""The twelve groups of SSI 2014/308, in our words."""

CONSULTEES: Final = (*PLANNING_GROUPS, "other staff of the Health Board and local authority")
"""The thirteen groups of SSI 2014/283 that are consulted on a plan, in our words."""


@attrs.frozen
class Outcome(Shown):
    """
    One of the nine national health and wellbeing outcomes.

    Attributes:
        id: ``"outcome-1"`` to ``"outcome-9"``.
        number: Its number, 1 to 9.
        name: A short name.
        text: What it says, in our words.
        citation: The Schedule that prescribes it.

    Source:
        SSI 2014/343, sch.

    >>> outcomes()[5].name
    'carers'

    .. versionadded:: 0.1.0
    """

    id: str
    number: int
    name: str
    text: str
    citation: Citation

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "Outcome"


@cache
def outcomes() -> tuple[Outcome, ...]:
    """
    Give the nine national health and wellbeing outcomes in order.

    Returns:
        Nine outcomes.

    Source:
        SSI 2014/343, sch. (bundled ``indicators.csv``).

    >>> [outcome.number for outcome in outcomes()]
    [1, 2, 3, 4, 5, 6, 7, 8, 9]

    .. versionadded:: 0.1.0
    """
    citation = cite("SSI 2014/343 sch")
    return tuple(
        Outcome(f"outcome-{row['number']}", int(row["number"]), row["slug"], row["text"], citation)
        for row in table("indicators")
        if row["kind"] == "outcome"
    )


@attrs.frozen(field_transformer=named)
class Locality(Shown):
    """
    A part of the area for which a plan makes arrangements of its own.

    Attributes:
        id: Its id within the partnership.
        name: Its name.
        zones: Ids of the small areas, such as wards or data zones, that make it up.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If a text is blank or an id is malformed.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 29(3).

    >>> Locality("north", name="Toytown North").name
    'Toytown North'

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    name: str = attrs.field(kw_only=True, validator=a_text)
    zones: Listing[str] = attrs.field(kw_only=True, default=NOT_RECORDED, converter=to_ids, validator=ids)
    source: Source = attrs.field(kw_only=True, default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "Locality"


def _reviews(value: Iterable[Review] | Unknown) -> Listing[Review]:
    return Listing.of(value).sorted(by("completed_on", "decided_on", "outcome"))


@attrs.frozen(kw_only=True, field_transformer=named)
class StrategicPlan(Shown):
    """
    A strategic plan of an integration authority.

    Attributes:
        id: Its id within the partnership.
        is_first: Whether it is the first plan of its authority.
        start: The day its period begins, from which the three-year clock runs.
        delegation_day: The day it names on which functions pass; None where it names none.
        proposals_on: The day proposals for it were put to the strategic planning group.
        draft1_on: The day a first draft was put to the strategic planning group.
        draft2_on: The day a second draft was sent out for consultation.
        draft2_sent_to: Ids of the bodies, and words of :data:`CONSULTEES` for the groups, that had the second draft.
        finalised_on: The day it was finalised; None while it is a draft.
        published_on: The day it was published; None until then.
        statement_published_on: The day a statement of how it was consulted on was published; None until then.
        replaced_on: The day a new plan took its place; None while it stands.
        functions: Ids of the functions it makes arrangements for.
        outcomes: Numbers of the national outcomes it says it contributes to, 1 to 9, as ``"1"`` to ``"9"``.
        localities: Ids of the localities it divides the area into.
        by_locality: Ids of the localities whose arrangements it sets out apart from those of the others.
        reviews: Reviews of its effectiveness, first to last.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 29, 33, 35 and 37.

    >>> StrategicPlan(id="plan-2025", start="2025-04-01", finalised_on="2025-03-20").replaced_on is None
    True

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    is_first: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    start: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    delegation_day: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    proposals_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    draft1_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    draft2_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    draft2_sent_to: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    finalised_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    published_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    statement_published_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    replaced_on: MaybeDate = attrs.field(default=None, converter=to_maybe_day)
    functions: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    outcomes: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    localities: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    by_locality: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    reviews: Listing[Review] = attrs.field(default=NONE, converter=_reviews, validator=each(Review))
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "StrategicPlan"


@attrs.frozen(kw_only=True, field_transformer=named)
class PlanningMember(Shown):
    """
    A member of a strategic planning group.

    Attributes:
        person: A name or other mark of the person.
        nominated_by: Id of the council or Health Board that nominated the person; None where nobody did.
        group: The prescribed group the person speaks for; None for a nominee.
        localities: Ids of the localities the person speaks for.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 32; SSI 2014/308.

    >>> PlanningMember(person="P", nominated_by="toy-council").group is None
    True

    .. versionadded:: 0.1.0
    """

    person: MaybeText = attrs.field(default=UNKNOWN, validator=maybe(str))
    nominated_by: MaybeText = attrs.field(default=None, validator=maybe_id)
    group: MaybeText = attrs.field(default=None, validator=maybe(str))
    localities: Listing[str] = attrs.field(default=NONE, converter=to_ids, validator=ids)


def _planners(value: Iterable[PlanningMember] | Unknown) -> Listing[PlanningMember]:
    return Listing.of(value).sorted(by("nominated_by", "group", "person"))


@attrs.frozen(kw_only=True, field_transformer=named)
class StrategicPlanningGroup(Shown):
    """
    The group an integration authority consults on its strategic plan.

    Attributes:
        id: Its id within the partnership.
        established_on: The day it was set up.
        members: Who sits on it.
        source: Where each fact comes from, per field.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 32.

    >>> len(StrategicPlanningGroup(members=[PlanningMember(person="P")]).members)
    1

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(default="strategic-planning-group", validator=an_id)
    established_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    members: Listing[PlanningMember] = attrs.field(
        default=NOT_RECORDED, converter=_planners, validator=each(PlanningMember)
    )
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "StrategicPlanningGroup"


@attrs.frozen(kw_only=True, field_transformer=named)
class ReplacementDirection(Shown):
    """
    A direction of the constituent authorities that their integration joint board replace its strategic plan.

    Attributes:
        id: Its id within the partnership.
        on: The day it was given.
        given_by: Ids of the constituent authorities that gave it.
        in_writing: Whether it is in writing.
        reasons: Whether it sets out the reasons.
        prepare_by: The day by which the new plan is to be prepared; None where it names none.
        substituted_prepare_by: The later day that the authorities jointly put in its place; None where they did not.
        period_start: The day on which the period of the new plan is to begin; None where it names none.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 38.

    >>> ReplacementDirection(id="replace-1", given_by=["nhs-toytown"]).given_by
    Listing('nhs-toytown')

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    given_by: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    in_writing: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    reasons: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    prepare_by: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    substituted_prepare_by: MaybeDate = attrs.field(default=None, converter=to_maybe_day)
    period_start: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "ReplacementDirection"
