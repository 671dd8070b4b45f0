"""Ports: ships wait in the roads for a berth, work their cargo, and cast off.

A berth that closes under a ship sends it back to the roads, ahead of those who came later, with
what it has left to load or discharge.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from simpy import Environment, Event

from sim.engine.gates import Gate
from sim.engine.journal import Call, Journal
from sim.engine.stocks import Stock, Transfer
from sim.network.elements import Berth


class Mooring:
    """A live berth: its gate, and the ship that lies there."""

    __slots__ = ("berth", "gate", "ship")

    def __init__(self, berth: Berth, gate: Gate) -> None:
        self.berth = berth
        self.gate = gate
        self.ship: Ship | None = None

    @property
    def open(self) -> bool:
        return self.gate.share > 0.0


class Ship:
    """One call of one ship at one port: arrive, wait, berth, pump, cast off."""

    __slots__ = (
        "_env", "_left", "_timer", "_transfer", "arrived", "berthed", "lane", "load", "mooring",
        "parcels", "port", "remaining", "stock", "work",
    )  # fmt: skip

    def __init__(
        self, env: Environment, port: Port, lane: str, work: str, load: float, stock: Stock,
        parcels: list[float] | None, left: Callable[[Ship], None],
    ) -> None:  # fmt: skip
        self._env, self.port, self.lane, self.work, self.stock = env, port, lane, work, stock
        self.load = self.remaining = load
        self.parcels = parcels
        self._left = left
        self.arrived = env.now
        self.berthed: float | None = None
        self.mooring: Mooring | None = None
        self._timer: Event | None = None
        self._transfer: Transfer | None = None

    def _after(self, days: float, then: Callable[[], None]) -> None:
        timer = self._timer = self._env.timeout(days)

        def due(event: Event) -> None:
            if event is self._timer:
                then()

        timer.callbacks.append(due)

    @property
    def left_to_do(self) -> float:
        """What is left to load or discharge, as of when the stock was last looked at."""
        return self.remaining if self._transfer is None else self._transfer.remaining

    def take(self, mooring: Mooring) -> None:
        """Leave the roads for a berth."""
        self.mooring, mooring.ship = mooring, self
        if self.berthed is None:
            self.berthed = self._env.now
        self._after(mooring.berth.approach, self._pump)

    def _pump(self) -> None:
        assert self.mooring is not None
        rate = self.mooring.gate.capacity
        self._transfer = Transfer(self.work == "load", self.remaining, rate, self.parcels, self._pumped)
        self.stock.start(self._transfer)

    def _pumped(self) -> None:
        assert self.mooring is not None
        self.remaining = 0.0
        self._transfer = None
        self._after(self.mooring.berth.cast_off, self._cast_off)

    def _cast_off(self) -> None:
        port, mooring = self.port, self.mooring
        assert mooring is not None and self.berthed is not None
        self.mooring = self._timer = None
        port.journal.calls.append(
            Call(self.lane, self.work, mooring.berth.id, self.arrived, self.berthed, self._env.now, self.load)
        )
        port.release(mooring)
        self._left(self)

    def berth_changed(self) -> None:
        """The berth under this ship closed, opened or changed its rate."""
        mooring = self.mooring
        assert mooring is not None
        if self.remaining == 0.0:
            return  # casting off already
        if not mooring.open:
            if self._transfer is not None:
                self.stock.stop(self._transfer)
                self.remaining, self._transfer = self._transfer.remaining, None
            self._timer = None
            self.mooring = mooring.ship = None
            self.port.send_back(self, mooring)
        elif self._transfer is not None:
            self.stock.set_pumping(self._transfer, mooring.gate.capacity)


class Port:
    """The berths of one place and the ships in its roads, first come first served."""

    def __init__(
        self, env: Environment, journal: Journal, id: str, moorings: list[Mooring], at_once: int | None
    ) -> None:
        self._env, self.journal, self.id = env, journal, id
        self.moorings = moorings
        self.at_once = at_once if at_once is not None else len(moorings)
        self.roads: deque[Ship] = deque()
        for mooring in moorings:
            mooring.gate.listeners.append(lambda mooring=mooring: self._gate_changed(mooring))

    def arrive(self, ship: Ship) -> None:
        self.roads.append(ship)
        self._assign()
        self._count(ship)

    def release(self, mooring: Mooring) -> None:
        ship, mooring.ship = mooring.ship, None
        self._assign()
        if ship is not None:
            self._count(ship)

    def send_back(self, ship: Ship, mooring: Mooring) -> None:
        """Back to the roads, at the head of the queue."""
        self.journal.tell(self._env.now, "sent back", mooring.berth.id, ship.remaining, ship.lane)
        self.roads.appendleft(ship)
        self._count(ship)
        # other berths may be closing in this very instant: look for a free one once they have
        self._env.timeout(0).callbacks.append(lambda _event: self._assign())

    def _gate_changed(self, mooring: Mooring) -> None:
        if mooring.ship is not None:
            mooring.ship.berth_changed()
        elif mooring.open:
            self._assign()

    def _assign(self) -> None:
        busy = sum(mooring.ship is not None for mooring in self.moorings)
        if not self.roads or busy >= self.at_once:
            return
        free = [mooring for mooring in self.moorings if mooring.ship is None and mooring.open]
        for ship in list(self.roads):
            if not free or busy >= self.at_once:
                return
            for mooring in free:
                if mooring.berth.work == ship.work and ship.lane in mooring.berth.lanes:
                    self.roads.remove(ship)
                    free.remove(mooring)
                    busy += 1
                    ship.take(mooring)
                    self._count(ship)
                    break

    def _count(self, ship: Ship) -> None:
        """Record how many wait and lie alongside on a ship's lane, loading only."""
        if ship.work != "load":
            return
        now, lane = self._env.now, ship.lane
        waiting = sum(other.lane == lane for other in self.roads)
        alongside = sum(m.ship is not None and m.ship.lane == lane for m in self.moorings)
        self.journal.step("waiting", lane, now, waiting)
        self.journal.step("alongside", lane, now, alongside)
