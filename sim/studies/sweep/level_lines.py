"""Lines over two numbers on which a measure is at a level."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.measures.series import Numbers

FINE = 61  # values a side of the grid between scattered points
Line = tuple[Numbers, Numbers]


def level_lines(points: Numbers, values: Numbers, level: float, is_grid: bool) -> tuple[Line, ...]:
    """Return lines (x and y) on which values at points (rows of x and y) reach a level.

    Between the points of a grid, or of a triangulation of scattered ones, values run straight. Without a
    value on each side of the level, or with fewer than four points, there is no line.
    """
    present = ~np.isnan(values)
    points, values = points[present], values[present]
    if len(values) < 4 or not values.min() < level < values.max():
        return ()
    x, y, heights = grid_of(points, values) if is_grid else _between(points, values)
    from contourpy import contour_generator

    lines = contour_generator(x, y, np.ma.masked_invalid(heights)).lines(level)
    return tuple((line[:, 0], line[:, 1]) for line in map(np.asarray, lines))


def grid_of(points: Numbers, values: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the values of x and of y in order, and the values at them with a row for each y; nan: none."""
    x, y = np.unique(points[:, 0]), np.unique(points[:, 1])
    heights = np.full((len(y), len(x)), np.nan)
    heights[np.searchsorted(y, points[:, 1]), np.searchsorted(x, points[:, 0])] = values
    return x, y, heights


def _between(points: Numbers, values: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return a fine grid over scattered points."""
    from scipy.interpolate import LinearNDInterpolator

    ends: Sequence[tuple[float, float]] = [(float(axis.min()), float(axis.max())) for axis in points.T]
    x, y = (np.linspace(low, high, FINE) for low, high in ends)
    heights: Numbers = LinearNDInterpolator(points, values, rescale=True)(*np.meshgrid(x, y))
    return x, y, heights
