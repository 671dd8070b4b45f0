"""Axes of a panel: their ranges, ticks and titles, and the texts at their right end."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import date2num
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from sim.charts import text_metrics
from sim.charts.chart import Chart, NumberAxis, Panel, TimeAxis
from sim.charts.geometry import axis_of, date_ticks, end_labels, spread, x_range, y_range
from sim.charts.static.style import halo, size_of
from sim.charts.style import FAINT, INK

TICK_SIZE = 8.5
NAME_SIZE = 8.5
MAX_NAME = 280.0  # points
LABEL_SIZE = 8.0
LABEL_GAP = 10.5  # points between texts at the end of lines
NICE_STEPS = [1.0, 2.0, 2.5, 5.0, 10.0]


def origin_of(chart: Chart) -> float:
    """Return the place of x = 0 on the axes: matplotlib's number of the first day, or zero."""
    return float(date2num(chart.x.start)) if isinstance(chart.x, TimeAxis) else 0.0  # type: ignore[no-untyped-call]


def set_axes(ax: Axes, chart: Chart, panel: Panel) -> None:
    """Give the axes of a panel their ranges and ticks."""
    width, height = size_of(ax)
    origin = origin_of(chart)
    low, high = x_range(chart, panel, width)
    ax.set_xlim(low + origin, high + origin)
    ax.set_ylim(*y_range(panel))
    if isinstance(chart.x, TimeAxis):
        ticks = date_ticks(chart.x)
        ax.xaxis_date()
        ax.set_xticks([day + origin for day in ticks], list(ticks.values()))
    else:
        axis = axis_of(chart, panel)
        set_ticks(ax.xaxis, axis, max(3, int(width / 75)))
        ax.set_xlabel(axis.title, fontsize=NAME_SIZE)
    if panel.rows:
        _name_rows(ax, panel)
        return
    ax.set_ylabel(panel.y.title, fontsize=NAME_SIZE)
    set_ticks(ax.yaxis, panel.y, max(2, int(height / 38)), is_integer=panel.integer)


def write_directions(ax: Axes, panel: Panel) -> None:
    """Draw the zero line of a signed panel and name its two directions."""
    ax.axhline(0.0, color=FAINT, linewidth=0.8, zorder=2.6, label="")
    look: Any = {"transform": ax.transAxes, "fontsize": LABEL_SIZE, "color": FAINT, "style": "italic"}
    look |= {"path_effects": halo(2.5), "zorder": 4.0}
    ax.text(0.005, 0.97, panel.above, va="top", **look)
    ax.text(0.005, 0.03, panel.below, va="bottom", **look)


def write_empty(ax: Axes, panel: Panel) -> None:
    """Write in the middle of a panel why there is nothing in it."""
    ax.text(
        0.5, 0.5, panel.empty, transform=ax.transAxes, ha="center", va="center", fontsize=11, style="italic"
    )
    ax.set_yticks([])
    ax.grid(False)
    ax.spines["left"].set_visible(False)


def add_second_scale(ax: Axes, panel: Panel) -> None:
    """Draw the second scale of a panel's vertical axis on the right."""
    if panel.y.second is None:
        return
    factor = panel.y.second.factor
    ways = (partial(np.multiply, factor), partial(np.multiply, 1 / factor))
    right = ax.secondary_yaxis("right", functions=ways)
    set_ticks(right.yaxis, NumberAxis(), max(2, int(size_of(ax)[1] / 38)))


def left_margin(ax: Axes, panel: Panel) -> float:
    """Return the points that the names or values beside the vertical axis take."""
    if panel.rows:
        return (
            min(
                max(text_metrics.width(row.name, NAME_SIZE, bold=row.heading) for row in panel.rows), MAX_NAME
            )
            + 8.0
        )
    low, high = sorted(ax.get_ylim())
    ticks = [tick for tick in ax.yaxis.get_majorticklocs() if low <= tick <= high]
    texts = ax.yaxis.get_major_formatter().format_ticks(ticks)
    title = NAME_SIZE + 8.0 if panel.y.title else 0.0
    return max((text_metrics.width(text, TICK_SIZE) for text in texts), default=0.0) + 8.0 + title


def right_margin(ax: Axes, panel: Panel) -> float:
    """Return the points that the second scale and the texts at the end of lines take."""
    labels = [text_metrics.width(text, LABEL_SIZE) + 8.0 for _, _, text, _ in end_labels(panel)]
    second = [30.0] if panel.y.second else []
    return max([*labels, *second], default=0.0)


def write_end_labels(ax: Axes, panel: Panel, origin: float) -> None:
    """Write names and capacities at the right end of their lines, none over another."""
    labels = end_labels(panel)
    if not labels:
        return
    low, high = ax.get_ylim()
    per_point = (high - low) / size_of(ax)[1]
    wished = [(y - low) / per_point for _, y, _, _ in labels]
    placed = spread(wished, LABEL_GAP, 0.0, size_of(ax)[1])
    for (x, y, text, colour), wish, height in zip(labels, wished, placed, strict=True):
        at = ax.get_xlim()[1] if x is None else x + origin
        leader = {"arrowstyle": "-", "linewidth": 0.6, "color": FAINT, "shrinkA": 0.0, "relpos": (0.0, 0.5)}
        ax.annotate(
            text,
            (at, y),
            (6.0, height - wish),
            textcoords="offset points",
            va="center",
            fontsize=LABEL_SIZE,
            color=colour,
            annotation_clip=False,
            arrowprops=leader if abs(height - wish) > 3.0 else None,
        )


def _name_rows(ax: Axes, panel: Panel) -> None:
    names = [text_metrics.shortened(row.name, NAME_SIZE, MAX_NAME) for row in panel.rows]
    ax.set_yticks(range(len(names)), names, fontsize=NAME_SIZE, color=INK)
    ax.tick_params(axis="y", length=0.0)
    for row, label in zip(panel.rows, ax.get_yticklabels(), strict=True):
        label.set_fontweight("bold" if row.heading else "normal")
    ax.grid(False, axis="y")
    ax.grid(True, axis="x")


def set_ticks(axis: Axis, numbers: NumberAxis, count: int, is_integer: bool = False) -> None:
    """Mark the ticks that are given for an axis, or about `count` round values."""
    if numbers.ticks:
        axis.set_major_locator(FixedLocator(list(numbers.ticks)))
        texts = numbers.ticks
        axis.set_major_formatter(
            FuncFormatter(lambda value, _: texts[min(texts, key=lambda at: abs(at - value))])
        )
        return
    axis.set_major_locator(MaxNLocator(count, steps=NICE_STEPS, integer=is_integer))

    def write(value: float, _: int | None) -> str:
        return _format(value, max(map(abs, axis.get_view_interval())))

    axis.set_major_formatter(FuncFormatter(write))


def _format(value: float, largest: float) -> str:
    """Value with thousands separated, without digits that rounding errors have added."""
    text = f"{round(value, 12 - len(str(int(largest)))):,.10g}"
    return text.replace("-", "−")
