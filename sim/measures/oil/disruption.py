"""Effects of a disruption at a pipeline and its terminal: throttled intake, stopped loading."""

from __future__ import annotations

from math import isinf

import numpy as np

from sim.measures.measure import Headline, Measure, one_of
from sim.measures.oil.demurrage import CALLED_LANE, called_lanes
from sim.measures.oil.recovery import AFTERWARDS, attributed_to_closures, first_closure
from sim.measures.record import Record
from sim.measures.series import step_means
from sim.network import Network


def throttled_from(record: Record, stock: str, a: float, b: float) -> float | None:
    """Return the first day in a window on which the intake of a tank farm was throttled."""
    series = record.journal.step_series("limit", stock)
    if series is None:
        return None
    return next(
        (t for t, limit in zip(series.times, series.values, strict=True) if a <= t < b and not isinf(limit)),
        None,
    )


def _throttled_after(record: Record, element: str, a: float, b: float) -> float | None:
    closed = first_closure(record)
    series = record.journal.step_series("limit", element)
    if closed is None or series is None:
        return None
    times, limits = np.array(series.times), np.array(series.values)
    throttled = (times >= max(a, closed)) & (times < b) & np.isfinite(limits)
    throttled &= attributed_to_closures(record, times)
    return float(times[throttled][0] - closed) if throttled.any() else None


def _throttled_days(record: Record, element: str, a: float, b: float) -> float:
    series = record.journal.step_series("limit", element)
    if series is None:
        return 0.0
    ends = [*series.times[1:], record.days]
    return sum(
        max(0.0, min(end, b) - max(start, a))
        for start, end, limit in zip(series.times, ends, series.values, strict=True)
        if not isinf(limit)
    )


def _loading_stopped(record: Record, element: str, a: float, b: float) -> float | None:
    edges = np.arange(np.floor(a), np.floor(b) + 1)
    loaded = step_means(record.journal.step_series("flow", element), record.days, edges)
    idle = np.flatnonzero(loaded == 0.0)
    return float(edges[idle[0]]) if len(idle) else None


def _throttling_stocks(record: Record) -> list[str]:
    return [stock.id for stock in record.network.stocks.values() if stock.throttle_at < 1.0]


def stock_headline(network: Network) -> dict[str, str]:
    """Return the tank farms that throttle their intake as headline elements."""
    return {stock.id: stock.name for stock in network.stocks.values() if stock.throttle_at < 1.0}


THROTTLING_STOCK = one_of("a tank farm that throttles its intake", _throttling_stocks)
DISRUPTION = (
    Measure(
        name="throttled after",
        title="Time until the pipeline was throttled",
        unit="days",
        better="more",
        definition="From the first unplanned closure until the operator holds intake down, during a "
        f"closure or within {AFTERWARDS:g} days of its end. No value where that never happens.",
        kind=THROTTLING_STOCK,
        formula=_throttled_after,
        elements=_throttling_stocks,
        headline=Headline(place=9, elements=stock_headline, decimals=1),
    ),
    Measure(
        name="days throttled",
        title="Days with the pipeline throttled",
        unit="days",
        better="less",
        definition="Time for which intake is held down.",
        kind=THROTTLING_STOCK,
        formula=_throttled_days,
        elements=_throttling_stocks,
        headline=Headline(place=10, elements=stock_headline, decimals=1),
    ),
    Measure(
        name="loading stopped",
        title="First full day without loading",
        unit="date",
        better="neither",
        definition="First day of the window on which no tanker is loaded.",
        kind=CALLED_LANE,
        formula=_loading_stopped,
        elements=called_lanes,
    ),
    Measure(
        name="throttled",
        title="First day with the pipeline throttled",
        unit="date",
        better="neither",
        definition="First day of the window on which intake is held down.",
        kind=THROTTLING_STOCK,
        formula=throttled_from,
        elements=_throttling_stocks,
    ),
)
