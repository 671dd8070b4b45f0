"""Figure of a chart: panels stacked or abreast, laid out in points; files with the same bytes each time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.figure import Figure

from sim.charts.chart import Chart, Heat, NumberAxis, Panel, TimeAxis
from sim.charts.geometry import heat_of
from sim.charts.lane import LaneEntry, lane, lane_height, note_of
from sim.charts.static import axes as panel_axes
from sim.charts.static import frame
from sim.charts.static.marks import colour_map, draw_marks, write_numbers
from sim.charts.static.style import STYLE, points_from, size_of
from sim.charts.style import INK

WIDTH = 720.0  # points; ten inches fill a slide
MARGIN = 12.0
ROW = 19.0  # of a panel of rows
HEIGHT = 250.0
PANEL_TITLE = 16.0
DATES, VALUES = 30.0, 36.0  # depth of what stands below an axis of dates, and of values with their title
GAP = 14.0  # between panels
COLOUR_BAR = 78.0
DPI = 150


def draw(chart: Chart, ax: Axes | None = None) -> Axes:
    """Draw a chart and return its first axes; on a figure of its own, which has the height that it needs.

    On `ax`, heading and legend stand above and below the axes, where the caller gives them room. Raises
    `ValueError` if a chart of several panels is to be drawn on one pair of axes.
    """
    if ax is not None and len(chart.panels) != 1:
        raise ValueError(f"{chart.name} has {len(chart.panels)} panels: draw it without ax")
    with matplotlib.rc_context(STYLE):
        drawn = [ax] if ax is not None else _blank_axes(chart)
        for number, (panel, its_axes) in enumerate(zip(chart.panels, drawn, strict=True)):
            draw_marks(its_axes, panel, number, panel_axes.origin_of(chart))
            panel_axes.set_axes(its_axes, chart, panel)
        left, room = 0.0, size_of(drawn[0])[0]
        if ax is None:
            left, room = _place(chart, drawn), WIDTH - 2 * MARGIN
        _finish(chart, drawn, left, room)
    return drawn[0]


def save(chart: Chart, folder: Path) -> list[Path]:
    """Write a chart as `folder`/<name>.png and .svg, free of dates and versions, and return the two files."""
    return save_axes(draw(chart), folder, chart.name)


def save_axes(ax: Axes, folder: Path, name: str) -> list[Path]:
    """Write the figure of some axes as `folder`/<name>.png and .svg, as `save` does."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    png, svg = folder / f"{name}.png", folder / f"{name}.svg"
    with matplotlib.rc_context(STYLE):
        figure.savefig(png, dpi=DPI, metadata={"Software": None})
        figure.savefig(svg, metadata={"Date": None, "Creator": None})
    return [png, svg]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Closures above the panels, the note below, and the distances of texts from the axes (points)."""

    entries: list[LaneEntry]
    note: str
    top: float
    depth: float
    legend: float

    @classmethod
    def of(cls, chart: Chart, room: float, lane_width: float) -> _Frame:
        is_dated = isinstance(chart.x, TimeAxis)
        entries = lane(chart.closures, chart.x.days, lane_width) if isinstance(chart.x, TimeAxis) else []
        has_title = any(panel.title or panel.y.second for panel in chart.panels[: _abreast(chart)])
        title = PANEL_TITLE if has_title else 0.0
        return cls(
            entries=entries,
            note=note_of(chart, entries),
            top=frame.heading_height(chart, room) + title + lane_height(entries) + 2.0,
            depth=DATES if is_dated else VALUES,
            legend=frame.LEGEND_ROW * len(frame.legend_rows(chart, room)),
        )


def _place(chart: Chart, drawn: list[Axes]) -> float:
    """Give the figure its height and each panel its place; return the points to the left of the first."""
    both = list(zip(drawn, chart.panels, strict=True))
    left = max(panel_axes.left_margin(ax, panel) for ax, panel in both)
    right = max(panel_axes.right_margin(ax, panel) for ax, panel in both) + 14.0
    right += COLOUR_BAR if heat_of(chart) else 0.0
    room, abreast = WIDTH - 2 * MARGIN, _abreast(chart)
    around = _Frame.of(chart, room, room - left - right)
    below = around.depth + around.legend + frame.note_height(around.note, room) + 6.0
    between = GAP + PANEL_TITLE + (0.0 if isinstance(chart.x, TimeAxis) else VALUES)
    heights = [_height(panel) for panel in chart.panels]
    rows = [max(heights[n : n + abreast]) for n in range(0, len(heights), abreast)]
    total = around.top + MARGIN + sum(rows) + between * (len(rows) - 1) + below
    figure = drawn[0].get_figure(root=True)
    assert figure is not None
    figure.set_size_inches(WIDTH / 72, total / 72)
    inner = left + GAP
    width = (WIDTH - left - MARGIN - right - inner * (abreast - 1)) / abreast
    for number, ax in enumerate(drawn):
        row, column = divmod(number, abreast)
        bottom = total - around.top - MARGIN - sum(rows[: row + 1]) - between * row
        x = left + MARGIN + column * (width + inner)
        ax.set_position((x / WIDTH, bottom / total, width / WIDTH, rows[row] / total))
    return left


def _abreast(chart: Chart) -> int:
    return min(chart.abreast, len(chart.panels))


def _blank_axes(chart: Chart) -> list[Axes]:
    """Axes of roughly the size that each panel will have, free of pyplot's global state."""
    figure = Figure(figsize=(WIDTH / 72, 5.0))
    FigureCanvasAgg(figure)
    wide = 0.8 / _abreast(chart)
    return [figure.add_axes((0.1, 0.1, wide, _height(panel) / 360.0)) for panel in chart.panels]


