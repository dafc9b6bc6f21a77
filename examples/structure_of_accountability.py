"""Measure who answers to whom, on a real read-only networkx graph."""

import networkx as nx

import scotintegration as si

net = si.scotland(as_at="2026-11-22")
graph = net.graph(layer="accountability")
print(graph.number_of_nodes(), "nodes,", graph.number_of_edges(), "lines")
for area in ("Fife", "Highland"):
    p = net[area]
    structure = p.accountability()
    print(f"\n{area}: orphans {structure.orphans()}, loops {structure.loops()}")
    starts = [p.chief_officer.post] if p.chief_officer else list(p.lead_agencies)
    for start in starts:
        for path in structure.paths(p.node_id(start)):
            print("  ", " > ".join([path[0].answers.name, *(line.to.name for line in path)]))
print("\nhops to Ministers:", {nx.shortest_path_length(graph, p.id, "scottish-ministers") for p in net if p.ijb})
