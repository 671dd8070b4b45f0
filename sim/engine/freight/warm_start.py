"""How long each stretch takes while nothing is in the way: what people reckon with when a run begins.

Trains wait until they are full, so that days depend on how much is sent, and what is sent on the days:
both are brought into step before the run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sim.engine.freight.live_legs import Stretch
from sim.network.freight.bottleneck import round_trip
from sim.network.freight.elements import Service
from sim.network.freight.legs import quays_of
from sim.network.network import Network

ROUNDS = 10  # enough for days and shares to agree to a hundredth of a day

Flows = Mapping[str, Mapping[str, float]]  # by demand and corridor, cargo/day


def bring_into_step(
    network: Network, stretches: Sequence[Stretch], corridors: Mapping[str, Sequence[int]],
    booked: Callable[[], Flows],
) -> None:  # fmt: skip
    """Give every stretch the days that it takes when all is sent that is booked at these days."""
    for stretch in stretches:
        stretch.running.begin(_running(network, stretch))
    for _ in range(ROUNDS):
        flows = [0.0] * len(stretches)
        lots = [0.0] * len(stretches)
        for demand, by_corridor in booked().items():
            for corridor, flow in by_corridor.items():
                for number in corridors[corridor]:
                    flows[number] += flow
                    lots[number] += flow * network.demands[demand].lot
        for stretch, flow, lot in zip(stretches, flows, lots, strict=True):
            found = _waiting(network, stretch, flow, lot / flow if flow else 0.0)
            stretch.waiting.begin((stretch.waiting.usual + found) / 2)  # or it might swing to and fro


def _running(network: Network, stretch: Stretch) -> float:
    """Days from setting out until all is ashore."""
    leg = stretch.leg
    days = sum(way.mean for way in stretch.ways)
    if leg.mode == "sea":
        load = max(network.services[id].load for id in leg.services)
        quays = quays_of(network, leg, leg.end)
        days += min(quay.approach + load / quay.rate for quay in quays)
    return days


def _waiting(network: Network, stretch: Stretch, flow: float, lot: float) -> float:
    """Mean days between coming to the yard and setting out."""
    leg = stretch.leg
    yard = network.yards.get(leg.yards[0])
    handling = yard.handling if yard else 0.0
    services = [network.services[id] for id in leg.services]
    if not services:
        return handling
    gathering = min(gather(service, flow, lot) for service in services)
    finite = [service for service in services if service.vehicles]
    if not finite:
        return handling + gathering
    calls = sum((service.vehicles or 0) / round_trip(network, service, leg) for service in finite)
    loading = 0.0
    if leg.mode == "sea":
        load = max(service.load for service in finite)
        loading = min(load / quay.rate + quay.cast_off for quay in quays_of(network, leg, leg.start))
    return handling + max(gathering, 1.0 / (2.0 * calls)) + loading


def gather(service: Service, flow: float, lot: float) -> float:
    """Mean days that lots of one size, coming at random, wait until a train of theirs sets out.

    It sets out when it is full, or when its first lot has waited for the service's longest wait.
    """
    if flow <= 0.0 or lot >= service.load:
        return 0.0
    first = min((service.load - lot) / flow, service.longest_wait)
    others = first * flow / lot
    return first * (1.0 + others / 2.0) / (1.0 + others)
