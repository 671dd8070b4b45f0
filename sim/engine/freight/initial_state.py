"""What is under way when a run begins, as if everything had been running evenly and freely before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.engine.clock import Clock
from sim.engine.freight.consignments import Consignment
from sim.engine.freight.live_legs import Stretch
from sim.engine.freight.trips import Carriage
from sim.engine.freight.yard_queues import CLOSE


class Opening:
    """Lays lots out along corridors, and then puts those on one stretch into trains together.

    `loads` are what a train takes on each stretch.
    """

    def __init__(self, env: Clock, stretches: Sequence[Stretch], loads: Sequence[float]) -> None:
        self._env, self._stretches, self._loads = env, stretches, loads
        # of each stretch, its lots and the days since they set out
        self._going: list[list[tuple[float, Consignment]]] = [[] for _ in stretches]

    def lay_out(
        self, legs: Sequence[int], rate: float, lot: float, accrued: float,
        born: Callable[[float, float], Consignment],
    ) -> None:  # fmt: skip
        """Put the lots of one demand where they would be on a corridor, `rate` having been sent all along.

        The last one left when what has `accrued` since began to add up, those before it at even
        distances. A lot that would be at sea with a ship of a finite fleet lies in the yard that it
        would have left from.
        """
        stretches = [self._stretches[leg] for leg in legs]
        total = sum(stretch.waiting.usual + stretch.running.usual for stretch in stretches)
        age = accrued / rate
        while age < total:
            self._place(born(lot, -age), age, legs)
            age += lot / rate

    def _place(self, consignment: Consignment, age: float, legs: Sequence[int]) -> None:
        for number, leg in enumerate(legs):
            stretch = self._stretches[leg]
            wait, run = stretch.waiting.usual, stretch.running.usual
            consignment.at = number
            if age < wait or (age < wait + run and stretch.leg.mode == "sea"):
                consignment.taken = number > 0
                stretch.pile.lie(consignment, self._env.now - min(age, wait))
                return
            if age < wait + run:
                consignment.came = self._env.now - age
                self._going[leg].append((age - wait, consignment))
                return
            age -= wait + run
        raise AssertionError("a lot older than its corridor takes has been delivered")

    def set_going(self) -> None:
        """Have all that is on its way go on, in trains as full as those made up in the run."""
        for stretch, lots, load in zip(self._stretches, self._going, self._loads, strict=True):
            service = stretch.leg.services[0] if stretch.leg.services else ""
            train: list[tuple[float, Consignment]] = []
            for lot in sorted(lots, key=lambda lot: (-lot[0], lot[1].number)):
                if train and sum(each.amount for _, each in train) + lot[1].amount > load + CLOSE:
                    self._depart(stretch, service, train)
                    train = []
                train.append(lot)
            if train:
                self._depart(stretch, service, train)

    def _depart(self, stretch: Stretch, service: str, train: list[tuple[float, Consignment]]) -> None:
        carriage = Carriage(self._env, stretch, service)
        carriage.take([consignment for _, consignment in train])
        last_came = max(consignment.came for _, consignment in train)
        carriage.resume(min(sum(elapsed for elapsed, _ in train) / len(train), self._env.now - last_came))
