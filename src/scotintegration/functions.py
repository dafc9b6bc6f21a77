"""Delegated functions, and the catalogue of what must and may be delegated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

import attrs

from scotintegration._bundled import table
from scotintegration._choice import Choice
from scotintegration._fields import (
    MaybeCount,
    MaybeDate,
    MaybeFlag,
    MaybeText,
    a_text,
    an_id,
    count,
    maybe,
    named,
    not_before,
    to_maybe_day,
    to_source,
)
from scotintegration._shown import Shown
from scotintegration.citations import NO_SOURCE, Citation, Source, cite
from scotintegration.dates import day
from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.unknown import UNKNOWN, Unknown

__all__ = [
    "CHARGING",
    "EXCEPTED",
    "AgeScope",
    "CatalogueFunction",
    "DelegatedFunction",
    "Enactment",
    "Funding",
    "catalogue",
    "enactments",
    "must_enactments",
    "must_functions",
]

Delegator: TypeAlias = Literal["health_board", "local_authority"]


class Funding(Choice):
    """
    How the money for a delegated function reaches the integration authority.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 1(3)(d) and (e).

    >>> Funding("set-aside").name
    'SET_ASIDE'

    .. versionadded:: 0.1.0
    """

    PAYMENT = "payment"
    SET_ASIDE = "set-aside"


class AgeScope(Choice):
    """
    The people for whom a function is delegated.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 1(7) and (8).

    >>> AgeScope("all").covers_adults
    True

    .. versionadded:: 0.1.0
    """

    ADULTS = "18_plus"
    CHILDREN = "under_18"
    ALL = "all"

    @property
    def covers_adults(self) -> bool:
        """Whether people aged 18 and over are within the scope."""
        return self is not AgeScope.CHILDREN


def _funding(value: Funding | str | Iterable[Funding | str] | None | Unknown) -> tuple[Funding, ...] | Unknown:
    if value is UNKNOWN:
        return UNKNOWN
    words = () if value is None else value.split("+") if isinstance(value, str) else value
    return tuple(sorted({Funding(word) for word in words}))


def _age_scope(value: AgeScope | str | Unknown) -> AgeScope | Unknown:
    return UNKNOWN if value is UNKNOWN else AgeScope(value)


@attrs.frozen(kw_only=True, field_transformer=named)
class DelegatedFunction(Shown):
    """
    A function that a scheme delegates.

    Attributes:
        id: Its id within the partnership, where possible one of the catalogue's.
        name: What it is called.
        delegator: Id of the council or Health Board that delegates it.
        delegate: Id of the body that receives it: the integration joint board, or a council or Health Board.
        age_scope: For whom it is delegated.
        funding: Whether it is paid for, or a sum is set aside; both or neither can be written down, for a rule to find.
        method: How the scheme says the amount is found; None where it says nothing.
        in_hospital: Whether it is carried out in a hospital.
        hospital_in_hb_area: Whether that hospital is in the Health Board's own area.
        la_areas: How many council areas it serves.
        deemed_out: Whether the Health Board took it out of set-aside under s. 1(3)(e).
        start: First day of delegation; None where it reaches back before anything recorded.
        until: Last day of delegation; None while it is delegated.
        recorded_on: A day on which the record shows it delegated, for use where *start* was not recorded.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If *funding* or *age_scope* is not one of the words, or *until* is before *start*.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1(3)(b), (d) and (e), 1(14) and 25.

    >>> DelegatedFunction(id="district-nursing", name="District nursing", delegator="nhs-toytown",
    ...                   delegate="toy-ijb", funding="payment").is_set_aside
    False

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(validator=an_id)
    name: str = attrs.field(validator=a_text)
    delegator: str = attrs.field(validator=an_id)
    delegate: str = attrs.field(validator=an_id)
    age_scope: AgeScope | Unknown = attrs.field(default=AgeScope.ADULTS, converter=_age_scope)
    funding: tuple[Funding, ...] | Unknown = attrs.field(default=UNKNOWN, converter=_funding)
    method: MaybeText = attrs.field(default=UNKNOWN, validator=maybe(str))
    in_hospital: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    hospital_in_hb_area: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    la_areas: MaybeCount = attrs.field(default=UNKNOWN, validator=count)
    deemed_out: MaybeFlag = attrs.field(default=UNKNOWN, validator=maybe(bool))
    start: MaybeDate = attrs.field(default=None, converter=to_maybe_day)
    until: MaybeDate = attrs.field(default=None, converter=to_maybe_day, validator=not_before("start"))
    recorded_on: MaybeDate = attrs.field(default=None, converter=to_maybe_day)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def is_set_aside(self) -> bool:
        """
        Whether a sum is set aside for it.

        Raises:
            UnknownFactError: If the funding was not recorded.
        """
        if self.funding is UNKNOWN:
            raise UnknownFactError(f"how {self.id!r} is funded")
        return Funding.SET_ASIDE in self.funding

    @property
    def needs_set_aside_method(self) -> bool:
        """
        Whether it falls within s. 1(14) and the Health Board did not take it out.

        Raises:
            UnknownFactError: If a fact that decides it was not recorded.
        """
        several = self.la_areas if self.la_areas is UNKNOWN else (self.la_areas or 0) >= 2
        stays = self.deemed_out if self.deemed_out is UNKNOWN else not self.deemed_out
        facts = (
            (self.in_hospital, "whether it is carried out in a hospital"),
            (self.hospital_in_hb_area, "whether the hospital is in the Health Board's own area"),
            (several, "how many council areas it serves"),
            (stays, "whether the Health Board took it out of set-aside"),
        )
        if any(fact is not UNKNOWN and not fact for fact, _ in facts):
            return False
        for fact, what in facts:
            if fact is UNKNOWN:
                raise UnknownFactError(f"{what} ({self.id!r})")
        return True

    def is_delegated(self, on: date) -> bool:
        """
        Tell whether it is delegated on a day.

        Args:
            on: The day asked about.

        Returns:
            True from *start* to *until*, both included. Where *start* was not recorded, *recorded_on* stands in
            for it from that day on; before it nobody can tell.

        Raises:
            UnknownFactError: If a day that decides it was not recorded.

        Source: our choice. A last day counts as delegated.

        .. versionadded:: 0.1.0
        """
        shown = self.start is UNKNOWN and isinstance(self.recorded_on, date) and self.recorded_on <= on
        start = None if shown else self.start
        if start is UNKNOWN or self.until is UNKNOWN:
            raise UnknownFactError(f"from and until when {self.id!r} is delegated")
        return (start is None or start <= on) and (self.until is None or on <= self.until)


