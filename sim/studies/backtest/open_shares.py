"""Open shares of routes and corridors, from the closures and boycotts of a scenario.

The most closed element of a route decides; parallel elements, such as moorings, count together. Spare
capacity is ignored: with half a pipeline open, half of its flow passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sim.network import Network
from sim.network.bottleneck import Share
from sim.network.freight.elements import Demand
from sim.network.freight.legs import FreightRoutes, quays_of
from sim.network.oil.capacity import berths_capability, berths_of, fleets_of, mean_load
from sim.network.oil.routes import Route
from sim.scenario import Boycott, Disturbance

OpenShare = Callable[["ClosureState"], float]
"""Function that returns the open share of a route or corridor in a state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureState:
    """Closures and boycotts that hold for some `days` without a change."""

    days: float
    closures: tuple[tuple[Disturbance, float], ...]  # with the share that each leaves open
    boycotts: tuple[Boycott, ...]

    def share(self, id: str) -> float:
        """Return the open share of an element: the smallest that any closure leaves."""
        return min((left for item, left in self.closures if id in item.elements), default=1.0)

    def refusing(self, demand: str, passed: frozenset[str]) -> float:
        """Return the share of a demand's shippers that refuse cargo passing these elements."""
        refused = (
            boycott.share
            for boycott in self.boycotts
            if demand in boycott.demands and not passed.isdisjoint(boycott.elements)
        )
        return max(refused, default=0.0)


def closure_states(
    closures: Sequence[Disturbance], boycotts: Sequence[Boycott], a: float, b: float
) -> Iterator[ClosureState]:
    """Yield the states of a window of a run, from day `a` to day `b`."""
    cuts = {a, b, *(day for item in closures for day, _ in item.steps)}
    cuts.update(day for item in boycotts for day in (item.start, item.end))
    for begin, end in pairwise(sorted(day for day in cuts if a <= day <= b)):
        yield ClosureState(
            days=end - begin,
            closures=tuple(
                (item, [left for day, left in item.steps if day <= begin][-1])
                for item in closures
                if item.start <= begin
            ),
            boycotts=tuple(item for item in boycotts if item.start <= begin < item.end),
        )


def closed_share(states: Sequence[ClosureState], open_share: OpenShare) -> float:
    """Return the mean closed share over the days of the states."""
    days = sum(state.days for state in states)
    return sum((1.0 - open_share(state)) * state.days for state in states) / days


def pipeline_share(network: Network, route: Route, share: Share) -> float:
    """Return the open share of a route for oil: its links, berths and ships, without its field."""
    shares = [share(route.contract)]
    for leg in route.legs:
        for id in leg.links:
            shares.append(share(id))
            if leg.by_sea:
                shares += _lane_shares(network, id, share)
    return min(shares)


def _lane_shares(network: Network, lane: str, share: Share) -> Iterator[float]:
    fleets = fleets_of(network, lane)
    yield _together([(fleet.load * (fleet.vessels or fleet.mix), share(fleet.id)) for fleet in fleets])
    for work in ("load", "discharge"):
        berths = berths_of(network, lane, work)
        if berths:
            load = mean_load(fleets)
            total = berths_capability(network, berths, load, lambda id: 1.0)
            yield berths_capability(network, berths, load, share) / total if total else 1.0


def corridor_share(
    network: Network,
    routes: FreightRoutes,
    passed: frozenset[str],
    demand: Demand,
    corridor: str,
    now: ClosureState,
) -> float:
    """Return the open share of a corridor for a demand: its lines, quays, ships, and willing shippers."""
    share = now.share
    shares = [1.0]
    for number in routes.corridors[corridor]:
        leg = routes.legs[number]
        shares += map(share, leg.lines)
        services = [network.services[id] for id in leg.services]
        shares.append(_together([(each.load * (each.vehicles or 1), share(each.id)) for each in services]))
        for place in (leg.start, leg.end) if leg.mode == "sea" else ():
            shares.append(_together([(quay.rate, share(quay.id)) for quay in quays_of(network, leg, place)]))
    return min(shares) * share(demand.id) * (1.0 - now.refusing(demand.id, passed))


def _together(parts: list[tuple[float, float]]) -> float:
    """Return the open share of parallel elements, from the size and open share of each."""
    total = sum(size for size, _ in parts)
    return sum(size * share for size, share in parts) / total if total else 1.0
