"""Capacity profiles of berths and fleets: their means, and how far they can run ahead of them."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from sim.network.capacity_profile import CapacityProfile, Layer, vehicles_profile
from sim.network.elements import Berth, Fleet
from sim.network.oil.capacity import berth_capability, berths_of


def berths_profile(layers: Sequence[Layer], lane: str, work: str, load: float) -> CapacityProfile:
    """Return the profile of the berths of a lane at one of its ends, for ships of one load.

    A berth's cycle is its approach, a load at its rate, and casting off; its mean rate is a load a cycle.
    Let its credit be that mean rate times a number of days: those of approach and casting off when a
    ship begins to pump, in proportion to what it still has to pump until these are none, and those of
    casting off when the berth is idle. The cargo pumped in a number of days is then its mean rate times
    these, and the credit before less the credit after, or less. No more berths work than the place allows
    at once, which bounds the sum over all of them. When mean rates change,

    - the credit is worth more where one rises, by no more than the rise times the days of approach;
    - a berth that is cut, or shuts and sends its ship to the anchorage, from where it has to approach
      anew, may make good its delay: the fall times the days of casting off;
    - one that opens is idle.

    When the lane itself is shut, ships that have berthed finish their loads, and no other ship berths.
    """
    berths = berths_of(layers[0].network, lane, work)
    if not berths:
        return _without_limit(len(layers))
    at_once = layers[0].network.places[berths[0].place].berths_at_once

    def together(amounts: list[float]) -> float:
        return sum(sorted(amounts, reverse=True)[:at_once])

    means = [[berth_capability(b, load, rate_of(layer, b)) for b in berths] for layer in layers]
    idle = [together([u * b.cast_off for u, b in zip(mean, berths, strict=True)]) for mean in means]
    berthed = [together([u * b.approach for u, b in zip(mean, berths, strict=True)]) for mean in means]
    open_ = [layer.share(lane) > 0.0 for layer in layers]
    finishing = together([load] * len(berths))
    gained, carried = [idle[0] if open_[0] else 0.0], []
    for n in range(1, len(layers)):
        if open_[n - 1] and open_[n]:
            changes = [_change(*each) for each in zip(berths, means[n - 1], means[n], strict=True)]
            gained.append(together(changes) + idle[n] - idle[n - 1])
            carried.append(min(berthed[n - 1] + idle[n - 1], berthed[n] + idle[n]))
            continue
        is_closing = open_[n - 1]
        gained.append(berthed[n] + idle[n] if open_[n] else finishing if is_closing else 0.0)
        carried.append(0.0 if open_[n] or is_closing else finishing)
    steady = [
        together(mean) * layer.days if lane_open else 0.0
        for mean, layer, lane_open in zip(means, layers, open_, strict=True)
    ]
    return CapacityProfile(steady=steady, credit_gained=gained, credit_carried=carried)


def _without_limit(count: int) -> CapacityProfile:
    none = [0.0] * count
    return CapacityProfile(steady=[inf] * count, credit_gained=none, credit_carried=none[1:])


def _change(berth: Berth, before: float, after: float) -> float:
    """The credit that a berth may gain when its mean rate changes."""
    if after < before:
        return (before - after) * berth.cast_off
    return (after - before) * berth.approach if before > 0.0 else 0.0


def most_pumped(layer: Layer, lane: str) -> float:
    """Return the most that the loading berths of a lane can pump in a layer, with a ship always at each."""
    berths = berths_of(layer.network, lane, "load")
    if not berths:
        return inf
    at_once = layer.network.places[berths[0].place].berths_at_once
    return sum(sorted((rate_of(layer, berth) for berth in berths), reverse=True)[:at_once]) * layer.days


def rate_of(layer: Layer, berth: Berth) -> float:
    return layer.network.berths[berth.id].rate * layer.share(berth.id)


def fleet_profile(layers: Sequence[Layer], fleet: Fleet) -> CapacityProfile:
    """Return the profile of a fleet that goes back and forth, counted as its ships load.

    No vessel loads more than once on a round trip, at the quickest berths there ever are, so each can be
    ahead of its mean by a load at most. One that is laid up, or sails again, may have up to a load of
    credit for which no day of service stands.
    """
    vessels, load = fleet.vessels or 0, fleet.load
    cycle = min(_round_trip(layers, fleet, lane) for lane in fleet.lanes)
    return vehicles_profile(layers, fleet.id, vessels, load, cycle)


def _round_trip(layers: Sequence[Layer], fleet: Fleet, lane: str) -> float:
    """Days that a vessel takes on a lane, there and back, when it never waits."""
    network = layers[0].network
    assert fleet.speed is not None
    days = 2 * network.links[lane].length / fleet.speed + fleet.layover
    for work in ("load", "discharge"):
        rates = {b: max(rate_of(layer, b) for layer in layers) for b in berths_of(network, lane, work)}
        turns = [b.approach + fleet.load / rate + b.cast_off for b, rate in rates.items() if rate > 0.0]
        days += min(turns, default=0.0)
    return days
