"""The runs that a page shows, and the frames by which it plays them back."""

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
class Shown:
    """The run that a page is about, and the one beside it, if any.

    `edges` are the days of the run between which its frames lie.
    """

    record: Record
    beside: Record | None
    edges: Numbers

    @property
    def runs(self) -> list[tuple[str, Record]]:
        """Each run by the name that the page's data has for it."""
        return [("run", self.record), *([("beside", self.beside)] if self.beside else [])]

    @property
    def start(self) -> date:
        return self.record.start

    @property
    def days(self) -> float:
        return self.record.days

    @property
    def step(self) -> float:
        """The days from one frame to the next."""
        return float(self.edges[1] - self.edges[0])

    @property
    def middles(self) -> Numbers:
        middles: Numbers = (self.edges[1:] + self.edges[:-1]) / 2
        return middles

    @property
    def width(self) -> float:
        """The days that flows are averaged over."""
        return smoothing_width(self.record.days)

    def shift(self, record: Record) -> float:
        """The day of the page's run on which another run starts."""
        return float((record.start - self.record.start).days)


def shown(record: Record, beside: Record | None) -> Shown:
    """What a page shows of a run, and of another one where their dates meet."""
    edges = frame_edges(record.days)
    if beside is not None:
        start = (beside.start - record.start).days
        if start >= record.days or start + beside.days <= 0.0:
            beside = None
    return Shown(record=record, beside=beside, edges=edges)


def smoothing_in(shown: Shown, record: Record) -> Smoothing:
    """The smoothing of a run's flows by frame, cut where closures of the page's run begin and end.

    The run beside is cut at the same dates, so that the two stay comparable.
    """
    shift = shown.shift(record)
    cuts = [day - shift for day in breaks(shown.record.spans, shown.record.days)]
    return Smoothing(times=shown.middles - shift, until=record.days, width=shown.width, breaks=cuts)


def stretches(flags: NDArray[np.bool_]) -> list[list[int]]:
    """Where flags stand, as pairs of the first and the one after the last."""
    turns = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return turns.reshape(-1, 2).tolist()


def short(values: Numbers, digits: int = 4) -> list[float | None]:
    """Values for the page: a few digits, and none where there is no value."""
    return [None if value != value else float(f"{value:.{digits}g}") for value in values.tolist()]
