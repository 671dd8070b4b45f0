"""State of a leg in a run: its queue, the trips under way on it, and the days shippers expect of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import takewhile
from math import inf
from typing import Protocol

from sim.engine.freight.consignments import Consignment
from sim.engine.freight.expected_time import ExpectedTime
from sim.engine.freight.tracks import Track
from sim.engine.freight.yard_queues import YardQueue
from sim.engine.journal import Journal, Load, TripRecord
from sim.network.freight.legs import FreightLeg


class Traveller(Protocol):
    """A train or ship under way on a leg; its second moment in `times` is its departure."""

    amount: float
    cargo: deque[Consignment]
    loads: list[Load]
    times: list[float]

    def record(self) -> TripRecord: ...


class LiveLeg:
    """One leg, shared by all corridors that run over it.

    `yard_queue` holds the cargo that waits for it; `yard_queues` are those of all legs, by number.
    `max_wait` is how long a train or ship waits for more cargo: cargo that has waited longer is queueing.
    """

    def __init__(
        self,
        journal: Journal,
        number: int,
        leg: FreightLeg,
        tracks: list[Track],
        yard_queues: list[YardQueue],
        unhindered: Callable[[Track], bool],
        max_wait: float,
    ) -> None:
        self._journal = journal
        self.number, self.leg, self.tracks = number, leg, tracks
        self.yard_queue, self.yard_queues = yard_queues[number], yard_queues
        self.under_way: dict[Traveller, None] = {}  # in order of departure
        self.waiting = ExpectedTime(0.0)
        self.transit = ExpectedTime(sum(track.mean for track in tracks))
        # for each track, the number of tracks behind it that can be passed in one go
        self.run_on = [
            0 if track.room < inf else sum(1 for _ in takewhile(unhindered, tracks[place + 1 :]))
            for place, track in enumerate(tracks)
        ]
        self._last_departure = -inf  # latest departure among the trips that have finished
        self._max_wait = max_wait

    def next_queue(self, consignment: Consignment) -> YardQueue | None:
        """Return the queue that a consignment joins after this leg, None where its corridor ends."""
        legs, following = consignment.account.legs, consignment.at + 1
        return self.yard_queues[legs[following]] if following < len(legs) else None

    def departed(self, trip: Traveller, now: float) -> None:
        """Note the waiting time of a trip that departs."""
        loads = trip.loads
        if len(loads) == 1:
            self.waiting.observe(now - loads[0].ready, now)
        elif loads:
            waited = sum([(now - load.ready) * load.amount for load in loads])
            self.waiting.observe(waited / trip.amount, now)

    def finished(self, trip: Traveller, now: float) -> None:
        """Log a trip that has set down all its cargo, and note its transit time."""
        del self.under_way[trip]
        self._journal.trips.append(trip.record())
        if trip.loads:
            self.transit.observe(now - trip.times[1], now)
            self._last_departure = max(self._last_departure, trip.times[1])

    def expected_days(self, now: float) -> float:
        """Return the days that a shipper who books now expects from yard to yard.

        They are those of recent trips or, where longer, the time that the first in the queue has waited
        and the first trip under way has travelled already.
        """
        first = self.yard_queue.head()
        wait, run = self.waiting.expected(now), self.transit.expected(now)
        if first is not None:
            wait = max(wait, now - first.ready - self._max_wait)
        for trip in self.under_way:
            if trip.loads and len(trip.times) > 1 and trip.times[1] > self._last_departure:
                run = max(run, now - trip.times[1])  # no later departure has finished
                break
        return wait + run
