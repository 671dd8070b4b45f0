"""How full yards were, and who was held because they were."""

from __future__ import annotations

from math import inf

import numpy as np

from sim.engine.journal import Series
from sim.errors import fail, nearest
from sim.measures.capacities import base_over_time
from sim.measures.intervals import event_intervals
from sim.measures.measure import Measure
from sim.measures.record import Record
from sim.measures.series import Numbers, integral, occupancy, step_range
from sim.network.freight.elements import Yard


def yard_of(record: Record, element: str) -> Yard:
    """The yard of that id. Raises `InputError` when there is none."""
    yards = record.network.yards
    if element not in yards:
        advice = nearest(element, yards)
        raise fail("no such yard in this run", key="element", value=element, advice=advice)
    return yards[element]


def legs_from(record: Record, yard: str) -> list[int]:
    """The legs that start in a yard. Its capacity holds for each of them by itself."""
    return [number for number, leg in enumerate(record.freight.legs) if leg.yards[0] == yard]


def yard_queue(record: Record, leg: int) -> Series:
    """What lies where a leg starts and waits for it, in its cargo's unit, as a step series.

    Each load lies there from when it came until its train was made up or its ship began to load.
    """
    loads = record.trip_table.loads
    rows = loads.leg == leg
    came, taken = loads.ready[rows], loads.loaded[rows]
    return occupancy(came, np.maximum(came, taken), record.days, loads.amount[rows])


def _fill(record: Record, element: str, a: float, b: float) -> float:
    """The mean fill of the way on that had most waiting for it."""
    parts = _capacities(record, element, a, b)
    fills = []
    for leg in legs_from(record, element):
        level = yard_queue(record, leg)
        fills.append(sum(integral(level, begin, end) / capacity for begin, end, capacity in parts))
    return 100.0 * max(fills, default=0.0) / (b - a)


def _fullest(record: Record, element: str, a: float, b: float) -> float:
    parts = _capacities(record, element, a, b)
    levels = (yard_queue(record, leg) for leg in legs_from(record, element))
    most = (step_range(level, begin, end)[1] / capacity for level in levels for begin, end, capacity in parts)
    return 100.0 * max(most, default=0.0)


def _capacities(record: Record, element: str, a: float, b: float) -> list[tuple[float, float, float]]:
    """The parts of a window between changes of a yard's capacity, with what it then was."""
    series = base_over_time(record, element, yard_of(record, element).capacity)
    ends = [*series.times[1:], inf]
    parts = zip(series.times, ends, series.values, strict=True)
    return [(max(begin, a), min(end, b), value) for begin, end, value in parts if begin < b and end > a]


def held_days(record: Record, yard: str, a: float, b: float) -> Numbers:
    """By trip: the days in a window in which it was held because a yard was full.

    A train is held from its arrival until it is ashore; a ship while the yard turns ships away, out of
    the time that it takes from the roads until all is ashore.
    """
    table = record.trip_table
    trips, days = table.trips, np.zeros(len(table.trips.leg))
    full = event_intervals(record.journal.events, "held", "freed", yard, record.days)
    for number, leg in enumerate(table.legs):
        if leg.yards[1] != yard:
            continue
        rows = np.flatnonzero(trips.leg == number)
        since, until = np.clip(trips.arrived[rows], a, b), np.clip(trips.delivered[rows], a, b)
        days[rows] = until - since if leg.mode == "land" else full.within(since, until)
    return days


def held_trains(record: Record, yard: str) -> Series:
    """How many trains stand on the line because a yard is full, as a step series."""
    table = record.trip_table
    trips = table.trips
    into = np.array([leg.yards[1] == yard and leg.mode == "land" for leg in table.legs], dtype=bool)
    rows = into[trips.leg] & (trips.delivered > trips.arrived)
    return occupancy(trips.arrived[rows], trips.delivered[rows], record.days)


def _held(record: Record, element: str, a: float, b: float) -> float:
    return float(held_days(record, yard_of(record, element).id, a, b).sum())


def _yards(record: Record) -> list[str]:
    return [yard for yard in record.network.yards if legs_from(record, yard)]


YARDS = (
    Measure(
        name="yard fill",
        title="Mean fill of a yard, its fullest way on",
        unit="%",
        better="neither",
        what="The mean of what waits in a yard for one way on, against its capacity: of the way on with "
        "most.",
        by="a yard",
        of=_fill,
        elements=_yards,
    ),
    Measure(
        name="yard fullest",
        title="Fullest, any way on",
        unit="%",
        better="less",
        what="The most that waited for any one way on, against the capacity.",
        by="a yard",
        of=_fullest,
        elements=_yards,
    ),
    Measure(
        name="held",
        title="Train-days and ship-days held by a full yard",
        unit="days",
        better="less",
        what="Days for which trains on the line and ships at the quay could not be emptied, as the yard "
        "was full.",
        by="a yard",
        of=_held,
        elements=_yards,
    ),
)
