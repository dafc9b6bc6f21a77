"""Bodies that answer for integrated health and social care, or look over those that do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

import attrs

from scotintegration._fields import (
    NONE,
    NOT_RECORDED,
    MaybeCount,
    MaybeDate,
    MaybeFlag,
    MaybeText,
    a_text,
    an_id,
    by,
    count,
    each,
    ids,
    maybe,
    named,
    not_before,
    one_of,
    to_ids,
    to_maybe_day,
    to_source,
)
from scotintegration._shown import Shown
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.dates import Interval
from scotintegration.ministers import MinistersDirection
from scotintegration.unknown import UNKNOWN, Listing, Unknown

__all__ = [
    "ELECTORATE",
    "IJB",
    "MINISTERS",
    "Body",
    "Code",
    "Electorate",
    "HealthBoard",
    "LeadAgency",
    "LocalAuthority",
    "MonitoringCommittee",
    "MonitoringReport",
    "OtherBody",
    "ScottishMinisters",
    "Seats",
    "Vacancy",
]


@attrs.frozen
class Code(Shown):
    """
    A statistical code and the days on which it was the code of its body.

    Attributes:
        value: The code, such as ``"S37000015"``.
        days: The days on which it stood; a side without a bound is not known or still open.

    Source:
        Scottish Government statistical geography codes (bundled ``code_history.csv``).

    >>> Code("S37000034", Interval.of("2019-04-01")).value
    'S37000034'

    .. versionadded:: 0.1.0
    """

    value: str = attrs.field(validator=an_id)
    days: Interval = attrs.field(default=Interval(None, None), validator=one_of(Interval))

    def __str__(self) -> str:
        return f"{self.value} ({self.days})"


def _codes(value: Iterable[Code] | Unknown) -> Listing[Code]:
    return Listing.of(value)


def _seats(value: Iterable[Seats] | Unknown) -> Listing[Seats]:
    return Listing.of(value).sorted(by("nominator", "number"))


def _vacancies(value: Iterable[Vacancy] | Unknown) -> Listing[Vacancy]:
    return Listing.of(value).sorted(by("nominator", "start", "until"))


def _reports(value: Iterable[MonitoringReport] | Unknown) -> Listing[MonitoringReport]:
    return Listing.of(value).sorted(by("on"))


def _directed(value: Iterable[MinistersDirection] | Unknown) -> Listing[MinistersDirection]:
    return Listing.of(value).sorted(by("about", "due_on"))


@attrs.frozen
class _Body(Shown):
    """What every body has: an id, a name, the codes it has gone by and where each fact comes from."""

    id: str = attrs.field(validator=an_id)
    name: str = attrs.field(kw_only=True, validator=a_text)
    codes: Listing[Code] = attrs.field(kw_only=True, default=NONE, converter=_codes, validator=each(Code))
    source: Source = attrs.field(kw_only=True, default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class, such as ``"HealthBoard"``."""
        return type(self).__name__

    def code(self, on: date) -> str | Unknown:
        """
        Give the code that stood on a day.

        Args:
            on: The day asked about.

        Returns:
            The code of that day; the id where no codes are recorded; UNKNOWN where none covers the day.

        Source:
            Scottish Government statistical geography codes.

        .. versionadded:: 0.1.0
        """
        if not self.codes.items:
            return self.id
        return next((code.value for code in self.codes.items if on in code.days), UNKNOWN)


@attrs.frozen(field_transformer=named)
class HealthBoard(_Body):
    """
    A Health Board constituted by Ministers for an area of Scotland.

    Attributes:
        id: Its current statistical code, or a readable id for a made-up one.
        name: Its name, such as ``"NHS Fife"``.
        codes: Every code it has gone by.
        accountable_officer: Who answers to Parliament for its money, where recorded.
        gms_contractors: Ids of those with whom it has general medical services contracts, as employers of nurses.
        ministers_directions: What the Scottish Ministers directed it to do under the Act.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If *id* or *name* is not text.
        ValueError: If *id* or *name* is blank or malformed.

    Source:
        National Health Service (Scotland) Act 1978, s. 2(1)(a); Public Bodies (Joint Working)
        (Scotland) Act 2014, s. 1(16).

    >>> HealthBoard("toy-nhs", name="NHS Toytown").kind
    'HealthBoard'

    .. versionadded:: 0.1.0
    """

    accountable_officer: MaybeText = attrs.field(kw_only=True, default=UNKNOWN, validator=maybe(str))
    gms_contractors: Listing[str] = attrs.field(kw_only=True, default=NOT_RECORDED, converter=to_ids, validator=ids)
    local_authorities: Listing[str] = attrs.field(kw_only=True, default=NOT_RECORDED, converter=to_ids, validator=ids)
    ministers_directions: Listing[MinistersDirection] = attrs.field(
        kw_only=True, default=NOT_RECORDED, converter=_directed, validator=each(MinistersDirection)
    )


