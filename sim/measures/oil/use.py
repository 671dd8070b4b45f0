"""How hard pipelines, railways and oil berths were used."""

from __future__ import annotations

import numpy as np

from sim.engine.journal import Series
from sim.errors import fail, nearest
from sim.measures.capacities import offered, share_left
from sim.measures.measure import Measure
from sim.measures.record import Record
from sim.measures.series import integral, step_at
from sim.network.elements import Berth


def _link_use(record: Record, element: str, a: float, b: float) -> float | None:
    """What flowed, against what could have: capacity times days, closures and changes reckoned with."""
    links = record.network.links
    if element not in links:
        raise fail("no such link in this run", key="element", value=element, advice=nearest(element, links))
    capacity = links[element].capacity
    could = 0.0 if capacity is None else offered(record, element, capacity, a, b)
    return 100.0 * integral(record.journal.step_series("flow", element), a, b) / could if could else None


def _berth_use(record: Record, element: str, a: float, b: float) -> float | None:
    """Ship-days alongside to load, against berth-days that closures and storms left."""
    berths = _loading(record, element)
    lanes = dict.fromkeys(lane for berth in berths for lane in berth.lanes)
    alongside = sum(integral(record.journal.step_series("alongside", lane), a, b) for lane in lanes)
    usable = integral(usable_berths(record, element), a, b)
    # a ship may be casting off still when its berth has closed
    return min(100.0 * alongside / usable, 100.0) if usable > 0.0 else None


def usable_berths(record: Record, place: str) -> Series:
    """How many loading berths of a place could work at once, as a step series."""
    shares = [share_left(record, berth.id) for berth in _loading(record, place)]
    times = np.unique([time for share in shares for time in share.times])
    counts = sum((step_at(share, times) > 0.0).astype(float) for share in shares)
    at_once = record.network.places[place].berths_at_once
    series = Series()
    for time, count in zip(times.tolist(), np.broadcast_to(counts, times.shape).tolist(), strict=True):
        series.hold(time, count if at_once is None else min(count, at_once))
    return series


def _loading(record: Record, place: str) -> list[Berth]:
    network = record.network
    found = [one for one in network.berths.values() if one.place == place and one.work == "load"]
    if not found:
        places = {berth.place for berth in network.berths.values() if berth.work == "load"}
        advice = nearest(place, places)
        raise fail("no ships load oil there in this run", key="element", value=place, advice=advice)
    return [berth for berth in found if berth.in_service]


def _links(record: Record) -> list[str]:
    return [link.id for link in record.network.links.values() if link.capacity is not None]


def _ports(record: Record) -> list[str]:
    berths = record.network.berths.values()
    return list(dict.fromkeys(one.place for one in berths if one.work == "load" and one.in_service))


USE = (
    Measure(
        name="link use",
        title="Flow against open capacity",
        unit="%",
        better="neither",
        what="What flowed, against what could have: the capacity that closures left, over time.",
        by="a pipeline or railway for oil",
        of=_link_use,
        elements=_links,
    ),
    Measure(
        name="berth use",
        title="Loading berths with a ship alongside",
        unit="%",
        better="neither",
        what="Ship-days alongside, against the berth-days that closures and storms left, no more berths "
        "counted than may load at once.",
        by="a place where oil is loaded",
        of=_berth_use,
        elements=_ports,
    ),
)
