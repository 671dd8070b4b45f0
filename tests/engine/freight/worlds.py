"""Small freight worlds, and their journals leg by leg."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from builders import (
    corridor,
    demand,
    network,
    place,
    quay,
    rail,
    region,
    sea_line,
    service,
    world,
    yard,
)

from sim.engine import Journal, Outcome, World
from sim.engine.journal import TripRecord
from sim.network import Network
from sim.network.freight.legs import find_legs
from sim.network.network import Element
from sim.scenario import Scenario

NEVER = 1000.0  # days: longer than any run here


def by_rail(
    *days: float,
    rate: float = 1.0,
    lot: float = 1.0,
    load: float = 1.0,
    longest_wait: float = NEVER,
    paths: Sequence[float | None] = (),
    rooms: Sequence[int | None] = (),
    spread: float = 0.0,
    vehicles: int | None = None,
    layover: float = 0.0,
    extra: Sequence[Element] = (),
    **demand_fields: Any,
) -> Network:
    """Demand "goods" from "east" to "west" by through trains over lines "line1"…, one for each of `days`.

    The lines meet at places "p1"…, without yards.
    """
    count = len(days)
    places = ["east", *(f"p{n}" for n in range(1, count)), "west"]
    lines = [
        rail(
            f"line{n + 1}",
            places[n],
            places[n + 1],
            days[n],
            paths[n] if paths else None,
            room=rooms[n] if rooms else None,
            spread=spread,
        )
        for n in range(count)
    ]
    names = " ".join(line.id for line in lines)
    return network(
        [region("east"), region("west"), *(place(id) for id in places[1:-1])],
        lines,
        service("train", names, load, longest_wait, vehicles, layover=layover),
        demand("goods", "east", "west", rate, lot, **demand_fields),
        corridor("way", "east", "west", names),
        extra,
    )


def over_a_yard(
    *,
    first: float = 1.0,
    second: float = 1.0,
    rate: float = 1.0,
    lot: float = 1.0,
    load: float = 1.0,
    longest_wait: float = NEVER,
    capacity: float = 100.0,
    handling: float = 0.0,
    **demand_fields: Any,
) -> Network:
    """Demand "goods" by train "in" over line "inward" to "hub", its yard, and train "out" over "outward"."""
    return network(
        [region("east"), region("west"), place("hub")],
        rail("inward", "east", "hub", first),
        rail("outward", "hub", "west", second),
        yard("hub.yard", "hub", capacity, handling=handling),
        service("in", "inward", load, NEVER),
        service("out", "outward", load, longest_wait),
        demand("goods", "east", "west", rate, lot, **demand_fields),
        corridor("way", "east", "west", "inward outward"),
    )


def by_ship(
    *,
    rate: float = 10.0,
    lot: float = 20.0,
    ships: int = 1,
    load: float = 20.0,
    sailing: float = 1.0,
    layover: float = 0.0,
    longest_wait: float = NEVER,
    lifting: float = 100.0,
    approach: float = 0.0,
    cast_off: float = 0.0,
    quays: tuple[int, int] = (1, 1),
    back: float = 0.0,
    extra: Sequence[Element] = (),
    **demand_fields: Any,
) -> Network:
    """Demand "goods" by ships "boat" over "strait" from "east", which is a port, to "west", another.

    Quays "east.quay1"… and "west.quay1"…. With `back`, demand "returns" sends that rate from west to east.
    """
    ends = dict(zip(("east", "west"), quays, strict=True))
    returns: list[Element] = [
        demand("returns", "west", "east", back, lot, **demand_fields),
        corridor("back", "west", "east", "strait"),
    ]
    return network(
        [region(id) for id in ends],
        sea_line("strait", "east", "west", sailing),
        [
            quay(f"{id}.quay{n}", id, "strait", lifting, approach=approach, cast_off=cast_off)
            for id, count in ends.items()
            for n in range(1, count + 1)
        ],
        service("boat", "strait", load, longest_wait, ships, layover=layover),
        demand("goods", "east", "west", rate, lot, **demand_fields),
        corridor("way", "east", "west", "strait"),
        returns if back else [],
        extra,
    )


class Run:
    """One run: its outcome, its final world, and its trips by the ends of their legs."""

    def __init__(self, asked: Scenario, replication: int = 0) -> None:
        self.world: World = world(asked, replication)
        self.outcome: Outcome = self.world.run()
        self.journal: Journal = self.outcome.journal
        self.legs = find_legs(asked.network).legs

    def trips(self, start: str, end: str, since: float = 0.0, moments: int = 1) -> list[TripRecord]:
        """Return the trips from one place to another begun since a day, in order.

        `moments`: only those with at least that many times.
        """
        numbers = {n for n, leg in enumerate(self.legs) if (leg.start, leg.end) == (start, end)}
        found = [
            trip
            for trip in self.journal.trips
            if trip.leg in numbers and trip.times[0] >= since and len(trip.times) >= moments
        ]
        return sorted(found, key=lambda trip: trip.times[0])

    def created(self, trip: TripRecord) -> list[float]:
        """Return the creation date of each load of a trip."""
        return [self.journal.consignments[load.consignment].created for load in trip.loads]

    def delivered(self, end: str) -> list[tuple[float, float]]:
        """Return the deliveries at a place, in order."""
        numbers = {n for n, leg in enumerate(self.legs) if leg.end == end}
        return sorted(
            (trip.times[-1], sum(load.amount for load in trip.loads))
            for trip in self.journal.trips
            if trip.leg in numbers and trip.loads and is_done(trip, self)
        )


def is_done(trip: TripRecord, seen: Run) -> bool:
    """Return whether all of a trip's cargo was set down before the end of the run."""
    return len(trip.times) == 2 + 2 * len(seen.legs[trip.leg].lines)
