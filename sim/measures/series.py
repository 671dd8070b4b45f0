"""Exact means, ranges and integrals of the series of a journal, without sampling.

Times are days since the start of the run. A step series is zero before its first time and holds its
last value to the end; a point series stays at its first and last values outside its points. A series
that the run never wrote (None) is zero throughout.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.engine.journal import Series

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


def daily_edges(until: float) -> Numbers:
    """Return the edges of days from 0 to `until`; the last bin is shorter when the run ends within a day."""
    edges = np.arange(0.0, np.floor(until) + 1.0)
    return edges if until - edges[-1] < 1e-9 and len(edges) > 1 else np.append(edges, until)


def step_at(series: Series | None, times: ArrayLike) -> Numbers:
    """Return the values of a step series at some times; at a change, the value after it."""
    at = np.asarray(times, dtype=float)
    if series is None or not series.times:
        return np.zeros(at.shape)
    held = np.concatenate(([0.0], series.values))
    values: Numbers = held[np.searchsorted(series.times, at, side="right")]
    return values


def step_totals(series: Series | None, until: float, times: ArrayLike) -> Numbers:
    """Return the integral of a step series from the start to each of some times; flat after `until`."""
    at = np.asarray(times, dtype=float)
    if series is None or not series.times:
        return np.zeros(at.shape)
    changes = np.minimum(np.append(series.times, until), until)
    totals = np.concatenate(([0.0], np.cumsum(np.diff(changes) * series.values)))
    until_then: Numbers = np.interp(at, changes, totals)
    return until_then


def step_means(series: Series | None, until: float, edges: ArrayLike) -> Numbers:
    """Return the mean of a step series in each bin between `edges` (days); zero after `until`."""
    bins = np.asarray(edges, dtype=float)
    means: Numbers = np.diff(step_totals(series, until, bins)) / np.diff(bins)
    return means


def step_range(series: Series | None, a: float, b: float) -> tuple[float, float]:
    """Return the lowest and highest value of a step series between two times."""
    if series is None:
        return 0.0, 0.0
    inside = [value for time, value in zip(series.times, series.values, strict=True) if a < time < b]
    values = [float(step_at(series, [a])[0]), *inside]
    return min(values), max(values)


def occupancy(starts: Numbers, ends: Numbers, until: float, amounts: Numbers | None = None) -> Series:
    """Return the number of spans under way, or their total amount, as a step series from day 0."""
    sizes = np.ones(len(starts)) if amounts is None else amounts
    times = np.maximum(np.concatenate(([0.0], starts, ends)), 0.0)
    changes = np.concatenate(([0.0], sizes, -sizes))
    order = np.argsort(times, kind="stable")
    times, numbers = times[order], np.cumsum(changes[order])
    last_of_moment = np.append(times[1:] != times[:-1], True)
    times, numbers = times[last_of_moment], numbers[last_of_moment]
    turns = np.append(True, numbers[1:] != numbers[:-1]) & ((times < until) | (times == 0.0))
    series = Series()
    series.times, series.values = times[turns].tolist(), numbers[turns].tolist()
    return series


def integral(series: Series | None, a: float, b: float) -> float:
    """Return the integral of a step series from time `a` to `b`."""
    totals = step_totals(series, b, [a, b])
    return float(totals[1] - totals[0])


def line_at(series: Series | None, times: ArrayLike) -> Numbers:
    """Return the values of a point series at some times, on the straight lines between its points."""
    at = np.asarray(times, dtype=float)
    if series is None or not series.times:
        return np.zeros(at.shape)
    values: Numbers = np.interp(at, series.times, series.values)
    return values


def line_means(series: Series | None, edges: ArrayLike) -> Numbers:
    """Return the mean of a point series in each bin between `edges`."""
    bins = np.asarray(edges, dtype=float)
    corners = _with_corners(series, bins)
    values = line_at(series, corners)
    areas = np.concatenate(([0.0], np.cumsum(np.diff(corners) * (values[1:] + values[:-1]) / 2)))
    means: Numbers = np.diff(np.interp(bins, corners, areas)) / np.diff(bins)
    return means


def line_rises(series: Series | None, a: float, b: float) -> float:
    """Return the sum of all rises of a point series between two times, falls left out."""
    steps = np.diff(line_at(series, _with_corners(series, np.array([a, b]))))
    return float(steps[steps > 0.0].sum())


def line_ranges(series: Series | None, edges: ArrayLike) -> tuple[Numbers, Numbers]:
    """Return the lowest and highest value of a point series in each bin between `edges`."""
    bins = np.asarray(edges, dtype=float)
    corners = _with_corners(series, bins)
    values = line_at(series, corners)
    starts = np.searchsorted(corners, bins)[:-1]
    ends = line_at(series, bins[1:])
    lowest = np.minimum(np.minimum.reduceat(values, starts), ends)
    highest = np.maximum(np.maximum.reduceat(values, starts), ends)
    return lowest, highest


def _with_corners(series: Series | None, bins: Numbers) -> Numbers:
    times = np.asarray(series.times if series is not None else [], dtype=float)
    inside = times[(times > bins[0]) & (times < bins[-1])]
    return np.unique(np.concatenate((bins, inside)))
