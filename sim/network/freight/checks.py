"""Checks of corridors, and of the demands, quays and services that name their lines."""

from __future__ import annotations

from sim.errors import nearest
from sim.network.findings import Findings, line_text, repeated
from sim.network.freight.elements import Corridor, Quay, Service
from sim.network.freight.legs import mode_of, places_along
from sim.network.network import Network

MAX_NAMED = 4


def check_freight(network: Network, findings: Findings) -> None:
    """Check that corridors are connected, each demand has one, and quays and services suit their lines."""
    for corridor in network.corridors.values():
        _check_way(network, corridor, findings)
    _check_pairs(network, findings)
    _check_demands(network, findings)
    for quay in network.quays.values():
        _check_quay(network, quay, findings)
    for service in network.services.values():
        _check_service(network, service, findings)


def _check_way(network: Network, corridor: Corridor, findings: Findings) -> None:
    passed = places_along(corridor, network.lines)
    connected = len(passed) - 1
    if connected < len(corridor.lines):
        broken = corridor.lines[connected]
        before = f"{corridor.lines[connected - 1]} ends" if connected else "the corridor begins"
        message = f"{broken} does not go on from {passed[-1]}, where {before}"
        findings.report(corridor, "lines", message, broken, _onward(network, corridor, passed[-1], broken))
    elif corridor.lines and passed[-1] != corridor.destination:
        message = f"its lines end at {passed[-1]}"
        advice = _onward(network, corridor, passed[-1], "", corridor.destination)
        findings.report(corridor, "destination", message, corridor.destination, advice)
    twice = next((place for place in passed if passed.count(place) > 1), "")
    if twice and len(set(corridor.lines)) == len(corridor.lines):
        findings.report(corridor, "lines", f"comes through {twice} twice", " ".join(corridor.lines))
    ocean = [id for id in corridor.lines if network.lines[id].mode == "ocean"]
    if ocean and len(corridor.lines) > 1:
        message = "the ocean is a complete corridor, from its origin to its destination"
        advice = "as the only line of a corridor; for ships from port to port, use a sea line"
        findings.report(corridor, "lines", message, ocean[0], advice)


def _onward(network: Network, corridor: Corridor, place: str, broken: str, goal: str = "") -> str:
    """Advice on the lines that go on from a place: those that lead where the broken one does, if any."""
    goals = {network.lines[broken].origin, network.lines[broken].destination} if broken else {goal}
    onward = {
        line.id: {line.origin, line.destination}
        for line in network.lines.values()
        if place in (line.origin, line.destination) and line.id not in corridor.lines and line.mode != "ocean"
    }
    fitting = [id for id, ends in onward.items() if ends & goals]
    if fitting:
        return f"{' or '.join(fitting[:MAX_NAMED])} would go on from there"
    return nearest(broken, onward) or (
        f"from {place} lead {', '.join(list(onward)[:MAX_NAMED])}"
        if onward
        else f"no other line leads from {place}, add one to lines.csv"
    )


def _check_pairs(network: Network, findings: Findings) -> None:
    """Allow one yard of a cargo at a place, and no corridor twice."""
    for yard, first in repeated(network.yards, lambda one: (one.place, one.cargo)):
        message = f"{yard.place} has a yard for {yard.cargo} already, {first.id}{line_text(network, first)}"
        findings.report(yard, "place", message, yard.place, "put their room together")
    for corridor, same in repeated(
        network.corridors, lambda one: (one.origin, one.destination, one.cargo, one.lines)
    ):
        message = f"goes the same way as {same.id}{line_text(network, same)}"
        findings.report(corridor, "lines", message, " ".join(corridor.lines))


def _check_demands(network: Network, findings: Findings) -> None:
    ways = {(corridor.origin, corridor.destination): corridor for corridor in network.corridors.values()}
    led = {(way.origin, way.destination, way.cargo) for way in network.corridors.values()}
    for demand in network.demands.values():
        if (demand.origin, demand.destination, demand.cargo) in led:
            continue
        message = f"a route with no way to its market: no corridor leads there from {demand.origin}"
        other = ways.get((demand.origin, demand.destination))
        advice = f"{other.id} does, for {other.cargo}; " if other else ""
        advice += f"add one for {demand.cargo} to corridors.csv"
        findings.report(demand, "destination", message, demand.destination, advice)


def _check_quay(network: Network, quay: Quay, findings: Findings) -> None:
    for id in quay.lines:
        line = network.lines[id]
        if quay.place not in (line.origin, line.destination):
            message = f"{id} runs between {line.origin} and {line.destination}"
            findings.report(quay, "place", message, quay.place)


def _check_service(network: Network, service: Service, findings: Findings) -> None:
    modes = dict.fromkeys(mode_of(network.lines[id]) for id in service.lines)
    ocean = [id for id in service.lines if network.lines[id].mode == "ocean"]
    if ocean:
        message = "the ocean has no limit and no ships of its own"
        findings.report(service, "lines", message, ocean[0], "leave the line out")
    elif len(modes) > 1:
        value = next(id for id in service.lines if mode_of(network.lines[id]) == "sea")
        message = "a service is of trains or of ships, and this one names lines of both"
        findings.report(service, "lines", message, value, "give the ships a service of their own")
    elif "sea" in modes and service.vehicles is None:
        message = "ships that go back and forth need their number"
        findings.report(service, "vehicles", message, advice="how many of them work this line")
