"""Names of elements in words, for measures and tables."""

from __future__ import annotations

import re

from sim.measures import Record
from sim.network import Network
from sim.network.countries import country_name

MARKS = {">": " → ", "@": " at ", "+": " + ", "*": "all"}


def element_name(network: Network, id: str) -> str | None:
    """Return the name of an element or cargo, None if it has none."""
    for _, table in network.kinds():
        if id in table:
            return getattr(table[id], "name", None)
    cargo = network.cargoes.get(id)
    return cargo.name if cargo else None


def in_words(record: Record, element: str) -> str:
    """Return an element of a measure in words, such as `Kazakhstan → Novorossiysk`, or nothing."""
    network = record.network
    for leg in record.freight.legs:
        if element.endswith(leg.id):
            kind = element.removesuffix(leg.id).rstrip("@")
            way = f"{network.places[leg.start].name} → {network.places[leg.end].name}"
            return ", ".join(filter(None, (way, network.cargoes[leg.cargo].name.lower(), kind)))
    words = element_name(network, element)
    if words is None:
        words = "".join(_part(network, part) for part in re.split(r"([>@+])", element))
    return words if words != element else ""


def _part(network: Network, part: str) -> str:
    if part.startswith("tag:"):
        return f"all tagged {part.removeprefix('tag:')}"
    if any(part == shipper.country for shipper in network.shippers.values()):
        return country_name(part)
    return MARKS.get(part) or element_name(network, part) or part
