"""Rows on the use of quays and ships, and on the bottlenecks of dry cargo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sim.measures import MEASURES, Constraint, Record, bottlenecks
from sim.measures.freight.selectors import within
from sim.network import Network
from sim.network.freight.legs import FreightLeg
from sim.report.row import Row, heading, measured

MAX_BOTTLENECKS = 8
MAX_OTHERS = 3  # most waited for, where there is no bottleneck
DIRECTIONS = ("westward", "eastward")


def capacity_rows(first: Record, records: Sequence[Record]) -> Iterator[Row]:
    """Yield the rows on quays, ships and bottlenecks; `first` is the run whose elements have rows."""
    yield from _quays(first, records)
    yield from _ships(first, records)
    yield from bottleneck_rows(records)


def _quays(first: Record, records: Sequence[Record]) -> Iterator[Row]:
    measure, places = MEASURES["quay use"], first.network.places
    with_quays = [element for element in measure.elements(first) if element in places]
    if with_quays:
        yield heading(measure.title)
        for place in with_quays:
            yield measured(records, measure, place, f"  {places[place].name}", 0)


def _ships(first: Record, records: Sequence[Record]) -> Iterator[Row]:
    measure = MEASURES["service busy"]
    services = list(measure.elements(first))
    if services:
        yield heading(f"{measure.title}, and load factor each way")
        for id in services:
            name = first.network.services[id].name
            yield measured(records, measure, id, f"  {name}, busy", 0)
            for direction in DIRECTIONS:
                factors = tuple(_load_factor(record, id, direction) for record in records)
                if any(factor is not None for factor in factors):
                    yield Row(f"  {name}, load factor {direction}", "%", factors, 0)


def _load_factor(record: Record, id: str, direction: str) -> float | None:
    """Return the load of a service's departures one way, in % of their room, empty ones included."""
    table, service = record.trip_table, record.network.services.get(id)
    if service is None or id not in table.services:
        return None
    trips, network = table.trips, record.network
    leads = [_direction(network, leg) == direction for leg in table.legs]
    rows = (trips.service == table.services.index(id)) & within(trips.departed, 0.0, record.days)
    rows &= np.array(leads, dtype=bool)[trips.leg]
    offered = service.load * int(rows.sum())
    return 100.0 * float(trips.amount[rows].sum()) / offered if offered else None


def _direction(network: Network, leg: FreightLeg) -> str:
    is_west = network.places[leg.end].longitude < network.places[leg.start].longitude
    return DIRECTIONS[0] if is_west else DIRECTIONS[1]


def bottleneck_rows(records: Sequence[Record]) -> Iterator[Row]:
    """Yield the bottlenecks of any run: their share of the waiting, and their use.

    Where no run has any, the elements most waited for, to show the capacity left.
    """
    by_run = [{each.element: each for each in bottlenecks(record)} for record in records]
    waited_for = [each for constraints in by_run for each in constraints.values() if each.part > 0.0]
    binding = _worst([each for each in waited_for if each.binds])[:MAX_BOTTLENECKS]
    others = [] if binding else _worst(waited_for)[:MAX_OTHERS]
    columns = "share of its cargo's waiting, and use"
    if binding:
        yield heading(f"Bottlenecks: {columns}")
    else:
        yield heading(f"No bottleneck; most waited for: {columns}" if others else "No bottleneck")
    for constraint in binding or others:
        here = [constraints.get(constraint.element) for constraints in by_run]
        parts = tuple(each.part if each else None for each in here)
        uses = tuple(each.use if each else None for each in here)
        yield Row(f"  {constraint.name}, share of waiting", "%", parts, 0)
        yield Row(f"  {constraint.name}, use", "%", uses, 0)


def _worst(constraints: list[Constraint]) -> list[Constraint]:
    """Return each element once, as in the run in which most cargo waited for it, the worst first."""
    worst: dict[str, Constraint] = {}
    for constraint in constraints:
        if constraint.element not in worst or worst[constraint.element].part < constraint.part:
            worst[constraint.element] = constraint
    return sorted(worst.values(), key=lambda each: -each.part)
