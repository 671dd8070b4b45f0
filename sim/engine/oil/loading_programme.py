"""The loading programme: calls tankers of the world market so that they meet the oil as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from sim.engine.clock import Clock
from sim.engine.gates import Gate
from sim.engine.oil.flows import Flows
from sim.engine.oil.ports import TankerCall, TankerPort
from sim.engine.oil.tank_farm import TankFarm
from sim.engine.outlook import Outlook
from sim.engine.random_streams import DrawBuffer, random_stream
from sim.network.elements import Fleet
from sim.network.oil.capacity import berth_capability, mean_load

SOONEST_REVIEW = 0.01  # days between two looks at the programme


class LoadingProgramme:
    """Calls ships `lead` ahead for the day on which their cargo is expected to lie ready.

    Each review asks what the stock will hold at the earliest laycan: its level now, plus the intake
    expected until then (no more than the berths expected open can load), less what ships already
    called will take. A ship is called when that is half a load above the level that leaves the
    terminal its reserve of room. Sizes follow the fleets' mix; arrivals scatter around the laycan.
    """

    def __init__(
        self, env: Clock, lane: str, fleets: list[Fleet], stock: TankFarm, port: TankerPort, flows: Flows,
        outlook: Outlook, gates: dict[str, Gate], seed: int, replication: int, noted: Callable[[], None],
    ) -> None:  # fmt: skip
        self._env, self._lane, self._fleets = env, lane, fleets
        self._stock, self._port, self._flows, self._outlook = stock, port, flows, outlook
        self._noted = noted
        self._lane_gate = gates[lane]
        self._fleet_gates = [gates[fleet.id] for fleet in fleets]
        self._lead = max(fleet.lead or 0.0 for fleet in fleets)
        self._load = mean_load(fleets)
        self._sizes = DrawBuffer(random_stream(seed, replication, lane, "sizes").random)
        self._arrivals = DrawBuffer(random_stream(seed, replication, lane, "arrivals").standard_normal)
        self._live_berths = [
            live_berth
            for live_berth in port.live_berths
            if lane in live_berth.berth.lanes
            and live_berth.berth.work == "load"
            and live_berth.berth.in_service
        ]
        self._concerns = outlook.among((*flows.elements, lane, *(m.gate.element for m in self._live_berths)))
        self._able: dict[tuple[float, ...], float] = {}  # what berths can load, by the shares of them open
        self._horizon = 0.0
        self.forget()
        self._on_the_way = 0.0
        self._not_before = 0.0
        self._arrived: list[TankerCall] = []
        self._next = self._size()
        stock.inlet.sustainable = self._berths_now
        for gate in (self._lane_gate, *(live_berth.gate for live_berth in self._live_berths)):
            gate.listeners.append(stock.review_inlet)

    def forget(self) -> None:
        """Take the figures of berths and intake afresh, as when a capacity is not what it was for good."""
        self._usual: float | None = None
        self._able.clear()
        halves = [
            m.berth.approach + self._load / m.gate.base / 2 for m in self._live_berths if m.gate.base > 0.0
        ]
        # from the call until half of the cargo is aboard
        self._horizon = self._lead + (sum(halves) / len(halves) if halves else 0.0)

    def start(self) -> None:
        """Begin the run with the ships that a programme in full swing would have called before."""
        intake = self._intake()
        berthing = self._horizon - self._lead
        laycan = 0.0
        if intake > 0.0:
            while True:
                ready = self._stock.level + intake * (laycan + berthing) - self._on_the_way - self._target()
                laycan += max(0.0, (self._next.load / 2 - ready) / intake)
                if laycan >= self._lead:
                    break
                self._call(laycan)
        self._review()

    def _size(self) -> Fleet:
        """The next ship's size, by the mix of those that come."""
        weights = [
            fleet.mix * gate.share for fleet, gate in zip(self._fleets, self._fleet_gates, strict=True)
        ]
        pick = self._sizes.next() * sum(weights)
        for fleet, weight in zip(self._fleets, weights, strict=True):
            pick -= weight
            if pick < 0.0:
                return fleet
        return self._fleets[-1]

    def _berths(self, shares: Iterable[float]) -> float:
        """What the berths can load per day when these shares of them are open."""
        key = tuple(shares)
        able = self._able.get(key)
        if able is None:
            each = [
                berth_capability(m.berth, self._load, m.gate.base * share)
                for m, share in zip(self._live_berths, key, strict=True)
            ]
            able = self._able[key] = sum(sorted(each, reverse=True)[: self._port.at_once])
        return able

    def _berths_now(self) -> float:
        """What the berths can load per day but for the weather, which passes."""
        if self._lane_gate.share == 0.0:
            return 0.0
        return self._berths([live_berth.gate.calm_share for live_berth in self._live_berths])

    def _intake(self) -> float:
        return min(self._flows.wanted_intake(self._stock), self._berths_now())

    def _expected(self, intake: float) -> float:
        """The intake expected until a ship called now is half loaded."""
        now, until = self._env.now, self._env.now + self._horizon
        steps = self._outlook.steps(self._concerns, now, until)
        if len(steps) == 1:
            return intake * self._horizon
        total = 0.0
        ends = [begin for begin, _ in steps[1:]] + [until]
        for (begin, shares), end in zip(steps, ends, strict=True):
            open_moorings = [shares.get(m.gate.element, 1.0) for m in self._live_berths]
            berths = self._berths(open_moorings) if shares.get(self._lane, 1.0) else 0.0
            total += min(self._flows.wanted_intake(self._stock, shares), berths) * (end - begin)
        return total

    def _target(self) -> float:
        """The level aimed at: full but for a load, or for the reserve in days of intake with nothing shut."""
        if self._usual is None:
            self._usual = self._flows.wanted_intake(self._stock, {})
        room = max(self._load, (self._stock.reserve or 0.0) * self._usual)
        return max(0.0, self._stock.gate.capacity - room)

    def _review(self) -> None:
        self._stock.advance()
        intake = self._intake()
        ready = self._stock.level + self._expected(intake) - self.committed - self._target()
        come = self._coming()
        while (short := self._next.load / 2 - ready) <= 0.0 and self._may_call(come):
            ready -= self._next.load
            self._call(self._lead)
        wait = min(max(short / intake, SOONEST_REVIEW), 1.0) if intake > 0.0 and come > 0.0 else 1.0
        self._env.call(wait, self._review)

    def _coming(self) -> float:
        """The share of the world's ships that come when called."""
        if self._lane_gate.share == 0.0:
            return 0.0
        if all(gate.share == 1.0 for gate in self._fleet_gates):
            return 1.0
        pairs = zip(self._fleets, self._fleet_gates, strict=True)
        return sum(f.mix * gate.share for f, gate in pairs) / sum(f.mix for f in self._fleets)

    def _may_call(self, come: float) -> bool:
        """Whether a ship is to be had; while some stay away, only their part of the usual calls."""
        now = self._env.now
        if come == 0.0 or (come < 1.0 and now < self._not_before):
            return False
        if come < 1.0 and self._usual:
            self._not_before = max(now, self._not_before) + self._next.load / (self._usual * come)
        return True

    def _call(self, days_ahead: float) -> None:
        fleet, self._next = self._next, self._size()
        self._on_the_way += fleet.load
        delay = max(0.0, days_ahead + fleet.jitter * self._arrivals.next())
        self._env.call(delay, partial(self._arrive, fleet))

    def _arrive(self, fleet: Fleet) -> None:
        self._on_the_way -= fleet.load
        ship = TankerCall(
            self._env, self._port, self._lane, "load", fleet.load, self._stock, None, self._left
        )
        self._arrived.append(ship)
        self._port.arrive(ship)

    def _left(self, ship: TankerCall) -> None:
        self._arrived.remove(ship)
        self._noted()

    @property
    def committed(self) -> float:
        """Cargo that called ships have still to take."""
        return self._on_the_way + sum(ship.remaining for ship in self._arrived)
