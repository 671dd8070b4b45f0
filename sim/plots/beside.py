"""What arrived by each group of corridors in several runs, a row for each cargo and group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from sim.measures.series import Numbers, daily_edges
from sim.plots import facets
from sim.plots.dates import on_axis
from sim.plots.exports import smoothing, smoothing_name
from sim.plots.facets import Facet, draw_facets, in_row
from sim.plots.frame import side_by_side, surround
from sim.plots.freight import daily, delivered, scale_of, titled, travelling
from sim.plots.overlay import placed_spans, shade_gap
from sim.plots.stack import empty
from sim.plots.style import blank, strokes, styled

if TYPE_CHECKING:
    from sim.measures.record import BoycottSpan, Record

Row = tuple[str, str, str]
"""A cargo, a group of its corridors, and the unit."""


@styled
def corridors_overlay(records: Sequence[Record], labels: Sequence[str], ax: Axes | None = None) -> Axes:
    """Arrivals by group of several runs as lines, each group on its own scale; of two, the gap is shaded.

    Smoothed as arrivals by corridor are. Closures and boycotts that runs share are named once.
    """
    own, ax = ax is None, ax or blank()
    start = min(record.start for record in records)
    days = max((record.start - start).days + record.days for record in records)
    width = smoothing(days)
    lines = {
        row: [_line(record, row, width) for record in records]
        for row in dict.fromkeys(row for record in records for row in _rows(record))
    }
    lines = {row: some for row, some in lines.items() if any(np.any(values) for _, values in some)}
    names = {cargo.id: cargo.name for record in records for cargo in travelling(record.network)}
    rows = [
        Facet(
            name=f"{titled(group)}, {names[cargo].lower()} ({unit}/day)",
            top=max(float(np.max(values)) for _, values in some),
        )
        for (cargo, group, unit), some in lines.items()
    ]
    draw_facets(ax, rows)
    for n, some in enumerate(lines.values()):
        drawn = [(x, in_row(rows, n, values)) for x, values in some]
        for (x, heights), label, stroke in zip(drawn, labels, strokes(len(records)), strict=True):
            ax.plot(
                x, heights, color=stroke.colour, linestyle=stroke.dashes, linewidth=1.5, zorder=3,
                label=label if n == 0 else "_nolegend_",
            )  # fmt: skip
        if len(drawn) == 2:
            shade_gap(ax, drawn[0], drawn[1], label="Difference" if n == 0 else "_nolegend_")
    if not rows:
        empty(ax, "nothing arrived")
    ax.set_ylabel("Arrivals a day, each row in its unit")
    surround(
        ax,
        side_by_side(labels),
        f"Arrivals by corridor, {smoothing_name(days)}",
        start,
        days,
        placed_spans(records, start),
        own=own,
        boycotts=placed_boycotts(records, start),
        height=facets.HEIGHT * max(len(rows), 2),
    )
    return ax


def placed_boycotts(records: Sequence[Record], start: date) -> list[BoycottSpan]:
    """The boycotts of several runs, in days since `start`."""
    return [
        replace(boycott, start=boycott.start + shift, end=boycott.end + shift)
        for record in records
        for shift in [float((record.start - start).days)]
        for boycott in record.boycotts
    ]


def _rows(record: Record) -> list[Row]:
    found = []
    for cargo in travelling(record.network):
        found += [(cargo.id, group, scale_of(cargo)[1]) for group in delivered(record, cargo.id)]
    return found


def _line(record: Record, row: Row, width: float) -> tuple[Numbers, Numbers]:
    """Dates and what arrived, in the row's unit; nothing where the run does not know the cargo or group."""
    times = daily_edges(record.days)
    cargo, group, _ = row
    x = on_axis(record.start, times)
    if row not in _rows(record):
        return x, np.zeros(len(times))
    divisor, _ = scale_of(record.network.cargoes[cargo])
    return x, daily(record, delivered(record, cargo)[group], times, width) / divisor
