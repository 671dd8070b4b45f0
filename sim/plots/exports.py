"""Exports by route, as charts of this package draw them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures.oil import flows
from sim.measures.oil.flows import main_cargo
from sim.measures.oil.flows import markets_by_route as routes
from sim.measures.series import Numbers
from sim.measures.smoothing import smoothing_name, smoothing_of
from sim.measures.smoothing import smoothing_width as smoothing

if TYPE_CHECKING:
    from sim.measures.record import Record

__all__ = ["exports_by_route", "main_cargo", "routes", "smoothing", "smoothing_name", "total_exports"]


def exports_by_route(record: Record, cargo: str, times: Numbers, width: float) -> dict[str, Numbers]:
    """Exports of a cargo per day by route, as means over `width` days about each time; every route."""
    return flows.exports_by_route(record, cargo, smoothing_of(record, times, width).of_steps)


def total_exports(record: Record, cargo: str, times: Numbers, width: float) -> Numbers:
    """Exports of a cargo per day by all routes, as means over `width` days about each time."""
    return flows.total_exports(record, cargo, smoothing_of(record, times, width).of_steps)
