"""Checks of the values of one freight element."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.network.findings import Described, Findings
from sim.network.freight.elements import Corridor, Demand, Line, Quay, Service, Yard

MAX_VEHICLES = 1000  # of a fleet or service; no route has as many, and each is simulated
MAX_SPREAD = 3.0  # times the mean; anything wider is a percentage without its sign


def _line(line: Line, findings: Findings) -> None:
    if line.origin == line.destination:
        findings.report(line, "destination", "a line joins two places", line.destination)
    if line.days == 0:
        findings.report(line, "days", "a line takes more than no time", 0)
    if line.spread is not None and line.spread > MAX_SPREAD:
        message = f"a standard deviation is at most {MAX_SPREAD:g} times the mean"
        findings.report(line, "spread", message, line.spread, "write 30 % or 0.3 for three tenths of it")
    by_water = line.mode in ("sea", "ocean")
    for name, what in (("paths", "trains a day"), ("room", "trains at once")):
        value = getattr(line, name)
        if value is not None and by_water:
            limit = "the ocean has no limit" if line.mode == "ocean" else "quays and ships limit a sea line"
            findings.report(line, name, f"{limit}, it has no {what}", value, "leave it empty")
    if line.paths == 0 and not by_water:
        advice = "close the line in a scenario instead"
        findings.report(line, "paths", "a line needs paths above zero", 0, advice)
    if line.room is not None and line.room < 1 and not by_water:
        findings.report(
            line, "room", "a line has room for one at least", line.room, "leave it empty for no limit"
        )


def _yard(yard: Yard, findings: Findings) -> None:
    if yard.capacity == 0:
        message = "a yard needs a capacity above zero"
        findings.report(yard, "capacity", message, 0, "leave the yard out where nothing is set down")


def _quay(quay: Quay, findings: Findings) -> None:
    if quay.rate == 0:
        findings.report(quay, "rate", "a quay needs a rate above zero", 0, "close it in a scenario instead")
    _check_lines(quay, "a quay serves at least one sea line", findings)


def _service(service: Service, findings: Findings) -> None:
    if service.load == 0:
        findings.report(service, "load", "a train or ship needs a load above zero", 0)
    if service.longest_wait == 0:
        message = "cargo waits for more than no time, or nothing is gathered"
        findings.report(service, "longest_wait", message, 0)
    if service.vehicles is not None and service.vehicles < 1:
        advice = "close the service in a scenario instead"
        findings.report(service, "vehicles", "a service has at least one", service.vehicles, advice)
    if service.vehicles is not None and service.vehicles > MAX_VEHICLES:
        findings.report(service, "vehicles", "too large", service.vehicles, f"at most {MAX_VEHICLES:,}")
    _check_lines(service, "a service runs on at least one line", findings)


def _demand(demand: Demand, findings: Findings) -> None:
    if demand.origin == demand.destination:
        findings.report(demand, "destination", "cargo is sent to another place", demand.destination)
    if demand.lot == 0:
        findings.report(demand, "lot", "a lot is more than nothing", 0)
    if demand.sensitivity == 0:
        message = "the scale of the logit is above zero"
        findings.report(demand, "sensitivity", message, 0, "a small one sends all by the cheapest corridor")
    if demand.patience == 0:
        findings.report(demand, "patience", "shippers wait for more than no time", 0)


def _corridor(corridor: Corridor, findings: Findings) -> None:
    if corridor.origin == corridor.destination:
        findings.report(corridor, "destination", "a corridor leads to another place", corridor.destination)
    _check_lines(corridor, "a corridor runs on at least one line", findings)


def _check_lines(element: Quay | Service | Corridor, needed: str, findings: Findings) -> None:
    if not element.lines:
        findings.report(element, "lines", needed)
    for id in dict.fromkeys(element.lines):
        if element.lines.count(id) > 1:
            findings.report(element, "lines", "names a line twice", id)


FREIGHT: dict[type[Described], Callable[[Any, Findings], None]] = {
    Line: _line,
    Yard: _yard,
    Quay: _quay,
    Service: _service,
    Demand: _demand,
    Corridor: _corridor,
}
