"""Elements of freight measures: a flow of dry cargo, `demand>group@place`, and its parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

import numpy as np

from sim.errors import fail, nearest
from sim.measures.freight.trip_table import TripTable
from sim.measures.measure import ElementKind
from sim.measures.record import Record
from sim.measures.series import Flags, Numbers
from sim.network import Network

ALL = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Demands and corridors of an element, and the place at which transit ends, if any."""

    demands: frozenset[str]
    corridors: frozenset[str]
    place: str = ""

    def of(self, table: TripTable) -> Flags:
        """Return a flag for each load: whether it is selected."""
        loads = table.loads
        demands = np.array([id in self.demands for id in table.demands], dtype=bool)
        corridors = np.array([id in self.corridors for id in table.corridors], dtype=bool)
        selected: Flags = demands[loads.demand] & corridors[loads.corridor]
        return selected


def select(record: Record, element: str) -> Selection:
    """Return the selection of `sender>way@place`, any part of which may be left out.

    The sender is a demand, a cargo, or a pattern of demands with `*`; the way is a group of corridors, a
    corridor, or a pattern of corridors. Raises `InputError` when the run has no such cargo.
    """
    network = record.network
    body, _, place = element.rpartition("@") if "@" in element else (element, "", "")
    if place and place not in network.places:
        advice = nearest(place, network.places)
        raise fail("no such place", key="element", value=element, advice=advice)
    undivided = [(body, ALL), (ALL, body)]
    divided = [(body[:n], body[n + 1 :]) for n, mark in enumerate(body) if mark == ">"]
    for sender, way in [*undivided, *divided]:
        if (demands := _demands(network, sender)) and (corridors := _corridors(network, way)):
            return Selection(demands=demands, corridors=corridors, place=place)
    candidates = [*network.demands, *network.cargoes, *network.corridors, *groups(network)]
    advice = nearest(body, candidates) or "a demand, a cargo, a group, a corridor, or demand>group"
    raise fail("no cargo of this run matches", key="element", value=element, advice=advice)


FLOW = ElementKind(name="a flow of dry cargo", check=select)
SENDER = ElementKind(name="a demand, a cargo, a group", check=select)


def groups(network: Network) -> list[str]:
    """Return the names under which corridors are counted, in the order of the table."""
    return list(dict.fromkeys(corridor.group for corridor in network.corridors.values()))


def group_headline(network: Network) -> dict[str, str]:
    """Return the groups of corridors as headline elements."""
    return {group: group for group in groups(network)}


def all_groups_headline(network: Network) -> dict[str, str]:
    """Return the groups of corridors and all together as headline elements."""
    return {**group_headline(network), ALL: "all corridors"} if network.demands else {}


def total_headline(network: Network) -> dict[str, str]:
    """Return all dry cargo together as a headline element."""
    return {ALL: ""} if network.demands else {}


def cargo_headline(network: Network) -> dict[str, str]:
    """Return each cargo by each group of corridors as headline elements."""
    names = {id: cargo.name.lower() for id, cargo in network.cargoes.items()}
    return {
        f"{corridor.cargo}>{corridor.group}": f"{corridor.group}, {names[corridor.cargo]}"
        for corridor in network.corridors.values()
    }


def _demands(network: Network, text: str) -> frozenset[str]:
    demands = network.demands
    if "*" in text:
        return _matching(demands, text)
    return frozenset(id for id, demand in demands.items() if text in (id, demand.cargo))


def _corridors(network: Network, text: str) -> frozenset[str]:
    corridors = network.corridors
    if "*" in text:
        return _matching(corridors, text)
    return frozenset(id for id, corridor in corridors.items() if text in (id, corridor.group))


def _matching(ids: Iterable[str], pattern: str) -> frozenset[str]:
    return frozenset(ids if pattern == ALL else (id for id in ids if fnmatchcase(id, pattern)))


def pairs(record: Record) -> list[str]:
    """Return every `cargo>group`, and every `demand>group` in which a demand has a corridor."""
    network = record.network
    by_cargo = dict.fromkeys(f"{corridor.cargo}>{corridor.group}" for corridor in network.corridors.values())
    for id, choices in record.freight.choices.items():
        by_cargo.update(dict.fromkeys(f"{id}>{network.corridors[choice].group}" for choice in choices))
    return list(by_cargo)


def flows(record: Record) -> list[str]:
    """Return all dry cargo (*), each group, each demand, and each demand by group; none without freight."""
    if not record.network.demands:
        return []
    return [ALL, *groups(record.network), *record.network.demands, *pairs(record)]


def box_flows(record: Record) -> list[str]:
    """Return the flows that include containers."""
    network, choices = record.network, record.freight.choices
    boxes = [id for id, demand in network.demands.items() if counted_in_boxes(network, demand.cargo)]

    def has_boxes(flow: str) -> bool:
        selection = select(record, flow)
        return any(id in selection.demands and selection.corridors & set(choices[id]) for id in boxes)

    return [flow for flow in flows(record) if has_boxes(flow)]


def counted_in_boxes(network: Network, cargo: str) -> bool:
    """Return whether a cargo is counted in TEU."""
    return network.cargoes[cargo].unit == "TEU"


def box_loads(network: Network, table: TripTable) -> Flags:
    """Return a flag for each load: whether it is counted in TEU."""
    of_leg = np.array([counted_in_boxes(network, leg.cargo) for leg in table.legs], dtype=bool)
    boxes: Flags = of_leg[table.loads.leg]
    return boxes


def within(times: Numbers, a: float, b: float) -> Flags:
    """Return a flag for each time: whether it lies in a window."""
    return (times >= a) & (times < b)
