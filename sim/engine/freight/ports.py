"""Quays of a freight port and the ships in its roads: first come first served, weather permitting."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from math import inf
from typing import NamedTuple

import simpy

from sim.engine.clock import Clock
from sim.engine.gates import STORM, Gate
from sim.network.freight.elements import Quay


def no_ship() -> None:
    """Do nothing: no ship lies at the quay."""


class LiveQuay:
    """State of a quay in a run: its gate, and the cargo operation in progress.

    `on_request` is called when another ship needs a quay; the ship alongside sets it.
    """

    __slots__ = ("gate", "on_request", "operation", "quay", "taken")

    def __init__(self, quay: Quay, gate: Gate) -> None:
        self.quay, self.gate = quay, gate
        self.taken = False
        self.operation: CargoOperation | None = None
        self.on_request: Callable[[], None] = no_ship

    @property
    def lost(self) -> bool:
        """Return whether more than weather closes the quay, so that the ship alongside had better leave."""
        return self.gate.share_but_for(STORM) == 0.0


class CargoOperation:
    """Cargo moved over a quay at its rate, with pauses while the quay is closed.

    `over` occurs when all is moved or the quay is lost. `left` is the amount still to move, `days` the time
    in which cargo moved.
    """

    __slots__ = ("_due_at", "_env", "_gate", "_rate", "_since", "days", "left", "live_quay", "over")

    def __init__(self, env: Clock, live_quay: LiveQuay, amount: float) -> None:
        self._env, self.live_quay, self._gate = env, live_quay, live_quay.gate
        self.left, self.days = amount, 0.0
        self._rate, self._since = 0.0, env.now
        self._due_at = inf
        self.over: simpy.Event = env.event()
        live_quay.operation = self
        self.review()

    def review(self) -> None:
        """Continue at the present rate of the quay."""
        now = self._env.now
        if self._rate > 0.0:
            self.left = max(0.0, self.left - self._rate * (now - self._since))
            self.days += now - self._since
        self._since, self._rate = now, self._gate.capacity
        if self.live_quay.lost or self.left == 0.0:
            self._due_at = inf
            self._end()
        elif self._rate > 0.0:
            self._due_at = now + self.left / self._rate
            self._env.call_at(self._due_at, self._on_timer)
        else:
            self._due_at = inf

    def _on_timer(self) -> None:
        now = self._env.now
        if now == self._due_at and not self.over.triggered:
            self.days += now - self._since
            self.left = 0.0
            self._end()

    def _end(self) -> None:
        self.live_quay.operation = None
        self.over.succeed()


class BerthRequest(NamedTuple):
    """A ship in the roads: its lane and cargo, the event that assigns it a quay, and its arrival."""

    line: str
    cargo: str
    assigned: simpy.Event
    since: float


class FreightPort:
    """The quays of one place, and the ships in its roads."""

    def __init__(self, env: Clock, place: str, live_quays: list[LiveQuay]) -> None:
        self._env, self.place, self.live_quays = env, place, live_quays
        self.roads: deque[BerthRequest] = deque()
        for live_quay in live_quays:
            live_quay.gate.listeners.append(partial(self._gate_changed, live_quay))

    def serving(self, line: str, cargo: str) -> list[LiveQuay]:
        """Return the quays at which ships of a lane can work a cargo."""
        return [each for each in self.live_quays if line in each.quay.lines and each.quay.cargo == cargo]

    def request(self, line: str, cargo: str) -> simpy.Event:
        """Queue a ship for a quay; the value of the event returned is its `LiveQuay`."""
        assigned: simpy.Event = self._env.event()
        self.roads.append(BerthRequest(line, cargo, assigned, self._env.now))
        self._assign()
        if not assigned.triggered:
            for live_quay in self.serving(line, cargo):
                live_quay.on_request()
        return assigned

    def release(self, live_quay: LiveQuay) -> None:
        """Free a quay that a ship has left."""
        live_quay.taken = False
        self._assign()

    def requested(self, live_quay: LiveQuay) -> bool:
        """Return whether a ship in the roads waits for a quay such as this one."""
        quay = live_quay.quay
        return any(request.line in quay.lines and request.cargo == quay.cargo for request in self.roads)

    def _gate_changed(self, live_quay: LiveQuay) -> None:
        if live_quay.operation is not None:
            live_quay.operation.review()
        self._assign()

    def _assign(self) -> None:
        for request in list(self.roads):
            suitable = self.serving(request.line, request.cargo)
            free = next((each for each in suitable if not each.taken and each.gate.share > 0.0), None)
            if free is not None:
                free.taken = True
                self.roads.remove(request)
                request.assigned.succeed(free)
