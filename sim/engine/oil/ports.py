"""Ports for tankers: ships wait in the roads for a berth, load or discharge, and cast off.

A berth that closes under a ship sends it back to the roads, ahead of later arrivals, with what it has left to
load or discharge.
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
    """State of a berth in a run: its gate, and the call of the ship alongside."""

    __slots__ = ("berth", "call", "gate")

    def __init__(self, berth: Berth, gate: Gate) -> None:
        self.berth = berth
        self.gate = gate
        self.call: TankerCall | None = None

    @property
    def open(self) -> bool:
        return self.gate.share > 0.0


class TankerCall(Transfer):
    """One call of one ship at one port: arrive, wait, berth, pump, cast off.

    `since` is its latest arrival in the roads, `made_fast` when it left them for a berth. A call is its own
    transfer: `remaining` is left to load or discharge, as of the tank farm's last update.
    """

    __slots__ = (
        "_env",
        "_on_left",
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
    )

    def __init__(
        self,
        env: Clock,
        port: TankerPort,
        lane: str,
        work: str,
        load: float,
        stock: TankFarm,
        parcels: list[float] | None,
        on_left: Callable[[TankerCall], None],
    ) -> None:
        # the fields of `Transfer` are set here and not by another call, as a call is made for every ship
        self.loading, self.parcels, self.done = work == "load", parcels, self._finish_pumping
        self.remaining = self.load = load
        self.full_rate = self.rate = 0.0
        self._env, self.port, self.lane, self.work, self.stock = env, port, lane, work, stock
        self.berths = port.serving[lane, work]
        self._on_left = on_left
        self.arrived = self.since = env.now
        self.berthed: float | None = None
        self.made_fast = 0.0
        self.live_berth: LiveBerth | None = None
        self._ready_at = 0.0
        self._pumping = False

    def berth(self, live_berth: LiveBerth, now: float) -> None:
        """Leave the roads for a berth."""
        self.live_berth, live_berth.call = live_berth, self
        self.made_fast = now
        if self.berthed is None:
            self.berthed = now
        self._ready_at = now + live_berth.berth.approach
        self._env.call_at(self._ready_at, self._start_pumping)

    def _start_pumping(self) -> None:
        if self.live_berth is None or self._ready_at != self._env.now or self._pumping:
            return  # the berth that it was coming to has closed meanwhile
        self.full_rate = self.live_berth.gate.capacity
        self._pumping = True
        self.stock.start(self)

    def _finish_pumping(self) -> None:
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
        self._on_left(self)

    def berth_changed(self) -> None:
        """Respond to a berth that closed, opened or changed its rate under this ship."""
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

    Ships of a closed lane stay in the roads; one that has berthed finishes its work.
    """

    def __init__(
        self,
        env: Clock,
        journal: Journal,
        id: str,
        live_berths: list[LiveBerth],
        at_once: int | None,
        lanes: dict[str, Gate],
    ) -> None:
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

    def arrive(self, call: TankerCall) -> None:
        """Give a ship a free berth, or let it wait in the roads."""
        if not self.roads:
            live_berth = self._free_berth(call)
            if live_berth is not None:
                self._berth(call, live_berth)
                return
        self.roads.append(call)
        self._assign()

    def release(self, live_berth: LiveBerth) -> None:
        """Free a berth that a ship has left."""
        self._leave(live_berth)
        if self.roads:
            self._assign()

    def send_back(self, live_berth: LiveBerth) -> None:
        """Send a ship back to the roads, ahead of all later arrivals."""
        call = self._leave(live_berth)
        self.journal.log_event(self._env.now, "sent back", live_berth.berth.id, call.remaining, call.lane)
        self.roads.insert(sum(other.arrived < call.arrived for other in self.roads), call)
        call.since = self._env.now
        # other berths may close in this same instant: assign free ones after that
        self._env.call(0.0, self._assign)

    def _berth(self, call: TankerCall, live_berth: LiveBerth) -> None:
        self._busy += 1
        call.berth(live_berth, self._env.now)

    def _leave(self, live_berth: LiveBerth) -> TankerCall:
        call = live_berth.call
        assert call is not None
        live_berth.call = None
        self._busy -= 1
        if call.loading:
            self.journal.stays.append((call.lane, call.since, call.made_fast, self._env.now))
        return call

    def close_books(self) -> None:
        """Log the stays of ships that are still here at the end of the run."""
        now = self._env.now
        stays: list[BerthStay] = [(call.lane, call.since, now, now) for call in self.roads if call.loading]
        berthed = [each.call for each in self.live_berths if each.call is not None]
        stays += [(call.lane, call.since, call.made_fast, now) for call in berthed if call.loading]
        self.journal.stays += stays

    def _gate_changed(self, live_berth: LiveBerth) -> None:
        if live_berth.call is not None:
            live_berth.call.berth_changed()
        elif live_berth.open:
            self._assign()

    def _free_berth(self, call: TankerCall) -> LiveBerth | None:
        if self._busy < self.at_once and self.lanes[call.lane].share > 0.0:
            for live_berth in call.berths:
                if live_berth.call is None and live_berth.gate.share > 0.0:
                    return live_berth
        return None

    def _assign(self) -> None:
        """Give free berths to the ships that wait longest; one that no free berth serves is passed over."""
        roads, passed = self.roads, 0
        while passed < len(roads) and self._busy < self.at_once:
            call = roads[passed]
            live_berth = self._free_berth(call)
            if live_berth is None:
                passed += 1
            else:
                del roads[passed]
                self._berth(call, live_berth)
