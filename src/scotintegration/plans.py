"""Strategic plans, localities, the planning group, performance reports and the nine outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import attrs

from scotintegration._fields import (
    NONE,
    NOT_RECORDED,
    MaybeDate,
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
    to_year,
)
from scotintegration._shown import Shown
from scotintegration._tables import table
from scotintegration.citations import NO_SOURCE, Citation, Source, cite
from scotintegration.dates import FinancialYear
from scotintegration.schemes import Review
from scotintegration.unknown import UNKNOWN, Listing, Unknown

__all__ = [
    "Locality",
    "Outcome",
    "PerformanceReport",
    "PlanningMember",
    "StrategicPlan",
    "StrategicPlanningGroup",
    "outcomes",
]


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
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field is not text.
        ValueError: If a text is blank.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 29(3).

    >>> Locality("north", name="Toytown North").name
    'Toytown North'

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    name: str = attrs.field(kw_only=True, validator=a_text)
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
        start: The day its period begins, from which the three-year clock runs.
        finalised_on: The day it was finalised; None while it is a draft.
        published_on: The day it was published; None until then.
        replaced_on: The day a new plan took its place; None while it stands.
        functions: Ids of the functions it makes arrangements for.
        outcomes: Numbers of the national outcomes it says it contributes to, 1 to 9, as ``"1"`` to ``"9"``.
        localities: Ids of the localities it makes separate arrangements for.
        reviews: Reviews of its effectiveness, first to last.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 29, 35 and 37.

    >>> StrategicPlan(id="plan-2025", start="2025-04-01", finalised_on="2025-03-20").replaced_on is None
    True

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    start: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    finalised_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    published_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    replaced_on: MaybeDate = attrs.field(default=None, converter=to_maybe_day)
    functions: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    outcomes: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    localities: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
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
class PerformanceReport(Shown):
    """
    An annual performance report.

    Attributes:
        year: The reporting year, 1 April to 31 March.
        published_on: The day it was published; None until then.
        source: Where each fact comes from, per field.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 42.

    >>> PerformanceReport(year="2025/26", published_on="2026-07-30").id
    'performance-report-2025-26'

    .. versionadded:: 0.1.0
    """

    year: FinancialYear = attrs.field(converter=to_year)
    published_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def id(self) -> str:
        """Its id within the partnership."""
        return f"performance-report-{str(self.year).replace('/', '-')}"

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "PerformanceReport"
