"""The most that each corridor group could have carried while capacities change: maximum flow over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from sim.network.capability import Share
from sim.network.expanded import Expanded, Layer, joined
from sim.network.freight import Corridor, Service
from sim.network.freight_bottleneck import bearing
from sim.network.freight_paces import lots_pace, paths_pace, quays_pace, services_pace
from sim.network.legs import FreightLeg, FreightRoutes, quays_of

Quickest = Callable[[str, bool], float]  # days of the quickest crossing of a line, by whether it is forward
Node = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBound:
    """What a group of corridors could have delivered at most of one cargo, one way, over a horizon.

    Of what was sent within it, in units of cargo.
    """

    group: str
    cargo: str
    bearing: str
    delivered: float


def freight_bounds(
    layers: Sequence[Layer], routes: FreightRoutes, quickest: Quickest | None = None
) -> tuple[GroupBound, ...]:
    """What no plan could have exceeded, of each group, cargo and bearing, if every shipper chose the group.

    As if all train paths, quays and ships were the group's own. Nothing that a run does can exceed it,
    since each thing in a run is an edge here, and no wider there: shippers send no more than their
    demand, and a lot on each corridor that had added up before; trains set out as their paths allow,
    and ships as they come back (see `freight_paces`), all with full loads; yards hold no more than fits
    between two layers. Handling, running, waits for more cargo, and ships coming back are left out, all
    of which can only delay. `quickest` says how long ships and sets of wagons take for a line at least;
    without it, that is what they take in the mean, and luck at sea might beat the bound by a little.
    What was under way when the run began comes on top. Groups of the ocean, which takes whatever is
    sent, are left out.
    """
    network = layers[0].network
    found: dict[tuple[str, str, str], list[Corridor]] = {}
    for corridor in network.corridors.values():
        if all(routes.legs[n].mode != "ocean" for n in routes.corridors[corridor.id]):
            key = corridor.group, corridor.cargo, bearing(network, corridor)
            found.setdefault(key, []).append(corridor)
    days = quickest or (lambda line, forward: network.lines[line].days)
    return tuple(
        GroupBound(group=group, cargo=cargo, bearing=way, delivered=_most(layers, routes, corridors, days))
        for (group, cargo, way), corridors in found.items()
    )


def _most(
    layers: Sequence[Layer], routes: FreightRoutes, corridors: Sequence[Corridor], quickest: Quickest
) -> float:
    ways = [routes.corridors[corridor.id] for corridor in corridors]
    legs = {number: routes.legs[number] for number in dict.fromkeys(n for way in ways for n in way)}
    layers = joined(layers, _concerns(layers, routes, corridors, legs.values()))
    graph = Expanded(len(layers))
    _add_senders(graph, layers, routes, corridors)
    carried = _Carried(graph, layers, legs)
    for number, leg in legs.items():
        carried.add(number, leg, quickest)
        yard = leg.yards[0]
        if yard and all(way[0] != number for way in ways):
            rooms = [layer.network.yards[yard].capacity * layer.share(yard) for layer in layers]
            graph.store(("waiting", number), rooms)
        else:
            graph.hold(("waiting", number))
    for way in ways:
        for before, after in pairwise(way):
            graph.join(("set down", before), ("waiting", after))
        graph.take(("set down", way[-1]))
    carried.close()
    return graph.most()
