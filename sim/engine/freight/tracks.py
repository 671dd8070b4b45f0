"""One direction of a line: the queue for its train paths, and who is on it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING

from sim.engine.clock import Clock
from sim.engine.gates import Gate
from sim.engine.random_streams import Draws, stream
from sim.network.freight.elements import Line

if TYPE_CHECKING:
    from sim.engine.freight.train_formation import Formation
    from sim.engine.freight.trips import Carriage

SOON = 1e-9  # days: a path that near is there


class Way:
    """A line in one direction, towards `place`.

    Trains set out first come first served, one a path; paths that nobody takes are gone. One that
    cannot go on at the end stays on the line and takes up its `room`. `formations` make up trains for
    it, and are told when the queue has become empty; `durations` gives one duration after another, in
    days.
    """

    __slots__ = (
        "_env", "_limited", "_timer_at", "durations", "formations", "gate", "line", "mean", "next_path", "on",
        "place", "queue", "room",
    )  # fmt: skip

    def __init__(self, env: Clock, gate: Gate, line: Line, place: str, seed: int, replication: int) -> None:
        self._env, self.gate, self.line, self.place = env, gate, line, place
        self._limited = line.paths is not None
        self.room = inf if line.room is None else line.room
        self.queue: deque[Carriage] = deque()
        self.on = 0
        self.next_path = -inf
        self._timer_at = inf
        self.mean = line.days
        self.durations = durations(line, place, seed, replication)
        self.formations: list[Formation] = []
        gate.listeners.append(self._changed)

    @property
    def free(self) -> bool:
        """Whether a train could set out at once, but for those that wait already."""
        return (
            self.gate.share > 0.0 and self.on < self.room and self.next_path <= self._env.now + SOON
        )  # fmt: skip

    def enter(self, carriage: Carriage) -> None:
        """A train wants to set out on this line."""
        if self.queue or not self.free:
            self.queue.append(carriage)
            self._await_path()
        else:
            self._dispatch(carriage)

    def leave(self) -> None:
        """A train has left this line at its end."""
        self.on -= 1
        if self.queue:
            self.look()

    def look(self) -> None:
        """Let those set out for whom there is a path now."""
        waited = bool(self.queue)
        while self.queue and self.free:
            self._dispatch(self.queue.popleft())
        if self.queue:
            self._await_path()
        elif waited:  # the one whose cargo has waited longest comes first
            for formation in sorted(self.formations, key=lambda formation: formation.since):
                formation.look()

    def _changed(self) -> None:
        """The line is open for more or less: the next path comes no later than it would on a line so open."""
        if self._limited and self.gate.share > 0.0:
            self.next_path = min(self.next_path, self._env.now + 1.0 / self.gate.capacity)
        self.look()

    def _dispatch(self, carriage: Carriage) -> None:
        now = self._env.now
        self.on += 1
        if self._limited:
            self.next_path = max(now, self.next_path) + 1.0 / self.gate.capacity
        carriage.set_out(self, now)

    def _await_path(self) -> None:
        """Look again when the next path comes; a gate that opens, or room, makes us look by itself."""
        due = self.next_path
        if self.gate.share > 0.0 and self._env.now < due < self._timer_at:
            self._timer_at = due
            self._env.call_at(due, self._due)

    def _due(self) -> None:
        if self._timer_at == self._env.now:
            self._timer_at = inf
        self.look()


def durations(line: Line, place: str, seed: int, replication: int) -> Callable[[], float]:
    """Days from end to end, one train or ship after another: always the mean, or gamma distributed."""
    mean, spread = line.days, line.spread
    if spread == 0.0:
        return lambda: mean
    shape = 1.0 / spread**2
    generator = stream(seed, replication, f"{line.id}>{place}", "days")
    draws = Draws(lambda count: generator.standard_gamma(shape, count) * (mean / shape))
    return draws.next
