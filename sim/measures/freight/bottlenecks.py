"""What binds: what cargo waited for, and how hard that was used."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.measures.freight.activities import queued, storms, time_by_activity
from sim.measures.freight.lines import directions
from sim.measures.freight.utilisation import HARD, Constraint, Kind, name_of, use_of
from sim.measures.freight.yards import legs_from
from sim.measures.intervals import Intervals, event_intervals
from sim.measures.record import Record
from sim.measures.series import Numbers

KILOTONNE = 1e3
Rows = NDArray[np.intp]


def bottlenecks(record: Record, a: float = 0.0, b: float | None = None) -> list[Constraint]:
    """All that cargo waited for in a window, that with most of a cargo's waiting first.

    Waiting in a yard is put down to the ships, or sets of wagons, that it waits for; where trains are made up
    as needed, it is a matter of gathering a load, and of nobody's want. Waiting for a path is put down to the
    line, unless trains stand on the way because the yard at the end is full; that, and being held, is
    put down to the hard-used service that should empty the yard, else to the yard itself.
    """
    b = record.days if b is None else b
    found = _Waiting(record, a, b)
    found.gather()
    cargoes = list(dict.fromkeys(leg.cargo for leg in record.freight.legs))
    whole = {cargo: sum(by.get(cargo, 0.0) for by in found.waiting.values()) for cargo in cargoes}
    constraints = []
    for (kind, element), by in found.waiting.items():
        parts = {
            cargo: 100.0 * by.get(cargo, 0.0) / whole[cargo] if whole[cargo] else 0.0 for cargo in cargoes
        }
        most = max(cargoes, key=lambda cargo: parts[cargo])
        constraints.append(
            Constraint(
                element=element,
                kind=kind,
                name=name_of(record.network, kind, element),
                use=use_of(record, kind, element, a, b),
                waiting=sum(by.values()) / KILOTONNE,
                cargo=most,
                part=parts[most],
            )
        )
    return sorted(constraints, key=lambda constraint: (-constraint.part, -constraint.use, constraint.element))


class _Waiting:
    """Tonne-days of waiting in a window, by what was waited for and by cargo."""

    def __init__(self, record: Record, a: float, b: float) -> None:
        self.record, self.a, self.b = record, a, b
        network = record.network
        run = dict.fromkeys(id for leg in record.freight.legs for id in leg.services)
        self.finite = [id for id in run if network.services[id].vehicles]
        limited = (
            way for way in directions(record) if network.lines[way.rpartition(">")[0]].paths is not None
        )
        self.waiting: dict[tuple[Kind, str], dict[str, float]] = {
            **{("service", id): {} for id in self.finite},
            **{("quay", id): {} for id, quay in network.quays.items() if quay.in_service},
            **{("line", way): {} for way in limited},
            **{("yard", id): {} for id in network.yards if legs_from(record, id)},
        }
        self.time_by_activity = time_by_activity(record.trip_table, record.journal, network, a, b)

    def _add(self, kind: Kind, element: str, cargo: str, tonne_days: float) -> None:
        if tonne_days > 0.0:
            by = self.waiting.setdefault((kind, element), {})
            by[cargo] = by.get(cargo, 0.0) + tonne_days

    def gather(self) -> None:
        table = self.record.trip_table
        queues = queued(table, self.record.days)
        for number, leg in enumerate(table.legs):
            rows = np.flatnonzero(table.loads.leg == number)
            if leg.mode == "ocean" or not len(rows):
                continue
            weights = table.loads.tonnes[rows]
            if leg.mode == "sea" or any(id in self.finite for id in leg.services):
                self._for_services(number, rows, self.time_by_activity["yard"][rows] * weights)
            self._held(number, rows, self.time_by_activity["held"][rows] * weights)
            if leg.mode == "land":
                self._for_paths(number, rows, queues)
            else:
                self._weather(number, rows)
        self._for_quays()

    def _for_services(self, leg: int, rows: Rows, tonne_days: Numbers) -> None:
        """To the service that took the cargo at last; of what still waits, to all that might."""
        table = self.record.trip_table
        trip = table.loads.trip[rows]
        took = np.append(table.trips.service, -1)[trip]  # nobody, what waits at the end of the run
        waits = float(tonne_days[trip < 0].sum())
        cargo = table.legs[leg].cargo
        able = [id for id in table.legs[leg].services if id in self.finite]
        for id in able:
            mine = took == table.services.index(id)
            self._add("service", id, cargo, float(tonne_days[mine].sum()))
            self._add("service", id, cargo, waits / len(able))

    def _held(self, leg: int, rows: Rows, tonne_days: Numbers) -> None:
        """To what should empty the yard at the end of a leg: the services of the next, if they are busy."""
        table, corridors = self.record.trip_table, list(self.record.freight.corridors.values())
        described = table.legs[leg]
        a, b = self._while_full(described.yards[1])
        for corridor in np.unique(table.loads.corridor[rows]):
            amount = float(tonne_days[table.loads.corridor[rows] == corridor].sum())
            if amount <= 0.0:
                continue
            legs = corridors[corridor]
            following = table.legs[legs[legs.index(leg) + 1]].services
            finite = [id for id in following if id in self.finite]
            busy = [id for id in finite if use_of(self.record, "service", id, a, b) >= HARD]
            for id in busy:
                self._add("service", id, described.cargo, amount / len(busy))
            if not busy:
                self._add("yard", described.yards[1], described.cargo, amount)

    def _while_full(self, yard: str) -> tuple[float, float]:
        """The window cut down to when a yard first and last turned somebody away in it."""
        full = event_intervals(self.record.journal.events, "held", "freed", yard, self.record.days)
        begins, ends = np.clip(full.begins, self.a, self.b), np.clip(full.ends, self.a, self.b)
        inside = ends > begins
        return (begins[inside][0], ends[inside][-1]) if inside.any() else (self.a, self.b)

    def _for_paths(self, leg: int, rows: Rows, queues: list[Intervals]) -> None:
        """To the line ahead; while the yard at the end is full and trains stand back to it, to that."""
        table = self.record.trip_table
        loads, way = table.loads, table.directions_of_leg[leg][0]
        came, taken = (np.clip(column[rows], self.a, self.b) for column in (loads.ready, loads.loaded))
        full, tonnes = self._backed_up(leg), loads.tonnes[rows]
        for_line = queues[way].without(full).within(came, taken)
        self._for_line(leg, way, float(for_line @ tonnes))
        on_the_way = self._on_the_way(leg, full)
        if len(full):
            in_yard = queues[way].within(came, taken) - for_line
            self._held(leg, rows, (in_yard + on_the_way[loads.trip[rows]]) * tonnes)

    def _backed_up(self, leg: int) -> Intervals:
        """When trains on a leg might stand all the way back from the full yard at its end."""
        described, record = self.record.freight.legs[leg], self.record
        if not any(record.network.lines[line].room is not None for line in described.lines):
            return Intervals()
        return event_intervals(record.journal.events, "held", "freed", described.yards[1], record.days)

    def _on_the_way(self, leg: int, full: Intervals) -> Numbers:
        """By trip, and at last none for what waits in a yard: days for which it waited as the yard was full.

        The rest of what it waited on the way is put down to the line that it waited for.
        """
        table = self.record.trip_table
        trips, crossings = table.trips, table.crossings
        backed_up = np.zeros(len(trips.leg) + 1)
        mine = trips.leg[crossings.trip] == leg
        for way in table.directions_of_leg[leg]:
            some = np.flatnonzero(mine & (crossings.direction == way))
            ready, left = (np.clip(c[some], self.a, self.b) for c in (crossings.ready, crossings.departed))
            trip, because_full = crossings.trip[some], full.within(ready, left)
            self._for_line(leg, way, float((left - ready - because_full) @ trips.tonnes[trip]))
            backed_up[trip] += because_full
        return backed_up

    def _for_line(self, leg: int, way: int, tonne_days: float) -> None:
        table = self.record.trip_table
        self._add("line", ">".join(table.directions[way]), table.legs[leg].cargo, tonne_days)

    def _weather(self, leg: int, rows: Rows) -> None:
        """To the weather at either end of a sea leg, in proportion to how long it was stormy there."""
        described, record = self.record.trip_table.legs[leg], self.record
        tonne_days = float(self.time_by_activity["weather"][rows] @ record.trip_table.loads.tonnes[rows])
        days = {
            place: float(storms(record.journal, record.network, described, place).within(self.a, self.b))
            for place in (described.start, described.end)
        }
        for place, stormy in days.items():
            if stormy:
                self._add("weather", place, described.cargo, tonne_days * stormy / sum(days.values()))

    def _for_quays(self) -> None:
        """To quays: what lay aboard ships that waited in the roads for them."""
        network = self.record.network
        for call in self.record.journal.port_calls:
            cargo = network.cargoes[network.quays[call.quay].cargo]
            since, until = max(call.arrived, self.a), min(call.berthed, self.b)
            waited = max(until - since, 0.0) * call.discharged * cargo.tonnes
            self._add("quay", call.quay, cargo.id, waited)
