"""Total exports of several runs on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from sim.measures.series import Numbers, daily_edges
from sim.plots.dates import on_axis
from sim.plots.exports import main_cargo, smoothing, smoothing_name, total_exports
from sim.plots.frame import side_by_side, surround
from sim.plots.style import FAINT, RATE_UNITS, blank, strokes, styled

if TYPE_CHECKING:
    from sim.measures.record import Record, Span


@styled
def throughput_overlay(records: Sequence[Record], labels: Sequence[str], ax: Axes | None = None) -> Axes:
    """Total exports of several runs as lines, with their closures; of two runs, the gap between is shaded.

    Closures that several runs share under one label are named once.
    """
    own, ax = ax is None, ax or blank()
    first = records[0]
    cargo = main_cargo(first)
    divisor, unit = RATE_UNITS[cargo.unit]
    start = min(record.start for record in records)
    days = max((record.start - start).days + record.days for record in records)
    width = smoothing(days)
    lines: list[tuple[Numbers, Numbers]] = []
    for record, label, stroke in zip(records, labels, strokes(len(records)), strict=True):
        times = daily_edges(record.days)
        x = on_axis(record.start, times)
        lines.append((x, total_exports(record, cargo.id, times, width) / divisor))
        ax.plot(
            *lines[-1], color=stroke.colour, linestyle=stroke.dashes, linewidth=1.7, label=label, zorder=3
        )
    if len(lines) == 2:
        shade_gap(ax, lines[0], lines[1])
    ax.set_ylim(0, max(1e-9, *(float(np.max(values)) for _, values in lines)) * 1.06)
    ax.set_ylabel(f"Exports ({unit}/day)")
    surround(
        ax,
        side_by_side(labels),
        f"{cargo.name}: total exports, {smoothing_name(days)}",
        start,
        days,
        placed_spans(records, start),
        own=own,
    )
    return ax


def shade_gap(
    ax: Axes, one: tuple[Numbers, Numbers], other: tuple[Numbers, Numbers], label: str = "Difference"
) -> None:
    """Shade what lies between two lines, where their dates meet."""
    low, high = max(one[0][0], other[0][0]), min(one[0][-1], other[0][-1])
    x = np.unique(np.concatenate((one[0], other[0])))
    x = x[(x >= low) & (x <= high)]
    if len(x):
        ax.fill_between(
            x,
            np.interp(x, *one),
            np.interp(x, *other),
            facecolor=FAINT,
            alpha=0.35,
            linewidth=0,
            label=label,
            zorder=2,
        )


def placed_spans(records: Sequence[Record], start: date) -> list[Span]:
    """The closures of several runs, in days since `start`."""
    return [
        replace(span, start=span.start + shift, end=span.end + shift)
        for record in records
        for shift in [float((record.start - start).days)]
        for span in record.spans
    ]
