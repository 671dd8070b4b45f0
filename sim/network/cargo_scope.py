"""The part of a network that a choice of its cargoes needs."""

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
    """Return the network without elements of other cargoes and lines that none of these travels on.

    Places, their weather and markets stay; history goes with its elements.
    """
    tables: dict[str, Any] = {
        name: {id: element for id, element in getattr(network, name).items() if element.cargo in cargoes}
        for name in CARRYING
    }
    travelled = {id for corridor in tables["corridors"].values() for id in corridor.lines}
    tables["lines"] = {id: line for id, line in network.lines.items() if id in travelled}
    for name in ("quays", "services"):
        tables[name] = _on(tables[name], travelled)
    part = replace(network, **tables)
    ids = {*part.ids()}
    return replace(part, history={id: row for id, row in network.history.items() if row.element in ids})


def _on(table: Mapping[str, OnLines], lines: Collection[str]) -> dict[str, OnLines]:
    """The quays or services on the lines that remain, without those that have none."""
    cut = {
        id: replace(element, lines=tuple(line for line in element.lines if line in lines))
        for id, element in table.items()
    }
    return {id: element for id, element in cut.items() if element.lines}


def sent(network: Network) -> tuple[str, ...]:
    """Return the cargoes that have a sender, in the order of their table."""
    shipped = {shipper.cargo for shipper in network.shippers.values()}
    demanded = {demand.cargo for demand in network.demands.values()}
    return tuple(id for id in network.cargoes if id in shipped | demanded)