def _finish(chart: Chart, drawn: list[Axes], left: float, room: float) -> None:
    """Draw everything that depends on the final size of the axes."""
    first, abreast, origin = drawn[0], _abreast(chart), panel_axes.origin_of(chart)
    bottom = drawn[-1 - (len(drawn) - 1) % abreast]
    around = _Frame.of(chart, room, size_of(first)[0])
    for number, (panel, ax) in enumerate(zip(chart.panels, drawn, strict=True)):
        panel_axes.set_axes(ax, chart, panel)
        frame.shade_closures(ax, chart, around.entries)
        panel_axes.add_second_scale(ax, panel)
        if panel.signed:
            panel_axes.write_directions(ax, panel)
        panel_axes.write_end_labels(ax, panel, origin)
        write_numbers(ax, panel, origin)
        _write_title(ax, panel, lane_height(around.entries) if number < abreast else 0.0)
        if not panel.marks:
            panel_axes.write_empty(ax, panel)
        if isinstance(chart.x, TimeAxis) and number < len(drawn) - abreast:
            ax.tick_params(axis="x", labelbottom=False)
    frame.draw_lane(first, chart, around.entries)
    frame.write_heading(first, chart, left, around.top, room)
    frame.draw_legend(bottom, chart, left, around.depth, room)
    frame.write_note(bottom, around.note, left, around.depth + around.legend + 5.0, room)
    if heat := heat_of(chart):
        _add_colour_bar(drawn[abreast - 1], heat)


def _write_title(ax: Axes, panel: Panel, raised: float) -> None:
    look: Any = {"fontsize": 9.0, "color": INK, "va": "bottom"}
    ax.text(0.0, raised + 5.0, panel.title, transform=points_from(ax, 0.0, 1.0), **look)
    if panel.y.second:
        ax.text(
            24.0, raised + 5.0, panel.y.second.title, transform=points_from(ax, 1.0, 1.0), ha="right", **look
        )


def _height(panel: Panel) -> float:
    if panel.height is not None:
        return panel.height
    return ROW * max(len(panel.rows), 2) if panel.rows else HEIGHT


def _add_colour_bar(ax: Axes, heat: Heat) -> None:
    """Draw the scale of the colours to the right of the axes."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    width = size_of(ax)[0]
    beside = ax.inset_axes((1.0 + 14.0 / width, 0.0, 11.0 / width, 1.0))
    bar = figure.colorbar(ScalarMappable(Normalize(heat.low, heat.high), colour_map(heat)), cax=beside)
    bar.outline.set_visible(False)
    beside.grid(False)
    panel_axes.set_ticks(beside.yaxis, NumberAxis(), 6)
    beside.tick_params(labelsize=8.0, length=2.0)
    beside.set_ylabel(heat.title, fontsize=8.5)
