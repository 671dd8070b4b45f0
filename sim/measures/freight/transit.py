"""How long consignments were under way, from birth to a place."""

from __future__ import annotations

import numpy as np

from sim.measures.freight.selectors import ALL, WAYS, groups, select, within
from sim.measures.freight.trip_table import TripTable
from sim.measures.measure import Formula, Measure
from sim.measures.record import Record
from sim.measures.series import Numbers

LONG = 0.9


def reached(table: TripTable, place: str) -> Numbers:
    """When each load was ashore at a place where its leg ends, or passed one that its leg leads through.

    Without a place: when it reached the end of its corridor. Never, on other legs.
    """
    loads = table.loads
    if not place:
        return np.where(loads.last, loads.delivered, np.inf)
    times = np.full(len(loads.leg), np.inf)
    for number, leg in enumerate(table.legs):
        ends = [table.directions[way][1] for way in table.directions_of_leg[number]]
        if place not in ends:
            continue
        rows = np.flatnonzero((loads.leg == number) & (loads.trip >= 0))
        if place == leg.end:
            times[rows] = loads.delivered[rows]
        else:
            firsts = np.flatnonzero(table.crossings.first)  # a row for each trip
            times[rows] = table.crossings.arrived[firsts[loads.trip[rows]] + ends.index(place)]
    return times


def transits(record: Record, element: str, a: float, b: float) -> tuple[Numbers, Numbers]:
    """Of the loads of an element that got there in a window: days since their birth, and tonnes."""
    means = select(record, element)
    table = record.trip_table
    times = reached(table, means.place)
    rows = means.of(table) & within(times, a, b)
    return times[rows] - table.loads.created[rows], table.loads.tonnes[rows]


def weighed_quantile(values: Numbers, weights: Numbers, part: float) -> float | None:
    """The least value that has at least this part of the weight at or below it."""
    if not len(values):
        return None
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order])
    place = int(np.searchsorted(below, part * below[-1] * (1.0 - 1e-12)))
    return float(values[order[min(place, len(order) - 1)]])


def _quantile(part: float) -> Formula:
    def of(record: Record, element: str, a: float, b: float) -> float | None:
        return weighed_quantile(*transits(record, element, a, b), part)

    return of


def ways(record: Record) -> list[str]:
    """Each cargo by group, and each corridor."""
    kinds = dict.fromkeys(f"{one.cargo}>{one.group}" for one in record.network.corridors.values())
    return [*kinds, *record.freight.corridors]


def _elements(record: Record) -> list[str]:
    """All, each group, cargo>group, and corridor, and each corridor up to where it is set down on the way."""
    if not record.network.demands:
        return []
    legs, corridors = record.freight.legs, record.freight.corridors
    stops = [f"{id}@{legs[number].end}" for id, numbers in corridors.items() for number in numbers[:-1]]
    return [ALL, *groups(record.network), *ways(record), *stops]


TO_PLACES = f"{WAYS}, or a way up to a place"
TRANSIT = (
    Measure(
        name="transit days",
        title="Median transit",
        unit="days",
        better="less",
        what="From when a lot is born at its origin until it is delivered, of what arrived in the window: "
        "half by weight took no longer.",
        by=TO_PLACES,
        of=_quantile(0.5),
        elements=_elements,
    ),
    Measure(
        name="long transit",
        title="Transit of the slowest tenth",
        unit="days",
        better="less",
        what=f"The same: {LONG:.0%} by weight took no longer.",
        by=TO_PLACES,
        of=_quantile(LONG),
        elements=_elements,
    ),
)
