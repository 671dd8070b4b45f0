"""The terminal year as SimPy's own examples would have it: resources, a container, a process per tanker.

Oil flows in and out hour by hour, which is how one makes a `Container` hold a flow. The three
moorings are one `PreemptiveResource`; a closure takes two of them, and a tanker that loses its
mooring goes back to the roads with what it has left to load, ahead of those who came later.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

from benchmarks import terminal

Process = Generator[simpy.Event, Any, None]
FIRST = -1  # a closure goes before any tanker


class Terminal:
    """The tank farm, the moorings, and what has been loaded."""

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.tank = simpy.Container(env, capacity=terminal.TANK, init=terminal.TANK_AT_START)
        self.moorings = simpy.PreemptiveResource(env, capacity=terminal.MOORINGS)
        self.loaded = 0.0
        self.dropped = 0.0

    def inflow(self) -> Process:
        """Oil arrives every hour; what does not fit is dropped."""
        hourly = terminal.INFLOW / 24
        while True:
            fits = min(hourly, self.tank.capacity - self.tank.level)
            if fits > 0:
                yield self.tank.put(fits)
            self.dropped += hourly - fits
            yield self.env.timeout(1)

    def tankers(self, arrivals: tuple[float, ...]) -> Process:
        """Tankers arrive one by one."""
        for number, hour in enumerate(arrivals):
            yield self.env.timeout(hour - self.env.now)
            self.env.process(self.tanker(number))

    def tanker(self, number: int) -> Process:
        """A tanker waits for a mooring, makes fast, and loads hour by hour until it is full."""
        remaining = terminal.CARGO
        while remaining > 0:
            with self.moorings.request(priority=number, preempt=False) as mooring:
                try:
                    yield mooring
                    yield self.env.timeout(terminal.APPROACH)
                    while remaining > 0:
                        parcel = min(terminal.PUMPING, remaining)
                        with self.tank.get(parcel) as oil:
                            yield oil
                        remaining -= parcel
                        self.loaded += parcel
                        yield self.env.timeout(parcel / terminal.PUMPING)
                except simpy.Interrupt:
                    pass  # the mooring closed: back to the roads

    def closure(self) -> Process:
        """One mooring is shut for a while."""
        yield self.env.timeout(terminal.CLOSED_FROM * 24)
        with self.moorings.request(priority=FIRST) as mooring:
            yield mooring
            yield self.env.timeout((terminal.CLOSED_UNTIL - terminal.CLOSED_FROM) * 24)


class CountingEnvironment(simpy.Environment):
    """An environment that counts the events it works off."""

    events = 0

    def step(self) -> None:
        self.events += 1
        super().step()


def run(replication: int, env: simpy.Environment | None = None) -> float:
    """Simulate one year; the kt loaded."""
    env = env or simpy.Environment()
    place = Terminal(env)
    env.process(place.inflow())
    env.process(place.tankers(terminal.arrivals(replication)))
    for _ in range(terminal.CLOSED):
        env.process(place.closure())
    env.run(until=terminal.DAYS * 24)
    return place.loaded


def count_events(replication: int) -> int:
    """The events of one year."""
    env = CountingEnvironment()
    run(replication, env)
    return env.events
