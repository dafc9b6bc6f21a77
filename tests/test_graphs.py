"""Frozen graphs: nothing in them changes, and copies of them are ordinary."""

import copy
import pickle

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import DAYS, FEWER, HEALTH_BOARD, partnerships

from scotintegration.bodies import OtherBody
from scotintegration.errors import FrozenError, GraphError
from scotintegration.graphs import FrozenAttributes, assemble, view
from scotintegration.lines import Layer, Line

LINE = Line(from_id="a", to_id="b", kind="oversight", citation="asp 2014/9 s.52")
CHANGES = {
    "add_node": lambda g: g.add_node("new"),
    "add_nodes_from": lambda g: g.add_nodes_from(["new"]),
    "remove_node": lambda g: g.remove_node(HEALTH_BOARD.id),
    "remove_nodes_from": lambda g: g.remove_nodes_from([HEALTH_BOARD.id]),
    "add_edge": lambda g: g.add_edge(HEALTH_BOARD.id, "electorate", "new"),
    "add_edges_from": lambda g: g.add_edges_from([(HEALTH_BOARD.id, "electorate")]),
    "remove_edge": lambda g: g.remove_edge(HEALTH_BOARD.id, "scottish-ministers"),
    "remove_edges_from": lambda g: g.remove_edges_from([(HEALTH_BOARD.id, "scottish-ministers")]),
    "clear": lambda g: g.clear(),
    "clear_edges": lambda g: g.clear_edges(),
    "update": lambda g: g.update(nodes=["new"]),
    "graph attribute": lambda g: g.graph.__setitem__("name", "new"),
    "graph attributes": lambda g: g.graph.update(name="new"),
    "node attribute": lambda g: g.nodes[HEALTH_BOARD.id].__setitem__("value", "new"),
    "new node attribute": lambda g: g.nodes[HEALTH_BOARD.id].setdefault("new", 1),
    "node attributes": lambda g: nx.set_node_attributes(g, 1, "new"),
    "edge attribute": lambda g: next(iter(g.edges(data=True)))[2].__delitem__("line"),
    "edge attribute by key": lambda g: g.edges[next(iter(g.edges))].clear(),
    "edge attribute from its end": lambda g: next(iter(g.in_edges(data=True)))[2].pop("line"),
    "edge attributes": lambda g: nx.set_edge_attributes(g, 1, "new"),
}
OPENINGS = {
    "copy": lambda g: g.copy(),
    "of itself": lambda g: nx.MultiDiGraph(g),
    "reverse": lambda g: g.reverse().reverse(),
    "subgraph": lambda g: g.subgraph(g.nodes).copy(),
}


def same(one, other):
    """Tell whether two graphs hold the same."""
    return (
        dict(one.nodes(data=True)) == dict(other.nodes(data=True))
        and sorted(one.edges(keys=True), key=str) == sorted(other.edges(keys=True), key=str)
        and all(one.edges[edge] == other.edges[edge] for edge in one.edges)
        and one.graph == other.graph
    )


