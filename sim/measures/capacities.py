"""Capacity of an element over a run, with its closures and changes."""

from __future__ import annotations

import numpy as np

from sim.engine.journal import Series
from sim.measures.record import Record
from sim.measures.series import step_at


def share_left(record: Record, element: str) -> Series:
    """Return the share of an element that closures left, as a step series; 1 before the first."""
    recorded = record.journal.step_series("share", element)
    series = Series()
    series.hold(0.0, 1.0)
    for time, share in zip(recorded.times, recorded.values, strict=True) if recorded else ():
        series.hold(time, share)
    return series


def base_over_time(record: Record, element: str, first: float) -> Series:
    """Return the described paths, rate or capacity of an element, `first` at the start, as a step series."""
    series = Series()
    series.hold(0.0, first)
    for event in record.journal.events:
        if event.kind == "changes" and event.element == element:
            series.hold(event.time, event.quantity)
    return series


def offered(record: Record, element: str, first: float, a: float, b: float) -> float:
    """Return the integral of an element's capacity over a window, closures and changes included."""
    base, share = base_over_time(record, element, first), share_left(record, element)
    edges = sorted({a, b, *(t for series in (base, share) for t in series.times if a < t < b)})
    middles = (np.array(edges[1:]) + edges[:-1]) / 2
    return float(np.diff(edges) @ (step_at(base, middles) * step_at(share, middles)))
