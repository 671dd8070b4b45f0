"""A measure over three numbers that were varied, in several small plots side by side."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from sim.plots.frame import axes_width, fit, legend_below
from sim.plots.stack import empty
from sim.plots.style import FAINT, FILLS, INK, blank, styled
from sim.plots.sweep import BELOW, Tried
from sim.plots.sweep_maps import (
    SIDES,
    colour_bar,
    colours_of,
    draw_cells,
    head_of,
    mark_usual,
    name_looks,
    norm_of,
)

PANEL = 175.0
BETWEEN = 28.0
ABOVE_PANELS = 12.0
ABREAST = 3
DOTS = FILLS[0].colour


@styled
def sweep_maps(tried: Tried, ax: Axes | None = None) -> Axes:
    """The mean over three numbers: a small map of the first two for each value of the third, in one colour.

    The maps are made out of the room of `ax`.
    """
    thirds = np.unique(tried.points[:, 2])
    rows = -(-len(thirds) // ABREAST)
    height = rows * PANEL + (rows - 1) * BETWEEN
    own, ax = ax is None, ax or blank()
    if own:
        fit(ax, above=0.0, below=0.0, height=height, sides=SIDES)
    norm, colours = norm_of(tried), colours_of(tried)
    crossed = marked = False
    if norm is None:
        empty(ax, "has no value anywhere")
    else:
        usual = tried.scales[2].usual
        for number, third in enumerate(thirds):
            panel = _panel(ax, number, len(thirds), height)
            here = tried.points[:, 2] == third
            some = tried.points[here, :2], tried.mean[here]
            crossed |= bool(draw_cells(panel, tried, *some, norm, colours))
            if usual is not None and np.isclose(third, usual):
                marked |= bool(mark_usual(panel, tried))
            panel.grid(False)
            panel.set_title(tried.scales[2].told(third), fontsize=8.5, pad=3.0)
            is_lowest = number + ABREAST >= len(thirds)
            panel.tick_params(labelsize=8.0, labelleft=number % ABREAST == 0, labelbottom=is_lowest)
        ax.set_xlabel(tried.scales[0].label, labelpad=20.0)
        ax.set_ylabel(tried.scales[1].label, labelpad=34.0)
        name_looks(ax, tried, crossed, marked)
        colour_bar(ax, tried, norm, colours)
    _bare(ax)
    above = head_of(ax, tried, f"; a map for each value of {tried.scales[2].name}", ABOVE_PANELS)
    below = legend_below(ax, BELOW + 6.0)
    if own:
        fit(ax, above=above, below=below, height=height, sides=SIDES)
    return ax


@styled
def sweep_clouds(tried: Tried, ax: Axes | None = None) -> Axes:
    """The mean against each number in turn, whatever the others are: for the points of a hypercube.

    The panels are made out of the room of `ax`.
    """
    own, ax = ax is None, ax or blank()
    height = PANEL + BETWEEN
    if own:
        fit(ax, above=0.0, below=0.0, height=height, sides=SIDES)
    for number, scale in enumerate(tried.scales):
        panel = _panel(ax, number, len(tried.scales), height)
        panel.errorbar(
            tried.points[:, number], tried.mean, np.nan_to_num(tried.half_width), fmt="o", markersize=3.5,
            color=DOTS, ecolor=FAINT, elinewidth=0.8,
        )  # fmt: skip
        panel.axhline(tried.level, color=INK, linewidth=1.0, linestyle="--")
        panel.set_xlabel(scale.label, fontsize=8.0)
        panel.tick_params(labelsize=8.0, labelleft=number == 0)
    ax.set_ylabel(tried.label, labelpad=34.0)
    ax.plot([], [], color=INK, linewidth=1.0, linestyle="--", label=tried.level_name)
    ax.plot([], [], color=DOTS, marker="o", linestyle="none", label="mean with its 95 % interval")
    _bare(ax)
    above, below = head_of(ax, tried), legend_below(ax, BELOW)
    if own:
        fit(ax, above=above, below=below, height=height, sides=SIDES)
    return ax


def _panel(ax: Axes, number: int, count: int, height: float) -> Axes:
    """One of several small axes in the room of others, `height` points high."""
    rows, columns = -(-count // ABREAST), min(count, ABREAST)
    row, column = divmod(number, ABREAST)
    gap = BETWEEN / axes_width(ax)
    width = (1.0 - (columns - 1) * gap) / columns
    high = (1.0 - (rows - 1) * BETWEEN / height) / rows
    bottom = 1.0 - (row + 1) * high - row * BETWEEN / height
    return ax.inset_axes((column * (width + gap), bottom, width, high))


def _bare(ax: Axes) -> None:
    """Leave nothing of the axes but what is written beside them."""
    ax.set_xticks([])
    ax.set_yticks([])
    ax.grid(False)
    for spine in ax.spines.values():
        spine.set_visible(False)
