"""How much of a way is open, day by day, by what a scenario says is closed and who turns away.

Of the things that a way passes the one that is closed most decides; what works side by side, such as
moorings, counts together. Spare capacity counts for nothing: half a pipeline is half of what went by it.
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

Open = Callable[["Standing"], float]  # the share of something that is open while that stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is closed and who turns away for some `days` in which neither changes."""

    days: float
    closures: tuple[tuple[Disturbance, float], ...]  # with what each leaves
    boycotts: tuple[Boycott, ...]

    def share(self, id: str) -> float:
        """What is open of an element: the least that any closure leaves."""
        return min((left for item, left in self.closures if id in item.elements), default=1.0)

    def refusing(self, demand: str, passed: frozenset[str]) -> float:
        """The share of a demand's shippers that refuse what passes some elements."""
        refused = (
            one.share
            for one in self.boycotts
            if demand in one.demands and not passed.isdisjoint(one.elements)
        )
        return max(refused, default=0.0)


def standings(
    closures: Sequence[Disturbance], boycotts: Sequence[Boycott], a: float, b: float
) -> Iterator[Standing]:
    """A window of a run cut where anything closes, opens, or is refused."""
    cuts = {a, b, *(day for item in closures for day, _ in item.steps)}
    cuts.update(day for item in boycotts for day in (item.start, item.end))
    for begin, end in pairwise(sorted(day for day in cuts if a <= day <= b)):
        yield Standing(
            days=end - begin,
            closures=tuple(
                (item, [left for day, left in item.steps if day <= begin][-1])
                for item in closures
                if item.start <= begin
            ),
            boycotts=tuple(item for item in boycotts if item.start <= begin < item.end),
        )


def closed_share(found: Sequence[Standing], is_open: Open) -> float:
    """The mean over days of the share that is not open."""
    days = sum(one.days for one in found)
    return sum((1.0 - is_open(one)) * one.days for one in found) / days


def pipeline_share(network: Network, route: Route, share: Share) -> float:
    """What is open of a route for oil: its links, berths and ships, without the field that feeds it."""
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
            whole = berths_capability(network, berths, load, lambda id: 1.0)
            yield berths_capability(network, berths, load, share) / whole if whole else 1.0


def corridor_share(
    network: Network,
    routes: FreightRoutes,
    passed: frozenset[str],
    demand: Demand,
    corridor: str,
    now: Standing,
) -> float:
    """What is open of a corridor to a demand: its lines, quays and ships, and who still goes."""
    share = now.share
    shares = [1.0]
    for number in routes.corridors[corridor]:
        leg = routes.legs[number]
        shares += map(share, leg.lines)
        services = [network.services[id] for id in leg.services]
        shares.append(_together([(one.load * (one.vehicles or 1), share(one.id)) for one in services]))
        for place in (leg.start, leg.end) if leg.mode == "sea" else ():
            shares.append(_together([(one.rate, share(one.id)) for one in quays_of(network, leg, place)]))
    return min(shares) * share(demand.id) * (1.0 - now.refusing(demand.id, passed))


def _together(parts: list[tuple[float, float]]) -> float:
    """What is open of things that work side by side: sizes, and the share of each that is."""
    whole = sum(size for size, _ in parts)
    return sum(size * share for size, share in parts) / whole if whole else 1.0
