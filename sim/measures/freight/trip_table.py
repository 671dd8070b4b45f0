"""What trains and ships carried, as columns: a row for each trip, line travelled, and load.

Times are days since the start of the run; what has not come about is at infinity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measures.series import Numbers
from sim.network.freight.legs import FreightLeg

Ranks = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trips:
    """One row a trip: its leg, its service (-1 on the ocean), its cargo, and its moments.

    `taken` is when it was made up, `left` when it set out on its first line, `arrived` when it reached
    the end of its last, `done` when all of it was ashore.
    """

    leg: Ranks
    service: Ranks
    amount: Numbers
    tonnes: Numbers
    taken: Numbers
    left: Numbers
    arrived: Numbers
    done: Numbers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crossings:
    """One row for each line of each trip, in order: when it was ready to set out on it, left, arrived.

    `way` is which line it is and which way it goes, as a place in `Passages.ways`; `first` tells the line
    at the start of a leg.
    """

    trip: Ranks
    way: Ranks
    first: Flags
    ready: Numbers
    left: Numbers
    arrived: Numbers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Loads:
    """One row for each part of a consignment on a leg, or in a yard at the end of the run (its trip is -1).

    `first` and `last` tell the legs from its origin and to its destination.
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
    born: Numbers
    came: Numbers
    taken: Numbers
    left: Numbers
    arrived: Numbers
    done: Numbers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Passages:
    """All that travelled in a run. Columns hold places in `demands`, `corridors`, `services` and `ways`."""

    legs: tuple[FreightLeg, ...]
    demands: tuple[str, ...]
    corridors: tuple[str, ...]
    services: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]  # a line, and the place towards which it is travelled
    ways_of_leg: tuple[tuple[int, ...], ...]
    trips: Trips
    crossings: Crossings
    loads: Loads
