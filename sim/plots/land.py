"""Land, seas and country borders as a backdrop (`land.md` says where they come from)."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from sim.measures.series import Numbers

LAND, SEA, COAST, BORDER = "#F5F2EA", "#DCE9F1", "#A9B4B8", "#C4BBA9"
BOUNDS = (8.0, 92.0, 28.0, 62.0)

Extent = tuple[float, float, float, float]


def draw_land(ax: Axes, extent: Extent) -> None:
    """Draw what lies within an extent (west, east, south, north, in degrees) as sea, land and borders."""
    polygons, borders = _outlines()
    rings = [ring for polygon in polygons if _meets(polygon[0], extent) for ring in polygon]
    ax.set_facecolor(SEA)
    if rings:
        land = Path.make_compound_path(*[Path(ring, closed=True) for ring in rings])
        ax.add_patch(PathPatch(land, facecolor=LAND, edgecolor=COAST, linewidth=0.6, zorder=0.1))
    lines = [line for line in borders if _meets(line, extent)]
    ax.add_collection(LineCollection(lines, colors=BORDER, linewidths=0.7, zorder=0.2), autolim=False)


@cache
def _outlines() -> tuple[list[list[Numbers]], list[Numbers]]:
    data = json.loads(files("sim.plots").joinpath("land.json").read_text(encoding="utf-8"))
    polygons = [[np.asarray(ring, dtype=float) for ring in polygon] for polygon in data["land"]]
    return polygons, [np.asarray(line, dtype=float) for line in data["borders"]]


def _meets(line: Numbers, extent: Extent) -> bool:
    west, east, south, north = extent
    (left, low), (right, high) = line.min(axis=0), line.max(axis=0)
    return bool(left <= east and right >= west and low <= north and high >= south)
