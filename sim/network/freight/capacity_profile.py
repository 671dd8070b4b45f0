"""Capacity profiles of train paths, quays and finite services: their means and their credits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import inf

from sim.network.capacity_profile import CapacityProfile, Layer, vehicles_profile
from sim.network.freight.elements import Quay, Service
from sim.network.freight.legs import FreightLeg, quays_of

Quickest = Callable[[str, bool], float]  # the least days for a line, by whether it is travelled forward


def paths_profile(layers: Sequence[Layer], id: str, load: float) -> CapacityProfile:
    """Return the profile of trains of one load on a line, one way.

    One train may set out at once, and then one for each path. Where a line is cut, or
    opens, the next path may come as early as it would have before: one train more.
    """
    paths = [_paths(layer, id) for layer in layers]
    gained = [load if paths[0] > 0.0 else 0.0]
    gained += [
        load if after > 0.0 and (after < before or before == 0.0) else 0.0
        for before, after in pairwise(paths)
    ]
    return CapacityProfile(
        steady=[number * load * layer.days for number, layer in zip(paths, layers, strict=True)],
        credit_gained=gained,
        credit_carried=[load if after > 0.0 and before > 0.0 else 0.0 for before, after in pairwise(paths)],
    )


def _paths(layer: Layer, id: str) -> float:
    """Trains a day; infinity without a limit."""
    line, share = layer.network.lines[id], layer.share(id)
    if line.paths is None:
        return inf if share > 0.0 else 0.0
    return line.paths * share


def quays_profile(layers: Sequence[Layer], quays: Sequence[str], load: float) -> CapacityProfile:
    """Return the profile of quays together, one way, with ships of one load.

    No ship moves more than a load over a quay without having made fast there, so a quay's mean rate is
    a load in the days of making fast and of moving it. It can be ahead of that by making fast: by its
    mean rate times these days. It may keep that credit after a change.
    """
    described = [layers[0].network.quays[id] for id in quays]
    means = [[_mean_rate(layer, quay, load) for quay in described] for layer in layers]
    credits = [
        sum(mean * quay.approach for mean, quay in zip(each, described, strict=True)) for each in means
    ]
    same = [before == after for before, after in pairwise(means)]
    return CapacityProfile(
        steady=[sum(mean) * layer.days for mean, layer in zip(means, layers, strict=True)],
        credit_gained=[
            0.0,
            *(0.0 if is_same else credit for is_same, credit in zip(same, credits[1:], strict=True)),
        ],
        credit_carried=[
            credit if is_same else 0.0 for is_same, credit in zip(same, credits[1:], strict=True)
        ],
    )


def _mean_rate(layer: Layer, quay: Quay, load: float) -> float:
    rate = layer.network.quays[quay.id].rate * layer.share(quay.id)
    return load / (quay.approach + load / rate) if rate > 0.0 else 0.0


def services_profile(
    layers: Sequence[Layer], leg: FreightLeg, services: Sequence[Service], quickest: Quickest
) -> CapacityProfile:
    """Return the profile of the finite services on a leg, counted as their ships or sets of wagons load.

    Each of them takes no more than a load on a round trip, which lasts at least as long as it would
    with no other in its way.
    """
    profiles = [
        vehicles_profile(
            layers,
            service.id,
            service.vehicles or 0,
            service.load,
            _round_trip(layers, leg, service, quickest),
        )
        for service in services
    ]
    return CapacityProfile(
        steady=[sum(each) for each in zip(*(one.steady for one in profiles), strict=True)],
        credit_gained=[sum(each) for each in zip(*(one.credit_gained for one in profiles), strict=True)],
        credit_carried=[sum(each) for each in zip(*(one.credit_carried for one in profiles), strict=True)],
    )


def _round_trip(layers: Sequence[Layer], leg: FreightLeg, service: Service, quickest: Quickest) -> float:
    """Days there, with a load, and back empty."""
    days = 2 * service.layover + sum(quickest(id, way) for id in leg.lines for way in (True, False))
    if leg.mode == "sea":
        for place in (leg.start, leg.end):
            turns = []
            for quay in quays_of(layers[0].network, leg, place):
                rate = max(layer.network.quays[quay.id].rate * layer.share(quay.id) for layer in layers)
                if rate > 0.0:
                    turns.append(quay.approach + service.load / rate)
            days += min(turns, default=0.0)
    return days
