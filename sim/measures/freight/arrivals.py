"""Freight over time: arrivals at the end of each group of corridors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.measures.record import Record
from sim.measures.series import Flags
from sim.measures.smoothing import Events, events_in_order
from sim.network import Network


def groups_of_cargo(network: Network, cargo: str) -> list[str]:
    """Names under which the corridors of a cargo are counted, in the order of the table."""
    return list(
        dict.fromkeys(corridor.group for corridor in network.corridors.values() if corridor.cargo == cargo)
    )


def loads_of_cargo(record: Record, cargo: str) -> Flags:
    """Return a flag for each load: whether it is of a cargo."""
    table = record.trip_table
    of_cargo = np.array([leg.cargo == cargo for leg in table.legs], dtype=bool)
    return of_cargo[table.loads.leg]


def groups_of_loads(record: Record) -> NDArray[np.str_]:
    """Return the group of corridors of each load."""
    corridors = record.network.corridors
    names = np.array([corridors[id].group for id in record.trip_table.corridors], dtype=np.str_)
    return names[record.trip_table.loads.corridor]


def arrivals_by_group(record: Record, cargo: str) -> dict[str, Events]:
    """Return the arrivals of a cargo at its destination by group of corridors, in the cargo's unit.

    Every group has its events, if only none. `Smoothing.of_events` makes rates of them.
    """
    table, corridors = record.trip_table, record.network.corridors
    loads = table.loads
    arrived = loads_of_cargo(record, cargo) & loads.last & (loads.delivered <= record.days)
    rows = np.flatnonzero(arrived)
    by_group = {}
    for group in groups_of_cargo(record.network, cargo):
        in_group = np.array([corridors[id].group == group for id in table.corridors], dtype=bool)
        mine = rows[in_group[loads.corridor[rows]]]
        by_group[group] = events_in_order(loads.delivered[mine], loads.amount[mine])
    return by_group
