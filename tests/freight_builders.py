"""Elements of freight built in code; `builders` passes them on."""

from __future__ import annotations

from math import inf
from typing import Any

from sim.network.freight.elements import Corridor, Demand, Line, Quay, Service, Yard
from sim.scenario import Boycott

MADE_UP: dict[str, Any] = {"source": "assumed", "note": "made up"}


def line(id: str, mode: Any, a: str, b: str, days: float, **more: Any) -> Line:
    given: dict[str, Any] = {"country": "XX", "length": 100.0, **MADE_UP, **more}
    return Line(id=id, name=id, mode=mode, origin=a, destination=b, days=days, **given)


def rail(id: str, a: str, b: str, days: float, paths: float | None = None, **more: Any) -> Line:
    return line(id, "rail", a, b, days, paths=paths, **more)


def border(id: str, a: str, b: str, days: float, paths: float | None = None, **more: Any) -> Line:
    return line(id, "border", a, b, days, paths=paths, **more)


def sea_line(id: str, a: str, b: str, days: float, **more: Any) -> Line:
    return line(id, "sea", a, b, days, **more)


def ocean(id: str, a: str, b: str, days: float, **more: Any) -> Line:
    return line(id, "ocean", a, b, days, **more)


def yard(id: str, at: str, capacity: float, cargo: str = "containers", **more: Any) -> Yard:
    return Yard(id=id, name=id, place=at, cargo=cargo, capacity=capacity, **MADE_UP, **more)


def quay(id: str, at: str, lines: str, rate: float, cargo: str = "containers", **more: Any) -> Quay:
    given: dict[str, Any] = {"approach": 0.0, "cast_off": 0.0, **MADE_UP, **more}
    return Quay(id=id, name=id, place=at, lines=tuple(lines.split()), cargo=cargo, rate=rate, **given)


def service(
    id: str,
    lines: str,
    load: float,
    longest_wait: float = 1.0,
    vehicles: int | None = None,
    cargo: str = "containers",
    **more: Any,
) -> Service:
    """Trains, or with `vehicles` so many ships or sets of wagons that go back and forth."""
    return Service(
        id=id,
        name=id,
        lines=tuple(lines.split()),
        cargo=cargo,
        load=load,
        longest_wait=longest_wait,
        vehicles=vehicles,
        **MADE_UP,
        **more,
    )


def demand(
    id: str, a: str, b: str, rate: float, lot: float = 1.0, cargo: str = "containers", **more: Any
) -> Demand:
    given: dict[str, Any] = {
        "country": "XX",
        "value_of_time": 0.0,
        "sensitivity": 100.0,
        "patience": 1000.0,
        **MADE_UP,
        **more,
    }
    return Demand(id=id, name=id, origin=a, destination=b, cargo=cargo, rate=rate, lot=lot, **given)


def corridor(
    id: str,
    a: str,
    b: str,
    lines: str,
    rate: float = 0.0,
    cargo: str = "containers",
    group: str = "",
    **more: Any,
) -> Corridor:
    """A corridor that is a group of its own unless it is said to be of another."""
    return Corridor(
        id=id,
        name=id,
        group=group or id,
        origin=a,
        destination=b,
        cargo=cargo,
        lines=tuple(lines.split()),
        rate=rate,
        **MADE_UP,
        **more,
    )


def boycott(
    elements: str,
    demands: str,
    share: float = 0.0,
    premium: float = 0.0,
    since: float = 0.0,
    until: float = inf,
    label: str = "boycott",
) -> Boycott:
    """A boycott of elements by demands (ids, by spaces), from one day of the run until another."""
    return Boycott(
        label=label,
        elements=tuple(elements.split()),
        demands=tuple(demands.split()),
        share=share,
        premium=premium,
        start=since,
        end=until,
        cause="",
        source="assumed",
    )
