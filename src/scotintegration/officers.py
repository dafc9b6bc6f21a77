"""Posts and who holds them; members, how they come to a board, and who is in the chair."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

import attrs

from scotintegration._choice import Choice
from scotintegration._fields import (
    NONE,
    NOT_RECORDED,
    MaybeDate,
    MaybeFlag,
    MaybeText,
    an_id,
    by,
    each,
    ids,
    maybe,
    maybe_id,
    named,
    not_before,
    to_ids,
    to_maybe_day,
    to_source,
)
from scotintegration._shown import Shown
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.errors import UnknownFactError
from scotintegration.unknown import UNKNOWN, Listing, Unknown

__all__ = [
    "ChairPeriod",
    "ChiefFinanceOfficer",
    "ChiefOfficer",
    "ChiefSocialWorkOfficer",
    "Disqualification",
    "EndReason",
    "Ground",
    "Holder",
    "Member",
    "Office",
    "Post",
    "Route",
]


def _serves(start: MaybeDate, until: MaybeDate, on: date) -> bool:
    """Tell whether *on* is within a term; *until* is the last day, None an open end."""
    if (isinstance(start, date) and on < start) or (isinstance(until, date) and until < on):
        return False
    if start is UNKNOWN or until is UNKNOWN:
        raise UnknownFactError("the day a term begins or ends")
    return True


def _not_over(term: Holder, on: date) -> bool:
    """Tell whether a term that nobody recorded the beginning of is known not to have ended before *on*."""
    return term.start is UNKNOWN and (term.until is None or (isinstance(term.until, date) and on <= term.until))


@attrs.frozen(kw_only=True, field_transformer=named)
class Holder(Shown):
    """
    One person's time in a post.

    Attributes:
        person: A name or other mark of the person; UNKNOWN where the post is filled and the name not recorded.
        appointed_by: Id of the body that made the appointment.
        appointed_on: The day of the decision to appoint.
        start: First day in post; None where it reaches back before anything recorded.
        until: Last day in post; None while the person serves.
        employer: Id of the body that employs the person.
        seconded: Whether the person is seconded to the body the post belongs to.
        interim: Whether the person stands in during an absence.
        consulted: Ids of the bodies consulted before the appointment.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If *until* is before *start*.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 10(1) to (6).

    >>> Holder(person="A", start="2024-04-01", until="2026-03-31").serves(date(2026, 3, 31))
    True

    .. versionadded:: 0.1.0
    """

    person: MaybeText = attrs.field(default=UNKNOWN, validator=maybe(str))
    appointed_by: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    appointed_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    start: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    until: MaybeDate = attrs.field(default=None, converter=to_maybe_day, validator=not_before("start"))
    employer: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    seconded: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    interim: MaybeFlag = attrs.field(default=False, validator=maybe(bool))
    consulted: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    def serves(self, on: date) -> bool:
        """
        Tell whether the person is in post on a day.

        Args:
            on: The day asked about.

        Returns:
            True from *start* to *until*, both included.

        Raises:
            UnknownFactError: If a day that decides it was not recorded.

        Source: our choice. A last day counts as served.

        .. versionadded:: 0.1.0
        """
        return _serves(self.start, self.until, on)


def _holders(value: Iterable[Holder] | Unknown) -> Listing[Holder]:
    return Listing.of(value).sorted(by("start", "until", "person"))


@attrs.frozen
class _Post(Shown):
    """What every post has: an id, the body it belongs to, and who has held it."""

    id: str = attrs.field(validator=an_id)
    body: str = attrs.field(kw_only=True, validator=an_id)
    holders: Listing[Holder] = attrs.field(kw_only=True, default=NONE, converter=_holders, validator=each(Holder))
    answers_to: Listing[str] = attrs.field(kw_only=True, default=NOT_RECORDED, converter=to_ids, validator=ids)
    source: Source = attrs.field(kw_only=True, default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class, such as ``"ChiefOfficer"``."""
        return type(self).__name__

    @property
    def name(self) -> str:
        """What the post is called, such as ``"chief officer"``."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.kind).lower()

    def holder(self, on: date) -> Holder | None | Unknown:
        """
        Give whoever is in post on a day.

        Args:
            on: The day asked about.

        Returns:
            The holder; None for a vacancy; UNKNOWN where the record does not tell.

        Source: our choice. A post outlives its holders, so that a vacancy is a fact.

        .. versionadded:: 0.1.0
        """
        serving = self.holders.where(lambda holder: _not_over(holder, on) or holder.serves(on))
        if serving.items:
            return serving.items[-1]
        return None if serving.complete else UNKNOWN


@attrs.frozen(field_transformer=named)
class ChiefOfficer(_Post):
    """
    The post of chief officer of an integration joint board.

    Attributes:
        id: Its id within the partnership, such as ``"chief-officer"``.
        body: Id of the integration joint board.
        holders: Everybody who has held it, first to last; empty while it has never been filled.
        answers_to: Ids of the constituent authorities to which the scheme makes the holder accountable.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 10; SSI 2014/341, sch.

    >>> ChiefOfficer("chief-officer", body="toy-ijb").holder(date(2026, 11, 22)) is None
    True

    .. versionadded:: 0.1.0
    """


@attrs.frozen(field_transformer=named)
class ChiefFinanceOfficer(_Post):
    """
    The proper officer responsible for an integration joint board's financial affairs.

    Attributes:
        id: Its id within the partnership, such as ``"chief-finance-officer"``.
        body: Id of the integration joint board.
        holders: Everybody who has held it, first to last.
        answers_to: Ids of other bodies the holder answers to, where the scheme says so.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.

    Source:
        Local Government (Scotland) Act 1973, ss. 95 and 106(1)(bb); Public Bodies (Joint Working)
        (Scotland) Act 2014, s. 13.

    >>> ChiefFinanceOfficer("chief-finance-officer", body="toy-ijb", holders=[Holder(person="F", start=None)]).kind
    'ChiefFinanceOfficer'

    .. versionadded:: 0.1.0
    """


@attrs.frozen(field_transformer=named)
class ChiefSocialWorkOfficer(_Post):
    """
    A council's chief social work officer.

    Attributes:
        id: Its id within the partnership, such as ``"chief-social-work-officer"``.
        body: Id of the council.
        holders: Everybody who has held it, first to last.
        answers_to: Ids of other bodies the holder answers to.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.

    Source:
        Social Work (Scotland) Act 1968, s. 3.

    >>> ChiefSocialWorkOfficer("chief-social-work-officer", body="toy-council").body
    'toy-council'

    .. versionadded:: 0.1.0
    """


Post: TypeAlias = ChiefOfficer | ChiefFinanceOfficer | ChiefSocialWorkOfficer


class Route(Choice):
    """
    How a member comes to sit on an integration joint board or a monitoring committee.

    Source:
        SSI 2014/285, arts. 3 and 5; SSI 2014/281, arts. 3 and 4.

    >>> Route("third-sector")
    <Route.THIRD: 'third-sector'>

    .. versionadded:: 0.1.0
    """

    LA = "local-authority"
    HB = "health-board"
    CSWO = "chief-social-work-officer"
    S95 = "section-95-officer"
    HB_FINANCE = "health-board-director-of-finance"
    GP = "general-practitioner"
    NURSE = "nurse"
    DOCTOR = "doctor"
    STAFF = "staff"
    HB_STAFF = "health-board-staff"
    LA_STAFF = "local-authority-staff"
    THIRD = "third-sector"
    USER = "service-user"
    CARER = "unpaid-carer"
    CO = "chief-officer"
    ADDITIONAL = "additional"


class Ground(Choice):
    """
    Why somebody may not be a member of an integration joint board.

    Source:
        SSI 2014/285, art. 8.

    >>> Ground("insolvency").name
    'INSOLVENT'

    .. versionadded:: 0.1.0
    """

    SENTENCED = "sentence of three months or more"
    DISMISSED = "dismissal by a council or Health Board"
    INSOLVENT = "insolvency"
    STRUCK_OFF = "removal from a professional register"
    SANCTIONED = "sanction of the Standards Commission"


@attrs.frozen(kw_only=True, field_transformer=named)
class Disqualification(Shown):
    """
    Something that disqualifies a person from sitting on an integration joint board.

    Attributes:
        ground: What it is.
        start: The day of the sentence, dismissal, award, removal or sanction.
        until: The last day on which it disqualifies; None where it has no end.

    Raises:
        ValueError: If *ground* is not one of :class:`Ground`, or *until* is before *start*.

    Source:
        SSI 2014/285, arts. 8 and 10(3).

    >>> Disqualification(ground="insolvency", start="2026-03-02").until is None
    True

    .. versionadded:: 0.1.0
    """

    ground: Ground = attrs.field(converter=Ground)
    start: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    until: MaybeDate = attrs.field(default=None, converter=to_maybe_day, validator=not_before("start"))

    def __str__(self) -> str:
        return f"{self.ground.value} from {self.start}"


class EndReason(Choice):
    """
    Why a membership ended.

    Source:
        SSI 2014/285, arts. 7, 9 and 10.

    >>> EndReason("resignation").name
    'RESIGNED'

    .. versionadded:: 0.1.0
    """

    TERM = "end of term"
    OFFICE = "end of office"
    RESIGNED = "resignation"
    ABSENCE = "absence from three meetings"
    CONDUCT = "conduct"
    DISQUALIFIED = "disqualification"
    NO_COUNCILLOR = "no longer a councillor"
    WITHDRAWN = "withdrawal by the nominator"


def _reason(value: EndReason | str | None | Unknown) -> EndReason | None | Unknown:
    return value if value is None or isinstance(value, Unknown) else EndReason(value)


def _disqualifications(value: Iterable[Disqualification] | Unknown) -> Listing[Disqualification]:
    return Listing.of(value).sorted(by("start", "ground"))


@attrs.frozen(kw_only=True, field_transformer=named)
class Member(Shown):
    """
    One person's membership of an integration joint board or a monitoring committee.

    Attributes:
        id: Id of the membership within the partnership; one person may hold several.
        board: Id of the board or committee.
        route: How the person comes to sit.
        person: A name or other mark of the person.
        nominated_by: Id of the council or Health Board that nominates, where the route has one.
        start: First day of the term; None where it reaches back before anything recorded.
        until: Last day of the term; None where no end is fixed.
        recorded_voting: Whether the board's own record counts the member as voting. Who may vote is a
            question for :meth:`scotintegration.law.Law.votes`.
        is_councillor: Whether the person is a councillor of the nominating council.
        is_ned: Whether the person is a non-executive director of the Health Board.
        is_hb_member: Whether the person is a member of the Health Board.
        councillor_until: The person's last day as a councillor; None where no end has come or the person never was.
        performers_list: Id of the Health Board on whose list of primary medical services performers the person is;
            None where on none.
        registered_nurse: Whether the person is a registered nurse.
        registered_doctor: Whether the person is a registered medical practitioner.
        provides_primary_care: Whether the person provides primary medical services.
        employer: Id of whoever employs the person.
        selected_by: Id of the body that chose the person, where the route has no nominator.
        area: Id of the council in whose area the group is for which the person was appointed.
        disqualifications: What disqualifies the person, now or at another time.
        end_reason: Why the membership ended; None while it has not.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If *route* is not one of :class:`Route`, *end_reason* not one of :class:`EndReason`, or *until*
            is before *start*.

    Source:
        SSI 2014/285, arts. 1(2), 3, 5 and 7 to 10; SSI 2014/281, arts. 3 to 5.

    >>> Member(id="carer-1", board="toy-ijb", route="unpaid-carer").route.name
    'CARER'

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    board: str = attrs.field(validator=an_id)
    route: Route = attrs.field(converter=Route)
    person: MaybeText = attrs.field(default=UNKNOWN, validator=maybe(str))
    nominated_by: MaybeText = attrs.field(default=None, validator=maybe_id)
    start: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    until: MaybeDate = attrs.field(default=None, converter=to_maybe_day, validator=not_before("start"))
    recorded_voting: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    is_councillor: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    is_ned: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    is_hb_member: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    councillor_until: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    performers_list: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    registered_nurse: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    registered_doctor: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    provides_primary_care: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    employer: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    selected_by: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    area: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    disqualifications: Listing[Disqualification] = attrs.field(
        default=NOT_RECORDED, converter=_disqualifications, validator=each(Disqualification)
    )
    end_reason: EndReason | None | Unknown = attrs.field(default=UNKNOWN, converter=_reason)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    def serves(self, on: date) -> bool:
        """
        Tell whether the member is in office on a day.

        Args:
            on: The day asked about.

        Returns:
            True from *start* to *until*, both included.

        Raises:
            UnknownFactError: If a day that decides it was not recorded.

        Source: our choice. A last day counts as served.

        .. versionadded:: 0.1.0
        """
        return _serves(self.start, self.until, on)


