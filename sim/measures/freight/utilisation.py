"""How hard one element was used, and how much cargo waited for it."""

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
BINDING_PART = 10.0  # % of all waiting: less is not worth naming
HARD = 70.0  # % of use from which waiting is put down to a want of capacity
NAMED: dict[str, Measure] = {measure.name: measure for measure in (*QUAYS, *SERVICES, *YARDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """How hard an element was used in a window (%), and how much cargo waited for it (kt-days).

    `part` is that waiting in % of all waiting of one `cargo`, the one for which it is most.

    `element` is a service, a quay, a yard, `line>place`, or a place for its weather. A service's use is
    the share of its vehicle-days not spent waiting for cargo, times how full it went the way that it went
    fuller; a quay's, that of its time with cargo being
    worked; a line's, of its paths or its room; a yard's, its fullest; weather's, the time stormy.
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
        """Whether it holds cargo up: much waiting, for something that has little left to give."""
        return self.part >= BINDING_PART and (self.use >= HARD or self.kind == "weather")


def use_of(record: Record, kind: Kind, element: str, a: float, b: float) -> float:
    """How hard an element was used in a window, in %; see `Strain`."""
    if kind == "line":
        return _line_used(record, element, a, b)
    if kind == "weather":
        stormy = event_intervals(record.journal.events, "storm", "calm", element, record.days)
        return 100.0 * float(stormy.within(a, b)) / (b - a)
    if kind == "service":
        busy = NAMED["service busy"](record, element, a, b) or 0.0
        return busy * fuller_way(record, element, a, b)
    measure = {"quay": "quay use", "yard": "yard fullest"}[kind]
    return NAMED[measure](record, element, a, b) or 0.0


def _line_used(record: Record, element: str, a: float, b: float) -> float:
    """The part of a line's paths, or of its room, that was taken: whichever was more."""
    id, _, place = element.rpartition(">")
    line, table = record.network.lines[id], record.trip_table
    crossings = table.crossings
    rows = np.flatnonzero(crossings.direction == table.directions.index((id, place)))
    shares = [0.0]
    if line.paths is not None:
        set_out = within(crossings.departed[rows], a, b)
        paths = offered(record, id, line.paths, a, b)
        shares.append(int(set_out.sum()) / paths if paths else 0.0)
    if line.room is not None:
        onto_next = np.append(crossings.departed, np.inf)[rows + 1]
        ends = np.append(crossings.first, True)[rows + 1]
        off = np.where(ends, table.trips.delivered[crossings.trip[rows]], onto_next)
        on = np.clip(off, a, b) - np.clip(crossings.departed[rows], a, b)
        shares.append(float(on.sum()) / (line.room * (b - a)))
    return 100.0 * max(shares)


def name_of(network: Network, kind: Kind, element: str) -> str:
    """What an element is called in words."""
    if kind == "line":
        line, _, place = element.rpartition(">")
        return f"{network.lines[line].name}, towards {network.places[place].name}"
    if kind == "weather":
        return f"Storms at {network.places[element].name}"
    found: str = getattr(network.element(element), "name", element)
    return found
