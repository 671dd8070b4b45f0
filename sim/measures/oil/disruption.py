"""When a disruption was felt at a pipeline and at its terminal."""

from __future__ import annotations

from math import isinf

import numpy as np

from sim.measures.measure import Measure
from sim.measures.oil.demurrage import CALLED, called_lanes
from sim.measures.oil.recovery import AFTERWARDS, first_closure, put_down_to_closures
from sim.measures.record import Record
from sim.measures.series import step_means


def throttled_from(record: Record, stock: str, a: float, b: float) -> float | None:
    """The first day in a window on which a stock's intake was throttled."""
    series = record.journal.step_series("limit", stock)
    if series is None:
        return None
    return next(
        (t for t, limit in zip(series.times, series.values, strict=True) if a <= t < b and not isinf(limit)),
        None,
    )


def _throttled(record: Record, element: str, a: float, b: float) -> float | None:
    since = first_closure(record)
    series = record.journal.step_series("limit", element)
    if since is None or series is None:
        return None
    times, limits = np.array(series.times), np.array(series.values)
    held = (times >= max(a, since)) & (times < b) & np.isfinite(limits) & put_down_to_closures(record, times)
    return float(times[held][0] - since) if held.any() else None


def _throttled_days(record: Record, element: str, a: float, b: float) -> float:
    series = record.journal.step_series("limit", element)
    if series is None:
        return 0.0
    ends = [*series.times[1:], record.days]
    return sum(
        max(0.0, min(end, b) - max(begin, a))
        for begin, end, limit in zip(series.times, ends, series.values, strict=True)
        if not isinf(limit)
    )


def _loading_stopped(record: Record, element: str, a: float, b: float) -> float | None:
    edges = np.arange(np.floor(a), np.floor(b) + 1)
    loaded = step_means(record.journal.step_series("flow", element), record.days, edges)
    idle = np.flatnonzero(loaded == 0.0)
    return float(edges[idle[0]]) if len(idle) else None


def _throttling_stocks(record: Record) -> list[str]:
    return [stock.id for stock in record.network.stocks.values() if stock.throttle_at < 1.0]


STOCKS = "a stock that throttles its intake"
DISRUPTION = (
    Measure(
        name="throttled after",
        title="Pipeline throttled, after the first closure",
        unit="days",
        better="more",
        what="Time to throttle: from the first closure that was not planned until the operator holds "
        f"intake down, during one or within {AFTERWARDS:g} days of its end. No value where that never comes.",
        by=STOCKS,
        of=_throttled,
        elements=_throttling_stocks,
    ),
    Measure(
        name="days throttled",
        title="Days with the pipeline throttled",
        unit="days",
        better="less",
        what="The time for which intake is held down.",
        by=STOCKS,
        of=_throttled_days,
        elements=_throttling_stocks,
    ),
    Measure(
        name="loading stopped",
        title="First whole day without loading",
        unit="date",
        better="neither",
        what="The first day of the window on which no tanker is loaded.",
        by=CALLED,
        of=_loading_stopped,
        elements=called_lanes,
    ),
    Measure(
        name="throttled",
        title="Intake first throttled",
        unit="date",
        better="neither",
        what="The first day of the window on which intake is held down.",
        by=STOCKS,
        of=throttled_from,
        elements=_throttling_stocks,
    ),
)
