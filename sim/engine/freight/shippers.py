"""Shippers of a demand, who book every week, give up when nothing moves, or refuse a corridor."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import inf

from sim.engine.clock import SOON, Clock
from sim.engine.freight.choice import shares
from sim.engine.freight.consignments import Consignment
from sim.engine.freight.generalised_cost import GeneralisedCost
from sim.engine.gates import Gate
from sim.engine.journal import CorridorChoice, Journal, LossKind, LostCargo
from sim.network.freight.elements import Demand

REVIEW = 7.0  # days: space is booked week by week (assumed)

Send = Callable[[str, str, float, float], Consignment]  # demand, corridor, amount, created


class LotSender:
    """Cargo that a demand sends by one corridor: it accrues evenly and departs in lots."""

    def __init__(self, env: Clock, lot: float, accrued: float, send: Callable[[], None]) -> None:
        self._env, self._lot, self._send = env, lot, send
        self.rate, self.accrued = 0.0, accrued
        self._since, self._due_at = 0.0, inf

    def set(self, rate: float) -> None:
        """Send at another rate from now on."""
        now = self._env.now
        self.accrued += self.rate * (now - self._since)
        self._since, self.rate = now, rate
        self._schedule()

    def _schedule(self) -> None:
        self._due_at = inf
        if self.rate > 0.0:
            self._due_at = self._env.now + max(0.0, self._lot - self.accrued) / self.rate
            self._env.call_at(self._due_at, self._on_timer)

    def _on_timer(self) -> None:
        if self._due_at == self._env.now:
            self.accrued, self._since = 0.0, self._env.now
            self._send()
            self._schedule()


class FreightShipper:
    """The shippers of one demand, taken together."""

    def __init__(
        self,
        env: Clock,
        journal: Journal,
        demand: Demand,
        gate: Gate,
        generalised_cost: GeneralisedCost,
        corridors: list[str],
        send: Send,
        withdraw: Callable[[Consignment, bool], float],
        accrued: list[float],
    ) -> None:
        """Prepare a demand's shippers; `accrued` is the cargo towards the first lot by each corridor."""
        self._env, self._journal, self.demand, self._gate = env, journal, demand, gate
        self._generalised_cost, self.corridors = generalised_cost, corridors
        self._send, self._withdraw = send, withdraw
        self.accrued = accrued
        self._senders = [
            LotSender(env, demand.lot, part, self._sender(corridor))
            for corridor, part in zip(corridors, accrued, strict=True)
        ]
        self._waiting: deque[Consignment] = deque()  # at the origin, the first to lose patience first
        self._refusing, self._since = 0.0, 0.0
        self.refused = 0.0  # so far
        gate.listeners.append(self._book)

    def bookings(self) -> dict[str, float]:
        """Return the rate that would be booked now by corridor, cargo/day."""
        costs, refused, _ = self._generalised_cost.of(self.demand, self.corridors, self._env.now)
        parts, _ = shares(costs, refused, self.demand.sensitivity)
        rate = self._gate.capacity
        return {corridor: part * rate for corridor, part in zip(self.corridors, parts, strict=True)}

    def start(self) -> None:
        """Book now, and every week from now on."""
        self._book()
        self._env.call(REVIEW, self.start)

    def _book(self) -> None:
        now, demand = self._env.now, self.demand
        self.close()
        costs, refused, days = self._generalised_cost.of(demand, self.corridors, now)
        parts, refusing = shares(costs, refused, demand.sensitivity)
        self._refusing = refusing * self._gate.capacity
        for corridor, sender, part, expected in zip(self.corridors, self._senders, parts, days, strict=True):
            sender.set(part * self._gate.capacity)
            self._journal.choices.append(CorridorChoice(now, demand.id, corridor, part, expected))

    def close(self) -> None:
        """Log the cargo refused since the last booking."""
        now = self._env.now
        amount = self._refusing * (now - self._since)
        self._since = now
        if amount > 0.0:
            self.refused += amount
            self._journal.lost.append(LostCargo(now, self.demand.id, "", amount, now, "refused"))

    # -- patience -----------------------------------------------------------------------------

    def _sender(self, corridor: str) -> Callable[[], None]:
        def send() -> None:
            self.watch(self._send(self.demand.id, corridor, self.demand.lot, self._env.now))

        return send

    def watch(self, consignment: Consignment) -> None:
        """Give a consignment up if it has not departed in time."""
        if not self._waiting:
            due = consignment.created + self.demand.patience
            self._env.call_at(max(due, self._env.now), self._lose_patience)
        self._waiting.append(consignment)

    def _lose_patience(self) -> None:
        now, waiting = self._env.now, self._waiting
        while waiting:
            first = waiting[0]
            due = first.created + self.demand.patience
            if first.has_left or due <= now + SOON:
                waiting.popleft()
                if not first.has_left:
                    self._give_up(first)
            else:
                self._env.call(due - now, self._lose_patience)
                return

    def _give_up(self, consignment: Consignment) -> None:
        """Rebook by the ocean what has not departed, or drop it if no ocean corridor is open."""
        ready, now = consignment.ready, self._env.now
        ocean = self._generalised_cost.ocean_alternative(self.demand, self.corridors, now)
        amount = self._withdraw(consignment, ocean is None)
        kind: LossKind = "dropped" if ocean is None else "rebooked"
        corridor = consignment.account.corridor
        self._journal.lost.append(LostCargo(now, self.demand.id, corridor, amount, ready, kind))
        if ocean is not None:
            self._send(self.demand.id, ocean, amount, consignment.created)
