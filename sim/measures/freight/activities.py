"""On what consignments spend their days: moving, and each kind of waiting."""

from __future__ import annotations

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


def time_by_activity(
    table: TripTable, journal: Journal, network: Network, a: float = -np.inf, b: float = np.inf
) -> dict[str, Numbers]:
    """The days that each load spent by kind between two days; by default all, up to the end of the run.

    By land: in the yard where it came to wait; for a path, or room ahead on a line full of held trains,
    also in the yard while another train already waits so before the leg's first line; moving, borders
    included; held on the line because the yard at its end was full. By sea: in the yard, aboard or
    alongside (`ship`), moving; all of these but moving are `weather` while a storm shuts quays there, and
    held while that yard turns ships away. On the ocean, moving, once what was rebooked has given up
    waiting elsewhere (`yard`).
    """
    loads = table.loads
    low, high = a, min(b, journal.until)
    came, taken, left, arrived, done = (
        np.clip(column, low, high)
        for column in (loads.ready, loads.loaded, loads.departed, loads.arrived, loads.delivered)
    )
    taken = np.maximum(taken, came)  # what came while the ship was loading already
    spent = {kind: np.zeros(len(came)) for kind in ACTIVITIES}
    moved, waited = _on_the_way(table, low, high)
    queues = queued(table, journal.until)
    for number, leg in enumerate(table.legs):
        rows = np.flatnonzero(loads.leg == number)
        if not len(rows):
            continue
        at = [column[rows] for column in (came, taken, left, arrived, done)]
        if leg.mode == "land":
            way = table.directions_of_leg[number][0]
            for_path = queues[way].within(at[0], at[1])
            spent["path"][rows] = for_path + waited[loads.trip[rows]]
            spent["yard"][rows] = at[1] - at[0] - for_path
            spent["moving"][rows] = moved[loads.trip[rows]]
            spent["held"][rows] = at[4] - at[3]
        elif leg.mode == "sea":
            for kind, days in _by_sea(leg, journal, network, *at).items():
                spent[kind][rows] = days
        else:
            spent["yard"][rows] = at[1] - at[0]
            spent["moving"][rows] = at[4] - at[1]
    return spent


def queued(table: TripTable, until: float) -> list[Intervals]:
    """By way: when any train waited for a path onto it, or for room on it."""
    crossings = table.crossings
    found = []
    for number in range(len(table.directions)):
        rows = np.flatnonzero((crossings.direction == number) & (crossings.departed > crossings.ready))
        ends = np.minimum(crossings.departed[rows], until)
        found.append(Intervals(zip(crossings.ready[rows].tolist(), ends.tolist(), strict=True)))
    return found


def _on_the_way(table: TripTable, low: float, high: float) -> tuple[Numbers, Numbers]:
    """By trip, and at last none for what waits in a yard: days moving, and days waiting for paths."""
    crossings, count = table.crossings, len(table.trips.leg)
    ready, left, arrived = (
        np.clip(column, low, high) for column in (crossings.ready, crossings.departed, crossings.arrived)
    )
    moved = np.bincount(crossings.trip, weights=arrived - left, minlength=count)
    waited = np.bincount(crossings.trip, weights=left - ready, minlength=count)
    return np.append(moved, 0.0), np.append(waited, 0.0)


def _by_sea(
    leg: FreightLeg, journal: Journal, network: Network, came: Numbers, taken: Numbers, left: Numbers,
    arrived: Numbers, done: Numbers,
) -> dict[str, Numbers]:  # fmt: skip
    here, there = (storms(journal, network, leg, place) for place in (leg.start, leg.end))
    full = event_intervals(journal.events, "held", "freed", leg.yards[1], journal.until).without(there)
    held = full.within(arrived, done)
    ashore = there.within(arrived, done)
    in_yard, loading = here.within(came, taken), here.within(taken, left)
    return {
        "moving": arrived - left,
        "yard": taken - came - in_yard,
        "ship": left - taken - loading + done - arrived - ashore - held,
        "weather": in_yard + loading + ashore,
        "held": held,
    }


def storms(journal: Journal, network: Network, leg: FreightLeg, place: str) -> Intervals:
    """When storms shut quays of a place that serve a leg."""
    exposed = any(quay.weather_limited for quay in quays_of(network, leg, place))
    return event_intervals(journal.events, "storm", "calm", place, journal.until) if exposed else Intervals()
