"""Many partnerships and the bodies they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from scotintegration._cards import network_card
from scotintegration._fields import a_text, by, each, named, one_of, to_day
from scotintegration.accountability import Accountability
from scotintegration.bodies import Body, HealthBoard, LocalAuthority
from scotintegration.errors import DuplicateError, NotFoundError
from scotintegration.graphs import assemble, view
from scotintegration.lines import Layer, Line
from scotintegration.partnership import Partnership, _nodes
from scotintegration.plans import outcomes
from scotintegration.tables import Table

if TYPE_CHECKING:
    from os import PathLike

    import networkx as nx

    from scotintegration.reports import NetworkReport

__all__ = ["Network"]


def _partnerships(value: Iterable[Partnership]) -> tuple[Partnership, ...]:
    return tuple(sorted(value, key=by("id")))


def _same(area: str) -> str:
    return " ".join(area.casefold().replace("&", "and").replace("-", " ").split())


@attrs.frozen(kw_only=True, repr=False, field_transformer=named)
class Network:
    """
    Partnerships and the Health Boards and councils they share, as at one day.

    Attributes:
        name: What the network is called.
        as_at: The day that governs every question.
        partnerships: The partnerships, in order of id; those of another day are asked about this one.
        aliases: Other names of an area, to the id of its partnership; those of areas not here are passed over.

    Raises:
        TypeError: If a field has the wrong type.
        DuplicateError: If two partnerships share an id, or two values of one body differ.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1 and 2.

    >>> p = Partnership.between(HealthBoard("toy-nhs", name="NHS Toytown"),
    ...                         LocalAuthority("toy-council", name="Toytown Council"), model="a", as_at="2026-11-22")
    >>> Network(name="Toyland", as_at="2026-11-22", partnerships=[p])["toytown"].name
    'Toytown'

    .. versionadded:: 0.1.0
    """

    name: str = attrs.field(validator=a_text)
    as_at: date = attrs.field(converter=to_day)
    partnerships: tuple[Partnership, ...] = attrs.field(converter=_partnerships, validator=each(Partnership))
    aliases: Mapping[str, str] = attrs.field(factory=dict, validator=one_of(Mapping), eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        moved = tuple(p if p.as_at == self.as_at else p.at(self.as_at) for p in self.partnerships)
        object.__setattr__(self, "partnerships", moved)
        seen: dict[str, object] = {}
        for p in self.partnerships:
            if p.id in seen:
                raise DuplicateError("partnership", p.id, self.name)
            seen[p.id] = p
        for body_id, values in self._shared.items():
            if any(value != values[0] for value in values):
                raise DuplicateError("body", body_id, f"{self.name}, with different facts")

    @cached_property
    def _shared(self) -> dict[str, list[Body]]:
        found: dict[str, list[Body]] = {}
        for p in self.partnerships:
            for body in p.bodies:
                found.setdefault(body.id, []).append(body)
        return found

    @property
    def kind(self) -> str:
        """The name of the class."""
        return "Network"

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Every body once, in order of id."""
        return tuple(values[0] for _, values in sorted(self._shared.items()))

    @property
    def health_boards(self) -> tuple[HealthBoard, ...]:
        """The Health Boards, in order of id."""
        return tuple(body for body in self.bodies if isinstance(body, HealthBoard))

    @property
    def local_authorities(self) -> tuple[LocalAuthority, ...]:
        """The councils, in order of id."""
        return tuple(body for body in self.bodies if isinstance(body, LocalAuthority))

    @property
    def integration_authorities(self) -> tuple[str, ...]:
        """Ids of the integration authorities: one a partnership, in order."""
        return tuple(p.id for p in self.partnerships)

    def __iter__(self) -> Iterator[Partnership]:
        return iter(self.partnerships)

    def __len__(self) -> int:
        return len(self.partnerships)

    @cached_property
    def _index(self) -> dict[str, tuple[Partnership, ...]]:
        """Every name of an area, with the partnerships it may mean; a name of its own comes before an alias."""
        index = {_same(alias): (self._by_id[id],) for alias, id in self.aliases.items() if id in self._by_id}
        own: dict[str, tuple[Partnership, ...]] = {}
        for p in self.partnerships:
            for name in sorted({_same(name) for name in (p.id, p.name, *(body.id for body in p.local_authorities))}):
                own[name] = (*own.get(name, ()), p)
        return {**index, **own}

    @cached_property
    def _by_id(self) -> dict[str, Partnership]:
        return {p.id: p for p in self.partnerships}

    def __getitem__(self, area: str) -> Partnership:
        """
        Give a partnership by its name, its code or the name of its area.

        Raises:
            TypeError: If *area* is not text.
            NotFoundError: If there is none, with suggestions; or several begin with the name.
            ValueError: If several have the name.
        """
        if not isinstance(area, str):
            raise TypeError(f"an area is named by a str, got {area!r}")
        sought = _same(area)
        found = self._index.get(sought, ())
        if not found:
            near = {p.id: p for name, ps in self._index.items() if name.startswith(f"{sought} ") for p in ps}
            found = tuple(near.values()) if len(near) == 1 else ()
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f"{area!r} names {', '.join(repr(p.id) for p in found)}; expected the id of one")
        raise NotFoundError.among("area", area, tuple(p.name for p in self.partnerships))

    def at(self, as_at: date | str, *, law_as_at: date | str | None = None) -> Network:
        """
        Give the same network asked about another day.

        Args:
            as_at: The day that governs facts, and law unless *law_as_at* is given.
            law_as_at: The day of the law.

        Returns:
            A new network.

        Source: our choice. One date governs everything.

        .. versionadded:: 0.1.0
        """
        moved = [p.at(as_at, law_as_at=law_as_at) for p in self.partnerships]
        return attrs.evolve(self, as_at=as_at, partnerships=moved)

    @cached_property
    def all_lines(self) -> tuple[Line, ...]:
        """Every line of every partnership once, in order."""
        found = {(line.from_id, line.to_id, line.id): line for p in self.partnerships for line in p.all_lines}
        return tuple(found[key] for key in sorted(found))

    @cached_property
    def _graph(self) -> nx.MultiDiGraph[str]:
        nodes: dict[str, object] = {body.id: body for body in self.bodies}
        nodes.update((outcome.id, outcome) for outcome in outcomes())
        for p in self.partnerships:
            nodes.update(_nodes.nodes(p))
        return assemble(
            nodes.items(), self.all_lines, outside=_nodes.outside, is_view=True, name=self.name, as_at=self.as_at
        )

    def graph(self, *, layer: Layer | str | None = None, as_at: date | str | None = None) -> nx.MultiDiGraph[str]:
        """
        Give the network as one read-only networkx graph.

        Args:
            layer: Only the lines of one layer, with the bodies and the nodes that they join.
            as_at: Only the lines that hold on a day.

        Returns:
            A frozen graph; each node holds its value under ``"value"``, each edge its line under ``"line"``.

        Raises:
            ValueError: If there is no such layer.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        if layer is None and as_at is None:
            return self._graph
        return view(self.bodies, self._graph, layer=layer, as_at=as_at)

    def accountability(self) -> Accountability:
        """
        Ask who answers to whom across the network.

        Returns:
            Questions bound to the accountability layer of the day that governs.

        Source:
            The provision of each line.

        .. versionadded:: 0.1.0
        """
        return Accountability(self.graph(layer=Layer.ACCOUNTABILITY, as_at=self.as_at))

    def check(self, topic: str | None = None, **options: object) -> NetworkReport:
        """
        Check the rules of governance in every partnership; see :func:`scotintegration.rules.check`.

        Args:
            topic: Only rules of one topic, such as ``"membership"``.
            options: ``only=``, ``as_at=``, ``law_as_at=``, ``rules=``, ``waivers=``.

        Returns:
            One report a partnership, together.

        Raises:
            ValueError: If an option is not one that checking takes.

        Source:
            The provision of each rule.

        .. versionadded:: 0.1.0
        """
        from scotintegration.rules import check_network

        return check_network(self, topic, **options)  # type: ignore[arg-type]

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
    def load(cls, path: str | PathLike[str]) -> Network:
        """
        Read a network from a JSON file; see :func:`scotintegration.interchange.load`.

        Args:
            path: The file.

        Returns:
            The network.

        Raises:
            LoadError: If anything is wrong with the file, with every fault.
            OSError: If the file cannot be opened.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        from scotintegration.interchange import load

        return load(path, kind=Network)

    # -- faces ---------------------------------------------------------------------------------------------------

    def to_table(self) -> Table:
        """
        Sum it up on one page: what is known, and what is not.

        Returns:
            One row a fact, as at the day that governs.

        Source: our choice.

        .. versionadded:: 0.1.0
        """
        return network_card(self)

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
        return f"<Network {self.name!r}, {len(self)} partnerships, as at {self.as_at.isoformat()}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()
