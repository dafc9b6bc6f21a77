"""The partnership: everything that one integration scheme binds together, as values on one graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from scotintegration._cards import partnership_card
from scotintegration._fields import named, to_day
from scotintegration.accountability import Accountability
from scotintegration.bodies import (
    HealthBoard,
    LocalAuthority,
)
from scotintegration.budgets import Budget
from scotintegration.citations import cite
from scotintegration.dates import FinancialYear, Interval
from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.flows import Flows
from scotintegration.functions import DelegatedFunction
from scotintegration.graphs import view
from scotintegration.lines import Layer, Line
from scotintegration.partnership import _nodes
from scotintegration.partnership._derived import days_between, derive
from scotintegration.partnership._founding import founded
from scotintegration.partnership._offices import Offices
from scotintegration.registers import DirectionsRegister
from scotintegration.schemes import Model
from scotintegration.scopes import Scope
from scotintegration.set_asides import SetAsideTable
from scotintegration.tables import Table
from scotintegration.unknown import Listing

if TYPE_CHECKING:
    from os import PathLike

    import networkx as nx

    from scotintegration.approvals import Approval, Reference
    from scotintegration.bodies import Body
    from scotintegration.decisions import DecisionRecord
    from scotintegration.directions import Direction
    from scotintegration.drafting import DirectionReport
    from scotintegration.gap_list import GapList
    from scotintegration.law import Parameter
    from scotintegration.reports import Report

__all__ = ["Partnership"]


@attrs.frozen(kw_only=True, repr=False, field_transformer=named)
class Partnership(Offices):
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
        accounts: Annual accounts of the board.
        plans: Strategic plans.
        localities: Localities of the area.
        planning_group: The strategic planning group; None where there is none.
        reports: Annual performance reports.
        statements: Annual financial statements.
        decisions: Decisions judged to affect services much, to users or to a locality.
        recommendations: Recommendations made to the integration authority.
        replacement_directions: Directions of the constituent authorities to replace the strategic plan (s. 38).
        meetings: Meetings of the board or committee.
        standing_orders: Its standing orders; None where there are none.
        committees: Its committees.
        directions: The register of directions.
        service_changes: Changes that councils or the Health Board made to services under delegated functions.
        exempt_functions: Ids of functions for which Ministers ordered that no direction need be given, on every day.
        exemption_orders: Orders of Ministers that no direction need be given, each with its days.
        evidence: Records of duties kept.
        lines: Lines somebody asserted beyond those that the values imply.
        law_as_at: The day of the law, where it is not *as_at*. Never counts in equality.
        parameters: The dated parameters of the law; a reform hands in its own. Never counts in equality.
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
        return cls(**founded(health_board, local_authorities, model, as_at))  # type: ignore[arg-type]

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
        names = [a.name for a in attrs.fields(Partnership)]
        for name in changes:
            if name not in names:
                near = NotFoundError.among("field", name, names).suggestions or names
                raise TypeError(f"a Partnership has no field {name!r}; expected {' or '.join(map(repr, near))}")
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
        moved = copy(self)  # without what was worked out for the other day
        object.__setattr__(moved, "as_at", to_day(as_at))
        object.__setattr__(moved, "law_as_at", None if law_as_at is None else to_day(law_as_at))
        return moved

    def under(self, parameters: Iterable[Parameter]) -> Partnership:
        """
        Give the same partnership asked under other parameters of the law.

        Args:
            parameters: Dated parameters of the law, as those of a reform.

        Returns:
            A new partnership.

        Raises:
            TypeError: If one is no parameter.

        Source: our choice. A reform is asked about as if it were made.

        .. versionadded:: 0.1.0
        """
        return attrs.evolve(self, parameters=parameters)

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
        passed = self.scheme.delegated_on
        timed = isinstance(passed, date) or any(
            one.start is not None or one.until is not None for one in self.scheme.functions.items
        )
        scope = Scope(
            recipients=[body.id for body in self.parties],
            functions=self.functions.map(lambda function: function.id),
            provision=cite(provision),
            delegated=self._days_delegated if timed else None,
            exempt=self._exempt,
            excused=self._excused_days,
            must=self.ijb is not None,
            names={one.id: one.name for one in (*self.bodies, *self.functions.items)},
        )
        return self.directions.within(scope)

    @property
    def _days_delegated(self) -> dict[str, Interval]:
        """The days on which each function is delegated."""
        passed = self.scheme.delegated_on
        return {
            one.id: days_between(passed if one.start is None else one.start, one.until)
            for one in self.scheme.functions.items
        }

    @property
    def _exempt(self) -> Listing[str]:
        """Ids of the functions that are excused on every day, known in part where the record or that of orders is."""
        whole = self.exempt_functions.complete and self.exemption_orders.complete
        return self.exempt_functions if whole else Listing(self.exempt_functions.items, complete=False)

    @property
    def _excused_days(self) -> dict[str, tuple[Interval, ...]]:
        """The days on which orders of Ministers excuse each function."""
        found: dict[str, tuple[Interval, ...]] = {}
        for order in self.exemption_orders.items:
            for function in order.functions.items:
                found[function] = (*found.get(function, ()), order.days)
        return found

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

    def set_aside(self, year: FinancialYear | date | str) -> SetAsideTable:
        """
        List the sums set aside in a financial year, beside what directions specify of them and what was used.

        Args:
            year: The year, such as ``"2026/27"``.

        Returns:
            One row a function, and the total.

        Raises:
            UnknownFactError: If the budget of the year, or its directions, were not recorded.
            NotFoundError: If there is no such budget.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1(3)(d), 14(3), 19(2) and 28.

        .. versionadded:: 0.1.0
        """
        return SetAsideTable(self.money(year))

    # -- the graph -----------------------------------------------------------------------------------------------

    @cached_property
    def all_lines(self) -> tuple[Line, ...]:
        """Every line of every date, derived and asserted, in order."""
        return tuple(sorted((*derive(self), *self.lines), key=lambda line: line.order))

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
        return _nodes.build(self)

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
        return _nodes.rebuild(cls, graph)

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

    # -- faces ---------------------------------------------------------------------------------------------------

    def to_table(self) -> Table:
        """
        Sum it up on one page: what is known, and what is not.

        Returns:
            One row a fact, as at the day that governs.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return partnership_card(self)

    def to_text(self) -> str:
        """
        Give :meth:`to_table` as text.

        Returns:
            Plain text.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return self.to_table().to_text()

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Partnership {self.name!r}, {self.id}, as at {self.as_at.isoformat()}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    # -- files ---------------------------------------------------------------------------------------------------

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
    def load(cls, path: str | PathLike[str]) -> Partnership:
        """
        Read a partnership from a JSON file; see :func:`scotintegration.interchange.load`.

        Args:
            path: The file.

        Returns:
            The partnership.

        Raises:
            LoadError: If anything is wrong with the file, with every fault.
            OSError: If the file cannot be opened.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        from scotintegration.interchange import load

        return load(path, kind=Partnership)

    # -- rules ---------------------------------------------------------------------------------------------------

    def complete(self, *, say: Callable[[str], object] | None = print) -> Partnership:
        """
        Make it lawful by the least that the law asks for, and say what was added and why.

        All that is added or altered is assumed and has still to be made true, what corrects the record of the past
        is said to, and the source of each field that changed names the rules it was changed for.
        :func:`scotintegration.mends.completion` gives the same as a value, change by change and as code.

        Args:
            say: What to tell it to, a text at a time; None to say nothing.

        Returns:
            A partnership that keeps every rule of statute; this one where it does already.

        Raises:
            RuleError: If a rule of statute stays open whatever is changed.

        Source:
            The citations of the rules.

        .. versionadded:: 0.1.0
        """
        from scotintegration.mends import completion

        done = completion(self)
        if say is not None:
            say(done.to_text())
        return done.after

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

    # -- drafting and deciding -----------------------------------------------------------------------------------

    def draft_direction(
        self,
        *,
        given_to: Iterable[Body | str] | Body | str,
        functions: Iterable[DelegatedFunction | str],
        strict: bool = True,
        **fields: object,
    ) -> Direction:
        """
        Draft a direction; see :func:`scotintegration.drafting.draft_direction`.

        Args:
            given_to: The bodies it is given to, or their ids.
            functions: The delegated functions it is for, or their ids.
            strict: Whether to refuse bodies, functions and earlier directions that are not here.
            fields: Other fields of a direction; what is not said stays None, not written yet.

        Returns:
            The draft, which is in no register yet.

        Raises:
            NotFoundError: If *strict* and a body, a function or an earlier direction is not here, with suggestions.
            TypeError: If there is no such field, or a field has the wrong type.
            ValueError: If a field holds what no direction can.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, s. 26.

        .. versionadded:: 0.1.0
        """
        from scotintegration.drafting import draft_direction

        return draft_direction(self, given_to=given_to, functions=functions, strict=strict, **fields)

    def check_direction(self, direction: Reference, **options: object) -> DirectionReport:
        """
        Check one direction, a draft too; see :func:`scotintegration.drafting.check_direction` for the options.

        Args:
            direction: The direction, its reference, or its year and reference.
            options: ``only=``, ``rules=``, ``waivers=``, ``reform=``.

        Returns:
            A report of the findings about it.

        Raises:
            DuplicateError: If another direction of its year has the reference.
            NotFoundError: If there is no such direction, severity or rule.

        Source:
            The provision of each rule.

        .. versionadded:: 0.1.0
        """
        from scotintegration.drafting import check_direction

        return check_direction(self, direction, **options)  # type: ignore[arg-type]

    def decision_record(self, direction: Reference) -> DecisionRecord:
        """
        Write the record of the decision on a direction; see :func:`scotintegration.decisions.decision_record`.

        Args:
            direction: The direction, its reference, or its year and reference.

        Returns:
            What goes on the front of the report and into the minute, with what is still missing.

        Raises:
            DuplicateError: If another direction of its year has the reference.
            NotFoundError: If no direction has the reference.

        Source:
            Statutory guidance on directions, January 2020, not read.

        .. versionadded:: 0.1.0
        """
        from scotintegration.decisions import decision_record

        return decision_record(self, direction)

    def approval(self, direction: Reference) -> Approval:
        """
        Tell whether a meeting approved a direction; see :func:`scotintegration.approvals.approval`.

        Args:
            direction: The direction, its reference, or its year and reference.

        Returns:
            What came of it, by the law of the day of the meeting, with the facts that are missing.

        Raises:
            NotFoundError: If no direction has the reference.

        Source:
            SSI 2014/285, arts. 11 and 18 and sch. para. 3.

        .. versionadded:: 0.1.0
        """
        from scotintegration.approvals import approval

        return approval(self, direction)

    def gap_list(
        self, *, on: date | str | None = None, between: tuple[date | str, date | str] | None = None
    ) -> GapList:
        """
        List what is amiss with the directions; see :func:`scotintegration.gap_list.gap_list`.

        Args:
            on: One day to ask about; by default the day that governs.
            between: The first and the last day to ask about, both asked.

        Returns:
            The functions with no direction, and the directions that fall short.

        Raises:
            ValueError: If both *on* and *between* are given, or the first day is after the last.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 26 to 28.

        .. versionadded:: 0.1.0
        """
        from scotintegration.gap_list import gap_list

        return gap_list(self, on=on, between=between)
