"""A live leg: where it starts and ends, who is under way on it, and how long people expect it to take."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from math import inf

from sim.engine.freight.consignments import Consignment
from sim.engine.freight.expected_time import Learned
from sim.engine.freight.tracks import Way
from sim.engine.freight.trips import Carriage
from sim.engine.freight.yard_queues import Pile
from sim.engine.journal import Journal
from sim.network.freight.legs import FreightLeg


class Stretch:
    """One leg, shared by all corridors that run over it.

    `pile` is what waits for it; `piles` those of all stretches, by number. `patience` is how long a train
    or ship waits for more cargo: whoever has waited longer than that stands in a queue.
    """

    __slots__ = (
        "_journal", "_patience", "_reached", "leg", "number", "pile", "piles", "run_on", "running",
        "under_way", "waiting", "ways",
    )  # fmt: skip

    def __init__(
        self, journal: Journal, number: int, leg: FreightLeg, ways: list[Way], pile: Pile, piles: list[Pile],
        unhindered: Callable[[Way], bool],
        patience: float,
    ) -> None:  # fmt: skip
        self._journal = journal
        self.number, self.leg, self.ways = number, leg, ways
        self.pile, self.piles = pile, piles
        self.under_way: dict[Carriage, None] = {}
        self.waiting = Learned(0.0)
        # of each line, how many behind it can be passed in one go
        self.run_on = [
            0 if way.room < inf else sum(1 for _ in takewhile(unhindered, ways[place + 1 :]))
            for place, way in enumerate(ways)
        ]
        self._reached = -inf  # when the last of those who have got there set out
        self._patience = patience
        self.running = Learned(sum(way.mean for way in ways))

    def onward(self, consignment: Consignment) -> Pile | None:
        """Where a consignment waits next; None where its corridor ends."""
        legs, following = consignment.account.legs, consignment.at + 1
        return self.piles[legs[following]] if following < len(legs) else None

    def left(self, carriage: Carriage, now: float) -> None:
        """A train or ship has set out on it."""
        loads = carriage.loads
        if len(loads) == 1:
            self.waiting.learn(now - loads[0].came, now)
        elif loads:
            waited = sum([(now - load.came) * load.amount for load in loads])
            self.waiting.learn(waited / carriage.amount, now)

    def finished(self, carriage: Carriage, now: float) -> None:
        """A train or ship has set everything down."""
        del self.under_way[carriage]
        self._journal.trips.append(carriage.record())
        if carriage.loads:
            self.running.learn(now - carriage.times[1], now)
            self._reached = max(self._reached, carriage.times[1])

    def expected(self, now: float) -> float:
        """Days that one who comes now should reckon with: what others met, or have not yet got through."""
        first = self.pile.head()
        wait, run = self.waiting.expected(now), self.running.expected(now)
        if first is not None:
            wait = max(wait, now - first.came - self._patience)
        for carriage in self.under_way:  # in order of setting out
            if carriage.loads and len(carriage.times) > 1 and carriage.times[1] > self._reached:
                run = max(run, now - carriage.times[1])  # nobody who set out later has got there
                break
        return wait + run
