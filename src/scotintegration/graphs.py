"""Frozen networkx graphs: views that no reader can change, down to their attributes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

from scotintegration.dates import day
from scotintegration.errors import FrozenError, GraphError

if TYPE_CHECKING:
    import networkx as nx

    from scotintegration.bodies import Body
    from scotintegration.lines import Layer, Line

__all__ = ["FrozenAttributes", "assemble", "view"]


class FrozenAttributes(dict[str, object]):
    """
    Attributes of a frozen graph, node or edge; a copy of them is a plain dict.

    Raises:
        FrozenError: If anything would change them.

    Source: our choice. Freezing a networkx graph leaves its attributes open.

    >>> FrozenAttributes(value=1).copy()
    {'value': 1}

    .. versionadded:: 0.1.0
    """

    def _refuse(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise FrozenError("the attributes of a frozen graph")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def copy(self) -> dict[str, object]:
        """Give a plain dict of the same attributes."""
        return dict(self)

    __copy__ = copy

    def __deepcopy__(self, memo: dict[int, object]) -> dict[str, object]:
        return deepcopy(dict(self), memo)

    def __reduce__(self) -> tuple[type[FrozenAttributes], tuple[dict[str, object]]]:
        return FrozenAttributes, (dict(self),)


def assemble(
    nodes: Iterable[tuple[str, object]],
    lines: Iterable[Line],
    *,
    outside: Callable[[str], object],
    **attributes: object,
) -> nx.MultiDiGraph[str]:
    """
    Build a frozen graph from values and lines.

    Args:
        nodes: Ids and the values they hold.
        lines: The lines; each is an edge whose key is its id.
        outside: What to hold at a node that only a line names.
        attributes: Attributes of the graph itself.

    Returns:
        A frozen graph, nodes and lines in the order given.

    Raises:
        GraphError: If two lines between the same nodes share an id.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    inner: Any = graph  # attributes are frozen as they are put in: to freeze a graph afterwards takes twice the time
    held, after, before = inner._node, inner._succ, inner._pred
    for node, value in nodes:
        held[node], after[node], before[node] = FrozenAttributes(value=value), {}, {}
    for line in lines:
        start, end, key = line.from_id, line.to_id, line.id
        for node in (start, end):
            if node not in held:
                held[node], after[node], before[node] = FrozenAttributes(value=outside(node)), {}, {}
        keyed = after[start].get(end)
        if keyed is None:
            keyed = after[start][end] = before[end][start] = {}
        elif key in keyed:
            raise GraphError(f"line {start!r} to {end!r}", f"two lines have the id {key!r}", "an id of its own")
        keyed[key] = FrozenAttributes(line=line)
    inner.graph = FrozenAttributes(attributes)
    nx.freeze(graph)
    return graph


def view(
    bodies: Iterable[Body], graph: nx.MultiDiGraph[str], *, layer: Layer | str | None, as_at: date | str | None
) -> nx.MultiDiGraph[str]:
    """
    Give a frozen part of a graph: the lines of a layer, or of a day, with every body.

    Args:
        bodies: Bodies to keep whether or not a line joins them.
        graph: The whole.
        layer: The layer to keep; None for all.
        as_at: The day on which a line must hold; None for all days.

    Returns:
        A frozen graph that says of itself that it is a view.

    Raises:
        ValueError: If there is no such layer.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    from scotintegration.lines import Layer

    kind = None if layer is None else Layer(layer)
    when = None if as_at is None else day(as_at)
    lines = [
        data["line"]
        for _, _, data in graph.edges(data=True)
        if (kind is None or data["line"].kind is kind) and (when is None or when in data["line"].days)
    ]
    joined = {end for line in lines for end in (line.from_id, line.to_id)} | {body.id for body in bodies}
    nodes = [(node, data["value"]) for node, data in graph.nodes(data=True) if node in joined]
    return assemble(nodes, lines, outside=str, is_view=True, layer=kind, as_at=when)
