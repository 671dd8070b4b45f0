"""The loading programme, which calls tankers of the world market to meet the oil as it arrives."""

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

MIN_INTERVAL = 0.01  # days between two reviews of the programme


class LoadingProgramme:
    """Call ships `lead` days ahead for the day on which their cargo is expected to be ready.

    Each review computes what the tank farm will hold at the earliest laycan: its level, plus the intake
    expected until then (no more than the berths expected open can load), less what ships already called will
    take. A ship is called when that is half a load above the level that leaves the terminal its reserve of
    room. Sizes follow the fleets' mix; arrivals scatter around the laycan.
    """

    def __init__(
        self,
        env: Clock,
        lane: str,
        fleets: list[Fleet],
        stock: TankFarm,
        port: TankerPort,
        flows: Flows,
        outlook: Outlook,
        gates: dict[str, Gate],
        seed: int,
        replication: int,
        on_left: Callable[[], None],
    ) -> None:
        self._env, self._lane, self._fleets = env, lane, fleets
        self._stock, self._port, self._flows, self._outlook = stock, port, flows, outlook
        self._on_left = on_left
        self._lane_gate = gates[lane]
        self._fleet_gates = [gates[fleet.id] for fleet in fleets]
        self._lead = max(fleet.lead or 0.0 for fleet in fleets)
        self._load = mean_load(fleets)
        self._sizes = DrawBuffer(random_stream(seed, replication, lane, "sizes").random)
        self._arrivals = DrawBuffer(random_stream(seed, replication, lane, "arrivals").standard_normal)
        self._live_berths = [
            each
            for each in port.live_berths
            if lane in each.berth.lanes and each.berth.work == "load" and each.berth.in_service
        ]
        concerns = (*flows.elements, lane, *(each.gate.element for each in self._live_berths))
        self._concerns = outlook.among(concerns)
        self._capacities: dict[tuple[float, ...], float] = {}  # of all berths, by their open shares
        self._horizon = 0.0
        self.forget()
        self._on_the_way = 0.0
        self._not_before = 0.0
        self._arrived: list[TankerCall] = []
        self._next = self._draw_fleet()
        stock.inlet.sustainable = self._berths_now
        for gate in (self._lane_gate, *(each.gate for each in self._live_berths)):
            gate.listeners.append(stock.review_inlet)

    def forget(self) -> None:
        """Compute the capacities of berths and the intake anew, as one has changed for good."""
        self._undisturbed_intake: float | None = None
        self._capacities.clear()
        halves = [
            each.berth.approach + self._load / each.gate.base / 2
            for each in self._live_berths
            if each.gate.base > 0.0
        ]
        # from the call until half of the cargo is aboard
        self._horizon = self._lead + (sum(halves) / len(halves) if halves else 0.0)

    def start(self) -> None:
        """Begin with the ships that the programme would have called before the run."""
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

    def _draw_fleet(self) -> Fleet:
        """Draw the fleet, and so the size, of the next ship, by the mix of those that come."""
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
        """Return what the berths can load when these shares of them are open, cargo/day."""
        key = tuple(shares)
        capacity = self._capacities.get(key)
        if capacity is None:
            each = [
                berth_capability(live_berth.berth, self._load, live_berth.gate.base * share)
                for live_berth, share in zip(self._live_berths, key, strict=True)
            ]
            capacity = self._capacities[key] = sum(sorted(each, reverse=True)[: self._port.at_once])
        return capacity

    def _berths_now(self) -> float:
        """Return what the berths can load now except for the weather, which passes, cargo/day."""
        if self._lane_gate.share == 0.0:
            return 0.0
        return self._berths([each.gate.calm_share for each in self._live_berths])

    def _intake(self) -> float:
        return min(self._flows.unhindered_intake(self._stock), self._berths_now())

    def _expected_intake(self, intake: float) -> float:
        """Return the cargo expected to arrive until a ship called now is half loaded."""
        now, until = self._env.now, self._env.now + self._horizon
        steps = self._outlook.steps(self._concerns, now, until)
        if len(steps) == 1:
            return intake * self._horizon
        total = 0.0
        ends = [begin for begin, _ in steps[1:]] + [until]
        for (begin, shares), end in zip(steps, ends, strict=True):
            open_shares = [shares.get(each.gate.element, 1.0) for each in self._live_berths]
            berths = self._berths(open_shares) if shares.get(self._lane, 1.0) else 0.0
            total += min(self._flows.unhindered_intake(self._stock, shares), berths) * (end - begin)
        return total

    def _target(self) -> float:
        """Return the level aimed at: full except for a load, or for the reserve in days of intake."""
        if self._undisturbed_intake is None:
            self._undisturbed_intake = self._flows.unhindered_intake(self._stock, {})
        room = max(self._load, (self._stock.reserve or 0.0) * self._undisturbed_intake)
        return max(0.0, self._stock.gate.capacity - room)

    def _review(self) -> None:
        self._stock.advance()
        intake = self._intake()
        ready = self._stock.level + self._expected_intake(intake) - self.committed - self._target()
        come = self._coming_share()
        while (short := self._next.load / 2 - ready) <= 0.0 and self._may_call(come):
            ready -= self._next.load
            self._call(self._lead)
        wait = min(max(short / intake, MIN_INTERVAL), 1.0) if intake > 0.0 and come > 0.0 else 1.0
        self._env.call(wait, self._review)

    def _coming_share(self) -> float:
        """Return the share of the world's ships that come when called."""
        if self._lane_gate.share == 0.0:
            return 0.0
        if all(gate.share == 1.0 for gate in self._fleet_gates):
            return 1.0
        pairs = zip(self._fleets, self._fleet_gates, strict=True)
        return sum(f.mix * gate.share for f, gate in pairs) / sum(f.mix for f in self._fleets)

    def _may_call(self, come: float) -> bool:
        """Return whether a ship is available; while some stay away, calls are spaced out accordingly."""
        now = self._env.now
        if come == 0.0 or (come < 1.0 and now < self._not_before):
            return False
        if come < 1.0 and self._undisturbed_intake:
            days = self._next.load / (self._undisturbed_intake * come)
            self._not_before = max(now, self._not_before) + days
        return True

    def _call(self, days_ahead: float) -> None:
        fleet, self._next = self._next, self._draw_fleet()
        self._on_the_way += fleet.load
        delay = max(0.0, days_ahead + fleet.jitter * self._arrivals.next())
        self._env.call(delay, partial(self._arrive, fleet))

    def _arrive(self, fleet: Fleet) -> None:
        self._on_the_way -= fleet.load
        port, stock = self._port, self._stock
        call = TankerCall(self._env, port, self._lane, "load", fleet.load, stock, None, self._leave)
        self._arrived.append(call)
        port.arrive(call)

    def _leave(self, call: TankerCall) -> None:
        self._arrived.remove(call)
        self._on_left()

    @property
    def committed(self) -> float:
        """Cargo that called ships have still to take."""
        return self._on_the_way + sum(call.remaining for call in self._arrived)
