"""Vehicles of services with a fixed fleet: ships, and sets of wagons, that shuttle between two ends."""

from __future__ import annotations

from collections.abc import Generator
from math import floor, inf
from typing import Any

import simpy

from sim.engine.clock import SOON, Clock
from sim.engine.freight.live_legs import LiveLeg
from sim.engine.freight.trips import Trip
from sim.engine.freight.yard_queues import CLOSE
from sim.engine.gates import Gate
from sim.network.freight.elements import Service


class ServiceFleet:
    """All vehicles of one service, and the two legs that they serve, there and back."""

    def __init__(self, service: Service, gate: Gate, live_legs: tuple[LiveLeg, LiveLeg]) -> None:
        self.service, self.gate, self.live_legs = service, gate, live_legs
        self.vehicles: list[ServiceVehicle] = []

    def bound_for(self, end: int) -> int:
        """Return the number of vehicles in service that load next at an end: there already, or on the way."""
        return sum([vehicle.bound == end and not vehicle.laid_up for vehicle in self.vehicles])


class ServiceVehicle:
    """One vehicle: what `Ship` and `WagonSet` share, the reasons to depart and the wait for them.

    It lies at the `end` where `live_leg` begins, or is on its way there. Once it has decided to depart, it
    is `bound` for the other end.
    """

    def __init__(self, env: Clock, fleet: ServiceFleet, number: int) -> None:
        self._env, self.fleet, self.number = env, fleet, number
        self.end = self.bound = number % 2
        fleet.vehicles.append(self)
        self._sleep: simpy.Event | None = None
        for live_leg in fleet.live_legs:
            live_leg.yard_queue.listeners.append(self._wake)
            for track in live_leg.tracks:
                track.gate.listeners.append(self._wake)
        fleet.gate.listeners.append(self._wake)

    @property
    def live_leg(self) -> LiveLeg:
        """Leg that the vehicle serves next."""
        return self.fleet.live_legs[self.end]

    @property
    def laid_up(self) -> bool:
        """Return whether a cut of the service keeps this vehicle where it is; the rest, rounded, runs."""
        share = self.fleet.gate.share
        running = floor((self.fleet.service.vehicles or 0) * share + 0.5)
        return self.number >= (max(running, 1) if share > 0.0 else 0)

    @property
    def _may_depart(self) -> bool:
        return self.live_leg.tracks[0].gate.share > 0.0 and not self.laid_up

    @property
    def _needed_at_other_end(self) -> bool:
        """Return whether more waits at the other end than the vehicles there, or bound for it, will take."""
        other = 1 - self.end
        queue = self.fleet.live_legs[other].yard_queue
        return queue.available > CLOSE and (
            queue.pending > self.fleet.bound_for(other) * self.fleet.service.load
        )

    def _decide_to_depart(self) -> None:
        """Head for the other end, and wake the others, which may be needed at this one now."""
        self.bound = 1 - self.end
        for vehicle in self.fleet.vehicles:
            vehicle._wake()

    def _wait(self, until: float = inf) -> simpy.Event:
        """Return an event that occurs on the next change, or at a moment."""
        self._sleep = sleep = self._env.event()
        if until < inf:
            self._env.call_at(max(until, self._env.now), self._wake)
        return sleep

    def _wake(self) -> None:
        sleep, self._sleep = self._sleep, None
        if sleep is not None:
            sleep.succeed()


class WagonSet(ServiceVehicle):
    """A train whose wagons return: one set of a service by land with a fixed fleet."""

    def __init__(self, env: Clock, fleet: ServiceFleet, number: int) -> None:
        super().__init__(env, fleet, number)
        env.process(self._shuttle())

    def _shuttle(self) -> Generator[simpy.Event, Any, None]:
        env, service = self._env, self.fleet.service
        while True:
            while not self._should_depart():
                first = self.live_leg.yard_queue.head()
                due = inf if first is None else first.ready + service.longest_wait
                yield self._wait(due if due > env.now + SOON else inf)
            arrival = env.event()
            train = Trip(env, self.live_leg, service.id, arrival.succeed)
            train.take(self.live_leg.yard_queue.take(service.load, split=False))
            self._decide_to_depart()
            self.end = self.bound
            train.depart()
            yield arrival
            yield env.timeout(service.layover)

    def _should_depart(self) -> bool:
        queue, service = self.live_leg.yard_queue, self.fleet.service
        if not self._may_depart:
            return False
        if queue.available <= CLOSE:
            return self._needed_at_other_end
        first = queue.head()
        assert first is not None
        due = first.ready + service.longest_wait
        return queue.available >= service.load - CLOSE or due <= self._env.now + SOON