class Office(Choice):
    """
    The two offices of a board.

    Source:
        SSI 2014/285, arts. 4 and 6; SSI 2014/281, art. 6.

    >>> Office.VICE_CHAIR.value
    'vice-chair'

    .. versionadded:: 0.1.0
    """

    CHAIR = "chair"
    VICE_CHAIR = "vice-chair"


@attrs.frozen(kw_only=True, field_transformer=named)
class ChairPeriod(Shown):
    """
    One appointing period of a chair or a vice-chair.

    Attributes:
        id: Its id within the partnership.
        board: Id of the board or committee.
        office: Chair or vice-chair.
        member: Id of the membership of whoever holds the office.
        appointed_by: Ids of the bodies that made the appointment: one for a board, both for a monitoring committee.
        start: First day of the period.
        until: Last day of the period; None where no end is fixed.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If *until* is before *start*.

    Source:
        SSI 2014/285, arts. 4(1) and 6(1); SSI 2014/281, art. 6.

    >>> ChairPeriod(id="chair-1", board="toy-ijb", office="chair", member="la-1", appointed_by=["toy-council"],
    ...             start="2025-04-01", until="2028-03-31").office
    <Office.CHAIR: 'chair'>

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    board: str = attrs.field(validator=an_id)
    office: Office = attrs.field(converter=Office)
    member: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    appointed_by: Listing[str] = attrs.field(default=NOT_RECORDED, converter=to_ids, validator=ids)
    start: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    until: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day, validator=not_before("start"))
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    def serves(self, on: date) -> bool:
        """
        Tell whether the period covers a day.

        Args:
            on: The day asked about.

        Returns:
            True from *start* to *until*, both included.

        Raises:
            UnknownFactError: If a day that decides it was not recorded.

        Source: our choice. A last day counts as served.

        .. versionadded:: 0.1.0
        """
        return _serves(self.start, self.until, on)
