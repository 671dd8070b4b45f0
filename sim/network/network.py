"""A network: tables of elements, each by its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sim.network.elements import (
    Berth,
    Cargo,
    Contract,
    Dated,
    Fleet,
    Link,
    Place,
    Quotation,
    Shipper,
    Source,
    Stock,
    Weather,
)
from sim.network.freight.elements import Corridor, Demand, FreightElement, Line, Quay, Service, Yard

Element = Place | Link | Stock | Berth | Fleet | Shipper | Contract | Weather | FreightElement | Quotation
KINDS = (
    "places",
    "links",
    "stocks",
    "berths",
    "fleets",
    "shippers",
    "contracts",
    "weather",
    "lines",
    "yards",
    "quays",
    "services",
    "demands",
    "corridors",
    "prices",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A transport network: liquids move on links, dry cargo on lines. Built by `read_network`."""

    folder: str
    sources: Mapping[str, Source]
    cargoes: Mapping[str, Cargo]
    places: Mapping[str, Place]
    links: Mapping[str, Link]
    stocks: Mapping[str, Stock]
    berths: Mapping[str, Berth]
    fleets: Mapping[str, Fleet]
    shippers: Mapping[str, Shipper]
    contracts: Mapping[str, Contract]
    weather: Mapping[str, Weather]
    lines: Mapping[str, Line] = field(default_factory=dict)
    yards: Mapping[str, Yard] = field(default_factory=dict)
    quays: Mapping[str, Quay] = field(default_factory=dict)
    services: Mapping[str, Service] = field(default_factory=dict)
    demands: Mapping[str, Demand] = field(default_factory=dict)
    corridors: Mapping[str, Corridor] = field(default_factory=dict)
    prices: Mapping[str, Quotation] = field(default_factory=dict)
    history: Mapping[str, Dated]
    written_at: Mapping[str, tuple[str, int]] = field(default_factory=dict, compare=False)

    def kinds(self) -> Iterator[tuple[str, Mapping[str, Element]]]:
        """Yield the tables whose elements can be closed or changed, with the name of their field."""
        for name in KINDS:
            yield name, getattr(self, name)

    def element(self, id: str) -> Element:
        """Return the element of an id. Raises `KeyError` when there is none."""
        for _, table in self.kinds():
            if id in table:
                return table[id]
        raise KeyError(id)

    def ids(self) -> list[str]:
        return [id for _, table in self.kinds() for id in table]
