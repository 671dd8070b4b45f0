"""How long consignments took by group of corridors, over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from sim.measures.freight.transit import LONG, weighted_quantile
from sim.measures.series import Numbers, daily_edges
from sim.plots.dates import on_axis
from sim.plots.frame import surround
from sim.plots.freight import group_fills, group_strokes, groups_of, groups_of_loads, loads_of, titled
from sim.plots.stack import empty
from sim.plots.style import blank, styled

if TYPE_CHECKING:
    from sim.measures.record import Record

LONG_RUN = 100.0


@styled
def transit(record: Record, cargo: str, ax: Axes | None = None) -> Axes:
    """Days from birth to arrival by group of corridors, of what arrived in the days before each date.

    A line is the median by amount of cargo; the band above it ends at the 90th percentile. The days are
    14, or 5 in runs under 100 days; where nothing arrived in them the line has a gap.
    """
    own, ax = ax is None, ax or blank()
    window = window_of(record)
    times = daily_edges(record.days)
    x = on_axis(record.start, times)
    highest = 0.0
    fills, strokes = group_fills(record.network), group_strokes(record.network)
    for group in groups_of(record.network, cargo):
        arrived, took, amounts = arrivals(record, cargo, group)
        median, late = trailing(times, window, arrived, took, amounts)
        if np.all(np.isnan(median)):
            continue
        stroke = strokes[group]
        fill = fills[group]
        ax.fill_between(
            x, median, late, facecolor=fill.colour, hatch=fill.hatch or None, edgecolor="white", alpha=0.3,
            linewidth=0, zorder=1.5,
        )  # fmt: skip
        ax.plot(x, late, color=stroke.colour, linewidth=0.6, alpha=0.7, zorder=2)
        ax.plot(
            x, median, color=stroke.colour, linestyle=stroke.dashes, linewidth=1.9, zorder=3,
            label=f"{titled(group)}: median, shaded up to the 90th percentile",
        )  # fmt: skip
        highest = max(highest, float(np.nanmax(late)))
    if highest > 0.0:
        ax.set_ylim(0, highest * 1.06)
        ax.set_ylabel("From origin to destination (days)")
    else:
        empty(ax, "nothing arrived")
    kind = record.network.cargoes[cargo]
    surround(
        ax,
        record.title,
        f"{kind.name}: days from origin to destination, of what arrived in the {window:.0f} days before",
        record.start,
        record.days,
        record.spans,
        own=own,
        boycotts=record.boycotts,
    )
    return ax


def arrivals(record: Record, cargo: str, group: str) -> tuple[Numbers, Numbers, Numbers]:
    """What reached its destination by one group: when, after how many days, how much; in order of time."""
    loads = record.trip_table.loads
    rows = np.flatnonzero(
        loads_of(record, cargo)
        & loads.last
        & (loads.delivered <= record.days)
        & (groups_of_loads(record) == group)
    )
    rows = rows[np.argsort(loads.delivered[rows], kind="stable")]
    return loads.delivered[rows], loads.delivered[rows] - loads.created[rows], loads.amount[rows]


def window_of(record: Record) -> float:
    """The days before each date over which arrivals are taken together."""
    return 14.0 if record.days >= LONG_RUN else 5.0


def trailing(
    times: Numbers, window: float, arrived: Numbers, took: Numbers, amounts: Numbers
) -> tuple[Numbers, Numbers]:
    """Median and 90th percentile by amount of what arrived in the `window` days before each time, or nan."""
    firsts, lasts = (np.searchsorted(arrived, at, side="right") for at in (times - window, times))
    found = np.full((2, len(times)), np.nan)
    for n, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        if last > first:
            some = took[first:last], amounts[first:last]
            found[:, n] = weighted_quantile(*some, 0.5), weighted_quantile(*some, LONG)
    return found[0], found[1]
