"""From the trips of a journal to the columns of `Passages`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import numpy as np

from sim.engine.journal import Journal, Load
from sim.measures.freight.trip_table import Crossings, Loads, Passages, Ranks, Trips
from sim.measures.series import Numbers
from sim.network import Network
from sim.network.freight.legs import FreightLeg, FreightRoutes


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
    times = chain.from_iterable(trip.times for trip in journal.trips)
    moments[rows, np.arange(len(rows)) - firsts] = np.fromiter(times, dtype=float)
    return moments


def _trips(
    journal: Journal, services: tuple[str, ...], legs: tuple[FreightLeg, ...], weights: Numbers,
    moments: Numbers,
) -> Trips:  # fmt: skip
    rank = {"": -1} | {id: number for number, id in enumerate(services)}
    leg = np.array([trip.leg for trip in journal.trips], dtype=np.int64)
    lengths = np.array([len(one.lines) for one in legs], dtype=np.int64)[leg]
    rows = np.arange(len(leg))
    counts = np.array([len(trip.loads) for trip in journal.trips], dtype=np.int64)
    loads = _as_rows(chain.from_iterable(trip.loads for trip in journal.trips))
    amount = np.bincount(np.repeat(rows, counts), weights=loads[:, 1], minlength=len(rows)).astype(float)
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
    waiting = (load for _, load in journal.waiting)
    counts = np.array([len(trip.loads) for trip in journal.trips], dtype=np.int64)
    on = np.repeat(np.arange(len(counts)), counts)
    waits_for = np.array([leg for leg, _ in journal.waiting], dtype=np.int64)
    leg = np.concatenate((trips.leg[on], waits_for))
    rows = np.vstack((_as_rows(chain.from_iterable(trip.loads for trip in journal.trips)), _as_rows(waiting)))
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


def _as_rows(loads: Iterable[Load]) -> Numbers:
    """Loads with their consignment, amount and coming side by side."""
    return np.fromiter(chain.from_iterable(loads), dtype=float).reshape(-1, 3)


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
