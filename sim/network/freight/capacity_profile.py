"""How far train paths, quays and ships that come back can be ahead of their mean, from layer to layer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import inf

from sim.network.freight.elements import Quay, Service
from sim.network.freight.legs import FreightLeg, quays_of
from sim.network.oil.capacity_profile import vehicles_pace
from sim.network.time_expanded import Layer, Pace

Quickest = Callable[[str, bool], float]  # the least days for a line, by whether it is travelled forward


def paths_pace(layers: Sequence[Layer], id: str, load: float) -> Pace:
    """The pace of trains of one load on a line, one way.

    One train may set out at once, and then one for each path. Where a line is open for less than it
    was, or opens, the next path may come as early as it would have before: one train more.
    """
    paths = [_paths(layer, id) for layer in layers]
    gained = [load if paths[0] > 0.0 else 0.0]
    gained += [
        load if after > 0.0 and (after < before or before == 0.0) else 0.0
        for before, after in pairwise(paths)
    ]
    return Pace(
        steady=[number * load * layer.days for number, layer in zip(paths, layers, strict=True)],
        gained=gained,
        kept=[load if after > 0.0 and before > 0.0 else 0.0 for before, after in pairwise(paths)],
    )


def _paths(layer: Layer, id: str) -> float:
    """Trains a day; without end where any may set out."""
    line, share = layer.network.lines[id], layer.share(id)
    if line.paths is None:
        return inf if share > 0.0 else 0.0
    return line.paths * share


def quays_pace(layers: Sequence[Layer], quays: Sequence[str], load: float) -> Pace:
    """The pace of some quays, one way, with ships of one load.

    No ship moves more than a load over a quay without having made fast there, so a quay's mean rate is
    a load in the days of making fast and of moving it. It can be ahead of that by making fast: by its
    mean rate times these days. What it has of this it may still have after a change.
    """
    described = [layers[0].network.quays[id] for id in quays]
    means = [[_mean_rate(layer, quay, load) for quay in described] for layer in layers]
    leads = [sum(mean * quay.approach for mean, quay in zip(each, described, strict=True)) for each in means]
    same = [before == after for before, after in pairwise(means)]
    return Pace(
        steady=[sum(mean) * layer.days for mean, layer in zip(means, layers, strict=True)],
        gained=[0.0, *(0.0 if kept else lead for kept, lead in zip(same, leads[1:], strict=True))],
        kept=[lead if kept else 0.0 for kept, lead in zip(same, leads[1:], strict=True)],
    )


def _mean_rate(layer: Layer, quay: Quay, load: float) -> float:
    rate = layer.network.quays[quay.id].rate * layer.share(quay.id)
    return load / (quay.approach + load / rate) if rate > 0.0 else 0.0


def services_pace(
    layers: Sequence[Layer], leg: FreightLeg, services: Sequence[Service], quickest: Quickest
) -> Pace:
    """The pace of all finite services on a leg, counted as their ships or sets of wagons take cargo.

    Each of them takes no more than a load on a round trip, which lasts at least as long as it would
    with nobody in its way.
    """
    paces = [
        vehicles_pace(
            layers,
            service.id,
            service.vehicles or 0,
            service.load,
            _round_trip(layers, leg, service, quickest),
        )
        for service in services
    ]
    return Pace(
        steady=[sum(each) for each in zip(*(pace.steady for pace in paces), strict=True)],
        gained=[sum(each) for each in zip(*(pace.gained for pace in paces), strict=True)],
        kept=[sum(each) for each in zip(*(pace.kept for pace in paces), strict=True)],
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
