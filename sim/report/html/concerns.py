"""Which maps and plots something belongs on: those of oil, those of boxes and wagons, or both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sim.measures import Record, Span
from sim.network import Network

About = Literal["oil", "freight"]
TABLES: dict[About, tuple[str, ...]] = {
    "oil": ("links", "stocks", "berths", "fleets", "shippers", "contracts"),
    "freight": ("lines", "yards", "quays", "services", "demands", "corridors"),
}


def concerns(network: Network, elements: Iterable[str]) -> list[About]:
    """What some elements are part of; both, where they are part of neither, as places are."""
    ids = set(elements)
    found = [
        about
        for about, tables in TABLES.items()
        if any(ids & getattr(network, name).keys() for name in tables)
    ]
    return found or list(TABLES)


def spans_about(record: Record, about: About) -> list[Span]:
    """The closures of a run that touch oil, or boxes and wagons."""
    return [span for span in record.spans if about in concerns(record.network, span.elements)]
