"""What was shut during some days, told by ways and places so that a map can mark it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from sim.network.elements import Berth
from sim.network.freight.elements import Quay
from sim.network.network import Network

if TYPE_CHECKING:
    from sim.measures.record import Span

SHORT = 0.5  # degrees


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """Links and lines that were shut or limited, and by place what to say of it."""

    ways: frozenset[str]
    places: dict[str, str]


def shut_during(
    network: Network, spans: Iterable[Span], window: tuple[float, float], freight: bool = False
) -> Shut:
    """What closures within a window of days touched, the most restrictive one counting.

    Of places it tells the berths, stocks and shippers of oil, or else the quays and yards of `freight`.
    """
    remaining: dict[str, float] = {}
    for span in spans:
        if span.start < window[1] and span.end > window[0] and span.remaining < 1.0:
            for element in span.elements:
                remaining[element] = min(span.remaining, remaining.get(element, 1.0))
    places = {id: _told(remaining[id]) for id in network.places if id in remaining}
    for table in (network.yards,) if freight else (network.stocks, network.shippers):
        for one in table.values():
            if one.id in remaining:
                places.setdefault(one.place, f"{one.name} {_told(remaining[one.id])}")
    moorings: Iterable[Berth | Quay] = network.quays.values() if freight else network.berths.values()
    for place, told in _moorings("quay" if freight else "berth", moorings, remaining).items():
        places.setdefault(place, told)
    for place, told in _crossings(network, remaining).items():
        places.setdefault(place, told)
    ways = {id for id in (*network.links, *network.lines) if id in remaining}
    return Shut(ways=frozenset(ways | _without_service(network, remaining)), places=places)


def _moorings(kind: str, moorings: Iterable[Berth | Quay], remaining: Mapping[str, float]) -> dict[str, str]:
    told, moorings = {}, list(moorings)
    for place in sorted({one.place for one in moorings if one.id in remaining}):
        there = [one for one in moorings if one.place == place and one.in_service]
        shut = [one for one in there if remaining.get(one.id) == 0.0]
        limited = [one for one in there if remaining.get(one.id, 0.0) > 0.0]
        parts = [f"up to {len(shut)} of {len(there)} {kind}s shut"] if shut else []
        parts += [f"{len(limited)} of {len(there)} {kind}s limited"] if limited else []
        if parts and len(there) == 1:
            parts = [f"{kind} {_told(remaining[there[0].id])}"]
        if parts:
            told[place] = ", ".join(parts)
    return told


def _crossings(network: Network, remaining: Mapping[str, float]) -> dict[str, str]:
    """Lines too short to be seen on a map, such as a border crossing, told at the place where they begin."""
    told = {}
    for line in network.lines.values():
        ends = [network.places[id] for id in (line.origin, line.destination)]
        apart = hypot(ends[0].longitude - ends[1].longitude, ends[0].latitude - ends[1].latitude)
        if line.id in remaining and apart < SHORT:
            told[line.origin] = f"{line.name} {_told(remaining[line.id])}"
    return told


def _without_service(network: Network, remaining: Mapping[str, float]) -> set[str]:
    """The lines on which every train or ship belongs to a service that was shut or limited."""
    served: dict[str, list[str]] = {}
    for service in network.services.values():
        for line in service.lines:
            served.setdefault(line, []).append(service.id)
    return {line for line, services in served.items() if all(id in remaining for id in services)}


def _told(remaining: float) -> str:
    return "shut" if remaining == 0.0 else f"at {remaining:.0%}"