@attrs.frozen
class CatalogueFunction(Shown):
    """
    A function that the law names, or that a scheme commonly names.

    Attributes:
        id: Its id, such as ``"district-nursing"``.
        name: What it is called.
        delegated_by: ``"health_board"`` or ``"local_authority"``.
        group: The care group it belongs to.
        must: Whether models that delegate in its direction must delegate it.
        age_scope: The people for whom the entry speaks.
        in_hospital: Whether it is a service in hospital.
        set_aside_candidate: Whether it typically serves two or more council areas; the legal test is s. 1(14).
        citation: The entry in the regulations.
        source: Address of the text that was read.

    Source:
        SSI 2014/344, Schs. 1 to 3; SSI 2014/345, sch.

    >>> catalogue()["district-nursing"].must
    True

    .. versionadded:: 0.1.0
    """

    id: str
    name: str
    delegated_by: Delegator
    group: str
    must: bool
    age_scope: AgeScope
    in_hospital: bool
    set_aside_candidate: bool
    citation: Citation
    source: str


@attrs.frozen
class Enactment(Shown):
    """
    An enactment whose functions must or may be delegated.

    Attributes:
        id: Its id, such as ``"la-must-ca2016-s24"``.
        delegated_by: ``"health_board"`` or ``"local_authority"``.
        act: Name of the Act or instrument.
        provision: The section, or blank for a whole Act.
        subject: What it is about, in our words.
        must: Whether the entry is on a list of what must be delegated.
        limit: A limit on the entry, or blank.
        start: First day the entry was in force; None where no day was read.
        until: Last day the entry was in force; None while it is.
        instrument: The regulations that list it, such as ``"SSI 2014/345"``.
        amended_by: The instrument that added the entry to the list or took it off, such as ``"SSI 2017/449"``; blank
            where it stood there from the first and still does.

    Source:
        SSI 2014/344; SSI 2014/345, as amended.

    >>> enactments()["la-must-ca2016-s25"].start
    datetime.date(2017, 12, 13)

    .. versionadded:: 0.1.0
    """

    id: str
    delegated_by: Delegator
    act: str
    provision: str
    subject: str
    must: bool
    limit: str
    start: date | None
    until: date | None
    instrument: str
    amended_by: str = ""

    def in_force(self, on: date) -> bool:
        """
        Tell whether the entry stood on a day.

        Args:
            on: The day asked about.

        Returns:
            True from *start* to *until*, both included.

        Source:
            SSI 2014/344; SSI 2014/345; SSI 2017/190; SSI 2017/449.

        .. versionadded:: 0.1.0
        """
        return (self.start is None or self.start <= on) and (self.until is None or on <= self.until)


CHARGING: Final[Mapping[str, str]] = {
    "la-never-naa1948-s22": "National Assistance Act 1948 s. 22",
    "la-never-naa1948-s26": "National Assistance Act 1948 s. 26",
    "la-never-swsa1968-s87": "Social Work (Scotland) Act 1968 s. 87",
}
"""Charging functions, which a council can never delegate (SSI 2014/345, reg. 3)."""


