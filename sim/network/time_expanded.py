"""Time-expanded network: a graph with one node for each place and layer of days."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil, inf

import networkx as nx
from networkx.algorithms.flow import preflow_push

from sim.network.capacity_profile import CapacityProfile, Layer

Name = Hashable  # of a node, the same in every layer

GRAINS = 1000  # per unit of cargo; capacities are whole grains, since sums of floats are not exact
SOURCE, SINK = 0, 1  # nodes


def joined(layers: Iterable[Layer], concerns: Sequence[str]) -> list[Layer]:
    """Return the layers, neighbours joined where none of the elements in `concerns` changes between them."""
    merged: list[Layer] = []
    last: tuple[object, ...] = ()
    for layer in layers:
        state = (id(layer.network), *map(layer.share, concerns))
        if merged and state == last:
            merged[-1] = replace(merged[-1], days=layer.begin + layer.days - merged[-1].begin)
        else:
            merged.append(layer)
            last = state
    return merged


class TimeExpandedNetwork:
    """The graph of a network in layers, from one source to one sink; its flow is in units of cargo."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._graph = nx.DiGraph()
        self._graph.add_nodes_from((SOURCE, SINK))
        self._nodes: dict[tuple[Name, int], int] = {}  # numbers, as nodes are looked up all the time
        self._rooms: dict[Name, float] = {}  # where cargo can wait, and how much at the end

    def join(self, begin: Name, end: Name, most: Callable[[int], float] = lambda layer: inf) -> None:
        """Add edges that carry up to `most(layer)` in each layer."""
        for layer in range(self.count):
            self._edge((begin, layer), (end, layer), most(layer))

    def supply(self, name: Name, layer: int, amount: float) -> None:
        """Supply cargo at a node in a layer."""
        self._edge(SOURCE, (name, layer), amount)

    def collect(self, name: Name) -> None:
        """Count all cargo that reaches a node, in any layer, as arrived."""
        for layer in range(self.count):
            self._edge((name, layer), SINK, inf)

    def collect_waiting(self) -> None:
        """Count cargo that waits at the end of the last layer as arrived, too."""
        for name, room in self._rooms.items():
            self._edge((name, self.count - 1), SINK, room)

    def hold(self, name: Name, room: float = inf) -> None:
        """Let cargo wait at a node from layer to layer, up to its room."""
        self._rooms[name] = room
        for layer in range(1, self.count):
            self._edge((name, layer - 1), (name, layer), room)

    def store(self, name: Name, rooms: Sequence[float], opening: float = 0.0) -> None:
        """Let cargo wait at a node whose room varies by layer, with `opening` there from the start.

        Cargo above a room that is cut may stay; once it has left, that room is gone.
        """
        self._rooms[name] = rooms[-1]
        above = "above the room", name
        self.supply(name, 0, min(opening, rooms[0]))
        self.supply(above, 0, opening - rooms[0])
        for layer, (before, after) in enumerate(pairwise(rooms), 1):
            self._edge((name, layer - 1), (name, layer), min(before, after))
            self._edge((name, layer - 1), (above, layer), before - after)
        if opening > rooms[0] or any(before > after for before, after in pairwise(rooms)):
            self.hold(above)
            self.join(above, name)

    def limit(self, begin: Name, profile: CapacityProfile, end: Name) -> None:
        """Add edges that carry what a capacity profile allows.

        Credit carried over is capacity of the layer before that was not used: cargo goes back to pass
        there, and forward again behind it.
        """
        for layer, (steady, gained) in enumerate(zip(profile.steady, profile.credit_gained, strict=True)):
            self._edge((begin, layer), (end, layer), steady + gained)
        for layer, carried in enumerate(profile.credit_carried, 1):
            self._edge((begin, layer), (begin, layer - 1), carried)
            self._edge((end, layer - 1), (end, layer), carried)

    def maximum_flow(self, find: Callable[..., nx.DiGraph] = preflow_push) -> float:
        """Return the maximum flow, never below the true one, since capacities are rounded up."""
        return float(find(self._graph, SOURCE, SINK, value_only=True).graph["flow_value"]) / GRAINS

    def _edge(self, begin: tuple[Name, int] | int, end: tuple[Name, int] | int, capacity: float) -> None:
        """Add an edge, or capacity to one that exists."""
        if capacity <= 0.0:
            return
        ends = self._node(begin), self._node(end)
        edge = self._graph.get_edge_data(*ends)
        if capacity == inf:
            self._graph.add_edge(*ends)
            if edge is not None:
                edge.pop("capacity", None)
        elif edge is None:
            self._graph.add_edge(*ends, capacity=ceil(capacity * GRAINS))
        elif "capacity" in edge:
            edge["capacity"] += ceil(capacity * GRAINS)

    def _node(self, node: tuple[Name, int] | int) -> int:
        return node if isinstance(node, int) else self._nodes.setdefault(node, len(self._nodes) + 2)
