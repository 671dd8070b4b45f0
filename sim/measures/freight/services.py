"""Use of trains and ships: how full they ran, and how much of their time they were needed."""

from __future__ import annotations

import numpy as np

from sim.measures.capacities import share_left
from sim.measures.freight.activities import storms
from sim.measures.freight.selectors import within
from sim.measures.measure import Measure, one_of
from sim.measures.record import Record
from sim.measures.series import Numbers, integral
from sim.network.freight.elements import Service
from sim.network.freight.legs import quays_of


def _load_factor(record: Record, element: str, a: float, b: float) -> float | None:
    """Return the load of departures in the window as a share of their room, empty ones included."""
    service, table = record.network.services[element], record.trip_table
    trips = table.trips
    rows = (trips.service == table.services.index(element)) & within(trips.departed, a, b)
    offered = service.load * int(rows.sum())
    return 100.0 * float(trips.amount[rows].sum()) / offered if offered else None


def fuller_way(record: Record, element: str, a: float, b: float) -> float:
    """Return the load factor (0 to 1) of vehicles under way in a window, on the leg where it is highest."""
    service, table = record.network.services[element], record.trip_table
    trips = table.trips
    rows = (trips.service == table.services.index(element)) & (trips.departed < b) & (trips.arrived > a)
    number = np.bincount(trips.leg[rows], minlength=len(table.legs))
    carried = np.bincount(trips.leg[rows], weights=trips.amount[rows], minlength=len(table.legs))
    return float(np.max(carried / (np.maximum(number, 1) * service.load), initial=0.0))


def _busy(record: Record, element: str, a: float, b: float) -> float | None:
    """Return the share of vehicle-days in a window in which vehicles did not wait for cargo.

    Vehicles load, wait for weather and quays, sail, discharge, are held, or lay over. Time alongside
    beyond that needed to load and beyond storms is waiting for more cargo.
    """
    service = record.network.services[element]
    if not service.vehicles:
        return None
    days = integral(share_left(record, element), a, b) * service.vehicles
    return 100.0 * min(float(busy_days(record, service, a, b).sum()) / days, 1.0) if days else None


def busy_days(record: Record, service: Service, a: float, b: float) -> Numbers:
    """Return the days in a window that each trip took a vehicle of a service, without waiting for cargo."""
    table = record.trip_table
    trips, days = table.trips, np.zeros(len(table.trips.leg))
    mine = trips.service == table.services.index(service.id)
    for number, leg in enumerate(table.legs):
        rows = np.flatnonzero(mine & (trips.leg == number))
        if not len(rows):
            continue
        loaded, departed = np.clip(trips.loaded[rows], a, b), np.clip(trips.departed[rows], a, b)
        needed = departed - loaded
        if leg.mode == "sea":
            in_storm = storms(record.journal, record.network, leg, leg.start).within(loaded, departed)
            quays = quays_of(record.network, leg, leg.start)
            rate = max((quay.rate for quay in quays), default=np.inf)
            cast_off = max((quay.cast_off for quay in quays), default=0.0)
            needed = np.minimum(needed, trips.amount[rows] / rate + cast_off + in_storm)
        back = np.clip(trips.delivered[rows], a, b)
        laid_over = np.clip(trips.delivered[rows] + service.layover, a, b) - back
        days[rows] = needed + back - departed + laid_over
    return days


def _services(record: Record) -> list[str]:
    running = {id for leg in record.freight.legs for id in leg.services}
    return [id for id in record.network.services if id in running]


def _with_vehicles(record: Record) -> list[str]:
    return [id for id in _services(record) if record.network.services[id].vehicles]


SERVICE = one_of("a service", lambda record: record.network.services)
SERVICES = (
    Measure(
        name="service use",
        title="Load factor",
        unit="%",
        better="more",
        definition="Load of the trains or ships that departed in the window, divided by their room; empty "
        "ones count.",
        kind=SERVICE,
        formula=_load_factor,
        elements=_services,
    ),
    Measure(
        name="service busy",
        title="Vehicle-days not waiting for cargo",
        unit="%",
        better="neither",
        definition="Share of vehicle-days spent loading, sailing, discharging, laying over, in storms, "
        "waiting for a quay, or held by a full yard; the rest is waiting for cargo.",
        kind=SERVICE,
        formula=_busy,
        elements=_with_vehicles,
    ),
)