_EXCEPTED: Final = (
    (
        "nhsa1978",
        "National Health Service (Scotland) Act 1978",
        ("2(7)", "9", "17A", "17C", "17J", "28A", "48", "57", "64", "79", "86", "88"),
    ),
    ("mha2003", "Mental Health (Care and Treatment) (Scotland) Act 2003", ("22",)),
    ("psra2010", "Public Services Reform (Scotland) Act 2010", ("31", "32")),
)

EXCEPTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"hb-never-{short}-s{section.lower().replace('(', '-').rstrip(')')}": f"{act} s. {section}"
        for short, act, sections in _EXCEPTED
        for section in sections
    }
)
"""Sections that a Health Board can never delegate though the rest of their Act can be (SSI 2014/344, Sch. 1)."""


def _delegator(text: str) -> Delegator:
    return "health_board" if text == "health_board" else "local_authority"


def _entry(row: Mapping[str, str]) -> CatalogueFunction:
    act = row["instrument"] or "asp 2014/9"
    return CatalogueFunction(
        id=row["function_id"],
        name=row["name"],
        delegated_by=_delegator(row["delegated_by"]),
        group=row["group"],
        must=row["statutory_status"] == "must",
        age_scope=AgeScope(row["age_scope"]),
        in_hospital=row["setting"] == "hospital",
        set_aside_candidate=row["set_aside_candidate"] == "true",
        citation=cite(act),
        source=row["source_url"],
    )


class _Catalogue(dict[str, CatalogueFunction]):
    """The catalogue by id; an unknown id suggests near ones."""

    def __missing__(self, key: str) -> CatalogueFunction:
        raise NotFoundError.among("function", key, tuple(self))


@cache
def catalogue() -> Mapping[str, CatalogueFunction]:
    """
    Give every function of the catalogue by id, in the order of the bundled table.

    Returns:
        A mapping; an id that is not there raises NotFoundError with suggestions.

    Source:
        SSI 2014/344, Schs. 1 to 3; SSI 2014/345, sch. (bundled ``delegated_functions.csv``).

    >>> len(catalogue())
    61

    .. versionadded:: 0.1.0
    """
    return MappingProxyType(_Catalogue((row["function_id"], _entry(row)) for row in table("delegated_functions")))


_AMENDED: Final = re.compile(r"(?:inserted|omitted) by (.+)")


def _enactment(row: Mapping[str, str]) -> Enactment:
    return Enactment(
        id=row["enactment_id"],
        delegated_by=_delegator(row["delegated_by"]),
        act=row["enactment"],
        provision=row["provision"],
        subject=row["subject"],
        must=row["statutory_status"] == "must",
        limit=row["limit"],
        start=day(row["in_force_from"]) if row["in_force_from"] else None,
        until=day(row["in_force_to"]) if row["in_force_to"] else None,
        instrument=row["instrument"],
        amended_by=amended[1] if (amended := _AMENDED.search(row["instrument_provision"])) else "",
    )


@cache
def enactments() -> Mapping[str, Enactment]:
    """
    Give every enactment that must or may be delegated by id.

    Returns:
        A mapping in the order of the bundled table.

    Source:
        SSI 2014/344 and SSI 2014/345 with SSI 2017/190, 2017/381 and 2017/449 (bundled ``delegated_enactments.csv``).

    >>> len(enactments())
    112

    .. versionadded:: 0.1.0
    """
    return MappingProxyType({row["enactment_id"]: _enactment(row) for row in table("delegated_enactments")})


def must_functions() -> tuple[CatalogueFunction, ...]:
    """
    List the services whose functions a Health Board must delegate under models a and c.

    Returns:
        The 26 services of Schedule 3, in the order of the bundled table.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 1(8); SSI 2014/344, Sch. 3 Parts 2 and 3.

    >>> len(must_functions())
    26

    .. versionadded:: 0.1.0
    """
    return tuple(entry for entry in catalogue().values() if entry.must and entry.delegated_by == "health_board")


def must_enactments(on: date) -> tuple[Enactment, ...]:
    """
    List the enactments whose functions a council must delegate under models a and b.

    Args:
        on: The day of the law; entries of the Carers (Scotland) Act 2016 joined in 2017.

    Returns:
        The entries in force that day, in the order of the bundled table.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 1(7); SSI 2014/345; SSI 2017/190; SSI 2017/449.

    >>> sum("Carers" in entry.act for entry in must_enactments(date(2017, 7, 1)))
    1

    .. versionadded:: 0.1.0
    """
    return tuple(
        entry
        for entry in enactments().values()
        if entry.must and entry.delegated_by == "local_authority" and entry.in_force(on)
    )
