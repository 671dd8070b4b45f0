"""A measure over two numbers that were varied, as a heat map with the break-even as a line."""

from __future__ import annotations

from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, Normalize
from matplotlib.patheffects import AbstractPathEffect, withStroke

from sim.measures.series import Numbers
from sim.plots.frame import axes_width, fit, head, legend_below
from sim.plots.stack import empty
from sim.plots.style import INK, blank, styled
from sim.plots.sweep import BELOW, Tried
from sim.plots.sweep_numbers import write_numbers

HEIGHT = 300.0
SIDES = (76.0, 92.0)
MOST_TICKS = 12  # values tried that are all named
COLOURS = {"less": "Oranges", "more": "Blues", "neither": "Greens"}
HALO: list[AbstractPathEffect] = [withStroke(linewidth=4.0, foreground="white")]
USUAL: Any = {
    "marker": "X",
    "markersize": 9.0,
    "color": "white",
    "markeredgecolor": INK,
    "markeredgewidth": 1.2,
    "linestyle": "none",
}


@styled
def sweep_map(tried: Tried, ax: Axes | None = None) -> Axes:
    """The mean over two numbers: cells of a grid, or the points of a hypercube with contours between them."""
    own, ax = ax is None, ax or blank()
    if own:
        fit(ax, above=0.0, below=0.0, height=HEIGHT, sides=SIDES)
    norm, colours = norm_of(tried), colours_of(tried)
    lines: list[Numbers] = []
    marks: list[tuple[float, float]] = []
    if norm is None:
        empty(ax, "has no value anywhere")
    elif tried.is_grid:
        lines = draw_cells(ax, tried, tried.points[:, :2], tried.mean, norm, colours)
        marks = mark_usual(ax, tried)
        write_numbers(ax, tried.points[:, :2], tried.mean, (norm, colours), lines, marks)
    else:
        lines = _between(ax, tried, norm, colours)
        marks = mark_usual(ax, tried)
    ax.set_xlabel(tried.scales[0].label)
    ax.set_ylabel(tried.scales[1].label)
    ax.grid(False)
    if norm is not None:
        name_looks(ax, tried, bool(lines), bool(marks))
        colour_bar(ax, tried, norm, colours)
    above, below = head_of(ax, tried), legend_below(ax, BELOW)
    if own:
        fit(ax, above=above, below=below, height=HEIGHT, sides=SIDES)
    return ax


def head_of(ax: Axes, tried: Tried, more: str = "", offset: float = 0.0) -> float:
    told = f"Mean of {tried.replications} replications, on the same luck at all points{more}"
    return head(ax, f"{tried.title}: {tried.measure}", told, offset)


def norm_of(tried: Tried) -> Normalize | None:
    if np.isnan(tried.mean).all():
        return None
    low, high = float(np.nanmin(tried.mean)), float(np.nanmax(tried.mean))
    return Normalize(low, high if high > low else low + 1.0)


def colours_of(tried: Tried) -> Colormap:
    return matplotlib.colormaps[COLOURS[tried.better]]


def draw_cells(
    ax: Axes, tried: Tried, points: Numbers, mean: Numbers, norm: Normalize, colours: Colormap
) -> list[Numbers]:
    """Draw the cells of a grid, and the lines at which it breaks even, which it returns."""
    x, y = (np.unique(points[:, place]) for place in (0, 1))
    values = np.full((len(y), len(x)), np.nan)
    values[np.searchsorted(y, points[:, 1]), np.searchsorted(x, points[:, 0])] = mean
    ax.pcolormesh(_edges(x), _edges(y), values, cmap=colours, norm=norm, linewidth=0)
    for axis, tried_values in ((ax.xaxis, x), (ax.yaxis, y)):
        if len(tried_values) <= MOST_TICKS:
            axis.set_ticks(tried_values.tolist(), [f"{value:,.4g}" for value in tried_values])
    above = values - tried.level
    if not np.nanmin(above) < 0.0 < np.nanmax(above):
        return []
    lines = ax.contour(x, y, above, levels=[0.0], colors=[INK], linewidths=2.0, zorder=3)
    lines.set_path_effects(HALO)
    return [np.array(line) for line in lines.allsegs[0]]


def _between(ax: Axes, tried: Tried, norm: Normalize, colours: Colormap) -> list[Numbers]:
    there = ~np.isnan(tried.mean)
    (x, y), mean = tried.points[there, :2].T, tried.mean[there]
    found: list[Numbers] = []
    if len(x) > 3:
        ax.tricontourf(x, y, mean, levels=12, cmap=colours, norm=norm, zorder=1)
    if len(x) > 3 and mean.min() < tried.level < mean.max():
        lines = ax.tricontour(x, y, mean, levels=[tried.level], colors=[INK], linewidths=2.0, zorder=3)
        lines.set_path_effects(HALO)
        found = [np.array(line) for line in lines.allsegs[0]]
    ax.scatter(x, y, c=mean, cmap=colours, norm=norm, edgecolor=INK, linewidth=0.8, s=36.0, zorder=4)
    for limit, scale in ((ax.set_xlim, tried.scales[0]), (ax.set_ylim, tried.scales[1])):
        low, high = scale.ends
        limit(low - 0.03 * (high - low), high + 0.03 * (high - low))
    return found


def _edges(values: Numbers) -> Numbers:
    """The edges of cells about values, half way between them."""
    middles = (values[1:] + values[:-1]) / 2
    first, last = (values[1] - values[0]) / 2, (values[-1] - values[-2]) / 2
    edges: Numbers = np.concatenate(([values[0] - first], middles, [values[-1] + last]))
    return edges


def mark_usual(ax: Axes, tried: Tried) -> list[tuple[float, float]]:
    """Mark the scenario as it is, if it lies on the map; returns the places of its marks."""
    across, up = tried.scales[:2]
    if across.usual is None or up.usual is None or not (across.is_usual_shown and up.is_usual_shown):
        return []
    ax.plot([across.usual], [up.usual], **USUAL, zorder=5)
    return [(across.usual, up.usual)]


def name_looks(ax: Axes, tried: Tried, crossed: bool, marked: bool) -> None:
    if crossed:
        ax.plot([], [], color=INK, linewidth=2.0, label=tried.level_name)
    if marked:
        told = ", ".join(scale.told(scale.usual) for scale in tried.scales if scale.usual is not None)
        ax.plot([], [], **USUAL, label=f"as it is: {told}")


def colour_bar(ax: Axes, tried: Tried, norm: Normalize, colours: Colormap) -> None:
    """The scale of colours, to the right of the axes."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    width = axes_width(ax)
    beside = ax.inset_axes((1.0 + 12.0 / width, 0.0, 12.0 / width, 1.0))
    bar = figure.colorbar(ScalarMappable(norm, colours), cax=beside)
    bar.outline.set_visible(False)
    beside.tick_params(labelsize=8.0, length=2.0)
    beside.grid(False)
    beside.set_ylabel(tried.label, fontsize=8.5)
