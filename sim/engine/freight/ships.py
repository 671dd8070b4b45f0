"""Ships that shuttle between two ports: roads, quay, cargo out, cargo in, and to sea."""

from __future__ import annotations

from collections.abc import Generator
from math import inf
from typing import Any

import simpy

from sim.engine.clock import SOON, Clock
from sim.engine.freight.fleets import ServiceFleet, ServiceVehicle
from sim.engine.freight.ports import CargoOperation, FreightPort, LiveQuay, no_ship
from sim.engine.freight.trips import Trip
from sim.engine.freight.yard_queues import CLOSE
from sim.engine.journal import Journal, PortCall

Steps = Generator[simpy.Event, Any, None]


class Ship(ServiceVehicle):
    """One ship, which loads the waiting cargo and sails when there is a reason to.

    Reasons are a full load, a first lot that has waited longest, another ship that needs the quay and, for
    an empty ship, cargo at the other end that no ship there will take. In storms no cargo moves over an
    exposed quay and no ship casts off.
    """

    def __init__(
        self,
        env: Clock,
        journal: Journal,
        fleet: ServiceFleet,
        number: int,
        ports: tuple[FreightPort, FreightPort],
        first: float,
    ) -> None:
        """Start a ship that reaches its first port after `first` days."""
        super().__init__(env, fleet, number)
        self._journal, self._ports = journal, ports
        self._live_quay: LiveQuay | None = None
        self._arrived = self._berthed = 0.0
        self._worked, self._moved = 0.0, [0.0, 0.0]  # at this quay: days, and cargo out and in
        for port in ports:
            for live_quay in port.live_quays:
                live_quay.gate.listeners.append(self._wake)
        env.process(self._shuttle(first))

    @property
    def port(self) -> FreightPort:
        """Port at this end."""
        return self._ports[self.end]

    def _shuttle(self, first: float) -> Steps:
        env = self._env
        yield env.timeout(first)
        trip: Trip | None = None
        while True:
            if trip is not None and trip.amount > 0.0:
                yield from self._discharge(trip)
            elif trip is not None:
                trip.set_down(None)
            yield from self._lay_over()
            trip = yield from self._load()
            self._decide_to_depart()
            yield from self._cast_off()
            self.end = self.bound
            arrival = env.event()
            trip.sail(arrival.succeed)
            yield arrival

    def _berth(self) -> Steps:
        """Take a quay, if the ship has none."""
        if self._live_quay is None:
            self._arrived = self._env.now
            line = self.live_leg.leg.lines[0]
            self._live_quay = yield self.port.request(line, self.fleet.service.cargo)
            self._live_quay.on_request = self._wake
            self._berthed = self._env.now
            self._worked, self._moved = 0.0, [0.0, 0.0]
            yield self._env.timeout(self._live_quay.quay.approach)

    def _leave_quay(self) -> None:
        assert self._live_quay is not None
        live_quay, self._live_quay = self._live_quay, None
        live_quay.on_request = no_ship
        times = (self._arrived, self._berthed, self._env.now, self._worked)
        self._journal.port_calls.append(
            PortCall(self.fleet.service.id, self.number, live_quay.quay.id, *times, *self._moved)
        )
        self.port.release(live_quay)

    def _make_way(self) -> None:
        """Leave the quay, having nothing to do there for now, if another ship needs it."""
        if self._live_quay is not None and self.port.requested(self._live_quay):
            self._leave_quay()

    def _move(self, amount: float, inward: bool) -> Steps:
        """Move cargo over the quay, `inward` onto the ship; if the quay is lost, continue at the next."""
        while amount > CLOSE:
            yield from self._berth()
            assert self._live_quay is not None
            operation = CargoOperation(self._env, self._live_quay, amount)
            yield operation.over
            self._worked += operation.days
            self._moved[inward] += amount - operation.left
            amount = operation.left
            if amount > CLOSE:
                self._leave_quay()

    def _discharge(self, trip: Trip) -> Steps:
        """Unload, and stay until all cargo has found room ashore."""
        yield from self._move(trip.amount, inward=False)
        ashore = self._env.event()
        trip.on_finished = ashore.succeed
        trip.set_down(None)
        yield ashore

    def _lay_over(self) -> Steps:
        """Wait for papers, bunkers and crew."""
        end = self._env.now + self.fleet.service.layover
        while self._env.now < end - SOON:
            self._make_way()
            yield self._wait(end)

    def _load(self) -> Generator[simpy.Event, Any, Trip]:
        """Load until it is time to sail, and return the trip."""
        queue, service, env = self.live_leg.yard_queue, self.fleet.service, self._env
        trip: Trip | None = None
        while True:
            aboard = 0.0 if trip is None else trip.amount
            if self._may_depart and queue.available > CLOSE and aboard < service.load - CLOSE:
                yield from self._berth()
                trip = trip or Trip(env, self.live_leg, service.id)
                # another ship may have taken cargo while this one was berthing
                taken = trip.take(queue.take(service.load - aboard, split=True))
                yield from self._move(taken, inward=True)
                continue
            if self._may_depart and self._should_sail(trip):
                return trip or Trip(env, self.live_leg, service.id)
            self._make_way()
            due = self._due(trip)
            yield self._wait(due if due > env.now + SOON else inf)

    def _due(self, trip: Trip | None) -> float:
        """Return the day on which the first lot aboard will have waited longest."""
        return trip.loads[0].ready + self.fleet.service.longest_wait if trip and trip.loads else inf

    def _should_sail(self, trip: Trip | None) -> bool:
        if trip is None or not trip.loads:
            return self._needed_at_other_end
        if trip.amount >= self.fleet.service.load - CLOSE or self._due(trip) <= self._env.now + SOON:
            return True
        return self._live_quay is not None and self.port.requested(self._live_quay)

    def _cast_off(self) -> Steps:
        """Leave the quay once the lane is open and the weather allows."""
        while self.live_leg.tracks[0].gate.share == 0.0 or self._weather_bound:
            yield self._wait()
        if self._live_quay is not None:
            yield self._env.timeout(self._live_quay.quay.cast_off)
            self._leave_quay()

    @property
    def _weather_bound(self) -> bool:
        quay = self._live_quay
        return quay is not None and quay.gate.share == 0.0 and not quay.lost
