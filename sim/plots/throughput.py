"""Exports by route over time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from sim.measures.series import daily_edges
from sim.network.elements import Cargo
from sim.plots.dates import on_axis
from sim.plots.exports import (
    exports_by_route,
    main_cargo,
    smoothing,
    smoothing_name,
    total_exports,
)
from sim.plots.frame import surround
from sim.plots.stack import empty, stacked
from sim.plots.style import INK, RATE_UNITS, blank, fills, styled

if TYPE_CHECKING:
    from sim.measures.record import Record


@styled
def throughput(record: Record, ax: Axes | None = None, baseline: Record | None = None) -> Axes:
    """Exports of the run's main cargo per day, stacked by route, with the closures of the run.

    Layers are 7-day centred means (daily in runs under 100 days): tankers make single days jump.
    A `baseline` run adds its total as a dashed line, where its dates meet those of the record.
    """
    own, ax = ax is None, ax or blank()
    cargo = main_cargo(record)
    divisor, unit = RATE_UNITS[cargo.unit]
    times, width = daily_edges(record.days), smoothing(record.days)
    layers = exports_by_route(record, cargo.id, times, width)
    x = on_axis(record.start, times)
    stacked(
        ax,
        x,
        {route: values / divisor for route, values in layers.items()},
        dict(zip(layers, fills(len(layers)), strict=True)),
    )
    highest = float(np.max(total_exports(record, cargo.id, times, width))) / divisor
    if baseline is not None:
        shift = (baseline.start - record.start).days
        meets = times[(times >= shift) & (times <= shift + baseline.days)]
        usual = total_exports(baseline, cargo.id, meets - shift, width) / divisor
        ax.plot(
            on_axis(record.start, meets),
            usual,
            color=INK,
            linewidth=1.6,
            linestyle=(0, (5, 2)),
            label=f"Total in: {baseline.title}",
            zorder=4,
        )
        highest = max(highest, float(np.max(usual, initial=0.0)))
    if highest > 0.0:
        ax.set_ylim(0, highest * 1.06)
        ax.set_ylabel(f"Exports ({unit}/day)")
        _barrels(ax, cargo)
    else:
        empty(ax, "nothing was exported")
    surround(
        ax,
        record.title,
        f"{cargo.name}: exports by route, {smoothing_name(record.days)}",
        record.start,
        record.days,
        record.spans,
        own=own,
    )
    return ax


def _barrels(ax: Axes, cargo: Cargo) -> None:
    if cargo.unit != "t" or cargo.barrels_per_tonne is None:
        return
    factor = cargo.barrels_per_tonne / 1e3
    ways = (partial(np.multiply, factor), partial(np.multiply, 1 / factor))
    right = ax.secondary_yaxis("right", functions=ways)
    right.set_ylabel(f"Mb/d, at {cargo.barrels_per_tonne:g} bbl/t")
