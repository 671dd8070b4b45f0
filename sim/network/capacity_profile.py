"""Capacity profiles: the flow that cyclic work allows, layer by layer of days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, inf

from sim.network.bottleneck import Share
from sim.network.network import Network


@dataclass(frozen=True, slots=True)
class Layer:
    """An interval of a run, from day `begin`, in which nothing closes, opens or changes.

    `network` is the network during it, `share` the open share of each of its elements.
    """

    begin: float
    days: float
    network: Network
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityProfile:
    """The capacity of an element that works in cycles, layer by layer, in units of cargo.

    A berth pumps in a part of its cycle only, and a ship loads once on each round trip; so each can
    run ahead of its mean for a while, by no more than a credit. `steady` is the capacity of each layer
    at the mean rate. `credit_gained` is the credit that a layer may begin with beyond the part
    `credit_carried` over from the one before (one number fewer, one for each boundary).
    """

    steady: Sequence[float]
    credit_gained: Sequence[float]
    credit_carried: Sequence[float]


def vehicles_profile(
    layers: Sequence[Layer], id: str, vehicles: int, load: float, cycle: float
) -> CapacityProfile:
    """Return the profile of a number of vehicles, each with one load per cycle (days)."""
    going = [_going(vehicles, layer.share(id)) for layer in layers]
    return CapacityProfile(
        steady=[
            (count * load * layer.days / cycle if cycle > 0.0 else inf) if count else 0.0
            for count, layer in zip(going, layers, strict=True)
        ],
        credit_gained=[vehicles * load, *(abs(after - before) * load for before, after in pairwise(going))],
        credit_carried=[vehicles * load] * (len(layers) - 1),
    )


def _going(vehicles: int, share: float) -> int:
    """Number of vehicles that a cut leaves in service: rounded, and at least one while any may go."""
    return max(floor(vehicles * share + 0.5), 1) if share > 0.0 else 0
