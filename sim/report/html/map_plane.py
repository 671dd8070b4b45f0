"""The plane of a map: from degrees to the units of its drawing, and the land on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import cos, radians

import numpy as np

from sim.measures.series import Numbers
from sim.plots.land import Extent

WIDE = 840.0
BEYOND = 40.0  # units outside the drawing up to which outlines are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """A map from west to east and south to north (degrees), drawn `WIDE` units wide with north on top."""

    extent: Extent

    @property
    def scale(self) -> tuple[float, float]:
        west, east, south, north = self.extent
        across = WIDE / (east - west)
        return across, across / cos(radians((south + north) / 2))

    @property
    def height(self) -> float:
        return round((self.extent[3] - self.extent[2]) * self.scale[1], 1)

    def points(self, degrees: Numbers) -> Numbers:
        """Longitudes and latitudes as places on the drawing."""
        across, down = self.scale
        placed: Numbers = (degrees - [self.extent[0], self.extent[3]]) * [across, -down]
        return placed


def path(points: Numbers, closed: bool = False) -> str:
    """Points as the `d` of an SVG path."""
    steps = "L".join(f"{x:.1f} {y:.1f}" for x, y in points.tolist())
    return f"M{steps}{'Z' if closed else ''}"


def land(plane: Plane) -> tuple[str, str]:
    """The land and the borders of a map, as SVG paths."""
    outlines = _outlines()
    rings = (_kept(plane.points(ring), plane) for ring in outlines["land"])
    borders = (plane.points(line) for line in outlines["borders"])
    return (
        "".join(path(ring, closed=True) for ring in rings if len(ring) > 2),
        "".join(path(line) for line in borders if _touches(line, plane)),
    )


def _kept(ring: Numbers, plane: Plane) -> Numbers:
    """A ring with all that lies far outside drawn in to a frame about the map, where nobody sees it."""
    if not _touches(ring, plane):
        return ring[:0]
    drawn = np.clip(np.round(ring, 1), -BEYOND, [WIDE + BEYOND, plane.height + BEYOND])
    kept: Numbers = drawn[np.append(True, np.any(np.diff(drawn, axis=0) != 0.0, axis=1))]
    return kept


def _touches(line: Numbers, plane: Plane) -> bool:
    low, high = line.min(axis=0), line.max(axis=0)
    return bool(np.all(low <= [WIDE, plane.height]) and np.all(high >= 0.0))


@cache
def _outlines() -> dict[str, list[Numbers]]:
    read = json.loads(files("sim.plots").joinpath("land.json").read_text(encoding="utf-8"))
    rings = [np.asarray(ring, dtype=float) for polygon in read["land"] for ring in polygon]
    return {"land": rings, "borders": [np.asarray(line, dtype=float) for line in read["borders"]]}
