"""Run of a page with its reference run, and the frames in which the map plays them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.charts.map.playback import frame_edges
from sim.measures import Record
from sim.measures.series import Numbers
from sim.measures.smoothing import Smoothing, breaks, smoothing_width


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRuns:
    """Run of a page and its reference run, if any; `edges` are the days between which the frames lie."""

    record: Record
    beside: Record | None
    edges: Numbers

    @property
    def by_name(self) -> list[tuple[str, Record]]:
        """Each run with its name in the data of the page."""
        return [("run", self.record), *([("beside", self.beside)] if self.beside else [])]

    @property
    def start(self) -> date:
        return self.record.start

    @property
    def days(self) -> float:
        return self.record.days

    @property
    def step(self) -> float:
        """Days from one frame to the next."""
        return float(self.edges[1] - self.edges[0])

    @property
    def middles(self) -> Numbers:
        middles: Numbers = (self.edges[1:] + self.edges[:-1]) / 2
        return middles

    @property
    def width(self) -> float:
        """Days over which flows are averaged."""
        return smoothing_width(self.record.days)

    def shift(self, record: Record) -> float:
        """Return the day of the page's run on which another run starts."""
        return float((record.start - self.record.start).days)


def page_runs(record: Record, beside: Record | None) -> PageRuns:
    """Return the runs of a page; a reference run counts only if its dates overlap with those of the run."""
    edges = frame_edges(record.days)
    if beside is not None:
        start = (beside.start - record.start).days
        if start >= record.days or start + beside.days <= 0.0:
            beside = None
    return PageRuns(record=record, beside=beside, edges=edges)


def smoothing_in(runs: PageRuns, record: Record) -> Smoothing:
    """Return the smoothing of a run's flows by frame, cut where closures of the page's run begin and end.

    The reference run is cut at the same dates, so that the two stay comparable.
    """
    shift = runs.shift(record)
    cuts = [day - shift for day in breaks(runs.record.spans, runs.record.days)]
    return Smoothing(times=runs.middles - shift, until=record.days, width=runs.width, breaks=cuts)


def stretches(flags: NDArray[np.bool_]) -> list[list[int]]:
    """Return the stretches in which flags are true, as pairs of first index and end."""
    turns = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return turns.reshape(-1, 2).tolist()


def short(values: Numbers, digits: int = 4) -> list[float | None]:
    """Return values with a few digits, None where there is no value."""
    return [None if value != value else float(f"{value:.{digits}g}") for value in values.tolist()]
