"""Build the trip table of a run from the trips in its journal."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import numpy as np

from sim.engine.journal import Journal, Load
from sim.measures.freight.trip_table import Crossings, LineDirection, Loads, Ranks, Trips, TripTable
from sim.measures.series import Numbers
from sim.network import Network
from sim.network.freight.legs import FreightLeg, FreightRoutes


def build_trip_table(journal: Journal, network: Network, routes: FreightRoutes) -> TripTable:
    """Return the columns of a journal; `routes` are those that its trips refer to."""
    weights = np.array([network.cargoes[leg.cargo].tonnes for leg in routes.legs])
    moments = _moments(journal, routes.legs)
    trips = _trips(journal, tuple(network.services), routes.legs, weights, moments)
    of_legs = [directions_of(network, leg) for leg in routes.legs]
    directions = tuple(dict.fromkeys(direction for of_leg in of_legs for direction in of_leg))
    directions_of_leg = tuple(tuple(directions.index(each) for each in of_leg) for of_leg in of_legs)
    return TripTable(
        legs=routes.legs,
        demands=tuple(network.demands),
        corridors=tuple(network.corridors),
        services=tuple(network.services),
        directions=directions,
        directions_of_leg=directions_of_leg,
        trips=trips,
        crossings=_crossings(directions_of_leg, trips.leg, moments),
        loads=_loads(journal, network, routes.legs, weights, trips),
    )


def directions_of(network: Network, leg: FreightLeg) -> list[LineDirection]:
    """Return the lines of a leg, each with the place towards which it is travelled."""
    lines = (network.lines[id] for id in leg.lines)
    ends = zip(lines, leg.forward, strict=True)
    return [(line.id, line.destination if forward else line.origin) for line, forward in ends]


def _moments(journal: Journal, legs: tuple[FreightLeg, ...]) -> Numbers:
    """Return the times of all trips, a row each, padded with infinity."""
    widest = 2 + 2 * max((len(leg.lines) for leg in legs), default=0)
    counts = np.array([len(trip.times) for trip in journal.trips], dtype=np.int64)
    rows = np.repeat(np.arange(len(counts)), counts)
    firsts = np.repeat(np.cumsum(counts) - counts, counts)
    moments = np.full((len(counts), widest), np.inf)
    times = chain.from_iterable(trip.times for trip in journal.trips)
    moments[rows, np.arange(len(rows)) - firsts] = np.fromiter(times, dtype=float)
    return moments


def _trips(
    journal: Journal,
    services: tuple[str, ...],
    legs: tuple[FreightLeg, ...],
    weights: Numbers,
    moments: Numbers,
) -> Trips:
    rank = {"": -1} | {id: number for number, id in enumerate(services)}
    leg = np.array([trip.leg for trip in journal.trips], dtype=np.int64)
    lengths = np.array([len(each.lines) for each in legs], dtype=np.int64)[leg]
    rows = np.arange(len(leg))
    counts = np.array([len(trip.loads) for trip in journal.trips], dtype=np.int64)
    loads = _as_rows(chain.from_iterable(trip.loads for trip in journal.trips))
    amount = np.bincount(np.repeat(rows, counts), weights=loads[:, 1], minlength=len(rows)).astype(float)
    return Trips(
        leg=leg,
        service=np.array([rank[trip.service] for trip in journal.trips], dtype=np.int64),
        amount=amount,
        tonnes=amount * weights[leg],
        loaded=moments[:, 0],
        departed=moments[:, 1] if moments.shape[1] > 1 else moments[:, 0],
        arrived=moments[rows, 2 * lengths],
        delivered=moments[rows, 2 * lengths + 1],
    )


def _crossings(directions_of_leg: tuple[tuple[int, ...], ...], leg: Ranks, moments: Numbers) -> Crossings:
    lengths = np.array([len(directions) for directions in directions_of_leg], dtype=np.int64)[leg]
    trip = np.repeat(np.arange(len(leg)), lengths)
    number = np.arange(len(trip)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    directions = chain.from_iterable(directions_of_leg[each] for each in leg.tolist())
    return Crossings(
        trip=trip,
        direction=np.array(list(directions), dtype=np.int64),
        first=number == 0,
        ready=moments[trip, 2 * number],
        departed=moments[trip, 2 * number + 1],
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
    demand, corridor, created = _consignments(journal, network, consignment)
    shape = len(legs), len(network.demands)
    demands = network.demands.values()
    starts = np.array([[each.start == d.origin for d in demands] for each in legs], dtype=bool).reshape(shape)
    ends = np.array([[each.end == d.destination for d in demands] for each in legs], dtype=bool)
    never = np.full(len(waits_for), np.inf)
    return Loads(
        trip=np.concatenate((on, np.full(len(waits_for), -1))),
        leg=leg,
        consignment=consignment,
        demand=demand,
        corridor=corridor,
        first=starts[leg, demand],
        last=ends.reshape(shape)[leg, demand],
        amount=rows[:, 1],
        tonnes=rows[:, 1] * weights[leg],
        created=created,
        ready=rows[:, 2],
        loaded=np.concatenate((trips.loaded[on], never)),
        departed=np.concatenate((trips.departed[on], never)),
        arrived=np.concatenate((trips.arrived[on], never)),
        delivered=np.concatenate((trips.delivered[on], never)),
    )


def _as_rows(loads: Iterable[Load]) -> Numbers:
    """Return the consignment, amount and ready time of loads as three columns."""
    return np.fromiter(chain.from_iterable(loads), dtype=float).reshape(-1, 3)


def _consignments(journal: Journal, network: Network, which: Ranks) -> tuple[Ranks, Ranks, Numbers]:
    """Return the demands, corridors and creation times of some consignments."""
    demands = {id: number for number, id in enumerate(network.demands)}
    corridors = {id: number for number, id in enumerate(network.corridors)}
    lots = journal.consignments
    return (
        np.array([demands[lot.demand] for lot in lots], dtype=np.int64)[which],
        np.array([corridors[lot.corridor] for lot in lots], dtype=np.int64)[which],
        np.array([lot.created for lot in lots], dtype=float)[which],
    )
