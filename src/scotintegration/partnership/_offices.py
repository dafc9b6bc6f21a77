"""Who holds the posts, sits on the board and takes its chair (private)."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, cast

import attrs

from scotintegration._fields import by
from scotintegration.accountability import BoundPost
from scotintegration.officers import (
    ChairPeriod,
    ChiefFinanceOfficer,
    ChiefOfficer,
    ChiefSocialWorkOfficer,
    Member,
    Office,
    Post,
)
from scotintegration.unknown import UNKNOWN, Listing, Unknown

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
from scotintegration.partnership._record import Record


@attrs.frozen(kw_only=True, repr=False)
class Offices(Record):
    """Questions about posts, members and chairs."""

    def _post(self, kind: type[Post], body: str) -> BoundPost | None | Unknown:
        for post in self.posts.items:
            if isinstance(post, kind) and post.body == body:
                return BoundPost(post, cast("Partnership", self))
        return None if self.posts.complete else UNKNOWN

    @property
    def chief_officer(self) -> BoundPost | None | Unknown:
        """The post of chief officer, bound to this partnership; None where there is no such post."""
        return self._post(ChiefOfficer, self.id)

    @property
    def chief_finance_officer(self) -> BoundPost | None | Unknown:
        """The post of the officer responsible for the board's finances, bound to this partnership."""
        return self._post(ChiefFinanceOfficer, self.id)

    def chief_social_work_officer(self, local_authority: str) -> BoundPost | None | Unknown:
        """
        Give a council's post of chief social work officer.

        Args:
            local_authority: Id of the council.

        Returns:
            The post bound to this partnership; None where there is none, UNKNOWN where it was not recorded.

        Source:
            Social Work (Scotland) Act 1968, s. 3.

        .. versionadded:: 0.1.0
        """
        return self._post(ChiefSocialWorkOfficer, local_authority)

    def members_on(self, on: date) -> Listing[Member]:
        """
        List the members of the board or committee in office on a day.

        Args:
            on: The day asked about.

        Returns:
            Memberships in order of id, known in part where the record is.

        Source:
            SSI 2014/285, art. 7; SSI 2014/281, art. 5.

        .. versionadded:: 0.1.0
        """

        def sits(member: Member) -> bool:
            if member.start is UNKNOWN and (
                member.until is None or (isinstance(member.until, date) and on <= member.until)
            ):
                return True
            return member.serves(on)

        return self.members.where(sits)

    @cached_property
    def current_members(self) -> Listing[Member]:
        """The members in office on the day that governs."""
        return self.members_on(self.as_at)

    def chair_on(self, on: date, office: Office | str = Office.CHAIR) -> ChairPeriod | None | Unknown:
        """
        Give the appointing period that covers a day.

        Args:
            on: The day asked about.
            office: Chair or vice-chair.

        Returns:
            The period, of several the one that began last; None where nobody holds the office, UNKNOWN where the
            record does not tell.

        Source:
            SSI 2014/285, arts. 4 and 6; SSI 2014/281, art. 6.

        .. versionadded:: 0.1.0
        """
        sought = Office(office)
        serving = self.chairs.where(lambda one: one.office is sought and one.serves(on))
        if serving.items:
            return max(serving.items, key=by("start"))
        return None if serving.complete else UNKNOWN
