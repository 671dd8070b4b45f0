"""How full trains and ships went, and how much of their time they were needed."""

from __future__ import annotations

import numpy as np

from sim.errors import fail, nearest
from sim.measures.capacities import share_left
from sim.measures.freight.activities import storms
from sim.measures.freight.selectors import within
from sim.measures.measure import Measure
from sim.measures.record import Record
from sim.measures.series import Numbers, integral
from sim.network.freight.elements import Service
from sim.network.freight.legs import quays_of


def service_of(record: Record, element: str) -> Service:
    """The service of that id. Raises `InputError` when there is none."""
    services = record.network.services
    if element not in services:
        advice = nearest(element, services)
        raise fail("no such service in this run", key="element", value=element, advice=advice)
    return services[element]


def _full(record: Record, element: str, a: float, b: float) -> float | None:
    """What those that set out in the window carried, against what they had room for, empty ones too."""
    service, table = service_of(record, element), record.trip_table
    trips = table.trips
    rows = (trips.service == table.services.index(element)) & within(trips.departed, a, b)
    offered = service.load * int(rows.sum())
    return 100.0 * float(trips.amount[rows].sum()) / offered if offered else None


def fuller_way(record: Record, element: str, a: float, b: float) -> float:
    """How full those under way in a window went (0 to 1), on the leg on which they went fullest."""
    service, table = service_of(record, element), record.trip_table
    trips = table.trips
    rows = (trips.service == table.services.index(element)) & (trips.departed < b) & (trips.arrived > a)
    number = np.bincount(trips.leg[rows], minlength=len(table.legs))
    carried = np.bincount(trips.leg[rows], weights=trips.amount[rows], minlength=len(table.legs))
    return float(np.max(carried / (np.maximum(number, 1) * service.load), initial=0.0))


def _busy(record: Record, element: str, a: float, b: float) -> float | None:
    """The share of vehicle-days in a window in which vehicles did not wait for cargo.

    They load, wait for weather and quays, sail, unload, are held, or lay over. While one lies loading,
    what is left of the time after moving its cargo and after storms is waiting for more.
    """
    service = service_of(record, element)
    if not service.vehicles:
        return None
    days = integral(share_left(record, element), a, b) * service.vehicles
    return 100.0 * min(float(busy_days(record, service, a, b).sum()) / days, 1.0) if days else None


def busy_days(record: Record, service: Service, a: float, b: float) -> Numbers:
    """By trip: the days in a window that it took a vehicle of a service, without those waiting for cargo."""
    table = record.trip_table
    trips, days = table.trips, np.zeros(len(table.trips.leg))
    mine = trips.service == table.services.index(service.id)
    for number, leg in enumerate(table.legs):
        rows = np.flatnonzero(mine & (trips.leg == number))
        if not len(rows):
            continue
        taken, left = np.clip(trips.loaded[rows], a, b), np.clip(trips.departed[rows], a, b)
        needed = left - taken
        if leg.mode == "sea":
            in_storm = storms(record.journal, record.network, leg, leg.start).within(taken, left)
            quays = quays_of(record.network, leg, leg.start)
            rate = max((quay.rate for quay in quays), default=np.inf)
            cast_off = max((quay.cast_off for quay in quays), default=0.0)
            needed = np.minimum(needed, trips.amount[rows] / rate + cast_off + in_storm)
        back = np.clip(trips.delivered[rows], a, b)
        laid_over = np.clip(trips.delivered[rows] + service.layover, a, b) - back
        days[rows] = needed + back - left + laid_over
    return days


def _services(record: Record) -> list[str]:
    run = {id for leg in record.freight.legs for id in leg.services}
    return [id for id in record.network.services if id in run]


def _finite(record: Record) -> list[str]:
    return [id for id in _services(record) if record.network.services[id].vehicles]


SERVICES = (
    Measure(
        name="service use",
        title="Load carried against load offered",
        unit="%",
        better="more",
        what="What trains or ships that set out in the window carried, against the load they had room for; "
        "empty ones count.",
        by="a service",
        of=_full,
        elements=_services,
    ),
    Measure(
        name="service busy",
        title="Vehicle-days not waiting for cargo",
        unit="%",
        better="neither",
        what="The part of vehicle-days spent loading, sailing, unloading, laying over, in storms, waiting "
        "for a quay, or held by a full yard; the rest is waiting for cargo.",
        by="a service with vehicles",
        of=_busy,
        elements=_finite,
    ),
)
