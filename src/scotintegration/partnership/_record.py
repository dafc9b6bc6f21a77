"""The facts of a partnership, and what follows from them alone (private)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

import attrs

from scotintegration._fields import NONE, a_text, an_id, by, each, ids, maybe, one_of, to_day, to_ids, to_source
from scotintegration.accounts import AnnualAccounts
from scotintegration.bodies import (
    ELECTORATE,
    IJB,
    MINISTERS,
    Body,
    HealthBoard,
    LeadAgency,
    LocalAuthority,
    MonitoringCommittee,
)
from scotintegration.budgets import Budget
from scotintegration.citations import NO_SOURCE, Source
from scotintegration.directions import ServiceChange
from scotintegration.errors import DuplicateError, NotFoundError
from scotintegration.evidence import Evidence
from scotintegration.law import PARAMETERS, Law, Parameter
from scotintegration.lines import Line
from scotintegration.meetings import Committee, Meeting, StandingOrders
from scotintegration.ministers import ExemptionOrder
from scotintegration.officers import (
    ChairPeriod,
    ChiefFinanceOfficer,
    ChiefOfficer,
    ChiefSocialWorkOfficer,
    Member,
    Post,
)
from scotintegration.partnership import _nodes
from scotintegration.partnership._derived import OVERSEERS
from scotintegration.performance import AnnualFinancialStatement, Decision, PerformanceReport, Recommendation
from scotintegration.plans import Locality, ReplacementDirection, StrategicPlan, StrategicPlanningGroup
from scotintegration.registers import DirectionsRegister
from scotintegration.schemes import IntegrationScheme, Model
from scotintegration.unknown import Listing, Unknown


def _councils(value: Iterable[LocalAuthority]) -> tuple[LocalAuthority, ...]:
    return tuple(sorted(value, key=by("id")))


def _leads(value: Iterable[LeadAgency]) -> tuple[LeadAgency, ...]:
    return tuple(sorted(value, key=by("id")))


def _posts(value: Iterable[Post] | Unknown) -> Listing[Post]:
    return Listing.of(value).sorted(_nodes.local_id)


def _members(value: Iterable[Member] | Unknown) -> Listing[Member]:
    return Listing.of(value).sorted(_nodes.local_id)


def _chairs(value: Iterable[ChairPeriod] | Unknown) -> Listing[ChairPeriod]:
    return Listing.of(value).sorted(_nodes.local_id)


def _budgets(value: Iterable[Budget] | Unknown) -> Listing[Budget]:
    return Listing.of(value).sorted(_nodes.local_id)


def _accounts(value: Iterable[AnnualAccounts] | Unknown) -> Listing[AnnualAccounts]:
    return Listing.of(value).sorted(_nodes.local_id)


def _plans(value: Iterable[StrategicPlan] | Unknown) -> Listing[StrategicPlan]:
    return Listing.of(value).sorted(_nodes.local_id)


def _localities(value: Iterable[Locality] | Unknown) -> Listing[Locality]:
    return Listing.of(value).sorted(_nodes.local_id)


def _reports(value: Iterable[PerformanceReport] | Unknown) -> Listing[PerformanceReport]:
    return Listing.of(value).sorted(_nodes.local_id)


def _statements(value: Iterable[AnnualFinancialStatement] | Unknown) -> Listing[AnnualFinancialStatement]:
    return Listing.of(value).sorted(_nodes.local_id)


def _decisions(value: Iterable[Decision] | Unknown) -> Listing[Decision]:
    return Listing.of(value).sorted(_nodes.local_id)


def _recommendations(value: Iterable[Recommendation] | Unknown) -> Listing[Recommendation]:
    return Listing.of(value).sorted(_nodes.local_id)


def _replacements(value: Iterable[ReplacementDirection] | Unknown) -> Listing[ReplacementDirection]:
    return Listing.of(value).sorted(_nodes.local_id)


def _meetings(value: Iterable[Meeting] | Unknown) -> Listing[Meeting]:
    return Listing.of(value).sorted(_nodes.local_id)


def _committees(value: Iterable[Committee] | Unknown) -> Listing[Committee]:
    return Listing.of(value).sorted(_nodes.local_id)


def _service_changes(value: Iterable[ServiceChange] | Unknown) -> Listing[ServiceChange]:
    return Listing.of(value).sorted(_nodes.local_id)


def _orders(value: Iterable[ExemptionOrder] | Unknown) -> Listing[ExemptionOrder]:
    return Listing.of(value).sorted(_nodes.local_id)


def _evidence(value: Iterable[Evidence] | Unknown) -> Listing[Evidence]:
    return Listing.of(value).sorted(_nodes.local_id)


def _lines(value: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(value, key=by("from_id", "to_id", "id")))


def _parameters(value: Iterable[Parameter]) -> tuple[Parameter, ...]:
    return tuple(value)


def _law_as_at(value: date | str | None) -> date | None:
    return None if value is None else to_day(value)


@attrs.frozen(kw_only=True, repr=False)
class Record:
    """What is recorded of a partnership; :class:`scotintegration.partnership.Partnership` documents each field."""

    id: str = attrs.field(validator=an_id)
    name: str = attrs.field(validator=a_text)
    as_at: date = attrs.field(converter=to_day)
    health_board: HealthBoard = attrs.field(validator=one_of(HealthBoard))
    local_authorities: tuple[LocalAuthority, ...] = attrs.field(converter=_councils, validator=each(LocalAuthority))
    ijb: IJB | None = attrs.field(default=None, validator=one_of(IJB, type(None)))
    lead_agencies: tuple[LeadAgency, ...] = attrs.field(default=(), converter=_leads, validator=each(LeadAgency))
    monitoring_committee: MonitoringCommittee | None = attrs.field(
        default=None, validator=one_of(MonitoringCommittee, type(None))
    )
    scheme: IntegrationScheme = attrs.field(validator=one_of(IntegrationScheme))
    posts: Listing[Post] = attrs.field(
        default=NONE, converter=_posts, validator=each(ChiefOfficer, ChiefFinanceOfficer, ChiefSocialWorkOfficer)
    )
    members: Listing[Member] = attrs.field(default=NONE, converter=_members, validator=each(Member))
    chairs: Listing[ChairPeriod] = attrs.field(default=NONE, converter=_chairs, validator=each(ChairPeriod))
    budgets: Listing[Budget] = attrs.field(default=NONE, converter=_budgets, validator=each(Budget))
    accounts: Listing[AnnualAccounts] = attrs.field(default=NONE, converter=_accounts, validator=each(AnnualAccounts))
    plans: Listing[StrategicPlan] = attrs.field(default=NONE, converter=_plans, validator=each(StrategicPlan))
    localities: Listing[Locality] = attrs.field(default=NONE, converter=_localities, validator=each(Locality))
    planning_group: StrategicPlanningGroup | None | Unknown = attrs.field(
        default=None, validator=maybe(StrategicPlanningGroup)
    )
    reports: Listing[PerformanceReport] = attrs.field(
        default=NONE, converter=_reports, validator=each(PerformanceReport)
    )
    statements: Listing[AnnualFinancialStatement] = attrs.field(
        default=NONE, converter=_statements, validator=each(AnnualFinancialStatement)
    )
    decisions: Listing[Decision] = attrs.field(default=NONE, converter=_decisions, validator=each(Decision))
    recommendations: Listing[Recommendation] = attrs.field(
        default=NONE, converter=_recommendations, validator=each(Recommendation)
    )
    replacement_directions: Listing[ReplacementDirection] = attrs.field(
        default=NONE, converter=_replacements, validator=each(ReplacementDirection)
    )
    meetings: Listing[Meeting] = attrs.field(default=NONE, converter=_meetings, validator=each(Meeting))
    standing_orders: StandingOrders | None | Unknown = attrs.field(default=None, validator=maybe(StandingOrders))
    committees: Listing[Committee] = attrs.field(default=NONE, converter=_committees, validator=each(Committee))
    directions: DirectionsRegister = attrs.field(
        default=attrs.Factory(lambda self: DirectionsRegister(self.id), takes_self=True),
        validator=one_of(DirectionsRegister),
    )
    service_changes: Listing[ServiceChange] = attrs.field(
        default=NONE, converter=_service_changes, validator=each(ServiceChange)
    )
    exempt_functions: Listing[str] = attrs.field(default=NONE, converter=to_ids, validator=ids)
    exemption_orders: Listing[ExemptionOrder] = attrs.field(
        default=NONE, converter=_orders, validator=each(ExemptionOrder)
    )
    evidence: Listing[Evidence] = attrs.field(default=NONE, converter=_evidence, validator=each(Evidence))
    lines: tuple[Line, ...] = attrs.field(default=(), converter=_lines, validator=each(Line))
    law_as_at: date | None = attrs.field(default=None, converter=_law_as_at, eq=False)
    parameters: tuple[Parameter, ...] = attrs.field(
        default=PARAMETERS, converter=_parameters, validator=each(Parameter), eq=False, repr=False
    )
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.ijb is not None and self.ijb.id != self.id:
            raise ValueError(f"Partnership.id must equal the id of its board, {self.ijb.id!r}, got {self.id!r}")
        seen: set[str] = set()
        for node, _ in _nodes.nodes(self):
            if node in seen:
                raise DuplicateError("value", node, f"the partnership {self.id!r}")
            seen.add(node)
        bodies, parties = tuple(body.id for body in self.bodies), tuple(party.id for party in self.parties)
        seats = () if self.ijb is None else self.ijb.seats.items
        budgets = self.budgets.items
        payments = [payment for budget in budgets for payment in budget.payments.items]
        for kind, named, known in (
            ("body", [post.body for post in self.posts.items], bodies),
            ("body", [member.board for member in self.members.items], bodies),
            ("body", [chair.board for chair in self.chairs.items], bodies),
            ("body", [end for one in payments for end in (one.payer, one.payee)], bodies),
            ("party", [one.health_board for budget in budgets for one in budget.set_asides.items], parties),
            ("party", [one.nominator for one in seats], parties),
        ):
            for id in named:
                if id not in known:
                    raise NotFoundError.among(kind, id, known)

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "Partnership"

    def code(self, on: date) -> str | Unknown:
        """
        Give the code of the integration authority that stood on a day; *id* is the current one on every day.

        Args:
            on: The day asked about.

        Returns:
            The code of that day; the id where no codes are recorded; UNKNOWN where none covers the day.

        Source:
            Scottish Government statistical geography codes.

        .. versionadded:: 0.1.0
        """
        return self.id if self.ijb is None else self.ijb.code(on)

    @cached_property
    def law(self) -> Law:
        """The law of *law_as_at*, by default of *as_at*, with its dated parameters."""
        return Law(self.law_as_at or self.as_at, self.parameters)

    def excused(self, on: date) -> Listing[str]:
        """
        List the functions for which no direction need be given on a day, by an order of Ministers.

        Args:
            on: The day asked about.

        Returns:
            Ids of functions, known in part where the record is.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 27(6).

        .. versionadded:: 0.1.0
        """
        orders = self.exemption_orders
        named = [function for one in orders.items if on in one.days for function in one.functions.items]
        whole = self.exempt_functions.complete and orders.complete
        return to_ids(Listing((*self.exempt_functions.items, *named), complete=whole))

    @property
    def model(self) -> Model:
        """
        The one model of its scheme.

        Raises:
            UnknownFactError: If the scheme claims several models, or none.
        """
        return self.scheme.model

    @property
    def parties(self) -> tuple[HealthBoard | LocalAuthority, ...]:
        """The Health Board and the councils that made the scheme."""
        return (self.health_board, *self.local_authorities)

    @property
    def constituent_authorities(self) -> tuple[HealthBoard | LocalAuthority, ...]:
        """
        The councils and the Health Board that made the scheme of its integration joint board (s. 61).

        Raises:
            ValueError: If it has no integration joint board; ask for *parties* then.
        """
        if self.ijb is None:
            raise ValueError(
                f"{self.name} has no integration joint board, so no constituent authorities; ask p.parties"
            )
        return self.parties

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """Every body of its graph, national ones included."""
        own: list[Body] = [*self.parties]
        own += [body for body in (self.ijb, self.monitoring_committee) if body is not None]
        own += self.lead_agencies
        return (*own, MINISTERS, ELECTORATE, *OVERSEERS)

    def body(self, id: str) -> Body:
        """
        Give a body by its id.

        Args:
            id: Its id.

        Returns:
            The body.

        Raises:
            NotFoundError: If it is not here.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        for body in self.bodies:
            if body.id == id:
                return body
        raise NotFoundError.among("body", id, tuple(body.id for body in self.bodies))

    @property
    def board(self) -> IJB | MonitoringCommittee | None:
        """The integration joint board or, under a lead agency, the monitoring committee."""
        return self.ijb if self.ijb is not None else self.monitoring_committee
