"""Capacities of berths, fleets and lanes in steady work and fair weather."""

from __future__ import annotations

from sim.network.bottleneck import Share
from sim.network.elements import Berth, Fleet
from sim.network.network import Network


def mean_load(fleets: list[Fleet]) -> float:
    """Return the mean cargo of a call, weighted by the fleets' mix (called) or vessels (own)."""
    weights = [fleet.mix if fleet.vessels is None else float(fleet.vessels) for fleet in fleets]
    total = sum(weights)
    if total <= 0:
        return 0.0
    return sum(weight * fleet.load for weight, fleet in zip(weights, fleets, strict=True)) / total


def berth_capability(berth: Berth, load: float, rate: float | None = None) -> float:
    """Return the cargo per day of a berth that is never idle: a load per approach, pumping and casting off.

    It pumps at its own rate unless another is given, as in a partial closure.
    """
    rate = berth.rate if rate is None else rate
    return load / (berth.approach + load / rate + berth.cast_off) if rate > 0 else 0.0


def fleets_of(network: Network, lane: str) -> list[Fleet]:
    return [fleet for fleet in network.fleets.values() if lane in fleet.lanes]


def berths_of(network: Network, lane: str, work: str) -> list[Berth]:
    return [
        berth
        for berth in network.berths.values()
        if lane in berth.lanes and berth.work == work and berth.in_service
    ]


def berths_capability(network: Network, berths: list[Berth], load: float, share: Share) -> float:
    """Return the cargo per day of berths of one place, as many at once as the place allows."""
    each = sorted(
        (berth_capability(berth, load, berth.rate * share(berth.id)) for berth in berths), reverse=True
    )
    return sum(each[: network.places[berths[0].place].berths_at_once])


def fleet_capability(network: Network, fleet: Fleet, lane: str) -> float:
    """Return the cargo per day of a fleet that works one lane only; infinity for called ships."""
    if fleet.vessels is None:
        return float("inf")
    assert fleet.speed is not None
    cycle = 2 * network.links[lane].length / fleet.speed + fleet.layover
    for work in ("load", "discharge"):
        berths = berths_of(network, lane, work)
        if berths:
            best = max(berths, key=lambda berth: berth_capability(berth, fleet.load))
            cycle += fleet.load / max(berth_capability(best, fleet.load), 1e-9)
    return fleet.vessels * fleet.load / cycle
