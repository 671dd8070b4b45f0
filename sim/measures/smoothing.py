"""Windowed means: the one way in which a series is smoothed for a chart, a page or a study.

A mean about a time covers half a width to each side of it. It never crosses the start or the end of an
unplanned closure, nor those of the run: there it narrows to one side, so that no drop precedes its cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.engine.journal import Series
from sim.measures.record import Record, Span
from sim.measures.series import Numbers, daily_edges, step_means, step_totals

WEEKLY_FROM = 100.0  # days of a run
MIN_BETWEEN_BREAKS = 3.0  # days

SeriesMean = Callable[[Series | None], Numbers]
"""A step series as means: `Smoothing.of_steps`, or `daily_means_of` a record."""


class Events(NamedTuple):
    """Amounts of cargo at moments (days since the start of the run), in order of time."""

    times: Numbers
    amounts: Numbers


def smoothing_width(days: float) -> float:
    """Days that a line is averaged over: a week, or one day in a run of less than 100 days."""
    return 7.0 if days >= WEEKLY_FROM else 1.0


def smoothing_name(days: float) -> str:
    """Name of the mean in a caption: "7-day mean" or "daily mean"."""
    return "7-day mean" if days >= WEEKLY_FROM else "daily mean"


def breaks(spans: Iterable[Span], days: float) -> tuple[float, ...]:
    """Return the days of a run that no mean crosses: the start and end of every unplanned closure.

    An edge is dropped if it follows the edge before it, or the start of the run, by less than three days,
    or precedes the end of the run by less: the mean of so short a piece would show single ships.
    """
    edges = {
        day for span in spans if not span.planned and span.remaining < 1.0 for day in (span.start, span.end)
    }
    last, result = 0.0, []
    for day in sorted(edges):
        if day - last >= MIN_BETWEEN_BREAKS and days - day >= MIN_BETWEEN_BREAKS:
            result.append(day)
            last = day
    return tuple(result)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Smoothing:
    """Means over `width` days about each of some `times` of a run that ends on day `until`.

    No mean crosses one of the `breaks`; at a break it is the mean of what follows. Times outside the run
    have no mean (nan).
    """

    times: Numbers
    until: float
    width: float
    breaks: Sequence[float] = ()

    def of_steps(self, series: Series | None) -> Numbers:
        """Return the means of a step series; zero for a series that was never written."""
        return self._means(lambda at: step_totals(series, self.until, at))

    def of_events(self, events: Events) -> Numbers:
        """Return the amounts per day of events."""
        totals = np.concatenate(([0.0], np.cumsum(events.amounts)))
        return self._means(lambda at: totals[np.searchsorted(events.times, at)])

    def of_days(self, daily: Numbers) -> Numbers:
        """Return the means of amounts per day, an array of replications (rows) by whole days (columns)."""
        totals = np.concatenate((np.zeros((len(daily), 1)), np.cumsum(daily, axis=1, dtype=float)), axis=1)

        def total_until(at: Numbers) -> Numbers:
            day = np.clip(np.floor(at).astype(int), 0, totals.shape[1] - 2)
            total: Numbers = totals[:, day] + (totals[:, day + 1] - totals[:, day]) * (at - day)
            return total

        return self._means(total_until)

    def _means(self, total_until: Callable[[Numbers], Numbers]) -> Numbers:
        bounds = np.array([0.0, *(day for day in self.breaks if 0.0 < day < self.until), self.until])
        at = np.clip(self.times, 0.0, self.until)
        piece = np.clip(np.searchsorted(bounds, at, side="right") - 1, 0, len(bounds) - 2)
        first = np.maximum(at - self.width / 2, bounds[piece])
        last = np.minimum(at + self.width / 2, bounds[piece + 1])
        means: Numbers = (total_until(last) - total_until(first)) / (last - first)
        means[..., (self.times < 0.0) | (self.times > self.until)] = np.nan
        return means


def smoothing_of(record: Record, times: Numbers | None = None, width: float | None = None) -> Smoothing:
    """Return the smoothing of a run's charts: at every midnight, over the width that suits its length."""
    return Smoothing(
        times=daily_edges(record.days) if times is None else times,
        until=record.days,
        width=smoothing_width(record.days) if width is None else width,
        breaks=breaks(record.spans, record.days),
    )


def daily_means_of(record: Record) -> SeriesMean:
    """Return the function that averages a step series over each day of a run (not smoothed)."""
    edges = daily_edges(record.days)
    return lambda series: step_means(series, record.days, edges)


def events_in_order(times: Numbers, amounts: Numbers) -> Events:
    """Return events sorted by time."""
    order = np.argsort(times, kind="stable")
    return Events(times[order], amounts[order])
