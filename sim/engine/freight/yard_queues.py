"""Queues of consignments in a yard, one for each leg that starts there, and trips held up by a full yard."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Protocol

from sim.engine.clock import Clock
from sim.engine.freight.consignments import Consignment
from sim.engine.gates import Gate
from sim.engine.journal import Journal

CLOSE = 1e-6  # units of cargo: two amounts closer than this are the same


class HeldTrip(Protocol):
    """A train or ship that waits for room to set down its cargo."""

    cargo: deque[Consignment]

    @property
    def waiting_since(self) -> float: ...

    def bound_for(self, consignment: Consignment) -> YardQueue | None: ...

    def set_down(self, turn: YardQueue | None) -> None: ...


class YardQueue:
    """Consignments in a yard that wait for one leg, first come first served.

    Each becomes `available` after the yard's handling time; `listeners` are then called. `level` is all that
    lies here. Without a yard (`gate` is None) room is unlimited.
    """

    def __init__(self, env: Clock, journal: Journal, leg: str, gate: Gate | None, handling: float) -> None:
        self._env, self._journal, self.leg, self.gate = env, journal, leg, gate
        self._handling = handling
        self._in_handling: deque[Consignment] = deque()
        self.waiting: deque[Consignment] = deque()
        self.level = self.available = 0.0
        self.held: deque[HeldTrip] = deque()
        self.listeners: list[Callable[[], None]] = []
        self._admitting = False
        if gate is not None:
            gate.listeners.append(self._admit_held)

    # -- arrivals -----------------------------------------------------------------------------

    def admits(self, amount: float, turn: YardQueue | None) -> bool:
        """Return whether there is room for an amount, and no earlier trip waits for that room.

        `turn` is this queue when it admits the first of the trips that it held.
        """
        if self.held and turn is not self:
            return False
        return self.gate is None or self.level + amount <= self.gate.capacity + CLOSE

    def put(self, consignment: Consignment) -> None:
        """Add a consignment, and make it available after handling."""
        consignment.ready = self._env.now
        self.level += consignment.amount
        in_handling = self._in_handling
        if self._handling > 0.0:
            # the consignments of one train are handled together
            if not in_handling or in_handling[-1].ready < consignment.ready:
                self._env.call(self._handling, self._finish_handling)
            in_handling.append(consignment)
        else:
            self.waiting.append(consignment)
            self.available += consignment.amount
            self.notify()

    def put_initial(self, consignment: Consignment, ready: float) -> None:
        """Add a consignment that has been available since before the run began."""
        consignment.ready = ready
        self.level += consignment.amount
        self.available += consignment.amount
        self.waiting.append(consignment)

    def open(self) -> None:
        """Sort the initial consignments by arrival and notify listeners."""
        self.waiting = deque(sorted(self.waiting, key=lambda each: (each.ready, each.created)))
        self.notify()

    def _finish_handling(self) -> None:
        in_handling = self._in_handling
        ready = in_handling[0].ready
        while in_handling and in_handling[0].ready == ready:
            consignment = in_handling.popleft()
            self.waiting.append(consignment)
            self.available += consignment.amount
        self.notify()

    def notify(self) -> None:
        """Call the listeners: there is more to take."""
        for listener in self.listeners:
            listener()

    # -- departures ---------------------------------------------------------------------------

    def head(self) -> Consignment | None:
        """Return the consignment that has waited longest, available or not."""
        while self.waiting and self.waiting[0].amount <= 0.0:  # withdrawn
            self.waiting.popleft()
        return self.waiting[0] if self.waiting else self._in_handling[0] if self._in_handling else None

    @property
    def pending(self) -> float:
        """Amount available here, or on held trips that are bound for this queue."""
        held = [lot.amount for trip in self.held for lot in trip.cargo if trip.bound_for(lot) is self]
        return self.available + sum(held)

    def all(self) -> Iterator[Consignment]:
        """Yield every consignment here, in order of arrival."""
        yield from self.waiting
        yield from self._in_handling

    def take(self, limit: float, split: bool) -> list[Consignment]:
        """Remove available consignments in order of arrival, up to an amount, and return them.

        The last consignment is divided only if `split` is set or it is larger than `limit`.
        """
        taken: list[Consignment] = []
        left, waiting = limit, self.waiting
        while waiting and left > CLOSE:
            first = waiting[0]
            if first.amount <= left + CLOSE:
                waiting.popleft()
                if first.amount <= 0.0:
                    continue
                part = first
            elif split or first.amount > limit:
                part = first.split(left)
            else:
                break
            taken.append(part)
            left -= part.amount
        self._reduce(sum([part.amount for part in taken]))
        return taken

    def withdraw(self, consignment: Consignment) -> float:
        """Remove a consignment that is not sent by this leg after all, and return its amount."""
        amount, consignment.amount = consignment.amount, 0.0
        if consignment in self._in_handling:
            self.available += amount  # `_reduce` subtracts it again
        self._reduce(amount)
        return amount

    def _reduce(self, amount: float) -> None:
        self.level -= amount
        self.available -= amount
        if self.held:
            self._admit_held()

    # -- held trips ---------------------------------------------------------------------------

    def hold(self, trip: HeldTrip, turn: YardQueue | None) -> None:
        """Keep a train on its track, or a ship at its quay, until there is room."""
        if turn is self:
            self.held.appendleft(trip)
            return
        if not self.held and self.gate is not None:
            self._journal.log_event(self._env.now, "held", self.gate.element, self.level, self.leg)
        self.held.append(trip)
        self.notify()

    def _admit_held(self) -> None:
        if self._admitting:
            return  # an admitted trip caused a departure: the loop below checks for room again
        self._admitting = True
        before = len(self.held)
        while self.held and self.admits(self.held[0].cargo[0].amount, self):
            self.held.popleft().set_down(self)
        self._admitting = False
        if before and not self.held and self.gate is not None:
            self._journal.log_event(self._env.now, "freed", self.gate.element, self.level, self.leg)
