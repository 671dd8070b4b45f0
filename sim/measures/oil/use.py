"""Use of pipelines, railways and oil berths."""

from __future__ import annotations

import numpy as np

from sim.engine.journal import Series
from sim.measures.capacities import offered, share_left
from sim.measures.measure import Measure, one_of
from sim.measures.record import Record
from sim.measures.series import integral, step_at
from sim.network.elements import Berth


def _link_use(record: Record, element: str, a: float, b: float) -> float | None:
    """Return the flow as a share of the open capacity over time, closures and changes included."""
    capacity = record.network.links[element].capacity
    could = 0.0 if capacity is None else offered(record, element, capacity, a, b)
    return 100.0 * integral(record.journal.step_series("flow", element), a, b) / could if could else None


def _berth_use(record: Record, element: str, a: float, b: float) -> float | None:
    """Return the ship-days alongside to load, as a share of the berth-days that closures and storms left."""
    berths = _loading(record, element)
    lanes = dict.fromkeys(lane for berth in berths for lane in berth.lanes)
    alongside = sum(integral(record.journal.step_series("alongside", lane), a, b) for lane in lanes)
    usable = integral(usable_berths(record, element), a, b)
    # a ship may still be casting off after its berth has closed
    return min(100.0 * alongside / usable, 100.0) if usable > 0.0 else None


def usable_berths(record: Record, place: str) -> Series:
    """Return the number of loading berths of a place that could work at once, as a step series."""
    shares = [share_left(record, berth.id) for berth in _loading(record, place)]
    times = np.unique([time for share in shares for time in share.times])
    counts = sum((step_at(share, times) > 0.0).astype(float) for share in shares)
    at_once = record.network.places[place].berths_at_once
    series = Series()
    for time, count in zip(times.tolist(), np.broadcast_to(counts, times.shape).tolist(), strict=True):
        series.hold(time, count if at_once is None else min(count, at_once))
    return series


def _loading(record: Record, place: str) -> list[Berth]:
    berths = record.network.berths.values()
    return [berth for berth in berths if berth.place == place and berth.work == "load" and berth.in_service]


def _links(record: Record) -> list[str]:
    return [link.id for link in record.network.links.values() if link.capacity is not None]


def _ports(record: Record) -> list[str]:
    berths = record.network.berths.values()
    return list(dict.fromkeys(berth.place for berth in berths if berth.work == "load" and berth.in_service))


def _loading_places(record: Record) -> set[str]:
    return {berth.place for berth in record.network.berths.values() if berth.work == "load"}


USE = (
    Measure(
        name="link use",
        title="Flow as a share of open capacity",
        unit="%",
        better="neither",
        definition="Flow, divided by the capacity that closures left, over time.",
        kind=one_of("a pipeline or railway for oil", lambda record: record.network.links),
        formula=_link_use,
        elements=_links,
    ),
    Measure(
        name="berth use",
        title="Use of loading berths",
        unit="%",
        better="neither",
        definition="Ship-days alongside, divided by the berth-days that closures and storms left, "
        "counting no more berths than may load at once.",
        kind=one_of("a place where oil is loaded", _loading_places),
        formula=_berth_use,
        elements=_ports,
    ),
)
