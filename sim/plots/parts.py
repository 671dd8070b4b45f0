"""A run that carries both oil and freight, seen as either: with only the closures that touch it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.network.network import Network
from sim.plots.freight import carries_oil, travelling

if TYPE_CHECKING:
    from sim.measures.record import Record


def of_oil(record: Record) -> Record:
    """The record without the closures that touch nothing but freight."""
    return _without(record, _freight_elements(record.network) - _oil_elements(record.network))


def of_freight(record: Record) -> Record:
    """The record without the closures that touch nothing but oil."""
    return _without(record, _oil_elements(record.network) - _freight_elements(record.network))


def _without(record: Record, others: set[str]) -> Record:
    if not (carries_oil(record.network) and travelling(record.network)):
        return record
    kept = tuple(span for span in record.spans if not span.elements or not set(span.elements) <= others)
    return record if kept == record.spans else replace(record, spans=kept)


def _oil_elements(network: Network) -> set[str]:
    tables = (
        network.links, network.stocks, network.berths, network.fleets, network.shippers, network.contracts
    )  # fmt: skip
    ends = {end for link in network.links.values() for end in (link.origin, link.destination)}
    return {id for table in tables for id in table} | ends


def _freight_elements(network: Network) -> set[str]:
    tables = (
        network.lines, network.yards, network.quays, network.services, network.demands, network.corridors
    )  # fmt: skip
    ends = {end for line in network.lines.values() for end in (line.origin, line.destination)}
    return {id for table in tables for id in table} | ends
