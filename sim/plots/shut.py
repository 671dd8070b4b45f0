"""What was shut during some days, told by ways and places so that a map can mark it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.network.elements import Berth
from sim.network.freight import Quay
from sim.network.network import Network

if TYPE_CHECKING:
    from sim.measures.record import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """Links and lines that were shut or limited, and by place what to say of it."""

    ways: frozenset[str]
    places: dict[str, str]


def shut_during(network: Network, spans: Iterable[Span], window: tuple[float, float]) -> Shut:
    """What closures within a window of days touched, the most restrictive one counting."""
    remaining: dict[str, float] = {}
    for span in spans:
        if span.start < window[1] and span.end > window[0] and span.remaining < 1.0:
            for element in span.elements:
                remaining[element] = min(span.remaining, remaining.get(element, 1.0))
    places = {id: _told(remaining[id]) for id in network.places if id in remaining}
    for table in (network.stocks, network.shippers, network.yards):
        for one in table.values():
            if one.id in remaining:
                places.setdefault(one.place, f"{one.name} {_told(remaining[one.id])}")
    for kind, table in (("berths", network.berths), ("quays", network.quays)):
        for place, told in _moorings(kind, table.values(), remaining).items():
            places.setdefault(place, told)
    ways = {id for id in (*network.links, *network.lines) if id in remaining}
    return Shut(ways=frozenset(ways | _without_service(network, remaining)), places=places)


def _moorings(
    kind: str, moorings: Collection[Berth | Quay], remaining: Mapping[str, float]
) -> dict[str, str]:
    told = {}
    for place in sorted({one.place for one in moorings if one.id in remaining}):
        there = [one for one in moorings if one.place == place and one.in_service]
        shut = [one for one in there if remaining.get(one.id) == 0.0]
        limited = [one for one in there if remaining.get(one.id, 0.0) > 0.0]
        parts = [f"up to {len(shut)} of {len(there)} {kind} shut"] if shut else []
        parts += [f"{len(limited)} of {len(there)} {kind} limited"] if limited else []
        if parts:
            told[place] = ", ".join(parts)
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
