"""Activities of consignments: moving, and each kind of waiting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.engine.journal import Journal
from sim.measures.freight.trip_table import TripTable
from sim.measures.intervals import Intervals, event_intervals
from sim.measures.series import Numbers
from sim.network import Network
from sim.network.freight.legs import FreightLeg, quays_of

ACTIVITIES = ("moving", "path", "yard", "ship", "weather", "held")
ACTIVITY_NAMES = {
    "moving": "moving",
    "path": "waiting for a path, or room ahead",
    "yard": "in a yard, waiting for a train or ship",
    "ship": "loading, waiting for a quay, unloading",
    "weather": "at a port in a storm",
    "held": "held by a full yard",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Moments:
    """Moments of some loads, clipped to a window."""

    ready: Numbers
    loaded: Numbers
    departed: Numbers
    arrived: Numbers
    delivered: Numbers


def time_by_activity(
    table: TripTable, journal: Journal, network: Network, a: float = -np.inf, b: float = np.inf
) -> dict[str, Numbers]:
    """Return the days that each load spent on each activity between two days; by default, in the run.

    By land: in the yard where it is ready; waiting for a path, or for room on a line full of held trains,
    also in the yard while another train already waits before the leg's first line; moving, borders
    included; held on the line because the yard at its end is full. By sea: in the yard, aboard or
    alongside (`ship`), moving; all of these but moving count as `weather` while a storm shuts quays there,
    and as held while that yard refuses ships. By ocean: moving, after waiting (`yard`) if it was diverted.
    """
    loads = table.loads
    low, high = a, min(b, journal.until)
    columns = (loads.ready, loads.loaded, loads.departed, loads.arrived, loads.delivered)
    ready, loaded, departed, arrived, delivered = (np.clip(column, low, high) for column in columns)
    loaded = np.maximum(loaded, ready)  # cargo may become ready while its ship is already loading
    days = {activity: np.zeros(len(ready)) for activity in ACTIVITIES}
    moving, waiting = _on_the_way(table, low, high)
    queues = queued(table, journal.until)
    for number, leg in enumerate(table.legs):
        rows = np.flatnonzero(loads.leg == number)
        if not len(rows):
            continue
        at = _Moments(
            ready=ready[rows],
            loaded=loaded[rows],
            departed=departed[rows],
            arrived=arrived[rows],
            delivered=delivered[rows],
        )
        if leg.mode == "land":
            for_path = queues[table.directions_of_leg[number][0]].within(at.ready, at.loaded)
            days["path"][rows] = for_path + waiting[loads.trip[rows]]
            days["yard"][rows] = at.loaded - at.ready - for_path
            days["moving"][rows] = moving[loads.trip[rows]]
            days["held"][rows] = at.delivered - at.arrived
        elif leg.mode == "sea":
            for activity, spent in _by_sea(leg, journal, network, at).items():
                days[activity][rows] = spent
        else:
            days["yard"][rows] = at.loaded - at.ready
            days["moving"][rows] = at.delivered - at.loaded
    return days


def queued(table: TripTable, until: float) -> list[Intervals]:
    """Return, for each direction, the times at which any train waited for a path onto it or room on it."""
    crossings = table.crossings
    queues = []
    for number in range(len(table.directions)):
        rows = np.flatnonzero((crossings.direction == number) & (crossings.departed > crossings.ready))
        ends = np.minimum(crossings.departed[rows], until)
        queues.append(Intervals(zip(crossings.ready[rows].tolist(), ends.tolist(), strict=True)))
    return queues


def _on_the_way(table: TripTable, low: float, high: float) -> tuple[Numbers, Numbers]:
    """Return the days that each trip moved, and waited for paths; with a last 0 for cargo in a yard."""
    crossings, count = table.crossings, len(table.trips.leg)
    ready, departed, arrived = (
        np.clip(column, low, high) for column in (crossings.ready, crossings.departed, crossings.arrived)
    )
    moving = np.bincount(crossings.trip, weights=arrived - departed, minlength=count)
    waiting = np.bincount(crossings.trip, weights=departed - ready, minlength=count)
    return np.append(moving, 0.0), np.append(waiting, 0.0)


def _by_sea(leg: FreightLeg, journal: Journal, network: Network, at: _Moments) -> dict[str, Numbers]:
    here, there = (storms(journal, network, leg, place) for place in (leg.start, leg.end))
    full = event_intervals(journal.events, "held", "freed", leg.yards[1], journal.until).without(there)
    held = full.within(at.arrived, at.delivered)
    ashore = there.within(at.arrived, at.delivered)
    in_yard, loading = here.within(at.ready, at.loaded), here.within(at.loaded, at.departed)
    return {
        "moving": at.arrived - at.departed,
        "yard": at.loaded - at.ready - in_yard,
        "ship": at.departed - at.loaded - loading + at.delivered - at.arrived - ashore - held,
        "weather": in_yard + loading + ashore,
        "held": held,
    }


def storms(journal: Journal, network: Network, leg: FreightLeg, place: str) -> Intervals:
    """Return the times at which storms shut quays of a place that serve a leg."""
    if any(quay.weather_limited for quay in quays_of(network, leg, place)):
        return event_intervals(journal.events, "storm", "calm", place, journal.until)
    return Intervals()
