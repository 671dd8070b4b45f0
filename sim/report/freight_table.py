"""The rows of the short table on boxes and wagons."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.measures import MEASURES, Constraint, Record, bottlenecks
from sim.measures.freight.selectors import ALL, groups, within
from sim.network import Network
from sim.network.freight.legs import FreightLeg
from sim.report.row import Row, measured

MOST_NAMED = 8  # of what binds
MOST_SLACK = 3  # of what does not, where nothing binds
WAYS = ("westward", "eastward")


def freight_rows(first: Record, records: list[Record]) -> Iterator[Row]:
    """By group what was delivered and how long it took; who did not get a place; ports, ships, what binds."""
    yield from _delivered(first, records)
    yield from _transit(first, records)
    yield measured(records, "sent on time", ALL, "Left its origin within a week", 1)
    yield measured(records, "containers to the ocean", ALL, "Containers by ocean after waiting in vain", 0)
    yield measured(records, "not sent", ALL, "Dry cargo not sent", 1)
    yield measured(records, "transport cost", ALL, "Transport cost of containers", 0)
    yield from _ports(first, records)
    yield from _yards(first, records)
    yield from binding_rows(records)
    books = [record.freight_balance for record in records]
    errors = tuple(None if one is None else one.max_error for one in books)
    yield Row("Books of dry cargo, largest error", "t, TEU", errors, 6)


def _delivered(first: Record, records: list[Record]) -> Iterator[Row]:
    for measure, title, decimals in (
        ("containers", "Containers delivered", 0),
        ("freight", "Dry cargo delivered, containers included", 1),
    ):
        elements = MEASURES[measure].elements(first)
        some = [group for group in groups(first.network) if group in elements]
        if some:
            yield Row(title, "", ())
            for group in some:
                yield measured(records, measure, group, f"  {group}", decimals)
            yield measured(records, measure, ALL, "  all", decimals)


def _transit(first: Record, records: list[Record]) -> Iterator[Row]:
    """Each cargo by each group: the median, and the slowest tenth."""
    network = first.network
    kinds = dict.fromkeys((one.group, one.cargo) for one in network.corridors.values())
    yield Row("Transit: median, and what the slowest tenth exceeds", "", ())
    for group, cargo in kinds:
        name = f"  {group}, {network.cargoes[cargo].name.lower()}"
        yield measured(records, "transit days", f"{cargo}>{group}", f"{name}, median", 1)
        yield measured(records, "long transit", f"{cargo}>{group}", f"{name}, slowest tenth", 1)


def _ports(first: Record, records: list[Record]) -> Iterator[Row]:
    network = first.network
    places = [element for element in MEASURES["quay use"].elements(first) if element in network.places]
    if places:
        yield Row("Quays with cargo being worked", "", ())
        for place in places:
            yield measured(records, "quay use", place, f"  {network.places[place].name}", 0)
    finite = list(MEASURES["service busy"].elements(first))
    if finite:
        yield Row("Ships: days not waiting for cargo, and load carried against load offered each way", "", ())
        for id in finite:
            name = network.services[id].name
            yield measured(records, "service busy", id, f"  {name}, busy", 0)
            for way in WAYS:
                full = tuple(_full(record, id, way) for record in records)
                if any(value is not None for value in full):
                    yield Row(f"  {name}, full {way}", "%", full, 0)


def _full(record: Record, id: str, way: str) -> float | None:
    """What ships of a service that set out one way carried, in % of the room they had, empty ones too."""
    table, service = record.trip_table, record.network.services.get(id)
    if service is None or id not in table.services:
        return None
    trips, network = table.trips, record.network
    leads = [_way(network, leg) == way for leg in table.legs]
    rows = (trips.service == table.services.index(id)) & within(trips.departed, 0.0, record.days)
    rows &= np.array(leads, dtype=bool)[trips.leg]
    offered = service.load * int(rows.sum())
    return 100.0 * float(trips.amount[rows].sum()) / offered if offered else None


def _way(network: Network, leg: FreightLeg) -> str:
    west = network.places[leg.end].longitude < network.places[leg.start].longitude
    return WAYS[0] if west else WAYS[1]


def _yards(first: Record, records: list[Record]) -> Iterator[Row]:
    """The yards that turned trains or ships away, in any of the runs."""
    rows = [
        measured(records, "held", yard, f"  {first.network.yards[yard].name}", 0)
        for yard in MEASURES["held"].elements(first)
    ]
    shown = [row for row in rows if any(row.values)]
    if shown:
        yield Row("Train-days and ship-days held by a full yard", "", ())
        yield from shown


def binding_rows(records: list[Record]) -> Iterator[Row]:
    """What binds in any of the runs: its part of all waiting, and how hard it was used.

    Where nothing binds in any, what cargo waited for most, so that one sees how much room is left.
    """
    found = [{constraint.element: constraint for constraint in bottlenecks(record)} for record in records]
    every = [
        constraint for constraints in found for constraint in constraints.values() if constraint.part > 0.0
    ]
    named = _worst([constraint for constraint in every if constraint.binds])[:MOST_NAMED]
    slack = [] if named else _worst(every)[:MOST_SLACK]
    parts_and_use = "part of the waiting of its cargo, and how hard it was used"
    if named:
        yield Row(f"What binds: {parts_and_use}", "", ())
    else:
        yield Row(f"Nothing binds; most waited for: {parts_and_use}" if slack else "Nothing binds", "", ())
    for constraint in named or slack:
        here = [constraints.get(constraint.element) for constraints in found]
        parts = tuple(one.part if one else None for one in here)
        uses = tuple(one.use if one else None for one in here)
        yield Row(f"  {constraint.name}, waiting for it", "%", parts, 0)
        yield Row(f"  {constraint.name}, used", "%", uses, 0)


def _worst(constraints: list[Constraint]) -> list[Constraint]:
    """Each element once, as it was in the run in which most waited for it; the worst first."""
    worst: dict[str, Constraint] = {}
    for constraint in constraints:
        if constraint.element not in worst or worst[constraint.element].part < constraint.part:
            worst[constraint.element] = constraint
    return sorted(worst.values(), key=lambda constraint: -constraint.part)
