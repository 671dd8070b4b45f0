"""Fill of yards, and the trains and ships held because a yard was full."""

from __future__ import annotations

from math import inf

import numpy as np

from sim.engine.journal import Series
from sim.measures.capacities import base_over_time
from sim.measures.intervals import event_intervals
from sim.measures.measure import Headline, Measure, one_of
from sim.measures.record import Record
from sim.measures.series import Numbers, integral, occupancy, step_range
from sim.network import Network


def legs_from(record: Record, yard: str) -> list[int]:
    """Return the legs that start in a yard. Its capacity holds for each of them separately."""
    return [number for number, leg in enumerate(record.freight.legs) if leg.yards[0] == yard]


def yard_queue(record: Record, leg: int) -> Series:
    """Return the cargo that waits where a leg starts, in its unit, as a step series.

    Each load waits from when it is ready until its train is made up or its ship begins to load.
    """
    loads = record.trip_table.loads
    rows = loads.leg == leg
    ready, loaded = loads.ready[rows], loads.loaded[rows]
    return occupancy(ready, np.maximum(ready, loaded), record.days, loads.amount[rows])


def _fill(record: Record, element: str, a: float, b: float) -> float:
    """Return the mean fill of the yard for the leg with most cargo waiting."""
    parts = _capacities(record, element, a, b)
    fills = []
    for leg in legs_from(record, element):
        level = yard_queue(record, leg)
        fills.append(sum(integral(level, start, end) / capacity for start, end, capacity in parts))
    return 100.0 * max(fills, default=0.0) / (b - a)


def _peak_fill(record: Record, element: str, a: float, b: float) -> float:
    parts = _capacities(record, element, a, b)
    levels = (yard_queue(record, leg) for leg in legs_from(record, element))
    highest = (
        step_range(level, start, end)[1] / capacity for level in levels for start, end, capacity in parts
    )
    return 100.0 * max(highest, default=0.0)


def _capacities(record: Record, element: str, a: float, b: float) -> list[tuple[float, float, float]]:
    """Return the parts of a window between changes of a yard's capacity: start, end and capacity."""
    series = base_over_time(record, element, record.network.yards[element].capacity)
    ends = [*series.times[1:], inf]
    parts = zip(series.times, ends, series.values, strict=True)
    return [(max(start, a), min(end, b), value) for start, end, value in parts if start < b and end > a]


def held_days(record: Record, yard: str, a: float, b: float) -> Numbers:
    """Return the days in a window for which each trip was held because a yard was full.

    A train is held from its arrival until its cargo is ashore; a ship while the yard refuses ships, within
    its time from the roads until its cargo is ashore.
    """
    table = record.trip_table
    trips, days = table.trips, np.zeros(len(table.trips.leg))
    full = event_intervals(record.journal.events, "held", "freed", yard, record.days)
    for number, leg in enumerate(table.legs):
        if leg.yards[1] != yard:
            continue
        rows = np.flatnonzero(trips.leg == number)
        arrived, delivered = np.clip(trips.arrived[rows], a, b), np.clip(trips.delivered[rows], a, b)
        days[rows] = delivered - arrived if leg.mode == "land" else full.within(arrived, delivered)
    return days


def held_trains(record: Record, yard: str) -> Series:
    """Return the number of trains that stand on the line because a yard is full, as a step series."""
    table = record.trip_table
    trips = table.trips
    into = np.array([leg.yards[1] == yard and leg.mode == "land" for leg in table.legs], dtype=bool)
    rows = into[trips.leg] & (trips.delivered > trips.arrived)
    return occupancy(trips.arrived[rows], trips.delivered[rows], record.days)


def _held(record: Record, element: str, a: float, b: float) -> float:
    return float(held_days(record, element, a, b).sum())


def _yards(record: Record) -> list[str]:
    return [yard for yard in record.network.yards if legs_from(record, yard)]


def _yard_names(network: Network) -> dict[str, str]:
    return {id: yard.name for id, yard in network.yards.items()}


YARD = one_of("a yard", lambda record: record.network.yards)
YARDS = (
    Measure(
        name="yard fill",
        title="Mean fill of a yard, busiest leg",
        unit="%",
        better="neither",
        definition="Mean of the cargo that waits in a yard for one leg, divided by the yard's capacity: "
        "for the leg with most.",
        kind=YARD,
        formula=_fill,
        elements=_yards,
    ),
    Measure(
        name="yard fullest",
        title="Peak fill of a yard, busiest leg",
        unit="%",
        better="less",
        definition="Most cargo that waited for any one leg, divided by the yard's capacity.",
        kind=YARD,
        formula=_peak_fill,
        elements=_yards,
    ),
    Measure(
        name="held",
        title="Train-days and ship-days held by a full yard",
        unit="days",
        better="less",
        definition="Days for which trains on the line and ships at the quay could not be emptied because the "
        "yard was full.",
        kind=YARD,
        formula=_held,
        elements=_yards,
        headline=Headline(place=41, elements=_yard_names, decimals=0, hide_empty=True),
    ),
)