@attrs.frozen(field_transformer=named)
class LocalAuthority(_Body):
    """
    A council.

    Attributes:
        id: Its current statistical code, or a readable id for a made-up one.
        name: Its name, such as ``"Fife Council"``.
        councillors: How many members the council has, 0 or more.
        population: Residents of its area, 0 or more.
        zones: Ids of the small areas, such as wards or data zones, that make up its area.
        ministers_directions: What the Scottish Ministers directed it to do under the Act.
        codes: Every code it has gone by.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If a number is negative, or *id* or *name* is blank.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 1(1).

    >>> LocalAuthority("toy-council", name="Toytown Council", councillors=30).councillors
    30

    .. versionadded:: 0.1.0
    """

    councillors: MaybeCount = attrs.field(kw_only=True, default=UNKNOWN, validator=count)
    population: MaybeCount = attrs.field(kw_only=True, default=UNKNOWN, validator=count)
    zones: Listing[str] = attrs.field(kw_only=True, default=NOT_RECORDED, converter=to_ids, validator=ids)
    ministers_directions: Listing[MinistersDirection] = attrs.field(
        kw_only=True, default=NOT_RECORDED, converter=_directed, validator=each(MinistersDirection)
    )


@attrs.frozen
class Seats(Shown):
    """
    How many voting seats one constituent authority fills.

    Attributes:
        nominator: Id of the council or Health Board that nominates.
        number: Seats, 0 or more, or UNKNOWN.

    Source:
        SSI 2014/285, arts. 3(3) and 5(2).

    >>> Seats("nhs-toytown", 4).number
    4

    .. versionadded:: 0.1.0
    """

    nominator: str = attrs.field(validator=an_id)
    number: MaybeCount = attrs.field(validator=count)

    def __str__(self) -> str:
        return f"{self.nominator} {self.number}"


@attrs.frozen(kw_only=True, field_transformer=named)
class Vacancy(Shown):
    """
    A temporary vacancy among the seats that a council or the Health Board fills.

    Attributes:
        nominator: Id of the council or Health Board that has the seat to fill.
        start: First day of the vacancy.
        until: Last day of it; None while the seat is vacant.
        notified_on: The day the chair wrote to the Scottish Ministers with the reasons; None where nobody did.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If *until* is before *start*.

    Source:
        SSI 2014/285, arts. 13 and 15.

    >>> Vacancy(nominator="toy-council", start="2026-03-01").until is None
    True

    .. versionadded:: 0.1.0
    """

    nominator: str = attrs.field(validator=an_id)
    start: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    until: MaybeDate = attrs.field(default=None, converter=to_maybe_day, validator=not_before("start"))
    notified_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)


@attrs.frozen(field_transformer=named)
class IJB(_Body):
    """
    An integration joint board: the body corporate that councils and a Health Board delegate to.

    Attributes:
        id: The current code of the integration authority.
        name: Its name in the establishing order.
        established_on: The day the order established it, which is not the day of delegation.
        order: The establishing order, such as ``"SSI 2015/88"``; None where there is none.
        seats: The voting seats of each constituent authority.
        ned_shortfall: Whether the Health Board declared that it lacks non-executive directors to fill its seats.
        s10_5_order: Whether Ministers ordered that the board may employ its own chief officer.
        vacancies: Temporary vacancies among those seats, now or at another time.
        category_1: Whether it is treated as a Category 1 responder to emergencies.
        corporate_parent: Whether it is treated as a corporate parent of children and young people in care.
        ministers_directions: What the Scottish Ministers directed it to do under the Act.
        codes: Every code it has gone by.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If *id* or *name* is blank.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1(4)(a), 9 and 10(5); SSI 2014/285, arts. 3 to 5
        and 13.

    >>> IJB("toy-ijb", name="Toytown Integration Joint Board", seats=[Seats("nhs-toytown", 4)]).seats_of("nhs-toytown")
    4

    .. versionadded:: 0.1.0
    """

    established_on: MaybeDate = attrs.field(kw_only=True, default=UNKNOWN, converter=to_maybe_day)
    order: MaybeText = attrs.field(kw_only=True, default=UNKNOWN, validator=maybe(str))
    seats: Listing[Seats] = attrs.field(kw_only=True, default=NOT_RECORDED, converter=_seats, validator=each(Seats))
    ned_shortfall: MaybeFlag = attrs.field(kw_only=True, default=UNKNOWN, validator=maybe(bool))
    s10_5_order: MaybeFlag = attrs.field(kw_only=True, default=UNKNOWN, validator=maybe(bool))
    vacancies: Listing[Vacancy] = attrs.field(
        kw_only=True, default=NOT_RECORDED, converter=_vacancies, validator=each(Vacancy)
    )
    category_1: MaybeFlag = attrs.field(kw_only=True, default=UNKNOWN, validator=maybe(bool))
    corporate_parent: MaybeFlag = attrs.field(kw_only=True, default=UNKNOWN, validator=maybe(bool))
    ministers_directions: Listing[MinistersDirection] = attrs.field(
        kw_only=True, default=NOT_RECORDED, converter=_directed, validator=each(MinistersDirection)
    )

    def seats_of(self, nominator: str) -> int | Unknown:
        """
        Give the number of voting seats a constituent authority fills.

        Args:
            nominator: Id of the council or Health Board.

        Returns:
            The number, 0 where it is known to have none, UNKNOWN where nobody recorded it.

        Source:
            SSI 2014/285, arts. 3(3) and 5(2).

        .. versionadded:: 0.1.0
        """
        for seats in self.seats.items:
            if seats.nominator == nominator:
                return UNKNOWN if seats.number is None else seats.number
        return 0 if self.seats.complete else UNKNOWN


