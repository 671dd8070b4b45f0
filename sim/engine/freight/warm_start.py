"""Days that each leg takes while nothing is in the way: the shippers' expectations when a run begins.

Trains wait until they are full, so days depend on the cargo sent, and the cargo sent on the days: both are
iterated to agreement before the run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sim.engine.freight.live_legs import LiveLeg
from sim.network.freight.bottleneck import round_trip
from sim.network.freight.elements import Service
from sim.network.freight.legs import quays_of
from sim.network.network import Network

ROUNDS = 10  # enough for days and shares to agree to a hundredth of a day

Bookings = Mapping[str, Mapping[str, float]]  # by demand and corridor, cargo/day


def set_free_flow_times(
    network: Network,
    live_legs: Sequence[LiveLeg],
    corridors: Mapping[str, Sequence[int]],
    bookings: Callable[[], Bookings],
) -> None:
    """Give every leg the days that it takes when shippers send what they book at these days."""
    for live_leg in live_legs:
        live_leg.transit.reset(_transit(network, live_leg))
    for _ in range(ROUNDS):
        flows = [0.0] * len(live_legs)
        lots = [0.0] * len(live_legs)
        for demand, by_corridor in bookings().items():
            for corridor, flow in by_corridor.items():
                for number in corridors[corridor]:
                    flows[number] += flow
                    lots[number] += flow * network.demands[demand].lot
        for live_leg, flow, lot in zip(live_legs, flows, lots, strict=True):
            days = _waiting(network, live_leg, flow, lot / flow if flow else 0.0)
            live_leg.waiting.reset((live_leg.waiting.free_flow + days) / 2)  # damped, or it might oscillate


def _transit(network: Network, live_leg: LiveLeg) -> float:
    """Return the days from departure until all cargo is set down."""
    leg = live_leg.leg
    days = sum(track.mean for track in live_leg.tracks)
    if leg.mode == "sea":
        load = max(network.services[id].load for id in leg.services)
        quays = quays_of(network, leg, leg.end)
        days += min(quay.approach + load / quay.rate for quay in quays)
    return days


def _waiting(network: Network, live_leg: LiveLeg, flow: float, lot: float) -> float:
    """Return the mean days between arrival in the yard and departure."""
    leg = live_leg.leg
    yard = network.yards.get(leg.yards[0])
    handling = yard.handling if yard else 0.0
    services = [network.services[id] for id in leg.services]
    if not services:
        return handling
    gathering = min(mean_gathering_time(service, flow, lot) for service in services)
    fixed = [service for service in services if service.vehicles]
    if not fixed:
        return handling + gathering
    calls = sum((service.vehicles or 0) / round_trip(network, service, leg) for service in fixed)
    loading = 0.0
    if leg.mode == "sea":
        load = max(service.load for service in fixed)
        loading = min(load / quay.rate + quay.cast_off for quay in quays_of(network, leg, leg.start))
    return handling + max(gathering, 1.0 / (2.0 * calls)) + loading


def mean_gathering_time(service: Service, flow: float, lot: float) -> float:
    """Return the mean days that lots of one size, arriving at random, wait for their train to depart.

    It departs when it is full, or when its first lot has waited for the service's longest wait.
    """
    if flow <= 0.0 or lot >= service.load:
        return 0.0
    first = min((service.load - lot) / flow, service.longest_wait)
    others = first * flow / lot
    return first * (1.0 + others / 2.0) / (1.0 + others)
