"""Ports: ships wait in the roads for a berth, work their cargo, and cast off.

A berth that closes under a ship sends it back to the roads, ahead of those who came later, with
what it has left to load or discharge.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial

from sim.engine.clock import Clock
from sim.engine.gates import Gate
from sim.engine.journal import Call, Journal, Stay
from sim.engine.oil.tank_farm import Stock
from sim.engine.oil.tank_transfers import Transfer
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


class Ship(Transfer):
    """One call of one ship at one port: arrive, wait, berth, pump, cast off.

    `since` is when it came to the roads, last of all, and `made_fast` when it left them for a berth.
    It is its own transfer: what `remaining` says is left to load or discharge, as of when the stock
    was last looked at.
    """

    __slots__ = (
        "_env", "_left", "_pumping", "_ready_at", "arrived", "berthed", "berths", "lane", "load",
        "made_fast", "mooring", "port", "since", "stock", "work",
    )  # fmt: skip

    def __init__(
        self, env: Clock, port: Port, lane: str, work: str, load: float, stock: Stock,
        parcels: list[float] | None, left: Callable[[Ship], None],
    ) -> None:  # fmt: skip
        # what `Transfer` sets, here rather than by another call, as one is made for every ship
        self.loading, self.parcels, self.done = work == "load", parcels, self._pumped
        self.remaining = self.load = load
        self.full_rate = self.rate = 0.0
        self._env, self.port, self.lane, self.work, self.stock = env, port, lane, work, stock
        self.berths = port.serving[lane, work]
        self._left = left
        self.arrived = self.since = env.now
        self.berthed: float | None = None
        self.made_fast = 0.0
        self.mooring: Mooring | None = None
        self._ready_at = 0.0
        self._pumping = False

    def take(self, mooring: Mooring, now: float) -> None:
        """Leave the roads for a berth."""
        self.mooring, mooring.ship = mooring, self
        self.made_fast = now
        if self.berthed is None:
            self.berthed = now
        self._ready_at = now + mooring.berth.approach
        self._env.call_at(self._ready_at, self._pump)

    def _pump(self) -> None:
        if self.mooring is None or self._ready_at != self._env.now or self._pumping:
            return  # the berth that it was coming to has closed meanwhile
        self.full_rate = self.mooring.gate.capacity
        self._pumping = True
        self.stock.start(self)

    def _pumped(self) -> None:
        assert self.mooring is not None
        self.remaining = 0.0
        self._pumping = False
        if self.mooring.berth.cast_off > 0.0:
            self._env.call(self.mooring.berth.cast_off, self._cast_off)
        else:
            self._cast_off()

    def _cast_off(self) -> None:
        port, mooring, now = self.port, self.mooring, self._env.now
        assert mooring is not None and self.berthed is not None
        self.mooring = None
        port.journal.calls.append(
            Call(self.lane, self.work, mooring.berth.id, self.arrived, self.berthed, now, self.load)
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
            if self._pumping:
                self._pumping = False
                self.stock.stop(self)
            self.mooring = None
            self.port.send_back(mooring)
        elif self._pumping:
            self.stock.set_pumping(self, mooring.gate.capacity)


class Port:
    """The berths of one place and the ships in its roads, first come first served.

    Ships of a lane that is shut stay in the roads; one that has berthed finishes its work.
    """

    def __init__(
        self, env: Clock, journal: Journal, id: str, moorings: list[Mooring], at_once: int | None,
        lanes: dict[str, Gate],
    ) -> None:  # fmt: skip
        self._env, self.journal, self.id = env, journal, id
        self.moorings = moorings
        self.at_once = at_once if at_once is not None else len(moorings)
        self.roads: deque[Ship] = deque()
        self._busy = 0
        self.serving: dict[tuple[str, str], list[Mooring]] = {}
        for mooring in moorings:
            for lane in mooring.berth.lanes:
                self.serving.setdefault((lane, mooring.berth.work), []).append(mooring)
        self.lanes = lanes
        for gate in lanes.values():
            gate.listeners.append(self._assign)
        for mooring in moorings:
            mooring.gate.listeners.append(partial(self._gate_changed, mooring))

    def arrive(self, ship: Ship) -> None:
        if not self.roads:
            mooring = self._free_berth(ship)
            if mooring is not None:
                self._berth(ship, mooring)
                return
        self.roads.append(ship)
        self._assign()

    def release(self, mooring: Mooring) -> None:
        """A ship has left its berth."""
        self._leave(mooring)
        if self.roads:
            self._assign()

    def send_back(self, mooring: Mooring) -> None:
        """The ship goes back to the roads, ahead of all who came later."""
        ship = self._leave(mooring)
        self.journal.log_event(self._env.now, "sent back", mooring.berth.id, ship.remaining, ship.lane)
        self.roads.insert(sum(other.arrived < ship.arrived for other in self.roads), ship)
        ship.since = self._env.now
        # other berths may be closing in this very instant: look for a free one once they have
        self._env.call(0.0, self._assign)

    def _berth(self, ship: Ship, mooring: Mooring) -> None:
        self._busy += 1
        ship.take(mooring, self._env.now)

    def _leave(self, mooring: Mooring) -> Ship:
        ship = mooring.ship
        assert ship is not None
        mooring.ship = None
        self._busy -= 1
        if ship.loading:
            self.journal.stays.append((ship.lane, ship.since, ship.made_fast, self._env.now))
        return ship

    def close_books(self) -> None:
        """Note the stays of ships that are still here."""
        now = self._env.now
        stays: list[Stay] = [(ship.lane, ship.since, now, now) for ship in self.roads if ship.loading]
        berthed = [mooring.ship for mooring in self.moorings if mooring.ship is not None]
        stays += [(ship.lane, ship.since, ship.made_fast, now) for ship in berthed if ship.loading]
        self.journal.stays += stays

    def _gate_changed(self, mooring: Mooring) -> None:
        if mooring.ship is not None:
            mooring.ship.berth_changed()
        elif mooring.open:
            self._assign()

    def _free_berth(self, ship: Ship) -> Mooring | None:
        if self._busy < self.at_once and self.lanes[ship.lane].share > 0.0:
            for mooring in ship.berths:
                if mooring.ship is None and mooring.gate.share > 0.0:
                    return mooring
        return None

    def _assign(self) -> None:
        """Give free berths to those who wait longest; one that no free berth serves is passed over."""
        roads, passed = self.roads, 0
        while passed < len(roads) and self._busy < self.at_once:
            ship = roads[passed]
            mooring = self._free_berth(ship)
            if mooring is None:
                passed += 1
            else:
                del roads[passed]
                self._berth(ship, mooring)
