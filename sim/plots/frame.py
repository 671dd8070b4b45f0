"""What surrounds every plot over time: heading, closure strip, dates, legend. Sizes are in points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from sim.charts import text_metrics
from sim.plots.closures import ROW, boycott_entries, entries, points_from, shade_closures
from sim.plots.dates import date_axis
from sim.plots.style import FAINT, INK

if TYPE_CHECKING:
    from sim.measures.record import BoycottSpan, Span

TITLE = 12.0
SUBTITLE = 9.5
LEFT, RIGHT, BELOW_DATES, HEIGHT = 56.0, 56.0, 36.0, 250.0


def surround(
    ax: Axes,
    title: str,
    subtitle: str,
    start: date,
    days: float,
    spans: Iterable[Span],
    *,
    own: bool,
    boycotts: Iterable[BoycottSpan] = (),
    height: float = HEIGHT,
    left: float = LEFT,
) -> None:
    """Head, date and shade a time plot and put its legend below.

    A figure of the plot's `own` grows by what the strip and the legend need, so that the axes keep
    their size, `height` points and the figure's width less `left` beside them; on a caller's axes the
    room is the caller's to give.
    """
    sides = (left, RIGHT)
    if own:
        fit(ax, above=0.0, below=0.0, height=height, sides=sides)
    date_axis(ax, start, days)
    width = axes_width(ax)
    told = [*boycott_entries(boycotts, days), *entries(spans, days)]
    rows = shade_closures(ax, start, told, days, width)
    above = head(ax, title, subtitle, rows * ROW + (4.0 if rows else 0.0))
    below = legend_below(ax, BELOW_DATES)
    if own:
        fit(ax, above=above, below=below, height=height, sides=sides)


def axes_width(ax: Axes) -> float:
    """The width of the axes in points."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return float(ax.get_window_extent().width * 72 / figure.dpi)


def head(ax: Axes, title: str, subtitle: str, offset: float, indent: float = 0.0) -> float:
    """Write title and subtitle above the axes, `offset` points up; returns the height they reach.

    They begin `indent` points left of the axes.
    """
    room = axes_width(ax) + indent
    start = -indent / axes_width(ax)
    title, subtitle = (
        text_metrics.wrapped(title, TITLE, room, bold=True),
        text_metrics.wrapped(subtitle, SUBTITLE, room),
    )
    height = blended_transform_factory(ax.transAxes, points_from(ax, 1.0))
    ax.text(
        start,
        offset + 7.0,
        subtitle,
        transform=height,
        fontsize=SUBTITLE,
        color=FAINT,
        va="bottom",
        linespacing=1.2,
    )
    base = offset + 7.0 + SUBTITLE * 1.25 * (subtitle.count("\n") + 1)
    written = ax.set_title(title, loc="left", fontsize=TITLE, fontweight="bold", pad=base + 5.0, y=1.0)
    written.set(color=INK, x=start)
    return base + 5.0 + TITLE * 1.25 * (title.count("\n") + 1)


def legend_below(ax: Axes, offset: float, indent: float = 0.0) -> float:
    """Put the legend in rows `offset` points below the axes; returns the depth that it reaches.

    It begins `indent` points left of the axes.
    """
    handles, labels = ax.get_legend_handles_labels()
    if not handles:
        return offset
    room = axes_width(ax) + indent
    labels = [text_metrics.shortened(label, 8.5, room - 42.0) for label in labels]
    columns = _columns([text_metrics.width(label, 8.5) + 42.0 for label in labels], room)
    across = [n for column in range(columns) for n in range(column, len(labels), columns)]
    handles, labels = [handles[n] for n in across], [labels[n] for n in across]
    depth = blended_transform_factory(ax.transAxes, points_from(ax, 0.0))
    ax.legend(
        handles,
        labels,
        loc="upper left",
        bbox_to_anchor=(-indent / axes_width(ax), -offset),
        ncols=columns,
        bbox_transform=depth,
        borderaxespad=0.0,
        borderpad=0.0,
        columnspacing=1.8,
    )
    return offset + 14.0 * -(-len(labels) // columns)


def fit(
    ax: Axes, *, above: float, below: float, height: float, sides: tuple[float, float] = (LEFT, RIGHT)
) -> None:
    """Give the figure the height that its axes need with what stands above and below them."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    wide = figure.get_figwidth() * 72
    high = above + height + below + 16.0
    figure.set_size_inches(wide / 72, high / 72)
    left, right = sides
    ax.set_position((left / wide, (below + 8.0) / high, (wide - left - right) / wide, height / high))


def _columns(widths: list[float], room: float) -> int:
    """The most columns whose widest entries, set row by row, fit side by side."""
    for columns in range(len(widths), 1, -1):
        if sum(max(widths[column::columns]) for column in range(columns)) <= room:
            return columns
    return 1


def side_by_side(labels: Sequence[str]) -> str:
    """The title of a picture of several runs."""
    return f"{labels[1]}, against “{labels[0]}”" if len(labels) == 2 else ", ".join(labels)
