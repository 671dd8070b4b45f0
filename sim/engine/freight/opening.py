"""What is under way when a run begins, as if everything had been running evenly and freely before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.engine.clock import Clock
from sim.engine.freight.carriages import Carriage
from sim.engine.freight.consignments import Consignment
from sim.engine.freight.stretches import Stretch


def lay_out(
    env: Clock, legs: Sequence[int], stretches: Sequence[Stretch], rate: float, lot: float, accrued: float,
    born: Callable[[float, float], Consignment],
) -> None:  # fmt: skip
    """Put the lots of one demand where they would be on a corridor, `rate` having been sent all along.

    The last one left when what has `accrued` since began to add up, those before it at even distances.
    A lot that would be at sea with a ship of a finite fleet lies in the yard that it would have left from.
    """
    total = sum(stretches[leg].waiting.usual + stretches[leg].running.usual for leg in legs)
    age = accrued / rate
    while age < total:
        _place(env, born(lot, -age), age, legs, stretches)
        age += lot / rate


def _place(
    env: Clock, consignment: Consignment, age: float, legs: Sequence[int], stretches: Sequence[Stretch]
) -> None:
    for number, leg in enumerate(legs):
        stretch = stretches[leg]
        wait, run = stretch.waiting.usual, stretch.running.usual
        consignment.at = number
        if age < wait or (age < wait + run and stretch.leg.mode == "sea"):
            consignment.taken = number > 0
            stretch.pile.lie(consignment, env.now - min(age, wait))
            return
        if age < wait + run:
            carriage = Carriage(env, stretch, stretch.leg.services[0] if stretch.leg.services else "")
            consignment.came = env.now - age
            carriage.take([consignment])
            carriage.resume(age - wait)
            return
        age -= wait + run
    raise AssertionError("a lot older than its corridor takes has been delivered")
