"""Bottlenecks: the elements that cargo waited for, and how hard they were used."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.measures.freight.activities import queued, storms, time_by_activity
from sim.measures.freight.lines import directions
from sim.measures.freight.utilisation import MIN_BUSY, Constraint, Kind, name_of, use_of
from sim.measures.freight.yards import legs_from
from sim.measures.intervals import Intervals, event_intervals
from sim.measures.record import Record
from sim.measures.series import Numbers

KILOTONNE = 1e3
Rows = NDArray[np.intp]


def bottlenecks(record: Record, a: float = 0.0, b: float | None = None) -> list[Constraint]:
    """Return all elements that cargo waited for in a window, the largest share of a cargo's waiting first.

    Waiting in a yard is attributed to the ships, or sets of wagons, that it waits for; where trains are
    made up as needed, it is the time to gather a full load, and no element is to blame. Waiting for a path
    is attributed to the line, unless trains queue back to it from a full yard at its end; that, and being
    held, is attributed to the busy service that should empty the yard, or else to the yard.
    """
    b = record.days if b is None else b
    gathered = _Waiting(record, a, b)
    gathered.gather()
    cargoes = list(dict.fromkeys(leg.cargo for leg in record.freight.legs))
    totals = {cargo: sum(by.get(cargo, 0.0) for by in gathered.waiting.values()) for cargo in cargoes}
    constraints = []
    for (kind, element), by in gathered.waiting.items():
        parts = {
            cargo: 100.0 * by.get(cargo, 0.0) / totals[cargo] if totals[cargo] else 0.0 for cargo in cargoes
        }
        main = max(cargoes, key=lambda cargo: parts[cargo])
        constraints.append(
            Constraint(
                element=element,
                kind=kind,
                name=name_of(record.network, kind, element),
                use=use_of(record, kind, element, a, b),
                waiting=sum(by.values()) / KILOTONNE,
                cargo=main,
                part=parts[main],
            )
        )
    return sorted(constraints, key=lambda each: (-each.part, -each.use, each.element))


class _Waiting:
    """Tonne-days of waiting in a window, by the element waited for and by cargo."""

    def __init__(self, record: Record, a: float, b: float) -> None:
        self.record, self.a, self.b = record, a, b
        network = record.network
        running = dict.fromkeys(id for leg in record.freight.legs for id in leg.services)
        self.with_vehicles = [id for id in running if network.services[id].vehicles]
        limited = (
            direction
            for direction in directions(record)
            if network.lines[direction.rpartition(">")[0]].paths is not None
        )
        self.waiting: dict[tuple[Kind, str], dict[str, float]] = {
            **{("service", id): {} for id in self.with_vehicles},
            **{("quay", id): {} for id, quay in network.quays.items() if quay.in_service},
            **{("line", direction): {} for direction in limited},
            **{("yard", id): {} for id in network.yards if legs_from(record, id)},
        }
        self.times = time_by_activity(record.trip_table, record.journal, network, a, b)

    def _add(self, kind: Kind, element: str, cargo: str, tonne_days: float) -> None:
        if tonne_days > 0.0:
            by = self.waiting.setdefault((kind, element), {})
            by[cargo] = by.get(cargo, 0.0) + tonne_days

    def gather(self) -> None:
        """Attribute the waiting of every leg and of ships in the roads."""
        table = self.record.trip_table
        queues = queued(table, self.record.days)
        for number, leg in enumerate(table.legs):
            rows = np.flatnonzero(table.loads.leg == number)
            if leg.mode == "ocean" or not len(rows):
                continue
            weights = table.loads.tonnes[rows]
            if leg.mode == "sea" or any(id in self.with_vehicles for id in leg.services):
                self._for_services(number, rows, self.times["yard"][rows] * weights)
            self._held(number, rows, self.times["held"][rows] * weights)
            if leg.mode == "land":
                self._for_paths(number, rows, queues)
            else:
                self._weather(number, rows)
        self._for_quays()

    def _for_services(self, leg: int, rows: Rows, tonne_days: Numbers) -> None:
        """Attribute waiting to the service that took the cargo; of cargo still waiting, to all that could."""
        table = self.record.trip_table
        trip = table.loads.trip[rows]
        carrier = np.append(table.trips.service, -1)[trip]  # -1: still waiting at the end of the run
        still_waiting = float(tonne_days[trip < 0].sum())
        cargo = table.legs[leg].cargo
        able = [id for id in table.legs[leg].services if id in self.with_vehicles]
        for id in able:
            mine = carrier == table.services.index(id)
            self._add("service", id, cargo, float(tonne_days[mine].sum()))
            self._add("service", id, cargo, still_waiting / len(able))

    def _held(self, leg: int, rows: Rows, tonne_days: Numbers) -> None:
        """Attribute holding to the busy services of the next leg, or else to the full yard."""
        table, corridors = self.record.trip_table, list(self.record.freight.corridors.values())
        described = table.legs[leg]
        a, b = self._while_full(described.yards[1])
        for corridor in np.unique(table.loads.corridor[rows]):
            amount = float(tonne_days[table.loads.corridor[rows] == corridor].sum())
            if amount <= 0.0:
                continue
            legs = corridors[corridor]
            following = table.legs[legs[legs.index(leg) + 1]].services
            able = [id for id in following if id in self.with_vehicles]
            busy = [id for id in able if use_of(self.record, "service", id, a, b) >= MIN_BUSY]
            for id in busy:
                self._add("service", id, described.cargo, amount / len(busy))
            if not busy:
                self._add("yard", described.yards[1], described.cargo, amount)

    def _while_full(self, yard: str) -> tuple[float, float]:
        """Return the window, cut to the first and last time that a yard refused trains or ships in it."""
        full = event_intervals(self.record.journal.events, "held", "freed", yard, self.record.days)
        starts, ends = np.clip(full.starts, self.a, self.b), np.clip(full.ends, self.a, self.b)
        inside = ends > starts
        return (starts[inside][0], ends[inside][-1]) if inside.any() else (self.a, self.b)

    def _for_paths(self, leg: int, rows: Rows, queues: list[Intervals]) -> None:
        """Attribute waiting to the line ahead; while a queue reaches back from the full yard, to the yard."""
        table = self.record.trip_table
        loads, direction = table.loads, table.directions_of_leg[leg][0]
        ready, loaded = (np.clip(column[rows], self.a, self.b) for column in (loads.ready, loads.loaded))
        full, tonnes = self._backed_up(leg), loads.tonnes[rows]
        for_line = queues[direction].without(full).within(ready, loaded)
        self._for_line(leg, direction, float(for_line @ tonnes))
        on_the_way = self._on_the_way(leg, full)
        if len(full):
            in_yard = queues[direction].within(ready, loaded) - for_line
            self._held(leg, rows, (in_yard + on_the_way[loads.trip[rows]]) * tonnes)

    def _backed_up(self, leg: int) -> Intervals:
        """Return the times when trains on a leg may queue all the way back from the full yard at its end."""
        described, record = self.record.freight.legs[leg], self.record
        if not any(record.network.lines[line].room is not None for line in described.lines):
            return Intervals()
        return event_intervals(record.journal.events, "held", "freed", described.yards[1], record.days)

    def _on_the_way(self, leg: int, full: Intervals) -> Numbers:
        """Return the days that each trip waited on the line because the yard was full, and a last 0.

        The rest of its waiting on the way is attributed to the line waited for. The last 0 is for cargo
        in a yard, whose trip is -1.
        """
        table = self.record.trip_table
        trips, crossings = table.trips, table.crossings
        backed_up = np.zeros(len(trips.leg) + 1)
        mine = trips.leg[crossings.trip] == leg
        for direction in table.directions_of_leg[leg]:
            rows = np.flatnonzero(mine & (crossings.direction == direction))
            ready, departed = (
                np.clip(c[rows], self.a, self.b) for c in (crossings.ready, crossings.departed)
            )
            trip, because_full = crossings.trip[rows], full.within(ready, departed)
            tonne_days = float((departed - ready - because_full) @ trips.tonnes[trip])
            self._for_line(leg, direction, tonne_days)
            backed_up[trip] += because_full
        return backed_up

    def _for_line(self, leg: int, direction: int, tonne_days: float) -> None:
        table = self.record.trip_table
        self._add("line", ">".join(table.directions[direction]), table.legs[leg].cargo, tonne_days)

    def _weather(self, leg: int, rows: Rows) -> None:
        """Attribute waiting to the weather at either end of a sea leg, in proportion to its stormy days."""
        described, record = self.record.trip_table.legs[leg], self.record
        tonne_days = float(self.times["weather"][rows] @ record.trip_table.loads.tonnes[rows])
        days = {
            place: float(storms(record.journal, record.network, described, place).within(self.a, self.b))
            for place in (described.start, described.end)
        }
        for place, stormy in days.items():
            if stormy:
                self._add("weather", place, described.cargo, tonne_days * stormy / sum(days.values()))

    def _for_quays(self) -> None:
        """Attribute the waiting of cargo aboard ships in the roads to the quay they waited for."""
        network = self.record.network
        for call in self.record.journal.port_calls:
            cargo = network.cargoes[network.quays[call.quay].cargo]
            since, until = max(call.arrived, self.a), min(call.berthed, self.b)
            waited = max(until - since, 0.0) * call.discharged * cargo.tonnes
            self._add("quay", call.quay, cargo.id, waited)
