"""The runs that a page shows, and the frames by which it plays them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.measures import Record
from sim.measures.series import Numbers
from sim.plots.exports import APART, smoothing

DAILY_UNTIL = 400.0  # days
COARSE = 3.0  # days between frames of longer runs


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
        return smoothing(self.record.days)

    def shift(self, record: Record) -> float:
        """The day of the page's run on which another run starts."""
        return float((record.start - self.record.start).days)


def shown(record: Record, beside: Record | None) -> Shown:
    """What a page shows of a run, and of another one where their dates meet."""
    step = 1.0 if record.days <= DAILY_UNTIL else COARSE
    edges = np.append(np.arange(0.0, record.days - 1e-9, step), record.days)
    if beside is not None:
        start = (beside.start - record.start).days
        if start >= record.days or start + beside.days <= 0.0:
            beside = None
    return Shown(record=record, beside=beside, edges=edges)


def means(
    until: float, times: Numbers, totals: tuple[Numbers, Numbers], width: float, breaks: list[float]
) -> Numbers:
    """What came about a day, as means over `width` days about each time, none across a break or a run's ends.

    `totals` are times and what had come about by then, in order.
    """
    edges = np.array([0.0, *(day for day in breaks if 0.0 < day < until), until])
    at = np.clip(times, 0.0, until)
    stretch = np.clip(np.searchsorted(edges, at, side="right") - 1, 0, len(edges) - 2)
    first = np.maximum(at - width / 2, edges[stretch])
    last = np.minimum(at + width / 2, edges[stretch + 1])
    added = np.interp(last, *totals) - np.interp(first, *totals)
    found: Numbers = added / (last - first)
    found[(times < 0.0) | (times > until)] = np.nan
    return found


def breaks_in(shown: Shown, record: Record) -> list[float]:
    """Where no mean of a run reaches across: where closures of the page's run begin and end, in its days.

    The run beside is cut at the same dates, so that the two stay comparable.
    """
    days = {day for span in shown.record.spans if not span.planned for day in (span.start, span.end)}
    kept: list[float] = []
    for day in sorted(days):
        if not kept or day - kept[-1] >= APART:
            kept.append(day)
    shift = shown.shift(record)
    return [day - shift for day in kept]


def stretches(flags: NDArray[np.bool_]) -> list[list[int]]:
    """Where flags stand, as pairs of the first and the one after the last."""
    turns = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return turns.reshape(-1, 2).tolist()


def short(values: Numbers, digits: int = 4) -> list[float | None]:
    """Values for the page: a few digits, and none where there is no value."""
    return [None if value != value else float(f"{value:.{digits}g}") for value in values.tolist()]
