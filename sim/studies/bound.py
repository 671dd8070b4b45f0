"""Upper bounds of a scenario: amounts that no plan could exceed, and losses that none could avoid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from heapq import heappop, heappush
from math import inf

from sim.engine.freight.tracks import durations
from sim.measures import Record
from sim.network.freight.bottleneck import bearing
from sim.network.freight.bound import freight_bounds
from sim.network.freight.capacity_profile import Quickest
from sim.network.freight.legs import find_legs
from sim.network.oil.bound import bound
from sim.scenario import Scenario
from sim.studies.layers import layers_of

Group = tuple[str, str, str]  # a group of corridors, a cargo, and "west" or "east"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The most that any plan could have done in a run, in units of cargo.

    `undisturbed` is the most if nothing had been shut in it, by a closure or by a storm.
    """

    most: float
    undisturbed: float

    @property
    def unavoidable(self) -> float:
        """What closures and storms take from what is possible, whatever the plan."""
        return max(0.0, self.undisturbed - self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What no plan could have exceeded in one run of a scenario.

    `exported`, in t of liquids; `curtailed` is what at least has to stay in the ground, t; `delivered`, of
    what each group of corridors is sent within the run. None and empty where there is no such cargo.
    """

    exported: Limit | None
    curtailed: float
    delivered: Mapping[Group, Limit]


def limits(scenario: Scenario, replication: int | None = None, seed: int | None = None) -> Limits:
    """What no plan could have exceeded: in the storms of a replication or, without one, in fair weather.

    Whoever plans is taken to have known all closures and storms from the first day on.
    """
    if seed is not None:
        scenario = replace(scenario, seed=seed)
    shut, open_ = layers_of(scenario, replication), layers_of(scenario, closed=False)
    exported, curtailed = None, 0.0
    if scenario.network.shippers:
        most, undisturbed = (bound(scenario.network, layers) for layers in (shut, open_))
        exported = Limit(most=most.exported, undisturbed=undisturbed.exported)
        curtailed = most.curtailed
    routes = find_legs(scenario.network)
    quickest = None if replication is None else quickest_crossings(scenario, replication)
    delivered = {
        (most.group, most.cargo, most.bearing): Limit(most=most.delivered, undisturbed=undisturbed.delivered)
        for most, undisturbed in zip(
            *(freight_bounds(layers, routes, quickest) for layers in (shut, open_)), strict=True
        )
    }
    return Limits(exported=exported, curtailed=curtailed, delivered=delivered)


def quickest_crossings(scenario: Scenario, replication: int) -> Quickest:
    """The shortest that any ship takes for a line in a replication, in days.

    Ships draw their days one after the other. All draws are looked at that there can be time for in
    the run, if the longest were of those still at sea at its end. How many trains pass over land
    nobody can tell, so there a line of unsteady length may take no time.
    """
    network = scenario.network

    @cache
    def quickest(id: str, forward: bool) -> float:
        line = network.lines[id]
        if line.spread == 0.0:
            return line.days
        if line.mode != "sea":
            return 0.0
        place = line.destination if forward else line.origin
        draw = durations(line, place, scenario.seed, replication)
        ships = sum(service.vehicles or 0 for service in network.services.values() if id in service.lines)
        least, spent, longest = inf, 0.0, list[float]()
        while spent <= ships * scenario.days:
            days = draw()
            least = min(least, days)
            heappush(longest, days)
            if len(longest) > ships:
                spent += heappop(longest)
        return least

    return quickest


def under_way(record: Record) -> dict[Group, float]:
    """What each group of corridors had under way or waiting when a run began, which it delivers on top."""
    found: dict[Group, float] = {}
    for consigned in record.journal.consignments:
        if consigned.created < 0.0:
            corridor = record.network.corridors[consigned.corridor]
            group = corridor.group, corridor.cargo, bearing(record.network, corridor)
            found[group] = found.get(group, 0.0) + consigned.amount
    return found
