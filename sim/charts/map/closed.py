"""Closed and limited elements, by the way or the place at which a map marks them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import hypot

from sim.measures.record import Span
from sim.measures.sides import Side
from sim.network.elements import Berth, Shipper, Stock
from sim.network.freight.elements import Quay, Yard
from sim.network.network import Network

SHORT = 0.5  # degrees


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Links and lines that are closed or limited, and by place a note of what is."""

    ways: frozenset[str]
    places: dict[str, str]


def closed_during(network: Network, spans: Iterable[Span], window: tuple[float, float], side: Side) -> Closed:
    """Return the ways and places that closures within a window of days concern, the strictest of each.

    Places are noted for their berths, stocks and shippers on the oil side, for quays and yards in freight.
    """
    remaining: dict[str, float] = {}
    for span in spans:
        for start, end, share in span.steps:
            if start < window[1] and end > window[0]:
                remaining |= {element: min(share, remaining.get(element, 1.0)) for element in span.elements}
    places = {id: _state(remaining[id]) for id in network.places if id in remaining}
    holders: list[Yard | Stock | Shipper] = [*network.stocks.values(), *network.shippers.values()]
    for holder in network.yards.values() if side == "freight" else holders:
        if holder.id in remaining:
            places.setdefault(holder.place, f"{holder.name} {_state(remaining[holder.id])}")
    noted = [_berths(network, remaining, side), _short_lines(network, remaining) if side == "freight" else {}]
    places = {**{place: note for notes in reversed(noted) for place, note in notes.items()}, **places}
    ways = {id for id in (*network.links, *network.lines) if id in remaining}
    return Closed(ways=frozenset(ways | _without_service(network, remaining)), places=places)


def _berths(network: Network, remaining: Mapping[str, float], side: Side) -> dict[str, str]:
    kind = "quay" if side == "freight" else "berth"
    berths: list[Berth | Quay] = [*(network.quays if side == "freight" else network.berths).values()]
    notes = {}
    for place in sorted({berth.place for berth in berths if berth.id in remaining}):
        there = [berth for berth in berths if berth.place == place and berth.in_service]
        shut = [berth for berth in there if remaining.get(berth.id) == 0.0]
        limited = [berth for berth in there if remaining.get(berth.id, 0.0) > 0.0]
        parts = [f"{len(shut)} of {len(there)} {kind}s closed"] if shut else []
        parts += [f"{len(limited)} of {len(there)} {kind}s limited"] if limited else []
        if parts and len(there) == 1:
            parts = [f"{kind} {_state(remaining[there[0].id])}"]
        if parts:
            notes[place] = ", ".join(parts)
    return notes


def _short_lines(network: Network, remaining: Mapping[str, float]) -> dict[str, str]:
    """Return notes of lines too short to be seen, such as border crossings, by the place where they begin."""
    notes = {}
    for line in network.lines.values():
        ends = [network.places[id] for id in (line.origin, line.destination)]
        length = hypot(ends[0].longitude - ends[1].longitude, ends[0].latitude - ends[1].latitude)
        if line.id in remaining and length < SHORT:
            notes[line.origin] = f"{line.name} {_state(remaining[line.id])}"
    return notes


def _without_service(network: Network, remaining: Mapping[str, float]) -> set[str]:
    """Return the lines all of whose trains or ships belong to services that are closed or limited."""
    services: dict[str, list[str]] = {}
    for service in network.services.values():
        for line in service.lines:
            services.setdefault(line, []).append(service.id)
    return {line for line, ids in services.items() if all(id in remaining for id in ids)}


def _state(remaining: float) -> str:
    return "closed" if remaining == 0.0 else f"at {remaining:.0%}"
