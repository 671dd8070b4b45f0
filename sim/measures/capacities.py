"""What an element could do in the course of a run: what closures left of it and changes made of it."""

from __future__ import annotations

import numpy as np

from sim.engine.journal import Series
from sim.measures.record import Record
from sim.measures.series import step_at


def share_left(record: Record, element: str) -> Series:
    """The share of an element that closures left, as a step series; all of it before the first."""
    told = record.journal.step_series("share", element)
    series = Series()
    series.hold(0.0, 1.0)
    for time, share in zip(told.times, told.values, strict=True) if told else ():
        series.hold(time, share)
    return series


def base_over_time(record: Record, element: str, first: float) -> Series:
    """The paths, rate or capacity of an element as described, `first` at the start, as a step series."""
    series = Series()
    series.hold(0.0, first)
    for event in record.journal.events:
        if event.kind == "changes" and event.element == element:
            series.hold(event.time, event.quantity)
    return series


def offered(record: Record, element: str, first: float, a: float, b: float) -> float:
    """What an element could take in a window, closures and changes reckoned with: its base times days."""
    base, share = base_over_time(record, element, first), share_left(record, element)
    edges = sorted({a, b, *(t for one in (base, share) for t in one.times if a < t < b)})
    middles = (np.array(edges[1:]) + edges[:-1]) / 2
    return float(np.diff(edges) @ (step_at(base, middles) * step_at(share, middles)))