@attrs.frozen(field_transformer=named)
class LeadAgency(_Body):
    """
    The role of a council or Health Board to which functions are delegated under models b, c and d.

    Attributes:
        id: An id of its own; the role is not the body.
        name: How the role is spoken of.
        body: Id of the council or Health Board that has the role.
        category_1: Whether it is treated as a Category 1 responder to emergencies.
        codes: Every code it has gone by.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id or *name* is blank.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1(4)(b) to (d), 15 and 59.

    >>> LeadAgency("toy-lead", name="NHS Toytown as lead agency", body="nhs-toytown").body
    'nhs-toytown'

    .. versionadded:: 0.1.0
    """

    body: str = attrs.field(kw_only=True, validator=an_id)
    category_1: MaybeFlag = attrs.field(kw_only=True, default=UNKNOWN, validator=maybe(bool))


@attrs.frozen(kw_only=True, field_transformer=named)
class MonitoringReport(Shown):
    """
    A report of a monitoring committee on how integration functions are carried out.

    Attributes:
        on: The day it was given to the integration authority.
        recommendations: Whether it makes recommendations.
        response_in_writing: Whether the integration authority answered them in writing; None while none is in.

    Raises:
        TypeError: If a field has the wrong type.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 43(3).

    >>> MonitoringReport(on="2026-03-18", recommendations=True, response_in_writing=True).on
    datetime.date(2026, 3, 18)

    .. versionadded:: 0.1.0
    """

    on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    recommendations: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    response_in_writing: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))


@attrs.frozen(field_transformer=named)
class MonitoringCommittee(_Body):
    """
    An integration joint monitoring committee, which watches over a lead agency.

    Attributes:
        id: Its id.
        name: Its name.
        established_on: The day the council and the Health Board set it up.
        established_jointly: Whether the two set it up together.
        ned_shortfall: Whether the Health Board declared that it lacks non-executive directors.
        reports: What it reported to the integration authority, first to last.
        codes: Every code it has gone by.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If *id* or *name* is blank.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 15(3) and 43; SSI 2014/281.

    >>> MonitoringCommittee("toy-ijmc", name="Toytown Joint Monitoring Committee").kind
    'MonitoringCommittee'

    .. versionadded:: 0.1.0
    """

    established_on: MaybeDate = attrs.field(kw_only=True, default=UNKNOWN, converter=to_maybe_day)
    established_jointly: MaybeFlag = attrs.field(kw_only=True, default=UNKNOWN, validator=maybe(bool))
    ned_shortfall: MaybeFlag = attrs.field(kw_only=True, default=UNKNOWN, validator=maybe(bool))
    reports: Listing[MonitoringReport] = attrs.field(
        kw_only=True, default=NOT_RECORDED, converter=_reports, validator=each(MonitoringReport)
    )


@attrs.frozen(field_transformer=named)
class ScottishMinisters(_Body):
    """
    The Scottish Ministers, to whom Health Boards answer and who may direct every body of the Act.

    Source:
        National Health Service (Scotland) Act 1978, s. 2; Public Bodies (Joint Working) (Scotland) Act 2014, s. 52.

    >>> MINISTERS.id
    'scottish-ministers'

    .. versionadded:: 0.1.0
    """


@attrs.frozen(field_transformer=named)
class Electorate(_Body):
    """
    The voters who elect councillors.

    Source: our choice. The facts we rest on cite no provision for this line; the graph needs the node so that a
    council is not drawn as answering to nobody.

    >>> ELECTORATE.id
    'electorate'

    .. versionadded:: 0.1.0
    """


@attrs.frozen(field_transformer=named)
class OtherBody(_Body):
    """
    A body that audits, inspects, advises or speaks for others.

    Attributes:
        id: Its id.
        name: Its name.
        role: What it does here, such as ``"audit"``, ``"inspection"`` or ``"third sector"``.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If a text is blank.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 54 to 56; Local Government (Scotland) Act 1973, Part 7.

    >>> OtherBody("care-inspectorate", name="Care Inspectorate", role="inspection").role
    'inspection'

    .. versionadded:: 0.1.0
    """

    role: str = attrs.field(kw_only=True, validator=a_text)


Body: TypeAlias = (
    HealthBoard | LocalAuthority | IJB | LeadAgency | MonitoringCommittee | ScottishMinisters | Electorate | OtherBody
)

MINISTERS = ScottishMinisters("scottish-ministers", name="Scottish Ministers")
ELECTORATE = Electorate("electorate", name="The electorate")
