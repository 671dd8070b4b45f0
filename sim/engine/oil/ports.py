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
from sim.engine.journal import BerthStay, CallRecord, Journal
from sim.engine.oil.tank_farm import TankFarm
from sim.engine.oil.tank_transfers import Transfer
from sim.network.elements import Berth


class LiveBerth:
    """A live berth: its gate, and the ship that lies there."""

    __slots__ = ("berth", "gate", "ship")

    def __init__(self, berth: Berth, gate: Gate) -> None:
        self.berth = berth
        self.gate = gate
        self.ship: TankerCall | None = None

    @property
    def open(self) -> bool:
        return self.gate.share > 0.0


class TankerCall(Transfer):
    """One call of one ship at one port: arrive, wait, berth, pump, cast off.

    `since` is when it came to the roads, last of all, and `made_fast` when it left them for a berth.
    It is its own transfer: what `remaining` says is left to load or discharge, as of when the stock
    was last looked at.
    """

    __slots__ = (
        "_env",
        "_left",
        "_pumping",
        "_ready_at",
        "arrived",
        "berthed",
        "berths",
        "lane",
        "live_berth",
        "load",
        "made_fast",
        "port",
        "since",
        "stock",
        "work",
    )  # fmt: skip

    def __init__(
        self, env: Clock, port: TankerPort, lane: str, work: str, load: float, stock: TankFarm,
        parcels: list[float] | None, left: Callable[[TankerCall], None],
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
        self.live_berth: LiveBerth | None = None
        self._ready_at = 0.0
        self._pumping = False

    def take(self, live_berth: LiveBerth, now: float) -> None:
        """Leave the roads for a berth."""
        self.live_berth, live_berth.ship = live_berth, self
        self.made_fast = now
        if self.berthed is None:
            self.berthed = now
        self._ready_at = now + live_berth.berth.approach
        self._env.call_at(self._ready_at, self._pump)

    def _pump(self) -> None:
        if self.live_berth is None or self._ready_at != self._env.now or self._pumping:
            return  # the berth that it was coming to has closed meanwhile
        self.full_rate = self.live_berth.gate.capacity
        self._pumping = True
        self.stock.start(self)

    def _pumped(self) -> None:
        assert self.live_berth is not None
        self.remaining = 0.0
        self._pumping = False
        if self.live_berth.berth.cast_off > 0.0:
            self._env.call(self.live_berth.berth.cast_off, self._cast_off)
        else:
            self._cast_off()

    def _cast_off(self) -> None:
        port, live_berth, now = self.port, self.live_berth, self._env.now
        assert live_berth is not None and self.berthed is not None
        self.live_berth = None
        port.journal.calls.append(
            CallRecord(self.lane, self.work, live_berth.berth.id, self.arrived, self.berthed, now, self.load)
        )
        port.release(live_berth)
        self._left(self)

    def berth_changed(self) -> None:
        """The berth under this ship closed, opened or changed its rate."""
        live_berth = self.live_berth
        assert live_berth is not None
        if self.remaining == 0.0:
            return  # casting off already
        if not live_berth.open:
            if self._pumping:
                self._pumping = False
                self.stock.stop(self)
            self.live_berth = None
            self.port.send_back(live_berth)
        elif self._pumping:
            self.stock.set_pumping(self, live_berth.gate.capacity)


class TankerPort:
    """The berths of one place and the ships in its roads, first come first served.

    Ships of a lane that is shut stay in the roads; one that has berthed finishes its work.
    """

    def __init__(
        self, env: Clock, journal: Journal, id: str, live_berths: list[LiveBerth], at_once: int | None,
        lanes: dict[str, Gate],
    ) -> None:  # fmt: skip
        self._env, self.journal, self.id = env, journal, id
        self.live_berths = live_berths
        self.at_once = at_once if at_once is not None else len(live_berths)
        self.roads: deque[TankerCall] = deque()
        self._busy = 0
        self.serving: dict[tuple[str, str], list[LiveBerth]] = {}
        for live_berth in live_berths:
            for lane in live_berth.berth.lanes:
                self.serving.setdefault((lane, live_berth.berth.work), []).append(live_berth)
        self.lanes = lanes
        for gate in lanes.values():
            gate.listeners.append(self._assign)
        for live_berth in live_berths:
            live_berth.gate.listeners.append(partial(self._gate_changed, live_berth))

    def arrive(self, ship: TankerCall) -> None:
        if not self.roads:
            live_berth = self._free_berth(ship)
            if live_berth is not None:
                self._berth(ship, live_berth)
                return
        self.roads.append(ship)
        self._assign()

    def release(self, live_berth: LiveBerth) -> None:
        """A ship has left its berth."""
        self._leave(live_berth)
        if self.roads:
            self._assign()

    def send_back(self, live_berth: LiveBerth) -> None:
        """The ship goes back to the roads, ahead of all who came later."""
        ship = self._leave(live_berth)
        self.journal.log_event(self._env.now, "sent back", live_berth.berth.id, ship.remaining, ship.lane)
        self.roads.insert(sum(other.arrived < ship.arrived for other in self.roads), ship)
        ship.since = self._env.now
        # other berths may be closing in this very instant: look for a free one once they have
        self._env.call(0.0, self._assign)

    def _berth(self, ship: TankerCall, live_berth: LiveBerth) -> None:
        self._busy += 1
        ship.take(live_berth, self._env.now)

    def _leave(self, live_berth: LiveBerth) -> TankerCall:
        ship = live_berth.ship
        assert ship is not None
        live_berth.ship = None
        self._busy -= 1
        if ship.loading:
            self.journal.stays.append((ship.lane, ship.since, ship.made_fast, self._env.now))
        return ship

    def close_books(self) -> None:
        """Note the stays of ships that are still here."""
        now = self._env.now
        stays: list[BerthStay] = [(ship.lane, ship.since, now, now) for ship in self.roads if ship.loading]
        berthed = [live_berth.ship for live_berth in self.live_berths if live_berth.ship is not None]
        stays += [(ship.lane, ship.since, ship.made_fast, now) for ship in berthed if ship.loading]
        self.journal.stays += stays

    def _gate_changed(self, live_berth: LiveBerth) -> None:
        if live_berth.ship is not None:
            live_berth.ship.berth_changed()
        elif live_berth.open:
            self._assign()

    def _free_berth(self, ship: TankerCall) -> LiveBerth | None:
        if self._busy < self.at_once and self.lanes[ship.lane].share > 0.0:
            for live_berth in ship.berths:
                if live_berth.ship is None and live_berth.gate.share > 0.0:
                    return live_berth
        return None

    def _assign(self) -> None:
        """Give free berths to those who wait longest; one that no free berth serves is passed over."""
        roads, passed = self.roads, 0
        while passed < len(roads) and self._busy < self.at_once:
            ship = roads[passed]
            live_berth = self._free_berth(ship)
            if live_berth is None:
                passed += 1
            else:
                del roads[passed]
                self._berth(ship, live_berth)
