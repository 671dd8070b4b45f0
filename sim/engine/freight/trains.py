"""Trains made up of what waits in a yard, as many as are needed."""

from __future__ import annotations

from math import inf

from sim.engine.clock import Clock
from sim.engine.freight.carriages import Carriage
from sim.engine.freight.piles import CLOSE
from sim.engine.freight.stretches import Stretch
from sim.engine.gates import Gate
from sim.network.freight import Service

SOON = 1e-9  # days


class Formation:
    """Makes up trains for one stretch: full ones, and what there is once the first has waited longest.

    No train is made up while another waits for its path out of the yard; cargo waits in the yard then.
    """

    __slots__ = ("_env", "_gate", "_service", "_stretch", "_timer_at")

    def __init__(self, env: Clock, service: Service, gate: Gate, stretch: Stretch) -> None:
        self._env, self._service, self._gate, self._stretch = env, service, gate, stretch
        self._timer_at = inf
        stretch.pile.wanted.append(self.look)
        stretch.ways[0].cleared.append(self.look)
        gate.listeners.append(self.look)

    def look(self) -> None:
        """Make up all trains that can be."""
        pile, way, service = self._stretch.pile, self._stretch.ways[0], self._service
        while pile.ready > CLOSE and not way.queue and self._gate.share > 0.0:
            first = pile.head()
            assert first is not None
            due = first.came + service.longest_wait
            if pile.ready < service.load - CLOSE and due > self._env.now + SOON:
                self._look_at(due)
                return
            train = Carriage(self._env, self._stretch, service.id)
            train.take(pile.take(service.load, split=False))
            train.begin()

    def _look_at(self, due: float) -> None:
        if due < self._timer_at:
            self._timer_at = due
            self._env.call_at(due, self._due)

    def _due(self) -> None:
        if self._timer_at == self._env.now:
            self._timer_at = inf
        self.look()
