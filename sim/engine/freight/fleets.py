"""Finite services: ships, and sets of wagons, that go back and forth, partly empty if need be."""

from __future__ import annotations

from collections.abc import Generator
from math import floor, inf
from typing import Any

from simpy import Event

from sim.engine.clock import Clock
from sim.engine.freight.live_legs import Stretch
from sim.engine.freight.trips import Carriage
from sim.engine.freight.yard_queues import CLOSE
from sim.engine.gates import Gate
from sim.network.freight.elements import Service

SOON = 1e-9  # days


class Pool:
    """All vehicles of one service, and the stretches that they ply, there and back."""

    def __init__(self, service: Service, gate: Gate, stretches: tuple[Stretch, Stretch]) -> None:
        self.service, self.gate, self.stretches = service, gate, stretches
        self.shuttles: list[Shuttle] = []

    def going(self, end: int) -> int:
        """How many will take cargo next at an end: of those there, or bound for it, all that may go on."""
        return sum([shuttle.bound == end and not shuttle.laid_up for shuttle in self.shuttles])


class Shuttle:
    """One vehicle. What `Ship` and `WagonSet` share: when it is worth setting out, and how it waits for that.

    It lies at the `end` where `stretch` begins, or is on its way there. Once it has made up its mind to
    set out, it is `bound` for the other.
    """

    def __init__(self, env: Clock, pool: Pool, number: int) -> None:
        self._env, self.pool, self.number = env, pool, number
        self.end = self.bound = number % 2
        pool.shuttles.append(self)
        self._asleep: Event | None = None
        for stretch in pool.stretches:
            stretch.pile.wanted.append(self._nudge)
            for way in stretch.ways:
                way.gate.listeners.append(self._nudge)
        pool.gate.listeners.append(self._nudge)

    @property
    def stretch(self) -> Stretch:
        return self.pool.stretches[self.end]

    @property
    def laid_up(self) -> bool:
        """Whether a cut of the service keeps this vehicle where it is; the rest, rounded, goes."""
        share = self.pool.gate.share
        going = floor((self.pool.service.vehicles or 0) * share + 0.5)
        return self.number >= (max(going, 1) if share > 0.0 else 0)

    @property
    def _may_go(self) -> bool:
        return self.stretch.ways[0].gate.share > 0.0 and not self.laid_up

    @property
    def _missed(self) -> bool:
        """Whether more waits at the other end than the vehicles there, or bound for it, will take."""
        other = 1 - self.end
        pile = self.pool.stretches[other].pile
        return pile.ready > CLOSE and pile.pressing > self.pool.going(other) * self.pool.service.load

    def _resolve(self) -> None:
        """Make up its mind to set out for the other end; now the others may be wanted at this one."""
        self.bound = 1 - self.end
        for shuttle in self.pool.shuttles:
            shuttle._nudge()

    def _sleep(self, until: float = inf) -> Event:
        """Wait until something has changed, or until a moment."""
        self._asleep = asleep = self._env.event()
        if until < inf:
            self._env.call_at(max(until, self._env.now), self._nudge)
        return asleep

    def _nudge(self) -> None:
        asleep, self._asleep = self._asleep, None
        if asleep is not None:
            asleep.succeed()


class WagonSet(Shuttle):
    """A train whose wagons come back: one set of a finite service by land."""

    def __init__(self, env: Clock, pool: Pool, number: int) -> None:
        super().__init__(env, pool, number)
        env.process(self._work())

    def _work(self) -> Generator[Event, Any, None]:
        env, service = self._env, self.pool.service
        while True:
            while not self._should_go():
                first = self.stretch.pile.head()
                due = inf if first is None else first.came + service.longest_wait
                yield self._sleep(due if due > env.now + SOON else inf)
            there = env.event()
            train = Carriage(env, self.stretch, service.id, there.succeed)
            train.take(self.stretch.pile.take(service.load, split=False))
            self._resolve()
            self.end = self.bound
            train.begin()
            yield there
            yield env.timeout(service.layover)

    def _should_go(self) -> bool:
        pile, service = self.stretch.pile, self.pool.service
        if not self._may_go:
            return False
        if pile.ready <= CLOSE:
            return self._missed
        first = pile.head()
        assert first is not None
        return pile.ready >= service.load - CLOSE or first.came + service.longest_wait <= self._env.now + SOON
