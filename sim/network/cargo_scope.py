"""The part of a network that some of its cargoes need."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from sim.network.freight.elements import Quay, Service
from sim.network.network import Network

CARRYING = (
    *("links", "stocks", "berths", "fleets", "shippers", "contracts"),
    *("yards", "quays", "services", "demands", "corridors"),
)
OnLines = TypeVar("OnLines", Quay, Service)


def carrying(network: Network, cargoes: Collection[str]) -> Network:
    """The network without what is there for other cargoes, and lines that none of these travels.

    Places, their weather and markets stay; history goes with the elements that it is about.
    """
    kept: dict[str, Any] = {
        name: {id: element for id, element in getattr(network, name).items() if element.cargo in cargoes}
        for name in CARRYING
    }
    travelled = {id for corridor in kept["corridors"].values() for id in corridor.lines}
    kept["lines"] = {id: line for id, line in network.lines.items() if id in travelled}
    for name in ("quays", "services"):
        kept[name] = _on(kept[name], travelled)
    found = replace(network, **kept)
    there = {*found.ids()}
    return replace(found, history={id: row for id, row in network.history.items() if row.element in there})


def _on(table: Mapping[str, OnLines], lines: Collection[str]) -> dict[str, OnLines]:
    """Quays or services on those of their lines that are there, less those that have none."""
    cut = {
        id: replace(element, lines=tuple(line for line in element.lines if line in lines))
        for id, element in table.items()
    }
    return {id: element for id, element in cut.items() if element.lines}


def sent(network: Network) -> tuple[str, ...]:
    """The cargoes that somebody sends, in the order of their table."""
    shipped = {shipper.cargo for shipper in network.shippers.values()}
    demanded = {demand.cargo for demand in network.demands.values()}
    return tuple(id for id in network.cargoes if id in shipped | demanded)
