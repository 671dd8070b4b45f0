"""Journals of oil written by hand: one field, a terminal with two moorings, and a way inland."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from builders import (
    START,
    berth,
    called,
    contract,
    field,
    lane,
    market,
    network,
    pipe,
    place,
    tanks,
)

from sim.engine import Balance
from sim.engine.journal import CallRecord, Journal
from sim.measures import Record, Span
from sim.network import Network
from sim.network.elements import Quotation
from sim.network.freight.legs import find_legs


def oil() -> Network:
    """Potential 100 t/day; by pipe (4 USD/t) and tanker to the world, or by spur (6 USD/t) inland.

    The crude has 7.9 barrels a tonne; markets pay 10 and 20 USD/t less than the marker.
    """
    return network(
        field("well", 100.0, storage=50.0),
        place("port", "terminal", berths_at_once=1),
        [market("world", -10.0), market("inland", -20.0)],
        pipe("pipe", "well-field", "port", 200.0, tariff=4.0),
        pipe("spur", "well-field", "inland", 40.0, tariff=6.0),
        tanks("farm", "port", "sea", 1000.0),
        lane("sea", "port", "world"),
        [berth("spm1", "port", "sea", 500.0), berth("spm2", "port", "sea", 500.0)],
        called("tanker", "sea", 100.0, mix=0.5, demurrage=24_000.0, laytime=0.5),
        called("large", "sea", 300.0, mix=0.5, demurrage=60_000.0, laytime=1.0),
        contract("well", "world"),
        contract("well", "inland", normal=0.0, surge=20.0, ramp=1.0),
    )


def priced(made: Network, **months: float) -> Network:
    """The network with prices of the marker, USD/bbl: `m2022_01=80` for January 2022."""
    quoted = {}
    for name, price in months.items():
        month = name.removeprefix("m").replace("_", "-")
        id = f"brent.{month}"
        quoted[id] = Quotation(
            id=id, marker="brent", month=month, price=price, source="assumed", note="made up"
        )
    return replace(made, prices=quoted)


class OilByHand:
    """A journal to which series and calls are added one by one."""

    def __init__(self, days: float = 100.0, network: Network | None = None) -> None:
        self.network = network or oil()
        self.days = days
        self.journal = Journal(until=days)

    def steps(self, quantity: str, element: str, *pairs: tuple[float, float]) -> None:
        for day, value in pairs:
            self.journal.log_step(quantity, element, day, value)

    def points(self, quantity: str, element: str, *pairs: tuple[float, float]) -> None:
        for day, value in pairs:
            self.journal.log_point(quantity, element, day, value)

    def output(self, *pairs: tuple[float, float]) -> None:
        """Return the steps of the well's output, of a potential of 100 t/day."""
        self.steps("potential", "well", (0.0, 100.0))
        for day, produced in pairs:
            self.steps("produced", "well", (day, produced))
            self.steps("curtailed", "well", (day, 100.0 - produced))

    def call(self, arrived: float, berthed: float, left: float, load: float = 100.0) -> None:
        """A tanker that came to load."""
        self.journal.calls.append(CallRecord("sea", "load", "spm1", arrived, berthed, left, load))

    def record(self, spans: Sequence[Span] = (), **given: Any) -> Record:
        balance = Balance(produced=0, curtailed=0, opening=0, sold=0, in_stock=0, afloat=0, max_error=0)
        settings: dict[str, Any] = {
            "name": "by-hand",
            "title": "By hand",
            "start": START,
            "days": self.days,
            "seed": 1,
            "replication": 0,
            "stalled": (),
            "network": self.network,
            "freight": find_legs(self.network),
            "journal": self.journal,
            "balance": balance,
            "spans": tuple(spans),
        }
        return Record(**(settings | given))


def shut(element: str, since: float, until: float, planned: bool = False) -> Span:
    """A closure as measures see it."""
    return Span(label=element, elements=(element,), start=since, end=until, remaining=0.0, planned=planned)
