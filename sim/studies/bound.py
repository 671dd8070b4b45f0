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
    """Largest amount that any plan could achieve in a run, in units of cargo.

    `undisturbed` is that without any closure or storm.
    """

    most: float
    undisturbed: float

    @property
    def unavoidable(self) -> float:
        """Amount that closures and storms cost under every plan."""
        return max(0.0, self.undisturbed - self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds of one run of a scenario.

    `exported` is in t of liquids; `curtailed` is the least output that has to stay in the ground, in t;
    `delivered` is by group of corridors, of what is sent within the run. None and empty without such cargo.
    """

    exported: Limit | None
    curtailed: float
    delivered: Mapping[Group, Limit]


def limits(scenario: Scenario, replication: int | None = None, seed: int | None = None) -> Limits:
    """Return the upper bounds in the storms of a replication or, without one, in fair weather.

    The bounds assume perfect knowledge of all closures and storms from the first day.
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
    """Return the shortest crossing of each line by any ship in a replication, in days.

    Ships draw their crossing times in turn. All draws that fit into the run are considered, the longest
    being those of ships still at sea at its end. The number of trains is unknown, so a land line of
    random length counts as no time.
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
    """Return what each group of corridors had under way or waiting when a run began."""
    amounts: dict[Group, float] = {}
    for consigned in record.journal.consignments:
        if consigned.created < 0.0:
            corridor = record.network.corridors[consigned.corridor]
            group = corridor.group, corridor.cargo, bearing(record.network, corridor)
            amounts[group] = amounts.get(group, 0.0) + consigned.amount
    return amounts
