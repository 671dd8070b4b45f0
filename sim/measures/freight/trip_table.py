"""Movements of dry cargo as columns: a row for each trip, each line travelled, and each load.

Times are days since the start of the run; a moment that did not come during the run is infinite.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measures.series import Flags, Numbers
from sim.network.freight.legs import FreightLeg

Ranks = NDArray[np.int64]
LineDirection = tuple[str, str]
"""A line, and the place towards which it is travelled."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trips:
    """A row for each trip of a train or ship over a leg, and each departure by ocean.

    `service` is -1 on the ocean. The cargo was `loaded` when its train was made up or its ship began to
    load; the trip `departed` onto its first line, `arrived` at the end of its last, and was `delivered`
    when all of its cargo was ashore.
    """

    leg: Ranks
    service: Ranks
    amount: Numbers
    tonnes: Numbers
    loaded: Numbers
    departed: Numbers
    arrived: Numbers
    delivered: Numbers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crossings:
    """A row for each line of each trip, in order: ready to enter it, departed onto it, arrived.

    `direction` is a place in `TripTable.directions`; `first` flags the line at the start of a leg.
    """

    trip: Ranks
    direction: Ranks
    first: Flags
    ready: Numbers
    departed: Numbers
    arrived: Numbers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Loads:
    """A row for each part of a consignment on a leg, or waiting for one at the end of the run (trip -1).

    `first` and `last` flag the legs from its origin and to its destination. Its consignment was `created`
    at the origin; it was `ready` where the leg starts, then `loaded`, `departed`, `arrived` and `delivered`
    with its trip.
    """

    trip: Ranks
    leg: Ranks
    consignment: Ranks
    demand: Ranks
    corridor: Ranks
    first: Flags
    last: Flags
    amount: Numbers
    tonnes: Numbers
    created: Numbers
    ready: Numbers
    loaded: Numbers
    departed: Numbers
    arrived: Numbers
    delivered: Numbers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TripTable:
    """All movements of a run. Columns hold places in `demands`, `corridors`, `services` and `directions`."""

    legs: tuple[FreightLeg, ...]
    demands: tuple[str, ...]
    corridors: tuple[str, ...]
    services: tuple[str, ...]
    directions: tuple[LineDirection, ...]
    directions_of_leg: tuple[tuple[int, ...], ...]
    trips: Trips
    crossings: Crossings
    loads: Loads
