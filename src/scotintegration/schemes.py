"""Integration schemes: the model, the parties, what the scheme must set out, and its reviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from scotintegration._choice import Choice
from scotintegration._fields import (
    NONE,
    NOT_RECORDED,
    MaybeCount,
    MaybeDate,
    MaybeText,
    an_id,
    by,
    count,
    each,
    ids,
    maybe,
    maybe_id,
    maybe_ids,
    named,
    not_before,
    to_ids,
    to_maybe_day,
    to_maybe_ids,
    to_source,
)
from scotintegration._shown import Shown
from scotintegration.bodies import Seats
from scotintegration.citations import NO_SOURCE, Citation, Source, cite
from scotintegration.errors import DuplicateError, NotFoundError, UnknownFactError
from scotintegration.functions import DelegatedFunction
from scotintegration.revisions import Revision
from scotintegration.risk_shares import Remedy, RiskShare
from scotintegration.unknown import UNKNOWN, Listing, Unknown

__all__ = ["ITEMS", "Arrangement", "Basis", "IntegrationScheme", "Model", "PrescribedItem", "Review", "items_for"]


class Model(Choice):
    """
    The four models of integration, by the letter of their paragraph.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 1(4).

    >>> Model("d").description, str(Model("d").citation)
    ('each delegates to the other', 'asp 2014/9 s.1(4)(d)')

    .. versionadded:: 0.1.0
    """

    BODY_CORPORATE = "a"
    LA_TO_HB = "b"
    HB_TO_LA = "c"
    BOTH_WAYS = "d"

    @property
    def letter(self) -> str:
        """The letter of the paragraph."""
        return self.value

    @property
    def citation(self) -> Citation:
        """The paragraph itself."""
        return cite(f"asp 2014/9 s.1(4)({self.value})")

    @property
    def description(self) -> str:
        """The model in a few words."""
        return _TITLES[self]

    @property
    def is_lead_agency(self) -> bool:
        """Whether functions go to a council or Health Board and not to an integration joint board."""
        return self is not Model.BODY_CORPORATE


_TITLES: Final[Mapping[Model, str]] = {
    Model.BODY_CORPORATE: "body corporate",
    Model.LA_TO_HB: "the council delegates to the Health Board",
    Model.HB_TO_LA: "the Health Board delegates to the council",
    Model.BOTH_WAYS: "each delegates to the other",
}


class Basis(Choice):
    """
    The provision under which a scheme is made.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1(2), 2(3) and 2(4).

    >>> Basis.JOINT.value
    's.2(4)'

    .. versionadded:: 0.1.0
    """

    SAME_AREA = "s.1(2)"
    SINGLE = "s.2(3)"
    JOINT = "s.2(4)"


@attrs.frozen
class PrescribedItem(Shown):
    """
    One thing that a scheme must set out.

    Attributes:
        slug: Short name, such as ``"co-line"``.
        content: What the scheme must say, in our words.
        scope: Whose schemes need it: ``"all"``, ``"ijb"``, ``"ijb-1"`` and ``"ijb-n"`` (one council or
            several), ``"lead"``, ``"lead-1"`` and ``"lead-n"``.

    Source:
        SSI 2014/341, reg. 2(1) and sch.

    >>> next(item.scope for item in ITEMS if item.slug == "co-line")
    'ijb'

    .. versionadded:: 0.1.0
    """

    slug: str
    content: str
    scope: str


ITEMS: Final[tuple[PrescribedItem, ...]] = tuple(
    PrescribedItem(*row)
    for row in (
        ("capital", "how the use of capital assets is decided", "all"),
        ("ccg", "clinical and care governance", "all"),
        ("claims", "how claims are handled and settled, and any indemnity", "all"),
        ("co-interim", "who stands in for the chief officer on the board's request", "ijb"),
        ("co-line", "line management that makes the chief officer answer to each constituent authority", "ijb"),
        ("co-ops", "the chief officer's place in each constituent authority's management", "ijb"),
        ("complaints", "how complaints are made and handled", "all"),
        ("dispute", "how the council and the Health Board resolve a dispute", "all"),
        ("engage", "who was consulted, and support for a participation strategy", "all"),
        ("fin-ledger", "which constituent authority keeps the ledgers, and the arrangements for accounts", "ijb"),
        ("fin-ledger-lead", "who keeps the ledgers", "lead"),
        ("fin-pay", "how and when the yearly schedule of payments is settled", "all"),
        ("fin-redeterm", "how and when payments and sums set aside may be varied", "all"),
        ("fin-report", "how often financial monitoring reports are made and what is in them", "all"),
        ("fin-variance", "what happens to an overspend or underspend, in the year and at its end", "all"),
        ("gov-ijb-1", "nominees of each side, who appoints the first chair, and the term of the chair", "ijb-1"),
        ("gov-ijb-n", "membership by council and Health Board, how the chair is appointed, and the term", "ijb-n"),
        ("gov-ijmc-1", "nominees of each side, other members, support and financing of the committee", "lead-1"),
        ("gov-ijmc-n", "membership, chair, support and financing of the committee", "lead-n"),
        ("info", "how information is shared, and how that agreement is changed", "all"),
        ("ops-oversight", "how the board's members oversee delivery by the constituent authorities", "ijb"),
        ("perf-integ", "how targets and measures that pass to the integration authority are listed", "all"),
        ("perf-nonint", "how other targets that planning must heed are listed", "all"),
        ("plan-s30-3", "support to weigh the effect of plans on other integration authorities", "all"),
        ("risk", "the risk strategy, its resources, and how risks are listed and amended", "all"),
        ("support-services", "how professional, technical and administrative support is agreed", "all"),
        ("workforce", "the plans for the workforce and their timescales", "all"),
    )
)


def items_for(model: Model, basis: Basis) -> tuple[PrescribedItem, ...]:
    """
    List what a scheme of a model must set out.

    Args:
        model: The model of the scheme.
        basis: The provision it is made under; a joint scheme has items of its own.

    Returns:
        The items in order of slug.

    Source:
        SSI 2014/341, reg. 2(1) and sch.

    >>> len(items_for(Model("a"), Basis.SINGLE)), len(items_for(Model("d"), Basis.SINGLE))
    (23, 19)

    .. versionadded:: 0.1.0
    """
    side = "lead" if model.is_lead_agency else "ijb"
    scopes = ("all", side, f"{side}-{'n' if basis is Basis.JOINT else '1'}")
    return tuple(item for item in ITEMS if item.scope in scopes)


@attrs.frozen(kw_only=True, field_transformer=named)
class Review(Shown):
    """
    One review of a scheme or a plan.

    Attributes:
        completed_on: The day the review was done.
        decided_on: The day of the decision that ended it.
        outcome: What was decided: ``"no change"`` or ``"replace"``, or other words; None where nothing was.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 37 and 44.

    >>> Review(completed_on="2025-03-20", outcome="no change").outcome
    'no change'

    .. versionadded:: 0.1.0
    """

    completed_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    decided_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    outcome: MaybeText = attrs.field(default=UNKNOWN, validator=maybe(str))


@attrs.frozen(kw_only=True, field_transformer=named)
class Arrangement(Shown):
    """
    An arrangement by which one council lets another discharge a function of its own.

    Attributes:
        from_la: Id of the council whose function it is.
        to_la: Id of the council that is to discharge it.
        function: The provision that confers the function.
        power: The provision under which the arrangement is made.
        start: First day of the arrangement; None where it reaches back before anything recorded.
        until: Last day of the arrangement; None while it stands.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed, or *until* is before *start*.
        CitationError: If *function* or *power* is blank.

    Source:
        Local Government (Scotland) Act 1973, s. 56; Public Bodies (Joint Working) (Scotland) Act 2014, s. 57.

    >>> Arrangement(from_la="toy-council", to_la="vale-council", function="asp 2014/9 s.44(2)",
    ...             power="1973 c.65 s.56").function.short
    's.44(2)'

    .. versionadded:: 0.1.0
    """

    from_la: str = attrs.field(validator=an_id)
    to_la: str = attrs.field(validator=an_id)
    function: Citation = attrs.field(converter=cite)
    power: Citation = attrs.field(converter=cite)
    start: MaybeDate = attrs.field(default=None, converter=to_maybe_day)
    until: MaybeDate = attrs.field(default=None, converter=to_maybe_day, validator=not_before("start"))


def _models(value: Model | str | Iterable[Model | str]) -> tuple[Model, ...]:
    letters = value.split("+") if isinstance(value, str) else value
    try:
        return tuple(sorted({Model(letter) for letter in letters}))
    except (TypeError, ValueError):
        raise ValueError(f"model must be one of the letters 'a', 'b', 'c' and 'd' of s.1(4), got {value!r}") from None


def _functions(value: Iterable[DelegatedFunction] | Unknown) -> Listing[DelegatedFunction]:
    return Listing.of(value).sorted(by("id"))


def _reviews(value: Iterable[Review] | Unknown) -> Listing[Review]:
    return Listing.of(value).sorted(by("completed_on", "decided_on", "outcome"))


def _nominees(value: Iterable[Seats] | Unknown) -> Listing[Seats]:
    return Listing.of(value).sorted(by("nominator", "number"))


def _revisions(value: Iterable[Revision] | Unknown) -> Listing[Revision]:
    return Listing.of(value).sorted(by("id"))


def _each_once(instance: object, attribute: attrs.Attribute[Any], value: Listing[Revision]) -> None:
    """Refuse anything but revisions, and two of one id."""
    each(Revision)(instance, attribute, value)
    found = [one.id for one in value.items]
    for id in sorted({id for id in found if found.count(id) > 1}):
        raise DuplicateError("revision", id, "IntegrationScheme.revisions")


def _remedies(value: Iterable[Remedy | str] | Unknown) -> Listing[Remedy]:
    return Listing.of(value).map(Remedy)


def _arrangements(value: Iterable[Arrangement] | Unknown) -> Listing[Arrangement]:
    return Listing.of(value).sorted(by("from_la", "to_la", "function", "power", "start", "until"))


def _slugs(instance: object, attribute: attrs.Attribute[Any], value: Listing[str]) -> None:
    """Refuse an item that no regulation prescribes."""
    ids(instance, attribute, value)
    known = tuple(item.slug for item in ITEMS)
    for slug in value.items:
        if slug not in known:
            raise NotFoundError.among("prescribed item", slug, known)


@attrs.frozen(kw_only=True, field_transformer=named)
class IntegrationScheme(Shown):
    """
    The agreement of one or more councils and a Health Board on which integration rests.

    Attributes:
        id: Its id within the partnership.
        models: The models it claims; a lawful scheme has one. Letters may be given as ``"a"`` or ``"a+c"``.
        basis: The provision it is made under.
        health_board: Id of the Health Board.
        local_authorities: Ids of the councils.
        functions: What is delegated, in order of id.
        enactments: Ids of the enactments whose functions the scheme says are delegated, as in the bundled
            ``delegated_enactments.csv``.
        conjoined: Ids of enactments of the recipient's functions carried out in conjunction; None without a list.
        items: Slugs of the prescribed items it sets out (:data:`ITEMS`).
        nominees: How many nominees of each party it states.
        chair_term_months: The term of chair and vice-chair that it states, in months; None where it states none.
        set_aside_method: How sums set aside are found; None where it says nothing.
        risk_share: How an additional payment towards an overspend is divided; None where it names no way.
        hosted_risk_share: How an overspend of a hosted service is divided among the authorities that it serves; None
            where it says nothing, and then the host bears it.
        remedies: What is turned to when the board is to overspend, first to last.
        lead_authority: Id of the council that leads a joint scheme under models c and d; None where none does.
        agreed_seats: Voting seats a side that the parties agreed.
        la_specified_seats: Voting seats a side that the council imposed; None where it imposed none.
        consulted: Who was consulted before it went to Ministers: short names of groups
            (:data:`scotintegration.revisions.CONSULTEES`) and ids of other councils.
        consulted_on: The day that consultation was over.
        replaces: Id of the scheme whose place it took under s. 47; None for the first scheme of the area.
        substituted_day: The later day for submitting it that Ministers put for the prescribed one; None for none.
        submitted_on: The day it went to Ministers.
        approved_on: The day Ministers approved it.
        published_on: The day it was published.
        delegated_on: The day functions passed; never inferred from another day.
        reviews: Its reviews, first to last.
        revisions: Its revised versions, in order of id.
        replaced_on: The day a new scheme took its place; None while it stands.
        arrangements: Arrangements by which one of its councils lets another discharge a function.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If a model is not one of the four, or an id is malformed.
        NotFoundError: If an item is not one that the regulations prescribe.
        DuplicateError: If two revisions share an id.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1, 2, 6 to 9, 44, 46, 47 and 57; SSI 2014/341, sch.

    >>> IntegrationScheme(models="a", health_board="nhs-toytown", local_authorities=["toy-council"]).model
    <Model.BODY_CORPORATE: 'a'>

    .. versionadded:: 0.1.0
    """

    id: str = attrs.field(default="scheme", validator=an_id)
    models: tuple[Model, ...] = attrs.field(converter=_models)
    basis: Basis = attrs.field(default=Basis.SINGLE, converter=Basis)
    health_board: str = attrs.field(validator=an_id)
    local_authorities: Listing[str] = attrs.field(converter=to_ids, validator=ids)
    functions: Listing[DelegatedFunction] = attrs.field(
        default=NONE, converter=_functions, validator=each(DelegatedFunction)
    )
    enactments: Listing[str] = attrs.field(default=NONE, converter=to_ids, validator=ids)
    conjoined: Listing[str] | None = attrs.field(default=None, converter=to_maybe_ids, validator=maybe_ids)
    items: Listing[str] = attrs.field(default=NONE, converter=to_ids, validator=_slugs)
    nominees: Listing[Seats] = attrs.field(default=NONE, converter=_nominees, validator=each(Seats))
    chair_term_months: MaybeCount = attrs.field(default=UNKNOWN, validator=count)
    set_aside_method: MaybeText = attrs.field(default=None, validator=maybe(str))
    risk_share: RiskShare | None | Unknown = attrs.field(default=UNKNOWN, validator=maybe(RiskShare))
    hosted_risk_share: RiskShare | None | Unknown = attrs.field(default=None, validator=maybe(RiskShare))
    remedies: Listing[Remedy] = attrs.field(default=NOT_RECORDED, converter=_remedies)
    lead_authority: MaybeText = attrs.field(default=None, validator=maybe_id)
    agreed_seats: MaybeCount = attrs.field(default=UNKNOWN, validator=count)
    la_specified_seats: MaybeCount = attrs.field(default=None, validator=count)
    consulted: Listing[str] = attrs.field(default=NONE, converter=to_ids, validator=ids)
    consulted_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    replaces: MaybeText = attrs.field(default=UNKNOWN, validator=maybe_id)
    substituted_day: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    submitted_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    approved_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    published_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    delegated_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    reviews: Listing[Review] = attrs.field(default=NONE, converter=_reviews, validator=each(Review))
    revisions: Listing[Revision] = attrs.field(default=NONE, converter=_revisions, validator=_each_once)
    replaced_on: MaybeDate = attrs.field(default=UNKNOWN, converter=to_maybe_day)
    arrangements: Listing[Arrangement] = attrs.field(default=NONE, converter=_arrangements, validator=each(Arrangement))
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    @property
    def model(self) -> Model:
        """
        The one model of the scheme.

        Raises:
            UnknownFactError: If the scheme claims several models, or none.
        """
        if len(self.models) != 1:
            raise UnknownFactError("which one of the four models of s.1(4) the scheme uses")
        return self.models[0]

    @property
    def parties(self) -> tuple[str, ...]:
        """Ids of the Health Board and then of the councils, in order of id."""
        return (self.health_board, *self.local_authorities.items)

    @property
    def is_joint(self) -> bool:
        """Whether two or more councils made the scheme together under s. 2(4)."""
        return self.basis is Basis.JOINT
