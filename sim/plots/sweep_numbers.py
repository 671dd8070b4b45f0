"""The numbers in the cells of a heat map, each where neither a line nor a mark covers it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, Normalize, to_rgb

from sim.charts import text_metrics
from sim.measures.series import Numbers
from sim.plots.frame import axes_width
from sim.plots.style import INK

MOST = 90  # cells whose values are written into them
NARROWEST, LOWEST = 34.0, 14.0  # points of a cell whose value is written into it
SIZE = 8.0
ROOM = 2.5  # points between a number and a line
SHIFTS = (0.0, 0.26, -0.26, 0.36, -0.36)  # of a cell's height, up or down, that are tried
MARK = 7.0  # points from the middle of a mark to its edge


def write_numbers(
    ax: Axes,
    points: Numbers,
    mean: Numbers,
    looks: tuple[Normalize, Colormap],
    lines: Sequence[Numbers],
    marks: Sequence[tuple[float, float]],
) -> None:
    """Write into each cell about a point what it stands for, if there is room; `lines` are those drawn."""
    across, down = (len(np.unique(points[:, place])) for place in (0, 1))
    width, height = axes_width(ax), _axes_height(ax)
    if across * down > MOST or width / across < NARROWEST or height / down < LOWEST:
        return
    decimals = decimals_for(mean)
    to_page = ax.transData + ax.transAxes.inverted()
    size = np.array([width, height])
    drawn = [_dense(to_page.transform(line) * size) for line in lines if len(line)]
    lone = to_page.transform(np.array(marks)) * size if marks else np.empty((0, 2))
    in_the_way = np.concatenate([*drawn, np.empty((0, 2))])
    norm, colours = looks
    for point, value in zip(points, mean, strict=True):
        if np.isnan(value):
            continue
        told = f"{value:,.{decimals}f}"
        half = np.array([text_metrics.width(told, SIZE) / 2 + ROOM, SIZE / 2 + ROOM])
        middle = to_page.transform(point) * size
        places = [middle + np.array([0.0, shift * height / down]) for shift in SHIFTS]
        free = [place for place in places if _is_free(place, half, in_the_way, lone)]
        x, y = (free or places)[0] - middle
        ax.annotate(
            told, tuple(point), (x, y), textcoords="offset points", ha="center", va="center",
            fontsize=SIZE, zorder=4, color=_readable(colours(norm(value))),
        )  # fmt: skip


def decimals_for(values: Numbers) -> int:
    """So many that the spread of values shows in three digits."""
    spread = float(np.nanmax(values) - np.nanmin(values)) or float(np.nanmax(np.abs(values)))
    return int(np.clip(2 - np.floor(np.log10(spread)), 0, 4)) if spread > 0.0 else 0


def _axes_height(ax: Axes) -> float:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return float(ax.get_window_extent().height * 72 / figure.dpi)


def _dense(line: Numbers) -> Numbers:
    """Points along a line, close to each other."""
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
    steps = np.arange(0.0, along[-1] + 1.0)
    return np.column_stack([np.interp(steps, along, line[:, place]) for place in (0, 1)])


def _is_free(place: Numbers, half: Numbers, line: Numbers, marks: Numbers) -> bool:
    return not (
        (np.abs(line - place) < half).all(axis=1).any()
        or (np.abs(marks - place) < half + MARK).all(axis=1).any()
    )


def _readable(colour: tuple[float, ...]) -> str:
    """White or ink, whichever stands out more from a colour, by the contrast of WCAG 2."""
    light, paper, ink = (_luminance(one) + 0.05 for one in (colour, to_rgb("white"), to_rgb(INK)))
    return "white" if paper / light > light / ink else INK


def _luminance(colour: Sequence[float]) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    return float(np.dot(parts, (0.2126, 0.7152, 0.0722)))
