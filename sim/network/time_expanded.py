"""A network drawn out over time: each place stands there once for every layer of days, for a flow to pass."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, inf

import networkx as nx
from networkx.algorithms.flow import preflow_push

from sim.network.network import Network
from sim.network.oil.capacity import Share

Name = Hashable  # of something that stands in every layer

GRAINS = 1000  # to a unit of cargo: capacities are counted in these, as sums of floats would not be exact
SOURCE, SINK = 0, 1  # nodes


@dataclass(frozen=True, slots=True)
class Layer:
    """A stretch of days on which nothing closes, opens or changes, from day `begin` of a run on.

    `network` is the network as it stands then, `share` what is open of each of its elements.
    """

    begin: float
    days: float
    network: Network
    share: Share


def joined(layers: Iterable[Layer], concerns: Sequence[str]) -> list[Layer]:
    """The layers with neighbours made one between which none of some elements changes."""
    found: list[Layer] = []
    last: tuple[object, ...] = ()
    for layer in layers:
        state = (id(layer.network), *map(layer.share, concerns))
        if found and state == last:
            found[-1] = replace(found[-1], days=layer.begin + layer.days - found[-1].begin)
        else:
            found.append(layer)
            last = state
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What something that works in cycles can let through, layer by layer, in units of cargo.

    A berth pumps in a part of its cycle only, and a ship loads once on each round trip; so each can
    run ahead of its mean for a while, by no more than its *lead*. In `steady` work it lets through so
    much in each layer; `gained` is the lead that it may have won when the layer begins beyond what was
    `kept` of that with which the one before ended (one number fewer: for each boundary, the most).
    """

    steady: Sequence[float]
    gained: Sequence[float]
    kept: Sequence[float]


class Expanded:
    """The graph of a network in layers, from one source to one sink; its flow is in units of cargo."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._graph = nx.DiGraph()
        self._graph.add_nodes_from((SOURCE, SINK))
        self._nodes: dict[tuple[Name, int], int] = {}  # numbers, as nodes are looked up all the time
        self._rooms: dict[Name, float] = {}  # where cargo can wait, and how much at the end

    def join(self, begin: Name, end: Name, most: Callable[[int], float] = lambda layer: inf) -> None:
        """Let cargo pass in each layer, up to a number for each."""
        for layer in range(self.count):
            self._edge((begin, layer), (end, layer), most(layer))

    def supply(self, name: Name, layer: int, amount: float) -> None:
        """Put cargo there in a layer."""
        self._edge(SOURCE, (name, layer), amount)

    def take(self, name: Name) -> None:
        """Whatever comes there, in any layer, has arrived."""
        for layer in range(self.count):
            self._edge((name, layer), SINK, inf)

    def take_what_waits(self) -> None:
        """What waits anywhere at the end of the last layer has arrived, too."""
        for name, room in self._rooms.items():
            self._edge((name, self.count - 1), SINK, room)

    def hold(self, name: Name, room: float = inf) -> None:
        """Let cargo wait there from layer to layer."""
        self._rooms[name] = room
        for layer in range(1, self.count):
            self._edge((name, layer - 1), (name, layer), room)

    def store(self, name: Name, rooms: Sequence[float], opening: float = 0.0) -> None:
        """Let cargo wait there where the room is not the same in all layers, `opening` from the start.

        What lies there when the room is cut may stay, but once it is down it cannot come back.
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

    def pace(self, begin: Name, pace: Pace, end: Name) -> None:
        """Let cargo pass at a pace.

        A lead that was kept is room in the layer before that has not been used: cargo goes back to
        pass there, and comes forward again behind it.
        """
        for layer, (steady, gained) in enumerate(zip(pace.steady, pace.gained, strict=True)):
            self._edge((begin, layer), (end, layer), steady + gained)
        for layer, kept in enumerate(pace.kept, 1):
            self._edge((begin, layer), (begin, layer - 1), kept)
            self._edge((end, layer - 1), (end, layer), kept)

    def most(self, find: Callable[..., nx.DiGraph] = preflow_push) -> float:
        """The maximum flow; never below the true one, as capacities are rounded up."""
        return float(find(self._graph, SOURCE, SINK, value_only=True).graph["flow_value"]) / GRAINS

    def _edge(self, begin: tuple[Name, int] | int, end: tuple[Name, int] | int, capacity: float) -> None:
        """Add an edge, or more capacity to one."""
        if capacity <= 0.0:
            return
        ends = self._node(begin), self._node(end)
        found = self._graph.get_edge_data(*ends)
        if capacity == inf:
            self._graph.add_edge(*ends)
            if found is not None:
                found.pop("capacity", None)
        elif found is None:
            self._graph.add_edge(*ends, capacity=ceil(capacity * GRAINS))
        elif "capacity" in found:
            found["capacity"] += ceil(capacity * GRAINS)

    def _node(self, node: tuple[Name, int] | int) -> int:
        return node if isinstance(node, int) else self._nodes.setdefault(node, len(self._nodes) + 2)
