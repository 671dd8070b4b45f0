"""Quantities of a page by frame: flows, fills, and the frames that intervals of a run touch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.charts.map import playback
from sim.engine.journal import Series
from sim.measures import Record
from sim.measures.series import Numbers
from sim.measures.smoothing import events_in_order
from sim.network.elements import Stock
from sim.network.freight.elements import Yard
from sim.report.page.page_runs import PageRuns, smoothing_in, stretches

KILOTONNE = 1e3


def step_flow(runs: PageRuns, record: Record, series: Series | None) -> Numbers:
    """Return a step series by frame, smoothed as all flows of the page are."""
    return smoothing_in(runs, record).of_steps(series)


def event_flow(runs: PageRuns, record: Record, times: Numbers, amounts: Numbers) -> Numbers:
    """Return amounts a day of events by frame, smoothed as all flows of the page are."""
    return smoothing_in(runs, record).of_events(events_in_order(times, amounts))


def fill(runs: PageRuns, record: Record, stock: Stock | Yard) -> Numbers:
    """Return the mean fill of a tank farm or yard in each frame, in %; nan outside the run."""
    return playback.stock_fill(record, stock, runs.edges - runs.shift(record))


def frame_means(runs: PageRuns, record: Record, series: Series | None) -> Numbers:
    """Return the mean of a step series in each frame; nan outside the run."""
    return playback.step_frame_means(record, runs.edges - runs.shift(record), series)


def touched(
    runs: PageRuns, record: Record, intervals: Sequence[tuple[float, float]], min_share: float = 0.0
) -> list[list[int]]:
    """Return the frames of which more than a share lies within some intervals of a run."""
    edges = runs.edges - runs.shift(record)
    covered = np.zeros(len(edges) - 1)
    for begin, end in intervals:
        covered += np.maximum(np.minimum(edges[1:], end) - np.maximum(edges[:-1], begin), 0.0)
    return stretches(covered > min_share * np.diff(edges) + 1e-9)
