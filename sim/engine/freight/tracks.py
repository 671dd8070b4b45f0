"""One direction of a line: the queue for its train paths, and the trains on it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import inf
from typing import Protocol

from sim.engine.clock import SOON, Clock
from sim.engine.gates import Gate
from sim.engine.random_streams import DrawBuffer, random_stream
from sim.network.freight.elements import Line


class QueuedTrain(Protocol):
    """A train or ship that waits for a path."""

    @property
    def waiting_since(self) -> float: ...

    def enter_track(self, track: Track, now: float) -> None: ...


class TrainSource(Protocol):
    """An assembly that sends trains onto a track."""

    @property
    def since(self) -> float: ...

    def review(self) -> None: ...


class Track:
    """A line in one direction, towards `place`.

    Trains depart first come first served, one on each path; unused paths are lost. A train that cannot
    proceed at the end stays on the track and occupies part of its `room`. `assemblies` make up trains for
    this track, and are reviewed when its queue becomes empty. `durations` returns one transit time after
    another, in days.
    """

    def __init__(self, env: Clock, gate: Gate, line: Line, place: str, seed: int, replication: int) -> None:
        self._env, self.gate, self.line, self.place = env, gate, line, place
        self._limited = line.paths is not None
        self.room = inf if line.room is None else line.room
        self.queue: deque[QueuedTrain] = deque()
        self.on = 0
        self.next_path = -inf
        self._timer_at = inf
        self.mean = line.days
        self.durations = durations(line, place, seed, replication)
        self.assemblies: list[TrainSource] = []
        gate.listeners.append(self._capacity_changed)

    @property
    def free(self) -> bool:
        """Return whether a train could depart at once if no other waited."""
        return self.gate.share > 0.0 and self.on < self.room and self.next_path <= self._env.now + SOON

    def enter(self, train: QueuedTrain) -> None:
        """Let a train depart, or queue it for a path."""
        if self.queue or not self.free:
            self.queue.append(train)
            self._await_path()
        else:
            self._dispatch(train)

    def leave(self) -> None:
        """Remove a train that has left the track at its end."""
        self.on -= 1
        if self.queue:
            self.review()

    def review(self) -> None:
        """Dispatch the waiting trains for which there is a path."""
        waited = bool(self.queue)
        while self.queue and self.free:
            self._dispatch(self.queue.popleft())
        if self.queue:
            self._await_path()
        elif waited:  # the assembly whose cargo has waited longest comes first
            for assembly in sorted(self.assemblies, key=lambda assembly: assembly.since):
                assembly.review()

    def _capacity_changed(self) -> None:
        """Move the next path forward to the interval of the new capacity."""
        if self._limited and self.gate.share > 0.0:
            self.next_path = min(self.next_path, self._env.now + 1.0 / self.gate.capacity)
        self.review()

    def _dispatch(self, train: QueuedTrain) -> None:
        now = self._env.now
        self.on += 1
        if self._limited:
            self.next_path = max(now, self.next_path) + 1.0 / self.gate.capacity
        train.enter_track(self, now)

    def _await_path(self) -> None:
        """Set a timer for the next path; an opening gate or freed room triggers a review without one."""
        due = self.next_path
        if self.gate.share > 0.0 and self._env.now < due < self._timer_at:
            self._timer_at = due
            self._env.call_at(due, self._on_timer)

    def _on_timer(self) -> None:
        if self._timer_at == self._env.now:
            self._timer_at = inf
        self.review()


def durations(line: Line, place: str, seed: int, replication: int) -> Callable[[], float]:
    """Return a function that draws successive transit times of a line, in days.

    They are gamma distributed with the line's mean and coefficient of variation (`spread`), or constant.
    """
    mean, spread = line.days, line.spread
    if spread == 0.0:
        return lambda: mean
    shape = 1.0 / spread**2
    generator = random_stream(seed, replication, f"{line.id}>{place}", "days")
    draws = DrawBuffer(lambda count: generator.standard_gamma(shape, count) * (mean / shape))
    return draws.next
