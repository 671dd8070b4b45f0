"""What was shut during some days, told by links and places so that a map can mark it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.network.elements import Network

if TYPE_CHECKING:
    from sim.measures.record import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """Links that were shut or limited, and by place what to say of it."""

    links: frozenset[str]
    places: dict[str, str]


def shut_during(network: Network, spans: Iterable[Span], window: tuple[float, float]) -> Shut:
    """What closures within a window of days touched, the most restrictive one counting."""
    remaining: dict[str, float] = {}
    for span in spans:
        if span.start < window[1] and span.end > window[0] and span.remaining < 1.0:
            for element in span.elements:
                remaining[element] = min(span.remaining, remaining.get(element, 1.0))
    places = {id: _told(remaining[id]) for id in network.places if id in remaining}
    for table in (network.stocks, network.shippers):
        for one in table.values():
            if one.id in remaining:
                places.setdefault(one.place, f"{one.name} {_told(remaining[one.id])}")
    for place, told in _berths(network, remaining).items():
        places.setdefault(place, told)
    return Shut(links=frozenset(id for id in network.links if id in remaining), places=places)


def _berths(network: Network, remaining: dict[str, float]) -> dict[str, str]:
    told = {}
    for place in sorted({berth.place for berth in network.berths.values() if berth.id in remaining}):
        berths = [one for one in network.berths.values() if one.place == place and one.in_service]
        shut = [one for one in berths if remaining.get(one.id) == 0.0]
        limited = [one for one in berths if remaining.get(one.id, 0.0) > 0.0]
        parts = [f"up to {len(shut)} of {len(berths)} berths shut"] if shut else []
        parts += [f"{len(limited)} of {len(berths)} berths limited"] if limited else []
        if parts:
            told[place] = ", ".join(parts)
    return told


def _told(remaining: float) -> str:
    return "shut" if remaining == 0.0 else f"at {remaining:.0%}"
