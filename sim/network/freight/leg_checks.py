"""Checks of the legs of corridors: yards between them, trains and ships on them, quays."""

from __future__ import annotations

from sim.network.findings import Findings
from sim.network.freight.elements import Corridor, Service
from sim.network.freight.legs import FreightLeg, FreightRoutes, find_legs, mode_of, places_along, stops_of
from sim.network.network import Network

WAYS = {"land": "rail", "sea": "ship", "ocean": "the ocean"}
CARRIERS = {"land": "train", "sea": "ship"}


def check_freight_legs(network: Network, findings: Findings) -> None:
    """Check that cargo has a yard wherever it is set down, a train or ship from there, and room.

    The corridors must be sound already (see `check_freight`).
    """
    _check_stops(network, findings)
    routes = find_legs(network)
    carried: dict[str, list[FreightLeg]] = {}
    users = {number: id for id, numbers in [*routes.corridors.items()][::-1] for number in numbers}
    for number, leg in enumerate(routes.legs):
        if number not in users:  # a ship's way back, if nothing is sent there
            continue
        if leg.mode != "ocean":
            _check_carriers(network, leg, network.corridors[users[number]], findings)
        if leg.mode == "sea":
            _check_quays(network, leg, findings)
        for id in leg.services:
            carried.setdefault(id, []).append(leg)
    for service in network.services.values():
        _check_lane(service, carried.get(service.id, []), findings)
        _check_load(network, service, carried.get(service.id, []), findings)
    _check_lots(network, routes, findings)


def _check_stops(network: Network, findings: Findings) -> None:
    """Check for a yard wherever cargo changes between rail and ship, or between ships."""
    yards = {(yard.place, yard.cargo) for yard in network.yards.values()}
    reported: set[tuple[str, str]] = set()
    for corridor in network.corridors.values():
        passed = places_along(corridor, network.lines)
        modes = [mode_of(network.lines[id]) for id in corridor.lines]
        for stop in stops_of(network, corridor)[1:-1]:
            need = passed[stop], corridor.cargo
            if need not in yards | reported:
                reported.add(need)
                change = f"from {WAYS[modes[stop - 1]]} to {WAYS[modes[stop]]}"
                message = f"{corridor.cargo} change {change} at {need[0]}, where they have no yard"
                findings.report(corridor, "lines", message, need[0], "add one to yards.csv")


def _check_carriers(network: Network, leg: FreightLeg, user: Corridor, findings: Findings) -> None:
    """Check that one service runs a leg over land, and one or more a leg at sea."""
    carrier = CARRIERS[leg.mode]
    if leg.mode == "land" and len(leg.services) > 1:
        first, *others = leg.services
        route = f"from {leg.start} to {leg.end}"
        for id in others:
            message = f"{first} runs the trains with {leg.cargo} {route} already"
            findings.report(
                network.services[id], "lines", message, " ".join(leg.lines), "leave one of them out"
            )
    if not leg.services:
        message = f"no service runs a {carrier} with {leg.cargo} from {leg.start} to {leg.end}"
        value = " ".join(leg.lines)
        findings.report(user, "lines", message, value, _almost(network, leg))


def _almost(network: Network, leg: FreightLeg) -> str:
    """Advice on the service that lacks the fewest lines of a leg."""
    near = [
        (len(lacking), service.id, lacking)
        for service in network.services.values()
        if service.cargo == leg.cargo
        and 0 < len(lacking := [id for id in leg.lines if id not in service.lines]) < len(leg.lines)
    ]
    if near:
        _, id, lacking = min(near)
        return f"add {' '.join(lacking)} to the lines of {id}"
    return "add one to services.csv that names all its lines"


def _check_quays(network: Network, leg: FreightLeg, findings: Findings) -> None:
    line = network.lines[leg.lines[0]]
    for place in (leg.start, leg.end):
        quays = [
            quay
            for quay in network.quays.values()
            if quay.place == place and line.id in quay.lines and quay.cargo == leg.cargo
        ]
        if not any(quay.in_service for quay in quays):
            message = f"no quay in service at {place} takes its ships with {leg.cargo}"
            advice = f"put {quays[0].id} in service" if quays else "add one to quays.csv"
            findings.report(line, "id", message, line.id, advice)


def _check_lane(service: Service, legs: list[FreightLeg], findings: Findings) -> None:
    """Check that vehicles that go back and forth do so between two ends, on the same lines."""
    if service.vehicles is None:
        return
    lanes = {(frozenset((leg.start, leg.end)), frozenset(leg.lines)): leg for leg in legs}
    if len(lanes) > 1:
        ways = " and ".join(f"{leg.start}–{leg.end}" for leg in lanes.values())
        message = f"its {service.vehicles} go back and forth between two ends, and here are {ways}"
        advice = "give each a service of its own"
        findings.report(service, "lines", message, " ".join(service.lines), advice)
    elif not lanes:
        message = f"no corridor for {service.cargo} has a leg from yard to yard that it could run"
        findings.report(service, "lines", message, " ".join(service.lines), "name all lines of the leg")


def _check_load(network: Network, service: Service, legs: list[FreightLeg], findings: Findings) -> None:
    """Check that a ship fits the yards at both ends, and a train the yard at its end."""
    unit = network.cargoes[service.cargo].unit
    ashore = {
        yard: leg.mode
        for leg in legs
        for yard in (leg.yards if leg.mode == "sea" else leg.yards[1:])
        if yard and service.load > network.yards[yard].capacity
    }
    for yard, mode in ashore.items():
        room = f"{network.yards[yard].capacity:g} {unit}"
        if mode == "sea":
            message = f"a ship larger than its berth takes: the shore has room for {room}, in {yard}"
        else:
            message = f"a train larger than the yard at its end, {yard}, which has room for {room}"
        advice = f"a smaller load, or more capacity for {yard}"
        findings.report(service, "load", message, service.load, advice)


def _check_lots(network: Network, routes: FreightRoutes, findings: Findings) -> None:
    for demand in network.demands.values():
        yards = {
            yard: network.yards[yard]
            for corridor in routes.choices[demand.id]
            for leg in routes.corridors[corridor]
            for yard in routes.legs[leg].yards
            if yard
        }
        for yard in yards.values():
            if demand.lot > yard.capacity:
                room = f"{yard.capacity:g} {network.cargoes[demand.cargo].unit}"
                message = f"a lot larger than {yard.id} on its way, which has room for {room}"
                findings.report(
                    demand, "lot", message, demand.lot, f"smaller lots, or more capacity for {yard.id}"
                )
