"""How full a tank farm or yard was."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from sim.engine.journal import Series
from sim.measures.series import daily_edges, line_at, line_means, line_ranges
from sim.plots.dates import on_axis
from sim.plots.frame import surround
from sim.plots.style import CLOSED, INK, RATE_UNITS, STROKES, THROTTLED, blank, styled

if TYPE_CHECKING:
    from sim.measures.record import Record

EXACT_UNTIL = 120.0
LEVEL = STROKES[2].colour


@styled
def tank_level(record: Record, stock: str, ax: Axes | None = None) -> Axes:
    """The level of a stock in kt (or TEU) with its capacity, and when its intake was throttled.

    Runs up to 120 days show every turn of the level; longer ones the mean and the range of each day.
    """
    own, ax = ax is None, ax or blank()
    tank = record.network.stocks[stock]
    divisor, unit = RATE_UNITS[record.network.cargoes[tank.cargo].unit]
    capacity = tank.capacity / divisor
    _level(ax, record, stock, divisor)
    ax.axhline(capacity, color=INK, linewidth=1.4, label=f"Capacity, {capacity:,.4g} {unit}", zorder=3)
    if tank.throttle_at < 1.0:
        ax.axhline(
            tank.throttle_at * capacity,
            color=CLOSED,
            linewidth=1.0,
            linestyle=(0, (5, 2)),
            zorder=3,
            label=f"Throttled from {tank.throttle_at:.0%}",
        )
    label = f"Intake throttled, until down to {tank.release_at:.0%}"
    for first, last in throttled(record.journal.step_series("limit", stock), record.days):
        left, right = on_axis(record.start, [first, last])
        ax.fill_between(
            [left, right],
            tank.release_at * capacity,
            capacity,
            facecolor=THROTTLED,
            alpha=0.5,
            edgecolor=THROTTLED,
            linewidth=0.8,
            label=label,
            zorder=1.5,
        )
        label = "_nolegend_"
    ax.set_ylim(0, capacity * 1.08)
    ax.set_ylabel(f"Level ({unit})")
    surround(ax, record.title, f"{tank.name}: level", record.start, record.days, record.spans, own=own)
    return ax


def throttled(limit: Series | None, until: float) -> Iterator[tuple[float, float]]:
    """The times during which a stock's limit was finite."""
    if limit is None:
        return
    since: float | None = None
    for time, value in zip(limit.times, limit.values, strict=True):
        if isfinite(value) and since is None:
            since = time
        elif not isfinite(value) and since is not None:
            yield since, time
            since = None
    if since is not None and since < until:
        yield since, until


def _level(ax: Axes, record: Record, stock: str, divisor: float) -> None:
    series = record.journal.point_series("level", stock)
    if record.days > EXACT_UNTIL or series is None:
        edges = daily_edges(record.days)
        x = on_axis(record.start, (edges[:-1] + edges[1:]) / 2)
        least, greatest = line_ranges(series, edges)
        ax.fill_between(
            x,
            least / divisor,
            greatest / divisor,
            facecolor=STROKES[2].colour,
            alpha=0.35,
            linewidth=0,
            label="Range within each day",
            zorder=2,
        )
        ax.plot(
            x,
            line_means(series, edges) / divisor,
            color=LEVEL,
            linewidth=1.4,
            label="Mean of each day",
            zorder=2.5,
        )
    else:
        turns = [*series.times, record.days]
        ax.plot(
            on_axis(record.start, turns),
            line_at(series, turns) / divisor,
            color=LEVEL,
            linewidth=1.3,
            label="Level",
            zorder=2.5,
        )
