"""Transit days of consignments, from creation to a place on their way or its end."""

from __future__ import annotations

import numpy as np

from sim.measures.freight.selectors import ALL, cargo_headline, groups, select, within
from sim.measures.freight.trip_table import TripTable
from sim.measures.measure import ElementKind, Formula, Headline, Measure
from sim.measures.record import Record
from sim.measures.series import Numbers

LONG = 0.9


def reached(table: TripTable, place: str) -> Numbers:
    """Return the time at which each load was ashore at the end of its leg, or passed a place on the way.

    Without a place, the time at which it reached the end of its corridor. Infinite on other legs.
    """
    loads = table.loads
    if not place:
        return np.where(loads.last, loads.delivered, np.inf)
    times = np.full(len(loads.leg), np.inf)
    for number, leg in enumerate(table.legs):
        ends = [table.directions[direction][1] for direction in table.directions_of_leg[number]]
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
    """Return the transit days and tonnes of the loads of an element that arrived in a window."""
    selection = select(record, element)
    table = record.trip_table
    times = reached(table, selection.place)
    rows = selection.of(table) & within(times, a, b)
    return times[rows] - table.loads.created[rows], table.loads.tonnes[rows]


def weighted_quantile(values: Numbers, weights: Numbers, part: float) -> float | None:
    """Return the least value that has at least a part of the weight at or below it; None without values."""
    if not len(values):
        return None
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order])
    place = int(np.searchsorted(below, part * below[-1] * (1.0 - 1e-12)))
    return float(values[order[min(place, len(order) - 1)]])


def _quantile(part: float) -> Formula:
    def quantile(record: Record, element: str, a: float, b: float) -> float | None:
        return weighted_quantile(*transits(record, element, a, b), part)

    return quantile


def by_corridor(record: Record) -> list[str]:
    """Return each cargo by group, and each corridor."""
    corridors = record.network.corridors.values()
    by_group = dict.fromkeys(f"{corridor.cargo}>{corridor.group}" for corridor in corridors)
    return [*by_group, *record.freight.corridors]


def _elements(record: Record) -> list[str]:
    """Return all, each group, cargo>group, corridor, and corridor up to each yard or port on its way."""
    if not record.network.demands:
        return []
    legs, corridors = record.freight.legs, record.freight.corridors
    stops = [f"{id}@{legs[number].end}" for id, numbers in corridors.items() for number in numbers[:-1]]
    return [ALL, *groups(record.network), *by_corridor(record), *stops]


FLOW_TO_PLACE = ElementKind(name="a flow of dry cargo, or one up to a place", check=select)
TRANSIT = (
    Measure(
        name="transit days",
        title="Median transit",
        unit="days",
        better="less",
        definition="Days from the creation of a lot at its origin until its delivery, of deliveries in the "
        "window: half of them by weight took no longer.",
        kind=FLOW_TO_PLACE,
        formula=_quantile(0.5),
        elements=_elements,
        headline=Headline(place=33, elements=cargo_headline, decimals=1),
    ),
    Measure(
        name="long transit",
        title="Transit of the slowest tenth",
        unit="days",
        better="less",
        definition=f"Days from the creation of a lot until its delivery that {LONG:.0%} by weight did not "
        "exceed.",
        kind=FLOW_TO_PLACE,
        formula=_quantile(LONG),
        elements=_elements,
        headline=Headline(place=34, elements=cargo_headline, decimals=1),
    ),
)
