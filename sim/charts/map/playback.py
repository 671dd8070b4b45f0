"""Flows, fills and strain on a map, frame by frame, of a run and of the reference run beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

import numpy as np

from sim.charts.freight.groups import dry_cargoes
from sim.charts.wording import RATE_UNITS
from sim.engine.journal import Series
from sim.measures.freight.yards import legs_from, yard_queue
from sim.measures.intervals import event_intervals
from sim.measures.record import Record
from sim.measures.series import Numbers, line_means, step_means
from sim.measures.sides import Side
from sim.measures.smoothing import Smoothing, breaks, events_in_order, smoothing_width
from sim.network import Network
from sim.network.elements import Link, Stock
from sim.network.freight.elements import Line, Yard

DAILY_UNTIL = 400.0  # days
COARSE_STEP = 3.0  # days between frames of longer runs
Intervals = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Directed:
    """Flow over a way towards one of its ends, a value for each frame (nan outside the run)."""

    towards: str
    values: Numbers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Playback:
    """A run on a map: flows by way in `unit`, fills (%) by tank farm or yard, and days of their strain.

    A tank farm is strained while it throttles its intake, a yard while it turns trains and ships away.
    """

    record: Record
    shift: float
    """Day of the map's run on which this run starts."""
    flows: dict[str, tuple[Directed, ...]]
    fills: dict[str, Numbers]
    strained: dict[str, Intervals]

    def total(self, way: str) -> Numbers | None:
        """Return the flow over a way, both directions together; None for a way that the run has not."""
        directed = self.flows.get(way)
        if directed is None:
            return None
        return np.sum([flow.values for flow in directed], axis=0) if directed else None


def frame_edges(days: float) -> Numbers:
    """Return the days between which the frames of a run lie: each day, or every third in a long run."""
    step = 1.0 if days <= DAILY_UNTIL else COARSE_STEP
    return np.append(np.arange(0.0, days - 1e-9, step), days)


def ways_of(network: Network, side: Side) -> dict[str, Link | Line]:
    """Return what a map of one side draws: all links, or all lines but the ocean."""
    if side == "oil":
        return dict(network.links)
    return {id: line for id, line in network.lines.items() if line.mode != "ocean"}


def stocks_of(network: Network, side: Side) -> Mapping[str, Stock | Yard]:
    """Return the tank farms of the oil side, or the yards of freight."""
    return network.stocks if side == "oil" else network.yards


def unit_of(record: Record, side: Side) -> str:
    """Return the unit of a map's flows: kt for oil and for several cargoes, TEU for containers alone."""
    cargoes = dry_cargoes(record)
    return "kt" if side == "oil" or len(cargoes) != 1 else RATE_UNITS[cargoes[0].unit][1]


def playback(record: Record, side: Side, edges: Numbers, main: Record) -> Playback:
    """Return a run by the frames between `edges` of the map's `main` run, which may be another one.

    Flows are means about the middle of each frame; none crosses an unplanned closure's edge of the main run.
    """
    shift = float((record.start - main.start).days)
    smoothing = Smoothing(
        times=(edges[1:] + edges[:-1]) / 2 - shift,
        until=record.days,
        width=smoothing_width(main.days),
        breaks=[day - shift for day in breaks(main.spans, main.days)],
    )
    stocks = stocks_of(record.network, side)
    return Playback(
        record=record,
        shift=shift,
        flows=_link_flows(record, smoothing) if side == "oil" else line_flows(record, smoothing),
        fills={id: stock_fill(record, stock, edges - shift) for id, stock in stocks.items()},
        strained={id: _strained(record, stock) for id, stock in stocks.items()},
    )


def _link_flows(record: Record, smoothing: Smoothing) -> dict[str, tuple[Directed, ...]]:
    network = record.network
    divisor = RATE_UNITS["t"][0]
    return {
        id: (
            Directed(
                towards=network.places[link.destination].name,
                values=smoothing.of_steps(record.journal.step_series("flow", id)) / divisor,
            ),
        )
        for id, link in network.links.items()
    }


def line_flows(record: Record, smoothing: Smoothing) -> dict[str, tuple[Directed, ...]]:
    """Return what arrived over each line a day, in each direction, in the unit of the freight map."""
    network, trip_table = record.network, record.trip_table
    crossings, trips = trip_table.crossings, trip_table.trips
    cargoes = dry_cargoes(record)
    in_tonnes = len(cargoes) != 1
    divisor = RATE_UNITS["t" if in_tonnes else cargoes[0].unit][0]
    carried = (trips.tonnes if in_tonnes else trips.amount) / divisor
    flows: dict[str, tuple[Directed, ...]] = dict.fromkeys(network.lines, ())
    for number, (id, place) in enumerate(trip_table.directions):
        rows = (crossings.direction == number) & np.isfinite(crossings.arrived)
        events = events_in_order(crossings.arrived[rows], carried[crossings.trip[rows]])
        flows[id] += (Directed(towards=network.places[place].name, values=smoothing.of_events(events)),)
    return flows


def stock_fill(record: Record, stock: Stock | Yard, edges: Numbers) -> Numbers:
    """Return how full a stock is in each frame, or a yard for its fullest onward direction, in %."""
    percent = 100.0 / stock.capacity if stock.capacity > 0.0 else np.nan
    if isinstance(stock, Stock):
        level = record.journal.point_series("level", stock.id)
        return percent * _frame_means(record, edges, lambda inside: line_means(level, inside))
    waiting = [yard_queue(record, leg) for leg in legs_from(record, stock.id)]
    means = [step_frame_means(record, edges, series) for series in waiting]
    fullest: Numbers = percent * np.max(means or [np.zeros(len(edges) - 1)], axis=0)
    return fullest


def step_frame_means(record: Record, edges: Numbers, series: Series | None) -> Numbers:
    """Return the means of a step series between edges (days of the run); nan for frames outside it."""
    return _frame_means(record, edges, lambda inside: step_means(series, record.days, inside))


def _frame_means(record: Record, edges: Numbers, means_of: Callable[[Numbers], Numbers]) -> Numbers:
    inside = np.clip(edges, 0.0, record.days)
    means = np.full(len(edges) - 1, np.nan)
    means[np.diff(inside) > 0.0] = means_of(np.unique(inside))
    return means


def _strained(record: Record, stock: Stock | Yard) -> Intervals:
    if isinstance(stock, Yard):
        return event_intervals(record.journal.events, "held", "freed", stock.id, record.days).pairs()
    limit = record.journal.step_series("limit", stock.id)
    if limit is None:
        return []
    ends = pairwise([*limit.times, record.days])
    return [span for span, value in zip(ends, limit.values, strict=True) if isfinite(value)]
