"""Ships that go back and forth: roads, quay, cargo out, cargo in, and to sea."""

from __future__ import annotations

from collections.abc import Generator
from math import inf
from typing import Any

from simpy import Event

from sim.engine.clock import Clock
from sim.engine.freight.fleets import SOON, Pool, Shuttle
from sim.engine.freight.ports import Berth, Harbour, Work, nobody
from sim.engine.freight.trips import Carriage
from sim.engine.freight.yard_queues import CLOSE
from sim.engine.journal import Journal, PortCall

Steps = Generator[Event, Any, None]


class Ship(Shuttle):
    """One ship: it loads what waits for it and sails when there is a reason to.

    That is when it is full, when its first cargo has waited longest, when another ship needs its quay,
    or, empty, when cargo waits at the other end that no ship there will take. In storms nothing is
    moved over an exposed quay and nobody casts off.
    """

    def __init__(
        self,
        env: Clock,
        journal: Journal,
        pool: Pool,
        number: int,
        harbours: tuple[Harbour, Harbour],
        first: float,
    ) -> None:
        super().__init__(env, pool, number)
        self._journal, self._harbours = journal, harbours
        self._berth: Berth | None = None
        self._arrived = self._berthed = 0.0
        self._worked, self._moved = 0.0, [0.0, 0.0]  # at this quay: days, and cargo out and in
        for harbour in harbours:
            for berth in harbour.berths:
                berth.gate.listeners.append(self._nudge)
        env.process(self._work(first))

    @property
    def harbour(self) -> Harbour:
        return self._harbours[self.end]

    def _work(self, first: float) -> Steps:
        """Port call after port call, the first one after some days."""
        env = self._env
        yield env.timeout(first)
        carriage: Carriage | None = None
        while True:
            if carriage is not None and carriage.amount > 0.0:
                yield from self._discharge(carriage)
            elif carriage is not None:
                carriage.set_down(None)
            yield from self._lay_over()
            carriage = yield from self._load()
            self._resolve()
            yield from self._cast_off()
            self.end = self.bound
            reached = env.event()
            carriage.sail(reached.succeed)
            yield reached

    def _alongside(self) -> Steps:
        """Take a quay, if it has none."""
        if self._berth is None:
            self._arrived = self._env.now
            line = self.stretch.leg.lines[0]
            self._berth = yield self.harbour.request(line, self.pool.service.cargo)
            self._berth.press = self._nudge
            self._berthed = self._env.now
            self._worked, self._moved = 0.0, [0.0, 0.0]
            yield self._env.timeout(self._berth.quay.approach)

    def _leave_quay(self) -> None:
        assert self._berth is not None
        berth, self._berth = self._berth, None
        berth.press = nobody
        times = (self._arrived, self._berthed, self._env.now, self._worked)
        self._journal.port_calls.append(
            PortCall(self.pool.service.id, self.number, berth.quay.id, *times, *self._moved)
        )
        self.harbour.release(berth)

    def _make_way(self) -> None:
        """Leave the quay, having nothing to do there for now, if another ship needs it."""
        if self._berth is not None and self.harbour.wanted(self._berth):
            self._leave_quay()

    def _move(self, amount: float, inward: bool) -> Steps:
        """Have cargo moved over the quay, `inward` onto the ship; where the quay is lost, over the next."""
        while amount > CLOSE:
            yield from self._alongside()
            assert self._berth is not None
            work = Work(self._env, self._berth, amount)
            yield work.over
            self._worked += work.days
            self._moved[inward] += amount - work.left
            amount = work.left
            if amount > CLOSE:
                self._leave_quay()

    def _discharge(self, carriage: Carriage) -> Steps:
        """Unload, and stay until all of it has found room ashore."""
        yield from self._move(carriage.amount, inward=False)
        ashore = self._env.event()
        carriage.done = ashore.succeed
        carriage.set_down(None)
        yield ashore

    def _lay_over(self) -> Steps:
        """Papers, bunkers, crew."""
        over = self._env.now + self.pool.service.layover
        while self._env.now < over - SOON:
            self._make_way()
            yield self._sleep(over)

    def _load(self) -> Generator[Event, Any, Carriage]:
        """Load until it is time to go."""
        pile, service, env = self.stretch.pile, self.pool.service, self._env
        carriage: Carriage | None = None
        while True:
            aboard = 0.0 if carriage is None else carriage.amount
            if self._may_go and pile.ready > CLOSE and aboard < service.load - CLOSE:
                yield from self._alongside()
                carriage = carriage or Carriage(env, self.stretch, service.id)
                # what another ship took while this one was berthing is gone
                taken = carriage.take(pile.take(service.load - aboard, split=True))
                yield from self._move(taken, inward=True)
                continue
            if self._may_go and self._should_sail(carriage):
                return carriage or Carriage(env, self.stretch, service.id)
            self._make_way()
            due = self._due(carriage)
            yield self._sleep(due if due > env.now + SOON else inf)

    def _due(self, carriage: Carriage | None) -> float:
        return carriage.loads[0].came + self.pool.service.longest_wait if carriage and carriage.loads else inf

    def _should_sail(self, carriage: Carriage | None) -> bool:
        if carriage is None or not carriage.loads:
            return self._missed
        if carriage.amount >= self.pool.service.load - CLOSE or self._due(carriage) <= self._env.now + SOON:
            return True
        return self._berth is not None and self.harbour.wanted(self._berth)

    def _cast_off(self) -> Steps:
        """Leave the quay, if it lies at one, in weather that allows, once the lane is open."""
        while self.stretch.ways[0].gate.share == 0.0 or self._weather_bound:
            yield self._sleep()
        if self._berth is not None:
            yield self._env.timeout(self._berth.quay.cast_off)
            self._leave_quay()

    @property
    def _weather_bound(self) -> bool:
        return self._berth is not None and self._berth.gate.share == 0.0 and not self._berth.lost
