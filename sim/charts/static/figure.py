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
from sim.charts.lane import LaneEntry, lane, lane_height
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
        layout = _Layout.of(chart, drawn)
        if ax is None:
            layout.place(drawn)
        _finish(chart, drawn, layout, is_own=ax is None)
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
class _Layout:
    """Margins of a figure and places of its panels, in points."""

    left: float
    right: float
    inner: float
    above: float
    below: float
    row_depth: float
    rows: tuple[float, ...]
    abreast: int

    @classmethod
    def of(cls, chart: Chart, drawn: list[Axes]) -> _Layout:
        lefts = [panel_axes.left_margin(ax, panel) for ax, panel in zip(drawn, chart.panels, strict=True)]
        rights = [panel_axes.right_margin(ax, panel) for ax, panel in zip(drawn, chart.panels, strict=True)]
        abreast = min(chart.abreast, len(chart.panels))
        heights = [_height(panel) for panel in chart.panels]
        rows = tuple(max(heights[n : n + abreast]) for n in range(0, len(heights), abreast))
        right = max(rights) + 14.0 + (COLOUR_BAR if _heat_of(chart) else 0.0)
        room = WIDTH - 2 * MARGIN
        is_dated = isinstance(chart.x, TimeAxis)
        legend = frame.LEGEND_ROW * len(frame.legend_rows(chart, room))
        row_depth = GAP + PANEL_TITLE + (0.0 if is_dated else VALUES)
        title = PANEL_TITLE if _has_title(chart.panels[:abreast]) else 0.0
        closures = _lane(chart, room - max(lefts) - right)
        return cls(
            left=max(lefts) + MARGIN,
            right=right,
            inner=max(lefts) + GAP,
            above=frame.heading_height(chart, room) + title + lane_height(closures) + MARGIN + 2.0,
            below=(DATES if is_dated else VALUES) + legend + frame.note_height(chart, room) + 6.0,
            row_depth=row_depth,
            rows=rows,
            abreast=abreast,
        )

    def place(self, drawn: list[Axes]) -> None:
        """Give the figure its height and each panel its place."""
        figure = drawn[0].get_figure(root=True)
        assert figure is not None
        total = self.above + sum(self.rows) + self.row_depth * (len(self.rows) - 1) + self.below
        figure.set_size_inches(WIDTH / 72, total / 72)
        width = (WIDTH - self.left - self.right - self.inner * (self.abreast - 1)) / self.abreast
        for number, ax in enumerate(drawn):
            row, column = divmod(number, self.abreast)
            bottom = total - self.above - sum(self.rows[: row + 1]) - self.row_depth * row
            left = self.left + column * (width + self.inner)
            ax.set_position((left / WIDTH, bottom / total, width / WIDTH, self.rows[row] / total))


def _blank_axes(chart: Chart) -> list[Axes]:
    """Axes of roughly the size that each panel will have, free of pyplot's global state."""
    figure = Figure(figsize=(WIDTH / 72, 5.0))
    FigureCanvasAgg(figure)
    wide = 0.8 / min(chart.abreast, len(chart.panels))
    return [figure.add_axes((0.1, 0.1, wide, _height(panel) / 360.0)) for panel in chart.panels]


def _finish(chart: Chart, drawn: list[Axes], layout: _Layout, is_own: bool) -> None:
    """Draw everything that depends on the final size of the axes."""
    first, bottom = drawn[0], drawn[-1 - (len(drawn) - 1) % layout.abreast]
    entries = _lane(chart, size_of(first)[0])
    for number, (panel, ax) in enumerate(zip(chart.panels, drawn, strict=True)):
        panel_axes.set_axes(ax, chart, panel)
        frame.shade_closures(ax, chart, entries)
        panel_axes.add_second_scale(ax, panel)
        if panel.signed:
            panel_axes.write_directions(ax, panel)
        panel_axes.write_end_labels(ax, panel, panel_axes.origin_of(chart))
        write_numbers(ax, panel, panel_axes.origin_of(chart))
        _write_title(ax, panel, lane_height(entries) if number < layout.abreast else 0.0)
        if not panel.marks:
            panel_axes.write_empty(ax, panel)
        if isinstance(chart.x, TimeAxis) and number < len(drawn) - layout.abreast:
            ax.tick_params(axis="x", labelbottom=False)
    if entries:
        frame.draw_lane(first, chart, entries)
    left = layout.left - MARGIN if is_own else 0.0
    room = WIDTH - 2 * MARGIN if is_own else size_of(first)[0]
    legend = frame.LEGEND_ROW * len(frame.legend_rows(chart, room))
    top = frame.heading_height(chart, room) + lane_height(entries) + 2.0
    top += PANEL_TITLE if _has_title(chart.panels[: layout.abreast]) else 0.0
    depth = DATES if isinstance(chart.x, TimeAxis) else VALUES
    frame.write_heading(first, chart, left, top, room)
    frame.draw_legend(bottom, chart, left, depth, room)
    frame.write_note(bottom, chart, left, depth + legend + 5.0, room)
    if heat := _heat_of(chart):
        _add_colour_bar(drawn[layout.abreast - 1], heat)


def _lane(chart: Chart, width: float) -> list[LaneEntry]:
    return lane(chart.closures, chart.x.days, width) if isinstance(chart.x, TimeAxis) else []


def _write_title(ax: Axes, panel: Panel, raised: float) -> None:
    look: Any = {"fontsize": 9.0, "color": INK, "va": "bottom"}
    ax.text(0.0, raised + 5.0, panel.title, transform=points_from(ax, 0.0, 1.0), **look)
    if panel.y.second:
        ax.text(
            24.0, raised + 5.0, panel.y.second.title, transform=points_from(ax, 1.0, 1.0), ha="right", **look
        )


def _has_title(panels: tuple[Panel, ...]) -> bool:
    return any(panel.title or panel.y.second for panel in panels)


def _height(panel: Panel) -> float:
    if panel.height is not None:
        return panel.height
    return ROW * max(len(panel.rows), 2) if panel.rows else HEIGHT


def _heat_of(chart: Chart) -> Heat | None:
    return next((mark for panel in chart.panels for mark in panel.marks if isinstance(mark, Heat)), None)


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
    title = f"{heat.name} ({heat.unit})" if heat.unit else heat.name
    beside.set_ylabel(title, fontsize=8.5)
