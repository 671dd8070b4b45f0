"""200 days on the network of `made_up_corridors`, played by hand: a `Record` for tests of what came out.

A boycott of the north from day 60 brings the middle more than its ships carry, so cargo waits in
Aktau's yards until they are full and trains are held; a storm shuts Aktau's quays from day 90 to 96.
"""

from __future__ import annotations

from collections import deque
from datetime import date
from functools import partial
from math import inf, sin
from typing import Any

from made_up_corridors import DEMANDS, LINES, ROOM, SHIPS, freight_network

from sim.engine import Balance
from sim.engine.journal import (
    ConsignmentRecord,
    CorridorChoice,
    Journal,
    Load,
    LostCargo,
    PortCall,
    TripRecord,
)
from sim.measures.record import BoycottSpan, Record, Span
from sim.network.freight.legs import find_legs
from sim.network.network import Network

DAYS = 200.0
BEFORE = -20  # the day on which the first lots are born
STORM = (90.0, 96.0)
BOYCOTT = BoycottSpan(
    label="Boycott of the north",
    elements=("altynkol-brest", "kazakhstan-brest"),
    demands=tuple(id for id, *_ in DEMANDS),
    share=0.35,
    premium=0.0,
    start=60.0,
    end=DAYS,
)
WORKS = Span(
    label="Works at Brest", elements=("brest-europe",), start=150.0, end=160.0, remaining=0.5, planned=True
)
NO_OIL = Balance(produced=0.0, curtailed=0.0, opening=0.0, sold=0.0, in_stock=0.0, afloat=0.0, max_error=0.0)


def shares(cargo: str, day: float) -> dict[str, float]:
    """Return the share of a demand that books each group on a day: the boycott takes three weeks to act."""
    gone = min(max(day - BOYCOTT.start, 0.0) / 21.0, 1.0)
    if cargo == "containers":
        return {"north": 0.85 - 0.40 * gone, "middle": 0.05 + 0.12 * gone, "ocean": 0.10 + 0.28 * gone}
    return {"north": 0.80 - 0.30 * gone, "middle": 0.20 + 0.30 * gone}


