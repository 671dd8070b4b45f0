"""Journals of a few trips, written by hand on the network of `made_up_corridors`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from made_up_corridors import freight_network
from made_up_freight import NO_OIL

from sim.engine.journal import ConsignmentRecord, Journal, Load, TripRecord
from sim.measures import Record
from sim.network.freight.legs import find_legs
from sim.network.network import Network


class ByHand:
    """A journal to which lots and trips are added one by one."""

    def __init__(self, days: float = 100.0, network: Network | None = None) -> None:
        self.network = network or freight_network()
        self.routes = find_legs(self.network)
        self.journal = Journal(until=days)
        self.days = days

    def leg(self, start: str, end: str, cargo: str = "containers", line: str = "") -> int:
        return next(
            number
            for number, leg in enumerate(self.routes.legs)
            if (leg.start, leg.end, leg.cargo) == (start, end, cargo) and line in ("", *leg.lines)
        )

    def lot(self, amount: float, created: float, corridor: str = "middle.containers") -> int:
        """A lot of the demand that uses a corridor; its number."""
        demand = "boxes-west" if corridor.endswith("containers") else "kazakh-exports"
        self.journal.consignments.append(ConsignmentRecord(demand, corridor, amount, created))
        return len(self.journal.consignments) - 1

    def trip(self, leg: int, service: str, loads: Sequence[tuple[int, float, float]], *times: float) -> None:
        self.journal.trips.append(TripRecord(leg, service, tuple(Load(*load) for load in loads), times))

    def through_the_middle(self, amount: float = 100.0, created: float = 0.0) -> int:
        """A lot all the way: held a day at Aktau's yard, 25 days in all."""
        n, b = self.lot(amount, created), created
        trains, load = "trains.containers", amount
        self.trip(
            self.leg("china", "aktau"),
            trains,
            [(n, load, b)],
            b + 1,
            b + 1.5,
            b + 2,
            b + 2.25,
            b + 11,
            b + 12,
        )
        self.trip(self.leg("aktau", "alat"), "feeders", [(n, load, b + 12)], b + 14, b + 15, b + 16, b + 17)
        times = (b + 17.5, b + 18, b + 21, b + 21, b + 25, b + 25)
        self.trip(self.leg("alat", "europe"), trains, [(n, load, b + 17)], *times)
        return n

    def storm(self, place: str, begin: float, end: float) -> None:
        self.journal.log_event(begin, "storm", place)
        self.journal.log_event(end, "calm", place)

    def record(self, **given: Any) -> Record:
        settings: dict[str, Any] = {
            "name": "by-hand",
            "title": "By hand",
            "start": date(2022, 1, 1),
            "days": self.days,
            "seed": 1,
            "replication": 0,
            "stalled": (),
            "network": self.network,
            "freight": self.routes,
            "journal": self.journal,
            "balance": NO_OIL,
            "spans": (),
        }
        return Record(**(settings | given))


def with_fields(network: Network, table: str, id: str, **fields: Any) -> Network:
    """The network with some fields of one element given other values."""
    found = dict(getattr(network, table))
    found[id] = replace(found[id], **fields)
    return replace(network, **{table: found})
