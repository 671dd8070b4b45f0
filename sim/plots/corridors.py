"""What arrived by each group of corridors over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from sim.measures.series import daily_edges
from sim.plots.dates import on_axis
from sim.plots.exports import smoothing, smoothing_name
from sim.plots.frame import surround
from sim.plots.freight import (
    by_ocean,
    daily,
    delivered,
    group_fills,
    in_order_of_size,
    in_thousands,
    scale_of,
    titled,
)
from sim.plots.stack import empty, stacked
from sim.plots.style import blank, styled

if TYPE_CHECKING:
    from sim.measures.record import Record


@styled
def corridors(record: Record, cargo: str, ax: Axes | None = None) -> Axes:
    """Boxes (TEU a day) or wagons (kt a day) that reached their destination, stacked by group of corridors.

    The smallest group lies at the bottom and the ocean on top. Layers are 7-day centred means (daily in
    runs under 100 days), in which no mean runs across a closure's edge.
    """
    own, ax = ax is None, ax or blank()
    kind = record.network.cargoes[cargo]
    divisor, unit = scale_of(kind)
    times, width = daily_edges(record.days), smoothing(record.days)
    layers = {
        group: daily(record, some, times, width) / divisor for group, some in delivered(record, cargo).items()
    }
    ordered = in_order_of_size(layers, last=by_ocean(record.network))
    fills = group_fills(record.network)
    stacked(
        ax,
        on_axis(record.start, times),
        {titled(group): values for group, values in ordered.items()},
        {titled(group): fill for group, fill in fills.items()},
    )
    highest = float(np.max(np.sum(list(layers.values()), axis=0))) if layers else 0.0
    if highest > 0.0:
        ax.set_ylim(0, highest * 1.06)
        in_thousands(ax)
        ax.set_ylabel(f"Arrivals ({unit}/day)")
    else:
        empty(ax, "nothing arrived")
    surround(
        ax,
        record.title,
        f"{kind.name}: arrivals by corridor, {smoothing_name(record.days)}",
        record.start,
        record.days,
        record.spans,
        own=own,
        boycotts=record.boycotts,
    )
    return ax
