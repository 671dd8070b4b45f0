"""What fields had to shut in because nothing could take their cargo."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from sim.measures.oil.flows import curtailed_by_shipper, main_cargo
from sim.measures.series import daily_edges
from sim.measures.smoothing import daily_means_of
from sim.plots.dates import on_axis
from sim.plots.frame import surround
from sim.plots.stack import empty, stacked
from sim.plots.style import FILLS, INK, RATE_UNITS, THROTTLED, Fill, blank, styled

if TYPE_CHECKING:
    from sim.measures.record import Record

OF_SHIPPERS = (*FILLS, Fill(THROTTLED, "--"), Fill(INK, "//"))
"""Fills enough for no two of ten shippers to share a colour."""


@styled
def curtailment(record: Record, ax: Axes | None = None) -> Axes:
    """Curtailed cargo per day as the mean of each day, stacked by shipper; the subtitle gives the sum."""
    own, ax = ax is None, ax or blank()
    cargo = main_cargo(record)
    divisor, unit = RATE_UNITS[cargo.unit]
    edges = daily_edges(record.days)
    layers = curtailed_by_shipper(record, cargo.id, daily_means_of(record))
    total = np.sum(list(layers.values()), axis=0) if layers else np.zeros(len(edges) - 1)
    lost = float(np.sum(total * np.diff(edges))) / divisor
    held = {name: np.append(values, values[-1]) / divisor for name, values in layers.items()}
    filled = dict(zip(held, cycle(OF_SHIPPERS), strict=False))
    stacked(ax, on_axis(record.start, edges), held, filled, steps=True)
    if lost > 0.0:
        ax.set_ylim(0, float(np.max(total)) / divisor * 1.06)
        ax.set_ylabel(f"Curtailed ({unit}/day)")
        summary = f"{cargo.name}: curtailment by shipper, daily mean; {lost:,.0f} {unit} in all"
    else:
        empty(ax, "nothing was curtailed")
        summary = f"{cargo.name}: curtailment by shipper"
    surround(ax, record.title, summary, record.start, record.days, record.spans, own=own)
    return ax
