"""Who answers to whom, for what, under which law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from scotintegration._shown import Shown
from scotintegration.bodies import ELECTORATE, MINISTERS, Body
from scotintegration.citations import Citation
from scotintegration.errors import NotFoundError
from scotintegration.lines import Line
from scotintegration.officers import Holder, Post
from scotintegration.tables import Table
from scotintegration.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    import networkx as nx

    from scotintegration.partnership import Partnership

__all__ = ["Accountability", "BoundLine", "BoundPost"]


@attrs.frozen
class BoundLine(Shown):
    """
    A line together with the values at its two ends.

    Attributes:
        line: The line.
        answers: The value that answers.
        to: The value it answers to.

    Source:
        The citation of the line.

    .. versionadded:: 0.1.0
    """

    line: Line
    answers: Body | Post
    to: Body | Post

    @property
    def citation(self) -> Citation:
        """The provision the line rests on."""
        return self.line.citation

    @property
    def about(self) -> str:
        """For what it answers."""
        return self.line.about

    @property
    def _names(self) -> tuple[str, str]:
        """The names of both ends; the id of a value that has no name, as a line somebody asserted may join."""
        line = self.line
        return str(getattr(self.answers, "name", line.from_id)), str(getattr(self.to, "name", line.to_id))

    def __str__(self) -> str:
        answers, to = self._names
        return f"{answers} answers to {to} for {self.about} [{self.citation.printed}]"


@attrs.frozen
class BoundPost(Shown):
    """
    A post together with the partnership it belongs to.

    Attributes:
        post: The post.

    Source:
        Public Bodies (Joint Working) (Scotland) Act 2014, s. 10; Local Government (Scotland) Act 1973, s. 95;
        Social Work (Scotland) Act 1968, s. 3.

    .. versionadded:: 0.1.0
    """

    post: Post
    _partnership: Partnership = attrs.field(repr=False)

    @property
    def kind(self) -> str:
        """The name of the class of the post."""
        return self.post.kind

    @property
    def holder(self) -> Holder | None | Unknown:
        """Whoever is in post on the day that governs; None for a vacancy."""
        return self.post.holder(self._partnership.as_at)

    @property
    def vacant(self) -> bool:
        """
        Whether nobody is in post.

        Raises:
            UnknownFactError: If the record does not tell.
        """
        holder = self.holder
        return bool(holder is None) if holder is not UNKNOWN else bool(UNKNOWN)

    def accountable_to(self) -> tuple[BoundLine, ...]:
        """
        List the lines along which the post answers.

        Returns:
            One line a body and subject, in order of body.

        Source:
            The citation of each line.

        .. versionadded:: 0.1.0
        """
        return self._partnership.accountability().lines_from(self._partnership.node_id(self.post))


@attrs.frozen(repr=False)
class Accountability(Shown):
    """
    Questions about the accountability layer of a partnership or a network.

    Attributes:
        graph: The layer, read-only.

    Source:
        The citation of each line.

    .. versionadded:: 0.1.0
    """

    graph: nx.MultiDiGraph[str] = attrs.field(repr=False)

    def _known(self, node: str) -> None:
        if node not in self.graph:
            raise NotFoundError.among("node of the accountability layer", node, tuple(self.graph))

    def _bound(self, line: Line) -> BoundLine:
        nodes = self.graph.nodes
        return BoundLine(line, nodes[line.from_id]["value"], nodes[line.to_id]["value"])

    def lines_from(self, node: str) -> tuple[BoundLine, ...]:
        """
        List the lines along which a node answers.

        Args:
            node: Id of a body or a post.

        Returns:
            Lines in order of whom they lead to.

        Raises:
            NotFoundError: If the node is not on the layer.

        Source:
            The citation of each line.

        .. versionadded:: 0.1.0
        """
        self._known(node)
        found = [data["line"] for _, _, data in self.graph.out_edges(node, data=True)]
        return tuple(self._bound(line) for line in sorted(found, key=lambda line: line.order))

    def lines_to(self, node: str) -> tuple[BoundLine, ...]:
        """
        List the lines along which others answer to a node.

        Args:
            node: Id of a body or a post.

        Returns:
            Lines in order of who answers.

        Raises:
            NotFoundError: If the node is not on the layer.

        Source:
            The citation of each line.

        .. versionadded:: 0.1.0
        """
        self._known(node)
        found = [data["line"] for _, _, data in self.graph.in_edges(node, data=True)]
        return tuple(self._bound(line) for line in sorted(found, key=lambda line: line.order))

    def paths(self, node: str, to: str = MINISTERS.id) -> tuple[tuple[BoundLine, ...], ...]:
        """
        Find every path along which a node answers to another.

        Args:
            node: Id of a body or a post.
            to: Id of whom the path leads to; the Scottish Ministers by default.

        Returns:
            Paths, shortest first, each a sequence of lines and none passing a node twice.

        Raises:
            NotFoundError: If a node is not on the layer.

        Source:
            The citation of each line.

        .. versionadded:: 0.1.0
        """
        import networkx as nx

        self._known(node)
        self._known(to)
        found: list[list[Any]] = [] if node == to else list(nx.all_simple_edge_paths(self.graph, node, to))
        paths = [tuple(self._bound(self.graph.edges[edge]["line"]) for edge in path) for path in found]
        return tuple(sorted(paths, key=lambda path: (len(path), [bound.line.order for bound in path])))

    def orphans(self) -> tuple[str, ...]:
        """
        List the bodies and posts from which no path leads to Ministers or to the electorate.

        Returns:
            Ids in order; bodies that only look over others are left out.

        Source: our choice. A path may use any line of the layer.

        .. versionadded:: 0.1.0
        """
        before, nodes = self.graph.predecessors, self.graph.nodes
        ahead = [top for top in (MINISTERS.id, ELECTORATE.id) if top in self.graph]
        heard = set(ahead)
        while ahead:  # networkx walks back from one node at a time
            answering = [node for node in before(ahead.pop()) if node not in heard]
            heard.update(answering)
            ahead += answering
        unheard = [node for node in self.graph if node not in heard]
        return tuple(sorted(node for node in unheard if getattr(nodes[node]["value"], "kind", "") != "OtherBody"))

    def loops(self) -> tuple[tuple[str, ...], ...]:
        """
        Find the groups of nodes that answer to one another in a circle.

        Returns:
            Groups of ids, each in order, and the groups in order.

        Source: our choice. Nobody can be accountable by way of answering to itself.

        .. versionadded:: 0.1.0
        """
        import networkx as nx

        groups = [
            tuple(sorted(group))
            for group in nx.strongly_connected_components(self.graph)
            if len(group) > 1 or any(node in self.graph.successors(node) for node in group)
        ]
        return tuple(sorted(groups))

    def to_table(self) -> Table:
        """
        Give every line of the layer as a table.

        Returns:
            One row a line: who answers, to whom, for what, and the provision.

        Source:
            The citation of each line.

        .. versionadded:: 0.1.0
        """
        found = [self._bound(data["line"]) for _, _, data in self.graph.edges(data=True)]
        rows = [(*one._names, one.about, one.citation.printed) for one in sorted(found, key=lambda one: one.line.order)]
        return Table("Who answers to whom", ("who answers", "to whom", "for what", "provision"), rows)

    def __str__(self) -> str:
        return self.to_table().to_text()

    def __repr__(self) -> str:
        return f"<Accountability, {self.graph.number_of_nodes()} nodes, {self.graph.number_of_edges()} lines>"
