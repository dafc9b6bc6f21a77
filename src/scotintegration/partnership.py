"""The partnership: everything that one integration scheme binds together, as values on one graph."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from scotintegration import _nodes
from scotintegration._derived import OVERSEERS, derive
from scotintegration._fields import NONE, a_text, an_id, each, maybe, one_of, to_day, to_ids, to_source
from scotintegration.accountability import Accountability, BoundPost
from scotintegration.bodies import (
    ELECTORATE,
    IJB,
    MINISTERS,
    Body,
    HealthBoard,
    LeadAgency,
    LocalAuthority,
    MonitoringCommittee,
    OtherBody,
)
from scotintegration.budgets import Budget
from scotintegration.citations import NO_SOURCE, Source, cite
from scotintegration.dates import FinancialYear
from scotintegration.errors import DuplicateError, GraphError, NotFoundError, UnknownFactError
from scotintegration.evidence import Evidence
from scotintegration.flows import Flows
from scotintegration.functions import DelegatedFunction
from scotintegration.graphs import assemble, view
from scotintegration.law import Law
from scotintegration.lines import Layer, Line, LineBasis
from scotintegration.meetings import Committee, Meeting, StandingOrders
from scotintegration.officers import (
    ChairPeriod,
    ChiefFinanceOfficer,
    ChiefOfficer,
    ChiefSocialWorkOfficer,
    Member,
    Office,
    Post,
)
from scotintegration.plans import Locality, PerformanceReport, StrategicPlan, StrategicPlanningGroup
from scotintegration.registers import DirectionsRegister, Scope
from scotintegration.schemes import IntegrationScheme, Model
from scotintegration.unknown import UNKNOWN, Listing, Unknown

if TYPE_CHECKING:
    import networkx as nx

    from scotintegration.reports import Report

__all__ = ["Partnership"]


def _councils(value: Iterable[LocalAuthority]) -> tuple[LocalAuthority, ...]:
    return tuple(sorted(value, key=lambda body: body.id))


def _leads(value: Iterable[LeadAgency]) -> tuple[LeadAgency, ...]:
    return tuple(sorted(value, key=lambda body: body.id))


def _posts(value: Iterable[Post] | Unknown) -> Listing[Post]:
    return Listing.of(value).sorted(_nodes.local_id)


def _members(value: Iterable[Member] | Unknown) -> Listing[Member]:
    return Listing.of(value).sorted(_nodes.local_id)


def _chairs(value: Iterable[ChairPeriod] | Unknown) -> Listing[ChairPeriod]:
    return Listing.of(value).sorted(_nodes.local_id)


def _budgets(value: Iterable[Budget] | Unknown) -> Listing[Budget]:
    return Listing.of(value).sorted(_nodes.local_id)


def _plans(value: Iterable[StrategicPlan] | Unknown) -> Listing[StrategicPlan]:
    return Listing.of(value).sorted(_nodes.local_id)


def _localities(value: Iterable[Locality] | Unknown) -> Listing[Locality]:
    return Listing.of(value).sorted(_nodes.local_id)


def _reports(value: Iterable[PerformanceReport] | Unknown) -> Listing[PerformanceReport]:
    return Listing.of(value).sorted(_nodes.local_id)


def _meetings(value: Iterable[Meeting] | Unknown) -> Listing[Meeting]:
    return Listing.of(value).sorted(_nodes.local_id)


def _committees(value: Iterable[Committee] | Unknown) -> Listing[Committee]:
    return Listing.of(value).sorted(_nodes.local_id)


def _evidence(value: Iterable[Evidence] | Unknown) -> Listing[Evidence]:
    return Listing.of(value).sorted(_nodes.local_id)


def _lines(value: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(value, key=lambda line: line.order))


def _law_as_at(value: date | str | None) -> date | None:
    return None if value is None else to_day(value)


@attrs.frozen(kw_only=True)
class Partnership:
    """
    A council or councils and a Health Board that integrate, with all that their scheme binds together.

    Edits return new values (:meth:`evolve`, :meth:`at`); nothing changes in place.

    Attributes:
        id: The integration authority's current code; equal to ``ijb.id`` where there is a board.
        name: The name of its area.
        as_at: The day that governs every question.
        health_board: The Health Board.
        local_authorities: The councils, in order of id.
        ijb: The integration joint board; None under models b, c and d.
        lead_agencies: The lead agency roles; none under model a.
        monitoring_committee: The integration joint monitoring committee; None where there is none.
        scheme: The integration scheme.
        posts: Chief officer, chief finance officer and chief social work officers.
        members: Memberships of the board or committee, past, present and to come.
        chairs: Appointing periods of chairs and vice-chairs.
        budgets: A budget a financial year.
        plans: Strategic plans.
        localities: Localities of the area.
        planning_group: The strategic planning group; None where there is none.
        reports: Annual performance reports.
        meetings: Meetings of the board or committee.
        standing_orders: Its standing orders; None where there are none.
        committees: Its committees.
        directions: The register of directions.
        exempt_functions: Ids of functions for which Ministers ordered that no direction need be given.
        evidence: Records of duties kept.
        lines: Lines somebody asserted beyond those that the values imply.
        law_as_at: The day of the law, where it is not *as_at*. Never counts in equality.
        source: Where each fact comes from, per field.

    Raises:
        TypeError: If a field has the wrong type.
        ValueError: If an id is malformed.
        DuplicateError: If two values share an id.
        NotFoundError: If a value speaks of a body that is not here.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1, 9, 15, 26, 27(6) and 29.

    >>> p = Partnership.between(HealthBoard("toy-nhs", name="NHS Toytown"),
    ...                         LocalAuthority("toy-council", name="Toytown Council"), model="a", as_at="2026-11-22")
    >>> p.chief_officer.vacant, Partnership.from_graph(p.graph()) == p
    (True, True)

    .. versionadded:: 0.1.0
    """

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
    plans: Listing[StrategicPlan] = attrs.field(default=NONE, converter=_plans, validator=each(StrategicPlan))
    localities: Listing[Locality] = attrs.field(default=NONE, converter=_localities, validator=each(Locality))
    planning_group: StrategicPlanningGroup | None | Unknown = attrs.field(
        default=None, validator=maybe(StrategicPlanningGroup)
    )
    reports: Listing[PerformanceReport] = attrs.field(
        default=NONE, converter=_reports, validator=each(PerformanceReport)
    )
    meetings: Listing[Meeting] = attrs.field(default=NONE, converter=_meetings, validator=each(Meeting))
    standing_orders: StandingOrders | None | Unknown = attrs.field(default=None, validator=maybe(StandingOrders))
    committees: Listing[Committee] = attrs.field(default=NONE, converter=_committees, validator=each(Committee))
    directions: DirectionsRegister = attrs.field(
        default=attrs.Factory(lambda self: DirectionsRegister(self.id), takes_self=True),
        validator=one_of(DirectionsRegister),
    )
    exempt_functions: Listing[str] = attrs.field(default=NONE, converter=to_ids)
    evidence: Listing[Evidence] = attrs.field(default=NONE, converter=_evidence, validator=each(Evidence))
    lines: tuple[Line, ...] = attrs.field(default=(), converter=_lines, validator=each(Line))
    law_as_at: date | None = attrs.field(default=None, converter=_law_as_at, eq=False)
    source: Source = attrs.field(default=NO_SOURCE, converter=to_source, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.ijb is not None and self.ijb.id != self.id:
            raise ValueError(f"Partnership.id must equal the id of its board, {self.ijb.id!r}, got {self.id!r}")
        seen: set[str] = set()
        for node, _ in _nodes.nodes(self):
            if node in seen:
                raise DuplicateError("value", node, f"the partnership {self.id!r}")
            seen.add(node)
        for value, field in [
            *((post, "body") for post in self.posts.items),
            *((member, "board") for member in self.members.items),
            *((chair, "board") for chair in self.chairs.items),
        ]:
            if getattr(value, field) not in seen:
                known = tuple(body.id for body in self.bodies)
                raise NotFoundError.among("body", getattr(value, field), known)

    # -- building ------------------------------------------------------------------------------------------------

    @classmethod
    def between(
        cls, health_board: HealthBoard, *local_authorities: LocalAuthority, model: Model | str, as_at: date | str
    ) -> Partnership:
        """
        Found a partnership with nothing yet but its bodies, an unfinished scheme and its vacant posts.

        Args:
            health_board: The Health Board.
            local_authorities: One council or, for a joint scheme, several.
            model: The letter of the model, ``"a"`` to ``"d"``.
            as_at: The day that governs every question.

        Returns:
            A partnership that is not yet lawful.

        Raises:
            ValueError: If there is no council, or *model* is not one of the four.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1(4), 2(3) and (4), 9 and 15.

        .. versionadded:: 0.1.0
        """
        if not local_authorities:
            raise ValueError("a partnership needs a council, got none")
        first = min(local_authorities, key=lambda body: body.id)
        letter = Model(model)
        scheme = IntegrationScheme(
            models=letter,
            basis="s.2(4)" if len(local_authorities) > 1 else "s.2(3)",
            health_board=health_board.id,
            local_authorities=[body.id for body in local_authorities],
        )
        area = " and ".join(body.name.removesuffix(" Council") for body in sorted(local_authorities, key=str))
        social_work = [
            ChiefSocialWorkOfficer(f"chief-social-work-officer-{body.id}", body=body.id) for body in local_authorities
        ]
        if not letter.is_lead_agency:
            board = f"{first.id}-ijb"
            return cls(
                id=board,
                name=area,
                as_at=as_at,
                health_board=health_board,
                local_authorities=local_authorities,
                ijb=IJB(board, name=f"{area} Integration Joint Board", order=None, established_on=None, seats=()),
                scheme=scheme,
                posts=[
                    ChiefOfficer("chief-officer", body=board, answers_to=()),
                    ChiefFinanceOfficer("chief-finance-officer", body=board, answers_to=()),
                    *social_work,
                ],
            )
        leads: dict[str, tuple[HealthBoard | LocalAuthority, ...]] = {
            "b": (health_board,),
            "c": (first,),
            "d": (health_board, first),
        }
        return cls(
            id=f"{first.id}-authority",
            name=area,
            as_at=as_at,
            health_board=health_board,
            local_authorities=local_authorities,
            lead_agencies=[
                LeadAgency(f"{body.id}-lead", name=f"{body.name} as lead agency", body=body.id)
                for body in leads[letter.value]
            ],
            scheme=scheme,
            posts=social_work,
        )

    def evolve(self, **changes: object) -> Partnership:
        """
        Give a copy with some fields changed.

        Args:
            changes: New values by field.

        Returns:
            A new partnership; this one is left as it is.

        Raises:
            TypeError: If a field is not one of a partnership's.

        Source: our choice. Values never change in place.

        .. versionadded:: 0.1.0
        """
        known = [a.name for a in attrs.fields(Partnership)]
        for name in changes:
            if name not in known:
                raise NotFoundError.among("field of a Partnership", name, tuple(known))
        return attrs.evolve(self, **changes)  # type: ignore[arg-type]

    def at(self, as_at: date | str, *, law_as_at: date | str | None = None) -> Partnership:
        """
        Give the same partnership asked about another day.

        Args:
            as_at: The day that governs facts, and law unless *law_as_at* is given.
            law_as_at: The day of the law.

        Returns:
            A new partnership.

        Source: our choice. One date governs everything; another day for the law has to be asked for.

        .. versionadded:: 0.1.0
        """
        return attrs.evolve(self, as_at=as_at, law_as_at=law_as_at)

    # -- bodies, officers, members -------------------------------------------------------------------------------

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

    @property
    def law(self) -> Law:
        """The law of *law_as_at*, by default of *as_at*."""
        return Law(self.law_as_at or self.as_at)

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

    def _post(self, kind: type[Post], body: str) -> BoundPost | None | Unknown:
        for post in self.posts.items:
            if isinstance(post, kind) and post.body == body:
                return BoundPost(post, self)
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

    @property
    def board(self) -> IJB | MonitoringCommittee | None:
        """The integration joint board or, under a lead agency, the monitoring committee."""
        return self.ijb if self.ijb is not None else self.monitoring_committee

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
        return self.members.where(lambda member: member.start is UNKNOWN or member.serves(on))

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
            The period; None where nobody holds the office, UNKNOWN where the record does not tell.

        Source:
            SSI 2014/285, arts. 4 and 6; SSI 2014/281, art. 6.

        .. versionadded:: 0.1.0
        """
        sought = Office(office)
        serving = self.chairs.where(lambda one: one.office is sought and one.serves(on))
        if serving.items:
            return serving.items[-1]
        return None if serving.complete else UNKNOWN

    # -- functions, money, directions ----------------------------------------------------------------------------

    @cached_property
    def functions(self) -> Listing[DelegatedFunction]:
        """The functions delegated on the day that governs."""
        return self.scheme.functions.where(lambda function: function.is_delegated(self.as_at))

    def authority_for(self, function: str) -> str:
        """
        Give the integration authority that a function was delegated to.

        Args:
            function: Id of the function, or of money for all functions together.

        Returns:
            Id of the board, or of the council or Health Board that received it.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 59.

        .. versionadded:: 0.1.0
        """
        if self.ijb is not None:
            return self.ijb.id
        for one in self.scheme.functions.items:
            if one.id == function:
                return one.delegate
        return self.lead_agencies[0].body if self.lead_agencies else self.health_board.id

    @cached_property
    def register(self) -> DirectionsRegister:
        """The register of directions, bound to whom and what this partnership may direct."""
        provision = "asp 2014/9 s.26(1)" if self.ijb is not None else "asp 2014/9 s.26(2)"
        scope = Scope(
            recipients=tuple(body.id for body in self.parties),
            functions=self.functions.map(lambda function: function.id),
            provision=cite(provision),
        )
        return attrs.evolve(self.directions, scope=scope)

    def budget(self, year: FinancialYear | date | str) -> Budget:
        """
        Give the budget of a financial year.

        Args:
            year: The year, such as ``"2026/27"``.

        Returns:
            The budget.

        Raises:
            UnknownFactError: If it was not recorded and budgets are known only in part.
            NotFoundError: If there is none.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 14.

        .. versionadded:: 0.1.0
        """
        sought = FinancialYear.of(year)
        for budget in self.budgets.items:
            if budget.year == sought:
                return budget
        if not self.budgets.complete:
            raise UnknownFactError(f"the budget of {sought}")
        raise NotFoundError.among("budget", str(sought), tuple(str(one.year) for one in self.budgets.items))

    def money(self, year: FinancialYear | date | str) -> Flows:
        """
        Follow the money of a financial year.

        Args:
            year: The year, such as ``"2026/27"``.

        Returns:
            What came in, what was set aside, what was directed and what was kept.

        Raises:
            UnknownFactError: If the budget of the year was not recorded.
            NotFoundError: If there is no such budget.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 14, 18, 19, 27 and 28.

        .. versionadded:: 0.1.0
        """
        return Flows(partnership=self, budget=self.budget(year))

    # -- the graph -----------------------------------------------------------------------------------------------

    @cached_property
    def all_lines(self) -> tuple[Line, ...]:
        """Every line of every date, derived and asserted, in order."""
        return _lines((*derive(self), *self.lines))

    def node_id(self, value: object) -> str:
        """
        Give the id of the node at which a value of this partnership stands.

        Args:
            value: A body, post, member, function, plan or other value of it.

        Returns:
            The id of a body, or the partnership's id with the path of a local value.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return _nodes.node_id(self, value)

    @cached_property
    def _graph(self) -> nx.MultiDiGraph[str]:
        fields = {name: getattr(self, name) for name in ("id", "name", "as_at", "law_as_at", "exempt_functions")}
        incomplete = tuple(field for field in _nodes.LISTINGS if not getattr(self, field).complete)
        unknown = tuple(field for field in _nodes.SINGLES.values() if getattr(self, field) is UNKNOWN)
        return assemble(
            _nodes.nodes(self),
            self.all_lines,
            outside=lambda node: OtherBody(node, name=node, role="outside this partnership"),
            **fields,
            incomplete=incomplete,
            unknown=unknown,
            source=self.source,
        )

    def graph(self, *, layer: Layer | str | None = None, as_at: date | str | None = None) -> nx.MultiDiGraph[str]:
        """
        Give the partnership as a read-only networkx graph.

        Args:
            layer: Only the lines of one layer, with the bodies and the nodes that they join.
            as_at: Only the lines that hold on a day.

        Returns:
            A frozen graph; each node holds its value under ``"value"``, each edge its line under ``"line"``. The
            whole graph can be turned back by :meth:`from_graph`, a view of it cannot.

        Raises:
            ValueError: If there is no such layer.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        if layer is None and as_at is None:
            return self._graph
        return view(self.bodies, self._graph, layer=layer, as_at=as_at)

    @classmethod
    def from_graph(cls, graph: nx.MultiDiGraph[str]) -> Partnership:
        """
        Turn the graph of a partnership back into the partnership.

        Args:
            graph: What :meth:`graph` gave, whole, or an edited copy of it.

        Returns:
            The partnership.

        Raises:
            GraphError: If it is only a view, or a derived line was altered, or a node holds no value.

        Source: our choice. Derived lines are worked out again, never read back.

        .. versionadded:: 0.1.0
        """
        if graph.graph.get("is_view") or "as_at" not in graph.graph:
            raise GraphError("the graph", "it is a view of one, or not a partnership's", "the whole of p.graph()")
        given = graph.graph
        fields = _nodes.gather(graph)
        fields.update({name: UNKNOWN for name in given["unknown"]})
        for name in ("id", "name", "as_at", "law_as_at", "exempt_functions", "source"):
            fields[name] = given[name]
        bare = cls(**fields)  # type: ignore[arg-type]
        expected = {(line.from_id, line.to_id, line.id): line for line in bare.all_lines}
        found: dict[tuple[str, str, str], object] = {
            (one, other, key): data.get("line") for one, other, key, data in graph.edges(keys=True, data=True)
        }
        asserted = [
            line
            for key, line in found.items()
            if key not in expected and isinstance(line, Line) and line.basis is LineBasis.ASSERTED
        ]
        rebuilt = attrs.evolve(bare, lines=asserted)
        expected.update({(line.from_id, line.to_id, line.id): line for line in asserted})
        for key in sorted(expected.keys() | found.keys()):
            if expected.get(key) != found.get(key):
                where = f"line {key[2]!r} from {key[0]!r} to {key[1]!r}"
                raise GraphError(where, f"it is {found.get(key)!r}", f"{expected.get(key)!r}, as the values imply")
        return rebuilt

    def accountability(self) -> Accountability:
        """
        Ask who answers to whom.

        Returns:
            Questions bound to the accountability layer of the day that governs.

        Source:
            The provision of each line.

        .. versionadded:: 0.1.0
        """
        return Accountability(self.graph(layer=Layer.ACCOUNTABILITY, as_at=self.as_at))

    # -- rules ---------------------------------------------------------------------------------------------------

    def check(self, topic: str | None = None, **options: object) -> Report:
        """
        Check the rules of governance; see :func:`scotintegration.rules.check` for the options.

        Args:
            topic: Only rules of one topic, such as ``"membership"``.
            options: ``only=``, ``as_at=``, ``law_as_at=``, ``rules=``, ``waivers=``.

        Returns:
            A report.

        Raises:
            ValueError: If an option is not one that checking takes.

        Source:
            The provision of each rule.

        .. versionadded:: 0.1.0
        """
        from scotintegration.rules import check

        return check(self, topic, **options)  # type: ignore[arg-type]
