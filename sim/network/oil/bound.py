"""Upper bound on exports of any plan while capacities change: maximum flow over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.network.capacity_profile import Layer
from sim.network.elements import Link
from sim.network.network import Network
from sim.network.oil.capacity import fleets_of
from sim.network.oil.capacity_profile import berths_profile, fleet_profile, most_pumped
from sim.network.oil.routes import find_routes
from sim.network.time_expanded import TimeExpandedNetwork, joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Upper bounds for any plan over a horizon, in units of cargo.

    `potential` is the output that the fields could have given, less their own outages; `produced` is the
    most of it that could have been exported, stored or put to sea by the end.
    """

    exported: float
    produced: float
    potential: float

    @property
    def curtailed(self) -> float:
        """The least cargo that any plan must leave in the ground."""
        return max(0.0, self.potential - self.produced)


def bound(network: Network, layers: Sequence[Layer]) -> Bound:
    """Return the bounds of a plan with perfect foresight and without contracts.

    No run can exceed them, since each element of a run is an edge here, and no wider in the run:

    - a link carries no more than its gate leaves open, times the days of the layer;
    - a field gives no more than its potential to its tanks, and these no more than the field can send;
    - tanks hold no more than fits between two layers (within one, here, all that passes), and begin
      with what lay there;
    - berths and fleets carry their steady work with the largest ship, and the credit that they may
      have (`berths_profile`, `fleet_profile`);
    - own ships carry no more across the end of a layer than is aboard when all are full.

    Throttling, contracts, lags, ramps, restarts, calls that come too early or late, journeys and mixed
    cargoes are left out; all of them can only keep flow from an edge. Cargo that reaches a market stays
    there. So the amounts of a run on these edges, layer by layer, are a flow in this graph, and the
    maximum flow is no less. Called ships come whenever they are needed.
    """
    fed = {stock.feeds: ("stock", stock.id) for stock in network.stocks.values()}
    sending = list(dict.fromkeys(route.shipper for route in find_routes(network)))
    concerns = [*network.links, *network.stocks, *network.berths, *network.fleets, *sending]
    layers = joined(layers, concerns)
    graph = TimeExpandedNetwork(len(layers))
    for stock in network.stocks.values():
        rooms = [each.network.stocks[stock.id].capacity * each.share(stock.id) for each in layers]
        graph.store(("stock", stock.id), rooms, stock.initial * stock.capacity if stock.initial else 0.0)
    potential = sum(_add_field(graph, layers, id, fed[id]) for id in sending)
    for link in network.links.values():
        origin = ("at", link.origin)
        if link.id in fed:
            graph.join(origin, fed[link.id])
            origin = fed[link.id]
        if link.mode == "sea":
            _add_lane(graph, layers, link, origin)
        else:
            graph.join(origin, ("at", link.destination), _capacity(layers, link.id))
    _add_fleets(graph, layers)
    for place in network.places.values():
        if place.kind == "market":
            graph.collect(("at", place.id))
    exported = graph.maximum_flow()
    graph.collect_waiting()
    opening = sum(stock.initial * stock.capacity for stock in network.stocks.values() if stock.initial)
    return Bound(exported=exported, produced=graph.maximum_flow() - opening, potential=potential)


def _add_field(graph: TimeExpandedNetwork, layers: Sequence[Layer], id: str, tanks: tuple[str, str]) -> float:
    """Add a shipper's field, which fills its own tanks; return its potential over all layers."""
    shippers = [layer.network.shippers[id] for layer in layers]
    supplied = [s.rate * each.share(id) * each.days for s, each in zip(shippers, layers, strict=True)]
    for layer, amount in enumerate(supplied):
        graph.supply(tanks, layer, amount)
    sent = [s.rate * max(1.0, s.evacuation) * each.days for s, each in zip(shippers, layers, strict=True)]
    graph.join(tanks, ("at", shippers[0].place), sent.__getitem__)
    return sum(supplied)


def _capacity(layers: Sequence[Layer], link: str) -> Callable[[int], float]:
    return lambda n: (layers[n].network.links[link].capacity or 0.0) * layers[n].share(link) * layers[n].days


def _add_lane(
    graph: TimeExpandedNetwork, layers: Sequence[Layer], lane: Link, origin: tuple[str, str]
) -> None:
    """Add a lane: its loading berths and, for ships of its own, its fleets and discharging berths."""
    network = layers[0].network
    fleets = fleets_of(network, lane.id)
    load = max(fleet.load for fleet in fleets)
    called = any(fleet.vessels is None for fleet in fleets)
    loading, aboard = ("loading", lane.id), ("aboard", lane.id)
    discharging, market = ("discharging", lane.id), ("at", lane.destination)
    graph.join(origin, loading, lambda n: most_pumped(layers[n], lane.id))
    graph.limit(loading, berths_profile(layers, lane.id, "load", load), market if called else aboard)
    if called:
        return
    graph.limit(discharging, berths_profile(layers, lane.id, "discharge", load), market)
    for fleet in fleets:
        graph.join(aboard, ("fleet", fleet.id))
        graph.join(("under way", fleet.id), discharging)


def _add_fleets(graph: TimeExpandedNetwork, layers: Sequence[Layer]) -> None:
    """Add the fleets that go back and forth, each between the ends of all its lanes."""
    for fleet in layers[0].network.fleets.values():
        if fleet.vessels:
            graph.limit(("fleet", fleet.id), fleet_profile(layers, fleet), ("under way", fleet.id))
            graph.hold(("under way", fleet.id), fleet.vessels * fleet.load)
