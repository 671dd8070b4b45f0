"""A finite fleet's vessels, each going back and forth between the ends of its lanes."""

from __future__ import annotations

from collections.abc import Callable, Generator
from math import floor
from typing import Any

from simpy import Event

from sim.engine.clock import Clock
from sim.engine.gates import Gate
from sim.engine.oil.blend import CLOSE
from sim.engine.oil.ports import TankerCall, TankerPort
from sim.engine.oil.tank_farm import TankFarm
from sim.network.elements import Fleet, Link


class Lane:
    """A sea lane of a fleet: the stocks and ports at its ends, and what vessels have spoken for."""

    def __init__(
        self, link: Link, gate: Gate, origin: TankFarm, destination: TankFarm,
        ports: tuple[TankerPort, TankerPort],
        parcels: list[int],
    ) -> None:  # fmt: skip
        self.link = link
        self.origin, self.destination = origin, destination
        self.loading, self.discharging = ports
        self.parcels = parcels  # for each parcel of the origin, where it belongs at the destination
        self.promised = 0.0
        self._waiting: dict[Vessel, None] = {}  # in the order in which they began to wait
        self._gate = gate
        landings = self.discharging.serving.get((link.id, "discharge"), [])
        self._landings = [live_berth.gate for live_berth in landings]
        for each in (gate, *self._landings):
            each.listeners.append(self.look)

    @property
    def open(self) -> bool:
        """Whether to load for it: the lane is open and so, but for the weather, is a berth to land at."""
        if self._gate.share > 0.0:
            for gate in self._landings:
                if gate.calm_share > 0.0:
                    return True
        return False

    def await_cargo(self, vessel: Vessel) -> None:
        """Wake a vessel when there is a load more than has been spoken for and it is its turn."""
        self._waiting[vessel] = None
        if self.open:
            self.origin.watch(self.promised + vessel.fleet.load, self.look)

    def leave(self, vessel: Vessel) -> None:
        """A vessel does not wait here any more."""
        self._waiting.pop(vessel, None)

    def loaded(self, load: float) -> None:
        """A vessel has its cargo: what it spoke for is no longer there to be claimed by it."""
        self.promised -= load
        self.look()

    def look(self) -> None:
        """Wake the first vessel whose cargo there is; for the others, look again when there may be.

        Whoever is woken has the lane looked at again once it has chosen.
        """
        if not self._waiting or not self.open:
            return
        self.origin.advance()
        for vessel in self._waiting:
            load = vessel.fleet.load
            if self.unclaimed >= load - CLOSE:
                vessel.wake()
                return
            self.origin.watch(self.promised + load, self.look)

    @property
    def unclaimed(self) -> float:
        return self.origin.level - self.promised


class Vessel:
    """One vessel: waits for a cargo at any of its lanes, loads, sails, discharges, sails back."""

    def __init__(
        self, env: Clock, fleet: Fleet, number: int, gate: Gate, lanes: list[Lane],
        sold: Callable[[], None],
    ) -> None:  # fmt: skip
        self._env, self.fleet, self.number, self._gate, self._lanes = env, fleet, number, gate, lanes
        self._sold = sold
        self.cargo: list[float] = []
        self.routes: tuple[int, ...] = ()  # whose cargo, parcel by parcel
        self.lane: Lane | None = None
        self.doing = "idle"
        self._news = env.event()  # that there may be a cargo
        env.process(self._work())

    def wake(self) -> None:
        """Have it look for a cargo again."""
        if not self._news.triggered:
            self._news.succeed()

    @property
    def laid_up(self) -> bool:
        """Whether a cut of the fleet keeps this vessel in port; the rest sails, to the nearest ship."""
        share = self._gate.share
        sailing = floor((self.fleet.vessels or 0) * share + 0.5)
        return self.number >= (max(sailing, 1) if share > 0.0 else 0)

    def _work(self) -> Generator[Event, Any, None]:
        fleet, env = self.fleet, self._env
        assert fleet.speed is not None
        while True:
            lane = self.lane = yield from self._find_cargo()
            self.cargo, self.routes = [0.0] * len(lane.origin.routes), lane.origin.routes
            self.doing = "loading"
            yield self._call(lane, "load", lane.loading, lane.origin)
            lane.loaded(fleet.load)
            self.doing = "sailing"
            yield env.timeout(lane.link.length / fleet.speed)
            landed = [0.0] * len(lane.destination.routes)
            for amount, place in zip(self.cargo, lane.parcels, strict=True):
                landed[place] += amount
            self.cargo, self.routes = landed, lane.destination.routes
            self.doing = "discharging"
            yield self._call(lane, "discharge", lane.discharging, lane.destination)
            self.cargo, self.routes = [], ()
            self._sold()
            self.doing = "sailing back"
            yield env.timeout(lane.link.length / fleet.speed + fleet.layover)

    def _call(self, lane: Lane, work: str, port: TankerPort, stock: TankFarm) -> Event:
        done = self._env.event()

        def left(_ship: TankerCall) -> None:
            done.succeed()

        ship = TankerCall(
            self._env,
            port,
            lane.link.id,
            work,
            self.fleet.load,
            stock,
            self.cargo,
            left,
        )
        port.arrive(ship)
        return done

    def _find_cargo(self) -> Generator[Event, Any, Lane]:
        """Wait until one of the lanes has a full cargo that no other vessel has spoken for."""
        self.doing = "idle"
        while True:
            laid_up = self.laid_up
            lane = None if laid_up else self._best_lane()
            if lane is not None:
                lane.promised += self.fleet.load
            if lane is not None or laid_up:
                for other in self._lanes:
                    other.look()  # what is left is for those that wait
            if lane is not None:
                return lane
            self._news = self._env.event()
            if laid_up:
                self._gate.listeners.append(self.wake)
                yield self._news
                self._gate.listeners.remove(self.wake)
            else:
                for lane in self._lanes:
                    lane.await_cargo(self)
                yield self._news
                for lane in self._lanes:
                    lane.leave(self)

    def _best_lane(self) -> Lane | None:
        """Of the lanes that are open and have a full cargo, the one with the most."""
        for lane in self._lanes:
            lane.origin.advance()
        least = self.fleet.load - CLOSE
        full = [lane for lane in self._lanes if lane.open and lane.unclaimed >= least]
        return max(full, key=lambda lane: lane.unclaimed, default=None)
