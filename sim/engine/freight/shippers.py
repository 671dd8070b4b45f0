"""Live demands: shippers who book week by week, give up when nothing moves, or refuse a corridor."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import inf

from sim.engine.clock import Clock
from sim.engine.freight.choice import shares
from sim.engine.freight.consignments import Consignment
from sim.engine.freight.generalised_cost import Prospects
from sim.engine.gates import Gate
from sim.engine.journal import Choice, Journal, Lost
from sim.network.freight.elements import Demand

REVIEW = 7.0  # days: space is booked week by week (assumed)
SOON = 1e-9  # days

Send = Callable[[str, str, float, float], Consignment]  # demand, corridor, amount, born


class Stream:
    """What one demand sends by one corridor: it adds up evenly, and leaves in lots."""

    __slots__ = ("_due_at", "_env", "_lot", "_send", "_since", "accrued", "rate")

    def __init__(self, env: Clock, lot: float, accrued: float, send: Callable[[], None]) -> None:
        self._env, self._lot, self._send = env, lot, send
        self.rate, self.accrued = 0.0, accrued
        self._since, self._due_at = 0.0, inf

    def set(self, rate: float) -> None:
        """Send at another rate from now on."""
        now = self._env.now
        self.accrued += self.rate * (now - self._since)
        self._since, self.rate = now, rate
        self._appoint()

    def _appoint(self) -> None:
        self._due_at = inf
        if self.rate > 0.0:
            self._due_at = self._env.now + max(0.0, self._lot - self.accrued) / self.rate
            self._env.call_at(self._due_at, self._due)

    def _due(self) -> None:
        if self._due_at == self._env.now:
            self.accrued, self._since = 0.0, self._env.now
            self._send()
            self._appoint()


class Trader:
    """The shippers of one demand."""

    def __init__(
        self, env: Clock, journal: Journal, demand: Demand, gate: Gate, prospects: Prospects,
        corridors: list[str], send: Send, withdraw: Callable[[Consignment, bool], float],
        accrued: list[float],
    ) -> None:  # fmt: skip
        self._env, self._journal, self.demand, self._gate = env, journal, demand, gate
        self._prospects, self.corridors, self._send, self._withdraw = prospects, corridors, send, withdraw
        self.accrued = accrued  # towards the first lot by each corridor
        self._streams = [
            Stream(env, demand.lot, part, self._sender(corridor))
            for corridor, part in zip(corridors, accrued, strict=True)
        ]
        self._waiting: deque[Consignment] = deque()  # at the origin, the first to lose patience first
        self._refusing, self._since = 0.0, 0.0
        self.refused = 0.0  # so far
        gate.listeners.append(self._book)

    def booking(self) -> dict[str, float]:
        """What would be booked by each corridor now, cargo/day."""
        costs, refused, _ = self._prospects.of(self.demand, self.corridors, self._env.now)
        parts, _ = shares(costs, refused, self.demand.sensitivity)
        rate = self._gate.capacity
        return {corridor: part * rate for corridor, part in zip(self.corridors, parts, strict=True)}

    def start(self) -> None:
        self._review()

    def _review(self) -> None:
        self._book()
        self._env.call(REVIEW, self._review)

    def _book(self) -> None:
        """Look at what each corridor promises, and book."""
        now, demand = self._env.now, self.demand
        self.close()
        costs, refused, days = self._prospects.of(demand, self.corridors, now)
        parts, nowhere = shares(costs, refused, demand.sensitivity)
        self._refusing = nowhere * self._gate.capacity
        for corridor, stream, part, expected in zip(self.corridors, self._streams, parts, days, strict=True):
            stream.set(part * self._gate.capacity)
            self._journal.choices.append(Choice(now, demand.id, corridor, part, expected))

    def close(self) -> None:
        """Enter what has been refused since the last booking."""
        now = self._env.now
        amount = self._refusing * (now - self._since)
        self._since = now
        if amount > 0.0:
            self.refused += amount
            self._journal.lost.append(Lost(now, self.demand.id, "", amount, now, "refused"))

    # -- patience -----------------------------------------------------------------------------

    def _sender(self, corridor: str) -> Callable[[], None]:
        def send() -> None:
            self.watch(self._send(self.demand.id, corridor, self.demand.lot, self._env.now))

        return send

    def watch(self, consignment: Consignment) -> None:
        """Give a consignment up if it has not left in time."""
        if not self._waiting:
            due = consignment.born + self.demand.patience
            self._env.call_at(max(due, self._env.now), self._lose_patience)
        self._waiting.append(consignment)

    def _lose_patience(self) -> None:
        now, waiting = self._env.now, self._waiting
        while waiting:
            first = waiting[0]
            due = first.born + self.demand.patience
            if first.has_left or due <= now + SOON:
                waiting.popleft()
                if not first.has_left:
                    self._give_up(first)
            else:
                self._env.call(due - now, self._lose_patience)
                return

    def _give_up(self, consignment: Consignment) -> None:
        """Send what still waits by the ocean, or not at all."""
        came, now = consignment.came, self._env.now
        instead = self._prospects.way_out(self.demand, self.corridors, now)
        amount = self._withdraw(consignment, instead is None)
        kind = "dropped" if instead is None else "rebooked"
        self._journal.lost.append(Lost(now, self.demand.id, consignment.account.corridor, amount, came, kind))
        if instead is not None:
            self._send(self.demand.id, instead, amount, consignment.born)
