"""Utilisation of services, quays, lines and yards, and the cargo that waited for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.measures.capacities import offered
from sim.measures.freight.quays import QUAYS
from sim.measures.freight.selectors import within
from sim.measures.freight.services import SERVICES, fuller_way
from sim.measures.freight.yards import YARDS
from sim.measures.intervals import event_intervals
from sim.measures.measure import Measure
from sim.measures.record import Record
from sim.network import Network

Kind = Literal["service", "quay", "line", "yard", "weather"]
MIN_BINDING_PART = 10.0  # % of all waiting of a cargo
MIN_BUSY = 70.0  # % of use from which waiting is attributed to a lack of capacity
BY_NAME: dict[str, Measure] = {measure.name: measure for measure in (*QUAYS, *SERVICES, *YARDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """An element that cargo waited for in a window: its use (%), and that waiting (kt-days).

    `part` is the waiting in % of all waiting of one `cargo`, the cargo for which it is largest.

    `element` is a service, a quay, a yard, `line>place`, or a place for its weather. The use of a service
    is the share of its vehicle-days not spent waiting for cargo, times its load factor in the fuller
    direction; of a quay, the share of time in which cargo is worked; of a line, that of its paths or its
    room; of a yard, its peak fill; of weather, the share of time with storms.
    """

    element: str
    kind: Kind
    name: str
    use: float
    waiting: float
    cargo: str
    part: float

    @property
    def binds(self) -> bool:
        """Return whether it is a bottleneck: much waiting, for an element with little capacity left."""
        return self.part >= MIN_BINDING_PART and (self.use >= MIN_BUSY or self.kind == "weather")


def use_of(record: Record, kind: Kind, element: str, a: float, b: float) -> float:
    """Return the use of an element in a window, in %; see `Constraint`."""
    if kind == "line":
        return _line_use(record, element, a, b)
    if kind == "weather":
        stormy = event_intervals(record.journal.events, "storm", "calm", element, record.days)
        return 100.0 * float(stormy.within(a, b)) / (b - a)
    if kind == "service":
        busy = BY_NAME["service busy"](record, element, a, b) or 0.0
        return busy * fuller_way(record, element, a, b)
    measure = {"quay": "quay use", "yard": "yard fullest"}[kind]
    return BY_NAME[measure](record, element, a, b) or 0.0


def _line_use(record: Record, element: str, a: float, b: float) -> float:
    """Return the share of a line's paths, or of its room, that was taken: the larger one."""
    id, _, place = element.rpartition(">")
    line, table = record.network.lines[id], record.trip_table
    crossings = table.crossings
    rows = np.flatnonzero(crossings.direction == table.directions.index((id, place)))
    shares = [0.0]
    if line.paths is not None:
        departures = within(crossings.departed[rows], a, b)
        paths = offered(record, id, line.paths, a, b)
        shares.append(int(departures.sum()) / paths if paths else 0.0)
    if line.room is not None:
        onto_next = np.append(crossings.departed, np.inf)[rows + 1]
        ends = np.append(crossings.first, True)[rows + 1]
        off = np.where(ends, table.trips.delivered[crossings.trip[rows]], onto_next)
        on = np.clip(off, a, b) - np.clip(crossings.departed[rows], a, b)
        shares.append(float(on.sum()) / (line.room * (b - a)))
    return 100.0 * max(shares)


def name_of(network: Network, kind: Kind, element: str) -> str:
    """Return the name of an element in words."""
    if kind == "line":
        line, _, place = element.rpartition(">")
        return f"{network.lines[line].name}, towards {network.places[place].name}"
    if kind == "weather":
        return f"Storms at {network.places[element].name}"
    name: str = getattr(network.element(element), "name", element)
    return name
