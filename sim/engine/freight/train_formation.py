"""Assembly of trains from the cargo that waits in a yard, as many as are needed."""

from __future__ import annotations

from math import inf

from sim.engine.clock import SOON, Clock
from sim.engine.freight.live_legs import LiveLeg
from sim.engine.freight.trips import Trip
from sim.engine.freight.yard_queues import CLOSE
from sim.engine.gates import Gate
from sim.network.freight.elements import Service


class TrainAssembly:
    """Make up trains for one leg: full ones, or part ones once the first lot has waited longest.

    No train is made up while another waits for its path out of the yard; cargo waits in the yard then.
    """

    def __init__(self, env: Clock, service: Service, gate: Gate, live_leg: LiveLeg) -> None:
        self._env, self._service, self._gate, self._live_leg = env, service, gate, live_leg
        self._timer_at = inf
        self._busy = False
        live_leg.yard_queue.listeners.append(self.review)
        live_leg.tracks[0].assemblies.append(self)
        gate.listeners.append(self.review)

    @property
    def since(self) -> float:
        """Day since which the first of the cargo has waited."""
        first = self._live_leg.yard_queue.head()
        return inf if first is None else first.ready

    def review(self) -> None:
        """Make up every train that is due."""
        if not self._busy:  # cargo admitted while a train is made up is seen by the loop already running
            self._busy = True
            self._make_up()
            self._busy = False

    def _make_up(self) -> None:
        queue, track, service = self._live_leg.yard_queue, self._live_leg.tracks[0], self._service
        while queue.available > CLOSE and not track.queue and self._gate.share > 0.0:
            first = queue.head()
            assert first is not None
            due = first.ready + service.longest_wait
            if queue.available < service.load - CLOSE and due > self._env.now + SOON:
                self._review_at(due)
                return
            train = Trip(self._env, self._live_leg, service.id)
            train.take(queue.take(service.load, split=False))
            train.depart()

    def _review_at(self, due: float) -> None:
        if due < self._timer_at:
            self._timer_at = due
            self._env.call_at(due, self._on_timer)

    def _on_timer(self) -> None:
        if self._timer_at == self._env.now:
            self._timer_at = inf
        self.review()
