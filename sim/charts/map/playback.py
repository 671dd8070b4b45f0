"""Runs frame by frame: flows of their links and lines, fills and strain of their tank farms and yards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

import numpy as np

from sim.charts.freight.groups import dry_cargoes
from sim.charts.over_time import overlap
from sim.charts.wording import RATE_UNITS
from sim.engine.journal import Series
from sim.measures.freight.yards import legs_from, yard_queue
from sim.measures.intervals import event_intervals
from sim.measures.record import Record
from sim.measures.series import Flags, Numbers, line_means, step_means
from sim.measures.sides import Side
from sim.measures.smoothing import Smoothing, breaks, events_in_order, smoothing_width
from sim.network import Network
from sim.network.elements import Link, Stock
from sim.network.freight.elements import Line, Yard

DAILY_UNTIL = 400.0  # days
COARSE_STEP = 3.0  # days between frames of longer runs
Flows = dict[str, dict[str, Numbers]]
"""By way, the flow a day towards each of its ends, by frame (nan outside the run)."""
FrameRange = tuple[int, int]
"""First frame, and the frame after the last."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frames:
    """Frames in which a run is played back, between `edges` in days of that run.

    The reference run is played on the dates of the map's run, on whose day `shift` it starts. The smoothing
    is the same for both: no mean crosses the edge of an unplanned closure of the map's run.
    """

    record: Record
    shift: float
    edges: Numbers
    smoothing: Smoothing

    def flows(self, side: Side) -> Flows:
        """Return the flow over each way of one side of the map, by frame, in the unit of that side."""
        return (
            link_flows(self.record, self.smoothing)
            if side == "oil"
            else line_flows(self.record, self.smoothing)
        )

    def step_means(self, series: Series | None) -> Numbers:
        """Return the mean of a step series in each frame; nan outside the run."""
        return self._means(lambda inside: step_means(series, self.record.days, inside))

    def fill(self, stock: Stock | Yard) -> Numbers:
        """Return how full a tank farm is in each frame, or a yard for its fullest onward direction, in %."""
        percent = 100.0 / stock.capacity if stock.capacity > 0.0 else np.nan
        if isinstance(stock, Stock):
            level = self.record.journal.point_series("level", stock.id)
            return percent * self._means(lambda inside: line_means(level, inside))
        waiting = [yard_queue(self.record, leg) for leg in legs_from(self.record, stock.id)]
        means = [self.step_means(series) for series in waiting] or [self.step_means(None)]
        fullest: Numbers = percent * np.max(means, axis=0)
        return fullest

    def strained(self, stock: Stock | Yard) -> list[FrameRange]:
        """Return the frames in which a tank farm throttles its intake, or a yard turns arrivals away."""
        journal, days = self.record.journal, self.record.days
        if isinstance(stock, Yard):
            return self.touched(event_intervals(journal.events, "held", "freed", stock.id, days).pairs())
        limit = journal.step_series("limit", stock.id)
        if limit is None:
            return []
        spans = zip(pairwise([*limit.times, days]), limit.values, strict=True)
        return self.touched(span for span, value in spans if isfinite(value))

    def touched(self, intervals: Iterable[tuple[float, float]], min_share: float = 0.0) -> list[FrameRange]:
        """Return the frames of which more than a share lies within intervals of days of the run."""
        covered = np.zeros(len(self.edges) - 1)
        for begin, end in intervals:
            covered += np.maximum(np.minimum(self.edges[1:], end) - np.maximum(self.edges[:-1], begin), 0.0)
        return stretches(covered > min_share * np.diff(self.edges) + 1e-9)

    def frame_of(self, day: float) -> int:
        """Return the frame that holds a day, or the nearest."""
        return int(np.clip(np.searchsorted(self.edges, day, side="right") - 1, 0, len(self.edges) - 2))

    def _means(self, means_of: Callable[[Numbers], Numbers]) -> Numbers:
        inside = np.clip(self.edges, 0.0, self.record.days)
        means = np.full(len(self.edges) - 1, np.nan)
        means[np.diff(inside) > 0.0] = means_of(np.unique(inside))
        return means


def frames_of(record: Record, reference: Record | None = None) -> tuple[Frames, ...]:
    """Return the frames of a run, of a day or in a long run three, and of a reference run that overlaps."""
    step = 1.0 if record.days <= DAILY_UNTIL else COARSE_STEP
    edges = np.append(np.arange(0.0, record.days - 1e-9, step), record.days)
    reference = overlap(record, reference)
    frames = []
    for run in (record, *([reference] if reference else [])):
        shift = float((run.start - record.start).days)
        smoothing = Smoothing(
            times=(edges[1:] + edges[:-1]) / 2 - shift,
            until=run.days,
            width=smoothing_width(record.days),
            breaks=[day - shift for day in breaks(record.spans, record.days)],
        )
        frames.append(Frames(record=run, shift=shift, edges=edges - shift, smoothing=smoothing))
    return tuple(frames)


def ways_of(network: Network, side: Side) -> dict[str, Link | Line]:
    """Return what a map of one side draws: all links, or all lines but the ocean."""
    if side == "oil":
        return dict(network.links)
    return {id: line for id, line in network.lines.items() if line.mode != "ocean"}


def stocks_of(network: Network, side: Side) -> Mapping[str, Stock | Yard]:
    """Return the tank farms of the oil side, or the yards of freight."""
    return network.stocks if side == "oil" else network.yards


def unit_of(record: Record, side: Side) -> tuple[float, str]:
    """Return the divisor and unit of a map's flows: kt for oil and several cargoes, TEU for containers."""
    cargoes = dry_cargoes(record)
    return RATE_UNITS["t" if side == "oil" or len(cargoes) != 1 else cargoes[0].unit]


def link_flows(record: Record, smoothing: Smoothing) -> Flows:
    """Return the flow through each link a day, in the unit of the oil map."""
    divisor, _ = unit_of(record, "oil")
    return {
        id: {link.destination: smoothing.of_steps(record.journal.step_series("flow", id)) / divisor}
        for id, link in record.network.links.items()
    }


def line_flows(record: Record, smoothing: Smoothing) -> Flows:
    """Return what arrived over each line a day, in each direction, in the unit of the freight map."""
    crossings, trips = record.trip_table.crossings, record.trip_table.trips
    divisor, unit = unit_of(record, "freight")
    carried = (trips.tonnes if unit == "kt" else trips.amount) / divisor
    flows: Flows = {id: {} for id in record.network.lines}
    for number, (id, place) in enumerate(record.trip_table.directions):
        rows = (crossings.direction == number) & np.isfinite(crossings.arrived)
        events = events_in_order(crossings.arrived[rows], carried[crossings.trip[rows]])
        flows[id][place] = smoothing.of_events(events)
    return flows


def stretches(flags: Flags) -> list[FrameRange]:
    """Return the stretches in which flags are true, as pairs of first index and end."""
    turns = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(first, end) for first, end in turns.reshape(-1, 2).tolist()]
