"""Directions: what an integration authority tells a council or a Health Board to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration._choice import Choice
from scotintegration._fields import (
    NONE,
    MaybeDate,
    MaybeFlag,
    MaybeMoney,
    MaybeText,
    an_id,
    ids,
    maybe,
    maybe_id,
    named,
    to_day,
    to_ids,
    to_maybe_day,
    to_maybe_money,
    to_source,
)
from scotintegration._shown import Shown
from scotintegration.bodies import Body
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.dates import FinancialYear
from scotintegration.errors import NotFoundError
from scotintegration.money import not_negative
from scotintegration.unknown import UNKNOWN, Listing, Unknown

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["Direction", "Marker", "Progress", "ServiceChange"]

_WITH_YEAR: Final = re.compile(r"([0-9]{4}/[0-9]{2}|undated)[ /](.+)")


def full_reference(text: str) -> str:
    """Write a reference that has its year before it, as in "2025/26 1.1", as directions give their own."""
    found = _WITH_YEAR.fullmatch(text)
    return f"{found[1]}/{found[2]}" if found else text


def _year(value: FinancialYear | date | str | None | Unknown) -> FinancialYear | None | Unknown:
    return value if value is None or value is UNKNOWN else FinancialYear.of(value)


def _given_to(value: Iterable[Body | str] | Body | str | None | Unknown) -> Listing[str]:
    if value is None or value is NONE:
        return NONE
    if isinstance(value, str) or not isinstance(value, Iterable | Unknown):
        value = (value,)
    listing = Listing.of(value)
    return to_ids(listing.map(_id_of))


def _id_of(recipient: Body | str) -> str:
    """Give the id of a body; what is no body is left for the validator to judge."""
    return recipient if isinstance(recipient, str) else getattr(recipient, "id", recipient)  # type: ignore[arg-type]


class Marker(Choice):
    """
    What the front of a report to the authority says: to whom a direction is needed.

    Source:
        Statutory guidance on directions, January 2020; the words are those of reports in practice.

    >>> Marker("health board").name
    'HEALTH_BOARD'

    .. versionadded:: 0.1.0
    """

    NONE = "none"
    COUNCIL = "council"
    HEALTH_BOARD = "health board"
    BOTH = "both"


class Progress(Choice):
    """
    How far whoever was directed has come.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(4): a direction must be complied with.

    >>> Progress("in progress").name
    'IN_PROGRESS'

    .. versionadded:: 0.1.0
    """

    NOT_BEGUN = "not begun"
    IN_PROGRESS = "in progress"
    COMPLETED = "completed"
    REFUSED = "refused"


def _marker(value: Marker | str | None | Unknown) -> Marker | None | Unknown:
    return value if value is None or value is UNKNOWN else Marker(value)


def _progress(value: Progress | str | None | Unknown) -> Progress | None | Unknown:
    return value if value is None or value is UNKNOWN else Progress(value)


@attrs.frozen(field_transformer=named)
class Direction(Shown):
    """
    A direction of an integration authority.

    A field left out is None: whoever drafts has not written it. UNKNOWN means that it was written and the record
    read does not show it.

    Attributes:
        id: Its reference, unique per issuer and year.
        issuer: Id of the integration authority; a register fills in its own.
        year: The financial year it belongs to; by default that of *effective_from*.
        title: What it is called.
        given_to: Ids of the bodies it is given to.
        split: How the work is divided, where it is given to several.
        functions: Ids of the delegated functions it is for.
        words: The words used for functions where they do not resolve to ids.
        text: What is to be done.
        payment: The payment it states, £0 or more.
        payment_method: How the payment is to be found, where no sum is stated.
        set_aside: The amount set aside that it states, £0 or more.
        specified: How much of the sum set aside is to be used, £0 or more.
        no_amount: Why it states no amount.
        budget_in: Reference of the direction that states the money in its stead.
        use: How the money is to be used.
        outcomes: What it is to achieve.
        plan_link: The part of the strategic plan it carries out.
        decided_on: The day the authority decided.
        meeting: Id of the meeting that decided.
        report: Reference of the report on which it decided.
        marker: What that report says of directions on its front: none, or to whom one is needed.
        issued_on: The day it was issued.
        issued_by: The officer who issued it.
        sent_to: Ids of the bodies to whose chief executives it was sent.
        effective_from: The first day on which it binds.
        ends_on: The last day on which it binds; None where no end is fixed.
        monitoring: How it is followed up.
        review_on: The day it is to be reviewed.
        reviewed_on: The day on which that review was entered in the log.
        progress: How far whoever was directed has come; None where nothing was reported.
        varies: Reference of the direction it varies; with the year before it, ``"2025/26/1.1"``, where that is needed.
        revokes: Reference of the direction it revokes.
        supersedes: Reference of the direction it takes the place of.
        complements: References of directions for the same functions, beside which it stands.
        conditions: What it is conditional on; one whose conditions were not recorded is taken to have none.
        condition_met_on: The day on which that came about; None until then.
        interim: Whether it stands in until another takes its place.
        aliases: Other references by which it is known.
        mirrors: Reference of the direction of another authority that it mirrors, after that authority's id, such as
            ``"S37000007/2026/27/4"``, for a service that the other hosts.
        agreed_with: Ids of the authorities that agreed it, for a service that several share.
        in_writing: Whether it is in writing.
        notes: What whoever keeps the record says of it.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an amount is negative or an id malformed. Days out of order are for a rule to report: real
            records have them.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 to 28.

    >>> Direction("D-1", given_to="nhs-a", functions=["frailty"], specified="£9", use="beds").specified
    Money('£9.00')

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    issuer: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe_id)
    year: FinancialYear | None | Unknown = attrs.field(kw_only=True, default=None, converter=_year)
    title: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    given_to: Listing[str] = attrs.field(kw_only=True, default=NONE, converter=_given_to, validator=ids)
    split: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    functions: Listing[str] = attrs.field(kw_only=True, default=NONE, converter=to_ids, validator=ids)
    words: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    text: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    payment: MaybeMoney = attrs.field(kw_only=True, default=None, converter=to_maybe_money, validator=not_negative)
    payment_method: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    set_aside: MaybeMoney = attrs.field(kw_only=True, default=None, converter=to_maybe_money, validator=not_negative)
    specified: MaybeMoney = attrs.field(kw_only=True, default=None, converter=to_maybe_money, validator=not_negative)
    no_amount: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    budget_in: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe_id)
    use: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    outcomes: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    plan_link: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    decided_on: MaybeDate = attrs.field(kw_only=True, default=None, converter=to_maybe_day)
    meeting: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe_id)
    report: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    marker: Marker | None | Unknown = attrs.field(kw_only=True, default=None, converter=_marker)
    issued_on: MaybeDate = attrs.field(kw_only=True, default=None, converter=to_maybe_day)
    issued_by: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    sent_to: Listing[str] = attrs.field(kw_only=True, default=NONE, converter=_given_to, validator=ids)
    effective_from: MaybeDate = attrs.field(kw_only=True, default=None, converter=to_maybe_day)
    ends_on: MaybeDate = attrs.field(kw_only=True, default=None, converter=to_maybe_day)
    monitoring: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    review_on: MaybeDate = attrs.field(kw_only=True, default=None, converter=to_maybe_day)
    reviewed_on: MaybeDate = attrs.field(kw_only=True, default=None, converter=to_maybe_day)
    progress: Progress | None | Unknown = attrs.field(kw_only=True, default=None, converter=_progress)
    varies: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe_id)
    revokes: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe_id)
    supersedes: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe_id)
    complements: Listing[str] = attrs.field(kw_only=True, default=NONE, converter=to_ids, validator=ids)
    conditions: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    condition_met_on: MaybeDate = attrs.field(kw_only=True, default=None, converter=to_maybe_day)
    interim: MaybeFlag = attrs.field(kw_only=True, default=None, validator=maybe(bool))
    aliases: Listing[str] = attrs.field(kw_only=True, default=NONE, converter=to_ids, validator=ids)
    mirrors: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe_id)
    agreed_with: Listing[str] = attrs.field(kw_only=True, default=NONE, converter=to_ids, validator=ids)
    in_writing: MaybeFlag = attrs.field(kw_only=True, default=None, validator=maybe(bool))
    notes: MaybeText = attrs.field(kw_only=True, default=None, validator=maybe(str))
    source: Source = attrs.field(kw_only=True, default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.year is None and isinstance(self.effective_from, date):
            object.__setattr__(self, "year", FinancialYear.of(self.effective_from))

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "Direction"

    @property
    def full_reference(self) -> str:
        """Its reference after its year, as in ``"2025/26/1.1"``; one whose year is not known is ``"undated"``."""
        return f"{self.year if isinstance(self.year, FinancialYear) else 'undated'}/{self.id}"

    @property
    def targets(self) -> tuple[str, ...]:
        """References of the earlier directions it varies, revokes or takes the place of."""
        references = (self.varies, self.revokes, self.supersedes)
        return tuple(reference for reference in references if isinstance(reference, str))

    @property
    def is_bare_revocation(self) -> bool:
        """Whether it only ends another direction: it revokes, and names no function in ids or in words."""
        return isinstance(self.revokes, str) and self.functions == NONE and self.words in (None, "")

    @property
    def binds_from(self) -> date | None | Unknown:
        """The first day it binds: *effective_from*, or where that is not stated the day of issue."""
        return self.issued_on if self.effective_from is None else self.effective_from

    def evolve(self, **changes: object) -> Direction:
        """
        Give a copy with some fields changed.

        Args:
            changes: New values by field. The year follows a new *effective_from*, if it was the year of the old one.

        Returns:
            A new direction; this one is left as it is.

        Raises:
            TypeError: If a field is not one of a direction's.

        Source: our choice. Values never change in place.

        >>> Direction("D-1").evolve(use="beds").use
        'beds'

        .. versionadded:: 0.1.0
        """
        names = [a.name for a in attrs.fields(Direction)]
        for name in changes:
            if name not in names:
                near = NotFoundError.among("field", name, names).suggestions or names
                raise TypeError(f"a Direction has no field {name!r}; expected {' or '.join(map(repr, near))}")
        new, old = changes.get("effective_from"), self.effective_from
        if isinstance(new, date | str) and isinstance(old, date) and self.year == FinancialYear.of(old):
            changes = {"year": None, **changes}
        return attrs.evolve(self, **changes)  # type: ignore[arg-type]

    def save(self, path: str | PathLike[str], *, redact: bool = False) -> None:
        """
        Write it to a JSON file, whole or not at all; see :func:`scotintegration.interchange.save`.

        Args:
            path: The file.
            redact: Whether to leave out the names of persons: they are then not known.

        Raises:
            OSError: If the file cannot be written.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        from scotintegration.interchange import save

        save(self, path, redact=redact)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Direction:
        """
        Read a direction from a JSON file; see :func:`scotintegration.interchange.load`.

        Args:
            path: The file.

        Returns:
            The direction.

        Raises:
            LoadError: If anything is wrong with the file, with every fault.
            OSError: If the file cannot be opened.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        from scotintegration.interchange import load

        return load(path, kind=Direction)


@attrs.frozen(kw_only=True, field_transformer=named)
class ServiceChange(Shown):
    """
    A change that a council or Health Board made to a service under a delegated function.

    Attributes:
        id: Its id within the partnership.
        function: Id of the delegated function.
        made_by: Id of the body that made it.
        on: The day it was made.
        what: What was changed.
        direction: Reference of the direction behind it; None where there is none.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.

    Source: our choice. Under s. 26 of the Public Bodies (Joint Working) (Scotland) Act 2014 services follow directions.

    >>> ServiceChange(id="day-centre", function="day-services", made_by="toy-council", on="2026-06-01",
    ...               what="the day centre closed", direction=None).made_by
    'toy-council'

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    function: str = attrs.field(validator=an_id)
    made_by: str = attrs.field(validator=an_id)
    on: date = attrs.field(converter=to_day)
    what: MaybeText = attrs.field(default=UNKNOWN, validator=maybe(str))
    direction: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "ServiceChange"
