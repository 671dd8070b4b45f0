"""Legs of corridors, each from yard to yard by one train or one ship."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from sim.network.freight.elements import Corridor, Line, Quay
from sim.network.network import Network

BY_LAND = ("rail", "border", "road")


@dataclass(frozen=True, slots=True, kw_only=True)
class FreightLeg:
    """A leg that a consignment covers without being set down: by one through train, ship, or the ocean.

    `lines` in order, and for each whether it is travelled `forward`, from its origin to its
    destination. Corridors that share a leg share its queue. `yards` are those at its two ends,
    empty where there is none: a region that trades has all the room it needs.
    """

    id: str
    cargo: str
    start: str
    end: str
    lines: tuple[str, ...]
    forward: tuple[bool, ...]
    mode: str  # "land", "sea" or "ocean"
    services: tuple[str, ...]
    yards: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreightRoutes:
    """All legs, each corridor's in order (as indices), and the corridors that each demand may choose."""

    legs: tuple[FreightLeg, ...]
    corridors: Mapping[str, tuple[int, ...]]
    choices: Mapping[str, tuple[str, ...]]


def places_along(corridor: Corridor, lines: Mapping[str, Line]) -> list[str]:
    """Return the places that a corridor passes, one more than its lines.

    It ends early, before the first line that does not go on from where the one before it ended.
    """
    passed = [corridor.origin]
    for id in corridor.lines:
        ends = [lines[id].origin, lines[id].destination]
        if passed[-1] not in ends:
            break
        ends.remove(passed[-1])
        passed.append(ends[0])
    return passed


def mode_of(line: Line) -> str:
    """Return the mode of a leg on a line: land, sea or ocean."""
    return "land" if line.mode in BY_LAND else line.mode


def stops_of(network: Network, corridor: Corridor) -> list[int]:
    """Return the positions along a corridor where cargo is set down: ends, yards, changes of mode."""
    passed = places_along(corridor, network.lines)
    yards = {yard.place for yard in network.yards.values() if yard.cargo == corridor.cargo}
    modes = [mode_of(network.lines[id]) for id in corridor.lines]
    inner = range(1, len(corridor.lines))
    changes = [n for n in inner if modes[n - 1] != modes[n] or passed[n] in yards or modes[n] != "land"]
    return [0, *changes, len(corridor.lines)]


def find_legs(network: Network) -> FreightRoutes:
    """Return the legs of all corridors, which must be sound (see `checks`)."""
    yards = {(yard.place, yard.cargo): yard.id for yard in network.yards.values()}
    legs_by_key: dict[tuple[str, str, tuple[str, ...]], FreightLeg] = {}
    corridors: dict[str, tuple[int, ...]] = {}
    for corridor in network.corridors.values():
        passed = places_along(corridor, network.lines)
        indices = []
        for first, last in pairwise(stops_of(network, corridor)):
            key = (corridor.cargo, passed[first], corridor.lines[first:last])
            if key not in legs_by_key:
                legs_by_key[key] = _leg(network, corridor, passed, first, last, yards)
            indices.append(list(legs_by_key).index(key))
        corridors[corridor.id] = tuple(indices)
    for leg in list(legs_by_key.values()):
        if any(network.services[id].vehicles for id in leg.services):
            back = _turned(leg)
            legs_by_key.setdefault((back.cargo, back.start, back.lines), back)
    legs = _named(list(legs_by_key.values()))
    choices = {
        demand.id: tuple(
            corridor.id
            for corridor in network.corridors.values()
            if (corridor.origin, corridor.destination, corridor.cargo)
            == (demand.origin, demand.destination, demand.cargo)
        )
        for demand in network.demands.values()
    }
    return FreightRoutes(legs=legs, corridors=corridors, choices=choices)


def quays_of(network: Network, leg: FreightLeg, place: str) -> list[Quay]:
    """Return the quays in service at a place that work the ships of a sea leg."""
    return [
        quay
        for quay in network.quays.values()
        if quay.place == place and quay.cargo == leg.cargo and leg.lines[0] in quay.lines and quay.in_service
    ]


def corridor_elements(network: Network) -> Mapping[str, frozenset[str]]:
    """Return the ids of lines, services and quays in service that each corridor uses or may use, by its id.

    A boycott may refuse any of them. The corridors must be sound (see `checks`).
    """
    routes = find_legs(network)
    elements: dict[str, frozenset[str]] = {}
    for corridor in network.corridors.values():
        legs = [routes.legs[index] for index in routes.corridors[corridor.id]]
        ends = [(leg, place) for leg in legs if leg.mode == "sea" for place in (leg.start, leg.end)]
        quays = [quay.id for leg, place in ends for quay in quays_of(network, leg, place)]
        services = [service for leg in legs for service in leg.services]
        elements[corridor.id] = frozenset([*corridor.lines, *services, *quays])
    return elements


def _turned(leg: FreightLeg) -> FreightLeg:
    """The leg the other way, on which a finite service comes back even if nothing is sent there."""
    start, end = leg.yards
    lines = leg.lines[::-1]
    return replace(
        leg,
        start=leg.end,
        end=leg.start,
        lines=lines,
        forward=tuple(not forward for forward in leg.forward[::-1]),
        yards=(end, start),
    )


def _named(legs: list[FreightLeg]) -> tuple[FreightLeg, ...]:
    """The legs with their ids: ends and cargo, and the lines where several join the same ends."""
    ends = [f"{leg.start}>{leg.end}:{leg.cargo}" for leg in legs]
    return tuple(
        replace(leg, id=name if ends.count(name) == 1 else f"{name}:{'+'.join(leg.lines)}")
        for leg, name in zip(legs, ends, strict=True)
    )


def _leg(
    network: Network,
    corridor: Corridor,
    passed: list[str],
    first: int,
    last: int,
    yards: Mapping[tuple[str, str], str],
) -> FreightLeg:
    cargo, lines = corridor.cargo, corridor.lines[first:last]
    start, end = passed[first], passed[last]
    return FreightLeg(
        id="",  # see `_named`
        cargo=cargo,
        start=start,
        end=end,
        lines=lines,
        forward=tuple(
            network.lines[id].origin == place for id, place in zip(lines, passed[first:last], strict=True)
        ),
        mode=mode_of(network.lines[lines[0]]),
        services=tuple(
            service.id
            for service in network.services.values()
            if service.cargo == cargo and set(lines) <= set(service.lines)
        ),
        yards=(yards.get((start, cargo), ""), yards.get((end, cargo), "")),
    )
