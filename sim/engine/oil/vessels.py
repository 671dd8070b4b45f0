"""Vessels of a fleet with ships of its own, which go back and forth between the ends of its lanes."""

from __future__ import annotations

from collections.abc import Callable, Generator
from math import floor
from typing import Any

import simpy

from sim.engine.clock import Clock
from sim.engine.gates import Gate
from sim.engine.oil.blend import CLOSE
from sim.engine.oil.ports import TankerCall, TankerPort
from sim.engine.oil.tank_farm import TankFarm
from sim.network.elements import Fleet, Link


class Lane:
    """State of a sea lane: the tank farms and ports at its ends, and the cargo claimed by vessels.

    `places` has for each parcel of the origin its position among those of the destination.
    """

    def __init__(
        self,
        link: Link,
        gate: Gate,
        origin: TankFarm,
        destination: TankFarm,
        ports: tuple[TankerPort, TankerPort],
        places: list[int],
    ) -> None:
        self.link = link
        self.origin, self.destination = origin, destination
        self.loading, self.discharging = ports
        self.places = places
        self.claimed = 0.0
        self._waiting: dict[Vessel, None] = {}  # in the order in which they began to wait
        self._gate = gate
        landings = self.discharging.serving.get((link.id, "discharge"), [])
        self._landings = [live_berth.gate for live_berth in landings]
        for each in (gate, *self._landings):
            each.listeners.append(self.review)

    @property
    def open(self) -> bool:
        """Return whether to load for this lane: it and a berth to land at are open but for the weather."""
        if self._gate.share > 0.0:
            for gate in self._landings:
                if gate.calm_share > 0.0:
                    return True
        return False

    def await_cargo(self, vessel: Vessel) -> None:
        """Wake a vessel when a load is unclaimed and it is the vessel's turn."""
        self._waiting[vessel] = None
        if self.open:
            self.origin.watch(self.claimed + vessel.fleet.load, self.review)

    def leave(self, vessel: Vessel) -> None:
        """Remove a vessel that no longer waits here."""
        self._waiting.pop(vessel, None)

    def loaded(self, load: float) -> None:
        """Release the claim of a vessel that has its cargo."""
        self.claimed -= load
        self.review()

    def review(self) -> None:
        """Wake the first vessel for which there is cargo; for others, watch for the level at which there is.

        A vessel that is woken has the lane reviewed again once it has chosen.
        """
        if not self._waiting or not self.open:
            return
        self.origin.advance()
        for vessel in self._waiting:
            load = vessel.fleet.load
            if self.unclaimed >= load - CLOSE:
                vessel.wake()
                return
            self.origin.watch(self.claimed + load, self.review)

    @property
    def unclaimed(self) -> float:
        """Cargo at the origin that no vessel has claimed."""
        return self.origin.level - self.claimed


class Vessel:
    """One vessel: waits for a cargo on any of its lanes, loads, sails, discharges, sails back.

    `lane` is None while it waits for a cargo, `call` while it is in no port. `cargo` is by route, `routes`
    the number of each.
    """

    def __init__(
        self,
        env: Clock,
        fleet: Fleet,
        number: int,
        gate: Gate,
        lanes: list[Lane],
        on_sold: Callable[[], None],
    ) -> None:
        self._env, self.fleet, self.number, self._gate, self._lanes = env, fleet, number, gate, lanes
        self._on_sold = on_sold
        self.cargo: list[float] = []
        self.routes: tuple[int, ...] = ()
        self.lane: Lane | None = None
        self.call: TankerCall | None = None
        self._woken = env.event()
        env.process(self._shuttle())

    def wake(self) -> None:
        """Let the vessel look for a cargo again."""
        if not self._woken.triggered:
            self._woken.succeed()

    @property
    def laid_up(self) -> bool:
        """Return whether a cut of the fleet, rounded to whole ships, keeps this vessel in port."""
        share = self._gate.share
        sailing = floor((self.fleet.vessels or 0) * share + 0.5)
        return self.number >= (max(sailing, 1) if share > 0.0 else 0)

    def _shuttle(self) -> Generator[simpy.Event, Any, None]:
        fleet, env = self.fleet, self._env
        assert fleet.speed is not None
        while True:
            lane = yield from self._find_cargo()
            self.lane = lane
            self.cargo, self.routes = [0.0] * len(lane.origin.routes), lane.origin.routes
            yield self._visit(lane, "load", lane.loading, lane.origin)
            lane.loaded(fleet.load)
            yield env.timeout(lane.link.length / fleet.speed)
            landed = [0.0] * len(lane.destination.routes)
            for amount, place in zip(self.cargo, lane.places, strict=True):
                landed[place] += amount
            self.cargo, self.routes = landed, lane.destination.routes
            yield self._visit(lane, "discharge", lane.discharging, lane.destination)
            self.cargo, self.routes = [], ()
            self._on_sold()
            yield env.timeout(lane.link.length / fleet.speed + fleet.layover)
            self.lane = None

    def _visit(self, lane: Lane, work: str, port: TankerPort, stock: TankFarm) -> simpy.Event:
        """Call at a port, and return the event of leaving it."""
        done = self._env.event()

        def leave(_call: TankerCall) -> None:
            self.call = None
            done.succeed()

        load = self.fleet.load
        self.call = TankerCall(self._env, port, lane.link.id, work, load, stock, self.cargo, leave)
        port.arrive(self.call)
        return done

    def _find_cargo(self) -> Generator[simpy.Event, Any, Lane]:
        """Wait until one of the lanes has a full unclaimed cargo, and claim it."""
        while True:
            laid_up = self.laid_up
            lane = None if laid_up else self._best_lane()
            if lane is not None:
                lane.claimed += self.fleet.load
            if lane is not None or laid_up:
                for other in self._lanes:
                    other.review()  # the rest is for other vessels
            if lane is not None:
                return lane
            self._woken = self._env.event()
            if laid_up:
                self._gate.listeners.append(self.wake)
                yield self._woken
                self._gate.listeners.remove(self.wake)
            else:
                for lane in self._lanes:
                    lane.await_cargo(self)
                yield self._woken
                for lane in self._lanes:
                    lane.leave(self)

    def _best_lane(self) -> Lane | None:
        """Return the open lane with the most unclaimed cargo, if any has a full load."""
        for lane in self._lanes:
            lane.origin.advance()
        load = self.fleet.load - CLOSE
        full = [lane for lane in self._lanes if lane.open and lane.unclaimed >= load]
        return max(full, key=lambda lane: lane.unclaimed, default=None)
