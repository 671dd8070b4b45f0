"""Upper bound on deliveries by each corridor group while capacities change: maximum flow over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from networkx.algorithms.flow import boykov_kolmogorov

from sim.network.capacity_profile import Layer
from sim.network.freight.bottleneck import corridor_groups
from sim.network.freight.capacity_profile import Quickest, paths_profile, quays_profile, services_profile
from sim.network.freight.elements import Corridor, Service
from sim.network.freight.legs import FreightLeg, FreightRoutes, quays_of
from sim.network.time_expanded import Name, TimeExpandedNetwork, joined


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBound:
    """Upper bound on deliveries of one cargo by a group of corridors, one way, over a horizon.

    Of the cargo sent within it, in units of cargo.
    """

    group: str
    cargo: str
    bearing: str
    delivered: float


def freight_bounds(
    layers: Sequence[Layer], routes: FreightRoutes, quickest: Quickest | None = None
) -> tuple[GroupBound, ...]:
    """Return upper bounds on deliveries by group, cargo and bearing, if every shipper chose the group.

    They hold as if all train paths, quays and ships were the group's own. No run can exceed them,
    since each thing in a run is an edge here, and no wider there:

    - shippers send no more than their demand, and a lot on each corridor that had added up before;
    - trains set out as their paths allow, and ships as they come back, with full loads, and are worked
      as quays allow (see `capacity_profile`);
    - yards hold no more than fits between two layers, and lines whatever has set out.

    Handling, running, room on lines, and waits for more cargo are left out, all of which can only
    delay. `quickest` gives the least days of ships and sets of wagons on a line; without it, the mean is
    used, and good weather at sea might beat the bound by a little. Cargo under way when the run began
    comes on top. Groups of the ocean, which has no limit, are left out.
    """
    network = layers[0].network
    days = quickest or (lambda line, _forward: network.lines[line].days)
    return tuple(
        GroupBound(group=group, cargo=cargo, bearing=way, delivered=_most(layers, routes, corridors, days))
        for (group, cargo, way), corridors in corridor_groups(network, routes).items()
    )


def _most(
    layers: Sequence[Layer], routes: FreightRoutes, corridors: Sequence[Corridor], quickest: Quickest
) -> float:
    ways = [routes.corridors[corridor.id] for corridor in corridors]
    legs = {number: routes.legs[number] for number in dict.fromkeys(n for way in ways for n in way)}
    demands = [id for id, choices in routes.choices.items() if any(c.id in choices for c in corridors)]
    layers = joined(
        layers, [*demands, *dict.fromkeys(id for leg in legs.values() for id in _concerns(layers, leg))]
    )
    graph = TimeExpandedNetwork(len(layers))
    for id in demands:
        _add_senders(graph, layers, routes, id, [c.id for c in corridors])
    carriers = _Carriers(graph, layers, quickest)
    for number, leg in legs.items():
        carriers.add(number, leg)
        yard = leg.yards[0]
        if yard and all(way[0] != number for way in ways):
            rooms = [layer.network.yards[yard].capacity * layer.share(yard) for layer in layers]
            graph.store(("waiting", number), rooms)
        else:
            graph.hold(("waiting", number))
    carriers.close()
    for way in ways:
        for before, after in pairwise(way):
            graph.join(("set down", before), ("waiting", after))
        graph.collect(("set down", way[-1]))
    return graph.maximum_flow(boykov_kolmogorov)  # much faster here, where most edges are far from full


def _concerns(layers: Sequence[Layer], leg: FreightLeg) -> Iterator[str]:
    """The ids of the elements that a leg depends on."""
    yield from (*leg.lines, *leg.services, *filter(None, leg.yards))
    for place in (leg.start, leg.end):
        yield from (quay.id for quay in quays_of(layers[0].network, leg, place))


def _add_senders(
    graph: TimeExpandedNetwork,
    layers: Sequence[Layer],
    routes: FreightRoutes,
    id: str,
    corridors: Sequence[str],
) -> None:
    """Add the shippers of one demand, who may wait as long as they like."""
    lot = layers[0].network.demands[id].lot
    graph.supply(("sent", id), 0, lot * len(routes.choices[id]))
    for number, layer in enumerate(layers):
        graph.supply(("sent", id), number, layer.network.demands[id].rate * layer.share(id) * layer.days)
    graph.hold(("sent", id))
    for corridor in routes.choices[id]:
        if corridor in corridors:
            graph.join(("sent", id), ("waiting", routes.corridors[corridor][0]))


class _Carriers:
    """Builder of the edges that carry cargo over legs: trains on their paths, ships at their quays.

    Legs that share a line's paths, one way, or quays share an edge for them, which is as wide as the
    largest train or ship of any of them makes it; so these edges come last, with `close`.
    """

    def __init__(self, graph: TimeExpandedNetwork, layers: Sequence[Layer], quickest: Quickest) -> None:
        self._graph, self._layers, self._quickest = graph, layers, quickest
        self._paths: dict[tuple[str, bool], float] = {}  # loads
        self._quays: dict[tuple[str, tuple[str, ...]], float] = {}

    def add(self, number: int, leg: FreightLeg) -> None:
        """Add a leg, from the cargo that waits for it to the cargo that it has set down."""
        network = self._layers[0].network
        services = [network.services[id] for id in leg.services]
        taken = ("taken", number)
        self._set_out(number, leg, services, taken)
        if leg.mode == "sea":
            self._by_sea(number, leg, services, taken)
        else:
            self._by_land(number, leg, services, taken)

    def _set_out(self, number: int, leg: FreightLeg, services: list[Service], taken: Name) -> None:
        """Cargo is taken while a service runs, by vehicles while they may set out, too."""
        finite = [service for service in services if service.vehicles]

        def room(n: int) -> float:
            layer = self._layers[n]
            runs = any(layer.share(service.id) > 0.0 for service in services)
            return inf if runs and (not finite or layer.share(leg.lines[0]) > 0.0) else 0.0

        if len(finite) < len(services):
            self._graph.join(("waiting", number), taken, room)
        else:
            self._graph.join(("waiting", number), ("wanted", number), room)
            self._graph.limit(
                ("wanted", number), services_profile(self._layers, leg, finite, self._quickest), taken
            )

    def _by_land(self, number: int, leg: FreightLeg, services: list[Service], taken: Name) -> None:
        """Trains wait for a path in the yard, one or as many as there are, and then on the line before."""
        graph, load = self._graph, max(service.load for service in services)
        waiting = sum((service.vehicles or 1) * service.load for service in services)
        graph.hold(taken, waiting if self._limits(leg.lines[0]) else inf)
        node = taken
        for id, forward in zip(leg.lines, leg.forward, strict=True):
            if self._limits(id):
                self._paths[id, forward] = max(load, self._paths.get((id, forward), 0.0))
                graph.join(node, ("before", id, forward))
                node = ("behind", id, forward)
        graph.join(node, ("set down", number))
        graph.hold(("set down", number))

    def _limits(self, line: str) -> bool:
        """Return whether a line ever limits what sets out on it."""
        return any(
            layer.network.lines[line].paths is not None or layer.share(line) < 1.0 for layer in self._layers
        )

    def _by_sea(self, number: int, leg: FreightLeg, services: list[Service], taken: Name) -> None:
        """Cargo is alongside or aboard from when a ship takes it until it has groups room ashore."""
        graph, load = self._graph, max(service.load for service in services)
        aboard = sum((service.vehicles or 0) * service.load for service in services)
        node = taken
        for work, place, then in (
            ("load", leg.start, ("at sea", number)),
            ("discharge", leg.end, ("set down", number)),
        ):
            graph.hold(node, aboard)
            quays = work, tuple(quay.id for quay in quays_of(self._layers[0].network, leg, place))
            self._quays[quays] = max(load, self._quays.get(quays, 0.0))
            graph.join(node, ("before", *quays))
            graph.join(("behind", *quays), then)
            node = then
        graph.hold(node, aboard)

    def close(self) -> None:
        """Add the edges that legs share."""
        for (id, forward), load in self._paths.items():
            self._graph.limit(
                ("before", id, forward), paths_profile(self._layers, id, load), ("behind", id, forward)
            )
            self._graph.hold(("behind", id, forward))
        for (work, quays), load in self._quays.items():
            profile = quays_profile(self._layers, quays, load)
            self._graph.limit(("before", work, quays), profile, ("behind", work, quays))
