"""Bottleneck of each corridor group: maximum flow and minimum cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

import networkx as nx

from sim.network.bottleneck import Bottleneck, Share
from sim.network.freight.elements import Corridor, Quay, Service
from sim.network.freight.legs import FreightLeg, FreightRoutes, quays_of
from sim.network.network import Network

# a limiting element and its direction, and the cargo a day that it carries
Stage = tuple[tuple[str, bool], float]


@dataclass(frozen=True, slots=True)
class GroupLimit:
    """Bottleneck of the corridors of a group for one cargo, one way."""

    group: str
    cargo: str
    bearing: str
    most: Bottleneck


def group_limits(
    network: Network, routes: FreightRoutes, share: Share = lambda id: 1.0
) -> tuple[GroupLimit, ...]:
    """Return the maximum flow of each group, cargo and bearing, in steady work and fair weather.

    It holds as if all train paths were the group's own and ships were full both ways: where nothing goes
    the other way, a quay has half the work and ships turn round sooner, so a little more can pass.
    Groups of the ocean, which has no limit, are left out.
    """
    groups = corridor_groups(network, routes)
    return tuple(
        GroupLimit(*key, _most(network, routes, corridors, share)) for key, corridors in groups.items()
    )


def corridor_groups(network: Network, routes: FreightRoutes) -> dict[tuple[str, str, str], list[Corridor]]:
    """Return the corridors by group, cargo and bearing, without those over the ocean."""
    groups: dict[tuple[str, str, str], list[Corridor]] = {}
    for corridor in network.corridors.values():
        if all(routes.legs[n].mode != "ocean" for n in routes.corridors[corridor.id]):
            key = corridor.group, corridor.cargo, bearing(network, corridor)
            groups.setdefault(key, []).append(corridor)
    return groups


def bearing(network: Network, corridor: Corridor) -> str:
    """Return the bearing of a corridor, west or east."""
    origin, destination = network.places[corridor.origin], network.places[corridor.destination]
    return "west" if destination.longitude < origin.longitude else "east"


def leg_stages(network: Network, leg: FreightLeg, share: Share) -> Iterator[Stage]:
    """Yield the limits of a leg in the order in which its cargo meets them: paths, quays, vehicles, quays.

    The order matters where legs share limits: cargo that has come by one quay must not leave by
    another's ships.
    """
    services = [network.services[id] for id in leg.services]
    load = max((service.load for service in services), default=0.0)
    for id, forward in zip(leg.lines, leg.forward, strict=True):
        line = network.lines[id]
        if line.paths is not None:
            yield (id, forward), line.paths * load * share(id)
        elif share(id) == 0.0:
            yield (id, forward), 0.0
    if leg.mode == "sea":
        yield _quays(network, leg, leg.start, load, share)
    if services and all(service.vehicles for service in services):
        able = sum(service_capability(network, service, leg) * share(service.id) for service in services)
        yield (", ".join(service.id for service in services), leg.forward[0]), able
    if leg.mode == "sea":
        yield _quays(network, leg, leg.end, load, share)


def _quays(network: Network, leg: FreightLeg, place: str, load: float, share: Share) -> Stage:
    quays = quays_of(network, leg, place)
    able = sum(quay_capability(quay, load) * share(quay.id) for quay in quays)
    return (", ".join(quay.id for quay in quays), leg.forward[0]), able


def quay_capability(quay: Quay, load: float) -> float:
    """Return the cargo a day, each way, over a quay that is never idle, with ships full both ways."""
    return load / (quay.approach + 2 * load / quay.rate + quay.cast_off)


def service_capability(network: Network, service: Service, leg: FreightLeg) -> float:
    """Return the cargo a day, each way, of a finite service whose vehicles are always full and never wait."""
    return (service.vehicles or 0) * service.load / round_trip(network, service, leg)


def round_trip(network: Network, service: Service, leg: FreightLeg) -> float:
    """Return the days there and back of a vehicle that is full both ways and never waits."""
    days = 2 * (sum(network.lines[id].days for id in leg.lines) + service.layover)
    if leg.mode == "sea":
        for place in (leg.start, leg.end):
            quays = quays_of(network, leg, place)
            turns = [quay.approach + 2 * service.load / quay.rate + quay.cast_off for quay in quays]
            days += min(turns, default=0.0)
    return days


def _most(network: Network, routes: FreightRoutes, corridors: list[Corridor], share: Share) -> Bottleneck:
    graph = nx.DiGraph()
    for corridor in corridors:
        graph.add_edge("sent", ("at", corridor.origin))
        graph.add_edge(("at", corridor.destination), "arrived")
        for number in routes.corridors[corridor.id]:
            leg = routes.legs[number]
            node: object = ("at", leg.start)
            for stage, capacity in leg_stages(network, leg, share):
                near, far = ("before", stage), ("behind", stage)  # the same for all legs that it limits
                graph.add_edge(node, near)
                wider = graph.get_edge_data(near, far, {"capacity": 0.0})["capacity"]
                graph.add_edge(near, far, capacity=max(capacity, wider), of=stage[0])
                node = far
            graph.add_edge(node, ("at", leg.end))
    try:
        flow, (near_side, far_side) = nx.minimum_cut(graph, "sent", "arrived")
    except nx.NetworkXUnbounded:
        return Bottleneck(inf, ())
    cut = {
        data["of"]: float(data["capacity"])
        for begin, end, data in graph.edges(data=True)
        if begin in near_side and end in far_side and "of" in data
    }
    return Bottleneck(float(flow), tuple(sorted(cut.items(), key=lambda item: (-item[1], item[0]))))
