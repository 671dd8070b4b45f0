"""Sides of a network, oil and freight, and the closures that concern each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sim.measures.record import Record, Span
from sim.network import Network

Side = Literal["oil", "freight"]
TABLES: dict[Side, tuple[str, ...]] = {
    "oil": ("links", "stocks", "berths", "fleets", "shippers", "contracts"),
    "freight": ("lines", "yards", "quays", "services", "demands", "corridors"),
}


def side_of(network: Network, element: str) -> tuple[Side, ...]:
    """Return the sides that an element belongs to: oil, freight or both.

    A place belongs to the sides of the links and lines that end there; an element of neither side, such as
    a port without any, belongs to both.
    """
    sides = tuple(
        side for side, tables in TABLES.items() if any(element in getattr(network, table) for table in tables)
    )
    return sides or _sides_of_place(network, element) or tuple(TABLES)


def sides_of(network: Network, elements: Iterable[str]) -> tuple[Side, ...]:
    """Return the sides that a closure of some elements concerns; both, if it names no element."""
    concerned = {side for element in elements for side in side_of(network, element)}
    return tuple(side for side in TABLES if side in concerned or not concerned)


def spans_of(record: Record, side: Side) -> tuple[Span, ...]:
    """Return the closures of a run that concern one side."""
    return tuple(span for span in record.spans if side in sides_of(record.network, span.elements))


def _sides_of_place(network: Network, place: str) -> tuple[Side, ...]:
    by_oil = any(place in (link.origin, link.destination) for link in network.links.values())
    by_freight = any(place in (line.origin, line.destination) for line in network.lines.values())
    sides: dict[Side, bool] = {"oil": by_oil, "freight": by_freight}
    return tuple(side for side, has_part in sides.items() if has_part)
