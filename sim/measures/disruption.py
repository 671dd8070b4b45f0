"""When a disruption was felt, and when it was over."""

from __future__ import annotations

from math import isinf
from typing import Any

import numpy as np

from sim.measures.measure import Measure
from sim.measures.record import Record
from sim.measures.series import step_means

RECOVERED = 0.98  # of potential output
HOLD = 14  # days in a row
AFTERWARDS = 3.0  # days after a closure in which what is cut is still put down to it


def first_closure(record: Record) -> float | None:
    """The day of the first closure that was not planned."""
    return min((span.start for span in record.spans if not span.planned), default=None)


def throttled_from(record: Record, stock: str, a: float, b: float) -> float | None:
    """The first day in a window on which a stock's intake was throttled."""
    series = record.journal.steps.get(("limit", stock))
    if series is None:
        return None
    return next(
        (t for t, limit in zip(series.times, series.values, strict=True) if a <= t < b and not isinf(limit)),
        None,
    )


def _throttled(record: Record, element: str, a: float, b: float) -> float | None:
    since = first_closure(record)
    if since is None:
        return None
    day = throttled_from(record, element, max(a, since), b)
    return None if day is None else day - since


def _throttled_days(record: Record, element: str, a: float, b: float) -> float:
    series = record.journal.steps.get(("limit", element))
    if series is None:
        return 0.0
    ends = [*series.times[1:], record.days]
    return sum(
        max(0.0, min(end, b) - max(begin, a))
        for begin, end, limit in zip(series.times, ends, series.values, strict=True)
        if not isinf(limit)
    )


def _recovered(record: Record, element: str, a: float, b: float) -> float | None:
    since = first_closure(record)
    if since is None:
        return None
    edges = np.arange(np.floor(max(a, since)), np.floor(b) + 1)
    if len(edges) < 2:
        return None
    steps = record.journal.steps
    names = [s.id for s in record.network.shippers.values() if element in ("*", s.id, s.country)]
    produced = sum(step_means(steps.get(("produced", id)), record.days, edges) for id in names)
    potential = sum(step_means(steps.get(("potential", id)), record.days, edges) for id in names)
    well = np.asarray(produced) >= RECOVERED * np.asarray(potential)
    hurt = np.flatnonzero(~well & _upset(record, edges[:-1]))
    if not len(hurt):
        return None
    first_bad = int(hurt[0])
    for day in range(first_bad, len(well) - HOLD + 1):
        if well[day : day + HOLD].all():
            return float(edges[day] - since)
    return None


def _upset(record: Record, days: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Which days lie in a closure that was not planned, or so soon after that tanks may still feel it."""
    found = np.zeros(days.shape, dtype=bool)
    for span in record.spans:
        if not span.planned:
            found |= (days >= np.floor(span.start)) & (days < span.end + AFTERWARDS)
    return found


def _loading_stopped(record: Record, element: str, a: float, b: float) -> float | None:
    edges = np.arange(np.floor(a), np.floor(b) + 1)
    loaded = step_means(record.journal.steps.get(("flow", element)), record.days, edges)
    idle = np.flatnonzero(loaded == 0.0)
    return float(edges[idle[0]]) if len(idle) else None


def _throttled_on(record: Record, element: str, a: float, b: float) -> float | None:
    return throttled_from(record, element, a, b)


def _throttling_stocks(record: Record) -> list[str]:
    return [stock.id for stock in record.network.stocks.values() if stock.throttle_at < 1.0]


def _countries(record: Record) -> list[str]:
    """All, and each country with shippers; none without oil."""
    countries = dict.fromkeys(shipper.country for shipper in record.network.shippers.values())
    return ["*", *countries] if countries else []


def called_lanes(record: Record) -> list[str]:
    fleets = record.network.fleets.values()
    return list(dict.fromkeys(lane for fleet in fleets if fleet.vessels is None for lane in fleet.lanes))


DISRUPTION = (
    Measure(
        name="throttled after",
        title="Pipeline throttled, after the first closure",
        unit="days",
        better="more",
        of=_throttled,
        elements=_throttling_stocks,
    ),
    Measure(
        name="days throttled",
        title="Days with the pipeline throttled",
        unit="days",
        better="less",
        of=_throttled_days,
        elements=_throttling_stocks,
    ),
    Measure(
        name="recovered after",
        title=f"Output back to {RECOVERED:.0%} for {HOLD} days, after the first closure",
        unit="days",
        better="less",
        of=_recovered,
        elements=_countries,
    ),
    Measure(
        name="loading stopped",
        title="First whole day without loading",
        unit="date",
        better="neither",
        of=_loading_stopped,
        elements=called_lanes,
    ),
    Measure(
        name="throttled",
        title="Intake first throttled",
        unit="date",
        better="neither",
        of=_throttled_on,
        elements=_throttling_stocks,
    ),
)
