"""Bottleneck of exports: maximum flow and minimum cut."""

from __future__ import annotations

import networkx as nx

from sim.network.bottleneck import Bottleneck, Share
from sim.network.network import Network
from sim.network.oil.capacity import (
    berths_capability,
    berths_of,
    fleet_capability,
    fleets_of,
    mean_load,
)


def bottleneck(network: Network, share: Share = lambda id: 1.0) -> Bottleneck:
    """Return the most that all shippers together can export in steady work, with elements cut to shares.

    Links, berths and fleets bound it, in fair weather and without contracts, so no plan can beat it for
    long; only oil already in tanks can come on top.
    """
    graph = nx.DiGraph()
    for shipper in network.shippers.values():
        graph.add_edge(
            "out of the ground",
            ("field", shipper.id),
            capacity=shipper.rate * share(shipper.id),
            of=shipper.id,
        )
        graph.add_edge(("field", shipper.id), ("at", shipper.place))
    for link in network.links.values():
        if link.mode != "sea":
            _pass(
                graph,
                ("at", link.origin),
                link.id,
                ("at", link.destination),
                (link.capacity or 0.0) * share(link.id),
            )
    _add_lanes(network, graph, share)
    for place in network.places.values():
        if place.kind == "market":
            graph.add_edge(("at", place.id), "sold")
    if not graph.has_node("sold") or not graph.has_node("out of the ground"):
        return Bottleneck(0.0, ())
    flow, (near, far) = nx.minimum_cut(graph, "out of the ground", "sold")
    cut = [
        (data["of"], float(data["capacity"]))
        for begin, end, data in graph.edges(data=True)
        if begin in near and end in far and data["capacity"] > 0
    ]
    return Bottleneck(float(flow), tuple(sorted(cut, key=lambda item: (-item[1], item[0]))))


def _pass(graph: nx.DiGraph, begin: object, id: str, end: object, capacity: float) -> None:
    """Add a link through a node of its own, since two links may join the same places."""
    graph.add_edge(begin, ("link", id), capacity=capacity, of=id)
    graph.add_edge(("link", id), end)


def _add_lanes(network: Network, graph: nx.DiGraph, share: Share) -> None:
    """Add each lane's ships and berths in series; berths of a place share its limit of berths at once."""
    for link in network.links.values():
        if link.mode != "sea":
            continue
        fleets = fleets_of(network, link.id)
        if all(fleet.vessels is not None for fleet in fleets):
            carried = sum(fleet_capability(network, fleet, link.id) * share(fleet.id) for fleet in fleets)
            names = ", ".join(fleet.id for fleet in fleets)
        else:
            carried, names = float("inf"), "called ships"
        stages: list[tuple[float, str]] = [(carried, names)]
        for work, place in (("load", link.origin), ("discharge", link.destination)):
            berths = berths_of(network, link.id, work)
            if berths:
                able = berths_capability(network, berths, mean_load(fleets), share)
                stages.append((able, f"berths of {place}"))
        node: object = ("at", link.origin)
        for number, (capacity, of) in enumerate(stages):
            following = ("at", link.destination) if number == len(stages) - 1 else ("lane", link.id, number)
            graph.add_edge(node, following, capacity=capacity, of=of)
            node = following
