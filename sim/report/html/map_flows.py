"""What moves on a map: the flow on each way and the fill of each stock, frame by frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sim.engine.journal import Series
from sim.measures import Record
from sim.measures.freight.yards import legs_from, yard_queue
from sim.measures.intervals import event_intervals
from sim.measures.series import Numbers, line_means, step_means
from sim.measures.smoothing import events_in_order
from sim.network.elements import Link, Stock
from sim.network.freight.elements import Line, Yard
from sim.plots.tank import throttled
from sim.report.html.shown import Shown, smoothing_in, stretches

KILOTONNE = 1e3


def link_flow(shown: Shown, record: Record, link: Link) -> list[tuple[str, Numbers]]:
    """Where a link leads, and kt a day on it."""
    series = record.journal.step_series("flow", link.id)
    return [(link.destination, step_flow(shown, record, series) / KILOTONNE)]


def step_flow(shown: Shown, record: Record, series: Series | None) -> Numbers:
    """A step series by frame, smoothed as all flows of the page are."""
    return smoothing_in(shown, record).of_steps(series)


def line_flow(
    shown: Shown, record: Record, line: Line, divisor: float, in_tonnes: bool
) -> list[tuple[str, Numbers]]:
    """Each place that a line leads to, and what reached it a day over the line, in TEU or kt."""
    table = record.trip_table
    crossings, trips = table.crossings, table.trips
    carried = trips.tonnes if in_tonnes else trips.amount
    found = []
    for number, (id, place) in enumerate(table.directions):
        if id == line.id:
            rows = (crossings.direction == number) & np.isfinite(crossings.arrived)
            amounts = carried[crossings.trip[rows]] / divisor
            found.append((place, event_flow(shown, record, crossings.arrived[rows], amounts)))
    return found


def event_flow(shown: Shown, record: Record, times: Numbers, amounts: Numbers) -> Numbers:
    """Amounts a day of what came about at some moments, by frame, smoothed as all flows of the page are."""
    return smoothing_in(shown, record).of_events(events_in_order(times, amounts))


def fill(shown: Shown, record: Record, stock: Stock | Yard) -> Numbers:
    """How full a stock was, or a yard for its fullest way on: the mean of each frame, in %; nan outside."""
    part = 100.0 / stock.capacity if stock.capacity > 0.0 else np.nan
    if isinstance(stock, Stock):
        level = record.journal.point_series("level", stock.id)
        return part * _inside(shown, record, lambda edges: line_means(level, edges))
    ways = (yard_queue(record, leg) for leg in legs_from(record, stock.id))
    waiting = [frame_means(shown, record, series) for series in ways]
    nothing = np.zeros(len(shown.edges) - 1)
    fullest: Numbers = part * np.max(waiting or [nothing], axis=0)
    return fullest


def frame_means(shown: Shown, record: Record, series: Series | None) -> Numbers:
    """The mean of a step series in each frame; nan outside the run."""
    return _inside(shown, record, lambda edges: step_means(series, record.days, edges))


def _inside(shown: Shown, record: Record, means_of: Callable[[Numbers], Numbers]) -> Numbers:
    edges = np.clip(shown.edges - shown.shift(record), 0.0, record.days)
    found = np.full(len(edges) - 1, np.nan)
    found[np.diff(edges) > 0.0] = means_of(np.unique(edges))
    return found


def strained(shown: Shown, record: Record, stock: Stock | Yard) -> list[list[int]]:
    """The frames in which a tank farm throttled its intake, or a yard turned trains and ships away."""
    if isinstance(stock, Stock):
        pairs = list(throttled(record.journal.step_series("limit", stock.id), record.days))
    else:
        pairs = event_intervals(record.journal.events, "held", "freed", stock.id, record.days).pairs()
    return touched(shown, record, pairs)


def touched(
    shown: Shown, record: Record, pairs: Sequence[tuple[float, float]], least: float = 0.0
) -> list[list[int]]:
    """The frames of which more than a part lies within some stretches of a run."""
    edges = shown.edges - shown.shift(record)
    covered = np.zeros(len(edges) - 1)
    for begin, end in pairs:
        covered += np.maximum(np.minimum(edges[1:], end) - np.maximum(edges[:-1], begin), 0.0)
    return stretches(covered > least * np.diff(edges) + 1e-9)
