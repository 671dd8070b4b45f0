"""Projection of a map: Lambert azimuthal equal-area about the middle of its network.

It has no seam and no pole, so a network may lie anywhere on Earth. Formulas: J. P. Snyder, "Map Projections:
A Working Manual", USGS Professional Paper 1395 (1987), pp. 185–187, for a sphere of radius 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import asin, hypot, pi, radians

import numpy as np

from sim.measures.series import Flags, Numbers

WIDTH = 688.0
"""Width of every map, in points."""
MARGIN = 26.0
MIN_SPAN = 0.05  # of the sphere's radius: about 320 km from side to side
MIN_RATIO, MAX_RATIO = 1.3, 2.3  # width to height
MAX_ARC = radians(2.0)
MAX_REACH = 0.97 * pi
EARTH_RADIUS = 6371.0  # km


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plane:
    """Sheet of a map, in points: x from the left, y from the top, `WIDTH` by `height`.

    It touches the sphere at `origin`; the rows of `axes` point east, north and up there. `scale` is in points
    per radius.
    """

    axes: Numbers
    origin: tuple[float, float]
    scale: float
    height: float

    @property
    def reach(self) -> float:
        """Angle from the centre to just beyond the farthest corner; nothing farther needs its true place."""
        x, y = self.origin
        corner = hypot(max(x, WIDTH - x), max(y, self.height - y)) / self.scale
        return min(2.0 * asin(min(1.0, corner / 2.0)) * 1.2 + 0.05, MAX_REACH)

    def points(self, coordinates: Numbers) -> Numbers:
        """Return longitudes and latitudes (n, 2) as points on the sheet."""
        return self.place(unit_vectors(coordinates))

    def place(self, vectors: Numbers) -> Numbers:
        """Return unit vectors (n, 3) as points on the sheet, those beyond its reach moved in."""
        return np.asarray(self.origin) + _flat(vectors, self.axes, self.reach) * [self.scale, -self.scale]

    def reaches(self, vectors: Numbers) -> Flags:
        """Return which unit vectors (n, 3) are placed where they belong."""
        flags: Flags = vectors @ self.axes[2] > np.cos(self.reach)
        return flags

    def kilometres(self, points: float) -> float:
        """Return a distance on the sheet in kilometres on the ground, at the centre."""
        return points / self.scale * EARTH_RADIUS


def plane_of(coordinates: Numbers) -> Plane:
    """Return a sheet that shows all of some longitudes and latitudes (n, 2), north on top in its middle."""
    vectors = unit_vectors(coordinates)
    mean = vectors.mean(axis=0)
    axes = _axes(mean if np.linalg.norm(mean) > 1e-6 else vectors[0])
    for _ in range(2):
        low, high = _bounds(vectors, axes)
        axes = _axes(_raised((low + high) / 2.0, axes))
    low, high = _bounds(vectors, axes)
    across, up = np.maximum(high - low, [MIN_SPAN, MIN_SPAN / MAX_RATIO]).tolist()
    scale = min((WIDTH - 2 * MARGIN) / across, (WIDTH / MIN_RATIO - 2 * MARGIN) / up)
    height = min(max(up * scale + 2 * MARGIN, WIDTH / MAX_RATIO), WIDTH / MIN_RATIO)
    x, y = ((low + high) / 2.0 * scale).tolist()
    return Plane(axes=axes, origin=(WIDTH / 2 - x, height / 2 + y), scale=scale, height=round(height, 1))


def great_circle(coordinates: Numbers) -> Numbers:
    """Return a course through some longitudes and latitudes with points at least every two degrees."""
    pieces = [coordinates[:1]]
    for start, end in pairwise(unit_vectors(coordinates)):
        angle = float(np.clip(np.arccos(np.clip(start @ end, -1.0, 1.0)), 1e-9, pi - 1e-6))
        count = max(1, int(angle / MAX_ARC))
        share = np.arange(1, count + 1)[:, None] / count
        x, y, z = (np.sin((1.0 - share) * angle) * start + np.sin(share * angle) * end).T
        pieces.append(np.degrees(np.column_stack((np.arctan2(y, x), np.arctan2(z, np.hypot(x, y))))))
    return np.concatenate(pieces)


def unit_vectors(coordinates: Numbers) -> Numbers:
    """Return longitudes and latitudes (n, 2) as vectors (n, 3) from the middle of the Earth."""
    longitude, latitude = np.radians(coordinates).T
    return np.column_stack(
        (np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude))
    )


def _axes(up: Numbers) -> Numbers:
    """Return the directions east, north and up at a point of the sphere, as rows."""
    up = up / np.linalg.norm(up)
    longitude = np.arctan2(up[1], up[0])
    east = np.array([-np.sin(longitude), np.cos(longitude), 0.0])
    return np.stack((east, np.cross(up, east), up))


def _flat(vectors: Numbers, axes: Numbers, reach: float) -> Numbers:
    east, north, up = axes @ vectors.T
    radius = 2.0 * np.sin(np.minimum(np.arccos(np.clip(up, -1.0, 1.0)), reach) / 2.0)
    share = radius / np.maximum(np.hypot(east, north), 1e-12)
    return np.column_stack((east * share, north * share))


def _raised(point: Numbers, axes: Numbers) -> Numbers:
    """Return the unit vector of a point of the plane, the inverse of `_flat`."""
    square = min(float(point @ point), 4.0)
    vector: Numbers = np.append(point * np.sqrt(1.0 - square / 4.0), 1.0 - square / 2.0) @ axes
    return vector


def _bounds(vectors: Numbers, axes: Numbers) -> tuple[Numbers, Numbers]:
    points = _flat(vectors, axes, MAX_REACH)
    return points.min(axis=0), points.max(axis=0)
