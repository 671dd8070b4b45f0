"""Marks of a panel as matplotlib draws them."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap, Normalize, to_rgb
from matplotlib.container import BarContainer

from sim.charts import text_metrics
from sim.charts.chart import (
    Band,
    Bars,
    Contour,
    Dots,
    Heat,
    Layer,
    Limit,
    Line,
    Mark,
    Panel,
    Paths,
    Text,
    Zone,
)
from sim.charts.geometry import DOT, TEXT_SIZE, behind_bar, cell_edges, joined, with_bases
from sim.charts.static.style import DASHES, halo, size_of
from sim.charts.style import FAINT, INK, SCALES
from sim.measures.series import Numbers

THICKNESS = 0.68  # of a row, of its bars
MIN_CELL = (30.0, 13.0)  # points of a cell whose value is written into it
WHISKER: Any = {"fmt": "none", "elinewidth": 0.9, "capsize": 1.8, "zorder": 4}


def draw_marks(ax: Axes, panel: Panel, number: int, origin: float) -> None:
    """Draw all marks of a panel, `origin` being where x is zero on the axes.

    Each has its name as label, and its kind, the panel's number and its own as id, also in the SVG.
    """
    is_filled = any(isinstance(mark, Layer) for mark in panel.marks)
    for place, (mark, base) in enumerate(with_bases(panel)):
        id = f"{type(mark).__name__}-{number}-{place}"
        match mark:
            case Text():
                _text(ax, panel, mark, origin)
            case Bars():
                for row, bar in enumerate(_bars(ax, mark, base)):
                    bar.set_gid(f"{id}-{row}")
            case Layer():
                _layer(ax, mark, base, origin).set_gid(id)
            case Line():
                _line(ax, mark, origin, is_filled).set_gid(id)
            case _:
                _other(ax, mark, origin).set_gid(id)


def colour_map(heat: Heat) -> LinearSegmentedColormap:
    """Return the colours of a heat map from low to high."""
    return LinearSegmentedColormap.from_list(heat.better, SCALES[heat.better])


def _other(ax: Axes, mark: Mark, origin: float) -> Artist:
    match mark:
        case Band():
            look: Any = {"facecolor": mark.colour, "alpha": mark.opacity, "linewidth": 0.0, "zorder": 2.4}
            name = mark.name or mark.group
            return ax.fill_between(mark.x + origin, mark.low, mark.high, label=name, **look)
        case Limit():
            draw = ax.axhline if mark.axis == "y" else ax.axvline
            at = mark.at if mark.axis == "y" else mark.at + origin
            look = {"color": mark.stroke.colour, "linestyle": DASHES[mark.stroke.dash], "linewidth": 1.1}
            return draw(at, label=mark.name, zorder=3.2, **look)
        case Zone():
            spans = [(first + origin, last - first) for first, last in mark.intervals]
            look = {"facecolor": mark.colour, "alpha": mark.opacity, "linewidth": 0.0, "zorder": 1.2}
            return ax.broken_barh(spans, (mark.low, mark.high - mark.low), label=mark.name, **look)
        case Paths():
            lines = [np.column_stack((x + origin, y)) for x, y in mark.paths]
            look = {"linewidths": mark.width, "linestyles": DASHES[mark.stroke.dash], "alpha": mark.opacity}
            drawn = LineCollection(lines, colors=mark.stroke.colour, label=mark.name, zorder=2.5, **look)
            return ax.add_collection(drawn, autolim=False)
        case Dots():
            return _dots(ax, mark, origin)
        case Heat():
            return _heat(ax, mark, origin)
        case Contour():
            x, y = joined(mark.lines)
            look = {"color": INK, "linewidth": 2.0, "zorder": 3, "path_effects": halo(4.0)}
            return ax.plot(x + origin, y, label=mark.name, **look)[0]
        case _:
            raise TypeError(f"{type(mark).__name__} cannot be drawn")


def _layer(ax: Axes, layer: Layer, base: Numbers, origin: float) -> Artist:
    return ax.fill_between(
        layer.x + origin,
        base,
        base + np.nan_to_num(layer.values),
        label=layer.name,
        facecolor=layer.fill.colour,
        hatch=layer.fill.hatch or None,
        edgecolor="white",
        linewidth=0.0,
        step="post" if layer.steps else None,
        zorder=2,
    )


def _line(ax: Axes, line: Line, origin: float, is_on_fill: bool) -> Artist:
    x = line.x + origin
    (drawn,) = ax.plot(
        x,
        line.values,
        label=line.name,
        color=line.stroke.colour,
        linestyle=DASHES[line.stroke.dash],
        linewidth=line.width,
        marker=line.marker or None,
        markersize=4.0,
        drawstyle="steps-post" if line.steps else "default",
        alpha=None if line.name else 0.4,
        zorder=3.4,
    )
    if is_on_fill:
        drawn.set_path_effects(halo(line.width + 1.6))
    if line.errors is not None:
        ax.errorbar(x, line.values, yerr=line.errors, ecolor=line.stroke.colour, **WHISKER)
    return drawn


def _bars(ax: Axes, bars: Bars, base: Numbers) -> BarContainer:
    offset = {"full": 0.0, "upper": -THICKNESS / 4, "lower": THICKNESS / 4}[bars.place]
    rows = np.arange(len(bars.lengths)) + offset
    there = ~np.isnan(bars.lengths)
    drawn = ax.barh(
        rows[there],
        bars.lengths[there],
        left=base[there],
        height=THICKNESS if bars.place == "full" else THICKNESS / 2,
        label=bars.name,
        facecolor=bars.fill.colour,
        hatch=bars.fill.hatch or None,
        edgecolor="white",
        linewidth=0.0,
        zorder=2,
    )
    if bars.errors is not None:
        ends, errors = (base + bars.lengths)[there], np.nan_to_num(bars.errors[there])
        ax.errorbar(ends, rows[there], xerr=errors, ecolor=INK, **WHISKER)
    return drawn


def _dots(ax: Axes, dots: Dots, origin: float) -> Artist:
    x = dots.x + origin
    for errors, name in ((dots.x_errors, "xerr"), (dots.y_errors, "yerr")):
        if errors is not None:
            whisker: Any = {**WHISKER, name: np.nan_to_num(errors), "zorder": 3.6}
            ax.errorbar(x, dots.y, ecolor=dots.colour, **whisker)
    hollow = dots.hollow or [False] * len(dots.x)
    inside = ["white" if each else dots.colour for each in hollow]
    look: Any = {"marker": dots.marker, "s": DOT**2, "linewidths": 1.2, "zorder": 4, "label": dots.name}
    return ax.scatter(x, dots.y, facecolors=inside, edgecolors=dots.colour, **look)


def _heat(ax: Axes, heat: Heat, origin: float) -> Artist:
    colours, norm = colour_map(heat), Normalize(heat.low, heat.high)
    ax.grid(False)
    if not heat.is_grid:
        look: Any = {"edgecolors": INK, "linewidths": 0.6, "s": 34.0, "zorder": 4, "label": heat.name}
        return ax.scatter(heat.x + origin, heat.y, c=heat.values, cmap=colours, norm=norm, **look)
    edges = cell_edges(heat.x) + origin, cell_edges(heat.y)
    mesh = ax.pcolormesh(*edges, heat.values, cmap=colours, norm=norm, linewidth=0.0)
    mesh.set_label(heat.name)
    return mesh


def write_numbers(ax: Axes, panel: Panel, origin: float) -> None:
    """Write the values of heat maps into their cells, where all have room."""
    width, height = size_of(ax)
    for heat in panel.marks:
        if not isinstance(heat, Heat) or not heat.is_grid:
            continue
        texts = [[f"{value:,.{heat.decimals}f}" for value in row] for row in heat.values]
        widest = max(text_metrics.width(text, TEXT_SIZE) for row in texts for text in row) + 5.0
        if width / len(heat.x) < max(widest, MIN_CELL[0]) or height / len(heat.y) < MIN_CELL[1]:
            continue
        colours, norm = colour_map(heat), Normalize(heat.low, heat.high)
        dots = [dots for dots in panel.marks if isinstance(dots, Dots)]
        covered = {
            (np.abs(heat.x - x).argmin(), np.abs(heat.y - y).argmin())
            for mark in dots
            for x, y in zip(mark.x, mark.y, strict=True)
        }
        above = 0.3 * np.diff(cell_edges(heat.y))
        for row, (y, values) in enumerate(zip(heat.y, heat.values, strict=True)):
            for column, (x, value) in enumerate(zip(heat.x, values, strict=True)):
                if np.isfinite(value):
                    at = y + (above[row] if (column, row) in covered else 0.0)
                    _write_number(ax, x + origin, at, texts[row][column], colours(norm(value)))


def _write_number(ax: Axes, x: float, y: float, text: str, ground: tuple[float, ...]) -> None:
    red, green, blue = ground[:3]
    look: Any = {"fontsize": TEXT_SIZE, "ha": "center", "va": "center", "zorder": 5}
    written = ax.text(x, y, text.replace("-", "−"), color=readable_on((red, green, blue)), **look)
    written.set_path_effects(
        [*halo(2.6, f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}")]
    )


def readable_on(ground: tuple[float, float, float]) -> str:
    """Return white or ink, whichever stands out more from a colour, by the contrast of WCAG 2."""
    light, white, ink = (_luminance(colour) + 0.05 for colour in (ground, to_rgb("white"), to_rgb(INK)))
    return "white" if white / light > light / ink else INK


def _luminance(colour: tuple[float, float, float]) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return float(np.dot(parts, (0.2126, 0.7152, 0.0722)))


def _text(ax: Axes, panel: Panel, text: Text, origin: float) -> None:
    at, offset = behind_bar(panel, text)
    ax.annotate(
        text.text,
        (at + origin, text.y),
        (offset, 0.0),
        textcoords="offset points",
        ha="left" if panel.rows else "center",
        va="center_baseline",
        fontsize=TEXT_SIZE,
        color=INK if panel.rows else FAINT,
        annotation_clip=False,
        zorder=4.5,
    )