class TestLaws:
    @FEWER
    @given(partnerships())
    def test_frozen(self, p):
        """Nothing changes a graph: neither nodes nor edges, nor the attributes of graph, nodes or edges."""
        before = p.graph().copy()
        for change in CHANGES.values():
            with pytest.raises((FrozenError, nx.NetworkXError)):
                change(p.graph())
        assert same(before, p.graph())

    @FEWER
    @given(partnerships())
    def test_copies_are_open(self, p):
        """A copy holds the same, and is an ordinary graph that can be changed without changing the first."""
        for name, make in OPENINGS.items():
            opened = make(p.graph())
            assert same(p.graph(), opened), name
            opened.add_node("new", value=1)
            opened.nodes[HEALTH_BOARD.id]["new"] = 1
            opened.edges[next(iter(opened.edges))]["new"] = 1
            opened.graph["new"] = 1
            assert "new" not in p.graph()
            assert "new" not in p.graph().nodes[HEALTH_BOARD.id]
            assert "new" not in p.graph().graph

    @FEWER
    @given(partnerships())
    def test_pickling(self, p):
        """A graph that was pickled holds the same and is as frozen."""
        graph = pickle.loads(pickle.dumps(p.graph()))
        assert same(p.graph(), graph)
        for change in ("add_node", "node attribute", "edge attribute", "graph attribute"):
            with pytest.raises((FrozenError, nx.NetworkXError)):
                CHANGES[change](graph)

    @FEWER
    @given(partnerships())
    def test_reverse(self, p):
        """A graph turned round has every line the other way, and leaves the first as it was."""
        for turned in (p.graph().reverse(), p.graph().reverse(copy=False)):
            assert {(b, a, key) for a, b, key in p.graph().edges(keys=True)} == set(turned.edges(keys=True))
            assert same(p.graph(), turned.reverse())

    @FEWER
    @given(partnerships())
    def test_layers_partition(self, p):
        """Every line is on exactly one layer."""
        edges = [edge for layer in Layer for edge in p.graph(layer=layer).edges(keys=True)]
        assert sorted(p.graph().edges(keys=True)) == sorted(edges)
        assert len(p.all_lines) == len(edges)

    @FEWER
    @given(partnerships(), DAYS)
    def test_day(self, p, on):
        """A view of a day has exactly the lines that hold on it, and every body."""
        graph = p.graph(as_at=on)
        assert {line.order for line in p.all_lines if on in line.days} == set(graph.edges(keys=True))
        assert {body.id for body in p.bodies} <= set(graph.nodes)
        assert (None, on, True) == (graph.graph["layer"], graph.graph["as_at"], graph.graph["is_view"])

    @given(st.sampled_from(Layer), DAYS)
    def test_view_commutes(self, layer, on):
        """A layer of a day is that day of the layer."""
        lines = [
            Line(from_id="a", to_id="b", kind=kind, citation="the scheme", days=days)
            for kind in Layer
            for days in (LINE.days,)
        ]
        graph = assemble([("a", 1), ("b", 2)], lines, outside=str)
        both = view((), graph, layer=layer, as_at=on)
        assert set(both.edges) == set(view((), view((), graph, layer=layer, as_at=None), layer=None, as_at=on).edges)
        assert [(("a", "b", layer.value))] == list(both.edges)


class TestFrozenAttributes:
    ATTRIBUTES = FrozenAttributes(value=[1])

    @pytest.mark.parametrize(
        "change",
        [
            lambda d: d.__setitem__("value", 2),
            lambda d: d.__delitem__("value"),
            lambda d: d.__ior__({"new": 2}),
            lambda d: d.clear(),
            lambda d: d.pop("value"),
            lambda d: d.popitem(),
            lambda d: d.setdefault("new", 2),
            lambda d: d.update(new=2),
        ],
    )
    def test_refused(self, change):
        """Every way of changing a dict is refused, and says what to do instead."""
        with pytest.raises(FrozenError, match=r"cannot change the attributes of a frozen graph.*a change to a copy"):
            change(self.ATTRIBUTES)
        assert {"value": [1]} == self.ATTRIBUTES

    @pytest.mark.parametrize("make", [dict.copy, copy.copy, copy.deepcopy, FrozenAttributes.copy, dict])
    def test_copies(self, make):
        """A copy is a plain dict; only a deep one copies what it holds."""
        made = make(self.ATTRIBUTES)
        assert dict is type(made)
        assert {"value": [1]} == made
        assert (made["value"] is not self.ATTRIBUTES["value"]) is (make is copy.deepcopy)

    def test_pickle(self):
        """Frozen attributes stay frozen when pickled."""
        assert FrozenAttributes is type(pickle.loads(pickle.dumps(self.ATTRIBUTES)))


class TestAssemble:
    def test_outside(self):
        """A node that only a line names holds what it is told to."""
        graph = assemble([("a", 1)], [LINE], outside=lambda node: OtherBody(node, name=node, role="outside"), day=1)
        assert 1 == graph.nodes["a"]["value"]
        assert OtherBody("b", name="b", role="outside") == graph.nodes["b"]["value"]
        assert {"day": 1} == graph.graph
        assert LINE is graph.edges["a", "b", "oversight"]["line"]

    def test_two_lines_of_one_id(self):
        """Two lines between the same nodes do not share an id."""
        with pytest.raises(GraphError, match=r"line 'a' to 'b': two lines have the id 'oversight'"):
            assemble([], [LINE, LINE], outside=str)


class TestView:
    def test_no_such_layer(self):
        """A layer that there is not is refused."""
        with pytest.raises(ValueError, match="'gossip' is no Layer; expected one of 'accountability', 'appointment'"):
            view((), assemble([], [], outside=str), layer="gossip", as_at=None)

    def test_no_such_day(self):
        """A day that there is not is refused."""
        with pytest.raises(ValueError, match="2026-02-30"):
            view((), assemble([], [], outside=str), layer=None, as_at="2026-02-30")