class Play:
    """200 days played by simple rules, written into a journal as the engine would."""

    def __init__(self, network: Network) -> None:
        self.routes = find_legs(network)
        self.journal = Journal(until=DAYS)
        ids = {(leg.start, leg.end, leg.cargo): number for number, leg in enumerate(self.routes.legs)}
        self.back = {
            number: ids.get((leg.end, leg.start, leg.cargo), -1)
            for number, leg in enumerate(self.routes.legs)
        }
        self._free: dict[tuple[str, int], float] = {}
        self._rebooked: dict[int, float] = {}

    def write(self, leg: int, service: str, loads: list[Load], times: list[float]) -> None:
        """A trip as far as it has come, or what waits for it."""
        loads = [load for load in loads if load.ready <= DAYS]
        if times[0] > DAYS:
            self.journal.waiting += [(leg, load) for load in loads]
        elif times[-1] > 0.0:
            self.journal.trips.append(
                TripRecord(leg, service, tuple(loads), tuple(t for t in times if t <= DAYS))
            )

    def over_land(self, leg: int, taken: float) -> list[float]:
        """When a train that is made up sets out on each line and reaches its end: one path after another."""
        times = [taken]
        for id in self.routes.legs[leg].lines:
            days, paths = next((line[4], line[5]) for line in LINES if line[0] == id)
            left = max(times[-1], self._free.get((id, leg), -inf))
            if paths:
                self._free[id, leg] = left + 1.0 / paths
            times += [left, left + days + 0.3 * sin(len(self.journal.trips))]
        return times

    def send(self, demand: str, cargo: str, rate: float, lot: float) -> dict[str, list[Load]]:
        """All lots of a demand, born one after another and dealt out to its groups as their shares say."""
        owed = dict.fromkeys(shares(cargo, 0.0), 0.0)
        dealt: dict[str, list[Load]] = {group: [] for group in owed}
        for n in range(int((DAYS - BEFORE) * rate / lot)):
            created = BEFORE + n * lot / rate
            for group, share in shares(cargo, created).items():
                owed[group] += share
            group = max(owed, key=lambda one: owed[one])
            owed[group] -= 1.0
            if group == "middle" and 100.0 < created < 140.0 and n % 5 == 0:
                kind, group = ("rebooked", "ocean") if "ocean" in owed else ("dropped", "")
                self.journal.lost.append(
                    LostCargo(created + 14.0, demand, f"middle.{cargo}", lot, created, kind)
                )
                self._rebooked[len(self.journal.consignments)] = created + 14.0
            if group:
                dealt[group].append(Load(len(self.journal.consignments), lot, created))
                self.journal.consignments.append(ConsignmentRecord(demand, f"{group}.{cargo}", lot, created))
        for week in range(0, int(DAYS), 7):
            for group, share in shares(cargo, float(week)).items():
                days = {"north": 13.0, "middle": 25.0 + week / 7, "ocean": 35.0}[group]
                self.journal.choices.append(
                    CorridorChoice(float(week), demand, f"{group}.{cargo}", share, days)
                )
        return dealt

    def middle(self, cargo: str, loads: list[Load]) -> None:
        """Trains to Aktau, ships to Alat as cargo, room and the storm allow, trains on from there."""
        first, sea, last = self.routes.corridors[f"middle.{cargo}"]
        name, vessels, most = SHIPS[cargo]
        pairs = [loads[n : n + 2] for n in range(0, len(loads) - 1, 2)]
        coming = deque((self.over_land(first, pair[-1].ready), pair) for pair in pairs)
        yard: deque[Load] = deque()
        back, freed, held = [2.0 * n + BEFORE for n in range(vessels)], -inf, False
        while coming or yard:
            vehicle = back.index(min(back))
            now = back[vehicle] if yard else max(back[vehicle], coming[0][0][-1])
            full = False
            while coming and coming[0][0][-1] <= now and not full:
                times, pair = coming[0]
                level = sum(load.amount for load in yard)
                full = level + sum(load.amount for load in pair) > ROOM[cargo]
                if not full:
                    ashore = max(times[-1], freed)
                    self.write(first, f"trains.{cargo}", pair, [*times, ashore])
                    yard += [load._replace(ready=ashore) for load in pair]
                    coming.popleft()
                elif not held and times[-1] < DAYS:
                    held = True
                    self.journal.log_event(
                        times[-1], "held", f"aktau.{cargo}", level, self.routes.legs[sea].id
                    )
            if held and not full and freed < DAYS:
                held = False
                self.journal.log_event(
                    freed, "freed", f"aktau.{cargo}", ROOM[cargo], self.routes.legs[sea].id
                )
            aboard = [yard.popleft() for _ in range(min(len(yard), int(most / loads[0].amount)))]
            freed = now
            back[vehicle] = self.sail(sea, last, name, vehicle, now, aboard)

    def sail(self, sea: int, last: int, name: str, vehicle: int, taken: float, aboard: list[Load]) -> float:
        """A voyage to Alat and the train that takes the cargo on; when the ship is back at Aktau."""
        left = taken + 0.5
        if taken < STORM[1] and left > STORM[0]:
            left = STORM[1] + 0.2 + 0.3 * vehicle
        arrived, ashore = left + 0.9, left + 1.6
        self.write(sea, name, aboard, [taken, left, arrived, ashore])
        home = [ashore + 0.1, ashore + 0.2, ashore + 1.1, ashore + 1.1]
        self.write(self.back[sea], name, [], home)
        amount = sum(load.amount for load in aboard)
        calls = (
            PortCall(name, vehicle, f"aktau.{name}", taken - 0.1, taken, left, 0.45, 0.0, amount),
            PortCall(name, vehicle, f"alat.{name}", arrived, arrived + 0.2, ashore, 0.45, amount, 0.0),
        )
        self.journal.port_calls += [call for call in calls if 0.0 < call.left < DAYS]
        times = self.over_land(last, ashore + 0.6)
        onward = [load._replace(ready=ashore) for load in aboard]
        self.write(last, f"trains.{self.routes.legs[last].cargo}", onward, [*times, times[-1]])
        return ashore + 3.0

    def direct(self, group: str, cargo: str, loads: list[Load]) -> None:
        """Without being set down on the way: trains by the north, or the ocean."""
        leg = self.routes.corridors[f"{group}.{cargo}"][0]
        for load in loads if group == "ocean" else ():
            taken = self._rebooked.get(load.consignment, load.ready)
            times = self.over_land(leg, taken)
            self.write(leg, "", [load], [*times, times[-1]])
        for n in range(0, len(loads) - 1, 2) if group == "north" else ():
            times = self.over_land(leg, loads[n + 1].ready)
            self.write(leg, f"trains.{cargo}", loads[n : n + 2], [*times, times[-1]])


def freight_record(**given: Any) -> Record:
    """The record of the 200 days."""
    network = freight_network()
    play = Play(network)
    play.journal.log_event(STORM[0], "storm", "aktau")
    play.journal.log_event(STORM[1], "calm", "aktau")
    for demand, _, cargo, rate, lot in DEMANDS:
        dealt = play.send(demand, cargo, rate, lot)
        for group, loads in dealt.items():
            (play.middle if group == "middle" else partial(play.direct, group))(cargo, loads)
    play.journal.events.sort(key=lambda one: one.time)
    settings: dict[str, Any] = {
        "name": "made-up-boycott",
        "title": "A made-up boycott of the north",
        "start": date(2022, 1, 1),
        "days": DAYS,
        "seed": 1,
        "replication": 0,
        "stalled": (),
        "network": network,
        "freight": play.routes,
        "journal": play.journal,
        "balance": NO_OIL,
        "spans": (WORKS,),
        "boycotts": (BOYCOTT,),
    }
    return Record(**(settings | given))
