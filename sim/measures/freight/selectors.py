"""Which cargo an element of a freight measure means: `demand>group@place` and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

import numpy as np

from sim.errors import fail, nearest
from sim.measures.freight.trip_table import Flags, TripTable
from sim.measures.record import Record
from sim.measures.series import Numbers
from sim.network import Network
from sim.network.freight.elements import Corridor, Demand

ALL = "*"
WAYS = "a way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The demands and corridors that an element means, and the place at which a way is to be cut, if any."""

    demands: frozenset[str]
    corridors: frozenset[str]
    place: str = ""

    def of(self, table: TripTable) -> Flags:
        """Which loads are meant."""
        loads = table.loads
        demands = np.array([id in self.demands for id in table.demands], dtype=bool)
        corridors = np.array([id in self.corridors for id in table.corridors], dtype=bool)
        found: Flags = demands[loads.demand] & corridors[loads.corridor]
        return found


def select(record: Record, element: str) -> Selection:
    """What an element means: `who>way@place`, any part of which may be left out.

    `who` is a demand, a cargo, or a pattern of demands with `*`; `way` a group of corridors, a corridor,
    or a pattern of corridors. Raises `InputError` when the run has nothing like it.
    """
    network = record.network
    body, _, place = element.rpartition("@") if "@" in element else (element, "", "")
    if place and place not in network.places:
        advice = nearest(place, network.places)
        raise fail("no such place", key="element", value=element, advice=advice)
    whole = [(body, ALL), (ALL, body)]
    parts = [(body[:n], body[n + 1 :]) for n, mark in enumerate(body) if mark == ">"]
    for who, way in [*whole, *parts]:
        demands, corridors = _demands(network, who), _corridors(network, way)
        if demands and corridors:
            return Selection(demands=demands, corridors=corridors, place=place)
    known = [*network.demands, *network.cargoes, *network.corridors, *groups(network)]
    advice = nearest(body, known) or "a demand, a cargo, a group, a corridor, or demand>group"
    raise fail("no cargo of this run is meant", key="element", value=element, advice=advice)


def groups(network: Network) -> list[str]:
    """The names that corridors are counted under, in the order of the table."""
    return list(dict.fromkeys(corridor.group for corridor in network.corridors.values()))


def _demands(network: Network, text: str) -> frozenset[str]:
    def means(demand: Demand) -> bool:
        return text in (demand.id, demand.cargo) or ("*" in text and fnmatchcase(demand.id, text))

    return frozenset(id for id, demand in network.demands.items() if means(demand))


def _corridors(network: Network, text: str) -> frozenset[str]:
    def means(corridor: Corridor) -> bool:
        return text in (corridor.id, corridor.group) or ("*" in text and fnmatchcase(corridor.id, text))

    return frozenset(id for id, corridor in network.corridors.items() if means(corridor))


def pairs(record: Record) -> list[str]:
    """Every `demand>group` in which a demand has a corridor, and every `cargo>group`."""
    network = record.network
    found = dict.fromkeys(f"{one.cargo}>{one.group}" for one in network.corridors.values())
    for id, choices in record.freight.choices.items():
        found.update(dict.fromkeys(f"{id}>{network.corridors[choice].group}" for choice in choices))
    return list(found)


def flows(record: Record) -> list[str]:
    """All dry cargo, each group, each demand, and each demand by group; none without freight."""
    if not record.network.demands:
        return []
    return [ALL, *groups(record.network), *record.network.demands, *pairs(record)]


def box_flows(record: Record) -> list[str]:
    """Those of the flows that containers have a part in."""
    network, choices = record.network, record.freight.choices
    boxes = [id for id, demand in network.demands.items() if counted_in_boxes(network, demand.cargo)]

    def has_boxes(flow: str) -> bool:
        means = select(record, flow)
        return any(id in means.demands and means.corridors & set(choices[id]) for id in boxes)

    return [flow for flow in flows(record) if has_boxes(flow)]


def counted_in_boxes(network: Network, cargo: str) -> bool:
    """Whether a cargo is counted in TEU."""
    return network.cargoes[cargo].unit == "TEU"


def box_loads(network: Network, table: TripTable) -> Flags:
    """The loads that are counted in TEU."""
    boxes = np.array([counted_in_boxes(network, leg.cargo) for leg in table.legs], dtype=bool)
    found: Flags = boxes[table.loads.leg]
    return found


def within(times: Numbers, a: float, b: float) -> Flags:
    """Which times lie in a window."""
    return (times >= a) & (times < b)
