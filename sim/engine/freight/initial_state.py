"""Cargo under way when a run begins, as if everything had run evenly and freely before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.engine.clock import Clock
from sim.engine.freight.consignments import Consignment
from sim.engine.freight.live_legs import LiveLeg
from sim.engine.freight.trips import Trip
from sim.engine.freight.yard_queues import CLOSE


class InitialState:
    """Distribute lots along corridors, then join those on one leg into trains.

    `loads` are the loads of a train on each leg.
    """

    def __init__(self, env: Clock, live_legs: Sequence[LiveLeg], loads: Sequence[float]) -> None:
        self._env, self._live_legs, self._loads = env, live_legs, loads
        # for each leg, its lots and the days since their departure
        self._under_way: list[list[tuple[float, Consignment]]] = [[] for _ in live_legs]

    def distribute(
        self,
        legs: Sequence[int],
        rate: float,
        lot: float,
        accrued: float,
        create: Callable[[float, float], Consignment],
    ) -> None:
        """Place the lots of one demand along a corridor over which it has sent `rate` all along.

        The last lot departed when what has `accrued` since began to accrue, those before it at even
        intervals. A lot that would be at sea with a ship of a fixed fleet lies in the yard from which it
        would have departed. `create` makes a consignment of an amount and a day.
        """
        live_legs = [self._live_legs[leg] for leg in legs]
        total = sum(live_leg.waiting.free_flow + live_leg.transit.free_flow for live_leg in live_legs)
        age = accrued / rate
        while age < total:
            self._place(create(lot, -age), age, legs)
            age += lot / rate

    def _place(self, consignment: Consignment, age: float, legs: Sequence[int]) -> None:
        for number, leg in enumerate(legs):
            live_leg = self._live_legs[leg]
            wait, run = live_leg.waiting.free_flow, live_leg.transit.free_flow
            consignment.at = number
            if age < wait or (age < wait + run and live_leg.leg.mode == "sea"):
                consignment.taken = number > 0
                live_leg.yard_queue.put_initial(consignment, self._env.now - min(age, wait))
                return
            if age < wait + run:
                consignment.ready = self._env.now - age
                self._under_way[leg].append((age - wait, consignment))
                return
            age -= wait + run
        raise AssertionError("a lot older than its corridor takes has been delivered")

    def start_trains(self) -> None:
        """Resume the lots under way in trains as full as those made up during the run."""
        for live_leg, lots, load in zip(self._live_legs, self._under_way, self._loads, strict=True):
            service = live_leg.leg.services[0] if live_leg.leg.services else ""
            train: list[tuple[float, Consignment]] = []
            for lot in sorted(lots, key=lambda lot: (-lot[0], lot[1].number)):
                if train and sum(each.amount for _, each in train) + lot[1].amount > load + CLOSE:
                    self._resume(live_leg, service, train)
                    train = []
                train.append(lot)
            if train:
                self._resume(live_leg, service, train)

    def _resume(self, live_leg: LiveLeg, service: str, train: list[tuple[float, Consignment]]) -> None:
        trip = Trip(self._env, live_leg, service)
        trip.take([consignment for _, consignment in train])
        last_ready = max(consignment.ready for _, consignment in train)
        mean_elapsed = sum(elapsed for elapsed, _ in train) / len(train)
        trip.resume(min(mean_elapsed, self._env.now - last_ready))
