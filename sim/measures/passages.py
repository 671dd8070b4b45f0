"""What trains and ships carried, as columns: a row for each trip, line travelled, and load.

Times are days since the start of the run; what has not come about is at infinity.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from sim.engine.journal import Journal
from sim.measures.series import Numbers
from sim.network import Network
from sim.network.legs import FreightLeg, FreightRoutes

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


def passages_of(journal: Journal, network: Network, routes: FreightRoutes) -> Passages:
    """The columns of a journal; `routes` are those that its trips refer to."""
    weights = np.array([network.cargoes[leg.cargo].tonnes for leg in routes.legs])
    moments = _moments(journal, routes.legs)
    trips = _trips(journal, tuple(network.services), routes.legs, weights, moments)
    named = [ways_of(network, leg) for leg in routes.legs]
    ways = tuple(dict.fromkeys(way for some in named for way in some))
    ways_of_leg = tuple(tuple(ways.index(way) for way in some) for some in named)
    return Passages(
        legs=routes.legs,
        demands=tuple(network.demands),
        corridors=tuple(network.corridors),
        services=tuple(network.services),
        ways=ways,
        ways_of_leg=ways_of_leg,
        trips=trips,
        crossings=_crossings(ways_of_leg, trips.leg, moments),
        loads=_loads(journal, network, routes.legs, weights, trips),
    )


def ways_of(network: Network, leg: FreightLeg) -> list[tuple[str, str]]:
    """The lines of a leg, each with the place towards which it is travelled."""
    lines = (network.lines[id] for id in leg.lines)
    ends = zip(lines, leg.forward, strict=True)
    return [(line.id, line.destination if forward else line.origin) for line, forward in ends]


def _moments(journal: Journal, legs: tuple[FreightLeg, ...]) -> Numbers:
    """The times of all trips side by side, a row each."""
    widest = 2 + 2 * max((len(leg.lines) for leg in legs), default=0)
    counts = np.array([len(trip.times) for trip in journal.trips], dtype=np.int64)
    rows = np.repeat(np.arange(len(counts)), counts)
    firsts = np.repeat(np.cumsum(counts) - counts, counts)
    moments = np.full((len(counts), widest), np.inf)
    moments[rows, np.arange(len(rows)) - firsts] = list(chain.from_iterable(t.times for t in journal.trips))
    return moments


def _trips(
    journal: Journal, services: tuple[str, ...], legs: tuple[FreightLeg, ...], weights: Numbers,
    moments: Numbers,
) -> Trips:  # fmt: skip
    rank = {"": -1} | {id: number for number, id in enumerate(services)}
    leg = np.array([trip.leg for trip in journal.trips], dtype=np.int64)
    lengths = np.array([len(one.lines) for one in legs], dtype=np.int64)[leg]
    rows = np.arange(len(leg))
    amount = np.array([sum([load.amount for load in trip.loads]) for trip in journal.trips], dtype=float)
    return Trips(
        leg=leg,
        service=np.array([rank[trip.service] for trip in journal.trips], dtype=np.int64),
        amount=amount,
        tonnes=amount * weights[leg],
        taken=moments[:, 0],
        left=moments[:, 1] if moments.shape[1] > 1 else moments[:, 0],
        arrived=moments[rows, 2 * lengths],
        done=moments[rows, 2 * lengths + 1],
    )


def _crossings(ways_of_leg: tuple[tuple[int, ...], ...], leg: Ranks, moments: Numbers) -> Crossings:
    lengths = np.array([len(ways) for ways in ways_of_leg], dtype=np.int64)[leg]
    trip = np.repeat(np.arange(len(leg)), lengths)
    number = np.arange(len(trip)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return Crossings(
        trip=trip,
        way=np.array(list(chain.from_iterable(ways_of_leg[one] for one in leg.tolist())), dtype=np.int64),
        first=number == 0,
        ready=moments[trip, 2 * number],
        left=moments[trip, 2 * number + 1],
        arrived=moments[trip, 2 * number + 2],
    )


def _loads(
    journal: Journal, network: Network, legs: tuple[FreightLeg, ...], weights: Numbers, trips: Trips
) -> Loads:
    carried = [load for trip in journal.trips for load in trip.loads]
    counts = np.array([len(trip.loads) for trip in journal.trips], dtype=np.int64)
    on = np.repeat(np.arange(len(counts)), counts)
    waits_for = np.array([leg for leg, _ in journal.waiting], dtype=np.int64)
    leg = np.concatenate((trips.leg[on], waits_for))
    rows = np.array([*carried, *(load for _, load in journal.waiting)], dtype=float).reshape(-1, 3)
    consignment = rows[:, 0].astype(np.int64)
    demand, corridor, born = _consigned(journal, network, consignment)
    shape = len(legs), len(network.demands)
    demands = network.demands.values()
    starts = np.array([[one.start == d.origin for d in demands] for one in legs], dtype=bool).reshape(shape)
    ends = np.array([[one.end == d.destination for d in demands] for one in legs], dtype=bool).reshape(shape)
    never = np.full(len(waits_for), np.inf)
    return Loads(
        trip=np.concatenate((on, np.full(len(waits_for), -1))),
        leg=leg,
        consignment=consignment,
        demand=demand,
        corridor=corridor,
        first=starts[leg, demand],
        last=ends[leg, demand],
        amount=rows[:, 1],
        tonnes=rows[:, 1] * weights[leg],
        born=born,
        came=rows[:, 2],
        taken=np.concatenate((trips.taken[on], never)),
        left=np.concatenate((trips.left[on], never)),
        arrived=np.concatenate((trips.arrived[on], never)),
        done=np.concatenate((trips.done[on], never)),
    )


def _consigned(journal: Journal, network: Network, which: Ranks) -> tuple[Ranks, Ranks, Numbers]:
    """Of some consignments: their demands, corridors and births."""
    demands = {id: number for number, id in enumerate(network.demands)}
    corridors = {id: number for number, id in enumerate(network.corridors)}
    lots = journal.consignments
    return (
        np.array([demands[lot.demand] for lot in lots], dtype=np.int64)[which],
        np.array([corridors[lot.corridor] for lot in lots], dtype=np.int64)[which],
        np.array([lot.born for lot in lots], dtype=float)[which],
    )
