"""Checks of the values of one freight element."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.network.findings import Described, Findings
from sim.network.freight.elements import Corridor, Demand, Line, Quay, Service, Yard

MAX_VEHICLES = 1000  # of a fleet or service; no route has as many, and each is simulated
MAX_SPREAD = 3.0  # times the mean; anything wider is a percentage without its sign


def _line(line: Line, findings: Findings) -> None:
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


def _service(service: Service, findings: Findings) -> None:
    _check_lines(service, findings)
    if service.vehicles is not None and service.vehicles < 1:
        advice = "close the service in a scenario instead"
        findings.report(service, "vehicles", "a service has at least one", service.vehicles, advice)
    if service.vehicles is not None and service.vehicles > MAX_VEHICLES:
        findings.report(service, "vehicles", "too large", service.vehicles, f"at most {MAX_VEHICLES:,}")


def _check_lines(element: Quay | Service | Corridor, findings: Findings) -> None:
    for id in dict.fromkeys(element.lines):
        if element.lines.count(id) > 1:
            findings.report(element, "lines", "names a line twice", id)


FREIGHT: dict[type[Described], Callable[[Any, Findings], None]] = {
    Line: _line,
    Quay: _check_lines,
    Service: _service,
    Corridor: _check_lines,
}
FREIGHT_NOT_EMPTY: dict[type[Described], dict[str, tuple[str, str]]] = {
    Line: {"days": ("a line takes more than no time", "")},
    Yard: {
        "capacity": (
            "a yard needs a capacity above zero",
            "leave the yard out where nothing is set down",
        )
    },
    Quay: {
        "rate": ("a quay needs a rate above zero", "close it in a scenario instead"),
        "lines": ("a quay serves at least one sea line", ""),
    },
    Service: {
        "load": ("a train or ship needs a load above zero", ""),
        "longest_wait": ("cargo waits for more than no time, or nothing is gathered", ""),
        "lines": ("a service runs on at least one line", ""),
    },
    Demand: {
        "lot": ("a lot is more than nothing", ""),
        "sensitivity": (
            "the scale of the logit is above zero",
            "a small one sends all by the cheapest corridor",
        ),
        "patience": ("shippers wait for more than no time", ""),
    },
    Corridor: {"lines": ("a corridor runs on at least one line", "")},
}
