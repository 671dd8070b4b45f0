"""Trains made up of what waits in a yard, as many as are needed."""

from __future__ import annotations

from math import inf

from sim.engine.clock import Clock
from sim.engine.freight.live_legs import Stretch
from sim.engine.freight.trips import Carriage
from sim.engine.freight.yard_queues import CLOSE
from sim.engine.gates import Gate
from sim.network.freight.elements import Service

SOON = 1e-9  # days


class Formation:
    """Makes up trains for one stretch: full ones, and what there is once the first has waited longest.

    No train is made up while another waits for its path out of the yard; cargo waits in the yard then.
    """

    __slots__ = ("_busy", "_env", "_gate", "_service", "_stretch", "_timer_at")

    def __init__(self, env: Clock, service: Service, gate: Gate, stretch: Stretch) -> None:
        self._env, self._service, self._gate, self._stretch = env, service, gate, stretch
        self._timer_at = inf
        self._busy = False
        stretch.pile.wanted.append(self.look)
        stretch.ways[0].formations.append(self)
        gate.listeners.append(self.look)

    @property
    def since(self) -> float:
        """When the first of its cargo came."""
        first = self._stretch.pile.head()
        return inf if first is None else first.came

    def look(self) -> None:
        """Make up all trains that can be."""
        if not self._busy:  # or what a train being made up gives room to has come in: it is looked at next
            self._busy = True
            self._make_up()
            self._busy = False

    def _make_up(self) -> None:
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
