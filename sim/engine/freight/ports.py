"""Quays and the ships in their roads: first come first served, in weather that allows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from math import inf

from simpy import Event

from sim.engine.clock import Clock
from sim.engine.gates import STORM, Gate
from sim.network.freight.elements import Quay


def nobody() -> None:
    """No ship lies at a quay."""


class Berth:
    """A live quay: its gate, and the work that is going on there.

    `press` tells the ship that lies there that another waits for a quay.
    """

    __slots__ = ("gate", "press", "quay", "taken", "work")

    def __init__(self, quay: Quay, gate: Gate) -> None:
        self.quay, self.gate = quay, gate
        self.taken = False
        self.work: Work | None = None
        self.press: Callable[[], None] = nobody

    @property
    def lost(self) -> bool:
        """Whether it is shut by more than the weather, so that it makes no sense to stay."""
        return self.gate.share_but_for(STORM) == 0.0


class Work:
    """Cargo being moved over a quay, at its rate, with pauses while it is shut.

    `over` happens when all is moved, or when the quay is lost; `left` is what is then still to be moved,
    and `days` how long cargo really moved.
    """

    __slots__ = ("_due_at", "_env", "_gate", "_rate", "_since", "berth", "days", "left", "over")

    def __init__(self, env: Clock, berth: Berth, amount: float) -> None:
        self._env, self.berth, self._gate = env, berth, berth.gate
        self.left, self.days = amount, 0.0
        self._rate, self._since = 0.0, env.now
        self._due_at = inf
        self.over: Event = env.event()
        berth.work = self
        self.review()

    def review(self) -> None:
        """Go on at the rate that the quay has now."""
        now = self._env.now
        if self._rate > 0.0:
            self.left = max(0.0, self.left - self._rate * (now - self._since))
            self.days += now - self._since
        self._since, self._rate = now, self._gate.capacity
        if self.berth.lost or self.left == 0.0:
            self._due_at = inf
            self._end()
        elif self._rate > 0.0:
            self._due_at = now + self.left / self._rate
            self._env.call_at(self._due_at, self._due)
        else:
            self._due_at = inf

    def _due(self) -> None:
        now = self._env.now
        if now == self._due_at and not self.over.triggered:
            self.days += now - self._since
            self.left = 0.0
            self._end()

    def _end(self) -> None:
        self.berth.work = None
        self.over.succeed()


class Harbour:
    """The quays of one place, and the ships in its roads."""

    def __init__(self, env: Clock, place: str, berths: list[Berth]) -> None:
        self._env, self.place, self.berths = env, place, berths
        self.roads: deque[tuple[str, str, Event, float]] = deque()  # line, cargo, what is awaited, since
        for berth in berths:
            berth.gate.listeners.append(partial(self._changed, berth))

    def serving(self, line: str, cargo: str) -> list[Berth]:
        """The quays where ships of a lane can work a cargo."""
        return [b for b in self.berths if line in b.quay.lines and b.quay.cargo == cargo]

    def request(self, line: str, cargo: str) -> Event:
        """An event that brings the `Berth` that a ship is given."""
        given: Event = self._env.event()
        self.roads.append((line, cargo, given, self._env.now))
        self._assign()
        if not given.triggered:
            for berth in self.serving(line, cargo):
                berth.press()
        return given

    def release(self, berth: Berth) -> None:
        berth.taken = False
        self._assign()

    def wanted(self, berth: Berth) -> bool:
        """Whether somebody in the roads waits for a quay, and this one would do."""
        return any(line in berth.quay.lines and cargo == berth.quay.cargo for line, cargo, *_ in self.roads)

    def _changed(self, berth: Berth) -> None:
        if berth.work is not None:
            berth.work.review()
        self._assign()

    def _assign(self) -> None:
        for entry in list(self.roads):
            line, cargo, given, _ = entry
            free = next((b for b in self.serving(line, cargo) if not b.taken and b.gate.share > 0.0), None)
            if free is not None:
                free.taken = True
                self.roads.remove(entry)
                given.succeed(free)
